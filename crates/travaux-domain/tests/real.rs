//! A real tracker of commitments, replayed as a roadmap: the 359 changes of 2023 and 2024 to the
//! fifth Open Government action plan of the United States, as they were committed. The end is what
//! its source says; statuses that drift, owners and files that move, and the one commitment that
//! was reopened are all on record.

#![allow(
    clippy::disallowed_methods,
    reason = "it reads a real history, where there is one"
)]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    process::ExitCode,
};

use serde_json::{Map, Value};
use travaux_domain::{
    Aggregate as _, Event, Party, StreamId,
    framework::{Area, Declaration, Foundation, FrameworkCommand},
    partnership::{Deed as _, Dossier as _, OfficeHolder},
    roadmap::{
        Action, ActionEnd, ActionRecord, ActionRef, Lifecycle, Roadmap, RoadmapCommand as R,
        RoadmapPlan, Timing,
    },
};
use travaux_testkit::{
    agreement::date,
    history::{History, framework_id, roadmap_id},
    meeting::{parties, words},
    needs::{self, Run, corpus},
    tests,
};

fn main() -> ExitCode {
    needs::main(tests![
        rm1_rm7_and_rm12_a_tracker_of_commitments_ends_as_its_source_does
    ])
}

/// A line of the tracker's history, or a commitment as its lines left it.
type Line = Map<String, Value>;

fn text<'a>(line: &'a Line, field: &str) -> &'a str {
    line.get(field).and_then(Value::as_str).unwrap_or_default()
}

fn lines() -> Result<Vec<Line>, needs::LeftOut> {
    let path = corpus("framework/us-nap5-commitments.history.jsonl")?;
    let all = fs::read_to_string(path).expect("the history");
    let line = |line: &str| serde_json::from_str(line).expect("a line of JSON");
    Ok(all.lines().map(line).collect())
}

/// What the tracker says at its end: the lines, one upon the other.
fn head(lines: &[Line]) -> BTreeMap<String, Line> {
    let mut head: BTreeMap<String, Line> = BTreeMap::new();
    for line in lines {
        let id = text(line, "id").to_owned();
        match text(line, "op") {
            "removed" => drop(head.remove(&id)),
            "added" => drop(head.insert(id, line.clone())),
            _ => head.get_mut(&id).expect("it is there").extend(line.clone()),
        }
    }
    head
}

/// What is told of a commitment, as the words of a report.
fn told(now: &Line) -> String {
    let fields = ["status", "progress", "aug_2023_progress", "evidence_links"];
    let each = fields.map(|field| {
        let value = now.get(field).unwrap_or(&Value::Null);
        format!("{field}: {value}")
    });
    each.join("; ")
}

fn as_action(id: &str, now: &Line) -> Action {
    Action {
        key: id.into(),
        title: words(text(now, "text")),
        area: text(now, "theme").into(),
        leads: vec![OfficeHolder {
            party: "US".into(),
            office: text(now, "agency").to_owned(),
            name: None,
        }],
        supports: Vec::new(),
        start: None,
        due: None,
        recurs: None,
        clauses: Vec::new(),
    }
}

/// The plan of the government and of civil society, with the themes as areas.
fn begun(lines: &[Line]) -> History {
    let party = |id: &str| Party {
        id: id.into(),
        name: id.to_owned(),
    };
    let themes: BTreeSet<_> = lines.iter().map(|line| text(line, "theme")).collect();
    let area = |theme: &&str| Area {
        key: (*theme).into(),
        title: (*theme).to_owned(),
    };
    let founded = Foundation {
        title: "Open government".into(),
        declaration: Declaration {
            title: "fifth action plan".into(),
            made: "2022-12".into(),
            by: Vec::new(),
        },
        parties: vec![party("US"), party("civil-society")],
        areas: themes.iter().filter(|t| !t.is_empty()).map(area).collect(),
    };
    let (day, mut history) = ("2023-06-30", History::new());
    let plan = RoadmapPlan {
        framework: framework_id(1),
        title: "Fifth action plan".into(),
        parties: parties(&["US", "civil-society"]),
        zone: "America/New_York".into(),
        body: None,
        body_moves: false,
    };
    let on = date(day);
    history
        .at(day)
        .framework(1, "US", FrameworkCommand::FrameworkFounded(founded.into()))
        .roadmap(1, "US", R::RoadmapProposed { on, plan });
    history
}

