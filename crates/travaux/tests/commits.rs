//! Commits by id, by expected version, and as part of something larger.

mod common;

use std::thread;

use common::{accept, adopt, by, engine, proposed, revise};
use travaux::{
    CommitRequest, Error, StreamCommand,
    blocking::Engine,
    domain::{AgreementId, EventId, StreamId, agreement::AgreementCommand as C},
};
use travaux_store::{CommitId, Expected, Read};
use uuid::Uuid;

fn on(id: AgreementId, commands: impl IntoIterator<Item = C>) -> Vec<StreamCommand> {
    let act = |command| StreamCommand::Agreement(id, command);
    commands.into_iter().map(act).collect()
}

const KEY: CommitId = CommitId(Uuid::from_u128(7));

#[test]
fn the_same_commit_again_is_answered_as_before_and_another_is_refused() {
    let engine = engine();
    let (id, other) = (proposed(&engine, "Accord"), proposed(&engine, "Other"));
    let acts = || on(id, [accept(1), adopt(1)]);
    let first = engine
        .commit(Some(KEY), &by("MA"), acts())
        .expect("it is done");
    assert!(!first.repeated);

    // The rules would refuse it now: the text is adopted. It is not asked again.
    let again = engine
        .commit(Some(KEY), &by("MA"), acts())
        .expect("as before");
    assert!(again.repeated);
    assert_eq!(again.events, first.events);

    let refused = |actor: &str, acts: Vec<StreamCommand>| {
        let error = engine
            .commit(Some(KEY), &by(actor), acts)
            .expect_err("another commit");
        let Error::CommitIdTaken(taken) = &error else {
            panic!("{error}");
        };
        assert_eq!((taken.id, taken.first), (KEY, first.events[0].position));
        assert_eq!(taken.recorded_by, Some(by("MA")), "both are named");
        assert_eq!(taken.asked_by, by(actor));
        error.to_string()
    };
    refused("FR", acts());
    refused("MA", on(id, [accept(1)]));
    refused("MA", on(id, [adopt(1), accept(1)]));
    refused("MA", on(id, [accept(1), adopt(2)]));
    refused("MA", Vec::new());
    let words = refused("MA", on(other, [accept(1), adopt(1)]));
    assert_eq!(
        words,
        format!(
            "commit id {} is taken: at position 3 MA recorded RevisionAccepted in {stream}, \
             TextAdopted in {stream}; now MA asks for acts on {asked}, {asked}: give another commit \
             another id",
            KEY.0,
            stream = StreamId::Agreement(id),
            asked = StreamId::Agreement(other),
        )
    );
    assert_eq!(engine.store().head(), 4, "nothing was written");
}

#[test]
fn what_the_decision_finds_out_is_no_part_of_the_comparison() {
    let engine = engine();
    let id = proposed(&engine, "Accord");
    engine
        .act(id, &by("MA"), [accept(1), adopt(1)])
        .expect("it is adopted");
    // The revision's number and the digests are found by the decision.
    let acts = |with| on(id, [revise(1, 2, "coopèrent", with)]);
    let first = engine
        .commit(Some(KEY), &by("FR"), acts("agissent"))
        .expect("it is done");
    engine
        .act(id, &by("FR"), [revise(1, 2, "Parties", "États")])
        .expect("a later one");
    let again = engine
        .commit(Some(KEY), &by("FR"), acts("agissent"))
        .expect("as before");
    assert_eq!(again.events, first.events);
    let other = engine.commit(Some(KEY), &by("FR"), acts("décident"));
    assert!(matches!(other, Err(Error::CommitIdTaken(_))), "{other:?}");
}

#[test]
fn under_one_id_many_at_a_time_do_it_once() {
    let engine = engine();
    let id = proposed(&engine, "Accord");
    let done: Vec<_> = thread::scope(|scope| {
        let work = || engine.commit(Some(KEY), &by("MA"), on(id, [accept(1), adopt(1)]));
        let threads: Vec<_> = (0..50).map(|_| scope.spawn(work)).collect();
        threads
            .into_iter()
            .map(|t| t.join().expect("no panic").expect("it is done"))
            .collect()
    });
    assert_eq!(done.iter().filter(|c| !c.repeated).count(), 1);
    assert!(done.iter().all(|c| c.events == done[0].events));
    assert_eq!(engine.store().head(), 3);
}

