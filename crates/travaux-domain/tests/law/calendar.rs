//! At the edges of the calendar: a period ends on a day that there is, and nothing lies behind its
//! end.

use chrono::NaiveDate;
use travaux_domain::effect::{Effect, Facts, Period};
use travaux_testkit::agreement::date;

fn effect(text: &str) -> Effect {
    text.parse().unwrap_or_else(|e| panic!("{e}"))
}

fn on(text: &str) -> Option<NaiveDate> {
    effect(text).evaluate(&Facts::default()).date()
}

#[test]
fn a_period_ends_on_a_day_that_there_is() {
    for (from, period, until) in [
        ("2023-01-31", "1 month", "2023-02-28"),
        ("2024-01-31", "1 month", "2024-02-29"),
        ("2023-12-31", "2 months", "2024-02-29"),
        ("2024-03-31", "1 month", "2024-04-30"),
        ("2024-10-31", "13 months", "2025-11-30"),
        ("2024-02-29", "1 year", "2025-02-28"),
        ("2024-02-29", "4 years", "2028-02-29"),
        ("1899-12-31", "1 day", "1900-01-01"),
        ("1900-02-28", "1 day", "1900-03-01"),
        ("2000-02-28", "1 day", "2000-02-29"),
        ("2024-12-25", "1 week", "2025-01-01"),
        ("2024-03-31", "0 days", "2024-03-31"),
        ("2024-03-31", "0 months", "2024-03-31"),
    ] {
        let after = period
            .parse::<Period>()
            .expect("a period")
            .after(date(from));
        assert_eq!(after, date(until), "{period} after {from}");
        let clause = format!("{period} after {from}");
        assert_eq!(on(&clause), Some(date(until)), "{clause}");
    }
}

#[test]
fn the_first_day_of_a_month_is_that_of_one_that_follows() {
    for (clause, day) in [
        ("first day of the 1st month after 2024-01-01", "2024-02-01"),
        ("first day of the 1st month after 2024-01-31", "2024-02-01"),
        ("first day of the 1st month after 2024-12-15", "2025-01-01"),
        ("first day of the 2nd month after 2024-11-30", "2025-01-01"),
        ("first day of the 12th month after 2024-02-29", "2025-02-01"),
        ("first day of the 13th month after 2024-12-01", "2026-01-01"),
        (
            "first day of the 1st month after 1 month after 2024-01-31",
            "2024-03-01",
        ),
        (
            "1 month after first day of the 1st month after 2024-01-31",
            "2024-03-01",
        ),
    ] {
        assert_eq!(on(clause), Some(date(day)), "{clause}");
    }
}

#[test]
fn nothing_lies_behind_the_end_of_the_calendar() {
    let largest = u32::MAX;
    for period in [
        Period::Days(largest),
        Period::Months(largest),
        Period::Years(largest),
        Period::Years(largest / 12),
        Period::Years(largest / 12 + 1),
    ] {
        assert_eq!(period.after(date("2024-01-01")), NaiveDate::MAX, "{period}");
        assert_eq!(period.after(NaiveDate::MAX), NaiveDate::MAX, "{period}");
        let again = period.to_string().parse();
        assert_eq!(again, Ok(period), "it reads back");
    }
    for clause in [
        "first day of the 4294967295th month after 2024-01-01",
        "4294967295 weeks after 2024-01-01",
        "1 day after 4294967295 years after 2024-01-01",
        "first day of the 1st month after 4294967295 days after 2024-01-01",
    ] {
        assert_eq!(on(clause), Some(NaiveDate::MAX), "{clause}");
    }
}

#[test]
fn a_longer_period_never_ends_earlier() {
    let units = [Period::Days, Period::Months, Period::Years];
    for from in ["2023-01-31", "2024-02-29", "2024-12-31"].map(date) {
        for unit in units {
            let ends: Vec<_> = (0..400).map(|n| unit(n).after(from)).collect();
            assert!(ends.is_sorted(), "{} after {from}", unit(0));
            assert_eq!(ends[0], from);
        }
        for n in 0..400 {
            let years = Period::Years(n).after(from);
            assert_eq!(Period::Months(12 * n).after(from), years);
        }
    }
}

#[test]
fn what_is_only_partly_a_period_is_none() {
    assert_eq!(" 6 months ".parse(), Ok(Period::Months(6)));
    assert_eq!("1 day".parse(), Ok(Period::Days(1)));
    assert_eq!("2 weeks".parse(), Ok(Period::Days(14)));
    for text in [
        "",
        "6",
        "months",
        "6 moons",
        "6 monthss",
        "+6 months",
        "-6 months",
        "on 6 months",
        "6 months after 2 days",
        "6 months after adoption",
        "6 months 2 days",
        "6 months)",
        "4294967296 days",
    ] {
        let error = text.parse::<Period>().expect_err(text);
        assert_eq!(error.at, text, "all of it is named");
        let says = "a time such as `30 days`, `6 months` or `1 year`";
        assert!(error.to_string().contains(says), "{error}");
    }
}

#[test]
fn an_ordinal_is_written_as_it_is_said() {
    for (number, ordinal) in [
        (1, "1st"),
        (2, "2nd"),
        (3, "3rd"),
        (4, "4th"),
        (10, "10th"),
        (11, "11th"),
        (12, "12th"),
        (13, "13th"),
        (21, "21st"),
        (22, "22nd"),
        (23, "23rd"),
        (101, "101st"),
        (111, "111th"),
        (112, "112th"),
        (113, "113th"),
        (1_002, "1002nd"),
        (1_011, "1011th"),
    ] {
        let clause = format!("{ordinal} consent");
        assert_eq!(effect(&clause).to_string(), clause);
        // Whichever ending stands there, the number is read.
        assert_eq!(effect(&format!("{number}th consent")), effect(&clause));
    }
}
