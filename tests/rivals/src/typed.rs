//! Typed replay: stored events, decoded and folded into the framework projection; beside cqrs-es, which does the same with the same
//! events, the same states, and rows in memory as its adapters have them in a database.

use std::{collections::HashMap, path::Path, sync::Mutex, time::Instant};

use chrono::{DateTime, NaiveDate, Utc};
use cqrs_es::{
    Aggregate, DomainEvent, EventEnvelope, Query,
    event_sink::EventSink,
    persist::{
        PersistedEventRepository, PersistenceError, QueryReplay, ReplayStream, SerializedEvent,
        SerializedSnapshot,
    },
};
use serde::{Deserialize, Serialize};
use travaux::{
    domain::{
        Actor, AgreementId, Event, EventId, FrameworkId, PackageId, Party, PartyId, Recorded,
        Revision, StreamId,
        framework::{Area, Body, Declaration, Foundation, FrameworkEvent, Roadmap, RoadmapStep},
        package::{Item, PackageEvent, PackageProposal},
    },
    projections::{Frameworks, Projection as _},
};
use travaux_store::{Commit, CommitId, EnvelopeActor, EventStore, Nonce};
use travaux_store_sled::SledStore;
use uuid::Uuid;

use crate::{median, random, setting};

fn party(id: &str) -> PartyId {
    id.into()
}

/// The events of a framework and its packages: founded, five agreements and a body brought under it, a roadmap, then packages that are
/// proposed, accepted and adopted, 32 events in all.
fn history(n: u128) -> Vec<(StreamId, Event)> {
    let id = |salt| Uuid::from_u128(random(n, 0, salt));
    let framework = FrameworkId(id(1));
    let agreement = |at: u64| AgreementId(id(10 + at));
    let area = |key: &str| Area {
        key: key.into(),
        title: format!("Area of {key}"),
    };
    let founded = FrameworkEvent::FrameworkFounded(
        Foundation {
            title: format!("Framework {n} of partnership and cooperation"),
            declaration: Declaration {
                title: "Declaration".into(),
                made: "2024-10".into(),
                by: vec!["FR".into(), "MA".into()],
            },
            parties: ["FR", "MA"]
                .map(|id| Party {
                    id: party(id),
                    name: format!("Ministry of the Interior, {id}"),
                })
                .to_vec(),
            areas: ["security", "migration", "civil-protection"]
                .map(area)
                .to_vec(),
        }
        .into(),
    );
    let joined = (0..5).map(|at| FrameworkEvent::AgreementJoined {
        agreement: agreement(at),
        area: "security".into(),
    });
    let body = FrameworkEvent::BodyEstablished(
        Body {
            key: "group".into(),
            title: "Permanent joint group".into(),
            area: "migration".into(),
            mandate: "reference mechanism".into(),
            consenting: None,
        }
        .into(),
    );
    let date = NaiveDate::from_ymd_opt(2026, 11, 25).expect("a date");
    let step = RoadmapStep {
        area: "security".into(),
        title: "Exchange of information".into(),
        due: Some(date),
    };
    let roadmap = FrameworkEvent::RoadmapAdopted(
        Roadmap {
            title: "Roadmap".into(),
            adopted_on: date,
            steps: vec![step],
            consenting: None,
        }
        .into(),
    );
    let on_framework = std::iter::once(founded)
        .chain(joined)
        .chain([body, roadmap]);
    let mut events: Vec<_> = on_framework
        .map(|e| (StreamId::Framework(framework), Event::Framework(e.into())))
        .collect();
    for at in 0..8 {
        let package = StreamId::Package(PackageId(id(100 + at)));
        let items = (0..3)
            .map(|at| Item {
                agreement: agreement(at),
                revision: Revision(2),
            })
            .collect();
        let parties = ["FR", "MA"].map(party).to_vec();
        let proposal = PackageProposal {
            title: format!("Package {at}"),
            framework: Some(framework),
            parties,
            items,
        };
        let accepted = PackageEvent::PackageAccepted { party: party("MA") };
        let of_package = [
            PackageEvent::PackageProposed(proposal.into()),
            accepted,
            PackageEvent::PackageAdopted {},
        ];
        events.extend(of_package.map(|e| (package, Event::Package(e))));
    }
    events
}

