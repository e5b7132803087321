//! Snapshots: taken by policy, of one log, thrown away where they are of another one.

use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use travaux::{
    PackageRevision, Ports, SnapshotPolicy, Verdict,
    blocking::Engine,
    domain::{
        AgreementId, Revision, StreamId,
        agreement::{AgreementCommand as C, RevisionDraft},
    },
};
use travaux_store::{MemorySnapshots, MemoryStore, Snapshot, SnapshotStore, StoreError};
use travaux_store_sled::{FileSnapshots, SledStore};
use travaux_testkit::{
    agreement::words,
    office::{by, proposed},
};

const POLICY: SnapshotPolicy = SnapshotPolicy {
    views_every: 5,
    records_every: 4,
};

/// An engine on a log in memory, which saves snapshots there by that policy.
fn in_memory<S: SnapshotStore + 'static>(snapshots: &Arc<S>, policy: SnapshotPolicy) -> Engine {
    let snapshots: Arc<dyn SnapshotStore> = Arc::<S>::clone(snapshots);
    let engine = Engine::open(Arc::new(MemoryStore::default()), snapshots, Ports::system());
    engine.expect("it opens").with_snapshot_policy(policy)
}

/// Proposes so many revisions, a commit each.
fn revise(engine: &Engine, id: AgreementId, times: usize) {
    let op = words(2, "coopèrent", "échangent");
    for _ in 0..times {
        let proposal = RevisionDraft::new(Revision(1), vec![op.clone()]);
        engine
            .act(id, &by("FR"), [C::ProposeRevision(Box::new(proposal))])
            .expect("it is proposed");
    }
}

/// The version in the snapshot of an agreement's record, and the position in that of the register.
fn saved(snapshots: &dyn SnapshotStore, id: AgreementId) -> [Option<u64>; 2] {
    [id.stream().as_str(), "register"].map(|name| {
        snapshots
            .load(name)
            .expect("it is looked up")
            .map(|s| s.checkpoint)
    })
}

#[test]
fn they_are_taken_by_policy() {
    let snapshots = Arc::new(MemorySnapshots::default());
    let engine = in_memory(&snapshots, POLICY);
    let id = proposed(&engine, "Arrangement");
    let mut seen = Vec::new();
    for _ in 0..9 {
        seen.push(saved(&*snapshots, id));
        revise(&engine, id, 1);
    }
    let none = [None, None];
    let (first, then) = ([Some(4), None], [Some(4), Some(5)]);
    assert_eq!(
        seen,
        [
            none,
            none,
            none,
            first,
            then,
            then,
            then,
            [Some(8), Some(5)],
            [Some(8), Some(5)]
        ]
    );
    assert_eq!(saved(&*snapshots, id), [Some(8), Some(10)]);
    // What is saved is what a rebuild gives.
    engine.save().expect("it is saved");
    let report = engine.audit(|_| {}).expect("it is read");
    assert_eq!(
        (report.verdict, report.projections),
        (Verdict::Clean, 6),
        "{:?}",
        report.findings
    );
}

#[test]
fn none_is_taken_where_the_policy_says_never() {
    let snapshots = Arc::new(MemorySnapshots::default());
    let engine = in_memory(
        &snapshots,
        SnapshotPolicy {
            views_every: 0,
            records_every: 0,
        },
    );
    let id = proposed(&engine, "Arrangement");
    revise(&engine, id, 20);
    assert_eq!(saved(&*snapshots, id), [None, None]);
}

fn open(folder: &Path, snapshots: &Path) -> Engine {
    let store = SledStore::open(folder).expect("it opens");
    let snapshots = FileSnapshots::new(snapshots);
    Engine::open(
        Arc::new(store),
        Arc::new(snapshots),
        Ports::fixed(chrono::DateTime::UNIX_EPOCH),
    )
    .expect("an engine")
}

