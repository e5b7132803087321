//! What programs and people may count on: a failure is a document too, a reader may stop reading, a name means one thing, and
//! what reaches a terminal does no harm there.

mod home;

use home::{Home, check, promised::wrong};
use serde_json::json;

const MANIFEST: &str = r###"{"title":"Arrangement","kind":"arrangement","profile":"arrangement",
    "parties":[{"id":"A","name":"State A"},{"id":"B","name":"State B"}],"languages":["en"],"texts":{"en":"en.md"}}"###;

/// A store with one agreement, proposed by A.
fn proposed() -> (Home, String) {
    let home = Home::new();
    home.write("en.md", "## Article 1\n\nThe Parties cooperate.\n");
    home.write("manifest.json", MANIFEST);
    home.run(&["--as", "A", "propose", "manifest.json"]);
    let id = home.only();
    (home, id)
}

#[test]
fn a_failure_is_a_document_on_standard_output() {
    let (home, id) = proposed();
    let seen: Vec<_> = [
        &["--as", "A", "adopt", &id, "--revision", "1"][..],
        &["--as", "A", "sign", &id, "--on", "2025-01-01", "--by", "x"],
        &["show", "arangement"],
        &["show", &id, "--as-of", "soon"],
        &["--as", "A", "revise", &id, "--ops", "none.json"],
        &["--store", "nowhere", "list"],
        &["no-such-verb"],
    ]
    .iter()
    .map(|args| home.run(&[*args, &["--format", "json"][..]].concat()))
    .map(|seen| seen.replace(&id, "ID"))
    .collect();
    check("failures", &seen);
}

#[test]
fn what_breaks_the_contract_is_seen() {
    let (home, id) = proposed();
    let words = ["show", &id, "--format", "json"];
    let whole = home.output(&words).stdout;
    let whole: serde_json::Value = serde_json::from_slice(&whole).expect("a document");
    assert_eq!(wrong(&words, &whole.to_string()), [""; 0]);
    for (pointer, value, said) in [
        ("/more", json!(1), ".more: `Shown` has no such field"),
        ("/id", json!("x"), ".id is not Scalar(Id)"),
        ("/sha256", json!(null), ""),
        ("/text", json!(7), ".text is not"),
        ("/status", json!(null), ".status is not"),
        (
            "/status/more",
            json!(1),
            ".status.more: `Status` has no such field",
        ),
        ("/status/remains", json!([1]), ".status.remains[0] is not"),
        (
            "/status/force/state",
            json!("odd"),
            ".status.force.state is not",
        ),
        (
            "/status/force/state",
            json!("in_force"),
            ".status.force.since is missing",
        ),
        (
            "/status/force/since",
            json!("2025-01-01"),
            ".status.force.since: not in this state",
        ),
        ("/nature", json!("in force"), ".nature is not"),
    ] {
        let mut broken = whole.clone();
        let (place, name) = pointer.rsplit_once('/').expect("a name");
        broken.pointer_mut(place).expect("an object")[name] = value;
        let found = wrong(&words, &broken.to_string());
        let [found] = &found[..] else {
            assert_eq!(said, "", "{pointer}: {found:?}");
            continue;
        };
        assert!(
            found.starts_with(said) && !said.is_empty(),
            "{pointer}: {found}"
        );
    }
    let mut less = whole.clone();
    less.as_object_mut().expect("an object").remove("sha256");
    assert_eq!(
        wrong(&words, &less.to_string()),
        [".sha256 is missing of `Shown`"]
    );
    let two = format!("{whole}\n{whole}\n");
    assert_eq!(wrong(&words, &two), ["2 documents, where one is promised"]);
    assert_eq!(wrong(&words, "").len(), 1);
    let list = ["list", "--format=json"];
    assert_eq!(wrong(&list, ""), [""; 0]);
    assert!(!wrong(&list, &whole.to_string()).is_empty());
}

