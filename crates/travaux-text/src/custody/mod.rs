//! The custody of every word: which revision first brought it in, and which one brought it back.
//!
//! Moves, renumbering, splits, joins and re-wrapped lines change no word's origin. A word that was struck and returns keeps
//! its first origin and names who re-introduced it. The idea of looking words up in all that was struck before is that of
//! WikiWho (Flöck and Acosta, "WikiWho: precise and efficient attribution of authorship of revisioned content", WWW 2014).

mod lines;
mod matching;
mod origin;

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use self::{
    lines::{Fact, line_facts},
    matching::{PriorBody, StruckIndex, Words},
    origin::Origin,
};
use crate::{History, Lang};

/// A number of words with one origin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Run {
    words: u32,
    origin: Origin,
}

/// The origins of all words of all bodies of a [`History`].
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Custody {
    steps: u32,
    /// Per body, where its runs end; they start where those of the body before end.
    run_ends: Vec<u32>,
    runs: Vec<Run>,
    /// Per body, where its cuts end.
    cut_ends: Vec<u32>,
    /// Places (words in front) where a revision struck words and put nothing there.
    cuts: Vec<(u32, u32)>,
    /// Per body, where its facts end; a body of one origin has none, as they follow from it.
    fact_ends: Vec<u32>,
    /// What counts for each line: worked out once, so that asking for all lines costs no word.
    facts: Vec<Fact>,
    /// Larger than all the rest, and only needed to follow further steps: not stored, but rebuilt from the history.
    #[serde(skip)]
    struck: Option<StruckIndex>,
}

impl PartialEq for Custody {
    fn eq(&self, other: &Self) -> bool {
        let facts = |c: &Self| (c.steps, c.run_ends.len(), c.cut_ends.len());
        facts(self) == facts(other)
            && self.runs == other.runs
            && self.run_ends == other.run_ends
            && self.cuts == other.cuts
            && self.facts == other.facts
    }
}

impl Eq for Custody {}

/// Consecutive words of one origin within a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WordRun {
    /// The words, with what stands between them and in front of the next.
    pub text: String,
    /// The revision that first brought them in.
    pub revision: u32,
    /// The revision that brought them back after they had been struck.
    pub returned: Option<u32>,
}

/// The custody of one line of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineCustody<'a> {
    /// The line's number, from 1.
    pub line: u32,
    /// The line, without its end.
    pub text: Cow<'a, str>,
    /// The provision in which it starts.
    pub provision: crate::ProvisionId,
    /// The revision that gave the line its present words: the last to bring one in, or to strike one, of those that count
    /// still.
    pub revision: u32,
    /// The revision that last brought words of the line back.
    pub returned: Option<u32>,
}

impl Custody {
    /// How many bytes it takes in memory, about.
    pub fn heap_size(&self) -> usize {
        size_of_val(&*self.run_ends)
            + size_of_val(&*self.runs)
            + size_of_val(&*self.cut_ends)
            + size_of_val(&*self.cuts)
            + size_of_val(&*self.fact_ends)
            + size_of_val(&*self.facts)
            + self.struck.as_ref().map_or(0, StruckIndex::heap_size)
    }

    /// How many steps of the history it has followed.
    pub fn steps(&self) -> u32 {
        self.steps
    }

    /// Follows `history` by the steps that it has and this has not.
    pub fn follow(&mut self, history: &History) {
        if self.steps < history.len() && self.struck.is_none() {
            *self = Self {
                struck: Some(StruckIndex::default()),
                ..Self::default()
            };
        }
        while self.steps < history.len() {
            self.steps += 1;
            let revision = history.revision(self.steps).unwrap_or(0);
            self.take_step(history, revision);
        }
    }

