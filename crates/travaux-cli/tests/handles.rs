//! Handles on the command line: given, shown, used as names, refused.

mod home;

use home::{Home, check};

fn home() -> Home {
    let home = Home::new();
    home.write("fr.md", "## Article 1\n\nLes Parties coopèrent.\n");
    let parties = r#""parties":[{"id":"A","name":"A"},{"id":"B","name":"B"}]"#;
    home.write(
        "manifest.json",
        &format!(
            r#"{{"title":"Security","kind":"treaty","profile":"treaty/vclt",{parties},"languages":["fr"],"texts":{{"fr":"fr.md"}}}}"#
        ),
    );
    home.write(
        "framework.json",
        &format!(
            r#"{{"title":"Pact","declaration":{{"title":"declaration","made":"2024-10","by":["A"]}},{parties},"areas":[{{"key":"all","title":"All"}}]}}"#
        ),
    );
    home
}

/// Founds a framework under a handle.
fn found(home: &Home, handle: &str) -> String {
    let words = [
        "--as",
        "A",
        "framework",
        "found",
        "framework.json",
        "--handle",
        handle,
    ];
    home.run(&words)
}

#[test]
fn a_handle_is_given_and_names_what_it_was_given_to() {
    let home = home();
    let propose = ["--as", "A", "propose", "manifest.json"];
    let seen = [
        home.run(&[&propose[..], &["--handle", "SEC"]].concat()),
        found(&home, "pact"),
        home.run(&["--as", "B", "accept", "Sec", "--revision", "1"]),
        home.run(&[
            "--as",
            "A",
            "framework",
            "join",
            "pact",
            "sec",
            "--area",
            "all",
        ]),
        home.run(&["list"]),
        home.run(&["list", "--format", "json"]),
        home.run(&["framework", "list"]),
        home.run(&["framework", "list", "--format", "json"]),
        home.run(&["audit"]),
    ];
    check("handles", &seen);
}

#[test]
fn a_handle_is_refused_and_nothing_is_recorded() {
    let home = home();
    let propose = |handle| home.run(&["--as", "A", "propose", "manifest.json", "--handle", handle]);
    let first = propose("sec");
    assert!(first.contains("handle sec given to agreement-"), "{first}");
    let id = home.only();
    let seen = [
        propose("sec"),
        found(&home, "sec"),
        propose("decade"),
        propose("sec_urity"),
        home.run(&["show", "sek"]),
        home.run(&["framework", "state", "sec"]),
        home.run(&["framework", "list"]),
    ];
    assert_eq!(home.only(), id, "no other was proposed");
    check("handles_refused", &seen);
}
