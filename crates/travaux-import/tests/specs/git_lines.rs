//! Git histories as documents: what each commit did to which, in small repositories.

use git2::{ObjectType, Oid, Repository, Signature, Time};
use travaux_import::{ChangeKind, GitOptions, SourceHistory, export_git, import, read_git};
use travaux_testkit::office::Office;

use crate::common::{at_path, record, texts};

const TEXT: i32 = 0o100_644;
const RUN: i32 = 0o100_755;
const LINK: i32 = 0o120_000;
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

const LONG: &str = "one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\n";
/// The same, with a line more.
const LONGER: &str = "one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\nnine\n";
const OTHER: &str = "quite\nanother\ntext\nwith\nno\nline\nin\ncommon\n";

#[test]
fn a_document_is_followed_through_changes() {
    Repo::of(&[
        &[file("a.md", "1")],
        &[file("a.md", "2")],
        &[file("a.md", "3")],
    ])
    .check(&["0 a.md, 1 a.md, 2 a.md"]);
}

#[test]
fn a_commit_that_leaves_a_document_alone_is_no_change_of_it() {
    Repo::of(&[
        &[file("a.md", "1")],
        &[file("a.md", "1")],
        &[file("a.md", "1"), file("b.md", OTHER)],
        &[file("a.md", "2"), file("b.md", OTHER)],
    ])
    .check(&["0 a.md, 3 a.md", "2 b.md"]);
}

#[test]
fn a_renaming_is_followed_where_the_texts_are_half_alike() {
    Repo::of(&[&[file("a.md", LONG)], &[file("b.md", LONG)]]).check(&["0 a.md, 1 b.md"]);
    Repo::of(&[&[file("a.md", LONG)], &[file("b.md", LONGER)]]).check(&["0 a.md, 1 b.md"]);
    Repo::of(&[&[file("a.md", LONG)], &[file("b.md", OTHER)]]).check(&["0 a.md, 1 ends", "1 b.md"]);
}

#[test]
fn a_document_moves_into_a_folder_and_into_one_of_its_own_name() {
    Repo::of(&[
        &[file("a", LONG)],
        &[file("acts/a", LONG)],
        &[file("acts/a/text", LONG)],
    ])
    .check(&["0 a, 1 acts/a, 2 acts/a/text"]);
}

#[test]
fn a_name_that_is_free_can_be_taken_by_another() {
    Repo::of(&[
        &[file("a.md", LONG)],
        &[file("b.md", LONG)],
        &[file("a.md", OTHER), file("b.md", LONG)],
        &[file("a.md", OTHER), file("b.md", LONGER)],
    ])
    .check(&["0 a.md, 1 b.md, 3 b.md", "2 a.md"]);
}

#[test]
fn a_document_ends_comes_back_and_goes_on() {
    Repo::of(&[
        &[file("a.md", LONG), file("b.md", OTHER)],
        &[file("b.md", OTHER)],
        &[file("b.md", OTHER)],
        &[file("a.md", "back\n"), file("b.md", OTHER)],
        &[],
    ])
    .check(&["0 a.md, 1 ends, 3 a.md, 4 ends", "0 b.md, 4 ends"]);
}

#[test]
fn a_copy_is_a_document_of_its_own() {
    Repo::of(&[
        &[file("a.md", LONG)],
        &[file("a.md", LONG), file("b.md", LONG)],
    ])
    .check(&["0 a.md", "1 b.md"]);
}

#[test]
fn only_documents_that_ever_stood_below_a_path_are_read_and_those_whole() {
    let repo = Repo::of(&[
        &[
            file("acts/a.md", LONG),
            file("b.md", OTHER),
            file("c.md", "c"),
        ],
        &[
            file("a.md", LONG),
            file("acts/b.md", OTHER),
            file("c.md", "c"),
        ],
    ]);
    let below = |path| shown(&repo.read_below(Some(path)));
    assert_eq!(
        below("acts/"),
        ["0 acts/a.md, 1 a.md", "0 b.md, 1 acts/b.md"]
    );
    assert_eq!(below("c.md"), ["0 c.md"]);
    assert!(below("none/").is_empty());
    assert_eq!(repo.read_below(Some("none/")).commits.len(), 2);
}

#[test]
fn what_a_merge_brought_in_is_one_change_by_the_author_of_the_branch() {
    let repo = Repo::new();
    let by = |name: &'static str, day: i64| By {
        name,
        ..By::day(day)
    };
    let first = repo.commit(&[], by("ann", 0), &[file("a.md", LONG)]);
    let one = repo.write(&[first], by("ben", 1), &[file("a.md", "draft\n")]);
    let two = repo.write(&[one], by("cem", 2), &[file("a.md", LONGER)]);
    let both = [file("a.md", LONGER), file("b.md", OTHER)];
    repo.commit(&[first, two], by("ann", 3), &both);
    let history = repo.read();
    assert_eq!(shown(&history), ["0 a.md, 1 a.md", "1 b.md"]);
    let change = &history.documents[0].changes[1];
    assert_eq!(
        (&*change.proposer.party.0, &*change.adopter.party.0),
        ("cem", "ann")
    );
    assert_eq!(change.proposed_at.timestamp(), NOON + 2 * DAY);
    assert_eq!(change.adopted_at.timestamp(), NOON + 3 * DAY);
    let parents: Vec<_> = history.commits.iter().map(|c| c.parents.len()).collect();
    assert_eq!(
        parents,
        [0, 2],
        "the branch's own commits are not of the line"
    );
}

