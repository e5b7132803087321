use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Deserialize;

use super::read_input;

#[derive(Debug, Deserialize, PartialEq)]
struct Roadmap {
    title: String,
    adopted_on: NaiveDate,
    steps: Vec<RoadmapStep>,
    #[serde(default)]
    notes: BTreeMap<String, String>,
}

#[derive(Debug, Deserialize, PartialEq)]
struct RoadmapStep {
    title: String,
    #[serde(default)]
    due: Option<NaiveDate>,
    #[serde(default)]
    how: Option<How>,
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(rename_all = "snake_case")]
enum How {
    AtOnce,
    After { days: u32, of: String },
    Between(u32, u32),
}

/// Reads `json`, and compares what is said of it.
fn check(json: &str, said: &str) {
    let read = read_input::<Roadmap>("roadmap.json", json);
    let found = read.expect_err("it is wrong").to_string();
    assert_eq!(found, said);
}

#[test]
fn what_is_right_is_read() {
    let json = r#"{"title": "T \"\u00e9\"", "adopted_on": "2025-01-31", "notes": {"a": "b"}, "steps": [
        {"title": "one", "due": null, "how": "at_once"},
        {"title": "two", "how": {"after": {"days": 3, "of": "one"}}},
        {"title": "three", "how": {"between": [1, 2]}}]}"#;
    let read: Roadmap = read_input("roadmap.json", json).expect("a roadmap");
    assert_eq!(read, serde_json::from_str(json).expect("a roadmap"));
}

#[test]
fn a_field_that_nobody_knows_is_refused_by_name() {
    check(
        r#"{"title": "T", "adopted_on": "2025-01-31", "stepps": [], "steps": []}"#,
        "roadmap.json, line 1, stepps: there is no such field; did you mean `steps`?",
    );
    check(
        r#"{"title": "T", "adopted_on": "2025-01-31", "steps": [{"title": "a", "colour": 1}]}"#,
        "roadmap.json, line 1, steps[0].colour: there is no such field; expected `title`, `due` or `how`",
    );
}

#[test]
fn all_problems_are_told_at_once() {
    check(
        r#"{
  "adopted_on": "soon",
  "steps": [
    {"titel": "a"},
    {"title": 3, "due": "2025-13-01", "how": "now"},
    "b",
    {"title": "c", "how": {"after": {"days": "x"}}}
  ]
}"#,
        "roadmap.json: 10 problems
  line 1, title: is missing
  line 2, adopted_on: expected a date such as `2024-10-30`, found the text `soon`
  line 4, steps[0].title: is missing
  line 4, steps[0].titel: there is no such field; did you mean `title`?
  line 5, steps[1].title: expected text, found the number 3
  line 5, steps[1].due: expected a date such as `2024-10-30`, found the text `2025-13-01`
  line 5, steps[1].how: there is no `now`; expected `at_once`, `after` or `between`
  line 6, steps[2]: expected an object with `title`, `due` and `how`, found the text `b`
  line 7, steps[3].how.after.of: is missing
  line 7, steps[3].how.after.days: expected a whole number, found the text `x`",
    );
}

#[test]
fn a_problem_stands_at_a_character_of_its_line() {
    let places = |json: &str| -> Vec<_> {
        let found = read_input::<Roadmap>("roadmap.json", json).expect_err("it is wrong");
        let places = found.problems.iter();
        places
            .map(|problem| (problem.line, problem.column))
            .collect()
    };
    for (json, expected) in [
        ("", &[(1, 1)][..]),
        ("  []", &[(1, 3)]),
        (
            "{\"title\": \"é\", \"odd\": 1, \"adopted_on\": \"2025-01-31\", \"steps\": []}",
            &[(1, 16)],
        ),
        (
            "{\"title\": \"é\",\n \"adopted_on\": \"é\", \"steps\": 3}",
            &[(2, 16), (2, 30)],
        ),
        ("{\"title\": \"é\", }", &[(1, 16)]),
        ("{\n  \"title\": \"é\"\n  \"steps\": []}", &[(3, 3)]),
    ] {
        assert_eq!(places(json), expected, "{json}");
    }
}