fn time() -> DateTime<Utc> {
    DateTime::from_timestamp_millis(1_790_000_000_000).unwrap_or_default()
}

/// A store of `frameworks` histories; between two events of theirs stand `between` that no framework is concerned by.
fn fill(folder: &Path, frameworks: u128, between: usize) -> SledStore {
    let store = SledStore::open(folder).expect("it opens");
    for n in 0..frameworks {
        let event = |(at, (stream, event)): (usize, (StreamId, Event))| {
            let id = (
                Uuid::from_u128(random(n, at, 5)),
                Nonce(random(n, at, 6).to_be_bytes()),
            );
            let own = travaux::encode(stream, id, &event, None)
                .expect("it serialises")
                .0;
            let other = (0..between).map(move |other| {
                let records = crate::records(
                    n << 20 | (at * between + other) as u128,
                    1,
                    &format!("agreement-{}", Uuid::from_u128(n)),
                );
                crate::ours::commit(n, records).events.remove(0)
            });
            std::iter::once(own).chain(other).collect::<Vec<_>>()
        };
        let commit = Commit {
            id: CommitId(Uuid::from_u128(random(n, 0, 7))),
            recorded_at: time(),
            actor: EnvelopeActor {
                party: "FR".into(),
                person: Some("Directorate".into()),
            },
            correlation: Uuid::from_u128(random(n, 0, 8)),
            causation: None,
            guards: Vec::new(),
            events: history(n).into_iter().enumerate().flat_map(event).collect(),
            attachments: Vec::new(),
        };
        store.append(commit).expect("it is appended");
    }
    store
}

/// An event as cqrs-es stores it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
enum Ours {
    Framework(FrameworkEvent),
    Package(PackageEvent),
}

impl DomainEvent for Ours {
    fn event_type(&self) -> String {
        String::new()
    }

    fn event_version(&self) -> String {
        "1".into()
    }
}

#[derive(Default, Serialize, Deserialize)]
struct Nothing;

impl Aggregate for Nothing {
    const TYPE: &'static str = "framework";
    type Command = ();
    type Event = Ours;
    type Error = std::fmt::Error;
    type Services = ();

    async fn handle(&mut self, (): (), (): &(), _: &EventSink<Self>) -> Result<(), Self::Error> {
        Ok(())
    }

    fn apply(&mut self, _: Ours) {}
}

/// A row: the aggregate, the sequence, the payload, the metadata.
type Row = (String, usize, String, String);

struct Rows(std::sync::Arc<Vec<Row>>);

impl PersistedEventRepository for Rows {
    async fn get_events<A: Aggregate>(
        &self,
        _: &str,
    ) -> Result<Vec<SerializedEvent>, PersistenceError> {
        Ok(Vec::new())
    }

    async fn get_last_events<A: Aggregate>(
        &self,
        _: &str,
        _: usize,
    ) -> Result<Vec<SerializedEvent>, PersistenceError> {
        Ok(Vec::new())
    }

    async fn get_snapshot<A: Aggregate>(
        &self,
        _: &str,
    ) -> Result<Option<SerializedSnapshot>, PersistenceError> {
        Ok(None)
    }

    async fn persist<A: Aggregate>(
        &self,
        _: &[SerializedEvent],
        _: Option<(String, serde_json::Value, usize)>,
    ) -> Result<(), PersistenceError> {
        Ok(())
    }

    async fn stream_events<A: Aggregate>(&self, _: &str) -> Result<ReplayStream, PersistenceError> {
        self.stream_all_events::<A>().await
    }

    async fn stream_all_events<A: Aggregate>(&self) -> Result<ReplayStream, PersistenceError> {
        let (mut feed, stream) = ReplayStream::new(1_024);
        let rows = std::sync::Arc::clone(&self.0);
        std::thread::spawn(move || {
            futures_executor::block_on(async {
                for (aggregate, sequence, payload, metadata) in rows.iter() {
                    let event = SerializedEvent::new(
                        aggregate.clone(),
                        *sequence,
                        A::TYPE.into(),
                        String::new(),
                        "1".into(),
                        serde_json::from_str(payload).expect("JSON"),
                        serde_json::from_str(metadata).expect("JSON"),
                    );
                    feed.push(Ok(event)).await.expect("it is taken");
                }
            });
        });
        Ok(stream)
    }
}

