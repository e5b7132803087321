//! JSON as this program writes it, read straight through: nothing between the tokens, no escapes, whole numbers. Whatever is not so is
//! left to serde_json. It reads a payload in less than half the time.

use std::fmt;

use serde::{
    Deserializer,
    de::{
        self, DeserializeSeed, EnumAccess, IntoDeserializer as _, MapAccess, SeqAccess,
        VariantAccess, Visitor, value::BorrowedStrDeserializer,
    },
    forward_to_deserialize_any,
};

use crate::scan::end_of_plain;

/// Lists and objects within each other, at most: fewer than serde_json reads.
const DEEPEST: u8 = 64;

/// Reads compact JSON, from the front.
///
/// It takes nothing that serde_json does not take, and gives the same for what it takes. Whoever is refused reads the text again with
/// serde_json, which says what is wrong, if anything is.
#[derive(Clone, Copy, Debug)]
pub struct CompactJson<'de> {
    rest: &'de str,
    depth: u8,
}

/// This is not compact JSON, or not that of the value that was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotCompact;

impl fmt::Display for NotCompact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("it is no compact JSON of such a value")
    }
}

impl std::error::Error for NotCompact {}

impl de::Error for NotCompact {
    /// The words are not made: serde_json finds better ones.
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }

    fn invalid_type(_: de::Unexpected<'_>, _: &dyn de::Expected) -> Self {
        Self
    }
}

type Read<T> = Result<T, NotCompact>;

impl<'de> CompactJson<'de> {
    /// Reads `text`.
    pub fn new(text: &'de str) -> Self {
        Self {
            rest: text,
            depth: 0,
        }
    }

    /// That the text ends here.
    ///
    /// # Errors
    /// [`NotCompact`] if it does not.
    pub fn end(&self) -> Result<(), NotCompact> {
        self.rest.is_empty().then_some(()).ok_or(NotCompact)
    }

    #[inline]
    fn peek(&self) -> Read<u8> {
        self.rest.as_bytes().first().copied().ok_or(NotCompact)
    }

    /// Goes on behind `text`, if it stands here.
    #[inline]
    fn skip(&mut self, text: &str) -> bool {
        let rest = self.rest.strip_prefix(text);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    #[inline]
    fn expect(&mut self, text: &str) -> Read<()> {
        self.skip(text).then_some(()).ok_or(NotCompact)
    }

    #[inline]
    fn string(&mut self) -> Read<&'de str> {
        self.expect("\"")?;
        let end = end_of_plain(self.rest.as_bytes()).ok_or(NotCompact)?;
        let (string, rest) = self.rest.split_at_checked(end).ok_or(NotCompact)?;
        self.rest = rest;
        self.expect("\"").map(|()| string)
    }

    /// A whole number: its sign and its digits, of which there is no zero in front.
    #[inline]
    fn number(&mut self) -> Read<(bool, u64)> {
        let negative = self.skip("-");
        let (mut number, mut length) = (0_u64, 0);
        for digit in self.rest.bytes().take_while(u8::is_ascii_digit) {
            let digit = u64::from(digit - b'0');
            number = number
                .checked_mul(10)
                .and_then(|n| n.checked_add(digit))
                .ok_or(NotCompact)?;
            length += 1;
        }
        let (digits, rest) = self.rest.split_at_checked(length).ok_or(NotCompact)?;
        let whole = length == 1 || length > 1 && !digits.starts_with('0');
        // serde_json reads a negative zero as a fraction, as it does what follows here.
        let fraction = rest.starts_with(['.', 'e', 'E']) || negative && number == 0;
        self.rest = rest;
        (whole && !fraction)
            .then_some((negative, number))
            .ok_or(NotCompact)
    }

    fn visit_number<V: Visitor<'de>>(&mut self, visitor: V) -> Read<V::Value> {
        match self.number()? {
            (false, number) => visitor.visit_u64(number),
            (true, number) => match 0_i64.checked_sub_unsigned(number) {
                Some(number) => visitor.visit_i64(number),
                None => Err(NotCompact),
            },
        }
    }

    fn deeper<T>(&mut self, read: impl FnOnce(&mut Self) -> Read<T>) -> Read<T> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(NotCompact);
        }
        let value = read(self);
        self.depth -= 1;
        value
    }

    fn list<V: Visitor<'de>>(&mut self, visitor: V) -> Read<V::Value> {
        self.expect("[")?;
        self.deeper(|from| {
            let value = visitor.visit_seq(Entries::new(from, b']'))?;
            from.expect("]").map(|()| value)
        })
    }

    fn object<V: Visitor<'de>>(&mut self, visitor: V) -> Read<V::Value> {
        self.expect("{")?;
        self.deeper(|from| {
            let value = visitor.visit_map(Entries::new(from, b'}'))?;
            from.expect("}").map(|()| value)
        })
    }
}

