//! Between whom a measure operates: nobody's claim ends or suspends anything among others.

use travaux_domain::{
    Rule,
    agreement::{
        Ended, ForceBetween,
        consent::{ConsentAct, Establishment, Manner},
        ending::{Affected, ClaimNotice, EndingAct, Invoked, Measure, Scope},
    },
    clause::{Means, Term},
    effect::Period,
};
use travaux_testkit::agreement::*;

use super::{carry, notified};

/// A's claim against B, received by B and C, and carried out on 2021-06-01.
fn carried(clauses: Vec<travaux_domain::clause::FinalClause>, claim: ClaimNotice) -> Case {
    let mut case = in_force(clauses);
    case.does("A", notified(claim));
    received_and_carried_out(&mut case);
    case
}

fn received_and_carried_out(case: &mut Case) {
    for party in ["B", "C"] {
        let received = EndingAct::ClaimReceived {
            on: date("2021-01-10"),
            number: 1,
        };
        case.does(party, received);
    }
    case.does("A", carry(ON));
}

/// Between A and B, A and C, B and C, on the day on which the measure was carried out.
fn forces(case: &Case) -> [ForceBetween; 3] {
    [("A", "B"), ("A", "C"), ("B", "C")].map(|(a, b)| {
        let between = case.0.between(&a.into(), &b.into(), date("2021-06-01"));
        between.force
    })
}

fn breach(measure: Measure) -> ClaimNotice {
    claim(Invoked::MaterialBreach, measure)
}

const ON: &str = "2021-06-01";

#[test]
fn e8_a_breach_among_several_operates_between_those_whom_it_concerns() {
    use ForceBetween::{Ended, InForce, Suspended};
    let (stands, suspended, ended) = (
        InForce(date("2020-02-01")),
        Suspended(date(ON)),
        Ended(date(ON)),
    );
    let alone = |affected| ClaimNotice {
        affected: Some(affected),
        ..breach(Measure::Suspend)
    };
    let together = |measure, among_all| ClaimNotice {
        consenting: ids(&["C"]),
        among_all,
        ..breach(measure)
    };
    let table = [
        // 60(2)(b): between itself and the defaulting State.
        (alone(Affected::Specially), [suspended, stands, stands]),
        // 60(2)(c): with respect to itself.
        (alone(Affected::Radically), [suspended, suspended, stands]),
        // 60(2)(a)(i): between them and the defaulting State.
        (
            together(Measure::Suspend, false),
            [suspended, stands, suspended],
        ),
        (together(Measure::Terminate, false), [ended, stands, ended]),
        // 60(2)(a)(ii): among all.
        (together(Measure::Suspend, true), [suspended; 3]),
        (together(Measure::Terminate, true), [ended; 3]),
    ];
    for (claim, expected) in table {
        let what = format!("{claim:?}");
        assert_eq!(forces(&carried(vec![], claim)), expected, "{what}");
    }
    let case = in_force(vec![]);
    case.refuses_new(
        "A",
        notified(breach(Measure::Suspend)),
        Rule::E8,
        "missing: C",
    );
    case.refuses_new(
        "A",
        notified(breach(Measure::Terminate)),
        Rule::E8,
        "missing: C",
    );
    let specially = ClaimNotice {
        affected: Some(Affected::Specially),
        ..breach(Measure::Terminate)
    };
    case.refuses_new(
        "A",
        notified(specially),
        Rule::E8,
        "the agreement of all other parties",
    );
    case.refuses_new(
        "A",
        notified(breach(Measure::Withdraw)),
        Rule::E8,
        "suspension, or an end on which all other parties agree",
    );
}

#[test]
fn e9_to_e11_who_cannot_perform_leaves_and_ends_nothing_for_others() {
    use Invoked::{ChangeOfCircumstances, Impossibility, SeveranceOfRelations};
    let case = in_force(vec![]);
    for (ground, rule) in [
        (Impossibility, Rule::E9),
        (ChangeOfCircumstances, Rule::E10),
    ] {
        case.refuses_new(
            "A",
            notified(claim(ground, Measure::Terminate)),
            rule,
            "withdrawal or suspension for itself",
        );
        let [ab, ac, bc] = forces(&carried(vec![], claim(ground, Measure::Withdraw)));
        let left = ForceBetween::Ended(date(ON));
        assert_eq!((ab, ac), (left, left), "{ground}");
        assert_eq!(bc, ForceBetween::InForce(date("2020-02-01")), "{ground}");
    }
    let severed = |measure| ClaimNotice {
        indispensable: true,
        ..claim(SeveranceOfRelations, measure)
    };
    let case = carried(vec![], severed(Measure::Suspend));
    let [ab, ac, bc] = forces(&case);
    assert_eq!(ab, ForceBetween::Suspended(date(ON)));
    assert_eq!((ac, bc), (ForceBetween::InForce(date("2020-02-01")), ac));
    in_force(vec![]).refuses(
        "A",
        notified(severed(Measure::Terminate)),
        Rule::E11,
        "the party to which relations are severed",
    );
}

