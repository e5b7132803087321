//! One agreement: its text (machine T), and the machines beside it.

mod between;
mod command;
mod decide;
mod decision;
mod event;
mod evolve;
mod facts;
mod known;
mod serde_form;
mod state;
mod status;
mod text_facts;

pub(crate) use self::decision::DecisionContext;
pub use self::{
    between::{Between, ForceBetween, Reason, Reserved},
    command::{AgreementCommand, Proposal, RevisionProposal},
    event::{
        Adopted, AgreementEvent, Answered, Ended, Nature, Outcome, Proposed, RevisionProposed,
        Votes,
    },
    facts::AgreementFacts,
    state::{
        Adoption, Agreement, Answer, DatedFact, Identity, LoggedAct, RevisionRecord, RevisionState,
        TextState,
    },
    status::{ForceState, ForceStatus, Status, TextStatus},
    text_facts::TextFacts,
};
