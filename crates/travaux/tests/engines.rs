//! Several engines on one log: what each may count on, whoever else commits.

mod common;

use std::{
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    thread,
};

use chrono::{DateTime, Utc};
use common::{accept, adopt, by, engine, engine_on, proposed, revise};
use travaux::{
    Error, FixedClock, Ports, RandomIds, Verdict,
    blocking::Engine,
    domain::{AgreementId, source::SourceEvent},
};
use travaux_store::{
    AppendError, Appended, Commit, CommitId, Digest, EventStore, Listener, MemorySnapshots,
    MemoryStore, Page, Read, StoreError,
};
use travaux_testkit::faulty::Gate;
use uuid::Uuid;

/// An engine whose clock starts at noon of a day.
fn engine_at(store: &Arc<dyn EventStore>, day: &str) -> Engine {
    let start = format!("{day}T12:00:00Z").parse().expect("a time");
    let ports = Ports {
        clock: Arc::new(FixedClock::starting(start)),
        ids: Arc::new(RandomIds),
    };
    let snapshots = Arc::new(MemorySnapshots::default());
    Engine::open(Arc::clone(store), snapshots, ports).expect("it opens")
}

fn adopted(engine: &Engine, title: &str) -> AgreementId {
    let id = proposed(engine, title);
    let done = engine.act(id, &by("MA"), [accept(1), adopt(1)]);
    done.expect("it is adopted");
    id
}

fn again(engine: &Engine, id: AgreementId, n: u32) -> Result<(), Error> {
    let with = format!("coopèrent ({n})");
    let revision = revise(1, 2, "coopèrent", &with);
    engine.act(id, &by("FR"), [revision]).map(drop)
}

/// The times of the log, which do not go back; an audit finds nothing.
#[track_caller]
fn times(engine: &Engine) -> Vec<DateTime<Utc>> {
    let times: Vec<_> = engine
        .events(1)
        .map(|event| event.expect("it is read").recorded_at)
        .collect();
    assert!(times.is_sorted(), "{times:?}");
    let report = engine.audit(|_| {}).expect("it is read");
    assert_eq!(report.verdict, Verdict::Clean);
    times
}

#[test]
fn times_do_not_go_back_where_an_engine_is_behind_another() {
    let store: Arc<dyn EventStore> = Arc::new(MemoryStore::new());
    let (behind, ahead) = (
        engine_at(&store, "2026-05-01"),
        engine_at(&store, "2027-05-01"),
    );
    let id = adopted(&behind, "Accord");
    let other = adopted(&ahead, "Other");
    for n in 0..5 {
        again(&behind, id, n).expect("it is proposed");
        again(&ahead, other, n).expect("it is proposed");
        // The same stream, whoever acts on it.
        again(&behind, other, 100 + n).expect("it is proposed");
    }
    let times = times(&ahead);
    assert_eq!(times.len(), 6 + 15);
    let of_day = |day: &str| {
        times
            .iter()
            .filter(|t| t.to_rfc3339().starts_with(day))
            .count()
    };
    assert_eq!((of_day("2026-05-01"), of_day("2027-05-01")), (3, 18));
}

#[test]
fn times_do_not_go_back_where_many_commit_at_once() {
    const THREADS: u32 = 4;
    const EACH: u32 = 40;
    let store: Arc<dyn EventStore> = Arc::new(MemoryStore::new());
    let engines = [
        engine_at(&store, "2026-05-01"),
        engine_at(&store, "2026-05-01"),
    ];
    thread::scope(|scope| {
        for (engine, thread) in engines
            .iter()
            .flat_map(|e| (0..THREADS).map(move |t| (e, t)))
        {
            scope.spawn(move || {
                let id = adopted(engine, &format!("Accord {thread}"));
                (0..EACH).for_each(|n| again(engine, id, n).expect("it is proposed"));
            });
        }
    });
    let all = 2 * THREADS * (3 + EACH);
    assert_eq!(times(&engines[0]).len(), all as usize);
}

