//! What follows from each event of a roadmap.

use chrono::NaiveDate;

use super::{
    Action, ActionEnd, ActionRecord, Assessment, Assessor, Baseline, BaselineDates,
    DependencyRecord, DueMove, Measure, MeasureRecord, Met, ProgressReport, Reopening, Roadmap,
    RoadmapEvent, Suspension, Verdict,
};
use crate::{Context, Name, PartyId, partnership::Dated};

impl Roadmap {
    /// Takes `event` in, which `context` recorded.
    pub(super) fn take(&mut self, event: &RoadmapEvent, context: &Context) {
        self.version += 1;
        let version = self.version;
        let party = &context.actor.party;
        let at = |on: &NaiveDate| Dated {
            on: *on,
            event: version,
        };
        match event {
            RoadmapEvent::RoadmapProposed { on, plan } => {
                self.plan = Some(plan.clone());
                self.proposed = Some(at(on));
            }
            RoadmapEvent::RoadmapVersionAdopted {
                on,
                version,
                actions,
                ..
            } => {
                let mut baseline = Baseline {
                    version: *version,
                    at: at(on),
                    actions: Default::default(),
                };
                for named in actions {
                    if let Some(record) = self.actions.get_mut(&named.action) {
                        record.adopted.get_or_insert(baseline.at);
                        let dates = BaselineDates {
                            revision: named.revision,
                            start: record.action.start.clone(),
                            due: record.action.due.clone(),
                        };
                        baseline.actions.insert(named.action.clone(), dates);
                    }
                }
                self.baselines.push(baseline);
            }
            RoadmapEvent::ActionProposed { on, action } => self.propose(action, party, at(on)),
            RoadmapEvent::ActionRevised {
                on, base, action, ..
            } => {
                if let Some(record) = self.actions.get_mut(&action.key) {
                    record.action = action.clone();
                    record.revision = base.saturating_add(1);
                    record.revised = at(on);
                }
            }
            RoadmapEvent::DependencyAdded { on, dependency, .. } => {
                self.dependencies.push(DependencyRecord {
                    dependency: dependency.clone(),
                    added: at(on),
                    removed: None,
                });
            }
            RoadmapEvent::DependencyRemoved {
                on, action, after, ..
            } => {
                let held = self.dependencies.iter_mut().find(|held| {
                    let d = &held.dependency;
                    held.removed.is_none() && d.action == *action && d.after == *after
                });
                if let Some(held) = held {
                    held.removed = Some(at(on));
                }
            }
            RoadmapEvent::ActionSplit {
                on, action, into, ..
            } => {
                let became = into.iter().map(|part| part.action.key.clone());
                let became = ActionEnd::Split {
                    into: became.collect(),
                };
                for part in into {
                    self.goes_on_as(&part.action, std::slice::from_ref(action), party, at(on));
                    self.hand_over(action, &part.action.key, Some(&part.measures));
                }
                self.end(action, became, at(on));
            }
            RoadmapEvent::ActionsMerged {
                on, actions, into, ..
            } => {
                self.goes_on_as(into, actions, party, at(on));
                for action in actions {
                    self.hand_over(action, &into.key, None);
                    let into = into.key.clone();
                    self.end(action, ActionEnd::Merged { into }, at(on));
                }
            }
            RoadmapEvent::ActionSuperseded { on, action, by, .. } => {
                self.hand_over(action, by, None);
                self.end(action, ActionEnd::Superseded { by: by.clone() }, at(on));
            }
            RoadmapEvent::ActionWithdrawn { on, action, reason } => {
                let reason = reason.clone();
                self.end(action, ActionEnd::Withdrawn { reason }, at(on));
            }
            RoadmapEvent::ActionCancelled {
                on, action, reason, ..
            } => {
                let reason = reason.clone();
                self.end(action, ActionEnd::Cancelled { reason }, at(on));
            }
            RoadmapEvent::ActionFollowsItem { action, .. }
            | RoadmapEvent::MilestoneSet { action, .. }
            | RoadmapEvent::TargetSet { action, .. }
            | RoadmapEvent::ActionStarted { action, .. }
            | RoadmapEvent::ProgressReported { action, .. }
            | RoadmapEvent::ProgressAssessed { action, .. }
            | RoadmapEvent::DueMoved { action, .. }
            | RoadmapEvent::MilestoneMet { action, .. }
            | RoadmapEvent::MilestoneAccepted { action, .. }
            | RoadmapEvent::MilestoneNotAccepted { action, .. }
            | RoadmapEvent::MilestoneWaived { action, .. }
            | RoadmapEvent::ActionCompleted { action, .. }
            | RoadmapEvent::ActionReopened { action, .. }
            | RoadmapEvent::ActionSuspended { action, .. }
            | RoadmapEvent::ActionResumed { action, .. } => {
                let body = self.plan.as_ref().and_then(|plan| plan.body.clone());
                let by = match (event.decided(), body) {
                    (Some(_), Some(body)) => Assessor::Body(body),
                    _ => Assessor::Party(party.clone()),
                };
                if let Some(record) = self.actions.get_mut(action) {
                    record.take(event, party, by, version);
                }
            }
        }
    }

