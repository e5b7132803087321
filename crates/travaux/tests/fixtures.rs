//! Every version of every event that was ever written stays readable, and what is written today is what it was.
//!
//! `fixtures/` holds records as they were stored: `TYPE.SCHEMA.json`, with a further word where one file does not show all of a
//! type. They are never changed. A change of an event's serde form makes these tests fail: give the new form a new schema version
//! (`src/upcast.rs`) and a fixture of its own.
//!
//! The first fixture of a new type is written from its line in [`examples`]: `TRAVAUX_WRITE=1 cargo test -p travaux --test fixtures`.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    sync::Once,
};

use chrono::DateTime;
use serde_json::Value;
use travaux::{
    Beside, StreamCommand, decode,
    domain::{
        AgreementId, Event, FrameworkId, PackageId, Revision, StreamId,
        agreement::{
            Act, AgreementEvent, MachineEvent, Restated,
            amendment::{AmendmentAct, Silence},
            consent::{ConsentAct, Establishment},
            declaration::{DeclarationAct, Declares, Intent, View},
            ending::{Affected, ClaimNotice, EndingAct, Invoked, Measure, Scope},
            force::ForceAct,
            reservation::ReservationAct,
        },
        clause::{Means, Share},
        framework::{Body, FrameworkEvent, Roadmap, RoadmapStep},
        package::PackageEvent,
    },
    encode,
};
use travaux_store::{
    Commit, CommitId, Digest, Envelope, EnvelopeActor, EventStore as _, MemoryStore, NewEvent,
    Nonce, Read,
};
use travaux_testkit::meeting::item_ref;
use uuid::Uuid;

const FRAMEWORK: StreamId = StreamId::Framework(FrameworkId(Uuid::from_u128(1)));

/// An example of each type that was added since fixtures are written from examples, and the stream that it is an event of.
fn examples() -> Vec<(StreamId, Event)> {
    let framework = |event| (FRAMEWORK, Event::Framework(Box::new(event)));
    let withdrawn = PackageEvent::PackageWithdrawn {
        reason: Some("a new draft follows".into()),
    };
    let package = StreamId::Package(PackageId(Uuid::from_u128(1)));
    let repackaged = AgreementEvent::RevisionRepackaged {
        revision: Revision(2),
        package: PackageId(Uuid::from_u128(2)),
    };
    // On another date than the one that follows, all parties agree.
    let entered = AgreementEvent::Machine(MachineEvent::from(ForceAct::EnteredIntoForce {
        on: Some(DateTime::UNIX_EPOCH.date_naive()),
        basis: "exchange of letters".into(),
        consenting: vec!["FR".into(), "MA".into()],
        trace: Vec::new(),
    }));
    vec![
        (
            StreamId::Agreement(AgreementId(Uuid::from_u128(1))),
            Event::Agreement(entered.into()),
        ),
        framework(FrameworkEvent::AreaFollowsItem {
            on: DateTime::UNIX_EPOCH.date_naive(),
            area: "sport".into(),
            item: item_ref(1, "sport"),
        }),
        (package, Event::Package(withdrawn)),
        (
            StreamId::Agreement(AgreementId(Uuid::from_u128(1))),
            Event::Agreement(repackaged.into()),
        ),
    ]
}

/// What all parties agreed to, where records of before have one party alone.
fn by_consent() -> [(StreamId, Event); 2] {
    let consenting = Some(vec!["FR".into(), "MA".into()]);
    let body = Body {
        key: "group".into(),
        title: "Permanent joint group".into(),
        area: "migration".into(),
        mandate: "reference mechanism".into(),
        consenting: consenting.clone(),
    };
    let roadmap = Roadmap {
        title: "Roadmap".into(),
        adopted_on: DateTime::UNIX_EPOCH.date_naive(),
        steps: vec![RoadmapStep {
            area: "migration".into(),
            title: "A first session".into(),
            due: None,
        }],
        consenting,
    };
    [
        FrameworkEvent::BodyEstablished(body.into()),
        FrameworkEvent::RoadmapAdopted(roadmap.into()),
    ]
    .map(|event| (FRAMEWORK, Event::Framework(event.into())))
}

