//! What happens to a request. Each event says on which day it was done, where who did it is; those
//! by which a clock runs say at which instant, too, where it is known.

use std::fmt;

use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::{Deserialize, Serialize};

use super::{Content, ContentRef, Limit, Offer, RequestCall, Use};
use crate::{
    FrameworkId, Name, PartyId,
    exchange::ExchangeId,
    limit::Moment,
    marking::Marking,
    partnership::{Deed as _, deeds},
    words::{Summary, names},
};

/// An event of a request's stream.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RequestEvent {
    /// It was sent (IX1).
    RequestSent {
        /// When.
        on: NaiveDate,
        /// The instant.
        #[serde(default)]
        at: Option<DateTime<FixedOffset>>,
        /// The request.
        request: Box<RequestCall>,
    },
    /// The requested party received it, or one to whom information was offered did (IX2).
    RequestReceived {
        /// When.
        on: NaiveDate,
        /// The instant: limits in hours run from it.
        #[serde(default)]
        at: Option<DateTime<FixedOffset>>,
        /// Whether its contact point has the information itself.
        #[serde(default)]
        direct: bool,
        /// Its limit, as the terms say; it is filled in.
        #[serde(default)]
        limit: Option<Limit>,
    },
    /// The requested party cannot keep the limit, and said so (IX4).
    LimitDeviated {
        /// When.
        on: NaiveDate,
        /// The instant.
        #[serde(default)]
        at: Option<DateTime<FixedOffset>>,
        /// On which ground.
        ground: Name,
        /// By which day the reply is expected.
        expected: NaiveDate,
    },
    /// The requested party asked what was meant: the clock stands still (IX5).
    ClarificationAsked {
        /// When.
        on: NaiveDate,
        /// The instant.
        #[serde(default)]
        at: Option<DateTime<FixedOffset>>,
        /// The question.
        content: Content,
    },
    /// The requesting party said what was meant: the clock goes on (IX5).
    ClarificationGiven {
        /// When.
        on: NaiveDate,
        /// The instant.
        #[serde(default)]
        at: Option<DateTime<FixedOffset>>,
        /// The answer.
        content: Content,
    },
    /// Information was provided (IX6).
    ReplyProvided {
        /// When.
        on: NaiveDate,
        /// The instant.
        #[serde(default)]
        at: Option<DateTime<FixedOffset>>,
        /// The parts of the request that it answers; none, of one that comes ahead of the answer.
        #[serde(default)]
        parts: Vec<Name>,
        /// The information.
        content: Content,
        /// To which uses its originator consents at once.
        #[serde(default)]
        uses: Vec<Use>,
    },
    /// A reply was refused (IX7).
    ReplyRefused {
        /// When.
        on: NaiveDate,
        /// The instant.
        #[serde(default)]
        at: Option<DateTime<FixedOffset>>,
        /// On which ground.
        ground: Name,
        /// For which parts of the request.
        parts: Vec<Name>,
    },
    /// The requesting party withdrew it (IX1).
    RequestWithdrawn {
        /// When.
        on: NaiveDate,
        /// The instant.
        #[serde(default)]
        at: Option<DateTime<FixedOffset>>,
    },
    /// Information was offered that nobody had asked for (IX8).
    InformationOffered {
        /// When.
        on: NaiveDate,
        /// The offer.
        offer: Box<Offer>,
    },
    /// The originator of a content changed its marking (IX11).
    MarkingChanged {
        /// When.
        on: NaiveDate,
        /// The content.
        content: Name,
        /// The marking until then.
        from: Marking,
        /// The marking from then on.
        to: Marking,
    },
    /// A holder received the change, and goes by it from then on (IX11).
    MarkingReceived {
        /// When.
        on: NaiveDate,
        /// The content.
        content: Name,
    },
    /// The originator of a content consented to uses of it (IX6).
    UseConsented {
        /// When.
        on: NaiveDate,
        /// The content.
        content: Name,
        /// The uses.
        uses: Vec<Use>,
    },
    /// A holder sent a content on (IX12).
    OnwardTransmitted {
        /// When.
        on: NaiveDate,
        /// The content.
        content: Name,
        /// To whom.
        to: PartyId,
    },
    /// A content was erased: by its originator, for all; by a holder, for itself (IX15).
    ContentErased {
        /// When.
        on: NaiveDate,
        /// The content.
        content: Name,
        /// On which ground.
        ground: Name,
    },
}

deeds!(RequestEvent {
    RequestSent: IX1 "send a request",
    RequestReceived: IX2 "receive a request",
    LimitDeviated: IX4 "put a limit off",
    ClarificationAsked: IX5 "ask for clarification",
    ClarificationGiven: IX5 "give clarification",
    ReplyProvided: IX6 "provide information",
    ReplyRefused: IX7 "refuse a reply",
    RequestWithdrawn: IX1 "withdraw a request",
    InformationOffered: IX8 "offer information",
    MarkingChanged: IX11 "change a marking",
    MarkingReceived: IX11 "receive a changed marking",
    UseConsented: IX6 "consent to a use",
    OnwardTransmitted: IX12 "send a content on",
    ContentErased: IX15 "erase a content",
});

