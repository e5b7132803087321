//! From when a consent counts: with the other half of an exchange (C8), once a reservation is accepted
//! (R13).

use travaux_domain::effect::Period;
use travaux_domain::{
    Profile, Rule,
    agreement::{
        AgreementCommand as C, Beside, ForceBetween, ForceState, MachineEvent,
        consent::{ConsentAct, Counts, Establishment, Manner, Stage},
        reservation::{PairStanding, ReservationAct},
    },
    clause::{FinalClause, Means, ReservationsAllowed, Term},
};
use travaux_testkit::agreement::*;

/// Both have signed, and made their instruments of ratification.
fn ratified(parties: &[&str], clauses: Vec<FinalClause>) -> Case {
    let mut case = treaty(clauses);
    for party in parties {
        case.does(party, sign("2020-02-01", Manner::SubjectToRatification));
        case.does(party, made("2020-02-10", Means::Ratification));
    }
    case
}

fn given(on: &str) -> ConsentAct {
    established(on, Means::Ratification, Establishment::Exchange)
}

fn notified(on: &str) -> ConsentAct {
    established(on, Means::Ratification, Establishment::Notification)
}

fn force(case: &Case, a: &str, b: &str, on: &str) -> ForceBetween {
    case.0.between(&a.into(), &b.into(), date(on)).force
}

/// What its force waits for on a day.
fn waits(case: &Case, on: &str) -> String {
    case.0.status(date(on), None).remains.join("; ")
}

#[test]
fn c8_one_half_of_an_exchange_is_nothing_without_the_other() {
    let clauses = || {
        vec![clause(
            "Article 14",
            Term::EntryIntoForce("2nd instrument".parse().expect("an effect")),
        )]
    };
    let mut case = ratified(&["A", "B"], clauses());
    case.does("A", given("2020-03-01"));
    let stage = |case: &Case, party: &str, on: &str| {
        let own = case.0.machines.consents.of(&party.into());
        own.map(|own| own.stage(date(on), None).to_owned())
    };
    assert_eq!(stage(&case, "A", "2020-06-01"), Some(Stage::SignedSimple));
    assert!(
        waits(&case, "2020-06-01")
            .contains("the instrument of another, in exchange for that of A, given on 2020-03-01"),
        "{}",
        waits(&case, "2020-06-01")
    );
    let why = case.0.between(&"A".into(), &"B".into(), date("2020-06-01"));
    let told = why.reasons.iter().find(|reason| reason.rule == Rule::C8);
    assert!(
        told.is_some_and(|r| r.what.contains("it is not in force for A")),
        "{why:?}"
    );
    // It was given, and is not given again.
    case.refuses("A", given("2020-03-02"), Rule::C8, "expressed already");
    case.does("B", given("2020-04-01"));
    assert_eq!(
        force(&case, "A", "B", "2020-03-31"),
        ForceBetween::NotInForce
    );
    let since = ForceBetween::InForce(date("2020-04-01"));
    assert_eq!(force(&case, "A", "B", "2020-04-01"), since);
    for party in ["A", "B"] {
        assert_eq!(stage(&case, party, "2020-03-31"), Some(Stage::SignedSimple));
        assert_eq!(
            stage(&case, party, "2020-04-01"),
            Some(Stage::ConsentExpressed)
        );
    }
    assert_eq!(waits(&case, "2020-04-01"), "");

    // Whoever is recorded first.
    let mut other = ratified(&["A", "B"], clauses());
    other.does("B", given("2020-04-01"));
    other.does("A", given("2020-03-01"));
    assert_eq!(
        force(&other, "A", "B", "2020-03-31"),
        ForceBetween::NotInForce
    );
    assert_eq!(force(&other, "A", "B", "2020-04-01"), since);
}

