//! What is no text, no path or no file is refused by name, and hides nothing else.

use travaux_import::import;
use travaux_testkit::office::Office;

use super::{MODULE, OTHER, Repo, TEXT, file};
use crate::common::{at_path, record, texts};

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
