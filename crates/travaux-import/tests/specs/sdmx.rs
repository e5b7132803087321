//! How a message of SDMX-CSV is read: what stands between its cells, what its rows name, and its codes
//! without the names behind them.

use travaux_import::sdmx::{Message, read_message};

fn read(text: &str) -> Result<Message, String> {
    read_message("m.csv", text).map_err(|refused| refused.to_string())
}

#[test]
fn what_stands_behind_the_first_name_parts_the_cells() {
    for delimiter in [',', ';', '\t', '|', ' ', '#', '='] {
        let text = "STRUCTURE,STRUCTURE_ID,DIM1\ndataflow,MD:X(1.0),A\n";
        let message = read(&text.replace(',', &delimiter.to_string())).expect("a message");
        assert_eq!(
            message.code(&message.rows[0], "DIM1"),
            Some("A"),
            "{delimiter:?}"
        );
    }
    // A letter, a digit or a sign of a name goes on with it.
    for first in [
        "STRUCTURES,",
        "STRUCTURE1,",
        "STRUCTURE_,",
        "STRUCTURE\",",
        "STRUCTUREé,",
    ] {
        let text = format!("{first}STRUCTURE_ID,DIM1\ndataflow,MD:X(1.0),A\n");
        let refused = read(&text).expect_err(first);
        assert!(refused.contains("line 1"), "{first}: {refused}");
    }
}

#[test]
fn a_row_names_its_structure_in_whole() {
    let row = |id: &str| {
        let read = read(&format!("STRUCTURE,STRUCTURE_ID,DIM1\ndataflow,{id},A\n"));
        read.map(|message| message.rows[0].id.to_string())
    };
    for id in ["MD:X(1.0)", "MD:X(1.0): the name of it"] {
        assert_eq!(row(id).as_deref(), Ok("MD:X(1.0)"));
    }
    for id in [
        ":X(1.0)",
        "MD:(1.0)",
        "MD:X()",
        "M D:X(1.0)",
        "MD:X Y(1.0)",
        "MD:X(1 0)",
        "MD:X(1.0) the name",
        "MD:X(1.0):name",
        "MD:X",
        "X(1.0)",
    ] {
        let refused = row(id).expect_err(id);
        assert!(
            refused.contains("expected AGENCY:ID(VERSION)"),
            "{id}: {refused}"
        );
    }
}

#[test]
fn a_code_stands_before_its_name_where_the_head_has_names() {
    let head = "STRUCTURE[;],STRUCTURE_ID,DIM1: One,DIM2,ATT[],ATT2[]: Several";
    let text = format!("{head}\ndataflow,MD:X(1.0),A: Alpha,B: b,x: y;z,p: P;q: Q;r\n");
    let message = read(&text).expect("a message");
    let row = &message.rows[0];
    for (component, code) in [("DIM1", Some("A")), ("DIM2", Some("B: b")), ("NONE", None)] {
        assert_eq!(message.code(row, component), code, "{component}");
    }
    for (component, codes) in [
        ("DIM1", &["A"][..]),
        ("DIM2", &["B: b"]),
        ("ATT", &["x: y", "z"]),
        ("ATT2", &["p", "q", "r"]),
        ("NONE", &[]),
    ] {
        assert_eq!(message.codes(row, component), codes, "{component}");
    }
}
