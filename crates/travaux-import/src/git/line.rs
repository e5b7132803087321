//! The first-parent line: what each of its commits did to which document.

use std::collections::HashMap;

use chrono::{DateTime, FixedOffset, Utc};
use git2::{Commit, Delta, DiffFindOptions, FileMode, Oid, Repository, Signature};
use travaux::domain::{
    Actor,
    source::{Signature as SourceSignature, SourceCommit},
};

use super::objects::standing;
use crate::{Change, ChangeKind, Content, DocumentHistory, ImportError};

/// How alike two files must be for one to be the other renamed, in percent; git's own default.
const SIMILAR: u16 = 50;

/// The commits of the line, oldest first.
pub(super) struct Line {
    pub(super) commits: Vec<Oid>,
}

/// Documents, and which one stands at which path after the line's last commit.
pub(super) struct Documents {
    pub(super) documents: Vec<DocumentHistory>,
}

impl Line {
    pub(super) fn read(repository: &Repository, head: Oid) -> Result<Self, ImportError> {
        let mut commits = Vec::new();
        let mut next = Some(head);
        while let Some(oid) = next {
            commits.push(oid);
            let commit = repository
                .find_commit(oid)
                .map_err(ImportError::git(format!("read commit {oid}")))?;
            next = commit.parent_id(0).ok();
        }
        commits.reverse();
        Ok(Self { commits })
    }

    pub(super) fn root(&self) -> String {
        self.commits
            .first()
            .map(ToString::to_string)
            .unwrap_or_default()
    }

    pub(super) fn source_commits(
        &self,
        repository: &Repository,
    ) -> Result<Vec<SourceCommit>, ImportError> {
        self.commits
            .iter()
            .map(|oid| source_commit(repository, *oid))
            .collect()
    }

    pub(super) fn documents(
        &self,
        repository: &Repository,
        prefix: Option<&str>,
    ) -> Result<Documents, ImportError> {
        let mut reading = Reading::default();
        for (place, oid) in self.commits.iter().enumerate() {
            reading.commit(repository, *oid, place)?;
        }
        let within = |d: &DocumentHistory| {
            prefix.is_none_or(|prefix| d.changes.iter().any(|c| c.path.starts_with(prefix)))
        };
        reading.documents.retain(within);
        Ok(Documents {
            documents: reading.documents,
        })
    }
}

fn source_commit(repository: &Repository, oid: Oid) -> Result<SourceCommit, ImportError> {
    let commit = repository
        .find_commit(oid)
        .map_err(ImportError::git(format!("read commit {oid}")))?;
    let signature = |s: Signature<'_>| SourceSignature {
        name: lossy(s.name_bytes()),
        email: lossy(s.email_bytes()),
        at: time(s.when()),
    };
    Ok(SourceCommit {
        id: oid.to_string(),
        parents: commit.parent_ids().map(|p| p.to_string()).collect(),
        tree: Some(commit.tree_id().to_string()),
        author: signature(commit.author()),
        committer: signature(commit.committer()),
        message: lossy(commit.message_raw_bytes()),
    })
}

fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

pub(super) fn time(time: git2::Time) -> DateTime<FixedOffset> {
    let offset = FixedOffset::east_opt(time.offset_minutes().saturating_mul(60));
    let offset = offset.or_else(|| FixedOffset::east_opt(0));
    let utc = DateTime::<Utc>::from_timestamp(time.seconds(), 0).unwrap_or_default();
    offset.map_or_else(|| utc.fixed_offset(), |offset| utc.with_timezone(&offset))
}

pub(super) fn actor(signature: &Signature<'_>) -> Actor {
    let name = lossy(signature.name_bytes());
    let email = lossy(signature.email_bytes());
    Actor::party(if name.trim().is_empty() { email } else { name })
}

/// The first line of a commit message.
pub(super) fn subject(commit: &Commit<'_>) -> String {
    lossy(commit.message_bytes())
        .lines()
        .next()
        .unwrap_or_default()
        .trim()
        .to_owned()
}

