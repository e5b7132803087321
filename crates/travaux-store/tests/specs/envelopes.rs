//! Three ways to read a record, the whole of it, what a decoder asks for and what an index asks for: they
//! say the same, and the same bytes are damage to each.

use std::sync::Arc;

use proptest::prelude::*;
use travaux_store::{
    Attachment, Commit, Digest, EventStore, MemoryStore, Nonce, Read, Record,
    conformance::{commit, event},
    read_all,
};
use uuid::Uuid;

fn records(commits: impl IntoIterator<Item = Commit>) -> Vec<Record> {
    let store = MemoryStore::new();
    for commit in commits {
        store.append(commit).expect("it is appended");
    }
    let all = read_all(&store, Read::log(1));
    all.map(|record| record.expect("it is read")).collect()
}

fn of(position: u64, bytes: &str) -> Record {
    let page = Arc::new(bytes.as_bytes().to_vec());
    let length = page.len();
    Record::new(position, page, 0..length)
}

/// A record, as text.
fn good() -> String {
    let record = records([commit(7, vec![event("s", "Noted", "{\"n\":1}")])]);
    String::from_utf8(record[0].bytes().to_vec()).expect("UTF-8")
}

proptest! {
    #[test]
    fn a_record_says_what_was_appended_however_it_is_read(
        party in "[A-Z]{2}|é \"\\\\x",
        person in prop::option::of("[a-z \"\u{e9}\\n]{0,6}"),
        kind in "[A-Z][a-zé ,:{}]{0,8}",
        schema in any::<u16>(),
        caused in any::<bool>(),
        attached in 0..3_usize,
        value in "\\PC{0,8}",
        seconds in -62_000_000_000_i64..253_000_000_000,
        nonce in any::<[u8; 16]>(),
    ) {
        let payload = serde_json::to_string(&value).expect("JSON");
        let mut given = commit(7, vec![event("first", "Noted", "{}"), event("s", &kind, &payload)]);
        given.recorded_at += chrono::TimeDelta::seconds(seconds);
        given.actor = travaux_store::EnvelopeActor { party, person };
        given.causation = caused.then(|| Uuid::from_u128(9));
        given.events[1].schema = schema;
        given.events[1].nonce = Nonce(nonce);
        for text in 0..attached {
            let attachment = Attachment::new(vec![text as u8]);
            given.events[1].attachments.push(attachment.id);
            given.attachments.push(attachment);
        }
        let record = records([given.clone()]).remove(1);
        let envelope = record.envelope().expect("an envelope");
        prop_assert_eq!((envelope.position, envelope.stream, envelope.version), (2, "s", 1));
        prop_assert_eq!((envelope.kind, envelope.schema), (&*kind, schema));
        prop_assert_eq!(envelope.recorded_at, given.recorded_at);
        prop_assert_eq!(&envelope.actor, &given.actor);
        prop_assert_eq!((envelope.commit, envelope.correlation), (given.id, given.correlation));
        prop_assert_eq!((envelope.causation, envelope.nonce), (given.causation, Some(Nonce(nonce))));
        prop_assert_eq!(&envelope.attachments, &given.events[1].attachments);
        prop_assert_eq!(envelope.payload.get(), &payload);

        let decoded = record.encoded_event().expect("an event");
        prop_assert_eq!(&decoded, &envelope.clone().into());
        let header = record.header().expect("a header");
        prop_assert_eq!((header.stream, header.version, header.commit), ("s", 1, given.id));
        prop_assert_eq!(record.kind(), Some(&*kind));
    }
}

/// What is said of a record with these bytes, by each way to read it that looks there.
#[track_caller]
fn check(position: u64, bytes: &str, envelope: &str, header: Option<&str>) {
    let record = of(position, bytes);
    let at = format!("damage at position {position}: ");
    let said = record.envelope().map(drop).expect_err("it is damaged");
    assert!(
        said.to_string().starts_with(&(at.clone() + envelope)),
        "{said}"
    );
    let said = record.header().map(drop).map_err(|e| e.to_string()).err();
    match header {
        None => assert_eq!(said, None),
        Some(header) => {
            let said = said.expect("it is damaged");
            assert!(said.starts_with(&(at + header)), "{said}");
        }
    }
}

#[test]
fn damage_is_told_with_its_place_and_what_an_index_does_not_read_it_does_not_judge() {
    let good = good();
    let elsewhere = "the record says that it stands at position 1";
    check(3, &good, elsewhere, Some(elsewhere));
    let eof = "the record is no envelope: EOF";
    check(1, "", eof, Some(eof));
    check(1, &good[..good.len() - 1], eof, Some(eof));
    let odd = good.replace("\"schema\":1", "\"schema\":70000");
    check(
        1,
        &odd,
        "the record is no envelope: invalid value: integer `70000`",
        None,
    );
    let odd = good.replace("\"payload\"", "\"pay\"");
    check(
        1,
        &odd,
        "the record is no envelope: unknown field `pay`",
        None,
    );
    let odd = good.replace("1970-01-01", "1970-13-01");
    check(1, &odd, "the record is no envelope: ", None);
    let odd = good.replace("\"version\":1,", "");
    let missing = "the record is no envelope: missing field `version`";
    check(1, &odd, missing, Some(missing));
    let more = format!("{good} ");
    assert!(
        of(1, &more).envelope().is_ok(),
        "space behind it is no damage"
    );
    let more = format!("{good}x");
    let trailing = "the record is no envelope: trailing characters";
    check(1, &more, trailing, Some(trailing));
}

#[test]
fn a_range_that_is_not_in_its_page_is_an_empty_record() {
    let page = Arc::new(b"abc".to_vec());
    let record = Record::new(1, Arc::clone(&page), 2..9);
    assert_eq!(record.bytes(), b"");
    let damage = record.envelope().map(drop).expect_err("it is damaged");
    assert!(damage.to_string().starts_with("damage at position 1: "));
    assert_eq!(Record::new(1, page, 1..3).bytes(), b"bc");
}

#[test]
fn names_of_attachments_are_their_digests() {
    let text = Attachment::new(b"abc".to_vec());
    // NIST's example for SHA-256.
    let name = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    assert_eq!(text.id.to_string(), name);
    assert_eq!(name.parse::<Digest>().expect("a digest"), text.id);
    for wrong in ["", &name[1..], &name.replace('b', "g")] {
        wrong.parse::<Digest>().expect_err("it is none");
    }
}
