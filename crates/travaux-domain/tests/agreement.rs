//! An agreement, given / when / then.

use chrono::{DateTime, TimeDelta, Utc};
use travaux_domain::{
    Actor, Context, Party, Profile, Revision, Rule,
    agreement::{
        AgreementCommand as C, AgreementEvent, Ended, Nature, Outcome, Proposal, RevisionDraft,
        RevisionState, TextState,
    },
    agreement::{
        consent::{ConsentAct, Manner, Office, Representative},
        ending::EndingAct,
        force::ForceAct,
    },
};
use travaux_testkit::agreement::{Case, accept, adopt, date, given, ids, lang, proposal, words};
use travaux_text::{Anchor, Body, Kind, Localized, NewProvision, Operation};

fn context(party: &str) -> Context {
    Context {
        actor: Actor::party(party),
        now: DateTime::<Utc>::UNIX_EPOCH + TimeDelta::seconds(99),
    }
}

/// One article of one paragraph, between two parties.
fn arrangement(profile: Profile) -> Proposal {
    Proposal {
        title: "Arrangement".into(),
        kind: "arrangement".into(),
        texts: Localized::from([(
            lang("fr"),
            "## Article 1\n\nLes Parties coopèrent.\n".to_owned(),
        )]),
        ..proposal(profile, &["FR", "MA"], vec![])
    }
}

fn propose() -> C {
    C::Propose(Box::new(arrangement(Profile::arrangement())))
}

fn revise(base: u32, nature: Nature, op: Operation) -> C {
    C::ProposeRevision(Box::new(RevisionDraft {
        nature,
        ..RevisionDraft::new(Revision(base), vec![op])
    }))
}

fn authenticate() -> C {
    C::AuthenticateText {
        method: "signature".into(),
        parties: ids(&["FR", "MA"]),
    }
}

fn adopted() -> Vec<(&'static str, C)> {
    vec![("FR", propose()), ("MA", accept(1)), ("MA", adopt(1))]
}

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
            .contains("operation 0 (substitute_words): `Les Parties` occurs 0 times"),
        "{refusal}"
    );
}

#[test]
fn t6_and_t8_an_authenticated_text_is_changed_by_amendment_or_correction_only() {
    given([("FR", propose())]).refuses("FR", authenticate(), Rule::T6, "an adopted text");
    let mut state = given(adopted());
    state.refuses(
        "FR",
        revise(1, Nature::Draft, words(2, "Les", "x")),
        Rule::T2,
        "an amendment",
    );
    state.refuses(
        "FR",
        revise(1, Nature::Correction, words(2, "Les", "x")),
        Rule::X1,
        "not yet authenticated",
    );
    let alone = C::AuthenticateText {
        method: "signature".into(),
        parties: vec!["FR".into()],
    };
    state.refuses("FR", alone, Rule::T6, "missing: MA");
    state.does("FR", authenticate());
    state.refuses(
        "FR",
        revise(1, Nature::Draft, words(2, "Les", "x")),
        Rule::T8,
        "an amendment or a correction",
    );
    state.does(
        "FR",
        revise(1, Nature::Amendment, words(2, "coopèrent", "se concertent")),
    );
    state.does(
        "MA",
        revise(1, Nature::Correction, words(2, "Parties", "parties")),
    );
    assert_eq!(state.0.machines.languages.authentic, [lang("fr")]);
    given([("FR", propose())]).refuses(
        "FR",
        revise(1, Nature::Amendment, words(2, "Les", "x")),
        Rule::A1,
        "revise it instead",
    );
}

#[test]
fn f1_force_is_a_machine_of_its_own() {
    let enter = || {
        C::from(ForceAct::EnteredIntoForce {
            on: Some(date("2025-03-01")),
            basis: "Article 5".into(),
            trace: vec![],
        })
    };
    given([("FR", propose())]).refuses("FR", enter(), Rule::F1, "an adopted text");
    let mut state = given(adopted());
    state.refuses(
        "FR",
        enter(),
        Rule::F2,
        "missing: the consent of FR, the consent of MA",
    );
    let sign = || {
        let by = Representative {
            name: "the minister".into(),
            office: Office::Minister,
            full_powers: false,
        };
        C::from(ConsentAct::Signed {
            on: date("2025-02-01"),
            manner: Manner::Definitive,
            by,
        })
    };
    state.does("FR", sign());
    state.does("MA", sign());
    state.does("FR", enter());
    assert_eq!(
        state.0.text.state(),
        TextState::Adopted,
        "force says nothing of the text"
    );
    assert_eq!(state.0.in_force_since(), Some(date("2025-03-01")));
    state.refuses("FR", enter(), Rule::F1, "in force since 2025-03-01");
}

