//! Words of others stay where they stand: no title, name or reason begins a line of its own, turns the
//! direction of what follows, or moves the cursor, in what any command says.

#[expect(dead_code, reason = "no line is a snapshot here")]
mod home;

use std::process::Output;

use home::Home;

/// What somebody puts behind a word to forge a line of the answer.
const FORGED: &str = "\\nFORGED\\u001b[2J\\u202e";

/// The same on the command line.
fn forged(word: &str) -> String {
    format!("{word}\nFORGED\u{1b}[2J\u{202e}")
}

/// No line begins with what was forged, and nothing of it is there as it was given.
#[track_caller]
fn holds(args: &[&str], output: &Output) {
    for written in [&output.stdout, &output.stderr] {
        let text = String::from_utf8_lossy(written);
        for line in text.lines() {
            let shown = line.trim_start_matches([' ', '-', '+', '·', ':']);
            assert!(!shown.starts_with("FORGED"), "{args:?}: {text}");
        }
        assert!(!text.contains('\u{1b}'), "{args:?}: the cursor: {text}");
        assert!(
            !text.contains('\u{202e}'),
            "{args:?}: the direction: {text}"
        );
    }
}

/// An office in which every word that somebody may choose is forged: the handles alone are not.
fn office() -> Home {
    let home = Home::new();
    home.write("fr.md", "## Article 1\n\nLes Parties coopèrent.\n");
    let parties = format!(
        r#""parties":[{{"id":"A","name":"State A{FORGED}"}},{{"id":"B","name":"State B{FORGED}"}}]"#
    );
    home.write(
        "manifest.json",
        &format!(
            r#"{{"title":"Treaty{FORGED}","handle":"treaty","kind":"treaty{FORGED}","profile":"treaty/vclt",{parties},
            "languages":["fr"],"texts":{{"fr":"fr.md"}},"final_clauses":[
            {{"label":"Article 9{FORGED}","provides":{{"denunciation":{{"months":6}}}}}}]}}"#
        ),
    );
    home.write(
        "framework.json",
        &format!(
            r#"{{"title":"Pact{FORGED}","handle":"pact","declaration":{{"title":"declaration{FORGED}","made":"2024-10","by":["A"]}},
            {parties},"areas":[{{"key":"all","title":"All{FORGED}"}}]}}"#
        ),
    );
    home.write(
        "roadmap.json",
        &format!(
            r#"{{"title":"Roadmap{FORGED}","adopted_on":"2024-12-01","steps":[{{"area":"all","title":"Meet{FORGED}"}}]}}"#
        ),
    );
    home.write(
        "package.json",
        &format!(
            r#"{{"title":"Spring{FORGED}","handle":"spring","framework":"pact","revisions":[{{"agreement":"treaty",
            "title":"Words{FORGED}","operations":[{{"substitute_words":{{"provision":"1.2","lang":"fr",
            "find":"coopèrent","with":"agissent","count":1}}}}]}}]}}"#
        ),
    );
    let (reason, name) = (forged("no"), forged("the minister"));
    let acts: &[&[&str]] = &[
        &["--as", "A", "propose", "manifest.json"],
        &[
            "--as",
            "A",
            "framework",
            "found",
            "framework.json",
            "--consenting",
            "A,B",
        ],
        &[
            "--as",
            "A",
            "framework",
            "join",
            "pact",
            "treaty",
            "--area",
            "all",
        ],
        &[
            "--as",
            "A",
            "framework",
            "roadmap",
            "pact",
            "roadmap.json",
            "--consenting",
            "A,B",
        ],
        &["--as", "A", "package", "propose", "package.json"],
        &[
            "--as", "B", "package", "reject", "spring", "--reason", &reason,
        ],
        &["--as", "B", "accept", "treaty", "--revision", "1"],
        &["--as", "A", "adopt", "treaty", "--revision", "1"],
        &["--as", "A", "authenticate", "treaty", "--method", &reason],
        &[
            "--as",
            "A",
            "sign",
            "treaty",
            "--on",
            "2024-02-01",
            "--by",
            &name,
            "--full-powers",
        ],
        &[
            "--as",
            "B",
            "sign",
            "treaty",
            "--on",
            "2024-02-01",
            "--by",
            &name,
            "--full-powers",
        ],
        &[
            "--as",
            "A",
            "enter-into-force",
            "treaty",
            "--on",
            "2024-03-01",
            "--basis",
            &reason,
            "--consenting",
            "A,B",
        ],
        &[
            "--as",
            "A",
            "notify",
            "treaty",
            "--on",
            "2024-03-02",
            "--subject",
            &reason,
        ],
        &[
            "--as",
            "A",
            "denounce",
            "treaty",
            "--received-on",
            "2024-05-01",
        ],
    ];
    for args in acts {
        let output = home.output(args);
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{args:?}: {said}");
        holds(args, &output);
    }
    home
}

#[test]
fn no_command_that_asks_lets_words_of_others_forge_a_line() {
    let home = office();
    let asked: &[&[&str]] = &[
        &["list"],
        &["show", "treaty"],
        &["show", "treaty", "--as-of", "2024-04-01"],
        &["log", "treaty"],
        &["diff", "treaty", "1", "1"],
        &["blame", "treaty"],
        &["history", "treaty"],
        &[
            "in-force",
            "treaty",
            "--between",
            "A,B",
            "--as-of",
            "2024-04-01",
            "--why",
        ],
        &[
            "in-force",
            "treaty",
            "--between",
            "A,B",
            "--as-of",
            "2025-04-01",
            "--why",
        ],
        &["check", "treaty"],
        &["align", "treaty"],
        &["package", "list"],
        &["package", "show", "spring"],
        &["framework", "list"],
        &["framework", "state", "pact"],
        &["framework", "history", "pact"],
        &["handle", "list"],
        &["audit"],
    ];
    for args in asked {
        let output = home.output(args);
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{args:?}: {said}");
        holds(args, &output);
    }
}

#[test]
fn no_failure_lets_words_of_others_forge_a_line() {
    let home = office();
    // Names that are near, or of another kind; what is refused with words of others.
    let failing: &[&[&str]] = &[
        &["show", "treatty"],
        &["show", "pact"],
        &["show", "spring"],
        &["framework", "state", "treaty"],
        &["framework", "state", "packt"],
        &["package", "show", "sprin"],
        &["in-force", "treaty", "--between", "A,Z"],
        &[
            "--as",
            "A",
            "denounce",
            "treaty",
            "--received-on",
            "2024-06-01",
        ],
        &["--as", "A", "package", "adopt", "spring"],
        &["--as", "A", "propose", "manifest.json"],
    ];
    for args in failing {
        let output = home.output(args);
        assert!(!output.status.success(), "{args:?}");
        holds(args, &output);
    }
}

#[test]
fn programs_get_the_words_as_they_were_given() {
    let home = office();
    let output = home.output(&["list", "--format", "json"]);
    let line: serde_json::Value = serde_json::from_slice(&output.stdout).expect("one line");
    assert_eq!(line["title"], forged("Treaty"));
    let output = home.output(&["package", "show", "spring", "--format", "json"]);
    let package: serde_json::Value = serde_json::from_slice(&output.stdout).expect("a document");
    assert_eq!(package["title"], forged("Spring"));
    assert_eq!(package["status"]["reason"], forged("no"));
}
