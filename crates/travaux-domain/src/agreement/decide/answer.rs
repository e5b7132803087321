//! What the parties say to a revision, and what became of it elsewhere.

use super::Decision;
use crate::{
    AdoptionRule, Reason, Revision, Rule,
    agreement::{AgreementEvent, Answer, Answered, Outcome, decision::DecisionContext},
    package::Package,
};

impl DecisionContext<'_> {
    pub(super) fn withdraw(&self, revision: Revision, reason: Option<String>) -> Decision {
        self.of_a_party()?;
        let record = self.open(revision, Rule::T3)?;
        self.with_package(record, Package::lets_go)?;
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
            closes && package.lets_go() || package.answers.get(&party) == Some(answer)
        })?;
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
