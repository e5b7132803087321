//! Audit by replay: the log read again as a stranger would, who trusts no view and no earlier answer.

mod compare;
mod finding;

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::Serialize;
use travaux_domain::{
    AggregateState, Event, Others, Recorded, StreamCommand, StreamId,
    agreement::AgreementEvent,
    package::{Package, check_packages, check_splits, concerns_a_whole},
    partnership::{check_holds, check_links, lets_go},
};
use travaux_projections::Tally;
use travaux_store::{CommitId, EventStore, Read, Record, SnapshotStore, StoreError};

pub use self::finding::{Finding, Problem, SnapshotOf};
use crate::{Error, Views, decode};

/// Whether everything is as it should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It is.
    Clean,
    /// It is not; the findings say where.
    Damaged,
}

/// What an audit found.
#[derive(Debug, Serialize)]
pub struct AuditReport {
    /// The verdict.
    pub verdict: Verdict,
    /// Events that were read.
    pub events: u64,
    /// Streams that they belong to.
    pub streams: u64,
    /// Events that were decided again, with the same outcome.
    pub decided: u64,
    /// Texts whose digest was computed again.
    pub texts: u64,
    /// Attachments that were read and checked against their names.
    pub attachments: u64,
    /// Stored projections that were compared with rebuilt ones.
    pub projections: u64,
    /// Events by type.
    pub by_type: BTreeMap<String, u64>,
    /// The chain over all digests of adopted texts.
    pub chain: Option<String>,
    /// The root of the Merkle tree over the stored bytes of all records, computed again from the disk, in base64; none where the
    /// store keeps no tree, or where something is damaged.
    pub root: Option<String>,
    /// Snapshots of another version than this program's. They were not judged: it makes its own anew.
    pub left_out: Vec<LeftOut>,
    /// What is wrong.
    pub findings: Vec<Finding>,
}

/// A snapshot that an audit did not judge.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LeftOut {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: u32,
    /// The version that this program knows.
    pub known: u32,
}

/// Findings after which an audit stops looking for more.
const ENOUGH: usize = 100;

/// The last record of a stream.
#[derive(Default)]
struct StreamEnd {
    version: u64,
    recorded_at: Option<DateTime<Utc>>,
}

struct Audit<'a> {
    store: &'a dyn EventStore,
    snapshots: &'a dyn SnapshotStore,
    next: u64,
    streams: BTreeMap<String, StreamEnd>,
    states: BTreeMap<StreamId, AggregateState>,
    views: Views,
    /// The commit that is judged as a whole, as far as it was read.
    judged: Option<Judged>,
    report: AuditReport,
}

/// Events of one commit that is judged as a whole: each end of a link wants the other there, and what
/// is closed or released is held by nothing.
struct Judged {
    commit: CommitId,
    first: u64,
    events: Vec<(StreamId, Event)>,
}

/// Reads the whole log again as a stranger would: the bytes, the tree, every decision; then compares what is in `snapshots` with what
/// came out. It needs no engine, which does not open where a record cannot be read. `seen` is told how many events have been read.
///
/// It holds the state of every stream at once, texts included, beside the views: each event is decided on the state before it, in the
/// order of the log, and no snapshot is believed from which a state could be taken up again. No memory budget bounds that.
///
/// # Errors
/// [`StoreError`] only where the store cannot be read at all; damage is in the report.
pub fn audit(
    store: &dyn EventStore,
    snapshots: &dyn SnapshotStore,
    mut seen: impl FnMut(u64),
) -> Result<AuditReport, StoreError> {
    let mut audit = Audit {
        store,
        snapshots,
        next: 1,
        streams: BTreeMap::new(),
        states: BTreeMap::new(),
        views: Views::new(Vec::new()),
        judged: None,
        report: AuditReport {
            verdict: Verdict::Clean,
            events: 0,
            streams: 0,
            decided: 0,
            texts: 0,
            attachments: 0,
            projections: 0,
            by_type: BTreeMap::new(),
            chain: None,
            root: None,
            left_out: Vec::new(),
            findings: Vec::new(),
        },
    };
    let verified = store.verify()?;
    audit.report.root = verified
        .root
        .map(|root| travaux_ledger::Hash(root).to_string());
    for damage in verified.damage {
        let position = match damage {
            StoreError::Damaged { position, .. } => position,
            _ => None,
        };
        audit.find(position, damage);
    }
    let head = store.head();
    while audit.next <= head && audit.report.findings.len() < ENOUGH {
        match store.read(&Read::log(audit.next).limit(256)) {
            Ok(page) if page.records.is_empty() => {
                audit.find(Some(audit.next), Problem::Nothing);
                break;
            }
            Ok(page) => {
                for record in &page.records {
                    audit.take(record);
                    seen(audit.report.events);
                }
            }
            // One bad block must not hide what is behind it: step over it, record by record.
            Err(error) => audit.step_over(error),
        }
    }
    audit.end_commit();
    audit.compare();
    Ok(audit.finish())
}

