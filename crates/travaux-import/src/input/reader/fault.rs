//! Why a value could not be read, in the words of whoever wrote it.

use std::fmt;

use serde::de::{Error, Expected};
use travaux_text::Lang;

use super::super::problem::instead;

/// Why a value could not be read.
#[derive(Debug)]
pub(in crate::input) enum Fault {
    /// What is wrong was found, and is kept.
    Found,
    /// A field is not there.
    Missing(&'static str),
    /// Words of the type that was read.
    Said(String),
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Found => f.write_str("it was found"),
            Self::Missing(field) => write!(f, "`{field}` is missing"),
            Self::Said(what) => f.write_str(what),
        }
    }
}

impl std::error::Error for Fault {}

impl Error for Fault {
    fn custom<T: fmt::Display>(what: T) -> Self {
        Self::Said(what.to_string())
    }

    fn missing_field(field: &'static str) -> Self {
        Self::Missing(field)
    }

    fn unknown_variant(variant: &str, expected: &'static [&'static str]) -> Self {
        Self::Said(format!(
            "there is no `{variant}`; {}",
            instead(variant, expected)
        ))
    }

    fn unknown_field(field: &str, expected: &'static [&'static str]) -> Self {
        Self::Said(format!(
            "there is no field `{field}`; {}",
            instead(field, expected)
        ))
    }
}

/// What a visitor expects, in its own words.
pub(in crate::input) struct Expecting<'a>(pub(in crate::input) &'a dyn Expected);

impl fmt::Display for Expecting<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Whether what is expected is a type of another library, whose words say less than ours.
pub(super) fn of_others(expecting: &str) -> bool {
    ["date", "UUID"]
        .iter()
        .any(|other| expecting.contains(other))
}

/// Holds `text` to what a language tag is, where one is expected: records are read leniently, and
/// what people write is not.
pub(super) fn language(expecting: &str, text: &str) -> Result<(), Fault> {
    if expecting == Lang::EXPECTED {
        Lang::parse(text).map_err(Error::custom)?;
    }
    Ok(())
}

/// What to write where a visitor expects something, in a reader's words.
pub(in crate::input) fn wanted(expecting: &str) -> String {
    if expecting.contains("date and time") {
        "a time such as `2024-10-30T12:00:00Z`".to_owned()
    } else if expecting.contains("date") {
        "a date such as `2024-10-30`".to_owned()
    } else if expecting.contains("UUID") {
        "an id such as `01a2241c-4a5b-7c6d-8e9f-0123456789ab`".to_owned()
    } else if expecting == "a string" || expecting == "str" {
        "text".to_owned()
    } else if matches!(expecting, "u8" | "u32" | "u64" | "usize") {
        "a whole number".to_owned()
    } else if expecting == "a boolean" {
        "true or false".to_owned()
    } else if expecting.starts_with("struct ") || expecting.starts_with("enum ") {
        "another value".to_owned()
    } else {
        expecting.to_owned()
    }
}
