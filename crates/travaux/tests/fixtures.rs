//! Every version of every event that was ever written stays readable, and what is written today is what it was.
//!
//! `fixtures/` holds records as they were stored: `TYPE.SCHEMA.json`, with a further word where one file does not show all of a
//! type. They are never changed. A change of an event's serde form makes these tests fail: give the new form a new schema version
//! (`src/upcast.rs`) and a fixture of its own.

use std::{collections::BTreeMap, fs, path::PathBuf};

use serde_json::Value;
use travaux::{decode, domain::Event, encode};
use travaux_store::{Digest, Envelope, NewEvent, Nonce};

struct Fixture {
    name: String,
    kind: String,
    schema: u16,
    bytes: String,
}

fn fixtures() -> Vec<Fixture> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let files = fs::read_dir(&folder)
        .expect("the folder of fixtures")
        .flatten();
    let mut all: Vec<Fixture> = files
        .map(|file| {
            let name = file.file_name().into_string().expect("a name");
            let mut words = name.split('.');
            let kind = words.next().expect("a type").to_owned();
            let schema = words
                .next()
                .and_then(|s| s.parse().ok())
                .expect("a schema version");
            let bytes = fs::read_to_string(file.path())
                .expect("it is read")
                .trim_end()
                .to_owned();
            Fixture {
                name,
                kind,
                schema,
                bytes,
            }
        })
        .collect();
    all.sort_by(|a, b| a.name.cmp(&b.name));
    all
}

/// The event of a fixture, and the record that would be written for it today.
fn read(fixture: &Fixture) -> (Event, NewEvent) {
    let envelope: Envelope<'_> =
        serde_json::from_str(&fixture.bytes).unwrap_or_else(|e| panic!("{}: {e}", fixture.name));
    let recorded = decode(envelope.clone(), |_: Digest| Ok(None))
        .unwrap_or_else(|e| panic!("{}: {e}", fixture.name));
    let (new, attachments) = encode(
        recorded.stream,
        (envelope.id, envelope.nonce.unwrap_or(Nonce([0; 16]))),
        &recorded.event,
        recorded.legal_basis.as_ref(),
    )
    .expect("it is encoded");
    assert!(
        attachments.is_empty(),
        "{}: a fixture holds all of its payload",
        fixture.name
    );
    (recorded.event, new)
}

#[test]
fn every_version_of_every_type_has_a_fixture() {
    let mut versions: BTreeMap<String, (u16, Vec<u16>)> = BTreeMap::new();
    for fixture in fixtures() {
        let (event, new) = read(&fixture);
        assert_eq!(
            (event.type_name(), &new.kind),
            (fixture.kind.as_str(), &fixture.kind),
            "{}",
            fixture.name
        );
        let (current, found) = versions.entry(fixture.kind).or_default();
        *current = new.schema;
        found.push(fixture.schema);
    }
    for kind in Event::types() {
        let (current, found) = versions
            .remove(kind)
            .unwrap_or_else(|| panic!("{kind} has no fixture"));
        for version in 1..=current {
            assert!(
                found.contains(&version),
                "{kind} has no fixture of schema {version}"
            );
        }
    }
    assert!(versions.is_empty(), "there are no such types: {versions:?}");
}

#[test]
fn what_is_written_today_is_what_the_newest_fixture_holds() {
    let mut compared = 0;
    for fixture in fixtures() {
        let (_, new) = read(&fixture);
        if new.schema == fixture.schema {
            let envelope: Envelope<'_> = serde_json::from_str(&fixture.bytes).expect("an envelope");
            assert_eq!(
                new.payload,
                envelope.payload.get(),
                "{}: the form of its payload has changed",
                fixture.name
            );
            compared += 1;
        }
    }
    assert!(
        compared >= Event::types().count(),
        "each type's newest version is compared"
    );
}

#[test]
fn envelopes_are_written_as_they_were() {
    for fixture in fixtures() {
        let envelope: Envelope<'_> = serde_json::from_str(&fixture.bytes).expect("an envelope");
        assert_eq!(
            serde_json::to_string(&envelope).expect("it serialises"),
            fixture.bytes,
            "{}",
            fixture.name
        );
    }
}

#[test]
fn an_event_of_a_newer_program_is_refused_by_name() {
    let fixture = fixtures()
        .into_iter()
        .find(|f| f.kind == "TextAdopted")
        .expect("a fixture");
    let newer = fixture.bytes.replace("\"schema\":1", "\"schema\":9");
    let envelope: Envelope<'_> = serde_json::from_str(&newer).expect("an envelope");
    let error = decode(envelope, |_| Ok(None))
        .expect_err("nobody can read that yet")
        .to_string();
    assert!(
        error.contains("the event TextAdopted (schema 9) cannot be read")
            && error.contains("a newer program wrote it"),
        "{error}"
    );
}

#[test]
fn every_operation_stands_in_a_fixture() {
    let fixture = fixtures()
        .into_iter()
        .find(|f| f.name == "RevisionProposed.1.operations.json")
        .expect("the fixture");
    let record: Value = serde_json::from_str(&fixture.bytes).expect("JSON");
    let operations = record["payload"]["operations"]
        .as_array()
        .expect("operations");
    let found: Vec<_> = operations
        .iter()
        .filter_map(|o| o.as_object()?.keys().next().cloned())
        .collect();
    for name in travaux::text::Operation::NAMES {
        assert!(found.iter().any(|f| f == name), "no fixture shows {name}");
    }
}
