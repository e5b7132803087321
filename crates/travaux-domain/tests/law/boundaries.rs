//! On the day itself: what a date decides, it decides from that date on and not a day before.

use travaux_domain::{
    Profile, Revision, Rule,
    agreement::{AgreementCommand as C, ForceBetween as F, Nature, Votes},
    agreement::{
        MachineEvent,
        amendment::AmendmentAct,
        consent::{ConsentAct, Establishment, Manner, Stage},
        correction::CorrectionAct,
        depositary::DepositaryAct,
        ending::EndingAct,
        force::ForceAct,
        relation::{Relation, RelationAct},
        reservation::{PairStanding, ReservationAct},
    },
    clause::{Means, Term},
    effect::Period,
};

use travaux_testkit::agreement::*;

fn leave(received_on: &str) -> ConsentAct {
    ConsentAct::WithdrawalNotified {
        received_on: date(received_on),
        admitted: None,
        provisions: vec![],
        effective_on: None,
    }
}

fn force(case: &Case, a: &str, b: &str, on: &str) -> F {
    case.0.between(&a.into(), &b.into(), date(on)).force
}

fn says(case: &Case, on: &str, rule: Rule) -> Vec<String> {
    let answer = case.0.between(&"A".into(), &"B".into(), date(on));
    answer
        .reasons
        .into_iter()
        .filter(|r| r.rule == rule)
        .map(|r| r.what)
        .collect()
}

fn reserve(on: &str) -> ReservationAct {
    let words = "except in winter".to_owned();
    ReservationAct::ReservationFormulated {
        on: date(on),
        provisions: vec![p(2)],
        words,
        late: false,
        number: None,
    }
}

fn denounceable() -> Case {
    in_force(vec![clause(
        "Article 18",
        Term::Denunciation(Period::Months(6)),
    )])
}

#[test]
fn a_clause_is_about_the_row_that_it_fills_in() {
    for (means, rule) in [
        (Means::Signature, Rule::C6),
        (Means::Exchange, Rule::C7),
        (Means::Ratification, Rule::C8),
    ] {
        assert_eq!(Term::Consent(vec![means]).row(), rule);
    }
}

#[test]
fn an_act_names_the_other_agreement_that_it_needs() {
    let id = travaux_domain::AgreementId(uuid::Uuid::from_u128(7));
    let enter = |instrument| AmendmentAct::AmendmentEnteredIntoForce {
        on: None,
        revision: Revision(2),
        instrument,
        between: vec![],
    };
    let relation = RelationAct::RelationRecorded {
        on: date("2020-01-01"),
        to: id,
        relation: Relation::LaterThan,
    };
    for (act, needs) in [
        (MachineEvent::from(enter(Some(id))), Some(id)),
        (enter(None).into(), None),
        (relation.into(), Some(id)),
        (signed("2020-02-01").into(), None),
    ] {
        assert_eq!(act.reads(), needs);
        assert_eq!(C::from(act).reads(), needs);
    }
}

#[test]
fn force_is_later_for_who_consented_later_whichever_of_the_two_it_is() {
    for (late, others) in [("A", ["B", "C"]), ("B", ["A", "C"])] {
        let mut case = treaty(vec![clause(
            "Article 9",
            Term::EntryIntoForce("2nd consent".parse().expect("an effect")),
        )]);
        for party in others {
            case.does(party, signed("2020-02-01"));
        }
        assert_eq!(force(&case, "A", "B", "2020-12-31"), F::NotInForce);
        case.does(late, signed("2021-03-01"));
        assert_eq!(force(&case, "A", "B", "2021-02-28"), F::NotInForce);
        assert_eq!(
            force(&case, "A", "B", "2021-03-01"),
            F::InForce(date("2021-03-01"))
        );
        assert_eq!(
            says(&case, "2021-03-01", Rule::F3),
            ["in force since 2021-03-01"]
        );
        let entered = case
            .0
            .between(&"A".into(), &"B".into(), date("2021-03-01"))
            .reasons[0]
            .event;
        assert_eq!(
            entered,
            case.0
                .machines
                .consents
                .of(&late.into())
                .and_then(|c| c.expressed.as_ref())
                .map(|e| e.event)
        );
    }
}

