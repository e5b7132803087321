//! How each format divides a text: kinds, ranks, labels and headings; and that no byte is lost.

use travaux_text::{Format, parse};

use super::{shown, text};

/// Divides a text, and shows each provision as `kind rank body`; see [`shown`].
#[track_caller]
fn check(format: Format, raw: &str, expected: &str) {
    let source = text(raw);
    let parsed = parse(format, &source);
    let found: Vec<String> = parsed
        .iter()
        .map(|p| format!("{} {} {}", p.kind.name(), p.rank, shown(&p.body)))
        .collect();
    let expected: Vec<&str> = expected.trim().lines().map(str::trim).collect();
    assert_eq!(found, expected);
    let printed: String = parsed.iter().map(|p| p.body.raw()).collect();
    assert_eq!(printed, source, "byte for byte");
}

#[test]
fn a_treaty_in_markdown() {
    check(
        Format::Markdown,
        "
        # Accord de coopération

        Le Gouvernement de la République française
        et le Gouvernement du Royaume du Maroc,

        ## Chapitre Ier - Dispositions générales

        ### Article 1er — Objet

        Les Parties coopèrent :

        1. en matière de police ;
        2) en matière de douane ;
        a) et autrement.

        ### Article 2

        Le présent accord est conclu pour cinq ans.

        ## Annexe A : Formulaires

        | nom | date |
        |-----|------|
        ",
        "
        title 1 # <Accord de coopération>⏎⏎
        paragraph 9 Le Gouvernement de la République française⏎et le Gouvernement du Royaume du Maroc,⏎⏎
        chapter 5 ## [Chapitre Ier] - <Dispositions générales>⏎⏎
        article 8 ### [Article 1er] — <Objet>⏎⏎
        paragraph 9 Les Parties coopèrent :⏎⏎
        point 10 1. en matière de police ;⏎
        point 10 2) en matière de douane ;⏎
        point 10 a) et autrement.⏎⏎
        article 8 ### [Article 2]⏎⏎
        paragraph 9 Le présent accord est conclu pour cinq ans.⏎⏎
        annex 2 ## [Annexe A] : <Formulaires>⏎⏎
        row 9 | nom | date |⏎
        row 9 |-----|------|⏎
        ",
    );
}

#[test]
fn the_same_treaty_in_arabic() {
    check(
        Format::Markdown,
        "
        # اتفاق تعاون

        ## الباب الأول - أحكام عامة

        ### المادة 1 — الغرض

        يتعاون الطرفان.

        ### المادة 2 مكرر

        المدة خمس سنوات.

        ## ملحق 1
        ",
        "
        title 1 # <اتفاق تعاون>⏎⏎
        chapter 5 ## [الباب الأول] - <أحكام عامة>⏎⏎
        article 8 ### [المادة 1] — <الغرض>⏎⏎
        paragraph 9 يتعاون الطرفان.⏎⏎
        article 8 ### [المادة 2 مكرر]⏎⏎
        paragraph 9 المدة خمس سنوات.⏎⏎
        annex 2 ## [ملحق 1]⏎
        ",
    );
}

#[test]
fn headings_that_have_no_label_are_ranked_by_their_level() {
    check(
        Format::Markdown,
        "
        # Convention
        ## Preamble
        ### Scope and purpose ###
        ####### Deep
        #Not a heading
        #
        ",
        "
        title 1 # <Convention>⏎
        heading 2 ## <Preamble>⏎
        heading 3 ### <Scope and purpose> ###⏎
        heading 7 ####### <Deep>⏎
        paragraph 9 #Not a heading⏎#⏎
        ",
    );
}

#[test]
fn a_heading_divides_even_without_a_blank_line() {
    check(
        Format::Markdown,
        "
        The Parties agree.
        ## Article 3
        They consult.
        - one
        - two
          goes on
        after the list

        * three
        + four
        ",
        "
        paragraph 9 The Parties agree.⏎
        article 8 ## [Article 3]⏎
        paragraph 9 They consult.⏎
        point 10 - one⏎
        point 10 - two⏎  goes on⏎after the list⏎⏎
        point 10 * three⏎
        point 10 + four⏎
        ",
    );
}

#[test]
fn line_ends_of_other_machines_stay_as_they_are() {
    for (source, expected) in [
        (
            "## Article 1\r\n\r\nText.\r\n",
            ["article 8 ## [Article 1]←⏎←⏎", "paragraph 9 Text.←⏎"],
        ),
        (
            "## Article 1 \t\n \t\nText.",
            ["article 8 ## [Article 1] →⏎ →⏎", "paragraph 9 Text."],
        ),
    ] {
        let found: Vec<_> = parse(Format::Markdown, source)
            .iter()
            .map(|p| format!("{} {} {}", p.kind.name(), p.rank, shown(&p.body)))
            .collect();
        assert_eq!(found, expected);
    }
}

