//! Machine E: end and suspension.

mod claim;
mod conclude;
mod decide;
mod rules;
mod state;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use travaux_text::ProvisionId;

pub(crate) use self::rules::RULES;
pub(crate) use self::state::MeasureTaken;
pub use self::{
    claim::{Affected, Claim, ClaimNotice, Closed, Invoked, Measure, Scope},
    conclude::Contradiction,
    state::{End, Ending, PartEnd, Suspension, Void},
};
use crate::{
    ActElsewhere, AgreementId, PartyId,
    agreement::consent::Representative,
    words::{Summary, names},
};

/// An agreement ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ended {
    /// From when.
    pub on: NaiveDate,
    /// On what ground.
    pub ground: String,
    /// The parties that consented.
    pub consenting: Vec<PartyId>,
    /// The act, if it was done elsewhere.
    #[serde(default)]
    pub elsewhere: Option<ActElsewhere>,
}

/// An act of end or suspension.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum EndingAct {
    /// The agreement ended by consent of all parties, or as a record made elsewhere says (E2).
    AgreementEnded(Ended),
    /// A document that had ended goes on.
    AgreementResumed {
        /// From when.
        on: NaiveDate,
        /// The act, if it was done elsewhere.
        elsewhere: Option<ActElsewhere>,
    },
    /// The agreement ended as its clause says (E1): it expired, or a notice ran.
    Terminated {
        /// From when.
        on: NaiveDate,
    },
    /// A later treaty of all parties took its place (E7).
    Superseded {
        /// From when.
        on: NaiveDate,
        /// The later agreement.
        by: AgreementId,
        /// Whether its operation is only suspended.
        #[serde(default)]
        suspended_only: bool,
        /// The parties to the later one.
        consenting: Vec<PartyId>,
    },
    /// Its operation was suspended for all (E5).
    Suspended {
        /// From when.
        on: NaiveDate,
        /// Its first day of operation again; without, until it is resumed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until: Option<NaiveDate>,
        /// When notice of it was given, where a clause asks for one: today, if nothing is said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        notified_on: Option<NaiveDate>,
        /// The parties that consent, where no clause allows it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        consenting: Vec<PartyId>,
        /// The provisions; all, if none is named.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        provisions: Vec<ProvisionId>,
    },
    /// Its operation was suspended among some (E6).
    SuspendedInterSe {
        /// From when.
        on: NaiveDate,
        /// Until when.
        until: NaiveDate,
        /// Among whom.
        between: Vec<PartyId>,
        /// The provisions.
        provisions: Vec<ProvisionId>,
        /// The others who were told.
        notified: Vec<PartyId>,
    },
    /// Operation resumed (E19).
    OperationResumed {
        /// From when.
        on: NaiveDate,
        /// The suspension, by its number from 1.
        number: u32,
        /// Those that agree, where others than the party suspended with it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        consenting: Vec<PartyId>,
    },
    /// A ground was invoked and notified (E8 to E12).
    ClaimNotified {
        /// When.
        on: NaiveDate,
        /// The claim.
        claim: ClaimNotice,
        /// Its number; found by the decision.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        number: Option<u32>,
    },
    /// The party received a claim (D5).
    ClaimReceived {
        /// When.
        on: NaiveDate,
        /// Its number.
        number: u32,
    },
    /// The party objected to a claim (E14).
    ClaimDisputed {
        /// When.
        on: NaiveDate,
        /// Its number.
        number: u32,
    },
    /// The party acquiesced, expressly or by conduct: it may not invoke that ground any more (E16).
    Acquiesced {
        /// When.
        on: NaiveDate,
        /// The ground.
        ground: Invoked,
    },
    /// The claimed measure was carried out (E13), or, for a void treaty, its invalidity stated
    /// (E21).
    MeasureCarriedOut {
        /// When.
        on: NaiveDate,
        /// The claim's number.
        number: u32,
        /// Who signed the instrument.
        by: Representative,
        /// Between whom it operates; found by the decision.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        scope: Option<Scope>,
    },
    /// The party took its objection to a claim back (E14).
    ClaimAccepted {
        /// When.
        on: NaiveDate,
        /// The claim's number.
        number: u32,
    },
    /// The dispute about a claim was settled (E25).
    ClaimSettled {
        /// From when.
        on: NaiveDate,
        /// The claim's number.
        number: u32,
        /// By which agreement, award or judgment.
        by: String,
        /// What follows of it; nothing, if the claim falls.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        measure: Option<Measure>,
        /// The parties to the dispute that agree, unless a third one decided.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        consenting: Vec<PartyId>,
        /// Whether a third one decided: an award, a judgment.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        decided: bool,
        /// Between whom it operates; found by the decision.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        scope: Option<Scope>,
    },
    /// The claim was taken back (E15).
    ClaimRevoked {
        /// When.
        on: NaiveDate,
        /// Its number.
        number: u32,
    },
}

