//! An agreement as a kind of stream.

use super::{Agreement, AgreementCommand, AgreementEvent, MachineEvent};
use crate::{Aggregate, Context, Decided, Others, Refusal, StreamId, words::Summary};

impl Aggregate for Agreement {
    type Command = AgreementCommand;
    type Event = AgreementEvent;

    const PREFIX: &'static str = "agreement";
    const VERSION: u32 = 7;
    const TYPES: &'static [&'static [&'static str]] =
        &[AgreementEvent::TEXT_TYPES, MachineEvent::TYPES];

    fn decide(
        &self,
        command: AgreementCommand,
        context: &Context,
        others: &Others,
    ) -> Result<Decided<AgreementEvent>, Refusal> {
        let other = command
            .reads()
            .and_then(|other| others.get::<Self>(StreamId::Agreement(other)))
            .map(|other| other.known_at(context.now));
        self.decide_with(command, context, other.as_ref())
    }

    fn evolve(&mut self, event: &AgreementEvent, context: &Context) {
        self.evolve(event, context);
    }

    fn behind(event: &AgreementEvent) -> AgreementCommand {
        AgreementCommand::behind(event)
    }

    fn type_name(event: &AgreementEvent) -> &'static str {
        event.type_name()
    }

    fn describe(event: &AgreementEvent) -> Summary {
        event.describe()
    }

    fn reads(&self, command: &AgreementCommand) -> Vec<StreamId> {
        command
            .reads()
            .map(StreamId::Agreement)
            .into_iter()
            .collect()
    }
}
