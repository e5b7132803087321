//! Random numbers that a failed run can draw again: the seed is printed past the capture of the harness.

use std::{
    hash::{BuildHasher as _, Hasher as _, RandomState},
    io::Write as _,
};

/// SplitMix64 (Steele, Lea and Flood, 2014): a good enough source, the same on every machine.
#[derive(Clone, Debug)]
pub struct Rng(u64);

impl Rng {
    /// The numbers that follow from a seed.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// Those of the seed that [`seed`] gives for a test.
    pub fn of(test: &str) -> Self {
        Self(seed(test))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number from 0 to `n - 1`.
    pub fn below(&mut self, n: u64) -> u64 {
        self.next() % n.max(1)
    }

    /// A place in a row of so many.
    pub fn place(&mut self, of: usize) -> usize {
        usize::try_from(self.below(of as u64)).unwrap_or(0)
    }

    /// Whether something of so many percent happens.
    pub fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    /// One of them.
    pub fn pick<T: Clone>(&mut self, all: &[T]) -> T {
        all[self.place(all.len())].clone()
    }
}

/// The seed of a test: `TRAVAUX_SEED` if it is set, else another one each time. It is printed.
pub fn seed(test: &str) -> u64 {
    let given = std::env::var("TRAVAUX_SEED").ok();
    let seed = given
        .and_then(|seed| seed.parse().ok())
        .unwrap_or_else(|| RandomState::new().build_hasher().finish());
    // Past the capture of the test harness: a seed that nobody sees cannot be run again.
    let _ = writeln!(std::io::stderr(), "{test}: TRAVAUX_SEED={seed}");
    seed
}
