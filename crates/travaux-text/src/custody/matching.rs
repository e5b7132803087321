//! Finds each word of a step's new wording among the words of the body before, were struck now, or were struck earlier.

use std::{
    collections::{HashMap, HashSet},
    ops::Range,
};

use super::origin::Origin;
use crate::{
    sequence::{Algorithm, differences},
    words,
};

/// How many consecutive words must agree for words to count as those that were struck in an earlier revision.
const RETURNED: usize = 3;

/// The same for words that were struck by the very revision that brings them in elsewhere. A word alone must be the only one
/// of its kind on both sides.
const MOVED: usize = 2;

/// The longest windows; they are looked for first.
const LONGEST: usize = 4;

/// How many struck bodies are compared with a new one before the rest of its words counts as new.
const CANDIDATES: usize = 8;

/// Bodies with words that were struck, found by the windows of words that held one of them.
#[derive(Clone, Debug, Default)]
pub(super) struct StruckIndex {
    bodies: Vec<Struck>,
    /// Hash of a window to the last body that holds it.
    windows: HashMap<u64, u32>,
    /// Lines of which a word was struck, by the hash of their words.
    lines: HashSet<u64>,
    /// Each struck word with the revision that brought it in, hashed: a body that it left unstruck,
    /// as part of a split or a join, can give it its origin too.
    gone: HashSet<u64>,
}

impl StruckIndex {
    /// How many bytes it takes in memory, about.
    pub(super) fn heap_size(&self) -> usize {
        let body = |body: &Struck| {
            size_of::<Struck>()
                + size_of_val(&*body.hashes)
                + size_of_val(&*body.lines)
                + size_of_val(&*body.origins)
                + size_of_val(&*body.struck)
        };
        let (window, line) = (size_of::<(u64, u32)>() + 1, size_of::<u64>() + 1);
        self.bodies.iter().map(body).sum::<usize>()
            + self.windows.capacity() * window
            + (self.lines.capacity() + self.gone.capacity()) * line
    }

    fn add(&mut self, body: Struck, smallest: usize) {
        let at = u32::try_from(self.bodies.len()).unwrap_or(u32::MAX);
        for size in smallest..=LONGEST {
            for range in windows(body.hashes.len(), size, |word| {
                body.struck.get(word).copied().unwrap_or(false)
            }) {
                self.windows.insert(window_hash(&body.hashes[range]), at);
            }
        }
        self.lines.extend(
            body.lines
                .iter()
                .map(|line| window_hash(&body.hashes[line.clone()])),
        );
        let struck = (0..body.hashes.len()).filter(|at| body.struck[*at]);
        self.gone.extend(struck.filter_map(|at| body.word(at)));
        self.bodies.push(body);
    }

    /// The words of a body that were struck there, or in the body that they went on to.
    fn gone_of(&self, body: &Struck) -> Vec<usize> {
        let gone = |at: &usize| {
            body.struck[*at] || body.word(*at).is_some_and(|word| self.gone.contains(&word))
        };
        (0..body.hashes.len()).filter(gone).collect()
    }
}

/// A new body with the origins of its words.
pub(super) struct Settled {
    pub(super) origins: Vec<Origin>,
    pub(super) cuts: Vec<(u32, u32)>,
}

/// A body whose words were struck, in part or whole.
#[derive(Clone, Debug)]
struct Struck {
    hashes: Vec<u64>,
    /// The words of each line.
    lines: Vec<Range<usize>>,
    origins: Vec<Origin>,
    struck: Vec<bool>,
}

impl Struck {
    /// A word and the revision that brought it in, hashed.
    fn word(&self, at: usize) -> Option<u64> {
        let revision = self.origins.get(at)?.revision;
        Some(window_hash(&[*self.hashes.get(at)?, u64::from(revision)]))
    }
}

/// A body that came in.
struct Came {
    hashes: Vec<u64>,
    /// The words of each line.
    lines: Vec<Range<usize>>,
    origins: Vec<Option<Origin>>,
    /// Whether a word was found elsewhere, not in the body whose place this one took.
    found: Vec<bool>,
    cuts: Vec<(u32, u32)>,
}

/// The body before, with the origins of its words and the places where words were struck.
pub(super) struct PriorBody<'a> {
    pub(super) text: &'a str,
    pub(super) origins: Vec<Origin>,
    pub(super) cuts: Vec<(u32, u32)>,
}

/// The words of one step.
#[derive(Default)]
pub(super) struct Words {
    struck: Vec<Struck>,
    came: Vec<Came>,
}

