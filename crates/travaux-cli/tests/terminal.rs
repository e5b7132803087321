//! What a terminal shows: long answers by the page, and none wider than there is room.

mod home;

use std::{
    io::Read as _,
    os::fd::OwnedFd,
    path::Path,
    process::{Command, ExitStatus, Stdio},
};

use home::{Home, check};
use rustix::{
    pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt},
    termios::{Winsize, tcsetwinsize},
};
use unicode_width::UnicodeWidthStr as _;

/// A terminal of 20 lines: the side that reads, and the one that a command writes to.
fn terminal(columns: u16) -> (OwnedFd, std::fs::File) {
    let reads = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).expect("a terminal");
    grantpt(&reads).expect("it may be used");
    unlockpt(&reads).expect("it is open");
    let name = ptsname(&reads, Vec::new()).expect("its name");
    let path = Path::new(name.to_str().expect("a path"));
    let writes = std::fs::File::options()
        .read(true)
        .write(true)
        .open(path)
        .expect("its other side");
    let size = Winsize {
        ws_row: 20,
        ws_col: columns,
        ws_xpixel: 0,
        ws_ypixel: 0,
    };
    tcsetwinsize(&writes, size).expect("its size");
    (reads, writes)
}

/// Runs the command on a terminal: how it ends, and what the terminal shows.
fn on_terminal(
    home: &Home,
    args: &[&str],
    columns: u16,
    env: &[(&str, &str)],
) -> (ExitStatus, String) {
    let (reads, writes) = terminal(columns);
    let mut child = Command::new(env!("CARGO_BIN_EXE_travaux"))
        .args(args)
        .current_dir(home.0.path())
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .env("TRAVAUX_TEST_TIME", "2025-01-01T00:00:00Z")
        .env("NO_COLOR", "1")
        .envs(env.iter().copied())
        .stdin(Stdio::null())
        .stdout(writes)
        .stderr(Stdio::null())
        .spawn()
        .expect("the command runs");
    let shown = std::thread::spawn(move || {
        let mut shown = Vec::new();
        let mut reads = std::fs::File::from(reads);
        let mut some = [0; 4096];
        // The terminal is gone when nobody writes to it any more.
        while let Ok(read @ 1..) = reads.read(&mut some) {
            shown.extend_from_slice(&some[..read]);
        }
        String::from_utf8_lossy(&shown).replace("\r\n", "\n")
    });
    let status = child.wait().expect("it ends");
    (status, shown.join().expect("what is shown"))
}

/// A program that is named as a pager, and what it does.
fn pager(home: &Home, name: &str, script: &str) -> String {
    use std::os::unix::fs::PermissionsExt as _;
    home.write(name, &format!("#!/bin/sh\n{script}\n"));
    let path = home.0.path().join(name);
    let may_run = std::fs::Permissions::from_mode(0o755);
    std::fs::set_permissions(&path, may_run).expect("it may run");
    path.display().to_string()
}

const LONG: &[&str] = &["topic", "operations"];

#[test]
fn a_long_answer_is_shown_by_the_page() {
    let home = Home::new();
    let own = pager(&home, "own", "echo OWN; cat");
    let other = pager(&home, "other", "echo OTHER; cat");
    let own_with_words = format!("{own} -R");
    for (env, first) in [
        (
            &[("TRAVAUX_PAGER", own.as_str()), ("PAGER", &other)][..],
            "OWN",
        ),
        (&[("PAGER", &other)], "OTHER"),
        (&[("TRAVAUX_PAGER", &own_with_words)], "OWN"),
    ] {
        let (status, shown) = on_terminal(&home, LONG, 100, env);
        assert!(status.success(), "{shown}");
        assert_eq!(shown.lines().next(), Some(first));
        assert!(
            shown.contains("OPERATIONS:") && shown.contains("signature-block"),
            "{shown}"
        );
    }
    // Help is an answer too.
    let (_, shown) = on_terminal(&home, &["--help"], 100, &[("PAGER", &other)]);
    assert_eq!(shown.lines().next(), Some("OTHER"));
}

#[test]
fn no_pager_is_started_where_none_is_wanted() {
    let home = Home::new();
    let loud = pager(&home, "loud", "echo PAGER; cat");
    let env = &[("TRAVAUX_PAGER", loud.as_str())];
    let json = ["law", "--format", "json"];
    let quiet: [&[&str]; 5] = [
        &["topic", "operations", "--no-pager"],
        &["--help", "--no-pager"],
        &["--no-pager", "law"],
        // Lines for a program, and an answer that has room.
        &json,
        &["topic"],
    ];
    for args in quiet {
        let (status, shown) = on_terminal(&home, args, 100, env);
        assert!(
            status.success() && !shown.contains("PAGER\n"),
            "{args:?}: {shown}"
        );
        assert!(!shown.is_empty(), "{args:?}");
    }
    for none in ["", "cat", "/no/such/pager"] {
        let (status, shown) = on_terminal(&home, LONG, 100, &[("TRAVAUX_PAGER", none)]);
        assert!(
            status.success() && shown.starts_with("OPERATIONS:"),
            "{none}: {shown}"
        );
    }
    // Where nobody looks: the same answer, whatever pager there is.
    let piped = Command::new(env!("CARGO_BIN_EXE_travaux"))
        .args(LONG)
        .env("TRAVAUX_PAGER", &loud)
        .output()
        .expect("the command runs");
    assert!(String::from_utf8_lossy(&piped.stdout).starts_with("OPERATIONS:"));
}

