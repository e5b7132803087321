//! A package: revisions of several agreements that are adopted together or not at all.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    Aggregate, AgreementId, Context, Decided, FrameworkId, Others, PartyId, Refusal, Revision,
    Rule,
    agreement::Answer,
    words::{Summary, because},
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
    PackageProposed(PackageProposal),
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
}

impl PackageEvent {
    /// What happened, in words.
    pub fn describe(&self) -> Summary {
        Summary::new(match self {
            Self::PackageProposed(p) => {
                format!(
                    "package proposed: {} ({} agreements)",
                    p.title,
                    p.items.len()
                )
            }
            Self::PackageAccepted { party } => format!("package accepted by {party}"),
            Self::PackageRejected { party, reason } => {
                format!("package rejected by {party}{}", because(reason.as_ref()))
            }
            Self::PackageAdopted {} => "package adopted".to_owned(),
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
}

impl PackageCommand {
    /// The command that gives `event`, for deciding it again.
    pub fn behind(event: &PackageEvent) -> Self {
        match event.clone() {
            PackageEvent::PackageProposed(proposal) => Self::Propose(proposal),
            PackageEvent::PackageAccepted { .. } => Self::Accept,
            PackageEvent::PackageRejected { reason, .. } => Self::Reject { reason },
            PackageEvent::PackageAdopted {} => Self::Adopt,
        }
    }
}

/// A package, folded from its events.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Package {
    /// As proposed; absent before.
    pub proposal: Option<PackageProposal>,
    /// The parties' answers.
    pub answers: BTreeMap<PartyId, Answer>,
    /// Whether it was adopted.
    pub adopted: bool,
}

impl Package {
    /// Decides `command` on this state.
    ///
    /// # Errors
    /// A [`Refusal`] that cites the rule which stands against it.
    pub fn decide(
        &self,
        command: PackageCommand,
        context: &Context,
    ) -> Result<Decided<PackageEvent>, Refusal> {
        self.check(command, context)
            .map(|event| Decided::on(Rule::PK1, event))
    }

    fn check(&self, command: PackageCommand, context: &Context) -> Result<PackageEvent, Refusal> {
        let refuse = |act: &str, expected: &str, found: String| {
            Refusal::new(Rule::PK1, act, expected, found)
        };
        let party = context.actor.party.clone();
        let Some(proposal) = &self.proposal else {
            return match command {
                PackageCommand::Propose(p) if p.items.is_empty() => Err(refuse(
                    "propose a package",
                    "one revision or more",
                    "none".into(),
                )),
                PackageCommand::Propose(p) if repeats_an_agreement(&p.items) => Err(refuse(
                    "propose a package",
                    "one revision of each agreement",
                    "an agreement twice".into(),
                )),
                PackageCommand::Propose(p) => Ok(PackageEvent::PackageProposed(p)),
                PackageCommand::Accept | PackageCommand::Reject { .. } | PackageCommand::Adopt => {
                    Err(refuse(
                        "act on a package",
                        "a package",
                        "no package of that id".into(),
                    ))
                }
            };
        };
        if !proposal.parties.contains(&party) {
            return Err(Refusal::new(
                Rule::P0,
                "act on a package",
                "an act of a party",
                format!("an act of `{party}`"),
            ));
        }
        if self.adopted {
            return Err(refuse(
                "act on a package",
                "an open package",
                "one that was adopted".into(),
            ));
        }
        let rejected = |answer: &Answer| matches!(answer, Answer::Rejected { .. });
        if let Some((who, _)) = self.answers.iter().find(|(_, answer)| rejected(answer)) {
            return Err(refuse(
                "act on a package",
                "an open package",
                format!("one that `{who}` rejected"),
            ));
        }
        match command {
            PackageCommand::Propose(_) => Err(refuse(
                "propose a package",
                "a new id",
                "a package of that id".into(),
            )),
            PackageCommand::Accept if self.answers.contains_key(&party) => Err(refuse(
                "accept a package",
                "a first answer",
                format!("the answer that `{party}` gave already"),
            )),
            PackageCommand::Accept => Ok(PackageEvent::PackageAccepted { party }),
            PackageCommand::Reject { reason } => {
                Ok(PackageEvent::PackageRejected { party, reason })
            }
            PackageCommand::Adopt => {
                let missing: Vec<_> = proposal
                    .parties
                    .iter()
                    .filter(|p| !self.answers.contains_key(p))
                    .collect();
                if missing.is_empty() {
                    Ok(PackageEvent::PackageAdopted {})
                } else {
                    let found = format!(
                        "{} of {}",
                        proposal.parties.len() - missing.len(),
                        proposal.parties.len()
                    );
                    let refusal = refuse("adopt a package", "the consent of all parties", found);
                    Err(refusal.missing(missing.iter().map(|p| p.to_string())))
                }
            }
        }
    }

    /// Takes `event` in, which `context` recorded.
    pub fn evolve(&mut self, event: &PackageEvent, context: &Context) {
        match event {
            PackageEvent::PackageProposed(proposal) => {
                self.proposal = Some(proposal.clone());
                if proposal.parties.contains(&context.actor.party) {
                    self.answers
                        .insert(context.actor.party.clone(), Answer::Accepted);
                }
            }
            PackageEvent::PackageAccepted { party } => {
                drop(self.answers.insert(party.clone(), Answer::Accepted))
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
        }
    }
}

fn repeats_an_agreement(items: &[Item]) -> bool {
    let mut seen = std::collections::BTreeSet::new();
    !items.iter().all(|item| seen.insert(item.agreement))
}

impl Aggregate for Package {
    type Command = PackageCommand;
    type Event = PackageEvent;

    const PREFIX: &'static str = "package";
    const VERSION: u32 = 1;
    const TYPES: &'static [&'static [&'static str]] = &[PackageEvent::TYPES];

    fn decide(
        &self,
        command: PackageCommand,
        context: &Context,
        _: &Others,
    ) -> Result<Decided<PackageEvent>, Refusal> {
        self.decide(command, context)
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
}
