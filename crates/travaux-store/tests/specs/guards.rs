//! What a commit may expect of streams, in a table; and the words of every refusal.

use travaux_store::{
    AppendError, Attachment, Commit, Digest, EventStore, Expected, Guard, MemoryStore, Read,
    conformance::{commit, event},
    read_all,
};

/// A store in which stream `a` is at version 2 and `b` at version 1; `none` does not exist.
fn store() -> MemoryStore {
    let store = MemoryStore::new();
    let events = ["a", "b", "a"].map(|stream| event(stream, "Noted", "{}"));
    store
        .append(commit(1, events.into()))
        .expect("it is appended");
    store
}

/// A commit to `written` that expects these.
fn expecting(written: &str, guards: &[(&str, Expected)]) -> Commit {
    let mut commit = commit(2, vec![event(written, "Noted", "{}")]);
    let guards = guards.iter().map(|(stream, expected)| Guard {
        stream: (*stream).to_owned(),
        expected: *expected,
    });
    commit.guards.extend(guards);
    commit
}

/// What is said of such a commit: nothing where it is appended.
#[track_caller]
fn check(written: &str, guards: &[(&str, Expected)], refused: Option<&str>) {
    let store = store();
    let answer = store.append(expecting(written, guards));
    assert_eq!(
        answer.map(drop).map_err(|e| e.to_string()).err().as_deref(),
        refused
    );
    let head = if refused.is_some() { 3 } else { 4 };
    assert_eq!(store.head(), head, "all of it or nothing");
}

#[test]
fn what_is_expected_of_a_stream_that_is_written() {
    use Expected::{Any, Exact, NoStream};
    check("a", &[], None);
    check("a", &[("a", Any)], None);
    check("a", &[("a", Exact(2))], None);
    check(
        "a",
        &[("a", Exact(1))],
        Some("conflict on a: expected version 1, found version 2"),
    );
    check(
        "a",
        &[("a", Exact(3))],
        Some("conflict on a: expected version 3, found version 2"),
    );
    check(
        "a",
        &[("a", Exact(0))],
        Some("conflict on a: expected version 0, found version 2"),
    );
    check(
        "a",
        &[("a", NoStream)],
        Some("conflict on a: expected no stream, found version 2"),
    );
    check("none", &[("none", NoStream)], None);
    check("none", &[("none", Exact(0))], None);
    check("none", &[("none", Any)], None);
    check(
        "none",
        &[("none", Exact(1))],
        Some("conflict on none: expected version 1, found version 0"),
    );
}

#[test]
fn what_is_expected_of_a_stream_that_was_only_read() {
    use Expected::{Exact, NoStream};
    check("a", &[("b", Exact(1))], None);
    check("a", &[("none", NoStream)], None);
    check(
        "a",
        &[("b", NoStream)],
        Some("conflict on b: expected no stream, found version 1"),
    );
    check(
        "a",
        &[("b", Exact(2))],
        Some("conflict on b: expected version 2, found version 1"),
    );
}

#[test]
fn all_that_is_expected_has_to_hold_and_the_first_that_does_not_is_named() {
    use Expected::{Any, Exact};
    check("a", &[("a", Exact(2)), ("b", Exact(1))], None);
    let b = Some("conflict on b: expected version 9, found version 1");
    check("a", &[("a", Exact(2)), ("b", Exact(9))], b);
    check("a", &[("b", Exact(9)), ("a", Exact(9))], b);
    // Two expectations of one stream are both kept.
    check("a", &[("b", Any), ("b", Exact(9))], b);
}

#[test]
fn an_expectation_is_of_the_streams_as_they_were_before_the_commit() {
    let store = MemoryStore::new();
    let twice = ["a", "a"].map(|stream| event(stream, "Noted", "{}"));
    let mut given = commit(1, twice.into());
    given.guards.push(Guard {
        stream: "a".into(),
        expected: Expected::NoStream,
    });
    assert_eq!(store.append(given).expect("it is appended").last, 2);
}

