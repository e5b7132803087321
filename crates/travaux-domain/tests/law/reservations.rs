mod narrowed;

use travaux_domain::{
    Profile, Rule,
    agreement::{
        ForceBetween,
        consent::{Establishment, Manner},
        reservation::{PairStanding as S, ReservationAct as MachineEvent},
    },
    clause::{Means, ReservationsAllowed, Term},
    effect::Period,
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
    assert_eq!(standing(&case, "B", "2021-06-10"), S::Formulated);
    assert_eq!(standing(&case, "B", "2021-06-11"), S::AcceptedTacitly);
    case.does("C", object("2021-01-01", false));
    assert_eq!(
        standing(&case, "B", "2021-06-11"),
        S::Lapsed,
        "one objection bars it towards all"
    );
    case.does(
        "C",
        MachineEvent::ObjectionWithdrawn {
            received_on: date("2021-05-01"),
            number: 1,
        },
    );
    assert_eq!(standing(&case, "B", "2021-04-30"), S::Lapsed);
    assert_eq!(standing(&case, "B", "2021-06-11"), S::AcceptedTacitly);
    // Taken back after the months are over, it does not bring the reservation back.
    let mut case = in_force(vec![]);
    case.does("A", late("2020-06-01"));
    case.does("A", notified("2020-06-10", &["B", "C"]));
    case.does("C", object("2021-01-01", false));
    let withdrawn = MachineEvent::ObjectionWithdrawn {
        received_on: date("2021-06-11"),
        number: 1,
    };
    case.does("C", withdrawn);
    assert_eq!(standing(&case, "B", "2022-06-11"), S::Lapsed);
}

#[test]
fn r11_a_late_reservation_waits_for_the_months_of_all() {
    let mut case = in_force(vec![]);
    case.does("A", late("2020-06-01"));
    case.does("A", notified("2020-06-10", &["B"]));
    case.does("A", notified("2020-08-10", &["C"]));
    assert_eq!(standing(&case, "B", "2021-08-10"), S::Formulated);
    assert_eq!(standing(&case, "B", "2021-08-11"), S::AcceptedTacitly);
    assert_eq!(standing(&case, "C", "2021-08-11"), S::AcceptedTacitly);
}

/// Article 1 is 1.1 and contains 1.2; 1.4 stands in article 2.
#[test]
fn r1_a_part_of_what_is_closed_is_closed_and_what_contains_it_touches_it() {
    let only = |provision| {
        let list = ReservationsAllowed::Only(vec![p(provision)]);
        treaty(vec![clause("Article 16", Term::Reservations(list))])
    };
    let but = |provision| {
        let list = ReservationsAllowed::AllBut(vec![p(provision)]);
        treaty(vec![clause("Article 16", Term::Reservations(list))])
    };
    let (whole, part, apart) = (1, 2, 4);
    // Only the article is open: so is its paragraph.
    only(whole).does("A", formulate("2020-02-01", part));
    // Only the paragraph is open: the article says more.
    only(part).refuses(
        "A",
        formulate("2020-02-01", whole),
        Rule::R1,
        "by Article 16",
    );
    // The article is closed: so is its paragraph.
    but(whole).refuses(
        "A",
        formulate("2020-02-01", part),
        Rule::R1,
        "by Article 16",
    );
    // The paragraph is closed: the article contains it.
    but(part).refuses(
        "A",
        formulate("2020-02-01", whole),
        Rule::R1,
        "by Article 16",
    );
    but(part).does("A", formulate("2020-02-01", apart));
    but(whole).does("A", formulate("2020-02-01", apart));
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
    // It was made on the day of its confirmation: the months run from its notification after that (23(2)).
    for (again, last) in [(None, "2021-07-01"), (Some("2020-08-10"), "2021-08-10")] {
        let mut case = until(Some("2020-07-01"));
        case.does("B", signed("2020-02-01"));
        case.does("A", notified("2020-02-10", &["B"]));
        if let Some(again) = again {
            case.does("A", notified(again, &["B"]));
        }
        let r = case.0.machines.reservations.get(1).expect("a reservation");
        assert_eq!(
            case.0.objection_until(r, &"B".into()),
            Some(date(last)),
            "{again:?}"
        );
    }
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
            standing(&case, "B", "2021-02-10"),
            standing(&case, "B", "2021-02-11")
        ),
        (S::Formulated, S::AcceptedTacitly)
    );
    case.refuses(
        "B",
        object("2021-02-11", false),
        Rule::R4,
        "an objection by 2021-02-10",
    );
    case.clone().does("B", object("2021-02-10", false));
    case.refuses(
        "A",
        notified("2020-01-01", &["B"]),
        Rule::R4,
        "from 2020-02-01 on",
    );
    let six = reserved(vec![clause("Article 16", Term::TacitAcceptance(6))]);
    assert_eq!(standing(&six, "B", "2020-08-10"), S::Formulated);
    assert_eq!(standing(&six, "B", "2020-08-11"), S::AcceptedTacitly);
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
            standing(&case, "B", "2022-01-01"),
            standing(&case, "B", "2022-01-02")
        ),
        (S::Formulated, S::AcceptedTacitly)
    );
}

