//! Histories written back as a git repository, commit for commit.

mod paths;

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    path::Path,
};

use git2::{Oid, Repository, Signature, Time};
use serde::Serialize;
use travaux::{
    blocking::Engine,
    domain::{
        AgreementId, Event, Recorded, StreamId,
        agreement::AgreementEvent,
        agreement::{MachineEvent, ending::EndingAct},
        source::{Signature as SourceSignature, SourceCommit, SourceEvent},
    },
};

use crate::ImportError;

/// What an export wrote.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ExportReport {
    /// Commits.
    pub commits: u64,
    /// Of these, commits whose tree is known to be that of the source.
    pub same_trees: u64,
    /// Of these, commits whose tree differs from that of the source, by name.
    pub other_trees: Vec<String>,
    /// The name of the last commit.
    pub last_commit: Option<String>,
}

/// What a commit does to a file.
enum Step {
    /// A text of an agreement at a step of its history, under a path and a mode.
    Write {
        agreement: AgreementId,
        step: u32,
        path: String,
        mode: i32,
    },
    /// Nothing stands there any more.
    Delete { path: String },
}

/// Writes the adopted texts of all agreements into a new bare repository at `path`, on the branch `main`.
///
/// Imported histories keep their commits, in order, with message, author and dates; agreements of our own get one commit for
/// each adoption behind them.
///
/// # Errors
/// [`ImportError`] where a document stands at a path that git cannot have, the repository cannot be
/// made, or the store fails; nothing is left there then.
pub fn export_git(engine: &Engine, path: &Path) -> Result<ExportReport, ImportError> {
    if path.exists()
        && path
            .read_dir()
            .map_err(ImportError::io(format!("read {}", path.display())))?
            .next()
            .is_some()
    {
        let what = "the folder is not empty: name a new one".to_owned();
        return Err(ImportError::Format {
            path: path.to_owned(),
            line: None,
            what,
        });
    }
    let plan = ExportPlan::read(engine)?;
    paths::check(&plan)?;
    let made = !path.exists();
    let written = write(engine, &plan, path);
    if written.is_err() {
        // Nobody takes half a history for the whole. What stands against that is not what failed.
        let _ = paths::clear(path, made);
    }
    written
}

fn write(engine: &Engine, plan: &ExportPlan, path: &Path) -> Result<ExportReport, ImportError> {
    let repository = Repository::init_bare(path).map_err(ImportError::git(format!(
        "make a repository at {}",
        path.display()
    )))?;
    let mut writer = Writer {
        engine,
        repository,
        files: BTreeMap::new(),
        report: ExportReport::default(),
        head: None,
    };
    for commit in &plan.commits {
        writer.commit(
            commit,
            plan.steps
                .get(&commit.id)
                .map(Vec::as_slice)
                .unwrap_or_default(),
        )?;
    }
    if let Some(head) = writer.head {
        let set = writer
            .repository
            .reference("refs/heads/main", head, true, "export");
        set.and_then(|_| writer.repository.set_head("refs/heads/main"))
            .map_err(ImportError::git("set the branch"))?;
        writer.report.last_commit = Some(head.to_string());
    }
    Ok(writer.report)
}

/// A revision's title, path and file mode.
type Proposed = (Option<String>, Option<String>, i32);

/// The commits to be written, and what each does.
#[derive(Default)]
struct ExportPlan {
    commits: Vec<SourceCommit>,
    steps: HashMap<String, Vec<Step>>,
    /// Per agreement: where its file stands, and with which mode; the steps of its history so far.
    at: HashMap<AgreementId, (Option<String>, i32, u32)>,
    proposed: HashMap<(AgreementId, u32), Proposed>,
    own: Vec<SourceCommit>,
    /// The files of agreements of our own.
    names: HashMap<AgreementId, String>,
}

impl ExportPlan {
    fn read(engine: &Engine) -> Result<Self, ImportError> {
        let mut plan = Self {
            names: own_names(engine)?,
            ..Self::default()
        };
        for recorded in engine.events(1) {
            plan.take(&recorded?);
        }
        plan.commits.append(&mut plan.own);
        Ok(plan)
    }

    fn take(&mut self, recorded: &Recorded) {
        match (recorded.stream, &recorded.event) {
            (_, Event::Source(SourceEvent::CommitsRead { commits })) => {
                self.commits.extend(commits.iter().cloned())
            }
            (StreamId::Agreement(id), Event::Agreement(event)) => {
                self.agreement(id, event, recorded)
            }
            _ => {}
        }
    }

