//! Lines that are refused: each with the number of its line, the field, and what to write.

use std::path::Path;

use serde_json::{Value, json};
use travaux_import::read_lines;

use crate::common::{joined, line, renamed};

fn error(text: &[u8]) -> String {
    let read = read_lines(text, Path::new("h.jsonl"));
    read.expect_err("it is refused").to_string()
}

/// What is said of the last of these lines.
#[track_caller]
fn check(lines: &[Value], said: &str) {
    let expected = format!("h.jsonl, line {}: {said}", lines.len());
    assert_eq!(error(joined(lines).as_bytes()), expected);
}

/// The first commit, and a line of the second one in which a field is another.
#[track_caller]
fn check_with(field: &str, value: Value, said: &str) {
    let mut second = line(2, "M", "a.md", Some("two\n"));
    second[field] = value;
    check(&[line(1, "A", "a.md", Some("one\n")), second], said);
}

#[test]
fn a_field_is_of_its_form() {
    let time = "expected a time such as `2024-10-30T12:00:00Z`";
    check_with(
        "commit_date",
        "soon".into(),
        &format!("not a revision: commit_date: {time}, found the text `soon`"),
    );
    check_with(
        "author_date",
        "2025-01-02".into(),
        &format!("not a revision: author_date: {time}, found the text `2025-01-02`"),
    );
    check_with(
        "commit",
        7.into(),
        "not a revision: commit: expected text, found the number 7",
    );
    check_with(
        "text",
        json!(["two"]),
        "not a revision: text: expected text, found a list",
    );
    check_with(
        "parents",
        "c1".into(),
        "not a revision: parents: expected a list, found the text `c1`",
    );
    check_with("op", "X".into(), "`op` is `X`, expected A, M, R or D");
    check_with("op", "a".into(), "`op` is `a`, expected A, M, R or D");
    check_with("path", "".into(), "`path` is empty");
    check_with("commit", "".into(), "`commit` is empty");
}

#[test]
fn a_field_that_nobody_knows_is_refused_by_name() {
    check_with(
        "txt",
        "two".into(),
        "not a revision: txt: there is no such field; did you mean `text`?",
    );
    check_with(
        "committer_date",
        "2025-01-02T00:00:00Z".into(),
        "not a revision: committer_date: there is no such field; did you mean `committer`?",
    );
    check_with(
        "zzz",
        1.into(),
        "not a revision: zzz: there is no such field; expected `seq`, `commit`, `parents`, `author_date`, \
         `commit_date`, `subject`, `path`, `from`, `op`, `text`, `handle`, `author` or `committer`",
    );
}

#[test]
fn all_that_is_wrong_with_a_line_is_said_at_once() {
    check(
        &[json!({"commit": "c1", "txt": 1})],
        "not a revision: author_date is missing; commit_date is missing; op is missing; path is missing; \
         txt: there is no such field; did you mean `text`?",
    );
}

#[test]
fn a_text_is_there_where_it_belongs_and_nowhere_else() {
    let first = || line(1, "A", "a.md", Some("one\n"));
    for op in ["A", "M"] {
        check(
            &[first(), line(2, op, "a.md", None)],
            &format!("`text` is missing: `{op}` brings the whole text, which may be empty"),
        );
    }
    let mut without = renamed(2, "a.md", "b.md", "one\n");
    without["text"] = Value::Null;
    check(
        &[first(), without.clone()],
        "`text` is missing: `R` brings the whole text, which may be empty",
    );
    without.as_object_mut().expect("an object").remove("text");
    check(
        &[first(), without],
        "`text` is missing: `R` brings the whole text, which may be empty",
    );
    check(
        &[first(), line(2, "D", "a.md", Some(""))],
        "`text` stands beside `D`, which ends the document: leave it out",
    );
}

#[test]
fn a_renaming_says_from_where_and_nothing_else_does() {
    let first = || line(1, "A", "a.md", Some("one\n"));
    check(
        &[first(), line(2, "R", "b.md", Some("one\n"))],
        "a renaming without `from`",
    );
    for (op, text) in [("M", Some("two\n")), ("A", Some("two\n")), ("D", None)] {
        let mut second = line(2, op, "a.md", text);
        second["from"] = "a.md".into();
        check(
            &[first(), second],
            &format!("`from` stands beside `{op}`: only `R` has it"),
        );
    }
}

#[test]
fn what_moves_or_ends_has_to_stand() {
    let first = || line(1, "A", "a.md", Some("one\n"));
    let no_from = "`from` is `gone.md`: expected a path at which a document stands";
    check(&[first(), renamed(2, "gone.md", "b.md", "two\n")], no_from);
    let no_path = "`path` is `gone.md`: expected one at which a document stands";
    check(&[first(), line(2, "D", "gone.md", None)], no_path);
    // Neither does what has ended, nor what has moved away.
    let ended = || [first(), line(2, "D", "a.md", None)];
    check(
        &[ended().as_slice(), &[line(3, "D", "a.md", None)]].concat(),
        "`path` is `a.md`: expected one at which a document stands",
    );
    check(
        &[ended().as_slice(), &[renamed(3, "a.md", "b.md", "x")]].concat(),
        "`from` is `a.md`: expected a path at which a document stands",
    );
    check(
        &[
            first(),
            renamed(2, "a.md", "b.md", "one\n"),
            line(3, "D", "a.md", None),
        ],
        "`path` is `a.md`: expected one at which a document stands",
    );
}

