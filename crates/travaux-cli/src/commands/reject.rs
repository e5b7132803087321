//! `travaux reject`

use clap::Args;
use travaux::domain::{Revision, agreement::AgreementCommand};

use crate::{
    args::{Day, GlobalArgs},
    error::CliError,
    session::Session,
};

/// Reject a revision.
#[derive(Debug, Args)]
#[command(after_help = "Example: travaux --as MA reject 0199 --revision 2 --reason 'too long'")]
pub(crate) struct Reject {
    /// A handle, an id, the beginning or end of one, or an imported path.
    agreement: String,
    /// The revision.
    #[arg(long, allow_negative_numbers = true, value_parser = crate::args::number::<u32>)]
    revision: u32,
    /// The reason.
    #[arg(long)]
    reason: Option<String>,
    #[command(flatten)]
    day: Day,
}

impl Reject {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let session = Session::open(globals)?;
        let command = AgreementCommand::RejectRevision {
            revision: Revision(self.revision),
            reason: self.reason,
        };
        super::act(&session, &self.agreement, command, self.day)
    }
}