#[test]
fn e21_a_defect_of_one_consent_among_several_is_of_that_consent() {
    let mut case = carried(vec![], claim(Invoked::DefectOfConsent, Measure::Invalidate));
    let stands = ForceBetween::InForce(date("2020-02-01"));
    assert_eq!(
        forces(&case),
        [ForceBetween::Void, ForceBetween::Void, stands]
    );
    // From the beginning: on every day before too (69(1)).
    let before = case.0.between(&"A".into(), &"B".into(), date("2020-03-01"));
    assert_eq!(before.force, ForceBetween::Void);
    assert_eq!(
        (before.reasons[0].rule, before.reasons.len()),
        (Rule::E21, 1)
    );
    // It is none of the parties, and may consent again.
    let status = case.0.status(date(ON), None).force.to_string();
    assert_eq!(status, "in force since 2020-02-01");
    let parties = case.0.present_parties(date(ON));
    assert_eq!(parties, ids(&["B", "C"]));
    case.does("A", signed("2021-07-01"));
    let again = case.0.between(&"A".into(), &"B".into(), date("2021-07-01"));
    assert_eq!(again.force, ForceBetween::InForce(date("2021-07-01")));
}

#[test]
fn e26_only_a_party_invokes_a_ground() {
    let mut case = treaty(vec![clause("Article 20", Term::EntryIntoForce(fixed()))]);
    for party in ["A", "B"] {
        case.does(party, signed("2020-02-01"));
    }
    // C negotiated and never consented.
    for (ground, measure) in [
        (Invoked::DefectOfConsent, Measure::Invalidate),
        (Invoked::ChangeOfCircumstances, Measure::Withdraw),
    ] {
        case.refuses_new(
            "C",
            notified(claim(ground, measure)),
            Rule::E26,
            "one of C, which is none",
        );
    }
    let against = ClaimNotice {
        against: Some("C".into()),
        ..breach(Measure::Suspend)
    };
    case.refuses_new("A", notified(against), Rule::E8, "found C");
}

fn fixed() -> travaux_domain::effect::Effect {
    "2020-03-01".parse().expect("a date")
}

#[test]
fn e13_what_comes_first_ends_a_consent_and_nobody_revokes_what_others_did() {
    let clauses = vec![clause("Article 18", Term::Denunciation(Period::Months(12)))];
    let mut case = in_force(clauses);
    // B has given notice, and is put out before that has run.
    case.does("B", leave("2020-12-01"));
    let expelled = ClaimNotice {
        consenting: ids(&["C"]),
        ..breach(Measure::Terminate)
    };
    case.does("A", notified(expelled));
    received_and_carried_out(&mut case);
    let ended = ForceBetween::Ended(date(ON));
    assert_eq!(forces(&case)[0], ended);
    let revoke = ConsentAct::NotificationRevoked {
        on: date("2021-05-31"),
    };
    case.refuses("B", revoke, Rule::C15, "a notice that has not taken effect");
}

#[test]
fn e21_a_void_consent_is_not_counted_among_two() {
    let entry = Term::EntryIntoForce("2nd consent".parse().expect("an effect"));
    let mut case = treaty(vec![clause("Article 20", entry)]);
    for (party, on) in [
        ("A", "2020-02-01"),
        ("B", "2020-02-01"),
        ("C", "2020-12-01"),
    ] {
        case.does(party, signed(on));
    }
    case.does(
        "A",
        notified(claim(Invoked::DefectOfConsent, Measure::Invalidate)),
    );
    received_and_carried_out(&mut case);
    // No two were bound before C consented (F12).
    assert_eq!(case.0.in_force_since(), Some(date("2020-12-01")));
    // It acts for the others no more.
    let end = Ended {
        on: date("2022-01-01"),
        ground: "x".into(),
        consenting: ids(&["A", "B", "C"]),
        elsewhere: None,
    };
    case.refuses_new(
        "A",
        EndingAct::AgreementEnded(end),
        Rule::P0,
        "whose consent is void",
    );
}

