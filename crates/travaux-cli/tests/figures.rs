//! Figures on the command line: what is counted, compared and explained, and what is refused.

mod home;
mod partnership;

use home::{Home, check};
use partnership::{PARTNERSHIP, words};

const PASSES: &str = r#"{
  "names": {"en": "Consular passes obtained", "fr": "Laissez-passer obtenus"},
  "unit": {"key": "passes", "words": {"en": "passes"}},
  "frequency": "A",
  "population": {"key": "persons-ordered-to-leave", "words": {"en": "persons under an order to leave"}},
  "reference_event": {"key": "day-of-issue", "words": {"en": "day of issue"}},
  "method": {"key": "count-of-files", "words": {"en": "count of files"}},
  "reporters": ["FR", "MA"],
  "course": "mutual",
  "tolerance": {"relative": "0.1"}
}"#;

const MESSAGE: &str = "STRUCTURE[;],STRUCTURE_ID,ACTION,REF_AREA,COUNTERPART_AREA,TIME_PERIOD,OBS_VALUE,OBS_STATUS[],SOURCE
dataflow,pact:passes(1.0.0),M,FR,MA,2022,700,A,ministry
dataflow,pact:passes(1.0.0),M,FR,MA,2021,NaN,L,ministry
dataflow,pact:passes(1.0.0),M,FR,MA,2020,650,A;P,ministry
";

#[test]
fn figures_are_reported_compared_and_reconciled() {
    let home = Home::new();
    home.write("framework.json", PARTNERSHIP);
    home.write("passes.json", PASSES);
    home.write(
        "narrow.json",
        &PASSES.replace("persons-ordered", "adults-ordered"),
    );
    home.write("wrong.json", &PASSES.replace("\"course\"", "\"curse\""));
    home.write("figures.csv", MESSAGE);
    home.write(
        "bad.csv",
        &MESSAGE
            .replace(",M,FR,MA,2021", ",M,MA,FR,2021")
            .replace("650", "6,5"),
    );
    let mut transcript = Vec::new();
    for line in [
        "--as FR framework found framework.json --consenting FR,MA --on 2024-05-01",
        "--as FR indicator adopt pact wrong.json --version 1.0.0 --consenting FR,MA --on 2024-06-01",
        "--as FR indicator adopt pact passes.json --version 1.0.0 --from 2015-01-01 --consenting FR,MA --on 2024-06-01 --handle passes",
        // Another population is another thing: a major step.
        "--as FR indicator revise passes narrow.json --version 1.1.0 --consenting FR,MA --on 2024-06-01",
        "--as FR indicator revise passes narrow.json --version 2.0.0-draft --on 2024-06-01",
        "--as FR figure report passes --by 1.0.0 --period 2023 --counterpart MA --value 725 --source ministry --data-of 2024-01-31 --on 2024-06-02",
        "--as FR figure report passes --by 2.0.0-draft --period 2023 --counterpart MA --value 725 --source ministry --data-of 2024-01-31 --on 2024-06-02",
        "--as FR figure report passes --period 2023 --counterpart MA --value 725 --source ministry --data-of 2024-01-31 --on 2024-06-02",
        "--as MA figure report passes --by 1.0.0 --period 2023 --counterpart FR --value 1680 --source ministry --data-of 2024-01-31 --on 2024-06-02",
        "figure compare passes",
        "--as MA discrepancy open passes --figures 3@1,4@1 --due 2024-06-20 --on 2024-06-03",
        "--as FR discrepancy answer passes --discrepancy 5 --cause coverage:known:-900 --residual=-50 --on 2024-06-04",
        "--as FR discrepancy answer passes --discrepancy 5 --cause 'coverage:known:-900:only those under an order' --residual=-55 --on 2024-06-04",
        "discrepancy list passes --as-of 2024-06-05",
        "--as MA discrepancy reconcile passes --discrepancy 5 --agreed-value 1680 --ground 'a joint count' --consenting FR,MA --on 2024-06-25",
        "discrepancy list passes --as-of 2024-06-25",
        "--as MA discrepancy answer passes --discrepancy 5 --cause unknown:known:0 --residual=-955 --on 2024-06-25",
        "--as MA discrepancy reconcile passes --discrepancy 5 --agreed-value 1680 --ground 'a joint count' --consenting FR,MA --on 2024-06-25",
        "discrepancy list passes --as-of 2024-06-25",
        "--as FR figure import figures.csv --on 2024-06-26",
        "--as FR figure import bad.csv --on 2024-06-26",
        "--as FR figure import figures.csv --on 2024-06-26",
        "--as FR figure revise passes --figure 3 --kind correction --by 1.0.0 --value 1600 --confidentiality C --also-to MA --source ministry --data-of 2024-06-01 --on 2024-06-28",
        "discrepancy list passes --open --as-of 2024-06-28",
        "figure list passes --as-of 2024-06-27",
        "figure list passes --as-of 2024-06-28 --reporter FR",
        "figure list passes --as-of 2024-06-27 --reporter FR --sum",
        "figure list passes --as-of 2024-06-28 --reporter FR --sum",
        "--as MA figure show passes 3 --as-of 2024-06-28",
        "figure compare passes --as-of 2024-06-28",
        "figure export passes --as-of 2024-06-28",
        "figure export passes --as-of 2024-06-28 --updated-after 2025-01-01",
        "indicator list --as-of 2024-06-28",
        "indicator show passes --as-of 2024-06-28",
        "indicator show passes --as-of 2024-05-01",
        "figure list passes --period 2023 --as-of 2024-06-27 --format json",
        // Both sides of one thing are no sum.
        "figure list passes --period 2023 --as-of 2024-06-27 --sum",
        // A revision that says nothing of secrecy publishes nothing.
        "--as FR figure revise passes --figure 3 --kind correction --by 1.0.0 --value 1610 --source ministry --data-of 2024-06-02 --on 2024-06-29",
        "figure show passes 3 --as-of 2024-06-29",
        "--as MA figure show passes 3 --as-of 2024-06-29",
        "--as FR figure revise passes --figure 3 --kind correction --by 1.0.0 --value 1610 --confidentiality F --source ministry --data-of 2024-06-02 --on 2024-06-30",
        "figure show passes 3 --as-of 2024-06-30",
        "audit",
    ] {
        transcript.push(home.run(&words(line)));
    }
    check("figures", &transcript);
}

