//! What the events of a request are made of.

use std::collections::BTreeSet;

use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::{Deserialize, Serialize};
use travaux_text::{Digest, Lang};

use super::RequestId;
use crate::{
    FrameworkId, Name, PartyId,
    exchange::ExchangeId,
    limit::{Counting, Moment, Period},
    marking::Marking,
};

/// A moment as a state keeps it, and the event that says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Timed {
    /// The day, where who did it is.
    pub on: NaiveDate,
    /// The instant, where it was told.
    pub at: Option<DateTime<FixedOffset>>,
    /// The event's version in its stream, from 1.
    pub event: u64,
}

impl Timed {
    /// The moment.
    pub fn moment(self) -> Moment {
        Moment {
            on: self.on,
            at: self.at,
        }
    }
}

/// A content of a request, by its key; of the same request, where none is named.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ContentRef {
    /// The request or offer.
    #[serde(default)]
    pub request: Option<RequestId>,
    /// The content.
    pub content: Name,
}

/// A content: what was asked, answered or offered. The words themselves are not on record: they are
/// kept outside of the log, by whoever holds them, and can be taken away.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// Its key in the request.
    pub key: Name,
    /// The digest of the words with a salt before them, 32 random bytes that are kept with the
    /// words: so nobody who guesses the words can tell whether the digest is theirs.
    pub digest: Digest,
    /// How its originator marked it; if it did not, the most restrictive marking of the agreement
    /// stands here.
    #[serde(default)]
    pub marking: Option<Marking>,
    /// The contents that it was made of.
    #[serde(default)]
    pub made_of: Vec<ContentRef>,
    /// Whose it is: who wrote it, and whose the contents were that it was made of.
    #[serde(default)]
    pub origins: BTreeSet<PartyId>,
}

/// What the content of a request says, so that it can be answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Says {
    /// For what purpose the information is asked for.
    Purpose,
    /// What it is to bring.
    Objective,
    /// How the persons named are linked with the purpose.
    Link,
    /// Why it is urgent.
    UrgencyReasons,
}

/// A request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestCall {
    /// The framework under which it is made.
    pub framework: FrameworkId,
    /// The exchange on whose terms it is made.
    pub exchange: ExchangeId,
    /// What it is called: a reference without spaces, which says nothing of what is asked.
    pub reference: Name,
    /// The contact point, or authority, that sends it.
    pub from: Name,
    /// The requested party.
    pub to: PartyId,
    /// Its contact point.
    pub at: Name,
    /// One's own single point of contact, where another authority sends it.
    #[serde(default)]
    pub copy_to: Option<Name>,
    /// The area of the framework.
    pub area: Name,
    /// The clause on which it rests.
    pub clause: String,
    /// Whether it is urgent.
    #[serde(default)]
    pub urgent: bool,
    /// Whether it is for an offence of the agreement's list.
    #[serde(default)]
    pub listed: bool,
    /// What is asked, by keys that say nothing of it: each is answered for itself.
    pub parts: Vec<Name>,
    /// The languages in which it is made.
    pub languages: Vec<Lang>,
    /// A shorter limit than the agreement's, that both agreed.
    #[serde(default)]
    pub agreed_limit: Option<Period>,
    /// Both parties, where there is one.
    #[serde(default)]
    pub consenting: Vec<PartyId>,
    /// What its content says.
    pub says: BTreeSet<Says>,
    /// Its content.
    pub content: Content,
}

/// Information that nobody asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// The framework.
    pub framework: FrameworkId,
    /// The exchange.
    pub exchange: ExchangeId,
    /// What it is called.
    pub reference: Name,
    /// To whom.
    pub to: Vec<PartyId>,
    /// The area of the framework.
    pub area: Name,
    /// The clause on which it rests.
    pub clause: String,
    /// Whether it had to be offered, as for serious offences.
    #[serde(default)]
    pub owed: bool,
    /// Its content.
    pub content: Content,
}

/// The limit of a request: the case of the terms that fits it, and a shorter one if both agreed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limit {
    /// The case, by its key.
    pub case: Name,
    /// Its period.
    pub period: Period,
    /// A shorter one.
    #[serde(default)]
    pub agreed: Option<Period>,
    /// How they are counted.
    pub counting: Counting,
}

/// A use of a content that wants its originator's consent.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Use {
    /// As evidence before a court.
    Evidence {
        /// By whom.
        by: PartyId,
    },
    /// For another, to whom it is sent on.
    Onward {
        /// To whom.
        to: PartyId,
    },
}
