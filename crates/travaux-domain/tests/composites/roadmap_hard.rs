//! Roadmaps: hard cases, worked out from the reference before the code was read. What is recorded
//! late, what is done twice, what is stale, whose act it is.

use travaux_domain::{
    Rule,
    roadmap::{Completion, DependencyKind, RoadmapCommand as R, Timing},
};
use travaux_testkit::{
    agreement::date,
    meeting::{holder, parties, words},
    roadmap::{
        action, adopted, begun, both, completed, decision, depends, met, moved, proposed, reported,
        running, set, started, with_session,
    },
};

use crate::{
    roadmap::{refused, revised, state, withdrawn},
    roadmap_course::{assessed, reopened},
    roadmap_lineage::{cancelled, merged, split, superseded},
    roadmap_schedule::{as_of, timing},
};

#[test]
fn rm7_what_was_done_before_an_end_may_be_told_behind_it() {
    let mut history = running();
    history
        .at("2025-05-01")
        .roadmap(1, "FR", cancelled("2025-05-01", "forms"))
        .at("2025-05-10")
        .roadmap(1, "FR", reported("2025-04-30", "forms", "2025-04-30", 50));
    refused(
        &mut history,
        vec![(
            "FR",
            reported("2025-05-02", "forms", "2025-04-30", 60),
            Rule::RM7,
            "cancelled",
        )],
    );
    // How far it had come can still be assessed: it happens months after the end of a plan.
    history.roadmap(
        1,
        "MA",
        assessed("2025-05-10", "forms", Completion::Limited, None),
    );
}

#[test]
fn rm7_a_report_of_an_action_that_is_proposed_alone_counts_too() {
    let mut history = begun();
    history
        .at("2025-01-20")
        .roadmap(1, "FR", proposed("2025-01-20", action("forms", "")))
        .roadmap(1, "FR", reported("2025-01-20", "forms", "2025-01-20", 5));
}

#[test]
fn rm1_owners_that_move_answer_from_then_on() {
    let mut history = running();
    history.at("2025-03-01");
    let mut other = action("forms", "2025-06-30");
    other.leads = vec![holder("MA", "Directorate of Migration", "")];
    other.supports = vec![holder("FR", "Directorate of Immigration", "")];
    history.roadmap(1, "FR", revised("2025-03-01", 1, other, &["FR", "MA"]));
    refused(
        &mut history,
        vec![
            (
                "FR",
                started("2025-03-01", "forms"),
                Rule::RM6,
                "a lead office: MA",
            ),
            (
                "MA",
                assessed("2025-03-01", "forms", Completion::Limited, None),
                Rule::RM8,
                "does not lead the action alone",
            ),
        ],
    );
    history
        .roadmap(1, "MA", started("2025-03-01", "forms"))
        .roadmap(
            1,
            "FR",
            assessed("2025-03-01", "forms", Completion::Limited, None),
        );
}

#[test]
fn rm1_a_word_that_was_not_adopted_is_no_baseline() {
    // Revised between the draft and the adoption: the adoption of the first words is stale.
    let mut history = begun();
    history
        .at("2025-01-20")
        .roadmap(
            1,
            "FR",
            proposed("2025-01-20", action("forms", "2025-06-30")),
        )
        .roadmap(
            1,
            "MA",
            revised("2025-01-20", 1, action("forms", "2025-12-31"), &[]),
        );
    refused(
        &mut history,
        vec![(
            "FR",
            adopted("2025-01-20", 1, &["forms"]),
            Rule::RM2,
            "revision 2",
        )],
    );
}

