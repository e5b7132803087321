//! A common procedure under a framework: its step table in versions, the calendars by which its limits
//! run, and its cases (rows PR1 to PR8).

mod change;
mod count;
mod course;
mod decide;
mod decide_case;
mod event;
mod evolve;
mod rules;
mod shape;
mod state;
mod table;
mod time;
mod words;

pub(crate) use self::rules::RULES;
pub use self::{
    change::ProcedureChange,
    count::{CountKey, StepCounts},
    course::{Course, Until, Visit, VisitEnd},
    event::ProcedureEvent,
    shape::{MAX_STEPS, ShapeFault},
    state::{
        AdoptedProcedure, Case, CaseAct, CaseDeed, Procedure, ProcedureDraft, ProcedureStatus,
        SupersededProcedure, VersionStatus,
    },
    table::{
        Gives, Input, Leads, Output, ProcedureStep, Proof, Role, Silence, Starts, StepOutcome,
        StepTable,
    },
    time::{InvalidLimit, TimeLimit, Whose, Within},
};
use crate::{
    Aggregate, Context, Decided, FrameworkId, Others, PartyId, Refusal, StreamId,
    partnership::{self, DeedRow, Dossier, FollowUp, Hold, Link, Side},
    words::Summary,
};

crate::ids::id!(
    /// The identity of a procedure.
    ProcedureId,
    Procedure
);

/// A command to a procedure: each asks for one event, and is worded like it.
pub type ProcedureCommand = ProcedureEvent;

impl Aggregate for Procedure {
    type Command = ProcedureCommand;
    type Event = ProcedureEvent;

    const PREFIX: &'static str = "procedure";
    const VERSION: u32 = 1;
    const TYPES: &'static [&'static [&'static str]] = &[ProcedureEvent::TYPES];

    /// A procedure under which cases begin holds its area (FW16): it is superseded first.
    fn keeps(&self, stream: StreamId) -> Vec<partnership::Held> {
        let stands = !self.adopted.is_empty() && self.superseded.is_none();
        let area = self.area.clone().filter(|_| stands);
        let held = self.framework.zip(area).map(|(framework, area)| {
            let hold = Hold::Area { framework, area };
            let by = stream.to_string();
            partnership::Held { hold, by }
        });
        held.into_iter().collect()
    }

    fn decide(
        &self,
        command: ProcedureCommand,
        context: &Context,
        others: &Others,
    ) -> Result<Decided<ProcedureEvent>, Refusal> {
        self.check(command, context, others)
    }

    fn evolve(&mut self, event: &ProcedureEvent, context: &Context) {
        self.take(event, context);
    }

    fn behind(event: &ProcedureEvent) -> ProcedureCommand {
        event.clone()
    }

    fn type_name(event: &ProcedureEvent) -> &'static str {
        event.type_name()
    }

    fn describe(event: &ProcedureEvent) -> Summary {
        event.describe()
    }

    const DEEDS: &'static [DeedRow] = ProcedureEvent::DEEDS;

    fn reads(&self, command: &ProcedureCommand) -> Vec<StreamId> {
        let under = if let ProcedureEvent::ProcedureProposed { framework, .. } = command {
            Some(*framework)
        } else {
            self.framework
        };
        let mut reads = Vec::from_iter(under.map(StreamId::Framework));
        reads.extend(command.reads(under));
        reads
    }

    fn parties(&self) -> Option<Vec<&PartyId>> {
        self.proposed?;
        Some(self.parties.iter().collect())
    }

    fn link(stream: StreamId, event: &ProcedureEvent) -> Option<(Link, Side)> {
        match (stream, event) {
            (StreamId::Procedure(procedure), ProcedureEvent::ProcedureFollowsItem { on, item }) => {
                let (item, to, on) = (item.clone(), FollowUp::Procedure(procedure), *on);
                Some((Link { item, to, on }, Side::FollowUp))
            }
            _ => None,
        }
    }
}

impl Dossier for Procedure {
    fn skip(&mut self) {
        self.version += 1;
    }

    fn framework(&self) -> Option<FrameworkId> {
        self.framework
    }
}
