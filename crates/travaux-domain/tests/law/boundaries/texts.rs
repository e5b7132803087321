//! Texts and what changes them: from their day, for whom they bind.

use travaux_domain::{
    Profile, Revision, Rule,
    agreement::{
        AgreementCommand as C, MachineEvent, Nature, Votes,
        amendment::AmendmentAct,
        relation::{Relation, RelationAct},
    },
    clause::Term,
};
use travaux_testkit::agreement::*;

use super::says;

#[test]
fn an_act_names_the_other_agreement_that_it_needs() {
    let id = travaux_domain::AgreementId(uuid::Uuid::from_u128(7));
    let enter = |instrument| AmendmentAct::AmendmentEnteredIntoForce {
        on: None,
        revision: Revision(2),
        instrument,
        between: vec![],
        later: Default::default(),
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
        later: Default::default(),
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
