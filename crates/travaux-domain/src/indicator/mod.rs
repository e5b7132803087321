//! An indicator under a framework: what both parties count alike, by definitions with versions; the
//! figures that each reports; and what becomes of those that differ (rows ST1 to ST19).

mod change;
mod compare;
mod decide;
mod decimal;
mod definition;
mod discrepancy;
mod event;
mod evolve;
mod figure;
mod period;
mod reconcile;
mod report;
mod rules;
mod standing;
mod state;
mod status;
mod steps;
mod steps_table;
mod sum;
mod words;

pub(crate) use self::rules::RULES;
pub use self::{
    change::DefinitionChange,
    compare::{Comparison, Verdict},
    decide::COLUMNS,
    decimal::{Decimal, InvalidDecimal},
    definition::{
        Attribute, Category, Concept, Course, Definition, IndicatorRef, Ratio, Tolerance,
    },
    discrepancy::{Adjustment, Breakdown, Cause, DiscrepancyId, Nature, Outcome, Pair},
    event::IndicatorEvent,
    figure::{
        Direction, FigureAt, FigureId, FigureKey, Flow, MirrorKey, Observation, RevisionKind,
    },
    period::{Frequency, InvalidPeriod, Period, YearStart},
    state::{Adopted, Discrepancy, DiscrepancyStatus, Draft, Figure, Indicator, Revised, Round},
    status::{ConfStatus, Confidentiality, ObsStatus, Status, StatusList},
    steps::{Doing, Needed, lines, needed},
    sum::{NoSum, Sum},
};
use crate::{
    Aggregate, Context, Decided, FrameworkId, Others, PartyId, Refusal, StreamId,
    partnership::{DeedRow, Dossier, FollowUp, Link, Side},
    words::Summary,
};

crate::ids::id!(
    /// The identity of an indicator.
    IndicatorId,
    Indicator
);

/// A command to an indicator: each asks for one event, and is worded like it.
pub type IndicatorCommand = IndicatorEvent;

impl Aggregate for Indicator {
    type Command = IndicatorCommand;
    type Event = IndicatorEvent;

    const PREFIX: &'static str = "indicator";
    const VERSION: u32 = 3;
    const TYPES: &'static [&'static [&'static str]] = &[IndicatorEvent::TYPES];

    fn decide(
        &self,
        command: IndicatorCommand,
        context: &Context,
        others: &Others,
    ) -> Result<Decided<IndicatorEvent>, Refusal> {
        self.check(command, context, others)
    }

    fn evolve(&mut self, event: &IndicatorEvent, context: &Context) {
        self.take(event, context);
    }

    fn behind(event: &IndicatorEvent) -> IndicatorCommand {
        event.clone()
    }

    fn type_name(event: &IndicatorEvent) -> &'static str {
        event.type_name()
    }

    fn describe(event: &IndicatorEvent) -> Summary {
        event.describe()
    }

    const DEEDS: &'static [DeedRow] = IndicatorEvent::DEEDS;

    fn reads(&self, command: &IndicatorCommand) -> Vec<StreamId> {
        let mut reads = Vec::from_iter(self.framework.map(StreamId::Framework));
        reads.extend(command.reads());
        reads
    }

    fn parties(&self) -> Option<Vec<&PartyId>> {
        let (_, definition) = self.definition()?;
        Some(definition.reporters.iter().collect())
    }

    fn link(stream: StreamId, event: &IndicatorEvent) -> Option<(Link, Side)> {
        match (stream, event) {
            (StreamId::Indicator(indicator), IndicatorEvent::IndicatorFollowsItem { on, item }) => {
                let (item, to, on) = (item.clone(), FollowUp::Indicator(indicator), *on);
                Some((Link { item, to, on }, Side::FollowUp))
            }
            _ => None,
        }
    }
}

impl Dossier for Indicator {
    fn skip(&mut self) {
        self.version += 1;
    }

    fn framework(&self) -> Option<FrameworkId> {
        self.framework
    }
}
