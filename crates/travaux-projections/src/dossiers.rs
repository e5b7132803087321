//! What stands under frameworks and is made of deeds, as it stood on a day, as known at a time: one
//! map a kind of stream, and the links between them both ways.

use std::{collections::BTreeMap, sync::Arc};

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use travaux_domain::{
    Aggregate, BodyId, Event, ExchangeId, FrameworkId, Handle, IndicatorId, MeetingId, ProcedureId,
    Recorded, RequestId, RoadmapId, StreamId,
    body::{BodyEvent, JointBody},
    exchange::{Exchange, ExchangeEvent},
    handle::NamingEvent,
    indicator::IndicatorEvent,
    meeting::{Meeting, MeetingEvent},
    partnership::{Dossier, FollowUp, ItemRef},
    procedure::{Procedure, ProcedureEvent},
    request::{Request, RequestEvent},
    roadmap::{Roadmap, RoadmapEvent},
};

use crate::{
    Projection,
    dossier::{Asked, DossierView},
    indicators::IndicatorView,
};

/// Something that was said of an item, with when it was done, and recorded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Said<T> {
    what: T,
    on: NaiveDate,
    recorded_at: DateTime<Utc>,
}

/// All streams of deeds. A copy shares them until one of the two goes on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dossiers {
    /// Meetings by identity.
    pub meetings: BTreeMap<MeetingId, Arc<DossierView<Meeting>>>,
    /// Exchanges of information by identity.
    pub exchanges: BTreeMap<ExchangeId, Arc<DossierView<Exchange>>>,
    /// Their requests, and what was offered, by identity.
    pub requests: BTreeMap<RequestId, Arc<DossierView<Request>>>,
    /// Joint bodies by identity.
    pub bodies: BTreeMap<BodyId, Arc<DossierView<JointBody>>>,
    /// Roadmaps by identity.
    pub roadmaps: BTreeMap<RoadmapId, Arc<DossierView<Roadmap>>>,
    /// Procedures, with their cases, by identity.
    pub procedures: BTreeMap<ProcedureId, Arc<DossierView<Procedure>>>,
    /// Indicators by identity, without what their figures say beside their values.
    pub indicators: BTreeMap<IndicatorId, Arc<IndicatorView>>,
    #[serde(with = "pairs")]
    followed: BTreeMap<FollowUp, Vec<Said<ItemRef>>>,
    #[serde(with = "pairs")]
    restated: BTreeMap<ItemRef, Vec<Said<MeetingId>>>,
}

impl Projection for Dossiers {
    const NAME: &'static str = "dossiers";
    const VERSION: u32 = 10;
    const TYPES: &'static [&'static [&'static str]] = &[
        MeetingEvent::TYPES,
        BodyEvent::TYPES,
        ExchangeEvent::TYPES,
        RequestEvent::TYPES,
        RoadmapEvent::TYPES,
        ProcedureEvent::TYPES,
        IndicatorEvent::TYPES,
        NamingEvent::TYPES,
    ];

