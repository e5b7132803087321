//! What holds of every command that there is: it is run as its example stands, and nothing is left out without a reason.

use crate::{
    Shelf, examples, prepare,
    stores::{Bound, Kind, words},
    table::{Row, TABLE},
};

/// The example of a row, without `travaux` and without where its output goes.
fn example(known: &std::collections::BTreeMap<String, String>, row: &Row) -> Vec<String> {
    let example = known[row.command].strip_prefix("travaux ");
    let example = example.expect("an example").split(" > ").next();
    words(example.unwrap_or_default())
}

/// All that can be asked of what stands in a store, about whichever agreement, framework and package it has.
fn ask(bound: &Bound) {
    let ask = |line: &str| drop(bound.run_words(&words(&format!("{line} --format json"))));
    for line in [
        "list",
        "list --as-of 2020-01-01 --known-at 2024-12-31",
        "log 0199",
        "show 0199",
        "show 0199 --revision 1",
        "show 0199 --as-of 2019-12-31",
        "show 0199 --as-of 2026-06-01",
        "show 0199 --as-of 2026-06-01 --known-at 2025-06-01",
        "blame 0199",
        "blame 0199 --provision 1.2",
        "diff 0199 1 1",
        "diff 0199 1 2",
        "history 0199",
        "check 0199",
        "align 0199",
        "instrument 0199 --revision 2",
        "framework list",
        "framework state 0199",
        "framework history 0199",
        "package list",
        "package show 0199",
        "audit",
        "seal",
        "verify travaux-store",
    ] {
        ask(line);
    }
    let parties = bound.parties();
    for (at, a) in parties.iter().enumerate() {
        for b in &parties[at + 1..] {
            for on in ["2019-12-31", "2025-02-01", "2030-12-31"] {
                ask(&format!(
                    "in-force 0199 --between {a},{b} --as-of {on} --why"
                ));
            }
        }
    }
}

#[test]
fn every_command_writes_what_the_contract_promises_and_so_does_what_is_asked_after_it() {
    let mut known = std::collections::BTreeMap::new();
    examples(&[], &mut known);
    let mut shelf = Shelf::default();
    for row in TABLE {
        let mut bound = shelf.copy(row.store);
        prepare(&mut bound, row.before).expect("what goes before it");
        let mut words = example(&known, row);
        words.extend(["--format".to_owned(), "json".to_owned()]);
        // What it writes is held against the contract where it is run.
        let output = bound.run_words(&words);
        assert_eq!(output.status.code(), Some(row.status), "{words:?}");
        assert!(
            !output.stdout.is_empty() || LINES.contains(&row.command),
            "{words:?}"
        );
        bound.bind();
        ask(&bound);
    }
}

/// Commands whose example finds nothing to list.
const LINES: &[&str] = &["align", "check", "list"];

/// Commands that make a store where there is none, and why. No other one may.
const MAKES: &[(&str, &str)] = &[
    (
        "demo",
        "it plays a scenario into the store that it is to keep",
    ),
    ("framework found", "the first act of a partnership"),
    ("framework propose", "the first act of a partnership"),
    ("import jsonl", "it brings in histories"),
    ("init", "that is what it is for"),
    ("propose", "the first act of a negotiation"),
];

#[test]
fn only_what_is_for_it_makes_a_store() {
    let mut known = std::collections::BTreeMap::new();
    examples(&[], &mut known);
    let mut shelf = Shelf::default();
    for row in TABLE {
        let bound = shelf.copy(Kind::Empty);
        let output = bound.run_words(&example(&known, row));
        let makes = MAKES.iter().any(|(command, _)| *command == row.command);
        let stores = bound.stores();
        assert_eq!(
            !stores.is_empty(),
            makes,
            "{}: {stores:?}, {output:?}",
            row.command
        );
    }
    for (command, why) in MAKES {
        assert!(
            TABLE.iter().any(|row| row.command == *command),
            "{command}: {why}"
        );
    }
}

#[test]
fn a_reader_may_go_away_from_every_command() {
    let mut known = std::collections::BTreeMap::new();
    examples(&[], &mut known);
    let mut shelf = Shelf::default();
    for row in TABLE {
        let mut prepared = shelf.copy(row.store);
        prepare(&mut prepared, row.before).expect("what goes before it");
        let words = example(&known, row);
        let with = |more: &[&str]| -> Vec<String> {
            let more = more.iter().map(|word| (*word).to_owned());
            words.iter().cloned().chain(more).collect()
        };
        let json = with(&["--format", "json"]);
        for (words, read) in [(with(&[]), 0), (json, 1), (with(&["--help"]), 1)] {
            let helps = words.last().is_some_and(|word| word == "--help");
            let status = if helps { 0 } else { row.status };
            let (found, said) = prepared.copy().cut(&words, read);
            assert_eq!(found, Some(status), "{words:?} after {read} bytes: {said}");
            let quiet = status != 0 || said.is_empty();
            assert!(quiet && !said.contains("panicked"), "{words:?}: {said}");
        }
    }
}