impl<'de> Deserializer<'de> for &mut CompactJson<'de> {
    type Error = NotCompact;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        match self.peek()? {
            b'"' => visitor.visit_borrowed_str(self.string()?),
            b'{' => self.object(visitor),
            b'[' => self.list(visitor),
            b'n' => self.deserialize_unit(visitor),
            b't' | b'f' => self.deserialize_bool(visitor),
            _ => self.visit_number(visitor),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        if self.skip("true") {
            return visitor.visit_bool(true);
        }
        self.expect("false")?;
        visitor.visit_bool(false)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        visitor.visit_borrowed_str(self.string()?)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        self.deserialize_str(visitor)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        if self.skip("null") {
            return visitor.visit_none();
        }
        visitor.visit_some(self)
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        self.expect("null")?;
        visitor.visit_unit()
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Read<V::Value> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        self.list(visitor)
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Read<V::Value> {
        self.list(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        self.object(visitor)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Read<V::Value> {
        match self.peek()? {
            b'[' => self.list(visitor),
            _ => self.object(visitor),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Read<V::Value> {
        if self.peek()? == b'"' {
            let variant: BorrowedStrDeserializer<'_, NotCompact> =
                BorrowedStrDeserializer::new(self.string()?);
            return visitor.visit_enum(variant);
        }
        self.expect("{")?;
        self.deeper(|from| {
            let value = visitor.visit_enum(Variant(from))?;
            from.expect("}").map(|()| value)
        })
    }

    /// Bytes and characters are written in other ways than texts are: serde_json knows them.
    fn deserialize_bytes<V: Visitor<'de>>(self, _: V) -> Read<V::Value> {
        Err(NotCompact)
    }

    fn deserialize_byte_buf<V: Visitor<'de>>(self, _: V) -> Read<V::Value> {
        Err(NotCompact)
    }

    fn deserialize_f32<V: Visitor<'de>>(self, _: V) -> Read<V::Value> {
        Err(NotCompact)
    }

    fn deserialize_f64<V: Visitor<'de>>(self, _: V) -> Read<V::Value> {
        Err(NotCompact)
    }

    fn deserialize_i128<V: Visitor<'de>>(self, _: V) -> Read<V::Value> {
        Err(NotCompact)
    }

    fn deserialize_u128<V: Visitor<'de>>(self, _: V) -> Read<V::Value> {
        Err(NotCompact)
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Read<V::Value> {
        self.deserialize_unit(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Read<V::Value> {
        self.list(visitor)
    }

    fn deserialize_char<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        self.deserialize_str(visitor)
    }

    forward_to_deserialize_any! { i8 i16 i32 i64 u8 u16 u32 u64 ignored_any }
}

/// The entries of a list or an object.
struct Entries<'f, 'de> {
    from: &'f mut CompactJson<'de>,
    close: u8,
    first: bool,
}

