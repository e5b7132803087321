//! Appending: atomic, guarded, idempotent.

use std::{sync::Arc, thread};

use super::{Opened, commit, event, expecting, found};
use crate::{
    AppendError, Appended, Commit, CommitId, EventStore, Expected, RECORD_LIMIT, Read, read_all,
};

/// Positions count through the log, versions through each stream.
pub fn positions_and_versions_are_gapless(opened: Opened) {
    let store = opened.store;
    for id in 1..=3 {
        store
            .append(commit(
                id,
                vec![event("a", "x", "{}"), event("b", "y", "{}")],
            ))
            .expect("it is appended");
    }
    assert_eq!(
        found(&*store, Read::log(1)),
        [
            "1 a@1 x", "2 b@1 y", "3 a@2 x", "4 b@2 y", "5 a@3 x", "6 b@3 y"
        ]
    );
    assert_eq!(
        (
            store.head(),
            store.version("a").ok(),
            store.version("c").ok()
        ),
        (6, Some(3), Some(0))
    );
}

/// All events of a commit are there, or none is.
pub fn several_streams_are_written_as_one(opened: Opened) {
    let store = opened.store;
    let both = commit(
        1,
        vec![
            event("a", "x", "{}"),
            event("b", "y", "{}"),
            event("a", "z", "{}"),
        ],
    );
    assert_eq!(
        store.append(both).expect("it is appended"),
        Appended {
            first: 1,
            last: 3,
            repeated: false
        }
    );
    let wrong = expecting(
        commit(2, vec![event("a", "x", "{}"), event("b", "y", "{}")]),
        "b",
        Expected::Exact(7),
    );
    assert!(matches!(
        store.append(wrong),
        Err(AppendError::Conflict { actual: 1, .. })
    ));
    assert_eq!(
        found(&*store, Read::log(1)),
        ["1 a@1 x", "2 b@1 y", "3 a@2 z"]
    );
}

/// Any, no stream, exact.
pub fn expectations_are_kept(opened: Opened) {
    let store = opened.store;
    let one = |id, expected| expecting(commit(id, vec![event("a", "x", "{}")]), "a", expected);
    store
        .append(one(1, Expected::NoStream))
        .expect("there is no stream yet");
    let conflict = store
        .append(one(2, Expected::NoStream))
        .expect_err("there is one now");
    assert!(
        matches!(
            conflict,
            AppendError::Conflict {
                expected: Expected::NoStream,
                actual: 1,
                ..
            }
        ),
        "{conflict}"
    );
    store
        .append(one(3, Expected::Exact(1)))
        .expect("it is at 1");
    store
        .append(one(4, Expected::Exact(1)))
        .expect_err("it is at 2");
    store.append(one(5, Expected::Any)).expect("any will do");
    assert_eq!(store.version("a").ok(), Some(3));
}

/// A stream that a commit only read can be guarded.
pub fn read_guards_are_kept(opened: Opened) {
    let store = opened.store;
    store
        .append(commit(1, vec![event("read", "x", "{}")]))
        .expect("it is appended");
    let on = |id, version| {
        expecting(
            commit(id, vec![event("written", "y", "{}")]),
            "read",
            Expected::Exact(version),
        )
    };
    store.append(on(2, 1)).expect("it is at 1");
    store
        .append(commit(3, vec![event("read", "x", "{}")]))
        .expect("it is appended");
    assert!(matches!(
        store.append(on(4, 1)),
        Err(AppendError::Conflict { actual: 2, .. })
    ));
}

/// A conflict leaves no trace, so that the same id can be used for the next try.
pub fn a_conflict_appends_nothing(opened: Opened) {
    let store = opened.store;
    let on = |version| {
        expecting(
            commit(1, vec![event("a", "x", "{}")]),
            "a",
            Expected::Exact(version),
        )
    };
    store.append(on(4)).expect_err("there is no version 4");
    assert_eq!(store.head(), 0);
    assert_eq!(
        store
            .find_commit(CommitId(uuid::Uuid::from_u128(1)))
            .expect("it is looked up"),
        None
    );
    store.append(on(0)).expect("there is no stream");
}

/// The same commit again gives the same answer, even when its expectation no longer holds.
pub fn the_same_commit_is_answered_as_before(opened: Opened) {
    let store = opened.store;
    let same = || {
        expecting(
            commit(9, vec![event("a", "x", "{\"n\":1}"), event("a", "y", "{}")]),
            "a",
            Expected::NoStream,
        )
    };
    let first = store.append(same()).expect("it is appended");
    store
        .append(commit(10, vec![event("a", "z", "{}")]))
        .expect("it is appended");
    let mut again = same();
    again.recorded_at += chrono::TimeDelta::seconds(5);
    again.events[0].id = uuid::Uuid::from_u128(77);
    assert_eq!(
        store.append(again).expect("it is answered"),
        Appended {
            repeated: true,
            ..first
        }
    );
    assert_eq!(store.head(), 3);
    let stands = store
        .find_commit(CommitId(uuid::Uuid::from_u128(9)))
        .expect("it is looked up");
    assert_eq!(
        stands,
        Some(Appended {
            repeated: true,
            ..first
        })
    );
}

