//! The acts of a partnership, as commits of the engine.

use std::time::{Duration, Instant};

use chrono::{NaiveDate, TimeDelta};
use travaux::{
    Error, FixedClock,
    blocking::Engine,
    domain::{Actor, PartyId, StreamCommand},
};

use super::Partnership;

/// What a party does at once goes into one commit, up to so many commands.
const MOST: usize = 64;

/// What was written.
#[derive(Clone, Copy, Debug)]
pub struct Played {
    /// How many commits.
    pub commits: usize,
    /// How many events.
    pub events: usize,
    /// How long that took.
    pub took: Duration,
}

/// An act that the engine did not do: the generator asks for what the law lets through.
#[derive(Debug)]
pub struct NotDone {
    day: NaiveDate,
    party: PartyId,
    asked: String,
    source: Box<Error>,
}

impl std::fmt::Display for NotDone {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self {
            day, party, asked, ..
        } = self;
        write!(f, "{day}, {party}: {}; it asked for {asked}", self.source)
    }
}

impl std::error::Error for NotDone {}

/// Does all that the partnership is made of. `clock` is the engine's.
///
/// # Errors
/// The first commit that was not done.
pub fn play(
    engine: &Engine,
    clock: &FixedClock,
    partnership: &Partnership,
) -> Result<Played, NotDone> {
    let start = Instant::now();
    let (mut commits, mut events) = (0, 0);
    let mut acts = partnership.acts.iter().peekable();
    while let Some(first) = acts.next() {
        let mut commands = first.commands.clone();
        while let Some(next) = acts.next_if(|next| {
            let together = next.at == first.at && next.party == first.party;
            together && commands.len() + next.commands.len() <= MOST
        }) {
            commands.extend(next.commands.iter().cloned());
        }
        let (day, behind) = first.at;
        let morning = day.and_hms_opt(6, 0, 0).unwrap_or_default().and_utc();
        clock.advance_to(morning + TimeDelta::minutes(behind.into()));
        let asked = asked(&commands);
        let actor = Actor::party(first.party.0.clone());
        let done = engine.commit(None, &actor, commands);
        let done = done.map_err(|source| NotDone {
            day,
            party: first.party.clone(),
            asked,
            source: Box::new(source),
        })?;
        commits += 1;
        events += done.events.len();
    }
    Ok(Played {
        commits,
        events,
        took: start.elapsed(),
    })
}

/// The streams that the commands are for.
fn asked(commands: &[StreamCommand]) -> String {
    let streams = commands.iter().map(|command| command.stream().to_string());
    let streams: Vec<_> = streams.take(4).collect();
    format!("{} acts on {}", commands.len(), streams.join(", "))
}
