//! A package: revisions of several agreements that are adopted together or not at all.

mod decide;
mod round;
mod rules;
mod status;
mod whole;

use std::sync::Arc;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

pub(crate) use self::rules::RULES;
pub use self::{
    round::{Member, MemberStanding, MemberState, Round, RoundCommand, RoundOpening, RoundPart},
    status::PackageStatus,
    whole::{check_packages, check_splits, concerns_a_whole},
};
use crate::{
    Aggregate, AgreementId, Context, Decided, FrameworkId, Others, PartyId, Refusal, Revision,
    Rule, StreamId,
    agreement::{Answer, Answers},
    partnership::{DeedRow, FollowUp, Held, Hold, ItemRef, Link, PACKAGE_FOLLOWS, Side},
    shared::shared,
    words::{Summary, because, counted, names},
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
    /// A round begins: a package whose revisions come later (FW9).
    RoundOpened(#[serde(deserialize_with = "shared")] Arc<RoundOpening>),
    /// A revision of a member is negotiated; it was proposed in the same commit (FW9).
    MemberNegotiated {
        /// When.
        on: NaiveDate,
        /// The member.
        agreement: AgreementId,
        /// The revision.
        revision: Revision,
    },
    /// All parties of a member had accepted its revision (FW9).
    MemberAgreed {
        /// When.
        on: NaiveDate,
        /// The member.
        agreement: AgreementId,
        /// The revision.
        revision: Revision,
    },
    /// A party is ready to adopt a member (FW9).
    MemberReadied {
        /// When.
        on: NaiveDate,
        /// The member.
        agreement: AgreementId,
    },
    /// A party holds a member (FW9).
    MemberHeld {
        /// When.
        on: NaiveDate,
        /// The member.
        agreement: AgreementId,
        /// Why.
        reason: String,
    },
    /// A party let go a member that it had held (FW9).
    MemberReleased {
        /// When.
        on: NaiveDate,
        /// The member.
        agreement: AgreementId,
    },
    /// The round was split; its parts began in the same commit (FW11).
    RoundSplit {
        /// When.
        on: NaiveDate,
        /// The parts.
        parts: Vec<RoundPart>,
        /// All parties of all members, by name.
        consenting: Vec<PartyId>,
    },
}

impl PackageEvent {
    /// On which day it was done; none, where only that it was recorded is known.
    pub fn on(&self) -> Option<NaiveDate> {
        match self {
            Self::PackageProposed(_)
            | Self::PackageAccepted { .. }
            | Self::PackageRejected { .. }
            | Self::PackageAdopted {}
            | Self::PackageWithdrawn { .. } => None,
            Self::RoundOpened(opening) => Some(opening.on),
            Self::RoundFollowsItem { on, .. }
            | Self::MemberNegotiated { on, .. }
            | Self::MemberAgreed { on, .. }
            | Self::MemberReadied { on, .. }
            | Self::MemberHeld { on, .. }
            | Self::MemberReleased { on, .. }
            | Self::RoundSplit { on, .. } => Some(*on),
        }
    }

    /// What was asked for, in words that follow `cannot`.
    fn act(&self) -> &'static str {
        match self {
            Self::PackageProposed(_) => "propose a package",
            Self::PackageAccepted { .. } => "accept a package",
            Self::PackageRejected { .. } => "reject a package",
            Self::PackageAdopted {} => "adopt a package",
            Self::PackageWithdrawn { .. } => "withdraw a package",
            Self::RoundFollowsItem { .. }
            | Self::RoundOpened(_)
            | Self::MemberNegotiated { .. }
            | Self::MemberAgreed { .. }
            | Self::MemberReadied { .. }
            | Self::MemberHeld { .. }
            | Self::MemberReleased { .. }
            | Self::RoundSplit { .. } => "act on a round",
        }
    }

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
            Self::RoundOpened(round) => {
                let members = counted(round.members.len(), "agreement");
                format!("round opened: {} ({members})", round.title)
            }
            Self::MemberNegotiated {
                agreement,
                revision,
                ..
            } => format!("revision {revision} of agreement {agreement} is negotiated"),
            Self::MemberAgreed {
                agreement,
                revision,
                ..
            } => format!("all agreed on revision {revision} of agreement {agreement}"),
            Self::MemberReadied { agreement, .. } => {
                format!("ready to adopt agreement {agreement}")
            }
            Self::MemberHeld {
                agreement, reason, ..
            } => format!("agreement {agreement} held: {reason}"),
            Self::MemberReleased { agreement, .. } => format!("agreement {agreement} let go"),
            Self::RoundSplit { parts, .. } => {
                format!(
                    "round split into {}",
                    names(parts.iter().map(|part| part.package))
                )
            }
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
    /// Open a round, or act on one.
    Round(RoundCommand),
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
            PackageEvent::RoundOpened(opening) => {
                Self::Round(RoundCommand::Open(Arc::unwrap_or_clone(opening)))
            }
            PackageEvent::MemberNegotiated {
                on,
                agreement,
                revision,
            } => Self::Round(RoundCommand::Negotiate {
                on,
                agreement,
                revision,
            }),
            PackageEvent::MemberAgreed {
                on,
                agreement,
                revision,
            } => Self::Round(RoundCommand::Agree {
                on,
                agreement,
                revision,
            }),
            PackageEvent::MemberReadied { on, agreement } => {
                Self::Round(RoundCommand::BeReady { on, agreement })
            }
            PackageEvent::MemberHeld {
                on,
                agreement,
                reason,
            } => Self::Round(RoundCommand::Hold {
                on,
                agreement,
                reason,
            }),
            PackageEvent::MemberReleased { on, agreement } => {
                Self::Round(RoundCommand::Release { on, agreement })
            }
            PackageEvent::RoundSplit {
                on,
                parts,
                consenting,
            } => Self::Round(RoundCommand::Split {
                on,
                parts,
                consenting,
            }),
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
    /// How it stands, if it is a round.
    #[serde(default)]
    pub round: Option<Round>,
    /// The day that was said of its beginning.
    pub begun_on: Option<NaiveDate>,
    /// The latest day that was said of an act on it.
    pub latest_on: Option<NaiveDate>,
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
        let said = event.on().or(context.done_on);
        self.latest_on = self.latest_on.max(said);
        if self.proposer.is_none() {
            self.begun_on = said;
        }
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
            PackageEvent::RoundOpened(opening) => {
                let round = Round::new(Arc::clone(opening));
                self.proposer = Some(context.actor.party.clone());
                self.proposal = Some(Arc::new(round.proposal()));
                self.round = Some(round);
            }
            PackageEvent::MemberNegotiated { .. }
            | PackageEvent::MemberAgreed { .. }
            | PackageEvent::MemberReadied { .. }
            | PackageEvent::MemberHeld { .. }
            | PackageEvent::MemberReleased { .. }
            | PackageEvent::RoundSplit { .. } => {
                if let Some(round) = &mut self.round {
                    round.take(event, &context.actor.party);
                    self.proposal = Some(Arc::new(round.proposal()));
                }
            }
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
    RoundFollowsItem,
    RoundOpened,
    MemberNegotiated,
    MemberAgreed,
    MemberReadied,
    MemberHeld,
    MemberReleased,
    RoundSplit
});

