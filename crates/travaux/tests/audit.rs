//! An audit finds each thing that can be wrong with a log, says it in those words, where it stands,
//! and goes on behind it.

mod common;

use std::{collections::BTreeSet, sync::Arc};

use common::{accept, adopt, by, engine, open, proposed, revise};
use serde_json::{Value, json};
use travaux::{AuditReport, Problem, Verdict, audit, blocking::Engine, domain::AgreementId};
use travaux_store::{
    AppendError, Appended, Commit, CommitId, Digest, EventStore, Listener, MemorySnapshots,
    MemoryStore, Page, Read, Record, Scope, Snapshot, SnapshotStore, StoreError, Verified,
    read_all,
};

/// A log as somebody left it who could write to the disk.
#[derive(Debug)]
struct Altered {
    records: Vec<Record>,
    /// What it says that its last position is.
    head: u64,
    /// Positions that cannot be read.
    bad: BTreeSet<u64>,
    /// What its own check finds.
    damage: Vec<(Option<u64>, &'static str)>,
}

fn record(position: u64, bytes: Vec<u8>) -> Record {
    let length = bytes.len();
    Record::new(position, Arc::new(bytes), 0..length)
}

impl Altered {
    fn of(engine: &Engine) -> Self {
        let all = read_all(&**engine.store(), Read::log(1));
        let records: Vec<_> = all.collect::<Result<_, _>>().expect("it is read");
        Self {
            head: records.len() as u64,
            records,
            bad: BTreeSet::new(),
            damage: Vec::new(),
        }
    }

    /// The record at a position, changed as JSON.
    fn change(mut self, position: u64, change: impl FnOnce(&mut Value)) -> Self {
        let old = &mut self.records[position as usize - 1];
        let mut value = serde_json::from_slice(old.bytes()).expect("an envelope");
        change(&mut value);
        *old = record(old.position, value.to_string().into_bytes());
        self
    }

    /// One field of its record, at a path such as `/payload/revision`.
    fn set(self, position: u64, path: &str, to: impl Into<Value>) -> Self {
        self.change(position, |value| {
            *value.pointer_mut(path).expect("the field") = to.into();
        })
    }

    fn found(&self) -> AuditReport {
        audit(self, &MemorySnapshots::default(), |_| {}).expect("it runs")
    }
}

impl EventStore for Altered {
    fn append(&self, _: Commit) -> Result<Appended, AppendError> {
        unreachable!("an audit writes nothing")
    }

    fn read(&self, read: &Read) -> Result<Page, StoreError> {
        assert_eq!(read.scope, Scope::Log, "no snapshot asks for a stream");
        let from = usize::try_from(read.from).expect("small") - 1;
        let records: Vec<_> = self.records.iter().skip(from).take(read.limit).collect();
        if let Some(bad) = records.iter().find(|r| self.bad.contains(&r.position)) {
            return Err(StoreError::Damaged {
                position: Some(bad.position),
                what: "the block does not decompress".into(),
            });
        }
        Ok(Page {
            records: records.into_iter().cloned().collect(),
            next: None,
        })
    }

    fn head(&self) -> u64 {
        self.head
    }

    fn version(&self, _: &str) -> Result<u64, StoreError> {
        unreachable!("an audit reads the log")
    }

    fn find_commit(&self, _: CommitId) -> Result<Option<Appended>, StoreError> {
        unreachable!("an audit reads the log")
    }

    fn attachment(&self, _: Digest) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(None)
    }

    fn verify(&self) -> Result<Verified, StoreError> {
        let damage = |(position, what): &(Option<u64>, &str)| StoreError::Damaged {
            position: *position,
            what: (*what).to_owned(),
        };
        Ok(Verified {
            records: self.head,
            root: None,
            damage: self.damage.iter().map(damage).collect(),
        })
    }

    fn listen(&self) -> Listener {
        MemoryStore::new().listen()
    }
}

