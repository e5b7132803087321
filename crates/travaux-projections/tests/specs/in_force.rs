//! What applies between two parties on a date, in which words.

use chrono::NaiveTime;
use travaux_domain::{
    PartyId, Profile, Revision, Rule,
    agreement::{ForceBetween, amendment::AmendmentAct},
    clause::Term,
};
use travaux_projections::{AgreementRecord, InForceAnswer, InForceQuestion};
use travaux_testkit::{
    agreement::{accept, adopt, clause, date, ids, lang, proposal, signed, words},
    history::History,
};

use crate::common::{adopted, amend, amended, arrangement, correct, propose, record};

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

#[test]
fn x10_what_two_amended_for_themselves_stands_when_the_text_of_all_is_corrected() {
    let parties = ["FR", "MA", "NL"];
    let inter_se = clause("Article 25", Term::InterSe(true));
    let mut history = History::new();
    history
        .at("2025-01-10")
        .agreement(
            1,
            "FR",
            propose(proposal(Profile::treaty(), &parties, vec![inter_se])),
        )
        .agreement(1, "MA", accept(1))
        .agreement(1, "NL", accept(1))
        .agreement(1, "FR", adopt(1))
        .at("2025-02-01");
    for party in parties {
        history.agreement(1, party, signed("2025-02-01"));
    }
    let meet = words(2, "coopèrent", "se concertent");
    let modify = AmendmentAct::InterSeModified {
        on: date("2025-06-01"),
        revision: Revision(2),
        between: ids(&["FR", "MA"]),
        harmless: false,
        notified: ids(&["NL"]),
    };
    history
        .at("2025-05-01")
        .agreement(1, "FR", amend(1, None, vec![meet]))
        .agreement(1, "MA", accept(2))
        .agreement(1, "FR", modify)
        .at("2025-09-01");
    let corrections = vec![
        words(2, "coopèrent", "coopéreront"),
        words(4, "informations", "renseignements"),
    ];
    history
        .agreement(1, "FR", correct(1, corrections))
        .agreement(1, "MA", accept(3))
        .agreement(1, "NL", accept(3))
        .agreement(1, "NL", adopt(3));
    let record = record(&history);
    let says = |other: &str, on: &str| {
        let answer = record.in_force_between(InForceQuestion {
            on: date(on),
            known_at: None,
            between: ("FR".into(), other.into()),
        });
        let left = answer.between.reasons.iter().find(|r| r.rule == Rule::X10);
        let left = left.map(|r| r.what.clone());
        (
            record
                .print_in_force(&answer, lang("fr"))
                .unwrap_or_default(),
            left,
        )
    };
    let of_all = "Les Parties coopéreront.\n\n## Article 2\n\nElles échangent des renseignements.";
    let of_two =
        "Les Parties se concertent.\n\n## Article 2\n\nElles échangent des renseignements.";
    let kept = Some("correction 3 leaves 1.2 as the two amended it".to_owned());
    for (other, on, text, left) in [
        ("NL", "2025-06-01", of_all, &None),
        ("MA", "2025-05-31", of_all, &None),
        ("MA", "2025-06-01", of_two, &kept),
    ] {
        let (said, found) = says(other, on);
        assert!(said.contains(text), "with {other} on {on}: {said}");
        assert_eq!(found, *left, "with {other} on {on}");
    }
}