/// The hashes of a text's words, and which of them make up each of its lines.
fn divide(text: &str) -> (Vec<u64>, Vec<Range<usize>>) {
    let (mut hashes, mut lines) = (Vec::new(), Vec::new());
    for line in text.split_inclusive('\n') {
        let start = hashes.len();
        hashes.extend(words::words(line).map(|range| words::hash(line[range].as_bytes())));
        if hashes.len() > start {
            lines.push(start..hashes.len());
        }
    }
    (hashes, lines)
}

fn window_hash(hashes: &[u64]) -> u64 {
    hashes
        .iter()
        .fold(0x9e37_79b9_7f4a_7c15 ^ hashes.len() as u64, |h, word| {
            (h.rotate_left(23) ^ word).wrapping_mul(0x0100_0000_01b3)
        })
}

/// The windows of `size` words that hold at least one of the marked ones; the whole where there are fewer words.
fn windows(len: usize, size: usize, marked: impl Fn(usize) -> bool) -> Vec<Range<usize>> {
    let size = size.min(len);
    let mut until_marked = 0;
    let mut out = Vec::new();
    for end in 1..=len {
        if marked(end - 1) {
            until_marked = end;
        }
        if end >= size && until_marked > end - size {
            out.push(end - size..end);
        }
    }
    out
}

impl Words {
    /// A body that went without a successor.
    pub(super) fn struck_whole(&mut self, text: &str, origins: Vec<Origin>) {
        let (hashes, lines) = divide(text);
        let struck = vec![true; hashes.len()];
        self.struck.push(Struck {
            hashes,
            lines,
            origins,
            struck,
        });
    }

    /// A body that came in, beside the one whose place it took.
    pub(super) fn pair(&mut self, new: &str, old: Option<PriorBody<'_>>, revision: u32) {
        let (hashes, lines) = divide(new);
        let (origins, found) = (vec![None; hashes.len()], vec![false; hashes.len()]);
        let mut came = Came {
            hashes,
            lines,
            origins,
            found,
            cuts: Vec::new(),
        };
        if let Some(PriorBody {
            text: old_text,
            origins: old_origins,
            cuts: old_cuts,
        }) = old
        {
            let (old_hashes, lines) = divide(old_text);
            let struck = came.inherit(&old_hashes, &old_origins, &old_cuts, revision);
            if struck.contains(&true) {
                self.struck.push(Struck {
                    hashes: old_hashes,
                    lines,
                    origins: old_origins,
                    struck,
                });
            }
        }
        self.came.push(came);
    }

    /// Finds the words that no predecessor explains, indexes those that were struck, and gives each body its origins.
    pub(super) fn settle(mut self, struck: &mut StruckIndex, revision: u32) -> Vec<Settled> {
        let mut moved = StruckIndex::default();
        for body in &self.struck {
            moved.add(body.clone(), MOVED);
        }
        for came in &mut self.came {
            for size in (MOVED..=LONGEST).rev() {
                came.look_up(&moved, size, |origin| origin);
            }
        }
        self.single_words();
        for came in &mut self.came {
            for size in (RETURNED..=LONGEST).rev() {
                came.look_up(struck, size, |origin| Origin {
                    returned: revision,
                    ..origin
                });
            }
        }
        for came in &mut self.came {
            came.mark_assembled(revision, |line| {
                moved.lines.contains(&line) || struck.lines.contains(&line)
            });
        }
        for body in self.struck {
            struck.add(body, RETURNED);
        }
        let fresh = Origin {
            revision,
            returned: 0,
        };
        let settled = self.came.into_iter().map(|came| Settled {
            origins: came
                .origins
                .into_iter()
                .map(|origin| origin.unwrap_or(fresh))
                .collect(),
            cuts: came.cuts,
        });
        settled.collect()
    }
}

impl Words {
    /// A word that is struck at one place only and comes in at one place only has moved.
    fn single_words(&mut self) {
        let mut struck: HashMap<u64, Option<Origin>> = HashMap::new();
        for body in &self.struck {
            for (at, word) in body
                .hashes
                .iter()
                .enumerate()
                .filter(|(at, _)| body.struck[*at])
            {
                struck
                    .entry(*word)
                    .and_modify(|found| *found = None)
                    .or_insert(body.origins.get(at).copied());
            }
        }
        let mut places: HashMap<u64, Vec<(usize, usize)>> = HashMap::new();
        for (body, came) in self.came.iter().enumerate() {
            for (at, word) in came
                .hashes
                .iter()
                .enumerate()
                .filter(|(at, _)| came.origins[*at].is_none())
            {
                places.entry(*word).or_default().push((body, at));
            }
        }
        for (word, places) in places {
            if let (Some(Some(origin)), [(body, at)]) = (struck.get(&word), &places[..]) {
                self.came[*body].origins[*at] = Some(*origin);
                self.came[*body].found[*at] = true;
            }
        }
    }
}

