//! Indicators, as the state of a framework needs them. Their figures may be hundreds of thousands: of
//! each is kept who reported it when, for which period and category, by which version, and its value;
//! what it says in words, and to whom, stands in its stream alone.

mod rows;

use std::{borrow::Cow, collections::BTreeMap, mem::discriminant, sync::Arc};

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use travaux_domain::{
    Actor, Aggregate as _, Context, Handle, PartyId, Recorded,
    indicator::{
        ConfStatus, Confidentiality, Decimal, FigureId, Indicator, IndicatorEvent, Observation,
        Period, Status, YearStart,
    },
    partnership::Dossier as _,
};

use self::rows::{Row, Rows};
use crate::{dossier::Asked, known::Known};

/// Something that is no report of a figure, with its number in the stream.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Deed {
    number: u64,
    known: Known<IndicatorEvent>,
}

/// An indicator, as it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct IndicatorView {
    deeds: Arc<Vec<Deed>>,
    /// The last day from which a deed counts, and the last time at which one was recorded.
    last: (Option<NaiveDate>, DateTime<Utc>),
    figures: Arc<Rows>,
    state: Indicator,
    /// What people call it: its first handle, if it has one.
    pub handle: Option<Handle>,
    /// The version of its stream.
    pub version: u64,
}

/// What a reporter has told: the figures that stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// How many.
    pub count: usize,
    /// The latest period.
    pub latest: Option<Period>,
    /// The last event by which the reporter told, revised or withdrew one, by its version in the
    /// stream.
    pub last: u64,
}

/// An indicator as it stood on a day, as known at a time.
#[derive(Clone, Debug)]
pub struct IndicatorThen<'a> {
    view: &'a IndicatorView,
    asked: Asked,
    /// Its state without the figures, but for those that were revised, withdrawn, or are named by a
    /// discrepancy. Of these there are period, category and value: no counterpart, no word, and not
    /// who may see them, so each is marked as one that nobody may.
    pub state: Cow<'a, Indicator>,
}

impl IndicatorView {
    pub(crate) fn take(&mut self, event: &IndicatorEvent, recorded: &Recorded) {
        self.version = recorded.version;
        if let IndicatorEvent::FigureReported {
            on,
            version,
            key,
            observation,
        } = event
        {
            let row = Row {
                figure: FigureId(recorded.version),
                on: *on,
                recorded_at: recorded.recorded_at,
                reporter: recorded.actor.party.clone(),
                period: key.period,
                category: key.category.clone(),
                version: version.clone(),
                value: observation.value,
            };
            Arc::make_mut(&mut self.figures).push(row);
            return;
        }
        let deed = Deed {
            number: recorded.version,
            known: Known::new(&brief(event), recorded),
        };
        let from = Indicator::counts_from(event);
        self.last.0 = self.last.0.max(from);
        self.last.1 = self.last.1.max(recorded.recorded_at);
        let mut state = std::mem::take(&mut self.state);
        self.fold(&mut state, &deed, Asked::default());
        self.state = state;
        Arc::make_mut(&mut self.deeds).push(deed);
    }

    /// As it stands; see [`IndicatorThen::state`] for which figures are in it.
    pub fn state(&self) -> &Indicator {
        &self.state
    }