/// In force on 2020-06-01, so that an objection to force can come before.
fn reserved_before_force() -> Case {
    let entry = Term::EntryIntoForce("2020-06-01".parse().expect("a date"));
    reserved(vec![clause("Article 22", entry)])
}

#[test]
fn r5_and_r6_an_objection_leaves_the_treaty_between_the_two_unless_it_says_otherwise() {
    let mut case = reserved_before_force();
    case.refuses_new(
        "B",
        object("2020-01-31", false),
        Rule::R5,
        "when it was made",
    );
    assert_eq!(case.does("B", object("2020-05-01", false)), Rule::R5);
    // In force on 2020-06-01: on that day it is too late to oppose it (Guide to Practice 2.6.7).
    case.refuses_new(
        "C",
        object("2020-06-01", true),
        Rule::R6,
        "a simple one is possible",
    );
    case.clone().does("C", object("2020-06-01", false));
    assert_eq!(case.does("C", object("2020-05-31", true)), Rule::R6);
    assert_eq!(standing(&case, "B", "2020-04-30"), S::Formulated);
    assert_eq!(
        (
            standing(&case, "B", "2020-05-01"),
            standing(&case, "C", "2020-05-31")
        ),
        (S::Objected, S::NoRelation)
    );
    case.refuses("B", object("2020-06-01", true), Rule::R6, "one that stands");
}

/// The force between A, whose reservation it is, and another, and the rule that it rests on.
fn force(case: &Case, other: &str, on: &str) -> (ForceBetween, Rule) {
    let between = case.0.between(&"A".into(), &other.into(), date(on));
    (between.force, between.reasons[0].rule)
}

#[test]
fn r6_what_follows_on_force_counts_whatever_was_recorded_first() {
    // The objection was recorded while nobody knew since when the treaty is in force.
    let mut case = treaty(vec![]);
    case.does("A", formulate("2020-02-01", 2));
    for party in ["A", "C"] {
        case.does(party, signed("2020-02-01"));
    }
    case.does("A", notified("2020-02-10", &["B", "C"]));
    case.does("C", object("2020-06-01", true));
    assert_eq!(standing(&case, "C", "2020-06-01"), S::NoRelation);
    case.does("B", signed("2020-03-01"));
    // It has been since 2020-03-01: the objection to it came too late, and is a simple one.
    assert_eq!(standing(&case, "C", "2020-06-01"), S::Objected);
    assert_eq!(
        force(&case, "C", "2020-06-01").0,
        ForceBetween::InForce(date("2020-03-01"))
    );
}

