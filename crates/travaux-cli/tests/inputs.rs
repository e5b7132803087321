//! Files that people write: everything that is wrong with one is said at once, with its line, its field and what to write.

mod home;

use home::{Home, check};

const MANIFEST: &str = r#"{"title":"Arrangement","kind":"arrangement","profile":"arrangement",
    "parties":[{"id":"A","name":"State A"},{"id":"B","name":"State B"}],"languages":["en"],"texts":{"en":"en.md"}}"#;

const FRAMEWORK: &str = r#"{"title":"Framework","declaration":{"title":"declaration","made":"2024-10","by":[]},
    "parties":[{"id":"A","name":"State A"},{"id":"B","name":"State B"}],"areas":[{"key":"x","title":"X"}]}"#;

/// A store with an agreement and a framework; their ids.
fn prepared() -> (Home, String, String) {
    let home = Home::new();
    home.write("en.md", "## Article 1\n\nThe Parties cooperate.\n");
    home.write("manifest.json", MANIFEST);
    home.write("framework.json", FRAMEWORK);
    home.run(&["--as", "A", "propose", "manifest.json"]);
    let founded = home.output(&[
        "--as",
        "A",
        "framework",
        "found",
        "framework.json",
        "--consenting",
        "A,B",
        "--format",
        "json",
    ]);
    let founded: serde_json::Value = serde_json::from_slice(&founded.stdout).expect("a document");
    let framework = founded["framework"].as_str().expect("an id").to_owned();
    let agreement = home.only();
    (home, agreement, framework)
}

#[test]
fn all_that_is_wrong_with_a_file_is_said_at_once() {
    let (home, agreement, framework) = prepared();
    let files = [
        (
            "manifest",
            "{\n  \"titel\": \"T\",\n  \"kind\": 3,\n  \"profile\": \"arrangement\",\n  \"parties\": [{\"id\": \"A\", \"nam\": \"a\"}, \"B\"],\n  \"languages\": [\"english\"],\n  \"texts\": {\"en\": \"en.md\"},\n  \"final_clauses\": [{\"label\": \"Article 9\", \"provides\": {\"accesion\": []}}]\n}",
        ),
        (
            "found",
            "{\n  \"title\": \"T\",\n  \"declaration\": {\"title\": \"D\", \"made\": \"2024-10\", \"by\": [], \"where\": \"Rabat\"},\n  \"parties\": [],\n  \"areas\": [{\"key\": \"x\"}]\n}",
        ),
        (
            "roadmap",
            "{\n  \"title\": \"R\",\n  \"adopted_on\": \"last week\",\n  \"steps\": [\n    {\"title\": \"one\", \"due\": \"2025-02-30\"},\n    \"two\"\n  ]\n}",
        ),
        (
            "ops",
            "[\n  {\"substitute_word\": {}},\n  {\"substitute_words\": {\"provision\": \"1.2\", \"lang\": \"en\", \"find\": \"a\", \"whith\": \"b\"}},\n  {\"repeal\": {\"provision\": \"one\"}}\n]",
        ),
        ("sentences", "{\"en\": \"In Article 1 ...\"}"),
        (
            "package",
            "{\n  \"title\": \"P\",\n  \"revisions\": [{\"agreement\": \"x\", \"nature\": \"ammendment\", \"operation\": []}]\n}",
        ),
        ("profile", "{\"name\": \"own\", \"titel\": \"x\"}"),
        ("broken", "{\"title\": \"T\",\n \"kind\": \"x\""),
    ];
    for (name, json) in files {
        home.write(&format!("{name}.json"), json);
    }
    let seen: Vec<_> = [
        &["--as", "A", "propose", "manifest.json"][..],
        &["--as", "A", "propose", "broken.json"],
        &[
            "--as",
            "A",
            "framework",
            "found",
            "found.json",
            "--consenting",
            "A,B",
        ],
        &[
            "--as",
            "A",
            "framework",
            "roadmap",
            &framework,
            "roadmap.json",
        ],
        &["--as", "A", "revise", &agreement, "--ops", "ops.json"],
        &[
            "--as",
            "A",
            "revise",
            &agreement,
            "--sentences",
            "sentences.json",
        ],
        &["--as", "A", "package", "propose", "package.json"],
        &["law", "--profile", "profile.json"],
    ]
    .iter()
    .map(|args| home.run(args))
    .collect();
    let seen: Vec<_> = seen
        .iter()
        .map(|s| s.replace(&agreement, "ID").replace(&framework, "FRAMEWORK"))
        .collect();
    for said in &seen {
        assert!(!said.contains("struct "), "{said}");
        assert!(said.contains("status 2"), "{said}");
    }
    check("inputs", &seen);
}

#[test]
fn a_field_that_is_not_known_is_refused_by_name_in_every_file() {
    let (home, agreement, framework) = prepared();
    let operation = r#"{"substitute_words":{"provision":"1.2","lang":"en","find":"a","with":"b","count":1,"odd":1}}"#;
    let with = |json: &str| format!("{{\"odd\": 1, {}", &json[1..]);
    let cases: [(String, &[&str], &str); 8] = [
        (with(MANIFEST), &["propose", "in.json"], "odd"),
        (
            MANIFEST.replace(r#""id":"A","#, r#""id":"A","odd":1,"#),
            &["propose", "in.json"],
            "parties[0].odd",
        ),
        (
            with(MANIFEST).replace(
                "\"odd\": 1,",
                r#""final_clauses":[{"label":"Article 9","odd":1,"provides":{"accession":[]}}],"#,
            ),
            &["propose", "in.json"],
            "final_clauses[0].odd",
        ),
        (with(FRAMEWORK), &["framework", "found", "in.json"], "odd"),
        (
            r#"{"title":"R","adopted_on":"2025-01-01","steps":[],"odd":1}"#.to_owned(),
            &["framework", "roadmap", &framework, "in.json"],
            "odd",
        ),
        (
            format!("[{operation}]"),
            &["revise", &agreement, "--ops", "in.json"],
            "[0].substitute_words.odd",
        ),
        (
            format!(
                r#"{{"title":"P","revisions":[{{"agreement":"{agreement}","operations":[{operation}]}}]}}"#
            ),
            &["package", "propose", "in.json"],
            "revisions[0].operations[0].substitute_words.odd",
        ),
        (
            r#"{"name":"own","base":"arrangement","odd":1}"#.to_owned(),
            &["law", "--profile", "in.json"],
            "odd",
        ),
    ];
    for (json, args, field) in cases {
        home.write("in.json", &json);
        let seen = home.run(&[&["--as", "A"], args].concat());
        let said = format!("{field}: there is no such field");
        assert!(
            seen.contains("status 2") && seen.contains(&said),
            "expected {said} of {json}\n{seen}"
        );
    }
}
