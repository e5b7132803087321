//! A document is followed through changes, renamings, ends and merges.

use git2::ObjectType;
use travaux_import::{GitOptions, import, read_git};
use travaux_testkit::office::Office;

use super::{By, DAY, NOON, OTHER, Repo, file, shown};
use crate::common::{at_path, record};

const LONG: &str = "one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\n";

/// The same, with a line more.
const LONGER: &str = "one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\nnine\n";

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
