//! The weave: every step stays readable, and the text of the last one is at hand.

use super::*;
use crate::{Anchor, Format, NewProvision, Operation};

const FR: Lang = Lang::UNDETERMINED;

fn p(revision: u32, ordinal: u32) -> ProvisionId {
    ProvisionId::new(revision, ordinal)
}

/// Applies each group of operations as a step, and checks each step's text now and at the end.
fn check(before: &str, steps: &[(&[Operation], &str)]) {
    let mut history = History::default();
    history.record(
        1,
        &Text::parse(Format::Lines, FR, before, 1),
        &HashSet::new(),
    );
    for (revision, (ops, after)) in (2..).zip(steps) {
        let mut text = history.text_at(history.len());
        let applied = text.apply(ops, revision).expect("the operations apply");
        history.record(revision, &text, &applied.moved);
        assert_eq!(history.print_at(revision, FR), *after);
        assert_eq!(history.text_at(revision), text);
        assert_eq!(
            numbered(&history.text_at(revision)),
            numbered(&history.read(revision)),
            "revision {revision}, read anew"
        );
    }
    assert_eq!(history.print_at(1, FR), before);
    for (step, (_, after)) in (2..).zip(steps) {
        assert_eq!(history.print_at(step, FR), *after, "step {step} at the end");
        assert_eq!(
            history.text_at(step).print(FR),
            *after,
            "step {step} as a text"
        );
    }
    assert_eq!(history.print_at(0, FR), "");
}

/// The provisions in order, and which bodies of a history they have.
fn numbered(text: &Text) -> Vec<(ProvisionId, Vec<Option<u32>>)> {
    text.nodes()
        .map(|node| {
            (
                node.id,
                node.bodies.iter().map(|(_, body)| body.stored).collect(),
            )
        })
        .collect()
}

#[test]
fn every_step_stays_readable() {
    let new = NewProvision::new(Kind::Paragraph, FR, Body::text_only("x\tnew\n"));
    check(
        "1\ta\n2\tb\n3\tc\n",
        &[
            (
                &[Operation::substitute(p(1, 2), FR, "b", "B", 1)],
                "1\ta\n2\tB\n3\tc\n",
            ),
            (
                &[Operation::Insert {
                    at: Anchor::After(p(1, 1)),
                    provisions: vec![new],
                }],
                "1\ta\nx\tnew\n2\tB\n3\tc\n",
            ),
            (
                &[Operation::Move {
                    provision: p(1, 3),
                    at: Anchor::Start,
                }],
                "3\tc\n1\ta\nx\tnew\n2\tB\n",
            ),
            (
                &[Operation::Remove {
                    provisions: vec![p(1, 1)],
                }],
                "3\tc\nx\tnew\n2\tB\n",
            ),
            (
                &[Operation::Move {
                    provision: p(1, 3),
                    at: Anchor::End,
                }],
                "x\tnew\n2\tB\n3\tc\n",
            ),
            (
                &[Operation::Reorder {
                    provisions: vec![p(1, 2), p(1, 3)],
                    at: Anchor::Start,
                }],
                "2\tB\n3\tc\nx\tnew\n",
            ),
        ],
    );
}

#[test]
fn a_step_without_change_is_a_step() {
    check("1\ta\n", &[(&[], "1\ta\n"), (&[], "1\ta\n")]);
}

#[test]
fn what_is_changed_and_changed_back_is_what_it_was() {
    let there = Operation::substitute(p(1, 1), FR, "a", "b", 1);
    let back = Operation::substitute(p(1, 1), FR, "b", "a", 1);
    check(
        "1\ta\n2\tc\n3\td\n",
        &[
            (&[there, back], "1\ta\n2\tc\n3\td\n"),
            (&[], "1\ta\n2\tc\n3\td\n"),
        ],
    );
}

