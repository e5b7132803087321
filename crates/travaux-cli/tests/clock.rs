//! Whose clock dates the record: nobody's who runs a release. Run as `.ci/run` does without debug
//! assertions as well, this looks at what a release does.

use std::{process::Command, time::SystemTime};

use chrono::{DateTime, Utc};
use serde_json::Value;

/// The system's time, in milliseconds since 1970.
fn now() -> i64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    let since = since.expect("it is later than 1970").as_millis();
    since.try_into().expect("it is not that late")
}

#[test]
fn only_a_build_for_tests_is_told_the_time() {
    let folder = tempfile::tempdir().expect("a folder");
    let run = |args: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_travaux"))
            .args(args)
            .current_dir(folder.path())
            .env_clear()
            .env("TRAVAUX_TEST_TIME", "2001-02-03T00:00:00Z")
            .output()
            .expect("the command runs");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{said}");
        output.stdout
    };
    let before = now();
    std::fs::write(folder.path().join("fr.md"), "## Article 1\n\nBut.\n").expect("a text");
    let manifest = r#"{"title":"Accord","kind":"arrangement","profile":"arrangement",
        "parties":[{"id":"A","name":"A"},{"id":"B","name":"B"}],
        "languages":["fr"],"texts":{"fr":"fr.md"}}"#;
    std::fs::write(folder.path().join("accord.json"), manifest).expect("a manifest");
    run(&["--store", "store", "--as", "A", "propose", "accord.json"]);
    let log = run(&["--store", "store", "list", "--format", "json"]);
    let first = log.split(|byte| *byte == b'\n').next().expect("a line");
    let entry: Value = serde_json::from_slice(first).expect("a document");
    let recorded_at: DateTime<Utc> = entry["recorded_at"]
        .as_str()
        .and_then(|time| time.parse().ok())
        .expect("when it was recorded");
    if cfg!(debug_assertions) {
        assert_eq!(recorded_at.date_naive().to_string(), "2001-02-03");
    } else {
        let when = recorded_at.timestamp_millis();
        assert!((before..=now()).contains(&when), "{recorded_at}");
    }
}
