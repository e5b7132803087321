//! What the commands say of declarations.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use travaux::domain::{
    PartyId,
    agreement::declaration::{Declared, Declares, View},
};
use travaux_text::ProvisionId;

use super::wire::{documents, tagged};

documents! {
    /// A declaration of a party, as it stands on a date.
    pub(crate) struct ShownDeclaration {
        /// Its number.
        number: u32,
        /// Whose it is.
        by: PartyId,
        /// When it was made.
        made_on: NaiveDate,
        /// From when it has effect; none, while that waits for something.
        since: Option<NaiveDate>,
        /// What it declares.
        declares: ShownDeclares,
        /// In which words.
        words: String,
        /// What others make of it.
        views: BTreeMap<PartyId, View>,
        /// Who was notified of it, and when.
        notified: BTreeMap<PartyId, NaiveDate>,
        /// The event that made it, by its position in the log.
        event: Option<u64>,
    }
}

tagged! {
    /// What a declaration declares.
    ShownDeclares by "kind" {
        /// How the party understands the agreement.
        Interpretation = "interpretation" {
            /// The provisions that it is about; the whole, if none is named.
            provisions: Vec<ProvisionId>,
        }
        /// To which further territories the agreement applies.
        Extension = "extension" {
            /// The territories.
            territories: Vec<String>,
        }
        /// To which territories it does not apply.
        Exclusion = "exclusion" {
            /// The territories.
            territories: Vec<String>,
        }
        /// Who acts for the party.
        Authority = "authority" {
            /// For what.
            purpose: String,
            /// Who.
            name: String,
        }
        /// Something else.
        Other = "other" {}
    }
}

impl From<Declares> for ShownDeclares {
    fn from(declares: Declares) -> Self {
        match declares {
            Declares::Interpretation { provisions } => Self::Interpretation { provisions },
            Declares::Extension { territories } => Self::Extension { territories },
            Declares::Exclusion { territories } => Self::Exclusion { territories },
            Declares::Authority { purpose, name } => Self::Authority { purpose, name },
            Declares::Other => Self::Other {},
        }
    }
}

impl ShownDeclaration {
    /// As it is written, with where its event stands in the log.
    pub(crate) fn new(declared: Declared, event: Option<u64>) -> Self {
        Self {
            number: declared.number,
            by: declared.by,
            made_on: declared.made_on,
            since: declared.since,
            declares: declared.declares.into(),
            words: declared.words,
            views: declared.views,
            notified: declared.notified,
            event,
        }
    }
}
