//! Histories that come again: longer, cut, or with other words under a name that is on record.

use serde_json::Value;
use travaux::domain::{Event, source::SourceEvent};
use travaux_import::ImportReport;
use travaux_testkit::office::Office;

use crate::common::{at_path, brought_in, line, record, renamed, texts};

/// A line as it was told first.
fn told() -> [Value; 3] {
    [
        line(1, "A", "a.md", Some("one\n")),
        line(2, "M", "a.md", Some("two\n")),
        line(3, "M", "a.md", Some("three\n")),
    ]
}

/// What is refused: path, commit, reason.
fn refused(report: &ImportReport) -> Vec<(&str, &str, &str)> {
    let all = report.refused.iter();
    all.map(|r| (&*r.path, &*r.revision, &*r.reason)).collect()
}

/// The commits that are on record as read.
fn read(office: &Office) -> Vec<String> {
    let events = office
        .engine
        .events(1)
        .map(|e| e.expect("it is read").event);
    let commits = events.filter_map(|event| match event {
        Event::Source(SourceEvent::CommitsRead { commits }) => Some(commits),
        _ => None,
    });
    commits.flatten().map(|commit| commit.id).collect()
}

/// What a second run says of the second commit when that is told otherwise; what is on record stays.
#[track_caller]
fn check(change: impl FnOnce(&mut Value), other: Option<&str>) {
    let office = Office::new();
    brought_in(&office, &told());
    let head = office.engine.store().head();
    let mut again = told();
    change(&mut again[1]);
    let report = brought_in(&office, &again);
    let reason = other.map(|other| {
        format!("it is on record with another {other}; what is on record stays: record what is new under a commit of its own")
    });
    let path = again[1]["path"].as_str().expect("a path");
    let expected: Vec<_> = reason
        .iter()
        .map(|reason| (path, "c2", &**reason))
        .collect();
    assert_eq!(refused(&report), expected);
    assert_eq!((report.revisions, report.known), (0, 3));
    assert_eq!(office.engine.store().head(), head, "nothing is recorded");
    let record = record(&office, at_path(&office, "a.md"));
    assert_eq!(texts(&record), ["one\n", "two\n", "three\n"]);
}

#[test]
fn a_known_commit_that_says_something_else_is_refused_by_name() {
    check(|_| (), None);
    check(|line| line["text"] = "2\n".into(), Some("text"));
    check(|line| line["text"] = "two".into(), Some("text"));
    check(|line| line["author"] = "eve".into(), Some("author"));
    check(|line| line["committer"] = "eve".into(), Some("committer"));
    check(
        |line| line["author_date"] = "2025-01-02T08:00:01+01:00".into(),
        Some("author date"),
    );
    check(
        |line| line["commit_date"] = "2025-01-02T09:00:01+01:00".into(),
        Some("commit date"),
    );
    check(
        |line| {
            line["text"] = "2\n".into();
            line["author"] = "eve".into();
            line["committer"] = "eve".into();
        },
        Some("text, author, committer"),
    );
    // The same time at another place is the same time.
    check(
        |line| line["author_date"] = "2025-01-02T07:00:00Z".into(),
        None,
    );
}

#[test]
fn a_known_commit_under_another_path_is_refused_by_name() {
    let office = Office::new();
    let first = line(1, "A", "a.md", Some("one\n"));
    brought_in(
        &office,
        &[first.clone(), renamed(2, "a.md", "b.md", "one\n")],
    );
    let report = brought_in(&office, &[first, renamed(2, "a.md", "c.md", "one\n")]);
    let reason = "it is on record with another path; what is on record stays: record what is new under a commit of its own";
    assert_eq!(refused(&report), [("c.md", "c2", reason)]);
}

#[test]
fn a_first_commit_that_says_something_else_is_refused_too() {
    let office = Office::new();
    brought_in(&office, &[line(1, "A", "a.md", Some("one\n"))]);
    let report = brought_in(&office, &[line(1, "A", "a.md", Some("1\n"))]);
    assert_eq!(refused(&report).len(), 1);
    assert_eq!(texts(&record(&office, at_path(&office, "a.md"))), ["one\n"]);
}

#[test]
fn a_commit_that_comes_before_what_is_on_record_is_refused_by_name() {
    let office = Office::new();
    let [first, second, third] = told();
    brought_in(&office, &[first.clone(), third.clone()]);
    let report = brought_in(&office, &[first, second, third]);
    let reason = "it comes before c3, which is on record: what is new in a history comes behind it";
    assert_eq!(refused(&report), [("a.md", "c2", reason)]);
    assert_eq!((report.revisions, report.known, report.bytes), (0, 2, 0));
    assert_eq!(
        texts(&record(&office, at_path(&office, "a.md"))),
        ["one\n", "three\n"]
    );
}

#[test]
fn of_a_document_that_changes_twice_in_a_commit_the_last_text_is_compared() {
    let lines = |last: &str| {
        let mut third = renamed(2, "tmp.md", "b.md", last);
        third["commit"] = "c2".into();
        [
            line(1, "A", "a.md", Some("one\n")),
            renamed(2, "a.md", "tmp.md", "passing\n"),
            third,
        ]
    };
    let office = Office::new();
    brought_in(&office, &lines("two\n"));
    let again = brought_in(&office, &lines("two\n"));
    assert_eq!((again.known, refused(&again).len()), (3, 0));
    let other = brought_in(&office, &lines("2\n"));
    assert_eq!(refused(&other).len(), 1);
}

#[test]
fn a_shorter_history_adds_nothing_and_refuses_nothing() {
    let office = Office::new();
    brought_in(&office, &told());
    let head = office.engine.store().head();
    let report = brought_in(&office, &told()[..1]);
    assert_eq!((report.known, refused(&report).len()), (1, 0));
    assert_eq!(office.engine.store().head(), head);
}

#[test]
fn a_line_that_was_written_anew_has_all_its_commits_on_record() {
    let office = Office::new();
    brought_in(&office, &told());
    // From the second commit on it is another line.
    let [first, ..] = told();
    let anew = [
        first,
        line(12, "M", "a.md", Some("two anew\n")),
        line(13, "M", "a.md", Some("three anew\n")),
        line(14, "M", "a.md", Some("four\n")),
    ];
    let report = brought_in(&office, &anew);
    assert_eq!((report.revisions, report.known), (3, 1));
    assert_eq!(read(&office), ["c1", "c2", "c3", "c12", "c13", "c14"]);
    let again = brought_in(&office, &anew);
    assert_eq!((again.revisions, again.known), (0, 4));
    assert_eq!(read(&office).len(), 6, "none is read twice");
}

#[test]
fn an_end_is_recorded_once_however_often_it_is_told() {
    let mut lines = vec![
        line(1, "A", "a.md", Some("one\n")),
        line(2, "D", "a.md", None),
        line(3, "A", "a.md", Some("back\n")),
        line(4, "D", "a.md", None),
    ];
    let office = Office::new();
    for length in 1..=lines.len() {
        brought_in(&office, &lines[..length]);
        brought_in(&office, &lines[..length]);
    }
    let ends = |office: &Office| {
        let events = office.engine.events(1).map(|e| e.expect("it is read"));
        let names = events.map(|e| e.event.type_name());
        names
            .filter(|name| matches!(*name, "AgreementEnded" | "AgreementResumed"))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        ends(&office),
        ["AgreementEnded", "AgreementResumed", "AgreementEnded"]
    );
    lines.push(line(5, "A", "a.md", Some("once more\n")));
    brought_in(&office, &lines);
    assert_eq!(ends(&office).len(), 4);
    office.clean();
}
