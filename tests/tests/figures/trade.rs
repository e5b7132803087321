//! Trade from 1831 to 1913, told by both sides (RICardo): 2,653 figures of seven reporters.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
};

use travaux::domain::{
    StreamId,
    indicator::{
        Concept, Course, Definition, Direction, Indicator, IndicatorCommand, Tolerance, Verdict,
    },
};
use travaux_testkit::{
    history::{History, indicator_id},
    indicator::{adopt_from, concept, decimal, going, passes, report, value},
    meeting::{foundation, parties},
    needs::{self, LeftOut, Run},
};

const PARTIES: [&str; 7] = ["BEL", "ESP", "FRA", "GBR", "ITA", "MAR", "PRT"];
const DAY: &str = "2024-01-31";

/// A figure as the source has it.
#[derive(Clone, Debug)]
struct Line {
    year: String,
    reporter: &'static str,
    partner: &'static str,
    exports: bool,
    system: String,
    pounds: u64,
}

impl Line {
    /// The year, from whom, to whom.
    fn flow(&self) -> (String, &'static str, &'static str) {
        let (from, to) = if self.exports {
            (self.reporter, self.partner)
        } else {
            (self.partner, self.reporter)
        };
        (self.year.clone(), from, to)
    }
}

fn party(name: &str) -> &'static str {
    match name {
        "Belgium" => "BEL",
        "Spain" => "ESP",
        "France" => "FRA",
        "United Kingdom" => "GBR",
        "Italy" => "ITA",
        "Morocco" => "MAR",
        "Portugal" => "PRT",
        other => panic!("no party: {other}"),
    }
}

fn figures() -> Result<Vec<Line>, LeftOut> {
    let path = needs::corpus("framework/mirror-trade.csv")?;
    let text = fs::read_to_string(path).expect("the figures");
    let mut lines = csv::Reader::from_reader(text.as_bytes());
    let read = |record: Result<csv::StringRecord, csv::Error>| {
        let record = record.expect("a line");
        Line {
            year: record[0].to_owned(),
            reporter: party(&record[1]),
            partner: party(&record[2]),
            exports: &record[3] == "Exp",
            system: record[4].to_owned(),
            pounds: record[8].parse().expect("pounds"),
        }
    };
    Ok(lines.records().map(read).collect())
}

fn trade(system: &str) -> Definition {
    Definition {
        unit: concept("pound-sterling"),
        population: Concept {
            key: system.into(),
            ..concept("trade")
        },
        reporters: parties(&PARTIES),
        course: Course::Directed,
        tolerance: Tolerance {
            relative: decimal("0.1"),
            ..Tolerance::default()
        },
        ..passes()
    }
}

fn by_all(mut command: IndicatorCommand) -> IndicatorCommand {
    if let IndicatorCommand::IndicatorAdopted { consenting, .. } = &mut command {
        *consenting = parties(&PARTIES);
    }
    command
}

fn begun() -> History {
    let mut history = History::new();
    history
        .at("2022-12-01")
        .framework(1, "FRA", foundation(&PARTIES));
    history
}

fn adopt(history: &mut History, version: &str, from: &str, system: &str) {
    let adopted = adopt_from("2022-12-01", version, from, trade(system));
    history.indicator(1, "FRA", by_all(adopted));
}

fn tell(history: &mut History, line: &Line, version: &str) {
    let direction = if line.exports {
        Direction::Out
    } else {
        Direction::In
    };
    let key = going(&line.year, direction, line.partner);
    let mut said = value(&line.pounds.to_string());
    // Where a series goes on by another system, it says so.
    said.status
        .codes
        .insert(travaux::domain::indicator::ObsStatus::B);
    history.indicator(1, line.reporter, report(DAY, version, key, said));
}

/// What comes of all comparisons, as it stands.
fn verdicts(history: &History) -> (Indicator, Vec<Verdict>) {
    let state: Indicator = history.state(StreamId::Indicator(indicator_id(1)));
    let at = "2024-02-01T00:00:00Z".parse().expect("a time");
    let verdicts = state
        .compare(at)
        .into_iter()
        .map(|compared| compared.verdict);
    let verdicts = verdicts.collect();
    (state, verdicts)
}

fn count(verdicts: &[Verdict], of: fn(&Verdict) -> bool) -> usize {
    verdicts.iter().filter(|verdict| of(verdict)).count()
}

