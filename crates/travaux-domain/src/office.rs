//! Who acts for a State: offices, and those who hold powers (VCLT 7).

use serde::{Deserialize, Serialize};

/// An office that represents its State without full powers (VCLT 7(2)).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Office {
    /// Head of State.
    HeadOfState,
    /// Head of Government.
    HeadOfGovernment,
    /// Minister for foreign affairs.
    ForeignMinister,
    /// Head of a diplomatic mission: for adopting a text only.
    HeadOfMission,
    /// Another minister.
    Minister,
    /// Anyone else.
    Other,
}

/// Who acts for a State, and by what authority.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Representative {
    /// Their name, or that of the office.
    pub name: String,
    /// Their office.
    pub office: Office,
    /// Whether they produced full powers.
    #[serde(default)]
    pub full_powers: bool,
}

impl Representative {
    /// Whether they may express their State's consent (VCLT 7(1), (2)(a)).
    pub fn has_authority(&self) -> bool {
        self.full_powers
            || matches!(
                self.office,
                Office::HeadOfState | Office::HeadOfGovernment | Office::ForeignMinister
            )
    }
}
