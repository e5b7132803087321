//! What a decision on an agreement reads beside it: the package of a revision, the agreement that an
//! act names.

use chrono::{DateTime, TimeDelta, Utc};
use travaux_domain::{
    Actor, AggregateState, AgreementId, Context, Others, PackageId, Profile, Revision, Rule,
    StreamCommand,
    agreement::{Agreement, AgreementCommand as C, Beside, RevisionDraft, ending::EndingAct},
    package::{Item, Package, PackageCommand, PackageProposal},
};
use travaux_testkit::agreement::{Case, accept, adopt, date, given, proposal, words};
use uuid::Uuid;

fn context(party: &str) -> Context {
    Context {
        actor: Actor::party(party),
        now: DateTime::<Utc>::UNIX_EPOCH + TimeDelta::seconds(99),
    }
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
        agreement: None,
        package: Some(package),
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
        "no open package 00000000",
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
