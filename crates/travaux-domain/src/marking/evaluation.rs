//! How far a content can be relied on: codes of several schemes, none of which is another's.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::Name;

/// An evaluation of a source and of what it says, in a scheme. Nothing converts one into another: a
/// code for what cannot be judged is not a bad one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Evaluation {
    /// The scheme, such as `europol`, `5x5x5`, `3x5x2` or `admiralty`.
    pub scheme: Name,
    /// The code of the source, such as `B`.
    pub source: Name,
    /// The code of what it says, such as `2`.
    pub information: Name,
    /// The code of to whom it may go, in the schemes that have one.
    #[serde(default)]
    pub dissemination: Option<Name>,
}

/// The schemes: the codes of the source, of the information, of the dissemination.
const SCHEMES: [(&str, &str, &str, &str); 4] = [
    ("europol", "ABCX", "1234", ""),
    ("5x5x5", "ABCDE", "12345", "12345"),
    ("3x5x2", "123", "ABCDE", "PC"),
    ("admiralty", "ABCDEFG", "123456", ""),
];

impl Evaluation {
    /// What its scheme has in the place of a code that it does not have; nothing, if it has all.
    pub fn fault(&self) -> Option<String> {
        let known = SCHEMES.iter().find(|(scheme, ..)| self.scheme == *scheme);
        let Some((_, source, information, dissemination)) = known else {
            let schemes: Vec<_> = SCHEMES.iter().map(|(scheme, ..)| *scheme).collect();
            return Some(format!("a scheme of {}", schemes.join(", ")));
        };
        let is_of = |code: &str, codes: &str| code.len() == 1 && codes.contains(code);
        let goes = self.dissemination.as_deref();
        let fits = is_of(&self.source, source)
            && is_of(&self.information, information)
            && goes.is_none_or(|code| is_of(code, dissemination))
            && goes.is_some() != dissemination.is_empty();
        (!fits).then(|| {
            let each = |codes: &str| {
                let codes: Vec<_> = codes.chars().map(String::from).collect();
                codes.join(" ")
            };
            let goes = match *dissemination {
                "" => String::new(),
                codes => format!(", dissemination of {}", each(codes)),
            };
            let (source, information) = (each(source), each(information));
            format!("a source of {source}, information of {information}{goes}")
        })
    }
}

impl fmt::Display for Evaluation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}{}", self.scheme, self.source, self.information)?;
        let goes = self.dissemination.as_ref();
        goes.map_or(Ok(()), |code| write!(f, "/{code}"))
    }
}
