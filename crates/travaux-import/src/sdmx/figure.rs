//! A row as a figure: which one it is, and what is said of it.

use chrono::NaiveDate;
use travaux::domain::{
    Name,
    indicator::{
        COLUMNS, ConfStatus, Confidentiality, Definition, Direction, FigureKey, ObsStatus,
        Observation, RevisionKind, Status, StatusList,
    },
};

use super::{
    message::{Message, Row},
    read::problem,
};
use crate::input::Problem;

/// What a row is read by.
pub(super) struct Reading<'a> {
    pub(super) message: &'a Message,
    pub(super) row: &'a Row,
    pub(super) definition: &'a Definition,
}

/// The columns that say which figure it is.
pub(super) const DIMENSIONS: [&str; 5] = [
    "REF_AREA",
    "COUNTERPART_AREA",
    "DIRECTION",
    "CATEGORY",
    "TIME_PERIOD",
];

/// That a figure has no counterpart, direction or category: the code of SDMX for what does not apply.
/// In a row that deletes, a dimension that is left out means all.
pub(super) const NONE: &str = "_Z";

/// The columns that have to be as the definition has them, and say nothing more.
pub(super) const DEFINED: [&str; 3] = ["FREQ", "UNIT_MEASURE", "UNIT_MULT"];

impl Reading<'_> {
    pub(super) fn wrong(&self, field: &str, what: impl Into<String>) -> Problem {
        problem(self.row.line, field, what)
    }

    pub(super) fn code(&self, component: &str) -> Option<&str> {
        self.message.code(self.row, component)
    }

    fn text(&self, component: &str) -> Option<&str> {
        self.row.cells.get(component).map(String::as_str)
    }

    fn read<T>(&self, component: &str) -> Result<Option<T>, Problem>
    where
        T: std::str::FromStr<Err: std::fmt::Display>,
    {
        let read = |text: &str| {
            text.parse()
                .map_err(|e: T::Err| self.wrong(component, e.to_string()))
        };
        self.code(component).map(read).transpose()
    }

    /// One of some, by its letters.
    fn one_of<T: Copy>(&self, component: &str, all: &[(&str, T)]) -> Result<Option<T>, Problem> {
        let Some(code) = self.code(component) else {
            return Ok(None);
        };
        let found = all.iter().find(|(known, _)| *known == code);
        let known = || {
            all.iter()
                .map(|(known, _)| *known)
                .collect::<Vec<_>>()
                .join(", ")
        };
        let found = found.map(|(_, one)| Some(*one));
        found.ok_or_else(|| {
            self.wrong(
                component,
                format!("expected one of {}, found `{code}`", known()),
            )
        })
    }

    /// That no cell is of what nobody knows, and that what is defined is as it is defined.
    pub(super) fn is_of_the_definition(&self) -> Result<(), Problem> {
        let definition = self.definition;
        for id in self.row.cells.keys() {
            let attribute = definition.attributes.iter().any(|a| a.key == id.as_str());
            if !attribute && !COLUMNS.contains(&id.as_str()) {
                let what = "this is no column of a figure, and no attribute of its definition";
                return Err(self.wrong(id, what));
            }
        }
        let multiplier = definition.multiplier.to_string();
        let defined = [
            definition.frequency.code(),
            definition.unit.key.as_str(),
            multiplier.as_str(),
        ];
        for (component, is) in DEFINED.into_iter().zip(defined) {
            if let Some(found) = self.code(component).filter(|found| *found != is) {
                let what = format!("expected `{is}`, as the definition says, found `{found}`");
                return Err(self.wrong(component, what));
            }
        }
        Ok(())
    }

    /// Which figure it is.
    pub(super) fn key(&self) -> Result<FigureKey, Problem> {
        let period = self.read("TIME_PERIOD")?;
        Ok(FigureKey {
            period: period
                .ok_or_else(|| self.wrong("TIME_PERIOD", "expected a period, found none"))?,
            counterpart: self.some_code("COUNTERPART_AREA").map(Name::from),
            direction: self.direction()?,
            category: self.some_code("CATEGORY").map(Name::from),
        })
    }

    /// A code that says which one, not that there is none.
    fn some_code(&self, component: &str) -> Option<&str> {
        self.code(component).filter(|code| *code != NONE)
    }

    pub(super) fn direction(&self) -> Result<Option<Direction>, Problem> {
        if self.code("DIRECTION") == Some(NONE) {
            return Ok(None);
        }
        self.one_of(
            "DIRECTION",
            &[("OUT", Direction::Out), ("IN", Direction::In)],
        )
    }

    /// Why it is revised, where the row says so.
    pub(super) fn revision(&self) -> Result<Option<RevisionKind>, Problem> {
        let kinds = [
            ("LATE_DATA", RevisionKind::LateData),
            ("CORRECTION", RevisionKind::Correction),
            ("NEW_METHOD", RevisionKind::NewMethod),
        ];
        self.one_of("REVISION", &kinds)
    }

    /// What is said, where what is not told is as it was before, or as it is of a new figure.
    pub(super) fn observation(
        &self,
        before: Option<&Observation>,
        day: NaiveDate,
    ) -> Result<Observation, Problem> {
        let new = Observation {
            value: None,
            status: Status {
                list: StatusList::default(),
                codes: [ObsStatus::A].into(),
            },
            confidentiality: Confidentiality::default(),
            source: String::new(),
            as_of: day,
            attributes: std::collections::BTreeMap::new(),
            includes: Vec::new(),
            included_in: None,
        };
        let mut said = before.cloned().unwrap_or(new);
        match self.code("OBS_VALUE") {
            None => {}
            Some("NaN") => said.value = None,
            Some(_) => said.value = self.read("OBS_VALUE")?,
        }
        let lists = [StatusList::V1_0, StatusList::V2_0, StatusList::V2_2];
        let lists = lists.map(|list| (list.version(), list));
        if let Some(list) = self.one_of("OBS_STATUS_LIST", &lists)? {
            said.status.list = list;
        }
        let codes = self.message.codes(self.row, "OBS_STATUS");
        if !codes.is_empty() {
            let known = |code: &&str| {
                let found = ObsStatus::ALL
                    .into_iter()
                    .find(|known| known.code() == *code);
                found
                    .ok_or_else(|| self.wrong("OBS_STATUS", format!("there is no status `{code}`")))
            };
            said.status.codes = codes.iter().map(known).collect::<Result<_, _>>()?;
        }
        let all = ConfStatus::ALL.map(|status| (status.code(), status));
        if let Some(status) = self.one_of("CONF_STATUS", &all)? {
            said.confidentiality.status = status;
        }
        if let Some(time) = self.code("EMBARGO_TIME") {
            let read = time.parse().map_err(|_| {
                let expected = "expected a time with its offset, such as 2025-12-19T14:30:00Z";
                self.wrong("EMBARGO_TIME", format!("{expected}, found `{time}`"))
            });
            said.confidentiality.until = Some(read?);
        }
        let also = self.message.codes(self.row, "CONF_REDIST");
        if !also.is_empty() {
            said.confidentiality.also_to = also.into_iter().map(Name::from).collect();
        }
        if let Some(source) = self.text("SOURCE") {
            source.clone_into(&mut said.source);
        }
        if let Some(day) = self.read("AS_OF")? {
            said.as_of = day;
        }
        let includes = self.message.codes(self.row, "INCLUDES");
        if !includes.is_empty() {
            said.includes = includes.into_iter().map(Name::from).collect();
        }
        if let Some(inside) = self.code("INCLUDED_IN") {
            said.included_in = Some(inside.into());
        }
        for attribute in &self.definition.attributes {
            if let Some(text) = self.text(&attribute.key) {
                said.attributes
                    .insert(attribute.key.clone(), text.to_owned());
            }
        }
        Ok(said)
    }
}
