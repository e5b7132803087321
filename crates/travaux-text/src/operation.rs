//! The closed list of changes to a text. Each is executable, and refuses to run where it does not fit.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{Body, Digest, Lang, NewProvision, ProvisionId};

/// One value per language.
pub type Localized<T> = BTreeMap<Lang, T>;

/// A place in the reading order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Anchor {
    /// At the very beginning.
    Start,
    /// At the very end.
    End,
    /// In front of a provision.
    Before(ProvisionId),
    /// Behind a provision and all that it contains.
    After(ProvisionId),
    /// As the first thing that a provision contains.
    First(ProvisionId),
}

impl Anchor {
    /// The provision that the anchor names, if it names one.
    pub fn provision(self) -> Option<ProvisionId> {
        match self {
            Self::Start | Self::End => None,
            Self::Before(id) | Self::After(id) | Self::First(id) => Some(id),
        }
    }
}

/// A change of words at a known place of a provision's text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edit {
    /// Where, in bytes from the start of the provision's text (label and heading not counted).
    pub at: u32,
    /// The words that must stand there, and go.
    pub remove: String,
    /// The words that come in their place.
    pub insert: String,
}

/// The markup around a provision's label and heading.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Layout {
    /// What stands before the label.
    pub before: String,
    /// What stands between label and heading.
    pub between: String,
    /// The label, where it changes to one that the document repeats elsewhere.
    #[serde(default)]
    pub label: Option<String>,
}

/// A change to a text. Preconditions are in each variant's words; an operation whose precondition fails changes nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Operation {
    /// New provisions at a place. The anchor must stand.
    Insert {
        /// Where.
        at: Anchor,
        /// What, in reading order; the first may contain the following by rank.
        provisions: Vec<NewProvision>,
    },
    /// Other words for a whole provision, which keeps its identity; words in a language that it did not have
    /// yet are added. It must stand and, where `expect` is given, its bytes must have that digest.
    Replace {
        /// Which.
        provision: ProvisionId,
        /// SHA-256 of the provision's present bytes, per language.
        #[serde(default)]
        expect: Localized<Digest>,
        /// The new wording, for every language of the text.
        bodies: Localized<Body>,
    },
    /// Words for words. `find` must occur exactly `count` times in the provision's text.
    SubstituteWords {
        /// Which.
        provision: ProvisionId,
        /// In which language.
        lang: Lang,
        /// The words to find.
        find: String,
        /// The words to put.
        with: String,
        /// How often they must occur; all of them are replaced.
        count: u32,
    },
    /// Words at known places, as an inferred or drafted comparison yields them. Each edit's `remove` must stand at its place.
    EditWords {
        /// Which.
        provision: ProvisionId,
        /// In which language.
        lang: Lang,
        /// The edits, by ascending place in the text before this operation.
        edits: Vec<Edit>,
    },
    /// The end of provisions. They must stand. With a notice ("(abrogé)") each stays as a tombstone under its label, with
    /// what it contains gone; without one they vanish from the printed text. Their ids are never used again either way.
    Repeal {
        /// Which.
        provisions: Vec<ProvisionId>,
        /// What is printed in their place, per language; empty for nothing.
        #[serde(default)]
        notice: Localized<String>,
    },
    /// The end of exactly these provisions, and of nothing that they contain. Inference writes it.
    Remove {
        /// Which, each of which must stand.
        provisions: Vec<ProvisionId>,
    },
    /// Another label. When all operations of the revision have run, no sibling may have the same one.
    Renumber {
        /// Which.
        provision: ProvisionId,
        /// The new labels.
        labels: Localized<String>,
    },
    /// Another place for a provision and all that it contains. The anchor must stand outside of it.
    Move {
        /// Which.
        provision: ProvisionId,
        /// Where.
        at: Anchor,
    },
    /// Another place for exactly these provisions, in this order, without what they contain. Inference writes it.
    Reorder {
        /// Which.
        provisions: Vec<ProvisionId>,
        /// Where.
        at: Anchor,
    },
    /// Another heading. It must stand.
    SetHeading {
        /// Which.
        provision: ProvisionId,
        /// The new headings.
        headings: Localized<String>,
    },
    /// Other kind, rank or markup under the same words. Inference writes it where a document was reformatted.
    Reformat {
        /// Which.
        provision: ProvisionId,
        /// Its kind from now on.
        kind: crate::Kind,
        /// Its rank from now on.
        rank: u8,
        /// The markup, per language.
        layout: Localized<Layout>,
    },
    /// A new text as a whole: every provision is declared anew. What stood before ends.
    Restate {
        /// All provisions, in reading order.
        provisions: Vec<NewProvision>,
    },
}

