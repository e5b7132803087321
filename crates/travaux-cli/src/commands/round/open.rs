//! `travaux round open`

use chrono::NaiveDate;
use clap::Args;
use travaux::domain::{
    Handle, StreamCommand,
    package::{Member, MemberStanding, PackageCommand, RoundCommand, RoundOpening},
};

use super::member::words;
use crate::{
    args::{GlobalArgs, date},
    commands::begin::begin,
    error::CliError,
    names,
    session::Session,
};

/// Open a round: agreements under a framework that are to be revised together.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: travaux --as FR round open pact security visas --title 'Spring round' --mandate 'en=bring both up to date' --on 2025-02-01"
)]
pub(crate) struct Open {
    /// The framework: a handle, an id, or the beginning or end of one.
    framework: String,
    /// The agreements that are to be revised.
    #[arg(required = true)]
    members: Vec<String>,
    /// What it is called.
    #[arg(long)]
    title: String,
    /// What is to be negotiated, in a language; named again for each language.
    #[arg(long, required = true, value_name = "LANG=WORDS", value_parser = words)]
    mandate: Vec<(travaux_text::Lang, String)>,
    /// When it is opened.
    #[arg(long, value_name = "DATE", value_parser = date)]
    on: NaiveDate,
    /// What people call it; made from the title if nothing is said.
    #[arg(long)]
    handle: Option<Handle>,
}

impl Open {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let session = Session::open(globals)?;
        let engine = &session.engine;
        let framework = names::framework(engine, &self.framework)?;
        let member = |name: &String| {
            let (agreement, record) = names::record(engine, name)?;
            let identity = record.agreement.identity.as_ref();
            let parties = identity.iter().flat_map(|identity| &identity.parties);
            Ok(Member {
                agreement,
                parties: parties.map(|party| party.id.clone()).collect(),
                standing: MemberStanding::default(),
            })
        };
        let members = self
            .members
            .iter()
            .map(member)
            .collect::<Result<_, CliError>>()?;
        let opening = RoundOpening {
            on: self.on,
            title: self.title,
            framework,
            mandate: self.mandate.into_iter().collect(),
            members,
            of: None,
        };
        let id = engine.new_package_id();
        let open = PackageCommand::Round(RoundCommand::Open(opening));
        begin(&session, StreamCommand::Package(id, open), self.handle)
    }
}
