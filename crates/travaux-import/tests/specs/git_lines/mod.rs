//! Git histories as documents: what each commit did to which, in small repositories.

mod followed;
mod kept;
mod refused;

use git2::{Oid, Repository, Signature, Time};
use travaux_import::{ChangeKind, GitOptions, SourceHistory, read_git};

const TEXT: i32 = 0o100_644;

const MODULE: i32 = 0o160_000;

/// 2025-01-01, at noon in Greenwich.
const NOON: i64 = 1_735_732_800;

const DAY: i64 = 86_400;

type File<'a> = (&'a [u8], i32, &'a [u8]);

/// A file of text.
fn file<'a>(path: &'a str, text: &'a str) -> File<'a> {
    (path.as_bytes(), TEXT, text.as_bytes())
}

/// A repository in the making.
struct Repo {
    folder: tempfile::TempDir,
    repository: Repository,
}

/// When a commit was made, and who made it.
#[derive(Clone, Copy)]
struct By {
    name: &'static str,
    at: i64,
    offset: i32,
}

impl By {
    fn day(day: i64) -> Self {
        Self {
            name: "ann",
            at: NOON + day * DAY,
            offset: 0,
        }
    }

    fn signature(self) -> Signature<'static> {
        let time = Time::new(self.at, self.offset);
        Signature::new(self.name, "x@example.org", &time).expect("a signature")
    }
}

impl Repo {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let repository = Repository::init_bare(folder.path()).expect("a repository");
        repository.set_head("refs/heads/main").expect("a branch");
        Self { folder, repository }
    }

    /// A line of commits, one a day, each with these files and no others.
    fn of(commits: &[&[File<'_>]]) -> Self {
        let repo = Self::new();
        let mut head = None;
        for (day, files) in (0..).zip(commits) {
            head = Some(repo.commit(head.as_slice(), By::day(day), files));
        }
        repo
    }

    /// Commits these files to `main`.
    fn commit(&self, parents: &[Oid], by: By, files: &[File<'_>]) -> Oid {
        let commit = self.write(parents, by, files);
        let main = self
            .repository
            .reference("refs/heads/main", commit, true, "test");
        main.expect("a branch");
        commit
    }

    fn write(&self, parents: &[Oid], by: By, files: &[File<'_>]) -> Oid {
        let tree = self.repository.find_tree(self.tree(files)).expect("a tree");
        let parents = parents.iter().map(|id| self.repository.find_commit(*id));
        let parents: Result<Vec<_>, _> = parents.collect();
        let parents = parents.expect("the parents");
        let parents: Vec<_> = parents.iter().collect();
        let by = by.signature();
        let commit = self
            .repository
            .commit(None, &by, &by, "change\n", &tree, &parents);
        commit.expect("a commit")
    }

    fn tree(&self, files: &[File<'_>]) -> Oid {
        let mut builder = self.repository.treebuilder(None).expect("a tree");
        for (path, mode, bytes) in files {
            if let Some(at) = path.iter().position(|byte| *byte == b'/') {
                let folder = &path[..=at];
                let inner: Vec<File<'_>> = files
                    .iter()
                    .filter_map(|(path, mode, bytes)| {
                        Some((path.strip_prefix(folder)?, *mode, *bytes))
                    })
                    .collect();
                let inner = self.tree(&inner);
                builder
                    .insert(&path[..at], inner, 0o040_000)
                    .expect("a folder");
            } else {
                let id = match *mode {
                    MODULE => Oid::from_bytes(&[7; 20]).expect("a name"),
                    _ => self.repository.blob(bytes).expect("a blob"),
                };
                builder.insert(*path, id, *mode).expect("a file");
            }
        }
        builder.write().expect("a tree")
    }

    fn read(&self) -> SourceHistory {
        self.read_below(None)
    }

    fn read_below(&self, path: Option<&str>) -> SourceHistory {
        let options = GitOptions {
            path: path.map(str::to_owned),
            ..GitOptions::default()
        };
        read_git(self.folder.path(), &options).expect("it is read")
    }

    /// Each document: the place and the path of each of its changes.
    #[track_caller]
    fn check(&self, expected: &[&str]) {
        assert_eq!(shown(&self.read()), expected);
    }
}

fn shown(history: &SourceHistory) -> Vec<String> {
    let documents = history.documents.iter();
    documents
        .map(|document| {
            let changes = document.changes.iter().map(|change| match change.kind {
                ChangeKind::Text => format!("{} {}", change.place, change.path),
                ChangeKind::End => format!("{} ends", change.place),
            });
            changes.collect::<Vec<_>>().join(", ")
        })
        .collect()
}

const OTHER: &str = "quite\nanother\ntext\nwith\nno\nline\nin\ncommon\n";
