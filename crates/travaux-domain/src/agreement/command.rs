//! What may be asked of an agreement. Imperative; one command gives one event.

use chrono::NaiveDate;

use super::{
    AgreementEvent, MachineEvent, Outcome, Proposed, RevisionDraft, Votes, restated::Restated,
};
use crate::{ActElsewhere, AgreementId, FrameworkId, PackageId, PartyId, Revision};

/// The text that begins an agreement; what is proposed is what will be recorded.
pub type Proposal = Proposed;

/// A command to an agreement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AgreementCommand {
    /// Propose a text (T1).
    Propose(Box<Proposal>),
    /// Propose a revision (T2, A1, X1).
    ProposeRevision(Box<RevisionDraft>),
    /// Withdraw a revision (T3).
    WithdrawRevision {
        /// Which.
        revision: Revision,
        /// Why.
        reason: Option<String>,
    },
    /// Accept a revision.
    AcceptRevision {
        /// Which.
        revision: Revision,
    },
    /// Reject a revision.
    RejectRevision {
        /// Which.
        revision: Revision,
        /// Why.
        reason: Option<String>,
    },
    /// Say what became of an imported proposal.
    ConcludeRevision {
        /// Which.
        revision: Revision,
        /// What became of it.
        outcome: Outcome,
    },
    /// Take a revision to a part of a round that was split (FW11).
    RepackageRevision {
        /// Which.
        revision: Revision,
        /// The part.
        package: PackageId,
    },
    /// Adopt a text (T4).
    AdoptText {
        /// The revision that becomes the text.
        revision: Revision,
        /// From when it applies; the revision's own date where none is given.
        effective_from: Option<NaiveDate>,
        /// The package with which it is adopted.
        package: Option<PackageId>,
        /// The act, if it was done elsewhere.
        elsewhere: Option<ActElsewhere>,
    },
    /// Authenticate the text (T6).
    AuthenticateText {
        /// How.
        method: String,
        /// The parties that take part; all must.
        parties: Vec<PartyId>,
    },
    /// Give up negotiation (T9).
    AbandonNegotiation {
        /// Why.
        reason: Option<String>,
    },
    /// Adopt a text at a conference (T5).
    AdoptByVote {
        /// The revision that becomes the text.
        revision: Revision,
        /// The votes.
        votes: Votes,
        /// From when it applies; the revision's own date where none is given.
        effective_from: Option<NaiveDate>,
    },
    /// Restate an act on another machine that was recorded wrongly (RC6).
    RestateAct(Box<Restated>),
    /// An act on another machine.
    Machine(MachineEvent),
}

impl<A: Into<MachineEvent>> From<A> for AgreementCommand {
    fn from(act: A) -> Self {
        Self::Machine(act.into())
    }
}

impl AgreementCommand {
    /// The command that gives `event`, for deciding it again.
    pub fn behind(event: &AgreementEvent) -> Self {
        match event.clone() {
            AgreementEvent::AgreementProposed(proposed) => Self::Propose(Box::new(proposed)),
            AgreementEvent::RevisionProposed(p) => Self::ProposeRevision(Box::new(p.draft)),
            AgreementEvent::RevisionWithdrawn(a) => Self::WithdrawRevision {
                revision: a.revision,
                reason: a.reason,
            },
            AgreementEvent::RevisionAccepted(a) => Self::AcceptRevision {
                revision: a.revision,
            },
            AgreementEvent::RevisionRejected(a) => Self::RejectRevision {
                revision: a.revision,
                reason: a.reason,
            },
            AgreementEvent::RevisionConcluded { revision, outcome } => {
                Self::ConcludeRevision { revision, outcome }
            }
            AgreementEvent::RevisionRepackaged { revision, package } => {
                Self::RepackageRevision { revision, package }
            }
            AgreementEvent::TextAdopted(a) if a.votes.is_some() => Self::AdoptByVote {
                revision: a.revision,
                votes: a.votes.unwrap_or(Votes {
                    for_it: 0,
                    against: 0,
                }),
                effective_from: a.effective_from,
            },
            AgreementEvent::TextAdopted(a) => Self::AdoptText {
                revision: a.revision,
                effective_from: a.effective_from,
                package: a.package,
                elsewhere: a.elsewhere,
            },
            AgreementEvent::TextAuthenticated {
                method, parties, ..
            } => Self::AuthenticateText { method, parties },
            AgreementEvent::NegotiationAbandoned { reason } => Self::AbandonNegotiation { reason },
            AgreementEvent::ActRestated(restated) => Self::RestateAct(Box::new(restated)),
            AgreementEvent::Machine(act) => Self::Machine(act),
        }
    }

