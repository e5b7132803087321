//! Frameworks, packages and sources, given / when / then.

use chrono::{DateTime, NaiveDate};
use travaux_domain::{
    Actor, AgreementId, Context, Event, EventId, LegalBasis, Party, Refusal, Revision, Rule,
    framework::{
        Area, Body, Declaration, Foundation, Framework, FrameworkEvent as F, Roadmap, RoadmapStep,
    },
    package::{Item, Package, PackageCommand as P, PackageProposal},
    source::{Signature, Source, SourceCommit, SourceEvent},
};
use uuid::Uuid;

fn by(party: &str) -> Context {
    Context {
        actor: Actor::party(party),
        now: DateTime::UNIX_EPOCH,
    }
}

fn foundation() -> Foundation {
    let party = |id: &str| Party {
        id: id.into(),
        name: id.to_owned(),
    };
    Foundation {
        title: "Framework".into(),
        declaration: Declaration {
            title: "declaration".into(),
            made: "2024-10".into(),
            by: vec![],
        },
        parties: vec![party("FR"), party("MA")],
        areas: vec![Area {
            key: "migration".into(),
            title: "Migration".into(),
        }],
    }
}

fn framework(acts: &[F]) -> Framework {
    let mut state = Framework::default();
    for act in acts {
        let event = state.decide(act.clone(), &by("FR")).expect("it is decided");
        state.evolve(&event.event, &by("FR"));
    }
    state
}

fn body(key: &str, area: &str) -> F {
    F::BodyEstablished(Body {
        key: key.into(),
        title: "Group".into(),
        area: area.into(),
        mandate: String::new(),
    })
}

#[track_caller]
fn refused<T: std::fmt::Debug>(decision: Result<T, Refusal>, rule: Rule, says: &str) {
    let refusal = decision.expect_err("it is refused");
    assert!(
        refusal.rule == rule && refusal.to_string().contains(says),
        "{refusal}"
    );
}

#[test]
fn fw1_and_p0_a_framework_has_parties_areas_bodies_agreements_and_a_roadmap() {
    let agreement = AgreementId(Uuid::from_u128(1));
    let joined = || F::AgreementJoined {
        agreement,
        area: "migration".into(),
    };
    let step = RoadmapStep {
        area: "migration".into(),
        title: "report".into(),
        due: None,
    };
    let roadmap = |steps| {
        F::RoadmapAdopted(Roadmap {
            title: "Roadmap".into(),
            adopted_on: NaiveDate::MIN,
            steps,
        })
    };
    let state = framework(&[
        F::FrameworkFounded(foundation()),
        body("group", "migration"),
        joined(),
        roadmap(vec![step.clone()]),
    ]);
    assert_eq!(
        (
            state.bodies.len(),
            state.agreements.len(),
            state.roadmaps.len()
        ),
        (1, 1, 1)
    );

    refused(
        state.decide(body("group", "migration"), &by("MA")),
        Rule::FW1,
        "a new key",
    );
    refused(
        state.decide(body("other", "sport"), &by("MA")),
        Rule::FW1,
        "an area of the framework (migration)",
    );
    refused(
        state.decide(joined(), &by("MA")),
        Rule::FW1,
        "an agreement that is not under it",
    );
    refused(state.decide(joined(), &by("US")), Rule::P0, "`US`");
    let astray = roadmap(vec![RoadmapStep {
        area: "sport".into(),
        ..step
    }]);
    refused(state.decide(astray, &by("MA")), Rule::FW1, "sport");
    refused(
        state.decide(F::FrameworkFounded(foundation()), &by("MA")),
        Rule::FW1,
        "a new id",
    );
}

#[test]
fn fw1_an_area_is_opened_once_and_what_is_done_in_it_needs_it() {
    let agreement = AgreementId(Uuid::from_u128(1));
    let sport = || {
        F::AreaOpened(Area {
            key: "sport".into(),
            title: "Major events".into(),
        })
    };
    let join = || F::AgreementJoined {
        agreement,
        area: "sport".into(),
    };
    let founded = framework(&[F::FrameworkFounded(foundation())]);
    refused(
        founded.decide(join(), &by("MA")),
        Rule::FW1,
        "expected an area of the framework (migration), found sport",
    );
    let opened = framework(&[
        F::FrameworkFounded(foundation()),
        sport(),
        join(),
        body("group", "sport"),
    ]);
    assert_eq!(opened.agreements, [(agreement, "sport".to_owned())]);
    refused(opened.decide(sport(), &by("MA")), Rule::FW1, "a new key");
}

#[test]
fn a_framework_is_founded_by_two_parties_on_distinct_areas() {
    let none = Framework::default();
    refused(
        none.decide(body("group", "migration"), &by("FR")),
        Rule::FW1,
        "no framework of that id",
    );
    let mut alone = foundation();
    alone.parties.truncate(1);
    refused(
        none.decide(F::FrameworkFounded(alone), &by("FR")),
        Rule::FW1,
        "two parties or more",
    );
    let mut twice = foundation();
    twice.areas.push(twice.areas[0].clone());
    refused(
        none.decide(F::FrameworkFounded(twice), &by("FR")),
        Rule::FW1,
        "a key twice",
    );
}