#[test]
fn dates_out_of_order_and_ahead_are_kept_as_they_are() {
    let repo = Repo::new();
    let mut head = None;
    // The first of 1970, one of the year 2099, one behind that.
    let times = [0, 4_086_439_200, NOON];
    for (at, text) in times.into_iter().zip(["one\n", "two\n", "three\n"]) {
        let by = By { at, ..By::day(0) };
        head = Some(repo.commit(head.as_slice(), by, &[file("a.md", text)]));
    }
    repo.commit(head.as_slice(), By::day(1), &[]);
    let history = repo.read();
    let dates: Vec<_> = history.documents[0]
        .changes
        .iter()
        .map(|change| change.effective_from.to_string())
        .collect();
    assert_eq!(
        dates,
        ["1970-01-01", "2099-06-29", "2025-01-01", "2025-01-02"]
    );
    let office = Office::new();
    let report = import(&office.engine, &history, &()).expect("it is imported");
    assert_eq!((report.revisions, report.refused), (3, vec![]));
    assert_eq!(
        texts(&record(&office, at_path(&office, "a.md"))),
        ["one\n", "two\n", "three\n"]
    );
    office.clean();
}

#[test]
fn a_text_applies_from_the_day_on_which_it_was_committed_where_that_was() {
    for (offset, day) in [
        (0, "2025-01-01"),
        (11 * 60 + 59, "2025-01-01"),
        (12 * 60, "2025-01-02"),
        (14 * 60, "2025-01-02"),
        (-12 * 60, "2025-01-01"),
        (-12 * 60 - 1, "2024-12-31"),
    ] {
        let repo = Repo::new();
        let by = By {
            offset,
            ..By::day(0)
        };
        repo.commit(&[], by, &[file("a.md", "one\n")]);
        let change = &repo.read().documents[0].changes[0];
        assert_eq!(change.effective_from.to_string(), day, "{offset}");
        assert_eq!(change.adopted_at.timestamp(), NOON, "{offset}");
    }
}

/// Imports it, and writes it back: as many trees are the same as there are commits.
#[track_caller]
fn comes_back(repo: &Repo) {
    let office = Office::new();
    let history = repo.read();
    let report = import(&office.engine, &history, &()).expect("it is imported");
    assert_eq!(report.refused, []);
    let folder = tempfile::tempdir().expect("a folder");
    let export = export_git(&office.engine, folder.path()).expect("it is exported");
    let commits = history.commits.len() as u64;
    assert_eq!((export.same_trees, export.other_trees), (commits, vec![]));
    office.clean();
}

#[test]
fn every_text_comes_back_to_the_byte_whatever_ends_its_lines() {
    for text in [
        "",
        "\n",
        "\n\n\n",
        "no line break at the end",
        "one\r\ntwo\r\n",
        "one\rtwo\r",
        "one\r\ntwo\nthree\r",
        "\u{feff}one\n",
        "\t \n one \t\n",
        "a\0b\n",
        "\u{2028}one\u{85}two\n",
        "é\ne\u{301}\n",
        "اتفاق\u{200f}\n",
        "---\ntitle: x\n---\n",
        "# Title\n\n## Article 1\n\n(a) one;\n(b) two.\n",
    ] {
        let changed = format!("{text}more\n");
        comes_back(&Repo::of(&[
            &[file("a.md", text), file("b.txt", text)],
            &[file("a.md", &changed), file("b.txt", text)],
            &[file("a.md", text)],
        ]));
    }
}

#[test]
fn odd_paths_and_modes_come_back() {
    comes_back(&Repo::of(&[
        &[
            file("with space.md", "1"),
            file("quo\"te's.md", "2"),
            file("back\\slash.md", "3"),
            file("line\nbreak.md", "4"),
            file("-dash", "5"),
            file("a-b", "6"),
            file("a/b", "7"),
            file("a.b", "8"),
            file("معاهدة/اتفاق.md", "9"),
            file("e\u{301}.md", "10"),
            file("é.md", "11"),
            file("*?[x]", "12"),
            file("...", "13"),
            file(" ", ""),
            file(".gitignore", "14"),
        ],
        &[
            (b"run.sh", RUN, b"#!/bin/sh\n"),
            (b"link", LINK, b"run.sh"),
            file("a/b", "15"),
        ],
    ]));
}

