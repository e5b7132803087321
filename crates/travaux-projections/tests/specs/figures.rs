//! An indicator whose figures are kept as rows, beside the fold of all that its stream says: on any
//! day, as known at any time, both say the same of definitions, of discrepancies and of who told how
//! much.

use std::{collections::BTreeMap, sync::Arc};

use chrono::{Days, NaiveDate};
use travaux_domain::{
    Event, IndicatorId, PartyId, StreamCommand,
    indicator::{
        Cause, Definition, DiscrepancyId, FigureId, Frequency, Indicator, IndicatorCommand as I,
        ObsStatus, Observation, Outcome, Period, RevisionKind,
    },
};
use travaux_projections::{Asked, DossierView, Dossiers, IndicatorView};
use travaux_testkit::{
    agreement::date,
    history::indicator_id,
    indicator::{
        adopt_from, breakdown, concept, counted, figure_at, key, passes, report, status, value,
        version,
    },
    meeting::parties,
    random::Rng,
};

use crate::common::view;

const FIRST: &str = "2024-02-01";

fn day(after: u64) -> NaiveDate {
    date(FIRST) + Days::new(after)
}

/// An act that may well be refused.
fn draw(rng: &mut Rng, on: NaiveDate, state: &Indicator, party: &str) -> I {
    let other = if party == "FR" { "MA" } else { "FR" };
    let all: Vec<u64> = state.figures.keys().map(|id| id.0).collect();
    let some = |rng: &mut Rng| all.get(rng.place(all.len().max(1))).copied().unwrap_or(1);
    let worth = |rng: &mut Rng| value(&(rng.below(900) + 100).to_string());
    let by = rng.pick(&["1.0.0", "1.0.0", "2.0.0"]);
    let on_text = on.to_string();
    let apart: Vec<_> = state.discrepancies.iter().collect();
    let apart = apart.get(rng.place(apart.len().max(1)));
    let apart = apart.map_or((DiscrepancyId(1), None), |(id, of)| (**id, of.round()));
    match rng.below(12) {
        0..=3 => {
            let period = (2010 + rng.below(14)).to_string();
            report(&on_text, by, key(&period, other), worth(rng))
        }
        4 => I::FigureRevised {
            on,
            figure: FigureId(some(rng)),
            kind: RevisionKind::LateData,
            version: version(by),
            observation: worth(rng),
        },
        5 if rng.chance(40) => I::FigureWithdrawn {
            on,
            figure: FigureId(some(rng)),
            reason: "it was of another period".to_owned(),
        },
        5..=7 => {
            let mirrors = state.figures.iter().flat_map(|(one, figure)| {
                let mirror = figure.key.mirror(&figure.reporter, &version("1.0.0"));
                let others = state.figures.iter().filter(move |(id, of)| {
                    let own = of.key.mirror(&of.reporter, &version("1.0.0"));
                    *id > one && own == mirror
                });
                let at = |id: &FigureId| {
                    let last = state.figures[id].revisions.len();
                    figure_at(id.0, u32::try_from(last).expect("few"))
                };
                others.map(move |(other, _)| [at(one), at(other)])
            });
            let mirrors: Vec<_> = mirrors.collect();
            let figures = mirrors.get(rng.place(mirrors.len().max(1))).copied();
            let figures = figures.unwrap_or([figure_at(1, 1), figure_at(2, 1)]);
            let due = Some(on + Days::new(20));
            I::DiscrepancyOpened { on, figures, due }
        }
        8..=9 => {
            let gap = apart.1.and_then(|round| round.gap).unwrap_or_default();
            let answer = breakdown(&[(Cause::Coverage, &gap.to_string())], "0");
            I::DiscrepancyAnswered {
                on,
                discrepancy: apart.0,
                answer,
            }
        }
        10 => I::DiscrepancyReconciled {
            on,
            discrepancy: apart.0,
            outcome: Outcome::Irreducible {
                reason: "nobody knows any more".to_owned(),
            },
            consenting: parties(&["FR", "MA"]),
        },
        _ => {
            let mut other = passes();
            other.population = concept("all-persons");
            adopt_from(&on_text, "2.0.0", "2018-01-01", other)
        }
    }
}

