//! Bytes that change on the disk: either it is named, or every answer is what it was. Wrong data is never served.

use std::{
    fs,
    path::{Path, PathBuf},
};

use travaux_store::{CommitId, EventStore, Read, StoreError, read_all};
use travaux_store_sled::SledStore;
use travaux_testkit::random::Rng;
use travaux_tests::faults::{EAGER, commit_of};
use uuid::Uuid;

use crate::tools::longer;

/// A store with an archive, a catalogue and a journal, and everything that it holds.
fn sample(folder: &Path) -> (PathBuf, Vec<Vec<u8>>) {
    let path = folder.join("sample");
    let store = SledStore::open_with(&path, EAGER).expect("it opens");
    for number in 1..=130 {
        store.append(commit_of(number)).expect("it is appended");
    }
    let all = read_all(&store, Read::log(1))
        .map(|r| r.expect("it is read").bytes().to_vec())
        .collect();
    drop(store);
    (path, all)
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder)
        .expect("a folder")
        .flatten()
        .map(|entry| entry.path());
    let mut found: Vec<PathBuf> = entries
        .flat_map(|path| {
            if path.is_dir() {
                files(&path)
            } else {
                vec![path]
            }
        })
        .collect();
    found.sort();
    found
}

fn copy(from: &Path, to: &Path) {
    drop(fs::remove_dir_all(to));
    for file in files(from) {
        let target = to.join(file.strip_prefix(from).expect("it is inside"));
        fs::create_dir_all(target.parent().expect("a folder")).expect("a folder");
        fs::copy(&file, target).expect("it is copied");
    }
}

/// Reads everything in every way. `Err` if anything is served that is not so; `Ok(true)` if damage was named.
fn look(path: &Path, all: &[Vec<u8>]) -> Result<bool, String> {
    let store = match SledStore::open(path) {
        Ok(store) => store,
        Err(StoreError::Format { .. } | StoreError::Io { .. } | StoreError::Damaged { .. }) => {
            return Ok(true);
        }
        Err(error) => return Err(error.to_string()),
    };
    let mut named = store.damage().is_some();
    named |= store.verify().map_err(|e| e.to_string())?.damage.len()
        + usize::from(store.damage().is_some())
        > 0;
    let mut count = 0;
    for record in read_all(&store, Read::log(1)) {
        match record {
            Ok(record)
                if all
                    .get(record.position as usize - 1)
                    .is_some_and(|bytes| bytes == record.bytes()) =>
            {
                count += 1
            }
            Ok(record) => return Err(format!("position {} is served wrong", record.position)),
            Err(_) => named = true,
        }
    }
    if count < all.len() && !named {
        return Err(format!(
            "{count} of {} records are served, and nothing is said",
            all.len()
        ));
    }
    // By stream and by commit: what the catalogue says.
    for stream in ["writer-0.0", "writer-0.1"] {
        let mut version = 0;
        for record in read_all(&store, Read::stream(stream, 1)) {
            let Ok(record) = record else {
                named = true;
                break;
            };
            version += 1;
            let envelope = record.envelope().map_err(|e| e.to_string())?;
            let right = envelope.stream == stream
                && envelope.version == version
                && all[record.position as usize - 1] == record.bytes();
            if !right {
                return Err(format!("version {version} of {stream} is served wrong"));
            }
        }
        if !named && store.version(stream).ok() != Some(version) {
            return Err(format!(
                "{stream} ends at {version}, and at {:?}",
                store.version(stream)
            ));
        }
    }
    for number in [1_u128, 60, 130] {
        let found = store.find_commit(CommitId(Uuid::from_u128(number)));
        match found {
            Err(_) => named = true,
            Ok(None) if !named => {
                return Err(format!("commit {number} is not found, and nothing is said"));
            }
            _ => {}
        }
    }
    Ok(named)
}

pub(crate) fn a_changed_bit_is_named_or_changes_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let (path, all) = sample(folder.path());
    let mut random = Rng::of("bits");
    let work = folder.path().join("work");
    let (mut named, mut harmless) = (0, 0);
    // What holds the log; the catalogue is sled's, takes longer to open, and is tried below.
    let live: Vec<PathBuf> = files(&path)
        .into_iter()
        .filter(|file| !file.starts_with(path.join("catalogue")))
        .collect();
    for round in 0..longer(600) {
        copy(&path, &work);
        let file = &live[random.place(live.len())];
        let target = work.join(file.strip_prefix(&path).expect("it is inside"));
        let mut bytes = fs::read(&target).expect("it is read");
        if bytes.is_empty() {
            continue;
        }
        let (at, bit) = (random.place(bytes.len()), random.below(8));
        let cut = random.below(10) == 0;
        if cut {
            bytes.truncate(at)
        } else {
            bytes[at] ^= 1 << bit
        }
        fs::write(&target, bytes).expect("it is changed");
        let what = format!(
            "round {round}: {} byte {at} bit {bit} cut {cut}",
            target.display()
        );
        match look(&work, &all) {
            Ok(true) => named += 1,
            Ok(false) => harmless += 1,
            Err(wrong) => panic!("{what}: {wrong}"),
        }
    }
    eprintln!("bits: {named} named, {harmless} without effect, none served wrong");
    assert!(named > harmless, "most of the bytes matter");
}

pub(crate) fn a_changed_catalogue_is_made_again_or_changes_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let (path, all) = sample(folder.path());
    let mut random = Rng::of("catalogue");
    let work = folder.path().join("work");
    let catalogue: Vec<PathBuf> = files(&path.join("catalogue"));
    assert!(!catalogue.is_empty());
    for round in 0..longer(40) {
        copy(&path, &work);
        let file = &catalogue[random.place(catalogue.len())];
        let target = work.join(file.strip_prefix(&path).expect("it is inside"));
        let mut bytes = fs::read(&target).expect("it is read");
        let at = random.place(bytes.len().max(1));
        match bytes.get_mut(at) {
            Some(byte) if round % 4 != 0 => *byte ^= 1 << random.below(8),
            _ => bytes.truncate(at),
        }
        fs::write(&target, bytes).expect("it is changed");
        if let Err(wrong) = look(&work, &all) {
            panic!("round {round}: {} byte {at}: {wrong}", target.display());
        }
    }
}

pub(crate) fn a_file_that_is_missing_or_of_another_store_is_named_or_made_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let (path, all) = sample(folder.path());
    let (other, _) = {
        let elsewhere = folder.path().join("elsewhere");
        fs::create_dir_all(&elsewhere).expect("a folder");
        sample(&elsewhere)
    };
    let work = folder.path().join("work");
    for file in files(&path) {
        let name = file.strip_prefix(&path).expect("it is inside");
        copy(&path, &work);
        fs::remove_file(work.join(name)).expect("it is deleted");
        look(&work, &all).unwrap_or_else(|wrong| panic!("without {}: {wrong}", name.display()));
        if other.join(name).exists() {
            copy(&path, &work);
            fs::copy(other.join(name), work.join(name)).expect("it is swapped");
            look(&work, &all)
                .unwrap_or_else(|wrong| panic!("with another {}: {wrong}", name.display()));
        }
    }
}
