//! Roadmaps: what follows for a day. Late, at risk, pending, slip.

use chrono::NaiveDate;
use travaux_domain::{
    Aggregate as _, Event, Rule, StreamId,
    partnership::{Deed as _, Dossier as _},
    roadmap::{Action, DependencyKind, Due, Roadmap, RoadmapCommand as R, Timing},
};
use travaux_testkit::{
    agreement::date,
    history::{History, roadmap_id},
    meeting::words,
    roadmap::{action, adopted, begun, completed, depends, due, moved, proposed, running, started},
};

use crate::{
    roadmap::{refused, state},
    roadmap_course::reopened,
    roadmap_lineage::{DAY, cancelled, merged, split, suspended},
};

/// The roadmap as it stood on a day.
pub(crate) fn as_of(history: &History, on: &str) -> Roadmap {
    let mut state = Roadmap::default();
    for recorded in history.log() {
        let (StreamId::Roadmap(id), Event::Roadmap(event)) = (recorded.stream, &recorded.event)
        else {
            continue;
        };
        assert_eq!(id, roadmap_id(1));
        if event.on() <= date(on) {
            state.evolve(event, &recorded.context());
        } else {
            state.skip();
        }
    }
    state
}

/// How an action stood on a day.
pub(crate) fn timing(history: &History, key: &str, on: &str) -> Timing {
    let state = as_of(history, on);
    let schedule = state.schedule(&key.into(), date(on));
    schedule.expect("it is there").timing
}

fn at_risk(by: &str, forecast: &str) -> Timing {
    Timing::AtRisk {
        by: by.into(),
        forecast: date(forecast),
    }
}

/// An action with a planned start.
fn planned(key: &str, start: &str, end: &str) -> Action {
    Action {
        start: Some(due(start)),
        ..action(key, end)
    }
}

/// Actions of these plans, adopted on 1 February.
fn plans(actions: &[(&str, &str, &str)]) -> History {
    let mut history = begun();
    history.at("2025-01-20");
    for (key, start, end) in actions {
        let action = match *start {
            "" => action(key, end),
            start => planned(key, start, end),
        };
        history.roadmap(1, "FR", proposed("2025-01-20", action));
    }
    let keys: Vec<_> = actions.iter().map(|(key, ..)| *key).collect();
    history
        .at("2025-02-01")
        .roadmap(1, "FR", adopted("2025-02-01", 1, &keys));
    history
}

#[test]
fn rm14_late_is_what_is_not_complete_when_its_day_has_passed() {
    let mut history = running();
    assert_eq!(timing(&history, "forms", "2025-06-30"), Timing::OnTrack);
    assert_eq!(
        timing(&history, "forms", "2025-07-01"),
        Timing::Late { days: 1 }
    );
    history
        .at("2025-07-10")
        .roadmap(1, "FR", started("2025-07-01", "forms"))
        .roadmap(1, "FR", completed("2025-07-05", "forms"));
    // Of each day, what was true then: the same at each asking.
    for (on, expected) in [
        ("2025-07-04", Timing::Late { days: 4 }),
        ("2025-07-05", Timing::Done { late: 5 }),
        ("2026-01-01", Timing::Done { late: 5 }),
    ] {
        assert_eq!(timing(&history, "forms", on), expected, "{on}");
    }
    history
        .at("2025-08-01")
        .roadmap(1, "FR", reopened("2025-08-01", "forms"));
    assert_eq!(
        timing(&history, "forms", "2025-07-31"),
        Timing::Done { late: 5 }
    );
    assert_eq!(
        timing(&history, "forms", "2025-08-01"),
        Timing::Late { days: 32 }
    );
}

#[test]
fn rm14_a_planned_end_does_not_end_an_action_and_suspension_does_not_hide_it() {
    let mut history = running();
    history
        .at("2025-08-01")
        .roadmap(1, "FR", suspended("2025-08-01", "forms"));
    assert_eq!(
        timing(&history, "forms", "2025-08-10"),
        Timing::Late { days: 41 }
    );
    assert!(state(&history).actions["forms"].is_open());
}

