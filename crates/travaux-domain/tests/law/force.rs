use travaux_domain::{
    Profile, Rule,
    agreement::{
        consent::{ConsentAct, Establishment, Manner},
        depositary::DepositaryAct,
        force::ForceAct,
    },
    clause::{Means, Term},
    effect::{Effect, Evaluation},
};

use travaux_testkit::agreement::*;

fn enter(on: Option<&str>) -> ForceAct {
    ForceAct::EnteredIntoForce {
        on: on.map(date),
        basis: "the clause".into(),
        trace: vec![],
        consenting: vec![],
    }
}

fn eif(effect: &str) -> Term {
    Term::EntryIntoForce(effect.parse::<Effect>().expect("an effect"))
}

#[test]
fn f1_the_clause_settles_the_date() {
    let mut case = authentic(proposal(
        Profile::treaty(),
        &["A", "B"],
        vec![clause("Article 14", eif("30 days after last instrument"))],
    ));
    for party in ["A", "B"] {
        case.does(party, sign("2020-02-01", Manner::SubjectToRatification));
        case.does(party, made("2020-03-01", Means::Ratification));
    }
    case.does(
        "A",
        established(
            "2020-04-01",
            Means::Ratification,
            Establishment::Notification,
        ),
    );
    case.refuses(
        "A",
        enter(None),
        Rule::F1,
        "by Article 14]; missing: the instrument of B",
    );
    case.does(
        "B",
        established("2020-05-01", Means::Ratification, Establishment::Exchange),
    );
    case.refuses(
        "A",
        enter(Some("2020-05-01")),
        Rule::F1,
        "expected 2020-05-31, which follows",
    );
    assert_eq!(
        case.0.in_force_since(),
        Some(date("2020-05-31")),
        "it follows from the log, recorded or not"
    );
    case.does_by("A", enter(None), Rule::F1, "Article 14");
    assert_eq!(case.0.in_force_since(), Some(date("2020-05-31")));
    case.refuses("A", enter(None), Rule::F1, "one in force since 2020-05-31");
}

#[test]
fn f2_without_a_clause_it_is_the_last_consent() {
    let mut case = treaty(vec![]);
    case.does("A", signed("2020-04-01"));
    case.does("B", signed("2020-03-01"));
    case.refuses("A", enter(None), Rule::F2, "missing: the consent of C");
    case.does("C", signed("2020-02-01"));
    let Evaluation::Date { on, trace } = case.0.entry_into_force() else {
        panic!("it is settled")
    };
    assert_eq!(
        (on, trace[0].what.as_str()),
        (date("2020-04-01"), "last consent of A")
    );
    assert_eq!(case.does("A", enter(None)), Rule::F2);
    adopted(proposal(Profile::treaty(), &["A", "B"], vec![])).refuses(
        "A",
        enter(None),
        Rule::F2,
        "missing: the consent of A",
    );
}

#[test]
fn f3_a_late_consent_counts_from_its_own_day_unless_the_clause_says_otherwise() {
    let two = clause("Article 8", eif("2nd consent"));
    let mut case = treaty(vec![two.clone()]);
    case.does("A", signed("2020-02-01"));
    case.refuses(
        "C",
        ForceAct::EnteredIntoForceFor { on: None },
        Rule::F3,
        "an agreement in force",
    );
    case.does("B", signed("2020-03-01"));
    case.refuses(
        "C",
        ForceAct::EnteredIntoForceFor { on: None },
        Rule::F3,
        "missing: the consent of C",
    );
    case.refuses(
        "A",
        ForceAct::EnteredIntoForceFor { on: None },
        Rule::F3,
        "a consent after 2020-03-01",
    );
    case.does("C", signed("2020-06-01"));
    case.refuses(
        "C",
        ForceAct::EnteredIntoForceFor {
            on: Some(date("2020-07-01")),
        },
        Rule::F3,
        "expected 2020-06-01",
    );
    assert_eq!(
        case.does("C", ForceAct::EnteredIntoForceFor { on: None }),
        Rule::F3
    );
    let of = |case: &Case, party: &str| case.0.force_for_last(&party.into());
    assert_eq!(
        (of(&case, "A"), of(&case, "C")),
        (Some(date("2020-03-01")), Some(date("2020-06-01")))
    );
    let late = clause(
        "Article 9",
        Term::LateConsent("90 days after own consent".parse().expect("an effect")),
    );
    let mut case = treaty(vec![two, late]);
    for (party, on) in [
        ("A", "2020-02-01"),
        ("B", "2020-03-01"),
        ("C", "2020-06-01"),
    ] {
        case.does(party, signed(on));
    }
    case.does_by(
        "C",
        ForceAct::EnteredIntoForceFor { on: None },
        Rule::F3,
        "Article 9",
    );
    assert_eq!(of(&case, "C"), Some(date("2020-08-30")));
}

