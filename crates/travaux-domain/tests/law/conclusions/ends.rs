//! Ends that nobody has to record.

use travaux_domain::{
    Rule,
    agreement::{consent::ConsentAct, ending::EndingAct, force::ForceAct},
    clause::Term,
    effect::Period,
};
use travaux_testkit::agreement::*;

use super::{between, effect, stands};

fn in_force(on: &str, terms: Vec<Term>) -> Case {
    let mut case = between(&["A", "B"], terms);
    case.does("A", signed(on));
    case.does("B", signed(on));
    case
}

fn renewed(every: u32, notice: u32) -> Vec<Term> {
    let (every, notice) = (Period::Years(every), Period::Months(notice));
    vec![
        Term::Expiry(effect("5 years after entry into force")),
        Term::Renewal { every, notice },
    ]
}

#[test]
fn e1_a_fixed_term_ends_by_itself() {
    let five = Term::Expiry(effect("5 years after entry into force"));
    let mut case = in_force("2012-02-29", vec![five.clone()]);
    stands(
        &case,
        "2017-02-27",
        "in force since 2012-02-29, ends on 2017-02-28",
    );
    stands(&case, "2017-02-28", "ended on 2017-02-28");
    let pair = case.0.between(&"A".into(), &"B".into(), date("2017-02-28"));
    assert_eq!(pair.force.to_string(), "ended on 2017-02-28");
    assert_eq!(pair.reasons[0].rule, Rule::E1);
    // It may be recorded, on its day; nothing is done under it afterwards.
    let terminated = |on| EndingAct::Terminated { on: date(on) };
    case.refuses(
        "A",
        terminated("2017-03-01"),
        Rule::E1,
        "expected 2017-02-28",
    );
    case.does_by("A", terminated("2017-02-28"), Rule::E1, "Article 9");
    // An act of before may be recorded afterwards.
    let mut case = in_force("2012-02-29", vec![five, Term::Suspension(Period::Days(30))]);
    case.at("2026-01-01");
    let suspended = |on| EndingAct::Suspended {
        on: date(on),
        until: None,
        notified_on: Some(date("2017-01-01")),
        consenting: vec![],
        provisions: vec![],
    };
    case.refuses("A", suspended("2017-02-28"), Rule::E18, "has ended");
    case.does("A", suspended("2017-02-27"));
}

#[test]
fn e18_the_entry_into_force_is_recorded_for_its_own_day_after_the_term_has_run() {
    let three = Term::Expiry(effect("3 years after entry into force"));
    let mut case = in_force("2012-02-29", vec![three]);
    case.at("2026-01-01");
    let enter = |on: Option<&str>| ForceAct::EnteredIntoForce {
        on: on.map(date),
        basis: "24(2)".into(),
        consenting: vec![],
        trace: vec![],
    };
    case.refuses("A", enter(Some("2025-01-01")), Rule::E18, "has ended");
    assert_eq!(case.does("A", enter(None)), Rule::F2);
    assert_eq!(case.0.in_force_since(), Some(date("2012-02-29")));
}

#[test]
fn e1_a_term_is_extended_before_it_has_run_and_not_after() {
    for (agreed, end) in [("2016-12-31", "2022-02-28"), ("2018-01-01", "2017-02-28")] {
        let five = Term::Expiry(effect("5 years after entry into force"));
        let mut case = in_force("2012-02-29", vec![five]);
        case.at("2026-01-01");
        let longer = ForceAct::ClauseAgreed {
            on: date(agreed),
            clause: clause(
                "the notes",
                Term::Expiry(effect("10 years after entry into force")),
            ),
            consenting: ids(&["A", "B"]),
        };
        if agreed < end {
            case.does("A", longer);
        } else {
            case.refuses("A", longer, Rule::E18, "has ended");
        }
        stands(&case, "2023-01-01", &format!("ended on {end}"));
    }
}

