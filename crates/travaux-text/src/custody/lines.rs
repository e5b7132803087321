//! What counts for each line of a body, worked out from the origins of its words.

use serde::{Deserialize, Serialize};

use super::origin::Origin;
use crate::words::words;

/// What counts for a line: the last revision that changed its words, and the last that brought words of it back (or 0).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Fact {
    pub(super) revision: u32,
    pub(super) returned: u32,
}

impl Fact {
    pub(super) fn of(origin: Origin) -> Self {
        Self {
            revision: origin.revision,
            returned: origin.returned,
        }
    }
}

/// What counts for each line of `raw`, whose words have these origins and cuts.
pub(super) fn line_facts(raw: &str, origins: &[Origin], cuts: &[(u32, u32)]) -> Vec<Fact> {
    let mut ends = Vec::new();
    for line in raw.split_inclusive('\n') {
        ends.push(ends.last().copied().unwrap_or(0) + line.len());
    }
    let mut facts = vec![Fact::default(); ends.len()];
    let mut line = 0;
    let mut cuts = cuts.iter().copied().peekable();
    for ((number, word), origin) in (0..).zip(words(raw)).zip(origins) {
        let before = line;
        while ends.get(line).is_some_and(|end| word.start >= *end) && line + 1 < ends.len() {
            line += 1;
        }
        while let Some((_, revision)) = cuts.next_if(|(place, _)| *place <= number) {
            // Words struck at a line's end count for that line, not for the next.
            let at = if before < line && number > 0 {
                before
            } else {
                line
            };
            facts[at].revision = facts[at].revision.max(revision);
        }
        let fact = Fact::of(*origin);
        facts[line].revision = facts[line].revision.max(fact.revision);
        facts[line].returned = facts[line].returned.max(fact.returned);
    }
    if let Some(fact) = facts.get_mut(line) {
        fact.revision = cuts
            .map(|(_, revision)| revision)
            .fold(fact.revision, u32::max);
    }
    // Blank lines have no words of their own: they go with the line in front of them.
    let first = origins.first().map_or(0, |origin| origin.revision);
    for at in 0..facts.len() {
        if facts[at].revision == 0 {
            facts[at].revision = if at == 0 {
                first
            } else {
                facts[at - 1].revision
            };
        }
    }
    facts
}