fn revised(engine: &Engine, id: AgreementId, n: u32, expected: Expected) -> Result<(), Error> {
    let with = format!("coopèrent ({n})");
    let request = CommitRequest::new(by("FR"), on(id, [revise(1, 2, "coopèrent", &with)]))
        .expecting(StreamId::Agreement(id), expected);
    engine.commit_request(&request).map(drop)
}

#[test]
fn an_expected_version_is_final() {
    let engine = engine();
    let (id, other) = (proposed(&engine, "Accord"), proposed(&engine, "Other"));
    engine
        .act(id, &by("MA"), [accept(1), adopt(1)])
        .expect("it is adopted");
    let check = |done: Result<(), Error>, stream: AgreementId, named: Expected, at: u64| match done
    {
        Err(Error::Expected {
            stream: s,
            expected,
            found,
        }) => {
            assert_eq!(
                (s, expected, found),
                (StreamId::Agreement(stream), named, at)
            );
        }
        done => panic!("{done:?}"),
    };
    check(
        revised(&engine, id, 0, Expected::Exact(1)),
        id,
        Expected::Exact(1),
        3,
    );
    check(
        revised(&engine, id, 0, Expected::NoStream),
        id,
        Expected::NoStream,
        3,
    );
    revised(&engine, id, 0, Expected::Exact(3)).expect("it is at 3");
    revised(&engine, id, 0, Expected::Any).expect("whatever it is");

    // A stream that the commit does not write to.
    let request = |version| {
        CommitRequest::new(by("FR"), on(id, [revise(1, 2, "Les", "Ces")]))
            .expecting(StreamId::Agreement(other), Expected::Exact(version))
    };
    check(
        engine.commit_request(&request(2)).map(drop),
        other,
        Expected::Exact(2),
        1,
    );
    engine.commit_request(&request(1)).expect("it is at 1");
}

#[test]
fn of_two_writers_with_one_expectation_one_writes() {
    let engine = engine();
    let id = proposed(&engine, "Accord");
    engine
        .act(id, &by("MA"), [accept(1), adopt(1)])
        .expect("it is adopted");
    for round in 0..100_u32 {
        let version = Expected::Exact(3 + u64::from(round));
        let done: Vec<_> = thread::scope(|scope| {
            let write = |n: u32| revised(&engine, id, round * 2 + n, version);
            let threads = [0, 1].map(|n| scope.spawn(move || write(n)));
            threads
                .into_iter()
                .map(|t| t.join().expect("no panic"))
                .collect()
        });
        let failed: Vec<_> = done.iter().filter_map(|d| d.as_ref().err()).collect();
        assert!(matches!(failed[..], [Error::Expected { .. }]), "{done:?}");
    }
}

#[test]
fn correlation_and_causation_are_the_callers() {
    let engine = engine();
    let id = proposed(&engine, "Accord");
    let (trace, cause) = (Uuid::from_u128(8), EventId(Uuid::from_u128(9)));
    let request = CommitRequest::new(by("MA"), on(id, [accept(1)])).id(KEY);
    engine.commit_request(&request).expect("it is done");
    let request = CommitRequest::new(by("MA"), on(id, [adopt(1)]))
        .correlation(trace)
        .causation(cause);
    engine.commit_request(&request).expect("it is done");
    let page = engine.store().read(&Read::log(2)).expect("it is read");
    let said: Vec<_> = page
        .records
        .iter()
        .map(|record| {
            let envelope = record.envelope().expect("it is read");
            (envelope.correlation, envelope.causation)
        })
        .collect();
    assert_eq!(said, [(KEY.0, None), (trace, Some(cause.0))]);
}

fn day(text: &str) -> chrono::NaiveDate {
    text.parse().expect("a day")
}

/// A request of Morocco's for acts that were done on a day. The engine's clock stands in January 2027.
fn dated(acts: Vec<StreamCommand>, on: &str) -> CommitRequest {
    CommitRequest::new(by("MA"), acts).on(day(on))
}

