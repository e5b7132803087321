//! Command lines that cannot be done: the status and the words, the same for people and programs.
//! Nothing is written to standard output for people, and nothing is recorded.

#[expect(dead_code, reason = "a table says what is expected, no snapshot")]
mod home;

use home::Home;
use serde_json::Value;

/// A store with a treaty of A and B, adopted, its revision 2 open; a framework and a package.
fn office() -> Home {
    let home = Home::new();
    home.write(
        "fr.md",
        "## Article 1\n\nLes Parties coopèrent.\n\n## Article 2\n\nElles se réunissent.\n",
    );
    let parties = r#""parties":[{"id":"A","name":"State A"},{"id":"B","name":"State B"}]"#;
    home.write(
        "treaty.json",
        &format!(
            r#"{{"title":"Treaty","kind":"treaty","profile":"treaty/vclt",{parties},"languages":["fr"],"texts":{{"fr":"fr.md"}}}}"#
        ),
    );
    home.write(
        "pact.json",
        &format!(
            r#"{{"title":"Pact","declaration":{{"title":"declaration","made":"2024-10","by":["A"]}},{parties},"areas":[]}}"#
        ),
    );
    home.write(
        "amend.json",
        r#"[{"substitute_words":{"provision":"1.2","lang":"fr","find":"coopèrent","with":"agissent","count":1}}]"#,
    );
    for line in [
        "--as A propose treaty.json",
        "--as A framework found pact.json --consenting A,B",
        "--as B accept treaty --revision 1",
        "--as A adopt treaty --revision 1",
        "--as A amend treaty --ops amend.json",
    ] {
        let seen = home.run(&line.split(' ').collect::<Vec<_>>());
        assert!(seen.contains("\nstatus 0\n"), "{seen}");
    }
    home
}

/// A command line, its status, and how the words begin that say what is wrong.
const LINES: &[(&str, i32, &str)] = &[
    (
        "list --framework pact --after treaty",
        2,
        "--after: `treaty` is not in this list",
    ),
    // The command and its arguments.
    ("lst", 2, "there is no command `lst`; did you mean `list`?"),
    (
        "xyzzy",
        2,
        "there is no command `xyzzy`; `travaux help` lists all",
    ),
    (
        "package xyzzy",
        2,
        "there is no command `xyzzy`; `travaux help package` lists all",
    ),
    (
        "framework stat",
        2,
        "there is no command `stat`; did you mean `state`?",
    ),
    ("show", 2, "<AGREEMENT> is missing"),
    ("handle give", 2, "<NAME>, <HANDLE> are missing"),
    ("sign treaty", 2, "--on <DATE>, --by <TEXT> are missing"),
    (
        "show treaty again",
        2,
        "`again` is more than is expected here",
    ),
    (
        "show treaty --revison 1",
        2,
        "there is no option `--revison` here; did you mean `--revision`?",
    ),
    (
        "show treaty --revision",
        2,
        "--revision <REVISION> needs a value",
    ),
    (
        "show treaty --revision 1 --revision 2",
        2,
        "--revision <REVISION> is given twice",
    ),
    (
        "show treaty --as-of 2025-01-01 --revision 1",
        2,
        "--as-of <DATE> and --revision <REVISION> exclude one another: give one",
    ),
    // Numbers, dates, times, words of a choice.
    (
        "show treaty --revision x",
        2,
        "--revision <REVISION>: expected a whole number such as 3, found `x`",
    ),
    (
        "show treaty --revision -1",
        2,
        "--revision <REVISION>: expected a whole number such as 3, found `-1`",
    ),
    (
        "list --limit -1",
        2,
        "--limit <N>: expected a whole number such as 3, found `-1`",
    ),
    (
        "list --limit 1.5",
        2,
        "--limit <N>: expected a whole number such as 3, found `1.5`",
    ),
    (
        "show treaty --as-of 2025-02-30",
        2,
        "--as-of <DATE>: expected a date such as 2024-10-30, found",
    ),
    (
        "list --known-at noon",
        2,
        "--known-at <TIME>: expected a time such as 2024-10-30T12:00:00Z, or a date",
    ),
    (
        "list --status force",
        2,
        "--status <STATE>: expected one of not there, a draft, ",
    ),
    (
        "list --format yaml",
        2,
        "--format <FORMAT>: there is no `yaml`; expected one of text, json",
    ),
    (
        "--as A sign treaty --on 2025-01-01 --by m --manner maybe",
        2,
        "--manner <WHICH>: there is no `maybe`",
    ),
    (
        "topic nothing",
        2,
        "[TOPIC]: there is no `nothing`; expected one of operations, ",
    ),
    (
        "law E99",
        2,
        "`E99` is no row of the table: rows have names such as T4, C8 or E13",
    ),
    // Names.
    (
        "show nope",
        2,
        "there is no agreement `nope`; `travaux list` shows all",
    ),
    (
        "show treatty",
        2,
        "there is no agreement `treatty`; did you mean\n  agreement treaty, ",
    ),
    (
        "history nope",
        2,
        "there is no agreement, framework, package, meeting, body, roadmap, procedure, indicator or exchange `nope`",
    ),
    (
        "show pact",
        2,
        "`pact` is a framework (Pact): `travaux framework state pact` shows it",
    ),
    (
        "framework state treaty",
        2,
        "`treaty` is an agreement (Treaty): `travaux show treaty` shows it",
    ),
    (
        "package show treaty",
        2,
        "`treaty` is an agreement (Treaty): `travaux show treaty` shows it",
    ),
    (
        "list --party Z",
        2,
        "--party: there is no `Z`; expected one of A, B",
    ),
    (
        "list --profile none",
        2,
        "--profile: there is no `none`; expected one of ",
    ),
    ("list --framework nope", 2, "there is no framework `nope`"),
    (
        "in-force treaty --between A,B,C",
        2,
        "--between: expected two parties, found 3",
    ),
    (
        "in-force treaty --between A",
        2,
        "--between: expected two parties, found 1",
    ),
    (
        "in-force treaty --between A,Z",
        2,
        "there is no party `Z`: the parties are A, B",
    ),
    (
        "in-force treaty --between A,A",
        2,
        "--between: expected two parties, found `A` twice",
    ),
    // Revisions, languages, provisions.
    (
        "show treaty --revision 9",
        2,
        "there is no revision 9: they run from 1 to 2",
    ),
    ("blame treaty --revision 2", 2, "revision 2 "),
    (
        "diff treaty 1 9",
        2,
        "there is no revision 9: they run from 1 to 2",
    ),
    ("diff treaty 1 soon", 2, "`soon` "),
    (
        "show treaty --lang zz",
        2,
        "there is no zz text: the languages are fr",
    ),
    (
        "blame treaty --provision 9.9",
        2,
        "there is no provision `9.9` in this text",
    ),
    // Files.
    (
        "--as A propose none.json",
        2,
        "cannot read none.json: No such file or directory",
    ),
    (
        "--as A revise treaty --ops treaty.json",
        2,
        "treaty.json, line 1",
    ),
    ("--as A framework found amend.json", 2, "amend.json, line 1"),
    // Who acts, and the rules.
    (
        "accept treaty --revision 2",
        2,
        "whose act is this? Name the party with --as PARTY",
    ),
    (
        "--as Z accept treaty --revision 2",
        1,
        "cannot accept a revision: ",
    ),
    (
        "--as A accept treaty --revision 2",
        1,
        "cannot accept a revision: ",
    ),
    (
        "--as B accept treaty --revision 9",
        1,
        "cannot accept a revision: expected a revision from 1 to 2",
    ),
    (
        "--as A adopt treaty --revision 2",
        1,
        "cannot adopt a text: expected the consent of all parties",
    ),
    (
        "--as B withdraw treaty --revision 2",
        1,
        "cannot withdraw a revision: ",
    ),
    (
        "--as A propose treaty.json --handle treaty",
        1,
        "cannot give a handle: ",
    ),
    (
        "--as Z framework join pact treaty --area all",
        1,
        "cannot act under a framework: expected A, B, found `Z`",
    ),
    (
        "--as A framework join pact treaty --area all",
        1,
        "cannot bring an agreement under the framework: ",
    ),
    // Stores.
    (
        "--store nowhere list",
        2,
        "there is no store at nowhere: name one with --store, or make one",
    ),
    (
        "--store nowhere --as Z propose none.json",
        2,
        "cannot read none.json",
    ),
];

