//! `travaux package propose`

use std::path::PathBuf;

use crate::{
    args::GlobalArgs,
    error::CliError,
    input::{PackageFile, PackageItem, read_json},
    names,
    session::Session,
    view,
};
use clap::Args;
use travaux::{
    CommitRequest, PackageRevision,
    domain::{Handle, StreamId, agreement::RevisionDraft},
};

/// Propose a package.
#[derive(Debug, Args)]
#[command(after_help = "Example: travaux --as FR package propose package.json")]
pub(crate) struct Propose {
    /// A JSON document: title, handle, framework, and revisions: `travaux topic package`.
    file: PathBuf,
    /// What people call it, such as `spring`: letters a-z, digits and hyphens; made from the title
    /// if nothing is said here or in the file. It never names anything else in this store.
    #[arg(long)]
    handle: Option<Handle>,
}

/// A revision of the file, as the engine takes it.
fn revision(item: PackageItem, session: &Session) -> Result<PackageRevision, CliError> {
    let (agreement, shared) = names::record(&session.engine, &item.agreement)?;
    let base = item.base.unwrap_or_else(|| shared.agreement.current());
    let revision = RevisionDraft {
        title: item.title,
        nature: item.nature,
        effective_from: item.effective_from,
        ..RevisionDraft::new(base, item.operations)
    };
    Ok(PackageRevision {
        agreement,
        revision,
    })
}

impl Propose {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let file: PackageFile = read_json(&self.file)?;
        let session = Session::open(globals)?;
        let framework = file
            .framework
            .map(|name| names::framework(&session.engine, &name))
            .transpose()?;
        let revisions: Vec<_> = file
            .revisions
            .into_iter()
            .map(|item| revision(item, &session))
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
