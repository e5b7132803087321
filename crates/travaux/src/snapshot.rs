//! The states of streams as snapshots: the bytes, and the names; and which snapshots are believed.

use travaux_domain::{AggregateState, StreamId};
use travaux_projections::{AgreementRecord, StateError};
use travaux_store::{EventStore, Snapshot, StoreError};

/// What a snapshot is to a program that would go on from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    /// It is one of this program's, of this log.
    Ours,
    /// Another program's, older or newer, which may be at work beside this one: not for this one to judge.
    Another,
    /// It is no snapshot of this log, and good for nobody.
    Spoilt,
}

impl Standing {
    /// That of a snapshot, for a fold of `version`, on the log of `store`.
    ///
    /// # Errors
    /// [`StoreError`] where the store fails.
    pub(crate) fn of(
        snapshot: &Snapshot,
        version: u32,
        store: &dyn EventStore,
    ) -> Result<Self, StoreError> {
        if snapshot.version != version {
            return Ok(Self::Another);
        }
        let ours = snapshot.log.is_in(store)?;
        Ok(if ours { Self::Ours } else { Self::Spoilt })
    }
}

/// The bytes of a state: JSON, in which alone fields may be left out. An agreement's is large, and written as its record's
/// ([`AgreementRecord::state`]).
pub(crate) fn write(state: &AggregateState, version: u64) -> Result<Vec<u8>, StateError> {
    match state {
        AggregateState::Agreement(agreement) => {
            AgreementRecord::new(agreement.clone(), version).state()
        }
        other => serde_json::to_vec(other).map_err(|e| StateError {
            name: "stream",
            reason: e.to_string(),
        }),
    }
}

/// The state of a stream at a version, if these are its bytes.
pub(crate) fn read(stream: StreamId, bytes: Vec<u8>, version: u64) -> Option<AggregateState> {
    match stream {
        StreamId::Agreement(_) => AgreementRecord::restore(bytes)
            .ok()
            .filter(|record| record.version == version)
            .map(|record| AggregateState::Agreement(record.agreement)),
        other => other
            .read_state(&mut serde_json::Deserializer::from_slice(&bytes))
            .ok(),
    }
}

/// The name of the snapshot of the custody of an agreement's words.
pub(crate) fn custody_name(stream: StreamId) -> String {
    match stream {
        StreamId::Agreement(id) => format!("custody-{id}"),
        other => format!("custody-{other}"),
    }
}
