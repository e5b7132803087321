//! The engine on the sled store: acts, queries, subscriptions, rebuilds, and many at a time.

use std::{sync::Arc, thread};

use chrono::{DateTime, Utc};
use travaux::{
    Error, FixedClock, PackageRevision, Ports, SequentialIds, StreamCommand, Verdict,
    blocking::Engine,
    domain::{
        Party, Revision, Rule,
        agreement::{AgreementCommand as C, Nature, RevisionDraft},
        agreement::{
            consent::{ConsentAct, Manner, Office, Representative},
            force::ForceAct,
        },
        framework::{Area, AreaOpening, Declaration, Foundation, FrameworkEvent, Terms},
    },
    projections::{Frameworks, Register, TextQuestion},
    text::{Operation, ProvisionId},
};
use travaux_store::{CommitId, MemorySnapshots, MemoryStore};
use travaux_testkit::{
    agreement::{accept, adopt, lang},
    office::{by, proposed},
};
use travaux_tests::Store;

fn revise(
    base: u32,
    nature: Nature,
    from: Option<&str>,
    provision: u32,
    find: &str,
    with: &str,
) -> C {
    let op = Operation::substitute(ProvisionId::new(1, provision), lang("fr"), find, with, 1);
    let effective_from = from.map(|d| d.parse().expect("a date"));
    C::ProposeRevision(Box::new(RevisionDraft {
        nature,
        effective_from,
        ..RevisionDraft::new(Revision(base), vec![op])
    }))
}

#[test]
fn acts_of_one_commit_are_done_together_or_not_at_all() {
    let store = Store::fresh();
    let id = proposed(&store.engine, "Arrangement");
    let refused = store
        .engine
        .act(id, &by("MA"), [accept(1), adopt(1), adopt(1)])
        .expect_err("adopted twice");
    assert!(
        matches!(&refused, Error::Refused(r) if r.rule == Rule::T4),
        "{refused}"
    );
    let record = store.engine.record(id).expect("the record");
    let seen = |record: &travaux::projections::AgreementRecord| {
        (record.version, record.agreement.adoptions.len())
    };
    assert_eq!(seen(&record), (1, 0), "nothing was done");
    store
        .engine
        .act(id, &by("MA"), [accept(1), adopt(1)])
        .expect("it is done");
    assert_eq!(store.engine.record(id).expect("the record").version, 3);
}

#[test]
fn the_same_commit_id_is_done_once() {
    let store = Store::fresh();
    let id = proposed(&store.engine, "Arrangement");
    let commit = Some(CommitId(store.engine.new_agreement_id().0));
    let act = || {
        vec![
            StreamCommand::Agreement(id, accept(1)),
            StreamCommand::Agreement(id, adopt(1)),
        ]
    };
    let first = store
        .engine
        .commit(commit, &by("MA"), act())
        .expect("it is done");
    let again = store
        .engine
        .commit(commit, &by("MA"), act())
        .expect("it is answered");
    assert!(again.repeated && !first.repeated);
    assert_eq!(first.events, again.events);
    assert_eq!(store.engine.store().head(), 3);
}

#[test]
fn a_package_is_adopted_in_one_commit_or_refused_whole() {
    let store = Store::fresh();
    let engine = &store.engine;
    let (one, two) = (
        proposed(engine, "Arrangement"),
        proposed(engine, "Arrangement"),
    );
    let item = |agreement| PackageRevision {
        agreement,
        revision: RevisionDraft::new(
            Revision(1),
            vec![Operation::substitute(
                ProvisionId::new(1, 2),
                lang("fr"),
                "coopèrent",
                "se concertent",
                1,
            )],
        ),
    };
    let package = engine.new_package_id();
    engine
        .propose_package(
            package,
            &by("MA"),
            "Package",
            None,
            vec![item(one), item(two)],
        )
        .expect("it is proposed");
    let refused = engine
        .adopt_package(package, &by("MA"), None)
        .expect_err("FR has not accepted");
    assert!(refused.to_string().contains("missing: FR"), "{refused}");
    engine
        .accept_package(package, &by("FR"))
        .expect("it is accepted");
    // Another revision changes the same words of one agreement first.
    engine
        .act(
            two,
            &by("FR"),
            [revise(1, Nature::Draft, None, 2, "coopèrent", "agissent")],
        )
        .expect("it is proposed");
    engine
        .act(two, &by("MA"), [accept(3), adopt(3)])
        .expect("it is adopted");
    let head = engine.store().head();
    let refused = engine
        .adopt_package(package, &by("FR"), None)
        .expect_err("one of the two no longer fits");
    assert!(matches!(&refused, Error::Refused(_)), "{refused}");
    assert_eq!(engine.store().head(), head);
    let of = |id| {
        engine
            .record(id)
            .expect("the record")
            .agreement
            .adoptions
            .len()
    };
    assert_eq!(
        (of(one), of(two)),
        (0, 1),
        "the other is not adopted either"
    );
}

