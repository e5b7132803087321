//! Dates, bytes, paths and modes come back as they were.

use travaux_import::{export_git, import};
use travaux_testkit::office::Office;

use super::{By, NOON, Repo, file};
use crate::common::{at_path, record, texts};

const RUN: i32 = 0o100_755;

const LINK: i32 = 0o120_000;

#[test]
fn dates_out_of_order_and_ahead_are_kept_as_they_are() {
    let repo = Repo::new();
    let mut head = None;
    // The first of 1970, one of the year 2099, one behind that.
    let times = [0, 4_086_439_200, NOON];
    for (at, text) in times.into_iter().zip(["one\n", "two\n", "three\n"]) {
        let by = By { at, ..By::day(0) };
        head = Some(repo.commit(head.as_slice(), by, &[file("a.md", text)]));
    }
    repo.commit(head.as_slice(), By::day(1), &[]);
    let history = repo.read();
    let dates: Vec<_> = history.documents[0]
        .changes
        .iter()
        .map(|change| change.effective_from.to_string())
        .collect();
    assert_eq!(
        dates,
        ["1970-01-01", "2099-06-29", "2025-01-01", "2025-01-02"]
    );
    let office = Office::new();
    let report = import(&office.engine, &history, &()).expect("it is imported");
    assert_eq!((report.revisions, report.refused), (3, vec![]));
    assert_eq!(
        texts(&record(&office, at_path(&office, "a.md"))),
        ["one\n", "two\n", "three\n"]
    );
    office.clean();
}

#[test]
fn a_text_applies_from_the_day_on_which_it_was_committed_where_that_was() {
    for (offset, day) in [
        (0, "2025-01-01"),
        (11 * 60 + 59, "2025-01-01"),
        (12 * 60, "2025-01-02"),
        (14 * 60, "2025-01-02"),
        (-12 * 60, "2025-01-01"),
        (-12 * 60 - 1, "2024-12-31"),
    ] {
        let repo = Repo::new();
        let by = By {
            offset,
            ..By::day(0)
        };
        repo.commit(&[], by, &[file("a.md", "one\n")]);
        let change = &repo.read().documents[0].changes[0];
        assert_eq!(change.effective_from.to_string(), day, "{offset}");
        assert_eq!(change.adopted_at.timestamp(), NOON, "{offset}");
    }
}

/// Imports it, and writes it back: as many trees are the same as there are commits.
#[track_caller]
fn comes_back(repo: &Repo) {
    let office = Office::new();
    let history = repo.read();
    let report = import(&office.engine, &history, &()).expect("it is imported");
    assert_eq!(report.refused, []);
    let folder = tempfile::tempdir().expect("a folder");
    let export = export_git(&office.engine, folder.path()).expect("it is exported");
    let commits = history.commits.len() as u64;
    assert_eq!((export.same_trees, export.other_trees), (commits, vec![]));
    office.clean();
}

#[test]
fn every_text_comes_back_to_the_byte_whatever_ends_its_lines() {
    for text in [
        "",
        "\n",
        "\n\n\n",
        "no line break at the end",
        "one\r\ntwo\r\n",
        "one\rtwo\r",
        "one\r\ntwo\nthree\r",
        "\u{feff}one\n",
        "\t \n one \t\n",
        "a\0b\n",
        "\u{2028}one\u{85}two\n",
        "é\ne\u{301}\n",
        "اتفاق\u{200f}\n",
        "---\ntitle: x\n---\n",
        "# Title\n\n## Article 1\n\n(a) one;\n(b) two.\n",
    ] {
        let changed = format!("{text}more\n");
        comes_back(&Repo::of(&[
            &[file("a.md", text), file("b.txt", text)],
            &[file("a.md", &changed), file("b.txt", text)],
            &[file("a.md", text)],
        ]));
    }
}

#[test]
fn odd_paths_and_modes_come_back() {
    comes_back(&Repo::of(&[
        &[
            file("with space.md", "1"),
            file("quo\"te's.md", "2"),
            file("back\\slash.md", "3"),
            file("line\nbreak.md", "4"),
            file("-dash", "5"),
            file("a-b", "6"),
            file("a/b", "7"),
            file("a.b", "8"),
            file("معاهدة/اتفاق.md", "9"),
            file("e\u{301}.md", "10"),
            file("é.md", "11"),
            file("*?[x]", "12"),
            file("...", "13"),
            file(" ", ""),
            file(".gitignore", "14"),
        ],
        &[
            (b"run.sh", RUN, b"#!/bin/sh\n"),
            (b"link", LINK, b"run.sh"),
            file("a/b", "15"),
        ],
    ]));
}
