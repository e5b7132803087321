//! Quirks of other people's histories, each in a small repository of its own.

use std::path::Path;

use git2::{Oid, Repository, Signature, Time};
use travaux::{
    Verdict,
    domain::Revision,
    projections::{RegisterEntry, RevisionLine, TextQuestion},
};
use travaux_import::{GitOptions, ImportReport, export_git, import, read_git, read_jsonl};
use travaux_tests::Store;

/// A repository in the making.
struct Repo {
    folder: tempfile::TempDir,
    repository: Repository,
    clock: i64,
}

impl Repo {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let repository = Repository::init_bare(folder.path()).expect("a repository");
        repository.set_head("refs/heads/main").expect("a branch");
        Self {
            folder,
            repository,
            clock: 1_500_000_000,
        }
    }

    /// Commits `files` (nothing for none) on `parents` to `reference`, by `author`.
    fn commit(
        &mut self,
        reference: &str,
        parents: &[Oid],
        author: &str,
        message: &str,
        files: &[(&str, &[u8])],
    ) -> Oid {
        self.clock += 86_400;
        let mut index = git2::Index::new().expect("an index");
        for (path, bytes) in files {
            let id = self.repository.blob(bytes).expect("a blob");
            let entry = git2::IndexEntry {
                ctime: git2::IndexTime::new(0, 0),
                mtime: git2::IndexTime::new(0, 0),
                dev: 0,
                ino: 0,
                mode: 0o100_644,
                uid: 0,
                gid: 0,
                file_size: 0,
                id,
                flags: 0,
                flags_extended: 0,
                path: path.as_bytes().to_vec(),
            };
            index.add(&entry).expect("it is added");
        }
        let tree = index.write_tree_to(&self.repository).expect("a tree");
        let tree = self.repository.find_tree(tree).expect("a tree");
        let parents: Vec<_> = parents
            .iter()
            .map(|p| self.repository.find_commit(*p).expect("a parent"))
            .collect();
        let by = |name: &str| {
            Signature::new(name, "x@example.org", &Time::new(self.clock, 60)).expect("a signature")
        };
        let parents: Vec<_> = parents.iter().collect();
        let commit = self
            .repository
            .commit(None, &by(author), &by("editor"), message, &tree, &parents)
            .expect("a commit");
        self.repository
            .reference(reference, commit, true, "test")
            .expect("a reference");
        commit
    }

    /// Commits to the line.
    fn line(
        &mut self,
        parent: Option<Oid>,
        author: &str,
        message: &str,
        files: &[(&str, &[u8])],
    ) -> Oid {
        self.commit("refs/heads/main", parent.as_slice(), author, message, files)
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn import(&self, store: &Store, proposals: bool) -> ImportReport {
        let proposals = proposals.then(|| "refs/pull/*/head".to_owned());
        store
            .import_git(
                self.path(),
                &GitOptions {
                    proposals,
                    ..GitOptions::default()
                },
            )
            .1
    }
}

fn entries(store: &Store) -> Vec<RegisterEntry> {
    let mut entries: Vec<_> = store
        .engine
        .register()
        .expect("the register")
        .agreements
        .values()
        .cloned()
        .collect();
    entries.sort_by(|a, b| a.path.cmp(&b.path));
    entries
}

fn ended(entry: &RegisterEntry) -> bool {
    let on = "2026-01-01".parse().expect("a date");
    entry.status(on, None).force.state.has_ended()
}

fn lines(store: &Store, path: &str) -> Vec<RevisionLine> {
    let register = store.engine.register().expect("the register");
    let (id, _) = register
        .agreements
        .iter()
        .find(|(_, e)| e.path.as_deref() == Some(path))
        .expect("the document");
    store.engine.record(*id).expect("the record").revisions()
}

fn text(store: &Store, path: &str, revision: u32) -> String {
    let register = store.engine.register().expect("the register");
    let (id, _) = register
        .agreements
        .iter()
        .find(|(_, e)| e.path.as_deref() == Some(path))
        .expect("the document");
    let record = store.engine.record(*id).expect("the record");
    record
        .print(Revision(revision), record.default_language())
        .expect("the text")
}

