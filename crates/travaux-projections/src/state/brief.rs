//! What a minister reads of a state on one page (QY3), and what was agreed and waits for somebody to
//! take it up (QY5).

use std::collections::BTreeMap;

use chrono::{NaiveDate, TimeDelta};
use travaux_domain::{Name, StreamId};

use super::{Entry, EntryId, FrameworkState};

/// An entry with its identity.
pub type Line<'a> = (&'a EntryId, &'a Entry);

/// A state, as it is told on one page. Every number is a count of lines that the state has.
#[derive(Clone, Debug)]
pub struct Brief<'a> {
    /// The framework itself.
    pub framework: Option<&'a Entry>,
    /// Its areas, with what stands in each.
    pub areas: Vec<AreaBrief<'a>>,
    /// Its bodies and the meetings of none, with the last session of each and the next.
    pub sessions: Vec<Sessions<'a>>,
    /// The actions of its roadmaps.
    pub actions: ActionsBrief<'a>,
    /// Its requests for information.
    pub requests: RequestsBrief,
    /// Its procedures, with their cases.
    pub procedures: ProceduresBrief,
    /// Its indicators.
    pub indicators: Vec<Line<'a>>,
    /// The discrepancies that are not settled.
    pub discrepancies: Vec<Line<'a>>,
    /// What waits for whom.
    pub waiting: BTreeMap<&'a Name, Vec<&'a EntryId>>,
    /// What was agreed long ago, and nothing follows up.
    pub unfollowed: Vec<Line<'a>>,
}

/// An area, with what stands in it.
#[derive(Clone, Debug)]
pub struct AreaBrief<'a> {
    /// The area.
    pub area: Line<'a>,
    /// The agreements in it that are in force, or applied provisionally.
    pub in_force: Vec<Line<'a>>,
    /// The other agreements in it.
    pub others: Vec<Line<'a>>,
}

/// The sessions of a body.
#[derive(Clone, Debug)]
pub struct Sessions<'a> {
    /// The body's title, or its key; none for meetings of no body.
    pub body: Option<&'a str>,
    /// The last one that was held.
    pub last: Option<Line<'a>>,
    /// The next one that was convened.
    pub next: Option<Line<'a>>,
}

/// The actions of roadmaps. One may be running, late and moved at once.
#[derive(Clone, Debug, Default)]
pub struct ActionsBrief<'a> {
    /// All.
    pub all: usize,
    /// Those that were completed.
    pub done: Vec<Line<'a>>,
    /// Those that were started, and are neither completed nor given up.
    pub running: Vec<Line<'a>>,
    /// Those whose day has passed.
    pub late: Vec<Line<'a>>,
    /// Those whose day was moved.
    pub moved: Vec<Line<'a>>,
}

/// Requests for information.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RequestsBrief {
    /// All that were received.
    pub all: usize,
    /// Those that were answered.
    pub answered: usize,
    /// Those of them that were answered in time.
    pub in_time: usize,
    /// Those that wait beyond their limit.
    pub overdue: usize,
    /// Those that the reader has nothing to do with: of them nothing is told.
    pub withheld: usize,
}

/// Common procedures and their cases.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ProceduresBrief {
    /// Those under which cases begin.
    pub in_force: usize,
    /// The cases that go on.
    pub open: usize,
    /// Those of them whose limit has passed.
    pub overdue: usize,
}

/// After how many days an item that nothing follows up is shown, where nobody says otherwise.
pub const UNFOLLOWED_DAYS: u16 = 90;

impl FrameworkState {
    /// The day on which a meeting was last held, before the day of the state.
    pub fn last_session(&self) -> Option<NaiveDate> {
        let meetings = self.of_kind("meeting");
        let held = meetings.filter_map(|(_, entry)| entry.day("held"));
        held.filter(|held| *held < self.at.on).max()
    }

