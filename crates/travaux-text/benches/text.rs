//! What a text costs: an instrument of 4,000 provisions, revised 100 times.
//!
//! The rival of the weave is what a reader without it does: run every operation again from the first text on.

#![allow(missing_docs, reason = "a bench has no users")]

use std::{collections::HashSet, hint::black_box, sync::LazyLock};

use divan::Bencher;
use travaux_text::{
    Custody, Format, History, Lang, Operation, ProvisionId, Redline, Text, infer, parse,
};

const UND: Lang = Lang::UNDETERMINED;
const PROVISIONS: u32 = 4_000;
const REVISIONS: u32 = 100;

fn line(number: u32) -> String {
    format!(
        "{number}\tArticle {number} applies where the conditions of article {} are met by each Party.\n",
        number * 7 % 997
    )
}

static TEXT: LazyLock<String> = LazyLock::new(|| (1..=PROVISIONS).map(line).collect());

/// Ten substitutions a revision.
fn operations(revision: u32) -> Vec<Operation> {
    let provision = |n: u32| ProvisionId::new(1, (revision * 37 + n * 391) % PROVISIONS + 1);
    let end = |revision: u32| format!(" (v{revision})\n");
    (0..10)
        .map(|n| Operation::substitute(provision(n), UND, "\n", &end(revision), 1))
        .collect()
}

static HISTORY: LazyLock<History> = LazyLock::new(|| {
    let mut history = History::default();
    history.record(
        1,
        &Text::parse(Format::Lines, UND, &TEXT, 1),
        &HashSet::new(),
    );
    for revision in 2..=REVISIONS {
        let mut text = history.text_at(history.len());
        let applied = text
            .apply(&operations(revision), revision)
            .expect("they apply");
        history.record(revision, &text, &applied.moved);
    }
    history
});

fn main() {
    LazyLock::force(&HISTORY);
    divan::main();
}

#[divan::bench]
fn parse_lines(bencher: Bencher<'_, '_>) {
    bencher.bench(|| parse(Format::Lines, black_box(&TEXT)));
}

#[divan::bench]
fn apply_ten_operations(bencher: Bencher<'_, '_>) {
    bencher
        .with_inputs(|| HISTORY.text_at(50))
        .bench_local_values(|mut text| {
            text.apply(&operations(51), 51).expect("they apply");
            text
        });
}

#[divan::bench]
fn infer_ten_changes(bencher: Bencher<'_, '_>) {
    let old = HISTORY.text_at(50);
    let new = Text::provisions(Format::Lines, UND, &HISTORY.print_at(51, UND));
    bencher.bench_local(|| infer(&old, UND, &new, 51));
}

#[divan::bench]
fn redline_of_ten_changes(bencher: Bencher<'_, '_>) {
    let (old, new) = (HISTORY.text_at(50), HISTORY.text_at(51));
    bencher.bench_local(|| Redline::between(&old, &new, UND));
}

#[divan::bench]
fn custody_of_all_revisions(bencher: Bencher<'_, '_>) {
    bencher.bench_local(|| {
        let mut custody = Custody::default();
        custody.follow(&HISTORY);
        custody
    });
}

#[divan::bench]
fn a_middle_text_from_the_weave(bencher: Bencher<'_, '_>) {
    bencher.bench_local(|| HISTORY.print_at(black_box(50), UND));
}

#[divan::bench]
fn a_middle_text_by_running_operations_again(bencher: Bencher<'_, '_>) {
    bencher.bench_local(|| {
        let mut text = Text::parse(Format::Lines, UND, &TEXT, 1);
        for revision in 2..=black_box(50) {
            text.apply(&operations(revision), revision)
                .expect("they apply");
        }
        text.print(UND)
    });
}
