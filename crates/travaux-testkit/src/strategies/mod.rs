//! Strategies for properties: what a text, a change to one, or the life of an agreement may be.
//!
//! What they give is lawful by construction, so no property throws cases away: operations apply, acts were accepted. They shrink
//! to shorter texts and to fewer changes.

mod law;
mod text;

pub use self::{
    law::{dates, histories, parties},
    text::{Choice, choices, document, documents, markup, operations},
};
