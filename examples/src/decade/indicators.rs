//! Indicators that each party reports every month, each with its neighbour: most figures mirror each
//! other, some are revised, and some lie so far apart that both answer for it.

use std::collections::BTreeMap;

use chrono::{Datelike as _, Days, Months, NaiveDate};
use travaux::domain::{
    IndicatorId, PartyId, StreamCommand,
    indicator::{
        Adjustment, Breakdown, Cause, Concept, Confidentiality, Course, Decimal, Definition,
        DiscrepancyId, FigureAt, FigureId, FigureKey, Frequency, IndicatorCommand as I, Nature,
        ObsStatus, Observation, Outcome, Period, RevisionKind, Status, StatusList, Tolerance,
    },
};

use super::script::{Maker, name, words};

/// An act on an indicator. Figures and discrepancies are named by the numbers of their events, which
/// are known once all acts are in their order.
enum Planned {
    Adopt,
    Report {
        month: usize,
        party: usize,
        value: i64,
    },
    Revise {
        month: usize,
        party: usize,
        value: i64,
    },
    Open {
        month: usize,
        pair: usize,
    },
    Answer {
        month: usize,
        pair: usize,
        gap: i64,
    },
    Settle {
        month: usize,
        pair: usize,
        gap: i64,
    },
}

/// The figures of a month and a party; the discrepancies of a month and a pair.
type Figures = BTreeMap<(usize, usize), FigureId>;
type Disputes = BTreeMap<(usize, usize), DiscrepancyId>;

/// When it is recorded, and behind how many others of that day; by whom; when it is done; what it is.
type Line = ((NaiveDate, u32), usize, NaiveDate, Planned);

