//! A message about indicators, as the commands of one commit.

use std::{collections::BTreeMap, sync::Arc};

use chrono::NaiveDate;
use travaux::domain::{
    AggregateState, Context, IndicatorId, Others, StreamCommand, StreamId, Version,
    indicator::{FigureId, FigureKey, Indicator, IndicatorCommand, Observation, RevisionKind},
};

use super::{
    figure::{DEFINED, DIMENSIONS, NONE, Reading},
    message::{Action, Message, Row, StructureId},
};
use crate::input::{Malformed, Problem};

/// An indicator that a message names, as it stands.
#[derive(Clone, Debug)]
pub struct Known {
    /// Which.
    pub id: IndicatorId,
    /// As it stands.
    pub state: Arc<Indicator>,
}

/// What a row names is no indicator on record, or not under that framework: says so.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct NotKnown(pub String);

/// By whom and when a message comes in.
#[derive(Clone, Debug)]
pub struct Planning<'a> {
    /// Who acts, and when.
    pub context: &'a Context,
    /// The day on which it is done.
    pub on: NaiveDate,
    /// Why figures are withdrawn that the message deletes.
    pub reason: &'a str,
    /// The framework under which the indicators stand.
    pub framework: (StreamId, AggregateState),
}

/// What a message asks for.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// The commands of one commit, in the order of the rows.
    pub commands: Vec<StreamCommand>,
    /// How many rows change nothing.
    pub unchanged: usize,
}

/// The commands of a message, each decided on what those before it leave: so what is refused is told
/// by its line, and nothing is done unless all can be. `known` finds an indicator by what a row names.
///
/// # Errors
/// All that is wrong with the message, by line.
pub fn plan(
    (name, message): (&str, &Message),
    planning: &Planning<'_>,
    known: &dyn Fn(&StructureId) -> Result<Known, NotKnown>,
) -> Result<Plan, Malformed> {
    let mut work = Work {
        message,
        planning,
        known,
        found: BTreeMap::new(),
        states: BTreeMap::new(),
        told: BTreeMap::new(),
        plan: Plan {
            commands: Vec::new(),
            unchanged: 0,
        },
    };
    let rows = message.rows.iter();
    let problems: Vec<Problem> = rows.filter_map(|row| work.take(row).err()).collect();
    if problems.is_empty() {
        return Ok(work.plan);
    }
    let file = name.to_owned();
    Err(Malformed { file, problems })
}

struct Work<'a> {
    message: &'a Message,
    planning: &'a Planning<'a>,
    known: &'a dyn Fn(&StructureId) -> Result<Known, NotKnown>,
    /// What was found, by agency and id: it is looked for once.
    found: BTreeMap<(String, String), IndicatorId>,
    states: BTreeMap<IndicatorId, AggregateState>,
    /// The lines that tell of figures: a figure is told once.
    told: BTreeMap<(IndicatorId, FigureKey), usize>,
    plan: Plan,
}

