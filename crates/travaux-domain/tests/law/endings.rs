use travaux_domain::{
    AgreementId, Profile, Rule,
    agreement::Ended,
    agreement::{
        consent::{ConsentAct, Office, Representative},
        ending::{ClaimNotice, EndingAct as MachineEvent, Invoked, Measure},
        relation::{Relation, RelationAct},
    },
    clause::{FinalClause, Term},
    effect::Period,
};
use uuid::Uuid;

use travaux_testkit::agreement::*;

fn terminate(on: &str) -> MachineEvent {
    MachineEvent::Terminated { on: date(on) }
}

fn leave(received_on: &str) -> ConsentAct {
    ConsentAct::WithdrawalNotified {
        received_on: date(received_on),
        admitted: None,
        provisions: vec![],
        effective_on: None,
    }
}

fn bilateral(clauses: Vec<FinalClause>) -> Case {
    let mut case = authentic(proposal(Profile::treaty(), &["A", "B"], clauses));
    case.does("A", signed("2020-02-01"));
    case.does("B", signed("2020-02-01"));
    case
}

#[test]
fn e1_an_agreement_ends_as_its_clause_says() {
    let expiry = || {
        clause(
            "Article 17",
            Term::Expiry("5 years after last consent".parse().expect("an effect")),
        )
    };
    bilateral(vec![expiry()]).refuses(
        "A",
        terminate("2024-01-01"),
        Rule::E1,
        "expected 2025-02-01, found 2024-01-01",
    );
    bilateral(vec![expiry()]).does_by("A", terminate("2025-02-01"), Rule::E1, "Article 17");
    bilateral(vec![]).refuses(
        "A",
        terminate("2025-02-01"),
        Rule::E1,
        "neither expiry nor notice",
    );
    let mut case = bilateral(vec![clause(
        "Article 18",
        Term::Denunciation(Period::Months(6)),
    )]);
    case.does("A", leave("2021-01-15"));
    case.refuses(
        "B",
        terminate("2021-02-01"),
        Rule::E1,
        "2021-07-15, when the notice has run",
    );
    case.does_by("B", terminate("2021-07-15"), Rule::E1, "Article 18");
    case.at("2021-07-15")
        .refuses("B", signed("2022-01-01"), Rule::E18, "has ended");
}

#[test]
fn e2_all_parties_may_end_it() {
    let end = |consenting: &[&str]| {
        MachineEvent::AgreementEnded(Ended {
            on: date("2022-01-01"),
            ground: "by consent".into(),
            consenting: ids(consenting),
            elsewhere: None,
        })
    };
    in_force(vec![]).refuses("A", end(&["A", "B"]), Rule::E2, "missing: C");
    assert_eq!(in_force(vec![]).does("A", end(&["A", "B", "C"])), Rule::E2);
}

#[test]
fn e3_fewer_parties_do_not_end_it_unless_a_clause_says_so() {
    let leaves = |extra: Vec<FinalClause>| {
        let clauses = [
            vec![clause("Article 18", Term::Denunciation(Period::Days(30)))],
            extra,
        ]
        .concat();
        let mut case = in_force(clauses);
        case.does("A", leave("2021-01-01"));
        case.at("2021-06-01");
        case
    };
    leaves(vec![]).refuses(
        "B",
        terminate("2021-06-01"),
        Rule::E1,
        "neither expiry nor notice",
    );
    leaves(vec![clause("Article 19", Term::MinimumParties(3))]).does_by(
        "B",
        terminate("2021-06-01"),
        Rule::E3,
        "Article 19",
    );
}

