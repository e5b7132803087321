//! What a caller may ask of a commit, and what readers see while commits are done: each whole, in
//! order, never going back.

mod common;

use std::{
    sync::atomic::{AtomicBool, Ordering},
    thread,
};

use common::{accept, adopt, by, engine, engine_on, proposed, revise};
use travaux::{
    CommitRequest, Error, StreamCommand,
    blocking::Engine,
    domain::{
        Actor, AgreementId, EventId, FrameworkId, PackageId, StreamId,
        agreement::AgreementCommand as C,
    },
    projections::Register,
};
use travaux_store::{CommitId, Expected, Read};
use travaux_testkit::faulty::Fault;
use uuid::Uuid;

const KEY: CommitId = CommitId(Uuid::from_u128(7));

fn on(id: AgreementId, commands: impl IntoIterator<Item = C>) -> Vec<StreamCommand> {
    let act = |command| StreamCommand::Agreement(id, command);
    commands.into_iter().map(act).collect()
}

/// A request by Morocco.
fn asks(acts: Vec<StreamCommand>) -> CommitRequest {
    CommitRequest::new(by("MA"), acts)
}

#[test]
fn every_expectation_holds_or_nothing_is_done() {
    use Expected::{Any, Exact, NoStream};
    let nowhere = Uuid::from_u128(1);
    let framework = StreamId::Framework(FrameworkId(nowhere));
    let package = StreamId::Package(PackageId(nowhere));
    for (own, other, beside, fails) in [
        (Exact(1), Exact(1), NoStream, None),
        (Any, Any, Any, None),
        (Exact(1), Any, Exact(0), None),
        (Exact(2), Exact(1), NoStream, Some((0, 1))),
        (Exact(0), Exact(1), NoStream, Some((0, 1))),
        (NoStream, Exact(1), NoStream, Some((0, 1))),
        (Exact(1), Exact(2), NoStream, Some((1, 1))),
        (Exact(1), NoStream, NoStream, Some((1, 1))),
        (Exact(1), Exact(1), Exact(1), Some((2, 0))),
        // The first that does not hold is named, in the order in which they were given.
        (Exact(1), Exact(9), Exact(9), Some((1, 1))),
    ] {
        let engine = engine();
        let (id, second) = (proposed(&engine, "Accord"), proposed(&engine, "Other"));
        let streams = [
            StreamId::Agreement(id),
            StreamId::Agreement(second),
            framework,
        ];
        let expected = [own, other, beside];
        let request = streams
            .into_iter()
            .zip(expected)
            .fold(asks(on(id, [accept(1)])), |request, (stream, version)| {
                request.expecting(stream, version)
            })
            .expecting(package, NoStream);
        match (engine.commit_request(&request), fails) {
            (Ok(done), None) => assert_eq!(done.events.len(), 1, "{expected:?}"),
            (
                Err(Error::Expected {
                    stream,
                    expected: named,
                    found,
                }),
                Some((which, at)),
            ) => {
                assert_eq!((stream, named), (streams[which], expected[which]));
                assert_eq!((found, engine.store().head()), (at, 2), "nothing was done");
            }
            (done, _) => panic!("{expected:?}: {done:?}"),
        }
    }
}

#[test]
fn what_a_stream_was_expected_at_is_said_with_what_it_is_at() {
    let engine = engine();
    let id = proposed(&engine, "Accord");
    let stream = StreamId::Agreement(id);
    for (version, says) in [
        (Expected::Exact(4), "version 4"),
        (Expected::NoStream, "no stream"),
    ] {
        let request = asks(on(id, [accept(1)])).expecting(stream, version);
        let error = engine.commit_request(&request).expect_err("it is at 1");
        let says = format!("{stream} was expected at {says}, and is at version 1");
        assert_eq!(error.to_string(), says);
    }
}

#[test]
fn what_was_not_done_takes_no_id() {
    let store = common::store();
    let engine = engine_on(store.clone());
    let id = proposed(&engine, "Accord");
    let stream = StreamId::Agreement(id);
    // Not as expected, refused by a rule, failed on the disk: each time under one id.
    let stale = asks(on(id, [accept(1)]))
        .id(KEY)
        .expecting(stream, Expected::Exact(9));
    let stale = engine.commit_request(&stale).expect_err("stale");
    assert!(matches!(stale, Error::Expected { .. }), "{stale}");
    let early = engine.commit_request(&asks(on(id, [adopt(1)])).id(KEY));
    let early = early.expect_err("nobody accepted");
    assert!(matches!(early, Error::Refused(_)), "{early}");
    store.next([Fault::Fails]);
    let failed = engine.commit_request(&asks(on(id, [accept(1)])).id(KEY));
    assert!(matches!(failed, Err(Error::Store(_))), "{failed:?}");
    assert_eq!(engine.store().find_commit(KEY).expect("looked up"), None);

    let done = engine.commit_request(&asks(on(id, [accept(1), adopt(1)])).id(KEY));
    let done = done.expect("it is done under that id");
    assert!(!done.repeated);
    let found = engine
        .store()
        .find_commit(KEY)
        .expect("looked up")
        .expect("there");
    assert_eq!((found.first, found.last), (2, 3));
}

