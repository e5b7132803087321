//! Manifests as people write them: each thing that can be wrong, with its line, its field and what to write.

use travaux_import::{InputError, input::read_input, scenario::Manifest};

/// A manifest that is right, a field a line.
const GOOD: &str = r#"{
  "title": "Mobilité",
  "kind": "arrangement",
  "profile": "arrangement",
  "parties": [{"id": "FR", "name": "France"}, {"id": "MA", "name": "Maroc"}],
  "languages": ["fr"],
  "texts": {"fr": "texte.fr.md"}
}"#;

/// The same with something in place of something.
fn with(old: &str, new: &str) -> String {
    assert!(GOOD.contains(old), "{old}");
    GOOD.replacen(old, new, 1)
}

#[track_caller]
fn check(json: &str, said: &str) {
    let read = read_input::<Manifest>("m.json", json);
    assert_eq!(read.expect_err("it is wrong").to_string(), said);
}

#[test]
fn what_is_right_is_read_and_what_may_be_left_out_is_as_it_says() {
    let read: Manifest = read_input("m.json", GOOD).expect("it is right");
    assert_eq!((&*read.title, &*read.kind), ("Mobilité", "arrangement"));
    assert_eq!(read.format, travaux_text::Format::Markdown);
    assert!(read.handle.is_none() && read.amends.is_none());
    assert!(read.translations.is_empty() && read.final_clauses.is_empty());
}

#[test]
fn every_field_that_has_to_be_there_is_asked_for_at_once() {
    check(
        "{}",
        "m.json: 6 problems
  line 1, kind: is missing
  line 1, languages: is missing
  line 1, parties: is missing
  line 1, profile: is missing
  line 1, texts: is missing
  line 1, title: is missing",
    );
}

#[test]
fn a_field_is_told_with_its_line() {
    for (old, new, said) in [
        (
            "\"kind\"",
            "\"kinds\": 1, \"kind\"",
            "line 3, kinds: there is no such field; did you mean `kind`?",
        ),
        (
            "\"Mobilité\"",
            "7",
            "line 2, title: expected text, found the number 7",
        ),
        ("\"id\": \"MA\", ", "", "line 5, parties[1].id: is missing"),
        (
            "[\"fr\"]",
            "[\"fr\", \"french\"]",
            "line 6, languages[1]: `french` is not a language tag (BCP 47): write `fr`",
        ),
        (
            "{\"fr\": \"texte.fr.md\"}",
            "{\"fr\": 3}",
            "line 7, texts.fr: expected text, found the number 3",
        ),
        (
            "\"kind\"",
            "\"title\": \"again\",\n\"kind\"",
            "line 3, title: stands here twice; keep one",
        ),
    ] {
        check(&with(old, new), &format!("m.json, {said}"));
    }
}

/// The files beside it.
fn file(name: &str) -> Result<String, InputError> {
    match name {
        "texte.fr.md" => Ok("Les Parties coopèrent.\n".to_owned()),
        "list.json" => Ok("[\n]".to_owned()),
        _ => Err(InputError::Missing {
            name: name.to_owned(),
            beside: Some("/srv/m.json".into()),
        }),
    }
}

#[track_caller]
fn cannot_be_used(json: &str, said: &str) {
    let manifest: Manifest = read_input("m.json", json).expect("it is of the form");
    let made = manifest.proposal(&file, None, None);
    let error = made.expect_err("it cannot be used").to_string();
    assert!(error.starts_with(said), "{error}");
}

#[test]
fn a_file_that_is_named_has_to_be_there() {
    cannot_be_used(
        &with("texte.fr.md", "gone.md"),
        "there is no file `gone.md` beside /srv/m.json",
    );
    cannot_be_used(
        &with("\"profile\": \"arrangement\"", "\"profile\": \"ours.json\""),
        "there is no file `ours.json` beside /srv/m.json",
    );
    cannot_be_used(
        &with("\"profile\": \"arrangement\"", "\"profile\": \"list.json\""),
        "list.json, line 1: expected an object with `name`",
    );
}

#[test]
fn an_unknown_profile_is_told_with_those_that_there_are() {
    let json = with(
        "\"profile\": \"arrangement\"",
        "\"profile\": \"Arrangement\"",
    );
    cannot_be_used(
        &json,
        "there is no rule profile `Arrangement`: expected one of ",
    );
    let manifest: Manifest = read_input("m.json", &json).expect("it is of the form");
    let error = manifest.proposal(&file, None, None).expect_err("unknown");
    let InputError::UnknownProfile { known, .. } = error else {
        panic!("{error}");
    };
    assert!(known.iter().any(|name| name == "arrangement"));
}

#[test]
fn the_files_are_asked_for_once_each_and_no_others() {
    let asked = std::cell::RefCell::new(Vec::new());
    let read = |name: &str| {
        asked.borrow_mut().push(name.to_owned());
        file(name)
    };
    let manifest: Manifest = read_input("m.json", GOOD).expect("it is right");
    manifest.proposal(&read, None, None).expect("it is made");
    assert_eq!(asked.into_inner(), ["texte.fr.md"]);
}
