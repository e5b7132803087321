//! `travaux accept`

use clap::Args;
use travaux::domain::{Revision, agreement::AgreementCommand};

use crate::{
    args::{Day, GlobalArgs},
    error::CliError,
    session::Session,
};

/// Accept a revision.
#[derive(Debug, Args)]
#[command(after_help = "Example: travaux --as MA accept 0199 --revision 2")]
pub(crate) struct Accept {
    /// A handle, an id, the beginning or end of one, or an imported path.
    agreement: String,
    /// The revision.
    #[arg(long, allow_negative_numbers = true, value_parser = crate::args::number::<u32>)]
    revision: u32,
    #[command(flatten)]
    day: Day,
}

impl Accept {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let session = Session::open(globals)?;
        let command = AgreementCommand::AcceptRevision {
            revision: Revision(self.revision),
        };
        super::act(&session, &self.agreement, command, self.day)
    }
}
