//! What a joint body is made of: what it rests on, what it may do, how it is chaired, its rules of
//! procedure.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use travaux_text::ProvisionId;

use crate::{AgreementId, FrameworkId, Name, PartyId, partnership::ClauseRef};

/// What a body rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// A clause of an agreement.
    Clause(ClauseRef),
    /// A declaration, without a treaty: the body binds nobody.
    Declaration {
        /// Which.
        title: String,
    },
    /// Another body, which set it up; it ends with it.
    Parent {
        /// The other body, by key.
        body: Name,
    },
}

/// What a body may do: a closed list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verb {
    /// Watch how the agreement is carried out.
    Monitor,
    /// Exchange information.
    ExchangeInformation,
    /// Examine what is put before it.
    Examine,
    /// Recommend to the parties.
    Recommend,
    /// Decide on the subjects that are named.
    Decide,
    /// Amend the annexes that are listed.
    AmendAnnexes,
    /// Adopt its rules of procedure.
    AdoptOwnRules,
    /// Set up sub-bodies and missions.
    SetUpSubBodies,
    /// Settle disputes.
    Settle,
    /// A mechanism to which questions are referred, and no more: it examines and recommends.
    ReferenceMechanism,
}

impl Verb {
    /// All of them, in order.
    pub const ALL: [Self; 10] = [
        Self::Monitor,
        Self::ExchangeInformation,
        Self::Examine,
        Self::Recommend,
        Self::Decide,
        Self::AmendAnnexes,
        Self::AdoptOwnRules,
        Self::SetUpSubBodies,
        Self::Settle,
        Self::ReferenceMechanism,
    ];

    /// Its name, as records have it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Monitor => "monitor",
            Self::ExchangeInformation => "exchange_information",
            Self::Examine => "examine",
            Self::Recommend => "recommend",
            Self::Decide => "decide",
            Self::AmendAnnexes => "amend_annexes",
            Self::AdoptOwnRules => "adopt_own_rules",
            Self::SetUpSubBodies => "set_up_sub_bodies",
            Self::Settle => "settle",
            Self::ReferenceMechanism => "reference_mechanism",
        }
    }

    /// Whether to have it is to have the other (BD2): a mechanism of reference examines and recommends.
    pub fn gives(self, other: Self) -> bool {
        let refers = self == Self::ReferenceMechanism;
        self == other || refers && matches!(other, Self::Examine | Self::Recommend)
    }

    /// Whether what is done by it binds the parties.
    pub fn binds(self) -> bool {
        matches!(self, Self::Decide | Self::AmendAnnexes | Self::Settle)
    }
}

/// Annexes of an agreement: provisions, each with all that it contains.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Annexes {
    /// The agreement.
    pub agreement: AgreementId,
    /// The provisions.
    pub provisions: Vec<ProvisionId>,
}

/// A competence: what the body may do, about what, within which limits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Competence {
    /// Its key.
    pub key: Name,
    /// What it may do.
    pub verb: Verb,
    /// About what, by key; about all that its clause is about, if nothing is named.
    #[serde(default)]
    pub subjects: Vec<Name>,
    /// The annexes that it may amend.
    #[serde(default)]
    pub annexes: Vec<Annexes>,
    /// Within which limits, in words.
    #[serde(default)]
    pub limits: Option<String>,
    /// The last day on which it has it, where that is limited.
    #[serde(default)]
    pub until: Option<NaiveDate>,
    /// The clause that gives it; that on which the body rests, if none.
    #[serde(default)]
    pub clause: Option<ClauseRef>,
}

/// Who has the chair.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChairRule {
    /// Each party a calendar year, in turn.
    ByYear {
        /// The year of the first.
        from: i32,
        /// The parties, in turn.
        order: Vec<PartyId>,
    },
    /// Each party an ordinary session, in turn.
    BySession {
        /// The number of the session of the first.
        from: u32,
        /// The parties, in turn.
        order: Vec<PartyId>,
    },
    /// All share it.
    CoChairs,
}

/// How decisions are taken in writing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WrittenRule {
    /// The parties have so many days to answer.
    pub days: u16,
    /// Whether silence is consent.
    #[serde(default)]
    pub silence_consents: bool,
}

/// What is open to the public; what is not said is not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Openness {
    /// Meetings.
    #[serde(default)]
    pub meetings: bool,
    /// Minutes.
    #[serde(default)]
    pub minutes: bool,
    /// Decisions.
    #[serde(default)]
    pub decisions: bool,
}

/// Rules of procedure. They say how the body acts, never what it may do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Procedure {
    /// The version, from 1.
    pub version: u32,
    /// Where they are to be found.
    #[serde(default)]
    pub source: Option<String>,
    /// Who has the chair; as at its establishment, if they do not say.
    #[serde(default)]
    pub chair: Option<ChairRule>,
    /// How decisions are taken in writing; they are not, if none.
    #[serde(default)]
    pub written: Option<WrittenRule>,
    /// How many days there are to answer what is referred.
    #[serde(default)]
    pub referral_days: Option<u16>,
    /// What is open to the public.
    #[serde(default)]
    pub open: Openness,
}

/// What happens where a party has to fulfil requirements of its own before it is bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Internal {
    /// The decision enters into force on the first day of the n-th month after the last
    /// notification.
    pub month: u8,
    /// It is applied provisionally so many months after it was taken, unless a party declines.
    #[serde(default)]
    pub provisional_after: Option<u8>,
    /// What it touches is suspended so many months after a party declined, or failed.
    #[serde(default)]
    pub suspended_after: Option<u8>,
}

impl Internal {
    /// That of the European Economic Area (EEA 102(5), 103(2)).
    pub const EEA: Self = Self {
        month: 2,
        provisional_after: Some(6),
        suspended_after: Some(1),
    };
}

/// How a body is established.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Establishment {
    /// The framework under which it stands.
    pub framework: FrameworkId,
    /// Its key in the framework: what the calls of its sessions name.
    pub key: Name,
    /// What it is called.
    pub title: String,
    /// What it rests on.
    pub basis: Basis,
    /// Who composes it: parties to the framework, two or more. Each has one voice.
    pub parties: Vec<PartyId>,
    /// What it may do.
    pub competences: Vec<Competence>,
    /// Who has the chair.
    pub chair: ChairRule,
    /// The areas of the framework that it is about, by key.
    #[serde(default)]
    pub areas: Vec<Name>,
    /// Where it sits.
    #[serde(default)]
    pub seat: Option<String>,
    /// Its languages.
    #[serde(default)]
    pub languages: Vec<travaux_text::Lang>,
    /// The body to which what it cannot resolve goes, by key.
    #[serde(default)]
    pub above: Option<Name>,
    /// What its instrument says of internal requirements of the parties.
    #[serde(default)]
    pub internal: Option<Internal>,
    /// The last day on which it may repair errors of its decisions, where that is limited.
    #[serde(default)]
    pub repairs_until: Option<NaiveDate>,
}
