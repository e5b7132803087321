//! What a decision and an answer cost: on state that is folded, against folding it again.

use std::sync::LazyLock;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use travaux::{
    domain::{
        Actor, AgreementId, Context, Event, EventId, Profile, Recorded, Revision, StreamId,
        agreement::{AgreementCommand as C, AgreementEvent, Nature, RevisionDraft},
        agreement::{
            consent::{ConsentAct, Manner, Office, Representative},
            depositary::{DepositaryAct, Subject},
        },
    },
    projections::{AgreementRecord, DynProjection as _, Erased, InForceQuestion, Register},
    text::{Lang, Operation, ProvisionId},
};
use uuid::Uuid;

fn main() {
    divan::main();
}

fn fr() -> Lang {
    Lang::parse("fr").expect("a tag")
}

fn now(step: u64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::minutes(i64::try_from(step).unwrap_or(0))
}

struct Log {
    record: AgreementRecord,
    events: Vec<Recorded>,
}

impl Log {
    /// A treaty of three, signed by all, in force.
    fn new() -> Self {
        let mut log = Self {
            record: AgreementRecord::default(),
            events: Vec::new(),
        };
        let text = "## Article 1\n\nLes Parties coopèrent w0.\n\n## Article 2\n\nElles échangent des informations.\n";
        let builder = travaux::proposal("Treaty", Profile::treaty())
            .party("A", "A")
            .party("B", "B")
            .party("C", "C");
        log.does(
            "A",
            C::Propose(Box::new(builder.text("fr", text).expect("a text").build())),
        );
        for party in ["B", "C"] {
            log.does(
                party,
                C::AcceptRevision {
                    revision: Revision(1),
                },
            );
        }
        log.does(
            "A",
            C::AdoptText {
                revision: Revision(1),
                effective_from: None,
                package: None,
                elsewhere: None,
            },
        );
        log.does(
            "A",
            C::AuthenticateText {
                method: "initialling".into(),
                parties: vec!["A".into(), "B".into(), "C".into()],
            },
        );
        for party in ["A", "B", "C"] {
            let by = Representative {
                name: "x".into(),
                office: Office::ForeignMinister,
                full_powers: false,
            };
            log.does(
                party,
                ConsentAct::Signed {
                    on: NaiveDate::default(),
                    manner: Manner::Definitive,
                    by,
                }
                .into(),
            );
        }
        log
    }

    fn does(&mut self, party: &str, command: C) {
        let version = self.record.version + 1;
        let context = Context::new(Actor::party(party), now(version));
        let decided = self
            .record
            .agreement
            .decide(command, &context)
            .expect("it is decided");
        let recorded = Recorded {
            position: version,
            stream: StreamId::Agreement(AgreementId(Uuid::nil())),
            version,
            id: EventId(Uuid::nil()),
            recorded_at: context.now,
            actor: context.actor,
            event: Event::Agreement(decided.event.into()),
            legal_basis: Some(decided.legal_basis),
            done_on: None,
        };
        self.record.apply(&recorded);
        self.events.push(recorded);
    }
}

/// 1,000 events: after the conclusion, notes between the parties.
static THOUSAND: LazyLock<Log> = LazyLock::new(|| {
    let mut log = Log::new();
    while log.record.version < 1_000 {
        let subject = Subject::Other("a note".into());
        log.does(
            "A",
            DepositaryAct::NotificationSent {
                on: NaiveDate::default(),
                subject,
                number: None,
            }
            .into(),
        );
    }
    log
});

/// 10,000 revisions: amendments, each adopted by all.
static AMENDED: LazyLock<Log> = LazyLock::new(|| {
    let mut log = Log::new();
    for number in 2..=10_000_u32 {
        let (old, new) = (
            if number == 2 {
                "w0".into()
            } else {
                format!("w{}", number - 1)
            },
            format!("w{number}"),
        );
        let op = Operation::substitute(ProvisionId::new(1, 2), fr(), &old, &new, 1);
        let revision = RevisionDraft {
            nature: Nature::Amendment,
            ..RevisionDraft::new(Revision(number - 1), vec![op])
        };
        log.does("A", C::ProposeRevision(Box::new(revision)));
        for party in ["B", "C"] {
            log.does(
                party,
                C::AcceptRevision {
                    revision: Revision(number),
                },
            );
        }
        log.does(
            "A",
            C::AdoptText {
                revision: Revision(number),
                effective_from: None,
                package: None,
                elsewhere: None,
            },
        );
    }
    log
});

