//! `travaux authenticate`

use clap::Args;
use travaux::domain::{PartyId, agreement::AgreementCommand, clause::Term};

use crate::{
    args::{Day, GlobalArgs},
    error::CliError,
    names,
    session::Session,
};

/// Authenticate an adopted text as definitive.
#[derive(Debug, Args)]
#[command(after_help = "Example: travaux --as FR authenticate 0199 --method initialling")]
pub(crate) struct Authenticate {
    /// A handle, an id, or the beginning or end of one.
    agreement: String,
    /// How: signature, initialling, or a procedure that the text names; if not said, that procedure, or
    /// else signature where all have signed, and initialling where they have not.
    #[arg(long)]
    method: Option<String>,
    #[command(flatten)]
    day: Day,
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
        let agreed = |t: &Term| {
            if let Term::Authentication(method) = t {
                Some(method.clone())
            } else {
                None
            }
        };
        let agreed = shared.agreement.machines.clauses.find(agreed);
        let agreed = agreed.map(|(method, _)| method);
        // Failing a procedure, a text is authenticated by one or the other (T6, VCLT 10(b)).
        let method = self.method.or(agreed).unwrap_or_else(|| {
            let signed = shared.agreement.text.signed.is_some();
            if signed { "signature" } else { "initialling" }.to_owned()
        });
        let command = AgreementCommand::AuthenticateText { method, parties };
        super::act(&session, &self.agreement, command, self.day)
    }
}
