//! One party's consent, from its signature on: it may end, and begin again (C16).

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use travaux_text::ProvisionId;

use super::{Manner, Representative};
use crate::{Rule, clause::Means};

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
    /// When the log learnt of it.
    pub recorded_at: DateTime<Utc>,
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
    /// Whether it is one half of an exchange, and nothing without the other (VCLT 16(a)).
    pub waits: bool,
    /// The event.
    pub event: u64,
}

/// From when a consent counts, as it follows from what others did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Counts {
    /// From its own day.
    #[default]
    AtOnce,
    /// From a later day, by this row: another one gave its instrument too (C8), or accepted the
    /// reservation that came with it (R13). With the event that brought it.
    From(NaiveDate, Rule, u64),
    /// Not yet, by this row.
    NotYet(Rule),
}

/// A notice of withdrawal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdrawal {
    /// When it was received.
    pub received_on: NaiveDate,
    /// When it takes effect.
    pub effective_on: NaiveDate,
    /// The row that it rests on: a notice, or a claim by which it ended.
    pub rule: Rule,
    /// The event.
    pub event: u64,
}

/// What a party did about its consent. Of one day, an end comes after what it ends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum Deed {
    Made(Means),
    Expressed(Expressed),
    Withdrawn(Withdrawal),
    Voided(u64),
    Declined,
}

impl Deed {
    fn rank(&self) -> u8 {
        match self {
            Self::Made(_) => 0,
            Self::Expressed(_) => 1,
            Self::Withdrawn(_) => 2,
            Self::Voided(_) => 3,
            Self::Declined => 4,
        }
    }
}

/// A consent from its instrument to its end. Who left may come again, and who declined may think
/// better of it: that is another one, with dates of its own (C16, VCLT 11, 15).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Life {
    /// Its first day.
    pub begun: NaiveDate,
    /// Its instrument, made and not yet established.
    pub made: Option<(Means, NaiveDate)>,
    /// The act that expressed it first.
    pub consent: Option<Expressed>,
    /// From when that counts.
    pub counts: Counts,
    /// When the party declined to become one, or took its instrument back.
    pub declined_on: Option<NaiveDate>,
    /// Its notice of withdrawal.
    pub withdrawal: Option<Withdrawal>,
    /// When it was stated that the consent is void, and the event: it bound on no day (E21).
    pub void: Option<(NaiveDate, u64)>,
}

impl Life {
    /// Since when the party is bound by its consent: from the day of that, or from when it counts.
    pub fn bound_since(&self) -> Option<NaiveDate> {
        let consent = self.consent.as_ref()?;
        match self.counts {
            Counts::AtOnce => Some(consent.on),
            Counts::From(on, ..) => Some(on),
            Counts::NotYet(_) => None,
        }
    }

    /// Whether the party is bound on a date: it has consented, and that counts, and it has not declined
    /// or left.
    pub(crate) fn binds(&self, on: NaiveDate) -> bool {
        self.had_consented(on) && !self.is_over(on)
    }

    /// Whether it has done on a date what expresses its consent, and has not declined or left; whether
    /// or not that counts yet.
    pub(crate) fn stands(&self, on: NaiveDate) -> bool {
        let consented = self.consent.as_ref().is_some_and(|e| e.on <= on);
        consented && self.void.is_none() && !self.is_over(on)
    }

    /// Whether its consent counted by a date, though it may have left since.
    fn had_consented(&self, on: NaiveDate) -> bool {
        self.void.is_none() && self.bound_since().is_some_and(|since| since <= on)
    }

    /// Whether it ended by a date.
    pub(crate) fn is_over(&self, on: NaiveDate) -> bool {
        let void = self.void.is_some_and(|(stated, _)| stated <= on);
        self.declined_on.is_some_and(|declined| declined <= on) || self.has_left(on) || void
    }

    /// When it ended, and by which event, where that is kept: it was declined or left.
    pub(crate) fn ends(&self) -> Option<(NaiveDate, Option<u64>)> {
        let declined = self.declined_on.map(|on| (on, None));
        let left = self.withdrawal.map(|w| (w.effective_on, Some(w.event)));
        declined.into_iter().chain(left).min()
    }

    /// Whether the party left by a date.
    pub(crate) fn has_left(&self, on: NaiveDate) -> bool {
        self.withdrawal.is_some_and(|w| w.effective_on <= on)
    }

