//! The state of a framework partnership on a day, as known at a time, for a reader; and what differs
//! between two of them (rows QY1 to QY8).
//!
//! A state is a list of entries by identity, each with the events that made it so. It is a pure fold
//! of what the projections know: the same question of the same prefix of the log gives the same
//! bytes. A kind of stream says in a file of its own what its entries are.

mod agreement;
mod body;
mod brief;
mod diff;
mod entry;
mod exchange;
mod fields;
mod framework;
mod impact;
mod indicator;
mod meeting;
mod package;
mod procedure;
mod request;
mod roadmap;
mod variant;

use std::{borrow::Cow, collections::BTreeMap, sync::Arc};

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use travaux_domain::{
    ExchangeId, FrameworkId, Name, PartyId, StreamId, exchange::Exchange, partnership::Dossier,
};

pub use self::{
    brief::{
        ActionsBrief, AreaBrief, Brief, Line, ProceduresBrief, RequestsBrief, Sessions,
        UNFOLLOWED_DAYS,
    },
    diff::{ApplyError, EntryChange, FieldChange, StateDiff},
    entry::{Entry, EntryId, EventRef, FieldValue, IdError, Part},
    fields::Fields,
    impact::{Citation, Rests},
};
use crate::{Asked, DossierView, Dossiers, Frameworks, Register, dossiers::under};

/// Of when a state is, and for whom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moment {
    /// The day: what was done later is left out.
    pub on: NaiveDate,
    /// What was recorded later is left out; nothing is, if none.
    pub known_at: Option<DateTime<Utc>>,
    /// The party that reads; without one, what only some may see is withheld.
    pub reader: Option<PartyId>,
}

impl Moment {
    /// A day, as it is known now, for anybody.
    pub fn on(on: NaiveDate) -> Self {
        Self {
            on,
            known_at: None,
            reader: None,
        }
    }

    /// The last instant of the day in UTC: what runs by the hour is asked at it.
    fn instant(&self) -> DateTime<Utc> {
        let end = self.on.and_hms_nano_opt(23, 59, 59, 999_999_999);
        end.map_or(DateTime::<Utc>::MAX_UTC, |end| end.and_utc())
    }

    fn asked(&self) -> Asked {
        Asked {
            on: Some(self.on),
            known_at: self.known_at,
        }
    }
}

/// The views that a state is read from.
#[derive(Clone, Copy, Debug)]
pub struct StateSources<'a> {
    /// Frameworks and packages.
    pub frameworks: &'a Frameworks,
    /// What stands under them.
    pub dossiers: &'a Dossiers,
    /// The agreements.
    pub register: &'a Register,
}

/// The state of a framework on a day, as known at a time, for a reader.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FrameworkState {
    /// The framework.
    pub framework: FrameworkId,
    /// Of when it is, and for whom.
    pub at: Moment,
    /// What there is, by identity.
    pub entries: BTreeMap<EntryId, Entry>,
}

/// The streams of a kind under a framework, as they stood.
fn standing<'a, I: Copy, A: Dossier>(
    all: &'a BTreeMap<I, Arc<DossierView<A>>>,
    framework: FrameworkId,
    at: &Moment,
) -> impl Iterator<Item = (I, Cow<'a, DossierView<A>>)> {
    let asked = at.asked();
    under(all, framework).filter_map(move |(id, view)| Some((id, view.as_of(asked)?)))
}

/// The exchanges under the framework, as they stood: each serves many requests.
type Exchanges<'a> = BTreeMap<ExchangeId, Cow<'a, DossierView<Exchange>>>;

/// The entries that are being put together.
struct Entries<'a> {
    sources: StateSources<'a>,
    framework: FrameworkId,
    at: &'a Moment,
    // A tree of those that are at hand is built faster than one that grows.
    all: Vec<(EntryId, Entry)>,
}

impl Entries<'_> {
    fn put(&mut self, id: EntryId, entry: Entry) {
        self.all.push((id, entry));
    }
}

impl FrameworkState {
    /// The version of what a state says and how; raised whenever either changes.
    pub const VERSION: u32 = 7;

    /// The state of a framework (QY1). Absent where nobody knew of it, or it had not begun.
    pub fn of(sources: StateSources<'_>, framework: FrameworkId, at: &Moment) -> Option<Self> {
        let mut entries = Entries {
            sources,
            framework,
            at,
            all: Vec::new(),
        };
        entries.add_framework()?;
        entries.add_meetings();
        entries.add_bodies();
        entries.add_roadmaps();
        let exchanges = entries.exchanges();
        entries.add_exchanges(&exchanges);
        entries.add_requests(&exchanges);
        entries.add_procedures();
        entries.add_indicators();
        Some(Self {
            framework,
            at: at.clone(),
            entries: entries.all.into_iter().collect(),
        })
    }

    /// The entries of a kind, in the order of their identities.
    pub fn of_kind(&self, kind: &str) -> impl Iterator<Item = (&EntryId, &Entry)> {
        let all = self.entries.iter();
        all.filter(move |(id, _)| id.kind() == kind)
    }

    /// The entry of a stream as a whole.
    pub fn whole(&self, stream: StreamId) -> Option<&Entry> {
        self.entries.get(&EntryId::whole(stream))
    }

    /// What waits for whom: the parties that an entry says it waits for, with the entries.
    pub fn waiting(&self) -> BTreeMap<&Name, Vec<&EntryId>> {
        let mut waiting: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for (id, entry) in &self.entries {
            for party in entry.texts(WAITS_FOR) {
                waiting.entry(party).or_default().push(id);
            }
        }
        waiting
    }
}

/// The field that names the parties for whom something waits.
pub(crate) const WAITS_FOR: &str = "waits_for";
