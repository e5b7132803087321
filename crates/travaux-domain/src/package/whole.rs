//! That a package is adopted whole: its revisions in the commit in which it is (INV1).

use std::collections::BTreeSet;

use super::{Item, PackageEvent, PackageProposal};
use crate::{Event, PackageId, Reason, Refusal, Rule, StreamId, agreement::AgreementEvent};

/// Whether a commit that has this event is to be looked at: one that adopts a package, or a revision
/// with one.
pub fn adopts_a_package(event: &Event) -> bool {
    let package = matches!(event, Event::Package(PackageEvent::PackageAdopted {}));
    package || adopted_with(event).is_some()
}

/// The revision that an event adopts with a package.
fn adopted_with(event: &Event) -> Option<(PackageId, crate::Revision)> {
    match event.agreement()? {
        AgreementEvent::TextAdopted(adopted) => Some((adopted.package?, adopted.revision)),
        AgreementEvent::AgreementProposed(_)
        | AgreementEvent::RevisionProposed(_)
        | AgreementEvent::RevisionWithdrawn(_)
        | AgreementEvent::RevisionAccepted(_)
        | AgreementEvent::RevisionRejected(_)
        | AgreementEvent::RevisionConcluded { .. }
        | AgreementEvent::RevisionRepackaged { .. }
        | AgreementEvent::TextAuthenticated { .. }
        | AgreementEvent::NegotiationAbandoned { .. }
        | AgreementEvent::Machine(_) => None,
    }
}

/// That each package which a commit's events adopt is adopted whole: all its revisions with it, and
/// none without it.
///
/// # Errors
/// PK1, naming what is missing.
pub fn check_packages<'a>(
    commit: impl IntoIterator<Item = (StreamId, &'a Event)>,
    proposal: impl Fn(PackageId) -> Option<&'a PackageProposal>,
) -> Result<(), Refusal> {
    let (mut packages, mut revisions) = (BTreeSet::new(), BTreeSet::new());
    for (stream, event) in commit {
        if let StreamId::Package(id) = stream
            && matches!(event, Event::Package(PackageEvent::PackageAdopted {}))
        {
            packages.insert(id);
        }
        if let StreamId::Agreement(agreement) = stream
            && let Some((package, revision)) = adopted_with(event)
        {
            revisions.insert((package, agreement, revision));
        }
    }
    let refuse = |expected: String, found: String| {
        let act = "adopt a package";
        Err(Refusal::new(
            Reason::ConditionUnmet,
            Rule::PK1,
            act,
            expected,
            found,
        ))
    };
    for id in &packages {
        let items = proposal(*id)
            .into_iter()
            .flat_map(|proposal| &proposal.items);
        let missing = |item: &&Item| !revisions.contains(&(*id, item.agreement, item.revision));
        if let Some(Item {
            agreement,
            revision,
        }) = items.into_iter().find(missing)
        {
            return refuse(
                format!("the adoption of all revisions of package {id} in one commit"),
                format!("none of revision {revision} of agreement {agreement}"),
            );
        }
    }
    match revisions
        .iter()
        .find(|(package, ..)| !packages.contains(package))
    {
        None => Ok(()),
        Some((package, agreement, revision)) => refuse(
            format!("the adoption of package {package} in the same commit"),
            format!("that of revision {revision} of agreement {agreement} alone"),
        ),
    }
}
