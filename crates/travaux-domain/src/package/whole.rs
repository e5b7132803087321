//! That a package is adopted whole: its revisions in the commit in which it is (INV1). And that a
//! round is split whole: each part begins in the commit of the split, and takes its revisions over,
//! so that none waits for a round that is over (FW11, INV34).

use std::collections::BTreeSet;

use super::{Item, PackageEvent, PackageProposal, RoundOpening};
use crate::{Event, PackageId, Reason, Refusal, Rule, StreamId, agreement::AgreementEvent};

/// Whether a commit that has this event is to be looked at: one that adopts a package, or a revision
/// with one, or splits a round.
pub fn concerns_a_whole(event: &Event) -> bool {
    let of_split = matches!(
        event,
        Event::Package(PackageEvent::PackageAdopted {} | PackageEvent::RoundSplit { .. })
    );
    of_split || begins_a_part(event).is_some() || moved(event) || adopted_with(event).is_some()
}

/// The opening of a part of a round that was split.
fn begins_a_part(event: &Event) -> Option<&RoundOpening> {
    let Event::Package(PackageEvent::RoundOpened(opening)) = event else {
        return None;
    };
    opening.of.is_some().then_some(opening)
}

/// Whether a revision goes with its member to a part of a round.
fn moved(event: &Event) -> bool {
    let event = event.agreement();
    matches!(event, Some(AgreementEvent::RevisionRepackaged { .. }))
}

/// That each round which a commit's events split goes on in its parts: each begins in the same
/// commit, and the revision of each of its members goes with it.
///
/// # Errors
/// FW11, naming what is missing.
pub fn check_splits<'a>(
    commit: impl IntoIterator<Item = (StreamId, &'a Event)>,
) -> Result<(), Refusal> {
    let commit: Vec<_> = commit.into_iter().collect();
    let refuse = |expected: &str, found: String| {
        let (reason, rule) = (Reason::ConditionUnmet, Rule::FW11);
        let refusal = Refusal::new(reason, rule, "split a round", expected, found);
        Err(refusal)
    };
    for (stream, event) in &commit {
        let (StreamId::Package(round), Event::Package(PackageEvent::RoundSplit { parts, .. })) =
            (stream, event)
        else {
            continue;
        };
        for part in parts {
            let own = StreamId::Package(part.package);
            let mut begun = commit.iter().filter(|(stream, _)| *stream == own);
            let begun = begun.find_map(|(_, event)| begins_a_part(event));
            let Some(begun) = begun.filter(|opening| opening.of == Some(*round)) else {
                let found = format!("no beginning of part {}", part.package);
                return refuse("the beginning of each part in the same commit", found);
            };
            for member in &begun.members {
                let Some(revision) = member.standing.revision else {
                    continue;
                };
                let of = StreamId::Agreement(member.agreement);
                let moves = AgreementEvent::RevisionRepackaged {
                    revision,
                    package: part.package,
                };
                let mut of_it = commit.iter().filter(|(stream, _)| *stream == of);
                if !of_it.any(|(_, event)| event.agreement() == Some(&moves)) {
                    let agreement = member.agreement;
                    let found = format!("none of revision {revision} of agreement {agreement}");
                    return refuse("the move of each revision to its part", found);
                }
            }
        }
    }
    Ok(())
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
        | AgreementEvent::ActRestated(_)
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
