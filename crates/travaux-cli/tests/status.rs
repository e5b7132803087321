//! Every view says the same of where an agreement stands.

mod home;

use home::{Home, check};

/// A treaty of A and B with these final clauses, authenticated, under a framework.
fn treaty(clauses: &str) -> (Home, String, String) {
    let home = Home::new();
    home.write("fr.md", "## Article 1\n\nLes Parties coopèrent.\n");
    home.write(
        "manifest.json",
        &format!(
            r#"{{"title":"Treaty","kind":"treaty","profile":"treaty/vclt","parties":[{{"id":"A","name":"A"}},{{"id":"B","name":"B"}}],
            "languages":["fr"],"texts":{{"fr":"fr.md"}},"final_clauses":[{clauses}]}}"#
        ),
    );
    home.write(
        "framework.json",
        r#"{"title":"Framework","declaration":{"title":"declaration","made":"2024-10","by":["A"]},
        "parties":[{"id":"A","name":"A"},{"id":"B","name":"B"}],"areas":[{"key":"all","title":"All"}]}"#,
    );
    home.run(&["--as", "A", "propose", "manifest.json"]);
    let id = home.only();
    home.run(&["--as", "B", "accept", &id, "--revision", "1"]);
    home.run(&["--as", "A", "adopt", &id, "--revision", "1"]);
    home.run(&["--as", "A", "authenticate", &id]);
    home.run(&[
        "--as",
        "A",
        "framework",
        "found",
        "framework.json",
        "--consenting",
        "A,B",
    ]);
    let framework = json(&home, &["framework", "list"])["id"]
        .as_str()
        .expect("an id")
        .to_owned();
    home.run(&[
        "--as",
        "A",
        "framework",
        "join",
        &framework,
        &id,
        "--area",
        "all",
    ]);
    (home, id, framework)
}

fn json(home: &Home, args: &[&str]) -> serde_json::Value {
    let args = [args, &["--format", "json"]].concat();
    let output = home.output(&args);
    serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|e| panic!("{args:?}: {e}: {}", String::from_utf8_lossy(&output.stderr)))
}

fn sign(home: &Home, id: &str) {
    for party in ["A", "B"] {
        let signed = home.run(&[
            "--as",
            party,
            "sign",
            id,
            "--on",
            "2025-01-01",
            "--by",
            "x",
            "--office",
            "foreign-minister",
            "--manner",
            "definitive",
        ]);
        assert!(signed.contains("status 0"), "{signed}");
    }
}

/// What `list`, `framework state`, `show` and `in-force` say, of that date; all the same.
#[track_caller]
fn all_say((home, id, framework): &(Home, String, String), on: &str, expected: &str) {
    let list = home.run(&["list", "--as-of", on]);
    let state = home.run(&["framework", "state", framework, "--as-of", on]);
    let show = home.run(&["show", id, "--as-of", on]);
    let between = home.run(&["in-force", id, "--between", "A,B", "--as-of", on]);
    let force = expected.split("; ").nth(1).expect("text; force");
    assert!(list.contains(force), "list: {list}");
    assert!(
        state.contains(&format!("      {expected}\n")),
        "state: {state}"
    );
    assert!(
        show.contains(&format!("on {on}: {expected}\n")),
        "show: {show}"
    );
    assert!(
        between.contains(&format!("on {on}: {expected}\n")),
        "in-force: {between}"
    );
    let ask = |args: &[&str]| json(home, &[args, &["--as-of", on]].concat());
    let statuses = [
        ask(&["list"])["status"].clone(),
        ask(&["framework", "state", framework])["statuses"][id].clone(),
        ask(&["show", id])["status"].clone(),
        ask(&["in-force", id, "--between", "A,B"])["status"].clone(),
    ];
    assert!(statuses[0]["text"]["state"].is_string(), "{statuses:?}");
    for other in &statuses[1..] {
        assert_eq!(*other, statuses[0]);
    }
}

