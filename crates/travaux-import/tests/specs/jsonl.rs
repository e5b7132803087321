//! JSON Lines as a history.

use std::{fs, path::Path};

use serde_json::Value;
use travaux_import::{ChangeKind, Content, read_jsonl, read_lines};

use crate::common::{history, joined, line, renamed};

/// A document's first path; then each change as its place, its kind and its path.
type Document<'a> = (&'a str, &'a [(usize, ChangeKind, &'a str)]);

#[track_caller]
fn check(lines: &[Value], expected: &[Document<'_>]) {
    let history = history(lines);
    let found: Vec<_> = history
        .documents
        .iter()
        .map(|document| {
            let changes = document.changes.iter();
            let changes: Vec<_> = changes.map(|c| (c.place, c.kind, &*c.path)).collect();
            (&*document.first_path, changes)
        })
        .collect();
    let expected: Vec<_> = expected
        .iter()
        .map(|(path, changes)| (*path, changes.to_vec()))
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn a_document_is_its_changes_in_order() {
    use ChangeKind::{End, Text};
    check(
        &[
            line(1, "A", "a.md", Some("one\n")),
            line(2, "M", "a.md", Some("two\n")),
            line(3, "D", "a.md", None),
            line(4, "A", "a.md", Some("three\n")),
        ],
        &[(
            "a.md",
            &[
                (0, Text, "a.md"),
                (1, Text, "a.md"),
                (2, End, "a.md"),
                (3, Text, "a.md"),
            ],
        )],
    );
}

#[test]
fn a_document_is_followed_through_its_names_and_a_name_can_be_used_again() {
    use ChangeKind::Text;
    check(
        &[
            line(1, "A", "a.md", Some("one\n")),
            renamed(2, "a.md", "b.md", "one\n"),
            line(3, "A", "a.md", Some("another\n")),
            line(4, "M", "b.md", Some("two\n")),
        ],
        &[
            (
                "a.md",
                &[(0, Text, "a.md"), (1, Text, "b.md"), (3, Text, "b.md")],
            ),
            ("a.md", &[(2, Text, "a.md")]),
        ],
    );
}

#[test]
fn lines_of_one_commit_are_one_commit() {
    let history = history(&[
        line(1, "A", "a.md", Some("one\n")),
        line(1, "A", "b.md", Some("one\n")),
        line(2, "M", "b.md", Some("two\n")),
    ]);
    let ids: Vec<_> = history.commits.iter().map(|c| &*c.id).collect();
    assert_eq!((history.root.as_str(), ids), ("c1", vec!["c1", "c2"]));
    assert_eq!(history.documents[1].changes[1].place, 1);
}

#[test]
fn the_author_proposes_and_the_committer_adopts() {
    let history = history(&[line(1, "A", "a.md", Some("one\n"))]);
    let change = &history.documents[0].changes[0];
    assert_eq!(
        (&*change.proposer.party.0, &*change.adopter.party.0),
        ("ann", "bob")
    );
    assert_eq!(change.proposed_at.to_rfc3339(), "2025-01-01T07:00:00+00:00");
    assert_eq!(change.adopted_at.to_rfc3339(), "2025-01-01T08:00:00+00:00");
    assert_eq!(change.effective_from.to_string(), "2025-01-01");

    let mut unsigned = line(1, "A", "a.md", Some("one\n"));
    unsigned["author"] = Value::Null;
    unsigned["subject"] = "reform\n\nEffective-Date: 2024-06-01".into();
    let history = crate::common::history(&[unsigned]);
    let change = &history.documents[0].changes[0];
    assert_eq!(&*change.proposer.party.0, "unknown");
    assert_eq!(
        change.effective_from.to_string(),
        "2024-06-01",
        "as declared"
    );
}

#[test]
fn a_compressed_file_is_read_as_a_plain_one() {
    let folder = tempfile::tempdir().expect("a folder");
    let lines = joined(&[
        line(1, "A", "a.md", Some("one\n")),
        line(2, "M", "a.md", Some("two\n")),
    ]);
    let (plain, compressed) = (folder.path().join("plain"), folder.path().join("zstd"));
    fs::write(&plain, &lines).expect("it is written");
    let bytes = zstd::encode_all(lines.as_bytes(), 3).expect("it is compressed");
    fs::write(&compressed, &bytes).expect("it is written");
    let read = |path: &Path| format!("{:?}", read_jsonl(path).expect("it is read").documents);
    assert_eq!(read(&plain), read(&compressed));

    fs::write(&compressed, &bytes[..bytes.len() / 2]).expect("it is written");
    read_jsonl(&compressed).expect_err("it is cut off");
    let error = read_jsonl(&folder.path().join("absent")).expect_err("it is not there");
    assert!(error.to_string().contains("absent"), "{error}");
}

#[test]
fn what_may_be_left_out_is_as_on_the_line_before_of_its_commit() {
    let mut second = line(1, "A", "b.md", Some("two\n"));
    for field in ["author", "committer", "subject"] {
        second[field] = Value::Null;
    }
    let history = history(&[line(1, "A", "a.md", Some("one\n")), second]);
    let told: Vec<_> = history
        .documents
        .iter()
        .map(|document| {
            let change = &document.changes[0];
            (
                &*change.proposer.party.0,
                &*change.adopter.party.0,
                &*change.title,
            )
        })
        .collect();
    assert_eq!(told, [("ann", "bob", "commit 1"); 2]);
}

#[test]
fn a_text_may_be_empty_and_an_end_may_say_so() {
    let mut end = line(2, "D", "a.md", None);
    end["text"] = Value::Null;
    let history = history(&[line(1, "A", "a.md", Some("")), end]);
    let contents: Vec<_> = history.documents[0]
        .changes
        .iter()
        .map(|change| match &change.content {
            Content::Here(text) => Some(text.to_string()),
            _ => None,
        })
        .collect();
    assert_eq!(contents, [Some(String::new()), None]);
}

#[test]
fn lines_end_as_those_of_any_system_do_and_blank_ones_are_none() {
    let lines = [
        line(1, "A", "a.md", Some("one\r\n")),
        line(2, "M", "a.md", Some("two\n")),
    ];
    let plain = joined(&lines);
    let read = |text: &str| {
        let history = read_lines(text.as_bytes(), Path::new("h.jsonl")).expect("it is read");
        format!("{:?} {:?}", history.commits, history.documents)
    };
    for other in [
        plain.replace('\n', "\r\n"),
        plain.replace('\n', "\n\n \t\n"),
        plain.trim_end().to_owned(),
    ] {
        assert_eq!(read(&other), read(&plain), "{other}");
    }
}

#[test]
fn commits_may_be_dated_in_any_order_and_stay_in_that_of_the_lines() {
    let history = history(&[
        line(9, "A", "a.md", Some("one\n")),
        line(2, "M", "a.md", Some("two\n")),
        line(5, "M", "a.md", Some("three\n")),
    ]);
    let days: Vec<_> = history.documents[0]
        .changes
        .iter()
        .map(|change| (change.place, change.effective_from.to_string()))
        .collect();
    let day = |place, day: &str| (place, format!("2025-01-{day}"));
    assert_eq!(days, [day(0, "09"), day(1, "02"), day(2, "05")]);
}
