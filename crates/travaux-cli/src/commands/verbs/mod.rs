//! The verbs of the machines beside the text: `travaux sign`, `notify`, `reserve`, `suspend` and the rest.
//!
//! Each verb is a line of a table (`table.rs`): what it is called, which acts it becomes, and which options fill their fields. The acts
//! are put together as their serde form (`given.rs`), so that a verb cannot ask for what the domain does not know.

mod action;
mod body;
#[cfg(test)]
mod events;
mod figure;
mod framework;
mod given;
mod meeting;
mod procedure;
mod request;
mod table;

pub(super) use self::{
    action::ActionVerb,
    body::BodyVerb,
    figure::{DiscrepancyVerb, FigureVerb},
    framework::{AreaVerb, FrameworkVerb, OrganVerb},
    meeting::MeetingVerb,
    procedure::{InCases, ProcedureVerb, ToProcedures},
    request::{ExchangeVerb, RequestVerb},
    table::groups,
};

use std::collections::BTreeMap;

use clap::{Arg, ArgAction, ArgGroup, ArgMatches, Command, FromArgMatches, Subcommand};
use travaux::domain::{
    StreamId,
    agreement::{AgreementCommand, AgreementEvent},
};

use crate::{args::GlobalArgs, error::CliError, names, session::Session, view};

