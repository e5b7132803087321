use proptest::prelude::*;

use super::*;
use crate::Format;

fn parse(format: Format, text: &str) -> Vec<NewProvision> {
    Text::provisions(format, LANG, text)
}

const LANG: Lang = Lang::UNDETERMINED;

/// Infers the operations from `before` to `after`, runs them, and shows which they are.
fn check(before: &str, after: &str, expected: &[&str]) {
    let mut text = Text::parse(Format::Markdown, LANG, before, 1);
    let ops = infer(&text, LANG, &parse(Format::Markdown, after), 2);
    text.apply(&ops, 2).expect("they apply");
    assert_eq!(text.print(LANG), after);
    assert_eq!(
        ops.iter().map(Operation::name).collect::<Vec<_>>(),
        expected,
        "{ops:?}"
    );
}

#[test]
fn the_fewest_operations_that_a_drafter_would_name() {
    check("a\n", "a\n", &[]);
    check(
        "## Article 1\n\nLes Parties coopèrent.\n",
        "## Article 1\n\nLes Parties se concertent.\n",
        &["edit_words"],
    );
    check(
        "## Article 1\n\nUn.\n\n## Article 2\n\nDeux.\n",
        "## Article 1\n\nUn.\n\n## Article 3\n\nDeux.\n",
        &["renumber"],
    );
    check(
        "un un un un\n\ndeux deux\n",
        "un un un un\n\ntrois\n\ndeux deux\n",
        &["insert"],
    );
    check("un un un un\n\ndeux deux\n", "un un un un\n\n", &["remove"]);
}

#[test]
fn a_move_is_a_move() {
    let (a, b, c) = (
        "Premier paragraphe assez long.\n\n",
        "Deuxième paragraphe assez long.\n\n",
        "Troisième paragraphe assez long.\n\n",
    );
    check(&[a, b, c].concat(), &[c, a, b].concat(), &["reorder"]);
}

#[test]
fn a_reformatted_article_stays_the_same_article() {
    check(
        "Article 4\n\nLe juge statue.\n",
        "##### Article 4\n\nLe juge statue.\n",
        &["reformat"],
    );
}

proptest! {
    #[test]
    fn operations_always_give_the_new_bytes(
        before in "(?s)((## Article [1-4]\n|un deux trois quatre|cinq six|- sept huit\n|\n\n|é|\t|\r){0,14})",
        after in "(?s)((## Article [1-4]\n|un deux trois quatre|cinq six|- sept huit\n|\n\n|é|\t|\r){0,14})",
    ) {
        for format in [Format::Markdown, Format::Plain, Format::Lines] {
            let mut text = Text::parse(format, LANG, &before, 1);
            let ops = infer(&text, LANG, &parse(format, &after), 2);
            prop_assert!(text.apply(&ops, 2).is_ok());
            prop_assert_eq!(text.print(LANG), after.clone());
        }
    }
}
