//! Handles on the command line: given, shown, used as names, refused.

mod home;

use home::{Home, check};

fn home() -> Home {
    let home = Home::new();
    home.write("fr.md", "## Article 1\n\nLes Parties coopèrent.\n");
    let parties = r#""parties":[{"id":"A","name":"A"},{"id":"B","name":"B"}]"#;
    home.write(
        "manifest.json",
        &format!(
            r#"{{"title":"Security","kind":"treaty","profile":"treaty/vclt",{parties},"languages":["fr"],"texts":{{"fr":"fr.md"}}}}"#
        ),
    );
    home.write(
        "framework.json",
        &format!(
            r#"{{"title":"Pact","declaration":{{"title":"declaration","made":"2024-10","by":["A"]}},{parties},"areas":[{{"key":"all","title":"All"}}]}}"#
        ),
    );
    home
}

/// Founds a framework under a handle.
fn found(home: &Home, handle: &str) -> String {
    let words = [
        "--as",
        "A",
        "framework",
        "found",
        "framework.json",
        "--consenting",
        "A,B",
        "--handle",
        handle,
    ];
    home.run(&words)
}

#[test]
fn a_handle_is_given_and_names_what_it_was_given_to() {
    let home = home();
    let propose = ["--as", "A", "propose", "manifest.json"];
    let seen = [
        home.run(&[&propose[..], &["--handle", "SEC"]].concat()),
        found(&home, "pact"),
        home.run(&["--as", "B", "accept", "Sec", "--revision", "1"]),
        home.run(&[
            "--as",
            "A",
            "framework",
            "join",
            "pact",
            "sec",
            "--area",
            "all",
        ]),
        home.run(&["list"]),
        home.run(&["list", "--format", "json"]),
        home.run(&["framework", "list"]),
        home.run(&["framework", "list", "--format", "json"]),
        home.run(&["audit"]),
    ];
    check("handles", &seen);
}

#[test]
fn a_handle_is_refused_and_nothing_is_recorded() {
    let home = home();
    let propose = |handle| home.run(&["--as", "A", "propose", "manifest.json", "--handle", handle]);
    let first = propose("sec");
    assert!(first.contains("handle sec given to agreement-"), "{first}");
    let id = home.only();
    let seen = [
        propose("sec"),
        found(&home, "sec"),
        propose("decade"),
        propose("sec_urity"),
        home.run(&["show", "sek"]),
        home.run(&["framework", "state", "sec"]),
        home.run(&["framework", "list"]),
    ];
    assert_eq!(home.only(), id, "no other was proposed");
    check("handles_refused", &seen);
}

#[test]
fn what_is_made_gets_a_handle_from_its_title_and_shows_it() {
    let home = home();
    home.write(
        "package.json",
        r#"{"title":"Spring round","revisions":[{"agreement":"security","operations":
            [{"substitute_words":{"provision":"1.2","lang":"fr","find":"coopèrent","with":"agissent","count":1}}]}]}"#,
    );
    let seen = [
        home.run(&["--as", "A", "propose", "manifest.json"]),
        home.run(&[
            "--as",
            "A",
            "framework",
            "found",
            "framework.json",
            "--consenting",
            "A,B",
        ]),
        home.run(&[
            "--as",
            "A",
            "framework",
            "join",
            "pact",
            "security",
            "--area",
            "all",
        ]),
        home.run(&["--as", "B", "accept", "security", "--revision", "1"]),
        home.run(&["--as", "A", "package", "propose", "package.json"]),
        home.run(&[
            "--as",
            "B",
            "package",
            "accept",
            "spring-round",
            "--format",
            "json",
        ]),
        home.run(&["package", "show", "spring-round"]),
        home.run(&["package", "show", "spring-round", "--format", "json"]),
        home.run(&["package", "list"]),
        home.run(&["framework", "state", "pact"]),
        home.run(&["framework", "state", "pact", "--format", "json"]),
        home.run(&["framework", "history", "pact"]),
        home.run(&["history", "security"]),
        home.run(&["history", "security", "--format", "json"]),
        home.run(&["show", "security"]),
        home.run(&["handle", "list"]),
        home.run(&["handle", "list", "--format", "json"]),
        home.run(&["audit"]),
    ];
    check("handles_made", &seen);
}

/// The handles that were given, in their order.
fn handles(home: &Home) -> Vec<String> {
    let list = home.output(&["handle", "list", "--format", "json"]).stdout;
    let list = String::from_utf8(list).expect("text");
    let handle = |line: &str| {
        let line: serde_json::Value = serde_json::from_str(line).expect("a line");
        line["handle"].as_str().expect("a handle").to_owned()
    };
    list.lines().map(handle).collect()
}

