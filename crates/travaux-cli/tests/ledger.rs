//! The ledger's and the operator's commands, each done and refused.

mod home;

use std::fs;

use home::{Home, check};

fn founding(name: &str) -> String {
    format!(
        "{}/../../examples/founding/{name}",
        env!("CARGO_MANIFEST_DIR")
    )
}

/// A store with two records.
fn filled() -> Home {
    let home = Home::new();
    home.run(&[
        "init",
        "--origin",
        "treaties.example.org/log",
        "--keep-in",
        "outside",
    ]);
    home.run(&[
        "--as",
        "FR",
        "propose",
        &founding("migration/manifest.json"),
    ]);
    let id = home.only();
    home.run(&["--as", "MA", "accept", &id, "--revision", "1"]);
    home
}

#[test]
fn a_log_is_named_sealed_proved_and_published() {
    let home = Home::new();
    let mut seen = vec![
        home.run(&["seal"]),
        home.run(&[
            "init",
            "--origin",
            "treaties.example.org/log",
            "--keep-in",
            "outside",
        ]),
        home.run(&["init", "--origin", "treaties.example.org/log"]),
        home.run(&["init", "--store", "other", "--origin", "no name"]),
    ];
    home.run(&[
        "--as",
        "FR",
        "propose",
        &founding("migration/manifest.json"),
    ]);
    let id = home.only();
    home.run(&["--as", "MA", "accept", &id, "--revision", "1"]);
    seen.extend([
        home.run(&["seal"]),
        home.run(&["seal", "--format", "json"]),
        home.run(&["prove", "2"]),
        home.run(&["prove", "2", "--out", "two.tlog-proof", "--format", "json"]),
        home.run(&["prove", "4"]),
        home.run(&["verify", "2.tlog-proof"]),
        home.run(&["verify", "2.tlog-proof", "--format", "json"]),
        home.run(&["--store", "nowhere", "verify", "2.tlog-proof"]),
        home.run(&["publish", "www"]),
        home.run(&["verify", "www"]),
        home.run(&["publish", "www", "--format", "json"]),
        home.run(&["verify", "www/checkpoint"]),
        home.run(&["verify", "travaux-store"]),
        home.run(&[
            "verify",
            "travaux-store",
            "--checkpoint",
            "www/checkpoint",
            "--format",
            "json",
        ]),
    ]);
    // The key alone, given as a file, verifies what is taken elsewhere.
    let key = home.0.path().join("travaux-store/ledger/key.pub");
    fs::copy(key, home.0.path().join("key.pub")).expect("it is copied");
    seen.push(home.run(&["--store", "nowhere", "verify", "www", "--key", "key.pub"]));
    check("ledger", &seen);
}

#[test]
fn what_was_changed_is_not_verified() {
    let home = filled();
    home.run(&["prove", "2"]);
    home.run(&["publish", "www"]);
    let change = |name: &str, at: usize| {
        let path = home.0.path().join(name);
        let mut bytes = fs::read(&path).expect("it is read");
        let at = if at == usize::MAX {
            bytes.len() - 20
        } else {
            at
        };
        bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
        fs::write(&path, bytes).expect("it is changed");
    };
    change("2.tlog-proof", 200);
    change("www/tile/entries/000.p/3", 300);
    let mut seen = vec![
        home.run(&["verify", "2.tlog-proof"]),
        home.run(&["verify", "www"]),
    ];
    home.run(&["publish", "again"]);
    change("again/tile/0/000.p/3", 40);
    seen.push(home.run(&["verify", "again"]));
    change("again/checkpoint", usize::MAX);
    seen.push(home.run(&["verify", "again"]));
    let seen: Vec<String> = seen
        .into_iter()
        .map(|s| s.replace("invalid base64", ""))
        .collect();
    for answer in &seen {
        assert!(answer.contains("status 3"), "{answer}");
    }
    // Words, not bytes: which hash comes out differs from run to run.
    check("ledger_changed", &seen);
}

#[test]
fn backups_are_restored_and_damage_is_repaired() {
    let home = filled();
    home.write(
        "checkpoint.txt",
        &String::from_utf8_lossy(&home.output(&["seal"]).stdout),
    );
    let mut seen = vec![
        home.run(&["backup", "copy"]),
        home.run(&["backup", "copy", "--format", "json"]),
        home.run(&[
            "--store",
            "restored",
            "restore",
            "copy",
            "--checkpoint",
            "checkpoint.txt",
        ]),
        home.run(&["--store", "restored", "restore", "copy"]),
        home.run(&["--store", "restored", "audit"]),
        home.run(&["--store", "new", "restore", "nothing"]),
        home.run(&["repair", "--to", "repaired"]),
        home.run(&["migrate"]),
    ];
    let journal = fs::read_dir(home.0.path().join("travaux-store/journal"))
        .expect("a folder")
        .flatten()
        .next()
        .expect("a file")
        .path();
    let mut bytes = fs::read(&journal).expect("it is read");
    let last = bytes.len() - 100;
    bytes[last] ^= 1;
    fs::write(&journal, bytes).expect("it is damaged");
    seen.extend([
        home.run(&["list"]),
        home.run(&[
            "--as",
            "FR",
            "propose",
            &founding("migration/manifest.json"),
            "--handle",
            "other",
        ]),
        home.run(&["audit"]),
        home.run(&["seal"]),
        home.run(&["backup", "copy"]),
        home.run(&["repair", "--to", "saved"]),
        home.run(&["repair", "--to", "saved"]),
        home.run(&["--store", "saved", "audit"]),
    ]);
    check("operator", &seen);
}

#[test]
fn a_text_whose_bytes_were_changed_is_named() {
    let home = Home::new();
    let article = |n| {
        format!(
            "## Article {n}\n\nThe group meets once in each quarter, in turn in each of the two capitals.\n\n"
        )
    };
    home.write("long.md", &(1..900).map(article).collect::<String>());
    let manifest = r#"{"title": "Rules", "kind": "arrangement", "profile": "arrangement",
        "parties": [{"id": "MA", "name": "Morocco"}, {"id": "FR", "name": "France"}],
        "languages": ["en"], "format": "markdown", "texts": {"en": "long.md"}}"#;
    home.write("manifest.json", manifest);
    let mut seen = vec![home.run(&["--as", "FR", "propose", "manifest.json"])];
    let pack = home.0.path().join("travaux-store/attachments.pack");
    let mut bytes = fs::read(&pack).expect("it is read");
    bytes[70] ^= 1;
    fs::write(&pack, bytes).expect("it is damaged");
    let id = home.only();
    seen.extend([
        home.run(&["audit"]),
        home.run(&["repair", "--to", "saved"]),
        home.run(&["repair", "--to", "again", "--format", "json"]),
        home.run(&["--store", "saved", "show", &id]),
        home.run(&["--store", "saved", "audit"]),
    ]);
    check("lost_text", &seen);
}