#[test]
fn a_failure_says_its_exit_status() {
    let (home, id) = proposed();
    for (args, status, kind) in [
        (
            &["--as", "A", "adopt", &id, "--revision", "1"][..],
            1,
            "refused",
        ),
        (&["show", "x"], 2, "usage"),
        (&["seal", "--store", "nowhere"], 2, "usage"),
        (&["--as", "A", "propose", "no.json"], 2, "input_output"),
        (&["verify", "en.md", "--key", "a+b+c"], 2, "usage"),
        (&["frobnicate"], 2, "usage"),
    ] {
        let output = home.output(&[args, &["--format=json"][..]].concat());
        let failure: serde_json::Value =
            serde_json::from_slice(&output.stdout).expect("one document");
        assert_eq!(output.status.code(), Some(status), "{args:?}");
        assert_eq!(failure["exit"], status, "{args:?}");
        assert_eq!(failure["error"], kind, "{args:?}");
        assert_eq!(failure["ok"], false, "{args:?}");
        assert!(!output.stderr.is_empty(), "{args:?}: people read too");
    }
}

#[test]
fn what_is_refused_or_cannot_be_read_makes_no_store() {
    let home = Home::new();
    home.write("broken.json", "{");
    home.write("en.md", "## Article 1\n\nThe Parties cooperate.\n");
    home.write("manifest.json", MANIFEST);
    for args in [
        &["propose", "manifest.json"][..],
        &["--as", "C", "propose", "manifest.json"],
        &["--as", "A", "propose", "broken.json"],
        &["--as", "A", "framework", "found", "broken.json"],
        &["import", "jsonl", "no.jsonl"],
    ] {
        let seen = home.run(args);
        let made = home.0.path().join("travaux-store");
        assert!(!made.exists() && !seen.contains("status 0"), "{seen}");
    }
}

#[test]
fn a_folder_with_other_files_does_not_become_a_store() {
    let home = Home::new();
    home.write("en.md", "## Article 1\n\nThe Parties cooperate.\n");
    home.write("manifest.json", MANIFEST);
    let seen = home.run(&["--store", ".", "--as", "A", "propose", "manifest.json"]);
    assert!(
        seen.contains("status 2") && seen.contains("name a new folder"),
        "{seen}"
    );
    assert!(!home.0.path().join("FORMAT").exists());
}

/// A store with arrangements of these titles, the first adopted; their ids.
fn with(titles: &[&str]) -> (Home, Vec<String>) {
    let home = Home::new();
    home.write("en.md", "## Article 1\n\nThe Parties cooperate.\n");
    let mut ids = Vec::new();
    for (at, title) in titles.iter().enumerate() {
        let other = if at == 0 { "B" } else { "C" };
        home.write(
            "manifest.json",
            &format!(
                r#"{{"title":"{title}","kind":"arrangement","profile":"arrangement","parties":[{{"id":"A","name":"A"}},
                {{"id":"{other}","name":"{other}"}}],"languages":["en"],"texts":{{"en":"en.md"}}}}"#
            ),
        );
        let made = home.output(&["--as", "A", "propose", "manifest.json", "--format", "json"]);
        let made: serde_json::Value = serde_json::from_slice(&made.stdout).expect("a document");
        ids.push(made["agreement"].as_str().expect("an id").to_owned());
    }
    home.run(&["--as", "B", "accept", &ids[0], "--revision", "1"]);
    home.run(&["--as", "A", "adopt", &ids[0], "--revision", "1"]);
    (home, ids)
}

/// The titles that a list has, in order.
fn titles(home: &Home, args: &[&str]) -> Vec<String> {
    let output = home.output(&[&["list", "--format", "json"], args].concat());
    assert!(output.status.success(), "{args:?}");
    String::from_utf8_lossy(&output.stdout)
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).expect("a document"))
        .map(|line| line["title"].as_str().expect("a title").to_owned())
        .collect()
}

