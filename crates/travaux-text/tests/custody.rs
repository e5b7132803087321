//! Custody on synthetic histories: moves, renumbering, splits, joins, reverts and re-wrapped lines.
//!
//! Words are distinct, so the revision that first wrote each is known beforehand, and every one is checked.

use std::collections::{BTreeMap, HashSet};

use proptest::prelude::*;
use travaux_text::{Custody, Format, History, Lang, Text, infer};

const LANG: Lang = Lang::UNDETERMINED;

/// Records each text as a revision, operations inferred.
fn record(format: Format, texts: &[String]) -> (History, Custody) {
    let mut history = History::default();
    let mut custody = Custody::default();
    for (revision, text) in (1..).zip(texts) {
        let mut current = history.text_at(history.len());
        let ops = infer(
            &current,
            LANG,
            &Text::provisions(format, LANG, text),
            revision,
        );
        let applied = current
            .apply(&ops, revision)
            .expect("inferred operations apply");
        history.record(revision, &current, &applied.moved);
        custody.follow(&history);
        assert_eq!(history.print_at(revision, LANG), *text, "byte for byte");
    }
    (history, custody)
}

/// The revision of every word at `step`, word by word.
fn origins(history: &History, custody: &Custody, step: u32) -> Vec<(String, u32, Option<u32>)> {
    let bodies: Vec<_> = history.nodes_at(step, LANG).map(|n| n.body).collect();
    bodies
        .into_iter()
        .flat_map(|body| custody.words(history, body))
        .flat_map(|run| {
            let words: Vec<_> = run.text.split_whitespace().map(str::to_owned).collect();
            words
                .into_iter()
                .map(move |w| (w, run.revision, run.returned))
        })
        .collect()
}

/// Every text is a revision; `expected` gives the custody of the last one as `word:revision` or `word:revision<returned`.
fn check(texts: &[&str], expected: &str) {
    let texts: Vec<_> = texts.iter().map(|t| (*t).to_owned()).collect();
    let (history, custody) = record(Format::Markdown, &texts);
    let found: Vec<_> = origins(&history, &custody, history.len())
        .into_iter()
        .map(|(word, revision, returned)| match returned {
            Some(by) => format!("{word}:{revision}<{by}"),
            None => format!("{word}:{revision}"),
        })
        .collect();
    assert_eq!(found.join(" "), expected);
}

#[test]
fn a_new_word_is_its_revisions() {
    check(
        &["les parties cooperent", "les deux parties cooperent"],
        "les:1 deux:2 parties:1 cooperent:1",
    );
}

#[test]
fn a_move_changes_no_origin() {
    let (a, b) = (
        "alpha bravo charlie delta echo\n\n",
        "foxtrot golf hotel india juliet\n\n",
    );
    check(
        &[&[a, b].concat(), &[b, a].concat()],
        "foxtrot:1 golf:1 hotel:1 india:1 juliet:1 alpha:1 bravo:1 charlie:1 delta:1 echo:1",
    );
}

#[test]
fn a_renumbering_changes_only_the_number() {
    check(
        &["## Article 4\n\nalpha bravo", "## Article 5\n\nalpha bravo"],
        "##:1 Article:1 5:2 alpha:1 bravo:1",
    );
}

#[test]
fn a_split_and_a_join_change_no_origin() {
    let joined = "alpha bravo charlie delta echo foxtrot golf hotel\n";
    let split = "alpha bravo charlie delta\n\necho foxtrot golf hotel\n";
    let all = "alpha:1 bravo:1 charlie:1 delta:1 echo:1 foxtrot:1 golf:1 hotel:1";
    check(&[joined, split], all);
    check(&[split, joined], all);
    check(&[joined, split, joined], all);
}

#[test]
fn a_revert_names_the_first_origin_and_who_brought_it_back() {
    check(
        &[
            "les parties doivent cooperer",
            "les parties peuvent cooperer",
            "les parties doivent cooperer",
        ],
        "les:1 parties:1 doivent:1<3 cooperer:1",
    );
    check(
        &[
            "alpha bravo\n\ncharlie delta echo",
            "alpha bravo\n\n",
            "alpha bravo\n\ncharlie delta echo",
        ],
        "alpha:1 bravo:1 charlie:1<3 delta:1<3 echo:1<3",
    );
}

#[test]
fn a_word_alone_is_found_in_a_body_that_it_left_by_a_split() {
    // The split leaves `two` at the end of the first part, which is struck later; it comes back in
    // front of the second, where it stood before the split.
    let (head, tail) = ("a b c d e f g h", "i j k l m n o p");
    check(
        &[
            &format!("{tail}\n"),
            &format!("two {tail}\n"),
            &format!("{head} two {tail}\n"),
            &format!("{head} two\n\n{tail}\n"),
            &format!("{tail}\n"),
            &format!("two {tail}\n"),
        ],
        "two:2<6 i:1 j:1 k:1 l:1 m:1 n:1 o:1 p:1",
    );
}

#[test]
fn a_copy_of_words_that_stay_is_new() {
    check(
        &[
            "alpha bravo charlie delta\n\none two three four\n",
            "bravo charlie delta\n\none two three four\n",
            "bravo charlie delta\n\none two three four\n\nalpha bravo charlie delta\n",
        ],
        "bravo:1 charlie:1 delta:1 one:1 two:1 three:1 four:1 alpha:1<3 bravo:3 charlie:3 delta:3",
    );
}

#[test]
fn rewrapped_lines_change_no_origin() {
    check(
        &[
            "alpha bravo charlie\ndelta echo\n",
            "alpha bravo\ncharlie delta\necho\n",
        ],
        "alpha:1 bravo:1 charlie:1 delta:1 echo:1",
    );
}

