//! Roadmaps: the course of an action, and what others say of it.

use chrono::NaiveDate;
use travaux_domain::{
    Rule,
    partnership::ItemRef,
    roadmap::{Assessor, Completion, DependencyKind, Lifecycle, RoadmapCommand as R},
};
use travaux_testkit::{
    agreement::date,
    history::{History, meeting_id},
    meeting::{holder, parties},
    roadmap::{
        action, adopted, both, completed, decision, depends, due, met, moved, proposed, reported,
        running, set, silent, started, target, with_session,
    },
};

use crate::roadmap::{refused, roadmap, state};

pub(crate) fn assessed(on: &str, action: &str, code: Completion, decided: Option<ItemRef>) -> R {
    R::ProgressAssessed {
        on: date(on),
        action: action.into(),
        as_of: date(on),
        completion: code,
        words: silent(),
        decided,
    }
}

fn accepted(on: &str, key: &str, decided: Option<ItemRef>) -> R {
    R::MilestoneAccepted {
        on: date(on),
        action: "passes".into(),
        milestone: key.into(),
        decided,
    }
}

fn not_accepted(on: &str, key: &str) -> R {
    R::MilestoneNotAccepted {
        on: date(on),
        action: "passes".into(),
        milestone: key.into(),
        reason: "one form is missing".to_owned(),
        decided: None,
    }
}

pub(crate) fn waived(on: &str, action: &str, key: &str) -> R {
    R::MilestoneWaived {
        on: date(on),
        action: action.into(),
        milestone: key.into(),
        reason: "no longer needed".to_owned(),
        consenting: both(),
    }
}

pub(crate) fn reopened(on: &str, action: &str) -> R {
    R::ActionReopened {
        on: date(on),
        action: action.into(),
        reason: "an office uses the old form".to_owned(),
    }
}

fn reached(on: &str, value: &str) -> R {
    R::MilestoneMet {
        on: date(on),
        action: "passes".into(),
        milestone: "share".into(),
        evidence: "figures of 2025".to_owned(),
        value: (!value.is_empty()).then(|| value.into()),
        consenting: Vec::new(),
    }
}

/// FR, MA and nobody else; `passes` has the milestone `drafted` and the target `share`, and began
/// in March.
fn measured() -> History {
    let mut history = running();
    history
        .at("2025-02-02")
        .roadmap(1, "FR", set("2025-02-02", "passes", "drafted"))
        .roadmap(
            1,
            "FR",
            R::TargetSet {
                on: date("2025-02-02"),
                action: "passes".into(),
                target: target("share"),
                consenting: both(),
            },
        )
        .at("2025-03-01")
        .roadmap(1, "FR", started("2025-03-01", "passes"));
    history
}

#[test]
fn rm6_an_action_that_was_adopted_is_started_once_by_its_lead_and_never_in_the_future() {
    let mut history = running();
    history
        .at("2025-03-01")
        .roadmap(1, "MA", proposed("2025-03-01", action("posts", "")));
    refused(
        &mut history,
        vec![
            (
                "MA",
                started("2025-03-01", "forms"),
                Rule::RM6,
                "a lead office: FR, found `MA`",
            ),
            (
                "FR",
                started("2025-03-01", "posts"),
                Rule::RM6,
                "proposed alone",
            ),
            ("FR", started("2025-01-31", "forms"), Rule::RC3, "adopted"),
            // It is noon in London: the second of March has begun on Kiritimati, not in Rabat.
            (
                "FR",
                started("2025-03-02", "forms"),
                Rule::RM6,
                "2025-03-01 at the latest",
            ),
            (
                "FR",
                started("2025-03-03", "forms"),
                Rule::RC3,
                "a day that has come",
            ),
        ],
    );
    history.roadmap(1, "FR", started("2025-02-15", "forms"));
    refused(
        &mut history,
        vec![(
            "FR",
            started("2025-03-01", "forms"),
            Rule::RM6,
            "started on 2025-02-15",
        )],
    );
}