/// Suspensions, claims and amendments: between whom they operate, from and until when, with whose
/// agreement.
fn operating() -> Vec<(StreamId, Event)> {
    let on = DateTime::UNIX_EPOCH.date_naive();
    let parties = || vec!["FR".into(), "MA".into()];
    let claim = ClaimNotice {
        affected: Some(Affected::Specially),
        consenting: vec!["NL".into()],
        among_all: true,
        emerged_on: Some(on),
        urgency: Some("lives are at stake".into()),
        ..travaux_testkit::agreement::claim(Invoked::MaterialBreach, Measure::Suspend)
    };
    let acts = [
        EndingAct::Suspended {
            on,
            until: Some(on),
            notified_on: Some(on),
            consenting: Vec::new(),
            provisions: Vec::new(),
        },
        EndingAct::OperationResumed {
            on,
            number: 1,
            consenting: parties(),
        },
        EndingAct::ClaimNotified {
            on,
            claim,
            number: Some(1),
        },
        EndingAct::MeasureCarriedOut {
            on,
            number: 1,
            by: travaux_testkit::agreement::minister(true),
            scope: Some(Scope::Among(parties())),
        },
        EndingAct::ClaimAccepted { on, number: 1 },
        EndingAct::ClaimSettled {
            on,
            number: 1,
            by: "exchange of letters".into(),
            measure: Some(Measure::Suspend),
            consenting: parties(),
            decided: false,
            scope: Some(Scope::With("MA".into())),
        },
    ];
    let amended = AmendmentAct::AmendmentEnteredIntoForce {
        on: Some(on),
        revision: Revision(2),
        instrument: Some(AgreementId(Uuid::from_u128(2))),
        between: parties(),
        later: BTreeMap::from([("MA".into(), on)]),
    };
    let revision = Revision(2);
    let silent = [
        AmendmentAct::AmendmentNotified {
            on,
            revision,
            to: vec!["MA".into()],
            silence: Some(Silence {
                until: on,
                from: on,
                blocked_by_more_than: Some(Share { of: 1, out_of: 3 }),
            }),
        },
        AmendmentAct::AmendmentObjected { on, revision },
        AmendmentAct::AmendmentObjectionWithdrawn { on, revision },
    ];
    let agreement = StreamId::Agreement(AgreementId(Uuid::from_u128(1)));
    let acts = acts.map(MachineEvent::from).into_iter();
    acts.chain([amended.into()])
        .chain(silent.map(MachineEvent::from))
        .map(|act| {
            (
                agreement,
                Event::Agreement(AgreementEvent::Machine(act).into()),
            )
        })
        .collect()
}

/// A reservation that was withdrawn in part, and notice of that.
fn narrowed() -> [(StreamId, Event); 2] {
    let on = DateTime::UNIX_EPOCH.date_naive();
    [
        ReservationAct::ReservationNarrowed {
            on,
            number: 1,
            provisions: vec![travaux_testkit::agreement::p(2)],
            words: "except in January".into(),
            narrowing: Some(1),
        },
        ReservationAct::WithdrawalReceived {
            on,
            number: 1,
            narrowing: Some(1),
        },
    ]
    .map(|act| {
        (
            StreamId::Agreement(AgreementId(Uuid::from_u128(1))),
            Event::Agreement(AgreementEvent::Machine(act.into()).into()),
        )
    })
}

/// What a party declares, and what becomes of that; one half of an exchange, and that it was something else.
fn declared() -> Vec<(StreamId, Event)> {
    let on = DateTime::UNIX_EPOCH.date_naive();
    let made = DeclarationAct::DeclarationMade {
        on,
        declares: Declares::Extension {
            territories: vec!["Mayotte".into(), "Reunion".into()],
        },
        words: "It extends to both.".into(),
        intent: Intent::Clarify,
        number: Some(1),
    };
    let declared = [
        made,
        DeclarationAct::DeclarationNotified {
            on,
            number: 1,
            to: vec!["MA".into()],
        },
        DeclarationAct::DeclarationAnswered {
            on,
            number: 1,
            view: View::Opposes,
        },
        DeclarationAct::DeclarationWithdrawn {
            on,
            number: 1,
            territories: vec!["Reunion".into()],
        },
    ];
    let given = ConsentAct::InstrumentEstablished {
        on,
        means: Means::Ratification,
        how: Establishment::Exchange,
        chosen: Vec::new(),
        waits: true,
    };
    let waits = MachineEvent::from(given);
    let restated = AgreementEvent::ActRestated(Restated {
        event: 9,
        was: Some(Act(waits.clone())),
        done: Some(Act(ConsentAct::DeclinedToBecomeParty { on }.into())),
        consenting: vec!["MA".into()],
        reason: "a slip".into(),
    });
    let acts = declared.map(MachineEvent::from).into_iter();
    acts.chain([waits])
        .map(AgreementEvent::Machine)
        .chain([restated])
        .map(|event| {
            (
                StreamId::Agreement(AgreementId(Uuid::from_u128(1))),
                Event::Agreement(event.into()),
            )
        })
        .collect()
}