#[test]
fn what_is_no_text_is_refused_with_the_byte_at_which_it_is_none() {
    for (bytes, offset) in [
        (&b"caf\xe9\n"[..], 3),
        (b"\xff\xfea\0b\0", 0),
        (b"one\n\xc3", 4),
        (b"\xed\xa0\x80", 0),
        (b"ok \xf5", 3),
    ] {
        let repo = Repo::of(&[&[(b"a.md", TEXT, bytes)]]);
        let office = Office::new();
        let report = import(&office.engine, &repo.read(), &()).expect("it is imported");
        let refused = &report.refused[0];
        assert_eq!(
            (&*refused.path, refused.offset, &*refused.reason),
            ("a.md", Some(offset), "it is not UTF-8 text from there on")
        );
        assert_eq!((report.revisions, report.new_documents), (0, 0));
    }
}

#[test]
fn a_text_that_was_refused_is_refused_again_by_the_next_run() {
    let repo = Repo::of(&[
        &[file("a.md", "one\n")],
        &[(b"a.md", TEXT, b"\xff")],
        &[file("a.md", "three\n")],
    ]);
    let office = Office::new();
    let [first, second] =
        [0, 1].map(|_| import(&office.engine, &repo.read(), &()).expect("it is imported"));
    assert_eq!(first.refused.len(), 1);
    assert_eq!(first.refused, second.refused);
    assert_eq!((second.revisions, second.known), (0, 2));
}

#[test]
fn a_path_that_is_no_text_is_refused_by_name_and_hides_no_other() {
    let repo = Repo::of(&[
        &[
            (b"a\xff.md", TEXT, b"one\n"),
            (b"a\xfe.md", TEXT, b"two\n"),
            file("a\u{fffd}.md", "three\n"),
        ],
        &[file("b.md", "four\n")],
    ]);
    let office = Office::new();
    let report = import(&office.engine, &repo.read(), &()).expect("it is imported");
    let refused: Vec<_> = report
        .refused
        .iter()
        .map(|r| (&*r.path, &*r.reason))
        .collect();
    let reason = "its path is not UTF-8 text: rename it";
    assert_eq!(refused, [("a\\xfe.md", reason), ("a\\xff.md", reason)]);
    assert_eq!(
        texts(&record(&office, at_path(&office, "a\u{fffd}.md"))),
        ["three\n"]
    );
    assert_eq!(report.new_documents, 2);
    office.clean();
}

#[test]
fn a_submodule_is_refused_by_name_and_what_stood_there_ends() {
    let repo = Repo::of(&[
        &[file("a", "one\n"), file("b", OTHER)],
        &[(b"a", MODULE, b""), file("b", OTHER)],
        &[file("a", "three\n"), file("b", OTHER)],
    ]);
    let office = Office::new();
    let report = import(&office.engine, &repo.read(), &()).expect("it is imported");
    let refused: Vec<_> = report.refused.iter().map(|r| &*r.path).collect();
    assert_eq!(refused, ["a"]);
    assert!(
        report.refused[0].reason.starts_with("it is no file: "),
        "{}",
        report.refused[0].reason
    );
    assert_eq!(
        texts(&record(&office, at_path(&office, "a"))),
        ["one\n", "three\n"]
    );
    office.clean();
}

#[test]
fn a_document_has_the_language_that_its_path_tells() {
    for (path, tag) in [
        ("fr/accord.md", "fr"),
        ("accord.fr.md", "fr"),
        ("eng/accord.xml", "en"),
        ("textes/ara/a.txt", "ar"),
        ("accord.es.txt", "es"),
        ("from/france.md", "und"),
        ("frank.md", "und"),
    ] {
        let repo = Repo::of(&[&[file(path, "one\n")]]);
        let office = Office::new();
        import(&office.engine, &repo.read(), &()).expect("it is imported");
        let record = record(&office, at_path(&office, path));
        assert_eq!(record.default_language().as_str(), tag, "{path}");
    }
}

#[test]
fn a_revision_that_is_a_tag_or_an_older_commit_gives_the_line_until_there() {
    let repo = Repo::new();
    let first = repo.commit(&[], By::day(0), &[file("a.md", "one\n")]);
    repo.commit(&[first], By::day(1), &[file("a.md", "two\n")]);
    let object = repo.repository.find_object(first, Some(ObjectType::Commit));
    let tag = repo.repository.tag(
        "v1",
        &object.expect("a commit"),
        &By::day(0).signature(),
        "the first",
        false,
    );
    tag.expect("a tag");
    for rev in ["v1", "HEAD~1", &first.to_string(), &first.to_string()[..12]] {
        let options = GitOptions {
            rev: Some(rev.to_owned()),
            ..GitOptions::default()
        };
        let history = read_git(repo.folder.path(), &options).expect("it is read");
        assert_eq!(shown(&history), ["0 a.md"], "{rev}");
    }
}
