//! The suite that every store runs, run on stores that are wrong: each case fails for a store that does
//! not do what the case is about, and no fault that is known here passes them all.

use std::{
    ops::ControlFlow,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering},
    },
};

use travaux_store::{
    AppendError, Appended, Commit, CommitId, Digest, Direction, EventStore, Listener, MemoryStore,
    Page, Read, Record, Scope, StoreError, Verified,
    conformance::{self, Opened},
    read_all,
};

/// What is wrong with a store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Flaw {
    /// Nothing.
    None,
    /// It forgets what a commit expects.
    NoGuards,
    /// It looks at what is expected of streams that are written, and not of those that were only read.
    NoReadGuards,
    /// It appends the events of a commit one by one.
    Piecemeal,
    /// It appends a commit again that is there already.
    Repeats,
    /// It answers whoever uses an id again with the commit that has it.
    AnyCommitWillDo,
    /// It says of a repeated commit that it is new.
    AlwaysNew,
    /// It keeps the id of a commit that was refused.
    KeepsRefusedIds,
    /// It looks up no commit.
    FindsNoCommit,
    /// A page is a record longer than was asked for.
    LongPages,
    /// The next page begins a record too late.
    SkipsBetweenPages,
    /// The next page begins with the last record of the one before.
    RepeatsBetweenPages,
    /// It reads forward only.
    ForwardOnly,
    /// It gives all types, whatever is asked for.
    AllTypes,
    /// It gives a stream all events of streams whose names begin so.
    StreamsByPrefix,
    /// Its head is one ahead.
    HeadAhead,
    /// Its streams are a version behind.
    VersionBehind,
    /// It writes payloads anew.
    Rewrites,
    /// A scan leaves the last record out.
    ShortScan,
    /// A scan goes on though it was told to stop.
    EndlessScan,
    /// It finds fewer records when it verifies.
    VerifiesLess,
    /// It keeps no attachments.
    NoAttachments,
    /// It takes events that name what is not there.
    DanglingNames,
    /// It takes events of any size.
    AnySize,
    /// It takes whatever names and types are.
    AnyNames,
    /// It takes commits that are recorded before others.
    AnyTime,
    /// It gives all types where it reads backward.
    AllTypesBackward,
    /// It forgets everything when it is closed.
    Forgets,
    /// It forgets when it is closed what was in a commit, and knows its id only.
    ForgetsWhatCommitsWere,
}

/// A store in memory with a flaw.
#[derive(Debug)]
struct Broken {
    flaw: Flaw,
    store: MemoryStore,
    /// Numbers commits that must not be known as those that they are.
    disguises: AtomicU64,
    kept: Mutex<Vec<CommitId>>,
    reads: AtomicU64,
}

impl Broken {
    fn new(flaw: Flaw) -> Self {
        Self {
            flaw,
            store: MemoryStore::new(),
            disguises: AtomicU64::new(1 << 40),
            kept: Mutex::default(),
            reads: AtomicU64::new(0),
        }
    }

    /// Another id.
    fn disguise(&self) -> CommitId {
        let number = self.disguises.fetch_add(1, Ordering::SeqCst);
        CommitId(uuid::Uuid::from_u128(u128::from(number)))
    }

    fn piecemeal(&self, commit: &Commit) -> Result<Appended, AppendError> {
        let mut answer: Option<Appended> = None;
        for (at, event) in commit.events.iter().enumerate() {
            let mut part = commit.clone();
            part.events = vec![event.clone()];
            if at + 1 < commit.events.len() {
                part.guards.clear();
                part.id = self.disguise();
            }
            let appended = self.store.append(part)?;
            let first = answer.map_or(appended.first, |answer| answer.first);
            answer = Some(Appended { first, ..appended });
        }
        answer.ok_or_else(|| AppendError::Malformed("it has no event".into()))
    }
}

