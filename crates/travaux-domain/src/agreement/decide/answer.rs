//! What the parties say to a revision, and what became of it elsewhere.

use super::Decision;
use crate::{
    AdoptionRule, Decided, PackageId, Reason, Revision, Rule,
    agreement::{AgreementEvent, Answer, Answered, Outcome, decision::DecisionContext},
};

impl DecisionContext<'_> {
    pub(super) fn withdraw(&self, revision: Revision, reason: Option<String>) -> Decision {
        self.of_a_party()?;
        let record = self.open(revision, Rule::T3)?;
        self.with_package(record, |package| {
            let itself = self.beside.itself;
            package.lets_go() || itself.is_some_and(|id| package.lets_revision_go(id, revision))
        })?;
        let party = self.context.actor.party.clone();
        if record.proposer.party != party {
            let expected = format!("its proposer ({})", record.proposer.party);
            return Err(self.refuse(
                Reason::NotEntitled,
                Rule::T3,
                expected,
                format!("`{party}`"),
            ));
        }
        self.on(
            Rule::T3,
            AgreementEvent::RevisionWithdrawn(Answered {
                revision,
                party,
                reason,
            }),
        )
    }

    pub(super) fn answer(
        &self,
        revision: Revision,
        reason: Option<String>,
        answer: &Answer,
        event: fn(Answered) -> AgreementEvent,
    ) -> Decision {
        match answer {
            Answer::Accepted => self.standing()?,
            Answer::Rejected { .. } => self.of_a_party()?,
        };
        let record = self.open(revision, Rule::T4a)?;
        let party = self.party().clone();
        self.with_package(record, |package| {
            let closes = *answer != Answer::Accepted;
            let by_itself = self.beside.itself.is_some_and(|id| {
                package.takes_answers(id, revision)
                    || closes && package.lets_revision_go(id, revision)
            });
            by_itself || closes && package.lets_go() || package.answers.get(&party) == Some(answer)
        })?;
        let last = record.answered_on.get(&party).copied();
        self.not_before(last, "it last answered")?;
        if record.answers.get(&party) == Some(answer) {
            return Err(self.refuse(
                Reason::Already,
                Rule::T4a,
                "a new answer",
                format!("the answer that `{party}` gave already"),
            ));
        }
        self.on(
            Rule::T4a,
            event(Answered {
                revision,
                party,
                reason,
            }),
        )
    }

    /// A revision goes with its member to a part of a round that was split (FW11).
    pub(super) fn repackage(&self, revision: Revision, package: PackageId) -> Decision {
        self.standing()?;
        let record = self.open(revision, Rule::FW11)?;
        let part = self.beside.package.zip(self.beside.itself);
        let part = part.and_then(|(package, itself)| package.round.as_ref()?.part_of(itself));
        if record.draft.package.is_some() && part == Some(package) {
            let event = AgreementEvent::RevisionRepackaged { revision, package };
            return Ok(Decided::on(Rule::FW11, event));
        }
        let expected = match part {
            Some(part) => format!("the part that has the agreement, round {part}"),
            None => "a revision of a round that was split".to_owned(),
        };
        Err(self.refuse(
            Reason::ConditionUnmet,
            Rule::FW11,
            expected,
            format!("round {package}"),
        ))
    }

    pub(super) fn conclude(&self, revision: Revision, outcome: Outcome) -> Decision {
        let identity = self.identity()?;
        if identity.profile.adoption != AdoptionRule::AsRecorded {
            return Err(self.refuse(
                Reason::Forbidden,
                Rule::RC1,
                "an imported agreement",
                format!("one under `{}`", identity.profile.name),
            ));
        }
        self.open(revision, Rule::RC1)?;
        if let Outcome::AdoptedAs {
            revision: other, ..
        } = &outcome
            && self.agreement.adoption_of(*other).is_none()
        {
            return Err(self.refuse(
                Reason::Unknown,
                Rule::RC1,
                "an adopted revision",
                format!("revision {other}"),
            ));
        }
        self.on(
            Rule::RC1,
            AgreementEvent::RevisionConcluded { revision, outcome },
        )
    }
}
