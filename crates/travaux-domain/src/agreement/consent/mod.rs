//! Machine C: each party's consent to be bound.
//!
//! A party is who has consented and for whom the agreement is in force (C13): that is never
//! recorded, it follows.

mod counts;
mod decide;
mod party;
mod rules;

use std::{collections::BTreeMap, fmt};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use travaux_text::ProvisionId;

pub use self::party::{Counts, Expressed, Life, PartyConsent, Signature, Stage, Withdrawal};
pub(crate) use self::rules::RULES;
pub use crate::office::{Office, Representative};
use crate::{
    PartyId, Rule,
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
        /// Whether it waits for the instrument of another, as it is exchanged; found by the decision.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        waits: bool,
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
            Self::InstrumentEstablished {
                on,
                means,
                waits: true,
                ..
            } => Summary::new(format!(
                "instrument of {} given on {on}, in exchange for that of another",
                means.name()
            )),
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

/// All parties' consent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consents(pub BTreeMap<PartyId, PartyConsent>);

impl Consents {
    /// A party's consent.
    pub fn of(&self, party: &PartyId) -> Option<&PartyConsent> {
        self.0.get(party)
    }

    /// When a party's consent was established: the one that it has, or had last.
    pub fn expressed_on(&self, party: &PartyId) -> Option<NaiveDate> {
        self.of(party)?.consent().map(|e| e.on)
    }

    /// Contracting States and parties that have not left by `on`.
    pub fn contracting(&self, on: NaiveDate) -> impl Iterator<Item = &PartyId> {
        let bound = self.0.iter().filter(move |(_, c)| c.binds(on));
        bound.map(|(party, _)| party)
    }

    /// The events of the consents that are void (E21).
    pub(crate) fn void(&self) -> impl Iterator<Item = u64> {
        let lives = self.0.values().flat_map(|own| &own.lives);
        let void = lives.filter(|life| life.void.is_some());
        void.filter_map(|life| life.consent.as_ref().map(|consent| consent.event))
    }

    /// The first day from `from` on on which two are bound (F12), and the event of the consent that made
    /// it so where that came later. One whose instrument was taken back is not bound (C17); one that
    /// left was, and nobody leaves what is not in force for it.
    pub(crate) fn two_bound_from(&self, from: NaiveDate) -> Option<(NaiveDate, Option<u64>)> {
        let lives = self.0.values().flat_map(|own| &own.lives);
        let counts = |life: &Life| {
            let consent = life.consent.as_ref()?;
            match life.counts {
                Counts::AtOnce => Some((consent.on, Some(consent.event))),
                Counts::From(on, _, event) => Some((on, Some(event))),
                Counts::NotYet(_) => None,
            }
        };
        let counts = lives.filter_map(counts);
        let mut days: Vec<_> = counts.filter(|(on, _)| from < *on).collect();
        days.push((from, None));
        days.sort_unstable();
        let bound = |on| self.0.values().filter(move |own| own.had_consented(on));
        let two = |(on, _): &(NaiveDate, Option<u64>)| bound(*on).count() >= 2;
        days.into_iter().find(two)
    }

    /// Concludes anew the lives of those that declined: what was found to be in vain may not be any more.
    pub(crate) fn follow_declined(&mut self) {
        for own in self.0.values_mut() {
            own.follow_declined();
        }
    }

    /// Takes it that a party has not declined in its last life.
    pub(crate) fn never_declined(&mut self, party: &PartyId) {
        let last = self.0.get_mut(party).and_then(|own| own.lives.last_mut());
        if let Some(life) = last {
            life.declined_on = None;
        }
    }

    /// What parties have notified, where that is their consent (F9).
    pub(crate) fn notified(&mut self, mut all: BTreeMap<PartyId, Vec<Expressed>>) {
        for (party, own) in &mut self.0 {
            own.notifies(all.remove(party).unwrap_or_default());
        }
        for (party, notified) in all {
            self.0.entry(party).or_default().notifies(notified);
        }
        self.0.retain(|_, own| !own.is_empty());
    }

    pub(crate) fn evolve(&mut self, act: &ConsentAct, meta: &EventMeta) {
        let event = meta.event;
        let expressed = |on: NaiveDate, means, chosen: &[ProvisionId], waits| Expressed {
            on,
            means,
            chosen: chosen.to_vec(),
            waits,
            event,
        };
        if let ConsentAct::InstrumentsExchanged { on, instruments } = act {
            for party in instruments.keys() {
                let own = self.0.entry(party.clone()).or_default();
                own.expresses(expressed(*on, Means::Exchange, &[], false));
            }
            return;
        }
        let own = self.0.entry(meta.party.clone()).or_default();
        let signature = |on: NaiveDate, manner, by: &Representative| Signature {
            on,
            manner,
            by: by.clone(),
            confirmed_on: None,
            event,
            recorded_at: meta.recorded_at,
        };
        match act {
            ConsentAct::Signed { on, manner, by } => own.sign(signature(*on, *manner, by)),
            ConsentAct::UnauthorisedActRecorded { on, manner, by } => {
                own.unauthorised = Some(signature(*on, *manner, by));
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
                    let on = signature.on;
                    own.expresses(expressed(on, Means::Signature, &[], false));
                }
            }
            ConsentAct::InstrumentMade { on, means } => own.makes(*on, *means),
            ConsentAct::InstrumentEstablished {
                on,
                means,
                chosen,
                waits,
                ..
            } => own.expresses(expressed(*on, *means, chosen, *waits)),
            ConsentAct::DeclinedToBecomeParty { on } => own.declines(*on),
            ConsentAct::WithdrawalNotified {
                received_on,
                effective_on,
                provisions,
                ..
            } if provisions.is_empty() => own.leaves(Withdrawal {
                received_on: *received_on,
                effective_on: effective_on.unwrap_or(*received_on),
                rule: Rule::C14,
                event,
            }),
            ConsentAct::NotificationRevoked { on } => own.revokes(*on),
            // A part that ends: see `Machines::evolve`.
            ConsentAct::WithdrawalNotified { .. } | ConsentAct::InstrumentsExchanged { .. } => {}
        }
    }
}
