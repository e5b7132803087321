//! One run of the command: the store, the engine, and who acts.

use std::{path::Path, sync::Arc};

use chrono::NaiveDate;
use travaux::{Ports, blocking::Engine, domain::Actor};
use travaux_store::{MemorySnapshots, MemoryStore};
use travaux_store_sled::{FileSnapshots, SledStore};

use crate::{args::GlobalArgs, clock::ports, error::CliError, output::Output};

pub(crate) struct Session {
    pub(crate) engine: Engine,
    pub(crate) output: Output,
    party: Option<String>,
    person: Option<String>,
}

impl Session {
    /// Opens the store that the command line names, which is there already.
    pub(crate) fn open(globals: &GlobalArgs) -> Result<Self, CliError> {
        there_is(&globals.store)?;
        Self::open_or_make(globals)
    }

    /// Opens the store that the command line names, and makes it if there is none: for what writes.
    pub(crate) fn open_or_make(globals: &GlobalArgs) -> Result<Self, CliError> {
        let path = &globals.store;
        let mut others = std::fs::read_dir(path).into_iter().flatten();
        if there_is(path).is_err() && others.next().is_some() {
            let path = path.display();
            return Err(CliError::Usage(format!(
                "{path} is a folder with other files and no store: name a new folder with --store"
            )));
        }
        Ok(Self::on(engine(path, ports()?)?, globals))
    }

    /// Does what may be the first act of a store. What is refused makes none: it is tried in memory before.
    pub(crate) fn begin<T>(
        globals: &GlobalArgs,
        act: impl Fn(&Self) -> Result<T, CliError>,
    ) -> Result<(Self, T), CliError> {
        if there_is(&globals.store).is_err() {
            let (store, snapshots) = (MemoryStore::default(), MemorySnapshots::default());
            let engine = Engine::open(Arc::new(store), Arc::new(snapshots), ports()?)?;
            act(&Self::on(engine, globals))?;
        }
        let session = Self::open_or_make(globals)?;
        let done = act(&session)?;
        Ok((session, done))
    }

    fn on(engine: Engine, globals: &GlobalArgs) -> Self {
        Self {
            engine,
            output: globals.output(),
            party: globals.party.clone(),
            person: globals.person.clone(),
        }
    }

    /// Today, by the engine's clock.
    pub(crate) fn today(&self) -> NaiveDate {
        self.engine.now().date_naive()
    }

    /// Who acts.
    pub(crate) fn actor(&self) -> Result<Actor, CliError> {
        let party = self.party.clone().ok_or_else(|| {
            CliError::Usage(
                "whose act is this? Name the party with --as PARTY (or TRAVAUX_PARTY)".to_owned(),
            )
        })?;
        Ok(Actor {
            person: self.person.as_deref().map(Into::into),
            ..Actor::party(party)
        })
    }
}

/// Refuses a folder that is no store.
pub(crate) fn there_is(path: &Path) -> Result<(), CliError> {
    if path.join("FORMAT").is_file() {
        return Ok(());
    }
    let path = path.display();
    Err(CliError::Usage(format!(
        "there is no store at {path}: name one with --store, or make one with `init`, `import`, `propose` or `framework found`"
    )))
}

/// The store in `path`, which is there already.
pub(crate) fn store(path: &Path) -> Result<SledStore, CliError> {
    there_is(path)?;
    let store = SledStore::open(path)?;
    warn_of_damage(&store);
    Ok(store)
}

/// Damage does not keep anybody from reading what is sound, but nobody should miss it.
fn warn_of_damage(store: &SledStore) {
    if let Some(damage) = store.damage() {
        let text = format!(
            "warning: {damage}\nnothing more is written to this store; `travaux audit` says more, `travaux repair` saves what is sound\n"
        );
        let _ = std::io::Write::write_all(&mut anstream::stderr(), text.as_bytes());
    }
}

/// What the store in `path` keeps of its projections.
pub(crate) fn snapshots(path: &Path) -> FileSnapshots {
    FileSnapshots::new(path.join("projections"))
}

/// An engine on the store in `path`.
pub(crate) fn engine(path: &Path, ports: Ports) -> Result<Engine, CliError> {
    let store = Arc::new(SledStore::open(path)?);
    warn_of_damage(&store);
    Ok(Engine::open(store, Arc::new(snapshots(path)), ports)?)
}
