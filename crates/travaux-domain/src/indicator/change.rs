//! What changes from one definition to the next, and which step it takes (ST2): each change is one of
//! the table of SDMX, or one of our own.

use std::{collections::BTreeMap, fmt};

use super::{
    Attribute, Category, Concept, Course, Definition,
    steps::{
        Doing::{self, Add, Remove},
        Needed, needed,
    },
};
use crate::{Name, version::Step};

/// A change of a definition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DefinitionChange {
    /// The field, such as `unit`.
    pub field: &'static str,
    /// What became of it: `attribute NOTE removed`.
    pub what: String,
    /// The step that it takes.
    pub step: Step,
}

impl fmt::Display for DefinitionChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.what, self.step)
    }
}

/// Changes, being collected.
#[derive(Default)]
struct Changes(Vec<DefinitionChange>);

impl Changes {
    /// One of our own: of what SDMX has no table for.
    fn own(&mut self, field: &'static str, what: impl Into<String>, step: Step) {
        let what = what.into();
        self.0.push(DefinitionChange { field, what, step });
    }

    /// One of the table. What depends there on the meaning of a thing is major here: a definition
    /// has no more than one meaning.
    fn sdmx(
        &mut self,
        field: &'static str,
        (artefact, doing, part): (&str, Doing, &str),
        what: impl Into<String>,
    ) {
        let step = match needed(artefact, doing, part) {
            Some(Needed::Step(step)) => step,
            Some(Needed::Depends | Needed::Never) | None => Step::Major,
        };
        self.own(field, what, step);
    }

    /// Another meaning is another concept; other words for the same are another name.
    fn concept(&mut self, field: &'static str, was: &Concept, is: &Concept) {
        if was.key != is.key {
            let change = ("DataStructure", Doing::Change, "concept identity");
            self.sdmx(
                field,
                change,
                format!("{field} `{}` is `{}`", was.key, is.key),
            );
        } else if was.words != is.words {
            self.name(field, format!("other words for the {field}"));
        }
    }

    fn name(&mut self, field: &'static str, what: impl Into<String>) {
        self.sdmx(field, ("General", Doing::Change, "name"), what);
    }

    /// How a value is written down.
    fn format<T: PartialEq>(&mut self, field: &'static str, was: &T, is: &T) {
        if was != is {
            let change = ("DataStructure", Doing::Change, "text format");
            self.sdmx(field, change, format!("another {field}"));
        }
    }

    fn course(&mut self, was: Course, is: Course) {
        let (doing, what) = match (was, is) {
            (Course::Mutual, Course::Directed) => (Add, "a direction is told"),
            (Course::Directed, Course::Mutual) => (Remove, "no direction is told"),
            (Course::Mutual, Course::Mutual) | (Course::Directed, Course::Directed) => return,
        };
        self.sdmx("course", ("DataStructure", doing, "dimension"), what);
    }

    fn categories(&mut self, was: &[Category], is: &[Category]) {
        let field = "categories";
        if was.is_empty() != is.is_empty() {
            let (doing, what) = if was.is_empty() {
                (Add, "it is told by category")
            } else {
                (Remove, "it is not told by category any more")
            };
            return self.sdmx(field, ("DataStructure", doing, "dimension"), what);
        }
        let item = |what| ("Codelist", Doing::Change, what);
        let (gone, new, kept) = by_key(was, is, |category| &category.key);
        for category in gone {
            let change = ("Codelist", Remove, "item");
            self.sdmx(field, change, format!("category {} removed", category.key));
        }
        for category in new {
            let change = ("Codelist", Add, "item");
            self.sdmx(field, change, format!("category {} added", category.key));
        }
        for (was, is) in &kept {
            if was.words != is.words {
                let what = format!("other words for category {}", is.key);
                self.sdmx(field, item("item name"), what);
            }
            if was.deprecated != is.deprecated {
                let what = if is.deprecated {
                    "deprecated"
                } else {
                    "not deprecated any more"
                };
                // "MUST be incremented if any public artefact element is marked as deprecated".
                self.own(field, format!("category {} {what}", is.key), Step::Minor);
            }
        }
        let order = |all: &[Category]| -> Vec<Name> {
            let both = all
                .iter()
                .filter(|c| kept.iter().any(|(k, _)| k.key == c.key));
            both.map(|category| category.key.clone()).collect()
        };
        if order(was) != order(is) {
            self.sdmx(field, item("item place"), "categories in another order");
        }
    }