fn state(history: &History) -> Roadmap {
    history.state(StreamId::Roadmap(roadmap_id(1)))
}

/// The last commit in which commitments were added: what stands then is the plan.
const PLAN: &str = "58ab3927393c";

fn both() -> Vec<travaux_domain::PartyId> {
    parties(&["US", "civil-society"])
}

/// Each line as what it says was done.
fn replayed(lines: &[Line]) -> History {
    let mut history = begun(lines);
    let mut now: BTreeMap<String, Line> = BTreeMap::new();
    let mut day = "2023-06-30";
    for (at, line) in lines.iter().enumerate() {
        let on = &text(line, "at")[..10];
        if on != day {
            history.at(on);
            day = on;
        }
        take(&mut history, &mut now, line);
        let next = lines.get(at + 1).map(|next| text(next, "commit"));
        if text(line, "commit") == PLAN && next != Some(PLAN) {
            adopt(&mut history, on);
        }
    }
    history
}

fn adopt(history: &mut History, on: &str) {
    let actions = state(history).actions.into_iter();
    let actions = actions.filter(|(_, record)| record.is_open());
    let actions = actions.map(|(action, record)| ActionRef {
        action,
        revision: record.revision,
    });
    let version = R::RoadmapVersionAdopted {
        on: date(on),
        version: 1,
        actions: actions.collect(),
        consenting: both(),
    };
    history.roadmap(1, "US", version);
}

fn take(history: &mut History, now: &mut BTreeMap<String, Line>, line: &Line) {
    let (id, on) = (text(line, "id").to_owned(), date(&text(line, "at")[..10]));
    let action: travaux_domain::Name = (&id).into();
    let adopted = |history: &History| {
        let record = state(history).actions.remove(&*id);
        record.filter(|record| record.adopted.is_some())
    };
    if text(line, "op") == "removed" {
        now.remove(&id);
        let (reason, consenting) = ("removed from the tracker".to_owned(), both());
        let gone = match adopted(history) {
            None => R::ActionWithdrawn {
                on,
                action,
                reason: Some(reason),
            },
            Some(_) => R::ActionCancelled {
                on,
                action,
                reason,
                consenting,
            },
        };
        history.roadmap(1, "US", gone);
        return;
    }
    if text(line, "op") == "added" {
        now.insert(id.clone(), line.clone());
        let action = as_action(&id, line);
        history.roadmap(1, "US", R::ActionProposed { on, action });
    } else {
        let before = now.get_mut(&id).expect("it is there");
        before.extend(line.clone());
        let revised = as_action(&id, before);
        let record = state(history).actions.remove(&*id).expect("it is there");
        if revised != record.action {
            // A party names its own offices; words that were adopted take all.
            let words = revised.title != record.action.title && record.adopted.is_some();
            let revised = R::ActionRevised {
                on,
                base: record.revision,
                action: revised,
                consenting: if words { both() } else { Vec::new() },
            };
            history.roadmap(1, "US", revised);
        }
    }
    let commitment = &now[&id];
    let mut evidence = vec![text(commitment, "file").to_owned()];
    evidence.retain(|file| !file.is_empty());
    let report = R::ProgressReported {
        on,
        action: action.clone(),
        as_of: on,
        words: words(&told(commitment)),
        percent: None,
        evidence,
        occurrence: None,
    };
    history.roadmap(1, "US", report);
    if let Some(status) = line.get("status").and_then(Value::as_str) {
        let record = adopted(history).expect("a status is told of what was adopted");
        for event in turns(&record, status, on) {
            history.roadmap(1, "US", event);
        }
    }
}

/// What a status says was done: `On Track` and `Progress` are drifting words for one.
fn turns(record: &ActionRecord, status: &str, on: chrono::NaiveDate) -> Vec<R> {
    let action = record.action.key.clone();
    let started = R::ActionStarted {
        on,
        action: action.clone(),
    };
    let start = record.started.is_none().then_some(started);
    let turn = match (status, record.completed.is_some()) {
        ("Complete", false) => Some(R::ActionCompleted { on, action }),
        ("In Progress" | "On Track" | "Progress", true) => Some(R::ActionReopened {
            on,
            action,
            reason: format!("the tracker says `{status}`"),
        }),
        ("In Progress" | "On Track" | "Progress", false) | ("Complete", true) => None,
        ("Not Started", _) => return Vec::new(),
        (other, _) => panic!("a status of its own: {other}"),
    };
    start.into_iter().chain(turn).collect()
}

