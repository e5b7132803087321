//! Golden case G2: consular passes, 80 % and 25 %, 725 and 1,680. All are true of something.

use std::fs;

use serde_json::Value;
use travaux::domain::{
    Rule, StreamCommand, StreamId,
    indicator::{
        Cause, Definition, Indicator, IndicatorCommand, IndicatorRef, ObsStatus, Outcome, Ratio,
        Verdict,
    },
};
use travaux_testkit::{
    agreement::date,
    history::{History, indicator_id},
    indicator::{
        adopt, adopt_from, breakdown, concept, decimal, figure_at, key, passes, report, value,
        version,
    },
    meeting::{foundation, parties, words},
    needs::{self, Run},
};

const DAY: &str = "2024-11-30";

fn data() -> Result<Value, needs::LeftOut> {
    let path = needs::corpus("framework/lpc-figures.json")?;
    let text = fs::read_to_string(path).expect("the figures");
    Ok(serde_json::from_str(&text).expect("JSON"))
}

fn state(history: &History, number: u128) -> Indicator {
    history.state(StreamId::Indicator(indicator_id(number)))
}

fn verdicts(history: &History, number: u128) -> Vec<Verdict> {
    let at = "2024-12-01T00:00:00Z".parse().expect("a time");
    let compared = state(history, number).compare(at).into_iter();
    compared.map(|compared| compared.verdict).collect()
}

/// A share of the counts under two numbers.
fn share(numerator: u128, denominator: (u128, &str)) -> Definition {
    let of = |number, version: &str| IndicatorRef {
        indicator: indicator_id(number),
        version: version.parse().expect("a version"),
    };
    Definition {
        names: words("Share of requests that end in a pass"),
        unit: concept("percent"),
        ratio: Some(Ratio {
            numerator: of(numerator, "1.0.0"),
            denominator: of(denominator.0, denominator.1),
        }),
        ..passes()
    }
}

pub(super) fn st11_shares_of_different_denominators_are_not_comparable() -> Run {
    let data = data()?;
    let figure = |measure: &str, value: Value| {
        let figures = data["figures"].as_array().expect("figures").iter();
        let mut found = figures.filter(|figure| figure["measure"] == measure);
        assert!(
            found.any(|figure| figure["value"] == value),
            "{measure}: {value}"
        );
    };
    figure(
        "share of requests that end in a consular pass",
        "about 80 %".into(),
    );
    figure("share of French requests granted", "25 %".into());
    figure("consular passes obtained", 725.into());
    figure(
        "consular passes granted to Moroccans under an order to leave",
        1680.into(),
    );

    // The seven counts that were asked for in parliament, as indicators of their own.
    let list = &data["indicators_asked_for_in_parliament"]["list"];
    let counts: Vec<&str> = list
        .as_array()
        .expect("seven")
        .iter()
        .filter_map(Value::as_str)
        .collect();
    assert_eq!(counts.len(), 7);
    let mut history = History::new();
    history
        .at("2020-12-01")
        .framework(1, "FR", foundation(&["FR", "MA"]));
    for (count, number) in counts.iter().zip(1..) {
        let population = concept(&count.replace(' ', "-"));
        let definition = Definition {
            names: words(count),
            population,
            ..passes()
        };
        history.indicator(number, "FR", adopt("2020-12-01", "1.0.0", definition));
    }
    let (requested, obtained, unanswered) = (1, 2, 5);
    // Requests as they are answered, and as they are made: other denominators are other versions, and
    // the step between them is major.
    let answered = Definition {
        population: concept("requests-answered"),
        ..passes()
    };
    let other_share = share(obtained, (requested, "2.0.0"));
    history
        .indicator(
            requested,
            "MA",
            adopt_from("2020-12-01", "2.0.0", "2030-01-01", answered),
        )
        .indicator(
            8,
            "FR",
            adopt("2020-12-01", "1.0.0", share(obtained, (requested, "1.0.0"))),
        )
        .at(DAY);
    let smaller = adopt(DAY, "1.1.0", other_share.clone());
    history
        .refuses(
            "FR",
            StreamCommand::Indicator(indicator_id(8), smaller),
            Rule::ST2,
            "another denominator (major)",
        )
        .indicator(8, "MA", adopt_from(DAY, "2.0.0", "2030-01-01", other_share));
    let of = |by, with, percent| report(DAY, by, key("2021", with), value(percent));
    history
        .indicator(8, "FR", of("1.0.0", "MA", "25"))
        .indicator(8, "MA", of("2.0.0", "FR", "80"));
    assert_eq!(
        verdicts(&history, 8),
        [Verdict::NotComparable; 2],
        "both are true"
    );
    let pair = [figure_at(3, 1), figure_at(4, 1)];
    let open = IndicatorCommand::DiscrepancyOpened {
        on: date(DAY),
        figures: pair,
        due: None,
    };
    let open = |number| StreamCommand::Indicator(indicator_id(number), open.clone());
    history.refuses("FR", open(8), Rule::ST11, "not comparable");

    // 725 and 1,680 for 2023: passes obtained in time, and passes granted to all under an order. Told
    // as one count they differ; the gap is taken apart, and what is agreed on stands beside both.
    let told = |with, number: &str| report(DAY, "1.0.0", key("2023", with), value(number));
    history
        .indicator(obtained, "FR", told("MA", "725"))
        .indicator(obtained, "MA", told("FR", "1680"));
    assert_eq!(
        verdicts(&history, obtained),
        [Verdict::Differ {
            gap: decimal("-955")
        }]
    );
    let pair = [figure_at(2, 1), figure_at(3, 1)];
    let discrepancy = travaux::domain::indicator::DiscrepancyId(4);
    let opened = IndicatorCommand::DiscrepancyOpened {
        on: date(DAY),
        figures: pair,
        due: None,
    };
    let answer = |answer| IndicatorCommand::DiscrepancyAnswered {
        on: date(DAY),
        discrepancy,
        answer,
    };
    history
        .indicator(obtained, "FR", opened)
        .indicator(
            obtained,
            "FR",
            answer(breakdown(&[(Cause::Definition, "-955")], "0")),
        )
        .indicator(
            obtained,
            "MA",
            answer(breakdown(&[(Cause::Coverage, "-900")], "-55")),
        );
    let before = state(&history, obtained).figures;
    history.indicator(
        obtained,
        "MA",
        IndicatorCommand::DiscrepancyReconciled {
            on: date(DAY),
            discrepancy,
            outcome: Outcome::Agreed {
                value: decimal("1680"),
                ground: "a joint count of files".to_owned(),
            },
            consenting: parties(&["FR", "MA"]),
        },
    );
    assert_eq!(state(&history, obtained).figures, before, "INV28");
    // Told by the definitions of their own, there is nothing to reconcile.
    let by_all = Definition {
        population: concept("all-under-an-order"),
        ..passes()
    };
    let mut said = value("1680");
    said.status.codes.insert(ObsStatus::B);
    history
        .indicator(
            obtained,
            "FR",
            adopt_from(DAY, "2.0.0", "2030-01-01", by_all),
        )
        .indicator(
            obtained,
            "MA",
            IndicatorCommand::FigureRevised {
                on: date(DAY),
                figure: travaux::domain::indicator::FigureId(3),
                kind: travaux::domain::indicator::RevisionKind::NewMethod,
                version: version("2.0.0"),
                observation: said,
            },
        );
    assert_eq!(verdicts(&history, obtained), [Verdict::NotComparable; 2]);
    assert!(
        verdicts(&history, unanswered).is_empty(),
        "nobody told how many were not answered"
    );
    Ok(())
}
