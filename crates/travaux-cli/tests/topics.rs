//! Help on grammars: each example that a page shows is taken by the command as it stands.

mod home;

use home::{Home, check};

/// The pages that `travaux topic` lists.
fn listed(home: &Home) -> Vec<String> {
    let output = home.output(&["topic"]);
    let text = String::from_utf8(output.stdout).expect("text");
    text.lines()
        .filter_map(|line| line.strip_prefix("  "))
        .filter_map(|line| line.split(' ').next())
        .map(str::to_owned)
        .collect()
}

/// What a page says.
fn page(home: &Home, topic: &str) -> String {
    let output = home.output(&["topic", topic]);
    assert!(output.status.success(), "{topic}");
    String::from_utf8(output.stdout).expect("text")
}

/// The examples that a page shows.
fn examples(home: &Home, topic: &str) -> Vec<String> {
    let page = page(home, topic);
    let found = page
        .lines()
        .filter_map(|line| line.trim_start().strip_prefix("example: "));
    found.map(str::to_owned).collect()
}

/// A manifest of A and B in English, with these final clauses.
fn manifest(clauses: &str) -> String {
    format!(
        r#"{{"title":"Agreement","kind":"agreement","profile":"treaty/vclt","parties":[{{"id":"A","name":"State A"}},
        {{"id":"B","name":"State B"}}],"languages":["en","fr"],"texts":{{"en":"en.md","fr":"fr.md"}},"final_clauses":[{clauses}]}}"#
    )
}

/// Runs the command, which does it.
fn done(home: &Home, args: &[&str], of: &str) -> String {
    let seen = home.run(args);
    assert!(seen.contains("\nstatus 0\n"), "{of}\n{seen}");
    seen
}

/// The groups that the examples of effects name.
const GROUPS: &str = r#"{"label":"Article 1","provides":{"group":{"name":"Council of Europe","members":["A","B","C"]}}},
    {"label":"Article 2","provides":{"weights":{"name":"tonnage","unit":"gross tons","weights":{"A":1,"B":2}}}}"#;

const ENGLISH: &str =
    "## Article 1\n\nThe Parties cooperate.\n\n## Article 2\n\nThey meet once a year.\n";
const FRENCH: &str = "## Article 1\n\nLes Parties coopèrent.\n\n## Article 2\n\nElles se réunissent une fois par an.\n";

#[test]
fn the_topics_are_listed_and_help_says_where() {
    let home = Home::new();
    let topics = listed(&home);
    assert_eq!(
        topics,
        [
            "operations",
            "manifest",
            "clauses",
            "effects",
            "profile",
            "package",
            "framework",
            "indicator",
            "roadmap",
            "json"
        ]
    );
    for topic in &topics {
        assert!(page(&home, topic).lines().count() > 14, "{topic}");
    }
    for args in [
        &["help", "topics"][..],
        &["help", "topic"],
        &["topic", "-h"],
    ] {
        let seen = home.run(args);
        for topic in &topics {
            assert!(seen.contains(topic.as_str()), "{args:?}: {seen}");
        }
    }
    assert!(home.run(&["--help"]).contains("travaux topic"));
    let shown = ["effects", "profile", "package", "framework", "roadmap"]
        .map(|topic| home.run(&["topic", topic]));
    check("topics", &[&[home.run(&["topic"])][..], &shown].concat());
    let seen = home.run(&["topic", "operation"]);
    assert!(
        seen.contains("status 2") && seen.contains("did you mean `operations`"),
        "{seen}"
    );
}

