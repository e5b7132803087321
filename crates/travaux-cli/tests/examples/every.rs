//! What holds of every command that there is: it is run as its example stands, and nothing is left out without a reason.

use crate::{
    Shelf, examples, prepare,
    stores::{Bound, words},
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
