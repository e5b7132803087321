//! The catalogue on its own: what a directory may say, what is left over, whose it is.

use std::sync::atomic::AtomicBool;

use travaux_ledger::Hash;
use travaux_store::{Direction, StoreError, conformance::commit};

use crate::catalogue::{
    Catalogue, Run, config, directory, keys, run::Index, sled_guard, stream_key,
};

/// The index of `count` records from position `first` on, each a commit, over three streams.
fn index(first: u64, count: u64) -> Index {
    let mut index = Index::default();
    for position in first..first + count {
        index
            .commits
            .push((commit(position.into(), Vec::new()).id, position, 1));
        let (stream, version) = (format!("s-{}", position % 3), (position - 1) / 3 + 1);
        index
            .streams
            .entry(stream)
            .or_insert((version, Vec::new()))
            .1
            .push(position);
    }
    index
}

/// A catalogue of so many runs of 300 positions each.
fn catalogue(folder: &std::path::Path, runs: u64) -> Catalogue {
    let catalogue = Catalogue::open(folder).expect("it opens");
    for run in 0..runs {
        let first = run * 300 + 1;
        catalogue
            .add(
                (first, first + 299),
                Hash([run as u8; 32]),
                index(first, 300),
                &[],
            )
            .expect("it is added");
    }
    catalogue
}

#[test]
fn runs_are_found_again_with_the_root_of_the_last() {
    let folder = tempfile::tempdir().expect("a folder");
    drop(catalogue(folder.path(), 4));
    let catalogue = Catalogue::open(folder.path()).expect("it opens");
    assert_eq!(
        (catalogue.indexed(), catalogue.root().ok()),
        (1_200, Some(Some(Hash([3; 32]))))
    );
    for stream in ["s-0", "s-1", "s-2"] {
        assert_eq!(catalogue.version(stream).ok(), Some(400), "{stream}");
        let positions = |direction, from| {
            catalogue
                .positions(stream, direction, from, 1_000, 1_200)
                .expect("they are read")
        };
        let all = positions(Direction::Forward, 1);
        assert_eq!(
            all.iter().map(|(version, _)| *version).collect::<Vec<_>>(),
            (1..=400).collect::<Vec<_>>()
        );
        assert!(
            all.iter()
                .all(|(version, position)| (position - 1) / 3 + 1 == *version),
            "{stream}"
        );
        assert_eq!(
            positions(Direction::Backward, 150),
            all[..150].iter().rev().copied().collect::<Vec<_>>()
        );
        assert_eq!(
            catalogue
                .positions(stream, Direction::Forward, 1, 1_000, 700)
                .ok()
                .map(|p| p.len()),
            Some(233 + usize::from(stream == "s-1"))
        );
    }
    assert_eq!(catalogue.version("s-3").ok(), Some(0));
    assert_eq!(
        catalogue.commits(commit(777, Vec::new()).id).ok(),
        Some(vec![777])
    );
}

#[test]
fn a_directory_of_runs_that_do_not_follow_each_other_is_broken() {
    let folder = tempfile::tempdir().expect("a folder");
    let runs = catalogue(folder.path(), 3).state().runs.clone();
    let broken = |change: &dyn Fn(&mut Vec<Run>)| {
        let db = sled_guard::open(&config(folder.path())).expect("it opens");
        let mut changed = runs.clone();
        change(&mut changed);
        db.insert(keys::DIRECTORY, directory(changed.iter(), 3))
            .expect("it is written");
        drop(db);
        Catalogue::open(folder.path())
            .err()
            .map(|error| error.to_string())
    };
    assert_eq!(broken(&|_| {}), None);
    let follow = "a run does not follow the one before it in the catalogue";
    for change in [
        &|runs: &mut Vec<Run>| runs[1].first += 1,
        &|runs: &mut Vec<Run>| runs[1].first -= 1,
        &|runs: &mut Vec<Run>| runs[0].first = 0,
        &|runs: &mut Vec<Run>| runs[2].last = runs[2].first - 1,
        &|runs: &mut Vec<Run>| runs.swap(0, 1),
    ] as [&dyn Fn(&mut Vec<Run>); 5]
    {
        let error = broken(change).expect("it is broken");
        assert!(error.contains(follow), "{error}");
    }
    // One of a single position follows.
    let one = |runs: &mut Vec<Run>| runs[2].last = runs[2].first;
    assert_eq!(broken(&one), None);
    let keys = |runs: &mut Vec<Run>| runs[1].keys += 10_000;
    assert!(broken(&keys).is_some_and(|error| error.contains("a filter is not as long as it was")));
}

