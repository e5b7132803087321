//! The life of agreements in a treaty office, and what every command that asks says of each day, as
//! known on each other one.

#[expect(dead_code, reason = "its clock moves here, and nothing is a snapshot")]
mod home;

use home::Home;
use serde_json::Value;

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

/// The day on which all is past that these tests record.
const LATER: &str = "2027-01-01";

/// An office with the files that its acts name.
fn office() -> Home {
    let home = Home::new();
    home.write(
        "fr.md",
        "## Article 1\n\nLes Parties coopèrent.\n\n## Article 2\n\nElles échangent des informations.\n",
    );
    let parties = r#""parties":[{"id":"A","name":"State A"},{"id":"B","name":"State B"}]"#;
    for (file, title, clauses) in [
        (
            "treaty.json",
            "Treaty",
            r#"{"label":"Article 8","provides":{"entry_into_force":"first day of the 2nd month after last consent"}},
            {"label":"Article 10","provides":{"denunciation":{"months":6}}}"#,
        ),
        ("protocol.json", "Protocol", ""),
    ] {
        home.write(
            file,
            &format!(
                r#"{{"title":"{title}","kind":"treaty","profile":"treaty/vclt",{parties},
                "languages":["fr"],"texts":{{"fr":"fr.md"}},"final_clauses":[{clauses}]}}"#
            ),
        );
    }
    let reword = |provision: &str, find: &str, with: &str| {
        format!(
            r#"{{"substitute_words":{{"provision":"{provision}","lang":"fr","find":"{find}","with":"{with}","count":1}}}}"#
        )
    };
    let amend = reword("1.2", "coopèrent", "se concertent");
    home.write("amend.json", &format!("[{amend}]"));
    let correct = reword("1.4", "informations", "renseignements");
    home.write("correct.json", &format!("[{correct}]"));
    home.write(
        "package.json",
        &format!(
            r#"{{"title":"Spring","framework":"pact","revisions":[
            {{"agreement":"treaty","title":"Consultation","operations":[{amend}]}},
            {{"agreement":"protocol","operations":[{correct}]}}]}}"#
        ),
    );
    home.write(
        "pact.json",
        &format!(
            r#"{{"title":"Pact","declaration":{{"title":"declaration","made":"2024-10","by":["A"]}},{parties},
            "areas":[{{"key":"mobility","title":"Mobility"}},{{"key":"sport","title":"Sport"}}]}}"#
        ),
    );
    for (file, title, adopted, step, due) in [
        (
            "first.json",
            "First roadmap",
            "2024-12-01",
            "Meet",
            "2025-06-01",
        ),
        (
            "second.json",
            "Second roadmap",
            "2026-01-05",
            "Meet again",
            "2026-06-01",
        ),
    ] {
        home.write(
            file,
            &format!(
                r#"{{"title":"{title}","adopted_on":"{adopted}","steps":[{{"area":"mobility","title":"{step}","due":"{due}"}}]}}"#
            ),
        );
    }
    home
}

/// Does each line, `DAY PARTY: command`. One that ends in `=> words` is refused, in words that hold
/// these.
#[track_caller]
fn play(home: &Home, lines: &str) {
    for line in lines.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (line, refused) = match line.split_once(" => ") {
            Some((line, says)) => (line, Some(says)),
            None => (line, None),
        };
        let (who, command) = line.split_once(": ").expect("who acts");
        let (day, party) = who.split_once(' ').expect("a day");
        let command = words(command);
        let mut args = vec!["--as", party];
        args.extend(command.iter().map(String::as_str));
        let output = home.output_on(day, &args);
        let said = String::from_utf8_lossy(&output.stderr);
        match refused {
            None => assert!(output.status.success() && said.is_empty(), "{line}: {said}"),
            Some(says) => {
                assert_eq!(output.status.code(), Some(1), "{line}: {said}");
                assert!(
                    said.contains(says) && output.stdout.is_empty(),
                    "{line}: {said}"
                );
            }
        }
    }
}

