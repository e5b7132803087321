//! Entry into force, of the whole and for each.

use travaux_domain::{
    Rule,
    agreement::{consent::Manner, force::ForceAct},
    clause::{Means, Term},
};
use travaux_testkit::agreement::*;

use super::{between, declines, deposits, effect, notifies, ratifies, since, stands};

#[test]
fn f3_a_late_consent_has_its_own_date_from_the_act_on_which_entry_into_force_waited() {
    // Rome Statute 126, with a threshold of three.
    let entry = "first day of the 1st month after 60 days after 3rd instrument";
    let own = "first day of the 1st month after 60 days after own instrument";
    let rome = |late: Term| {
        let parties = ["A", "B", "C", "D", "E", "F"];
        let mut case = between(&parties, vec![Term::EntryIntoForce(effect(entry)), late]);
        for (party, on) in [
            ("A", "2001-12-01"),
            ("B", "2002-02-01"),
            ("C", "2002-04-11"),
            ("D", "2002-04-11"),
            ("E", "2002-06-14"),
            ("F", "2002-09-15"),
        ] {
            ratifies(&mut case, party, on);
        }
        case
    };
    let dates = |case: &Case| {
        let parties = ["A", "C", "D", "E", "F"].into_iter();
        parties
            .map(|p| since(case, p, "2010-01-01").expect("a date"))
            .collect::<Vec<_>>()
    };
    let treaty = "2002-07-01";
    assert_eq!(
        dates(&rome(Term::LateConsent(effect(own)))),
        [treaty, treaty, treaty, "2002-09-01", "2002-12-01"]
    );
    // ATT 22(2): who deposits in the gap gets the date of all.
    assert_eq!(
        dates(&rome(Term::LateConsentAfterForce(effect(own)))),
        [treaty, treaty, treaty, treaty, "2002-12-01"]
    );
    // Never before the treaty, however short the wait.
    assert_eq!(
        dates(&rome(Term::LateConsent(effect(
            "1 day after own instrument"
        )))),
        [treaty, treaty, treaty, treaty, "2002-09-16"]
    );
}

#[test]
fn f9_a_notification_that_procedures_are_complete_is_consent_where_force_waits_for_it() {
    let entry = Term::EntryIntoForce(effect("first day of the 2nd month after 2nd notification"));
    let mut case = between(&["A", "B"], vec![entry]);
    notifies(&mut case, "A", &["B"], "2001-01-10");
    stands(&case, "2001-04-01", "not in force");
    notifies(&mut case, "B", &["A"], "2001-03-20");
    stands(&case, "2001-04-30", "to be in force from 2001-05-01");
    stands(&case, "2001-05-01", "in force since 2001-05-01");
    let answer = case.0.between(&"A".into(), &"B".into(), date("2001-05-01"));
    assert_eq!(answer.force.to_string(), "in force since 2001-05-01");
    // A clause agreed later leaves what they were; one that waits for instruments too asks for these.
    case.at("2026-01-01");
    let later = ForceAct::ClauseAgreed {
        on: date("2015-01-01"),
        clause: clause("the notes", Term::EntryIntoForce(effect("2nd instrument"))),
        consenting: ids(&["A", "B"]),
    };
    case.does("A", later);
    stands(&case, "2016-01-01", "in force since 2001-05-01");
    let entry = "latest of (2nd notification, 2nd instrument)";
    let mut case = between(&["A", "B"], vec![Term::EntryIntoForce(effect(entry))]);
    notifies(&mut case, "A", &["B"], "2001-01-10");
    notifies(&mut case, "B", &["A"], "2001-03-20");
    stands(&case, "2001-05-01", "not in force");
    // Where force waits for something else, it tells of procedures and binds nobody.
    let entry = Term::EntryIntoForce(effect("last consent"));
    let mut case = between(&["A", "B"], vec![entry]);
    notifies(&mut case, "A", &["B"], "2001-01-10");
    notifies(&mut case, "B", &["A"], "2001-03-20");
    stands(&case, "2001-05-01", "not in force");
}