#[test]
fn c8_what_is_taken_back_is_no_half_of_an_exchange() {
    let mut case = ratified(&["A", "B", "C"], vec![]);
    case.does("A", given("2020-03-01"));
    let declines = ConsentAct::DeclinedToBecomeParty {
        on: date("2020-03-15"),
    };
    case.does("A", declines);
    case.does("B", given("2020-04-01"));
    let binds = |case: &Case, party: &str, on: &str| {
        let mut bound = case.0.machines.consents.contracting(date(on));
        bound.any(|p| *p == party.into())
    };
    assert!(
        !binds(&case, "B", "2030-01-01"),
        "A's is not there any more"
    );
    // What another notified is its instrument too.
    case.does("C", notified("2020-05-01"));
    assert!(!binds(&case, "B", "2020-04-30"));
    assert!(binds(&case, "B", "2020-05-01"));
    assert!(!binds(&case, "A", "2020-05-01"));
    // Who comes later finds the others' there.
    case.does("A", made("2020-06-01", Means::Ratification));
    case.does("A", given("2020-06-10"));
    assert!(!binds(&case, "A", "2020-06-09"));
    assert!(binds(&case, "A", "2020-06-10"));
}

#[test]
fn c8_what_was_exchanged_in_records_of_before_counted_at_once() {
    let mut case = ratified(&["A", "B"], vec![]);
    let again = Beside {
        again: true,
        ..Beside::default()
    };
    let context = travaux_domain::Context::new(travaux_domain::Actor::party("A"), case.1);
    let command = C::Machine(MachineEvent::from(given("2020-03-01")));
    let decided = case
        .0
        .decide_with(command, &context, again)
        .expect("it is decided");
    let json = serde_json::to_string(&decided.event).expect("JSON");
    assert!(!json.contains("waits"), "{json}");
    case.0.evolve(&decided.event, &context);
    let expressed = case
        .0
        .machines
        .consents
        .contracting(date("2020-03-01"))
        .count();
    assert_eq!(expressed, 1);
}

fn reserve(on: &str) -> ReservationAct {
    ReservationAct::ReservationFormulated {
        on: date(on),
        provisions: vec![p(2)],
        words: "except in winter".into(),
        late: false,
        number: None,
    }
}

/// A ratifies with a reservation on 2020-03-01, B and C without on 2020-03-10; the reservation is
/// notified to these on 2020-03-20. In force with the third instrument.
fn reserved(terms: Vec<Term>) -> Case {
    let third = Term::EntryIntoForce("3rd instrument".parse().expect("an effect"));
    let clauses = terms.into_iter().chain([third, Term::Accession(vec![])]);
    let clauses = clauses
        .enumerate()
        .map(|(at, term)| clause(&format!("Article {}", at + 20), term));
    let mut case = ratified(&["A", "B", "C"], clauses.collect());
    case.does("A", reserve("2020-03-01"));
    case.does("A", notified("2020-03-01"));
    case.does("B", notified("2020-03-10"));
    case.does("C", notified("2020-03-10"));
    case.does(
        "A",
        ReservationAct::ReservationNotified {
            on: date("2020-03-20"),
            number: 1,
            to: ids(&["B", "C"]),
        },
    );
    case
}

fn accept(on: &str) -> ReservationAct {
    ReservationAct::ReservationAccepted {
        on: date(on),
        number: 1,
    }
}

fn object(on: &str) -> ReservationAct {
    ReservationAct::ObjectionMade {
        on: date(on),
        number: 1,
        opposes_force: false,
    }
}

fn since(case: &Case) -> Option<String> {
    case.0.in_force_since().map(|on| on.to_string())
}

#[test]
fn r13_a_consent_with_a_reservation_counts_once_another_accepts_where_the_treaty_says_so() {
    let check = |terms: &[Term], acts: &[(&str, ReservationAct)], expected: &str| {
        let mut case = reserved(terms.to_vec());
        for (party, act) in acts {
            case.does(party, act.clone());
        }
        assert_eq!(
            since(&case).as_deref(),
            Some(expected),
            "{terms:?} {acts:?}"
        );
    };
    let once = Term::CountsOnceAccepted;
    let alone = std::slice::from_ref(&once);
    // As depositaries have it.
    check(&[], &[], "2020-03-10");
    // By silence: twelve months from the notification, the last day counted.
    check(alone, &[], "2021-03-21");
    check(alone, &[("B", accept("2020-06-01"))], "2020-06-01");
    let both = [("C", accept("2020-07-01")), ("B", accept("2020-06-01"))];
    check(alone, &both, "2020-06-01");
    // An objection is no acceptance; the silence of the other is.
    check(alone, &[("B", object("2020-06-01"))], "2021-03-21");
    // What is withdrawn waits for nobody.
    let withdrawn = ReservationAct::ReservationWithdrawn {
        on: date("2020-08-01"),
        number: 1,
    };
    check(alone, &[("A", withdrawn)], "2020-08-01");
    // An objection that is taken back accepts.
    let taken_back = ReservationAct::ObjectionWithdrawn {
        received_on: date("2020-09-01"),
        number: 1,
    };
    let acts = [
        ("B", object("2020-06-01")),
        ("B", taken_back),
        ("C", object("2020-06-01")),
    ];
    check(alone, &acts, "2020-09-01");
    // That a treaty admits reservations to a provision accepts none in advance.
    let only = Term::Reservations(ReservationsAllowed::Only(vec![p(2)]));
    check(&[once.clone(), only.clone()], &[], "2021-03-21");
    let all = [once.clone(), only, Term::AllAcceptReservations];
    check(&all, &both, "2020-07-01");
    check(&all, &both[1..], "2021-03-21");
}

