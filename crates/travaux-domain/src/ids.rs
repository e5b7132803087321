//! Identities of streams, events and revisions.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A name is not that of a stream.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` names no stream: expected `agreement-`, `framework-`, `package-` or `source-` and a UUID"
)]
pub struct ParseStreamError(pub String);

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $prefix:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl $name {
            /// The name of the stream.
            pub fn stream(self) -> String {
                format!(concat!($prefix, "-{}"), self.0)
            }
        }
    };
}

id!(
    /// The identity of an agreement.
    AgreementId,
    "agreement"
);
id!(
    /// The identity of a framework.
    FrameworkId,
    "framework"
);
id!(
    /// The identity of a package.
    PackageId,
    "package"
);

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

/// A stream, by what it is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StreamId {
    /// An agreement's.
    Agreement(AgreementId),
    /// A framework's.
    Framework(FrameworkId),
    /// A package's.
    Package(PackageId),
    /// That of a source from which histories were imported.
    Source(Uuid),
}

impl fmt::Display for StreamId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Agreement(id) => write!(f, "agreement-{id}"),
            Self::Framework(id) => write!(f, "framework-{id}"),
            Self::Package(id) => write!(f, "package-{id}"),
            Self::Source(id) => write!(f, "source-{id}"),
        }
    }
}

impl FromStr for StreamId {
    type Err = ParseStreamError;

    fn from_str(s: &str) -> Result<Self, ParseStreamError> {
        let bad = || ParseStreamError(s.to_owned());
        let (kind, id) = s.split_once('-').ok_or_else(bad)?;
        let id = Uuid::parse_str(id).map_err(|_| bad())?;
        match kind {
            "agreement" => Ok(Self::Agreement(AgreementId(id))),
            "framework" => Ok(Self::Framework(FrameworkId(id))),
            "package" => Ok(Self::Package(PackageId(id))),
            "source" => Ok(Self::Source(id)),
            _ => Err(bad()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stream_names_round_trip() {
        let id = Uuid::from_u128(7);
        for stream in [
            StreamId::Agreement(AgreementId(id)),
            StreamId::Framework(FrameworkId(id)),
            StreamId::Package(PackageId(id)),
            StreamId::Source(id),
        ] {
            assert_eq!(stream.to_string().parse(), Ok(stream));
        }
        assert!("agreement".parse::<StreamId>().is_err());
        assert!(
            "treaty-00000000-0000-0000-0000-000000000007"
                .parse::<StreamId>()
                .is_err()
        );
    }
}
