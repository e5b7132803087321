//! What a reader may expect of texts, by example: a text in, what becomes of it out.

mod alignment;
mod characters;
mod concordance;
mod inference;
mod parsers;
mod properties;
mod redlines;
mod sentences;
mod stored;

use travaux_text::{Body, Format, Lang, Text};

/// A language by its tag.
fn lang(tag: &str) -> Lang {
    Lang::parse(tag).expect("a tag")
}

/// A text in no known language.
const UND: Lang = Lang::UNDETERMINED;

/// A Markdown text, each of whose provisions was created by revision 1.
fn markdown(text: &str) -> Text {
    Text::parse(Format::Markdown, UND, text, 1)
}

/// A raw string of a test as a text: the line end in front goes, and the indent that all lines share.
fn text(raw: &str) -> String {
    let raw = raw.strip_prefix('\n').unwrap_or(raw);
    let lines: Vec<&str> = raw.split('\n').collect();
    let indent = |line: &&str| line.len() - line.trim_start_matches(' ').len();
    let filled = lines.iter().filter(|line| !line.trim().is_empty());
    let shared = filled.map(indent).min().unwrap_or(0);
    let (last, first) = lines.split_last().expect("a line");
    let mut out: String = first
        .iter()
        .map(|line| format!("{}\n", line.get(shared..).unwrap_or_default()))
        .collect();
    // The last line is the indent of the closing quotation mark.
    out.push_str(last.trim_start_matches(' '));
    out
}

/// A body with its label in brackets, its heading in angles, line ends as arrows.
fn shown(body: &Body) -> String {
    let part = |open: &str, words: &str, close: &str| match words {
        "" => String::new(),
        words => format!("{open}{words}{close}"),
    };
    let (label, heading) = (part("[", body.label(), "]"), part("<", body.heading(), ">"));
    [body.before(), &label, body.between(), &heading, body.text()]
        .concat()
        .replace('\r', "←")
        .replace('\n', "⏎")
        .replace('\t', "→")
}
