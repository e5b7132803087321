//! A store of the version before, as this one finds it: the founding scenario, as `travaux demo --keep` of 0.1 left it.

#[expect(dead_code, reason = "the store is there already")]
mod home;

use std::path::{Path, PathBuf};

use home::{Home, check};

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("the fixture") {
        let entry = entry.expect("an entry");
        let to = to.join(entry.file_name());
        if entry.file_type().expect("its type").is_dir() {
            copy(&entry.path(), &to);
        } else {
            std::fs::copy(entry.path(), to).expect("it is copied");
        }
    }
}

#[test]
fn the_founding_store_of_the_version_before() {
    let home = Home::new();
    let fixture = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/stores/0.1");
    copy(&fixture, &home.0.path().join("travaux-store"));
    let id = |args: &[&str]| {
        let lines = home.output(&[args, &["--format", "json"]].concat()).stdout;
        let first = String::from_utf8(lines).expect("JSON");
        let first = first.lines().next().expect("a line").to_owned();
        let line: serde_json::Value = serde_json::from_str(&first).expect("JSON");
        line["id"].as_str().expect("an id").to_owned()
    };
    // Before anything else opens it: what is of another version is still there, and named.
    let mut seen = vec![home.run(&["audit"])];
    let framework = id(&["framework", "list"]);
    let agreement = id(&["list"]);
    for args in [
        &["list", "--as-of", "2026-03-01"][..],
        &["list", "--as-of", "2025-02-28"],
        &["list", "--as-of", "2026-03-01", "--known-at", "2025-01-31"],
        &["framework", "state", &framework, "--as-of", "2026-03-01"],
        &["package", "list"],
        &["replay"],
        &["audit"],
        // It was recorded before there were handles; its id keeps naming it.
        &["--as", "FR", "handle", "give", &agreement, "civil"],
        &["framework", "state", "civil"],
        &["show", "civil", "--raw", "--lang", "fr"],
        &["show", &agreement[..8]],
        &["audit"],
    ] {
        seen.push(home.run(args));
    }
    assert!(seen[0].contains("left out"), "{}", seen[0]);
    assert!(!seen[seen.len() - 1].contains("left out"));
    check("upgrade", &seen);
}
