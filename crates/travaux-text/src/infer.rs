//! Operations read off two texts, where nobody recorded any.
//!
//! Provisions are recognised by their bytes, then by label, then by similarity of words; what keeps its identity is moved,
//! relabelled or edited, and only the rest is removed or inserted. Running the operations on the old text gives the new
//! bytes, always.

mod recognise;
mod reword;

use std::collections::HashMap;

use crate::{
    Anchor, Body, Lang, NewProvision, Node, Operation, ProvisionId, Text,
    alignment::longest_increasing,
};

use self::{recognise::recognise, reword::reword};

pub(crate) use self::reword::edits;

/// The operations that turn `old` into the text `new`; provisions that they bring in are new in `revision`.
///
/// Provisions are recognised by their words in `lang`; all languages of `new` are written. Applying the operations to `old`
/// and printing any of these languages gives the bytes of `new`.
pub fn infer(old: &Text, lang: Lang, new: &[NewProvision], revision: u32) -> Vec<Operation> {
    let old_nodes: Vec<&Node> = old.nodes().filter(|n| n.body(lang).is_some()).collect();
    let old_of = recognise(&old_nodes, lang, new);
    let ops = operations(&old_nodes, new, &old_of, revision);
    debug_assert!(
        prints_as(old, &ops, lang, new, revision),
        "BUG: inferred operations do not give the new text"
    );
    ops
}

fn prints_as(
    old: &Text,
    ops: &[Operation],
    lang: Lang,
    new: &[NewProvision],
    revision: u32,
) -> bool {
    let mut text = old.clone();
    text.apply(ops, revision).is_ok()
        && text.print(lang) == new.iter().map(|p| words_of(p, lang)).collect::<String>()
}

/// The bytes of a provision in `lang`.
fn words_of(provision: &NewProvision, lang: Lang) -> &str {
    provision.bodies.get(&lang).map_or("", Body::raw)
}

fn operations(
    old: &[&Node],
    new: &[NewProvision],
    old_of: &[Option<usize>],
    revision: u32,
) -> Vec<Operation> {
    let mut ops = Vec::new();
    let mut stays = vec![false; old.len()];
    old_of.iter().flatten().for_each(|at| stays[*at] = true);
    let gone: Vec<ProvisionId> = old
        .iter()
        .zip(&stays)
        .filter(|(_, stays)| !**stays)
        .map(|(n, _)| n.id)
        .collect();
    if !gone.is_empty() {
        ops.push(Operation::Remove { provisions: gone });
    }
    let mut keeps_order = vec![false; new.len()];
    longest_increasing(old_of)
        .into_iter()
        .for_each(|at| keeps_order[at] = true);
    let mut behind = Anchor::Start;
    let mut ordinal = 0;
    let mut place = Placing::default();
    for (at, provision) in new.iter().enumerate() {
        let id = match old_of[at] {
            Some(old_at) => {
                let id = old[old_at].id;
                if keeps_order[at] {
                    place.close(&mut ops)
                } else {
                    place.moved(&mut ops, behind, id)
                }
                id
            }
            None => {
                ordinal += 1;
                place.inserted(&mut ops, behind, provision.clone());
                ProvisionId::new(revision, ordinal)
            }
        };
        behind = Anchor::First(id);
    }
    place.close(&mut ops);
    let mut labels: HashMap<(Lang, &str), u32> = HashMap::new();
    for (lang, body) in new.iter().flat_map(|p| &p.bodies) {
        *labels.entry((*lang, body.label())).or_default() += 1;
    }
    for (provision, old_at) in new.iter().zip(old_of) {
        if let Some(node) = old_at.map(|at| old[at]) {
            reword(&mut ops, node, provision, |lang, label| {
                labels.get(&(lang, label)).is_some_and(|count| *count > 1)
            });
        }
    }
    ops
}

/// Consecutive provisions that come to one place together.
#[derive(Default)]
struct Placing(Option<Operation>);

impl Placing {
    fn close(&mut self, ops: &mut Vec<Operation>) {
        ops.extend(self.0.take());
    }

    fn moved(&mut self, ops: &mut Vec<Operation>, behind: Anchor, id: ProvisionId) {
        if let Some(Operation::Reorder { provisions, .. }) = &mut self.0 {
            provisions.push(id);
        } else {
            self.close(ops);
            self.0 = Some(Operation::Reorder {
                provisions: vec![id],
                at: behind,
            });
        }
    }

    fn inserted(&mut self, ops: &mut Vec<Operation>, behind: Anchor, provision: NewProvision) {
        if let Some(Operation::Insert { provisions, .. }) = &mut self.0 {
            provisions.push(provision);
        } else {
            self.close(ops);
            self.0 = Some(Operation::Insert {
                at: behind,
                provisions: vec![provision],
            });
        }
    }
}

#[cfg(test)]
mod tests;
