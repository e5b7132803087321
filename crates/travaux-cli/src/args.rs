//! What every command takes: where the store is, how answers are written, who acts.

use std::path::PathBuf;

use chrono::{DateTime, NaiveDate, Utc};
use clap::Args;

use crate::output::{Output, OutputFormat};

/// The global arguments.
#[derive(Clone, Debug, Args)]
pub(crate) struct GlobalArgs {
    /// Where the store is.
    #[arg(
        long,
        global = true,
        env = "TRAVAUX_STORE",
        default_value = "./travaux-store",
        value_name = "DIR"
    )]
    pub(crate) store: PathBuf,
    /// How answers are written: text for people; one JSON document, or JSON Lines for lists, for programs.
    #[arg(long, global = true, value_enum, default_value = "text")]
    pub(crate) format: OutputFormat,
    /// Write long answers as they are; on a terminal they are shown by $TRAVAUX_PAGER, $PAGER or less.
    #[arg(long, global = true)]
    no_pager: bool,
    // Not by the id `party`: commands have options of that name, and one id would be one value.
    /// The party for which acts are done.
    #[arg(
        id = "as",
        long = "as",
        global = true,
        env = "TRAVAUX_PARTY",
        value_name = "PARTY"
    )]
    pub(crate) party: Option<String>,
    /// The person or office that acts.
    #[arg(long, global = true, value_name = "OFFICE")]
    pub(crate) person: Option<String>,
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
}

/// A date; what is none is refused with the form to write.
pub(crate) fn date(text: &str) -> Result<NaiveDate, String> {
    text.parse()
        .map_err(|_| "expected a date such as 2024-10-30".to_owned())
}

/// A time, or a date: its end.
pub(crate) fn time(text: &str) -> Result<DateTime<Utc>, String> {
    if let Ok(date) = text.parse::<NaiveDate>() {
        return date
            .and_hms_opt(23, 59, 59)
            .map(|t| t.and_utc())
            .ok_or_else(|| "not a date".to_owned());
    }
    text.parse::<DateTime<Utc>>()
        .map_err(|_| "expected a time such as 2024-10-30T12:00:00Z, or a date".to_owned())
}

/// A whole number; what is none is refused with the form to write.
pub(crate) fn number<N: std::str::FromStr>(text: &str) -> Result<N, String> {
    text.parse()
        .map_err(|_| "expected a whole number such as 3".to_owned())
}