/// What a command that asks writes, on the later day.
#[track_caller]
fn ask(home: &Home, line: &str) -> String {
    let command = words(line);
    let args: Vec<_> = command.iter().map(String::as_str).collect();
    let output = home.output_on(LATER, &args);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && said.is_empty(), "{line}: {said}");
    String::from_utf8(output.stdout).expect("text")
}

fn json(home: &Home, line: &str) -> Value {
    let answer = ask(home, &format!("{line} --format json"));
    serde_json::from_str(&answer).unwrap_or_else(|e| panic!("{line}: {e}: {answer}"))
}

/// Negotiated, adopted, signed, ratified, in force, amended, corrected, denounced.
const LIFE: &str = "
    2024-01-10 A: propose treaty.json
    2024-01-20 A: adopt treaty --revision 1 => missing: B
    2024-02-01 B: accept treaty --revision 1
    2024-02-05 A: adopt treaty --revision 1
    2024-02-06 A: adopt treaty --revision 1 => cannot adopt
    2024-03-01 A: authenticate treaty
    2024-03-20 A: sign treaty --on 2024-03-20 --by m --full-powers --manner subject-to-ratification
    2024-03-21 B: sign treaty --on 2024-03-20 --by m --full-powers --manner subject-to-ratification
    2024-05-02 A: ratify treaty --on 2024-05-01
    2024-05-12 A: establish treaty --on 2024-05-10 --how exchange
    2024-06-02 B: ratify treaty --on 2024-06-01
    2024-06-03 A: enter-into-force treaty --basis 'Article 8' => the consent of B
    2024-07-15 B: establish treaty --on 2024-06-10 --how exchange
    2024-09-01 A: enter-into-force treaty --basis 'Article 8'
    2025-01-05 A: revise treaty --ops amend.json => rule T8
    2025-01-10 A: amend treaty --ops amend.json --title Consultation --effective-from 2025-07-01
    2025-01-20 B: accept treaty --revision 2
    2025-02-01 A: adopt treaty --revision 2 --effective-from 2025-07-01
    2025-03-01 B: correct treaty --ops correct.json
    2025-03-10 A: accept treaty --revision 3
    2025-03-15 B: adopt treaty --revision 3
    2026-01-25 A: denounce treaty --received-on 2026-01-20
    2026-07-21 A: revoke-notice treaty --on 2026-07-20 => a date before 2026-07-20";

/// On a day, as known at the end of another: where the treaty stands, and how many revisions were on
/// record; which text it is; what Article 1 and Article 2 say between the two, `-` if nothing does.
const STANDS: &str = "
    2024-02-03 2024-02-03 | a draft since 2024-01-10; not in force; waiting for the adoption of the text | 1
        no adoption was on record | - | -
    2024-02-10 2024-02-10 | adopted on 2024-02-05; not in force; waiting for the consent of A, the consent of B | 1
        revision 1 | - | -
    2024-04-01 2024-03-25 | authenticated on 2024-03-01; not in force; waiting for the consent of A, the consent of B | 1
        revision 1 | - | -
    2024-08-02 2024-07-14 | authenticated on 2024-03-01; not in force; waiting for the consent of B, the instrument of another, in exchange for that of A, given on 2024-05-10 | 1
        revision 1 | - | -
    2024-08-02 2024-07-15 | authenticated on 2024-03-01; in force since 2024-08-01 | 1
        revision 1 | coopèrent | informations
    2024-07-31 2024-09-01 | authenticated on 2024-03-01; to be in force from 2024-08-01 | 1
        its text was adopted, and applies later | - | -
    2024-08-01 2024-09-01 | authenticated on 2024-03-01; in force since 2024-08-01 | 1
        revision 1 | coopèrent | informations
    2025-07-01 2025-01-31 | authenticated on 2024-03-01; in force since 2024-08-01 | 2
        revision 1 | coopèrent | informations
    2025-07-01 2025-02-01 | authenticated on 2024-03-01; in force since 2024-08-01 | 2
        revision 1; amended by revision 2 from 2025-07-01 | se concertent | informations
    2025-06-30 2025-02-01 | authenticated on 2024-03-01; in force since 2024-08-01 | 2
        revision 1 | coopèrent | informations
    2025-06-30 2025-03-15 | authenticated on 2024-03-01; in force since 2024-08-01 | 3
        revision 1; corrected from the beginning by revision 3 | coopèrent | renseignements
    2024-08-02 2025-12-01 | authenticated on 2024-03-01; in force since 2024-08-01 | 3
        revision 1; corrected from the beginning by revision 3 | coopèrent | renseignements
    2026-07-20 2026-01-24 | authenticated on 2024-03-01; in force since 2024-08-01 | 3
        revision 1; amended by revision 2 from 2025-07-01; corrected from the beginning by revision 3 | se concertent | renseignements
    2026-07-19 2026-01-25 | authenticated on 2024-03-01; in force since 2024-08-01, ends on 2026-07-20 | 3
        revision 1; amended by revision 2 from 2025-07-01; corrected from the beginning by revision 3 | se concertent | renseignements
    2026-07-20 2026-01-25 | authenticated on 2024-03-01; ended on 2026-07-20 | 3
        revision 1; amended by revision 2 from 2025-07-01; corrected from the beginning by revision 3 | - | -";

