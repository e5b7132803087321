//! What every command takes: where the store is, how answers are written, who acts.

use std::path::PathBuf;

use chrono::{DateTime, NaiveDate, Utc};
use clap::Args;
use travaux::projections::Asked;
use travaux_text::Lang;

use crate::{
    error::CliError,
    output::{Output, OutputFormat},
};

/// Where help lists what every command takes, behind what is a command's own.
pub(crate) const HEADING: &str = "Options of every command";

/// The global arguments.
#[derive(Clone, Debug, Args)]
pub(crate) struct GlobalArgs {
    /// Where the store is.
    #[arg(
        long,
        global = true,
        help_heading = HEADING,
        env = "TRAVAUX_STORE",
        default_value = "./travaux-store",
        value_name = "DIR"
    )]
    pub(crate) store: PathBuf,
    /// How answers are written: text for people; one JSON document, or JSON Lines for lists, for programs.
    #[arg(long, global = true, help_heading = HEADING, value_enum, default_value = "text")]
    pub(crate) format: OutputFormat,
    /// Write long answers as they are; on a terminal they are shown by $TRAVAUX_PAGER, $PAGER or less.
    #[arg(long, global = true, help_heading = HEADING)]
    no_pager: bool,
    // Not by the id `party`: commands have options of that name, and one id would be one value.
    /// The party for which acts are done.
    #[arg(
        id = "as",
        long = "as",
        global = true,
        help_heading = HEADING,
        env = "TRAVAUX_PARTY",
        value_name = "PARTY"
    )]
    pub(crate) party: Option<String>,
    /// The person or office that acts.
    #[arg(long, global = true, help_heading = HEADING, value_name = "OFFICE")]
    pub(crate) person: Option<String>,
    /// Dates of acts are meant as they are given, also more than a century from today.
    #[arg(long, global = true, help_heading = HEADING)]
    pub(crate) sure: bool,
}

impl GlobalArgs {
    /// Where answers go.
    pub(crate) fn output(&self) -> Output {
        Output {
            format: self.format,
            paged: !self.no_pager,
        }
    }
}

/// On which day an act is done.
#[derive(Clone, Copy, Debug, Default, Args)]
pub(crate) struct Day {
    /// When it is done, no day to come: today, if nothing is said.
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(crate) on: Option<NaiveDate>,
}

/// For which date, as known when.
#[derive(Clone, Copy, Debug, Args)]
pub(crate) struct AsOf {
    /// The date; today if none.
    #[arg(long, value_name = "DATE", value_parser = date)]
    as_of: Option<NaiveDate>,
    /// Only what was known at this time (RFC 3339, or a date: its end).
    #[arg(long, value_name = "TIME", value_parser = time)]
    pub(crate) known_at: Option<DateTime<Utc>>,
}

impl AsOf {
    /// The date that is asked about.
    pub(crate) fn on(&self, today: NaiveDate) -> NaiveDate {
        self.as_of.unwrap_or(today)
    }

    /// Whether a date is named.
    pub(crate) fn is_dated(&self) -> bool {
        self.as_of.is_some()
    }

    /// The date that is asked about, and the question of what stood then.
    pub(crate) fn asked(&self, today: NaiveDate) -> (NaiveDate, Asked) {
        let (on, known_at) = (self.on(today), self.known_at);
        let asked = Asked {
            on: Some(on),
            known_at,
        };
        (on, asked)
    }

    /// The same, or the question of all that is on record where neither is named.
    pub(crate) fn asked_if_named(&self, today: NaiveDate) -> Asked {
        match (self.as_of, self.known_at) {
            (None, None) => Asked::default(),
            _ => self.asked(today).1,
        }
    }
}

/// The language of a tag, as `--lang` has it.
pub(crate) fn language(tag: &str) -> Result<Lang, CliError> {
    Lang::parse(tag).map_err(|e| CliError::Usage(format!("--lang: {e}")))
}

/// A date; what is none is refused with the form to write.
pub(crate) fn date(text: &str) -> Result<NaiveDate, String> {
    day(text).ok_or_else(|| "expected a date such as 2024-10-30".to_owned())
}

/// A day of four, two and two digits: no blanks, no years that no treaty has.
fn day(text: &str) -> Option<NaiveDate> {
    let parsed: NaiveDate = text.parse().ok()?;
    (parsed.to_string() == text && text.len() == 10).then_some(parsed)
}

/// A time, or a date: its end.
pub(crate) fn time(text: &str) -> Result<DateTime<Utc>, String> {
    if let Some(end) = day(text).and_then(end_of) {
        return Ok(end);
    }
    text.parse::<DateTime<Utc>>()
        .map_err(|_| "expected a time such as 2024-10-30T12:00:00Z, or a date".to_owned())
}

/// The last moment of a day, as finely as the log can record one.
fn end_of(day: NaiveDate) -> Option<DateTime<Utc>> {
    let end = day.and_hms_nano_opt(23, 59, 59, 999_999_999)?;
    Some(end.and_utc())
}

/// A whole number; what is none is refused with the form to write.
pub(crate) fn number<N: std::str::FromStr>(text: &str) -> Result<N, String> {
    text.parse()
        .map_err(|_| "expected a whole number such as 3".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_ten_signs() {
        assert_eq!(
            date("2024-02-29"),
            Ok(NaiveDate::from_ymd_opt(2024, 2, 29).expect("a day"))
        );
        for text in [
            " 2024-02-29",
            "2024-2-29",
            "+262142-12-31",
            "-0001-01-01",
            "2023-02-29",
            "20240229",
        ] {
            assert!(date(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_time_is_one_of_a_zone_or_a_day() {
        let at = |text: &str| time(text).map(|t| t.to_rfc3339());
        for (text, means) in [
            ("2024-10-30T12:00:00Z", "2024-10-30T12:00:00+00:00"),
            ("2024-10-30T12:00:00+02:00", "2024-10-30T10:00:00+00:00"),
            ("2024-10-30T12:00:00.25Z", "2024-10-30T12:00:00.250+00:00"),
            ("2024-10-30", "2024-10-30T23:59:59.999999999+00:00"),
        ] {
            assert_eq!(at(text).as_deref(), Ok(means), "{text}");
        }
        let form = "expected a time such as 2024-10-30T12:00:00Z, or a date";
        for text in [
            "",
            "noon",
            "2024-10-30T12:00:00",
            "2024-02-30",
            "1730000000",
            " 2024-10-30",
        ] {
            assert_eq!(at(text), Err(form.to_owned()), "{text}");
        }
    }

    #[test]
    fn a_number_is_whole_and_has_room() {
        for (text, means) in [
            ("0", Some(0)),
            ("3", Some(3)),
            ("4294967295", Some(u32::MAX)),
        ] {
            assert_eq!(number::<u32>(text).ok(), means, "{text}");
        }
        let form = "expected a whole number such as 3";
        for text in ["", "-1", "1.5", "0x3", " 3", "three", "4294967296"] {
            assert_eq!(number::<u32>(text), Err(form.to_owned()), "{text}");
        }
    }

    #[test]
    fn a_day_that_something_was_known_on_has_its_last_second() {
        let end = time("2024-02-29").expect("its end");
        let late = time("2024-02-29T23:59:59.5Z").expect("a time");
        let next = time("2024-03-01T00:00:00Z").expect("a time");
        assert!(late < end && end < next, "{late} < {end} < {next}");
    }
}