#[test]
fn a_repeated_commit_is_answered_whatever_it_expects_and_belongs_to() {
    let engine = engine();
    let id = proposed(&engine, "Accord");
    let stream = StreamId::Agreement(id);
    let request = asks(on(id, [accept(1), adopt(1)])).id(KEY);
    let (trace, cause) = (Uuid::from_u128(8), EventId(Uuid::from_u128(9)));
    let first = request
        .clone()
        .expecting(stream, Expected::Exact(1))
        .correlation(trace)
        .causation(cause);
    let first = engine.commit_request(&first).expect("it is done");
    for again in [
        request.clone(),
        // Whoever asks again does not know that it was done: it expects what it did before.
        request.clone().expecting(stream, Expected::Exact(1)),
        request.clone().correlation(Uuid::from_u128(99)),
        request.clone().causation(EventId(Uuid::from_u128(98))),
    ] {
        let done = engine.commit_request(&again).expect("as before");
        assert!(done.repeated);
        assert_eq!(done.events, first.events);
    }
    assert_eq!(engine.store().head(), 3);
    for record in engine
        .store()
        .read(&Read::log(2))
        .expect("it is read")
        .records
    {
        let envelope = record.envelope().expect("an envelope");
        assert_eq!(
            (envelope.correlation, envelope.causation),
            (trace, Some(cause.0))
        );
    }
}

#[test]
fn all_events_of_a_commit_say_who_acted_when_and_in_which_commit() {
    let engine = engine();
    let (id, other) = (proposed(&engine, "Accord"), proposed(&engine, "Other"));
    let actor = Actor {
        person: Some("Directorate".into()),
        ..by("MA")
    };
    let acts = [on(id, [accept(1), adopt(1)]), on(other, [accept(1)])].concat();
    let request = CommitRequest::new(actor.clone(), acts).id(KEY);
    let done = engine.commit_request(&request).expect("it is done");
    let page = engine.store().read(&Read::log(3)).expect("it is read");
    assert_eq!(page.records.len(), 3);
    for (record, event) in page.records.iter().zip(&done.events) {
        let envelope = record.envelope().expect("an envelope");
        assert_eq!((envelope.commit, envelope.correlation), (KEY, KEY.0));
        assert_eq!(envelope.actor.party, "MA");
        assert_eq!(envelope.actor.person.as_deref(), Some("Directorate"));
        assert_eq!(
            envelope.recorded_at, done.events[0].recorded_at,
            "one time for all"
        );
        assert_eq!(envelope.stream, event.stream.to_string());
        assert_eq!(
            (envelope.position, envelope.version),
            (event.position, event.version)
        );
        assert_eq!((&event.actor, event.id.0), (&actor, envelope.id));
        assert!(event.legal_basis.is_some(), "each says what it rests on");
    }
    let versions: Vec<_> = done.events.iter().map(|e| e.version).collect();
    assert_eq!(versions, [2, 3, 2]);
}

#[test]
fn a_commit_without_acts_is_refused_behind_its_expectations() {
    let engine = engine();
    let id = proposed(&engine, "Accord");
    let stream = StreamId::Agreement(id);
    let asked = |version| {
        let request = asks(Vec::new()).expecting(stream, Expected::Exact(version));
        engine
            .commit_request(&request)
            .map(|done| done.events.len())
    };
    assert!(matches!(asked(3), Err(Error::Expected { found: 1, .. })));
    // The store, which is asked for nothing, says so.
    let nothing = asked(1).expect_err("there is nothing to store");
    let words = nothing.to_string();
    assert!(
        words.starts_with("the commit cannot be stored: "),
        "{words}"
    );
    assert_eq!(engine.store().head(), 1);
}

/// Two agreements that are always revised in one commit.
fn pair(engine: &Engine) -> [AgreementId; 2] {
    ["Accord", "Other"].map(|title| {
        let id = proposed(engine, title);
        let adopted = engine.act(id, &by("MA"), [accept(1), adopt(1)]);
        adopted.expect("it is adopted");
        id
    })
}

