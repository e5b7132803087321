//! Git histories: a repository, a bare one, or a bundle.

mod export;
mod line;
mod objects;
mod open;
mod proposals;

use std::path::Path;

pub use self::export::{ExportReport, export_git};
pub(crate) use self::objects::Objects;
use crate::{ImportError, SourceHistory};

/// What to read of a repository.
#[derive(Clone, Debug, Default)]
pub struct GitOptions {
    /// The revision whose first-parent line is read; `HEAD` if none.
    pub rev: Option<String>,
    /// Only documents with a path that begins so.
    pub path: Option<String>,
    /// References whose commits are proposals, such as `refs/pull/*/head`.
    pub proposals: Option<String>,
}

/// Reads the history at `source`.
///
/// # Errors
/// [`ImportError`] where there is no repository or bundle, or no such revision.
pub fn read_git(source: &Path, options: &GitOptions) -> Result<SourceHistory, ImportError> {
    let open::Opened { repository, keep } = open::open(source)?;
    let head = open::resolve(&repository, options.rev.as_deref())?;
    let line = line::Line::read(&repository, head)?;
    let mut documents = line.documents(&repository, options.path.as_deref())?;
    if let Some(pattern) = &options.proposals {
        proposals::read(
            &repository,
            &line,
            pattern,
            options.path.as_deref(),
            &mut documents,
        )?;
    }
    Ok(SourceHistory {
        kind: "git",
        location: source.display().to_string(),
        root: line.root(),
        commits: line.source_commits(&repository)?,
        documents: documents.documents,
        objects: Some(repository.path().to_owned()),
        _keep: keep,
    })
}
