//! Common figures on real data, from the folder that `TRAVAUX_CORPUS` names: the table of steps of
//! SDMX, trade told by both sides, figures on consular passes that contradict one another, and
//! sample messages of SDMX-CSV.

#![allow(
    clippy::disallowed_methods,
    reason = "the data are files: the crates themselves read none"
)]

mod messages;
mod passes;
mod steps;
mod trade;

use std::process::ExitCode;

use travaux_testkit::{needs, tests};

fn main() -> ExitCode {
    needs::main(tests![
        steps::st2_each_of_the_428_changes_takes_the_step_of_the_table,
        trade::st11_628_of_769_flows_that_both_sides_tell_differ_by_more_than_a_tenth,
        trade::st11_two_systems_are_two_definitions_and_never_compared,
        passes::st11_shares_of_different_denominators_are_not_comparable,
        messages::st18_good_messages_are_read_and_written_again,
        messages::st18_bad_messages_are_refused_with_line_and_reason,
        messages::st18_an_exported_message_gives_the_same_figures,
        messages::qy8_what_is_new_since_a_time_brings_a_copy_up_to_date,
        messages::st18_a_message_merges_replaces_and_deletes_in_one_commit,
    ])
}
