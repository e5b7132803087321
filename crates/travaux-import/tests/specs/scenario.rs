//! A negotiation written down as data, and played.

use serde_json::{Value, json};
use travaux::domain::{Event, Revision, StreamId};
use travaux_import::{
    InputError,
    scenario::{Cast, Scenario},
};
use travaux_testkit::office::Office;
use travaux_text::{Operation, ProvisionId};

pub(crate) fn step(day: u32, party: &str, act: Value) -> Value {
    json!({ "at": format!("2025-01-{day:02}T10:00:00Z"), "party": party, "do": act })
}

pub(crate) fn found() -> Value {
    json!({"found_framework": {"key": "partnership", "consenting": ["FR", "MA"], "foundation": {
        "title": "Partenariat",
        "declaration": {"title": "déclaration", "made": "2024-10", "by": []},
        "parties": [{"id": "FR", "name": "France"}, {"id": "MA", "name": "Maroc"}],
        "areas": [{"key": "migration", "title": "Migration"}],
    }}})
}

pub(crate) fn propose(under: Option<(&str, &str)>) -> Value {
    json!({"propose": {"key": "mobility", "under": under, "manifest": "manifest.json"}})
}

pub(crate) fn revise(operations: &str) -> Value {
    json!({"revise": {"agreement": "mobility", "revision": {
        "title": "meeting", "nature": "draft", "base": 1, "operations": operations,
    }}})
}

pub(crate) fn accept(agreement: &str, revision: u32) -> Value {
    json!({"accept": {"agreement": agreement, "revision": revision}})
}

pub(crate) fn adopt(revision: u32) -> Value {
    json!({"adopt": {"agreement": "mobility", "revision": revision}})
}

/// The files beside it.
pub(crate) fn file(name: &str) -> Result<String, InputError> {
    let manifest = json!({
        "title": "Mobilité", "kind": "arrangement", "profile": "arrangement",
        "parties": [{"id": "FR", "name": "France"}, {"id": "MA", "name": "Maroc"}],
        "languages": ["fr"], "texts": {"fr": "text.md"},
    });
    let meet = json!([{"substitute_words": {
        "provision": "1.2", "lang": "fr", "find": "coopèrent", "with": "se concertent", "count": 1,
    }}]);
    match name {
        "manifest.json" => Ok(manifest.to_string()),
        "text.md" => Ok("## Article 1\n\nLes Parties coopèrent.\n".to_owned()),
        "meet.json" => Ok(meet.to_string()),
        "label.json" => Ok(meet.to_string().replace("1.2", "art. 1(1)")),
        "unknown.json" => Ok(meet.to_string().replace("1.2", "art. 2")),
        "broken.json" => Ok("{}".to_owned()),
        _ => Err(InputError::Missing {
            name: name.to_owned(),
            beside: None,
        }),
    }
}

pub(crate) fn play(office: &Office, steps: &[Value]) -> Result<Cast, String> {
    let scenario = json!({"title": "a negotiation", "steps": steps}).to_string();
    let scenario = Scenario::parse(&scenario).map_err(|e| e.to_string())?;
    scenario
        .play(&office.engine, &office.clock, &file)
        .map_err(|e| e.to_string())
}

pub(crate) fn types(office: &Office) -> Vec<&'static str> {
    let events = office.engine.events(1).map(|e| e.expect("it is read"));
    events.map(|e| e.event.type_name()).collect()
}

#[test]
fn operations_go_by_labels_in_the_base_of_their_revision() {
    let office = Office::new();
    let begin = [step(1, "FR", propose(None))];
    let by = |operations| {
        play(
            &office,
            &[&begin[..], &[step(2, "FR", revise(operations))]].concat(),
        )
    };
    let cast = by("label.json").expect("it is played");
    let record = office.engine.record(cast.agreements["mobility"]);
    let record = record.expect("its record");
    let revised = record.agreement.revision(Revision(2)).expect("a revision");
    let provisions = revised
        .draft
        .operations
        .iter()
        .flat_map(Operation::provisions);
    assert_eq!(provisions.collect::<Vec<_>>(), [ProvisionId::new(1, 2)]);
    let said = by("unknown.json").expect_err("there is no Article 2");
    assert_eq!(
        said,
        "step 2 of the scenario: unknown.json, line 1, [0].substitute_words.provision: there is no \
         provision `art. 2` in this text; the nearest are\n  Article 1 (1.1)"
    );
}

