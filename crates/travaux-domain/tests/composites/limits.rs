//! Limits in time: golden case G6, worked out by hand; and that what is counted in two zones differs
//! by their ends of the day alone (INV15).

use chrono::{DateTime, Days, NaiveDate, TimeDelta, TimeZone as _, Utc};
use travaux_domain::limit::{Calendar, Clock, Counting, Due, Moment, Period, Stop, Unit, due};
use travaux_testkit::{
    agreement::date,
    exchange::{calendar, moment, paris, rabat},
    random::Rng,
};

const EU: Counting = Counting::REGULATION_1182_71;
const PLAIN: Counting = Counting::PLAIN;

fn period(text: &str) -> Period {
    text.parse().expect("a period")
}

fn utc(text: &str) -> DateTime<Utc> {
    text.parse().expect("an instant")
}

fn runs(clock: Option<Clock>) -> Due {
    match clock {
        Some(Clock::Runs(due)) => due,
        other => panic!("it runs: {other:?}"),
    }
}

fn ends(text: &str, counting: Counting, calendar: &Calendar, start: &str) -> Due {
    runs(due(period(text), counting, calendar, moment(start), &[]))
}

/// Golden case G6: a request received on Friday 28 March 2025 at 23:30 in Rabat, where clocks show
/// UTC until 6 April; in Paris it is Saturday 00:30, and the clocks change on Sunday. For MA, Monday
/// and Tuesday are holidays.
#[test]
fn ix3_and_ix2_limits_run_from_receipt_over_a_change_of_clock() {
    let received = "2025-03-28T23:30:00+00:00";
    let (ma, fr) = (rabat(), paris());
    for (limit, counting, calendar, until, last) in [
        // From the instant; or from the hour behind that of receipt: 1182/71, 3(1).
        ("8 hours", PLAIN, &ma, "2025-03-29T07:30:00Z", None),
        ("8 hours", EU, &ma, "2025-03-29T08:00:00Z", None),
        ("8 hours", PLAIN, &fr, "2025-03-29T07:30:00Z", None),
        ("8 hours", EU, &fr, "2025-03-29T08:00:00Z", None),
        // Saturday, Sunday, Monday; 24:00 in Rabat is 00:00 UTC.
        (
            "3 days",
            PLAIN,
            &ma,
            "2025-04-01T00:00:00Z",
            Some("2025-03-31"),
        ),
        // Monday and Tuesday are holidays: Wednesday; one working day is too few: Thursday.
        (
            "3 days",
            EU,
            &ma,
            "2025-04-04T00:00:00Z",
            Some("2025-04-03"),
        ),
        // It is Saturday in Paris: Sunday, Monday, Tuesday, by the new clock.
        (
            "3 days",
            PLAIN,
            &fr,
            "2025-04-01T22:00:00Z",
            Some("2025-04-01"),
        ),
        (
            "3 days",
            EU,
            &fr,
            "2025-04-01T22:00:00Z",
            Some("2025-04-01"),
        ),
        (
            "7 days",
            PLAIN,
            &ma,
            "2025-04-05T00:00:00Z",
            Some("2025-04-04"),
        ),
        (
            "7 days",
            EU,
            &ma,
            "2025-04-05T00:00:00Z",
            Some("2025-04-04"),
        ),
        // Saturday in eight days; that rolls over to Monday.
        (
            "7 days",
            PLAIN,
            &fr,
            "2025-04-05T22:00:00Z",
            Some("2025-04-05"),
        ),
        (
            "7 days",
            EU,
            &fr,
            "2025-04-07T22:00:00Z",
            Some("2025-04-07"),
        ),
        // Wednesday to Friday; Monday to Wednesday.
        (
            "3 working days",
            PLAIN,
            &ma,
            "2025-04-05T00:00:00Z",
            Some("2025-04-04"),
        ),
        (
            "3 working days",
            EU,
            &ma,
            "2025-04-05T00:00:00Z",
            Some("2025-04-04"),
        ),
        (
            "3 working days",
            PLAIN,
            &fr,
            "2025-04-02T22:00:00Z",
            Some("2025-04-02"),
        ),
        (
            "3 working days",
            EU,
            &fr,
            "2025-04-02T22:00:00Z",
            Some("2025-04-02"),
        ),
    ] {
        let due = ends(limit, counting, calendar, received);
        let zone = &calendar.zone;
        assert_eq!(due.until, utc(until), "{limit} {counting:?} {zone}");
        assert_eq!(due.last_day, last.map(date), "{limit} {counting:?} {zone}");
    }
}

