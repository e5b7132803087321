//! Ten years of a large partnership, made from a seed: eight parties, sixty agreements and their
//! revision rounds, joint bodies and their sessions, roadmaps, procedures, requests, figures. All of it
//! goes through the engine as commands; the same seed and sizes give the same log.

mod agreements;
mod ask;
mod bodies;
mod framework;
mod indicators;
mod play;
mod procedures;
mod requests;
mod rng;
mod roadmaps;
mod rounds;
mod script;

use chrono::{DateTime, Datelike as _, NaiveDate, Utc};
use travaux::{Ids, domain::FrameworkId};

pub use self::{
    ask::{Times, ask},
    play::{NotDone, Played, play},
};
use self::{
    rng::Rng,
    script::{Act, Maker},
};

/// How large a partnership is to be.
#[derive(Clone, Copy, Debug)]
pub struct Sizes {
    /// How many years it lasts.
    pub years: u32,
    /// How many parties it has, three or more.
    pub parties: usize,
    /// How many agreements come under it.
    pub agreements: usize,
    /// In how many rounds they are revised.
    pub rounds: usize,
    /// How many revisions these rounds have together.
    pub revisions: usize,
    /// How many joint bodies it has; each meets twice a year.
    pub bodies: usize,
    /// How many actions its roadmaps have together, one roadmap each two years.
    pub actions: usize,
    /// How many requests for information are sent.
    pub requests: usize,
    /// How many cases its procedures have together, one procedure for each pair of neighbours.
    pub cases: usize,
    /// How many indicators there are; each party reports every one of them each month.
    pub indicators: usize,
}

impl Sizes {
    /// The large one.
    pub const LARGE: Self = Self {
        years: 10,
        parties: 8,
        agreements: 60,
        rounds: 50,
        revisions: 400,
        bodies: 12,
        actions: 600,
        requests: 5_000,
        cases: 400,
        indicators: 200,
    };

    /// One that a test makes in a moment.
    pub const SMALL: Self = Self {
        years: 2,
        parties: 4,
        agreements: 8,
        rounds: 5,
        revisions: 15,
        bodies: 3,
        actions: 24,
        requests: 60,
        cases: 12,
        indicators: 3,
    };
}

/// A partnership that was made, and has not been played yet.
#[derive(Clone, Debug)]
pub struct Partnership {
    /// Its framework.
    pub framework: FrameworkId,
    /// The day on which it was proposed.
    pub first: NaiveDate,
    /// The last day on which anything is recorded.
    pub last: NaiveDate,
    /// How many revisions its rounds have proposed.
    pub revisions: usize,
    acts: Vec<Act>,
}

impl Partnership {
    /// That of a seed; its streams get the next ids.
    pub fn of(seed: u64, sizes: Sizes, ids: &dyn Ids) -> Self {
        let mut maker = Maker::new(Rng::new(seed), sizes, ids);
        maker.framework();
        let agreements = maker.agreements();
        let actions = maker.roadmaps();
        maker.bodies(&agreements, &actions);
        maker.procedures();
        maker.requests();
        maker.indicators();
        let revisions = maker.rounds(agreements);
        Self {
            framework: maker.framework,
            first: maker.first,
            last: maker.last,
            revisions,
            acts: maker.acts(),
        }
    }

    /// Some of its days, spread over all of it, with what was known on the evening of as many.
    pub fn moments(&self, count: u32) -> Vec<(NaiveDate, DateTime<Utc>)> {
        let days = self.last.num_days_from_ce() - self.first.num_days_from_ce();
        let part = |of: u32, n: u32| {
            let after = u64::from(n) * u64::try_from(days).unwrap_or(0) / u64::from(of.max(1));
            self.first + chrono::Days::new(after)
        };
        // The known days go round faster: each is before and behind days that are asked for.
        let moment = |n: u32| {
            let known = part(count, n.wrapping_mul(7) % count.max(1) + 1);
            (part(count, n + 1), evening(known))
        };
        (0..count).map(moment).collect()
    }
}

/// The last second of a day, in UTC.
pub fn evening(day: NaiveDate) -> DateTime<Utc> {
    day.and_hms_opt(23, 59, 59)
        .map_or(DateTime::<Utc>::MAX_UTC, |time| time.and_utc())
}
