//! Redlines as a reader sees them: what is struck, what is new, what moved, and what is left out.

use travaux_text::{
    Anchor, AnsiRenderer, Format, HtmlRenderer, Kind, Localized, Operation, ProvisionId, Redline,
    Renderer, Text, infer,
};

use super::{UND, lang, markdown, text};

const TREATY: &str = "
    # Accord

    ## Article 1 — Objet

    Les Parties coopèrent.

    ## Article 2

    Elles échangent des informations.

    ## Article 3

    Le présent accord entre en vigueur à la signature.
    ";

fn p(ordinal: u32) -> ProvisionId {
    ProvisionId::new(1, ordinal)
}

/// The redline that operations leave of [`TREATY`].
fn redline(ops: &[Operation]) -> Redline {
    let old = markdown(&text(TREATY));
    let mut new = old.clone();
    new.apply(ops, 2).expect("they apply");
    let redline = Redline::between(&old, &new, UND);
    assert_eq!(
        redline.reject_all(),
        old.print(UND),
        "rejecting all gives the old text"
    );
    assert_eq!(
        redline.accept_all(),
        new.print(UND),
        "accepting all gives the new text"
    );
    redline
}

/// What operations change of [`TREATY`], with the headings that the changes stand under.
#[track_caller]
fn check(ops: &[Operation], expected: &str) {
    let shown = travaux_text::PlainRenderer.render_changes(&redline(ops));
    assert_eq!(shown, text(expected));
}

#[test]
fn only_what_changed_is_shown_under_its_heading() {
    check(
        &[Operation::substitute(
            p(5),
            UND,
            "informations",
            "documents",
            1,
        )],
        "
        […]

        ## Article 2

        Elles échangent des [-informations-]{+documents+}.

        […]

        ",
    );
}

#[test]
fn a_change_at_the_end_leaves_out_what_is_in_front() {
    check(
        &[Operation::substitute(
            p(7),
            UND,
            "signature",
            "ratification",
            1,
        )],
        "
        […]

        ## Article 3

        Le présent accord entre en vigueur à la [-signature-]{+ratification+}.
        ",
    );
}

#[test]
fn a_heading_or_a_number_that_changes_is_marked_in_it() {
    let labels = Localized::from([(UND, "Article 1 bis".to_owned())]);
    let headings = Localized::from([(UND, "But".to_owned())]);
    check(
        &[
            Operation::Renumber {
                provision: p(2),
                labels,
            },
            Operation::SetHeading {
                provision: p(2),
                headings,
            },
        ],
        "
        […]

        ## Article 1 {+bis +}— [-Objet-]{+But+}

        […]

        ",
    );
}

#[test]
fn an_article_that_ends_is_struck_and_one_that_stays_as_a_tombstone_keeps_its_number() {
    check(
        &[Operation::repeal(p(4), Localized::new())],
        "
        […]

        [-## Article 2

        -][-Elles échangent des informations.

        -][…]

        ",
    );
    check(
        &[Operation::repeal(
            p(4),
            [(UND, "(abrogé)".to_owned())].into(),
        )],
        "
        […]

        ## Article 2{+ (abrogé)+}

        [-Elles échangent des informations.

        -][…]

        ",
    );
}

#[test]
fn what_moves_is_shown_at_both_places() {
    check(
        &[Operation::Move {
            provision: p(6),
            at: Anchor::Before(p(4)),
        }],
        "
        […]

        {>## Article 3

        <}{>Le présent accord entre en vigueur à la signature.
        <}[…]

        [<## Article 3

        >][<Le présent accord entre en vigueur à la signature.
        >]",
    );
}

#[test]
fn nothing_is_shown_of_equal_texts() {
    let none = redline(&[]);
    assert!(none.is_empty());
    assert!(none.changes().is_empty());
    let html = HtmlRenderer {
        lang: UND,
        cite: String::new(),
        datetime: String::new(),
    };
    assert!(html.page("Accord", &none).contains("<p>No change.</p>"));
}

#[test]
fn a_page_for_browsers_escapes_what_it_shows_and_says_its_direction() {
    let ar = lang("ar");
    let old = Text::parse(Format::Plain, ar, "المادة <1>\n", 1);
    let mut new = old.clone();
    let ops = infer(
        &old,
        ar,
        &Text::provisions(Format::Plain, ar, "المادة <2> & \"3\"\n"),
        2,
    );
    new.apply(&ops, 2).expect("they apply");
    let html = HtmlRenderer {
        lang: ar,
        cite: "rev. <2>".into(),
        datetime: String::new(),
    };
    let page = html.page("Accord & annexe", &Redline::between(&old, &new, ar));
    for expected in [
        "<html lang=\"ar\" dir=\"rtl\">",
        "<title>Accord &amp; annexe</title>",
        "<h1 dir=\"auto\">Accord &amp; annexe</h1>",
        "<del title=\"rev. &lt;2&gt;\">",
        "<ins title=\"rev. &lt;2&gt;\">",
        "&quot;3&quot;",
    ] {
        assert!(page.contains(expected), "no {expected} in {page}");
    }
    assert!(!page.contains("datetime"), "no date is made up");
    let dir = HtmlRenderer {
        lang: lang("fr"),
        ..html
    };
    assert!(dir.page("t", &Redline::default()).contains("dir=\"ltr\""));
}

#[test]
fn a_terminal_sees_each_kind_in_its_own_colour() {
    let ops = [
        Operation::substitute(p(3), UND, "coopèrent", "agissent", 1),
        Operation::Move {
            provision: p(6),
            at: Anchor::Start,
        },
    ];
    let shown = AnsiRenderer.render(&redline(&ops));
    for expected in [
        "\x1b[31;9mcoopèrent\x1b[0m",
        "\x1b[32;4magissent\x1b[0m",
        "\x1b[36;4m## Article 3\x1b[0m\n",
        "\x1b[36;9m## Article 3\x1b[0m\n",
    ] {
        assert!(shown.contains(expected), "no {expected:?} in {shown:?}");
    }
    assert!(
        !shown.contains("\n\x1b[0m"),
        "no style leaks over a line's end"
    );
}

#[test]
fn spans_name_the_provision_and_what_it_is() {
    let redline = redline(&[Operation::substitute(p(3), UND, "Les", "Toutes les", 1)]);
    let changed: Vec<_> = redline
        .spans
        .iter()
        .filter(|span| span.provision == p(3))
        .map(|span| (span.of, span.text.as_str()))
        .collect();
    assert_eq!(
        changed,
        [
            (Kind::Paragraph, "Les"),
            (Kind::Paragraph, "Toutes les"),
            (Kind::Paragraph, " Parties coopèrent.\n\n"),
        ]
    );
}
