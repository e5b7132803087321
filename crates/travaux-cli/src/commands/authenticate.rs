//! `travaux authenticate`

use clap::Args;
use travaux::domain::{PartyId, agreement::AgreementCommand};

use crate::{args::GlobalArgs, error::CliError, names, session::Session};

/// Authenticate an adopted text as definitive.
#[derive(Debug, Args)]
#[command(after_help = "Example: travaux --as FR authenticate 0199 --method signature")]
pub(crate) struct Authenticate {
    /// A handle, an id, or the beginning or end of one.
    agreement: String,
    /// How: signature, initialling, or a procedure that the text names.
    #[arg(long, default_value = "signature")]
    method: String,
}

impl Authenticate {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let session = Session::open(globals)?;
        let (_, shared) = names::record(&session.engine, &self.agreement)?;
        let parties: Vec<PartyId> = shared
            .agreement
            .identity
            .iter()
            .flat_map(|i| i.parties.iter().map(|p| p.id.clone()))
            .collect();
        let method = self.method;
        let command = AgreementCommand::AuthenticateText { method, parties };
        super::act(&session, &self.agreement, command)
    }
}
