//! What follows from each event of a procedure.

use super::{
    AdoptedProcedure, Case, CaseAct, CaseDeed, Procedure, ProcedureDraft, ProcedureEvent,
    SupersededProcedure,
};
use crate::{
    Context, Name,
    partnership::{Dated, Deed as _},
};

impl Procedure {
    /// Takes `event` in, which `context` recorded.
    pub(super) fn take(&mut self, event: &ProcedureEvent, context: &Context) {
        self.version += 1;
        let at = Dated {
            on: event.on(),
            event: self.version,
        };
        let party = || context.actor.party.clone();
        let mut acts = |case: &Name, what: CaseDeed| {
            let act = CaseAct {
                what,
                by: party(),
                dated: at,
                at: event.moment().at,
            };
            if let Some(case) = self.cases.get_mut(case) {
                case.acts.push(act);
            }
        };
        match event {
            ProcedureEvent::ProcedureProposed {
                framework,
                area,
                parties,
                version,
                table,
                ..
            } => {
                self.framework = Some(*framework);
                self.area.clone_from(area);
                self.parties.clone_from(parties);
                self.proposed = Some(at);
                let draft = ProcedureDraft {
                    table: table.clone(),
                    by: party(),
                    base: None,
                    at,
                };
                self.drafts.insert(version.clone(), draft);
            }
            ProcedureEvent::ProcedureRevised {
                version,
                base,
                table,
                ..
            } => {
                let draft = ProcedureDraft {
                    table: table.clone(),
                    by: party(),
                    base: Some(base.clone()),
                    at,
                };
                self.drafts.insert(version.clone(), draft);
            }
            ProcedureEvent::ProcedureAdopted {
                version,
                draft,
                from,
                ..
            } => {
                if let Some(adopted) = self.drafts.get(draft) {
                    let adopted = AdoptedProcedure {
                        table: adopted.table.clone(),
                        draft: draft.clone(),
                        from: *from,
                        at,
                    };
                    self.adopted.insert(version.clone(), adopted);
                }
            }
            ProcedureEvent::ProcedureSuperseded {
                from, by, reason, ..
            } => {
                self.superseded = Some(SupersededProcedure {
                    from: *from,
                    by: *by,
                    reason: reason.clone(),
                    at,
                });
            }
            ProcedureEvent::PartyCalendarDeclared { calendar, .. } => {
                let declared = self.calendars.entry(party()).or_default();
                declared.push((calendar.clone(), at));
            }
            ProcedureEvent::CaseOpened {
                case,
                version,
                requested,
                times,
                at: instant,
                ..
            } => {
                let opened = Case {
                    version: version.clone(),
                    requesting: party(),
                    requested: requested.clone(),
                    opened: at,
                    opened_at: *instant,
                    times: times.clone(),
                    acts: Vec::new(),
                };
                self.cases.insert(case.clone(), opened);
            }
            ProcedureEvent::CaseTimeTold {
                case, event, day, ..
            } => {
                let (event, day) = (event.clone(), *day);
                acts(case, CaseDeed::Told { event, day });
            }
            ProcedureEvent::CaseReceived { case, step, .. } => {
                let step = step.clone();
                acts(case, CaseDeed::Received { step });
            }
            ProcedureEvent::CaseStepTaken {
                case,
                step,
                outcome,
                ..
            } => {
                let (step, outcome) = (step.clone(), outcome.clone());
                acts(case, CaseDeed::Taken { step, outcome });
            }
            ProcedureEvent::CaseLimitExtended {
                case, step, ground, ..
            } => {
                let (step, ground) = (step.clone(), ground.clone());
                acts(case, CaseDeed::Extended { step, ground });
            }
            ProcedureEvent::CaseMigrated { case, to, step, .. } => {
                let (to, step) = (to.clone(), step.clone());
                acts(case, CaseDeed::Migrated { to, step });
            }
            ProcedureEvent::CaseClosed { case, ground, .. } => {
                let ground = ground.clone();
                acts(case, CaseDeed::Closed { ground });
            }
            ProcedureEvent::ProcedureFollowsItem { item, .. } => {
                self.follows.push((item.clone(), at));
            }
        }
    }
}