impl EventStore for Broken {
    fn append(&self, mut commit: Commit) -> Result<Appended, AppendError> {
        match self.flaw {
            Flaw::NoGuards => commit.guards.clear(),
            Flaw::NoReadGuards => {
                let written: Vec<_> = commit.events.iter().map(|e| e.stream.clone()).collect();
                commit
                    .guards
                    .retain(|guard| written.contains(&guard.stream));
            }
            Flaw::Piecemeal => return self.piecemeal(&commit),
            Flaw::Repeats if self.store.find_commit(commit.id)?.is_some() => {
                commit.id = self.disguise();
                commit.guards.clear();
            }
            Flaw::AnyCommitWillDo => {
                if let Some(known) = self.store.find_commit(commit.id)? {
                    return Ok(known);
                }
            }
            Flaw::AlwaysNew => {
                let appended = self.store.append(commit)?;
                return Ok(Appended {
                    repeated: false,
                    ..appended
                });
            }
            Flaw::KeepsRefusedIds => {
                let id = commit.id;
                let mut kept = self.kept.lock().expect("no panic");
                if kept.contains(&id) {
                    return Err(AppendError::CommitIdTaken { id, first: 1 });
                }
                let answer = self.store.append(commit);
                kept.extend(answer.is_err().then_some(id));
                return answer;
            }
            Flaw::Rewrites => {
                for event in &mut commit.events {
                    let value: Result<serde_json::Value, _> = serde_json::from_str(&event.payload);
                    if let Ok(value) = value {
                        event.payload = value.to_string();
                    }
                }
            }
            Flaw::NoAttachments | Flaw::DanglingNames => {
                for event in &mut commit.events {
                    event.attachments.clear();
                }
                if self.flaw == Flaw::NoAttachments {
                    commit.attachments.clear();
                }
            }
            Flaw::AnySize => {
                for event in &mut commit.events {
                    event.payload.truncate(event.payload.len().min(60_000));
                    if !event.payload.ends_with(['"', '}']) {
                        event.payload.push('"');
                    }
                }
            }
            Flaw::AnyTime => commit.recorded_at = chrono::DateTime::UNIX_EPOCH,
            Flaw::AnyNames => {
                for event in &mut commit.events {
                    event.stream.retain(|c| c.is_ascii_alphanumeric());
                    event.kind.retain(|c| c.is_alphanumeric());
                    if event.stream.is_empty() || event.kind.is_empty() {
                        (event.stream, event.kind) = ("s".into(), "K".into());
                    }
                }
            }
            _ => {}
        }
        self.store.append(commit)
    }

    fn read(&self, read: &Read) -> Result<Page, StoreError> {
        let reads = self.reads.fetch_add(1, Ordering::SeqCst);
        assert!(reads < 10_000, "its pages never end");
        let mut read = read.clone();
        match self.flaw {
            Flaw::LongPages => read.limit += 1,
            Flaw::ForwardOnly if read.direction == Direction::Backward => {
                read.direction = Direction::Forward;
                read.from = if read.from == u64::MAX { 1 } else { read.from };
            }
            Flaw::AllTypes => read.kinds.clear(),
            Flaw::AllTypesBackward if read.direction == Direction::Backward => read.kinds.clear(),
            _ => {}
        }
        if let (Flaw::StreamsByPrefix, Scope::Stream(name)) = (self.flaw, &read.scope) {
            let mut page = self.store.read(&Read::log(1).limit(usize::MAX))?;
            let of = |record: &Record| {
                let envelope = record.envelope().ok()?;
                let fits = envelope.stream.starts_with(name.as_str());
                (fits && envelope.version >= read.from).then_some(())
            };
            page.records.retain(|record| of(record).is_some());
            return Ok(page);
        }
        let mut page = self.store.read(&read)?;
        let ahead = |next: u64, by: i64| next.checked_add_signed(by).filter(|next| *next > 0);
        let forward = if read.direction == Direction::Forward {
            1
        } else {
            -1
        };
        match self.flaw {
            Flaw::SkipsBetweenPages => {
                page.next = page.next.and_then(|next| ahead(next, forward));
            }
            Flaw::RepeatsBetweenPages if read.limit > 1 => {
                page.next = page.next.and_then(|next| ahead(next, -forward));
            }
            _ => {}
        }
        Ok(page)
    }