impl Came {
    /// Marks the lines that were put together from words found elsewhere: the words keep their origins, but the line is new,
    /// unless it was there like that before.
    fn mark_assembled(&mut self, revision: u32, known: impl Fn(u64) -> bool) {
        for line in &self.lines {
            let assembled = self.found[line.clone()].contains(&true);
            if assembled && !known(window_hash(&self.hashes[line.clone()])) {
                // Behind the line's first word, so that the mark counts for this line and for no other.
                self.cuts
                    .push((u32::try_from(line.start + 1).unwrap_or(u32::MAX), revision));
            }
        }
        self.cuts.sort_unstable();
    }

    /// Takes over the origins of the words that stayed; returns which of the old words were struck.
    fn inherit(
        &mut self,
        old: &[u64],
        origins: &[Origin],
        cuts: &[(u32, u32)],
        revision: u32,
    ) -> Vec<bool> {
        let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let mut struck = vec![false; old.len()];
        let mut cuts = cuts.iter().copied().peekable();
        let (mut from, mut to) = (0, 0);
        let mut stay = |came: &mut Self, from: &mut usize, to: &mut usize, until: usize| {
            while *from < until {
                if let (Some(origin), Some(place)) = (origins.get(*from), came.origins.get_mut(*to))
                {
                    *place = Some(*origin);
                }
                *from += 1;
                *to += 1;
                // A cut between two words that stay neighbours still counts.
                while let Some((_, by)) = cuts.next_if(|(place, _)| *place as usize <= *from) {
                    came.cuts.push((place(*to), by));
                }
            }
        };
        for hunk in differences(Algorithm::Myers, old.iter(), self.hashes.clone().iter()) {
            stay(self, &mut from, &mut to, hunk.old.start);
            if hunk.new.is_empty() {
                self.cuts.push((place(to), revision));
            } else if self.cuts.last().is_some_and(|(at, _)| *at == place(to)) {
                // Words were put where others had been struck: the place shows them now.
                self.cuts.pop();
            }
            struck[hunk.old.clone()].fill(true);
            (from, to) = (hunk.old.end, hunk.new.end);
        }
        stay(self, &mut from, &mut to, old.len());
        struck
    }

    /// Gives the words that have no origin yet those of the same words, in the same order, in the struck bodies that share
    /// most windows of `size` words with this one.
    fn look_up(&mut self, struck: &StruckIndex, size: usize, map: impl Fn(Origin) -> Origin) {
        let mut tried = Vec::new();
        while tried.len() < CANDIDATES && !struck.windows.is_empty() {
            let open: Vec<usize> = (0..self.origins.len())
                .filter(|at| self.origins[*at].is_none())
                .collect();
            let mut hits: HashMap<u32, u32> = HashMap::new();
            for range in windows(self.hashes.len(), size, |at| self.origins[at].is_none()) {
                if let Some(body) = struck.windows.get(&window_hash(&self.hashes[range])) {
                    *hits.entry(*body).or_default() += 1;
                }
            }
            hits.retain(|body, _| !tried.contains(body));
            let Some((body, _)) = hits.into_iter().max_by_key(|(body, hits)| (*hits, *body)) else {
                return;
            };
            tried.push(body);
            let Some(grave) = struck.bodies.get(body as usize) else {
                return;
            };
            let struck = struck.gone_of(grave);
            let pairs = common(
                struck.iter().map(|at| grave.hashes[*at]),
                open.iter().map(|at| self.hashes[*at]),
            );
            for (from, to) in pairs {
                self.origins[open[to]] = grave.origins.get(struck[from]).copied().map(&map);
                self.found[open[to]] = true;
            }
        }
    }
}

/// The places of equal words in two sequences, in order.
fn common(
    old: impl ExactSizeIterator<Item = u64>,
    new: impl ExactSizeIterator<Item = u64>,
) -> Vec<(usize, usize)> {
    let len = old.len();
    let (mut from, mut to) = (0, 0);
    let mut out = Vec::new();
    for hunk in differences(Algorithm::Myers, old, new) {
        out.extend((from..hunk.old.start).zip(to..hunk.new.start));
        (from, to) = (hunk.old.end, hunk.new.end);
    }
    out.extend((from..len).zip(to..));
    out
}
