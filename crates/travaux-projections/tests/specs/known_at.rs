//! What was known at a time is what a log that ends there gives: for every view that can be asked
//! about the past, at each moment of the log and between them.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use travaux_domain::{
    AgreementId, Event, EventId, Handle, Party, Recorded, StreamId,
    agreement::Status,
    framework::{
        Area, AreaOpening, Body, Declaration, Foundation, FrameworkEvent, Roadmap, RoadmapStep,
    },
    package::{Item, PackageCommand, PackageProposal},
};
use travaux_projections::{
    AgreementRecord, Frameworks, InForceQuestion, Projection, Register, TextQuestion, Timeline,
};
use travaux_testkit::{
    acts,
    agreement::{date, ids},
    history::{History, agreement_id, framework_id, package_id},
    random::{Rng, seed},
};

use crate::common::{adopted, amended, arrangement, propose, view};

/// A view of what was recorded by a time.
fn by<P: Projection>(log: &[Recorded], at: DateTime<Utc>) -> P {
    let mut view = P::default();
    log.iter()
        .filter(|recorded| recorded.recorded_at <= at)
        .for_each(|recorded| view.apply(recorded));
    view
}

/// The record of the agreement of these events, as recorded by a time.
fn record_by(log: &[Recorded], at: DateTime<Utc>) -> AgreementRecord {
    let mut record = AgreementRecord::default();
    log.iter()
        .filter(|r| r.recorded_at <= at && matches!(r.stream, StreamId::Agreement(_)))
        .for_each(|recorded| record.apply(recorded));
    record
}

/// Before the log, at each of its moments, and just before and behind each.
fn moments(log: &[Recorded]) -> Vec<DateTime<Utc>> {
    let just = TimeDelta::nanoseconds(1);
    let around = |at: DateTime<Utc>| [at - just, at, at + just];
    let mut all: Vec<_> = log.iter().flat_map(|r| around(r.recorded_at)).collect();
    all.dedup();
    all
}

/// The same status, by whichever way it was known.
fn same(then: Status, now: Status) {
    assert_eq!(
        Status {
            known_at: None,
            ..then
        },
        now
    );
}

/// A life of one agreement that the law accepts, as a log.
fn life(seed: u64) -> Vec<Recorded> {
    let done = acts::history(seed, 120);
    let record = |(position, done): (u64, &acts::Done)| Recorded {
        position,
        stream: StreamId::Agreement(agreement_id(1)),
        version: position,
        id: EventId(agreement_id(u128::from(position)).0),
        recorded_at: done.context().now,
        actor: done.context().actor,
        event: Event::Agreement(done.decided.event.clone().into()),
        legal_basis: None,
        done_on: done.on,
    };
    (1..).zip(&done).map(record).collect()
}

/// What a register and a record say of an agreement on a day: asked of the whole log as known at a
/// time, and of the log up to there.
fn agrees(log: &[Recorded], id: AgreementId, at: DateTime<Utc>, on: NaiveDate) {
    let (whole, then) = (
        by::<Register>(log, DateTime::<Utc>::MAX_UTC),
        by::<Register>(log, at),
    );
    let entry = &whole.agreements[&id];
    let Some(known) = then.agreements.get(&id) else {
        assert!(!entry.was_known_at(at), "nobody knew of it at {at}");
        assert_eq!(
            (entry.known(Some(at)), entry.frameworks(Some(at)).next()),
            (None, None)
        );
        return;
    };
    assert!(entry.was_known_at(at), "it was known at {at}");
    assert_eq!(entry.known(Some(at)), known.known(None), "at {at}");
    let frameworks = |known_at| entry.frameworks(known_at).collect::<Vec<_>>();
    assert_eq!(
        frameworks(Some(at)),
        known.frameworks(None).collect::<Vec<_>>()
    );
    same(entry.status(on, Some(at)), known.status(on, None));

    let (whole, then) = (record_by(log, DateTime::<Utc>::MAX_UTC), record_by(log, at));
    let lang = whole.default_language();
    let ask = |record: &AgreementRecord, known_at| {
        let answer = record.text_in_force(TextQuestion { on, known_at });
        let text = record.print_answer(&answer, lang);
        (answer.applied, answer.pending, answer.reason, text)
    };
    assert_eq!(
        ask(&whole, Some(at)),
        ask(&then, None),
        "on {on}, known at {at}"
    );
    let parties = then.agreement.all_parties();
    for (a, b) in parties.iter().zip(parties.iter().skip(1)) {
        let ask = |record: &AgreementRecord, known_at| {
            let between = (a.clone(), b.clone());
            let answer = record.in_force_between(InForceQuestion {
                on,
                known_at,
                between,
            });
            let text = record.print_in_force(&answer, lang);
            (answer.between, answer.applied, answer.events, text)
        };
        assert_eq!(
            ask(&whole, Some(at)),
            ask(&then, None),
            "{a}, {b} on {on}, known at {at}"
        );
    }
}