#[test]
fn a_list_is_narrowed_and_paged() {
    let (home, ids) = with(&["Data exchange", "Border posts", "Exchange of officers"]);
    for (args, found) in [
        (
            &[][..],
            &["Border posts", "Data exchange", "Exchange of officers"][..],
        ),
        (&["exchange"], &["Data exchange", "Exchange of officers"]),
        (&["--party", "B"], &["Data exchange"]),
        (&["--party", "C", "data"], &[]),
        (&["--profile", "arrangement", "border"], &["Border posts"]),
        (&["--profile", "treaty/vclt"], &[]),
        (&["--status", "Adopted"], &["Data exchange"]),
        (
            &["--status", "not in force", "--limit", "1"],
            &["Border posts"],
        ),
        (&["--status", "in force"], &[]),
        (&["--status", "in_force"], &[]),
        (&["--status", "a draft", "border"], &["Border posts"]),
        (&["--limit", "1"], &["Border posts"]),
        (&["--after", &ids[1], "--limit", "1"], &["Data exchange"]),
        (&["--after", &ids[2]], &[]),
    ] {
        assert_eq!(titles(&home, args), found, "{args:?}");
    }
}

#[test]
fn what_no_list_has_is_refused_with_what_there_is() {
    let (home, _) = with(&["Data exchange", "Border posts"]);
    for (args, said) in [
        (
            ["--party", "b"],
            "--party: there is no `b`; expected one of A, B, C",
        ),
        (
            ["--profile", "treaty"],
            "--profile: there is no `treaty`; expected one of arrangement,",
        ),
        (
            ["--status", "force"],
            "--status <STATE>: expected one of not there, a draft,",
        ),
    ] {
        let seen = home.run(&[&["list"], &args[..]].concat());
        assert!(seen.contains("status 2") && seen.contains(said), "{seen}");
    }
    let first = home.run(&["list", "--limit", "1"]);
    assert!(
        first.contains("\n1 more: the same with `--after "),
        "{first}"
    );
    assert!(!home.run(&["list", "--limit", "2"]).contains("more:"));
}

#[test]
fn a_command_line_is_told_all_that_is_wrong_with_it() {
    let (home, id) = proposed();
    let seen = home.run(&[
        "list",
        "--as-of",
        "soon",
        "--limit",
        "x",
        "--status",
        "odd",
        "--known-at",
        "never",
    ]);
    for said in [
        "4 things are wrong with the command line",
        "\n  --as-of <DATE>: expected a date such as 2024-10-30, found `soon`",
        "\n  --limit <N>: expected a whole number such as 3, found `x`",
        "\n  --status <STATE>: expected one of",
        "\n  --known-at <TIME>: expected a time",
    ] {
        assert!(seen.contains(said), "{said}: {seen}");
    }
    let seen = home.run(&["adopt", "--effective-from", "soon", "--votes", "1,x"]);
    for said in [
        "3 things",
        "--effective-from <DATE>: ",
        "--votes <FOR,AGAINST>: ",
        "are missing",
    ] {
        assert!(seen.contains(said), "{said}: {seen}");
    }
    // One alone is told as before, and what is right is taken.
    let seen = home.run(&["show", &id, "--as-of", "soon"]);
    assert!(
        seen.contains("error: --as-of <DATE>: expected a date"),
        "{seen}"
    );
}

#[test]
fn a_usage_line_can_be_followed() {
    let (home, id) = proposed();
    for args in [
        &["in-force", "--between", "A,B", &id][..],
        &["in-force", &id, "--between", "B,A"],
        &["--as", "A", "show", &id, "--known-at", "2025-01-01"],
    ] {
        let seen = home.run(args);
        assert!(seen.contains("status 0"), "{seen}");
    }
    let voted = home.run(&[
        "--as",
        "A",
        "adopt",
        "--votes",
        "2,0",
        &id,
        "--revision",
        "1",
    ]);
    assert!(
        voted.contains("status 1"),
        "it is read, and refused by the profile: {voted}"
    );
    let both = home.run(&["show", &id, "--revision", "1", "--known-at", "2020-01-01"]);
    assert!(
        both.contains("status 2") && both.contains("exclude one another"),
        "{both}"
    );
}