#[test]
fn text_in_force_is_bitemporal() {
    let clock = Arc::new(FixedClock::starting(
        "2025-01-01T00:00:00Z".parse().expect("a time"),
    ));
    let ports = Ports {
        clock: Arc::<FixedClock>::clone(&clock),
        ids: Arc::new(SequentialIds::default()),
    };
    let engine = Engine::open(
        Arc::new(MemoryStore::new()),
        Arc::new(MemorySnapshots::default()),
        ports,
    )
    .expect("it opens");
    let at = |time: &str| clock.advance_to(time.parse().expect("a time"));
    let id = proposed(&engine, "Arrangement");
    engine
        .act(id, &by("MA"), [accept(1), adopt(1)])
        .expect("it is adopted");
    let parties = vec!["FR".into(), "MA".into()];
    engine
        .act(
            id,
            &by("FR"),
            [C::AuthenticateText {
                method: "initialling".into(),
                parties,
            }],
        )
        .expect("it is authenticated");
    at("2025-02-01T00:00:00Z");
    let signed = || {
        let by = Representative {
            name: "the minister".into(),
            office: Office::Minister,
            full_powers: false,
        };
        let on = "2025-01-20".parse().expect("a date");
        C::from(ConsentAct::Signed {
            on,
            manner: Manner::Definitive,
            by,
        })
    };
    engine.act(id, &by("MA"), [signed()]).expect("it is signed");
    let on = "2025-03-01".parse().ok();
    let force = ForceAct::EnteredIntoForce {
        on,
        basis: "Article 3".into(),
        trace: Vec::new(),
        consenting: vec!["FR".into(), "MA".into()],
    };
    engine
        .act(id, &by("FR"), [signed(), force.into()])
        .expect("it is in force");
    at("2025-04-01T00:00:00Z");
    // Adopted first, and applying last; then one adopted later that applies sooner.
    engine
        .act(
            id,
            &by("FR"),
            [revise(
                1,
                Nature::Amendment,
                Some("2026-01-01"),
                2,
                "Les Parties",
                "Les deux Parties",
            )],
        )
        .expect("ok");
    engine
        .act(id, &by("MA"), [accept(2), adopt(2)])
        .expect("ok");
    engine
        .act(
            id,
            &by("FR"),
            [revise(
                1,
                Nature::Amendment,
                Some("2025-06-01"),
                2,
                "coopèrent",
                "se concertent",
            )],
        )
        .expect("ok");
    engine
        .act(id, &by("MA"), [accept(3), adopt(3)])
        .expect("ok");
    at("2025-09-01T00:00:00Z");
    engine
        .act(
            id,
            &by("MA"),
            [revise(
                3,
                Nature::Correction,
                None,
                4,
                "suporte",
                "supporte",
            )],
        )
        .expect("ok");
    engine
        .act(id, &by("FR"), [accept(4), adopt(4)])
        .expect("ok");

    let record = engine.record(id).expect("the record");
    let ask = |on: &str, known: Option<&str>| {
        let question = TextQuestion {
            on: on.parse().expect("a date"),
            known_at: known.map(|k| k.parse().expect("a time")),
        };
        let answer = record.text_in_force(question);
        let text = record.print_answer(&answer, lang("fr")).unwrap_or_default();
        let words = [("deux", "2"), ("concertent", "3"), ("supporte", "4")];
        let seen: String = words
            .iter()
            .filter(|(word, _)| text.contains(word))
            .map(|(_, n)| *n)
            .collect();
        (answer.status.force.to_string(), seen)
    };
    let early: Option<&str> = Some("2025-05-01T00:00:00Z");
    let since = "in force since 2025-03-01";
    let expect = |force: &str, seen: &str| (force.to_owned(), seen.to_owned());
    assert_eq!(
        ask("2025-02-15", None),
        expect("to be in force from 2025-03-01", "")
    );
    assert_eq!(
        ask("2025-03-15", None),
        expect(since, "4"),
        "a correction counts from the beginning"
    );
    assert_eq!(
        ask("2025-03-15", early),
        expect(since, ""),
        "… but was not known then"
    );
    assert_eq!(ask("2025-07-01", None), expect(since, "34"));
    assert_eq!(ask("2026-02-01", None), expect(since, "234"));
    assert_eq!(ask("2026-02-01", early), expect(since, "23"));
    assert_eq!(
        ask("2026-02-01", Some("2024-12-31T00:00:00Z")),
        expect("not in force", "")
    );
    assert_eq!(
        ask("2025-03-15", Some("2025-01-15T00:00:00Z")).0,
        "not in force",
        "force was not on record yet"
    );
    drop(record);
    assert_eq!(
        engine.audit(|_| {}).expect("it is read").verdict,
        Verdict::Clean
    );
}

