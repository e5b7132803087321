//! Handles: one name for one thing, also where two reach for it at once.

mod common;

use std::{sync::Arc, thread};

use common::{Watched, by, engine_on, open, proposed};
use travaux::{
    Error, audit,
    blocking::Engine,
    domain::{AgreementId, Event, Handle, Rule, StreamId, handle::NamingEvent},
    encode,
};
use travaux_store::{
    Commit, CommitId, EnvelopeActor, EventStore as _, Expected, Guard, MemorySnapshots, Nonce,
};
use uuid::Uuid;

fn sec() -> Handle {
    "sec".parse().expect("a handle")
}

fn give(engine: &Engine, to: AgreementId) -> Result<(), Error> {
    let acts = vec![sec().give(StreamId::Agreement(to))];
    engine.commit(None, &by("FR"), acts).map(|_| ())
}

#[track_caller]
fn is_taken(answer: Result<(), Error>) {
    match answer {
        Err(Error::Refused(refusal)) => assert_eq!(refusal.rule, Rule::RC2, "{refusal}"),
        other => panic!("expected a refusal under RC2, found {other:?}"),
    }
}

#[test]
fn a_handle_names_one_thing_and_the_views_know_it() {
    let store = Watched::default();
    let engine = engine_on(store.clone());
    let (first, second) = (proposed(&engine, "Accord"), proposed(&engine, "Other"));
    give(&engine, first).expect("it is free");
    is_taken(give(&engine, second));
    is_taken(give(&engine, first));
    for engine in [engine, engine_on(store)] {
        let register = engine.register().expect("the register");
        assert_eq!(
            register.handles.get(&sec()),
            Some(&StreamId::Agreement(first))
        );
        assert_eq!(register.agreements[&first].handle, Some(sec()));
        assert_eq!(register.agreements[&second].handle, None);
    }
}

#[test]
fn of_two_that_reach_for_a_handle_at_once_one_gets_it() {
    // Two engines, as two processes: each decides before the other has written.
    let store = Watched::default();
    let engines = [engine_on(store.clone()), engine_on(store.clone())];
    let ids = [
        proposed(&engines[0], "Accord"),
        proposed(&engines[1], "Other"),
    ];
    store.gate.shut();
    let answers = thread::scope(|scope| {
        let asked: Vec<_> = engines
            .iter()
            .zip(ids)
            .map(|(engine, id)| scope.spawn(move || give(engine, id)))
            .collect();
        store.gate.wait_for(2);
        store.gate.open();
        asked
            .into_iter()
            .map(|asked| asked.join().expect("no panic"))
            .collect::<Vec<_>>()
    });
    let (given, refused): (Vec<_>, Vec<_>) = answers.into_iter().partition(Result::is_ok);
    assert_eq!((given.len(), refused.len()), (1, 1));
    refused.into_iter().for_each(is_taken);
    let register = engines[0].register().expect("the register");
    assert_eq!(register.handles.len(), 1);
}

/// Writes that `sec` names `to` into `stream`, as no engine would.
fn forge(store: &Watched, stream: StreamId, to: AgreementId) {
    let event = Event::Naming(NamingEvent::HandleGiven {
        handle: sec(),
        to: StreamId::Agreement(to),
    });
    let (id, nonce) = (Uuid::now_v7(), Nonce([7; 16]));
    let (new, _) = encode(stream, (id, nonce), &event, None).expect("it is encoded");
    let version = store.version(&stream.to_string()).expect("a version");
    let expected = match version {
        0 => Expected::NoStream,
        version => Expected::Exact(version),
    };
    let commit = Commit {
        id: CommitId(id),
        recorded_at: chrono::DateTime::from_timestamp(1_800_000_000, 0).expect("a time"),
        actor: EnvelopeActor {
            party: "FR".into(),
            person: None,
        },
        correlation: id,
        causation: None,
        guards: vec![Guard {
            stream: stream.to_string(),
            expected,
        }],
        events: vec![new],
        attachments: Vec::new(),
    };
    store.append(commit).expect("the store takes it");
}

#[test]
fn an_audit_finds_a_handle_that_was_given_twice() {
    for (own_stream, says) in [
        (true, "never given"),
        (false, "the stream that it names itself"),
    ] {
        let store = Watched::default();
        let snapshots = Arc::new(MemorySnapshots::default());
        let engine = open(store.clone(), snapshots.clone());
        let (first, second) = (proposed(&engine, "Accord"), proposed(&engine, "Other"));
        give(&engine, first).expect("it is free");
        let check = || audit(&store, &MemorySnapshots::default(), |_| {}).expect("it is read");
        assert_eq!(check().findings, []);
        let stream = if own_stream {
            StreamId::Naming(sec().stream_id())
        } else {
            StreamId::Naming(Uuid::now_v7())
        };
        forge(&store, stream, second);
        let findings = check().findings;
        assert!(
            findings
                .iter()
                .any(|f| f.position == Some(4) && f.what.contains(says)),
            "{findings:?}"
        );
    }
}