#[test]
fn e1_a_term_is_renewed_unless_notice_is_received_in_time() {
    let without = in_force("2012-02-29", renewed(5, 6));
    stands(&without, "2040-01-01", "in force since 2012-02-29");
    for (received, end) in [
        ("2012-03-01", "2017-02-28"),
        ("2016-08-28", "2017-02-28"),
        // A day too late for the first term: it runs to the end of the second.
        ("2016-08-29", "2022-02-28"),
        ("2021-08-28", "2022-02-28"),
        ("2031-12-31", "2037-02-28"),
    ] {
        let mut case = in_force("2012-02-29", renewed(5, 6));
        case.does("A", leave(received));
        stands(&case, "2040-01-01", &format!("ended on {end}"));
        let before = date(end).pred_opt().expect("a day").to_string();
        let runs = format!("in force since 2012-02-29, ends on {end}");
        stands(&case, &before, &runs);
    }
    // Periods of a year, from a day that only leap years have: each end is counted from the first.
    let mut case = in_force("2019-02-28", renewed(1, 3));
    case.does("A", leave("2025-11-28"));
    stands(&case, "2026-02-28", "ended on 2026-02-28");
}

#[test]
fn e1_a_notice_takes_effect_as_its_clause_counts_it() {
    for (counted, received, end) in [
        // The usual clause of the Council of Europe.
        (
            "first day of the 1st month after 6 months after own notice",
            "2020-01-15",
            "2020-08-01",
        ),
        // At the end of a year: out of force with the next.
        (
            "first day of the 1st year after own notice",
            "2020-12-31",
            "2021-01-01",
        ),
        (
            "first day of the 1st year after 6 months after own notice",
            "2020-07-01",
            "2022-01-01",
        ),
        (
            "first day of the 1st quarter after own notice",
            "2020-05-01",
            "2020-07-01",
        ),
        (
            "first day of the 1st half-year after own notice",
            "2020-06-30",
            "2020-07-01",
        ),
        (
            "latest of (3 months after own notice, 2 years after entry into force)",
            "2014-01-01",
            "2014-04-01",
        ),
        (
            "latest of (3 months after own notice, 2 years after entry into force)",
            "2012-03-01",
            "2014-02-28",
        ),
    ] {
        let mut case = in_force(
            "2012-02-29",
            vec![Term::DenunciationEffect(effect(counted))],
        );
        case.does_by("A", leave(received), Rule::C14, "Article 9");
        stands(&case, "2040-01-01", &format!("ended on {end}"));
    }
}

#[test]
fn e1_what_was_recorded_as_an_end_gives_way_to_what_follows() {
    let terms = vec![Term::Denunciation(Period::Months(6))];
    let mut case = in_force("2012-02-29", terms);
    case.does("A", leave("2020-01-15"));
    case.does(
        "B",
        EndingAct::Terminated {
            on: date("2020-07-15"),
        },
    );
    stands(&case, "2021-01-01", "ended on 2020-07-15");
    assert!(case.0.contradictions().is_empty());
    // The notice had been taken back, which was recorded late.
    let revoked = ConsentAct::NotificationRevoked {
        on: date("2020-03-01"),
    };
    case.does("A", revoked);
    stands(&case, "2021-01-01", "in force since 2012-02-29");
    let [found] = &case.0.contradictions()[..] else {
        panic!("one contradiction");
    };
    assert_eq!(
        (found.what, found.recorded, found.follows),
        ("ended on", date("2020-07-15"), None)
    );
}

#[test]
fn of_two_ends_of_a_pair_the_first_counts() {
    for (received, whole, pair) in [
        ("2016-10-01", "ended on 2017-02-28", "ended on 2017-02-28"),
        ("2016-07-01", "ended on 2017-02-28", "ended on 2017-01-01"),
    ] {
        let terms = vec![
            Term::Expiry(effect("5 years after entry into force")),
            Term::Denunciation(Period::Months(6)),
        ];
        let mut case = between(&["A", "B", "C"], terms);
        for party in ["A", "B", "C"] {
            case.does(party, signed("2012-02-29"));
        }
        case.does("A", leave(received));
        stands(&case, "2018-01-01", whole);
        let found = case.0.between(&"A".into(), &"B".into(), date("2018-01-01"));
        assert_eq!(found.force.to_string(), pair);
    }
}

