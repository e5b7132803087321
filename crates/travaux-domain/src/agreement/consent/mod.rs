//! Machine C: each party's consent to be bound.
//!
//! A party is who has consented and for whom the agreement is in force (C13): that is never
//! recorded, it follows.

mod decide;
mod rules;

use std::{collections::BTreeMap, fmt};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use travaux_text::ProvisionId;

pub(crate) use self::rules::RULES;
pub use crate::office::{Office, Representative};
use crate::{
    PartyId,
    agreement::meta::EventMeta,
    clause::Means,
    words::{Summary, names},
};

/// What a signature is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Manner {
    /// It binds (VCLT 12).
    Definitive,
    /// It binds once it is ratified, accepted or approved (VCLT 14).
    SubjectToRatification,
    /// It binds once its State confirms it (VCLT 12(2)(b)).
    AdReferendum,
}

impl fmt::Display for Manner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Definitive => "definitive",
            Self::SubjectToRatification => "subject to ratification",
            Self::AdReferendum => "ad referendum",
        })
    }
}

/// How an instrument became established between the States (VCLT 16).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Establishment {
    /// It was exchanged.
    Exchange,
    /// It was deposited.
    Deposit,
    /// It was notified.
    Notification,
}

impl fmt::Display for Establishment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Exchange => "exchange",
            Self::Deposit => "deposit",
            Self::Notification => "notification",
        })
    }
}

/// An act of consent: what is asked, and what is recorded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ConsentAct {
    /// The party signed (C3, C4, C6).
    Signed {
        /// When.
        on: NaiveDate,
        /// What the signature is worth.
        manner: Manner,
        /// Who signed.
        by: Representative,
    },
    /// Someone signed for the party without authority (C1); asked for as a signature.
    UnauthorisedActRecorded {
        /// When.
        on: NaiveDate,
        /// What the signature would be worth.
        manner: Manner,
        /// Who signed.
        by: Representative,
    },
    /// The party confirmed what was done without authority (C2).
    ActConfirmed {
        /// When.
        on: NaiveDate,
    },
    /// The party confirmed a signature ad referendum (C5).
    SignatureConfirmed {
        /// When.
        on: NaiveDate,
    },
    /// Instruments that constitute the agreement were exchanged (C7): consent of all.
    InstrumentsExchanged {
        /// When.
        on: NaiveDate,
        /// Each party's instrument.
        instruments: BTreeMap<PartyId, String>,
    },
    /// The party made its instrument (C8). That binds nobody yet.
    InstrumentMade {
        /// When.
        on: NaiveDate,
        /// What it is.
        means: Means,
    },
    /// The party's instrument was exchanged, deposited or notified (C8, C9, C10): consent.
    InstrumentEstablished {
        /// When.
        on: NaiveDate,
        /// What it is.
        means: Means,
        /// How.
        how: Establishment,
        /// The provisions that were chosen, if consent is to a part (C10).
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        chosen: Vec<ProvisionId>,
    },
    /// The party made clear that it will not become one (C12).
    DeclinedToBecomeParty {
        /// When.
        on: NaiveDate,
    },
    /// The party gave notice that it leaves (C14).
    WithdrawalNotified {
        /// When the notice was received (D5).
        received_on: NaiveDate,
        /// Where no clause speaks of it: why the parties' intention or the nature of the agreement
        /// admits it (E4).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        admitted: Option<String>,
        /// The provisions that it concerns; all, if none is named (E17).
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        provisions: Vec<ProvisionId>,
        /// When it takes effect; found by the decision.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        effective_on: Option<NaiveDate>,
    },
    /// The party took its notice back (C15).
    NotificationRevoked {
        /// When.
        on: NaiveDate,
    },
}

impl ConsentAct {
    /// The date of the act, where it has one.
    pub fn on(&self) -> Option<NaiveDate> {
        match self {
            Self::Signed { on, .. }
            | Self::UnauthorisedActRecorded { on, .. }
            | Self::ActConfirmed { on, .. }
            | Self::SignatureConfirmed { on, .. }
            | Self::InstrumentsExchanged { on, .. }
            | Self::InstrumentMade { on, .. }
            | Self::InstrumentEstablished { on, .. }
            | Self::DeclinedToBecomeParty { on, .. }
            | Self::NotificationRevoked { on, .. } => Some(*on),
            Self::WithdrawalNotified {
                received_on: on, ..
            } => Some(*on),
        }
    }

