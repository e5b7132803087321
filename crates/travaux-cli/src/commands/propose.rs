//! `travaux propose`

use std::path::Path;

use travaux::domain::agreement::AgreementCommand;
use travaux_import::scenario::Manifest;

use crate::{commands::acts, error::CliError, session::Session};

/// Reads a JSON file.
pub(crate) fn read_json<T: serde::de::DeserializeOwned>(path: &Path) -> Result<T, CliError> {
    let text =
        std::fs::read_to_string(path).map_err(CliError::io(format!("read {}", path.display())))?;
    serde_json::from_str(&text).map_err(|e| CliError::Usage(format!("{}: {e}", path.display())))
}

/// Reads files beside `path`, or in the folder above it: manifests of a scenario name theirs from its folder.
pub(crate) fn reader(path: &Path) -> impl Fn(&str) -> Result<String, String> + '_ {
    move |name| {
        let folders = path.ancestors().skip(1).take(2);
        let found = folders
            .map(|folder| folder.join(name))
            .find(|file| file.is_file());
        let file =
            found.ok_or_else(|| format!("there is no file `{name}` beside {}", path.display()))?;
        std::fs::read_to_string(&file).map_err(|e| format!("cannot read {}: {e}", file.display()))
    }
}

pub(crate) fn run(session: &Session, file: &Path) -> Result<(), CliError> {
    let manifest: Manifest = read_json(file)?;
    let proposal = manifest
        .proposal(&reader(file), None)
        .map_err(CliError::Usage)?;
    let id = session.engine.new_agreement_id();
    let committed = session.engine.act(
        id,
        &session.actor()?,
        [AgreementCommand::Propose(Box::new(proposal))],
    )?;
    acts::done(session, Some(id), &committed)
}
