//! Counterparts by a table of terms: which paragraph of one language stands for which of another, and which for none.
//!
//! Two texts may have as many paragraphs and still not the same ones: one lacks a recital and divides another. Whoever pairs them by their
//! number pairs all that follow wrongly. Paragraphs are paired here by the terms that they share, in order, and what shares none with
//! its counterpart is named. A suggestion for those who read both languages: it refuses nothing.

use serde::{Deserialize, Serialize};

use crate::{Gap, GapKind, Lang, Localized, ProvisionId, Text};

/// Terms that say the same in several languages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TermTable(pub Vec<Localized<String>>);

impl TermTable {
    /// Which terms stand in words of a language.
    fn found(&self, lang: Lang, words: &str) -> Vec<usize> {
        let words = fold(words);
        let stands =
            |term: &Localized<String>| term.get(&lang).is_some_and(|t| words.contains(&fold(t)));
        (0..)
            .zip(&self.0)
            .filter(|(_, term)| stands(term))
            .map(|(at, _)| at)
            .collect()
    }
}

/// Words for matching, never for storing: small letters, without the signs by which Arabic stretches and vocalises words.
fn fold(words: &str) -> String {
    let unseen =
        |c: &char| *c != '\u{640}' && !('\u{64B}'..='\u{652}').contains(c) && *c != '\u{670}';
    words
        .chars()
        .filter(unseen)
        .flat_map(char::to_lowercase)
        .collect()
}

/// What a pair of paragraphs is worth for each term that it shares, and what it costs to leave one alone.
const SHARED: i64 = 4;
const ALONE: i64 = 1;

/// Pairs two rows of paragraphs in order, by the terms that they share (Needleman and Wunsch, 1970).
fn pair(base: &[Vec<usize>], other: &[Vec<usize>]) -> Vec<(Option<usize>, Option<usize>)> {
    let worth = |a: &[usize], b: &[usize]| -> i64 {
        let shared = a.iter().filter(|term| b.contains(term)).count();
        let apart = a.len() + b.len() - 2 * shared;
        i64::try_from(shared).unwrap_or(0) * SHARED - i64::try_from(apart).unwrap_or(0) * 2
    };
    let width = other.len() + 1;
    let mut best = vec![0_i64; (base.len() + 1) * width];
    for a in 0..=base.len() {
        for b in 0..=other.len() {
            let at = a * width + b;
            let mut options = Vec::with_capacity(3);
            if a > 0 && b > 0 {
                options.push(best[at - width - 1] + worth(&base[a - 1], &other[b - 1]));
            }
            if a > 0 {
                options.push(best[at - width] - ALONE);
            }
            if b > 0 {
                options.push(best[at - 1] - ALONE);
            }
            best[at] = options.into_iter().max().unwrap_or(0);
        }
    }
    let (mut a, mut b) = (base.len(), other.len());
    let mut pairs = Vec::new();
    while a > 0 || b > 0 {
        let at = a * width + b;
        // Of two that would do, the earlier one has the counterpart.
        if b > 0 && best[at] == best[at - 1] - ALONE {
            b -= 1;
            pairs.push((None, Some(b)));
        } else if a > 0 && best[at] == best[at - width] - ALONE {
            a -= 1;
            pairs.push((Some(a), None));
        } else {
            (a, b) = (a - 1, b - 1);
            pairs.push((Some(a), Some(b)));
        }
    }
    pairs.reverse();
    pairs
}

