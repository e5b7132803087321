//! Provisions of agreements, as what stands under a framework cites them.

use std::{collections::BTreeSet, fmt};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use travaux_text::ProvisionId;

use super::Deciding;
use crate::{AgreementId, Reason, Refusal, Rule, StreamId, agreement::Agreement};

/// A provision of an agreement: a clause, or an annex.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClauseRef {
    /// The agreement.
    pub agreement: AgreementId,
    /// The provision.
    pub provision: ProvisionId,
    /// What it is called, such as `Article 18`.
    pub label: String,
}

impl fmt::Display for ClauseRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let stream = StreamId::Agreement(self.agreement);
        write!(f, "{} ({}) of {stream}", self.label, self.provision)
    }
}

impl ClauseRef {
    /// The provision, whatever it is called.
    pub fn place(&self) -> (AgreementId, ProvisionId) {
        (self.agreement, self.provision)
    }

    /// The agreements that these name, each once.
    pub(crate) fn streams<'a>(cited: impl IntoIterator<Item = &'a Self>) -> Vec<StreamId> {
        let all: BTreeSet<_> = cited.into_iter().map(|clause| clause.agreement).collect();
        all.into_iter().map(StreamId::Agreement).collect()
    }
}

impl Deciding<'_> {
    /// That a provision stands in the text of its agreement that was adopted last, by a day if one is
    /// named. `what` cites it.
    pub(crate) fn stands_in_text(
        &self,
        rule: Rule,
        what: &str,
        clause: &ClauseRef,
        on: Option<NaiveDate>,
    ) -> Result<(), Refusal> {
        self.text("what a provision is called", &clause.label)?;
        let stream = StreamId::Agreement(clause.agreement);
        let agreement = self.other::<Agreement>(stream);
        let adopted = agreement.and_then(|a| Some((a, a.last_adoption_by(on)?)));
        let Some((agreement, adoption)) = adopted else {
            let by = on.map_or(String::new(), |on| format!(" by {on}"));
            let expected = format!("{what} to be of an agreement that was adopted{by}");
            let found = clause.agreement.to_string();
            return Err(self.refuse(Reason::Unknown, rule, expected, found));
        };
        let text = agreement.history.text_at(adoption.step);
        if text.get(clause.provision).is_some() {
            return Ok(());
        }
        let expected = format!("{what} to stand in the text of its agreement");
        let found = format!("no provision {} there", clause.provision);
        Err(self.refuse(Reason::Unknown, rule, expected, found))
    }

    /// That provisions are cited each once, and stood in the text on the day; but for those that were
    /// cited by the same before: what is repealed later does not keep the rest from being revised.
    pub(crate) fn can_cite<'c>(
        &self,
        rule: Rule,
        (cited, on): (&[ClauseRef], NaiveDate),
        before: impl IntoIterator<Item = &'c ClauseRef>,
    ) -> Result<(), Refusal> {
        let before: BTreeSet<_> = before.into_iter().map(ClauseRef::place).collect();
        let mut seen = BTreeSet::new();
        for clause in cited {
            if !seen.insert(clause.place()) {
                let found = format!("{} twice", clause.label);
                return Err(self.refuse(Reason::Malformed, rule, "clauses, each once", found));
            }
            self.text("what a provision is called", &clause.label)?;
            if !before.contains(&clause.place()) {
                self.stands_in_text(rule, &clause.label, clause, Some(on))?;
            }
        }
        Ok(())
    }
}
