//! Roadmaps, one each two years: actions proposed and adopted as a version, started, told of, moved,
//! assessed, completed in time or late, or not at all.

use chrono::{Days, NaiveDate};
use travaux::domain::{
    Name, PartyId, RoadmapId, StreamCommand,
    roadmap::{
        Action, ActionRef, Completion, Dependency, DependencyKind, Milestone, RoadmapCommand as R,
        RoadmapPlan,
    },
};

use super::script::{AREAS, Course, Maker, name, office, words};

/// An action that goes on, as what follows items up needs to know it.
#[derive(Clone)]
pub(super) struct Going {
    pub(super) roadmap: RoadmapId,
    pub(super) key: Name,
    /// From when on it can follow up an item.
    pub(super) from: NaiveDate,
}

impl Maker<'_> {
    pub(super) fn roadmaps(&mut self) -> Vec<Going> {
        let count = (self.sizes.years.div_ceil(2)).max(1);
        let mut going = Vec::new();
        for n in 0..count {
            let actions = self.sizes.actions;
            let of = |n: u32| actions * n as usize / count as usize;
            let actions = of(n + 1) - of(n);
            going.extend(self.roadmap(n, self.day(40 + 730 * n), actions));
        }
        going
    }

    fn roadmap(&mut self, n: u32, on: NaiveDate, actions: usize) -> Vec<Going> {
        let (id, all) = (RoadmapId(self.ids.next()), self.parties.clone());
        let plan = RoadmapPlan {
            framework: self.framework,
            title: format!("Roadmap {}-{}", 2015 + 2 * n, 2016 + 2 * n),
            parties: all.clone(),
            zone: "Europe/Paris".into(),
            body: None,
            body_moves: false,
        };
        let act = |command: R| StreamCommand::Roadmap(id, command);
        let mut course = Course::from(on);
        let propose = R::RoadmapProposed { on, plan };
        self.does_late(&mut course, &all[0], 0, vec![act(propose)]);
        let mut planned = Vec::new();
        for k in 0..actions {
            let lead = self.rng.pick(&all);
            let due = on + Days::new(self.rng.between(150, 700).into());
            let action = self.action(k, &lead, due);
            let key = action.key.clone();
            course.later(u32::from(k % 4 == 3));
            let on = course.on;
            let mut commands = vec![act(R::ActionProposed { on, action })];
            if self.rng.chance(60) {
                let milestone = Milestone {
                    key: "drafted".into(),
                    title: words("a draft is there"),
                    due: None,
                };
                commands.push(act(R::MilestoneSet {
                    on,
                    action: key.clone(),
                    milestone,
                    consenting: Vec::new(),
                }));
            }
            let milestone = commands.len() > 1;
            if k % 10 == 9 {
                commands.push(act(R::DependencyAdded {
                    on,
                    dependency: Dependency {
                        action: key.clone(),
                        after: name(format!("action-{}", k - 1)),
                        kind: DependencyKind::StartToStart,
                        lag: 10,
                    },
                    consenting: Vec::new(),
                }));
            }
            self.does_late(&mut course, &lead, 0, commands);
            planned.push((key, lead, due, milestone));
        }
        let on = course.later(10);
        let first = |(key, ..): &(Name, _, _, _)| ActionRef {
            action: key.clone(),
            revision: 1,
        };
        let adopt = R::RoadmapVersionAdopted {
            on,
            version: 1,
            actions: planned.iter().map(first).collect(),
            consenting: all.clone(),
        };
        self.does_late(&mut course, &all[0], 0, vec![act(adopt)]);
        let going = planned.iter().map(|(key, ..)| Going {
            roadmap: id,
            key: key.clone(),
            from: on + Days::new(1),
        });
        let going = going.collect();
        for planned in planned {
            self.carry_out(id, planned, course);
        }
        going
    }

    fn action(&mut self, k: usize, lead: &PartyId, due: NaiveDate) -> Action {
        let others: Vec<_> = self
            .parties
            .iter()
            .filter(|p| *p != lead)
            .cloned()
            .collect();
        let count = 1 + self.rng.below(2);
        let supports = self.rng.some(&others, count);
        Action {
            key: name(format!("action-{k}")),
            title: words(format!("what action {k} asks for")),
            area: name(AREAS[k % AREAS.len()]),
            leads: vec![office(lead, "Directorate for cooperation")],
            supports: supports
                .iter()
                .map(|p| office(p, "Unit for cooperation"))
                .collect(),
            start: None,
            due: Some(due.to_string().parse().expect("a due date")),
            recurs: None,
            clauses: Vec::new(),
        }
    }

    fn carry_out(
        &mut self,
        id: RoadmapId,
        (key, lead, mut due, milestone): (Name, PartyId, NaiveDate, bool),
        mut course: Course,
    ) {
        let act = |command: R| StreamCommand::Roadmap(id, command);
        let all = self.parties.clone();
        let others: Vec<_> = all
            .iter()
            .filter(|party| **party != lead)
            .cloned()
            .collect();
        let on = course.later(self.rng.between(5, 120));
        let start = R::ActionStarted {
            on,
            action: key.clone(),
        };
        self.does(&mut course, &lead, [act(start)]);
        let mut percent = 0;
        for quarter in 0..self.rng.between(3, 8) {
            let on = course.later(self.rng.between(60, 100));
            percent = (percent + self.rng.between(0, 30)).min(95);
            let report = R::ProgressReported {
                on,
                action: key.clone(),
                as_of: on,
                words: words(format!("report {}", quarter + 1)),
                percent: u8::try_from(percent).ok(),
                evidence: Vec::new(),
                occurrence: None,
            };
            self.does(&mut course, &lead, [act(report)]);
            if self.rng.chance(30) {
                let assess = R::ProgressAssessed {
                    on: course.later(5),
                    action: key.clone(),
                    as_of: on,
                    completion: self
                        .rng
                        .pick(&[Completion::Limited, Completion::Substantial]),
                    words: words("as far as we can see"),
                    decided: None,
                };
                let by = self.rng.pick(&others);
                self.does(&mut course, &by, [act(assess)]);
            }
            if self.rng.chance(10) {
                let to = due + Days::new(self.rng.between(30, 120).into());
                let moved = R::DueMoved {
                    on: course.later(1),
                    action: key.clone(),
                    from: due.to_string().parse().expect("a due date"),
                    to: to.to_string().parse().expect("a due date"),
                    reason: "the forms are not agreed".into(),
                    consenting: all.clone(),
                    decided: None,
                };
                due = to;
                self.does(&mut course, &lead, [act(moved)]);
            }
        }
        // One in five is never done.
        if self.rng.chance(20) {
            return;
        }
        if milestone {
            let met = R::MilestoneMet {
                on: course.later(self.rng.between(1, 20)),
                action: key.clone(),
                milestone: "drafted".into(),
                evidence: "the draft".into(),
                value: None,
                consenting: Vec::new(),
            };
            self.does(&mut course, &lead, [act(met)]);
            let accepted = R::MilestoneAccepted {
                on: course.later(10),
                action: key.clone(),
                milestone: "drafted".into(),
                decided: None,
            };
            let by = self.rng.pick(&others);
            self.does(&mut course, &by, [act(accepted)]);
        }
        let on = course.later(self.rng.between(1, 60));
        let completed = R::ActionCompleted {
            on,
            action: key.clone(),
        };
        self.does(&mut course, &lead, [act(completed)]);
        if self.rng.chance(5) {
            let reopened = R::ActionReopened {
                on: course.later(30),
                action: key,
                reason: "it did not last".into(),
            };
            self.does(&mut course, &lead, [act(reopened)]);
        }
    }
}
