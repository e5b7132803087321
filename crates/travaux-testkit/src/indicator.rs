//! Indicators of FR and MA, and the parts of what is done to them. The numbers are drafts of our own
//! where no source is named.

use std::collections::BTreeMap;

use travaux_domain::{
    Name, Version,
    indicator::{
        Adjustment, Breakdown, Cause, Concept, Confidentiality, Course, Decimal, Definition,
        Direction, FigureAt, FigureId, FigureKey, Frequency, IndicatorCommand, Nature, ObsStatus,
        Observation, Status, StatusList, Tolerance,
    },
};

use crate::{
    agreement::date,
    history::{History, framework_id},
    meeting::{foundation, parties, words},
};

/// A number.
pub fn decimal(text: &str) -> Decimal {
    text.parse().expect("a number")
}

/// A version.
pub fn version(text: &str) -> Version {
    text.parse().expect("a version")
}

/// A concept of that key, called like it.
pub fn concept(key: &str) -> Concept {
    Concept {
        key: key.into(),
        words: words(key),
    }
}

/// Passes obtained, each year, of which both parties tell, and which may lie apart by a tenth.
pub fn passes() -> Definition {
    Definition {
        names: words("Consular passes obtained"),
        description: words("Passes that were handed over"),
        unit: concept("passes"),
        multiplier: 0,
        decimals: 0,
        frequency: Frequency::A,
        year_start: None,
        population: concept("persons-ordered-to-leave"),
        reference_event: concept("day-of-issue"),
        method: concept("count-of-files"),
        ratio: None,
        sources: vec!["files of the consulates".to_owned()],
        reporters: parties(&["FR", "MA"]),
        course: Course::Mutual,
        categories: Vec::new(),
        attributes: Vec::new(),
        tolerance: Tolerance {
            absolute: Decimal::ZERO,
            relative: decimal("0.1"),
        },
        clauses: Vec::new(),
    }
}

/// The same, of what goes from one party to the other.
pub fn directed() -> Definition {
    Definition {
        course: Course::Directed,
        ..passes()
    }
}

/// Adopts a version of a definition, which counts from 2015 on.
pub fn adopt(on: &str, number: &str, definition: Definition) -> IndicatorCommand {
    adopt_from(on, number, "2015-01-01", definition)
}

/// Adopts a version of a definition, which counts from a day on.
pub fn adopt_from(on: &str, number: &str, from: &str, definition: Definition) -> IndicatorCommand {
    IndicatorCommand::IndicatorAdopted {
        on: date(on),
        framework: framework_id(1),
        version: version(number),
        from: date(from),
        definition: definition.into(),
        consenting: parties(&["FR", "MA"]),
    }
}

/// Drafts a version of a definition.
pub fn draft(on: &str, number: &str, definition: Definition) -> IndicatorCommand {
    IndicatorCommand::IndicatorDrafted {
        on: date(on),
        framework: framework_id(1),
        version: version(number),
        definition: definition.into(),
    }
}

/// A status of list 2.0.
pub fn status(codes: &[ObsStatus]) -> Status {
    Status {
        list: StatusList::V2_0,
        codes: codes.iter().copied().collect(),
    }
}

/// A normal value, free for all.
pub fn value(text: &str) -> Observation {
    Observation {
        value: Some(decimal(text)),
        status: status(&[ObsStatus::A]),
        confidentiality: Confidentiality::default(),
        source: "the ministry".to_owned(),
        as_of: date("2024-01-31"),
        attributes: BTreeMap::new(),
        includes: Vec::new(),
        included_in: None,
    }
}

/// No value, for the reason that a code of list 2.0 says.
pub fn missing(why: ObsStatus) -> Observation {
    Observation {
        value: None,
        status: status(&[why]),
        ..value("0")
    }
}

/// The figure of a period, with a counterpart.
pub fn key(period: &str, counterpart: &str) -> FigureKey {
    FigureKey {
        period: period.parse().expect("a period"),
        counterpart: (!counterpart.is_empty()).then(|| Name::from(counterpart)),
        direction: None,
        category: None,
    }
}

/// The same, out of the reporter or into it.
pub fn going(period: &str, direction: Direction, counterpart: &str) -> FigureKey {
    FigureKey {
        direction: Some(direction),
        ..key(period, counterpart)
    }
}

/// Reports a figure.
pub fn report(on: &str, by: &str, key: FigureKey, observation: Observation) -> IndicatorCommand {
    IndicatorCommand::FigureReported {
        on: date(on),
        version: version(by),
        key,
        observation,
    }
}

/// A figure at a revision.
pub fn figure_at(figure: u64, revision: u32) -> FigureAt {
    let figure = FigureId(figure);
    FigureAt { figure, revision }
}

/// Causes with amounts, and what is left.
pub fn breakdown(amounts: &[(Cause, &str)], residual: &str) -> Breakdown {
    let adjustment = |(cause, amount): &(Cause, &str)| Adjustment {
        cause: cause.clone(),
        nature: Nature::Known,
        amount: decimal(amount),
        note: None,
    };
    Breakdown {
        adjustments: amounts.iter().map(adjustment).collect(),
        residual: decimal(residual),
    }
}

/// A log in which FR and MA count passes by version 1.0.0, in the framework and the indicator under
/// the number 1. It is the last day of January 2024.
pub fn counted(definition: Definition) -> History {
    let mut history = History::new();
    history
        .at("2022-12-01")
        .framework(1, "FR", foundation(&["FR", "MA"]))
        .indicator(1, "FR", adopt("2022-12-01", "1.0.0", definition))
        .at("2024-01-31");
    history
}

/// The same, with the figures of both for 2023: 725 by FR (number 2), 1,680 by MA (number 3).
pub fn apart() -> History {
    let mut history = counted(passes());
    let of = |counterpart| key("2023", counterpart);
    history
        .indicator(
            1,
            "FR",
            report("2024-01-31", "1.0.0", of("MA"), value("725")),
        )
        .indicator(
            1,
            "MA",
            report("2024-01-31", "1.0.0", of("FR"), value("1680")),
        );
    history
}
