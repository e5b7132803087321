//! `travaux figure import`

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::Args;
use travaux::{
    domain::{AggregateState, Context, FrameworkId, IndicatorId, StreamId},
    projections::Asked,
};
use travaux_import::sdmx::{Known, NotKnown, Planning, StructureId, plan, read_message};

use crate::{
    args::{GlobalArgs, date},
    error::CliError,
    input::read_text,
    names,
    session::Session,
    view,
};

/// Take a message of SDMX-CSV 2 in: all of it in one commit, or nothing.
///
/// Rows name the indicator as FRAMEWORK:INDICATOR(VERSION), by handles, and their reporter in
/// REF_AREA. M changes or adds what is told, R puts it in the place of all that was, D withdraws; I
/// and A of old are read as M.
#[derive(Debug, Args)]
#[command(after_help = "Example: travaux --as FR figure import figures.csv --on 2024-10-02")]
pub(crate) struct Import {
    /// The message.
    file: PathBuf,
    /// When it is done; the day of the data too, where no row says one.
    #[arg(long, value_name = "DATE", value_parser = date)]
    on: NaiveDate,
    /// Why figures are withdrawn that it deletes.
    #[arg(long, default_value = "deleted by a message")]
    reason: String,
}

impl Import {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let session = Session::open(globals)?;
        let engine = &session.engine;
        let name = self.file.display().to_string();
        let message = read_message(&name, &read_text(&self.file)?)?;
        let malformed = |what: &str| CliError::Usage(format!("{name}: {what}"));
        let first = message
            .rows
            .first()
            .ok_or_else(|| malformed("it tells of nothing"))?;
        let (subject, framework) = self.indicator(&session, &first.id)?;
        let frameworks = engine.frameworks()?;
        let known = frameworks.frameworks.get(&framework);
        let known = known.ok_or_else(|| malformed("its framework is not on record"))?;
        let context = Context::new(session.actor()?, engine.now());
        let state = AggregateState::Framework(std::sync::Arc::new(known.state.clone()));
        let planning = Planning {
            context: &context,
            on: self.on,
            reason: &self.reason,
            framework: (StreamId::Framework(framework), state),
        };
        let find = |id: &StructureId| {
            let (indicator, under) = self
                .indicator(&session, id)
                .map_err(|error| NotKnown(error.to_string()))?;
            if under != framework {
                return Err(NotKnown(format!(
                    "{id} stands under another framework than the first row"
                )));
            }
            let view = engine
                .indicator(indicator, Asked::default())
                .map_err(|error| NotKnown(error.to_string()))?;
            let view = view.ok_or_else(|| NotKnown(format!("there is no indicator {id}")))?;
            let state = std::sync::Arc::new(view.state);
            Ok(Known {
                id: indicator,
                state,
            })
        };
        let plan = plan((&name, &message), &planning, &find)?;
        if plan.commands.is_empty() {
            let text = "nothing to do: the message says what is on record";
            return Err(CliError::Usage(format!("{name}: {text}")));
        }
        let committed = engine.commit(None, &context.actor, plan.commands)?;
        view::done(&session, StreamId::Indicator(subject), &committed)
    }

    /// The indicator that a row names, and its framework: `FRAMEWORK:INDICATOR(VERSION)`.
    fn indicator(
        &self,
        session: &Session,
        id: &StructureId,
    ) -> Result<(IndicatorId, FrameworkId), CliError> {
        let engine = &session.engine;
        let framework = names::framework(engine, &id.agency)?;
        let indicator = names::indicator(engine, &id.id)?;
        let dossiers = engine.dossiers()?;
        let under = dossiers
            .indicators
            .get(&indicator)
            .and_then(|view| view.state().framework);
        if under == Some(framework) {
            return Ok((indicator, framework));
        }
        let text = format!("{id}: the indicator does not stand under that framework");
        Err(CliError::Usage(text))
    }
}
