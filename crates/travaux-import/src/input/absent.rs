//! What stands in the place of a field that is wrong or missing, so that the rest of its object can be read and judged too.
//!
//! Nothing that is read with one of these is ever handed out.

use serde::{
    de::{DeserializeSeed, MapAccess, SeqAccess, VariantAccess, Visitor},
    forward_to_deserialize_any,
};

use super::{
    alike::{alike, chosen, reads},
    named,
    reader::{Expecting, Fault},
};

/// Gives whatever is asked for, with as little in it as can be.
pub(super) struct Absent;

/// A text that the visitor is likely to take.
pub(super) fn sample(expecting: &str) -> &'static str {
    if expecting.contains("date and time") {
        "2000-01-01T00:00:00Z"
    } else if expecting.contains("date") {
        "2000-01-01"
    } else if expecting.contains("UUID") {
        "00000000-0000-0000-0000-000000000000"
    } else if expecting.contains("provision id") {
        "1.1"
    } else if expecting.contains("effect") {
        "adoption"
    } else if expecting.contains("text format") {
        "plain"
    } else if expecting.contains("digest") {
        "0000000000000000000000000000000000000000000000000000000000000000"
    } else if expecting.contains("row") {
        "T1"
    } else if expecting.contains("a version") {
        "1.0.0"
    } else if expecting.contains("decimal number") {
        "0"
    } else if expecting.contains("day of the year") {
        "01-01"
    } else {
        "fr"
    }
}

impl<'de> serde::Deserializer<'de> for Absent {
    type Error = Fault;

    reads! { 'de, self, visitor:
        deserialize_any => visitor.visit_unit();
        deserialize_bool => visitor.visit_bool(false);
        deserialize_u32 deserialize_u64 => visitor.visit_u64(1);
        deserialize_str deserialize_string => {
            let expecting = Expecting(&visitor).to_string();
            visitor.visit_borrowed_str(sample(&expecting))
        };
        deserialize_option => visitor.visit_none();
        deserialize_seq => visitor.visit_seq(Fields(&[]));
        deserialize_map => visitor.visit_map(Fields(&[]));
    }

    alike! { 'de: newtypes }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        visitor.visit_map(Fields(fields))
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        visitor.visit_enum(Variant {
            name: variants.first().copied().unwrap_or_default(),
        })
    }

    forward_to_deserialize_any! {
        i8 i16 i32 i64 u8 u16 f32 f64 char bytes byte_buf unit unit_struct tuple tuple_struct identifier ignored_any
    }
}

struct Fields(&'static [&'static str]);

impl<'de> SeqAccess<'de> for Fields {
    type Error = Fault;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        _: T,
    ) -> Result<Option<T::Value>, Fault> {
        Ok(None)
    }
}

impl<'de> MapAccess<'de> for Fields {
    type Error = Fault;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Fault> {
        let Some((first, rest)) = self.0.split_first() else {
            return Ok(None);
        };
        self.0 = rest;
        named(first, seed).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Fault> {
        seed.deserialize(Absent)
    }
}

struct Variant {
    name: &'static str,
}

chosen!('de, Variant, name);

impl<'de> VariantAccess<'de> for Variant {
    type Error = Fault;

    fn unit_variant(self) -> Result<(), Fault> {
        Ok(())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Fault> {
        seed.deserialize(Absent)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_seq(Fields(&[]))
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        visitor.visit_map(Fields(fields))
    }
}