fn provisional(parties: &[&str], consenting: &[&str]) -> ForceAct {
    let (parties, consenting) = (ids(parties), ids(consenting));
    ForceAct::ProvisionalApplicationBegan {
        on: date("2020-02-01"),
        parties,
        provisions: vec![],
        consenting,
    }
}

#[test]
fn f4_provisional_application_needs_a_clause_or_all_that_negotiate() {
    let mut case = treaty(vec![]);
    case.refuses(
        "A",
        provisional(&["A", "B"], &["A", "B"]),
        Rule::F4,
        "missing: C",
    );
    case.refuses(
        "A",
        provisional(&["A"], &["A", "B", "C"]),
        Rule::F4,
        "two parties or more",
    );
    assert_eq!(
        case.does("A", provisional(&["A", "B"], &["A", "B", "C"])),
        Rule::F4
    );
    let between = |a: &str, b: &str, on| {
        case.0
            .machines
            .force
            .provisionally_between(&a.into(), &b.into(), date(on))
            .is_some()
    };
    assert!(
        between("A", "B", "2020-02-01")
            && !between("A", "C", "2020-02-01")
            && !between("A", "B", "2020-01-31")
    );
    treaty(vec![clause(
        "Article 15",
        Term::ProvisionalApplication(vec![]),
    )])
    .does_by("A", provisional(&["A", "B"], &[]), Rule::F4, "Article 15");
    treaty(vec![clause(
        "Article 15",
        Term::ProvisionalApplication(vec![p(2)]),
    )])
    .refuses(
        "A",
        provisional(&["A", "B"], &[]),
        Rule::F4,
        "no more than 1.2",
    );
}

#[test]
fn f5_and_f6_provisional_application_ends_by_notice_and_with_entry_into_force() {
    let end = || ForceAct::ProvisionalApplicationEnded {
        on: date("2020-06-01"),
    };
    let mut case = treaty(vec![]);
    case.refuses("A", end(), Rule::F5, "applies the agreement provisionally");
    case.does("A", provisional(&["A", "B", "C"], &["A", "B", "C"]));
    assert_eq!(case.does("A", end()), Rule::F5);
    let between = |case: &Case, a: &str, b: &str| {
        case.0
            .machines
            .force
            .provisionally_between(&a.into(), &b.into(), date("2020-07-01"))
            .is_some()
    };
    assert!(!between(&case, "A", "B") && between(&case, "B", "C"));
    // Who will not become a party applies nothing any more.
    case.does("B", sign("2020-06-15", Manner::SubjectToRatification));
    case.does(
        "B",
        ConsentAct::DeclinedToBecomeParty {
            on: date("2020-06-20"),
        },
    );
    assert!(!between(&case, "B", "C"));
    in_force(vec![]).refuses("A", later(), Rule::F6, "one in force since 2020-02-01");
}

fn later() -> ForceAct {
    ForceAct::ProvisionalApplicationBegan {
        on: date("2020-03-01"),
        parties: ids(&["A", "B"]),
        provisions: vec![],
        consenting: vec![],
    }
}

#[test]
fn k5_an_exchange_of_notes_completes_the_agreement() {
    let agreed = |consenting: &[&str]| ForceAct::ClauseAgreed {
        on: date("2020-03-01"),
        clause: clause(
            "exchange of notes of 2020",
            eif("first day of the 2nd month after 2nd notification"),
        ),
        consenting: ids(consenting),
    };
    let open = clause("Article 14", eif("undetermined \"Article 14\""));
    let mut case = authentic(proposal(Profile::treaty(), &["A", "B"], vec![open]));
    case.does("A", signed("2020-02-01"));
    case.does("B", signed("2020-02-01"));
    case.refuses(
        "A",
        enter(None),
        Rule::F1,
        "an agreement of the parties: Article 14 leaves it open",
    );
    case.refuses("A", agreed(&["A"]), Rule::K5, "missing: B");
    case.does_by(
        "A",
        agreed(&["A", "B"]),
        Rule::K5,
        "exchange of notes of 2020",
    );
    case.refuses(
        "A",
        enter(None),
        Rule::F1,
        "the 2nd notification (0 so far)",
    );
    for (party, other, number) in [("A", "B", 1), ("B", "A", 2)] {
        case.does(party, notify("2020-04-01"));
        case.does(other, received(number, "2020-04-10"));
    }
    case.does_by("A", enter(None), Rule::F1, "exchange of notes of 2020");
    assert_eq!(case.0.in_force_since(), Some(date("2020-06-01")));
}

