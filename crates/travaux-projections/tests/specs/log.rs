//! Views of the whole log: the tally, the timeline, frameworks and packages.

use travaux_domain::{
    Profile, Revision, StreamId,
    agreement::{AgreementCommand as C, RevisionDraft},
    framework::{Area, Declaration, Foundation, FrameworkEvent},
    package::{Item, PackageCommand, PackageProposal},
};
use travaux_projections::{Frameworks, Tally, Timeline};
use travaux_testkit::{
    agreement::{TEXT, ids, proposal, words},
    history::{History, agreement_id, framework_id, package_id},
};
use travaux_text::Digest;

use crate::common::{adopted, amended, arrangement, propose, view};

#[test]
fn the_tally_counts_events_streams_and_types() {
    let mut history = amended();
    history.agreement(2, "FR", propose(arrangement()));
    let tally: Tally = view(&history);
    assert_eq!((tally.events, tally.streams, tally.texts), (17, 2, 4));
    assert_eq!(tally.by_type["AgreementProposed"], 2);
    assert_eq!(tally.by_type["TextAdopted"], 4);
    assert_eq!(tally.by_type.values().sum::<u64>(), tally.events);
    assert_eq!(
        tally.last_recorded_at,
        history.log().last().map(|r| r.recorded_at)
    );
}

#[test]
fn the_chain_binds_the_texts_in_their_order() {
    let chain = |history: &History| view::<Tally>(history).chain;
    let first = Digest::of(&[[0; 32], Digest::of(TEXT.as_bytes()).0].concat());
    assert_eq!(chain(&adopted(arrangement())), Some(first));
    assert_eq!(chain(&History::new()), None);
    let mut other = adopted(arrangement());
    crate::common::revised(
        &mut other,
        2,
        crate::common::amend(1, None, vec![words(2, "coopèrent", "se concertent")]),
    );
    let text = TEXT.replace("coopèrent", "se concertent");
    let second = Digest::of(&[first.0, Digest::of(text.as_bytes()).0].concat());
    assert_eq!(chain(&other), Some(second));
}

#[test]
fn the_timeline_has_a_line_for_each_event_in_the_order_of_the_log() {
    let history = amended();
    let timeline: Timeline = view(&history);
    let positions: Vec<u64> = timeline.entries.iter().map(|e| e.position).collect();
    assert_eq!(positions, (1..=16).collect::<Vec<_>>());
    let first = &timeline.entries[0];
    assert_eq!(
        (&*first.what, &*first.actor, &*first.stream),
        (
            "proposed: Traité",
            "FR",
            &*StreamId::Agreement(agreement_id(1)).to_string()
        )
    );
    for (entry, recorded) in timeline.entries.iter().zip(history.log()) {
        assert_eq!(entry.recorded_at, recorded.recorded_at);
        assert!(!entry.what.is_empty());
    }
}

pub(crate) fn founded() -> History {
    let mut history = History::new();
    let foundation = Foundation {
        title: "Partenariat".into(),
        declaration: Declaration {
            title: "déclaration".into(),
            made: "2024-10".into(),
            by: vec![],
        },
        parties: proposal(Profile::arrangement(), &["FR", "MA"], vec![]).parties,
        areas: vec![Area {
            key: "migration".into(),
            title: "Migration".into(),
        }],
    };
    history.framework(1, "FR", FrameworkEvent::FrameworkFounded(foundation.into()));
    history
}

/// FR proposes a package of the next revision of the first agreement, under a number.
pub(crate) fn packaged(history: &mut History, number: u128) {
    let package = PackageCommand::Propose(PackageProposal {
        title: format!("package {number}"),
        framework: None,
        parties: ids(&["FR", "MA"]),
        items: vec![Item {
            agreement: agreement_id(1),
            revision: Revision(2),
        }],
    });
    history.package(number, "FR", package);
}

#[test]
fn a_framework_has_its_agreements_and_its_packages_in_order() {
    let mut history = founded();
    for number in [1, 2] {
        history
            .agreement(number, "FR", propose(arrangement()))
            .framework(
                1,
                "FR",
                FrameworkEvent::AgreementJoined {
                    agreement: agreement_id(number),
                    area: "migration".into(),
                },
            );
    }
    let package = |number: u128, framework| {
        PackageCommand::Propose(PackageProposal {
            title: format!("package {number}"),
            framework,
            parties: ids(&["FR", "MA"]),
            items: vec![Item {
                agreement: agreement_id(1),
                revision: Revision(2),
            }],
        })
    };
    let ours = Some(framework_id(1));
    history
        .package(2, "FR", package(2, ours))
        .package(1, "FR", package(1, ours))
        .package(3, "FR", package(3, None))
        .package(1, "MA", PackageCommand::Accept)
        .package(
            2,
            "MA",
            PackageCommand::Reject {
                reason: Some("too soon".into()),
            },
        );
    let views: Frameworks = view(&history);
    let framework = &views.frameworks[&framework_id(1)];
    assert_eq!(
        framework.packages,
        [package_id(2), package_id(1)],
        "those under it, as they were proposed, each once"
    );
    let joined: Vec<_> = framework
        .state
        .agreements
        .iter()
        .map(|(id, _)| *id)
        .collect();
    assert_eq!(joined, [agreement_id(1), agreement_id(2)]);
    assert_eq!(framework.version, 3);
    let versions = |number| views.packages[&package_id(number)].version;
    assert_eq!((versions(1), versions(2), versions(3)), (2, 2, 1));
}

#[test]
fn a_proposal_to_one_agreement_leaves_frameworks_as_they_are() {
    let mut history = founded();
    let before: Frameworks = view(&history);
    let revision = RevisionDraft::new(Revision(1), vec![words(2, "Les", "Ces")]);
    history
        .agreement(1, "FR", propose(arrangement()))
        .agreement(1, "MA", C::ProposeRevision(Box::new(revision)));
    assert_eq!(view::<Frameworks>(&history), before);
}
