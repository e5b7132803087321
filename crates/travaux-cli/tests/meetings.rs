//! Meetings on the command line: what is shown of one on two days, and what is refused.

mod home;
mod partnership;

use home::{Home, check};
use partnership::{PARTNERSHIP, words};

#[test]
fn a_meeting_is_shown_as_it_stood_and_its_record_is_kept_in_order() {
    let home = Home::new();
    home.write("framework.json", PARTNERSHIP);
    let mut transcript = Vec::new();
    for line in [
        "--as FR framework found framework.json --consenting FR,MA --on 2024-01-10",
        "--as MA meeting convene pact --title 'Working meeting' --kind ministers --start 2024-04-14 --place Rabat --chair 'MA:Minister of the Interior' --on 2024-04-01 --handle rabat",
        "--as FR meeting announce rabat --words 'en=The ministers will sign a roadmap.' --source press --on 2024-04-10",
        "--as MA meeting hold rabat --participant 'MA:head:Minister of the Interior:A. Laftit' --participant 'FR:head:Minister of the Interior:B. Le Roux' --on 2024-04-14",
        "--as MA meeting statement rabat --key press --issuers MA --words 'en=They met.' --on 2024-04-14",
        // One party alone agrees on nothing for all.
        "--as MA meeting item rabat --key areas --agreed-by MA --words 'en=new areas' --on 2024-04-14",
        "--as MA meeting item rabat --key areas --agreed-by FR,MA --words 'en=new areas' --area events --statement press --on 2024-04-14",
        "--as MA meeting item rabat --key framework --proposed-by MA --words 'en=a new framework' --on 2024-04-14",
        "--as MA meeting follow-up rabat areas --by pact --area events --on 2024-06-25",
        "--as FR meeting follow-up rabat areas --by pact --area sport --on 2024-06-25",
        "--as FR meeting correct rabat --participant 2 --was 'B. Le Roux' --is 'B. Retailleau' --ground 'the French text' --on 2024-07-01",
        "--as MA meeting correct rabat --participant 2 --was 'B. Le Roux' --is 'B. Retailleau' --ground 'the French text' --on 2024-07-01",
        "--as MA meeting dispose rabat --item areas --outcome noted --referred-to experts --on 2024-04-14",
        "meeting list",
        "meeting show rabat --as-of 2024-04-15",
        "meeting show rabat",
        "meeting show rabat --as-of 2024-03-01",
        "trace rabat/areas",
        "trace rabat/areas --as-of 2024-05-01",
        "trace pact/events",
        "trace rabat/sport",
        "framework state pact --as-of 2024-07-01",
        "framework history pact",
        "--as MA meeting draft-minutes rabat --source 'registry 12' --on 2024-07-02",
        "--as FR meeting approve-minutes rabat --on 2024-07-03",
        "--as MA meeting convene pact --title 'Meeting of experts' --kind experts --start 2024-09-01 --time 10:00:00 --zone Africa/Casablanca --place Rabat --chair MA:Director --on 2024-07-10 --handle experts",
        "--as MA meeting postpone experts --to 2024-09-08 --on 2024-08-20",
        "--as FR meeting ask experts --key all --title 'en=Figures and passes' --on 2024-08-21",
        r#"--as MA meeting agenda experts --items '[{"key": "figures", "title": {"en": "Figures"}, "of": ["all"]}, {"key": "passes", "title": {"en": "Passes"}, "of": ["all"]}]' --consenting FR,MA --on 2024-09-08"#,
        "meeting show experts --as-of 2024-09-08",
        "meeting show rabat",
        "trace rabat/areas --format json",
        // What is wrong is named by its place, with what to write.
        r#"--as MA meeting agenda experts --items '[{"key": "a", "titel": {"en": "x"}}]' --consenting FR,MA --on 2024-09-08"#,
        "--as MA meeting restate experts --of rabat --on 2024-09-08",
        "--as MA meeting convene pact --title x --kind experts --start 2024-12-01 --place Rabat --chair MA:x --limits 1,2 --on 2024-11-01",
        "audit",
    ] {
        transcript.push(home.run(&words(line)));
    }
    check("meetings", &transcript);
}
