//! What the engine lends, and who waits for whom: nothing that a caller holds changes, or keeps the engine from going on; nobody who asks
//! waits for a disk; memory has a bound.

mod common;

use std::{sync::Arc, thread};

use chrono::DateTime;
use common::{accept, adopt, by, engine, engine_on, proposed, revise};
use travaux::{
    Error, SnapshotPolicy, Verdict,
    blocking::Engine,
    domain::{
        FrameworkId, Party, StreamId,
        agreement::AgreementCommand as C,
        framework::{Area, AreaOpening, Declaration, Foundation, FrameworkEvent, Terms},
    },
    projections::{InForceQuestion, Register},
};
use travaux_store::{MemorySnapshots, SnapshotStore};
use travaux_testkit::faulty::{Fault, Gate};

#[test]
fn what_a_caller_holds_is_his_own_and_keeps_nobody_from_acting() {
    let engine = engine();
    let id = proposed(&engine, "Accord");
    let mut held = engine.record(id).expect("it is there");
    let register = engine.register().expect("it is read");
    let views = engine.views().expect("they are read");

    // A guard of these waited for ever here.
    engine
        .act(id, &by("MA"), [accept(1), adopt(1)])
        .expect("it is adopted");
    assert_eq!((held.version, register.agreements[&id].adopted), (1, 0));
    assert_eq!(views.position(), 1);

    // What the engine decides on is not what the caller has.
    let own = Arc::make_mut(&mut held);
    Arc::make_mut(&mut own.agreement).adoptions.clear();
    let again = engine.act(id, &by("MA"), [adopt(1)]).expect_err("adopted");
    assert!(matches!(again, Error::Refused(_)), "{again}");
    let now = engine.record(id).expect("it is there");
    assert_eq!((now.version, now.agreement.adoptions.len()), (3, 1));
}

#[test]
fn questions_are_answered_while_a_commit_waits_for_the_disk() {
    let store = common::store();
    let engine = engine_on(Arc::clone(&store));
    let (id, other) = (proposed(&engine, "Accord"), proposed(&engine, "Other"));
    store.close(Gate::Appends);
    thread::scope(|scope| {
        let commit = scope.spawn(|| engine.act(id, &by("MA"), [accept(1), adopt(1)]));
        store.wait_for(Gate::Appends, 1);

        let record = engine.record(id).expect("it is there");
        assert_eq!((record.version, record.agreement.adoptions.len()), (1, 0));
        let question = InForceQuestion {
            on: "2027-01-01".parse().expect("a date"),
            known_at: None,
            between: ("FR".into(), "MA".into()),
        };
        assert!(record.in_force_between(question).applied.is_empty());
        let record = engine.record_with_custody(id).expect("it is there");
        assert_eq!(record.custody().steps(), 1);
        assert_eq!(engine.record(other).expect("it is there").version, 1);
        assert_eq!(
            engine.register().expect("it is read").agreements[&id].version,
            1
        );
        assert_eq!(
            engine
                .view::<Register>()
                .expect("it is read")
                .agreements
                .len(),
            2
        );
        assert_eq!(engine.views().expect("they are read").position(), 2);
        engine.save().expect("snapshots are written");

        assert!(!commit.is_finished(), "the gate is closed");
        store.open(Gate::Appends);
        commit.join().expect("no panic").expect("it is adopted");
    });
    assert_eq!(engine.record(id).expect("it is there").version, 3);
}

#[test]
fn what_was_decided_and_not_appended_is_seen_by_nobody() {
    let store = common::store();
    let engine = engine_on(Arc::clone(&store));
    let id = proposed(&engine, "Accord");
    store.next([Fault::Fails]);
    let failed = engine
        .act(id, &by("MA"), [accept(1), adopt(1)])
        .expect_err("no disk");
    assert!(matches!(failed, Error::Store(_)), "{failed}");
    let record = engine.record(id).expect("it is there");
    assert_eq!((record.version, record.agreement.adoptions.len()), (1, 0));
    engine
        .act(id, &by("MA"), [accept(1), adopt(1)])
        .expect("it is adopted");
    assert_eq!(engine.record(id).expect("it is there").version, 3);
}

/// An agreement of some 40 KB, and revisions of its first words.
fn large(engine: &Engine, title: &str) -> travaux::domain::AgreementId {
    let id = engine.new_agreement_id();
    let words = format!(
        "## Article 1\n\n{title}: les Parties coopèrent. {}\n",
        "Chacune porte ses coûts. ".repeat(1_700)
    );
    let proposal = travaux::proposal(title, travaux::domain::Profile::arrangement())
        .party("FR", "France")
        .party("MA", "Maroc")
        .text("fr", words)
        .expect("a text")
        .build();
    engine
        .act(id, &by("FR"), [C::Propose(Box::new(proposal))])
        .expect("it is proposed");
    id
}

