//! The archive on its own: its tree, what stands behind it, what its records do not fit.

use travaux_ledger::{Frontier, Hash, leaf_hash, node_hash};
use travaux_store::{Record, StoreError};

use crate::archive::{
    block::{self, WIDTH},
    blocks::{Blocks, Table},
};

/// Any hash.
fn hash(n: u64) -> Hash {
    leaf_hash(&n.to_be_bytes())
}

/// 257 x 256 + 3 blocks: three levels of tiles above them.
#[test]
fn the_tree_above_the_blocks_is_that_of_their_roots() {
    let mut table = Table::default();
    // A tree whose leaves are the blocks' roots has the same nodes, eight levels further down.
    let mut oracle = Frontier::default();
    let (mut nodes, mut at) = (std::collections::HashMap::new(), Vec::new());
    let count = 257 * 256 + 3;
    for n in 0..count {
        if n < 700 || n % 4_096 < 3 || n > count - 3 {
            at.push((n, oracle.clone()));
        }
        table.push(hash(n), 100 + n % 7);
        oracle.push(hash(n), |level, index, node| {
            _ = nodes.insert((level, index), node)
        });
    }
    assert_eq!(table.last(), count * WIDTH);
    assert_eq!(table.end(), (0..count).map(|n| 100 + n % 7).sum::<u64>());
    assert_eq!(table.frontier().roots(), oracle.roots());
    for (blocks, tree) in at {
        let found = table.frontier_at(blocks * WIDTH);
        assert_eq!(
            (found.size(), found.roots()),
            (blocks * WIDTH, tree.roots()),
            "{blocks} blocks"
        );
    }
    for level in 0..17 {
        for index in [0, 1, (count >> level).saturating_sub(1)] {
            let expected = nodes.get(&(level, index)).copied();
            assert_eq!(
                table.node(level + 8, index),
                expected,
                "level {level}, {index}"
            );
        }
    }
    assert_eq!(
        (table.hash(1, count - 1), table.hash(1, count)),
        (Some(hash(count - 1)), None)
    );
    assert_eq!(
        (table.hash(2, 256).is_some(), table.hash(2, 257)),
        (true, None)
    );
    assert_eq!(
        (
            table.hash(3, 0).is_some(),
            table.hash(3, 1),
            table.hash(4, 0),
            table.hash(0, 0)
        ),
        (true, None, None, None)
    );
    let pair = node_hash(&hash(0), &hash(1));
    assert_eq!(table.node(9, 0), Some(pair));
}

/// A block of records from `first` on, said to be the one of `leaves`.
fn encoded(first: u64, said: Option<u64>) -> (Vec<u8>, Hash) {
    let bytes = |n: u64| format!("record {n}").into_bytes();
    let record = |n| Record::new(n, bytes(n).into(), 0..bytes(n).len());
    let records: Vec<Record> = (first..first + WIDTH).map(record).collect();
    let leaves: Vec<Hash> = (0..WIDTH)
        .map(|n| leaf_hash(&bytes(said.unwrap_or(first) + n)))
        .collect();
    let mut compressor = block::compressor(3).expect("it starts");
    block::encode(first, &records, &leaves, &mut compressor).expect("it is encoded")
}

fn record(blocks: &Blocks, position: u64) -> Result<Record, StoreError> {
    Ok(blocks
        .holding(position)?
        .record(position)
        .expect("the block holds it"))
}

#[test]
fn records_that_do_not_fit_their_root_are_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let (blocks, left) = Blocks::open(folder.path().join("blocks")).expect("it opens");
    assert_eq!(left, 0);
    let all = [
        encoded(1, None),
        encoded(257, None),
        encoded(513, Some(99_000)),
        encoded(769, None),
        encoded(1_025, Some(1)),
    ];
    blocks.append(&all).expect("it is appended");
    let mut found = Vec::new();
    blocks.verify(|error| found.push(error));
    let positions: Vec<_> = found
        .iter()
        .map(|error| match error {
            StoreError::Damaged { position, .. } => *position,
            other => panic!("{other}"),
        })
        .collect();
    assert_eq!(positions, [Some(513), Some(1_025)]);
    for position in [1, 256, 257, 512, 769, 1_024] {
        assert_eq!(
            record(&blocks, position).expect("it is read").bytes(),
            format!("record {position}").as_bytes()
        );
    }
    for (position, first) in [(1_281, 1_281), (1_600, 1_537)] {
        let error = record(&blocks, position).expect_err("no block has it");
        assert!(
            matches!(error, StoreError::Damaged { position: Some(named), .. } if named == first),
            "{position}: {error}"
        );
    }
    for from in [0, 1, 256, 257, 600] {
        let mut firsts = Vec::new();
        let each = |block: block::Block| {
            firsts.push(block.first());
            std::ops::ControlFlow::Continue(())
        };
        blocks.scan(from, each).expect("it is scanned");
        assert_eq!(
            firsts,
            (from.max(1).div_ceil(WIDTH)..=5)
                .map(|n| (n - 1) * WIDTH + 1)
                .collect::<Vec<_>>(),
            "from {from}"
        );
    }
}

#[test]
fn what_stands_behind_the_last_block_is_left_until_it_is_cut() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("blocks");
    let (first, second) = (encoded(1, None), encoded(257, None));
    let length = first.0.len() as u64;
    for left in [1, block::HEADER - 1, block::HEADER, second.0.len() - 1] {
        std::fs::write(&path, [&first.0[..], &second.0[..left]].concat()).expect("it is written");
        let (blocks, found) = Blocks::open(path.clone()).expect("it opens");
        assert_eq!((blocks.table().last(), found), (256, left as u64));
        blocks.cut().expect("it is cut");
        assert_eq!(path.metadata().map(|file| file.len()).ok(), Some(length));
        blocks
            .append(std::slice::from_ref(&second))
            .expect("it is appended");
        let (blocks, found) = Blocks::open(path.clone()).expect("it opens");
        assert_eq!((blocks.table().last(), found), (512, 0));
    }
}

#[test]
fn the_last_blocks_that_were_read_are_kept() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("blocks");
    let (blocks, _) = Blocks::open(path.clone()).expect("it opens");
    blocks
        .append(&[encoded(1, None), encoded(257, None)])
        .expect("it is appended");
    assert!(record(&blocks, 300).is_ok());
    // What is asked for again is not read again: nothing is there any more.
    std::fs::write(&path, "").expect("it is written");
    assert_eq!(
        record(&blocks, 512).expect("it was read").bytes(),
        b"record 512"
    );
    let error = record(&blocks, 256)
        .expect_err("it is not there")
        .to_string();
    assert!(error.contains("ends in the middle of a block"), "{error}");
}
