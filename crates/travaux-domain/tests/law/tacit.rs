//! Amendments that silence accepts (A12), of treaties that there are and at their edges.

use travaux_domain::{
    Revision, Rule,
    agreement::{
        AgreementCommand as C, Nature, RevisionState,
        amendment::{AmendmentAct, Silence},
        consent::{ConsentAct, Establishment},
    },
    clause::{Means, Share, TacitAmendment, Term},
    effect::Period,
};
use travaux_testkit::agreement::*;

fn tacit(within: Period, after: Option<Period>, share: Option<(u32, u32)>) -> Term {
    Term::TacitAmendment(TacitAmendment {
        provisions: vec![],
        within,
        after,
        blocked_by_more_than: share.map(|(of, out_of)| Share { of, out_of }),
    })
}

fn amend() -> C {
    revise(
        Nature::Amendment,
        vec![words(2, "coopèrent", "se concertent")],
    )
}

fn notify(on: &str, to: &[&str]) -> AmendmentAct {
    AmendmentAct::AmendmentNotified {
        on: date(on),
        revision: Revision(2),
        to: ids(to),
        silence: None,
    }
}

fn object(on: &str) -> AmendmentAct {
    AmendmentAct::AmendmentObjected {
        on: date(on),
        revision: Revision(2),
    }
}

fn relent(on: &str) -> AmendmentAct {
    AmendmentAct::AmendmentObjectionWithdrawn {
        on: date(on),
        revision: Revision(2),
    }
}

/// A treaty of A, B and C, in force since February 2020, with an amendment of its first article.
fn amended(term: Term) -> Case {
    let mut case = in_force(vec![
        clause("Article XV", term),
        clause("Article XXI", Term::Accession(vec![])),
    ]);
    case.at("2020-06-01");
    case.does("A", amend());
    case
}

fn ninety_days() -> Case {
    let mut case = amended(tacit(Period::Days(90), None, None));
    let notify = notify("2022-01-01", &["B", "C"]);
    case.does_by("A", notify, Rule::A12, "Article XV");
    case
}

/// Whether the amendment stands between two on a day.
fn stands(case: &Case, a: &str, b: &str, on: &str) -> bool {
    let between = case.0.between(&a.into(), &b.into(), date(on));
    between.changes.iter().any(|(r, _)| *r == Revision(2))
}

#[track_caller]
fn is(case: &Case, rows: &[(&str, &str, &str, bool)]) {
    for (a, b, on, expected) in rows {
        assert_eq!(stands(case, a, b, on), *expected, "{a}-{b} on {on}");
        assert_eq!(stands(case, b, a, on), *expected, "{b}-{a} on {on}");
    }
}

#[test]
fn a12_an_amendment_of_the_appendices_of_cites_binds_ninety_days_after_the_meeting() {
    // XV(1)(c): that of its seventeenth meeting, which closed on 4 October 2016.
    let clauses = vec![clause("Article XV", tacit(Period::Days(90), None, None))];
    let mut case = treaty(clauses);
    for party in ["A", "B", "C"] {
        case.does(party, signed("1975-07-01"));
    }
    case.does("A", amend());
    case.does("A", notify("2016-10-04", &["B", "C"]));
    // A reservation under paragraph 3 within the ninety days.
    case.does("C", object("2016-12-20"));
    is(
        &case,
        &[
            ("A", "B", "2017-01-01", false),
            ("A", "B", "2017-01-02", true),
            ("A", "C", "2017-01-02", false),
            ("B", "C", "2020-01-01", false),
        ],
    );
}

#[test]
fn a12_of_solas_more_than_a_third_block_an_amendment_and_a_third_do_not() {
    // VIII(b)(vi)(2), (vii)(2): two years to object, and six months more.
    let solas = || {
        let mut case = amended(tacit(
            Period::Years(2),
            Some(Period::Months(6)),
            Some((1, 3)),
        ));
        case.does("A", notify("2022-01-01", &["B", "C"]));
        case
    };
    let mut one = solas();
    one.does("C", object("2024-01-01"));
    is(
        &one,
        &[
            ("A", "B", "2024-06-30", false),
            ("A", "B", "2024-07-01", true),
            ("A", "C", "2024-07-01", false),
        ],
    );
    let mut two = one.clone();
    two.does("B", object("2023-05-01"));
    is(
        &two,
        &[
            ("A", "B", "2024-07-01", false),
            ("A", "B", "2030-01-01", false),
        ],
    );
    let between = two.0.between(&"A".into(), &"B".into(), date("2025-01-01"));
    assert!(
        between
            .reasons
            .iter()
            .any(|r| r.rule == Rule::A12 && r.what.contains("binds nobody: too many objected")),
        "{between:?}"
    );
    // One of them takes it back in time.
    two.does("B", relent("2023-12-31"));
    is(&two, &[("A", "B", "2024-07-01", true)]);
}

