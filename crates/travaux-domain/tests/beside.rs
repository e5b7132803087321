//! What a decision on an agreement reads beside it: the package of a revision, the agreement that an
//! act names.

use chrono::{DateTime, TimeDelta, Utc};
use travaux_domain::{
    Actor, AggregateState, AgreementId, Context, FrameworkId, Others, PackageId, Profile, Reason,
    Revision, Rule, StreamCommand, StreamId,
    agreement::{
        Agreement, AgreementCommand as C, Beside, Nature, RevisionDraft, amendment::AmendmentAct,
        ending::EndingAct,
    },
    framework::FrameworkEvent,
    package::{Item, Package, PackageCommand, PackageProposal},
};
use travaux_testkit::agreement::{Case, accept, adopt, date, given, in_force, proposal, words};
use uuid::Uuid;

fn context(party: &str) -> Context {
    Context::new(
        Actor::party(party),
        DateTime::<Utc>::UNIX_EPOCH + TimeDelta::seconds(99),
    )
}

fn propose() -> C {
    let proposal = proposal(Profile::arrangement(), &["FR", "MA"], vec![]);
    C::Propose(Box::new(proposal))
}

/// A package of one revision by MA, as acts of its parties have left it.
fn package(acts: &[(&str, PackageCommand)]) -> Package {
    let mut package = Package::default();
    let proposal = PackageProposal {
        title: "Package".into(),
        framework: None,
        parties: vec!["FR".into(), "MA".into()],
        items: vec![Item {
            agreement: AgreementId(Uuid::from_u128(1)),
            revision: Revision(2),
        }],
    };
    let propose = ("MA", PackageCommand::Propose(proposal));
    for (party, command) in std::iter::once(propose).chain(acts.iter().cloned()) {
        let decided = package
            .decide(command, &context(party))
            .expect("it is decided");
        package.evolve(&decided.event, &context(party));
    }
    package
}

/// An act on a revision beside its package.
fn beside(package: &Package) -> Beside<'_> {
    Beside {
        package: Some(package),
        itself: Some(AgreementId(Uuid::from_u128(1))),
        ..Beside::default()
    }
}

/// FR's proposal, and a revision of it by MA that is part of a package.
fn packaged() -> (Case, Package, PackageId) {
    let id = PackageId(Uuid::from_u128(5));
    let draft = RevisionDraft {
        package: Some(id),
        ..RevisionDraft::new(Revision(1), vec![words(2, "coopèrent", "se concertent")])
    };
    let (mut state, open) = (given([("FR", propose())]), package(&[]));
    let proposal = C::ProposeRevision(Box::new(draft));
    state.refuses(
        "MA",
        proposal.clone(),
        Rule::PK2,
        "an open package 00000000-0000-0000-0000-000000000005 that revision 2 is part of",
    );
    state.decides("MA", proposal, beside(&open));
    (state, open, id)
}

#[test]
fn pk1_a_revision_of_a_package_is_adopted_with_its_package_only() {
    let (mut state, open, id) = packaged();
    let accepted = package(&[("FR", PackageCommand::Accept)]);
    state.decides("FR", accept(2), beside(&accepted));
    state.refuses("FR", adopt(2), Rule::PK1, "adoption with package 00000000");
    let with = C::AdoptText {
        revision: Revision(2),
        effective_from: None,
        package: Some(id),
        elsewhere: None,
    };
    let refused = state
        .0
        .decide_with(with.clone(), &context("FR"), beside(&open));
    assert_eq!(refused.expect_err("it is open").rule, Rule::PK1);
    let adopted = package(&[
        ("FR", PackageCommand::Accept),
        ("FR", PackageCommand::Adopt),
    ]);
    state.decides("FR", with, beside(&adopted));
}

#[test]
fn pk1_a_revision_of_a_package_is_answered_and_withdrawn_with_it() {
    let reason = || Some("no".to_owned());
    let withdraw = C::WithdrawRevision {
        revision: Revision(2),
        reason: None,
    };
    let rejection = C::RejectRevision {
        revision: Revision(2),
        reason: reason(),
    };
    for (party, single, whole) in [
        ("FR", accept(2), PackageCommand::Accept),
        ("FR", rejection, PackageCommand::Reject { reason: reason() }),
        ("MA", withdraw, PackageCommand::Withdraw { reason: None }),
    ] {
        let (mut state, open, _) = packaged();
        let says = "expected an act on the whole of package 00000000";
        state.refuses(party, single.clone(), Rule::PK1, says);
        let alone = state
            .0
            .decide_with(single.clone(), &context(party), beside(&open));
        let alone = alone.expect_err("it is refused").to_string();
        assert!(
            alone.contains("found one on revision 2 of it alone"),
            "{alone}"
        );
        state.decides(party, single, beside(&package(&[(party, whole)])));
    }
}