    fn does(&mut self, on: NaiveDate, deed: &Deed) {
        match deed {
            Deed::Made(means) => self.made = Some((*means, on)),
            Deed::Expressed(consent) => {
                if consent.means != Means::Notification {
                    self.made = None;
                }
                self.consent.get_or_insert_with(|| consent.clone());
            }
            // What comes first ends it: a claim may be carried out while a notice runs.
            Deed::Withdrawn(withdrawal) => match self.withdrawal {
                Some(own) if own.effective_on <= withdrawal.effective_on => {}
                Some(_) | None => self.withdrawal = Some(*withdrawal),
            },
            Deed::Voided(event) => {
                self.void.get_or_insert((on, *event));
            }
            Deed::Declined => {
                self.declined_on.get_or_insert(on);
            }
        }
    }
}

/// One party's consent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartyConsent {
    /// Its signature; the last one, where it signed again after its consent had ended.
    pub signed: Option<Signature>,
    /// Those before.
    pub signed_before: Vec<Signature>,
    /// A signature without authority that waits for confirmation.
    pub unauthorised: Option<Signature>,
    /// Its consents, in the order of their days: what follows from its deeds, in whatever order these
    /// were recorded. A next one begins after the last has ended.
    pub lives: Vec<Life>,
    deeds: Vec<(NaiveDate, Deed)>,
    /// When its notification that its procedures are complete counts, where that is its consent (F9).
    notified: Vec<Expressed>,
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
    /// Its consent is void.
    Void,
}

impl PartyConsent {
    /// The life that counts on a date: the last that had begun by then.
    pub fn life(&self, on: NaiveDate) -> Option<&Life> {
        self.lives.iter().rev().find(|life| life.begun <= on)
    }

    /// The consent that it has, or had last.
    pub fn consent(&self) -> Option<&Expressed> {
        let mut lives = self.lives.iter().rev();
        lives.find_map(|life| life.consent.as_ref())
    }

    /// The consent that it had last by a date; its first one, if it had none by then.
    pub(crate) fn consent_by(&self, on: NaiveDate) -> Option<&Expressed> {
        let mut all = self.lives.iter().filter_map(|life| life.consent.as_ref());
        let by_then = all.clone().rfind(|consent| consent.on <= on);
        by_then.or_else(|| all.next())
    }

    /// The consent that it has given and not ended by a date; whether it binds, [`Life::binds`] says.
    pub(crate) fn standing(&self, on: NaiveDate) -> Option<&Expressed> {
        let life = self.life(on).filter(|life| life.stands(on))?;
        life.consent.as_ref()
    }

    /// Whether it ever consented.
    pub fn has_consented(&self) -> bool {
        self.consent().is_some()
    }

    /// When it declined first, on a day or after: an act of that day counts until then (C17).
    pub(crate) fn declined_from(&self, on: NaiveDate) -> Option<NaiveDate> {
        let declined = self.lives.iter().filter_map(|life| life.declined_on);
        declined.filter(|declined| on <= *declined).min()
    }

    /// All its signatures.
    pub(crate) fn signatures(&self) -> impl Iterator<Item = &Signature> {
        self.signed_before.iter().chain(&self.signed)
    }

    /// Whether its signature was used up by a consent that it has left since.
    pub(crate) fn signature_is_spent(&self, on: NaiveDate) -> bool {
        let signed = self.signed.as_ref().map(|signed| signed.on);
        let mut left = self.lives.iter().filter(|life| life.has_left(on));
        left.any(|life| signed.is_none_or(|signed| signed <= life.begun))
    }

    /// Whether it is a contracting State on a date, though it may have given notice since.
    pub(crate) fn had_consented(&self, on: NaiveDate) -> bool {
        let taken_back = |life: &Life| life.declined_on.is_some_and(|declined| declined <= on);
        let mut lives = self.lives.iter();
        lives.any(|life| life.had_consented(on) && !taken_back(life))
    }

    fn does(&mut self, on: NaiveDate, deed: Deed) {
        self.deeds.push((on, deed));
        self.follows();
    }

    pub(super) fn makes(&mut self, on: NaiveDate, means: Means) {
        self.does(on, Deed::Made(means));
    }

