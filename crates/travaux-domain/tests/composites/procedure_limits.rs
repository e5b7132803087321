//! Limits of real procedures, worked out by hand: in which unit, by whose calendar, from when. What the
//! agreements do not say is left open in the tables: silence means nothing.

use travaux_domain::{
    limit::Counting,
    procedure::{
        Gives, ProcedureCommand as P, ProcedureStep, Role, Silence, Starts, StepTable, Until,
    },
};
use travaux_testkit::{
    agreement::date,
    history::History,
    meeting::{foundation, parties},
    procedure::{
        adopt_draft, declare, extend, open, outcome, propose_table, receive, step, table, take,
    },
};

use crate::procedure_case::{course, told};

/// A procedure of two parties, in force from the day on which it is adopted.
fn agreed(on: &str, [one, other]: [&str; 2], table: StepTable) -> History {
    let mut history = History::new();
    let mut proposed = propose_table(on, "1.0.0-draft", table);
    let mut adopted = adopt_draft(on, "1.0.0-draft", on);
    if let P::ProcedureProposed { parties: own, .. } = &mut proposed {
        *own = parties(&[one, other]);
    }
    if let P::ProcedureAdopted { consenting, .. } = &mut adopted {
        *consenting = parties(&[one, other]);
    }
    history
        .at(on)
        .framework(1, one, foundation(&[one, other]))
        .procedure(1, one, proposed)
        .procedure(1, other, adopted);
    history
}

fn last_day(history: &History, case: &str, instant: &str) -> Option<String> {
    let visits = course(history, case, instant).visits;
    let due = visits.last().and_then(|visit| visit.due.clone());
    due.and_then(|due| due.last_day).map(|day| day.to_string())
}

/// Golden case G5: Spain and Morocco, 13 February 1992. The request is made within ten days after the
/// entry. It applied provisionally from its signature, and was in force on 21 October 2012 only: a
/// limit that ran for twenty years before.
#[test]
fn pr8_es_ma_1992_a_limit_ran_under_provisional_application() {
    let request = ProcedureStep {
        starts: Starts::Event("entry".into()),
        ..step(
            "request",
            Role::Requesting,
            "10 days",
            vec![outcome("sent", Gives::Other, "reply")],
        )
    };
    let reply = step(
        "reply",
        Role::Requested,
        "none",
        vec![
            outcome("accepted", Gives::Obtained, "end"),
            outcome("refused", Gives::Refused, "end"),
        ],
    );
    let mut history = agreed(
        "1992-02-13",
        ["ES", "MA"],
        table("Readmission", vec![request, reply]),
    );
    history
        .procedure(1, "ES", declare("1992-02-13", "Europe/Madrid", &[]))
        .procedure(1, "MA", declare("1992-02-13", "Africa/Casablanca", &[]));
    let case = |history: &mut History, key: &str, entry: &str, on: &str| {
        let mut opened = open(on, key, "1.0.0", "MA");
        if let P::CaseOpened { times, .. } = &mut opened {
            times.insert("entry".into(), date(entry));
        }
        history.at(on).procedure(1, "ES", opened);
        history.procedure(1, "ES", take(on, key, "request", "sent"));
    };
    // The day of entry is not counted: the tenth day behind it is in time, the next is late.
    case(&mut history, "ES-1992-1", "1992-02-14", "1992-02-24");
    case(&mut history, "ES-2003-1", "2003-05-01", "2003-05-12");
    case(&mut history, "ES-2012-1", "2012-10-10", "2012-10-20");
    for (key, says) in [
        ("ES-1992-1", "request: sent"),
        ("ES-2003-1", "request: sent, late"),
        ("ES-2012-1", "request: sent"),
    ] {
        assert_eq!(
            told(&history, key, "2012-10-21T00:00:00Z"),
            [says, "reply: waits"],
            "{key}"
        );
    }
    // No limit, and so no silence, of the reply.
    assert_eq!(
        told(&history, "ES-1992-1", "2025-01-01T00:00:00Z")[1],
        "reply: waits"
    );
}

