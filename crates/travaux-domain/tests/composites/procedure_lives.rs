//! Random lives of cases beside a model of a few lines that counts whole days: which acts are let
//! through and which refused, where each case stands on any day, that it ends under the version under
//! which it began unless both moved it (INV29), and that all steps of a version reach an end (INV30).

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};
use travaux_domain::{
    Rule, Version,
    procedure::{
        Gives, Leads, ProcedureCommand as P, ProcedureStep, Role, Silence, Starts, StepTable,
        Until, VisitEnd,
    },
};
use travaux_testkit::{
    agreement::date,
    history::History,
    meeting::{body, foundation},
    procedure::{
        adopt_draft, close, declare, migrate, open, outcome, propose_table, receive, revise_table,
        step, table, take_by,
    },
    random::{self, Rng},
};

use crate::procedure::{procedure, state};

/// Days from the first on which a case may begin.
type Day = u64;

const FIRST: &str = "2025-03-01";
/// The days on which the versions come into force, with the days of the limit of the answer.
const VERSIONS: [(&str, Day, Day); 3] = [("1.0.0", 0, 10), ("2.0.0", 40, 5), ("3.0.0", 80, 20)];
const ISSUE: Day = 3;
const LAST: Day = 140;

fn on(day: Day) -> String {
    let day = date(FIRST).checked_add_days(Days::new(day));
    day.expect("a day").to_string()
}

/// The request, an answer that silence accepts, an issue that silence escalates, the group.
fn steps(answer: Day) -> StepTable {
    let ask = step(
        "ask",
        Role::Requesting,
        "none",
        vec![outcome("sent", Gives::Other, "answer")],
    );
    let answer = ProcedureStep {
        starts: Starts::Received,
        silence: Silence::DeemedAgreed("yes".into()),
        ..step(
            "answer",
            Role::Requested,
            &format!("{answer} days"),
            vec![
                outcome("yes", Gives::Obtained, "issue"),
                outcome("no", Gives::Refused, "end"),
                outcome("more", Gives::Other, "back to ask"),
            ],
        )
    };
    let issue = ProcedureStep {
        silence: Silence::Escalates("group".into()),
        ..step(
            "issue",
            Role::Requested,
            &format!("{ISSUE} days"),
            vec![outcome("issued", Gives::Obtained, "end")],
        )
    };
    let group = step(
        "group",
        Role::Body,
        "none",
        vec![outcome("settled", Gives::Obtained, "end")],
    );
    StepTable {
        body: Some("gmmp".into()),
        ..table("Passes", vec![ask, answer, issue, group])
    }
}

fn begun() -> History {
    let mut history = History::new();
    history
        .at("2025-01-01")
        .framework(1, "FR", foundation(&["FR", "MA", "ES"]))
        .framework(1, "FR", body())
        .procedure(
            1,
            "FR",
            propose_table("2025-01-01", "1.0.0-draft", steps(VERSIONS[0].2)),
        )
        .procedure(1, "FR", adopt_draft("2025-01-01", "1.0.0-draft", &on(0)))
        .procedure(1, "FR", declare("2025-01-01", "UTC", &[]))
        .procedure(1, "MA", declare("2025-01-01", "UTC", &[]));
    for pair in VERSIONS.windows(2) {
        let [(base, ..), (version, from, limit)] = pair else {
            continue;
        };
        let draft = format!("{version}-draft");
        history
            .procedure(
                1,
                "MA",
                revise_table("2025-01-01", &draft, base, steps(*limit)),
            )
            .procedure(1, "MA", adopt_draft("2025-01-01", &draft, &on(*from)));
    }
    history
}

/// A case as the model has it.
#[derive(Clone, Debug)]
struct Model {
    version: usize,
    asks: &'static str,
    asked: &'static str,
    step: &'static str,
    /// From which day on the limit of the step runs, if it does.
    runs: Option<Day>,
    received: bool,
    last: Day,
    /// The latest day of an act.
    latest: Day,
    /// Before this day no limit of the step runs: the case was moved to it.
    floor: Day,
    over: bool,
    /// Whether silence led on from a step since it was last come to.
    silent: BTreeSet<&'static str>,
}

impl Model {
    /// The last day of the step, if one runs.
    fn due(&self) -> Option<Day> {
        let limit = match self.step {
            "answer" => VERSIONS[self.version].2,
            "issue" => ISSUE,
            _ => return None,
        };
        Some(self.runs? + limit)
    }

