//! `travaux history`

use travaux::{
    domain::{FrameworkId, StreamId},
    projections::Timeline,
};

use crate::{error::CliError, names, output::table, session::Session};

/// The streams under a framework: its own, its packages', its agreements'.
pub(crate) fn streams(
    session: &Session,
    framework: FrameworkId,
) -> Result<Vec<StreamId>, CliError> {
    let frameworks = session.engine.frameworks()?;
    let mut streams = vec![StreamId::Framework(framework)];
    if let Some(view) = frameworks.frameworks.get(&framework) {
        streams.extend(view.packages.iter().map(|id| StreamId::Package(*id)));
        streams.extend(
            view.state
                .agreements
                .iter()
                .map(|(id, _)| StreamId::Agreement(*id)),
        );
    }
    Ok(streams)
}

pub(crate) fn run(session: &Session, name: &str) -> Result<(), CliError> {
    let streams = match names::framework(&session.engine, name) {
        Ok(framework) => streams(session, framework)?,
        Err(_) => vec![StreamId::Agreement(names::record(&session.engine, name)?.0)],
    };
    let timeline = session.engine.timeline(streams)?;
    if session.output.is_json() {
        return session.output.lines(timeline.entries);
    }
    session.output.text(&render(&timeline))
}

/// A timeline for people: when it was recorded, who acted, what happened, from when it has effect.
pub(crate) fn render(timeline: &Timeline) -> String {
    let rows: Vec<_> = timeline
        .entries
        .iter()
        .map(|e| {
            let done = e.done_at.unwrap_or(e.recorded_at);
            let effect = e
                .effective_from
                .map(|d| format!(" → applies from {d}"))
                .unwrap_or_default();
            vec![
                format!("{:>5}", e.position),
                done.format("%Y-%m-%d").to_string(),
                e.actor.clone(),
                format!("{}{effect}", e.what),
            ]
        })
        .collect();
    table(&rows)
}