impl Audit<'_> {
    fn find(&mut self, position: Option<u64>, what: impl Into<Problem>) {
        self.report.findings.push(Finding::new(position, what));
    }

    fn step_over(&mut self, error: StoreError) {
        match self.store.read(&Read::log(self.next).limit(1)) {
            Ok(page) => page.records.iter().for_each(|record| self.take(record)),
            Err(_) => {
                self.find(Some(self.next), error);
                self.next += 1;
            }
        }
    }

    fn take(&mut self, record: &Record) {
        let position = self.next;
        self.next += 1;
        if record.position != position {
            let stands = record.position;
            self.find(Some(position), Problem::Misplaced { stands });
            self.next = record.position + 1;
        }
        let envelope = match record.envelope() {
            Ok(envelope) => envelope,
            Err(error) => return self.find(Some(position), error),
        };
        let (stream, found) = (envelope.stream, envelope.version);
        let end = self.streams.entry(stream.to_owned()).or_default();
        let expected = end.version + 1;
        // Across streams, commits that were decided at the same time were once appended in either order; within one, never.
        let before = end.recorded_at.replace(envelope.recorded_at);
        end.version = found;
        if found != expected {
            let stream = stream.to_owned();
            self.find(
                Some(position),
                Problem::Version {
                    stream,
                    found,
                    expected,
                },
            );
        }
        if before.is_some_and(|before| envelope.recorded_at < before) {
            self.find(Some(position), Problem::RecordedBefore);
        }
        self.report.attachments += envelope.attachments.len() as u64;
        let commit = envelope.commit;
        if self.judged.as_ref().is_some_and(|of| of.commit != commit) {
            self.end_commit();
        }
        match decode(envelope, |id| self.store.attachment(id)) {
            Ok(recorded) => {
                self.keep_for_judgment(commit, &recorded);
                self.decide(&recorded);
            }
            Err(error) => self.find(Some(position), Error::from(error)),
        }
        self.report.events += 1;
    }

    /// Keeps what is judged with others of its commit: links, the adoption of packages, and what is
    /// closed or released.
    fn keep_for_judgment(&mut self, commit: CommitId, recorded: &Recorded) {
        let (stream, event) = (recorded.stream, &recorded.event);
        if event.link(stream).is_some()
            || concerns_a_whole(event)
            || event.lets_go(stream).is_some()
        {
            let first = recorded.position;
            let begun = || Judged {
                commit,
                first,
                events: Vec::new(),
            };
            let judged = self.judged.get_or_insert_with(begun);
            judged.events.push((stream, event.clone()));
        }
    }

    /// Judges a commit that was read to its end, on the states that it has left.
    fn end_commit(&mut self) {
        let Some(Judged { first, events, .. }) = self.judged.take() else {
            return;
        };
        let commit = events.iter().map(|(stream, event)| (*stream, event));
        let proposal = |id| {
            let package = self.states.get(&StreamId::Package(id))?.get::<Package>()?;
            package.proposal.as_deref()
        };
        let going = lets_go(commit.clone());
        // Few commits let anything go, and only those look at every stream.
        let streams = self.states.iter().filter(|_| !going.is_empty());
        let held = streams.flat_map(|(id, state)| state.keeps(*id));
        let judged = [
            check_links(commit.clone()),
            check_packages(commit.clone(), proposal),
            check_splits(commit),
            check_holds(&going, held),
        ];
        for refusal in judged.into_iter().filter_map(Result::err) {
            self.find(Some(first), Problem::Refused(refusal.into()));
        }
    }

    /// Decides the event again from the state before it.
    fn decide(&mut self, recorded: &Recorded) {
        let context = recorded.context();
        let stream = recorded.stream;
        let Some(act) = StreamCommand::behind(stream, &recorded.event) else {
            return self.find(Some(recorded.position), Problem::OtherKind);
        };
        let state = self
            .states
            .entry(stream)
            .or_insert_with(|| stream.initial());
        let others: Others = state
            .reads(&act)
            .into_iter()
            .filter_map(|read| Some((read, self.states.get(&read)?.clone())))
            .collect();
        let state = self
            .states
            .entry(stream)
            .or_insert_with(|| stream.initial());
        let decided = state.decide_again(act, &context, &others);
        drop(others);
        state.evolve(&recorded.event, &context);
        match decided {
            Ok(d)
                if d.event == recorded.event
                    && recorded
                        .legal_basis
                        .as_ref()
                        .is_none_or(|basis| d.legal_basis.may_be_recorded_as(basis)) =>
            {
                self.report.decided += 1;
            }
            Ok(d) if d.event == recorded.event => {
                let decided = Box::new(d.legal_basis);
                self.find(Some(recorded.position), Problem::OtherRule { decided });
            }
            Ok(_) => self.find(Some(recorded.position), Problem::OtherEvent),
            Err(refusal) => self.find(Some(recorded.position), Problem::Refused(refusal.into())),
        }
        self.views.apply(recorded);
        if let Some(AgreementEvent::TextAdopted(adopted)) = recorded.event.agreement() {
            self.report.texts += adopted.digests.len() as u64;
        }
    }

    fn finish(mut self) -> AuditReport {
        self.report.streams = self.streams.len() as u64;
        if let Some(tally) = self.views.get::<Tally>() {
            self.report.by_type.clone_from(&tally.by_type);
            self.report.chain = tally.chain.map(|chain| chain.to_string());
        }
        if !self.report.findings.is_empty() {
            self.report.verdict = Verdict::Damaged;
        }
        self.report
    }
}
