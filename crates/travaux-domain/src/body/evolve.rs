//! What follows from each event of a joint body.

use chrono::NaiveDate;

use super::{
    Adopted, Allocation, BodyEvent, DecisionRecord, Held, JointBody, ReferralEnd, ReferralRecord,
    Repair, Requirements, Session, Written,
};
use crate::{Context, Name, partnership::Dated};

impl JointBody {
    fn end(&mut self, referral: &Name, how: ReferralEnd, at: Dated) {
        if let Some(record) = self.referrals.get_mut(referral) {
            record.end = Some((how, at));
        }
    }

    /// By when a referral that is given to somebody on a day is due: as said, or by the rules of
    /// procedure of that day.
    pub(super) fn due(&self, on: NaiveDate, said: Option<NaiveDate>) -> Option<NaiveDate> {
        let days = self.rules_on(on).and_then(|rules| rules.referral_days);
        let by_rules = days.and_then(|days| on.checked_add_days(chrono::Days::new(days.into())));
        said.or(by_rules)
    }

    /// Takes `event` in, which `context` recorded.
    pub(super) fn take(&mut self, event: &BodyEvent, context: &Context) {
        self.version += 1;
        let version = self.version;
        let at = |on: &NaiveDate| Dated {
            on: *on,
            event: version,
        };
        match event {
            BodyEvent::JointBodyEstablished {
                on, establishment, ..
            } => {
                let held = |competence: &super::Competence| Held {
                    competence: competence.clone(),
                    from: at(on),
                    ended: None,
                };
                self.competences = establishment.competences.iter().map(held).collect();
                self.establishment = Some(establishment.clone());
                self.established = Some(at(on));
            }
            BodyEvent::CompetenceConferred { on, competence, .. } => {
                self.competences.push(Held {
                    competence: competence.clone(),
                    from: at(on),
                    ended: None,
                });
            }
            BodyEvent::CompetenceEnded {
                on,
                competence,
                ground,
                ..
            } => {
                let ended = (ground.clone(), at(on));
                let mut held = self.competences.iter_mut();
                if let Some(held) = held.find(|held| held.competence.key == *competence) {
                    held.ended = Some(ended);
                }
            }
            BodyEvent::RulesAdopted { on, rules, .. } => self.rules.push((rules.clone(), at(on))),
            BodyEvent::ChairNamed { on, holder } => self.chairs.push((holder.clone(), at(on))),
            BodyEvent::SessionCalled {
                on,
                meeting,
                number,
            } => self.sessions.push(Session {
                meeting: *meeting,
                number: *number,
                called: at(on),
            }),
            BodyEvent::DecisionDrafted { .. }
            | BodyEvent::DecisionAdopted { .. }
            | BodyEvent::DecisionRefused { .. }
            | BodyEvent::DecisionPublished { .. }
            | BodyEvent::DecisionCorrected { .. } => self.take_decision(event, context, at),
            BodyEvent::WrittenProcedureOpened { .. }
            | BodyEvent::WrittenVoiceGiven { .. }
            | BodyEvent::WrittenProcedureFailed { .. } => self.take_written(event, context, at),
            BodyEvent::RequirementsPending { .. }
            | BodyEvent::RequirementsMet { .. }
            | BodyEvent::ProvisionalDeclined { .. }
            | BodyEvent::RequirementsFailed { .. } => self.take_requirements(event, context, at),
            BodyEvent::ChallengeReferred { on, referral } => {
                let record = ReferralRecord {
                    referral: referral.clone(),
                    by: context.actor.party.clone(),
                    referred: at(on),
                    allocated: Vec::new(),
                    end: None,
                };
                self.referrals.insert(referral.key.clone(), record);
            }
            BodyEvent::ReferralAllocated {
                on,
                referral,
                to,
                due,
            } => {
                let due = self.due(*on, *due);
                if let Some(record) = self.referrals.get_mut(referral) {
                    let (to, at) = (to.clone(), at(on));
                    record.allocated.push(Allocation { to, due, at });
                }
            }
            BodyEvent::ReferralResolved {
                on, referral, by, ..
            } => self.end(referral, ReferralEnd::Resolved(by.clone()), at(on)),
            BodyEvent::ReferralReturned {
                on,
                referral,
                wanting,
                reason,
            } => {
                let (wanting, reason) = (*wanting, reason.clone());
                self.end(referral, ReferralEnd::Returned { wanting, reason }, at(on));
            }
            BodyEvent::ReferralWithdrawn { on, referral } => {
                self.end(referral, ReferralEnd::Withdrawn, at(on));
            }
            BodyEvent::ReferralEscalated {
                on, referral, to, ..
            } => self.end(referral, ReferralEnd::Escalated(*to), at(on)),
            BodyEvent::SubBodyEstablished { on, sub, .. } => {
                self.sub_bodies
                    .insert(sub.key.clone(), (sub.clone(), at(on)));
            }
            BodyEvent::MissionReported { on, report } => {
                self.reports
                    .insert(report.key.clone(), (report.clone(), at(on)));
            }
            BodyEvent::BodyDissolved { on, ground, .. } => {
                self.dissolved = Some((ground.clone(), at(on)));
            }
            BodyEvent::BodyFollowsItem { on, item } => self.follows.push((item.clone(), at(on))),
        }
    }