#[test]
fn e25_what_two_settle_is_between_the_two() {
    let mut case = in_force(vec![]);
    let norm = claim(Invoked::PeremptoryNorm, Measure::Invalidate);
    case.does("A", notified(norm));
    case.does(
        "B",
        EndingAct::ClaimDisputed {
            on: date("2021-01-02"),
            number: 1,
        },
    );
    for (measure, force) in [
        (Measure::Invalidate, ForceBetween::Void),
        (Measure::Terminate, ForceBetween::Ended(date(ON))),
    ] {
        let mut case = case.clone();
        let settled = EndingAct::ClaimSettled {
            on: date(ON),
            number: 1,
            by: "an award".into(),
            measure: Some(measure),
            consenting: vec![],
            decided: true,
            scope: None,
        };
        case.does("A", settled);
        let stands = ForceBetween::InForce(date("2020-02-01"));
        assert_eq!(forces(&case), [force, stands, stands], "{measure}");
    }
}

#[test]
fn part_means_part_is_answered_as_known_at_a_time_too() {
    // A consented to article 1 (1.1) alone: its paragraph is within it, then as now.
    let mut case = treaty(vec![clause("Article 10", Term::PartialConsent)]);
    let chosen = |chosen| ConsentAct::InstrumentEstablished {
        on: date("2020-02-01"),
        means: Means::Ratification,
        how: Establishment::Notification,
        chosen,
        waits: false,
    };
    for (party, part) in [("A", vec![p(1)]), ("B", vec![p(2)]), ("C", vec![p(3)])] {
        case.does(party, sign("2020-01-15", Manner::SubjectToRatification));
        case.does(party, made("2020-02-01", Means::Ratification));
        case.does(party, chosen(part));
    }
    let known = case.0.known_at(case.1);
    for agreement in [&case.0, &known] {
        let between =
            |a: &str, b: &str| agreement.between(&a.into(), &b.into(), date("2020-02-01"));
        let both = between("A", "B");
        assert_eq!(
            (both.force, both.only),
            (ForceBetween::InForce(date("2020-02-01")), vec![p(2)])
        );
        assert_eq!(
            between("A", "C").force,
            ForceBetween::NotInForce,
            "nothing in common"
        );
    }
}

#[test]
fn part_means_part_what_is_ended_for_some_provisions_leaves_the_others() {
    let separable = || {
        vec![
            clause("Article 13", Term::Separable(vec![p(3)])),
            clause("Article 18", Term::Denunciation(Period::Months(3))),
        ]
    };
    let part = ClaimNotice {
        provisions: vec![p(3)],
        consenting: ids(&["C"]),
        ..breach(Measure::Terminate)
    };
    let case = carried(separable(), part);
    let stands = ForceBetween::InForce(date("2020-02-01"));
    assert_eq!(forces(&case), [stands; 3]);
    let inoperative = |case: &Case, a: &str, b: &str, on: &str| {
        case.0.between(&a.into(), &b.into(), date(on)).inoperative
    };
    assert_eq!(inoperative(&case, "A", "B", "2021-05-31"), vec![]);
    assert_eq!(inoperative(&case, "A", "B", ON), vec![p(3)]);
    assert_eq!(inoperative(&case, "A", "C", ON), vec![]);
    // So does a notice for a part, until it is revoked.
    let mut case = in_force(separable());
    let leave = ConsentAct::WithdrawalNotified {
        received_on: date("2021-01-01"),
        admitted: None,
        provisions: vec![p(3)],
        effective_on: None,
    };
    case.does("A", leave);
    assert_eq!(case.0.present_parties(date("2022-01-01")).len(), 3);
    assert_eq!(inoperative(&case, "A", "B", "2021-03-31"), vec![]);
    assert_eq!(inoperative(&case, "A", "B", "2021-04-01"), vec![p(3)]);
    assert_eq!(inoperative(&case, "B", "C", "2021-04-01"), vec![]);
    assert_eq!(
        case.0.machines.ending.parts[0].scope,
        Scope::With("A".into())
    );
    let revoke = ConsentAct::NotificationRevoked {
        on: date("2021-03-01"),
    };
    case.does("A", revoke);
    assert_eq!(inoperative(&case, "A", "B", "2021-04-01"), vec![]);
}
