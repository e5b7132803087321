//! JSON that people write: manifests, operations, packages, roadmaps, profiles, scenarios.
//!
//! Events on record are read leniently, so that old ones stay readable. What people write is read strictly: a field that is not
//! known is refused by name, and everything that is wrong with a file is said at once, each with its line, its field and what to
//! write. The types need not be strict themselves: the reader knows from `serde` which fields a type has.

mod absent;
mod problem;
mod reader;
mod shape;
mod tree;

use serde::de::{DeserializeOwned, DeserializeSeed, IntoDeserializer as _, value::StrDeserializer};

pub use problem::{Malformed, Problem};
pub use shape::{FieldShape, Form, Shape, TypeShape, shape_of};

use reader::{Fault, Findings};

/// More problems than anybody mends at once.
const ENOUGH: usize = 50;

/// Reads `json`, which stands in the file `name`.
///
/// # Errors
/// All that is wrong with it.
pub fn read_input<T: DeserializeOwned>(name: &str, json: &str) -> Result<T, Malformed> {
    let fail = |problems| Malformed {
        file: name.to_owned(),
        problems,
    };
    let tree = tree::parse(json).map_err(|problem| fail(vec![problem]))?;
    let findings = Findings::default();
    // A type stops at the first field that is wrong or missing. It is read again with something in that field's place, until
    // nothing new is found.
    for _ in 0..ENOUGH {
        let before = findings.count();
        let read = T::deserialize(findings.reader(&tree));
        match read {
            Ok(value) if findings.count() == 0 => return Ok(value),
            Err(error) => findings.take(&tree, error),
            Ok(_) => {}
        }
        if findings.count() == before {
            break;
        }
    }
    Err(fail(findings.problems()))
}

/// Reads the name of a field or a choice.
fn named<'de, S: DeserializeSeed<'de>>(name: &str, seed: S) -> Result<S::Value, Fault> {
    let name: StrDeserializer<'_, Fault> = name.into_deserializer();
    seed.deserialize(name)
}

#[cfg(test)]
mod tests;