#[test]
fn e2_and_e18_an_agreement_ends_by_consent_of_all() {
    let end = |consenting: &[&str]| {
        let consenting = consenting.iter().map(|p| (*p).into()).collect();
        C::from(EndingAct::AgreementEnded(Ended {
            on: date("2026-01-01"),
            ground: "by consent".into(),
            consenting,
            elsewhere: None,
        }))
    };
    let mut state = given(adopted());
    state.refuses("FR", end(&["FR"]), Rule::E2, "missing: MA");
    state.does("FR", end(&["FR", "MA"]));
    let later = "expected a date before 2026-01-01, on which it ends already";
    state.refuses("FR", end(&["FR", "MA"]), Rule::E2, later);
    state.does("MA", revise(1, Nature::Amendment, words(2, "Les", "Ces")));
    state.at("2025-12-31");
    state.does("FR", accept(2));
    state.at("2026-01-01");
    state.refuses("FR", accept(2), Rule::E18, "has ended");
    let reject = C::RejectRevision {
        revision: Revision(2),
        reason: None,
    };
    state.does("FR", reject);
    state.refuses("FR", end(&["FR", "MA"]), Rule::E18, "has ended");
    state.refuses(
        "FR",
        EndingAct::AgreementResumed {
            on: date("2026-02-01"),
            elsewhere: None,
        },
        Rule::E18,
        "a living text",
    );
}

#[test]
fn a_living_text_goes_on_being_revised_and_comes_back_after_its_end() {
    let mut state = given([(
        "git",
        C::Propose(Box::new(arrangement(Profile::imported()))),
    )]);
    state.does("git", adopt(1));
    state.does(
        "git",
        revise(1, Nature::Draft, words(2, "coopèrent", "se concertent")),
    );
    state.does("git", adopt(2));
    let ended = Ended {
        on: date("2026-01-01"),
        ground: "deleted".into(),
        consenting: vec![],
        elsewhere: None,
    };
    state.does("git", EndingAct::AgreementEnded(ended));
    state.refuses(
        "git",
        revise(2, Nature::Draft, words(2, "Les", "x")),
        Rule::E18,
        "has ended",
    );
    state.does(
        "git",
        EndingAct::AgreementResumed {
            on: date("2026-02-01"),
            elsewhere: None,
        },
    );
    state.does("git", revise(2, Nature::Draft, words(2, "Les", "Ces")));
    let outcome = Outcome::AdoptedAs {
        revision: Revision(2),
        how: "squashed".into(),
    };
    state.does(
        "git",
        C::ConcludeRevision {
            revision: Revision(3),
            outcome,
        },
    );
    state.refuses("git", adopt(3), Rule::T4, "decided elsewhere");
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
fn t9_an_agreement_in_force_is_ended_and_not_given_up() {
    let by = Representative {
        name: "the minister".into(),
        office: Office::Minister,
        full_powers: false,
    };
    let sign = C::from(ConsentAct::Signed {
        on: date("2025-02-01"),
        manner: Manner::Definitive,
        by,
    });
    let enter = C::from(ForceAct::EnteredIntoForce {
        on: Some(date("2025-03-01")),
        basis: "Article 5".into(),
        trace: vec![],
    });
    let abandon = C::AbandonNegotiation { reason: None };
    given(adopted()).does("MA", abandon.clone());
    let mut state = given(adopted());
    for (party, act) in [("FR", sign.clone()), ("MA", sign), ("FR", enter)] {
        state.does(party, act);
    }
    let says = "found an agreement in force since 2025-03-01";
    state.refuses("MA", abandon, Rule::T9, says);
}

#[test]
fn an_abandoned_negotiation_is_over() {
    let mut state = given([("FR", propose())]);
    state.does("MA", C::AbandonNegotiation { reason: None });
    state.refuses(
        "MA",
        revise(1, Nature::Draft, words(2, "Les", "x")),
        Rule::T9,
        "given up",
    );
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
