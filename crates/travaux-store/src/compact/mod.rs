//! JSON as this program writes it, read straight through: nothing between the tokens, no escapes, whole numbers. Whatever is not so is
//! left to serde_json. It reads a payload in less than half the time.

mod access;
#[cfg(test)]
mod tests;

use std::fmt;

use serde::{
    Deserializer,
    de::{self, Visitor, value::BorrowedStrDeserializer},
};

use self::access::{Entries, Variant};
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

    fn visit_text<V: Visitor<'de>>(&mut self, visitor: V) -> Read<V::Value> {
        visitor.visit_borrowed_str(self.string()?)
    }

    fn refuse<V: Visitor<'de>>(&mut self, _: V) -> Read<V::Value> {
        Err(NotCompact)
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

/// Methods of a deserializer that are answered alike.
macro_rules! each {
    ($($by:ident: $($method:ident)+;)+) => {$($(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
            self.$by(visitor)
        }
    )+)+};
}

impl<'de> Deserializer<'de> for &mut CompactJson<'de> {
    type Error = NotCompact;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        match self.peek()? {
            b'"' => self.visit_text(visitor),
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

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Read<V::Value> {
        self.list(visitor)
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

    each! {
        visit_number: deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64
            deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64;
        // Fractions, bytes and longer numbers are written in ways that serde_json knows.
        refuse: deserialize_f32 deserialize_f64 deserialize_i128 deserialize_u128
            deserialize_bytes deserialize_byte_buf;
        visit_text: deserialize_str deserialize_string deserialize_identifier deserialize_char;
        list: deserialize_seq;
        object: deserialize_map;
        deserialize_any: deserialize_ignored_any;
    }
}
