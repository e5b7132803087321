//! The form of what people write: which fields and choices a type has, as `serde` reads it. Help is
//! made of this, so that it cannot leave out what a type has, nor name what it has not.
//!
//! A type is read again and again from values that fit it, each time with another of its choices,
//! or without one of its fields, and what it asks for is written down.

use std::{
    cell::RefCell,
    collections::{BTreeMap, VecDeque},
    rc::Rc,
};

use serde::{
    de::{
        DeserializeOwned, DeserializeSeed, EnumAccess, IntoDeserializer as _, MapAccess, SeqAccess,
        VariantAccess, Visitor, value::StrDeserializer,
    },
    forward_to_deserialize_any,
};

use super::{
    absent::sample,
    reader::{Expecting, Fault, wanted},
};

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
    let read = |run: Run| {
        let form = Rc::default();
        let tracer = Tracer {
            state: Rc::clone(&state),
            run: Rc::new(run),
            form,
            depth: 0,
        };
        T::deserialize(tracer).err()
    };
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

/// One reading: which choice is taken of each type, and which field is left out.
#[derive(Clone, Debug, Default)]
struct Run {
    choices: BTreeMap<String, usize>,
    without: Option<(String, &'static str)>,
}

#[derive(Debug, Default)]
struct State {
    shape: Shape,
    /// By which choices each type was reached first.
    reached: BTreeMap<String, BTreeMap<String, usize>>,
    pending: VecDeque<Run>,
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

    fn part(&mut self, of: &str, name: &str, form: Option<Form>) {
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
struct Tracer {
    state: Rc<RefCell<State>>,
    run: Rc<Run>,
    form: Rc<RefCell<Option<Form>>>,
    depth: usize,
}

impl Tracer {
    /// Reads what stands within: its form, and what came of it.
    fn inner<'de, S: DeserializeSeed<'de>>(
        &self,
        seed: S,
    ) -> (Option<Form>, Result<S::Value, Fault>) {
        if self.depth > DEPTH {
            return (None, Err(Fault::Found));
        }
        let inner = Self {
            form: Rc::default(),
            depth: self.depth + 1,
            ..self.clone()
        };
        let form = Rc::clone(&inner.form);
        let read = seed.deserialize(inner);
        (form.take(), read)
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

macro_rules! numbers {
    ($($method:ident)+) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
            self.value(visitor, |visitor, _| visitor.visit_u64(1))
        }
    )+};
}

impl<'de> serde::Deserializer<'de> for Tracer {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.value(visitor, |visitor, _| visitor.visit_unit())
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.value(visitor, |visitor, _| visitor.visit_bool(false))
    }

    numbers! {
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_u8 deserialize_u16
        deserialize_u32 deserialize_u64
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.value(visitor, |visitor, expecting| {
            visitor.visit_borrowed_str(sample(expecting))
        })
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        let forms = Rc::default();
        let elements = Elements {
            of: self.clone(),
            left: 1,
            forms: Rc::clone(&forms),
        };
        let read = visitor.visit_seq(elements);
        let first = forms.take().into_iter().next();
        if let Some(form) = first {
            self.is(Form::List(Box::new(form)));
        }
        read
    }

    fn deserialize_tuple<V: Visitor<'de>>(
        self,
        length: usize,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        let forms = Rc::default();
        let elements = Elements {
            of: self.clone(),
            left: length,
            forms: Rc::clone(&forms),
        };
        let read = visitor.visit_seq(elements);
        self.is(Form::Values(forms.take()));
        read
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        length: usize,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        self.deserialize_tuple(length, visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
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
    fn object<'de, V: Visitor<'de>>(
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

struct Elements {
    of: Tracer,
    left: usize,
    forms: Rc<RefCell<Vec<Form>>>,
}

impl<'de> SeqAccess<'de> for Elements {
    type Error = Fault;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Fault> {
        let Some(left) = self.left.checked_sub(1) else {
            return Ok(None);
        };
        self.left = left;
        let (form, read) = self.of.inner(seed);
        self.forms.borrow_mut().extend(form);
        read.map(Some)
    }
}

struct Entry {
    of: Tracer,
    left: bool,
    key: Rc<RefCell<Option<Form>>>,
    value: Rc<RefCell<Option<Form>>>,
}

impl<'de> MapAccess<'de> for Entry {
    type Error = Fault;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Fault> {
        if !std::mem::take(&mut self.left) {
            return Ok(None);
        }
        let (form, read) = self.of.inner(seed);
        self.key.replace(form);
        read.map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Fault> {
        let (form, read) = self.of.inner(seed);
        self.value.replace(form);
        read
    }
}

struct Fields {
    of: Tracer,
    name: String,
    fields: &'static [&'static str],
    now: &'static str,
}

impl<'de> MapAccess<'de> for Fields {
    type Error = Fault;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Fault> {
        while let Some((first, rest)) = self.fields.split_first() {
            self.fields = rest;
            let without = self.of.run.without.as_ref();
            if without.is_some_and(|(name, field)| *name == self.name && field == first) {
                continue;
            }
            self.now = first;
            let name: StrDeserializer<'_, Fault> = first.into_deserializer();
            return seed.deserialize(name).map(Some);
        }
        Ok(None)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Fault> {
        let (form, read) = self.of.inner(seed);
        self.of.state.borrow_mut().part(&self.name, self.now, form);
        read
    }
}

struct Chosen {
    of: Tracer,
    name: &'static str,
    variant: &'static str,
}

impl Chosen {
    fn holds(&self, form: Option<Form>) {
        let mut state = self.of.state.borrow_mut();
        state.part(self.name, self.variant, form);
    }
}

impl<'de> EnumAccess<'de> for Chosen {
    type Error = Fault;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self), Fault> {
        let name: StrDeserializer<'_, Fault> = self.variant.into_deserializer();
        Ok((seed.deserialize(name)?, self))
    }
}

impl<'de> VariantAccess<'de> for Chosen {
    type Error = Fault;

    fn unit_variant(self) -> Result<(), Fault> {
        self.holds(Some(Form::Alone));
        Ok(())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Fault> {
        let (form, read) = self.of.inner(seed);
        self.holds(form);
        read
    }

    fn tuple_variant<V: Visitor<'de>>(self, length: usize, visitor: V) -> Result<V::Value, Fault> {
        let inner = Tracer {
            form: Rc::default(),
            depth: self.of.depth + 1,
            ..self.of.clone()
        };
        let form = Rc::clone(&inner.form);
        let read = serde::Deserializer::deserialize_tuple(inner, length, visitor);
        self.holds(form.take());
        read
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        let name = format!("{}.{}", self.name, self.variant);
        self.holds(Some(Form::Type(name.clone())));
        let inner = Tracer {
            form: Rc::default(),
            depth: self.of.depth + 1,
            ..self.of.clone()
        };
        inner.object(name, fields, visitor)
    }
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
