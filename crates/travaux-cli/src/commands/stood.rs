//! What the commands share that show something as it stood on a date, as known at a time.

use std::{borrow::Cow, collections::BTreeMap, sync::Arc};

use travaux::{
    domain::partnership::Dossier,
    projections::{Asked, DossierView},
};

use crate::{error::CliError, session::Session, view};

/// The streams of a kind as they stood; those that had not begun are left out.
pub(super) fn stood<'a, I: Copy, A: Dossier>(
    all: &'a BTreeMap<I, Arc<DossierView<A>>>,
    asked: Asked,
) -> Vec<(I, Cow<'a, DossierView<A>>)> {
    all.iter()
        .filter_map(|(id, view)| Some((*id, view.as_of(asked)?)))
        .collect()
}

/// That there was no such thing on the day that is asked about.
pub(super) fn not_there(session: &Session, what: &str, asked: Asked) -> CliError {
    let at = asked.known_at.unwrap_or_else(|| session.engine.now());
    let on = asked.on.map_or_else(String::new, |on| on.to_string());
    CliError::Usage(format!(
        "on {on}, as known at {}, there is no such {what}; ask for a later date or time",
        view::instant(at)
    ))
}
