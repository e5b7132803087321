//! Indicators at their edges: what is just let through, what is just not, and what no refusal shows.

use travaux_domain::{
    Aggregate as _, Rule,
    indicator::{
        Attribute, Cause, Course, Definition, Direction, DiscrepancyId, FigureId, FigureKey,
        Frequency, IndicatorCommand as I, NoSum, Outcome,
    },
    partnership::Dossier as _,
    version::Step,
};
use travaux_testkit::{
    agreement::date,
    history::{History, framework_id},
    indicator::{
        adopt, apart, breakdown, counted, directed, figure_at, going, key, passes, report, value,
        version,
    },
    meeting::{foundation, item_ref, parties, words},
};

use crate::{
    indicator::{category, indicator, refused, share, state, with},
    indicator_figures::includes,
};

const DAY: &str = "2024-01-31";

fn of_categories(keys: &[&str]) -> Definition {
    let all = keys.iter().map(|key| category(key));
    with(|definition| definition.categories = all.collect())
}

/// The fields that change from one to another, each with its step.
fn changes(from: &Definition, to: &Definition) -> Vec<(&'static str, Step)> {
    let changes = from.changes(to);
    changes
        .iter()
        .map(|change| (change.field, change.step))
        .collect()
}

#[test]
fn st2_a_share_changes_by_what_it_is_of() {
    let is = share((2, "1.0.0"), (3, "1.0.0"));
    for (from, to, expected) in [
        (&passes(), &is, vec![("ratio", Step::Major)]),
        (&is, &passes(), vec![("ratio", Step::Major)]),
        (&is, &is, vec![]),
        (
            &is,
            &share((4, "1.0.0"), (3, "1.0.0")),
            vec![("ratio", Step::Major)],
        ),
        (
            &is,
            &share((2, "1.0.1"), (3, "1.0.0")),
            vec![("ratio", Step::Patch)],
        ),
        (
            &is,
            &share((2, "1.1.0"), (3, "2.0.0")),
            vec![("ratio", Step::Minor), ("ratio", Step::Major)],
        ),
    ] {
        assert_eq!(
            changes(from, to),
            expected,
            "{:?} to {:?}",
            from.ratio,
            to.ratio
        );
    }
}

#[test]
fn st2_what_is_kept_is_in_another_order_or_is_not() {
    let three = of_categories(&["adults", "minors", "women"]);
    let gone = of_categories(&["minors", "women"]);
    assert_eq!(changes(&three, &gone), [("categories", Step::Major)]);
    let turned = of_categories(&["women", "minors"]);
    let both = changes(&three, &turned);
    assert_eq!(both.len(), 2, "{both:?}");
}

#[test]
fn st2_other_words_for_an_attribute_are_a_patch() {
    let called = |what: &str| {
        let attribute = Attribute {
            key: "NOTE".into(),
            words: words(what),
            mandatory: false,
        };
        with(|definition| definition.attributes = vec![attribute])
    };
    let (note, remark) = (called("a note"), called("a remark"));
    assert_eq!(changes(&note, &remark), [("attributes", Step::Patch)]);
    assert_eq!(changes(&note, &note), []);
}

#[test]
fn st2_a_version_that_comes_in_leaves_what_follows_its_exact_step() {
    let mut history = counted(of_categories(&["adults"]));
    let all = of_categories(&["adults", "minors", "women"]);
    let some = of_categories(&["adults", "minors"]);
    history
        .indicator(1, "FR", adopt(DAY, "1.2.0", all.clone()))
        .indicator(1, "FR", adopt(DAY, "1.1.0", some));
    // Of another major version it asks nothing, not even to differ.
    let mut history = counted(of_categories(&["adults"]));
    history
        .indicator(1, "FR", adopt(DAY, "2.0.0", all.clone()))
        .indicator(1, "FR", adopt(DAY, "1.1.0", all));
}

#[test]
fn st2_a_version_0_that_comes_in_asks_nothing_of_the_next() {
    let mut history = History::new();
    history
        .at("2022-12-01")
        .framework(1, "FR", foundation(&["FR", "MA"]));
    let on = "2022-12-01";
    history
        .indicator(1, "FR", adopt(on, "0.1.0", passes()))
        .indicator(1, "FR", adopt(on, "0.1.2", of_categories(&["adults"])))
        .indicator(
            1,
            "FR",
            adopt(on, "0.1.1", of_categories(&["adults", "minors"])),
        );
}