#[test]
fn a_pager_that_is_closed_early_is_no_failure() {
    let home = Home::new();
    // More than a pipe holds, so that the command is still writing.
    let text: String = (1..20_000)
        .map(|n| format!("## Article {n}\n\nThe Parties cooperate.\n\n"))
        .collect();
    home.write("en.md", &text);
    home.write(
        "manifest.json",
        r#"{"title":"Long","kind":"arrangement","profile":"arrangement","parties":[{"id":"A","name":"A"},{"id":"B","name":"B"}],
        "languages":["en"],"texts":{"en":"en.md"}}"#,
    );
    home.run(&["--as", "A", "propose", "manifest.json"]);
    let id = home.only();
    for script in ["exit 0", "head -1", "exec 0<&-; exit 3"] {
        let early = pager(&home, "early", script);
        let args = ["show", &id];
        let (status, shown) = on_terminal(&home, &args, 100, &[("PAGER", &early)]);
        assert!(status.success(), "{script}: {shown}");
        assert!(shown.lines().count() < 3, "{script}: {shown}");
    }
}

/// A store in which everything is long.
fn stored() -> (Home, String, String) {
    let home = Home::new();
    let long =
        "Ministry of the Interior, of Local Authorities and of the Development of Territories";
    home.write("en.md", "## Article 1\n\nThe Parties cooperate.\n");
    home.write(
        "manifest.json",
        &format!(
            r#"{{"title":"Arrangement on the exchange of information between the competent authorities","kind":"arrangement",
            "profile":"arrangement","parties":[{{"id":"A","name":"{long} A"}},{{"id":"B","name":"{long} B"}}],"languages":["en"],"texts":{{"en":"en.md"}}}}"#
        ),
    );
    home.write(
        "framework.json",
        &format!(
            r#"{{"title":"Framework of all that the two ministries do together, and of what they will","declaration":{{"title":"declaration","made":"2024-10","by":[]}},
            "parties":[{{"id":"A","name":"{long} A"}},{{"id":"B","name":"{long} B"}}],"areas":[{{"key":"x","title":"Everything"}}]}}"#
        ),
    );
    let by = [
        "--as",
        "A",
        "--person",
        "Directorate for international cooperation and exchanges",
    ];
    home.run(&[&by[..], &["propose", "manifest.json"]].concat());
    let id = home.only();
    home.run(&["--as", "B", "accept", &id, "--revision", "1"]);
    home.run(&[&by[..], &["adopt", &id, "--revision", "1"]].concat());
    home.run(
        &[
            &by[..],
            &[
                "framework",
                "found",
                "framework.json",
                "--consenting",
                "A,B",
            ],
        ]
        .concat(),
    );
    let list = home
        .output(&["framework", "list", "--format", "json"])
        .stdout;
    let framework: serde_json::Value = serde_json::from_slice(&list).expect("one line");
    let framework = framework["id"].as_str().expect("an id").to_owned();
    home.run(
        &[
            &by[..],
            &["framework", "join", &framework, &id, "--area", "x"],
        ]
        .concat(),
    );
    (home, id, framework)
}

#[test]
fn no_answer_is_wider_than_the_terminal() {
    let (home, id, framework) = stored();
    let asked: [&[&str]; 14] = [
        &["list"],
        &["log", &id],
        &["history", &id],
        &["show", &id],
        &["in-force", &id, "--between", "A,B", "--why"],
        &["blame", &id],
        &["framework", "list"],
        &["framework", "state", &framework],
        &["framework", "history", &framework],
        &["law"],
        &["audit"],
        &["--help"],
        &["topic"],
        &["sign", "--help"],
    ];
    let narrow = [&["list", "--no-pager"][..], &["log", &id, "--no-pager"]];
    check(
        "terminal",
        &narrow.map(|args| on_terminal(&home, args, 60, &[]).1),
    );
    for columns in [60, 80, 120] {
        for args in asked {
            let args = [args, &["--no-pager"]].concat();
            let (status, shown) = on_terminal(&home, &args, columns, &[]);
            assert!(status.success(), "{args:?}: {shown}");
            assert!(!shown.trim().is_empty(), "{args:?}");
            for line in shown.lines() {
                assert!(
                    line.width() <= columns.into(),
                    "{columns}, {args:?}: {line}\n{shown}"
                );
            }
        }
        for topic in ["operations", "manifest", "clauses", "effects", "profile"] {
            let (_, shown) = on_terminal(&home, &["topic", topic, "--no-pager"], columns, &[]);
            for line in shown.lines() {
                assert!(line.width() <= columns.into(), "{columns}, {topic}: {line}");
            }
        }
    }
}

#[test]
fn the_columns_that_are_asked_for_are_kept_to_where_nobody_looks() {
    let (home, _, _) = stored();
    let width = |columns: &str| {
        let output = Command::new(env!("CARGO_BIN_EXE_travaux"))
            .args(["law"])
            .current_dir(home.0.path())
            .env("COLUMNS", columns)
            .output()
            .expect("the command runs");
        let text = String::from_utf8(output.stdout).expect("text");
        text.lines().map(|line| line.width()).max().unwrap_or(0)
    };
    assert!((50..=60).contains(&width("60")) && (70..=80).contains(&width("80")));
}