#[test]
fn what_an_act_names_is_on_record() {
    let id = AgreementId(Uuid::from_u128(9));
    let mut text = proposal(Profile::arrangement(), &["FR", "MA"], vec![]);
    text.amends = Some(id);
    let proposal = C::Propose(Box::new(text));
    let says = "expected another agreement, found no agreement 00000000";
    Case::new().refuses("FR", proposal.clone(), Rule::A3, says);
    let other = given([("FR", propose())]).0;
    Case::new().with("FR", proposal, Some(&other));

    let state = AggregateState::Agreement(Agreement::default().into());
    let itself = EndingAct::Superseded {
        on: date("2026-01-01"),
        by: id,
        suspended_only: false,
        consenting: vec![],
    };
    let refusal = state
        .decide(
            StreamCommand::Agreement(id, C::from(itself)),
            &context("FR"),
            &Others::default(),
        )
        .expect_err("it is refused");
    assert_eq!(refusal.rule, Rule::RC1);
    assert!(
        refusal
            .to_string()
            .contains("another than the one that the act is about"),
        "{refusal}"
    );
}

#[test]
fn fw4_an_agreement_is_proposed_under_a_framework_on_record() {
    let (id, framework) = (AgreementId(Uuid::from_u128(9)), Uuid::from_u128(3));
    let mut text = proposal(Profile::arrangement(), &["FR", "MA"], vec![]);
    text.framework = Some(FrameworkId(framework));
    let propose = StreamCommand::Agreement(id, C::Propose(Box::new(text)));
    let state = AggregateState::Agreement(Agreement::default().into());
    let reads = [StreamId::Framework(FrameworkId(framework))];
    assert_eq!(
        state.reads(&propose),
        reads,
        "so that a commit is guarded on it"
    );
    let decide = |known: &[u128]| {
        let others = others(&[], known);
        state.decide(propose.clone(), &context("FR"), &others)
    };
    for unknown in [&[][..], &[4]] {
        let refusal = decide(unknown).expect_err("it is not on record");
        assert_eq!((refusal.rule, refusal.reason), (Rule::FW4, Reason::Unknown));
        let says = format!("expected a framework on record, found no framework {framework}");
        assert!(refusal.to_string().contains(&says), "{refusal}");
    }
    let decided = decide(&[3]).expect("it is on record");
    assert_eq!(decided.legal_basis.rule, Rule::T1);
}

#[test]
fn pk1_an_amendment_of_a_package_comes_into_force_with_it_only() {
    let (mut case, open) = (in_force(vec![]), package(&[]));
    let draft = RevisionDraft {
        nature: Nature::Amendment,
        package: Some(PackageId(Uuid::from_u128(5))),
        ..RevisionDraft::new(Revision(1), vec![words(2, "coopèrent", "se concertent")])
    };
    case.decides("A", C::ProposeRevision(Box::new(draft)), beside(&open));
    let enter = AmendmentAct::AmendmentEnteredIntoForce {
        on: None,
        revision: Revision(2),
        instrument: None,
        between: vec![],
        later: Default::default(),
    };
    let says = "expected an act on the whole of package 00000000";
    case.refuses("A", enter, Rule::PK1, says);
}

#[test]
fn pk2_a_revision_is_part_of_a_package_that_lists_it() {
    let (state, open, _) = packaged();
    for (itself, number) in [(None, 1), (Some(2), 1), (Some(1), 2)] {
        let at = Beside {
            itself: itself.map(|id| AgreementId(Uuid::from_u128(id))),
            ..beside(&open)
        };
        let draft = RevisionDraft {
            package: Some(PackageId(Uuid::from_u128(5))),
            ..RevisionDraft::new(Revision(1), vec![words(2, "coopèrent", "agissent")])
        };
        // One is proposed already where the number is to be the third.
        let case = if number == 2 {
            &state.0
        } else {
            &given([("FR", propose())]).0
        };
        let refusal = case
            .decide_with(C::ProposeRevision(Box::new(draft)), &context("MA"), at)
            .expect_err("it is not listed");
        assert_eq!(refusal.rule, Rule::PK2, "{refusal}");
    }
}

