//! An agreement on its way, in force, suspended and ended.

use travaux_domain::{
    Profile,
    agreement::{
        AgreementCommand as C, Ended, Nature,
        consent::{Establishment, Manner},
        ending::EndingAct,
        force::ForceAct,
    },
    clause::{Means, Term},
    effect::Period,
};
use travaux_testkit::agreement::*;
use travaux_text::{Format, Localized};

use super::{bilateral, eif, leaves, stands};

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
        "authenticated on 2019-02-01; in force since 2019-02-01",
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
            consenting: vec![],
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
        until: None,
        notified_on: None,
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
    whole.does(
        "A",
        EndingAct::OperationResumed {
            on,
            number,
            consenting: ids(&["B", "C"]),
        },
    );
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
