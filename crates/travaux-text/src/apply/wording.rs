//! Operations on the words, headings and labels of a provision.

use std::collections::BTreeMap;

use crate::{Body, Digest, Edit, Lang, Operation, ProvisionId};

use super::{CollisionReason, Outcome, Run};

impl Run {
    pub(super) fn replace(
        &mut self,
        id: ProvisionId,
        expect: &BTreeMap<Lang, Digest>,
        bodies: &BTreeMap<Lang, Body>,
    ) -> Outcome {
        for (lang, expected) in expect {
            let found = Digest::of(self.body(id, *lang)?.raw().as_bytes());
            if found != *expected {
                return Err(CollisionReason::OtherDigest {
                    provision: id,
                    lang: *lang,
                    expected: *expected,
                    found,
                });
            }
        }
        let node = self.node(id)?;
        for (lang, body) in bodies {
            node.set_body(*lang, body.clone());
        }
        Ok(())
    }

    pub(super) fn substitute(
        &mut self,
        provision: ProvisionId,
        lang: Lang,
        find: &str,
        with: &str,
        expected: u32,
    ) -> Outcome {
        let body = self.body(provision, lang)?;
        let found = if find.is_empty() {
            0
        } else {
            body.text().matches(find).count()
        };
        let found = u32::try_from(found).unwrap_or(u32::MAX);
        if found != expected || found == 0 {
            return Err(CollisionReason::Occurrences {
                provision,
                lang,
                find: find.to_owned(),
                expected,
                found,
            });
        }
        *body = body.with_text(&body.text().replace(find, with));
        Ok(())
    }

    pub(super) fn edit(&mut self, provision: ProvisionId, lang: Lang, edits: &[Edit]) -> Outcome {
        let body = self.body(provision, lang)?;
        let old = body.text();
        let mut new = String::with_capacity(old.len());
        let mut done = 0;
        for edit in edits {
            let at = edit.at as usize;
            let found = old.get(at..).filter(|_| at >= done);
            if !found.is_some_and(|rest| rest.starts_with(&edit.remove)) {
                let found = found
                    .unwrap_or_default()
                    .chars()
                    .take(edit.remove.chars().count().max(1))
                    .collect();
                let expected = edit.remove.clone();
                return Err(CollisionReason::OtherWords {
                    provision,
                    lang,
                    at: edit.at,
                    expected,
                    found,
                });
            }
            new.push_str(old.get(done..at).unwrap_or_default());
            new.push_str(&edit.insert);
            done = at + edit.remove.len();
        }
        new.push_str(old.get(done..).unwrap_or_default());
        *body = body.with_text(&new);
        Ok(())
    }

    pub(super) fn renumber(
        &mut self,
        provision: ProvisionId,
        labels: &BTreeMap<Lang, String>,
    ) -> Outcome {
        self.change(provision, labels, |body, label| body.with_label(label))
    }

    /// Labels are compared when all operations have run, so that a revision can exchange or shift them.
    pub(super) fn labels_are_unique(&self, op: &Operation) -> Outcome {
        let Operation::Renumber { provision, labels } = op else {
            return Ok(());
        };
        let siblings = self.text.siblings(*provision);
        for (lang, label) in labels.iter().filter(|(_, label)| !label.is_empty()) {
            let label_of = |id: ProvisionId| {
                self.text
                    .get(id)
                    .and_then(|n| n.body(*lang))
                    .map_or("", Body::label)
            };
            if label_of(*provision) != label {
                continue;
            }
            if let Some(holder) = siblings.iter().find(|id| label_of(**id) == label) {
                return Err(CollisionReason::LabelTaken {
                    label: label.clone(),
                    holder: *holder,
                });
            }
        }
        Ok(())
    }
}
