//! The words of a citation: what kind of provision it names, its number, and the parts behind it.

use crate::{Kind, concord::latin_digit};

/// A citation taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cited {
    /// What it says that the provision is.
    pub(super) kind: Option<Kind>,
    /// All behind that word, as one number.
    pub(super) whole: String,
    /// The number of the first provision.
    pub(super) first: String,
    /// The parts of it, from the outer one to the inner one.
    pub(super) parts: Vec<String>,
}

/// The words that say what a provision is, folded to lower case; the longer of two before the
/// shorter.
const KINDS: &[(&str, Kind)] = &[
    ("articles", Kind::Article),
    ("article", Kind::Article),
    ("artículo", Kind::Article),
    ("artikel", Kind::Article),
    ("art", Kind::Article),
    ("المادة", Kind::Article),
    ("الفصل", Kind::Article),
    ("considérant", Kind::Recital),
    ("considerant", Kind::Recital),
    ("recital", Kind::Recital),
    ("rec", Kind::Recital),
    ("sous-section", Kind::Section),
    ("subsection", Kind::Section),
    ("section", Kind::Section),
    ("sect", Kind::Section),
    ("chapitre", Kind::Chapter),
    ("chapter", Kind::Chapter),
    ("chap", Kind::Chapter),
    ("titre", Kind::Chapter),
    ("title", Kind::Chapter),
    ("الباب", Kind::Chapter),
    ("livre", Kind::Part),
    ("book", Kind::Part),
    ("partie", Kind::Part),
    ("part", Kind::Part),
    ("annexe", Kind::Annex),
    ("annex", Kind::Annex),
    ("appendix", Kind::Annex),
    ("ann", Kind::Annex),
    ("ملحق", Kind::Annex),
];

/// The words that stand before the number of a part.
const PARTS: &[&str] = &[
    "paragraphe",
    "paragraph",
    "paras",
    "para",
    "par",
    "alinéa",
    "al",
    "point",
    "الفقرة",
    "§",
];

/// Numbers in words, as the first of a series is often written.
const FIRST: &[&str] = &["1er", "1ère", "1re", "premier", "première", "ier", "الأولى"];

impl Cited {
    /// Takes a citation apart. All of it can be read: what is no citation names nothing.
    pub(super) fn parse(text: &str) -> Self {
        let text: String = text
            .trim()
            .chars()
            .map(latin_digit)
            .flat_map(char::to_lowercase)
            .collect();
        let (kind, rest) = kind(&text);
        let (first, parts) = divided(rest);
        Self {
            kind,
            whole: folded(rest),
            first,
            parts,
        }
    }
}

/// The kind that the first word says, and what stands behind it. A word goes on where a letter
/// follows, but for an abbreviation's number that is one capital, as in `annA`.
fn kind(text: &str) -> (Option<Kind>, &str) {
    for (word, kind) in KINDS {
        let Some(rest) = text.strip_prefix(word) else {
            continue;
        };
        let letters = rest.chars().take_while(|c| c.is_alphabetic()).count();
        if letters <= 1 && !rest.is_empty() {
            return (Some(*kind), rest.trim_start_matches(['.', ' ', '\u{a0}']));
        }
    }
    (None, text)
}

/// A number with single spaces, without what closes it; the first of a series as `1`.
pub(super) fn folded(number: &str) -> String {
    let words: Vec<_> = number
        .split_whitespace()
        .map(|word| word.trim_end_matches([':', '.', ',', ';']))
        .filter(|word| !word.is_empty())
        .map(|word| if FIRST.contains(&word) { "1" } else { word })
        .map(str::to_lowercase)
        .collect();
    let number = words.join(" ");
    let inner = number.strip_prefix('(').and_then(|n| n.strip_suffix(')'));
    inner.map_or(number.clone(), str::to_owned)
}

/// The first number, and those of the parts behind it: each in brackets, behind a point, or behind
/// a word for a part.
fn divided(text: &str) -> (String, Vec<String>) {
    let mut marked = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        let bare = word.trim_matches(['.', ',']);
        if PARTS.contains(&bare) {
            marked.push('(');
        } else {
            marked.push_str(word.trim_end_matches([',', ';', ':']));
            marked.push(' ');
        }
    }
    let mut parts = marked
        .split(['(', ')', '.', '§', '/'])
        .map(folded)
        .filter(|part| !part.is_empty());
    (parts.next().unwrap_or_default(), parts.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, kind: Option<Kind>, first: &str, parts: &[&str]) {
        let cited = Cited::parse(text);
        let found = (cited.kind, cited.first.as_str(), &cited.parts[..]);
        let parts: Vec<_> = parts.iter().map(|p| (*p).to_owned()).collect();
        assert_eq!(found, (kind, first, &parts[..]), "{text}");
    }

    #[test]
    fn citations_of_several_traditions() {
        let article = Some(Kind::Article);
        for text in [
            "Article 3",
            "art. 3",
            "art3",
            "ART 3",
            "Art. 3.",
            "المادة ٣",
        ] {
            check(text, article, "3", &[]);
        }
        for text in [
            "Article 3(2)",
            "art. 3 (2)",
            "art3.2",
            "article 3, par. 2",
            "article 3 § 2",
            "art. 3 §2",
            "المادة 3 الفقرة 2",
        ] {
            check(text, article, "3", &["2"]);
        }
        check("3(2)(a)", None, "3", &["2", "a"]);
        check("article 3 bis", article, "3 bis", &[]);
        check("Article 16-1 A", article, "16-1 a", &[]);
        check("Article 1er", article, "1", &[]);
        check("annA", Some(Kind::Annex), "a", &[]);
        check("Annexe II", Some(Kind::Annex), "ii", &[]);
        check("rec4", Some(Kind::Recital), "4", &[]);
        check("Chapitre IV", Some(Kind::Chapter), "iv", &[]);
        check("articulation", None, "articulation", &[]);
        check("", None, "", &[]);
    }

    #[test]
    fn a_label_is_one_number_too() {
        assert_eq!(Cited::parse("Article 3.2").whole, "3.2");
        assert_eq!(Cited::parse("(a)").whole, "a");
        assert_eq!(Cited::parse("1.").whole, "1");
        assert_eq!(Cited::parse("Article 3 bis :").whole, "3 bis");
    }
}