impl EndingAct {
    /// The date of the act, where it has one.
    pub fn on(&self) -> Option<NaiveDate> {
        match self {
            Self::AgreementEnded(ended) => Some(ended.on),
            Self::AgreementResumed { on, .. }
            | Self::Terminated { on, .. }
            | Self::Superseded { on, .. }
            | Self::Suspended { on, .. }
            | Self::SuspendedInterSe { on, .. }
            | Self::OperationResumed { on, .. }
            | Self::ClaimNotified { on, .. }
            | Self::ClaimReceived { on, .. }
            | Self::ClaimDisputed { on, .. }
            | Self::Acquiesced { on, .. }
            | Self::MeasureCarriedOut { on, .. }
            | Self::ClaimAccepted { on, .. }
            | Self::ClaimSettled { on, .. }
            | Self::ClaimRevoked { on, .. } => Some(*on),
        }
    }

    /// The other agreement that has to be known to decide it.
    pub(crate) fn reads(&self) -> Option<AgreementId> {
        match self {
            Self::Superseded { by, .. } => Some(*by),
            Self::AgreementEnded(_)
            | Self::AgreementResumed { .. }
            | Self::Terminated { .. }
            | Self::Suspended { .. }
            | Self::SuspendedInterSe { .. }
            | Self::OperationResumed { .. }
            | Self::ClaimNotified { .. }
            | Self::ClaimReceived { .. }
            | Self::ClaimDisputed { .. }
            | Self::Acquiesced { .. }
            | Self::MeasureCarriedOut { .. }
            | Self::ClaimAccepted { .. }
            | Self::ClaimSettled { .. }
            | Self::ClaimRevoked { .. } => None,
        }
    }

    /// The day on which it was done, where it says that; not that from which it has effect, which may
    /// be to come.
    pub(crate) fn own_day(&self) -> Option<NaiveDate> {
        match self {
            Self::ClaimNotified { on, .. }
            | Self::ClaimReceived { on, .. }
            | Self::ClaimDisputed { on, .. }
            | Self::Acquiesced { on, .. }
            | Self::MeasureCarriedOut { on, .. }
            | Self::ClaimAccepted { on, .. }
            | Self::ClaimRevoked { on, .. } => Some(*on),
            Self::AgreementEnded(_)
            | Self::AgreementResumed { .. }
            | Self::Terminated { .. }
            | Self::Superseded { .. }
            | Self::Suspended { .. }
            | Self::SuspendedInterSe { .. }
            | Self::OperationResumed { .. }
            | Self::ClaimSettled { .. } => None,
        }
    }

    /// What it did, in words.
    pub fn describe(&self) -> Summary {
        match self {
            Self::AgreementEnded(e) => {
                Summary::from(e.on, format!("ended: {}", e.ground)).done(e.elsewhere.as_ref())
            }
            Self::AgreementResumed { on, elsewhere } => {
                Summary::from(*on, "goes on").done(elsewhere.as_ref())
            }
            Self::Terminated { on } => Summary::from(*on, "terminated under its clause"),
            Self::Superseded {
                on,
                by,
                suspended_only,
                ..
            } => Summary::from(
                *on,
                format!(
                    "{} by agreement {by}",
                    if *suspended_only {
                        "suspended"
                    } else {
                        "superseded"
                    }
                ),
            ),
            Self::Suspended { on, until, .. } => Summary::from(
                *on,
                match until {
                    Some(until) => format!("operation suspended until {until}"),
                    None => "operation suspended".to_owned(),
                },
            ),
            Self::SuspendedInterSe {
                on, until, between, ..
            } => Summary::from(
                *on,
                format!("operation suspended among {} until {until}", names(between)),
            ),
            Self::OperationResumed { on, number, .. } => {
                Summary::from(*on, format!("operation resumed (suspension {number})"))
            }
            Self::ClaimNotified { claim, number, .. } => {
                let number = number.unwrap_or(0);
                let (measure, ground, reasons) = (claim.measure, claim.ground, &claim.reasons);
                Summary::new(format!(
                    "claim {number} notified: {measure} for {ground}: {reasons}"
                ))
            }
            Self::ClaimReceived { number, .. } => Summary::new(format!("claim {number} received")),
            Self::ClaimDisputed { number, .. } => {
                Summary::new(format!("objected to claim {number}"))
            }
            Self::Acquiesced { ground, .. } => {
                Summary::new(format!("acquiesced in what would be a ground: {ground}"))
            }
            Self::MeasureCarriedOut { on, number, by, .. } => {
                // Full powers may be called upon (VCLT 67(2)).
                let signed = match by.has_authority() {
                    true => String::new(),
                    false => format!(
                        ", signed by {}, whose full powers may be called upon",
                        by.name
                    ),
                };
                let carried = format!("measure of claim {number} carried out{signed}");
                Summary::from(*on, carried)
            }
            Self::ClaimAccepted { number, .. } => {
                Summary::new(format!("objection to claim {number} taken back"))
            }
            Self::ClaimSettled {
                on,
                number,
                by,
                measure,
                ..
            } => {
                let outcome = measure.map_or("it falls".to_owned(), |m| m.to_string());
                Summary::from(*on, format!("claim {number} settled by {by}: {outcome}"))
            }
            Self::ClaimRevoked { number, .. } => Summary::new(format!("claim {number} revoked")),
        }
    }
}
