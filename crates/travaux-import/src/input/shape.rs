//! The form of what people write: which fields and choices a type has, as `serde` reads it. Help is
//! made of this, so that it cannot leave out what a type has, nor name what it has not.
//!
//! A type is read again and again from values that fit it, each time with another of its choices,
//! or without one of its fields, and what it asks for is written down.

mod parts;
mod tracer;

use std::{cell::RefCell, collections::BTreeMap, rc::Rc};

use serde::de::DeserializeOwned;

use self::tracer::{Run, State, Tracer};
use super::reader::Fault;

/// What stands at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Form {
    /// A value without parts, in words.
    Value(String),
    /// A list of these.
    List(Box<Self>),
    /// Exactly these, as a list.
    Values(Vec<Self>),
    /// An object: what the names are, and what stands under each.
    ByName(Box<Self>, Box<Self>),
    /// An object or a choice: one of [`Shape::types`], by its name.
    Type(String),
    /// Nothing: the name of a choice stands alone.
    Alone,
}

/// A field of an object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldShape {
    /// Its name.
    pub name: &'static str,
    /// What it holds; `None` if that cannot be found out.
    pub form: Option<Form>,
    /// Whether it has to be there.
    pub required: bool,
}

/// A type with parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TypeShape {
    /// An object with these fields.
    Object(Vec<FieldShape>),
    /// One of these, by its name.
    Choice(Vec<FieldShape>),
}

impl TypeShape {
    /// Its fields, or its choices.
    pub fn parts(&self) -> &[FieldShape] {
        match self {
            Self::Object(parts) | Self::Choice(parts) => parts,
        }
    }
}

/// The form of a type that is read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shape {
    /// The types that it consists of, by name; what a choice holds is `Name.choice`.
    pub types: BTreeMap<String, TypeShape>,
}

/// The form of `T`.
pub fn shape_of<T: DeserializeOwned>() -> Shape {
    let state = Rc::new(RefCell::new(State::default()));
    let read = |run: Run| T::deserialize(Tracer::new(&state, run)).err();
    read(Run::default());
    // Each choice that was found, which finds more.
    loop {
        let next = state.borrow_mut().pending.pop_front();
        let Some(run) = next else { break };
        read(run);
    }
    // Each field that may be missing: it is not required if nobody misses it.
    let reached = state.borrow().reached.clone();
    for (name, choices) in reached {
        let known = state.borrow().shape.types.get(&name).cloned();
        let Some(TypeShape::Object(fields)) = known else {
            continue;
        };
        for field in fields {
            let run = Run {
                choices: choices.clone(),
                without: Some((name.clone(), field.name)),
            };
            let (required, known) = match read(run) {
                None => (false, true),
                Some(Fault::Missing(missing)) => (missing == field.name, missing == field.name),
                // A value that does not fit hides what comes behind it.
                Some(_) => (true, false),
            };
            let mut state = state.borrow_mut();
            if let Some(TypeShape::Object(fields)) = state.shape.types.get_mut(&name)
                && let Some(found) = fields.iter_mut().find(|f| f.name == field.name)
            {
                found.required = required;
                if !known {
                    found.form = None;
                }
            }
        }
    }
    state.take().shape
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize)]
    #[serde(rename_all = "snake_case")]
    #[expect(dead_code, reason = "only its form is looked at")]
    enum How {
        AtOnce,
        After { days: u32, of: Option<String> },
        Between(u32, NaiveDate),
        Of(Vec<Inner>),
    }

    #[derive(Debug, Deserialize)]
    #[expect(dead_code, reason = "only its form is looked at")]
    struct Inner {
        title: String,
        #[serde(default)]
        names: BTreeMap<travaux_text::Lang, Option<bool>>,
    }

    fn said(form: &Form) -> String {
        match form {
            Form::Value(what) | Form::Type(what) => what.clone(),
            Form::List(of) => format!("list of {}", said(of)),
            Form::Values(all) => format!("{:?}", all.iter().map(said).collect::<Vec<_>>()),
            Form::ByName(name, of) => format!("{} by {}", said(of), said(name)),
            Form::Alone => "alone".to_owned(),
        }
    }

    #[test]
    fn the_form_of_a_type_is_whole() {
        let shape = shape_of::<Vec<How>>();
        let mut found = Vec::new();
        for (name, of) in &shape.types {
            for part in of.parts() {
                let form = part.form.as_ref().map_or("unknown".to_owned(), said);
                let required = if part.required {
                    ""
                } else {
                    ", may be left out"
                };
                found.push(format!("{name} {}: {form}{required}", part.name));
            }
        }
        assert_eq!(
            found,
            [
                "How at_once: alone",
                "How after: How.after",
                "How between: [\"a whole number\", \"a date such as `2024-10-30`\"]",
                "How of: list of Inner",
                "How.after days: a whole number",
                "How.after of: text, may be left out",
                "Inner title: text",
                "Inner names: true or false by a language tag such as `fr` or `ar` (BCP 47), may be left out",
            ]
        );
    }
}
