//! P20: no act ends, suspends or undoes anything between two who neither did it nor consented, save where
//! a clause or a rule gives that power.

use std::collections::BTreeSet;

use serde_json::Value;
use travaux::domain::{
    PartyId, Rule,
    agreement::{
        Agreement, AgreementEvent, ForceBetween, MachineEvent,
        consent::ConsentAct,
        ending::{EndingAct, Invoked},
    },
};

use super::{Checked, Run, ensure};

impl Run {
    pub(super) fn nobody_acts_for_others(
        &self,
        (old, new): (&Agreement, &Agreement),
        actor: &PartyId,
        event: &AgreementEvent,
    ) -> Checked {
        if gives_power(old, new, event) {
            return Ok(());
        }
        // A consent counts towards the number that a clause asks for: from which day, and who is late.
        let dates = matches!(event, AgreementEvent::Machine(MachineEvent::Consent(_)));
        let mut involved = consenting(old, event);
        involved.insert(actor.clone());
        for (a, b) in self.pairs() {
            if involved.contains(&a) || involved.contains(&b) {
                continue;
            }
            // Every third of the dates: each is asked after each act, before and after it.
            for on in Self::dates().step_by(3) {
                let (was, is) = (old.between(&a, &b, on), new.between(&a, &b, on));
                let kept = match (was.force, is.force) {
                    (ForceBetween::InForce(was), ForceBetween::InForce(is)) => dates || is <= was,
                    (ForceBetween::InForce(_), ForceBetween::NotInForce) => dates,
                    (ForceBetween::InForce(_), ForceBetween::Provisional(_)) => dates,
                    (ForceBetween::InForce(_), _) => false,
                    _ => true,
                };
                let applied = matches!(was.force, ForceBetween::InForce(_)) && !dates;
                let operates = |p| !applied || was.inoperative.contains(p);
                let operates = is.inoperative.iter().all(operates);
                ensure(kept && operates, || {
                    let (was, is) = (was.force, is.force);
                    format!("P20: {actor} changed what is between {a} and {b} on {on}: {was}, {is}")
                })?;
            }
        }
        Ok(())
    }
}

/// Whether a clause or a rule lets one decide for all: a norm from which nobody departs (53, 64), a clause
/// on suspension (57(a)), a court (66); or what follows from parties who are gone (54(a), 55).
fn gives_power(old: &Agreement, new: &Agreement, event: &AgreementEvent) -> bool {
    let followed = |x: &Agreement| x.machines.force.concluded.end.map(|(_, rule)| rule);
    let ended_by_number =
        matches!(followed(new), Some(rule) if rule == Rule::E3 || rule == Rule::C14);
    if ended_by_number && followed(old) != followed(new) {
        return true;
    }
    match event {
        AgreementEvent::Machine(MachineEvent::Ending(act)) => match act {
            EndingAct::MeasureCarriedOut { number, .. } => {
                let claim = old.machines.ending.claim(*number);
                claim.is_some_and(|claim| claim.notice.ground == Invoked::PeremptoryNorm)
            }
            EndingAct::ClaimSettled { decided, .. } => *decided,
            EndingAct::Suspended { consenting, .. } => consenting.is_empty(),
            _ => false,
        },
        // Who takes an instrument back before force was never counted (C17).
        AgreementEvent::Machine(MachineEvent::Consent(act)) => {
            matches!(act, ConsentAct::DeclinedToBecomeParty { .. })
        }
        _ => false,
    }
}

/// The parties that an event names as consenting, and those that its claim does.
fn consenting(old: &Agreement, event: &AgreementEvent) -> BTreeSet<PartyId> {
    let mut found = BTreeSet::new();
    let json = serde_json::to_value(event).expect("it serialises");
    named(&json, &mut found);
    if let AgreementEvent::Machine(MachineEvent::Ending(
        EndingAct::MeasureCarriedOut { number, .. } | EndingAct::ClaimSettled { number, .. },
    )) = event
        && let Some(claim) = old.machines.ending.claim(*number)
    {
        found.insert(claim.by.clone());
        found.extend(claim.notice.consenting.iter().cloned());
    }
    found
}

fn named(value: &Value, found: &mut BTreeSet<PartyId>) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                match value {
                    Value::Array(all) if matches!(&**name, "consenting" | "between") => {
                        found.extend(all.iter().filter_map(Value::as_str).map(PartyId::from));
                    }
                    _ => named(value, found),
                }
            }
        }
        Value::Array(all) => all.iter().for_each(|value| named(value, found)),
        _ => {}
    }
}
