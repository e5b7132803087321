//! `travaux package list`

use clap::Args;

use crate::{
    args::{AsOf, GlobalArgs},
    error::CliError,
    screen::table,
    session::Session,
    view::{ListedPackage, called},
};

/// List the packages, as they stood on a day. What was proposed, accepted, rejected, adopted or withdrawn
/// as a whole counts from when it was recorded.
#[derive(Debug, Args)]
#[command(after_help = "Example: travaux package list")]
pub(crate) struct List {
    #[command(flatten)]
    asked: AsOf,
}

impl List {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let session = Session::open(globals)?;
        let view = session.engine.frameworks()?;
        let register = session.engine.register()?;
        let dossiers = session.engine.dossiers()?;
        let asked = self.asked.asked_if_named(session.today());
        let packages = view.packages.keys();
        let packages = packages.filter_map(|id| Some((*id, view.package(*id, asked)?)));
        let packages: Vec<_> = packages.collect();
        let lines = packages
            .iter()
            .map(|(id, view)| ListedPackage::new(*id, view, (&register, &dossiers), asked));
        if session.output.is_json() {
            return session.output.lines(lines);
        }
        let row = |line: ListedPackage<'_>| {
            let (id, status) = (line.id.to_string(), line.status.to_string());
            vec![id, called(line.handle), status, line.title.to_owned()]
        };
        session
            .output
            .text(&table(&lines.map(row).collect::<Vec<_>>()))
    }
}