#[test]
fn st1_a_description_may_be_left_out_and_is_not_blank_and_places_are_nine() {
    let mut history = counted(passes());
    let blank = with(|definition| definition.description = words(" "));
    let asked = adopt(DAY, "1.0.1", blank);
    refused(
        &mut history,
        vec![("FR", asked, Rule::RC5, "a description")],
    );
    let none = with(|definition| {
        definition.description.clear();
        definition.decimals = 9;
    });
    history.indicator(1, "FR", adopt(DAY, "2.0.0", none));
}

#[test]
fn st6_a_figure_of_a_day_is_no_forecast_on_that_day() {
    let mut history = counted(with(|definition| definition.frequency = Frequency::D));
    let of = |day: &str| report(DAY, "1.0.0", key(day, "MA"), value("7"));
    let asked = of("2024-02-01");
    refused(&mut history, vec![("FR", asked, Rule::ST6, "status F")]);
    history.indicator(1, "FR", of(DAY));
}

#[test]
fn mt9_and_rc3_an_indicator_follows_nothing_up_before_it_was_first_defined() {
    let mut history = counted(passes());
    let follows = |day: &str| I::IndicatorFollowsItem {
        on: date(day),
        item: item_ref(1, "figures"),
    };
    let first = state(&history, 1).adopted[&version("1.0.0")].at.on;
    let before = first.pred_opt().expect("a day").to_string();
    let says = "it was first defined";
    refused(
        &mut history,
        vec![("FR", follows(&before), Rule::RC3, says)],
    );
    let on_that_day = indicator(follows(&first.to_string()));
    assert!(history.decided("FR", on_that_day).is_ok());
}

#[test]
fn an_indicator_knows_whose_it_is_and_counts_what_it_leaves_out() {
    let mut own = state(&counted(passes()), 1);
    assert_eq!(own.framework(), Some(framework_id(1)));
    let reporters = own.parties().expect("it has begun");
    assert_eq!(reporters, parties(&["FR", "MA"]).iter().collect::<Vec<_>>());
    let before = own.version;
    own.skip();
    assert_eq!(own.version, before + 1);
    assert_eq!(figure_at(3, 2).to_string(), "figure 3 at revision 2");
}

#[test]
fn st5_a_refusal_shows_a_period_of_the_frequency() {
    for (frequency, start, code, example) in [
        (Frequency::A, None, "A", "2023"),
        (Frequency::A, Some("07-01"), "A", "2023-A1"),
        (Frequency::S, None, "S", "2023-S1"),
        (Frequency::Q, None, "Q", "2023-Q1"),
        (Frequency::M, None, "M", "2023-01"),
        (Frequency::W, None, "W", "2023-W01"),
        (Frequency::D, None, "D", "2023-06-23"),
        (Frequency::B, None, "B", "2023-06-23"),
    ] {
        assert_eq!(frequency.code(), code);
        let definition = Definition {
            frequency,
            year_start: start.and_then(|start| start.parse().ok()),
            ..passes()
        };
        let year = definition.year_start();
        assert_eq!(frequency.example(year), example);
        assert_eq!(year.to_string(), start.unwrap_or("01-01"));
        let fits: travaux_domain::indicator::Period = example.parse().expect("a period");
        assert!(fits.fits(frequency, year), "{example}");
    }
}

/// The sum of figures by their numbers, in words.
fn sum(history: &History, figures: &[u64]) -> Result<String, NoSum> {
    let figures: Vec<_> = figures.iter().map(|figure| FigureId(*figure)).collect();
    let at = "2024-01-31T12:00:00Z".parse().expect("a time");
    let sum = state(history, 1).sum(&figures, at);
    sum.map(|sum| sum.value.to_string())
}

fn twice(one: u64, other: u64) -> Result<String, NoSum> {
    Err(NoSum::CountedTwice(FigureId(one), FigureId(other)))
}

#[test]
fn st17_versions_of_one_major_have_a_sum() {
    let mut history = counted(passes());
    let named = with(|definition| definition.names = words("Passes"));
    history
        .indicator(1, "FR", report(DAY, "1.0.0", key("2021", "MA"), value("1")))
        .indicator(1, "FR", adopt(DAY, "1.0.1", named))
        .indicator(1, "FR", report(DAY, "1.0.1", key("2022", "MA"), value("2")));
    assert_eq!(sum(&history, &[2, 4]), Ok("3".to_owned()));
}

