//! Roadmaps: actions that are suspended, cancelled, superseded, split and merged, and what waits for
//! what.

use travaux_domain::{
    Rule,
    roadmap::{
        Action, ActionPart, DependencyKind, Lifecycle, Roadmap, RoadmapCommand as R, Timing,
    },
};
use travaux_testkit::{
    agreement::date,
    history::History,
    meeting::parties,
    roadmap::{action, adopted, both, completed, depends, met, moved, running, set, started},
};

use crate::{
    roadmap::{refused, revised, state},
    roadmap_course::waived,
};

pub(crate) const DAY: &str = "2025-03-01";

pub(crate) fn suspended(on: &str, action: &str) -> R {
    R::ActionSuspended {
        on: date(on),
        action: action.into(),
        reason: "no budget".to_owned(),
        consenting: both(),
    }
}

pub(crate) fn resumed(on: &str, action: &str) -> R {
    R::ActionResumed {
        on: date(on),
        action: action.into(),
        consenting: both(),
    }
}

pub(crate) fn cancelled(on: &str, action: &str) -> R {
    R::ActionCancelled {
        on: date(on),
        action: action.into(),
        reason: "the programme ended".to_owned(),
        consenting: both(),
    }
}

pub(crate) fn superseded(on: &str, action: &str, by: &str) -> R {
    R::ActionSuperseded {
        on: date(on),
        action: action.into(),
        by: by.into(),
        consenting: both(),
    }
}

pub(crate) fn split(on: &str, key: &str, into: &[(Action, &[&str])]) -> R {
    let part = |(action, measures): &(Action, &[&str])| ActionPart {
        action: action.clone(),
        measures: measures.iter().map(|key| (*key).into()).collect(),
    };
    R::ActionSplit {
        on: date(on),
        action: key.into(),
        into: into.iter().map(part).collect(),
        consenting: both(),
    }
}

pub(crate) fn merged(on: &str, actions: &[&str], into: Action) -> R {
    R::ActionsMerged {
        on: date(on),
        actions: actions.iter().map(|key| (*key).into()).collect(),
        into,
        consenting: both(),
    }
}

fn freed(on: &str, action: &str, after: &str) -> R {
    R::DependencyRemoved {
        on: date(on),
        action: action.into(),
        after: after.into(),
        consenting: Vec::new(),
    }
}

const FS: DependencyKind = DependencyKind::FinishToStart;

fn timing(state: &Roadmap, key: &str, on: &str) -> Timing {
    let schedule = state.schedule(&key.into(), date(on));
    schedule.expect("it is there").timing
}

fn march() -> History {
    let mut history = running();
    history.at(DAY);
    history
}

#[test]
fn rm13_an_action_is_suspended_and_resumed_by_all_and_that_is_no_slip() {
    let mut history = march();
    let mut alone = suspended(DAY, "forms");
    if let R::ActionSuspended { consenting, .. } = &mut alone {
        *consenting = parties(&["MA"]);
    }
    refused(
        &mut history,
        vec![
            ("MA", alone, Rule::RM13, "the consent of FR, MA"),
            ("FR", resumed(DAY, "forms"), Rule::RM13, "that is suspended"),
        ],
    );
    history
        .roadmap(1, "MA", suspended(DAY, "forms"))
        .at("2025-04-10");
    let day = "2025-04-10";
    refused(
        &mut history,
        vec![
            ("FR", suspended(day, "forms"), Rule::RM13, "resumed first"),
            ("FR", started(day, "forms"), Rule::RM6, "resumed first"),
            (
                "FR",
                resumed("2025-02-28", "forms"),
                Rule::RC3,
                "its last turn",
            ),
            (
                "FR",
                merged(day, &["forms", "passes"], action("all", "2025-06-30")),
                Rule::RM13,
                "resumed first",
            ),
        ],
    );
    assert_eq!(
        state(&history).actions["forms"].lifecycle(),
        Lifecycle::Suspended
    );
    history
        .roadmap(1, "MA", resumed(day, "forms"))
        .at("2025-05-01")
        .roadmap(1, "MA", suspended("2025-05-01", "forms"));
    let schedule = state(&history).schedule(&"forms".into(), date("2025-05-11"));
    let schedule = schedule.expect("it is there");
    assert_eq!(
        (schedule.suspended_days, schedule.slip_to_first),
        (40 + 10, Some(0))
    );
}

