//! One agreement: its text, the answers of its parties, its force and its end.

mod command;
mod decide;
mod event;
mod evolve;
mod state;

pub use self::{
    command::{AgreementCommand, Proposal, RevisionProposal},
    event::{Adopted, AgreementEvent, Answered, Ended, Nature, Outcome, Proposed, RevisionProposed},
    state::{Adoption, Agreement, Answer, Force, Identity, RevisionRecord, RevisionState, TextState},
};
