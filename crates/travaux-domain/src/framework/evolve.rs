//! What follows from each event of a framework.

use std::sync::Arc;

use chrono::NaiveDate;

use super::{
    Adoption, AreaRecord, Framework, FrameworkEvent, FrameworkRevision, FrameworkSuspension,
    InclusionRecord, InclusionRelation, Organ, OrganRecord, Terms, Timed,
};
use crate::{AgreementId, Context, Name, PartyId, partnership::Dated};

impl Framework {
    /// Takes `event` in, which `context` recorded.
    pub fn evolve(&mut self, event: &FrameworkEvent, context: &Context) {
        self.version += 1;
        self.recorded_at.get_or_insert(context.now);
        let party = &context.actor.party;
        // What does not say when it was done counts from its recording.
        let on = event.on().unwrap_or_else(|| context.day());
        let done = Dated {
            on,
            event: self.version,
        };
        let from = event.effect().unwrap_or(on);
        let timed = Timed { done, from };
        match event {
            FrameworkEvent::FrameworkFounded(foundation) => {
                let terms = Terms::from((**foundation).clone());
                self.propose(terms.into(), party, done);
                self.adopt(1, party, &[], timed);
                // As the event says it: what is large is shared with it.
                self.foundation = Some(Arc::clone(foundation));
            }
            FrameworkEvent::FrameworkProposed { terms, .. } => {
                self.propose(Arc::clone(terms), party, done);
            }
            FrameworkEvent::FrameworkRevised { changes, .. } => {
                if let Some((_, latest)) = self.latest() {
                    let terms = latest.terms.with(changes);
                    self.propose(terms.into(), party, done);
                }
            }
            FrameworkEvent::FrameworkAccepted { revision, .. } => {
                if let Some(revision) = self.revision_mut(*revision) {
                    revision.accepted.insert(party.clone(), done);
                }
            }
            FrameworkEvent::FrameworkAdopted {
                revision,
                consenting,
                ..
            } => self.adopt(*revision, party, consenting, timed),
            FrameworkEvent::FrameworkSuspended { reason, .. } => {
                self.suspensions.push(FrameworkSuspension {
                    reason: reason.clone(),
                    from: timed,
                    until: None,
                });
            }
            FrameworkEvent::FrameworkResumed { .. } => {
                if let Some(last) = self.suspensions.last_mut() {
                    last.until = Some(timed);
                }
            }
            FrameworkEvent::FrameworkEnded { reason, .. } => {
                self.ended = Some((reason.clone(), timed));
            }
            FrameworkEvent::AreaProposed { area, .. } => {
                let record = self.areas.entry(area.key.clone()).or_default();
                record.title.clone_from(&area.title);
                record.proposed = Some((party.clone(), done));
            }
            FrameworkEvent::AreaOpened(opening) => {
                self.open(&opening.key, &opening.title, timed);
                let record = self.areas.entry(opening.key.clone()).or_default();
                record.scopes.push((opening.scope.clone(), timed));
            }
            FrameworkEvent::AreaExpanded { area, scope, .. } => {
                if let Some(record) = self.areas.get_mut(area) {
                    record.scopes.push((scope.clone(), timed));
                }
            }
            FrameworkEvent::AreaClosed { area, reason, .. } => {
                if let Some(record) = self.areas.get_mut(area) {
                    record.closed = Some((reason.clone(), timed));
                }
                if let Some(foundation) = self.foundation.as_mut().map(Arc::make_mut) {
                    foundation.areas.retain(|open| open.key != *area);
                }
            }
            FrameworkEvent::AgreementJoined { agreement, area } => {
                self.include(*agreement, area, None, done);
            }
            FrameworkEvent::AgreementIncluded {
                agreement,
                area,
                relation,
                ..
            } => self.include(*agreement, area, Some(*relation), done),
            FrameworkEvent::AgreementReleased {
                agreement, reason, ..
            } => {
                self.agreements.retain(|(id, _)| id != agreement);
                let mut records = self.inclusions.iter_mut().rev();
                if let Some(record) = records.find(|r| r.agreement == *agreement) {
                    record.released = Some((reason.clone(), done));
                }
            }
            FrameworkEvent::OrganNamed { organ, .. }
            | FrameworkEvent::OrganReplaced { organ, .. } => self.name(organ, timed),
            FrameworkEvent::BodyEstablished(body) => self.bodies.push(Arc::clone(body)),
            FrameworkEvent::RoadmapAdopted(roadmap) => self.roadmaps.push(Arc::clone(roadmap)),
            // The meeting holds the link.
            FrameworkEvent::AreaFollowsItem { .. } => {}
        }
    }