#[test]
fn rm14_the_day_is_that_of_the_zone() {
    let state = state(&running());
    // One hour ahead of UTC: Casablanca's day begins at 23:00.
    let day = |now: &str| state.today(now.parse().expect("a time"));
    assert_eq!(day("2025-07-01T22:59:59Z"), date("2025-07-01"));
    assert_eq!(day("2025-07-01T23:00:00Z"), date("2025-07-02"));
    // In Ramadan of 2025 its clocks stood at UTC.
    assert_eq!(day("2025-03-10T23:30:00Z"), date("2025-03-10"));
    let last = chrono::DateTime::<chrono::Utc>::MAX_UTC;
    assert_eq!(state.today(last), last.date_naive());
}

#[test]
fn rm14_at_risk_is_what_cannot_begin_in_time() {
    // build takes 1 May to 30 June, and waits for forms, due on 30 April.
    let mut history = plans(&[
        ("forms", "", "2025-04-30"),
        ("build", "2025-05-01", "2025-06-30"),
    ]);
    history.at("2025-02-10").roadmap(
        1,
        "FR",
        depends(
            "2025-02-10",
            "build",
            "forms",
            DependencyKind::FinishToStart,
            1,
        ),
    );
    assert_eq!(timing(&history, "build", "2025-04-30"), Timing::OnTrack);
    // On 3 May forms is late: done on 3 May at the earliest, and build begins on the 4th.
    assert_eq!(
        timing(&history, "build", "2025-05-03"),
        at_risk("forms", "2025-05-04")
    );
    history.at("2025-04-15").roadmap(
        1,
        "FR",
        moved("2025-04-15", "forms", "2025-04-30", "2025-05-31"),
    );
    assert_eq!(timing(&history, "build", "2025-04-14"), Timing::OnTrack);
    assert_eq!(
        timing(&history, "build", "2025-04-15"),
        at_risk("forms", "2025-06-01")
    );
    // It began all the same: what its start waited for holds it up no longer.
    history
        .at("2025-05-01")
        .roadmap(1, "FR", started("2025-05-01", "build"));
    assert_eq!(timing(&history, "build", "2025-05-01"), Timing::OnTrack);
}

#[test]
fn rm14_risk_is_handed_on_and_each_kind_holds_up_what_it_says() {
    let chain = [
        ("a", "2025-03-01", "2025-03-31"),
        ("b", "2025-04-01", "2025-04-30"),
        ("c", "2025-05-01", "2025-05-31"),
    ];
    for (kind, lag, expected) in [
        // a is finished on 20 April at the earliest, b 29 days later, on 19 May.
        (DependencyKind::FinishToStart, 0, at_risk("b", "2025-05-19")),
        (DependencyKind::StartToStart, 0, Timing::OnTrack),
        (
            DependencyKind::FinishToFinish,
            12,
            at_risk("b", "2025-06-01"),
        ),
        (DependencyKind::FinishToFinish, 11, Timing::OnTrack),
        (DependencyKind::StartToFinish, 0, Timing::OnTrack),
        (DependencyKind::FinishToStart, -18, Timing::OnTrack),
        (
            DependencyKind::FinishToStart,
            -17,
            at_risk("b", "2025-05-02"),
        ),
    ] {
        let mut history = plans(&chain);
        history
            .at("2025-03-01")
            .roadmap(1, "FR", started("2025-03-01", "a"))
            .roadmap(
                1,
                "FR",
                depends("2025-03-01", "b", "a", DependencyKind::FinishToStart, 0),
            )
            .roadmap(1, "FR", depends("2025-03-01", "c", "b", kind, lag));
        let found = timing(&history, "c", "2025-04-20");
        match (kind, lag) {
            // 20 April and 29 days: 19 May; the lags are of that day.
            (DependencyKind::FinishToFinish, _) => {
                let forecast = date("2025-05-19") + chrono::TimeDelta::days(lag.into());
                let late = forecast > date("2025-05-31");
                assert_eq!(found == Timing::OnTrack, !late, "{kind} {lag}: {found}");
            }
            _ => assert_eq!(found, expected, "{kind} {lag}"),
        }
    }
}

