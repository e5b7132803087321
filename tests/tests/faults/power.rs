//! Power that is cut: a file system of its own, shut down under load without anything being flushed, and mounted again.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use travaux_ledger::{Bundle, Checkpoint, tiles};
use travaux_store::EventStore as _;
use travaux_store_sled::{SledStore, restore};
use travaux_tests::faults::{EAGER, Log, commit_of, problems};

use crate::tools::{Random, Writer, has, longer};

/// A file system in a file.
struct Disk {
    image: PathBuf,
    at: PathBuf,
}

fn done(command: &mut Command) -> bool {
    command
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

impl Disk {
    fn make(folder: &Path, kind: &str) -> Option<Self> {
        let disk = Self {
            image: folder.join("image"),
            at: folder.join("mounted"),
        };
        fs::create_dir_all(&disk.at).ok()?;
        fs::File::create(&disk.image)
            .and_then(|file| file.set_len(400 << 20))
            .ok()?;
        let force = if kind == "xfs" { "-f" } else { "-F" };
        (done(
            Command::new(format!("mkfs.{kind}"))
                .args(["-q", force])
                .arg(&disk.image),
        ) && disk.mount())
        .then_some(disk)
    }

    fn mount(&self) -> bool {
        done(
            Command::new("mount")
                .args(["-o", "loop"])
                .arg(&self.image)
                .arg(&self.at),
        )
    }

    fn unmount(&self) -> bool {
        // Whoever was killed may still be on its way out.
        (0..1_000).any(|_| done(Command::new("umount").arg(&self.at)))
    }

    /// Cuts the power: whatever was not synced is gone. The call is `xfs_io -x -c shutdown`, which every file system understands.
    fn cut(&self) -> bool {
        done(
            Command::new("xfs_io")
                .args(["-x", "-c", "shutdown"])
                .arg(&self.at),
        )
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = done(Command::new("umount").arg("-l").arg(&self.at));
    }
}

#[test]
fn nothing_that_was_acknowledged_is_lost_when_the_power_is_cut() {
    if !has("power cut", "xfs_io") {
        return;
    }
    let mut random = Random::new("power cut");
    for kind in ["ext4", "xfs"] {
        let folder = tempfile::tempdir().expect("a folder");
        let Some(disk) = Disk::make(folder.path(), kind) else {
            eprintln!("power cut: left out on {kind}, nothing can be mounted here");
            continue;
        };
        let (mut store, mut log, mut acknowledged) = (PathBuf::new(), Log::default(), 0);
        for round in 0..longer(5) {
            // A store that has seen several cuts, and then a new one.
            if round % 10 == 0 {
                store = disk.at.join(format!("store-{round}"));
                log = Log::default();
            }
            let mut writer = Writer::start(&[], "store", &store, 16, 0, round + 1);
            writer.wait_for(20_000 + random.below(400_000) as u64);
            // What is said after this may have been acknowledged by a disk that is not there any more.
            let said = writer.said();
            assert!(disk.cut());
            let said = writer.kill_at(said);
            acknowledged += said.acknowledged.len();
            log.add(said);
            assert!(disk.unmount() && disk.mount(), "{kind} comes back");
            log.tried.clear();
            assert_eq!(
                problems(&store, &log),
                Vec::<String>::new(),
                "{kind}, cut {round}"
            );
        }
        eprintln!("power cut: {kind}, {acknowledged} commits acknowledged, none lost");
        drop(disk);
    }
}

#[test]
fn sled_alone_loses_what_it_has_flushed() {
    if !has("power cut of sled alone", "xfs_io") {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let Some(disk) = Disk::make(folder.path(), "ext4") else {
        return eprintln!("power cut of sled alone: left out, nothing can be mounted here");
    };
    let path = disk.at.join("sled");
    let mut writer = Writer::start(&[], "flush", &path, 1, 0, 1);
    writer.wait_for(40_000);
    let said = writer.said();
    assert!(disk.cut());
    let log = writer.kill_at(said);
    assert!(disk.unmount() && disk.mount());
    // sled panics where it finds what it did not expect.
    let found = std::panic::catch_unwind(|| {
        let db = sled::Config::new().path(&path).open().ok()?;
        Some(
            log.acknowledged
                .keys()
                .filter(|number| db.get(number.to_be_bytes()).ok().flatten().is_some())
                .count(),
        )
    });
    let found = found.ok().flatten().unwrap_or(0);
    assert!(
        found < log.acknowledged.len(),
        "the cut does not lose what was not synced: the test above shows nothing"
    );
}

/// A log that was published and backed up, and the power cut as soon as that was said.
#[test]
fn what_was_published_and_backed_up_is_there_when_the_power_is_cut() {
    if !has("power cut of a published log", "xfs_io") {
        return;
    }
    for kind in ["ext4", "xfs"] {
        let folder = tempfile::tempdir().expect("a folder");
        let Some(disk) = Disk::make(folder.path(), kind) else {
            eprintln!(
                "power cut of a published log: left out on {kind}, nothing can be mounted here"
            );
            continue;
        };
        let store = SledStore::open_with(folder.path().join("store"), EAGER).expect("it opens");
        let (www, copy) = (disk.at.join("www"), disk.at.join("backup"));
        for last in [300_u128, 900] {
            for number in last - 299..=last {
                store.append(commit_of(number)).expect("it is appended");
            }
            let published = store.publish(&www).expect("it is published").checkpoint;
            let backed_up = store.backup(&copy).expect("it is backed up");
            assert!(
                disk.cut() && disk.unmount() && disk.mount(),
                "{kind} comes back"
            );
            let note = fs::read_to_string(www.join("checkpoint")).expect("a checkpoint");
            assert_eq!(
                Checkpoint::open(&note, &store.verifying_key().expect("its key")).ok(),
                Some(published.clone())
            );
            for tile in tiles(0, published.size) {
                let length = fs::metadata(www.join(tile.to_string()))
                    .expect("the tile is there")
                    .len();
                assert_eq!(
                    length,
                    u64::from(tile.width()) * 32,
                    "{kind}, {last}: {tile}"
                );
                let records = (tile.level() == 0).then(|| {
                    fs::read(www.join(tile.entries_path())).expect("the records are there")
                });
                let found =
                    records.map(|bytes| Bundle::read(&bytes).map_or(0, |records| records.len()));
                assert!(
                    found.is_none_or(|found| found == usize::from(tile.width())),
                    "{kind}, {last}: {found:?} of {tile}"
                );
            }
            let restored = folder.path().join(format!("restored-{last}"));
            let brought = restore(&copy, &restored, None).expect("it is whole");
            assert_eq!(
                (brought.head, brought.root),
                (backed_up.head, backed_up.root),
                "{kind}, {last}"
            );
        }
        drop(disk);
    }
}
