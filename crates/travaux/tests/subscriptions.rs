//! Subscriptions: many share one reading of the log, and none loses anything by it.

use std::{
    future::Future,
    pin::{Pin, pin},
    sync::Arc,
    task::{Context, Poll, Wake, Waker},
    thread,
};

use chrono::{DateTime, FixedOffset};
use futures_lite::{StreamExt as _, future::block_on};
use travaux::{
    Error, Ports, Subscription,
    blocking::Engine,
    domain::{
        Actor, Recorded, StreamCommand,
        source::{Signature, SourceCommit, SourceEvent},
    },
};
use travaux_store::{
    Commit, CommitId, EnvelopeActor, EventStore, MemorySnapshots, MemoryStore, NewEvent, Nonce,
};
use travaux_testkit::faulty::{FaultyStore, Gate};
use uuid::Uuid;

/// An engine with a source that was opened: one event.
struct House {
    store: Arc<FaultyStore<MemoryStore>>,
    engine: Engine,
    source: Uuid,
}

fn actor() -> Actor {
    Actor::party("FR")
}

impl House {
    fn new() -> Self {
        let store = Arc::<FaultyStore<MemoryStore>>::default();
        let below: Arc<dyn EventStore> = Arc::<FaultyStore<_>>::clone(&store);
        let ports = Ports::fixed(DateTime::UNIX_EPOCH);
        let engine = Engine::open(below, Arc::new(MemorySnapshots::default()), ports);
        let (engine, source) = (engine.expect("an engine"), Uuid::from_u128(1));
        let opened = SourceEvent::SourceOpened {
            kind: "git".into(),
            root: "0".into(),
            location: "here".into(),
        };
        engine
            .open_source(source, &actor(), opened)
            .expect("it is opened");
        Self {
            store,
            engine,
            source,
        }
    }

    /// Appends so many events in one commit.
    fn append(&self, events: usize) {
        let at: DateTime<FixedOffset> = DateTime::UNIX_EPOCH.into();
        let signature = Signature {
            name: "n".into(),
            email: String::new(),
            at,
        };
        let commit = SourceCommit {
            id: "1".into(),
            parents: Vec::new(),
            tree: None,
            author: signature.clone(),
            committer: signature,
            message: String::new(),
        };
        let read = SourceEvent::CommitsRead {
            commits: vec![commit],
        };
        let acts = vec![StreamCommand::Source(self.source, read); events];
        self.engine
            .commit(None, &actor(), acts)
            .expect("it is done");
    }

    fn reads(&self) -> u64 {
        self.store.pages_read()
    }
}

/// The events that a subscription has now.
fn take(events: &mut Subscription, count: usize) -> Vec<Arc<Recorded>> {
    let mut taken = Vec::new();
    while taken.len() < count
        && let Some(event) = events.try_next().expect("it is read")
    {
        taken.push(event);
    }
    taken
}

fn positions(events: &[Arc<Recorded>]) -> Vec<u64> {
    events.iter().map(|event| event.position).collect()
}

#[test]
fn many_listeners_share_one_reading_and_the_same_events() {
    let house = House::new();
    let mut all: Vec<_> = (0..100).map(|_| house.engine.subscribe(2)).collect();
    house.append(600);
    let before = house.reads();
    let seen: Vec<_> = all.iter_mut().map(|events| take(events, 600)).collect();
    let reads = house.reads() - before;
    assert!(reads <= 4, "600 events for 100 listeners: {reads} reads");
    for events in &seen {
        assert_eq!(positions(events), (2..=601).collect::<Vec<_>>());
        let same = events.iter().zip(&seen[0]).all(|(a, b)| Arc::ptr_eq(a, b));
        assert!(same, "each event is decoded once");
    }
}

#[test]
fn a_slow_listener_reads_alone_and_nothing_is_kept_for_it() {
    let house = House::new();
    let (mut slow, mut fast) = (house.engine.subscribe(1), house.engine.subscribe(1));
    house.append(999);
    assert_eq!(positions(&take(&mut slow, 1)), [1]);
    let early: Vec<_> = take(&mut fast, 999).iter().map(Arc::downgrade).collect();
    for _ in 0..5 {
        house.append(1_000);
        take(&mut fast, 1_000);
    }
    // The slow one holds the page that it has begun, and no more.
    let held = early
        .iter()
        .filter(|event| event.strong_count() > 0)
        .count();
    assert!(held <= 256, "{held} of the first events are in memory");
    assert_eq!(
        positions(&take(&mut slow, 10_000)),
        (2..=6_000).collect::<Vec<_>>()
    );
    house.append(1);
    let (slow, fast) = (take(&mut slow, 9), take(&mut fast, 9));
    assert_eq!(positions(&slow), [6_001]);
    assert!(
        fast.iter().any(|event| Arc::ptr_eq(event, &slow[0])),
        "who has caught up shares again"
    );
}

