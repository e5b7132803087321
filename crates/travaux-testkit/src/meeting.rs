//! A partnership of FR and MA, and the parts of what its meetings do. The facts are those of the
//! public record of 14 April and 25 June 2025; the words are drafts of our own.

use std::sync::Arc;

use travaux_domain::{
    Name, Party, PartyId,
    framework::{Area, Body, Declaration, Foundation, FrameworkCommand},
    meeting::{
        AgendaItem, AgreedItem, Capacity, Convocation, MeetingCommand, MeetingKind, Mode,
        Participant, Start, Statement,
    },
    partnership::{ItemRef, OfficeHolder, Words},
};

use crate::{
    agreement::{date, lang},
    history::{History, framework_id, meeting_id},
};

/// Short names of parties.
pub fn parties(names: &[&str]) -> Vec<PartyId> {
    names.iter().map(|name| (*name).into()).collect()
}

/// Words in English.
pub fn words(text: &str) -> Words {
    Words::from([(lang("en"), text.to_owned())])
}

/// Who holds an office for a party.
pub fn holder(party: &str, office: &str, name: &str) -> OfficeHolder {
    OfficeHolder {
        party: party.into(),
        office: office.to_owned(),
        name: (!name.is_empty()).then(|| name.into()),
    }
}

/// A framework of FR, MA and, if there are three, ES; with two areas.
pub fn foundation(names: &[&str]) -> FrameworkCommand {
    let party = |name: &&str| Party {
        id: (*name).into(),
        name: format!("State {name}"),
    };
    let area = |key: &str| Area {
        key: key.into(),
        title: key.to_owned(),
    };
    FrameworkCommand::FrameworkFounded(Arc::new(Foundation {
        title: "Partnership".into(),
        declaration: Declaration {
            title: "joint declaration".into(),
            made: "2024-10".into(),
            by: vec!["Heads of State".into()],
        },
        parties: names.iter().map(party).collect(),
        areas: vec![area("migration"), area("civil-protection")],
    }))
}

/// Its body.
pub fn body() -> FrameworkCommand {
    FrameworkCommand::BodyEstablished(Arc::new(Body {
        key: "gmmp".into(),
        title: "Permanent joint group on migration".into(),
        area: "migration".into(),
        mandate: "common solutions".into(),
        consenting: None,
    }))
}

/// The working meeting of ministers on 14 April 2025, in the framework under the number 1.
pub fn ministers() -> Convocation {
    Convocation {
        framework: framework_id(1),
        title: "Working meeting in Rabat".into(),
        kind: MeetingKind::Ministers,
        body: None,
        number: None,
        parties: parties(&["FR", "MA"]),
        start: on_day("2025-04-14"),
        place: "Rabat".into(),
        chair: vec![holder("MA", "Minister of the Interior", "")],
        tentative: false,
        limits: None,
    }
}

/// The seventh session of the body, on 25 June 2025.
pub fn session() -> Convocation {
    Convocation {
        title: "Seventh session".into(),
        kind: MeetingKind::Session,
        body: Some("gmmp".into()),
        number: Some(7),
        start: on_day("2025-06-25"),
        place: "Paris".into(),
        chair: vec![
            holder("MA", "Director of Migration", ""),
            holder("FR", "Director of Immigration", ""),
        ],
        ..ministers()
    }
}

/// A day, without a time.
pub fn on_day(day: &str) -> Start {
    Start {
        date: date(day),
        time: None,
        zone: None,
    }
}

/// An item of an agenda.
pub fn agenda_item(key: &str) -> AgendaItem {
    AgendaItem {
        key: key.into(),
        number: None,
        title: words(key),
        of: Vec::new(),
    }
}

/// The two ministers, with the wrong name that one record gives.
pub fn delegations() -> Vec<Participant> {
    let head = |who| Participant {
        who,
        capacity: Capacity::Head,
    };
    vec![
        head(holder(
            "MA",
            "Minister of the Interior",
            "Abdelouafi Laftit",
        )),
        head(holder("FR", "Minister of the Interior", "Bruno Le Roux")),
    ]
}

/// What was agreed, proposed or undertaken.
pub fn agreed(key: &str, mode: Mode) -> AgreedItem {
    AgreedItem {
        key: key.into(),
        mode,
        words: words(&format!("what {key} says")),
        area: None,
        agenda: None,
        statement: None,
    }
}

/// That FR and MA agreed.
pub fn by_all() -> Mode {
    Mode::Agreed {
        consenting: parties(&["FR", "MA"]),
    }
}

/// A statement.
pub fn statement(key: &str, issuers: &[&str]) -> Statement {
    Statement {
        key: key.into(),
        issuers: parties(issuers),
        words: words("they met"),
        published: None,
        source: None,
    }
}

/// An item of the meeting under a number.
pub fn item_ref(meeting: u128, item: &str) -> ItemRef {
    ItemRef {
        meeting: meeting_id(meeting),
        item: Name::from(item),
    }
}

/// Convenes a meeting.
pub fn convene(on: &str, convocation: Convocation) -> MeetingCommand {
    MeetingCommand::MeetingConvened {
        on: date(on),
        convocation,
    }
}

/// Says that a meeting was held.
pub fn held(on: &str) -> MeetingCommand {
    MeetingCommand::MeetingHeld {
        on: date(on),
        participants: delegations(),
        consenting: Vec::new(),
    }
}

/// Records an item.
pub fn record(on: &str, item: AgreedItem) -> MeetingCommand {
    MeetingCommand::AgreedItemRecorded { on: date(on), item }
}

/// A log in which the framework under the number 1 stands, with its body, and the ministers have
/// been called to the meeting under the number 1.
pub fn convened() -> History {
    let mut history = History::new();
    history
        .at("2024-10-28")
        .framework(1, "FR", foundation(&["FR", "MA", "ES"]))
        .framework(1, "FR", body())
        .at("2025-04-01")
        .meeting(1, "MA", convene("2025-04-01", ministers()));
    history
}

/// The same, held on 14 April 2025.
pub fn met() -> History {
    let mut history = convened();
    history
        .at("2025-04-14")
        .meeting(1, "MA", held("2025-04-14"));
    history
}