#[test]
fn what_belongs_to_no_run_is_swept() {
    let folder = tempfile::tempdir().expect("a folder");
    let catalogue = catalogue(folder.path(), 2);
    let before = catalogue.db.len();
    for number in [7, 8, u64::MAX] {
        for n in 0..3 {
            catalogue
                .db
                .insert(keys::streams(number, "s-1", n), "x")
                .expect("it is written");
            catalogue
                .db
                .insert(keys::commits(number, &[n as u8; 14]), "x")
                .expect("it is written");
            catalogue
                .db
                .insert(keys::filter(number, n as u32), "x")
                .expect("it is written");
        }
    }
    drop(catalogue);
    let catalogue = Catalogue::open(folder.path()).expect("it opens");
    assert_eq!(
        catalogue.db.len(),
        before,
        "the runs are there, and nothing else"
    );
    assert_eq!(catalogue.version("s-1").ok(), Some(200));
    catalogue.db.insert(b"s1", "no run").expect("it is written");
    drop(catalogue);
    assert!(matches!(
        Catalogue::open(folder.path()),
        Err(StoreError::Damaged { .. })
    ));
}

/// 70 runs: eight times eight become one of the second level, six are left.
#[test]
fn runs_are_merged_level_by_level_and_say_what_they_said() {
    let folder = tempfile::tempdir().expect("a folder");
    let catalogue = catalogue(folder.path(), 70);
    let last = 70 * 300;
    let said = |catalogue: &Catalogue| {
        let streams = ["s-0", "s-1", "s-2", "s-3"].map(|stream| {
            let forward = catalogue
                .positions(stream, Direction::Forward, 3_500, 1_000, last)
                .expect("they are read");
            let backward = catalogue
                .positions(stream, Direction::Backward, 3_500, 5_000, last)
                .expect("they are read");
            (
                catalogue.version(stream).ok(),
                forward[..forward.len().min(1_000)].to_vec(),
                backward,
            )
        });
        let commits = (0..=last + 1).map(|n| {
            catalogue
                .commits(commit(n.into(), Vec::new()).id)
                .expect("they are looked up")
        });
        (streams, commits.collect::<Vec<_>>())
    };
    let before = said(&catalogue);
    assert!(
        before.1[1..=last as usize]
            .iter()
            .zip(1..)
            .all(|(found, n)| *found == [n])
    );
    // Told to stop, it changes nothing, and what it wrote is swept away at the next start.
    let keys = catalogue.db.len();
    assert_eq!(catalogue.merge(&AtomicBool::new(true)).ok(), Some(false));
    assert_eq!(catalogue.state().runs.len(), 70);
    drop(catalogue);
    let catalogue = Catalogue::open(folder.path()).expect("it opens");
    assert_eq!(catalogue.db.len(), keys);
    let mut merges = 0;
    while catalogue
        .merge(&AtomicBool::new(false))
        .expect("it is merged")
    {
        merges += 1;
        assert!(said(&catalogue) == before, "after {merges} merges");
    }
    let runs = |catalogue: &Catalogue| {
        let state = catalogue.state();
        state
            .runs
            .iter()
            .map(|run| (run.level, run.first, run.last))
            .collect::<Vec<_>>()
    };
    let left = (64..70).map(|run| (0, run * 300 + 1, (run + 1) * 300));
    assert_eq!(
        (merges, runs(&catalogue)),
        (9, std::iter::once((2, 1, 64 * 300)).chain(left).collect())
    );
    let (keys, found) = (catalogue.db.len(), runs(&catalogue));
    drop(catalogue);
    let catalogue = Catalogue::open(folder.path()).expect("it opens");
    assert_eq!(
        (catalogue.db.len(), runs(&catalogue)),
        (keys, found),
        "nothing was left over"
    );
    assert!(said(&catalogue) == before);
    assert_eq!(catalogue.root().ok(), Some(Some(Hash([69; 32]))));
}

