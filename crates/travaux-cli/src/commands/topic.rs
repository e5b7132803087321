//! `travaux topic`

use clap::{Args, ValueEnum};

use crate::{args::GlobalArgs, error::CliError, view};

/// Show a page of help.
#[derive(Debug, Args)]
#[command(after_help = "Example: travaux topic json")]
pub(crate) struct Topic {
    /// Which.
    topic: Page,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Page {
    /// What programs may count on: the documents of `--format json`.
    Json,
}

impl Topic {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        match self.topic {
            Page::Json => globals.output().text(&view::contract()),
        }
    }
}
