//! Cases: how they begin, are answered or not, move to a later version, end, and are counted.

use chrono::{DateTime, Utc};
use travaux_domain::{
    Rule, Version,
    procedure::{
        CountKey, Course, Gives, ProcedureCommand as P, Role, Silence, StepCounts, Until, VisitEnd,
    },
};
use travaux_testkit::{
    agreement::date,
    history::History,
    meeting::{parties, words},
    procedure::{
        adopt_draft, asked, close, extend, in_force, migrate, open, outcome, passes, passes_but,
        receive, revise_table, step_of, take, take_by, tell,
    },
};

use crate::procedure::{procedure, refused, state};

pub(crate) fn utc(text: &str) -> DateTime<Utc> {
    text.parse().expect("an instant")
}

/// The course of a case, as it stands at an instant.
pub(crate) fn course(history: &History, case: &str, instant: &str) -> Course {
    let procedure = state(history);
    let case = &procedure.cases[case];
    procedure.course(case, Until::Instant(utc(instant)))
}

/// Where a case stands, and how it left each step before.
pub(crate) fn told(history: &History, case: &str, instant: &str) -> Vec<String> {
    let course = course(history, case, instant);
    let visits = course.visits.iter().map(|visit| {
        let step = &visit.step;
        match &visit.end {
            None if visit.passed => format!("{step}: late"),
            None => format!("{step}: waits"),
            Some(VisitEnd::Taken { outcome, late, .. }) => {
                format!("{step}: {outcome}{}", if *late { ", late" } else { "" })
            }
            Some(VisitEnd::Silent { silence, at }) => format!("{step}: {silence} at {at}"),
            Some(VisitEnd::Moved(at)) => format!("{step}: moved on {}", at.on),
            Some(VisitEnd::Closed { ground, .. }) => format!("{step}: closed ({ground})"),
        }
    });
    visits.collect()
}

#[test]
fn pr5_a_case_begins_under_the_version_in_force_by_who_asks() {
    let mut history = in_force(passes());
    let on = "2025-03-03";
    refused(
        &mut history,
        vec![
            ("ES", open(on, "ES-1", "1.0.0", "MA"), Rule::P0, "`ES`"),
            ("FR", open(on, "FR-1", "1.0.0", "ES"), Rule::P0, "`ES`"),
            (
                "FR",
                open(on, "FR-1", "1.0.0", "FR"),
                Rule::PR5,
                "another party that is asked",
            ),
            (
                "FR",
                open(on, "FR-1", "1.0.1", "MA"),
                Rule::PR5,
                "the version in force on 2025-03-03, 1.0.0",
            ),
            (
                "FR",
                open(on, "FR-1", "1.0.0-draft", "MA"),
                Rule::PR5,
                "in force on 2025-03-03, 1.0.0",
            ),
            (
                "FR",
                open("2025-02-28", "FR-1", "1.0.0", "MA"),
                Rule::PR5,
                "none: the first is from 2025-03-01 on",
            ),
            // A reference is no name.
            (
                "FR",
                open(on, "Mohammed", "1.0.0", "MA"),
                Rule::PR5,
                "names no person",
            ),
            (
                "FR",
                open(on, "né-1990", "1.0.0", "MA"),
                Rule::PR5,
                "names no person",
            ),
            (
                "FR",
                open(on, "FR 1", "1.0.0", "MA"),
                Rule::RC5,
                "without spaces",
            ),
            (
                "FR",
                open("2025-03-05", "FR-1", "1.0.0", "MA"),
                Rule::RC3,
                "a day that has come",
            ),
            (
                "FR",
                open("2025-03-03T23:00:00+01:00", "FR-1", "1.0.0", "MA"),
                Rule::RC3,
                "an instant that has come",
            ),
            (
                "FR",
                take(on, "FR-1", "request", "sent"),
                Rule::PR5,
                "a case on record",
            ),
        ],
    );
    let mut other_day = open(on, "FR-1", "1.0.0", "MA");
    if let P::CaseOpened { at, .. } = &mut other_day {
        *at = DateTime::parse_from_rfc3339("2025-03-02T10:00:00+01:00").ok();
    }
    refused(
        &mut history,
        vec![("FR", other_day, Rule::RC3, "an instant of 2025-03-03")],
    );
    let mut times = open(on, "FR-1", "1.0.0", "MA");
    if let P::CaseOpened { times, .. } = &mut times {
        times.insert("arrival".into(), date(on));
    }
    refused(
        &mut history,
        vec![("FR", times, Rule::PR1, "of which there is none")],
    );
    history.procedure(1, "FR", open(on, "FR/2025-0001", "1.0.0", "MA"));
    refused(
        &mut history,
        vec![(
            "MA",
            open(on, "FR/2025-0001", "1.0.0", "FR"),
            Rule::PR5,
            "which was opened on 2025-03-03",
        )],
    );
    assert_eq!(
        told(&history, "FR/2025-0001", "2025-03-03T12:00:00Z"),
        ["request: waits"]
    );
    assert!(
        course(&history, "FR/2025-0001", "2025-03-02T12:00:00Z")
            .visits
            .is_empty()
    );
}

