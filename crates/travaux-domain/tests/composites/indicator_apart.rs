//! Mirror figures: what is compared, and what becomes of those that differ.

use travaux_domain::{
    Rule, Version,
    indicator::{
        Breakdown, Cause, ConfStatus, Decimal, Definition, Direction, DiscrepancyId,
        DiscrepancyStatus, IndicatorCommand as I, ObsStatus, Observation, Outcome, RevisionKind,
        Verdict,
    },
};
use travaux_testkit::{
    agreement::date,
    history::History,
    indicator::{
        adopt, adopt_from, apart, breakdown, concept, counted, decimal, directed, figure_at, going,
        key, missing, passes, report, value,
    },
    meeting::parties,
};

use crate::{
    indicator::{indicator, refused, state},
    indicator_figures::{revise, withdraw},
};

const DAY: &str = "2024-01-31";

pub(crate) fn open(on: &str, one: (u64, u32), other: (u64, u32)) -> I {
    I::DiscrepancyOpened {
        on: date(on),
        figures: [figure_at(one.0, one.1), figure_at(other.0, other.1)],
        due: None,
    }
}

pub(crate) fn answer(on: &str, discrepancy: u64, answer: Breakdown) -> I {
    I::DiscrepancyAnswered {
        on: date(on),
        discrepancy: DiscrepancyId(discrepancy),
        answer,
    }
}

pub(crate) fn reconcile(on: &str, discrepancy: u64, outcome: Outcome, consenting: &[&str]) -> I {
    I::DiscrepancyReconciled {
        on: date(on),
        discrepancy: DiscrepancyId(discrepancy),
        outcome,
        consenting: parties(consenting),
    }
}

fn verdicts(history: &History) -> Vec<(String, Verdict)> {
    let at = "2024-01-31T12:00:00Z".parse().expect("a time");
    let compared = state(history, 1).compare(at).into_iter();
    let key = |c: &travaux_domain::indicator::Comparison| {
        format!("{} {} v{}", c.key.period, c.key.flow, c.key.major)
    };
    compared.map(|c| (key(&c), c.verdict)).collect()
}

/// The gap of FR's 725 and MA's 1,680 is -955: by both, a part of it for another date, the rest for
/// persons who are not counted alike.
fn causes() -> Breakdown {
    breakdown(
        &[
            (Cause::TimeOfRecording, "-55.5"),
            (Cause::Coverage, "-899.5"),
        ],
        "0",
    )
}

/// The same, open under the number 4.
fn opened() -> History {
    let mut history = apart();
    history.indicator(1, "FR", open(DAY, (2, 1), (3, 1)));
    history
}

/// The same, answered by both.
fn answered() -> History {
    let mut history = opened();
    history
        .indicator(1, "FR", answer(DAY, 4, causes()))
        .indicator(
            1,
            "MA",
            answer(DAY, 4, breakdown(&[(Cause::Unknown, "0")], "-955")),
        );
    history
}

fn status(history: &History, discrepancy: u64) -> DiscrepancyStatus {
    state(history, 1).discrepancies[&DiscrepancyId(discrepancy)].status()
}

