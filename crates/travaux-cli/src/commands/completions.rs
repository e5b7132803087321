//! `travaux completions`

use clap::{Args, Command};
use clap_complete::Shell;

use crate::{args::GlobalArgs, error::CliError};

/// Write completions for a shell.
#[derive(Debug, Args)]
#[command(after_help = "Example: travaux completions bash > travaux.bash")]
pub(crate) struct Completions {
    /// Which.
    shell: Shell,
}

impl Completions {
    pub(crate) fn run(self, globals: &GlobalArgs, mut grammar: Command) -> Result<(), CliError> {
        // Into memory first: clap_complete panics where its writer fails, and a reader may have read enough.
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut grammar, "travaux", &mut script);
        globals.output().bytes(&script)
    }
}