#[test]
fn rm7_the_last_day_that_is_told_of_counts_and_may_be_less() {
    let mut history = running();
    history
        .at("2025-05-01")
        .roadmap(1, "FR", reported("2025-05-01", "forms", "2025-05-01", 30))
        // Recorded later, and of an earlier day: it does not count.
        .at("2025-05-02")
        .roadmap(1, "FR", reported("2025-05-02", "forms", "2025-04-01", 60));
    let percent = |history: &History| {
        let state = state(history);
        state.actions["forms"]
            .latest_report()
            .and_then(|r| r.percent)
    };
    assert_eq!(percent(&history), Some(30));
    let mut whole = reported("2025-05-02", "forms", "2025-05-02", 101);
    refused(
        &mut history,
        vec![
            (
                "MA",
                reported("2025-05-02", "forms", "2025-05-02", 1),
                Rule::RM7,
                "lead office",
            ),
            ("FR", whole.clone(), Rule::RM7, "from 0 to 100"),
            (
                "FR",
                reported("2025-05-02", "forms", "2025-05-03", 1),
                Rule::RM7,
                "2025-05-02",
            ),
            (
                "FR",
                reported("2025-05-02", "forms", "2025-01-19", 1),
                Rule::RM7,
                "2025-01-20",
            ),
        ],
    );
    if let R::ProgressReported { words, percent, .. } = &mut whole {
        words.clear();
        *percent = None;
    }
    refused(
        &mut history,
        vec![("FR", whole, Rule::RC5, "words in one language")],
    );
    history.roadmap(1, "FR", reported("2025-05-02", "forms", "2025-05-02", 20));
    assert_eq!(percent(&history), Some(20), "not the highest");
}

#[test]
fn rm8_who_leads_alone_does_not_assess_and_assessments_that_differ_stand() {
    let mut history = with_session();
    let day = "2025-06-25";
    let limited = |decided| assessed(day, "forms", Completion::Limited, decided);
    refused(
        &mut history,
        vec![
            (
                "FR",
                limited(None),
                Rule::RM8,
                "does not lead the action alone",
            ),
            (
                "FR",
                limited(Some(decision("wishes"))),
                Rule::RM8,
                "a session of `gmmp` agreed on",
            ),
            (
                "FR",
                limited(Some(decision("nothing"))),
                Rule::RM8,
                "a session of `gmmp` agreed on",
            ),
            (
                "FR",
                limited(Some(ItemRef {
                    meeting: meeting_id(7),
                    item: "moves".into(),
                })),
                Rule::RM8,
                "a session of `gmmp` agreed on",
            ),
        ],
    );
    history
        .roadmap(
            1,
            "MA",
            assessed(day, "forms", Completion::NotStarted, None),
        )
        .roadmap(1, "FR", limited(Some(decision("moves"))))
        .roadmap(
            1,
            "MA",
            assessed(day, "forms", Completion::NoEvidence, None),
        );
    let state = state(&history);
    let said = state.actions["forms"].latest_assessments();
    let said: Vec<_> = said.iter().map(|a| (a.by.clone(), a.completion)).collect();
    assert_eq!(
        said,
        [
            (Assessor::Party("MA".into()), Completion::NoEvidence),
            (Assessor::Body("gmmp".into()), Completion::Limited)
        ]
    );
}

#[test]
fn rm8_where_both_lead_each_may_assess() {
    let mut history = travaux_testkit::roadmap::begun();
    let mut joint = action("joint", "");
    joint
        .leads
        .push(holder("MA", "Directorate of Migration", ""));
    history
        .at("2025-01-20")
        .roadmap(1, "FR", proposed("2025-01-20", joint))
        .roadmap(
            1,
            "FR",
            assessed("2025-01-20", "joint", Completion::NotStarted, None),
        );
}

#[test]
fn rm9_a_due_date_is_moved_from_where_it_stands_by_all_or_by_the_body() {
    let mut history = with_session();
    let day = "2025-06-25";
    let by_the_body = |item: &str| {
        let mut event = moved(day, "forms", "2025-06-30", "2025-09-30");
        if let R::DueMoved {
            consenting,
            decided,
            ..
        } = &mut event
        {
            consenting.clear();
            *decided = Some(decision(item));
        }
        event
    };
    let mut alone = moved(day, "forms", "2025-06-30", "2025-09-30");
    if let R::DueMoved { consenting, .. } = &mut alone {
        *consenting = parties(&["FR"]);
    }
    refused(
        &mut history,
        vec![
            ("FR", alone, Rule::RM9, "the consent of FR, MA"),
            (
                "MA",
                moved(day, "forms", "2025-06-30", "2025-09-30"),
                Rule::RM9,
                "a lead office: FR",
            ),
            (
                "FR",
                moved(day, "forms", "2025-05-31", "2025-09-30"),
                Rule::RM9,
                "the due date that it has, 2025-06-30",
            ),
            (
                "FR",
                moved(day, "forms", "2025-06-30", "2025-06-30"),
                Rule::RM9,
                "another",
            ),
            (
                "FR",
                moved(day, "forms", "2025-06-30", "completion of forms"),
                Rule::RM3,
                "itself",
            ),
            (
                "MA",
                by_the_body("wishes"),
                Rule::RM9,
                "a session of `gmmp`",
            ),
        ],
    );
    history
        .roadmap(1, "MA", by_the_body("moves"))
        .at("2025-08-01");
    // The earlier one is stale now; and moves stay in order.
    refused(
        &mut history,
        vec![
            (
                "FR",
                moved("2025-08-01", "forms", "2025-06-30", "2025-12-31"),
                Rule::RM9,
                "it has, 2025-09-30",
            ),
            (
                "FR",
                moved("2025-06-24", "forms", "2025-09-30", "2025-12-31"),
                Rule::RC3,
                "moved before",
            ),
        ],
    );
    history.roadmap(
        1,
        "FR",
        moved("2025-08-01", "forms", "2025-09-30", "2025-08-31"),
    );
    let state = state(&history);
    let schedule = state
        .schedule(&"forms".into(), date("2025-08-01"))
        .expect("it is there");
    assert_eq!((schedule.moves, schedule.slip_to_first), (2, Some(62)));
    assert_eq!(
        state.actions["forms"].moves[0].by,
        Assessor::Body("gmmp".into())
    );
    assert_eq!(
        state.baselines[0].actions["forms"].due,
        Some(due("2025-06-30"))
    );
}

