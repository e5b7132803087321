//! What is read from elsewhere, given / when / then: JSON Lines, scenarios and manifests, and how they come into a store. None of
//! it needs git; `tests/import_quirks.rs` of the workspace has the histories that do.

mod common;
mod jsonl;
mod manifest;
mod run;
mod scenario;
