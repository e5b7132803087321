//! The shape of a step table (PR4): what is reached, what ends, what leads back, what waits.

use std::collections::BTreeSet;

use super::{Gives, Leads, ProcedureStep, Role, Silence, Starts, StepTable};
use crate::{
    Name, Rule,
    words::{counted, names},
};

/// The most steps that a table has.
pub const MAX_STEPS: usize = 64;

/// Why a table is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShapeFault {
    /// The row that it breaks.
    pub rule: Rule,
    /// What was expected.
    pub expected: String,
    /// What was found.
    pub found: String,
}

impl ShapeFault {
    fn new(rule: Rule, expected: impl Into<String>, found: impl Into<String>) -> Self {
        let (expected, found) = (expected.into(), found.into());
        Self {
            rule,
            expected,
            found,
        }
    }
}

impl StepTable {
    /// All that is wrong with its shape (PR4, PR8): steps that are named and are not there first, as
    /// the rest depends on them.
    pub fn faults(&self) -> Vec<ShapeFault> {
        let mut faults = self.names();
        if !faults.is_empty() {
            return faults;
        }
        for (place, step) in self.steps.iter().enumerate() {
            faults.extend(self.directions(place, step));
            faults.extend(self.waiting(step));
        }
        faults.extend(self.connections());
        faults
    }

    /// Keys are unique, and what is named is there.
    fn names(&self) -> Vec<ShapeFault> {
        let fault = |expected: &str, found: String| ShapeFault::new(Rule::PR4, expected, found);
        let mut faults = Vec::new();
        if self.steps.is_empty() || self.steps.len() > MAX_STEPS {
            let found = counted(self.steps.len(), "step");
            faults.push(fault(&format!("from 1 to {MAX_STEPS} steps"), found));
        }
        if let Some(twice) = repeated(self.steps.iter().map(|step| &step.key)) {
            faults.push(fault("steps of different keys", format!("`{twice}` twice")));
        }
        for step in &self.steps {
            let at = &step.key;
            for (what, keys) in [
                ("outcomes", keys(&step.outcomes, |o| &o.key)),
                ("inputs", keys(&step.inputs, |i| &i.key)),
                ("outputs", keys(&step.outputs, |o| &o.key)),
            ] {
                if let Some(twice) = repeated(keys) {
                    let expected = format!("{what} of step {at} of different keys");
                    faults.push(fault(&expected, format!("`{twice}` twice")));
                }
            }
            if step.outcomes.is_empty() {
                faults.push(fault(
                    &format!("an outcome of step {at}"),
                    "none".to_owned(),
                ));
            }
            let escalates = match &step.silence {
                Silence::Escalates(to) => Some(to),
                Silence::DeemedAgreed(_) | Silence::DeemedRefused(_) | Silence::Nothing => None,
            };
            let led = step.outcomes.iter().filter_map(|o| o.leads.step());
            for to in led.chain(escalates) {
                if self.step(to).is_none() {
                    let known = names(self.steps.iter().map(|step| &step.key));
                    let expected = format!("step {at} to lead to a step ({known})");
                    faults.push(fault(&expected, format!("`{to}`")));
                }
            }
            let wanted = match &step.silence {
                Silence::DeemedAgreed(outcome) => Some((outcome, Gives::Obtained)),
                Silence::DeemedRefused(outcome) => Some((outcome, Gives::Refused)),
                Silence::Escalates(_) | Silence::Nothing => None,
            };
            if let Some((outcome, gives)) = wanted
                && step.outcome(outcome).is_none_or(|o| o.gives != gives)
            {
                let expected = format!("silence at step {at} to name an outcome that is {gives}");
                faults.push(fault(&expected, format!("`{outcome}`")));
            }
            let lists = step.inputs.iter().filter_map(|input| input.list.as_ref());
            for list in lists.filter(|list| !self.annexes.contains_key(*list)) {
                let expected = format!("step {at} to refer to a list of the table");
                faults.push(ShapeFault::new(Rule::PR7, expected, format!("`{list}`")));
            }
        }
        faults
    }

    /// What leads back says so; what says so leads back; silence does not.
    fn directions(&self, place: usize, step: &ProcedureStep) -> Vec<ShapeFault> {
        let at = &step.key;
        let back = |to: &Name| self.place(to).is_some_and(|to| to <= place);
        let mut faults = Vec::new();
        for outcome in &step.outcomes {
            let key = &outcome.key;
            let (expected, found) = match &outcome.leads {
                Leads::To(to) if back(to) => ("a return that is declared (`back_to`)", to),
                Leads::BackTo(to) if !back(to) => ("a step further down (`to`)", to),
                Leads::End | Leads::To(_) | Leads::BackTo(_) => continue,
            };
            let expected = format!("outcome {key} of step {at} to lead to {expected}");
            faults.push(ShapeFault::new(Rule::PR4, expected, format!("`{found}`")));
        }
        let silent = match &step.silence {
            Silence::Escalates(to) => Some(to),
            Silence::DeemedAgreed(outcome) | Silence::DeemedRefused(outcome) => {
                step.outcome(outcome).and_then(|o| o.leads.step())
            }
            Silence::Nothing => None,
        };
        if let Some(to) = silent.filter(|to| back(to)) {
            let expected = format!("silence at step {at} to lead further down, or to the end");
            let found = format!("back to `{to}`: nobody would ever have to act");
            faults.push(ShapeFault::new(Rule::PR4, expected, found));
        }
        faults
    }