/// What an option takes.
#[derive(Clone, Copy, Debug)]
enum ArgKind {
    Date,
    /// A time of the day.
    Clock,
    Number,
    Text,
    /// A file, whose text it is; `-` is standard input.
    File,
    /// Values separated by commas.
    List,
    Flag,
    /// One of these, written with hyphens.
    Choice(&'static [&'static str]),
    /// `KEY=VALUE`, several times.
    Pairs,
    Json,
    /// An agreement, by whatever names one on the command line.
    Agreement,
    /// Provisions, separated by commas: by id, or by label in the text adopted last.
    Provisions,
    /// Words of one's own in place of a choice that goes without saying.
    WordsOr(&'static str),
    /// A meeting, by whatever names one on the command line.
    Meeting,
    /// An item that was agreed: `MEETING/KEY`.
    Item,
    /// Requests, separated by commas, by whatever names each.
    Requests,
    /// Uses of a content, `evidence:PARTY` or `onward:PARTY`, several times.
    Uses,
    /// Who holds an office, `PARTY:OFFICE:NAME`; the name may be left out.
    Holder,
    /// Those who hold an office, `PARTY:OFFICE:NAME`, several times; the name may be left out.
    Holders,
    /// The same who take part, `PARTY:CAPACITY:OFFICE:NAME`.
    Participants,
    /// Figures at revisions, `FIGURE@REVISION`, separated by commas.
    Figures,
    /// Causes with amounts, `CAUSE:NATURE:AMOUNT:NOTE`, several times; the note may be left out.
    Adjustments,
    /// The words of something in a language, `KEY=LANG`; with the field that the key fills.
    WordsOf(&'static str),
}

/// Whether an option has to be given.
#[derive(Clone, Copy, Debug)]
enum Presence {
    Required,
    Optional,
    Default(&'static str),
    /// One, and no more, of all that fill the field of this name.
    OneOf(&'static str),
}

/// An option, and the field that it fills: a path such as `claim.reasons`.
#[derive(Clone, Copy, Debug)]
struct Field {
    option: &'static str,
    path: &'static str,
    takes: ArgKind,
    need: Presence,
    help: &'static str,
}

/// An act that a verb becomes.
#[derive(Debug)]
struct Act {
    /// The type of its event.
    kind: &'static str,
    /// What is fixed about it, as JSON.
    fixed: &'static str,
    /// The options that are for the other acts.
    without: &'static [&'static str],
}

/// A verb.
#[derive(Debug)]
pub(crate) struct Verb {
    name: &'static str,
    about: &'static str,
    example: &'static str,
    /// The acts that it becomes, in one commit.
    acts: &'static [Act],
    fields: &'static [Field],
}

/// A verb as it was given.
#[derive(Clone, Debug)]
pub(crate) struct ParsedVerb {
    verb: &'static Verb,
    /// What it is done to, by name.
    subject: String,
    /// The options with the words that they were given; none for a list means that nobody is named.
    values: Vec<(Field, Vec<String>)>,
}

impl ParsedVerb {
    /// Whether an option was given words.
    fn says(&self, option: &str) -> bool {
        let mut of_it = self
            .values
            .iter()
            .filter(|(field, _)| field.option == option);
        of_it.any(|(_, words)| !words.is_empty())
    }

    /// The same, with words for an option that was given none.
    fn with_default(&self, option: &str, words: &str) -> Self {
        let mut filled = self.clone();
        for (field, given) in &mut filled.values {
            if field.option == option && given.is_empty() {
                given.push(words.to_owned());
            }
        }
        filled
    }
}

/// What the verbs of a group are done to: the name of the argument, and what may stand there.
type Subject = (&'static str, &'static str);

const AGREEMENT: Subject = (
    "AGREEMENT",
    "A handle, an id, the beginning or end of one, or an imported path",
);

impl Verb {
    fn command(&self, (name, help): Subject) -> Command {
        let subject = Arg::new("acted-on")
            .required(true)
            .value_name(name)
            .help(help);
        let mut command = Command::new(self.name)
            .about(self.about)
            .after_help(format!("Example: travaux {}", self.example))
            .arg(subject);
        let groups = self.fields.iter().filter_map(|field| match field.need {
            Presence::OneOf(group) => Some((group, field.option)),
            Presence::Required | Presence::Optional | Presence::Default(_) => None,
        });
        let mut alternatives: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for (group, option) in groups {
            alternatives.entry(group).or_default().push(option);
        }
        for (group, options) in alternatives {
            let group = ArgGroup::new(group).args(options);
            command = command.group(group.required(true).multiple(false));
        }
        for field in self.fields {
            let mut arg = Arg::new(field.option).long(field.option).help(field.help);
            arg = match field.takes {
                ArgKind::Flag => arg.action(ArgAction::SetTrue),
                ArgKind::Choice(values) => arg.value_name("WHICH").value_parser(values.to_vec()),
                ArgKind::Pairs => arg.action(ArgAction::Append).value_name("KEY=VALUE"),
                ArgKind::Date => arg.value_name("DATE"),
                ArgKind::Clock => arg.value_name("TIME"),
                ArgKind::File => arg.value_name("FILE"),
                ArgKind::Number => arg.value_name("N").allow_negative_numbers(true),
                ArgKind::List => arg.value_name("A,B").value_delimiter(','),
                ArgKind::Provisions => arg.value_name("LABEL,…").value_delimiter(','),
                ArgKind::Json => arg.value_name("JSON"),
                ArgKind::Agreement => arg.value_name("AGREEMENT"),
                ArgKind::Meeting => arg.value_name("MEETING"),
                ArgKind::Text | ArgKind::WordsOr(_) => arg.value_name("TEXT"),
                ArgKind::Requests => arg.value_name("REQUEST,…").value_delimiter(','),
                ArgKind::Uses => arg
                    .action(ArgAction::Append)
                    .value_name("evidence:PARTY|onward:PARTY"),
                ArgKind::Item => arg.value_name("MEETING/KEY"),
                ArgKind::Figures => arg.value_name("N@REVISION,…").value_delimiter(','),
                ArgKind::Adjustments => arg
                    .action(ArgAction::Append)
                    .allow_hyphen_values(true)
                    .value_name("CAUSE:NATURE:AMOUNT[:NOTE]"),
                ArgKind::WordsOf(_) => arg.value_name("KEY=LANG"),
                ArgKind::Holder => arg.value_name("PARTY:OFFICE[:NAME]"),
                ArgKind::Holders => arg
                    .action(ArgAction::Append)
                    .value_name("PARTY:OFFICE[:NAME]"),
                ArgKind::Participants => arg
                    .action(ArgAction::Append)
                    .value_name("PARTY:CAPACITY:OFFICE[:NAME]"),
            };
            arg = match field.need {
                Presence::Required => arg.required(true),
                Presence::Optional | Presence::OneOf(_) => arg,
                Presence::Default(value) => arg.default_value(value),
            };
            command = command.arg(arg);
        }
        command
    }

    fn read(&'static self, matches: &ArgMatches) -> ParsedVerb {
        let words = |field: &Field| -> Vec<String> {
            match field.takes {
                ArgKind::Flag => vec![matches.get_flag(field.option).to_string()],
                _ => {
                    let given = matches.get_many::<String>(field.option);
                    given.into_iter().flatten().cloned().collect()
                }
            }
        };
        let subject = matches.get_one::<String>("acted-on");
        ParsedVerb {
            verb: self,
            subject: subject.cloned().unwrap_or_default(),
            values: self.fields.iter().map(|f| (*f, words(f))).collect(),
        }
    }
}

/// The verb of these that was given.
fn read_one_of(
    mut verbs: impl Iterator<Item = &'static Verb>,
    matches: &ArgMatches,
) -> Result<ParsedVerb, clap::Error> {
    let given = matches.subcommand().and_then(|(name, matches)| {
        let verb = verbs.find(|verb| verb.name == name)?;
        Some(verb.read(matches))
    });
    given.ok_or_else(|| clap::Error::new(clap::error::ErrorKind::MissingSubcommand))
}

impl FromArgMatches for ParsedVerb {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        read_one_of(table::verbs(), matches)
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

impl Subcommand for ParsedVerb {
    fn augment_subcommands(command: Command) -> Command {
        command.subcommands(table::verbs().map(|verb| verb.command(AGREEMENT)))
    }

    fn augment_subcommands_for_update(command: Command) -> Command {
        Self::augment_subcommands(command)
    }

    fn has_subcommand(name: &str) -> bool {
        table::verbs().any(|verb| verb.name == name)
    }
}

impl ParsedVerb {
    /// Whether provisions may stand in what was given.
    fn names_provisions(&self) -> bool {
        let mut given = self.values.iter().filter(|(_, words)| !words.is_empty());
        given.any(|(field, _)| matches!(field.takes, ArgKind::Provisions | ArgKind::Json))
    }

    /// Does it.
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let session = Session::open(globals)?;
        let (id, record) = names::record(&session.engine, &self.subject)?;
        let (current, lang) = (record.agreement.current(), record.default_language());
        let provisions = self
            .names_provisions()
            .then(|| names::provisions(&session.engine, (id, &record), current, lang))
            .transpose()?;
        let named = given::Named {
            agreement: &|name| names::agreement(&session.engine, name),
            provisions: provisions.as_ref(),
            meeting: &|name| names::meeting(&session.engine, name),
            request: &|name| names::request(&session.engine, name),
        };
        let events: Vec<AgreementEvent> = given::events(&self, &named)?;
        let commands = events.iter().map(AgreementCommand::behind);
        drop(record);
        let committed = session.engine.act(id, &session.actor()?, commands)?;
        view::done(&session, StreamId::Agreement(id), &committed)
    }
}