#[test]
fn a_treaty_from_its_proposal_to_its_end_on_each_day_as_known_on_each_other() {
    let home = office();
    play(&home, LIFE);
    let lines: Vec<_> = STANDS
        .lines()
        .map(str::trim)
        .filter(|l| !l.is_empty())
        .collect();
    assert_eq!(lines.len() % 2, 0);
    for pair in lines.chunks(2) {
        let first: Vec<_> = pair[0].split(" | ").collect();
        let second: Vec<_> = pair[1].split(" | ").collect();
        let ([days, status, revisions], [text, article1, article2]) = (&first[..], &second[..])
        else {
            panic!("a row has two lines of three parts: {pair:?}");
        };
        let (on, known) = days.split_once(' ').expect("two days");
        stands(
            &home,
            (on, known),
            (*status, *revisions),
            (*text, [article1, article2]),
        );
    }
    assert!(ask(&home, "audit").contains("verdict: clean"));
}

/// What all commands that ask say of the treaty on a day, as known at the end of another: all the
/// same.
#[track_caller]
fn stands(
    home: &Home,
    (on, known): (&str, &str),
    (status, revisions): (&str, &str),
    (text, articles): (&str, [&str; 2]),
) {
    let when = format!("--as-of {on} --known-at {known}");
    let of_day = format!("on {on}, as known at the end of {known}: {status}\n");
    let between = ask(home, &format!("in-force treaty --between A,B {when}"));
    let show = ask(home, &format!("show treaty {when}"));
    assert!(between.contains(&of_day), "in-force: {between}\n{of_day}");
    assert!(show.contains(&of_day), "show: {show}\n{of_day}");
    assert!(
        show.contains(&format!("\ntext: {text}\n")),
        "{when}: {show}\n{text}"
    );
    for (sentence, article) in ["Les Parties", "Elles échangent des"].iter().zip(articles) {
        let said = between.contains(&format!("{sentence} {article}."));
        let any = between.contains(sentence);
        let expected = article != "-";
        assert_eq!(
            (said, any),
            (expected, expected),
            "{when}, {article}: {between}"
        );
    }
    let [line, shown, in_force] = [
        json(home, &format!("list {when}")),
        json(home, &format!("show treaty {when}")),
        json(home, &format!("in-force treaty --between A,B {when}")),
    ];
    assert_eq!(line["revisions"].to_string(), revisions, "{when}");
    assert_eq!(line["status"], shown["status"], "{when}");
    assert_eq!(line["status"], in_force["status"], "{when}");
    assert_eq!(shown["answer"]["reason"], text, "{when}");
    let stands = in_force["text"].is_string();
    assert_eq!(stands, articles[0] != "-", "{when}: {in_force}");
    // The digest is of the words that are shown.
    assert_eq!(in_force["sha256"].is_string(), stands, "{when}");
}

