//! JSON Lines as a history.

use std::{fs, path::Path};

use serde_json::{Value, json};
use travaux_import::{ChangeKind, read_jsonl, read_lines};

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
fn what_is_not_of_the_form_is_named_with_its_line() {
    let good = line(1, "A", "a.md", Some("one\n"));
    let with = |field: &str, value: Value| {
        let mut line = line(2, "M", "a.md", Some("two\n"));
        line[field] = value;
        line.to_string()
    };
    for (second, says) in [
        ("{".to_owned(), "not a revision"),
        (
            json!({"commit": "c2"}).to_string(),
            "not a revision: author_date is missing; commit_date is missing; op is missing; path is missing",
        ),
        (with("op", "X".into()), "`op` is `X`, expected A, M, R or D"),
        (with("op", "R".into()), "a renaming without `from`"),
        (with("commit_date", "soon".into()), "not a revision"),
        (
            renamed(2, "gone.md", "b.md", "two\n").to_string(),
            "`gone.md` is not known here",
        ),
    ] {
        // An empty line is none, and counts.
        let lines = format!("{good}\n\n{second}\n");
        let error = read_lines(lines.as_bytes(), Path::new("history.jsonl"))
            .expect_err("it is not of the form")
            .to_string();
        assert!(
            error.starts_with("history.jsonl, line 3: ") && error.contains(says),
            "{error}"
        );
    }
    let error = read_lines(&b"\n"[..], Path::new("history.jsonl")).expect_err("it is empty");
    assert_eq!(error.to_string(), "history.jsonl: there is no revision");
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
