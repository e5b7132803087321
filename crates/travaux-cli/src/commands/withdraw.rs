//! `travaux withdraw`

use clap::Args;
use travaux::domain::{Revision, agreement::AgreementCommand};

use crate::{
    args::{Day, GlobalArgs},
    error::CliError,
    session::Session,
};

/// Withdraw a revision of one's own.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: travaux --as FR withdraw 0199 --revision 2 --reason 'taken up elsewhere'"
)]
pub(crate) struct Withdraw {
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

impl Withdraw {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let session = Session::open(globals)?;
        let command = AgreementCommand::WithdrawRevision {
            revision: Revision(self.revision),
            reason: self.reason,
        };
        super::act(&session, &self.agreement, command, self.day)
    }
}