/// These, and those of all deeds.
fn all_examples() -> Vec<(StreamId, Event)> {
    let deeds = travaux_testkit::deeds::all();
    examples()
        .into_iter()
        .chain(by_consent())
        .chain(operating())
        .chain(narrowed())
        .chain(declared())
        .chain(deeds)
        .chain(of_a_day())
        .collect()
}

/// What may be said to have been done on a day, as the first version of each fixture holds it.
fn of_a_day() -> Vec<(StreamId, Event)> {
    let folder = folder();
    let mut first: Vec<_> = names(&folder);
    first.retain(|name| name.ends_with(".1.json"));
    first.sort();
    let read = |name: String| {
        let bytes = fs::read_to_string(folder.join(&name)).expect("a fixture");
        let envelope: Envelope<'_> = serde_json::from_str(&bytes).expect("an envelope");
        let recorded = decode(envelope, |_| Ok(None)).expect("it is read");
        (recorded.stream, recorded.event)
    };
    let all = first.into_iter().map(read);
    all.filter(|(stream, event)| takes_day(*stream, event))
        .collect()
}

fn takes_day(stream: StreamId, event: &Event) -> bool {
    StreamCommand::behind(stream, event).is_some_and(|command| command.takes_day())
}

/// The record of an event, as a store holds it: of a stream that it begins, in a log that it begins.
fn record(stream: StreamId, event: &Event) -> (NewEvent, String) {
    let beside = Beside {
        done_on: takes_day(stream, event).then(|| "2025-12-24".parse().expect("a day")),
        ..Beside::default()
    };
    let id = (Uuid::from_u128(2), Nonce([0; 16]));
    let (new, attachments) =
        encode(stream, id, event, &beside).unwrap_or_else(|e| panic!("{}: {e}", event.type_name()));
    let store = MemoryStore::default();
    let commit = Commit {
        id: CommitId(Uuid::from_u128(3)),
        recorded_at: "2026-01-01T00:00:00Z".parse().expect("a time"),
        actor: EnvelopeActor {
            party: "FR".into(),
            person: None,
        },
        correlation: Uuid::from_u128(3),
        causation: None,
        guards: Vec::new(),
        events: vec![new.clone()],
        attachments,
    };
    store.append(commit).expect("it fits");
    let page = store.read(&Read::log(1)).expect("it is read");
    let bytes = page.records[0].bytes().to_vec();
    (new, String::from_utf8(bytes).expect("JSON"))
}

/// Writes into `folder` a fixture of each version of a type that has none there, from the first example of it; what stands there stays
/// as it is. Returns the names of the files that were written.
fn write_lacking(folder: &Path, examples: &[(StreamId, Event)]) -> Vec<String> {
    let mut known: BTreeSet<String> = names(folder)
        .iter()
        .filter_map(|name| {
            let mut words = name.split('.');
            Some(format!("{}.{}", words.next()?, words.next()?))
        })
        .collect();
    let mut written = Vec::new();
    for (stream, event) in examples {
        let (new, bytes) = record(*stream, event);
        let version = format!("{}.{}", new.kind, new.schema);
        let name = format!("{version}.json");
        if known.insert(version) {
            fs::write(folder.join(&name), bytes + "\n").expect("it is written");
            written.push(name);
        }
    }
    written
}

fn names(folder: &Path) -> Vec<String> {
    let files = fs::read_dir(folder).expect("the folder of fixtures");
    files
        .map(|file| file.expect("a file").file_name().into_string())
        .map(|name| name.expect("a name"))
        .collect()
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}

struct Fixture {
    name: String,
    kind: String,
    schema: u16,
    bytes: String,
}