#[test]
fn a_line_counts_for_the_last_revision_that_changed_its_words() {
    let texts = [
        "un deux trois quatre\n\ncinq six sept huit\n",
        "un deux quatre\n\ncinq six sept huit\n",
    ]
    .map(str::to_owned);
    let (history, custody) = record(Format::Markdown, &texts);
    let lines: Vec<_> = custody
        .lines(&history, 2, LANG)
        .into_iter()
        .map(|l| (l.line, l.text.into_owned(), l.revision))
        .collect();
    assert_eq!(
        lines,
        [
            (1, "un deux quatre".to_owned(), 2),
            (2, String::new(), 2),
            (3, "cinq six sept huit".to_owned(), 1)
        ]
    );
}

/// One edit of a document of paragraphs of distinct words.
#[derive(Clone, Debug)]
enum Change {
    Add(usize),
    Remove(usize),
    Move(usize, usize),
    Split(usize),
    Join(usize),
    Rewrap(usize),
    Revert(usize),
    /// At the front or the end: what a paragraph is broken into stays long enough to be known again.
    Extend(usize, usize),
}

fn change() -> impl Strategy<Value = Change> {
    let at = 0..12usize;
    prop_oneof![
        at.clone().prop_map(Change::Add),
        at.clone().prop_map(Change::Remove),
        (at.clone(), at.clone()).prop_map(|(a, b)| Change::Move(a, b)),
        at.clone().prop_map(Change::Split),
        at.clone().prop_map(Change::Join),
        at.clone().prop_map(Change::Rewrap),
        at.clone().prop_map(Change::Revert),
        (at.clone(), at).prop_map(|(a, b)| Change::Extend(a, b)),
    ]
}

/// A document: paragraphs of lines of words.
type Document = Vec<Vec<String>>;

fn print(document: &Document) -> String {
    document
        .iter()
        .map(|paragraph| paragraph.join(" ").replace(" \n ", "\n") + "\n\n")
        .collect()
}

fn fresh(count: &mut usize, words: usize) -> Vec<String> {
    (0..words)
        .map(|_| {
            *count += 1;
            format!("w{count}x")
        })
        .collect()
}

fn run(change: &Change, document: &Document, past: &[Document], count: &mut usize) -> Document {
    let mut next = document.clone();
    let len = next.len();
    match change {
        Change::Add(at) => next.insert(at % (len + 1), fresh(count, 8)),
        Change::Remove(at) if len > 1 => drop(next.remove(at % len)),
        Change::Move(from, to) if len > 1 => {
            let paragraph = next.remove(from % len);
            next.insert(to % len, paragraph);
        }
        Change::Split(at) if next[at % len].len() >= 10 => {
            let middle = next[at % len].len() / 2;
            let tail = next[at % len].split_off(middle);
            next.insert(at % len + 1, tail);
        }
        Change::Join(at) if len > 1 => {
            let tail = next.remove(at % (len - 1) + 1);
            next[at % (len - 1)].extend(tail);
        }
        Change::Rewrap(at) => {
            let paragraph = &mut next[at % len];
            paragraph.retain(|w| w != "\n");
            let middle = paragraph.len() / 2;
            if middle > 0 {
                paragraph.insert(middle, "\n".into());
            }
        }
        Change::Revert(at) if !past.is_empty() => next = past[at % past.len()].clone(),
        Change::Extend(at, place) => {
            let paragraph = &mut next[at % len];
            let place = if place % 2 == 0 { 0 } else { paragraph.len() };
            paragraph.splice(place..place, fresh(count, 2));
        }
        _ => {}
    }
    next
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn every_words_first_origin_is_found(changes in prop::collection::vec(change(), 1..14)) {
        let mut count = 0;
        let mut document: Document = (0..4).map(|_| fresh(&mut count, 8)).collect();
        let mut past = vec![document.clone()];
        for change in &changes {
            document = run(change, &document, &past, &mut count);
            past.push(document.clone());
        }
        let texts: Vec<_> = past.iter().map(print).collect();
        let mut first: BTreeMap<String, u32> = BTreeMap::new();
        for (revision, document) in (1..).zip(&past) {
            for word in document.iter().flatten() {
                first.entry(word.clone()).or_insert(revision);
            }
        }
        let (history, custody) = record(Format::Plain, &texts);
        for step in 1..=history.len() {
            for (word, revision, _) in origins(&history, &custody, step) {
                prop_assert_eq!(Some(&revision), first.get(&word), "word {} at step {}", word, step);
            }
        }
    }

    #[test]
    fn a_custody_that_follows_step_by_step_equals_one_that_starts_late(changes in prop::collection::vec(change(), 1..8)) {
        let mut count = 0;
        let mut document: Document = (0..3).map(|_| fresh(&mut count, 6)).collect();
        let mut texts = vec![print(&document)];
        for change in &changes {
            document = run(change, &document, &[], &mut count);
            texts.push(print(&document));
        }
        let (history, custody) = record(Format::Plain, &texts);
        let mut late = Custody::default();
        late.follow(&history);
        prop_assert_eq!(custody, late);
    }
}

#[test]
fn languages_do_not_mix() {
    let (fr, ar) = (
        Lang::parse("fr").expect("fr"),
        Lang::parse("ar").expect("ar"),
    );
    let both = Text::align(
        Format::Plain,
        &[(fr, "un deux\n".into()), (ar, "واحد اثنان\n".into())].into(),
    )
    .expect("aligned");
    let mut history = History::default();
    history.record(1, &Text::from_provisions(both, 1), &HashSet::new());
    let mut custody = Custody::default();
    custody.follow(&history);
    assert_eq!(custody.lines(&history, 1, ar)[0].text, "واحد اثنان");
    assert_eq!(custody.lines(&history, 1, fr)[0].revision, 1);
}