#[test]
fn an_agreement_with_amendments_and_a_correction() {
    let history = amended();
    let log: Vec<_> = history.of_agreement(1).cloned().collect();
    let days = [
        "2025-02-28",
        "2025-03-01",
        "2025-06-01",
        "2025-12-31",
        "2026-01-01",
    ]
    .map(date);
    for at in moments(&log) {
        days.iter()
            .for_each(|on| agrees(&log, agreement_id(1), at, *on));
    }
}

#[test]
fn any_life_of_an_agreement() {
    let seed = seed("any_life_of_an_agreement");
    let mut rng = Rng::new(seed);
    for life_of in 0..12 {
        let log = life(seed.wrapping_add(life_of));
        let moments = moments(&log);
        for _ in 0..25 {
            let at = rng.pick(&moments);
            let on = rng.pick(&moments).date_naive();
            agrees(&log, agreement_id(1), at, on);
        }
    }
}

fn framework_with_all() -> History {
    let mut history = History::new();
    let party = |id: &str| Party {
        id: id.into(),
        name: id.to_owned(),
    };
    let area = |key: &str| Area {
        key: key.into(),
        title: key.to_owned(),
    };
    let roadmap = |title: &str, on: &str| {
        FrameworkEvent::RoadmapAdopted(
            Roadmap {
                title: title.to_owned(),
                adopted_on: date(on),
                steps: vec![RoadmapStep {
                    area: "migration".into(),
                    title: format!("{title}: meet"),
                    due: None,
                }],
                consenting: None,
            }
            .into(),
        )
    };
    let package = |number: u128| {
        PackageCommand::Propose(PackageProposal {
            title: format!("package {number}"),
            framework: Some(framework_id(1)),
            parties: ids(&["FR", "MA"]),
            items: vec![Item {
                agreement: agreement_id(1),
                revision: travaux_domain::Revision(2),
            }],
        })
    };
    let founded = Foundation {
        title: "Partenariat".into(),
        declaration: Declaration {
            title: "déclaration".into(),
            made: "2024-10".into(),
            by: vec![],
        },
        parties: vec![party("FR"), party("MA")],
        areas: vec![area("migration")],
    };
    let handle = |handle: &str| {
        let handle: Handle = handle.parse().expect("a handle");
        handle.give(StreamId::Framework(framework_id(1)))
    };
    let body = Body {
        key: "committee".into(),
        title: "Committee".into(),
        area: "security".into(),
        mandate: "it meets".into(),
        consenting: None,
    };
    let joined = |number| FrameworkEvent::AgreementJoined {
        agreement: agreement_id(number),
        area: "migration".into(),
    };
    history
        .at("2025-01-01")
        .agreement(1, "FR", propose(arrangement()))
        .agreement(2, "FR", propose(arrangement()))
        .at("2025-02-01")
        .framework(1, "FR", FrameworkEvent::FrameworkFounded(founded.into()))
        .at("2025-03-01")
        .framework(1, "MA", joined(1))
        .at("2025-04-01")
        .framework(
            1,
            "FR",
            FrameworkEvent::AreaOpened(AreaOpening::from(area("security")).into()),
        )
        .framework(1, "FR", FrameworkEvent::BodyEstablished(body.into()))
        .at("2025-05-01")
        .package(1, "FR", package(1))
        .framework(1, "FR", joined(2))
        .at("2025-05-20")
        .does("MA", handle("pact"))
        .at("2025-05-25")
        .does("FR", handle("second-name"))
        .at("2025-06-01")
        .framework(1, "FR", roadmap("first", "2025-05-15"))
        .package(2, "MA", package(2))
        .at("2025-07-01")
        .framework(1, "MA", roadmap("second", "2025-06-15"))
        .package(1, "MA", PackageCommand::Accept);
    history
}

#[test]
fn a_framework_with_all_that_belongs_to_it() {
    let history = framework_with_all();
    let whole: Frameworks = view(&history);
    let id = framework_id(1);
    for at in moments(history.log()) {
        let then: Frameworks = by(history.log(), at);
        let known = whole.framework(id, Some(at));
        assert_eq!(
            known.as_deref(),
            then.frameworks.get(&id).map(|view| &**view),
            "at {at}"
        );
    }
    assert_eq!(
        whole.framework(id, None).as_deref(),
        whole.frameworks.get(&id).map(|view| &**view)
    );
    assert_eq!(whole.framework(framework_id(9), None), None);
    // It is no comparison of nothing with nothing.
    let last = &whole.frameworks[&id];
    assert_eq!(
        (last.packages.len(), last.state.roadmaps.len(), last.version),
        (2, 2, 7)
    );
    assert_eq!(
        (last.state.agreements.len(), last.state.bodies.len()),
        (2, 1)
    );
}

#[test]
fn a_package_was_known_from_its_proposal_on_and_not_from_its_last_answer() {
    let whole: Frameworks = view(&framework_with_all());
    let known = |day: &str| -> Vec<_> {
        let at = date(day).and_hms_opt(23, 0, 0).expect("a time").and_utc();
        let view = whole
            .framework(framework_id(1), Some(at))
            .expect("it was known");
        view.packages.clone()
    };
    assert_eq!(known("2025-04-30"), []);
    assert_eq!(known("2025-05-01"), [package_id(1)]);
    assert_eq!(known("2025-06-01"), [package_id(1), package_id(2)]);
}

