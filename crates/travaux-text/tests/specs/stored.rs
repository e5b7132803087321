//! The forms in which texts and operations are stored: written as they always were, and refused where they are broken.

use proptest::prelude::*;
use serde_json::json;
use travaux_testkit::strategies::{choices, documents, operations};
use travaux_text::{
    Anchor, Body, Digest, Edit, Format, Kind, Lang, Layout, Localized, NewProvision, Operation,
    ProvisionId, Text,
};

use super::lang;

/// It is written like this, and read back as it was.
#[track_caller]
fn check(op: Operation, expected: serde_json::Value) {
    assert_eq!(serde_json::to_value(&op).expect("it is written"), expected);
    let read: Operation = serde_json::from_value(expected).expect("it is read");
    assert_eq!(read, op);
}

fn p(ordinal: u32) -> ProvisionId {
    ProvisionId::new(1, ordinal)
}

fn fr(words: &str) -> Localized<String> {
    [(lang("fr"), words.to_owned())].into()
}

#[test]
fn each_operation_has_a_form_that_people_can_read() {
    let new = NewProvision::new(Kind::SignatureBlock, lang("fr"), Body::text_only("X\n"));
    let stored = json!({"kind": "signature-block", "rank": 7, "bodies": {"fr": {"text": "X\n"}}});
    check(
        Operation::Insert {
            at: Anchor::After(p(2)),
            provisions: vec![new.clone()],
        },
        json!({"insert": {"at": {"after": "1.2"}, "provisions": [stored]}}),
    );
    check(
        Operation::Restate {
            provisions: vec![new],
        },
        json!({"restate": {"provisions": [stored]}}),
    );
    let digest = Digest::of(b"X\n");
    check(
        Operation::Replace {
            provision: p(2),
            expect: [(lang("fr"), digest)].into(),
            bodies: [(
                lang("fr"),
                Body::from_parts("## ", "Art. 1", " : ", "H", "\n"),
            )]
            .into(),
        },
        json!({"replace": {
            "provision": "1.2",
            "expect": {"fr": digest.to_string()},
            "bodies": {"fr": {"before": "## ", "label": "Art. 1", "between": " : ", "heading": "H", "text": "\n"}},
        }}),
    );
    check(
        Operation::substitute(p(2), lang("fr"), "a", "b", 3),
        json!({"substitute_words": {"provision": "1.2", "lang": "fr", "find": "a", "with": "b", "count": 3}}),
    );
    check(
        Operation::EditWords {
            provision: p(2),
            lang: lang("fr"),
            edits: vec![Edit {
                at: 4,
                remove: "a".into(),
                insert: "b".into(),
            }],
        },
        json!({"edit_words": {"provision": "1.2", "lang": "fr", "edits": [{"at": 4, "remove": "a", "insert": "b"}]}}),
    );
    check(
        Operation::repeal(p(2), fr("(abrogé)")),
        json!({"repeal": {"provisions": ["1.2"], "notice": {"fr": "(abrogé)"}}}),
    );
    check(
        Operation::Remove {
            provisions: vec![p(2), p(3)],
        },
        json!({"remove": {"provisions": ["1.2", "1.3"]}}),
    );
    check(
        Operation::Renumber {
            provision: p(2),
            labels: fr("Article 3"),
        },
        json!({"renumber": {"provision": "1.2", "labels": {"fr": "Article 3"}}}),
    );
    check(
        Operation::Move {
            provision: p(2),
            at: Anchor::Start,
        },
        json!({"move": {"provision": "1.2", "at": "start"}}),
    );
    check(
        Operation::Reorder {
            provisions: vec![p(2)],
            at: Anchor::First(p(1)),
        },
        json!({"reorder": {"provisions": ["1.2"], "at": {"first": "1.1"}}}),
    );
    check(
        Operation::SetHeading {
            provision: p(2),
            headings: fr("But"),
        },
        json!({"set_heading": {"provision": "1.2", "headings": {"fr": "But"}}}),
    );
    let layout = Layout {
        before: "# ".into(),
        between: " ".into(),
        label: Some("1".into()),
    };
    check(
        Operation::Reformat {
            provision: p(2),
            kind: Kind::Article,
            rank: 8,
            layout: [(lang("fr"), layout)].into(),
        },
        json!({"reformat": {
            "provision": "1.2", "kind": "article", "rank": 8,
            "layout": {"fr": {"before": "# ", "between": " ", "label": "1"}},
        }}),
    );
}