#[test]
fn f10_a_fixed_date_that_passes_before_two_have_consented_waits_for_the_second() {
    for (a, b, expected) in [
        ("2019-10-01", "2019-11-01", "2020-01-01"),
        ("2019-10-01", "2020-06-01", "2020-06-01"),
        ("2020-06-01", "2019-10-01", "2020-06-01"),
        ("2020-07-01", "2020-06-01", "2020-07-01"),
    ] {
        let entry = Term::EntryIntoForce(effect("2020-01-01"));
        let mut case = between(&["A", "B", "C"], vec![entry]);
        case.does("A", signed(a));
        case.does("B", signed(b));
        stands(&case, "2021-01-01", &format!("in force since {expected}"));
        let enter = ForceAct::EnteredIntoForce {
            on: None,
            basis: "Article 9".into(),
            consenting: vec![],
            trace: vec![],
        };
        case.does("A", enter);
        assert!(case.0.contradictions().is_empty());
        case.does("C", signed("2022-01-01"));
        assert_eq!(
            since(&case, "C", "2023-01-01").as_deref(),
            Some("2022-01-01")
        );
    }
}

#[test]
fn f11_what_applies_to_earlier_facts_is_not_in_force_before_its_entry() {
    for (term, force, rule) in [
        (
            Term::Retroactive(date("2019-01-01")),
            "not in force",
            Rule::F7,
        ),
        (
            Term::RetroactiveForce(date("2019-01-01")),
            "in force since 2019-01-01",
            Rule::F11,
        ),
    ] {
        let mut case = between(&["A", "B"], vec![term]);
        case.does("A", signed("2020-02-01"));
        case.does("B", signed("2020-02-01"));
        let answer = case.0.between(&"A".into(), &"B".into(), date("2019-06-01"));
        assert_eq!(answer.force.to_string(), force);
        let answer = case.0.between(&"A".into(), &"B".into(), date("2020-02-01"));
        let told = answer.reasons.iter().find(|reason| reason.rule == rule);
        assert!(
            told.is_some_and(|told| told.what.contains("2019-01-01")),
            "{answer:?}"
        );
    }
}

#[test]
fn f12_nothing_is_in_force_between_fewer_than_two() {
    let mut case = between(
        &["A", "B"],
        vec![Term::EntryIntoForce(effect("1st consent"))],
    );
    case.does("A", signed("2020-02-01"));
    stands(&case, "2021-01-01", "not in force");
    case.does("B", signed("2020-05-01"));
    stands(&case, "2020-04-30", "to be in force from 2020-05-01");
    stands(&case, "2020-05-01", "in force since 2020-05-01");
    // Who consents late has a date of its own: it is in force once it is so for two.
    let own = "first day of the 1st month after 60 days after own instrument";
    let terms = vec![
        Term::EntryIntoForce(effect(
            "first day of the 1st month after 60 days after 3rd instrument",
        )),
        Term::LateConsent(effect(own)),
    ];
    let mut case = between(&["A", "B", "C", "D"], terms);
    for (party, on) in [
        ("A", "2024-01-10"),
        ("B", "2024-01-20"),
        ("C", "2024-02-10"),
    ] {
        ratifies(&mut case, party, on);
    }
    case.does("C", declines("2024-03-01"));
    case.does("B", declines("2024-03-02"));
    ratifies(&mut case, "D", "2024-07-01");
    stands(&case, "2024-08-31", "to be in force from 2024-09-01");
    assert_eq!(
        since(&case, "A", "2025-01-01").as_deref(),
        Some("2024-09-01")
    );
}

#[test]
fn f3_a_late_consent_may_wait_for_the_entry_into_force() {
    let terms = vec![
        Term::EntryIntoForce(effect("2nd instrument")),
        Term::LateConsent(effect(
            "latest of (own instrument, 1 year after entry into force)",
        )),
    ];
    let mut case = between(&["A", "B", "C"], terms);
    for party in ["A", "B"] {
        ratifies(&mut case, party, "2000-01-01");
    }
    ratifies(&mut case, "C", "2000-06-01");
    assert_eq!(
        since(&case, "C", "2002-01-01").as_deref(),
        Some("2001-01-01")
    );
    let terms = vec![
        Term::EntryIntoForce(effect("2nd instrument")),
        Term::LateConsent(effect("undetermined")),
    ];
    let mut case = between(&["A", "B", "C"], terms);
    for party in ["A", "B"] {
        ratifies(&mut case, party, "2000-01-01");
    }
    ratifies(&mut case, "C", "2000-06-01");
    let enter = ForceAct::EnteredIntoForceFor { on: None };
    case.refuses("C", enter, Rule::F3, "an agreement of the parties");
}

