//! What was found in a tree, and what it was found at.

use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
};

use travaux_text::ProvisionId;

use super::{
    super::{
        cited::Cite,
        problem::Problem,
        tree::{Node, Place},
    },
    Reader,
    fault::Fault,
};

/// What was found in a tree, and what it was found at.
#[derive(Default)]
pub(in crate::input) struct Findings<'n> {
    /// What the names of provisions mean; ids alone, if nothing is said.
    cite: Option<Cite<'n>>,
    problems: RefCell<BTreeSet<Problem>>,
    /// Fields that are wrong.
    pub(super) wrong: RefCell<BTreeSet<String>>,
    /// Fields whose names are wrong.
    pub(super) names: RefCell<BTreeSet<String>>,
    /// Fields that are missing, by their objects.
    pub(super) missing: RefCell<BTreeMap<String, BTreeSet<&'static str>>>,
}

impl<'n> Findings<'n> {
    /// To be filled by a reading in which `cite` says what the names of provisions mean.
    pub(in crate::input) fn new(cite: Option<Cite<'n>>) -> Self {
        Self {
            cite,
            ..Self::default()
        }
    }

    pub(in crate::input) fn reader<'a>(&'a self, node: &'a Node) -> Reader<'a> {
        Reader {
            node,
            path: String::new(),
            findings: self,
        }
    }

    /// The provision that `name` means at `path`, where one is expected that goes by more than ids.
    pub(super) fn cited(
        &self,
        expecting: &str,
        path: &str,
        name: &str,
    ) -> Result<Option<ProvisionId>, Fault> {
        match self.cite {
            Some(cite) if expecting == ProvisionId::EXPECTED => {
                let cited = cite(path, name).map_err(|error| Fault::Said(error.to_string()))?;
                Ok(Some(cited))
            }
            _ => Ok(None),
        }
    }

    /// How much is known to be wrong.
    pub(in crate::input) fn count(&self) -> usize {
        self.problems.borrow().len()
    }

    pub(in crate::input) fn problems(self) -> Vec<Problem> {
        self.problems.into_inner().into_iter().collect()
    }

    /// Keeps what the whole is said to be wrong with.
    pub(in crate::input) fn take(&self, node: &Node, fault: Fault) {
        self.keep(node, "", fault);
    }

    pub(super) fn problem(&self, Place { line, column }: Place, field: &str, what: String) {
        self.problems.borrow_mut().insert(Problem {
            line,
            column,
            field: field.to_owned(),
            what,
        });
    }

    pub(super) fn keep(&self, node: &Node, path: &str, fault: Fault) {
        match fault {
            Fault::Found => {}
            Fault::Missing(field) => {
                let mut missing = self.missing.borrow_mut();
                if missing.entry(path.to_owned()).or_default().insert(field) {
                    self.problem(node.place, &join(path, field), "is missing".to_owned());
                }
            }
            Fault::Said(what) => {
                self.wrong.borrow_mut().insert(path.to_owned());
                self.problem(node.place, path, what);
            }
        }
    }
}

pub(super) fn join(path: &str, field: &str) -> String {
    if path.is_empty() {
        field.to_owned()
    } else {
        format!("{path}.{field}")
    }
}
