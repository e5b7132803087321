//! What two languages do not share, as far as it is seen without understanding them.

use proptest::prelude::*;
use travaux_testkit::strategies::documents;
use travaux_text::{
    Format, GapKind, Localized, Operation, ProvisionId, TermTable, Text, article_references,
    defined_terms, gaps, without_counterpart,
};

use super::lang;

fn aligned(texts: &[(&str, &str)]) -> Text {
    let texts: Localized<String> = texts
        .iter()
        .map(|(tag, text)| (lang(tag), format!("{text}\n")))
        .collect();
    Text::from_provisions(
        Text::align(Format::Markdown, &texts).expect("they align"),
        1,
    )
}

/// What stands between a French sentence and its counterpart.
#[track_caller]
fn check(fr: &str, other: (&str, &str), expected: &[&str]) {
    let text = aligned(&[("fr", fr), other]);
    let found: Vec<_> = gaps(&text, &[lang("fr"), lang(other.0)])
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(found, expected, "{fr} / {}", other.1);
}

#[test]
fn sentences_that_say_the_same() {
    for (fr, other) in [
        (
            "Le délai est de 90 jours.",
            ("en", "The period is 90 days."),
        ),
        ("Le délai est de 90 jours.", ("ar", "الأجل ٩٠ يوما.")),
        ("signé le 30 mai 2000", ("ar", "وقع في ٣٠ ماي ٢٠٠٠")),
        ("1 250 000,75 euros", ("en", "1,250,000.75 euros")),
        ("12 %", ("ar", "١٢٪")),
        ("le 1er alinéa", ("en", "the 1st paragraph")),
        (
            "aux articles 3, 4 et 5 et à l'annexe 2",
            ("en", "in Articles 3, 4 and 5 and Annex 2"),
        ),
        ("à l'article 7", ("ar", "في المادة ٧")),
        ("conformément à l'article 7", ("ar", "طبقا للمادة 7")),
        ("selon l'alinéa 2", ("en", "under paragraph 2")),
        ("« pièce » désigne", ("en", "“document” means")),
        ("rien", ("en", "nothing")),
    ] {
        check(fr, other, &[]);
    }
}

#[test]
fn differences_are_named_with_what_each_language_has() {
    check(
        "Le délai est de 90 jours.",
        ("en", "The period is 60 days."),
        &["1.1/numbers/fr-en: fr has 90, en has 60"],
    );
    check(
        "Dix jours, puis 10 jours et 10 jours",
        ("en", "10 days"),
        &["1.1/numbers/fr-en: fr has 10 (2 times), en has 10"],
    );
    check(
        "2,5 millions",
        ("en", "25 millions"),
        &["1.1/numbers/fr-en: fr has 2.5, en has 25"],
    );
    check(
        "à l'article 3",
        ("en", "in the third article"),
        &["1.1/references/fr-en: fr has 3, en has none"],
    );
    check(
        "aux articles 3 et 4",
        ("en", "in Articles 3 to 5"),
        &["1.1/references/fr-en: fr has 3, 4, en has 3, 5"],
    );
    check(
        "« un » et « deux »",
        ("ar", "«واحد»"),
        &["1.1/terms/fr-ar: fr has 2 terms, ar has 1 term"],
    );
    check(
        "à l'article 4, dans 30 jours, « sic »",
        ("en", "in Article 5, within 31 days"),
        &[
            "1.1/numbers/fr-en: fr has 30, en has 31",
            "1.1/references/fr-en: fr has 4, en has 5",
            "1.1/terms/fr-en: fr has 1 term, en has 0 terms",
        ],
    );
}

#[test]
fn every_language_is_compared_with_the_first() {
    let text = aligned(&[("fr", "30 jours"), ("en", "30 days"), ("ar", "31 يوما")]);
    let found = |tags: &[&str]| -> Vec<String> {
        let langs: Vec<_> = tags.iter().map(|tag| lang(tag)).collect();
        gaps(&text, &langs).iter().map(|gap| gap.key()).collect()
    };
    assert_eq!(found(&["fr", "en", "ar"]), ["1.1/numbers/fr-ar"]);
    assert_eq!(
        found(&["ar", "en", "fr"]),
        ["1.1/numbers/ar-en", "1.1/numbers/ar-fr"]
    );
    assert!(found(&["fr"]).is_empty() && found(&[]).is_empty());
}

