//! The text on a date, as known at a time.

use chrono::NaiveTime;
use travaux_domain::Revision;
use travaux_projections::{AgreementRecord, TextAnswer, TextQuestion};
use travaux_testkit::agreement::{date, lang, words};

use crate::common::{adopted, amend, amended, arrangement, living, record, revised, saying};

fn ask(record: &AgreementRecord, on: &str, known: Option<&str>) -> TextAnswer {
    let known_at = known.map(|day| date(day).and_time(NaiveTime::MIN).and_utc());
    record.text_in_force(TextQuestion {
        on: date(on),
        known_at,
    })
}

/// The revisions that make the text up, and those that will.
#[track_caller]
fn check(
    record: &AgreementRecord,
    on: &str,
    known: Option<&str>,
    applied: &[u32],
    pending: &[(u32, &str)],
) {
    let answer = ask(record, on, known);
    let applied: Vec<Revision> = applied.iter().map(|n| Revision(*n)).collect();
    let pending: Vec<_> = pending
        .iter()
        .map(|(n, from)| (Revision(*n), date(from)))
        .collect();
    assert_eq!(
        (answer.applied, answer.pending),
        (applied, pending),
        "on {on}, as known on {known:?}"
    );
}

#[test]
fn effect_selects_and_knowledge_cuts() {
    let record = record(&amended());
    let (first, second) = ((2, "2026-01-01"), (3, "2025-06-01"));
    check(
        &record,
        "2025-02-28",
        None,
        &[],
        &[(1, "2025-03-01"), first, second],
    );
    check(&record, "2025-03-01", None, &[1, 4], &[first, second]);
    check(&record, "2025-05-31", None, &[1, 4], &[first, second]);
    check(&record, "2025-06-01", None, &[1, 3, 4], &[first]);
    check(&record, "2026-01-01", None, &[1, 2, 3, 4], &[]);

    check(&record, "2026-01-01", Some("2025-08-31"), &[1, 2, 3], &[]);
    check(&record, "2026-01-01", Some("2025-04-30"), &[1, 2], &[]);
    check(&record, "2025-06-01", Some("2025-04-30"), &[1], &[first]);
    check(&record, "2026-01-01", Some("2025-01-01"), &[], &[]);
}

#[test]
fn the_words_are_those_of_the_revisions_that_count() {
    let record = record(&amended());
    let text = |on: &str, known: Option<&str>| {
        let answer = ask(&record, on, known);
        let text = record.print_answer(&answer, lang("fr"));
        text.map(|text| {
            let paragraphs = text
                .lines()
                .filter(|l| !l.is_empty() && !l.starts_with('#'));
            paragraphs.collect::<Vec<_>>().join(" ")
        })
    };
    for (on, known, expected) in [
        ("2025-02-28", None, None),
        (
            "2025-03-01",
            None,
            Some("Les Parties coopèrent. Elles échangent des renseignements."),
        ),
        (
            "2025-03-01",
            Some("2025-08-31"),
            Some("Les Parties coopèrent. Elles échangent des informations."),
        ),
        (
            "2025-06-01",
            None,
            Some("Les Parties se concertent. Elles échangent des renseignements."),
        ),
        (
            "2026-01-01",
            None,
            Some("Les deux Parties se concertent. Elles échangent des renseignements."),
        ),
        ("2026-01-01", Some("2025-01-01"), None),
    ] {
        assert_eq!(
            text(on, known).as_deref(),
            expected,
            "on {on}, as known on {known:?}"
        );
    }
}

/// A text on which a later one rests cannot be left out: there is no answer, and the reason says which change does not fit.
#[test]
fn a_change_that_rests_on_one_whose_time_has_not_come_gives_no_text() {
    let mut history = adopted(arrangement());
    let first = words(2, "coopèrent", "se concertent");
    revised(&mut history, 2, amend(1, Some("2027-01-01"), vec![first]));
    let second = words(2, "se concertent", "se réunissent");
    revised(&mut history, 3, amend(2, Some("2026-01-01"), vec![second]));
    let record = record(&history);
    let answer = ask(&record, "2026-06-01", None);
    assert_eq!(record.print_answer(&answer, lang("fr")), None);
    assert!(
        answer
            .reason
            .contains("revision 3 needs changes that do not apply yet"),
        "{}",
        answer.reason
    );
    let answer = ask(&record, "2027-01-01", None);
    assert!(
        record
            .print_answer(&answer, lang("fr"))
            .is_some_and(|t| t.contains("se réunissent"))
    );
}

#[test]
fn of_a_living_text_the_latest_date_that_has_come_holds() {
    let record = record(&living());
    check(
        &record,
        "1899-12-31",
        None,
        &[],
        &[(1, "1900-01-01"), (2, "2030-01-01"), (3, "1950-01-01")],
    );
    check(
        &record,
        "1900-01-01",
        None,
        &[1],
        &[(2, "2030-01-01"), (3, "1950-01-01")],
    );
    check(&record, "1950-01-01", None, &[3], &[(2, "2030-01-01")]);
    check(&record, "2030-01-01", None, &[2], &[]);
    check(&record, "2030-01-01", Some("2025-01-15"), &[1], &[]);
}

#[test]
fn a_text_has_no_words_in_a_language_that_it_lacks() {
    let record = record(&adopted(saying("Les Parties coopèrent.\n")));
    let answer = ask(&record, "2025-06-01", None);
    let text = |tag: &str| record.print_answer(&answer, lang(tag));
    assert_eq!(text("fr").as_deref(), Some("Les Parties coopèrent.\n"));
    assert_eq!(text("ar").as_deref(), Some(""));
}