#[test]
fn what_may_be_left_out_may_be_left_out() {
    for (stored, expected) in [
        (
            json!({"repeal": {"provisions": ["1.2"]}}),
            Operation::Repeal {
                provisions: vec![p(2)],
                notice: Localized::new(),
            },
        ),
        (
            json!({"replace": {"provision": "1.2", "bodies": {"fr": {"text": "X"}}}}),
            Operation::Replace {
                provision: p(2),
                expect: Localized::new(),
                bodies: [(lang("fr"), Body::text_only("X"))].into(),
            },
        ),
    ] {
        let read: Operation = serde_json::from_value(stored).expect("it is read");
        assert_eq!(read, expected);
    }
}

#[test]
fn what_is_broken_is_refused_in_words() {
    for (stored, says) in [
        (json!({"burn": {}}), "unknown variant `burn`"),
        (
            json!({"remove": {"provisions": ["12"]}}),
            "`12` is not a provision id such as `1.12` (revision.ordinal)",
        ),
        (
            json!({"remove": {"provisions": ["1.-2"]}}),
            "`1.-2` is not a provision id",
        ),
        (
            json!({"renumber": {"provision": "1.2", "labels": {"f": "x"}}}),
            "`f` is not a language tag such as `fr` or `ar` (BCP 47)",
        ),
        (
            json!({"renumber": {"provision": "1.2"}}),
            "missing field `labels`",
        ),
        (
            json!({"replace": {"provision": "1.2", "bodies": {"fr": {"words": "X"}}}}),
            "unknown field `words`",
        ),
        (
            json!({"move": {"provision": "1.2", "at": "middle"}}),
            "unknown variant `middle`",
        ),
        (
            json!({"insert": {"at": "end", "provisions": [{"kind": "clause", "rank": 1, "bodies": {}}]}}),
            "unknown variant `clause`",
        ),
    ] {
        let refused =
            serde_json::from_value::<Operation>(stored.clone()).expect_err("it is refused");
        assert!(refused.to_string().contains(says), "{stored}: {refused}");
    }
}

#[test]
fn the_binary_form_of_a_body_whose_parts_lie_outside_of_it_is_refused() {
    let body = Body::from_parts("## ", "Art. 1", " ", "É", "\n");
    let bytes = postcard::to_allocvec(&body).expect("it is written");
    assert_eq!(postcard::from_bytes::<Body>(&bytes).as_ref(), Ok(&body));
    for ends in [[3, 2, 5, 5], [0, 0, 0, 99], [3, 9, 10, 11]] {
        let bytes = postcard::to_allocvec(&("## Art. 1 É\n", ends)).expect("it is written");
        assert!(postcard::from_bytes::<Body>(&bytes).is_err(), "{ends:?}");
    }
}

#[test]
fn tags_and_ids_are_read_at_the_border() {
    for tag in ["fr", "ar-MA", "zh-Hant-TW", "und"] {
        assert_eq!(
            Lang::parse(tag).map(|lang| lang.to_string()),
            Ok(tag.to_owned())
        );
    }
    for tag in ["", "f", "1fr", "abcdefghijkl", "fr "] {
        let refused = Lang::parse(tag).expect_err("it is no tag").to_string();
        assert_eq!(
            refused,
            format!("`{tag}` is not a language tag such as `fr` or `ar` (BCP 47)")
        );
    }
    for (tag, instead) in [("fr_FR", "fr-FR"), ("français", "fr"), ("ara", "ar")] {
        let refused = Lang::parse(tag).expect_err("it is no tag").to_string();
        assert_eq!(
            refused,
            format!("`{tag}` is not a language tag (BCP 47): write `{instead}`")
        );
    }
    for (tag, right_to_left) in [
        ("ar", true),
        ("ar-MA", true),
        ("he", true),
        ("fr", false),
        ("arn", false),
    ] {
        assert_eq!(lang(tag).is_right_to_left(), right_to_left, "{tag}");
    }
    for id in ["", "1", "1.", ".1", "1.2.3", "a.b", "1.4294967296", "1 .2"] {
        assert!(id.parse::<ProvisionId>().is_err(), "`{id}`");
    }
    assert_eq!("12.40".parse(), Ok(ProvisionId::new(12, 40)));
    assert_eq!(
        "docx".parse::<Format>().expect_err("no format").to_string(),
        "`docx` is not a text format: markdown, plain, lines or xml"
    );
}

proptest! {
    #[test]
    fn any_operation_is_read_back_as_it_was(texts in documents(&["ar", "fr"]), choices in choices(6)) {
        let text = Text::from_provisions(Text::align(Format::Markdown, &texts).expect("they align"), 1);
        let ops = operations(&text, &choices, 2);
        let json = serde_json::to_string(&ops).expect("it is written");
        prop_assert_eq!(&serde_json::from_str::<Vec<Operation>>(&json).expect("it is read"), &ops);
        let bytes = postcard::to_allocvec(&ops).expect("it is written");
        prop_assert_eq!(&postcard::from_bytes::<Vec<Operation>>(&bytes).expect("it is read"), &ops);
    }
}
