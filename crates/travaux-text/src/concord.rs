//! Whether the languages of a text say the same, as far as that can be seen without understanding them: a provision that one
//! of them lacks, numbers, dates and amounts that differ, references to different provisions, defined terms that one lacks.
//!
//! Numbers are compared as digits, whatever script writes them; a number in words is not read, so a difference of that kind
//! can be settled by whoever certifies concordance.

use std::{collections::BTreeMap, fmt};

use serde::{Deserialize, Serialize};

use crate::{Kind, Lang, Node, ProvisionId, Text};

/// In what two languages differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GapKind {
    /// One language has no words for a provision.
    MissingProvision,
    /// The numbers, dates and amounts differ.
    Numbers,
    /// The references to other provisions differ.
    References,
    /// One language puts a term between quotation marks, as definitions do, and another does not.
    DefinedTerms,
    /// By a table of terms, a paragraph of one language stands for none of the other; see [`crate::without_counterpart`].
    Counterpart,
}

/// A place where two languages do not say the same.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Gap {
    /// The provision.
    pub provision: ProvisionId,
    /// In what.
    pub kind: GapKind,
    /// The language that the other is compared with, and what it has.
    pub base: (Lang, String),
    /// The other language, and what it has.
    pub other: (Lang, String),
}

impl Gap {
    /// A name for it within its text, by which it can be settled.
    pub fn key(&self) -> String {
        let kind = match self.kind {
            GapKind::MissingProvision => "missing",
            GapKind::Numbers => "numbers",
            GapKind::References => "references",
            GapKind::DefinedTerms => "terms",
            GapKind::Counterpart => "counterpart",
        };
        format!("{}/{kind}/{}-{}", self.provision, self.base.0, self.other.0)
    }

    /// Whether someone who reads both languages may find that the difference is none of meaning.
    pub fn can_be_settled(&self) -> bool {
        self.kind != GapKind::MissingProvision
    }
}

impl fmt::Display for Gap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ((base, theirs), (other, ours)) = (&self.base, &self.other);
        write!(f, "{}: {base} has {theirs}, {other} has {ours}", self.key())
    }
}

/// All gaps between `languages`, each compared with the first, in reading order.
pub fn gaps(text: &Text, languages: &[Lang]) -> Vec<Gap> {
    let Some((base, others)) = languages.split_first() else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for node in text.nodes().filter(|n| !n.repealed) {
        for other in others {
            compare(node, *base, *other, &mut found);
        }
    }
    found
}

fn compare(node: &Node, base: Lang, other: Lang, found: &mut Vec<Gap>) {
    let words = |lang| {
        node.body(lang)
            .map(|b| (b.heading().to_owned(), b.text().to_owned()))
    };
    let says = |w: &Option<(String, String)>| {
        w.as_ref()
            .is_some_and(|(h, t)| !h.trim().is_empty() || !t.trim().is_empty())
    };
    let (ours, theirs) = (words(base), words(other));
    let mut gap = |kind, a: String, b: String| {
        found.push(Gap {
            provision: node.id,
            kind,
            base: (base, a),
            other: (other, b),
        });
    };
    // A heading that stands as a bare number says the same in every language.
    match (says(&ours), says(&theirs)) {
        (true, true) => {}
        (false, false) => return,
        (true, false) if node.kind != Kind::Article => {
            return gap(GapKind::MissingProvision, "words".into(), "none".into());
        }
        (false, true) if node.kind != Kind::Article => {
            return gap(GapKind::MissingProvision, "none".into(), "words".into());
        }
        _ => return,
    }
    let text =
        |w: Option<(String, String)>| w.map(|(h, t)| format!("{h}\n{t}")).unwrap_or_default();
    let (ours, theirs) = (Signs::of(&text(ours)), Signs::of(&text(theirs)));
    if ours.numbers != theirs.numbers {
        gap(GapKind::Numbers, row(&ours.numbers), row(&theirs.numbers));
    }
    if ours.references != theirs.references {
        gap(
            GapKind::References,
            row(&ours.references),
            row(&theirs.references),
        );
    }
    if ours.terms != theirs.terms {
        let count = |n: usize| {
            if n == 1 {
                "1 term".to_owned()
            } else {
                format!("{n} terms")
            }
        };
        gap(
            GapKind::DefinedTerms,
            count(ours.terms),
            count(theirs.terms),
        );
    }
}

