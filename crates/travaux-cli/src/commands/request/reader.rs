//! For whom requests are shown, and as they stood when.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use clap::Args;
use travaux::{
    domain::{Name, PartyId, marking::Reader},
    projections::Asked,
};

use crate::{args::time, error::CliError, session::Session};

/// Who reads, and when.
#[derive(Debug, Args)]
pub(super) struct ReaderArgs {
    /// Show what somebody of this party may see, with the words of what may be read. Without, all
    /// that is on record is shown, and no words. Words are read with the party's keys alone.
    #[arg(long, value_name = "PARTY")]
    as_reader: Option<Name>,
    /// A level for which the reader is cleared, as SCHEME:LEVEL; several times.
    #[arg(long, value_name = "SCHEME:LEVEL", requires = "as_reader", value_parser = cleared)]
    cleared: Vec<(Name, Name)>,
    #[command(flatten)]
    pub(super) when: WhenArgs,
}

/// When.
#[derive(Debug, Args)]
pub(super) struct WhenArgs {
    /// The instant that is asked about (RFC 3339, or a date: its end); now, if nothing is said.
    #[arg(long, value_name = "TIME", value_parser = time)]
    at: Option<DateTime<Utc>>,
    /// Only what was known at this time (RFC 3339, or a date: its end).
    #[arg(long, value_name = "TIME", value_parser = time)]
    known_at: Option<DateTime<Utc>>,
}

fn cleared(text: &str) -> Result<(Name, Name), String> {
    let found = text.split_once(':');
    let found = found.map(|(scheme, level)| (scheme.into(), level.into()));
    found.ok_or_else(|| "expected SCHEME:LEVEL, such as fr:secret".to_owned())
}

impl WhenArgs {
    /// The instant that is asked about.
    pub(super) fn instant(&self, session: &Session) -> DateTime<Utc> {
        self.at.unwrap_or_else(|| session.engine.now())
    }

    /// What is asked: every day that has begun somewhere at the instant.
    pub(super) fn asked(&self, session: &Session) -> Asked {
        let at = self.instant(session);
        let first_zone = at.checked_add_signed(TimeDelta::hours(14)).unwrap_or(at);
        Asked {
            on: Some(first_zone.date_naive()),
            known_at: self.known_at,
        }
    }
}

impl ReaderArgs {
    /// Who reads.
    pub(super) fn reader(&self) -> Result<Option<Reader>, CliError> {
        let Some(party) = &self.as_reader else {
            return Ok(None);
        };
        let mut levels = BTreeMap::new();
        for (scheme, level) in &self.cleared {
            if levels.insert(scheme.clone(), level.clone()).is_some() {
                let text = format!("--cleared: `{scheme}` is given twice");
                return Err(CliError::Usage(text));
            }
        }
        Ok(Some(Reader {
            party: PartyId(party.clone()),
            cleared: levels,
        }))
    }
}
