//! Which provision of the old text each provision of the new one is.

use std::collections::HashMap;

use crate::{
    Body, Lang, NewProvision, Node, Parsed,
    sequence::{Algorithm, Hunk, differences},
    words,
};

/// Words in common for two provisions to be the same one, reworded: Dice's coefficient, in percent.
const SIMILAR: usize = 50;

/// Provisions compared by words on either side of a change; a larger change is compared within a band of this width.
const BAND: usize = 40;

/// Below this many bytes, equal provisions at different places are not taken for the same one moved.
const DISTINCTIVE: usize = 24;

/// For each new provision, the place of the old one that it is.
pub(super) fn recognise(old: &[&Node], lang: Lang, new: &[NewProvision]) -> Vec<Option<usize>> {
    let new: Vec<Parsed> = new
        .iter()
        .map(|p| Parsed {
            kind: p.kind,
            rank: p.rank,
            body: p
                .bodies
                .get(&lang)
                .cloned()
                .unwrap_or_else(|| Body::text_only("")),
        })
        .collect();
    let new = &new[..];
    let body = |node: &'_ Node| {
        node.body(lang)
            .cloned()
            .unwrap_or_else(|| Body::text_only(""))
    };
    let old_bodies: Vec<Body> = old.iter().map(|n| body(n)).collect();
    let mut matching = Matching {
        old_of: vec![None; new.len()],
        taken: vec![false; old.len()],
    };
    let hunks = matching.by_bytes(&old_bodies, new);
    for hunk in &hunks {
        matching.by_label(&old_bodies, new, hunk);
    }
    matching.elsewhere(&old_bodies, new);
    for hunk in hunks {
        matching.by_words(&old_bodies, new, hunk);
    }
    matching.old_of
}

struct Matching {
    old_of: Vec<Option<usize>>,
    taken: Vec<bool>,
}

impl Matching {
    fn pair(&mut self, old: usize, new: usize) {
        self.old_of[new] = Some(old);
        self.taken[old] = true;
    }

    /// Equal bytes in order; returns what lies between.
    fn by_bytes(&mut self, old: &[Body], new: &[Parsed]) -> Vec<Hunk> {
        let bytes = (old.iter().map(Body::raw), new.iter().map(|p| p.body.raw()));
        let hunks = differences(Algorithm::Histogram, bytes.0, bytes.1);
        let (mut from, mut to) = (0, 0);
        for hunk in &hunks {
            for (old, new) in (from..hunk.old.start).zip(to..hunk.new.start) {
                self.pair(old, new);
            }
            (from, to) = (hunk.old.end, hunk.new.end);
        }
        for (old, new) in (from..old.len()).zip(to..new.len()) {
            self.pair(old, new);
        }
        hunks
    }

    /// The same label, where it occurs once on either side of a hunk.
    fn by_label(&mut self, old: &[Body], new: &[Parsed], hunk: &Hunk) {
        let mut places: HashMap<&str, (Vec<usize>, Vec<usize>)> = HashMap::new();
        for at in hunk.old.clone().filter(|at| !self.taken[*at]) {
            places.entry(old[at].label()).or_default().0.push(at);
        }
        for at in hunk.new.clone().filter(|at| self.old_of[*at].is_none()) {
            places.entry(new[at].body.label()).or_default().1.push(at);
        }
        for (label, (olds, news)) in places {
            if let (false, [old], [new]) = (label.is_empty(), &olds[..], &news[..]) {
                self.pair(*old, *new);
            }
        }
    }

    /// Equal and distinctive bytes, or an equal article label, anywhere.
    fn elsewhere(&mut self, old: &[Body], new: &[Parsed]) {
        let mut raw: HashMap<&str, Vec<usize>> = HashMap::new();
        let mut labels: HashMap<&str, Vec<usize>> = HashMap::new();
        for at in (0..old.len()).rev().filter(|at| !self.taken[*at]) {
            if old[at].raw().len() >= DISTINCTIVE {
                raw.entry(old[at].raw()).or_default().push(at);
            }
            if !old[at].label().is_empty() {
                labels.entry(old[at].label()).or_default().push(at);
            }
        }
        for at in (0..new.len())
            .filter(|at| self.old_of[*at].is_none())
            .collect::<Vec<_>>()
        {
            let body = &new[at].body;
            let same = raw.get_mut(body.raw()).and_then(Vec::pop);
            // A label alone identifies an article, not a clause among many of the same label.
            let same = same.or_else(|| match labels.get(body.label())?.as_slice() {
                [only] if new[at].rank <= 8 => Some(*only),
                _ => None,
            });
            if let Some(found) = same.filter(|found| !self.taken[*found]) {
                self.pair(found, at);
            }
        }
    }

    /// The most similar words within a hunk, in order.
    fn by_words(&mut self, old: &[Body], new: &[Parsed], hunk: Hunk) {
        let olds: Vec<usize> = hunk.old.filter(|at| !self.taken[*at]).collect();
        let news: Vec<usize> = hunk.new.filter(|at| self.old_of[*at].is_none()).collect();
        if olds.is_empty() || news.is_empty() {
            return;
        }
        let old_bags: Vec<_> = olds.iter().map(|at| bag(old[*at].raw())).collect();
        for (place, at) in news.iter().enumerate() {
            let new_bag = bag(new[*at].body.raw());
            let middle = place * olds.len() / news.len();
            let band = middle.saturating_sub(BAND)..(middle + BAND + 1).min(olds.len());
            let best = band
                .filter(|o| !self.taken[olds[*o]])
                .map(|o| (similarity(&old_bags[o], &new_bag), o))
                .filter(|(percent, _)| *percent >= SIMILAR)
                .max_by_key(|(percent, o)| (*percent, std::cmp::Reverse(*o)));
            if let Some((_, o)) = best {
                self.pair(olds[o], *at);
            }
        }
    }
}

/// The words of a text, hashed and sorted.
fn bag(text: &str) -> Vec<u64> {
    let mut out: Vec<_> = words::words(text)
        .map(|range| words::hash(text[range].as_bytes()))
        .collect();
    out.sort_unstable();
    out
}

/// Dice's coefficient of two sorted bags, in percent.
fn similarity(a: &[u64], b: &[u64]) -> usize {
    let (mut i, mut j, mut common) = (0, 0, 0);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        common += usize::from(x == y);
        i += usize::from(x <= y);
        j += usize::from(y <= x);
    }
    (200 * common).checked_div(a.len() + b.len()).unwrap_or(0)
}
