//! Packages: acts on several agreements that are one.

use travaux_domain::{
    Actor, AgreementId, FrameworkId, PackageId, PartyId,
    agreement::{AgreementCommand, Answer, RevisionDraft, RevisionState},
    package::{Item, PackageCommand, PackageProposal},
};

use crate::{CommitRequest, Committed, Error, StreamCommand, blocking::Engine};

/// A revision that is to be part of a package.
#[derive(Clone, Debug)]
pub struct PackageRevision {
    /// The agreement.
    pub agreement: AgreementId,
    /// The revision.
    pub revision: RevisionDraft,
}

impl Engine {
    /// Proposes a package and all its revisions, in one commit, under a handle made from its title.
    ///
    /// # Errors
    /// [`Error::Refused`] by the first revision that a rule stands against; nothing was proposed then.
    pub fn propose_package(
        &self,
        id: PackageId,
        actor: &Actor,
        title: &str,
        framework: Option<FrameworkId>,
        revisions: Vec<PackageRevision>,
    ) -> Result<Committed, Error> {
        let acts = self.package_acts(id, title, framework, revisions)?;
        self.commit_request(&CommitRequest::new(actor.clone(), acts).with_handles())
    }

    /// The acts that propose a package and all its revisions, for a commit that does more, such as
    /// giving it a handle of one's own.
    ///
    /// # Errors
    /// [`Error::NotFound`] for an agreement that is not on record.
    pub fn package_acts(
        &self,
        id: PackageId,
        title: &str,
        framework: Option<FrameworkId>,
        revisions: Vec<PackageRevision>,
    ) -> Result<Vec<StreamCommand>, Error> {
        let mut parties: Vec<PartyId> = Vec::new();
        let mut items = Vec::new();
        let mut acts = Vec::new();
        for PackageRevision {
            agreement,
            mut revision,
        } in revisions
        {
            let record = self.record(agreement)?;
            let identity = record.agreement.identity.as_ref();
            parties.extend(
                identity
                    .into_iter()
                    .flat_map(|i| i.parties.iter().map(|p| p.id.clone())),
            );
            let last = u32::try_from(record.agreement.revisions.len()).unwrap_or(u32::MAX);
            items.push(Item {
                agreement,
                revision: travaux_domain::Revision(last).next(),
            });
            revision.package = Some(id);
            acts.push(StreamCommand::Agreement(
                agreement,
                AgreementCommand::ProposeRevision(Box::new(revision)),
            ));
        }
        parties.sort();
        parties.dedup();
        let proposal = PackageProposal {
            title: title.to_owned(),
            framework,
            parties,
            items,
        };
        acts.insert(
            0,
            StreamCommand::Package(id, PackageCommand::Propose(proposal)),
        );
        Ok(acts)
    }

    fn items(&self, id: PackageId) -> Result<Vec<Item>, Error> {
        let proposal = self.package(id)?.state.proposal.clone();
        Ok(proposal.map(|p| p.items.clone()).unwrap_or_default())
    }

    /// Accepts a package, and with it every revision of an agreement that `actor` is a party to.
    ///
    /// # Errors
    /// [`Error::Refused`] where a rule stands against it.
    pub fn accept_package(&self, id: PackageId, actor: &Actor) -> Result<Committed, Error> {
        self.answer_package(id, actor, PackageCommand::Accept, |item| {
            AgreementCommand::AcceptRevision {
                revision: item.revision,
            }
        })
    }

    /// Rejects a package, and with it every revision of an agreement that `actor` is a party to.
    ///
    /// # Errors
    /// [`Error::Refused`] where a rule stands against it.
    pub fn reject_package(
        &self,
        id: PackageId,
        actor: &Actor,
        reason: Option<String>,
    ) -> Result<Committed, Error> {
        let reject = PackageCommand::Reject {
            reason: reason.clone(),
        };
        self.answer_package(id, actor, reject, |item| AgreementCommand::RejectRevision {
            revision: item.revision,
            reason: reason.clone(),
        })
    }

    /// Withdraws a package, and with it the revisions in it that the actor proposed; those of others
    /// are let go, for each proposer to withdraw. Its proposer may, until it is adopted or
    /// rejected.
    ///
    /// # Errors
    /// [`Error::Refused`] where a rule stands against it.
    pub fn withdraw_package(
        &self,
        id: PackageId,
        actor: &Actor,
        reason: Option<String>,
    ) -> Result<Committed, Error> {
        let withdraw = PackageCommand::Withdraw {
            reason: reason.clone(),
        };
        self.answer_package(id, actor, withdraw, |item| {
            AgreementCommand::WithdrawRevision {
                revision: item.revision,
                reason: reason.clone(),
            }
        })
    }

    /// Acts on the package and on each of its revisions of agreements to which the actor is a party. What
    /// was answered or closed by itself, as earlier versions let it, is passed over: for who closes the
    /// package, and for who gives the same answer.
    fn answer_package(
        &self,
        id: PackageId,
        actor: &Actor,
        command: PackageCommand,
        answer: impl Fn(&Item) -> AgreementCommand,
    ) -> Result<Committed, Error> {
        let mut acts = vec![StreamCommand::Package(id, command.clone())];
        for item in self.items(id)? {
            let record = self.record(item.agreement)?;
            let identity = record.agreement.identity.as_ref();
            let revision = record.agreement.revision(item.revision);
            let answered = revision.and_then(|r| r.answers.get(&actor.party));
            let asked = match (&command, answered) {
                (PackageCommand::Accept, Some(Answer::Accepted))
                | (PackageCommand::Reject { .. }, Some(Answer::Rejected { .. })) => false,
                (PackageCommand::Accept, _) => true,
                // Nobody withdraws what another proposed.
                (PackageCommand::Withdraw { .. }, _) => revision.is_some_and(|r| {
                    r.state == RevisionState::Open && r.proposer.party == actor.party
                }),
                _ => revision.is_some_and(|r| r.state == RevisionState::Open),
            };
            if asked && identity.is_some_and(|i| i.has_party(&actor.party)) {
                acts.push(StreamCommand::Agreement(item.agreement, answer(&item)));
            }
        }
        self.commit(None, actor, acts)
    }

    /// Adopts a package: all its revisions, or none.
    ///
    /// # Errors
    /// [`Error::Refused`] by the first revision that a rule stands against; none was adopted then.
    pub fn adopt_package(
        &self,
        id: PackageId,
        actor: &Actor,
        effective_from: Option<chrono::NaiveDate>,
    ) -> Result<Committed, Error> {
        let mut acts = vec![StreamCommand::Package(id, PackageCommand::Adopt)];
        for Item {
            agreement,
            revision,
        } in self.items(id)?
        {
            let adopt = AgreementCommand::AdoptText {
                revision,
                effective_from,
                package: Some(id),
                elsewhere: None,
            };
            acts.push(StreamCommand::Agreement(agreement, adopt));
        }
        self.commit(None, actor, acts)
    }
}
