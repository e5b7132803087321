//! Who has the chair of a body, and its sessions.

use travaux_domain::{
    Rule, StreamCommand, StreamId,
    body::{BodyCommand as B, ChairRule, JointBody, Procedure},
    meeting::{Convocation, MeetingCommand as M, MeetingKind},
};
use travaux_testkit::{
    agreement::date,
    body::*,
    history::{History, meeting_id},
    meeting::{convene, holder, ministers, on_day, parties},
};

use crate::body::refused;

fn call(on: &str, meeting: u128, number: impl Into<Option<u32>>) -> B {
    B::SessionCalled {
        on: date(on),
        meeting: meeting_id(meeting),
        number: number.into(),
    }
}

fn session(number: impl Into<Option<u32>>, on: &str) -> Convocation {
    let number = number.into();
    Convocation {
        title: "Session".into(),
        kind: match number {
            Some(_) => MeetingKind::Session,
            None => MeetingKind::Extraordinary,
        },
        body: Some("jc".into()),
        number,
        start: on_day(on),
        chair: vec![holder("MA", "Director", ""), holder("FR", "Director", "")],
        ..ministers()
    }
}

fn meeting(number: u128, command: M) -> StreamCommand {
    StreamCommand::Meeting(meeting_id(number), command)
}

fn chairs(own: &JointBody, on: &str, number: Option<u32>) -> Vec<String> {
    let chairing = own.chairing(date(on), number).into_iter();
    chairing.map(ToString::to_string).collect()
}

#[test]
fn bd4_the_chair_goes_round_by_year_by_session_or_is_shared() {
    let mut history = established();
    let order = parties(&["MA", "FR"]);
    let with = |version, chair| {
        rules(
            "2021-01-03",
            Procedure {
                chair: Some(chair),
                ..procedure(version, false)
            },
        )
    };
    assert_eq!(
        chairs(&state(&history, "jc"), "2021-01-02", None),
        ["FR", "MA"]
    );
    let year = |order| ChairRule::ByYear { from: 2021, order };
    refused(
        &mut history,
        vec![
            (
                "FR",
                with(1, year(parties(&["FR"]))),
                Rule::BD4,
                "an order of all",
            ),
            (
                "FR",
                with(1, year(parties(&["FR", "FR"]))),
                Rule::BD4,
                "FR, MA",
            ),
            ("FR", with(1, year(vec![])), Rule::BD4, "found none"),
        ],
    );
    history.does("FR", body("jc", with(1, year(order.clone()))));
    let own = state(&history, "jc");
    let years = ["2021-01-03", "2021-12-31", "2022-01-01", "2023-06-01"];
    let found: Vec<_> = years.iter().flat_map(|on| chairs(&own, on, None)).collect();
    assert_eq!(found, ["MA", "MA", "FR", "MA"]);
    // Before the rules, it was shared.
    assert_eq!(chairs(&own, "2021-01-02", None), ["FR", "MA"]);
    history.does(
        "FR",
        body("jc", with(2, ChairRule::BySession { from: 7, order })),
    );
    let own = state(&history, "jc");
    assert_eq!(chairs(&own, "2021-02-01", Some(7)), ["MA"]);
    assert_eq!(chairs(&own, "2021-02-01", Some(8)), ["FR"]);
    assert_eq!(chairs(&own, "2021-02-01", Some(6)), ["FR"]);
    assert!(chairs(&own, "2021-02-01", None).is_empty());
    // Years and numbers at the ends of what there is.
    let ends = [chrono::NaiveDate::MIN, chrono::NaiveDate::MAX];
    assert!(
        ends.iter()
            .all(|on| own.chairing(*on, Some(u32::MAX)).len() <= 2)
    );
}

#[test]
fn bd4_each_party_names_who_holds_its_chair_and_two_records_may_disagree() {
    let mut history = established();
    let named = |on: &str, party: &str, name: &str| B::ChairNamed {
        on: date(on),
        holder: holder(party, "Director of Migration", name),
    };
    refused(
        &mut history,
        vec![
            (
                "FR",
                named("2021-02-01", "MA", "B"),
                Rule::BD4,
                "an office of `FR`",
            ),
            (
                "FR",
                B::ChairNamed {
                    on: date("2021-02-01"),
                    holder: holder("FR", " ", ""),
                },
                Rule::RC5,
                "an office",
            ),
        ],
    );
    history
        .does("MA", body("jc", named("2021-02-01", "MA", "A")))
        .does("MA", body("jc", named("2021-03-01", "MA", "B")))
        .does("MA", body("jc", named("2021-03-01", "MA", "C")));
    refused(
        &mut history,
        vec![(
            "MA",
            named("2021-03-01", "MA", "C"),
            Rule::BD4,
            "the same, of that day",
        )],
    );
    let own = state(&history, "jc");
    let holders = |on| -> Vec<String> {
        let chair = own.chair_on(date(on), None).into_iter();
        let names = chair.flat_map(|chair| chair.holders);
        names.filter_map(|h| Some(h.name?.to_string())).collect()
    };
    assert!(holders("2021-01-31").is_empty());
    assert_eq!(holders("2021-02-28"), ["A"]);
    assert_eq!(holders("2021-03-01"), ["B", "C"]);
}

