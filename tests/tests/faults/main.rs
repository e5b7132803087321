//! Faults: processes killed, power cut, disks full or failing, bytes changed. `crates/travaux-store-sled/DESIGN.md` has the figures of
//! the long runs; here each kind has a short one. `TRAVAUX_FAULTS` (a number) makes them longer by that factor.
//!
//! What a machine does not allow (strace, loop mounts) is said to be left out, in one line.

#![allow(clippy::print_stderr, reason = "what is left out is said")]

mod damage;
mod errors;
mod kill;
mod power;
mod tools;