#[test]
fn nothing_is_said_of_a_treaty_before_it_was_known() {
    let home = office();
    play(&home, LIFE);
    let known = "--as-of 2026-01-01 --known-at 2024-01-09";
    let list = ask(&home, &format!("list {known}"));
    assert_eq!(list.lines().count(), 1, "the head alone: {list}");
    assert_eq!(ask(&home, &format!("list {known} --format json")), "");
    for line in ["show treaty", "in-force treaty --between A,B"] {
        let command = words(&format!("{line} {known}"));
        let args: Vec<_> = command.iter().map(String::as_str).collect();
        let output = home.output_on(LATER, &args);
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{line}: {said}");
        assert!(
            said.contains("there is no such agreement: it was recorded at 2024-01-10"),
            "{said}"
        );
    }
}

#[test]
fn why_it_is_in_force_names_the_events_that_decided_it() {
    let home = office();
    play(&home, LIFE);
    let when = "--between A,B --as-of 2025-08-01 --why";
    let why = ask(&home, &format!("in-force treaty {when}"));
    let (_, reasons) = why.split_once("\nwhy:\n").expect("the reasons");
    let (reasons, _) = reasons.split_once("\n\n").expect("the text behind them");
    let answer = json(&home, &format!("in-force treaty {when}"));
    let all = answer["reasons"].as_array().expect("a list");
    assert_eq!(reasons.lines().count(), all.len(), "{why}");
    for (line, reason) in reasons.lines().zip(all) {
        let what = reason["what"].as_str().expect("words");
        assert!(line.contains(what), "{line}: {reason}");
        if let Some(event) = reason["event"].as_u64() {
            assert!(line.ends_with(&format!(", event {event}]")), "{line}");
        }
    }
    let history = ask(&home, "history treaty");
    for event in answer["events"].as_array().expect("a list") {
        let position = event.as_u64().expect("a position").to_string();
        let mut lines = history.lines();
        assert!(
            lines.any(|line| line.split_whitespace().next() == Some(&position)),
            "{position} is not in\n{history}"
        );
    }
    assert!(!all.is_empty());
}

/// What a package's commands say at each step: its state, and the revisions of its members.
#[test]
fn a_package_is_adopted_whole() {
    let home = office();
    play(
        &home,
        "2024-10-01 A: framework found pact.json --consenting A,B
         2024-10-02 A: propose treaty.json
         2024-10-02 A: propose protocol.json
         2024-10-05 B: accept treaty --revision 1
         2024-10-05 B: accept protocol --revision 1
         2024-11-01 A: package propose package.json",
    );
    let says = |state: &str, json_state: &str, outcome: &str| {
        assert!(ask(&home, "package list").contains(state), "{state}");
        let shown = ask(&home, "package show spring");
        assert!(shown.contains(&format!("(spring): {state}\n")), "{shown}");
        let listed = json(&home, "package list");
        assert_eq!(listed["status"]["state"], json_state, "{listed}");
        assert_eq!(listed, json(&home, "package show spring"));
        for name in ["treaty", "protocol"] {
            let log = ask(&home, &format!("log {name}"));
            let last = log.lines().last().expect("revision 2");
            assert!(
                last.starts_with("2 ") && last.contains(outcome),
                "{state}: {log}"
            );
        }
    };
    says("open, accepted by A, waiting for B", "open", "open");
    play(
        &home,
        "2024-11-02 A: package adopt spring => missing: B
         2024-11-02 A: package accept spring => the answer that `A` gave already
         2024-11-02 B: package withdraw spring => its proposer (A)
         2024-11-02 Z: package accept spring => `Z`
         2024-11-02 A: withdraw treaty --revision 2 => package
         2024-11-03 B: package accept spring",
    );
    says("accepted by all, not yet adopted", "accepted", "open");
    play(&home, "2024-11-04 B: package adopt spring");
    says("adopted", "adopted", "adopted");
    play(
        &home,
        "2024-11-05 A: package withdraw spring => cannot
         2024-11-05 B: package reject spring => cannot
         2024-11-05 A: package adopt spring => cannot",
    );
    assert!(ask(&home, "show treaty").contains("se concertent"));
    assert!(ask(&home, "show protocol").contains("renseignements"));
    // What was adopted together was recorded together.
    let last = |name: &str| {
        let history = ask(&home, &format!("history {name}"));
        let last = history.lines().last().expect("an event").to_owned();
        last.split_whitespace()
            .next()
            .map(|n| n.parse::<u64>().expect("a position"))
    };
    assert_eq!(last("treaty").map(|n| n + 1), last("protocol"));
    assert!(ask(&home, "audit").contains("verdict: clean"));
}

