//! An agreement, given / when / then.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use travaux_domain::{
    Actor, Context, PackageId, Party, Profile, Revision, Rule,
    agreement::{
        Agreement, AgreementCommand as C, AgreementEvent, Ended, Nature, Outcome, Proposal,
        RevisionProposal, RevisionState, TextState,
    },
    machines::{
        consent::{ConsentAct, Manner, Office, Representative},
        ending::EndingAct,
        force::ForceAct,
    },
};
use travaux_text::{Anchor, Body, Format, Kind, Lang, NewProvision, Operation, ProvisionId};
use uuid::Uuid;

fn fr() -> Lang {
    Lang::parse("fr").expect("a tag")
}

fn ar() -> Lang {
    Lang::parse("ar").expect("a tag")
}

fn at(step: i64, party: &str) -> Context {
    Context {
        actor: Actor::party(party),
        now: DateTime::<Utc>::UNIX_EPOCH + TimeDelta::seconds(step),
    }
}

fn date(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

fn proposal(profile: Profile) -> Proposal {
    let party = |id: &str| Party {
        id: id.into(),
        name: id.to_owned(),
    };
    Proposal {
        title: "Arrangement".into(),
        kind: "arrangement".into(),
        profile,
        parties: vec![party("FR"), party("MA")],
        languages: vec![fr()],
        translations: vec![],
        format: Format::Markdown,
        texts: BTreeMap::from([(fr(), "## Article 1\n\nLes Parties coopèrent.\n".to_owned())]),
        final_clauses: Vec::new(),
        amends: None,
        framework: None,
        provenance: None,
    }
}

fn propose() -> (&'static str, C) {
    ("FR", C::Propose(Box::new(proposal(Profile::arrangement()))))
}

fn words(find: &str, with: &str) -> Operation {
    Operation::substitute(ProvisionId::new(1, 2), fr(), find, with, 1)
}

fn revise(party: &'static str, base: u32, nature: Nature, op: Operation) -> (&'static str, C) {
    let proposal = RevisionProposal {
        nature,
        ..RevisionProposal::new(Revision(base), vec![op])
    };
    (party, C::ProposeRevision(Box::new(proposal)))
}

fn accept(party: &'static str, revision: u32) -> (&'static str, C) {
    (
        party,
        C::AcceptRevision {
            revision: Revision(revision),
        },
    )
}

fn adopt(party: &'static str, revision: u32) -> (&'static str, C) {
    (
        party,
        C::AdoptText {
            revision: Revision(revision),
            effective_from: None,
            package: None,
            elsewhere: None,
        },
    )
}

fn authenticate() -> (&'static str, C) {
    (
        "FR",
        C::AuthenticateText {
            method: "signature".into(),
            parties: vec!["FR".into(), "MA".into()],
        },
    )
}

/// A state, and what was done to reach it.
struct Given(Agreement, i64);

fn given(acts: impl IntoIterator<Item = (&'static str, C)>) -> Given {
    let mut given = Given(Agreement::default(), 0);
    for (party, command) in acts {
        given.does(party, command);
    }
    given
}

impl Given {
    fn does(&mut self, party: &str, command: C) -> AgreementEvent {
        self.1 += 1;
        let context = at(self.1, party);
        let decided = self.0.decide(command, &context).expect("it is decided");
        // Deciding the event's own command again gives the event again: that is what an audit does.
        assert_eq!(
            self.0.decide(C::behind(&decided.event), &context).as_ref(),
            Ok(&decided)
        );
        self.0.evolve(&decided.event, &context);
        decided.event
    }

    fn refuses(&self, party: &str, command: C, rule: Rule, says: &str) {
        let refusal = self
            .0
            .decide(command, &at(99, party))
            .expect_err("it is refused");
        assert_eq!(refusal.rule, rule, "{refusal}");
        assert!(refusal.to_string().contains(says), "{refusal}");
    }

    fn text(&self) -> String {
        self.0.history.print_at(self.0.history.len(), fr())
    }
}

fn adopted() -> Vec<(&'static str, C)> {
    vec![propose(), accept("MA", 1), adopt("MA", 1)]
}

#[test]
fn t1_p0_and_rc1_a_text_is_proposed_by_one_of_two_parties_or_more() {
    let state = given([propose()]);
    assert_eq!(state.0.text.state(), TextState::Draft);
    let none = given([]);
    none.refuses(
        "US",
        propose().1,
        Rule::T1,
        "a proposal by a party (FR, MA)",
    );
    let mut alone = proposal(Profile::arrangement());
    alone.parties.truncate(1);
    none.refuses(
        "FR",
        C::Propose(Box::new(alone)),
        Rule::T1,
        "two parties or more",
    );
    let mut untitled = proposal(Profile::arrangement());
    untitled.title = " ".into();
    none.refuses("FR", C::Propose(Box::new(untitled)), Rule::T1, "a title");
    state.refuses("FR", propose().1, Rule::RC1, "a new id");
}

#[test]
fn l1_every_language_has_the_same_provisions() {
    let mut p = proposal(Profile::arrangement());
    p.languages.push(ar());
    given([]).refuses(
        "FR",
        C::Propose(Box::new(p.clone())),
        Rule::L1,
        "texts in fr",
    );
    p.texts.insert(ar(), "## المادة 1\n".into());
    given([]).refuses(
        "FR",
        C::Propose(Box::new(p.clone())),
        Rule::L1,
        "no counterpart to provision 2",
    );
    p.texts
        .insert(ar(), "## المادة 1\n\nيتعاون الطرفان.\n".into());
    let state = given([("FR", C::Propose(Box::new(p)))]);
    let one_sided = Operation::Insert {
        at: Anchor::End,
        provisions: vec![NewProvision::new(
            Kind::Paragraph,
            fr(),
            Body::text_only("Fait à Rabat.\n"),
        )],
    };
    state.refuses(
        "MA",
        revise("MA", 1, Nature::Draft, one_sided).1,
        Rule::L1,
        "missing: ar",
    );
}

#[test]
fn dr1_a_drafted_text_holds_no_invisible_characters() {
    let mut p = proposal(Profile::arrangement());
    p.texts
        .insert(fr(), "Les Parties\u{202E} coopèrent.\n".into());
    given([]).refuses(
        "FR",
        C::Propose(Box::new(p.clone())),
        Rule::DR1,
        "line 1 (byte 11)",
    );
    let state = given([propose()]);
    state.refuses(
        "MA",
        revise(
            "MA",
            1,
            Nature::Draft,
            words("coopèrent", "coope\u{300}rent"),
        )
        .1,
        Rule::DR1,
        "Normalization",
    );
    p.profile = Profile::imported();
    given([("anybody", C::Propose(Box::new(p)))]);
}

#[test]
fn t2_a_revision_must_fit_its_base() {
    let state = given([propose()]);
    state.refuses(
        "MA",
        revise("MA", 1, Nature::Draft, words("absent", "x")).1,
        Rule::T2,
        "`absent` occurs 0 times",
    );
    state.refuses(
        "MA",
        revise("MA", 7, Nature::Draft, words("Les", "x")).1,
        Rule::T2,
        "a base from 1 to 1",
    );
    state.refuses(
        "US",
        revise("US", 1, Nature::Draft, words("Les", "x")).1,
        Rule::P0,
        "an act of `US`",
    );
    let state = given([
        propose(),
        revise("MA", 1, Nature::Draft, words("coopèrent", "se concertent")),
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
        propose(),
        revise("MA", 1, Nature::Draft, words("coopèrent", "se concertent")),
    ]);
    let withdraw = || C::WithdrawRevision {
        revision: Revision(2),
        reason: None,
    };
    state.refuses("FR", withdraw(), Rule::T3, "its proposer (MA)");
    state.does("MA", withdraw());
    state.refuses("MA", withdraw(), Rule::T3, "withdrawn");
    state.refuses("FR", accept("FR", 2).1, Rule::T4a, "withdrawn");
}

#[test]
fn t4_a_text_is_adopted_by_all_parties() {
    let mut state = given([
        propose(),
        revise("MA", 1, Nature::Draft, words("coopèrent", "se concertent")),
    ]);
    state.refuses("MA", adopt("MA", 2).1, Rule::T4, "missing: FR");
    state.does(
        "FR",
        C::RejectRevision {
            revision: Revision(2),
            reason: Some("too soon".into()),
        },
    );
    state.refuses("MA", adopt("MA", 2).1, Rule::T4, "1 of 2");
    state.does("FR", accept("FR", 2).1);
    state.refuses("FR", accept("FR", 2).1, Rule::T4a, "gave already");
    let event = state.does("MA", adopt("MA", 2).1);
    assert!(matches!(event, AgreementEvent::TextAdopted(a) if a.rule == Rule::T4));
    assert_eq!(
        (state.0.text.state(), state.text().as_str()),
        (
            TextState::Adopted,
            "## Article 1\n\nLes Parties se concertent.\n"
        )
    );
    state.refuses("MA", adopt("MA", 2).1, Rule::T4, "adopted already");
}

#[test]
fn t8_a_draft_left_open_does_not_touch_the_text_any_more() {
    let mut state = given([
        propose(),
        revise("MA", 1, Nature::Draft, words("coopèrent", "se concertent")),
        accept("MA", 1),
        accept("FR", 2),
        adopt("FR", 1),
    ]);
    state.refuses("MA", adopt("MA", 2).1, Rule::T2, "left open until then");
    state.does("FR", authenticate().1);
    state.refuses(
        "MA",
        adopt("MA", 2).1,
        Rule::T8,
        "left open when the text was adopted",
    );
}

#[test]
fn a_counter_proposal_brings_its_base_with_it() {
    let mut state = given([
        propose(),
        revise(
            "MA",
            1,
            Nature::Draft,
            words("coopèrent", "se concertent chaque année"),
        ),
        revise(
            "FR",
            2,
            Nature::Draft,
            words("chaque année", "deux fois par an"),
        ),
        accept("MA", 3),
    ]);
    state.does("MA", adopt("MA", 3).1);
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
            revise(
                "FR",
                1,
                Nature::Amendment,
                words("Les Parties", "Les deux Parties"),
            ),
            revise(
                "MA",
                1,
                Nature::Amendment,
                words("coopèrent", "se concertent"),
            ),
            revise(
                "MA",
                1,
                Nature::Amendment,
                words("Les Parties", "Les Gouvernements"),
            ),
            accept("MA", 2),
            accept("FR", 3),
            accept("FR", 4),
            adopt("FR", 2),
        ]))
    };
    let mut state = both();
    state.does("FR", adopt("FR", 3).1);
    assert_eq!(
        state.text(),
        "## Article 1\n\nLes deux Parties se concertent.\n"
    );
    let refusal = both()
        .0
        .decide(adopt("FR", 4).1, &at(50, "FR"))
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
    given([propose()]).refuses("FR", authenticate().1, Rule::T6, "an adopted text");
    let mut state = given(adopted());
    state.refuses(
        "FR",
        revise("FR", 1, Nature::Draft, words("Les", "x")).1,
        Rule::T2,
        "an amendment",
    );
    state.refuses(
        "FR",
        revise("FR", 1, Nature::Correction, words("Les", "x")).1,
        Rule::X1,
        "not yet authenticated",
    );
    let alone = C::AuthenticateText {
        method: "signature".into(),
        parties: vec!["FR".into()],
    };
    state.refuses("FR", alone, Rule::T6, "missing: MA");
    state.does("FR", authenticate().1);
    state.refuses(
        "FR",
        revise("FR", 1, Nature::Draft, words("Les", "x")).1,
        Rule::T8,
        "an amendment or a correction",
    );
    state.does(
        "FR",
        revise(
            "FR",
            1,
            Nature::Amendment,
            words("coopèrent", "se concertent"),
        )
        .1,
    );
    state.does(
        "MA",
        revise("MA", 1, Nature::Correction, words("Parties", "parties")).1,
    );
    assert_eq!(state.0.machines.languages.authentic, [fr()]);
    given([propose()]).refuses(
        "FR",
        revise("FR", 1, Nature::Amendment, words("Les", "x")).1,
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
    given([propose()]).refuses("FR", enter(), Rule::F1, "an adopted text");
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
    state.refuses("FR", end(&["FR", "MA"]), Rule::E18, "has ended");
    state.refuses(
        "FR",
        EndingAct::AgreementResumed {
            on: date("2026-02-01"),
            elsewhere: None,
        }
        .into(),
        Rule::E18,
        "a living text",
    );
}

