//! Faults: processes killed, power cut, disks full or failing, bytes changed. `crates/travaux-store-sled/DESIGN.md` has the figures of
//! the long runs; here each kind has a short one. `TRAVAUX_FAULTS` (a number) makes them longer by that factor.
//!
//! What a machine does not allow (strace, loop mounts) is reported as ignored, with the reason.

#![allow(clippy::print_stderr, reason = "seeds and figures are told")]

mod damage;
mod errors;
mod kill;
mod power;
mod tools;

use std::process::ExitCode;

use travaux_testkit::{needs, tests};

fn main() -> ExitCode {
    needs::main(tests![
        damage::a_changed_bit_is_named_or_changes_nothing,
        damage::a_changed_catalogue_is_made_again_or_changes_nothing,
        damage::a_file_that_is_missing_or_of_another_store_is_named_or_made_again,
        errors::after_a_call_that_fails_nothing_is_acknowledged,
        errors::a_read_that_fails_is_an_error_and_serves_nothing,
        errors::a_full_disk_loses_nothing_and_with_room_it_goes_on,
        kill::nothing_that_was_acknowledged_is_lost_when_the_process_is_killed,
        kill::a_store_that_acknowledges_too_early_is_caught,
        kill::nothing_is_lost_when_the_process_is_killed_at_a_call_that_writes,
        power::nothing_that_was_acknowledged_is_lost_when_the_power_is_cut_on_ext4,
        power::nothing_that_was_acknowledged_is_lost_when_the_power_is_cut_on_xfs,
        power::sled_alone_loses_what_it_has_flushed,
        power::what_was_published_and_backed_up_is_there_when_the_power_is_cut_on_ext4,
        power::what_was_published_and_backed_up_is_there_when_the_power_is_cut_on_xfs,
    ])
}
