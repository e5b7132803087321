//! Versions of definitions: semantic versions as SDMX has them ("Versioning in SDMX"), in a total
//! order, with extensions such as `-draft`; and references to them.

mod reference;

use std::{cmp::Ordering, fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

pub use self::reference::VersionRef;
use crate::{Name, from_text::from_text};

/// The longest extension, in bytes.
const MAX_EXTENSION: usize = 64;

/// Words are no version.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no version: expected X.Y.Z or X.Y.Z-draft, numbers without leading zeros")]
pub struct InvalidVersion(pub String);

/// By how much a version differs from the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// Z: names and descriptions.
    Patch,
    /// Y: additions.
    Minor,
    /// X: what was said under the version before does not fit any more.
    Major,
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        })
    }
}

/// A version X.Y.Z, with an extension while it is a draft. Versions stand in the order of
/// "Versioning in SDMX": a draft comes before the version that it is a draft of.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Version {
    /// X.
    pub major: u32,
    /// Y.
    pub minor: u32,
    /// Z.
    pub patch: u32,
    /// The identifiers of its extension, with dots between; none of a stable version.
    extension: Option<Name>,
}

impl Version {
    /// A stable version.
    pub const fn new(major: u32, minor: u32, patch: u32) -> Self {
        Self {
            major,
            minor,
            patch,
            extension: None,
        }
    }

    /// Whether it is one that can change: a draft.
    pub fn is_draft(&self) -> bool {
        self.extension.is_some()
    }

    /// The stable version that it is, or is a draft of.
    pub fn stable(&self) -> Self {
        Self::new(self.major, self.minor, self.patch)
    }

    /// The step that its own numbers say: `X.0.0` is a major one, `X.Y.0` a minor one.
    pub fn step(&self) -> Step {
        match (self.minor, self.patch) {
            (0, 0) => Step::Major,
            (_, 0) => Step::Minor,
            _ => Step::Patch,
        }
    }

    /// The step by which it is later than another; none if it is not, or if what has to begin again
    /// at 0 does not.
    pub fn step_from(&self, before: &Self) -> Option<Step> {
        let zero = |part: u32, step| (part == 0).then_some(step);
        match (
            self.major.cmp(&before.major),
            self.minor.cmp(&before.minor),
            self.patch.cmp(&before.patch),
        ) {
            (Ordering::Greater, ..) => zero(self.minor.max(self.patch), Step::Major),
            (Ordering::Equal, Ordering::Greater, _) => zero(self.patch, Step::Minor),
            (Ordering::Equal, Ordering::Equal, Ordering::Greater) => Some(Step::Patch),
            _ => None,
        }
    }

    /// The first version that is later by a step; none past the largest number.
    pub fn after(&self, step: Step) -> Option<Self> {
        let next = |part: u32| part.checked_add(1);
        Some(match step {
            Step::Major => Self::new(next(self.major)?, 0, 0),
            Step::Minor => Self::new(self.major, next(self.minor)?, 0),
            Step::Patch => Self::new(self.major, self.minor, next(self.patch)?),
        })
    }

    fn numbers(&self) -> [u32; 3] {
        [self.major, self.minor, self.patch]
    }
}

impl Ord for Version {
    fn cmp(&self, other: &Self) -> Ordering {
        let numbers = self.numbers().cmp(&other.numbers());
        numbers.then_with(|| match (&self.extension, &other.extension) {
            (None, None) => Ordering::Equal,
            (None, Some(_)) => Ordering::Greater,
            (Some(_), None) => Ordering::Less,
            (Some(one), Some(other)) => extensions(one, other),
        })
    }
}

impl PartialOrd for Version {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Dotted parts one by one, numbers before words; where all are the same, fewer before more.
fn extensions(one: &str, other: &str) -> Ordering {
    let (mut one, mut other) = (one.split('.'), other.split('.'));
    loop {
        let order = match (one.next(), other.next()) {
            (None, None) => return Ordering::Equal,
            (None, Some(_)) => Ordering::Less,
            (Some(_), None) => Ordering::Greater,
            (Some(one), Some(other)) => parts(one, other),
        };
        if order.is_ne() {
            return order;
        }
    }
}

fn parts(one: &str, other: &str) -> Ordering {
    // Numbers have no leading zeros: the longer is the larger, however long.
    match (is_number(one), is_number(other)) {
        (true, true) => (one.len(), one).cmp(&(other.len(), other)),
        (true, false) => Ordering::Less,
        (false, true) => Ordering::Greater,
        (false, false) => one.cmp(other),
    }
}

fn is_number(part: &str) -> bool {
    part.bytes().all(|b| b.is_ascii_digit())
}

fn number(part: &str) -> Option<u32> {
    let plain = !part.is_empty() && is_number(part) && (part == "0" || !part.starts_with('0'));
    plain.then(|| part.parse().ok()).flatten()
}

fn is_identifier(part: &str) -> bool {
    let fits = part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    let leading_zero = is_number(part) && part.len() > 1 && part.starts_with('0');
    !part.is_empty() && fits && !leading_zero
}

impl FromStr for Version {
    type Err = InvalidVersion;

