//! Random lives of a roadmap, beside a model of what the rules let through, and what has to hold of
//! every one: baselines never change and slip is the sum of moves (INV10), nothing waits for itself
//! (INV11), late follows from the record and the day (INV12), what was completed was met (INV13),
//! and nothing that is open is left out or lost (INV34).

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};
use travaux_domain::{
    Event, Name, Rule,
    partnership::Deed as _,
    roadmap::{Baseline, Dependency, DependencyKind, Roadmap, RoadmapEvent, Timing},
};
use travaux_testkit::{
    agreement::date,
    history::History,
    random::Rng,
    roadmap::{
        action, adopted, begun, completed, depends, due, met, moved, proposed, set, started,
    },
};

use crate::{
    roadmap::{roadmap, state},
    roadmap_course::{reopened, waived},
    roadmap_lineage::{cancelled, merged, resumed, split, superseded, suspended},
    roadmap_schedule::as_of,
};

const KEYS: [&str; 4] = ["a", "b", "c", "d"];
const DUES: [&str; 4] = ["2025-04-10", "2025-04-20", "2025-05-01", "2025-06-01"];

#[derive(Clone, Debug)]
enum Act {
    Start(&'static str),
    Complete(&'static str),
    Reopen(&'static str),
    Move(&'static str, &'static str, &'static str),
    Depend(&'static str, &'static str),
    Set(&'static str),
    Meet(&'static str),
    Waive(&'static str),
    Suspend(&'static str),
    Resume(&'static str),
    Cancel(&'static str),
}

#[derive(Clone, Debug)]
struct Model {
    due: &'static str,
    /// The last turn of its course.
    turn: NaiveDate,
    moved: NaiveDate,
    started: bool,
    completed: bool,
    suspended: bool,
    ended: bool,
    /// The day on which its milestone was set, and met or waived.
    set: Option<(NaiveDate, Option<(NaiveDate, bool)>)>,
}

type Answer = Result<Rule, Rule>;

/// That an action waits for another, since when, and until one of the two was cancelled.
#[derive(Clone, Debug)]
struct Edge {
    key: &'static str,
    after: &'static str,
    since: NaiveDate,
    until: Option<NaiveDate>,
}

/// What the rules say of an act of FR, which leads all four, on a day.
fn answer(models: &BTreeMap<&str, Model>, edges: &[Edge], on: NaiveDate, act: &Act) -> Answer {
    // Over, dated before its last turn, completed: in this order for what changes its course.
    let open = |key: &str, rule: Rule| {
        let model = &models[key];
        match () {
            () if model.ended => Err(rule),
            () if on < model.turn => Err(Rule::RC3),
            () if model.completed => Err(rule),
            () => Ok(model),
        }
    };
    let no = |wrong: bool, rule: Rule| if wrong { Err(rule) } else { Ok(()) };
    match act {
        Act::Start(key) => {
            let model = open(key, Rule::RM6)?;
            no(model.started || model.suspended, Rule::RM6)?;
            Ok(Rule::RM6)
        }
        Act::Complete(key) => {
            let model = open(key, Rule::RM11)?;
            no(model.suspended || !model.started, Rule::RM11)?;
            match model.set {
                Some((_, None)) => Err(Rule::RM11),
                Some((_, Some((day, _)))) if on < day => Err(Rule::RC3),
                _ => Ok(()),
            }?;
            Ok(Rule::RM11)
        }
        Act::Reopen(key) => {
            let model = &models[key];
            no(model.ended, Rule::RM12)?;
            no(on < model.turn, Rule::RC3)?;
            no(!model.completed, Rule::RM12)?;
            Ok(Rule::RM12)
        }
        Act::Move(key, from, to) => {
            let model = open(key, Rule::RM9)?;
            no(on < model.moved, Rule::RC3)?;
            no(model.due != *from || from == to, Rule::RM9)?;
            Ok(Rule::RM9)
        }
        Act::Depend(key, after) => {
            no(models[key].ended || models[after].ended, Rule::RM4)?;
            no(key == after || models[key].completed, Rule::RM4)?;
            let held = edges.iter().any(|e| e.key == *key && e.after == *after);
            no(held, Rule::RM4)?;
            // A circle closes on that day, or when another comes to wait.
            let later = edges.iter().map(|e| e.since).filter(|day| *day > on);
            let mut days = later.chain([on]);
            no(days.any(|day| waits(edges, day, after, key)), Rule::RM4)?;
            Ok(Rule::RM4)
        }
        Act::Set(key) => {
            let model = &models[key];
            no(
                model.ended || model.set.is_some() || model.completed,
                Rule::RM5,
            )?;
            Ok(Rule::RM5)
        }
        Act::Meet(key) | Act::Waive(key) => {
            let rule = match act {
                Act::Meet(_) => Rule::RM10,
                _ => Rule::RM11,
            };
            let model = &models[key];
            no(model.ended, rule)?;
            let Some((day, settled)) = model.set else {
                return Err(rule);
            };
            no(on < day, Rule::RC3)?;
            no(settled.is_some(), rule)?;
            Ok(rule)
        }
        Act::Suspend(key) => {
            let model = open(key, Rule::RM13)?;
            no(model.suspended, Rule::RM13)?;
            Ok(Rule::RM13)
        }
        Act::Resume(key) => {
            let model = open(key, Rule::RM13)?;
            no(!model.suspended, Rule::RM13)?;
            Ok(Rule::RM13)
        }
        Act::Cancel(key) => {
            let model = open(key, Rule::RM13)?;
            let said = model
                .set
                .map(|(set, settled)| settled.map_or(set, |(day, _)| day.max(set)));
            no(
                on < model.moved || said.is_some_and(|day| on < day),
                Rule::RC3,
            )?;
            Ok(Rule::RM13)
        }
    }
}

/// Whether one waits for another on a day, by others.
fn waits(edges: &[Edge], day: NaiveDate, who: &str, on: &str) -> bool {
    let held = |e: &&Edge| e.since <= day && e.until.is_none_or(|until| until > day);
    let mut own = edges.iter().filter(held).filter(|e| e.key == who);
    who == on || own.any(|e| waits(edges, day, e.after, on))
}

fn take(
    models: &mut BTreeMap<&'static str, Model>,
    edges: &mut Vec<Edge>,
    on: NaiveDate,
    act: &Act,
) {
    if let Act::Depend(key, after) = act {
        edges.push(Edge {
            key,
            after,
            since: on,
            until: None,
        });
        return;
    }
    let (Act::Start(key)
    | Act::Complete(key)
    | Act::Reopen(key)
    | Act::Move(key, ..)
    | Act::Depend(key, _)
    | Act::Set(key)
    | Act::Meet(key)
    | Act::Waive(key)
    | Act::Suspend(key)
    | Act::Resume(key)
    | Act::Cancel(key)) = act;
    let model = models.get_mut(key).expect("it");
    match act {
        Act::Start(_) => (model.started, model.turn) = (true, on),
        Act::Complete(_) => (model.completed, model.turn) = (true, on),
        Act::Reopen(_) => (model.completed, model.turn) = (false, on),
        Act::Move(_, _, to) => (model.due, model.moved) = (to, on),
        Act::Set(_) => model.set = Some((on, None)),
        Act::Meet(_) | Act::Waive(_) => {
            let set = model.set.expect("it").0;
            model.set = Some((set, Some((on, matches!(act, Act::Meet(_))))));
        }
        Act::Suspend(_) => (model.suspended, model.turn) = (true, on),
        Act::Resume(_) => (model.suspended, model.turn) = (false, on),
        Act::Cancel(_) => {
            (model.ended, model.turn) = (true, on);
            let own = edges
                .iter_mut()
                .filter(|e| e.key == *key || e.after == *key);
            for edge in own.filter(|e| e.until.is_none()) {
                edge.until = Some(on);
            }
        }
        Act::Depend(..) => {}
    }
}

fn draw(rng: &mut Rng, models: &BTreeMap<&str, Model>) -> Act {
    let key = rng.pick(&KEYS);
    match rng.below(17) {
        0 | 1 => Act::Start(key),
        2 | 3 => Act::Complete(key),
        4 => Act::Reopen(key),
        5..=7 => {
            // Mostly from where it stands.
            let from = match rng.chance(80) {
                true => DUES.into_iter().find(|due| *due == models[key].due),
                false => None,
            };
            Act::Move(
                key,
                from.unwrap_or_else(|| rng.pick(&DUES)),
                rng.pick(&DUES),
            )
        }
        8..=10 => Act::Depend(key, rng.pick(&KEYS)),
        11 => Act::Set(key),
        12 => Act::Meet(key),
        13 => Act::Waive(key),
        14 => Act::Suspend(key),
        15 => Act::Resume(key),
        _ if rng.chance(30) => Act::Cancel(key),
        _ => Act::Start(key),
    }
}

fn command(on: &str, act: &Act) -> RoadmapEvent {
    match act {
        Act::Start(key) => started(on, key),
        Act::Complete(key) => completed(on, key),
        Act::Reopen(key) => reopened(on, key),
        Act::Move(key, from, to) => moved(on, key, from, to),
        // Of starts: it holds up no completion, which the cases show.
        Act::Depend(key, after) => depends(on, key, after, DependencyKind::StartToStart, 0),
        Act::Set(key) => set(on, key, "m"),
        Act::Meet(key) => met(on, key, "m"),
        Act::Waive(key) => waived(on, key, "m"),
        Act::Suspend(key) => suspended(on, key),
        Act::Resume(key) => resumed(on, key),
        Act::Cancel(key) => cancelled(on, key),
    }
}

/// Whether an action is late on a day, by the log alone: the last due date by then has passed, and
/// it neither was completed nor ended by then.
fn is_late(history: &History, key: &str, on: NaiveDate) -> bool {
    let (mut due_on, mut over) = (None, false);
    for recorded in history.log() {
        let Event::Roadmap(event) = &recorded.event else {
            continue;
        };
        if event.on() > on {
            continue;
        }
        match &**event {
            RoadmapEvent::ActionProposed { action, .. } if action.key == key => {
                due_on = action.due.clone();
            }
            RoadmapEvent::DueMoved { action, to, .. } if action == key => {
                due_on = Some(to.clone());
            }
            RoadmapEvent::ActionCompleted { action, .. }
            | RoadmapEvent::ActionCancelled { action, .. }
                if action == key =>
            {
                over = true;
            }
            RoadmapEvent::ActionReopened { action, .. } if action == key => over = false,
            _ => {}
        }
    }
    let day: Option<NaiveDate> = due_on.and_then(|due| due.to_string().parse().ok());
    !over && day.is_some_and(|day| day < on)
}

/// INV10: the versions are those that were adopted, and slip is the sum of moves.
fn keeps_its_baselines(roadmap: &Roadmap, adopted: &[Baseline], on: NaiveDate) {
    assert_eq!(roadmap.baselines, adopted, "a baseline changed");
    for (key, schedule) in roadmap.schedules(on) {
        let days = |words: &travaux_domain::roadmap::Due| {
            roadmap.evaluate(key, words).date().expect("a day")
        };
        let moves = roadmap.moves(key).into_iter();
        let sum: i64 = moves
            .map(|m| (days(&m.to) - days(&m.from)).num_days())
            .sum();
        assert_eq!(schedule.slip_to_first, Some(sum), "{key}");
    }
}

/// INV11, by a search of its own over what is on record.
fn goes_in_no_circle(roadmap: &Roadmap) {
    let goes_on = |key: &Name| roadmap.actions[key].end.is_none();
    let held = roadmap.dependencies.iter().filter(|held| {
        let d = &held.dependency;
        held.removed.is_none() && goes_on(&d.action) && goes_on(&d.after)
    });
    let edges: Vec<&Dependency> = held.map(|d| &d.dependency).collect();
    fn reaches(edges: &[&Dependency], from: &Name, to: &Name, depth: usize) -> bool {
        assert!(depth < 64, "a circle");
        let mut next = edges.iter().filter(|edge| edge.action == *from);
        next.any(|edge| edge.after == *to || reaches(edges, &edge.after, to, depth + 1))
    }
    for key in roadmap.actions.keys() {
        assert!(!reaches(&edges, key, key, 0), "{key} waits for itself");
    }
}

fn begin() -> (History, BTreeMap<&'static str, Model>) {
    let mut history = begun();
    history.at("2025-01-20");
    let mut models = BTreeMap::new();
    for (key, due) in KEYS.into_iter().zip(DUES) {
        history.roadmap(1, "FR", proposed("2025-01-20", action(key, due)));
        let model = Model {
            due,
            turn: date("2025-02-01"),
            moved: date("2025-02-01"),
            started: false,
            completed: false,
            suspended: false,
            ended: false,
            set: None,
        };
        models.insert(key, model);
    }
    history
        .at("2025-02-01")
        .roadmap(1, "FR", adopted("2025-02-01", 1, &KEYS));
    (history, models)
}

#[test]
fn rm4_rm5_rm6_rm9_rm10_rm11_rm12_rm13_and_rm14_random_lives_of_roadmaps() {
    let mut rng = Rng::of("random_lives_of_roadmaps");
    let mut seen = BTreeMap::<Answer, usize>::new();
    for _ in 0..120 {
        let (mut history, mut models) = begin();
        let mut edges = Vec::new();
        let baselines = state(&history).baselines;
        history.at("2025-06-30");
        let mut now = date("2025-02-10");
        for _ in 0..60 {
            // Mostly in order; now and then recorded late.
            now = now + Days::new(rng.below(4));
            let on = match rng.chance(85) {
                true => now,
                false => now - Days::new(rng.below(20)),
            }
            .max(date("2025-02-01"))
            .min(date("2025-06-29"));
            let act = draw(&mut rng, &models);
            let expected = answer(&models, &edges, on, &act);
            let asked = roadmap(command(&on.to_string(), &act));
            let found = history.decided("FR", asked.clone());
            let found = found.map(|d| d.legal_basis.rule).map_err(|r| r.rule);
            assert_eq!(found, expected, "{act:?} on {on}: {models:#?} {edges:?}");
            *seen.entry(found).or_default() += 1;
            if found.is_ok() {
                if let Act::Complete(key) = &act {
                    let record = &state(&history).actions[*key];
                    let settled = record.measures.iter().all(|m| m.is_settled());
                    assert!(settled, "INV13");
                }
                history.does("FR", asked);
                take(&mut models, &mut edges, on, &act);
            }
        }
        let roadmap = state(&history);
        keeps_its_baselines(&roadmap, &baselines, date("2025-06-30"));
        goes_in_no_circle(&roadmap);
        for _ in 0..8 {
            let on = date("2025-02-01") + Days::new(rng.below(150));
            let then = as_of(&history, &on.to_string());
            let (one, again) = (then.schedules(on), then.schedules(on));
            assert_eq!(one, again);
            for key in KEYS {
                let late = matches!(one[&Name::from(key)].timing, Timing::Late { .. });
                assert_eq!(late, is_late(&history, key, on), "{key} on {on}");
            }
        }
    }
    let rows = [
        Rule::RM4,
        Rule::RM5,
        Rule::RM6,
        Rule::RM9,
        Rule::RM10,
        Rule::RM11,
        Rule::RM12,
        Rule::RM13,
    ];
    for rule in rows {
        let often = |answer| seen.get(&answer).is_some_and(|times| *times > 5);
        assert!(often(Ok(rule)) && often(Err(rule)), "{rule:?}: {seen:#?}");
    }
}

/// INV34 for what goes on in the place of others: what an action was still measured by, and what
/// waited for it, is found with its heirs.
#[test]
fn rm13_and_rm4_random_splits_and_mergers_lose_nothing() {
    let mut rng = Rng::of("random_lineages_of_roadmaps");
    let mut done = 0;
    for _ in 0..150 {
        let (mut history, _) = begin();
        history.at("2025-03-01");
        let day = "2025-03-01";
        for key in KEYS {
            history.roadmap(1, "FR", set(day, key, &format!("of-{key}")));
        }
        for step in 0..10 {
            let before = state(&history);
            let open: Vec<_> = before.actions.iter().filter(|(_, r)| r.is_open()).collect();
            let open: Vec<_> = open.iter().map(|(key, _)| key.to_string()).collect();
            let (one, other) = (rng.pick(&open), rng.pick(&open));
            let due_of = |key: &str| {
                before.actions[key]
                    .action
                    .due
                    .as_ref()
                    .expect("one")
                    .to_string()
            };
            let unmet = |key: &str| -> Vec<String> {
                let measures = before.actions[key].measures.iter();
                measures.map(|m| m.measure.key().to_string()).collect()
            };
            let command = match rng.below(5) {
                0 => {
                    let part = |end: &str| action(&format!("{one}-{end}{step}"), &due_of(&one));
                    let all = unmet(&one);
                    let all: Vec<&str> = all.iter().map(String::as_str).collect();
                    split(day, &one, &[(part("x"), &all[..]), (part("y"), &[])])
                }
                1 => merged(
                    day,
                    &[&one, &other],
                    action(&format!("m{step}"), &due_of(&one)),
                ),
                2 => superseded(day, &one, &other),
                _ => depends(day, &one, &other, DependencyKind::FinishToFinish, 0),
            };
            if let Ok(decided) = history.decided("FR", roadmap(command.clone())) {
                history.does("FR", roadmap(command));
                done += usize::from(decided.legal_basis.rule == Rule::RM13);
            }
            let now = state(&history);
            let all = now.actions.values().filter(|r| r.is_open());
            let all: Vec<_> = all.flat_map(|r| &r.measures).collect();
            let keys: BTreeSet<_> = all.iter().map(|m| m.measure.key().to_string()).collect();
            let expected: BTreeSet<_> = KEYS.iter().map(|key| format!("of-{key}")).collect();
            assert_eq!(
                (all.len(), keys),
                (KEYS.len(), expected),
                "none is lost or doubled"
            );
            for key in KEYS {
                let name = key.into();
                let heirs = now.heirs(&name);
                assert!(!heirs.is_empty(), "{key} goes on somewhere");
                assert!(heirs.iter().all(|key| now.actions[*key].is_open()));
            }
            // Each goes on from a promise that is on record.
            for (key, schedule) in now.schedules(date(day)) {
                let open = now.actions[key].is_open();
                assert!(!open || schedule.slip_to_first == Some(0), "{key}");
            }
        }
    }
    assert!(done > 150, "{done}");
    assert_eq!(due("2025-04-10").to_string(), DUES[0]);
}