#[test]
fn pr1_a_step_is_done_where_the_case_stands_by_whose_it_is() {
    let mut history = in_force(passes());
    asked(&mut history, "FR-1");
    history.at("2025-03-10");
    let on = "2025-03-10";
    refused(
        &mut history,
        vec![
            (
                "ES",
                take(on, "FR-1", "examine", "accepted"),
                Rule::P0,
                "`ES`",
            ),
            (
                "FR",
                take(on, "FR-1", "examine", "accepted"),
                Rule::PR1,
                "`MA`, the requested party, whose step examine is",
            ),
            (
                "MA",
                take(on, "FR-1", "issue", "issued"),
                Rule::PR1,
                "the step at which FR-1 stands, examine",
            ),
            // It was done: a repeated act is a stale one.
            (
                "FR",
                take(on, "FR-1", "request", "sent"),
                Rule::PR1,
                "the step at which FR-1 stands, examine",
            ),
            (
                "MA",
                take(on, "FR-1", "examine", "given"),
                Rule::PR1,
                "an outcome of step examine (accepted, refused, incomplete)",
            ),
            (
                "MA",
                receive(on, "FR-1", "examine"),
                Rule::PR1,
                "received on 2025-03-05",
            ),
            (
                "MA",
                take("2025-03-03", "FR-1", "examine", "accepted"),
                Rule::RC3,
                "what was last done in FR-1 (2025-03-05)",
            ),
            (
                "MA",
                take(on, "FR-2", "examine", "accepted"),
                Rule::PR5,
                "a case on record",
            ),
        ],
    );
    history
        .procedure(1, "MA", take(on, "FR-1", "examine", "incomplete"))
        .procedure(1, "FR", take("2025-03-11", "FR-1", "request", "sent"))
        .at("2025-03-12");
    refused(
        &mut history,
        vec![
            (
                "FR",
                receive("2025-03-12", "FR-1", "examine"),
                Rule::PR1,
                "`MA`, the requested party",
            ),
            (
                "MA",
                receive("2025-03-12", "FR-1", "issue"),
                Rule::PR1,
                "the step at which FR-1 stands",
            ),
        ],
    );
    // The step is come to again: it is received again, and its limit begins again.
    history.procedure(1, "MA", receive("2025-03-12", "FR-1", "examine"));
    history.procedure(1, "MA", take("2025-03-12", "FR-1", "examine", "accepted"));
    refused(
        &mut history,
        vec![(
            "MA",
            receive("2025-03-12", "FR-1", "issue"),
            Rule::PR1,
            "a step whose limit runs from receipt",
        )],
    );
    history.procedure(1, "MA", take("2025-03-12", "FR-1", "issue", "issued"));
    let ended = vec![
        "request: sent",
        "examine: incomplete",
        "request: sent",
        "examine: accepted",
        "issue: issued",
    ];
    assert_eq!(told(&history, "FR-1", "2030-01-01T00:00:00Z"), ended);
    refused(
        &mut history,
        vec![
            (
                "MA",
                take("2025-03-12", "FR-1", "issue", "issued"),
                Rule::PR5,
                "which ended on 2025-03-12 with issue, issued",
            ),
            (
                "FR",
                close("2025-03-12", "FR-1", "left", &[]),
                Rule::PR5,
                "which ended on 2025-03-12",
            ),
        ],
    );
}

