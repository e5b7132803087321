//! An exchange of information under a framework: the terms on which requests are made, the calendars
//! of its parties, which levels protect alike, and what came of it (rows IX3, IX9, IX13). Requests
//! and offers are streams of their own ([`crate::request`]).

mod decide;
mod event;
mod parts;
mod publish;
mod rules;
mod state;

pub(crate) use self::{decide::is_marking, rules::RULES};
pub use self::{
    event::ExchangeEvent,
    parts::{Dimension, Facts, LimitCase, Outcome, Publishing, ResultKind, Terms},
    publish::{Cell, Published, Told, publish},
    state::{Exchange, ResultCorrection, ResultRecord},
};
use crate::{
    Aggregate, Context, Decided, FrameworkId, Others, PartyId, Refusal, StreamId,
    partnership::{DeedRow, Dossier},
    words::Summary,
};

crate::ids::id!(
    /// The identity of an exchange.
    ExchangeId,
    Exchange
);

/// A command to an exchange: each asks for one event, and is worded like it.
pub type ExchangeCommand = ExchangeEvent;

impl Aggregate for Exchange {
    type Command = ExchangeCommand;
    type Event = ExchangeEvent;

    const PREFIX: &'static str = "exchange";
    const VERSION: u32 = 1;
    const TYPES: &'static [&'static [&'static str]] = &[ExchangeEvent::TYPES];

    fn decide(
        &self,
        command: ExchangeCommand,
        context: &Context,
        others: &Others,
    ) -> Result<Decided<ExchangeEvent>, Refusal> {
        self.check(command, context, others)
    }

    fn evolve(&mut self, event: &ExchangeEvent, context: &Context) {
        self.take(event, context);
    }

    fn behind(event: &ExchangeEvent) -> ExchangeCommand {
        event.clone()
    }

    fn given_today(&self, event: &ExchangeEvent, context: &Context) -> Result<(), Refusal> {
        self.in_order(event, context)
    }

    fn type_name(event: &ExchangeEvent) -> &'static str {
        event.type_name()
    }

    fn describe(event: &ExchangeEvent) -> Summary {
        event.describe()
    }

    const DEEDS: &'static [DeedRow] = ExchangeEvent::DEEDS;

    fn reads(&self, command: &ExchangeCommand) -> Vec<StreamId> {
        let own = self.terms.last().map(|(terms, _)| terms.framework);
        let mut reads = Vec::from_iter(own.map(StreamId::Framework));
        reads.extend(command.reads());
        reads
    }

    fn parties(&self) -> Option<Vec<&PartyId>> {
        let (terms, _) = self.terms.last()?;
        Some(terms.contacts.keys().collect())
    }
}

impl Dossier for Exchange {
    fn skip(&mut self) {
        self.version += 1;
    }

    fn framework(&self) -> Option<FrameworkId> {
        Some(self.terms.last()?.0.framework)
    }
}