#[test]
fn a_second_of_one_title_gets_a_suffix_that_is_read_as_it_was_meant() {
    let home = home();
    let propose = || home.run(&["--as", "A", "propose", "manifest.json"]);
    let abandon = ["--as", "A", "abandon", "security"];
    let first = propose();
    assert!(first.contains("(security)"), "{first}");
    // What has been abandoned keeps its handle.
    let gone = home.run(&abandon);
    assert!(gone.contains("status 0"), "{gone}");
    let second = propose();
    let all = handles(&home);
    let suffix = all[1].strip_prefix("security-").expect("a suffix");
    assert!(suffix.len() == 3 && second.contains(&format!("({})", all[1])));
    let heard = all[1].to_uppercase().replace('0', "O").replace('1', "L");
    let shown = home.run(&["show", &heard]);
    assert!(shown.contains(&format!("Security ({})", all[1])), "{shown}");
}

#[test]
fn a_handle_in_a_file_is_given_or_refused_by_name() {
    let home = home();
    let manifest = std::fs::read_to_string(home.0.path().join("manifest.json")).expect("a file");
    let with = |handle: &str| {
        let named = manifest.replacen('{', &format!("{{\"handle\":\"{handle}\","), 1);
        home.write("named.json", &named);
        home.run(&["--as", "A", "propose", "named.json"])
    };
    let line = |path: &str, handle: &str| {
        format!(
            r#"{{"commit":"c1","author_date":"2019-01-01T00:00:00Z","commit_date":"2019-01-01T00:00:00Z","path":"{path}","op":"A","text":"Words.\n","handle":"{handle}"}}"#
        )
    };
    let import = |lines: [String; 2]| {
        home.write("history.jsonl", &lines.join("\n"));
        home.run(&["import", "jsonl", "history.jsonl"])
    };
    let seen = [
        with("decade"),
        with("sec"),
        with("sec"),
        import([line("a.md", "code"), line("b.md", "a b")]),
        import([line("a.md", "code"), line("b.md", "code")]),
        import([line("a.md", "code"), line("b.md", "sec")]),
        home.run(&["handle", "list"]),
    ];
    check("handles_in_files", &seen);
}

#[test]
fn what_has_no_handle_is_given_one_and_all_kinds_are_found_in_one_way() {
    let home = home();
    let seen = [
        home.run(&["--as", "A", "propose", "manifest.json"]),
        home.run(&["--as", "A", "propose", "manifest.json", "--handle", "other"]),
        home.run(&[
            "--as",
            "A",
            "framework",
            "found",
            "framework.json",
            "--consenting",
            "A,B",
        ]),
        home.run(&["--as", "B", "handle", "give", "SECURITY", "sec"]),
        home.run(&["--as", "B", "handle", "give", "pact", "sec"]),
        home.run(&["--as", "C", "handle", "give", "pact", "third"]),
        home.run(&["show", "sec"]),
        home.run(&["show", "pact"]),
        home.run(&["framework", "state", "sec"]),
        home.run(&["history", "pakt"]),
        home.run(&["package", "show", "pakt"]),
        home.run(&["history", "0"]),
        home.run(&["show", "0"]),
    ];
    check("handles_found", &seen);
    let id = home.output(&["list", "--format", "json"]).stdout;
    let first = String::from_utf8(id).expect("text");
    let id: serde_json::Value =
        serde_json::from_str(first.lines().next().expect("a line")).expect("a line");
    let id = id["id"].as_str().expect("an id");
    for name in [
        id.to_owned(),
        format!("agreement-{id}"),
        id[24..].to_owned(),
    ] {
        let shown = home.run(&["show", &name]);
        assert!(
            shown.contains("Security (") && shown.contains(&id[..0]),
            "{shown}"
        );
    }
}

/// The founded framework `pact`, and `sec` under it, adopted, with [`ARTICLES`].
fn agreed() -> Home {
    let home = home();
    home.write("fr.md", ARTICLES);
    let manifest = std::fs::read_to_string(home.0.path().join("manifest.json")).expect("a file");
    home.write(
        "manifest.json",
        &manifest.replace("treaty/vclt", "arrangement"),
    );
    found(&home, "pact");
    for args in [
        "--as A propose manifest.json --handle sec",
        "--as B accept sec --revision 1",
        "--as A adopt sec --revision 1",
        "--as A framework join pact sec --area all",
    ] {
        let said = home.run(&args.split(' ').collect::<Vec<_>>());
        assert!(said.contains("status 0"), "{said}");
    }
    home
}

/// Words in the second paragraph of Article 3.
const WORDS: &str = r#"{"substitute_words":{"provision":"sec/art3.2","lang":"fr","find":"Sans délai","with":"En dix jours","count":1}}"#;