/// The clock of MA's examination runs from 5 March; 30 days end on 4 April, at 24:00 in Rabat: 00:00
/// UTC, as clocks change there on 6 April only. What is deemed goes on to the issue: Monday to
/// Wednesday, 24:00 by the new clock; then the group, for a month.
#[test]
fn pr1_silence_is_found_for_the_instant_that_is_asked() {
    let mut history = in_force(passes());
    asked(&mut history, "FR-1");
    let deemed = "examine: deemed agreed (accepted) at 2025-04-05 00:00:00 UTC";
    let escalated = "issue: escalates to group at 2025-04-09 23:00:00 UTC";
    for (instant, expected) in [
        (
            "2025-03-04T23:00:00Z",
            vec!["request: sent", "examine: waits"],
        ),
        (
            "2025-04-04T23:59:59Z",
            vec!["request: sent", "examine: waits"],
        ),
        (
            "2025-04-05T00:00:00Z",
            vec!["request: sent", deemed, "issue: waits"],
        ),
        (
            "2025-04-09T22:59:59Z",
            vec!["request: sent", deemed, "issue: waits"],
        ),
        (
            "2025-04-09T23:00:00Z",
            vec!["request: sent", deemed, escalated, "group: waits"],
        ),
        (
            "2025-05-09T23:00:00Z",
            vec!["request: sent", deemed, escalated, "group: late"],
        ),
        (
            "2125-05-09T23:00:00Z",
            vec!["request: sent", deemed, escalated, "group: late"],
        ),
    ] {
        assert_eq!(told(&history, "FR-1", instant), expected, "{instant}");
    }
    // None of it is kept.
    let json = serde_json::to_string(&state(&history).cases).expect("JSON");
    assert!(!json.contains("deemed") && !json.contains("late"), "{json}");
    history.at("2025-04-20");
    let answer = |on: &str| take(on, "FR-1", "examine", "refused");
    refused(
        &mut history,
        vec![
            (
                "MA",
                answer("2025-04-05"),
                Rule::PR1,
                "expected an answer at examine by 2025-04-04, found one on 2025-04-05, when silence \
                 had meant: deemed agreed (accepted)",
            ),
            (
                "MA",
                take("2025-04-05", "FR-1", "issue", "given"),
                Rule::PR1,
                "an outcome of step issue",
            ),
            (
                "MA",
                take("2025-04-10", "FR-1", "issue", "issued"),
                Rule::PR1,
                "escalates to group",
            ),
        ],
    );
    // An answer that was given in time and recorded late is one: nobody had recorded the silence.
    let mut late_record = history.clone();
    late_record.procedure(1, "MA", answer("2025-04-04"));
    assert_eq!(
        told(&late_record, "FR-1", "2025-05-01T00:00:00Z"),
        ["request: sent", "examine: refused"]
    );
    // Once somebody has acted on the silence, it stays.
    history.procedure(1, "MA", take("2025-04-07", "FR-1", "issue", "issued"));
    refused(
        &mut history,
        vec![(
            "MA",
            answer("2025-04-04"),
            Rule::RC3,
            "what was last done in FR-1",
        )],
    );
    let ended = ["request: sent", deemed, "issue: issued"];
    assert_eq!(told(&history, "FR-1", "2025-05-01T00:00:00Z"), ended);
}

#[test]
fn pr1_no_limit_runs_before_receipt() {
    let mut history = in_force(passes());
    history
        .procedure(1, "FR", open("2025-03-03", "FR-1", "1.0.0", "MA"))
        .procedure(1, "FR", take("2025-03-03", "FR-1", "request", "sent"));
    assert_eq!(
        told(&history, "FR-1", "2035-01-01T00:00:00Z"),
        ["request: sent", "examine: waits"]
    );
    // Who answers has received it.
    history
        .at("2026-01-01")
        .procedure(1, "MA", take("2026-01-01", "FR-1", "examine", "refused"));
    assert_eq!(
        told(&history, "FR-1", "2035-01-01T00:00:00Z"),
        ["request: sent", "examine: refused"]
    );
}

