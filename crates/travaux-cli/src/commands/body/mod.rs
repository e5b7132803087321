//! `travaux body`

mod competence;
mod decide;
mod establish;
mod list;
mod moved;
mod notify;
mod session;
mod show;

use clap::Subcommand;
use travaux::{
    blocking::Engine,
    domain::{
        BodyId, Name, StreamCommand,
        agreement::{AgreementCommand, amendment::AmendmentAct},
        body::{AnnexChange, JointBody},
    },
};

use super::verbs::BodyVerb;
use crate::{args::GlobalArgs, error::CliError};

/// Joint bodies: what they may do, what they decide, what is referred to them.
#[derive(Debug, Subcommand)]
#[command(disable_help_subcommand = true)]
pub(crate) enum Body {
    Establish(establish::Establish),
    Session(session::Session),
    Decide(decide::Decide),
    Notify(notify::Notify),
    Escalate(moved::Escalate),
    Dissolve(moved::Dissolve),
    Competence(competence::Competence),
    Show(show::Show),
    List(list::List),
    /// What is done to one that was established.
    #[command(flatten)]
    Verb(BodyVerb),
}

impl Body {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        match self {
            Self::Establish(command) => command.run(globals),
            Self::Session(command) => command.run(globals),
            Self::Decide(command) => command.run(globals),
            Self::Notify(command) => command.run(globals),
            Self::Escalate(command) => command.run(globals),
            Self::Dissolve(command) => command.run(globals),
            Self::Competence(command) => command.run(globals),
            Self::Show(command) => command.run(globals),
            Self::List(command) => command.run(globals),
            Self::Verb(command) => command.run(globals),
        }
    }
}

/// A body as it stands now.
fn standing(engine: &Engine, id: BodyId) -> Result<JointBody, CliError> {
    let dossiers = engine.dossiers()?;
    let view = dossiers.bodies.get(&id);
    view.map(|view| view.state.clone())
        .ok_or_else(|| CliError::Usage(format!("body {id} is not on record")))
}

/// That there is no such thing among those of the body, by their keys.
fn not_among<'k>(what: &str, key: &Name, known: impl Iterator<Item = &'k Name>) -> CliError {
    let known: Vec<_> = known.map(|key| &**key).collect();
    let has = match &known[..] {
        [] => "none".to_owned(),
        known => known.join(", "),
    };
    CliError::Usage(format!("no {what} `{key}`; the body has {has}"))
}

/// The amendments of annexes that a body has decided, in the streams of their agreements.
fn amendments<'a>(
    key: &'a str,
    changes: &'a [AnnexChange],
) -> impl Iterator<Item = StreamCommand> + 'a {
    changes.iter().map(move |change| {
        let act = AmendmentAct::AnnexAmended {
            on: change.from,
            revision: change.revision,
            body: key.to_owned(),
        };
        StreamCommand::Agreement(change.agreement, AgreementCommand::from(act))
    })
}