/// Proposed, accepted, adopted and revised: 1 to 4; another one is proposed at 5.
fn office() -> (Engine, AgreementId) {
    let engine = engine();
    let id = proposed(&engine, "Accord");
    let act = |party: &str, command| engine.act(id, &by(party), [command]).map(drop);
    act("MA", accept(1)).expect("accepted");
    act("MA", adopt(1)).expect("adopted");
    act("FR", revise(1, 2, "coopèrent", "agissent")).expect("revised");
    proposed(&engine, "Other");
    (engine, id)
}

/// These findings of a case and no other ones: where, and the beginning of the words.
#[track_caller]
fn finds(case: &str, report: &AuditReport, expected: &[(Option<u64>, &str)]) {
    let found: Vec<_> = report
        .findings
        .iter()
        .map(|f| (f.position, f.what.to_string()))
        .collect();
    let same = found.len() == expected.len()
        && found
            .iter()
            .zip(expected)
            .all(|((at, what), (wanted, says))| at == wanted && what.starts_with(says));
    assert!(same, "{case}: {found:#?}\nexpected {expected:#?}");
    let damaged = report.verdict == Verdict::Damaged;
    assert_eq!(damaged, !expected.is_empty(), "{case}: the verdict");
}

#[test]
fn a_log_as_it_was_written_is_clean() {
    let (engine, _) = office();
    let report = Altered::of(&engine).found();
    finds("as it was written", &report, &[]);
    let counted = (report.events, report.streams, report.decided, report.texts);
    assert_eq!(counted, (5, 2, 5, 1));
    assert_eq!(report.by_type["AgreementProposed"], 2);
    assert!(report.chain.is_some() && report.root.is_none());
}

/// A case: its name, what was done to the log, what is found, and how many events are still decided.
type Case = (
    &'static str,
    fn(Altered) -> Altered,
    &'static [(Option<u64>, &'static str)],
    u64,
);

#[test]
fn each_thing_that_can_be_wrong_is_found_where_it_stands() {
    let cases: &[Case] = &[
        (
            "the store's own check, whose words do not name the position again",
            |log| Altered {
                damage: vec![(Some(3), "a bit differs"), (None, "a file is missing")],
                ..log
            },
            &[
                (Some(3), "a bit differs"),
                (None, "damage: a file is missing"),
            ],
            5,
        ),
        (
            "the log ends before its head",
            |log| Altered { head: 7, ..log },
            &[(Some(6), "nothing stands at this position")],
            5,
        ),
        (
            "a block cannot be read: what is around it is",
            |log| Altered {
                bad: BTreeSet::from([5]),
                ..log
            },
            &[(Some(5), "the block does not decompress")],
            4,
        ),
        (
            "a record says another position than its own",
            |log| log.set(4, "/position", 9),
            &[(Some(4), "the record says that it stands at position 9")],
            4,
        ),
        (
            "a record is no envelope",
            |log| log.change(4, |value| *value = json!({"nothing": 1})),
            &[(Some(4), "the record is no envelope")],
            4,
        ),
        (
            "a version is left out in a stream",
            |log| log.set(4, "/version", 9),
            &[(Some(4), "agreement-")],
            5,
        ),
        (
            "a record is older than the one in front of it",
            |log| log.set(4, "/recorded_at", "2001-01-01T00:00:00Z"),
            &[(
                Some(4),
                "it was recorded before the one in front of it in its stream",
            )],
            5,
        ),
        (
            "a type that nobody knows",
            |log| log.set(4, "/type", "Sealed"),
            &[(Some(4), "the event Sealed (schema 2) cannot be read: ")],
            4,
        ),
        (
            "a schema of a newer program",
            |log| log.set(4, "/schema", 9),
            &[(
                Some(4),
                "the event RevisionProposed (schema 9) cannot be read: this program reads schemas up to 2",
            )],
            4,
        ),
        (
            "a field of another type",
            |log| log.set(2, "/payload/revision", "first"),
            // What rests on the acceptance is refused as well.
            &[
                (
                    Some(2),
                    "the event RevisionAccepted (schema 2) cannot be read: ",
                ),
                (Some(3), "the rules refuse it: "),
            ],
            3,
        ),
        (
            "a rule that does not say this",
            |log| {
                log.set(
                    4,
                    "/payload/rests_on",
                    json!({"rule": "C8", "kind": "mandatory"}),
                )
            },
            &[(Some(4), "it rests on another rule than it says: ")],
            4,
        ),
        (
            "an actor who may not",
            |log| log.set(4, "/actor/party", "ES"),
            &[(Some(4), "the rules refuse it: ")],
            4,
        ),
        (
            "another digest of the adopted text",
            |log| log.set(3, "/payload/digests/fr", "0".repeat(64)),
            &[(
                Some(3),
                "the rules give another event: a digest, a number or a date differs",
            )],
            4,
        ),
        (
            "another number of a revision",
            |log| log.set(4, "/payload/revision", 7),
            &[(
                Some(4),
                "the rules give another event: a digest, a number or a date differs",
            )],
            4,
        ),
        (
            "the stream of another agreement",
            |log| {
                log.set(
                    2,
                    "/stream",
                    "agreement-00000000-0000-0000-0000-000000000001",
                )
            },
            &[
                (
                    Some(2),
                    "agreement-00000000-0000-0000-0000-000000000001 goes on with version 2, expected 1",
                ),
                (Some(2), "the rules refuse it: "),
                (Some(3), "agreement-"),
                (Some(3), "the rules refuse it: "),
            ],
            3,
        ),
    ];
    for (name, alter, expected, decided) in cases {
        let (engine, _) = office();
        let report = alter(Altered::of(&engine)).found();
        finds(name, &report, expected);
        assert_eq!(report.decided, *decided, "{name}");
    }
}