    /// Whether it has no date of its own, and none of a source from which it was imported.
    pub(super) fn takes_day(&self) -> bool {
        match self {
            Self::Propose(proposal) => proposal.provenance.is_none(),
            Self::ProposeRevision(draft) => draft.provenance.is_none(),
            Self::AdoptText { elsewhere, .. } => elsewhere.is_none(),
            Self::WithdrawRevision { .. }
            | Self::AcceptRevision { .. }
            | Self::RejectRevision { .. }
            | Self::AdoptByVote { .. }
            | Self::AuthenticateText { .. }
            | Self::AbandonNegotiation { .. } => true,
            // What became of an imported proposal, its source tells; a split has its own day.
            Self::ConcludeRevision { .. }
            | Self::RepackageRevision { .. }
            | Self::RestateAct(_)
            | Self::Machine(_) => false,
        }
    }

    /// The day on which it was done, where it says so itself.
    pub(super) fn own_day(&self) -> Option<NaiveDate> {
        let Self::Machine(act) = self else {
            return None;
        };
        act.own_day()
    }

    /// When it was done, where it says so.
    pub(super) fn on(&self) -> Option<NaiveDate> {
        let Self::Machine(act) = self else {
            return None;
        };
        act.on()
    }

    /// What the command asks for, in words.
    pub(super) fn act(&self) -> &'static str {
        match self {
            Self::Propose(_) => "propose a text",
            Self::ProposeRevision(_) => "propose a revision",
            Self::WithdrawRevision { .. } => "withdraw a revision",
            Self::AcceptRevision { .. } => "accept a revision",
            Self::RejectRevision { .. } => "reject a revision",
            Self::ConcludeRevision { .. } => "conclude a revision",
            Self::RepackageRevision { .. } => "take a revision to a part of a round",
            Self::AdoptText { .. } => "adopt a text",
            Self::AuthenticateText { .. } => "authenticate the text",
            Self::AbandonNegotiation { .. } => "abandon the negotiation",
            Self::AdoptByVote { .. } => "adopt a text",
            Self::RestateAct(_) => "restate an act",
            Self::Machine(act) => act.words(),
        }
    }

    /// The revision on which it is an act, whose package has to be known.
    pub(super) fn revision(&self) -> Option<Revision> {
        match self {
            Self::WithdrawRevision { revision, .. }
            | Self::AcceptRevision { revision }
            | Self::RejectRevision { revision, .. }
            | Self::RepackageRevision { revision, .. }
            | Self::AdoptText { revision, .. } => Some(*revision),
            Self::Propose(_)
            | Self::ProposeRevision(_)
            | Self::ConcludeRevision { .. }
            | Self::AuthenticateText { .. }
            | Self::AbandonNegotiation { .. }
            | Self::AdoptByVote { .. }
            | Self::RestateAct(_)
            | Self::Machine(_) => None,
        }
    }

    /// The framework under which the command proposes an agreement, which has to be known to decide it.
    pub fn framework(&self) -> Option<FrameworkId> {
        match self {
            Self::Propose(proposal) => proposal.framework,
            Self::Machine(_)
            | Self::RestateAct(_)
            | Self::ProposeRevision(_)
            | Self::WithdrawRevision { .. }
            | Self::AcceptRevision { .. }
            | Self::RejectRevision { .. }
            | Self::ConcludeRevision { .. }
            | Self::RepackageRevision { .. }
            | Self::AdoptText { .. }
            | Self::AuthenticateText { .. }
            | Self::AbandonNegotiation { .. }
            | Self::AdoptByVote { .. } => None,
        }
    }

    /// The other agreement that has to be known to decide the command.
    pub fn reads(&self) -> Option<AgreementId> {
        match self {
            Self::Machine(act) => act.reads(),
            Self::RestateAct(restated) => restated.done.as_ref()?.0.reads(),
            Self::Propose(proposal) => proposal.amends,
            Self::ProposeRevision(draft) => draft.instrument,
            Self::WithdrawRevision { .. }
            | Self::AcceptRevision { .. }
            | Self::RejectRevision { .. }
            | Self::ConcludeRevision { .. }
            | Self::RepackageRevision { .. }
            | Self::AdoptText { .. }
            | Self::AuthenticateText { .. }
            | Self::AbandonNegotiation { .. }
            | Self::AdoptByVote { .. } => None,
        }
    }
}
