//! Auditing an import: a git history in, the whole log decided again, and one sentence followed to its origin.
//!
//! `cargo run --release -p travaux-examples --bin audit_import -- REPOSITORY [PATH]`

use std::{path::Path, sync::Arc};

use travaux::{Ports, blocking::Engine};
use travaux_import::{GitOptions, import, read_git};
use travaux_store_sled::{FileSnapshots, SledStore};

#[allow(clippy::print_stdout, reason = "an example talks to its reader")]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let source = args.next().ok_or("name a git repository or a bundle")?;
    let options = GitOptions {
        path: args.next(),
        ..GitOptions::default()
    };

    let folder = tempfile::tempdir()?;
    let store = Arc::new(SledStore::open(folder.path())?);
    let snapshots = Arc::new(FileSnapshots::new(folder.path().join("projections")));
    let engine = Engine::open(store, snapshots, Ports::system())?;
    let report = import(&engine, &read_git(Path::new(&source), &options)?, &())?;
    println!(
        "{} documents, {} revisions",
        report.documents, report.revisions
    );

    let audit = engine.audit(|_| {})?;
    println!(
        "{:?}: {} of {} events decided again",
        audit.verdict, audit.decided, audit.events
    );

    for (id, entry) in engine.register()?.agreements.iter().take(3) {
        let record = engine.record_with_custody(*id)?;
        let blame = record.blame(record.agreement.current(), record.default_language())?;
        if let Some(line) = blame.iter().max_by_key(|line| line.custodian.revision) {
            let adopter = line.custodian.adopter.unwrap_or("nobody");
            println!(
                "{}: « {} » by {}, adopted by {adopter}",
                entry.title, line.text, line.custodian.proposer
            );
        }
    }
    Ok(())
}
