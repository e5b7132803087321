//! Figures: reported under an exact version, revised, withdrawn; their periods, statuses, secrecy.

use travaux_domain::{
    Rule,
    indicator::{
        Attribute, Category, ConfStatus, Confidentiality, Course, Decimal, Definition, Direction,
        FigureId, FigureKey, Frequency, IndicatorCommand as I, IndicatorRef, NoSum, ObsStatus,
        Observation, Ratio, RevisionKind, Status, StatusList,
    },
};
use travaux_testkit::{
    agreement::date,
    history::{History, indicator_id},
    indicator::{
        adopt, adopt_from, concept, counted, decimal, directed, draft, figure_at, going, key,
        missing, passes, report, status, value, version,
    },
    meeting::{parties, words},
};

use crate::indicator::{indicator, refused, state};

const DAY: &str = "2024-01-31";

pub(crate) fn revise(
    on: &str,
    figure: u64,
    kind: RevisionKind,
    by: &str,
    observation: Observation,
) -> I {
    I::FigureRevised {
        on: date(on),
        figure: FigureId(figure),
        kind,
        version: version(by),
        observation,
    }
}

pub(crate) fn withdraw(on: &str, figure: u64) -> I {
    I::FigureWithdrawn {
        on: date(on),
        figure: FigureId(figure),
        reason: "counted twice".to_owned(),
    }
}

fn said(change: impl FnOnce(&mut Observation)) -> Observation {
    let mut observation = value("725");
    change(&mut observation);
    observation
}

/// Reports the passes of 2023 with MA, changed.
fn with(change: impl FnOnce(&mut Observation)) -> I {
    report(DAY, "1.0.0", key("2023", "MA"), said(change))
}

/// A figure of ten that includes what is counted under these names too (status W).
pub(crate) fn includes(names: &[&str]) -> Observation {
    Observation {
        status: listed(ObsStatus::W),
        includes: names.iter().map(|name| (*name).into()).collect(),
        ..value("10")
    }
}

/// A status of the list that has codes for what is included.
pub(crate) fn listed(code: ObsStatus) -> Status {
    Status {
        list: StatusList::V2_2,
        codes: [code].into(),
    }
}

#[test]
fn st4_a_figure_names_an_exact_version_that_is_in_use() {
    let mut history = counted(passes());
    let of = |version: &str, period: &str| report(DAY, version, key(period, "MA"), value("725"));
    let renamed = |name: &str| Definition {
        names: words(name),
        ..passes()
    };
    history
        .indicator(
            1,
            "FR",
            draft(
                DAY,
                "1.1.0-draft",
                Definition {
                    method: concept("x"),
                    ..passes()
                },
            ),
        )
        .indicator(
            1,
            "FR",
            adopt_from(DAY, "1.0.1", "2023-01-01", renamed("Passes")),
        );
    let before_it_was_adopted = report("2022-11-30", "1.0.0", key("2021", "MA"), value("1"));
    refused(
        &mut history,
        vec![
            (
                "FR",
                of("1.1.0-draft", "2023"),
                Rule::ST4,
                "(1.0.0, 1.0.1), found `1.1.0-draft`",
            ),
            ("FR", of("2.0.0", "2023"), Rule::ST4, "found `2.0.0`"),
            (
                "FR",
                of("1.0.0", "2023"),
                Rule::ST4,
                "expected 1.0.1, which counts for 2023",
            ),
            ("FR", before_it_was_adopted, Rule::RC3, "1.0.0 was adopted"),
            ("ES", of("1.0.1", "2023"), Rule::P0, "`ES`"),
        ],
    );
    // The version before goes on for the periods before, and the later one may look back.
    history
        .indicator(1, "FR", of("1.0.0", "2022"))
        .indicator(1, "FR", of("1.0.1", "2023"))
        .indicator(1, "MA", report(DAY, "1.0.1", key("2022", "FR"), value("0")));
    let last = history.log().last().map(|r| r.event.type_name());
    assert_eq!(last, Some("FigureReported"));
    // INV21: read later, it names the version that it was reported by.
    history.indicator(
        1,
        "FR",
        adopt_from(DAY, "1.0.2", "2023-01-01", renamed("All passes")),
    );
    let indicator = state(&history, 1);
    let by = |figure| {
        indicator
            .at(figure_at(figure, 1))
            .map(|said| said.version.to_string())
    };
    assert_eq!(by(4).as_deref(), Some("1.0.0"));
    assert_eq!(by(5).as_deref(), Some("1.0.1"));
    let zero = indicator
        .at(figure_at(6, 1))
        .and_then(|said| said.observation.value);
    assert_eq!(zero, Some(Decimal::ZERO), "zero is a value");
}

