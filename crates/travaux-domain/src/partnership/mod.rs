//! What the streams under a framework have in common: how they decide, on which day each of their
//! events counts, and how what was agreed and what follows it up are linked.
//!
//! A kind of stream under a framework has events that are deeds ([`Deed`]): each has its day and the
//! row on which it is recorded, told in one list (`deeds!`). Its state is a [`Dossier`]: it can be
//! folded as it stood on a day.

mod clause;
mod deciding;
mod deed;
mod hold;
mod link;
mod questions;
mod rules;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use travaux_text::Lang;

pub use self::{
    clause::ClauseRef,
    deciding::{MAX_KEY, MAX_WORDS},
    deed::{Dated, Deed, DeedRow, Dossier},
    hold::{Held, Hold, check_holds, lets_go},
    link::{Counterpart, FollowUp, ItemRef, Link, Side, check_links},
};
pub(crate) use self::{
    deciding::{Deciding, Parties},
    deed::{deeds, rows},
    link::{PACKAGE_FOLLOWS, RELATION_FOLLOWS},
    questions::RULES as QUESTIONS,
    rules::RULES,
};
use crate::{Name, PartyId};

/// Words in each language in which they are on record.
pub type Words = BTreeMap<Lang, String>;

/// The words to show: those in `lang`, else in the first language on record; empty where there are
/// none.
pub fn in_language(words: &Words, lang: Lang) -> &str {
    words
        .get(&lang)
        .or_else(|| words.values().next())
        .map_or("", String::as_str)
}

/// Who took part, spoke or signed: for which party, in which office. The office is what binds; the
/// name is as recorded, and may be corrected without changing anything else (INV9).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfficeHolder {
    /// The party.
    pub party: PartyId,
    /// The office, in words: `Minister of the Interior`.
    pub office: String,
    /// The name of the person, as recorded; absent where only the office is.
    #[serde(default)]
    pub name: Option<Name>,
}