#[test]
fn memory_stays_under_its_budget_and_answers_stay_right() {
    const BUDGET: usize = 512 << 10;
    let engine = engine().with_memory_budget(BUDGET);
    let ids: Vec<_> = (0..40)
        .map(|n| large(&engine, &format!("Accord {n}")))
        .collect();
    let mut most = 0;
    let changes = [
        ("coopèrent", "s'entraident"),
        ("s'entraident", "agissent"),
        ("agissent", "décident"),
    ];
    for (base, (find, with)) in (1..).zip(changes) {
        for id in &ids {
            let adopted = [accept(1), adopt(1)].into_iter().filter(|_| base == 1);
            let commands: Vec<_> = adopted.chain([revise(base, 2, find, with)]).collect();
            engine
                .act(*id, &by("MA"), commands)
                .expect("it is proposed");
            let answers = [accept(base + 1), adopt(base + 1)];
            engine.act(*id, &by("FR"), answers).expect("it is adopted");
            most = most.max(engine.memory_held());
            assert!(most <= BUDGET, "{most} bytes");
        }
    }
    assert!(most > BUDGET / 2, "the budget is used: {most}");
    for (n, id) in ids.iter().enumerate() {
        let record = engine.record(*id).expect("it is there");
        let text = record.agreement.history.print_at(
            record.agreement.history.len(),
            travaux::text::Lang::parse("fr").expect("a tag"),
        );
        assert!(
            text.starts_with(&format!(
                "## Article 1\n\nAccord {n}: les Parties décident. Chacune"
            )),
            "{}",
            &text[..80]
        );
        assert!(engine.record_with_custody(*id).is_ok());
        assert!(engine.memory_held() <= BUDGET);
    }
    engine
        .rebuild(|_| assert!(engine.memory_held() <= BUDGET))
        .expect("it is rebuilt");
    let report = engine.audit(|_| {}).expect("it is read");
    assert_eq!(report.verdict, Verdict::Clean, "{:?}", report.findings);
    assert!(
        report.projections > 40,
        "snapshots were compared: {}",
        report.projections
    );
}

#[test]
fn a_state_that_the_budget_has_no_room_for_is_loaded_for_each_question() {
    let engine = engine().with_memory_budget(0);
    let id = proposed(&engine, "Accord");
    engine
        .act(id, &by("MA"), [accept(1), adopt(1)])
        .expect("it is adopted");
    assert_eq!(engine.record(id).expect("it is there").version, 3);
    let views = engine.views().expect("views").heap_size();
    assert_eq!(engine.memory_held(), views, "only the views stay");
}

fn area(n: usize) -> FrameworkEvent {
    let area = Area {
        key: n.to_string().into(),
        title: "Area".into(),
    };
    FrameworkEvent::AreaOpened(Arc::new(AreaOpening {
        on: Some(DateTime::UNIX_EPOCH.date_naive()),
        consenting: Some(vec!["FR".into(), "MA".into()]),
        ..AreaOpening::from(area)
    }))
}

fn founded(engine: &Engine) -> FrameworkId {
    let id = engine.new_framework_id();
    let party = |id: &str| Party {
        id: id.into(),
        name: id.into(),
    };
    let terms = Terms::from(Foundation {
        title: "Partnership".into(),
        declaration: Declaration {
            title: "Declaration".into(),
            made: "2024-10".into(),
            by: vec!["FR".into(), "MA".into()],
        },
        parties: vec![party("FR"), party("MA")],
        areas: Vec::new(),
    });
    for command in terms.agreed(DateTime::UNIX_EPOCH.date_naive()) {
        engine
            .act_on_framework(id, &by("FR"), command)
            .expect("it is founded");
    }
    id
}

