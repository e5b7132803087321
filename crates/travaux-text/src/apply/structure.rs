//! Operations on the order of provisions: what comes, goes, and moves.

use std::collections::BTreeMap;

use crate::{Anchor, Body, Lang, NewProvision, ProvisionId, Text};

use super::{CollisionReason, Outcome, Run};

impl Run {
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

    pub(super) fn insert(&mut self, at: Anchor, provisions: &[NewProvision]) -> Outcome {
        let first = self.ordinal + 1;
        self.ordinal += u32::try_from(provisions.len()).unwrap_or(u32::MAX - self.ordinal);
        let mut after = self.slot(at)?;
        for (ordinal, provision) in (first..).zip(provisions) {
            let id = ProvisionId::new(self.revision, ordinal);
            after = self.text.link(provision.clone().into_node(id), after);
        }
        Ok(())
    }

    fn all_stand(&self, provisions: &[ProvisionId]) -> Outcome {
        match provisions.iter().find(|id| self.text.get(**id).is_none()) {
            Some(id) => Err(CollisionReason::NoSuchProvision { provision: *id }),
            None => Ok(()),
        }
    }

    pub(super) fn repeal(
        &mut self,
        provisions: &[ProvisionId],
        notice: &BTreeMap<Lang, String>,
    ) -> Outcome {
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

    pub(super) fn remove(&mut self, provisions: &[ProvisionId]) -> Outcome {
        self.all_stand(provisions)?;
        for id in provisions {
            self.text.unlink(*id);
        }
        Ok(())
    }

    pub(super) fn move_whole(&mut self, provision: ProvisionId, at: Anchor) -> Outcome {
        self.node(provision)?;
        let mut ids = vec![provision];
        ids.extend(self.text.contained(provision));
        if at.provision().is_some_and(|anchor| ids.contains(&anchor)) {
            return Err(CollisionReason::IntoItself { provision });
        }
        self.reorder(&ids, at)
    }

    pub(super) fn reorder(&mut self, provisions: &[ProvisionId], at: Anchor) -> Outcome {
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

    pub(super) fn restate(&mut self, provisions: &[NewProvision]) -> Outcome {
        self.text = Text::default();
        self.insert(Anchor::Start, provisions)
    }
}
