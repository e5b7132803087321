//! What follows from each event of an indicator.

use chrono::NaiveDate;

use super::{
    Adopted, Decimal, Definition, Discrepancy, DiscrepancyId, Draft, Figure, FigureAt, FigureId,
    Indicator, IndicatorEvent, Revised, Round, discrepancy::Pair,
};
use crate::{Context, partnership::Dated};

impl Indicator {
    /// The first figure less the second, as they stand; none where they cannot be compared.
    fn gap(&self, [one, other]: Pair) -> Option<Decimal> {
        let stands = |at: FigureAt| self.figures.get(&at.figure)?.stands();
        let (one, other) = (stands(one)?, stands(other)?);
        let comparable = one.version.major == other.version.major;
        let values = one.observation.value.zip(other.observation.value);
        let (one, other) = values.filter(|_| comparable)?;
        one.minus(other)
    }

    /// Opens all discrepancies of a figure again: what was answered and agreed was about what it
    /// said before (INV26).
    fn reopen(&mut self, figure: FigureId, since: Dated) {
        let of_it = |d: &Discrepancy| {
            let round = d.round();
            round.is_some_and(|round| round.figures.iter().any(|at| at.figure == figure))
        };
        let of_it = self.discrepancies.iter().filter(|(_, d)| of_it(d));
        let ids: Vec<_> = of_it.map(|(id, _)| *id).collect();
        for id in ids {
            let Some(before) = self.discrepancies.get(&id).and_then(Discrepancy::round) else {
                continue;
            };
            let figures = before.figures.map(|at| FigureAt {
                revision: self.revision(at.figure).unwrap_or(at.revision),
                ..at
            });
            let round = self.round(since, figures);
            if let Some(discrepancy) = self.discrepancies.get_mut(&id) {
                discrepancy.rounds.push(round);
            }
        }
    }

    fn revision(&self, figure: FigureId) -> Option<u32> {
        let (revision, _) = self.figures.get(&figure)?.current()?;
        Some(revision)
    }

    fn round(&self, since: Dated, figures: Pair) -> Round {
        Round {
            since,
            figures,
            gap: self.gap(figures),
            answers: std::collections::BTreeMap::new(),
            outcome: None,
        }
    }

    /// Takes `event` in, which `context` recorded.
    pub(super) fn take(&mut self, event: &IndicatorEvent, context: &Context) {
        self.version += 1;
        let number = self.version;
        let at = |on: &NaiveDate| Dated {
            on: *on,
            event: number,
        };
        let party = || context.actor.party.clone();
        match event {
            IndicatorEvent::IndicatorDrafted {
                on,
                framework,
                version,
                definition,
            } => {
                self.framework = Some(*framework);
                let draft = Draft {
                    definition: Definition::clone(definition),
                    by: party(),
                    at: at(on),
                };
                self.drafts.insert(version.clone(), draft);
            }
            IndicatorEvent::IndicatorAdopted {
                on,
                framework,
                version,
                from,
                definition,
                ..
            } => {
                self.framework = Some(*framework);
                let adopted = Adopted {
                    definition: Definition::clone(definition),
                    from: *from,
                    at: at(on),
                };
                self.drafts.retain(|draft, _| draft.stable() != *version);
                self.adopted.insert(version.clone(), adopted);
            }
            IndicatorEvent::FigureReported {
                on,
                version,
                key,
                observation,
            } => {
                let first = Revised {
                    version: version.clone(),
                    observation: observation.clone(),
                    kind: None,
                    at: at(on),
                };
                let figure = Figure {
                    reporter: party(),
                    key: key.clone(),
                    revisions: vec![first],
                    withdrawn: None,
                };
                let standing = self.standing.entry(party()).or_default();
                standing.begins(key, FigureId(number));
                self.figures.insert(FigureId(number), figure);
            }
            IndicatorEvent::FigureRevised {
                on,
                figure,
                kind,
                version,
                observation,
            } => {
                let revised = Revised {
                    version: version.clone(),
                    observation: observation.clone(),
                    kind: Some(*kind),
                    at: at(on),
                };
                if let Some(figure) = self.figures.get_mut(figure) {
                    figure.revisions.push(revised);
                }
                self.reopen(*figure, at(on));
            }
            IndicatorEvent::FigureWithdrawn { on, figure, reason } => {
                let withdrawn = (reason.clone(), at(on));
                if let Some(figure) = self.figures.get_mut(figure) {
                    figure.withdrawn = Some(withdrawn);
                    if let Some(standing) = self.standing.get_mut(&figure.reporter) {
                        standing.ends(&figure.key, *on);
                    }
                }
                self.reopen(*figure, at(on));
            }
            IndicatorEvent::DiscrepancyOpened { on, figures, due } => {
                let reporter = |at: FigureAt| {
                    let figure = self.figures.get(&at.figure);
                    figure.map_or_else(|| "".into(), |figure| figure.reporter.clone())
                };
                let discrepancy = Discrepancy {
                    reporters: figures.map(reporter),
                    opened_by: party(),
                    due: *due,
                    rounds: vec![self.round(at(on), *figures)],
                };
                self.discrepancies
                    .insert(DiscrepancyId(number), discrepancy);
            }
            IndicatorEvent::DiscrepancyAnswered {
                on,
                discrepancy,
                answer,
            } => {
                let answered = (answer.clone(), at(on));
                if let Some(round) = self.last_round(*discrepancy) {
                    round.answers.insert(party(), answered);
                }
            }
            IndicatorEvent::DiscrepancyReconciled {
                on,
                discrepancy,
                outcome,
                ..
            } => {
                let outcome = Some((outcome.clone(), at(on)));
                if let Some(round) = self.last_round(*discrepancy) {
                    round.outcome = outcome;
                }
            }
            IndicatorEvent::IndicatorFollowsItem { on, item } => {
                self.follows.push((item.clone(), at(on)));
            }
        }
    }

    fn last_round(&mut self, discrepancy: DiscrepancyId) -> Option<&mut Round> {
        self.discrepancies.get_mut(&discrepancy)?.rounds.last_mut()
    }
}
