use travaux_domain::{
    Profile, Rule,
    agreement::{
        consent::{Establishment, Manner},
        reservation::{PairStanding as S, ReservationAct as MachineEvent},
    },
    clause::{Means, ReservationsAllowed, Term},
};

use travaux_testkit::agreement::*;

fn formulate(on: &str, provision: u32) -> MachineEvent {
    MachineEvent::ReservationFormulated {
        on: date(on),
        provisions: vec![p(provision)],
        words: "except in winter".into(),
        late: false,
        number: None,
    }
}

fn late(on: &str) -> MachineEvent {
    MachineEvent::ReservationFormulated {
        on: date(on),
        provisions: vec![p(2)],
        words: "except in winter".into(),
        late: true,
        number: None,
    }
}

fn notified(on: &str, to: &[&str]) -> MachineEvent {
    MachineEvent::ReservationNotified {
        on: date(on),
        number: 1,
        to: ids(to),
    }
}

fn object(on: &str, opposes_force: bool) -> MachineEvent {
    MachineEvent::ObjectionMade {
        on: date(on),
        number: 1,
        opposes_force,
    }
}

fn standing(case: &Case, other: &str, on: &str) -> S {
    let r = case.0.machines.reservations.get(1).expect("a reservation");
    case.0.pair_standing(r, &other.into(), date(on))
}

/// A has signed with a reservation on 2020-02-01, all others without; everyone was told on 2020-02-10.
fn reserved(clauses: Vec<travaux_domain::clause::FinalClause>) -> Case {
    let mut case = treaty(clauses);
    case.does("A", formulate("2020-02-01", 2));
    for party in ["A", "B", "C"] {
        case.does(party, signed("2020-02-01"));
    }
    case.does("A", notified("2020-02-10", &["B", "C"]));
    case
}

#[test]
fn r1_a_reservation_is_made_with_the_consent_where_it_is_not_prohibited() {
    let allowed = |list| treaty(vec![clause("Article 16", Term::Reservations(list))]);
    allowed(ReservationsAllowed::None).refuses(
        "A",
        formulate("2020-02-01", 2),
        Rule::R1,
        "by Article 16",
    );
    allowed(ReservationsAllowed::Only(vec![p(4)])).refuses(
        "A",
        formulate("2020-02-01", 2),
        Rule::R1,
        "one to provision 1.2",
    );
    allowed(ReservationsAllowed::Only(vec![p(2)])).does("A", formulate("2020-02-01", 2));
    allowed(ReservationsAllowed::AllBut(vec![p(2)])).refuses(
        "A",
        formulate("2020-02-01", 2),
        Rule::R1,
        "one to provision 1.2",
    );
    allowed(ReservationsAllowed::AllBut(vec![p(4)])).does("A", formulate("2020-02-01", 2));
    treaty(vec![]).refuses("A", formulate("2020-02-01", 9), Rule::R1, "provision 1.9");
    in_force(vec![]).refuses(
        "A",
        formulate("2020-03-01", 2),
        Rule::R1,
        "made with the consent, by 2020-02-01",
    );
    in_force(vec![]).refuses("A", late("2020-02-01"), Rule::R1, "after the consent");
    let bilateral = authentic(proposal(Profile::treaty(), &["A", "B"], vec![]));
    bilateral.refuses(
        "A",
        formulate("2020-02-01", 2),
        Rule::R1,
        "propose a revision before its adoption, an amendment after it",
    );
    let mut nothing = formulate("2020-02-01", 2);
    if let MachineEvent::ReservationFormulated { words, .. } = &mut nothing {
        words.clear();
    }
    treaty(vec![]).refuses("A", nothing, Rule::R1, "what it says");
}