#[test]
fn a_rebuild_gives_identical_bytes_and_a_stale_snapshot_is_caught_up() {
    let store = Store::fresh();
    let id = proposed(&store.engine, "Arrangement");
    store.engine.save().expect("it is saved");
    store
        .engine
        .act(id, &by("MA"), [accept(1), adopt(1)])
        .expect("it is adopted");
    // Closed without saving: what was saved is behind the log.
    let store = store.reopen();
    assert_eq!(store.engine.record(id).expect("the record").version, 3);
    let states = |engine: &Engine| engine.views().expect("views").states().expect("states");
    let before = states(&store.engine);
    assert_eq!(store.engine.rebuild(|_| {}).expect("it is rebuilt"), 3);
    assert_eq!(states(&store.engine), before);
    let report = store.engine.audit(|_| {}).expect("it is read");
    assert_eq!((report.verdict, report.projections), (Verdict::Clean, 6));
}

#[test]
fn an_audit_names_a_stored_projection_that_differs() {
    let store = Store::fresh();
    let id = proposed(&store.engine, "Arrangement");
    store.engine.save().expect("it is saved");
    let name = store
        .path()
        .join(format!("projections/agreement-{id}.snap"));
    let other = proposed(&store.engine, "Arrangement");
    store.engine.save().expect("it is saved");
    std::fs::copy(
        store
            .path()
            .join(format!("projections/agreement-{other}.snap")),
        &name,
    )
    .expect("it is forged");
    let mut forged = std::fs::read(&name).expect("it is read");
    forged[19] = 1;
    std::fs::write(&name, forged).expect("it is forged");
    store
        .engine
        .act(id, &by("MA"), [accept(1)])
        .expect("the engine does not need it");
    let store = store.reopen();
    assert_eq!(store.engine.record(other).expect("the record").version, 1);
}

#[test]
fn a_subscription_sees_what_is_there_and_what_comes() {
    let store = Store::fresh();
    let id = proposed(&store.engine, "Arrangement");
    let mut events = store.engine.subscribe(1);
    let engine = Arc::new(store.engine);
    let writer = Arc::clone(&engine);
    let writing = thread::spawn(move || writer.act(id, &by("MA"), [accept(1), adopt(1)]).map(drop));
    let seen: Vec<_> = (0..3)
        .map(|_| events.wait().expect("an event").position)
        .collect();
    assert_eq!(seen, [1, 2, 3]);
    assert!(events.try_next().expect("it is read").is_none());
    writing.join().expect("it ends").expect("it is done");
}

#[test]
fn many_writers_on_the_same_agreements_leave_a_clean_log() {
    let store = Store::fresh();
    let engine = &store.engine;
    let ids: Vec<_> = (0..3).map(|_| proposed(engine, "Arrangement")).collect();
    thread::scope(|scope| {
        for writer in 0..6u32 {
            let ids = &ids;
            scope.spawn(move || {
                for round in 0..10u32 {
                    let party = if writer % 2 == 0 { "FR" } else { "MA" };
                    let id = ids[((writer + round) % 3) as usize];
                    let act = revise(
                        1,
                        Nature::Draft,
                        None,
                        2,
                        "coopèrent",
                        &format!("agissent {writer} {round}"),
                    );
                    engine.act(id, &by(party), [act]).expect("it is proposed");
                }
            });
        }
    });
    let report = engine.audit(|_| {}).expect("it is read");
    assert_eq!((report.verdict, report.events), (Verdict::Clean, 63));
    let proposed: usize = ids
        .iter()
        .map(|id| {
            engine
                .record(*id)
                .expect("the record")
                .agreement
                .revisions
                .len()
        })
        .sum();
    assert_eq!(proposed, 63);
}

