//! The parts of a value: the elements of a list, the fields of an object, the variant of a choice.

use serde::{
    Deserialize,
    de::{DeserializeSeed, MapAccess, SeqAccess, VariantAccess, Visitor},
    forward_to_deserialize_any,
};

use super::{
    super::{
        absent::Absent,
        alike::{alike, chosen, reads},
        tree::{Kind, Node, Place},
    },
    Reader,
    fault::{Expecting, Fault, language},
    findings::{Findings, join},
};

pub(super) struct Elements<'a, 'p> {
    pub(super) values: std::iter::Enumerate<std::slice::Iter<'a, Node>>,
    pub(super) path: &'p str,
    pub(super) findings: &'a Findings<'a>,
}

impl<'a> SeqAccess<'a> for Elements<'a, '_> {
    type Error = Fault;

    fn next_element_seed<T: DeserializeSeed<'a>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Fault> {
        let Some((at, node)) = self.values.next() else {
            return Ok(None);
        };
        Reader::inner(self.findings, node, format!("{}[{at}]", self.path), seed).map(Some)
    }

    /// An element that cannot be read does not keep the next from being judged.
    fn next_element<T: Deserialize<'a>>(&mut self) -> Result<Option<T>, Fault> {
        let seed = std::marker::PhantomData::<T>;
        loop {
            match self.next_element_seed(seed) {
                Err(Fault::Found) => {}
                read => return read,
            }
        }
    }
}

pub(super) struct Entries<'a> {
    pub(super) entries: std::vec::IntoIter<(&'a str, String, Option<&'a Node>)>,
    pub(super) value: Option<(String, Option<&'a Node>)>,
    pub(super) findings: &'a Findings<'a>,
}

impl<'a> MapAccess<'a> for Entries<'a> {
    type Error = Fault;

    fn next_key_seed<K: DeserializeSeed<'a>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Fault> {
        let Some((name, path, node)) = self.entries.next() else {
            return Ok(None);
        };
        self.value = Some((path.clone(), node));
        seed.deserialize(Key(name)).map(Some).map_err(|fault| {
            let place = node.map_or(Place { line: 1, column: 1 }, |node| node.place);
            self.findings.problem(place, &path, fault.to_string());
            // It is passed over when the whole is read again, for what stands behind it.
            self.findings.names.borrow_mut().insert(path);
            Fault::Found
        })
    }

    fn next_value_seed<V: DeserializeSeed<'a>>(&mut self, seed: V) -> Result<V::Value, Fault> {
        match self.value.take() {
            Some((path, Some(node))) => Reader::inner(self.findings, node, path, seed),
            _ => seed.deserialize(Absent).map_err(|_| Fault::Found),
        }
    }
}

/// The name of a field, or what stands in its place in a map.
struct Key<'a>(&'a str);

impl<'a> serde::Deserializer<'a> for Key<'a> {
    type Error = Fault;

    reads! { 'a, self, visitor:
        deserialize_any => {
            language(&Expecting(&visitor).to_string(), self.0)?;
            visitor.visit_borrowed_str(self.0)
        };
    }

    alike! { 'a: newtypes }

    fn deserialize_enum<V: Visitor<'a>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        let key = serde::de::value::BorrowedStrDeserializer::<Fault>::new(self.0);
        key.deserialize_enum(name, variants, visitor)
    }

    forward_to_deserialize_any! { <V: Visitor<'a>>
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit
        unit_struct seq tuple tuple_struct map struct identifier ignored_any
    }
}

pub(super) struct Choice<'a> {
    pub(super) name: &'a str,
    pub(super) value: Option<&'a Node>,
    pub(super) reader: Reader<'a>,
}

chosen!('a, Choice<'a>, name);

impl<'a> Choice<'a> {
    fn inner<S: DeserializeSeed<'a>>(self, seed: S) -> Result<S::Value, Fault> {
        let path = join(&self.reader.path, self.name);
        match self.value {
            Some(node) => Reader::inner(self.reader.findings, node, path, seed),
            None => Err(Fault::Said(format!(
                "`{0}` needs a value: {{\"{0}\": …}}",
                self.name
            ))),
        }
    }
}

impl<'a> VariantAccess<'a> for Choice<'a> {
    type Error = Fault;

    fn unit_variant(self) -> Result<(), Fault> {
        match self.value {
            None => Ok(()),
            Some(node) if matches!(node.kind, Kind::Null) => Ok(()),
            Some(_) => Err(Fault::Said(format!(
                "`{0}` takes no value: write \"{0}\"",
                self.name
            ))),
        }
    }

    fn newtype_variant_seed<T: DeserializeSeed<'a>>(self, seed: T) -> Result<T::Value, Fault> {
        self.inner(seed)
    }

    fn tuple_variant<V: Visitor<'a>>(self, length: usize, visitor: V) -> Result<V::Value, Fault> {
        self.inner(As(visitor, Parts::Tuple(length)))
    }

    fn struct_variant<V: Visitor<'a>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        self.inner(As(visitor, Parts::Fields(fields)))
    }
}

enum Parts {
    Tuple(usize),
    Fields(&'static [&'static str]),
}

/// What a variant holds, as its visitor takes it.
struct As<V>(V, Parts);

impl<'a, V: Visitor<'a>> DeserializeSeed<'a> for As<V> {
    type Value = V::Value;

    fn deserialize<D: serde::Deserializer<'a>>(self, from: D) -> Result<V::Value, D::Error> {
        match self.1 {
            Parts::Tuple(length) => from.deserialize_tuple(length, self.0),
            Parts::Fields(fields) => from.deserialize_struct("", fields, self.0),
        }
    }
}
