//! `travaux adopt`

use chrono::NaiveDate;
use clap::Args;
use travaux::domain::{
    Revision,
    agreement::{AgreementCommand, Votes},
};

use crate::{
    args::{Day, GlobalArgs},
    error::CliError,
    session::Session,
};

/// Adopt a revision that all parties have accepted.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: travaux --as FR adopt 0199 --revision 2 --effective-from 2025-03-01"
)]
pub(crate) struct Adopt {
    /// A handle, an id, the beginning or end of one, or an imported path.
    agreement: String,
    /// The revision.
    #[arg(long, allow_negative_numbers = true, value_parser = crate::args::number::<u32>)]
    revision: u32,
    /// From when it applies.
    #[arg(long, value_name = "DATE", value_parser = crate::args::date)]
    effective_from: Option<NaiveDate>,
    /// The votes for and against, if a conference adopts it.
    #[arg(long, value_name = "FOR,AGAINST", value_delimiter = ',', allow_negative_numbers = true, value_parser = crate::args::number::<u32>)]
    votes: Vec<u32>,
    #[command(flatten)]
    day: Day,
}

impl Adopt {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let session = Session::open(globals)?;
        let (revision, effective_from) = (Revision(self.revision), self.effective_from);
        let command = match self.votes[..] {
            [] => AgreementCommand::AdoptText {
                revision,
                effective_from,
                package: None,
                elsewhere: None,
            },
            [for_it, against] => AgreementCommand::AdoptByVote {
                revision,
                votes: Votes { for_it, against },
                effective_from,
            },
            _ => {
                return Err(CliError::Usage(format!(
                    "--votes: expected two numbers, for and against, found {}",
                    self.votes.len()
                )));
            }
        };
        super::act(&session, &self.agreement, command, self.day)
    }
}
