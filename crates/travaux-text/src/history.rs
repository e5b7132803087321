//! What a text said at every step, kept once: a weave.
//!
//! The idea is that of SCCS (M. J. Rochkind, "The Source Code Control System", 1975): one sequence of everything that ever
//! stood, each entry with the steps at which it came and went. Any step is one pass over it, and the sequence is never
//! longer than what was ever written.

mod pool;
mod read;

use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};

use crate::{Body, Kind, Lang, Node, ProvisionId, Text};

use self::pool::Pool;

pub use self::read::HistoryNode;

const NONE: u32 = u32::MAX;

/// From so many provisions on the last text is kept: a smaller one is read in less than 0.1 ms, and there may be many. Few in this
/// crate's own tests, which so go both ways.
const LARGE: usize = if cfg!(test) { 3 } else { 512 };

/// The texts of one agreement at each step of its adopted line, in all its languages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct History {
    /// The revision that made each step.
    steps: Vec<u32>,
    langs: Vec<Lang>,
    entries: Vec<Entry>,
    /// Per entry and language, the body's number, or [`NONE`].
    body_of: Vec<u32>,
    bodies: Vec<Stored>,
    /// The bytes of all bodies, one behind the other.
    pool: Pool,
    #[serde(skip)]
    latest: Latest,
}

/// The text of the last step, if that is a large one that was recorded here: the next step begins with it, and shares with it what
/// it leaves alone. It follows from the rest, so it makes no difference between histories.
#[derive(Clone, Debug, Default)]
struct Latest(Option<Text>);

