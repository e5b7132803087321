//! Reads a type by giving it what it asks for, and writes down what that was.

use std::{
    cell::RefCell,
    collections::{BTreeMap, VecDeque},
    rc::Rc,
};

use serde::{
    de::{DeserializeSeed, Visitor},
    forward_to_deserialize_any,
};

use super::{
    FieldShape, Form, Shape, TypeShape,
    parts::{Chosen, Elements, Entry, Fields},
};
use crate::input::{
    absent::sample,
    alike::{alike, reads},
    reader::{Expecting, Fault, wanted},
};

/// One reading: which choice is taken of each type, and which field is left out.
#[derive(Clone, Debug, Default)]
pub(super) struct Run {
    pub(super) choices: BTreeMap<String, usize>,
    pub(super) without: Option<(String, &'static str)>,
}

#[derive(Debug, Default)]
pub(super) struct State {
    pub(super) shape: Shape,
    /// By which choices each type was reached first.
    pub(super) reached: BTreeMap<String, BTreeMap<String, usize>>,
    pub(super) pending: VecDeque<Run>,
}

impl State {
    /// A type that was come upon; `true` if for the first time.
    fn reach(&mut self, name: &str, run: &Run, shape: TypeShape) -> bool {
        let new = !self.shape.types.contains_key(name);
        if new {
            self.shape.types.insert(name.to_owned(), shape);
            self.reached.insert(name.to_owned(), run.choices.clone());
        }
        new
    }

    pub(super) fn part(&mut self, of: &str, name: &str, form: Option<Form>) {
        if let Some(TypeShape::Object(parts) | TypeShape::Choice(parts)) =
            self.shape.types.get_mut(of)
        {
            let part = parts.iter_mut().find(|part| part.name == name);
            if let (Some(part), Some(form)) = (part, form) {
                part.form = Some(form);
            }
        }
    }
}

/// As deep as types stand in one another.
const DEPTH: usize = 24;

/// Gives what is asked for, and writes down what that was.
#[derive(Clone)]
pub(super) struct Tracer {
    pub(super) state: Rc<RefCell<State>>,
    pub(super) run: Rc<Run>,
    pub(super) form: Rc<RefCell<Option<Form>>>,
    depth: usize,
}

impl Tracer {
    /// Begins a reading.
    pub(super) fn new(state: &Rc<RefCell<State>>, run: Run) -> Self {
        Self {
            state: Rc::clone(state),
            run: Rc::new(run),
            form: Rc::default(),
            depth: 0,
        }
    }

    /// What stands within this, its form still to be found.
    pub(super) fn within(&self) -> Self {
        Self {
            form: Rc::default(),
            depth: self.depth + 1,
            ..self.clone()
        }
    }

    /// Reads what stands within: its form, and what came of it.
    pub(super) fn inner<'de, S: DeserializeSeed<'de>>(
        &self,
        seed: S,
    ) -> (Option<Form>, Result<S::Value, Fault>) {
        if self.depth > DEPTH {
            return (None, Err(Fault::Found));
        }
        let inner = self.within();
        let form = Rc::clone(&inner.form);
        let read = seed.deserialize(inner);
        (form.take(), read)
    }

    /// Reads so many elements of a list: their forms, and what came of it.
    fn elements<R>(&self, left: usize, read: impl FnOnce(Elements) -> R) -> (Vec<Form>, R) {
        let forms = Rc::default();
        let read = read(Elements {
            of: self.clone(),
            left,
            forms: Rc::clone(&forms),
        });
        (forms.take(), read)
    }

    fn is(&self, form: Form) {
        self.form.replace(Some(form));
    }

    fn value<'de, V: Visitor<'de>>(
        self,
        visitor: V,
        give: impl FnOnce(V, &str) -> Result<V::Value, Fault>,
    ) -> Result<V::Value, Fault> {
        let expecting = Expecting(&visitor).to_string();
        self.is(Form::Value(wanted(&expecting)));
        give(visitor, &expecting)
    }
}

fn parts(names: &'static [&'static str]) -> Vec<FieldShape> {
    let part = |name: &&'static str| FieldShape {
        name,
        form: None,
        required: true,
    };
    names.iter().map(part).collect()
}

impl<'de> serde::Deserializer<'de> for Tracer {
    type Error = Fault;

    reads! { 'de, self, visitor:
        deserialize_any => self.value(visitor, |visitor, _| visitor.visit_unit());
        deserialize_bool => self.value(visitor, |visitor, _| visitor.visit_bool(false));
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 => {
            self.value(visitor, |visitor, _| visitor.visit_u64(1))
        };
        deserialize_str deserialize_string => self.value(visitor, |visitor, expecting| {
            visitor.visit_borrowed_str(sample(expecting))
        });
        deserialize_option => visitor.visit_some(self);
        deserialize_seq => {
            let (forms, read) = self.elements(1, |elements| visitor.visit_seq(elements));
            if let Some(form) = forms.into_iter().next() {
                self.is(Form::List(Box::new(form)));
            }
            read
        };
        deserialize_map => {
            let entry = Entry {
                of: self.clone(),
                left: true,
                key: Rc::default(),
                value: Rc::default(),
            };
            let (key, value) = (Rc::clone(&entry.key), Rc::clone(&entry.value));
            let read = visitor.visit_map(entry);
            if let (Some(key), Some(value)) = (key.take(), value.take()) {
                self.is(Form::ByName(Box::new(key), Box::new(value)));
            }
            read
        };
    }

    alike! { 'de: newtypes tuples }

    fn deserialize_tuple<V: Visitor<'de>>(
        self,
        length: usize,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        let (forms, read) = self.elements(length, |elements| visitor.visit_seq(elements));
        self.is(Form::Values(forms));
        read
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        self.object(name.to_owned(), fields, visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        self.is(Form::Type(name.to_owned()));
        {
            let mut state = self.state.borrow_mut();
            let choice = TypeShape::Choice(parts(variants));
            if state.reach(name, &self.run, choice) {
                for at in 1..variants.len() {
                    let mut run = (*self.run).clone();
                    run.choices.insert(name.to_owned(), at);
                    state.pending.push_back(run);
                }
            }
        }
        let at = self.run.choices.get(name).copied().unwrap_or_default();
        visitor.visit_enum(Chosen {
            of: self,
            name,
            variant: variants.get(at).copied().unwrap_or_default(),
        })
    }

    forward_to_deserialize_any! {
        f32 f64 char bytes byte_buf unit unit_struct identifier ignored_any
    }
}

impl Tracer {
    pub(super) fn object<'de, V: Visitor<'de>>(
        self,
        name: String,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        self.is(Form::Type(name.clone()));
        let object = TypeShape::Object(parts(fields));
        self.state.borrow_mut().reach(&name, &self.run, object);
        visitor.visit_map(Fields {
            of: self,
            name,
            fields,
            now: "",
        })
    }
}
