//! Amendments that silence accepts (A12): the agreement says until when a party may object to one that
//! was notified. It binds all but those that did, or nobody where too many did. Whom it binds follows
//! from the days of consents and objections, whatever was recorded first: nobody brings it into force.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use travaux_text::{Operation, ProvisionId};

use super::{AmendmentAct, Amendments, Binding};
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

/// That a party objected to an amendment that silence accepts, or took that back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Objection {
    /// The revision.
    pub revision: Revision,
    /// Whose it is.
    pub by: PartyId,
    /// When it was made, or taken back.
    pub on: NaiveDate,
    /// Whether it was taken back.
    pub withdrawn: bool,
    /// The event.
    pub event: u64,
}

impl Amendments {
    fn of_party(&self, revision: Revision, party: &PartyId) -> impl Iterator<Item = &Objection> {
        let party = party.clone();
        let all = self.objections.iter();
        all.filter(move |o| o.revision == revision && o.by == party)
    }

    /// The objection of a party that stands on a day, whatever was recorded first.
    pub fn objection_on(
        &self,
        revision: Revision,
        party: &PartyId,
        day: NaiveDate,
    ) -> Option<&Objection> {
        let by_then = self.of_party(revision, party).filter(|o| o.on <= day);
        // Of one day the last that was recorded, as the order is; one that was restated keeps its place.
        let last = by_then.max_by_key(|o| o.on);
        last.filter(|o| !o.withdrawn)
    }

    /// When a party first took an objection back after a day.
    fn relented_after(
        &self,
        revision: Revision,
        party: &PartyId,
        day: NaiveDate,
    ) -> Option<NaiveDate> {
        let back = self.of_party(revision, party).filter(|o| o.withdrawn);
        back.map(|o| o.on).filter(|on| *on > day).min()
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
        if self.is_blocked(binding) {
            return None;
        }
        let force = self.force_for_last(party);
        let own = self.machines.consents.of(party);
        let then = own.and_then(|own| own.life(silence.until));
        let goes_on = own.zip(then).is_none_or(|(own, then)| {
            let last = own.lives.last();
            last.is_some_and(|last| last.begun == then.begun)
        });
        // Who joins, or comes back, after the time to object joins the amended treaty (VCLT 40(5)).
        let joined = || {
            let since = force.filter(|since| *since > silence.until);
            let since = since.filter(|_| !binding.disclaimed.contains(party));
            since.map(|since| since.max(binding.on))
        };
        if !self.could_object(binding, party) {
            return joined();
        }
        let amendments = &self.machines.amendments;
        let revision = binding.revision;
        if amendments
            .objection_on(revision, party, silence.until)
            .is_none()
        {
            let since = force.filter(|_| goes_on);
            return Some(since.map_or(binding.on, |since| since.max(binding.on)));
        }
        match amendments.relented_after(revision, party, silence.until) {
            Some(back) => Some(back.max(binding.on)),
            None if goes_on => None,
            None => joined(),
        }
    }

    /// Whether a party was one when the time to object ended.
    pub(super) fn could_object(&self, binding: &Binding, party: &PartyId) -> bool {
        let silence = binding.silence.as_ref();
        silence.is_some_and(|silence| self.present_parties(silence.until).contains(party))
    }

    /// Whether it binds nobody: too many of the parties of the last day objected, or fewer than two did
    /// not.
    pub fn is_blocked(&self, binding: &Binding) -> bool {
        let Some(silence) = &binding.silence else {
            return false;
        };
        let parties = self.present_parties(silence.until);
        let amendments = &self.machines.amendments;
        let objects = |party: &&PartyId| {
            let own = amendments.objection_on(binding.revision, party, silence.until);
            own.is_some()
        };
        let count = parties.iter().filter(objects).count();
        let share = silence.blocked_by_more_than;
        if share.is_some_and(|share| share.is_exceeded_by(count, parties.len())) {
            return true;
        }
        // Who takes its objection back later is bound from then on.
        let stays_out = |party: &&PartyId| {
            let back = amendments.relented_after(binding.revision, party, silence.until);
            objects(party) && back.is_none()
        };
        parties.len() - parties.iter().filter(stays_out).count() < 2
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
    let changed = record
        .draft
        .operations
        .iter()
        .flat_map(Operation::provisions);
    let changed: Vec<_> = changed.collect();
    let names_all = |tacit: &TacitAmendment| {
        let named = |p: &ProvisionId| decision.agreement.is_within(*p, &tacit.provisions);
        tacit.provisions.is_empty() || changed.iter().all(named)
    };
    // A treaty may let silence accept some changes in one way and others in another.
    let (tacit, label) = decision.clause(|t| {
        if let Term::TacitAmendment(tacit) = t {
            Some(tacit).filter(|tacit| names_all(tacit))
        } else {
            None
        }
    })?;
    let TacitAmendment {
        within,
        after,
        blocked_by_more_than,
        ..
    } = tacit;
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
    let amendments = &decision.agreement.machines.amendments;
    amendments.objection_on(revision, decision.party(), on)
}

/// That its words fit the text, with what silence accepts already: no act asks it again.
pub(super) fn fits(decision: &DecisionContext<'_>, record: &RevisionRecord) -> Result<(), Refusal> {
    let mut text = decision.fits(Rule::A12, record)?;
    let amendments = &decision.agreement.machines.amendments;
    let silent = amendments.bindings.iter().filter(|b| b.silence.is_some());
    let mut collisions = Vec::new();
    for binding in silent.filter(|b| !decision.agreement.is_blocked(b)) {
        if let Some(other) = decision.agreement.revision(binding.revision)
            && let Err(found) = text.apply(&other.draft.operations, other.revision.0)
        {
            collisions.extend(found.0);
        }
    }
    if collisions.is_empty() {
        return Ok(());
    }
    let expected = "words that no other amendment left to silence changes";
    let found = format!("{} that one does", collisions.len());
    let refusal = decision.refuse(Reason::Collision, Rule::A12, expected, found);
    Err(refusal.collisions(collisions))
}
