//! Snapshots: kept by name, and of one log.

use travaux_store::{
    EventStore, LogPosition, MemorySnapshots, MemoryStore, Snapshot, SnapshotStore,
    conformance::{commit, event},
};

fn log(events: u128) -> MemoryStore {
    let store = MemoryStore::new();
    for number in 1..=events {
        store
            .append(commit(number, vec![event("s", "Noted", "{}")]))
            .expect("it is appended");
    }
    store
}

fn snapshot(checkpoint: u64, state: &[u8]) -> Snapshot {
    Snapshot {
        version: 1,
        checkpoint,
        log: LogPosition {
            position: checkpoint,
            root: None,
        },
        state: state.to_vec(),
    }
}

#[test]
fn the_last_one_under_a_name_is_kept() {
    let snapshots = MemorySnapshots::default();
    let load = |name: &str| snapshots.load(name).expect("it is looked up");
    assert_eq!(load("register"), None);
    for (name, state) in [
        ("register", &b"1"[..]),
        ("timeline", b"2"),
        ("register", b"3"),
    ] {
        snapshots
            .save(name, &snapshot(1, state))
            .expect("it is kept");
    }
    assert_eq!(load("register"), Some(snapshot(1, b"3")));
    assert_eq!(load("timeline"), Some(snapshot(1, b"2")));
    snapshots.remove("register").expect("it is thrown away");
    snapshots.remove("never").expect("there is none");
    assert_eq!((load("register"), load("timeline").is_some()), (None, true));
    snapshots.clear().expect("all are thrown away");
    assert_eq!(load("timeline"), None);
}

#[test]
fn a_snapshot_of_more_than_there_is_is_of_another_log() {
    let (short, long) = (log(2), log(5));
    let then = LogPosition::at(&long, 5).expect("it is asked");
    assert_eq!(then.position, 5);
    assert!(then.is_in(&long).expect("it is asked"));
    assert!(
        !then.is_in(&short).expect("it is asked"),
        "it was cut off since"
    );
    let earlier = LogPosition::at(&short, 2).expect("it is asked");
    assert!(
        earlier.is_in(&long).expect("it is asked"),
        "much may come after"
    );
    let other = LogPosition {
        root: Some([7; 32]),
        ..earlier
    };
    assert!(
        !other.is_in(&long).expect("it is asked"),
        "another tree stands there"
    );
}