    fn head(&self) -> u64 {
        self.store.head() + u64::from(self.flaw == Flaw::HeadAhead)
    }

    fn version(&self, stream: &str) -> Result<u64, StoreError> {
        let version = self.store.version(stream)?;
        Ok(version.saturating_sub(u64::from(self.flaw == Flaw::VersionBehind)))
    }

    fn find_commit(&self, id: CommitId) -> Result<Option<Appended>, StoreError> {
        let found = self.store.find_commit(id)?;
        Ok(found.filter(|_| self.flaw != Flaw::FindsNoCommit))
    }

    fn attachment(&self, id: Digest) -> Result<Option<Vec<u8>>, StoreError> {
        self.store.attachment(id)
    }

    fn scan(
        &self,
        from: u64,
        each: &mut dyn FnMut(Page) -> ControlFlow<()>,
    ) -> Result<(), StoreError> {
        if self.flaw == Flaw::EndlessScan {
            return self.store.scan(from, &mut |page| {
                let mut rest = page.clone();
                let _ = each(page);
                rest.records.clear();
                let _ = each(rest);
                ControlFlow::Continue(())
            });
        }
        self.store.scan(from, &mut |mut page| {
            if self.flaw == Flaw::ShortScan && page.next.is_none() {
                page.records.pop();
            }
            each(page)
        })
    }

    fn verify(&self) -> Result<Verified, StoreError> {
        let mut verified = self.store.verify()?;
        verified.records -= u64::from(self.flaw == Flaw::VerifiesLess && verified.records > 0);
        Ok(verified)
    }

    fn listen(&self) -> Listener {
        self.store.listen()
    }
}

