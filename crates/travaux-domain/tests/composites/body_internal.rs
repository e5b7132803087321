//! Decisions that bind a party only after requirements of its own are met: the rule of the European
//! Economic Area, and none.

use chrono::NaiveDate;
use travaux_domain::{
    Rule, StreamCommand,
    body::{BodyCommand as B, Draft, Internal, Standing, Verb},
};
use travaux_testkit::{
    agreement::{accept, date},
    body::*,
    history::{History, agreement_id},
    meeting::parties,
};

use crate::{body::refused, body_decision::standing};

const KEY: &str = "passes-1";

fn reserve(on: &str) -> B {
    B::RequirementsPending {
        on: date(on),
        decision: KEY.into(),
    }
}

fn met(on: &str) -> B {
    B::RequirementsMet {
        on: date(on),
        decision: KEY.into(),
        amends: vec![],
    }
}

fn declined(on: &str) -> B {
    B::ProvisionalDeclined {
        on: date(on),
        decision: KEY.into(),
    }
}

fn failed(on: &str) -> B {
    B::RequirementsFailed {
        on: date(on),
        decision: KEY.into(),
        reason: None,
    }
}

/// The committee under that rule, at work since 2 January 2021; what follows is recorded in 2023.
fn under(internal: Option<Internal>) -> History {
    let mut history = History::new();
    framework(&mut history, &["FR", "MA", "ES"], "2020-12-01");
    treaty(
        &mut history,
        1,
        ["FR", "MA"],
        vec![power("jc")],
        "2021-01-01",
    );
    let mut own = committee("jc");
    own.internal = internal;
    history
        .at("2023-01-01")
        .does("FR", body("jc", establish("2021-01-02", own)));
    history
}

fn dated(from: Option<&str>) -> Draft {
    let mut draft = draft(KEY, Verb::Decide, "passes");
    draft.effects = from
        .map(|from| travaux_domain::body::EffectPart {
            part: None,
            from: date(from),
        })
        .into_iter()
        .collect();
    draft
}

/// Adopted on 10 February 2021, with requirements of these parties.
fn adopted(internal: Option<Internal>, draft: &Draft, waits: &[&str]) -> History {
    let mut history = under(internal);
    history.does("FR", body("jc", drafted("2021-02-01", draft.clone())));
    for party in waits {
        history.does(party, body("jc", reserve("2021-02-02")));
    }
    let mut adopt = decide("2021-02-10", draft, "passes");
    if let B::DecisionAdopted { pending, .. } = &mut adopt {
        *pending = parties(waits);
    }
    history.does("FR", body("jc", adopt));
    history
}

fn in_effect(on: &str) -> Standing {
    Standing::InEffect { since: date(on) }
}

#[test]
fn bd9_a_party_says_before_the_decision_that_it_has_requirements() {
    let mut history = under(Some(Internal::EEA));
    let draft = dated(None);
    history.does("FR", body("jc", drafted("2021-02-01", draft.clone())));
    history.does("MA", body("jc", reserve("2021-02-02")));
    refused(
        &mut history,
        vec![
            ("MA", reserve("2021-02-03"), Rule::BD9, "those of the party"),
            ("ES", reserve("2021-02-03"), Rule::P0, "`ES`"),
            (
                "MA",
                met("2021-02-03"),
                Rule::BD9,
                "a decision that was adopted",
            ),
            (
                "FR",
                decide("2021-02-10", &draft, "passes"),
                Rule::BD6,
                "the parties with requirements to fulfil: MA",
            ),
        ],
    );
    let mut history = adopted(Some(Internal::EEA), &draft, &["MA"]);
    refused(
        &mut history,
        vec![
            (
                "FR",
                reserve("2021-02-11"),
                Rule::BD9,
                "one that was adopted",
            ),
            (
                "FR",
                met("2021-02-11"),
                Rule::BD9,
                "one of those with requirements: MA",
            ),
            ("MA", met("2021-02-09"), Rule::RC3, "it was adopted"),
        ],
    );
    history.does("MA", body("jc", met("2021-03-31")));
    refused(
        &mut history,
        vec![
            ("MA", met("2021-04-01"), Rule::BD9, "met on 2021-03-31"),
            ("MA", failed("2021-04-01"), Rule::BD9, "met on 2021-03-31"),
            (
                "FR",
                declined("2021-04-01"),
                Rule::BD9,
                "one that waits for none",
            ),
        ],
    );
}

