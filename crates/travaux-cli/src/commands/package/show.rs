//! `travaux package show`

use clap::Args;
use travaux::{Error, NotFound, domain::package::Round, projections::Register};

use crate::{
    args::{AsOf, GlobalArgs},
    commands::meeting,
    error::CliError,
    names,
    output::one_line,
    session::Session,
    view::{ListedPackage, in_brackets},
};

/// Show a package, as it stood on a day. What was proposed, accepted, rejected, adopted or withdrawn as
/// a whole counts from when it was recorded.
#[derive(Debug, Args)]
#[command(after_help = "Example: travaux package show 0199")]
pub(crate) struct Show {
    /// A handle, an id, or the beginning or end of one.
    package: String,
    #[command(flatten)]
    asked: AsOf,
}

impl Show {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let session = Session::open(globals)?;
        let id = names::package(&session.engine, &self.package)?;
        let frameworks = session.engine.frameworks()?;
        let asked = self.asked.asked_if_named(session.today());
        let view = frameworks.package(id, asked).ok_or_else(|| {
            let text = "nothing of that name was on record then; ask for a later day, or time";
            CliError::Usage(text.to_owned())
        })?;
        let register = session.engine.register()?;
        let dossiers = session.engine.dossiers()?;
        let shown = ListedPackage::new(id, &view, (&register, &dossiers), asked);
        if session.output.is_json() {
            return session.output.document(&shown);
        }
        let proposal = view.state.proposal.as_ref();
        let proposal = proposal.ok_or_else(|| Error::from(NotFound::Package(id)))?;
        let mut out = format!(
            "{}\npackage {id}{}: {}\n",
            one_line(&proposal.title),
            in_brackets(view.handle.as_ref()),
            one_line(&view.state.status().to_string())
        );
        if let Some(round) = &view.state.round {
            out += &round_of(round, &register);
        }
        let items = proposal.items.iter();
        for item in items.filter(|_| view.state.round.is_none()) {
            let entry = register.agreements.get(&item.agreement);
            let (title, handle) = entry.map_or(("", None), |e| (&*e.title, e.handle.as_ref()));
            out += &format!(
                "  agreement {}{} revision {}: {}\n",
                item.agreement,
                in_brackets(handle),
                item.revision,
                one_line(title)
            );
        }
        let parties = proposal.parties.iter();
        for party in parties.filter(|_| view.state.round.is_none()) {
            match view.state.answers.get(party) {
                Some(answer) => {
                    out += &format!("  {party}: {}\n", one_line(&answer.to_string()));
                }
                None => out += &format!("  {party}: no answer yet\n"),
            }
        }
        out += &meeting::follows(&names::by_stream(&session.engine)?, "  ", &shown.follows);
        session.output.text(&out)
    }
}

/// What a round is for, and how each of its members stands.
fn round_of(round: &Round, register: &Register) -> String {
    let mut out = String::new();
    for (lang, mandate) in &round.opening.mandate {
        out += &format!("  mandate ({lang}): {}\n", one_line(mandate));
    }
    for member in round.members.values() {
        let entry = register.agreements.get(&member.agreement);
        let (title, handle) = entry.map_or(("", None), |e| (&*e.title, e.handle.as_ref()));
        out += &format!(
            "  agreement {}{}: {}\n    {}\n",
            member.agreement,
            in_brackets(handle),
            one_line(title),
            one_line(&member.state().to_string())
        );
    }
    out
}