fn clean(store: &Store) {
    let report = store.engine.audit(|_| {}).expect("the log is read");
    assert_eq!(report.verdict, Verdict::Clean, "{:?}", report.findings);
}

const TERMS: &[u8] = b"# Terms\n\nThe parties cooperate in good faith.\n\nEach bears its costs.\n";
const TERMS_2: &[u8] =
    b"# Terms\n\nThe parties cooperate in good faith and in time.\n\nEach bears its costs.\n";

#[test]
fn a_renamed_document_is_one_agreement() {
    let mut repo = Repo::new();
    let a = repo.line(None, "ann", "first", &[("old/terms.md", TERMS)]);
    let b = repo.line(Some(a), "ben", "rename", &[("new/terms.md", TERMS)]);
    repo.line(Some(b), "ann", "change", &[("new/terms.md", TERMS_2)]);
    let store = Store::fresh();
    let report = repo.import(&store, false);
    assert_eq!((report.documents, report.revisions), (1, 3));
    let entry = &entries(&store)[0];
    assert_eq!(
        (entry.path.as_deref(), &entry.earlier_paths[..]),
        (Some("new/terms.md"), &["old/terms.md".to_owned()][..])
    );
    assert_eq!(entry.title, "Terms");
    let paths: Vec<_> = lines(&store, "new/terms.md")
        .into_iter()
        .filter_map(|l| l.path)
        .collect();
    assert_eq!(paths, ["old/terms.md", "new/terms.md", "new/terms.md"]);
    clean(&store);
}

#[test]
fn a_deleted_document_ends_and_one_that_comes_back_goes_on() {
    let mut repo = Repo::new();
    let a = repo.line(
        None,
        "ann",
        "first",
        &[("a.md", TERMS), ("b.md", b"other\n")],
    );
    let b = repo.line(Some(a), "ann", "delete", &[("b.md", b"other\n")]);
    let store = Store::fresh();
    repo.import(&store, false);
    assert!(ended(&entries(&store)[0]));
    repo.line(
        Some(b),
        "ben",
        "back",
        &[("a.md", TERMS_2), ("b.md", b"other\n")],
    );
    let report = repo.import(&store, false);
    assert_eq!((report.revisions, report.known), (1, 2), "only what is new");
    assert!(!ended(&entries(&store)[0]));
    assert_eq!(text(&store, "a.md", 2).as_bytes(), TERMS_2);

    let register = store.engine.register().expect("the register");
    let (id, _) = register
        .agreements
        .iter()
        .find(|(_, e)| e.path.as_deref() == Some("a.md"))
        .expect("the document");
    let record = store.engine.record(*id).expect("the record");
    let on = |date: &str| {
        record
            .text_in_force(TextQuestion {
                on: date.parse().expect("a date"),
                known_at: None,
            })
            .status
            .force
            .to_string()
    };
    assert_eq!(
        [
            on("2017-07-14"),
            on("2017-07-15"),
            on("2017-07-16"),
            on("2017-07-17")
        ],
        [
            "to be in force from 2017-07-15, ends on 2017-07-16",
            "in force since 2017-07-15, ends on 2017-07-16",
            "ended on 2017-07-16",
            "in force since 2017-07-15"
        ]
    );
    drop(record);
    clean(&store);
    let folder = tempfile::tempdir().expect("a folder");
    let export = export_git(&store.engine, &folder.path().join("out")).expect("it is exported");
    assert_eq!((export.same_trees, export.other_trees.len()), (3, 0));
}

#[test]
fn odd_text_is_kept_byte_for_byte_and_flagged() {
    let odd = "\u{FEFF}line one\r\nline two\r\n\0 and \u{202E}back\u{202C}\u{200B}\r\n".as_bytes();
    let mut repo = Repo::new();
    let a = repo.line(None, "ann", "first", &[("odd.txt", odd)]);
    let changed = [odd, b"more\r\n"].concat();
    repo.line(Some(a), "ann", "more", &[("odd.txt", &changed)]);
    let store = Store::fresh();
    let report = repo.import(&store, false);
    assert_eq!(text(&store, "odd.txt", 1).as_bytes(), odd);
    assert_eq!(text(&store, "odd.txt", 2).as_bytes(), changed);
    let found: Vec<_> = report.flagged[0]
        .findings
        .iter()
        .map(|f| format!("{:?}", f.anomaly))
        .collect();
    assert_eq!(
        found,
        [
            "Nul",
            "ByteOrderMark",
            "CarriageReturn",
            "DirectionControl",
            "Invisible"
        ]
    );
    clean(&store);
}

