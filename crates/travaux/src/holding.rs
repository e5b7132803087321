//! Where to look for what keeps an area open, or an agreement under its framework.

use travaux_domain::{Aggregate as _, StreamId};
use travaux_projections::{Dossiers, Frameworks};

use crate::{Error, core::Core};

/// The streams in which something is open, as the views of the whole log know.
pub(crate) fn streams(core: &Core) -> Result<Vec<StreamId>, Error> {
    let views = core.views.current(&*core.store)?;
    let mut streams = Vec::new();
    if let Some(frameworks) = views.get::<Frameworks>() {
        let packages = frameworks.packages.iter();
        let packages = packages.map(|(id, view)| (StreamId::Package(*id), &view.state));
        let open = packages.filter(|(stream, package)| !package.keeps(*stream).is_empty());
        streams.extend(open.map(|(stream, _)| stream));
    }
    if let Some(dossiers) = views.get::<Dossiers>() {
        streams.extend(dossiers.holding());
    }
    Ok(streams)
}
