//! What happened, in order.

use travaux::projections::Timeline;

use crate::screen::table;

/// A timeline for people: when it was recorded, who acted, what happened, from when it has effect.
pub(crate) fn timeline(timeline: &Timeline) -> String {
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