#[test]
fn st4_a_figure_says_what_the_definition_asks() {
    let attribute = |key: &str, mandatory| Attribute {
        key: key.into(),
        words: words(key),
        mandatory,
    };
    let category = |key: &str| Category {
        key: key.into(),
        words: words(key),
        deprecated: false,
    };
    let mut history = counted(Definition {
        reporters: parties(&["FR"]),
        decimals: 1,
        attributes: vec![attribute("NOTE", false), attribute("OFFICE", true)],
        categories: vec![category("adults"), category("minors")],
        ..passes()
    });
    let of = |category: Option<&str>, change: fn(&mut Observation)| {
        let key = FigureKey {
            category: category.map(Into::into),
            ..key("2023", "MA")
        };
        let observation = said(|o| {
            o.attributes.insert("OFFICE".into(), "Paris".to_owned());
            change(o);
        });
        report(DAY, "1.0.0", key, observation)
    };
    let adults = |change| of(Some("adults"), change);
    refused(
        &mut history,
        vec![
            ("MA", adults(|_| {}), Rule::ST4, "one who reports: FR"),
            (
                "FR",
                of(None, |_| {}),
                Rule::ST4,
                "a category (adults, minors)",
            ),
            ("FR", of(Some("all"), |_| {}), Rule::ST4, "found `all`"),
            (
                "FR",
                adults(|o| o.attributes.clear()),
                Rule::ST4,
                "missing: OFFICE",
            ),
            (
                "FR",
                adults(|o| drop(o.attributes.insert("OTHER".into(), "x".into()))),
                Rule::ST4,
                "(NOTE, OFFICE), found `OTHER`",
            ),
            (
                "FR",
                adults(|o| drop(o.attributes.insert("NOTE".into(), " ".into()))),
                Rule::RC5,
                "NOTE",
            ),
            (
                "FR",
                adults(|o| o.value = Some(decimal("1.25"))),
                Rule::ST4,
                "at most 1 decimals",
            ),
            (
                "FR",
                adults(|o| o.value = Some(decimal("-100000000000000000"))),
                Rule::ST4,
                "at most 17 digits",
            ),
            ("FR", adults(|o| o.source.clear()), Rule::RC5, "a source"),
            (
                "FR",
                adults(|o| o.as_of = date("2024-02-01")),
                Rule::ST4,
                "up to 2024-01-31",
            ),
        ],
    );
    history
        .indicator(1, "FR", adults(|o| o.value = Some(decimal("-1.5"))))
        .indicator(1, "FR", of(Some("minors"), |_| {}));
    let without = counted(passes());
    let key = FigureKey {
        category: Some("adults".into()),
        ..key("2023", "MA")
    };
    let refusal = without.decided("FR", indicator(report(DAY, "1.0.0", key, value("1"))));
    let refusal = refusal.expect_err("there are no categories");
    assert!(refusal.rule == Rule::ST4 && refusal.to_string().contains("of which there is none"));
}