#[test]
fn the_day_of_a_commit_is_that_of_its_acts_which_have_none_of_their_own() {
    let engine = engine();
    let id = proposed(&engine, "Accord");
    let handle = "accord-x"
        .parse::<travaux::domain::Handle>()
        .expect("a handle");
    let mut acts = on(id, [accept(1), adopt(1)]);
    acts.push(handle.give(StreamId::Agreement(id)));
    let done = engine
        .commit_request(&dated(acts, "2026-11-20"))
        .expect("it is done");
    let days: Vec<_> = done.events.iter().map(|e| e.done_on).collect();
    assert_eq!(
        days,
        [Some(day("2026-11-20")), Some(day("2026-11-20")), None]
    );
    // It is read back as it was, and audited.
    let head = engine.store().head();
    let read: Vec<_> = engine
        .events(head - 2)
        .collect::<Result<_, _>>()
        .expect("they are read");
    assert_eq!(read, done.events);
    let record = engine.record(id).expect("it is there");
    let adoption = record.agreement.adoptions.last().expect("it was adopted");
    assert_eq!(adoption.adopted_at.date_naive(), day("2026-11-20"));
    assert_eq!(adoption.recorded_at, done.events[1].recorded_at);
    let report = engine.audit(|_| ()).expect("it is read");
    assert!(report.findings.is_empty(), "{:?}", report.findings);
    let words = engine
        .timeline([StreamId::Agreement(id)])
        .expect("it is read");
    let adopted = words
        .entries
        .iter()
        .find(|line| line.what.contains("adopted"));
    assert_eq!(
        adopted.and_then(|line| line.done_on),
        Some(day("2026-11-20"))
    );
}

#[test]
fn a_commit_asked_again_is_the_same_on_the_same_days() {
    let engine = engine();
    let id = proposed(&engine, "Accord");
    let asks = |on_day: Option<&str>| {
        let acts = on(id, [accept(1), adopt(1)]);
        CommitRequest::new(by("MA"), acts)
            .on(on_day.map(day))
            .id(KEY)
    };
    let first = engine
        .commit_request(&asks(Some("2026-11-20")))
        .expect("it is done");
    let again = engine
        .commit_request(&asks(Some("2026-11-20")))
        .expect("as before");
    assert_eq!((again.repeated, &again.events), (true, &first.events));
    for other in [None, Some("2026-11-21")] {
        let taken = engine.commit_request(&asks(other));
        assert!(
            matches!(taken, Err(Error::CommitIdTaken(_))),
            "{other:?}: {taken:?}"
        );
    }
    // What was done when it was recorded may name that day the second time.
    let engine = self::engine();
    let id = proposed(&engine, "Accord");
    let asks = |on_day: Option<chrono::NaiveDate>| {
        CommitRequest::new(by("MA"), on(id, [accept(1)]))
            .on(on_day)
            .id(KEY)
    };
    let first = engine.commit_request(&asks(None)).expect("it is done");
    let today = first.events[0].recorded_at.date_naive();
    let again = engine
        .commit_request(&asks(Some(today)))
        .expect("as before");
    assert_eq!((again.repeated, &again.events), (true, &first.events));
    assert!(engine.commit_request(&asks(today.pred_opt())).is_err());
}

#[test]
fn rc3_nothing_is_recorded_of_a_day_to_come_or_of_an_act_that_comes_too_early() {
    let engine = engine();
    let id = proposed(&engine, "Accord");
    engine
        .commit_request(&dated(on(id, [accept(1)]), "2026-11-20"))
        .expect("it is accepted");
    for (act, on_day, says) in [
        (
            adopt(1),
            "2027-01-17",
            "a day that has come, 2027-01-15 at the latest",
        ),
        (
            adopt(1),
            "2026-11-19",
            "a date from 2026-11-20 on, when it was last accepted",
        ),
    ] {
        let refused = engine.commit_request(&dated(on(id, [act]), on_day));
        let error = refused.expect_err("it is refused").to_string();
        assert!(error.contains(says), "{error}");
    }
    assert_eq!(engine.store().head(), 2, "nothing was written");
}