impl PartialEq for Latest {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Latest {}
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Entry {
    id: ProvisionId,
    kind: Kind,
    rank: u8,
    repealed: bool,
    /// The first step at which it stands.
    born: u32,
    /// The first step at which it no longer stands; [`NONE`] while it does.
    died: u32,
    /// Where its bodies start in `body_of`.
    bodies: u32,
}

impl Entry {
    fn stands_at(&self, step: u32) -> bool {
        self.born <= step && step < self.died
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Stored {
    start: u64,
    end: u64,
    ends: [u32; 4],
}

impl History {
    /// How many steps there are; they are numbered from 1.
    pub fn len(&self) -> u32 {
        u32::try_from(self.steps.len()).unwrap_or(NONE)
    }

    /// Whether there is no step yet.
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }

    /// The revision that made `step`.
    pub fn revision(&self, step: u32) -> Option<u32> {
        self.steps.get(step.checked_sub(1)? as usize).copied()
    }

    /// The step that `revision` made, the last one if it made several.
    pub fn step_of(&self, revision: u32) -> Option<u32> {
        let at = self.steps.iter().rposition(|r| *r == revision)?;
        u32::try_from(at + 1).ok()
    }

    /// The languages, in the order in which they first occurred.
    pub fn languages(&self) -> &[Lang] {
        &self.langs
    }

    /// Everything that was ever written, one body behind the other: the bulk of a history. Whoever stores a history can keep it apart
    /// from [`Self::without_words`] and give it back without a copy, by [`Self::put_words`].
    pub fn words(&self) -> &[u8] {
        &self.pool.0
    }

    /// The history without its words, which reads all texts as empty until it is given them back.
    pub fn without_words(&self) -> Self {
        Self {
            steps: self.steps.clone(),
            langs: self.langs.clone(),
            entries: self.entries.clone(),
            body_of: self.body_of.clone(),
            bodies: self.bodies.clone(),
            pool: Pool::default(),
            latest: Latest::default(),
        }
    }

    /// How many bytes it takes in memory, about.
    pub fn heap_size(&self) -> usize {
        let latest = self.latest.0.as_ref().map_or(0, Text::heap_size);
        self.pool.0.capacity()
            + size_of_val(&*self.steps)
            + size_of_val(&*self.entries)
            + size_of_val(&*self.body_of)
            + size_of_val(&*self.bodies)
            + latest
    }

    /// Gives back what [`Self::words`] lent.
    pub fn put_words(&mut self, words: Vec<u8>) {
        self.latest = Latest::default();
        self.pool = Pool(words);
    }

    /// Records `after` as the next step, made by `revision`; `moved` are the provisions whose place changed.
    ///
    /// `after` must have come from [`Self::text_at`] of the step before by way of [`Text::apply`].
    pub fn record(&mut self, revision: u32, after: &Text, moved: &HashSet<ProvisionId>) {
        self.steps.push(revision);
        let step = self.len();
        self.learn_languages(after);
        let alive: HashMap<ProvisionId, u32> = (0..)
            .zip(&self.entries)
            .filter(|(_, e)| e.died == NONE)
            .map(|(at, e): (u32, _)| (e.id, at))
            .collect();
        let old = std::mem::take(&mut self.entries);
        let mut entries = Vec::with_capacity(old.len() + 16);
        let mut latest = (after.len() >= LARGE).then(|| after.clone());
        // Entries that are passed over end at this step, unless they ended before.
        let end = |entry: &Entry| Entry {
            died: entry.died.min(step),
            ..*entry
        };
        let mut next = 0;
        for node in after.nodes() {
            let at = alive
                .get(&node.id)
                .map(|at| *at as usize)
                .filter(|at| *at >= next && !moved.contains(&node.id));
            let entry = match at
                .and_then(|at| Some((at, *old.get(at)?)))
                .filter(|(_, entry)| self.is_unchanged(entry, node))
            {
                Some((at, entry)) => {
                    entries.extend(old.get(next..at).unwrap_or_default().iter().map(end));
                    next = at + 1;
                    entry
                }
                None => self.enter(node, step),
            };
            if node.bodies.iter().any(|(_, body)| body.stored.is_none()) {
                self.name_bodies(&entry, latest.as_mut());
            }
            entries.push(entry);
        }
        entries.extend(old.get(next..).unwrap_or_default().iter().map(end));
        self.entries = entries;
        self.latest = Latest(latest.map(Text::compacted));
    }

    /// Tells a text which bodies of this history those of a provision are, so that the next step need not compare them.
    fn name_bodies(&self, entry: &Entry, text: Option<&mut Text>) {
        let Some(node) = text.and_then(|text| text.get_mut(entry.id)) else {
            return;
        };
        for (lang, number) in self.langs.iter().zip(self.bodies_of(entry)) {
            if let Some(body) = node.body_mut(*lang) {
                body.stored = Some(*number);
            }
        }
    }

    fn learn_languages(&mut self, text: &Text) {
        let new: Vec<_> = text
            .languages()
            .into_iter()
            .filter(|l| !self.langs.contains(l))
            .collect();
        if new.is_empty() {
            return;
        }
        let width = self.langs.len();
        self.langs.extend(new);
        if width > 0 {
            let wider = self.langs.len();
            self.body_of = self
                .body_of
                .chunks(width)
                .flat_map(|c| c.iter().copied().chain((width..wider).map(|_| NONE)))
                .collect();
            for entry in &mut self.entries {
                entry.bodies = entry.bodies / u32::try_from(width).unwrap_or(1)
                    * u32::try_from(wider).unwrap_or(1);
            }
        }
    }

    fn is_unchanged(&self, entry: &Entry, node: &Node) -> bool {
        let same =
            (entry.kind, entry.rank, entry.repealed) == (node.kind, node.rank, node.repealed);
        same && self
            .langs
            .iter()
            .zip(self.bodies_of(entry))
            .all(|(lang, body)| match node.body(*lang) {
                None => *body == NONE,
                Some(b) => b.stored == Some(*body) || (b.stored.is_none() && self.equals(*body, b)),
            })
    }

    fn equals(&self, stored: u32, body: &Body) -> bool {
        self.bodies
            .get(stored as usize)
            .is_some_and(|s| s.ends == body.ends() && self.bytes(s) == body.raw())
    }

    fn bodies_of(&self, entry: &Entry) -> &[u32] {
        let start = entry.bodies as usize;
        self.body_of
            .get(start..start + self.langs.len())
            .unwrap_or_default()
    }

    fn enter(&mut self, node: &Node, step: u32) -> Entry {
        let bodies = u32::try_from(self.body_of.len()).unwrap_or(NONE);
        for lang in 0..self.langs.len() {
            let number = match node.body(self.langs[lang]) {
                None => NONE,
                Some(Body {
                    stored: Some(stored),
                    ..
                }) => *stored,
                Some(body) => self.store(body),
            };
            self.body_of.push(number);
        }
        Entry {
            id: node.id,
            kind: node.kind,
            rank: node.rank,
            repealed: node.repealed,
            born: step,
            died: NONE,
            bodies,
        }
    }

    fn store(&mut self, body: &Body) -> u32 {
        let start = self.pool.0.len() as u64;
        self.pool.0.extend_from_slice(body.raw().as_bytes());
        self.bodies.push(Stored {
            start,
            end: self.pool.0.len() as u64,
            ends: body.ends(),
        });
        u32::try_from(self.bodies.len() - 1).unwrap_or(NONE)
    }

    fn bytes(&self, stored: &Stored) -> &str {
        self.pool.get(stored.start, stored.end)
    }

    /// The bytes of body `number`.
    pub(crate) fn body_text(&self, number: u32) -> &str {
        self.bodies
            .get(number as usize)
            .map_or("", |stored| self.bytes(stored))
    }
}

#[cfg(test)]
mod tests;
