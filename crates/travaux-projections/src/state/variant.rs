//! The name of an enum's variant, as serde writes it: read off without writing the value.

use std::fmt;

use serde::{
    Serialize, Serializer,
    ser::{self, Impossible},
};
use travaux_domain::Name;

/// The name of the variant of a value, or the text as which it is written. Empty for what is neither.
pub(super) fn variant(value: &impl Serialize) -> Name {
    value
        .serialize(Reader)
        .unwrap_or_else(|Other(name)| name.unwrap_or_default())
}

/// Reads off a name.
struct Reader;

/// What is no variant without fields; its name, where it has one.
#[derive(Debug)]
struct Other(Option<Name>);

impl fmt::Display for Other {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no variant without fields")
    }
}

impl std::error::Error for Other {}

impl ser::Error for Other {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self(None)
    }
}

type Read<T = Name> = Result<T, Other>;
type Never = Impossible<Name, Other>;

/// What has no name.
macro_rules! nameless {
    ($($method:ident($($ty:ty),*) -> $out:ty;)*) => {$(
        fn $method(self, $(_: $ty),*) -> Read<$out> {
            Err(Other(None))
        }
    )*};
}

impl Serializer for Reader {
    type Ok = Name;
    type Error = Other;
    type SerializeSeq = Never;
    type SerializeTuple = Never;
    type SerializeTupleStruct = Never;
    type SerializeTupleVariant = Never;
    type SerializeMap = Never;
    type SerializeStruct = Never;
    type SerializeStructVariant = Never;

    fn serialize_str(self, text: &str) -> Read {
        Ok(text.into())
    }

    fn collect_str<T: fmt::Display + ?Sized>(self, value: &T) -> Read {
        Ok(Name::of(value))
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, name: &'static str) -> Read {
        Ok(Name::literal(name))
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, of: &T) -> Read {
        of.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        name: &'static str,
        _: &T,
    ) -> Read {
        Ok(Name::literal(name))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        name: &'static str,
        _: usize,
    ) -> Read<Never> {
        Err(Other(Some(Name::literal(name))))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        name: &'static str,
        _: usize,
    ) -> Read<Never> {
        Err(Other(Some(Name::literal(name))))
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Read {
        value.serialize(self)
    }

    nameless! {
        serialize_bool(bool) -> Name;
        serialize_i8(i8) -> Name;
        serialize_i16(i16) -> Name;
        serialize_i32(i32) -> Name;
        serialize_i64(i64) -> Name;
        serialize_u8(u8) -> Name;
        serialize_u16(u16) -> Name;
        serialize_u32(u32) -> Name;
        serialize_u64(u64) -> Name;
        serialize_f32(f32) -> Name;
        serialize_f64(f64) -> Name;
        serialize_char(char) -> Name;
        serialize_bytes(&[u8]) -> Name;
        serialize_none() -> Name;
        serialize_unit() -> Name;
        serialize_unit_struct(&'static str) -> Name;
        serialize_seq(Option<usize>) -> Never;
        serialize_tuple(usize) -> Never;
        serialize_tuple_struct(&'static str, usize) -> Never;
        serialize_map(Option<usize>) -> Never;
        serialize_struct(&'static str, usize) -> Never;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Serialize)]
    #[serde(rename_all = "snake_case")]
    enum Kind {
        AtRest,
        Held(u8),
        Moved { _by: u8 },
        Pair(u8, u8),
    }

    #[derive(Serialize)]
    struct Of(Kind);

    #[test]
    fn a_variant_is_named_as_serde_writes_it() {
        let check = |found: Name, expected: &str| assert_eq!(found.as_str(), expected);
        check(variant(&Kind::AtRest), "at_rest");
        check(variant(&Kind::Held(1)), "held");
        check(variant(&Kind::Moved { _by: 1 }), "moved");
        check(variant(&Kind::Pair(1, 2)), "pair");
        check(variant(&Of(Kind::Pair(1, 2))), "pair");
        check(variant(&Some(Kind::AtRest)), "at_rest");
        check(variant(&"a text"), "a text");
        check(variant(&7), "");
    }
}
