//! Whose each line and each word is.

use std::borrow::Cow;

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use travaux_domain::Revision;
use travaux_text::{Lang, ProvisionId, WordRun};

use crate::{AgreementRecord, RevisionError};

/// Who stands behind words: the two roles are never one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Custodian<'a> {
    /// The revision that brought the words in.
    pub revision: Revision,
    /// The party that proposed it.
    pub proposer: &'a str,
    /// The party that adopted it.
    pub adopter: Option<&'a str>,
    /// When it was adopted.
    pub adopted_at: Option<DateTime<Utc>>,
    /// From when it applies.
    pub effective_from: Option<NaiveDate>,
    /// Its name at the source that it was imported from.
    pub source: Option<&'a str>,
    /// Whether this was read off two texts rather than recorded.
    pub inferred: bool,
}

/// The custody of a line of text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BlameLine<'a> {
    /// The line's number, from 1.
    pub line: u32,
    /// The line, without its end.
    pub text: Cow<'a, str>,
    /// The provision in which it starts.
    pub provision: ProvisionId,
    /// Who stands behind the line's present words.
    #[serde(flatten)]
    pub custodian: Custodian<'a>,
    /// The revision that brought words of the line back after they had been struck.
    pub returned: Option<u32>,
}

impl AgreementRecord {
    /// Who stands behind the words of `revision`.
    pub fn custodian(&self, revision: Revision) -> Custodian<'_> {
        let record = self.agreement.revision(revision);
        let adoption = self.agreement.adoption_of(revision);
        Custodian {
            revision,
            proposer: record.map_or("", |r| r.proposer.party.0.as_str()),
            adopter: adoption.map(|a| a.adopter.party.0.as_str()),
            adopted_at: adoption.map(|a| a.adopted_at),
            effective_from: adoption.map(|a| self.effective(a)),
            source: record
                .and_then(|r| r.draft.provenance.as_ref())
                .map(|p| p.source.as_str()),
            inferred: record.is_some_and(|r| r.draft.inferred),
        }
    }

    /// The custody of every line of the text of an adopted revision; call [`Self::follow`] first.
    ///
    /// # Errors
    /// [`RevisionError::NotAdopted`] where the revision is not part of the adopted text.
    pub fn blame(
        &self,
        revision: Revision,
        lang: Lang,
    ) -> Result<Vec<BlameLine<'_>>, RevisionError> {
        let step = self.step(revision)?;
        let lines = self.custody().lines(&self.agreement.history, step, lang);
        // Few revisions, many lines: each is looked up once.
        let custodians: Vec<_> = (0..=self.agreement.revisions.len())
            .map(|_| std::cell::OnceCell::new())
            .collect();
        let blamed = lines.into_iter().map(|l| {
            let found = custodians.get(l.revision as usize);
            let custodian = found.map(|c| {
                c.get_or_init(|| self.custodian(Revision(l.revision)))
                    .clone()
            });
            BlameLine {
                line: l.line,
                text: l.text,
                provision: l.provision,
                custodian: custodian.unwrap_or_else(|| self.custodian(Revision(l.revision))),
                returned: l.returned,
            }
        });
        Ok(blamed.collect())
    }

    /// The words of a provision of an adopted revision, by origin; call [`Self::follow`] first.
    ///
    /// # Errors
    /// [`RevisionError`] where the revision is not part of the adopted text, or the provision does not stand in it.
    pub fn words(
        &self,
        revision: Revision,
        provision: ProvisionId,
        lang: Lang,
    ) -> Result<Vec<WordRun>, RevisionError> {
        let step = self.step(revision)?;
        let node = self
            .agreement
            .history
            .nodes_at(step, lang)
            .find(|n| n.id == provision);
        let node = node.ok_or(RevisionError::NoProvision {
            revision,
            provision,
            lang,
        })?;
        Ok(self.custody().words(&self.agreement.history, node.body))
    }

    fn step(&self, revision: Revision) -> Result<u32, RevisionError> {
        let step = self.agreement.history.step_of(revision.0);
        step.ok_or_else(|| RevisionError::NotAdopted {
            revision,
            last: self.agreement.current(),
        })
    }
}
