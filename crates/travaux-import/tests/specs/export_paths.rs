//! What an export refuses: paths that git cannot have, before anything is written.

use std::fs;

use serde_json::Value;
use travaux_import::export_git;
use travaux_testkit::agreement::{accept, adopt};
use travaux_testkit::office::{Office, proposed};

use crate::common::{brought_in, line, renamed};

fn office(lines: &[Value]) -> Office {
    let office = Office::new();
    brought_in(&office, lines);
    office
}

/// An export of these lines is refused, and leaves nothing behind.
#[track_caller]
fn check(lines: &[Value], said: &str) {
    let office = office(lines);
    let folder = tempfile::tempdir().expect("a folder");
    let fresh = folder.path().join("out.git");
    let error = export_git(&office.engine, &fresh).expect_err("it is refused");
    assert_eq!(error.to_string(), said);
    assert!(!fresh.exists(), "nothing is made");
    fs::create_dir(&fresh).expect("a folder");
    let error = export_git(&office.engine, &fresh).expect_err("it is refused");
    assert_eq!(error.to_string(), said);
    let left = fs::read_dir(&fresh).expect("it stays").count();
    assert_eq!(left, 0, "nothing is written");
}

#[test]
fn a_path_that_git_cannot_have_is_refused_by_name() {
    for (path, what) in [
        ("/a.md", "a part of it is empty"),
        ("a//b.md", "a part of it is empty"),
        ("a/", "a part of it is empty"),
        (".", "`.` is no name of a file"),
        ("./a.md", "`.` is no name of a file"),
        ("../a.md", "`..` is no name of a file"),
        ("a/../b.md", "`..` is no name of a file"),
        (".git/config", "`.git` is git's own"),
        ("a/.GIT", "`.GIT` is git's own"),
    ] {
        check(
            &[line(1, "A", path, Some("one\n"))],
            &format!("cannot write `{path}` into git, in commit c1: {what}"),
        );
    }
    check(
        &[line(1, "A", "a\0b", Some("one\n"))],
        "cannot write `a\\0b` into git, in commit c1: it holds a NUL",
    );
}

#[test]
fn a_time_that_git_cannot_have_is_refused_by_name() {
    for (field, at, shown) in [
        (
            "author_date",
            "1969-12-31T23:59:59Z",
            "1969-12-31 23:59:59 +00:00",
        ),
        (
            "commit_date",
            "1803-03-27T08:00:00+01:00",
            "1803-03-27 08:00:00 +01:00",
        ),
        (
            "commit_date",
            "2106-02-07T06:28:16Z",
            "2106-02-07 06:28:16 +00:00",
        ),
    ] {
        let mut first = line(1, "A", "a.md", Some("one\n"));
        first[field] = at.into();
        let said = "and git has those from 1970 to 2106 only";
        check(
            &[first],
            &format!("cannot write commit c1 into git: its time is {shown}, {said}"),
        );
    }
}

#[test]
fn a_path_that_was_left_since_is_refused_too() {
    check(
        &[
            line(1, "A", "a.md", Some("one\n")),
            renamed(2, "a.md", "../a.md", "two\n"),
            renamed(3, "../a.md", "b.md", "three\n"),
        ],
        "cannot write `../a.md` into git, in commit c2: `..` is no name of a file",
    );
}

#[test]
fn no_file_stands_where_a_folder_has_to() {
    let (file, within) = (
        line(1, "A", "a", Some("one\n")),
        line(2, "A", "a/b.md", Some("two\n")),
    );
    check(
        &[file, within],
        "cannot write `a/b.md` into git, in commit c2: `a` is a file there, and no folder",
    );
    check(
        &[
            line(1, "A", "a/b.md", Some("one\n")),
            line(2, "A", "a", Some("two\n")),
        ],
        "cannot write `a` into git, in commit c2: it is the folder of `a/b.md` there",
    );
}

#[test]
fn a_file_that_has_gone_leaves_its_place_to_a_folder() {
    for lines in [
        vec![
            line(1, "A", "a", Some("one\n")),
            line(2, "D", "a", None),
            line(3, "A", "a/b.md", Some("two\n")),
        ],
        vec![
            line(1, "A", "a", Some("one\n")),
            renamed(2, "a", "a/b.md", "two\n"),
        ],
        // A name that begins like a folder is none in it.
        vec![
            line(1, "A", "a/b.md", Some("one\n")),
            line(1, "A", "a-c.md", Some("two\n")),
            line(1, "A", "a.md", Some("three\n")),
        ],
    ] {
        let office = office(&lines);
        let folder = tempfile::tempdir().expect("a folder");
        export_git(&office.engine, folder.path()).expect("it is exported");
    }
}

#[test]
fn what_moves_and_ends_in_one_commit_is_not_written() {
    let mut end = line(2, "D", "b.md", None);
    end["commit"] = "c2".into();
    let office = office(&[
        line(1, "A", "a.md", Some("one\n")),
        renamed(2, "a.md", "b.md", "two\n"),
        end,
    ]);
    let folder = tempfile::tempdir().expect("a folder");
    export_git(&office.engine, folder.path()).expect("it is exported");
    let repository = git2::Repository::open(folder.path()).expect("a repository");
    let tree = repository.head().and_then(|head| head.peel_to_tree());
    assert_eq!(tree.expect("a tree").len(), 0);
}

#[test]
fn an_agreement_of_ours_takes_no_name_of_a_folder() {
    let office = office(&[line(1, "A", "arrangement.md/text", Some("one\n"))]);
    let id = proposed(&office.engine, "Arrangement");
    office.does("2025-03-02", id, "MA", accept(1));
    office.does("2025-03-02", id, "MA", adopt(1));
    let folder = tempfile::tempdir().expect("a folder");
    export_git(&office.engine, folder.path()).expect("it is exported");
    let repository = git2::Repository::open(folder.path()).expect("a repository");
    let tree = repository.head().and_then(|head| head.peel_to_tree());
    let names: Vec<_> = tree
        .expect("a tree")
        .iter()
        .map(|entry| entry.name().unwrap_or("?").to_owned())
        .collect();
    assert_eq!(names, ["arrangement-2.md", "arrangement.md"]);
}