#[test]
fn st10_and_st11_mirrors_turn_the_direction_and_are_compared_by_major_version() {
    let mut history = counted(directed());
    let of = |version: &str, period: &str, direction, with: &str, number: &str| {
        report(DAY, version, going(period, direction, with), value(number))
    };
    let (out, into) = (Direction::Out, Direction::In);
    let breaks = |mut observation: Observation| {
        observation.status.codes.insert(ObsStatus::B);
        observation
    };
    let adults = Definition {
        population: concept("adults"),
        ..directed()
    };
    history
        .indicator(1, "FR", adopt_from(DAY, "2.0.0", "2024-01-01", adults))
        // Out of FR into MA: 100 and 90 are a tenth apart, which is not more than a tenth.
        .indicator(1, "FR", of("1.0.0", "2020", out, "MA", "100"))
        .indicator(1, "MA", of("1.0.0", "2020", into, "FR", "90"))
        // Out of MA into FR: the same numbers of the other flow.
        .indicator(1, "FR", of("1.0.0", "2020", into, "MA", "89"))
        .indicator(1, "MA", of("1.0.0", "2020", out, "FR", "100"))
        // Two definitions are not one thing.
        .indicator(1, "FR", of("1.0.0", "2021", out, "MA", "1000"))
        .indicator(
            1,
            "MA",
            report(DAY, "2.0.0", going("2021", into, "FR"), breaks(value("1"))),
        )
        // One side alone; no value is no side; an area mirrors nothing of a party.
        .indicator(1, "FR", of("1.0.0", "2022", out, "MA", "5"))
        .indicator(1, "FR", of("1.0.0", "2023", out, "MA", "5"))
        .indicator(
            1,
            "MA",
            report(
                DAY,
                "1.0.0",
                going("2023", into, "FR"),
                breaks(missing(ObsStatus::L)),
            ),
        )
        .indicator(
            1,
            "FR",
            report(DAY, "1.0.0", going("2022", out, ""), value("9")),
        );
    let expected = [
        ("2020 FR to MA v1", Verdict::Agree { gap: decimal("10") }),
        ("2020 MA to FR v1", Verdict::Differ { gap: decimal("11") }),
        ("2021 FR to MA v1", Verdict::NotComparable),
        ("2021 FR to MA v2", Verdict::NotComparable),
        ("2022 FR to MA v1", Verdict::OneSided),
        ("2023 FR to MA v1", Verdict::OneSided),
    ];
    let expected: Vec<_> = expected
        .into_iter()
        .map(|(k, v)| (k.to_owned(), v))
        .collect();
    assert_eq!(verdicts(&history), expected);
    let refusals = [
        ((3, 1), (4, 1), Rule::ST11, "agree (gap 10)"),
        ((7, 1), (8, 1), Rule::ST11, "not comparable"),
        ((10, 1), (11, 1), Rule::ST11, "told by one side"),
        (
            (3, 1),
            (6, 1),
            Rule::ST10,
            "for one period, category and flow",
        ),
        (
            (3, 1),
            (7, 1),
            Rule::ST10,
            "2020 to MA by FR, 2021 to MA by FR",
        ),
        ((12, 1), (9, 1), Rule::ST10, "2022 to the world by FR"),
    ];
    for (one, other, rule, says) in refusals {
        history.refuses("FR", indicator(open(DAY, one, other)), rule, says);
    }
    history.indicator(1, "MA", open(DAY, (6, 1), (5, 1)));
    let gap = state(&history, 1).discrepancies[&DiscrepancyId(13)].rounds[0].gap;
    assert_eq!(gap, Some(decimal("11")), "the first less the second");
}

#[test]
fn st11_what_may_not_be_seen_is_not_shown_and_still_counted() {
    for (status, until, verdict) in [
        (ConfStatus::N, None, Verdict::NotShown),
        (ConfStatus::C, None, Verdict::NotShown),
        (ConfStatus::D, None, Verdict::NotShown),
        (ConfStatus::S, None, Verdict::NotShown),
        (
            ConfStatus::E,
            Some("2024-02-01T00:00:00+01:00"),
            Verdict::NotShown,
        ),
        (
            ConfStatus::E,
            Some("2024-01-31T12:00:00Z"),
            Verdict::Differ {
                gap: decimal("-955"),
            },
        ),
    ] {
        let mut history = counted(passes());
        let mut hidden = value("725");
        hidden.confidentiality.status = status;
        hidden.confidentiality.until = until.map(|until| until.parse().expect("a time"));
        history
            .indicator(1, "FR", report(DAY, "1.0.0", key("2023", "MA"), hidden))
            .indicator(
                1,
                "MA",
                report(DAY, "1.0.0", key("2023", "FR"), value("1680")),
            );
        let all = verdicts(&history);
        assert_eq!(
            all,
            [("2023 FR and MA v1".to_owned(), verdict)],
            "{}",
            status.code()
        );
        if verdict == Verdict::NotShown {
            let refused = indicator(open(DAY, (2, 1), (3, 1)));
            history.refuses("MA", refused, Rule::ST11, "found not shown");
        }
    }
}