    /// As it stood on a day, as known at a time. Absent where nobody knew of it, or it had not begun.
    ///
    /// Costs a fold of what is no report of a figure, where not all of that counts.
    pub fn as_of(&self, asked: Asked) -> Option<IndicatorThen<'_>> {
        let counts = |deed: &Deed| asked.takes::<Indicator>(&deed.known);
        if !counts(self.deeds.first()?) {
            return None;
        }
        let (from, recorded_at) = self.last;
        // The figures that are in it were told before the deeds that name them.
        let state = if asked.counts(from, recorded_at) {
            Cow::Borrowed(&self.state)
        } else {
            let mut state = Indicator::default();
            for deed in self.deeds.iter().filter(|deed| counts(deed)) {
                self.fold(&mut state, deed, asked);
            }
            Cow::Owned(state)
        };
        Some(IndicatorThen {
            view: self,
            asked,
            state,
        })
    }

    /// Takes a deed into a state, and the figures before it that it is about, if they count.
    fn fold(&self, state: &mut Indicator, deed: &Deed, asked: Asked) {
        for figure in named(&deed.known.event) {
            let row = self.figures.get(figure);
            let row = row.filter(|row| asked.counts(Some(row.on), row.recorded_at));
            let unseen = !state.figures.contains_key(&figure);
            if let Some(row) = row.filter(|_| unseen) {
                state.version = figure.0 - 1;
                let now = row.recorded_at;
                let actor = Actor::party(row.reporter.0.clone());
                state.evolve(&row.event(), &Context::new(actor, now));
            }
        }
        state.version = deed.number - 1;
        state.evolve(&deed.known.event, &deed.known.context());
    }
}

impl IndicatorThen<'_> {
    /// How many events of its stream were known.
    pub fn version(&self) -> u64 {
        let Some(known) = self.asked.known_at else {
            return self.view.version;
        };
        let deeds = self.view.deeds.iter();
        let deeds = deeds.filter(|deed| deed.known.recorded_at <= known).count();
        (deeds + self.view.figures.known(known)) as u64
    }

    /// What each party has told. Costs a look at each report.
    pub fn told(&self) -> BTreeMap<PartyId, Told> {
        let (asked, figures) = (self.asked, &self.state.figures);
        let definition = self.state.definition();
        let start = definition.map_or(YearStart::JANUARY, |(_, of)| of.year_start());
        let gone = figures
            .iter()
            .filter(|(_, figure)| figure.withdrawn.is_some());
        let gone: Vec<FigureId> = gone.map(|(id, _)| *id).collect();
        let mut told = self
            .view
            .figures
            .told(asked, &gone, |one, other| later(one, other, start));
        for deed in &*self.view.deeds {
            let about_figure = matches!(
                deed.known.event,
                IndicatorEvent::FigureRevised { .. } | IndicatorEvent::FigureWithdrawn { .. }
            );
            if about_figure && asked.takes::<Indicator>(&deed.known) {
                let by = told.entry(deed.known.party().clone()).or_default();
                by.last = by.last.max(deed.number);
            }
        }
        told
    }
}

/// The one of two periods that ends later; where both end on a day, the last one by its form.
fn later(one: Period, other: Period, start: YearStart) -> Period {
    if discriminant(&one) == discriminant(&other) {
        return one.max(other);
    }
    let ends = |period: Period| (period.days(start).map(|(_, last)| last), period);
    if ends(one) < ends(other) { other } else { one }
}

/// The figures that an event is about, beside the one that it reports.
fn named(event: &IndicatorEvent) -> Vec<FigureId> {
    match event {
        IndicatorEvent::FigureRevised { figure, .. }
        | IndicatorEvent::FigureWithdrawn { figure, .. } => vec![*figure],
        IndicatorEvent::DiscrepancyOpened { figures, .. } => {
            figures.iter().map(|at| at.figure).collect()
        }
        _ => Vec::new(),
    }
}

/// An event without what only the figure's readers need.
fn brief(event: &IndicatorEvent) -> IndicatorEvent {
    let mut event = event.clone();
    if let IndicatorEvent::FigureRevised { observation, .. } = &mut event {
        *observation = only(observation.value, observation.as_of);
    }
    event
}

/// A value, of which nothing else is said.
fn only(value: Option<Decimal>, as_of: NaiveDate) -> Observation {
    Observation {
        value,
        status: Status {
            list: Default::default(),
            codes: Default::default(),
        },
        // Whoever reads it as a figure is told that it may not be seen: its marking is not kept.
        confidentiality: Confidentiality {
            status: ConfStatus::N,
            ..Confidentiality::default()
        },
        source: String::new(),
        as_of,
        attributes: BTreeMap::new(),
        includes: Vec::new(),
        included_in: None,
    }
}
