//! Clock and ids of the command: the system's.
//!
//! A recorded time is what the record says that it learnt when, so nobody who runs the command may
//! choose it. A build with debug assertions, which is what tests run, takes `TRAVAUX_TEST_TIME` for its
//! clock; a release has no code that reads it.

use travaux::Ports;

use crate::error::CliError;

/// The system's clock and random ids.
#[cfg(not(debug_assertions))]
#[allow(
    clippy::unnecessary_wraps,
    reason = "a build for tests may be given no time"
)]
pub(crate) fn ports() -> Result<Ports, CliError> {
    Ok(Ports::system())
}

/// The system's clock and random ids, or a clock that starts at `TRAVAUX_TEST_TIME`.
///
/// # Errors
/// [`CliError::Usage`] for one that is no time.
#[cfg(debug_assertions)]
pub(crate) fn ports() -> Result<Ports, CliError> {
    let Some(start) = std::env::var_os("TRAVAUX_TEST_TIME") else {
        return Ok(Ports::system());
    };
    let time = start.to_string_lossy();
    let start = time.parse().map_err(|_| {
        CliError::Usage(format!(
            "TRAVAUX_TEST_TIME: expected a time as 2025-01-31T00:00:00Z, found `{time}`"
        ))
    })?;
    Ok(Ports {
        clock: std::sync::Arc::new(travaux::FixedClock::starting(start)),
        ..Ports::system()
    })
}
