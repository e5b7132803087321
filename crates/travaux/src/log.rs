//! What became of a commit.

use travaux_domain::Recorded;

/// What a commit wrote.
#[derive(Clone, Debug)]
pub struct Committed {
    /// Its events, in order.
    pub events: Vec<Recorded>,
    /// Whether it stood there already, so that nothing was written now.
    pub repeated: bool,
}
