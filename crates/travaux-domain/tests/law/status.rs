//! Where an agreement stands: text, force and what remains, in one answer.

use travaux_domain::{
    Actor, Context, Profile,
    agreement::{
        Agreement, AgreementCommand as C, AgreementEvent, AgreementFacts, Ended, ForceState, Nature,
    },
    agreement::{
        MachineEvent,
        consent::{ConsentAct, Establishment, Manner},
        ending::EndingAct,
        force::ForceAct,
    },
    clause::{Means, Term},
    effect::{Effect, Period},
};
use travaux_text::{Format, Localized};

use travaux_testkit::agreement::*;

#[track_caller]
fn stands(case: &Case, on: &str, expected: &str) {
    assert_eq!(
        case.0.status(date(on), None).to_string(),
        expected,
        "on {on}"
    );
}

/// As known at the end of a day.
#[track_caller]
fn stood(case: &Case, on: &str, known: &str, expected: &str) {
    let at = date(known)
        .and_hms_opt(23, 59, 59)
        .expect("a time")
        .and_utc();
    assert_eq!(
        case.0.status(date(on), Some(at)).to_string(),
        expected,
        "on {on}, as known on {known}"
    );
}

fn eif(effect: &str) -> Term {
    Term::EntryIntoForce(effect.parse::<Effect>().expect("an effect"))
}

fn bilateral(terms: Vec<Term>) -> Case {
    let clauses = terms.into_iter().map(|t| clause("Article 9", t)).collect();
    authentic(proposal(Profile::treaty(), &["A", "B"], clauses))
}

#[test]
fn a_text_on_its_way() {
    let mut case = Case::new();
    stands(
        &case,
        "2020-01-01",
        "not there; not in force; waiting for the adoption of the text",
    );
    let parties = ["A", "B"];
    case.does(
        "A",
        C::Propose(Box::new(proposal(Profile::treaty(), &parties, vec![]))),
    );
    let draft = "a draft since 2020-01-01; not in force; waiting for the adoption of the text";
    stands(&case, "2020-01-01", draft);
    case.at("2020-02-01");
    case.does(
        "B",
        revise(Nature::Draft, vec![words(2, "coopèrent", "se concertent")]),
    );
    let negotiated =
        "under negotiation since 2020-02-01; not in force; waiting for the adoption of the text";
    stands(&case, "2020-02-01", negotiated);
    stands(&case, "2020-01-31", draft);
    case.at("2020-03-01");
    case.does("A", accept(2));
    case.does("A", adopt(2));
    stands(
        &case,
        "2020-03-01",
        "adopted on 2020-03-01; not in force; waiting for the consent of A, the consent of B",
    );
    stood(&case, "2020-03-01", "2020-02-29", negotiated);
    stood(&case, "2020-03-01", "2020-01-31", draft);
    case.at("2020-04-01");
    case.does("B", C::AbandonNegotiation { reason: None });
    stands(
        &case,
        "2020-04-01",
        "given up on 2020-04-01; never in force",
    );
}

#[test]
fn a_treaty_in_force_by_signature_says_so_though_nobody_recorded_it() {
    let mut case = bilateral(vec![]);
    case.does("A", signed("2020-02-01"));
    stands(
        &case,
        "2020-02-01",
        "authenticated on 2020-01-01; not in force; waiting for the consent of B",
    );
    case.does("B", signed("2020-02-01"));
    stands(
        &case,
        "2020-02-01",
        "authenticated on 2020-01-01; in force since 2020-02-01",
    );
    stands(
        &case,
        "2020-01-31",
        "authenticated on 2020-01-01; to be in force from 2020-02-01",
    );
}

#[test]
fn a_treaty_recorded_after_it_was_signed_was_adopted_on_a_day_that_nobody_recorded() {
    let mut case = bilateral(vec![]);
    case.does("A", signed("2019-02-01"));
    case.does("B", signed("2019-02-01"));
    stands(
        &case,
        "2019-06-01",
        "authenticated; in force since 2019-02-01",
    );
    stands(
        &case,
        "2019-01-31",
        "not there; to be in force from 2019-02-01",
    );
}

