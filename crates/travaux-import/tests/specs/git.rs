//! Git, both ways: histories that are read, and what an export writes.

use std::{fs, path::Path};

use git2::{Oid, Repository, Signature, Time};
use serde_json::Value;
use travaux_import::{ExportReport, GitOptions, ImportReport, export_git, import, read_git};
use travaux_testkit::{
    agreement::{accept, adopt, proposal, words},
    office::{Office, proposed},
};

use travaux::domain::{
    Profile, Revision,
    agreement::{AgreementCommand as C, Nature, RevisionDraft},
};

use crate::common::{at_path, brought_in, line, record, renamed, texts};

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

/// What an export of these lines shows.
#[track_caller]
fn check(lines: &[Value], expected: &[&str]) {
    let office = Office::new();
    brought_in(&office, lines);
    let (folder, _) = exported(&office);
    assert_eq!(shown(folder.path()), expected);
}

#[test]
fn a_history_keeps_its_commits_authors_dates_and_messages() {
    let mut second = line(2, "M", "acts/a.md", Some("two\n"));
    second["subject"] = "reform\n\nEffective-Date: 2024-06-01\nSigned-off-by: Ann\n".into();
    check(
        &[line(1, "A", "acts/a.md", Some("one\n")), second],
        &[
            "ann <unknown> 1735714800+0100 | bob <unknown> 1735718400+0100 | commit 1",
            "  100644 acts/a.md: one⏎",
            "ann <unknown> 1735801200+0100 | bob <unknown> 1735804800+0100 | reform⏎⏎Effective-Date: 2024-06-01⏎Signed-off-by: Ann⏎",
            "  100644 acts/a.md: two⏎",
        ],
    );
}

#[test]
fn files_come_move_go_and_come_back() {
    check(
        &[
            line(1, "A", "a.md", Some("one\n")),
            line(1, "A", "b/c/d.md", Some("deep\n")),
            renamed(2, "a.md", "b/a.md", "one\n"),
            line(3, "D", "b/c/d.md", None),
            line(4, "A", "b/c/d.md", Some("again\n")),
        ],
        &[
            "ann <unknown> 1735714800+0100 | bob <unknown> 1735718400+0100 | commit 1",
            "  100644 a.md: one⏎",
            "  100644 b/c/d.md: deep⏎",
            "ann <unknown> 1735801200+0100 | bob <unknown> 1735804800+0100 | commit 2",
            "  100644 b/a.md: one⏎",
            "  100644 b/c/d.md: deep⏎",
            "ann <unknown> 1735887600+0100 | bob <unknown> 1735891200+0100 | commit 3",
            "  100644 b/a.md: one⏎",
            "ann <unknown> 1735974000+0100 | bob <unknown> 1735977600+0100 | commit 4",
            "  100644 b/a.md: one⏎",
            "  100644 b/c/d.md: again⏎",
        ],
    );
}

#[test]
fn two_files_exchange_their_names_in_one_commit() {
    let mut third = renamed(2, "tmp.md", "b.md", "of a\n");
    third["commit"] = "c2".into();
    let lines = [
        line(1, "A", "a.md", Some("of a\n")),
        line(1, "A", "b.md", Some("of b\n")),
        renamed(2, "a.md", "tmp.md", "of a\n"),
        renamed(2, "b.md", "a.md", "of b\n"),
        third,
    ];
    let office = Office::new();
    brought_in(&office, &lines);
    let (folder, _) = exported(&office);
    let shown = shown(folder.path());
    assert_eq!(
        shown[shown.len() - 2..],
        ["  100644 a.md: of b⏎", "  100644 b.md: of a⏎"]
    );
}

#[test]
fn what_was_read_from_git_is_written_back_as_the_same_trees() {
    let mut repo = Repo::new();
    repo.commit(
        "first\n",
        &[
            ("a.md", TEXT, b"one\n"),
            ("b.md", TEXT, b"\xEF\xBB\xBFodd\r\n"),
        ],
    );
    repo.commit(
        "second\n\nFecha: 2020-02-03\n",
        &[
            ("a.md", TEXT, b"two\n"),
            ("b.md", TEXT, b"\xEF\xBB\xBFodd\r\n"),
        ],
    );
    repo.commit(
        "run\n",
        &[
            ("a.md", TEXT, b"two\n"),
            ("run.sh", 0o100_755, b"#!/bin/sh\n"),
        ],
    );
    repo.commit("empty\n", &[]);
    let office = Office::new();
    let report = repo.import(&office);
    assert_eq!(report.refused, []);
    let (folder, report) = exported(&office);
    assert_eq!(
        (report.commits, report.same_trees, report.other_trees.len()),
        (4, 4, 0)
    );
    assert_eq!(shown(folder.path()), shown(repo.folder.path()));
    // Nothing else is in a commit's name: what is the same in all is the same commit.
    let head = repo.head.expect("a commit").to_string();
    assert_eq!(report.last_commit, Some(head));
    office.clean();
}

