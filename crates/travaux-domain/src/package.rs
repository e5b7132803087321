//! A package: revisions of several agreements that are adopted together or not at all.

mod rules;

use std::{collections::BTreeSet, fmt, sync::Arc};

use serde::{Deserialize, Serialize};

pub(crate) use self::rules::RULES;
use crate::{
    Aggregate, AgreementId, Context, Decided, FrameworkId, Others, PartyId, Reason, Refusal,
    Revision, Rule, StreamId,
    agreement::{Agreement, Answer, Answers},
    framework::Framework,
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
    PackageProposed(Arc<PackageProposal>),
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

    /// Whether it is open and a revision of an agreement is part of it.
    pub fn holds(&self, agreement: AgreementId, revision: Revision) -> bool {
        let item = Item {
            agreement,
            revision,
        };
        self.is_open() && self.proposal.iter().any(|p| p.items.contains(&item))
    }

    /// Decides `command` on this state.
    ///
    /// # Errors
    /// A [`Refusal`] that cites the rule which stands against it.
    pub fn decide(
        &self,
        command: PackageCommand,
        context: &Context,
    ) -> Result<Decided<PackageEvent>, Refusal> {
        let party = context.actor.party.clone();
        match command {
            PackageCommand::Propose(proposal) => self.propose(proposal, &party),
            PackageCommand::Accept => {
                self.open(&party)?;
                if self.answers.has(&party) {
                    let found = format!("the answer that `{party}` gave already");
                    let act = "accept a package";
                    return Err(Refusal::new(
                        Reason::Already,
                        Rule::PK3,
                        act,
                        "a first answer",
                        found,
                    ));
                }
                Ok(Decided::on(
                    Rule::PK3,
                    PackageEvent::PackageAccepted { party },
                ))
            }
            PackageCommand::Reject { reason } => {
                self.open(&party)?;
                let event = PackageEvent::PackageRejected { party, reason };
                Ok(Decided::on(Rule::PK3, event))
            }
            PackageCommand::Adopt => self.open(&party)?.may_be_adopted(&self.answers),
            PackageCommand::Withdraw { reason } => {
                self.open(&party)?;
                match &self.proposer {
                    Some(proposer) if *proposer != party => Err(Refusal::new(
                        Reason::NotEntitled,
                        Rule::PK5,
                        "withdraw a package",
                        format!("its proposer ({proposer})"),
                        format!("`{party}`"),
                    )),
                    Some(_) | None => Ok(Decided::on(
                        Rule::PK5,
                        PackageEvent::PackageWithdrawn { reason },
                    )),
                }
            }
        }
    }

    fn propose(
        &self,
        proposal: PackageProposal,
        party: &PartyId,
    ) -> Result<Decided<PackageEvent>, Refusal> {
        let refuse = |reason, rule, expected: &str, found: &str| {
            Err(Refusal::new(
                reason,
                rule,
                "propose a package",
                expected,
                found,
            ))
        };
        if self.proposal.is_some() {
            return refuse(
                Reason::Already,
                Rule::RC1,
                "a new id",
                "a package of that id",
            );
        }
        if proposal.items.is_empty() {
            return refuse(Reason::Malformed, Rule::PK2, "one revision or more", "none");
        }
        if !proposal.parties.contains(party) {
            let (expected, found) = (names(&proposal.parties), format!("`{party}`"));
            return refuse(Reason::NotAParty, Rule::P0, &expected, &found);
        }
        if repeats_an_agreement(&proposal.items) {
            return refuse(
                Reason::Malformed,
                Rule::PK2,
                "one revision of each agreement",
                "an agreement twice",
            );
        }
        Ok(Decided::on(
            Rule::PK2,
            PackageEvent::PackageProposed(proposal.into()),
        ))
    }

    /// The proposal of a package that waits for answers, for a party to it.
    fn open(&self, party: &PartyId) -> Result<&PackageProposal, Refusal> {
        let refuse = |reason, rule, expected: &str, found: String| {
            Err(Refusal::new(
                reason,
                rule,
                "act on a package",
                expected,
                found,
            ))
        };
        let Some(proposal) = &self.proposal else {
            return refuse(
                Reason::Unknown,
                Rule::RC1,
                "a package",
                "no package of that id".into(),
            );
        };
        if !proposal.parties.contains(party) {
            return refuse(
                Reason::NotAParty,
                Rule::P0,
                "an act of a party",
                format!("an act of `{party}`"),
            );
        }
        match self.status() {
            PackageStatus::Adopted => refuse(
                Reason::WrongState,
                Rule::PK4,
                "an open package",
                "one that was adopted".into(),
            ),
            PackageStatus::Rejected { by, .. } => {
                let found = format!("one that `{by}` rejected");
                refuse(Reason::WrongState, Rule::PK4, "an open package", found)
            }
            PackageStatus::Withdrawn { .. } => refuse(
                Reason::WrongState,
                Rule::PK4,
                "an open package",
                "one that its proposer withdrew".into(),
            ),
            PackageStatus::Absent | PackageStatus::Open { .. } | PackageStatus::Accepted => {
                Ok(proposal)
            }
        }
    }

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
        }
    }
}