#[test]
fn it_is_not_in_force_before_the_date_of_force() {
    let mut case = bilateral(vec![eif("first day of the 2nd month after last consent")]);
    for party in ["A", "B"] {
        case.does(party, signed("2020-02-10"));
    }
    let (basis, trace) = ("Article 9".into(), vec![]);
    case.does(
        "A",
        ForceAct::EnteredIntoForce {
            on: None,
            basis,
            trace,
        },
    );
    stands(
        &case,
        "2020-03-31",
        "authenticated on 2020-01-01; to be in force from 2020-04-01",
    );
    stands(
        &case,
        "2020-04-01",
        "authenticated on 2020-01-01; in force since 2020-04-01",
    );
}

#[test]
fn an_end_in_2035_is_no_end_today() {
    let mut case = in_force(vec![]);
    let ended = Ended {
        on: date("2035-01-01"),
        ground: "agreed".into(),
        consenting: ids(&["A", "B", "C"]),
        elsewhere: None,
    };
    case.at("2020-06-01");
    case.does("A", EndingAct::AgreementEnded(ended));
    let before = "authenticated on 2020-01-01; in force since 2020-02-01";
    stands(
        &case,
        "2026-01-01",
        &format!("{before}, ends on 2035-01-01"),
    );
    stands(
        &case,
        "2034-12-31",
        &format!("{before}, ends on 2035-01-01"),
    );
    stands(
        &case,
        "2035-01-01",
        "authenticated on 2020-01-01; ended on 2035-01-01",
    );
    stood(&case, "2035-01-01", "2020-05-31", before);
}

#[test]
fn fewer_than_two_left_is_an_end_and_one_who_leaves_is_none() {
    let mut case = in_force(vec![clause(
        "Article 9",
        Term::Denunciation(Period::Months(6)),
    )]);
    let before = "authenticated on 2020-01-01; in force since 2020-02-01";
    case.does("A", leaves("2020-03-01"));
    stands(&case, "2021-01-01", before);
    case.does("B", leaves("2020-05-01"));
    stands(
        &case,
        "2020-10-31",
        &format!("{before}, ends on 2020-11-01"),
    );
    stands(
        &case,
        "2020-11-01",
        "authenticated on 2020-01-01; ended on 2020-11-01",
    );
}

#[test]
fn a_suspension_is_of_the_whole_and_for_all_or_it_is_none_of_the_agreement() {
    let suspend = |provisions| EndingAct::Suspended {
        on: date("2020-03-01"),
        consenting: ids(&["A", "B", "C"]),
        provisions,
    };
    let before = "authenticated on 2020-01-01; in force since 2020-02-01";
    let mut part = in_force(vec![]);
    part.does("A", suspend(vec![p(2)]));
    stands(&part, "2020-03-01", before);
    let mut whole = in_force(vec![]);
    whole.does("A", suspend(vec![]));
    stands(&whole, "2020-02-29", before);
    stands(
        &whole,
        "2020-03-01",
        &format!("{before}, suspended since 2020-03-01"),
    );
    let (on, number) = (date("2020-06-01"), 1);
    whole.does("A", EndingAct::OperationResumed { on, number });
    stands(
        &whole,
        "2020-05-31",
        &format!("{before}, suspended since 2020-03-01"),
    );
    stands(&whole, "2020-06-01", before);
}

#[test]
fn provisional_application_waits_for_force_or_knows_its_day() {
    let mut case = bilateral(vec![eif("30 days after last instrument")]);
    let begin = ForceAct::ProvisionalApplicationBegan {
        on: date("2020-02-01"),
        parties: ids(&["A", "B"]),
        provisions: vec![],
        consenting: ids(&["A", "B"]),
    };
    case.does("A", begin);
    let text = "authenticated on 2020-01-01";
    stands(
        &case,
        "2020-02-01",
        &format!(
            "{text}; applied provisionally since 2020-02-01; waiting for the instrument of A, the instrument of B"
        ),
    );
    for party in ["A", "B"] {
        case.does(party, sign("2020-02-01", Manner::SubjectToRatification));
        case.does(party, made("2020-03-01", Means::Ratification));
        case.does(
            party,
            established("2020-04-01", Means::Ratification, Establishment::Exchange),
        );
    }
    stands(
        &case,
        "2020-04-01",
        &format!("{text}; applied provisionally since 2020-02-01, to be in force from 2020-05-01"),
    );
    stands(
        &case,
        "2020-05-01",
        &format!("{text}; in force since 2020-05-01"),
    );
}