#[test]
fn a12_who_objected_is_bound_from_when_that_is_taken_back() {
    let mut case = ninety_days();
    case.does("C", object("2022-04-01"));
    for (day, bound) in [("2022-04-01", false), ("2023-04-30", false)] {
        is(&case, &[("A", "C", day, bound)]);
    }
    case.does("C", relent("2023-05-01"));
    is(
        &case,
        &[
            ("A", "C", "2023-04-30", false),
            ("A", "C", "2023-05-01", true),
            ("A", "B", "2022-04-01", true),
        ],
    );
    // Taken back before the end of the time, nothing is left of it; it may be made again.
    let mut case = ninety_days();
    case.does("C", object("2022-02-01"));
    case.does("C", relent("2022-03-01"));
    is(&case, &[("A", "C", "2022-04-01", true)]);
    case.does("C", object("2022-03-15"));
    is(&case, &[("A", "C", "2022-04-01", false)]);
}

#[test]
fn a12_who_joins_later_joins_the_amended_treaty() {
    let mut case = ninety_days();
    let accede = |on: &str| ConsentAct::InstrumentEstablished {
        on: date(on),
        means: Means::Accession,
        how: Establishment::Notification,
        chosen: vec![],
        waits: false,
    };
    case.does("D", made("2023-01-01", Means::Accession));
    case.does("D", accede("2023-01-01"));
    is(
        &case,
        &[
            ("A", "D", "2022-12-31", false),
            ("A", "D", "2023-01-01", true),
        ],
    );
    // Unless it says otherwise.
    let mut out = case.clone();
    out.does(
        "D",
        AmendmentAct::AmendmentDisclaimed {
            on: date("2023-01-01"),
            revision: Revision(2),
        },
    );
    is(
        &out,
        &[
            ("A", "D", "2024-01-01", false),
            ("A", "B", "2024-01-01", true),
        ],
    );
}

#[test]
fn a12_what_cannot_be_done_about_it() {
    let mut case = ninety_days();
    let late = "an objection by 2022-04-01, found 2022-04-02";
    case.refuses("C", object("2022-04-02"), Rule::A12, late);
    let early = "a date from 2022-01-01 on, when it was notified, found 2021-12-31";
    case.refuses("C", object("2021-12-31"), Rule::A12, early);
    case.refuses("X", object("2022-02-01"), Rule::P0, "an act of a party");
    case.refuses(
        "C",
        relent("2022-02-01"),
        Rule::A12,
        "an objection that stands",
    );
    case.does("C", object("2022-02-01"));
    case.refuses(
        "C",
        object("2022-02-02"),
        Rule::A12,
        "found that of 2022-02-01",
    );
    case.refuses(
        "C",
        relent("2022-01-31"),
        Rule::A12,
        "an objection that stands",
    );
    // From its notification on silence decides: no act of one party does.
    let decided = "revision 2, notified already: silence decides on it";
    let enter = AmendmentAct::AmendmentEnteredIntoForce {
        on: Some(date("2022-05-01")),
        revision: Revision(2),
        instrument: None,
        between: vec![],
        later: Default::default(),
    };
    case.refuses("A", enter, Rule::A4, decided);
    case.refuses("B", accept(2), Rule::T4a, decided);
    case.refuses("A", adopt(2), Rule::T4, decided);
    case.refuses("A", notify("2022-03-01", &["B", "C"]), Rule::A2, decided);
    let record = case.0.revision(Revision(2)).expect("it was proposed");
    assert_eq!(record.state, RevisionState::LeftToSilence);
    // What was only proposed, or of a treaty without such a clause, waits for no silence.
    let plain = |case: &Case| case.refuses("C", object("2022-02-01"), Rule::A12, "which is none");
    plain(&amended(tacit(Period::Days(90), None, None)));
    let mut other = amended(Term::InterSe(true));
    assert_eq!(other.does("A", notify("2022-01-01", &["B", "C"])), Rule::A2);
    plain(&other);
}

