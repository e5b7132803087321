//! A draft is revised: each revision on its base, withdrawn by its proposer, adopted by all.

use travaux_domain::{
    Revision, Rule,
    agreement::{
        AgreementCommand as C, AgreementEvent, Nature, RevisionDraft, RevisionState, TextState,
    },
};
use travaux_testkit::agreement::{accept, adopt, given, words};

use super::{adopted, authenticate, context, propose, revise};

#[test]
fn t2_a_revision_must_fit_its_base() {
    let state = given([("FR", propose())]);
    state.refuses(
        "MA",
        revise(1, Nature::Draft, words(2, "absent", "x")),
        Rule::T2,
        "`absent` occurs 0 times",
    );
    state.refuses(
        "MA",
        revise(7, Nature::Draft, words(2, "Les", "x")),
        Rule::T2,
        "a base from 1 to 1",
    );
    state.refuses(
        "US",
        revise(1, Nature::Draft, words(2, "Les", "x")),
        Rule::P0,
        "an act of `US`",
    );
    let state = given([
        ("FR", propose()),
        (
            "MA",
            revise(1, Nature::Draft, words(2, "coopèrent", "se concertent")),
        ),
    ]);
    assert_eq!(state.0.text.state(), TextState::Negotiating);
    assert_eq!(
        state.text(),
        "## Article 1\n\nLes Parties coopèrent.\n",
        "a proposal changes no text"
    );
}

#[test]
fn t3_and_t4a_a_revision_is_withdrawn_by_its_proposer_only() {
    let mut state = given([
        ("FR", propose()),
        (
            "MA",
            revise(1, Nature::Draft, words(2, "coopèrent", "se concertent")),
        ),
    ]);
    let withdraw = || C::WithdrawRevision {
        revision: Revision(2),
        reason: None,
    };
    state.refuses("FR", withdraw(), Rule::T3, "its proposer (MA)");
    state.does("MA", withdraw());
    state.refuses("MA", withdraw(), Rule::T3, "withdrawn");
    state.refuses("FR", accept(2), Rule::T4a, "withdrawn");
}

#[test]
fn t4_a_text_is_adopted_by_all_parties() {
    let mut state = given([
        ("FR", propose()),
        (
            "MA",
            revise(1, Nature::Draft, words(2, "coopèrent", "se concertent")),
        ),
    ]);
    state.refuses("MA", adopt(2), Rule::T4, "missing: FR");
    state.does(
        "FR",
        C::RejectRevision {
            revision: Revision(2),
            reason: Some("too soon".into()),
        },
    );
    state.refuses("MA", adopt(2), Rule::T4, "1 of 2");
    state.does("FR", accept(2));
    state.refuses("FR", accept(2), Rule::T4a, "gave already");
    let event = state.decides("MA", adopt(2), None).event;
    assert!(matches!(event, AgreementEvent::TextAdopted(a) if a.rule == Rule::T4));
    assert_eq!(
        (state.0.text.state(), state.text().as_str()),
        (
            TextState::Adopted,
            "## Article 1\n\nLes Parties se concertent.\n"
        )
    );
    state.refuses("MA", adopt(2), Rule::T4, "adopted already");
}

#[test]
fn t8_a_draft_left_open_does_not_touch_the_text_any_more() {
    let mut state = given([
        ("FR", propose()),
        (
            "MA",
            revise(1, Nature::Draft, words(2, "coopèrent", "se concertent")),
        ),
        ("MA", accept(1)),
        ("FR", accept(2)),
        ("FR", adopt(1)),
    ]);
    state.refuses("MA", adopt(2), Rule::T2, "left open until then");
    state.does("FR", authenticate());
    state.refuses(
        "MA",
        adopt(2),
        Rule::T8,
        "left open when the text was adopted",
    );
}

#[test]
fn a_counter_proposal_brings_its_base_with_it() {
    let mut state = given([
        ("FR", propose()),
        (
            "MA",
            revise(
                1,
                Nature::Draft,
                words(2, "coopèrent", "se concertent chaque année"),
            ),
        ),
        (
            "FR",
            revise(
                2,
                Nature::Draft,
                words(2, "chaque année", "deux fois par an"),
            ),
        ),
        ("MA", accept(3)),
    ]);
    state.does("MA", adopt(3));
    assert_eq!(
        state.text(),
        "## Article 1\n\nLes Parties se concertent deux fois par an.\n"
    );
    let record = state.0.revision(Revision(2)).expect("the base");
    assert_eq!(
        record.state,
        RevisionState::Adopted,
        "what a text rests on is part of it"
    );
    assert_eq!(
        state.0.adoption_of(Revision(2)).map(|a| a.revision),
        Some(Revision(3))
    );
}

#[test]
fn a_revision_whose_base_moved_on_is_adopted_only_if_it_still_fits() {
    let both = || {
        given(adopted().into_iter().chain([
            (
                "FR",
                revise(
                    1,
                    Nature::Amendment,
                    words(2, "Les Parties", "Les deux Parties"),
                ),
            ),
            (
                "MA",
                revise(1, Nature::Amendment, words(2, "coopèrent", "se concertent")),
            ),
            (
                "MA",
                revise(
                    1,
                    Nature::Amendment,
                    words(2, "Les Parties", "Les Gouvernements"),
                ),
            ),
            ("MA", accept(2)),
            ("FR", accept(3)),
            ("FR", accept(4)),
            ("FR", adopt(2)),
        ]))
    };
    let mut state = both();
    state.does("FR", adopt(3));
    assert_eq!(
        state.text(),
        "## Article 1\n\nLes deux Parties se concertent.\n"
    );
    let refusal = both()
        .0
        .decide(adopt(4), &context("FR"))
        .expect_err("it collides");
    assert_eq!((refusal.rule, refusal.collisions.len()), (Rule::T4, 1));
    assert!(
        refusal
            .to_string()
            .contains("operation 1 (substitute_words): `Les Parties` occurs 0 times"),
        "{refusal}"
    );
}

#[test]
fn a_change_that_changes_nothing_is_none() {
    let mut state = given([("FR", propose())]);
    let nothing = C::ProposeRevision(Box::new(RevisionDraft::new(Revision(1), vec![])));
    state.refuses(
        "MA",
        nothing,
        Rule::T2,
        "expected a change of the text, found none",
    );
    let same = revise(1, Nature::Draft, words(2, "coopèrent", "coopèrent"));
    state.refuses(
        "MA",
        same,
        Rule::T2,
        "words that are those of revision 1 already",
    );
    state.does(
        "MA",
        revise(1, Nature::Draft, words(2, "coopèrent", "agissent")),
    );
    let back = revise(2, Nature::Draft, words(2, "agissent", "coopèrent"));
    state.does("FR", back);
}