#[test]
fn each_operation_is_taken() {
    let home = Home::new();
    let page = page(&home, "operations");
    // The text that the page says its examples are of.
    let text: String = page
        .lines()
        .skip_while(|line| !line.starts_with("    ## Article 1"))
        .take_while(|line| line.is_empty() || line.starts_with("    "))
        .map(|line| format!("{}\n", line.trim_start()))
        .collect();
    home.write("en.md", &format!("{}\n", text.trim_end()));
    home.write(
        "manifest.json",
        &manifest("")
            .replace(r#""en","fr""#, r#""en""#)
            .replace(r#","fr":"fr.md""#, ""),
    );
    done(
        &home,
        &["--as", "A", "propose", "manifest.json"],
        "manifest",
    );
    let id = home.only();
    let examples = examples(&home, "operations");
    assert!(examples.len() >= 17, "{}", examples.len());
    for example in examples {
        home.write("ops.json", &format!("[{example}]"));
        let args = [
            "--as", "A", "revise", &id, "--base", "1", "--ops", "ops.json",
        ];
        done(&home, &args, &example);
    }
}

#[test]
fn each_clause_and_each_effect_is_taken() {
    let home = Home::new();
    home.write("en.md", ENGLISH);
    home.write("fr.md", FRENCH);
    let clauses = examples(&home, "clauses");
    assert!(clauses.len() >= 36, "{}", clauses.len());
    let effects = examples(&home, "effects");
    assert!(effects.len() >= 19, "{}", effects.len());
    let of_effect = |effect: &String| {
        // What the agreement itself enters into force by cannot wait for that, or for its end.
        let term = match effect {
            _ if effect.contains("notice") => "denunciation_effect",
            _ if effect.contains("entry into force") => "expiry",
            _ if effect.contains("own") => "late_consent",
            _ => "entry_into_force",
        };
        let effect = effect.replace('"', "\\\"");
        format!(r#"{{"label":"Article 9","provides":{{"{term}":"{effect}"}}}},{GROUPS}"#)
    };
    home.write(
        "own.json",
        r#"{"name":"own","based_on":"arrangement","with":["E13","E20"],"residual":["E13","E20"]}"#,
    );
    for clause in clauses.into_iter().chain(effects.iter().map(of_effect)) {
        let mut manifest = manifest(&clause);
        // Where the row is residual, as the page says.
        if clause.contains("claim_months") || clause.contains("ended_by") {
            manifest = manifest.replace("treaty/vclt", "own.json");
        }
        home.write("manifest.json", &manifest);
        done(&home, &["--as", "A", "propose", "manifest.json"], &clause);
    }
}

#[test]
fn the_manifest_and_the_profile_are_taken() {
    let home = Home::new();
    home.write("en.md", ENGLISH);
    home.write("fr.md", FRENCH);
    home.write(
        "ar.md",
        "## المادة 1\n\nيتعاون الطرفان.\n\n## المادة 2\n\nيجتمعان مرة في السنة.\n",
    );
    home.write("first.json", &manifest(""));
    done(&home, &["--as", "A", "propose", "first.json"], "the first");
    let [example] = &examples(&home, "manifest")[..] else {
        panic!("one example of a manifest");
    };
    // It amends an agreement that is there.
    let id = home.only();
    home.write(
        "manifest.json",
        &example.replace("01a2241c-4a5b-7c6d-8e9f-0123456789ab", &id),
    );
    done(&home, &["--as", "FR", "propose", "manifest.json"], example);
    let [example] = &examples(&home, "profile")[..] else {
        panic!("one example of a profile");
    };
    home.write("profile.json", example);
    done(&home, &["law", "--profile", "profile.json"], example);
}

#[test]
fn the_framework_its_roadmap_and_the_package_are_taken() {
    let home = Home::new();
    home.write("en.md", ENGLISH);
    let one = |topic: &str| {
        let found = examples(&home, topic);
        assert_eq!(found.len(), 1, "{topic}: {found:?}");
        home.write(&format!("{topic}.json"), &found[0]);
        found[0].clone()
    };
    let manifest = manifest("")
        .replace("treaty/vclt", "arrangement")
        .replace(r#""en","fr""#, r#""en""#)
        .replace(r#","fr":"fr.md""#, "");
    home.write("manifest.json", &manifest);
    let propose = ["--as", "A", "propose", "manifest.json", "--handle"];
    for handle in ["sec", "data"] {
        done(&home, &[&propose[..], &[handle]].concat(), "the agreement");
    }
    let example = one("framework");
    done(
        &home,
        &[
            "--as",
            "A",
            "framework",
            "found",
            "framework.json",
            "--consenting",
            "A,B",
        ],
        &example,
    );
    let example = one("roadmap");
    done(
        &home,
        &["--as", "A", "framework", "roadmap", "pact", "roadmap.json"],
        &example,
    );
    done(
        &home,
        &["--as", "B", "accept", "data", "--revision", "1"],
        "its acceptance",
    );
    done(
        &home,
        &["--as", "A", "adopt", "data", "--revision", "1"],
        "its adoption",
    );
    done(
        &home,
        &[
            "--as",
            "A",
            "framework",
            "join",
            "pact",
            "data",
            "--area",
            "migration",
        ],
        "its place",
    );
    let example = one("package");
    done(
        &home,
        &["--as", "A", "package", "propose", "package.json"],
        &example,
    );
}