/// A store on which another engine commits, so many times, just before a commit is appended here.
#[derive(Debug)]
struct Overtaken {
    store: Arc<dyn EventStore>,
    by: Engine,
    times: AtomicU32,
}

impl EventStore for Overtaken {
    fn append(&self, commit: Commit) -> Result<Appended, AppendError> {
        let left = |times: u32| times.checked_sub(1);
        if self
            .times
            .fetch_update(Ordering::SeqCst, Ordering::SeqCst, left)
            .is_ok()
        {
            proposed(&self.by, "Other");
        }
        self.store.append(commit)
    }

    fn read(&self, read: &Read) -> Result<Page, StoreError> {
        self.store.read(read)
    }

    fn head(&self) -> u64 {
        self.store.head()
    }

    fn version(&self, stream: &str) -> Result<u64, StoreError> {
        self.store.version(stream)
    }

    fn find_commit(&self, id: CommitId) -> Result<Option<Appended>, StoreError> {
        self.store.find_commit(id)
    }

    fn attachment(&self, id: Digest) -> Result<Option<Vec<u8>>, StoreError> {
        self.store.attachment(id)
    }

    fn listen(&self) -> Listener {
        self.store.listen()
    }
}

#[test]
fn a_commit_that_is_overtaken_is_decided_again_and_not_for_ever() {
    let inner: Arc<dyn EventStore> = Arc::new(MemoryStore::new());
    let overtaken = Arc::new(Overtaken {
        by: engine_at(&inner, "2027-05-01"),
        store: Arc::clone(&inner),
        times: AtomicU32::new(0),
    });
    let store: Arc<dyn EventStore> = Arc::<Overtaken>::clone(&overtaken);
    let engine = engine_at(&store, "2026-05-01");
    // More often than a conflict is borne.
    overtaken.times.store(20, Ordering::SeqCst);
    let id = adopted(&engine, "Accord");
    assert_eq!(overtaken.times.load(Ordering::SeqCst), 0);
    assert_eq!(times(&engine).len(), 20 + 3);

    overtaken.times.store(u32::MAX, Ordering::SeqCst);
    match again(&engine, id, 1) {
        Err(Error::Conflict {
            attempts,
            last: AppendError::Overtaken { .. },
        }) => assert_eq!(attempts, 65),
        other => panic!("{other:?}"),
    }
    assert_eq!(engine.record(id).expect("it is there").version, 3);
}

fn opened() -> SourceEvent {
    SourceEvent::SourceOpened {
        kind: "git".into(),
        root: "1f0c".into(),
        location: "codes".into(),
    }
}

#[test]
fn of_two_that_open_a_source_at_once_one_does() {
    let store = common::store();
    let engines = [0; 2].map(|_| engine_on(Arc::clone(&store)));
    let id = Uuid::from_u128(4);
    store.close(Gate::Appends);
    thread::scope(|scope| {
        let open = |engine: &'static str, at: &Engine| at.open_source(id, &by(engine), opened());
        let asked: Vec<_> = engines
            .iter()
            .map(|engine| scope.spawn(move || open("FR", engine)))
            .collect();
        // Both have found none.
        store.wait_for(Gate::Appends, 2);
        store.open(Gate::Appends);
        for done in asked {
            done.join().expect("no panic").expect("it is open");
        }
    });
    assert_eq!(engines[0].events(1).count(), 1);
    let [one, other] = engines.map(|engine| engine.source(id).expect("it is open"));
    assert_eq!(one, other);
}

#[test]
fn of_many_that_open_a_source_in_one_engine_one_does() {
    let engine = engine();
    let id = Uuid::from_u128(4);
    thread::scope(|scope| {
        let open = || engine.open_source(id, &by("FR"), opened());
        let asked: Vec<_> = (0..8).map(|_| scope.spawn(open)).collect();
        for done in asked {
            done.join().expect("no panic").expect("it is open");
        }
    });
    assert_eq!(engine.events(1).count(), 1);
}
