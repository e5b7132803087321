//! Final clauses: on which rows one may stand, and what a later one takes the place of.

use travaux_domain::{
    Profile, Reason, Rule,
    agreement::AgreementCommand as C,
    clause::{Clauses, Means, ReservationsAllowed, TacitAmendment, Term},
    effect::Period,
};
use travaux_testkit::agreement::*;

/// Every term, with the row that it is about.
fn terms() -> Vec<(Term, Rule)> {
    let effect = || "2nd consent".parse().expect("an effect");
    vec![
        (Term::AdoptionMajority { of: 2, out_of: 3 }, Rule::T5),
        (Term::Authentication("initialling".into()), Rule::T6),
        (Term::WithoutConcordance, Rule::L2),
        (Term::AlsoAuthentic(lang("ar")), Rule::L4),
        (Term::Prevailing(lang("fr")), Rule::L5),
        (Term::Consent(vec![Means::Signature]), Rule::C6),
        (Term::Consent(vec![Means::Exchange]), Rule::C7),
        (Term::Consent(vec![Means::Ratification]), Rule::C8),
        (Term::Accession(vec![]), Rule::C9),
        (Term::PartialConsent, Rule::C10),
        (Term::EntryIntoForce(effect()), Rule::F1),
        (Term::LateConsent(effect()), Rule::F3),
        (Term::LateConsentAfterForce(effect()), Rule::F3),
        (Term::ProvisionalApplication(vec![]), Rule::F4),
        (Term::Retroactive(date("2019-01-01")), Rule::F7),
        (Term::RetroactiveForce(date("2019-01-01")), Rule::F11),
        (
            Term::Territory {
                party: "A".into(),
                extent: "its mainland".into(),
            },
            Rule::F8,
        ),
        (Term::AmendmentBindsAll { of: 2, out_of: 3 }, Rule::A4),
        (
            Term::TacitAmendment(TacitAmendment {
                provisions: vec![],
                within: Period::Days(90),
                after: None,
                blocked_by_more_than: None,
            }),
            Rule::A12,
        ),
        (Term::InterSe(false), Rule::A8),
        (
            Term::AmendingBody {
                body: "the committee".into(),
                provisions: vec![],
            },
            Rule::A11,
        ),
        (Term::Reservations(ReservationsAllowed::None), Rule::R1),
        (Term::TacitAcceptance(6), Rule::R4),
        (Term::AllAcceptReservations, Rule::R7),
        (Term::CountsOnceAccepted, Rule::R13),
        (
            Term::Territories {
                leave_out: true,
                from: Some("own notice".parse().expect("an effect")),
            },
            Rule::C19,
        ),
        (Term::Denunciation(Period::Months(6)), Rule::E1),
        (
            Term::DenunciationEffect("own notice".parse().expect("an effect")),
            Rule::E1,
        ),
        (Term::NoticeFrom(effect()), Rule::E1),
        (Term::Expiry(effect()), Rule::E1),
        (
            Term::Renewal {
                every: Period::Years(5),
                notice: Period::Months(6),
            },
            Rule::E1,
        ),
        (Term::MinimumParties(3), Rule::E3),
        (Term::Suspension(Period::Months(1)), Rule::E5),
        (Term::Separable(vec![p(2)]), Rule::E17),
        (Term::ClaimMonths(1), Rule::E13),
        (Term::EndedBy("a vote".into()), Rule::E20),
        (Term::CorrectionFromNow, Rule::X7),
        (Term::Depositary("UN".into()), Rule::D1),
        (Term::OnDispatch, Rule::D5),
        (Term::SubjectTo("the Charter".into()), Rule::K1),
        (
            Term::Group {
                name: "Council of Europe".into(),
                members: ids(&["A"]),
            },
            Rule::F1,
        ),
        (
            Term::Weights {
                name: "tonnage".into(),
                unit: "gross tons".into(),
                weights: [("A".into(), 5)].into(),
            },
            Rule::F1,
        ),
        (
            Term::Organisation {
                party: "EU".into(),
                members: ids(&["A"]),
            },
            Rule::F1,
        ),
        (
            Term::OpenForSignature {
                from: None,
                until: Some(date("2020-12-31")),
            },
            Rule::C20,
        ),
    ]
}

