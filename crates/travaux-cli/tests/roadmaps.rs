//! Roadmaps on the command line: what is shown of one on several days, and what is refused.

mod home;

use home::{Home, check};

const FRAMEWORK: &str = r#"{"title": "Partnership", "handle": "pact",
    "declaration": {"title": "joint declaration", "made": "2024-01", "by": []},
    "parties": [{"id": "FR", "name": "State FR"}, {"id": "MA", "name": "State MA"}],
    "areas": [{"key": "migration", "title": "Migration"}]}"#;

/// Words as a shell splits them, at blanks outside single quotes.
fn words(line: &str) -> Vec<&str> {
    let parts = line.split('\'').enumerate();
    parts
        .flat_map(|(at, part)| match at % 2 {
            0 => part.split_whitespace().collect(),
            _ => vec![part],
        })
        .collect()
}

fn play(name: &str, lines: &[&str]) {
    let home = Home::new();
    home.write("framework.json", FRAMEWORK);
    let transcript: Vec<_> = lines.iter().map(|line| home.run(&words(line))).collect();
    check(name, &transcript);
}

const BEGIN: [&str; 6] = [
    "--as FR framework found framework.json",
    "--as MA meeting convene pact --title 'Working meeting' --kind ministers --start 2024-01-04 --place Rabat --chair MA:Minister --on 2024-01-02 --handle rabat",
    "--as MA meeting hold rabat --participant MA:head:Minister --participant FR:head:Minister --on 2024-01-04",
    "--as MA meeting item rabat --key passes --agreed-by FR,MA --words 'en=passes in ten days' --on 2024-01-04",
    "--as FR roadmap propose pact --title 'Roadmap 2024' --zone Africa/Casablanca --on 2024-01-10 --handle plan",
    "--as FR action propose plan/forms --title 'en=Common forms' --area migration --lead FR:Prefecture --support MA:Wilaya --due 2024-03-31 --on 2024-01-20",
];

#[test]
fn a_roadmap_is_shown_as_it_stood_and_no_date_is_overwritten() {
    let mut lines = BEGIN.to_vec();
    lines.extend([
        "--as FR action propose plan/passes --title 'en=Passes in ten days' --area migration --lead FR:Prefecture --start 2024-04-01 --due 2024-06-30 --source rabat/passes --on 2024-01-20",
        "--as FR action propose plan/posts --title 'en=Joint posts' --area migration --lead MA:Wilaya --due '30 days after completion of forms' --on 2024-01-20",
        "--as FR action propose plan/figures --title 'en=Figures sent' --area migration --lead MA:Wilaya --due 2024-03-31 --recurs 'FREQ=MONTHLY;INTERVAL=3;COUNT=2' --on 2024-01-20",
        "--as MA action revise plan/figures --title 'fr=Chiffres' --on 2024-01-21",
        "--as FR roadmap adopt plan --consenting FR --on 2024-02-01",
        "--as FR roadmap adopt plan --consenting FR,MA --on 2024-02-01",
        "--as FR action depend plan/passes --after forms --on 2024-02-02",
        "--as FR action depend plan/forms --after passes --on 2024-02-02",
        "--as FR action milestone plan/passes --key drafted --title 'en=a draft' --consenting FR,MA --on 2024-02-02",
        "--as FR action target plan/passes --key share --title 'en=passes in time' --indicator lpc@1.0.0 --baseline 25 --goal 80 --unit percent --consenting FR,MA --on 2024-02-02",
        "--as FR action start plan/forms --on 2024-02-05",
        "--as FR action report plan/forms --as-of 2024-03-01 --words 'en=two forms of three' --percent 60 --on 2024-03-02",
        "--as MA action assess plan/forms --as-of 2024-03-01 --completion limited --on 2024-03-05",
        "--as FR action move plan/forms --from 2024-03-31 --to 2024-05-15 --reason 'one form is open' --consenting FR,MA --on 2024-03-20",
        "--as FR action move plan/forms --from 2024-03-31 --to 2024-06-15 --reason 'again' --consenting FR,MA --on 2024-03-21",
        "roadmap show plan --as-of 2024-03-01",
        "roadmap show plan --as-of 2024-06-01",
        "roadmap gantt plan --as-of 2024-06-01",
        "action list plan --overdue --as-of 2024-06-01",
        "action list plan --at-risk --as-of 2024-06-01",
        "action show plan/forms --as-of 2024-06-01",
        "action show plan/passes --as-of 2024-06-01",
        "trace plan/passes",
        "trace rabat/passes",
        "framework history pact",
        "history plan",
        "roadmap list --as-of 2024-06-01",
        "roadmap list --as-of 2024-06-01 --format json",
        "action show plan/passes --as-of 2024-06-01 --format json",
        "action list plan --overdue --as-of 2024-06-01 --format json",
        "roadmap show plan --as-of 2024-01-01",
        "audit",
    ]);
    play("roadmaps", &lines);
}