#[test]
fn bd5_ordinary_sessions_have_numbers_without_a_gap_and_each_once() {
    let mut history = at_work();
    history
        .does("FR", body("jc", call("2021-02-01", 1, 6)))
        .does(
            "FR",
            meeting(1, convene("2021-02-01", session(6, "2021-10-03"))),
        );
    refused(
        &mut history,
        vec![
            (
                "FR",
                call("2021-02-02", 2, 6),
                Rule::BD5,
                "the next number, 7",
            ),
            (
                "FR",
                call("2021-02-02", 2, 8),
                Rule::BD5,
                "the next number, 7",
            ),
            (
                "FR",
                call("2021-02-02", 2, 0),
                Rule::BD5,
                "the next number, 7",
            ),
            (
                "FR",
                call("2021-02-02", 1, 7),
                Rule::BD5,
                "one that was called",
            ),
            ("ES", call("2021-02-02", 2, 7), Rule::P0, "`ES`"),
        ],
    );
    // Extraordinary ones have no number, and take none.
    history
        .does("MA", body("jc", call("2021-02-03", 2, None)))
        .does(
            "MA",
            meeting(2, convene("2021-02-03", session(None, "2021-11-29"))),
        )
        .does("MA", body("jc", call("2021-02-04", 3, 7)))
        .does(
            "MA",
            meeting(3, convene("2021-02-04", session(7, "2022-06-25"))),
        );
    // What came before the first on record.
    history.does("FR", body("jc", call("2021-02-05", 4, 5)));
    refused(
        &mut history,
        vec![(
            "FR",
            call("2021-02-05", 5, 3),
            Rule::BD5,
            "the next number, 8",
        )],
    );
    let own = state(&history, "jc");
    let numbers: Vec<_> = own.sessions.iter().map(|s| s.number).collect();
    assert_eq!(numbers, [Some(6), None, Some(7), Some(5)]);
}

#[test]
fn bd5_a_meeting_that_its_body_did_not_call_is_no_session() {
    let mut history = at_work();
    let says = "a session that `jc` has called";
    history.refuses(
        "FR",
        meeting(1, convene("2021-02-01", session(1, "2021-10-03"))),
        Rule::BD5,
        says,
    );
    history.does("FR", body("jc", call("2021-02-01", 1, 1)));
    for (call, says) in [
        (session(2, "2021-10-03"), "the number of the session: 1"),
        (session(None, "2021-10-03"), "the number of the session: 1"),
        (
            Convocation {
                chair: vec![holder("MA", "Director", "")],
                ..session(1, "2021-10-03")
            },
            "the chair of that day: FR, MA",
        ),
    ] {
        let convened = meeting(1, convene("2021-02-01", call));
        history.refuses("FR", convened, Rule::BD5, says);
    }
    history.does(
        "FR",
        meeting(1, convene("2021-02-01", session(1, "2021-10-03"))),
    );
}

#[test]
fn bd5_all_who_compose_the_body_are_called() {
    let mut history = at_work();
    history.does("FR", body("jc", call("2021-02-01", 1, 1)));
    let mut all = session(1, "2021-10-03");
    all.parties = parties(&["FR", "MA", "ES"]);
    history.refuses(
        "FR",
        meeting(1, convene("2021-02-01", all)),
        Rule::BD5,
        "all who compose it: FR, MA",
    );
}

#[test]
fn bd5_the_number_of_a_cancelled_session_is_free_again() {
    let mut history = at_work();
    history
        .does("FR", body("jc", call("2021-02-01", 1, 1)))
        .does(
            "FR",
            meeting(1, convene("2021-02-01", session(1, "2021-10-03"))),
        )
        .does(
            "FR",
            meeting(
                1,
                M::MeetingCancelled {
                    on: date("2021-02-02"),
                    reason: None,
                },
            ),
        )
        .does("FR", body("jc", call("2021-02-03", 2, 1)))
        .does(
            "FR",
            meeting(2, convene("2021-02-03", session(1, "2021-10-04"))),
        );
}

#[test]
fn bd5_a_meeting_that_was_convened_before_the_body_had_a_stream_becomes_its_session() {
    let mut history = History::new();
    framework(&mut history, &["FR", "MA", "ES"], "2020-12-01");
    treaty(&mut history, 1, ["FR", "MA"], vec![], "2021-01-01");
    let old = Convocation {
        body: Some("gmmp".into()),
        ..session(6, "2021-05-03")
    };
    history
        .framework(1, "FR", travaux_testkit::meeting::body())
        .does("FR", meeting(1, convene("2021-01-01", old)))
        .at("2021-06-01")
        .does(
            "FR",
            body("gmmp", establish("2021-01-02", committee("gmmp"))),
        );
    for (number, says) in [(Some(7), "session 6 of gmmp"), (None, "session 6 of gmmp")] {
        let called = body("gmmp", call("2021-05-01", 1, number));
        history.refuses("FR", called, Rule::BD5, says);
    }
    history.does("FR", body("gmmp", call("2021-05-01", 1, 6)));
    let own: JointBody = history.state(StreamId::Body(body_id("gmmp")));
    assert!(own.session(meeting_id(1)).is_some());
}
