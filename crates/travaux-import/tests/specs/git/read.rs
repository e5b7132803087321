//! Histories that are read: what is kept of them, and what is refused.

use std::{fs, path::Path};

use serde_json::Value;
use travaux::domain::Revision;
use travaux_import::{GitOptions, read_git};
use travaux_testkit::office::Office;

use super::{Repo, TEXT, exported, shown};
use crate::common::{at_path, brought_in, line, record, renamed, texts};

/// What an export of these lines shows.
#[track_caller]
fn check(lines: &[Value], expected: &[&str]) {
    let office = Office::new();
    brought_in(&office, lines);
    let (folder, _) = exported(&office);
    assert_eq!(shown(folder.path()), expected);
}

#[test]
fn a_history_keeps_its_commits_authors_dates_and_messages() {
    let mut second = line(2, "M", "acts/a.md", Some("two\n"));
    second["subject"] = "reform\n\nEffective-Date: 2024-06-01\nSigned-off-by: Ann\n".into();
    check(
        &[line(1, "A", "acts/a.md", Some("one\n")), second],
        &[
            "ann <unknown> 1735714800+0100 | bob <unknown> 1735718400+0100 | commit 1",
            "  100644 acts/a.md: one⏎",
            "ann <unknown> 1735801200+0100 | bob <unknown> 1735804800+0100 | reform⏎⏎Effective-Date: 2024-06-01⏎Signed-off-by: Ann⏎",
            "  100644 acts/a.md: two⏎",
        ],
    );
}

#[test]
fn files_come_move_go_and_come_back() {
    check(
        &[
            line(1, "A", "a.md", Some("one\n")),
            line(1, "A", "b/c/d.md", Some("deep\n")),
            renamed(2, "a.md", "b/a.md", "one\n"),
            line(3, "D", "b/c/d.md", None),
            line(4, "A", "b/c/d.md", Some("again\n")),
        ],
        &[
            "ann <unknown> 1735714800+0100 | bob <unknown> 1735718400+0100 | commit 1",
            "  100644 a.md: one⏎",
            "  100644 b/c/d.md: deep⏎",
            "ann <unknown> 1735801200+0100 | bob <unknown> 1735804800+0100 | commit 2",
            "  100644 b/a.md: one⏎",
            "  100644 b/c/d.md: deep⏎",
            "ann <unknown> 1735887600+0100 | bob <unknown> 1735891200+0100 | commit 3",
            "  100644 b/a.md: one⏎",
            "ann <unknown> 1735974000+0100 | bob <unknown> 1735977600+0100 | commit 4",
            "  100644 b/a.md: one⏎",
            "  100644 b/c/d.md: again⏎",
        ],
    );
}

#[test]
fn two_files_exchange_their_names_in_one_commit() {
    let mut third = renamed(2, "tmp.md", "b.md", "of a\n");
    third["commit"] = "c2".into();
    let lines = [
        line(1, "A", "a.md", Some("of a\n")),
        line(1, "A", "b.md", Some("of b\n")),
        renamed(2, "a.md", "tmp.md", "of a\n"),
        renamed(2, "b.md", "a.md", "of b\n"),
        third,
    ];
    let office = Office::new();
    brought_in(&office, &lines);
    let (folder, _) = exported(&office);
    let shown = shown(folder.path());
    assert_eq!(
        shown[shown.len() - 2..],
        ["  100644 a.md: of b⏎", "  100644 b.md: of a⏎"]
    );
}

#[test]
fn a_date_that_a_trailer_declares_is_the_one_from_which_a_text_applies() {
    let mut repo = Repo::new();
    repo.commit("first\n", &[("a.md", TEXT, b"one\n")]);
    repo.commit(
        "second\n\nIn-Force: 2020-02-03\n",
        &[("a.md", TEXT, b"two\n")],
    );
    let office = Office::new();
    repo.import(&office);
    let record = record(&office, at_path(&office, "a.md"));
    let from = |n| {
        record
            .line(Revision(n))
            .expect("it is there")
            .effective_from
    };
    let dates: Vec<_> = [1, 2].map(|n| from(n).expect("a date").to_string()).into();
    assert_eq!(dates, ["2025-01-02", "2020-02-03"]);
}

