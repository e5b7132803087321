//! What stands within lists, objects and variants.

use serde::{
    Deserializer,
    de::{
        DeserializeSeed, EnumAccess, IntoDeserializer as _, MapAccess, SeqAccess, VariantAccess,
        Visitor, value::BorrowedStrDeserializer,
    },
    forward_to_deserialize_any,
};

use super::{CompactJson, NotCompact, Read};

/// The entries of a list or an object.
pub(super) struct Entries<'f, 'de> {
    from: &'f mut CompactJson<'de>,
    close: u8,
    first: bool,
}

impl<'f, 'de> Entries<'f, 'de> {
    pub(super) fn new(from: &'f mut CompactJson<'de>, close: u8) -> Self {
        Self {
            from,
            close,
            first: true,
        }
    }

    /// Whether there is another.
    #[inline]
    fn another(&mut self) -> Read<bool> {
        if self.from.peek()? == self.close {
            return Ok(false);
        }
        if !std::mem::take(&mut self.first) {
            self.from.expect(",")?;
        }
        Ok(true)
    }
}

impl<'de> SeqAccess<'de> for Entries<'_, 'de> {
    type Error = NotCompact;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Read<Option<T::Value>> {
        if !self.another()? {
            return Ok(None);
        }
        seed.deserialize(&mut *self.from).map(Some)
    }
}

impl<'de> MapAccess<'de> for Entries<'_, 'de> {
    type Error = NotCompact;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Read<Option<K::Value>> {
        if !self.another()? {
            return Ok(None);
        }
        seed.deserialize(Key(self.from.string()?)).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Read<V::Value> {
        self.from.expect(":")?;
        seed.deserialize(&mut *self.from)
    }
}

/// A key of an object. Keys that are numbers are left to serde_json.
struct Key<'de>(&'de str);

impl<'de> Deserializer<'de> for Key<'de> {
    type Error = NotCompact;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        visitor.visit_borrowed_str(self.0)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Read<V::Value> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        visitor.visit_some(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Read<V::Value> {
        visitor.visit_enum(BorrowedStrDeserializer::new(self.0))
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct seq tuple tuple_struct map struct identifier ignored_any
    }
}

/// A variant of an enum that has something in it: an object of one entry.
pub(super) struct Variant<'f, 'de>(pub(super) &'f mut CompactJson<'de>);

impl<'de> EnumAccess<'de> for Variant<'_, 'de> {
    type Error = NotCompact;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Read<(V::Value, Self)> {
        let name = self.0.string()?;
        let variant = seed.deserialize(name.into_deserializer())?;
        self.0.expect(":")?;
        Ok((variant, self))
    }
}

impl<'de> VariantAccess<'de> for Variant<'_, 'de> {
    type Error = NotCompact;

    fn unit_variant(self) -> Read<()> {
        self.0.expect("null")
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Read<T::Value> {
        seed.deserialize(self.0)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Read<V::Value> {
        self.0.list(visitor)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _: &'static [&'static str],
        visitor: V,
    ) -> Read<V::Value> {
        self.0.deserialize_struct("", &[], visitor)
    }
}
