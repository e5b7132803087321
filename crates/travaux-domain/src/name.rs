//! Short texts that are copied often.

use std::{borrow::Borrow, fmt, ops::Deref};

use serde::{Deserialize, Serialize};
use smol_str::{SmolStr, ToSmolStr as _};

/// A short text: the short name of a party, the name of a person. Up to 23 bytes stand in the value itself; a longer text is shared by its
/// clones. So no clone asks the allocator for anything: a replay clones a dozen of them an event.
///
/// It reads, compares and serialises as the `str` that it is.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Name(SmolStr);

impl Name {
    /// What is written in the program.
    pub const fn literal(text: &'static str) -> Self {
        Self(SmolStr::new_static(text))
    }

    /// What something reads as.
    pub fn of(value: impl fmt::Display) -> Self {
        Self(value.to_smolstr())
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Deref for Name {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl AsRef<str> for Name {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for Name {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self.as_str(), f)
    }
}

impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

impl From<&str> for Name {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

impl From<String> for Name {
    fn from(text: String) -> Self {
        Self(text.into())
    }
}

impl From<&String> for Name {
    fn from(text: &String) -> Self {
        Self(text.into())
    }
}

impl From<&Self> for Name {
    fn from(name: &Self) -> Self {
        name.clone()
    }
}

impl From<Name> for String {
    fn from(name: Name) -> Self {
        name.0.into()
    }
}

impl PartialEq<str> for Name {
    fn eq(&self, other: &str) -> bool {
        self.as_str() == other
    }
}

impl PartialEq<&str> for Name {
    fn eq(&self, other: &&str) -> bool {
        self.as_str() == *other
    }
}

impl PartialEq<String> for Name {
    fn eq(&self, other: &String) -> bool {
        self.as_str() == other
    }
}

impl PartialEq<Name> for String {
    fn eq(&self, other: &Name) -> bool {
        self == other.as_str()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    /// Within the value, at its bound and behind it.
    const TEXTS: [&str; 5] = [
        "",
        "FR",
        "exactly 23 bytes of it!",
        "exactly 24 bytes, é it!",
        "a title that is long enough to be shared by its clones",
    ];

    #[test]
    fn it_serialises_as_the_text_that_it_is() {
        for text in TEXTS {
            let name = Name::from(text);
            let json = serde_json::to_string(text).expect("it serialises");
            assert_eq!(serde_json::to_string(&name).ok(), Some(json.clone()));
            assert_eq!(serde_json::from_str::<Name>(&json).ok(), Some(name.clone()));
            let bytes = postcard::to_stdvec(text).expect("it serialises");
            assert_eq!(postcard::to_stdvec(&name), Ok(bytes.clone()));
            assert_eq!(postcard::from_bytes::<Name>(&bytes), Ok(name));
        }
        let escaped = serde_json::from_str::<Name>(r#""F\u0052""#);
        assert_eq!(escaped.ok(), Some(Name::from("FR")));
    }

    #[test]
    fn it_compares_and_reads_as_its_text() {
        let names: BTreeMap<Name, usize> = TEXTS.map(Name::from).into_iter().zip(0..).collect();
        let texts: BTreeMap<&str, usize> = TEXTS.into_iter().zip(0..).collect();
        assert!(names.values().eq(texts.values()), "in the same order");
        for (text, at) in texts {
            assert_eq!(names.get(text), Some(&at));
            let name = Name::from(text.to_owned());
            assert_eq!((name.as_str(), name.len()), (text, text.len()));
            assert_eq!(format!("{name} {name:?}"), format!("{text} {text:?}"));
            assert_eq!(String::from(name), text);
        }
    }
}
