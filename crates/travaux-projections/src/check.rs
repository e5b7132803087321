//! The checker: what an attentive reader would ask about the changes of a text, and about what it says of itself.

use serde::Serialize;
use travaux_domain::{
    Revision,
    agreement::{Nature, RevisionRecord, RevisionState, ending::Contradiction},
};
use travaux_text::{Lang, Operation, ProvisionId, Text, article_references, defined_terms};

use crate::AgreementRecord;

/// What is odd.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CheckKind {
    /// The text changed by operations that were read off two texts, and no agreement orders them.
    ChangeWithoutInstrument,
    /// A revision took effect and changed no word.
    InstrumentWithoutEffect,
    /// The text refers to an article that it does not have.
    DanglingReference,
    /// A definition changed, and provisions that use its term did not.
    DefinitionChanged,
    /// What was recorded of force or end is not what follows from the facts.
    RecordedOtherwise,
    /// An act was accepted, and would not be as others are stated now.
    Unfounded,
}

/// A finding of the checker.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CheckFinding {
    /// What is odd.
    pub kind: CheckKind,
    /// The revision that it is about.
    pub revision: Option<Revision>,
    /// The provision that it is about.
    pub provision: Option<ProvisionId>,
    /// The event that it is about, by its version in the stream.
    pub event: Option<u64>,
    /// In words.
    pub what: String,
}

impl AgreementRecord {
    /// What is odd about the changes of the text, and about the text of the day in `lang`.
    pub fn check(&self, lang: Lang) -> Vec<CheckFinding> {
        let mut found = Vec::new();
        for record in &self.agreement.revisions {
            let took_effect = matches!(
                record.state,
                RevisionState::Adopted | RevisionState::InForce
            );
            if took_effect && record.draft.nature != Nature::Draft {
                self.check_revision(record, lang, &mut found);
            }
        }
        let text = self.agreement.history.text_at(self.agreement.history.len());
        dangling(&text, lang, &mut found);
        let contradicted = self.agreement.contradictions().into_iter();
        found.extend(contradicted.map(|contradicted| {
            let Contradiction {
                what,
                recorded,
                event,
                follows,
            } = contradicted;
            let follows = follows.map_or("nothing of the kind".to_owned(), |on| on.to_string());
            CheckFinding {
                kind: CheckKind::RecordedOtherwise,
                revision: None,
                provision: None,
                event: Some(event),
                what: format!("recorded as {what} {recorded}; from the facts follows {follows}"),
            }
        }));
        let unfounded = self.agreement.unfounded().into_iter();
        found.extend(unfounded.map(|unfounded| CheckFinding {
            kind: CheckKind::Unfounded,
            revision: None,
            provision: None,
            event: Some(unfounded.event),
            what: match unfounded.refusal {
                Some(refusal) => format!("accepted before others were restated; now {refusal}"),
                None => "accepted before others were restated; now its decision would find otherwise"
                    .to_owned(),
            },
        }));
        found
    }

    fn check_revision(&self, record: &RevisionRecord, lang: Lang, found: &mut Vec<CheckFinding>) {
        let revision = record.revision;
        let mut find = |kind, provision, what: String| {
            found.push(CheckFinding {
                kind,
                revision: Some(revision),
                provision,
                event: None,
                what,
            })
        };
        if record.draft.inferred
            && record.draft.instrument.is_none()
            && record.draft.nature == Nature::Amendment
        {
            let what = format!(
                "revision {revision} was read off two texts, and no agreement orders its changes"
            );
            find(CheckKind::ChangeWithoutInstrument, None, what);
        }
        let before = self
            .agreement
            .revision(record.draft.base)
            .filter(|base| base.revision != revision);
        let same = before.is_some_and(|base| base.digests == record.digests);
        if record.operation_count == 0 || same {
            find(
                CheckKind::InstrumentWithoutEffect,
                None,
                format!("revision {revision} changes no word of the text"),
            );
            return;
        }
        let Ok(base) = self.agreement.text_of(record.draft.base) else {
            return;
        };
        for (provision, term) in definitions(&base, lang) {
            let touched = |id: ProvisionId| {
                record
                    .draft
                    .operations
                    .iter()
                    .flat_map(Operation::provisions)
                    .any(|p| p == id)
            };
            if !touched(provision) {
                continue;
            }
            let uses = |n: &&travaux_text::Node| {
                n.id != provision && n.body(lang).is_some_and(|b| b.text().contains(&term))
            };
            let left: Vec<_> = base
                .nodes()
                .filter(uses)
                .map(|n| n.id)
                .filter(|id| !touched(*id))
                .collect();
            if !left.is_empty() {
                let left: Vec<_> = left.iter().map(ToString::to_string).collect();
                let what = format!(
                    "revision {revision} changes the definition of `{term}`, which {} use unchanged",
                    left.join(", ")
                );
                find(CheckKind::DefinitionChanged, Some(provision), what);
            }
        }
    }
}

fn definitions(text: &Text, lang: Lang) -> Vec<(ProvisionId, String)> {
    let of = |n: &travaux_text::Node| -> Vec<(ProvisionId, String)> {
        let terms = n
            .body(lang)
            .map(|b| defined_terms(b.text()))
            .unwrap_or_default();
        terms.into_iter().map(|term| (n.id, term)).collect()
    };
    text.nodes().flat_map(of).collect()
}

fn dangling(text: &Text, lang: Lang, found: &mut Vec<CheckFinding>) {
    let articles: Vec<u32> = text
        .nodes()
        .filter_map(|n| n.body(lang))
        .flat_map(|b| article_references(b.label()))
        .collect();
    // A text whose articles are not numbered refers to those of others.
    if articles.is_empty() {
        return;
    }
    for (id, words) in text
        .nodes()
        .filter_map(|n| Some((n.id, n.body(lang)?.text().to_owned())))
    {
        for number in article_references(&words)
            .into_iter()
            .filter(|n| !articles.contains(n))
        {
            let what = format!(
                "provision {id} refers to article {number}, which the {lang} text does not have"
            );
            found.push(CheckFinding {
                kind: CheckKind::DanglingReference,
                revision: None,
                event: None,
                provision: Some(id),
                what,
            });
        }
    }
}
