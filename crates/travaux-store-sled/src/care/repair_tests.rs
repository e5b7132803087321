//! Repair of what was made to look sound.

use std::fs;

use travaux_store::{
    EventStore as _,
    conformance::{commit, event},
};

use crate::{any_bytes::checked, archive::block::MAGIC, care::repair::repair, store::SledStore};

/// A header may be made, with its check; the root in it still has to be that of the records.
#[test]
fn a_block_under_another_root_is_lost() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("store");
    let store = SledStore::open(&path).expect("it opens");
    store
        .append(commit(
            1,
            (0..600).map(|_| event("s", "Noted", "{}")).collect(),
        ))
        .expect("it is appended");
    drop(store);
    let archive = path.join("records.blocks");
    let mut bytes = fs::read(&archive).expect("it is read");
    bytes[40] ^= 1;
    fs::write(&archive, checked(&bytes, *MAGIC)).expect("it is written");
    let repaired = repair(&path, &folder.path().join("repaired")).expect("it is repaired");
    assert_eq!(
        (repaired.records, repaired.salvaged, &repaired.lost),
        (0, 344, &vec![(1, 256)])
    );
    assert!(
        repaired.damage[0].contains("not those whose root was written with it"),
        "{:?}",
        repaired.damage
    );
}
