//! Recognises the label that a heading starts with: "Article 3 bis", "المادة 4", "Section 2", "§ 5", "IV.".

use std::ops::Range;

use crate::Kind;

/// A heading divided: what it heads, and the byte ranges of its label and of the rest.
pub(super) struct Heading {
    pub(super) kind: Kind,
    pub(super) rank: u8,
    pub(super) label: Range<usize>,
    pub(super) heading: Range<usize>,
}

/// The words that open a citation label, folded to lower case, with what they head and at which rank.
const WORDS: &[(&str, Kind, u8)] = &[
    ("article", Kind::Article, 8),
    ("art.", Kind::Article, 8),
    ("artikel", Kind::Article, 8),
    ("artículo", Kind::Article, 8),
    ("المادة", Kind::Article, 8),
    ("الفصل", Kind::Article, 8),
    ("sous-section", Kind::Section, 7),
    ("subsection", Kind::Section, 7),
    ("paragraphe", Kind::Section, 7),
    ("section", Kind::Section, 6),
    ("chapitre", Kind::Chapter, 5),
    ("chapter", Kind::Chapter, 5),
    ("الباب", Kind::Chapter, 5),
    ("titre", Kind::Chapter, 4),
    ("title", Kind::Chapter, 4),
    ("livre", Kind::Part, 3),
    ("book", Kind::Part, 3),
    ("partie", Kind::Part, 2),
    ("part", Kind::Part, 2),
    ("annexe", Kind::Annex, 2),
    ("annex", Kind::Annex, 2),
    ("appendix", Kind::Annex, 2),
    ("ملحق", Kind::Annex, 2),
];

/// So many characters of a heading tell with which of [`WORDS`] it begins.
const LONGEST: usize = 16;

const SUFFIXES: &[&str] = &[
    "bis",
    "ter",
    "quater",
    "quinquies",
    "sexies",
    "septies",
    "octies",
    "nonies",
    "decies",
    "er",
    "مكرر",
    "مكررة",
];

/// Divides a heading's words. `text` has no markup and no line end around it; ranges count from its start.
pub(super) fn divide(text: &str) -> Option<Heading> {
    let lower: String = text
        .chars()
        .take(LONGEST)
        .flat_map(char::to_lowercase)
        .collect();
    let (word, kind, rank) = WORDS.iter().find(|(word, ..)| {
        lower.strip_prefix(word).is_some_and(|rest| {
            rest.starts_with([' ', '\u{A0}']) || (word.ends_with('.') && !rest.is_empty())
        })
    })?;
    // Lower-casing may change lengths, so count characters, not bytes.
    let after_word = text
        .char_indices()
        .nth(word.chars().count())
        .map(|(at, _)| at)?;
    let mut end = after_word + token_end(text.get(after_word..)?)?;
    let mut rest = text.get(end..)?;
    while let Some(next) = token_end(rest) {
        let token = rest.get(..next)?.trim();
        let is_suffix = SUFFIXES.contains(&token)
            || (token.chars().count() == 1 && token.chars().all(|c| c.is_ascii_uppercase()));
        if !is_suffix {
            break;
        }
        end += next;
        rest = text.get(end..)?;
    }
    let label = text.get(..end)?.trim_end_matches([':', '.', ',', ';']);
    let label_end = label.len();
    let heading_start = text
        .get(label_end..)?
        .find(|c: char| c.is_alphanumeric())
        .map_or(text.len(), |at| label_end + at);
    Some(Heading {
        kind: *kind,
        rank: *rank,
        label: 0..label_end,
        heading: heading_start..text.len(),
    })
}

/// The end of the first token of `text`, white space before it included.
fn token_end(text: &str) -> Option<usize> {
    let start = text.find(|c: char| !c.is_whitespace())?;
    let len = text
        .get(start..)?
        .find(char::is_whitespace)
        .unwrap_or(text.len() - start);
    Some(start + len)
}

/// Whether a line on its own reads like a heading: a label word, a number, and not much more.
pub(super) fn is_heading_line(line: &str) -> Option<Heading> {
    let heading = divide(line)?;
    let label = line.get(heading.label.clone())?;
    let rest = line.get(heading.heading.clone())?;
    let numbered = label
        .split_whitespace()
        .nth(1)
        .is_some_and(looks_like_number);
    // A sentence that cites an article is no heading: headings are short, and do not end like sentences.
    let short = rest.chars().count() <= 120 && !rest.ends_with(['.', ';', ',']);
    let separated = rest.is_empty()
        || line
            .get(label.len()..)
            .is_some_and(|r| r.trim_start().starts_with([':', '-', '–', '—', '.']));
    (numbered && short && separated).then_some(heading)
}

fn looks_like_number(token: &str) -> bool {
    let token = token.trim_end_matches([':', '.', ',']);
    let ordinal = [
        "premier",
        "première",
        "ier",
        "ire",
        "1er",
        "préliminaire",
        "الأولى",
        "الثانية",
        "الثالثة",
        "الرابعة",
    ];
    token.chars().any(|c| c.is_numeric())
        || ordinal.contains(&token.to_lowercase().as_str())
        || (!token.is_empty()
            && token
                .trim_end_matches("er")
                .chars()
                .all(|c| "IVXLCDM".contains(c)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, label: &str, heading: &str) {
        let found = divide(line).expect("a label");
        assert_eq!((&line[found.label], &line[found.heading]), (label, heading));
    }

    #[test]
    fn labels_of_several_traditions() {
        check("Article 4", "Article 4", "");
        check(
            "Article 3 bis — Échange d'informations",
            "Article 3 bis",
            "Échange d'informations",
        );
        check("Article 16-1 A", "Article 16-1 A", "");
        check(
            "Section 2 : Des dispositions communes",
            "Section 2",
            "Des dispositions communes",
        );
        check("المادة 4 - تبادل المعلومات", "المادة 4", "تبادل المعلومات");
        check("Art. 5. Objet", "Art. 5", "Objet");
    }

    #[test]
    fn every_label_word_is_found() {
        for (word, kind, rank) in WORDS {
            assert!(word.chars().count() < LONGEST, "{word}");
            for word in [(*word).to_owned(), word.to_uppercase()] {
                let line = format!("{word} 12 : {}", "Des dispositions communes ".repeat(9));
                let found = divide(&line).expect("a label");
                assert_eq!(
                    (found.kind, found.rank, &line[found.label]),
                    (*kind, *rank, format!("{word} 12").as_str())
                );
            }
            assert!(divide(word).is_none(), "{word} alone");
        }
    }

    #[test]
    fn a_sentence_is_no_heading() {
        assert!(is_heading_line("Article 427").is_some());
        assert!(is_heading_line("Livre Ier : Des personnes").is_some());
        assert!(is_heading_line("Article 4 shall apply to all parties.").is_none());
        assert!(is_heading_line("Part of the territory").is_none());
        assert!(is_heading_line("Les Parties").is_none());
    }
}
