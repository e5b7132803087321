//! A text is proposed: by whom, in which languages, without what nobody sees.

use travaux_domain::{
    Party, Profile, Rule,
    agreement::{AgreementCommand as C, Nature, TextState},
};
use travaux_testkit::agreement::{Case, adopt, given, lang, words};
use travaux_text::{Anchor, Body, Kind, NewProvision, Operation};

use super::{arrangement, context, propose, revise};

#[test]
fn t1_p0_and_rc1_a_text_is_proposed_by_one_of_two_parties_or_more() {
    let state = given([("FR", propose())]);
    assert_eq!(state.0.text.state(), TextState::Draft);
    let none = given([]);
    none.refuses("US", propose(), Rule::T1, "a proposal by a party (FR, MA)");
    let mut alone = arrangement(Profile::arrangement());
    alone.parties.truncate(1);
    none.refuses(
        "FR",
        C::Propose(Box::new(alone)),
        Rule::T1,
        "two parties or more",
    );
    let mut untitled = arrangement(Profile::arrangement());
    untitled.title = " ".into();
    none.refuses("FR", C::Propose(Box::new(untitled)), Rule::T1, "a title");
    state.refuses("FR", propose(), Rule::RC1, "a new id");
}

#[test]
fn l1_every_language_has_the_same_provisions() {
    let mut p = arrangement(Profile::arrangement());
    p.languages.push(lang("ar"));
    given([]).refuses(
        "FR",
        C::Propose(Box::new(p.clone())),
        Rule::L1,
        "texts in fr",
    );
    p.texts.insert(lang("ar"), "## المادة 1\n".into());
    given([]).refuses(
        "FR",
        C::Propose(Box::new(p.clone())),
        Rule::L1,
        "no counterpart to provision 2",
    );
    p.texts
        .insert(lang("ar"), "## المادة 1\n\nيتعاون الطرفان.\n".into());
    let state = given([("FR", C::Propose(Box::new(p)))]);
    let one_sided = Operation::Insert {
        at: Anchor::End,
        provisions: vec![NewProvision::new(
            Kind::Paragraph,
            lang("fr"),
            Body::text_only("Fait à Rabat.\n"),
        )],
    };
    state.refuses(
        "MA",
        revise(1, Nature::Draft, one_sided),
        Rule::L1,
        "missing: ar",
    );
}

#[test]
fn dr1_a_drafted_text_holds_no_invisible_characters() {
    let mut p = arrangement(Profile::arrangement());
    p.texts
        .insert(lang("fr"), "Les Parties\u{202E} coopèrent.\n".into());
    given([]).refuses(
        "FR",
        C::Propose(Box::new(p.clone())),
        Rule::DR1,
        "line 1 (byte 11)",
    );
    let state = given([("FR", propose())]);
    state.refuses(
        "MA",
        revise(1, Nature::Draft, words(2, "coopèrent", "coope\u{300}rent")),
        Rule::DR1,
        "Normalization",
    );
    p.profile = Profile::imported();
    given([("anybody", C::Propose(Box::new(p)))]);
}

#[test]
fn t1_parties_are_two_or_more_each_once_and_can_be_named_in_a_list() {
    for (parties, says) in [
        (vec!["FR"], "expected two parties or more, found 1"),
        (
            vec!["FR", "FR"],
            "expected each party once, found `FR` twice",
        ),
        (vec!["FR", ""], "found ``"),
        (vec!["FR", " MA"], "found ` MA`"),
        (vec!["FR", "MA,ES"], "found `MA,ES`"),
        (vec!["FR", "M\nA"], "found `M\\nA`"),
    ] {
        let mut proposal = arrangement(Profile::arrangement());
        proposal.parties = parties
            .into_iter()
            .map(|id| Party {
                id: id.into(),
                name: "a party".into(),
            })
            .collect();
        Case::new().refuses("FR", C::Propose(Box::new(proposal)), Rule::T1, says);
    }
}

#[test]
fn a_refusal_is_data() {
    let state = given([("FR", propose())]);
    let refusal = state
        .0
        .decide(adopt(1), &context("FR"))
        .expect_err("it is refused");
    let json = serde_json::to_value(&refusal).expect("it serialises");
    assert_eq!(json["rule"], "T4");
    assert_eq!(json["missing"][0], "MA");
    assert_eq!(refusal.rule.law(), "VCLT 9(1)");
    let again = serde_json::from_value(json).expect("it reads back");
    assert_eq!(refusal, again);
}