#[test]
fn texts_that_share_provisions_do_not_change_each_other() {
    let mut history = History::default();
    history.record(
        1,
        &Text::parse(Format::Lines, FR, "1\ta\n2\tb\n3\tc\n", 1),
        &HashSet::new(),
    );
    let (before, mut after) = (history.text_at(1), history.text_at(1));
    after
        .apply(&[Operation::substitute(p(1, 2), FR, "b", "B", 1)], 2)
        .expect("it applies");
    for untouched in [&before, &history.text_at(1)] {
        assert_eq!(untouched.print(FR), "1\ta\n2\tb\n3\tc\n");
    }
    assert_eq!(after.print(FR), "1\ta\n2\tB\n3\tc\n");
}

#[test]
fn only_a_large_last_text_is_kept() {
    let mut history = History::default();
    history.record(
        1,
        &Text::parse(Format::Lines, FR, "1\ta\n2\tb\n3\tc\n", 1),
        &HashSet::new(),
    );
    assert!(history.latest.0.is_some());
    let mut text = history.text_at(1);
    let applied = text
        .apply(
            &[Operation::Remove {
                provisions: vec![p(1, 1)],
            }],
            2,
        )
        .expect("it applies");
    history.record(2, &text, &applied.moved);
    assert!(history.latest.0.is_none());
    assert_eq!((history.text_at(1).len(), history.text_at(2).len()), (3, 2));
}

#[test]
fn provisions_that_are_gone_take_no_place_for_ever() {
    let line = |n: u32| NewProvision::new(Kind::Paragraph, FR, Body::text_only(&format!("{n}\n")));
    let mut history = History::default();
    history.record(
        1,
        &Text::parse(Format::Lines, FR, "1\ta\n2\tb\n3\tc\n", 1),
        &HashSet::new(),
    );
    for revision in 2..50 {
        let last = history
            .text_at(history.len())
            .nodes()
            .map(|node| node.id)
            .last()
            .expect("a provision");
        let ops = [
            Operation::Insert {
                at: Anchor::End,
                provisions: vec![line(revision)],
            },
            Operation::Remove {
                provisions: vec![last],
            },
        ];
        let mut text = history.text_at(history.len());
        let applied = text.apply(&ops, revision).expect("they apply");
        history.record(revision, &text, &applied.moved);
        let latest = history.text_at(revision);
        assert!(
            latest.places() <= 2 * latest.len(),
            "{} places for {} provisions",
            latest.places(),
            latest.len()
        );
        assert_eq!(latest.print(FR), format!("1\ta\n2\tb\n{revision}\n"));
    }
}

#[test]
fn without_its_words_a_history_reads_as_empty() {
    const TEXT: &str = "1\ta\n2\tb\n3\tc\n";
    let mut history = History::default();
    history.record(1, &Text::parse(Format::Lines, FR, TEXT, 1), &HashSet::new());
    let kept = history.clone();
    assert_eq!(history.text_at(1).print(FR), TEXT);
    let words = history.words().to_vec();
    let mut history = history.without_words();
    assert_eq!(history.text_at(1).print(FR), "");
    history.put_words(words);
    assert_eq!(history.text_at(1).print(FR), TEXT);
    assert_eq!(history, kept);
}

#[test]
fn a_language_that_comes_later_finds_its_place() {
    let (fr, ar) = (
        Lang::parse("fr").expect("fr"),
        Lang::parse("ar").expect("ar"),
    );
    let mut history = History::default();
    history.record(
        1,
        &Text::parse(Format::Plain, fr, "un\n", 1),
        &HashSet::new(),
    );
    let both = Text::align(
        Format::Plain,
        &[(fr, "un\n".into()), (ar, "واحد\n".into())].into(),
    )
    .expect("aligned");
    let text = Text::from_provisions(both, 2);
    history.record(2, &text, &HashSet::new());
    assert_eq!(history.print_at(1, fr), "un\n");
    assert_eq!(history.print_at(1, ar), "");
    assert_eq!(history.print_at(2, ar), "واحد\n");
}
