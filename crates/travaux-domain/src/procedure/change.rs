//! What differs between two step tables, and the step of the version that each change needs (PR3).
//! Limits are rights: SDMX calls most changes of a process patches, and we depart from it.

use std::{collections::BTreeMap, fmt};

use super::{Input, Leads, ProcedureStep, StepTable};
use crate::{Name, version::Step};

/// A change between two step tables.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProcedureChange {
    /// The step that it needs.
    pub step: Step,
    /// What changed.
    pub what: String,
}

impl fmt::Display for ProcedureChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what)
    }
}

/// The changes found so far.
#[derive(Default)]
struct Changes(Vec<ProcedureChange>);

impl Changes {
    fn add(&mut self, is: bool, step: Step, what: impl FnOnce() -> String) {
        if is {
            let what = what();
            self.0.push(ProcedureChange { step, what });
        }
    }
}

/// What is by key in both, what went, and what came.
struct Paired<'t, T> {
    both: Vec<(&'t T, &'t T)>,
    gone: Vec<&'t T>,
    new: Vec<&'t T>,
}

fn paired<'t, T>(was: &'t [T], is: &'t [T], key: fn(&T) -> &Name) -> Paired<'t, T> {
    let before: BTreeMap<&Name, &T> = was.iter().map(|one| (key(one), one)).collect();
    let after: BTreeMap<&Name, &T> = is.iter().map(|one| (key(one), one)).collect();
    let both = was
        .iter()
        .filter_map(|one| Some((one, *after.get(key(one))?)));
    let gone = was.iter().filter(|one| !after.contains_key(key(one)));
    let new = is.iter().filter(|one| !before.contains_key(key(one)));
    Paired {
        both: both.collect(),
        gone: gone.collect(),
        new: new.collect(),
    }
}

impl StepTable {
    /// What differs in another table that is to take its place, with the step that each change needs
    /// (PR3): wording is a patch, an optional step or a proof more is minor; all else is major.
    pub fn changes(&self, after: &Self) -> Vec<ProcedureChange> {
        let mut found = Changes::default();
        found.add(self.title != after.title, Step::Patch, || {
            "the title".to_owned()
        });
        found.add(self.body != after.body, Step::Major, || {
            "another body".to_owned()
        });
        found.add(self.counting != after.counting, Step::Major, || {
            "limits are counted otherwise".to_owned()
        });
        self.annex_changes(after, &mut found);
        let first = |table: &Self| table.steps.first().map(|step| step.key.clone());
        found.add(first(self) != first(after), Step::Major, || {
            "another first step".to_owned()
        });
        let steps = paired(&self.steps, &after.steps, |step| &step.key);
        for step in steps.gone {
            found.add(true, Step::Major, || format!("step {} removed", step.key));
        }
        for step in &steps.new {
            let (needs, what) = if step.optional {
                (Step::Minor, "an optional step")
            } else {
                (Step::Major, "a step that is not optional")
            };
            found.add(true, needs, || format!("{what} added, {}", step.key));
        }
        for (was, is) in steps.both {
            was.step_changes(is, &steps.new, &mut found);
        }
        let unnamed = found.0.is_empty() && self != after;
        found.add(unnamed, Step::Patch, || "the order".to_owned());
        found.0
    }

    fn annex_changes(&self, after: &Self, found: &mut Changes) {
        for (key, was) in &self.annexes {
            let Some(is) = after.annexes.get(key) else {
                found.add(true, Step::Major, || format!("list {key} removed"));
                continue;
            };
            let moved = (was.agreement, was.provision) != (is.agreement, is.provision);
            found.add(moved, Step::Major, || format!("list {key} is another"));
            let called = was.label != is.label;
            found.add(called, Step::Patch, || format!("the name of list {key}"));
        }
        let new = after.annexes.keys();
        for key in new.filter(|key| !self.annexes.contains_key(*key)) {
            found.add(true, Step::Minor, || format!("list {key} added"));
        }
    }
}