#[test]
fn e1_no_notice_before_its_window_opens() {
    let terms = vec![
        Term::NoticeFrom(effect("5 years after entry into force")),
        Term::Denunciation(Period::Months(6)),
    ];
    let mut case = in_force("2012-02-29", terms);
    let says = "expected a notice received from 2017-02-28 on";
    case.refuses("A", leave("2017-02-27"), Rule::E1, says);
    case.does("A", leave("2017-02-28"));
    stands(&case, "2017-08-28", "ended on 2017-08-28");
}

#[test]
fn e3_fewer_than_a_clause_asks_for_end_it_by_themselves() {
    let terms = vec![
        Term::EntryIntoForce(effect("2nd consent")),
        Term::MinimumParties(3),
        Term::Denunciation(Period::Months(1)),
    ];
    let mut case = between(&["A", "B", "C", "D"], terms);
    for party in ["A", "B", "C", "D"] {
        case.does(party, signed("2020-01-01"));
    }
    case.does("A", leave("2021-01-01"));
    stands(&case, "2021-02-01", "in force since 2020-01-01");
    case.does("B", leave("2022-01-01"));
    stands(
        &case,
        "2022-01-31",
        "in force since 2020-01-01, ends on 2022-02-01",
    );
    stands(&case, "2022-02-01", "ended on 2022-02-01");
    let pair = case.0.between(&"C".into(), &"D".into(), date("2022-02-01"));
    assert_eq!(pair.force.to_string(), "ended on 2022-02-01");
    assert_eq!(pair.reasons[0].rule, Rule::E3);
}

#[test]
fn a_clause_that_could_do_nothing_is_refused() {
    for (term, says) in [
        (
            Term::EntryIntoForce(effect("own instrument")),
            "which is of one party",
        ),
        (
            Term::Expiry(effect("own entry into force")),
            "which is of one party",
        ),
        (
            Term::LateConsent(effect("own entry into force")),
            "which waits for its entry into force",
        ),
        (
            Term::DenunciationEffect(effect("2030-01-01")),
            "which does not wait for its notice",
        ),
        (
            Term::EntryIntoForce(effect("5 years after entry into force")),
            "which waits for its entry into force",
        ),
        (Term::Expiry(effect("own notice")), "which is of one party"),
        (
            Term::Renewal {
                every: Period::Days(0),
                notice: Period::Months(1),
            },
            "found 0 days",
        ),
    ] {
        let rule = term.row();
        let proposal = proposal(
            travaux_domain::Profile::treaty(),
            &["A", "B"],
            vec![clause("Article 9", term)],
        );
        let (party, command) = propose("A", proposal);
        Case::new().refuses_new(party, command, rule, says);
    }
}

#[test]
fn e1_a_term_agreed_later_ends_nothing_before() {
    let agreed = |on: &str, term| ForceAct::ClauseAgreed {
        on: date(on),
        clause: clause("the notes", term),
        consenting: ids(&["A", "B"]),
    };
    for term in ["2014-06-01", "3 years after entry into force"] {
        let mut case = in_force("2010-01-10", vec![]);
        case.does("A", agreed("2015-03-01", Term::Expiry(effect(term))));
        stands(
            &case,
            "2015-02-28",
            "in force since 2010-01-10, ends on 2015-03-01",
        );
        stands(&case, "2015-03-01", "ended on 2015-03-01");
    }
    // A renewal counts from its own day: what had run out by then stays so; what had not goes on.
    for (on, force) in [
        ("2016-01-01", "ended on 2017-02-28"),
        ("2018-01-01", "ended on 2017-02-28"),
    ] {
        let mut case = in_force(
            "2012-02-29",
            vec![Term::Expiry(effect("5 years after entry into force"))],
        );
        case.at("2026-01-01");
        let renewal = Term::Renewal {
            every: Period::Years(5),
            notice: Period::Months(6),
        };
        if on < "2017" {
            case.does("A", agreed(on, renewal));
            stands(&case, "2020-01-01", "in force since 2012-02-29");
            // A later clause on the term alone ends the renewal.
            case.does(
                "A",
                agreed(
                    "2016-02-01",
                    Term::Expiry(effect("5 years after entry into force")),
                ),
            );
        } else {
            case.refuses("A", agreed(on, renewal), Rule::E18, "has ended");
        }
        stands(&case, "2020-01-01", force);
    }
}

