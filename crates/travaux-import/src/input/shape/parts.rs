//! The parts of what is traced: the elements of a list, the fields of an object, the variant of a choice.

use std::{cell::RefCell, rc::Rc};

use serde::de::{DeserializeSeed, MapAccess, SeqAccess, VariantAccess, Visitor};

use super::{Form, tracer::Tracer};
use crate::input::{alike::chosen, named, reader::Fault};

pub(super) struct Elements {
    pub(super) of: Tracer,
    pub(super) left: usize,
    pub(super) forms: Rc<RefCell<Vec<Form>>>,
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

pub(super) struct Entry {
    pub(super) of: Tracer,
    pub(super) left: bool,
    pub(super) key: Rc<RefCell<Option<Form>>>,
    pub(super) value: Rc<RefCell<Option<Form>>>,
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

pub(super) struct Fields {
    pub(super) of: Tracer,
    pub(super) name: String,
    pub(super) fields: &'static [&'static str],
    pub(super) now: &'static str,
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
            return named(first, seed).map(Some);
        }
        Ok(None)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Fault> {
        let (form, read) = self.of.inner(seed);
        self.of.state.borrow_mut().part(&self.name, self.now, form);
        read
    }
}

pub(super) struct Chosen {
    pub(super) of: Tracer,
    pub(super) name: &'static str,
    pub(super) variant: &'static str,
}

impl Chosen {
    fn holds(&self, form: Option<Form>) {
        let mut state = self.of.state.borrow_mut();
        state.part(self.name, self.variant, form);
    }
}

chosen!('de, Chosen, variant);

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
        let inner = self.of.within();
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
        self.of.within().object(name, fields, visitor)
    }
}
