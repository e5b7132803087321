//! Replay, size, streams, opening: on stores that hold the same records.

use std::{path::Path, time::Instant};

use crate::{
    Rival, median,
    ours::{Shared, Tephra, Travaux},
    records, rivals, setting, size,
};

/// Streams, each of which gets its records in bursts of 64, as an agreement does; and one in which they come one by one.
const BURST: usize = 64;

fn stream(commit: u64, streams: u64) -> String {
    format!(
        "agreement-{:08x}",
        commit.wrapping_mul(0x9e37_79b9_7f4a_7c15) % streams
    )
}

trait Loaded {
    fn scan(&mut self) -> u64;
    fn stream(&mut self, name: &str) -> Option<usize>;
}

struct One(Box<dyn Rival>);
struct Many(Box<dyn Shared>);

impl Loaded for One {
    fn scan(&mut self) -> u64 {
        self.0.scan()
    }
    fn stream(&mut self, name: &str) -> Option<usize> {
        self.0.stream(name)
    }
}

impl Loaded for Many {
    fn scan(&mut self) -> u64 {
        self.0.scan()
    }
    fn stream(&mut self, name: &str) -> Option<usize> {
        self.0.stream(name)
    }
}

/// The most memory that this process has had, in MiB.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status
        .lines()
        .find(|l| l.starts_with("VmHWM"))
        .unwrap_or_default();
    line.split_whitespace()
        .nth(1)
        .and_then(|n| n.parse::<u64>().ok())
        .unwrap_or(0)
        / 1_024
}

