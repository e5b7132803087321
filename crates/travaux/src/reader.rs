//! Events out of a store.

use travaux_domain::Recorded;
use travaux_store::{EventStore, Read, Record, read_all};

use crate::{Error, decode};

/// The event in a record.
pub(crate) fn recorded(store: &dyn EventStore, record: &Record) -> Result<Recorded, Error> {
    Ok(decode(&record.envelope()?, |id| store.attachment(id))?)
}

/// All events that `read` asks for.
pub fn read_recorded(store: &dyn EventStore, read: Read) -> impl Iterator<Item = Result<Recorded, Error>> + '_ {
    read_all(store, read).map(|record| recorded(store, &record?))
}