#[test]
fn rm1_what_is_adopted_before_its_last_words_is_not() {
    let mut history = begun();
    history
        .at("2025-01-20")
        .roadmap(
            1,
            "FR",
            proposed("2025-01-20", action("forms", "2025-06-30")),
        )
        .at("2025-01-25")
        .roadmap(
            1,
            "MA",
            revised("2025-01-25", 1, action("forms", "2025-12-31"), &[]),
        )
        .at("2025-02-01");
    let mut second = adopted("2025-01-22", 1, &["forms"]);
    if let R::RoadmapVersionAdopted { actions, .. } = &mut second {
        actions[0].revision = 2;
    }
    refused(
        &mut history,
        vec![("FR", second, Rule::RC3, "last changed")],
    );
}

#[test]
fn rm9_a_party_that_is_none_of_the_roadmap_consents_to_nothing() {
    let mut history = running();
    history.at("2025-03-01");
    let mut three = moved("2025-03-01", "forms", "2025-06-30", "2025-07-31");
    if let R::DueMoved { consenting, .. } = &mut three {
        *consenting = parties(&["FR", "MA", "ES"]);
    }
    refused(
        &mut history,
        vec![
            ("FR", three, Rule::P0, "`ES`"),
            ("ES", started("2025-03-01", "forms"), Rule::P0, "`ES`"),
        ],
    );
}

#[test]
fn rm9_an_action_without_a_due_date_is_given_one_and_then_moved() {
    let mut history = begun();
    history
        .at("2025-01-20")
        .roadmap(1, "FR", proposed("2025-01-20", action("forms", "")))
        .at("2025-02-01")
        .roadmap(1, "FR", adopted("2025-02-01", 1, &["forms"]));
    refused(
        &mut history,
        vec![
            (
                "FR",
                moved("2025-02-01", "forms", "2025-06-30", "2025-07-31"),
                Rule::RM9,
                "one without is given it by a revision",
            ),
            (
                "FR",
                revised("2025-02-01", 1, action("forms", "2025-06-30"), &[]),
                Rule::RM1,
                "the consent of FR, MA",
            ),
        ],
    );
    history
        .roadmap(
            1,
            "FR",
            revised(
                "2025-02-01",
                1,
                action("forms", "2025-06-30"),
                &["FR", "MA"],
            ),
        )
        .roadmap(
            1,
            "FR",
            moved("2025-02-01", "forms", "2025-06-30", "2025-07-31"),
        );
    let schedule = state(&history).schedule(&"forms".into(), date("2025-02-01"));
    let schedule = schedule.expect("it is there");
    // It had none in the version that was adopted: there is nothing to slip from.
    assert_eq!((schedule.slip_to_first, schedule.moves), (None, 1));
}

#[test]
fn rm9_the_body_of_a_roadmap_that_gives_it_no_power_moves_nothing() {
    let mut history = with_session();
    let mut plan = travaux_testkit::roadmap::plan();
    plan.body_moves = false;
    let on = date("2025-06-25");
    let second = |command: R| {
        travaux_domain::StreamCommand::Roadmap(travaux_testkit::history::roadmap_id(2), command)
    };
    history
        .does("FR", second(R::RoadmapProposed { on, plan }))
        .does(
            "FR",
            second(proposed("2025-06-25", action("forms", "2025-06-30"))),
        )
        .does("FR", second(adopted("2025-06-25", 1, &["forms"])));
    let mut by_the_body = moved("2025-06-25", "forms", "2025-06-30", "2025-07-31");
    if let R::DueMoved {
        consenting,
        decided,
        ..
    } = &mut by_the_body
    {
        consenting.clear();
        *decided = Some(decision("moves"));
    }
    history.refuses(
        "FR",
        second(by_the_body),
        Rule::RM9,
        "gives its body that power",
    );
    // But it assesses.
    let limited = assessed(
        "2025-06-25",
        "forms",
        Completion::Limited,
        Some(decision("moves")),
    );
    history.does("FR", second(limited));
}