fn row(values: &BTreeMap<String, usize>) -> String {
    let one = |(value, n): (&String, &usize)| {
        if *n == 1 {
            value.clone()
        } else {
            format!("{value} ({n} times)")
        }
    };
    let all: Vec<_> = values.iter().map(one).collect();
    if all.is_empty() {
        "none".to_owned()
    } else {
        all.join(", ")
    }
}

/// What can be compared without reading.
#[derive(Debug, Default, PartialEq, Eq)]
struct Signs {
    numbers: BTreeMap<String, usize>,
    references: BTreeMap<String, usize>,
    terms: usize,
}

/// Words in front of the number of a provision, in the languages that we know. Arabic ones may carry a prefix.
const REFERENCE: [&str; 22] = [
    "article",
    "articles",
    "art",
    "paragraph",
    "paragraphs",
    "paragraphe",
    "paragraphes",
    "annex",
    "annexe",
    "annexes",
    "section",
    "sections",
    "alinéa",
    "المادة",
    "المادتين",
    "المواد",
    "الفقرة",
    "الفقرات",
    "الفقرتين",
    "الملحق",
    "مادة",
    "فقرة",
];

/// A letter that Arabic writes in front of a word without a space.
const PREFIXES: [char; 5] = ['و', 'ب', 'ل', 'ف', 'ك'];

impl Signs {
    fn of(text: &str) -> Self {
        let mut signs = Self::default();
        let digits = join_thousands(&text.chars().map(latin_digit).collect::<String>());
        let mut behind_reference = false;
        let words = digits.split(|c: char| c.is_whitespace() || "()«»“”\"'’".contains(c));
        for word in words.filter(|w| !w.is_empty()) {
            match number(word) {
                Some(number) if behind_reference => {
                    *signs.references.entry(number).or_default() += 1
                }
                Some(number) => *signs.numbers.entry(number).or_default() += 1,
                None => {
                    let bare = word
                        .trim_matches(|c: char| !c.is_alphanumeric())
                        .to_lowercase();
                    let unprefixed = bare.strip_prefix(PREFIXES).unwrap_or(&bare);
                    // "لل" stands for "ل" and the article "ال".
                    let article = bare.strip_prefix("لل").map(|rest| format!("ال{rest}"));
                    let names = [Some(bare.as_str()), Some(unprefixed), article.as_deref()];
                    let joins = behind_reference
                        && matches!(
                            bare.as_str(),
                            "et" | "and" | "à" | "to" | "ou" | "or" | "و" | "إلى"
                        );
                    behind_reference =
                        joins || names.iter().flatten().any(|name| REFERENCE.contains(name));
                }
            }
        }
        signs.terms =
            text.chars().filter(|c| matches!(c, '«' | '“')).count() + text.matches('"').count() / 2;
        signs
    }
}

/// Arabic-Indic digits, Eastern ones too, and full-width ones, as the digits of ASCII.
pub(crate) fn latin_digit(c: char) -> char {
    let zero = match c {
        '\u{660}'..='\u{669}' => 0x660,
        '\u{6F0}'..='\u{6F9}' => 0x6F0,
        '\u{FF10}'..='\u{FF19}' => 0xFF10,
        _ => return c,
    };
    char::from_digit(u32::from(c) - zero, 10).unwrap_or(c)
}

/// Takes out the spaces that group thousands, as in `5 000`.
fn join_thousands(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let is_digit = |at: usize| chars.get(at).is_some_and(char::is_ascii_digit);
    let mut out = String::with_capacity(text.len());
    // How many digits stand together in front.
    let mut run = 0;
    for (at, c) in chars.iter().enumerate() {
        let space = matches!(c, ' ' | '\u{A0}' | '\u{202F}');
        if space && (1..=3).contains(&run) && (1..=3).all(|k| is_digit(at + k)) && !is_digit(at + 4)
        {
            run = 0;
            continue;
        }
        run = if c.is_ascii_digit() { run + 1 } else { 0 };
        out.push(*c);
    }
    out
}