/// Why a proposal with that clause is refused; nothing, if it is not.
fn refused(profile: Profile, term: Term) -> Option<(Reason, Rule)> {
    let proposal = proposal(profile, &["A", "B"], vec![clause("Article 9", term)]);
    let context = travaux_domain::Context::new(
        travaux_domain::Actor::party("A"),
        chrono::DateTime::UNIX_EPOCH,
    );
    let decided = Case::new()
        .0
        .decide(C::Propose(Box::new(proposal)), &context);
    decided.err().map(|refusal| {
        assert_eq!(refusal.clause.as_deref(), Some("Article 9"), "{refusal}");
        (refusal.reason, refusal.rule)
    })
}

#[test]
fn a_clause_stands_where_its_row_leaves_the_matter_to_the_parties() {
    for (term, row) in terms() {
        assert_eq!(term.row(), row, "{term:?}");
        // Mandatory law yields to no clause: what a claim waits for, and that nothing else ends a treaty.
        let expected = [Rule::E13, Rule::E20].contains(&row);
        let expected = expected.then_some((Reason::Forbidden, row));
        assert_eq!(
            refused(Profile::treaty(), term.clone()),
            expected,
            "{term:?}"
        );
        assert_eq!(
            refused(Profile::custom(), term.clone()),
            expected,
            "{term:?}"
        );
    }
}

#[test]
fn a_clause_on_a_row_that_a_profile_leaves_out_says_so() {
    for profile in [
        Profile::arrangement(),
        Profile::contract(),
        Profile::declaration(),
    ] {
        let mut left_out = 0;
        for (term, row) in terms() {
            let refused = refused(profile.clone(), term);
            if profile.applies(row) {
                assert_ne!(refused.map(|(reason, _)| reason), Some(Reason::RuleLeftOut));
            } else {
                left_out += 1;
                assert_eq!(
                    refused,
                    Some((Reason::RuleLeftOut, row)),
                    "{}",
                    profile.name
                );
            }
        }
        assert!(left_out > 0, "{} leaves nothing out", profile.name);
    }
}

#[test]
fn a_clause_stands_somewhere() {
    for label in ["", "  "] {
        let clauses = vec![clause(label, Term::OnDispatch)];
        let proposal = proposal(Profile::treaty(), &["A", "B"], clauses);
        let propose = C::Propose(Box::new(proposal));
        let says = "expected a clause with a label, such as `Article 14`, found none";
        Case::new().refuses("A", propose, Rule::D5, says);
    }
}

#[test]
fn a_later_clause_takes_the_place_of_one_on_the_same_matter_from_its_day_on() {
    let months = |term: &Term| match term {
        Term::Denunciation(period) => Some(*period),
        _ => None,
    };
    let agreed = [(None, 6), (Some("2021-01-01"), 12), (Some("2020-01-01"), 3)];
    let mut clauses = Clauses::default();
    for (from, n) in agreed {
        let term = Term::Denunciation(Period::Months(n));
        clauses.agree(clause("Article 20", term), from.map(date));
        clauses.agree(clause("Article 21", Term::OnDispatch), from.map(date));
    }
    for (on, expected) in [
        ("1999-01-01", 6),
        ("2019-12-31", 6),
        ("2020-01-01", 3),
        ("2020-12-31", 3),
        ("2021-01-01", 12),
    ] {
        let found = clauses.find_on(date(on), months);
        assert_eq!(
            found,
            Some((Period::Months(expected), "Article 20")),
            "{on}"
        );
    }
    assert_eq!(
        clauses.find(months),
        Some((Period::Months(12), "Article 20"))
    );
    let each = clauses.each(months).map(|(_, found, _)| found);
    assert_eq!(each.collect::<Vec<_>>(), [6, 3, 12].map(Period::Months));
}

#[test]
fn the_clause_that_is_found_is_named_by_its_label() {
    let mut clauses = Clauses::default();
    let months = |term: &Term| match term {
        Term::Denunciation(period) => Some(*period),
        _ => None,
    };
    assert_eq!(clauses.find(months), None);
    clauses.agree(clause("Article 1", Term::OnDispatch), None);
    assert_eq!(clauses.find(months), None);
    for (label, n) in [("Article 20", 6), ("the notes of 2021", 12)] {
        clauses.agree(clause(label, Term::Denunciation(Period::Months(n))), None);
        assert_eq!(clauses.find(months), Some((Period::Months(n), label)));
    }
}