#[test]
fn bd9_notified_by_the_date_of_the_decision_it_applies_from_that_date() {
    let mut history = adopted(
        Some(Internal::EEA),
        &dated(Some("2021-06-01")),
        &["FR", "MA"],
    );
    history
        .does("FR", body("jc", met("2021-03-15")))
        .does("MA", body("jc", met("2021-06-01")));
    assert_eq!(
        standing(&history, KEY, "2021-06-01"),
        in_effect("2021-06-01")
    );
    let waits = |on| match standing(&history, KEY, on) {
        Standing::Adopted { waits_for, .. } => waits_for.len(),
        other => panic!("{other}"),
    };
    assert_eq!(
        (
            waits("2021-02-10"),
            waits("2021-03-15"),
            waits("2021-05-31")
        ),
        (2, 1, 1)
    );
}

#[test]
fn bd9_notified_later_it_applies_from_the_first_day_of_the_second_month_after() {
    for (last, first) in [
        ("2021-06-02", "2021-08-01"),
        ("2021-06-30", "2021-08-01"),
        ("2021-07-31", "2021-09-01"),
        ("2021-12-31", "2022-02-01"),
    ] {
        let mut history = adopted(
            Some(Internal::EEA),
            &dated(Some("2021-06-01")),
            &["FR", "MA"],
        );
        history
            .does("MA", body("jc", met(last)))
            .does("FR", body("jc", met("2021-03-15")));
        assert_eq!(standing(&history, KEY, first), in_effect(first), "{last}");
        let before = date(first).pred_opt().expect("a day").to_string();
        assert_ne!(standing(&history, KEY, &before), in_effect(first), "{last}");
    }
    // One without a date applies from then, too.
    let mut history = adopted(Some(Internal::EEA), &dated(None), &["MA"]);
    history.does("MA", body("jc", met("2021-02-10")));
    assert_eq!(
        standing(&history, KEY, "2021-04-01"),
        in_effect("2021-04-01")
    );
}

#[test]
fn bd9_after_six_months_it_is_applied_provisionally() {
    let mut history = adopted(Some(Internal::EEA), &dated(Some("2021-06-01")), &["MA"]);
    let provisional = Standing::Provisional {
        since: date("2021-08-10"),
        waits_for: parties(&["MA"]),
    };
    assert_eq!(standing(&history, KEY, "2021-08-10"), provisional);
    assert!(matches!(
        standing(&history, KEY, "2021-08-09"),
        Standing::Adopted { from: None, .. }
    ));
    history.does("MA", body("jc", met("2021-09-15")));
    assert_eq!(standing(&history, KEY, "2021-09-14"), provisional);
    assert_eq!(
        standing(&history, KEY, "2021-11-01"),
        in_effect("2021-11-01")
    );
    // Between the notification and its effect it goes on as it was.
    assert!(matches!(
        standing(&history, KEY, "2021-10-31"),
        Standing::Provisional { .. }
    ));
}

#[test]
fn bd9_a_party_that_declines_brings_the_suspension_a_month_later() {
    let mut history = adopted(Some(Internal::EEA), &dated(Some("2021-06-01")), &["MA"]);
    history.does("MA", body("jc", declined("2021-07-31")));
    refused(
        &mut history,
        vec![(
            "MA",
            declined("2021-08-01"),
            Rule::BD9,
            "that of 2021-07-31",
        )],
    );
    let suspended = Standing::Suspended {
        since: date("2021-08-31"),
        by: "MA".into(),
    };
    assert!(matches!(
        standing(&history, KEY, "2021-08-30"),
        Standing::Adopted { .. }
    ));
    assert_eq!(standing(&history, KEY, "2021-08-31"), suspended);
    // What it waits for may still come.
    history.does("MA", body("jc", met("2021-10-01")));
    assert_eq!(
        standing(&history, KEY, "2021-12-01"),
        in_effect("2021-12-01")
    );
}