    fn attributes(&mut self, was: &[Attribute], is: &[Attribute]) {
        let field = "attributes";
        let (gone, new, kept) = by_key(was, is, |attribute| &attribute.key);
        for attribute in gone {
            let change = ("DataStructure", Remove, "attribute");
            self.sdmx(
                field,
                change,
                format!("attribute {} removed", attribute.key),
            );
        }
        for attribute in new {
            let (part, kind) = if attribute.mandatory {
                ("mandatory attribute", "mandatory")
            } else {
                ("optional attribute", "optional")
            };
            let what = format!("{kind} attribute {} added", attribute.key);
            self.sdmx(field, ("DataStructure", Add, part), what);
        }
        for (was, is) in kept {
            let part = match (was.mandatory, is.mandatory) {
                (false, true) => Some(("attribute optional to mandatory", "mandatory")),
                (true, false) => Some(("attribute mandatory to optional", "optional")),
                (true, true) | (false, false) => None,
            };
            if let Some((part, now)) = part {
                let change = ("DataStructure", Doing::Change, part);
                self.sdmx(field, change, format!("attribute {} is {now}", is.key));
            }
            if was.words != is.words {
                self.name(field, format!("other words for attribute {}", is.key));
            }
        }
    }

    fn ratio(&mut self, was: &Definition, is: &Definition) {
        let field = "ratio";
        let (was, is) = match (&was.ratio, &is.ratio) {
            (None, None) => return,
            (Some(was), Some(is)) => (was, is),
            (Some(_), None) => return self.own(field, "it is no share any more", Step::Major),
            (None, Some(_)) => return self.own(field, "it is a share", Step::Major),
        };
        let sides = [
            ("numerator", &was.numerator, &is.numerator),
            ("denominator", &was.denominator, &is.denominator),
        ];
        for (side, was, is) in sides {
            // "Change artefact reference ID: major"; its version, as far as it moved.
            let step = if was.indicator == is.indicator {
                was.version.step_to(&is.version)
            } else {
                Some(Step::Major)
            };
            if let Some(step) = step {
                self.own(field, format!("another {side}"), step);
            }
        }
    }

    fn reporters(&mut self, was: &Definition, is: &Definition) {
        for party in was.reporters.iter().filter(|p| !is.reporters.contains(p)) {
            let change = ("ProvisionAgreement", Doing::Change, "provider");
            self.sdmx("reporters", change, format!("{party} reports no more"));
        }
        for party in is.reporters.iter().filter(|p| !was.reporters.contains(p)) {
            self.own("reporters", format!("{party} reports as well"), Step::Minor);
        }
    }
}

/// What is gone, what is new, what is in both, by key.
type Told<'a, T> = (Vec<&'a T>, Vec<&'a T>, Vec<(&'a T, &'a T)>);

fn by_key<'a, T>(was: &'a [T], is: &'a [T], key: fn(&T) -> &Name) -> Told<'a, T> {
    let keyed = |all: &'a [T]| -> BTreeMap<Name, &'a T> {
        all.iter().map(|one| (key(one).clone(), one)).collect()
    };
    let (before, after) = (keyed(was), keyed(is));
    let gone = was.iter().filter(|one| !after.contains_key(key(one)));
    let new = is.iter().filter(|one| !before.contains_key(key(one)));
    let kept = is
        .iter()
        .filter_map(|one| Some((*before.get(key(one))?, one)));
    (gone.collect(), new.collect(), kept.collect())
}

impl Definition {
    /// What changes to another one, each with the step that it takes.
    pub fn changes(&self, to: &Self) -> Vec<DefinitionChange> {
        let mut changes = Changes::default();
        if self.names != to.names {
            changes.name("names", "another name");
        }
        if self.description != to.description {
            let change = ("General", Doing::Change, "description");
            changes.sdmx("description", change, "another description");
        }
        if self.sources != to.sources {
            changes.sdmx(
                "sources",
                ("General", Doing::Change, "link"),
                "other sources",
            );
        }
        if self.clauses != to.clauses {
            let change = ("General", Doing::Change, "link");
            changes.sdmx("clauses", change, "other clauses");
        }
        changes.concept("unit", &self.unit, &to.unit);
        changes.concept("population", &self.population, &to.population);
        changes.concept(
            "reference event",
            &self.reference_event,
            &to.reference_event,
        );
        changes.format("multiplier", &self.multiplier, &to.multiplier);
        changes.format("decimals", &self.decimals, &to.decimals);
        changes.format("frequency", &self.frequency, &to.frequency);
        changes.format("year start", &self.year_start(), &to.year_start());
        changes.ratio(self, to);
        changes.course(self.course, to.course);
        changes.categories(&self.categories, &to.categories);
        changes.attributes(&self.attributes, &to.attributes);
        changes.reporters(self, to);
        // Figures of both methods are figures of one thing, in a series that breaks (ST9).
        if self.method.key != to.method.key {
            let what = format!("method `{}` is `{}`", self.method.key, to.method.key);
            changes.own("method", what, Step::Minor);
        } else if self.method.words != to.method.words {
            changes.name("method", "other words for the method");
        }
        if self.tolerance != to.tolerance {
            changes.own("tolerance", "another tolerance", Step::Minor);
        }
        changes.0
    }
}
