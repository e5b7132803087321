//! Acts that were recorded wrongly and are restated (RC6). What stands is folded from the acts as they
//! are stated last; the earlier record stays, and what follows from it as known then.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

use super::{
    Agreement, AgreementCommand, AgreementEvent, LoggedAct, MachineEvent,
    amendment::AmendmentAct,
    consent::ConsentAct,
    decision::DecisionContext,
    depositary::DepositaryAct,
    ending::{Ended, EndingAct},
    force::ForceAct,
    known::Fold,
    relation::RelationAct,
};
use crate::{
    Actor, Context, Decided, LegalBasis, PartyId, Reason, Refusal, Rule,
    words::{Summary, names},
};

/// An act beside the text, in a record; its serde form is that of its event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Act(pub MachineEvent);

impl Serialize for Act {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        AgreementEvent::Machine(self.0.clone()).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Act {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let event = <AgreementEvent as Deserialize>::deserialize(deserializer)?;
        let kind = event.type_name();
        let AgreementEvent::Machine(act) = event else {
            return Err(D::Error::custom(format!("{kind} is an act on the text")));
        };
        Ok(Self(act))
    }
}

/// An act that was recorded wrongly, and what was done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Restated {
    /// The event that recorded it last, by its version in the stream.
    pub event: u64,
    /// The act as that one has it; found by the decision.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub was: Option<Act>,
    /// The act as it was done; none, if nothing was done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub done: Option<Act>,
    /// Of an act on which others agreed: the parties that agree now.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub consenting: Vec<PartyId>,
    /// Why.
    pub reason: String,
}

impl Restated {
    /// What it says, in words.
    pub(super) fn describe(&self) -> Summary {
        let words = |act: &Option<Act>| act.as_ref().map(|act| act.0.describe());
        let dated = |said: &Summary| match said.done_on {
            Some(on) if !said.what.contains(&on.to_string()) => format!("{}, {on}", said.what),
            Some(_) | None => said.what.clone(),
        };
        let was = words(&self.was);
        let was = was.map_or(String::new(), |said| format!(" (not: {})", dated(&said)));
        let reason = &self.reason;
        match words(&self.done) {
            Some(said) => Summary {
                what: format!("restated: {}{was}; {reason}", dated(&said)),
                ..said
            },
            None => {
                let was = words(&self.was).map_or(String::new(), |said| said.what);
                Summary::new(format!("restated as not done: {was}; {reason}"))
            }
        }
    }

    /// The entry that it makes among the acts, by an event that `context` recorded; none, where it
    /// restates nothing that is there.
    pub(super) fn logged(
        &self,
        acts: &[Arc<LoggedAct>],
        event: u64,
        context: &Context,
    ) -> Option<LoggedAct> {
        let old = acts.iter().find(|logged| logged.event == self.event)?;
        Some(LoggedAct {
            event,
            recorded_at: context.now,
            party: context.actor.party.clone(),
            act: self.done.as_ref().map_or(&old.act, |done| &done.0).clone(),
            restates: Some(self.event),
            struck: self.done.is_none(),
        })
    }
}

/// An act that was accepted, and would not be as others are stated now, or would say something else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unfounded {
    /// The event, by its version in the stream.
    pub event: u64,
    /// Why it would not be accepted; none, where what its decision found would be something else.
    pub refusal: Option<Refusal>,
}

impl Agreement {
    /// The acts that were accepted, and would not be after what was restated since, or whose decision
    /// would find something else: who did them may have to restate them too. What other streams have to
    /// be known for is left out.
    pub fn unfounded(&self) -> Vec<Unfounded> {
        let mut found = Vec::new();
        let Some(first) = self.acts.iter().filter_map(|logged| logged.restates).min() else {
            return found;
        };
        let first = origin(&self.acts, first);
        let mut fold = Fold::of(self.identity.as_ref(), &self.text);
        for (origin, last) in stated(&self.acts) {
            if first < origin {
                let now = fold.beside(self).decides_again(last);
                let then = self.before(origin, last.event).decides_again(last);
                if let Ok(then) = then
                    && now.as_ref() != Ok(&then)
                {
                    let (event, refusal) = (last.event, now.err());
                    found.push(Unfounded { event, refusal });
                }
            }
            fold.take(last);
        }
        found
    }

    fn decides_again(&self, logged: &LoggedAct) -> Result<AgreementEvent, Refusal> {
        let context = Context::new(Actor::party(logged.party.clone()), logged.recorded_at);
        let command = AgreementCommand::Machine(logged.act.clone());
        self.decide(command, &context).map(|decided| decided.event)
    }

