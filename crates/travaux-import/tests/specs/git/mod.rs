//! Git, both ways: histories that are read, and what an export writes.

mod read;
mod written;

use std::path::Path;

use git2::{Oid, Repository, Signature, Time};
use travaux_import::{ExportReport, GitOptions, ImportReport, export_git, import, read_git};
use travaux_testkit::office::Office;

/// A repository in the making: one branch, a commit a day.
struct Repo {
    folder: tempfile::TempDir,
    repository: Repository,
    head: Option<Oid>,
    day: i64,
}

impl Repo {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let repository = Repository::init_bare(folder.path()).expect("a repository");
        repository.set_head("refs/heads/main").expect("a branch");
        Self {
            folder,
            repository,
            head: None,
            day: 0,
        }
    }

    /// Commits these files, and no others, under modes: by Ann of Rabat an hour after midnight, taken up by Ben of Paris.
    fn commit(&mut self, message: &str, files: &[(&str, i32, &[u8])]) -> Oid {
        self.day += 1;
        let at = 1_735_689_600 + self.day * 86_400;
        let mut builder = self.repository.treebuilder(None).expect("a tree");
        for (path, mode, bytes) in files {
            let blob = match *mode {
                // A submodule names a commit of another repository.
                0o160_000 => Oid::from_bytes(&[7; 20]).expect("a name"),
                _ => self.repository.blob(bytes).expect("a blob"),
            };
            builder.insert(*path, blob, *mode).expect("it is added");
        }
        let tree = builder.write().expect("a tree");
        let tree = self.repository.find_tree(tree).expect("a tree");
        let by = |name: &str, at, offset| {
            Signature::new(name, &format!("{name}@example.org"), &Time::new(at, offset))
        };
        let (ann, ben) = (by("ann", at, 0), by("ben", at + 3_600, 60));
        let parent = self
            .head
            .map(|head| self.repository.find_commit(head).expect("a commit"));
        let commit = self.repository.commit(
            Some("refs/heads/main"),
            &ann.expect("a signature"),
            &ben.expect("a signature"),
            message,
            &tree,
            &parent.iter().collect::<Vec<_>>(),
        );
        let commit = commit.expect("a commit");
        self.head = Some(commit);
        commit
    }

    fn import(&self, office: &Office) -> ImportReport {
        let history = read_git(self.folder.path(), &GitOptions::default()).expect("it is read");
        import(&office.engine, &history, &()).expect("it is imported")
    }
}

const TEXT: i32 = 0o100_644;

fn time(time: Time) -> String {
    let offset = time.offset_minutes();
    format!(
        "{}{}{:02}{:02}",
        time.seconds(),
        time.sign(),
        offset.abs() / 60,
        offset.abs() % 60
    )
}

/// A repository as a reader sees it: each commit with its author, its committer and its message, then its files.
fn shown(path: &Path) -> Vec<String> {
    let repository = Repository::open(path).expect("a repository");
    let mut out = Vec::new();
    let mut next = repository
        .head()
        .ok()
        .map(|head| head.peel_to_commit().expect("a commit"));
    while let Some(commit) = next {
        let mut lines = Vec::new();
        let by = |s: &Signature<'_>| {
            format!(
                "{} <{}> {}",
                s.name().unwrap_or("?"),
                s.email().unwrap_or("?"),
                time(s.when())
            )
        };
        let message = commit.message().unwrap_or("?").replace('\n', "⏎");
        lines.push(format!(
            "{} | {} | {message}",
            by(&commit.author()),
            by(&commit.committer())
        ));
        let tree = commit.tree().expect("a tree");
        let walk = tree.walk(git2::TreeWalkMode::PreOrder, |folder, entry| {
            if let Ok(blob) = repository.find_blob(entry.id()) {
                let text = String::from_utf8_lossy(blob.content()).replace('\n', "⏎");
                let name = entry.name().unwrap_or("?");
                lines.push(format!("  {:o} {folder}{name}: {text}", entry.filemode()));
            }
            git2::TreeWalkResult::Ok
        });
        walk.expect("it is walked");
        out.splice(0..0, lines);
        next = commit.parent(0).ok();
    }
    out
}

fn exported(office: &Office) -> (tempfile::TempDir, ExportReport) {
    let folder = tempfile::tempdir().expect("a folder");
    let report = export_git(&office.engine, folder.path()).expect("it is exported");
    (folder, report)
}