#[derive(Default)]
struct Reading {
    documents: Vec<DocumentHistory>,
    by_path: HashMap<String, usize>,
}

impl Reading {
    fn commit(
        &mut self,
        repository: &Repository,
        oid: Oid,
        place: usize,
    ) -> Result<(), ImportError> {
        let failed = || ImportError::git(format!("compare commit {oid} with its parent"));
        let commit = repository.find_commit(oid).map_err(failed())?;
        let tree = commit.tree().map_err(failed())?;
        let before = commit.parent(0).and_then(|p| p.tree()).ok();
        let mut diff = repository
            .diff_tree_to_tree(before.as_ref(), Some(&tree), None)
            .map_err(failed())?;
        if before.is_some() {
            let mut find = DiffFindOptions::new();
            diff.find_similar(Some(find.renames(true).rename_threshold(SIMILAR)))
                .map_err(failed())?;
        }
        let about = About::of(repository, &commit, place);
        // Names are freed before they are taken: two files may exchange theirs in one commit.
        let mut taken = Vec::new();
        for delta in diff.deltas() {
            let at = |file: git2::DiffFile<'_>| standing(file.path_bytes(), file.id());
            let (old, _) = at(delta.old_file());
            let (new, content) = at(delta.new_file());
            match delta.status() {
                Delta::Deleted => {
                    if let Some(document) = self.by_path.get(&old) {
                        self.documents[*document].changes.push(about.change(
                            ChangeKind::End,
                            &old,
                            None,
                            Content::None,
                        ));
                    }
                }
                Delta::Renamed => {
                    let document = self.by_path.remove(&old);
                    taken.push((document, new, delta.new_file().mode(), content));
                }
                Delta::Unmodified | Delta::Ignored => {}
                _ => taken.push((None, new, delta.new_file().mode(), content)),
            }
        }
        for (document, path, mode, content) in taken {
            let document = document
                .or_else(|| self.by_path.get(&path).copied())
                .unwrap_or_else(|| {
                    self.documents.push(DocumentHistory {
                        first_path: path.clone(),
                        handle: None,
                        changes: Vec::new(),
                        proposals: Vec::new(),
                    });
                    self.documents.len() - 1
                });
            self.documents[document].changes.push(about.change(
                ChangeKind::Text,
                &path,
                octal(mode),
                content,
            ));
            self.by_path.insert(path, document);
        }
        Ok(())
    }
}

/// A file mode that is not that of an ordinary file.
pub(super) fn octal(mode: FileMode) -> Option<u32> {
    let mode = u32::try_from(i32::from(mode)).unwrap_or(0);
    (mode != 0o100_644).then_some(mode)
}

/// What all changes of one commit have in common.
struct About {
    template: Change,
}

impl About {
    fn of(repository: &Repository, commit: &Commit<'_>, place: usize) -> Self {
        // What a merge brings in was written by the author of the branch, and adopted by who merged it.
        let author = commit
            .parent_id(1)
            .ok()
            .and_then(|id| repository.find_commit(id).ok());
        let author = author.as_ref().unwrap_or(commit);
        let adopted_at = time(commit.committer().when());
        let message = lossy(commit.message_bytes());
        let template = Change {
            commit: commit.id().to_string(),
            place,
            kind: ChangeKind::End,
            path: String::new(),
            mode: None,
            content: Content::None,
            title: subject(commit),
            proposer: actor(&author.author()),
            proposed_at: time(author.author().when()).to_utc(),
            adopter: actor(&commit.committer()),
            adopted_at: adopted_at.to_utc(),
            effective_from: crate::dates::declared(&message).unwrap_or(adopted_at.date_naive()),
        };
        Self { template }
    }

    fn change(&self, kind: ChangeKind, path: &str, mode: Option<u32>, content: Content) -> Change {
        Change {
            kind,
            path: path.to_owned(),
            mode,
            content,
            ..self.template.clone()
        }
    }
}