    fn revision_mut(&mut self, number: u32) -> Option<&mut FrameworkRevision> {
        let at = usize::try_from(number).ok()?.checked_sub(1)?;
        self.revisions.get_mut(at)
    }

    /// A revision is accepted by its proposer, and by nobody else: what was accepted before was
    /// another.
    fn propose(&mut self, terms: Arc<Terms>, proposer: &PartyId, proposed: Dated) {
        self.revisions.push(FrameworkRevision {
            terms,
            proposer: proposer.clone(),
            proposed,
            accepted: [(proposer.clone(), proposed)].into(),
            adopted: None,
        });
    }

    /// Areas and organs begin with the first adoption; later each stands for itself.
    fn adopt(&mut self, number: u32, told_by: &PartyId, consenting: &[PartyId], at: Timed) {
        let Some(revision) = self.revision_mut(number) else {
            return;
        };
        let accepted = &revision.accepted;
        let named = consenting.iter().filter(|p| !accepted.contains_key(*p));
        revision.adopted = Some(Adoption {
            at,
            told_by: told_by.clone(),
            named: named.cloned().collect(),
        });
        let terms = Arc::clone(&revision.terms);
        let mut foundation = terms.foundation();
        match &self.foundation {
            Some(standing) => {
                foundation.areas.clone_from(&standing.areas);
                self.foundation = Some(foundation.into());
                self.let_organs_go(at.from);
            }
            None => {
                foundation.areas.clear();
                self.foundation = Some(foundation.into());
                for area in &terms.areas {
                    self.open(&area.key, &area.title, at);
                    let record = self.areas.entry(area.key.clone()).or_default();
                    record.scopes.push((area.scope.clone(), at));
                }
                for organ in &terms.organs {
                    self.name(organ, at);
                }
            }
        }
    }

    fn open(&mut self, key: &Name, title: &str, at: Timed) {
        let record: &mut AreaRecord = self.areas.entry(key.clone()).or_default();
        title.clone_into(&mut record.title);
        record.opened = Some(at);
        if let Some(foundation) = self.foundation.as_mut().map(Arc::make_mut) {
            let (key, title) = (key.clone(), title.to_owned());
            foundation.areas.push(super::Area { key, title });
        }
    }

    fn include(
        &mut self,
        agreement: AgreementId,
        area: &Name,
        relation: Option<InclusionRelation>,
        included: Dated,
    ) {
        self.agreements.push((agreement, area.clone()));
        self.inclusions.push(InclusionRecord {
            agreement,
            area: area.clone(),
            relation,
            included,
            released: None,
        });
    }

    /// Who had the role before has it until the day before.
    fn name(&mut self, organ: &Organ, at: Timed) {
        let before = self.organs.iter_mut().rev();
        let mut same = before.filter(|o| o.organ.is_that_of(organ));
        if let Some(last) = same.next().filter(|last| last.until.is_none()) {
            last.until = Some(day_before(at.from));
        }
        self.organs.push(OrganRecord {
            organ: organ.clone(),
            named: at.done,
            from: at.from,
            until: None,
        });
    }

    /// The organs of those who are parties no more go with them.
    fn let_organs_go(&mut self, from: NaiveDate) {
        let parties = self.foundation.iter().flat_map(|f| &f.parties);
        let parties: Vec<_> = parties.map(|party| &party.id).collect();
        let organs = self.organs.iter_mut().filter(|o| o.until.is_none());
        for organ in organs.filter(|o| !parties.contains(&&o.organ.who.party)) {
            organ.until = Some(day_before(from));
        }
    }
}

impl Organ {
    /// Whether it has the same role for the same party.
    pub(super) fn is_that_of(&self, other: &Self) -> bool {
        self.role == other.role && self.who.party == other.who.party
    }
}

fn day_before(day: NaiveDate) -> NaiveDate {
    day.pred_opt().unwrap_or(day)
}
