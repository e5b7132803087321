//! What holds of any text and any change to it.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use proptest::prelude::*;
use travaux_testkit::strategies::{choices, document, documents, markup, operations};
use travaux_text::{
    Custody, Format, History, Lang, NewProvision, Node, Operation, ProvisionId, Redline, Text,
    infer, parse,
};

use super::UND;

const FORMATS: [Format; 4] = [Format::Markdown, Format::Plain, Format::Lines, Format::Xml];

fn aligned(texts: &travaux_text::Localized<String>) -> Text {
    Text::from_provisions(Text::align(Format::Markdown, texts).expect("they align"), 1)
}

fn ids(text: &Text) -> BTreeSet<ProvisionId> {
    text.nodes().map(|n| n.id).collect()
}

/// The provisions of a text, as if they were new.
fn anew(text: &Text) -> Vec<NewProvision> {
    let new = |n: &Node| NewProvision {
        kind: n.kind,
        rank: n.rank,
        bodies: n.bodies.iter().cloned().collect(),
    };
    text.nodes().map(new).collect()
}

/// The provisions that operations may end or bring in.
fn changes_who_stands(op: &Operation) -> bool {
    matches!(
        op,
        Operation::Insert { .. }
            | Operation::Repeal { .. }
            | Operation::Remove { .. }
            | Operation::Restate { .. }
    )
}

/// The words of the text parts of all bodies, with their custody.
fn custody_of_words(history: &History, custody: &Custody, lang: Lang) -> BTreeMap<String, u32> {
    let text = history.text_at(history.len());
    let labels: HashSet<String> = text
        .nodes()
        .filter_map(|n| n.body(lang))
        .flat_map(|b| {
            let line = [b.before(), b.label(), b.between(), b.heading()].concat();
            line.split_whitespace()
                .map(str::to_owned)
                .collect::<Vec<_>>()
        })
        .collect();
    let bodies: Vec<u32> = history
        .nodes_at(history.len(), lang)
        .map(|n| n.body)
        .collect();
    bodies
        .into_iter()
        .flat_map(|body| custody.words(history, body))
        .flat_map(|run| {
            let words: Vec<_> = run.text.split_whitespace().map(str::to_owned).collect();
            words.into_iter().map(move |word| (word, run.revision))
        })
        .filter(|(word, _)| word.contains(char::is_alphanumeric) && !labels.contains(word))
        .collect()
}

