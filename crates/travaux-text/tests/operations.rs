//! Each operation on a text: what it makes of it, and where it refuses.

use std::collections::BTreeMap;

use travaux_text::{
    Anchor, Body, Digest, Edit, Format, Kind, Lang, Layout, Localized, NewProvision, Operation,
    ProvisionId, Text,
};

const UND: Lang = Lang::UNDETERMINED;

/// Two chapters with two articles each.
const BEFORE: &str = "# Chapter I\n\n## Article 1 — Scope\n\nThe Parties exchange data, and data only.\n\n## Article 2\n\nEach \
                      Party answers.\n\n# Chapter II\n\n## Article 3\n\nThe group meets.\n";

fn id(ordinal: u32) -> ProvisionId {
    ProvisionId::new(1, ordinal)
}

fn parse(text: &str) -> Text {
    Text::parse(Format::Markdown, UND, text, 1)
}

/// The provision whose bytes contain `words`.
fn with(words: &str) -> ProvisionId {
    let text = parse(BEFORE);
    let found = text
        .nodes()
        .find(|n| n.body(UND).is_some_and(|b| b.raw().contains(words)));
    found
        .unwrap_or_else(|| panic!("no provision has `{words}`"))
        .id
}

fn und(text: &str) -> Localized<String> {
    BTreeMap::from([(UND, text.to_owned())])
}

fn paragraph(text: &str) -> NewProvision {
    NewProvision::new(Kind::Paragraph, UND, Body::text_only(text))
}

/// Runs `operations` on [`BEFORE`], in which `old` then reads `new`.
fn check(operations: &[Operation], old: &str, new: &str) {
    assert!(
        old.is_empty() || BEFORE.contains(old),
        "`{old}` is not in the text"
    );
    let mut text = parse(BEFORE);
    text.apply(operations, 2)
        .unwrap_or_else(|c| panic!("they apply: {c}"));
    assert_eq!(text.print(UND), BEFORE.replacen(old, new, 1));
}

/// Runs `operations`, all of which must be refused for `reasons`, the text staying as it was.
fn refuse(operations: &[Operation], reasons: &[&str]) {
    let mut text = parse(BEFORE);
    let collisions = text.apply(operations, 2).expect_err("they do not apply");
    let found: Vec<_> = collisions.0.iter().map(|c| c.reason.to_string()).collect();
    assert_eq!(found, reasons);
    assert_eq!(text.print(UND), BEFORE, "what was refused changed nothing");
}

#[test]
fn words_are_substituted_as_often_as_expected() {
    let op = |find, with_, count| Operation::substitute(with("exchange"), UND, find, with_, count);
    check(
        &[op("data", "information", 2)],
        "data, and data only",
        "information, and information only",
    );
    check(&[op(" only", "", 1)], "data only", "data");
    let place = with("exchange");
    refuse(
        &[op("data", "information", 1)],
        &[&format!(
            "`data` occurs 2 times in provision {place} (und), expected 1"
        )],
    );
    refuse(
        &[op("words", "x", 1)],
        &[&format!(
            "`words` occurs 0 times in provision {place} (und), expected 1"
        )],
    );
    refuse(
        &[op("", "x", 0)],
        &[&format!(
            "`` occurs 0 times in provision {place} (und), expected 0"
        )],
    );
    let fr = Lang::parse("fr").expect("fr");
    refuse(
        &[Operation::substitute(place, fr, "data", "x", 2)],
        &[&format!("provision {place} has no fr text")],
    );
}

#[test]
fn replacing_adds_words_in_a_language_that_the_provision_did_not_have() {
    let (mut text, place) = (parse(BEFORE), with("exchange"));
    let [ar, fr] = ["ar", "fr"].map(|tag| Lang::parse(tag).expect("a tag"));
    let replace = |bodies: &[(Lang, &str)]| Operation::Replace {
        provision: place,
        expect: Localized::new(),
        bodies: bodies
            .iter()
            .map(|(lang, words)| (*lang, Body::text_only(words)))
            .collect(),
    };
    let before = text.print(UND);
    let both = replace(&[(fr, "données\n"), (ar, "بيانات\n")]);
    text.apply(&[both], 2).expect("it stands");
    assert_eq!(text.print(UND), before, "the others say what they said");
    assert_eq!(
        (text.print(fr), text.print(ar)),
        ("données\n".into(), "بيانات\n".into())
    );
    // From then on it is there, and in the order of the tags.
    text.apply(
        &[Operation::substitute(place, fr, "données", "faits", 1)],
        3,
    )
    .expect("it has French words");
    assert_eq!(text.print(fr), "faits\n");
    let bodies = &text.get(place).expect("it stands").bodies;
    assert!(bodies.is_sorted_by_key(|(lang, _)| *lang), "{bodies:?}");
}