    /// What silence means needs a limit; the calendar of a body's limit has to be named.
    fn waiting(&self, step: &ProcedureStep) -> Vec<ShapeFault> {
        let at = &step.key;
        let mut faults = Vec::new();
        match step.limit.within() {
            None => {
                if step.silence != Silence::Nothing {
                    let expected = format!("a limit of step {at}, after which it is silence");
                    faults.push(ShapeFault::new(Rule::PR4, expected, "none"));
                }
                if step.starts != Starts::Reached {
                    let expected = format!("a limit of step {at}, which says from when it runs");
                    faults.push(ShapeFault::new(Rule::PR4, expected, "none"));
                }
            }
            Some(within) => {
                if step.actor == Role::Body && within.calendar.is_none() {
                    let expected =
                        format!("whose calendar the limit of step {at} runs by: a body has none");
                    let found = format!("`{}`", step.limit);
                    faults.push(ShapeFault::new(Rule::PR8, expected, found));
                }
            }
        }
        if step.actor == Role::Body && self.body.is_none() {
            let expected = format!("the body whose step {at} is");
            faults.push(ShapeFault::new(Rule::PR4, expected, "none"));
        }
        faults
    }

    /// Every step is reached from the first, reaches an end, and can be gone around if it is optional.
    fn connections(&self) -> Vec<ShapeFault> {
        let mut faults = Vec::new();
        let mut reached = BTreeSet::from([0]);
        let mut open = vec![0];
        while let Some(at) = open.pop() {
            for to in self.steps.get(at).into_iter().flat_map(|s| self.onwards(s)) {
                if reached.insert(to) {
                    open.push(to);
                }
            }
        }
        let mut ends = BTreeSet::new();
        loop {
            let more = self.steps.iter().enumerate().filter(|(place, step)| {
                let ends_here = step.outcomes.iter().any(|o| o.leads == Leads::End);
                let goes_on = self.onwards(step).iter().any(|to| ends.contains(to));
                !ends.contains(place) && (ends_here || goes_on)
            });
            let more: Vec<usize> = more.map(|(place, _)| place).collect();
            if more.is_empty() {
                break;
            }
            ends.extend(more);
        }
        for (place, step) in self.steps.iter().enumerate() {
            let at = &step.key;
            if !reached.contains(&place) {
                let expected = "every step to be reached from the first";
                faults.push(ShapeFault::new(
                    Rule::PR4,
                    expected,
                    format!("`{at}` is not"),
                ));
            }
            if !ends.contains(&place) {
                let expected = "every step to reach an end";
                faults.push(ShapeFault::new(
                    Rule::PR4,
                    expected,
                    format!("`{at}` does not"),
                ));
            }
            for other in self.only_ways_to(place, step) {
                let expected = format!("step {other} to have an outcome beside those to {at}");
                let found = format!("none: `{at}` is not optional");
                faults.push(ShapeFault::new(Rule::PR4, expected, found));
            }
        }
        faults
    }

    /// The steps which lead to an optional one alone.
    fn only_ways_to<'a>(&'a self, place: usize, step: &'a ProcedureStep) -> Vec<&'a Name> {
        if !step.optional {
            return Vec::new();
        }
        let mut only: Vec<&Name> = Vec::new();
        if place == 0 {
            only.push(&step.key);
        }
        let others = self.steps.iter().filter(|other| other.key != step.key);
        only.extend(
            others
                .filter(|other| {
                    let mut led = other.outcomes.iter().map(|o| o.leads.step());
                    led.all(|to| to == Some(&step.key))
                })
                .map(|other| &other.key),
        );
        only
    }

    /// The places of the steps to which a step leads, by an outcome or by silence.
    fn onwards(&self, step: &ProcedureStep) -> Vec<usize> {
        let escalates = match &step.silence {
            Silence::Escalates(to) => Some(to),
            Silence::DeemedAgreed(_) | Silence::DeemedRefused(_) | Silence::Nothing => None,
        };
        let led = step.outcomes.iter().filter_map(|o| o.leads.step());
        led.chain(escalates)
            .filter_map(|to| self.place(to))
            .collect()
    }
}

fn keys<T>(of: &[T], key: fn(&T) -> &Name) -> Vec<&Name> {
    of.iter().map(key).collect()
}

/// The first key that comes twice.
pub(super) fn repeated<'k>(keys: impl IntoIterator<Item = &'k Name>) -> Option<&'k Name> {
    let mut seen = BTreeSet::new();
    keys.into_iter().find(|key| !seen.insert(*key))
}
