//! Amendments that silence accepts (A12): the agreement says until when a party may object to one that
//! was notified. It binds all but those that did, or nobody where too many did. Whom it binds follows
//! from the days of consents and objections, whatever was recorded first: nobody brings it into force.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use travaux_text::Operation;

use super::{AmendmentAct, Binding};
use crate::{
    Decided, PartyId, Reason, Refusal, Revision, Rule,
    agreement::{decision::DecisionContext, state::Agreement, state::RevisionRecord},
    clause::{Share, TacitAmendment, Term},
};

/// What silence does on an amendment that was notified.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Silence {
    /// The last day on which a party may object.
    pub until: NaiveDate,
    /// From when it is in force.
    pub from: NaiveDate,
    /// It binds nobody where more parties than these object.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub blocked_by_more_than: Option<Share>,
}

/// An objection to an amendment that silence accepts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Objection {
    /// The revision.
    pub revision: Revision,
    /// Whose it is.
    pub by: PartyId,
    /// When it was made.
    pub on: NaiveDate,
    /// When it was taken back.
    pub withdrawn_on: Option<NaiveDate>,
    /// The event.
    pub event: u64,
}

impl Objection {
    /// Whether it stands on a day: it was made by then and not taken back by then.
    pub fn stands_on(&self, day: NaiveDate) -> bool {
        self.on <= day && self.withdrawn_on.is_none_or(|back| day < back)
    }
}

impl Agreement {
    /// From when an amendment that silence accepts binds a party: from its force on, or from that of the
    /// agreement for who joins later; who objected in time, from when it took that back.
    pub(super) fn silent_from(
        &self,
        binding: &Binding,
        silence: &Silence,
        party: &PartyId,
    ) -> Option<NaiveDate> {
        if self.is_blocked(binding) || binding.disclaimed.contains(party) {
            return None;
        }
        let present = || self.present_parties(silence.until).contains(party);
        let since = self.force_for_last(party);
        let since = since.or_else(|| present().then_some(binding.on))?;
        let from = since.max(binding.on);
        match self.objection_in_time(binding, party) {
            Some(objection) => objection.withdrawn_on.map(|back| back.max(from)),
            None => Some(from),
        }
    }

    /// The objection of a party that stood when the time for it ended.
    pub fn objection_in_time(&self, binding: &Binding, party: &PartyId) -> Option<&Objection> {
        let until = binding.silence.as_ref()?.until;
        let mut own = self.machines.amendments.objections.iter().rev();
        own.find(|o| o.revision == binding.revision && o.by == *party && o.stands_on(until))
    }

    /// Whether too many of the parties of the last day objected.
    pub fn is_blocked(&self, binding: &Binding) -> bool {
        let Some(silence) = &binding.silence else {
            return false;
        };
        let parties = self.present_parties(silence.until);
        let objects = |party: &&PartyId| self.objection_in_time(binding, party).is_some();
        let count = parties.iter().filter(objects).count();
        let share = silence.blocked_by_more_than;
        share.is_some_and(|share| share.is_exceeded_by(count, parties.len()))
    }
}

/// What silence does on an amendment that is notified on a day, where a clause says so of all that it
/// changes; with the clause.
pub(super) fn follows<'a>(
    decision: &DecisionContext<'a>,
    record: &RevisionRecord,
    on: NaiveDate,
) -> Option<(Silence, &'a str)> {
    if record.draft.instrument.is_some() {
        return None;
    }
    let (tacit, label) = decision.clause(|t| {
        if let Term::TacitAmendment(tacit) = t {
            Some(tacit)
        } else {
            None
        }
    })?;
    let TacitAmendment {
        provisions,
        within,
        after,
        blocked_by_more_than,
    } = tacit;
    let changed = record
        .draft
        .operations
        .iter()
        .flat_map(Operation::provisions);
    let is_named = |p| decision.agreement.is_within(p, provisions);
    if !provisions.is_empty() && !changed.into_iter().all(is_named) {
        return None;
    }
    let until = within.last_day(on);
    let silence = Silence {
        until,
        from: after.map_or(until, |after| after.after(until)),
        blocked_by_more_than: *blocked_by_more_than,
    };
    Some((silence, label))
}

/// The amendment on which silence decides, as it was notified.
fn notified<'a>(
    decision: &DecisionContext<'a>,
    revision: Revision,
) -> Result<(&'a Binding, &'a Silence), Refusal> {
    decision.revision(revision, Rule::A12)?;
    let binding = decision.agreement.machines.amendments.of(revision);
    let silent = binding.and_then(|binding| Some((binding, binding.silence.as_ref()?)));
    silent.ok_or_else(|| {
        let expected = "an amendment that was notified and that silence accepts";
        let found = format!("revision {revision}, which is none");
        decision.refuse(Reason::WrongState, Rule::A12, expected, found)
    })
}

/// That the day is not before the notification.
fn is_after_notice(
    decision: &DecisionContext<'_>,
    binding: &Binding,
    on: NaiveDate,
) -> Result<(), Refusal> {
    let mut acts = decision.agreement.acts.iter();
    let notice = acts.find(|logged| logged.event == binding.event);
    match notice.and_then(|logged| logged.act.on()) {
        Some(first) if on < first => {
            Err(decision.too_early(Rule::A12, on, first, ", when it was notified"))
        }
        Some(_) | None => Ok(()),
    }
}

/// A party of the day objects in time, once.
pub(super) fn object(
    decision: &DecisionContext<'_>,
    on: NaiveDate,
    revision: Revision,
) -> Result<Decided<AmendmentAct>, Refusal> {
    decision.standing()?;
    let party = decision.party();
    let (binding, silence) = notified(decision, revision)?;
    is_after_notice(decision, binding, on)?;
    if on > silence.until {
        let expected = format!("an objection by {}", silence.until);
        let (reason, found) = (Reason::WrongDate, on.to_string());
        return Err(decision.refuse(reason, Rule::A12, expected, found));
    }
    if !decision.present().contains(party) {
        let (expected, found) = ("a party of that day", party.to_string());
        return Err(decision.refuse(Reason::NotEntitled, Rule::A12, expected, found));
    }
    if let Some(own) = standing(decision, revision, on) {
        let found = format!("that of {}", own.on);
        return Err(decision.refuse(Reason::Already, Rule::A12, "a first objection", found));
    }
    decision.on(Rule::A12, AmendmentAct::AmendmentObjected { on, revision })
}

/// Who objected takes it back: within the time to object nothing is left of it, afterwards the
/// amendment binds from then on.
pub(super) fn withdraw(
    decision: &DecisionContext<'_>,
    on: NaiveDate,
    revision: Revision,
) -> Result<Decided<AmendmentAct>, Refusal> {
    decision.standing()?;
    notified(decision, revision)?;
    if standing(decision, revision, on).is_none() {
        let found = format!("none of {} on {on}", decision.party());
        let expected = "an objection that stands";
        return Err(decision.refuse(Reason::WrongState, Rule::A12, expected, found));
    }
    decision.on(
        Rule::A12,
        AmendmentAct::AmendmentObjectionWithdrawn { on, revision },
    )
}

fn standing<'a>(
    decision: &DecisionContext<'a>,
    revision: Revision,
    on: NaiveDate,
) -> Option<&'a Objection> {
    let party = decision.party();
    let mut all = decision.agreement.machines.amendments.objections.iter();
    all.find(|o| o.revision == revision && o.by == *party && o.stands_on(on))
}