    fn agreement(&mut self, id: AgreementId, event: &AgreementEvent, recorded: &Recorded) {
        match event {
            AgreementEvent::AgreementProposed(p) => {
                let imported = p.provenance.as_ref().map(|p| p.path.clone());
                let path = imported.or_else(|| self.names.get(&id).cloned());
                let mode = p.provenance.as_ref().and_then(|p| p.mode);
                self.at.insert(id, (None, 0o100_644, 1));
                self.proposed.insert((id, 1), (None, path, file_mode(mode)));
            }
            AgreementEvent::RevisionProposed(p) => {
                let base = self
                    .proposed
                    .get(&(id, p.draft.base.0))
                    .and_then(|(_, path, _)| path.clone());
                let path = p.draft.provenance.as_ref().map(|p| p.path.clone()).or(base);
                let mode = p.draft.provenance.as_ref().and_then(|p| p.mode);
                self.proposed.insert(
                    (id, p.revision.0),
                    (p.draft.title.clone(), path, file_mode(mode)),
                );
            }
            AgreementEvent::TextAdopted(a) => {
                let Some((title, Some(path), mode)) =
                    self.proposed.get(&(id, a.revision.0)).cloned()
                else {
                    return;
                };
                let source = a.elsewhere.as_ref().map(|e| e.source.clone());
                let commit =
                    source.unwrap_or_else(|| self.own_commit(recorded, title.as_deref(), &path));
                let Some((stands, _, _)) = self.at.get(&id).cloned() else {
                    return;
                };
                if let Some(old) = stands.filter(|old| *old != path) {
                    self.step(&commit, Step::Delete { path: old });
                }
                self.at.insert(id, (Some(path.clone()), mode, a.revision.0));
                // A document that changes twice in one commit stands where it came to stand last.
                let steps = self.steps.entry(commit.clone()).or_default();
                steps.retain(|s| !matches!(s, Step::Write { agreement, .. } if *agreement == id));
                self.step(
                    &commit,
                    Step::Write {
                        agreement: id,
                        step: a.revision.0,
                        path,
                        mode,
                    },
                );
            }
            AgreementEvent::Machine(MachineEvent::Ending(EndingAct::AgreementEnded(e))) => {
                let Some((Some(path), mode, step)) = self.at.get(&id).cloned() else {
                    return;
                };
                if let Some(source) = e.elsewhere.as_ref().map(|e| e.source.clone()) {
                    // What it came to be in the same commit before it ended is not written.
                    let steps = self.steps.entry(source.clone()).or_default();
                    steps.retain(
                        |s| !matches!(s, Step::Write { agreement, .. } if *agreement == id),
                    );
                    self.step(&source, Step::Delete { path });
                    self.at.insert(id, (None, mode, step));
                }
            }
            _ => {}
        }
    }

    fn step(&mut self, commit: &str, step: Step) {
        self.steps.entry(commit.to_owned()).or_default().push(step);
    }

    /// A commit for an adoption of our own.
    fn own_commit(&mut self, recorded: &Recorded, title: Option<&str>, path: &str) -> String {
        let id = recorded.id.to_string();
        let by = SourceSignature {
            name: recorded.actor.party.to_string(),
            email: recorded
                .actor
                .person
                .as_deref()
                .unwrap_or_default()
                .to_owned(),
            at: recorded.recorded_at.fixed_offset(),
        };
        self.own.push(SourceCommit {
            id: id.clone(),
            parents: Vec::new(),
            tree: None,
            author: by.clone(),
            committer: by,
            message: format!("{}\n", title.unwrap_or(path)),
        });
        id
    }
}

fn file_mode(mode: Option<u32>) -> i32 {
    mode.and_then(|m| i32::try_from(m).ok())
        .unwrap_or(0o100_644)
}

/// A file for each agreement of our own, after its title. No two have the same one, nor one of a document that was imported.
fn own_names(engine: &Engine) -> Result<HashMap<AgreementId, String>, ImportError> {
    let register = engine.register()?;
    let entries = &register.agreements;
    let paths = entries.values().filter_map(|e| e.path.as_deref());
    let mut taken: HashSet<String> = paths.clone().map(str::to_owned).collect();
    taken.extend(paths.flat_map(paths::folders).map(str::to_owned));
    let mut names = HashMap::new();
    for (id, entry) in entries.iter().filter(|(_, entry)| entry.path.is_none()) {
        let slug = slug(&entry.title);
        let numbered = (2..).map(|n: u64| format!("{slug}-{n}.md"));
        let name = std::iter::once(format!("{slug}.md"))
            .chain(numbered)
            .find(|name| !taken.contains(name));
        if let Some(name) = name {
            taken.insert(name.clone());
            names.insert(*id, name);
        }
    }
    Ok(names)
}