#[test]
fn a_declaration_of_intent_has_no_entry_into_force_to_wait_for() {
    let case = authentic(proposal(Profile::declaration(), &["A", "B"], vec![]));
    stands(
        &case,
        "2020-01-01",
        "authenticated on 2020-01-01; no entry into force foreseen",
    );
}

#[test]
fn a_living_text_applies_from_the_earliest_date_of_any_of_its_texts() {
    let mut case = Case::new();
    let mut living = proposal(Profile::imported(), &["A"], vec![]);
    living.format = Format::Plain;
    living.texts = Localized::from([(lang("fr"), "un\n".to_owned())]);
    case.does("A", C::Propose(Box::new(living)));
    let from = |day: Option<&str>| C::AdoptText {
        revision: travaux_domain::Revision(1),
        effective_from: day.map(date),
        package: None,
        elsewhere: None,
    };
    case.does("A", from(Some("2020-06-01")));
    stands(
        &case,
        "2020-05-31",
        "adopted on 2020-01-01; to be in force from 2020-06-01",
    );
    stands(
        &case,
        "2020-06-01",
        "adopted on 2020-01-01; in force since 2020-06-01",
    );
}

/// What is said of two parties.
#[track_caller]
fn between(case: &Case, (a, b): (&str, &str), on: &str, expected: &str) {
    let force = case.0.between(&a.into(), &b.into(), date(on)).force;
    assert_eq!(force.to_string(), expected, "{a} and {b} on {on}");
}

fn leaves(on: &str) -> ConsentAct {
    ConsentAct::WithdrawalNotified {
        received_on: date(on),
        admitted: None,
        provisions: vec![],
        effective_on: None,
    }
}

#[test]
fn nothing_is_in_force_between_one_party_whatever_was_recorded() {
    let mut case = bilateral(vec![]);
    case.does("A", signed("2020-02-01"));
    let on = date("2020-03-01");
    case.does("A", ConsentAct::DeclinedToBecomeParty { on });
    case.does("B", signed("2020-04-01"));
    let (on, basis, trace) = (None, "the last consent".into(), vec![]);
    case.does("B", ForceAct::EnteredIntoForce { on, basis, trace });
    stands(
        &case,
        "2020-04-01",
        "authenticated on 2020-01-01; not in force; waiting for the consent of two parties or more",
    );
    between(&case, ("A", "B"), "2020-04-01", "not in force");
}

#[test]
fn who_declined_is_not_one_of_those_that_remain() {
    let clauses = [eif("2nd consent"), Term::Denunciation(Period::Months(6))];
    let clauses = clauses.map(|term| clause("Article 9", term)).to_vec();
    let mut case = authentic(proposal(Profile::treaty(), &["A", "B", "C"], clauses));
    case.does("C", signed("2020-01-10"));
    let on = date("2020-01-20");
    case.does("C", ConsentAct::DeclinedToBecomeParty { on });
    case.does("A", signed("2020-02-01"));
    case.does("B", signed("2020-02-01"));
    case.does("A", leaves("2020-03-01"));
    stands(
        &case,
        "2020-09-01",
        "authenticated on 2020-01-01; ended on 2020-09-01",
    );
    between(&case, ("B", "C"), "2020-09-01", "ended on 2020-09-01");
}

#[test]
fn who_consents_after_it_has_ended_does_not_bring_it_back() {
    let terms = [
        Term::Denunciation(Period::Months(6)),
        Term::Accession(vec![]),
    ];
    let mut case = bilateral(terms.to_vec());
    case.does("A", signed("2020-02-01"));
    case.does("B", signed("2020-02-01"));
    case.does("A", leaves("2020-03-01"));
    let ended = "authenticated on 2020-01-01; ended on 2020-09-01";
    stands(&case, "2020-12-01", ended);
    case.does("Z", made("2020-11-01", Means::Accession));
    case.does(
        "Z",
        established("2020-11-01", Means::Accession, Establishment::Notification),
    );
    stands(&case, "2020-12-01", ended);
    between(&case, ("B", "Z"), "2020-12-01", "ended on 2020-09-01");
}