    /// As it was before an act, by what the events before `known` state of all that came before it.
    fn before(&self, origin: u64, known: u64) -> Self {
        let acts = self.acts.iter().filter(|logged| logged.event < known);
        let mut fold = Fold::of(self.identity.as_ref(), &self.text);
        let earlier = stated(acts).into_iter();
        for (_, logged) in earlier.take_while(|(first, _)| *first < origin) {
            fold.take(logged);
        }
        fold.beside(self)
    }

    /// How many there are of what others name by its number.
    fn numbered(&self) -> (usize, usize, usize, usize, Vec<usize>) {
        let machines = &self.machines;
        let reservations = machines.reservations.0.iter();
        (
            machines.ending.suspensions.len(),
            machines.ending.claims.len(),
            machines.depositary.notifications.len(),
            machines.declarations.0.len(),
            reservations.map(|r| r.narrowings.len()).collect(),
        )
    }
}

/// The event that recorded an act first.
fn origin(acts: &[Arc<LoggedAct>], event: u64) -> u64 {
    let restates = |event: u64| {
        let own = acts.iter().find(|logged| logged.event == event)?;
        own.restates
    };
    let mut origin = event;
    while let Some(earlier) = restates(origin) {
        origin = earlier;
    }
    origin
}

/// The acts as they are stated last, each in the place of the event that recorded it first, which is
/// named beside it; without those that were not done.
pub(super) fn stated<'a>(
    acts: impl IntoIterator<Item = &'a Arc<LoggedAct>>,
) -> Vec<(u64, &'a LoggedAct)> {
    let mut all: Vec<(u64, &LoggedAct)> = Vec::new();
    // Where those stand that restate another.
    let mut places: BTreeMap<u64, usize> = BTreeMap::new();
    for logged in acts {
        let Some(restates) = logged.restates else {
            all.push((logged.event, logged));
            continue;
        };
        let first = || {
            all.binary_search_by_key(&restates, |(event, _)| *event)
                .ok()
        };
        if let Some(place) = places.get(&restates).copied().or_else(first) {
            places.insert(logged.event, place);
            all[place].1 = logged;
        }
    }
    all.retain(|(_, logged)| !logged.struck);
    all
}

impl DecisionContext<'_> {
    /// An act beside the text that was recorded wrongly is restated by who did it, and by all who agreed
    /// on it.
    pub(super) fn restate(&self, asked: Restated) -> Result<Decided<AgreementEvent>, Refusal> {
        let refuse = |reason, expected: String, found: String| {
            Err(self.refuse(reason, Rule::RC6, expected, found))
        };
        self.identity()?;
        let acts = &self.agreement.acts;
        let Some(old) = acts.iter().find(|logged| logged.event == asked.event) else {
            let expected = "an act beside the text that is on record".to_owned();
            return refuse(Reason::Unknown, expected, "none by that event".to_owned());
        };
        let by = self.party();
        if old.party != *by {
            let expected = format!("an act of who did it ({})", old.party);
            return refuse(Reason::NotEntitled, expected, format!("one of `{by}`"));
        }
        if let Some(later) = acts.iter().find(|l| l.restates == Some(asked.event)) {
            let expected = "an act as it is stated last".to_owned();
            let found = format!("one restated on {}", later.recorded_at.date_naive());
            return refuse(Reason::Already, expected, found);
        }
        if asked.reason.trim().is_empty() {
            return refuse(Reason::Malformed, "why".to_owned(), "nothing".to_owned());
        }
        if let Some(why) = bound_to_its_record(&old.act) {
            let expected = "an act that can be restated".to_owned();
            return refuse(Reason::Forbidden, expected, why.to_owned());
        }
        let was = Some(Act(old.act.clone()));
        let done = match &asked.done {
            None if old.struck => {
                let expected = "an act that was done".to_owned();
                let found = "one stated as not done".to_owned();
                return refuse(Reason::Already, expected, found);
            }
            None => None,
            Some(done) => Some(self.done_instead(old, done)?),
        };
        let each = was.iter().chain(&done).flat_map(agreed_by);
        let missing: BTreeSet<String> = each
            .filter(|party| party != by && !asked.consenting.contains(party))
            .map(|party| party.to_string())
            .collect();
        if !missing.is_empty() {
            let expected = "the consent of all who agreed on it".to_owned();
            let refusal = self.refuse(
                Reason::ConsentMissing,
                Rule::RC6,
                expected,
                names(&asked.consenting),
            );
            return Err(refusal.missing(missing));
        }
        let restated = Restated { was, done, ..asked };
        self.numbers_stay(&restated)?;
        // A rule of the record is of all profiles, also of those that were recorded before it was.
        Ok(Decided {
            legal_basis: LegalBasis {
                rule: Rule::RC6,
                kind: Rule::RC6.kind(),
                clause: None,
            },
            event: AgreementEvent::ActRestated(restated),
        })
    }

    /// The act that was done instead, decided on the agreement as it was before.
    fn done_instead(&self, old: &LoggedAct, done: &Act) -> Result<Act, Refusal> {
        let refuse = |reason, expected: String, found: &str| {
            Err(self.refuse(reason, Rule::RC6, expected, found))
        };
        let origin = origin(&self.agreement.acts, old.event);
        let before = self.agreement.before(origin, u64::MAX);
        let command = AgreementCommand::Machine(done.0.clone());
        let decided = before.decide_with(command, self.context, self.beside)?;
        let AgreementEvent::Machine(act) = decided.event else {
            let expected = "an act beside the text".to_owned();
            return refuse(Reason::Malformed, expected, "another");
        };
        // One command gives either, as the powers are.
        let kind = |act: &MachineEvent| match act.type_name() {
            "UnauthorisedActRecorded" => "Signed",
            other => other,
        };
        if kind(&act) != kind(&old.act) {
            let expected = format!("an act of the same kind, to {}", old.act.words());
            return refuse(Reason::Malformed, expected, act.words());
        }
        if act == old.act && !old.struck {
            let expected = "another act than that on record".to_owned();
            return refuse(Reason::Already, expected, "the same");
        }
        Ok(Act(act))
    }

    /// That what others name by its number keeps it: as many there are of each afterwards.
    fn numbers_stay(&self, restated: &Restated) -> Result<(), Refusal> {
        let mut after = self.agreement.clone();
        let event = after.version + 1;
        let logged = restated.logged(&after.acts, event, self.context);
        after.acts.extend(logged.map(Arc::new));
        after.refold();
        if after.numbered() == self.agreement.numbered() {
            return Ok(());
        }
        let expected = "an act by which others keep the numbers by which they are named";
        let found = "one that has a number, or gives one: withdraw it, or restate its date";
        Err(self.refuse(Reason::Forbidden, Rule::RC6, expected, found))
    }
}