type Case = (&'static str, fn(Opened));

macro_rules! cases {
    ($($name:ident)+) => {
        &[$((stringify!($name), conformance::$name)),+]
    };
}

/// The cases of the suite that end whatever a store does: those that wait for a writer are not among them.
const CASES: &[Case] = cases! {
    positions_and_versions_are_gapless several_streams_are_written_as_one expectations_are_kept
    read_guards_are_kept a_conflict_appends_nothing the_same_commit_is_answered_as_before
    another_commit_under_the_same_id_is_refused malformed_commits_are_refused records_have_a_limit
    many_writers_get_each_its_own_answer pages_forward_and_backward streams_forward_and_backward
    types_are_filtered a_scan_gives_everything_in_order a_type_is_found_without_the_envelope
    what_was_written_is_verified records_are_the_exact_bytes attachments_are_kept_once
    missing_attachments_are_refused recorded_times_never_go_back what_was_appended_survives_reopening
};

/// A copy of a log in a store that answers whoever uses an id again.
fn copy(store: &dyn EventStore) -> Broken {
    let copy = Broken::new(Flaw::AnyCommitWillDo);
    let records: Vec<_> = read_all(store, Read::log(1))
        .map(|record| record.expect("it is read"))
        .collect();
    let envelopes = records.iter().map(|r| r.envelope().expect("an envelope"));
    let mut commits: Vec<Commit> = Vec::new();
    for envelope in envelopes {
        let event = conformance::event(envelope.stream, envelope.kind, envelope.payload.get());
        match commits.last_mut().filter(|last| last.id == envelope.commit) {
            Some(last) => last.events.push(event),
            None => commits.push(conformance::commit(
                envelope.commit.0.as_u128(),
                vec![event],
            )),
        }
    }
    for commit in commits {
        copy.append(commit).expect("it is appended");
    }
    copy
}

/// Whether a store with this flaw passes a case.
fn passes(flaw: Flaw, case: fn(Opened)) -> bool {
    let reopen = move |store: Arc<dyn EventStore>| -> Arc<dyn EventStore> {
        match flaw {
            Flaw::Forgets => Arc::new(MemoryStore::new()),
            Flaw::ForgetsWhatCommitsWere => Arc::new(copy(&*store)),
            _ => store,
        }
    };
    let opened = Opened {
        store: Arc::new(Broken::new(flaw)),
        reopen: Some(Box::new(reopen)),
    };
    catch_unwind(AssertUnwindSafe(|| case(opened))).is_ok()
}

/// The flaws, and a case that each fails: the one that is about it.
const FLAWS: &[(Flaw, &str)] = &[
    (Flaw::HeadAhead, "positions_and_versions_are_gapless"),
    (Flaw::VersionBehind, "positions_and_versions_are_gapless"),
    (Flaw::Piecemeal, "several_streams_are_written_as_one"),
    (Flaw::NoGuards, "expectations_are_kept"),
    (Flaw::NoReadGuards, "read_guards_are_kept"),
    (Flaw::KeepsRefusedIds, "a_conflict_appends_nothing"),
    (Flaw::Repeats, "the_same_commit_is_answered_as_before"),
    (Flaw::AlwaysNew, "the_same_commit_is_answered_as_before"),
    (Flaw::FindsNoCommit, "the_same_commit_is_answered_as_before"),
    (
        Flaw::AnyCommitWillDo,
        "another_commit_under_the_same_id_is_refused",
    ),
    (Flaw::AnyNames, "malformed_commits_are_refused"),
    (Flaw::AnySize, "records_have_a_limit"),
    (Flaw::Repeats, "many_writers_get_each_its_own_answer"),
    (Flaw::SkipsBetweenPages, "pages_forward_and_backward"),
    (Flaw::RepeatsBetweenPages, "pages_forward_and_backward"),
    (Flaw::LongPages, "pages_forward_and_backward"),
    (Flaw::ForwardOnly, "pages_forward_and_backward"),
    (Flaw::ForwardOnly, "streams_forward_and_backward"),
    (Flaw::StreamsByPrefix, "streams_forward_and_backward"),
    (Flaw::AllTypes, "types_are_filtered"),
    (Flaw::AllTypesBackward, "types_are_filtered"),
    (Flaw::ShortScan, "a_scan_gives_everything_in_order"),
    (Flaw::EndlessScan, "a_scan_gives_everything_in_order"),
    (Flaw::AllTypes, "a_type_is_found_without_the_envelope"),
    (Flaw::VerifiesLess, "what_was_written_is_verified"),
    (Flaw::Rewrites, "records_are_the_exact_bytes"),
    (Flaw::NoAttachments, "attachments_are_kept_once"),
    (Flaw::DanglingNames, "missing_attachments_are_refused"),
    (Flaw::AnyTime, "recorded_times_never_go_back"),
    (Flaw::Forgets, "what_was_appended_survives_reopening"),
    (
        Flaw::ForgetsWhatCommitsWere,
        "what_was_appended_survives_reopening",
    ),
];

#[test]
fn a_store_without_a_flaw_passes_every_case() {
    for (name, case) in CASES {
        assert!(passes(Flaw::None, *case), "{name}");
    }
}

#[test]
fn a_store_with_a_flaw_fails_the_case_that_is_about_it() {
    for (flaw, name) in FLAWS {
        let case = CASES.iter().find(|(known, _)| known == name);
        let (_, case) = case.unwrap_or_else(|| panic!("there is no case {name}"));
        assert!(!passes(*flaw, *case), "{flaw:?} passes {name}");
    }
}

#[test]
fn every_case_is_failed_by_some_store() {
    for (name, _) in CASES {
        assert!(FLAWS.iter().any(|(_, failed)| failed == name), "{name}");
    }
}
