//! A text at one moment: provisions in reading order, found by identity.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use crate::{
    Body, Format, Lang, Localized, NewProvision, Node, Operation, Parsed, ProvisionId, parse,
};

const NONE: u32 = u32::MAX;

#[derive(Clone, Debug)]
struct Slot {
    /// Shared with the texts that this one was made from and those that are made from it: most revisions leave most provisions alone.
    node: Arc<Node>,
    prev: u32,
    next: u32,
}

/// The provisions of an instrument in reading order, all languages together.
///
/// Containment follows from ranks: a provision contains those behind it until one of the same or a lower rank. So a new
/// chapter heading takes in the articles that follow it without any of them being touched.
#[derive(Clone, Debug)]
pub struct Text {
    slots: Vec<Slot>,
    index: HashMap<ProvisionId, u32>,
    first: u32,
    last: u32,
}

/// The language versions of one instrument do not have the same provisions.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the {other} text has no counterpart to provision {place} of the {base} text: {found}")]
pub struct MisalignedLanguages {
    /// The language that the others are compared with.
    pub base: Lang,
    /// The language that differs.
    pub other: Lang,
    /// The place of the first difference, from 1.
    pub place: usize,
    /// What stands on both sides there.
    pub found: String,
}

impl Default for Text {
    fn default() -> Self {
        Self {
            slots: Vec::new(),
            index: HashMap::new(),
            first: NONE,
            last: NONE,
        }
    }
}

impl Text {
    /// A text from nodes in reading order.
    pub fn from_nodes(nodes: impl IntoIterator<Item = Node>) -> Self {
        Self::from_shared(nodes.into_iter().map(Arc::new))
    }

    fn from_shared(nodes: impl IntoIterator<Item = Arc<Node>>) -> Self {
        let mut text = Self::default();
        for node in nodes {
            text.link(node, text.last);
        }
        text
    }

    /// The same text, without the places of provisions that are gone, if these are the most.
    pub(crate) fn compacted(self) -> Self {
        if self.slots.len() <= 2 * self.index.len() {
            return self;
        }
        Self::from_shared(self.in_order().map(|slot| Arc::clone(&slot.node)))
    }

    /// How many bytes it takes in memory, about, what it shares with other texts included.
    pub(crate) fn heap_size(&self) -> usize {
        let body = |(_, body): &(Lang, Body)| size_of::<(Lang, Body)>() + body.raw().len() + 16;
        let node = |node: &Node| size_of::<Node>() + node.bodies.iter().map(body).sum::<usize>();
        let index = self.index.capacity() * size_of::<(ProvisionId, u32)>();
        size_of_val(&*self.slots) + index + self.nodes().map(node).sum::<usize>()
    }

    /// How many places there are, those of provisions that are gone included.
    #[cfg(test)]
    pub(crate) fn places(&self) -> usize {
        self.slots.len()
    }

    /// A text in one language; `revision` gives its provisions their identity.
    pub fn parse(format: Format, lang: Lang, text: &str, revision: u32) -> Self {
        Self::from_provisions(Self::provisions(format, lang, text), revision)
    }

    /// The provisions of a text in one language, without identity.
    pub fn provisions(format: Format, lang: Lang, text: &str) -> Vec<NewProvision> {
        parse(format, text)
            .into_iter()
            .map(|p| Self::provision(lang, p))
            .collect()
    }

    fn provision(lang: Lang, parsed: Parsed) -> NewProvision {
        NewProvision {
            kind: parsed.kind,
            rank: parsed.rank,
            bodies: BTreeMap::from([(lang, parsed.body)]),
        }
    }

    /// A text from new provisions; `revision` gives them their identity, in order from 1.
    pub fn from_provisions(
        provisions: impl IntoIterator<Item = NewProvision>,
        revision: u32,
    ) -> Self {
        let ids = (1..).map(|ordinal| ProvisionId::new(revision, ordinal));
        Self::from_nodes(
            provisions
                .into_iter()
                .zip(ids)
                .map(|(p, id)| p.into_node(id)),
        )
    }

