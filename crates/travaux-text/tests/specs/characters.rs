//! Characters that nobody sees: what a draft must not hold.

use travaux_text::drafting_errors;

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let found: Vec<_> = drafting_errors(text)
        .iter()
        .map(|f| format!("{} at {} ({})", f.anomaly, f.at, f.count))
        .collect();
    assert_eq!(found, expected, "{text:?}");
}

#[test]
fn a_draft_in_any_script_may_be_written_as_people_write() {
    for text in [
        "Article 1er — Objet : « coopération »\n",
        "المادة الأولى: «التعاون» (٣٠ يوما)\n",
        "第一条\n",
        "L’accord coûte 5 000 €.\n",
        // A joiner that Persian needs, and an isolate that is closed.
        "می\u{200C}خواهم \u{2068}ISO 9001\u{2069}\n",
        "",
    ] {
        check(text, &[]);
    }
}

#[test]
fn each_kind_is_named_once_with_its_place_and_number() {
    check("a\0\0", &["a NUL character at 1 (2)"]);
    check("\u{FEFF}a", &["a byte order mark (U+FEFF) at 0 (1)"]);
    check(
        "a\r\nb\r\n",
        &["a carriage return; end lines with U+000A alone at 1 (2)"],
    );
    check(
        "é\u{202E}ba\u{202C}",
        &[
            "a control for the direction of writing that is no isolate (U+200E-200F, U+202A-202E) at 2 (2)",
        ],
    );
    check(
        "\u{200F}\u{61C}",
        &[
            "a control for the direction of writing that is no isolate (U+200E-200F, U+202A-202E) at 0 (2)",
        ],
    );
    check(
        "mot\u{AD}\u{200B}\u{2060}",
        &["an invisible character (U+200B, U+2060, U+00AD) at 3 (3)"],
    );
    check("\u{1B}[31m", &["a control character at 0 (1)"]);
    check("un \u{85}", &["a control character at 3 (1)"]);
}

#[test]
fn isolates_end_with_their_paragraph() {
    let unbalanced = "a direction isolate that is not balanced within its paragraph (U+2066-2069)";
    check("\u{2066}a\u{2067}b\u{2069}\u{2069}", &[]);
    check("\u{2066}a", &[&format!("{unbalanced} at 0 (1)")]);
    check("a\u{2069}", &[&format!("{unbalanced} at 1 (1)")]);
    check("\u{2066}a\n\u{2069}", &[&format!("{unbalanced} at 0 (2)")]);
}

#[test]
fn equal_looking_texts_are_equal() {
    let not = "text that is not in Unicode Normalization Form C";
    check("coope\u{301}ration", &[&format!("{not} at 4 (1)")]);
    check("coopération", &[]);
    // A singleton: the sign of Ångström is the letter Å.
    check("5 \u{212B}", &[&format!("{not} at 2 (1)")]);
    // Marks in another order than the canonical one.
    check("a\u{301}\u{323}", &[&format!("{not} at 0 (1)")]);
}

#[test]
fn several_kinds_come_in_one_order() {
    check(
        "\r\0\u{200B}",
        &[
            "a NUL character at 1 (1)",
            "a carriage return; end lines with U+000A alone at 0 (1)",
            "an invisible character (U+200B, U+2060, U+00AD) at 2 (1)",
        ],
    );
}
