//! Packages: acts on several agreements that are one.

use chrono::NaiveDate;
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

/// What a party does to a package that was proposed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PackageAct {
    /// Accept it.
    Accept,
    /// Reject it.
    Reject {
        /// Why.
        reason: Option<String>,
    },
    /// Withdraw it.
    Withdraw {
        /// Why.
        reason: Option<String>,
    },
    /// Adopt it.
    Adopt {
        /// From when its revisions apply; their own dates where none is given.
        effective_from: Option<NaiveDate>,
    },
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

    /// The acts by which a party does something to a package and to each of its revisions, for a commit
    /// that says more, such as the day on which it was done ([`CommitRequest::on`]). What was answered
    /// or closed by itself, as earlier versions let it, is passed over: for who closes the package, and
    /// for who gives the same answer.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a package, or an agreement of it, that is not on record.
    pub fn acts_on_package(
        &self,
        id: PackageId,
        party: &PartyId,
        act: &PackageAct,
    ) -> Result<Vec<StreamCommand>, Error> {
        let command = match act {
            PackageAct::Accept => PackageCommand::Accept,
            PackageAct::Reject { reason } => PackageCommand::Reject {
                reason: reason.clone(),
            },
            PackageAct::Withdraw { reason } => PackageCommand::Withdraw {
                reason: reason.clone(),
            },
            PackageAct::Adopt { .. } => PackageCommand::Adopt,
        };
        let mut acts = vec![StreamCommand::Package(id, command)];
        for item in self.items(id)? {
            let command = self.act_on_item(id, &item, party, act)?;
            acts.extend(command.map(|command| StreamCommand::Agreement(item.agreement, command)));
        }
        Ok(acts)
    }

    /// What such an act does to one revision: nothing, where the party has no part in it, or has done
    /// so already.
    fn act_on_item(
        &self,
        id: PackageId,
        item: &Item,
        party: &PartyId,
        act: &PackageAct,
    ) -> Result<Option<AgreementCommand>, Error> {
        let revision = item.revision;
        if let PackageAct::Adopt { effective_from } = act {
            return Ok(Some(AgreementCommand::AdoptText {
                revision,
                effective_from: *effective_from,
                package: Some(id),
                elsewhere: None,
            }));
        }
        let record = self.record(item.agreement)?;
        let identity = record.agreement.identity.as_ref();
        if !identity.is_some_and(|i| i.has_party(party)) {
            return Ok(None);
        }
        let record = record.agreement.revision(revision);
        let answered = record.and_then(|r| r.answers.get(party));
        let open = record.is_some_and(|r| r.state == RevisionState::Open);
        Ok(match act {
            PackageAct::Accept => (answered != Some(&Answer::Accepted))
                .then_some(AgreementCommand::AcceptRevision { revision }),
            PackageAct::Reject { reason } => {
                let rejected = matches!(answered, Some(Answer::Rejected { .. }));
                let reason = reason.clone();
                (open && !rejected).then_some(AgreementCommand::RejectRevision { revision, reason })
            }
            // Nobody withdraws what another proposed.
            PackageAct::Withdraw { reason } => {
                let own = record.is_some_and(|r| r.proposer.party == *party);
                let reason = reason.clone();
                (open && own).then_some(AgreementCommand::WithdrawRevision { revision, reason })
            }
            PackageAct::Adopt { .. } => None,
        })
    }

    fn act_on_package(
        &self,
        id: PackageId,
        actor: &Actor,
        act: &PackageAct,
    ) -> Result<Committed, Error> {
        self.commit(None, actor, self.acts_on_package(id, &actor.party, act)?)
    }

    /// Accepts a package, and with it every revision of an agreement that `actor` is a party to.
    ///
    /// # Errors
    /// [`Error::Refused`] where a rule stands against it.
    pub fn accept_package(&self, id: PackageId, actor: &Actor) -> Result<Committed, Error> {
        self.act_on_package(id, actor, &PackageAct::Accept)
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
        self.act_on_package(id, actor, &PackageAct::Reject { reason })
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
        self.act_on_package(id, actor, &PackageAct::Withdraw { reason })
    }

    /// Adopts a package: all its revisions, or none.
    ///
    /// # Errors
    /// [`Error::Refused`] by the first revision that a rule stands against; none was adopted then.
    pub fn adopt_package(
        &self,
        id: PackageId,
        actor: &Actor,
        effective_from: Option<NaiveDate>,
    ) -> Result<Committed, Error> {
        self.act_on_package(id, actor, &PackageAct::Adopt { effective_from })
    }
}