#[test]
fn st5_a_period_is_one_of_the_frequency_in_its_year() {
    for (frequency, start, right, wrong) in [
        (Frequency::A, None, "2023", "2023-A1"),
        (Frequency::A, Some("07-01"), "2022-A1", "2023"),
        (Frequency::S, None, "2023-S1", "2023-Q1"),
        (Frequency::Q, Some("07-01"), "2023-Q1", "2023-07"),
        (Frequency::M, None, "2023-12", "2023"),
        (Frequency::W, None, "2023-W52", "2023-W53"),
        (Frequency::D, None, "2023-06-24", "2023-W25"),
        (Frequency::B, None, "2023-06-23", "2023-06-24"),
    ] {
        let mut history = counted(Definition {
            frequency,
            year_start: start.and_then(|start| start.parse().ok()),
            ..passes()
        });
        let of = |period| report(DAY, "1.0.0", key(period, "MA"), value("1"));
        history
            .refuses(
                "FR",
                indicator(of(wrong)),
                Rule::ST5,
                &format!("found `{wrong}`"),
            )
            .indicator(1, "FR", of(right));
    }
}

#[test]
fn st6_a_missing_value_says_why_and_only_then_there_is_none() {
    use ObsStatus::{A, B, E, F, H, L, M, O, P, Q};
    let mut history = counted(passes());
    let coded = |codes: &'static [ObsStatus]| with(|o| o.status = status(codes));
    let none = |codes: &'static [ObsStatus]| {
        with(|o| {
            o.value = None;
            o.status = status(codes);
        })
    };
    let of = |period, codes: &[ObsStatus]| {
        let observation = Observation {
            status: status(codes),
            ..value("7")
        };
        report(DAY, "1.0.0", key(period, "MA"), observation)
    };
    refused(
        &mut history,
        vec![
            ("FR", coded(&[]), Rule::ST6, "a status, such as A"),
            (
                "FR",
                coded(&[Q]),
                Rule::ST6,
                "no value, as it is missing: suppressed",
            ),
            ("FR", coded(&[A, O]), Rule::ST6, "no value"),
            ("FR", none(&[A]), Rule::ST6, "(H, L, M, O, Q), found A"),
            ("FR", none(&[]), Rule::ST6, "found none"),
            (
                "FR",
                none(&[L, Q]),
                Rule::ST6,
                "one status that says why not",
            ),
            ("FR", of("2025", &[A]), Rule::ST6, "status F"),
        ],
    );
    history
        .indicator(1, "FR", of("2025", &[F]))
        .indicator(1, "FR", of("2024", &[P]))
        .indicator(1, "FR", coded(&[B, E, P]));
    for (year, why) in [
        ("2018", H),
        ("2019", L),
        ("2020", M),
        ("2021", O),
        ("2022", Q),
    ] {
        history.indicator(1, "FR", report(DAY, "1.0.0", key(year, "MA"), missing(why)));
    }
}

#[test]
fn st7_a_code_is_of_a_version_of_its_list() {
    use ObsStatus::{D, K, M, O, W};
    let mut history = counted(passes());
    let none = |list: StatusList, code: ObsStatus| {
        let codes = [code].into();
        with(|o| {
            o.value = None;
            o.status = Status { list, codes };
        })
    };
    let with_value = |list, code: ObsStatus| {
        let codes = [code].into();
        with(|o| o.status = Status { list, codes })
    };
    refused(
        &mut history,
        vec![
            (
                "FR",
                none(StatusList::V1_0, O),
                Rule::ST7,
                "list 1.0 (A, B, E, F, I, M, P, S)",
            ),
            (
                "FR",
                with_value(StatusList::V1_0, D),
                Rule::ST7,
                "found `D`",
            ),
            ("FR", none(StatusList::V2_0, K), Rule::ST7, "list 2.0"),
            ("FR", with_value(StatusList::V2_0, W), Rule::ST7, "list 2.0"),
        ],
    );
    // The same letter of two lists says two things.
    assert_eq!(StatusList::V1_0.says(M), "missing");
    assert_eq!(StatusList::V2_0.says(M), "missing: cannot exist");
    let count = |list: StatusList| list.codes().count();
    let lists = [StatusList::V1_0, StatusList::V2_0, StatusList::V2_2];
    assert_eq!(lists.map(count), [8, 18, 20]);
    history.indicator(1, "FR", none(StatusList::V1_0, M));
}

