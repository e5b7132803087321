//! Acts that were recorded wrongly and are restated (RC6). What stands is folded from the acts as they
//! are stated last; the earlier record stays, and what follows from it as known then.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

use super::{
    Agreement, AgreementCommand, AgreementEvent, LoggedAct, MachineEvent,
    decision::DecisionContext, known::Fold, relation::RelationAct,
};
use crate::{
    Actor, Context, Decided, LegalBasis, Reason, Refusal, Rule,
    agreement::{
        amendment::AmendmentAct, declaration::DeclarationAct, depositary::DepositaryAct,
        ending::EndingAct, reservation::ReservationAct,
    },
    words::Summary,
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
    /// Why.
    pub reason: String,
}

impl Restated {
    /// What it says, in words.
    pub(super) fn describe(&self) -> Summary {
        let words = |act: &Option<Act>| act.as_ref().map(|act| act.0.describe());
        let was = words(&self.was).map_or(String::new(), |said| format!(" (not: {})", said.what));
        let reason = &self.reason;
        match words(&self.done) {
            Some(said) => Summary {
                what: format!("restated: {}{was}; {reason}", said.what),
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
        acts: &[std::sync::Arc<LoggedAct>],
        event: u64,
        context: &Context,
    ) -> Option<LoggedAct> {
        let old = acts.iter().find(|logged| logged.event == self.event)?;
        Some(LoggedAct {
            event,
            recorded_at: context.now,
            party: context.actor.party.clone(),
            act: self
                .done
                .as_ref()
                .unwrap_or(&Act(old.act.clone()))
                .0
                .clone(),
            restates: Some(self.event),
            struck: self.done.is_none(),
        })
    }
}

/// An act that a later one restates: what was done before and after it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unfounded {
    /// The event, by its version in the stream.
    pub event: u64,
    /// Why it would not be accepted as things are stated now.
    pub refusal: Refusal,
}

impl Agreement {
    /// The acts that were accepted, and would not be after what was restated since: who did them may have
    /// to restate them too. What other streams have to be known for is left out.
    pub fn unfounded(&self) -> Vec<Unfounded> {
        let mut found = Vec::new();
        let Some(first) = self.acts.iter().filter_map(|logged| logged.restates).min() else {
            return found;
        };
        let stated = standing(&self.acts);
        let mut before = Fold::of(self.identity.as_ref(), &self.text);
        let mut after = before.clone();
        for logged in self.acts.iter().filter(|logged| logged.restates.is_none()) {
            let last = stated.get(&logged.event).copied().unwrap_or(logged);
            if first < logged.event && last.event == logged.event {
                let decides = |fold: &Fold| {
                    let agreement = fold.beside(self);
                    let actor = Actor::party(logged.party.clone());
                    let context = Context::new(actor, logged.recorded_at);
                    let command = AgreementCommand::Machine(logged.act.clone());
                    agreement.decide(command, &context)
                };
                if decides(&before).is_ok()
                    && let Err(refusal) = decides(&after)
                {
                    found.push(Unfounded {
                        event: logged.event,
                        refusal,
                    });
                }
            }
            before.take(logged);
            if !last.struck {
                after.take(last);
            }
        }
        found
    }

    /// As it was before an act, by what is stated of all that came before it.
    fn before(&self, event: u64) -> Self {
        let mut fold = Fold::of(self.identity.as_ref(), &self.text);
        let stated = standing(&self.acts);
        let first = self.acts.iter().filter(|logged| logged.restates.is_none());
        let origin = origin(&self.acts, event);
        for logged in first.take_while(|logged| logged.event != origin) {
            let last = stated.get(&logged.event).copied().unwrap_or(logged);
            if !last.struck {
                fold.take(last);
            }
        }
        fold.beside(self)
    }
}

/// The event that recorded an act first.
fn origin(acts: &[std::sync::Arc<LoggedAct>], event: u64) -> u64 {
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

/// The acts that were restated, by the events that recorded them first, as they are stated last.
pub(super) fn standing<'a>(
    acts: impl IntoIterator<Item = &'a std::sync::Arc<LoggedAct>>,
) -> BTreeMap<u64, &'a LoggedAct> {
    let mut origins = BTreeMap::new();
    let mut last = BTreeMap::new();
    for logged in acts {
        if let Some(restates) = logged.restates {
            let origin = origins.get(&restates).copied().unwrap_or(restates);
            origins.insert(logged.event, origin);
            last.insert(origin, &**logged);
        }
    }
    last
}