    /// Aligned provisions from one text per language: the n-th provision of each is the n-th of all.
    ///
    /// # Errors
    /// [`MisalignedLanguages`] where one language has a provision of another kind, or one more, than another.
    pub fn align(
        format: Format,
        texts: &Localized<String>,
    ) -> Result<Vec<NewProvision>, MisalignedLanguages> {
        let mut parsed = texts
            .iter()
            .map(|(lang, text)| (*lang, parse(format, text)));
        let Some((base, first)) = parsed.next() else {
            return Ok(Vec::new());
        };
        let mut out: Vec<_> = first
            .into_iter()
            .map(|p| Self::provision(base, p))
            .collect();
        for (other, provisions) in parsed {
            let describe = |kind: Option<crate::Kind>| kind.map_or("nothing", crate::Kind::name);
            let misaligned =
                |place: usize, ours: Option<crate::Kind>, theirs: Option<crate::Kind>| {
                    MisalignedLanguages {
                        base,
                        other,
                        place: place + 1,
                        found: format!("{} there, {} here", describe(ours), describe(theirs)),
                    }
                };
            let place = out.len().min(provisions.len());
            if let Some(at) = out
                .iter()
                .zip(&provisions)
                .position(|(a, b)| (a.kind, a.rank) != (b.kind, b.rank))
            {
                return Err(misaligned(
                    at,
                    Some(out[at].kind),
                    Some(provisions[at].kind),
                ));
            }
            if out.len() != provisions.len() {
                return Err(misaligned(
                    place,
                    out.get(place).map(|p| p.kind),
                    provisions.get(place).map(|p| p.kind),
                ));
            }
            for (p, theirs) in out.iter_mut().zip(provisions) {
                p.bodies.insert(other, theirs.body);
            }
        }
        Ok(out)
    }

    /// How many provisions stand.
    pub fn len(&self) -> usize {
        self.index.len()
    }

    /// Whether no provision stands.
    pub fn is_empty(&self) -> bool {
        self.index.is_empty()
    }

    /// The provisions in reading order.
    pub fn nodes(&self) -> impl Iterator<Item = &Node> {
        self.in_order().map(|slot| &*slot.node)
    }

    fn in_order(&self) -> impl Iterator<Item = &Slot> {
        let mut at = self.first;
        std::iter::from_fn(move || {
            let slot = self.slots.get(at as usize)?;
            at = slot.next;
            Some(slot)
        })
    }

    /// The provision `id`, if it stands.
    pub fn get(&self, id: ProvisionId) -> Option<&Node> {
        self.slots
            .get(*self.index.get(&id)? as usize)
            .map(|slot| &*slot.node)
    }

    pub(crate) fn get_mut(&mut self, id: ProvisionId) -> Option<&mut Node> {
        self.slots
            .get_mut(*self.index.get(&id)? as usize)
            .map(|slot| Arc::make_mut(&mut slot.node))
    }

    /// The languages that occur, in the order of their tags.
    pub fn languages(&self) -> Vec<Lang> {
        let mut langs: Vec<_> = self
            .nodes()
            .flat_map(|n| n.bodies.iter().map(|(l, _)| *l))
            .collect();
        langs.sort_unstable();
        langs.dedup();
        langs
    }

    /// The text in `lang`, byte for byte.
    pub fn print(&self, lang: Lang) -> String {
        let mut out = String::new();
        for body in self.nodes().filter_map(|n| n.body(lang)) {
            out.push_str(body.raw());
        }
        out
    }