/// EU-Sri Lanka: no acknowledgement within thirty calendar days is the acceptance of the common
/// document; a document is renewed within fourteen days, thirty at most.
#[test]
fn pr8_eu_sri_lanka_silence_accepts_the_common_document() {
    let acknowledge = ProcedureStep {
        starts: Starts::Received,
        silence: Silence::DeemedAgreed("accepted".into()),
        ..step(
            "acknowledge",
            Role::Requested,
            "30 calendar days",
            vec![
                outcome("acknowledged", Gives::Other, "renew"),
                outcome("accepted", Gives::Obtained, "travel"),
            ],
        )
    };
    let renew = step(
        "renew",
        Role::Requested,
        "14 days, at most 30 days",
        vec![outcome("renewed", Gives::Obtained, "travel")],
    );
    let travel = step(
        "travel",
        Role::Requesting,
        "none",
        vec![outcome("done", Gives::Obtained, "end")],
    );
    let table = table("Travel documents", vec![acknowledge, renew, travel]);
    let mut history = agreed("2005-05-01", ["EU", "LK"], table);
    history
        .procedure(1, "EU", declare("2005-05-01", "Europe/Brussels", &[]))
        .procedure(1, "LK", declare("2005-05-01", "Asia/Colombo", &[]))
        .at("2025-06-02");
    for key in ["EU-1", "EU-2"] {
        history
            .procedure(1, "EU", open("2025-06-02", key, "1.0.0", "LK"))
            .procedure(1, "LK", receive("2025-06-02", key, "acknowledge"));
    }
    // The second of July ends at 18:30 UTC in Colombo, when it goes on in Brussels.
    let deemed = "acknowledge: deemed agreed (accepted) at 2025-07-02 18:30:00 UTC";
    assert_eq!(
        told(&history, "EU-1", "2025-07-02T18:29:59Z"),
        ["acknowledge: waits"]
    );
    assert_eq!(
        told(&history, "EU-1", "2025-07-02T18:30:00Z"),
        [deemed, "travel: waits"]
    );
    history.at("2025-06-10").procedure(
        1,
        "LK",
        take("2025-06-10", "EU-2", "acknowledge", "acknowledged"),
    );
    let until = |history: &History| last_day(history, "EU-2", "2025-06-20T00:00:00Z");
    assert_eq!(until(&history).as_deref(), Some("2025-06-24"));
    history
        .at("2025-06-20")
        .procedure(1, "LK", extend("2025-06-20", "EU-2", "renew", "archives"));
    assert_eq!(until(&history).as_deref(), Some("2025-07-10"));
}

/// EU-Turkey: the document within three working days, else the standard one. Monday 19 May is a holiday
/// there and none in Brussels; whose calendar counts makes a day.
#[test]
fn pr8_eu_turkey_working_days_are_those_of_the_party_that_is_named() {
    for (limit, last, until) in [
        ("3 working days", "2025-05-21", "2025-05-21 21:00:00 UTC"),
        (
            "3 working days, calendar of TR",
            "2025-05-21",
            "2025-05-21 21:00:00 UTC",
        ),
        (
            "3 working days, calendar of requesting",
            "2025-05-20",
            "2025-05-20 22:00:00 UTC",
        ),
        ("3 days", "2025-05-18", "2025-05-18 21:00:00 UTC"),
    ] {
        let issue = ProcedureStep {
            silence: Silence::DeemedAgreed("standard".into()),
            ..step(
                "issue",
                Role::Requested,
                limit,
                vec![
                    outcome("issued", Gives::Obtained, "end"),
                    outcome("standard", Gives::Obtained, "end"),
                ],
            )
        };
        let mut history = agreed(
            "2014-10-01",
            ["EU", "TR"],
            table("Travel documents", vec![issue]),
        );
        history
            .procedure(1, "EU", declare("2014-10-01", "Europe/Brussels", &[]))
            .procedure(
                1,
                "TR",
                declare("2014-10-01", "Europe/Istanbul", &["2025-05-19"]),
            )
            .at("2025-05-15")
            .procedure(1, "EU", open("2025-05-15", "EU-1", "1.0.0", "TR"));
        let due = last_day(&history, "EU-1", "2025-05-15T12:00:00Z");
        assert_eq!(due.as_deref(), Some(last), "{limit}");
        let deemed = format!("issue: deemed agreed (standard) at {until}");
        assert_eq!(
            told(&history, "EU-1", "2025-06-01T00:00:00Z"),
            [deemed],
            "{limit}"
        );
    }
}

/// France and the United Kingdom, 2025: the request within fourteen days of the arrival, the reply
/// within fourteen, exceptionally twenty-eight. A last day on a Sunday stays one, but under the rules
/// of Regulation 1182/71.
#[test]
fn pr8_fr_uk_2025_a_last_day_rolls_over_where_the_rules_say_so() {
    for (counting, last, longest) in [
        (Counting::PLAIN, "2025-08-24", "2025-09-07"),
        (Counting::REGULATION_1182_71, "2025-08-25", "2025-09-08"),
    ] {
        let request = ProcedureStep {
            starts: Starts::Event("arrival".into()),
            ..step(
                "request",
                Role::Requesting,
                "14 days",
                vec![outcome("sent", Gives::Other, "reply")],
            )
        };
        let reply = ProcedureStep {
            starts: Starts::Received,
            ..step(
                "reply",
                Role::Requested,
                "14 days, at most 28 days",
                vec![
                    outcome("accepted", Gives::Obtained, "end"),
                    outcome("refused", Gives::Refused, "end"),
                ],
            )
        };
        let table = StepTable {
            counting,
            ..table("Returns", vec![request, reply])
        };
        let mut history = agreed("2025-07-30", ["UK", "FR"], table);
        // Monday 25 August is a holiday of the UK, and none of who must act.
        history
            .procedure(
                1,
                "UK",
                declare("2025-07-30", "Europe/London", &["2025-08-25"]),
            )
            .procedure(
                1,
                "FR",
                declare("2025-07-30", "Europe/Paris", &["2025-08-15"]),
            )
            .at("2025-08-10");
        let mut opened = open("2025-08-10", "UK-1", "1.0.0", "FR");
        if let P::CaseOpened { times, .. } = &mut opened {
            times.insert("arrival".into(), date("2025-08-01"));
        }
        history.procedure(1, "UK", opened);
        let due = last_day(&history, "UK-1", "2025-08-10T12:00:00Z");
        assert_eq!(due.as_deref(), Some("2025-08-15"));
        history
            .procedure(1, "UK", take("2025-08-10", "UK-1", "request", "sent"))
            .procedure(1, "FR", receive("2025-08-10", "UK-1", "reply"));
        let due = last_day(&history, "UK-1", "2025-08-10T12:00:00Z");
        assert_eq!(due.as_deref(), Some(last));
        history.at("2025-08-20").procedure(
            1,
            "FR",
            extend("2025-08-20", "UK-1", "reply", "identity"),
        );
        let due = last_day(&history, "UK-1", "2025-08-20T12:00:00Z");
        assert_eq!(due.as_deref(), Some(longest));
    }
}