    pub(super) fn expresses(&mut self, consent: Expressed) {
        self.does(consent.on, Deed::Expressed(consent));
    }

    pub(super) fn declines(&mut self, on: NaiveDate) {
        self.does(on, Deed::Declined);
    }

    pub(crate) fn leaves(&mut self, withdrawal: Withdrawal) {
        self.does(withdrawal.received_on, Deed::Withdrawn(withdrawal));
    }

    /// Its consent is void, as was stated on a day.
    pub(crate) fn is_void(&mut self, stated_on: NaiveDate, event: u64) {
        self.does(stated_on, Deed::Voided(event));
    }

    /// A notice that had not taken effect is as if it had never been given (C15).
    pub(super) fn revokes(&mut self, on: NaiveDate) {
        let runs = |(_, deed): &(NaiveDate, Deed)| match deed {
            Deed::Withdrawn(w) => w.rule == Rule::C14 && on < w.effective_on,
            Deed::Made(_) | Deed::Expressed(_) | Deed::Voided(_) | Deed::Declined => false,
        };
        if let Some(at) = self.deeds.iter().position(runs) {
            self.deeds.remove(at);
        }
        self.follows();
    }

    pub(super) fn notifies(&mut self, notified: Vec<Expressed>) {
        if self.notified != notified {
            self.notified = notified;
            self.follows();
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    pub(super) fn follow_declined(&mut self) {
        if self
            .deeds
            .iter()
            .any(|(_, deed)| matches!(deed, Deed::Declined))
        {
            self.follows();
        }
    }

    /// Concludes its lives from its deeds.
    fn follows(&mut self) {
        let notified = self.notified.iter();
        let notified = notified.map(|n| (n.on, Deed::Expressed(n.clone())));
        let mut deeds: Vec<_> = self.deeds.iter().cloned().chain(notified).collect();
        deeds.sort_by_key(|(on, deed)| (*on, deed.rank()));
        let mut lives: Vec<Life> = Vec::new();
        for (on, deed) in deeds {
            match lives.last_mut().filter(|life| !life.is_over(on)) {
                Some(life) => life.does(on, &deed),
                // Nobody leaves without having consented.
                None if matches!(deed, Deed::Withdrawn(_) | Deed::Voided(_)) => {}
                None => {
                    let begun = on;
                    let mut life = Life {
                        begun,
                        ..Life::default()
                    };
                    life.does(on, &deed);
                    lives.push(life);
                }
            }
        }
        self.lives = lives;
    }

    pub(super) fn sign(&mut self, signature: Signature) {
        if signature.manner == Manner::Definitive {
            self.expresses(Expressed {
                on: signature.on,
                means: Means::Signature,
                chosen: Vec::new(),
                waits: false,
                event: signature.event,
            });
        }
        self.signed_before.extend(self.signed.replace(signature));
    }

    /// Where the party stands on a date, the agreement being in force for it since `force`, if it
    /// is: a party is who has consented and for whom it is in force (C13).
    pub fn stage(&self, on: NaiveDate, force: Option<NaiveDate>) -> Stage {
        if let Some(life) = self.life(on) {
            if life.void.is_some() {
                return Stage::Void;
            }
            if let Some(withdrawal) = life.withdrawal.filter(|w| w.received_on <= on) {
                return if withdrawal.effective_on <= on {
                    Stage::Withdrawn
                } else {
                    Stage::Withdrawing
                };
            }
            if life.declined_on.is_some_and(|d| d <= on) {
                return Stage::Declined;
            }
            if life.had_consented(on) {
                return if force.is_some_and(|since| since <= on) {
                    Stage::Party
                } else {
                    Stage::ConsentExpressed
                };
            }
        }
        match self
            .signed
            .as_ref()
            .filter(|_| !self.signature_is_spent(on))
        {
            // One that was confirmed is consent, and since it was signed (VCLT 12(2)(b)): it was
            // found above.
            Some(s) if s.on <= on && s.manner == Manner::AdReferendum => Stage::SignedAdReferendum,
            Some(s) if s.on <= on => Stage::SignedSimple,
            _ => Stage::None,
        }
    }

    /// Whether the party has consented by a date, and has not declined or left.
    pub(crate) fn binds(&self, on: NaiveDate) -> bool {
        self.lives.iter().any(|life| life.binds(on))
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
