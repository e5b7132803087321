//! What a history is asked: the text of a step, and what a step changed.

use std::collections::HashMap;

use crate::{Body, Kind, Lang, Node, ProvisionId, Text};

use super::{History, NONE};

/// A provision as it stood at a step, borrowed.
#[derive(Clone, Copy, Debug)]
pub struct HistoryNode<'a> {
    /// Its identity.
    pub id: ProvisionId,
    /// What it is.
    pub kind: Kind,
    /// How deep it stands.
    pub rank: u8,
    /// Its bytes in the language that was asked for.
    pub raw: &'a str,
    /// The number of its body, by which [`crate::Custody`] knows it.
    pub body: u32,
}

/// A body that a step brought in, and the body of the same provision and language that it took the place of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct BodyChange {
    pub(crate) new: u32,
    pub(crate) old: Option<u32>,
}

impl History {
    /// The text at `step`; empty before the first.
    pub fn text_at(&self, step: u32) -> Text {
        let latest = self.latest.0.as_ref().filter(|_| step == self.len());
        latest.cloned().unwrap_or_else(|| self.read(step))
    }

    pub(super) fn read(&self, step: u32) -> Text {
        Text::from_nodes(self.entries.iter().filter(|e| e.stands_at(step)).map(|e| {
            let bodies = self
                .langs
                .iter()
                .zip(self.bodies_of(e))
                .filter_map(|(lang, number)| {
                    let stored = self.bodies.get(*number as usize)?;
                    Some((
                        *lang,
                        Body::from_stored(self.bytes(stored), stored.ends, *number),
                    ))
                });
            let mut bodies: Vec<_> = bodies.collect();
            bodies.sort_unstable_by_key(|(lang, _)| *lang);
            Node {
                id: e.id,
                kind: e.kind,
                rank: e.rank,
                repealed: e.repealed,
                bodies,
            }
        }))
    }

    /// The provisions at `step` in `lang`, in reading order.
    pub fn nodes_at(&self, step: u32, lang: Lang) -> impl Iterator<Item = HistoryNode<'_>> {
        let column = self.langs.iter().position(|l| *l == lang);
        self.entries
            .iter()
            .filter(move |e| e.stands_at(step))
            .filter_map(move |e| {
                let body = *self.bodies_of(e).get(column?)?;
                let stored = self.bodies.get(body as usize)?;
                Some(HistoryNode {
                    id: e.id,
                    kind: e.kind,
                    rank: e.rank,
                    raw: self.bytes(stored),
                    body,
                })
            })
    }

    /// The text at `step` in `lang`, byte for byte.
    pub fn print_at(&self, step: u32, lang: Lang) -> String {
        let Some(column) = self.langs.iter().position(|l| *l == lang) else {
            return String::new();
        };
        let mut out = String::with_capacity(self.pool.0.len() / 2);
        // Bodies that were stored together are copied together: a text that changed little is a few long runs.
        let mut run = 0..0;
        for entry in self.entries.iter().filter(|e| e.stands_at(step)) {
            let number = self
                .body_of
                .get(entry.bodies as usize + column)
                .copied()
                .unwrap_or(NONE);
            let Some(stored) = self.bodies.get(number as usize) else {
                continue;
            };
            if stored.start != run.end {
                out.push_str(self.pool.get(run.start, run.end));
                run.start = stored.start;
            }
            run.end = stored.end;
        }
        out.push_str(self.pool.get(run.start, run.end));
        out
    }

    /// What `step` changed: bodies that came in, each with the one whose place it took, and bodies that went without one.
    pub(crate) fn changes_at(&self, step: u32) -> (Vec<BodyChange>, Vec<u32>) {
        let mut gone: HashMap<(ProvisionId, usize), u32> = HashMap::new();
        for entry in self.entries.iter().filter(|e| e.died == step) {
            for (column, body) in self
                .bodies_of(entry)
                .iter()
                .enumerate()
                .filter(|(_, b)| **b != NONE)
            {
                gone.insert((entry.id, column), *body);
            }
        }
        let mut came = Vec::new();
        for entry in self.entries.iter().filter(|e| e.born == step) {
            for (column, new) in self
                .bodies_of(entry)
                .iter()
                .enumerate()
                .filter(|(_, b)| **b != NONE)
            {
                let old = gone.remove(&(entry.id, column));
                if old != Some(*new) {
                    came.push(BodyChange { new: *new, old });
                }
            }
        }
        let mut gone: Vec<_> = gone.into_values().collect();
        gone.sort_unstable();
        (came, gone)
    }
}
