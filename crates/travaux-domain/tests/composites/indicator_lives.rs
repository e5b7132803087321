//! Random lives of an indicator of three parties beside a model of a few lines: what is done under
//! which rule, what is refused under which; and after each step the invariants of figures (INV21),
//! of comparison (INV24, INV25), of discrepancies (INV26, INV27) and of agreed figures (INV28).

use std::collections::{BTreeMap, BTreeSet};

use travaux_domain::{
    Rule,
    indicator::{
        Breakdown, Cause, Decimal, Definition, DiscrepancyId, FigureAt, FigureId, Indicator,
        IndicatorCommand as I, ObsStatus, Outcome, RevisionKind, Verdict,
    },
};
use travaux_testkit::{
    history::History,
    indicator::{
        adopt_from, breakdown, concept, counted, decimal, key, passes, report, value, version,
    },
    meeting::{foundation, parties},
    random::Rng,
};

use crate::{
    indicator::{indicator, state},
    indicator_apart::{answer, open, reconcile},
    indicator_figures::{revise, withdraw},
};

type Answer = Result<Rule, Rule>;
type Party = &'static str;

const PARTIES: [Party; 3] = ["ES", "FR", "MA"];
const DAY: &str = "2024-03-01";
const PERIODS: [&str; 2] = ["2021", "2022"];
/// Two major versions; the second counts from 2022 on, so both are in use for 2021.
const VERSIONS: [&str; 2] = ["1.0.0", "2.0.0"];

#[derive(Clone, Debug)]
enum Act {
    Report(usize, usize, Party, i64, bool),
    Revise(u64, usize, i64),
    Withdraw(u64),
    Open(FigureAt, FigureAt),
    Answer(u64, i64, i64),
    Reconcile(u64, Outcome, Vec<Party>),
}

#[derive(Clone, Debug)]
struct Told {
    by: Party,
    with: Party,
    period: usize,
    /// The version and the value of each revision.
    said: Vec<(usize, i64)>,
    stands: bool,
    /// Whether it says that its series breaks.
    breaks: bool,
}

impl Told {
    fn last(&self) -> (usize, i64) {
        *self.said.last().expect("what was reported")
    }
}

#[derive(Clone, Debug)]
struct Apart {
    figures: [u64; 2],
    gap: Option<i64>,
    answered: BTreeSet<Party>,
    answers: BTreeMap<Party, (i64, i64)>,
    closed: bool,
}

#[derive(Clone, Debug, Default)]
struct Model {
    events: u64,
    figures: BTreeMap<u64, Told>,
    apart: BTreeMap<u64, Apart>,
}

fn unless(rule: Rule, refused: &[(bool, Rule)]) -> Answer {
    let first = refused.iter().find(|(is, _)| *is);
    first.map_or(Ok(rule), |(_, rule)| Err(*rule))
}

/// Whether so much of a gap between two values is more than a tenth of the larger.
fn far(gap: i64, one: i64, other: i64) -> bool {
    gap.abs() * 10 > one.abs().max(other.abs())
}

impl Model {
    fn gap(&self, [one, other]: [u64; 2]) -> Option<i64> {
        let (one, other) = (&self.figures[&one], &self.figures[&other]);
        let ((by, first), (as_well, second)) = (one.last(), other.last());
        (one.stands && other.stands && by == as_well).then_some(first - second)
    }

    fn breaks(&self, party: Party, with: Party, period: usize, version: usize) -> bool {
        let mut series = self
            .figures
            .values()
            .filter(|f| f.by == party && f.with == with && f.stands && f.period < period);
        series.any(|before| before.last().0 != version)
    }

