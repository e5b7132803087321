//! Declarations (C19): what they are about, what others make of them, to which territories an agreement
//! applies by them.

use travaux_domain::{
    Rule,
    agreement::{
        consent::{ConsentAct, Establishment, Manner},
        declaration::{DeclarationAct, Declares, Intent, View},
    },
    clause::{FinalClause, Means, Term},
    effect::Period,
};
use travaux_testkit::agreement::*;

fn make(on: &str, declares: Declares, words: &str) -> DeclarationAct {
    DeclarationAct::DeclarationMade {
        on: date(on),
        declares,
        words: words.into(),
        intent: Intent::Clarify,
        number: None,
    }
}

fn interprets(on: &str, provisions: &[u32]) -> DeclarationAct {
    let provisions = provisions.iter().map(|n| p(*n)).collect();
    let words = "A month is a calendar month.";
    make(on, Declares::Interpretation { provisions }, words)
}

fn names(territories: &[&str]) -> Vec<String> {
    territories.iter().map(ToString::to_string).collect()
}

fn extends(on: &str, territories: &[&str]) -> DeclarationAct {
    make(
        on,
        Declares::Extension {
            territories: names(territories),
        },
        "",
    )
}

fn excludes(on: &str, territories: &[&str]) -> DeclarationAct {
    make(
        on,
        Declares::Exclusion {
            territories: names(territories),
        },
        "",
    )
}

fn designates(on: &str, name: &str) -> DeclarationAct {
    let (purpose, name) = ("requests".to_owned(), name.to_owned());
    make(on, Declares::Authority { purpose, name }, "")
}

fn withdraws(on: &str, number: u32, territories: &[&str]) -> DeclarationAct {
    DeclarationAct::DeclarationWithdrawn {
        on: date(on),
        number,
        territories: names(territories),
    }
}

fn answers(on: &str, number: u32, view: View) -> DeclarationAct {
    DeclarationAct::DeclarationAnswered {
        on: date(on),
        number,
        view,
    }
}

/// In force among A, B and C since 2020-02-01.
fn signed_by_all(clauses: Vec<FinalClause>) -> Case {
    let mut case = treaty(clauses);
    for party in ["A", "B", "C"] {
        case.does(party, signed("2020-02-01"));
    }
    case
}

/// As conventions of the Council of Europe have it: from the first day of the month that follows three
/// months after its receipt.
fn of_the_council(leave_out: bool) -> Vec<FinalClause> {
    let from = "first day of the 1st month after 3 months after own notice";
    let from = Some(from.parse().expect("an effect"));
    vec![clause("Article 28", Term::Territories { leave_out, from })]
}

/// To which territories it applies for A on a day: extended, left out.
fn territory(case: &Case, on: &str) -> (Vec<String>, Vec<String>) {
    let found = case.0.territory(&"A".into(), date(on));
    (
        found.extended.into_keys().collect(),
        found.left_out.into_keys().collect(),
    )
}

/// The numbers of the declarations that stand on a day.
fn standing(case: &Case, on: &str) -> Vec<u32> {
    case.0.declared_on(date(on)).map(|own| own.number).collect()
}