#[test]
fn a_treaty_in_force_by_signature_is_in_force_though_nobody_recorded_it() {
    let treaty = treaty("");
    let text = "authenticated on 2025-01-01";
    let waiting = format!("{text}; not in force; waiting for the consent of A, the consent of B");
    all_say(&treaty, "2025-01-01", &waiting);
    sign(&treaty.0, &treaty.1);
    all_say(
        &treaty,
        "2025-01-01",
        &format!("{text}; in force since 2025-01-01"),
    );
}

#[test]
fn before_its_date_it_is_not_in_force_and_before_its_end_it_has_not_ended() {
    let clause = r#"{"label":"Article 9","provides":{"entry_into_force":"first day of the 2nd month after last consent"}}"#;
    let treaty = treaty(clause);
    let (home, id, _) = &treaty;
    sign(home, id);
    let entered = home.run(&["--as", "A", "enter-into-force", id, "--basis", "Article 9"]);
    assert!(entered.contains("status 0"), "{entered}");
    let ended = home.run(&[
        "--as",
        "A",
        "end",
        id,
        "--on",
        "2035-01-01",
        "--ground",
        "agreed",
        "--consenting",
        "A,B",
    ]);
    assert!(ended.contains("status 0"), "{ended}");
    let text = "authenticated on 2025-01-01";
    all_say(
        &treaty,
        "2025-02-28",
        &format!("{text}; to be in force from 2025-03-01, ends on 2035-01-01"),
    );
    all_say(
        &treaty,
        "2025-03-01",
        &format!("{text}; in force since 2025-03-01, ends on 2035-01-01"),
    );
    all_say(
        &treaty,
        "2035-01-01",
        &format!("{text}; ended on 2035-01-01"),
    );
}

#[test]
fn list_knows_no_more_than_was_known_then() {
    let (home, _, _) = treaty("");
    let seen = home.run(&["list", "--known-at", "2024-12-31"]);
    assert_eq!(
        seen.lines().count(),
        3,
        "the command, its status and the head: {seen}"
    );
    assert!(
        home.run(&["list", "--known-at", "2025-01-01"])
            .contains("Treaty")
    );
}

#[test]
fn before_it_was_proposed_every_command_says_that_there_was_none() {
    let (home, id, _) = treaty("");
    for args in [
        &["show", &id, "--known-at", "2024-12-31"][..],
        &[
            "in-force",
            &id,
            "--between",
            "A,B",
            "--known-at",
            "2024-12-31",
        ],
    ] {
        let seen = home.run(args);
        let says = "as known at the end of 2024-12-31, there is no such agreement: it was recorded at \
                    2025-01-01T00:00:00Z";
        assert!(seen.contains("status 2") && seen.contains(says), "{seen}");
        let last = args.len() - 1;
        let then: Vec<&str> = args[..last].iter().copied().chain(["2025-01-01"]).collect();
        assert!(home.run(&then).contains("status 0"));
    }
}

#[test]
fn a_rejected_package_says_by_whom_and_why_in_the_words_that_were_given() {
    let (home, id, _) = treaty("");
    let text = r#"[{"substitute_words":{"provision":"1.2","lang":"fr","find":"coopèrent","with":"agissent","count":1}}]"#;
    home.write(
        "package.json",
        &format!(r#"{{"title":"Package","revisions":[{{"agreement":"{id}","nature":"amendment","operations":{text}}}]}}"#),
    );
    home.run(&["--as", "A", "package", "propose", "package.json"]);
    let package = json(&home, &["package", "list"])["id"]
        .as_str()
        .expect("an id")
        .to_owned();
    let reason = r#"Article 3 of the "Convention" stands"#;
    let mut seen = Vec::new();
    for args in [
        &["package", "list"][..],
        &["package", "show", &package],
        &[
            "--as", "B", "package", "reject", &package, "--reason", reason,
        ],
        &["package", "list"],
        &["package", "show", &package],
        &["package", "list", "--format", "json"],
    ] {
        seen.push(
            home.run(args)
                .replace(&package, "PACKAGE")
                .replace(&id, "ID"),
        );
    }
    check("package_rejected", &seen);
}