struct View(std::sync::Arc<Mutex<Frameworks>>);

#[async_trait::async_trait]
impl Query<Nothing> for View {
    async fn dispatch(&self, aggregate: &str, events: &[EventEnvelope<Nothing>]) {
        let mut view = self.0.lock().expect("no panic");
        for envelope in events {
            let text = |name: &str| envelope.metadata.get(name).cloned().unwrap_or_default();
            let event = match &envelope.payload {
                Ours::Framework(event) => Event::Framework(event.clone().into()),
                Ours::Package(event) => Event::Package(event.clone()),
            };
            view.apply(&Recorded {
                position: 0,
                stream: aggregate.parse().expect("a stream"),
                version: envelope.sequence as u64,
                id: EventId(Uuid::nil()),
                recorded_at: text("recorded_at").parse().expect("a time"),
                actor: Actor {
                    party: PartyId(text("party").into()),
                    person: Some(text("person").into()),
                },
                event,
                legal_basis: None,
                done_on: None,
            });
        }
    }
}

fn rows(frameworks: u128) -> Rows {
    let mut versions = HashMap::new();
    let mut rows = Vec::new();
    for (stream, event) in (0..frameworks).flat_map(history) {
        let version = versions.entry(stream).or_insert(0);
        *version += 1;
        let ours = match event {
            Event::Framework(event) => Ours::Framework(*event),
            Event::Package(event) => Ours::Package(event),
            other => panic!("{other:?} is of neither"),
        };
        let metadata = HashMap::from([
            ("recorded_at", time().to_rfc3339()),
            ("party", "FR".into()),
            ("person", "Directorate".into()),
        ]);
        let text = |json: Result<String, _>| json.expect("it serialises");
        rows.push((
            stream.to_string(),
            *version,
            text(serde_json::to_string(&ours)),
            text(serde_json::to_string(&metadata)),
        ));
    }
    Rows(std::sync::Arc::new(rows))
}

pub fn run(folder: &Path) {
    let frameworks = u128::from(setting("FRAMEWORKS", 10_000));
    let events = frameworks as f64 * history(0).len() as f64;
    let stores =
        [("all events are wanted", 0), ("one in ten is wanted", 9)].map(|(name, between)| {
            (
                name,
                fill(
                    &folder.join(format!("typed-{between}")),
                    frameworks,
                    between,
                ),
            )
        });
    let rows = rows(frameworks);
    let (mut ours, mut theirs) = (vec![Vec::new(); stores.len()], Vec::new());
    for _ in 0..setting("ROUNDS", 5) {
        let view = std::sync::Arc::new(Mutex::new(Frameworks::default()));
        let replay = QueryReplay::<_, _, Nothing>::new(
            Rows(std::sync::Arc::clone(&rows.0)),
            View(std::sync::Arc::clone(&view)),
        );
        let began = Instant::now();
        futures_executor::block_on(replay.replay_all()).expect("it replays");
        theirs.push(events / began.elapsed().as_secs_f64());
        for (at, (_, store)) in stores.iter().enumerate() {
            let began = Instant::now();
            let folded: Frameworks = travaux::fold(store).expect("it reads");
            ours[at].push(store.head() as f64 / began.elapsed().as_secs_f64());
            let same = *view.lock().expect("no panic") == folded;
            assert!(same, "both have folded the same");
        }
    }
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    println!(
        "\ntyped replay into the framework projection, {cores} cores: medians\n{:<28}{:>14}{:>12}",
        "", "events/s", "x cqrs-es"
    );
    let theirs = median(theirs);
    println!(
        "{:<28}{theirs:>14.0}{:>12.2}",
        "cqrs-es, rows in memory", 1.0
    );
    for ((name, _), rates) in stores.iter().zip(ours) {
        let rate = median(rates);
        println!(
            "{:<28}{rate:>14.0}{:>12.2}",
            format!("travaux, {name}"),
            rate / theirs
        );
    }
}
