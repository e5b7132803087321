//! How many bytes the state of a stream takes in memory.

use std::sync::Arc;

use travaux_domain::{AggregateState, agreement::Agreement};
use travaux_projections::weight;
use travaux_text::Custody;

/// The bytes that a state and the custody of its words take.
pub(crate) fn of_state(state: &AggregateState, custody: &Custody) -> usize {
    let AggregateState::Agreement(agreement) = state else {
        return weight(state);
    };
    let bare = Agreement {
        history: Arc::default(),
        ..Agreement::clone(agreement)
    };
    weight(&bare) + agreement.history.heap_size() + custody.heap_size()
}
