//! The command as a newcomer meets it: real binary, own folder, fixed clock; status, output and errors as snapshots.

mod home;

use std::path::Path;

use home::{Home, check};

fn founding(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../examples/founding")
        .join(name);
    path.canonicalize()
        .expect("the example is there")
        .display()
        .to_string()
}

/// The id of the only agreement.
fn only(home: &Home) -> String {
    home.only()
}

#[test]
fn demo() {
    check("demo", &[Home::new().run(&["demo"])]);
}

#[test]
fn a_negotiation() {
    let home = Home::new();
    let (manifest, ops) = (
        founding("security/manifest.json"),
        founding("security/2-time-limit.json"),
    );
    let mut seen = vec![home.run(&["--as", "FR", "propose", &manifest])];
    let id = only(&home);
    let title = "A time limit";
    for args in [
        &[
            "--as",
            "MA",
            "--person",
            "Directorate",
            "revise",
            &id,
            "--ops",
            &ops,
            "--title",
            title,
        ][..],
        &["--as", "MA", "adopt", &id, "--revision", "2"],
        &[
            "--as",
            "FR",
            "reject",
            &id,
            "--revision",
            "2",
            "--reason",
            "too long",
        ],
        &["--as", "FR", "withdraw", &id, "--revision", "2"],
        &["--as", "FR", "accept", &id, "--revision", "2"],
        &[
            "--as",
            "FR",
            "adopt",
            &id,
            "--revision",
            "2",
            "--effective-from",
            "2025-03-01",
        ],
        &["--as", "FR", "authenticate", &id],
        &["--as", "FR", "revise", &id, "--ops", &ops],
        &[
            "--as",
            "FR",
            "enter-into-force",
            &id,
            "--on",
            "2025-03-01",
            "--basis",
            "Article 5",
        ],
        &["list"],
        &["log", &id],
        &["show", &id, "--lang", "en"],
        &["show", &id, "--as-of", "2025-02-01", "--lang", "en"],
        &["diff", &id, "1", "2", "--lang", "ar"],
        &["diff", &id, "1", "1"],
        &["blame", &id, "--provision", "1.8", "--lang", "en"],
        &["history", &id],
        &["audit"],
        &["replay"],
    ] {
        seen.push(home.run(args).replace(&id, "ID"));
    }
    check("negotiation", &seen);
}

#[test]
fn json_is_a_contract() {
    let home = Home::new();
    home.run(&[
        "--as",
        "FR",
        "propose",
        &founding("migration/manifest.json"),
    ]);
    let id = only(&home);
    let mut seen = Vec::new();
    for args in [
        &["list"][..],
        &["log", &id],
        &["show", &id, "--lang", "en"],
        &["show", &id, "--as-of", "2025-02-01"],
        &["diff", &id, "1", "1"],
        &["history", &id],
        &["--as", "MA", "accept", &id, "--revision", "1"],
        &["--as", "MA", "adopt", &id, "--revision", "1"],
        &["package", "list"],
        &["framework", "list"],
    ] {
        seen.push(
            home.run(&[args, &["--format", "json"]].concat())
                .replace(&id, "ID"),
        );
    }
    check("json", &seen);
}

#[test]
fn errors_say_what_where_and_what_to_do() {
    let home = Home::new();
    let mut seen = vec![
        home.run(&["list"]),
        home.run(&["show", "x", "--known-at", "2020-01-01"]),
    ];
    home.run(&[
        "--as",
        "FR",
        "propose",
        &founding("migration/manifest.json"),
    ]);
    let id = only(&home);
    home.write("broken.json", "{\"title\":");
    home.write(
        "ops.json",
        "[{\"substitute_words\":{\"provision\":\"1.2\",\"lang\":\"fr\",\"find\":\"absent\",\"with\":\"x\",\"count\":1}}]",
    );
    for args in [
        &["show", "migratoin"][..],
        &["show", &id, "--lang", "de"],
        &["show", &id, "--revision", "9"],
        &["show", &id, "--as-of", "soon"],
        &["diff", &id, "1", "tomorrow"],
        &["revise", &id, "--ops", "ops.json"],
        &["--as", "FR", "revise", &id, "--ops", "ops.json"],
        &["--as", "FR", "revise", &id, "--ops", "none.json"],
        &["--as", "FR", "propose", "broken.json"],
        &["import", "git", "ops.json"],
        &["import", "jsonl", "ops.json"],
        &["framework", "state", "x"],
        &["package", "adopt", "x"],
    ] {
        seen.push(home.run(args).replace(&id, "ID"));
    }
    check("errors", &seen);
}

