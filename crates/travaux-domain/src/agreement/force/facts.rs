//! What the effects of clauses can wait for, as far as it has happened.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::{
    PartyId,
    agreement::{consent::Expressed, depositary::Subject, state::Agreement},
    clause::{Means, Term},
    effect::{Effect, Evaluation, Fact, FactKind, Facts},
};

impl Agreement {
    /// What effects can wait for, as far as it has happened, and the entry into force among it; for a
    /// party, its consent of that day.
    pub fn facts(&self, own: Option<(&PartyId, NaiveDate)>) -> Facts {
        let mut facts = self.acts_done(own);
        let whole = self.in_force_since();
        facts
            .facts
            .extend(whole.map(|on| self.force_fact(None, on)));
        if let Some((party, on)) = own {
            let own = self.force_for(party, on);
            facts
                .facts
                .extend(own.map(|on| self.force_fact(Some(party), on)));
        }
        facts
    }

    /// The acts that effects can wait for.
    pub(super) fn acts_done(&self, own: Option<(&PartyId, NaiveDate)>) -> Facts {
        let machines = &self.machines;
        let mut facts = Vec::new();
        let mut add = |kind, (on, until), party: Option<&PartyId>, event| {
            facts.push(Fact {
                kind,
                on,
                party: party.cloned(),
                until,
                event,
            })
        };
        for (kind, mark) in [
            (FactKind::Adoption, self.text.adopted),
            (FactKind::Authentication, self.text.authentication()),
        ] {
            if let Some(mark) = mark {
                add(kind, (mark.on, None), None, mark.event);
            }
        }
        for (party, consent) in &machines.consents.0 {
            // What was taken back before it had effect counts for nothing from then on (C17).
            for s in consent.signatures() {
                let until = consent.declined_from(s.on);
                add(FactKind::Signature, (s.on, until), Some(party), s.event);
            }
            for life in &consent.lives {
                let until = life.declined_on;
                let Some((e, since)) = life.consent.as_ref().zip(life.bound_since()) else {
                    continue;
                };
                add(FactKind::Consent, (since, until), Some(party), e.event);
                if !matches!(e.means, Means::Signature | Means::Notification) {
                    add(FactKind::Instrument, (since, until), Some(party), e.event);
                }
            }
        }
        for (party, on, event) in self.procedures_complete() {
            let own = machines.consents.of(party);
            let until = own.and_then(|own| own.declined_from(on));
            add(FactKind::Notification, (on, until), Some(party), event);
        }
        Facts {
            facts,
            parties: self.negotiating().cloned().collect(),
            own: own.map(|(party, on)| (party.clone(), on)),
            groups: machines.clauses.groups(),
            void: machines.consents.void().collect(),
        }
    }

    /// Who has notified that its procedures are complete: since when that counts, and the event.
    fn procedures_complete(&self) -> impl Iterator<Item = (&PartyId, NaiveDate, u64)> {
        let parties: Vec<PartyId> = self.negotiating().cloned().collect();
        let on_dispatch = |t: &Term| matches!(t, Term::OnDispatch).then_some(());
        let on_dispatch = self.machines.clauses.find(on_dispatch).is_some();
        let depositary = &self.machines.depositary;
        let complete = depositary.notifications.iter();
        let complete = complete.filter(|n| n.subject == Subject::ProceduresComplete);
        complete.filter_map(move |n| {
            let (on, event) = depositary.made_on(n, &parties, on_dispatch)?;
            Some((&n.by, on, event))
        })
    }

    /// Concludes who has consented by its notification: where the agreement enters into force once all
    /// have notified that their procedures are complete, each of these is a consent (F9, VCLT 11,
    /// 16(c)).
    pub(crate) fn conclude_notified(&mut self) {
        let by_notification = |effect: &Effect| {
            let other = [FactKind::Consent, FactKind::Instrument, FactKind::Signature];
            effect.waits_for(FactKind::Notification)
                && !other.into_iter().any(|kind| effect.waits_for(kind))
        };
        let mut notified: BTreeMap<PartyId, Vec<Expressed>> = BTreeMap::new();
        let mut entry = self.machines.clauses.each(Term::entry_into_force);
        if entry.any(|(_, effect, _)| by_notification(effect)) {
            for (party, on, event) in self.procedures_complete() {
                notified.entry(party.clone()).or_default().push(Expressed {
                    on,
                    means: Means::Notification,
                    chosen: Vec::new(),
                    waits: false,
                    event,
                });
            }
        }
        self.machines.consents.notified(notified);
    }

    pub(super) fn force_fact(&self, party: Option<&PartyId>, on: NaiveDate) -> Fact {
        Fact {
            kind: FactKind::Force,
            on,
            party: party.cloned(),
            until: None,
            event: self.force_event(),
        }
    }

    /// The event by which the agreement entered into force: the one that says so, or the last on which
    /// that rests.
    fn force_event(&self) -> u64 {
        let recorded = self.machines.force.entered.as_ref().map(|e| e.event);
        let rests = || match self.entry_into_force() {
            Evaluation::Date { trace, .. } => trace.iter().rev().find_map(|step| step.event),
            Evaluation::Pending { .. } => None,
        };
        // Where it rests on no act, on the adoption of the text that names the day (T7).
        let adopted = || self.text.adopted.map(|adopted| adopted.event);
        recorded.or_else(rests).or_else(adopted).unwrap_or_default()
    }
}
