//! The `travaux` command: the one place that names a store.
//!
//! One file a command under `commands/`, its arguments and its `run` together. Below them, each using only those before it:
//! `error.rs` maps failures to exit codes, `output.rs` writes text or JSON, as wide as `screen.rs` says and by
//! the page where `pager.rs` can, `args.rs` holds the global arguments, `session.rs` opens
//! a store, `names.rs` finds what a name on the command line means, `input.rs` reads files, `topics/` explains
//! what people write in them, `view/` says what was found.

mod args;
mod cli;
mod clock;
mod commands;
mod error;
mod input;
mod names;
mod output;
mod pager;
mod screen;
mod session;
mod topics;
mod view;

use std::process::ExitCode;

fn main() -> ExitCode {
    match cli::Cli::read() {
        Ok(cli) => {
            let output = cli.output();
            cli.run().unwrap_or_else(|e| view::report(&e, output))
        }
        Err(errors) => view::report_usage(&errors, output::asked_for(std::env::args_os())),
    }
}