/// What would be recorded before the last record is refused, in this process and in the next; the same
/// commit again is not recorded again, whatever its time.
pub fn recorded_times_never_go_back(opened: Opened) {
    let mut store = opened.store;
    let at = |id: u128, second: i64| Commit {
        recorded_at: chrono::DateTime::UNIX_EPOCH + chrono::TimeDelta::seconds(second),
        ..commit(id, vec![event("a", "x", "{}")])
    };
    store.append(at(1, 10)).expect("it is the first");
    store.append(at(2, 10)).expect("it is the same time");
    let refused = |store: &dyn EventStore, id: u128, head: u64| {
        let late = store.append(at(id, 9)).expect_err("it is too late");
        match late {
            AppendError::Overtaken { recorded_at, last } => {
                assert_eq!(
                    (recorded_at, last),
                    (at(id, 9).recorded_at, at(id, 10).recorded_at)
                );
            }
            other => panic!("{other}"),
        }
        assert_eq!(store.head(), head);
    };
    refused(&*store, 3, 2);
    assert!(store.append(at(1, 3)).expect("as before").repeated);
    store.append(at(3, 10)).expect("it is decided again");
    if let Some(reopen) = opened.reopen {
        store = reopen(store);
        refused(&*store, 4, 3);
        store.append(at(4, 11)).expect("it is later");
    }
}

/// A commit id names one commit for ever.
pub fn another_commit_under_the_same_id_is_refused(opened: Opened) {
    let store = opened.store;
    store
        .append(commit(9, vec![event("a", "x", "{\"n\":1}")]))
        .expect("it is appended");
    let other = store
        .append(commit(9, vec![event("a", "x", "{\"n\":2}")]))
        .expect_err("it is another commit");
    assert!(
        matches!(other, AppendError::CommitIdTaken { first: 1, .. }),
        "{other}"
    );
}

/// No event, a stream without a name, a type that would have to be escaped, a payload that is no JSON.
pub fn malformed_commits_are_refused(opened: Opened) {
    let store = opened.store;
    for events in [
        vec![],
        vec![event("", "x", "{}")],
        vec![event("a b", "x", "{}")],
        vec![event("a", "x", "{")],
    ] {
        assert!(matches!(
            store.append(commit(1, events)),
            Err(AppendError::Malformed(_))
        ));
    }
    // A type that is not read back as it was written.
    for kind in ["", "a\"b", "a\\b", "a\nb", &"x".repeat(201)] {
        assert!(
            matches!(
                store.append(commit(1, vec![event("a", kind, "{}")])),
                Err(AppendError::Malformed(_))
            ),
            "{kind:?}"
        );
    }
    assert_eq!(store.head(), 0);
}

/// A record is at most 65,535 bytes, and one byte less than too much is stored.
pub fn records_have_a_limit(opened: Opened) {
    let store = opened.store;
    let sized = |id, bytes: usize| {
        commit(
            id,
            vec![event("a", "x", &format!("\"{}\"", "x".repeat(bytes)))],
        )
    };
    store.append(sized(1, 0)).expect("it is appended");
    let empty = store.read(&Read::log(1)).expect("it is read").records[0]
        .bytes()
        .len();
    let size = store
        .append(sized(2, RECORD_LIMIT - empty + 1))
        .expect_err("it is too large");
    assert!(
        matches!(size, AppendError::TooLarge { size, .. } if size == RECORD_LIMIT + 1),
        "{size}"
    );
    store
        .append(sized(3, RECORD_LIMIT - empty))
        .expect("it just fits");
    let page = store.read(&Read::log(2)).expect("it is read");
    assert_eq!(page.records[0].bytes().len(), RECORD_LIMIT);
}

/// Of writers that expect the same version, one wins.
pub fn concurrent_writers_never_both_win(opened: Opened) {
    let store = opened.store;
    let writers: Vec<_> = (0..4u128)
        .map(|writer| {
            let store = Arc::clone(&store);
            thread::spawn(move || {
                let mut won = 0;
                for round in 0..25u128 {
                    let version = store.version("a").expect("it is read");
                    let id = 1 + writer * 100 + round;
                    let append = expecting(
                        commit(id, vec![event("a", "x", "{}")]),
                        "a",
                        Expected::Exact(version),
                    );
                    won += u64::from(store.append(append).is_ok());
                }
                won
            })
        })
        .collect();
    let won: u64 = writers
        .into_iter()
        .map(|w| w.join().expect("it ends"))
        .sum();
    assert!(won > 0);
    assert_eq!((store.head(), store.version("a").ok()), (won, Some(won)));
    let expected: Vec<_> = (1..=won).map(|n| format!("{n} a@{n} x")).collect();
    assert_eq!(found(&*store, Read::log(1)), expected);
}