#[test]
fn no_stream_is_folded_from_its_beginning_for_each_commit() {
    let (store, snapshots) = (common::store(), Arc::new(MemorySnapshots::default()));
    let policy = SnapshotPolicy {
        records_every: 50,
        ..SnapshotPolicy::default()
    };
    let open = || {
        common::open(Arc::clone(&store), Arc::clone(&snapshots) as _).with_snapshot_policy(policy)
    };
    let engine = open();
    let id = founded(&engine);
    for n in 0..220 {
        engine
            .act_on_framework(id, &by("MA"), area(n))
            .expect("it is opened");
    }
    let stream = StreamId::Framework(id).to_string();
    assert_eq!(
        store.records_read(&stream),
        0,
        "what is known is not read again"
    );
    let snapshot = snapshots
        .load(&stream)
        .expect("it is read")
        .expect("by the policy");
    assert!(
        (171..=221).contains(&snapshot.checkpoint),
        "{}",
        snapshot.checkpoint
    );

    let cold = open();
    cold.act_on_framework(id, &by("MA"), area(220))
        .expect("it is opened");
    let read = store.records_read(&stream);
    assert!(
        read <= 50,
        "the snapshot, and what came after: {read} records"
    );
    // A rebuild gives the same bytes.
    cold.save().expect("it is saved");
    let saved = snapshots
        .load(&stream)
        .expect("it is read")
        .expect("it is there");
    cold.rebuild(|_| {}).expect("it is rebuilt");
    let rebuilt = snapshots
        .load(&stream)
        .expect("it is read")
        .expect("it is there");
    assert_eq!((saved.checkpoint, saved.state), (223, rebuilt.state));
}

/// A rebuild within a small budget saves agreements, which leave memory while others are replayed, and
/// streams of many events. A short one that is no agreement's is read again.
#[test]
fn a_rebuild_saves_what_is_not_read_again_as_soon() {
    let snapshots = Arc::new(MemorySnapshots::default());
    let engine =
        common::open(common::store(), Arc::clone(&snapshots) as _).with_memory_budget(512 << 10);
    let ids: Vec<_> = (0..20)
        .map(|n| large(&engine, &format!("Accord {n}")))
        .collect();
    let (short, long) = (founded(&engine), founded(&engine));
    for n in 0..40 {
        engine
            .act_on_framework(long, &by("MA"), area(n))
            .expect("it is opened");
    }
    engine.rebuild(|_| {}).expect("it is rebuilt");
    let has = |stream: StreamId| {
        let found = snapshots.load(&stream.to_string());
        found.expect("it is looked up").is_some()
    };
    for id in ids {
        assert!(has(StreamId::Agreement(id)), "{id}");
    }
    assert!(has(StreamId::Framework(long)));
    assert!(!has(StreamId::Framework(short)));
}

#[test]
fn a_snapshot_of_another_version_or_log_is_not_believed() {
    let (store, snapshots) = (common::store(), Arc::new(MemorySnapshots::default()));
    let engine = common::open(Arc::clone(&store), Arc::clone(&snapshots) as _);
    let id = founded(&engine);
    engine.save().expect("it is saved");
    let name = StreamId::Framework(id).to_string();
    let sound = snapshots
        .load(&name)
        .expect("it is read")
        .expect("it is there");
    let check = |stays: bool, spoil: &dyn Fn(&mut travaux_store::Snapshot)| {
        let mut spoilt = sound.clone();
        spoil(&mut spoilt);
        snapshots.save(&name, &spoilt).expect("it is kept");
        let cold = common::open(Arc::clone(&store), Arc::clone(&snapshots) as _);
        let again = cold.act_on_framework(
            id,
            &by("FR"),
            FrameworkEvent::FrameworkFounded(
                Foundation {
                    title: "Again".into(),
                    declaration: Declaration {
                        title: String::new(),
                        made: String::new().into(),
                        by: Vec::new(),
                    },
                    parties: Vec::new(),
                    areas: Vec::new(),
                }
                .into(),
            ),
        );
        assert!(matches!(again, Err(Error::Refused(_))), "{again:?}");
        assert_eq!(
            snapshots.load(&name).expect("it is read"),
            stays.then_some(spoilt),
            "it is thrown away only where nobody can use it"
        );
    };
    // Those of other programs, and of another engine that knows more.
    check(true, &|s| s.version += 1);
    check(true, &|s| s.version -= 1);
    check(true, &|s| s.checkpoint += 1);
    check(false, &|s| s.log.position += 1_000);
    check(false, &|s| s.state.truncate(3));
}

#[test]
fn commits_to_one_agreement_wait_their_turn_and_all_are_done() {
    let engine = engine();
    let id = proposed(&engine, "Accord");
    engine
        .act(id, &by("MA"), [accept(1), adopt(1)])
        .expect("it is adopted");
    thread::scope(|scope| {
        for n in 0..8 {
            let engine = &engine;
            scope.spawn(move || {
                thread::yield_now();
                let with = format!("coopèrent ({n})");
                engine
                    .act(id, &by("FR"), [revise(1, 2, "coopèrent", &with)])
                    .expect("it is proposed");
            });
        }
    });
    let record = engine.record(id).expect("it is there");
    assert_eq!((record.version, record.agreement.revisions.len()), (11, 9));
}