/// What a full fold says that a party has told.
fn told(state: &Indicator) -> BTreeMap<PartyId, (usize, Option<Period>)> {
    let mut told: BTreeMap<_, (usize, Option<Period>)> = BTreeMap::new();
    for figure in state.figures.values() {
        let told = told.entry(figure.reporter.clone()).or_default();
        if figure.withdrawn.is_none() {
            told.0 += 1;
            told.1 = told.1.max(Some(figure.key.period));
        }
    }
    told
}

/// The last event of a party about its figures.
fn last(state: &Indicator, party: &PartyId) -> Option<u64> {
    let figures = state.figures.values().filter(|f| f.reporter == *party);
    let events = figures.flat_map(|figure| {
        let said = figure.revisions.iter().map(|said| said.at.event);
        said.chain(figure.withdrawn.iter().map(|(_, at)| at.event))
    });
    events.max()
}

fn agree(rows: &IndicatorView, full: &DossierView<Indicator>, asked: Asked) -> usize {
    let (then, all) = (rows.as_of(asked), full.as_of(asked));
    let Some(all) = all else {
        assert!(then.is_none(), "{asked:?}");
        return 0;
    };
    let then = then.expect("both know of it");
    let (state, whole) = (&*then.state, &all.state);
    assert_eq!(state.adopted, whole.adopted, "{asked:?}");
    assert_eq!(state.drafts, whole.drafts);
    assert_eq!(state.discrepancies, whole.discrepancies, "{asked:?}");
    assert_eq!(
        (state.framework, &state.follows),
        (whole.framework, &whole.follows)
    );
    // What is there of a figure is what was said of it; and nobody may see it.
    for (id, kept) in &state.figures {
        let figure = &whole.figures[id];
        assert_eq!(kept.reporter, figure.reporter, "{id}");
        let is = (
            kept.key.period,
            &kept.key.category,
            kept.withdrawn.is_some(),
        );
        let was = (
            figure.key.period,
            &figure.key.category,
            figure.withdrawn.is_some(),
        );
        assert_eq!(is, was, "{id}");
        let values = |of: &travaux_domain::indicator::Figure| -> Vec<_> {
            let said = of.revisions.iter();
            said.map(|said| (said.version.clone(), said.observation.value, said.at))
                .collect()
        };
        assert_eq!(values(kept), values(figure), "{id}");
        let shown = kept.revisions.iter().any(|said| {
            let secrecy = &said.observation.confidentiality;
            secrecy.is_public(chrono::DateTime::<chrono::Utc>::MAX_UTC)
        });
        assert!(!shown, "{id}");
    }
    assert_eq!(then.version(), all.version, "{asked:?}");
    let expected = told(whole);
    let found = then.told();
    let counts = found
        .iter()
        .map(|(party, told)| (party, (told.count, told.latest)));
    assert!(
        counts.eq(expected.iter().map(|(party, told)| (party, *told))),
        "{asked:?}: {found:?} {expected:?}"
    );
    for (party, told) in &found {
        assert_eq!(Some(told.last), last(whole, party), "{asked:?} {party}");
    }
    whole.discrepancies.len()
}