#[test]
fn each_step_is_recorded_at_its_time_for_its_party() {
    let office = Office::new();
    let steps = [
        step(1, "FR", found()),
        step(2, "FR", propose(Some(("partnership", "migration")))),
        step(3, "MA", accept("mobility", 1)),
        step(4, "MA", adopt(1)),
    ];
    let cast = play(&office, &steps).expect("it is played");
    let recorded: Vec<_> = office
        .engine
        .events(1)
        .map(|e| e.expect("it is read"))
        .map(|e| {
            let day = e.recorded_at.date_naive().to_string();
            (e.event.type_name(), day, e.actor.to_string())
        })
        .collect();
    let on = |day: u32| format!("2025-01-{day:02}");
    assert_eq!(
        recorded,
        [
            ("FrameworkProposed", on(1), "FR".to_owned()),
            ("FrameworkAdopted", on(1), "FR".to_owned()),
            ("HandleGiven", on(1), "FR".to_owned()),
            ("AgreementProposed", on(2), "FR".to_owned()),
            ("AgreementJoined", on(2), "FR".to_owned()),
            ("HandleGiven", on(2), "FR".to_owned()),
            ("RevisionAccepted", on(3), "MA".to_owned()),
            ("TextAdopted", on(4), "MA".to_owned()),
        ]
    );
    let framework = cast.frameworks["partnership"];
    let register = office.engine.register().expect("the register");
    let entry = &register.agreements[&cast.agreements["mobility"]];
    assert_eq!(entry.framework, Some(framework));
}

#[test]
fn a_scenario_that_is_played_again_gives_the_same_log() {
    let steps = [
        step(1, "FR", propose(None)),
        step(2, "MA", revise("meet.json")),
        step(3, "FR", accept("mobility", 2)),
        step(4, "FR", adopt(2)),
    ];
    let [one, two] = [0, 1].map(|_| {
        let office = Office::new();
        play(&office, &steps).expect("it is played");
        let events = office.engine.events(1).map(|e| e.expect("it is read"));
        events.collect::<Vec<_>>()
    });
    assert_eq!(one, two);
    let adopted = one.iter().find_map(|e| match (&e.stream, &e.event) {
        (StreamId::Agreement(_), Event::Agreement(event)) => Some(event.type_name()),
        _ => None,
    });
    assert_eq!(adopted, Some("AgreementProposed"));
}

#[test]
fn a_step_that_fails_is_named_and_those_before_it_stay_done() {
    let on_the_text = json!({"record": {"agreement": "mobility", "act":
        {"NegotiationAbandoned": {"reason": null}}}});
    for (second, says) in [
        (step(2, "MA", adopt(1)), "missing: MA"),
        (
            step(2, "MA", accept("other", 1)),
            "nothing is called `other`",
        ),
        (
            step(2, "MA", revise("gone.json")),
            "there is no file `gone.json`",
        ),
        (
            step(2, "MA", revise("broken.json")),
            "broken.json, line 1: expected a list, found an object",
        ),
        (
            step(2, "FR", on_the_text),
            "NegotiationAbandoned is an act on the text: use its own step",
        ),
    ] {
        let office = Office::new();
        let error = play(&office, &[step(1, "FR", propose(None)), second])
            .expect_err("the second step fails");
        assert!(
            error.starts_with("step 2 of the scenario: ") && error.contains(says),
            "{error}"
        );
        assert_eq!(types(&office), ["AgreementProposed", "HandleGiven"]);
    }
}

#[test]
fn what_is_not_of_the_form_is_refused_by_name_before_anything_is_done() {
    for (act, says) in [
        (json!({"anull": {}}), "anull"),
        (
            json!({"accept": {"agreement": "a", "revision": 1, "why": "x"}}),
            "why",
        ),
        (json!({"accept": {"agreement": "a"}}), "revision"),
    ] {
        let office = Office::new();
        let error = play(&office, &[step(1, "FR", propose(None)), step(2, "MA", act)])
            .expect_err("it is not of the form");
        assert!(error.contains(says), "{error}");
        assert!(types(&office).is_empty());
    }
}

#[test]
fn a_package_is_proposed_accepted_and_adopted() {
    let office = Office::new();
    let revision = json!({
        "title": "meeting", "nature": "draft", "base": 1, "operations": "meet.json",
    });
    let package = json!({"propose_package": {
        "key": "both", "framework": null, "title": "Paquet",
        "revisions": [["mobility", revision]],
    }});
    play(
        &office,
        &[
            step(1, "FR", propose(None)),
            step(2, "FR", package),
            step(3, "MA", json!({"accept_package": {"package": "both"}})),
            step(4, "MA", json!({"adopt_package": {"package": "both"}})),
        ],
    )
    .expect("it is played");
    let types = types(&office);
    for kind in [
        "PackageProposed",
        "RevisionProposed",
        "PackageAdopted",
        "TextAdopted",
    ] {
        assert_eq!(types.iter().filter(|t| **t == kind).count(), 1, "{kind}");
    }
}