/// Hours run from the instant: an urgent identification within eight hours, asked for at 23:30 in
/// Rabat.
#[test]
fn pr8_hours_run_from_the_instant_and_end_within_the_day() {
    let identify = ProcedureStep {
        starts: Starts::Received,
        silence: Silence::Escalates("inform".into()),
        ..step(
            "identify",
            Role::Requested,
            "8 hours",
            vec![outcome("identified", Gives::Obtained, "end")],
        )
    };
    let inform = step(
        "inform",
        Role::Requesting,
        "4 hours",
        vec![outcome("informed", Gives::Other, "end")],
    );
    let mut history = agreed(
        "2025-03-01",
        ["FR", "MA"],
        table("Urgent", vec![identify, inform]),
    );
    history
        .procedure(1, "FR", declare("2025-03-01", "Europe/Paris", &[]))
        .procedure(1, "MA", declare("2025-03-01", "Africa/Casablanca", &[]))
        .at("2025-03-30")
        .procedure(
            1,
            "FR",
            open("2025-03-28T23:00:00+01:00", "FR-1", "1.0.0", "MA"),
        )
        .procedure(
            1,
            "MA",
            receive("2025-03-28T23:30:00+00:00", "FR-1", "identify"),
        );
    let passed = "identify: escalates to inform at 2025-03-29 07:30:00 UTC";
    assert_eq!(
        told(&history, "FR-1", "2025-03-29T07:30:00Z"),
        ["identify: waits"]
    );
    assert_eq!(
        told(&history, "FR-1", "2025-03-29T07:30:01Z"),
        [passed, "inform: waits"]
    );
    // The next limit runs from the instant at which that one passed.
    assert_eq!(
        told(&history, "FR-1", "2025-03-29T11:30:01Z"),
        [passed, "inform: late"]
    );
    let answer = |at: &str| take(at, "FR-1", "identify", "identified");
    let too_late = answer("2025-03-29T07:31:00+00:00");
    history.refuses(
        "MA",
        crate::procedure::procedure(too_late),
        travaux_domain::Rule::PR1,
        "escalates to inform",
    );
    history.procedure(1, "MA", answer("2025-03-29T07:30:00+00:00"));
    assert_eq!(
        told(&history, "FR-1", "2025-04-01T00:00:00Z"),
        ["identify: identified"]
    );
}

/// Dates at the ends of the calendar: nothing is due there, and nothing panics.
#[test]
fn pr8_days_that_no_calendar_has_are_not_due() {
    let wait = step(
        "wait",
        Role::Requested,
        "9999 months",
        vec![outcome("done", Gives::Obtained, "end")],
    );
    let mut history = agreed("2025-03-01", ["FR", "MA"], table("Long", vec![wait]));
    history
        .procedure(1, "FR", declare("2025-03-01", "Europe/Paris", &[]))
        .procedure(1, "MA", declare("2025-03-01", "Africa/Casablanca", &[]))
        .procedure(1, "FR", open("2025-03-01", "FR-1", "1.0.0", "MA"));
    let due = last_day(&history, "FR-1", "2025-03-01T12:00:00Z");
    assert_eq!(due.as_deref(), Some("2858-06-01"));
    let found = crate::procedure::state(&history);
    let case = &found.cases["FR-1"];
    for (instant, passed) in [
        (chrono::DateTime::<chrono::Utc>::MAX_UTC, Some(true)),
        (chrono::DateTime::<chrono::Utc>::MIN_UTC, None),
    ] {
        let course = found.course(case, Until::Instant(instant));
        assert_eq!(course.visits.last().map(|visit| visit.passed), passed);
    }
    assert_eq!(
        told(&history, "FR-1", "0001-01-01T00:00:00Z"),
        Vec::<String>::new()
    );
}