#[test]
fn c19_an_interpretation_modifies_nothing_and_others_say_what_they_make_of_it() {
    let mut case = signed_by_all(vec![]);
    let before = case.0.between(&"A".into(), &"B".into(), date("2021-06-01"));
    assert_eq!(case.does("A", interprets("2021-01-01", &[2])), Rule::C19);
    assert_eq!(
        case.does("B", answers("2021-02-01", 1, View::Opposes)),
        Rule::C19
    );
    let between = case.0.between(&"A".into(), &"B".into(), date("2021-06-01"));
    assert_eq!(between.force, before.force);
    assert_eq!(between.inoperative, before.inoperative);
    assert_eq!(between.declarations.len(), 1);
    let why = between.reasons.last().expect("a reason");
    assert_eq!(
        (why.rule, why.what.as_str()),
        (
            Rule::C19,
            "declaration 1 of A: interpretation of 1.2: A month is a calendar month.; B opposes it"
        )
    );
    // Of two others neither is concerned.
    let others = case.0.between(&"B".into(), &"C".into(), date("2021-06-01"));
    assert!(others.declarations.is_empty());
    // Views change, and each has its day.
    case.does("B", answers("2021-03-01", 1, View::Approves));
    let view = |on: &str| {
        let own = case.0.declared_on(date(on)).next().expect("it stands");
        own.views.get(&"B".into()).copied()
    };
    assert_eq!(view("2021-01-31"), None);
    assert_eq!(view("2021-02-28"), Some(View::Opposes));
    assert_eq!(view("2021-03-01"), Some(View::Approves));
    // It is withdrawn when its party will (Guide to Practice 2.5.12).
    case.does("A", withdraws("2022-01-01", 1, &[]));
    assert_eq!(standing(&case, "2021-12-31"), [1]);
    assert!(standing(&case, "2022-01-01").is_empty());
}

#[test]
fn c19_what_goes_further_is_a_reservation_whatever_its_name() {
    let case = signed_by_all(of_the_council(false));
    for (intent, found) in [
        (Intent::Modify, "one that excludes or modifies"),
        (Intent::Condition, "a condition of its consent"),
    ] {
        let act = DeclarationAct::DeclarationMade {
            on: date("2021-01-01"),
            declares: Declares::Other,
            words: "It does not apply to us.".into(),
            intent,
            number: None,
        };
        case.refuses("A", act.clone(), Rule::C19, found);
        case.refuses("A", act, Rule::C19, "`reserve`");
    }
    // Where no clause lets territories be left out (Guide to Practice 1.1.3).
    case.refuses(
        "A",
        excludes("2020-02-01", &["Greenland"]),
        Rule::C19,
        "such a statement is a reservation",
    );
}

#[test]
fn c19_a_declaration_that_says_nothing_or_of_nothing_is_refused() {
    let mut case = signed_by_all(of_the_council(true));
    for (act, says) in [
        (interprets("2021-01-01", &[99]), "provisions that stand"),
        (
            make("2021-01-01", Declares::Other, " "),
            "the words of the declaration",
        ),
        (extends("2021-01-01", &[]), "the names of territories"),
        (
            extends("2021-01-01", &["Mayotte", "Mayotte"]),
            "Mayotte, twice",
        ),
        (excludes("2020-02-02", &["Greenland"]), "by 2020-02-01"),
        (designates("2021-01-01", " "), "for what it is designated"),
        (withdraws("2021-01-01", 1, &[]), "a declaration on record"),
        (
            answers("2021-01-01", 1, View::Opposes),
            "a declaration on record",
        ),
    ] {
        case.refuses("A", act, Rule::C19, says);
    }
    case.refuses("Z", interprets("2021-01-01", &[]), Rule::P0, "`Z`");
    case.does("A", extends("2021-01-10", &["Mayotte", "Reunion"]));
    for (party, act, says) in [
        ("A", extends("2021-02-01", &["Reunion"]), "Reunion"),
        ("A", answers("2021-02-01", 1, View::Opposes), "its own, 1"),
        (
            "B",
            answers("2021-02-01", 1, View::Opposes),
            "on what the agreement means",
        ),
        (
            "B",
            withdraws("2021-02-01", 1, &[]),
            "an act of its party (A)",
        ),
        (
            "A",
            withdraws("2021-01-09", 1, &[]),
            "from 2021-01-10 on, when it was made",
        ),
        (
            "A",
            withdraws("2021-02-01", 1, &["Guyana"]),
            "(Mayotte, Reunion)",
        ),
    ] {
        case.refuses(party, act, Rule::C19, says);
    }
    case.does("A", withdraws("2021-03-01", 1, &[]));
    case.refuses(
        "A",
        withdraws("2021-03-02", 1, &[]),
        Rule::C19,
        "withdrawn on 2021-03-01",
    );
    case.refuses(
        "A",
        withdraws("2021-02-01", 1, &[]),
        Rule::C19,
        "was not withdrawn",
    );
}