#[test]
fn rm9_what_the_body_agreed_later_decides_nothing_before() {
    let mut history = with_session();
    let mut early = moved("2025-06-24", "forms", "2025-06-30", "2025-07-31");
    if let R::DueMoved { decided, .. } = &mut early {
        *decided = Some(decision("moves"));
    }
    refused(
        &mut history,
        vec![("FR", early, Rule::RC3, "the body agreed on it")],
    );
}

#[test]
fn rm10_what_is_not_accepted_after_the_completion_is_finished_behind_it() {
    let mut history = running();
    history
        .at("2025-03-01")
        .roadmap(1, "FR", set("2025-03-01", "forms", "signed"))
        .roadmap(1, "FR", started("2025-03-01", "forms"))
        .roadmap(1, "FR", met("2025-03-01", "forms", "signed"))
        .roadmap(1, "FR", completed("2025-03-01", "forms"))
        .at("2025-04-01");
    let refusal = R::MilestoneNotAccepted {
        on: date("2025-04-01"),
        action: "forms".into(),
        milestone: "signed".into(),
        reason: "one is missing".to_owned(),
        decided: None,
    };
    history.roadmap(1, "MA", refusal);
    // It stays complete as of then; it is not closed, and its lead reopens it or mends it.
    let lifecycle = state(&history).actions["forms"].lifecycle().code();
    assert_eq!(lifecycle, 3);
    let mut other = history.clone();
    other.roadmap(1, "FR", reopened("2025-04-01", "forms"));
    refused(
        &mut other,
        vec![(
            "FR",
            completed("2025-04-01", "forms"),
            Rule::RM11,
            "missing: signed",
        )],
    );
    history.roadmap(1, "FR", met("2025-04-01", "forms", "signed"));
}

#[test]
fn rm13_what_ends_does_not_end_before_what_was_done_on_it() {
    let mut history = running();
    history
        .at("2025-03-10")
        .roadmap(
            1,
            "FR",
            moved("2025-03-10", "forms", "2025-06-30", "2025-07-31"),
        )
        .roadmap(1, "FR", set("2025-03-10", "passes", "signed"))
        .at("2025-03-20");
    let day = "2025-03-05";
    let parts = [
        (action("n", "2025-09-30"), &["signed"][..]),
        (action("s", "2025-09-30"), &[]),
    ];
    refused(
        &mut history,
        vec![
            ("FR", cancelled(day, "forms"), Rule::RC3, "moved"),
            ("FR", split(day, "passes", &parts), Rule::RC3, "milestones"),
            ("FR", superseded(day, "forms", "report"), Rule::RC3, "moved"),
            (
                "FR",
                merged(day, &["forms", "report"], action("x", "2025-07-31")),
                Rule::RC3,
                "moved",
            ),
        ],
    );
}

#[test]
fn rm13_a_proposal_is_withdrawn_and_neither_cancelled_nor_split() {
    let mut history = running();
    history.at("2025-03-01").roadmap(
        1,
        "FR",
        proposed("2025-03-01", action("posts", "2025-09-30")),
    );
    let day = "2025-03-01";
    let parts = [
        (action("n", "2025-09-30"), &[][..]),
        (action("s", "2025-09-30"), &[]),
    ];
    refused(
        &mut history,
        vec![
            ("FR", cancelled(day, "posts"), Rule::RM13, "proposed alone"),
            (
                "FR",
                split(day, "posts", &parts),
                Rule::RM13,
                "proposed alone",
            ),
            (
                "FR",
                superseded(day, "forms", "posts"),
                Rule::RM13,
                "proposed alone",
            ),
        ],
    );
    history.roadmap(1, "FR", withdrawn(day, "posts"));
}

