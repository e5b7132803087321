//! An exchange of information of FR, MA and ES, and the parts of what is done under it. The limits
//! are those of Directive (EU) 2023/977, 5(1); the words are drafts of our own.

use std::collections::BTreeSet;

use chrono::{DateTime, FixedOffset, NaiveDate};
use travaux_domain::{
    PartyId,
    exchange::{Dimension, ExchangeCommand, LimitCase, Publishing, Terms},
    limit::{Calendar, Counting, Moment},
    marking::{Level, Marking, Tlp},
    request::{Content, RequestCall, RequestCommand, Says},
};
use travaux_text::Digest;

use crate::{
    agreement::{date, lang},
    history::{History, exchange_id, framework_id},
    meeting::{body, foundation, parties},
};

/// The case of a limit; an absent condition is for all.
pub fn case(key: &str, [urgent, direct, listed]: [Option<bool>; 3], period: &str) -> LimitCase {
    LimitCase {
        key: key.into(),
        urgent,
        direct,
        listed,
        period: period.parse().expect("a period"),
    }
}

/// The limits of Directive (EU) 2023/977, 5(1).
pub fn limits() -> Vec<LimitCase> {
    let (yes, no) = (Some(true), Some(false));
    vec![
        case("urgent-direct", [yes, yes, None], "8 hours"),
        case("urgent-indirect", [yes, no, None], "3 days"),
        case("other", [None; 3], "7 days"),
    ]
}

/// The terms of the exchange under the number 1.
pub fn terms(counting: Counting) -> Terms {
    let contact = |party: &str| {
        (
            party.into(),
            format!("spoc-{}", party.to_lowercase()).into(),
        )
    };
    Terms {
        framework: framework_id(1),
        title: "Exchange of information".into(),
        agreement: None,
        instrument: "Directive (EU) 2023/977".into(),
        contacts: ["ES", "FR", "MA"].map(contact).into(),
        languages: vec![lang("fr"), lang("en")],
        limits: limits(),
        counting,
        refusal_grounds: vec!["essential-interests".into(), "investigation".into()],
        deviation_grounds: vec!["judicial-authorisation".into()],
        erasure_grounds: vec!["retention-ended".into(), "wrong-person".into()],
        schemes: [("ma".into(), ["open", "ma-secret"].map(Into::into).into())].into(),
        unmarked: Marking {
            levels: [("fr".into(), level(3, "tres-secret"))].into(),
            handling: ["h1", "h2"].map(Into::into).into(),
            ..Marking::of(Tlp::Red)
        },
        publishing: Publishing {
            rows: Dimension::Area,
            columns: Dimension::Quarter,
            minimum: 5,
        },
    }
}

/// Agrees on terms, by all three.
pub fn agree(on: &str, terms: Terms) -> ExchangeCommand {
    ExchangeCommand::TermsAgreed {
        on: date(on),
        terms: Box::new(terms),
        consenting: parties(&["ES", "FR", "MA"]),
    }
}

/// A level of a scheme.
pub fn level(rank: u8, code: &str) -> Level {
    Level {
        rank,
        code: code.into(),
    }
}

/// `TLP:AMBER`, releasable to these.
pub fn amber(to: &[&str]) -> Marking {
    Marking {
        releasable_to: Some(parties(to).into_iter().collect()),
        ..Marking::of(Tlp::Amber)
    }
}

/// A calendar of a zone with these holidays.
pub fn calendar(zone: &str, holidays: &[&str]) -> Calendar {
    Calendar {
        holidays: holidays.iter().map(|day| date(day)).collect(),
        ..Calendar::of(zone)
    }
}

/// That of Rabat in the spring of 2025: the clocks show UTC until 6 April, and 31 March and 1 April
/// are holidays.
pub fn rabat() -> Calendar {
    calendar("Africa/Casablanca", &["2025-03-31", "2025-04-01"])
}

/// That of Paris in the spring of 2025: the clocks change on 30 March.
pub fn paris() -> Calendar {
    calendar("Europe/Paris", &["2025-04-21", "2025-05-01"])
}

/// An instant with its offset, as RFC 3339 writes it.
pub fn instant(at: &str) -> DateTime<FixedOffset> {
    at.parse().expect("an instant")
}

/// A day, or an instant with its day where it was.
pub fn moment(when: &str) -> Moment {
    if when.contains('T') {
        let at = instant(when);
        Moment {
            on: at.date_naive(),
            at: Some(at),
        }
    } else {
        Moment::day(date(when))
    }
}