#[test]
fn rm3_and_rm14_a_due_date_whose_cause_has_not_come_is_pending_and_not_late() {
    let mut history = plans(&[
        ("forms", "", "2025-04-30"),
        ("posts", "", "30 days after completion of forms"),
        ("signs", "", "end of the quarter of start of forms"),
        ("later", "", "6 months after adoption"),
    ]);
    let pending = |what: &str| Timing::Pending {
        missing: vec![what.to_owned()],
    };
    let posts = |history: &History, on: &str| timing(history, "posts", on);
    assert_eq!(
        posts(&history, "2026-01-01"),
        pending("the completion of forms")
    );
    assert_eq!(
        timing(&history, "later", "2025-08-02"),
        Timing::Late { days: 1 }
    );
    history
        .at("2025-05-02")
        .roadmap(1, "FR", started("2025-05-01", "forms"))
        .roadmap(1, "FR", completed("2025-05-02", "forms"));
    assert_eq!(posts(&history, "2025-06-01"), Timing::OnTrack);
    assert_eq!(posts(&history, "2025-06-02"), Timing::Late { days: 1 });
    assert_eq!(
        timing(&history, "signs", "2025-07-01"),
        Timing::Late { days: 1 }
    );
    // A completion that does not last settles nothing.
    history
        .at("2025-06-10")
        .roadmap(1, "FR", reopened("2025-06-10", "forms"));
    assert_eq!(
        posts(&history, "2025-06-10"),
        pending("the completion of forms")
    );
    history
        .at("2025-06-20")
        .roadmap(1, "FR", cancelled("2025-06-20", "forms"));
    let why = "the completion of forms, which was cancelled: the programme ended on 2025-06-20";
    assert_eq!(posts(&history, "2025-06-20"), pending(why));
}

#[test]
fn rm3_what_waits_for_an_action_waits_for_all_that_go_on_in_its_place() {
    let mut history = plans(&[
        ("forms", "", "2025-04-30"),
        ("posts", "", "10 days after completion of forms"),
    ]);
    let none: &[&str] = &[];
    let parts = [
        (action("north", "2025-04-30"), none),
        (action("south", "2025-04-30"), none),
    ];
    history
        .at(DAY)
        .roadmap(1, "FR", split(DAY, "forms", &parts))
        .roadmap(1, "FR", started(DAY, "north"))
        .roadmap(1, "FR", completed(DAY, "north"))
        .roadmap(1, "FR", started(DAY, "south"));
    let evaluated = |history: &History| {
        let state = state(history);
        let due: Due = due("10 days after completion of forms");
        state.evaluate(&"posts".into(), &due).date()
    };
    assert_eq!(evaluated(&history), None);
    history
        .at("2025-03-20")
        .roadmap(1, "FR", completed("2025-03-20", "south"));
    assert_eq!(evaluated(&history), Some(date("2025-03-30")));
}

