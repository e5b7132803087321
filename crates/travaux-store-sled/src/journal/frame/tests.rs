//! Frames written and read, whole and cut off.

use travaux_store::{Commit, Draft, conformance};

use super::{read::SECTOR, *};
use crate::any_bytes::checked;

fn records(first: u64, count: u64) -> Vec<Vec<u8>> {
    let event = |n| {
        conformance::event(
            "a",
            "Noted",
            &format!("\"{}\"", "x".repeat(n as usize * 37 % 200)),
        )
    };
    let commit: Commit = conformance::commit(1, (first..first + count).map(event).collect());
    let prepared = Draft::new(commit)
        .and_then(|draft| draft.place(first - 1, |_| Ok(first - 1), |_| Ok(true)))
        .expect("it is well formed");
    prepared.records
}

fn frame(frontier: &mut Frontier, count: u64, attachments: u8) -> Frame {
    let records = records(frontier.size() + 1, count);
    let records: Vec<&[u8]> = records.iter().map(Vec::as_slice).collect();
    let place = |n: u8| {
        (
            Digest([n; 32]),
            Place {
                offset: u64::from(n) << 40 | 1,
                stored: 0x0101_0101_0101_0101,
            },
        )
    };
    Frame::new(
        frontier,
        &records,
        Index::default(),
        (1..=attachments).map(place).collect(),
    )
    .expect("a frame")
}

/// A file of frames, and where each begins.
fn file() -> (Vec<u8>, Vec<usize>) {
    let (mut frontier, mut bytes, mut starts) = (Frontier::default(), Vec::new(), Vec::new());
    for (count, attachments) in [(1, 0), (40, 0), (3, 2), (2, 0)] {
        starts.push(bytes.len());
        bytes.extend_from_slice(&frame(&mut frontier, count, attachments).page);
    }
    (bytes, starts)
}

/// What is read: the number of records, and whether the end was torn.
fn read_all(bytes: &[u8]) -> Result<(u64, bool), StoreError> {
    let (mut frontier, mut at) = (Frontier::default(), 0);
    loop {
        match read(&bytes[at..], at, &mut frontier)? {
            Next::Frame(_, length) => at += length,
            Next::End => return Ok((frontier.size(), false)),
            Next::Torn => return Ok((frontier.size(), true)),
        }
    }
}

#[test]
fn frames_come_back_with_what_belongs_to_them() {
    let (bytes, starts) = file();
    let mut frontier = Frontier::default();
    let mut seen = Vec::new();
    for start in starts {
        let Next::Frame(Some(frame), _) =
            read(&bytes[start..], start, &mut frontier).expect("it is sound")
        else {
            panic!("a frame stands at {start}")
        };
        let record = frame.record(frame.last()).expect("its last record");
        assert_eq!(
            record.envelope().expect("it is an envelope").position,
            frame.last()
        );
        assert!(frame.record(frame.last() + 1).is_none());
        assert_eq!(frame.index.commits.len(), 1);
        assert_eq!(frame.index.streams["a"].1.len(), frame.ranges.len());
        seen.push((frame.first, frame.last(), frame.attachments.len()));
    }
    assert_eq!(seen, [(1, 1, 0), (2, 41, 0), (42, 44, 2), (45, 46, 0)]);
    assert_eq!(read_all(&bytes).expect("it is sound"), (46, false));
    let room = [&bytes[..], &[0; 5_000]].concat();
    assert_eq!(read_all(&room).expect("zeros are room"), (46, false));
}

#[test]
fn a_write_that_was_cut_off_is_the_end() {
    let (bytes, starts) = file();
    for cut in 1..bytes.len() {
        let whole = starts.iter().filter(|start| **start <= cut).count();
        let expected = [0, 1, 41, 44, 46][whole - 1];
        let torn = !starts.contains(&cut);
        assert_eq!(
            read_all(&bytes[..cut]).expect("a cut is no damage"),
            (expected, torn),
            "cut at {cut}"
        );
    }
    // Sectors that did not reach the disk, of the last frame and in any combination.
    let last = starts[3];
    let (from, to) = (last / SECTOR, bytes.len().div_ceil(SECTOR));
    for lost in 1_u32..1 << (to - from) {
        let mut torn = [&bytes[..], &[0; 2_000]].concat();
        for sector in (from..to).filter(|sector| lost >> (sector - from) & 1 == 1) {
            let start = (sector * SECTOR).max(last);
            torn[start..((sector + 1) * SECTOR).max(start)].fill(0);
        }
        let expected = (44, !torn[last..].iter().all(|b| *b == 0));
        assert_eq!(
            read_all(&torn).expect("it was not finished"),
            expected,
            "{lost:b}"
        );
    }
}