#[test]
fn bd9_the_suspension_is_never_before_the_act_applies_on_the_other_side() {
    let mut draft = dated(Some("2021-06-01"));
    draft.applies_elsewhere = Some(date("2022-01-01"));
    let mut history = adopted(Some(Internal::EEA), &draft, &["MA"]);
    history.does("MA", body("jc", failed("2021-03-01")));
    assert!(matches!(
        standing(&history, KEY, "2021-12-31"),
        Standing::Adopted { .. }
    ));
    assert_eq!(
        standing(&history, KEY, "2022-01-01"),
        Standing::Suspended {
            since: date("2022-01-01"),
            by: "MA".into()
        }
    );
    refused(
        &mut history,
        vec![("MA", met("2022-01-02"), Rule::BD9, "given up on 2021-03-01")],
    );
}

#[test]
fn bd9_without_such_a_rule_it_waits_for_the_last_notification() {
    let mut history = adopted(None, &dated(Some("2021-06-01")), &["MA"]);
    history.does("MA", body("jc", declined("2021-03-01")));
    // No rule suspends anything, or has it applied provisionally.
    assert!(matches!(
        standing(&history, KEY, "2022-12-01"),
        Standing::Adopted { from: None, .. }
    ));
    history.does("MA", body("jc", met("2021-07-03")));
    assert_eq!(
        standing(&history, KEY, "2021-07-03"),
        in_effect("2021-07-03")
    );
}

#[test]
fn bd9_and_bd8_an_annex_is_amended_with_the_last_notification() {
    let mut history = under(Some(Internal::EEA));
    history
        .agreement(1, "FR", list("2002", "2021", 1))
        .agreement(1, "MA", accept(2));
    let mut draft = annex_draft(KEY, &[(2, "2021-03-01")]);
    draft.key = KEY.into();
    history
        .does("FR", body("jc", drafted("2021-02-01", draft.clone())))
        .does("MA", body("jc", reserve("2021-02-02")))
        .does("FR", body("jc", reserve("2021-02-02")));
    let mut adopt = decide("2021-02-10", &draft, "annex-2");
    if let B::DecisionAdopted {
        pending, amends, ..
    } = &mut adopt
    {
        *pending = parties(&["FR", "MA"]);
        refused(
            &mut history,
            vec![(
                "FR",
                B::DecisionAdopted {
                    on: date("2021-02-10"),
                    decision: KEY.into(),
                    number: None,
                    competence: "annex-2".into(),
                    how: travaux_domain::body::How::Together {
                        session: None,
                        consenting: parties(&["FR", "MA"]),
                    },
                    effects: vec![],
                    pending: pending.clone(),
                    amends: amends.clone(),
                },
                Rule::BD8,
                "in the same commit: none",
            )],
        );
        amends.clear();
    }
    history
        .does("FR", body("jc", adopt))
        .does("FR", body("jc", met("2021-02-20")));
    let last = |from: &str| B::RequirementsMet {
        on: date("2021-03-15"),
        decision: KEY.into(),
        amends: vec![change(2, from)],
    };
    refused(
        &mut history,
        vec![
            ("MA", last("2021-03-01"), Rule::BD8, "from 2021-05-01"),
            ("MA", met("2021-03-15"), Rule::BD8, "found none"),
        ],
    );
    history.does("MA", body("jc", last("2021-05-01"))).does(
        "MA",
        StreamCommand::Agreement(
            agreement_id(1),
            amended("jc", &change(2, "2021-05-01")).into(),
        ),
    );
    assert_eq!(
        standing(&history, KEY, "2021-05-01"),
        in_effect("2021-05-01")
    );
}

#[test]
fn bd9_dates_at_the_ends_of_the_calendar_are_no_fault() {
    let mut draft = dated(None);
    draft.effects = vec![travaux_domain::body::EffectPart {
        part: None,
        from: NaiveDate::MAX,
    }];
    draft.applies_elsewhere = Some(NaiveDate::MAX);
    let internal = Internal {
        month: u8::MAX,
        provisional_after: Some(u8::MAX),
        suspended_after: Some(u8::MAX),
    };
    let mut history = adopted(Some(internal), &draft, &["MA"]);
    history.does("MA", body("jc", declined("2021-03-01")));
    let own = state(&history, "jc");
    for on in [NaiveDate::MIN, NaiveDate::MAX] {
        let text = own.standing(&own.decisions[KEY], on).to_string();
        assert!(!text.is_empty());
    }
}