    /// What it did, in words.
    pub fn describe(&self) -> Summary {
        match self {
            Self::Signed { on, manner, by } => {
                Summary::new(format!("signed on {on} by {} ({})", by.name, manner))
            }
            Self::UnauthorisedActRecorded { on, by, .. } => Summary::new(format!(
                "signed on {on} by {}, without authority: no effect until it is confirmed",
                by.name
            )),
            Self::ActConfirmed { on } => {
                Summary::new(format!("act without authority confirmed on {on}"))
            }
            Self::SignatureConfirmed { on } => Summary::new(format!("signature confirmed on {on}")),
            Self::InstrumentsExchanged { on, instruments } => Summary::new(format!(
                "instruments of {} exchanged on {on}",
                names(instruments.keys())
            )),
            Self::InstrumentMade { on, means } => {
                Summary::new(format!("instrument of {} made on {on}", means.name()))
            }
            Self::InstrumentEstablished { on, means, how, .. } => Summary::new(format!(
                "instrument of {} established on {on} ({})",
                means.name(),
                how
            )),
            Self::DeclinedToBecomeParty { on } => {
                Summary::new(format!("declined to become a party on {on}"))
            }
            Self::WithdrawalNotified {
                received_on,
                effective_on,
                ..
            } => Summary {
                effective_from: *effective_on,
                ..Summary::new(format!("notice of withdrawal received on {received_on}"))
            },
            Self::NotificationRevoked { on } => {
                Summary::new(format!("notice of withdrawal revoked on {on}"))
            }
        }
    }
}

/// A party's signature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    /// When.
    pub on: NaiveDate,
    /// What it is worth.
    pub manner: Manner,
    /// Who signed.
    pub by: Representative,
    /// When it was confirmed, if it was ad referendum.
    pub confirmed_on: Option<NaiveDate>,
    /// The event, by its version in the stream.
    pub event: u64,
}

/// A consent to be bound.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Expressed {
    /// When it was established.
    pub on: NaiveDate,
    /// By which means.
    pub means: Means,
    /// The provisions that were chosen, if it is to a part.
    pub chosen: Vec<ProvisionId>,
    /// The event.
    pub event: u64,
}

/// A notice of withdrawal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdrawal {
    /// When it was received.
    pub received_on: NaiveDate,
    /// When it takes effect.
    pub effective_on: NaiveDate,
    /// The event.
    pub event: u64,
}

/// One party's consent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartyConsent {
    /// Its signature.
    pub signed: Option<Signature>,
    /// A signature without authority that waits for confirmation.
    pub unauthorised: Option<Signature>,
    /// Its instrument, made and not yet established.
    pub made: Option<(Means, NaiveDate)>,
    /// Its consent.
    pub expressed: Option<Expressed>,
    /// When it declined.
    pub declined_on: Option<NaiveDate>,
    /// Its notice.
    pub withdrawal: Option<Withdrawal>,
}

/// Where a party stands on a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// It has done nothing that counts.
    None,
    /// It has signed, subject to ratification.
    SignedSimple,
    /// It has signed ad referendum.
    SignedAdReferendum,
    /// It is a contracting State (VCLT 2(1)(f)).
    ConsentExpressed,
    /// It is a party (VCLT 2(1)(g)).
    Party,
    /// It will not become a party.
    Declined,
    /// It is a party that has given notice.
    Withdrawing,
    /// It has left.
    Withdrawn,
}

impl PartyConsent {
    /// Where the party stands on a date, the agreement being in force for it since `force`, if it
    /// is: a party is who has consented and for whom it is in force (C13).
    pub fn stage(&self, on: NaiveDate, force: Option<NaiveDate>) -> Stage {
        if let Some(withdrawal) = self.withdrawal.filter(|w| w.received_on <= on) {
            return if withdrawal.effective_on <= on {
                Stage::Withdrawn
            } else {
                Stage::Withdrawing
            };
        }
        if self.declined_on.is_some_and(|d| d <= on) {
            return Stage::Declined;
        }
        if self.expressed.as_ref().is_some_and(|e| e.on <= on) {
            return if force.is_some_and(|since| since <= on) {
                Stage::Party
            } else {
                Stage::ConsentExpressed
            };
        }
        match &self.signed {
            // One that was confirmed is consent, and since it was signed (VCLT 12(2)(b)): it was
            // found above.
            Some(s) if s.on <= on && s.manner == Manner::AdReferendum => Stage::SignedAdReferendum,
            Some(s) if s.on <= on => Stage::SignedSimple,
            _ => Stage::None,
        }
    }

