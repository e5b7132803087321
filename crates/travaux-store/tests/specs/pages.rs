//! Pages: whatever is asked for, in whatever portions, they give what a list of all events gives.

use proptest::prelude::*;
use travaux_store::{
    EventStore, Expected, MemoryStore, Read,
    conformance::{commit, event},
    read_all,
};

/// The streams and types of a log.
fn log() -> impl Strategy<Value = Vec<(String, String)>> {
    prop::collection::vec(("[ab]", "[XY]"), 0..30)
}

fn store(log: &[(String, String)]) -> MemoryStore {
    let store = MemoryStore::new();
    for (number, part) in (1..).zip(log.chunks(3)) {
        let events = part.iter().map(|(stream, kind)| event(stream, kind, "{}"));
        store
            .append(commit(number, events.collect()))
            .expect("it is appended");
    }
    store
}

/// The positions that a read gives, page by page.
fn paged(store: &MemoryStore, read: &Read) -> Vec<u64> {
    let (mut read, mut out) = (read.clone(), Vec::new());
    loop {
        let page = store.read(&read).expect("it is read");
        assert!(
            page.records.len() <= read.limit,
            "a page is no longer than was asked for"
        );
        out.extend(page.records.iter().map(|record| record.position));
        match page.next {
            Some(next) => read.from = next,
            None => return out,
        }
    }
}

proptest! {
    #[test]
    fn pages_of_any_size_are_the_list(
        log in log(),
        from in 1..35_u64,
        limit in 1..7_usize,
        backward in any::<bool>(),
        stream in prop::option::of("[abc]"),
        kind in prop::option::of("[XYZ]"),
    ) {
        let store = store(&log);
        // The list: position, number within what is read, type.
        let mut version = 0;
        let mut expected = Vec::new();
        for (position, (of, type_of)) in (1..).zip(&log) {
            if stream.as_ref().is_none_or(|stream| stream == of) {
                version += 1;
                let place = if stream.is_some() { version } else { position };
                let begun = if backward { place <= from } else { place >= from };
                if begun && kind.as_ref().is_none_or(|kind| kind == type_of) {
                    expected.push(position);
                }
            }
        }
        if backward {
            expected.reverse();
        }
        let read = match &stream {
            Some(stream) => Read::stream(stream, from),
            None => Read::log(from),
        };
        let read = if backward { read.backward() } else { read };
        let read = read.limit(limit).kinds(kind);
        prop_assert_eq!(&paged(&store, &read), &expected);
        let all: Vec<_> = read_all(&store, read).map(|r| r.expect("it is read").position).collect();
        prop_assert_eq!(all, expected);
    }

    #[test]
    fn a_stream_has_as_many_versions_as_events(log in log()) {
        let store = store(&log);
        prop_assert_eq!(store.head(), log.len() as u64);
        for name in ["a", "b", "never"] {
            let count = log.iter().filter(|(stream, _)| stream == name).count() as u64;
            prop_assert_eq!(store.version(name).expect("it is known"), count);
        }
    }
}

#[test]
fn from_the_end_back() {
    let log: Vec<_> = ["X", "Y", "X"]
        .map(|kind| ("a".to_owned(), kind.to_owned()))
        .into();
    let store = store(&log);
    assert_eq!(paged(&store, &Read::log(u64::MAX).backward()), [3, 2, 1]);
    assert_eq!(
        paged(&store, &Read::stream("a", u64::MAX).backward().kinds(["X"])),
        [3, 1]
    );
    assert!(paged(&store, &Read::log(4)).is_empty());
    // No page of no records: a reader would wait for ever.
    assert_eq!(Read::log(1).limit(0).limit, 1);
}

#[test]
fn expectations_allow_what_they_say() {
    for (expected, allowed, words) in [
        (Expected::Any, [true, true, true], "any version"),
        (Expected::NoStream, [true, false, false], "no stream"),
        (Expected::Exact(0), [true, false, false], "version 0"),
        (Expected::Exact(2), [false, false, true], "version 2"),
    ] {
        assert_eq!(
            [0, 1, 2].map(|version| expected.allows(version)),
            allowed,
            "{expected}"
        );
        assert_eq!(expected.to_string(), words);
    }
}
