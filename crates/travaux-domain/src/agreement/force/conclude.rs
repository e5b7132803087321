//! Since when an agreement is in force, as it follows from the log.

use chrono::NaiveDate;

use super::Concluded;
use crate::{
    Rule,
    agreement::state::Agreement,
    clause::Term,
    effect::{Effect, Evaluation, Fact, FactKind, Facts, Step, Which},
};

impl Agreement {
    /// When the agreement enters into force, by its clause (F1) or, without one, with the consent
    /// of all (F2); or what that waits for.
    pub fn entry_into_force(&self) -> Evaluation {
        if self.text.adopted.is_none() {
            return Evaluation::Pending {
                missing: vec!["the adoption of the text".to_owned()],
            };
        }
        let facts = self.acts_done(None);
        let (effect, from) = self.entry_clause(&facts);
        self.between_two(&effect, from, &facts)
    }

    /// The effect by which the agreement enters into force, and since when it is agreed: that of the
    /// first clause by which it had, before the next one was agreed (F1, K5); without a clause, the
    /// consent of all (F2).
    fn entry_clause(&self, facts: &Facts) -> (Effect, Option<NaiveDate>) {
        let clauses = self.machines.clauses.each(Term::entry_into_force);
        let mut each = clauses
            .map(|(from, effect, _)| (effect.clone(), from))
            .peekable();
        // Until a clause is agreed, the rule holds.
        let rule = (Effect::On(Which::Last, FactKind::Consent), None);
        let is_later = each.peek().is_none_or(|(_, from)| from.is_some());
        let mut each = is_later
            .then_some(rule.clone())
            .into_iter()
            .chain(each)
            .peekable();
        while let Some((effect, from)) = each.next() {
            let next = each.peek().map(|(_, from)| from.unwrap_or(NaiveDate::MIN));
            let entered = |next| {
                let entry = self.between_two(&effect, from, facts);
                entry.date().is_some_and(|on| on < next)
            };
            if next.is_none_or(entered) {
                return (effect, from);
            }
        }
        rule
    }

    /// What an effect comes to that brings the agreement into force: not before two are bound (F10,
    /// F12).
    fn between_two(&self, effect: &Effect, from: Option<NaiveDate>, facts: &Facts) -> Evaluation {
        let (on, mut trace) = match effect.evaluate(facts) {
            Evaluation::Date { on, trace } => (on, trace),
            pending @ Evaluation::Pending { .. } => return pending,
        };
        // A clause changes nothing before it was agreed, unless it names the day (K5).
        let named = matches!(effect, Effect::At(_));
        let floor = from.filter(|from| on < *from && !named);
        trace.extend(floor.map(|on| Step {
            what: "the agreement on the clause".to_owned(),
            on,
            event: None,
        }));
        let on = floor.unwrap_or(on);
        match self.machines.consents.two_bound_from(on) {
            None => Evaluation::Pending {
                missing: vec!["the consent of two parties or more".to_owned()],
            },
            Some((later, Some(event))) => {
                trace.push(Step {
                    what: "two are bound".to_owned(),
                    on: later,
                    event: Some(event),
                });
                Evaluation::Date { on: later, trace }
            }
            Some((_, None)) => Evaluation::Date { on, trace },
        }
    }

    /// The same as it was read before instruments that were taken back, and days of clauses, counted: an
    /// audit decides records of then again.
    pub(super) fn entry_as_before(&self) -> Evaluation {
        let mut facts = self.acts_done(None);
        for fact in &mut facts.facts {
            fact.until = None;
        }
        // A text was authentic once that was recorded.
        facts
            .facts
            .retain(|fact| fact.kind != FactKind::Authentication);
        facts.facts.extend(self.text.authenticated.map(|mark| Fact {
            kind: FactKind::Authentication,
            on: mark.on,
            party: None,
            until: None,
            event: mark.event,
        }));
        match self.machines.clauses.find(Term::entry_into_force) {
            Some((effect, _)) => effect.evaluate(&facts),
            None => Effect::On(Which::Last, FactKind::Consent).evaluate(&facts),
        }
    }

    /// Concludes what follows on force and end.
    pub(crate) fn conclude_force(&mut self) {
        self.machines.force.concluded = Concluded::default();
        if self.asks_for_force() && self.text.adopted.is_some() {
            let facts = self.acts_done(None);
            let (effect, from) = self.entry_clause(&facts);
            let entry = self.between_two(&effect, from, &facts);
            let agreed = self
                .machines
                .force
                .entered
                .as_ref()
                .is_some_and(|entered| entered.agreed);
            // A day that all agreed on waits for no act.
            let settled_on = effect.settled_on(&facts).filter(|_| !agreed);
            self.machines.force.concluded.settled_on = settled_on;
            self.machines.force.concluded.since = self.since(&entry);
            self.machines.force.concluded.since = self.two_in_force();
        }
        let end = self.follows_end();
        let since = self.in_force_since();
        let lapses = |(end, rule): &(NaiveDate, Rule)| {
            *rule == Rule::E1 && since.is_some_and(|since| *end <= since)
        };
        match end.filter(lapses) {
            // Its term ran out before it could enter into force.
            Some((end, _)) => {
                self.machines.force.concluded.since = None;
                self.machines.force.concluded.lapsed = Some(end);
            }
            None => self.machines.force.concluded.end = end,
        }
    }

    pub(crate) fn asks_for_force(&self) -> bool {
        let profile = self.identity.as_ref().map(|i| &i.profile);
        profile.is_some_and(|p| p.asks_for_consent() && p.applies(Rule::F1))
    }

    fn since(&self, entry: &Evaluation) -> Option<NaiveDate> {
        let on = match self.machines.force.entered.as_ref() {
            Some(entered) if entered.agreed => Some(entered.on),
            Some(entered) => entry.date().or(Some(entered.on)),
            None => entry.date(),
        };
        let (two, _) = self.machines.consents.two_bound_from(on?)?;
        Some(two)
    }

    /// Since when the agreement is in force: as it follows from the log, or as all agreed. Where no
    /// consent is asked for, as recorded, or from when its text applies. Nothing is in force between
    /// fewer than two (F12), whatever was recorded: a date before the second consent waits for it (F10).
    pub fn in_force_since(&self) -> Option<NaiveDate> {
        if self.asks_for_force() {
            return self.machines.force.concluded.since;
        }
        let recorded = self.machines.force.entered.as_ref().map(|e| e.on);
        recorded.or_else(|| self.text.applies_since())
    }

    /// From when a force counts that begins on a day: from before, where the agreement enters into force
    /// with effect from before (F11). Who consents later is bound from its own day.
    pub(crate) fn with_effect(&self, since: NaiveDate) -> NaiveDate {
        if self.in_force_since() != Some(since) {
            return since;
        }
        let from = self.machines.clauses.find(Term::retroactive_force);
        from.map_or(since, |(from, _)| from.min(since))
    }
}