pub(super) fn st11_628_of_769_flows_that_both_sides_tell_differ_by_more_than_a_tenth() -> Run {
    let lines = figures()?;
    assert_eq!(lines.len(), 2653);
    // The first figure of each reporter for a flow, whatever its system: as the source counts them.
    let mut seen = BTreeSet::new();
    let first: Vec<_> = lines
        .into_iter()
        .filter(|line| seen.insert((line.flow(), line.reporter)))
        .collect();
    let mut history = begun();
    adopt(&mut history, "1.0.0", "1800-01-01", "any-system");
    history.at(DAY);
    for line in &first {
        tell(&mut history, line, "1.0.0");
    }
    let (_, verdicts) = verdicts(&history);
    let differ = count(&verdicts, |v| matches!(v, Verdict::Differ { .. }));
    let agree = count(&verdicts, |v| matches!(v, Verdict::Agree { .. }));
    // Without floats, by the numbers alone: and zero is a value, which the source leaves out.
    let mut told: BTreeMap<_, Vec<u64>> = BTreeMap::new();
    for line in &first {
        told.entry(line.flow()).or_default().push(line.pounds);
    }
    let both: Vec<_> = told.values().filter(|sides| sides.len() == 2).collect();
    let of_nothing = both.iter().filter(|sides| sides.contains(&0)).count();
    let apart = |sides: &&&Vec<u64>| sides[0].abs_diff(sides[1]) * 10 > sides[0].max(sides[1]);
    assert_eq!((both.len() - of_nothing, of_nothing), (769, 1));
    assert_eq!(
        (differ, differ + agree),
        (both.iter().filter(apart).count(), both.len())
    );
    assert_eq!(
        (differ - of_nothing, differ + agree - of_nothing),
        (628, 769)
    );
    assert_eq!(
        count(&verdicts, |v| *v == Verdict::OneSided),
        told.len() - both.len()
    );
    Ok(())
}

pub(super) fn st11_two_systems_are_two_definitions_and_never_compared() -> Run {
    let lines = figures()?;
    // Special trade, general trade, and what nobody says of which system it is: three definitions.
    let version = |system: &str| match system {
        "Spe" => "1.0.0",
        "Gen" => "2.0.0",
        _ => "3.0.0",
    };
    let mut history = begun();
    adopt(&mut history, "1.0.0", "1800-01-01", "special-trade");
    adopt(&mut history, "2.0.0", "1914-01-01", "general-trade");
    adopt(&mut history, "3.0.0", "1914-01-01", "system-not-told");
    history.at(DAY);
    // A reporter has one figure for a flow: where it tells of two systems, the first is taken.
    let mut seen = BTreeSet::new();
    let first: Vec<_> = lines
        .into_iter()
        .filter(|line| seen.insert((line.flow(), line.reporter)))
        .collect();
    for line in &first {
        tell(&mut history, line, version(&line.system));
    }
    let (state, found) = verdicts(&history);
    let mut told: BTreeMap<_, Vec<&Line>> = BTreeMap::new();
    for line in &first {
        told.entry(line.flow()).or_default().push(line);
    }
    let both = || told.values().filter(|sides| sides.len() == 2);
    let of_one_system = both().filter(|sides| sides[0].system == sides[1].system);
    let of_two = both()
        .filter(|sides| sides[0].system != sides[1].system)
        .count();
    let apart = |sides: &&Vec<&Line>| {
        let (one, other) = (sides[0].pounds, sides[1].pounds);
        one.abs_diff(other) * 10 > one.max(other)
    };
    let (same, differ) = (
        of_one_system.clone().count(),
        of_one_system.filter(apart).count(),
    );
    assert!(of_two > 100 && same > 100, "{of_two} and {same}");
    assert_eq!(
        count(&found, |v| matches!(v, Verdict::Differ { .. })),
        differ
    );
    assert_eq!(
        count(&found, |v| matches!(v, Verdict::Agree { .. })),
        same - differ
    );
    // Each side of such a flow is told of by a major version of its own.
    assert_eq!(count(&found, |v| *v == Verdict::NotComparable), 2 * of_two);
    for compared in state.compare("2024-02-01T00:00:00Z".parse().expect("a time")) {
        let majors = [compared.one, compared.other].into_iter().flatten();
        let majors = majors.filter_map(|at| Some(state.at(at)?.version.major));
        assert!(
            majors.into_iter().all(|major| major == compared.key.major),
            "INV25"
        );
    }
    Ok(())
}
