//! The state of a framework on the command line, and what differs between two.

mod home;
mod partnership;

use home::{Home, check};
use partnership::{PARTNERSHIP, words};

#[test]
fn states_differ_by_what_was_done_between_two_days_and_by_what_was_learnt() {
    let home = Home::new();
    home.write("framework.json", PARTNERSHIP);
    let mut transcript = Vec::new();
    for line in [
        "--as FR framework found framework.json --consenting FR,MA --on 2024-01-10",
        "--as MA meeting convene pact --title 'Working meeting' --kind ministers --start 2024-04-14 --place Rabat --chair 'MA:Minister of the Interior' --on 2024-04-01 --handle rabat",
        "--as MA meeting hold rabat --participant 'MA:head:Minister of the Interior:A. Laftit' --participant 'FR:head:Minister of the Interior:B. Le Roux' --on 2024-04-14",
        "--as MA meeting item rabat --key areas --agreed-by FR,MA --words 'en=new areas' --area events --on 2024-04-14",
        "--as MA meeting follow-up rabat areas --by pact --area events --on 2024-06-25",
        "framework diff pact 2024-04-02 2024-06-30",
        "framework diff pact 2024-06-30 2024-04-02",
        "framework diff pact 2024-04-14 2024-04-15",
        "framework diff pact 2024-06-30@2020-01-01 2024-06-30",
        "framework diff pact 2024-04-14 2024-06-30 --format json",
        "trace pact",
        "trace pact --unfollowed --as-of 2024-07-12",
        "trace pact --unfollowed 0 --as-of 2024-04-14",
        "trace pact --unfollowed 10 --as-of 2024-06-24",
        "trace rabat --unfollowed 10",
        "framework diff pact 2024-04-14 tomorrow",
        "framework diff pact 2024-04-14@noon 2024-04-15",
    ] {
        transcript.push(home.run(&words(line)));
    }
    check("states", &transcript);
}