    fn answer(&self, party: Party, act: &Act) -> Answer {
        if !PARTIES.contains(&party) {
            return Err(Rule::P0);
        }
        match act {
            Act::Report(version, period, with, _, breaks) => {
                let superseded = *period == 1 && *version == 0;
                let mut same = self.figures.values().filter(|f| f.stands && f.by == party);
                let again = same.any(|f| f.with == *with && f.period == *period);
                let silent = self.breaks(party, with, *period, *version) && !breaks;
                unless(
                    Rule::ST4,
                    &[
                        (superseded, Rule::ST4),
                        (*with == party, Rule::ST10),
                        (again, Rule::ST9),
                        (silent, Rule::ST9),
                    ],
                )
            }
            Act::Revise(figure, version, value) => {
                let Some(told) = self.figures.get(figure) else {
                    return Err(Rule::ST9);
                };
                let wrong = told.by != party || !told.stands || *version < told.last().0;
                let same = told.last() == (*version, *value) && told.breaks;
                let superseded = told.period == 1 && *version == 0;
                unless(
                    Rule::ST9,
                    &[(wrong || same, Rule::ST9), (superseded, Rule::ST4)],
                )
            }
            Act::Withdraw(figure) => {
                let told = self.figures.get(figure);
                let own = told.is_some_and(|told| told.by == party && told.stands);
                unless(Rule::ST9, &[(!own, Rule::ST9)])
            }
            Act::Open(one, other) => {
                let stands = |at: &FigureAt| {
                    let told = self.figures.get(&at.figure.0)?;
                    let last = told.said.len() == at.revision as usize;
                    (told.stands && last).then_some(told)
                };
                let (Some(first), Some(second)) = (stands(one), stands(other)) else {
                    return Err(Rule::ST12);
                };
                let mirrors = first.by == second.with
                    && first.with == second.by
                    && first.period == second.period;
                if !mirrors {
                    return Err(Rule::ST10);
                }
                let ids = [one.figure.0, other.figure.0];
                let mut known = self.apart.values();
                let again = known.any(|apart| ids.iter().all(|id| apart.figures.contains(id)));
                let differ = self
                    .gap(ids)
                    .is_some_and(|gap| far(gap, first.last().1, second.last().1));
                unless(Rule::ST12, &[(again, Rule::ST12), (!differ, Rule::ST11)])
            }
            Act::Answer(discrepancy, amount, residual) => {
                let apart = self.open(party, *discrepancy).ok_or(Rule::ST12)?;
                let Some(gap) = apart.gap else {
                    return Err(Rule::ST12);
                };
                let again = apart.answers.get(party) == Some(&(*amount, *residual));
                unless(
                    Rule::ST12,
                    &[(amount + residual != gap, Rule::ST14), (again, Rule::ST12)],
                )
            }
            Act::Reconcile(discrepancy, outcome, consenting) => {
                let apart = self.open(party, *discrepancy).ok_or(Rule::ST15)?;
                if apart.gap.is_some() && apart.answered.len() < 2 {
                    return Err(Rule::ST12);
                }
                let reporters = apart.figures.map(|id| &self.figures[&id]);
                let [one, other] = reporters.map(|told| told.last().1);
                let all = reporters.iter().all(|told| consenting.contains(&told.by));
                let refused = match (outcome, apart.gap) {
                    (Outcome::Corrected, None) => None,
                    (_, None) => Some(Rule::ST15),
                    (Outcome::Corrected, Some(gap)) => far(gap, one, other).then_some(Rule::ST15),
                    (Outcome::Explained(breakdown), Some(gap)) => {
                        let sums = breakdown.sum() == Some(number(gap));
                        let residual: i64 = breakdown.residual.to_string().parse().expect("whole");
                        match (sums, far(residual, one, other)) {
                            (false, _) => Some(Rule::ST14),
                            (true, true) => Some(Rule::ST15),
                            (true, false) => None,
                        }
                    }
                    (Outcome::Agreed { .. } | Outcome::Irreducible { .. }, Some(_)) => None,
                };
                refused.map_or_else(|| unless(Rule::ST15, &[(!all, Rule::ST15)]), Err)
            }
        }
    }

    fn open(&self, party: Party, discrepancy: u64) -> Option<&Apart> {
        let apart = self.apart.get(&discrepancy)?;
        let reports = apart.figures.iter().any(|id| self.figures[id].by == party);
        (reports && !apart.closed).then_some(apart)
    }

