//! Amending sentences: what is said is read as what was meant.

use travaux_text::{
    Anchor, Body, Disagreement, Format, Kind, Lang, Localized, NewProvision, Operation,
    ProvisionId, Text, instrument, read_instrument, together,
};

fn lang(tag: &str) -> Lang {
    Lang::parse(tag).expect("a tag")
}

const TEXTS: [(&str, &str); 3] = [
    (
        "fr",
        "Les Parties,\n\n## Article 1 — Objet\n\nLes Parties coopèrent.\n\nElles coopèrent encore.\n\n## Article 2\n\nDurée.\n",
    ),
    (
        "en",
        "The Parties,\n\n## Article 1 — Purpose\n\nThe Parties cooperate.\n\nThey cooperate again.\n\n## Article 2\n\nDuration.\n",
    ),
    (
        "ar",
        "إن الطرفين،\n\n## المادة 1 — الغرض\n\nيتعاون الطرفان.\n\nويتعاونان كذلك.\n\n## المادة 2\n\nالمدة.\n",
    ),
];

fn text() -> Text {
    let texts: Localized<String> = TEXTS
        .iter()
        .map(|(tag, text)| (lang(tag), (*text).to_owned()))
        .collect();
    Text::from_provisions(
        Text::align(Format::Markdown, &texts).expect("they align"),
        1,
    )
}

/// Provisions in order: 1 preamble, 2 article 1, 3 and 4 its paragraphs, 5 article 2, 6 its paragraph.
fn p(ordinal: u32) -> ProvisionId {
    ProvisionId::new(1, ordinal)
}

fn words(values: &[(&str, &str)]) -> Localized<String> {
    values
        .iter()
        .map(|(tag, value)| (lang(tag), (*value).to_owned()))
        .collect()
}

/// The sentence in each language, and that together they are read as the operation.
fn check(op: &Operation, expected: &[(&str, &str)]) {
    let mut read = Localized::new();
    for (tag, sentence) in expected {
        let said = instrument(&text(), std::slice::from_ref(op), 2, lang(tag)).expect("it is said");
        assert_eq!(said, [*sentence], "{tag}");
        read.insert(
            lang(tag),
            read_instrument(&text(), &said, 2, Format::Markdown, lang(tag)).expect("it is read"),
        );
    }
    let (mut meant, mut understood) = (text(), text());
    meant
        .apply(std::slice::from_ref(op), 2)
        .expect("it applies");
    understood
        .apply(&together(&read).expect("they agree"), 2)
        .expect("it applies");
    assert_eq!(meant, understood);
}

#[test]
fn words_for_words() {
    let op = Operation::substitute(p(3), lang("fr"), "coopèrent", "se concertent", 1);
    check(
        &op,
        &[(
            "fr",
            "À l'article 1, alinéa 1, les mots « coopèrent » sont remplacés par les mots « se concertent ».",
        )],
    );
    let op = Operation::substitute(p(3), lang("en"), "cooperate", "consult", 1);
    check(
        &op,
        &[(
            "en",
            "In Article 1, paragraph 1, the words “cooperate” shall be replaced by the words “consult”.",
        )],
    );
    let op = Operation::substitute(p(3), lang("ar"), "يتعاون", "يتشاور", 1);
    check(
        &op,
        &[(
            "ar",
            "في المادة 1، الفقرة 1، تحل عبارة «يتشاور» محل عبارة «يتعاون».",
        )],
    );
    let op = Operation::substitute(p(4), lang("fr"), " encore", "", 1);
    check(
        &op,
        &[(
            "fr",
            "À l'article 1, alinéa 2, les mots «  encore » sont supprimés.",
        )],
    );
    let op = Operation::substitute(p(4), lang("en"), "e", "E", 3);
    check(
        &op,
        &[(
            "en",
            "In Article 1, paragraph 2, the words “e” shall be replaced, in each of their 3 occurrences, by the words “E”.",
        )],
    );
    let op = Operation::substitute(p(1), lang("fr"), "Parties", "deux Parties", 1);
    check(
        &op,
        &[(
            "fr",
            "À l'alinéa 1 du préambule, les mots « Parties » sont remplacés par les mots « deux Parties ».",
        )],
    );
}

