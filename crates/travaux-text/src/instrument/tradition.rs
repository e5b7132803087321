//! How instruments are worded: one table of sentences for each language.

use crate::Lang;

/// What a sentence orders.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phrase {
    SubstituteAll,
    Substitute,
    Strike,
    Repeal,
    Delete,
    Renumber,
    Heading,
    Replace,
    Insert,
    Move,
}

/// A language's wording.
pub(super) struct Tradition {
    pub(super) lang: &'static str,
    /// The article in front of a cited one, and how its first letter is written there.
    pub(super) article: fn(&str) -> String,
    /// A paragraph within an article: `{0}` the article, `{1}` the number.
    pub(super) paragraph: &'static str,
    /// A paragraph in front of the first article: its number.
    pub(super) preamble: &'static str,
    phrases: [(Phrase, &'static str); 10],
}

/// A label with a small letter in front: `Article 4` is `article 4` in the middle of a French sentence.
fn small(label: &str) -> String {
    let mut chars = label.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_lowercase().chain(chars).collect()
    })
}

pub(super) static ALL: [Tradition; 3] = [
    Tradition {
        lang: "fr",
        article: |label| {
            let label = small(label);
            if label.starts_with(['a', 'e', 'i', 'o', 'u', 'é']) {
                format!("l'{label}")
            } else {
                format!("la disposition {label}")
            }
        },
        paragraph: "{0}, alinéa {1}",
        preamble: "l'alinéa {1} du préambule",
        phrases: [
            (
                Phrase::SubstituteAll,
                "à {place}, les mots « {find} » sont remplacés, à chacune de leurs {count} occurrences, par les mots « {with} ».",
            ),
            (
                Phrase::Substitute,
                "à {place}, les mots « {find} » sont remplacés par les mots « {with} ».",
            ),
            (
                Phrase::Strike,
                "à {place}, les mots « {find} » sont supprimés.",
            ),
            (
                Phrase::Repeal,
                "{place} est abrogé et porte la mention « {notice} ».",
            ),
            (Phrase::Delete, "{place} est supprimé."),
            (Phrase::Renumber, "{place} devient « {label} »."),
            (
                Phrase::Heading,
                "l'intitulé de {place} est ainsi rédigé : « {heading} ».",
            ),
            (Phrase::Replace, "{place} est ainsi rédigé : « {text} »."),
            (Phrase::Insert, "après {place}, il est inséré : « {text} »."),
            (Phrase::Move, "{place} est déplacé après {after}."),
        ],
    },
    Tradition {
        lang: "en",
        article: str::to_owned,
        paragraph: "{0}, paragraph {1}",
        preamble: "the preamble, paragraph {1}",
        phrases: [
            (
                Phrase::SubstituteAll,
                "in {place}, the words “{find}” shall be replaced, in each of their {count} occurrences, by the words “{with}”.",
            ),
            (
                Phrase::Substitute,
                "in {place}, the words “{find}” shall be replaced by the words “{with}”.",
            ),
            (
                Phrase::Strike,
                "in {place}, the words “{find}” shall be deleted.",
            ),
            (
                Phrase::Repeal,
                "{place} shall be repealed and bear the note “{notice}”.",
            ),
            (Phrase::Delete, "{place} shall be deleted."),
            (Phrase::Renumber, "{place} shall become “{label}”."),
            (
                Phrase::Heading,
                "the heading of {place} shall read: “{heading}”.",
            ),
            (Phrase::Replace, "{place} shall read: “{text}”."),
            (
                Phrase::Insert,
                "after {place}, the following shall be inserted: “{text}”.",
            ),
            (Phrase::Move, "{place} shall be moved to follow {after}."),
        ],
    },
    // "تحل … محل …" says which words come and which go; "تستبدل … ب …" is read both ways.
    Tradition {
        lang: "ar",
        article: str::to_owned,
        paragraph: "{0}، الفقرة {1}",
        preamble: "الديباجة، الفقرة {1}",
        phrases: [
            (
                Phrase::SubstituteAll,
                "في {place}، تحل عبارة «{with}» محل عبارة «{find}» في مواضعها البالغ عددها {count}.",
            ),
            (
                Phrase::Substitute,
                "في {place}، تحل عبارة «{with}» محل عبارة «{find}».",
            ),
            (Phrase::Strike, "في {place}، تحذف عبارة «{find}»."),
            (Phrase::Repeal, "تلغى {place} وتحمل الإشارة «{notice}»."),
            (Phrase::Delete, "تحذف {place}."),
            (Phrase::Renumber, "تصبح {place} «{label}»."),
            (Phrase::Heading, "يصاغ عنوان {place} كما يلي: «{heading}»."),
            (Phrase::Replace, "تصاغ {place} كما يلي: «{text}»."),
            (Phrase::Insert, "يضاف بعد {place} ما يلي: «{text}»."),
            (Phrase::Move, "تنقل {place} إلى ما بعد {after}."),
        ],
    },
];

impl Tradition {
    /// The tradition of a language, whatever its region.
    pub(super) fn of(lang: Lang) -> Option<&'static Self> {
        ALL.iter()
            .find(|t| lang.as_str().split('-').next() == Some(t.lang))
    }

    /// The phrases, the more special ones first.
    pub(super) fn phrases(&self) -> impl Iterator<Item = (Phrase, &'static str)> + '_ {
        self.phrases.iter().copied()
    }

    pub(super) fn template(&self, phrase: Phrase) -> &'static str {
        self.phrases()
            .find(|(p, _)| *p == phrase)
            .map_or("", |(_, template)| template)
    }
}