#[test]
fn rm13_what_was_cancelled_is_over_and_nobody_waits_for_it() {
    let mut history = march();
    history
        .roadmap(
            1,
            "FR",
            depends(DAY, "passes", "forms", DependencyKind::FinishToFinish, 0),
        )
        .roadmap(1, "FR", started(DAY, "passes"));
    refused(
        &mut history,
        vec![(
            "FR",
            completed(DAY, "passes"),
            Rule::RM11,
            "`forms` to be completed",
        )],
    );
    history.roadmap(1, "FR", cancelled(DAY, "forms"));
    assert_eq!(
        timing(&state(&history), "forms", "2025-12-01"),
        Timing::Ended
    );
    refused(
        &mut history,
        vec![
            (
                "FR",
                cancelled(DAY, "forms"),
                Rule::RM13,
                "cancelled: the programme ended on 2025-03-01",
            ),
            (
                "FR",
                started(DAY, "forms"),
                Rule::RM6,
                "which was cancelled",
            ),
            (
                "FR",
                moved(DAY, "forms", "2025-06-30", "2025-07-31"),
                Rule::RM9,
                "cancelled",
            ),
            (
                "FR",
                revised(DAY, 1, action("forms", ""), &["FR", "MA"]),
                Rule::RM1,
                "cancelled",
            ),
            (
                "FR",
                depends(DAY, "report", "forms", FS, 0),
                Rule::RM4,
                "cancelled",
            ),
            (
                "FR",
                adopted(DAY, 2, &["forms", "passes", "report"]),
                Rule::RM2,
                "cancelled",
            ),
        ],
    );
    history.roadmap(1, "FR", completed(DAY, "passes")).roadmap(
        1,
        "FR",
        adopted(DAY, 2, &["report"]),
    );
}

#[test]
fn rm13_parts_are_due_when_the_whole_was_and_take_its_open_milestones() {
    let mut history = march();
    history
        .roadmap(1, "FR", set(DAY, "passes", "drafted"))
        .roadmap(1, "FR", set(DAY, "passes", "signed"))
        .roadmap(1, "FR", met(DAY, "passes", "drafted"))
        .roadmap(1, "FR", moved(DAY, "passes", "2025-09-30", "2025-10-31"));
    let of = |key: &str, due: &str| action(key, due);
    let (north, south) = (of("north", "2025-10-31"), of("south", "2025-10-31"));
    let none: &[&str] = &[];
    refused(
        &mut history,
        vec![
            (
                "FR",
                split(DAY, "passes", &[(north.clone(), &["signed"])]),
                Rule::RM13,
                "two parts",
            ),
            (
                "FR",
                split(
                    DAY,
                    "passes",
                    &[
                        (north.clone(), &["signed"]),
                        (of("south", "2026-01-31"), none),
                    ],
                ),
                Rule::RM13,
                "the due date that is there (2025-10-31)",
            ),
            (
                "FR",
                split(
                    DAY,
                    "passes",
                    &[(north.clone(), none), (south.clone(), none)],
                ),
                Rule::RM13,
                "in one part: signed, found none",
            ),
            (
                "FR",
                split(
                    DAY,
                    "passes",
                    &[(north.clone(), &["signed"]), (south.clone(), &["signed"])],
                ),
                Rule::RM13,
                "in one part: signed",
            ),
            (
                "FR",
                split(
                    DAY,
                    "passes",
                    &[
                        (north.clone(), &["signed"]),
                        (of("forms", "2025-10-31"), none),
                    ],
                ),
                Rule::RM13,
                "`forms`, which is taken",
            ),
        ],
    );
    history.roadmap(
        1,
        "FR",
        split(DAY, "passes", &[(north, &["signed"]), (south, none)]),
    );
    let now = state(&history);
    let keys = |key: &str| {
        let measures = now.actions[key].measures.iter();
        measures
            .map(|m| m.measure.key().to_string())
            .collect::<Vec<_>>()
    };
    assert_eq!(
        (keys("passes"), keys("north"), keys("south")),
        (vec!["drafted".into()], vec!["signed".into()], vec![])
    );
    assert_eq!(now.heirs(&"passes".into()), ["north", "south"]);
    // Splitting hides no slip: the parts go on from its baseline and its moves.
    let north = now
        .schedule(&"north".into(), date(DAY))
        .expect("it is there");
    assert_eq!((north.slip_to_first, north.moves), (Some(31), 1));
    history.roadmap(
        1,
        "FR",
        adopted(DAY, 2, &["forms", "north", "south", "report"]),
    );
    let now = state(&history);
    let north = now
        .schedule(&"north".into(), date(DAY))
        .expect("it is there");
    assert_eq!(
        (north.slip_to_first, north.slip_to_current),
        (Some(31), Some(0))
    );
}