#[test]
fn whole_provisions_in_three_languages_at_once() {
    check(
        &Operation::repeal(
            p(5),
            words(&[("fr", "(abrogé)"), ("en", "(repealed)"), ("ar", "(ملغاة)")]),
        ),
        &[
            (
                "fr",
                "L'article 2 est abrogé et porte la mention « (abrogé) ».",
            ),
            (
                "en",
                "Article 2 shall be repealed and bear the note “(repealed)”.",
            ),
            ("ar", "تلغى المادة 2 وتحمل الإشارة «(ملغاة)»."),
        ],
    );
    check(
        &Operation::Renumber {
            provision: p(5),
            labels: words(&[("fr", "Article 3"), ("en", "Article 3"), ("ar", "المادة 3")]),
        },
        &[
            ("fr", "L'article 2 devient « Article 3 »."),
            ("en", "Article 2 shall become “Article 3”."),
            ("ar", "تصبح المادة 2 «المادة 3»."),
        ],
    );
    check(
        &Operation::SetHeading {
            provision: p(2),
            headings: words(&[("fr", "But"), ("en", "Aim"), ("ar", "الهدف")]),
        },
        &[
            (
                "fr",
                "L'intitulé de l'article 1 est ainsi rédigé : « But ».",
            ),
            ("en", "The heading of Article 1 shall read: “Aim”."),
            ("ar", "يصاغ عنوان المادة 1 كما يلي: «الهدف»."),
        ],
    );
    check(
        &Operation::Repeal {
            provisions: vec![p(4)],
            notice: Localized::new(),
        },
        &[
            ("fr", "L'article 1, alinéa 2 est supprimé."),
            ("en", "Article 1, paragraph 2 shall be deleted."),
            ("ar", "تحذف المادة 1، الفقرة 2."),
        ],
    );
    check(
        &Operation::Move {
            provision: p(3),
            at: Anchor::After(p(4)),
        },
        &[
            (
                "fr",
                "L'article 1, alinéa 1 est déplacé après l'article 1, alinéa 2.",
            ),
            (
                "en",
                "Article 1, paragraph 1 shall be moved to follow Article 1, paragraph 2.",
            ),
            (
                "ar",
                "تنقل المادة 1، الفقرة 1 إلى ما بعد المادة 1، الفقرة 2.",
            ),
        ],
    );
    let bodies = [
        ("fr", "Les Parties se concertent.\n\n"),
        ("en", "The Parties consult.\n\n"),
        ("ar", "يتشاور الطرفان.\n\n"),
    ];
    let bodies = bodies
        .iter()
        .map(|(tag, words)| (lang(tag), Body::text_only(words)))
        .collect();
    check(
        &Operation::Replace {
            provision: p(3),
            expect: Localized::new(),
            bodies,
        },
        &[
            (
                "fr",
                "L'article 1, alinéa 1 est ainsi rédigé : « Les Parties se concertent. ».",
            ),
            (
                "en",
                "Article 1, paragraph 1 shall read: “The Parties consult.”.",
            ),
            ("ar", "تصاغ المادة 1، الفقرة 1 كما يلي: «يتشاور الطرفان.»."),
        ],
    );
    let new = [
        ("fr", "Fait à Rabat.\n"),
        ("en", "Done at Rabat.\n"),
        ("ar", "حرر بالرباط.\n"),
    ];
    let bodies = new
        .iter()
        .map(|(tag, words)| (lang(tag), Body::text_only(words)))
        .collect();
    let provisions = vec![NewProvision {
        kind: Kind::Paragraph,
        rank: Kind::Paragraph.rank(),
        bodies,
    }];
    check(
        &Operation::Insert {
            at: Anchor::After(p(6)),
            provisions,
        },
        &[
            (
                "fr",
                "Après l'article 2, alinéa 1, il est inséré : « Fait à Rabat. ».",
            ),
            (
                "en",
                "After Article 2, paragraph 1, the following shall be inserted: “Done at Rabat.”.",
            ),
            ("ar", "يضاف بعد المادة 2، الفقرة 1 ما يلي: «حرر بالرباط.»."),
        ],
    );
}

#[test]
fn a_sentence_is_read_on_the_text_that_those_before_it_left() {
    let ops = [
        Operation::Repeal {
            provisions: vec![p(3)],
            notice: Localized::new(),
        },
        Operation::substitute(p(4), lang("fr"), "encore", "toujours", 1),
    ];
    let said = instrument(&text(), &ops, 2, lang("fr")).expect("it is said");
    assert_eq!(
        said[1],
        "À l'article 1, alinéa 1, les mots « encore » sont remplacés par les mots « toujours »."
    );
    let read =
        read_instrument(&text(), &said, 2, Format::Markdown, lang("fr")).expect("it is read");
    assert_eq!(read, ops);
}

#[test]
fn what_cannot_be_said_or_read_is_refused() {
    let say = |op: Operation, tag: &str| {
        instrument(&text(), &[op], 2, lang(tag))
            .expect_err("it is not said")
            .to_string()
    };
    let quoted = Operation::substitute(p(3), lang("fr"), "coopèrent", "« coopèrent »", 1);
    assert!(say(quoted, "fr").contains("quotation marks of its own"));
    let restated = Operation::Restate { provisions: vec![] };
    assert!(
        say(restated.clone(), "fr").contains(
            "operation 1 (restate) cannot be said in a sentence: it is no act of drafters"
        )
    );
    assert!(say(restated, "nl").contains("the wording of instruments in nl is not known"));
    let read = |sentence: &str| {
        read_instrument(
            &text(),
            &[sentence.to_owned()],
            2,
            Format::Markdown,
            lang("en"),
        )
        .expect_err("it is not read")
        .to_string()
    };
    assert!(
        read("Article 9 shall be deleted.")
            .contains("sentence 1 cannot be read: there is no `Article 9` in the text")
    );
    assert!(read("Article 2 ought to go.").contains("its wording is not known"));
    assert!(
        read("In Article 1, paragraph 1, the words “absent” shall be deleted.")
            .contains("occurs 0 times")
    );
    let one = |tag: &str, ops| Localized::from([(lang("fr"), vec![]), (lang(tag), ops)]);
    let repeal = Operation::Repeal {
        provisions: vec![p(3)],
        notice: Localized::new(),
    };
    let apart = together(&one("en", vec![repeal])).expect_err("only one language repeals it");
    assert_eq!(
        apart,
        Disagreement::Count {
            first: lang("en"),
            ours: 1,
            other: lang("fr"),
            theirs: 0
        }
    );
}
