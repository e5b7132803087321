//! Identities of streams, events and revisions.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use uuid::Uuid;

use crate::{Name, StreamId};

/// A name is not that of a stream.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{name}` names no stream: expected {kinds} and a UUID", name = .0, kinds = prefixes())]
pub struct ParseStreamError(pub String);

/// All prefixes: `a-`, `b-` or `c-`.
fn prefixes() -> String {
    let quoted: Vec<_> = StreamId::PREFIXES
        .iter()
        .map(|prefix| format!("`{prefix}-`"))
        .collect();
    match quoted.split_last() {
        Some((last, front)) if !front.is_empty() => format!("{} or {last}", front.join(", ")),
        _ => quoted.concat(),
    }
}

/// As its name.
impl Serialize for StreamId {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for StreamId {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let name = Name::deserialize(from)?;
        name.parse().map_err(de::Error::custom)
    }
}

/// The identity of what streams of a kind are about: a UUID.
macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $state:ty) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub uuid::Uuid);

        /// In the order of its bytes: as one number, which is compared in a step or two.
        impl Ord for $name {
            fn cmp(&self, other: &Self) -> std::cmp::Ordering {
                self.0.as_u128().cmp(&other.0.as_u128())
            }
        }

        impl PartialOrd for $name {
            fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
                Some(self.cmp(other))
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Display::fmt(&self.0, f)
            }
        }

        impl $name {
            /// The name of the stream.
            pub fn stream(self) -> String {
                format!("{}-{}", <$state as $crate::Aggregate>::PREFIX, self.0)
            }
        }

        impl From<uuid::Uuid> for $name {
            fn from(id: uuid::Uuid) -> Self {
                Self(id)
            }
        }
    };
}

pub(crate) use id;

/// The identity of an event (UUID version 7, RFC 9562).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EventId(pub Uuid);

impl fmt::Display for EventId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The number of a revision within its agreement, from 1; the first is the text as proposed. Never used twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Revision(pub u32);

impl Revision {
    /// The text as first proposed.
    pub const FIRST: Self = Self(1);

    /// The revision after this one.
    pub fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }
}

impl fmt::Display for Revision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{AgreementId, PackageId};

    #[test]
    fn identities_are_in_the_order_of_their_bytes() {
        let ids = [0, 1, 255, 256, 1 << 64, u128::MAX >> 1, u128::MAX].map(Uuid::from_u128);
        for (one, other) in ids
            .iter()
            .flat_map(|one| ids.iter().map(move |o| (*one, *o)))
        {
            let order = one.as_bytes().cmp(other.as_bytes());
            assert_eq!(AgreementId(one).cmp(&AgreementId(other)), order);
            assert_eq!(PackageId(one).partial_cmp(&PackageId(other)), Some(order));
        }
    }

    #[test]
    fn stream_names_round_trip() {
        for prefix in StreamId::PREFIXES {
            let name = format!("{prefix}-{}", Uuid::from_u128(7));
            let stream: StreamId = name.parse().expect("the name of a stream");
            assert_eq!(stream.to_string(), name);
            let json = serde_json::to_string(&stream).expect("it serialises");
            assert_eq!(json, format!("\"{stream}\""));
            assert_eq!(serde_json::from_str(&json).ok(), Some(stream));
        }
        let error = "treaty-7".parse::<StreamId>().expect_err("no such stream");
        let begins = "`treaty-7` names no stream: expected `agreement-`, `framework-`, ";
        let says = error.to_string();
        assert!(says.starts_with(begins), "{says}");
        assert!(
            says.ends_with("-` and a UUID") && says.contains("` or `"),
            "{says}"
        );
        let named = |prefix: &&str| says.contains(&format!("`{prefix}-`"));
        assert!(StreamId::PREFIXES.iter().all(named), "{says}");
        assert!("agreement".parse::<StreamId>().is_err());
        assert!(
            "treaty-00000000-0000-0000-0000-000000000007"
                .parse::<StreamId>()
                .is_err()
        );
    }
}
