use travaux_text::{Anchor, Format};

use super::*;

const TEXT: &str = "\
## Article 1 — Scope

This applies.

## Article 3 — Requests

In writing.

Without delay.

# Annex A

## Article 3 — Forms

A form.
";

fn provisions() -> Provisions {
    let lang = Lang::parse("en").expect("a language");
    Provisions {
        text: Text::parse(Format::Markdown, lang, TEXT, 1),
        lang,
        handle: Some("sec".parse().expect("a handle")),
    }
}

/// Reads `json` as operations on the text.
fn read(json: &str) -> Result<Vec<Operation>, Malformed> {
    read_operations("ops.json", json, || Ok(provisions()))
}

/// Each kind of operation that names provisions, with `one` in the place of a single name and
/// `other` where one may stand beside it.
fn kinds(one: &str, other: &str) -> Vec<String> {
    vec![
        format!(r#"{{"insert": {{"at": {{"after": "{one}"}}, "provisions": []}}}}"#),
        format!(r#"{{"insert": {{"at": {{"before": "{one}"}}, "provisions": []}}}}"#),
        format!(r#"{{"insert": {{"at": {{"first": "{one}"}}, "provisions": []}}}}"#),
        format!(r#"{{"replace": {{"provision": "{one}", "bodies": {{}}}}}}"#),
        format!(
            r#"{{"substitute_words": {{"provision": "{one}", "lang": "en", "find": "a", "with": "b",
            "count": 1}}}}"#
        ),
        format!(r#"{{"edit_words": {{"provision": "{one}", "lang": "en", "edits": []}}}}"#),
        format!(r#"{{"repeal": {{"provisions": ["{one}", "{other}"]}}}}"#),
        format!(r#"{{"remove": {{"provisions": ["{one}", "{other}"]}}}}"#),
        format!(r#"{{"renumber": {{"provision": "{one}", "labels": {{}}}}}}"#),
        format!(r#"{{"move": {{"provision": "{one}", "at": {{"before": "{other}"}}}}}}"#),
        format!(r#"{{"reorder": {{"provisions": ["{one}"], "at": {{"after": "{other}"}}}}}}"#),
        format!(r#"{{"set_heading": {{"provision": "{one}", "headings": {{}}}}}}"#),
        format!(
            r#"{{"reformat": {{"provision": "{one}", "kind": "article", "rank": 8, "layout": {{}}}}}}"#
        ),
    ]
}

#[test]
fn every_kind_of_operation_takes_labels_and_means_ids() {
    let by_label = kinds("Article 1", "sec/annexe a");
    let by_id = kinds("1.1", "1.6");
    let mut seen = std::collections::BTreeSet::new();
    for (label, id) in by_label.iter().zip(&by_id) {
        let ops = read(&format!("[{label}]")).expect("it is read");
        assert_eq!(Ok(ops.clone()), read(&format!("[{id}]")), "{label}");
        seen.insert(ops[0].name());
    }
    seen.insert("restate"); // It names none that stands.
    assert_eq!(seen.len(), Operation::NAMES.len(), "{seen:?}");
}

#[test]
fn a_label_of_several_is_none_and_one_of_nothing_is_told_by_its_field() {
    for json in kinds("Article 3", "1.1") {
        let said = read(&format!("[\n{json}]")).expect_err("it may mean two");
        let [problem] = &said.problems[..] else {
            panic!("{said}")
        };
        assert!(problem.line >= 2 && !problem.field.is_empty(), "{said}");
        assert_eq!(
            problem.what,
            "`Article 3` may mean 2 provisions; name one by its id:
  Article 3 (1.3) Requests
  Article 3 (1.7) Forms, in Annex A"
        );
    }
    let json = r#"[{"remove": {"provisions": ["1.9", "art. 9"]}},
  {"move": {"provision": "art. 3", "at": {"after": "the end"}}}, {"repeel": 1}]"#;
    assert_eq!(
        read(json).expect_err("it is wrong").to_string(),
        "ops.json: 4 problems
  line 1, [0].remove.provisions[1]: there is no provision `art. 9` in this text; the nearest are
    Article 3 (1.3) Requests
    Article 3 (1.7) Forms, in Annex A
    Article 1 (1.1) Scope
  line 2, [1].move.provision: `art. 3` may mean 2 provisions; name one by its id:
    Article 3 (1.3) Requests
    Article 3 (1.7) Forms, in Annex A
  line 2, [1].move.at.after: there is no provision `the end` in this text; the nearest are
    Article 1 (1.1) Scope
    Article 3 (1.3) Requests
    Article 3 (1.7) Forms, in Annex A
  line 2, [2]: there is no `repeel`; did you mean `repeal`?"
    );
}

#[test]
fn what_has_the_form_of_an_id_is_one() {
    // 3.1 might be read as the first paragraph of an Article 3.
    let ops = read(r#"[{"remove": {"provisions": ["3.1", "art. 1(1)"]}}]"#).expect("operations");
    let ids = [(3, 1), (1, 2)].map(|(revision, at)| ProvisionId::new(revision, at));
    let provisions = ids.to_vec();
    assert_eq!(ops, [Operation::Remove { provisions }]);
}

#[test]
fn a_text_is_asked_for_only_where_a_label_stands() {
    let none = || -> Result<Provisions, Malformed> {
        Err(Malformed {
            file: "the text".to_owned(),
            problems: Vec::new(),
        })
    };
    let at =
        |at: &str| format!(r#"[{{"move": {{"provision": "1.1", "at": {{"after": "{at}"}}}}}}]"#);
    let moved = Operation::Move {
        provision: ProvisionId::new(1, 1),
        at: Anchor::After(ProvisionId::new(1, 3)),
    };
    let read = |json: &str| read_operations("ops.json", json, none);
    assert_eq!(read(&at("1.3")), Ok(vec![moved]));
    let file = |json: &str| read(json).expect_err("there is no text").file;
    assert_eq!(file(&at("art. 1")), "the text");
    // What is wrong with the file itself is said before.
    assert_eq!(file(&at("art. 1").replace("move", "remove")), "ops.json");
}