#[test]
fn st17_figures_of_one_day_share_it() {
    let mut history = counted(with(|definition| definition.frequency = Frequency::D));
    for (day, counterpart, said) in [
        ("2024-01-10", "", value("5")),
        ("2024-01-10", "MA", value("2")), // 3: in the one before
        ("2024-01-11", "MA", value("2")), // 4: another day
        ("2024-01-11", "EGY", includes(&["012"])),
        ("2024-01-11", "012", value("1")), // 6: in the one before
        ("2024-01-12", "012", value("1")), // 7: another day
    ] {
        history.indicator(1, "FR", report(DAY, "1.0.0", key(day, counterpart), said));
    }
    assert_eq!(sum(&history, &[2, 3]), twice(2, 3));
    assert_eq!(sum(&history, &[2, 4]), Ok("7".to_owned()));
    assert_eq!(sum(&history, &[5, 6]), twice(5, 6));
    assert_eq!(sum(&history, &[5, 7]), Ok("11".to_owned()));
}

#[test]
fn st17_a_category_that_is_included_is_not_summed_with_what_includes_it() {
    let mut history = counted(of_categories(&["adults", "minors"]));
    let of = |category: &str, said| {
        let key = FigureKey {
            category: Some(category.into()),
            ..key("2022", "MA")
        };
        report(DAY, "1.0.0", key, said)
    };
    history
        .indicator(1, "FR", of("adults", includes(&["minors"])))
        .indicator(1, "FR", of("minors", value("3")));
    assert_eq!(sum(&history, &[2, 3]), twice(2, 3));
}

#[test]
fn st17_what_goes_out_of_each_is_two_things() {
    let mut history = counted(directed());
    let out = |of: &str| going("2023", Direction::Out, of);
    history
        .indicator(1, "FR", report(DAY, "1.0.0", out("MA"), value("10")))
        .indicator(1, "MA", report(DAY, "1.0.0", out("FR"), value("5")));
    let came = going("2023", Direction::In, "FR");
    history.indicator(1, "MA", report(DAY, "1.0.0", came, value("9")));
    assert_eq!(sum(&history, &[2, 3]), Ok("15".to_owned()));
    assert_eq!(sum(&history, &[2, 4]), twice(2, 4));
}

#[test]
fn st12_a_discrepancy_waits_for_who_has_not_answered_and_then_for_both() {
    let mut history = apart();
    let opened = I::DiscrepancyOpened {
        on: date(DAY),
        figures: [figure_at(2, 1), figure_at(3, 1)],
        due: None,
    };
    let answer = || I::DiscrepancyAnswered {
        on: date(DAY),
        discrepancy: DiscrepancyId(4),
        answer: breakdown(&[(Cause::Coverage, "-955")], "0"),
    };
    let settled = I::DiscrepancyReconciled {
        on: date(DAY),
        discrepancy: DiscrepancyId(4),
        outcome: Outcome::Irreducible {
            reason: "nobody knows any more".to_owned(),
        },
        consenting: parties(&["FR", "MA"]),
    };
    let waits = |history: &History| -> Vec<String> {
        let state = state(history, 1);
        let all = state.discrepancies[&DiscrepancyId(4)].waits_for();
        all.iter().map(ToString::to_string).collect()
    };
    history.indicator(1, "FR", opened);
    assert_eq!(waits(&history), ["FR", "MA"]);
    history.indicator(1, "FR", answer());
    assert_eq!(waits(&history), ["MA"]);
    history.indicator(1, "MA", answer());
    assert_eq!(waits(&history), ["FR", "MA"]);
    history.indicator(1, "MA", settled);
    assert_eq!(waits(&history), [""; 0]);
}

#[test]
fn what_a_definition_says_is_told_in_words() {
    let told = [Frequency::A, Frequency::S, Frequency::Q, Frequency::M];
    let told = told.map(|frequency| frequency.to_string());
    assert_eq!(
        told,
        ["each year", "each half-year", "each quarter", "each month"]
    );
    let told = [Frequency::W, Frequency::D, Frequency::B].map(|frequency| frequency.to_string());
    assert_eq!(told, ["each week", "each day", "each business day"]);
    let told = [Course::Directed, Course::Mutual].map(|course| course.to_string());
    assert_eq!(told, ["from one party to another", "of both parties"]);
}
