use travaux_domain::{
    Profile, Revision, Rule,
    agreement::{AgreementCommand as C, Votes},
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
        authenticate("signature"),
        Rule::T6,
        "expected the final act, found signature",
    );
    case.does_by("A", authenticate("the final act"), Rule::T6, "final act");
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