#[test]
fn rm10_that_it_was_met_and_that_it_was_accepted_are_two_facts_of_two() {
    let mut history = measured();
    history.at("2025-04-01");
    refused(
        &mut history,
        vec![
            (
                "FR",
                accepted("2025-04-01", "drafted", None),
                Rule::RM10,
                "reported met",
            ),
            (
                "MA",
                met("2025-04-01", "passes", "drafted"),
                Rule::RM10,
                "lead office",
            ),
            (
                "FR",
                met("2025-04-01", "passes", "nothing"),
                Rule::RM10,
                "(drafted, share)",
            ),
            (
                "FR",
                met("2025-02-01", "passes", "drafted"),
                Rule::RC3,
                "it was set",
            ),
            (
                "FR",
                reached("2025-04-01", ""),
                Rule::RM10,
                "the value that was reached",
            ),
            (
                "FR",
                reached("2025-04-01", "79.9"),
                Rule::RM10,
                "80 or more (per cent)",
            ),
        ],
    );
    let mut valued = met("2025-04-01", "passes", "drafted");
    if let R::MilestoneMet { value, .. } = &mut valued {
        *value = Some("3".into());
    }
    refused(
        &mut history,
        vec![("FR", valued, Rule::RM10, "a qualitative step")],
    );
    history
        .roadmap(1, "FR", reached("2025-04-01", "80.0"))
        .roadmap(1, "FR", met("2025-04-01", "passes", "drafted"));
    refused(
        &mut history,
        vec![
            (
                "FR",
                met("2025-04-01", "passes", "drafted"),
                Rule::RM10,
                "met on 2025-04-01",
            ),
            (
                "FR",
                accepted("2025-04-01", "drafted", None),
                Rule::RM10,
                "another party",
            ),
            (
                "MA",
                accepted("2025-03-31", "drafted", None),
                Rule::RC3,
                "it was met",
            ),
        ],
    );
    history.roadmap(1, "MA", not_accepted("2025-04-01", "drafted"));
    refused(
        &mut history,
        vec![(
            "MA",
            accepted("2025-04-01", "drafted", None),
            Rule::RM10,
            "not accepted on",
        )],
    );
    // Six months to remedy: 1 October is the last day, then only by consent.
    let mut late = met("2025-10-02", "passes", "drafted");
    history.at("2025-10-02");
    refused(
        &mut history,
        vec![("FR", late.clone(), Rule::RM10, "2025-10-01 at the latest")],
    );
    let mut other = history.clone();
    if let R::MilestoneMet { consenting, .. } = &mut late {
        *consenting = both();
    }
    other.roadmap(1, "FR", late);
    history
        .roadmap(1, "FR", met("2025-10-01", "passes", "drafted"))
        .roadmap(1, "MA", accepted("2025-10-02", "drafted", None));
    let drafted = state(&history).actions["passes"].measures[0].clone();
    assert!(drafted.is_accepted() && drafted.earlier.len() == 1);
    refused(
        &mut history,
        vec![(
            "FR",
            waived("2025-10-02", "passes", "drafted"),
            Rule::RM11,
            "was not met",
        )],
    );
}

#[test]
fn rm10_the_body_accepts_by_what_its_session_agreed() {
    let mut history = with_session();
    history
        .roadmap(1, "FR", set("2025-06-25", "passes", "drafted"))
        .roadmap(1, "FR", met("2025-06-25", "passes", "drafted"))
        .roadmap(
            1,
            "FR",
            accepted("2025-06-25", "drafted", Some(decision("moves"))),
        );
    let verdict = state(&history).actions["passes"].measures[0]
        .verdict
        .clone();
    assert_eq!(verdict.expect("one").by, Assessor::Body("gmmp".into()));
}