#[test]
fn a_clause_is_refused_on_a_mandatory_row_and_on_one_that_does_not_apply() {
    let propose = |profile, term| {
        let proposal = proposal(profile, &["A", "B"], vec![clause("Article 20", term)]);
        travaux_domain::agreement::AgreementCommand::Propose(Box::new(proposal))
    };
    Case::new().refuses(
        "A",
        propose(Profile::treaty(), Term::ClaimMonths(1)),
        Rule::E13,
        "departs from a mandatory one [rule E13",
    );
    Case::new().refuses(
        "A",
        propose(Profile::treaty(), Term::EndedBy("a vote".into())),
        Rule::E20,
        "by Article 20",
    );
    Case::new().refuses(
        "A",
        propose(Profile::arrangement(), Term::TacitAcceptance(6)),
        Rule::R4,
        "`arrangement` leaves out",
    );
    Case::new().does("A", propose(Profile::treaty(), Term::TacitAcceptance(6)));
}

#[test]
fn t7_final_clauses_operate_from_the_adoption_on() {
    let mut case = Case::new();
    let clauses = vec![clause("Article 14", eif("last signature"))];
    case.does(
        "A",
        travaux_domain::agreement::AgreementCommand::Propose(Box::new(proposal(
            Profile::treaty(),
            &["A", "B"],
            clauses,
        ))),
    );
    assert!(case.0.operative_clauses().is_none());
    case.does("B", accept(1));
    case.does("A", adopt(1));
    assert_eq!(case.0.operative_clauses().map(|c| c.0.len()), Some(1));
}

#[test]
fn d5_a_notification_counts_from_its_receipt_and_not_from_its_dispatch() {
    let at = |clauses: Vec<_>| {
        let mut case = authentic(proposal(
            Profile::treaty(),
            &["A", "B"],
            [
                vec![clause("Article 14", eif("last notification"))],
                clauses,
            ]
            .concat(),
        ));
        for party in ["A", "B"] {
            case.does(party, signed("2020-02-01"));
            case.does(party, notify("2020-03-01"));
        }
        case
    };
    let mut case = at(vec![]);
    assert_eq!(case.0.in_force_since(), None);
    case.refuses("B", received(1, "2020-02-01"), Rule::D5, "2020-03-01 on");
    case.refuses(
        "A",
        received(1, "2020-03-10"),
        Rule::D5,
        "that of its sender",
    );
    case.does("B", received(1, "2020-03-10"));
    case.refuses(
        "B",
        received(1, "2020-03-11"),
        Rule::D5,
        "that of 2020-03-10",
    );
    case.does("A", received(2, "2020-03-20"));
    assert_eq!(case.0.in_force_since(), Some(date("2020-03-20")));
    assert_eq!(
        at(vec![clause("Article 15", Term::OnDispatch)])
            .0
            .in_force_since(),
        Some(date("2020-03-01"))
    );
    // With a depositary it counts from receipt there.
    let mut case = at(vec![clause("Article 15", Term::Depositary("UN".into()))]);
    case.refuses(
        "B",
        received(1, "2020-03-10"),
        Rule::D4,
        "an act of the depositary (UN)",
    );
    case.does("UN", received(1, "2020-03-05"));
    case.does("UN", received(2, "2020-03-06"));
    assert_eq!(case.0.in_force_since(), Some(date("2020-03-06")));
    let first = case
        .0
        .machines
        .depositary
        .notification(1)
        .expect("the first")
        .clone();
    assert_eq!(
        case.0.machines.depositary.received_by(&first, &"B".into()),
        None,
        "B's own time starts when it is informed"
    );
    case.does(
        "UN",
        DepositaryAct::PartyInformed {
            on: date("2020-03-15"),
            number: 1,
            party: "B".into(),
        },
    );
    let first = case
        .0
        .machines
        .depositary
        .notification(1)
        .expect("the first");
    assert_eq!(
        case.0.machines.depositary.received_by(first, &"B".into()),
        Some(date("2020-03-15"))
    );
}