/// What is asked for is read, and nothing beyond it: values that cannot be read stand on every side of it.
#[test]
fn nothing_is_read_beyond_what_is_asked_for() {
    let folder = tempfile::tempdir().expect("a folder");
    let catalogue = catalogue(folder.path(), 3);
    let numbers: Vec<u64> = catalogue
        .state()
        .runs
        .iter()
        .map(|run| run.number)
        .collect();
    assert!(
        catalogue.state().runs.iter().all(|run| run.keys == 303),
        "each commit and each stream has room in the filter"
    );
    for number in &numbers {
        catalogue
            .db
            .insert(keys::streams(*number, "z", 1), "damaged")
            .expect("it is written");
    }
    let positions = |stream, direction, from, limit, last| {
        let found = catalogue.positions(stream, direction, from, limit, last);
        found
            .map(|found| found.len())
            .map_err(|error| error.to_string())
    };
    assert_eq!(positions("s-0", Direction::Forward, 1, 1_000, 900), Ok(300));
    // Keys rise with the numbers here: beneath each but the first there is one to stop at.
    catalogue
        .db
        .insert(keys::commits(numbers[0], &[0; 14]), "damaged")
        .expect("it is written");
    assert!(catalogue.commits(commit(1, Vec::new()).id).is_err());
    for n in 2..=900 {
        assert_eq!(
            catalogue.commits(commit(n.into(), Vec::new()).id).ok(),
            Some(vec![n]),
            "commit {n}"
        );
    }
    // The last run holds nothing of what ends before it, and nothing that was found already.
    let last = keys::streams(numbers[2], "s-0", 201);
    catalogue
        .db
        .insert(&last[..], "damaged")
        .expect("it is written");
    assert_eq!(positions("s-0", Direction::Forward, 1, 1_000, 600), Ok(200));
    assert_eq!(positions("s-0", Direction::Forward, 1, 200, 900), Ok(200));
    assert!(
        positions("s-0", Direction::Forward, 1, 201, 900)
            .is_err_and(|error| error.contains("a value of streams is damaged"))
    );
    for number in &numbers {
        catalogue
            .db
            .insert(keys::streams(*number, "a", 1), "damaged")
            .expect("it is written");
    }
    assert_eq!(
        positions("s-2", Direction::Backward, 200, 1_000, 600),
        Ok(200)
    );
}

/// More commits of one key than a value holds: each of them may be the one.
#[test]
fn all_commits_of_a_key_are_found() {
    let folder = tempfile::tempdir().expect("a folder");
    let catalogue = Catalogue::open(folder.path()).expect("it opens");
    let mut index = index(1, 300);
    let id = commit(150, Vec::new()).id;
    index
        .commits
        .extend((301..=2_000).map(|position| (id, position, 1)));
    catalogue
        .add((1, 2_048), Hash([1; 32]), index, &[])
        .expect("it is added");
    let mut found = catalogue.commits(id).expect("they are looked up");
    found.sort_unstable();
    assert_eq!(
        found,
        std::iter::once(150).chain(301..=2_000).collect::<Vec<_>>()
    );
}

/// The vectors of FNV-1a's authors (Fowler, Noll, Vo): filters on the disk are made with it.
#[test]
fn streams_are_hashed_by_fnv_1a() {
    for (name, hash) in [
        ("", 0xcbf2_9ce4_8422_2325),
        ("a", 0xaf63_dc4c_8601_ec8c),
        ("foobar", 0x8594_4171_f739_67e8),
    ] {
        assert_eq!(stream_key(name), hash, "{name}");
    }
}
