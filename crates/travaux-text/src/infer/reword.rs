//! The operations that give a provision its new wording.

use std::collections::BTreeMap;

use crate::{
    Edit, Lang, Layout, NewProvision, Node, Operation,
    sequence::{Algorithm, Hunk, differences},
    words,
};

/// The operations that give a provision its new wording, each for all languages at once where it can be. A `repeated` label is
/// no name, so no [`Operation::Renumber`] gives it.
pub(super) fn reword(
    ops: &mut Vec<Operation>,
    node: &Node,
    new: &NewProvision,
    repeated: impl Fn(Lang, &str) -> bool,
) {
    let provision = node.id;
    let (mut layout, mut labels, mut headings) =
        (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    let mut words = Vec::new();
    for (lang, body) in &new.bodies {
        let Some(old) = node.body(*lang) else {
            continue;
        };
        let relabelled = old.label() != body.label();
        let unnamed = relabelled && repeated(*lang, body.label());
        if unnamed || (old.before(), old.between()) != (body.before(), body.between()) {
            let label = unnamed.then(|| body.label().to_owned());
            layout.insert(
                *lang,
                Layout {
                    before: body.before().to_owned(),
                    between: body.between().to_owned(),
                    label,
                },
            );
        }
        if relabelled && !unnamed {
            labels.insert(*lang, body.label().to_owned());
        }
        if old.heading() != body.heading() {
            headings.insert(*lang, body.heading().to_owned());
        }
        if old.text() != body.text() {
            words.push(Operation::EditWords {
                provision,
                lang: *lang,
                edits: edits(old.text(), body.text()),
            });
        }
    }
    if !layout.is_empty() || (node.kind, node.rank) != (new.kind, new.rank) {
        ops.push(Operation::Reformat {
            provision,
            kind: new.kind,
            rank: new.rank,
            layout,
        });
    }
    if !labels.is_empty() {
        ops.push(Operation::Renumber { provision, labels });
    }
    if !headings.is_empty() {
        ops.push(Operation::SetHeading {
            provision,
            headings,
        });
    }
    ops.extend(words);
}

/// The edits that turn `old` into `new`, at word boundaries (UAX #29).
pub(crate) fn edits(old: &str, new: &str) -> Vec<Edit> {
    let (before, after) = (words::segments(old), words::segments(new));
    let mut hunks: Vec<Hunk> = Vec::new();
    for hunk in differences(Algorithm::Myers, before.iter(), after.iter()) {
        match hunks.last_mut() {
            // Changes with nothing but white space between them read better as one.
            Some(last)
                if before[last.old.end..hunk.old.start]
                    .iter()
                    .all(|s| s.trim().is_empty()) =>
            {
                (last.old.end, last.new.end) = (hunk.old.end, hunk.new.end);
            }
            _ => hunks.push(hunk),
        }
    }
    let mut out = Vec::with_capacity(hunks.len());
    let (mut at, mut done) = (0, 0);
    for Hunk { mut old, mut new } in hunks {
        // Merging takes in white space that both sides share at the edges.
        while !old.is_empty() && !new.is_empty() && before[old.start] == after[new.start] {
            (old.start, new.start) = (old.start + 1, new.start + 1);
        }
        while !old.is_empty() && !new.is_empty() && before[old.end - 1] == after[new.end - 1] {
            (old.end, new.end) = (old.end - 1, new.end - 1);
        }
        at += before[done..old.start]
            .iter()
            .map(|s| s.len())
            .sum::<usize>();
        let (remove, insert) = (before[old.clone()].concat(), after[new].concat());
        let next = at + remove.len();
        out.push(Edit {
            at: u32::try_from(at).unwrap_or(u32::MAX),
            remove,
            insert,
        });
        (at, done) = (next, old.end);
    }
    out
}
