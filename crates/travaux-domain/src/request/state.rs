//! A request as it stands.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use travaux_text::Digest;

use super::{ContentRef, Limit, Offer, RequestCall, Timed, Use};
use crate::{
    FrameworkId, Name, PartyId, exchange::ExchangeId, limit::Moment, marking::Marking,
    partnership::Dated,
};

/// That the requested party received a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// When.
    pub at: Timed,
    /// Whether its contact point has the information itself.
    pub direct: bool,
    /// The limit.
    pub limit: Limit,
}

/// That a limit was put off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deviation {
    /// On which ground.
    pub ground: Name,
    /// By which day the reply is expected.
    pub expected: NaiveDate,
    /// When that was told.
    pub at: Timed,
}

/// A clarification: the clock stands still from when it is asked for until it is given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clarification {
    /// When it was asked for.
    pub asked: Timed,
    /// The question, by its key.
    pub question: Name,
    /// When it was given, and the answer by its key.
    pub given: Option<(Timed, Name)>,
}

/// How a part of a request ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PartOutcome {
    /// It was answered, by a content.
    Provided {
        /// Its key.
        content: Name,
    },
    /// It was refused.
    Refused {
        /// On which ground.
        ground: Name,
    },
}

/// The end of a part of a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartEnd {
    /// How.
    pub outcome: PartOutcome,
    /// When.
    pub at: Timed,
}

/// Who holds a content beside its originator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// From whom.
    pub from: PartyId,
    /// Since when.
    pub since: Dated,
    /// The marking by which the holder goes: so many changes of it were received.
    pub marking: u32,
    /// When the last of them was.
    pub received: Option<Dated>,
}

/// A content, as it stands; its words are elsewhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContentRecord {
    /// The digest of salt and words.
    pub digest: Digest,
    /// Who wrote it.
    pub by: PartyId,
    /// Whose it is.
    pub origins: BTreeSet<PartyId>,
    /// The contents that it was made of.
    pub made_of: Vec<ContentRef>,
    /// Its markings, from the first on, and since when.
    pub markings: Vec<(Marking, Dated)>,
    /// Who holds it beside who wrote it.
    pub held: BTreeMap<PartyId, Held>,
    /// The uses to which one of those whose it is consented.
    pub uses: Vec<(Use, PartyId, Dated)>,
    /// Who erased it, on which ground, and when.
    pub erased: BTreeMap<PartyId, (Name, Dated)>,
}

/// A request, or information that was offered, folded from its events.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// How many events there were.
    pub version: u64,
    /// Who sent or offered it.
    pub by: Option<PartyId>,
    /// When.
    pub begun: Option<Timed>,
    /// The request; absent of information that was offered.
    pub call: Option<RequestCall>,
    /// The offer.
    pub offer: Option<Offer>,
    /// That the requested party received it.
    pub receipt: Option<Receipt>,
    /// That those to whom it was offered received it.
    pub offer_received: BTreeMap<PartyId, Timed>,
    /// That its limit was put off.
    pub deviations: Vec<Deviation>,
    /// The clarifications.
    pub clarifications: Vec<Clarification>,
    /// What was asked, and how each part ended.
    pub parts: BTreeMap<Name, Option<PartEnd>>,
    /// What was provided ahead of an answer, by its key, and when.
    pub ahead: Vec<(Name, Timed)>,
    /// When it was withdrawn.
    pub withdrawn: Option<Timed>,
    /// Its contents.
    pub contents: BTreeMap<Name, ContentRecord>,
}

impl Request {
    /// Under which framework and on the terms of which exchange it stands.
    pub(super) fn under(&self) -> Option<(FrameworkId, ExchangeId)> {
        let call = self.call.as_ref().map(|c| (c.framework, c.exchange));
        call.or_else(|| self.offer.as_ref().map(|o| (o.framework, o.exchange)))
    }

    /// The exchange on whose terms it was made.
    pub fn exchange(&self) -> Option<ExchangeId> {
        self.under().map(|(_, exchange)| exchange)
    }

    /// What it is called.
    pub fn reference(&self) -> Option<&Name> {
        let call = self.call.as_ref().map(|call| &call.reference);
        call.or_else(|| self.offer.as_ref().map(|offer| &offer.reference))
    }

    /// The area of the framework.
    pub fn area(&self) -> Option<&Name> {
        let call = self.call.as_ref().map(|call| &call.area);
        call.or_else(|| self.offer.as_ref().map(|offer| &offer.area))
    }

    /// To whom it goes.
    pub fn addressees(&self) -> impl Iterator<Item = &PartyId> {
        let asked = self.call.iter().map(|call| &call.to);
        asked.chain(self.offer.iter().flat_map(|offer| &offer.to))
    }

    /// The parts that wait for an answer, by what was recorded.
    pub fn open_parts(&self) -> impl Iterator<Item = &Name> {
        let open = self.parts.iter().filter(|(_, end)| end.is_none());
        open.map(|(part, _)| part)
    }

    /// When its last part was answered or refused; absent while one is open.
    pub fn closed(&self) -> Option<Moment> {
        let ends = self.parts.values().map(|end| Some(end.as_ref()?.at));
        let ends: Option<Vec<_>> = ends.collect();
        let by_instant = |at: &Timed| (at.at.map(|at| at.to_utc()), at.on, at.event);
        let last = ends?.into_iter().max_by_key(by_instant);
        last.map(Timed::moment)
    }
}

impl ContentRecord {
    /// Its marking, as its originator has it.
    pub fn marking(&self) -> Option<&Marking> {
        self.markings.last().map(|(marking, _)| marking)
    }

    /// The marking by which a party goes that wrote it or holds it, and since when it bears it: a
    /// holder goes by a change from when it received it (IX11).
    pub fn marking_for(&self, party: &PartyId) -> Option<&(Marking, Dated)> {
        if *party == self.by {
            return self.markings.last();
        }
        let held = self.held.get(party)?;
        self.markings.get(usize::try_from(held.marking).ok()?)
    }

    /// Why it is not there any more for a party: it was erased by its originator, or by the party.
    pub fn erased_for(&self, party: &PartyId) -> Option<(&PartyId, &(Name, Dated))> {
        let by_whom = [&self.by, party].into_iter();
        by_whom
            .filter_map(|by| self.erased.get_key_value(by))
            .next()
    }

    /// Whether all whose it is sent it to a party, or consented to that, since it was marked so.
    pub(super) fn was_let_go_to(&self, party: &PartyId, marked: Dated) -> bool {
        let Some(held) = self.held.get(party) else {
            return false;
        };
        let of = Use::Onward { to: party.clone() };
        let sent = |origin: &PartyId| *origin == held.from && held.since.event >= marked.event;
        let consents = |origin: &PartyId| {
            let mut uses = self.uses.iter();
            uses.any(|(to, by, at)| *to == of && by == origin && at.event >= marked.event)
        };
        let mut origins = self.origins.iter();
        origins.all(|origin| sent(origin) || consents(origin))
    }

    /// Those whose it is that have not consented to a use, but for who uses it.
    pub fn not_consenting(&self, of: &Use, using: &PartyId) -> Vec<&PartyId> {
        let consents = |party: &PartyId| {
            let mut uses = self.uses.iter();
            uses.any(|(to, by, _)| to == of && by == party)
        };
        let origins = self.origins.iter();
        origins
            .filter(|party| *party != using && !consents(party))
            .collect()
    }
}
