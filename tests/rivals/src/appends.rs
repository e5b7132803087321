//! Durable appends.

use std::{
    path::Path,
    sync::{
        Mutex,
        mpsc::{Sender, channel, sync_channel},
    },
    thread,
    time::{Duration, Instant},
};

use crate::{
    Rec, Rival, median,
    ours::{Shared, Tephra, Travaux},
    records, rivals, setting,
};

/// Group commit for what has none: one thread that commits what waits as one.
pub struct Grouped(
    Mutex<Sender<(Vec<Rec>, Sender<()>)>>,
    Option<thread::JoinHandle<()>>,
);

impl Grouped {
    pub fn new<R: Rival>(open: impl FnOnce() -> R + Send + 'static) -> Self {
        let (sender, receiver) = channel::<(Vec<Rec>, Sender<()>)>();
        let writer = thread::spawn(move || {
            let mut rival = open();
            while let Ok(first) = receiver.recv() {
                let waiting: Vec<_> = std::iter::once(first)
                    .chain(receiver.try_iter().take(255))
                    .collect();
                let (commits, answers): (Vec<_>, Vec<_>) = waiting.into_iter().unzip();
                rival.commit(&commits);
                for answer in answers {
                    let _gone = answer.send(());
                }
            }
        });
        Self(Mutex::new(sender), Some(writer))
    }
}

impl Drop for Grouped {
    fn drop(&mut self) {
        *self.0.lock().expect("no panic") = channel().0;
        self.1.take().map(thread::JoinHandle::join);
    }
}

impl Shared for Grouped {
    fn commit(&self, _: u128, commit: Vec<Rec>) {
        let (answer, wait) = channel();
        self.0
            .lock()
            .expect("no panic")
            .send((commit, answer))
            .expect("the writer lives");
        wait.recv().expect("it is committed");
    }

    fn scan(&self) -> u64 {
        0
    }

    fn stream(&self, _: &str) -> Option<usize> {
        None
    }
}

/// A store that one thread uses directly.
struct Alone<R>(Mutex<R>);

impl<R: Rival + Send> Shared for Alone<R> {
    fn commit(&self, _: u128, commit: Vec<Rec>) {
        self.0.lock().expect("no panic").commit(&[commit]);
    }

    fn scan(&self) -> u64 {
        0
    }

    fn stream(&self, _: &str) -> Option<usize> {
        None
    }
}

type Open = fn(&Path, bool) -> Box<dyn Shared>;

fn boxed<R: Rival + Send>(open: fn(&Path) -> R, folder: &Path, grouped: bool) -> Box<dyn Shared> {
    let folder = folder.to_owned();
    if grouped {
        Box::new(Grouped::new(move || open(&folder)))
    } else {
        Box::new(Alone(Mutex::new(open(&folder))))
    }
}

/// What stays on the thread that opened it.
fn on_its_thread<R: Rival>(open: fn(&Path) -> R, folder: &Path) -> Box<dyn Shared> {
    let folder = folder.to_owned();
    Box::new(Grouped::new(move || open(&folder)))
}

pub const ALL: [(&str, Open); 8] = [
    ("plain file", |f, g| boxed(rivals::Plain::open, f, g)),
    ("travaux", |f, _| Box::new(Travaux::open(f))),
    ("tephra", |f, _| Box::new(Tephra::open(f))),
    ("umadb-core", |f, g| boxed(rivals::Uma::open, f, g)),
    ("salamander-db", |f, _| {
        on_its_thread(rivals::Salamander::open, f)
    }),
    ("SQLite", |f, g| boxed(rivals::Sqlite::open, f, g)),
    ("redb", |f, g| boxed(rivals::Redb::open, f, g)),
    ("fjall", |f, g| boxed(rivals::Fjall::open, f, g)),
];

fn round(
    store: &dyn Shared,
    writers: usize,
    events: usize,
    time: Duration,
) -> (f64, Vec<Duration>) {
    let began = Instant::now();
    let (sender, receiver) = sync_channel(writers);
    thread::scope(|scope| {
        for writer in 0..writers as u128 {
            let sender = sender.clone();
            scope.spawn(move || {
                let mut times = Vec::new();
                for n in 0.. {
                    let id = 1 + (writer << 40 | n);
                    let records = records(id, events, &format!("agreement-{:08x}", id % 1_000));
                    let one = Instant::now();
                    store.commit(id, records);
                    times.push(one.elapsed());
                    if began.elapsed() > time {
                        break;
                    }
                }
                sender.send(times).expect("it is taken");
            });
        }
    });
    let mut times: Vec<Duration> = receiver.try_iter().flatten().collect();
    times.sort_unstable();
    (
        (times.len() * events) as f64 / began.elapsed().as_secs_f64(),
        times,
    )
}

pub fn run(folder: &Path) {
    let (rounds, time) = (
        setting("ROUNDS", 5),
        Duration::from_millis(1_000 * setting("SECONDS", 2)),
    );
    let only = std::env::var("ONLY").unwrap_or_default();
    for (name, writers, events) in [
        ("64 writers, 1 event a commit", 64, 1),
        ("1 writer, 64 events a commit", 1, 64),
        ("1 writer, 1 event a commit", 1, 1),
    ] {
        let mut rates = vec![Vec::new(); ALL.len()];
        let mut times = vec![Vec::new(); ALL.len()];
        for _ in 0..rounds {
            for (at, (rival, open)) in ALL.iter().enumerate() {
                // The plain file is what the others are measured by.
                if !only.is_empty() && at > 1 && !only.split(',').any(|o| o == *rival) {
                    continue;
                }
                let own = folder.join(rival.replace(' ', "-"));
                std::fs::create_dir_all(&own).expect("a folder");
                let store = open(&own, writers > 1);
                let (rate, taken) = round(&*store, writers, events, time);
                rates[at].push(rate);
                times[at].extend(taken);
                drop(store);
                std::fs::remove_dir_all(&own).expect("it is deleted");
            }
        }
        println!(
            "\ndurable append, {name}: median of {rounds} rounds\n{:<16}{:>12}{:>10}{:>10}{:>11}{:>11}{:>11}",
            "", "records/s", "x plain", "travaux x", "p50", "p99", "p99.9"
        );
        let rates: Vec<f64> = rates
            .into_iter()
            .map(|r| if r.is_empty() { 0.0 } else { median(r) })
            .collect();
        for (at, (rival, _)) in ALL.iter().enumerate().filter(|(at, _)| rates[*at] > 0.0) {
            times[at].sort_unstable();
            let share = |permille: usize| {
                format!(
                    "{:.2?}",
                    times[at][(times[at].len() - 1) * permille / 1_000]
                )
            };
            println!(
                "{rival:<16}{:>12.0}{:>10.2}{:>10.2}{:>11}{:>11}{:>11}",
                rates[at],
                rates[at] / rates[0],
                rates[1] / rates[at],
                share(500),
                share(990),
                share(999)
            );
        }
    }
}