#[test]
fn rm13_what_is_merged_goes_on_from_the_one_whose_date_it_keeps() {
    let mut history = march();
    history
        .roadmap(1, "FR", set(DAY, "passes", "signed"))
        .roadmap(1, "FR", set(DAY, "forms", "signed"))
        .roadmap(1, "FR", moved(DAY, "forms", "2025-06-30", "2025-07-31"))
        .roadmap(1, "FR", started(DAY, "forms"));
    let papers = action("papers", "2025-09-30");
    refused(
        &mut history,
        vec![
            (
                "FR",
                merged(DAY, &["forms"], papers.clone()),
                Rule::RM13,
                "two actions or more",
            ),
            (
                "FR",
                merged(DAY, &["forms", "forms"], papers.clone()),
                Rule::RM13,
                "each once",
            ),
            (
                "FR",
                merged(DAY, &["forms", "passes"], papers.clone()),
                Rule::RM13,
                "`signed` twice",
            ),
            (
                "FR",
                merged(DAY, &["forms", "report"], papers.clone()),
                Rule::RM13,
                "(2025-07-31, 2025-12-31)",
            ),
        ],
    );
    history
        .roadmap(1, "FR", waived(DAY, "passes", "signed"))
        .roadmap(1, "FR", merged(DAY, &["forms", "passes"], papers));
    let now = state(&history);
    let papers = &now.actions["papers"];
    assert_eq!(papers.heir_of, Some("passes".into()));
    assert_eq!(
        papers.lifecycle(),
        Lifecycle::Implementation,
        "one of them had begun"
    );
    let schedule = now
        .schedule(&"papers".into(), date(DAY))
        .expect("it is there");
    assert_eq!((schedule.slip_to_first, schedule.moves), (Some(0), 0));
    assert_eq!(now.heirs(&"forms".into()), ["papers"]);
}

#[test]
fn rm13_what_supersedes_another_takes_its_place() {
    let mut history = march();
    history
        .roadmap(1, "FR", set(DAY, "forms", "signed"))
        .roadmap(1, "FR", started(DAY, "report"))
        .roadmap(1, "FR", completed(DAY, "report"));
    refused(
        &mut history,
        vec![
            (
                "FR",
                superseded(DAY, "forms", "forms"),
                Rule::RM13,
                "another action",
            ),
            (
                "FR",
                superseded(DAY, "forms", "nothing"),
                Rule::RM13,
                "an action of the roadmap",
            ),
            (
                "FR",
                superseded(DAY, "forms", "report"),
                Rule::RM13,
                "completed on",
            ),
        ],
    );
    history.roadmap(1, "FR", superseded(DAY, "forms", "passes"));
    refused(
        &mut history,
        vec![(
            "FR",
            superseded(DAY, "passes", "forms"),
            Rule::RM13,
            "superseded by passes",
        )],
    );
    let now = state(&history);
    assert_eq!(now.actions["passes"].measures.len(), 1);
    let area = "migration".into();
    assert_eq!(now.open_in(&area).collect::<Vec<_>>(), ["passes"]);
}

