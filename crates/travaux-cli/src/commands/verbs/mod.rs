//! The verbs of the machines beside the text: `travaux sign`, `notify`, `reserve`, `suspend` and the rest.
//!
//! Each verb is a line of a table (`table.rs`): what it is called, which acts it becomes, and which options fill their fields. The acts
//! are put together as their serde form, so that a verb cannot ask for what the domain does not know.

#[cfg(test)]
mod events;
mod table;

pub(super) use table::groups;

use clap::{Arg, ArgAction, ArgMatches, Command, FromArgMatches, Subcommand};
use serde_json::{Map, Value, json};
use travaux::domain::{
    StreamId,
    agreement::{AgreementCommand, AgreementEvent},
};

use crate::{args::GlobalArgs, error::CliError, names, session::Session, view};

/// What an option takes.
#[derive(Clone, Copy, Debug)]
enum ArgKind {
    Date,
    Number,
    Text,
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
    /// Words of one's own in place of a choice that goes without saying.
    WordsOr(&'static str),
}

/// Whether an option has to be given.
#[derive(Clone, Copy, Debug)]
enum Presence {
    Required,
    Optional,
    Default(&'static str),
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

/// A verb.
#[derive(Debug)]
pub(crate) struct Verb {
    name: &'static str,
    about: &'static str,
    example: &'static str,
    /// The acts that it becomes, in one commit, each with what is fixed about it.
    acts: &'static [(&'static str, &'static str)],
    fields: &'static [Field],
}

/// A verb as it was given.
#[derive(Debug)]
pub(crate) struct ParsedVerb {
    verb: &'static Verb,
    agreement: String,
    values: Vec<(Field, Value)>,
}

fn wrong(text: impl Into<String>) -> clap::Error {
    clap::Error::raw(
        clap::error::ErrorKind::ValueValidation,
        format!("{}\n", text.into()),
    )
}

impl Verb {
    fn command(&self) -> Command {
        let agreement = Arg::new("agreement")
            .required(true)
            .value_name("AGREEMENT")
            .help("An id, or the beginning of one");
        let mut command = Command::new(self.name)
            .about(self.about)
            .after_help(format!("Example: travaux {}", self.example))
            .arg(agreement);
        for field in self.fields {
            let mut arg = Arg::new(field.option).long(field.option).help(field.help);
            arg = match field.takes {
                ArgKind::Flag => arg.action(ArgAction::SetTrue),
                ArgKind::Choice(values) => arg.value_name("WHICH").value_parser(values.to_vec()),
                ArgKind::Pairs => arg.action(ArgAction::Append).value_name("KEY=VALUE"),
                ArgKind::Date => arg.value_name("DATE"),
                ArgKind::Number => arg.value_name("N").value_parser(clap::value_parser!(u32)),
                ArgKind::List => arg.value_name("A,B").value_delimiter(','),
                ArgKind::Json => arg.value_name("JSON"),
                ArgKind::Text | ArgKind::Agreement | ArgKind::WordsOr(_) => arg.value_name("TEXT"),
            };
            arg = match field.need {
                Presence::Required => arg.required(true),
                Presence::Optional => arg,
                Presence::Default(value) => arg.default_value(value),
            };
            command = command.arg(arg);
        }
        command
    }

    fn read(&'static self, matches: &ArgMatches) -> Result<ParsedVerb, clap::Error> {
        let text = |name: &str| matches.get_one::<String>(name).cloned();
        let agreement = text("agreement").unwrap_or_default();
        let mut values = Vec::new();
        for field in self.fields {
            let value = match field.takes {
                ArgKind::Flag => Some(Value::Bool(matches.get_flag(field.option))),
                ArgKind::Number => matches.get_one::<u32>(field.option).map(|n| json!(n)),
                // Nobody named is nobody.
                ArgKind::List => Some(
                    matches
                        .get_many::<String>(field.option)
                        .into_iter()
                        .flatten()
                        .map(|v| json!(v))
                        .collect(),
                ),
                ArgKind::Choice(_) => text(field.option).map(|v| json!(v.replace('-', "_"))),
                ArgKind::WordsOr(value) => Some(
                    text(field.option)
                        .map_or_else(|| json!(value), |words| json!({ "other": words })),
                ),
                ArgKind::Text | ArgKind::Agreement => text(field.option).map(Value::String),
                ArgKind::Date => match text(field.option) {
                    Some(date) if date.parse::<chrono::NaiveDate>().is_err() => {
                        return Err(wrong(format!(
                            "--{}: `{date}` is no date: expected 2024-10-30",
                            field.option
                        )));
                    }
                    date => date.map(Value::String),
                },
                ArgKind::Json => {
                    let parsed = text(field.option)
                        .map(|v| serde_json::from_str::<Value>(&v).map_err(|e| (v, e)))
                        .transpose();
                    parsed.map_err(|(v, e)| {
                        wrong(format!("--{}: `{v}` is no JSON: {e}", field.option))
                    })?
                }
                ArgKind::Pairs => {
                    let mut map = Map::new();
                    for pair in matches
                        .get_many::<String>(field.option)
                        .into_iter()
                        .flatten()
                    {
                        let Some((key, value)) = pair.split_once('=') else {
                            return Err(wrong(format!(
                                "--{}: expected KEY=VALUE, found `{pair}`",
                                field.option
                            )));
                        };
                        map.insert(key.to_owned(), json!(value));
                    }
                    Some(Value::Object(map))
                }
            };
            values.extend(value.map(|value| (*field, value)));
        }
        Ok(ParsedVerb {
            verb: self,
            agreement,
            values,
        })
    }
}

/// Puts `value` at `path` of `map`.
fn put(map: &mut Map<String, Value>, path: &str, value: Value) {
    match path.split_once('.') {
        None => drop(map.insert(path.to_owned(), value)),
        Some((first, rest)) => {
            let inner = map
                .entry(first)
                .or_insert_with(|| Value::Object(Map::new()));
            if let Value::Object(inner) = inner {
                put(inner, rest, value);
            }
        }
    }
}

impl FromArgMatches for ParsedVerb {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let given = matches.subcommand().and_then(|(name, matches)| {
            let verb = table::verbs().find(|verb| verb.name == name)?;
            Some(verb.read(matches))
        });
        given.unwrap_or_else(|| Err(wrong("no such verb")))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

impl Subcommand for ParsedVerb {
    fn augment_subcommands(command: Command) -> Command {
        command.subcommands(table::verbs().map(Verb::command))
    }

    fn augment_subcommands_for_update(command: Command) -> Command {
        Self::augment_subcommands(command)
    }

    fn has_subcommand(name: &str) -> bool {
        table::verbs().any(|verb| verb.name == name)
    }
}

impl ParsedVerb {
    /// Does it.
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let session = Session::open(globals)?;
        let (id, _) = names::record(&session.engine, &self.agreement)?;
        let mut fields = Map::new();
        for (field, value) in self.values {
            let value = match (field.takes, value) {
                (ArgKind::Agreement, Value::String(name)) => {
                    json!(names::agreement(&session.engine, &name)?)
                }
                (_, value) => value,
            };
            put(&mut fields, field.path, value);
        }
        let mut commands = Vec::new();
        for (kind, fixed) in self.verb.acts {
            let mut payload = fields.clone();
            let fixed: Map<String, Value> =
                serde_json::from_str(fixed).map_err(|e| CliError::Usage(e.to_string()))?;
            payload.extend(fixed);
            let act = json!({ (*kind): payload });
            let event: AgreementEvent = serde_json::from_value(act)
                .map_err(|e| CliError::Usage(format!("{}: {e}", self.verb.name)))?;
            commands.push(AgreementCommand::behind(&event));
        }
        let committed = session.engine.act(id, &session.actor()?, commands)?;
        view::done(&session, StreamId::Agreement(id), &committed)
    }
}
