//! Operations read off two texts, where nobody recorded any.
//!
//! Provisions are recognised by their bytes, then by label, then by similarity of words; what keeps its identity is moved,
//! relabelled or edited, and only the rest is removed or inserted. Running the operations on the old text gives the new
//! bytes, always.

use std::collections::{BTreeMap, HashMap};

use crate::{
    Anchor, Body, Edit, Lang, Layout, NewProvision, Node, Operation, Parsed, ProvisionId, Text,
    alignment::longest_increasing,
    sequence::{Algorithm, Hunk, differences},
    words,
};

/// Words in common for two provisions to be the same one, reworded: Dice's coefficient, in percent.
const SIMILAR: usize = 50;

/// Provisions compared by words on either side of a change; a larger change is compared within a band of this width.
const BAND: usize = 40;

/// Below this many bytes, equal provisions at different places are not taken for the same one moved.
const DISTINCTIVE: usize = 24;

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

/// For each new provision, the place of the old one that it is.
fn recognise(old: &[&Node], lang: Lang, new: &[NewProvision]) -> Vec<Option<usize>> {
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
    let mut parallel_ordered = vec![false; new.len()];
    longest_increasing(old_of)
        .into_iter()
        .for_each(|at| parallel_ordered[at] = true);
    let mut behind = Anchor::Start;
    let mut ordinal = 0;
    let mut place = Placing::default();
    for (at, provision) in new.iter().enumerate() {
        let id = match old_of[at] {
            Some(old_at) => {
                let id = old[old_at].id;
                if parallel_ordered[at] {
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

/// The operations that give a provision its new wording, each for all languages at once where it can be. A `repeated` label is
/// no name, so no [`Operation::Renumber`] gives it.
fn reword(
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::Format;

    fn parse(format: Format, text: &str) -> Vec<NewProvision> {
        Text::provisions(format, LANG, text)
    }

    const LANG: Lang = Lang::UNDETERMINED;

    /// Infers the operations from `before` to `after`, runs them, and shows which they are.
    fn check(before: &str, after: &str, expected: &[&str]) {
        let mut text = Text::parse(Format::Markdown, LANG, before, 1);
        let ops = infer(&text, LANG, &parse(Format::Markdown, after), 2);
        text.apply(&ops, 2).expect("they apply");
        assert_eq!(text.print(LANG), after);
        assert_eq!(
            ops.iter().map(Operation::name).collect::<Vec<_>>(),
            expected,
            "{ops:?}"
        );
    }

    #[test]
    fn the_fewest_operations_that_a_drafter_would_name() {
        check("a\n", "a\n", &[]);
        check(
            "## Article 1\n\nLes Parties coopèrent.\n",
            "## Article 1\n\nLes Parties se concertent.\n",
            &["edit_words"],
        );
        check(
            "## Article 1\n\nUn.\n\n## Article 2\n\nDeux.\n",
            "## Article 1\n\nUn.\n\n## Article 3\n\nDeux.\n",
            &["renumber"],
        );
        check(
            "un un un un\n\ndeux deux\n",
            "un un un un\n\ntrois\n\ndeux deux\n",
            &["insert"],
        );
        check("un un un un\n\ndeux deux\n", "un un un un\n\n", &["remove"]);
    }

    #[test]
    fn a_move_is_a_move() {
        let (a, b, c) = (
            "Premier paragraphe assez long.\n\n",
            "Deuxième paragraphe assez long.\n\n",
            "Troisième paragraphe assez long.\n\n",
        );
        check(&[a, b, c].concat(), &[c, a, b].concat(), &["reorder"]);
    }

    #[test]
    fn a_reformatted_article_stays_the_same_article() {
        check(
            "Article 4\n\nLe juge statue.\n",
            "##### Article 4\n\nLe juge statue.\n",
            &["reformat"],
        );
    }

    proptest! {
        #[test]
        fn operations_always_give_the_new_bytes(
            before in "(?s)((## Article [1-4]\n|un deux trois quatre|cinq six|- sept huit\n|\n\n|é|\t|\r){0,14})",
            after in "(?s)((## Article [1-4]\n|un deux trois quatre|cinq six|- sept huit\n|\n\n|é|\t|\r){0,14})",
        ) {
            for format in [Format::Markdown, Format::Plain, Format::Lines] {
                let mut text = Text::parse(format, LANG, &before, 1);
                let ops = infer(&text, LANG, &parse(format, &after), 2);
                prop_assert!(text.apply(&ops, 2).is_ok());
                prop_assert_eq!(text.print(LANG), after.clone());
            }
        }
    }
}