fn note() -> C {
    DepositaryAct::NotificationSent {
        on: NaiveDate::default(),
        subject: Subject::Other("a note".into()),
        number: None,
    }
    .into()
}

/// To reach: under 20 µs.
#[divan::bench]
fn decision_on_1000_events(bencher: divan::Bencher) {
    let context = Context::new(Actor::party("B"), now(100_000));
    let state = &THOUSAND.record.agreement;
    bencher
        .with_inputs(note)
        .bench_values(|command| state.decide(command, &context).is_ok());
}

/// The rival: fold the events, then decide.
#[divan::bench]
fn decision_after_folding_1000_events(bencher: divan::Bencher) {
    let context = Context::new(Actor::party("B"), now(100_000));
    let events = &THOUSAND.events;
    bencher.with_inputs(note).bench_values(|command| {
        let mut record = AgreementRecord::default();
        events.iter().for_each(|event| record.apply(event));
        record.agreement.decide(command, &context).is_ok()
    });
}

fn question(known_at: Option<DateTime<Utc>>) -> InForceQuestion {
    InForceQuestion {
        on: "2030-01-01".parse().expect("a date"),
        known_at,
        between: ("A".into(), "B".into()),
    }
}

fn answer(record: &AgreementRecord, question: InForceQuestion) -> Option<String> {
    let answer = record.in_force_between(question);
    record.print_in_force(&answer, fr())
}

/// To reach: under 1 ms.
#[divan::bench]
fn in_force_with_10000_revisions(bencher: divan::Bencher) {
    let record = &AMENDED.record;
    assert!(answer(record, question(None)).is_some_and(|t| t.contains("w10000")));
    bencher
        .with_inputs(|| question(None))
        .bench_values(|q| answer(record, q));
}

/// The same as known half-way.
#[divan::bench]
fn in_force_as_known_half_way(bencher: divan::Bencher) {
    let record = &AMENDED.record;
    let half = now(record.version / 2);
    assert!(answer(record, question(Some(half))).is_some_and(|t| !t.contains("w10000")));
    bencher
        .with_inputs(|| question(Some(half)))
        .bench_values(|q| answer(record, q));
}

/// The rival: run the operations of all adopted revisions again.
#[divan::bench(sample_count = 10)]
fn running_10000_revisions_again(bencher: divan::Bencher) {
    let operations: Vec<Vec<Operation>> = AMENDED
        .events
        .iter()
        .filter_map(|e| match e.event.agreement()? {
            AgreementEvent::RevisionProposed(p) => Some(p.draft.operations.clone()),
            _ => None,
        })
        .collect();
    let first = AMENDED.record.agreement.history.text_at(1);
    bencher.bench(|| {
        let mut text = first.clone();
        for (revision, operations) in (2..).zip(&operations) {
            let _ = text.apply(operations, revision);
        }
        text.print(fr())
    });
}

/// The bytes of a register of 10,000 treaties in force, each with the acts by which it came to be.
static REGISTER: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let events = Log::new().events;
    let mut register = Erased::<Register>::default();
    for agreement in 0..10_000 {
        let stream = StreamId::Agreement(AgreementId(Uuid::from_u128(agreement)));
        for event in &events {
            let recorded = Recorded {
                stream,
                ..event.clone()
            };
            register.apply(&recorded);
        }
    }
    register.state().expect("it serialises")
});

/// What a list of 10,000 agreements costs: the register is read, and where each stands is concluded.
#[divan::bench(sample_count = 10)]
fn list_of_10000_agreements(bencher: divan::Bencher) {
    let on: NaiveDate = "2030-01-01".parse().expect("a date");
    let bytes = &*REGISTER;
    bencher.bench(|| {
        let mut register = Erased::<Register>::default();
        register.restore(bytes).expect("it is read back");
        let entries = register.0.agreements.values();
        let in_force = entries.filter(|e| e.status(on, None).force.state.is_in_force());
        assert_eq!(in_force.count(), 10_000);
    });
}
