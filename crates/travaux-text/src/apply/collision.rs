//! Why an operation does not fit a text.

use serde::{Deserialize, Serialize};

use crate::{Digest, Lang, ProvisionId};

/// Why an operation does not fit a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum CollisionReason {
    /// The provision does not stand: it was repealed, or never was.
    #[error("provision {provision} does not stand in this text")]
    NoSuchProvision {
        /// Which.
        provision: ProvisionId,
    },
    /// The provision has no wording in the language.
    #[error("provision {provision} has no {lang} text")]
    NoSuchLanguage {
        /// Which.
        provision: ProvisionId,
        /// Which language.
        lang: Lang,
    },
    /// The words occur another number of times.
    #[error("`{find}` occurs {found} times in provision {provision} ({lang}), expected {expected}")]
    Occurrences {
        /// Which.
        provision: ProvisionId,
        /// In which language.
        lang: Lang,
        /// The words.
        find: String,
        /// How often they were to occur.
        expected: u32,
        /// How often they do.
        found: u32,
    },
    /// Other words stand at the place.
    #[error("provision {provision} ({lang}) has `{found}` at byte {at}, expected `{expected}`")]
    OtherWords {
        /// Which.
        provision: ProvisionId,
        /// In which language.
        lang: Lang,
        /// Where.
        at: u32,
        /// What was to stand there.
        expected: String,
        /// What does.
        found: String,
    },
    /// The provision's bytes changed.
    #[error(
        "provision {provision} ({lang}) was changed: its digest is {found}, expected {expected}"
    )]
    OtherDigest {
        /// Which.
        provision: ProvisionId,
        /// In which language.
        lang: Lang,
        /// The digest that was to be.
        expected: Digest,
        /// The digest that is.
        found: Digest,
    },
    /// A sibling has the label already.
    #[error("`{label}` is already the label of provision {holder}")]
    LabelTaken {
        /// The label.
        label: String,
        /// Who has it.
        holder: ProvisionId,
    },
    /// The place lies within what is to be moved there.
    #[error("provision {provision} cannot be moved into itself")]
    IntoItself {
        /// Which.
        provision: ProvisionId,
    },
}

/// An operation that does not fit, by its place among the operations: from 0 here, from 1 in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("operation {} ({name}): {reason}", .operation + 1)]
pub struct Collision {
    /// Its place, from 0.
    pub operation: usize,
    /// Its name.
    pub name: String,
    /// Why.
    pub reason: CollisionReason,
}

/// All operations that do not fit, at least one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
pub struct Collisions(pub Vec<Collision>);