    /// Whether the party has consented by a date, and has not declined or left.
    pub(crate) fn binds(&self, on: NaiveDate) -> bool {
        self.expressed.as_ref().is_some_and(|e| e.on <= on)
            && self.declined_on.is_none_or(|d| on < d)
            && self.withdrawal.is_none_or(|w| on < w.effective_on)
    }

    /// Whether the party is bound not to defeat object and purpose before entry into force (C11,
    /// VCLT 18).
    pub fn owes_good_faith(&self, on: NaiveDate, force: Option<NaiveDate>) -> bool {
        matches!(
            self.stage(on, force),
            Stage::SignedSimple | Stage::SignedAdReferendum | Stage::ConsentExpressed
        )
    }
}

/// All parties' consent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consents(pub BTreeMap<PartyId, PartyConsent>);

impl Consents {
    /// A party's consent.
    pub fn of(&self, party: &PartyId) -> Option<&PartyConsent> {
        self.0.get(party)
    }

    /// When a party's consent was established.
    pub fn expressed_on(&self, party: &PartyId) -> Option<NaiveDate> {
        self.of(party)?.expressed.as_ref().map(|e| e.on)
    }

    /// Contracting States and parties that have not left by `on`.
    pub fn contracting(&self, on: NaiveDate) -> impl Iterator<Item = &PartyId> {
        let bound = self.0.iter().filter(move |(_, c)| c.binds(on));
        bound.map(|(party, _)| party)
    }

    /// When two had consented, of those that did not decline afterwards (C17).
    pub(crate) fn second_on(&self) -> Option<NaiveDate> {
        let standing = self.0.values().filter(|c| c.declined_on.is_none());
        let mut dates: Vec<NaiveDate> = standing
            .filter_map(|c| c.expressed.as_ref().map(|e| e.on))
            .collect();
        dates.sort_unstable();
        dates.get(1).copied()
    }

    pub(crate) fn evolve(&mut self, act: &ConsentAct, meta: &EventMeta) {
        let event = meta.event;
        if let ConsentAct::InstrumentsExchanged { on, instruments } = act {
            for party in instruments.keys() {
                let expressed = Expressed {
                    on: *on,
                    means: Means::Exchange,
                    chosen: Vec::new(),
                    event,
                };
                self.0.entry(party.clone()).or_default().expressed = Some(expressed);
            }
            return;
        }
        let own = self.0.entry(meta.party.clone()).or_default();
        match act {
            ConsentAct::Signed { on, manner, by } => {
                own.sign(Signature {
                    on: *on,
                    manner: *manner,
                    by: by.clone(),
                    confirmed_on: None,
                    event,
                });
            }
            ConsentAct::UnauthorisedActRecorded { on, manner, by } => {
                own.unauthorised = Some(Signature {
                    on: *on,
                    manner: *manner,
                    by: by.clone(),
                    confirmed_on: None,
                    event,
                });
            }
            // As if it had been authorised when it was done.
            ConsentAct::ActConfirmed { .. } => {
                if let Some(signature) = own.unauthorised.take() {
                    own.sign(signature);
                }
            }
            ConsentAct::SignatureConfirmed { on } => {
                if let Some(signature) = &mut own.signed {
                    signature.confirmed_on = Some(*on);
                    let (on, event) = (signature.on, event);
                    own.expressed = Some(Expressed {
                        on,
                        means: Means::Signature,
                        chosen: Vec::new(),
                        event,
                    });
                }
            }
            ConsentAct::InstrumentMade { on, means } => own.made = Some((*means, *on)),
            ConsentAct::InstrumentEstablished {
                on, means, chosen, ..
            } => {
                own.made = None;
                own.expressed = Some(Expressed {
                    on: *on,
                    means: *means,
                    chosen: chosen.clone(),
                    event,
                });
            }
            ConsentAct::DeclinedToBecomeParty { on } => own.declined_on = Some(*on),
            ConsentAct::WithdrawalNotified {
                received_on,
                effective_on,
                ..
            } => {
                let effective_on = effective_on.unwrap_or(*received_on);
                own.withdrawal = Some(Withdrawal {
                    received_on: *received_on,
                    effective_on,
                    event,
                });
            }
            ConsentAct::NotificationRevoked { .. } => own.withdrawal = None,
            ConsentAct::InstrumentsExchanged { .. } => {}
        }
    }
}

impl PartyConsent {
    fn sign(&mut self, signature: Signature) {
        if signature.manner == Manner::Definitive {
            let (on, event) = (signature.on, signature.event);
            self.expressed = Some(Expressed {
                on,
                means: Means::Signature,
                chosen: Vec::new(),
                event,
            });
        }
        self.signed = Some(signature);
    }
}
