//! Frameworks.

use chrono::NaiveDate;
use travaux_domain::{
    AgreementId, Event, Party, Rule,
    framework::{
        Area, AreaOpening, Body, Declaration, Foundation, Framework, FrameworkEvent as F, Roadmap,
        RoadmapStep,
    },
};
use uuid::Uuid;

use crate::{by, refused, rests};

pub(crate) fn foundation() -> Foundation {
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

pub(crate) fn framework(acts: &[F]) -> Framework {
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
            consenting: None,
        }
        .into(),
    )
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
                consenting: None,
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
        let area = Area {
            key: "sport".into(),
            title: "Major events".into(),
        };
        F::AreaOpened(AreaOpening::from(area).into())
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
        steps: vec![RoadmapStep {
            area: "migration".into(),
            title: "report".into(),
            due: None,
        }],
        consenting: None,
    };
    let empty = Roadmap {
        steps: vec![],
        ..roadmap.clone()
    };
    refused(
        founded.decide(F::RoadmapAdopted(empty.into()), &by("MA")),
        Rule::FW6,
        "expected one step or more, found none",
    );
    let none = Framework::default();
    let founding = rests(
        none.decide(F::FrameworkFounded(foundation().into()), &by("MA")),
        |event| Event::Framework(Box::new(event)),
    );
    assert_eq!((founding.0, founding.1), ("FrameworkFounded", Rule::FW2));
    for (command, event, rule, what) in [
        (
            F::AreaOpened(AreaOpening::from(area).into()),
            "AreaOpened",
            Rule::FW15,
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
            "roadmap adopted: Roadmap (1 step)",
        ),
    ] {
        let decided = rests(founded.decide(command, &by("MA")), |event| {
            Event::Framework(Box::new(event))
        });
        assert_eq!(decided, (event, rule, what.to_owned()));
        assert!(
            rule.may_be_recorded_as(Rule::FW1),
            "{rule} was recorded under FW1"
        );
    }
}

#[test]
fn rc3_an_agreement_comes_under_a_framework_on_the_day_that_is_said() {
    let join = || F::AgreementJoined {
        agreement: AgreementId(Uuid::from_u128(1)),
        area: "migration".into(),
    };
    let mut founded = framework(&[F::FrameworkFounded(foundation().into())]);
    let now = "1970-03-01T12:00:00Z".parse().expect("a time");
    let on = |day: &str| {
        let day: NaiveDate = day.parse().expect("a day");
        travaux_domain::Context { now, ..by("MA") }.done_on(day)
    };
    for (day, says) in [
        (
            "1970-03-03",
            "expected a day that has come, 1970-03-02 at the latest, found 1970-03-03",
        ),
        (
            "1969-12-31",
            "a day not before the area was opened (1970-01-01)",
        ),
    ] {
        refused(founded.decide(join(), &on(day)), Rule::RC3, says);
    }
    let day = on("1970-02-01");
    let decided = founded.decide(join(), &day).expect("it is decided");
    founded.evolve(&decided.event, &day);
    let included = founded.inclusions.last().expect("it is under it").included;
    assert_eq!(included.on.to_string(), "1970-02-01");
}

#[test]
fn rc3_no_day_is_said_of_an_act_that_has_one() {
    use travaux_domain::{AggregateState, Others, StreamCommand, StreamId};
    let id = travaux_domain::FrameworkId(Uuid::from_u128(9));
    let state = StreamId::Framework(id).initial();
    let command = StreamCommand::Framework(id, F::FrameworkFounded(foundation().into()));
    assert!(!command.takes_day());
    let day = by("MA").done_on("1969-07-20".parse::<NaiveDate>().expect("a day"));
    // Not by who acts, and not in a record that says so.
    let decide = [AggregateState::decide, AggregateState::decide_again];
    for decided in decide.map(|decide| decide(&state, command.clone(), &day, &Others::default())) {
        let refusal = decided.expect_err("it is refused");
        assert_eq!(refusal.rule, Rule::RC3, "{refusal}");
        assert!(
            refusal.to_string().contains("says itself when"),
            "{refusal}"
        );
    }
}
