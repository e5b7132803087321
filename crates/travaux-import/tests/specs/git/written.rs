//! What an export writes, and what of it is read again.

use travaux::domain::{
    Profile, Revision,
    agreement::{AgreementCommand as C, Nature, RevisionDraft},
};
use travaux_import::{ExportReport, GitOptions, export_git, import, read_git};
use travaux_testkit::{
    agreement::{accept, adopt, proposal, words},
    office::{Office, proposed},
};

use super::{Repo, TEXT, exported, shown};
use crate::common::{at_path, brought_in, line, record, renamed, texts};

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
