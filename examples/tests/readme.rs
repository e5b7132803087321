//! The README's example of embedding is a program that runs.

use std::{fs, path::Path, sync::Arc};

use futures_lite::future::block_on;
use travaux::{Ports, blocking::Engine};
use travaux_store_sled::{FileSnapshots, SledStore};

#[test]
fn the_readme_shows_the_example_word_for_word() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = fs::read_to_string(here.join("../README.md")).expect("the README");
    let (_, shown) = readme.split_once("```rust\n").expect("an example");
    let (shown, _) = shown.split_once("```").expect("its end");
    let source = fs::read_to_string(here.join("src/first_agreement.rs")).expect("the example");
    assert_eq!(shown, source);
}

#[test]
fn the_example_leaves_an_agreement_that_both_have_accepted() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = folder.path().join("store");
    block_on(travaux_examples::first_agreement(&store)).expect("it runs");

    let snapshots = FileSnapshots::new(store.join("projections"));
    let opened = SledStore::open(&store).expect("the store opens");
    let engine =
        Engine::open(Arc::new(opened), Arc::new(snapshots), Ports::system()).expect("it opens");
    let register = engine.register().expect("the register");
    let titles: Vec<_> = register
        .agreements
        .values()
        .map(|a| a.title.as_str())
        .collect();
    assert_eq!(
        (titles, engine.store().head()),
        (vec!["Arrangement on training"], 2)
    );
}