#[test]
fn a12_only_what_the_clause_names_is_left_to_silence() {
    let named = |provisions: Vec<travaux_text::ProvisionId>| {
        let mut case = amended(Term::TacitAmendment(TacitAmendment {
            provisions,
            within: Period::Days(90),
            after: None,
            blocked_by_more_than: None,
        }));
        case.does("A", notify("2022-01-01", &["B", "C"]))
    };
    // The amendment changes the paragraph of the first article.
    assert_eq!(named(vec![p(2)]), Rule::A12);
    assert_eq!(
        named(vec![p(1)]),
        Rule::A12,
        "an article holds its paragraphs"
    );
    assert_eq!(named(vec![p(3), p(4)]), Rule::A2);
}

#[test]
fn a12_a_clause_that_nobody_could_use_is_refused() {
    for (term, says) in [
        (
            tacit(Period::Days(0), None, None),
            "a day or more to object in, found 0 days",
        ),
        (
            tacit(Period::Days(9), None, Some((3, 3))),
            "a share of less than all",
        ),
        (
            tacit(Period::Days(9), None, Some((1, 0))),
            "a share of less than all",
        ),
    ] {
        let proposal = proposal(
            travaux_domain::Profile::treaty(),
            &["A", "B"],
            vec![clause("Article XV", term)],
        );
        let propose = C::Propose(Box::new(proposal));
        Case::new().refuses("A", propose, Rule::A12, says);
    }
}

#[test]
fn a12_whatever_is_recorded_first_it_binds_the_same() {
    // C objects and relents, B objects; by the rule of SOLAS two of three block it.
    let term = tacit(Period::Days(90), Some(Period::Days(10)), Some((1, 3)));
    let acts = [
        ("B", object("2022-01-10")),
        ("C", object("2022-01-20")),
        ("C", relent("2022-02-20")),
    ];
    let orders: [[usize; 3]; 3] = [[0, 1, 2], [1, 0, 2], [1, 2, 0]];
    let answers = orders.map(|order| {
        let mut case = amended(term.clone());
        case.does("A", notify("2022-01-01", &["B", "C"]));
        case.at("2023-01-01");
        for at in order {
            let (party, act) = &acts[at];
            case.does(party, act.clone());
        }
        ["2022-04-10", "2022-04-11", "2023-01-01"]
            .map(|day| [("A", "B"), ("A", "C"), ("B", "C")].map(|(a, b)| stands(&case, a, b, day)))
    });
    assert_eq!(
        answers[0][1],
        [false, true, false],
        "not between A and B, who objected"
    );
    assert!(
        answers.iter().all(|answer| *answer == answers[0]),
        "{answers:?}"
    );
}

#[test]
fn a12_what_was_not_known_does_not_count() {
    let mut case = ninety_days();
    case.at("2022-02-01");
    let before = case.1;
    case.at("2022-03-01");
    case.does("C", object("2022-02-10"));
    let then = case.0.known_at(before);
    let between = then.between(&"A".into(), &"C".into(), date("2022-06-01"));
    assert_eq!(between.changes.len(), 1, "nobody knew of the objection");
    is(&case, &[("A", "C", "2022-06-01", false)]);
    let binding = case
        .0
        .machines
        .amendments
        .of(Revision(2))
        .expect("it was notified");
    let until = date("2022-04-01");
    let silence = Silence {
        until,
        from: until,
        blocked_by_more_than: None,
    };
    assert_eq!(binding.silence, Some(silence));
}

fn accedes(case: &mut Case, party: &str, on: &str) {
    case.does(party, made(on, Means::Accession));
    case.does(
        party,
        ConsentAct::InstrumentEstablished {
            on: date(on),
            means: Means::Accession,
            how: Establishment::Notification,
            chosen: vec![],
            waits: false,
        },
    );
}

fn leaves(case: &mut Case, party: &str, on: &str) {
    case.does(
        party,
        ConsentAct::WithdrawalNotified {
            received_on: date(on),
            admitted: Some("Article 30".into()),
            provisions: vec![],
            effective_on: None,
        },
    );
}

#[test]
fn a12_who_kept_silent_does_not_stay_out_afterwards() {
    let case = ninety_days();
    let out = AmendmentAct::AmendmentDisclaimed {
        on: date("2030-01-01"),
        revision: Revision(2),
    };
    let says = "a State that became a party after 2022-04-01";
    case.refuses("B", out.clone(), Rule::A6, says);
    case.refuses("A", out, Rule::A6, says);
}