impl Operation {
    /// A substitution of words; see [`Operation::SubstituteWords`].
    pub fn substitute(
        provision: ProvisionId,
        lang: Lang,
        find: &str,
        with: &str,
        count: u32,
    ) -> Self {
        Self::SubstituteWords {
            provision,
            lang,
            find: find.into(),
            with: with.into(),
            count,
        }
    }

    /// A repeal that leaves a tombstone; see [`Operation::Repeal`].
    pub fn repeal(provision: ProvisionId, notice: Localized<String>) -> Self {
        Self::Repeal {
            provisions: vec![provision],
            notice,
        }
    }

    /// The provisions that stand already and that the operation changes; of an insertion, the one that it is anchored to.
    pub fn provisions(&self) -> Vec<ProvisionId> {
        match self {
            Self::Insert { at, .. } => at.provision().into_iter().collect(),
            Self::Repeal { provisions, .. }
            | Self::Remove { provisions }
            | Self::Reorder { provisions, .. } => provisions.clone(),
            Self::Replace { provision, .. }
            | Self::SubstituteWords { provision, .. }
            | Self::EditWords { provision, .. }
            | Self::Renumber { provision, .. }
            | Self::Move { provision, .. }
            | Self::SetHeading { provision, .. }
            | Self::Reformat { provision, .. } => vec![*provision],
            Self::Restate { .. } => Vec::new(),
        }
    }

    /// The languages in which the operation changes words of provisions that stand.
    pub fn languages(&self) -> Vec<Lang> {
        match self {
            Self::SubstituteWords { lang, .. } | Self::EditWords { lang, .. } => vec![*lang],
            Self::Replace { bodies, .. } => bodies.keys().copied().collect(),
            Self::SetHeading { headings, .. } => headings.keys().copied().collect(),
            _ => Vec::new(),
        }
    }

    /// Whether the operation touches wording alone, and neither structure nor numbers.
    pub fn is_of_wording(&self) -> bool {
        matches!(
            self,
            Self::SubstituteWords { .. }
                | Self::EditWords { .. }
                | Self::Replace { .. }
                | Self::SetHeading { .. }
        )
    }

    /// The provisions that the operation brings in.
    pub fn new_provisions(&self) -> &[NewProvision] {
        match self {
            Self::Insert { provisions, .. } | Self::Restate { provisions } => provisions,
            _ => &[],
        }
    }
}

/// Gives the operations their names. One that is left out does not compile.
macro_rules! names {
    ($($variant:ident = $name:literal),* $(,)?) => {
        impl Operation {
            /// The names of all operations.
            pub const NAMES: &[&str] = &[$($name),*];

            /// Its name, as serde has it.
            pub fn name(&self) -> &'static str {
                match self {
                    $(Self::$variant { .. } => $name,)*
                }
            }
        }
    };
}

names! {
    Insert = "insert",
    Replace = "replace",
    SubstituteWords = "substitute_words",
    EditWords = "edit_words",
    Repeal = "repeal",
    Remove = "remove",
    Renumber = "renumber",
    Move = "move",
    Reorder = "reorder",
    SetHeading = "set_heading",
    Reformat = "reformat",
    Restate = "restate",
}
