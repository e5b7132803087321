//! The founding scenario, played from its files into a store in memory.

use std::{path::Path, sync::Arc};

use chrono::DateTime;
use travaux::{FixedClock, Ports, SequentialIds, blocking::Engine, domain::StreamId};
use travaux_import::{InputError, scenario::Scenario};
use travaux_store::{MemorySnapshots, MemoryStore};

#[allow(clippy::print_stdout, reason = "an example talks to its reader")]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("founding");
    let read = |name: &str| {
        let path = folder.join(name);
        std::fs::read_to_string(&path).map_err(|source| InputError::Io { path, source })
    };

    let clock = Arc::new(FixedClock::starting(DateTime::UNIX_EPOCH));
    let ports = Ports {
        clock: Arc::<FixedClock>::clone(&clock),
        ids: Arc::new(SequentialIds::default()),
    };
    let engine = Engine::open(
        Arc::new(MemoryStore::new()),
        Arc::new(MemorySnapshots::default()),
        ports,
    )?;
    let cast = Scenario::parse(&read("scenario.json")?)?.play(&engine, &clock, &read)?;

    let streams = cast.agreements.values().map(|id| StreamId::Agreement(*id));
    for entry in engine.timeline(streams)?.entries {
        println!(
            "{}  {}: {}",
            entry.recorded_at.date_naive(),
            entry.actor,
            entry.what
        );
    }
    println!("{:?}", engine.audit(|_| {})?.verdict);
    Ok(())
}
