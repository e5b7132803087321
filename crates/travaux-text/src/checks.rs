//! Rules for characters: what a drafted text must not hold, and what is worth a flag in an imported one.

use serde::{Deserialize, Serialize};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// Something in a text that a reader cannot see, or that makes equal-looking texts differ.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, thiserror::Error,
)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum TextAnomaly {
    /// U+0000.
    #[error("a NUL character")]
    Nul,
    /// U+FEFF.
    #[error("a byte order mark (U+FEFF)")]
    ByteOrderMark,
    /// A line ending of two characters, or a carriage return alone.
    #[error("a carriage return; end lines with U+000A alone")]
    CarriageReturn,
    /// An embedding, override or mark for the direction of writing: only isolates are allowed.
    #[error("a control for the direction of writing that is no isolate (U+200E-200F, U+202A-202E)")]
    DirectionControl,
    /// An isolate without its end, or an end without its isolate, within one paragraph.
    #[error("a direction isolate that is not balanced within its paragraph (U+2066-2069)")]
    UnbalancedIsolate,
    /// A zero-width character other than those that scripts need.
    #[error("an invisible character (U+200B, U+2060, U+00AD)")]
    Invisible,
    /// Text that is not in Unicode Normalization Form C (UAX #15).
    #[error("text that is not in Unicode Normalization Form C")]
    NotNormalized,
    /// Another control character.
    #[error("a control character")]
    Control,
}

/// An anomaly and where it first stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// What.
    pub anomaly: TextAnomaly,
    /// Where first, in bytes from the start of the text.
    pub at: u64,
    /// How often.
    pub count: u32,
}

/// What is odd in `text`: each kind once, with its first place and its count, in the order of [`TextAnomaly`].
pub fn anomalies(text: &str) -> Vec<Finding> {
    let mut found = std::collections::BTreeMap::<TextAnomaly, (usize, u32)>::new();
    let mut note = |anomaly, at| {
        let entry = found.entry(anomaly).or_insert((at, 0));
        entry.1 += 1;
    };
    let mut open = Vec::new();
    for (at, c) in text.char_indices() {
        match c {
            '\n' => {
                for start in open.drain(..) {
                    note(TextAnomaly::UnbalancedIsolate, start);
                }
            }
            '\t' => {}
            '\0' => note(TextAnomaly::Nul, at),
            '\r' => note(TextAnomaly::CarriageReturn, at),
            '\u{FEFF}' => note(TextAnomaly::ByteOrderMark, at),
            '\u{200E}' | '\u{200F}' | '\u{061C}' | '\u{202A}'..='\u{202E}' => {
                note(TextAnomaly::DirectionControl, at)
            }
            '\u{2066}'..='\u{2068}' => open.push(at),
            '\u{2069}' if open.pop().is_none() => {
                note(TextAnomaly::UnbalancedIsolate, at);
            }
            '\u{200B}' | '\u{2060}' | '\u{00AD}' => note(TextAnomaly::Invisible, at),
            c if c.is_control() => note(TextAnomaly::Control, at),
            _ => {}
        }
    }
    for start in open {
        note(TextAnomaly::UnbalancedIsolate, start);
    }
    if !text.is_ascii() && is_nfc_quick(text.chars()) != IsNormalized::Yes {
        let at = text
            .char_indices()
            .zip(text.nfc())
            .find(|((_, a), b)| a != b)
            .map(|((at, _), _)| at);
        if let Some(at) =
            at.or_else(|| (text.nfc().count() != text.chars().count()).then_some(text.len()))
        {
            note(TextAnomaly::NotNormalized, at);
        }
    }
    found
        .into_iter()
        .map(|(anomaly, (at, count))| Finding {
            anomaly,
            at: u64::try_from(at).unwrap_or(u64::MAX),
            count,
        })
        .collect()
}

/// What forbids `text` as a draft of our own: every anomaly does.
///
/// An invisible control can make two texts look alike; a text that parties are to sign must not hold one. Imported text is
/// kept as it is instead and only flagged.
pub fn drafting_errors(text: &str) -> Vec<Finding> {
    anomalies(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[(TextAnomaly, u64, u32)]) {
        let found: Vec<_> = anomalies(text)
            .into_iter()
            .map(|f| (f.anomaly, f.at, f.count))
            .collect();
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn plain_text_in_three_scripts_is_clean() {
        check("Article 1\n\nÉté\tdéjà.\n", &[]);
        check("المادة الأولى\n", &[]);
        check("", &[]);
    }

    #[test]
    fn each_anomaly_is_named_with_its_first_place() {
        check("a\0b\0", &[(TextAnomaly::Nul, 1, 2)]);
        check(
            "\u{FEFF}a\r\n",
            &[
                (TextAnomaly::ByteOrderMark, 0, 1),
                (TextAnomaly::CarriageReturn, 4, 1),
            ],
        );
        check("a\u{202E}b", &[(TextAnomaly::DirectionControl, 1, 1)]);
        check("a\u{200B}", &[(TextAnomaly::Invisible, 1, 1)]);
        check("a\u{7}", &[(TextAnomaly::Control, 1, 1)]);
        check("xe\u{301}", &[(TextAnomaly::NotNormalized, 1, 1)]);
    }

    #[test]
    fn isolates_must_close_within_their_paragraph() {
        check("a \u{2067}ب\u{2069} c", &[]);
        check(
            "a \u{2067}ب\nc\u{2069}",
            &[(TextAnomaly::UnbalancedIsolate, 2, 2)],
        );
        check("\u{2069}", &[(TextAnomaly::UnbalancedIsolate, 0, 1)]);
    }
}