impl Work<'_> {
    fn take(&mut self, row: &Row) -> Result<(), Problem> {
        let of = |field: &str, what: String| super::read::problem(row.line, field, what);
        let id = self
            .find(&row.id)
            .map_err(|NotKnown(what)| of("STRUCTURE_ID", what))?;
        let state = self.states.get(&id);
        let Some(indicator) = state.and_then(AggregateState::get::<Indicator>) else {
            return Ok(());
        };
        let version: Version = row.id.version.parse().map_err(|error| {
            of(
                "STRUCTURE_ID",
                format!("{error}: a figure names the exact version"),
            )
        })?;
        let Some(adopted) = indicator.adopted.get(&version) else {
            let there: Vec<_> = indicator.adopted.keys().map(ToString::to_string).collect();
            let what = format!(
                "no version {version} was adopted; those are {}",
                there.join(", ")
            );
            return Err(of("STRUCTURE_ID", what));
        };
        let reading = Reading {
            message: self.message,
            row,
            definition: &adopted.definition,
        };
        reading.is_of_the_definition()?;
        self.is_of_the_reporter(&reading)?;
        let commands = match row.action {
            Action::Delete => self.deleted(&reading, indicator)?,
            Action::Merge | Action::Replace => {
                let key = reading.key()?;
                if let Some(line) = self.told.insert((id, key.clone()), row.line) {
                    let what = format!("line {line} tells of the same figure");
                    return Err(of("TIME_PERIOD", what));
                }
                let said = self.told(&reading, indicator, (&version, key))?;
                said.into_iter().collect()
            }
        };
        if commands.is_empty() {
            self.plan.unchanged += 1;
        }
        for command in commands {
            self.decide(id, row.line, command)?;
        }
        Ok(())
    }

    /// The indicator that a row names; its state is there from then on.
    fn find(&mut self, named: &StructureId) -> Result<IndicatorId, NotKnown> {
        let name = (named.agency.clone(), named.id.clone());
        if let Some(id) = self.found.get(&name) {
            return Ok(*id);
        }
        let Known { id, state } = (self.known)(named)?;
        let state = AggregateState::Indicator(state);
        self.states.entry(id).or_insert(state);
        self.found.insert(name, id);
        Ok(id)
    }

    /// Nobody reports for another, or deletes what another reported.
    fn is_of_the_reporter(&self, reading: &Reading<'_>) -> Result<(), Problem> {
        let party = &self.planning.context.actor.party;
        match reading.code("REF_AREA") {
            Some(area) if party.0 == area => Ok(()),
            found => {
                let found = found.map_or_else(|| "none".to_owned(), |area| format!("`{area}`"));
                let what = format!("expected `{party}`, who sends the message, found {found}");
                Err(reading.wrong("REF_AREA", what))
            }
        }
    }

    /// What is reported or revised; nothing where it says what is on record.
    fn told(
        &self,
        reading: &Reading<'_>,
        indicator: &Indicator,
        (version, key): (&Version, FigureKey),
    ) -> Result<Option<IndicatorCommand>, Problem> {
        let on = self.planning.on;
        let version = version.clone();
        let standing = indicator.figure(&self.planning.context.actor.party, &key);
        let before = standing.and_then(|(id, figure)| Some((id, figure.stands()?)));
        let kept = before.filter(|_| reading.row.action == Action::Merge);
        let kept: Option<&Observation> = kept.map(|(_, said)| &said.observation);
        let observation = reading.observation(kept, on)?;
        let Some((figure, said)) = before else {
            return Ok(Some(IndicatorCommand::FigureReported {
                on,
                version,
                key,
                observation,
            }));
        };
        if (&said.version, &said.observation) == (&version, &observation) {
            return Ok(None);
        }
        let newer = version > said.version;
        let kind = match (reading.revision()?, newer) {
            (Some(kind), _) => kind,
            (None, true) => RevisionKind::NewMethod,
            (None, false) => RevisionKind::LateData,
        };
        Ok(Some(IndicatorCommand::FigureRevised {
            on,
            figure,
            kind,
            version,
            observation,
        }))
    }

    /// The figures of who sends the message that a row means: a dimension that is left out means all.
    /// None is no error.
    fn deleted(
        &self,
        reading: &Reading<'_>,
        indicator: &Indicator,
    ) -> Result<Vec<IndicatorCommand>, Problem> {
        let known =
            |id: &&String| DIMENSIONS.contains(&id.as_str()) || DEFINED.contains(&id.as_str());
        if let Some(id) = reading.row.cells.keys().find(|id| !known(id)) {
            let what = "a figure is deleted as a whole: replace it to delete a part";
            return Err(reading.wrong(id, what));
        }
        let direction = reading.direction()?;
        let means = |key: &FigureKey| {
            let is = |component: &str, found: Option<&str>| {
                let asked = reading.code(component);
                asked.is_none_or(|asked| asked == found.unwrap_or(NONE))
            };
            is("TIME_PERIOD", Some(&key.period.to_string()))
                && is("COUNTERPART_AREA", key.counterpart.as_deref())
                && is("CATEGORY", key.category.as_deref())
                && (reading.code("DIRECTION").is_none() || direction == key.direction)
        };
        if reading.code("TIME_PERIOD").is_some() {
            reading.key()?;
        }
        let party = &self.planning.context.actor.party;
        let own = indicator.figures.iter().filter(|(_, figure)| {
            figure.withdrawn.is_none() && figure.reporter == *party && means(&figure.key)
        });
        let ids: Vec<FigureId> = own.map(|(id, _)| *id).collect();
        Ok(ids
            .into_iter()
            .map(|figure| IndicatorCommand::FigureWithdrawn {
                on: self.planning.on,
                figure,
                reason: self.planning.reason.to_owned(),
            })
            .collect())
    }

    fn decide(
        &mut self,
        id: IndicatorId,
        line: usize,
        command: IndicatorCommand,
    ) -> Result<(), Problem> {
        let context = self.planning.context;
        let Some(state) = self.states.get_mut(&id) else {
            return Ok(());
        };
        let command = StreamCommand::Indicator(id, command);
        let (framework, of) = &self.planning.framework;
        let others: Others = [(*framework, of.clone())].into_iter().collect();
        let decided = state.decide(command.clone(), context, &others);
        let decided =
            decided.map_err(|refusal| super::read::problem(line, "", refusal.to_string()))?;
        state.evolve(&decided.event, context);
        self.plan.commands.push(command);
        Ok(())
    }
}
