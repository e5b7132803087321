//! Ten years of a large partnership, made small: its state on any day, as known at any time, is that
//! of naive recomputations. One takes from the log what was recorded by then and done by the day, and
//! makes views of nothing else. The other counts and dates things in the log by hand.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::Value;
use travaux::{
    FixedClock, Ports, SequentialIds,
    blocking::Engine,
    domain::{Name, Recorded, StreamId},
    projections::{
        Dossiers, Entry, EntryId, FieldValue, FrameworkState, Frameworks, Moment, Projection,
        Register, StateSources,
    },
};
use travaux_examples::decade::{Partnership, Sizes, play};
use travaux_store::{MemorySnapshots, MemoryStore};

/// A partnership that was played, and its log.
struct Played {
    partnership: Partnership,
    engine: Engine,
    log: Vec<Done>,
}

/// An event, with its type, its content and the day on which it was done, read off its JSON.
struct Done {
    recorded: Recorded,
    kind: &'static str,
    says: Value,
    on: NaiveDate,
}

impl Done {
    fn of(recorded: Recorded) -> Self {
        let kind = recorded.event.type_name();
        let json = match &recorded.event {
            travaux::domain::Event::Naming(event) => serde_json::to_value(event),
            travaux::domain::Event::Agreement(event) => serde_json::to_value(event),
            travaux::domain::Event::Framework(event) => serde_json::to_value(event),
            travaux::domain::Event::Package(event) => serde_json::to_value(event),
            travaux::domain::Event::Meeting(event) => serde_json::to_value(event),
            travaux::domain::Event::Body(event) => serde_json::to_value(event),
            travaux::domain::Event::Roadmap(event) => serde_json::to_value(event),
            travaux::domain::Event::Exchange(event) => serde_json::to_value(event),
            travaux::domain::Event::Request(event) => serde_json::to_value(event),
            travaux::domain::Event::Procedure(event) => serde_json::to_value(event),
            travaux::domain::Event::Indicator(event) => serde_json::to_value(event),
            other => panic!("{other:?} is no part of a partnership"),
        };
        let json = json.expect("it serialises");
        let says = match &json {
            Value::Object(fields) if fields.len() == 1 => {
                fields.values().next().expect("one").clone()
            }
            _ => json,
        };
        let day = |field: &str| says[field].as_str()?.parse::<NaiveDate>().ok();
        let on = day("effect").or_else(|| day("from").filter(|_| kind.starts_with("Organ")));
        let on = on.or_else(|| day("on"));
        Self {
            on: on.unwrap_or_else(|| recorded.recorded_at.date_naive()),
            recorded,
            kind,
            says,
        }
    }

    /// Whether it was known at a time, and done by a day.
    fn counts(&self, on: NaiveDate, known: Option<DateTime<Utc>>) -> bool {
        self.on <= on && self.is_known(known)
    }

    fn is_known(&self, at: Option<DateTime<Utc>>) -> bool {
        at.is_none_or(|at| self.recorded.recorded_at <= at)
    }

    fn says(&self, field: &str) -> String {
        self.says[field].as_str().unwrap_or_default().to_owned()
    }
}

fn played(seed: u64) -> Played {
    let ids = Arc::new(SequentialIds::default());
    let clock = Arc::new(FixedClock::starting(DateTime::UNIX_EPOCH));
    let partnership = Partnership::of(seed, Sizes::SMALL, &*ids);
    let ports = Ports {
        clock: Arc::<FixedClock>::clone(&clock),
        ids,
    };
    let (store, snapshots) = (MemoryStore::new(), MemorySnapshots::default());
    let engine = Engine::open(Arc::new(store), Arc::new(snapshots), ports).expect("it opens");
    play(&engine, &clock, &partnership).unwrap_or_else(|refused| panic!("{refused}"));
    let log = engine.events(1).map(|event| event.expect("it is read"));
    let log = log.map(Done::of).collect();
    Played {
        partnership,
        engine,
        log,
    }
}