#[test]
fn a_framework_had_its_handle_from_when_it_was_given() {
    let whole: Frameworks = view(&framework_with_all());
    let known = |day: &str| {
        let at = date(day).and_hms_opt(23, 0, 0).expect("a time").and_utc();
        let view = whole.framework(framework_id(1), Some(at));
        let handle = view.expect("it was known").handle.clone();
        handle.map(|handle| handle.to_string())
    };
    assert_eq!(known("2025-05-19"), None, "nobody knew of it");
    assert_eq!(known("2025-05-20").as_deref(), Some("pact"));
    assert_eq!(known("2025-05-25").as_deref(), Some("pact"), "the first");
}

#[test]
fn an_agreement_that_joined_is_under_its_framework_from_then_on() {
    let history = framework_with_all();
    let days = ["2025-02-01", "2025-07-01"].map(date);
    for at in moments(history.log()) {
        for number in [1, 2] {
            let of = |r: &&Recorded| match r.stream {
                StreamId::Agreement(id) => id == agreement_id(number),
                _ => true,
            };
            let log: Vec<_> = history.log().iter().filter(of).cloned().collect();
            let id = agreement_id(number);
            days.iter().for_each(|on| agrees(&log, id, at, *on));
        }
    }
}

#[test]
fn the_custody_of_a_revision_does_not_change_when_others_follow() {
    let history = amended();
    let log: Vec<_> = history.of_agreement(1).cloned().collect();
    let mut whole = record_by(&log, DateTime::<Utc>::MAX_UTC);
    whole.follow();
    let lang = whole.default_language();
    let mut compared = 0;
    for at in moments(&log) {
        let mut then = record_by(&log, at);
        then.follow();
        for adoption in &then.agreement.adoptions {
            let of = |record: &AgreementRecord| {
                let lines = record
                    .blame(adoption.revision, lang)
                    .expect("it is adopted");
                lines
                    .iter()
                    .map(|line| {
                        let by = &line.custodian;
                        let whose = (by.revision, by.proposer.to_owned(), by.adopted_at);
                        (line.text.to_string(), line.provision, whose, line.returned)
                    })
                    .collect::<Vec<_>>()
            };
            assert_eq!(
                of(&whole),
                of(&then),
                "revision {:?} at {at}",
                adoption.revision
            );
            compared += 1;
        }
    }
    assert!(compared > 30, "{compared}");
}

#[test]
fn a_timeline_says_when_it_was_done_and_from_when_it_has_effect() {
    let timeline: Timeline = view(&amended());
    let said: Vec<_> = timeline
        .entries
        .iter()
        .map(|e| {
            let day = |on: Option<NaiveDate>| on.map_or("-".to_owned(), |on| on.to_string());
            let recorded = e.recorded_at.date_naive();
            format!(
                "{recorded} {} {} {}",
                day(e.done_on),
                day(e.effective_from),
                e.what
            )
        })
        .collect();
    let begins = [
        "2025-01-10 - - proposed: Traité",
        "2025-01-10 - - revision 1 accepted by MA",
        "2025-01-10 - - revision 1 adopted",
        "2025-01-10 - - text authenticated in fr",
        "2025-02-01 2025-01-20 - signed on 2025-01-20",
        "2025-02-01 2025-01-20 - signed on 2025-01-20",
        "2025-02-01 2025-03-01 2025-03-01 entered into force: Article 3",
        "2025-04-01 - 2026-01-01 amendment 2 proposed on 1",
        "2025-04-01 - - revision 2 accepted by MA",
        "2025-04-01 - 2026-01-01 revision 2 adopted",
        "2025-05-01 - 2025-06-01 amendment 3 proposed on 1",
    ];
    for (line, begin) in said.iter().zip(begins) {
        assert!(line.starts_with(begin), "{line}\n{begin}");
    }
    assert_eq!(said.len(), 16);
}

#[test]
fn the_timelines_of_streams_are_that_of_the_log_parted() {
    let mut history = framework_with_all();
    history.agreement(2, "MA", travaux_testkit::agreement::accept(1));
    let whole: Timeline = view(&history);
    let streams: std::collections::BTreeSet<_> = history.log().iter().map(|r| r.stream).collect();
    let mut parted = Vec::new();
    for stream in &streams {
        let mut own = Timeline::default();
        history
            .log()
            .iter()
            .filter(|r| r.stream == *stream)
            .for_each(|r| own.apply(r));
        assert!(own.entries.iter().all(|e| e.stream == stream.to_string()));
        parted.extend(own.entries);
    }
    parted.sort_by_key(|e| e.position);
    assert_eq!((parted, streams.len()), (whole.entries, 7));
}

#[test]
fn nothing_is_known_of_an_agreement_before_its_proposal() {
    let history = adopted(arrangement());
    let log: Vec<_> = history.of_agreement(1).cloned().collect();
    let before = log[0].recorded_at - TimeDelta::nanoseconds(1);
    agrees(&log, agreement_id(1), before, date("2030-01-01"));
    let register: Register = by(&log, before);
    assert!(register.agreements.is_empty());
}