    fn take_step(&mut self, history: &History, revision: u32) {
        let (mut came, gone) = history.changes_at(self.steps);
        // A body enters the columns by its number, so bodies come in that order; a body may have come before (a move).
        came.retain(|change| change.new as usize >= self.run_ends.len());
        came.sort_unstable_by_key(|change| change.new);
        let mut matching = Words::default();
        for body in gone {
            matching.struck_whole(history.body_text(body), self.origins(body));
        }
        for change in &came {
            let prior = |old| PriorBody {
                text: history.body_text(old),
                origins: self.origins(old),
                cuts: self.cuts_of(old),
            };
            let old = change.old.map(prior);
            matching.pair(history.body_text(change.new), old, revision);
        }
        let settled = matching.settle(self.struck.get_or_insert_default(), revision);
        for (change, mut found) in came.iter().zip(settled) {
            let uniform =
                found.cuts.is_empty() && found.origins.windows(2).all(|pair| pair[0] == pair[1]);
            if !uniform {
                self.facts.extend(line_facts(
                    history.body_text(change.new),
                    &found.origins,
                    &found.cuts,
                ));
            }
            self.fact_ends
                .push(u32::try_from(self.facts.len()).unwrap_or(u32::MAX));
            if found.origins.is_empty() {
                // A body without words still has a revision that brought it in.
                self.runs.push(Run {
                    words: 0,
                    origin: Origin {
                        revision,
                        returned: 0,
                    },
                });
            }
            let start = self.run_ends.last().map_or(0, |end| *end as usize);
            for origin in found.origins.drain(..) {
                match self.runs.get_mut(start..).and_then(<[Run]>::last_mut) {
                    Some(run) if run.origin == origin => run.words += 1,
                    _ => self.runs.push(Run { words: 1, origin }),
                }
            }
            self.run_ends
                .push(u32::try_from(self.runs.len()).unwrap_or(u32::MAX));
            self.cuts.extend(found.cuts);
            self.cut_ends
                .push(u32::try_from(self.cuts.len()).unwrap_or(u32::MAX));
        }
    }

    fn span(ends: &[u32], body: u32) -> std::ops::Range<usize> {
        let end = ends.get(body as usize).copied().unwrap_or(0);
        let start = body
            .checked_sub(1)
            .and_then(|b| ends.get(b as usize))
            .copied()
            .unwrap_or(0);
        start as usize..(end as usize).max(start as usize)
    }

    fn runs_of(&self, body: u32) -> &[Run] {
        self.runs
            .get(Self::span(&self.run_ends, body))
            .unwrap_or_default()
    }

    fn cuts_of(&self, body: u32) -> Vec<(u32, u32)> {
        self.cuts
            .get(Self::span(&self.cut_ends, body))
            .unwrap_or_default()
            .to_vec()
    }

    fn origins(&self, body: u32) -> Vec<Origin> {
        self.runs_of(body)
            .iter()
            .flat_map(|run| std::iter::repeat_n(run.origin, run.words as usize))
            .collect()
    }

    /// The words of `body` by origin; the texts, joined, are the body.
    pub fn words(&self, history: &History, body: u32) -> Vec<WordRun> {
        let text = history.body_text(body);
        let mut starts = crate::words::words(text)
            .map(|range| range.start)
            .peekable();
        let mut out: Vec<WordRun> = Vec::new();
        let mut begin = 0;
        let runs = self.runs_of(body);
        for (at, run) in runs.iter().enumerate() {
            // The next run begins at its first word; white space in front of it belongs to this one.
            starts.by_ref().take(run.words as usize).for_each(drop);
            let end = starts
                .peek()
                .copied()
                .filter(|_| at + 1 < runs.len())
                .unwrap_or(text.len());
            let returned = (run.origin.returned != 0).then_some(run.origin.returned);
            out.push(WordRun {
                text: text[begin..end].to_owned(),
                revision: run.origin.revision,
                returned,
            });
            begin = end;
        }
        if runs.is_empty() && !text.is_empty() {
            out.push(WordRun {
                text: text.to_owned(),
                revision: 0,
                returned: None,
            });
        }
        out
    }

    /// The custody of each line of the text at `step` in `lang`.
    pub fn lines<'a>(
        &'a self,
        history: &'a History,
        step: u32,
        lang: Lang,
    ) -> Vec<LineCustody<'a>> {
        let mut out: Vec<LineCustody<'a>> = Vec::new();
        let mut open = false;
        for node in history.nodes_at(step, lang) {
            let facts = self
                .facts
                .get(Self::span(&self.fact_ends, node.body))
                .unwrap_or_default();
            let uniform = self
                .runs_of(node.body)
                .first()
                .map_or(Fact::default(), |run| Fact::of(run.origin));
            for (at, part) in node.raw.split_inclusive('\n').enumerate() {
                let Fact { revision, returned } = facts.get(at).copied().unwrap_or(uniform);
                let returned = (returned != 0).then_some(returned);
                let text = part.strip_suffix('\n');
                match out.last_mut().filter(|_| open) {
                    // A line may go on in the next provision.
                    Some(line) => {
                        line.revision = line.revision.max(revision);
                        line.returned = line.returned.max(returned);
                        line.text.to_mut().push_str(text.unwrap_or(part));
                    }
                    None => {
                        let line = u32::try_from(out.len() + 1).unwrap_or(u32::MAX);
                        let text = Cow::Borrowed(text.unwrap_or(part));
                        out.push(LineCustody {
                            line,
                            text,
                            provision: node.id,
                            revision,
                            returned,
                        });
                    }
                }
                open = text.is_none();
            }
        }
        out
    }
}
