//! Who may do what, and when: every verb of the machines beside the text, by the rule that refuses
//! it while the text is a draft, once it is adopted, in force, to a stranger, and after the end.

#[expect(dead_code, reason = "a table says what is expected, no snapshot")]
#[path = "../home/mod.rs"]
mod home;
mod table;

use std::{collections::BTreeSet, fs, path::Path};

use home::Home;
use serde_json::Value;
use table::TABLE;

/// A verb with its options, and what becomes of it in each column.
type Row = (&'static str, [&'static str; 5]);

fn all() -> Vec<Row> {
    let lines = TABLE
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'));
    let lines: Vec<_> = lines.collect();
    let row = |pair: &[&'static str]| {
        let outcomes: Vec<_> = pair[1].split('|').map(str::trim).collect();
        (pair[0], outcomes.try_into().expect("five outcomes"))
    };
    lines.chunks(2).map(row).collect()
}

/// Words as a shell splits them: single quotes hold words together.
fn words(line: &str) -> Vec<String> {
    let mut out = Vec::new();
    for (at, part) in line.split('\'').enumerate() {
        match at % 2 {
            0 => out.extend(part.split_whitespace().map(str::to_owned)),
            _ => out.push(part.to_owned()),
        }
    }
    out
}

/// How far the treaty of A, B and C has come.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Stage {
    Draft,
    Adopted,
    InForce,
    Ended,
}

fn treaty(stage: Stage) -> Home {
    let home = Home::new();
    home.write("fr.md", "## Article 1\n\nLes Parties coopèrent.\n");
    let party = |id: &str| format!(r#"{{"id":"{id}","name":"State {id}"}}"#);
    let parties = ["A", "B", "C"].map(party).join(",");
    home.write(
        "manifest.json",
        &format!(
            r#"{{"title":"Treaty","handle":"treaty","kind":"treaty","profile":"treaty/vclt",
            "parties":[{parties}],"languages":["fr"],"texts":{{"fr":"fr.md"}}}}"#
        ),
    );
    let done = |line: &str| {
        let seen = home.run(&line.split(' ').collect::<Vec<_>>());
        assert!(seen.contains("\nstatus 0\n"), "{seen}");
    };
    done("--as A propose manifest.json");
    if stage >= Stage::Adopted {
        done("--as B accept treaty --revision 1");
        done("--as C accept treaty --revision 1");
        done("--as A adopt treaty --revision 1");
        done("--as A authenticate treaty");
    }
    if stage >= Stage::InForce {
        for party in ["A", "B", "C"] {
            done(&format!(
                "--as {party} sign treaty --on 2020-02-01 --by m --full-powers"
            ));
        }
    }
    if stage >= Stage::Ended {
        // Acts are judged by their own days: those of the table come after.
        done("--as A end treaty --on 2020-02-01 --consenting A,B,C");
    }
    home
}

/// A copy, as what is done must not be seen by the next row.
fn copy(from: &Home) -> Home {
    fn folder(from: &Path, to: &Path) {
        for entry in fs::read_dir(from).expect("a folder") {
            let entry = entry.expect("an entry");
            let (path, to) = (entry.path(), to.join(entry.file_name()));
            if path.is_dir() {
                fs::create_dir(&to).expect("a folder");
                folder(&path, &to);
            } else {
                fs::copy(&path, &to).expect("it is copied");
            }
        }
    }
    let home = Home::new();
    folder(from.0.path(), home.0.path());
    home
}

/// What becomes of a verb, and the document that says so.
fn asked(home: &Home, party: &str, line: &str) -> (String, Value) {
    let mut command = words(line);
    command.insert(1, "treaty".to_owned());
    let mut args = vec!["--as", party, "--format", "json"];
    args.extend(command.iter().map(String::as_str));
    let output = home.output(&args);
    let answer: Value = serde_json::from_slice(&output.stdout).expect("one document");
    let outcome = match output.status.code() {
        Some(0) => "done".to_owned(),
        Some(1) => {
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            let message = answer["message"].as_str().expect("words");
            assert!(said.contains(message), "the same for people: {said}");
            let refusal = &answer["refusal"];
            let text = |field: &str| refusal[field].as_str().expect("text").to_owned();
            assert!(message.contains(&text("expected")) && message.contains(&text("found")));
            let next = format!("travaux law {}", text("rule"));
            let commands = answer["next"].as_array().expect("a list");
            assert!(commands.iter().any(|c| c["command"] == *next), "{answer}");
            format!("{} {}", text("reason"), text("rule"))
        }
        status => format!("status {status:?}: {}", answer["message"]),
    };
    (outcome, answer)
}