#[test]
fn pr1_what_silence_means_is_what_the_table_says() {
    for (silence, expected) in [
        (Silence::Nothing, "examine: late"),
        (
            Silence::DeemedRefused("refused".into()),
            "examine: deemed refused (refused) at 2025-04-05 00:00:00 UTC",
        ),
        (
            Silence::Escalates("group".into()),
            "examine: escalates to group at 2025-04-05 00:00:00 UTC",
        ),
    ] {
        let mut history = in_force(passes_but(|t| {
            step_of(t, "examine").silence = silence.clone();
        }));
        asked(&mut history, "FR-1");
        let told = told(&history, "FR-1", "2025-04-06T00:00:00Z");
        assert_eq!(told[1], expected);
        history.at("2025-04-06");
        let answer = take("2025-04-06", "FR-1", "examine", "accepted");
        match silence {
            // It comes late, and counts.
            Silence::Nothing => {
                history.procedure(1, "MA", answer);
            }
            // The case ended: nothing is done in it any more.
            Silence::DeemedRefused(_) => {
                history.refuses(
                    "MA",
                    procedure(answer),
                    Rule::PR1,
                    "an answer at examine by",
                );
                let more = take("2025-04-06", "FR-1", "issue", "issued");
                history.refuses(
                    "MA",
                    procedure(more),
                    Rule::PR5,
                    "which ended on 2025-04-04 as nobody acted at examine: deemed refused",
                );
            }
            _ => {
                history.refuses("MA", procedure(answer), Rule::PR1, "escalates to group");
            }
        }
    }
}

#[test]
fn pr1_a_step_of_the_body_is_both_parties() {
    let mut history = in_force(passes());
    asked(&mut history, "FR-1");
    history.at("2025-04-15");
    let settle = |by: &[&str]| take_by("2025-04-15", "FR-1", "group", "settled", by);
    refused(
        &mut history,
        vec![
            ("FR", settle(&[]), Rule::PR1, "missing: FR, MA"),
            ("FR", settle(&["FR"]), Rule::PR1, "missing: MA"),
            (
                "FR",
                settle(&["FR", "MA", "ES"]),
                Rule::P0,
                "a party to the case",
            ),
        ],
    );
    history.procedure(1, "FR", settle(&["FR", "MA"]));
    let last = told(&history, "FR-1", "2025-04-15T12:00:00Z").pop();
    assert_eq!(last.as_deref(), Some("group: settled"));
}

#[test]
fn pr1_a_limit_is_put_off_once_before_it_has_passed() {
    let mut history = in_force(passes());
    asked(&mut history, "FR-1");
    history
        .at("2025-03-10")
        .procedure(1, "MA", take("2025-03-10", "FR-1", "examine", "accepted"))
        .at("2025-03-20");
    let put_off = |on: &str| extend(on, "FR-1", "issue", "archives");
    refused(
        &mut history,
        vec![
            (
                "FR",
                put_off("2025-03-12"),
                Rule::PR1,
                "`MA`, the requested party",
            ),
            // Three working days from Monday the 10th end on Thursday the 13th.
            ("MA", put_off("2025-03-14"), Rule::PR1, "escalates to group"),
            (
                "MA",
                extend("2025-03-12", "FR-1", "issue", "two words"),
                Rule::RC5,
                "a key",
            ),
            (
                "MA",
                extend("2025-03-12", "FR-1", "examine", "archives"),
                Rule::PR1,
                "stands, issue",
            ),
        ],
    );
    history.procedure(1, "MA", put_off("2025-03-13"));
    refused(
        &mut history,
        vec![(
            "MA",
            put_off("2025-03-13"),
            Rule::PR1,
            "one that was put off (archives)",
        )],
    );
    // Ten working days from the 10th: Monday the 24th.
    let visits = course(&history, "FR-1", "2025-03-20T00:00:00Z").visits;
    let due = visits.last().and_then(|visit| visit.due.clone());
    assert_eq!(due.and_then(|due| due.last_day), Some(date("2025-03-24")));
    let mut other = in_force(passes());
    asked(&mut other, "FR-1");
    other.refuses(
        "MA",
        procedure(extend("2025-03-05", "FR-1", "examine", "archives")),
        Rule::PR1,
        "a limit that may be put off",
    );
    // After its limit passed and silence meant nothing, it is too late.
    let mut late = in_force(passes_but(|t| {
        step_of(t, "examine").limit = "30 days, at most 60 days".parse().expect("a limit");
        step_of(t, "examine").silence = Silence::Nothing;
    }));
    asked(&mut late, "FR-1");
    late.at("2025-04-05").refuses(
        "MA",
        procedure(extend("2025-04-05", "FR-1", "examine", "archives")),
        Rule::PR1,
        "an act by 2025-04-04, before the limit passed",
    );
    // What does not run is not put off.
    let mut unreceived = in_force(passes_but(|t| {
        step_of(t, "examine").limit = "30 days, at most 60 days".parse().expect("a limit");
    }));
    unreceived
        .procedure(1, "FR", open("2025-03-03", "FR-1", "1.0.0", "MA"))
        .procedure(1, "FR", take("2025-03-03", "FR-1", "request", "sent"))
        .refuses(
            "MA",
            procedure(extend("2025-03-03", "FR-1", "examine", "archives")),
            Rule::PR1,
            "a limit of examine that runs",
        );
}