#[test]
fn r13_a_consent_whose_reservation_nobody_accepts_never_counts() {
    let mut case = reserved(vec![Term::CountsOnceAccepted]);
    case.does("B", object("2020-06-01"));
    case.does("C", object("2020-06-02"));
    assert_eq!(since(&case), None);
    let on = "2030-01-01";
    let told = waits(&case, on);
    let expected =
        "the acceptance of a reservation that came with the consent of A, given on 2020-03-01";
    assert!(told.contains(expected), "{told}");
    let why = case.0.between(&"A".into(), &"B".into(), date(on));
    let rules: Vec<Rule> = why.reasons.iter().map(|reason| reason.rule).collect();
    assert!(rules.contains(&Rule::R13), "{why:?}");
    // Who takes its instrument back while it waits counts for nothing.
    let mut case = reserved(vec![Term::CountsOnceAccepted]);
    case.does(
        "A",
        ConsentAct::DeclinedToBecomeParty {
            on: date("2020-05-01"),
        },
    );
    case.does("B", accept("2020-06-01"));
    assert_eq!(since(&case), None);
}

#[test]
fn r13_what_it_counted_for_is_as_it_was_known() {
    let mut case = reserved(vec![Term::CountsOnceAccepted]);
    case.at("2025-01-01");
    let before = case.1;
    case.at("2025-02-01");
    case.does("B", accept("2020-06-01"));
    let on = date("2020-12-01");
    assert!(matches!(
        case.0.status(on, None).force.state,
        ForceState::InForce { .. }
    ));
    let then = case.0.status(on, Some(before)).force.state;
    assert!(!then.is_in_force(), "{then:?}");
    let event = case.0.between(&"A".into(), &"B".into(), on).reasons[0].event;
    assert_eq!(event, Some(case.0.version), "the acceptance brought it");
}

#[test]
fn r7_what_all_have_accepted_stays_accepted_whoever_joins_or_objects_later() {
    let mut case = reserved(vec![Term::CountsOnceAccepted, Term::AllAcceptReservations]);
    case.does("B", accept("2020-06-01"));
    case.does("C", accept("2020-07-01"));
    assert_eq!(since(&case).as_deref(), Some("2020-07-01"));
    case.does("D", made("2021-01-01", Means::Accession));
    case.does(
        "D",
        established("2021-01-01", Means::Accession, Establishment::Notification),
    );
    let standing = |on: &str| {
        let r = case.0.machines.reservations.get(1).expect("a reservation");
        case.0.pair_standing(r, &"B".into(), date(on))
    };
    assert_eq!(standing("2020-06-30"), PairStanding::Formulated);
    assert_eq!(standing("2020-07-01"), PairStanding::Accepted);
    assert_eq!(
        standing("2021-01-02"),
        PairStanding::Accepted,
        "D is not asked"
    );
    // Who goes is not asked any more either.
    let mut case = reserved(vec![Term::CountsOnceAccepted, Term::AllAcceptReservations]);
    case.does("B", accept("2020-06-01"));
    case.does("C", object("2020-06-02"));
    assert_eq!(since(&case), None);
    let declines = ConsentAct::DeclinedToBecomeParty {
        on: date("2020-08-01"),
    };
    case.does("C", declines);
    let own = case.0.machines.consents.of(&"A".into()).expect("a consent");
    assert_eq!(own.lives[0].bound_since(), Some(date("2020-08-01")));
}

