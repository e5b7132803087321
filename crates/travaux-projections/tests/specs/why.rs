//! Why a text is the text, in words: of the agreement on a date, and between two parties.

use chrono::NaiveTime;
use travaux_domain::{
    Revision, Rule,
    agreement::{Proposal, force::ForceAct},
    clause::Term,
};
use travaux_projections::{AgreementRecord, InForceQuestion, TextQuestion};
use travaux_testkit::{
    agreement::{clause, date, lang},
    meeting::parties,
};

use crate::common::{adopted, amended, amended_from, arrangement, living, record};

/// Why the text on a date is the one that it is.
fn why(record: &AgreementRecord, on: &str, known: Option<&str>) -> String {
    let known_at = known.map(|day| date(day).and_time(NaiveTime::MIN).and_utc());
    let on = date(on);
    record.text_in_force(TextQuestion { on, known_at }).reason
}

/// What the answer about two parties on a date rests on, under a rule.
fn between(record: &AgreementRecord, on: &str, rule: Rule) -> Vec<String> {
    let answer = record.in_force_between(InForceQuestion {
        on: date(on),
        known_at: None,
        between: ("FR".into(), "MA".into()),
    });
    let reasons = answer.between.reasons.into_iter();
    reasons.filter(|r| r.rule == rule).map(|r| r.what).collect()
}

#[test]
fn each_revision_that_makes_the_text_up_is_named_with_its_date() {
    let (amended, living) = (record(&amended()), record(&living()));
    for (record, on, known, expected) in [
        (
            &amended,
            "2026-01-01",
            Some("2025-01-01"),
            "no adoption was on record",
        ),
        (
            &amended,
            "2025-02-28",
            None,
            "its text was adopted, and applies later",
        ),
        (&amended, "2025-03-01", Some("2025-08-31"), "revision 1"),
        (
            &amended,
            "2025-03-01",
            None,
            "revision 1; corrected from the beginning by revision 4",
        ),
        (
            &amended,
            "2025-06-01",
            None,
            "revision 1; amended by revision 3 from 2025-06-01; \
             corrected from the beginning by revision 4",
        ),
        (
            &amended,
            "2026-01-01",
            None,
            "revision 1; amended by revision 2 from 2026-01-01; \
             amended by revision 3 from 2025-06-01; corrected from the beginning by revision 4",
        ),
        (&living, "1899-12-31", None, "its first text applies later"),
        (
            &living,
            "2029-12-31",
            None,
            "revision 3 applies from 1950-01-01, the latest date that has come",
        ),
        (
            &living,
            "2030-01-01",
            None,
            "revision 2 applies from 2030-01-01, the latest date that has come",
        ),
    ] {
        let found = why(record, on, known);
        assert_eq!(found, expected, "on {on}, as known on {known:?}");
    }
}

#[test]
fn between_two_parties_all_amendments_are_one_reason_and_each_correction_is_one() {
    let record = record(&amended());
    for (on, amendments, corrections) in [
        ("2025-02-28", &[][..], &[][..]),
        (
            "2025-05-31",
            &[],
            &["corrected from the beginning by revision 4"],
        ),
        (
            "2025-06-01",
            &["amended for all by revision 3 from 2025-06-01"],
            &["corrected from the beginning by revision 4"],
        ),
        (
            "2026-01-01",
            &["amended for all by revision 2 from 2026-01-01 and 1 before it"],
            &["corrected from the beginning by revision 4"],
        ),
    ] {
        assert_eq!(between(&record, on, Rule::A1), amendments, "on {on}");
        assert_eq!(between(&record, on, Rule::X7), corrections, "on {on}");
    }
}

#[test]
fn x7_where_a_clause_says_so_a_correction_counts_from_its_adoption_on() {
    let from_now = Proposal {
        final_clauses: vec![clause("Article 9", Term::CorrectionFromNow)],
        ..arrangement()
    };
    let record = record(&amended_from(from_now));
    let ask = |on: &str| {
        let on = date(on);
        record.text_in_force(TextQuestion { on, known_at: None })
    };
    for (on, applied, word) in [
        ("2025-08-31", &[1, 3][..], "informations"),
        ("2025-09-01", &[1, 3, 4], "renseignements"),
        ("2026-01-01", &[1, 2, 3, 4], "renseignements"),
    ] {
        let answer = ask(on);
        let applied: Vec<_> = applied.iter().map(|n| Revision(*n)).collect();
        assert_eq!(answer.applied, applied, "on {on}");
        let text = record.print_answer(&answer, lang("fr")).expect("a text");
        assert!(text.contains(word), "on {on}: {text}");
    }
    let pending = ask("2025-08-31").pending;
    assert_eq!(pending.last(), Some(&(Revision(4), date("2025-09-01"))));
    let says = "corrected by revision 4 from 2025-09-01";
    let whole = format!("revision 1; amended by revision 3 from 2025-06-01; {says}");
    assert_eq!(why(&record, "2025-09-01", None), whole);
    assert_eq!(between(&record, "2025-08-31", Rule::X7), [""; 0]);
    assert_eq!(between(&record, "2025-09-01", Rule::X7), [says]);
}

/// A clause that was agreed later is not known before: the correction counted from the beginning then.
#[test]
fn x7_a_later_clause_changes_nothing_of_what_was_known_before_it() {
    let mut history = amended();
    let from_now = ForceAct::ClauseAgreed {
        on: date("2025-10-01"),
        clause: clause("exchange of notes", Term::CorrectionFromNow),
        consenting: parties(&["FR", "MA"]),
    };
    history.at("2025-10-01").agreement(1, "FR", from_now);
    let record = record(&history);
    let says = |known: Option<&str>| {
        let why = why(&record, "2025-09-15", known);
        let (_, correction) = why.rsplit_once("; ").expect("several revisions");
        correction.to_owned()
    };
    let from_the_beginning = "corrected from the beginning by revision 4";
    assert_eq!(says(Some("2025-09-20")), from_the_beginning);
    assert_eq!(says(None), "corrected by revision 4 from 2025-09-01");
    let answer = record.in_force_between(InForceQuestion {
        on: date("2025-08-31"),
        known_at: Some(date("2025-09-20").and_time(NaiveTime::MIN).and_utc()),
        between: ("FR".into(), "MA".into()),
    });
    assert_eq!(answer.applied.last(), Some(&Revision(4)));
}

#[test]
fn a_text_that_was_adopted_and_is_not_in_force_has_no_words_between_two_parties() {
    let record = record(&adopted(arrangement()));
    assert_eq!(why(&record, "2030-01-01", None), "revision 1");
    assert_eq!(between(&record, "2030-01-01", Rule::A1), [""; 0]);
}
