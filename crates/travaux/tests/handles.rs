//! Handles: one name for one thing, also where two reach for it at once.

mod common;

use std::{sync::Arc, thread};

use common::{FaultyMemory, by, engine, engine_on, open, proposed};
use travaux::{
    Beside, CommitRequest, Committed, Error, StreamCommand, audit,
    blocking::Engine,
    domain::{
        AgreementId, Event, Handle, Party, Profile, Rule, StreamId,
        agreement::AgreementCommand,
        framework::{Declaration, Foundation, FrameworkCommand, TermChanges, Terms},
        handle::NamingEvent,
    },
    encode,
};
use travaux_store::{
    Commit, CommitId, EnvelopeActor, EventStore as _, Expected, Guard, MemorySnapshots, Nonce,
};
use travaux_testkit::faulty::Gate;
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
    let store = common::store();
    let engine = engine_on(Arc::clone(&store));
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
    let store = common::store();
    let engines = [engine_on(Arc::clone(&store)), engine_on(Arc::clone(&store))];
    let ids = [
        proposed(&engines[0], "Accord"),
        proposed(&engines[1], "Other"),
    ];
    store.close(Gate::Appends);
    let answers = thread::scope(|scope| {
        let asked: Vec<_> = engines
            .iter()
            .zip(ids)
            .map(|(engine, id)| scope.spawn(move || give(engine, id)))
            .collect();
        store.wait_for(Gate::Appends, 2);
        store.open(Gate::Appends);
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

/// A proposal in one commit with its handle: made, or `given`.
fn begun(engine: &Engine, title: &str, given: Option<&str>) -> (AgreementId, Committed) {
    let id = engine.new_agreement_id();
    let draft = travaux::proposal(title, Profile::arrangement())
        .party("FR", "France")
        .party("MA", "Maroc")
        .text("fr", "## Article 1\n")
        .expect("a text")
        .build();
    let propose = AgreementCommand::Propose(Box::new(draft));
    let given = given.map(|h| h.parse::<Handle>().expect("a handle"));
    let acts = std::iter::once(StreamCommand::Agreement(id, propose))
        .chain(given.map(|h| h.give(StreamId::Agreement(id))));
    let request = CommitRequest::new(by("FR"), acts.collect()).with_handles();
    (id, engine.commit_request(&request).expect("it is proposed"))
}

fn handle_of(engine: &Engine, id: AgreementId) -> String {
    let register = engine.register().expect("the register");
    let handle = register.agreements[&id].handle.clone();
    handle.expect("it has a handle").to_string()
}

fn pact(title: &str) -> FrameworkCommand {
    let foundation = Foundation {
        title: title.into(),
        declaration: Declaration {
            title: "declaration".into(),
            made: "2024".into(),
            by: vec!["FR".into()],
        },
        parties: ["FR", "MA"]
            .map(|p| Party {
                id: p.into(),
                name: p.into(),
            })
            .into(),
        areas: Vec::new(),
    };
    FrameworkCommand::FrameworkProposed {
        on: chrono::DateTime::UNIX_EPOCH.date_naive(),
        terms: Arc::new(Terms::from(foundation)),
    }
}

#[test]
fn what_a_commit_begins_gets_a_handle_made_from_its_title() {
    let engine = engine();
    let (first, committed) = begun(&engine, "Accord sur l'eau", None);
    assert_eq!(committed.events.len(), 2, "the handle is in its commit");
    assert_eq!(handle_of(&engine, first), "eau");

    // The same title again: a suffix of random bits, never a count.
    let (second, _) = begun(&engine, "Accord sur l'eau", None);
    let made = handle_of(&engine, second);
    let suffix = made.strip_prefix("eau-");
    assert_eq!(suffix.map(str::len), Some(3), "{made}");

    // One that was given is the only one.
    let (third, committed) = begun(&engine, "Accord sur l'eau", Some("water"));
    assert_eq!(handle_of(&engine, third), "water");
    assert_eq!(committed.events.len(), 2);
}

#[test]
fn a_handle_outlives_what_it_named() {
    let engine = engine();
    let (first, _) = begun(&engine, "Accord", None);
    let abandon = AgreementCommand::AbandonNegotiation {
        reason: Some("no need".into()),
    };
    engine
        .act(first, &by("FR"), [abandon])
        .expect("it is abandoned");
    let (second, _) = begun(&engine, "Accord", None);
    assert_eq!(handle_of(&engine, first), "accord");
    assert_ne!(handle_of(&engine, second), "accord");
    let again: Handle = "accord".parse().expect("a handle");
    let acts = vec![again.give(StreamId::Agreement(second))];
    is_taken(engine.commit(None, &by("FR"), acts).map(|_| ()));
}

#[test]
fn of_two_that_begin_at_once_under_one_title_each_gets_its_own() {
    let store = common::store();
    let engines = [engine_on(Arc::clone(&store)), engine_on(Arc::clone(&store))];
    store.close(Gate::Appends);
    let ids = thread::scope(|scope| {
        let asked: Vec<_> = engines
            .iter()
            .map(|engine| scope.spawn(move || begun(engine, "Accord", None).0))
            .collect();
        store.wait_for(Gate::Appends, 2);
        store.open(Gate::Appends);
        asked
            .into_iter()
            .map(|asked| asked.join().expect("no panic"))
            .collect::<Vec<_>>()
    });
    let mut handles: Vec<_> = ids.iter().map(|id| handle_of(&engines[0], *id)).collect();
    handles.sort();
    assert_eq!(handles[0], "accord");
    assert!(handles[1].starts_with("accord-"), "{handles:?}");
}

#[test]
fn a_repeated_commit_is_answered_with_the_handle_that_it_was_given() {
    let engine = engine();
    let id = engine.new_framework_id();
    let found = |title: &str| vec![StreamCommand::Framework(id, pact(title))];
    let commit = CommitId(Uuid::from_u128(7));
    let named = |acts| {
        let request = CommitRequest::new(by("FR"), acts).id(commit).with_handles();
        engine.commit_request(&request)
    };
    let first = named(found("Pact")).expect("it is founded");
    assert_eq!(first.events.len(), 2);
    let again = named(found("Pact")).expect("it is the same commit");
    assert!(again.repeated);
    assert_eq!(again.events, first.events);
    let view = engine.framework(id).expect("it is on record");
    assert_eq!(
        view.handle.as_ref().map(ToString::to_string),
        Some("pact".into())
    );

    let taken = |answer: Result<Committed, Error>| match answer {
        Err(Error::CommitIdTaken(_)) => {}
        other => panic!("expected that the id is taken, found {other:?}"),
    };
    taken(named(found("Another")));
    // Who asks for no handle asks for another commit.
    taken(engine.commit(Some(commit), &by("FR"), found("Pact")));
}

#[test]
fn who_asks_for_handles_is_not_answered_with_a_commit_that_made_none() {
    let engine = engine();
    let id = engine.new_framework_id();
    let found = || vec![StreamCommand::Framework(id, pact("Pact"))];
    let commit = CommitId(Uuid::from_u128(7));
    let plain = CommitRequest::new(by("FR"), found()).id(commit);
    engine.commit_request(&plain).expect("it is founded");
    let named = plain.clone().with_handles();
    let taken = engine
        .commit_request(&named)
        .expect_err("it made no handle");
    assert!(matches!(taken, Error::CommitIdTaken(_)), "{taken}");
    assert!(engine.commit_request(&plain).expect("as before").repeated);

    // Where there is nothing to name, or one of the acts names it, both ask for the same.
    let revised = |n: u128, title: &str| {
        let revision = FrameworkCommand::FrameworkRevised {
            on: chrono::DateTime::UNIX_EPOCH.date_naive(),
            base: 1,
            changes: Arc::new(TermChanges {
                title: Some(title.into()),
                ..TermChanges::default()
            }),
        };
        let acts = vec![StreamCommand::Framework(id, revision)];
        CommitRequest::new(by("FR"), acts).id(CommitId(Uuid::from_u128(n)))
    };
    engine
        .commit_request(&revised(8, "Trade"))
        .expect("revised");
    let again = engine.commit_request(&revised(8, "Trade").with_handles());
    assert!(again.expect("nothing begins").repeated);

    let other = engine.new_framework_id();
    let acts = vec![
        StreamCommand::Framework(other, pact("Other")),
        sec().give(StreamId::Framework(other)),
    ];
    let own = CommitRequest::new(by("FR"), acts).id(CommitId(Uuid::from_u128(9)));
    engine.commit_request(&own).expect("it is founded");
    let again = engine.commit_request(&own.clone().with_handles());
    assert!(again.expect("it has its handle").repeated);
}

#[test]
fn what_the_actor_may_not_name_goes_without() {
    let engine = engine();
    let id = engine.new_agreement_id();
    let draft = travaux::proposal("Code civil", Profile::imported())
        .party("FR", "Ministry of Justice")
        .text("fr", "## Article 1\n")
        .expect("a text")
        .build();
    let propose = AgreementCommand::Propose(Box::new(draft));
    let acts = vec![StreamCommand::Agreement(id, propose)];
    let request = CommitRequest::new(by("secretariat"), acts).with_handles();
    let request = request.id(CommitId(Uuid::from_u128(7)));
    let committed = engine.commit_request(&request).expect("it is imported");
    assert_eq!(committed.events.len(), 1);
    // And the same again is the same, though it has no handle.
    let again = engine.commit_request(&request).expect("as before");
    assert!(again.repeated);
}

#[test]
fn what_has_no_parties_is_named_by_whoever_keeps_the_record() {
    let engine = engine();
    let id = engine.new_agreement_id();
    let draft = travaux::proposal("Code civil", Profile::imported())
        .text("fr", "## Article 1\n")
        .expect("a text")
        .build();
    let propose = AgreementCommand::Propose(Box::new(draft));
    engine
        .act(id, &by("travaux-import"), [propose])
        .expect("it is imported");
    let acts = vec![sec().give(StreamId::Agreement(id))];
    engine
        .commit(None, &by("clerk"), acts)
        .expect("nobody else could");
    assert_eq!(handle_of(&engine, id), "sec");
}

/// Writes that `sec` names `to` into `stream`, as no engine would.
fn forge(store: &FaultyMemory, stream: StreamId, to: AgreementId) {
    let event = Event::Naming(NamingEvent::HandleGiven {
        handle: sec(),
        to: StreamId::Agreement(to),
    });
    let (id, nonce) = (Uuid::now_v7(), Nonce([7; 16]));
    let (new, _) = encode(stream, (id, nonce), &event, &Beside::default()).expect("it is encoded");
    let version = store.version(&stream.to_string()).expect("a version");
    let expected = match version {
        0 => Expected::NoStream,
        version => Expected::Exact(version),
    };
    let commit = Commit {
        id: CommitId(id),
        recorded_at: chrono::DateTime::from_timestamp(1_800_009_000, 0).expect("a time"),
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
        let store = common::store();
        let snapshots = Arc::new(MemorySnapshots::default());
        let engine = open(Arc::clone(&store), snapshots.clone());
        let (first, second) = (proposed(&engine, "Accord"), proposed(&engine, "Other"));
        give(&engine, first).expect("it is free");
        let check = || audit(&*store, &MemorySnapshots::default(), |_| {}).expect("it is read");
        assert!(check().findings.is_empty());
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
                .any(|f| f.position == Some(4) && f.what.to_string().contains(says)),
            "{findings:?}"
        );
    }
}
