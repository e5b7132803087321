//! `travaux indicator revise`

use std::path::PathBuf;

use clap::Args;
use travaux::domain::{StreamCommand, StreamId, indicator::Indicator};

use super::adopt::Adopted;
use crate::{args::GlobalArgs, error::CliError, input::read_json, names, session::Session, view};

/// Adopt a later version of a definition, or put a draft of one forward.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: travaux --as FR indicator revise passes passes-2.json --version 2.0.0 --from 2025-01-01 --consenting FR,MA --on 2024-12-01"
)]
pub(crate) struct Revise {
    /// The indicator: a handle, an id, or the beginning or end of one.
    indicator: String,
    /// The definition: a JSON document; the last draft of the version, if left out.
    file: Option<PathBuf>,
    /// The version.
    #[command(flatten)]
    adopted: Adopted,
}

impl Revise {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let session = Session::open(globals)?;
        let engine = &session.engine;
        let id = names::indicator(engine, &self.indicator)?;
        let dossiers = engine.dossiers()?;
        let state = dossiers.indicators.get(&id).map(|view| view.state());
        let unknown = || CliError::Usage(format!("there is no indicator {id}"));
        let state: &Indicator = state.ok_or_else(unknown)?;
        let framework = state.framework.ok_or_else(unknown)?;
        let version = &self.adopted.version;
        let definition = match &self.file {
            Some(file) => read_json(file)?,
            None => {
                let mut drafts = state.drafts.iter();
                let of_it = drafts.rfind(|(draft, _)| draft.stable() == version.stable());
                let (_, draft) = of_it.ok_or_else(|| {
                    let text = format!("there is no draft of {version}: name a file");
                    CliError::Usage(text)
                })?;
                draft.definition.clone()
            }
        };
        let command = self.adopted.command(framework, definition);
        let acts = vec![StreamCommand::Indicator(id, command)];
        let committed = engine.commit(None, &session.actor()?, acts)?;
        view::done(&session, StreamId::Indicator(id), &committed)
    }
}
