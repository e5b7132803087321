//! How thresholds are written, and which clauses may stand with them.

use travaux_domain::{
    Profile, Rule,
    agreement::{AgreementCommand as C, force::ForceAct},
    clause::{FinalClause, Term},
    effect::{
        Effect,
        threshold::{Group, Share},
    },
};
use travaux_testkit::agreement::*;

use super::{effect, entry, group, organisation, weights};

#[test]
fn thresholds_read_back_as_they_are_written() {
    for text in [
        "instruments of (55)",
        "consents of (5, 3 of \"Council of Europe\")",
        "signatures of (each of [GB, SU, US], 40 outside [GB, SU, US])",
        "notifications of (each of depositaries, 40 outside depositaries)",
        "90 days after instruments of (55, 55 % of \"Annex I\")",
        "instruments of (12.50 % of tonnage, 2/3 of parties, more than 1/2 of x, 100 % of y)",
        "latest of (2020-01-01, instruments of (3, 1 of [A]), 3rd consent)",
        "first day of the 1st month after 3 months after consents of (5)",
        "instruments of (1 of of, each of each)",
    ] {
        assert_eq!(effect(text).to_string(), text);
        let json = serde_json::to_string(&effect(text)).expect("JSON");
        let read = serde_json::from_str::<Effect>(&json).expect("it reads back");
        assert_eq!(read, effect(text));
    }
    for (text, as_written) in [
        (
            "instruments of(55 , 55% of\"Annex I\" )",
            "instruments of (55, 55 % of \"Annex I\")",
        ),
        (
            "instruments of (each of [ GB,US ])",
            "instruments of (each of [GB, US])",
        ),
        ("instruments of (50/100 of x)", "instruments of (50 % of x)"),
        ("instruments of (3 of \"x\")", "instruments of (3 of x)"),
    ] {
        assert_eq!(effect(text).to_string(), as_written);
    }
}

#[test]
fn what_is_no_threshold_is_said_with_its_place() {
    for (text, at, expected) in [
        ("instruments", "the end", "`of`"),
        ("instruments of 55", "55", "`(`"),
        ("notices of (2)", "notices of (2)", "a date"),
        ("adoptions of (2)", "adoptions of (2)", "a date"),
        ("instruments of ()", ")", "a number, a share"),
        ("instruments of (", "the end", "a number, a share"),
        ("instruments of (0)", "0)", "a number, a share"),
        ("instruments of (+5)", "+5)", "a number, a share"),
        ("instruments of (4294967296)", "4294967296)", "a number"),
        ("instruments of (5", "the end", "`,` or `)`"),
        ("instruments of (5 5)", "5)", "`,` or `)`"),
        ("instruments of (5,)", ")", "a number, a share"),
        ("instruments of (5 of)", ")", "a group"),
        ("instruments of (5 of \"\")", "\"\")", "a group"),
        ("instruments of (5 of \"x \")", "\"x \")", "a group"),
        ("instruments of (5 of \"x)", "x)", "a closing `\"`"),
        (
            "instruments of (3 of [A, B])",
            "[A, B])",
            "3 members or more",
        ),
        ("instruments of (each [A])", "[A])", "`each of`"),
        ("instruments of (each of [])", "])", "a party"),
        ("instruments of (each of [A B])", "B])", "`,` or `]`"),
        ("instruments of (each of [A, A])", "A])", "each party once"),
        ("instruments of (each of [A)", ")", "`,` or `]`"),
        ("instruments of (55 %)", ")", "`of`"),
        ("instruments of (55 % or x)", "or x)", "`of`"),
        (
            "instruments of (0 % of x)",
            "0 % of x)",
            "more than nothing",
        ),
        (
            "instruments of (101 % of x)",
            "101 % of x)",
            "the whole makes",
        ),
        (
            "instruments of (more than 100 % of x)",
            "100 % of x)",
            "the whole",
        ),
        ("instruments of (3/2 of x)", "3/2 of x)", "the whole makes"),
        ("instruments of (1/0 of x)", "1/0 of x)", "the whole makes"),
        (
            "instruments of (1/2 % of x)",
            "1/2 % of x)",
            "a share such as",
        ),
        (
            "instruments of (5. % of x)",
            "5. % of x)",
            "a share such as",
        ),
        (
            "instruments of (5.x % of x)",
            "5.x % of x)",
            "a share such as",
        ),
        (
            "instruments of (more than 5 of x)",
            "5 of x)",
            "a share such as",
        ),
        (
            "instruments of (0.000000001 % of x)",
            "0.0",
            "a share such as",
        ),
        ("instruments of (5) of (6)", "of (6)", "nothing more"),
    ] {
        let error = text.parse::<Effect>().expect_err(text);
        assert_eq!(error.text, text);
        assert!(error.at.starts_with(at), "{text}: at {}", error.at);
        let says = error.to_string();
        assert!(
            says.contains(&format!("expected {expected}")) || error.expected.contains(expected),
            "{text}: {says}"
        );
    }
}