/// Those whose agreement an act records: they consent to it, it is among them, or it is by their
/// instruments.
fn agreed_by(act: &Act) -> Vec<PartyId> {
    match &act.0 {
        MachineEvent::Consent(ConsentAct::InstrumentsExchanged { instruments, .. }) => {
            instruments.keys().cloned().collect()
        }
        MachineEvent::Force(
            ForceAct::EnteredIntoForce { consenting, .. }
            | ForceAct::ProvisionalApplicationBegan { consenting, .. }
            | ForceAct::ClauseAgreed { consenting, .. },
        )
        | MachineEvent::Amendment(AmendmentAct::InterpretationAgreed { consenting, .. })
        | MachineEvent::Depositary(DepositaryAct::DepositaryDesignated { consenting, .. })
        | MachineEvent::Ending(
            EndingAct::AgreementEnded(Ended { consenting, .. })
            | EndingAct::Superseded { consenting, .. }
            | EndingAct::Suspended { consenting, .. }
            | EndingAct::OperationResumed { consenting, .. }
            | EndingAct::ClaimSettled { consenting, .. }
            | EndingAct::SuspendedInterSe {
                between: consenting,
                ..
            },
        ) => consenting.clone(),
        MachineEvent::Consent(_)
        | MachineEvent::Force(_)
        | MachineEvent::Amendment(_)
        | MachineEvent::Depositary(_)
        | MachineEvent::Ending(_)
        | MachineEvent::Language(_)
        | MachineEvent::Reservation(_)
        | MachineEvent::Declaration(_)
        | MachineEvent::Correction(_)
        | MachineEvent::Relation(_)
        | MachineEvent::Mandate(_) => Vec::new(),
    }
}

/// Why an act cannot be restated: what follows from it is not only what machines conclude.
fn bound_to_its_record(act: &MachineEvent) -> Option<&'static str> {
    let in_text = "one whose words stand in the text: correct that";
    match act {
        MachineEvent::Language(_) | MachineEvent::Correction(_) => Some(in_text),
        MachineEvent::Amendment(AmendmentAct::AnnexAmended { .. }) => Some(in_text),
        MachineEvent::Amendment(act) => {
            let settles = act.brings_into_force().or(act.leaves_to_silence());
            settles.map(|_| "one that settles what became of a revision")
        }
        MachineEvent::Relation(
            RelationAct::RelationRecorded { .. } | RelationAct::AgreementFollowsItem { .. },
        ) => Some("one that another stream records too"),
        MachineEvent::Consent(_)
        | MachineEvent::Force(_)
        | MachineEvent::Reservation(_)
        | MachineEvent::Declaration(_)
        | MachineEvent::Ending(_)
        | MachineEvent::Depositary(_)
        | MachineEvent::Mandate(_) => None,
    }
}