impl DecisionContext<'_> {
    /// An act beside the text that was recorded wrongly is restated by who did it.
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
        if old.party != *self.party() {
            let expected = format!("an act of who did it ({})", old.party);
            return refuse(
                Reason::NotEntitled,
                expected,
                format!("one of `{}`", self.party()),
            );
        }
        if let Some(later) = acts.iter().find(|l| l.restates == Some(asked.event)) {
            let expected = "an act as it is stated last".to_owned();
            let found = format!("one restated on {}", later.recorded_at.date_naive());
            return refuse(Reason::Already, expected, found);
        }
        if asked.reason.trim().is_empty() {
            return refuse(Reason::Malformed, "why".to_owned(), "nothing".to_owned());
        }
        if let Some(why) = bound_to_its_record(&old.act, asked.done.is_none()) {
            let expected = "an act that can be restated".to_owned();
            return refuse(Reason::Forbidden, expected, why.to_owned());
        }
        let was = Some(Act(old.act.clone()));
        let done = match &asked.done {
            None if old.struck => {
                let expected = "an act that was done".to_owned();
                return refuse(
                    Reason::Already,
                    expected,
                    "one stated as not done".to_owned(),
                );
            }
            None => None,
            Some(done) => Some(self.done_instead(old, done)?),
        };
        // A rule of the record is of all profiles, also of those that were recorded before it was.
        Ok(Decided {
            legal_basis: LegalBasis {
                rule: Rule::RC6,
                kind: Rule::RC6.kind(),
                clause: None,
            },
            event: AgreementEvent::ActRestated(Restated { was, done, ..asked }),
        })
    }

    /// The act that was done instead, decided on the agreement as it was before.
    fn done_instead(&self, old: &LoggedAct, done: &Act) -> Result<Act, Refusal> {
        let refuse = |reason, expected: String, found: &str| {
            Err(self.refuse(reason, Rule::RC6, expected, found))
        };
        let before = self.agreement.before(old.event);
        let command = AgreementCommand::Machine(done.0.clone());
        let decided = before.decide_with(command, self.context, self.beside)?;
        let AgreementEvent::Machine(act) = decided.event else {
            return refuse(
                Reason::Malformed,
                "an act beside the text".to_owned(),
                "another",
            );
        };
        let same = act.type_name() == old.act.type_name() && revision(&act) == revision(&old.act);
        if !same {
            let expected = format!("an act of the same kind, to {}", old.act.words());
            return refuse(Reason::Malformed, expected, act.words());
        }
        if act == old.act && !old.struck {
            return refuse(
                Reason::Already,
                "another act than that on record".to_owned(),
                "the same",
            );
        }
        Ok(Act(act))
    }
}

/// The revision whose fate it settles.
fn revision(act: &MachineEvent) -> Option<crate::Revision> {
    let MachineEvent::Amendment(act) = act else {
        return None;
    };
    act.brings_into_force().or(act.leaves_to_silence())
}

/// Why an act cannot be restated, or not as one that was not done: what follows from it is not only what
/// machines conclude.
fn bound_to_its_record(act: &MachineEvent, struck: bool) -> Option<&'static str> {
    let elsewhere = "one whose words stand in the text: correct that";
    let numbered =
        "one that has a number by which others name it: withdraw it, or restate its date";
    let is_numbered = match act {
        MachineEvent::Language(_) | MachineEvent::Correction(_) => return Some(elsewhere),
        MachineEvent::Relation(
            RelationAct::RelationRecorded { .. } | RelationAct::AgreementFollowsItem { .. },
        ) => return Some("one that another stream records too"),
        MachineEvent::Amendment(AmendmentAct::AnnexAmended { .. }) => return Some(elsewhere),
        MachineEvent::Amendment(_) => revision(act).is_some(),
        MachineEvent::Depositary(act) => matches!(act, DepositaryAct::NotificationSent { .. }),
        MachineEvent::Declaration(act) => matches!(act, DeclarationAct::DeclarationMade { .. }),
        MachineEvent::Reservation(act) => matches!(
            act,
            ReservationAct::ReservationFormulated { .. }
                | ReservationAct::ReservationNarrowed { .. }
        ),
        MachineEvent::Ending(act) => matches!(
            act,
            EndingAct::ClaimNotified { .. }
                | EndingAct::Suspended { .. }
                | EndingAct::SuspendedInterSe { .. }
        ),
        MachineEvent::Consent(_) | MachineEvent::Force(_) | MachineEvent::Mandate(_) => false,
    };
    (is_numbered && struck).then_some(numbered)
}
