//! Equally authentic texts: the n-th provision of each language is the n-th of all, or the first difference is named.

use proptest::prelude::*;
use travaux_testkit::strategies::documents;
use travaux_text::{Fate, Format, Localized, Text, align};

use super::{lang, text};

/// Aligns texts; the provisions in a line each (`kind: fr | ar`), or the difference in words.
#[track_caller]
fn check(texts: &[(&str, &str)], expected: &str) {
    let texts: Localized<String> = texts
        .iter()
        .map(|(tag, raw)| (lang(tag), text(raw)))
        .collect();
    let found = match Text::align(Format::Markdown, &texts) {
        Err(misaligned) => misaligned.to_string(),
        Ok(provisions) => {
            let line = |p: &travaux_text::NewProvision| {
                let words: Vec<_> = p.bodies.values().map(|b| b.raw().trim_end()).collect();
                format!("{}: {}", p.kind.name(), words.join(" | "))
            };
            provisions.iter().map(line).collect::<Vec<_>>().join("\n")
        }
    };
    let expected: Vec<&str> = expected.trim().lines().map(str::trim).collect();
    assert_eq!(found, expected.join("\n"));
}

#[test]
fn three_languages_of_one_treaty() {
    check(
        &[
            ("ar", "\n## المادة 1\n\nيتعاون الطرفان.\n"),
            ("en", "\n## Article 1\n\nThe Parties cooperate.\n"),
            ("fr", "\n## Article 1\n\nLes Parties coopèrent.\n"),
        ],
        "
        article: ## المادة 1 | ## Article 1 | ## Article 1
        paragraph: يتعاون الطرفان. | The Parties cooperate. | Les Parties coopèrent.
        ",
    );
}

#[test]
fn the_first_difference_is_named_with_both_sides() {
    let fr = "\n## Article 1\n\nPremier.\n\nDeuxième.\n";
    // Languages are compared in the order of their tags.
    for (ar, expected) in [
        (
            "\n## المادة 1\n\nواحد.\n",
            "the fr text has no counterpart to provision 3 of the ar text: nothing there, paragraph here",
        ),
        (
            "\n## المادة 1\n\nواحد.\n\nاثنان.\n\nثلاثة.\n",
            "the fr text has no counterpart to provision 4 of the ar text: paragraph there, nothing here",
        ),
        (
            "\n## المادة 1\n\n- واحد.\n\nاثنان.\n",
            "the fr text has no counterpart to provision 2 of the ar text: point there, paragraph here",
        ),
        (
            "\n## الباب 1\n\nواحد.\n\nاثنان.\n",
            "the fr text has no counterpart to provision 1 of the ar text: chapter there, article here",
        ),
    ] {
        check(&[("ar", ar), ("fr", fr)], expected);
    }
}

#[test]
fn one_language_and_none() {
    check(&[("fr", "\nTexte.\n")], "paragraph: Texte.");
    check(&[], "");
    check(&[("ar", ""), ("fr", "")], "");
}

#[test]
fn an_order_changes_by_as_few_moves_as_possible() {
    // Old, new, and what became of each thing of the old order and of the new one.
    for (old, new, olds, news) in [
        ("abcde", "abcde", "=====", "====="),
        ("abcde", "eabcd", "====~", "~===="),
        ("abcde", "bacde", "~====", "=~==="),
        ("abcde", "xacy", "=-=--", "+==+"),
        ("abc", "", "---", ""),
        ("", "abc", "", "+++"),
        ("abcdef", "defabc", "~~~===", "===~~~"),
    ] {
        let (old, new): (Vec<char>, Vec<char>) = (old.chars().collect(), new.chars().collect());
        let shown = |fates: &[Fate], alone: char| -> String {
            let sign = |fate: &Fate| match fate {
                Fate::Kept => '=',
                Fate::Moved => '~',
                Fate::Alone => alone,
            };
            fates.iter().map(sign).collect()
        };
        let aligned = align(&old, &new);
        let found = (shown(&aligned.old, '-'), shown(&aligned.new, '+'));
        assert_eq!(found.0.len(), old.len());
        assert_eq!(found.0.matches('~').count(), found.1.matches('~').count());
        if olds.contains('~') && found.0 != olds {
            // Of two equally short ways any will do.
            assert_eq!(found.0.matches('~').count(), olds.matches('~').count());
        } else {
            assert_eq!(found, (olds.to_owned(), news.to_owned()));
        }
    }
}

