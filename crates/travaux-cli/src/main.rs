//! The `travaux` command: the one place that names a store.
//!
//! One file a command under `commands/`; `error.rs` maps failures to exit codes, `output.rs` writes text or JSON,
//! `names.rs` finds what a name on the command line means.

mod args;
mod commands;
mod error;
mod names;
mod output;
mod session;
mod verbs;

use std::process::ExitCode;

use clap::Parser as _;

fn main() -> ExitCode {
    let args = args::Args::parse();
    match commands::run(args) {
        Ok(code) => code,
        Err(error) => error.report(),
    }
}
