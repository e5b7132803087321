//! `travaux declarations`

use clap::Args;
use travaux::domain::{StreamId, agreement::declaration::Declared};

use crate::{
    args::{AsOf, GlobalArgs},
    error::CliError,
    names,
    output::one_line,
    session::Session,
    view::{self, ShownDeclaration, in_brackets},
};

/// List the declarations of the parties to an agreement that stand on a date, as known at a time.
#[derive(Debug, Args)]
#[command(after_help = "Example: travaux declarations 0199 --party A --as-of 2026-05-01")]
pub(crate) struct Declarations {
    /// A handle, an id, or the beginning or end of one.
    agreement: String,
    /// Only those of this party.
    #[arg(long)]
    party: Option<String>,
    #[command(flatten)]
    asked: AsOf,
}

impl Declarations {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let session = Session::open(globals)?;
        let (id, record) = names::record(&session.engine, &self.agreement)?;
        names::was_known(&record, self.asked.known_at)?;
        let known = self.asked.known_at.map(|at| record.agreement.known_at(at));
        let then = known.as_ref().unwrap_or(&record.agreement);
        let on = self.asked.on(session.today());
        let of = self.party.as_deref();
        let parties = then.all_parties();
        if let Some(party) = of.filter(|of| !parties.iter().any(|p| p.0.as_str() == *of)) {
            let parties: Vec<_> = parties.iter().map(ToString::to_string).collect();
            let parties = parties.join(", ");
            return Err(CliError::Usage(format!(
                "there is no party `{party}`: the parties are {parties}"
            )));
        }
        let declared = then.declared_on(on);
        let declared = declared.filter(|own| of.is_none_or(|of| own.by.0.as_str() == of));
        let declared: Vec<Declared> = declared.collect();
        let positions = names::positions(&session.engine, StreamId::Agreement(id))?;
        if session.output.is_json() {
            let shown = declared.into_iter().map(|own| {
                let event = positions.of(own.event);
                ShownDeclaration::new(own, event)
            });
            return session.output.lines(shown);
        }
        let title = then.identity.as_ref().map(|i| one_line(&i.title));
        let handle = names::handle_of(&session.engine, StreamId::Agreement(id))?;
        let known_at = self.asked.known_at;
        let known = known_at.map_or_else(String::new, |at| {
            format!(", as known at {}", view::instant(at))
        });
        let mut out = format!(
            "{}{}\non {on}{known}:\n",
            title.unwrap_or_default(),
            in_brackets(handle.as_ref())
        );
        for own in &declared {
            out += &told(own, on);
        }
        if declared.is_empty() {
            out += "  no declaration\n";
        }
        session.output.text(&out)
    }
}

/// A declaration in a line, and what others make of it in one each.
fn told(own: &Declared, on: chrono::NaiveDate) -> String {
    let what = own.declares.describe(&own.words);
    let what = one_line(&what);
    let effect = match own.since {
        Some(since) if since == own.made_on => String::new(),
        Some(since) if since <= on => format!(", with effect since {since}"),
        Some(since) => format!(", with effect from {since}"),
        None => ", without effect yet".to_owned(),
    };
    let mut out = format!(
        "  {} of {}, {}{effect}: {what}\n",
        own.number, own.by, own.made_on
    );
    for (party, view) in &own.views {
        out += &format!("    {party} {} it\n", view.name());
    }
    for (party, at) in &own.notified {
        out += &format!("    notified to {party} on {at}\n");
    }
    out
}
