//! Every example that help shows is run as it stands: the real binary, on the store that `table.rs` names for it.

mod bad;
mod every;
#[path = "../promised/mod.rs"]
mod promised;
mod stores;
mod table;

use std::collections::BTreeMap;

use stores::{Bound, Kind, run};
use table::TABLE;

/// What `--help` says of `path`.
fn help(path: &[String]) -> String {
    let mut args = path.to_vec();
    args.push("--help".to_owned());
    let folder = tempfile::tempdir().expect("a folder");
    let output = run(folder.path(), &args);
    assert!(output.status.success(), "{path:?}");
    String::from_utf8(output.stdout).expect("text")
}

/// The commands that help lists under `path`.
fn listed(help: &str) -> Vec<String> {
    help.lines()
        .filter_map(|line| line.strip_prefix("  "))
        .filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()))
        .filter_map(|line| line.split(' ').next())
        .filter(|name| *name != "help")
        .map(str::to_owned)
        .collect()
}

/// The example of each command that does something, by the command; help breaks lines, examples have none.
fn examples(path: &[String], found: &mut BTreeMap<String, String>) {
    let help = help(path);
    if let Some((_, example)) = help.split_once("Example: ") {
        let example = example.trim().replace('\n', " ");
        found.insert(path.join(" "), example);
        return;
    }
    let inner = listed(&help);
    assert!(!inner.is_empty(), "`{}` has no example", path.join(" "));
    for name in inner {
        let mut path = path.to_vec();
        path.push(name);
        examples(&path, found);
    }
}

/// Stores that were made once, and are copied for each example.
#[derive(Default)]
struct Shelf(BTreeMap<Kind, Bound>);

impl Shelf {
    fn copy(&mut self, kind: Kind) -> Bound {
        let made = self.0.entry(kind).or_insert_with(|| kind.make());
        made.copy()
    }
}

/// Does what goes before an example; what is said of the line that fails.
fn prepare(bound: &mut Bound, before: &[&str]) -> Result<(), String> {
    for line in before {
        let output = bound.run(line);
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr);
            return Err(format!("before it, `{line}`: {said}"));
        }
        bound.bind();
    }
    Ok(())
}

/// Runs an example, what went before it first: its status and what it wrote.
fn play(bound: &mut Bound, before: &[&str], example: &str) -> (Option<i32>, String) {
    if let Err(said) = prepare(bound, before) {
        return (None, said);
    }
    let output = bound.run(example.strip_prefix("travaux ").expect("an example"));
    let said = [output.stdout, output.stderr].concat();
    (
        output.status.code(),
        String::from_utf8_lossy(&said).into_owned(),
    )
}

#[test]
fn every_example_runs_as_it_stands() {
    let mut found = BTreeMap::new();
    examples(&[], &mut found);
    let mut shelf = Shelf::default();
    let mut wrong = Vec::new();
    for (command, example) in &found {
        let Some(row) = TABLE.iter().find(|row| row.command == command) else {
            wrong.push(format!("`{command}` has no row in table.rs: {example}"));
            continue;
        };
        let mut bound = shelf.copy(row.store);
        let (status, said) = play(&mut bound, row.before, example);
        if status != Some(row.status) {
            wrong.push(format!(
                "`{example}`: expected status {}, found {status:?}: {said}",
                row.status
            ));
        }
    }
    for row in TABLE {
        if !found.contains_key(row.command) {
            wrong.push(format!("`{}` has a row, and no example", row.command));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
