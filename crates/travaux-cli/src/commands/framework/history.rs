//! `travaux framework history`

use std::collections::BTreeSet;

use clap::Args;
use travaux::domain::{FrameworkId, StreamId};

use crate::{
    args::GlobalArgs,
    error::CliError,
    names,
    session::Session,
    view::{self, Happened},
};

/// Show what happened under a framework.
#[derive(Debug, Args)]
#[command(after_help = "Example: travaux framework history 0199")]
pub(crate) struct History {
    /// A handle, an id, or the beginning or end of one.
    framework: String,
}

impl History {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let session = Session::open(globals)?;
        let id = names::framework(&session.engine, &self.framework)?;
        tell(&session, streams(&session, id)?)
    }
}

/// What happened on these streams, the giving of their handles included.
pub(in crate::commands) fn tell(
    session: &Session,
    mut streams: Vec<StreamId>,
) -> Result<(), CliError> {
    let engine = &session.engine;
    let register = engine.register()?;
    let given = register.handles.iter();
    let given = given.filter(|(_, to)| streams.contains(to));
    let given: Vec<_> = given
        .map(|(handle, _)| StreamId::Naming(handle.stream_id()))
        .collect();
    let several = streams.len() > 1;
    streams.extend(given);
    let timeline = engine.timeline(streams)?;
    let handles = names::by_stream(engine)?;
    if session.output.is_json() {
        let lines = timeline.entries.iter();
        return session.output.lines(lines.map(|entry| Happened {
            handle: handles.get(&entry.stream),
            entry: entry.clone(),
        }));
    }
    let text = match several {
        true => view::timeline_of_several(&timeline, &handles),
        false => view::timeline_with_handles(&timeline, &handles),
    };
    session.output.text(&text)
}

/// The streams under a framework: its own, its packages', its agreements', its meetings',
/// its joint bodies', its roadmaps', its indicators'.
pub(crate) fn streams(
    session: &Session,
    framework: FrameworkId,
) -> Result<Vec<StreamId>, CliError> {
    let frameworks = session.engine.frameworks()?;
    let mut streams = vec![StreamId::Framework(framework)];
    if let Some(view) = frameworks.frameworks.get(&framework) {
        streams.extend(view.packages.iter().map(|id| StreamId::Package(*id)));
        // Also those that were released: they were under it.
        let inclusions = view.state.inclusions.iter();
        let ever: BTreeSet<_> = inclusions.map(|i| i.agreement).collect();
        streams.extend(ever.into_iter().map(StreamId::Agreement));
    }
    let dossiers = session.engine.dossiers()?;
    let meetings = dossiers.meetings_under(framework);
    streams.extend(meetings.map(|(id, _)| StreamId::Meeting(id)));
    let bodies = dossiers.bodies_under(framework);
    streams.extend(bodies.map(|(id, _)| StreamId::Body(id)));
    let roadmaps = dossiers.roadmaps_under(framework);
    streams.extend(roadmaps.map(|(id, _)| StreamId::Roadmap(id)));
    let procedures = dossiers.procedures_under(framework);
    streams.extend(procedures.map(|(id, _)| StreamId::Procedure(id)));
    let indicators = dossiers.indicators_under(framework);
    streams.extend(indicators.map(|(id, _)| StreamId::Indicator(id)));
    Ok(streams)
}