#[test]
fn a_territory_matters_to_its_party_alone() {
    let territory = |party: &str| {
        clause(
            "Article 28",
            Term::Territory {
                party: party.into(),
                extent: "its mainland".into(),
            },
        )
    };
    for (party, told) in [("A", 1), ("B", 1), ("C", 0)] {
        assert_eq!(
            says(&in_force(vec![territory(party)]), "2020-02-01", Rule::F8).len(),
            told,
            "{party}"
        );
    }
}

#[test]
fn notice_runs_from_its_receipt_to_its_effect() {
    let mut case = denounceable();
    case.refuses(
        "A",
        leave("2020-01-31"),
        Rule::C14,
        "for which the agreement is in force",
    );
    case.clone().does("A", leave("2020-02-01"));
    case.does("A", leave("2021-01-15"));
    let stage = |on: &str| {
        let consent = case.0.machines.consents.of(&"A".into()).expect("a consent");
        consent.stage(date(on), Some(date("2020-02-01")))
    };
    for (on, expected, bound) in [
        ("2021-01-14", Stage::Party, F::InForce(date("2020-02-01"))),
        (
            "2021-01-15",
            Stage::Withdrawing,
            F::InForce(date("2020-02-01")),
        ),
        (
            "2021-07-14",
            Stage::Withdrawing,
            F::InForce(date("2020-02-01")),
        ),
        ("2021-07-15", Stage::Withdrawn, F::Ended(date("2021-07-15"))),
    ] {
        assert_eq!(
            (stage(on), force(&case, "A", "B", on)),
            (expected, bound),
            "{on}"
        );
        assert_eq!(
            says(&case, on, Rule::C14).is_empty(),
            expected == Stage::Party,
            "{on}"
        );
    }
    // Who has left is not asked any more.
    let mut left = case.clone();
    left.at("2021-07-15");
    left.does(
        "B",
        revise(
            Nature::Amendment,
            vec![words(2, "coopèrent", "se concertent")],
        ),
    );
    left.does("C", accept(2));
    assert_eq!(left.does("B", adopt(2)), Rule::T4);
    let bound = |on: &str| case.0.machines.consents.contracting(date(on)).count();
    assert_eq!(
        (
            bound("2020-01-31"),
            bound("2020-02-01"),
            bound("2021-07-14"),
            bound("2021-07-15")
        ),
        (0, 3, 3, 2)
    );
    let present = |on: &str| case.0.present_parties(date(on)).len();
    assert_eq!(
        (
            present("2020-01-31"),
            present("2021-07-14"),
            present("2021-07-15")
        ),
        (3, 3, 2)
    );
}

#[test]
fn a_signature_confirmed_is_consent_since_it_was_given() {
    let mut case = treaty(vec![]);
    case.does("A", sign("2020-02-01", Manner::AdReferendum));
    let stage = |case: &Case, on: &str| {
        case.0
            .machines
            .consents
            .of(&"A".into())
            .expect("a consent")
            .stage(date(on), None)
    };
    assert_eq!(stage(&case, "2020-01-31"), Stage::None);
    assert_eq!(stage(&case, "2020-02-01"), Stage::SignedAdReferendum);
    let consent = case.0.machines.consents.of(&"A".into()).expect("a consent");
    assert!(
        consent.owes_good_faith(date("2020-02-01"), None)
            && !consent.owes_good_faith(date("2020-01-31"), None)
    );
    case.does(
        "A",
        ConsentAct::SignatureConfirmed {
            on: date("2020-03-01"),
        },
    );
    assert_eq!(
        stage(&case, "2020-02-01"),
        Stage::ConsentExpressed,
        "since it was signed"
    );
}

#[test]
fn who_declined_is_no_longer_waited_for_and_declines_once() {
    let mut case = treaty(vec![]);
    let decline = |on: &str| ConsentAct::DeclinedToBecomeParty { on: date(on) };
    case.refuses("A", decline("2020-03-01"), Rule::C12, "A, which has not");
    case.does("A", signed("2020-02-01"));
    case.does("A", decline("2020-03-01"));
    let c = |on: &str| case.0.machines.consents.contracting(date(on)).count();
    assert_eq!((c("2020-02-29"), c("2020-03-01")), (1, 0));
    let present = |on: &str| case.0.present_parties(date(on)).len();
    assert_eq!((present("2020-02-29"), present("2020-03-01")), (3, 2));
    case.refuses(
        "A",
        decline("2020-04-01"),
        Rule::C12,
        "one that declined on 2020-03-01",
    );
}

