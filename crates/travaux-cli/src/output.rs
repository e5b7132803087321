//! Answers, as text or as JSON.

use std::io::Write as _;

use clap::ValueEnum;
use serde::Serialize;

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

    /// Writes text as it is; colours only to a terminal.
    pub(crate) fn text(self, text: &str) -> Result<(), CliError> {
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

/// Rows in columns as wide as they need to be; the last column is not padded.
pub(crate) fn table(rows: &[Vec<String>]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column: usize| {
        rows.iter()
            .filter_map(|row| row.get(column))
            .map(|c| c.chars().count())
            .max()
            .unwrap_or(0)
    };
    let widths: Vec<_> = (0..columns).map(width).collect();
    let mut out = String::new();
    for row in rows {
        let mut line = String::new();
        for (at, cell) in row.iter().enumerate() {
            line.push_str(cell);
            if at + 1 < row.len() {
                line.push_str(&" ".repeat(widths[at] - cell.chars().count() + 2));
            }
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}