#[test]
fn a_repeated_commit_is_not_held_to_what_it_expected() {
    let store = MemoryStore::new();
    let given = || expecting("a", &[("a", Expected::NoStream)]);
    store.append(given()).expect("it is appended");
    let again = store.append(given()).expect("it is answered");
    assert_eq!((again.first, again.last, again.repeated), (1, 1, true));
    // Another expectation does not make it another commit: what it does is the same.
    let other = expecting("a", &[("a", Expected::Exact(9))]);
    assert!(store.append(other).expect("it is answered").repeated);
}

#[test]
fn an_id_that_is_taken_is_said_to_be_before_anything_is_expected() {
    let store = store();
    let mut given = expecting("a", &[("a", Expected::Exact(9))]);
    given.id = commit(1, Vec::new()).id;
    let refused = store.append(given).expect_err("it is another commit");
    assert_eq!(
        refused.to_string(),
        "commit id 00000000-0000-0000-0000-000000000001 belongs to another commit, at position 1"
    );
}

#[test]
fn an_attachment_is_brought_or_there_already() {
    let text = Attachment::new(b"a long text".to_vec());
    let naming = |id: u128, brought: &[Attachment]| {
        let mut given = commit(id, vec![event("a", "Noted", "{}")]);
        given.events[0].attachments.push(text.id);
        given.attachments = brought.to_vec();
        given
    };
    let store = MemoryStore::new();
    let refused = store.append(naming(1, &[])).expect_err("it is nowhere");
    let expected = format!(
        "attachment {} is neither in the store nor in the commit",
        text.id
    );
    assert_eq!(refused.to_string(), expected);
    let other = Attachment::new(b"another".to_vec());
    store
        .append(naming(1, &[other]))
        .expect_err("another one is brought");
    assert_eq!(store.head(), 0);
    // The id of a commit that was refused is free.
    store
        .append(naming(1, std::slice::from_ref(&text)))
        .expect("it is brought");
    store.append(naming(2, &[])).expect("it is there");
    let kept = store.attachment(text.id).expect("it is read");
    assert_eq!(kept.as_deref(), Some(&text.bytes[..]));
}

#[test]
fn attachments_of_a_refused_commit_are_not_kept() {
    let store = store();
    let text = Attachment::new(b"a long text".to_vec());
    let mut given = expecting("a", &[("a", Expected::Exact(9))]);
    given.events[0].attachments.push(text.id);
    given.attachments.push(text.clone());
    store.append(given).expect_err("it expects another version");
    assert_eq!(store.attachment(text.id).expect("it is read"), None);
}

#[test]
fn an_attachment_under_a_wrong_name_is_named() {
    let mut forged = Attachment::new(b"one".to_vec());
    forged.bytes = b"two".to_vec();
    let mut given = commit(1, vec![event("a", "Noted", "{}")]);
    given.attachments.push(forged.clone());
    let refused = MemoryStore::new().append(given).expect_err("it is forged");
    let AppendError::Malformed(what) = &refused else {
        panic!("{refused}");
    };
    let expected = format!(
        "attachment {} has other bytes than its name says",
        forged.id
    );
    assert_eq!(*what, expected);
    assert_eq!(forged.id, Digest::of(b"one"));
}

#[test]
fn one_event_that_cannot_be_stored_keeps_all_out() {
    let store = store();
    let too_large = format!("\"{}\"", "x".repeat(70_000));
    for bad in [
        event("a", "Noted", "{"),
        event("a b", "Noted", "{}"),
        event("a", "No\"ted", "{}"),
        event("a", "Noted", &too_large),
    ] {
        let events = vec![event("a", "Noted", "{}"), bad, event("b", "Noted", "{}")];
        store.append(commit(2, events)).expect_err("it is refused");
        assert_eq!((store.head(), store.version("a").ok()), (3, Some(2)));
    }
    let stands = read_all(&store, Read::log(1)).count();
    assert_eq!(stands, 3);
}
