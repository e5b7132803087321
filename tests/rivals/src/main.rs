//! The store beside others: durable appends, replay, size, streams, opening. Everything in one process run, interleaved round by round,
//! the same records, each acknowledged only when it is durable. What has no group commit of its own gets one: a writer thread that
//! commits what waits, 256 commits at most, as one.
//!
//! `cargo bench --manifest-path tests/rivals/Cargo.toml [appends|replay|typed]`; `ROUNDS`, `SECONDS`, `RECORDS` make it shorter or longer, and
//! `ONLY` (names with commas) leaves others out.

mod appends;
mod ours;
mod replay;
mod rivals;
mod typed;

/// A record as everybody gets it: its stream, and about 450 bytes.
#[derive(Clone)]
pub struct Rec {
    pub stream: String,
    pub bytes: Vec<u8>,
}

/// A store that one thread writes to.
pub trait Rival: 'static {
    /// Appends commits, all of them durably.
    fn commit(&mut self, commits: &[Vec<Rec>]);
    /// Reads everything in order; how many bytes the records have.
    fn scan(&mut self) -> u64;
    /// Reads a stream; how many records it has.
    fn stream(&mut self, name: &str) -> Option<usize>;
}

pub fn setting(name: &str, usual: u64) -> u64 {
    std::env::var(name)
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(usual)
}

/// What is random in a record: the same for the same record (splitmix64, Steele and others 2014).
pub fn random(id: u128, n: usize, salt: u64) -> u128 {
    let mix = |seed: u64| {
        let z = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    };
    let seed = mix(id as u64 ^ mix((id >> 64) as u64 ^ mix((n as u64) << 8 | salt)));
    u128::from(mix(seed)) << 64 | u128::from(mix(seed ^ 0x5555))
}

/// The records of a commit: those of an agreement, told apart by what is random in a real one too.
pub fn records(id: u128, events: usize, stream: &str) -> Vec<Rec> {
    (0..events)
        .map(|n| {
            let random = |salt| uuid::Uuid::from_u128(random(id, n, salt));
            let bytes = format!(
                r#"{{"envelope":2,"position":{},"stream":"{stream}","version":{},"id":"{}","nonce":"{}","type":"RevisionAccepted","schema":1,"recorded_at":"2026-11-25T20:{:02}:{:02}.{:03}Z","actor":{{"party":"FR","person":"Directorate"}},"commit":"{}","correlation":"{}","payload":{{"party":"FR","reason":"{}","revision":{}}}}}"#,
                id % 5_000_000,
                id % 1_000,
                random(1),
                random(2).simple(),
                id % 60,
                id / 60 % 60,
                id % 1_000,
                uuid::Uuid::from_u128(self::random(id, 0, 3)),
                uuid::Uuid::from_u128(self::random(id, 0, 4)),
                ["as agreed at the meeting", "with the change to Article 4", "subject to the opinion of the legal service"][id as usize % 3],
                id % 40,
            );
            Rec { stream: stream.to_owned(), bytes: bytes.into_bytes() }
        })
        .collect()
}

pub fn median(mut all: Vec<f64>) -> f64 {
    all.sort_unstable_by(f64::total_cmp);
    all[all.len() / 2]
}

/// The length of all files below a folder.
pub fn size(folder: &std::path::Path) -> u64 {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return 0;
    };
    use std::os::unix::fs::MetadataExt as _;
    entries
        .flatten()
        .map(|e| {
            if e.path().is_dir() {
                size(&e.path())
            } else {
                e.metadata().map_or(0, |m| m.blocks() * 512)
            }
        })
        .sum()
}

fn main() {
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder");
    let named: Vec<String> = std::env::args()
        .skip(1)
        .filter(|name| !name.starts_with('-'))
        .collect();
    for (name, run) in [
        ("appends", appends::run as fn(&std::path::Path)),
        ("replay", replay::run),
        ("typed", typed::run),
    ] {
        if named.is_empty() || named.iter().any(|n| n == name) {
            run(folder.path());
        }
    }
}