    /// A new action, or one that was withdrawn, again.
    fn propose(&mut self, action: &Action, party: &PartyId, at: Dated) {
        match self.actions.get_mut(&action.key) {
            Some(record) => {
                record.action = action.clone();
                record.revision = record.revision.saturating_add(1);
                record.by = party.clone();
                (record.proposed, record.revised) = (at, at);
                record.earlier_ends.extend(record.end.take());
            }
            None => {
                let record = ActionRecord::new(action, party, at);
                self.actions.insert(action.key.clone(), record);
            }
        }
    }

    /// A new action in the place of others: adopted with them, on the baseline of the one from
    /// which it has its due date.
    fn goes_on_as(&mut self, action: &Action, of: &[Name], party: &PartyId, at: Dated) {
        let due = |key: &&Name| {
            let record = self.actions.get(*key);
            record.is_some_and(|record| record.action.due == action.due)
        };
        let heir_of = of.iter().find(due).cloned();
        let started = of.iter().filter_map(|key| self.actions.get(key)?.started);
        let line = heir_of.as_ref().and_then(|key| self.actions.get(key));
        let record = ActionRecord {
            adopted: line.and_then(|record| record.adopted).or(Some(at)),
            started: started.min(),
            of: of.to_vec(),
            heir_of,
            ..ActionRecord::new(action, party, at)
        };
        self.actions.insert(action.key.clone(), record);
    }

    /// The open milestones and targets of an action, or those of these keys, go to another.
    fn hand_over(&mut self, from: &Name, to: &Name, keys: Option<&[Name]>) {
        let Some(record) = self.actions.get_mut(from) else {
            return;
        };
        let goes = |m: &MeasureRecord| {
            !m.is_settled() && keys.is_none_or(|keys| keys.contains(m.measure.key()))
        };
        let (mut gone, kept) = std::mem::take(&mut record.measures)
            .into_iter()
            .partition(goes);
        record.measures = kept;
        if let Some(heir) = self.actions.get_mut(to) {
            heir.measures.append(&mut gone);
        }
    }

    fn end(&mut self, action: &Name, how: ActionEnd, at: Dated) {
        if let Some(record) = self.actions.get_mut(action) {
            record.end = Some((how, at));
        }
    }
}

impl ActionRecord {
    fn new(action: &Action, party: &PartyId, at: Dated) -> Self {
        Self {
            action: action.clone(),
            revision: 1,
            by: party.clone(),
            proposed: at,
            revised: at,
            adopted: None,
            started: None,
            completed: None,
            reopened: Vec::new(),
            suspended: Vec::new(),
            end: None,
            earlier_ends: Vec::new(),
            moves: Vec::new(),
            measures: Vec::new(),
            reports: Vec::new(),
            assessments: Vec::new(),
            follows: Vec::new(),
            of: Vec::new(),
            heir_of: None,
        }
    }

    fn set(&mut self, measure: Measure, set: Dated) {
        self.measures.push(MeasureRecord {
            measure,
            set,
            met: None,
            verdict: None,
            earlier: Vec::new(),
            waived: None,
        });
    }

    fn measure_mut(&mut self, key: &Name) -> Option<&mut MeasureRecord> {
        self.measures.iter_mut().find(|m| m.measure.key() == key)
    }

    fn judge(&mut self, key: &Name, verdict: Verdict) {
        if let Some(measure) = self.measure_mut(key) {
            measure.verdict = Some(verdict);
        }
    }

