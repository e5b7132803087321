//! Clock and ids: what the engine takes from the world.

use std::{
    fmt::Debug,
    sync::{
        Arc,
        atomic::{AtomicI64, AtomicU64, Ordering},
    },
};

use chrono::{DateTime, TimeDelta, Utc};
use travaux_store::Nonce;
use uuid::Uuid;

/// Tells the time.
pub trait Clock: Debug + Send + Sync {
    /// The time.
    fn now(&self) -> DateTime<Utc>;
}

/// Gives ids that were never given before.
pub trait Ids: Debug + Send + Sync {
    /// A new id.
    fn next(&self) -> Uuid;

    /// Sixteen bytes that nobody can foresee; 122 of their bits are random (a UUID of version 4, RFC 9562).
    fn nonce(&self) -> Nonce {
        Nonce(Uuid::new_v4().into_bytes())
    }
}

/// The system's clock, to the millisecond.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> DateTime<Utc> {
        let since = std::time::SystemTime::now()
            .duration_since(std::time::UNIX_EPOCH)
            .unwrap_or_default();
        i64::try_from(since.as_millis())
            .ok()
            .and_then(DateTime::from_timestamp_millis)
            .unwrap_or_default()
    }
}

/// A clock that goes one second ahead each time it is asked, from a fixed time on.
#[derive(Debug)]
pub struct FixedClock {
    start: DateTime<Utc>,
    asked: AtomicI64,
}

impl FixedClock {
    /// A clock that starts at `start`.
    pub fn starting(start: DateTime<Utc>) -> Self {
        Self {
            start,
            asked: AtomicI64::new(0),
        }
    }

    /// Puts the clock forward to `time`, if it is behind it.
    pub fn advance_to(&self, time: DateTime<Utc>) {
        self.asked
            .fetch_max((time - self.start).num_seconds(), Ordering::SeqCst);
    }
}

impl Clock for FixedClock {
    fn now(&self) -> DateTime<Utc> {
        self.start + TimeDelta::seconds(self.asked.fetch_add(1, Ordering::SeqCst))
    }
}

/// UUIDs of version 7 (RFC 9562).
#[derive(Clone, Copy, Debug, Default)]
pub struct RandomIds;

impl Ids for RandomIds {
    fn next(&self) -> Uuid {
        Uuid::now_v7()
    }
}

/// Ids that count: the same in every run.
#[derive(Debug, Default)]
pub struct SequentialIds(AtomicU64);

impl Ids for SequentialIds {
    fn next(&self) -> Uuid {
        let n = self.0.fetch_add(1, Ordering::SeqCst) + 1;
        // Version 7 and the RFC's variant, so that they are read as the others are.
        Uuid::from_u128(u128::from(n) << 88 | 0x7000_8000_0000_0000_0000 | u128::from(n))
    }

    fn nonce(&self) -> Nonce {
        Nonce(
            self.0
                .load(Ordering::SeqCst)
                .to_be_bytes()
                .repeat(2)
                .try_into()
                .unwrap_or_default(),
        )
    }
}

/// What the engine takes from the world.
#[derive(Clone, Debug)]
pub struct Ports {
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// New ids.
    pub ids: Arc<dyn Ids>,
}

impl Ports {
    /// The system's clock and random ids.
    pub fn system() -> Self {
        Self {
            clock: Arc::new(SystemClock),
            ids: Arc::new(RandomIds),
        }
    }

    /// A clock that starts at `start` and ids that count: every run is the same.
    pub fn fixed(start: DateTime<Utc>) -> Self {
        Self {
            clock: Arc::new(FixedClock::starting(start)),
            ids: Arc::new(SequentialIds::default()),
        }
    }
}