#[test]
fn a_provision_that_one_language_lacks_cannot_be_settled_and_a_number_can() {
    let mut text = aligned(&[
        ("fr", "## Article 1\n\n30 jours"),
        ("en", "## Article 1\n\n31 days"),
    ]);
    let both = [lang("fr"), lang("en")];
    let found = gaps(&text, &both);
    assert!(found[0].kind == GapKind::Numbers && found[0].can_be_settled());
    let paragraph = ProvisionId::new(1, 2);
    let emptied = Operation::substitute(paragraph, lang("en"), "31 days", "", 1);
    text.apply(&[emptied], 2).expect("it applies");
    let found = gaps(&text, &both);
    assert_eq!(
        found[0].to_string(),
        "1.2/missing/fr-en: fr has words, en has none"
    );
    assert!(!found[0].can_be_settled());
    // What is repealed says nothing in any language.
    let notice = both.map(|lang| (lang, "(…)".to_owned())).into();
    text.apply(&[Operation::repeal(paragraph, notice)], 3)
        .expect("it applies");
    assert_eq!(gaps(&text, &both), []);
}

#[test]
fn a_heading_without_words_in_one_language_is_no_gap() {
    let text = aligned(&[
        ("fr", "## Article 1 — Objet\n\nTexte"),
        ("en", "## Article 1\n\nText"),
    ]);
    assert_eq!(gaps(&text, &[lang("fr"), lang("en")]), []);
}

#[test]
fn articles_that_a_text_refers_to() {
    for (words, expected) in [
        ("les articles 2, 3 et 12 du présent accord", &[2, 3, 12][..]),
        ("Articles 2 to 4 of this Agreement", &[2, 4]),
        ("art. 5", &[5]),
        ("à l'article 1er de la présente convention", &[1]),
        ("المواد 2 و 3 من هذا الاتفاق", &[2, 3]),
        ("وللمادتين ٤ و٥", &[4, 5]),
        ("l'article 31 de la Convention de Vienne", &[]),
        ("Article 102 of the Charter", &[]),
        ("المادة 102 من ميثاق الأمم المتحدة", &[]),
        ("l'article 3 du même accord", &[3]),
        ("article premier", &[]),
        ("une particle 9, un article", &[]),
        ("l'article 4, puis l'article 4", &[4, 4]),
    ] {
        assert_eq!(article_references(words), expected, "{words}");
    }
}

#[test]
fn terms_that_a_text_defines() {
    for (words, expected) in [
        ("« Partie » désigne un État.", &["Partie"][..]),
        (
            "“Data” means facts; “State” means a Party.",
            &["Data", "State"],
        ),
        ("«الطرف» يعني الدولة.", &["الطرف"]),
        ("le mot « oui »", &[]),
        ("« non fermé désigne", &[]),
        (
            "« loin » et bien plus loin, dans une autre phrase, désigne",
            &[],
        ),
    ] {
        assert_eq!(defined_terms(words), expected, "{words}");
    }
}

/// Pairs paragraphs by a table of French and English terms.
#[track_caller]
fn counterparts(fr: &[&str], en: &[&str], expected: &[&str]) {
    let table = TermTable(
        [
            ("police", "police"),
            ("douane", "customs"),
            ("frontière", "border"),
            ("frais", "costs"),
        ]
        .map(|(fr, en)| [(lang("fr"), fr.to_owned()), (lang("en"), en.to_owned())].into())
        .into(),
    );
    let text = aligned(&[("fr", &fr.join("\n\n")), ("en", &en.join("\n\n"))]);
    let found: Vec<_> = without_counterpart(&text, lang("fr"), lang("en"), &table)
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn paragraphs_are_paired_by_the_terms_that_they_share() {
    counterparts(
        &["La police.", "La douane.", "Les frais."],
        &["The police.", "Customs.", "The costs."],
        &[],
    );
    // One language lacks what the other has, and the number of paragraphs hides it.
    counterparts(
        &["La police.", "La douane.", "Les frais."],
        &["The police.", "The costs.", "The border."],
        &[
            "1.2/counterpart/fr-en: fr has douane, en has no counterpart",
            "1.3/counterpart/fr-en: fr has no counterpart, en has border",
        ],
    );
    // A paragraph without a term of the table is not spoken of.
    counterparts(
        &["La police.", "Autre chose."],
        &["The police.", "Else."],
        &[],
    );
}

proptest! {
    #[test]
    fn what_says_the_same_in_three_languages_has_no_gaps(texts in documents(&["ar", "en", "fr"])) {
        let text = Text::from_provisions(Text::align(Format::Markdown, &texts).expect("they align"), 1);
        let langs: Vec<_> = texts.keys().copied().collect();
        prop_assert_eq!(gaps(&text, &langs), []);
    }
}
