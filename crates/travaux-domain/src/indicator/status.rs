//! What is said about a figure beside its value: its status, whose codes are of a version of a list,
//! and who may see it.

use std::collections::BTreeSet;

use chrono::{DateTime, FixedOffset, Utc};
use serde::{Deserialize, Serialize};

use crate::{Name, PartyId};

/// A code of observation status (SDMX CL_OBS_STATUS).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ObsStatus {
    /// Normal.
    A,
    /// The series breaks here.
    B,
    /// The definition differs.
    D,
    /// Estimated.
    E,
    /// Forecast.
    F,
    /// Experimental.
    G,
    /// Missing: a holiday or weekend.
    H,
    /// Imputed.
    I,
    /// Derogation.
    J,
    /// Missing: it is included in another category.
    K,
    /// Missing: it exists, and was not collected.
    L,
    /// Missing: it cannot exist; in list 1.0, just missing.
    M,
    /// Not significant.
    N,
    /// Missing.
    O,
    /// Provisional.
    P,
    /// Missing: suppressed.
    Q,
    /// A strike or another special event.
    S,
    /// Of low reliability.
    U,
    /// Not validated.
    V,
    /// It includes another category.
    W,
}

/// The version of the list that codes of status are of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum StatusList {
    /// Of eight codes; `M` is just missing.
    #[serde(rename = "1.0")]
    V1_0,
    /// Of eighteen; `M` cannot exist.
    #[default]
    #[serde(rename = "2.0")]
    V2_0,
    /// Of twenty: with `K` and `W`.
    #[serde(rename = "2.2")]
    V2_2,
}

impl ObsStatus {
    /// All codes, in order.
    pub const ALL: [Self; 20] = [
        Self::A,
        Self::B,
        Self::D,
        Self::E,
        Self::F,
        Self::G,
        Self::H,
        Self::I,
        Self::J,
        Self::K,
        Self::L,
        Self::M,
        Self::N,
        Self::O,
        Self::P,
        Self::Q,
        Self::S,
        Self::U,
        Self::V,
        Self::W,
    ];

    /// Its letter.
    pub fn code(self) -> &'static str {
        match self {
            Self::A => "A",
            Self::B => "B",
            Self::D => "D",
            Self::E => "E",
            Self::F => "F",
            Self::G => "G",
            Self::H => "H",
            Self::I => "I",
            Self::J => "J",
            Self::K => "K",
            Self::L => "L",
            Self::M => "M",
            Self::N => "N",
            Self::O => "O",
            Self::P => "P",
            Self::Q => "Q",
            Self::S => "S",
            Self::U => "U",
            Self::V => "V",
            Self::W => "W",
        }
    }

    /// Whether it says that there is no value, and why.
    pub fn is_missing(self) -> bool {
        matches!(
            self,
            Self::H | Self::K | Self::L | Self::M | Self::O | Self::Q
        )
    }
}

impl StatusList {
    /// The name of the version.
    pub fn version(self) -> &'static str {
        match self {
            Self::V1_0 => "1.0",
            Self::V2_0 => "2.0",
            Self::V2_2 => "2.2",
        }
    }

    /// The codes of the list.
    pub fn codes(self) -> impl Iterator<Item = ObsStatus> {
        use ObsStatus::{A, B, E, F, I, K, M, P, S, W};
        let in_list = move |code: &ObsStatus| match self {
            Self::V1_0 => matches!(code, A | B | E | F | I | M | P | S),
            Self::V2_0 => !matches!(code, K | W),
            Self::V2_2 => true,
        };
        ObsStatus::ALL.into_iter().filter(in_list)
    }

    /// What a code of the list says.
    pub fn says(self, code: ObsStatus) -> &'static str {
        match code {
            ObsStatus::A => "normal",
            ObsStatus::B => "break in the series",
            ObsStatus::D => "definition differs",
            ObsStatus::E => "estimated",
            ObsStatus::F => "forecast",
            ObsStatus::G => "experimental",
            ObsStatus::H => "missing: holiday or weekend",
            ObsStatus::I => "imputed",
            ObsStatus::J => "derogation",
            ObsStatus::K => "missing: included in another category",
            ObsStatus::L => "missing: not collected",
            ObsStatus::M if self == Self::V1_0 => "missing",
            ObsStatus::M => "missing: cannot exist",
            ObsStatus::N => "not significant",
            ObsStatus::O => "missing",
            ObsStatus::P => "provisional",
            ObsStatus::Q => "missing: suppressed",
            ObsStatus::S => "special event",
            ObsStatus::U => "low reliability",
            ObsStatus::V => "not validated",
            ObsStatus::W => "includes another category",
        }
    }
}

/// A set of codes, of a version of the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Status {
    /// The version of the list.
    #[serde(default)]
    pub list: StatusList,
    /// The codes: one or more.
    pub codes: BTreeSet<ObsStatus>,
}

impl Status {
    /// Whether it has a code.
    pub fn has(&self, code: ObsStatus) -> bool {
        self.codes.contains(&code)
    }

    /// The code that says why there is no value.
    pub fn missing(&self) -> Option<ObsStatus> {
        self.codes.iter().copied().find(|code| code.is_missing())
    }
}

/// A status of confidentiality (SDMX CL_CONF_STATUS, and E of the guidelines).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum ConfStatus {
    /// Free.
    #[default]
    F,
    /// Not for publication: hidden for good.
    N,
    /// Confidential.
    C,
    /// Confidential because another could be worked out: set by the sender.
    D,
    /// The same, set and managed by the receiver.
    S,
    /// Under embargo.
    E,
}

impl ConfStatus {
    /// All, in order.
    pub const ALL: [Self; 6] = [Self::F, Self::N, Self::C, Self::D, Self::S, Self::E];

    /// Its letter.
    pub fn code(self) -> &'static str {
        match self {
            Self::F => "F",
            Self::N => "N",
            Self::C => "C",
            Self::D => "D",
            Self::S => "S",
            Self::E => "E",
        }
    }
}

/// Who may see a figure, and from when on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Confidentiality {
    /// The status.
    pub status: ConfStatus,
    /// The end of an embargo, with its offset (EMBARGO_TIME).
    #[serde(default)]
    pub until: Option<DateTime<FixedOffset>>,
    /// Who else may have it meanwhile (CONF_REDIST).
    #[serde(default)]
    pub also_to: Vec<Name>,
}

impl Confidentiality {
    /// Whether everybody may see it at a time.
    pub fn is_public(&self, at: DateTime<Utc>) -> bool {
        match self.status {
            ConfStatus::F => true,
            ConfStatus::E => self.until.is_some_and(|until| until <= at),
            ConfStatus::N | ConfStatus::C | ConfStatus::D | ConfStatus::S => false,
        }
    }

    /// Whether one that is not its reporter may see it.
    pub fn is_shown(&self, to: Option<&PartyId>, at: DateTime<Utc>) -> bool {
        self.is_public(at) || to.is_some_and(|party| self.also_to.contains(&party.0))
    }
}
