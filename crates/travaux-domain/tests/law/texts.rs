use travaux_domain::{
    Profile, Revision, Rule,
    agreement::{AgreementCommand as C, Nature, Votes, consent::Manner},
    clause::Term,
};

use travaux_testkit::agreement::*;

fn vote(for_it: u32, against: u32) -> C {
    C::AdoptByVote {
        revision: Revision(1),
        votes: Votes { for_it, against },
        effective_from: None,
    }
}

fn proposed(profile: Profile, clauses: Vec<travaux_domain::clause::FinalClause>) -> Case {
    let mut case = Case::new();
    case.does(
        "A",
        C::Propose(Box::new(proposal(profile, &["A", "B", "C"], clauses))),
    );
    case
}

#[test]
fn t5_a_conference_adopts_by_two_thirds_of_those_voting() {
    let mut case = proposed(Profile::treaty(), vec![]);
    case.refuses(
        "A",
        vote(1, 1),
        Rule::T5,
        "2 of 3 of those voting, found 1 of 2",
    );
    case.refuses("A", vote(0, 0), Rule::T5, "found 0 of 0");
    assert_eq!(case.clone().does("A", vote(2, 1)), Rule::T5);
    let half = vec![clause(
        "rule 5",
        Term::AdoptionMajority { of: 1, out_of: 2 },
    )];
    case = proposed(Profile::treaty(), half.clone());
    case.refuses("A", vote(1, 2), Rule::T5, "by rule 5");
    case.does_by("A", vote(1, 1), Rule::T5, "rule 5");
    proposed(Profile::arrangement(), vec![]).refuses(
        "A",
        vote(3, 0),
        Rule::T5,
        "`arrangement`, which leaves it out",
    );
}

#[test]
fn t6_a_clause_may_name_another_way_to_authenticate() {
    let authenticate = |method: &str| C::AuthenticateText {
        method: method.into(),
        parties: ids(&["A"]),
    };
    let mut case = adopted(proposal(
        Profile::treaty(),
        &["A", "B"],
        vec![clause(
            "final act",
            Term::Authentication("the final act".into()),
        )],
    ));
    case.refuses(
        "A",
        authenticate("initialling"),
        Rule::T6,
        "expected the final act, found initialling",
    );
    case.does_by("A", authenticate("the final act"), Rule::T6, "final act");
}

#[test]
fn t6_failing_a_procedure_the_signatures_of_all_authenticate() {
    let two = |clauses| adopted(proposal(Profile::treaty(), &["A", "B"], clauses));
    let signs = |case: &mut Case| {
        case.does("A", sign("2020-03-01", Manner::SubjectToRatification));
        case.does("B", sign("2020-02-01", Manner::AdReferendum));
    };
    let text = |case: &Case, on: &str| case.0.status(date(on), None).text.to_string();
    let mut case = two(vec![]);
    case.refuses_new("A", by("signature"), Rule::T6, "missing: A, B");
    case.clone().does("A", by("initialling"));
    signs(&mut case);
    // Since the last of them, whichever was recorded last.
    assert_eq!(text(&case, "2020-02-29"), "adopted on 2020-01-01");
    assert_eq!(text(&case, "2020-03-01"), "authenticated on 2020-03-01");
    // It is definitive: errors in it are corrected, and no draft changes it.
    let revises = |nature| revise(nature, vec![words(2, "coopèrent", "agissent")]);
    case.refuses(
        "A",
        revises(Nature::Draft),
        Rule::T8,
        "an authenticated text",
    );
    let unsigned = two(vec![]);
    unsigned.refuses(
        "A",
        revises(Nature::Correction),
        Rule::X1,
        "not yet authenticated",
    );
    assert_eq!(
        case.clone().does("A", revises(Nature::Correction)),
        Rule::X1
    );
    // It may be recorded as well.
    case.at("2020-04-01");
    case.does("A", by("signature"));
    assert_eq!(text(&case, "2020-04-01"), "authenticated on 2020-03-01");
    // One signature does not, nor does one without authority.
    let mut case = two(vec![]);
    case.does("A", signed("2020-02-01"));
    assert_eq!(text(&case, "2020-12-01"), "adopted on 2020-01-01");
    // Where a clause provides another procedure, that one does.
    let mut case = two(vec![clause(
        "final act",
        Term::Authentication("the final act".into()),
    )]);
    signs(&mut case);
    assert_eq!(text(&case, "2020-12-01"), "adopted on 2020-01-01");
}

fn by(method: &str) -> C {
    C::AuthenticateText {
        method: method.into(),
        parties: ids(&["A", "B"]),
    }
}

#[test]
fn t9_a_negotiation_is_given_up_before_the_text_is_definitive() {
    let abandon = || C::AbandonNegotiation { reason: None };
    assert_eq!(
        proposed(Profile::treaty(), vec![]).does("A", abandon()),
        Rule::T9
    );
    treaty(vec![]).refuses("A", abandon(), Rule::T9, "one that is authenticated");
}