/// A second version: ten days to examine, from 1 June; and a third that changes words alone.
fn faster(history: &mut History) {
    let table = || {
        passes_but(|t| {
            step_of(t, "examine").limit = "10 days".parse().expect("a limit");
        })
    };
    let mut titled = table();
    titled.title = words("Passes");
    history
        .at("2025-05-01")
        .procedure(
            1,
            "MA",
            revise_table("2025-05-01", "2.0.0-draft", "1.0.0", table()),
        )
        .procedure(
            1,
            "MA",
            adopt_draft("2025-05-01", "2.0.0-draft", "2025-06-01"),
        )
        .procedure(
            1,
            "FR",
            revise_table("2025-05-01", "2.0.1-draft", "2.0.0", titled),
        )
        .procedure(
            1,
            "FR",
            adopt_draft("2025-05-01", "2.0.1-draft", "2025-07-01"),
        );
}

#[test]
fn pr5_a_case_ends_under_its_version_unless_both_move_it() {
    let mut history = in_force(passes());
    faster(&mut history);
    history
        .at("2025-05-20")
        .procedure(1, "FR", open("2025-05-20", "FR-1", "1.0.0", "MA"))
        .procedure(1, "FR", take("2025-05-20", "FR-1", "request", "sent"))
        .procedure(1, "MA", receive("2025-05-20", "FR-1", "examine"));
    let to =
        |on: &str, version: &str, step: &str, by: &[&str]| migrate(on, "FR-1", version, step, by);
    let both = &["FR", "MA"];
    refused(
        &mut history,
        vec![
            (
                "MA",
                to("2025-05-20", "2.0.0", "examine", both),
                Rule::PR5,
                "in force on 2025-05-20, 1.0.0",
            ),
            (
                "MA",
                to("2025-05-20", "1.0.0", "examine", both),
                Rule::PR5,
                "a version behind 1.0.0",
            ),
        ],
    );
    let due = |history: &History, instant: &str| {
        let visits = course(history, "FR-1", instant).visits;
        let due = visits.last().and_then(|visit| visit.due.clone());
        due.and_then(|due| due.last_day).map(|day| day.to_string())
    };
    // The new version is in force, and the case keeps its thirty days.
    assert_eq!(
        due(&history, "2025-06-15T12:00:00Z").as_deref(),
        Some("2025-06-19")
    );
    history.at("2025-06-15");
    refused(
        &mut history,
        vec![
            (
                "MA",
                to("2025-06-15", "2.0.0", "examine", &["MA"]),
                Rule::PR5,
                "missing: FR",
            ),
            (
                "FR",
                to("2025-06-15", "2.0.0", "examine", &[]),
                Rule::PR5,
                "missing: FR, MA",
            ),
            (
                "MA",
                to("2025-06-15", "2.0.0", "archive", both),
                Rule::PR5,
                "a step of 2.0.0",
            ),
            (
                "MA",
                to("2025-06-15", "3.0.0", "examine", both),
                Rule::PR5,
                "in force on 2025-06-15, 2.0.0",
            ),
            (
                "ES",
                to("2025-06-15", "2.0.0", "examine", both),
                Rule::P0,
                "`ES`",
            ),
        ],
    );
    let kept = history.clone();
    history.procedure(1, "MA", to("2025-06-15", "2.0.0", "examine", both));
    // Another limit runs from the move on, though it was received before: it has not passed unseen.
    assert_eq!(
        due(&history, "2025-06-15T12:00:00Z").as_deref(),
        Some("2025-06-25")
    );
    assert_eq!(
        told(&history, "FR-1", "2025-06-16T00:00:00Z"),
        [
            "request: sent",
            "examine: moved on 2025-06-15",
            "examine: waits"
        ]
    );
    assert_eq!(
        state(&history).cases["FR-1"].current_version(),
        &Version::new(2, 0, 0)
    );
    let versions = |history: &History, instant: &str| -> Vec<String> {
        let visits = course(history, "FR-1", instant).visits.into_iter();
        visits.map(|visit| visit.version.to_string()).collect()
    };
    assert_eq!(
        versions(&history, "2025-06-20T12:00:00Z"),
        ["1.0.0", "1.0.0", "2.0.0"]
    );
    // Under its own version it was deemed accepted on the 19th, and issued by nobody.
    assert_eq!(
        versions(&kept, "2026-01-01T00:00:00Z"),
        ["1.0.0", "1.0.0", "1.0.0", "1.0.0"]
    );
    // A case that silence ended, or led on, is moved from where it stands.
    let mut silent = kept;
    silent.at("2025-07-10").procedure(
        1,
        "FR",
        migrate("2025-07-10", "FR-1", "2.0.1", "group", both),
    );
    let last = told(&silent, "FR-1", "2025-07-10T12:00:00Z").pop();
    assert_eq!(last.as_deref(), Some("group: waits"));
}

