//! Checkpoints, proofs, and the log as static files: what is sealed can be verified without the store, and what is changed, cut off
//! or put back from a copy is named.

mod common;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use common::{change, copy, everything, fill};
use travaux_ledger::{
    Bundle, Checkpoint, Frontier, Hash, LogProof, Tile, TileNodes, VerifyingKey, consistency_proof,
    leaf_hash, root, verify_consistency,
};
use travaux_store::{EventStore, StoreError};
use travaux_store_sled::SledStore;

const ORIGIN: &str = "treaties.example.org/log";

fn key(store: &SledStore) -> VerifyingKey {
    store.verifying_key().expect("a key")
}

#[test]
fn every_record_is_proved_by_a_file_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = SledStore::create(folder.path().join("store"), ORIGIN, None).expect("it is made");
    fill(&store, 1..=200);
    let key = key(&store);
    assert_eq!(key.name(), ORIGIN);
    let records = everything(&store);
    for position in (1..=600).step_by(37).chain([255, 256, 257, 512, 513, 600]) {
        let file = store.prove(position).expect("it is proved").to_string();
        let proof: LogProof = file.parse().expect("it is a proof");
        let record = proof.extra.as_deref().expect("the record is in it");
        assert_eq!(record, records[position as usize - 1]);
        let checkpoint = proof.verify(record, &key).expect("it is in the log");
        assert_eq!((checkpoint.size, proof.index), (600, position - 1));
        assert!(
            proof
                .verify(&records[position as usize % 600], &key)
                .is_err(),
            "another record is not"
        );
    }
    for none in [0, 601, u64::MAX] {
        let error = store.prove(none).expect_err("there is no such record");
        assert!(error.to_string().contains("600 records"), "{error}");
    }
}

#[test]
fn an_older_copy_that_is_put_back_is_told_by_the_place_outside() {
    let folder = tempfile::tempdir().expect("a folder");
    let (path, old, outside) = (
        folder.path().join("store"),
        folder.path().join("old"),
        folder.path().join("outside"),
    );
    let store = SledStore::create(&path, ORIGIN, Some(&outside)).expect("it is made");
    fill(&store, 1..=100);
    drop(store);
    copy(&path, &old);
    let store = SledStore::open(&path).expect("it opens");
    assert!(store.damage().is_none());
    fill(&store, 101..=110);
    drop(store);
    fs::remove_dir_all(&path).expect("it is deleted");
    copy(&old, &path);
    let store = SledStore::open(&path).expect("it opens");
    let damage = store.damage().expect("ten commits are missing");
    assert!(
        matches!(
            damage,
            StoreError::Damaged {
                position: Some(301),
                ..
            }
        ),
        "{damage}"
    );
    assert!(
        damage
            .to_string()
            .contains("treaties.example.org_log.checkpoint"),
        "{damage}"
    );
    assert!(store.seal().is_err(), "nothing is signed any more");
    drop(store);
    fs::remove_dir_all(&outside).expect("it is deleted");
    let damage = SledStore::open(&path)
        .expect("it opens")
        .damage()
        .expect("the place is gone");
    assert!(
        damage
            .to_string()
            .contains("is not there: make the place available"),
        "{damage}"
    );
}

#[test]
fn another_history_under_the_same_key_is_told_by_the_checkpoint() {
    let folder = tempfile::tempdir().expect("a folder");
    let (path, other) = (folder.path().join("store"), folder.path().join("other"));
    let store = SledStore::create(&path, ORIGIN, None).expect("it is made");
    fill(&store, 1..=20);
    drop(store);
    let store = SledStore::create(&other, ORIGIN, None).expect("it is made");
    fill(&store, 21..=40);
    drop(store);
    for part in ["journal", "CLEAN"] {
        let (from, to) = (other.join(part), path.join(part));
        if from.is_dir() {
            fs::remove_dir_all(&to).expect("it is deleted");
            copy(&from, &to);
        } else {
            fs::copy(from, to).expect("it is copied");
        }
    }
    let damage = SledStore::open(&path)
        .expect("it opens")
        .damage()
        .expect("it is another log");
    assert!(
        damage
            .to_string()
            .contains("another root than when the checkpoint"),
        "{damage}"
    );
    // Nor is one that cannot be read passed over.
    fs::remove_file(path.join("ledger/checkpoint")).expect("it is there");
    fs::create_dir(path.join("ledger/checkpoint")).expect("a folder");
    let error = SledStore::open(&path).map_or_else(
        |error| error.to_string(),
        |store| store.damage().expect("it is said").to_string(),
    );
    assert!(
        error.contains("read") && error.contains("checkpoint"),
        "{error}"
    );
    fs::remove_dir(path.join("ledger/checkpoint")).expect("it is there");
    // A checkpoint that somebody else signed is not believed.
    let forged = fs::read_to_string(other.join("ledger/checkpoint")).expect("a checkpoint");
    fs::write(path.join("ledger/checkpoint"), forged).expect("it is written");
    let damage = SledStore::open(&path)
        .expect("it opens")
        .damage()
        .expect("it is forged");
    assert!(damage.to_string().contains("no signature of"), "{damage}");
    assert!(
        SledStore::create(&path, ORIGIN, None).is_err(),
        "a store is made once"
    );
}