#[test]
fn a_translation_is_read_from_a_file_or_from_standard_input() {
    let (home, ids) = with(&["Data exchange"]);
    home.write("fr.md", "Les Parties coopèrent.\n");
    home.write("nl.md", "De Partijen werken samen.\n");
    let translate = |lang: &str, text: &str| {
        let input = std::fs::File::open(home.0.path().join("nl.md")).expect("a file");
        let done = std::process::Command::new(env!("CARGO_BIN_EXE_travaux"))
            .args([
                "--as",
                "A",
                "translate",
                &ids[0],
                "--on",
                "2025-01-01",
                "--by",
                "us",
            ])
            .args(["--lang", lang, "--text", text])
            .current_dir(home.0.path())
            .env_clear()
            .env("TRAVAUX_TEST_TIME", "2025-01-01T00:00:00Z")
            .stdin(input)
            .output()
            .expect("the command runs");
        done.status.code()
    };
    assert_eq!(translate("fr", "fr.md"), Some(0));
    assert_eq!(translate("nl", "-"), Some(0));
    assert_eq!(translate("de", "Die Parteien arbeiten zusammen."), Some(2));
    home.run(&["export", "jsonl", "log.jsonl"]);
    let log = std::fs::read_to_string(home.0.path().join("log.jsonl")).expect("the log");
    assert!(
        log.contains(r#""text":"Les Parties coopèrent.\n""#),
        "{log}"
    );
    assert!(
        log.contains(r#""text":"De Partijen werken samen.\n""#),
        "{log}"
    );
}

#[test]
fn a_title_begins_no_row_of_its_own() {
    let forged =
        "Data\\n01a2253f-a6bb-7312-9d5b-a8bd53643d67  x  1  adopted  in force\\u202e\\u2028";
    let (home, ids) = with(&[forged]);
    for args in [
        &["list"][..],
        &["history", &ids[0]],
        &["show", &ids[0]],
        &["in-force", &ids[0], "--between", "A,B"],
    ] {
        let seen = home.run(args);
        assert!(
            seen.contains("Data␊01a2253f") && seen.contains("<202e><2028>"),
            "{seen}"
        );
        assert!(!seen.contains("\n01a2253f"), "{seen}");
    }
}

#[test]
fn a_name_that_may_mean_several_lists_them_and_chooses_none() {
    let (home, ids) = with(&["One", "Two"]);
    let seen = home.run(&["show", "0"]);
    assert!(
        seen.contains("status 2") && seen.contains("`0` may mean 2"),
        "{seen}"
    );
    for (id, title) in ids.iter().zip(["One", "Two"]) {
        assert!(seen.contains(&format!("{id} ({title})")), "{seen}");
    }
    let tail = &ids[1][ids[1].len() - 8..];
    assert!(home.run(&["show", tail]).contains("Two (two) [en]"));
}

#[test]
fn words_of_others_do_not_move_the_cursor() {
    let home = Home::new();
    home.write(
        "h.jsonl",
        "{\"commit\":\"c1\",\"author_date\":\"2020-01-01T00:00:00Z\",\"commit_date\":\"2020-01-01T00:00:00Z\",\"subject\":\"\\u001b[2J\",\"path\":\"a.md\",\"op\":\"A\",\"text\":\"900\\b\\b\\b100 euro.\\u001b[8m Hidden.\\u001b[0m\\n\"}\n",
    );
    assert!(
        home.run(&["import", "jsonl", "h.jsonl"])
            .contains("status 0")
    );
    for args in [
        &["show", "a.md"][..],
        &["blame", "a.md"],
        &["log", "a.md"],
        &["history", "a.md"],
        &["diff", "a.md", "1", "1"],
        &["list"],
        &["show", "\u{1b}[8m"],
    ] {
        let output = home.output(args);
        for bytes in [&output.stdout, &output.stderr] {
            let text = String::from_utf8_lossy(bytes);
            assert!(
                !text.chars().any(|c| c.is_control() && c != '\n'),
                "{args:?}: {text:?}"
            );
        }
    }
    let shown = home.run(&["show", "a.md"]);
    assert!(shown.contains("900␈␈␈100 euro.␛[8m Hidden.␛[0m"), "{shown}");
    let raw = home.output(&["show", "a.md", "--raw"]).stdout;
    assert_eq!(raw, b"900\x08\x08\x08100 euro.\x1b[8m Hidden.\x1b[0m\n");
}
