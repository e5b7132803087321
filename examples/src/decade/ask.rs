//! How long the state of a framework takes, asked for on many days.

use std::time::{Duration, Instant};

use travaux::{Error, blocking::Engine, domain::FrameworkId, projections::Moment};

/// How long the answers to some questions took.
#[derive(Clone, Debug, Default)]
pub struct Times(Vec<Duration>);

impl Times {
    /// The one that as many took longer than took less.
    pub fn median(&self) -> Duration {
        self.of(50)
    }

    /// The longest of so many percent of them.
    pub fn of(&self, percent: usize) -> Duration {
        let mut sorted = self.0.clone();
        sorted.sort_unstable();
        let last = sorted.len().saturating_sub(1);
        sorted
            .get(last * percent / 100)
            .copied()
            .unwrap_or_default()
    }
}

/// Asks for the state at each of these moments.
///
/// # Errors
/// Those of the engine.
pub fn ask(
    engine: &Engine,
    framework: FrameworkId,
    moments: impl IntoIterator<Item = Moment>,
) -> Result<Times, Error> {
    let mut times = Times::default();
    for moment in moments {
        let start = Instant::now();
        let state = engine.framework_state(framework, &moment)?;
        times.0.push(start.elapsed());
        drop(state);
    }
    Ok(times)
}