#[test]
fn st12_a_discrepancy_names_its_figures_at_their_revisions() {
    let mut history = apart();
    history.indicator(
        1,
        "FR",
        revise(DAY, 2, RevisionKind::LateData, "1.0.0", value("726")),
    );
    let due = |on: &str| I::DiscrepancyOpened {
        on: date(DAY),
        figures: [figure_at(2, 2), figure_at(3, 1)],
        due: Some(date(on)),
    };
    refused(
        &mut history,
        vec![
            (
                "FR",
                open(DAY, (2, 1), (3, 1)),
                Rule::ST12,
                "figure 2 at revision 2, its last",
            ),
            (
                "FR",
                open(DAY, (2, 2), (3, 2)),
                Rule::ST12,
                "figure 3 at revision 1",
            ),
            (
                "FR",
                open(DAY, (2, 2), (9, 1)),
                Rule::ST12,
                "by its number, found 9",
            ),
            (
                "FR",
                open(DAY, (2, 2), (2, 2)),
                Rule::ST10,
                "of both parties",
            ),
            (
                "FR",
                open("2024-01-30", (2, 2), (3, 1)),
                Rule::RC3,
                "its figures",
            ),
            ("FR", due("2024-01-30"), Rule::RC3, "it is opened"),
            ("ES", due("2024-02-15"), Rule::P0, "`ES`"),
        ],
    );
    history.indicator(1, "MA", due("2024-02-15"));
    history.refuses(
        "FR",
        indicator(open(DAY, (3, 1), (2, 2))),
        Rule::ST12,
        "one that is open",
    );
    let indicator = state(&history, 1);
    let discrepancy = &indicator.discrepancies[&DiscrepancyId(5)];
    assert!(!discrepancy.is_overdue(date("2024-02-15")));
    assert!(discrepancy.is_overdue(date("2024-02-16")));
}

#[test]
fn st12_st13_and_st14_each_reporter_answers_with_amounts_that_sum() {
    let mut history = opened();
    let of = |amounts: &[(Cause, &str)], residual| answer(DAY, 4, breakdown(amounts, residual));
    refused(
        &mut history,
        vec![
            (
                "FR",
                answer(DAY, 9, causes()),
                Rule::ST12,
                "by its number, found 9",
            ),
            (
                "FR",
                answer("2024-01-30", 4, causes()),
                Rule::RC3,
                "it was opened",
            ),
            (
                "FR",
                of(&[], "-955"),
                Rule::ST13,
                "a cause, or that it is unknown",
            ),
            (
                "FR",
                of(&[(Cause::Unknown, "-955")], "0"),
                Rule::ST13,
                "it is the residual",
            ),
            (
                "FR",
                of(&[(Cause::ErrorOf("ES".into()), "-955")], "0"),
                Rule::ST13,
                "FR, MA, found `ES`",
            ),
            (
                "FR",
                of(&[(Cause::Coverage, "955")], "0"),
                Rule::ST14,
                "the gap, -955, found 955",
            ),
            (
                "FR",
                of(&[(Cause::Coverage, "-955")], "0.000000001"),
                Rule::ST14,
                "found -954.999999999",
            ),
            (
                "FR",
                of(
                    &[
                        (Cause::Coverage, "999999999999999999"),
                        (Cause::System, "1"),
                    ],
                    "0",
                ),
                Rule::ST14,
                "a larger sum",
            ),
        ],
    );
    history.indicator(1, "FR", answer(DAY, 4, causes()));
    assert_eq!(
        status(&history, 4),
        DiscrepancyStatus::Answered {
            by: parties(&["FR"])
        }
    );
    history.refuses(
        "FR",
        indicator(answer(DAY, 4, causes())),
        Rule::ST12,
        "another answer",
    );
    history
        .indicator(
            1,
            "FR",
            answer(DAY, 4, breakdown(&[(Cause::Coverage, "-900")], "-55")),
        )
        .indicator(
            1,
            "MA",
            answer(DAY, 4, breakdown(&[(Cause::Unknown, "0")], "-955")),
        );
    assert_eq!(status(&history, 4), DiscrepancyStatus::AnsweredByAll);
}

