//! What the events of a meeting are made of.

use chrono::{NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

use crate::{
    FrameworkId, Name, PartyId,
    partnership::{ItemRef, OfficeHolder, Words},
};

/// What kind of meeting it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MeetingKind {
    /// A working meeting of ministers.
    Ministers,
    /// An ordinary session of a body: it has a number.
    Session,
    /// An extraordinary session of a body: it has none.
    Extraordinary,
    /// A meeting of experts.
    Experts,
}

/// When it begins: a day, and a time in a zone where they are known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Start {
    /// The day, in the zone of the place.
    pub date: NaiveDate,
    /// The time of the day.
    #[serde(default)]
    pub time: Option<NaiveTime>,
    /// The zone, by its name in the IANA time zone database, such as `Africa/Casablanca`.
    #[serde(default)]
    pub zone: Option<Name>,
}

/// How many days before the meeting things are due, where its rules of procedure say so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeetingLimits {
    /// Items are asked for so many days before.
    pub items: u16,
    /// The provisional agenda goes out so many days before.
    pub agenda: u16,
    /// Papers go out so many days before.
    pub papers: u16,
    /// Each party names its delegation, so many days before; absent where it need not.
    #[serde(default)]
    pub delegations: Option<u16>,
}

/// The call to a meeting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Convocation {
    /// The framework under which it is held.
    pub framework: FrameworkId,
    /// What it is called.
    pub title: String,
    /// Its kind.
    pub kind: MeetingKind,
    /// The body whose session it is, by its key in the framework.
    #[serde(default)]
    pub body: Option<Name>,
    /// The number of the session.
    #[serde(default)]
    pub number: Option<u32>,
    /// Who meets: parties to the framework, two or more. Where all have to consent, these have.
    pub parties: Vec<PartyId>,
    /// When it is to begin.
    pub start: Start,
    /// Where.
    pub place: String,
    /// Who takes the chair: one, or those who share it.
    pub chair: Vec<OfficeHolder>,
    /// Whether the date is still to be confirmed.
    #[serde(default)]
    pub tentative: bool,
    /// The limits that its rules of procedure set.
    #[serde(default)]
    pub limits: Option<MeetingLimits>,
}

/// An item of an agenda. Its key names it for good; its number is a label.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgendaItem {
    /// Its key.
    pub key: Name,
    /// The number shown, such as `3(a)`.
    #[serde(default)]
    pub number: Option<Name>,
    /// What it is about.
    pub title: Words,
    /// The items of the agenda before that it was made of: by merging or splitting them.
    #[serde(default)]
    pub of: Vec<Name>,
}

/// In what capacity somebody took part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Capacity {
    /// Head of a delegation.
    Head,
    /// One of those who shared the chair.
    CoChair,
    /// Member of a delegation.
    Member,
    /// Expert, heard by consent.
    Expert,
}

/// Who takes part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Participant {
    /// Who, by office.
    pub who: OfficeHolder,
    /// In what capacity.
    pub capacity: Capacity,
}

/// What became of an item of the agenda.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Disposal {
    /// All agreed.
    Agreed {
        /// All parties, by name.
        consenting: Vec<PartyId>,
    },
    /// It was noted.
    Noted,
    /// It was referred to somebody.
    Referred {
        /// To whom.
        to: String,
    },
    /// It was put off.
    Deferred {
        /// To when, or to which meeting.
        to: String,
    },
    /// There was no agreement.
    NotAgreed,
    /// Who had asked for it took it back.
    Withdrawn,
}

/// What the words of an item bear. Only the first one needs all parties, and nothing turns into it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// All parties agreed on it.
    Agreed {
        /// All parties, by name.
        consenting: Vec<PartyId>,
    },
    /// It was agreed in principle: its words bind nobody yet.
    AgreedInPrinciple,
    /// One party proposed it.
    Proposed {
        /// Which.
        by: PartyId,
    },
    /// One party undertook it.
    Undertaking {
        /// Which.
        by: PartyId,
    },
    /// It was noted.
    Noted,
    /// It was welcomed.
    Welcomed,
    /// It was recalled.
    Recalled,
}

/// What was agreed, proposed or undertaken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgreedItem {
    /// Its key.
    pub key: Name,
    /// What its words bear.
    pub mode: Mode,
    /// The words.
    pub words: Words,
    /// The area of the framework, by key.
    #[serde(default)]
    pub area: Option<Name>,
    /// The item of the agenda under which it was agreed.
    #[serde(default)]
    pub agenda: Option<Name>,
    /// The statement that tells of it.
    #[serde(default)]
    pub statement: Option<Name>,
}

/// A statement on a meeting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    /// Its key.
    pub key: Name,
    /// Whose it is. One of a single party shows that party's view alone.
    pub issuers: Vec<PartyId>,
    /// Its words, or what they are about, in each language in which it was issued.
    pub words: Words,
    /// When it was published, if it was.
    #[serde(default)]
    pub published: Option<NaiveDate>,
    /// Where it is to be found.
    #[serde(default)]
    pub source: Option<String>,
}

/// The end of an item that was agreed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ItemEnd {
    /// It was done.
    Fulfilled,
    /// It lapsed, or was dropped.
    Lapsed {
        /// Why.
        reason: String,
    },
    /// An item of another meeting took its place.
    Superseded {
        /// Which.
        by: ItemRef,
    },
}

/// A field of the record that can be wrong. None of them says who may do what, or counts.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RecordField {
    /// The title.
    Title,
    /// The place.
    Place,
    /// The name of a participant, numbered from 1.
    ParticipantName(u32),
    /// The name of one in the chair, numbered from 1.
    ChairName(u32),
    /// The words of an item in a language.
    ItemWords {
        /// The item.
        item: Name,
        /// The language.
        lang: travaux_text::Lang,
    },
    /// The words of a statement in a language.
    StatementWords {
        /// The statement.
        statement: Name,
        /// The language.
        lang: travaux_text::Lang,
    },
}