#[test]
fn e1_a_term_agreed_while_it_is_renewed_ends_it() {
    let mut case = in_force("2012-02-29", renewed(5, 6));
    case.at("2026-01-01");
    let agreed = ForceAct::ClauseAgreed {
        on: date("2023-01-01"),
        clause: clause("the notes", Term::Expiry(effect("2024-01-01"))),
        consenting: ids(&["A", "B"]),
    };
    case.does("A", agreed);
    stands(
        &case,
        "2020-01-01",
        "in force since 2012-02-29, ends on 2024-01-01",
    );
    stands(&case, "2024-01-01", "ended on 2024-01-01");
}

#[test]
fn e1_a_term_that_ran_out_before_entry_into_force_leaves_it_never_in_force() {
    let terms = vec![
        Term::EntryIntoForce(effect("last consent")),
        Term::Expiry(effect("1999-01-01")),
    ];
    let case = in_force("2000-01-31", terms);
    for on in ["1998-01-01", "2001-01-01"] {
        let status = case.0.status(date(on), None);
        assert_eq!(status.force.to_string(), "not in force");
        assert_eq!(
            status.remains,
            ["nothing: its term ran out on 1999-01-01, before it entered into force"]
        );
        let pair = case.0.between(&"A".into(), &"B".into(), date(on));
        assert_eq!(pair.force.to_string(), "not in force");
    }
}

#[test]
fn a_notice_on_the_day_of_entry_ends_what_was_in_force() {
    let terms = vec![Term::Denunciation(Period::Days(0))];
    let mut case = in_force("2000-01-01", terms);
    case.does("A", leave("2000-01-01"));
    stands(&case, "2000-01-01", "ended on 2000-01-01");
    case.refuses("A", signed("2002-01-01"), Rule::E18, "has ended");
}

#[test]
fn who_left_acts_for_the_others_no_more() {
    let terms = vec![Term::Denunciation(Period::Months(6))];
    let mut case = between(&["A", "B", "C"], terms);
    for party in ["A", "B", "C"] {
        case.does(party, signed("2000-01-01"));
    }
    case.does("C", leave("2001-07-01"));
    let agreed = |on: &str| ForceAct::ClauseAgreed {
        on: date(on),
        clause: clause("the notes", Term::MinimumParties(2)),
        consenting: ids(&["A", "B"]),
    };
    case.refuses_new("C", agreed("2002-01-15"), Rule::P0, "C, which has left");
    case.does("A", agreed("2002-01-15"));
}

#[test]
fn e2_and_k5_who_has_to_agree_is_judged_by_the_day_of_the_act() {
    let terms = vec![
        Term::EntryIntoForce(effect("2nd consent")),
        Term::Accession(vec![]),
        Term::Denunciation(Period::Months(6)),
    ];
    let mut case = between(&["A", "B"], terms);
    for party in ["A", "B"] {
        case.does(party, signed("2000-01-01"));
    }
    super::deposits(
        &mut case,
        "Z",
        "2005-01-01",
        travaux_domain::clause::Means::Accession,
    );
    let agreed = |on: &str, consenting: &[&str]| ForceAct::ClauseAgreed {
        on: date(on),
        clause: clause("the notes", Term::MinimumParties(2)),
        consenting: ids(consenting),
    };
    // Z was no party then, neither before nor after the entry into force.
    case.does("A", agreed("2004-12-31", &["A", "B"]));
    case.does("A", agreed("1999-12-31", &["A", "B"]));
    case.refuses(
        "A",
        agreed("2005-01-01", &["A", "B"]),
        Rule::K5,
        "missing: Z",
    );
    case.does("Z", leave("2006-07-01"));
    case.refuses(
        "A",
        agreed("2006-12-31", &["A", "B"]),
        Rule::K5,
        "missing: Z",
    );
    case.does("A", agreed("2007-01-01", &["A", "B"]));
}