#[test]
fn one_that_is_dropped_in_the_middle_of_its_turn_stops_nobody() {
    for others in 0..20u64 {
        let house = House::new();
        house.append(300);
        let mut dropped = house.engine.subscribe(1);
        let mut context = Context::from_waker(Waker::noop());
        house.store.close(Gate::Reads);
        let polled = futures_lite::Stream::poll_next(Pin::new(&mut dropped), &mut context);
        assert!(polled.is_pending(), "it is read on another thread");
        house.store.wait_for(Gate::Reads, 1);
        let mut next = house.engine.subscribe(1 + others);
        drop(dropped);
        house.store.open(Gate::Reads);
        assert_eq!(next.wait().expect("an event").position, 1 + others);
    }
}

#[test]
fn an_event_that_cannot_be_read_is_an_error_where_it_stands_for_each() {
    let house = House::new();
    house.append(1);
    let foreign = Commit {
        id: CommitId(Uuid::from_u128(99)),
        recorded_at: DateTime::UNIX_EPOCH + chrono::TimeDelta::days(1),
        actor: EnvelopeActor {
            party: "FR".into(),
            person: None,
        },
        correlation: Uuid::nil(),
        causation: None,
        guards: Vec::new(),
        events: vec![NewEvent {
            stream: "treaty-1".into(),
            id: Uuid::from_u128(98),
            nonce: Nonce([0; 16]),
            kind: "Foreign".into(),
            schema: 1,
            payload: "{}".into(),
            attachments: Vec::new(),
        }],
        attachments: Vec::new(),
    };
    house.store.append(foreign).expect("a store takes anything");
    let check = |error: Error| {
        assert!(
            matches!(&error, Error::Codec(e) if e.position == 3),
            "{error:?}"
        );
    };
    let (mut one, mut other) = (house.engine.subscribe(1), house.engine.subscribe(1));
    for events in [&mut one, &mut other] {
        assert_eq!(events.wait().expect("an event").position, 1);
        assert_eq!(events.wait().expect("an event").position, 2);
        check(events.wait().expect_err("nobody can read it"));
        check(block_on(events.next()).expect_err("it stays there"));
        assert_eq!(events.next_position(), 3);
    }
}

/// Runs a future on this thread: an executor of our own, which knows nothing but the contract of futures.
fn run<T>(future: impl Future<Output = T>) -> T {
    struct Parked(thread::Thread);
    impl Wake for Parked {
        fn wake(self: Arc<Self>) {
            self.0.unpark();
        }
    }
    let waker = Waker::from(Arc::new(Parked(thread::current())));
    let (mut future, mut context) = (pin!(future), Context::from_waker(&waker));
    loop {
        match future.as_mut().poll(&mut context) {
            Poll::Ready(done) => return done,
            Poll::Pending => thread::park(),
        }
    }
}

#[test]
fn it_is_a_stream_on_any_executor() {
    let house = House::new();
    let stream = |count| {
        let events = house.engine.subscribe(1).take(count);
        events.map(|event| Ok::<_, Error>(event?.position))
    };
    let writing = thread::scope(|scope| {
        let here = scope.spawn(|| block_on(stream(300).try_collect::<_, _, Vec<_>>()));
        let own = scope.spawn(|| run(stream(300).try_collect::<_, _, Vec<_>>()));
        let events = house.engine.subscribe(1).take(300);
        let pool = blocking::unblock(|| {
            block_on(
                events
                    .map(|event| Ok::<_, Error>(event?.position))
                    .try_collect::<_, _, Vec<_>>(),
            )
        });
        house.append(299);
        [
            here.join().expect("it ends"),
            own.join().expect("it ends"),
            block_on(pool),
        ]
    });
    for seen in writing {
        assert_eq!(seen.expect("it is read"), (1..=300).collect::<Vec<_>>());
    }
}

/// Follows to `last`, with pauses and new beginnings that depend on `number`.
fn follow(house: &House, number: u64, last: u64) -> Vec<u64> {
    let mut events = house.engine.subscribe(1);
    let mut seen = Vec::new();
    while seen.last() != Some(&last) {
        let event = match number % 3 {
            0 => events.wait(),
            1 => block_on(events.next()),
            _ => run(events.next()),
        };
        seen.push(event.expect("it is read").position);
        let count = seen.len() as u64;
        if count.is_multiple_of(50 + 13 * number) {
            events = house.engine.subscribe(events.next_position());
        }
        if number.is_multiple_of(4) && count.is_multiple_of(64) {
            thread::yield_now();
        }
    }
    seen
}

#[test]
fn many_who_read_at_their_own_pace_while_others_write_miss_nothing() {
    let house = House::new();
    let last = 1 + 20 * 150;
    let seen: Vec<_> = thread::scope(|scope| {
        let house = &house;
        let readers: Vec<_> = (0..24)
            .map(|number| scope.spawn(move || follow(house, number, last)))
            .collect();
        (0..20).for_each(|_| house.append(150));
        let seen = readers.into_iter().map(|reader| reader.join());
        seen.collect::<Result<_, _>>().expect("they end")
    });
    for (number, positions) in seen.iter().enumerate() {
        assert_eq!(
            *positions,
            (1..=last).collect::<Vec<_>>(),
            "reader {number}"
        );
    }
}
