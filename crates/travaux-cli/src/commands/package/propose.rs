//! `travaux package propose`

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::Args;
use serde::Deserialize;
use travaux::{
    CommitRequest, PackageRevision,
    domain::{
        Handle, Revision, StreamId,
        agreement::{Nature, RevisionDraft},
    },
};
use travaux_text::Operation;

use crate::{args::GlobalArgs, error::CliError, input::read_json, names, session::Session, view};

/// Propose a package.
#[derive(Debug, Args)]
#[command(after_help = "Example: travaux --as FR package propose package.json")]
pub(crate) struct Propose {
    /// A JSON document: title, handle, framework, and revisions with agreement, operations, nature,
    /// title, effective_from.
    file: PathBuf,
    /// What people call it, such as `spring`: letters a-z, digits and hyphens; made from the title
    /// if nothing is said here or in the file. It never names anything else in this store.
    #[arg(long)]
    handle: Option<Handle>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    title: String,
    #[serde(default)]
    handle: Option<Handle>,
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

impl Item {
    fn revision(self, session: &Session) -> Result<PackageRevision, CliError> {
        let (agreement, shared) = names::record(&session.engine, &self.agreement)?;
        let base = self.base.unwrap_or_else(|| shared.agreement.current());
        let revision = RevisionDraft {
            title: self.title,
            nature: self.nature,
            effective_from: self.effective_from,
            ..RevisionDraft::new(base, self.operations)
        };
        Ok(PackageRevision {
            agreement,
            revision,
        })
    }
}

impl Propose {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let file: File = read_json(&self.file)?;
        let session = Session::open(globals)?;
        let framework = file
            .framework
            .map(|name| names::framework(&session.engine, &name))
            .transpose()?;
        let revisions: Vec<_> = file
            .revisions
            .into_iter()
            .map(|item| item.revision(&session))
            .collect::<Result<_, _>>()?;
        let id = session.engine.new_package_id();
        let engine = &session.engine;
        let mut acts = engine.package_acts(id, &file.title, framework, revisions)?;
        let given = self.handle.or(file.handle);
        acts.extend(given.map(|handle| handle.give(StreamId::Package(id))));
        let request = CommitRequest::new(session.actor()?, acts).with_handles();
        let committed = engine.commit_request(&request)?;
        view::done(&session, StreamId::Package(id), &committed)
    }
}
