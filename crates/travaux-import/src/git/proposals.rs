//! Branches as proposals: what each changed, on which base, and whether it was adopted.
//!
//! A proposal was adopted if its head is part of the line's history (merged), if a commit of the line says so (`(#12)` for a
//! reference with that number), or if the line has commits that make the same changes (rebased, picked).

use std::collections::HashMap;

use git2::{Delta, Oid, Repository, Sort};

use super::line::{Documents, Line, actor, octal, subject, time};
use super::objects::standing;
use crate::{Content, DocumentHistory, ImportError, Proposal};

pub(super) fn read(
    repository: &Repository,
    line: &Line,
    pattern: &str,
    prefix: Option<&str>,
    documents: &mut Documents,
) -> Result<(), ImportError> {
    let mut heads: Vec<(String, Oid)> = Vec::new();
    let references = repository
        .references_glob(pattern)
        .map_err(ImportError::git(format!("list `{pattern}`")))?;
    for reference in references.flatten() {
        if let Ok(commit) = reference.peel_to_commit() {
            heads.push((
                String::from_utf8_lossy(reference.name_bytes()).into_owned(),
                commit.id(),
            ));
        }
    }
    // Numbered references in the order of their numbers.
    heads.sort_by_key(|(name, _)| (number(name), name.clone()));
    let knowledge = Knowledge::gather(repository, line)?;
    for (reference, head) in heads {
        knowledge.proposal(repository, line, &reference, head, prefix, documents)?;
    }
    Ok(())
}

/// The number in a reference such as `refs/pull/12/head`.
fn number(reference: &str) -> Option<u64> {
    reference.split('/').find_map(|part| part.parse().ok())
}

/// What is known of the line.
struct Knowledge {
    /// For each commit of the line's history, the place in the line at which it came in.
    came_in: HashMap<Oid, usize>,
    /// For each number that a commit of the line names, its place and how it names it.
    named: HashMap<u64, (usize, &'static str)>,
    /// For each set of changes, the place of the commit that made it.
    patches: HashMap<Oid, usize>,
}

impl Knowledge {
    fn gather(repository: &Repository, line: &Line) -> Result<Self, ImportError> {
        let failed = || ImportError::git("walk the history");
        let mut known = Self {
            came_in: HashMap::new(),
            named: HashMap::new(),
            patches: HashMap::new(),
        };
        for (place, oid) in line.commits.iter().enumerate() {
            let commit = repository.find_commit(*oid).map_err(failed())?;
            let title = subject(&commit);
            for (number, how) in numbers(&title) {
                known.named.entry(number).or_insert((place, how));
            }
            // Everything that this commit brought in with it.
            let mut next = vec![*oid];
            while let Some(oid) = next.pop() {
                if known.came_in.contains_key(&oid) {
                    continue;
                }
                known.came_in.insert(oid, place);
                let commit = repository.find_commit(oid).map_err(failed())?;
                if commit.parent_count() <= 1
                    && let Some(patch) = patch_id(repository, oid)
                {
                    known.patches.entry(patch).or_insert(place);
                }
                next.extend(commit.parent_ids());
            }
        }
        Ok(known)
    }

    /// How a proposal was adopted, and at which place; `own` are its commits.
    fn adopted(
        &self,
        repository: &Repository,
        reference: &str,
        head: Oid,
        own: &[Oid],
    ) -> Option<(String, usize)> {
        if let Some(place) = self.came_in.get(&head) {
            return Some(("merged".to_owned(), *place));
        }
        if let Some((place, how)) = number(reference).and_then(|n| self.named.get(&n)) {
            return Some(((*how).to_owned(), *place));
        }
        let patches: Vec<_> = own
            .iter()
            .filter_map(|oid| patch_id(repository, *oid))
            .collect();
        let places: Vec<_> = patches
            .iter()
            .filter_map(|patch| self.patches.get(patch))
            .collect();
        let all = !patches.is_empty() && places.len() == patches.len();
        all.then(|| {
            (
                "rebased".to_owned(),
                places.into_iter().copied().max().unwrap_or(0),
            )
        })
    }