#[test]
fn st8_an_embargo_has_an_end_and_what_is_hidden_is_counted() {
    let mut history = counted(passes());
    let secret = |status, until: Option<&str>, also_to: &[&str]| {
        let until = until.map(|until| until.parse().expect("a time with its offset"));
        let also_to = also_to.iter().map(|who| (*who).into()).collect();
        with(|o| {
            o.confidentiality = Confidentiality {
                status,
                until,
                also_to,
            }
        })
    };
    let end = Some("2024-06-30T14:30:00+02:00");
    refused(
        &mut history,
        vec![
            (
                "FR",
                secret(ConfStatus::E, None, &[]),
                Rule::ST8,
                "the end of the embargo",
            ),
            (
                "FR",
                secret(ConfStatus::N, end, &[]),
                Rule::ST8,
                "no end of an embargo",
            ),
            (
                "FR",
                secret(ConfStatus::F, end, &[]),
                Rule::ST8,
                "no end of an embargo",
            ),
            (
                "FR",
                secret(ConfStatus::F, None, &["MA"]),
                Rule::ST8,
                "as all may",
            ),
            (
                "FR",
                secret(ConfStatus::C, None, &["a b"]),
                Rule::RC5,
                "without spaces",
            ),
        ],
    );
    history.indicator(1, "FR", secret(ConfStatus::E, end, &["MA"]));
    let log = history.log().last().expect("it");
    let words = log.event.describe().what;
    assert!(words.ends_with("not shown (E)"), "{words}");
    let indicator = state(&history, 1);
    let said = indicator.at(figure_at(2, 1)).expect("it");
    let secrecy = &said.observation.confidentiality;
    let at = |time: &str| time.parse().expect("a time");
    let (before, end) = (at("2024-06-30T12:29:59Z"), at("2024-06-30T12:30:00Z"));
    assert!(!secrecy.is_public(before) && secrecy.is_public(end));
    assert!(secrecy.is_shown(Some(&"MA".into()), before));
    assert!(!secrecy.is_shown(Some(&"ES".into()), before) && !secrecy.is_shown(None, before));
    for status in ConfStatus::ALL {
        let secrecy = Confidentiality {
            status,
            ..Confidentiality::default()
        };
        assert_eq!(
            secrecy.is_public(end),
            status == ConfStatus::F,
            "{}",
            status.code()
        );
    }
}