#[test]
fn each_act_on_an_action_is_let_through_or_refused_by_its_row() {
    let mut lines = BEGIN.to_vec();
    lines.extend([
        "--as FR action propose plan/passes --title 'en=Passes' --area sport --lead FR:Prefecture --on 2024-01-20",
        "--as FR action propose plan/passes --title 'en=Passes' --area migration --lead FR:Prefecture --due soon --on 2024-01-20",
        "--as FR action propose plan/passes --title 'en=Passes' --area migration --lead FR:Prefecture --due 2024-06-30 --on 2024-01-20",
        "--as FR action propose plan/posts --title 'en=Posts' --area migration --lead FR:Prefecture --due 2024-06-30 --on 2024-01-20",
        "--as MA action withdraw plan/posts --on 2024-01-21",
        "--as FR action withdraw plan/posts --on 2024-01-21",
        "--as FR action start plan/forms --on 2024-01-22",
        "--as FR roadmap adopt plan --consenting FR,MA --on 2024-02-01",
        "--as MA meeting follow-up rabat passes --by plan --action passes --on 2024-02-01",
        "--as MA action start plan/forms --on 2024-02-02",
        "--as FR action start plan/forms --on 2024-02-02",
        "--as FR action depend plan/passes --after forms --kind finish-to-finish --lag -5 --on 2024-02-02",
        "--as FR action free plan/passes --after forms --on 2024-02-03",
        "--as FR action free plan/passes --after forms --on 2024-02-03",
        "--as FR action milestone plan/forms --key signed --title 'en=signed forms' --on 2024-02-03",
        "--as FR action milestone plan/forms --key signed --title 'en=signed forms' --consenting FR,MA --on 2024-02-03",
        "--as FR action target plan/forms --key share --title 'en=in time' --indicator lpc --baseline 25 --goal 80 --unit percent --consenting FR,MA --on 2024-02-03",
        "--as FR action report plan/forms --as-of 2024-02-03 --words 'en=begun' --percent 101 --on 2024-02-03",
        "--as FR action assess plan/forms --as-of 2024-02-03 --completion complete --on 2024-02-03",
        "--as FR action complete plan/forms --on 2024-02-04",
        "--as FR action meet plan/forms --milestone signed --evidence 'archive, box 8' --on 2024-02-04",
        "--as FR action accept plan/forms --milestone signed --on 2024-02-05",
        "--as MA action refuse plan/forms --milestone signed --reason 'one is missing' --on 2024-02-05",
        "--as FR action waive plan/forms --milestone signed --reason 'no longer needed' --consenting FR --on 2024-02-06",
        "--as FR action waive plan/forms --milestone signed --reason 'no longer needed' --consenting FR,MA --on 2024-02-06",
        "--as FR action complete plan/forms --on 2024-02-07",
        "--as MA action reopen plan/forms --reason 'an old form' --on 2024-02-08",
        "--as FR action reopen plan/forms --reason 'an old form' --on 2024-02-08",
        "--as FR action suspend plan/forms --reason 'no budget' --consenting FR,MA --on 2024-02-09",
        "--as FR action complete plan/forms --on 2024-02-10",
        "--as FR action resume plan/forms --consenting FR,MA --on 2024-02-19",
        "action show plan/forms --as-of 2024-03-01",
        r#"--as FR action split plan/passes --into '[{"action": {"key": "north", "title": {"en": "North"}, "area": "migration", "leads": [{"party": "FR", "office": "Prefecture"}], "due": "2024-07-31"}}]' --consenting FR,MA --on 2024-02-20"#,
        r#"--as FR action split plan/passes --into '[{"action": {"key": "north", "title": {"en": "North"}, "area": "migration", "leads": [{"party": "FR", "office": "Prefecture"}], "due": "2024-06-30"}}, {"action": {"key": "south", "title": {"en": "South"}, "area": "migration", "leads": [{"party": "FR", "office": "Prefecture"}], "due": "2024-06-30"}}]' --consenting FR,MA --on 2024-02-20"#,
        r#"--as FR action merge plan/north --with south --into '{"key": "all", "title": {"en": "All"}, "area": "migration", "leads": [{"party": "FR", "office": "Prefecture"}], "due": "2024-06-30"}' --consenting FR,MA --on 2024-02-21"#,
        "--as FR action supersede plan/all --by north --consenting FR,MA --on 2024-02-22",
        "--as FR action supersede plan/all --by forms --consenting FR,MA --on 2024-02-22",
        "--as FR action cancel plan/forms --reason 'the programme ended' --consenting MA --on 2024-02-23",
        "--as FR action cancel plan/forms --reason 'the programme ended' --consenting FR,MA --on 2024-02-23",
        "action list plan --as-of 2024-03-01",
        "action list plan --open --as-of 2024-03-01",
        "action show plan/nothing --as-of 2024-03-01",
        "--as FR action start forms --on 2024-02-02",
        "--as FR action start nope/forms --on 2024-02-02",
        "audit",
    ]);
    play("roadmaps_acts", &lines);
}