#[test]
fn what_was_lost_in_front_of_a_sound_frame_is_damage() {
    let (bytes, starts) = file();
    for sector in 0..starts[3] / SECTOR {
        let mut lost = bytes.clone();
        lost[sector * SECTOR..(sector + 1) * SECTOR].fill(0);
        let read = read_all(&lost);
        assert!(
            matches!(
                read,
                Err(StoreError::Damaged {
                    position: Some(_),
                    ..
                })
            ),
            "sector {sector}: {read:?}"
        );
    }
    // A header that is all there and was changed was not cut off.
    let mut changed = bytes[..starts[3] + HEADER].to_vec();
    assert_eq!(
        read_all(&changed).expect("its body was not written"),
        (44, true)
    );
    changed[starts[3] + 30] ^= 1;
    assert!(matches!(
        read_all(&changed),
        Err(StoreError::Damaged {
            position: Some(45),
            ..
        })
    ));
}

#[test]
fn every_changed_bit_of_a_written_frame_is_damage() {
    let (bytes, _) = file();
    let room = [&bytes[..], &[0; 2_000]].concat();
    for at in 0..bytes.len() {
        for bit in 0..8 {
            let mut changed = room.clone();
            changed[at] ^= 1 << bit;
            let read = read_all(&changed);
            assert!(
                matches!(
                    read,
                    Err(StoreError::Damaged {
                        position: Some(_),
                        ..
                    })
                ),
                "byte {at}, bit {bit}: {read:?}"
            );
        }
    }
    // Bytes that appear where nothing was written take nothing away.
    let mut written = room;
    written[bytes.len() + 100] = 1;
    assert_eq!(read_all(&written).expect("nothing is lost"), (46, true));
}

/// A header may be made, with its check: positions begin at 1, and none is as high as 2^48.
#[test]
fn a_header_at_a_position_that_cannot_be_is_none() {
    let (bytes, starts) = file();
    for (first, is) in [
        (0, false),
        (1, true),
        (43, true),
        ((1 << 48) - 1, true),
        (1 << 48, false),
        (u64::MAX, false),
    ] {
        let mut made = bytes[..starts[1]].to_vec();
        made[8..16].copy_from_slice(&first.to_be_bytes());
        assert_eq!(
            extent(&checked(&made, *MAGIC)),
            is.then_some((starts[1], first, first)),
            "{first}"
        );
    }
    let mut empty = bytes[..starts[1]].to_vec();
    empty[16..20].fill(0);
    assert_eq!(
        extent(&checked(&empty, *MAGIC)),
        None,
        "a frame has records"
    );
}

#[test]
fn what_stands_in_the_archive_already_is_passed_over() {
    let (bytes, starts) = file();
    let mut frontier = Frontier::default();
    for count in [1, 40] {
        frame(&mut frontier, count, 0);
    }
    assert!(matches!(
        read(&bytes, 0, &mut frontier),
        Ok(Next::Frame(None, _))
    ));
    let third = &bytes[starts[2]..];
    assert!(matches!(
        read(third, starts[2], &mut frontier),
        Ok(Next::Frame(Some(_), _))
    ));
    let mut half_way = Frontier::default();
    frame(&mut half_way, 21, 0);
    let Ok(Next::Frame(Some(second), _)) = read(&bytes[starts[1]..], starts[1], &mut half_way)
    else {
        panic!("a frame that began in the archive goes on")
    };
    assert_eq!((second.first, second.last(), half_way.size()), (2, 41, 41));
    let gap = read(&bytes[starts[1]..], starts[1], &mut Frontier::default());
    assert!(
        matches!(
            gap,
            Err(StoreError::Damaged {
                position: Some(1),
                ..
            })
        ),
        "{gap:?}"
    );
}
