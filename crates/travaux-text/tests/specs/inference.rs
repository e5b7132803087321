//! What was done, read off two texts: the operations that a drafter would name.

use std::collections::BTreeMap;

use travaux_text::{Anchor, Format, Localized, Operation, ProvisionId, Text, infer};

use super::{UND, lang, markdown, text};

fn anchor(at: Anchor) -> String {
    match at {
        Anchor::Start => "at the start".into(),
        Anchor::End => "at the end".into(),
        Anchor::Before(id) => format!("before {id}"),
        Anchor::After(id) => format!("after {id}"),
        Anchor::First(id) => format!("behind {id}"),
    }
}

fn listed(ids: &[ProvisionId]) -> String {
    let ids: Vec<_> = ids.iter().map(ToString::to_string).collect();
    ids.join(" ")
}

fn values(values: &Localized<String>) -> String {
    let values: Vec<_> = values.values().map(|v| format!("`{v}`")).collect();
    values.join(" ")
}

/// An operation in a line.
fn said(op: &Operation) -> String {
    match op {
        Operation::Insert { at, provisions } => {
            let bodies = provisions.iter().flat_map(|p| p.bodies.values());
            let words: Vec<_> = bodies.map(|b| b.raw().trim_end()).collect();
            format!("insert `{}` {}", words.join("` `"), anchor(*at))
        }
        Operation::Remove { provisions } => format!("remove {}", listed(provisions)),
        Operation::Reorder { provisions, at } => {
            format!("put {} {}", listed(provisions), anchor(*at))
        }
        Operation::Renumber { provision, labels } => {
            format!("renumber {provision} {}", values(labels))
        }
        Operation::SetHeading {
            provision,
            headings,
        } => format!("head {provision} {}", values(headings)),
        Operation::EditWords {
            provision,
            lang,
            edits,
        } => {
            let edits: Vec<_> = edits
                .iter()
                .map(|e| format!("{} `{}` -> `{}`", e.at, e.remove, e.insert))
                .collect();
            let lang = if *lang == UND {
                String::new()
            } else {
                format!("{lang} ")
            };
            format!("edit {provision} {lang}at {}", edits.join(", "))
        }
        Operation::Reformat {
            provision,
            kind,
            rank,
            layout,
        } => {
            let layouts: Vec<_> = layout
                .values()
                .map(|l| match &l.label {
                    Some(label) => format!(" `{}` [{label}] `{}`", l.before, l.between),
                    None => format!(" `{}` `{}`", l.before, l.between),
                })
                .collect();
            format!(
                "reformat {provision} as {} {rank}{}",
                kind.name(),
                layouts.concat()
            )
        }
        other => format!("{other:?}"),
    }
}

/// The operations from one text to the other, one a line; running them gives the other text.
#[track_caller]
fn check(before: &str, after: &str, expected: &str) {
    let (mut current, after) = (markdown(&text(before)), text(after));
    let ops = infer(
        &current,
        UND,
        &Text::provisions(Format::Markdown, UND, &after),
        2,
    );
    let found: Vec<_> = ops.iter().map(said).collect();
    let expected: Vec<&str> = expected.trim().lines().map(str::trim).collect();
    assert_eq!(found, expected);
    current.apply(&ops, 2).expect("they apply");
    assert_eq!(current.print(UND), after);
}

#[test]
fn words_of_one_paragraph() {
    check(
        "
        ## Article 1

        Les Parties coopèrent en matière de sécurité.
        ",
        "
        ## Article 1

        Les deux Parties coopèrent en matière de police et de sécurité.
        ",
        "edit 1.2 at 4 `` -> `deux `, 34 `` -> ` de police et`",
    );
}

#[test]
fn a_word_in_arabic_is_found_at_its_byte() {
    check(
        "
        ## المادة 1

        يتعاون الطرفان في ميدان الأمن.
        ",
        "
        ## المادة 1

        يتعاون الطرفان في ميدان الهجرة.
        ",
        "edit 1.2 at 44 `الأمن` -> `الهجرة`",
    );
}

#[test]
fn an_article_that_comes_in_takes_the_number_and_the_next_ones_move_on() {
    check(
        "
        ## Article 1

        Les Parties coopèrent.

        ## Article 2

        Le présent accord entre en vigueur.
        ",
        "
        ## Article 1

        Les Parties coopèrent.

        ## Article 2

        Elles échangent des informations nominatives.

        ## Article 3

        Le présent accord entre en vigueur.
        ",
        "
        insert `Elles échangent des informations nominatives.` `## Article 3` behind 1.3
        ",
    );
}