#[test]
fn e5_and_e19_operation_is_suspended_by_all_or_by_clause_and_resumed() {
    let suspend = |consenting: &[&str]| MachineEvent::Suspended {
        on: date("2021-01-01"),
        consenting: ids(consenting),
        provisions: vec![],
    };
    let resume = |number| MachineEvent::OperationResumed {
        on: date("2021-06-01"),
        number,
    };
    let mut case = in_force(vec![]);
    case.refuses("A", suspend(&["A"]), Rule::E5, "missing: B, C");
    case.refuses("A", resume(1), Rule::E19, "a suspension on record");
    assert_eq!(case.does("A", suspend(&["A", "B", "C"])), Rule::E5);
    assert_eq!(case.does("A", resume(1)), Rule::E19);
    case.refuses("A", resume(1), Rule::E19, "a suspension that stands");
    let s = &case.0.machines.ending.suspensions[0];
    let stands = |on| s.stands(&"A".into(), &"B".into(), date(on));
    assert!(
        !stands("2020-12-31")
            && stands("2021-01-01")
            && stands("2021-05-31")
            && !stands("2021-06-01")
    );
    in_force(vec![clause(
        "Article 20",
        Term::Suspension(Period::Days(30)),
    )])
    .does_by("A", suspend(&[]), Rule::E5, "Article 20");
    treaty(vec![]).refuses(
        "A",
        suspend(&["A", "B", "C"]),
        Rule::E5,
        "one that is not in force",
    );
}

#[test]
fn e6_some_suspend_among_themselves_for_a_time_and_tell_the_others() {
    let suspend = |between: &[&str], until: &str, told: &[&str]| MachineEvent::SuspendedInterSe {
        on: date("2021-01-01"),
        until: date(until),
        between: ids(between),
        provisions: vec![p(2)],
        notified: ids(told),
    };
    let mut case = in_force(vec![]);
    case.refuses(
        "A",
        suspend(&["A", "B"], "2022-01-01", &[]),
        Rule::E6,
        "missing: C",
    );
    case.refuses(
        "A",
        suspend(&["A", "B"], "2021-01-01", &["C"]),
        Rule::E6,
        "a time that ends",
    );
    case.refuses(
        "A",
        suspend(&["A", "B", "C"], "2022-01-01", &[]),
        Rule::E6,
        "not all",
    );
    case.refuses(
        "C",
        suspend(&["A", "B"], "2022-01-01", &["C"]),
        Rule::E6,
        "its own among them",
    );
    assert_eq!(
        case.does("A", suspend(&["A", "B"], "2022-01-01", &["C"])),
        Rule::E6
    );
    let s = &case.0.machines.ending.suspensions[0];
    assert!(
        s.stands(&"A".into(), &"B".into(), date("2021-06-01"))
            && !s.stands(&"A".into(), &"C".into(), date("2021-06-01"))
    );
    assert!(!s.stands(&"A".into(), &"B".into(), date("2022-01-01")));
}

#[test]
fn e7_a_later_treaty_of_all_takes_its_place() {
    let by = AgreementId(Uuid::from_u128(9));
    let later = |consenting: &[&str], suspended_only| MachineEvent::Superseded {
        on: date("2021-01-01"),
        by,
        suspended_only,
        consenting: ids(consenting),
    };
    let all = ["A", "B", "C"];
    in_force(vec![]).refuses("A", later(&["A", "B"], false), Rule::E7, "missing: C");
    in_force(vec![]).refuses("A", later(&all, false), Rule::E7, "no agreement 00000000");
    let mut case = in_force(vec![]);
    let successor = in_force(vec![]).0;
    assert_eq!(
        case.with("A", later(&all, true), Some(&successor)).rule,
        Rule::E7
    );
    assert!(
        case.0.machines.ending.last_end().is_none(),
        "only suspended"
    );
    case.with("A", later(&all, false), Some(&successor));
    assert!(!case.0.has_ended(date("2020-12-31")) && case.0.has_ended(date("2021-01-01")));
}

fn notified(claim: ClaimNotice) -> MachineEvent {
    MachineEvent::ClaimNotified {
        on: date("2021-01-01"),
        claim,
        number: None,
    }
}

