//! The whole command line: the global arguments, and a command.

use std::process::ExitCode;

use clap::{CommandFactory as _, Parser};

use crate::{args::GlobalArgs, commands::Command, error::CliError, output::Output};

/// Replays how agreements came to say what they say: who proposed each word, who adopted it, and from when it applies.
#[derive(Debug, Parser)]
#[command(
    name = "travaux",
    version,
    max_term_width = 100,
    after_help = "Exit status: 0 done, 1 refused by a rule, 2 usage, 3 damaged or failing store."
)]
pub(crate) struct Cli {
    #[command(flatten)]
    globals: GlobalArgs,
    #[command(subcommand)]
    command: Command,
}

impl Cli {
    /// Where answers go.
    pub(crate) fn output(&self) -> Output {
        self.globals.output()
    }

    /// Does what was asked.
    pub(crate) fn run(self) -> Result<ExitCode, CliError> {
        self.command.run(&self.globals, Self::command)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view;

    /// As a shell splits it: single quotes hold words together.
    fn words(line: &str) -> Vec<String> {
        let mut words = Vec::new();
        for (at, part) in line.split('\'').enumerate() {
            match at % 2 {
                0 => words.extend(part.split_whitespace().map(str::to_owned)),
                _ => words.push(part.to_owned()),
            }
        }
        words
    }

    #[test]
    fn every_example_can_be_read() {
        for command in Cli::command().get_subcommands() {
            let help = command.get_after_help().map(ToString::to_string);
            let Some(example) = help.as_deref().and_then(|h| h.strip_prefix("Example: ")) else {
                continue;
            };
            let words = words(example.split(" > ").next().unwrap_or_default());
            let parsed = Cli::try_parse_from(&words);
            assert!(
                parsed.is_ok(),
                "{example}: {:?}",
                parsed.err().map(|e| e.to_string())
            );
            assert!(
                words.iter().any(|w| w == command.get_name()),
                "{example} is no example of {}",
                command.get_name()
            );
        }
    }

    #[test]
    fn the_contract_is_as_the_types_are() {
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/CONTRACT.md");
        let written = std::fs::read_to_string(file).expect("the contract");
        assert!(
            written == view::contract(),
            "CONTRACT.md is stale: cargo run -p travaux-cli -- topic json > crates/travaux-cli/CONTRACT.md"
        );
    }
}