#[test]
fn st15_both_reconcile_what_both_answered() {
    let explained = |residual: &str| {
        let rest = decimal("-955").minus(decimal(residual)).expect("a number");
        Outcome::Explained(breakdown(&[(Cause::Coverage, &rest.to_string())], residual))
    };
    let irreducible = || Outcome::Irreducible {
        reason: "files are lost".to_owned(),
    };
    let agreed = |value: &str, ground: &str| Outcome::Agreed {
        value: decimal(value),
        ground: ground.to_owned(),
    };
    let both: &[&str] = &["FR", "MA"];
    let mut early = opened();
    early.indicator(1, "FR", answer(DAY, 4, causes())).refuses(
        "FR",
        indicator(reconcile(DAY, 4, explained("0"), both)),
        Rule::ST12,
        "missing: MA",
    );
    let mut history = answered();
    refused(
        &mut history,
        vec![
            (
                "FR",
                reconcile(DAY, 4, explained("0"), &["FR"]),
                Rule::ST15,
                "missing: MA",
            ),
            (
                "FR",
                reconcile(DAY, 4, explained("-168.1"), both),
                Rule::ST15,
                "within the tolerance",
            ),
            (
                "FR",
                reconcile(
                    DAY,
                    4,
                    Outcome::Explained(breakdown(&[(Cause::Coverage, "-1")], "0")),
                    both,
                ),
                Rule::ST14,
                "sum to the gap",
            ),
            (
                "FR",
                reconcile(DAY, 4, Outcome::Corrected, both),
                Rule::ST15,
                "a gap of -955",
            ),
            (
                "FR",
                reconcile(DAY, 4, agreed("900", " "), both),
                Rule::RC5,
                "a ground",
            ),
            (
                "FR",
                reconcile(DAY, 4, agreed("100000000000000000", "x"), both),
                Rule::ST15,
                "17 digits",
            ),
            (
                "FR",
                reconcile(DAY, 4, agreed("900.5", "a joint count"), both),
                Rule::ST15,
                "at most 0 decimals, found 900.5",
            ),
            (
                "FR",
                reconcile("2024-01-30", 4, irreducible(), both),
                Rule::RC3,
                "it was opened",
            ),
        ],
    );
    for (outcome, ends) in [
        // A tenth of 1,680 may be left.
        (explained("-168"), DiscrepancyStatus::Explained),
        (
            agreed("900", "a joint count"),
            DiscrepancyStatus::AgreedFigure,
        ),
        (irreducible(), DiscrepancyStatus::Irreducible),
    ] {
        let mut history = answered();
        let before = state(&history, 1).figures;
        history.indicator(1, "MA", reconcile(DAY, 4, outcome.clone(), both));
        assert_eq!(status(&history, 4), ends);
        // INV28: neither figure is another.
        assert_eq!(state(&history, 1).figures, before);
        refused(
            &mut history,
            vec![
                (
                    "MA",
                    reconcile(DAY, 4, outcome, both),
                    Rule::ST15,
                    "an open discrepancy",
                ),
                (
                    "MA",
                    answer(DAY, 4, causes()),
                    Rule::ST12,
                    "an open discrepancy",
                ),
                (
                    "MA",
                    open(DAY, (2, 1), (3, 1)),
                    Rule::ST12,
                    "a revision opens the one",
                ),
            ],
        );
    }
}

#[test]
fn st12_any_revision_opens_a_discrepancy_again() {
    let mut history = answered();
    let both: &[&str] = &["FR", "MA"];
    let irreducible = Outcome::Irreducible {
        reason: "files are lost".to_owned(),
    };
    history
        .indicator(1, "MA", reconcile(DAY, 4, irreducible, both))
        .at("2024-03-01")
        .indicator(
            1,
            "MA",
            revise(
                "2024-03-01",
                3,
                RevisionKind::Correction,
                "1.0.0",
                value("800"),
            ),
        );
    let reopened = state(&history, 1).discrepancies[&DiscrepancyId(4)].clone();
    assert_eq!(reopened.status(), DiscrepancyStatus::Open);
    let round = reopened.round().expect("it");
    assert_eq!(round.figures, [figure_at(2, 1), figure_at(3, 2)]);
    assert_eq!(round.gap, Some(decimal("-75")));
    assert!(
        reopened.rounds[0].outcome.is_some(),
        "what was agreed before stays on record"
    );
    // Now within the tolerance: corrected, once both have said why.
    let why = || breakdown(&[(Cause::ErrorOf("MA".into()), "0")], "-75");
    history
        .refuses(
            "FR",
            indicator(reconcile("2024-03-01", 4, Outcome::Corrected, both)),
            Rule::ST12,
            "answers of both",
        )
        .indicator(1, "MA", answer("2024-03-01", 4, why()))
        .indicator(1, "FR", answer("2024-03-01", 4, why()))
        .indicator(
            1,
            "FR",
            reconcile("2024-03-01", 4, Outcome::Corrected, both),
        );
    assert_eq!(status(&history, 4), DiscrepancyStatus::Corrected);
    // One that is withdrawn leaves nothing to explain.
    history.indicator(1, "FR", withdraw("2024-03-01", 2));
    assert_eq!(status(&history, 4), DiscrepancyStatus::Open);
    refused(
        &mut history,
        vec![
            ("FR", answer("2024-03-01", 4, why()), Rule::ST12, "no gap"),
            (
                "FR",
                reconcile("2024-03-01", 4, Outcome::Explained(why()), both),
                Rule::ST15,
                "no gap",
            ),
        ],
    );
    history.indicator(
        1,
        "MA",
        reconcile("2024-03-01", 4, Outcome::Corrected, both),
    );
    assert_eq!(status(&history, 4), DiscrepancyStatus::Corrected);
}