    fn take_decision(
        &mut self,
        event: &BodyEvent,
        context: &Context,
        at: impl Fn(&NaiveDate) -> Dated,
    ) {
        if let BodyEvent::DecisionDrafted { on, draft } = event {
            let record = DecisionRecord {
                draft: draft.clone(),
                by: context.actor.party.clone(),
                drafted: at(on),
                written: Vec::new(),
                refused: None,
                adopted: None,
                requirements: [].into(),
                declined: [].into(),
                published: None,
                amended: Vec::new(),
                repairs: Vec::new(),
            };
            self.decisions.insert(draft.key.clone(), record);
        }
        if let BodyEvent::DecisionAdopted {
            on,
            decision,
            number,
            competence,
            how,
            pending,
            amends,
            ..
        } = event
            && let Some(record) = self.decisions.get_mut(decision)
        {
            // What they said of it may lie later than the day of which a state is folded.
            for party in pending {
                let own = record.requirements.entry(party.clone());
                own.or_insert_with(|| Requirements {
                    pending: at(on),
                    met: None,
                    failed: None,
                });
            }
            let amended = amends.iter().map(|change| (change.clone(), at(on)));
            record.amended.extend(amended);
            record.adopted = Some(Adopted {
                number: number.clone(),
                competence: competence.clone(),
                how: how.clone(),
                at: at(on),
            });
        }
        if let BodyEvent::DecisionRefused {
            on,
            decision,
            reason,
        } = event
            && let Some(record) = self.decisions.get_mut(decision)
        {
            record.refused = Some((context.actor.party.clone(), reason.clone(), at(on)));
        }
        if let BodyEvent::DecisionPublished {
            on,
            decision,
            source,
        } = event
            && let Some(record) = self.decisions.get_mut(decision)
        {
            record.published = Some((source.clone(), at(on)));
        }
        if let BodyEvent::DecisionCorrected {
            on,
            decision,
            lang,
            was,
            is,
            ground,
            ..
        } = event
            && let Some(record) = self.decisions.get_mut(decision)
        {
            record.draft.text.insert(*lang, is.clone());
            record.repairs.push(Repair {
                was: was.clone(),
                is: is.clone(),
                ground: ground.clone(),
                at: at(on),
            });
        }
    }

    fn take_written(
        &mut self,
        event: &BodyEvent,
        context: &Context,
        at: impl Fn(&NaiveDate) -> Dated,
    ) {
        if let BodyEvent::WrittenProcedureOpened {
            on,
            decision,
            until,
        } = event
            && let Some(record) = self.decisions.get_mut(decision)
        {
            record.written.push(Written {
                opened: at(on),
                until: *until,
                voices: [].into(),
                failed: None,
            });
        }
        if let BodyEvent::WrittenVoiceGiven {
            on,
            decision,
            consents,
        } = event
            && let Some(written) = self.last_written(decision)
        {
            let voice = (*consents, at(on));
            written.voices.insert(context.actor.party.clone(), voice);
        }
        if let BodyEvent::WrittenProcedureFailed { on, decision } = event
            && let Some(written) = self.last_written(decision)
        {
            written.failed = Some(at(on));
        }
    }

    fn last_written(&mut self, decision: &Name) -> Option<&mut Written> {
        self.decisions.get_mut(decision)?.written.last_mut()
    }

    fn take_requirements(
        &mut self,
        event: &BodyEvent,
        context: &Context,
        at: impl Fn(&NaiveDate) -> Dated,
    ) {
        let party = &context.actor.party;
        if let BodyEvent::RequirementsPending { on, decision } = event
            && let Some(record) = self.decisions.get_mut(decision)
        {
            let requirements = Requirements {
                pending: at(on),
                met: None,
                failed: None,
            };
            record.requirements.insert(party.clone(), requirements);
        }
        if let BodyEvent::RequirementsMet {
            on,
            decision,
            amends,
        } = event
            && let Some(record) = self.decisions.get_mut(decision)
        {
            let amended = amends.iter().map(|change| (change.clone(), at(on)));
            record.amended.extend(amended);
            if let Some(own) = record.requirements.get_mut(party) {
                own.met = Some(at(on));
            }
        }
        if let BodyEvent::ProvisionalDeclined { on, decision } = event
            && let Some(record) = self.decisions.get_mut(decision)
        {
            record.declined.insert(party.clone(), at(on));
        }
        if let BodyEvent::RequirementsFailed {
            on,
            decision,
            reason,
        } = event
            && let Some(record) = self.decisions.get_mut(decision)
            && let Some(own) = record.requirements.get_mut(party)
        {
            own.failed = Some((reason.clone(), at(on)));
        }
    }
}
