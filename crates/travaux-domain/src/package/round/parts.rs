//! What a round is made of, and how its members stand.

use std::{collections::BTreeMap, fmt, sync::Arc};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{
    AgreementId, FrameworkId, PackageId, PartyId, Revision,
    package::{Item, PackageEvent, PackageProposal},
    partnership::Words,
    words::names,
};

/// How a round is opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoundOpening {
    /// When.
    pub on: NaiveDate,
    /// What it is called.
    pub title: String,
    /// The framework under which it is held.
    pub framework: FrameworkId,
    /// What is to be negotiated, in words.
    pub mandate: Words,
    /// The agreements that are to be revised.
    pub members: Vec<Member>,
    /// The round from which it was split, with its members as they stood.
    #[serde(default)]
    pub of: Option<PackageId>,
}

/// An agreement that is revised in a round.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// Which.
    pub agreement: AgreementId,
    /// Its parties.
    pub parties: Vec<PartyId>,
    /// How far it has come; nowhere, where a round is opened.
    #[serde(default)]
    pub standing: MemberStanding,
}

/// How far a member has come. What one party holds undoes no consent of another.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberStanding {
    /// The revision that is negotiated.
    pub revision: Option<Revision>,
    /// Since when it is.
    #[serde(default)]
    pub negotiated: Option<NaiveDate>,
    /// When all its parties agreed on that revision.
    pub agreed: Option<NaiveDate>,
    /// Who is ready to adopt it, since when.
    pub ready: BTreeMap<PartyId, NaiveDate>,
    /// Who holds it, why, since when.
    pub held: BTreeMap<PartyId, (String, NaiveDate)>,
    /// Who held it and let it go, the last time.
    #[serde(default)]
    pub released: BTreeMap<PartyId, NaiveDate>,
}

impl MemberStanding {
    /// The last day on which it was negotiated, agreed or readied.
    pub(super) fn last_step(&self) -> Option<NaiveDate> {
        let ready = self.ready.values().copied();
        let steps = self.negotiated.into_iter().chain(self.agreed);
        steps.chain(ready).max()
    }

    /// The last day on which anything was done to it.
    pub(super) fn last_act(&self) -> Option<NaiveDate> {
        let held = self.held.values().map(|(_, on)| *on);
        let acts = held.chain(self.released.values().copied());
        acts.chain(self.last_step()).max()
    }
}

/// A part of a round that is split.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoundPart {
    /// The round that it becomes.
    pub package: PackageId,
    /// Its members.
    pub members: Vec<AgreementId>,
}

/// A round as it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Round {
    /// How it was opened. Shared with the event that says so.
    pub opening: Arc<RoundOpening>,
    /// Its members as they stand.
    pub members: BTreeMap<AgreementId, Member>,
    /// The parts into which it was split, and when.
    pub split: Option<(Vec<RoundPart>, NaiveDate)>,
}

/// A command to a round.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RoundCommand {
    /// Open it (FW9).
    Open(RoundOpening),
    /// Negotiate a revision of a member (FW9).
    Negotiate {
        /// When.
        on: NaiveDate,
        /// The member.
        agreement: AgreementId,
        /// The revision, which is proposed in the same commit.
        revision: Revision,
    },
    /// Say that all parties of a member accepted its revision (FW9).
    Agree {
        /// When.
        on: NaiveDate,
        /// The member.
        agreement: AgreementId,
        /// The revision.
        revision: Revision,
    },
    /// Be ready to adopt a member (FW9).
    BeReady {
        /// When.
        on: NaiveDate,
        /// The member.
        agreement: AgreementId,
    },
    /// Hold a member (FW9).
    Hold {
        /// When.
        on: NaiveDate,
        /// The member.
        agreement: AgreementId,
        /// Why.
        reason: String,
    },
    /// Let go a member that one held (FW9).
    Release {
        /// When.
        on: NaiveDate,
        /// The member.
        agreement: AgreementId,
    },
    /// Split the round (FW11).
    Split {
        /// When.
        on: NaiveDate,
        /// The parts.
        parts: Vec<RoundPart>,
        /// All parties of all members, by name.
        consenting: Vec<PartyId>,
    },
}

/// Where a member stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MemberState<'a> {
    /// Nothing was proposed.
    NotOpened,
    /// A revision is negotiated.
    Negotiating(Revision),
    /// All its parties agreed on one; these are not ready to adopt it.
    Agreed(Revision, Vec<&'a PartyId>),
    /// All are ready to adopt it.
    Ready(Revision),
    /// Parties hold it, and why.
    Held(Vec<(&'a PartyId, &'a str)>),
}

impl Member {
    /// Whether it says how another stands. Records of before leave unsaid since when a revision is
    /// negotiated, and who let it go.
    pub(super) fn is_as(&self, stands: &Self) -> bool {
        if self == stands {
            return true;
        }
        let unsaid = self.standing.negotiated.is_none() && self.standing.released.is_empty();
        let mut rest = stands.clone();
        rest.standing.negotiated = None;
        rest.standing.released.clear();
        unsaid && *self == rest
    }

