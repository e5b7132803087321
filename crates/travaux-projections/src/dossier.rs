//! One stream of deeds, as it stood on a day, as known at a time.

use std::{borrow::Cow, sync::Arc};

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use travaux_domain::{Aggregate, Handle, Recorded, partnership::Dossier};

use crate::known::Known;

/// The day and the knowledge that a question is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// What was done later is left out; nothing is, if none.
    pub on: Option<NaiveDate>,
    /// What was recorded later is left out; nothing is, if none.
    pub known_at: Option<DateTime<Utc>>,
}

impl Asked {
    pub(crate) fn counts(self, from: Option<NaiveDate>, recorded_at: DateTime<Utc>) -> bool {
        let done = from.is_none_or(|from| self.on.is_none_or(|on| from <= on));
        done && self.known_at.is_none_or(|at| recorded_at <= at)
    }

    pub(crate) fn takes<A: Dossier>(self, known: &Known<A::Event>) -> bool {
        self.counts(A::counts_from(&known.event), known.recorded_at)
    }
}

/// A stream of deeds, as it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound = "A: Aggregate")]
pub struct DossierView<A: Aggregate> {
    deeds: Arc<Vec<Known<A::Event>>>,
    /// When its first deed counts from, and when that was recorded.
    first: Option<(Option<NaiveDate>, DateTime<Utc>)>,
    /// The last day from which one of them counts, and the last time at which one was recorded: where
    /// both are asked for, so is all of it.
    last: (Option<NaiveDate>, DateTime<Utc>),
    /// Its state.
    pub state: A,
    /// What people call it: its first handle, if it has one.
    pub handle: Option<Handle>,
    /// The version of its stream.
    pub version: u64,
}

impl<A: Aggregate> Default for DossierView<A> {
    fn default() -> Self {
        Self {
            deeds: Arc::default(),
            first: None,
            last: (None, DateTime::UNIX_EPOCH),
            state: A::default(),
            handle: None,
            version: 0,
        }
    }
}

impl<A: Dossier> DossierView<A> {
    /// Takes in an event of its stream, out of `recorded`.
    pub fn take(&mut self, event: &A::Event, recorded: &Recorded) {
        self.state.evolve(event, &recorded.context());
        self.version = recorded.version;
        let (from, at) = (A::counts_from(event), recorded.recorded_at);
        self.first.get_or_insert((from, at));
        self.last = (self.last.0.max(from), self.last.1.max(at));
        Arc::make_mut(&mut self.deeds).push(Known::new(event, recorded));
    }

    /// When one of its events was recorded, by its version in the stream.
    pub fn recorded_at(&self, event: u64) -> Option<DateTime<Utc>> {
        let at = usize::try_from(event.checked_sub(1)?).ok()?;
        Some(self.deeds.get(at)?.recorded_at)
    }

    /// As it stood on a day, as known at a time. Absent where nobody knew of it, or it had not begun.
    ///
    /// Costs nothing where all that happened counts, or it had not begun; else a fold.
    pub fn as_of(&self, asked: Asked) -> Option<Cow<'_, Self>> {
        // The first deed is its beginning; a correction counts from before it.
        let (from, recorded_at) = self.first?;
        if !asked.counts(from, recorded_at) {
            return None;
        }
        let (from, recorded_at) = self.last;
        if asked.counts(from, recorded_at) {
            return Some(Cow::Borrowed(self));
        }
        let mut then = Self {
            deeds: Arc::clone(&self.deeds),
            first: self.first,
            last: self.last,
            handle: self.handle.clone(),
            ..Self::default()
        };
        for known in &*self.deeds {
            if asked.known_at.is_some_and(|at| known.recorded_at > at) {
                break;
            }
            then.version += 1;
            if asked.takes::<A>(known) {
                then.state.evolve(&known.event, &known.context());
            } else {
                then.state.skip();
            }
        }
        Some(Cow::Owned(then))
    }
}
