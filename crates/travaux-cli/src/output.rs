//! Answers, as text or as JSON.

use std::{borrow::Cow, io::Write as _};

use clap::ValueEnum;
use serde::Serialize;
use unicode_width::UnicodeWidthStr as _;

use crate::error::CliError;

/// How answers are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum OutputFormat {
    /// For people.
    Text,
    /// For programs.
    Json,
}

/// Where answers go.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Output {
    pub(crate) format: OutputFormat,
}

impl Output {
    pub(crate) fn is_json(self) -> bool {
        self.format == OutputFormat::Json
    }

    /// Writes text, its control characters as signs.
    pub(crate) fn text(self, text: &str) -> Result<(), CliError> {
        self.styled(&visible(text))
    }

    /// Writes text with colours of ours, which only a terminal sees; words of others in it are made [`visible`] before.
    pub(crate) fn styled(self, text: &str) -> Result<(), CliError> {
        let mut out = anstream::stdout();
        out.write_all(text.as_bytes())
            .and_then(|()| out.flush())
            .map_err(CliError::io("write the answer"))
    }

    /// Writes bytes as they are, whatever they hold.
    pub(crate) fn bytes(self, bytes: &[u8]) -> Result<(), CliError> {
        let mut out = std::io::stdout().lock();
        out.write_all(bytes)
            .and_then(|()| out.flush())
            .map_err(CliError::io("write the answer"))
    }

    /// Writes one document.
    pub(crate) fn document(self, value: &impl Serialize) -> Result<(), CliError> {
        let mut bytes = serde_json::to_vec(value).map_err(|e| CliError::Usage(e.to_string()))?;
        bytes.push(b'\n');
        self.bytes(&bytes)
    }

    /// Writes one line for each value.
    pub(crate) fn lines<T: Serialize>(
        self,
        values: impl IntoIterator<Item = T>,
    ) -> Result<(), CliError> {
        let mut bytes = Vec::new();
        for value in values {
            serde_json::to_writer(&mut bytes, &value)
                .map_err(|e| CliError::Usage(e.to_string()))?;
            bytes.push(b'\n');
        }
        self.bytes(&bytes)
    }
}

/// Where answers go by a command line that could not be read: a failure too is a document where one was asked for.
pub(crate) fn asked_for(words: impl Iterator<Item = std::ffi::OsString>) -> Output {
    let words: Vec<_> = words.collect();
    let json = words.iter().any(|word| word == "--format=json")
        || words
            .windows(2)
            .any(|pair| pair[0] == "--format" && pair[1] == "json");
    let format = if json {
        OutputFormat::Json
    } else {
        OutputFormat::Text
    };
    Output { format }
}

/// The text with its control characters as visible signs: words of others must not move the cursor or hide what follows.
pub(crate) fn visible(text: &str) -> Cow<'_, str> {
    let harmless = |c: char| c == '\n' || c == '\t' || !c.is_control();
    if text.chars().all(harmless) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            c if harmless(c) => out.push(c),
            // The end of a line, as other systems write it.
            '\r' if chars.peek() == Some(&'\n') => out.push(c),
            '\0'..='\x1f' => out.extend(char::from_u32(0x2400 + u32::from(c))),
            '\x7f' => out.push('␡'),
            c => out += &format!("<{:02x}>", u32::from(c)),
        }
    }
    Cow::Owned(out)
}

/// The columns that there are: the terminal's, or 100 where nobody looks.
fn columns() -> usize {
    terminal_size::terminal_size_of(std::io::stdout()).map_or(100, |(width, _)| width.0.into())
}

/// Rows in columns as wide as they need to be; the last one goes on below itself where the line ends.
pub(crate) fn table(rows: &[Vec<String>]) -> String {
    table_within(rows, columns())
}

/// As narrow as a last column may become.
const NARROW: usize = 24;

fn table_within(rows: &[Vec<String>], columns: usize) -> String {
    let rows: Vec<Vec<_>> = rows
        .iter()
        .map(|row| row.iter().map(|cell| visible(cell)).collect())
        .collect();
    let count = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column));
        cells.map(|cell| cell.width()).max().unwrap_or(0)
    };
    let widths: Vec<_> = (0..count).map(width).collect();
    let mut out = String::new();
    for row in &rows {
        let mut line = String::new();
        let mut at = 0;
        for (column, cell) in row.iter().enumerate() {
            if column + 1 < row.len() {
                let space = widths[column] - cell.width() + 2;
                line += &format!("{cell}{}", " ".repeat(space));
                at += widths[column] + 2;
            } else {
                let room = columns.saturating_sub(at).max(NARROW);
                line += &wrapped(cell, room).join(&format!("\n{}", " ".repeat(at)));
            }
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

/// The text in lines of at most `room` columns; a word that is longer has a line of its own.
fn wrapped(text: &str, room: usize) -> Vec<String> {
    if text.width() <= room {
        return vec![text.to_owned()];
    }
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let last = lines.len() - 1;
        let line = &mut lines[last];
        if line.is_empty() {
            line.push_str(word);
        } else if line.width() + 1 + word.width() <= room {
            line.push(' ');
            line.push_str(word);
        } else {
            lines.push(word.to_owned());
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_become_signs() {
        for (text, shown) in [
            ("900\u{8}\u{8}100", "900␈␈100"),
            ("\u{1b}[8mhidden\u{1b}[0m", "␛[8mhidden␛[0m"),
            ("a\tb\r\nc\n", "a\tb\r\nc\n"),
            ("over\rwritten", "over␍written"),
            ("\u{7f}\u{9b}8m\0", "␡<9b>8m␀"),
            ("المادة 1 — 第一条", "المادة 1 — 第一条"),
        ] {
            assert_eq!(visible(text), shown);
        }
    }

    #[test]
    fn a_table_counts_what_is_seen_and_wraps_its_last_column() {
        let rows = |cells: &[[&str; 2]]| {
            let row = |cells: &[&str; 2]| cells.map(str::to_owned).to_vec();
            cells.iter().map(row).collect::<Vec<_>>()
        };
        for (cells, shown) in [
            (
                &[["第一条", "x"], ["abc", "y"]][..],
                "第一条  x\nabc     y\n",
            ),
            (&[["é", "x"], ["e\u{301}", "y"]], "é  x\ne\u{301}  y\n"),
            (
                &[["a", "one two three four five six seven"]],
                "a  one two three four five\n   six seven\n",
            ),
            (
                &[["a", "aword-that-is-longer-than-the-room-is b"]],
                "a  aword-that-is-longer-than-the-room-is\n   b\n",
            ),
        ] {
            assert_eq!(table_within(&rows(cells), 27), shown);
        }
    }
}
