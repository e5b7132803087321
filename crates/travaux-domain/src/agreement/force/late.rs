//! Since when an agreement is in force for one party.

use chrono::NaiveDate;

use crate::{
    PartyId,
    agreement::{
        consent::{Life, PartyConsent},
        state::Agreement,
    },
    clause::Term,
    effect::{Effect, Evaluation},
};

/// What a clause on late consent says.
enum Late<'a> {
    /// Who consents after the act on which entry into force waits has a date of its own.
    AfterTheLast(&'a Effect),
    /// Who consents after entry into force has.
    AfterForce(&'a Effect),
}

impl<'a> Late<'a> {
    fn of(term: &'a Term) -> Option<Self> {
        if let Term::LateConsent(effect) = term {
            return Some(Self::AfterTheLast(effect));
        }
        let Term::LateConsentAfterForce(effect) = term else {
            return None;
        };
        Some(Self::AfterForce(effect))
    }
}

impl Agreement {
    /// Since when it is in force for a party by its consent of a day (F1 to F3); `None` where the party
    /// has not consented by then. It may be later than that day.
    pub fn force_for(&self, party: &PartyId, on: NaiveDate) -> Option<NaiveDate> {
        let asks = self
            .identity
            .as_ref()
            .is_some_and(|i| i.profile.asks_for_consent());
        if !asks {
            let since = self.in_force_since()?;
            return self.has_party(party).then_some(since);
        }
        let own = self.machines.consents.of(party)?;
        self.force_by(party, own.life(on)?)
    }

    /// Whether it is in force for a party on a date: it is since, and the party has not left.
    pub(crate) fn is_in_force_for(&self, party: &PartyId, on: NaiveDate) -> bool {
        let bound = || {
            let own = self.machines.consents.of(party);
            own.is_none_or(|own| own.binds(on))
        };
        self.force_for(party, on).is_some_and(|since| since <= on) && bound()
    }

    /// The same, by the consent that it has, or had last.
    pub fn force_for_last(&self, party: &PartyId) -> Option<NaiveDate> {
        self.force_for(party, NaiveDate::MAX)
    }

    fn force_by(&self, party: &PartyId, life: &Life) -> Option<NaiveDate> {
        let since = self.in_force_since()?;
        let consent = life.bound_since()?;
        if life.declined_on.is_some() || life.void.is_some() {
            return None;
        }
        let (is_late, effect) = match self.machines.clauses.find_on(consent, Late::of) {
            Some((Late::AfterTheLast(effect), _)) => {
                let settled = self.machines.force.concluded.settled_on.unwrap_or(since);
                (settled < consent, effect)
            }
            Some((Late::AfterForce(effect), _)) => (since < consent, effect),
            None => return Some(consent.max(since)),
        };
        if !is_late {
            return Some(since);
        }
        let mut facts = self.acts_done(Some((party, consent)));
        facts.facts.push(self.force_fact(None, since));
        let found = effect.evaluate(&facts);
        found.date().map(|on| on.max(since))
    }

    /// Concludes which parties declined in vain: who is bound when it does, is bound (VCLT 26, 42(2)); to
    /// leave is another act. What had been brought about stands (C17).
    pub(crate) fn conclude_declined(&mut self) {
        let declines = |own: &PartyConsent| {
            let last = own.lives.len().checked_sub(1)?;
            let consented = own.lives[last].bound_since()?;
            own.lives[last].declined_on.filter(|on| consented <= *on)
        };
        let consents = self.machines.consents.0.iter();
        let declined = consents.filter_map(|(party, own)| Some((party.clone(), declines(own)?)));
        for (party, on) in declined.collect::<Vec<_>>() {
            let mut without = self.machines.clone();
            without.consents.never_declined(&party);
            let mut otherwise = Self {
                identity: self.identity.clone(),
                text: self.text.clone(),
                machines: without,
                version: self.version,
                ..Self::default()
            };
            otherwise.conclude_force();
            let bound = otherwise.force_for_last(&party);
            if bound.is_some_and(|since| since <= on) {
                self.machines.consents = otherwise.machines.consents;
                self.machines.force = otherwise.machines.force;
            }
        }
    }

    /// What the force for a party waits for, that has consented late.
    pub(super) fn late_waits_for(&self, party: &PartyId, consent: NaiveDate) -> Vec<String> {
        let found = match self.machines.clauses.find_on(consent, Late::of) {
            Some((Late::AfterTheLast(effect) | Late::AfterForce(effect), _)) => {
                effect.evaluate(&self.acts_done(Some((party, consent))))
            }
            None => return Vec::new(),
        };
        match found {
            Evaluation::Pending { missing } => missing,
            Evaluation::Date { .. } => Vec::new(),
        }
    }

    /// The first day on which it is in force for two: who consented late may have a date of its own
    /// (F3, F12).
    pub(super) fn two_in_force(&self) -> Option<NaiveDate> {
        let since = self.machines.force.concluded.since?;
        let consents = &self.machines.consents;
        let settled = self.machines.force.concluded.settled_on;
        let by = match self.machines.clauses.find(Late::of) {
            Some(_) => settled.unwrap_or(since).min(since),
            None => since,
        };
        // Who declined was never bound, whenever that was (C17).
        let in_time = |life: &Life| {
            life.declined_on.is_none()
                && life.void.is_none()
                && life.bound_since().is_some_and(|since| since <= by)
        };
        let in_time = consents
            .0
            .values()
            .filter(|own| own.lives.iter().any(in_time));
        if in_time.count() >= 2 {
            return Some(since);
        }
        let lives = consents.0.iter().map(|(party, own)| (party, &own.lives));
        let first = |(party, lives): (&PartyId, &Vec<Life>)| {
            let each = lives.iter().filter_map(|life| self.force_by(party, life));
            each.min()
        };
        let mut days: Vec<_> = lives.filter_map(first).collect();
        days.sort_unstable();
        days.get(1).map(|second| since.max(*second))
    }
}
