//! `travaux package propose`

use std::{cell::Cell, path::PathBuf};

use crate::{
    args::{Day, GlobalArgs},
    error::CliError,
    input::{PackageFile, problem_at, read_written},
    names,
    session::Session,
    view,
};
use clap::Args;
use travaux::{
    CommitRequest, PackageRevision,
    blocking::Engine,
    domain::{AgreementId, FrameworkId, Handle, Revision, StreamId, agreement::RevisionDraft},
};
use travaux_import::input::{NoProvision, Problem, Provisions, Written, id_or_label};
use travaux_text::ProvisionId;

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
    #[command(flatten)]
    day: Day,
}

/// What the names in a file mean, and what is wrong with those that mean nothing.
struct Found {
    framework: Option<FrameworkId>,
    /// The agreement of each revision, the revision against which it is drawn up, and what its
    /// provisions are named by, where the file has labels.
    agreements: Vec<Option<(AgreementId, Revision, Option<Provisions>)>>,
    problems: Vec<Problem>,
}

impl Found {
    fn new(
        (written, file, by_label): (&Written, &PackageFile, bool),
        engine: &Engine,
    ) -> Result<Self, CliError> {
        let mut found = Self {
            framework: None,
            agreements: Vec::new(),
            problems: Vec::new(),
        };
        let framework = file.framework.as_deref();
        match framework.map(|name| names::framework(engine, name)) {
            Some(Err(error)) => found
                .problems
                .push(problem_at(written, "framework", error)?),
            known => found.framework = known.transpose()?,
        }
        for (at, item) in file.revisions.iter().enumerate() {
            let agreement = match names::record(engine, &item.agreement) {
                Ok((id, record)) => {
                    let base = item.base.unwrap_or_else(|| record.agreement.current());
                    let lang = record.default_language();
                    let known =
                        by_label.then(|| names::provisions(engine, (id, &record), base, lang));
                    let known = known.transpose().map_err(|error| ("base", error));
                    known.map(|known| (id, base, known))
                }
                Err(error) => Err(("agreement", error)),
            };
            let agreement = match agreement {
                Ok(agreement) => Some(agreement),
                Err((field, error)) => {
                    let field = format!("revisions[{at}].{field}");
                    found.problems.push(problem_at(written, &field, error)?);
                    None
                }
            };
            found.agreements.push(agreement);
        }
        Ok(found)
    }

    /// The provision that a field of a revision names; of an agreement that nobody knows, any.
    fn provision(&self, field: &str, name: &str) -> Result<ProvisionId, NoProvision> {
        let at = field
            .strip_prefix("revisions[")
            .and_then(|rest| rest.split(']').next()?.parse::<usize>().ok());
        let known = at.and_then(|at| self.agreements.get(at)?.as_ref()?.2.as_ref());
        match known {
            Some(known) => known.find_for_operation(name),
            None => Ok(id_or_label(name, &Cell::default())),
        }
    }
}

impl Propose {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let written = read_written(&self.file)?;
        // First which agreements it is about; then what is said of their provisions.
        let by_label = Cell::new(false);
        let file: PackageFile = written.read_citing(&|_, name| Ok(id_or_label(name, &by_label)))?;
        let session = Session::open(globals)?;
        let engine = &session.engine;
        let mut found = Found::new((&written, &file, by_label.get()), engine)?;
        let file = written.read_citing::<PackageFile>(&|field, name| found.provision(field, name));
        let file = match file {
            Ok(file) if found.problems.is_empty() => file,
            read => {
                let wrong = read.err().map(|malformed| malformed.problems);
                found.problems.extend(wrong.into_iter().flatten());
                return Err(written.malformed(found.problems).into());
            }
        };
        let revisions = file.revisions.into_iter().zip(found.agreements);
        let revisions = revisions.filter_map(|(item, agreement)| {
            let (agreement, base, _) = agreement?;
            let revision = RevisionDraft {
                title: item.title,
                nature: item.nature,
                effective_from: item.effective_from,
                ..RevisionDraft::new(base, item.operations)
            };
            Some(PackageRevision {
                agreement,
                revision,
            })
        });
        let id = engine.new_package_id();
        let mut acts =
            engine.package_acts(id, &file.title, found.framework, revisions.collect())?;
        let given = self.handle.or(file.handle);
        acts.extend(given.map(|handle| handle.give(StreamId::Package(id))));
        let request = CommitRequest::new(session.actor()?, acts)
            .on(self.day.on)
            .with_handles();
        let committed = engine.commit_request(&request)?;
        view::done(&session, StreamId::Package(id), &committed)
    }
}
