//! A package: revisions of several agreements that are adopted together or not at all.

mod decide;
mod rules;
mod status;

use std::sync::Arc;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

pub(crate) use self::rules::RULES;
pub use self::status::PackageStatus;
use crate::{
    Aggregate, AgreementId, Context, Decided, FrameworkId, Others, PartyId, Refusal, Revision,
    StreamId,
    agreement::{Answer, Answers},
    partnership::{DeedRow, FollowUp, ItemRef, Link, PACKAGE_FOLLOWS, Side},
    shared::shared,
    words::{Summary, because, counted},
};

/// A revision in a package.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// The agreement.
    pub agreement: AgreementId,
    /// The revision of it.
    pub revision: Revision,
}

/// A package as proposed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackageProposal {
    /// What it is called.
    pub title: String,
    /// The framework under which it stands.
    #[serde(default)]
    pub framework: Option<FrameworkId>,
    /// The parties whose consent adopts it: all parties of all its agreements.
    pub parties: Vec<PartyId>,
    /// Its revisions.
    pub items: Vec<Item>,
}

/// An event of a package's stream.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PackageEvent {
    /// The package begins; its revisions were proposed in the same commit.
    PackageProposed(#[serde(deserialize_with = "shared")] Arc<PackageProposal>),
    /// A party accepted it.
    PackageAccepted {
        /// Who.
        party: PartyId,
    },
    /// A party rejected it. It can no longer be adopted.
    PackageRejected {
        /// Who.
        party: PartyId,
        /// Why.
        reason: Option<String>,
    },
    /// It was adopted; its revisions were adopted in the same commit.
    PackageAdopted {},
    /// Its proposer withdrew it; its revisions were withdrawn in the same commit.
    PackageWithdrawn {
        /// Why.
        reason: Option<String>,
    },
    /// It follows up an item that was agreed at a meeting (MT9).
    RoundFollowsItem {
        /// When.
        on: NaiveDate,
        /// The item.
        item: ItemRef,
    },
}

impl PackageEvent {
    /// What happened, in words.
    pub fn describe(&self) -> Summary {
        Summary::new(match self {
            Self::PackageProposed(p) => {
                format!(
                    "package proposed: {} ({})",
                    p.title,
                    counted(p.items.len(), "agreement")
                )
            }
            Self::PackageAccepted { party } => format!("package accepted by {party}"),
            Self::PackageRejected { party, reason } => {
                format!("package rejected by {party}{}", because(reason.as_ref()))
            }
            Self::PackageAdopted {} => "package adopted".to_owned(),
            Self::PackageWithdrawn { reason } => {
                format!("package withdrawn{}", because(reason.as_ref()))
            }
            Self::RoundFollowsItem { item, .. } => format!("package follows up {item}"),
        })
    }
}

/// A command to a package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PackageCommand {
    /// Propose it.
    Propose(PackageProposal),
    /// Accept it.
    Accept,
    /// Reject it.
    Reject {
        /// Why.
        reason: Option<String>,
    },
    /// Adopt it.
    Adopt,
    /// Withdraw it.
    Withdraw {
        /// Why.
        reason: Option<String>,
    },
    /// Say that it follows up an item that was agreed at a meeting.
    FollowItem {
        /// When.
        on: NaiveDate,
        /// The item.
        item: ItemRef,
    },
}

impl PackageCommand {
    /// The command that gives `event`, for deciding it again.
    pub fn behind(event: &PackageEvent) -> Self {
        match event.clone() {
            PackageEvent::PackageProposed(proposal) => {
                Self::Propose(Arc::unwrap_or_clone(proposal))
            }
            PackageEvent::PackageAccepted { .. } => Self::Accept,
            PackageEvent::PackageRejected { reason, .. } => Self::Reject { reason },
            PackageEvent::PackageAdopted {} => Self::Adopt,
            PackageEvent::PackageWithdrawn { reason } => Self::Withdraw { reason },
            PackageEvent::RoundFollowsItem { on, item } => Self::FollowItem { on, item },
        }
    }
}