#[test]
fn c19_an_agreement_binds_all_of_a_partys_territory_unless_the_treaty_says_otherwise() {
    let case = signed_by_all(vec![]);
    case.refuses(
        "A",
        extends("2021-01-10", &["Mayotte"]),
        Rule::C19,
        "its entire territory (VCLT 29)",
    );
    // A clause on one party's territory lets that one extend it.
    let extent = "the European territory of A".to_owned();
    let party = "A".into();
    let mut case = signed_by_all(vec![clause("Article 9", Term::Territory { party, extent })]);
    case.refuses(
        "B",
        extends("2021-01-10", &["Aruba"]),
        Rule::C19,
        "its entire territory",
    );
    case.does("A", extends("2021-01-10", &["Aruba"]));
    assert_eq!(territory(&case, "2021-01-09").0, Vec::<String>::new());
    assert_eq!(territory(&case, "2021-01-10").0, ["Aruba"]);
}

#[test]
fn c19_an_extension_and_its_withdrawal_have_effect_when_a_clause_says() {
    let mut case = signed_by_all(of_the_council(true));
    case.does_by(
        "A",
        extends("2021-01-10", &["Mayotte", "Reunion"]),
        Rule::C19,
        "Article 28",
    );
    // Three months after 10 January end on 10 April; the month that follows begins on 1 May.
    assert!(territory(&case, "2021-04-30").0.is_empty());
    assert_eq!(territory(&case, "2021-05-01").0, ["Mayotte", "Reunion"]);
    let own = case
        .0
        .declared_on(date("2021-02-01"))
        .next()
        .expect("it was made");
    assert_eq!(
        (own.since, own.has_effect(date("2021-02-01"))),
        (Some(date("2021-05-01")), false)
    );
    case.does("A", withdraws("2023-06-30", 1, &["Reunion"]));
    assert_eq!(territory(&case, "2023-09-30").0, ["Mayotte", "Reunion"]);
    assert_eq!(territory(&case, "2023-10-01").0, ["Mayotte"]);
    case.refuses(
        "A",
        withdraws("2023-12-01", 1, &["Reunion"]),
        Rule::C19,
        "(Mayotte)",
    );
    case.does("A", withdraws("2024-01-01", 1, &["Mayotte"]));
    assert!(territory(&case, "2024-05-01").0.is_empty());
    assert!(standing(&case, "2024-05-01").is_empty());
}

#[test]
fn c19_an_extension_has_no_effect_before_the_agreement_is_in_force_for_its_party() {
    let entry = Term::EntryIntoForce("2022-01-01".parse().expect("a date"));
    let clauses = of_the_council(true)
        .into_iter()
        .chain([clause("Article 22", entry)]);
    let mut case = signed_by_all(clauses.collect());
    case.does("A", extends("2020-03-01", &["Mayotte"]));
    assert!(territory(&case, "2021-12-31").0.is_empty());
    assert_eq!(territory(&case, "2022-01-01").0, ["Mayotte"]);
}

#[test]
fn c19_territories_left_out_with_the_consent_are_taken_in_later() {
    let mut case = treaty(of_the_council(true));
    case.does("A", excludes("2020-02-01", &["Faroe Islands", "Greenland"]));
    for party in ["A", "B", "C"] {
        case.does(party, signed("2020-02-01"));
    }
    let both = ["Faroe Islands", "Greenland"];
    assert_eq!(territory(&case, "2020-02-01").1, both);
    let between = case.0.between(&"A".into(), &"B".into(), date("2020-02-01"));
    let why = between.reasons.last().expect("a reason");
    assert_eq!(
        why.what,
        "declaration 1 of A: leaves out Faroe Islands, Greenland"
    );
    // By withdrawal, or by extension.
    let mut withdrawn = case.clone();
    withdrawn.does("A", withdraws("2021-01-10", 1, &["Greenland"]));
    case.does("A", extends("2021-01-10", &["Greenland"]));
    for case in [withdrawn, case] {
        assert_eq!(territory(&case, "2021-04-30").1, both);
        assert_eq!(territory(&case, "2021-05-01").1, ["Faroe Islands"]);
    }
}