#[test]
fn a_package_that_is_withdrawn_or_rejected_leaves_the_texts_as_they_were() {
    for (ends, state, json_state) in [
        (
            "2024-11-03 A: package withdraw spring --reason 'no money'",
            "withdrawn: no money",
            "withdrawn",
        ),
        (
            "2024-11-03 B: package reject spring --reason 'too far'",
            "rejected by B: too far",
            "rejected",
        ),
    ] {
        let home = office();
        play(
            &home,
            "2024-10-01 A: framework found pact.json --consenting A,B
             2024-10-02 A: propose treaty.json
             2024-10-02 A: propose protocol.json
             2024-11-01 A: package propose package.json",
        );
        play(&home, ends);
        let shown = ask(&home, "package show spring");
        assert!(shown.contains(&format!("(spring): {state}\n")), "{shown}");
        assert_eq!(json(&home, "package list")["status"]["state"], json_state);
        play(
            &home,
            "2024-11-04 B: package adopt spring => expected an open package",
        );
        assert!(ask(&home, "show treaty --revision 1").contains("coopèrent"));
        assert!(ask(&home, "audit").contains("verdict: clean"));
    }
}

#[test]
fn a_framework_on_each_day_as_known_on_each_other() {
    let home = office();
    play(
        &home,
        "2024-09-30 A: propose treaty.json
         2024-10-01 A: framework found pact.json --consenting A,B
         2024-10-02 Z: framework join pact treaty --area mobility => `Z`
         2024-10-02 A: framework join pact treaty --area health => an area of the framework (mobility, sport)
         2024-10-15 B: framework join pact treaty --area mobility
         2024-10-16 A: framework join pact treaty --area sport => one that is
         2024-12-10 A: framework roadmap pact first.json --consenting A,B
         2026-01-10 B: framework roadmap pact second.json --consenting A,B",
    );
    // On a day, as known at the end of another: whether the treaty is under it, and the step ahead.
    for (on, known, treaty, step) in [
        ("2024-10-02", "2024-10-02", false, None),
        ("2024-10-15", "2024-10-15", true, None),
        ("2024-10-16", "2024-12-09", true, None),
        ("2024-11-30", "2024-12-10", true, None),
        ("2024-12-01", "2024-12-10", true, Some("Meet by 2025-06-01")),
        ("2026-01-05", "2026-01-09", true, Some("Meet by 2025-06-01")),
        ("2026-01-04", "2026-01-10", true, Some("Meet by 2025-06-01")),
        (
            "2026-01-05",
            "2026-01-10",
            true,
            Some("Meet again by 2026-06-01"),
        ),
    ] {
        let when = format!("--as-of {on} --known-at {known}");
        let state = ask(&home, &format!("framework state pact {when}"));
        assert_eq!(
            state.contains("agreement: Treaty (treaty, "),
            treaty,
            "{when}: {state}"
        );
        let steps: Vec<_> = state
            .lines()
            .filter_map(|line| line.trim().strip_prefix("roadmap:"))
            .map(str::trim)
            .collect();
        assert_eq!(steps, Vec::from_iter(step), "{when}: {state}");
        let document = json(&home, &format!("framework state pact {when}"));
        let statuses = document["statuses"].as_object().expect("an object");
        assert_eq!(statuses.len(), usize::from(treaty), "{when}");
    }
    let before = home.output_on(
        LATER,
        &["framework", "state", "pact", "--known-at", "2024-09-30"],
    );
    assert_eq!(before.status.code(), Some(2));
    let said = String::from_utf8_lossy(&before.stderr);
    assert!(
        said.contains("nothing was known of this framework at the end of 2024-09-30"),
        "{said}"
    );
    let listed = |known: &str| {
        ask(&home, &format!("list --framework pact --known-at {known}"))
            .lines()
            .count()
            - 1
    };
    assert_eq!([listed("2024-10-14"), listed("2024-10-15")], [0, 1]);
    assert!(ask(&home, "audit").contains("verdict: clean"));
}
