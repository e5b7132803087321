//! Records: the bytes that DESIGN.md specifies, and what is said of others.

use std::sync::Arc;

use travaux_store::{
    AppendError, Attachment, Commit, Draft, EventReader, EventStore, Expected, MemoryStore,
    RECORD_LIMIT, Read, Record,
    conformance::{commit, event},
    read_all,
};
use uuid::Uuid;

/// What a commit is written as in an empty store.
fn written(commit: Commit) -> Vec<String> {
    let store = MemoryStore::new();
    store.append(commit).expect("it is appended");
    read_all(&store, Read::log(1))
        .map(|record| {
            String::from_utf8(record.expect("it is read").bytes().to_vec()).expect("UTF-8")
        })
        .collect()
}

const NIL: &str = "00000000-0000-0000-0000-00000000000";

#[test]
fn the_fields_stand_in_their_order_and_the_payload_as_it_was_given() {
    let mut given = commit(
        7,
        vec![event("agreement-1", "Noted", r#"{ "b":1.50, "a":"é" }"#)],
    );
    given.events[0].schema = 3;
    assert_eq!(
        written(given),
        [format!(
            concat!(
                r#"{{"envelope":2,"position":1,"stream":"agreement-1","version":1,"id":"{nil}1","#,
                r#""nonce":"07070707070707070707070707070707","type":"Noted","schema":3,"#,
                r#""recorded_at":"1970-01-01T00:00:00Z","actor":{{"party":"FR"}},"commit":"{nil}7","#,
                r#""correlation":"{nil}7","payload":{{ "b":1.50, "a":"é" }}}}"#,
            ),
            nil = NIL
        )]
    );
}

#[test]
fn what_may_be_absent_stands_where_it_is_present() {
    let text = Attachment::new(b"a long text".to_vec());
    let mut given = commit(7, vec![event("s", "Noted", "null")]);
    given.actor.person = Some("the \"minister\"".into());
    given.causation = Some(Uuid::from_u128(9));
    given.events[0].attachments.push(text.id);
    given.attachments.push(text.clone());
    let record = &written(given)[0];
    let end = format!(
        r#""actor":{{"party":"FR","person":"the \"minister\""}},"commit":"{NIL}7","correlation":"{NIL}7","causation":"{NIL}9","attachments":["{}"],"payload":null}}"#,
        text.id
    );
    assert!(record.ends_with(&end), "{record}");
}

#[test]
fn a_commit_that_no_store_can_hold_says_why() {
    let of =
        |stream: &str, kind: &str, payload: &str| commit(1, vec![event(stream, kind, payload)]);
    let forged = || {
        let mut attachment = Attachment::new(b"one".to_vec());
        attachment.bytes = b"two".to_vec();
        let mut given = of("s", "Noted", "{}");
        given.attachments.push(attachment);
        given
    };
    let long = "s".repeat(201);
    for (given, says) in [
        (commit(1, vec![]), "it has no event"),
        (
            of("", "Noted", "{}"),
            "`` is no stream name (1 to 200 ASCII letters, digits and -_.:)",
        ),
        (of("a b", "Noted", "{}"), "`a b` is no stream name"),
        (of("é", "Noted", "{}"), "`é` is no stream name"),
        (of("a/b", "Noted", "{}"), "`a/b` is no stream name"),
        (of(&long, "Noted", "{}"), "is no stream name"),
        (of("s", "", "{}"), "`` is no type of event (1 to 200 bytes"),
        (of("s", "a\"b", "{}"), "`a\\\"b` is no type of event"),
        (of("s", "a\nb", "{}"), "`a\\nb` is no type of event"),
        (of("s", "a\\b", "{}"), "is no type of event"),
        (of("s", &long, "{}"), "is no type of event"),
        (
            of("s", "Noted", "{"),
            "the payload of a Noted is no JSON: EOF",
        ),
        (of("s", "Noted", ""), "the payload of a Noted is no JSON"),
        (
            of("s", "Noted", "{} {}"),
            "the payload of a Noted is no JSON: trailing characters",
        ),
        (forged(), "has other bytes than its name says"),
    ] {
        let store = MemoryStore::new();
        let refused = store.append(given).expect_err("it is refused").to_string();
        assert!(
            refused.starts_with("the commit cannot be stored: "),
            "{refused}"
        );
        assert!(refused.contains(says), "{refused}");
        assert_eq!(store.head(), 0, "nothing of it was appended");
    }
    for (stream, kind) in [
        ("a-B_9.:", "Noted"),
        (&"s".repeat(200), "Überholt"),
        ("s", "a 'b'"),
    ] {
        assert_eq!(
            written(of(stream, kind, " [1] ")).len(),
            1,
            "{stream} {kind}"
        );
    }
}

#[test]
fn a_record_may_have_so_many_bytes_and_no_more() {
    let with = |length: usize| {
        commit(
            1,
            vec![event("s", "Noted", &format!("\"{}\"", "x".repeat(length)))],
        )
    };
    let around = written(with(0))[0].len();
    let fits = written(with(RECORD_LIMIT - around));
    assert_eq!(fits[0].len(), RECORD_LIMIT);
    let refused = MemoryStore::new().append(with(RECORD_LIMIT - around + 1));
    let refused = refused.expect_err("it is too large").to_string();
    assert_eq!(
        refused,
        "the record of a Noted in s has 65536 bytes, the limit is 65535: attach its texts"
    );
}

#[test]
fn a_draft_is_placed_by_versions_guards_and_attachments() {
    let absent = Attachment::new(b"absent".to_vec());
    let mut given = commit(
        1,
        vec![
            event("a", "X", "1"),
            event("b", "Y", "2"),
            event("a", "Z", "3"),
        ],
    );
    given.guards.push(travaux_store::Guard {
        stream: "c".into(),
        expected: Expected::Exact(4),
    });
    given.events[1].attachments.push(absent.id);
    let draft = Draft::new(given).expect("it is well formed");
    let place = |c: u64, has: bool| {
        let version = |stream: &str| Ok(if stream == "c" { c } else { 10 });
        draft.place(100, version, |_| Ok(has))
    };
    let prepared = place(4, true).expect("it fits");
    let streams: Vec<_> = prepared
        .streams
        .iter()
        .map(|(stream, (first, positions))| (stream.as_str(), *first, positions.clone()))
        .collect();
    assert_eq!(streams, [("a", 11, vec![101, 103]), ("b", 11, vec![102])]);
    let conflict = place(5, true).expect_err("c is at another version");
    assert_eq!(
        conflict.to_string(),
        "conflict on c: expected version 4, found version 5"
    );
    let missing = place(4, false).expect_err("nobody has the attachment");
    assert!(matches!(missing, AppendError::MissingAttachment(id) if id == absent.id));
    let expected = format!(
        "attachment {} is neither in the store nor in the commit",
        absent.id
    );
    assert_eq!(missing.to_string(), expected);
}

fn record(position: u64, bytes: &str) -> Record {
    Record::new(
        position,
        Arc::new(bytes.as_bytes().to_vec()),
        0..bytes.len(),
    )
}

#[test]
fn bytes_that_are_no_envelope_are_damage_and_its_place_is_named() {
    let good = &written(commit(7, vec![event("s", "Noted", "{}")]))[0];
    assert!(record(1, good).envelope().is_ok());
    for (position, bytes, says) in [
        (
            2,
            good.clone(),
            "the record says that it stands at position 1",
        ),
        (1, good.replace("\"s\"", "s"), "the record is no envelope: "),
        (
            1,
            good.replace("\"schema\":1,", ""),
            "the record is no envelope: missing field `schema`",
        ),
        (
            1,
            good.replace("\"schema\"", "\"scheme\""),
            "the record is no envelope: unknown field `scheme`",
        ),
        (
            1,
            good[..good.len() - 3].to_owned(),
            "the record is no envelope: EOF",
        ),
        (1, String::new(), "the record is no envelope: EOF"),
    ] {
        let record = record(position, &bytes);
        let place = format!("damage at position {position}: ");
        let envelope = record.envelope().map(drop).expect_err("it is damaged");
        let encoded = record.encoded_event().map(drop).expect_err("it is damaged");
        for damage in [envelope, encoded] {
            let damage = damage.to_string();
            assert!(damage.starts_with(&(place.clone() + says)), "{damage}");
        }
    }
}

#[test]
fn an_envelope_of_the_first_format_is_still_read() {
    let good = &written(commit(7, vec![event("s", "Noted", "{}")]))[0];
    let first = good
        .replace("\"envelope\":2", "\"envelope\":1")
        .replace("\"nonce\":\"07070707070707070707070707070707\",", "");
    let record = record(1, &first);
    let envelope = record.envelope().expect("it is read");
    assert_eq!(
        (envelope.envelope, envelope.nonce, envelope.kind),
        (1, None, "Noted")
    );
    assert_eq!(record.kind(), Some("Noted"));
}

/// Whatever stood before: another commit, other bytes of the same, or damage.
#[test]
fn one_record_after_another_is_read_as_each_alone() {
    let noted = |n| written(commit(n, vec![event("s", "Noted", r#"{"a":1}"#)])).remove(0);
    let (good, other) = (noted(7), noted(8));
    let escaped = good.replace("\"FR\"", "\"F\\u0052\"");
    let cut = good[..good.len() - 3].to_owned();
    let records: Vec<Record> = [&good, &escaped, &cut, &other, &good]
        .into_iter()
        .map(|bytes| record(1, bytes))
        .collect();
    let mut reader = EventReader::default();
    for (at, record) in records.iter().enumerate() {
        let read = reader.read(record);
        assert_eq!(read.is_err(), at == 2, "{at}: {read:?}");
        assert_eq!(read.ok(), record.encoded_event().ok(), "{at}");
    }
    let moved = record(2, &good);
    let said = reader.read(&moved).map(drop);
    assert!(said.is_err_and(|e| e.to_string().contains("it stands at position 1")));
}
