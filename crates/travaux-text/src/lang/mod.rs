//! Languages, as tags.

mod check;

use std::{fmt, str::FromStr};

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{Error, Visitor},
};

use crate::ParseIdError;

/// A language, as a BCP 47 tag of at most 11 bytes (`fr`, `ar`, `zh-Hant-TW`; `und` where it is not known).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Lang {
    bytes: [u8; 11],
    len: u8,
}

impl Lang {
    /// What a reader of languages expects, in the words of its visitor: who reads what people write
    /// knows by it where a tag has to be held to [`Lang::parse`].
    pub const EXPECTED: &str = "a language tag such as `fr` or `ar` (BCP 47)";

    /// The tag for a language that is not known (BCP 47 `und`).
    pub const UNDETERMINED: Self = Self {
        bytes: *b"und\0\0\0\0\0\0\0\0",
        len: 3,
    };

    /// Reads a tag: a language that has a code (ISO 639-1, or 639-3 where that has none), with
    /// script, region and variants as BCP 47 writes them, 2 to 11 bytes.
    ///
    /// # Errors
    /// [`ParseIdError`] for anything else, with the tag to write where that can be told.
    pub fn parse(tag: &str) -> Result<Self, ParseIdError> {
        check::tag(tag).map_err(|instead| ParseIdError {
            found: tag.to_owned(),
            expected: match instead {
                Some(tag) => format!("a language tag (BCP 47): write `{tag}`").into(),
                None => Self::EXPECTED.into(),
            },
        })?;
        Self::kept(tag).ok_or_else(|| ParseIdError {
            found: tag.to_owned(),
            expected: "a language tag of at most 11 characters".into(),
        })
    }

    /// Takes a tag that is on record: records of before tags were checked stay readable.
    fn kept(tag: &str) -> Option<Self> {
        let good = (2..=11).contains(&tag.len())
            && tag.starts_with(|c: char| c.is_ascii_alphabetic())
            && tag.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        let mut bytes = [0; 11];
        bytes
            .get_mut(..tag.len())
            .filter(|_| good)?
            .copy_from_slice(tag.as_bytes());
        Some(Self {
            bytes,
            len: u8::try_from(tag.len()).unwrap_or(11),
        })
    }

    /// The tag.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.bytes[..usize::from(self.len)]).unwrap_or("und")
    }

    /// Whether the language is written from right to left (Arabic, Hebrew, Persian, Urdu and their like).
    pub fn is_right_to_left(&self) -> bool {
        matches!(
            self.as_str().split('-').next(),
            Some("ar" | "he" | "fa" | "ur" | "ps" | "syr" | "dv" | "yi")
        )
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Lang {
    type Err = ParseIdError;

    fn from_str(s: &str) -> Result<Self, ParseIdError> {
        Self::parse(s)
    }
}

impl Serialize for Lang {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(self.as_str())
    }
}

/// Takes any tag that can be on record.
struct OnRecord;

impl Visitor<'_> for OnRecord {
    type Value = Lang;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(Lang::EXPECTED)
    }

    fn visit_str<E: Error>(self, tag: &str) -> Result<Lang, E> {
        Lang::kept(tag).ok_or_else(|| E::custom(format!("`{tag}` is not {}", Lang::EXPECTED)))
    }
}

/// Reads leniently, as records are read. What people write is for [`Lang::parse`].
impl<'de> Deserialize<'de> for Lang {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        d.deserialize_str(OnRecord)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads `tag`, and compares what is said of it; nothing, if it is right.
    fn check(tag: &str, said: &str) {
        let found = Lang::parse(tag).err().map(|e| e.expected.into_owned());
        assert_eq!(found.unwrap_or_default(), said, "{tag}");
    }

    #[test]
    fn tags_are_taken() {
        for tag in [
            "fr",
            "ar",
            "und",
            "zh-Hant-TW",
            "pt-BR",
            "es-419",
            "rif",
            "sr-Latn",
            "de-1996",
            "mul",
            "x-draft",
            "zh-yue",
            "qaa",
        ] {
            check(tag, "");
        }
    }

    #[test]
    fn what_is_no_tag_is_refused_with_the_tag_to_write() {
        for (tag, instead) in [
            ("english", "en"),
            ("English", "en"),
            ("français", "fr"),
            ("Arabic", "ar"),
            ("العربية", "ar"),
            ("castilian", "es"),
            ("eng", "en"),
            ("fre", "fr"),
            ("fra-FR", "fr-FR"),
            ("EN", "en"),
            ("en_GB", "en-GB"),
            ("en-gb", "en-GB"),
            ("zh-hant-tw", "zh-Hant-TW"),
        ] {
            check(tag, &format!("a language tag (BCP 47): write `{instead}`"));
        }
        for tag in [
            "",
            "e",
            "xx",
            "klingon",
            "fr-",
            "-fr",
            "fr--FR",
            "f1",
            "en-GB-GB",
            "en-x",
            "x",
            "a b",
            "en-Latn-Latn",
            "abcd",
        ] {
            check(tag, Lang::EXPECTED);
        }
        check(
            "sl-IT-nedis-1994",
            "a language tag of at most 11 characters",
        );
    }

    #[test]
    fn a_tag_on_record_stays_readable() {
        for tag in ["english", "EN", "xx"] {
            let read: Lang = serde_json::from_value(tag.into()).expect("it is on record");
            assert_eq!(read.as_str(), tag);
        }
        for tag in ["", "a", "12", "fr_FR", "averylongtag"] {
            serde_json::from_value::<Lang>(tag.into()).expect_err(tag);
        }
    }

    #[test]
    fn the_table_is_in_order_and_names_each_language_once() {
        let mut before = "";
        for (two, rest) in check::TABLE.lines().filter_map(|line| line.split_once(' ')) {
            assert!(before < two, "{two}");
            assert_eq!(rest.split(' ').next().map(|codes| codes.len() % 4), Some(3));
            before = two;
        }
    }
}