#[test]
fn what_is_no_text_is_refused_by_name_and_the_rest_is_imported() {
    let mut repo = Repo::new();
    let first = repo.commit(
        "first\n",
        &[("a.md", TEXT, b"one\n"), ("b.bin", TEXT, b"a\xFFb")],
    );
    let second = repo.commit(
        "second\n",
        &[
            ("a.md", TEXT, b"two\n"),
            ("b.bin", TEXT, b"a\xFFb"),
            ("module", 0o160_000, b""),
        ],
    );
    let office = Office::new();
    let report = repo.import(&office);
    let refused: Vec<_> = report
        .refused
        .iter()
        .map(|r| (&*r.path, r.revision.clone(), r.offset))
        .collect();
    assert_eq!(
        refused,
        [
            ("b.bin", first.to_string(), Some(1)),
            ("module", second.to_string(), None),
        ]
    );
    assert_eq!(
        report.refused[0].reason,
        "it is not UTF-8 text from there on"
    );
    assert_eq!(
        texts(&record(&office, at_path(&office, "a.md"))),
        ["one\n", "two\n"]
    );
    // An export says which commits it could not write as they were.
    let (_, report) = exported(&office);
    assert_eq!(report.other_trees, [first.to_string(), second.to_string()]);
}

#[test]
fn a_source_that_cannot_be_read_says_what_it_is_not() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("source");
    let read = |path: &Path, rev: Option<&str>| {
        let options = GitOptions {
            rev: rev.map(str::to_owned),
            ..GitOptions::default()
        };
        read_git(path, &options)
            .expect_err("it cannot be read")
            .to_string()
    };
    for (bytes, says) in [
        (
            "",
            "neither a folder with a repository nor a git bundle (version 2 or 3)",
        ),
        (
            "# v4 git bundle\n",
            "neither a folder with a repository nor a git bundle (version 2 or 3)",
        ),
        (
            "# v2 git bundle\n-0123456789012345678901234567890123456789 base\n\n",
            "the bundle is incremental: it needs commits that it does not hold; bundle it whole",
        ),
        (
            "# v3 git bundle\n@object-format=sha256\n\n",
            "the bundle needs `object-format=sha256`, which is not supported",
        ),
        (
            "# v2 git bundle\nrefs/heads/main\n\n",
            "a reference without a name",
        ),
        (
            "# v2 git bundle\nmain refs/heads/main\n\n",
            "a reference without an object name",
        ),
    ] {
        fs::write(&path, bytes).expect("it is written");
        assert_eq!(
            read(&path, None),
            format!("{}: {says}", path.display()),
            "{bytes:?}"
        );
    }
    fs::write(&path, "# v2 git bundle\n\nno pack").expect("it is written");
    let error = read(&path, None);
    assert!(error.starts_with("cannot "), "{error}");

    let mut repo = Repo::new();
    let unborn = read(repo.folder.path(), None);
    assert!(
        unborn.starts_with("cannot find the revision `HEAD`: "),
        "{unborn}"
    );
    repo.commit("first\n", &[("a.md", TEXT, b"one\n")]);
    let absent = read(repo.folder.path(), Some("v9"));
    assert!(
        absent.starts_with("cannot find the revision `v9`: "),
        "{absent}"
    );
    let no_commit = read(repo.folder.path(), Some("HEAD:a.md"));
    assert!(
        no_commit.starts_with("cannot find a commit under `HEAD:a.md`: "),
        "{no_commit}"
    );
    let nothing = read(&folder.path().join("absent"), None);
    assert!(
        nothing.starts_with("cannot open the repository "),
        "{nothing}"
    );
}