    fn take(&mut self, party: Party, act: Act) {
        self.events += 1;
        let number = self.events;
        match act {
            Act::Report(version, period, with, value, breaks) => {
                let told = Told {
                    by: party,
                    with,
                    period,
                    said: vec![(version, value)],
                    stands: true,
                    breaks,
                };
                self.figures.insert(number, told);
            }
            Act::Revise(figure, version, value) => {
                let told = self.figures.get_mut(&figure).expect("it");
                told.said.push((version, value));
                told.breaks = true;
                self.reopen(figure);
            }
            Act::Withdraw(figure) => {
                self.figures.get_mut(&figure).expect("it").stands = false;
                self.reopen(figure);
            }
            Act::Open(one, other) => {
                let figures = [one.figure.0, other.figure.0];
                let apart = Apart {
                    figures,
                    gap: self.gap(figures),
                    answered: BTreeSet::new(),
                    answers: BTreeMap::new(),
                    closed: false,
                };
                self.apart.insert(number, apart);
            }
            Act::Answer(discrepancy, amount, residual) => {
                let apart = self.apart.get_mut(&discrepancy).expect("it");
                apart.answered.insert(party);
                apart.answers.insert(party, (amount, residual));
            }
            Act::Reconcile(discrepancy, ..) => {
                self.apart.get_mut(&discrepancy).expect("it").closed = true;
            }
        }
    }

    fn reopen(&mut self, figure: u64) {
        let of_it = self
            .apart
            .iter()
            .filter(|(_, a)| a.figures.contains(&figure));
        let ids: Vec<_> = of_it.map(|(id, apart)| (*id, apart.figures)).collect();
        for (id, figures) in ids {
            let gap = self.gap(figures);
            let apart = self.apart.get_mut(&id).expect("it");
            apart.gap = gap;
            apart.answered.clear();
            apart.answers.clear();
            apart.closed = false;
        }
    }
}

fn number(of: i64) -> Decimal {
    decimal(&of.to_string())
}

fn of(amount: i64, residual: i64) -> Breakdown {
    breakdown(
        &[(Cause::Coverage, &amount.to_string())],
        &residual.to_string(),
    )
}

fn command(act: &Act, model: &Model) -> I {
    match act {
        Act::Report(by, period, with, number, breaks) => {
            let mut said = value(&number.to_string());
            if *breaks {
                said.status.codes.insert(ObsStatus::B);
            }
            report(DAY, VERSIONS[*by], key(PERIODS[*period], with), said)
        }
        Act::Revise(figure, by, number) => {
            let told = model.figures.get(figure);
            let newer = told.is_some_and(|told| told.last().0 < *by);
            let kind = if newer {
                RevisionKind::NewMethod
            } else {
                RevisionKind::LateData
            };
            let mut said = value(&number.to_string());
            said.status.codes.insert(ObsStatus::B);
            revise(DAY, *figure, kind, VERSIONS[*by], said)
        }
        Act::Withdraw(figure) => withdraw(DAY, *figure),
        Act::Open(one, other) => open(
            DAY,
            (one.figure.0, one.revision),
            (other.figure.0, other.revision),
        ),
        Act::Answer(discrepancy, amount, residual) => {
            answer(DAY, *discrepancy, of(*amount, *residual))
        }
        Act::Reconcile(discrepancy, outcome, consenting) => {
            reconcile(DAY, *discrepancy, outcome.clone(), consenting)
        }
    }
}

/// A figure, mostly at its last revision.
fn some_figure(rng: &mut Rng, model: &Model) -> FigureAt {
    let ids: Vec<_> = model.figures.keys().copied().collect();
    let figure = if ids.is_empty() || rng.chance(3) {
        1
    } else {
        rng.pick(&ids)
    };
    let last = model.figures.get(&figure).map_or(1, |told| told.said.len());
    let revision = u32::try_from(last).expect("few") + u32::from(rng.chance(5));
    FigureAt {
        figure: FigureId(figure),
        revision,
    }
}