    /// The provisions that `id` contains, in reading order.
    pub fn contained(&self, id: ProvisionId) -> Vec<ProvisionId> {
        let Some(start) = self.index.get(&id) else {
            return Vec::new();
        };
        let Some(slot) = self.slots.get(*start as usize) else {
            return Vec::new();
        };
        let rank = slot.node.rank;
        let mut out = Vec::new();
        let mut at = slot.next;
        while let Some(slot) = self
            .slots
            .get(at as usize)
            .filter(|slot| slot.node.rank > rank)
        {
            out.push(slot.node.id);
            at = slot.next;
        }
        out
    }

    /// The provision that directly contains `id`.
    pub fn parent(&self, id: ProvisionId) -> Option<ProvisionId> {
        let slot = self.slots.get(*self.index.get(&id)? as usize)?;
        let mut at = slot.prev;
        while let Some(before) = self.slots.get(at as usize) {
            if before.node.rank < slot.node.rank {
                return Some(before.node.id);
            }
            at = before.prev;
        }
        None
    }

    /// The provisions of the same parent and rank as `id`, itself left out.
    pub fn siblings(&self, id: ProvisionId) -> Vec<ProvisionId> {
        let Some(rank) = self.get(id).map(|n| n.rank) else {
            return Vec::new();
        };
        let within = match self.parent(id) {
            Some(parent) => self.contained(parent),
            None => self.nodes().map(|n| n.id).collect(),
        };
        within
            .into_iter()
            .filter(|other| *other != id && self.get(*other).is_some_and(|n| n.rank == rank))
            .collect()
    }

    /// Puts `node` behind the slot `after` (`NONE` for the beginning); the caller made sure that its id is new.
    pub(crate) fn link(&mut self, node: impl Into<Arc<Node>>, after: u32) -> u32 {
        let node = node.into();
        let at = u32::try_from(self.slots.len()).unwrap_or(NONE);
        let id = node.id;
        let next = self
            .slots
            .get(after as usize)
            .map_or(self.first, |slot| slot.next);
        self.slots.push(Slot {
            node,
            prev: after,
            next,
        });
        self.join(after, at);
        self.join(at, next);
        self.index.insert(id, at);
        at
    }

    /// Takes `id` out of the reading order.
    pub(crate) fn unlink(&mut self, id: ProvisionId) -> Option<Arc<Node>> {
        let at = self.index.remove(&id)?;
        let slot = self.slots.get(at as usize)?.clone();
        self.join(slot.prev, slot.next);
        Some(slot.node)
    }

    fn join(&mut self, left: u32, right: u32) {
        match self.slots.get_mut(left as usize) {
            Some(slot) => slot.next = right,
            None => self.first = right,
        }
        match self.slots.get_mut(right as usize) {
            Some(slot) => slot.prev = left,
            None => self.last = left,
        }
    }

    pub(crate) fn slot_of(&self, id: ProvisionId) -> Option<u32> {
        self.index.get(&id).copied()
    }

    pub(crate) fn slot_before(&self, slot: u32) -> u32 {
        self.slots.get(slot as usize).map_or(NONE, |slot| slot.prev)
    }

    pub(crate) const BEGINNING: u32 = NONE;

    pub(crate) fn last_slot(&self) -> u32 {
        self.last
    }

    /// Whether `ops` only use languages that the text has, and every body covers all of them.
    pub fn languages_covered<'a>(
        &self,
        ops: impl IntoIterator<Item = &'a Operation>,
        languages: &[Lang],
    ) -> Result<(), Lang> {
        let covers = |bodies: &Localized<Body>| {
            languages
                .iter()
                .find(|lang| !bodies.contains_key(*lang))
                .copied()
        };
        for op in ops {
            let missing = match op {
                Operation::Insert { provisions, .. } | Operation::Restate { provisions } => {
                    provisions.iter().find_map(|p| covers(&p.bodies))
                }
                Operation::Replace { bodies, .. } => covers(bodies),
                _ => None,
            };
            if let Some(lang) = missing {
                return Err(lang);
            }
        }
        Ok(())
    }
}

impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        self.nodes().eq(other.nodes())
    }
}

impl Eq for Text {}
