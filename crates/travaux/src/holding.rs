//! Where to look for what keeps an area open, or an agreement under its framework.

use travaux_domain::{Aggregate, StreamId};
use travaux_projections::{Dossiers, Frameworks};

use crate::{Error, core::Core};

/// The streams in which something is open, as the views of the whole log know: one line a kind.
pub(crate) fn streams(core: &Core) -> Result<Vec<StreamId>, Error> {
    let views = core.views.current(&*core.store)?;
    let mut streams = Vec::new();
    if let Some(frameworks) = views.get::<Frameworks>() {
        let packages = frameworks.packages.iter();
        streams.extend(packages.filter_map(|(id, p)| holds(StreamId::Package(*id), &p.state)));
    }
    if let Some(dossiers) = views.get::<Dossiers>() {
        let meetings = dossiers.meetings.iter();
        streams.extend(meetings.filter_map(|(id, m)| holds(StreamId::Meeting(*id), &m.state)));
        let bodies = dossiers.bodies.iter();
        streams.extend(bodies.filter_map(|(id, b)| holds(StreamId::Body(*id), &b.state)));
        let requests = dossiers.requests.iter();
        streams.extend(requests.filter_map(|(id, r)| holds(StreamId::Request(*id), &r.state)));
    }
    Ok(streams)
}

fn holds<A: Aggregate>(stream: StreamId, state: &A) -> Option<StreamId> {
    (!state.keeps(stream).is_empty()).then_some(stream)
}