#[test]
fn an_instrument_is_established_on_the_day_that_it_was_made_or_later() {
    let ratified = || {
        let mut case = treaty(vec![clause(
            "Article 20",
            Term::Consent(vec![Means::Ratification, Means::Acceptance]),
        )]);
        case.does("A", sign("2020-02-01", Manner::SubjectToRatification));
        case.does("A", made("2020-03-01", Means::Ratification));
        case
    };
    let by = |on: &str, means| established(on, means, Establishment::Notification);
    ratified().refuses(
        "A",
        by("2020-02-29", Means::Ratification),
        Rule::C8,
        "a date from 2020-03-01 on",
    );
    ratified().refuses(
        "A",
        by("2020-03-01", Means::Acceptance),
        Rule::C8,
        "the instrument of ratification that was made",
    );
    ratified().does("A", by("2020-03-01", Means::Ratification));
    treaty(vec![]).refuses("A", made("2020-03-01", Means::Accession), Rule::C9, "");
}

#[test]
fn a_notification_is_received_on_the_day_that_it_was_sent_or_later() {
    let mut case = treaty(vec![]);
    case.does("A", notify("2020-03-01"));
    case.does("B", notify("2020-03-05"));
    assert_eq!(case.0.machines.depositary.notifications.len(), 2);
    case.refuses(
        "B",
        received(1, "2020-02-29"),
        Rule::D5,
        "a date from 2020-03-01 on",
    );
    case.does("B", received(1, "2020-03-01"));
    let depositary = &case.0.machines.depositary;
    assert_eq!(
        depositary.received_by(&depositary.notifications[0], &"B".into()),
        Some(date("2020-03-01"))
    );
    let mut kept = treaty(vec![clause("Article 21", Term::Depositary("C".into()))]);
    kept.does("C", notify("2020-03-01"));
    kept.does("A", notify("2020-03-02"));
    let d = &kept.0.machines.depositary;
    let all = ids(&["A", "B", "C"]);
    assert_eq!(
        d.made_on(&d.notifications[0], &all, false)
            .map(|(on, _)| on),
        Some(date("2020-03-01")),
        "its own"
    );
    assert_eq!(
        d.made_on(&d.notifications[1], &all, false),
        None,
        "not received yet"
    );
    assert_eq!(
        d.made_on(&d.notifications[1], &all, true).map(|(on, _)| on),
        Some(date("2020-03-02")),
        "on dispatch"
    );
    kept.does("C", received(2, "2020-03-04"));
    let d = &kept.0.machines.depositary;
    assert_eq!(
        d.received_by(&d.notifications[1], &"C".into()),
        Some(date("2020-03-04")),
        "the keeper is told by nobody else"
    );
    assert_eq!(
        d.received_by(&d.notifications[1], &"B".into()),
        None,
        "who was not informed"
    );
}

#[test]
fn registration_waits_for_force_to_the_day() {
    let register = |on: &str| DepositaryAct::Registered {
        on: date(on),
        number: "I-1".into(),
        ex_officio: false,
        languages: vec![lang("fr")],
    };
    in_force(vec![]).refuses(
        "A",
        register("2020-01-31"),
        Rule::D7,
        "one that was not on 2020-01-31",
    );
    in_force(vec![]).does("A", register("2020-02-01"));
    let mut applied = treaty(vec![]);
    applied.does("A", provisional("2020-02-01", &["A", "B"]));
    applied.refuses(
        "A",
        register("2020-01-31"),
        Rule::D7,
        "one that was not on 2020-01-31",
    );
    applied.does("A", register("2020-02-01"));
}

fn provisional(on: &str, parties: &[&str]) -> ForceAct {
    let consenting = ids(&["A", "B", "C"]);
    ForceAct::ProvisionalApplicationBegan {
        on: date(on),
        parties: ids(parties),
        provisions: vec![],
        consenting,
    }
}