impl ProcedureStep {
    fn step_changes(&self, after: &Self, new: &[&Self], found: &mut Changes) {
        let key = &self.key;
        let mut major = |is: bool, what: &str| {
            found.add(is, Step::Major, || format!("another {what} of step {key}"));
        };
        major(self.actor != after.actor, "actor");
        major(self.limit != after.limit, "limit");
        major(self.starts != after.starts, "start of the limit");
        major(self.silence != after.silence, "default on silence");
        found.add(self.optional != after.optional, Step::Major, || {
            let is = if after.optional { "now" } else { "no longer" };
            format!("step {key} is {is} optional")
        });
        found.add(self.words != after.words, Step::Patch, || {
            format!("the words of step {key}")
        });
        let inputs = paired(&self.inputs, &after.inputs, |input| &input.key);
        for input in inputs.gone {
            found.add(true, Step::Major, || {
                format!("input {} of step {key} removed", input.key)
            });
        }
        for input in inputs.new {
            let needs = if input.optional {
                Step::Minor
            } else {
                Step::Major
            };
            found.add(true, needs, || {
                format!("input {} of step {key} added", input.key)
            });
        }
        for (was, is) in inputs.both {
            was.input_changes(is, key, found);
        }
        let outputs = paired(&self.outputs, &after.outputs, |output| &output.key);
        for (output, how) in outputs
            .gone
            .iter()
            .map(|output| (output, "removed"))
            .chain(outputs.new.iter().map(|output| (output, "added")))
        {
            found.add(true, Step::Major, || {
                format!("output {} of step {key} {how}", output.key)
            });
        }
        for (was, is) in outputs.both {
            found.add(was.words != is.words, Step::Patch, || {
                format!("the words of output {} of step {key}", was.key)
            });
        }
        self.outcome_changes(after, new, found);
    }

    /// An outcome more is how an optional step comes in; any other one changes what a case comes to.
    fn outcome_changes(&self, after: &Self, new: &[&Self], found: &mut Changes) {
        let key = &self.key;
        let outcomes = paired(&self.outcomes, &after.outcomes, |outcome| &outcome.key);
        for outcome in outcomes.gone {
            found.add(true, Step::Major, || {
                format!("outcome {} of step {key} removed", outcome.key)
            });
        }
        for outcome in outcomes.new {
            let aside = match &outcome.leads {
                Leads::To(to) => new.iter().any(|step| step.key == *to && step.optional),
                Leads::End | Leads::BackTo(_) => false,
            };
            let needs = if aside { Step::Minor } else { Step::Major };
            found.add(true, needs, || {
                format!("outcome {} of step {key} added", outcome.key)
            });
        }
        for (was, is) in outcomes.both {
            let what = &was.key;
            let other = (was.gives, &was.leads) != (is.gives, &is.leads);
            found.add(other, Step::Major, || {
                format!("outcome {what} of step {key} leads elsewhere, or gives something else")
            });
            found.add(was.words != is.words, Step::Patch, || {
                format!("the words of outcome {what} of step {key}")
            });
        }
    }
}

impl Input {
    fn input_changes(&self, after: &Self, step: &Name, found: &mut Changes) {
        let key = &self.key;
        found.add(self.words != after.words, Step::Patch, || {
            format!("the words of input {key} of step {step}")
        });
        found.add(self.list != after.list, Step::Major, || {
            format!("another list of input {key} of step {step}")
        });
        found.add(!self.optional && after.optional, Step::Minor, || {
            format!("input {key} of step {step} is now optional")
        });
        found.add(self.optional && !after.optional, Step::Major, || {
            format!("input {key} of step {step} is no longer optional")
        });
        let proofs = paired(&self.accepts, &after.accepts, |proof| &proof.key);
        for proof in proofs.gone {
            found.add(true, Step::Major, || {
                format!(
                    "proof {} of input {key} of step {step} withdrawn",
                    proof.key
                )
            });
        }
        // Where whatever fits was accepted, a first proof that is named narrows it.
        let needs = if self.accepts.is_empty() {
            Step::Major
        } else {
            Step::Minor
        };
        for proof in proofs.new {
            found.add(true, needs, || {
                format!("proof {} of input {key} of step {step} accepted", proof.key)
            });
        }
        for (was, is) in proofs.both {
            found.add(was.words != is.words, Step::Patch, || {
                format!(
                    "the words of proof {} of input {key} of step {step}",
                    was.key
                )
            });
        }
    }
}
