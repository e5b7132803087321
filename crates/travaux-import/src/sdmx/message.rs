//! A data message, as it is.

use std::{collections::BTreeMap, fmt};

/// What the data of a row are defined by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Structure {
    /// A flow of data.
    Dataflow,
    /// A structure of data.
    DataStructure,
    /// An agreement on who provides them.
    DataProvision,
}

impl Structure {
    /// As it is written.
    pub fn name(self) -> &'static str {
        match self {
            Self::Dataflow => "dataflow",
            Self::DataStructure => "datastructure",
            Self::DataProvision => "dataprovision",
        }
    }
}

/// What is to be done with a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// M: what is told is changed or added; what is left out stays. Also I and A, of old.
    Merge,
    /// R: what is left out is gone.
    Replace,
    /// D: it is taken away.
    Delete,
}

impl Action {
    /// Its letter.
    pub fn letter(self) -> &'static str {
        match self {
            Self::Merge => "M",
            Self::Replace => "R",
            Self::Delete => "D",
        }
    }
}

/// `AGENCY:ID(VERSION)`
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct StructureId {
    /// Who maintains it.
    pub agency: String,
    /// Its id.
    pub id: String,
    /// Its version, as it is written.
    pub version: String,
}

impl fmt::Display for StructureId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}({})", self.agency, self.id, self.version)
    }
}

/// A column of a component.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// The component.
    pub id: String,
    /// Whether it may hold several values.
    pub multiple: bool,
    /// Whether its codes have names behind them: `A: Annual`.
    pub labelled: bool,
}

/// A row: what is told of one observation, or is to be done with several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The line on which it begins, from 1.
    pub line: usize,
    /// By what it is defined.
    pub structure: Structure,
    /// Which.
    pub id: StructureId,
    /// What is to be done.
    pub action: Action,
    /// The cells that are not empty, by component.
    pub cells: BTreeMap<String, String>,
}

/// A message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// What stands between several values of a cell, where there may be several.
    pub separator: Option<char>,
    /// Its components, in their order.
    pub columns: Vec<Column>,
    /// Its rows, in theirs.
    pub rows: Vec<Row>,
}

impl Message {
    /// The code or the value in a cell, without a name behind it.
    pub fn code<'r>(&self, row: &'r Row, component: &str) -> Option<&'r str> {
        let cell = row.cells.get(component)?;
        let column = self.columns.iter().find(|column| column.id == component)?;
        match cell.split_once(": ") {
            Some((code, _)) if column.labelled => Some(code),
            _ => Some(cell),
        }
    }

    /// The codes in a cell.
    pub fn codes<'r>(&self, row: &'r Row, component: &str) -> Vec<&'r str> {
        let column = self.columns.iter().find(|column| column.id == component);
        let Some((cell, column)) = row.cells.get(component).zip(column) else {
            return Vec::new();
        };
        let several = self.separator.filter(|_| column.multiple);
        let parts: Vec<_> = match several {
            Some(separator) => cell.split(separator).collect(),
            None => vec![cell.as_str()],
        };
        let code = |part: &'r str| match part.split_once(": ") {
            Some((code, _)) if column.labelled => code,
            _ => part,
        };
        parts.into_iter().map(code).collect()
    }

    /// The message as text: with a column of actions, by codes alone.
    pub fn to_csv(&self) -> String {
        let mut out = csv::Writer::from_writer(Vec::new());
        let structure = match self.separator {
            Some(separator) => format!("STRUCTURE[{separator}]"),
            None => "STRUCTURE".to_owned(),
        };
        let head = [structure, "STRUCTURE_ID".to_owned(), "ACTION".to_owned()];
        let columns = self.columns.iter().map(|column| {
            let several = if column.multiple { "[]" } else { "" };
            format!("{}{several}", column.id)
        });
        let mut lines = vec![head.into_iter().chain(columns).collect::<Vec<_>>()];
        for row in &self.rows {
            let head = [
                row.structure.name().to_owned(),
                row.id.to_string(),
                row.action.letter().to_owned(),
            ];
            let cells = self.columns.iter().map(|column| {
                let codes = self.codes(row, &column.id);
                let between = self.separator.map(String::from).unwrap_or_default();
                codes.join(&between)
            });
            lines.push(head.into_iter().chain(cells).collect());
        }
        for line in lines {
            out.write_record(line)
                .expect("BUG: lines of one length go into memory");
        }
        let bytes = out.into_inner().expect("BUG: it is memory");
        String::from_utf8(bytes).expect("BUG: it was written from text")
    }
}