#[test]
fn shares_are_exact() {
    let third = Share::new(1, 3, false).expect("a share");
    assert!(third.is_made_by(1, 3) && third.is_made_by(34, 100));
    assert!(!third.is_made_by(33, 100) && !third.is_made_by(0, 0));
    let more = Share::new(1, 3, true).expect("a share");
    assert!(!more.is_made_by(1, 3) && more.is_made_by(2, 3) && !more.is_made_by(0, 0));
    // Where floats would have lost the last unit.
    let most = u128::from(u64::MAX);
    let nearly = Share::new(u32::MAX - 1, u32::MAX, false).expect("a share");
    let needed = most - most / u128::from(u32::MAX);
    assert!(nearly.is_made_by(needed, most) && !nearly.is_made_by(needed - 1, most));
    assert!(Share::new(0, 1, false).is_none() && Share::new(2, 1, false).is_none());
    assert!(Share::new(1, 1, false).is_some() && Share::new(1, 1, true).is_none());
    assert_eq!(Group::of(&ids(&["A", "B", "A"])).whole(), 2);
}

fn refused(clauses: Vec<FinalClause>, rule: Rule, says: &str) {
    let proposal = proposal(Profile::treaty(), &["A", "B"], clauses);
    let propose = C::Propose(Box::new(proposal));
    Case::new().refuses_new("A", propose, rule, says);
}

#[test]
fn f1_effects_name_groups_that_clauses_name() {
    let asks = |amount: &str| entry(&format!("instruments of ({amount})"));
    let three = || group("three", &["A", "B", "C"]);
    refused(
        vec![asks("2 of three")],
        Rule::F1,
        "expected a group that a clause names, found `2 of three`, of which no clause says who that is",
    );
    refused(
        vec![asks("4 of three"), three()],
        Rule::F1,
        "expected a group of 4 members or more, found `4 of three`, which has 3 members",
    );
    refused(vec![three(), three()], Rule::F1, "two on `three`");
    refused(vec![group("x", &["A", "A"])], Rule::F1, "A more than once");
    refused(vec![group("", &["A"])], Rule::F1, "a group with a name");
    refused(
        vec![group("a \"b\"", &["A"])],
        Rule::F1,
        "a group with a name",
    );
    let weighs = "a group of which a member weighs something";
    refused(vec![group("x", &[])], Rule::F1, weighs);
    refused(vec![weights("x", "tons", &[("A", 0)])], Rule::F1, weighs);
    let twice = "expected an organisation and its members, each once, found EU more than once";
    refused(vec![organisation("EU", &["A", "EU"])], Rule::F1, twice);
    refused(
        vec![clause(
            "Article 26",
            Term::LateConsent(effect("2 days after consents of (1 of four)")),
        )],
        Rule::F3,
        "no clause says who that is",
    );
    // In whatever order they stand.
    let proposal = proposal(
        Profile::treaty(),
        &["A", "B"],
        vec![asks("2 of three"), three()],
    );
    let mut case = adopted(proposal);
    let agree = |clause: FinalClause| ForceAct::ClauseAgreed {
        on: date("2021-01-01"),
        clause,
        consenting: ids(&["A", "B"]),
    };
    case.refuses_new(
        "A",
        agree(asks("2 of four")),
        Rule::F1,
        "no clause says who that is",
    );
    case.does("A", agree(asks("3 of three")));
    case.does("A", agree(group("four", &["A", "B", "C", "D"])));
    case.does("A", agree(asks("4 of four")));
}