#[test]
fn a_date_that_a_trailer_declares_is_the_one_from_which_a_text_applies() {
    let mut repo = Repo::new();
    repo.commit("first\n", &[("a.md", TEXT, b"one\n")]);
    repo.commit(
        "second\n\nIn-Force: 2020-02-03\n",
        &[("a.md", TEXT, b"two\n")],
    );
    let office = Office::new();
    repo.import(&office);
    let record = record(&office, at_path(&office, "a.md"));
    let from = |n| {
        record
            .line(Revision(n))
            .expect("it is there")
            .effective_from
    };
    let dates: Vec<_> = [1, 2].map(|n| from(n).expect("a date").to_string()).into();
    assert_eq!(dates, ["2025-01-02", "2020-02-03"]);
}

#[test]
fn what_is_no_text_is_refused_by_name_and_the_rest_is_imported() {
    let mut repo = Repo::new();
    let first = repo.commit(
        "first\n",
        &[("a.md", TEXT, b"one\n"), ("b.bin", TEXT, b"a\xFFb")],
    );
    let second = repo.commit(
        "second\n",
        &[
            ("a.md", TEXT, b"two\n"),
            ("b.bin", TEXT, b"a\xFFb"),
            ("module", 0o160_000, b""),
        ],
    );
    let office = Office::new();
    let report = repo.import(&office);
    let refused: Vec<_> = report
        .refused
        .iter()
        .map(|r| (&*r.path, r.revision.clone(), r.offset))
        .collect();
    assert_eq!(
        refused,
        [
            ("b.bin", first.to_string(), Some(1)),
            ("module", second.to_string(), None),
        ]
    );
    assert_eq!(
        report.refused[0].reason,
        "it is not UTF-8 text from there on"
    );
    assert_eq!(
        texts(&record(&office, at_path(&office, "a.md"))),
        ["one\n", "two\n"]
    );
    // An export says which commits it could not write as they were.
    let (_, report) = exported(&office);
    assert_eq!(report.other_trees, [first.to_string(), second.to_string()]);
}

#[test]
fn what_is_exported_can_be_imported_and_exported_again() {
    let office = Office::new();
    brought_in(
        &office,
        &[
            line(1, "A", "acts/a.md", Some("# Act\n\nArticle 1\n\nOne.\n")),
            line(
                2,
                "M",
                "acts/a.md",
                Some("# Act\n\nArticle 1\n\nOne and two.\n"),
            ),
            line(
                2,
                "A",
                "b.md",
                Some("Another act, which is longer than a line.\n"),
            ),
            renamed(
                3,
                "b.md",
                "c.md",
                "Another act, which is longer than a line.\n",
            ),
            line(4, "D", "acts/a.md", None),
        ],
    );
    let (folder, first) = exported(&office);
    let again = Office::new();
    let history = read_git(folder.path(), &GitOptions::default()).expect("it is read");
    import(&again.engine, &history, &()).expect("it is imported");
    for path in ["acts/a.md", "c.md"] {
        let [one, two] =
            [&office, &again].map(|office| texts(&record(office, at_path(office, path))));
        assert_eq!(one, two, "{path}");
    }
    let (_, second) = exported(&again);
    assert_eq!(first.last_commit, second.last_commit, "commit for commit");
    assert_eq!(second.same_trees, first.commits);
    again.clean();
}

