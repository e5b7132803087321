//! Following a log: what stands there first, then what comes; and what a failure leaves.

use std::{
    future::Future,
    pin::pin,
    sync::Arc,
    task::{Context, Poll, Waker},
};

use travaux_store::{
    EventStore, LogFollower, MemoryStore, Notifier,
    conformance::{commit, event},
};

/// Appends a commit of so many events.
fn append(store: &MemoryStore, id: u128, events: usize) {
    let events = (0..events).map(|_| event("s", "Noted", "{}"));
    store
        .append(commit(id, events.collect()))
        .expect("it is appended");
}

/// The positions of the next page that is there.
fn polled(follower: &mut LogFollower) -> Vec<u64> {
    let page = follower.poll().expect("it is read");
    page.records.iter().map(|record| record.position).collect()
}

#[test]
fn what_stands_there_comes_first_and_then_what_is_new() {
    let store = Arc::new(MemoryStore::new());
    let mut follower = LogFollower::new(Arc::clone(&store) as Arc<dyn EventStore>, 1);
    assert_eq!(polled(&mut follower), [0_u64; 0]);
    append(&store, 1, 2);
    assert_eq!(polled(&mut follower), [1, 2]);
    assert_eq!(polled(&mut follower), [0_u64; 0], "none comes twice");
    append(&store, 2, 1);
    append(&store, 3, 1);
    assert_eq!(polled(&mut follower), [3, 4]);
    assert_eq!(follower.position(), 5);
}

#[test]
fn it_begins_where_it_is_told_to() {
    let store = Arc::new(MemoryStore::new());
    append(&store, 1, 3);
    for (from, first, expected) in [
        (0, 1, vec![1, 2, 3]),
        (1, 1, vec![1, 2, 3]),
        (3, 3, vec![3]),
        (4, 4, vec![]),
        (9, 9, vec![]),
    ] {
        let mut follower = LogFollower::new(Arc::clone(&store) as Arc<dyn EventStore>, from);
        assert_eq!(follower.position(), first);
        assert_eq!(polled(&mut follower), expected, "from {from}");
    }
}

#[test]
fn more_than_a_page_comes_page_by_page() {
    let store = Arc::new(MemoryStore::new());
    append(&store, 1, 2_500);
    let mut follower = LogFollower::new(Arc::clone(&store) as Arc<dyn EventStore>, 1);
    let mut seen = Vec::new();
    let mut pages = 0;
    while seen.len() < 2_500 {
        seen.extend(polled(&mut follower));
        pages += 1;
    }
    assert_eq!(seen, (1..=2_500).collect::<Vec<_>>());
    assert_eq!(pages, 3, "pages of 1,024");
}

#[test]
fn as_a_future_it_is_ready_when_something_has_come_and_not_before() {
    let store = Arc::new(MemoryStore::new());
    let mut follower = LogFollower::new(Arc::clone(&store) as Arc<dyn EventStore>, 1);
    let mut context = Context::from_waker(Waker::noop());
    {
        let mut next = pin!(follower.next());
        assert!(next.as_mut().poll(&mut context).is_pending());
        append(&store, 1, 2);
        let Poll::Ready(page) = next.as_mut().poll(&mut context) else {
            panic!("something has come");
        };
        assert_eq!(page.expect("it is read").records.len(), 2);
    }
    assert_eq!(follower.position(), 3);
}

#[test]
fn a_future_that_is_dropped_has_taken_nothing() {
    let store = Arc::new(MemoryStore::new());
    let mut follower = LogFollower::new(Arc::clone(&store) as Arc<dyn EventStore>, 1);
    let mut context = Context::from_waker(Waker::noop());
    {
        let mut next = pin!(follower.next());
        assert!(next.as_mut().poll(&mut context).is_pending());
        append(&store, 1, 1);
    }
    assert_eq!(polled(&mut follower), [1]);
}

#[test]
fn a_commit_that_is_refused_or_repeated_wakes_nobody() {
    let store = MemoryStore::new();
    append(&store, 1, 1);
    let mut listener = pin!(store.listen());
    let mut context = Context::from_waker(Waker::noop());
    append(&store, 1, 1);
    store
        .append(commit(1, vec![event("other", "Noted", "{}")]))
        .expect_err("the id is taken");
    store
        .append(commit(2, vec![]))
        .expect_err("it has no event");
    assert!(listener.as_mut().poll(&mut context).is_pending());
    append(&store, 2, 1);
    assert!(listener.as_mut().poll(&mut context).is_ready());
}

#[test]
fn all_who_listen_are_told_and_each_once() {
    let notifier = Notifier::new();
    let mut context = Context::from_waker(Waker::noop());
    let mut all: Vec<_> = (0..3).map(|_| Box::pin(notifier.listen())).collect();
    for listener in &mut all {
        assert!(listener.as_mut().poll(&mut context).is_pending());
    }
    notifier.notify_all();
    for listener in &mut all {
        assert!(listener.as_mut().poll(&mut context).is_ready());
    }
    let mut later = pin!(notifier.listen());
    assert!(later.as_mut().poll(&mut context).is_pending());
}
