//! The page of `travaux framework state --html`.

use std::path::{Path, PathBuf};

use clap::Args;
use travaux::{
    domain::FrameworkId,
    projections::{FrameworkState, Moment, StateDiff},
};

use super::handles_in;
use crate::{
    error::CliError,
    session::Session,
    view::page::{Page, PageLanguage},
};

/// A page, where one is asked for.
#[derive(Debug, Args)]
pub(super) struct Paged {
    /// Write the state as a page for people to this file: HTML that stands alone, for two sheets of A4.
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
    /// The language of the page.
    #[arg(long, value_enum, default_value = "en", requires = "html")]
    lang: PageLanguage,
    /// The party for which the page and the entries of the JSON are: what it may not see is withheld.
    #[arg(long, value_name = "PARTY")]
    reader: Option<String>,
}

impl Paged {
    /// The party that reads.
    pub(super) fn reader(&self) -> Option<&str> {
        self.reader.as_deref()
    }

    /// The file to write, if one is.
    pub(super) fn file(&self) -> Option<&Path> {
        self.html.as_deref()
    }

    /// Writes the page on a framework, with what changed since a meeting was last held.
    pub(super) fn write(
        &self,
        session: &Session,
        id: FrameworkId,
        state: &FrameworkState,
        file: &Path,
    ) -> Result<(), CliError> {
        let engine = &session.engine;
        let before = state.last_session().map(|on| Moment {
            on,
            ..state.at.clone()
        });
        let before = before
            .map(|at| engine.framework_state(id, &at))
            .transpose()?;
        let since = before
            .flatten()
            .map(|before| StateDiff::between(&before, state));
        let handles = handles_in(session, &[state])?;
        let page = Page {
            state,
            since: since.as_ref(),
            handles: &handles,
            language: self.lang,
        };
        std::fs::write(file, page.html()).map_err(CliError::io(format!("write {}", file.display())))
    }
}
