//! A joint body under a framework: what it rests on and may do, its rules, its chair, its sessions,
//! its decisions and when they apply, what is referred to it, its sub-bodies, its end (rows BD1 to
//! BD16).
//!
//! A body has one id, which follows from its framework and its key: so a session's call, which names
//! both, finds it, and no two bodies of a framework have one key.

mod competence;
mod counterpart;
mod decide;
mod decision;
mod effect;
mod establish;
mod event;
mod evolve;
mod matter;
mod parts;
mod referral;
mod rules;
mod session;
mod state;
mod sub;
mod words;
mod written;

use travaux_text::Digest;

pub(crate) use self::rules::RULES;
pub use self::{
    competence::{Competent, Matter},
    effect::Standing,
    event::BodyEvent,
    matter::{
        Allotted, AnnexChange, Draft, EffectPart, How, Referral, ReferralRef, Report, Resolution,
        SubBody, SubKind,
    },
    parts::{
        Annexes, Basis, ChairRule, Competence, Establishment, Internal, Openness, Procedure, Verb,
        WrittenRule,
    },
    session::Chair,
    state::{
        Adopted, Allocation, BodyStatus, DecisionRecord, Held, JointBody, ReferralEnd,
        ReferralRecord, Repair, Requirements, Session, Written,
    },
};
use crate::{
    Aggregate, Context, Decided, FrameworkId, Name, Others, PartyId, Refusal, StreamId,
    partnership::{self, Counterpart, DeedRow, Dossier, FollowUp, Hold, Link, Side},
    words::Summary,
};

crate::ids::id!(
    /// The identity of a joint body.
    BodyId,
    JointBody
);

impl BodyId {
    /// The id of the body of that key under a framework: the digest of both, in the bits that a UUID
    /// of version 8 leaves free (RFC 9562).
    pub fn of(framework: FrameworkId, key: &Name) -> Self {
        let named = [&framework.0.into_bytes()[..], key.as_bytes()].concat();
        let digest = Digest::of(&named).0;
        let bytes = digest.first_chunk::<16>().copied().unwrap_or_default();
        Self(uuid::Builder::from_custom_bytes(bytes).into_uuid())
    }
}

/// A command to a body: each asks for one event, and is worded like it.
pub type BodyCommand = BodyEvent;

impl Aggregate for JointBody {
    type Command = BodyCommand;
    type Event = BodyEvent;

    const PREFIX: &'static str = "body";
    const VERSION: u32 = 1;
    const TYPES: &'static [&'static [&'static str]] = &[BodyEvent::TYPES];

    fn decide(
        &self,
        command: BodyCommand,
        context: &Context,
        others: &Others,
    ) -> Result<Decided<BodyEvent>, Refusal> {
        self.check(command, context, others)
    }

    fn evolve(&mut self, event: &BodyEvent, context: &Context) {
        self.take(event, context);
    }

    fn behind(event: &BodyEvent) -> BodyCommand {
        event.clone()
    }

    fn type_name(event: &BodyEvent) -> &'static str {
        event.type_name()
    }

    fn describe(event: &BodyEvent) -> Summary {
        event.describe()
    }

    const DEEDS: &'static [DeedRow] = BodyEvent::DEEDS;

    fn reads(&self, command: &BodyCommand) -> Vec<StreamId> {
        self.asks_of(command)
    }

    fn parties(&self) -> Option<Vec<&PartyId>> {
        let establishment = self.establishment.as_ref()?;
        Some(establishment.parties.iter().collect())
    }

    /// A referral that has no end holds its area (FW16).
    fn keeps(&self, stream: StreamId) -> Vec<partnership::Held> {
        let Some(own) = &self.establishment else {
            return Vec::new();
        };
        let open = self.open_referrals().map(|record| partnership::Held {
            hold: Hold::Area {
                framework: own.framework,
                area: record.referral.area.clone(),
            },
            by: format!("referral {} of {stream}", record.referral.key),
        });
        open.collect()
    }

    fn link(stream: StreamId, event: &BodyEvent) -> Option<(Link, Side)> {
        match (stream, event) {
            (StreamId::Body(body), BodyEvent::BodyFollowsItem { on, item }) => {
                let (item, to, on) = (item.clone(), FollowUp::Body(body), *on);
                Some((Link { item, to, on }, Side::FollowUp))
            }
            _ => None,
        }
    }

    fn counterparts(event: &BodyEvent) -> Vec<Counterpart> {
        event.counterparts()
    }

    fn named(command: &BodyCommand) -> Option<StreamId> {
        let BodyEvent::JointBodyEstablished { establishment, .. } = command else {
            return None;
        };
        let id = BodyId::of(establishment.framework, &establishment.key);
        Some(StreamId::Body(id))
    }
}

impl Dossier for JointBody {
    fn skip(&mut self) {
        self.version += 1;
    }

    fn framework(&self) -> Option<FrameworkId> {
        Some(self.establishment.as_ref()?.framework)
    }

    fn counts_from(event: &BodyEvent) -> Option<chrono::NaiveDate> {
        event.counts_from()
    }
}
