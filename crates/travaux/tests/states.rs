//! A state that is kept is what its version says: the stored events, folded in order, give the bytes on record.
//!
//! `states/` holds, for each version of each state, the names of the events, the digest of the state's bytes and the state to read. A
//! changed state without a raised version fails here: raise the version, and write a new file with `TRAVAUX_WRITE=1`, of all events
//! that there are then. A file that is there is never written again.

use std::{collections::BTreeMap, fs, path::PathBuf};

use serde::Serialize;
use travaux::{
    decode,
    domain::{Recorded, StreamId},
    projections::{
        AgreementRecord, Dossiers, DynProjection as _, Erased, Frameworks, Projection, Register,
        Tally, Timeline,
    },
    text::Digest,
};
use travaux_store::{Digest as AttachmentId, Envelope};
use uuid::Uuid;

fn folder(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// The names of all stored events: what begins a stream first, then the others by name.
fn all_events() -> Vec<String> {
    let files = fs::read_dir(folder("tests/fixtures")).expect("the fixtures");
    let mut names: Vec<String> = files
        .map(|file| {
            file.expect("a file")
                .file_name()
                .into_string()
                .expect("a name")
        })
        .collect();
    let begins = |name: &String| {
        [
            "AgreementProposed.",
            "FrameworkFounded.",
            "FrameworkProposed.",
            "PackageProposed.",
            "SourceOpened.",
            "TermsAgreed.",
            "RequestSent.",
            "MeetingConvened.",
            "JointBodyEstablished.",
            "ProcedureProposed.",
            "RoadmapProposed.",
            "ActionProposed.",
            "IndicatorAdopted.",
        ]
        .iter()
        .any(|kind| name.starts_with(kind))
    };
    names.sort_by_key(|name| (!begins(name), name.clone()));
    names
}

/// Where the state of a version is on record.
fn on_record(name: &str, version: u32) -> PathBuf {
    folder("tests/states").join(format!("{name}.{version}.txt"))
}

/// The events that a state on record was folded from; all, if it is not on record yet.
fn events_of(name: &str, version: u32) -> Vec<String> {
    let Ok(text) = fs::read_to_string(on_record(name, version)) else {
        return all_events();
    };
    let first = text.lines().next().expect("the events");
    first.split_whitespace().map(str::to_owned).collect()
}

/// What the name of a stream begins with.
fn kind_of(stream: StreamId) -> String {
    let name = stream.to_string();
    name.split('-').next().expect("a kind").to_owned()
}

/// The one stream of a kind.
fn only(kind: &str) -> StreamId {
    let name = format!("{kind}-{}", Uuid::nil());
    name.parse().expect("a stream")
}

/// Stored events as one log, with one stream of each kind.
fn log(names: &[String]) -> Vec<Recorded> {
    let mut versions = BTreeMap::new();
    let mut log = Vec::new();
    for name in names {
        let bytes = fs::read_to_string(folder("tests/fixtures").join(name)).expect("a fixture");
        let envelope: Envelope<'_> = serde_json::from_str(&bytes).expect("an envelope");
        let mut recorded = decode(envelope, |_: AttachmentId| Ok(None)).expect("an event");
        let stream = only(kind_of(recorded.stream).as_str());
        let version: &mut u64 = versions.entry(stream).or_default();
        *version += 1;
        (recorded.stream, recorded.version) = (stream, *version);
        recorded.position = log.len() as u64 + 1;
        log.push(recorded);
    }
    log
}

/// Compares a state with what is on record for its version.
fn check(name: &str, version: u32, events: &[String], bytes: &[u8], readable: &impl Serialize) {
    let json = serde_json::to_string_pretty(readable).expect("it serialises");
    let digest = Digest::of(bytes);
    let (events, length) = (events.join(" "), bytes.len());
    let found = format!("{events}\n{digest} of {length} bytes\n{json}\n");
    let path = on_record(name, version);
    if !path.exists() && std::env::var_os("TRAVAUX_WRITE").is_some() {
        fs::create_dir_all(folder("tests/states")).expect("the folder");
        fs::write(&path, &found).expect("it is written");
    }
    let on_record = fs::read_to_string(&path).unwrap_or_else(|e| {
        panic!("{name} {version} is not on record ({e}): run this with TRAVAUX_WRITE=1")
    });
    assert!(
        on_record == found,
        "the state of {name} has changed and its version is still {version}: raise it. {}",
        on_record
            .lines()
            .zip(found.lines())
            .find(|(was, is)| was != is && !was.contains(" bytes"))
            .map_or_else(String::new, |(was, is)| format!(
                "It was `{was}`, is `{is}`"
            ))
    );
}

fn view<P: Projection>() {
    let mut view = Erased::<P>::default();
    let events = events_of(P::NAME, P::VERSION);
    log(&events)
        .iter()
        .for_each(|recorded| view.apply(recorded));
    let bytes = view.state().expect("it serialises");
    check(P::NAME, P::VERSION, &events, &bytes, &view.0);
    let mut restored = Erased::<P>::default();
    restored.restore(&bytes).expect("it is read back");
    assert_eq!(restored.state().expect("it serialises"), bytes);
}

#[test]
fn every_view_is_what_its_version_says() {
    view::<Register>();
    view::<Dossiers>();
    view::<Frameworks>();
    view::<Tally>();
    view::<Timeline>();
}

/// The record of all agreement events in a log, its custody followed.
fn record(events: &[String]) -> AgreementRecord {
    let mut record = AgreementRecord::default();
    let log = log(events);
    log.iter().for_each(|recorded| record.apply(recorded));
    record.follow();
    record
}

#[test]
fn the_record_of_an_agreement_is_what_its_version_says() {
    let (name, version) = ("agreement", AgreementRecord::VERSION);
    let events = events_of(name, version);
    let record = record(&events);
    let bytes = record.state().expect("it serialises");
    check(name, version, &events, &bytes, &record);
}

#[test]
fn the_custody_of_its_words_is_what_its_version_says() {
    let (name, version) = ("custody", AgreementRecord::CUSTODY_VERSION);
    let events = events_of(name, version);
    let record = record(&events);
    let bytes = record.custody_state().expect("it serialises");
    check(name, version, &events, &bytes, record.custody());
}

/// The state of a stream, as the engine keeps it and the auditor reads it.
fn state_of(stream: StreamId) {
    let mut state = stream.initial();
    let version = state.form_version();
    let kind = &*kind_of(stream);
    let events = events_of(kind, version);
    for recorded in log(&events).iter().filter(|r| r.stream == stream) {
        state.evolve(&recorded.event, &recorded.context());
    }
    let bytes = serde_json::to_vec(&state).expect("it serialises");
    check(kind, version, &events, &bytes, &state);
    let restored = stream
        .read_state(&mut serde_json::Deserializer::from_slice(&bytes))
        .expect("it is read back");
    let again = serde_json::to_vec(&restored).expect("it serialises");
    assert_eq!(again, bytes);
}

#[test]
fn the_state_of_a_stream_of_any_kind_is_what_its_version_says() {
    // An agreement's is its record's, above.
    let others = StreamId::PREFIXES
        .iter()
        .filter(|kind| **kind != "agreement");
    for kind in others {
        state_of(only(kind));
    }
}
