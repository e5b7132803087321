//! What applies between two parties on a date, in which words.

use chrono::NaiveTime;
use travaux_domain::{PartyId, Revision, agreement::ForceBetween};
use travaux_projections::{AgreementRecord, InForceAnswer, InForceQuestion};
use travaux_testkit::agreement::{date, lang};

use crate::common::{adopted, amended, arrangement, record};

fn ask(record: &AgreementRecord, on: &str, known: Option<&str>) -> InForceAnswer {
    let party = |name: &str| PartyId::from(name);
    record.in_force_between(InForceQuestion {
        on: date(on),
        known_at: known.map(|day| date(day).and_time(NaiveTime::MIN).and_utc()),
        between: (party("FR"), party("MA")),
    })
}

#[test]
fn nothing_applies_before_force_and_no_words_are_given() {
    for (history, on, known) in [
        (adopted(arrangement()), "2030-01-01", None),
        (amended(), "2025-02-28", None),
        (amended(), "2030-01-01", Some("2025-01-31")),
    ] {
        let record = record(&history);
        let answer = ask(&record, on, known);
        assert_eq!(answer.between.force, ForceBetween::NotInForce, "on {on}");
        assert_eq!(record.print_in_force(&answer, lang("fr")), None);
        assert_eq!(answer.applied, []);
    }
}

#[test]
fn the_words_are_those_whose_time_has_come_and_the_events_say_why() {
    let record = record(&amended());
    for (on, known, applied, word) in [
        ("2025-03-01", None, &[1, 4][..], "Les Parties coopèrent"),
        ("2025-06-01", None, &[1, 3, 4], "Les Parties se concertent"),
        ("2026-01-01", None, &[1, 2, 3, 4], "Les deux Parties se"),
        (
            "2026-01-01",
            Some("2025-04-30"),
            &[1, 2],
            "deux Parties coopèrent",
        ),
    ] {
        let answer = ask(&record, on, known);
        let applied: Vec<_> = applied.iter().map(|n| Revision(*n)).collect();
        assert_eq!(answer.applied, applied, "on {on}, as known on {known:?}");
        let text = record.print_in_force(&answer, lang("fr"));
        assert!(text.is_some_and(|t| t.contains(word)), "on {on}: {word}");
        assert!(answer.events.is_sorted());
        let adoptions = record.agreement.adoptions.iter();
        for adoption in adoptions.filter(|a| applied.contains(&a.revision)) {
            assert!(answer.events.contains(&adoption.event));
        }
    }
}

#[test]
fn who_is_asked_first_makes_no_difference() {
    let record = record(&amended());
    let answer = ask(&record, "2026-01-01", None);
    let (a, b) = answer.question.between.clone();
    let turned = record.in_force_between(InForceQuestion {
        between: (b, a),
        ..answer.question.clone()
    });
    assert_eq!(
        record.print_in_force(&turned, lang("fr")),
        record.print_in_force(&answer, lang("fr"))
    );
    assert_eq!(turned.between.force, answer.between.force);
}
