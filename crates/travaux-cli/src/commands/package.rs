//! `travaux package`

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use travaux::{
    PackageRevision,
    domain::{
        PackageId, Revision,
        agreement::{Nature, RevisionProposal},
    },
    projections::PackageView,
};
use travaux_text::Operation;

use crate::{
    args::Package,
    commands::{acts, propose::read_json},
    error::CliError,
    names,
    output::table,
    session::Session,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    title: String,
    #[serde(default)]
    framework: Option<String>,
    revisions: Vec<Item>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Item {
    agreement: String,
    #[serde(default)]
    title: Option<String>,
    #[serde(default = "draft")]
    nature: Nature,
    #[serde(default)]
    base: Option<Revision>,
    #[serde(default)]
    effective_from: Option<NaiveDate>,
    operations: Vec<Operation>,
}

fn draft() -> Nature {
    Nature::Draft
}

#[derive(Serialize)]
struct Line<'a> {
    id: PackageId,
    #[serde(flatten)]
    view: &'a PackageView,
}

pub(crate) fn run(session: &Session, package: &Package) -> Result<(), CliError> {
    let engine = &session.engine;
    let committed = match package {
        Package::List => return list(session),
        Package::Show { package } => return show(session, names::package(engine, package)?),
        Package::Propose { file } => {
            let file: File = read_json(file)?;
            let framework = file
                .framework
                .map(|name| names::framework(engine, &name))
                .transpose()?;
            let mut revisions = Vec::new();
            for item in file.revisions {
                let (agreement, shared) = names::record(engine, &item.agreement)?;
                let base = item
                    .base
                    .unwrap_or_else(|| shared.lock().agreement.current());
                let revision = RevisionProposal {
                    title: item.title,
                    nature: item.nature,
                    effective_from: item.effective_from,
                    ..RevisionProposal::new(base, item.operations)
                };
                revisions.push(PackageRevision {
                    agreement,
                    revision,
                });
            }
            engine.propose_package(
                engine.new_package_id(),
                &session.actor()?,
                &file.title,
                framework,
                revisions,
            )?
        }
        Package::Accept { package } => {
            engine.accept_package(names::package(engine, package)?, &session.actor()?)?
        }
        Package::Reject { package, reason } => engine.reject_package(
            names::package(engine, package)?,
            &session.actor()?,
            reason.clone(),
        )?,
        Package::Adopt {
            package,
            effective_from,
        } => engine.adopt_package(
            names::package(engine, package)?,
            &session.actor()?,
            *effective_from,
        )?,
    };
    acts::done(session, None, &committed)
}

fn show(session: &Session, id: PackageId) -> Result<(), CliError> {
    let packages = session.engine.frameworks()?.packages;
    let Some(view) = packages.get(&id) else {
        return Ok(());
    };
    if session.output.is_json() {
        return session.output.document(&Line { id, view });
    }
    let Some(proposal) = &view.state.proposal else {
        return Ok(());
    };
    let mut out = format!(
        "{}\npackage {id}: {}\n",
        proposal.title,
        if view.state.adopted {
            "adopted"
        } else {
            "open"
        }
    );
    for item in &proposal.items {
        out += &format!(
            "  agreement {} revision {}\n",
            item.agreement, item.revision
        );
    }
    for party in &proposal.parties {
        let answer = view
            .state
            .answers
            .get(party)
            .map_or("no answer yet".to_owned(), |a| {
                format!("{a:?}").to_lowercase()
            });
        out += &format!("  {party}: {answer}\n");
    }
    session.output.text(&out)
}

fn list(session: &Session) -> Result<(), CliError> {
    let packages = session.engine.frameworks()?.packages;
    if session.output.is_json() {
        return session
            .output
            .lines(packages.iter().map(|(id, view)| Line { id: *id, view }));
    }
    let row = |(id, v): (&PackageId, &PackageView)| {
        let title = v
            .state
            .proposal
            .as_ref()
            .map(|p| p.title.clone())
            .unwrap_or_default();
        vec![
            id.to_string(),
            if v.state.adopted { "adopted" } else { "open" }.to_owned(),
            title,
        ]
    };
    session
        .output
        .text(&table(&packages.iter().map(row).collect::<Vec<_>>()))
}
