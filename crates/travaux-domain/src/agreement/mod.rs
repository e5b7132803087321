//! One agreement: its text (machine T), and the machines beside it.

pub mod amendment;
pub mod consent;
pub mod correction;
pub mod declaration;
pub mod depositary;
pub mod ending;
pub mod force;
pub mod language;
pub mod mandate;
pub mod relation;
pub mod reservation;

mod adopted_text;
mod aggregate;
mod answers;
mod between;
mod command;
mod decide;
mod decision;
mod draft;
mod event;
mod evolve;
mod facts;
mod known;
mod machines;
mod meta;
mod outcome;
mod parts;
mod provision;
mod restated;
mod serde_form;
mod signed;
mod state;
mod status;
mod text_facts;
pub(crate) mod text_rules;

pub use self::{
    adopted_text::{AdoptedText, TextOn},
    aggregate::AgreementId,
    answers::{Answer, Answers},
    between::{Between, ForceBetween, Reason, Reserved},
    command::{AgreementCommand, Proposal},
    decision::Beside,
    draft::{Nature, RevisionDraft, RevisionProposed},
    ending::Ended,
    event::{Adopted, AgreementEvent, Answered, Outcome, Proposed, Votes},
    facts::AgreementFacts,
    machines::{MachineEvent, Machines},
    outcome::RevisionOutcome,
    provision::ProvisionForce,
    restated::{Act, Restated, Unfounded},
    state::{Adoption, Agreement, Identity, LoggedAct, RevisionRecord, RevisionState},
    status::{ForceState, ForceStatus, Status, TextStatus},
    text_facts::{DatedFact, TextFacts, TextState},
};