fn revise_both(engine: &Engine, ids: [AgreementId; 2], n: usize) {
    let with = format!("coopèrent ({n})");
    let acts = ids
        .map(|id| on(id, [revise(1, 2, "coopèrent", &with)]))
        .concat();
    engine.commit(None, &by("FR"), acts).expect("it is done");
}

const WRITERS: usize = 4;
const EACH: usize = 60;

/// Runs the writers, and each of these readers until they are done.
fn while_it_is_written(engine: &Engine, ids: [AgreementId; 2], readers: &[&(dyn Fn() + Sync)]) {
    let done = AtomicBool::new(false);
    thread::scope(|scope| {
        let done = &done;
        for read in readers {
            scope.spawn(move || {
                while !done.load(Ordering::Acquire) {
                    read();
                }
                read();
            });
        }
        let write = |writer: usize| {
            (0..EACH).for_each(|n| revise_both(engine, ids, writer * EACH + n));
        };
        let writers = (0..WRITERS).map(|writer| scope.spawn(move || write(writer)));
        let writers: Vec<_> = writers.collect();
        let ends: Vec<_> = writers.into_iter().map(|writer| writer.join()).collect();
        done.store(true, Ordering::Release);
        ends.into_iter().for_each(|end| end.expect("no panic"));
    });
}

#[test]
fn views_show_every_commit_whole_and_never_go_back() {
    let engine = engine();
    let ids = pair(&engine);
    let last = std::sync::Mutex::new(0);
    let whole = || {
        let views = engine.views().expect("they are read");
        let register = views.get::<Register>().expect("it is kept");
        let [one, other] = ids.map(|id| register.agreements[&id].clone());
        assert_eq!(
            (one.version, one.revisions),
            (other.version, other.revisions)
        );
        assert_eq!(
            u64::from(one.revisions) + 2,
            one.version,
            "a revision an event"
        );
        // 2 x 3 events before, then two a commit.
        assert_eq!(views.position(), 2 * one.version);
    };
    let forward = || {
        let mut last = last.lock().expect("no panic");
        let position = engine.views().expect("they are read").position();
        assert!(*last <= position, "{last} came before {position}");
        *last = position;
    };
    while_it_is_written(&engine, ids, &[&whole, &whole, &forward, &forward]);
    let all = (6 + 2 * WRITERS * EACH) as u64;
    assert_eq!(engine.views().expect("they are read").position(), all);
}

#[test]
fn records_are_whole_while_others_write() {
    let engine = engine();
    let ids = pair(&engine);
    let [one, other] = ids.map(|id| {
        let engine = &engine;
        move || {
            let known = engine.register().expect("it is read").agreements[&id].version;
            let record = engine.record(id).expect("it is there");
            assert!(
                record.version >= known,
                "what a view knew, the record knows"
            );
            let revisions = record.agreement.revisions.len() as u64;
            assert_eq!(record.version, revisions + 2);
            let with = engine.record_with_custody(id).expect("it is there");
            assert_eq!(
                (with.custody().steps(), with.version >= record.version),
                (1, true)
            );
        }
    });
    while_it_is_written(&engine, ids, &[&one, &other, &one]);
    for id in ids {
        let record = engine.record(id).expect("it is there");
        assert_eq!(record.version, (3 + WRITERS * EACH) as u64);
    }
    let audit = engine.audit(|_| {}).expect("it is read");
    assert!(audit.findings.is_empty(), "{:?}", audit.findings);
    assert_eq!(audit.decided, engine.store().head());
}

#[test]
fn a_subscription_gives_the_events_of_each_commit_together_and_in_order() {
    let engine = engine();
    let ids = pair(&engine);
    let all = 6 + 2 * WRITERS * EACH;
    let seen = thread::scope(|scope| {
        let reading = scope.spawn(|| {
            let mut events = engine.subscribe(7);
            let next = |_| events.wait().expect("an event");
            (7..=all).map(next).collect::<Vec<_>>()
        });
        while_it_is_written(&engine, ids, &[]);
        reading.join().expect("it ends")
    });
    for (at, both) in seen.chunks(2).enumerate() {
        let [first, second] = both else {
            panic!("two events a commit");
        };
        let position = 7 + 2 * at as u64;
        assert_eq!((first.position, second.position), (position, position + 1));
        assert_eq!(
            (first.version, second.version),
            (4 + at as u64, 4 + at as u64)
        );
        assert_eq!([first.stream, second.stream], ids.map(StreamId::Agreement));
        assert_eq!(first.recorded_at, second.recorded_at);
    }
}
