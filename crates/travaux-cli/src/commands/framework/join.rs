//! `travaux framework join`

use clap::Args;
use travaux::domain::{StreamCommand, framework::FrameworkCommand};

use crate::{
    args::{Day, GlobalArgs},
    commands::act_on,
    error::CliError,
    names,
    session::Session,
};

/// Bring an agreement under a framework.
#[derive(Debug, Args)]
#[command(after_help = "Example: travaux --as FR framework join 0199 01a2 --area security")]
pub(crate) struct Join {
    /// A handle, an id, or the beginning or end of one.
    framework: String,
    /// The agreement.
    agreement: String,
    /// The area, by key.
    #[arg(long)]
    area: String,
    #[command(flatten)]
    day: Day,
}

impl Join {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let session = Session::open(globals)?;
        let agreement = names::record(&session.engine, &self.agreement)?.0;
        let framework = names::framework(&session.engine, &self.framework)?;
        let area = self.area.into();
        let command = FrameworkCommand::AgreementJoined { agreement, area };
        act_on(
            &session,
            StreamCommand::Framework(framework, command),
            self.day,
        )
    }
}
