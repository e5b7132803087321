//! A run of random acts, and what must hold of it.

pub(crate) mod model;
mod others;
pub(crate) mod reached;
mod status;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use travaux::domain::clause::Means;
use travaux::{
    domain::{
        Actor, AgreementId, Context, Event, EventId, PartyId, Recorded, Rule, StreamId,
        agreement::{
            Agreement, AgreementCommand, AgreementEvent, Beside, ForceBetween, Nature, Status,
            TextState,
        },
        agreement::{
            MachineEvent, Machines,
            consent::{ConsentAct, Stage},
            ending::{EndingAct, Void},
        },
        effect::Evaluation,
    },
    projections::{AgreementRecord, InForceQuestion, Projection as _, Register},
    text::Lang,
};
use travaux_testkit::{acts, random::Rng};
use uuid::Uuid;

use self::model::Model;

/// What broke.
type Checked = Result<(), String>;

fn ensure(holds: bool, what: impl FnOnce() -> String) -> Checked {
    if holds { Ok(()) } else { Err(what()) }
}

/// An agreement, what was done to it, and what it was after each act.
pub(crate) struct Run {
    pub(crate) record: AgreementRecord,
    register: Register,
    rng: Rng,
    now: DateTime<Utc>,
    told: Vec<String>,
    snapshots: Vec<(DateTime<Utc>, Machines)>,
    stood: Vec<(DateTime<Utc>, Status)>,
    broken: Option<String>,
}

pub(crate) fn lang() -> Lang {
    Lang::parse("fr").expect("a tag")
}

/// The ends of an agreement that are on record, and since when it is void.
fn ends(agreement: &Agreement) -> (usize, Option<Void>) {
    let ending = &agreement.machines.ending;
    (ending.ends.len(), ending.void)
}

impl Run {
    pub(crate) fn new(rng: Rng) -> Self {
        let now = "2020-01-01T00:00:00Z".parse().expect("a time");
        Self {
            record: AgreementRecord::default(),
            register: Register::default(),
            rng,
            now,
            told: Vec::new(),
            snapshots: Vec::new(),
            stood: Vec::new(),
            broken: None,
        }
    }

    pub(crate) fn told(&self) -> String {
        self.told.join("\n")
    }