#[test]
fn r13_a_withdrawal_counts_once_it_is_known_to_one_that_had_answered() {
    let mut case = reserved(vec![Term::CountsOnceAccepted]);
    for party in ["B", "C"] {
        case.does(party, object("2020-06-01"));
    }
    case.does(
        "A",
        ReservationAct::ReservationWithdrawn {
            on: date("2020-08-01"),
            number: 1,
        },
    );
    let withdrawn = case.0.version;
    assert_eq!(since(&case), None);
    case.does(
        "B",
        ReservationAct::WithdrawalReceived {
            on: date("2020-08-10"),
            number: 1,
            narrowing: None,
        },
    );
    assert_eq!(since(&case).as_deref(), Some("2020-08-10"));
    let own = case.0.machines.consents.of(&"A".into()).expect("a consent");
    assert_eq!(
        own.lives[0].counts,
        Counts::From(date("2020-08-10"), Rule::R13, withdrawn)
    );
}

#[test]
fn r1_a_reservation_made_after_the_consent_is_late_whatever_was_recorded_first() {
    let mut case = ratified(&["A", "B", "C"], vec![]);
    case.does("A", reserve("2020-03-15"));
    for party in ["A", "B", "C"] {
        case.does(party, notified("2020-03-10"));
    }
    let r = case.0.machines.reservations.get(1).expect("a reservation");
    let standing = case.0.pair_standing(r, &"B".into(), date("2020-04-01"));
    assert_eq!(standing, PairStanding::Lapsed);
}

#[test]
fn c12_and_c17_who_is_bound_declines_in_vain_whatever_was_recorded_first() {
    let declines = |on: &str| ConsentAct::DeclinedToBecomeParty { on: date(on) };
    let second = || {
        vec![clause(
            "Article 14",
            Term::EntryIntoForce("2nd instrument".parse().expect("an effect")),
        )]
    };
    let of_two = |clauses| {
        let mut case = authentic(proposal(Profile::treaty(), &["A", "B"], clauses));
        for party in ["A", "B"] {
            case.does(party, sign("2020-02-01", Manner::SubjectToRatification));
            case.does(party, made("2020-02-10", Means::Ratification));
        }
        case
    };
    for clauses in [vec![], second()] {
        // B's instrument of before is recorded last.
        let mut case = of_two(clauses.clone());
        case.does("A", notified("2020-03-01"));
        case.does("A", declines("2020-03-16"));
        assert_eq!(since(&case), None);
        case.does("B", notified("2020-03-15"));
        assert_eq!(
            force(&case, "A", "B", "2020-03-15"),
            ForceBetween::InForce(date("2020-03-15"))
        );
        assert_eq!(
            force(&case, "A", "B", "2021-01-01"),
            ForceBetween::InForce(date("2020-03-15"))
        );
        // What was taken back in time is taken back.
        let mut case = of_two(clauses);
        case.does("A", notified("2020-03-01"));
        case.does("A", declines("2020-03-14"));
        case.does("B", notified("2020-03-15"));
        assert_eq!(since(&case), None);
    }
    // Nobody declines before a notice that it gave.
    let mut case = of_two(vec![clause(
        "Article 12",
        Term::Denunciation(Period::Months(6)),
    )]);
    for party in ["A", "B"] {
        case.does(party, notified("2020-03-01"));
    }
    case.does("A", leave("2021-01-01"));
    case.refuses(
        "A",
        declines("2020-02-20"),
        Rule::C12,
        "the notice received on 2021-01-01",
    );
}

#[test]
fn c8_a_signature_is_no_instrument_to_exchange() {
    let mut case = treaty(vec![]);
    case.does("A", sign("2020-02-01", Manner::SubjectToRatification));
    case.does("A", made("2020-02-10", Means::Ratification));
    case.does("A", given("2020-03-01"));
    case.does("B", signed("2020-02-01"));
    let own = case.0.machines.consents.of(&"A".into()).expect("a consent");
    assert_eq!(own.lives[0].counts, Counts::NotYet(Rule::C8));
    // Nor is one given before its signature.
    let mut case = treaty(vec![]);
    case.does("A", sign("2020-03-10", Manner::SubjectToRatification));
    case.does("A", made("2020-03-01", Means::Ratification));
    case.refuses("A", notified("2020-03-05"), Rule::C8, "when it signed");
}
