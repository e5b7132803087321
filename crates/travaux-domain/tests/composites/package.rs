//! Packages.

use travaux_domain::{
    AgreementId, Event, Revision, Rule,
    package::{Item, Package, PackageCommand as P, PackageProposal},
};
use uuid::Uuid;

use crate::{by, refused, rests};

pub(crate) fn proposal() -> PackageProposal {
    let item = |n| Item {
        agreement: AgreementId(Uuid::from_u128(n)),
        revision: Revision(2),
    };
    PackageProposal {
        title: "Package".into(),
        framework: None,
        parties: vec!["FR".into(), "MA".into()],
        items: vec![item(1), item(2)],
    }
}

pub(crate) fn package(acts: &[(&str, P)]) -> Package {
    let mut state = Package::default();
    for (party, act) in acts {
        let event = state
            .decide(act.clone(), &by(party))
            .expect("it is decided");
        assert_eq!(
            state.decide(P::behind(&event.event), &by(party)).as_ref(),
            Ok(&event)
        );
        state.evolve(&event.event, &by(party));
    }
    state
}

#[test]
fn each_act_on_a_package_rests_on_its_own_rule() {
    let none = Package::default();
    let proposed = package(&[("MA", P::Propose(proposal()))]);
    let accepted = package(&[("MA", P::Propose(proposal())), ("FR", P::Accept)]);
    let (reason, why) = (Some("no".to_owned()), Some("late".to_owned()));
    for (state, party, command, event, rule, what) in [
        (
            &none,
            "MA",
            P::Propose(proposal()),
            "PackageProposed",
            Rule::PK2,
            "package proposed: Package (2 agreements)",
        ),
        (
            &proposed,
            "FR",
            P::Accept,
            "PackageAccepted",
            Rule::PK3,
            "package accepted by FR",
        ),
        (
            &proposed,
            "FR",
            P::Reject { reason },
            "PackageRejected",
            Rule::PK3,
            "package rejected by FR: no",
        ),
        (
            &accepted,
            "FR",
            P::Adopt,
            "PackageAdopted",
            Rule::PK1,
            "package adopted",
        ),
        (
            &accepted,
            "MA",
            P::Withdraw { reason: why },
            "PackageWithdrawn",
            Rule::PK5,
            "package withdrawn: late",
        ),
    ] {
        let decided = rests(state.decide(command, &by(party)), Event::Package);
        assert_eq!(decided, (event, rule, what.to_owned()));
        assert!(
            rule == Rule::PK5 || rule.may_be_recorded_as(Rule::PK1),
            "{rule} was recorded under PK1"
        );
    }
}

#[test]
fn pk5_and_pk4_a_package_is_withdrawn_by_its_proposer_and_is_closed_then() {
    let proposed = package(&[("MA", P::Propose(proposal()))]);
    let withdraw = P::Withdraw { reason: None };
    let by_another = proposed.decide(withdraw.clone(), &by("FR"));
    refused(
        by_another,
        Rule::PK5,
        "expected its proposer (MA), found `FR`",
    );
    let withdrawn = package(&[("MA", P::Propose(proposal())), ("MA", withdraw.clone())]);
    for act in [P::Accept, P::Adopt, P::Reject { reason: None }, withdraw] {
        refused(
            withdrawn.decide(act, &by("MA")),
            Rule::PK4,
            "found one that its proposer withdrew",
        );
    }
    let status = serde_json::to_value(withdrawn.status()).expect("it serialises");
    assert_eq!(
        status,
        serde_json::json!({"state": "withdrawn", "reason": null})
    );
    assert_eq!(withdrawn.status().to_string(), "withdrawn");
    let json = serde_json::to_string(&withdrawn).expect("it serialises");
    assert_eq!(serde_json::from_str::<Package>(&json).ok(), Some(withdrawn));
}

#[test]
fn pk1_and_pk3_a_package_is_adopted_when_all_parties_have_accepted_it() {
    let proposed = package(&[("MA", P::Propose(proposal()))]);
    refused(
        proposed.decide(P::Adopt, &by("MA")),
        Rule::PK1,
        "missing: FR",
    );
    refused(
        proposed.decide(P::Accept, &by("MA")),
        Rule::PK3,
        "gave already",
    );
    refused(proposed.decide(P::Accept, &by("US")), Rule::P0, "`US`");
    let adopted = package(&[
        ("MA", P::Propose(proposal())),
        ("FR", P::Accept),
        ("FR", P::Adopt),
    ]);
    assert!(adopted.adopted);
    refused(
        adopted.decide(P::Accept, &by("FR")),
        Rule::PK4,
        "one that was adopted",
    );
}

#[test]
fn pk4_a_rejected_package_is_over() {
    let state = package(&[
        ("MA", P::Propose(proposal())),
        (
            "FR",
            P::Reject {
                reason: Some("no".into()),
            },
        ),
    ]);
    refused(
        state.decide(P::Adopt, &by("MA")),
        Rule::PK4,
        "one that `FR` rejected",
    );
}

#[test]
fn pk2_a_package_holds_one_revision_of_each_of_its_agreements() {
    let none = Package::default();
    refused(
        none.decide(P::Accept, &by("FR")),
        Rule::RC1,
        "no package of that id",
    );
    let mut empty = proposal();
    empty.items.clear();
    refused(
        none.decide(P::Propose(empty), &by("FR")),
        Rule::PK2,
        "one revision or more",
    );
    let mut twice = proposal();
    twice.items[1].agreement = twice.items[0].agreement;
    refused(
        none.decide(P::Propose(twice), &by("FR")),
        Rule::PK2,
        "an agreement twice",
    );
}

/// Proposes a package of both agreements of a history, under the number 1.
pub(crate) fn propose_in(history: &mut travaux_testkit::history::History) {
    let item = |number| Item {
        agreement: travaux_testkit::history::agreement_id(number),
        revision: Revision(2),
    };
    let proposal = PackageProposal {
        items: vec![item(1), item(2)],
        ..proposal()
    };
    history.package(1, "MA", P::Propose(proposal));
}
