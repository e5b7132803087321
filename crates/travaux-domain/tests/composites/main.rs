//! What is no agreement, given / when / then: one file a kind of stream.

#![allow(
    clippy::disallowed_methods,
    reason = "it reads the cases, to see that none is missing"
)]

mod body;
mod body_decision;
mod body_hard;
mod body_internal;
mod body_lives;
mod body_referral;
mod body_session;
mod clauses;
mod exchange;
mod framework;
mod framework_areas;
mod framework_lifecycle;
mod framework_lives;
mod handle;
mod indicator;
mod indicator_apart;
mod indicator_edges;
mod indicator_figures;
mod indicator_lives;
mod limits;
mod links;
mod lives;
mod markings;
mod meeting;
mod meeting_agenda;
mod meeting_follow;
mod meeting_hard;
mod meeting_lives;
mod meeting_outcome;
mod orphans;
mod package;
mod procedure;
mod procedure_case;
mod procedure_limits;
mod procedure_lives;
mod procedure_table;
mod request;
mod request_content;
mod request_lives;
mod roadmap;
mod roadmap_course;
mod roadmap_hard;
mod roadmap_lineage;
mod roadmap_lives;
mod roadmap_schedule;
mod round;
mod source;

use std::{collections::BTreeSet, fs, path::Path};

use chrono::DateTime;
use travaux_domain::{
    Actor, Aggregate as _, Context, Decided, Event, EventId, LegalBasis, Refusal, Rule,
    agreement::Agreement, framework::FrameworkEvent, package::PackageCommand, source::SourceEvent,
};
use uuid::Uuid;

pub(crate) fn by(party: &str) -> Context {
    Context::new(Actor::party(party), DateTime::UNIX_EPOCH)
}

#[track_caller]
pub(crate) fn refused<T: std::fmt::Debug>(decision: Result<T, Refusal>, rule: Rule, says: &str) {
    let refusal = decision.expect_err("it is refused");
    assert!(
        refusal.rule == rule && refusal.to_string().contains(says),
        "{refusal}"
    );
}

/// What was decided: the event's type, the rule that it rests on, and what a history says of it.
pub(crate) fn rests<E>(
    decided: Result<Decided<E>, Refusal>,
    event: fn(E) -> Event,
) -> (&'static str, Rule, String) {
    let decided = decided.expect("it is decided");
    let event = event(decided.event);
    let what = event.describe().what;
    (event.type_name(), decided.legal_basis.rule, what)
}

#[test]
fn every_event_is_written_under_the_name_of_its_type() {
    let founded = FrameworkEvent::FrameworkFounded(framework::foundation().into());
    let read = SourceEvent::CommitsRead { commits: vec![] };
    let rejected = package::package(&[("MA", PackageCommand::Propose(package::proposal()))])
        .decide(PackageCommand::Accept, &by("FR"))
        .expect("it is decided")
        .event;
    for (event, json) in [
        (
            Event::Framework(founded.clone().into()),
            serde_json::to_value(&founded),
        ),
        (Event::Source(read.clone()), serde_json::to_value(&read)),
        (
            Event::Package(rejected.clone()),
            serde_json::to_value(&rejected),
        ),
    ] {
        assert!(
            json.expect("JSON").get(event.type_name()).is_some(),
            "{}",
            event.type_name()
        );
        assert!(Event::types().any(|t| t == event.type_name()));
    }
    let names: BTreeSet<_> = Event::types().collect();
    assert_eq!(names.len(), Event::types().count(), "no name twice");
    assert!(
        [
            "TextAdopted",
            "Signed",
            "FrameworkFounded",
            "PackageAdopted",
            "CommitsRead"
        ]
        .iter()
        .all(|n| names.contains(n))
    );
}

#[test]
fn actors_legal_bases_and_ids_say_what_they_are() {
    let minister = Actor {
        person: Some("the minister".into()),
        ..Actor::party("FR")
    };
    assert_eq!(
        (minister.to_string(), Actor::party("MA").to_string()),
        ("FR (the minister)".into(), "MA".into())
    );
    assert_eq!(Rule::F1.to_string(), "F1 (VCLT 24(1))");
    let basis = LegalBasis::of(Rule::F1);
    assert_eq!(basis.to_string(), "F1 (VCLT 24(1), mandatory)");
    assert_eq!(
        basis.by("Article 14").to_string(),
        "F1 (VCLT 24(1), mandatory), by Article 14"
    );
    assert_eq!(
        EventId(Uuid::nil()).to_string(),
        "00000000-0000-0000-0000-000000000000"
    );
}

/// The texts of the files here, but this one.
fn cases() -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/composites");
    let files = fs::read_dir(folder).expect("the folder of cases");
    files
        .map(|file| file.expect("a file").path())
        .filter(|path| !path.ends_with("main.rs"))
        .map(|path| fs::read_to_string(path).expect("its cases"))
        .collect()
}

#[test]
fn every_event_of_a_composite_has_a_case_here() {
    let cases = cases();
    let of_agreements: BTreeSet<_> = Agreement::TYPES.iter().copied().flatten().collect();
    for kind in Event::types().filter(|kind| !of_agreements.contains(kind)) {
        let (variant, name) = (format!("::{kind}"), format!("\"{kind}\""));
        assert!(
            cases.contains(&variant) || cases.contains(&name),
            "no case gives or expects {kind}"
        );
    }
}
