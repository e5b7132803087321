//! Machine T: which act on the text is possible when. Each command gives one event, or a refusal
//! that cites its rule.

mod adopt;
mod answer;
mod close;
mod dates;
mod propose;
mod revise;

use super::{
    Agreement, AgreementCommand, AgreementEvent, Answer,
    amendment::Amendments,
    consent::Consents,
    correction::Corrections,
    decision::{Beside, DecisionContext},
    declaration::Declarations,
    depositary::Depositary,
    ending::Ending,
    force::Force,
    language::Languages,
    machines::MachineEvent,
    mandate::Mandates,
    relation::Relations,
    reservation::Reservations,
};
use crate::{Context, Decided, Refusal};

type Decision = Result<Decided<AgreementEvent>, Refusal>;

impl Agreement {
    /// Decides `command` on this state.
    ///
    /// # Errors
    /// A [`Refusal`] that cites the rule which stands against it.
    pub fn decide(&self, command: AgreementCommand, context: &Context) -> Decision {
        self.decide_with(command, context, Beside::default())
    }

    /// The same, where other streams have to be known to decide it ([`crate::Aggregate::reads`]).
    ///
    /// # Errors
    /// A [`Refusal`] that cites the rule which stands against it.
    pub fn decide_with<'a>(
        &'a self,
        command: AgreementCommand,
        context: &'a Context,
        beside: impl Into<Beside<'a>>,
    ) -> Decision {
        let decision = DecisionContext {
            agreement: self,
            context,
            act: command.act(),
            on: command.on().or(context.done_on),
            said: command.own_day().or(context.done_on),
            beside: beside.into(),
        };
        decision.is_in_time()?;
        match command {
            AgreementCommand::Propose(proposal) => decision.propose(*proposal),
            AgreementCommand::ProposeRevision(proposal) => decision.propose_revision(*proposal),
            AgreementCommand::WithdrawRevision { revision, reason } => {
                decision.withdraw(revision, reason)
            }
            AgreementCommand::AcceptRevision { revision } => decision.answer(
                revision,
                None,
                &Answer::Accepted,
                AgreementEvent::RevisionAccepted,
            ),
            AgreementCommand::RejectRevision { revision, reason } => decision.answer(
                revision,
                reason.clone(),
                &Answer::Rejected { reason },
                AgreementEvent::RevisionRejected,
            ),
            AgreementCommand::ConcludeRevision { revision, outcome } => {
                decision.conclude(revision, outcome)
            }
            AgreementCommand::RepackageRevision { revision, package } => {
                decision.repackage(revision, package)
            }
            AgreementCommand::AdoptText {
                revision,
                effective_from,
                package,
                elsewhere,
            } => decision.adopt(revision, effective_from, package, elsewhere),
            AgreementCommand::AdoptByVote {
                revision,
                votes,
                effective_from,
            } => decision.vote(revision, votes, effective_from),
            AgreementCommand::AuthenticateText { method, parties } => {
                decision.authenticate(method, parties)
            }
            AgreementCommand::AbandonNegotiation { reason } => decision.abandon(reason),
            AgreementCommand::RestateAct(restated) => decision.restate(*restated),
            AgreementCommand::Machine(act) => decision
                .machine(act)
                .map(|decided| decided.map(AgreementEvent::Machine)),
        }
    }
}

impl DecisionContext<'_> {
    /// Decides an act on one of the machines beside the text.
    fn machine(&self, act: MachineEvent) -> Result<Decided<MachineEvent>, Refusal> {
        fn of<A: Into<MachineEvent>>(
            decided: Result<Decided<A>, Refusal>,
        ) -> Result<Decided<MachineEvent>, Refusal> {
            decided.map(|decided| decided.map(Into::into))
        }
        match act {
            MachineEvent::Language(act) => of(Languages::decide(self, act)),
            MachineEvent::Consent(act) => of(Consents::decide(self, act)),
            MachineEvent::Force(act) => of(Force::decide(self, act)),
            MachineEvent::Amendment(act) => of(Amendments::decide(self, act)),
            MachineEvent::Reservation(act) => of(Reservations::decide(self, act)),
            MachineEvent::Declaration(act) => of(Declarations::decide(self, act)),
            MachineEvent::Ending(act) => of(Ending::decide(self, act)),
            MachineEvent::Correction(act) => of(Corrections::decide(self, act)),
            MachineEvent::Depositary(act) => of(Depositary::decide(self, act)),
            MachineEvent::Relation(act) => of(Relations::decide(self, act)),
            MachineEvent::Mandate(act) => of(Mandates::decide(self, act)),
        }
    }
}