    /// Tries one random act; its name if it was accepted.
    pub(crate) fn step(&mut self, model: &mut Model) -> Option<&'static str> {
        if self.broken.is_some() {
            return None;
        }
        self.now += acts::some_days(&mut self.rng);
        let today = self.now.date_naive();
        let (party, command) = acts::act(&mut self.rng, &self.record.agreement, today);
        let on = acts::some_day(&mut self.rng, &command, self.now);
        let context = Context::new(Actor::party(party.clone()), self.now).done_on(on);
        let decided = self.record.agreement.decide(command, &context).ok()?;
        let again = self
            .record
            .agreement
            .decide(AgreementCommand::behind(&decided.event), &context);
        // An audit decides it again as a record of before.
        let audited = self.record.agreement.decide_with(
            AgreementCommand::behind(&decided.event),
            &context,
            Beside {
                again: true,
                ..Beside::default()
            },
        );
        if again.as_ref() != Ok(&decided) || audited.as_ref() != Ok(&decided) {
            self.broken = Some(format!(
                "decided again, it is another event: {:?} / {again:?} / {audited:?}",
                decided.event
            ));
            return None;
        }
        let line = format!(
            "{} {party}: {:?} [{}]",
            self.now, decided.event, decided.legal_basis
        );
        // The proposal holds every row of its profile: its beginning says enough.
        self.told.push(line.chars().take(400).collect());
        let before = self.record.clone();
        let recorded = Recorded {
            position: self.record.version + 1,
            stream: StreamId::Agreement(AgreementId(Uuid::nil())),
            version: self.record.version + 1,
            id: EventId(Uuid::nil()),
            recorded_at: self.now,
            actor: context.actor,
            event: Event::Agreement(decided.event.clone().into()),
            legal_basis: Some(decided.legal_basis.clone()),
            done_on: on,
        };
        self.record.apply(&recorded);
        self.register.apply(&recorded);
        model.take(&party.as_str().into(), &decided.event);
        self.snapshots
            .push((self.now, self.record.agreement.machines.clone()));
        let status = self.record.agreement.status(self.now.date_naive(), None);
        self.stood.push((self.now, status));
        let (old, new) = (&before.agreement, &self.record.agreement);
        let others =
            self.nobody_acts_for_others((old, new), &party.as_str().into(), &decided.event);
        let held = self.after(&before, &decided.event, decided.legal_basis.rule);
        self.broken = held.and(others).err();
        Some(decided.event.type_name())
    }

    fn parties(&self) -> Vec<PartyId> {
        self.record.agreement.all_parties()
    }

    fn dates() -> impl Iterator<Item = NaiveDate> + Clone {
        let first: NaiveDate = "2019-12-15".parse().expect("a date");
        (0..12).map(move |n| first + TimeDelta::days(n * 120))
    }

    fn pairs(&self) -> Vec<(PartyId, PartyId)> {
        let parties = self.parties();
        let mut pairs = Vec::new();
        for (at, a) in parties.iter().enumerate() {
            pairs.extend(parties[at + 1..].iter().map(|b| (a.clone(), b.clone())));
        }
        pairs
    }

    /// What must hold of each act.
    fn after(&self, before: &AgreementRecord, event: &AgreementEvent, rule: Rule) -> Checked {
        let (old, new) = (&before.agreement, &self.record.agreement);
        // P16: after authentication, only corrections and amendments change the text.
        if old.text.state() == TextState::Authenticated && old.history.len() != new.history.len() {
            let nature = new.last_adoption().map(|a| a.nature);
            ensure(
                matches!(nature, Some(Nature::Amendment | Nature::Correction)),
                || format!("P16: {nature:?} changed the text"),
            )?;
        }
        // P13: what the text was stays what it was.
        for step in 1..=old.history.len() {
            let (was, is) = (
                old.history.print_at(step, lang()),
                new.history.print_at(step, lang()),
            );
            ensure(was == is, || format!("P13: step {step} was rewritten"))?;
        }
        // P18: a certificate does not survive another text.
        if let AgreementEvent::TextAdopted(a) = event {
            let same = new
                .machines
                .languages
                .certificate()
                .is_none_or(|c| c.digests.iter().all(|(l, d)| a.digests.get(l) == Some(d)));
            ensure(same, || "P18: a certificate outlived its text".into())?;
        }
        match event {
            // P15: without authority nothing changes but that it is on record.
            AgreementEvent::Machine(MachineEvent::Consent(
                ConsentAct::UnauthorisedActRecorded { .. },
            )) => {
                for (a, b) in self.pairs() {
                    for on in Self::dates() {
                        ensure(old.between(&a, &b, on) == new.between(&a, &b, on), || {
                            "P15: an unauthorised act has an effect".into()
                        })?;
                    }
                }
            }
            AgreementEvent::Machine(MachineEvent::Consent(ConsentAct::WithdrawalNotified {
                ..
            })) => {
                // P11: fewer parties do not end it.
                ensure(
                    old.in_force_since() == new.in_force_since() && ends(old) == ends(new),
                    || "P11: a withdrawal ended it".into(),
                )?;
                // P8: taken back before its effect, it leaves the state as if it had never been given.
                let mut revoked = Agreement::clone(new);
                let party = self.told_last_party();
                let context = Context::new(Actor::party(party), self.now);
                let on = new
                    .machines
                    .consents
                    .0
                    .values()
                    .flat_map(|c| &c.lives)
                    .filter_map(|life| life.withdrawal)
                    .map(|w| w.received_on)
                    .min()
                    .unwrap_or_default();
                if let Ok(decided) =
                    revoked.decide(ConsentAct::NotificationRevoked { on }.into(), &context)
                {
                    revoked.evolve(&decided.event, &context);
                    ensure(revoked.machines == old.machines, || {
                        "P8: a notice that was taken back left a trace".into()
                    })?;
                }
            }
            AgreementEvent::Machine(MachineEvent::Ending(
                EndingAct::AgreementEnded(_)
                | EndingAct::Terminated { .. }
                | EndingAct::Superseded { .. }
                | EndingAct::MeasureCarriedOut { .. },
            )) => {
                // P12: nothing ends but on a ground of the treaty or the Convention.
                let known = [
                    Rule::E1,
                    Rule::E2,
                    Rule::E3,
                    Rule::E4,
                    Rule::E7,
                    Rule::E13,
                    Rule::E21,
                ];
                ensure(known.contains(&rule), || {
                    format!("P12: ended on {}", rule.name())
                })?;
            }
            _ => ensure(ends(old) == ends(new), || {
                format!("P12: {} ended it", event.type_name())
            })?,
        }
        Ok(())
    }

    fn told_last_party(&self) -> String {
        self.told
            .last()
            .and_then(|line| line.split_once("UTC ")?.1.split_once(':'))
            .map(|(party, _)| party.to_owned())
            .unwrap_or_default()
    }

    /// What must hold at the end.
    pub(crate) fn check(&self, model: &Model) -> Checked {
        if let Some(broken) = &self.broken {
            return Err(broken.clone());
        }
        let agreement = &self.record.agreement;
        // P10: an earlier known time is the state that there was then.
        for (at, machines) in &self.snapshots {
            let known = agreement.known_at(*at);
            ensure(known.machines == *machines, || {
                format!("P10: known at {at} is not what there was")
            })?;
        }
        // P17: final clauses operate from the adoption.
        ensure(
            agreement.operative_clauses().is_some() == model.adopted,
            || "P17: clauses operate before the adoption".into(),
        )?;
        self.check_force(model)?;
        self.check_reservations(model)?;
        self.check_notifications(model)?;
        self.check_pairs(model)?;
        self.check_status()?;
        self.check_texts()
    }

    /// Whether a party consented by its notification that its procedures are complete (F9): that follows,
    /// and the model notes acts alone.
    fn has_notified(&self, party: &PartyId) -> bool {
        let own = self.record.agreement.machines.consents.of(party);
        let lives = own.iter().flat_map(|own| &own.lives);
        let mut consents = lives.filter_map(|life| life.consent.as_ref());
        consents.any(|consent| consent.means == Means::Notification)
    }

    fn check_force(&self, model: &Model) -> Checked {
        let agreement = &self.record.agreement;
        for party in self.parties() {
            let consent = agreement.machines.consents.of(&party);
            if self.has_notified(&party) {
                continue;
            }
            let found = agreement.machines.consents.expressed_on(&party);
            let dates = model.consented.get(&party);
            ensure(
                match (found, dates) {
                    (None, None) => true,
                    (Some(found), Some(dates)) => dates.contains(&found),
                    (Some(_), None) | (None, Some(_)) => false,
                },
                || {
                    format!(
                        "the consent of {party} is {consent:?}, in the model {:?}",
                        model.consented.get(&party)
                    )
                },
            )?;
            // P1: nobody is a party without having consented.
            for on in Self::dates() {
                let stage = consent.map_or(Stage::None, |c| {
                    c.stage(on, agreement.force_for(&party, on))
                });
                let party_then = matches!(stage, Stage::Party | Stage::Withdrawing);
                let consented = model.consented.get(&party).and_then(|all| all.first());
                let consented = consented.is_some_and(|at| *at <= on);
                ensure(!party_then || consented, || {
                    format!("P1: {party} is a party on {on} without consent")
                })?;
            }
        }
        if let Evaluation::Date { on, trace } = agreement.entry_into_force() {
            // P2: not before what satisfied it.
            let satisfied = trace
                .iter()
                .filter(|s| s.event.is_some())
                .all(|s| s.on <= on);
            ensure(satisfied, || format!("P2: {on} lies before {trace:?}"))?;
        }
        // P3: without a clause, it is the last consent of those that negotiated.
        let entered = agreement.machines.force.entered.is_some();
        if model.adopted && !model.has_clause && model.has_one_life_each() && !entered {
            let dates: Option<Vec<NaiveDate>> =
                agreement.negotiating().map(|p| model.once(p)).collect();
            let expected = dates.and_then(|d| d.into_iter().max());
            let found = agreement.entry_into_force().date();
            ensure(found == expected, || {
                format!("P3: {found:?}, expected {expected:?}")
            })?;
        }
        Ok(())
    }

    fn check_reservations(&self, model: &Model) -> Checked {
        let agreement = &self.record.agreement;
        for r in &agreement.machines.reservations.0 {
            for other in self.parties().iter().filter(|p| **p != r.by) {
                // P7: on the day after the last of twelve months from notification, or after the own consent if
                // that is later, unless it was withdrawn by then.
                let notified = model.notified.get(&(r.number, other.clone()));
                let twice = model.consented.get(other).is_some_and(|all| all.len() > 1);
                // What was notified before its confirmation is told again after it (23(2)): that is a case of
                // its own.
                let early = notified
                    .zip(r.confirmed_on)
                    .is_some_and(|(at, made)| *at < made);
                if twice || early || self.has_notified(other) {
                    continue;
                }
                let expected = notified.zip(model.once(other)).map(|(at, own)| {
                    let silent = at.checked_add_months(chrono::Months::new(12));
                    let last = silent.unwrap_or(NaiveDate::MAX).max(own);
                    last.succ_opt().unwrap_or(last)
                });
                let in_time = |from: &NaiveDate| r.withdrawn_on.is_none_or(|w| *from <= w);
                let expected = expected.filter(in_time);
                let found = agreement.tacit_acceptance(r, other);
                ensure(found == expected, || {
                    format!("P7: {found:?}, expected {expected:?}")
                })?;
            }
        }
        Ok(())
    }

    fn check_notifications(&self, model: &Model) -> Checked {
        let depositary = &self.record.agreement.machines.depositary;
        for (number, notification) in (1..).zip(&depositary.notifications) {
            // P14: with a depositary, a party's time starts when it is informed.
            for party in self.parties() {
                let found = depositary.received_by(notification, &party);
                let kept_by_another = depositary.keeper.as_ref().is_some_and(|k| *k != party.0);
                if kept_by_another {
                    let expected = model.informed.get(&(number, party.clone())).copied();
                    ensure(found == expected, || {
                        format!("P14: {found:?}, expected {expected:?}")
                    })?;
                }
            }
        }
        Ok(())
    }

    fn check_pairs(&self, model: &Model) -> Checked {
        let agreement = &self.record.agreement;
        for (a, b) in self.pairs() {
            for on in Self::dates() {
                let answer = agreement.between(&a, &b, on);
                // P5: whoever is named first.
                ensure(answer == agreement.between(&b, &a, on), || {
                    format!("P5: {a} and {b} on {on}")
                })?;
                // P6: nothing of a third one's reservation.
                let foreign = answer.reservations.iter().find(|r| r.by != a && r.by != b);
                ensure(foreign.is_none(), || {
                    format!("P6: {foreign:?} between {a} and {b}")
                })?;
                // P4: only changes that bind both.
                for (revision, from) in &answer.changes {
                    let bound =
                        |p: &PartyId| model.binds(*revision, p, agreement.force_for_last(p));
                    ensure(bound(&a) && bound(&b) && *from <= on, || {
                        format!("P4: revision {revision} between {a} and {b} on {on}")
                    })?;
                }
                if let ForceBetween::InForce(since) = answer.force {
                    ensure(since <= on, || format!("in force since {since} on {on}"))?;
                }
            }
        }
        Ok(())
    }

    /// P9: a correction counts from the beginning, and was not known before; an amendment counts from its effect.
    fn check_texts(&self) -> Checked {
        let Some((a, b)) = self.pairs().into_iter().next() else {
            return Ok(());
        };
        for adoption in &self.record.agreement.adoptions {
            let record = self.record.agreement.revision(adoption.revision);
            let Some(word) = record.and_then(|r| reached::new_word(&r.draft.operations)) else {
                continue;
            };
            for on in Self::dates() {
                for known in [
                    adoption.recorded_at - TimeDelta::seconds(1),
                    adoption.recorded_at,
                ] {
                    let question = InForceQuestion {
                        on,
                        known_at: Some(known),
                        between: (a.clone(), b.clone()),
                    };
                    let answer = self.record.in_force_between(question);
                    let Some(text) = self.record.print_in_force(&answer, lang()) else {
                        continue;
                    };
                    let left = answer.between.reasons.iter().any(|r| r.rule == Rule::X10);
                    let expected = match adoption.nature {
                        // What the two amended for themselves stands (X10).
                        Nature::Correction if left => continue,
                        Nature::Correction => known >= adoption.recorded_at,
                        Nature::Amendment => {
                            known >= adoption.recorded_at && self.record.effective(adoption) <= on
                        }
                        Nature::Draft => continue,
                    };
                    ensure(text.contains(&word) == expected, || {
                        format!(
                            "P9: revision {} on {on} as known at {known}: {text}",
                            adoption.revision
                        )
                    })?;
                }
            }
        }
        Ok(())
    }
}