#[test]
fn provisional_application_runs_between_its_two_days() {
    let mut case = treaty(vec![]);
    case.refuses(
        "A",
        provisional("2020-02-01", &["A"]),
        Rule::F4,
        "two parties or more",
    );
    case.does("A", provisional("2020-02-01", &["A", "B"]));
    let end = |on: &str| ForceAct::ProvisionalApplicationEnded { on: date(on) };
    case.refuses("C", end("2020-04-01"), Rule::F5, "");
    case.refuses("A", end("2020-01-31"), Rule::F5, "");
    case.does("A", end("2020-04-01"));
    for (on, expected) in [
        ("2020-01-31", F::NotInForce),
        ("2020-02-01", F::Provisional(date("2020-02-01"))),
        ("2020-03-31", F::Provisional(date("2020-02-01"))),
        ("2020-04-01", F::NotInForce),
    ] {
        assert_eq!(force(&case, "A", "B", on), expected, "{on}");
        assert_eq!(force(&case, "A", "C", on), F::NotInForce);
    }
}

#[test]
fn an_end_holds_until_a_living_text_is_taken_up_again() {
    let mut case = denounceable();
    for party in ["A", "B"] {
        case.does(party, leave("2021-01-15"));
    }
    assert_eq!(
        case.0.denounced_on(),
        Some(date("2021-07-15")),
        "fewer than two are left"
    );
    case.refuses(
        "C",
        EndingAct::Terminated {
            on: date("2021-07-14"),
        },
        Rule::E1,
        "2021-07-15, when the notice has run",
    );
    case.does(
        "C",
        EndingAct::Terminated {
            on: date("2021-07-15"),
        },
    );
    let ended = |on: &str| case.0.machines.ending.ended_on(date(on)).map(|e| e.on);
    assert_eq!(
        (ended("2021-07-14"), ended("2021-07-15")),
        (None, Some(date("2021-07-15")))
    );
}

#[test]
fn of_two_parties_one_notice_ends_it_without_a_clause_too() {
    let mut case = authentic(proposal(Profile::treaty(), &["A", "B"], vec![]));
    case.does("A", signed("2020-02-01"));
    assert_eq!(case.0.denounced_on(), None);
    case.does("B", signed("2020-02-01"));
    let admitted = Some("an intention to admit it".to_owned());
    let notice = ConsentAct::WithdrawalNotified {
        received_on: date("2021-01-15"),
        admitted,
        provisions: vec![],
        effective_on: None,
    };
    assert_eq!(case.does("A", notice), Rule::E4);
    case.refuses(
        "A",
        EndingAct::Terminated {
            on: date("2022-01-14"),
        },
        Rule::E1,
        "2022-01-15, when the notice has run",
    );
    assert_eq!(
        case.does(
            "A",
            EndingAct::Terminated {
                on: date("2022-01-15")
            }
        ),
        Rule::E4
    );
}

#[test]
fn so_many_parties_have_to_stay() {
    let clauses = |n| {
        vec![
            clause("Article 18", Term::Denunciation(Period::Days(30))),
            clause("Article 19", Term::MinimumParties(n)),
        ]
    };
    for (minimum, ends) in [(2, false), (3, true)] {
        let mut case = in_force(clauses(minimum));
        case.does("A", leave("2021-01-01"));
        let act = EndingAct::Terminated {
            on: date("2021-01-31"),
        };
        if ends {
            case.does_by("B", act, Rule::E3, "Article 19");
        } else {
            case.refuses("B", act, Rule::E1, "neither expiry nor notice");
        }
    }
}

#[test]
fn a_suspension_among_some_has_a_time_and_is_resumed_within_it() {
    let suspend =
        |on: &str, until: &str, between: &[&str], provisions| EndingAct::SuspendedInterSe {
            on: date(on),
            until: date(until),
            between: ids(between),
            provisions,
            notified: ids(&["C"]),
        };
    let mut case = in_force(vec![]);
    case.at("2021-01-01");
    case.refuses(
        "A",
        suspend("2021-01-01", "2021-02-01", &["A"], vec![p(2)]),
        Rule::E6,
        "not all",
    );
    case.refuses(
        "A",
        suspend("2021-01-01", "2021-02-01", &["A", "B", "C"], vec![p(2)]),
        Rule::E6,
        "not all",
    );
    case.refuses(
        "C",
        suspend("2021-01-01", "2021-02-01", &["A", "B"], vec![p(2)]),
        Rule::E6,
        "its own among them",
    );
    case.refuses(
        "A",
        suspend("2021-01-01", "2021-01-01", &["A", "B"], vec![p(2)]),
        Rule::E6,
        "a time that ends",
    );
    case.refuses(
        "A",
        suspend("2021-01-01", "2021-02-01", &["A", "B"], vec![]),
        Rule::E6,
        "the provisions",
    );
    case.does(
        "A",
        suspend("2021-01-01", "2021-02-01", &["A", "B"], vec![p(2)]),
    );
    let resume = |on: &str| EndingAct::OperationResumed {
        on: date(on),
        number: 1,
    };
    case.refuses("A", resume("2020-12-31"), Rule::E19, "one from 2021-01-01");
    case.refuses("A", resume("2021-02-01"), Rule::E19, "one from 2021-01-01");
    case.clone().does("A", resume("2021-01-01"));
    case.does("A", resume("2021-01-31"));
    let inoperative = |on: &str| {
        case.0
            .between(&"A".into(), &"B".into(), date(on))
            .inoperative
    };
    assert_eq!(
        (inoperative("2020-12-31"), inoperative("2021-01-01")),
        (vec![], vec![p(2)])
    );
    assert!(inoperative("2021-01-31").is_empty());
}