#[test]
fn r6_force_opens_when_notice_comes_that_an_objection_or_its_reservation_is_withdrawn() {
    let mut objected = reserved_before_force();
    objected.does("C", object("2020-05-01", true));
    let mut objection = objected.clone();
    objection.does(
        "C",
        MachineEvent::ObjectionWithdrawn {
            received_on: date("2022-03-01"),
            number: 1,
        },
    );
    let mut reservation = objected.clone();
    for (party, act) in [
        (
            "A",
            MachineEvent::ReservationWithdrawn {
                on: date("2022-02-01"),
                number: 1,
            },
        ),
        (
            "C",
            MachineEvent::WithdrawalReceived {
                on: date("2022-03-01"),
                number: 1,
                narrowing: None,
            },
        ),
    ] {
        reservation.does(party, act);
    }
    let since = ForceBetween::InForce(date("2022-03-01"));
    for (case, rule) in [(objection, Rule::R10), (reservation, Rule::R9)] {
        let opens = (since, rule);
        assert_eq!(force(&case, "C", "2022-02-28").0, ForceBetween::NotInForce);
        assert_eq!(force(&case, "C", "2022-03-01"), opens);
        // Never among the others.
        assert_eq!(
            force(&case, "B", "2022-03-01").0,
            ForceBetween::InForce(date("2020-06-01"))
        );
    }
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
    let why = |case: &Case| {
        let between = case.0.between(&"A".into(), &"B".into(), date("2020-05-01"));
        let of_it = between
            .reasons
            .into_iter()
            .find(|r| r.what.contains("reservation 1"));
        of_it.map(|r| (r.rule, r.what)).expect("a reason")
    };
    let waits = "reservation 1 of A waits for the answer of C, as all must accept it";
    assert_eq!(why(&case), (Rule::R7, waits.to_owned()));
    let mut objected = case.clone();
    objected.does("C", object("2020-04-01", false));
    let needs = "reservation 1 of A needs the acceptance of all, and C objects";
    assert_eq!(why(&objected), (Rule::R7, needs.to_owned()));
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
        narrowing: None,
    };
    let mut case = reserved(vec![]);
    case.refuses("B", withdraw(), Rule::R9, "an act of its party (A)");
    case.refuses("B", know("2022-01-01"), Rule::R9, "one that stands");
    assert_eq!(case.does("A", withdraw()), Rule::R9);
    case.refuses("A", withdraw(), Rule::R9, "one withdrawn on 2022-01-01");
    case.refuses("B", know("2021-12-31"), Rule::R9, "from 2022-01-01 on");
    assert_eq!(case.does("B", know("2022-01-05")), Rule::R9);
    case.refuses_new("B", know("2022-01-06"), Rule::R9, "that of 2022-01-05");
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
fn r9_a_withdrawn_reservation_waits_for_no_answer() {
    let withdraw = |on: &str| MachineEvent::ReservationWithdrawn {
        on: date(on),
        number: 1,
    };
    let mut case = reserved(vec![]);
    case.refuses_new("A", withdraw("2020-01-31"), Rule::R9, "when it was made");
    case.does("A", withdraw("2020-06-01"));
    assert_eq!(standing(&case, "B", "2020-05-31"), S::Formulated);
    assert_eq!(standing(&case, "B", "2020-06-01"), S::Withdrawn);
    // Its twelve months run no more.
    assert_eq!(standing(&case, "B", "2021-02-11"), S::Withdrawn);
    // Withdrawn on their last day, nobody has accepted it by silence; on the next, all have.
    for (on, stands) in [
        ("2021-02-10", S::Withdrawn),
        ("2021-02-11", S::AcceptedTacitly),
    ] {
        let mut case = reserved(vec![]);
        case.does("A", withdraw(on));
        assert_eq!(standing(&case, "B", "2021-02-11"), stands, "{on}");
    }
}

#[test]
fn r1_who_joins_a_bilateral_agreement_open_to_others_may_make_a_reservation() {
    let open = vec![clause("Article 30", Term::Accession(vec![]))];
    let mut case = authentic(proposal(Profile::treaty(), &["A", "B"], open));
    for party in ["A", "B"] {
        case.does(party, signed("2020-02-01"));
    }
    case.does("X", made("2020-05-01", Means::Accession));
    case.does(
        "X",
        established("2020-05-01", Means::Accession, Establishment::Notification),
    );
    case.refuses(
        "A",
        late("2020-05-01"),
        Rule::R1,
        "a multilateral agreement",
    );
    case.does("X", formulate("2020-05-01", 2));
}

#[test]
fn c16_a_reservation_goes_with_the_consent_that_it_was_made_with() {
    let clauses = vec![clause("Article 18", Term::Denunciation(Period::Days(30)))];
    let mut case = reserved(clauses);
    case.does("A", leave("2021-06-01"));
    case.does("A", signed("2022-01-01"));
    assert_eq!(standing(&case, "B", "2021-12-31"), S::AcceptedTacitly);
    assert_eq!(standing(&case, "B", "2022-01-01"), S::Lapsed);
    let between = case.0.between(&"A".into(), &"B".into(), date("2022-01-01"));
    let of_it = between
        .reasons
        .iter()
        .find(|r| r.what.contains("reservation 1"));
    assert_eq!(of_it.map(|r| r.rule), Some(Rule::C16));
}

#[test]
fn r10_a_withdrawn_objection_is_an_acceptance() {
    let back = |on: &str| MachineEvent::ObjectionWithdrawn {
        received_on: date(on),
        number: 1,
    };
    let mut case = reserved_before_force();
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