#[test]
fn no_document_is_moved_onto_another() {
    check(
        &[
            line(1, "A", "a.md", Some("one\n")),
            line(1, "A", "b.md", Some("other\n")),
            renamed(2, "a.md", "b.md", "one\n"),
        ],
        "`path` is `b.md`: expected a path at which no document stands",
    );
}

#[test]
fn lines_of_one_commit_stand_together() {
    check(
        &[
            line(1, "A", "a.md", Some("one\n")),
            line(2, "M", "a.md", Some("two\n")),
            line(1, "A", "b.md", Some("late\n")),
        ],
        "`commit` is `c1`: expected another, as the lines of one commit stand together",
    );
}

#[test]
fn lines_of_one_commit_say_the_same_of_it() {
    for (field, is, known) in [
        ("author", "eve", "ann"),
        ("committer", "eve", "bob"),
        ("subject", "other", "commit 1"),
        (
            "author_date",
            "2025-01-01T08:00:01+01:00",
            "2025-01-01T08:00:00+01:00",
        ),
        (
            "commit_date",
            "2025-01-01T09:00:00+02:00",
            "2025-01-01T09:00:00+01:00",
        ),
    ] {
        let mut second = line(1, "A", "b.md", Some("two\n"));
        second[field] = is.into();
        check(
            &[line(1, "A", "a.md", Some("one\n")), second],
            &format!(
                "`{field}` is `{is}`: expected `{known}`, as on the line before of this commit"
            ),
        );
    }
    let [mut first, mut second] = ["a.md", "b.md"].map(|path| line(1, "A", path, Some("one\n")));
    first["parents"] = json!(["p", "q"]);
    second["parents"] = json!(["p"]);
    check(
        &[first, second],
        "`parents` is `p`: expected `p, q`, as on the line before of this commit",
    );
}

#[test]
fn a_commit_gives_a_document_one_text() {
    for second in ["one\n", "another\n"] {
        check(
            &[
                line(1, "A", "a.md", Some("one\n")),
                line(1, "M", "a.md", Some(second)),
            ],
            "`path` is `a.md`: expected another document, as this commit has given it a text already",
        );
    }
}

#[test]
fn numbers_of_lines_grow() {
    let numbered = |commit: u32, seq: u64| {
        let mut line = line(commit, "M", "a.md", Some("text\n"));
        line["seq"] = seq.into();
        line
    };
    check(
        &[numbered(1, 4), numbered(2, 9), numbered(3, 9)],
        "`seq` is `9`: expected more than 9, as on the line before",
    );
    check(
        &[
            numbered(1, 4),
            line(2, "M", "a.md", Some("x")),
            numbered(3, 2),
        ],
        "`seq` is `2`: expected more than 4, as on the line before",
    );
}

#[test]
fn what_is_no_json_or_no_text_is_said_with_its_line() {
    let good = joined(&[line(1, "A", "a.md", Some("one\n"))]);
    let second = |bytes: &[u8]| error(&[good.as_bytes(), b"\n", bytes].concat());
    // An empty line is none, and counts.
    for (bytes, said) in [
        (
            &b"{"[..],
            "not a revision: the file ends too early: a bracket, a brace or a quotation mark is not closed",
        ),
        (
            b"[]",
            "not a revision: expected an object with `seq`, `commit`, `parents`, `author_date`, `commit_date`, \
             `subject`, `path`, `from`, `op`, `text`, `handle`, `author` and `committer`, found a list",
        ),
        (b"{\"path\": \"\xff\"}", "this is not text in UTF-8"),
    ] {
        assert_eq!(second(bytes), format!("h.jsonl, line 3: {said}"));
    }
    for nothing in [&b""[..], b"\n", b" \r\n\n"] {
        assert_eq!(error(nothing), "h.jsonl: there is no revision");
    }
}

#[test]
fn names_are_given_once_and_to_one_document() {
    let named = |commit: u32, path: &str, handle: &str| {
        let mut line = line(commit, "M", path, Some("text\n"));
        line["handle"] = handle.into();
        line
    };
    check(
        &[named(1, "a.md", "fisheries"), named(2, "b.md", "fisheries")],
        "`handle` is `fisheries`: expected another, as another document has that",
    );
    check(
        &[named(1, "a.md", "fisheries"), named(2, "a.md", "mobility")],
        "`handle` is `mobility`: expected `fisheries`, as the document is named already",
    );
}
