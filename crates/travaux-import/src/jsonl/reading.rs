//! Lines, one after another, as commits and documents; what contradicts the lines before is refused.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use chrono::{DateTime, FixedOffset};
use travaux::domain::{
    Actor, Handle,
    source::{Signature, SourceCommit},
};

use super::Line;
use crate::{Change, ChangeKind, Content, DocumentHistory};

/// What the lines so far say.
#[derive(Default)]
pub(super) struct Reading {
    pub(super) commits: Vec<SourceCommit>,
    pub(super) documents: Vec<DocumentHistory>,
    /// The document that stands at a path, or ended there last.
    by_path: HashMap<String, usize>,
    handles: HashSet<Handle>,
    ids: HashSet<String>,
    seq: Option<u64>,
}

/// What `field` is, and what it is expected to be.
fn wrong(field: &str, is: impl std::fmt::Display, expected: impl std::fmt::Display) -> String {
    format!("`{field}` is `{is}`: expected {expected}")
}

impl Reading {
    /// Takes the next line in.
    ///
    /// # Errors
    /// What is wrong with it, in words; nothing of it counts then.
    pub(super) fn take(&mut self, mut line: Line) -> Result<(), String> {
        self.number(line.seq)?;
        if line.path.is_empty() {
            return Err("`path` is empty".to_owned());
        }
        self.commit(&line)?;
        let (document, content) = match line.op.as_str() {
            "A" | "M" => {
                let text = text(&mut line)?;
                (self.written(&line)?, text)
            }
            "R" => {
                let text = text(&mut line)?;
                (self.renamed(&line)?, text)
            }
            "D" => (self.ended(&line)?, Content::None),
            other => return Err(format!("`op` is `{other}`, expected A, M, R or D")),
        };
        if let Some(handle) = line.handle.take() {
            self.name(document, handle)?;
        }
        self.change(document, line.path, content);
        Ok(())
    }

    /// Lines that have numbers have them in order: one that is out of place was put there since.
    fn number(&mut self, seq: Option<u64>) -> Result<(), String> {
        let (Some(seq), before) = (seq, self.seq) else {
            return Ok(());
        };
        if let Some(before) = before.filter(|before| seq <= *before) {
            let expected = format!("more than {before}, as on the line before");
            return Err(wrong("seq", seq, expected));
        }
        self.seq = Some(seq);
        Ok(())
    }

    /// The commit that the line is of: the one of the line before, or a new one.
    fn commit(&mut self, line: &Line) -> Result<(), String> {
        if line.commit.is_empty() {
            return Err("`commit` is empty".to_owned());
        }
        if let Some(last) = self.commits.last().filter(|last| last.id == line.commit) {
            return same(last, line);
        }
        if !self.ids.insert(line.commit.clone()) {
            let expected = "another, as the lines of one commit stand together";
            return Err(wrong("commit", &line.commit, expected));
        }
        let by = |name: &Option<String>, at| Signature {
            name: name.clone().unwrap_or_else(|| "unknown".to_owned()),
            email: String::new(),
            at,
        };
        self.commits.push(SourceCommit {
            id: line.commit.clone(),
            parents: line.parents.clone().unwrap_or_default(),
            tree: None,
            author: by(&line.author, line.author_date),
            committer: by(&line.committer, line.commit_date),
            message: line.subject.clone().unwrap_or_default(),
        });
        Ok(())
    }

    /// The document that stands at a path.
    fn standing(&self, path: &str) -> Option<usize> {
        let document = *self.by_path.get(path)?;
        let last = self.documents[document].changes.last()?;
        (last.kind == ChangeKind::Text).then_some(document)
    }