#[test]
fn a_choice_says_what_it_takes() {
    let with = |how: &str| {
        format!(
            r#"{{"title":"T","adopted_on":"2025-01-31","steps":[{{"title":"a","how":{how}}}]}}"#
        )
    };
    check(
        &with(r#""after""#),
        "roadmap.json, line 1, steps[0].how: `after` needs a value: {\"after\": …}",
    );
    check(
        &with(r#"{"at_once": 1}"#),
        "roadmap.json, line 1, steps[0].how: `at_once` takes no value: write \"at_once\"",
    );
    check(
        &with(r#"{"between": [1]}"#),
        "roadmap.json, line 1, steps[0].how.between: expected 2 values, found 1",
    );
    check(
        &with(r#"{}"#),
        "roadmap.json, line 1, steps[0].how: expected one key, found 0; it is `at_once`, `after` or `between`",
    );
}

#[test]
fn what_is_no_json_is_said_with_its_line() {
    check("", "roadmap.json, line 1: the file is empty; expected JSON");
    check(
        "{\n\"title\":",
        "roadmap.json, line 2: the file ends too early: a bracket, a brace or a quotation mark is not closed",
    );
    check(
        "{\"title\": \"T\",\n}",
        "roadmap.json, line 2: this is not JSON: the comma before this is one too many, character 1 of the line",
    );
    check(
        "[1]",
        "roadmap.json, line 1: expected an object with `title`, `adopted_on`, `steps` and `notes`, found a list",
    );
}

#[test]
fn what_is_wrong_with_the_signs_is_said_in_words() {
    for (json, what) in [
        ("{1: 2}", "the name of a field belongs here"),
        ("{\"a\" 1}", "a colon belongs here"),
        ("{\"a\": 1 \"b\": 2}", "a comma or a closing brace"),
        ("[1 2]", "a comma or a closing bracket"),
        ("[nope]", "`true`, `false` or `null`"),
        ("[x]", "a text in quotation marks"),
        ("[01]", "this number cannot be read"),
        ("[\"\\x\"]", "a backslash"),
        ("[\"a\nb\"]", "a line break or another control character"),
        ("[] []", "the document has ended"),
        (&"[".repeat(200), "it is nested too deeply"),
    ] {
        let read = read_input::<Roadmap>("x.json", json);
        let found = read.expect_err("it is no JSON").to_string();
        assert!(found.contains(what), "{json}: {found}");
    }
}

#[test]
fn a_field_that_stands_twice_is_told() {
    check(
        "{\"title\": \"T\", \"adopted_on\": \"2025-01-31\", \"steps\": [],\n\"title\": \"U\"}",
        "roadmap.json, line 2, title: stands here twice; keep one",
    );
}

#[derive(Debug, Deserialize)]
struct Texts {
    #[serde(rename = "languages")]
    _languages: Vec<travaux_text::Lang>,
    #[serde(rename = "texts")]
    _texts: BTreeMap<travaux_text::Lang, String>,
    #[serde(rename = "at")]
    _at: Vec<travaux_text::ProvisionId>,
}

#[test]
fn languages_are_held_to_their_tags_as_values_and_as_names() {
    let json = r#"{"languages": ["english", "en", "xx", 3],
"texts": {"Arabic": "ar.md", "fr": "fr.md"}, "at": ["one", "1.2"]}"#;
    let read = read_input::<Texts>("manifest.json", json);
    let found = read.expect_err("it is wrong").to_string();
    assert_eq!(
        found,
        "manifest.json: 5 problems
  line 1, languages[0]: `english` is not a language tag (BCP 47): write `en`
  line 1, languages[2]: `xx` is not a language tag such as `fr` or `ar` (BCP 47)
  line 1, languages[3]: expected a language tag such as `fr` or `ar` (BCP 47), found the number 3
  line 2, texts.Arabic: `Arabic` is not a language tag (BCP 47): write `ar`
  line 2, at[0]: `one` is not a provision id such as `1.12` (revision.ordinal)"
    );
}

/// A value by the name of its kind, of which there is one.
#[derive(Debug)]
struct Named;

impl<'de> Deserialize<'de> for Named {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        struct First;
        impl<'de> serde::de::Visitor<'de> for First {
            type Value = Named;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a value by its name")
            }

            fn visit_map<A: serde::de::MapAccess<'de>>(
                self,
                mut map: A,
            ) -> Result<Named, A::Error> {
                map.next_entry::<String, u32>().map(|_| Named)
            }
        }
        d.deserialize_map(First)
    }
}

#[test]
fn what_stands_behind_the_one_name_that_is_read_is_told() {
    read_input::<Named>("x.json", r#"{"a": 1}"#).expect("it is right");
    let found = read_input::<Named>("x.json", r#"{"a": 1, "b": 2}"#);
    assert_eq!(
        found.expect_err("it is wrong").to_string(),
        "x.json, line 1, b: there is no such field; only one is expected"
    );
}
