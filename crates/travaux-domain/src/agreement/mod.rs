//! One agreement: its text (machine T), and the machines beside it.

mod between;
mod command;
mod decide;
mod decision;
mod event;
mod evolve;
mod known;
mod serde_form;
mod state;
mod text_facts;

pub(crate) use self::decision::DecisionContext;
pub use self::{
    between::{Between, ForceBetween, Reason, Reserved},
    command::{AgreementCommand, Proposal, RevisionProposal},
    event::{
        Adopted, AgreementEvent, Answered, Ended, Nature, Outcome, Proposed, RevisionProposed,
        Votes,
    },
    state::{
        Adoption, Agreement, Answer, DatedFact, Identity, LoggedAct, RevisionRecord, RevisionState,
        TextState,
    },
    text_facts::TextFacts,
};
