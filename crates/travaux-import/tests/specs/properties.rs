//! What holds of any history that is imported.

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde_json::Value;
use travaux_testkit::{
    office::Office,
    strategies::{document, markup},
};
use travaux_text::Lang;

use crate::common::{at_path, brought_in, line, record, renamed, texts};

/// What a commit does to one of three documents.
#[derive(Clone, Debug)]
enum Change {
    Write(usize, String),
    Rename(usize),
    Delete(usize),
}

fn changes() -> impl Strategy<Value = Vec<Change>> {
    let which = 0..3_usize;
    let text = prop_oneof![document(Lang::UNDETERMINED), markup()];
    let change = prop_oneof![
        4 => (which.clone(), text).prop_map(|(at, text)| Change::Write(at, text)),
        1 => which.clone().prop_map(Change::Rename),
        1 => which.prop_map(Change::Delete),
    ];
    prop::collection::vec(change, 1..12)
}

/// A document of the model: where it stands, and all the texts that it had.
#[derive(Clone, Debug, Default)]
struct Known {
    path: String,
    stands: bool,
    texts: Vec<String>,
}

/// The lines of a history, and what an importer must know of it.
fn told(changes: &[Change]) -> (Vec<Value>, BTreeMap<usize, Known>) {
    let (mut lines, mut known) = (Vec::new(), BTreeMap::<usize, Known>::new());
    for (commit, change) in (1..).zip(changes) {
        match change {
            Change::Write(at, text) => {
                let document = known.entry(*at).or_insert_with(|| Known {
                    path: format!("d{at}.md"),
                    ..Known::default()
                });
                let op = if document.stands { "M" } else { "A" };
                document.stands = true;
                document.texts.push(text.clone());
                lines.push(line(commit, op, &document.path, Some(text)));
            }
            Change::Rename(at) => {
                let Some(document) = known.get_mut(at).filter(|d| d.stands) else {
                    continue;
                };
                let text = document.texts.last().cloned().unwrap_or_default();
                let from = std::mem::replace(&mut document.path, format!("d{at}-{commit}.md"));
                lines.push(renamed(commit, &from, &document.path, &text));
                document.texts.push(text);
            }
            Change::Delete(at) => {
                let Some(document) = known.get_mut(at).filter(|d| d.stands) else {
                    continue;
                };
                document.stands = false;
                lines.push(line(commit, "D", &document.path, None));
            }
        }
    }
    (lines, known)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_text_of_every_document_comes_back_byte_for_byte(changes in changes(), cut in 0..12_usize) {
        let (lines, known) = told(&changes);
        prop_assume!(!lines.is_empty());
        // In one run, and in two: a second one goes on where the first stopped.
        let (whole, parts) = (Office::new(), Office::new());
        brought_in(&whole, &lines);
        let cut = cut.clamp(1, lines.len());
        brought_in(&parts, &lines[..cut]);
        brought_in(&parts, &lines);
        for office in [&whole, &parts] {
            for document in known.values() {
                let record = record(office, at_path(office, &document.path));
                prop_assert_eq!(&texts(&record), &document.texts);
                prop_assert_eq!(record.agreement.machines.ending.last_end().is_some(), !document.stands);
            }
            office.clean();
        }
        let events = |office: &Office| -> Vec<_> {
            office.engine.events(1).map(|e| e.expect("it is read").event.type_name()).filter(|name| *name != "CommitsRead").collect()
        };
        let sorted = |mut names: Vec<&'static str>| { names.sort_unstable(); names };
        prop_assert_eq!(sorted(events(&whole)), sorted(events(&parts)));
    }
}

#[cfg(feature = "git")]
proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn an_export_holds_the_last_text_of_every_document_that_stands(changes in changes()) {
        let (lines, known) = told(&changes);
        prop_assume!(!lines.is_empty());
        let office = Office::new();
        brought_in(&office, &lines);
        let folder = tempfile::tempdir().expect("a folder");
        travaux_import::export_git(&office.engine, folder.path()).expect("it is exported");
        let repository = git2::Repository::open(folder.path()).expect("a repository");
        let tree = repository.head().and_then(|head| head.peel_to_tree()).expect("a tree");
        let mut found = BTreeMap::new();
        for entry in &tree {
            let blob = repository.find_blob(entry.id()).expect("a file");
            found.insert(entry.name().expect("a name").to_owned(), blob.content().to_vec());
        }
        let standing = known.values().filter(|document| document.stands);
        let expected: BTreeMap<_, _> = standing
            .map(|document| (document.path.clone(), document.texts.last().cloned().unwrap_or_default().into_bytes()))
            .collect();
        prop_assert_eq!(found, expected);
    }
}