#[test]
fn what_is_no_text_is_refused_by_document_revision_and_byte() {
    let mut repo = Repo::new();
    let a = repo.line(
        None,
        "ann",
        "first",
        &[("bad.md", b"good\n"), ("good.md", TERMS)],
    );
    let b = repo.line(
        Some(a),
        "ann",
        "bad",
        &[("bad.md", b"go\xffod\n"), ("good.md", TERMS)],
    );
    let c = repo.line(
        Some(b),
        "ann",
        "good again",
        &[("bad.md", b"good again\n"), ("good.md", TERMS_2)],
    );
    let store = Store::fresh();
    let report = repo.import(&store, false);
    let refused = &report.refused[..];
    assert_eq!(refused.len(), 1);
    assert_eq!(
        (
            refused[0].path.as_str(),
            refused[0].revision.as_str(),
            refused[0].offset
        ),
        ("bad.md", b.to_string().as_str(), Some(2))
    );
    assert_eq!(
        text(&store, "bad.md", 2),
        "good again\n",
        "the rest is imported"
    );
    assert_eq!(lines(&store, "bad.md")[1].source, Some(c.to_string()));
    clean(&store);
}

#[test]
fn a_merge_has_the_branchs_author_and_its_merger() {
    let mut repo = Repo::new();
    let a = repo.line(None, "ann", "first", &[("a.md", TERMS)]);
    let branch = repo.commit(
        "refs/pull/1/head",
        &[a],
        "ben",
        "in time",
        &[("a.md", TERMS_2)],
    );
    repo.commit(
        "refs/heads/main",
        &[a, branch],
        "ann",
        "Merge pull request #1 from ben/x",
        &[("a.md", TERMS_2)],
    );
    let store = Store::fresh();
    repo.import(&store, true);
    let lines = lines(&store, "a.md");
    let seen: Vec<_> = lines
        .iter()
        .map(|l| {
            (
                l.proposer.as_str(),
                l.adopter.as_deref(),
                l.outcome.as_str(),
                l.adopted_as,
            )
        })
        .collect();
    assert_eq!(
        seen,
        [
            ("ann", Some("editor"), "adopted", None),
            ("ben", Some("editor"), "adopted", None),
            ("ben", Some("editor"), "adopted", Some(Revision(2))),
        ]
    );
    clean(&store);
}

#[test]
fn proposals_are_merged_squashed_rebased_or_not_adopted() {
    let changed = |n: u8| [TERMS, b"\nClause ", &[b'0' + n], b".\n"].concat();
    let mut repo = Repo::new();
    let a = repo.line(None, "ann", "first", &[("a.md", TERMS)]);
    repo.commit(
        "refs/pull/2/head",
        &[a],
        "ben",
        "clause 2",
        &[("a.md", &changed(2))],
    );
    repo.commit(
        "refs/pull/3/head",
        &[a],
        "cem",
        "clause 3",
        &[("a.md", &changed(3))],
    );
    repo.commit(
        "refs/pull/4/head",
        &[a],
        "dan",
        "clause 4",
        &[("a.md", TERMS), ("new.md", b"never adopted\n")],
    );
    let b = repo.line(Some(a), "ann", "Clause 2 (#2)", &[("a.md", &changed(2))]);
    let back = repo.line(Some(b), "ann", "back", &[("a.md", TERMS)]);
    repo.line(Some(back), "ann", "picked", &[("a.md", &changed(3))]);
    let store = Store::fresh();
    let report = repo.import(&store, true);
    assert_eq!((report.proposals, report.proposals_adopted), (3, 2));
    let lines = lines(&store, "a.md");
    let proposals: Vec<_> = lines[4..]
        .iter()
        .map(|l| {
            (
                l.proposer.as_str(),
                l.outcome.as_str(),
                l.adopted_as,
                l.base,
            )
        })
        .collect();
    assert_eq!(
        proposals,
        [
            ("ben", "adopted", Some(Revision(2)), Revision(1)),
            ("cem", "adopted", Some(Revision(4)), Revision(1))
        ]
    );
    assert_eq!(
        text(&store, "a.md", 6).as_bytes(),
        changed(3),
        "a proposal's text is its head's"
    );
    let never = self::lines(&store, "new.md");
    assert_eq!(
        (never[0].outcome.as_str(), never[0].adopter.as_deref()),
        ("not adopted", None)
    );
    clean(&store);
    let again = repo.import(&store, true);
    assert_eq!((again.revisions, again.proposals), (0, 0));
}