/// Reads a published log as a stranger does: checkpoint, tiles, records.
fn read_published(folder: &Path, key: &VerifyingKey) -> (Checkpoint, Vec<Vec<u8>>) {
    let checkpoint = Checkpoint::open(
        &fs::read_to_string(folder.join("checkpoint")).expect("a checkpoint"),
        key,
    )
    .expect("it is signed");
    let tile = |tile: Tile| {
        let bytes = fs::read(folder.join(tile.to_string())).expect("the tile is there");
        assert_eq!(bytes.len(), usize::from(tile.width()) * 32, "{tile}");
        Ok::<_, travaux_ledger::OutOfTree>(
            bytes.as_chunks::<32>().0.iter().map(|h| Hash(*h)).collect(),
        )
    };
    assert_eq!(
        root(&TileNodes::new(checkpoint.size, tile), checkpoint.size),
        Ok(checkpoint.root)
    );
    let mut records = Vec::new();
    for tile in travaux_ledger::tiles(0, checkpoint.size).filter(|tile| tile.level() == 0) {
        let bytes = fs::read(folder.join(tile.entries_path())).expect("the records are there");
        records.extend(
            Bundle::read(&bytes)
                .expect("a bundle")
                .into_iter()
                .map(<[u8]>::to_vec),
        );
    }
    let mut frontier = Frontier::default();
    records
        .iter()
        .for_each(|record| frontier.push(leaf_hash(record), |_, _, _| {}));
    assert_eq!(frontier.root(), checkpoint.root);
    (checkpoint, records)
}

/// The files of a published log, without its checkpoint.
fn files(folder: &Path) -> BTreeSet<PathBuf> {
    let entries = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path());
    let (folders, files): (Vec<_>, Vec<_>) = entries.partition(|path| path.is_dir());
    let files = files
        .into_iter()
        .filter(|file| !file.ends_with("checkpoint"));
    files
        .chain(folders.iter().flat_map(|folder| self::files(folder)))
        .collect()
}

#[test]
fn a_published_log_is_a_whole_tree_each_time() {
    let folder = tempfile::tempdir().expect("a folder");
    let to = folder.path().join("www");
    let store = SledStore::create(folder.path().join("store"), ORIGIN, None).expect("it is made");
    let key = key(&store);
    let mut before: Option<Checkpoint> = None;
    for (from, until) in [(1, 0), (1, 30), (31, 85), (86, 86), (87, 86), (87, 400)] {
        fill(&store, from..=until);
        let there = files(&to);
        let published = store.publish(&to).expect("it is published");
        assert_eq!(
            published.files,
            files(&to).difference(&there).count() as u64
        );
        let (checkpoint, records) = read_published(&to, &key);
        assert_eq!(
            (checkpoint.size, &records),
            (store.head(), &everything(&store))
        );
        assert_eq!(published.before, before.as_ref().map_or(0, |c| c.size));
        if let Some(before) = before {
            let tile = |tile: Tile| {
                let bytes = fs::read(to.join(tile.to_string())).expect("the tile is there");
                Ok::<_, travaux_ledger::OutOfTree>(
                    bytes.as_chunks::<32>().0.iter().map(|h| Hash(*h)).collect(),
                )
            };
            let proof = consistency_proof(
                &TileNodes::new(checkpoint.size, tile),
                before.size,
                checkpoint.size,
            )
            .expect("tiles")
            .expect("sizes");
            assert_eq!(
                verify_consistency(
                    before.size,
                    checkpoint.size,
                    &before.root,
                    &checkpoint.root,
                    &proof
                ),
                Ok(())
            );
        }
        before = Some(checkpoint);
    }
    for parts in ["tile/0/000.p", "tile/entries/000.p"] {
        assert!(
            !to.join(parts).exists(),
            "a full tile takes the place of its parts: {parts}"
        );
    }
    let refused = store
        .publish(store.path())
        .expect_err("a store is not published");
    assert!(refused.to_string().contains("it is a store"), "{refused}");
    let other = SledStore::open(folder.path().join("other")).expect("it opens");
    fill(&other, 1..=3);
    assert!(
        other.publish(&to).is_err(),
        "another log is not published over it"
    );
    fs::remove_file(to.join("checkpoint")).expect("it is there");
    fs::create_dir(to.join("checkpoint")).expect("a folder");
    let error = store
        .publish(&to)
        .expect_err("it cannot be read")
        .to_string();
    assert!(
        error.contains("read") && error.contains("checkpoint"),
        "{error}"
    );
}

#[test]
fn what_a_file_of_the_store_lacks_is_named_at_the_next_start() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("store");
    let store = SledStore::create(&path, ORIGIN, None).expect("it is made");
    fill(&store, 1..=400);
    drop(store);
    let damages: BTreeMap<&str, fn(&Path)> = BTreeMap::from([
        (
            "records.blocks",
            (|path| fs::write(path, b"").expect("it is emptied")) as fn(&Path),
        ),
        ("ledger/key", |path| {
            fs::remove_file(path).expect("it is deleted")
        }),
        ("ledger/checkpoint", |path| {
            change(path, |bytes| bytes[30] ^= 1)
        }),
    ]);
    for (file, damage) in damages {
        let damaged = folder.path().join("damaged");
        copy(&path, &damaged);
        damage(&damaged.join(file));
        let store = SledStore::open(&damaged).expect("it opens");
        assert!(store.damage().is_some(), "{file}");
        assert!(
            !store.verify().expect("it is read").damage.is_empty(),
            "{file}"
        );
        drop(store);
        fs::remove_dir_all(damaged).expect("it is deleted");
    }
}
