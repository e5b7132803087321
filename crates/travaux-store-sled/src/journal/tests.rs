//! The journal on its own: which files there are, how long they are, and what is found in them again.

use std::{fs, path::Path, sync::Arc};

use travaux_ledger::Frontier;
use travaux_store::{
    Draft, StoreError,
    conformance::{commit, event},
};

use crate::{
    catalogue::run::Index,
    journal::{Journal, files, frame::Frame, length_up_to, make_spare},
};

/// Frames of one record with so many bytes of payload each.
fn frames(payloads: impl IntoIterator<Item = usize>) -> Vec<Arc<Frame>> {
    let mut frontier = Frontier::default();
    let frame = |payload: usize| {
        let head = frontier.size();
        let event = event("s", "Noted", &format!("\"{}\"", "x".repeat(payload)));
        let draft =
            Draft::new(commit(u128::from(head) + 1, vec![event])).expect("it is well formed");
        let prepared = draft
            .place(head, |_| Ok(head), |_| Ok(true))
            .expect("it fits");
        let records: Vec<&[u8]> = prepared.records.iter().map(Vec::as_slice).collect();
        Arc::new(
            Frame::new(&mut frontier, &records, Index::default(), Vec::new()).expect("a frame"),
        )
    };
    payloads.into_iter().map(frame).collect()
}

/// The tree before `frame`.
fn before(frames: &[Arc<Frame>], frame: usize) -> Frontier {
    let mut frontier = Frontier::default();
    frames[..frame]
        .iter()
        .for_each(|f| frontier.push(f.leaf(f.first).expect("a leaf"), |_, _, _| {}));
    frontier
}

/// What is found in `folder` behind the first `archived` frames.
fn open(folder: &Path, mut frontier: Frontier) -> Result<(Journal, Vec<Vec<u8>>), StoreError> {
    let mut found = Vec::new();
    let journal = Journal::open(folder.to_owned(), &mut frontier, |frame| {
        found.push(frame.page.to_vec())
    })?;
    Ok((journal, found))
}

fn written(folder: &Path, frames: &[Arc<Frame>]) -> Journal {
    let (mut journal, found) = open(folder, Frontier::default()).expect("it opens");
    assert!(found.is_empty());
    frames
        .iter()
        .for_each(|frame| journal.append(frame).expect("it is written"));
    journal
}

fn pages(frames: &[Arc<Frame>]) -> Vec<Vec<u8>> {
    frames.iter().map(|frame| frame.page.to_vec()).collect()
}

/// Names and lengths.
fn on_disk(folder: &Path) -> Vec<(u64, u64)> {
    let name = |path: &Path| {
        path.file_name()
            .and_then(|name| name.to_str()?.parse().ok())
            .expect("a number")
    };
    let length = |path: &Path| path.metadata().expect("it is there").len();
    files(folder)
        .expect("they are listed")
        .iter()
        .map(|path| (name(path), length(path)))
        .collect()
}

#[test]
fn frames_are_found_again_and_writing_goes_on_in_the_last_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let all = frames(std::iter::repeat_n(60_000, 200));
    let mut journal = written(folder.path(), &all[..190]);
    journal.trim();
    drop(journal);
    let files_of = on_disk(folder.path());
    // A file is closed by the frame that makes it 4 MiB long.
    let length = all[0].page.len() as u64;
    let a_file = (4_u64 << 20).div_ceil(length);
    assert_eq!(
        files_of.iter().map(|(first, _)| *first).collect::<Vec<_>>(),
        [1, a_file + 1, 2 * a_file + 1]
    );
    assert!(
        files_of[..2]
            .iter()
            .all(|(_, bytes)| *bytes >= 4 << 20 && *bytes < (4 << 20) + (300 << 10)),
        "{files_of:?}"
    );
    let (mut journal, found) = open(folder.path(), Frontier::default()).expect("it opens");
    assert!(found == pages(&all[..190]));
    all[190..]
        .iter()
        .for_each(|frame| journal.append(frame).expect("it is written"));
    assert_eq!(
        on_disk(folder.path()).len(),
        3,
        "it goes on in the last one"
    );
    assert!(
        open(folder.path(), Frontier::default())
            .expect("it opens")
            .1
            == pages(&all)
    );
    // What the archive has is passed over.
    let (_, found) = open(folder.path(), before(&all, 150)).expect("it opens");
    assert!(found == pages(&all[150..]));
    // A file that is full when it is opened is not written on.
    let exact = tempfile::tempdir().expect("a folder");
    drop(written(exact.path(), &all[..a_file as usize]));
    let (mut journal, _) = open(exact.path(), Frontier::default()).expect("it opens");
    journal
        .append(&all[a_file as usize])
        .expect("it is written");
    assert_eq!(
        on_disk(exact.path())
            .iter()
            .map(|(first, _)| *first)
            .collect::<Vec<_>>(),
        [1, a_file + 1]
    );
}