#[test]
fn records_that_are_shifted_are_found_once_and_read_on() {
    let (engine, _) = office();
    let mut log = Altered::of(&engine);
    // The second one is gone: the third stands in its place, under its own number.
    log.records.remove(1);
    let report = log.found();
    // What they are is said by their types: no words need be read.
    let found: Vec<_> = report
        .findings
        .iter()
        .map(|f| (f.position, &f.what))
        .collect();
    match &found[..] {
        [
            (Some(2), Problem::Misplaced { stands: 3 }),
            (
                Some(2),
                Problem::Version {
                    found: 3,
                    expected: 2,
                    ..
                },
            ),
            (Some(3), Problem::Refused(refusal)),
        ] => assert_eq!(refusal.rule.name(), "T4"),
        other => panic!("{other:?}"),
    }
    assert_eq!(report.events, 4);
    let json = serde_json::to_value(&report.findings[0]).expect("it serialises");
    assert_eq!(
        json,
        json!({"position": 2, "what": "position 3 stands here"})
    );
}

#[test]
fn a_log_with_much_wrong_is_not_read_to_its_end() {
    let (engine, id) = office();
    for n in 0..400_u32 {
        let with = format!("agissent ({n})");
        let revised = engine.act(id, &by("FR"), [revise(1, 2, "coopèrent", &with)]);
        revised.expect("it is proposed");
    }
    let mut log = Altered::of(&engine);
    for position in 6..=405 {
        log = log.set(position, "/actor/party", "ES");
    }
    let report = log.found();
    let found = report.findings.len();
    assert!((100..400).contains(&found), "{found} findings");
    assert!(report.events < 400, "{} events were read", report.events);
}

/// An engine whose snapshots are saved, and these.
fn saved() -> (Engine, Arc<MemorySnapshots>, AgreementId) {
    let snapshots = Arc::new(MemorySnapshots::default());
    let engine = open(common::store(), Arc::<MemorySnapshots>::clone(&snapshots));
    let id = proposed(&engine, "Accord");
    engine
        .act(id, &by("MA"), [accept(1), adopt(1)])
        .expect("it is adopted");
    engine.record_with_custody(id).expect("its custody");
    engine.save_record(id).expect("the record is saved");
    engine.save().expect("the views are saved");
    (engine, snapshots, id)
}

