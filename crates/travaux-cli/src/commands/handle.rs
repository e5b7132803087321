//! `travaux handle`

use clap::{Args, Subcommand};
use travaux::domain::Handle as Name;

use crate::{
    args::GlobalArgs,
    error::CliError,
    names::{self, Kind},
    screen::table,
    session::Session,
    view::{self, ListedHandle},
};

/// What people call agreements, frameworks and packages.
#[derive(Debug, Subcommand)]
#[command(disable_help_subcommand = true)]
pub(crate) enum Handle {
    Give(Give),
    List(List),
}

impl Handle {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        match self {
            Self::Give(command) => command.run(globals),
            Self::List(command) => command.run(globals),
        }
    }
}

/// Give a handle to what has none, as it was recorded before there were any; or a further one.
#[derive(Debug, Args)]
#[command(after_help = "Example: travaux --as FR handle give 0199 sec")]
pub(crate) struct Give {
    /// An agreement, a framework or a package: a handle, an id, or the beginning or end of one, or
    /// an imported path.
    name: String,
    /// The handle: letters a-z, digits and hyphens. It never names anything else in this store.
    handle: Name,
}

impl Give {
    fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let session = Session::open(globals)?;
        let kinds = [Kind::Agreement, Kind::Framework, Kind::Package];
        let to = names::find(&session.engine, &self.name, &kinds)?;
        let acts = vec![self.handle.give(to)];
        let committed = session.engine.commit(None, &session.actor()?, acts)?;
        view::done(&session, to, &committed)
    }
}

/// List all handles that were ever given, and what each names.
#[derive(Debug, Args)]
#[command(after_help = "Example: travaux handle list")]
pub(crate) struct List;

impl List {
    fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let session = Session::open(globals)?;
        let mut lines: Vec<_> = names::all(&session.engine)?
            .into_iter()
            .flat_map(|known| {
                let (kind, id, title) = (known.kind.name(), known.id.to_string(), known.title);
                known.handles.into_iter().map(move |handle| ListedHandle {
                    handle,
                    kind,
                    id: id.clone(),
                    title: title.clone(),
                })
            })
            .collect();
        lines.sort_by(|a, b| a.handle.cmp(&b.handle));
        if session.output.is_json() {
            return session.output.lines(lines);
        }
        let row = |line: &ListedHandle| {
            let handle = line.handle.to_string();
            vec![
                handle,
                line.kind.to_owned(),
                line.id.clone(),
                line.title.clone(),
            ]
        };
        session
            .output
            .text(&table(&lines.iter().map(row).collect::<Vec<_>>()))
    }
}