#[test]
fn st9_a_revision_keeps_what_was_said_before() {
    use RevisionKind::{Correction, LateData, NewMethod};
    let mut history = counted(passes());
    history.indicator(1, "FR", with(|_| {}));
    let sampled = Definition {
        method: concept("sample"),
        ..passes()
    };
    history.indicator(1, "FR", adopt_from(DAY, "1.1.0", "2023-01-01", sampled));
    history.refuses(
        "FR",
        indicator(with(|o| o.value = None)),
        Rule::ST4,
        "1.1.0, which counts",
    );
    history.at("2024-02-20");
    let on = "2024-02-20";
    let again = report(on, "1.1.0", key("2023", "MA"), value("726"));
    refused(
        &mut history,
        vec![
            ("FR", again, Rule::ST9, "figure 2 of 2023 with MA"),
            (
                "FR",
                revise(on, 9, LateData, "1.0.0", value("1")),
                Rule::ST9,
                "by its number",
            ),
            (
                "MA",
                revise(on, 2, LateData, "1.0.0", value("1")),
                Rule::ST9,
                "`FR`, who reported it",
            ),
            (
                "FR",
                revise(on, 2, LateData, "1.1.0", value("1")),
                Rule::ST9,
                "a new method as the",
            ),
            (
                "FR",
                revise(on, 2, NewMethod, "1.0.0", value("1")),
                Rule::ST9,
                "a later version",
            ),
            (
                "FR",
                revise(on, 2, Correction, "1.0.0", value("725")),
                Rule::ST9,
                "the same",
            ),
            (
                "FR",
                revise("2024-01-30", 2, LateData, "1.0.0", value("1")),
                Rule::RC3,
                "revision",
            ),
            (
                "FR",
                revise(on, 2, LateData, "1.0.0", value("1")),
                Rule::ST4,
                "1.1.0, which counts",
            ),
            ("MA", withdraw(on, 2), Rule::ST9, "`FR`"),
        ],
    );
    history
        .indicator(1, "FR", revise(on, 2, NewMethod, "1.1.0", value("740")))
        .indicator(1, "FR", revise(on, 2, LateData, "1.1.0", value("741")))
        .indicator(1, "FR", withdraw(on, 2));
    refused(
        &mut history,
        vec![
            ("FR", withdraw(on, 2), Rule::ST9, "withdrawn on 2024-02-20"),
            (
                "FR",
                revise(on, 2, LateData, "1.1.0", value("1")),
                Rule::ST9,
                "a figure that stands",
            ),
        ],
    );
    let indicator = state(&history, 1);
    let values: Vec<_> = (1..=4)
        .map(|revision| indicator.at(figure_at(2, revision)))
        .map(|said| said.and_then(|said| Some((said.version.to_string(), said.observation.value?))))
        .collect();
    let told = |version: &str, value: &str| Some((version.to_owned(), decimal(value)));
    assert_eq!(
        values,
        [
            told("1.0.0", "725"),
            told("1.1.0", "740"),
            told("1.1.0", "741"),
            None
        ]
    );
    assert_eq!(
        indicator.figure(&"FR".into(), &key("2023", "MA")),
        None,
        "it stands no more"
    );
    // What was withdrawn makes room.
    history.indicator(
        1,
        "FR",
        report(on, "1.1.0", key("2023", "MA"), value("742")),
    );
}

#[test]
fn st9_a_series_says_where_it_breaks() {
    let mut history = counted(passes());
    let of = |version: &str, period: &str, codes: &[ObsStatus]| {
        let observation = Observation {
            status: status(codes),
            ..value("7")
        };
        report(DAY, version, key(period, "MA"), observation)
    };
    let (normal, breaks) = ([ObsStatus::A], [ObsStatus::A, ObsStatus::B]);
    let sampled = Definition {
        method: concept("sample"),
        ..passes()
    };
    let adults = Definition {
        population: concept("adults"),
        ..sampled.clone()
    };
    history
        .indicator(1, "FR", of("1.0.0", "2020", &normal))
        .indicator(
            1,
            "FR",
            adopt_from(DAY, "1.1.0", "2021-01-01", sampled.clone()),
        )
        .refuses(
            "FR",
            indicator(of("1.1.0", "2021", &normal)),
            Rule::ST9,
            "status B: the series",
        )
        .indicator(1, "FR", of("1.1.0", "2021", &breaks))
        .indicator(1, "FR", of("1.1.0", "2022", &normal))
        // Another name is no break.
        .indicator(
            1,
            "FR",
            adopt_from(
                DAY,
                "1.1.1",
                "2023-01-01",
                Definition {
                    names: words("Passes"),
                    ..sampled
                },
            ),
        )
        .indicator(1, "FR", of("1.1.1", "2023", &normal))
        .indicator(1, "FR", adopt_from(DAY, "2.0.0", "2024-01-01", adults))
        .refuses(
            "FR",
            indicator(of("2.0.0", "2024", &normal)),
            Rule::ST9,
            "2023 is counted by 1.1.1",
        )
        .indicator(1, "FR", of("2.0.0", "2024", &breaks))
        // Others' series, and other counterparts, are other series.
        .indicator(1, "MA", report(DAY, "2.0.0", key("2024", "FR"), value("7")))
        .indicator(1, "FR", report(DAY, "2.0.0", key("2024", "ES"), value("7")));
}