fn judged(engine: &Engine, snapshots: &dyn SnapshotStore) -> AuditReport {
    audit(&**engine.store(), snapshots, |_| {}).expect("it runs")
}

/// The names of all snapshots of [`saved`], with what an audit calls them.
fn kept(id: AgreementId) -> Vec<(String, String)> {
    let stream = id.stream();
    let views = ["dossiers", "frameworks", "register", "tally"];
    let mut all: Vec<_> = views
        .iter()
        .map(|name| ((*name).to_owned(), format!("projection `{name}`")))
        .collect();
    all.push((stream.clone(), format!("record of {stream}")));
    all.push((format!("custody-{id}"), format!("custody of {stream}")));
    all
}

#[test]
fn every_snapshot_is_judged_and_each_that_differs_is_named() {
    let (engine, snapshots, id) = saved();
    let report = judged(&engine, &*snapshots);
    finds("as saved", &report, &[]);
    assert_eq!(report.projections, kept(id).len() as u64);
    for (name, called) in kept(id) {
        let sound = snapshots.load(&name).expect("looked up").expect("there");
        let check = |changed: Snapshot, expected: &[(Option<u64>, &str)], judges: u64| {
            snapshots.save(&name, &changed).expect("it is kept");
            let report = judged(&engine, &*snapshots);
            finds(&name, &report, expected);
            assert_eq!(report.projections, judges, "{name}");
            report
        };
        let all = kept(id).len() as u64;
        let mut state = sound.state.clone();
        state.push(b' ');
        let differs = format!("the stored {called} differs from the log: run `replay`");
        let changed = Snapshot {
            state,
            ..sound.clone()
        };
        check(changed, &[(None, &differs)], all);

        let ahead = format!("the stored {called} is one of 99 events, and the log has 3");
        let changed = Snapshot {
            checkpoint: 99,
            ..sound.clone()
        };
        check(changed, &[(None, &ahead)], all - 1);

        let changed = Snapshot {
            version: sound.version + 1,
            ..sound.clone()
        };
        let report = check(changed, &[], all - 1);
        let left = &report.left_out[..];
        assert_eq!(left.len(), 1, "{left:?}");
        assert_eq!(
            (&left[0].name, left[0].version, left[0].known),
            (&name, sound.version + 1, sound.version)
        );
        snapshots.save(&name, &sound).expect("it is kept");
    }
}

/// Snapshots on a disk that gives none back.
#[derive(Debug)]
struct Unreadable;

impl SnapshotStore for Unreadable {
    fn load(&self, name: &str) -> Result<Option<Snapshot>, StoreError> {
        Err(StoreError::io(
            format!("read the snapshot `{name}`"),
            std::io::Error::other("input/output error"),
        ))
    }

    fn save(&self, _: &str, _: &Snapshot) -> Result<(), StoreError> {
        Ok(())
    }

    fn remove(&self, _: &str) -> Result<(), StoreError> {
        Ok(())
    }

    fn clear(&self) -> Result<(), StoreError> {
        Ok(())
    }
}

#[test]
fn a_snapshot_that_cannot_be_read_is_a_finding_and_hides_no_other() {
    let (engine, _, id) = saved();
    let report = judged(&engine, &Unreadable);
    let says: Vec<_> = kept(id)
        .into_iter()
        .map(|(name, _)| format!("cannot read the snapshot `{name}`: input/output error"))
        .collect();
    let mut found: Vec<_> = report.findings.iter().map(|f| f.what.to_string()).collect();
    found.sort();
    let mut expected = says;
    expected.sort();
    assert_eq!(found, expected);
    assert_eq!((report.projections, report.events), (0, 3));
}

#[test]
fn who_asks_is_told_of_each_event_that_was_read() {
    let (engine, _) = office();
    let mut seen = Vec::new();
    audit(&**engine.store(), &MemorySnapshots::default(), |read| {
        seen.push(read)
    })
    .expect("it runs");
    assert_eq!(seen, [1, 2, 3, 4, 5]);
}
