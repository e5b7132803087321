//! Where a package stands.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Item, Member, Package, Round, Withdrawal};
use crate::{
    AgreementId, PackageId, PartyId, Revision,
    agreement::Answer,
    words::{because, names},
};

/// Where a package stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum PackageStatus {
    /// Nothing was proposed.
    Absent,
    /// It waits for answers.
    Open {
        /// Who has accepted it; its proposer has.
        accepted: Vec<PartyId>,
        /// Who has not answered.
        missing: Vec<PartyId>,
    },
    /// A party rejected it: it can no longer be adopted.
    Rejected {
        /// Who.
        by: PartyId,
        /// Why.
        reason: Option<String>,
    },
    /// Its proposer withdrew it.
    Withdrawn {
        /// Why.
        reason: Option<String>,
    },
    /// All have accepted it; it may be adopted.
    Accepted,
    /// It was adopted.
    Adopted,
    /// It was split into others, which go on in its place.
    Split {
        /// Which.
        into: Vec<PackageId>,
    },
}

impl fmt::Display for PackageStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Absent => write!(f, "not there"),
            Self::Open { accepted, missing } => write!(
                f,
                "open, accepted by {}, waiting for {}",
                names(accepted),
                names(missing)
            ),
            Self::Rejected { by, reason } => {
                write!(f, "rejected by {by}{}", because(reason.as_ref()))
            }
            Self::Withdrawn { reason } => write!(f, "withdrawn{}", because(reason.as_ref())),
            Self::Accepted => write!(f, "accepted by all, not yet adopted"),
            Self::Adopted => write!(f, "adopted"),
            Self::Split { into } => write!(f, "split into {}", names(into)),
        }
    }
}

impl Package {
    /// Where it stands.
    pub fn status(&self) -> PackageStatus {
        let Some(proposal) = &self.proposal else {
            return PackageStatus::Absent;
        };
        if self.adopted {
            return PackageStatus::Adopted;
        }
        if let Some(Withdrawal { reason }) = self.withdrawal.clone() {
            return PackageStatus::Withdrawn { reason };
        }
        if let Some(round) = &self.round {
            return round.status();
        }
        let rejection = self.answers.iter().find_map(|(by, answer)| match answer {
            Answer::Rejected { reason } => Some((by.clone(), reason.clone())),
            Answer::Accepted => None,
        });
        if let Some((by, reason)) = rejection {
            return PackageStatus::Rejected { by, reason };
        }
        let parties = proposal.parties.iter().cloned();
        let (accepted, missing): (Vec<_>, Vec<_>) = parties.partition(|p| self.answers.has(p));
        match missing.is_empty() {
            true => PackageStatus::Accepted,
            false => PackageStatus::Open { accepted, missing },
        }
    }

    /// Whether it waits for answers or for its adoption.
    pub fn is_open(&self) -> bool {
        matches!(
            self.status(),
            PackageStatus::Open { .. } | PackageStatus::Accepted
        )
    }

    /// Whether it was rejected or withdrawn, so that each of its revisions may be closed by itself.
    pub fn lets_go(&self) -> bool {
        matches!(
            self.status(),
            PackageStatus::Rejected { .. } | PackageStatus::Withdrawn { .. }
        )
    }

    /// The same of one revision: a round lets go those in whose place others are negotiated.
    pub fn lets_revision_go(&self, agreement: AgreementId, revision: Revision) -> bool {
        let replaced = self.round.is_some() && self.is_open() && !self.holds(agreement, revision);
        self.lets_go() || replaced
    }

    /// Whether the parties answer a revision of it by itself: that of a round, until all have agreed.
    pub fn takes_answers(&self, agreement: AgreementId, revision: Revision) -> bool {
        let member = self.round.as_ref().and_then(|r| r.members.get(&agreement));
        let open = member.is_some_and(|member| member.standing.agreed.is_none());
        open && self.holds(agreement, revision)
    }

    /// Whether it is open and a revision of an agreement is part of it.
    pub fn holds(&self, agreement: AgreementId, revision: Revision) -> bool {
        let item = Item {
            agreement,
            revision,
        };
        self.is_open() && self.proposal.iter().any(|p| p.items.contains(&item))
    }
}

impl Round {
    /// Where it stands: open until all members are ready, who is ready with all of theirs as who has
    /// accepted.
    fn status(&self) -> PackageStatus {
        if let Some((parts, _)) = &self.split {
            let into = parts.iter().map(|part| part.package).collect();
            return PackageStatus::Split { into };
        }
        if self.members.values().all(Member::is_ready) {
            return PackageStatus::Accepted;
        }
        let (accepted, missing) = self.ready_and_missing();
        PackageStatus::Open { accepted, missing }
    }
}