impl PackageProposal {
    /// That it is of agreements on record, of their next revisions, and between all their parties; and
    /// that its framework is on record.
    fn fits(&self, others: &Others) -> Result<(), Refusal> {
        let refuse = |reason, expected: &str, found: String| {
            let act = "propose a package";
            Err(Refusal::new(reason, Rule::PK2, act, expected, found))
        };
        let mut parties = BTreeSet::new();
        for item in &self.items {
            let known = others.get::<Agreement>(StreamId::Agreement(item.agreement));
            let Some((agreement, identity)) = known.and_then(|a| Some((a, a.identity.as_ref()?)))
            else {
                let found = format!("no agreement {}", item.agreement);
                return refuse(Reason::Unknown, "agreements on record", found);
            };
            let next = agreement.revisions.len() + 1;
            if u64::from(item.revision.0) != next as u64 {
                let expected = format!("revision {next} of agreement {}", item.agreement);
                return refuse(Reason::Malformed, &expected, item.revision.to_string());
            }
            parties.extend(identity.parties.iter().map(|party| &party.id));
        }
        if self.parties.iter().collect::<BTreeSet<_>>() != parties {
            let expected = format!("all parties of its agreements ({})", names(parties));
            return refuse(Reason::Malformed, &expected, names(&self.parties));
        }
        match self.framework {
            Some(id) if others.get::<Framework>(StreamId::Framework(id)).is_none() => refuse(
                Reason::Unknown,
                "a framework on record",
                format!("no framework {id}"),
            ),
            Some(_) | None => Ok(()),
        }
    }

    /// That all its parties have answered: none of them with a rejection, as it is open.
    fn may_be_adopted(&self, answers: &Answers) -> Result<Decided<PackageEvent>, Refusal> {
        let missing: Vec<_> = self
            .parties
            .iter()
            .filter(|p| !answers.has(p))
            .map(ToString::to_string)
            .collect();
        if missing.is_empty() {
            return Ok(Decided::on(Rule::PK1, PackageEvent::PackageAdopted {}));
        }
        let all = self.parties.len();
        let expected = "the consent of all parties";
        let found = format!("{} of {all}", all - missing.len());
        Err(Refusal::new(
            Reason::ConsentMissing,
            Rule::PK1,
            "adopt a package",
            expected,
            found,
        )
        .missing(missing))
    }
}

fn repeats_an_agreement(items: &[Item]) -> bool {
    let mut seen = BTreeSet::new();
    !items.iter().all(|item| seen.insert(item.agreement))
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
    PackageWithdrawn
});

impl Aggregate for Package {
    type Command = PackageCommand;
    type Event = PackageEvent;

    const PREFIX: &'static str = "package";
    const VERSION: u32 = 2;
    const TYPES: &'static [&'static [&'static str]] = &[PackageEvent::TYPES];

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

    fn parties(&self) -> Option<Vec<&PartyId>> {
        Some(self.proposal.as_ref()?.parties.iter().collect())
    }
}