/// What is recorded of links and of rounds.
const DEEDS: &[DeedRow] = &[
    PACKAGE_FOLLOWS,
    of_a_round("RoundOpened", "open a round"),
    of_a_round("MemberNegotiated", "negotiate a revision in a round"),
    of_a_round("MemberAgreed", "agree on a member of a round"),
    of_a_round("MemberReadied", "be ready to adopt a member of a round"),
    of_a_round("MemberHeld", "hold a member of a round"),
    of_a_round("MemberReleased", "let go a member of a round"),
    DeedRow {
        event: "RoundSplit",
        rule: Rule::FW11,
        act: "split a round",
    },
];

const fn of_a_round(event: &'static str, act: &'static str) -> DeedRow {
    let rule = Rule::FW9;
    DeedRow { event, rule, act }
}

impl Aggregate for Package {
    type Command = PackageCommand;
    type Event = PackageEvent;

    const PREFIX: &'static str = "package";
    const VERSION: u32 = 5;
    const TYPES: &'static [&'static [&'static str]] = &[PackageEvent::TYPES];
    const DEEDS: &'static [DeedRow] = DEEDS;

    fn decide(
        &self,
        command: PackageCommand,
        context: &Context,
        others: &Others,
    ) -> Result<Decided<PackageEvent>, Refusal> {
        match command {
            PackageCommand::Round(command) => self.decide_round(command, context, others),
            PackageCommand::Propose(proposal) => {
                proposal.fits(others)?;
                self.decide(PackageCommand::Propose(proposal), context)
            }
            PackageCommand::Accept
            | PackageCommand::Reject { .. }
            | PackageCommand::Adopt
            | PackageCommand::Withdraw { .. }
            | PackageCommand::FollowItem { .. } => self.decide(command, context),
        }
    }

    fn reads(&self, command: &PackageCommand) -> Vec<StreamId> {
        let proposal = match command {
            PackageCommand::Propose(proposal) => proposal,
            PackageCommand::Round(command) => {
                let own = self.round.as_ref().map(|round| round.opening.framework);
                let own = own.map(StreamId::Framework);
                return own.into_iter().chain(command.reads()).collect();
            }
            PackageCommand::Accept
            | PackageCommand::Reject { .. }
            | PackageCommand::Adopt
            | PackageCommand::Withdraw { .. }
            | PackageCommand::FollowItem { .. } => return Vec::new(),
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

    fn takes_day(command: &PackageCommand) -> bool {
        match command {
            PackageCommand::Propose(_)
            | PackageCommand::Accept
            | PackageCommand::Reject { .. }
            | PackageCommand::Adopt
            | PackageCommand::Withdraw { .. } => true,
            PackageCommand::FollowItem { .. } | PackageCommand::Round(_) => false,
        }
    }

    fn given_today(&self, event: &PackageEvent, context: &Context) -> Result<(), Refusal> {
        self.in_order(event, context)
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

    /// An open package holds its agreements (FW7).
    fn keeps(&self, stream: StreamId) -> Vec<Held> {
        if !self.is_open() {
            return Vec::new();
        }
        let items = self.proposal.iter().flat_map(|proposal| &proposal.items);
        // A member of a round is one before anything is proposed on it, too.
        let members = self.round.iter().flat_map(|round| round.members.keys());
        let held: std::collections::BTreeSet<_> =
            items.map(|item| &item.agreement).chain(members).collect();
        let held = held.into_iter().map(|agreement| Held {
            hold: Hold::Agreement(*agreement),
            by: stream.to_string(),
        });
        held.collect()
    }

    fn parties(&self) -> Option<Vec<&PartyId>> {
        Some(self.proposal.as_ref()?.parties.iter().collect())
    }
}
