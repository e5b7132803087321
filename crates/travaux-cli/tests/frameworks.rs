//! Frameworks on the command line: from the proposal to the end, what is shown of one on several
//! days, and what is refused.

mod home;
mod partnership;

use home::{Home, check};
use partnership::{PARTNERSHIP, words};

#[test]
fn a_framework_is_proposed_accepted_adopted_changed_and_ended() {
    let home = Home::new();
    home.write("framework.json", PARTNERSHIP);
    let mut transcript = Vec::new();
    for line in [
        // On the word of one nobody founds one.
        "--as FR framework found framework.json --on 2024-01-10",
        "--as US framework propose framework.json --on 2024-01-10",
        "--as FR framework propose framework.json --on 2024-01-10",
        "--as FR framework area open pact --key sport --title Sport --consenting FR,MA --on 2024-01-11",
        "--as MA framework accept pact --revision 1 --on 2024-01-12",
        // A later revision clears what was accepted before.
        "--as MA framework revise pact --base 1 --title 'Comprehensive pact' --on 2024-01-13",
        "--as FR framework revise pact --base 1 --title Pact --on 2024-01-14",
        "--as MA framework adopt pact --revision 2 --on 2024-01-14",
        "framework state pact --as-of 2024-01-14",
        "--as FR framework accept pact --revision 2 --on 2024-01-15",
        "--as MA framework adopt pact --revision 2 --on 2024-02-01 --effect 2024-03-01",
        "--as MA framework area open pact --key sport --title 'Major events' --scope 'en=Security of events' --consenting FR,MA --on 2024-04-14",
        "--as MA framework area open pact --key food --title Food --consenting MA --on 2024-04-14",
        "--as FR framework area expand pact --area sport --scope 'en=Training of stewards' --consenting FR,MA --on 2024-05-01",
        "--as FR framework organ name pact --role contact --who 'FR:Directorate of Immigration' --on 2024-04-20",
        "--as MA framework organ name pact --role contact --who 'FR:Directorate of Migration' --on 2024-04-20",
        "--as FR framework organ replace pact --role contact --who 'FR:Directorate-general for foreigners' --address cell@fr.example --on 2024-06-01 --from 2024-06-15",
        "framework organ list pact --as-of 2024-06-14",
        "framework organ list pact --all",
        "framework state pact --as-of 2024-04-30",
        "framework state pact --as-of 2024-07-01",
        "framework state pact --as-of 2023-12-31",
        "--as FR framework suspend pact --reason 'a dispute' --consenting FR,MA --on 2024-08-01",
        "--as FR framework area propose pact --key food --title Food --on 2024-08-02",
        "--as FR framework resume pact --consenting FR,MA --on 2024-09-01",
        "--as FR framework area propose pact --key food --title Food --on 2024-09-02",
        "--as FR framework area close pact --area sport --reason 'it is done' --consenting FR,MA --on 2024-09-15",
        "--as FR framework area open pact --key sport --title Sport --consenting FR,MA --on 2024-10-01",
        "framework organ list pact --as-of 2024-07-01 --format json",
        "--as FR framework end pact --reason 'another takes its place' --consenting FR,MA --on 2024-10-01",
        "--as FR framework area open pact --key energy --title Energy --consenting FR,MA --on 2024-10-02",
        "framework state pact --as-of 2024-10-02",
        "framework history pact",
        "audit",
    ] {
        transcript.push(home.run(&words(line)));
    }
    check("frameworks", &transcript);
}
