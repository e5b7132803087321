//! Since when an agreement is in force, as it follows from the log.

use chrono::NaiveDate;

use crate::{
    PartyId, Rule,
    agreement::{depositary::Subject, state::Agreement},
    clause::{Means, Term},
    effect::{Effect, Evaluation, Fact, FactKind, Facts, Which},
};

impl Agreement {
    /// What effects can wait for, as far as it has happened.
    pub fn facts(&self, own: Option<&PartyId>) -> Facts {
        let parties: Vec<PartyId> = self.negotiating().cloned().collect();
        let machines = &self.machines;
        let mut facts = Vec::new();
        let mut add = |kind, on, party: Option<&PartyId>, event| {
            facts.push(Fact {
                kind,
                on,
                party: party.cloned(),
                event,
            })
        };
        for (kind, mark) in [
            (FactKind::Adoption, self.text.adopted),
            (FactKind::Authentication, self.text.authenticated),
        ] {
            if let Some(mark) = mark {
                add(kind, mark.on, None, mark.event);
            }
        }
        for (party, consent) in &machines.consents.0 {
            if let Some(s) = &consent.signed {
                add(FactKind::Signature, s.on, Some(party), s.event);
            }
            if let Some(e) = &consent.expressed {
                add(FactKind::Consent, e.on, Some(party), e.event);
                if !matches!(e.means, Means::Signature) {
                    add(FactKind::Instrument, e.on, Some(party), e.event);
                }
            }
        }
        let on_dispatch = machines
            .clauses
            .find(|t| matches!(t, Term::OnDispatch).then_some(()))
            .is_some();
        for n in machines
            .depositary
            .notifications
            .iter()
            .filter(|n| n.subject == Subject::ProceduresComplete)
        {
            if let Some((on, event)) = machines.depositary.made_on(n, &parties, on_dispatch) {
                add(FactKind::Notification, on, Some(&n.by), event);
            }
        }
        Facts {
            facts,
            parties,
            own: own.cloned(),
        }
    }

    /// When the agreement enters into force, by its clause (F1) or, without one, with the consent
    /// of all (F2); or what that waits for.
    pub fn entry_into_force(&self) -> Evaluation {
        if self.text.adopted.is_none() {
            return Evaluation::Pending {
                missing: vec!["the adoption of the text".to_owned()],
            };
        }
        match self.machines.clauses.find(|t| {
            if let Term::EntryIntoForce(effect) = t {
                Some(effect)
            } else {
                None
            }
        }) {
            Some((effect, _)) => effect.evaluate(&self.facts(None)),
            None => Effect::On(Which::Last, FactKind::Consent).evaluate(&self.facts(None)),
        }
    }

    /// Since when the agreement is in force: as recorded, or as it follows from the log. Where no
    /// consent is asked for, from when its text applies. Nothing is in force between fewer than two
    /// (F12), whatever was recorded: a date before the second consent waits for it.
    pub fn in_force_since(&self) -> Option<NaiveDate> {
        let entered = self.machines.force.entered.as_ref().map(|e| e.on);
        let asks = self
            .identity
            .as_ref()
            .is_some_and(|i| i.profile.asks_for_consent() && i.profile.applies(Rule::F1));
        if !asks {
            return entered.or_else(|| self.text.applies_since());
        }
        let second = self.machines.consents.second_on()?;
        match entered {
            Some(on) => Some(on.max(second)),
            None => self.entry_into_force().date().filter(|on| second <= *on),
        }
    }

    /// Since when it is in force for a party (F1 to F3); `None` where the party has not consented.
    pub fn force_for(&self, party: &PartyId) -> Option<NaiveDate> {
        let since = self.in_force_since()?;
        let asks = self
            .identity
            .as_ref()
            .is_some_and(|i| i.profile.asks_for_consent());
        if !asks {
            return self.has_party(party).then_some(since);
        }
        let consent = self.machines.consents.of(party)?;
        let expressed = consent.expressed.as_ref()?.on;
        if consent.declined_on.is_some() {
            return None;
        }
        if expressed <= since {
            return Some(since);
        }
        match self.machines.clauses.find(|t| {
            if let Term::LateConsent(effect) = t {
                Some(effect)
            } else {
                None
            }
        }) {
            Some((effect, _)) => effect
                .evaluate(&self.facts(Some(party)))
                .date()
                .map(|on| on.max(since)),
            None => Some(expressed),
        }
    }
}
