//! What a package decides: each act of a party, and what all agreements of a proposal must say.

use std::collections::BTreeSet;

use super::{Item, Package, PackageCommand, PackageEvent, PackageProposal, PackageStatus};
use crate::{
    Context, Decided, Others, PartyId, Reason, Refusal, Rule, StreamId,
    agreement::{Agreement, Answers},
    framework::Framework,
    words::names,
};

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
        let party = context.actor.party.clone();
        match command {
            PackageCommand::Propose(proposal) => self.propose(proposal, &party),
            PackageCommand::Accept => {
                self.open(&party)?;
                self.is_no_round("accept a package")?;
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
                self.is_no_round("reject a package")?;
                let event = PackageEvent::PackageRejected { party, reason };
                Ok(Decided::on(Rule::PK3, event))
            }
            PackageCommand::Adopt => {
                let proposal = self.open(&party)?;
                match &self.round {
                    Some(round) => {
                        self.members_are_ready(round)?;
                        Ok(Decided::on(Rule::FW10, PackageEvent::PackageAdopted {}))
                    }
                    None => proposal.may_be_adopted(&self.answers),
                }
            }
            PackageCommand::Round(command) => {
                self.decide_round(command, context, &Others::default())
            }
            // That the item is there, its meeting decides in the same commit.
            PackageCommand::FollowItem { on, item } => {
                self.open(&party)?;
                let event = PackageEvent::RoundFollowsItem { on, item };
                Ok(Decided::on(Rule::MT9, event))
            }
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
        self.is_closed("act on a package")?;
        Ok(proposal)
    }

    /// That it is not closed yet.
    pub(super) fn is_closed(&self, act: &'static str) -> Result<(), Refusal> {
        let found = match self.status() {
            PackageStatus::Absent | PackageStatus::Open { .. } | PackageStatus::Accepted => {
                return Ok(());
            }
            PackageStatus::Adopted => "one that was adopted".to_owned(),
            PackageStatus::Rejected { by, .. } => format!("one that `{by}` rejected"),
            PackageStatus::Withdrawn { .. } => "one that its proposer withdrew".to_owned(),
            PackageStatus::Split { into } => format!("one that was split into {}", names(into)),
        };
        let expected = "an open package";
        Err(Refusal::new(
            Reason::WrongState,
            Rule::PK4,
            act,
            expected,
            found,
        ))
    }

    /// That it is answered as a whole: the members of a round are, one by one.
    fn is_no_round(&self, act: &'static str) -> Result<(), Refusal> {
        if self.round.is_none() {
            return Ok(());
        }
        let (expected, found) = (
            "a package that was proposed with its revisions",
            "a round, whose members are answered, held and readied one by one",
        );
        Err(Refusal::new(
            Reason::WrongState,
            Rule::FW9,
            act,
            expected,
            found,
        ))
    }
}

impl PackageProposal {
    /// That it is of agreements on record, of their next revisions, and between all their parties; and
    /// that its framework is on record.
    pub(super) fn fits(&self, others: &Others) -> Result<(), Refusal> {
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
