//! Two texts as one, with every word marked as kept, struck, new or moved.

use serde::{Deserialize, Serialize};

use crate::{Kind, Lang, Node, ProvisionId, Text, alignment::Fate, infer::edits};

/// What became of a span of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SpanKind {
    /// In both texts.
    Equal,
    /// Only in the new text.
    Insert,
    /// Only in the old text.
    Delete,
    /// In the old text here; in the new text the provision stands elsewhere.
    MoveFrom,
    /// In the new text here; in the old text the provision stood elsewhere.
    MoveTo,
}

/// A span of text within a provision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// What became of it.
    pub kind: SpanKind,
    /// Its provision; a moved one has spans at both places.
    pub provision: ProvisionId,
    /// What the provision is.
    pub of: Kind,
    /// The words.
    pub text: String,
}

/// The redline of two texts in one language.
///
/// Three laws hold for any two texts: accepting all gives the new bytes, rejecting all gives the old ones, and the redline
/// of equal texts marks nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Redline {
    /// The spans in reading order.
    pub spans: Vec<Span>,
}

impl Redline {
    /// The redline from `old` to `new`: provisions by identity, words by comparison (UAX #29 segments).
    pub fn between(old: &Text, new: &Text, lang: Lang) -> Self {
        let nodes = |text: &'_ Text| -> Vec<Node> {
            text.nodes()
                .filter(|n| n.body(lang).is_some())
                .cloned()
                .collect()
        };
        let (old, new) = (nodes(old), nodes(new));
        let ids = |nodes: &[Node]| -> Vec<ProvisionId> { nodes.iter().map(|n| n.id).collect() };
        let aligned = crate::align(&ids(&old), &ids(&new));
        let mut redline = Self::default();
        let mut olds = old.iter().zip(&aligned.old).peekable();
        for (node, fate) in new.iter().zip(&aligned.new) {
            match fate {
                Fate::Alone => redline.whole(node, lang, SpanKind::Insert),
                Fate::Moved => redline.whole(node, lang, SpanKind::MoveTo),
                Fate::Kept => {
                    while let Some((gone, fate)) = olds.next_if(|(old, _)| old.id != node.id) {
                        redline.left(gone, lang, *fate);
                    }
                    if let Some((old, _)) = olds.next() {
                        redline.words(old, node, lang);
                    }
                }
            }
        }
        for (gone, fate) in olds {
            redline.left(gone, lang, *fate);
        }
        redline
    }

    fn left(&mut self, node: &Node, lang: Lang, fate: Fate) {
        self.whole(
            node,
            lang,
            if fate == Fate::Moved {
                SpanKind::MoveFrom
            } else {
                SpanKind::Delete
            },
        );
    }

    fn whole(&mut self, node: &Node, lang: Lang, kind: SpanKind) {
        let text = node.body(lang).map_or("", |b| b.raw());
        self.push(kind, node, text);
    }

    fn push(&mut self, kind: SpanKind, node: &Node, text: &str) {
        if text.is_empty() {
            return;
        }
        match self.spans.last_mut() {
            Some(last) if last.kind == kind && last.provision == node.id => {
                last.text.push_str(text)
            }
            _ => self.spans.push(Span {
                kind,
                provision: node.id,
                of: node.kind,
                text: text.to_owned(),
            }),
        }
    }

    fn words(&mut self, old: &Node, new: &Node, lang: Lang) {
        let (Some(before), Some(after)) = (old.body(lang), new.body(lang)) else {
            return;
        };
        let (before, after) = (before.raw(), after.raw());
        if before == after {
            return self.push(SpanKind::Equal, new, after);
        }
        let mut done = 0;
        for edit in edits(before, after) {
            let at = edit.at as usize;
            self.push(
                SpanKind::Equal,
                new,
                before.get(done..at).unwrap_or_default(),
            );
            self.push(SpanKind::Delete, new, &edit.remove);
            self.push(SpanKind::Insert, new, &edit.insert);
            done = at + edit.remove.len();
        }
        self.push(SpanKind::Equal, new, before.get(done..).unwrap_or_default());
    }

    /// Whether nothing is marked.
    pub fn is_empty(&self) -> bool {
        self.spans.iter().all(|span| span.kind == SpanKind::Equal)
    }

    /// The new text.
    pub fn accept_all(&self) -> String {
        self.keep(|kind| matches!(kind, SpanKind::Equal | SpanKind::Insert | SpanKind::MoveTo))
    }

    /// The old text.
    pub fn reject_all(&self) -> String {
        self.keep(|kind| {
            matches!(
                kind,
                SpanKind::Equal | SpanKind::Delete | SpanKind::MoveFrom
            )
        })
    }

    fn keep(&self, wanted: impl Fn(SpanKind) -> bool) -> String {
        self.spans
            .iter()
            .filter(|span| wanted(span.kind))
            .map(|span| span.text.as_str())
            .collect()
    }

    /// The spans of provisions in which something is marked, and of the article or heading that each stands under.
    ///
    /// `None` stands for what is left out between them.
    pub fn changes(&self) -> Vec<Option<&Span>> {
        let groups: Vec<&[Span]> = self
            .spans
            .chunk_by(|a, b| a.provision == b.provision)
            .collect();
        let mut shown: Vec<bool> = groups
            .iter()
            .map(|g| g.iter().any(|s| s.kind != SpanKind::Equal))
            .collect();
        let mut heading = None;
        for at in 0..groups.len() {
            let kind = groups[at].first().map_or(Kind::Paragraph, |s| s.of);
            if kind.rank() <= Kind::Article.rank() && kind != Kind::Metadata {
                heading = Some(at);
            } else if let Some(heading) = heading.filter(|_| shown[at]) {
                shown[heading] = true;
            }
        }
        let mut out = Vec::new();
        let mut skipped = false;
        for (group, shown) in groups.iter().zip(shown) {
            if shown {
                if skipped {
                    out.push(None);
                }
                out.extend(group.iter().map(Some));
            }
            skipped = !shown;
        }
        if skipped && !out.is_empty() {
            out.push(None);
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{Format, PlainRenderer, Renderer, infer};

    const LANG: Lang = Lang::UNDETERMINED;

    fn redline(before: &str, after: &str) -> Redline {
        let old = Text::parse(Format::Markdown, LANG, before, 1);
        let mut new = old.clone();
        new.apply(
            &infer(
                &old,
                LANG,
                &Text::provisions(Format::Markdown, LANG, after),
                2,
            ),
            2,
        )
        .expect("they apply");
        Redline::between(&old, &new, LANG)
    }

    fn check(before: &str, after: &str, expected: &str) {
        let redline = redline(before, after);
        assert_eq!(PlainRenderer.render(&redline), expected);
        assert_eq!(
            (redline.accept_all(), redline.reject_all()),
            (after.to_owned(), before.to_owned())
        );
    }

    #[test]
    fn words_and_provisions() {
        check(
            "Les Parties coopèrent.\n",
            "Les deux Parties se concertent.\n",
            "Les {+deux +}Parties [-coopèrent-]{+se concertent+}.\n",
        );
        check("un\n\n", "un\n\ndeux\n", "un\n\n{+deux\n+}");
        check(
            "المادة 4\n\nيتعاون الطرفان\n",
            "المادة 4\n\nيتشاور الطرفان\n",
            "المادة 4\n\n[-يتعاون-]{+يتشاور+} الطرفان\n",
        );
    }

    #[test]
    fn a_moved_provision_is_shown_at_both_places() {
        let (a, b) = (
            "Premier paragraphe assez long.\n\n",
            "Deuxième paragraphe assez long.\n\n",
        );
        check(
            &[a, b].concat(),
            &[b, a].concat(),
            &format!("{{>{b}<}}{a}[<{b}>]"),
        );
    }

    #[test]
    fn equal_texts_have_an_empty_redline() {
        assert!(redline("# T\n\ntexte\n", "# T\n\ntexte\n").is_empty());
        assert!(redline("", "").is_empty());
        assert!(!redline("a", "b").is_empty());
    }

    proptest! {
        #[test]
        fn accept_all_is_new_and_reject_all_is_old(
            before in "(?s)((## Article [1-4]\n|un deux trois quatre|cinq six|- sept huit\n|\n\n|é|م|\t){0,14})",
            after in "(?s)((## Article [1-4]\n|un deux trois quatre|cinq six|- sept huit\n|\n\n|é|م|\t){0,14})",
        ) {
            let redline = redline(&before, &after);
            prop_assert_eq!(redline.accept_all(), after.clone());
            prop_assert_eq!(redline.reject_all(), before.clone());
            prop_assert_eq!(redline.is_empty(), before == after);
        }
    }
}