#[test]
fn f1_one_party_does_not_date_entry_into_force_for_the_others() {
    let enter = |on: &str, consenting: &[&str]| ForceAct::EnteredIntoForce {
        on: Some(date(on)),
        basis: "as A decided".into(),
        consenting: ids(consenting),
        trace: vec![],
    };
    for (terms, was_taken) in [
        (vec![], true),
        (vec![Term::EntryIntoForce(effect("last consent"))], false),
    ] {
        let mut case = between(&["A", "B"], terms);
        case.does("A", signed("2020-02-01"));
        case.does("B", signed("2020-03-01"));
        let rule = if was_taken { Rule::F2 } else { Rule::F1 };
        let says = "expected 2020-03-01, which follows";
        case.refuses("A", enter("2029-01-01", &[]), rule, says);
        if was_taken {
            case.refuses_new("A", enter("2029-01-01", &[]), rule, says);
        }
        case.refuses("A", enter("2029-01-01", &["A"]), Rule::F1, "missing: B");
        let says = "a day from 2020-03-01 on, when two are bound";
        case.refuses("A", enter("2020-02-15", &["A", "B"]), Rule::F12, says);
        case.does("A", enter("2029-01-01", &["A", "B"]));
        stands(&case, "2028-12-31", "to be in force from 2029-01-01");
        stands(&case, "2029-01-01", "in force since 2029-01-01");
        assert!(case.0.contradictions().is_empty());
    }
    // Where nothing follows yet, all may agree all the same.
    let mut case = between(
        &["A", "B"],
        vec![Term::EntryIntoForce(effect("2nd notification"))],
    );
    case.does("A", signed("2020-02-01"));
    case.does("B", signed("2020-03-01"));
    case.refuses(
        "A",
        enter("2020-04-01", &[]),
        Rule::F1,
        "the 2nd notification (0 so far)",
    );
    case.does("A", enter("2020-04-01", &["A", "B"]));
    stands(&case, "2020-04-01", "in force since 2020-04-01");
}

#[test]
fn f1_what_was_recorded_gives_way_to_what_follows() {
    // B's consent was recorded late: without it the date was another.
    let mut case = between(
        &["A", "B", "C"],
        vec![Term::EntryIntoForce(effect("2nd consent"))],
    );
    case.does("A", signed("2020-02-01"));
    case.does("C", signed("2020-06-01"));
    let enter = ForceAct::EnteredIntoForce {
        on: None,
        basis: "Article 9".into(),
        consenting: vec![],
        trace: vec![],
    };
    case.does("A", enter);
    stands(&case, "2020-06-01", "in force since 2020-06-01");
    assert!(case.0.contradictions().is_empty());
    case.does("B", signed("2020-03-01"));
    stands(&case, "2020-06-01", "in force since 2020-03-01");
    let [found] = &case.0.contradictions()[..] else {
        panic!("one contradiction");
    };
    assert_eq!(
        (found.what, found.recorded, found.follows),
        (
            "in force since",
            date("2020-06-01"),
            Some(date("2020-03-01"))
        )
    );
}

#[test]
fn k5_a_clause_agreed_later_changes_nothing_before() {
    let agreed = |on: &str, provides| ForceAct::ClauseAgreed {
        on: date(on),
        clause: clause("the notes", provides),
        consenting: ids(&["A", "B"]),
    };
    let mut case = between(&["A", "B"], vec![]);
    case.does("A", signed("2019-02-01"));
    case.does("B", signed("2019-03-01"));
    case.at("2024-02-01");
    case.does(
        "A",
        agreed(
            "2024-01-15",
            Term::EntryIntoForce(effect("5 years after last consent")),
        ),
    );
    stands(&case, "2020-01-01", "in force since 2019-03-01");
    // What was not in force then does not become so for a day before the clause, but one it names.
    for (term, force) in [
        ("2nd instrument", "in force since 2024-01-15"),
        ("2019-06-01", "in force since 2019-06-01"),
    ] {
        let mut case = between(
            &["A", "B", "C"],
            vec![Term::EntryIntoForce(effect("3rd instrument"))],
        );
        ratifies(&mut case, "A", "2019-02-01");
        ratifies(&mut case, "B", "2019-03-01");
        case.at("2024-02-01");
        let consenting = ids(&["A", "B", "C"]);
        let term = Term::EntryIntoForce(effect(term));
        case.does(
            "A",
            ForceAct::ClauseAgreed {
                on: date("2024-01-15"),
                clause: clause("the notes", term),
                consenting,
            },
        );
        stands(&case, "2024-01-15", force);
    }
    // One that was not in force yet enters as the clause says, also from before.
    let mut case = between(
        &["A", "B"],
        vec![Term::EntryIntoForce(effect("undetermined"))],
    );
    case.does("A", signed("2019-02-01"));
    case.does("B", signed("2019-03-01"));
    case.at("2024-02-01");
    stands(&case, "2024-01-01", "not in force");
    case.does(
        "A",
        agreed("2024-01-15", Term::EntryIntoForce(effect("2024-03-01"))),
    );
    stands(&case, "2024-02-29", "to be in force from 2024-03-01");
    stands(&case, "2024-03-01", "in force since 2024-03-01");
    // A notice has run by the clause of its own day.
    let mut case = between(
        &["A", "B"],
        vec![Term::Denunciation("6 months".parse().expect("a time"))],
    );
    case.does("A", signed("2019-02-01"));
    case.does("B", signed("2019-03-01"));
    case.at("2024-02-01");
    case.does(
        "A",
        agreed(
            "2024-01-15",
            Term::Denunciation("2 years".parse().expect("a time")),
        ),
    );
    case.does("A", leave("2020-01-01"));
    stands(&case, "2020-07-01", "ended on 2020-07-01");
}