#[test]
fn our_own_agreements_get_a_commit_for_each_adoption() {
    let office = Office::new();
    let id = office.at("2025-03-01").engine.new_agreement_id();
    let titled = travaux::domain::agreement::Proposal {
        title: "Accord « Mobilité » n° 2".into(),
        ..proposal(Profile::arrangement(), &["FR", "MA"], vec![])
    };
    office.does("2025-03-01", id, "FR", C::Propose(Box::new(titled)));
    office.does("2025-03-02", id, "MA", accept(1));
    office.does("2025-03-02", id, "MA", adopt(1));
    let draft = RevisionDraft {
        nature: Nature::Amendment,
        title: Some("Second round".into()),
        ..RevisionDraft::new(Revision(1), vec![words(2, "coopèrent", "agissent")])
    };
    office.does("2025-03-03", id, "FR", C::ProposeRevision(Box::new(draft)));
    office.does("2025-03-04", id, "MA", accept(2));
    office.does("2025-03-04", id, "MA", adopt(2));
    // Proposed and never adopted: it is no commit.
    proposed(&office.engine, "Ébauche");
    let (folder, report) = exported(&office);
    let shown: Vec<_> = shown(folder.path())
        .iter()
        .map(|line| line.chars().take(64).collect::<String>())
        .collect();
    assert_eq!(report.commits, 2);
    assert_eq!(
        shown,
        [
            "MA <unknown> 1740909601+0000 | MA <unknown> 1740909601+0000 | ac",
            "  100644 accord-mobilité-n-2.md: ## Article 1⏎⏎Les Parties coopè",
            "MA <unknown> 1741082401+0000 | MA <unknown> 1741082401+0000 | Se",
            "  100644 accord-mobilité-n-2.md: ## Article 1⏎⏎Les Parties agiss",
        ]
    );
}

#[test]
fn agreements_of_one_title_do_not_overwrite_each_other() {
    let office = Office::new();
    brought_in(
        &office,
        &[line(1, "A", "arrangement.md", Some("imported\n"))],
    );
    for _ in 0..2 {
        let id = proposed(&office.engine, "Arrangement");
        office.does("2025-03-02", id, "MA", accept(1));
        office.does("2025-03-02", id, "MA", adopt(1));
    }
    let (folder, _) = exported(&office);
    let shown = shown(folder.path());
    let names: Vec<_> = shown[shown.len() - 3..]
        .iter()
        .filter_map(|line| line.trim().split_once(": ")?.0.strip_prefix("100644 "))
        .collect();
    assert_eq!(
        names,
        ["arrangement-2.md", "arrangement-3.md", "arrangement.md"]
    );
}

#[test]
fn an_empty_store_gives_an_empty_repository_and_a_folder_in_use_is_left_alone() {
    let office = Office::new();
    let (folder, report) = exported(&office);
    assert_eq!(
        (report, shown(folder.path()).len()),
        (ExportReport::default(), 0)
    );
    let error = export_git(&office.engine, folder.path()).expect_err("it holds a repository");
    let expected = format!(
        "{}: the folder is not empty: name a new one",
        folder.path().display()
    );
    assert_eq!(error.to_string(), expected);
}

#[test]
fn a_source_that_cannot_be_read_says_what_it_is_not() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("source");
    let read = |path: &Path, rev: Option<&str>| {
        let options = GitOptions {
            rev: rev.map(str::to_owned),
            ..GitOptions::default()
        };
        read_git(path, &options)
            .expect_err("it cannot be read")
            .to_string()
    };
    for (bytes, says) in [
        (
            "",
            "neither a folder with a repository nor a git bundle (version 2 or 3)",
        ),
        (
            "# v4 git bundle\n",
            "neither a folder with a repository nor a git bundle (version 2 or 3)",
        ),
        (
            "# v2 git bundle\n-0123456789012345678901234567890123456789 base\n\n",
            "the bundle is incremental: it needs commits that it does not hold; bundle it whole",
        ),
        (
            "# v3 git bundle\n@object-format=sha256\n\n",
            "the bundle needs `object-format=sha256`, which is not supported",
        ),
        (
            "# v2 git bundle\nrefs/heads/main\n\n",
            "a reference without a name",
        ),
        (
            "# v2 git bundle\nmain refs/heads/main\n\n",
            "a reference without an object name",
        ),
    ] {
        fs::write(&path, bytes).expect("it is written");
        assert_eq!(
            read(&path, None),
            format!("{}: {says}", path.display()),
            "{bytes:?}"
        );
    }
    fs::write(&path, "# v2 git bundle\n\nno pack").expect("it is written");
    let error = read(&path, None);
    assert!(error.starts_with("cannot "), "{error}");

    let mut repo = Repo::new();
    let unborn = read(repo.folder.path(), None);
    assert!(
        unborn.starts_with("cannot find the revision `HEAD`: "),
        "{unborn}"
    );
    repo.commit("first\n", &[("a.md", TEXT, b"one\n")]);
    let absent = read(repo.folder.path(), Some("v9"));
    assert!(
        absent.starts_with("cannot find the revision `v9`: "),
        "{absent}"
    );
    let no_commit = read(repo.folder.path(), Some("HEAD:a.md"));
    assert!(
        no_commit.starts_with("cannot find a commit under `HEAD:a.md`: "),
        "{no_commit}"
    );
    let nothing = read(&folder.path().join("absent"), None);
    assert!(
        nothing.starts_with("cannot open the repository "),
        "{nothing}"
    );
}
