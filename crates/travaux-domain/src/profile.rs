//! Rule profiles: which rules apply to an agreement, as data.

use serde::{Deserialize, Serialize};

/// Whose consent adopts a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AdoptionRule {
    /// All parties that take part (VCLT 9(1)).
    AllParties,
    /// Whoever adopts: a record made elsewhere says that it was adopted, and this one repeats it.
    AsRecorded,
}

/// The rules that apply to an agreement. Recorded with its proposal, so that a later change of a profile changes no past
/// decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// Its name.
    pub name: String,
    /// Whose consent adopts a text.
    pub adoption: AdoptionRule,
    /// Whether an adopted text may go on being revised, as the texts of policies and codes do.
    pub living_text: bool,
    /// Whether drafted text is held to the rules for characters; imported text is kept as it is.
    pub drafting_rules: bool,
    /// Whether every language must say something wherever one does.
    pub equal_authenticity: bool,
}

impl Profile {
    /// A treaty between States under the Vienna Convention.
    pub fn treaty() -> Self {
        Self::drafted("treaty/vclt")
    }

    /// An arrangement between ministries.
    pub fn arrangement() -> Self {
        Self::drafted("arrangement")
    }

    /// A declaration of intent, a roadmap, a joint communiqué.
    pub fn declaration() -> Self {
        Self::drafted("declaration")
    }

    /// A contract.
    pub fn contract() -> Self {
        Self::drafted("contract")
    }

    fn drafted(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            adoption: AdoptionRule::AllParties,
            living_text: false,
            drafting_rules: true,
            equal_authenticity: true,
        }
    }

    /// A history imported from elsewhere.
    pub fn imported() -> Self {
        Self {
            name: "imported".to_owned(),
            adoption: AdoptionRule::AsRecorded,
            living_text: true,
            drafting_rules: false,
            equal_authenticity: false,
        }
    }

    /// The profile of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::all().into_iter().find(|profile| profile.name == name)
    }

    /// All built-in profiles.
    pub fn all() -> [Self; 5] {
        [Self::treaty(), Self::arrangement(), Self::declaration(), Self::contract(), Self::imported()]
    }
}
