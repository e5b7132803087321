//! The words of what goes wrong: what, where, and what to do.

use std::{io, path::PathBuf};

use travaux_store::StoreError;

#[test]
fn a_store_that_fails_says_what_and_what_to_do() {
    let path = || PathBuf::from("/srv/travaux");
    for (error, says) in [
        (
            StoreError::Locked { path: path() },
            "the store /srv/travaux is open in another process; close that first, or use another store",
        ),
        (
            StoreError::Format {
                path: path(),
                found: "1".into(),
                expected: "2".into(),
            },
            "the store /srv/travaux has format 1, expected 2: what an earlier version wrote comes in by `travaux migrate`",
        ),
        (
            StoreError::Damaged {
                position: Some(9),
                what: "a bit is wrong".into(),
            },
            "damage at position 9: a bit is wrong",
        ),
        (
            StoreError::Damaged {
                position: None,
                what: "a bit is wrong".into(),
            },
            "damage: a bit is wrong",
        ),
        (
            StoreError::io("write the journal", io::Error::other("no room")),
            "cannot write the journal: no room",
        ),
        (
            StoreError::ReadOnly {
                damage: "a file is gone".into(),
            },
            "the store takes no more writes: a file is gone",
        ),
        (
            StoreError::Poisoned {
                cause: "no room".into(),
            },
            "the store takes no more writes until it is opened again, as an earlier one failed: no room",
        ),
    ] {
        assert_eq!(error.to_string(), says);
    }
}

#[test]
fn the_systems_answer_is_kept_behind_the_words() {
    let error = StoreError::io("sync", io::Error::from(io::ErrorKind::PermissionDenied));
    let source = std::error::Error::source(&error).expect("the system's answer");
    let answer = source.downcast_ref::<io::Error>().expect("as it was given");
    assert_eq!(answer.kind(), io::ErrorKind::PermissionDenied);
}