#[test]
fn rows_say_what_the_fold_of_all_says() {
    let mut rng = Rng::of("rows_of_figures");
    let mut disputes = 0;
    for _ in 0..30 {
        let mut history = counted(passes());
        let id: IndicatorId = indicator_id(1);
        let stream = travaux_domain::StreamId::Indicator(id);
        for step in 0..60 {
            history.at(&day(step).to_string());
            let on = day(step - rng.below(step.min(9) + 1));
            let party = rng.pick(&["FR", "MA"]);
            let act = draw(&mut rng, on, &history.state(stream), party);
            let act = StreamCommand::Indicator(id, act);
            if history.decided(party, act.clone()).is_ok() {
                history.does(party, act);
            }
        }
        let rows: Dossiers = view(&history);
        let rows = Arc::clone(&rows.indicators[&id]);
        let mut full = DossierView::<Indicator>::default();
        for recorded in history.log() {
            if let Event::Indicator(event) = &recorded.event {
                full.take(event, recorded);
            }
        }
        agree(&rows, &full, Asked::default());
        for _ in 0..40 {
            let at = day(rng.below(61)).and_hms_opt(23, 59, 59).expect("a time");
            let asked = Asked {
                on: rng.chance(80).then(|| day(rng.below(62))),
                // Also what was known at the very time at which something was recorded.
                known_at: match rng.below(10) {
                    0..=3 => Some(at.and_utc()),
                    4..=6 => Some(rng.pick(history.log()).recorded_at),
                    _ => None,
                },
            };
            disputes += agree(&rows, &full, asked);
        }
        let text = serde_json::to_string(&*rows).expect("it is written");
        assert_eq!(
            serde_json::from_str::<IndicatorView>(&text).expect("it is read"),
            *rows
        );
        let bytes = postcard::to_allocvec(&*rows).expect("it is written");
        assert_eq!(
            postcard::from_bytes::<IndicatorView>(&bytes).expect("it is read"),
            *rows
        );
    }
    assert!(disputes > 100, "{disputes}");
}

/// Periods of one form are in their order; of two forms, the one that ends later is.
#[test]
fn the_latest_period_is_the_one_that_ends_last() {
    let monthly = Definition {
        frequency: Frequency::M,
        ..passes()
    };
    let mut history = counted(passes());
    let tells = |by, period| {
        // Where the series begins to be counted otherwise, it says so.
        let code = if period == "2021-03" {
            ObsStatus::B
        } else {
            ObsStatus::A
        };
        let said = Observation {
            status: status(&[code]),
            ..value("7")
        };
        report("2024-01-31", by, key(period, "MA"), said)
    };
    history
        .indicator(1, "FR", tells("1.0.0", "2020"))
        .indicator(
            1,
            "FR",
            adopt_from("2024-01-31", "2.0.0", "2021-01-01", monthly),
        );
    for (period, latest) in [
        ("2021-03", "2021-03"),
        ("2021-12", "2021-12"),
        ("2021-11", "2021-12"),
        ("2023-12", "2023-12"),
    ] {
        history.indicator(1, "FR", tells("2.0.0", period));
        let dossiers: Dossiers = view(&history);
        let then = dossiers.indicators[&indicator_id(1)].as_of(Asked::default());
        let told = then.expect("it is on record").told();
        let found = told[&"FR".into()].latest.map(|period| period.to_string());
        assert_eq!(found.as_deref(), Some(latest), "after {period}");
    }
    // A year that is told late is not the latest for it.
    history.indicator(1, "FR", tells("1.0.0", "2019"));
    let dossiers: Dossiers = view(&history);
    let then = dossiers.indicators[&indicator_id(1)].as_of(Asked::default());
    let told = then.expect("it is on record").told();
    let latest = told[&"FR".into()].latest.map(|period| period.to_string());
    assert_eq!(latest.as_deref(), Some("2023-12"));
}

/// Nothing of what a figure says in words is kept, also where it was revised.
#[test]
fn what_a_figure_says_beside_its_value_stays_in_its_stream() {
    let mut history = counted(passes());
    let mut secret = value("725");
    secret.source = "the secret register".to_owned();
    history.indicator(
        1,
        "FR",
        report("2024-01-31", "1.0.0", key("2023", "MA"), secret.clone()),
    );
    secret.value = value("726").value;
    history.indicator(
        1,
        "FR",
        I::FigureRevised {
            on: date("2024-01-31"),
            figure: FigureId(2),
            kind: RevisionKind::Correction,
            version: version("1.0.0"),
            observation: secret,
        },
    );
    let dossiers: Dossiers = view(&history);
    let text = serde_json::to_string(&dossiers).expect("it is written");
    assert!(!text.contains("secret"), "{text}");
    let told = dossiers.indicators[&indicator_id(1)].as_of(Asked::default());
    let told = told.expect("it is on record").told();
    assert_eq!((told[&"FR".into()].count, told[&"FR".into()].last), (1, 3));
}
