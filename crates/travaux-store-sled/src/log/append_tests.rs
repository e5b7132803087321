//! What is written together, one commit behind the other: each is checked against the store and those before it.

use travaux_store::{
    AppendError, Appended, Attachment, Commit, Draft, EventStore as _, Expected, Guard,
    conformance::{commit, event},
};

use crate::store::SledStore;

fn one(number: u128, stream: &str) -> Commit {
    commit(
        number,
        vec![event(stream, "Noted", &format!("{{\"n\":{number}}}"))],
    )
}

fn guarded(number: u128, stream: &str, expected: Expected) -> Commit {
    let mut commit = one(number, stream);
    commit.guards.push(Guard {
        stream: stream.into(),
        expected,
    });
    commit
}

fn with(number: u128, attachment: &Attachment, brought: bool) -> Commit {
    let mut commit = one(number, "texts");
    commit.events[0].attachments.push(attachment.id);
    commit
        .attachments
        .extend(brought.then(|| attachment.clone()));
    commit
}

#[test]
fn each_of_a_group_is_checked_against_those_before_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = SledStore::open(folder.path()).expect("it opens");
    store.append(one(1, "a")).expect("it is appended");
    let (text, other) = (
        Attachment::new(b"text".repeat(90)),
        Attachment::new(b"other".repeat(90)),
    );
    let mut changed = one(3, "a");
    changed.events[0].payload = "{\"n\":0}".into();
    let group = [
        one(2, "a"),
        guarded(3, "a", Expected::Exact(2)),
        // The same again, and another under its id, here and of before.
        guarded(3, "a", Expected::Exact(2)),
        changed,
        one(1, "a"),
        // What those before have written counts.
        guarded(4, "a", Expected::Exact(2)),
        guarded(5, "b", Expected::NoStream),
        guarded(6, "b", Expected::NoStream),
        with(7, &text, false),
        with(8, &text, true),
        with(9, &text, false),
        with(10, &text, true),
        with(11, &other, false),
        commit(
            12,
            vec![
                event("a", "Noted", "1"),
                event("c", "Noted", "2"),
                event("a", "Noted", "3"),
            ],
        ),
    ];
    let drafts: Vec<Draft> = group
        .into_iter()
        .map(|commit| Draft::new(commit).expect("it is well formed"))
        .collect();
    let answers = store.log.append_batch(&drafts);
    let appended = |first, last, repeated| {
        Ok(Appended {
            first,
            last,
            repeated,
        })
    };
    let said: Vec<Result<Appended, String>> = answers
        .iter()
        .map(|answer| answer.as_ref().map(|a| *a).map_err(ToString::to_string))
        .collect();
    assert_eq!(said[0], appended(2, 2, false));
    assert_eq!(
        (&said[1], &said[2]),
        (&appended(3, 3, false), &appended(3, 3, true))
    );
    assert!(
        matches!(
            &answers[3],
            Err(AppendError::CommitIdTaken { first: 3, .. })
        ),
        "{said:?}"
    );
    assert_eq!(said[4], appended(1, 1, true));
    assert!(
        matches!(&answers[5], Err(AppendError::Conflict { actual: 3, .. })),
        "{said:?}"
    );
    assert_eq!(said[6], appended(4, 4, false));
    assert!(
        matches!(&answers[7], Err(AppendError::Conflict { actual: 1, .. })),
        "{said:?}"
    );
    assert!(
        matches!(&answers[8], Err(AppendError::MissingAttachment(id)) if *id == text.id),
        "{said:?}"
    );
    let places = [
        (9, appended(5, 5, false)),
        (10, appended(6, 6, false)),
        (11, appended(7, 7, false)),
    ];
    places
        .iter()
        .for_each(|(at, expected)| assert_eq!(said[*at], *expected, "{said:?}"));
    assert!(
        matches!(&answers[12], Err(AppendError::MissingAttachment(id)) if *id == other.id),
        "{said:?}"
    );
    assert_eq!(said[13], appended(8, 10, false));
    // It is as it was said, here and for who opens it.
    let check = |store: &SledStore| {
        assert_eq!(store.head(), 10);
        assert_eq!(
            ["a", "b", "c", "texts"].map(|stream| store.version(stream).ok()),
            [Some(5), Some(1), Some(1), Some(3)]
        );
        assert_eq!(
            store.attachment(text.id).ok(),
            Some(Some(text.bytes.clone()))
        );
        assert_eq!(store.attachment(other.id).ok(), Some(None));
        for (n, found) in [
            (2, Some((2, 2))),
            (4, None),
            (6, None),
            (9, Some((6, 6))),
            (12, Some((8, 10))),
        ] {
            let found = found.map(|(first, last)| Appended {
                first,
                last,
                repeated: true,
            });
            assert_eq!(
                store.find_commit(commit(n, Vec::new()).id).ok(),
                Some(found),
                "commit {n}"
            );
        }
        assert!(
            store
                .verify()
                .is_ok_and(|verified| verified.damage.is_empty() && verified.records == 10)
        );
    };
    check(&store);
    // A group of which nothing fits writes nothing.
    let length = || crate::journal::Journal::length(&folder.path().join("journal"));
    let before = length();
    let answers = store.log.append_batch(&drafts[2..6]);
    assert_eq!(
        (
            answers.iter().filter(|answer| answer.is_ok()).count(),
            length()
        ),
        (2, before)
    );
    drop(store);
    let store = SledStore::open(folder.path()).expect("it opens");
    check(&store);
    // What is there already, in the store or in the group, is not written again.
    let later = [
        with(13, &text, true),
        with(14, &other, true),
        with(15, &other, true),
    ];
    let later: Vec<Draft> = later
        .into_iter()
        .map(|commit| Draft::new(commit).expect("it is well formed"))
        .collect();
    assert!(store.log.append_batch(&later).iter().all(Result::is_ok));
    let pack =
        crate::archive::pack::Pack::open(folder.path().join("attachments.pack")).expect("it opens");
    let entries: Vec<_> = pack
        .entries()
        .expect("they are read")
        .into_iter()
        .map(|(id, _)| id)
        .collect();
    assert_eq!(
        entries,
        [text.id, other.id],
        "each is there once, whoever brings it"
    );
    drop(store);
    let store = SledStore::open(folder.path()).expect("it opens");
    assert_eq!((store.head(), store.version("texts").ok()), (13, Some(6)));
    assert_eq!(store.attachment(other.id).ok(), Some(Some(other.bytes)));
}