/// Each row in one stage, for one party.
fn each(column: usize, stage: Stage, party: &str) {
    let base = treaty(stage);
    let mut wrong = Vec::new();
    for (line, expected) in all() {
        let expected = expected[column];
        let own;
        let home = match expected {
            "done" => {
                own = copy(&base);
                &own
            }
            _ => &base,
        };
        let (outcome, answer) = asked(home, party, line);
        if outcome != expected {
            wrong.push(format!(
                "{line}\n  {outcome}, expected {expected}: {answer}"
            ));
        }
    }
    assert!(wrong.is_empty(), "{party}:\n{}", wrong.join("\n"));
}

#[test]
fn while_the_text_is_a_draft() {
    each(0, Stage::Draft, "A");
}

#[test]
fn once_the_text_is_adopted() {
    each(1, Stage::Adopted, "A");
}

#[test]
fn while_it_is_in_force() {
    each(2, Stage::InForce, "A");
}

#[test]
fn for_a_stranger() {
    each(3, Stage::InForce, "Z");
}

#[test]
fn once_it_has_ended() {
    each(4, Stage::Ended, "A");
}

#[test]
fn every_verb_has_a_row() {
    let help = Home::new().run(&["help"]);
    let (_, verbs) = help.split_once("\nConsent:\n").expect("the verbs");
    let (verbs, _) = verbs.split_once("\nThe log").expect("their end");
    // A verb stands behind a margin of two; a heading, and what goes on in a second line, does not.
    let name = |line: &str| {
        let line = line.strip_prefix("  ")?;
        let name = line.split(' ').next()?;
        (!name.is_empty()).then(|| name.to_owned())
    };
    let listed: BTreeSet<_> = verbs.lines().filter_map(name).collect();
    let rows = all().into_iter();
    let known: BTreeSet<_> = rows.map(|(line, _)| words(line).remove(0)).collect();
    assert!(listed.len() > 60, "they are found: {listed:?}");
    assert_eq!(listed, known);
}

/// What the command line says of a verb that it cannot read; nothing is asked of a rule.
fn unread(home: &Home, line: &str) -> String {
    let (outcome, answer) = asked(home, "A", line);
    assert_eq!(
        (&answer["error"], &answer["exit"]),
        (&"usage".into(), &2.into())
    );
    assert!(answer.get("refusal").is_none(), "{line}: {outcome}");
    answer["message"].as_str().expect("words").to_owned()
}

#[test]
fn a_day_that_there_is_not_is_refused_by_its_option() {
    let home = treaty(Stage::InForce);
    for (line, _) in all() {
        let given = words(line);
        let days = given.windows(2).filter(|pair| pair[1].starts_with("20"));
        let mut found = 0;
        for pair in days {
            found += 1;
            for no_day in ["2020-02-30", "20200201", "soon"] {
                let said = unread(&home, &line.replace(&pair[1], no_day));
                let option = format!("{}: ", pair[0]);
                assert!(said.contains(&option), "{line}: {said}");
                assert!(said.contains(no_day), "{line}: {said}");
            }
        }
        assert!(found > 0, "{line}: when it is done");
    }
}

#[test]
fn what_is_no_number_is_refused_by_its_option() {
    let home = treaty(Stage::InForce);
    let numbered = all().into_iter().filter(|(line, _)| line.contains(" 9 "));
    let mut asked = 0;
    for (line, _) in numbered {
        for wrong in ["nine", "-1", "4294967296"] {
            let said = unread(&home, &line.replace(" 9 ", &format!(" {wrong} ")));
            let option = ["--number", "--revision"]
                .into_iter()
                .find(|option| line.contains(option))
                .expect("its option");
            assert!(
                said.contains(option) && said.contains(wrong),
                "{line}: {said}"
            );
        }
        asked += 1;
    }
    assert!(asked > 20, "{asked} verbs take a number");
}

#[test]
fn an_agreement_that_there_is_not_is_named() {
    let home = treaty(Stage::InForce);
    for (line, _) in all() {
        let mut command = words(line);
        command.insert(1, "nowhere".to_owned());
        let mut args = vec!["--as", "A"];
        args.extend(command.iter().map(String::as_str));
        let seen = home.run(&args);
        assert!(
            seen.contains("\nstatus 2\nerror: there is no agreement `nowhere`"),
            "{seen}"
        );
    }
}

#[test]
fn who_acts_has_to_be_said() {
    let home = treaty(Stage::InForce);
    for (line, outcomes) in all() {
        // What is refused for another reason needs no party for it.
        if outcomes[2] != "done" {
            continue;
        }
        let mut command = words(line);
        command.insert(1, "treaty".to_owned());
        let args: Vec<_> = command.iter().map(String::as_str).collect();
        let seen = home.run(&args);
        assert!(
            seen.contains("\nstatus 2\n") && seen.contains("--as"),
            "{seen}"
        );
    }
}
