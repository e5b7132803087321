//! `travaux framework state`

use clap::Args;
use travaux::projections::{FrameworkView, Register};

use super::Line;
use crate::{args::GlobalArgs, error::CliError, names, session::Session};

/// Show a framework as it stands.
#[derive(Debug, Args)]
pub(crate) struct State {
    /// An id, or the beginning of one.
    framework: String,
}

impl State {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let session = Session::open(globals)?;
        let id = names::framework(&session.engine, &self.framework)?;
        let frameworks = session.engine.frameworks()?.frameworks;
        let Some(view) = frameworks.get(&id) else {
            return Ok(());
        };
        if session.output.is_json() {
            return session.output.document(&Line { id, view });
        }
        session
            .output
            .text(&render(view, &session.engine.register()?))
    }
}

/// A framework for people.
pub(in crate::commands) fn render(view: &FrameworkView, register: &Register) -> String {
    let Some(f) = &view.state.foundation else {
        return String::new();
    };
    let parties: Vec<_> = f.parties.iter().map(|p| p.name.as_str()).collect();
    let mut out = format!("{}\n", f.title);
    out += &format!(
        "  founded on: {} ({})\n",
        f.declaration.title, f.declaration.made
    );
    out += &format!("  parties:    {}\n", parties.join("; "));
    for area in &f.areas {
        out += &format!("  area: {}\n", area.title);
        for body in view.state.bodies.iter().filter(|b| b.area == area.key) {
            out += &format!("    body:      {} — {}\n", body.title, body.mandate);
        }
        for (id, _) in view
            .state
            .agreements
            .iter()
            .filter(|(_, key)| *key == area.key)
        {
            if let Some(e) = register.agreements.get(id) {
                let state = if e.in_force { "in force" } else { &e.text };
                out += &format!(
                    "    agreement: {} ({state}, {} revisions, {} adopted)\n",
                    e.title, e.revisions, e.adopted
                );
            }
        }
        for step in view
            .state
            .roadmaps
            .last()
            .into_iter()
            .flat_map(|r| &r.steps)
            .filter(|s| s.area == area.key)
        {
            let due = step.due.map(|d| format!(" by {d}")).unwrap_or_default();
            out += &format!("    roadmap:   {}{due}\n", step.title);
        }
    }
    out
}
