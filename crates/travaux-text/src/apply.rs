//! Consolidation: operations run on a text, each under its precondition.

mod collision;
mod structure;
mod wording;

use std::collections::{BTreeMap, HashSet};

use crate::{Body, Lang, Node, Operation, ProvisionId, Text};

pub use self::collision::{Collision, CollisionReason, Collisions};

/// What applying operations did, beyond the text itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Applied {
    /// The provisions whose place changed.
    pub moved: HashSet<ProvisionId>,
}

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
}