#[test]
fn pk4_a_closed_package_lets_go_of_its_revisions() {
    let rejected = package(&[("FR", PackageCommand::Reject { reason: None })]);
    let withdraw = C::WithdrawRevision {
        revision: Revision(2),
        reason: None,
    };
    let reject = C::RejectRevision {
        revision: Revision(2),
        reason: None,
    };
    for (party, act) in [("MA", withdraw), ("FR", reject)] {
        packaged().0.decides(party, act, beside(&rejected));
    }
    let accepted = packaged()
        .0
        .0
        .decide_with(accept(2), &context("FR"), beside(&rejected));
    assert_eq!(accepted.expect_err("it is closed").rule, Rule::PK1);
}

/// States of streams, as a decision on another reads them.
fn others(agreements: &[(u128, &Agreement)], frameworks: &[u128]) -> Others {
    let agreement = |(id, state): &(u128, &Agreement)| {
        let stream = StreamId::Agreement(AgreementId(Uuid::from_u128(*id)));
        (stream, AggregateState::Agreement((*state).clone().into()))
    };
    let framework = |id: &u128| {
        let stream = StreamId::Framework(FrameworkId(Uuid::from_u128(*id)));
        (stream, stream.initial())
    };
    let agreements = agreements.iter().map(agreement);
    agreements.chain(frameworks.iter().map(framework)).collect()
}

#[test]
fn pk2_a_package_is_of_the_next_revisions_of_agreements_on_record_between_all_their_parties() {
    let agreement = given([("FR", propose())]).0;
    let proposal = |id, revision, parties: &[&str], framework: Option<u128>| PackageProposal {
        title: "Package".into(),
        framework: framework.map(|id| FrameworkId(Uuid::from_u128(id))),
        parties: parties.iter().map(|party| (*party).into()).collect(),
        items: vec![Item {
            agreement: AgreementId(Uuid::from_u128(id)),
            revision: Revision(revision),
        }],
    };
    let both = &["FR", "MA"];
    let decide = |proposal: PackageProposal, others: &Others| {
        let id = PackageId(Uuid::from_u128(5));
        let stream = StreamId::Package(id);
        let act = StreamCommand::Package(id, PackageCommand::Propose(proposal));
        let mut reads = stream.initial().reads(&act);
        reads.retain(|read| *read == stream);
        assert!(reads.is_empty(), "it reads others");
        stream.initial().decide(act, &context("FR"), others)
    };
    let known = others(&[(1, &agreement)], &[7]);
    for (proposal, says) in [
        (proposal(2, 2, both, None), "found no agreement 00000000"),
        (
            proposal(1, 3, both, None),
            "expected revision 2 of agreement",
        ),
        (
            proposal(1, 2, &["FR"], None),
            "expected all parties of its agreements (FR, MA), found FR",
        ),
        (
            proposal(1, 2, &["FR", "MA", "ES"], None),
            "found FR, MA, ES",
        ),
        (proposal(1, 2, both, Some(8)), "found no framework 00000000"),
    ] {
        let refusal = decide(proposal, &known).expect_err(says);
        assert_eq!(refusal.rule, Rule::PK2);
        assert!(refusal.to_string().contains(says), "{refusal}");
    }
    decide(proposal(1, 2, both, Some(7)), &known).expect("it is proposed");
}

#[test]
fn fw4_what_joins_a_framework_is_on_record() {
    let framework = FrameworkId(Uuid::from_u128(7));
    let joined = FrameworkEvent::AgreementJoined {
        agreement: AgreementId(Uuid::from_u128(1)),
        area: "all".into(),
    };
    let act = StreamCommand::Framework(framework, joined);
    let state = act.stream().initial();
    let refusal = state.decide(act, &context("FR"), &Others::default());
    let refusal = refusal.expect_err("it is not there");
    assert_eq!(refusal.rule, Rule::FW4);
    assert!(
        refusal.to_string().contains("found no agreement"),
        "{refusal}"
    );
}