#[test]
fn words_are_edited_at_their_place() {
    let edits = |edits: &[(u32, &str, &str)]| Operation::EditWords {
        provision: with("exchange"),
        lang: UND,
        edits: edits
            .iter()
            .map(|(at, remove, insert)| Edit {
                at: *at,
                remove: (*remove).into(),
                insert: (*insert).into(),
            })
            .collect(),
    };
    check(
        &[edits(&[(0, "The", "Both"), (21, "data", "notes")])],
        "The Parties exchange data",
        "Both Parties exchange notes",
    );
    let place = with("exchange");
    refuse(
        &[edits(&[(4, "States", "Parties")])],
        &[&format!(
            "provision {place} (und) has `Partie` at byte 4, expected `States`"
        )],
    );
    refuse(
        &[edits(&[(9_000, "x", "")])],
        &[&format!(
            "provision {place} (und) has `` at byte 9000, expected `x`"
        )],
    );
    refuse(
        &[edits(&[(4, "Parties", ""), (4, "Parties", "")])],
        &[&format!(
            "provision {place} (und) has `` at byte 4, expected `Parties`"
        )],
    );
}

#[test]
fn provisions_are_inserted_before_behind_and_within() {
    let insert = |at| {
        [Operation::Insert {
            at,
            provisions: vec![paragraph("New.\n\n")],
        }]
    };
    check(
        &insert(Anchor::Start),
        "# Chapter I\n",
        "New.\n\n# Chapter I\n",
    );
    check(
        &insert(Anchor::Before(with("Each"))),
        "Each",
        "New.\n\nEach",
    );
    check(
        &insert(Anchor::After(with("Article 1"))),
        "## Article 2",
        "New.\n\n## Article 2",
    );
    check(
        &insert(Anchor::First(with("Article 1"))),
        "The Parties",
        "New.\n\nThe Parties",
    );
    check(
        &insert(Anchor::After(with("Chapter I"))),
        "# Chapter II",
        "New.\n\n# Chapter II",
    );
    refuse(
        &insert(Anchor::After(id(99))),
        &["provision 1.99 does not stand in this text"],
    );
}

#[test]
fn a_repealed_provision_vanishes_or_stays_as_a_tombstone() {
    check(
        &[Operation::repeal(with("Article 2"), Localized::new())],
        "## Article 2\n\nEach Party answers.\n\n",
        "",
    );
    check(
        &[Operation::repeal(with("Article 1"), und("(repealed)"))],
        "## Article 1 — Scope\n\nThe Parties exchange data, and data only.\n\n",
        "## Article 1 (repealed)\n\n",
    );
    let repealed = with("Article 2");
    let gone = format!("provision {repealed} does not stand in this text");
    let twice = Operation::repeal(repealed, Localized::new());
    refuse(&[twice.clone(), twice], &[&gone]);
    let mut text = parse(BEFORE);
    text.apply(&[Operation::repeal(repealed, und("(repealed)"))], 2)
        .expect("it applies");
    assert!(
        text.get(repealed).is_some_and(|n| n.repealed),
        "the tombstone says that it is one"
    );
}

#[test]
fn removing_a_heading_leaves_what_it_contained() {
    check(
        &[Operation::Remove {
            provisions: vec![with("Chapter II")],
        }],
        "# Chapter II\n\n",
        "",
    );
    refuse(
        &[Operation::Remove {
            provisions: vec![id(98), id(99)],
        }],
        &["provision 1.98 does not stand in this text"],
    );
}

