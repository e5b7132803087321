use super::*;
use crate::{Format, Lang};

/// Two articles of one number, as where an annex begins to count anew; points with markers.
const TEXT: &str = "\
# Accord

## Article 1er — Objet

Un.

## Article 3 — Demandes

Par écrit.

Sans délai.

## Article 3 bis — Exceptions

Sont exceptés :

1. l'urgence ;
2. le secret.

## Article 4 — Fin

Fin.

# Annexe A

## Article 4 — Formulaires

Formulaire.
";

fn text() -> Text {
    Text::parse(Format::Markdown, fr(), TEXT, 1)
}

fn fr() -> Lang {
    Lang::parse("fr").expect("a language")
}

/// What the provision says, by its heading or its first words.
fn says(text: &Text, id: ProvisionId) -> String {
    let node = text.get(id).expect("it stands");
    let body = node.body(fr()).expect("it is French");
    let words = if body.heading().is_empty() {
        body.raw()
    } else {
        body.heading()
    };
    words.trim().to_owned()
}

#[track_caller]
fn check(cited: &str, expected: &str) {
    let text = text();
    let id = text.cited(cited).map(|id| says(&text, id));
    assert_eq!(id.as_deref(), Ok(expected), "{cited}");
}

#[test]
fn an_article_by_its_label_in_whatever_form() {
    for cited in ["Article 3", "art. 3", "art3", "3", "ART. 3", "المادة 3"] {
        check(cited, "Demandes");
    }
    check("article 3 bis", "Exceptions");
    check("3 bis", "Exceptions");
    check("art. 1", "Objet");
    check("Annexe A", "# Annexe A");
    check("annA", "# Annexe A");
}

#[test]
fn a_part_by_its_place_or_its_marker() {
    for cited in ["art. 3(2)", "Article 3, par. 2", "3(2)", "art3.2"] {
        check(cited, "Sans délai.");
    }
    check("art. 3 bis(1)", "1. l'urgence ;");
    check("3 bis (2)", "2. le secret.");
}

#[test]
fn an_id_is_that_provision_while_it_stands() {
    let text = text();
    for node in text.nodes() {
        assert_eq!(text.cited(&node.id.to_string()), Ok(node.id));
    }
    // No provision of revision 3 stands: it is the label.
    check("3.2", "Sans délai.");
}

#[test]
fn of_several_none_is_chosen() {
    let text = text();
    let found = text.cited("article 4");
    let Err(CitationError::Several { cited, candidates }) = found else {
        panic!("expected several, found {found:?}");
    };
    let said: Vec<_> = candidates.iter().map(|id| says(&text, *id)).collect();
    assert_eq!(
        (cited.as_str(), &said[..]),
        ("article 4", &["Fin", "Formulaires"].map(String::from)[..])
    );
    let both = text.cited("4(1)");
    assert!(
        matches!(both, Err(CitationError::Several { .. })),
        "{both:?}"
    );
}

#[track_caller]
fn near(cited: &str, expected: &[&str]) {
    let text = text();
    let found = text.cited(cited);
    let Err(CitationError::Unknown { nearest, .. }) = found else {
        panic!("expected none, found {found:?}");
    };
    let said: Vec<_> = nearest.iter().map(|id| says(&text, *id)).collect();
    assert_eq!(said, expected, "{cited}");
}

#[test]
fn what_is_not_there_names_what_is_near() {
    near("art. 2", &["Objet", "Demandes", "Exceptions"]);
    near("art. 3 ter", &["Exceptions", "Demandes", "Fin"]);
    near("exceptions", &["Exceptions", "Objet", "Demandes"]);
    near("annex B", &["# Annexe A", "Objet", "Demandes"]);
    near("art. 3(9)", &["Demandes", "Exceptions", "Fin"]);
    near("art. 3 bis(3)", &["Exceptions", "Demandes", "Fin"]);
}

#[test]
fn a_provision_is_cited_as_it_can_be_found() {
    let text = text();
    for node in text.nodes() {
        let cited = text.cite(node.id, fr());
        match text.cited(&cited) {
            Ok(id) => assert_eq!(id, node.id, "{cited}"),
            Err(CitationError::Several { candidates, .. }) => {
                assert!(candidates.contains(&node.id), "{cited}");
            }
            Err(error) => panic!("{cited}: {error}"),
        }
    }
}

#[test]
fn labels_of_lines_are_found_as_they_stand() {
    let text = Text::parse(
        Format::Lines,
        fr(),
        "1\tScope\n1.1\tOne\n1.2\tTwo\n2(a)\tA\n",
        1,
    );
    let say = |cited: &str| text.cited(cited).map(|id| says(&text, id));
    assert_eq!(say("2(a)").as_deref(), Ok("2(a)\tA"));
    assert_eq!(say("1").as_deref(), Ok("1\tScope"));
    // An id that stands goes before a label.
    assert_eq!(say("1.1").as_deref(), Ok("1\tScope"));
}

#[test]
fn a_provision_is_cited_in_the_language_of_the_reader() {
    let ar = Lang::parse("ar").expect("a language");
    let texts = [
        (fr(), "## Article 1\n\nLes Parties.\n".to_owned()),
        (ar, "## المادة 1\n\nالطرفان.\n".to_owned()),
    ];
    let aligned = Text::align(Format::Markdown, &texts.into()).expect("they are aligned");
    let text = Text::from_provisions(aligned, 1);
    let first = text.cited("art. 1").expect("it stands");
    assert_eq!(text.cited("المادة ١"), Ok(first));
    assert_eq!(text.cite(first, fr()), "Article 1");
    assert_eq!(text.cite(first, ar), "المادة 1");
}