#[test]
fn c19_a_later_authority_takes_the_place_of_the_one_before() {
    let mut case = signed_by_all(vec![]);
    case.does("A", designates("2021-01-01", "the Ministry of Justice"));
    case.refuses(
        "A",
        designates("2021-02-01", "the Ministry of Justice"),
        Rule::C19,
        "by declaration 1 of 2021-01-01",
    );
    case.does(
        "A",
        designates("2022-01-01", "the Ministry of the Interior"),
    );
    case.does("B", designates("2022-01-01", "the Ministry of Justice"));
    assert_eq!(standing(&case, "2021-12-31"), [1]);
    assert_eq!(standing(&case, "2022-01-01"), [2, 3]);
    // Whatever was recorded first.
    let mut other = signed_by_all(vec![]);
    other.does(
        "A",
        designates("2022-01-01", "the Ministry of the Interior"),
    );
    other.does("A", designates("2021-01-01", "the Ministry of Justice"));
    assert_eq!(standing(&other, "2021-12-31"), [2]);
    assert_eq!(standing(&other, "2022-01-01"), [1]);
}

#[test]
fn c16_a_declaration_goes_with_the_consent_that_it_was_made_with() {
    let mut case = treaty(vec![clause("Article 9", Term::Accession(vec![]))]);
    for party in ["A", "B", "C"] {
        case.does(party, sign("2020-02-01", Manner::SubjectToRatification));
        case.does(party, made("2020-02-10", Means::Ratification));
        case.does(
            party,
            established(
                "2020-02-10",
                Means::Ratification,
                Establishment::Notification,
            ),
        );
    }
    case.does("A", interprets("2020-02-10", &[]));
    case.does(
        "A",
        ConsentAct::WithdrawalNotified {
            received_on: date("2021-01-01"),
            admitted: Some("its nature".into()),
            provisions: vec![],
            effective_on: None,
        },
    );
    assert_eq!(standing(&case, "2021-12-31"), [1]);
    assert!(standing(&case, "2022-01-01").is_empty());
    case.does("A", made("2023-01-01", Means::Accession));
    case.does(
        "A",
        established("2023-01-01", Means::Accession, Establishment::Notification),
    );
    assert!(standing(&case, "2023-01-01").is_empty());
}

#[test]
fn c19_a_declaration_is_as_it_was_known_and_notified() {
    let mut case = signed_by_all(vec![]);
    case.at("2025-01-01");
    let before = case.1;
    case.at("2025-02-01");
    case.does("A", interprets("2021-01-01", &[]));
    let notify = |on: &str, to: &[&str]| DeclarationAct::DeclarationNotified {
        on: date(on),
        number: 1,
        to: ids(to),
    };
    case.refuses(
        "A",
        notify("2021-02-01", &["A"]),
        Rule::C19,
        "other parties",
    );
    case.refuses(
        "A",
        notify("2020-12-31", &["B"]),
        Rule::C19,
        "when it was made",
    );
    case.does("A", notify("2021-02-01", &["B"]));
    case.refuses(
        "A",
        notify("2021-03-01", &["B", "C"]),
        Rule::C19,
        "that to B on 2021-02-01",
    );
    let told = |on: &str| {
        let own = case.0.declared_on(date(on)).next().expect("it stands");
        own.notified
            .keys()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
    };
    assert!(told("2021-01-31").is_empty());
    assert_eq!(told("2021-02-01"), ["B"]);
    assert!(
        case.0
            .known_at(before)
            .declared_on(date("2021-06-01"))
            .next()
            .is_none()
    );
}