fn proposal() -> PackageProposal {
    let item = |n| Item {
        agreement: AgreementId(Uuid::from_u128(n)),
        revision: Revision(2),
    };
    PackageProposal {
        title: "Package".into(),
        framework: None,
        parties: vec!["FR".into(), "MA".into()],
        items: vec![item(1), item(2)],
    }
}

fn package(acts: &[(&str, P)]) -> Package {
    let mut state = Package::default();
    for (party, act) in acts {
        let event = state
            .decide(act.clone(), &by(party))
            .expect("it is decided");
        assert_eq!(
            state.decide(P::behind(&event.event), &by(party)).as_ref(),
            Ok(&event)
        );
        state.evolve(&event.event, &by(party));
    }
    state
}

#[test]
fn pk1_a_package_is_adopted_when_all_parties_have_accepted_it() {
    let proposed = package(&[("MA", P::Propose(proposal()))]);
    refused(
        proposed.decide(P::Adopt, &by("MA")),
        Rule::PK1,
        "missing: FR",
    );
    refused(
        proposed.decide(P::Accept, &by("MA")),
        Rule::PK1,
        "gave already",
    );
    refused(proposed.decide(P::Accept, &by("US")), Rule::P0, "`US`");
    let adopted = package(&[
        ("MA", P::Propose(proposal())),
        ("FR", P::Accept),
        ("FR", P::Adopt),
    ]);
    assert!(adopted.adopted);
    refused(
        adopted.decide(P::Accept, &by("FR")),
        Rule::PK1,
        "one that was adopted",
    );
}

#[test]
fn a_rejected_package_is_over() {
    let state = package(&[
        ("MA", P::Propose(proposal())),
        (
            "FR",
            P::Reject {
                reason: Some("no".into()),
            },
        ),
    ]);
    refused(
        state.decide(P::Adopt, &by("MA")),
        Rule::PK1,
        "one that `FR` rejected",
    );
}

#[test]
fn a_package_holds_one_revision_of_each_of_its_agreements() {
    let none = Package::default();
    refused(
        none.decide(P::Accept, &by("FR")),
        Rule::PK1,
        "no package of that id",
    );
    let mut empty = proposal();
    empty.items.clear();
    refused(
        none.decide(P::Propose(empty), &by("FR")),
        Rule::PK1,
        "one revision or more",
    );
    let mut twice = proposal();
    twice.items[1].agreement = twice.items[0].agreement;
    refused(
        none.decide(P::Propose(twice), &by("FR")),
        Rule::PK1,
        "an agreement twice",
    );
}

#[test]
fn a_source_is_opened_once_and_then_read() {
    let mut source = Source::default();
    refused(
        source.decide(SourceEvent::CommitsRead { commits: vec![] }),
        Rule::RC1,
        "a source that was opened",
    );
    let opened = SourceEvent::SourceOpened {
        kind: "git".into(),
        root: "abc".into(),
        location: "x".into(),
    };
    source.evolve(&source.decide(opened.clone()).expect("it opens").event);
    refused(source.decide(opened), Rule::RC1, "a new source");
    refused(
        source.decide(SourceEvent::CommitsRead { commits: vec![] }),
        Rule::RC1,
        "one commit or more",
    );
    let at = DateTime::UNIX_EPOCH.fixed_offset();
    let who = Signature {
        name: "A".into(),
        email: "a@example.org".into(),
        at,
    };
    let commit = |id: &str| SourceCommit {
        id: id.into(),
        parents: vec![],
        tree: None,
        author: who.clone(),
        committer: who.clone(),
        message: String::new(),
    };
    for (ids, read) in [(vec!["1", "2"], 2), (vec!["3", "4", "5"], 5)] {
        let event = SourceEvent::CommitsRead {
            commits: ids.iter().map(|id| commit(id)).collect(),
        };
        source.evolve(&source.decide(event).expect("it is read").event);
        assert_eq!(
            (source.commits, source.last.as_deref()),
            (read, ids.last().copied())
        );
    }
}

#[test]
fn every_event_is_written_under_the_name_of_its_type() {
    let founded = F::FrameworkFounded(foundation());
    let read = SourceEvent::CommitsRead { commits: vec![] };
    let rejected = package(&[("MA", P::Propose(proposal()))])
        .decide(P::Accept, &by("FR"))
        .expect("it is decided")
        .event;
    for (event, json) in [
        (
            Event::Framework(founded.clone()),
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
    let names: std::collections::BTreeSet<_> = Event::types().collect();
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
fn actors_grounds_and_ids_say_what_they_are() {
    let minister = Actor {
        person: Some("the minister".into()),
        ..Actor::party("FR")
    };
    assert_eq!(
        (minister.to_string(), Actor::party("MA").to_string()),
        ("FR (the minister)".into(), "MA".into())
    );
    assert_eq!(Rule::F1.to_string(), "F1 (VCLT 24(1))");
    let ground = LegalBasis::of(Rule::F1);
    assert_eq!(ground.to_string(), "F1 (VCLT 24(1), mandatory)");
    assert_eq!(
        ground.by("Article 14").to_string(),
        "F1 (VCLT 24(1), mandatory), by Article 14"
    );
    assert_eq!(
        EventId(Uuid::nil()).to_string(),
        "00000000-0000-0000-0000-000000000000"
    );
}
