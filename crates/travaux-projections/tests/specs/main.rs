//! The views, given / when / then: given a log, what each of them says.

mod check;
mod common;
mod custody;
mod in_force;
mod known_at;
mod log;
mod rebuild;
mod register;
mod text_in_force;