pub fn run(folder: &Path) {
    let count = setting("RECORDS", 1_000_000);
    let streams = (count / 1_000).max(1);
    let only = std::env::var("ONLY").ok();
    let wants = |name: &str| {
        only.as_deref()
            .is_none_or(|only| only.split(',').any(|o| o == name))
    };
    let raw: u64 = (0..100_u64)
        .map(|c| records(c.into(), 1, &stream(c, streams))[0].bytes.len() as u64)
        .sum::<u64>()
        * count
        / 100;
    println!("\n{count} records, {raw} bytes, {streams} streams in bursts of {BURST}");
    println!(
        "{:<16}{:>10}{:>12}{:>14}{:>12}{:>12}{:>12}",
        "", "load/s", "disk/raw", "scan M/s", "stream p50", "stream p99", "open"
    );
    let load = |name: &str, commit: &mut dyn FnMut(u64, Vec<crate::Rec>)| {
        let began = Instant::now();
        for id in 0..count / BURST as u64 {
            commit(id, records(id.into(), BURST, &stream(id, streams)));
        }
        (
            name.to_owned(),
            count as f64 / began.elapsed().as_secs_f64(),
        )
    };
    type Reopen = fn(&Path) -> Box<dyn Loaded>;
    let one: [(&str, fn(&Path) -> Box<dyn Rival>, Reopen); 5] = [
        (
            "umadb-core",
            |f| Box::new(rivals::Uma::open(f)),
            |f| Box::new(One(Box::new(rivals::Uma::open(f)))),
        ),
        (
            "salamander-db",
            |f| Box::new(rivals::Salamander::open(f)),
            |f| Box::new(One(Box::new(rivals::Salamander::open(f)))),
        ),
        (
            "SQLite",
            |f| Box::new(rivals::Sqlite::open(f)),
            |f| Box::new(One(Box::new(rivals::Sqlite::open(f)))),
        ),
        (
            "redb",
            |f| Box::new(rivals::Redb::open(f)),
            |f| Box::new(One(Box::new(rivals::Redb::open(f)))),
        ),
        (
            "fjall",
            |f| Box::new(rivals::Fjall::open(f)),
            |f| Box::new(One(Box::new(rivals::Fjall::open(f)))),
        ),
    ];
    let many: [(&str, fn(&Path) -> Box<dyn Shared>, Reopen); 2] = [
        (
            "travaux",
            |f| Box::new(Travaux::open(f)),
            |f| Box::new(Many(Box::new(Travaux::open(f)))),
        ),
        (
            "tephra",
            |f| Box::new(Tephra::open(f)),
            |f| Box::new(Many(Box::new(Tephra::open(f)))),
        ),
    ];
    let mut ready: Vec<(String, f64, Reopen)> = Vec::new();
    for (name, open, reopen) in many.into_iter().filter(|(name, ..)| wants(name)) {
        let store = open(folder);
        let (name, rate) = load(name, &mut |id, commit| store.commit(id.into(), commit));
        ready.push((name, rate, reopen));
    }
    for (name, open, reopen) in one.into_iter().filter(|(name, ..)| wants(name)) {
        let mut store = open(folder);
        let (name, rate) = load(name, &mut |_, commit| store.commit(&[commit]));
        ready.push((name, rate, reopen));
    }
    let mut scans = vec![Vec::new(); ready.len()];
    let mut opens = vec![Vec::new(); ready.len()];
    let mut reads: Vec<Vec<f64>> = vec![Vec::new(); ready.len()];
    for round in 0..setting("ROUNDS", 5) {
        for (at, (name, _, reopen)) in ready.iter().enumerate() {
            let began = Instant::now();
            let mut store = reopen(folder);
            opens[at].push(began.elapsed().as_secs_f64());
            let began = Instant::now();
            let bytes = store.scan();
            scans[at].push(count as f64 / began.elapsed().as_secs_f64() / 1e6);
            assert!(bytes > raw / 2, "{name} has read {bytes}");
            // The first look into an index opens it: the others find it warm, as they find what was just read.
            store.stream(&stream(streams, streams));
            for n in 0..200 {
                let began = Instant::now();
                let Some(found) = store.stream(&stream(round * 200 + n, streams)) else {
                    break;
                };
                reads[at].push(began.elapsed().as_secs_f64() * 1e6 * 1_000.0 / found.max(1) as f64);
            }
            if name == "travaux" && round == 0 {
                println!(
                    "(travaux: {} MiB of memory at most, after reading everything once)",
                    peak()
                );
            }
        }
    }
    if wants("travaux") {
        killed(folder, &stream(1, streams));
    }
    for (at, (name, rate, _)) in ready.iter().enumerate() {
        let folder = match name.as_str() {
            "umadb-core" => folder.join("umadb"),
            "salamander-db" => folder.join("salamander"),
            "SQLite" => folder.join("sqlite"),
            name => folder.join(name),
        };
        let disk = if folder.is_dir() {
            size(&folder)
        } else {
            std::fs::metadata(&folder).map_or(0, |m| m.len())
        };
        reads[at].sort_unstable_by(f64::total_cmp);
        let share = |percent: usize| {
            reads[at]
                .get((reads[at].len().max(1) - 1) * percent / 100)
                .map_or("-".into(), |t| format!("{t:.0} us"))
        };
        println!(
            "{name:<16}{rate:>10.0}{:>12.2}{:>14.2}{:>12}{:>12}{:>12}",
            disk as f64 / raw as f64,
            median(scans[at].clone()),
            share(50),
            share(99),
            format!("{:.0} ms", median(opens[at].clone()) * 1e3),
        );
    }
    println!("(stream: time for 1,000 records of one stream)");
}

/// What a process that follows a killed one waits for: there is no mark of a clean shut-down.
fn killed(folder: &Path, stream: &str) {
    std::fs::remove_file(folder.join("travaux/CLEAN")).expect("it was closed");
    let began = Instant::now();
    let store = Travaux::open(folder);
    let opened = began.elapsed();
    assert!(store.stream(stream).is_some_and(|found| found > 0));
    println!(
        "(travaux, after a kill: open in {opened:.2?}, with every block verified; the first read of a stream {:.2?} later)",
        began.elapsed() - opened
    );
}