/// Two logs with the same ids, positions and versions, and other words: a snapshot of one is none of the other.
#[test]
fn a_snapshot_of_another_log_is_thrown_away() {
    let folder = tempfile::tempdir().expect("a folder");
    let (ours, theirs) = (folder.path().join("ours"), folder.path().join("theirs"));
    let fill = |title: &str, store: &Path| {
        let engine = open(store, &store.join("projections"));
        let id = proposed(&engine, title);
        revise(&engine, id, 3);
        engine.save().expect("it is saved");
        id
    };
    let id = fill("Ours", &ours);
    assert_eq!(fill("Theirs", &theirs), id, "the same ids");
    let title = |engine: &Engine| {
        engine.register().expect("it is read").agreements[&id]
            .title
            .clone()
    };
    let of_record = |engine: &Engine| {
        let record = engine.record(id).expect("it is read");
        let held = &record;
        held.agreement
            .identity
            .as_ref()
            .map(|identity| identity.title.clone())
    };

    // Its own are taken: what no longer says the same as the log shows that they are.
    let engine = open(&ours, &ours.join("projections"));
    assert_eq!(
        (title(&engine), of_record(&engine)),
        ("Ours".into(), Some("Ours".into()))
    );
    drop(engine);

    let snapshots = FileSnapshots::new(theirs.join("projections"));
    assert!(saved(&snapshots, id).iter().all(Option::is_some));
    let engine = open(&ours, &theirs.join("projections"));
    assert_eq!(
        (title(&engine), of_record(&engine)),
        ("Ours".into(), Some("Ours".into()))
    );
    assert_eq!(
        saved(&snapshots, id),
        [None, None],
        "what is of another log is gone"
    );
    drop(engine);

    // A log that is shorter than the snapshot: the same, and nothing is lost that the log has.
    let short = folder.path().join("short");
    {
        let engine = open(&short, &short.join("projections"));
        proposed(&engine, "Ours");
    }
    let engine = open(&short, &ours.join("projections"));
    assert_eq!(
        (
            title(&engine),
            engine.record(id).expect("it is read").version
        ),
        ("Ours".into(), 1)
    );
}

#[test]
fn a_snapshot_that_cannot_be_read_is_thrown_away() {
    let folder = tempfile::tempdir().expect("a folder");
    let projections = folder.path().join("projections");
    let store = folder.path().join("store");
    let id = {
        let engine = open(&store, &projections);
        let id = proposed(&engine, "Ours");
        engine.save().expect("it is saved");
        id
    };
    let snapshots = FileSnapshots::new(&projections);
    for name in ["register", id.stream().as_str()] {
        let sound = snapshots
            .load(name)
            .expect("it is read")
            .expect("it is there");
        let old = Snapshot {
            version: sound.version - 1,
            ..sound.clone()
        };
        let garbled = Snapshot {
            state: vec![0xff; 9],
            ..sound.clone()
        };
        // Another program may go on with the one of its version.
        for (unfit, stays) in [(old, true), (garbled, false)] {
            snapshots.save(name, &unfit).expect("it is saved");
            let engine = open(&store, &projections);
            assert_eq!(
                engine.register().expect("it is read").agreements[&id].title,
                "Ours"
            );
            assert_eq!(engine.record(id).expect("it is read").version, 1);
            assert_eq!(
                snapshots.load(name).expect("it is looked up"),
                stays.then(|| unfit.clone()),
                "{name}"
            );
            engine.save().expect("it is saved");
            snapshots.save(name, &sound).expect("it is saved");
        }
    }
}

/// Snapshots on a disk that takes none.
#[derive(Debug, Default)]
struct Full(AtomicUsize);

impl SnapshotStore for Full {
    fn load(&self, _: &str) -> Result<Option<Snapshot>, StoreError> {
        Ok(None)
    }

    fn save(&self, _: &str, _: &Snapshot) -> Result<(), StoreError> {
        self.0.fetch_add(1, Ordering::SeqCst);
        Err(StoreError::io(
            "write a snapshot",
            std::io::Error::from(std::io::ErrorKind::StorageFull),
        ))
    }

    fn remove(&self, _: &str) -> Result<(), StoreError> {
        Ok(())
    }

