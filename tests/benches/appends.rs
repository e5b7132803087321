//! Durable appends: how many records a second are acknowledged, beside a plain file with a sync for each commit, which is what the
//! disk can do. Interleaved rounds in one run; medians.
//!
//! `cargo bench -p travaux-tests --bench appends`

#![expect(clippy::print_stdout, reason = "the table is its output")]

use std::{
    fs::File,
    io::Write as _,
    path::Path,
    sync::Mutex,
    time::{Duration, Instant},
};

use travaux_store::{Commit, CommitId, EnvelopeActor, EventStore, NewEvent, Nonce};
use travaux_store_sled::SledStore;
use uuid::Uuid;

const ROUNDS: usize = 5;
const TIME: Duration = Duration::from_secs(2);

/// A record of about 450 bytes, as those of agreements are.
fn commit(id: u128, events: usize) -> Commit {
    let stream = format!("agreement-{:08x}", (id % 1_000) as u32);
    let payload = format!(r#"{{"RevisionAccepted":{{"revision":{},"note":"{:0>180}"}}}}"#, id % 97, id);
    let event = |n: usize| NewEvent {
        stream: stream.clone(),
        id: Uuid::from_u128(id << 8 | n as u128),
        nonce: Nonce((id << 8 | n as u128).to_be_bytes()),
        kind: "RevisionAccepted".into(),
        schema: 1,
        payload: payload.clone(),
        attachments: Vec::new(),
    };
    Commit {
        id: CommitId(Uuid::from_u128(id)),
        recorded_at: chrono::DateTime::UNIX_EPOCH,
        actor: EnvelopeActor { party: "FR".into(), person: None },
        correlation: Uuid::from_u128(id),
        causation: None,
        guards: Vec::new(),
        events: (0..events).map(event).collect(),
        attachments: Vec::new(),
    }
}

/// Records a second, and the time that each commit took, over writers that commit until the time is over.
fn run(writers: usize, events: usize, append: impl Fn(Commit) + Sync) -> (f64, Vec<Duration>) {
    let times = Mutex::new(Vec::new());
    let began = Instant::now();
    std::thread::scope(|scope| {
        for writer in 0..writers as u128 {
            let (append, times) = (&append, &times);
            scope.spawn(move || {
                let mut own = Vec::new();
                for n in 0.. {
                    let one = Instant::now();
                    append(commit(1 + (writer << 40 | n), events));
                    own.push(one.elapsed());
                    if began.elapsed() > TIME {
                        break;
                    }
                }
                times.lock().expect("no panic").extend(own);
            });
        }
    });
    let mut times = times.into_inner().expect("no panic");
    times.sort_unstable();
    ((times.len() * events) as f64 / began.elapsed().as_secs_f64(), times)
}

fn plain(folder: &Path, writers: usize, events: usize) -> (f64, Vec<Duration>) {
    let file = Mutex::new(File::create(folder.join("plain")).expect("a file"));
    run(writers, events, |commit| {
        let bytes: Vec<u8> = commit.events.iter().flat_map(|e| [e.payload.as_bytes(), &[b' '; 260], b"\n"].concat()).collect();
        let mut file = file.lock().expect("no panic");
        file.write_all(&bytes).and_then(|()| file.sync_data()).expect("it is written");
    })
}

fn sled(folder: &Path, writers: usize, events: usize) -> (f64, Vec<Duration>) {
    let store = SledStore::open(folder.join("store")).expect("it opens");
    run(writers, events, |commit| {
        store.append(commit).expect("it is appended");
    })
}

fn main() {
    println!("durable appends, records/s: medians of {ROUNDS} interleaved rounds of {} s\n", TIME.as_secs());
    println!("{:<32}{:>12}{:>12}{:>8}{:>11}{:>11}{:>11}", "", "plain file", "travaux", "ratio", "p50", "p99", "p99.9");
    let only = std::env::args().nth(1).filter(|a| !a.starts_with('-'));
    for (name, writers, events) in
        [("64 writers, 1 event a commit", 64, 1), ("1 writer, 64 events", 1, 64), ("1 writer, 1 event", 1, 1)]
    {
        if only.as_ref().is_some_and(|only| !name.contains(only.as_str())) {
            continue;
        }
        let (mut limit, mut ours) = (Vec::new(), Vec::new());
        let mut times = Vec::new();
        for _ in 0..ROUNDS {
            let folder = tempfile::tempdir_in(".").expect("a folder");
            limit.push(plain(folder.path(), writers, events).0);
            let (rate, taken) = sled(folder.path(), writers, events);
            ours.push(rate);
            times.extend(taken);
        }
        times.sort_unstable();
        let median = |rates: &mut Vec<f64>| {
            rates.sort_unstable_by(f64::total_cmp);
            rates[ROUNDS / 2]
        };
        let (limit, ours) = (median(&mut limit), median(&mut ours));
        let share = |permille: usize| format!("{:.2?}", times[(times.len() - 1) * permille / 1_000]);
        let (p50, p99, p999) = (share(500), share(990), share(999));
        println!("{name:<32}{limit:>12.0}{ours:>12.0}{:>8.2}{p50:>11}{p99:>11}{p999:>11}", ours / limit);
    }
}