/// The commands of a section of README.md, each with what is shown below it.
fn shown(section: &str) -> Vec<(String, String)> {
    let readme = concat!(env!("CARGO_MANIFEST_DIR"), "/../../README.md");
    let readme = std::fs::read_to_string(readme).expect("README.md");
    let (_, section) = readme.split_once(section).expect("the section");
    let (_, block) = section.split_once("```console\n").expect("an example");
    let (block, _) = block.split_once("```").expect("its end");
    let mut commands: Vec<(String, String)> = Vec::new();
    for line in block.replace("\\\n", " ").lines() {
        match (line.strip_prefix("$ travaux "), commands.last_mut()) {
            (Some(command), _) => {
                let typed = command.split("  # ").next().unwrap_or_default();
                commands.push((typed.trim().to_owned(), String::new()));
            }
            (None, Some((_, output))) => {
                output.push_str(line);
                output.push('\n');
            }
            (None, None) => panic!("no command before `{line}`"),
        }
    }
    commands
}

#[test]
fn readme_shows_what_the_program_prints() {
    let home = Home::new();
    home.write("framework.json", PARTNERSHIP);
    home.write("passes.json", PASSES);
    home.write("figures.csv", MESSAGE);
    home.output(&words(
        "--as FR framework found framework.json --consenting FR,MA --on 2024-05-01",
    ));
    let commands = shown("### Figures that both sides tell\n");
    let mut compared = 0;
    for (command, expected) in &commands {
        let (command, file) = match command.split_once(" > ") {
            Some((command, file)) => (command, Some(file)),
            None => (command.as_str(), None),
        };
        let output = home.output(&words(command));
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{command}: {said}");
        let printed = String::from_utf8_lossy(&output.stdout);
        if let Some(file) = file {
            home.write(file, &printed);
        } else if !expected.is_empty() {
            assert_eq!(printed, *expected, "{command}");
            compared += 1;
        }
    }
    assert!(compared > 1 && commands.len() > compared, "{commands:?}");
}
