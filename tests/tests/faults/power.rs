//! Power that is cut: a file system of its own, shut down under load without anything being flushed, and mounted again.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use travaux_ledger::{Bundle, Checkpoint, tiles};
use travaux_store::EventStore as _;
use travaux_store_sled::{SledStore, restore};
use travaux_testkit::{
    needs::{self, LeftOut, Run},
    random::Rng,
};
use travaux_tests::faults::{EAGER, Log, commit_of, problems};

use crate::tools::{Writer, longer};

/// A file system in a file.
struct Disk {
    image: PathBuf,
    at: PathBuf,
}

fn done(command: &mut Command) -> bool {
    needs::done(command, "").is_ok()
}

impl Disk {
    fn make(folder: &Path, kind: &str) -> Result<Self, LeftOut> {
        let disk = Self {
            image: folder.join("image"),
            at: folder.join("mounted"),
        };
        fs::create_dir_all(&disk.at).expect("a folder");
        fs::File::create(&disk.image)
            .and_then(|file| file.set_len(400 << 20))
            .expect("a file");
        let force = if kind == "xfs" { "-f" } else { "-F" };
        let mut mkfs = Command::new(format!("mkfs.{kind}"));
        mkfs.args(["-q", force]).arg(&disk.image);
        needs::done(&mut mkfs, &format!("mkfs.{kind} makes no file system"))?;
        needs::done(
            &mut disk.mount(),
            &format!("no file with {kind} can be mounted"),
        )?;
        Ok(disk)
    }

    fn mount(&self) -> Command {
        let mut mount = Command::new("mount");
        mount.args(["-o", "loop"]).arg(&self.image).arg(&self.at);
        mount
    }

    /// Unmounts it and mounts it again.
    fn comes_back(&self) -> bool {
        // Whoever was killed may still be on its way out.
        (0..1_000).any(|_| done(Command::new("umount").arg(&self.at))) && done(&mut self.mount())
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

pub(crate) fn nothing_that_was_acknowledged_is_lost_when_the_power_is_cut_on_ext4() -> Run {
    nothing_is_lost_on("ext4")
}

pub(crate) fn nothing_that_was_acknowledged_is_lost_when_the_power_is_cut_on_xfs() -> Run {
    nothing_is_lost_on("xfs")
}

fn nothing_is_lost_on(kind: &str) -> Run {
    needs::program("xfs_io")?;
    let mut random = Rng::of("power cut");
    let folder = tempfile::tempdir().expect("a folder");
    let disk = Disk::make(folder.path(), kind)?;
    let (mut store, mut log, mut acknowledged) = (PathBuf::new(), Log::default(), 0);
    for round in 0..longer(5) {
        // A store that has seen several cuts, and then a new one.
        if round % 10 == 0 {
            store = disk.at.join(format!("store-{round}"));
            log = Log::default();
        }
        let mut writer = Writer::start(&[], "store", &store, 16, 0, round + 1);
        writer.wait_for(20_000 + random.below(400_000));
        // What is said after this may have been acknowledged by a disk that is not there any more.
        let said = writer.said();
        assert!(disk.cut());
        let said = writer.kill_at(said);
        acknowledged += said.acknowledged.len();
        log.add(said);
        assert!(disk.comes_back(), "{kind} comes back");
        log.tried.clear();
        assert_eq!(
            problems(&store, &log),
            Vec::<String>::new(),
            "{kind}, cut {round}"
        );
    }
    eprintln!("power cut: {kind}, {acknowledged} commits acknowledged, none lost");
    Ok(())
}

pub(crate) fn sled_alone_loses_what_it_has_flushed() -> Run {
    needs::program("xfs_io")?;
    let folder = tempfile::tempdir().expect("a folder");
    let disk = Disk::make(folder.path(), "ext4")?;
    let path = disk.at.join("sled");
    let mut writer = Writer::start(&[], "flush", &path, 1, 0, 1);
    writer.wait_for(40_000);
    let said = writer.said();
    assert!(disk.cut());
    let log = writer.kill_at(said);
    assert!(disk.comes_back());
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
    Ok(())
}

pub(crate) fn what_was_published_and_backed_up_is_there_when_the_power_is_cut_on_ext4() -> Run {
    what_was_published_is_there_on("ext4")
}

pub(crate) fn what_was_published_and_backed_up_is_there_when_the_power_is_cut_on_xfs() -> Run {
    what_was_published_is_there_on("xfs")
}

/// A log that was published and backed up, and the power cut as soon as that was said.
fn what_was_published_is_there_on(kind: &str) -> Run {
    needs::program("xfs_io")?;
    let folder = tempfile::tempdir().expect("a folder");
    let disk = Disk::make(folder.path(), kind)?;
    let store = SledStore::open_with(folder.path().join("store"), EAGER).expect("it opens");
    let (www, copy) = (disk.at.join("www"), disk.at.join("backup"));
    for last in [300_u128, 900] {
        for number in last - 299..=last {
            store.append(commit_of(number)).expect("it is appended");
        }
        let published = store.publish(&www).expect("it is published").checkpoint;
        let backed_up = store.backup(&copy).expect("it is backed up");
        assert!(disk.cut() && disk.comes_back(), "{kind} comes back");
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
            let records = (tile.level() == 0)
                .then(|| fs::read(www.join(tile.entries_path())).expect("the records are there"));
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
    Ok(())
}
