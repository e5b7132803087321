//! A meeting under a framework: convened, its agenda, what was agreed and with which weight, its
//! statements and minutes, and what became of each item (rows MT1 to MT12).

mod agenda;
mod decide;
mod event;
mod evolve;
mod field;
mod follow;
mod outcome;
mod parts;
mod rules;
mod state;
mod words;

pub(crate) use self::rules::RULES;
pub use self::{
    event::MeetingEvent,
    parts::{
        AgendaItem, AgreedItem, Capacity, Convocation, Disposal, ItemEnd, MeetingKind,
        MeetingLimits, Mode, Participant, RecordField, Start, Statement,
    },
    state::{
        AgendaEntry, Evidence, ItemRecord, ItemStatus, Meeting, MeetingStatus, Minutes,
        RecordCorrection, Restated,
    },
};
use crate::{
    Aggregate, Context, Decided, FrameworkId, Others, PartyId, Reason, Refusal, Rule, StreamId,
    partnership::{Deed as _, DeedRow, Dossier, FollowUp, Held, Hold, ItemRef, Link, Side},
    words::Summary,
};

crate::ids::id!(
    /// The identity of a meeting.
    MeetingId,
    Meeting
);

/// A command to a meeting: each asks for one event, and is worded like it.
pub type MeetingCommand = MeetingEvent;

impl Aggregate for Meeting {
    type Command = MeetingCommand;
    type Event = MeetingEvent;

    const PREFIX: &'static str = "meeting";
    const VERSION: u32 = 1;
    const TYPES: &'static [&'static [&'static str]] = &[MeetingEvent::TYPES];

    fn decide(
        &self,
        command: MeetingCommand,
        context: &Context,
        others: &Others,
    ) -> Result<Decided<MeetingEvent>, Refusal> {
        self.check(command, context, others)
    }

    fn evolve(&mut self, event: &MeetingEvent, context: &Context) {
        self.take(event, context);
    }

    fn behind(event: &MeetingEvent) -> MeetingCommand {
        event.clone()
    }

    fn type_name(event: &MeetingEvent) -> &'static str {
        event.type_name()
    }

    fn describe(event: &MeetingEvent) -> Summary {
        event.describe()
    }

    const DEEDS: &'static [DeedRow] = MeetingEvent::DEEDS;

    fn reads(&self, command: &MeetingCommand) -> Vec<StreamId> {
        let own = self.convocation.as_ref().map(|call| call.framework);
        let mut reads = Vec::from_iter(own.map(StreamId::Framework));
        reads.extend(command.reads());
        reads
    }

    fn parties(&self) -> Option<Vec<&PartyId>> {
        let call = self.convocation.as_ref()?;
        Some(call.parties.iter().collect())
    }

    /// An item that nothing follows up, and that did not end, holds its area (FW16).
    fn keeps(&self, stream: StreamId) -> Vec<Held> {
        let Some(call) = &self.convocation else {
            return Vec::new();
        };
        let waiting = self
            .items
            .values()
            .filter(|record| record.status() == ItemStatus::Recorded);
        let in_areas = waiting.filter_map(|record| {
            let framework = call.framework;
            let area = record.item.area.clone()?;
            let hold = Hold::Area { framework, area };
            let by = format!("item {} of {stream}", record.item.key);
            Some(Held { hold, by })
        });
        in_areas.collect()
    }

    fn given_today(&self, event: &MeetingEvent, _: &Context) -> Result<(), Refusal> {
        let alone = matches!(
            event,
            MeetingEvent::ItemEnded {
                how: ItemEnd::Lapsed { .. } | ItemEnd::Superseded { .. },
                consenting: None,
                ..
            }
        );
        if alone {
            let expected = "who consents: all parties, where it was agreed or undertaken";
            let found = "an end on the word of one";
            let reason = Reason::ConsentMissing;
            return Err(Refusal::new(
                reason,
                Rule::MT9,
                event.act(),
                expected,
                found,
            ));
        }
        Ok(())
    }

    fn link(stream: StreamId, event: &MeetingEvent) -> Option<(Link, Side)> {
        match (stream, event) {
            (StreamId::Meeting(meeting), MeetingEvent::ItemFollowedUp { on, item, by }) => {
                let item = item.clone();
                let item = ItemRef { meeting, item };
                let (to, on) = (by.clone(), *on);
                Some((Link { item, to, on }, Side::Item))
            }
            (StreamId::Meeting(meeting), MeetingEvent::MeetingFollowsItem { on, item }) => {
                let (item, to, on) = (item.clone(), FollowUp::Meeting(meeting), *on);
                Some((Link { item, to, on }, Side::FollowUp))
            }
            _ => None,
        }
    }
}

impl Dossier for Meeting {
    fn skip(&mut self) {
        self.version += 1;
    }

    fn framework(&self) -> Option<FrameworkId> {
        Some(self.convocation.as_ref()?.framework)
    }

    fn counts_from(event: &MeetingEvent) -> Option<chrono::NaiveDate> {
        let corrects = matches!(event, MeetingEvent::RecordCorrected { .. });
        (!corrects).then(|| event.on())
    }
}