#[test]
fn ix3_a_limit_says_why_it_ends_then() {
    let says = |due: Due| -> Vec<String> { due.because.iter().map(ToString::to_string).collect() };
    let received = "2025-03-28T23:30:00+00:00";
    assert_eq!(
        says(ends("3 days", EU, &rabat(), received)),
        [
            "the day from which it runs, 2025-03-28, is not counted",
            "2025-03-31 is not worked on (1182/71, 3(4))",
            "until 2025-04-02 there are less than two working days (1182/71, 3(5))",
        ]
    );
    assert_eq!(
        says(ends("8 hours", EU, &rabat(), received)),
        ["the hour from which it runs is not counted (1182/71, 3(1))"]
    );
    assert_eq!(
        says(ends("8 hours", PLAIN, &rabat(), received)),
        ["it runs from the instant itself"]
    );
}

#[test]
fn ix3_hours_are_of_sixty_minutes_and_days_end_by_the_clock_of_that_day() {
    let ma = rabat();
    // The night of 5 to 6 April has an hour less in Rabat: eight hours end at 08:30 there.
    let eight = ends("8 hours", PLAIN, &ma, "2025-04-05T23:30:00+00:00");
    assert_eq!(eight.until, utc("2025-04-06T07:30:00Z"));
    // By Monday the clocks have changed: 24:00 is 23:00 UTC.
    let three = ends("3 days", PLAIN, &ma, "2025-04-04T23:30:00+00:00");
    assert_eq!(three.until, utc("2025-04-07T23:00:00Z"));
    // In Kolkata an hour begins at half past of UTC: 1182/71 counts whole ones of the clock there.
    let india = Calendar::of("Asia/Kolkata");
    let eight = ends("8 hours", EU, &india, "2025-04-04T10:10:00+05:30");
    assert_eq!(eight.until, utc("2025-04-04T13:30:00Z"));
    // Of a receipt without an instant the whole day may have passed.
    let eight = ends("8 hours", PLAIN, &paris(), "2025-04-04");
    assert_eq!(eight.until, utc("2025-04-05T06:00:00Z"));
}

#[test]
fn ix3_a_day_that_a_clock_skips_ends_when_it_is_skipped() {
    // Midnight does not exist on 25 April 2025 in Cairo; clocks go from 24:00 to 01:00.
    let cairo = ends("3 days", PLAIN, &Calendar::of("Africa/Cairo"), "2025-04-21");
    assert_eq!(cairo.until, utc("2025-04-24T22:00:00Z"));
    // There was no 30 December 2011 in Samoa.
    let apia = Calendar::of("Pacific/Apia");
    let skipped = ends("1 day", PLAIN, &apia, "2011-12-28");
    assert_eq!(skipped.until, utc("2011-12-30T10:00:00Z"));
    let none = ends("2 days", PLAIN, &apia, "2011-12-28");
    assert_eq!(none.until, utc("2011-12-30T10:00:00Z"));
    // At midnight of 4 November 2018 clocks went back to 00:00 in Havana: the first one ends the day.
    let havana = ends(
        "1 day",
        PLAIN,
        &Calendar::of("America/Havana"),
        "2018-11-02",
    );
    assert_eq!(havana.until, utc("2018-11-04T04:00:00Z"));
}

