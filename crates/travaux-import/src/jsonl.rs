//! JSON Lines: one line a document revision, oldest first, plain or compressed by zstd.
//!
//! Fields: `commit`, `commit_date`, `author_date` (RFC 3339), `subject`, `path`, `op` (`A` added,
//! `M` modified, `R` renamed, with `from`, `D` deleted), `text`; and on the first line of a
//! document `handle`, what people are to call it.

use std::{
    collections::{HashMap, HashSet},
    fs::File,
    io::{BufRead, BufReader, ErrorKind, Read, Seek},
    path::Path,
    sync::Arc,
};

use chrono::{DateTime, FixedOffset};
use serde::Deserialize;
use travaux::domain::{
    Actor, Handle,
    source::{Signature, SourceCommit},
};

use crate::{
    Change, ChangeKind, Content, DocumentHistory, ImportError, SourceHistory, input::read_input,
};

#[derive(Deserialize)]
struct Line {
    commit: String,
    #[serde(default)]
    parents: Vec<String>,
    author_date: DateTime<FixedOffset>,
    commit_date: DateTime<FixedOffset>,
    #[serde(default)]
    subject: String,
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

/// What is wrong with a line. Lines are read leniently, and quickly; only one that cannot be read is looked at again.
fn not_a_revision(line: &str) -> String {
    match read_input::<Line>("", line) {
        Err(malformed) => {
            let problems = malformed.problems.iter();
            let what: Vec<_> = problems
                .map(|p| format!("{} {}", p.field, p.what))
                .collect();
            format!("not a revision: {}", what.join("; ").trim())
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

#[derive(Default)]
struct Reading {
    commits: Vec<SourceCommit>,
    documents: Vec<DocumentHistory>,
    by_path: HashMap<String, usize>,
    handles: HashSet<Handle>,
}

impl Reading {
    fn take(&mut self, line: Line) -> Result<(), String> {
        let author = line.author.unwrap_or_else(|| "unknown".to_owned());
        let committer = line.committer.unwrap_or_else(|| "unknown".to_owned());
        if self
            .commits
            .last()
            .is_none_or(|last| last.id != line.commit)
        {
            let signature = |name: &str, at| Signature {
                name: name.to_owned(),
                email: String::new(),
                at,
            };
            self.commits.push(SourceCommit {
                id: line.commit.clone(),
                parents: line.parents,
                tree: None,
                author: signature(&author, line.author_date),
                committer: signature(&committer, line.commit_date),
                message: line.subject.clone(),
            });
        }
        let document = match line.op.as_str() {
            "R" => {
                let from = line.from.ok_or("a renaming without `from`")?;
                let document = self
                    .by_path
                    .remove(&from)
                    .ok_or_else(|| format!("`{from}` is not known here"))?;
                self.by_path.insert(line.path.clone(), document);
                document
            }
            "A" | "M" | "D" => *self.by_path.entry(line.path.clone()).or_insert_with(|| {
                self.documents.push(DocumentHistory {
                    first_path: line.path.clone(),
                    handle: None,
                    changes: Vec::new(),
                    proposals: Vec::new(),
                });
                self.documents.len() - 1
            }),
            other => return Err(format!("`op` is `{other}`, expected A, M, R or D")),
        };
        if let Some(handle) = line.handle {
            self.name(document, handle)?;
        }
        let end = line.op == "D";
        self.documents[document].changes.push(Change {
            commit: line.commit,
            place: self.commits.len() - 1,
            kind: if end {
                ChangeKind::End
            } else {
                ChangeKind::Text
            },
            path: line.path,
            mode: None,
            content: if end {
                Content::None
            } else {
                Content::Here(Arc::from(line.text.unwrap_or_default()))
            },
            effective_from: crate::dates::declared(&line.subject)
                .unwrap_or(line.commit_date.date_naive()),
            title: line.subject,
            proposer: Actor::party(author),
            proposed_at: line.author_date.to_utc(),
            adopter: Actor::party(committer),
            adopted_at: line.commit_date.to_utc(),
        });
        Ok(())
    }

    /// Names a document, once; no two of a file can have one name.
    fn name(&mut self, document: usize, handle: Handle) -> Result<(), String> {
        let named = &mut self.documents[document].handle;
        match named {
            Some(named) if *named == handle => Ok(()),
            Some(named) => Err(format!(
                "`handle` is `{handle}`: expected `{named}`, as the document is named already"
            )),
            None if self.handles.contains(&handle) => Err(format!(
                "`handle` is `{handle}`: expected another, as another document has that"
            )),
            None => {
                self.handles.insert(handle.clone());
                *named = Some(handle);
                Ok(())
            }
        }
    }
}