#[test]
fn rm4_an_action_waits_for_others_once_and_never_in_a_circle() {
    let mut history = march();
    history.roadmap(1, "FR", depends(DAY, "passes", "forms", FS, 10));
    let ff = DependencyKind::FinishToFinish;
    refused(
        &mut history,
        vec![
            (
                "FR",
                depends(DAY, "passes", "forms", ff, 0),
                Rule::RM4,
                "passes after forms (FS, +10 days)",
            ),
            (
                "FR",
                depends(DAY, "passes", "passes", FS, 0),
                Rule::RM4,
                "`passes` itself",
            ),
            (
                "FR",
                depends(DAY, "passes", "nothing", FS, 0),
                Rule::RM4,
                "an action of the roadmap",
            ),
            (
                "MA",
                depends(DAY, "report", "forms", FS, 0),
                Rule::RM4,
                "the consent of FR, MA",
            ),
            // Of any kind: what finishes together still waits.
            (
                "FR",
                depends(DAY, "forms", "passes", ff, 0),
                Rule::RM4,
                "a circle of forms, passes",
            ),
        ],
    );
    history.roadmap(1, "FR", depends(DAY, "report", "passes", FS, 0));
    refused(
        &mut history,
        vec![
            (
                "FR",
                depends(DAY, "forms", "report", FS, 0),
                Rule::RM4,
                "a circle of",
            ),
            (
                "FR",
                freed(DAY, "report", "forms"),
                Rule::RM4,
                "`report` on `forms`",
            ),
            (
                "FR",
                freed("2025-02-28", "report", "passes"),
                Rule::RC3,
                "it came to wait",
            ),
        ],
    );
    history
        .roadmap(1, "FR", freed(DAY, "report", "passes"))
        .roadmap(1, "FR", depends(DAY, "forms", "report", FS, 0))
        .roadmap(1, "FR", started(DAY, "report"))
        .roadmap(1, "FR", completed(DAY, "report"));
    refused(
        &mut history,
        vec![(
            "FR",
            depends(DAY, "report", "forms", FS, 0),
            Rule::RM4,
            "waits for nothing more",
        )],
    );
}

#[test]
fn rm4_no_circle_comes_of_what_goes_on_in_the_place_of_others() {
    // forms <- passes <- report
    let mut history = march();
    history
        .roadmap(1, "FR", depends(DAY, "passes", "forms", FS, 0))
        .roadmap(1, "FR", depends(DAY, "report", "passes", FS, 0));
    let both_ends = merged(DAY, &["forms", "report"], action("ends", "2025-06-30"));
    refused(
        &mut history,
        vec![
            ("FR", both_ends, Rule::RM4, "a circle of ends, passes"),
            (
                "FR",
                superseded(DAY, "forms", "report"),
                Rule::RM4,
                "a circle of passes, report",
            ),
        ],
    );
    // The two that stand side by side may become one: that one waits for itself no longer.
    let papers = action("papers", "2025-06-30");
    history.roadmap(1, "FR", merged(DAY, &["forms", "passes"], papers));
    refused(
        &mut history,
        vec![(
            "FR",
            depends(DAY, "papers", "report", FS, 0),
            Rule::RM4,
            "a circle of papers, report",
        )],
    );
}

#[test]
fn rm4_a_dependency_that_is_recorded_late_makes_no_circle_of_then() {
    let mut history = march();
    // Until 20 March passes waited for forms.
    history
        .roadmap(1, "FR", depends(DAY, "passes", "forms", FS, 0))
        .at("2025-03-20")
        .roadmap(1, "FR", freed("2025-03-20", "passes", "forms"))
        .at("2025-03-25");
    refused(
        &mut history,
        vec![(
            "FR",
            depends("2025-03-10", "forms", "passes", FS, 0),
            Rule::RM4,
            "a circle",
        )],
    );
    history.roadmap(1, "FR", depends("2025-03-20", "forms", "passes", FS, 0));
}