#[test]
fn fences_and_front_matter() {
    check(
        Format::Markdown,
        "
        ---
        title: Accord
        signed: 2000-05-30
        ---
        ~~~
        ## Article 9

        - no point
        ~~~
        ## Article 1
        ",
        "
        metadata 1 ---⏎
        metadata 1 title: Accord⏎
        metadata 1 signed: 2000-05-30⏎
        metadata 1 ---⏎
        paragraph 9 ~~~⏎## Article 9⏎⏎- no point⏎~~~⏎
        article 8 ## [Article 1]⏎
        ",
    );
}

#[test]
fn a_treaty_in_plain_text() {
    check(
        Format::Plain,
        "
        ACCORD

        Article 1 : Objet

        Les Parties coopèrent
        et se consultent.


        ARTICLE II

        Article 3 applies to all the Parties.

        Section 2. Of the Council
        ",
        "
        paragraph 9 ACCORD⏎⏎
        article 8 [Article 1] : <Objet>⏎⏎
        paragraph 9 Les Parties coopèrent⏎et se consultent.⏎⏎⏎
        article 8 [ARTICLE II]⏎⏎
        paragraph 9 Article 3 applies to all the Parties.⏎⏎
        section 6 [Section 2]. <Of the Council>⏎
        ",
    );
}

#[test]
fn clauses_line_by_line() {
    check(
        Format::Lines,
        "
        H1\tShort title
        1\tThis is the first clause.
        2 (1)\tA numbered one.
        2.1\tAnother\tof three columns.
        no label at all

        \tan empty label
        ",
        "
        heading 7 [H1]→Short title⏎
        paragraph 9 [1]→This is the first clause.⏎
        point 10 [2 (1)]→A numbered one.⏎
        point 10 [2.1]→Another→of three columns.⏎
        paragraph 9 no label at all⏎
        paragraph 9 ⏎
        paragraph 9 →an empty label⏎
        ",
    );
    // A tab far to the right stands in the text.
    let late = format!("{}\ttext", "x".repeat(65));
    assert_eq!(parse(Format::Lines, &late)[0].body.label(), "");
    let last = format!("{}\ttext", "x".repeat(64));
    assert_eq!(parse(Format::Lines, &last)[0].body.label(), "x".repeat(64));
}

#[test]
fn xml_behind_each_end_tag_and_line() {
    check(
        Format::Xml,
        "
        <akn><body>
        <p>One.</p><p>Two
        lines.</p>
        <eol/> <!-- a > b -->
        </body></akn>
        ",
        "
        paragraph 9 <akn><body>⏎
        paragraph 9 <p>One.</p>
        paragraph 9 <p>Two⏎
        paragraph 9 lines.</p>⏎
        paragraph 9 <eol/> <!-- a > b -->⏎
        paragraph 9 </body>
        paragraph 9 </akn>⏎
        ",
    );
}

#[test]
fn labels_of_the_traditions() {
    // The line of a heading, its label, and what stands behind.
    for (line, kind, label, heading) in [
        ("Article premier", "article", "Article premier", ""),
        ("Art. 12 – Durée", "article", "Art. 12", "Durée"),
        ("Artikel 4. Begriffe", "article", "Artikel 4", "Begriffe"),
        ("Artículo 7: Objeto", "article", "Artículo 7", "Objeto"),
        ("Article 10 quater C", "article", "Article 10 quater C", ""),
        ("PART TWO", "part", "PART TWO", ""),
        (
            "Titre III : Des peines",
            "chapter",
            "Titre III",
            "Des peines",
        ),
        ("Sous-section 1", "section", "Sous-section 1", ""),
        ("الفصل 12", "article", "الفصل 12", ""),
        ("Appendix B - Fees", "annex", "Appendix B", "Fees"),
    ] {
        let parsed = parse(Format::Markdown, &format!("## {line}\n"));
        let [only] = &parsed[..] else {
            panic!("{line}: {parsed:?}");
        };
        assert_eq!(
            (only.kind.name(), only.body.label(), only.body.heading()),
            (kind, label, heading),
            "{line}"
        );
    }
}

#[test]
fn a_format_is_known_by_its_path_and_then_by_what_it_holds() {
    let lines = "1\tone\n2\ttwo\n";
    for (path, holds, expected) in [
        ("treaty.MD", "", "markdown/1"),
        ("treaty.markdown", lines, "markdown/1"),
        ("act.akn", "", "xml/1"),
        ("act.html", "", "xml/1"),
        ("act", "<?xml version='1.0'?>", "xml/1"),
        ("act.txt", lines, "lines/1"),
        ("act.txt", "1\tone\ntwo\nthree\n", "plain/1"),
        ("a.md/act", "text", "plain/1"),
        ("act.txt", "", "plain/1"),
    ] {
        assert_eq!(
            Format::detect(path, holds).name(),
            expected,
            "{path}: {holds:?}"
        );
    }
}
