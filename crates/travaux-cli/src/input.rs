//! Files that a command reads.

use std::path::Path;

use travaux_import::{InputError, input::read_input};

use crate::error::CliError;

/// Reads a file of text.
pub(crate) fn read_text(path: &Path) -> Result<String, CliError> {
    std::fs::read_to_string(path).map_err(CliError::io(format!("read {}", path.display())))
}

/// Reads a JSON file that somebody wrote: strictly, and everything that is wrong with it is said at once.
pub(crate) fn read_json<T: serde::de::DeserializeOwned>(path: &Path) -> Result<T, CliError> {
    let name = path.display().to_string();
    Ok(read_input(&name, &read_text(path)?).map_err(InputError::from)?)
}

/// Reads files beside `path`, or in the folder above it: manifests of a scenario name theirs from its folder.
pub(crate) fn reader(path: &Path) -> impl Fn(&str) -> Result<String, InputError> + '_ {
    move |name| {
        let folders = path.ancestors().skip(1).take(2);
        let found = folders
            .map(|folder| folder.join(name))
            .find(|file| file.is_file());
        let file = found.ok_or_else(|| InputError::Missing {
            name: name.to_owned(),
            beside: Some(path.to_owned()),
        })?;
        std::fs::read_to_string(&file).map_err(|source| InputError::Io { path: file, source })
    }
}
