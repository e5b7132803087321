//! What is said of an entry, by name.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use travaux_domain::Name;

use super::FieldValue;

/// The fields of an entry, in the order of their names. There are a few of them in each of thousands
/// of entries: a sorted list takes a tenth of the room of a tree.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fields(Vec<(Name, FieldValue)>);

impl Fields {
    /// None yet, with room for some.
    pub(super) fn with_capacity(some: usize) -> Self {
        Self(Vec::with_capacity(some))
    }

    fn place(&self, name: &str) -> Result<usize, usize> {
        self.0.binary_search_by(|(own, _)| own.as_str().cmp(name))
    }

    /// What a field says; nothing where it is not there.
    pub fn get(&self, name: &str) -> Option<&FieldValue> {
        let (_, value) = self.0.get(self.place(name).ok()?)?;
        Some(value)
    }

    /// Sets a field; what it said before, if it was there.
    pub fn insert(&mut self, name: Name, value: FieldValue) -> Option<FieldValue> {
        match self.place(&name) {
            Ok(at) => Some(std::mem::replace(&mut self.0[at].1, value)),
            Err(at) => {
                self.0.insert(at, (name, value));
                None
            }
        }
    }

    /// Takes a field away.
    pub fn remove(&mut self, name: &str) -> Option<FieldValue> {
        let at = self.place(name).ok()?;
        Some(self.0.remove(at).1)
    }

    /// Their names.
    pub fn keys(&self) -> impl Iterator<Item = &Name> {
        self.0.iter().map(|(name, _)| name)
    }

    /// Their names, and what they say.
    pub fn iter(&self) -> impl Iterator<Item = (&Name, &FieldValue)> {
        self.0.iter().map(|(name, value)| (name, value))
    }
}

impl FromIterator<(Name, FieldValue)> for Fields {
    fn from_iter<I: IntoIterator<Item = (Name, FieldValue)>>(fields: I) -> Self {
        let mut all = Self::default();
        for (name, value) in fields {
            all.insert(name, value);
        }
        all
    }
}

impl Serialize for Fields {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_map(self.iter())
    }
}

impl<'de> Deserialize<'de> for Fields {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Map;

        impl<'de> de::Visitor<'de> for Map {
            type Value = Fields;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the fields of an entry, by name")
            }

            fn visit_map<M: de::MapAccess<'de>>(self, mut map: M) -> Result<Fields, M::Error> {
                let mut all = Fields::default();
                while let Some((name, value)) = map.next_entry()? {
                    all.insert(name, value);
                }
                Ok(all)
            }
        }

        from.deserialize_map(Map)
    }
}
