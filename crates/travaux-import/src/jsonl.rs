//! JSON Lines: one line a document revision, oldest first, plain or compressed by zstd.
//!
//! Fields: `commit`, `commit_date`, `author_date` (RFC 3339), `path`, `op` (`A` added, `M` modified,
//! `R` renamed, with `from`, `D` deleted), `text` (of all but `D`: whole, and empty where it is); and
//! where they are known `subject`, `author`, `committer`, `parents`, `seq` (the number of the line, of
//! which only that it grows is looked at); and on a line of a document `handle`, what people are to
//! call it. Lines of one commit stand together and say the same of it. Any other field is refused.

mod reading;

use std::{
    fs::File,
    io::{BufRead, BufReader, ErrorKind, Read, Seek},
    path::Path,
};

use chrono::{DateTime, FixedOffset};
use serde::Deserialize;
use travaux::domain::Handle;

use self::reading::Reading;
use crate::{
    ImportError, SourceHistory,
    input::{Problem, read_input},
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    #[serde(default)]
    seq: Option<u64>,
    commit: String,
    #[serde(default)]
    parents: Option<Vec<String>>,
    author_date: DateTime<FixedOffset>,
    commit_date: DateTime<FixedOffset>,
    #[serde(default)]
    subject: Option<String>,
    path: String,
    #[serde(default)]
    from: Option<String>,
    op: String,
    #[serde(default)]
    text: Option<String>,
    #[serde(default)]
    handle: Option<Handle>,
    #[serde(default)]
    author: Option<String>,
    #[serde(default)]
    committer: Option<String>,
}

/// The largest window that compressed files may ask for: 2^27 bytes (`zstd --long=27`).
const WINDOW_LOG: u32 = 27;

/// Reads the file at `path`.
///
/// # Errors
/// [`ImportError`] with the line that is not of the form.
pub fn read_jsonl(path: &Path) -> Result<SourceHistory, ImportError> {
    let failed = || ImportError::io(format!("read {}", path.display()));
    let mut file = File::open(path).map_err(failed())?;
    let mut magic = [0; 4];
    let compressed =
        file.read(&mut magic).map_err(failed())? == 4 && magic == [0x28, 0xb5, 0x2f, 0xfd];
    file.rewind().map_err(failed())?;
    let lines: Box<dyn BufRead> = if compressed {
        let mut decoder = zstd::Decoder::new(file).map_err(failed())?;
        decoder.window_log_max(WINDOW_LOG).map_err(failed())?;
        Box::new(BufReader::new(decoder))
    } else {
        Box::new(BufReader::new(file))
    };
    read_lines(lines, path)
}

/// What is wrong with a line. Lines are read quickly; only one that cannot be read is looked at again.
fn not_a_revision(line: &str) -> String {
    match read_input::<Line>("", line) {
        Err(malformed) => {
            let problems = malformed.problems.iter();
            let said = |p: &Problem| match p.what.starts_with("is ") {
                true => format!("{} {}", p.field, p.what),
                false if p.field.is_empty() => p.what.clone(),
                false => format!("{}: {}", p.field, p.what),
            };
            format!(
                "not a revision: {}",
                problems.map(said).collect::<Vec<_>>().join("; ")
            )
        }
        // The quick reader takes what the strict one takes.
        Ok(_) => "not a revision".to_owned(),
    }
}

/// Reads lines that stand at `path`, or are said to.
///
/// # Errors
/// As [`read_jsonl`].
pub fn read_lines(lines: impl BufRead, path: &Path) -> Result<SourceHistory, ImportError> {
    let mut reading = Reading::default();
    for (number, line) in (1..).zip(lines.lines()) {
        let wrong = |what: String| ImportError::Format {
            path: path.to_owned(),
            line: Some(number),
            what,
        };
        let line = line.map_err(|e| match e.kind() {
            ErrorKind::InvalidData => wrong("this is not text in UTF-8".to_owned()),
            _ => wrong(e.to_string()),
        })?;
        if !line.trim().is_empty() {
            let line: Line =
                serde_json::from_str(&line).map_err(|_| wrong(not_a_revision(&line)))?;
            reading.take(line).map_err(wrong)?;
        }
    }
    let root = reading.commits.first().map(|c| c.id.clone());
    let root = root.ok_or_else(|| ImportError::Format {
        path: path.to_owned(),
        line: None,
        what: "there is no revision".into(),
    })?;
    Ok(SourceHistory {
        kind: "jsonl",
        location: path.display().to_string(),
        root,
        commits: reading.commits,
        documents: reading.documents,
        objects: None,
        _keep: None,
    })
}
