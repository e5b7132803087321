//! Calls that fail: nothing is acknowledged after the first failure, nothing that was is lost, and after reopening it goes on.

use std::{fs, path::Path, process::Command};

use travaux_store::{EventStore, Read};
use travaux_store_sled::SledStore;
use travaux_testkit::needs::{self, LeftOut, Run};
use travaux_tests::faults::{EAGER, commit_of, problems};

use crate::tools::{Writer, longer};

pub(crate) fn after_a_call_that_fails_nothing_is_acknowledged() -> Run {
    needs::program("strace")?;
    let folder = tempfile::tempdir().expect("a folder");
    let points = [1, 2, 3, 7, 60, 150, 199, 200, 201, 205, 210];
    let (mut failed, mut tried) = (0, 0);
    for (call, error) in [
        ("fdatasync", "EIO"),
        ("pwrite64", "ENOSPC"),
        ("pwrite64", "EIO"),
        ("fsync", "EIO"),
        ("rename", "EIO"),
    ] {
        for when in points
            .into_iter()
            .take(if longer(1) > 1 { points.len() } else { 8 })
        {
            let store = folder.path().join(format!("{call}-{error}-{when}"));
            let inject = format!("inject={call}:error={error}:when={when}");
            let trace = format!("trace={call}");
            let under = [
                "strace",
                "-f",
                "-qq",
                "-o",
                "/dev/null",
                "-e",
                &trace,
                "-e",
                &inject,
            ];
            let log = Writer::start(&under, "store", &store, 1, 220, 1).end();
            assert_eq!(
                log.after_failure, 0,
                "{call} {error} {when}: acknowledged after {:?}",
                log.failure
            );
            failed += usize::from(log.failure.is_some());
            tried += 1;
            assert_eq!(
                problems(&store, &log),
                Vec::<String>::new(),
                "{call} {error} {when}"
            );
            fs::remove_dir_all(&store).expect("it is deleted");
        }
    }
    assert!(failed * 2 > tried, "{failed} of {tried} saw a failure");
    Ok(())
}

pub(crate) fn a_read_that_fails_is_an_error_and_serves_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = SledStore::open_with(folder.path(), EAGER).expect("it opens");
    for number in 1..=400 {
        store.append(commit_of(number)).expect("it is appended");
    }
    drop(store);
    let store = SledStore::open(folder.path()).expect("it opens");
    // The file is cut while the store is open: what is not there any more cannot be read.
    let blocks = fs::File::options()
        .write(true)
        .open(folder.path().join("records.blocks"))
        .expect("it opens");
    blocks.set_len(100).expect("it is cut");
    let error = store.read(&Read::log(1)).expect_err("it cannot be read");
    assert!(
        error.to_string().contains("ends in the middle of a block"),
        "{error}"
    );
    assert!(!store.verify().expect("it is verified").damage.is_empty());
}

/// A file system of a few megabytes in memory.
struct Small<'a>(&'a Path);

impl<'a> Small<'a> {
    fn mount(path: &'a Path, options: &str) -> Result<Self, LeftOut> {
        let mut mount = Command::new("mount");
        mount
            .args(["-t", "tmpfs", "-o", options, "tmpfs"])
            .arg(path);
        needs::done(&mut mount, "no tmpfs can be mounted").map(|()| Self(path))
    }
}

impl Drop for Small<'_> {
    fn drop(&mut self) {
        drop(Command::new("umount").arg("-l").arg(self.0).status());
    }
}

pub(crate) fn a_full_disk_loses_nothing_and_with_room_it_goes_on() -> Run {
    let folder = tempfile::tempdir().expect("a folder");
    for size in ["200k", "900k", "3m"] {
        let small = Small::mount(folder.path(), &format!("size={size}"))?;
        let store = folder.path().join("store");
        let mut log = Writer::start(&[], "store", &store, 1, 30_000, 1).end();
        let failure = log.failure.take().expect("the disk is full");
        assert_eq!(log.after_failure, 0, "acknowledged after {failure}");
        // Still full, everything can be read.
        let tried = std::mem::take(&mut log.tried);
        assert_eq!(
            problems(&store, &log),
            Vec::<String>::new(),
            "{size}, full: {failure}"
        );
        let more = Command::new("mount")
            .args(["-o", "remount,size=64m"])
            .arg(folder.path())
            .status()
            .expect("mount runs");
        assert!(more.success());
        log.tried = tried.into_iter().take(log.acknowledged.len() + 1).collect();
        assert_eq!(
            problems(&store, &log),
            Vec::<String>::new(),
            "{size}, with room"
        );
        let more = Writer::start(&[], "store", &store, 1, 500, 2).end();
        assert_eq!((more.acknowledged.len(), &more.failure), (500, &None));
        log.add(more);
        assert_eq!(
            problems(&store, &log),
            Vec::<String>::new(),
            "{size}, afterwards"
        );
        drop(small);
    }
    Ok(())
}