#[test]
fn ix3_months_end_on_their_date_and_what_is_counted_back_never_rolls() {
    let fr = paris();
    for (limit, counting, start, last) in [
        ("1 month", PLAIN, "2025-01-31", "2025-02-28"),
        ("6 months", PLAIN, "2023-08-31", "2024-02-29"),
        ("1 month", EU, "2025-01-15", "2025-02-17"),
        ("P1Y", PLAIN, "2024-02-29", "2025-02-28"),
        ("2 weeks", PLAIN, "2025-03-28", "2025-04-11"),
        // Agenda items 15 days before a meeting: a Sunday stays one.
        ("-P15D", EU, "2025-05-05", "2025-04-20"),
        ("15 days before", PLAIN, "2025-05-05", "2025-04-20"),
        // Easter Monday and the weekend are not worked on.
        ("2 working days before", PLAIN, "2025-04-22", "2025-04-17"),
        ("1 day", EU, "2025-04-18", "2025-04-22"),
    ] {
        let due = ends(limit, counting, &fr, start);
        assert_eq!(due.last_day, Some(date(last)), "{limit} from {start}");
    }
}

#[test]
fn ix5_a_clock_that_stood_still_ends_later_by_what_it_stood() {
    let (fr, received) = (paris(), "2025-03-28T10:00:00+01:00");
    let stop = |from: &str, to: &str| Stop {
        from: moment(from),
        to: (!to.is_empty()).then(|| moment(to)),
    };
    let last = |limit: &str, counting, stops: &[Stop]| {
        let clock = due(period(limit), counting, &fr, moment(received), stops);
        let due = runs(clock);
        due.last_day
            .map_or(due.until.to_rfc3339(), |day| day.to_string())
    };
    let three = stop("2025-03-31", "2025-04-03");
    for (limit, counting, stops, ends) in [
        (
            "8 hours",
            PLAIN,
            vec![stop(
                "2025-03-28T12:00:00+01:00",
                "2025-03-28T15:30:00+01:00",
            )],
            "2025-03-28T20:30:00+00:00",
        ),
        // Friday in a week; three days later.
        ("7 days", PLAIN, vec![], "2025-04-04"),
        ("7 days", PLAIN, vec![three], "2025-04-07"),
        (
            "7 days",
            PLAIN,
            vec![three, stop("2025-04-04", "2025-04-04")],
            "2025-04-07",
        ),
        (
            "7 days",
            PLAIN,
            vec![three, stop("2025-04-04", "2025-04-06")],
            "2025-04-09",
        ),
        // Two of three working days are left on Monday: Friday and Monday behind Thursday.
        ("3 working days", PLAIN, vec![three], "2025-04-07"),
        // It had ended when clarification was asked for.
        ("1 day", PLAIN, vec![three], "2025-03-29"),
        // Its end had rolled over to that Monday (and to Tuesday, for two working days): nothing is
        // left but the rest of the day on which the answer comes.
        ("1 day", EU, vec![three], "2025-04-03"),
        ("1 month", PLAIN, vec![three], "2025-05-01"),
    ] {
        assert_eq!(last(limit, counting, &stops), ends, "{limit} {stops:?}");
    }
    let open = due(
        period("7 days"),
        PLAIN,
        &fr,
        moment(received),
        &[stop("2025-03-31", "")],
    );
    assert_eq!(
        open,
        Some(Clock::Stands {
            since: moment("2025-03-31")
        })
    );
    let late = due(
        period("1 day"),
        PLAIN,
        &fr,
        moment(received),
        &[stop("2025-03-31", "")],
    );
    assert_eq!(
        runs(late).last_day,
        Some(date("2025-03-29")),
        "it had ended"
    );
}

#[test]
fn ix3_periods_are_read_as_they_are_written() {
    for (text, written) in [
        ("PT8H", "8 hours"),
        ("P7D", "7 days"),
        ("P1D", "1 day"),
        ("7 calendar days", "7 days"),
        ("P2W", "14 days"),
        ("P6M", "6 months"),
        ("P1Y", "12 months"),
        ("-P15D", "15 days before"),
        ("3 working days", "3 working days"),
        ("1 working day before", "1 working day before"),
        ("9999 hours", "9999 hours"),
    ] {
        let period = period(text);
        assert_eq!(period.to_string(), written);
        assert_eq!(written.parse(), Ok(period));
        let json = serde_json::to_string(&period).expect("JSON");
        assert_eq!(json, format!("\"{written}\""));
        assert_eq!(serde_json::from_str::<Period>(&json).ok(), Some(period));
    }
    for wrong in [
        "",
        "P",
        "PT",
        "P0D",
        "P1DT2H",
        "8",
        "8 hour s",
        "0 days",
        "10000 days",
        "+3 days",
        "-3 days",
        "P+3D",
        "1 fortnight",
        "P99999999999D",
        "PT8D",
    ] {
        let error = wrong.parse::<Period>().expect_err(wrong);
        assert!(
            error.to_string().contains("is no period: expected"),
            "{error}"
        );
    }
}

