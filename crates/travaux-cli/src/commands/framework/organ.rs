//! `travaux framework organ`

use clap::{Args, Subcommand};
use travaux::projections::Asked;

use crate::{
    args::{AsOf, GlobalArgs},
    commands::verbs::OrganVerb,
    error::CliError,
    names,
    output::one_line,
    screen::table,
    session::Session,
    view::ListedOrgan,
};

/// Organs and contact points of the parties: name one, replace one, list them.
#[derive(Debug, Subcommand)]
#[command(disable_help_subcommand = true)]
pub(crate) enum Organ {
    List(List),
    /// What is done to one's own.
    #[command(flatten)]
    Verb(OrganVerb),
}

impl Organ {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        match self {
            Self::List(command) => command.run(globals),
            Self::Verb(command) => command.run(globals),
        }
    }
}

/// List the organs and contact points of a day; with `--all`, also those of before and after.
#[derive(Debug, Args)]
#[command(after_help = "Example: travaux framework organ list pact --as-of 2025-04-14")]
pub(crate) struct List {
    /// A handle, an id, or the beginning or end of one.
    framework: String,
    /// Also who was it before, and who is to be it.
    #[arg(long)]
    all: bool,
    /// The date, and the knowledge.
    #[command(flatten)]
    asked: AsOf,
}

impl List {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let session = Session::open(globals)?;
        let id = names::framework(&session.engine, &self.framework)?;
        let frameworks = session.engine.frameworks()?;
        let (on, known_at) = (self.asked.on(session.today()), self.asked.known_at);
        // What was named for a later day is known on this one.
        let view = frameworks.framework_as_of(id, Asked { on: None, known_at });
        let organs = view.iter().flat_map(|view| &view.state.organs);
        let of_the_day = |o: &&travaux::domain::framework::OrganRecord| {
            self.all || (o.from <= on && o.until.is_none_or(|until| until >= on))
        };
        let lines = organs.filter(of_the_day).map(ListedOrgan::from);
        if session.output.is_json() {
            return session.output.lines(lines);
        }
        let rows = lines.map(|organ| {
            let until = organ
                .until
                .map_or("on".to_owned(), |day| format!("to {day}"));
            vec![
                organ.party.to_string(),
                one_line(organ.role).into_owned(),
                one_line(organ.office).into_owned(),
                organ
                    .address
                    .map_or(String::new(), |a| one_line(a).into_owned()),
                format!("from {} {until}", organ.from),
            ]
        });
        session.output.text(&table(&rows.collect::<Vec<_>>()))
    }
}