#[test]
fn there_is_room_ahead_until_it_is_given_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let all = frames([
        10, 10, 40_000, 40_000, 60_000, 60_000, 60_000, 60_000, 60_000, 60_000,
    ]);
    let mut journal = written(folder.path(), &all[..1]);
    let mut end = all[0].page.len() as u64;
    let length = || on_disk(folder.path())[0].1;
    assert_eq!(length(), end + (16 << 10), "as much as the least there is");
    journal.append(&all[1]).expect("it is written");
    end += all[1].page.len() as u64;
    assert_eq!(
        length(),
        end - all[1].page.len() as u64 + (16 << 10),
        "there was room"
    );
    journal.append(&all[2]).expect("it is written");
    end += all[2].page.len() as u64;
    assert_eq!(length(), 2 * end, "as much again");
    for frame in &all[3..] {
        journal.append(frame).expect("it is written");
        end += frame.page.len() as u64;
    }
    assert!(
        length() > end && length() <= end + (256 << 10),
        "{} for {end}",
        length()
    );
    assert_eq!(Journal::length(folder.path()), Some(length()));
    fs::write(folder.path().join("spare"), "0").expect("it is written");
    fs::write(folder.path().join("spare.new"), "0").expect("it is written");
    journal.trim();
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1);
    assert_eq!(length(), end);
    assert!(
        open(folder.path(), Frontier::default())
            .expect("it opens")
            .1
            == pages(&all)
    );
}

#[test]
fn a_frame_that_was_cut_off_is_cut_away_at_the_end_and_damage_before_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let all = frames(std::iter::repeat_n(60_000, 90));
    written(folder.path(), &all).trim();
    let paths = files(folder.path()).expect("they are listed");
    let [first, last] = &paths[..] else {
        panic!("{paths:?}")
    };
    let whole = fs::read(last).expect("it is read");
    let page = all[89].page.len();
    for lost in [1, 1_000, page - 1] {
        fs::write(last, &whole[..whole.len() - lost]).expect("it is cut");
        let (mut journal, found) = open(folder.path(), Frontier::default()).expect("it opens");
        assert!(found == pages(&all[..89]), "{lost} bytes lost");
        assert_eq!(
            last.metadata().expect("it is there").len() as usize,
            whole.len() - page
        );
        journal.append(&all[89]).expect("it is written");
        journal.trim();
        assert!(fs::read(last).expect("it is read") == whole);
    }
    let in_first = on_disk(folder.path())[1].0 - 1;
    let end = pages(&all[..in_first as usize]).concat().len();
    let bytes = fs::read(first).expect("it is read");
    fs::write(first, &bytes[..end - 10]).expect("it is cut");
    match open(folder.path(), Frontier::default()) {
        Err(StoreError::Damaged { position, what }) => {
            assert_eq!(position, Some(in_first), "{what}");
            assert!(
                what.contains("in the middle of a frame, and the journal goes on"),
                "{what}"
            );
        }
        other => panic!("{:?}", other.map(|_| "it opens")),
    }
    fs::remove_file(first).expect("it is there");
    match open(folder.path(), Frontier::default()) {
        Err(StoreError::Damaged {
            position: Some(1),
            what,
        }) => assert!(what.contains(last.to_str().expect("text")), "{what}"),
        other => panic!("{:?}", other.map(|_| "it opens")),
    }
}

#[test]
fn files_go_when_the_archive_has_all_of_them() {
    let folder = tempfile::tempdir().expect("a folder");
    let all = frames(std::iter::repeat_n(60_000, 160));
    let mut journal = written(folder.path(), &all);
    let paths = files(folder.path()).expect("they are listed");
    let second = on_disk(folder.path())[1].0;
    assert!(journal.forget(second - 2).is_empty());
    assert_eq!(journal.forget(second - 1), paths[..1]);
    assert!(journal.forget(second + 5).is_empty());
    assert_eq!(journal.forget(159), paths[1..2]);
    // The one that is written is closed with its last frame, and the next frame begins another.
    assert_eq!(journal.forget(160), paths[2..]);
    paths
        .iter()
        .for_each(|path| fs::remove_file(path).expect("it is deleted"));
    let more = frames(std::iter::repeat_n(60_000, 161));
    journal.append(&more[160]).expect("it is written");
    assert_eq!(on_disk(folder.path())[0].0, 161);
}

