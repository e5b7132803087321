//! What the tests of all crates share. A dev-dependency only: nothing that is shipped depends on it.
//!
//! - [`agreement`]: an agreement, given / when / then, and what offices do to one. [`history`]: whole logs for projections.
//! - [`framework`]: from its proposal to its end. [`meeting`]: a partnership, and the parts of what its meetings do; [`deeds`]: an example of each.
//! - [`random`], [`acts`], `strategies`: texts, changes to them and lives of agreements, as properties draw them.
//! - [`office`]: an engine in memory whose clock stands on the day of each act. [`faulty`]: a store that fails as asked.
//! - [`needs`]: tests that need what a machine may lack. They are reported as ignored, with the reason, and counted.
//!
//! Integration tests alone use it: unit tests inside a crate that this one depends on would see two versions of its types.

#[cfg(feature = "domain")]
pub mod acts;
#[cfg(feature = "domain")]
pub mod agreement;
#[cfg(feature = "domain")]
pub mod body;
#[cfg(feature = "domain")]
pub mod deeds;
#[cfg(feature = "domain")]
pub mod exchange;
#[cfg(feature = "domain")]
mod exchange_deeds;
#[cfg(feature = "engine")]
pub mod faulty;
#[cfg(feature = "domain")]
pub mod framework;
#[cfg(feature = "domain")]
pub mod history;
#[cfg(feature = "domain")]
pub mod indicator;
#[cfg(feature = "domain")]
pub mod meeting;
pub mod needs;
#[cfg(feature = "engine")]
pub mod office;
#[cfg(feature = "domain")]
pub mod procedure;
#[cfg(feature = "domain")]
mod procedure_deeds;
pub mod random;
#[cfg(feature = "domain")]
pub mod roadmap;
#[cfg(feature = "domain")]
pub mod round;
#[cfg(feature = "strategies")]
pub mod strategies;