#[test]
fn st11_a_major_version_ends_a_comparison() {
    let mut history = opened();
    let adults = Definition {
        population: concept("adults"),
        ..passes()
    };
    history
        .indicator(1, "MA", adopt(DAY, "2.0.0", adults))
        .indicator(
            1,
            "MA",
            revise(DAY, 3, RevisionKind::NewMethod, "2.0.0", value("1500")),
        );
    let round = state(&history, 1).discrepancies[&DiscrepancyId(4)].rounds[1].clone();
    assert_eq!(round.gap, None, "INV25: of two majors there is no gap");
    let not = |key: &str| (key.to_owned(), Verdict::NotComparable);
    assert_eq!(
        verdicts(&history),
        [not("2023 FR and MA v1"), not("2023 FR and MA v2")]
    );
}

#[test]
fn st11_the_tolerance_is_that_of_the_later_version() {
    let mut history = apart();
    let wide = |absolute: &str| {
        let mut definition = passes();
        definition.tolerance.absolute = decimal(absolute);
        definition
    };
    history
        .indicator(1, "FR", adopt_from(DAY, "1.1.0", "2023-01-01", wide("955")))
        .indicator(
            1,
            "MA",
            revise(DAY, 3, RevisionKind::NewMethod, "1.1.0", value("1680")),
        );
    let verdict = |history: &History| verdicts(history)[0].1;
    assert_eq!(
        verdict(&history),
        Verdict::Agree {
            gap: decimal("-955")
        }
    );
    let observation = Observation {
        value: Some(Decimal::from(1681)),
        ..value("0")
    };
    history.indicator(
        1,
        "MA",
        revise(DAY, 3, RevisionKind::LateData, "1.1.0", observation),
    );
    assert_eq!(
        verdict(&history),
        Verdict::Differ {
            gap: decimal("-956")
        }
    );
    assert_eq!(
        state(&history, 1).adopted[&Version::new(1, 1, 0)].from,
        date("2023-01-01")
    );
}

/// A sum that is right or wrong would tell the figure behind the gap: nobody answers for one that is
/// hidden from them, and no refusal has its number.
#[test]
fn st8_and_st14_no_refusal_tells_a_gap_to_who_may_not_see_both_figures() {
    let mut history = opened();
    let secret = |also_to: &[&str]| {
        let mut said = value("77");
        said.confidentiality.status = ConfStatus::N;
        said.confidentiality.also_to = also_to.iter().map(|party| (*party).into()).collect();
        said
    };
    let correction = RevisionKind::Correction;
    history.indicator(1, "MA", revise(DAY, 3, correction, "1.0.0", secret(&[])));
    let guess = |amount: &str| breakdown(&[(Cause::Coverage, amount)], "0");
    let all = ["FR", "MA"];
    for amount in ["0", "648", "-955"] {
        let refused = indicator(answer(DAY, 4, guess(amount)));
        history.refuses("FR", refused, Rule::ST8, "may not see");
    }
    // Who reported it sees both, and answers; the other's part is still to come.
    history.refuses(
        "MA",
        indicator(answer(DAY, 4, guess("0"))),
        Rule::ST14,
        "the gap, 648",
    );
    history.indicator(1, "MA", answer(DAY, 4, guess("648")));
    let corrected = reconcile(DAY, 4, Outcome::Corrected, &all);
    history.refuses("FR", indicator(corrected), Rule::ST12, "answers of both");
    // Once it is shown to them, both settle it.
    history.indicator(
        1,
        "MA",
        revise(DAY, 3, correction, "1.0.0", secret(&["FR"])),
    );
    history
        .indicator(1, "FR", answer(DAY, 4, guess("648")))
        .indicator(1, "MA", answer(DAY, 4, guess("648")))
        .indicator(
            1,
            "FR",
            reconcile(DAY, 4, Outcome::Explained(guess("648")), &all),
        );
    assert_eq!(status(&history, 4), DiscrepancyStatus::Explained);
}