#[test]
fn rm13_and_rm4_parts_wait_for_what_the_whole_waited_for() {
    let mut history = running();
    let day = "2025-03-01";
    let ff = DependencyKind::FinishToFinish;
    let parts = [
        (action("n", "2025-09-30"), &[][..]),
        (action("s", "2025-09-30"), &[]),
    ];
    history
        .at(day)
        .roadmap(1, "FR", depends(day, "passes", "forms", ff, 0))
        .roadmap(1, "FR", depends(day, "report", "passes", ff, 0))
        .roadmap(1, "FR", split(day, "passes", &parts))
        .roadmap(1, "FR", started(day, "n"))
        .roadmap(1, "FR", started(day, "report"));
    refused(
        &mut history,
        vec![
            (
                "FR",
                completed(day, "n"),
                Rule::RM11,
                "`forms` to be completed",
            ),
            (
                "FR",
                completed(day, "report"),
                Rule::RM11,
                "`n` to be completed",
            ),
        ],
    );
}

#[test]
fn rm14_what_was_learnt_later_changes_the_day_for_which_it_is_asked() {
    let mut history = running();
    // Done in June, and recorded in August.
    history
        .at("2025-08-01")
        .roadmap(1, "FR", started("2025-06-01", "forms"))
        .roadmap(1, "FR", completed("2025-06-20", "forms"));
    assert_eq!(
        timing(&history, "forms", "2025-07-15"),
        Timing::Done { late: 0 }
    );
    assert_eq!(timing(&history, "forms", "2025-06-19"), Timing::OnTrack);
}

#[test]
fn rm1_words_that_are_recorded_late_tell_of_no_later_date() {
    let mut history = running();
    history.at("2025-03-20").roadmap(
        1,
        "FR",
        moved("2025-03-20", "forms", "2025-06-30", "2025-07-31"),
    );
    let mut words_of_then = action("forms", "2025-07-31");
    words_of_then.title = words("other words");
    let revision = |day| revised(day, 1, words_of_then.clone(), &["FR", "MA"]);
    refused(
        &mut history,
        vec![("FR", revision("2025-03-10"), Rule::RC3, "moved")],
    );
    history.roadmap(1, "FR", revision("2025-03-20"));
}

#[test]
fn rm10_what_was_taken_over_is_not_met_before() {
    let mut history = running();
    history
        .at("2025-03-20")
        .roadmap(1, "FR", set("2025-03-01", "forms", "signed"))
        .roadmap(1, "FR", superseded("2025-03-10", "forms", "passes"));
    refused(
        &mut history,
        vec![(
            "FR",
            met("2025-03-05", "passes", "signed"),
            Rule::RC3,
            "took the place",
        )],
    );
    history.roadmap(1, "FR", met("2025-03-10", "passes", "signed"));
}

#[test]
fn rm2_two_versions_of_one_day_stand_in_the_order_of_their_numbers() {
    let mut history = running();
    let keys = ["forms", "passes", "report"];
    history.roadmap(1, "FR", adopted("2025-02-01", 2, &keys));
    let versions: Vec<_> = as_of(&history, "2025-02-01")
        .baselines
        .iter()
        .map(|b| b.version)
        .collect();
    assert_eq!(versions, [1, 2]);
    assert_eq!(as_of(&history, "2025-01-31").baselines.len(), 0);
}

#[test]
fn rm8_no_words_are_no_grounds() {
    let mut history = running();
    let said = R::ProgressAssessed {
        on: date("2025-02-01"),
        action: "forms".into(),
        as_of: date("2025-02-01"),
        completion: Completion::Complete,
        words: words(" "),
        decided: None,
    };
    refused(&mut history, vec![("MA", said, Rule::RC5, "grounds")]);
    // "Complete" as somebody says is no completion: the axes stay apart.
    let mut said = assessed("2025-02-01", "forms", Completion::Complete, None);
    history.roadmap(1, "MA", said.clone());
    assert!(state(&history).actions["forms"].completed.is_none());
    if let R::ProgressAssessed { as_of, .. } = &mut said {
        *as_of = date("2025-02-02");
    }
    refused(
        &mut history,
        vec![("MA", said, Rule::RM8, "a day of which it is told")],
    );
    assert_eq!(both().len(), 2);
}
