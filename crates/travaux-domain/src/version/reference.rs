//! References to versions: one by its name, or the latest within a scope, such as `2.3+`.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{InvalidVersion, Step, Version, number};
use crate::from_text::from_text;

/// What a reference names: a version, or the latest of some.
///
/// `2+.3.1` is the latest from 2.3.1 on, `2.3+.1` the latest from 2.3.1 on below 3.0.0, `2.3.1+` the
/// latest from 2.3.1 on below 2.4.0; parts that are left out at the end are 0. A stable definition
/// reaches stable versions only, a draft reaches drafts as well.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum VersionRef {
    /// This one.
    Exact(Version),
    /// The latest from this one on.
    Latest {
        /// The first that it may be; it is stable.
        from: Version,
        /// Up to the next of this step: `2.3+` is open for minor versions.
        open: Step,
    },
}

impl VersionRef {
    /// Whether a version is in its scope, for a definition that is a draft or is not.
    pub fn reaches(&self, version: &Version, for_a_draft: bool) -> bool {
        match self {
            Self::Exact(exact) => exact == version,
            Self::Latest { from, open } => {
                let within = match open {
                    Step::Major => true,
                    Step::Minor => version.major == from.major,
                    Step::Patch => (version.major, version.minor) == (from.major, from.minor),
                };
                within && version >= from && (for_a_draft || !version.is_draft())
            }
        }
    }

    /// The version that it names among those that there are.
    pub fn resolve<'v>(
        &self,
        versions: impl IntoIterator<Item = &'v Version>,
        for_a_draft: bool,
    ) -> Option<&'v Version> {
        let reached = versions
            .into_iter()
            .filter(|v| self.reaches(v, for_a_draft));
        reached.max()
    }

    /// The step that a definition takes when it refers to `after` instead: as far as the version
    /// moved, down as up, and as far as a wildcard lets it move on ("General Recommendations:
    /// Changing an artefact reference"). None where nothing changed.
    pub fn step_to(&self, after: &Self) -> Option<Step> {
        if self == after {
            return None;
        }
        let (was, is) = (self.lowest(), after.lowest());
        let moved = match () {
            () if was.major != is.major => Some(Step::Major),
            () if was.minor > is.minor => Some(Step::Major),
            () if was.minor < is.minor => Some(Step::Minor),
            () if was != is => Some(Step::Patch),
            () => None,
        };
        let pinned = match (self, after) {
            (Self::Latest { .. }, Self::Exact(_)) => Some(Step::Minor),
            (_, Self::Latest { open, .. }) => Some(*open),
            (Self::Exact(_), Self::Exact(_)) => None,
        };
        moved.max(pinned)
    }

    fn lowest(&self) -> &Version {
        match self {
            Self::Exact(version) | Self::Latest { from: version, .. } => version,
        }
    }
}

impl FromStr for VersionRef {
    type Err = InvalidVersion;

    fn from_str(text: &str) -> Result<Self, InvalidVersion> {
        let Some((before, behind)) = text.split_once('+') else {
            return text.parse().map(Self::Exact);
        };
        let bad = || InvalidVersion(text.to_owned());
        let mut parts: Vec<&str> = before.split('.').collect();
        let open = match parts.len() {
            1 => Step::Major,
            2 => Step::Minor,
            3 => Step::Patch,
            _ => return Err(bad()),
        };
        if !behind.is_empty() {
            parts.extend(behind.strip_prefix('.').ok_or_else(bad)?.split('.'));
        }
        let numbers: Option<Vec<_>> = parts.into_iter().map(number).collect();
        let from = match numbers.as_deref() {
            Some(&[major]) => Version::new(major, 0, 0),
            Some(&[major, minor]) => Version::new(major, minor, 0),
            Some(&[major, minor, patch]) => Version::new(major, minor, patch),
            _ => return Err(bad()),
        };
        Ok(Self::Latest { from, open })
    }
}

impl fmt::Display for VersionRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exact(version) => version.fmt(f),
            Self::Latest { from, open } => {
                let Version {
                    major,
                    minor,
                    patch,
                    ..
                } = from;
                match open {
                    Step::Major => write!(f, "{major}+.{minor}.{patch}"),
                    Step::Minor => write!(f, "{major}.{minor}+.{patch}"),
                    Step::Patch => write!(f, "{major}.{minor}.{patch}+"),
                }
            }
        }
    }
}

impl Serialize for VersionRef {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for VersionRef {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from_text(from, "a version, or the latest of some, such as `1.2+`")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(text: &str) -> Version {
        text.parse().expect("a version")
    }

    fn reference(text: &str) -> VersionRef {
        text.parse().expect("a reference")
    }

    #[test]
    fn st3_a_wildcard_of_a_stable_definition_reaches_stable_versions_only() {
        let there = [
            "2.2.9",
            "2.3.1-draft",
            "2.3.1",
            "2.3.4",
            "2.4.3",
            "2.5.0-draft",
            "3.0.0-draft",
            "3.1.0",
        ];
        let there = there.map(version);
        for (text, stable, draft) in [
            // The two examples of "Versioning in SDMX".
            ("2.3+.1", Some("2.4.3"), Some("2.5.0-draft")),
            ("2.3+", Some("2.4.3"), Some("2.5.0-draft")),
            ("2.3.1+", Some("2.3.4"), Some("2.3.4")),
            ("2+.3.1", Some("3.1.0"), Some("3.1.0")),
            ("2+", Some("3.1.0"), Some("3.1.0")),
            ("2.2.0+", Some("2.2.9"), Some("2.2.9")),
            ("2.5+", None, None),
            ("4+", None, None),
            ("2.3.1", Some("2.3.1"), Some("2.3.1")),
            ("2.5.0-draft", Some("2.5.0-draft"), Some("2.5.0-draft")),
        ] {
            let found = |for_a_draft| reference(text).resolve(&there, for_a_draft).cloned();
            assert_eq!(found(false), stable.map(version), "{text}");
            assert_eq!(found(true), draft.map(version), "{text} in a draft");
        }
    }

    #[test]
    fn st3_no_draft_is_combined_with_a_wildcard() {
        for text in [
            "2.3-draft+",
            "2.3.1-draft+",
            "2+.3+.1",
            "+",
            "2+.",
            "2.3.4.5+",
            "2.3+1",
            "02+",
        ] {
            assert!(text.parse::<VersionRef>().is_err(), "{text}");
        }
        for text in ["2+.3.1", "2.3+.1", "2.3.1+", "1.0.0-draft.2"] {
            assert_eq!(reference(text).to_string(), text);
        }
    }

    #[test]
    fn st2_a_reference_takes_the_step_that_its_version_takes() {
        for (was, is, step) in [
            ("1.2.0", "1.2.0", None),
            ("1.2.1", "1.2.0", Some(Step::Patch)),
            ("1.2.0", "1.2.1", Some(Step::Patch)),
            ("1.2.0", "1.3.2", Some(Step::Minor)),
            ("1.3.0", "1.2.0", Some(Step::Major)),
            ("1.2.0", "2.0.0", Some(Step::Major)),
            ("2.0.0", "1.2.0", Some(Step::Major)),
            ("1.0+", "1.0.0", Some(Step::Minor)),
            ("1.0+", "1.3.2", Some(Step::Minor)),
            ("1.0.0", "1.0.0+", Some(Step::Patch)),
            ("1.0.0", "1.0+", Some(Step::Minor)),
            ("1.0.0", "1+", Some(Step::Major)),
        ] {
            assert_eq!(
                reference(was).step_to(&reference(is)),
                step,
                "{was} to {is}"
            );
        }
    }
}
