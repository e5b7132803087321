//! An import: every text comes back byte for byte, and a second run adds only what is new.

use travaux::{Verdict, domain::Revision};
use travaux_testkit::office::Office;

use crate::common::{at_path, brought_in, line, record, renamed, texts};

#[test]
fn every_text_comes_back_byte_for_byte() {
    let revisions = [
        "# Title\n\nArticle 1\n\nOne.\n",
        "# Title\n\nArticle 1\n\nOne, two.\n\nArticle 2\n\nThree.",
        "",
        "# Title\n\nArticle 1\n\nOne.\n",
        "\u{feff}# Title\r\n\r\nArticle 2\r\n\r\nThree.\r\n",
    ];
    let office = Office::new();
    let lines: Vec<_> = (1..)
        .zip(revisions)
        .map(|(commit, text)| {
            line(
                commit,
                if commit == 1 { "A" } else { "M" },
                "a.md",
                Some(text),
            )
        })
        .collect();
    let report = brought_in(&office, &lines);
    assert_eq!((report.revisions, report.refused.len()), (5, 0));
    let record = record(&office, at_path(&office, "a.md"));
    assert_eq!(texts(&record), revisions);
    let flagged: Vec<_> = report.flagged.iter().map(|f| &*f.revision).collect();
    assert_eq!(flagged, ["c5"], "what is odd in the last text is named");
    let audit = office.engine.audit(|_| {}).expect("the log is read");
    assert_eq!(audit.verdict, Verdict::Clean, "{:?}", audit.findings);
}

#[test]
fn a_second_run_adds_nothing_and_a_longer_history_only_what_is_new() {
    let office = Office::new();
    let mut lines = vec![
        line(1, "A", "a.md", Some("one\n")),
        line(1, "A", "b.md", Some("one\n")),
        line(2, "M", "a.md", Some("two\n")),
    ];
    let first = brought_in(&office, &lines);
    assert_eq!(
        (first.documents, first.new_documents, first.revisions),
        (2, 2, 3)
    );
    let head = office.engine.store().head();
    let again = brought_in(&office, &lines);
    assert_eq!(
        (again.new_documents, again.revisions, again.known),
        (0, 0, 3)
    );
    assert_eq!(office.engine.store().head(), head, "nothing is recorded");
    lines.push(renamed(3, "a.md", "c.md", "three\n"));
    let more = brought_in(&office, &lines);
    assert_eq!((more.new_documents, more.revisions, more.known), (0, 1, 3));
    let record = record(&office, at_path(&office, "c.md"));
    assert_eq!(texts(&record), ["one\n", "two\n", "three\n"]);
}

#[test]
fn the_same_history_has_the_same_ids_in_every_store() {
    let lines = [line(1, "A", "a.md", Some("one\n"))];
    let [one, two] = [0, 1].map(|_| {
        let office = Office::new();
        brought_in(&office, &lines);
        at_path(&office, "a.md")
    });
    assert_eq!(one, two);
    let office = Office::new();
    brought_in(&office, &[line(2, "A", "a.md", Some("one\n"))]);
    assert_ne!(
        at_path(&office, "a.md"),
        one,
        "it begins with another commit"
    );
}

#[test]
fn an_end_and_a_return_are_on_record() {
    let office = Office::new();
    brought_in(
        &office,
        &[
            line(1, "A", "a.md", Some("one\n")),
            line(3, "D", "a.md", None),
            line(5, "A", "a.md", Some("two\n")),
        ],
    );
    let types: Vec<_> = office
        .engine
        .events(1)
        .map(|e| e.expect("it is read").event.type_name())
        .filter(|kind| kind.starts_with("Agreement"))
        .collect();
    assert_eq!(
        types,
        ["AgreementProposed", "AgreementEnded", "AgreementResumed"]
    );
    let record = record(&office, at_path(&office, "a.md"));
    assert_eq!(texts(&record), ["one\n", "two\n"]);
}

#[test]
fn a_revision_has_the_dates_and_names_of_its_source() {
    let office = Office::new();
    brought_in(
        &office,
        &[
            line(1, "A", "a.md", Some("one\n")),
            line(9, "M", "a.md", Some("two\n")),
        ],
    );
    let record = record(&office, at_path(&office, "a.md"));
    let line = record.line(Revision(2)).expect("it is there");
    assert_eq!(
        (line.source.as_deref(), line.path.as_deref(), line.inferred),
        (Some("c9"), Some("a.md"), true)
    );
    assert_eq!(
        (&*line.proposer, line.adopter.as_deref()),
        ("ann", Some("bob"))
    );
    assert_eq!(
        line.effective_from.map(|d| d.to_string()).as_deref(),
        Some("2025-01-09")
    );
}