impl<'f, 'de> Entries<'f, 'de> {
    fn new(from: &'f mut CompactJson<'de>, close: u8) -> Self {
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
struct Variant<'f, 'de>(&'f mut CompactJson<'de>);

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

#[cfg(test)]
mod tests {
    use std::{collections::BTreeMap, fmt::Debug};

    use proptest::prelude::*;
    use serde::{Deserialize, de::DeserializeOwned};
    use serde_json::Value;

    use super::*;

    #[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
    struct Name(String);

    #[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
    enum Kind {
        Plain,
        Named(Name),
        Pair(u8, i8),
        Whole { from: i64, to: Option<u64> },
    }

    #[derive(Debug, PartialEq, Deserialize)]
    struct Nothing;

    #[derive(Debug, PartialEq, Deserialize)]
    struct All {
        kind: Kind,
        by_name: BTreeMap<Name, Vec<Kind>>,
        #[serde(default)]
        by_number: BTreeMap<u8, ()>,
        by_kind: BTreeMap<Kind, Nothing>,
        open: bool,
        letter: char,
        share: Option<f64>,
        #[serde(flatten)]
        rest: BTreeMap<String, Value>,
    }

    fn compact<T: DeserializeOwned>(text: &str) -> Result<T, NotCompact> {
        let mut from = CompactJson::new(text);
        let value = T::deserialize(&mut from)?;
        from.end().map(|()| value)
    }

    /// What is read straight through is what serde_json reads.
    fn check<T: DeserializeOwned + PartialEq + Debug>(text: &str, straight: bool) {
        let (read, json) = (compact::<T>(text), serde_json::from_str::<T>(text));
        assert_eq!(read.is_ok(), straight, "{text}: {json:?}");
        if let Ok(read) = read {
            assert_eq!(Some(read), json.ok(), "{text}");
        }
    }

    #[test]
    fn each_kind_of_value_is_read_as_serde_json_reads_it() {
        for text in [
            r#""Plain""#,
            r#"{"Plain":null}"#,
            r#"{"Named":"FR"}"#,
            r#"{"Pair":[255,-128]}"#,
            r#"{"Whole":{"from":-9223372036854775808,"to":18446744073709551615}}"#,
            r#"{"Whole":{"to":null,"from":0}}"#,
            r#"{"Whole":[1,2]}"#,
        ] {
            check::<Kind>(text, true);
            check::<Vec<Kind>>(&format!("[{text},{text}]"), true);
            check::<Option<Kind>>(text, true);
            check::<(Kind, bool)>(&format!("[{text},true]"), true);
            check::<Value>(text, true);
        }
        check::<Option<Kind>>("null", true);
        check::<BTreeMap<Kind, Option<bool>>>(r#"{"Plain":false}"#, true);
        check::<BTreeMap<Option<Name>, char>>(r#"{"FR":"é"}"#, true);
        check::<Nothing>("null", true);
        check::<BTreeMap<Name, Vec<()>>>(r#"{"a":[],"b":[null]}"#, true);
        check::<Value>("{}", true);
    }

    #[test]
    fn what_is_not_compact_or_not_such_a_value_is_left_to_serde_json() {
        for text in [
            "",
            " 1",
            "1 ",
            "01",
            "-0",
            "-",
            "+1",
            "1.5",
            "1e3",
            "18446744073709551616",
            "-9223372036854775809",
            "[1, 2]",
            "[1,]",
            "[,1]",
            "[1 2]",
            "[1",
            r#"{"a" :1}"#,
            r#"{"a":1,}"#,
            r#"{"a"}"#,
            "{a:1}",
            r#""a\u0062""#,
            "\"a\nb\"",
            "\"a",
            "nul",
            "truefalse",
            "1]",
        ] {
            check::<Value>(text, false);
        }
        check::<BTreeMap<u8, bool>>(r#"{"1":true}"#, false);
        check::<Option<f64>>("1", false);
        check::<u128>("1", false);
        check::<u8>("256", false);
        check::<Kind>(r#"{"Other":1}"#, false);
        check::<Kind>(r#"{"Plain":null,"Named":"FR"}"#, false);
        check::<Nothing>("{}", false);
        let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
        check::<Value>(&nested(usize::from(DEEPEST)), true);
        check::<Value>(&nested(usize::from(DEEPEST) + 1), false);
        check::<Value>(&nested(100_000), false);
    }

    /// Values of every kind.
    fn value() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<u64>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            "[a-zé\"\\\\\u{1} -]{0,12}".prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 24, 4, |inner| {
            prop_oneof![
                proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
                proptest::collection::btree_map("[a-z]{0,3}", inner, 0..4)
                    .prop_map(|map| Value::Object(map.into_iter().collect())),
            ]
        })
    }

    fn all() -> impl Strategy<Value = String> {
        let kind = || {
            prop_oneof![
                Just(r#""Plain""#.to_owned()),
                "[a-z]{0,3}".prop_map(|name| format!(r#"{{"Named":"{name}"}}"#)),
                any::<(u8, i8)>().prop_map(|(a, b)| format!(r#"{{"Pair":[{a},{b}]}}"#)),
            ]
        };
        let list = proptest::collection::vec(kind(), 0..3);
        let parts = (kind(), list, any::<bool>(), value(), "[a-z]");
        parts.prop_map(|(kind, list, open, value, letter)| {
            let list = list.join(",");
            format!(
                r#"{{"kind":{kind},"by_name":{{"x":[{list}]}},"by_kind":{{"Plain":null}},"open":{open},"letter":"{letter}","share":null,"more":{value}}}"#
            )
        })
    }

    proptest! {
        #[test]
        fn values_are_read_as_serde_json_reads_them(value in value()) {
            let text = value.to_string();
            match compact::<Value>(&text) {
                Ok(read) => prop_assert_eq!(read, value),
                Err(NotCompact) => prop_assert!(text.contains('\\'), "{text}"),
            }
        }

        /// Bytes that were changed are not read, or as serde_json reads them.
        #[test]
        fn nothing_is_read_that_serde_json_does_not_read(
            text in all(),
            changes in proptest::collection::vec(
                (any::<prop::sample::Index>(), prop::sample::select(b"\",:[]{}0-.e\\ntx ".to_vec())),
                0..3,
            ),
        ) {
            let mut bytes = text.into_bytes();
            for (at, byte) in changes {
                let at = at.index(bytes.len());
                bytes[at] = byte;
            }
            let Ok(text) = String::from_utf8(bytes) else { return Ok(()) };
            if let Ok(read) = compact::<All>(&text) {
                prop_assert_eq!(Some(read), serde_json::from_str(&text).ok(), "{}", text);
            }
            if let Ok(read) = compact::<Value>(&text) {
                prop_assert_eq!(Some(read), serde_json::from_str(&text).ok(), "{}", text);
            }
        }
    }
}
