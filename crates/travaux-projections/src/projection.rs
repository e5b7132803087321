//! The fold trait.

use std::{any::Any, fmt::Debug, sync::Arc};

use serde::{Serialize, de::DeserializeOwned};
use travaux_domain::Recorded;

use crate::weight;

/// A view of the log: a state, and how an event changes it.
///
/// Implementations are pure and total. The state must serialise to the same bytes whenever it was fed the same events, so it
/// holds no hash map.
///
/// ```
/// use serde::{Deserialize, Serialize};
/// use travaux_domain::{Recorded, agreement::AgreementEvent};
/// use travaux_projections::Projection;
///
/// /// How many texts were adopted.
/// #[derive(Clone, Debug, Default, Serialize, Deserialize)]
/// struct Adoptions(u64);
///
/// impl Projection for Adoptions {
///     const NAME: &'static str = "adoptions";
///     const VERSION: u32 = 1;
///     const TYPES: &'static [&'static [&'static str]] = &[&["TextAdopted"]];
///
///     fn apply(&mut self, recorded: &Recorded) {
///         if let Some(AgreementEvent::TextAdopted(_)) = recorded.event.agreement() {
///             self.0 += 1;
///         }
///     }
/// }
/// ```
pub trait Projection:
    Clone + Debug + Default + Serialize + DeserializeOwned + Send + Sync + 'static
{
    /// Its name, by which its snapshots are kept.
    const NAME: &'static str;
    /// Its version; raised whenever the same events would give another state.
    const VERSION: u32;
    /// The types of events that change it, a list for each kind of stream; all, if none are named. A replay reads no others for it
    /// alone.
    const TYPES: &'static [&'static [&'static str]] = &[];

    /// Takes an event in.
    fn apply(&mut self, recorded: &Recorded);
}

/// A state could not be written down or read back. It can always be rebuilt.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the state of projection {name} cannot be kept: {reason}")]
pub struct StateError {
    /// Which projection.
    pub name: &'static str,
    /// Why.
    pub reason: String,
}

/// Any projection, so that one pass can feed many.
pub trait DynProjection: Debug + Send + Sync {
    /// Its name.
    fn name(&self) -> &'static str;
    /// Its version.
    fn version(&self) -> u32;
    /// Takes an event in.
    fn apply(&mut self, recorded: &Recorded);
    /// The bytes of its state.
    ///
    /// # Errors
    /// [`StateError`] where the state does not serialise.
    fn state(&self) -> Result<Vec<u8>, StateError>;
    /// Takes the bytes of a state in place of its own.
    ///
    /// # Errors
    /// [`StateError`] where the bytes are no state of this projection; its own stays.
    fn restore(&mut self, state: &[u8]) -> Result<(), StateError>;
    /// How many bytes its state takes in memory, about. The whole state is looked at.
    fn heap_size(&self) -> usize;
    /// Goes back to before the first event.
    fn reset(&mut self);
    /// Its state as it is now, shared, for finding a projection by its type. The projection goes on with a copy if it has to.
    fn shared(&self) -> Arc<dyn Any + Send + Sync>;
    /// The projection as it is now. It shares its state until one of the two goes on.
    fn fork(&self) -> Box<dyn DynProjection>;
}

/// A projection as a [`DynProjection`].
#[derive(Debug, Default)]
pub struct Erased<P>(pub Arc<P>);

impl<P: Projection> DynProjection for Erased<P> {
    fn name(&self) -> &'static str {
        P::NAME
    }

    fn version(&self) -> u32 {
        P::VERSION
    }

    fn apply(&mut self, recorded: &Recorded) {
        Arc::make_mut(&mut self.0).apply(recorded);
    }

    fn state(&self) -> Result<Vec<u8>, StateError> {
        postcard::to_stdvec(&*self.0).map_err(|e| StateError {
            name: P::NAME,
            reason: e.to_string(),
        })
    }

    fn restore(&mut self, state: &[u8]) -> Result<(), StateError> {
        let state = postcard::from_bytes(state).map_err(|e| StateError {
            name: P::NAME,
            reason: e.to_string(),
        })?;
        self.0 = Arc::new(state);
        Ok(())
    }

    fn heap_size(&self) -> usize {
        weight(&*self.0)
    }

    fn reset(&mut self) {
        self.0 = Arc::default();
    }

    fn shared(&self) -> Arc<dyn Any + Send + Sync> {
        Arc::clone(&self.0) as _
    }

    fn fork(&self) -> Box<dyn DynProjection> {
        Box::new(Self(Arc::clone(&self.0)))
    }
}