#[test]
fn st17_what_is_included_is_said_and_no_sum_is_over_what_is_hidden() {
    let mut history = counted(passes());
    let of = |counterpart: &str, observation| {
        report(DAY, "1.0.0", key("2023", counterpart), observation)
    };
    let included = |inside: Option<&str>| Observation {
        value: None,
        status: listed(ObsStatus::K),
        included_in: inside.map(Into::into),
        ..value("0")
    };
    refused(
        &mut history,
        vec![
            (
                "FR",
                of("MA", includes(&[])),
                Rule::ST17,
                "as status W says",
            ),
            (
                "FR",
                of("MA", included(None)),
                Rule::ST17,
                "as status K says",
            ),
            (
                "FR",
                of(
                    "MA",
                    Observation {
                        includes: vec!["EH".into()],
                        ..value("1")
                    },
                ),
                Rule::ST17,
                "status W, as it includes",
            ),
            (
                "FR",
                of(
                    "MA",
                    Observation {
                        included_in: Some("EH".into()),
                        ..value("1")
                    },
                ),
                Rule::ST17,
                "status K, as it is included",
            ),
        ],
    );
    history
        .indicator(1, "FR", of("MA", includes(&["732"])))
        .indicator(1, "FR", of("732", included(Some("MA"))))
        .indicator(1, "FR", of("012", value("5")))
        .indicator(1, "FR", of("TUN", missing(ObsStatus::Q)))
        .indicator(
            1,
            "FR",
            of("LBY", said(|o| o.confidentiality.status = ConfStatus::C)),
        )
        .indicator(1, "FR", of("EGY", includes(&["012"])));
    let adults = Definition {
        population: concept("adults"),
        ..passes()
    };
    history
        .indicator(1, "FR", adopt(DAY, "2.0.0", adults))
        .indicator(
            1,
            "FR",
            report(DAY, "2.0.0", key("2023", "MRT"), value("1")),
        );
    let indicator = state(&history, 1);
    let at = "2024-01-31T12:00:00Z".parse().expect("a time");
    let sum = |figures: &[u64]| {
        let figures: Vec<_> = figures.iter().map(|figure| FigureId(*figure)).collect();
        indicator.sum(&figures, at)
    };
    let whole = sum(&[2, 3, 4]).expect("a sum");
    assert_eq!((whole.value, whole.major), (decimal("15"), 1));
    assert_eq!(whole.parts, [FigureId(2), FigureId(4)]);
    assert_eq!(whole.without, [(FigureId(3), ObsStatus::K)]);
    assert_eq!(whole.includes, ["732"]);
    for (figures, why) in [
        (&[][..], NoSum::Nothing),
        (&[3], NoSum::Nothing),
        (&[99], NoSum::Nothing),
        (&[2, 5], NoSum::Suppressed(FigureId(5))),
        (&[2, 6], NoSum::NotShown(FigureId(6))),
        (&[4, 7], NoSum::CountedTwice(FigureId(4), FigureId(7))),
        (&[4, 9], NoSum::MixedMajors),
    ] {
        assert_eq!(sum(figures), Err(why), "{figures:?}");
    }
}