#[test]
fn e8_e9_e10_e11_and_e20_a_ground_has_its_limits() {
    use Invoked::{
        ChangeOfCircumstances, Impossibility, MaterialBreach, Other, SeveranceOfRelations,
    };
    use Measure::{Invalidate, Suspend, Terminate};
    let case = in_force(vec![]);
    let refuses = |claim, rule, says| case.refuses("A", notified(claim), rule, says);
    refuses(
        ClaimNotice {
            against: None,
            ..claim(MaterialBreach, Terminate)
        },
        Rule::E8,
        "another party that broke",
    );
    refuses(
        ClaimNotice {
            against: Some("A".into()),
            ..claim(MaterialBreach, Terminate)
        },
        Rule::E8,
        "another party that broke",
    );
    refuses(
        ClaimNotice {
            humanitarian: true,
            ..claim(MaterialBreach, Terminate)
        },
        Rule::E8,
        "protect persons",
    );
    refuses(
        ClaimNotice {
            self_caused: true,
            ..claim(Impossibility, Terminate)
        },
        Rule::E9,
        "did not bring about",
    );
    refuses(
        ClaimNotice {
            temporary: true,
            ..claim(Impossibility, Terminate)
        },
        Rule::E9,
        "suspension",
    );
    refuses(
        ClaimNotice {
            boundary: true,
            ..claim(ChangeOfCircumstances, Terminate)
        },
        Rule::E10,
        "no boundary",
    );
    refuses(
        ClaimNotice {
            self_caused: true,
            ..claim(ChangeOfCircumstances, Terminate)
        },
        Rule::E10,
        "did not bring about",
    );
    refuses(
        claim(SeveranceOfRelations, Terminate),
        Rule::E11,
        "indispensable",
    );
    refuses(
        claim(Other, Terminate),
        Rule::E20,
        "a ground of the agreement or of the Convention",
    );
    refuses(
        claim(MaterialBreach, Invalidate),
        Rule::E8,
        "found invalidity",
    );
    refuses(
        ClaimNotice {
            reasons: " ".into(),
            ..claim(MaterialBreach, Terminate)
        },
        Rule::E12,
        "the reasons",
    );
    for (accepted, rule) in [
        (claim(MaterialBreach, Terminate), Rule::E8),
        (
            ClaimNotice {
                temporary: true,
                ..claim(Impossibility, Suspend)
            },
            Rule::E9,
        ),
        (claim(ChangeOfCircumstances, Terminate), Rule::E10),
        (
            ClaimNotice {
                indispensable: true,
                ..claim(SeveranceOfRelations, Terminate)
            },
            Rule::E11,
        ),
    ] {
        assert_eq!(case.clone().does("A", notified(accepted)), rule);
    }
    treaty(vec![]).refuses(
        "A",
        notified(claim(MaterialBreach, Terminate)),
        Rule::E8,
        "one that is not in force",
    );
}

/// A has claimed, and B and C have received it.
fn claimed(measure: Measure) -> Case {
    let mut case = in_force(vec![]);
    case.does("A", notified(claim(Invoked::MaterialBreach, measure)));
    for (party, on) in [("B", "2021-01-10"), ("C", "2021-01-20")] {
        case.does(
            party,
            MachineEvent::ClaimReceived {
                on: date(on),
                number: 1,
            },
        );
    }
    case
}

fn carry(on: &str) -> MachineEvent {
    let by = Representative {
        name: "the minister".into(),
        office: Office::ForeignMinister,
        full_powers: false,
    };
    MachineEvent::MeasureCarriedOut {
        on: date(on),
        number: 1,
        by,
    }
}

