//! `travaux abandon`

use clap::Args;
use travaux::domain::agreement::AgreementCommand;

use crate::{
    args::{Day, GlobalArgs},
    error::CliError,
    session::Session,
};

/// Give up a negotiation whose text is not yet definitive.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: travaux --as FR abandon 0199 --reason 'no agreement on Article 4'"
)]
pub(crate) struct Abandon {
    /// A handle, an id, or the beginning or end of one.
    agreement: String,
    /// Why.
    #[arg(long)]
    reason: Option<String>,
    #[command(flatten)]
    day: Day,
}

impl Abandon {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let session = Session::open(globals)?;
        let reason = self.reason;
        let command = AgreementCommand::AbandonNegotiation { reason };
        super::act(&session, &self.agreement, command, self.day)
    }
}