#[test]
fn a_move_takes_along_what_is_contained() {
    let whole = "## Article 1 — Scope\n\nThe Parties exchange data, and data only.\n\n";
    let mut moved = parse(BEFORE);
    let applied = moved.apply(
        &[Operation::Move {
            provision: with("Article 1"),
            at: Anchor::Before(with("Article 3")),
        }],
        2,
    );
    assert_eq!(
        applied.expect("it applies").moved.len(),
        2,
        "the article and its paragraph"
    );
    let expected = BEFORE
        .replace(whole, "")
        .replace("## Article 3", &format!("{whole}## Article 3"));
    assert_eq!(moved.print(UND), expected);
    let into = with("exchange");
    let itself = format!(
        "provision {} cannot be moved into itself",
        with("Article 1")
    );
    refuse(
        &[Operation::Move {
            provision: with("Article 1"),
            at: Anchor::After(into),
        }],
        &[&itself],
    );
    refuse(
        &[Operation::Move {
            provision: id(77),
            at: Anchor::Start,
        }],
        &["provision 1.77 does not stand in this text"],
    );
}

#[test]
fn numbers_are_unique_when_all_is_done() {
    let renumber = |which: &str, label: &str| Operation::Renumber {
        provision: with(which),
        labels: und(label),
    };
    check(
        &[renumber("Article 2", "Article 2 bis")],
        "## Article 2",
        "## Article 2 bis",
    );
    let taken = format!(
        "`Article 1` is already the label of provision {}",
        with("Article 1")
    );
    refuse(&[renumber("Article 2", "Article 1")], &[&taken]);
    // Exchanged in one go: neither is unique half-way.
    let mut text = parse(BEFORE);
    text.apply(
        &[
            renumber("Article 1", "Article 2"),
            renumber("Article 2", "Article 1"),
        ],
        2,
    )
    .expect("they apply");
    assert!(
        text.print(UND).contains("## Article 2 — Scope")
            && text.print(UND).contains("## Article 1\n\nEach")
    );
}

#[test]
fn a_heading_is_set_and_the_number_stays() {
    let set = |heading| Operation::SetHeading {
        provision: with("Article 1"),
        headings: und(heading),
    };
    check(
        &[set("Object")],
        "## Article 1 — Scope",
        "## Article 1 — Object",
    );
}

#[test]
fn a_whole_provision_is_replaced_under_its_digest() {
    let replace = |expect: &str| Operation::Replace {
        provision: with("The group"),
        expect: BTreeMap::from([(UND, Digest::of(expect.as_bytes()))]),
        bodies: BTreeMap::from([(UND, Body::text_only("The group meets twice a year.\n"))]),
    };
    check(
        &[replace("The group meets.\n")],
        "The group meets.",
        "The group meets twice a year.",
    );
    let mut text = parse(BEFORE);
    let error = text
        .apply(&[replace("Another text.\n")], 2)
        .expect_err("another digest")
        .to_string();
    assert!(error.contains("was changed: its digest is"), "{error}");
}

#[test]
fn the_markup_changes_and_the_words_stay() {
    let layout = Layout {
        before: "### ".into(),
        between: ": ".into(),
        label: None,
    };
    let op = Operation::Reformat {
        provision: with("Article 1"),
        kind: Kind::Article,
        rank: 9,
        layout: BTreeMap::from([(UND, layout)]),
    };
    check(&[op], "## Article 1 — Scope", "### Article 1: Scope");
}

#[test]
fn a_restated_text_keeps_no_identity() {
    let mut text = parse(BEFORE);
    text.apply(
        &[Operation::Restate {
            provisions: vec![paragraph("All new.\n")],
        }],
        2,
    )
    .expect("it applies");
    assert_eq!(text.print(UND), "All new.\n");
    assert_eq!(
        text.nodes().map(|n| n.id).collect::<Vec<_>>(),
        [ProvisionId::new(2, 1)]
    );
}

#[test]
fn every_collision_is_reported_and_nothing_is_done() {
    let place = with("exchange");
    refuse(
        &[
            Operation::substitute(place, UND, "exchange", "share", 1),
            Operation::substitute(place, UND, "absent", "x", 1),
            Operation::Remove {
                provisions: vec![id(99)],
            },
        ],
        &[
            &format!("`absent` occurs 0 times in provision {place} (und), expected 1"),
            "provision 1.99 does not stand in this text",
        ],
    );
}