    /// What follows from an event that is about this action alone.
    fn take(&mut self, event: &RoadmapEvent, party: &PartyId, by: Assessor, version: u64) {
        let at = |on: &NaiveDate| Dated {
            on: *on,
            event: version,
        };
        match event {
            RoadmapEvent::ActionFollowsItem { on, item, .. } => {
                self.follows.push((item.clone(), at(on)));
            }
            RoadmapEvent::MilestoneSet { on, milestone, .. } => {
                self.set(Measure::Milestone(milestone.clone()), at(on));
            }
            RoadmapEvent::TargetSet { on, target, .. } => {
                self.set(Measure::Target(target.clone()), at(on));
            }
            RoadmapEvent::ActionStarted { on, .. } => self.started = Some(at(on)),
            RoadmapEvent::ProgressReported {
                on,
                as_of,
                words,
                percent,
                evidence,
                occurrence,
                ..
            } => self.reports.push(ProgressReport {
                by: party.clone(),
                as_of: *as_of,
                words: words.clone(),
                percent: *percent,
                evidence: evidence.clone(),
                occurrence: *occurrence,
                at: at(on),
            }),
            RoadmapEvent::ProgressAssessed {
                on,
                as_of,
                completion,
                words,
                ..
            } => self.assessments.push(Assessment {
                by,
                as_of: *as_of,
                completion: *completion,
                words: words.clone(),
                at: at(on),
            }),
            RoadmapEvent::DueMoved {
                on,
                from,
                to,
                reason,
                ..
            } => {
                self.action.due = Some(to.clone());
                self.moves.push(DueMove {
                    from: from.clone(),
                    to: to.clone(),
                    reason: reason.clone(),
                    by,
                    at: at(on),
                });
            }
            RoadmapEvent::MilestoneMet {
                on,
                milestone,
                evidence,
                value,
                ..
            } => {
                let met = Met {
                    by: party.clone(),
                    evidence: evidence.clone(),
                    value: value.clone(),
                    at: at(on),
                };
                if let Some(measure) = self.measure_mut(milestone) {
                    let before = measure.met.replace(met);
                    measure.earlier.extend(before.zip(measure.verdict.take()));
                }
            }
            RoadmapEvent::MilestoneAccepted { on, milestone, .. } => {
                let (refused, at) = (None, at(on));
                self.judge(milestone, Verdict { by, refused, at });
            }
            RoadmapEvent::MilestoneNotAccepted {
                on,
                milestone,
                reason,
                ..
            } => {
                let (refused, at) = (Some(reason.clone()), at(on));
                self.judge(milestone, Verdict { by, refused, at });
            }
            RoadmapEvent::MilestoneWaived {
                on,
                milestone,
                reason,
                ..
            } => {
                let waived = Some((reason.clone(), at(on)));
                if let Some(measure) = self.measure_mut(milestone) {
                    measure.waived = waived;
                }
            }
            RoadmapEvent::ActionCompleted { on, .. } => self.completed = Some(at(on)),
            RoadmapEvent::ActionReopened { on, reason, .. } => {
                let again = self.completed.take();
                self.reopened.extend(again.map(|completed| Reopening {
                    completed,
                    reason: reason.clone(),
                    at: at(on),
                }));
            }
            RoadmapEvent::ActionSuspended { on, reason, .. } => {
                self.suspended.push(Suspension {
                    reason: reason.clone(),
                    from: at(on),
                    to: None,
                });
            }
            RoadmapEvent::ActionResumed { on, .. } => {
                if let Some(last) = self.suspended.last_mut() {
                    last.to = Some(at(on));
                }
            }
            RoadmapEvent::RoadmapProposed { .. }
            | RoadmapEvent::RoadmapVersionAdopted { .. }
            | RoadmapEvent::ActionProposed { .. }
            | RoadmapEvent::ActionRevised { .. }
            | RoadmapEvent::ActionWithdrawn { .. }
            | RoadmapEvent::DependencyAdded { .. }
            | RoadmapEvent::DependencyRemoved { .. }
            | RoadmapEvent::ActionCancelled { .. }
            | RoadmapEvent::ActionSuperseded { .. }
            | RoadmapEvent::ActionSplit { .. }
            | RoadmapEvent::ActionsMerged { .. } => {}
        }
    }
}
