//! Reading: pages, directions, filters, bytes.

use std::ops::ControlFlow;

use super::{Opened, commit, event, found};
use crate::{EventStore, Read};

fn fill(store: &dyn EventStore) {
    for id in 1..=10u128 {
        let kind = if id % 3 == 0 { "third" } else { "other" };
        let stream = if id % 2 == 0 { "even" } else { "odd" };
        store
            .append(commit(id, vec![event(stream, kind, "{}")]))
            .expect("it is appended");
    }
}

/// Every page size gives the same records, from either end and from the middle.
pub fn pages_forward_and_backward(opened: Opened) {
    let store = &*opened.store;
    assert_eq!(found(store, Read::log(1)), Vec::<String>::new());
    assert_eq!(
        found(store, Read::log(u64::MAX).backward()),
        Vec::<String>::new()
    );
    fill(store);
    let all = found(store, Read::log(1));
    assert_eq!(all.len(), 10);
    for limit in [1, 2, 3, 10, 11] {
        let page = store.read(&Read::log(1).limit(limit)).expect("it is read");
        assert_eq!(page.records.len(), limit.min(10), "no longer, no shorter");
        assert_eq!(found(store, Read::log(1).limit(limit)), all);
        assert_eq!(found(store, Read::log(4).limit(limit)), all[3..]);
        let mut reversed = found(store, Read::log(u64::MAX).backward().limit(limit));
        reversed.reverse();
        assert_eq!(reversed, all);
        assert_eq!(
            found(store, Read::log(2).backward().limit(limit)),
            [all[1].clone(), all[0].clone()]
        );
    }
    assert_eq!(found(store, Read::log(11)), Vec::<String>::new());
    assert_eq!(found(store, Read::log(0)), all);
}

/// A stream reads like a log of its own, by version.
pub fn streams_forward_and_backward(opened: Opened) {
    let store = &*opened.store;
    fill(store);
    let odd = [
        "1 odd@1 other",
        "3 odd@2 third",
        "5 odd@3 other",
        "7 odd@4 other",
        "9 odd@5 third",
    ];
    for limit in [1, 2, 5, 9] {
        assert_eq!(found(store, Read::stream("odd", 1).limit(limit)), odd);
        assert_eq!(found(store, Read::stream("odd", 4).limit(limit)), odd[3..]);
        assert_eq!(
            found(store, Read::stream("odd", 2).backward().limit(limit)),
            [odd[1], odd[0]]
        );
    }
    assert_eq!(found(store, Read::stream("none", 1)), Vec::<String>::new());
    // One stream's name may begin with another's.
    assert_eq!(found(store, Read::stream("od", 1)), Vec::<String>::new());
}

/// Only events of the types asked for.
pub fn types_are_filtered(opened: Opened) {
    let store = &*opened.store;
    fill(store);
    for limit in [1, 4, 20] {
        assert_eq!(
            found(store, Read::log(1).kinds(["third"]).limit(limit)),
            ["3 odd@2 third", "6 even@3 third", "9 odd@5 third"]
        );
        assert_eq!(
            found(store, Read::stream("odd", 1).kinds(["third"]).limit(limit)),
            ["3 odd@2 third", "9 odd@5 third"]
        );
        let back = |read: Read| found(store, read.backward().kinds(["third"]).limit(limit));
        assert_eq!(back(Read::log(8)), ["6 even@3 third", "3 odd@2 third"]);
        assert_eq!(
            back(Read::stream("odd", u64::MAX)),
            ["9 odd@5 third", "3 odd@2 third"]
        );
    }
    assert_eq!(
        found(store, Read::log(1).kinds(["none"])),
        Vec::<String>::new()
    );
}

/// A scan gives what the pages give, and stops when told to.
pub fn a_scan_gives_everything_in_order(opened: Opened) {
    let store = &*opened.store;
    fill(store);
    for from in [0, 1, 4, 10, 11, 40] {
        let mut seen = Vec::new();
        let mut each = |page: crate::Page| {
            seen.extend(page.records.iter().map(|record| record.position));
            ControlFlow::Continue(())
        };
        store.scan(from, &mut each).expect("it is read");
        assert_eq!(seen, (from.max(1)..=store.head()).collect::<Vec<_>>());
    }
    let mut pages = 0;
    let mut each = |_| {
        pages += 1;
        ControlFlow::Break(())
    };
    store.scan(1, &mut each).expect("it is read");
    assert_eq!(pages, 1);
}

/// An event's type is found without its envelope, whatever the type is called.
pub fn a_type_is_found_without_the_envelope(opened: Opened) {
    let store = opened.store;
    let kinds = ["Signed", "Überholt", ",type:", "a,'type':", "x y"];
    let payload = "{\",\\\"type\\\":\\\"x\":1,\"type\":\"no\"}";
    store
        .append(commit(
            1,
            kinds.iter().map(|kind| event("a", kind, payload)).collect(),
        ))
        .expect("it is appended");
    for (record, kind) in crate::read_all(&*store, Read::log(1)).zip(kinds) {
        let record = record.expect("it is read");
        assert_eq!(
            (
                record.kind(),
                record.envelope().expect("it is an envelope").kind
            ),
            (Some(kind), kind)
        );
    }
    for kind in kinds {
        assert_eq!(
            found(&*store, Read::log(1).kinds([kind])).len(),
            1,
            "{kind}"
        );
    }
}

/// What was just written is found to be as it was written.
pub fn what_was_written_is_verified(opened: Opened) {
    let store = opened.store;
    fill(&*store);
    let verified = store.verify().expect("it is read");
    assert_eq!((verified.records, verified.damage.len()), (store.head(), 0));
}

/// The payload comes back as it was given, to the byte.
pub fn records_are_the_exact_bytes(opened: Opened) {
    let store = opened.store;
    let payload = "{\"b\": 1.50, \"a\":\"é\\u00e9\",  \"b\":2}";
    store
        .append(commit(1, vec![event("a", "x", payload)]))
        .expect("it is appended");
    let record = store
        .read(&Read::log(1))
        .expect("it is read")
        .records
        .remove(0);
    assert_eq!(
        record.envelope().expect("it is an envelope").payload.get(),
        payload
    );
    let text = std::str::from_utf8(record.bytes()).expect("it is JSON");
    assert!(
        text.starts_with("{\"envelope\":2,\"position\":1,\"stream\":\"a\",\"version\":1,\"id\":"),
        "{text}"
    );
}