#[test]
fn an_article_that_is_numbered_anew_keeps_its_identity() {
    check(
        "
        ## Article 4 — Durée

        Le présent accord est conclu pour cinq ans.
        ",
        "
        ## Article 5 — Durée et fin

        Le présent accord est conclu pour cinq ans.
        ",
        "
        renumber 1.1 `Article 5`
        head 1.1 `Durée et fin`
        ",
    );
}

#[test]
fn paragraphs_that_change_places() {
    check(
        "
        Le premier paragraphe est assez long.

        Le deuxième paragraphe est assez long.

        Le troisième paragraphe est assez long.

        ",
        "
        Le troisième paragraphe est assez long.

        Le premier paragraphe est assez long.

        Le deuxième paragraphe est assez long.

        ",
        "put 1.3 at the start",
    );
}

#[test]
fn what_moves_and_is_reworded_is_the_same_article_by_its_label() {
    check(
        "
        ## Article 1

        Un premier texte qui ne change pas du tout.

        ## Article 2

        Un second texte qui ne change pas non plus.

        ## Article 3 — Dépositaire

        Le troisième texte, celui du dépositaire.

        Fait à Rabat.
        ",
        "
        ## Article 3 — Le dépositaire

        Le troisième texte, celui du dépositaire.

        ## Article 1

        Un premier texte qui ne change pas du tout.

        ## Article 2

        Un second texte qui ne change pas non plus.

        Fait à Rabat.
        ",
        "
        put 1.5 1.6 at the start
        head 1.5 `Le dépositaire`
        ",
    );
}

#[test]
fn what_goes_and_what_comes() {
    check(
        "
        - un stage de formation
        - un échange d'experts
        - une mission commune
        ",
        "
        - un stage de formation
        - une mission commune
        - dix bourses
        ",
        "
        remove 1.2
        insert `- dix bourses` behind 1.3
        ",
    );
}

#[test]
fn another_rank_or_another_markup_is_a_reformatting() {
    check(
        "
        ## Article 1 - Objet

        Texte.
        ",
        "
        ### Article 1 : Objet

        Texte.
        ",
        "reformat 1.1 as article 8 `### ` ` : `",
    );
    check(
        "
        ## Section 1

        Texte.
        ",
        "
        ## Chapitre 1

        Texte.
        ",
        "
        reformat 1.1 as chapter 5
        renumber 1.1 `Chapitre 1`
        ",
    );
}

#[test]
fn a_label_that_the_document_repeats_is_no_name() {
    // Each annex begins with its own Article 1: no renumbering gives a label that another has.
    check(
        "
        ## Article 1

        Du traité lui-même, qui est long.

        ## Article 2

        De son annexe, qui est longue aussi.
        ",
        "
        ## Article 1

        Du traité lui-même, qui est long.

        ## Article 1

        De son annexe, qui est longue aussi.
        ",
        "reformat 1.3 as article 8 `## ` [Article 1] ``",
    );
}

#[test]
fn all_languages_are_written_by_one_recognition() {
    let (fr, ar) = (lang("fr"), lang("ar"));
    let both = |fr_text: &str, ar_text: &str| {
        let texts = BTreeMap::from([(fr, fr_text.to_owned()), (ar, ar_text.to_owned())]);
        Text::align(Format::Markdown, &texts).expect("they align")
    };
    let before = both(
        "## Article 1\n\nLes Parties coopèrent.\n",
        "## المادة 1\n\nيتعاون الطرفان.\n",
    );
    let after = both(
        "## Article 2\n\nLes Parties se concertent.\n",
        "## المادة 2\n\nيتشاور الطرفان.\n",
    );
    let mut text = Text::from_provisions(before, 1);
    let ops = infer(&text, fr, &after, 2);
    let found: Vec<_> = ops.iter().map(said).collect();
    assert_eq!(
        found,
        [
            "renumber 1.1 `المادة 2` `Article 2`",
            "edit 1.2 ar at 0 `يتعاون` -> `يتشاور`",
            "edit 1.2 fr at 12 `coopèrent` -> `se concertent`",
        ]
    );
    text.apply(&ops, 2).expect("they apply");
    assert_eq!(text, {
        let mut expected = Text::from_provisions(after, 1);
        expected.apply(&[], 2).expect("nothing applies");
        expected
    });
}

#[test]
fn from_nothing_and_to_nothing() {
    check("", "\nUn.\n\nDeux.\n", "insert `Un.` `Deux.` at the start");
    check("\nUn.\n\nDeux.\n", "", "remove 1.1 1.2");
    check("\nUn.\n", "\nUn.\n", "");
}
