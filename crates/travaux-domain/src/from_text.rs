//! Reads what is written as text in files and records, and says what it is where it is not there.

use std::{
    fmt::{self, Display},
    marker::PhantomData,
    str::FromStr,
};

use serde::{
    Deserializer,
    de::{Error, Visitor},
};

struct Text<T> {
    expecting: &'static str,
    of: PhantomData<T>,
}

impl<T: FromStr<Err: Display>> Visitor<'_> for Text<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.expecting)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        text.parse().map_err(E::custom)
    }
}

/// Reads a value from its text; `expecting` is what it is, such as "a version such as `1.2.0`".
///
/// # Errors
/// Where there is no text, or it is none of these.
pub(crate) fn from_text<'de, T, D>(from: D, expecting: &'static str) -> Result<T, D::Error>
where
    T: FromStr<Err: Display>,
    D: Deserializer<'de>,
{
    let of = PhantomData;
    from.deserialize_str(Text { expecting, of })
}