#[test]
fn the_spare_file_is_taken_when_a_file_begins() {
    let folder = tempfile::tempdir().expect("a folder");
    let (spare, room) = (folder.path().join("spare"), (4_u64 << 20) + (256 << 10));
    make_spare(folder.path(), || true).expect("it is left");
    assert!(!spare.exists(), "told to stop, it makes none");
    make_spare(folder.path(), || false).expect("it is made");
    assert_eq!(spare.metadata().expect("it is there").len(), room);
    assert!(
        fs::read(&spare)
            .expect("it is read")
            .iter()
            .all(|byte| *byte == 0)
    );
    let before = spare
        .metadata()
        .and_then(|file| file.modified())
        .expect("a time");
    make_spare(folder.path(), || false).expect("there is one");
    assert_eq!(
        spare
            .metadata()
            .and_then(|file| file.modified())
            .expect("a time"),
        before
    );
    let all = frames(std::iter::repeat_n(60_000, 100));
    let mut journal = written(folder.path(), &all[..1]);
    assert!(!spare.exists());
    assert_eq!(on_disk(folder.path()), [(1, room)]);
    all[1..]
        .iter()
        .for_each(|frame| journal.append(frame).expect("it is written"));
    assert_eq!(
        on_disk(folder.path())[0],
        (1, room),
        "no file of it has grown"
    );
    assert!(
        open(folder.path(), Frontier::default())
            .expect("it opens")
            .1
            == pages(&all)
    );
    assert_eq!(files(folder.path()).map(|found| found.len()).ok(), Some(2));
    fs::write(folder.path().join("12a"), "").expect("it is written");
    fs::write(folder.path().join("notes"), "").expect("it is written");
    assert_eq!(files(folder.path()).map(|found| found.len()).ok(), Some(2));
    assert!(files(&folder.path().join("none")).is_ok_and(|found| found.is_empty()));
}

#[test]
fn the_last_frames_are_kept_and_the_rest_is_given_back() {
    for kept in [0, 1, 3, 40, 60, 100] {
        let folder = tempfile::tempdir().expect("a folder");
        let all = frames(std::iter::repeat_n(60_000, 101));
        let mut journal = written(folder.path(), &all[..100]);
        let archived = 100 - kept;
        for path in journal.forget(archived as u64) {
            fs::remove_file(path).expect("it is deleted");
        }
        journal.trim();
        journal
            .compact(&all[archived..100])
            .expect("it is compacted");
        let bytes: u64 = all[archived..100]
            .iter()
            .map(|frame| frame.page.len() as u64)
            .sum();
        let found = open(folder.path(), before(&all, archived))
            .expect("it opens")
            .1;
        assert!(found == pages(&all[archived..100]), "{kept} kept");
        // Frames that stand in the file that is written last are all that is left of it.
        if kept <= 30 {
            assert_eq!(Journal::length(folder.path()), Some(bytes), "{kept} kept");
        }
        journal.append(&all[100]).expect("it is written");
        assert!(
            open(folder.path(), before(&all, archived))
                .expect("it opens")
                .1
                == pages(&all[archived..]),
            "{kept} kept"
        );
    }
}

#[test]
fn the_length_of_what_ends_at_a_position_is_that_of_its_frames() {
    let all = frames([10, 700, 3, 90]);
    let bytes = pages(&all).concat();
    let mut expected = 0;
    for (head, frame) in (1..).zip(&all) {
        assert_eq!(length_up_to(&bytes, head - 1), expected);
        expected += frame.page.len();
        assert_eq!(length_up_to(&bytes, head), expected);
        assert_eq!(
            length_up_to(&bytes[..expected - 1], head),
            expected - frame.page.len(),
            "cut off"
        );
    }
    assert_eq!(length_up_to(&bytes, 99), bytes.len());
    assert_eq!(length_up_to(&[0; 100], 99), 0);
}

#[test]
fn a_spare_file_for_which_there_is_no_room_is_done_without() {
    let folder = tempfile::tempdir().expect("a folder");
    let beside = folder.path().join("spare.new");
    std::os::unix::fs::symlink("/dev/full", &beside).expect("a link");
    make_spare(folder.path(), || false).expect("it is not needed yet");
    assert!(
        beside.symlink_metadata().is_err(),
        "what was begun is taken away"
    );
    // Any other failure is said: this one cannot be synced.
    std::os::unix::fs::symlink("/dev/null", &beside).expect("a link");
    let error = make_spare(folder.path(), || false)
        .expect_err("it cannot be synced")
        .to_string();
    assert!(error.contains("spare.new"), "{error}");
    assert!(
        files(&beside).is_err_and(|error| error.to_string().contains("list")),
        "no folder"
    );
    assert_eq!(files(&folder.path().join("none")).ok(), Some(Vec::new()));
}