    /// What was agreed or undertaken so many days ago or more, and nothing follows up (QY5).
    pub fn unfollowed(&self, days: u16) -> Vec<Line<'_>> {
        let latest = self.at.on.checked_sub_signed(TimeDelta::days(days.into()));
        let waits = |(_, entry): &Line<'_>| {
            let binds = matches!(
                entry.text("mode"),
                Some("agreed" | "agreed_in_principle" | "undertaking")
            );
            let old = entry.day("agreed").zip(latest);
            binds
                && entry.text("status") == Some("recorded")
                && old.is_some_and(|(agreed, latest)| agreed <= latest)
        };
        self.of_kind("item").filter(waits).collect()
    }

    /// The state as it is told on one page (QY3).
    pub fn brief(&self) -> Brief<'_> {
        Brief {
            framework: self.whole(StreamId::Framework(self.framework)),
            areas: self
                .of_kind("area")
                // What is proposed or closed says so.
                .filter(|(_, area)| area.text("status").is_none())
                .map(|area| self.area(area))
                .collect(),
            sessions: self.sessions(),
            actions: self.actions(),
            requests: self.requests(),
            procedures: self.procedures(),
            indicators: self.of_kind("indicator").collect(),
            discrepancies: self
                .of_kind("discrepancy")
                .filter(|(_, entry)| entry.is("open"))
                .collect(),
            waiting: self.waiting(),
            unfollowed: self.unfollowed(UNFOLLOWED_DAYS),
        }
    }

    fn area<'a>(&'a self, area: Line<'a>) -> AreaBrief<'a> {
        let key = area.0.part.as_ref().map(|part| &*part.key);
        let agreements = self.of_kind("agreement");
        let in_it = agreements.filter(|(_, entry)| entry.text("area") == key);
        let (in_force, others) = in_it.partition(|(_, entry)| {
            matches!(entry.text("force"), Some("in_force" | "provisional"))
        });
        AreaBrief {
            area,
            in_force,
            others,
        }
    }

    fn sessions(&self) -> Vec<Sessions<'_>> {
        let meetings: Vec<_> = self.of_kind("meeting").collect();
        let bodies = self.of_kind("body").map(|(id, entry)| {
            let key = entry.text("key").or(id.part.as_ref().map(|p| &*p.key));
            (key, entry.text("title").or(key))
        });
        let mut titles: BTreeMap<Option<&str>, Option<&str>> = bodies.collect();
        for (_, meeting) in &meetings {
            let body = meeting.text("body");
            titles.entry(body).or_insert(body);
        }
        let sessions = titles.into_iter().map(|(key, title)| {
            let of_it = meetings.iter().filter(|(_, m)| m.text("body") == key);
            let held = of_it
                .clone()
                .filter_map(|line| Some((line.1.day("held")?, *line)));
            let next = of_it.filter_map(|line| {
                let waits = line.1.day("held").is_none() && line.1.day("cancelled").is_none();
                let start = line.1.day("start").filter(|start| *start >= self.at.on);
                start.filter(|_| waits).map(|start| (start, *line))
            });
            Sessions {
                body: title,
                last: held
                    .max_by_key(|(day, line)| (*day, line.0))
                    .map(|(_, line)| line),
                next: next
                    .min_by_key(|(day, line)| (*day, line.0))
                    .map(|(_, line)| line),
            }
        });
        sessions.collect()
    }

    fn actions(&self) -> ActionsBrief<'_> {
        let mut brief = ActionsBrief::default();
        for line in self.of_kind("action") {
            let (_, entry) = line;
            brief.all += 1;
            if entry.day("completed").is_some() {
                brief.done.push(line);
            } else if entry.day("started").is_some() && !entry.is("given_up") {
                brief.running.push(line);
            }
            if entry.is("late") {
                brief.late.push(line);
            }
            if entry.number("moves").is_some_and(|moves| moves > 0) {
                brief.moved.push(line);
            }
        }
        brief
    }

    fn procedures(&self) -> ProceduresBrief {
        let in_force = self.of_kind("procedure").filter(|(_, entry)| {
            let status = entry.text("status");
            status == Some("in_force")
        });
        let cases = self.of_kind("case");
        let open: Vec<_> = cases.filter(|(_, e)| e.text("step").is_some()).collect();
        ProceduresBrief {
            in_force: in_force.count(),
            open: open.len(),
            overdue: open.iter().filter(|(_, e)| e.is("overdue")).count(),
        }
    }

    fn requests(&self) -> RequestsBrief {
        let mut brief = RequestsBrief::default();
        let withheld = self
            .of_kind("request")
            .filter(|(_, entry)| entry.is("withheld"));
        brief.withheld = withheld.count();
        let received = self.of_kind("request");
        for (_, entry) in received.filter(|(_, entry)| entry.text("received").is_some()) {
            brief.all += 1;
            brief.answered += usize::from(entry.text("answered").is_some());
            brief.in_time += usize::from(entry.is("in_time"));
            brief.overdue += usize::from(entry.is("overdue"));
        }
        brief
    }
}