impl Played {
    fn state(&self, at: &Moment) -> Option<FrameworkState> {
        let state = self.engine.framework_state(self.partnership.framework, at);
        state.expect("it is read")
    }

    /// The state of views that have seen nothing but what counts.
    fn naive(&self, at: &Moment) -> Option<FrameworkState> {
        let mut frameworks = Frameworks::default();
        let mut dossiers = Dossiers::default();
        let mut register = Register::default();
        for done in &self.log {
            // Agreements are known from their recording on: their own days are asked of the register.
            let counts = match done.recorded.stream {
                StreamId::Agreement(_) => done.is_known(at.known_at),
                _ => done.counts(at.on, at.known_at),
            };
            if counts {
                frameworks.apply(&done.recorded);
                dossiers.apply(&done.recorded);
                register.apply(&done.recorded);
            }
        }
        let sources = StateSources {
            frameworks: &frameworks,
            dossiers: &dossiers,
            register: &register,
        };
        let at = Moment {
            known_at: None,
            ..at.clone()
        };
        FrameworkState::of(sources, self.partnership.framework, &at)
    }

    /// How many events of these types count.
    fn count(&self, at: &Moment, kinds: &[&str]) -> usize {
        let counting = self.log.iter().filter(|d| d.counts(at.on, at.known_at));
        counting.filter(|done| kinds.contains(&done.kind)).count()
    }
}

/// What the entries say, and on which streams they rest. Their versions count what is left out, too;
/// and what was decided for a later day is announced, which is not among the naive one's events.
fn said(
    state: &FrameworkState,
) -> BTreeMap<&EntryId, (Vec<StreamId>, BTreeMap<&Name, &FieldValue>)> {
    let by = |entry: &Entry| entry.by.iter().map(|event| event.stream).collect();
    let entries = state.entries.iter();
    entries
        .map(|(id, entry)| {
            let fields = entry.fields.iter();
            let fields = fields.filter(|(field, _)| **field != "announced");
            (id, (by(entry), fields.collect()))
        })
        .collect()
}

/// Days of all years, with what was known then, at other times, and now; for nobody and for a party.
fn moments(of: &Partnership, count: u32) -> Vec<Moment> {
    let moments = of.moments(count).into_iter().zip(0..);
    moments
        .flat_map(|((on, known), n)| {
            [None, Some(known)].map(|known_at| Moment {
                on,
                known_at,
                reader: (n % 2 == 0).then(|| "A".into()),
            })
        })
        .collect()
}

#[test]
fn the_state_is_that_of_what_was_recorded_by_then_and_done_by_the_day() {
    for seed in [1, 2015] {
        let played = played(seed);
        let mut found = 0;
        for at in moments(&played.partnership, 40) {
            let (state, naive) = (played.state(&at), played.naive(&at));
            assert_eq!(
                state.as_ref().map(said),
                naive.as_ref().map(said),
                "seed {seed}, {at:?}"
            );
            found += usize::from(state.is_some());
        }
        assert!(found > 60, "seed {seed}: {found}");
    }
}

#[test]
fn the_state_has_as_many_entries_as_the_log_has_beginnings() {
    let played = played(7);
    for at in moments(&played.partnership, 40) {
        let Some(state) = played.state(&at) else {
            continue;
        };
        let count = |kind: &str| state.of_kind(kind).count();
        let areas = 6 + played.count(&at, &["AreaOpened"]);
        for (kind, expected) in [
            ("area", areas),
            ("agreement", played.count(&at, &["AgreementIncluded"])),
            ("package", played.count(&at, &["RoundOpened"])),
            ("body", played.count(&at, &["JointBodyEstablished"])),
            ("decision", played.count(&at, &["DecisionDrafted"])),
            ("referral", played.count(&at, &["ChallengeReferred"])),
            ("meeting", played.count(&at, &["MeetingConvened"])),
            ("item", played.count(&at, &["AgreedItemRecorded"])),
            ("roadmap", played.count(&at, &["RoadmapProposed"])),
            ("action", played.count(&at, &["ActionProposed"])),
            ("milestone", played.count(&at, &["MilestoneSet"])),
            ("request", played.count(&at, &["RequestSent"])),
            ("procedure", played.count(&at, &["ProcedureProposed"])),
            ("indicator", played.count(&at, &["IndicatorAdopted"])),
            ("discrepancy", played.count(&at, &["DiscrepancyOpened"])),
            ("case", played.count(&at, &["CaseOpened"])),
        ] {
            assert_eq!(count(kind), expected, "{kind}, {at:?}");
        }
    }
}