/// Writers that come together, some with a commit that is there already, some with another one under its id, some with an
/// expectation that cannot hold: each is told of its own, and the log has every commit once, whole and in one piece.
pub fn many_writers_get_each_its_own_answer(opened: Opened) {
    const WRITERS: u128 = 16;
    const ROUNDS: u128 = 12;
    let store = opened.store;
    store
        .append(commit(1, vec![event("shared", "x", "{}")]))
        .expect("it is appended");
    let write = |store: &dyn EventStore, writer: u128, round: u128| {
        let own = format!("own-{writer}");
        let both = || {
            vec![
                event(&own, "x", &round.to_string()),
                event("shared", "y", "{}"),
                event(&own, "z", "{}"),
            ]
        };
        let id = 1_000 + writer * 100 + round;
        let appended = store.append(expecting(
            commit(id, both()),
            &own,
            Expected::Exact(2 * round as u64),
        ));
        let appended = appended.expect("its own stream is as it left it");
        assert!(!appended.repeated && appended.last == appended.first + 2);
        assert!(
            store.head() >= appended.last,
            "what is acknowledged is seen"
        );
        let again = store.append(expecting(
            commit(id, both()),
            &own,
            Expected::Exact(2 * round as u64),
        ));
        assert_eq!(
            again.expect("it is answered as before"),
            Appended {
                repeated: true,
                ..appended
            }
        );
        let taken = store.append(commit(id, vec![event(&own, "other", "{}")]));
        assert!(
            matches!(taken, Err(AppendError::CommitIdTaken { first, .. }) if first == appended.first)
        );
        let conflict = store.append(expecting(
            commit(id + 50, both()),
            "shared",
            Expected::NoStream,
        ));
        assert!(matches!(conflict, Err(AppendError::Conflict { .. })));
        appended
    };
    let appended: Vec<_> = thread::scope(|scope| {
        let writers: Vec<_> = (0..WRITERS)
            .map(|writer| {
                let store = &*store;
                scope.spawn(move || {
                    (0..ROUNDS)
                        .map(|round| write(store, writer, round))
                        .collect::<Vec<_>>()
                })
            })
            .collect();
        writers
            .into_iter()
            .flat_map(|w| w.join().expect("it ends"))
            .collect()
    });
    let commits = (WRITERS * ROUNDS) as u64;
    assert_eq!(
        (store.head(), store.version("shared").ok()),
        (1 + 3 * commits, Some(1 + commits))
    );
    let log: Vec<_> = read_all(&*store, Read::log(1))
        .map(|record| record.expect("it is read"))
        .collect();
    for (at, record) in log.iter().enumerate() {
        assert_eq!(
            record.envelope().expect("it is an envelope").position,
            at as u64 + 1,
            "no gap"
        );
    }
    for one in appended {
        let parts = [0, 1, 2].map(|n| {
            log[(one.first + n - 1) as usize]
                .envelope()
                .expect("it is an envelope")
        });
        assert!(
            parts.iter().all(|p| p.commit == parts[0].commit),
            "in one piece"
        );
        assert_eq!(parts.map(|p| p.kind), ["x", "y", "z"]);
    }
}

/// Closed and opened again, everything stands where it stood.
pub fn what_was_appended_survives_reopening(opened: Opened) {
    let Opened { store, reopen } = opened;
    let Some(reopen) = reopen else { return };
    for id in 1..=20 {
        store
            .append(commit(
                id,
                vec![event("a", "x", "{}"), event(&format!("b{id}"), "y", "{}")],
            ))
            .expect("it is appended");
    }
    let before = found(&*store, Read::log(1));
    let store = reopen(store);
    assert_eq!(found(&*store, Read::log(1)), before);
    assert_eq!((store.head(), store.version("a").ok()), (40, Some(20)));
    assert!(
        store
            .append(commit(
                3,
                vec![event("a", "x", "{}"), event("b3", "y", "{}")]
            ))
            .expect("it is answered")
            .repeated
    );
    let other = store
        .append(commit(3, vec![event("a", "x", "{}")]))
        .expect_err("it is another commit");
    assert!(
        matches!(other, AppendError::CommitIdTaken { first: 5, .. }),
        "{other}"
    );
    let next = store
        .append(commit(21, vec![event("a", "x", "{}")]))
        .expect("it is appended");
    assert_eq!(next.first, 41);
}
