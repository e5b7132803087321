//! JSON that people write: manifests, operations, packages, roadmaps, profiles, scenarios.
//!
//! Events on record are read leniently, so that old ones stay readable. What people write is read strictly: a field that is not
//! known is refused by name, and everything that is wrong with a file is said at once, each with its line, its field and what to
//! write. The types need not be strict themselves: the reader knows from `serde` which fields a type has.

mod absent;
mod alike;
mod cited;
mod problem;
mod reader;
mod shape;
mod tree;
mod written;

use serde::de::{DeserializeOwned, DeserializeSeed, IntoDeserializer as _, value::StrDeserializer};

pub use cited::{NoProvision, Provisions, id_or_label, read_operations};
pub use problem::{Malformed, Problem};
pub use shape::{FieldShape, Form, Shape, TypeShape, shape_of};
pub use written::Written;

use reader::Fault;

/// Reads `json`, which stands in the file `name`.
///
/// # Errors
/// All that is wrong with it.
pub fn read_input<T: DeserializeOwned>(name: &str, json: &str) -> Result<T, Malformed> {
    Written::parse(name, json)?.read()
}

/// Reads the name of a field or a choice.
fn named<'de, S: DeserializeSeed<'de>>(name: &str, seed: S) -> Result<S::Value, Fault> {
    let name: StrDeserializer<'_, Fault> = name.into_deserializer();
    seed.deserialize(name)
}

#[cfg(test)]
mod tests;