/// The roadmap as it stood on a day.
fn as_of(history: &History, on: &str) -> Roadmap {
    let mut state = Roadmap::default();
    for recorded in history.log() {
        if let Event::Roadmap(event) = &recorded.event {
            match event.on() <= date(on) {
                true => state.evolve(event, &recorded.context()),
                false => state.skip(),
            }
        }
    }
    state
}

fn rm1_rm7_and_rm12_a_tracker_of_commitments_ends_as_its_source_does() -> Run {
    let lines = lines()?;
    assert_eq!(lines.len(), 359);
    let (history, head) = (replayed(&lines), head(&lines));
    let roadmap = state(&history);
    let stand: BTreeMap<_, _> = roadmap
        .actions
        .iter()
        .filter(|(_, record)| record.end.is_none())
        .collect();
    let keys: Vec<_> = stand.keys().map(|key| key.to_string()).collect();
    assert_eq!(keys, head.keys().cloned().collect::<Vec<_>>());
    assert_eq!(keys.len(), 70);
    for (id, commitment) in &head {
        let record = stand[&travaux_domain::Name::from(id)];
        assert_eq!(record.action, as_action(id, commitment), "{id}");
        let report = record.latest_report().expect("one");
        assert_eq!(report.words, words(&told(commitment)), "{id}");
        assert_eq!(report.evidence, [text(commitment, "file")], "{id}");
        let expected = match text(commitment, "status") {
            "Complete" => Lifecycle::Closed,
            "" | "Not Started" => Lifecycle::Pipeline,
            _ => Lifecycle::Implementation,
        };
        assert_eq!(record.lifecycle(), expected, "{id}");
    }
    keeps_what_changed(&lines, &history, &roadmap);
    Ok(())
}

/// What the tracker's head no longer says: it is all on record.
fn keeps_what_changed(lines: &[Line], history: &History, roadmap: &Roadmap) {
    // One commitment of all was reopened, on the day on which it had been completed.
    let reopened = roadmap
        .actions
        .iter()
        .filter(|(_, r)| !r.reopened.is_empty());
    let reopened: Vec<_> = reopened
        .map(|(key, r)| {
            (
                key.to_string(),
                r.reopened.len(),
                r.reopened[0].completed.on,
            )
        })
        .collect();
    assert_eq!(reopened, [("US0114.0".to_owned(), 1, date("2024-03-01"))]);
    // Owners that move: each change of an agency is a revision of its own.
    let owners = lines.iter().filter(|line| text(line, "op") == "changed");
    let owners = owners.filter(|line| line.contains_key("agency")).count();
    let (mut moved, mut leads) = (0, BTreeMap::new());
    for recorded in history.log() {
        let Event::Roadmap(event) = &recorded.event else {
            continue;
        };
        match &**event {
            R::ActionProposed { action, .. } => {
                leads.insert(action.key.clone(), action.leads.clone());
            }
            R::ActionRevised { action, .. } => {
                let before = leads.insert(action.key.clone(), action.leads.clone());
                moved += usize::from(before.as_ref() != Some(&action.leads));
            }
            _ => {}
        }
    }
    assert_eq!((owners, moved), (84, 84));
    // Taken back before the plan stood, or cancelled behind it; some came again under their id.
    let gone = roadmap
        .actions
        .values()
        .filter_map(|record| record.end.as_ref());
    let cancelled = gone.filter(|(how, _)| matches!(how, ActionEnd::Cancelled { .. }));
    assert_eq!(cancelled.count(), 1, "US0147.6");
    let again = roadmap
        .actions
        .values()
        .filter(|r| !r.earlier_ends.is_empty());
    assert!(again.count() > 20);
    // As of the end of 2023 nothing had begun by its status; and no day is promised, so none is late.
    let then = as_of(history, "2023-12-31");
    let open = then.schedules(date("2023-12-31")).into_values();
    let open: Vec<_> = open.filter(|s| s.timing != Timing::Ended).collect();
    assert_eq!(open.len(), 70);
    for schedule in open {
        assert_eq!(
            (schedule.lifecycle, schedule.timing),
            (Lifecycle::Pipeline, Timing::Undated)
        );
    }
}