impl RequestEvent {
    /// When it was done.
    pub fn moment(&self) -> Moment {
        let at = match self {
            Self::RequestSent { at, .. }
            | Self::RequestReceived { at, .. }
            | Self::LimitDeviated { at, .. }
            | Self::ClarificationAsked { at, .. }
            | Self::ClarificationGiven { at, .. }
            | Self::ReplyProvided { at, .. }
            | Self::ReplyRefused { at, .. }
            | Self::RequestWithdrawn { at, .. } => *at,
            Self::InformationOffered { .. }
            | Self::MarkingChanged { .. }
            | Self::MarkingReceived { .. }
            | Self::UseConsented { .. }
            | Self::OnwardTransmitted { .. }
            | Self::ContentErased { .. } => None,
        };
        Moment { on: self.on(), at }
    }

    /// Under which framework and on the terms of which exchange it begins a stream, if it does.
    pub(super) fn begins(&self) -> Option<(FrameworkId, ExchangeId)> {
        if let Self::RequestSent { request, .. } = self {
            return Some((request.framework, request.exchange));
        }
        if let Self::InformationOffered { offer, .. } = self {
            return Some((offer.framework, offer.exchange));
        }
        None
    }

    /// The content that comes with it.
    pub fn content(&self) -> Option<&Content> {
        match self {
            Self::RequestSent { request, .. } => Some(&request.content),
            Self::InformationOffered { offer, .. } => Some(&offer.content),
            Self::ClarificationAsked { content, .. }
            | Self::ClarificationGiven { content, .. }
            | Self::ReplyProvided { content, .. } => Some(content),
            Self::RequestReceived { .. }
            | Self::LimitDeviated { .. }
            | Self::ReplyRefused { .. }
            | Self::RequestWithdrawn { .. }
            | Self::MarkingChanged { .. }
            | Self::MarkingReceived { .. }
            | Self::UseConsented { .. }
            | Self::OnwardTransmitted { .. }
            | Self::ContentErased { .. } => None,
        }
    }

    pub(super) fn content_mut(&mut self) -> Option<&mut Content> {
        match self {
            Self::RequestSent { request, .. } => Some(&mut request.content),
            Self::InformationOffered { offer, .. } => Some(&mut offer.content),
            Self::ClarificationAsked { content, .. }
            | Self::ClarificationGiven { content, .. }
            | Self::ReplyProvided { content, .. } => Some(content),
            Self::RequestReceived { .. }
            | Self::LimitDeviated { .. }
            | Self::ReplyRefused { .. }
            | Self::RequestWithdrawn { .. }
            | Self::MarkingChanged { .. }
            | Self::MarkingReceived { .. }
            | Self::UseConsented { .. }
            | Self::OnwardTransmitted { .. }
            | Self::ContentErased { .. } => None,
        }
    }

    /// What happened, in words. They are the same whatever the contents say.
    pub fn describe(&self) -> Summary {
        Summary {
            done_on: Some(self.on()),
            ..Summary::new(self.what())
        }
    }

    fn what(&self) -> String {
        match self {
            Self::RequestSent { request, .. } => {
                let urgent = if request.urgent { "urgent " } else { "" };
                format!(
                    "{urgent}request {} sent to {}",
                    request.reference, request.to
                )
            }
            Self::RequestReceived { .. } => "received".to_owned(),
            Self::LimitDeviated {
                ground, expected, ..
            } => format!("limit put off on the ground {ground}: reply expected by {expected}"),
            Self::ClarificationAsked { .. } => "clarification asked for".to_owned(),
            Self::ClarificationGiven { .. } => "clarification given".to_owned(),
            Self::ReplyProvided { parts, .. } => match &parts[..] {
                [] => "information provided ahead of the answer".to_owned(),
                parts => format!("information provided on {}", names(parts)),
            },
            Self::ReplyRefused { ground, parts, .. } => {
                format!("reply refused on {}, on the ground {ground}", names(parts))
            }
            Self::RequestWithdrawn { .. } => "request withdrawn".to_owned(),
            Self::InformationOffered { offer, .. } => {
                format!(
                    "information {} offered to {}",
                    offer.reference,
                    names(&offer.to)
                )
            }
            Self::MarkingChanged { content, to, .. } => format!("{content} marked {to}"),
            Self::MarkingReceived { content, .. } => {
                format!("changed marking of {content} received")
            }
            Self::UseConsented { content, uses, .. } => {
                format!("consent to use {content} {}", names(uses))
            }
            Self::OnwardTransmitted { content, to, .. } => format!("{content} sent on to {to}"),
            Self::ContentErased {
                content, ground, ..
            } => format!("{content} erased on the ground {ground}"),
        }
    }
}

impl fmt::Display for Use {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Evidence { by } => write!(f, "as evidence by {by}"),
            Self::Onward { to } => write!(f, "for {to}"),
        }
    }
}

impl fmt::Display for ContentRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "content {}", self.content)?;
        let of = self.request.as_ref();
        of.map_or(Ok(()), |request| write!(f, " of request {request}"))
    }
}