#[test]
fn a_framework_and_a_package() {
    let home = Home::new();
    home.write(
        "framework.json",
        r#"{"title":"Framework","declaration":{"title":"declaration","made":"2024-10","by":[]},
            "parties":[{"id":"FR","name":"France"},{"id":"MA","name":"Morocco"}],"areas":[{"key":"migration","title":"Migration"}]}"#,
    );
    let mut seen = vec![home.run(&[
        "--as",
        "FR",
        "framework",
        "found",
        "framework.json",
        "--consenting",
        "FR,MA",
    ])];
    home.run(&[
        "--as",
        "FR",
        "propose",
        &founding("migration/manifest.json"),
    ]);
    let id = only(&home);
    let framework: serde_json::Value = serde_json::from_slice(
        &home
            .output(&["framework", "list", "--format", "json"])
            .stdout,
    )
    .expect("one line");
    let framework = framework["id"].as_str().expect("an id").to_owned();
    home.write(
        "package.json",
        &format!(
            r#"{{"title":"Package","framework":"{framework}","revisions":[{{"agreement":"{id}","title":"Three times",
            "operations":[{{"substitute_words":{{"provision":"1.6","lang":"en","find":"twice","with":"three times","count":1}}}}]}}]}}"#
        ),
    );
    seen.push(home.run(&[
        "--as",
        "FR",
        "framework",
        "join",
        &framework,
        &id,
        "--area",
        "sport",
    ]));
    seen.push(home.run(&[
        "--as",
        "FR",
        "framework",
        "join",
        &framework,
        &id,
        "--area",
        "migration",
    ]));
    seen.push(home.run(&["--as", "MA", "package", "propose", "package.json"]));
    let package: serde_json::Value =
        serde_json::from_slice(&home.output(&["package", "list", "--format", "json"]).stdout)
            .expect("one line");
    let package = package["id"].as_str().expect("an id").to_owned();
    for args in [
        &["--as", "FR", "adopt", &id, "--revision", "2"][..],
        &["--as", "FR", "package", "adopt", &package],
        &["--as", "FR", "package", "accept", &package],
        &["--as", "FR", "package", "adopt", &package],
        &["package", "show", &package],
        &["framework", "state", &framework],
        &["framework", "history", &framework],
        &["audit"],
    ] {
        seen.push(
            home.run(args)
                .replace(&id, "ID")
                .replace(&framework, "FRAMEWORK")
                .replace(&package, "PACKAGE"),
        );
    }
    check("framework", &seen);
}

#[test]
fn a_store_that_is_open_elsewhere_or_of_another_format_is_status_3() {
    let home = Home::new();
    home.run(&[
        "--as",
        "FR",
        "propose",
        &founding("migration/manifest.json"),
    ]);
    home.write("travaux-store/FORMAT", "travaux store 9\n");
    let seen = home.run(&["list"]);
    assert!(
        seen.contains("status 3") && seen.contains("has format `travaux store 9`"),
        "{seen}"
    );
}

#[test]
fn damage_is_named_and_audit_fails() {
    let home = Home::new();
    let (manifest, text) = (founding("migration/manifest.json"), "x".repeat(40_000));
    home.run(&["--as", "FR", "propose", &manifest]);
    // A text large enough to travel as an attachment, in an import.
    home.write("h.jsonl", &format!(
        "{{\"commit\":\"c1\",\"author_date\":\"2020-01-01T00:00:00Z\",\"commit_date\":\"2020-01-01T00:00:00Z\",\"path\":\"a.md\",\"op\":\"A\",\"text\":\"{text}\"}}\n"
    ));
    assert!(
        home.run(&["import", "jsonl", "h.jsonl"])
            .contains("1 revision added")
    );
    assert!(home.run(&["audit"]).contains("status 0"));
    let pack = home.0.path().join("travaux-store/attachments.pack");
    let mut bytes = std::fs::read(&pack).expect("the pack");
    let last = bytes.len() - 3;
    bytes[last] ^= 0x40;
    std::fs::write(&pack, bytes).expect("it is damaged");
    let seen = home.run(&["audit"]);
    assert!(
        seen.contains("status 3") && seen.contains("position 4:") && seen.contains("attachment"),
        "{seen}"
    );
    assert!(seen.contains("verdict: damaged"), "{seen}");
}

#[test]
fn exports_and_completions() {
    let home = Home::new();
    home.run(&[
        "--as",
        "FR",
        "propose",
        &founding("migration/manifest.json"),
    ]);
    let id = only(&home);
    home.run(&["--as", "MA", "accept", &id, "--revision", "1"]);
    home.run(&["--as", "MA", "adopt", &id, "--revision", "1"]);
    let seen = [
        home.run(&["export", "jsonl", "log.jsonl"]),
        home.run(&["export", "cloudevents", "events.jsonl"]),
        home.run(&["export", "git", "out.git"]),
        home.run(&["export", "git", "out.git"]),
        home.run(&["diff", &id, "1", "1", "--html", "page.html"])
            .replace(&id, "ID"),
    ];
    check("exports", &seen);
    let read =
        |name: &str| std::fs::read_to_string(home.0.path().join(name)).expect("it was written");
    assert_eq!(read("log.jsonl").lines().count(), 4);
    let event: serde_json::Value =
        serde_json::from_str(read("events.jsonl").lines().next().expect("a line")).expect("JSON");
    assert_eq!(
        (&event["specversion"], &event["type"]),
        (&"1.0".into(), &"org.travaux.AgreementProposed.v2".into())
    );
    assert!(read("page.html").starts_with("<!doctype html>"));
    assert!(home.run(&["completions", "bash"]).contains("_travaux"));
}
