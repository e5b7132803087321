//! Consolidation: operations run on a text, each under its precondition.

use std::collections::{BTreeMap, HashSet};

use serde::{Deserialize, Serialize};

use crate::{Anchor, Body, Digest, Edit, Lang, NewProvision, Node, Operation, ProvisionId, Text};

/// What applying operations did, beyond the text itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Applied {
    /// The provisions whose place changed.
    pub moved: HashSet<ProvisionId>,
}

/// Why an operation does not fit a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum CollisionReason {
    /// The provision does not stand: it was repealed, or never was.
    #[error("provision {provision} does not stand in this text")]
    NoSuchProvision {
        /// Which.
        provision: ProvisionId,
    },
    /// The provision has no wording in the language.
    #[error("provision {provision} has no {lang} text")]
    NoSuchLanguage {
        /// Which.
        provision: ProvisionId,
        /// Which language.
        lang: Lang,
    },
    /// The words occur another number of times.
    #[error("`{find}` occurs {found} times in provision {provision} ({lang}), expected {expected}")]
    Occurrences {
        /// Which.
        provision: ProvisionId,
        /// In which language.
        lang: Lang,
        /// The words.
        find: String,
        /// How often they were to occur.
        expected: u32,
        /// How often they do.
        found: u32,
    },
    /// Other words stand at the place.
    #[error("provision {provision} ({lang}) has `{found}` at byte {at}, expected `{expected}`")]
    OtherWords {
        /// Which.
        provision: ProvisionId,
        /// In which language.
        lang: Lang,
        /// Where.
        at: u32,
        /// What was to stand there.
        expected: String,
        /// What does.
        found: String,
    },
    /// The provision's bytes changed.
    #[error(
        "provision {provision} ({lang}) was changed: its digest is {found}, expected {expected}"
    )]
    OtherDigest {
        /// Which.
        provision: ProvisionId,
        /// In which language.
        lang: Lang,
        /// The digest that was to be.
        expected: Digest,
        /// The digest that is.
        found: Digest,
    },
    /// A sibling has the label already.
    #[error("`{label}` is already the label of provision {holder}")]
    LabelTaken {
        /// The label.
        label: String,
        /// Who has it.
        holder: ProvisionId,
    },
    /// The place lies within what is to be moved there.
    #[error("provision {provision} cannot be moved into itself")]
    IntoItself {
        /// Which.
        provision: ProvisionId,
    },
}

/// An operation that does not fit, by its place among the operations (from 0).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("operation {operation} ({name}): {reason}")]
pub struct Collision {
    /// Its place, from 0.
    pub operation: usize,
    /// Its name.
    pub name: String,
    /// Why.
    pub reason: CollisionReason,
}

/// All operations that do not fit, at least one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
pub struct Collisions(pub Vec<Collision>);

impl Text {
    /// Runs `ops` in order; provisions that they bring in get their identity from `revision`.
    ///
    /// # Errors
    /// [`Collisions`]: every operation whose precondition fails. The text is then unchanged.
    pub fn apply(&mut self, ops: &[Operation], revision: u32) -> Result<Applied, Collisions> {
        let mut run = Run {
            text: self.clone(),
            revision,
            ordinal: 0,
            applied: Applied::default(),
        };
        let mut collisions = Vec::new();
        for (operation, op) in ops.iter().enumerate() {
            if let Err(reason) = run.one(op) {
                // Ids are given by place, so what the failed operation would have created is skipped.
                collisions.push(Collision {
                    operation,
                    name: op.name().to_owned(),
                    reason,
                });
            }
        }
        for (operation, op) in ops.iter().enumerate() {
            if let Err(reason) = run.labels_are_unique(op) {
                collisions.push(Collision {
                    operation,
                    name: op.name().to_owned(),
                    reason,
                });
            }
        }
        if collisions.is_empty() {
            *self = run.text;
            Ok(run.applied)
        } else {
            Err(Collisions(collisions))
        }
    }
}

struct Run {
    text: Text,
    revision: u32,
    ordinal: u32,
    applied: Applied,
}

type Outcome = Result<(), CollisionReason>;

impl Run {
    fn one(&mut self, op: &Operation) -> Outcome {
        match op {
            Operation::Insert { at, provisions } => self.insert(*at, provisions),
            Operation::Replace {
                provision,
                expect,
                bodies,
            } => self.replace(*provision, expect, bodies),
            Operation::SubstituteWords {
                provision,
                lang,
                find,
                with,
                count,
            } => self.substitute(*provision, *lang, find, with, *count),
            Operation::EditWords {
                provision,
                lang,
                edits,
            } => self.edit(*provision, *lang, edits),
            Operation::Repeal { provisions, notice } => self.repeal(provisions, notice),
            Operation::Remove { provisions } => self.remove(provisions),
            Operation::Renumber { provision, labels } => self.renumber(*provision, labels),
            Operation::Move { provision, at } => self.move_whole(*provision, *at),
            Operation::Reorder { provisions, at } => self.reorder(provisions, *at),
            Operation::SetHeading {
                provision,
                headings,
            } => self.change(*provision, headings, |body, heading| {
                body.with_heading(heading)
            }),
            Operation::Reformat {
                provision,
                kind,
                rank,
                layout,
            } => {
                self.change(*provision, layout, |body, layout| {
                    let body = body.with_layout(&layout.before, &layout.between);
                    layout
                        .label
                        .as_ref()
                        .map_or(body.clone(), |label| body.with_label(label))
                })?;
                let node = self.node(*provision)?;
                (node.kind, node.rank) = (*kind, *rank);
                Ok(())
            }
            Operation::Restate { provisions } => self.restate(provisions),
        }
    }