/// The day and the instant of a moment.
pub fn when(at: &str) -> (NaiveDate, Option<DateTime<FixedOffset>>) {
    let Moment { on, at } = moment(at);
    (on, at)
}

/// A content of that key and marking.
pub fn content(key: &str, marking: Option<Marking>) -> Content {
    Content {
        key: key.into(),
        digest: Digest::of(key.as_bytes()),
        marking,
        made_of: Vec::new(),
        origins: BTreeSet::new(),
    }
}

/// A request of FR to MA, urgent, of two parts.
pub fn call() -> RequestCall {
    RequestCall {
        framework: framework_id(1),
        exchange: exchange_id(1),
        reference: "FR-2025-0017".into(),
        from: "spoc-fr".into(),
        to: "MA".into(),
        at: "spoc-ma".into(),
        copy_to: None,
        area: "migration".into(),
        clause: "Article 4".into(),
        urgent: true,
        listed: false,
        parts: vec!["identity".into(), "travel".into()],
        languages: vec![lang("fr")],
        agreed_limit: None,
        consenting: Vec::new(),
        says: [
            Says::Purpose,
            Says::Objective,
            Says::Link,
            Says::UrgencyReasons,
        ]
        .into(),
        content: content("question", Some(amber(&["FR", "MA"]))),
    }
}

/// Sends a request.
pub fn send(at: &str, request: RequestCall) -> RequestCommand {
    let (on, at) = when(at);
    let request = Box::new(request);
    RequestCommand::RequestSent { on, at, request }
}

/// Receives it; its contact point has the information itself, or not.
pub fn receive(at: &str, direct: bool) -> RequestCommand {
    let (on, at) = when(at);
    RequestCommand::RequestReceived {
        on,
        at,
        direct,
        limit: None,
    }
}

/// Provides information on parts.
pub fn provide(at: &str, parts: &[&str], content: Content) -> RequestCommand {
    let (on, at) = when(at);
    RequestCommand::ReplyProvided {
        on,
        at,
        parts: parts.iter().map(|part| (*part).into()).collect(),
        content,
        uses: Vec::new(),
    }
}

/// Refuses parts.
pub fn refuse(at: &str, ground: &str, parts: &[&str]) -> RequestCommand {
    let (on, at) = when(at);
    RequestCommand::ReplyRefused {
        on,
        at,
        ground: ground.into(),
        parts: parts.iter().map(|part| (*part).into()).collect(),
    }
}

/// Asks for clarification.
pub fn ask(at: &str, key: &str) -> RequestCommand {
    let (on, at) = when(at);
    let content = content(key, Some(amber(&["FR", "MA"])));
    RequestCommand::ClarificationAsked { on, at, content }
}

/// Gives it.
pub fn clarify(at: &str, key: &str) -> RequestCommand {
    let (on, at) = when(at);
    let content = content(key, Some(amber(&["FR", "MA"])));
    RequestCommand::ClarificationGiven { on, at, content }
}

/// Who exchanges.
pub fn circle() -> Vec<PartyId> {
    parties(&["ES", "FR", "MA"])
}

/// A log in which the framework under the number 1 stands, and the exchange under the number 1, of
/// FR, MA and ES, with the calendars of FR and MA.
pub fn exchanging(counting: Counting) -> History {
    let declared = |calendar| ExchangeCommand::CalendarDeclared {
        on: date("2025-01-02"),
        calendar,
    };
    let mut history = History::new();
    history
        .at("2024-10-28")
        .framework(1, "FR", foundation(&["FR", "MA", "ES"]))
        .framework(1, "FR", body())
        .at("2025-01-02")
        .exchange(1, "FR", agree("2025-01-02", terms(counting)))
        .exchange(1, "FR", declared(paris()))
        .exchange(1, "MA", declared(rabat()))
        .at("2025-03-28");
    history
}

/// The same, with a request that FR sent to MA, and MA received on Friday 28 March 2025 at 23:30.
pub fn asked(counting: Counting) -> History {
    let mut history = exchanging(counting);
    history
        .request(1, "FR", send("2025-03-28T23:00:00+01:00", call()))
        .at("2025-03-29")
        .request(1, "MA", receive("2025-03-28T23:30:00+00:00", true));
    history
}