    fn apply(&mut self, recorded: &Recorded) {
        match (recorded.stream, &recorded.event) {
            (StreamId::Meeting(id), Event::Meeting(event)) => {
                self.link(id, event, recorded.recorded_at);
                Arc::make_mut(self.meetings.entry(id).or_default()).take(event, recorded);
            }
            (StreamId::Exchange(id), Event::Exchange(event)) => {
                Arc::make_mut(self.exchanges.entry(id).or_default()).take(event, recorded);
            }
            (StreamId::Request(id), Event::Request(event)) => {
                Arc::make_mut(self.requests.entry(id).or_default()).take(event, recorded);
            }
            (StreamId::Body(id), Event::Body(event)) => {
                Arc::make_mut(self.bodies.entry(id).or_default()).take(event, recorded);
            }
            (StreamId::Roadmap(id), Event::Roadmap(event)) => {
                Arc::make_mut(self.roadmaps.entry(id).or_default()).take(event, recorded);
            }
            (StreamId::Procedure(id), Event::Procedure(event)) => {
                Arc::make_mut(self.procedures.entry(id).or_default()).take(event, recorded);
            }
            (StreamId::Indicator(id), Event::Indicator(event)) => {
                Arc::make_mut(self.indicators.entry(id).or_default()).take(event, recorded);
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
        under(&self.meetings, framework)
    }

    /// The joint bodies under a framework, in the order of their keys: their ids are digests.
    pub fn bodies_under(
        &self,
        framework: FrameworkId,
    ) -> impl Iterator<Item = (BodyId, &DossierView<JointBody>)> {
        let mut bodies: Vec<_> = under(&self.bodies, framework).collect();
        bodies.sort_by_key(|(_, view)| view.state.establishment.as_ref().map(|own| &own.key));
        bodies.into_iter()
    }

    /// The exchanges of information under a framework.
    pub fn exchanges_under(
        &self,
        framework: FrameworkId,
    ) -> impl Iterator<Item = (ExchangeId, &DossierView<Exchange>)> {
        under(&self.exchanges, framework)
    }

    /// The requests for information under a framework, and what was offered.
    pub fn requests_under(
        &self,
        framework: FrameworkId,
    ) -> impl Iterator<Item = (RequestId, &DossierView<Request>)> {
        under(&self.requests, framework)
    }

    /// The roadmaps under a framework.
    pub fn roadmaps_under(
        &self,
        framework: FrameworkId,
    ) -> impl Iterator<Item = (RoadmapId, &DossierView<Roadmap>)> {
        under(&self.roadmaps, framework)
    }

    /// The procedures under a framework.
    pub fn procedures_under(
        &self,
        framework: FrameworkId,
    ) -> impl Iterator<Item = (ProcedureId, &DossierView<Procedure>)> {
        under(&self.procedures, framework)
    }

    /// The indicators under a framework.
    pub fn indicators_under(
        &self,
        framework: FrameworkId,
    ) -> impl Iterator<Item = (IndicatorId, &IndicatorView)> {
        under(&self.indicators, framework)
    }

    /// The streams in which something is open that keeps an area from being closed, or an agreement
    /// from being released. All kinds are asked: one that is left out here does not compile.
    pub fn holding(&self) -> Vec<StreamId> {
        let Self {
            meetings,
            exchanges,
            requests,
            bodies,
            roadmaps,
            procedures,
            // Figures are of the framework, and of no area.
            indicators: _,
            followed: _,
            restated: _,
        } = self;
        let mut streams = Vec::new();
        streams.extend(holding(meetings, StreamId::Meeting));
        streams.extend(holding(exchanges, StreamId::Exchange));
        streams.extend(holding(requests, StreamId::Request));
        streams.extend(holding(bodies, StreamId::Body));
        streams.extend(holding(roadmaps, StreamId::Roadmap));
        streams.extend(holding(procedures, StreamId::Procedure));
        streams
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
        match to {
            StreamId::Meeting(id) => name(self.meetings.get_mut(&id), handle),
            StreamId::Body(id) => name(self.bodies.get_mut(&id), handle),
            StreamId::Exchange(id) => name(self.exchanges.get_mut(&id), handle),
            StreamId::Request(id) => name(self.requests.get_mut(&id), handle),
            StreamId::Roadmap(id) => name(self.roadmaps.get_mut(&id), handle),
            StreamId::Procedure(id) => name(self.procedures.get_mut(&id), handle),
            StreamId::Indicator(id) => name(self.indicators.get_mut(&id), handle),
            _ => {}
        }
    }
}

/// What the views of all kinds have.
pub(crate) trait View: Clone {
    /// The framework under which it stands; absent before it begins.
    fn framework(&self) -> Option<FrameworkId>;

    /// What people call it.
    fn handle(&mut self) -> &mut Option<Handle>;
}

impl<A: Dossier> View for DossierView<A> {
    fn framework(&self) -> Option<FrameworkId> {
        self.state.framework()
    }

    fn handle(&mut self) -> &mut Option<Handle> {
        &mut self.handle
    }
}

impl View for IndicatorView {
    fn framework(&self) -> Option<FrameworkId> {
        self.state().framework
    }

    fn handle(&mut self) -> &mut Option<Handle> {
        &mut self.handle
    }
}

fn name(view: Option<&mut Arc<impl View>>, handle: &Handle) {
    if let Some(view) = view {
        let own = Arc::make_mut(view).handle();
        own.get_or_insert_with(|| handle.clone());
    }
}

/// The streams of a kind under a framework.
pub(crate) fn under<I: Copy, V: View>(
    all: &BTreeMap<I, Arc<V>>,
    framework: FrameworkId,
) -> impl Iterator<Item = (I, &V)> {
    let all = all.iter().map(|(id, view)| (*id, &**view));
    all.filter(move |(_, view)| view.framework() == Some(framework))
}

fn holding<I: Copy, A: Aggregate>(
    all: &BTreeMap<I, Arc<DossierView<A>>>,
    named: fn(I) -> StreamId,
) -> impl Iterator<Item = StreamId> {
    let streams = all.iter().map(move |(id, view)| (named(*id), view));
    let held = streams.filter(|(stream, view)| !view.state.keeps(*stream).is_empty());
    held.map(|(stream, _)| stream)
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