#[test]
fn pr5_a_move_between_versions_that_say_the_same_lets_the_limit_run_on() {
    let mut history = in_force(passes());
    faster(&mut history);
    history
        .at("2025-06-20")
        .procedure(1, "FR", open("2025-06-20", "FR-1", "2.0.0", "MA"))
        .procedure(1, "FR", take("2025-06-20", "FR-1", "request", "sent"))
        .at("2025-06-25")
        .procedure(1, "MA", receive("2025-06-25", "FR-1", "examine"))
        .at("2025-07-02")
        .procedure(
            1,
            "MA",
            migrate("2025-07-02", "FR-1", "2.0.1", "examine", &["FR", "MA"]),
        );
    let visits = course(&history, "FR-1", "2025-07-02T12:00:00Z").visits;
    assert_eq!(visits.len(), 2);
    let last = visits.last().expect("it stands");
    assert_eq!(last.version, Version::new(2, 0, 1));
    let due = last.due.as_ref().and_then(|due| due.last_day);
    assert_eq!(due, Some(date("2025-07-05")));
}

#[test]
fn pr5_who_opened_a_case_closes_it_the_other_with_consent() {
    let mut history = in_force(passes());
    asked(&mut history, "FR-1");
    asked(&mut history, "FR-2");
    let on = "2025-03-05";
    refused(
        &mut history,
        vec![
            (
                "MA",
                close(on, "FR-1", "left", &[]),
                Rule::PR5,
                "missing: FR, MA",
            ),
            (
                "MA",
                close(on, "FR-1", "left", &["MA"]),
                Rule::PR5,
                "missing: FR",
            ),
            ("FR", close(on, "FR-1", "he left", &[]), Rule::RC5, "a key"),
            (
                "FR",
                close(on, "FR-9", "left", &[]),
                Rule::PR5,
                "a case on record",
            ),
        ],
    );
    history
        .procedure(1, "FR", close(on, "FR-1", "left", &[]))
        .procedure(1, "MA", close(on, "FR-2", "left", &["FR", "MA"]));
    assert_eq!(
        told(&history, "FR-1", "2026-01-01T00:00:00Z"),
        ["request: sent", "examine: closed (left)"]
    );
    refused(
        &mut history,
        vec![
            (
                "MA",
                take(on, "FR-1", "examine", "accepted"),
                Rule::PR5,
                "which was closed on 2025-03-05 (left)",
            ),
            (
                "FR",
                close(on, "FR-2", "left", &[]),
                Rule::PR5,
                "which was closed",
            ),
        ],
    );
}