fn draw(rng: &mut Rng, model: &Model, party: Party) -> Act {
    let apart: Vec<_> = model.apart.keys().copied().collect();
    let discrepancy = if apart.is_empty() {
        1
    } else {
        rng.pick(&apart)
    };
    let values = [0, 90, 100, 111, 200, 1000];
    let small = [0, 5, 20, 300];
    match rng.below(14) {
        0..=3 => Act::Report(
            rng.place(2),
            rng.place(2),
            rng.pick(&PARTIES),
            rng.pick(&values),
            rng.chance(70),
        ),
        4 => {
            let figure = some_figure(rng, model).figure.0;
            Act::Revise(figure, rng.place(2), rng.pick(&values))
        }
        5 if rng.chance(30) => Act::Withdraw(some_figure(rng, model).figure.0),
        5..=8 => {
            let one = some_figure(rng, model);
            // Mostly its mirror.
            let told = model.figures.get(&one.figure.0);
            let mirror = told.and_then(|told| {
                model.figures.iter().find(|(_, f)| {
                    f.stands && f.by == told.with && f.with == told.by && f.period == told.period
                })
            });
            let other = mirror
                .filter(|_| rng.chance(90))
                .map(|(id, told)| FigureAt {
                    figure: FigureId(*id),
                    revision: u32::try_from(told.said.len()).expect("few"),
                });
            Act::Open(one, other.unwrap_or_else(|| some_figure(rng, model)))
        }
        9..=11 => {
            let gap = model.apart.get(&discrepancy).and_then(|apart| apart.gap);
            let residual = rng.pick(&small);
            let amount = gap.unwrap_or_default() - residual + i64::from(rng.chance(15));
            Act::Answer(discrepancy, amount, residual)
        }
        _ => {
            let gap = model.apart.get(&discrepancy).and_then(|apart| apart.gap);
            let residual = rng.pick(&small);
            let amount = gap.unwrap_or_default() - residual + i64::from(rng.chance(10));
            let outcomes = [
                Outcome::Explained(of(amount, residual)),
                Outcome::Corrected,
                Outcome::Agreed {
                    value: number(150),
                    ground: "a joint count".to_owned(),
                },
                Outcome::Irreducible {
                    reason: "lost".to_owned(),
                },
            ];
            let consenting = if rng.chance(80) {
                PARTIES.to_vec()
            } else {
                vec![party]
            };
            Act::Reconcile(discrepancy, rng.pick(&outcomes), consenting)
        }
    }
}

/// INV21 and INV24 to INV28 on all that is on record.
fn holds_true(indicator: &Indicator, model: &Model) {
    for (id, told) in &model.figures {
        let figure = &indicator.figures[&FigureId(*id)];
        assert_eq!(figure.withdrawn.is_none(), told.stands);
        let said = figure
            .revisions
            .iter()
            .map(|said| (said.version.clone(), said.observation.value));
        let expected = told
            .said
            .iter()
            .map(|(by, n)| (version(VERSIONS[*by]), Some(number(*n))));
        assert!(
            said.eq(expected),
            "INV21, INV28: all that was said stays as it was"
        );
        assert!(
            figure
                .revisions
                .iter()
                .all(|said| indicator.adopted.contains_key(&said.version))
        );
    }
    let at = "2024-03-01T12:00:00Z".parse().expect("a time");
    for compared in indicator.compare(at) {
        let told = [compared.one, compared.other].map(|at| {
            let told = &model.figures[&at?.figure.0];
            Some((told, told.last().0 + 1))
        });
        for (told, major) in told.into_iter().flatten() {
            assert!(told.stands && major == compared.key.major as usize, "INV25");
        }
        if let [Some((one, _)), Some((other, _))] = told {
            let gap = one.last().1 - other.last().1;
            assert!(
                one.by < other.by,
                "INV24: in one order, whoever reported first"
            );
            let verdict = if far(gap, one.last().1, other.last().1) {
                Verdict::Differ { gap: number(gap) }
            } else {
                Verdict::Agree { gap: number(gap) }
            };
            assert_eq!(compared.verdict, verdict);
        } else {
            assert!(matches!(
                compared.verdict,
                Verdict::NotComparable | Verdict::OneSided
            ));
        }
    }
    for (id, apart) in &model.apart {
        let discrepancy = &indicator.discrepancies[&DiscrepancyId(*id)];
        let round = discrepancy.round().expect("a round");
        assert_eq!(round.gap, apart.gap.map(number), "INV25");
        assert_eq!(!discrepancy.is_open(), apart.closed, "INV26");
        assert_eq!(round.answers.len(), apart.answered.len(), "INV26");
        let left = discrepancy.unanswered().len();
        assert!(
            discrepancy.is_open() || left == 0 || round.gap.is_none(),
            "INV26"
        );
        for (answer, _) in round.answers.values() {
            assert_eq!(answer.sum(), round.gap, "INV27");
        }
        for at in round.figures {
            let last = indicator.figures[&at.figure].revisions.len();
            assert_eq!(
                at.revision as usize, last,
                "INV26: of the figures as they stand"
            );
        }
    }
}