#[test]
fn e12_and_e13_a_measure_waits_three_months_from_receipt() {
    let mut early = in_force(vec![]);
    early.does(
        "A",
        notified(claim(Invoked::MaterialBreach, Measure::Terminate)),
    );
    early.refuses(
        "A",
        carry("2021-12-01"),
        Rule::E13,
        "missing: receipt by B, receipt by C",
    );
    early.refuses(
        "A",
        MachineEvent::ClaimReceived {
            on: date("2021-01-10"),
            number: 1,
        },
        Rule::D5,
        "by another",
    );
    early.refuses(
        "B",
        MachineEvent::ClaimReceived {
            on: date("2021-01-10"),
            number: 2,
        },
        Rule::D5,
        "from 1 to 1",
    );
    let sent = early.0.machines.ending.claims[0].on;
    let receive = |on| MachineEvent::ClaimReceived { on, number: 1 };
    early.refuses(
        "B",
        receive(sent.pred_opt().expect("a day")),
        Rule::D5,
        &format!("from {sent} on"),
    );
    early.clone().does("B", receive(sent));
    let mut twice = early.clone();
    twice.does("B", receive(sent));
    twice.refuses("B", receive(sent), Rule::D5, "a first receipt");
    let case = claimed(Measure::Terminate);
    case.refuses(
        "A",
        carry("2021-04-19"),
        Rule::E13,
        "a date from 2021-04-20 on",
    );
    case.refuses("B", carry("2021-04-20"), Rule::E13, "an act of A");
    let unsigned = MachineEvent::MeasureCarriedOut {
        on: date("2021-04-20"),
        number: 1,
        by: minister(false),
    };
    case.refuses("A", unsigned, Rule::E13, "an instrument signed by");
    let mut ended = case.clone();
    assert_eq!(ended.does("A", carry("2021-04-20")), Rule::E13);
    assert!(
        ended.0.machines.ending.last_end().is_some()
            && ended
                .0
                .machines
                .ending
                .ended_on(date("2021-04-19"))
                .is_none()
    );
    let mut suspended = claimed(Measure::Suspend);
    suspended.does("A", carry("2021-04-20"));
    assert!(
        suspended.0.machines.ending.last_end().is_none()
            && suspended.0.machines.ending.suspensions.len() == 1
    );
    let mut left = claimed(Measure::Withdraw);
    left.does("A", carry("2021-04-20"));
    assert!(
        left.0.machines.ending.last_end().is_none()
            && left
                .0
                .machines
                .consents
                .contracting(date("2021-05-01"))
                .count()
                == 2
    );
}

#[test]
fn e14_an_objection_stops_the_measure() {
    let mut case = claimed(Measure::Terminate);
    case.refuses(
        "A",
        MachineEvent::ClaimDisputed {
            on: date("2021-02-01"),
            number: 1,
        },
        Rule::E14,
        "by another",
    );
    assert_eq!(
        case.does(
            "B",
            MachineEvent::ClaimDisputed {
                on: date("2021-02-01"),
                number: 1
            }
        ),
        Rule::E14
    );
    case.refuses("A", carry("2021-04-20"), Rule::E14, "the objection of B");
}

#[test]
fn e15_a_claim_is_revoked_by_its_own_party() {
    let revoke = || MachineEvent::ClaimRevoked {
        on: date("2021-02-01"),
        number: 1,
    };
    let mut case = claimed(Measure::Terminate);
    case.refuses("B", revoke(), Rule::E15, "an act of A");
    assert_eq!(case.does("A", revoke()), Rule::E15);
    case.refuses(
        "A",
        carry("2021-04-20"),
        Rule::E13,
        "one revoked on 2021-02-01",
    );
}

#[test]
fn e16_who_acquiesced_invokes_it_no_more() {
    let mut case = in_force(vec![]);
    assert_eq!(
        case.does(
            "A",
            MachineEvent::Acquiesced {
                on: date("2020-06-01"),
                ground: Invoked::MaterialBreach
            }
        ),
        Rule::E16
    );
    case.refuses(
        "A",
        notified(claim(Invoked::MaterialBreach, Measure::Terminate)),
        Rule::E16,
        "one in which A has",
    );
    case.does(
        "B",
        notified(ClaimNotice {
            against: Some("C".into()),
            ..claim(Invoked::MaterialBreach, Measure::Terminate)
        }),
    );
}