#[test]
fn pr1_a_limit_that_runs_from_something_waits_until_its_day_is_told() {
    let mut history = in_force(passes_but(|t| {
        let request = step_of(t, "request");
        request.limit = "10 days".parse().expect("a limit");
        request.starts = travaux_domain::procedure::Starts::Event("entry".into());
        request
            .outcomes
            .push(outcome("lapsed", Gives::Refused, "end"));
        request.silence = Silence::DeemedRefused("lapsed".into());
        assert_eq!(request.actor, Role::Requesting);
    }));
    history
        .at("2025-03-20")
        .procedure(1, "FR", open("2025-03-20", "FR-1", "1.0.0", "MA"))
        .procedure(1, "FR", open("2025-03-20", "FR-2", "1.0.0", "MA"));
    let entry = |on: &str, day: &str| tell(on, "FR-1", "entry", day);
    refused(
        &mut history,
        vec![
            (
                "FR",
                entry("2025-03-20", "2025-03-21"),
                Rule::PR1,
                "not after 2025-03-20",
            ),
            (
                "FR",
                tell("2025-03-20", "FR-1", "exit", "2025-03-01"),
                Rule::PR1,
                "(entry)",
            ),
            ("ES", entry("2025-03-20", "2025-03-01"), Rule::P0, "`ES`"),
        ],
    );
    assert_eq!(
        told(&history, "FR-1", "2030-01-01T00:00:00Z"),
        ["request: waits"]
    );
    // It is told when the limit has passed: ten days from the 1st are the 11th.
    history.procedure(1, "FR", entry("2025-03-20", "2025-03-01"));
    assert_eq!(
        told(&history, "FR-1", "2025-03-20T12:00:00Z"),
        ["request: deemed refused (lapsed) at 2025-03-11 23:00:00 UTC"]
    );
    refused(
        &mut history,
        vec![
            (
                "FR",
                take("2025-03-20", "FR-1", "request", "sent"),
                Rule::PR1,
                "by 2025-03-11",
            ),
            (
                "FR",
                entry("2025-03-20", "2025-03-01"),
                Rule::PR5,
                "as nobody acted at request",
            ),
        ],
    );
    history.procedure(1, "FR", tell("2025-03-20", "FR-2", "entry", "2025-03-12"));
    refused(
        &mut history,
        vec![(
            "MA",
            tell("2025-03-20", "FR-2", "entry", "2025-03-19"),
            Rule::PR1,
            "entry, which was on 2025-03-12",
        )],
    );
    history.procedure(1, "FR", take("2025-03-20", "FR-2", "request", "sent"));
}

/// Eight cases, and what both parties count of them: asked for, obtained in time, late, refused, not
/// answered.
#[test]
fn pr6_both_parties_count_from_the_times_of_steps() {
    let mut history = in_force(passes_but(|t| {
        step_of(t, "examine").silence = Silence::Nothing;
    }));
    for number in 1..=8 {
        asked(&mut history, &format!("FR-{number}"));
    }
    let examine = |on: &str, number: u32, outcome: &str| {
        take(on, &format!("FR-{number}"), "examine", outcome)
    };
    history
        .at("2025-04-04")
        .procedure(1, "MA", examine("2025-04-04", 1, "accepted"))
        .procedure(1, "MA", examine("2025-04-04", 2, "refused"))
        .procedure(1, "FR", close("2025-04-04", "FR-3", "left", &[]))
        .at("2025-04-30")
        .procedure(1, "MA", examine("2025-04-30", 4, "accepted"))
        .procedure(1, "MA", examine("2025-04-30", 5, "refused"))
        .procedure(1, "FR", close("2025-04-30", "FR-6", "left", &[]))
        .procedure(1, "MA", examine("2025-04-30", 7, "incomplete"));
    let found = state(&history);
    let days = date("2025-01-01")..=date("2025-12-31");
    let count = |instant: &str, step: &str| {
        let key = CountKey {
            step: step.into(),
            requesting: "FR".into(),
            requested: "MA".into(),
        };
        found.counts(&days, utc(instant)).get(&key).copied()
    };
    let expected = StepCounts {
        requested: 8,
        in_time: 1,
        late: 1,
        refused: 2,
        other: 1,
        unanswered: 2,
        running: 0,
        withdrawn: 1,
    };
    assert_eq!(count("2025-12-31T00:00:00Z", "examine"), Some(expected));
    let before = StepCounts {
        requested: 8,
        running: 8,
        ..StepCounts::default()
    };
    assert_eq!(count("2025-04-03T12:00:00Z", "examine"), Some(before));
    // The one that was sent back was come to again.
    let requests = count("2025-12-31T00:00:00Z", "request").expect("some");
    assert_eq!(
        (requests.requested, requests.other, requests.running),
        (9, 8, 1)
    );
    // The day on which a case came to the step decides.
    let march = found.counts(
        &(date("2025-04-01")..=date("2025-04-30")),
        utc("2025-12-31T00:00:00Z"),
    );
    let steps: Vec<_> = march.keys().map(|key| key.step.to_string()).collect();
    assert_eq!(steps, ["group", "issue", "request"]);
    for (_, counts) in found.counts(&days, utc("2025-12-31T00:00:00Z")) {
        let sum = counts.in_time
            + counts.late
            + counts.refused
            + counts.other
            + counts.unanswered
            + counts.running
            + counts.withdrawn;
        assert_eq!(sum, counts.requested);
    }
    assert_eq!(found.parties, parties(&["FR", "MA"]));
}
