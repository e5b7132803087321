//! A request for information under a framework, or information that was offered: sent, received,
//! clarified, answered part by part or refused; the markings of its contents, who holds them and may
//! use them, and when they were erased (rows IX1 to IX12, IX15). Its limits are those of the terms of
//! its [`crate::exchange`], and run by [`crate::limit`].

mod clock;
mod content;
mod decide;
mod event;
mod evolve;
mod parts;
mod reading;
mod reply;
mod state;

pub use self::{
    clock::{RequestStatus, Spent},
    event::RequestEvent,
    parts::{Content, ContentRef, Limit, Offer, RequestCall, Says, Timed, Use},
    reading::Access,
    state::{
        Clarification, ContentRecord, Deviation, Held, PartEnd, PartOutcome, Receipt, Request,
    },
};
use crate::{
    Aggregate, Context, Decided, FrameworkId, Others, PartyId, Refusal, StreamId,
    partnership::{self, DeedRow, Dossier, Hold},
    words::Summary,
};

crate::ids::id!(
    /// The identity of a request, or of information that was offered.
    RequestId,
    Request
);

/// A command to a request: each asks for one event, and is worded like it.
pub type RequestCommand = RequestEvent;

impl Aggregate for Request {
    type Command = RequestCommand;
    type Event = RequestEvent;

    const PREFIX: &'static str = "request";
    const VERSION: u32 = 1;
    const TYPES: &'static [&'static [&'static str]] = &[RequestEvent::TYPES];

    fn decide(
        &self,
        command: RequestCommand,
        context: &Context,
        others: &Others,
    ) -> Result<Decided<RequestEvent>, Refusal> {
        self.check(command, context, others)
    }

    fn evolve(&mut self, event: &RequestEvent, context: &Context) {
        self.take(event, context);
    }

    fn behind(event: &RequestEvent) -> RequestCommand {
        event.clone()
    }

    fn type_name(event: &RequestEvent) -> &'static str {
        event.type_name()
    }

    fn describe(event: &RequestEvent) -> Summary {
        event.describe()
    }

    const DEEDS: &'static [DeedRow] = RequestEvent::DEEDS;

    /// A request that is not answered in all its parts holds its area (FW16).
    fn keeps(&self, stream: StreamId) -> Vec<partnership::Held> {
        let framework = self.framework().filter(|_| self.call.is_some());
        let area = self.area().filter(|_| self.open_parts().next().is_some());
        let hold = framework.zip(area).map(|(framework, area)| Hold::Area {
            framework,
            area: area.clone(),
        });
        let by = stream.to_string();
        hold.map(|hold| partnership::Held { hold, by })
            .into_iter()
            .collect()
    }

    fn reads(&self, command: &RequestCommand) -> Vec<StreamId> {
        let begun = command.begins().or_else(|| self.under());
        let mut reads = Vec::new();
        if let Some((framework, exchange)) = begun {
            reads.push(StreamId::Framework(framework));
            reads.push(StreamId::Exchange(exchange));
        }
        reads.extend(self.made_of(command).map(StreamId::Request));
        reads
    }

    fn parties(&self) -> Option<Vec<&PartyId>> {
        let by = self.by.as_ref()?;
        Some([by].into_iter().chain(self.addressees()).collect())
    }
}

impl Dossier for Request {
    fn skip(&mut self) {
        self.version += 1;
    }

    fn framework(&self) -> Option<FrameworkId> {
        Some(self.under()?.0)
    }
}
