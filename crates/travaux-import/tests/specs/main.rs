//! What is read from elsewhere, given / when / then: JSON Lines, scenarios, manifests and git, how they come into a store, and what
//! an export writes. `tests/import_quirks.rs` of the workspace has the quirks of git histories on a store of files.

mod again;
mod common;
#[cfg(feature = "git")]
mod export_paths;
#[cfg(feature = "git")]
mod git;
#[cfg(feature = "git")]
mod git_lines;
mod jsonl;
mod jsonl_refusals;
mod manifest;
mod manifest_refusals;
mod properties;
mod run;
mod scenario;
mod scenario_acts;
mod sdmx;