    fn clear(&self) -> Result<(), StoreError> {
        Ok(())
    }
}

#[test]
fn one_that_cannot_be_written_stops_nobody_and_is_not_tried_at_each_commit() {
    let snapshots = Arc::new(Full::default());
    let engine = in_memory(&snapshots, POLICY);
    let id = proposed(&engine, "Arrangement");
    revise(&engine, id, 19);
    assert_eq!(engine.record(id).expect("it is read").version, 20);
    // Twenty events: the views at 5, 10, 15 and 20, the record at 4, 8, 12, 16 and 20.
    assert_eq!(snapshots.0.load(Ordering::SeqCst), 9);
    assert!(engine.save().is_err(), "who asks for it is told");
}

/// What an audit says of the snapshots of an engine in memory.
fn audited(engine: &Engine, snapshots: &dyn SnapshotStore) -> (u64, Vec<String>) {
    let report = travaux::audit(&**engine.store(), snapshots, |_| {}).expect("it runs");
    let found = report
        .findings
        .iter()
        .map(|finding| finding.what.to_string());
    (report.projections, found.collect())
}

/// Writes a snapshot anew, as `change` leaves it.
fn changed(snapshots: &MemorySnapshots, name: &str, change: impl FnOnce(&mut Snapshot)) {
    let stored = snapshots.load(name).expect("it is looked up");
    let mut snapshot = stored.expect("it is there");
    change(&mut snapshot);
    snapshots.save(name, &snapshot).expect("it is kept");
}

#[test]
fn an_audit_judges_one_where_it_was_taken() {
    let snapshots = Arc::new(MemorySnapshots::default());
    let engine = in_memory(&snapshots, POLICY);
    let id = proposed(&engine, "Arrangement");
    revise(&engine, id, 8);
    let [record, views] = saved(&*snapshots, id);
    let head = engine.store().head();
    assert!(record < Some(head) && views < Some(head), "all are behind");
    let (judged, found) = audited(&engine, &*snapshots);
    assert_eq!((judged, found), (6, Vec::new()));

    let stream = id.stream();
    changed(&snapshots, &stream, |s| s.checkpoint -= 1);
    let (_, found) = audited(&engine, &*snapshots);
    let says = format!("the stored record of {stream} differs from the log: run `replay`");
    assert_eq!(found, [says]);
    changed(&snapshots, &stream, |s| s.checkpoint = 99);
    changed(&snapshots, "register", |s| s.checkpoint -= 1);
    let (_, found) = audited(&engine, &*snapshots);
    let ahead = format!(
        "the stored record of {stream} is one of 99 events, and the log has {head}: run `replay`"
    );
    let differs = "the stored projection `register` differs from the log: run `replay`";
    assert_eq!(found, [differs.to_owned(), ahead]);
}

/// What a commit writes first and reads later, as a package that its revisions are adopted with, is
/// kept as the commit leaves it.
#[test]
fn what_a_commit_writes_and_then_reads_is_saved_as_it_stands() {
    let snapshots = Arc::new(MemorySnapshots::default());
    let every = SnapshotPolicy {
        views_every: 1,
        records_every: 1,
    };
    let engine = in_memory(&snapshots, every);
    let agreement = proposed(&engine, "Arrangement");
    let package = engine.new_package_id();
    let revision = RevisionDraft::new(Revision(1), vec![words(2, "coopèrent", "échangent")]);
    let members = vec![PackageRevision {
        agreement,
        revision,
    }];
    engine
        .propose_package(package, &by("FR"), "Package", None, members)
        .expect("it is proposed");
    engine.accept_package(package, &by("MA")).expect("accepted");
    engine
        .adopt_package(package, &by("FR"), None)
        .expect("adopted");
    let stream = StreamId::Package(package).to_string();
    let saved = snapshots.load(&stream).expect("it is looked up");
    assert_eq!(saved.expect("it is saved").checkpoint, 3);
    assert_eq!(audited(&engine, &*snapshots).1, Vec::<String>::new());
}
