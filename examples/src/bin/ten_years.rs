//! Ten years of a large partnership, made from a seed and written through the engine; then how long its
//! state takes on any day, and how fast the views are rebuilt.
//!
//! `cargo run --release -p travaux-examples --bin ten_years -- [--seed N] [--small]
//! [--keep FOLDER | --open FOLDER]`; `--open` asks a store that was kept of the same seed and sizes.
//!
//! The store that is kept is one of the command line: `travaux --store FOLDER framework state ten-years`.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::Instant,
};

use chrono::DateTime;
use travaux::{
    FixedClock, Ports, SequentialIds,
    blocking::Engine,
    projections::{FrameworkState, Moment},
};
use travaux_examples::decade::{Partnership, Sizes, Times, ask, evening, play};
use travaux_store::MemorySnapshots;
use travaux_store_sled::{FileSnapshots, SledStore};

/// On so many days each question is asked.
const DAYS: u32 = 200;

struct Options {
    seed: u64,
    sizes: Sizes,
    keep: Option<PathBuf>,
    open: Option<PathBuf>,
}

fn options() -> Result<Options, Box<dyn std::error::Error>> {
    let mut options = Options {
        seed: 2015,
        sizes: Sizes::LARGE,
        keep: None,
        open: None,
    };
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        let mut value = || args.next().ok_or(format!("`{arg}` wants a value"));
        match arg.as_str() {
            "--seed" => options.seed = value()?.parse()?,
            "--keep" => options.keep = Some(value()?.into()),
            "--open" => options.open = Some(value()?.into()),
            "--small" => options.sizes = Sizes::SMALL,
            other => {
                return Err(
                    format!("there is no `{other}`: --seed, --small, --keep, --open").into(),
                );
            }
        }
    }
    Ok(options)
}

#[allow(clippy::print_stdout, reason = "an example talks to its reader")]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let options = options()?;
    println!("seed {}: {:?}", options.seed, options.sizes);
    let ids = Arc::new(SequentialIds::default());
    let partnership = Partnership::of(options.seed, options.sizes, &*ids);

    if options.keep.is_some() && options.open.is_some() {
        return Err("`--keep` and `--open`: one of the two".into());
    }
    let folder = tempfile::tempdir()?;
    let kept = options.open.clone().or(options.keep);
    let path = kept.unwrap_or_else(|| folder.path().join("store"));
    if options.open.is_none() {
        write(&path, &partnership, ids)?;
    }

    let start = Instant::now();
    let store = Arc::new(SledStore::open(&path)?);
    let snapshots = Arc::new(FileSnapshots::new(path.join("projections")));
    let engine = Engine::open(store, snapshots, Ports::system())?;
    println!("opened again in {:.1} ms", millis(start));
    let today = Moment::on(partnership.last);
    let state = engine.framework_state(partnership.framework, &today)?;
    println!("the first state after {:.1} ms", millis(start));
    println!("{}", contents(&state.ok_or("the framework is there")?));
    questions(&engine, &partnership)?;

    // Each event goes through all views; with the states of all streams, through these too.
    let start = Instant::now();
    let store = Arc::clone(engine.store());
    let nothing = Arc::new(MemorySnapshots::default());
    let rebuilt = Engine::open(store, nothing, Ports::system())?;
    let events = engine.store().head();
    rate("views rebuilt", events, start);
    drop(rebuilt);
    let start = Instant::now();
    engine.rebuild(|_| {})?;
    rate("views and states rebuilt, and saved", events, start);
    Ok(())
}

/// Plays the partnership into a store.
#[allow(clippy::print_stdout, reason = "an example talks to its reader")]
fn write(
    path: &Path,
    partnership: &Partnership,
    ids: Arc<SequentialIds>,
) -> Result<(), Box<dyn std::error::Error>> {
    let clock = Arc::new(FixedClock::starting(DateTime::UNIX_EPOCH));
    let ports = Ports {
        clock: Arc::<FixedClock>::clone(&clock),
        ids,
    };
    let store = Arc::new(SledStore::open(path)?);
    let snapshots = Arc::new(FileSnapshots::new(path.join("projections")));
    let engine = Engine::open(store, snapshots, ports)?;
    let played = play(&engine, &clock, partnership).map_err(|refused| refused.to_string())?;
    println!(
        "written: {} events in {} commits, {} revisions, in {:.1} s",
        played.events,
        played.commits,
        partnership.revisions,
        played.took.as_secs_f64()
    );
    Ok(engine.save()?)
}

/// The state on many days: as it is known now, and as it was known at other times.
#[allow(clippy::print_stdout, reason = "an example talks to its reader")]
fn questions(engine: &Engine, of: &Partnership) -> Result<(), Box<dyn std::error::Error>> {
    let today = Moment::on(of.last);
    let asked = |moments: Vec<Moment>| ask(engine, of.framework, moments);
    tell("today", &asked(vec![today; DAYS as usize])?);
    let days = of.moments(DAYS);
    let past = days.iter().map(|(on, _)| Moment::on(*on));
    tell(
        "on days of all years, as known now",
        &asked(past.collect())?,
    );
    let then = days.iter().map(|(on, _)| Moment {
        known_at: Some(evening(*on)),
        ..Moment::on(*on)
    });
    tell("on the same, as known then", &asked(then.collect())?);
    let others = days.iter().map(|(on, known)| Moment {
        known_at: Some(*known),
        reader: Some("A".into()),
        ..Moment::on(*on)
    });
    tell("as known at other times, for A", &asked(others.collect())?);
    Ok(())
}

#[allow(clippy::print_stdout, reason = "an example talks to its reader")]
fn tell(what: &str, times: &Times) {
    let millis = |percent| times.of(percent).as_secs_f64() * 1e3;
    println!(
        "state {what}: median {:.2} ms, 95 % {:.2} ms, longest {:.2} ms",
        millis(50),
        millis(95),
        millis(100)
    );
}

#[allow(clippy::print_stdout, reason = "an example talks to its reader")]
fn rate(what: &str, events: u64, since: Instant) {
    let seconds = since.elapsed().as_secs_f64();
    let rate = events as f64 / seconds / 1e6;
    println!("{what}: {rate:.2} M events/s ({seconds:.2} s)");
}

fn millis(since: Instant) -> f64 {
    since.elapsed().as_secs_f64() * 1e3
}

/// How many entries of each kind a state has.
fn contents(state: &FrameworkState) -> String {
    let mut kinds = std::collections::BTreeMap::<_, usize>::new();
    for id in state.entries.keys() {
        *kinds.entry(id.kind()).or_default() += 1;
    }
    let kinds: Vec<_> = kinds
        .iter()
        .map(|(kind, n)| format!("{n} {kind}"))
        .collect();
    format!("its state has {}", kinds.join(", "))
}