#[test]
fn a_reservation_stands_from_its_day_and_is_accepted_or_not_by_each() {
    let mut case = treaty(vec![]);
    case.does("A", reserve("2020-02-01"));
    for party in ["A", "B", "C"] {
        case.does(party, signed("2020-02-01"));
    }
    let notify = |on: &str, to: &[&str]| ReservationAct::ReservationNotified {
        on: date(on),
        number: 1,
        to: ids(to),
    };
    case.refuses(
        "A",
        notify("2020-01-31", &["B"]),
        Rule::R4,
        "other parties, from 2020-02-01 on",
    );
    case.refuses("A", notify("2020-02-01", &["A"]), Rule::R4, "other parties");
    case.refuses("A", notify("2020-02-01", &[]), Rule::R4, "other parties");
    case.does("A", notify("2020-02-01", &["B", "C"]));
    let standing = |case: &Case, other: &str, on: &str| {
        let r = case.0.machines.reservations.get(1).expect("a reservation");
        case.0.pair_standing(r, &other.into(), date(on))
    };
    assert_eq!(standing(&case, "B", "2020-01-31"), PairStanding::NotMade);
    assert_eq!(standing(&case, "B", "2020-02-01"), PairStanding::Formulated);
    assert!(says(&case, "2020-02-01", Rule::R4)[0].contains("waits for the answer of B"));
    case.does(
        "B",
        ReservationAct::ReservationAccepted {
            on: date("2020-03-01"),
            number: 1,
        },
    );
    assert!(says(&case, "2020-03-01", Rule::R8)[0].contains("reservation 1 of A, accepted by B"));
    let answer = case.0.between(&"A".into(), &"C".into(), date("2021-03-01"));
    assert!(
        answer
            .reasons
            .iter()
            .any(|r| r.what.contains("accepted by silence by C")),
        "{answer:?}"
    );
}

#[test]
fn a_reservation_at_signature_is_confirmed_with_the_ratification() {
    let ratifies = |confirmed: Option<&str>| {
        let mut case = treaty(vec![clause(
            "Article 20",
            Term::Consent(vec![Means::Ratification]),
        )]);
        case.does("A", reserve("2020-02-01"));
        for party in ["A", "B"] {
            case.does(party, sign("2020-02-01", Manner::SubjectToRatification));
            case.does(party, made("2020-03-01", Means::Ratification));
        }
        if let Some(on) = confirmed {
            case.does(
                "A",
                ReservationAct::ReservationConfirmed {
                    on: date(on),
                    number: 1,
                },
            );
        }
        for party in ["A", "B"] {
            case.does(
                party,
                established(
                    "2020-04-01",
                    Means::Ratification,
                    Establishment::Notification,
                ),
            );
        }
        case
    };
    let standing = |case: &Case, on: &str| {
        case.0.pair_standing(
            case.0.machines.reservations.get(1).expect("a reservation"),
            &"B".into(),
            date(on),
        )
    };
    assert_eq!(
        standing(&ratifies(None), "2020-03-31"),
        PairStanding::Formulated
    );
    assert_eq!(
        standing(&ratifies(None), "2020-04-01"),
        PairStanding::Lapsed
    );
    assert_eq!(
        standing(&ratifies(Some("2020-02-01")), "2020-04-01"),
        PairStanding::Formulated
    );
    let confirm = |on: &str| ReservationAct::ReservationConfirmed {
        on: date(on),
        number: 1,
    };
    ratifies(None).refuses(
        "A",
        confirm("2020-01-31"),
        Rule::R2,
        "a date from 2020-02-01 on",
    );
    ratifies(None).refuses(
        "A",
        confirm("2020-04-02"),
        Rule::R2,
        "confirmation with the consent, on 2020-04-01",
    );
    ratifies(None).does("A", confirm("2020-04-01"));
}

