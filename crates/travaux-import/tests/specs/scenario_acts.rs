//! Each act of a scenario: what it records, and the whole of what is said where it cannot.

use serde_json::{Value, json};
use travaux_import::scenario::Scenario;
use travaux_testkit::office::Office;

use crate::scenario::{accept, adopt, found, play, propose, revise, step, types};

/// After these steps an act is done, for a party: what is recorded with it.
#[track_caller]
fn records(before: &[Value], party: &str, act: Value, expected: &[&str]) {
    let office = Office::new();
    play(&office, before).expect("it is played");
    let stood = types(&office).len();
    let office = Office::new();
    let steps = [before, &[step(20, party, act)]].concat();
    play(&office, &steps).expect("it is played");
    assert_eq!(types(&office)[stood..], *expected);
}

/// After these steps an act is refused in these words, and nothing is recorded with it.
#[track_caller]
fn refuses(before: &[Value], party: &str, act: Value, said: &str) {
    let office = Office::new();
    play(&office, before).expect("it is played");
    let stood = types(&office).len();
    let office = Office::new();
    let steps = [before, &[step(20, party, act)]].concat();
    let error = play(&office, &steps).expect_err("it is refused");
    let expected = format!("step {} of the scenario: {said}", steps.len());
    assert_eq!(error, expected);
    assert_eq!(types(&office).len(), stood, "what came before stays");
}

/// A framework, and an agreement under it that France has proposed.
fn proposed() -> Vec<Value> {
    vec![
        step(1, "FR", found()),
        step(2, "FR", propose(Some(("partnership", "migration")))),
    ]
}

/// The same, adopted.
fn adopted() -> Vec<Value> {
    let mut steps = proposed();
    steps.push(step(3, "MA", accept("mobility", 1)));
    steps.push(step(4, "MA", adopt(1)));
    steps
}

fn authenticate() -> Value {
    json!({"authenticate": {"agreement": "mobility", "method": "initialling", "parties": ["FR", "MA"]}})
}

fn package(key: &str, framework: Option<&str>) -> Value {
    let revision = json!({
        "title": "meeting", "nature": "draft", "base": 1, "operations": "meet.json",
    });
    json!({"propose_package": {
        "key": key, "framework": framework, "title": "Paquet", "revisions": [["mobility", revision]],
    }})
}

fn body(framework: &str) -> Value {
    json!({"establish_body": {"framework": framework, "body": {
        "key": "group", "title": "Groupe", "area": "migration", "mandate": "suivi",
        "consenting": ["FR", "MA"],
    }}})
}

fn roadmap(framework: &str) -> Value {
    json!({"adopt_roadmap": {"framework": framework, "roadmap": {
        "title": "Feuille", "adopted_on": "2025-01-20",
        "steps": [{"area": "migration", "title": "ouvrir", "due": null}],
        "consenting": ["FR", "MA"],
    }}})
}

fn answer(verb: &str, agreement: &str, revision: u32) -> Value {
    json!({verb: {"agreement": agreement, "revision": revision, "reason": "non"}})
}

#[test]
fn acts_on_a_framework() {
    let founded = [step(1, "FR", found())];
    records(
        &[],
        "FR",
        found(),
        &["FrameworkProposed", "FrameworkAdopted", "HandleGiven"],
    );
    records(&founded, "MA", body("partnership"), &["BodyEstablished"]);
    records(&founded, "MA", roadmap("partnership"), &["RoadmapAdopted"]);
}

#[test]
fn acts_on_a_text() {
    let revised = [proposed(), vec![step(3, "MA", revise("meet.json"))]].concat();
    records(
        &proposed(),
        "MA",
        accept("mobility", 1),
        &["RevisionAccepted"],
    );
    records(
        &proposed(),
        "MA",
        revise("meet.json"),
        &["RevisionProposed"],
    );
    records(
        &revised,
        "FR",
        answer("reject", "mobility", 2),
        &["RevisionRejected"],
    );
    records(
        &revised,
        "MA",
        answer("withdraw", "mobility", 2),
        &["RevisionWithdrawn"],
    );
    records(&adopted(), "FR", authenticate(), &["TextAuthenticated"]);
}

#[test]
fn acts_on_a_package() {
    let both = [proposed(), vec![step(3, "FR", package("both", None))]].concat();
    let packed = &["PackageProposed", "RevisionProposed", "HandleGiven"];
    records(&proposed(), "FR", package("both", None), packed);
    records(
        &proposed(),
        "FR",
        package("both", Some("partnership")),
        packed,
    );
    records(
        &both,
        "MA",
        json!({"accept_package": {"package": "both"}}),
        &["PackageAccepted", "RevisionAccepted"],
    );
}