#[test]
fn rm11_an_action_is_completed_when_all_that_it_is_measured_by_is_met_or_waived() {
    let mut history = measured();
    history.at("2025-06-01");
    let day = "2025-06-01";
    let refusal = history
        .decided("FR", roadmap(completed(day, "passes")))
        .expect_err("not all is met");
    assert_eq!(
        (refusal.rule, refusal.missing.join(" ")),
        (Rule::RM11, "drafted share".into())
    );
    refused(
        &mut history,
        vec![
            (
                "FR",
                completed(day, "forms"),
                Rule::RM11,
                "that was started",
            ),
            ("MA", completed(day, "passes"), Rule::RM11, "lead office"),
        ],
    );
    let mut alone = waived(day, "passes", "drafted");
    if let R::MilestoneWaived { consenting, .. } = &mut alone {
        *consenting = parties(&["FR"]);
    }
    refused(
        &mut history,
        vec![("FR", alone, Rule::RM11, "the consent of FR, MA")],
    );
    history
        .roadmap(1, "FR", waived(day, "passes", "drafted"))
        .roadmap(1, "FR", reached(day, "93"));
    refused(
        &mut history,
        vec![
            (
                "FR",
                completed("2025-05-31", "passes"),
                Rule::RC3,
                "were met",
            ),
            (
                "FR",
                met(day, "passes", "drafted"),
                Rule::RM10,
                "waived on 2025-06-01",
            ),
        ],
    );
    history.roadmap(1, "FR", completed(day, "passes"));
    // Completed, and the target is not accepted as met yet.
    let lifecycle = |history: &History| state(history).actions["passes"].lifecycle();
    assert_eq!(lifecycle(&history), Lifecycle::Finalisation);
    history.roadmap(1, "MA", accepted(day, "share", None));
    assert_eq!(lifecycle(&history), Lifecycle::Closed);
    refused(
        &mut history,
        vec![(
            "FR",
            completed(day, "passes"),
            Rule::RM11,
            "completed on 2025-06-01",
        )],
    );
}

#[test]
fn rm11_what_has_to_be_finished_or_started_before_is() {
    let mut history = running();
    history
        .at("2025-03-01")
        .roadmap(
            1,
            "FR",
            depends(
                "2025-03-01",
                "passes",
                "forms",
                DependencyKind::FinishToFinish,
                0,
            ),
        )
        .roadmap(
            1,
            "FR",
            depends(
                "2025-03-01",
                "passes",
                "report",
                DependencyKind::StartToFinish,
                0,
            ),
        )
        .roadmap(1, "FR", started("2025-03-01", "passes"));
    let done = |day| completed(day, "passes");
    refused(
        &mut history,
        vec![(
            "FR",
            done("2025-03-01"),
            Rule::RM11,
            "`forms` to be completed before",
        )],
    );
    history
        .at("2025-04-01")
        .roadmap(1, "FR", started("2025-03-02", "forms"))
        .roadmap(1, "FR", completed("2025-04-01", "forms"));
    refused(
        &mut history,
        vec![
            (
                "FR",
                done("2025-03-31"),
                Rule::RM11,
                "`forms` to be completed before",
            ),
            (
                "FR",
                done("2025-04-01"),
                Rule::RM11,
                "`report` to be started before",
            ),
        ],
    );
    history
        .roadmap(1, "FR", started("2025-04-01", "report"))
        .roadmap(1, "FR", done("2025-04-01"));
}

#[test]
fn rm12_a_completion_may_not_last_and_stays_on_record() {
    let mut history = running();
    history.at("2025-03-01");
    refused(
        &mut history,
        vec![(
            "FR",
            reopened("2025-03-01", "forms"),
            Rule::RM12,
            "that is completed",
        )],
    );
    history
        .roadmap(1, "FR", started("2025-03-01", "forms"))
        .roadmap(1, "FR", completed("2025-03-01", "forms"))
        .at("2025-03-05");
    refused(
        &mut history,
        vec![
            (
                "MA",
                reopened("2025-03-05", "forms"),
                Rule::RM12,
                "lead office",
            ),
            (
                "FR",
                reopened("2025-02-28", "forms"),
                Rule::RC3,
                "its last turn",
            ),
        ],
    );
    history.roadmap(1, "FR", reopened("2025-03-05", "forms"));
    let record = state(&history).actions["forms"].clone();
    let days: Vec<NaiveDate> = record.reopened.iter().map(|r| r.completed.on).collect();
    assert_eq!(
        (record.lifecycle(), days),
        (Lifecycle::Implementation, vec![date("2025-03-01")])
    );
    history.roadmap(1, "FR", completed("2025-03-05", "forms"));
    refused(
        &mut history,
        vec![(
            "FR",
            adopted("2025-03-05", 2, &["passes"]),
            Rule::RM2,
            "none of `report`",
        )],
    );
    history.roadmap(1, "FR", adopted("2025-03-05", 2, &["passes", "report"]));
}