#[test]
fn c17_an_instrument_taken_back_before_the_threshold_counts_for_nothing() {
    let treaty = || {
        let terms = vec![Term::EntryIntoForce(effect("90 days after 3rd instrument"))];
        let mut case = between(&["A", "B", "C", "D"], terms);
        ratifies(&mut case, "A", "2020-01-10");
        ratifies(&mut case, "B", "2020-02-10");
        case
    };
    let mut case = treaty();
    case.does("B", declines("2020-03-01"));
    ratifies(&mut case, "C", "2020-04-01");
    stands(&case, "2021-01-01", "not in force");
    ratifies(&mut case, "D", "2020-05-01");
    stands(&case, "2021-01-01", "in force since 2020-07-30");
    assert_eq!(since(&case, "B", "2021-01-01"), None);
    // So with a notification, and with a signature.
    let entry = Term::EntryIntoForce(effect("60 days after 2nd notification"));
    let mut case = between(&["A", "B", "C"], vec![entry]);
    notifies(&mut case, "A", &["B", "C"], "2020-01-10");
    case.does("A", sign("2020-01-10", Manner::SubjectToRatification));
    case.does("A", declines("2020-02-01"));
    notifies(&mut case, "B", &["A", "C"], "2020-03-01");
    notifies(&mut case, "C", &["A", "B"], "2020-06-01");
    stands(&case, "2021-01-01", "in force since 2020-07-31");
    let mut case = between(
        &["A", "B", "C"],
        vec![Term::EntryIntoForce(effect("2nd signature"))],
    );
    case.does("A", signed("2020-01-10"));
    case.does("A", declines("2020-02-01"));
    case.does("B", signed("2020-03-01"));
    stands(&case, "2021-01-01", "not in force");
    case.does("C", signed("2020-06-01"));
    stands(&case, "2021-01-01", "in force since 2020-06-01");
    // After it was met the date stands.
    let mut case = treaty();
    ratifies(&mut case, "C", "2020-04-01");
    case.does("B", declines("2020-05-01"));
    stands(&case, "2021-01-01", "in force since 2020-06-30");
    assert_eq!(since(&case, "B", "2021-01-01"), None);
    assert_eq!(
        since(&case, "C", "2021-01-01").as_deref(),
        Some("2020-06-30")
    );
}

#[test]
fn c8_acceptance_without_signature_needs_a_clause_that_has_it() {
    let accepts = |case: &mut Case| {
        case.does("A", made("2020-02-01", Means::Acceptance));
        established(
            "2020-02-01",
            Means::Acceptance,
            travaux_domain::agreement::consent::Establishment::Notification,
        )
    };
    let mut case = between(&["A", "B"], vec![]);
    let act = accepts(&mut case);
    case.refuses("A", act, Rule::C8, "a signature to ratify");
    let mut case = between(&["A", "B"], vec![Term::Consent(vec![Means::Acceptance])]);
    let act = accepts(&mut case);
    case.does_by("A", act, Rule::C8, "Article 9");
    deposits(&mut case, "B", "2020-03-01", Means::Acceptance);
    stands(&case, "2020-03-01", "in force since 2020-03-01");
}