/// What is left of a day, or begun of it, is all that two zones make of a difference (INV15).
#[test]
fn inv15_a_limit_in_two_zones_differs_by_their_ends_of_the_day_alone() {
    let zones = [
        "Africa/Casablanca",
        "Europe/Paris",
        "Asia/Kolkata",
        "Pacific/Kiritimati",
        "Pacific/Pago_Pago",
        "America/Sao_Paulo",
        "Australia/Lord_Howe",
    ];
    let mut rng = Rng::new(15);
    for round in 0..2_000 {
        let start =
            utc("1995-01-01T00:00:00Z") + TimeDelta::seconds(rng.below(1_200_000_000) as i64);
        let at = Moment {
            on: start.date_naive(),
            at: Some(start.fixed_offset()),
        };
        let count = 1 + rng.below(60) as i32;
        let unit = [Unit::Days, Unit::WorkingDays, Unit::Months][rng.below(3) as usize];
        let counting = [PLAIN, EU][rng.below(2) as usize];
        let limit = Period::new(count, unit).expect("a period");
        let mut by_day = std::collections::BTreeMap::<NaiveDate, NaiveDate>::new();
        for zone in zones {
            let due = runs(due(limit, counting, &Calendar::of(zone), at, &[]));
            let tz: chrono_tz::Tz = zone.parse().expect("a zone");
            let last = due.last_day.expect("a day");
            // One and the same last day for all in which it began on the same day.
            let began = start.with_timezone(&tz).date_naive();
            let same = by_day.entry(began).or_insert(last);
            assert_eq!(
                *same, last,
                "seed 15, round {round}: {limit} from {start} in {zone}"
            );
            // And 24:00 of it in the zone: its last second is of that day, and no later one is.
            let local = |at: DateTime<Utc>| tz.from_utc_datetime(&at.naive_utc()).date_naive();
            assert_eq!(local(due.until - TimeDelta::seconds(1)), last, "{zone}");
            assert!(local(due.until) > last, "{zone}");
        }
        // Hours are the same everywhere, but for where the hour begins.
        let hours = Period::new(count, Unit::Hours).expect("a period");
        let ends: std::collections::BTreeSet<_> = zones
            .iter()
            .map(|zone| runs(due(hours, PLAIN, &Calendar::of(zone), at, &[])).until)
            .collect();
        assert_eq!(ends.len(), 1, "seed 15, round {round}");
    }
}

#[test]
fn ix3_dates_that_no_calendar_has_give_no_end_and_no_panic() {
    for day in [NaiveDate::MIN, NaiveDate::MAX] {
        for text in [
            "9999 months",
            "9999 days",
            "9999 working days",
            "9999 hours",
            "9999 days before",
        ] {
            for counting in [PLAIN, EU] {
                let (period, at) = (period(text), Moment::day(day));
                assert_eq!(
                    due(period, counting, &paris(), at, &[]),
                    None,
                    "{text} {day}"
                );
            }
        }
    }
    let nowhere = calendar("Europe/Nowhere", &[]);
    assert_eq!(
        due(period("1 day"), PLAIN, &nowhere, moment("2025-01-01"), &[]),
        None
    );
    // A week without a day that is worked on has no working days.
    let mut idle = paris();
    idle.rest = (0..7)
        .filter_map(|day| chrono::Weekday::try_from(day).ok())
        .collect();
    assert_eq!(
        due(
            period("1 working day"),
            PLAIN,
            &idle,
            moment("2025-01-01"),
            &[]
        ),
        None
    );
    let far = date("2025-01-01") + Days::new(1);
    assert!(due(period("9999 months"), EU, &paris(), Moment::day(far), &[]).is_some());
}
