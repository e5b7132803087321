//! What follows from each event of a request.

use std::collections::BTreeMap;

use super::{
    Clarification, Content, ContentRecord, Deviation, Held, PartEnd, PartOutcome, Receipt, Request,
    RequestEvent, Timed,
};
use crate::{
    Context, Name, PartyId,
    partnership::{Dated, Deed as _},
};

impl Request {
    /// Takes `event` in, which `context` recorded.
    pub(super) fn take(&mut self, event: &RequestEvent, context: &Context) {
        self.version += 1;
        let moment = event.moment();
        let at = Timed {
            on: moment.on,
            at: moment.at,
            event: self.version,
        };
        let dated = Dated {
            on: event.on(),
            event: self.version,
        };
        let party = &context.actor.party;
        match event {
            RequestEvent::RequestSent { request, .. } => {
                self.by = Some(party.clone());
                self.begun = Some(at);
                self.parts = request
                    .parts
                    .iter()
                    .map(|part| (part.clone(), None))
                    .collect();
                self.put(&request.content, party, [&request.to], dated);
                self.call = Some((**request).clone());
            }
            RequestEvent::InformationOffered { offer, .. } => {
                self.by = Some(party.clone());
                self.begun = Some(at);
                self.put(&offer.content, party, &offer.to, dated);
                self.offer = Some((**offer).clone());
            }
            RequestEvent::RequestReceived { direct, limit, .. } => match (&self.call, limit) {
                (Some(_), Some(limit)) => {
                    self.receipt = Some(Receipt {
                        at,
                        direct: *direct,
                        limit: limit.clone(),
                    });
                }
                _ => drop(self.offer_received.insert(party.clone(), at)),
            },
            RequestEvent::LimitDeviated {
                ground, expected, ..
            } => self.deviations.push(Deviation {
                ground: ground.clone(),
                expected: *expected,
                at,
            }),
            RequestEvent::ClarificationAsked { content, .. } => {
                self.clarifications.push(Clarification {
                    asked: at,
                    question: content.key.clone(),
                    given: None,
                });
                self.put_for_other(content, party, dated);
            }
            RequestEvent::ClarificationGiven { content, .. } => {
                if let Some(open) = self.clarifications.iter_mut().find(|c| c.given.is_none()) {
                    open.given = Some((at, content.key.clone()));
                }
                self.put_for_other(content, party, dated);
            }
            RequestEvent::ReplyProvided {
                parts,
                content,
                uses,
                ..
            } => {
                let content_key = content.key.clone();
                if parts.is_empty() {
                    self.ahead.push((content_key.clone(), at));
                }
                self.close(
                    parts,
                    at,
                    &PartOutcome::Provided {
                        content: content_key,
                    },
                );
                self.put_for_other(content, party, dated);
                if let Some(record) = self.contents.get_mut(&content.key) {
                    let uses = uses.iter().map(|to| (to.clone(), party.clone(), dated));
                    record.uses.extend(uses);
                }
            }
            RequestEvent::ReplyRefused { ground, parts, .. } => {
                let ground = ground.clone();
                self.close(parts, at, &PartOutcome::Refused { ground });
            }
            RequestEvent::RequestWithdrawn { .. } => self.withdrawn = Some(at),
            RequestEvent::MarkingChanged { content, to, .. } => {
                if let Some(record) = self.contents.get_mut(content) {
                    record.markings.push((to.clone(), dated));
                }
            }
            RequestEvent::MarkingReceived { content, .. } => {
                if let Some(record) = self.contents.get_mut(content) {
                    let last = record.markings.len().saturating_sub(1);
                    if let Some(held) = record.held.get_mut(party) {
                        held.marking = u32::try_from(last).unwrap_or(u32::MAX);
                        held.received = Some(dated);
                    }
                }
            }
            RequestEvent::UseConsented { content, uses, .. } => {
                if let Some(record) = self.contents.get_mut(content) {
                    let uses = uses.iter().map(|to| (to.clone(), party.clone(), dated));
                    record.uses.extend(uses);
                }
            }
            RequestEvent::OnwardTransmitted { content, to, .. } => {
                if let Some(record) = self.contents.get_mut(content) {
                    // It goes with the marking by which its sender goes.
                    let own = record.held.get(party).map(|held| held.marking);
                    let last = record.markings.len().saturating_sub(1);
                    let marking = own.unwrap_or(u32::try_from(last).unwrap_or(u32::MAX));
                    record.hold(to, party, dated, marking);
                }
            }
            RequestEvent::ContentErased {
                content, ground, ..
            } => {
                if let Some(record) = self.contents.get_mut(content) {
                    record.erased.insert(party.clone(), (ground.clone(), dated));
                }
            }
        }
    }

    fn close(&mut self, parts: &[Name], at: Timed, outcome: &PartOutcome) {
        for part in parts {
            let outcome = outcome.clone();
            self.parts
                .insert(part.clone(), Some(PartEnd { outcome, at }));
        }
    }

    /// A content that one of the two sent to the other.
    fn put_for_other(&mut self, content: &Content, by: &PartyId, at: Dated) {
        let both = self.by.iter().chain(self.call.iter().map(|call| &call.to));
        let other: Vec<_> = both.filter(|party| *party != by).cloned().collect();
        self.put(content, by, &other, at);
    }

    fn put<'p>(
        &mut self,
        content: &Content,
        by: &PartyId,
        to: impl IntoIterator<Item = &'p PartyId>,
        at: Dated,
    ) {
        let marking = content.marking.iter();
        let mut record = ContentRecord {
            digest: content.digest,
            by: by.clone(),
            origins: content.origins.clone(),
            made_of: content.made_of.clone(),
            markings: marking.map(|marking| (marking.clone(), at)).collect(),
            held: BTreeMap::new(),
            uses: Vec::new(),
            erased: BTreeMap::new(),
        };
        for holder in to {
            record.hold(holder, by, at, 0);
        }
        self.contents.insert(content.key.clone(), record);
    }
}

impl ContentRecord {
    fn hold(&mut self, holder: &PartyId, from: &PartyId, since: Dated, marking: u32) {
        let held = Held {
            from: from.clone(),
            since,
            marking,
            received: None,
        };
        self.held.insert(holder.clone(), held);
    }
}
