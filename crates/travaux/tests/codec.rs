//! Events of any size go into records of at most 65,535 bytes, and come back as they were.

use std::collections::BTreeMap;

use travaux::{
    Beside, decode,
    domain::{
        AgreementId, Event, Profile, StreamId, agreement::AgreementEvent,
        agreement::RevisionProposed,
    },
    encode, proposal,
    text::{Body, Kind, Lang, NewProvision, Operation},
};
use travaux_store::{
    Attachment, Commit, CommitId, Digest, EnvelopeActor, EventStore as _, MemoryStore, Nonce,
    RECORD_LIMIT, Read,
};
use uuid::Uuid;

const STREAM: StreamId = StreamId::Agreement(AgreementId(Uuid::from_u128(1)));

/// Writes `event` to a store and reads it back; returns how many attachments it took.
fn check(event: &Event) -> usize {
    let (new, attachments) = encode(
        STREAM,
        (Uuid::from_u128(2), Nonce([7; 16])),
        event,
        &Beside::default(),
    )
    .expect("it is encoded");
    let store = MemoryStore::default();
    let count = attachments.len();
    let commit = Commit {
        id: CommitId(Uuid::from_u128(3)),
        recorded_at: "2025-01-01T00:00:00Z".parse().expect("a time"),
        actor: EnvelopeActor {
            party: "FR".into(),
            person: None,
        },
        correlation: Uuid::from_u128(3),
        causation: None,
        guards: Vec::new(),
        events: vec![new],
        attachments,
    };
    store.append(commit).expect("it fits");
    let page = store.read(&Read::log(1)).expect("it is read");
    assert!(page.records[0].bytes().len() <= RECORD_LIMIT);
    let envelope = page.records[0].envelope().expect("an envelope");
    let recorded = decode(envelope, |id| store.attachment(id)).expect("it is decoded");
    assert_eq!(recorded.event, *event);
    count
}

fn proposed(texts: &[(&str, String)]) -> Event {
    let builder = proposal("Accord", Profile::arrangement())
        .party("MA", "Morocco")
        .party("FR", "France");
    let built = texts
        .iter()
        .try_fold(builder, |b, (lang, text)| b.text(lang, text.clone()))
        .expect("languages");
    Event::Agreement(Box::new(AgreementEvent::AgreementProposed(built.build())))
}

fn revised(operations: Vec<Operation>) -> Event {
    let json = r#"{"revision":2,"base":1,"nature":"draft","digests":{},"operations":[]}"#;
    let mut revision: RevisionProposed = serde_json::from_str(json).expect("a revision");
    revision.draft.operations = operations;
    Event::Agreement(Box::new(AgreementEvent::RevisionProposed(revision)))
}

#[test]
fn small_events_stay_in_their_record() {
    assert_eq!(check(&proposed(&[("fr", "Article 1\n".into())])), 0);
    assert_eq!(
        check(&proposed(&[
            ("fr", "é".repeat(11_000)),
            ("ar", String::new())
        ])),
        0
    );
}

#[test]
fn a_long_text_is_an_attachment_whose_bytes_are_the_text() {
    let text = "Les Parties coopèrent. \u{feff}\r\n".repeat(4_000);
    let event = proposed(&[("fr", text.clone()), ("ar", "الطرفان\n".repeat(5_000))]);
    assert_eq!(check(&event), 2);
    let (_, attachments) = encode(
        STREAM,
        (Uuid::from_u128(2), Nonce([7; 16])),
        &event,
        &Beside::default(),
    )
    .expect("it is encoded");
    assert!(
        attachments
            .iter()
            .any(|a: &Attachment| a.bytes == text.as_bytes()
                && a.id == Digest::of(text.as_bytes()))
    );
}

#[test]
fn many_small_changes_are_an_attachment_together() {
    let substitute = |n| {
        Operation::substitute(
            travaux::text::ProvisionId::new(1, n),
            Lang::UNDETERMINED,
            "les",
            "des",
            1,
        )
    };
    assert_eq!(check(&revised((1..=2_000).map(substitute).collect())), 1);
}

#[test]
fn words_that_look_like_a_reference_are_words() {
    let words = r#"{"$text": "0000000000000000000000000000000000000000000000000000000000000000"}"#;
    let long = format!("{words}{}", " $json ".repeat(20_000));
    assert_eq!(check(&proposed(&[("fr", words.into()), ("en", long)])), 1);
    let bodies = BTreeMap::from([(Lang::UNDETERMINED, Body::text_only(words))]);
    let provision = NewProvision {
        kind: Kind::Paragraph,
        rank: 9,
        bodies,
    };
    check(&revised(vec![Operation::Restate {
        provisions: vec![provision; 1_000],
    }]));
}