/// The provisions of one language that have no counterpart in the other, by the terms of a table, in reading order. A paragraph without any
/// term of the table is not spoken of.
pub fn without_counterpart(text: &Text, base: Lang, other: Lang, terms: &TermTable) -> Vec<Gap> {
    let rows = |lang| -> Vec<(ProvisionId, String)> {
        let words = |n: &crate::Node| {
            n.body(lang)
                .map(|b| (n.id, format!("{} {}", b.heading(), b.text())))
        };
        text.nodes().filter_map(words).collect()
    };
    let (ours, theirs) = (rows(base), rows(other));
    let found = |lang, rows: &[(ProvisionId, String)]| {
        rows.iter()
            .map(|(_, w)| terms.found(lang, w))
            .collect::<Vec<_>>()
    };
    let (our_terms, their_terms) = (found(base, &ours), found(other, &theirs));
    let named = |lang, found: &[usize]| {
        let names: Vec<_> = found
            .iter()
            .filter_map(|at| terms.0.get(*at)?.get(&lang))
            .cloned()
            .collect();
        names.join(", ")
    };
    let nothing = || "no counterpart".to_owned();
    let mut gaps = Vec::new();
    for paired in pair(&our_terms, &their_terms) {
        let gap = match paired {
            (Some(a), None) if !our_terms[a].is_empty() => (
                ours[a].0,
                (base, named(base, &our_terms[a])),
                (other, nothing()),
            ),
            (None, Some(b)) if !their_terms[b].is_empty() => (
                theirs[b].0,
                (base, nothing()),
                (other, named(other, &their_terms[b])),
            ),
            _ => continue,
        };
        gaps.push(Gap {
            provision: gap.0,
            kind: GapKind::Counterpart,
            base: gap.1,
            other: gap.2,
        });
    }
    gaps
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Format;

    fn lang(tag: &str) -> Lang {
        Lang::parse(tag).expect("a tag")
    }

    fn table(pairs: &[(&str, &str)]) -> TermTable {
        let row = |(fr, ar): &(&str, &str)| {
            Localized::from([
                (lang("fr"), (*fr).to_owned()),
                (lang("ar"), (*ar).to_owned()),
            ])
        };
        TermTable(pairs.iter().map(row).collect())
    }

    fn check(fr: &str, ar: &str, terms: &[(&str, &str)], expected: &[&str]) {
        let texts = [(lang("fr"), fr.to_owned()), (lang("ar"), ar.to_owned())].into();
        let text = Text::from_provisions(
            Text::align(Format::Plain, &texts).expect("as many paragraphs"),
            1,
        );
        let found = without_counterpart(&text, lang("fr"), lang("ar"), &table(terms));
        assert_eq!(
            found.iter().map(ToString::to_string).collect::<Vec<_>>(),
            expected
        );
    }

    /// The preamble of the Universal Declaration of Human Rights: nine paragraphs in both languages, and the French recital on friendly
    /// relations has no Arabic counterpart, since the Arabic text divides the proclamation in two. A few words of each stand for it.
    #[test]
    fn the_preamble_of_the_universal_declaration() {
        check(
            "Préambule\n\ndignité\n\nbarbarie\n\nrégime de droit\n\nrelations amicales\n\nla Charte\n\nles Etats Membres\n\nconception commune\n\nL'Assemblée générale proclame l'idéal commun\n",
            "الديباجة\n\nالكرامة\n\nالهمجية\n\nالقانون\n\nالميثاق\n\nالدول الأعضاء\n\nإدراك عام\n\nفإن الجمعية العامة تنادي\n\nالمستوى المشترك\n",
            &[
                ("préambule", "الديباجة"),
                ("dignité", "الكرامة"),
                ("barbarie", "الهمجية"),
                ("régime de droit", "القانون"),
                ("relations amicales", "العلاقات الودية"),
                ("charte", "الميثاق"),
                ("etats membres", "الدول الأعضاء"),
                ("conception commune", "إدراك عام"),
                ("assemblée générale", "الجمعية العامة"),
                ("idéal commun", "المستوى المشترك"),
            ],
            &[
                "1.5/counterpart/fr-ar: fr has relations amicales, ar has no counterpart",
                "1.9/counterpart/fr-ar: fr has no counterpart, ar has المستوى المشترك",
            ],
        );
    }

    #[test]
    fn what_stands_in_order_has_its_counterpart_and_vocalised_words_are_the_same() {
        check(
            "droit\n\ndevoir\n",
            "حَقّ\n\nواجـــب\n",
            &[("droit", "حق"), ("devoir", "واجب")],
            &[],
        );
        check("droit\n\nrien\n", "حق\n\nلا شيء\n", &[("droit", "حق")], &[]);
    }
}
