//! Lossless parsers: text in, provisions out, and printing them gives the same bytes, always.
//!
//! A parser's rules are part of the record, because a stored text is divided by them when it is read again. So each
//! carries a version in its name, and a version never changes.

mod labels;
mod lines;
mod markdown;
mod plain;
mod xml;

use std::{fmt, str::FromStr};

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{Error, Visitor},
};

use crate::{Body, Kind, ParseIdError};

/// How a text is divided into provisions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Format {
    /// CommonMark-like: headings, paragraphs, list points, table rows; front matter line by line.
    Markdown,
    /// Paragraphs divided by blank lines; lines that read like "Article 4" are headings.
    Plain,
    /// One clause a line: `label TAB text`.
    Lines,
    /// XML, divided behind end tags and line ends. Nothing is interpreted.
    Xml,
}

impl Format {
    const ALL: [(Self, &'static str); 4] = [
        (Self::Markdown, "markdown/1"),
        (Self::Plain, "plain/1"),
        (Self::Lines, "lines/1"),
        (Self::Xml, "xml/1"),
    ];

    /// The format that suits a document, from its path and its first revision.
    pub fn detect(path: &str, text: &str) -> Self {
        let extension = path
            .rsplit_once('.')
            .map(|(_, extension)| extension.to_ascii_lowercase());
        match extension.as_deref() {
            Some("md" | "markdown" | "mdown") => Self::Markdown,
            Some("xml" | "akn" | "html" | "htm" | "svg") => Self::Xml,
            _ if text.trim_start_matches('\u{FEFF}').starts_with("<?xml") => Self::Xml,
            _ if lines::looks_like(text) => Self::Lines,
            _ => Self::Plain,
        }
    }

    /// The name with the version, as it is stored.
    pub fn name(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(format, _)| *format == self)
            .map_or("plain/1", |(_, name)| name)
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

const EXPECTED: &str = "a text format: markdown, plain, lines or xml";

impl FromStr for Format {
    type Err = ParseIdError;

    fn from_str(s: &str) -> Result<Self, ParseIdError> {
        Self::ALL
            .iter()
            .find(|(_, name)| *name == s || name.strip_suffix("/1") == Some(s))
            .map(|(format, _)| *format)
            .ok_or_else(|| ParseIdError {
                found: s.to_owned(),
                expected: EXPECTED.into(),
            })
    }
}

impl Serialize for Format {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(self.name())
    }
}

/// Reads a format by its name.
struct Name;

impl Visitor<'_> for Name {
    type Value = Format;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(EXPECTED)
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Format, E> {
        name.parse().map_err(E::custom)
    }
}

impl<'de> Deserialize<'de> for Format {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        d.deserialize_str(Name)
    }
}

/// A provision as a parser finds it: no identity yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parsed {
    /// What it is.
    pub kind: Kind,
    /// How deep it stands.
    pub rank: u8,
    /// Its bytes, divided.
    pub body: Body,
}

impl Parsed {
    fn new(kind: Kind, body: Body) -> Self {
        Self {
            kind,
            rank: kind.rank(),
            body,
        }
    }
}

/// Divides `text` into provisions. Concatenating their bytes gives `text`.
pub fn parse(format: Format, text: &str) -> Vec<Parsed> {
    match format {
        Format::Markdown => markdown::parse(text),
        Format::Plain => plain::parse(text),
        Format::Lines => lines::parse(text),
        Format::Xml => xml::parse(text),
    }
}

/// The lines of `text` with their ends; `\r` stays with its line.
fn lines_of(text: &str) -> impl Iterator<Item = &str> {
    text.split_inclusive('\n')
}

fn is_blank(line: &str) -> bool {
    line.trim().is_empty()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn print(parsed: &[Parsed]) -> String {
        parsed.iter().map(|p| p.body.raw()).collect()
    }

    proptest! {
        #[test]
        fn parse_then_print_gives_the_same_bytes(text in "(?s)([#*|> .\\-\t\r\n<>/a-c0-9é\u{FEFF}\0]|Article |Section |---\n|```\n|</p>){0,80}") {
            for (format, _) in Format::ALL {
                prop_assert_eq!(print(&parse(format, &text)), text.clone(), "{}", format);
            }
        }
    }

    #[test]
    fn names_round_trip() {
        for (format, name) in Format::ALL {
            assert_eq!(name.parse(), Ok(format));
            assert_eq!(format.to_string(), name);
        }
        assert!("word".parse::<Format>().is_err());
    }

    #[test]
    fn detection_goes_by_extension_then_by_content() {
        assert_eq!(Format::detect("a/b.md", ""), Format::Markdown);
        assert_eq!(
            Format::detect("x.txt", "1\tShort title\n2 (1)\tPurpose\n"),
            Format::Lines
        );
        assert_eq!(
            Format::detect("x", "\u{FEFF}<?xml version=\"1.0\"?><a/>"),
            Format::Xml
        );
        assert_eq!(Format::detect("LICENSE", "All rights.\n"), Format::Plain);
    }
}