#[test]
fn st4_st9_st10_st11_st12_st14_and_st15_random_lives_of_figures() {
    let mut rng = Rng::of("random_lives_of_figures");
    let mut seen = BTreeMap::<Answer, usize>::new();
    let mut started = History::new();
    let adults = Definition {
        population: concept("adults"),
        ..three()
    };
    started
        .at("2022-12-01")
        .framework(1, "FR", foundation(&PARTIES))
        .indicator(
            1,
            "FR",
            by_all(adopt_from("2022-12-01", VERSIONS[0], "2015-01-01", three())),
        )
        .indicator(
            1,
            "FR",
            by_all(adopt_from("2022-12-01", VERSIONS[1], "2022-01-01", adults)),
        )
        .at(DAY);
    for _ in 0..120 {
        let mut history = started.clone();
        let mut model = Model {
            events: 2,
            ..Model::default()
        };
        for _ in 0..90 {
            let party = if rng.chance(3) {
                "US"
            } else {
                rng.pick(&PARTIES)
            };
            let act = draw(&mut rng, &model, party);
            let command = command(&act, &model);
            let expected = model.answer(party, &act);
            let decided = history.decided(party, indicator(command.clone()));
            let found = decided
                .map(|d| d.legal_basis.rule)
                .map_err(|refusal| refusal.rule);
            assert_eq!(
                found, expected,
                "{party}: {act:?} as {command:?} on {model:#?}"
            );
            *seen.entry(found).or_default() += 1;
            if found.is_ok() {
                history.indicator(1, party, command);
                model.take(party, act);
            }
            holds_true(&state(&history, 1), &model);
        }
    }
    let done = [Rule::ST4, Rule::ST9, Rule::ST12, Rule::ST15].map(Ok);
    let refused = [
        Rule::P0,
        Rule::ST4,
        Rule::ST9,
        Rule::ST10,
        Rule::ST11,
        Rule::ST12,
        Rule::ST14,
        Rule::ST15,
    ];
    for answer in done.into_iter().chain(refused.map(Err)) {
        assert!(
            seen.get(&answer).is_some_and(|often| *often > 5),
            "{answer:?}: {seen:#?}"
        );
    }
}

fn three() -> Definition {
    Definition {
        reporters: parties(&PARTIES),
        ..passes()
    }
}

fn by_all(mut adopted: I) -> I {
    if let I::IndicatorAdopted { consenting, .. } = &mut adopted {
        *consenting = parties(&PARTIES);
    }
    adopted
}

#[test]
fn st9_dates_at_the_ends_of_the_calendar_do_not_panic() {
    let mut history = counted(passes());
    history.at(DAY);
    for day in ["-262143-01-01", "+262142-12-31"] {
        let report = report(day, "1.0.0", key("2023", "MA"), value("1"));
        assert!(history.decided("FR", indicator(report)).is_err());
    }
    for period in ["0000", "9999"] {
        let early = report(DAY, "1.0.0", key(period, "MA"), value("1"));
        let decided = history.decided("FR", indicator(early));
        assert_eq!(
            decided.is_ok(),
            period == "0000",
            "9999 is a forecast, or none"
        );
    }
}