#[test]
fn a12_what_counts_is_the_consent_that_stood_when_the_time_ended() {
    // B keeps silent, leaves, and comes back: it was bound before, and is again.
    let mut case = ninety_days();
    leaves(&mut case, "B", "2024-01-01");
    accedes(&mut case, "B", "2026-01-01");
    is(
        &case,
        &[
            ("A", "B", "2023-01-01", true),
            ("A", "B", "2026-01-01", true),
        ],
    );
    // C objects, leaves, and comes back to the treaty as it is then.
    let mut case = ninety_days();
    case.does("C", object("2022-02-01"));
    leaves(&mut case, "C", "2024-01-01");
    accedes(&mut case, "C", "2026-01-01");
    is(
        &case,
        &[
            ("A", "C", "2023-01-01", false),
            ("A", "C", "2026-01-01", true),
        ],
    );
    // Who has left before, twelve months after its notice, is bound by nothing.
    let mut case = ninety_days();
    leaves(&mut case, "C", "2021-03-01");
    assert_eq!(bound_from(&case, "C"), None);
    assert_eq!(bound_from(&case, "B"), Some(date("2022-04-01")));
}

fn bound_from(case: &Case, party: &str) -> Option<chrono::NaiveDate> {
    let binding = case.0.machines.amendments.of(Revision(2));
    let binding = binding.expect("it was notified");
    case.0.bound_from(binding, &party.into())
}

#[test]
fn a12_of_two_clauses_each_has_its_provisions() {
    let of = |provision: u32, days: u32| {
        Term::TacitAmendment(TacitAmendment {
            provisions: vec![p(provision)],
            within: Period::Days(days),
            after: None,
            blocked_by_more_than: None,
        })
    };
    let mut case = in_force(vec![
        clause("Article XV", of(1, 90)),
        clause("Article XVI", of(3, 720)),
    ]);
    case.at("2020-06-01");
    case.does("A", amend());
    let notify = notify("2022-01-01", &["B", "C"]);
    case.does_by("A", notify, Rule::A12, "Article XV");
    assert_eq!(bound_from(&case, "A"), Some(date("2022-04-01")));
}

#[test]
fn a12_objections_of_one_party_count_by_their_days() {
    let acts = [
        object("2022-02-01"),
        object("2022-02-10"),
        relent("2022-02-20"),
    ];
    for order in [[0, 1, 2], [1, 2, 0], [1, 0, 2]] {
        let mut case = ninety_days();
        for at in order {
            if case.decided("C", acts[at].clone(), None).is_ok() {
                case.does("C", acts[at].clone());
            }
        }
        is(&case, &[("A", "C", "2022-04-01", true)]);
    }
}

#[test]
fn a12_what_binds_nobody_is_joined_by_nobody() {
    let join = |on: &str| AmendmentAct::AmendmentJoined {
        on: date(on),
        revision: Revision(2),
    };
    let mut case = amended(tacit(Period::Days(90), None, Some((1, 3))));
    case.does("A", notify("2022-01-01", &["B", "C"]));
    case.does("B", object("2022-02-01"));
    case.does("C", object("2022-02-01"));
    case.refuses("B", join("2025-01-01"), Rule::A7, "an amendment in force");
    assert_eq!(bound_from(&case, "A"), None);
    // One alone is bound by nothing towards others.
    let mut case = ninety_days();
    case.does("B", object("2022-02-01"));
    case.does("C", object("2022-02-01"));
    assert_eq!(bound_from(&case, "A"), None);
    case.does("C", relent("2023-01-01"));
    is(
        &case,
        &[
            ("A", "C", "2022-12-31", false),
            ("A", "C", "2023-01-01", true),
        ],
    );
}

#[test]
fn a12_two_amendments_of_the_same_words_do_not_both_come() {
    let mut case = ninety_days();
    case.does(
        "B",
        revise(Nature::Amendment, vec![words(2, "coopèrent", "agissent")]),
    );
    let second = AmendmentAct::AmendmentNotified {
        on: date("2022-01-10"),
        revision: Revision(3),
        to: ids(&["A", "C"]),
        silence: None,
    };
    case.refuses(
        "B",
        second,
        Rule::A12,
        "words that no other amendment left to silence changes",
    );
    // Nor does anything rest on what may bind nobody.
    let on_it = C::ProposeRevision(Box::new(travaux_domain::agreement::RevisionDraft {
        nature: Nature::Amendment,
        ..travaux_domain::agreement::RevisionDraft::new(
            Revision(2),
            vec![words(4, "informations", "renseignements")],
        )
    }));
    case.refuses(
        "B",
        on_it,
        Rule::A12,
        "revision 2, which is left to silence",
    );
}
