//! An import: all documents, as many at a time as there are processors, each going on where it stands.

use std::{
    collections::{HashSet, VecDeque},
    sync::{Arc, Mutex, PoisonError},
    thread,
};

use travaux::{
    CommitRequest, StreamCommand,
    blocking::Engine,
    domain::{
        AgreementId, Event, Handle, Revision, StreamId,
        source::{SourceCommit, SourceEvent},
    },
};
use travaux_text::Digest;
use uuid::Uuid;

use crate::{
    Content, DocumentHistory, ImportError, ImportReport, RefusedRevision, SourceHistory,
    document::{Writer, importer},
    texts::Texts,
};

/// Is told how far an import is.
pub trait Progress: Sync {
    /// So many revisions are to be looked at.
    fn total(&self, revisions: u64);
    /// So many more were.
    fn done(&self, revisions: u64);
}

impl Progress for () {
    fn total(&self, _: u64) {}
    fn done(&self, _: u64) {}
}

/// How many commits of the source are recorded in one event.
const COMMITS: usize = 256;

/// Brings `source` into the engine's store. What is there already stays as it is.
///
/// # Errors
/// [`ImportError`] where the source or the store fails. What was imported until then stays, and a second run goes on.
pub fn import(
    engine: &Engine,
    source: &SourceHistory,
    progress: &dyn Progress,
) -> Result<ImportReport, ImportError> {
    let source_id = derived(&["source", &source.root]);
    let opened = SourceEvent::SourceOpened {
        kind: source.kind.to_owned(),
        root: source.root.clone(),
        location: source.location.clone(),
    };
    engine.open_source(source_id, &importer(), opened)?;
    progress.total(source.documents.iter().map(revisions).sum());
    // The largest first, so that none is left to one processor at the end.
    let mut queue: Vec<&DocumentHistory> = source.documents.iter().collect();
    queue.sort_by_key(|d| std::cmp::Reverse(revisions(d)));
    let queue = Mutex::new(VecDeque::from(queue));
    let workers = thread::available_parallelism()
        .map_or(1, usize::from)
        .min(source.documents.len().max(1));
    let results: Vec<Result<ImportReport, ImportError>> = thread::scope(|scope| {
        let spawned: Vec<_> = (0..workers)
            .map(|_| scope.spawn(|| work(engine, source, &queue, progress)))
            .collect();
        let panicked = || {
            let source = std::io::Error::other("a worker stopped; this is a bug");
            Err(ImportError::Io {
                act: "import".into(),
                source,
            })
        };
        spawned
            .into_iter()
            .map(|worker| worker.join().unwrap_or_else(|_| panicked()))
            .collect()
    });
    let mut report = ImportReport::default();
    for result in results {
        report.add(result?);
    }
    // Only now: commits count as read when all that they did is recorded.
    for commits in unread(engine, source_id, &source.commits)?.chunks(COMMITS) {
        let acts = vec![StreamCommand::Source(
            source_id,
            SourceEvent::CommitsRead {
                commits: commits.to_vec(),
            },
        )];
        engine.commit(None, &importer(), acts)?;
    }
    report
        .refused
        .sort_by(|a, b| (&a.path, &a.revision).cmp(&(&b.path, &b.revision)));
    report.flagged.sort_by(|a, b| a.path.cmp(&b.path));
    engine.save()?;
    Ok(report)
}

/// The commits that are not on record as read. A line may have been written anew since, or be a longer
/// or a shorter one: what counts is their names, not how many there are.
fn unread(
    engine: &Engine,
    id: Uuid,
    commits: &[SourceCommit],
) -> Result<Vec<SourceCommit>, ImportError> {
    let known = engine.source(id)?;
    let read = usize::try_from(known.commits).unwrap_or(usize::MAX);
    let last = read.checked_sub(1).and_then(|last| commits.get(last));
    if read == 0 || last.is_some_and(|last| Some(&last.id) == known.last.as_ref()) {
        return Ok(commits[read..].to_vec());
    }
    let mut names = HashSet::new();
    for recorded in engine.events(1) {
        let recorded = recorded?;
        if let (StreamId::Source(of), Event::Source(SourceEvent::CommitsRead { commits })) =
            (recorded.stream, recorded.event)
            && of == id
        {
            names.extend(commits.into_iter().map(|commit| commit.id));
        }
    }
    let new = commits.iter().filter(|commit| !names.contains(&commit.id));
    Ok(new.cloned().collect())
}

fn revisions(document: &DocumentHistory) -> u64 {
    (document.changes.len() + document.proposals.len()) as u64
}

/// The identity of what these words name: a UUID of version 8 (RFC 9562) out of their SHA-256.
fn derived(words: &[&str]) -> Uuid {
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&Digest::of(words.join("\n").as_bytes()).0[..16]);
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}

fn work(
    engine: &Engine,
    source: &SourceHistory,
    queue: &Mutex<VecDeque<&DocumentHistory>>,
    progress: &dyn Progress,
) -> Result<ImportReport, ImportError> {
    let texts = Texts::of(source)?;
    let fetch = |content: &Content| texts.read(content);
    let mut report = ImportReport::default();
    loop {
        let next = queue
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .pop_front();
        let Some(document) = next else {
            return Ok(report);
        };
        let first = document
            .changes
            .first()
            .map(|c| &c.commit)
            .or(document.proposals.first().map(|p| &p.commit));
        let Some(first) = first else { continue };
        let id = AgreementId(derived(&[
            "document",
            &source.root,
            first,
            &document.first_path,
        ]));
        report.add(one(engine, id, document, &fetch)?);
        progress.done(revisions(document));
    }
}

/// A handle that is taken is refused by name; the document gets one made from its title.
fn refused_name(document: &DocumentHistory, handle: &Handle, holder: StreamId) -> RefusedRevision {
    let first = document.changes.first().map(|change| change.commit.clone());
    RefusedRevision {
        path: document.first_path.clone(),
        revision: first.unwrap_or_default(),
        offset: None,
        reason: format!(
            "the handle `{handle}` names {holder}, for good; one was made from the title instead"
        ),
    }
}

fn one(
    engine: &Engine,
    id: AgreementId,
    document: &DocumentHistory,
    fetch: &dyn Fn(&Content) -> Result<Vec<u8>, String>,
) -> Result<ImportReport, ImportError> {
    let agreement = match engine.record(id) {
        Ok(record) => record.agreement.clone(),
        Err(travaux::Error::NotFound(_)) => Arc::default(),
        Err(error) => return Err(error.into()),
    };
    let bases = |revision: Revision| {
        let record = engine.record(id)?;
        let text = record.text_of(revision)?;
        let printed = text.print(record.default_language());
        Ok((text, printed))
    };
    let mut append = |acts| {
        let request = CommitRequest::new(importer(), acts).with_handles();
        engine.commit_request(&request).map(drop)
    };
    let taken = match &document.handle {
        Some(handle) if agreement.identity.is_none() => {
            let register = engine.register()?;
            let holder = register.handles.get(handle);
            holder.map(|holder| refused_name(document, handle, *holder))
        }
        _ => None,
    };
    let mut writer = Writer::new(id, &agreement, document, fetch, &bases, &mut append);
    if taken.is_none() {
        writer.handle.clone_from(&document.handle);
    }
    writer.report.refused.extend(taken);
    let report = writer.write(&agreement, document)?;
    engine.save_record(id)?;
    // Many documents are imported in one go: what was saved need not stay in memory.
    engine.release(id);
    Ok(report)
}