#[test]
fn a_living_text_goes_on_being_revised_and_comes_back_after_its_end() {
    let mut state = given([("git", C::Propose(Box::new(proposal(Profile::imported()))))]);
    state.does("git", adopt("git", 1).1);
    state.does(
        "git",
        revise("git", 1, Nature::Draft, words("coopèrent", "se concertent")).1,
    );
    state.does("git", adopt("git", 2).1);
    let ended = Ended {
        on: date("2026-01-01"),
        ground: "deleted".into(),
        consenting: vec![],
        elsewhere: None,
    };
    state.does("git", EndingAct::AgreementEnded(ended).into());
    state.refuses(
        "git",
        revise("git", 2, Nature::Draft, words("Les", "x")).1,
        Rule::E18,
        "has ended",
    );
    state.does(
        "git",
        EndingAct::AgreementResumed {
            on: date("2026-02-01"),
            elsewhere: None,
        }
        .into(),
    );
    state.does(
        "git",
        revise("git", 2, Nature::Draft, words("Les", "Ces")).1,
    );
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
    state.refuses("git", adopt("git", 3).1, Rule::T4, "decided elsewhere");
}

#[test]
fn pk1_a_revision_of_a_package_is_adopted_with_its_package_only() {
    let package = PackageId(Uuid::from_u128(5));
    let mut proposal =
        RevisionProposal::new(Revision(1), vec![words("coopèrent", "se concertent")]);
    proposal.package = Some(package);
    let mut state = given([
        propose(),
        ("MA", C::ProposeRevision(Box::new(proposal))),
        accept("FR", 2),
    ]);
    state.refuses(
        "FR",
        adopt("FR", 2).1,
        Rule::PK1,
        "adoption with package 00000000",
    );
    let with = C::AdoptText {
        revision: Revision(2),
        effective_from: None,
        package: Some(package),
        elsewhere: None,
    };
    state.does("FR", with);
}

#[test]
fn an_abandoned_negotiation_is_over() {
    let mut state = given([propose()]);
    state.does("MA", C::AbandonNegotiation { reason: None });
    state.refuses(
        "MA",
        revise("MA", 1, Nature::Draft, words("Les", "x")).1,
        Rule::T9,
        "given up",
    );
}

#[test]
fn a_refusal_is_data() {
    let state = given([propose()]);
    let refusal = state
        .0
        .decide(adopt("FR", 1).1, &at(9, "FR"))
        .expect_err("it is refused");
    let json = serde_json::to_value(&refusal).expect("it serialises");
    assert_eq!(json["rule"], "T4");
    assert_eq!(json["missing"][0], "MA");
    assert_eq!(refusal.rule.law(), "VCLT 9(1)");
    let again = serde_json::from_value(json).expect("it reads back");
    assert_eq!(refusal, again);
}