#[test]
fn st17_no_sum_counts_one_thing_twice() {
    let keyed =
        |period: &str, counterpart: Option<&str>, way: Direction, category: &str| FigureKey {
            counterpart: counterpart.map(Into::into),
            category: Some(category.into()),
            ..going(period, way, "MA")
        };
    let (out, into) = (Direction::Out, Direction::In);
    let (jan, feb) = ("2024-01", "2024-02");
    // Numbered from 2, as the definition is the first event.
    let rows = [
        ("FR", keyed(jan, Some("MA"), out, "V")),
        ("MA", keyed(jan, Some("FR"), into, "V")), // 3: the mirror of 2
        ("FR", keyed(jan, Some("MA"), into, "V")), // 4: the other way
        ("FR", keyed(jan, None, out, "V")),        // 5: to all
        ("FR", keyed(jan, Some("MA"), out, "W")),  // 6: another category
        ("FR", keyed(jan, Some("DZ"), out, "V")),  // 7: another country
        ("FR", keyed(feb, Some("MA"), out, "V")),  // 8: another month
        ("MA", keyed(jan, Some("FR"), out, "V")),  // 9: the mirror of 4
        ("MA", keyed(jan, None, into, "V")),       // 10: from all
        ("MA", keyed(feb, Some("FR"), into, "V")), // 11: the mirror of 8
    ];
    let category = |key: &str| Category {
        key: key.into(),
        words: words(key),
        deprecated: false,
    };
    let monthly = Definition {
        frequency: Frequency::M,
        categories: vec![category("V"), category("W")],
        ..directed()
    };
    let mut history = counted(monthly);
    history.at("2024-03-01");
    for (who, key) in rows {
        history.indicator(1, who, report("2024-03-01", "1.0.0", key, value("1")));
    }
    let indicator = state(&history, 1);
    let at = "2024-03-31T12:00:00Z".parse().expect("a time");
    let sum = |figures: &[u64]| {
        let figures: Vec<_> = figures.iter().map(|figure| FigureId(*figure)).collect();
        indicator.sum(&figures, at).map(|sum| sum.value.to_string())
    };
    for fits in [
        &[2, 4, 6, 7, 8][..],
        // What one reports of January, the other of February.
        &[2, 11],
        &[4, 5],
    ] {
        assert_eq!(sum(fits), Ok(fits.len().to_string()), "{fits:?}");
    }
    // What goes out of one to all comes into the other from all: (5, 10).
    for (one, other) in [
        (2, 3),
        (4, 9),
        (2, 5),
        (3, 5),
        (5, 7),
        (2, 10),
        (8, 11),
        (5, 10),
    ] {
        let twice = Err(NoSum::CountedTwice(FigureId(one), FigureId(other)));
        assert_eq!(sum(&[one, other]), twice);
        assert_eq!(sum(&[other, one]), twice, "in whatever order");
        assert!(sum(&[6, other, one]).is_err());
    }
}

/// What a figure says that it includes is in no sum with it: of the same reporter and time.
#[test]
fn st17_what_a_figure_includes_is_not_summed_with_it() {
    let mut history = counted(passes());
    for (who, period, counterpart, observation) in [
        ("FR", "2022", "EGY", includes(&["012"])),
        ("FR", "2022", "012", value("1")),
        ("FR", "2023", "012", value("1")), // 4: another year
        ("MA", "2022", "012", value("1")), // 5: another reporter
        ("FR", "2022", "LBY", includes(&["012"])),
        ("FR", "2022", "TUN", includes(&["TUN"])), // 7: itself
    ] {
        let figure = report(DAY, "1.0.0", key(period, counterpart), observation);
        history.indicator(1, who, figure);
    }
    let indicator = state(&history, 1);
    let at = "2024-01-31T12:00:00Z".parse().expect("a time");
    let sum = |figures: &[u64]| {
        let figures: Vec<_> = figures.iter().map(|figure| FigureId(*figure)).collect();
        indicator.sum(&figures, at).map(|sum| sum.value.to_string())
    };
    assert_eq!(sum(&[2, 4, 5, 7]), Ok("22".to_owned()));
    for (one, other) in [(2, 3), (3, 6), (2, 6)] {
        let twice = Err(NoSum::CountedTwice(FigureId(one), FigureId(other)));
        assert_eq!(sum(&[other, one]), twice);
    }
}