#[test]
fn an_amendment_binds_from_its_day_whom_it_binds() {
    let amend = || {
        revise(
            Nature::Amendment,
            vec![words(2, "coopèrent", "se concertent")],
        )
    };
    let enter = |on: &str| AmendmentAct::AmendmentEnteredIntoForce {
        on: Some(date(on)),
        revision: Revision(2),
        instrument: None,
        between: vec![],
    };
    let mut case = in_force(vec![]);
    case.at("2021-01-01");
    case.does("A", amend());
    case.does("B", accept(2));
    case.does("A", enter("2021-06-01"));
    let join = |on: &str| AmendmentAct::AmendmentJoined {
        on: date(on),
        revision: Revision(2),
    };
    case.refuses("C", join("2021-05-31"), Rule::A7, "from 2021-06-01 on");
    case.clone().does("C", join("2021-06-01"));
    case.does("C", join("2021-07-01"));
    let bound = |on: &str| case.0.between(&"A".into(), &"C".into(), date(on));
    assert!(bound("2021-06-30").changes.is_empty() && bound("2021-06-30").others_only.is_empty());
    assert_eq!(
        bound("2021-07-01").changes,
        [(Revision(2), date("2021-07-01"))]
    );
    // Two of three is the share that the clause asks for.
    for (of, enough) in [(2, true), (3, false)] {
        let mut case = in_force(vec![clause(
            "Article 40",
            Term::AmendmentBindsAll { of, out_of: 3 },
        )]);
        case.at("2021-01-01");
        case.does("A", amend());
        case.does("B", accept(2));
        if enough {
            case.does_by("A", enter("2021-06-01"), Rule::A4, "Article 40");
        } else {
            case.refuses("A", enter("2021-06-01"), Rule::A4, "2 of 3");
        }
    }
    let mut two = authentic(proposal(Profile::treaty(), &["A", "B"], vec![]));
    two.does("A", signed("2020-02-01"));
    two.does("B", signed("2020-02-01"));
    two.at("2021-01-01");
    two.does("A", amend());
    two.refuses("A", enter("2021-06-01"), Rule::A4, "missing: B");
    two.does("B", accept(2));
    two.does("A", enter("2021-06-01"));
}

#[test]
fn an_interpretation_counts_from_its_agreement() {
    let mut case = in_force(vec![]);
    let agree = AmendmentAct::InterpretationAgreed {
        on: date("2021-06-01"),
        provisions: vec![p(2)],
        note: travaux_text::Localized::from([(lang("fr"), "aux frontières".into())]),
        consenting: ids(&["A", "B", "C"]),
    };
    case.does("A", agree);
    assert!(says(&case, "2021-05-31", Rule::A10).is_empty());
    assert_eq!(says(&case, "2021-06-01", Rule::A10).len(), 1);
}

#[test]
fn a_proposal_needs_a_language_and_one_text_for_each() {
    let mut none = proposal(Profile::treaty(), &["A", "B"], vec![]);
    (none.languages, none.translations) = (vec![], vec![lang("fr")]);
    Case::new().refuses(
        "A",
        C::Propose(Box::new(none)),
        Rule::L1,
        "one text for each language",
    );
    let mut twice = proposal(Profile::treaty(), &["A", "B"], vec![]);
    twice.translations = vec![lang("fr")];
    Case::new().refuses(
        "A",
        C::Propose(Box::new(twice)),
        Rule::L1,
        "one text for each language",
    );
}

