//! The exit status says whose fault it is: the rules', the command line's, the store's, or nobody's any more.

mod home;

use std::process::{Command, Stdio};

use home::{Home, check};
use serde_json::Value;

const MANIFEST: &str = r###"{"title":"Arrangement","kind":"arrangement","profile":"arrangement",
    "parties":[{"id":"A","name":"State A"},{"id":"B","name":"State B"}],"languages":["en"],"texts":{"en":"en.md"}}"###;

/// A store `travaux-store` with one agreement, which B accepted.
fn agreed() -> (Home, String) {
    let home = Home::new();
    home.write("en.md", "## Article 1\n\nThe Parties cooperate.\n");
    home.write("manifest.json", MANIFEST);
    home.run(&["--as", "A", "propose", "manifest.json"]);
    let id = home.only();
    home.run(&["--as", "B", "accept", &id, "--revision", "1"]);
    (home, id)
}

/// What a command line that fails says to programs; it says the same status.
#[track_caller]
fn failure(home: &Home, args: &[&str]) -> Value {
    let output = home.output(&[args, &["--format", "json"][..]].concat());
    let failure: Value = serde_json::from_slice(&output.stdout).expect("a document");
    assert_eq!(
        output.status.code().map(i64::from),
        failure["exit"].as_i64()
    );
    failure
}

#[test]
fn what_was_asked_wrongly_is_no_fault_of_the_store() {
    let (home, _) = agreed();
    std::fs::create_dir(home.0.path().join("full")).expect("a folder");
    home.write("full/file", "something");
    let all: &[(&[&str], &str)] = &[
        (
            &["init", "--origin", "a.example/log"],
            "there is a store already",
        ),
        (&["--store", "n", "init", "--origin", "a b"], "--origin"),
        (
            &["--store", "n", "init", "--origin", "https://a.example/log"],
            "without a scheme",
        ),
        (
            &["--store", "full", "restore", "travaux-store"],
            "name a new folder",
        ),
        (&["repair", "--to", "full"], "name a new folder"),
        (&["migrate"], "the present format"),
        (&["backup", "en.md/copy"], "cannot make the folder"),
        (&["publish", "en.md/www"], "cannot make the folder"),
        (&["backup", "travaux-store/journal"], "inside of the store"),
        (&["publish", "travaux-store/www"], "inside of the store"),
        (&["publish", "travaux-store"], "it is a store"),
        (
            &["export", "jsonl", "travaux-store/FORMAT"],
            "inside of the store",
        ),
        (
            &["export", "git", "travaux-store/git"],
            "inside of the store",
        ),
        (
            &["prove", "1", "--out", "travaux-store/FORMAT"],
            "inside of the store",
        ),
    ];
    let mut seen = Vec::new();
    for (args, said) in all {
        seen.push(home.run(args));
        let failure = failure(&home, args);
        assert_eq!(failure["exit"], 2, "{args:?}: {failure}");
        let message = failure["message"].as_str().expect("words");
        assert!(message.contains(said), "{args:?}: {message}");
        assert_eq!(
            failure["next"],
            serde_json::json!([]),
            "{args:?}: an audit would find nothing"
        );
    }
    check("exit_usage", &seen);
    assert!(
        !home.0.path().join("n").exists(),
        "a folder was made for nothing"
    );
    assert!(home.run(&["audit"]).contains("status 0"));
}

#[test]
fn a_store_that_is_in_use_is_busy_and_not_damaged() {
    let (home, id) = agreed();
    let path = home.0.path().join("travaux-store");
    let open = travaux_store_sled::SledStore::open(&path).expect("it opens");
    for args in [
        &["list"][..],
        &["audit"],
        &["--as", "A", "adopt", &id, "--revision", "1"],
    ] {
        let failure = failure(&home, args);
        assert_eq!(
            (&failure["error"], &failure["exit"]),
            (&"busy".into(), &2.into()),
            "{args:?}"
        );
    }
    drop(open);
    assert!(home.run(&["list"]).contains("status 0"));
}

#[test]
fn a_damaged_store_is_its_own_fault() {
    let (home, _) = agreed();
    home.write("travaux-store/FORMAT", "some file\nwith more lines\n");
    let failure = failure(&home, &["list"]);
    assert_eq!(
        (&failure["error"], &failure["exit"]),
        (&"store".into(), &3.into())
    );
    let message = failure["message"].as_str().expect("words");
    assert!(message.contains("has format `some file`"), "{message}");
    assert_eq!(failure["next"][0]["command"], "travaux audit");
}

/// Runs the command with a standard output on which nothing can be written.
fn unwritable(home: &Home, args: &[&str]) -> (Option<i32>, String) {
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full");
    let output = Command::new(env!("CARGO_BIN_EXE_travaux"))
        .args(args)
        .current_dir(home.0.path())
        .env_clear()
        .env("TRAVAUX_TEST_TIME", "2025-01-01T00:00:00Z")
        .stdout(Stdio::from(full.expect("a device that is always full")))
        .output()
        .expect("the command runs");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    (output.status.code(), said)
}

#[test]
fn what_was_recorded_is_not_to_be_done_again() {
    let (home, id) = agreed();
    let adopt = ["--as", "A", "adopt", &id, "--revision", "1"];
    let (status, said) = unwritable(&home, &adopt);
    assert_eq!(status, Some(4), "{said}");
    assert!(
        said.contains("recorded at position 4; the answer could not be written: No space"),
        "{said}"
    );
    let authenticate = ["--as", "A", "authenticate", &id, "--format", "json"];
    assert_eq!(unwritable(&home, &authenticate).0, Some(4));
    let history = home.run(&["history", &id]);
    assert!(
        history.contains("adopted") && history.contains("authenticated"),
        "{history}"
    );
    // What only asks has recorded nothing.
    assert_eq!(unwritable(&home, &["list"]).0, Some(2));
    // What is refused is refused.
    assert_eq!(unwritable(&home, &adopt).0, Some(1));
}

#[test]
fn the_contract_lists_every_status() {
    let page = include_str!("../CONTRACT.md");
    for status in 0..=4 {
        assert!(page.contains(&format!("\n| {status} | ")), "{status}");
    }
}