#[test]
fn st17_shares_and_versions_before_the_first_stable_one_have_no_sum() {
    let of_other = |number| IndicatorRef {
        indicator: indicator_id(number),
        version: "1.0.0".parse().expect("a reference"),
    };
    let share = Definition {
        ratio: Some(Ratio {
            numerator: of_other(1),
            denominator: of_other(2),
        }),
        ..passes()
    };
    let breaks = || Observation {
        status: status(&[ObsStatus::B]),
        ..value("7")
    };
    let of = |by: &str, period: &str| report(DAY, by, key(period, "MA"), value("7"));
    let mut history = counted(passes());
    history
        .indicator(2, "FR", adopt(DAY, "1.0.0", passes()))
        .indicator(3, "FR", adopt(DAY, "1.0.0", share))
        .indicator(3, "FR", of("1.0.0", "2022"))
        .indicator(4, "FR", adopt(DAY, "0.1.0", passes()))
        .indicator(4, "FR", of("0.1.0", "2022"))
        .indicator(4, "FR", of("0.1.0", "2023"))
        .indicator(4, "FR", adopt_from(DAY, "0.1.1", "2024-01-01", directed()))
        .at("2025-01-31")
        .indicator(
            4,
            "FR",
            report(
                "2025-01-31",
                "0.1.1",
                going("2024", Direction::Out, "MA"),
                breaks(),
            ),
        );
    let sum = |number, figures: &[u64]| {
        let figures: Vec<_> = figures.iter().map(|figure| FigureId(*figure)).collect();
        let at = "2025-01-31T12:00:00Z".parse().expect("a time");
        let sum = state(&history, number).sum(&figures, at);
        sum.map(|sum| sum.value.to_string())
    };
    assert_eq!(sum(3, &[2]), Err(NoSum::Shares));
    assert_eq!(sum(4, &[2, 3]), Ok("14".to_owned()));
    assert_eq!(sum(4, &[3, 5]), Err(NoSum::MixedMajors));
}

#[test]
fn st19_a_counterpart_is_a_party_or_an_area_by_its_code_as_text() {
    let mut history = counted(passes());
    let of = |counterpart: &str| report(DAY, "1.0.0", key("2023", counterpart), value("1"));
    for counterpart in ["12", "0012", "Morocco", "ma", "MAR1", "M", "É", "ABCD"] {
        let found = format!("found `{counterpart}`");
        history.refuses("FR", indicator(of(counterpart)), Rule::ST19, &found);
    }
    for counterpart in ["012", "504", "MAR", "ES", "MA", ""] {
        history.indicator(1, "FR", of(counterpart));
    }
    history.refuses("FR", indicator(of("FR")), Rule::ST10, "another counterpart");
}

#[test]
fn st10_a_figure_says_which_way_it_goes_where_the_definition_asks() {
    let out = |counterpart| {
        report(
            DAY,
            "1.0.0",
            going("2023", Direction::Out, counterpart),
            value("1"),
        )
    };
    let none = || report(DAY, "1.0.0", key("2023", "MA"), value("1"));
    let mut history: History = counted(directed());
    history
        .refuses(
            "FR",
            indicator(none()),
            Rule::ST10,
            "a direction: out or in",
        )
        .indicator(1, "FR", out("MA"))
        .refuses(
            "FR",
            indicator(out("MA")),
            Rule::ST9,
            "figure 2 of 2023 to MA",
        );
    let mut mutual = counted(Definition {
        course: Course::Mutual,
        ..passes()
    });
    mutual.refuses("FR", indicator(out("MA")), Rule::ST10, "no direction");
}

#[test]
fn st9_what_takes_the_place_of_a_withdrawn_figure_comes_no_earlier() {
    let mut history = counted(passes());
    history.at("2024-02-25");
    let again = |on: &str| report(on, "1.0.0", key("2023", "MA"), value("742"));
    history
        .indicator(
            1,
            "FR",
            report("2024-02-10", "1.0.0", key("2023", "MA"), value("725")),
        )
        .indicator(1, "FR", withdraw("2024-02-20", 2));
    let early = indicator(again("2024-02-19"));
    history.refuses("FR", early, Rule::RC3, "taken back");
    history.indicator(1, "FR", again("2024-02-20"));
}