fn fixtures() -> Vec<Fixture> {
    let folder = folder();
    if std::env::var_os("TRAVAUX_WRITE").is_some() {
        // The tests run beside each other: only one writes.
        static WRITTEN: Once = Once::new();
        WRITTEN.call_once(|| drop(write_lacking(&folder, &all_examples())));
    }
    let mut all: Vec<Fixture> = names(&folder)
        .into_iter()
        .map(|name| {
            let mut words = name.split('.');
            let kind = words.next().expect("a type").to_owned();
            let schema = words
                .next()
                .and_then(|s| s.parse().ok())
                .expect("a schema version");
            let bytes = fs::read_to_string(folder.join(&name))
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

/// The event of a fixture with its stream, and the record that would be written for it today.
fn read(fixture: &Fixture) -> ((StreamId, Event), NewEvent) {
    let envelope: Envelope<'_> =
        serde_json::from_str(&fixture.bytes).unwrap_or_else(|e| panic!("{}: {e}", fixture.name));
    let recorded = decode(envelope.clone(), |_: Digest| Ok(None))
        .unwrap_or_else(|e| panic!("{}: {e}", fixture.name));
    let (new, attachments) = encode(
        recorded.stream,
        (envelope.id, envelope.nonce.unwrap_or(Nonce([0; 16]))),
        &recorded.event,
        &Beside::from(&recorded),
    )
    .expect("it is encoded");
    assert!(
        attachments.is_empty(),
        "{}: a fixture holds all of its payload",
        fixture.name
    );
    ((recorded.stream, recorded.event), new)
}

#[test]
fn every_version_of_every_type_has_a_fixture() {
    let mut versions: BTreeMap<String, (u16, Vec<u16>)> = BTreeMap::new();
    for fixture in fixtures() {
        let ((_, event), new) = read(&fixture);
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
            .unwrap_or_else(|| panic!("{kind} has no fixture: give an example of it in `examples`, and write it with TRAVAUX_WRITE=1"));
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
fn a_type_without_a_fixture_gets_one_and_no_other_is_touched() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("fixtures");
    if folder.exists() {
        fs::remove_dir_all(&folder).expect("it goes");
    }
    fs::create_dir_all(&folder).expect("a folder");
    fs::write(folder.join("TextAdopted.2.json"), "as it was").expect("it is written");
    let every: Vec<_> = fixtures().iter().map(|f| read(f).0).collect();

    let written = write_lacking(&folder, &every);
    assert_eq!(written.len(), Event::types().count() - 1);
    for (stream, event) in all_examples().iter().chain(&every) {
        let bytes = record(*stream, event).1;
        let envelope: Envelope<'_> = serde_json::from_str(&bytes).expect("an envelope");
        let recorded = decode(envelope, |_| Ok(None)).expect("it is decoded");
        assert_eq!((recorded.stream, &recorded.event), (*stream, event));
    }
    assert_eq!(write_lacking(&folder, &every), Vec::<String>::new());
    let kept = fs::read_to_string(folder.join("TextAdopted.2.json"));
    assert_eq!(kept.expect("it is read"), "as it was");
}

/// A day that a record may hold is part of its form: an older program has to refuse it.
#[test]
fn whatever_may_have_a_day_is_of_a_version_that_has_one() {
    let mut with_day = BTreeSet::new();
    let mut without = BTreeSet::new();
    for fixture in fixtures() {
        let envelope: Envelope<'_> = serde_json::from_str(&fixture.bytes).expect("an envelope");
        let recorded = decode(envelope, |_| Ok(None)).expect("it is read");
        if recorded.done_on.is_some() {
            assert!(fixture.schema > 1, "{}", fixture.name);
            with_day.insert(fixture.kind);
        } else if takes_day(recorded.stream, &recorded.event) {
            without.insert(fixture.kind);
        }
    }
    assert_eq!(without, with_day, "each was written without a day before");
    assert_eq!(with_day.len(), 14);
}

/// What stands beside the fields of an event is told from them by name.
#[test]
fn no_event_has_a_field_of_a_name_that_stands_beside_it() {
    for (stream, event) in all_examples() {
        let form = serde_json::to_value(&event).expect("it serialises");
        let payload = form.as_object().and_then(|form| form.values().next());
        for name in ["rests_on", "done_on"] {
            let has = payload.is_some_and(|payload| payload.get(name).is_some());
            assert!(!has, "{stream}: {} has a field `{name}`", event.type_name());
        }
    }
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