#[test]
fn a_large_document_and_a_text_that_returns_are_stored_once() {
    let large: String = (0..90_000)
        .map(|n| format!("Clause {n} of a text that is long enough to be worth keeping.\n\n"))
        .collect();
    assert!(large.len() > 5_000_000);
    let mut repo = Repo::new();
    let a = repo.line(None, "ann", "first", &[("large.md", large.as_bytes())]);
    let b = repo.line(Some(a), "ann", "emptied", &[("large.md", b"\n")]);
    repo.line(Some(b), "ann", "back", &[("large.md", large.as_bytes())]);
    let store = Store::fresh();
    repo.import(&store, false);
    assert_eq!(text(&store, "large.md", 3), large);
    assert_eq!(text(&store, "large.md", 2), "\n");
    clean(&store);
}

#[test]
fn only_the_paths_and_revisions_that_were_asked_for() {
    let mut repo = Repo::new();
    let a = repo.line(
        None,
        "ann",
        "first",
        &[("a/x.md", TERMS), ("b/y.md", TERMS)],
    );
    repo.line(
        Some(a),
        "ann",
        "second",
        &[("a/x.md", TERMS_2), ("b/y.md", TERMS_2)],
    );
    let store = Store::fresh();
    let options = GitOptions {
        path: Some("a/".into()),
        rev: Some("HEAD~1".into()),
        proposals: None,
    };
    let (_, report) = store.import_git(repo.path(), &options);
    assert_eq!((report.documents, report.revisions), (1, 1));
    let error = read_git(
        repo.path(),
        &GitOptions {
            rev: Some("nowhere".into()),
            ..GitOptions::default()
        },
    )
    .expect_err("no such revision");
    assert!(
        error.to_string().contains("find the revision `nowhere`"),
        "{error}"
    );
    let error =
        read_git(&repo.path().join("none"), &GitOptions::default()).expect_err("no repository");
    assert!(error.to_string().contains("open the repository"), "{error}");
}

#[test]
fn json_lines_with_a_renaming_an_end_and_a_mistake() {
    let folder = tempfile::tempdir().expect("a folder");
    let line = |commit: &str, op: &str, path: &str, more: &str| {
        let dates =
            "\"author_date\":\"2020-01-01T00:00:00Z\",\"commit_date\":\"2020-01-01T00:00:00Z\"";
        format!("{{\"commit\":\"{commit}\",{dates},\"op\":\"{op}\",\"path\":\"{path}\"{more}}}\n")
    };
    let good = [
        line("c1", "A", "a.md", ",\"text\":\"one\\n\""),
        line("c2", "R", "b.md", ",\"from\":\"a.md\",\"text\":\"two\\n\""),
        line("c3", "D", "b.md", ",\"text\":null"),
    ]
    .concat();
    let path = folder.path().join("h.jsonl");
    std::fs::write(&path, &good).expect("it is written");
    let store = Store::fresh();
    import(&store.engine, &read_jsonl(&path).expect("it is read"), &()).expect("it is imported");
    let entry = &entries(&store)[0];
    assert_eq!(
        (entry.path.as_deref(), entry.revisions, ended(entry)),
        (Some("b.md"), 2, true)
    );
    std::fs::write(&path, good + &line("c4", "X", "b.md", "")).expect("it is written");
    let error = read_jsonl(&path).expect_err("the last line is wrong");
    assert!(
        error
            .to_string()
            .ends_with("line 4: `op` is `X`, expected A, M, R or D"),
        "{error}"
    );
}
