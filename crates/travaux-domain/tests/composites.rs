//! Frameworks, packages and sources, given / when / then.

use chrono::{DateTime, NaiveDate};
use travaux_domain::{
    Actor, AggregateState, AgreementId, Context, Decided, Event, EventId, FrameworkId, Handle,
    LegalBasis, Others, PackageId, Party, Refusal, Revision, Rule, StreamCommand, StreamId,
    framework::{
        Area, Body, Declaration, Foundation, Framework, FrameworkEvent as F, Roadmap, RoadmapStep,
    },
    handle::{Naming, NamingEvent},
    package::{Item, Package, PackageCommand as P, PackageEvent, PackageProposal},
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
    F::BodyEstablished(
        Body {
            key: key.into(),
            title: "Group".into(),
            area: area.into(),
            mandate: String::new(),
        }
        .into(),
    )
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
fn fw1_fw4_fw5_fw6_and_p0_a_framework_has_parties_areas_bodies_agreements_and_a_roadmap() {
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
        F::RoadmapAdopted(
            Roadmap {
                title: "Roadmap".into(),
                adopted_on: NaiveDate::MIN,
                steps,
            }
            .into(),
        )
    };
    let state = framework(&[
        F::FrameworkFounded(foundation().into()),
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
        Rule::FW5,
        "a new key",
    );
    refused(
        state.decide(body("other", "sport"), &by("MA")),
        Rule::FW1,
        "an area of the framework (migration)",
    );
    refused(
        state.decide(joined(), &by("MA")),
        Rule::FW4,
        "an agreement that is not under it",
    );
    refused(state.decide(joined(), &by("US")), Rule::P0, "`US`");
    let astray = roadmap(vec![RoadmapStep {
        area: "sport".into(),
        ..step
    }]);
    refused(state.decide(astray, &by("MA")), Rule::FW1, "sport");
    refused(
        state.decide(F::FrameworkFounded(foundation().into()), &by("MA")),
        Rule::RC1,
        "a new id",
    );
}

#[test]
fn fw1_and_fw3_an_area_is_opened_once_and_what_is_done_in_it_needs_it() {
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
    let founded = framework(&[F::FrameworkFounded(foundation().into())]);
    refused(
        founded.decide(join(), &by("MA")),
        Rule::FW1,
        "expected an area of the framework (migration), found sport",
    );
    let opened = framework(&[
        F::FrameworkFounded(foundation().into()),
        sport(),
        join(),
        body("group", "sport"),
    ]);
    assert_eq!(opened.agreements, [(agreement, "sport".into())]);
    refused(opened.decide(sport(), &by("MA")), Rule::FW3, "a new key");
}

#[test]
fn fw2_and_fw3_a_framework_is_founded_by_two_parties_on_distinct_areas() {
    let none = Framework::default();
    refused(
        none.decide(body("group", "migration"), &by("FR")),
        Rule::RC1,
        "no framework of that id",
    );
    let mut alone = foundation();
    alone.parties.truncate(1);
    refused(
        none.decide(F::FrameworkFounded(alone.into()), &by("FR")),
        Rule::FW2,
        "two parties or more",
    );
    let mut twice = foundation();
    twice.areas.push(twice.areas[0].clone());
    refused(
        none.decide(F::FrameworkFounded(twice.into()), &by("FR")),
        Rule::FW3,
        "a key twice",
    );
}

/// What was decided: the event's type, the rule that it rests on, and what a history says of it.
fn rests<E>(
    decided: Result<Decided<E>, Refusal>,
    event: fn(E) -> Event,
) -> (&'static str, Rule, String) {
    let decided = decided.expect("it is decided");
    let event = event(decided.event);
    let what = event.describe().what;
    (event.type_name(), decided.legal_basis.rule, what)
}

#[test]
fn each_act_under_a_framework_rests_on_its_own_rule() {
    let founded = framework(&[F::FrameworkFounded(foundation().into())]);
    let area = Area {
        key: "sport".into(),
        title: "Major events".into(),
    };
    let agreement = AgreementId(Uuid::from_u128(1));
    let joined = F::AgreementJoined {
        agreement,
        area: "migration".into(),
    };
    let roadmap = Roadmap {
        title: "Roadmap".into(),
        adopted_on: NaiveDate::MIN,
        steps: vec![],
    };
    let none = Framework::default();
    let founding = rests(
        none.decide(F::FrameworkFounded(foundation().into()), &by("MA")),
        Event::Framework,
    );
    assert_eq!((founding.0, founding.1), ("FrameworkFounded", Rule::FW2));
    for (command, event, rule, what) in [
        (
            F::AreaOpened(area),
            "AreaOpened",
            Rule::FW3,
            "area opened: Major events",
        ),
        (
            joined,
            "AgreementJoined",
            Rule::FW4,
            "agreement 00000000-0000-0000-0000-000000000001 joined in area migration",
        ),
        (
            body("group", "migration"),
            "BodyEstablished",
            Rule::FW5,
            "body established: Group",
        ),
        (
            F::RoadmapAdopted(roadmap.into()),
            "RoadmapAdopted",
            Rule::FW6,
            "roadmap adopted: Roadmap (0 steps)",
        ),
    ] {
        let decided = rests(founded.decide(command, &by("MA")), Event::Framework);
        assert_eq!(decided, (event, rule, what.to_owned()));
        assert!(
            rule.may_be_recorded_as(Rule::FW1),
            "{rule} was recorded under FW1"
        );
    }
}

#[test]
fn each_act_on_a_package_rests_on_its_own_rule() {
    let none = Package::default();
    let proposed = package(&[("MA", P::Propose(proposal()))]);
    let accepted = package(&[("MA", P::Propose(proposal())), ("FR", P::Accept)]);
    let (reason, why) = (Some("no".to_owned()), Some("late".to_owned()));
    for (state, party, command, event, rule, what) in [
        (
            &none,
            "MA",
            P::Propose(proposal()),
            "PackageProposed",
            Rule::PK2,
            "package proposed: Package (2 agreements)",
        ),
        (
            &proposed,
            "FR",
            P::Accept,
            "PackageAccepted",
            Rule::PK3,
            "package accepted by FR",
        ),
        (
            &proposed,
            "FR",
            P::Reject { reason },
            "PackageRejected",
            Rule::PK3,
            "package rejected by FR: no",
        ),
        (
            &accepted,
            "FR",
            P::Adopt,
            "PackageAdopted",
            Rule::PK1,
            "package adopted",
        ),
        (
            &accepted,
            "MA",
            P::Withdraw { reason: why },
            "PackageWithdrawn",
            Rule::PK5,
            "package withdrawn: late",
        ),
    ] {
        let decided = rests(state.decide(command, &by(party)), Event::Package);
        assert_eq!(decided, (event, rule, what.to_owned()));
        assert!(
            rule == Rule::PK5 || rule.may_be_recorded_as(Rule::PK1),
            "{rule} was recorded under PK1"
        );
    }
}

#[test]
fn pk5_and_pk4_a_package_is_withdrawn_by_its_proposer_and_is_closed_then() {
    let proposed = package(&[("MA", P::Propose(proposal()))]);
    let withdraw = P::Withdraw { reason: None };
    let by_another = proposed.decide(withdraw.clone(), &by("FR"));
    refused(
        by_another,
        Rule::PK5,
        "expected its proposer (MA), found `FR`",
    );
    let withdrawn = package(&[("MA", P::Propose(proposal())), ("MA", withdraw.clone())]);
    for act in [P::Accept, P::Adopt, P::Reject { reason: None }, withdraw] {
        refused(
            withdrawn.decide(act, &by("MA")),
            Rule::PK4,
            "found one that its proposer withdrew",
        );
    }
    let status = serde_json::to_value(withdrawn.status()).expect("it serialises");
    assert_eq!(
        status,
        serde_json::json!({"state": "withdrawn", "reason": null})
    );
    assert_eq!(withdrawn.status().to_string(), "withdrawn");
    let json = serde_json::to_string(&withdrawn).expect("it serialises");
    assert_eq!(serde_json::from_str::<Package>(&json).ok(), Some(withdrawn));
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
fn pk1_and_pk3_a_package_is_adopted_when_all_parties_have_accepted_it() {
    let proposed = package(&[("MA", P::Propose(proposal()))]);
    refused(
        proposed.decide(P::Adopt, &by("MA")),
        Rule::PK1,
        "missing: FR",
    );
    refused(
        proposed.decide(P::Accept, &by("MA")),
        Rule::PK3,
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
        Rule::PK4,
        "one that was adopted",
    );
}

#[test]
fn pk4_a_rejected_package_is_over() {
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
        Rule::PK4,
        "one that `FR` rejected",
    );
}

#[test]
fn pk2_a_package_holds_one_revision_of_each_of_its_agreements() {
    let none = Package::default();
    refused(
        none.decide(P::Accept, &by("FR")),
        Rule::RC1,
        "no package of that id",
    );
    let mut empty = proposal();
    empty.items.clear();
    refused(
        none.decide(P::Propose(empty), &by("FR")),
        Rule::PK2,
        "one revision or more",
    );
    let mut twice = proposal();
    twice.items[1].agreement = twice.items[0].agreement;
    refused(
        none.decide(P::Propose(twice), &by("FR")),
        Rule::PK2,
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

/// A framework and a package on record.
fn others() -> (StreamId, StreamId, Others) {
    let streams = (
        StreamId::Framework(FrameworkId(Uuid::from_u128(1))),
        StreamId::Package(PackageId(Uuid::from_u128(2))),
    );
    let founded = framework(&[F::FrameworkFounded(foundation().into())]);
    let proposed = package(&[("MA", P::Propose(proposal()))]);
    let states = [
        (streams.0, AggregateState::Framework(founded.into())),
        (streams.1, AggregateState::Package(proposed.into())),
    ];
    (streams.0, streams.1, Others::from_iter(states))
}

fn sec() -> Handle {
    "sec".parse().expect("a handle")
}

/// What a handle's stream decides on the act that gives it.
fn given(
    state: &Naming,
    act: StreamCommand,
    party: &str,
    others: &Others,
) -> Result<Event, Refusal> {
    let state = AggregateState::Naming(state.clone().into());
    let decided = state.decide(act, &by(party), others)?;
    assert_eq!(decided.legal_basis.rule, Rule::RC2);
    Ok(decided.event)
}

#[test]
fn rc2_a_handle_is_given_once() {
    let (framework, package, others) = others();
    for to in [framework, package] {
        let act = sec().give(to);
        assert_eq!(act.stream().initial().reads(&act), [to]);
        let event = given(&Naming::default(), act.clone(), "FR", &others).expect("it is given");
        let named = NamingEvent::HandleGiven { handle: sec(), to };
        assert_eq!(event, Event::Naming(named));
        assert_eq!(event.describe().what, format!("handle sec given to {to}"));
        assert_eq!(StreamCommand::behind(act.stream(), &event), Some(act));

        let held = Naming { to: Some(to) };
        for again in [framework, package] {
            let says = format!(
                "cannot give a handle: expected a handle that was never given in this store, \
                 unlike `sec`, found it names {to} [rule RC2"
            );
            refused(
                given(&held, sec().give(again), "FR", &others),
                Rule::RC2,
                &says,
            );
        }
    }
}

#[test]
fn rc1_and_p0_a_handle_is_given_by_a_party_to_what_is_on_record() {
    let (framework, package, others) = others();
    let free = Naming::default();
    for (to, parties) in [(framework, "FR, MA"), (package, "FR, MA")] {
        let says = format!("expected a party to {to}: {parties}, found `ES`");
        refused(given(&free, sec().give(to), "ES", &others), Rule::P0, &says);
    }
    let unknown = StreamId::Agreement(AgreementId(Uuid::from_u128(9)));
    for to in [unknown, StreamId::Source(Uuid::nil())] {
        let says = format!("expected an agreement, a framework or a package on record, found {to}");
        refused(
            given(&free, sec().give(to), "FR", &others),
            Rule::RC1,
            &says,
        );
    }
    let itself = sec().give(sec().give(unknown).stream());
    let says = "expected another than the one that the act is about";
    refused(given(&free, itself, "FR", &others), Rule::RC1, says);
    let act = NamingEvent::HandleGiven {
        handle: sec(),
        to: framework,
    };
    let elsewhere = StreamCommand::Naming(Uuid::nil(), act);
    let says = format!("found one on `handle-{}`", Uuid::nil());
    refused(given(&free, elsewhere, "FR", &others), Rule::RC1, &says);
}

#[test]
fn every_event_is_written_under_the_name_of_its_type() {
    let founded = F::FrameworkFounded(foundation().into());
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

#[test]
fn every_event_of_a_composite_has_a_case_here() {
    let cases = include_str!("composites.rs");
    for kind in [F::TYPES, PackageEvent::TYPES, SourceEvent::TYPES].concat() {
        let (variant, name) = (format!("::{kind}"), format!("\"{kind}\""));
        assert!(
            cases.contains(&variant) || cases.contains(&name),
            "no case gives or expects {kind}"
        );
    }
}