#[test]
fn recorded_time_never_goes_back() {
    #[derive(Debug)]
    struct Backwards(std::sync::atomic::AtomicI64);
    impl travaux::Clock for Backwards {
        fn now(&self) -> DateTime<Utc> {
            let n = self.0.fetch_sub(1, std::sync::atomic::Ordering::SeqCst);
            DateTime::from_timestamp(n, 0).unwrap_or_default()
        }
    }
    let ports = Ports {
        clock: Arc::new(Backwards(1_000_000.into())),
        ids: Arc::new(SequentialIds::default()),
    };
    let engine = Engine::open(
        Arc::new(MemoryStore::new()),
        Arc::new(MemorySnapshots::default()),
        ports,
    )
    .expect("it opens");
    let id = proposed(&engine, "Arrangement");
    engine.act(id, &by("MA"), [accept(1)]).expect("ok");
    let times: Vec<_> = engine
        .events(1)
        .map(|e| e.expect("an event").recorded_at)
        .collect();
    assert!(times.is_sorted());
}

/// A log of several pages, of which few records are of frameworks: whoever folds it anew gets what the engine keeps.
#[test]
fn a_fold_of_the_log_is_what_the_engine_keeps() {
    let store = Store::fresh();
    let id = proposed(&store.engine, "Arrangement");
    for _ in 0..400 {
        store
            .engine
            .act(
                id,
                &by("FR"),
                [revise(1, Nature::Draft, None, 2, "coopèrent", "échangent")],
            )
            .expect("it is proposed");
    }
    let party = |id: &str| Party {
        id: id.into(),
        name: id.to_owned(),
    };
    let framework = store.engine.new_framework_id();
    let terms = Terms::from(Foundation {
        title: "Framework".into(),
        declaration: Declaration {
            title: "Declaration".into(),
            made: "2024-10".into(),
            by: Vec::new(),
        },
        parties: vec![party("FR"), party("MA")],
        areas: Vec::new(),
    });
    let on = DateTime::UNIX_EPOCH.date_naive();
    for command in terms.agreed(on) {
        store
            .engine
            .act_on_framework(framework, &by("FR"), command)
            .expect("it is founded");
    }
    for n in 0..200 {
        let area = FrameworkEvent::AreaOpened(Arc::new(AreaOpening {
            on: Some(on),
            consenting: Some(vec!["FR".into(), "MA".into()]),
            ..AreaOpening::from(Area {
                key: n.to_string().into(),
                title: "Area".into(),
            })
        }));
        store
            .engine
            .act_on_framework(framework, &by("MA"), area)
            .expect("it is opened");
    }
    let log = &**store.engine.store();
    let frameworks: Frameworks = travaux::fold(log).expect("it is read");
    assert_eq!(frameworks, *store.engine.frameworks().expect("it is read"));
    assert_eq!(frameworks.frameworks[&framework].version, 202);
    assert_eq!(
        travaux::fold::<Register>(log).expect("it is read"),
        *store.engine.register().expect("it is read")
    );
    let mut seen = Vec::new();
    /// The reader's own error, beside the engine's.
    #[derive(Debug)]
    enum Ended {
        Enough,
        Unread(#[allow(dead_code, reason = "it is printed if the test fails")] Error),
    }
    impl From<Error> for Ended {
        fn from(error: Error) -> Self {
            Self::Unread(error)
        }
    }
    let failed = travaux::replay(log, 500, &[], |recorded| {
        seen.push(recorded.position);
        if seen.len() == 50 {
            Err(Ended::Enough)
        } else {
            Ok(())
        }
    });
    assert!(matches!(failed, Err(Ended::Enough)), "{failed:?}");
    assert_eq!(seen, (500..550).collect::<Vec<_>>());
}
