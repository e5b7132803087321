//! The views, given / when / then: given a log, what each of them says.

mod check;
mod common;
mod custody;
mod dossiers;
mod figures;
mod framework_days;
mod in_force;
mod known_at;
mod log;
mod naming;
mod rebuild;
mod register;
mod revisions;
mod state;
mod text_in_force;
mod why;
