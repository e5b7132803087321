//! What holds between two follows what holds of the whole.

use travaux_domain::{
    Actor, Context, Profile, Rule,
    agreement::{
        Agreement, AgreementCommand as C, AgreementEvent, AgreementFacts, ForceState, MachineEvent,
        consent::{ConsentAct, Manner},
        ending::EndingAct,
        force::ForceAct,
    },
    clause::{Means, Term},
    effect::Period,
};
use travaux_testkit::agreement::*;

use super::{bilateral, eif, leaves, stands};

/// What is said of two parties.
#[track_caller]
fn between(case: &Case, (a, b): (&str, &str), on: &str, expected: &str) {
    let force = case.0.between(&a.into(), &b.into(), date(on)).force;
    assert_eq!(force.to_string(), expected, "{a} and {b} on {on}");
}

#[test]
fn nothing_is_in_force_between_one_party_whatever_was_recorded() {
    let mut case = bilateral(vec![]);
    case.does("A", signed("2020-02-01"));
    let on = date("2020-03-01");
    case.does("A", ConsentAct::DeclinedToBecomeParty { on });
    case.does("B", signed("2020-04-01"));
    let enters = ForceAct::EnteredIntoForce {
        on: None,
        basis: "the last consent".into(),
        consenting: vec![],
        trace: vec![],
    };
    case.refuses("B", enters, Rule::F2, "missing: the consent of A");
    stands(
        &case,
        "2020-04-01",
        "authenticated on 2020-01-01; not in force; waiting for the consent of A",
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
    let accedes = made("2020-11-01", Means::Accession);
    case.refuses("Z", accedes, Rule::E18, "an agreement that has ended");
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
            until: None,
            notified_on: None,
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
        let context = Context::new(Actor::party(party), now.expect("a time").and_utc());
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
