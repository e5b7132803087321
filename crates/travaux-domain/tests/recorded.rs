//! The form of a recorded event that services send on. A change here is a change for everybody who reads it.

use serde_json::{Value, json};
use travaux_domain::{
    Actor, AgreementId, Event, EventId, LegalBasis, PartyId, Recorded, Revision, Rule, StreamId,
    agreement::{AgreementEvent, Answered},
    source::SourceEvent,
};
use uuid::Uuid;

fn recorded(stream: StreamId, event: Event, legal_basis: Option<LegalBasis>) -> Recorded {
    Recorded {
        position: 7,
        stream,
        version: 2,
        id: EventId(Uuid::from_u128(9)),
        recorded_at: "2025-01-02T03:04:05.678Z".parse().expect("a time"),
        actor: Actor::party("MA"),
        event,
        legal_basis,
        done_on: None,
    }
}

fn check(recorded: &Recorded, expected: Value) {
    let text = serde_json::to_string(recorded).expect("it serialises");
    assert_eq!(
        serde_json::from_str::<Value>(&text).expect("JSON"),
        expected
    );
}

#[test]
fn an_event_goes_on_with_its_place_its_actor_and_its_legal_basis() {
    let accepted = Answered {
        revision: Revision::FIRST,
        party: PartyId::from("MA"),
        reason: None,
    };
    let event = Event::Agreement(Box::new(AgreementEvent::RevisionAccepted(accepted)));
    let stream = StreamId::Agreement(AgreementId(Uuid::from_u128(1)));
    check(
        &recorded(
            stream,
            event,
            Some(LegalBasis::of(Rule::T3).by("Article 9")),
        ),
        json!({
            "position": 7,
            "stream": "agreement-00000000-0000-0000-0000-000000000001",
            "version": 2,
            "id": "00000000-0000-0000-0000-000000000009",
            "type": "RevisionAccepted",
            "recorded_at": "2025-01-02T03:04:05.678Z",
            "actor": { "party": "MA", "person": null },
            "legal_basis": { "rule": "T3", "kind": "record", "clause": "Article 9" },
            "event": { "RevisionAccepted": { "revision": 1, "party": "MA", "reason": null } },
        }),
    );
}

#[test]
fn the_day_that_was_said_goes_on_beside_the_event() {
    let event = Event::Agreement(Box::new(AgreementEvent::NegotiationAbandoned {
        reason: None,
    }));
    let stream = StreamId::Agreement(AgreementId(Uuid::from_u128(1)));
    let dated = Recorded {
        done_on: Some("2024-12-24".parse().expect("a day")),
        ..recorded(stream, event, None)
    };
    check(
        &dated,
        json!({
            "position": 7,
            "stream": "agreement-00000000-0000-0000-0000-000000000001",
            "version": 2,
            "id": "00000000-0000-0000-0000-000000000009",
            "type": "NegotiationAbandoned",
            "recorded_at": "2025-01-02T03:04:05.678Z",
            "actor": { "party": "MA", "person": null },
            "done_on": "2024-12-24",
            "event": { "NegotiationAbandoned": { "reason": null } },
        }),
    );
    assert_eq!(dated.describe().done_on, dated.done_on);
    assert_eq!(dated.context().day().to_string(), "2024-12-24");
}

#[test]
fn a_record_from_before_rules_were_recorded_says_nothing_of_them() {
    let event = Event::Source(SourceEvent::CommitsRead {
        commits: Vec::new(),
    });
    check(
        &recorded(StreamId::Source(Uuid::from_u128(1)), event, None),
        json!({
            "position": 7,
            "stream": "source-00000000-0000-0000-0000-000000000001",
            "version": 2,
            "id": "00000000-0000-0000-0000-000000000009",
            "type": "CommitsRead",
            "recorded_at": "2025-01-02T03:04:05.678Z",
            "actor": { "party": "MA", "person": null },
            "event": { "CommitsRead": { "commits": [] } },
        }),
    );
}

/// A replay moves each event several times: what is large stands behind a pointer, as the list of kinds says.
#[test]
fn an_event_of_any_kind_is_small_to_move() {
    assert!(size_of::<Event>() <= 80, "{} bytes", size_of::<Event>());
    assert!(
        size_of::<Recorded>() <= 232,
        "{} bytes",
        size_of::<Recorded>()
    );
}
