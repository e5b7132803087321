//! Where a command may write: not in the store that it reads, and where the system lets it.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::error::CliError;

/// Refuses a place inside of the store: what is written there would spoil it.
pub(in crate::commands) fn outside(store: &Path, to: &Path) -> Result<(), CliError> {
    // What is not there yet has no true name; the folder that it will be in may.
    let known = |path: &Path| path.ancestors().find_map(|path| canonical(path).ok());
    let (Ok(inner), Some(place)) = (canonical(store), known(to)) else {
        return Ok(());
    };
    let itself = to.exists() && place == inner;
    if itself || !place.starts_with(&inner) {
        return Ok(());
    }
    Err(CliError::Usage(format!(
        "{} is inside of the store {}: name a place outside of it",
        to.display(),
        store.display()
    )))
}

fn canonical(path: &Path) -> std::io::Result<PathBuf> {
    let path = if path.as_os_str().is_empty() {
        Path::new(".")
    } else {
        path
    };
    fs::canonicalize(path)
}

/// Does what fills the folder `to`, which is made where there is none, and taken away again where nothing came of it.
pub(super) fn into<T>(
    to: &Path,
    fill: impl FnOnce() -> Result<T, CliError>,
) -> Result<T, CliError> {
    let new = !to.exists();
    fs::create_dir_all(to).map_err(CliError::io(format!("make the folder {}", to.display())))?;
    let done = fill();
    if new && done.is_err() {
        // It goes only if it is empty.
        let _ = fs::remove_dir(to);
    }
    done
}