#[test]
fn two_who_apply_it_provisionally_stop_when_it_ends_for_all() {
    let clauses = [eif("2nd consent"), Term::Denunciation(Period::Months(6))];
    let clauses = clauses.map(|term| clause("Article 9", term)).to_vec();
    let mut case = authentic(proposal(Profile::treaty(), &["A", "B", "C", "D"], clauses));
    let (parties, consenting) = (ids(&["C", "D"]), ids(&["A", "B", "C", "D"]));
    let (on, provisions) = (date("2020-01-10"), vec![]);
    let begin = ForceAct::ProvisionalApplicationBegan {
        on,
        parties,
        provisions,
        consenting,
    };
    case.does("C", begin);
    case.does("A", signed("2020-02-01"));
    case.does("B", signed("2020-02-01"));
    case.does("A", leaves("2020-03-01"));
    between(
        &case,
        ("C", "D"),
        "2020-08-31",
        "applied provisionally since 2020-01-10",
    );
    between(&case, ("C", "D"), "2020-09-01", "ended on 2020-09-01");
    stands(
        &case,
        "2020-09-01",
        "authenticated on 2020-01-01; ended on 2020-09-01",
    );
}

#[test]
fn of_two_suspensions_the_first_says_since_when_whichever_was_recorded_first() {
    let mut case = in_force(vec![]);
    for on in ["2020-05-01", "2020-03-01"] {
        let suspend = EndingAct::Suspended {
            on: date(on),
            consenting: ids(&["A", "B", "C"]),
            provisions: vec![],
        };
        case.does("A", suspend);
    }
    stands(
        &case,
        "2020-06-01",
        "authenticated on 2020-01-01; in force since 2020-02-01, suspended since 2020-03-01",
    );
    between(
        &case,
        ("A", "B"),
        "2020-06-01",
        "suspended since 2020-03-01",
    );
}

/// Every event of every case of this file, through both folds: they cannot differ.
#[test]
fn the_facts_alone_say_what_the_agreement_says() {
    let commands: Vec<(&str, C)> = vec![
        (
            "A",
            C::Propose(Box::new(proposal(
                Profile::treaty(),
                &["A", "B"],
                vec![clause("Article 9", eif("last notification"))],
            ))),
        ),
        ("B", accept(1)),
        ("A", adopt(1)),
        (
            "A",
            MachineEvent::from(sign("2020-01-02", Manner::Definitive)).into(),
        ),
        (
            "B",
            MachineEvent::from(sign("2020-01-03", Manner::Definitive)).into(),
        ),
        ("A", MachineEvent::from(notify("2020-01-04")).into()),
        ("B", MachineEvent::from(received(1, "2020-01-05")).into()),
        ("B", MachineEvent::from(notify("2020-01-06")).into()),
        ("A", MachineEvent::from(received(2, "2020-01-07")).into()),
    ];
    let (mut agreement, mut facts) = (Agreement::default(), AgreementFacts::default());
    let mut forces = Vec::new();
    for (minute, (party, command)) in commands.into_iter().enumerate() {
        let now = date("2020-02-01").and_hms_opt(0, u32::try_from(minute).expect("few"), 0);
        let context = Context {
            actor: Actor::party(party),
            now: now.expect("a time").and_utc(),
        };
        let event: AgreementEvent = agreement.decide(command, &context).expect("it may").event;
        agreement.evolve(&event, &context);
        facts.evolve(&event, &context);
        let today = date("2020-02-01");
        assert_eq!(facts.status(today, None), agreement.status(today, None));
        assert_eq!(facts.version(), agreement.version);
        forces.push(facts.status(today, None).force.state);
        for (earlier, force) in forces.iter().enumerate() {
            let then = date("2020-02-01").and_hms_opt(0, u32::try_from(earlier).expect("few"), 0);
            let then = Some(then.expect("a time").and_utc());
            let known = facts.status(today, then);
            assert_eq!(
                (known.force.state, &known),
                (*force, &agreement.status(today, then))
            );
        }
    }
    let since = date("2020-01-07");
    assert_eq!(forces.last(), Some(&ForceState::InForce { since }));
}
