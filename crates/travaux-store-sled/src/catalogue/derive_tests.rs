//! A catalogue that does not reach all blocks takes in just those that it lacks.

use std::path::Path;

use travaux_store::{
    EventStore as _,
    conformance::{commit, event},
};

use crate::{
    archive::{block::WIDTH, blocks::Blocks, pack::Pack},
    catalogue::{Catalogue, derive::catch_up},
    files::Files,
    store::SledStore,
    threads::Options,
};

/// The first `count` blocks of `from` alone.
fn cut(from: &Blocks, count: u64, to: &Path) -> Blocks {
    let bytes: Vec<u8> = (0..count)
        .flat_map(|block| from.stored(block).expect("it is read"))
        .collect();
    std::fs::write(to, bytes).expect("it is written");
    Blocks::open(to.to_owned()).expect("it opens").0
}

/// 40 blocks, then 140: fewer than are indexed together, and more.
#[test]
fn a_catalogue_takes_in_the_blocks_that_it_lacks() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("store");
    let store = SledStore::open_with(
        &path,
        Options {
            archive_at: 1,
            ..Options::default()
        },
    )
    .expect("it opens");
    for n in 0..143_u128 {
        let events = (0..WIDTH)
            .map(|e| event(&format!("s-{}", e % 9), "Noted", "{}"))
            .collect();
        store.append(commit(n, events)).expect("it is appended");
    }
    drop(store);
    let files = Files::take(&path).expect("nobody has it");
    let (all, pack) = (
        Blocks::open(files.blocks()).expect("it opens").0,
        Pack::open(files.pack()).expect("it opens"),
    );
    assert!(all.table().last() >= 140 * WIDTH, "{}", all.table().last());
    let catalogue = Catalogue::open(&folder.path().join("catalogue")).expect("it opens");
    let runs = || {
        catalogue
            .state()
            .runs
            .iter()
            .map(|run| (run.first, run.last))
            .collect::<Vec<_>>()
    };
    let mut expected = Vec::new();
    for (count, parts) in [
        (40, &[(1, 40)][..]),
        (50, &[(41, 50)]),
        (50, &[]),
        (140, &[(51, 114), (115, 140)]),
    ] {
        let blocks = cut(&all, count, &folder.path().join(format!("{count}.blocks")));
        catch_up(&catalogue, &blocks, &pack).expect("it takes them in");
        expected.extend(
            parts
                .iter()
                .map(|(first, last)| ((first - 1) * WIDTH + 1, last * WIDTH)),
        );
        assert_eq!(runs(), expected, "{count} blocks");
        assert_eq!(
            catalogue.root().ok(),
            Some(Some(blocks.table().frontier().root()))
        );
    }
    // Every stream has a record in nine, and the first four of them one more in each block.
    assert_eq!(catalogue.version("s-0").ok(), Some(140 * 29));
    assert_eq!(catalogue.version("s-4").ok(), Some(140 * 28));
    assert_eq!(
        catalogue.commits(commit(139, Vec::new()).id).ok(),
        Some(vec![139 * WIDTH + 1])
    );
}