/// A file name out of a title.
fn slug(title: &str) -> String {
    let words: Vec<String> = title
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .map(str::to_lowercase)
        .collect();
    if words.is_empty() {
        "agreement".to_owned()
    } else {
        words.join("-")
    }
}

struct Writer<'a> {
    engine: &'a Engine,
    repository: Repository,
    /// What stands where.
    files: BTreeMap<String, (Oid, i32)>,
    report: ExportReport,
    head: Option<Oid>,
}

impl Writer<'_> {
    fn commit(&mut self, commit: &SourceCommit, steps: &[Step]) -> Result<(), ImportError> {
        // Names are freed before they are taken.
        for step in steps {
            if let Step::Delete { path } = step {
                self.files.remove(path);
            }
        }
        for step in steps {
            if let Step::Write {
                agreement,
                step,
                path,
                mode,
            } = step
            {
                let record = self.engine.record(*agreement)?;
                let text =
                    record.print(travaux::domain::Revision(*step), record.default_language());
                let text = text.map_err(travaux::Error::from)?;
                let blob = self
                    .repository
                    .blob(text.as_bytes())
                    .map_err(ImportError::git("write a file"))?;
                self.files.insert(path.clone(), (blob, *mode));
            }
        }
        let files: Vec<_> = self
            .files
            .iter()
            .map(|(path, file)| (path.as_str(), *file))
            .collect();
        let tree = self.tree(&files).map_err(ImportError::git(format!(
            "write the tree of commit {}",
            commit.id
        )))?;
        match &commit.tree {
            Some(known) if *known == tree.to_string() => self.report.same_trees += 1,
            Some(_) => self.report.other_trees.push(commit.id.clone()),
            None => {}
        }
        let failed = || ImportError::git(format!("write commit {}", commit.id));
        let (author, committer) = (
            signature(&commit.author).map_err(failed())?,
            signature(&commit.committer).map_err(failed())?,
        );
        let tree = self.repository.find_tree(tree).map_err(failed())?;
        let parent = self
            .head
            .map(|head| self.repository.find_commit(head))
            .transpose()
            .map_err(failed())?;
        let parents: Vec<_> = parent.iter().collect();
        let written = self
            .repository
            .commit(None, &author, &committer, &commit.message, &tree, &parents)
            .map_err(failed())?;
        drop(parents);
        self.head = Some(written);
        self.report.commits += 1;
        Ok(())
    }

    /// Writes the tree of files, which come in the order of their paths.
    fn tree(&self, files: &[(&str, (Oid, i32))]) -> Result<Oid, git2::Error> {
        let mut builder = self.repository.treebuilder(None)?;
        let mut rest = files;
        while let Some(((path, (blob, mode)), others)) = rest.split_first() {
            match path.split_once('/') {
                None => {
                    builder.insert(*path, *blob, *mode)?;
                    rest = others;
                }
                Some((folder, _)) => {
                    let prefix = format!("{folder}/");
                    let within = rest
                        .iter()
                        .take_while(|(path, _)| path.starts_with(&prefix))
                        .count();
                    let inner: Vec<_> = rest[..within]
                        .iter()
                        .map(|(path, file)| (&path[prefix.len()..], *file))
                        .collect();
                    builder.insert(folder, self.tree(&inner)?, 0o040_000)?;
                    rest = &rest[within..];
                }
            }
        }
        builder.write()
    }
}

fn signature(signature: &SourceSignature) -> Result<Signature<'static>, git2::Error> {
    let time = Time::new(
        signature.at.timestamp(),
        signature.at.offset().local_minus_utc() / 60,
    );
    // Git refuses empty names; a source may have had one.
    let or = |text: &str, other: &str| {
        if text.trim().is_empty() {
            other.to_owned()
        } else {
            text.to_owned()
        }
    };
    Signature::new(
        &or(&signature.name, "unknown"),
        &or(&signature.email, "unknown"),
        &time,
    )
}