#[test]
fn a_late_reservation_stands_until_somebody_objects() {
    let mut case = in_force(vec![]);
    case.does("A", late("2020-06-01"));
    case.does("A", notified("2020-06-10", &["B", "C"]));
    assert_eq!(standing(&case, "B", "2021-06-09"), S::Formulated);
    assert_eq!(standing(&case, "B", "2021-06-10"), S::AcceptedTacitly);
    case.does("C", object("2021-01-01", false));
    assert_eq!(
        standing(&case, "B", "2021-06-10"),
        S::Lapsed,
        "one objection bars it towards all"
    );
}

#[test]
fn r2_one_made_at_simple_signature_lapses_unless_it_is_confirmed() {
    let until = |confirm: Option<&str>| {
        let mut case = treaty(vec![]);
        case.does("A", formulate("2020-02-01", 2));
        case.does("A", sign("2020-02-01", Manner::SubjectToRatification));
        case.does("A", made("2020-06-01", Means::Ratification));
        if let Some(on) = confirm {
            assert_eq!(
                case.does(
                    "A",
                    MachineEvent::ReservationConfirmed {
                        on: date(on),
                        number: 1
                    }
                ),
                Rule::R2
            );
        }
        case.does(
            "A",
            established(
                "2020-07-01",
                Means::Ratification,
                Establishment::Notification,
            ),
        );
        case
    };
    assert_eq!(standing(&until(None), "B", "2020-06-30"), S::Formulated);
    assert_eq!(standing(&until(None), "B", "2020-07-01"), S::Lapsed);
    assert_eq!(
        standing(&until(Some("2020-07-01")), "B", "2020-07-01"),
        S::Formulated
    );
    let confirm = |on: &str| MachineEvent::ReservationConfirmed {
        on: date(on),
        number: 1,
    };
    until(None).refuses(
        "A",
        confirm("2020-08-01"),
        Rule::R2,
        "with the consent, on 2020-07-01",
    );
    until(None).refuses(
        "B",
        confirm("2020-07-01"),
        Rule::R2,
        "an act of its party (A)",
    );
    until(None).refuses("A", confirm("2020-01-01"), Rule::R2, "from 2020-02-01 on");
}

#[test]
fn r3_an_express_acceptance_counts_at_once() {
    let accept = || MachineEvent::ReservationAccepted {
        on: date("2020-03-01"),
        number: 1,
    };
    let mut case = reserved(vec![]);
    case.refuses("A", accept(), Rule::R3, "its own, 1");
    case.refuses(
        "B",
        MachineEvent::ReservationAccepted {
            on: date("2020-03-01"),
            number: 2,
        },
        Rule::R3,
        "from 1 to 1",
    );
    assert_eq!(case.does("B", accept()), Rule::R3);
    assert_eq!(
        (
            standing(&case, "B", "2020-03-01"),
            standing(&case, "C", "2020-03-01")
        ),
        (S::Accepted, S::Formulated)
    );
    case.refuses("B", accept(), Rule::R3, "that of 2020-03-01");
    case.refuses(
        "B",
        object("2020-04-01", false),
        Rule::R5,
        "one that it accepted",
    );
    case.does("C", object("2020-04-01", false));
    case.refuses("C", accept(), Rule::R3, "C, which has");
}

#[test]
fn r4_silence_is_acceptance_after_twelve_months_or_with_a_later_consent() {
    let case = reserved(vec![]);
    assert_eq!(
        (
            standing(&case, "B", "2021-02-09"),
            standing(&case, "B", "2021-02-10")
        ),
        (S::Formulated, S::AcceptedTacitly)
    );
    case.refuses(
        "B",
        object("2021-02-10", false),
        Rule::R4,
        "an objection before 2021-02-10",
    );
    case.refuses(
        "A",
        notified("2020-01-01", &["B"]),
        Rule::R4,
        "from 2020-02-01 on",
    );
    let six = reserved(vec![clause("Article 16", Term::TacitAcceptance(6))]);
    assert_eq!(standing(&six, "B", "2020-08-10"), S::AcceptedTacitly);
    // Who consents later has until then.
    let mut case = treaty(vec![]);
    case.does("A", formulate("2020-02-01", 2));
    case.does("A", signed("2020-02-01"));
    case.does("A", notified("2020-02-10", &["B"]));
    assert_eq!(
        standing(&case, "B", "2025-01-01"),
        S::Formulated,
        "no consent yet"
    );
    case.does("B", signed("2022-01-01"));
    assert_eq!(
        (
            standing(&case, "B", "2021-12-31"),
            standing(&case, "B", "2022-01-01")
        ),
        (S::Formulated, S::AcceptedTacitly)
    );
}