    fn proposal(
        &self,
        repository: &Repository,
        line: &Line,
        reference: &str,
        head: Oid,
        prefix: Option<&str>,
        documents: &mut Documents,
    ) -> Result<(), ImportError> {
        let failed = || ImportError::git(format!("compare {reference} with its base"));
        let merged_at = self.came_in.get(&head).copied();
        // What it was drawn up on: where it left the line as it stood before it came in.
        let onto = match merged_at {
            Some(0) => return Ok(()),
            Some(place) => line.commits[place - 1],
            None => line.commits[line.commits.len() - 1],
        };
        let Ok(base) = repository.merge_base(onto, head) else {
            return Ok(());
        };
        if base == head {
            return Ok(());
        }
        let own = own_commits(repository, head, onto).map_err(failed())?;
        let adopted = self.adopted(repository, reference, head, &own);
        let commit = repository.find_commit(head).map_err(failed())?;
        let base_tree = repository
            .find_commit(base)
            .and_then(|c| c.tree())
            .map_err(failed())?;
        let tree = commit.tree().map_err(failed())?;
        let mut diff = repository
            .diff_tree_to_tree(Some(&base_tree), Some(&tree), None)
            .map_err(failed())?;
        diff.find_similar(None).map_err(failed())?;
        let base = self.came_in.get(&base).copied().unwrap_or(0);
        for delta in diff.deltas() {
            let at = |file: git2::DiffFile<'_>| standing(file.path_bytes(), file.id());
            let (old, _) = at(delta.old_file());
            let (new, content) = at(delta.new_file());
            if prefix.is_some_and(|prefix| !new.starts_with(prefix)) {
                continue;
            }
            let deleted = delta.status() == Delta::Deleted;
            let content = if deleted { Content::None } else { content };
            let proposal = Proposal {
                commit: head.to_string(),
                reference: reference.to_owned(),
                base,
                path: new.clone(),
                mode: octal(delta.new_file().mode()),
                content,
                title: subject(&commit),
                proposer: actor(&commit.author()),
                proposed_at: time(commit.author().when()).to_utc(),
                adopted: adopted.clone(),
            };
            documents
                .place(&old, &new, base, adopted.as_ref().map(|(_, at)| *at))
                .proposals
                .push(proposal);
        }
        Ok(())
    }
}

impl Documents {
    /// The document that stood at `old` at the base, or that came to stand at `new` when the proposal was adopted; else a new
    /// one, which was only ever proposed.
    fn place(
        &mut self,
        old: &str,
        new: &str,
        base: usize,
        adopted: Option<usize>,
    ) -> &mut DocumentHistory {
        let stood = |d: &DocumentHistory, path: &str, place: usize| {
            d.changes
                .iter()
                .rev()
                .find(|c| c.place <= place)
                .is_some_and(|c| c.path == path)
        };
        let found = self.documents.iter().position(|d| stood(d, old, base));
        let found = found.or_else(|| {
            adopted.and_then(|at| self.documents.iter().position(|d| stood(d, new, at)))
        });
        let only_proposed = |d: &DocumentHistory| d.changes.is_empty() && d.first_path == new;
        let at = found
            .or_else(|| self.documents.iter().position(only_proposed))
            .unwrap_or_else(|| {
                self.documents.push(DocumentHistory {
                    first_path: new.to_owned(),
                    handle: None,
                    changes: Vec::new(),
                    proposals: Vec::new(),
                });
                self.documents.len() - 1
            });
        &mut self.documents[at]
    }
}

/// The numbers that a subject names as those of proposals.
fn numbers(subject: &str) -> Vec<(u64, &'static str)> {
    let merged = subject
        .strip_prefix("Merge pull request #")
        .or_else(|| subject.strip_prefix("Merge PR #"));
    if let Some(number) = merged.and_then(leading_number) {
        return vec![(number, "merged")];
    }
    subject
        .match_indices("(#")
        .filter_map(|(at, _)| Some((leading_number(subject.get(at + 2..)?)?, "squashed")))
        .collect()
}

fn leading_number(text: &str) -> Option<u64> {
    let digits = text
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(text.len());
    text.get(..digits)?.parse().ok()
}

/// The commits of `head` that `onto` has not, merges left out.
fn own_commits(repository: &Repository, head: Oid, onto: Oid) -> Result<Vec<Oid>, git2::Error> {
    let mut walk = repository.revwalk()?;
    walk.set_sorting(Sort::TOPOLOGICAL)?;
    walk.push(head)?;
    walk.hide(onto)?;
    let mut out = Vec::new();
    for oid in walk {
        let oid = oid?;
        if repository.find_commit(oid)?.parent_count() <= 1 {
            out.push(oid);
        }
    }
    Ok(out)
}

/// What names the same changes wherever they are made (git-patch-id(1)); none for a commit without changes.
fn patch_id(repository: &Repository, oid: Oid) -> Option<Oid> {
    let commit = repository.find_commit(oid).ok()?;
    let before = commit.parent(0).and_then(|p| p.tree()).ok();
    let diff = repository
        .diff_tree_to_tree(before.as_ref(), Some(&commit.tree().ok()?), None)
        .ok()?;
    if diff.deltas().len() == 0 {
        None
    } else {
        diff.patchid(None).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn subjects_name_numbers() {
        assert_eq!(numbers("Update terms (#42)"), [(42, "squashed")]);
        assert_eq!(numbers("Merge pull request #7 from x/y"), [(7, "merged")]);
        assert_eq!(numbers("Release #9"), []);
        assert_eq!(number("refs/pull/12/head"), Some(12));
    }
}