/// The revision that a word of [`operations`] names: `r3n0` came with revision 3.
fn brought_in_by(word: &str) -> Option<u32> {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    let (revision, number) = word.strip_prefix('r')?.split_once('n')?;
    number.parse::<u32>().ok()?;
    revision.parse().ok()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn printing_what_was_parsed_gives_every_byte(text in markup()) {
        for format in FORMATS {
            let parsed = parse(format, &text);
            let printed: String = parsed.iter().map(|p| p.body.raw()).collect();
            prop_assert_eq!(&printed, &text, "{}", format);
            // Each provision, parsed alone, is a provision of the same bytes.
            prop_assert!(parsed.iter().all(|p| !p.body.raw().is_empty()), "{} has an empty one", format);
        }
    }

    #[test]
    fn inferred_operations_give_the_new_text(before in markup(), after in markup()) {
        for format in FORMATS {
            let mut text = Text::parse(format, UND, &before, 1);
            let ops = infer(&text, UND, &Text::provisions(format, UND, &after), 2);
            prop_assert!(text.apply(&ops, 2).is_ok());
            prop_assert_eq!(text.print(UND), after.clone());
        }
    }

    #[test]
    fn whatever_drafters_did_is_inferred_from_what_they_left(texts in documents(&["ar", "fr"]), choices in choices(6)) {
        let old = aligned(&texts);
        let mut drafted = old.clone();
        drafted.apply(&operations(&old, &choices, 2), 2).expect("they apply");
        for lang in texts.keys() {
            let mut inferred = old.clone();
            let ops = infer(&old, *lang, &anew(&drafted), 2);
            inferred.apply(&ops, 2).expect("they apply");
            for lang in texts.keys() {
                prop_assert_eq!(inferred.print(*lang), drafted.print(*lang));
            }
        }
    }

    #[test]
    fn nothing_is_inferred_from_the_same_text(texts in documents(&["ar", "fr"])) {
        let text = aligned(&texts);
        for lang in texts.keys() {
            prop_assert_eq!(infer(&text, *lang, &anew(&text), 2), []);
        }
    }

    #[test]
    fn accepting_a_redline_gives_the_new_text_and_rejecting_it_the_old_one(texts in documents(&["ar", "fr"]), choices in choices(6)) {
        let old = aligned(&texts);
        let mut new = old.clone();
        new.apply(&operations(&old, &choices, 2), 2).expect("they apply");
        for lang in texts.keys() {
            let redline = Redline::between(&old, &new, *lang);
            prop_assert_eq!(redline.accept_all(), new.print(*lang));
            prop_assert_eq!(redline.reject_all(), old.print(*lang));
            prop_assert!(Redline::between(&new, &new, *lang).is_empty());
            // The other way round, what was struck is new.
            let back = Redline::between(&new, &old, *lang);
            prop_assert_eq!((back.accept_all(), back.reject_all()), (redline.reject_all(), redline.accept_all()));
        }
    }

    #[test]
    fn an_id_is_given_once_and_kept(texts in documents(&["ar", "fr"]), choices in choices(8)) {
        let old = aligned(&texts);
        let ops = operations(&old, &choices, 2);
        let mut new = old.clone();
        new.apply(&ops, 2).expect("they apply");
        let (before, after) = (ids(&old), ids(&new));
        prop_assert_eq!(after.len(), new.len(), "no id stands twice");
        // What came is of this revision, counted from 1 in the order of the operations.
        let created: u32 = ops.iter().map(|op| u32::from(matches!(op, Operation::Insert { .. }))).sum();
        for came in after.difference(&before) {
            prop_assert!(came.revision == 2 && (1..=created).contains(&came.ordinal), "{}", came);
        }
        if !ops.iter().any(changes_who_stands) {
            prop_assert_eq!(after, before);
        }
    }

    #[test]
    fn operations_that_collide_change_nothing_at_all(written in document(UND), choices in choices(5), at in 0..6_usize) {
        let old = Text::parse(Format::Markdown, UND, &written, 1);
        let mut ops = operations(&old, &choices, 2);
        let at = at.min(ops.len());
        let nobody = ProvisionId::new(7, 7);
        ops.insert(at, Operation::Remove { provisions: vec![nobody] });
        let mut text = old.clone();
        let collisions = text.apply(&ops, 2).expect_err("there is no such provision");
        prop_assert_eq!(&text, &old);
        prop_assert!(collisions.0.iter().any(|c| c.operation == at && c.name == "remove"));
    }

    #[test]
    fn every_step_of_a_history_stays_what_it_was(written in document(UND), steps in prop::collection::vec(choices(4), 1..6)) {
        let mut text = Text::parse(Format::Markdown, UND, &written, 1);
        let mut history = History::default();
        history.record(1, &text, &HashSet::new());
        let mut stood = vec![text.clone()];
        for (revision, choices) in (2..).zip(&steps) {
            let ops = operations(&text, choices, revision);
            let applied = text.apply(&ops, revision).expect("they apply");
            history.record(revision, &text, &applied.moved);
            stood.push(text.clone());
        }
        let stored: History = postcard::from_bytes(&postcard::to_allocvec(&history).expect("it is written")).expect("it is read");
        for (step, text) in (1..).zip(&stood) {
            prop_assert_eq!(history.step_of(step), Some(step));
            prop_assert_eq!(&history.text_at(step), text);
            prop_assert_eq!(history.print_at(step, UND), text.print(UND));
            prop_assert_eq!(stored.print_at(step, UND), text.print(UND));
        }
    }

    #[test]
    fn moving_and_renaming_change_no_words_origin(written in document(UND), steps in prop::collection::vec(choices(4), 1..5)) {
        let mut text = Text::parse(Format::Markdown, UND, &written, 1);
        let (mut history, mut custody) = (History::default(), Custody::default());
        history.record(1, &text, &HashSet::new());
        for (revision, choices) in (2..).zip(&steps) {
            let rearranged = |op: &Operation| {
                matches!(op, Operation::Move { .. } | Operation::Renumber { .. } | Operation::SetHeading { .. } | Operation::Reformat { .. })
            };
            let chosen: Vec<_> = choices.iter().copied().filter(|choice| {
                operations(&text, std::slice::from_ref(choice), revision).iter().all(rearranged)
            }).collect();
            let ops: Vec<_> = operations(&text, &chosen, revision).into_iter().filter(rearranged).collect();
            if let Ok(applied) = text.apply(&ops, revision) {
                history.record(revision, &text, &applied.moved);
            }
        }
        custody.follow(&history);
        for (word, revision) in custody_of_words(&history, &custody, UND) {
            prop_assert_eq!(revision, 1, "{}", word);
        }
    }

    #[test]
    fn words_that_come_in_are_of_the_revision_that_brings_them(written in document(UND), steps in prop::collection::vec(choices(3), 1..5)) {
        let mut text = Text::parse(Format::Markdown, UND, &written, 1);
        let (mut history, mut custody) = (History::default(), Custody::default());
        history.record(1, &text, &HashSet::new());
        for (revision, choices) in (2..).zip(&steps) {
            let applied = text.apply(&operations(&text, choices, revision), revision).expect("they apply");
            history.record(revision, &text, &applied.moved);
        }
        custody.follow(&history);
        for (word, revision) in custody_of_words(&history, &custody, UND) {
            if let Some(named) = brought_in_by(&word) {
                prop_assert_eq!(revision, named, "{}", word);
            }
        }
        // The lines say the same text, and none names a revision that was not.
        for step in 1..=history.len() {
            let lines = custody.lines(&history, step, UND);
            let printed = history.print_at(step, UND);
            let read: Vec<_> = lines.iter().map(|line| line.text.as_ref()).collect();
            prop_assert_eq!(read, printed.lines().collect::<Vec<_>>());
            prop_assert!(lines.iter().all(|line| (1..=step).contains(&line.revision)));
        }
    }
}
