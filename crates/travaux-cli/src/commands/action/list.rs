//! `travaux action list`

use clap::Args;
use travaux::domain::{Name, roadmap::Timing};

use super::rows;
use crate::{
    args::{AsOf, GlobalArgs, language},
    commands::roadmap::of_the_day,
    error::CliError,
    names,
    screen::table,
    session::Session,
    view::ListedAction,
};

/// List the actions of a roadmap in the order in which they are due, as they stood on a date.
#[derive(Debug, Args)]
#[command(after_help = "Example: travaux action list plan --overdue --as-of 2025-07-15")]
pub(crate) struct List {
    /// The roadmap: a handle, an id, or the beginning or end of one.
    roadmap: String,
    /// Those that are late.
    #[arg(long)]
    overdue: bool,
    /// Those that are at risk.
    #[arg(long)]
    at_risk: bool,
    /// Those that neither were completed nor ended.
    #[arg(long)]
    open: bool,
    /// Those whose due date was moved.
    #[arg(long)]
    moved: bool,
    /// Those of an area, by its key.
    #[arg(long)]
    area: Option<Name>,
    /// Those that a party leads.
    #[arg(long, value_name = "PARTY")]
    lead: Option<Name>,
    /// The language of what is shown; the first one on record, where there is no such.
    #[arg(long, default_value = "en")]
    lang: String,
    /// The date, and the knowledge of the roadmap.
    #[command(flatten)]
    asked: AsOf,
}

impl List {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let session = Session::open(globals)?;
        let id = names::roadmap(&session.engine, &self.roadmap)?;
        let lang = language(&self.lang)?;
        of_the_day(&session, id, &self.asked, |view, asked| {
            let Some(on) = asked.on else { return Ok(()) };
            let mut lines = ListedAction::all(id, &view.state, on);
            lines.retain(|action| self.wants(action));
            match session.output.is_json() {
                true => session.output.lines(lines),
                false => session.output.text(&table(&rows(&lines, lang))),
            }
        })
    }

    fn wants(&self, action: &ListedAction<'_>) -> bool {
        let timing = action.timing_is();
        let open = !matches!(timing, Timing::Done { .. } | Timing::Ended);
        let late = matches!(timing, Timing::Late { .. });
        let at_risk = matches!(timing, Timing::AtRisk { .. });
        let any = !(self.overdue || self.at_risk);
        let lead = |party: &Name| action.leads.iter().any(|lead| lead.party.0 == *party);
        (any || self.overdue && late || self.at_risk && at_risk)
            && (!self.open || open)
            && (!self.moved || action.moves > 0)
            && self.area.as_ref().is_none_or(|area| area == action.area)
            && self.lead.as_ref().is_none_or(lead)
    }
}
