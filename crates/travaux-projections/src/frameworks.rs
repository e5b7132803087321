//! Frameworks and packages as they stand.

use std::{borrow::Cow, collections::BTreeMap, sync::Arc};

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use travaux_domain::{
    Event, FrameworkId, Handle, PackageId, Recorded, StreamId,
    framework::{Framework, FrameworkEvent},
    handle::NamingEvent,
    package::{Package, PackageEvent},
};

use crate::{Projection, dossier::Asked, known::Known};

impl Known<FrameworkEvent> {
    /// From which day on it counts: what does not say when it was done, from its recording.
    fn counts_from(&self) -> NaiveDate {
        let on = self.event.effect().or_else(|| self.event.on());
        on.unwrap_or_else(|| self.context().day())
    }
}

/// What was done by a day and applies from a later one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Announced {
    /// From when it applies.
    pub from: NaiveDate,
    /// When it was done.
    pub on: NaiveDate,
    /// What, in words.
    pub what: String,
    /// The version of the framework's stream after it.
    pub version: u64,
}

impl FrameworkView {
    /// What was decided by a day and applies from a later one, in the order in which it applies.
    pub fn announced(&self, on: NaiveDate) -> Vec<Announced> {
        let numbered = (1..).zip(&self.events);
        let announced = numbered.filter_map(|(version, known)| {
            let (done, from) = (known.event.on()?, known.counts_from());
            (done <= on && from > on).then(|| Announced {
                from,
                on: done,
                what: known.event.describe().what,
                version,
            })
        });
        let mut announced: Vec<_> = announced.collect();
        announced.sort_by_key(|one| one.from);
        announced
    }
}

/// A framework as it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FrameworkView {
    events: Vec<Known<FrameworkEvent>>,
    /// Its state.
    pub state: Framework,
    /// What people call it: its first handle, if it has one.
    pub handle: Option<Handle>,
    /// When the log learnt of that name.
    named_at: Option<DateTime<Utc>>,
    /// The packages under it, in the order in which they were proposed.
    pub packages: Vec<PackageId>,
    /// The version of its stream.
    pub version: u64,
}

/// A package as it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackageView {
    events: Vec<Known<PackageEvent>>,
    /// When the log learnt of it.
    pub recorded_at: Option<DateTime<Utc>>,
    /// Its state.
    pub state: Package,
    /// What people call it: its first handle, if it has one.
    pub handle: Option<Handle>,
    /// The version of its stream.
    pub version: u64,
}

/// All frameworks and packages. A copy shares them until one of the two goes on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Frameworks {
    /// Frameworks by identity.
    pub frameworks: BTreeMap<FrameworkId, Arc<FrameworkView>>,
    /// Packages by identity.
    pub packages: BTreeMap<PackageId, Arc<PackageView>>,
}

impl Projection for Frameworks {
    const NAME: &'static str = "frameworks";
    const VERSION: u32 = 12;
    const TYPES: &'static [&'static [&'static str]] = &[
        FrameworkEvent::TYPES,
        PackageEvent::TYPES,
        NamingEvent::TYPES,
    ];

    fn apply(&mut self, recorded: &Recorded) {
        match (recorded.stream, &recorded.event) {
            (StreamId::Framework(id), Event::Framework(event)) => {
                let view = Arc::make_mut(self.frameworks.entry(id).or_default());
                view.state.evolve(event, &recorded.context());
                view.version = recorded.version;
                view.events.push(Known::new(&**event, recorded));
            }
            (StreamId::Package(id), Event::Package(event)) => {
                let view = Arc::make_mut(self.packages.entry(id).or_default());
                view.state.evolve(event, &recorded.context());
                view.version = recorded.version;
                view.events.push(Known::new(event, recorded));
                view.recorded_at.get_or_insert(recorded.recorded_at);
                let framework = view.state.proposal.as_ref().and_then(|p| p.framework);
                if let Some(framework) = framework
                    .and_then(|f| self.frameworks.get_mut(&f))
                    .filter(|_| recorded.version == 1)
                {
                    Arc::make_mut(framework).packages.push(id);
                }
            }
            (_, Event::Naming(NamingEvent::HandleGiven { handle, to })) => {
                self.name(handle, *to, recorded.recorded_at);
            }
            _ => {}
        }
    }
}

impl Frameworks {
    /// A framework as it was known at a time; as it is known now, if none. Absent where nobody knew of it.
    pub fn framework(
        &self,
        id: FrameworkId,
        known_at: Option<DateTime<Utc>>,
    ) -> Option<Cow<'_, FrameworkView>> {
        self.framework_as_of(id, Asked { on: None, known_at })
    }

    /// A framework as it stood on a day, as known at a time: what applies from a later day on is left
    /// out. Absent where nobody knew of it, or it had not been proposed.
    pub fn framework_as_of(&self, id: FrameworkId, asked: Asked) -> Option<Cow<'_, FrameworkView>> {
        let view = self.frameworks.get(&id)?;
        if asked == Asked::default() {
            return Some(Cow::Borrowed(view));
        }
        let knew = |recorded_at| asked.known_at.is_none_or(|at| recorded_at <= at);
        let mut then = FrameworkView::default();
        if let Some(named_at) = view.named_at.filter(|named_at| knew(*named_at)) {
            then.handle.clone_from(&view.handle);
            then.named_at = Some(named_at);
        }
        for known in view.events.iter().take_while(|e| knew(e.recorded_at)) {
            if asked.on.is_none_or(|on| known.counts_from() <= on) {
                then.state.evolve(&known.event, &known.context());
            } else {
                then.state.skip();
            }
            then.events.push(known.clone());
            then.version += 1;
        }
        let proposed = |id: &&PackageId| {
            let package = self.packages.get(id).and_then(|p| p.recorded_at);
            package.is_some_and(knew)
        };
        then.packages = view.packages.iter().filter(proposed).copied().collect();
        let begun = !then.state.revisions.is_empty();
        begun.then_some(Cow::Owned(then))
    }

    /// A package as it stood on a day, as known at a time. Absent where nobody knew of it, or it had
    /// not begun. What has no day counts from that on which it was recorded, in UTC.
    pub fn package(&self, id: PackageId, asked: Asked) -> Option<Cow<'_, PackageView>> {
        let view = self.packages.get(&id)?;
        let known = |known: &Known<PackageEvent>| {
            let on = known.event.on();
            let on = on.unwrap_or_else(|| known.context().day());
            asked.counts(Some(on), known.recorded_at)
        };
        if view.events.iter().all(known) {
            return Some(Cow::Borrowed(view));
        }
        let mut then = PackageView {
            recorded_at: view.recorded_at,
            handle: view.handle.clone(),
            ..PackageView::default()
        };
        for (version, event) in (1..).zip(&view.events) {
            if known(event) {
                then.state.evolve(&event.event, &event.context());
                then.events.push(event.clone());
                then.version = version;
            }
        }
        let begun = then.state.proposal.is_some();
        begun.then_some(Cow::Owned(then))
    }

    /// Takes a handle in, if it is the first.
    fn name(&mut self, handle: &Handle, to: StreamId, recorded_at: DateTime<Utc>) {
        match to {
            StreamId::Framework(id) => {
                if let Some(view) = self.frameworks.get_mut(&id).map(Arc::make_mut) {
                    view.handle.get_or_insert_with(|| handle.clone());
                    view.named_at.get_or_insert(recorded_at);
                }
            }
            StreamId::Package(id) => {
                if let Some(view) = self.packages.get_mut(&id).map(Arc::make_mut) {
                    view.handle.get_or_insert_with(|| handle.clone());
                }
            }
            _ => {}
        }
    }
}