/// The number that a word is: its digits, without the signs that group thousands; a decimal point as a point. `None` for a word
/// that is none.
fn number(word: &str) -> Option<String> {
    let word = word.trim_matches(|c: char| !c.is_ascii_digit() && !c.is_alphabetic() && c != '%');
    let word = word.trim_end_matches(['%', '٪']);
    let first = word.chars().next()?;
    // An ordinal such as `1er` or `2nd`, or an amount such as `5000€`, begins with its number.
    if !first.is_ascii_digit() {
        return None;
    }
    let end = word
        .find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',' | '\u{66B}' | '\u{66C}')))
        .unwrap_or(word.len());
    let digits = word[..end].trim_end_matches(['.', ',', '\u{66B}', '\u{66C}']);
    let point = digits.rfind(['.', ',', '\u{66B}']).filter(|at| {
        let fraction = digits[*at..].chars().skip(1).count();
        fraction != 3 || digits[*at..].starts_with('\u{66B}')
    });
    let plain = |s: &str| s.chars().filter(char::is_ascii_digit).collect::<String>();
    Some(match point {
        Some(at) => format!("{}.{}", plain(&digits[..at]), plain(&digits[at..])),
        None => plain(digits),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Format;

    fn lang(tag: &str) -> Lang {
        Lang::parse(tag).expect("a tag")
    }

    /// Two languages of one paragraph, and the gaps between them.
    fn check(fr: &str, ar: &str, expected: &[&str]) {
        let texts = [
            (lang("fr"), format!("{fr}\n")),
            (lang("ar"), format!("{ar}\n")),
        ]
        .into();
        let text =
            Text::from_provisions(Text::align(Format::Plain, &texts).expect("they align"), 1);
        let found: Vec<_> = gaps(&text, &[lang("fr"), lang("ar")])
            .iter()
            .map(ToString::to_string)
            .collect();
        assert_eq!(found, expected, "{fr} / {ar}");
    }

    #[test]
    fn digits_are_digits_in_every_script() {
        check("dans un délai de 30 jours", "في أجل 30 يوما", &[]);
        check("dans un délai de 30 jours", "في أجل ٣٠ يوما", &[]);
        check("le 1er mai 2001", "في ۱ ماي ۲۰۰۱", &[]);
        check("5 000,50 dirhams", "5000.50 درهم", &[]);
        check("5.000 dirhams", "5000 درهم", &[]);
        check("2,5 %", "٢٫٥٪", &[]);
    }

    #[test]
    fn numbers_that_differ_are_named() {
        check(
            "dans 30 jours",
            "في أجل ٢٠ يوما",
            &["1.1/numbers/fr-ar: fr has 30, ar has 20"],
        );
        check(
            "dans trente jours",
            "في أجل ٣٠ يوما",
            &["1.1/numbers/fr-ar: fr has none, ar has 30"],
        );
    }

    #[test]
    fn references_are_compared_as_references() {
        check("visé à l'article 4", "المشار إليه في المادة 4", &[]);
        check("aux articles 4 et 5", "وفقا للمادتين 4 و 5", &[]);
        check(
            "selon l'article 4",
            "عملا بالمادة 5",
            &["1.1/references/fr-ar: fr has 4, ar has 5"],
        );
    }

    #[test]
    fn defined_terms_are_counted() {
        check("« données »", "«المعطيات»", &[]);
        check(
            "« données »",
            "المعطيات",
            &["1.1/terms/fr-ar: fr has 1 term, ar has 0 terms"],
        );
    }

    #[test]
    fn a_missing_provision_cannot_be_settled() {
        let fr = crate::NewProvision::new(
            Kind::Paragraph,
            lang("fr"),
            crate::Body::text_only("Fait à Paris.\n"),
        );
        let text = Text::from_provisions([fr], 1);
        let found = gaps(&text, &[lang("fr"), lang("ar")]);
        assert_eq!(
            (found.len(), found[0].kind, found[0].can_be_settled()),
            (1, GapKind::MissingProvision, false)
        );
    }
}
