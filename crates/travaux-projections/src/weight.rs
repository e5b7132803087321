//! How many bytes a state takes in memory: counted along its serde form, so that neither a kind of
//! stream nor a view has to say so itself.

use std::fmt;

use serde::{
    Serialize, Serializer,
    ser::{
        SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple,
        SerializeTupleStruct, SerializeTupleVariant,
    },
};

/// A number, a tag, a pointer.
const WORD: usize = 8;

/// What a string, a list or a map takes beside what is in it: pointer, length, capacity, and what the allocator keeps.
const OWNED: usize = 5 * WORD;

/// The bytes that a value takes in memory, about, by its serde form; never less than a word.
///
/// Strings, lists and maps are counted with what the allocator keeps beside them; nodes of maps that
/// are not full are not.
pub fn weight(value: &impl Serialize) -> usize {
    let mut scale = Scale(WORD);
    // It has no failure of its own; a value that does not serialise weighs what was counted of it.
    let _ = value.serialize(&mut scale);
    scale.0
}

struct Scale(usize);

impl Scale {
    fn add(&mut self, bytes: usize) -> Result<(), fmt::Error> {
        self.0 += bytes;
        Ok(())
    }
}

macro_rules! words {
    ($($method:ident: $type:ty),*) => {
        $(fn $method(self, _: $type) -> Result<(), fmt::Error> {
            self.add(WORD)
        })*
    };
}

impl Serializer for &mut Scale {
    type Ok = ();
    type Error = fmt::Error;
    type SerializeSeq = Self;
    type SerializeTuple = Self;
    type SerializeTupleStruct = Self;
    type SerializeTupleVariant = Self;
    type SerializeMap = Self;
    type SerializeStruct = Self;
    type SerializeStructVariant = Self;

    words! {
        serialize_bool: bool, serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64,
        serialize_u8: u8, serialize_u16: u16, serialize_u32: u32, serialize_u64: u64,
        serialize_f32: f32, serialize_f64: f64, serialize_char: char
    }

    fn serialize_str(self, text: &str) -> Result<(), fmt::Error> {
        self.add(OWNED + text.len())
    }

    fn serialize_bytes(self, bytes: &[u8]) -> Result<(), fmt::Error> {
        self.add(OWNED + bytes.len())
    }

    /// What is written as words and kept as something smaller: a date, a time, an identity.
    fn collect_str<T: fmt::Display + ?Sized>(self, _: &T) -> Result<(), fmt::Error> {
        self.add(2 * WORD)
    }

    fn serialize_none(self) -> Result<(), fmt::Error> {
        self.add(WORD)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), fmt::Error> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), fmt::Error> {
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), fmt::Error> {
        Ok(())
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
    ) -> Result<(), fmt::Error> {
        self.add(WORD)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), fmt::Error> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        value: &T,
    ) -> Result<(), fmt::Error> {
        self.add(WORD)?;
        value.serialize(self)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Self, fmt::Error> {
        self.add(OWNED).map(|()| self)
    }

    fn serialize_tuple(self, _: usize) -> Result<Self, fmt::Error> {
        Ok(self)
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Self, fmt::Error> {
        Ok(self)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self, fmt::Error> {
        self.add(WORD).map(|()| self)
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Self, fmt::Error> {
        self.add(OWNED).map(|()| self)
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Self, fmt::Error> {
        Ok(self)
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self, fmt::Error> {
        self.add(WORD).map(|()| self)
    }

    fn is_human_readable(&self) -> bool {
        false
    }
}

macro_rules! parts {
    ($($trait:ident $method:ident($($name:ty)?)),*) => {
        $(impl $trait for &mut Scale {
            type Ok = ();
            type Error = fmt::Error;

            fn $method<T: Serialize + ?Sized>(&mut self, $(_: $name,)? value: &T) -> Result<(), fmt::Error> {
                value.serialize(&mut **self)
            }

            fn end(self) -> Result<(), fmt::Error> {
                Ok(())
            }
        })*
    };
}

parts! {
    SerializeSeq serialize_element(),
    SerializeTuple serialize_element(),
    SerializeTupleStruct serialize_field(),
    SerializeTupleVariant serialize_field(),
    SerializeStruct serialize_field(&'static str),
    SerializeStructVariant serialize_field(&'static str)
}

impl SerializeMap for &mut Scale {
    type Ok = ();
    type Error = fmt::Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), fmt::Error> {
        key.serialize(&mut **self)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), fmt::Error> {
        value.serialize(&mut **self)
    }

    fn end(self) -> Result<(), fmt::Error> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn what_is_long_weighs_its_length() {
        let check = |value: &dyn Fn(usize) -> usize, each: std::ops::RangeInclusive<usize>| {
            let grown = value(1_000) - value(0);
            assert!(each.contains(&(grown / 1_000)), "{grown} for 1,000");
        };
        check(&|n| weight(&"x".repeat(n)), 1..=1);
        check(&|n| weight(&vec![7_u64; n]), 8..=8);
        check(&|n| weight(&vec!["ten bytes."; n]), 34..=64);
        check(
            &|n| weight(&(0..n).map(|i| (i, i)).collect::<BTreeMap<_, _>>()),
            16..=32,
        );
        assert!(weight(&Vec::<u8>::new()) >= WORD, "nothing weighs nothing");
    }
}