    /// Where it stands.
    pub fn state(&self) -> MemberState<'_> {
        let MemberStanding {
            revision,
            negotiated: _,
            agreed,
            ready,
            held,
            released: _,
        } = &self.standing;
        if !held.is_empty() {
            let held = held.iter();
            return MemberState::Held(held.map(|(by, (why, _))| (by, why.as_str())).collect());
        }
        let waits = self
            .parties
            .iter()
            .filter(|party| !ready.contains_key(*party));
        let waits: Vec<_> = waits.collect();
        match (*revision, agreed) {
            (None, _) => MemberState::NotOpened,
            (Some(revision), None) => MemberState::Negotiating(revision),
            (Some(revision), Some(_)) if waits.is_empty() => MemberState::Ready(revision),
            (Some(revision), Some(_)) => MemberState::Agreed(revision, waits),
        }
    }

    /// Whether it may be adopted.
    pub fn is_ready(&self) -> bool {
        matches!(self.state(), MemberState::Ready(_))
    }
}

impl Round {
    pub(crate) fn new(opening: Arc<RoundOpening>) -> Self {
        let members = opening.members.iter();
        let members = members.map(|member| (member.agreement, member.clone()));
        Self {
            members: members.collect(),
            split: None,
            opening,
        }
    }

    /// Takes in an event of an open round, done by a party.
    pub(crate) fn take(&mut self, event: &PackageEvent, party: &PartyId) {
        match event {
            PackageEvent::MemberNegotiated {
                on,
                agreement,
                revision,
            } => self.with(*agreement, |standing| {
                // What was agreed on another revision is no consent to this one.
                standing.revision = Some(*revision);
                standing.negotiated = Some(*on);
                standing.agreed = None;
                standing.ready.clear();
            }),
            PackageEvent::MemberAgreed { on, agreement, .. } => {
                self.with(*agreement, |standing| standing.agreed = Some(*on));
            }
            PackageEvent::MemberReadied { on, agreement } => self.with(*agreement, |standing| {
                standing.ready.insert(party.clone(), *on);
            }),
            PackageEvent::MemberHeld {
                on,
                agreement,
                reason,
            } => self.with(*agreement, |standing| {
                standing.held.insert(party.clone(), (reason.clone(), *on));
            }),
            PackageEvent::MemberReleased { on, agreement } => self.with(*agreement, |standing| {
                standing.held.remove(party);
                standing.released.insert(party.clone(), *on);
            }),
            PackageEvent::RoundSplit { on, parts, .. } => {
                self.split = Some((parts.clone(), *on));
            }
            PackageEvent::PackageProposed(_)
            | PackageEvent::PackageAccepted { .. }
            | PackageEvent::PackageRejected { .. }
            | PackageEvent::PackageAdopted {}
            | PackageEvent::PackageWithdrawn { .. }
            | PackageEvent::RoundFollowsItem { .. }
            | PackageEvent::RoundOpened(_) => {}
        }
    }

    fn with(&mut self, agreement: AgreementId, change: impl FnOnce(&mut MemberStanding)) {
        if let Some(member) = self.members.get_mut(&agreement) {
            change(&mut member.standing);
        }
    }

    /// The round as a package has it: the revisions that are negotiated.
    pub(crate) fn proposal(&self) -> PackageProposal {
        let items = self.members.values().filter_map(|member| {
            let (agreement, revision) = (member.agreement, member.standing.revision?);
            Some(Item {
                agreement,
                revision,
            })
        });
        PackageProposal {
            title: self.opening.title.clone(),
            framework: Some(self.opening.framework),
            parties: self.parties().into_iter().cloned().collect(),
            items: items.collect(),
        }
    }

    /// All parties of all its members.
    pub fn parties(&self) -> Vec<&PartyId> {
        let all = self.members.values().flat_map(|member| &member.parties);
        let mut all: Vec<_> = all.collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// Those whose members are all ready to be adopted, for their part; and those who are waited for.
    pub fn ready_and_missing(&self) -> (Vec<PartyId>, Vec<PartyId>) {
        let is_ready = |party: &PartyId| {
            let mut own = self.members.values().filter(|m| m.parties.contains(party));
            own.all(|member| {
                member.standing.ready.contains_key(party)
                    && !member.standing.held.contains_key(party)
            })
        };
        let parties = self.parties().into_iter().cloned();
        parties.partition(is_ready)
    }

    /// The part that a member went to, if the round was split.
    pub fn part_of(&self, agreement: AgreementId) -> Option<PackageId> {
        let (parts, _) = self.split.as_ref()?;
        let part = parts
            .iter()
            .find(|part| part.members.contains(&agreement))?;
        Some(part.package)
    }
}

impl fmt::Display for MemberState<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotOpened => f.write_str("nothing was proposed"),
            Self::Negotiating(revision) => write!(f, "revision {revision} is negotiated"),
            Self::Agreed(revision, waits) => write!(
                f,
                "revision {revision} is agreed, and waits for {}",
                names(waits)
            ),
            Self::Ready(revision) => write!(f, "revision {revision} is ready"),
            Self::Held(by) => {
                let each = by
                    .iter()
                    .map(|(party, why)| format!("held by {party}: {why}"));
                f.write_str(&each.collect::<Vec<_>>().join("; "))
            }
        }
    }
}
