//! Answers, as text or as JSON.

use std::{borrow::Cow, io::Write as _};

use clap::ValueEnum;
use serde::Serialize;

use crate::{
    error::CliError,
    pager,
    screen::{fitted, known_columns},
};

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
    /// Whether a terminal may show long answers by the page.
    pub(crate) paged: bool,
}

impl Output {
    pub(crate) fn is_json(self) -> bool {
        self.format == OutputFormat::Json
    }

    /// Writes text, its control characters as signs.
    pub(crate) fn text(self, text: &str) -> Result<(), CliError> {
        let text = visible(text);
        match known_columns() {
            Some(columns) => self.styled(&fitted(&text, columns)),
            None => self.styled(&text),
        }
    }

    /// Writes text with colours of ours, which only a terminal sees; words of others in it are made [`visible`] before.
    pub(crate) fn styled(self, text: &str) -> Result<(), CliError> {
        if self.paged && self.format == OutputFormat::Text && pager::show(text) {
            return Ok(());
        }
        let mut out = anstream::stdout();
        out.write_all(text.as_bytes())
            .and_then(|()| out.flush())
            .map_err(CliError::io("write the answer"))
    }

    /// Writes what the reader of command lines has to say, help above all.
    pub(crate) fn help(self, said: &clap::Error) -> Result<(), CliError> {
        if said.use_stderr() {
            return said.print().map_err(CliError::io("write help"));
        }
        let help = said.render().ansi().to_string();
        let Some(columns) = known_columns() else {
            return self.styled(&help);
        };
        // Its lines on usage are as long as they are.
        let fit = |line: &str| {
            let plain = anstream::adapter::strip_str(line).to_string();
            match fitted(&plain, columns) {
                same if same == plain => line.to_owned(),
                broken => broken,
            }
        };
        self.styled(&help.split_inclusive('\n').map(fit).collect::<String>())
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
    let paged = !words.iter().any(|word| word == "--no-pager");
    Output { format, paged }
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

/// The same of what stands in one line, as a title does: no line break of others begins a row that is none, and nothing
/// turns the direction of what follows or hides between letters.
pub(crate) fn one_line(text: &str) -> Cow<'_, str> {
    let breaks = |c: char| c == '\n' || c == '\t' || c == '\r';
    let hides = |c: char| matches!(c, '\u{200b}' | '\u{2028}'..='\u{202e}' | '\u{2060}');
    if !text.chars().any(|c| breaks(c) || hides(c)) {
        return visible(text);
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            c if breaks(c) => out.extend(char::from_u32(0x2400 + u32::from(c))),
            c if hides(c) => out += &format!("<{:04x}>", u32::from(c)),
            c => out.push(c),
        }
    }
    Cow::Owned(visible(&out).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_one_line_stays_there() {
        for (text, shown) in [
            ("a\nb\r\n\tc", "a␊b␍␊␉c"),
            ("\u{202e}evil\u{2028}", "<202e>evil<2028>"),
            ("\u{1b}[8m\n", "␛[8m␊"),
            ("\u{2067}المادة\u{2069} 1", "\u{2067}المادة\u{2069} 1"),
        ] {
            assert_eq!(one_line(text), shown);
        }
    }

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
}