/// What the log says of an action, folded by hand.
#[derive(Default)]
struct ByHand {
    due: Option<NaiveDate>,
    moves: i64,
    started: bool,
    completed: Option<NaiveDate>,
}

#[test]
fn actions_are_late_and_requests_answered_as_counted_by_hand() {
    let played = played(42);
    let (mut late, mut answered) = (0, 0);
    for at in moments(&played.partnership, 40) {
        let at = Moment {
            reader: Some("A".into()),
            ..at
        };
        let Some(state) = played.state(&at) else {
            continue;
        };
        let mut actions: BTreeMap<(StreamId, String), ByHand> = BTreeMap::new();
        let (mut sent_by_a, mut closed) = (BTreeSet::new(), BTreeSet::new());
        for done in &played.log {
            if !done.counts(at.on, at.known_at) {
                continue;
            }
            let stream = done.recorded.stream;
            let key = (stream, done.says("action"));
            match done.kind {
                "ActionProposed" => {
                    let key = done.says["action"]["key"].as_str().unwrap_or_default();
                    let action = actions.entry((stream, key.to_owned())).or_default();
                    let due = done.says["action"]["due"].as_str();
                    action.due = due.and_then(|due| due.parse().ok());
                }
                "DueMoved" => {
                    let to = done.says("to").parse().expect("a day");
                    let action = actions.entry(key).or_default();
                    action.due = Some(to);
                    action.moves += 1;
                }
                "ActionStarted" => actions.entry(key).or_default().started = true,
                "ActionCompleted" => actions.entry(key).or_default().completed = Some(done.on),
                "ActionReopened" => actions.entry(key).or_default().completed = None,
                "RequestSent" if done.recorded.actor.party.0 == "A" => {
                    sent_by_a.insert(stream);
                }
                "ReplyProvided" | "ReplyRefused" => {
                    closed.insert(stream);
                }
                _ => {}
            }
        }
        for ((stream, key), by_hand) in &actions {
            let id = EntryId::part(*stream, "action", key.as_str());
            let entry = &state.entries[&id];
            let is_late = by_hand.completed.is_none() && by_hand.due.is_some_and(|due| due < at.on);
            assert_eq!(entry.is("late"), is_late, "{id}, {at:?}");
            assert_eq!(entry.day("completed"), by_hand.completed, "{id}, {at:?}");
            assert_eq!(
                entry.number("moves").unwrap_or(0),
                by_hand.moves,
                "{id}, {at:?}"
            );
            assert_eq!(
                entry.day("started").is_some(),
                by_hand.started,
                "{id}, {at:?}"
            );
            late += usize::from(is_late);
        }
        for stream in &sent_by_a {
            let entry = state.whole(*stream).expect("it was sent");
            let is_closed = entry.day("answered").is_some();
            assert_eq!(is_closed, closed.contains(stream), "{stream}, {at:?}");
            answered += usize::from(is_closed);
        }
    }
    assert!(late > 100 && answered > 100, "{late} {answered}");
}

#[test]
fn a_seed_gives_the_same_log_again_and_another_gives_another() {
    let told = |seed| -> Vec<String> {
        let log = played(seed).log.into_iter();
        log.map(|done| format!("{:?}", (done.recorded.recorded_at, done.kind, done.says)))
            .collect()
    };
    let first = told(3);
    assert_eq!(first, told(3));
    assert_ne!(first, told(4));
}