#[test]
fn each_line_says_what_is_wrong_to_people_and_to_programs_and_records_nothing() {
    let home = office();
    let before = home.output(&["export", "jsonl", "before.jsonl"]);
    assert!(before.status.success());
    let mut wrong = Vec::new();
    for (line, status, says) in LINES {
        let args: Vec<_> = line.split(' ').collect();
        let output = home.output(&args);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        let words = said.strip_prefix("error: ").unwrap_or(&said);
        if output.status.code() != Some(*status) || !words.starts_with(says) {
            wrong.push(format!(
                "{line}\n  {:?} {said}  expected {status} {says}",
                output.status.code()
            ));
            continue;
        }
        assert!(
            output.stdout.is_empty(),
            "{line}: an answer beside the failure"
        );
        // A format that there is not cannot be asked for twice.
        if line.contains("--format") {
            continue;
        }
        let output = home.output(&[&["--format", "json"], &args[..]].concat());
        let failure: Value = serde_json::from_slice(&output.stdout).expect("one document");
        assert_eq!(output.status.code(), Some(*status), "{line}");
        assert_eq!(
            (&failure["ok"], &failure["exit"]),
            (&false.into(), &(*status).into())
        );
        let message = failure["message"].as_str().expect("words");
        assert!(message.starts_with(says), "{line}: {message}");
        assert!(
            words.starts_with(message),
            "{line}: people are told {words}"
        );
        assert_eq!(failure["refusal"].is_object(), *status == 1, "{line}");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    home.output(&["export", "jsonl", "after.jsonl"]);
    let read = |name: &str| std::fs::read(home.0.path().join(name)).expect("it was written");
    assert_eq!(
        read("before.jsonl"),
        read("after.jsonl"),
        "nothing was recorded"
    );
    assert!(!home.0.path().join("nowhere").exists(), "no store was made");
}

#[test]
fn each_line_of_the_table_is_another() {
    let mut lines: Vec<_> = LINES.iter().map(|(line, ..)| line).collect();
    lines.sort_unstable();
    lines.dedup();
    assert_eq!(lines.len(), LINES.len());
}

#[test]
fn a_clock_for_tests_that_says_no_time_is_refused() {
    let home = office();
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_travaux"))
        .args(["list"])
        .current_dir(home.0.path())
        .env_clear()
        .env("TRAVAUX_TEST_TIME", "noon")
        .output()
        .expect("the command runs");
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(
        said.contains("TRAVAUX_TEST_TIME: expected a time"),
        "{said}"
    );
}