    fn node(&mut self, provision: ProvisionId) -> Result<&mut Node, CollisionReason> {
        self.text
            .get_mut(provision)
            .ok_or(CollisionReason::NoSuchProvision { provision })
    }

    fn body(&mut self, provision: ProvisionId, lang: Lang) -> Result<&mut Body, CollisionReason> {
        self.node(provision)?
            .body_mut(lang)
            .ok_or(CollisionReason::NoSuchLanguage { provision, lang })
    }

    /// Replaces the bodies for which there is a value, after checking that all of them are there.
    fn change<T>(
        &mut self,
        provision: ProvisionId,
        values: &BTreeMap<Lang, T>,
        with: impl Fn(&Body, &T) -> Body,
    ) -> Outcome {
        for lang in values.keys() {
            self.body(provision, *lang)?;
        }
        for (lang, value) in values {
            let body = self.body(provision, *lang)?;
            *body = with(body, value);
        }
        Ok(())
    }

    /// The slot behind which `at` stands.
    fn slot(&self, at: Anchor) -> Result<u32, CollisionReason> {
        let of = |provision| {
            self.text
                .slot_of(provision)
                .ok_or(CollisionReason::NoSuchProvision { provision })
        };
        Ok(match at {
            Anchor::Start => Text::BEGINNING,
            Anchor::End => self.text.last_slot(),
            Anchor::Before(id) => self.text.slot_before(of(id)?),
            Anchor::First(id) => of(id)?,
            Anchor::After(id) => {
                of(id)?;
                of(self.text.contained(id).last().copied().unwrap_or(id))?
            }
        })
    }

    fn insert(&mut self, at: Anchor, provisions: &[NewProvision]) -> Outcome {
        let first = self.ordinal + 1;
        self.ordinal += u32::try_from(provisions.len()).unwrap_or(u32::MAX - self.ordinal);
        let mut after = self.slot(at)?;
        for (ordinal, provision) in (first..).zip(provisions) {
            let id = ProvisionId::new(self.revision, ordinal);
            after = self.text.link(provision.clone().into_node(id), after);
        }
        Ok(())
    }

    fn replace(
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
        self.change(id, bodies, |_, body| body.clone())
    }

    fn substitute(
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

    fn edit(&mut self, provision: ProvisionId, lang: Lang, edits: &[Edit]) -> Outcome {
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

    fn all_stand(&self, provisions: &[ProvisionId]) -> Outcome {
        match provisions.iter().find(|id| self.text.get(**id).is_none()) {
            Some(id) => Err(CollisionReason::NoSuchProvision { provision: *id }),
            None => Ok(()),
        }
    }

    fn repeal(&mut self, provisions: &[ProvisionId], notice: &BTreeMap<Lang, String>) -> Outcome {
        self.all_stand(provisions)?;
        for id in provisions {
            for inner in self.text.contained(*id) {
                self.text.unlink(inner);
            }
            if notice.is_empty() {
                self.text.unlink(*id);
            } else {
                self.change(*id, notice, |body, notice| {
                    let trailing = &body.text()[body.text().trim_end().len()..];
                    // Of the line of its label only that stays: `Article 4 — Scope` is `Article 4 (repealed)`.
                    let between = if body.label().is_empty() { "" } else { " " };
                    Body::from_parts(
                        body.before(),
                        body.label(),
                        between,
                        "",
                        &format!("{notice}{trailing}"),
                    )
                })?;
                self.node(*id)?.repealed = true;
            }
        }
        Ok(())
    }

    fn remove(&mut self, provisions: &[ProvisionId]) -> Outcome {
        self.all_stand(provisions)?;
        for id in provisions {
            self.text.unlink(*id);
        }
        Ok(())
    }

    fn renumber(&mut self, provision: ProvisionId, labels: &BTreeMap<Lang, String>) -> Outcome {
        self.change(provision, labels, |body, label| body.with_label(label))
    }

    /// Labels are compared when all operations have run, so that a revision can exchange or shift them.
    fn labels_are_unique(&self, op: &Operation) -> Outcome {
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

    fn move_whole(&mut self, provision: ProvisionId, at: Anchor) -> Outcome {
        self.node(provision)?;
        let mut ids = vec![provision];
        ids.extend(self.text.contained(provision));
        if at.provision().is_some_and(|anchor| ids.contains(&anchor)) {
            return Err(CollisionReason::IntoItself { provision });
        }
        self.reorder(&ids, at)
    }

    fn reorder(&mut self, provisions: &[ProvisionId], at: Anchor) -> Outcome {
        self.all_stand(provisions)?;
        if let Some(anchor) = at.provision().filter(|anchor| provisions.contains(anchor)) {
            return Err(CollisionReason::IntoItself { provision: anchor });
        }
        if let Some(anchor) = at.provision() {
            self.all_stand(&[anchor])?;
        }
        let nodes: Vec<_> = provisions
            .iter()
            .filter_map(|id| self.text.unlink(*id))
            .collect();
        let mut after = self.slot(at)?;
        for node in nodes {
            self.applied.moved.insert(node.id);
            after = self.text.link(node, after);
        }
        Ok(())
    }

    fn restate(&mut self, provisions: &[NewProvision]) -> Outcome {
        self.text = Text::default();
        self.insert(Anchor::Start, provisions)
    }
}