#[test]
fn r5_and_r6_an_objection_leaves_the_treaty_between_the_two_unless_it_says_otherwise() {
    let mut case = reserved(vec![]);
    assert_eq!(case.does("B", object("2020-05-01", false)), Rule::R5);
    assert_eq!(case.does("C", object("2020-05-01", true)), Rule::R6);
    assert_eq!(standing(&case, "B", "2020-04-30"), S::Formulated);
    assert_eq!(
        (
            standing(&case, "B", "2020-05-01"),
            standing(&case, "C", "2020-05-01")
        ),
        (S::Objected, S::NoRelation)
    );
    case.refuses("B", object("2020-06-01", true), Rule::R6, "one that stands");
}

#[test]
fn r7_where_all_must_accept_one_silence_keeps_it_from_standing() {
    let accept = || MachineEvent::ReservationAccepted {
        on: date("2020-03-01"),
        number: 1,
    };
    let mut case = reserved(vec![clause("Article 16", Term::AllAcceptReservations)]);
    case.does("B", accept());
    assert_eq!(standing(&case, "B", "2020-03-01"), S::Formulated);
    case.does("C", accept());
    assert_eq!(standing(&case, "B", "2020-03-01"), S::Accepted);
}

#[test]
fn r9_a_withdrawal_operates_once_the_other_one_knows() {
    let withdraw = || MachineEvent::ReservationWithdrawn {
        on: date("2022-01-01"),
        number: 1,
    };
    let know = |on: &str| MachineEvent::WithdrawalReceived {
        on: date(on),
        number: 1,
    };
    let mut case = reserved(vec![]);
    case.refuses("B", withdraw(), Rule::R9, "an act of its party (A)");
    case.refuses("B", know("2022-01-01"), Rule::R9, "one that stands");
    assert_eq!(case.does("A", withdraw()), Rule::R9);
    case.refuses("A", withdraw(), Rule::R9, "one withdrawn on 2022-01-01");
    case.refuses("B", know("2021-12-31"), Rule::R9, "from 2022-01-01 on");
    assert_eq!(case.does("B", know("2022-01-05")), Rule::R9);
    assert_eq!(
        (
            standing(&case, "B", "2022-01-04"),
            standing(&case, "B", "2022-01-05")
        ),
        (S::AcceptedTacitly, S::Withdrawn)
    );
    assert_eq!(
        standing(&case, "C", "2022-06-01"),
        S::AcceptedTacitly,
        "C does not know"
    );
    case.refuses(
        "C",
        object("2022-06-01", false),
        Rule::R5,
        "withdrawn on 2022-01-01",
    );
}

#[test]
fn r10_a_withdrawn_objection_is_an_acceptance() {
    let back = |on: &str| MachineEvent::ObjectionWithdrawn {
        received_on: date(on),
        number: 1,
    };
    let mut case = reserved(vec![]);
    case.refuses("B", back("2020-06-01"), Rule::R10, "none of B");
    case.does("B", object("2020-05-01", true));
    case.refuses(
        "B",
        back("2020-04-01"),
        Rule::R10,
        "an objection that stands",
    );
    assert_eq!(case.does("B", back("2020-06-01")), Rule::R10);
    assert_eq!(
        (
            standing(&case, "B", "2020-05-31"),
            standing(&case, "B", "2020-06-01")
        ),
        (S::NoRelation, S::Accepted)
    );
}