#[test]
fn e17_a_claim_concerns_the_whole_unless_provisions_are_separable() {
    let part = |measure| {
        notified(ClaimNotice {
            provisions: vec![p(3)],
            ..claim(Invoked::MaterialBreach, measure)
        })
    };
    in_force(vec![]).refuses(
        "A",
        part(Measure::Terminate),
        Rule::E17,
        "the whole agreement",
    );
    in_force(vec![]).does("A", part(Measure::Suspend));
    in_force(vec![clause("Article 13", Term::Separable(vec![p(3)]))])
        .does("A", part(Measure::Terminate));
    let void = ClaimNotice {
        provisions: vec![p(3)],
        ..claim(Invoked::PeremptoryNorm, Measure::Invalidate)
    };
    in_force(vec![clause("Article 13", Term::Separable(vec![p(3)]))]).refuses(
        "A",
        notified(void),
        Rule::E17,
        "whole",
    );
}

#[test]
fn e18_an_end_takes_nothing_from_the_past() {
    let mut case = bilateral(vec![clause(
        "Article 17",
        Term::Expiry("2021-01-01".parse().expect("a date")),
    )]);
    let text = case.text();
    case.does("A", terminate("2021-01-01"));
    assert_eq!(case.text(), text);
    assert!(
        case.0
            .machines
            .ending
            .ended_on(date("2020-12-31"))
            .is_none()
    );
    assert_eq!(
        case.0
            .machines
            .ending
            .ended_on(date("2021-01-01"))
            .map(|e| e.rule),
        Some(Rule::E1)
    );
}

#[test]
fn e21_a_void_treaty_is_void_by_its_own_procedure() {
    let wrong = notified(claim(Invoked::DefectOfConsent, Measure::Terminate));
    in_force(vec![]).refuses("A", wrong, Rule::E21, "invalidity as the measure");
    let mut case = in_force(vec![]);
    assert_eq!(
        case.does(
            "A",
            notified(claim(Invoked::PeremptoryNorm, Measure::Invalidate))
        ),
        Rule::E21
    );
    for party in ["B", "C"] {
        case.does(
            party,
            MachineEvent::ClaimReceived {
                on: date("2021-01-10"),
                number: 1,
            },
        );
    }
    assert_eq!(case.does("A", carry("2021-04-20")), Rule::E21);
    assert!(case.0.has_ended(date("2021-04-20")) && case.0.machines.ending.void.is_some());
    assert!(!case.0.has_ended(date("2021-04-19")));
}

#[test]
fn k1_k2_k3_and_k4_relations_between_agreements() {
    use travaux_domain::agreement::relation::{Governs, Relations};
    let other_id = AgreementId(Uuid::from_u128(9));
    let relate = |relation| RelationAct::RelationRecorded {
        on: date("2021-01-01"),
        to: other_id,
        relation,
    };
    let other = in_force(vec![]).0;
    let mut case = bilateral(vec![]);
    case.refuses(
        "A",
        relate(Relation::SubjectTo),
        Rule::K1,
        "no agreement 0000",
    );
    let strangers = authentic(proposal(Profile::treaty(), &["X", "Y"], vec![])).0;
    let context = travaux_domain::Context {
        actor: travaux_domain::Actor::party("A"),
        now: case.1,
    };
    let refusal = case
        .0
        .decide_with(
            relate(Relation::LaterThan).into(),
            &context,
            Some(&strangers),
        )
        .expect_err("no party in common");
    assert_eq!(refusal.rule, Rule::K3);
    assert_eq!(
        case.with("A", relate(Relation::LaterThan), Some(&other))
            .rule,
        Rule::K2
    );
    assert_eq!(
        case.with("A", relate(Relation::Context), Some(&other)).rule,
        Rule::K4
    );
    let governs = |case: &Case, a: &str, b: &str| {
        Relations::governs(
            &case.0,
            other_id,
            &other,
            &a.into(),
            &b.into(),
            date("2022-01-01"),
        )
    };
    assert_eq!(governs(&case, "A", "B"), Governs::ThisAsLater);
    assert_eq!(
        governs(&case, "A", "C"),
        Governs::OnlyOther,
        "C is no party to this one"
    );
    assert_eq!(
        case.with("A", relate(Relation::SubjectTo), Some(&other))
            .rule,
        Rule::K1
    );
    assert_eq!(governs(&case, "A", "B"), Governs::OtherByItsClause);
}