    fn from_str(text: &str) -> Result<Self, InvalidVersion> {
        let (core, extension) = match text.split_once('-') {
            Some((core, extension)) => (core, Some(extension)),
            None => (text, None),
        };
        let numbers: Option<Vec<_>> = core.split('.').map(number).collect();
        let fits = extension.is_none_or(|extension| {
            extension.len() <= MAX_EXTENSION && extension.split('.').all(is_identifier)
        });
        match numbers.as_deref() {
            Some(&[major, minor, patch]) if fits => Ok(Self {
                major,
                minor,
                patch,
                extension: extension.map(Name::from),
            }),
            _ => Err(InvalidVersion(text.to_owned())),
        }
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.major, self.minor, self.patch)?;
        let extension = self.extension.as_ref();
        extension.map_or(Ok(()), |extension| write!(f, "-{extension}"))
    }
}

impl Serialize for Version {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Version {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from_text(from, "a version such as `1.2.0`")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each below the next: the examples of "Versioning in SDMX" and of semver.org, and the cases
    /// between.
    const ORDER: &[&str] = &[
        "0.1.0",
        "1.0.0-0.3.7",
        "1.0.0-1",
        "1.0.0-1.0",
        "1.0.0-2",
        "1.0.0-11",
        "1.0.0-99999999999999999999999999",
        "1.0.0--",
        "1.0.0-1a",
        "1.0.0-Draft",
        "1.0.0-draft",
        "1.0.0-draft.1",
        "1.0.0-draft.2",
        "1.0.0-draft.11",
        "1.0.0-draft.beta",
        "1.0.0-x.7.z.92",
        "1.0.0",
        "1.0.1-draft",
        "1.9.0",
        "1.10.0",
        "2.0.0",
        "2.1.0",
        "2.1.1",
        "4294967295.0.0",
    ];

    #[test]
    fn st3_versions_stand_in_one_total_order() {
        let versions: Vec<Version> = ORDER.iter().map(|v| v.parse().expect("it")).collect();
        for (at, one) in versions.iter().enumerate() {
            assert_eq!(one.to_string(), ORDER[at]);
            for (other_at, other) in versions.iter().enumerate() {
                assert_eq!(one.cmp(other), at.cmp(&other_at), "{one} and {other}");
            }
        }
    }

    #[test]
    fn st3_what_is_no_version_is_refused() {
        for text in [
            "",
            "1",
            "1.0",
            "1.0.0.0",
            "01.0.0",
            "1.00.0",
            "1.0.0-",
            "1.0.0-a..b",
            "1.0.0-01",
            "1.0.0-dräft",
            "1.0.0+build",
            "1.0.0-draft+exp.sha.5114f85",
            "4294967296.0.0",
            " 1.0.0",
            "-1.0.0",
            "1.+1.0",
        ] {
            let refused = text.parse::<Version>().expect_err("no version").to_string();
            assert!(refused.starts_with(&format!("`{text}` is no version")));
        }
    }

    #[test]
    fn st2_a_step_begins_what_is_behind_it_again_at_0() {
        let version = |text: &str| text.parse::<Version>().expect("a version");
        for (before, after, step) in [
            ("1.2.3", "1.2.4", Some(Step::Patch)),
            ("1.2.3", "1.2.9", Some(Step::Patch)),
            ("1.2.3", "1.3.0", Some(Step::Minor)),
            ("1.2.3", "1.3.1", None),
            ("1.2.3", "2.0.0", Some(Step::Major)),
            ("1.2.3", "2.1.0", None),
            ("1.2.3", "1.2.3", None),
            ("1.2.3", "1.1.9", None),
            ("1.2.3", "0.9.9", None),
        ] {
            assert_eq!(version(after).step_from(&version(before)), step, "{after}");
        }
        assert_eq!(version("1.2.3").after(Step::Minor), Some(version("1.3.0")));
        assert_eq!(version("1.2.4294967295").after(Step::Patch), None);
        assert_eq!(version("1.2.0-draft").step(), Step::Minor);
    }
}
