//! Amending sentences, as a drafter writes them and as a reader takes them: both ways, in every tradition.

use proptest::prelude::*;
use travaux_testkit::strategies::{choices, document, operations};
use travaux_text::{
    Disagreement, Format, Lang, Localized, Operation, ProvisionId, Text, instrument,
    instrument_languages, read_instrument, together,
};

use super::{lang, text};

const EN: &str = "
    The Parties,

    ## Article 1 — Purpose

    The Parties cooperate.

    They exchange information and information only.

    ## Article 2

    Each Party bears its costs.
    ";

fn read(
    format: Format,
    lang: Lang,
    before: &Text,
    sentences: &[&str],
) -> Result<Vec<Operation>, String> {
    let sentences: Vec<String> = sentences.iter().map(|s| (*s).to_owned()).collect();
    read_instrument(before, &sentences, 2, format, lang).map_err(|e| e.to_string())
}

/// What sentences in English make of [`EN`].
#[track_caller]
fn check(sentences: &[&str], expected: &str) {
    let mut current = Text::parse(Format::Markdown, lang("en"), &text(EN), 1);
    let ops = read(Format::Markdown, lang("en"), &current, sentences).expect("they are read");
    current.apply(&ops, 2).expect("they apply");
    assert_eq!(current.print(lang("en")), text(expected));
}

#[track_caller]
fn refused(sentence: &str, reason: &str) {
    let before = Text::parse(Format::Markdown, lang("en"), &text(EN), 1);
    let refused = read(Format::Markdown, lang("en"), &before, &[sentence]);
    assert_eq!(
        refused,
        Err(format!("sentence 1 cannot be read: {reason}: `{sentence}`"))
    );
}

#[test]
fn an_instrument_is_carried_out_sentence_by_sentence() {
    check(
        &[
            "In the preamble, paragraph 1, the words “The Parties” shall be replaced by the words “The States Parties”.",
            "The heading of Article 1 shall read: “Aim”.",
            "In Article 1, paragraph 2, the words “information” shall be replaced, in each of their 2 occurrences, by the words “data”.",
            "Article 1, paragraph 1 shall be deleted.",
            "In Article 1, paragraph 1, the words “ and data only” shall be deleted.",
            "Article 2 shall become “Article 3”.",
            "Article 3, paragraph 1 shall read: “The costs are shared.”.",
        ],
        "
        The States Parties,

        ## Article 1 — Aim

        They exchange data.

        ## Article 3

        The costs are shared.
        ",
    );
}

#[test]
fn an_article_is_repealed_under_its_number_or_moved() {
    check(
        &["Article 1 shall be repealed and bear the note “(repealed)”."],
        "
        The Parties,

        ## Article 1 (repealed)

        ## Article 2

        Each Party bears its costs.
        ",
    );
    check(
        &["Article 1, paragraph 1 shall be moved to follow Article 1, paragraph 2."],
        "
        The Parties,

        ## Article 1 — Purpose

        They exchange information and information only.

        The Parties cooperate.

        ## Article 2

        Each Party bears its costs.
        ",
    );
}

#[test]
fn a_capital_or_a_small_letter_begins_a_sentence() {
    let shorter = "
        The Parties,

        ## Article 1 — Purpose

        The Parties cooperate.

        They exchange information and information only.

        ";
    check(&["Article 2 shall be deleted."], shorter);
    check(&["article 2 shall be deleted."], shorter);
    check(&["  Article 2 shall be deleted.  "], shorter);
}

#[test]
fn what_one_sentence_inserts_is_cited_by_the_next() {
    check(
        &[
            "After Article 1, paragraph 1, the following shall be inserted: “They meet every year.”.",
            "After Article 1, paragraph 2, the following shall be inserted: “They keep minutes.”.",
            "In Article 1, paragraph 2, the words “every year” shall be replaced by the words “twice a year”.",
            "In Article 1, paragraph 3, the words “minutes” shall be replaced by the words “a record”.",
        ],
        "
        The Parties,

        ## Article 1 — Purpose

        The Parties cooperate.

        They meet twice a year.

        They keep a record.

        They exchange information and information only.

        ## Article 2

        Each Party bears its costs.
        ",
    );
}

#[test]
fn what_cannot_be_read_says_why_and_repeats_the_sentence() {
    refused(
        "Article 9 shall be deleted.",
        "there is no `Article 9` in the text",
    );
    refused(
        "Article 1, paragraph 3 shall be deleted.",
        "there is no `Article 1, paragraph 3` in the text",
    );
    refused("Article 2 must go.", "its wording is not known");
    refused("Article 2 shall be deleted", "its wording is not known");
    refused("", "its wording is not known");
    refused(
        "In Article 2, paragraph 1, the words “its” shall be replaced, in each of their many occurrences, by the words “the”.",
        "`many` is no number",
    );
    refused(
        "In Article 2, paragraph 1, the words “their” shall be deleted.",
        "`their` occurs 0 times in provision 1.6 (en), expected 1",
    );
    refused(
        "Article 2 shall become “Article 1”.",
        "`Article 1` is already the label of provision 1.2",
    );
    let before = Text::parse(Format::Markdown, lang("nl"), "Tekst.\n", 1);
    let refused = read(
        Format::Markdown,
        lang("nl"),
        &before,
        &["Artikel 1 vervalt."],
    );
    assert_eq!(
        refused,
        Err("sentence 1 cannot be read: the wording of instruments in nl is not known: `Artikel 1 vervalt.`".into())
    );
}

