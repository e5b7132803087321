//! `travaux framework`

use serde::Serialize;
use travaux::{
    domain::{
        FrameworkId,
        framework::{Foundation, FrameworkCommand, Roadmap},
    },
    projections::{FrameworkView, Register},
};

use crate::{
    args::Framework,
    commands::{acts, history, propose::read_json},
    error::CliError,
    names,
    output::table,
    session::Session,
};

#[derive(Serialize)]
struct Line<'a> {
    id: FrameworkId,
    #[serde(flatten)]
    view: &'a FrameworkView,
}

pub(crate) fn run(session: &Session, framework: &Framework) -> Result<(), CliError> {
    let engine = &session.engine;
    let (id, command) = match framework {
        Framework::List => return list(session),
        Framework::State { framework } => {
            return state(session, names::framework(engine, framework)?);
        }
        Framework::History { framework } => {
            let id = names::framework(engine, framework)?;
            let timeline = engine.timeline(history::streams(session, id)?)?;
            if session.output.is_json() {
                return session.output.lines(timeline.entries);
            }
            return session.output.text(&history::render(&timeline));
        }
        Framework::Found { file } => {
            let foundation: Foundation = read_json(file)?;
            (
                engine.new_framework_id(),
                FrameworkCommand::FrameworkFounded(foundation),
            )
        }
        Framework::Join {
            framework,
            agreement,
            area,
        } => {
            let agreement = names::record(engine, agreement)?.0;
            (
                names::framework(engine, framework)?,
                FrameworkCommand::AgreementJoined {
                    agreement,
                    area: area.clone(),
                },
            )
        }
        Framework::Roadmap { framework, file } => {
            let roadmap: Roadmap = read_json(file)?;
            (
                names::framework(engine, framework)?,
                FrameworkCommand::RoadmapAdopted(roadmap),
            )
        }
    };
    let committed = engine.act_on_framework(id, &session.actor()?, command)?;
    if !session.output.is_json() {
        session.output.text(&format!("framework {id}\n"))?;
    }
    acts::done(session, None, &committed)
}

fn state(session: &Session, id: FrameworkId) -> Result<(), CliError> {
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

/// A framework for people.
pub(crate) fn render(view: &FrameworkView, register: &Register) -> String {
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

fn list(session: &Session) -> Result<(), CliError> {
    let frameworks = session.engine.frameworks()?.frameworks;
    if session.output.is_json() {
        return session
            .output
            .lines(frameworks.iter().map(|(id, view)| Line { id: *id, view }));
    }
    let row = |(id, v): (&FrameworkId, &FrameworkView)| {
        vec![
            id.to_string(),
            v.state
                .foundation
                .as_ref()
                .map(|f| f.title.clone())
                .unwrap_or_default(),
        ]
    };
    session
        .output
        .text(&table(&frameworks.iter().map(row).collect::<Vec<_>>()))
}