    /// The document that a text is for: the one there, or a new one.
    fn written(&mut self, line: &Line) -> Result<usize, String> {
        not_renamed(line)?;
        let found = self.by_path.get(&line.path).copied();
        let document = found.unwrap_or_else(|| {
            self.documents.push(DocumentHistory {
                first_path: line.path.clone(),
                handle: None,
                changes: Vec::new(),
                proposals: Vec::new(),
            });
            self.documents.len() - 1
        });
        let last = self.documents[document].changes.last();
        if last.is_some_and(|c| c.commit == line.commit && c.kind == ChangeKind::Text) {
            let expected = "another document, as this commit has given it a text already";
            return Err(wrong("path", &line.path, expected));
        }
        self.by_path.insert(line.path.clone(), document);
        Ok(document)
    }

    fn renamed(&mut self, line: &Line) -> Result<usize, String> {
        let from = line.from.as_ref().ok_or("a renaming without `from`")?;
        let document = self
            .standing(from)
            .ok_or_else(|| wrong("from", from, "a path at which a document stands"))?;
        if self.standing(&line.path).is_some() {
            let expected = "a path at which no document stands";
            return Err(wrong("path", &line.path, expected));
        }
        self.by_path.remove(from);
        self.by_path.insert(line.path.clone(), document);
        Ok(document)
    }

    fn ended(&self, line: &Line) -> Result<usize, String> {
        not_renamed(line)?;
        if line.text.is_some() {
            return Err(
                "`text` stands beside `D`, which ends the document: leave it out".to_owned(),
            );
        }
        self.standing(&line.path)
            .ok_or_else(|| wrong("path", &line.path, "one at which a document stands"))
    }

    /// Adds what the last commit did to a document.
    fn change(&mut self, document: usize, path: String, content: Content) {
        let Some(commit) = self.commits.last() else {
            return;
        };
        let (proposed_at, adopted_at) = (commit.author.at, commit.committer.at);
        self.documents[document].changes.push(Change {
            commit: commit.id.clone(),
            place: self.commits.len() - 1,
            kind: match content {
                Content::None => ChangeKind::End,
                Content::Here(_) | Content::Object(_) | Content::Refused(_) => ChangeKind::Text,
            },
            path,
            mode: None,
            content,
            effective_from: crate::dates::declared(&commit.message)
                .unwrap_or(adopted_at.date_naive()),
            title: commit.message.clone(),
            proposer: Actor::party(commit.author.name.clone()),
            proposed_at: proposed_at.to_utc(),
            adopter: Actor::party(commit.committer.name.clone()),
            adopted_at: adopted_at.to_utc(),
        });
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

/// The text of a line that has to have one.
fn text(line: &mut Line) -> Result<Content, String> {
    let op = &line.op;
    let missing = || format!("`text` is missing: `{op}` brings the whole text, which may be empty");
    Ok(Content::Here(Arc::from(
        line.text.take().ok_or_else(missing)?,
    )))
}

fn not_renamed(line: &Line) -> Result<(), String> {
    match &line.from {
        None => Ok(()),
        Some(_) => Err(format!(
            "`from` stands beside `{}`: only `R` has it",
            line.op
        )),
    }
}

/// Lines of one commit say the same of it, or nothing.
fn same(commit: &SourceCommit, line: &Line) -> Result<(), String> {
    let as_before = |known: &str| format!("`{known}`, as on the line before of this commit");
    let words = |field: &str, is: &Option<String>, known: &str| match is {
        Some(is) if is != known => Err(wrong(field, is, as_before(known))),
        Some(_) | None => Ok(()),
    };
    let time = |field: &str, is: DateTime<FixedOffset>, known: DateTime<FixedOffset>| {
        let (is, known) = (is.to_rfc3339(), known.to_rfc3339());
        words(field, &Some(is), &known)
    };
    words("author", &line.author, &commit.author.name)?;
    words("committer", &line.committer, &commit.committer.name)?;
    words("subject", &line.subject, &commit.message)?;
    let parents = line.parents.as_ref().map(|parents| parents.join(", "));
    words("parents", &parents, &commit.parents.join(", "))?;
    time("author_date", line.author_date, commit.author.at)?;
    time("commit_date", line.commit_date, commit.committer.at)
}