#[test]
fn rm3_each_day_of_a_recurring_action_is_kept_once() {
    let mut history = begun();
    let recurring = Action {
        recurs: "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=-1;COUNT=3".parse().ok(),
        ..action("figures", "2025-03-31")
    };
    history
        .at("2025-01-20")
        .roadmap(1, "FR", proposed("2025-01-20", recurring))
        .at("2025-02-01")
        .roadmap(1, "FR", adopted("2025-02-01", 1, &["figures"]))
        .roadmap(1, "FR", started("2025-02-01", "figures"));
    let kept = |on: &str, day: &str| R::ProgressReported {
        on: date(on),
        action: "figures".into(),
        as_of: date(on),
        words: words("figures sent"),
        percent: None,
        evidence: Vec::new(),
        occurrence: Some(date(day)),
    };
    assert_eq!(
        timing(&history, "figures", "2025-04-02"),
        Timing::Late { days: 2 }
    );
    history
        .at("2025-04-05")
        .roadmap(1, "FR", kept("2025-04-05", "2025-03-31"));
    assert_eq!(timing(&history, "figures", "2025-04-05"), Timing::OnTrack);
    assert_eq!(
        timing(&history, "figures", "2025-07-02"),
        Timing::Late { days: 2 }
    );
    history.at("2025-10-01");
    refused(
        &mut history,
        vec![
            (
                "FR",
                kept("2025-10-01", "2025-03-31"),
                Rule::RM3,
                "2025-03-31, which was",
            ),
            (
                "FR",
                kept("2025-10-01", "2025-07-01"),
                Rule::RM3,
                "a day on which it falls due",
            ),
            (
                "FR",
                kept("2025-10-01", "2025-12-31"),
                Rule::RM3,
                "a day on which it falls due",
            ),
            (
                "FR",
                completed("2025-10-01", "figures"),
                Rule::RM11,
                "2025-06-30, for which",
            ),
        ],
    );
    history
        .roadmap(1, "FR", kept("2025-10-01", "2025-06-30"))
        .roadmap(1, "FR", kept("2025-10-01", "2025-09-30"))
        .roadmap(1, "FR", completed("2025-10-01", "figures"));
    assert_eq!(
        timing(&history, "figures", "2025-10-01"),
        Timing::Done { late: 1 }
    );
}

#[test]
fn rm15_slip_is_told_against_the_first_version_and_the_one_in_force() {
    let mut history = running();
    let slips = |history: &History, on: &str| {
        let state = as_of(history, on);
        let schedule = state
            .schedule(&"forms".into(), date(on))
            .expect("it is there");
        (
            schedule.slip_to_first,
            schedule.slip_to_current,
            schedule.moves,
        )
    };
    history
        .at("2025-03-01")
        .roadmap(
            1,
            "FR",
            moved("2025-03-01", "forms", "2025-06-30", "2025-07-31"),
        )
        .at("2025-04-01")
        .roadmap(
            1,
            "FR",
            adopted("2025-04-01", 2, &["forms", "passes", "report"]),
        )
        .at("2025-05-01")
        .roadmap(
            1,
            "FR",
            moved("2025-05-01", "forms", "2025-07-31", "2025-07-21"),
        );
    for (on, expected) in [
        ("2025-02-28", (Some(0), Some(0), 0)),
        ("2025-03-31", (Some(31), Some(31), 1)),
        ("2025-04-01", (Some(31), Some(0), 1)),
        ("2025-05-01", (Some(21), Some(-10), 2)),
    ] {
        assert_eq!(slips(&history, on), expected, "{on}");
    }
    // While a date of the two is open, there is no slip to tell.
    history.at("2025-06-01").roadmap(
        1,
        "FR",
        moved("2025-06-01", "forms", "2025-07-21", "completion of passes"),
    );
    assert_eq!(slips(&history, "2025-06-01"), (None, None, 3));
}

#[test]
fn rm14_no_day_is_out_of_reach() {
    let far = NaiveDate::MAX.to_string();
    let mut history = plans(&[("a", "", "9999-12-31"), ("b", "2025-05-01", "2025-06-30")]);
    history.at("2025-02-10").roadmap(
        1,
        "FR",
        depends(
            "2025-02-10",
            "b",
            "a",
            DependencyKind::FinishToStart,
            i32::MAX,
        ),
    );
    let merge = merged("2025-02-10", &["a", "b"], action("c", "2025-06-30"));
    for on in [NaiveDate::MIN, NaiveDate::MAX, date("2025-05-05")] {
        let schedules = state(&history).schedules(on).len();
        assert_eq!(schedules, 2, "{on} up to {far}");
    }
    history.roadmap(1, "FR", merge);
}