#[test]
fn the_sentence_that_fails_is_counted_from_one() {
    let before = Text::parse(Format::Markdown, lang("en"), &text(EN), 1);
    let two = ["Article 2 shall be deleted.", "Article 2 shall be deleted."];
    let refused =
        read(Format::Markdown, lang("en"), &before, &two).expect_err("it is gone by then");
    assert!(
        refused.starts_with("sentence 2 cannot be read: there is no `Article 2`"),
        "{refused}"
    );
}

#[test]
fn a_region_has_the_wording_of_its_language() {
    for tag in ["fr-BE", "en-IE", "ar-MA"] {
        let lang = lang(tag);
        let before = Text::parse(Format::Markdown, lang, "## Article 1\n\nun deux\n", 1);
        let op = Operation::substitute(ProvisionId::new(1, 2), lang, "deux", "trois", 1);
        let said = instrument(&before, std::slice::from_ref(&op), 2, lang).expect("it is said");
        let read = read_instrument(&before, &said, 2, Format::Markdown, lang);
        assert_eq!(read, Ok(vec![op]), "{said:?}");
    }
    let known: Vec<_> = instrument_languages().iter().map(Lang::to_string).collect();
    assert_eq!(known, ["fr", "en", "ar"]);
}

#[test]
fn languages_that_order_different_changes_are_told_apart() {
    let delete = |ordinal| Operation::Repeal {
        provisions: vec![ProvisionId::new(1, ordinal)],
        notice: Localized::new(),
    };
    let renumber = |tag: &str, label: &str| Operation::Renumber {
        provision: ProvisionId::new(1, 2),
        labels: [(lang(tag), label.to_owned())].into(),
    };
    let disagree = |en: Vec<Operation>, fr: Vec<Operation>| -> Disagreement {
        together(&[(lang("en"), en), (lang("fr"), fr)].into()).expect_err("they differ")
    };
    assert_eq!(
        disagree(vec![delete(2)], vec![]).to_string(),
        "en orders 1 changes of structure, fr orders 0"
    );
    assert_eq!(
        disagree(vec![delete(3), delete(2)], vec![delete(3), delete(4)]).to_string(),
        "change of structure 2 (repeal) is another one in fr"
    );
    assert_eq!(
        disagree(vec![renumber("en", "Article 3")], vec![delete(2)]).to_string(),
        "change of structure 1 (renumber) is another one in fr"
    );
    // Words are of one language: they stand in no other.
    let words = Operation::substitute(ProvisionId::new(1, 3), lang("fr"), "a", "b", 1);
    let merged = together(
        &[
            (lang("en"), vec![renumber("en", "Article 3")]),
            (lang("fr"), vec![words.clone(), renumber("fr", "Article 3")]),
        ]
        .into(),
    )
    .expect("they agree");
    let labels = ["en", "fr"]
        .map(|tag| (lang(tag), "Article 3".to_owned()))
        .into();
    let both = Operation::Renumber {
        provision: ProvisionId::new(1, 2),
        labels,
    };
    assert_eq!(merged, [both, words]);
    assert_eq!(together(&Localized::new()), Ok(vec![]));
}

/// Words of a text, without what stands between them: no sentence says how a provision ends.
fn words(text: &Text, lang: Lang) -> Vec<String> {
    text.print(lang)
        .split_whitespace()
        .map(str::to_owned)
        .collect()
}

proptest! {
    #[test]
    fn what_is_said_is_read_as_it_was_meant(
        (tag, written) in prop_oneof![Just("fr"), Just("en"), Just("ar")]
            .prop_flat_map(|tag| (Just(tag), document(lang(tag)))),
        choices in choices(8),
    ) {
        let lang = lang(tag);
        let before = Text::parse(Format::Markdown, lang, &written, 1);
        // Those that an instrument can say, one behind the other.
        let mut ops: Vec<Operation> = Vec::new();
        for op in operations(&before, &choices, 2) {
            ops.push(op);
            if before.clone().apply(&ops, 2).is_err() || instrument(&before, &ops, 2, lang).is_err() {
                ops.pop();
            }
        }
        let said = instrument(&before, &ops, 2, lang).expect("it is said");
        let read = read_instrument(&before, &said, 2, Format::Markdown, lang);
        let read = read.unwrap_or_else(|e| panic!("{e}\n{ops:?}"));
        let (mut meant, mut understood) = (before.clone(), before);
        meant.apply(&ops, 2).expect("they apply");
        understood.apply(&read, 2).unwrap_or_else(|e| panic!("{e}: {said:#?}"));
        prop_assert_eq!(words(&understood, lang), words(&meant, lang), "{:#?}", said);
    }
}