/// How many of these can stay at most, as trying every choice of them finds.
fn most_that_stay(places: &[usize]) -> usize {
    (0_u32..1 << places.len())
        .filter(|choice| {
            let chosen = (0..places.len()).filter(|at| choice >> at & 1 == 1);
            chosen.map(|at| places[at]).is_sorted()
        })
        .map(|choice| choice.count_ones() as usize)
        .max()
        .unwrap_or(0)
}

/// Every order of up to five of seven things is aligned with the order of the first five.
#[test]
fn nothing_moves_that_could_stay() {
    let old = [0, 1, 2, 3, 4];
    let mut orders: Vec<Vec<usize>> = vec![vec![]];
    let mut at = 0;
    while at < orders.len() {
        let order = orders[at].clone();
        at += 1;
        if order.len() == 5 {
            continue;
        }
        let others = (0..7).filter(|thing| !order.contains(thing));
        orders.extend(others.map(|thing| [&*order, &[thing]].concat()));
    }
    assert_eq!(orders.len(), 1 + 7 + 42 + 210 + 840 + 2_520);
    for new in orders {
        let aligned = align(&old, &new);
        let of = |fate: Fate, order: &[usize], fates: &[Fate]| -> Vec<usize> {
            let both = order.iter().zip(fates);
            both.filter(|(_, f)| **f == fate)
                .map(|(thing, _)| *thing)
                .collect()
        };
        let kept = of(Fate::Kept, &new, &aligned.new);
        let shared: Vec<_> = new.iter().copied().filter(|thing| *thing < 5).collect();
        assert!(kept.is_sorted(), "{new:?}: {aligned:?}");
        assert_eq!(kept.len(), most_that_stay(&shared), "{new:?}: {aligned:?}");
        assert_eq!(kept, of(Fate::Kept, &old, &aligned.old), "{new:?}");
        let mut moved = of(Fate::Moved, &new, &aligned.new);
        moved.sort_unstable();
        assert_eq!(moved, of(Fate::Moved, &old, &aligned.old), "{new:?}");
        let came: Vec<_> = new.iter().copied().filter(|thing| *thing >= 5).collect();
        assert_eq!(of(Fate::Alone, &new, &aligned.new), came);
        let went: Vec<_> = old
            .iter()
            .copied()
            .filter(|thing| !new.contains(thing))
            .collect();
        assert_eq!(of(Fate::Alone, &old, &aligned.old), went);
    }
}

proptest! {
    #[test]
    fn what_is_written_alike_aligns_in_three_languages(texts in documents(&["ar", "en", "fr"])) {
        let provisions = Text::align(Format::Markdown, &texts).expect("they align");
        let aligned = Text::from_provisions(provisions, 1);
        for (lang, written) in &texts {
            prop_assert_eq!(&aligned.print(*lang), written);
            let alone = Text::parse(Format::Markdown, *lang, written, 1);
            let parts = |text: &Text| -> Vec<_> { text.nodes().map(|n| (n.id, n.kind, n.rank)).collect() };
            prop_assert_eq!(parts(&alone), parts(&aligned));
        }
        // A paragraph more in one language, and the place of the difference is the end of the others.
        let mut more = texts.clone();
        more.entry(lang("fr")).and_modify(|text| text.push_str("\nEncore un alinéa.\n"));
        let misaligned = Text::align(Format::Markdown, &more).expect_err("one has more");
        prop_assert_eq!((misaligned.base, misaligned.other), (lang("ar"), lang("fr")));
        prop_assert_eq!(misaligned.place, aligned.len() + 1);
    }
}