impl Maker<'_> {
    pub(super) fn indicators(&mut self) {
        for n in 0..self.sizes.indicators {
            self.indicator(n);
        }
    }

    fn indicator(&mut self, n: usize) {
        let id = IndicatorId(self.ids.next());
        let first = self.day(40);
        let mut lines: Vec<Line> = vec![((first, 0), 0, first, Planned::Adopt)];
        let mut months = Vec::new();
        // The first whole month that begins after the adoption.
        let begin = first.with_day(1).unwrap_or(first) + Months::new(1);
        for month in 0..12 * self.sizes.years {
            let from = begin + Months::new(month);
            let due = from + Months::new(1) + Days::new(9);
            if due > self.last {
                break;
            }
            months.push(from);
            for pair in 0..self.parties.len() / 2 {
                self.month(&mut lines, (months.len() - 1, pair), due);
            }
        }
        lines.retain(|((at, _), ..)| *at <= self.last);
        lines.sort_by(|a, b| (a.0, &self.parties[a.1]).cmp(&(b.0, &self.parties[b.1])));
        // What each refers to comes before it, so the numbers of those are there.
        let (mut figures, mut disputes) = (Figures::new(), Disputes::new());
        for (number, (at, by, on, planned)) in (1..).zip(lines) {
            match planned {
                Planned::Report { month, party, .. } => {
                    figures.insert((month, party), FigureId(number));
                }
                Planned::Open { month, pair } => {
                    disputes.insert((month, pair), DiscrepancyId(number));
                }
                _ => {}
            }
            let act = self.act(n, on, &planned, (&months, &figures, &disputes));
            let by = self.parties[by].clone();
            self.done_at(at, &by, vec![StreamCommand::Indicator(id, act)]);
        }
    }

    /// What two neighbours say of a month, and what becomes of it.
    fn month(&mut self, lines: &mut Vec<Line>, (month, pair): (usize, usize), due: NaiveDate) {
        let value = i64::from(self.rng.between(100, 999));
        let apart = self.rng.chance(3);
        let other = if apart { value * 2 } else { value };
        let mut told = due;
        for (party, value) in [(2 * pair, value), (2 * pair + 1, other)] {
            let late = match self.rng.chance(20) {
                true => self.rng.between(1, 7),
                false => 0,
            };
            let at = due + Days::new(late.into());
            told = told.max(at);
            let report = Planned::Report {
                month,
                party,
                value,
            };
            lines.push(((at, 0), party, due, report));
        }
        let (one, other, gap) = (2 * pair, 2 * pair + 1, value - other);
        if !apart {
            if self.rng.chance(1) {
                let on = told + Days::new(30);
                let value = value + 1;
                let revise = Planned::Revise {
                    month,
                    party: one,
                    value,
                };
                lines.push(((on, 1), one, on, revise));
            }
            return;
        }
        if self.rng.chance(60) {
            return;
        }
        let mut on = told;
        let mut later = |days: u32| {
            on = on + Days::new(days.into());
            on
        };
        let opened = later(5);
        lines.push(((opened, 1), one, opened, Planned::Open { month, pair }));
        for party in [one, other] {
            let on = later(self.rng.between(3, 20));
            lines.push(((on, 2), party, on, Planned::Answer { month, pair, gap }));
        }
        if self.rng.chance(80) {
            let on = later(7);
            lines.push(((on, 3), one, on, Planned::Settle { month, pair, gap }));
        }
    }

    fn act(
        &self,
        n: usize,
        on: NaiveDate,
        planned: &Planned,
        (months, figures, disputes): (&[NaiveDate], &Figures, &Disputes),
    ) -> I {
        let version = || "1.0.0".parse().expect("a version");
        let sum = |gap: i64| Breakdown {
            adjustments: vec![Adjustment {
                cause: Cause::TimeOfRecording,
                nature: Nature::Known,
                amount: decimal(gap),
                note: None,
            }],
            residual: Decimal::ZERO,
        };
        match planned {
            Planned::Adopt => I::IndicatorAdopted {
                on,
                framework: self.framework,
                version: version(),
                from: self.first,
                definition: definition(n, self.parties.clone()).into(),
                consenting: self.parties.clone(),
            },
            Planned::Report {
                month,
                party,
                value,
            } => I::FigureReported {
                on,
                version: version(),
                key: FigureKey {
                    period: period(months[*month]),
                    counterpart: Some(self.parties[party ^ 1].0.clone()),
                    direction: None,
                    category: None,
                },
                observation: observation(on, *value),
            },
            Planned::Revise {
                month,
                party,
                value,
            } => I::FigureRevised {
                on,
                figure: figures[&(*month, *party)],
                kind: RevisionKind::LateData,
                version: version(),
                observation: observation(on, *value),
            },
            Planned::Open { month, pair } => I::DiscrepancyOpened {
                on,
                figures: [2 * pair, 2 * pair + 1].map(|party| FigureAt {
                    figure: figures[&(*month, party)],
                    revision: 1,
                }),
                due: Some(on + Days::new(30)),
            },
            Planned::Answer { month, pair, gap } => I::DiscrepancyAnswered {
                on,
                discrepancy: disputes[&(*month, *pair)],
                answer: sum(*gap),
            },
            Planned::Settle { month, pair, gap } => I::DiscrepancyReconciled {
                on,
                discrepancy: disputes[&(*month, *pair)],
                outcome: Outcome::Explained(sum(*gap)),
                consenting: self.parties[2 * pair..2 * pair + 2].to_vec(),
            },
        }
    }
}

fn decimal(value: i64) -> Decimal {
    value.to_string().parse().expect("a number")
}

fn period(month: NaiveDate) -> Period {
    month.format("%Y-%m").to_string().parse().expect("a month")
}

fn observation(as_of: NaiveDate, value: i64) -> Observation {
    Observation {
        value: Some(decimal(value)),
        status: Status {
            list: StatusList::default(),
            codes: [ObsStatus::A].into(),
        },
        confidentiality: Confidentiality::default(),
        source: "files of the ministry".to_owned(),
        as_of,
        attributes: BTreeMap::new(),
        includes: Vec::new(),
        included_in: None,
    }
}

fn definition(n: usize, reporters: Vec<PartyId>) -> Definition {
    let concept = |key: String| Concept {
        words: words(key.as_str()),
        key: name(key),
    };
    Definition {
        names: words(format!("Indicator {}", n + 1)),
        description: words("Cases of a month, told by both"),
        unit: concept("cases".to_owned()),
        multiplier: 0,
        decimals: 0,
        frequency: Frequency::M,
        year_start: None,
        population: concept(format!("population-{}", n + 1)),
        reference_event: concept("day-of-decision".to_owned()),
        method: concept("count-of-files".to_owned()),
        ratio: None,
        sources: vec!["files of the ministries".to_owned()],
        reporters,
        course: Course::Mutual,
        categories: Vec::new(),
        attributes: Vec::new(),
        tolerance: Tolerance {
            absolute: Decimal::ZERO,
            relative: "0.1".parse().expect("a number"),
        },
        clauses: Vec::new(),
    }
}