#[test]
fn a_name_that_nothing_has_is_told() {
    let mut under = propose(Some(("nowhere", "migration")));
    under["propose"]["key"] = "second".into();
    for (act, name) in [
        (under, "nowhere"),
        (accept("other", 1), "other"),
        (answer("reject", "other", 1), "other"),
        (answer("withdraw", "other", 1), "other"),
        (body("nowhere"), "nowhere"),
        (roadmap("nowhere"), "nowhere"),
        (package("both", Some("nowhere")), "nowhere"),
        (json!({"accept_package": {"package": "none"}}), "none"),
        (json!({"adopt_package": {"package": "none"}}), "none"),
        // A key of a framework names no agreement, and the other way round.
        (accept("partnership", 1), "partnership"),
        (body("mobility"), "mobility"),
    ] {
        refuses(
            &proposed(),
            "FR",
            act,
            &format!("nothing is called `{name}` at this step"),
        );
    }
}

#[test]
fn a_key_means_one_thing() {
    let said = |key: &str| {
        format!("the key `{key}` is given already: give another, as it means one thing")
    };
    refuses(&proposed(), "FR", found(), &said("partnership"));
    refuses(&proposed(), "FR", propose(None), &said("mobility"));
    let both = [proposed(), vec![step(3, "FR", package("both", None))]].concat();
    refuses(&both, "MA", package("both", None), &said("both"));
}

#[test]
fn an_agreement_may_have_the_key_of_a_framework() {
    let mut agreement = propose(None);
    agreement["propose"]["key"] = "partnership".into();
    let founded = [step(1, "FR", found())];
    records(
        &founded,
        "FR",
        agreement,
        &["AgreementProposed", "HandleGiven"],
    );
}

#[test]
fn steps_stand_in_the_order_of_time_or_nothing_is_done() {
    let office = Office::new();
    let steps = [
        step(1, "FR", found()),
        step(5, "FR", propose(None)),
        step(4, "MA", accept("mobility", 1)),
        step(2, "MA", adopt(1)),
    ];
    let error = play(&office, &steps).expect_err("the third step is too early");
    assert_eq!(
        error,
        "step 3 of the scenario: it is to be recorded at 2025-01-04 10:00:00 UTC, before the step before it \
         (2025-01-05 10:00:00 UTC): steps stand in the order of time"
    );
    assert!(types(&office).is_empty(), "nothing is done");
    // At one time is in order.
    let steps = [step(1, "FR", found()), step(1, "FR", propose(None))];
    play(&office, &steps).expect("it is played");
}

#[test]
fn a_file_that_cannot_be_used_is_told_with_its_line() {
    refuses(
        &proposed(),
        "MA",
        revise("gone.json"),
        "there is no file `gone.json`",
    );
    refuses(
        &proposed(),
        "MA",
        revise("broken.json"),
        "broken.json, line 1: expected a list, found an object",
    );
    let mut manifest = propose(None);
    manifest["propose"]["key"] = "second".into();
    manifest["propose"]["manifest"] = "meet.json".into();
    refuses(
        &proposed(),
        "FR",
        manifest,
        "meet.json, line 1: expected an object with `title`, `handle`, `kind`, `profile`, `parties`, `languages`, \
         `translations`, `format`, `texts`, `final_clauses` and `amends`, found a list",
    );
}

/// What is said of a scenario that is not of the form.
#[track_caller]
fn malformed(json: &str, said: &str) {
    let error = Scenario::parse(json).expect_err("it is not of the form");
    assert_eq!(error.to_string(), said);
}

#[test]
fn what_is_not_of_the_form_is_told_with_its_line_and_its_field() {
    malformed("", "the scenario, line 1: the file is empty; expected JSON");
    malformed(
        "{\"title\": \"T\"}",
        "the scenario, line 1, steps: is missing",
    );
    malformed(
        "{\"title\": \"T\",\n \"step\": [], \"steps\": []}",
        "the scenario, line 2, step: there is no such field; did you mean `steps`?",
    );
    let one = |step: &str| format!("{{\"title\": \"T\", \"steps\": [\n{step}]}}");
    malformed(
        &one(
            "{\"at\": \"noon\", \"party\": \"FR\", \"do\": {\"adopt_package\": {\"package\": \"p\"}}}",
        ),
        "the scenario, line 2, steps[0].at: expected a time such as `2024-10-30T12:00:00Z`, found the text `noon`",
    );
    malformed(
        &one(
            "{\"at\": \"2025-01-01T00:00:00Z\", \"party\": \"FR\", \"do\": {\"adopt_packet\": {}}}",
        ),
        "the scenario, line 2, steps[0].do: there is no `adopt_packet`; did you mean `adopt_package`?",
    );
    malformed(
        &one(
            "{\"at\": \"2025-01-01T00:00:00Z\", \"party\": \"FR\",\n\"do\": {\"adopt_package\": {\"packet\": \"p\"}}}",
        ),
        "the scenario: 2 problems\n  line 3, steps[0].do.adopt_package.package: is missing\n  \
         line 3, steps[0].do.adopt_package.packet: there is no such field; did you mean `package`?",
    );
    malformed(
        &one("{\"at\": \"2025-01-01T00:00:00Z\", \"do\": {}}"),
        "the scenario: 2 problems\n  line 2, steps[0].party: is missing\n  line 2, steps[0].do: expected one key, found 0; \
         it is `begin`, `act`, `found_framework`, `record`, `establish_body`, `adopt_roadmap`, `propose`, `revise`, `accept`, `reject`, \
         `withdraw`, `adopt`, `authenticate`, `enter_into_force`, `propose_package`, `accept_package` or `adopt_package`",
    );
}

