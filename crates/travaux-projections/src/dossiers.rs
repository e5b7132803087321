//! What stands under frameworks and is made of deeds, as it stood on a day, as known at a time: one
//! map a kind of stream, and the links between them both ways.

use std::{borrow::Cow, collections::BTreeMap};

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use travaux_domain::{
    Actor, Aggregate, Context, Event, FrameworkId, Handle, MeetingId, Recorded, StreamId,
    handle::NamingEvent,
    meeting::{Meeting, MeetingEvent},
    partnership::{Dossier, FollowUp, ItemRef},
};

use crate::Projection;

/// A deed, with who recorded it when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Known<E> {
    recorded_at: DateTime<Utc>,
    actor: Actor,
    event: E,
}

/// The day and the knowledge that a question is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// What was done later is left out; nothing is, if none.
    pub on: Option<NaiveDate>,
    /// What was recorded later is left out; nothing is, if none.
    pub known_at: Option<DateTime<Utc>>,
}

impl Asked {
    fn counts(self, from: Option<NaiveDate>, recorded_at: DateTime<Utc>) -> bool {
        let done = from.is_none_or(|from| self.on.is_none_or(|on| from <= on));
        done && self.known_at.is_none_or(|at| recorded_at <= at)
    }
}

/// A stream of deeds, as it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound = "A: Aggregate")]
pub struct DossierView<A: Aggregate> {
    deeds: Vec<Known<A::Event>>,
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
            deeds: Vec::new(),
            state: A::default(),
            handle: None,
            version: 0,
        }
    }
}

impl<A: Dossier> DossierView<A> {
    fn take(&mut self, event: &A::Event, recorded: &Recorded) {
        self.state.evolve(event, &recorded.context());
        self.version = recorded.version;
        self.deeds.push(Known {
            recorded_at: recorded.recorded_at,
            actor: recorded.actor.clone(),
            event: event.clone(),
        });
    }

    /// As it stood on a day, as known at a time. Absent where nobody knew of it, or it had not begun.
    pub fn as_of(&self, asked: Asked) -> Option<Cow<'_, Self>> {
        if asked == Asked::default() {
            return Some(Cow::Borrowed(self));
        }
        let mut then = Self {
            handle: self.handle.clone(),
            ..Self::default()
        };
        let mut begun = false;
        for known in &self.deeds {
            if asked.known_at.is_some_and(|at| known.recorded_at > at) {
                break;
            }
            then.version += 1;
            then.deeds.push(known.clone());
            if asked.counts(A::counts_from(&known.event), known.recorded_at) {
                let context = Context {
                    actor: known.actor.clone(),
                    now: known.recorded_at,
                };
                then.state.evolve(&known.event, &context);
                // The first deed is its beginning; a correction counts from before it.
                begun |= then.version == 1;
            } else {
                then.state.skip();
            }
        }
        begun.then_some(Cow::Owned(then))
    }
}

/// Something that was said of an item, with when it was done, and recorded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Said<T> {
    what: T,
    on: NaiveDate,
    recorded_at: DateTime<Utc>,
}

/// All streams of deeds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dossiers {
    /// Meetings by identity.
    pub meetings: BTreeMap<MeetingId, DossierView<Meeting>>,
    #[serde(with = "pairs")]
    followed: BTreeMap<FollowUp, Vec<Said<ItemRef>>>,
    #[serde(with = "pairs")]
    restated: BTreeMap<ItemRef, Vec<Said<MeetingId>>>,
}

impl Projection for Dossiers {
    const NAME: &'static str = "dossiers";
    const VERSION: u32 = 1;
    const TYPES: &'static [&'static [&'static str]] = &[MeetingEvent::TYPES, NamingEvent::TYPES];

    fn apply(&mut self, recorded: &Recorded) {
        match (recorded.stream, &recorded.event) {
            (StreamId::Meeting(id), Event::Meeting(event)) => {
                self.link(id, event, recorded.recorded_at);
                self.meetings.entry(id).or_default().take(event, recorded);
            }
            (_, Event::Naming(NamingEvent::HandleGiven { handle, to })) => self.name(handle, *to),
            _ => {}
        }
    }
}

impl Dossiers {
    /// The meetings under a framework.
    pub fn meetings_under(
        &self,
        framework: FrameworkId,
    ) -> impl Iterator<Item = (MeetingId, &DossierView<Meeting>)> {
        let meetings = self.meetings.iter().map(|(id, view)| (*id, view));
        meetings.filter(move |(_, view)| {
            let call = view.state.convocation.as_ref();
            call.is_some_and(|call| call.framework == framework)
        })
    }

    /// The items that something follows up: the way back of [`travaux_domain::meeting::ItemRecord`].
    pub fn followed_by(&self, what: &FollowUp, asked: Asked) -> Vec<&ItemRef> {
        said(self.followed.get(what), asked)
    }

    /// The meetings that repeated an item.
    pub fn restated_at(&self, item: &ItemRef, asked: Asked) -> Vec<MeetingId> {
        said(self.restated.get(item), asked)
            .into_iter()
            .copied()
            .collect()
    }

    fn link(&mut self, meeting: MeetingId, event: &MeetingEvent, recorded_at: DateTime<Utc>) {
        if let MeetingEvent::ItemFollowedUp { on, item, by } = event {
            let (on, item) = (*on, item.clone());
            let what = ItemRef { meeting, item };
            let said = self.followed.entry(by.clone()).or_default();
            said.push(Said {
                what,
                on,
                recorded_at,
            });
        }
        if let MeetingEvent::ItemRestated { on, of, .. } = event {
            let said = self.restated.entry(of.clone()).or_default();
            said.push(Said {
                what: meeting,
                on: *on,
                recorded_at,
            });
        }
    }

    fn name(&mut self, handle: &Handle, to: StreamId) {
        if let StreamId::Meeting(id) = to
            && let Some(view) = self.meetings.get_mut(&id)
        {
            view.handle.get_or_insert_with(|| handle.clone());
        }
    }
}

fn said<T>(all: Option<&Vec<Said<T>>>, asked: Asked) -> Vec<&T> {
    let all = all.into_iter().flatten();
    let counting = all.filter(|said| asked.counts(Some(said.on), said.recorded_at));
    counting.map(|said| &said.what).collect()
}

/// A map as a list of pairs: its keys are no strings, which a map in JSON wants.
mod pairs {
    use std::collections::BTreeMap;

    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(super) fn serialize<K: Serialize, V: Serialize, S: Serializer>(
        map: &BTreeMap<K, V>,
        to: S,
    ) -> Result<S::Ok, S::Error> {
        to.collect_seq(map)
    }

    pub(super) fn deserialize<'de, K, V, D>(from: D) -> Result<BTreeMap<K, V>, D::Error>
    where
        K: Deserialize<'de> + Ord,
        V: Deserialize<'de>,
        D: Deserializer<'de>,
    {
        let pairs = Vec::<(K, V)>::deserialize(from)?;
        Ok(pairs.into_iter().collect())
    }
}
