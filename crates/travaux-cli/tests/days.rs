//! That every act has a day: `--on`, what is said of it afterwards, and `--sure`.

mod home;

use home::{Home, check};

fn manifest(home: &Home) {
    home.write("fr.md", "## Article 1\n\nLes Parties coopèrent.\n");
    home.write(
        "manifest.json",
        r#"{"title":"Accord","kind":"treaty","profile":"treaty/vclt","parties":[{"id":"A","name":"A"},{"id":"B","name":"B"}],
            "languages":["fr"],"texts":{"fr":"fr.md"}}"#,
    );
    home.write("new.md", "## Article 1\n\nLes Parties collaborent.\n");
}

/// A line as a shell reads it, at a clock of 1 January 2025: its status, and all that it wrote.
fn run(home: &Home, line: &str) -> (i32, String) {
    let args: Vec<_> = line.split_whitespace().collect();
    let output = home.output(&args);
    let text = [output.stdout, output.stderr].concat();
    let status = output.status.code().expect("a status");
    (status, String::from_utf8(text).expect("text"))
}

#[track_caller]
fn does(home: &Home, line: &str) -> String {
    let (status, text) = run(home, line);
    assert_eq!(status, 0, "{line}: {text}");
    text
}

#[track_caller]
fn fails(home: &Home, line: &str, code: i32, says: &str) {
    let (status, text) = run(home, line);
    assert_eq!(status, code, "{line}: {text}");
    assert!(text.contains(says), "{line}: {text}");
}

#[test]
fn what_was_done_on_days_before_is_recorded_with_them() {
    let home = Home::new();
    manifest(&home);
    does(
        &home,
        "--as A propose manifest.json --on 2024-03-01 --handle training",
    );
    does(&home, "--as B revise training new.md --on 2024-03-10");
    does(&home, "--as A accept training --revision 2 --on 2024-03-12");
    does(&home, "--as A adopt training --revision 2 --on 2024-04-01");
    does(&home, "--as A authenticate training --on 2024-04-02");
    let history = does(&home, "history training");
    for day in [
        "2024-03-01",
        "2024-03-10",
        "2024-03-12",
        "2024-04-01",
        "2024-04-02",
    ] {
        assert!(history.contains(day), "{day}: {history}");
    }
    // On a day before its adoption it is not adopted, whenever that was recorded.
    for (day, state) in [
        ("2024-03-31", "under negotiation"),
        ("2024-04-01", "adopted"),
        ("2024-04-02", "authenticated"),
    ] {
        let shown = does(&home, &format!("show training --as-of {day}"));
        assert!(shown.contains(state), "{day}: {shown}");
    }
    let line = does(&home, "history training --format json");
    assert!(line.contains(r#""done_on":"2024-04-01""#), "{line}");
    assert!(does(&home, "audit").contains("clean"));
}

#[test]
fn a_day_to_come_or_before_what_it_rests_on_is_refused() {
    let home = Home::new();
    manifest(&home);
    does(
        &home,
        "--as A propose manifest.json --on 2024-03-01 --handle training",
    );
    let lines = [
        "--as B accept training --revision 1 --on 2024-02-29",
        "--as B accept training --revision 1 --on 2025-02-01",
        "--as B accept training --revision 1 --on 2025-02-01 --format json",
        "--as B accept training --revision 1 --on 2024-02-30",
        "--as B reject training --revision 1 --on 2024-02-29",
        "--as A withdraw training --revision 1 --on 2024-02-29",
        "--as A abandon training --on 2024-02-29",
        "--as B accept training --revision 1 --on 2024-03-01",
        "--as A adopt training --revision 1 --on 2024-02-29",
        "--as A adopt training --revision 1 --on 2024-03-01 --format json",
        "history training",
        "help accept",
    ];
    let seen = lines.map(|line| home.run(&line.split_whitespace().collect::<Vec<_>>()));
    check("days", &seen);
}

#[test]
fn a_date_of_an_act_that_lies_far_off_asks_to_be_sure() {
    let home = Home::new();
    manifest(&home);
    let far = "more than a century from today (2025-01-01)";
    // A day of the Hijri calendar, and a slip.
    fails(
        &home,
        "--as A propose manifest.json --on 1445-08-20",
        2,
        far,
    );
    does(
        &home,
        "--as A propose manifest.json --on 1648-10-24 --handle training --sure",
    );
    does(&home, "--as B accept training --revision 1");
    let adopt = "--as A adopt training --revision 1 --effective-from 2925-01-01";
    fails(
        &home,
        adopt,
        2,
        "--effective-from: 2925-01-01 lies more than a century",
    );
    does(&home, "--as A adopt training --revision 1");
    does(&home, "--as A authenticate training");
    fails(
        &home,
        "--as A sign training --by x --full-powers --on 0204-06-01",
        2,
        far,
    );
    // Who asks about a day is not asked, nor is what is no date.
    does(&home, "show training --as-of 1700-01-01");
    does(
        &home,
        "--as A sign training --on 2024-12-01 --full-powers --by 1815-06-09",
    );
}

#[test]
fn a_package_and_a_framework_have_days_too() {
    let home = Home::new();
    manifest(&home);
    does(
        &home,
        "--as A propose manifest.json --on 2024-01-01 --handle training",
    );
    home.write(
        "package.json",
        r#"{"title":"Spring","handle":"spring","revisions":[{"agreement":"training","base":1,"title":"T",
            "operations":[{"substitute_words":{"provision":"1.2","lang":"fr","find":"coopèrent","with":"collaborent","count":1}}]}]}"#,
    );
    does(&home, "--as A package propose package.json --on 2024-03-01");
    fails(
        &home,
        "--as B package accept spring --on 2024-02-29",
        1,
        "RC3",
    );
    does(&home, "--as B package accept spring --on 2024-03-05");
    fails(
        &home,
        "--as A package adopt spring --on 2024-03-04",
        1,
        "RC3",
    );
    does(&home, "--as A package adopt spring --on 2024-03-05");
    for (day, status) in [
        ("2024-02-29", "spring"),
        ("2024-03-04", "accepted"),
        ("2024-03-05", "adopted"),
    ] {
        let listed = does(&home, &format!("package list --as-of {day}"));
        assert_eq!(
            listed.contains(status),
            day != "2024-02-29",
            "{day}: {listed}"
        );
    }
    let history = does(&home, "history training");
    assert!(history.contains("2024-03-05"), "{history}");
    assert!(does(&home, "audit").contains("clean"));
}
