//! The whole command line: the global arguments, and a command.

mod far;

use std::process::ExitCode;

use clap::{
    CommandFactory as _, FromArgMatches as _, Parser,
    error::{ContextKind, ContextValue, ErrorKind},
};

use crate::{
    args::GlobalArgs,
    commands::{Command, groups},
    error::CliError,
    output::Output,
    screen::table,
};

/// Replays how agreements came to say what they say: who proposed each word, who adopted it, and from when it applies.
#[derive(Debug, Parser)]
#[command(
    name = "travaux",
    version,
    max_term_width = 100,
    after_help = "Help on a command, with an example: travaux help COMMAND\nHelp on what files hold: travaux topic\n\nExit status: 0 done, 1 refused by a rule, 2 usage, 3 damaged or failing store, 4 recorded, but the answer could not be written."
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

    /// The whole grammar, with its commands in groups.
    pub(crate) fn grammar() -> clap::Command {
        let grammar = Self::command();
        let template = format!(
            "{{about-with-newline}}\n{{usage-heading}} {{usage}}\n\n{}Options:\n{{options}}\n\n{{after-help}}\n",
            listed(&grammar)
        );
        grammar.help_template(template)
    }

    /// Reads a command line.
    pub(crate) fn read() -> Result<Self, Vec<clap::Error>> {
        let mut grammar = Self::grammar();
        let given = grammar.try_get_matches_from_mut(std::env::args_os());
        let read = given.and_then(|matches| {
            let read =
                Self::from_arg_matches(&matches).map_err(|error| error.format(&mut grammar))?;
            match far::first(&grammar, &matches).filter(|_| !read.globals.sure) {
                Some(what) => Err(grammar.error(ErrorKind::ValueValidation, what)),
                None => Ok(read),
            }
        });
        read.map_err(|first| wrong(Self::grammar(), first))
    }

    /// Does what was asked.
    pub(crate) fn run(self) -> Result<ExitCode, CliError> {
        self.command.run(&self.globals, Self::grammar)
    }
}

/// All that is wrong with a command line, from the first that is. Its reader stops there: where a value is wrong, it reads
/// again, and takes any value there.
fn wrong(mut grammar: clap::Command, first: clap::Error) -> Vec<clap::Error> {
    let of_value = |error: &clap::Error| match error.get(ContextKind::InvalidArg) {
        Some(ContextValue::String(argument))
            if matches!(
                error.kind(),
                ErrorKind::ValueValidation | ErrorKind::InvalidValue
            ) =>
        {
            Some(argument.clone())
        }
        _ => None,
    };
    // Arguments have their names for errors once they are built.
    grammar.build();
    let mut errors = vec![first];
    while let Some(argument) = errors.last().and_then(of_value) {
        grammar = taking_any(grammar, &argument);
        match grammar.clone().try_get_matches() {
            // What is still said of the same value would be said for ever.
            Err(next) if of_value(&next).is_none_or(|next| next != argument) => errors.push(next),
            Ok(_) | Err(_) => break,
        }
    }
    errors
}

/// The grammar with this argument, as errors call it, taking whatever is given.
fn taking_any(command: clap::Command, argument: &str) -> clap::Command {
    command
        .mut_args(|arg| {
            if arg.to_string() == argument {
                arg.value_parser(clap::builder::OsStringValueParser::new())
            } else {
                arg
            }
        })
        .mut_subcommands(|inner| taking_any(inner, argument))
}

/// The commands, each with what it is for, under their headings.
fn listed(grammar: &clap::Command) -> String {
    let about = |name: &str| {
        let command = grammar.find_subcommand(name);
        let about = command.and_then(clap::Command::get_about);
        about.map_or(
            "Print this message or the help of a command".to_owned(),
            ToString::to_string,
        )
    };
    let row = |name: &&str| vec![format!("  {name:<22}"), about(name)];
    let group = |(heading, names): (&str, Vec<&str>)| {
        let rows: Vec<_> = names.iter().map(row).collect();
        format!("{heading}:\n{}\n", table(&rows))
    };
    groups().into_iter().map(group).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{args, commands::is_verb, view};

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

    /// The commands that do something, by their words.
    fn leaves(command: &clap::Command, before: &str) -> Vec<String> {
        let name = format!("{before}{}", command.get_name());
        if command.get_subcommands().next().is_none() {
            return vec![name];
        }
        let before = format!("{name} ");
        command
            .get_subcommands()
            .flat_map(|inner| leaves(inner, &before))
            .collect()
    }

    /// The commands that do something, with their examples.
    fn examples(command: &clap::Command, before: &str, found: &mut Vec<(String, String)>) {
        let name = format!("{before}{}", command.get_name());
        for inner in command.get_subcommands() {
            examples(inner, &format!("{name} "), found);
        }
        if command.get_subcommands().next().is_none() {
            let help = command.get_after_help().map(ToString::to_string);
            let example = help.unwrap_or_default();
            found.push((name, example.trim_start_matches("Example: ").to_owned()));
        }
    }

    #[test]
    fn every_command_has_an_example_that_can_be_read() {
        let mut found = Vec::new();
        for command in Cli::command().get_subcommands() {
            examples(command, "", &mut found);
        }
        for (name, example) in found {
            let words = words(example.split(" > ").next().unwrap_or_default());
            let parsed = Cli::try_parse_from(&words);
            assert!(
                parsed.is_ok(),
                "{name}: `{example}`: {:?}",
                parsed.err().map(|e| e.to_string())
            );
            assert!(
                name.split(' ').all(|part| words.iter().any(|w| w == part)),
                "`{example}` is no example of {name}"
            );
        }
    }

    #[test]
    fn what_every_command_takes_stands_behind_its_own_options() {
        let mut grammar = Cli::command();
        grammar.build();
        let mut commands: Vec<_> = grammar.get_subcommands().collect();
        while let Some(command) = commands.pop() {
            commands.extend(command.get_subcommands());
            let options = command.get_arguments().filter(|arg| !arg.is_positional());
            for arg in options.filter(|arg| arg.get_id() != "help") {
                let behind = arg.get_help_heading() == Some(args::HEADING);
                let of_every = arg.is_global_set();
                assert_eq!(behind, of_every, "{} {arg}", command.get_name());
            }
        }
    }

    #[test]
    fn an_amendment_and_a_correction_have_a_nature() {
        for (command, takes) in [("revise", true), ("amend", false), ("correct", false)] {
            let words = ["travaux", command, "sec", "terms.md", "--nature", "draft"];
            assert_eq!(Cli::try_parse_from(words).is_ok(), takes, "{command}");
        }
    }

    #[test]
    fn every_command_stands_under_one_heading() {
        let listed: Vec<_> = groups().into_iter().flat_map(|(_, names)| names).collect();
        for command in Cli::command().get_subcommands() {
            let name = command.get_name();
            let times = listed.iter().filter(|listed| **listed == name).count();
            assert_eq!(times, 1, "`{name}` stands under {times} headings");
        }
        for name in listed {
            let known = name == "help" || Cli::command().find_subcommand(name).is_some();
            assert!(known, "`{name}` is listed and there is no such command");
        }
    }

    #[test]
    fn every_command_is_in_the_contract() {
        let known = |name: &str| {
            view::ANSWERS.iter().any(|answer| answer.command == name)
                || view::WITHOUT.iter().any(|(command, _)| *command == name)
        };
        for command in Cli::command().get_subcommands() {
            for name in leaves(command, "") {
                assert!(
                    known(&name) || is_verb(&name),
                    "`travaux {name}` is not in view/contract.rs"
                );
            }
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