    fn go(&mut self, step: &'static str, day: Day) {
        self.step = step;
        self.received = false;
        self.floor = 0;
        self.runs = (step == "issue").then_some(day);
        self.silent.remove(step);
    }

    /// The same on a later day, with what silence led to.
    fn by(&self, day: Day) -> Self {
        let mut now = self.clone();
        while let Some(due) = now.due().filter(|due| !now.over && day > *due) {
            now.silent.insert(now.step);
            let left = now.step;
            now.go(if left == "answer" { "issue" } else { "group" }, due);
            now.silent.insert(left);
        }
        now
    }
}

#[derive(Clone, Copy, Debug)]
enum Act {
    Receive(&'static str),
    Take(&'static str, &'static str, bool),
    Migrate(usize, &'static str, bool),
    Close(bool),
}

const TAKES: [(&str, &str); 6] = [
    ("ask", "sent"),
    ("answer", "yes"),
    ("answer", "no"),
    ("answer", "more"),
    ("issue", "issued"),
    ("group", "settled"),
];

fn draw(rng: &mut Rng) -> Act {
    let (step, outcome) = rng.pick(&TAKES);
    let both = rng.chance(60);
    match rng.below(10) {
        0..=1 => Act::Receive(if rng.chance(80) { "answer" } else { step }),
        2..=7 => Act::Take(step, outcome, both),
        8 => Act::Migrate(rng.place(3), step, both),
        _ => Act::Close(both),
    }
}

/// The rule by which an act is let through, or refused; and the case after it.
fn answer(model: &Model, party: &str, day: Day, act: Act) -> Result<Model, Rule> {
    if party == "ES" {
        return Err(Rule::P0);
    }
    // A day of difference may be one of zones, between two parties or of one.
    if day + 1 < model.last {
        return Err(Rule::RC3);
    }
    let mut now = model.by(day);
    let at_step = |step: &str| -> Result<(), Rule> {
        if now.silent.contains(step) && (now.over || now.step != step) {
            return Err(Rule::PR1);
        }
        if now.over {
            return Err(Rule::PR5);
        }
        (now.step == step).then_some(()).ok_or(Rule::PR1)
    };
    let holder = |step: &str| match step {
        "ask" => Some(now.asks),
        "group" => None,
        _ => Some(now.asked),
    };
    match act {
        Act::Receive(step) => {
            at_step(step)?;
            let may = step == "answer" && party == now.asked && !now.received;
            if !may {
                return Err(Rule::PR1);
            }
            now.received = true;
            now.runs = Some(now.floor.max(day));
        }
        Act::Take(step, outcome, both) => {
            at_step(step)?;
            let may = holder(step).map_or(both, |holder| holder == party);
            if !may {
                return Err(Rule::PR1);
            }
            match outcome {
                "sent" => now.go("answer", day),
                "yes" => now.go("issue", day),
                "more" => now.go("ask", day),
                _ => now.over = true,
            }
        }
        Act::Migrate(to, step, both) => {
            if now.over {
                return Err(Rule::PR5);
            }
            let current = VERSIONS.iter().rposition(|(_, from, _)| *from <= day);
            if current != Some(to) || to <= now.version || !both {
                return Err(Rule::PR5);
            }
            let same = now.step == step && step != "answer";
            let (received, stays) = (now.received, now.step == step);
            now.version = to;
            if !same {
                now.go(step, day);
                now.floor = day;
                now.received = received && stays;
                if now.received {
                    now.runs = Some(day);
                }
            }
        }
        Act::Close(both) => {
            if now.over {
                return Err(Rule::PR5);
            }
            if party != now.asks && !both {
                return Err(Rule::PR5);
            }
            now.over = true;
        }
    }
    now.last = day;
    now.latest = now.latest.max(day);
    Ok(now)
}

fn command(case: &str, day: Day, act: Act) -> P {
    let on = on(day);
    let consenting: fn(bool) -> &'static [&'static str] =
        |both| if both { &["FR", "MA"] } else { &[] };
    match act {
        Act::Receive(step) => receive(&on, case, step),
        Act::Take(step, outcome, both) => take_by(&on, case, step, outcome, consenting(both)),
        Act::Migrate(to, step, both) => migrate(&on, case, VERSIONS[to].0, step, consenting(both)),
        Act::Close(both) => close(&on, case, "left", consenting(both)),
    }
}

/// Where a case stands at noon of a day, and how many steps it was led on from by silence.
fn stands(history: &History, case: &str, day: Day) -> (Option<String>, Vec<String>) {
    let found = state(history);
    let case = &found.cases[case];
    let noon: NaiveDate = on(day).parse().expect("a day");
    let noon = noon.and_hms_opt(12, 0, 0).expect("noon").and_utc();
    let course = found.course(case, Until::Instant(noon));
    let silent = course
        .visits
        .iter()
        .filter(|visit| matches!(visit.end, Some(VisitEnd::Silent { .. })));
    let standing = course.standing().map(|visit| visit.step.to_string());
    (
        standing,
        silent.map(|visit| visit.step.to_string()).collect(),
    )
}

#[test]
fn inv29_a_case_ends_under_the_version_with_which_it_began_unless_both_moved_it() {
    let first = random::seed("random_lives_of_cases");
    for seed in (0..60).map(|n| first.wrapping_add(n)) {
        let mut rng = Rng::new(seed);
        let mut history = begun();
        let mut cases: BTreeMap<String, (Model, Vec<usize>)> = BTreeMap::new();
        for number in 0..4 {
            let day = rng.below(100);
            let version = VERSIONS.iter().rposition(|(_, from, _)| *from <= day);
            let version = version.expect("one is in force");
            let (asks, asked) = if rng.chance(50) {
                ("FR", "MA")
            } else {
                ("MA", "FR")
            };
            let key = format!("{asks}-{number}");
            history.at(&on(day));
            let stale = open(&on(day), &key, VERSIONS[(version + 1) % 3].0, asked);
            history.refuses(asks, procedure(stale), Rule::PR5, "the version in force");
            history.procedure(1, asks, open(&on(day), &key, VERSIONS[version].0, asked));
            let model = Model {
                version,
                asks,
                asked,
                step: "ask",
                runs: None,
                received: false,
                last: day,
                latest: day,
                floor: 0,
                over: false,
                silent: BTreeSet::new(),
            };
            cases.insert(key, (model, vec![version]));
        }
        let keys: Vec<String> = cases.keys().cloned().collect();
        history.at("2026-01-01");
        for _ in 0..160 {
            let key = &keys[rng.place(keys.len())];
            let (model, versions) = cases.get_mut(key).expect("a case");
            let day = (model.last + rng.below(9)).saturating_sub(rng.below(3));
            if day > LAST {
                continue;
            }
            let party = rng.pick(&["FR", "FR", "FR", "MA", "MA", "MA", "ES"]);
            let act = draw(&mut rng);
            let expected = answer(model, party, day, act);
            let asked = procedure(command(key, day, act));
            let found = history.decided(party, asked.clone());
            match (&expected, &found) {
                (Ok(_), Ok(_)) => {}
                (Err(rule), Err(refusal)) if refusal.rule == *rule => continue,
                _ => panic!(
                    "seed {seed}: {key} {party} on day {day}, {act:?}: {expected:?}, {found:?}\n{model:?}"
                ),
            }
            history.does(party, asked);
            *model = expected.expect("it is let through");
            if let Act::Migrate(to, ..) = act {
                versions.push(to);
            }
        }
        for (key, (model, versions)) in &cases {
            let found = state(&history);
            let case = &found.cases[key.as_str()];
            let allowed: Vec<Version> = versions
                .iter()
                .map(|v| VERSIONS[*v].0.parse().expect("it"))
                .collect();
            for day in model.latest..=LAST + 20 {
                let now = model.by(day);
                let expected = (!now.over).then(|| now.step.to_owned());
                let (standing, silent) = stands(&history, key, day);
                assert_eq!(standing, expected, "seed {seed}: {key} on day {day}");
                let led: BTreeSet<&str> = silent.iter().map(String::as_str).collect();
                assert!(
                    now.silent.iter().all(|step| led.contains(step)),
                    "seed {seed}: {key}"
                );
                let noon = date(&on(day))
                    .and_hms_opt(12, 0, 0)
                    .expect("noon")
                    .and_utc();
                let visits = found.course(case, Until::Instant(noon)).visits;
                let mut under: Vec<_> = visits.into_iter().map(|visit| visit.version).collect();
                assert!(under.is_sorted(), "seed {seed}: {key}");
                under.dedup();
                assert!(
                    under.iter().all(|v| allowed.contains(v)),
                    "seed {seed}: {key} {under:?}"
                );
                if allowed.len() == 1 {
                    assert_eq!(under, allowed, "seed {seed}: {key}");
                }
            }
        }
    }
}

/// A random table, mostly of steps that hang together.
fn random_table(rng: &mut Rng) -> StepTable {
    let count = 1 + rng.place(6);
    let key = |place: usize| format!("s{place}");
    let steps = (0..count).map(|place| {
        let outcomes = (0..1 + rng.below(3)).map(|number| {
            let to = rng.place(count + 2);
            let leads = match to {
                to if to >= count => "end".to_owned(),
                to if to <= place && rng.chance(80) => format!("back to {}", key(to)),
                to => key(to),
            };
            let gives = rng.pick(&[Gives::Obtained, Gives::Refused, Gives::Other]);
            outcome(&format!("o{number}"), gives, &leads)
        });
        let outcomes: Vec<_> = outcomes.collect();
        let limit = if rng.chance(60) { "10 days" } else { "none" };
        let mut step = step(
            &key(place),
            rng.pick(&[Role::Requesting, Role::Requested]),
            limit,
            outcomes,
        );
        step.silence = match rng.below(6) {
            0 => Silence::Escalates(key(rng.place(count)).into()),
            1 => Silence::DeemedAgreed("o0".into()),
            2 => Silence::DeemedRefused("o0".into()),
            _ => Silence::Nothing,
        };
        step
    });
    let steps = steps.collect();
    table("Random", steps)
}

/// Whether a walk from a step can come to the end, by trying all of them.
fn ends(table: &StepTable, from: &str, seen: &mut BTreeSet<String>) -> bool {
    if !seen.insert(from.to_owned()) {
        return false;
    }
    let step = table.step(from).expect("a step");
    let escalates = match &step.silence {
        Silence::Escalates(to) => Some(to.to_string()),
        _ => None,
    };
    let led: Vec<Option<String>> = step
        .outcomes
        .iter()
        .map(|o| o.leads.step().map(ToString::to_string))
        .chain(escalates.map(Some))
        .collect();
    led.into_iter().any(|to| match to {
        None => true,
        Some(to) => ends(table, &to, seen),
    })
}

fn reached(table: &StepTable, from: &str, seen: &mut BTreeSet<String>) {
    if !seen.insert(from.to_owned()) {
        return;
    }
    let step = table.step(from).expect("a step");
    for outcome in &step.outcomes {
        if let Some(to) = outcome.leads.step() {
            reached(table, to, seen);
        }
    }
    if let Silence::Escalates(to) = &step.silence {
        reached(table, to, seen);
    }
}

#[test]
fn inv30_all_steps_of_a_version_that_is_let_through_are_reached_and_reach_an_end() {
    let (mut let_through, mut refused) = (0, 0);
    let first = random::seed("random_step_tables");
    for seed in (0..4_000).map(|n| first.wrapping_add(n)) {
        let mut rng = Rng::new(seed);
        let table = random_table(&mut rng);
        let all: BTreeSet<String> = table.steps.iter().map(|s| s.key.to_string()).collect();
        let mut seen = BTreeSet::new();
        reached(&table, "s0", &mut seen);
        let each_ends = all
            .iter()
            .all(|key| ends(&table, key, &mut BTreeSet::new()));
        let place = |key: &str| table.steps.iter().position(|s| s.key == *key);
        let ordered = table.steps.iter().enumerate().all(|(at, step)| {
            let declared = step.outcomes.iter().all(|o| match &o.leads {
                Leads::End => true,
                Leads::To(to) => place(to) > Some(at),
                Leads::BackTo(to) => place(to) <= Some(at),
            });
            let silent = match &step.silence {
                Silence::Nothing => true,
                Silence::Escalates(to) => place(to) > Some(at),
                Silence::DeemedAgreed(o) | Silence::DeemedRefused(o) => {
                    let outcome = step.outcomes.iter().find(|found| found.key == *o);
                    let gives = match &step.silence {
                        Silence::DeemedAgreed(_) => Gives::Obtained,
                        _ => Gives::Refused,
                    };
                    outcome
                        .is_some_and(|o| o.gives == gives && !matches!(o.leads, Leads::BackTo(_)))
                }
            };
            declared
                && silent
                && (step.limit.within().is_some() || step.silence == Silence::Nothing)
        });
        let fits = seen == all && each_ends && ordered;
        let faults = table.faults();
        assert_eq!(
            faults.is_empty(),
            fits,
            "seed {seed}: {faults:?}\n{table:?}"
        );
        if fits {
            let_through += 1;
        } else {
            refused += 1;
        }
    }
    assert!(
        let_through > 100 && refused > 100,
        "{let_through} {refused}"
    );
}
