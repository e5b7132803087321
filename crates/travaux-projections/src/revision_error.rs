//! Why a revision has no text, lines or words to show.

use travaux_domain::Revision;
use travaux_text::{Collisions, Lang, ProvisionId};

/// A question about a revision that the record of its agreement cannot answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RevisionError {
    /// The agreement has no revision of that number.
    #[error("there is no revision {revision}: they run from 1 to {revisions}")]
    NotFound {
        /// The revision that was asked for.
        revision: Revision,
        /// How many there are.
        revisions: usize,
    },
    /// Custody follows the adopted text, and the revision is no part of it.
    #[error("revision {revision} is not part of the adopted text, whose last revision is {last}")]
    NotAdopted {
        /// The revision that was asked for.
        revision: Revision,
        /// The last adopted one.
        last: Revision,
    },
    /// The provision does not stand in the revision's text.
    #[error("provision {provision} does not stand in revision {revision} ({lang})")]
    NoProvision {
        /// The revision that was asked for.
        revision: Revision,
        /// The provision.
        provision: ProvisionId,
        /// The language.
        lang: Lang,
    },
    /// The revision's operations do not fit the text that they were drawn up against.
    #[error("revision {revision} does not fit its base: {collisions}")]
    DoesNotFit {
        /// The revision that was asked for.
        revision: Revision,
        /// The operations that do not fit.
        collisions: Collisions,
    },
}