#[test]
fn a_profile_without_a9_amends_an_adopted_text_under_a1() {
    let own = serde_json::from_str(r#"{"name":"own","based_on":"treaty/vclt","without":["A9"]}"#)
        .expect("a profile");
    let profile = Profile::from_file(&own).expect("it is sound");
    let mut case = authentic(proposal(profile, &["A", "B"], vec![]));
    assert_eq!(
        case.does(
            "A",
            revise(
                Nature::Amendment,
                vec![words(2, "coopèrent", "se concertent")]
            )
        ),
        Rule::A1
    );
}

#[test]
fn what_is_only_possible_in_force_is_refused_before() {
    let suspend = |on: &str| EndingAct::Suspended {
        on: date(on),
        consenting: ids(&["A", "B", "C"]),
        provisions: vec![],
    };
    in_force(vec![]).refuses(
        "A",
        suspend("2020-01-31"),
        Rule::E5,
        "a date from 2020-02-01 on",
    );
    in_force(vec![]).does("A", suspend("2020-02-01"));
    treaty(vec![]).refuses(
        "A",
        suspend("2020-02-01"),
        Rule::E5,
        "one that is not in force",
    );
}

#[test]
fn an_objection_to_a_correction_is_in_time_on_the_last_day() {
    let mut case = treaty(vec![clause("Article 21", Term::Depositary("UN".into()))]);
    case.does(
        "A",
        revise(
            Nature::Correction,
            vec![words(4, "échangent", "s'échangent")],
        ),
    );
    case.does(
        "UN",
        CorrectionAct::CorrectionNotified {
            on: date("2021-01-01"),
            revision: Revision(2),
            days: 90,
        },
    );
    let object = |on: &str| CorrectionAct::CorrectionObjected {
        on: date(on),
        revision: Revision(2),
        reason: "none".into(),
    };
    case.refuses(
        "B",
        object("2021-04-02"),
        Rule::X5,
        "an objection by 2021-04-01",
    );
    assert_eq!(case.does("B", object("2021-04-01")), Rule::X5);
}

#[test]
fn a_vote_adopts_the_text_of_an_agreement_and_nothing_else() {
    let mut case = in_force(vec![]);
    case.at("2021-01-01");
    case.does(
        "A",
        revise(
            Nature::Amendment,
            vec![words(2, "coopèrent", "se concertent")],
        ),
    );
    let votes = Votes {
        for_it: 3,
        against: 0,
    };
    let vote = C::AdoptByVote {
        revision: Revision(2),
        votes,
        effective_from: None,
    };
    case.refuses(
        "A",
        vote,
        Rule::T5,
        "the text of an agreement, found another revision",
    );
}

#[test]
fn who_has_not_signed_has_nothing_to_decline() {
    let mut case = treaty(vec![]);
    case.does("A", reserve("2020-02-01"));
    case.does("A", made("2020-02-01", Means::Ratification));
    case.refuses(
        "A",
        ConsentAct::DeclinedToBecomeParty {
            on: date("2020-03-01"),
        },
        Rule::C12,
        "A, which has not",
    );
}

#[test]
fn a_second_reservation_is_made_on_the_day_of_the_consent_too() {
    let mut case = treaty(vec![]);
    case.does("A", reserve("2020-02-01"));
    case.does("A", signed("2020-02-01"));
    let second = ReservationAct::ReservationFormulated {
        on: date("2020-02-01"),
        provisions: vec![p(4)],
        words: "except at night".into(),
        late: false,
        number: None,
    };
    case.does("A", second);
    assert_eq!(
        case.0.machines.reservations.get(2).map(|r| r.number),
        Some(2)
    );
}

#[test]
fn a_part_is_applied_provisionally_as_far_as_the_clause_goes() {
    let part = |provisions: &[u32]| ForceAct::ProvisionalApplicationBegan {
        on: date("2020-02-01"),
        parties: ids(&["A", "B"]),
        provisions: provisions.iter().map(|n| p(*n)).collect(),
        consenting: vec![],
    };
    let mut case = treaty(vec![clause(
        "Article 25",
        Term::ProvisionalApplication(vec![p(2)]),
    )]);
    case.refuses("A", part(&[4]), Rule::F4, "no more than 1.2");
    case.refuses("A", part(&[]), Rule::F4, "no more than 1.2");
    case.does_by("A", part(&[2]), Rule::F4, "Article 25");
    let mut whole = treaty(vec![clause(
        "Article 25",
        Term::ProvisionalApplication(vec![]),
    )]);
    whole
        .clone()
        .does_by("A", part(&[4]), Rule::F4, "Article 25");
    whole.does_by("A", part(&[]), Rule::F4, "Article 25");
}
