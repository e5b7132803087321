//! Markings as people write them: `fr:secret to:FR,MA h1 tlp:amber europol=B2`.

use std::collections::BTreeSet;

use super::{Evaluation, Level, Marking, Schemes, Tlp, rank};
use crate::{Name, PartyId};

/// A text is no marking: the word that is wrong, and what was expected.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{word}` in a marking: expected {expected}")]
pub struct InvalidMarking {
    /// The word.
    pub word: String,
    /// What was expected.
    pub expected: String,
}

fn wrong(word: &str, expected: impl Into<String>) -> InvalidMarking {
    InvalidMarking {
        word: word.to_owned(),
        expected: expected.into(),
    }
}

impl Marking {
    /// Reads a marking of words with blanks between: levels as `SCHEME:CODE`, who may have it as
    /// `to:A,B` or `to:nobody`, `tlp:COLOUR`, evaluations as `SCHEME=CODES`, and codes of handling.
    ///
    /// # Errors
    /// [`InvalidMarking`] for a word that says nothing, or what no scheme has; and where the Traffic
    /// Light Protocol is not told.
    pub fn parse(text: &str, own: &Schemes) -> Result<Self, InvalidMarking> {
        let mut marking = Self::of(Tlp::Clear);
        let mut tlp = None;
        for word in text.split_whitespace() {
            if let Some((scheme, codes)) = word.split_once('=') {
                marking.evaluations.insert(evaluation(word, scheme, codes)?);
                continue;
            }
            match word.split_once(':') {
                None => drop(marking.handling.insert(word.into())),
                Some(("tlp", colour)) => {
                    let known = colour_of(colour);
                    let colours = "tlp:clear, green, amber, amber+strict or red";
                    tlp = Some(known.ok_or_else(|| wrong(word, colours))?);
                }
                Some(("to", "nobody")) => marking.releasable_to = Some(BTreeSet::new()),
                Some(("to", parties)) => {
                    let each = parties.split(',').map(|party| PartyId(party.into()));
                    marking.releasable_to = Some(each.collect());
                }
                Some((scheme, code)) => {
                    let expected = "a level of a scheme, such as fr:secret or eu:secret-ue";
                    let rank = rank(own, scheme, code).ok_or_else(|| wrong(word, expected))?;
                    let code = Name::from(code);
                    marking.levels.insert(scheme.into(), Level { rank, code });
                }
            }
        }
        let silent = || wrong(text, "what the Traffic Light Protocol says: tlp:amber, say");
        marking.tlp = tlp.ok_or_else(silent)?;
        Ok(marking)
    }
}

fn colour_of(colour: &str) -> Option<Tlp> {
    Some(match colour.to_lowercase().as_str() {
        "clear" | "white" => Tlp::Clear,
        "green" => Tlp::Green,
        "amber" => Tlp::Amber,
        "amber+strict" => Tlp::AmberStrict,
        "red" => Tlp::Red,
        _ => return None,
    })
}

/// `europol=B2`; `5x5x5=B2/3` with a code of dissemination.
fn evaluation(word: &str, scheme: &str, codes: &str) -> Result<Evaluation, InvalidMarking> {
    let (codes, goes) = match codes.split_once('/') {
        Some((codes, goes)) => (codes, Some(Name::from(goes))),
        None => (codes, None),
    };
    let mut signs = codes.chars().map(|sign| Name::from(sign.to_string()));
    let (Some(source), Some(information), None) = (signs.next(), signs.next(), signs.next()) else {
        return Err(wrong(
            word,
            "two codes behind the scheme, such as europol=B2",
        ));
    };
    let evaluation = Evaluation {
        scheme: scheme.into(),
        source,
        information,
        dissemination: goes,
    };
    match evaluation.fault() {
        None => Ok(evaluation),
        Some(expected) => Err(wrong(word, expected)),
    }
}
