//! `travaux terms show`

use clap::Args;

use crate::{
    args::{AsOf, GlobalArgs},
    error::CliError,
    names,
    output::one_line,
    session::Session,
    view::{ShownExchange, in_brackets},
};

/// Show an exchange of information as it stood on a date: its terms, calendars and results.
#[derive(Debug, Args)]
#[command(after_help = "Example: travaux terms show data --as-of 2025-06-01")]
pub(crate) struct Show {
    /// A handle, an id, or the beginning or end of one.
    exchange: String,
    /// The date, and the knowledge of the exchange.
    #[command(flatten)]
    asked: AsOf,
}

impl Show {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let session = Session::open(globals)?;
        let engine = &session.engine;
        let id = names::exchange(engine, &self.exchange)?;
        let (on, asked) = self.asked.asked(session.today());
        let dossiers = engine.dossiers()?;
        let view = dossiers
            .exchanges
            .get(&id)
            .and_then(|view| view.as_of(asked));
        let shown = view
            .as_ref()
            .and_then(|view| ShownExchange::new(id, view, on));
        let Some(shown) = shown else {
            let text = format!("on {on} there is no such exchange; ask for a later date or time");
            return Err(CliError::Usage(text));
        };
        if session.output.is_json() {
            return session.output.document(&shown);
        }
        session.output.text(&told(&shown))
    }
}

fn told(shown: &ShownExchange<'_>) -> String {
    let line = &shown.exchange;
    let called = in_brackets(line.handle);
    let mut out = format!("{}{called}\n", one_line(line.title));
    out += &format!("  by {}\n", one_line(line.instrument));
    for (party, contact) in line.contacts {
        let zone = shown
            .calendars
            .get(party)
            .map_or("no calendar", |zone| zone);
        out += &format!("  {party}: {contact}, {zone}\n");
    }
    for limit in &shown.limits {
        out += &format!("  limit {}: {}\n", limit.key, limit.period);
    }
    for result in &shown.results {
        let by: Vec<_> = result.claimed_by.iter().map(ToString::to_string).collect();
        let (kind, count, on) = (result.kind, result.count, result.date);
        out += &format!(
            "  result {}: {kind}, {count}, {on}, claimed by {}\n",
            result.key,
            by.join(", ")
        );
    }
    out
}
