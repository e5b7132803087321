//! What became of a revision, by its state and its answers: the one answer, which every view gives.

use std::fmt;

use chrono::NaiveDate;
use serde::Serialize;

use super::{Agreement, Answer, Outcome, RevisionRecord, RevisionState};
use crate::PartyId;

/// What became of a revision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum RevisionOutcome {
    /// It waits for answers, or for its adoption.
    #[serde(rename = "open")]
    Open,
    /// Its proposer withdrew it.
    #[serde(rename = "withdrawn")]
    Withdrawn,
    /// A party rejected it.
    #[serde(rename = "rejected")]
    Rejected,
    /// It was adopted.
    #[serde(rename = "adopted")]
    Adopted,
    /// It was adopted and an act brought it into force, which a later one may have followed.
    #[serde(rename = "in force")]
    InForce,
    /// It was notified as an amendment that silence accepts.
    #[serde(rename = "left to silence")]
    LeftToSilence,
    /// It was not adopted, and no longer can be.
    #[serde(rename = "not adopted")]
    NotAdopted,
}

impl RevisionOutcome {
    /// Its words.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Withdrawn => "withdrawn",
            Self::Rejected => "rejected",
            Self::Adopted => "adopted",
            Self::InForce => "in force",
            Self::LeftToSilence => "left to silence",
            Self::NotAdopted => "not adopted",
        }
    }
}

impl Agreement {
    /// What became of a revision of it. One that is open, and that a party rejected, is rejected; one that
    /// is open, and left behind or imported, was not adopted: nothing waits for it any more.
    pub fn outcome_of(&self, revision: &RevisionRecord) -> RevisionOutcome {
        let open = revision.outcome() == RevisionOutcome::Open;
        if open && self.leaves_behind(revision) {
            return RevisionOutcome::NotAdopted;
        }
        revision.outcome()
    }
}

impl RevisionRecord {
    /// The latest day that was said of an acceptance that counts.
    pub(super) fn accepted_on(&self) -> Option<NaiveDate> {
        let accepts = |party: &PartyId| self.answers.get(party) == Some(&Answer::Accepted);
        let said = self.answered_on.iter().filter(|(party, _)| accepts(party));
        said.map(|(_, day)| *day).max()
    }

    /// The same, as far as it follows from the revision itself.
    fn outcome(&self) -> RevisionOutcome {
        let rejected = |(_, answer)| matches!(answer, &Answer::Rejected { .. });
        match self.state {
            RevisionState::InForce => RevisionOutcome::InForce,
            RevisionState::LeftToSilence => RevisionOutcome::LeftToSilence,
            RevisionState::Adopted | RevisionState::Concluded(Outcome::AdoptedAs { .. }) => {
                RevisionOutcome::Adopted
            }
            RevisionState::Withdrawn => RevisionOutcome::Withdrawn,
            RevisionState::Concluded(Outcome::NotAdopted) => RevisionOutcome::NotAdopted,
            RevisionState::Open if self.answers.iter().any(rejected) => RevisionOutcome::Rejected,
            RevisionState::Open if self.draft.provenance.is_some() => RevisionOutcome::NotAdopted,
            RevisionState::Open => RevisionOutcome::Open,
        }
    }
}

impl fmt::Display for RevisionOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use travaux_text::Localized;

    use super::*;
    use crate::{
        Actor, PartyId, Provenance, Revision,
        agreement::{Answers, RevisionDraft},
    };

    fn outcome(state: RevisionState, answers: &[(&str, Answer)], imported: bool) -> &'static str {
        let at = DateTime::UNIX_EPOCH;
        let provenance = imported.then(|| Provenance {
            source: "1f0c".into(),
            path: "accord.md".into(),
            mode: None,
            by: Actor::party("FR"),
            at,
        });
        let answers = answers
            .iter()
            .map(|(party, answer)| (PartyId::from(*party), answer.clone()));
        let revision = RevisionRecord {
            revision: Revision(2),
            draft: RevisionDraft {
                provenance,
                ..RevisionDraft::new(Revision(1), Vec::new())
            },
            operation_count: 0,
            digests: Localized::new(),
            proposer: Actor::party("FR"),
            proposed_at: at,
            recorded_at: at,
            done_on: None,
            answered_on: std::collections::BTreeMap::new(),
            answers: answers.collect::<Answers>(),
            state,
        };
        revision.outcome().as_str()
    }

    #[test]
    fn an_outcome_follows_from_the_state_the_answers_and_the_source() {
        use RevisionState as S;
        let rejected = || Answer::Rejected { reason: None };
        let adopted_as = || Outcome::AdoptedAs {
            revision: Revision(3),
            how: "squashed".into(),
        };
        let both = [("FR", Answer::Accepted), ("MA", rejected())];
        let accepted = [("FR", Answer::Accepted), ("MA", Answer::Accepted)];
        for (state, answers, imported, expected) in [
            (S::Open, &both[..0], false, "open"),
            (S::Open, &accepted, false, "open"),
            (S::Open, &both, false, "rejected"),
            (S::Open, &accepted, true, "not adopted"),
            (S::Open, &both, true, "rejected"),
            // What was done about it counts more than an answer.
            (S::Withdrawn, &both, false, "withdrawn"),
            (S::Adopted, &both, false, "adopted"),
            (S::Adopted, &accepted, true, "adopted"),
            (S::InForce, &accepted, false, "in force"),
            (S::LeftToSilence, &both, false, "left to silence"),
            (S::Concluded(adopted_as()), &both, true, "adopted"),
            (
                S::Concluded(Outcome::NotAdopted),
                &accepted,
                true,
                "not adopted",
            ),
        ] {
            let words = format!("{state:?}, {answers:?}, imported: {imported}");
            assert_eq!(outcome(state, answers, imported), expected, "{words}");
        }
    }
}