/// A framework, and a meeting under it, each begun by its first event.
fn met() -> Vec<Value> {
    let convocation = json!({
        "framework": "@framework:partnership", "title": "Réunion", "kind": "ministers",
        "parties": ["FR", "MA"], "start": {"date": "2025-01-10"}, "place": "Rabat",
        "chair": [{"party": "MA", "office": "ministre"}],
    });
    let convened = json!({"MeetingConvened": {"on": "2025-01-05", "convocation": convocation}});
    let participants = json!([
        {"who": {"party": "FR", "office": "ministre"}, "capacity": "head"},
        {"who": {"party": "MA", "office": "ministre"}, "capacity": "head"},
    ]);
    let held = json!({"MeetingHeld": {"on": "2025-01-10", "participants": participants}});
    let item = json!({"key": "areas", "mode": {"agreed": {"consenting": ["FR", "MA"]}},
        "words": {"fr": "@@ de nouveaux domaines"}});
    let agreed = json!({"AgreedItemRecorded": {"on": "2025-01-10", "item": item}});
    vec![
        step(1, "FR", found()),
        step(
            5,
            "MA",
            json!({"begin": {"key": "rabat", "kind": "meeting", "handle": "rabat", "event": convened}}),
        ),
        step(
            10,
            "MA",
            json!({"act": [{"on": "rabat", "event": held}, {"on": "rabat", "event": agreed}]}),
        ),
    ]
}

#[test]
fn acts_on_streams_of_any_kind() {
    let follows = |area: &str| {
        let by = json!({"area": {"framework": "@partnership", "area": area}});
        let item = json!({"meeting": "@meeting:rabat", "item": "areas"});
        json!({"act": [
            {"on": "partnership", "event":
                {"AreaFollowsItem": {"on": "2025-01-15", "area": area, "item": item}}},
            {"on": "rabat", "event":
                {"ItemFollowedUp": {"on": "2025-01-15", "item": "areas", "by": by}}},
        ]})
    };
    let both = ["AreaFollowsItem", "ItemFollowedUp"];
    records(&met(), "MA", follows("migration"), &both);
    let says = "cannot follow an item up by an area: expected an area of the framework (migration), \
                found sport [rule FW1 (the framework's founding declaration), of the record]";
    refuses(&met(), "MA", follows("sport"), says);
    let office = Office::new();
    play(&office, &met()).expect("it is played");
    let dossiers = office.engine.dossiers().expect("they are read");
    let meeting = dossiers.meetings.values().next().expect("a meeting");
    assert_eq!(
        meeting.handle.as_ref().map(ToString::to_string),
        Some("rabat".into())
    );
    let words: Vec<_> = meeting.state.items["areas"].item.words.values().collect();
    assert_eq!(words, ["@ de nouveaux domaines"]);
}

#[test]
fn an_act_of_any_kind_says_what_is_wrong_with_it() {
    let on = |on: &str, event: Value| json!({"act": [{"on": on, "event": event}]});
    let accepted = |more: Value| {
        let mut event = json!({"MinutesDrafted": {"on": "2025-01-15"}});
        event["MinutesDrafted"]["source"] = more;
        event
    };
    refuses(
        &met(),
        "MA",
        on("paris", json!({})),
        "nothing is called `paris` at this step",
    );
    refuses(
        &met(),
        "MA",
        on("framework:rabat", json!({})),
        "nothing is called `framework:rabat` at this step",
    );
    refuses(
        &met(),
        "MA",
        on("rabat", accepted(json!("@nowhere"))),
        "nothing is called `nowhere` at this step",
    );
    let odd = json!({"MinutesDrafted": {"on": "2025-01-15", "sauce": "press"}});
    refuses(
        &met(),
        "MA",
        on("rabat", odd),
        "the event has no field `MinutesDrafted.sauce`",
    );
    let begin = |kind: &str, key: &str| {
        let event = json!({"MinutesDrafted": {"on": "2025-01-15"}});
        json!({"begin": {"key": key, "kind": kind, "event": event}})
    };
    let kinds = travaux::domain::StreamId::PREFIXES.join(", ");
    let says = format!("`dinner` is no kind of stream: these are {kinds}");
    refuses(&met(), "MA", begin("dinner", "paris"), &says);
    let says = "the key `rabat` is given already: give another, as it means one thing";
    refuses(&met(), "MA", begin("meeting", "rabat"), says);
    let two = [met(), vec![step(15, "FR", propose(None))]].concat();
    let mut two = two;
    two[3]["do"]["propose"]["key"] = json!("rabat");
    refuses(
        &two,
        "MA",
        on("rabat", json!({})),
        "several are called `rabat` at this step: say which, such as `agreement:rabat`",
    );
}