#[test]
fn c19_an_extension_with_the_consent_has_effect_with_it() {
    // At signature, and on the day of the instrument: no period runs (paragraph 1 of the model clause).
    for on in ["2020-01-15", "2020-02-01"] {
        let mut case = treaty(of_the_council(true));
        case.does("A", extends(on, &["Mayotte"]));
        for party in ["A", "B", "C"] {
            case.does(party, signed("2020-02-01"));
        }
        assert!(territory(&case, "2020-01-31").0.is_empty());
        assert_eq!(territory(&case, "2020-02-01").0, ["Mayotte"]);
    }
}

#[test]
fn c19_what_is_withdrawn_before_it_has_effect_is_gone_from_that_day() {
    let mut case = treaty(of_the_council(true));
    case.does("A", excludes("2020-01-15", &["Greenland"]));
    case.does("A", withdraws("2020-01-20", 1, &[]));
    for party in ["A", "B", "C"] {
        case.does(party, signed("2020-02-01"));
    }
    assert_eq!(standing(&case, "2020-01-19"), [1]);
    assert!(standing(&case, "2020-01-20").is_empty());
    assert!(territory(&case, "2021-01-01").1.is_empty());
}

#[test]
fn c19_what_is_left_out_after_the_consent_is_not_whatever_was_recorded_first() {
    let mut case = treaty(of_the_council(true));
    case.does("A", excludes("2020-03-01", &["Greenland"]));
    for party in ["A", "B", "C"] {
        case.does(party, signed("2020-02-01"));
    }
    assert!(territory(&case, "2021-01-01").1.is_empty());
}

#[test]
fn c19_one_territory_is_extended_to_once_in_either_order() {
    let mut case = signed_by_all(of_the_council(true));
    case.does("A", extends("2021-01-01", &["Mayotte"]));
    case.refuses(
        "A",
        extends("2020-10-01", &[" Mayotte "]),
        Rule::C19,
        "found Mayotte",
    );
    // The clause of all, and one on the territory of one beside it.
    let extent = "Europe".to_owned();
    let own = clause(
        "Article 29",
        Term::Territory {
            party: "A".into(),
            extent,
        },
    );
    let mut case = treaty(of_the_council(true).into_iter().chain([own]).collect());
    case.does_by(
        "A",
        excludes("2020-01-15", &["Greenland"]),
        Rule::C19,
        "Article 28",
    );
}

#[test]
fn c19_of_one_day_there_is_one_authority_and_one_view() {
    let mut case = signed_by_all(vec![]);
    case.does("A", designates("2021-01-01", "the Ministry of Justice"));
    case.refuses(
        "A",
        designates("2021-01-01", "the Prosecutor"),
        Rule::C19,
        "one authority a day",
    );
    case.does("A", interprets("2021-01-01", &[]));
    case.does("B", answers("2021-02-01", 2, View::Opposes));
    case.refuses(
        "B",
        answers("2021-02-01", 2, View::Approves),
        Rule::C19,
        "one view a day",
    );
}

#[test]
fn c19_who_has_left_declares_nothing_and_others_notify_nothing_for_it() {
    let mut case = signed_by_all(vec![clause(
        "Article 12",
        Term::Denunciation(Period::Months(6)),
    )]);
    case.does("A", interprets("2020-03-01", &[]));
    case.does("C", leave("2021-01-01"));
    let of_c = |act| (act, "a party still");
    for (act, says) in [
        of_c(interprets("2022-01-01", &[])),
        of_c(answers("2022-01-01", 1, View::Opposes)),
    ] {
        case.refuses("C", act, Rule::P0, says);
    }
    let notify = DeclarationAct::DeclarationNotified {
        on: date("2020-03-05"),
        number: 1,
        to: ids(&["C"]),
    };
    case.refuses("B", notify, Rule::C19, "or of the depositary");
    case.does("A", withdraws("2021-03-01", 1, &[]));
}