#[test]
fn operations_in_a_file_name_provisions_by_label_and_record_ids() {
    let home = agreed();
    let revise = |ops: &str, base: &str| {
        home.write("ops.json", ops);
        let args = ["--as", "A", "amend", "sec", "--ops", "ops.json", "--base"];
        home.run(&[&args[..], &[base]].concat())
    };
    let seen = [
        revise(&format!("[{WORDS}]"), "1"),
        revise("[\n {\"remove\": {\"provisions\": [\"art. 1\"]}}]", "1"),
        revise(
            "[{\"move\": {\"provision\": \"art. 9\", \"at\": {\"after\": \"Article 1\"}}},\n {\"repeal\": 3}]",
            "1",
        ),
        // A text that there is not has no labels; ids are for the law to judge.
        revise(&format!("[{WORDS}]"), "9"),
        revise("[{\"remove\": {\"provisions\": [\"1.9\"]}}]", "9"),
        revise("[{\"remove\": {\"provisions\": [\"3.2\"]}}]", "1"),
        home.run(&["show", "sec", "--revision", "2"]),
    ];
    check("labels_in_operations", &seen);
    home.run(&["export", "cloudevents", "log.jsonl"]);
    let log = std::fs::read_to_string(home.0.path().join("log.jsonl")).expect("a file");
    assert!(log.contains("\"1.6\"") && !log.contains("art3.2"), "{log}");
}

#[test]
fn a_package_and_a_manifest_name_what_they_are_about() {
    let home = agreed();
    let propose = |framework: &str, revisions: &str| {
        let file = format!(
            r#"{{"title": "Spring", "framework": "{framework}",
 "revisions": [{revisions}]}}"#
        );
        home.write("package.json", &file);
        home.run(&["--as", "A", "package", "propose", "package.json"])
    };
    let item = |agreement: &str, ops: &str| {
        format!(r#"{{"agreement": "{agreement}", "nature": "amendment", "operations": [{ops}]}}"#)
    };
    let manifest = std::fs::read_to_string(home.0.path().join("manifest.json")).expect("a file");
    let amends = |name: &str| {
        let file = manifest.replacen('{', &format!("{{\n\"amends\": \"{name}\","), 1);
        home.write("amends.json", &file);
        home.run(&["--as", "A", "propose", "amends.json"])
    };
    let wrong = WORDS.replace("sec/art3.2", "art. 1");
    let at_base = item("sec", WORDS).replacen('{', "{\"base\": 9, ", 1);
    let seen = [
        propose("pact", &item("sec", WORDS)),
        propose(
            "sec",
            &format!("{},\n  {}", item("sek", WORDS), item("sec", &wrong)),
        ),
        propose("pact", &at_base),
        home.run(&["package", "list"]),
        amends("sek"),
        amends("pact"),
        amends("sec"),
    ];
    check("names_in_files", &seen);
}

const ARTICLES: &str = "# Accord

## Article 1 — Objet

Les Parties coopèrent.

## Article 3 — Demandes

Par écrit.

Sans délai.

# Annexe A

## Article 1 — Formulaires

Formulaire.
";

#[test]
fn a_provision_is_named_by_its_label_in_the_version_in_question() {
    let home = home();
    home.write("fr.md", ARTICLES);
    let done = |args: &[&str]| {
        let said = home.run(args);
        assert!(said.contains("status 0"), "{said}");
    };
    done(&["--as", "A", "propose", "manifest.json", "--handle", "sec"]);
    done(&["--as", "B", "accept", "sec", "--revision", "1"]);
    done(&["--as", "A", "adopt", "sec", "--revision", "1"]);
    home.write("fr.md", &ARTICLES.replace("Article 3", "Article 2"));
    done(&[
        "--as",
        "A",
        "revise",
        "sec",
        "fr.md",
        "--nature",
        "amendment",
    ]);
    done(&["--as", "B", "accept", "sec", "--revision", "2"]);
    done(&["--as", "A", "adopt", "sec", "--revision", "2"]);
    let blame = |provision: &str, revision: &str| {
        home.run(&[
            "blame",
            "sec",
            "--provision",
            provision,
            "--revision",
            revision,
        ])
    };
    let reserve = |provisions: &str| {
        let args = [
            "--as",
            "A",
            "reserve",
            "sec",
            "--on",
            "2024-12-20",
            "--words",
            "none",
        ];
        home.run(&[&args[..], &["--provisions", provisions]].concat())
    };
    let separable = |provisions: &str| {
        let term = format!(r#"{{"separable":{provisions}}}"#);
        let args =
            "--as A agree-clause sec --on 2024-12-20 --label notes --consenting A,B --provides";
        let args: Vec<_> = args.split(' ').chain([term.as_str()]).collect();
        home.run(&args)
    };
    let seen = [
        blame("Article 3", "1"),
        blame("art. 3(2)", "1"),
        blame("sec/art3.2", "1"),
        blame("1.5", "1"),
        blame("art. 2", "2"),
        blame("art. 3", "2"),
        blame("art. 1", "2"),
        blame("demandes", "2"),
        reserve("art. 2(1),Annexe A"),
        reserve("1.3,art. 1"),
        reserve("art. 9"),
        separable(r#"["art. 2(1)"]"#),
        separable(r#"["2.9", "art. 9"]"#),
    ];
    check("provisions", &seen);
}