/// A package, folded from its events.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Package {
    /// As proposed; absent before. Shared with the event that says so.
    pub proposal: Option<Arc<PackageProposal>>,
    /// The parties' answers.
    pub answers: Answers,
    /// Whether it was adopted.
    pub adopted: bool,
    /// Who proposed it.
    pub proposer: Option<PartyId>,
    /// That its proposer withdrew it.
    pub withdrawal: Option<Withdrawal>,
}

/// That a package was withdrawn.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdrawal {
    /// Why.
    pub reason: Option<String>,
}

impl Package {
    /// Takes `event` in, which `context` recorded.
    pub fn evolve(&mut self, event: &PackageEvent, context: &Context) {
        match event {
            PackageEvent::PackageProposed(proposal) => {
                self.proposal = Some(Arc::clone(proposal));
                self.proposer = Some(context.actor.party.clone());
                if proposal.parties.contains(&context.actor.party) {
                    self.answers
                        .insert(context.actor.party.clone(), Answer::Accepted);
                }
            }
            PackageEvent::PackageAccepted { party } => {
                self.answers.insert(party.clone(), Answer::Accepted)
            }
            PackageEvent::PackageRejected { party, reason } => {
                self.answers.insert(
                    party.clone(),
                    Answer::Rejected {
                        reason: reason.clone(),
                    },
                );
            }
            PackageEvent::PackageAdopted {} => self.adopted = true,
            PackageEvent::PackageWithdrawn { reason } => {
                self.withdrawal = Some(Withdrawal {
                    reason: reason.clone(),
                });
            }
            // The meeting holds the link.
            PackageEvent::RoundFollowsItem { .. } => {}
        }
    }
}

crate::ids::id!(
    /// The identity of a package.
    PackageId,
    Package
);

crate::event::named!(PackageEvent {
    PackageProposed,
    PackageAccepted,
    PackageRejected,
    PackageAdopted,
    PackageWithdrawn,
    RoundFollowsItem
});

impl Aggregate for Package {
    type Command = PackageCommand;
    type Event = PackageEvent;

    const PREFIX: &'static str = "package";
    const VERSION: u32 = 2;
    const TYPES: &'static [&'static [&'static str]] = &[PackageEvent::TYPES];
    const DEEDS: &'static [DeedRow] = &[PACKAGE_FOLLOWS];

    fn decide(
        &self,
        command: PackageCommand,
        context: &Context,
        others: &Others,
    ) -> Result<Decided<PackageEvent>, Refusal> {
        if let PackageCommand::Propose(proposal) = &command {
            proposal.fits(others)?;
        }
        self.decide(command, context)
    }

    fn reads(&self, command: &PackageCommand) -> Vec<StreamId> {
        let PackageCommand::Propose(proposal) = command else {
            return Vec::new();
        };
        let items = proposal.items.iter();
        let agreements = items.map(|item| StreamId::Agreement(item.agreement));
        let framework = proposal.framework.map(StreamId::Framework);
        agreements.chain(framework).collect()
    }

    fn evolve(&mut self, event: &PackageEvent, context: &Context) {
        self.evolve(event, context);
    }

    fn behind(event: &PackageEvent) -> PackageCommand {
        PackageCommand::behind(event)
    }

    fn type_name(event: &PackageEvent) -> &'static str {
        event.type_name()
    }

    fn describe(event: &PackageEvent) -> Summary {
        event.describe()
    }

    fn link(stream: StreamId, event: &PackageEvent) -> Option<(Link, Side)> {
        match (stream, event) {
            (StreamId::Package(id), PackageEvent::RoundFollowsItem { on, item }) => {
                let (item, to, on) = (item.clone(), FollowUp::Round(id), *on);
                Some((Link { item, to, on }, Side::FollowUp))
            }
            _ => None,
        }
    }

    fn parties(&self) -> Option<Vec<&PartyId>> {
        Some(self.proposal.as_ref()?.parties.iter().collect())
    }
}
