//! Discrepancies: opened between mirror figures, answered by both, reconciled (ST10 to ST15).

use chrono::NaiveDate;

use super::{
    Breakdown, Cause, Decimal, Definition, Discrepancy, DiscrepancyId, Figure, FigureAt, Outcome,
    Revised, Round, Verdict, decide::Asked, discrepancy::Pair,
};
use crate::{PartyId, Reason, Refusal, Rule, partnership::Dated, words::names};

impl Asked<'_> {
    /// Two figures as they stand, that mirror each other and differ by more than the tolerance; they
    /// have one discrepancy, which a revision opens again (ST10, ST11, ST12).
    pub(super) fn may_open(&self, figures: Pair, due: Option<NaiveDate>) -> Result<(), Refusal> {
        if let Some(due) = due {
            self.deciding.not_before(due, self.on, "it is opened")?;
        }
        let [one, other] = figures;
        let ((first, one_says), (second, other_says)) = (self.stands(one)?, self.stands(other)?);
        let key = |figure: &Figure, said: &Revised| {
            let key = figure.key.mirror(&figure.reporter, &said.version)?;
            Some((key.period, key.flow, key.category))
        };
        let keys = (key(first, one_says), key(second, other_says));
        if keys.0.is_none() || keys.0 != keys.1 || first.reporter == second.reporter {
            let expected = "figures of both parties for one period, category and flow";
            let told = |figure: &Figure| format!("{} by {}", figure.key, figure.reporter);
            let found = format!("{}, {}", told(first), told(second));
            return Err(self
                .deciding
                .refuse(Reason::Malformed, Rule::ST10, expected, found));
        }
        let ids = figures.map(|at| at.figure);
        let of_both = |discrepancy: &&Discrepancy| {
            let round = discrepancy.round();
            let known = |at: &FigureAt| ids.contains(&at.figure);
            round.is_some_and(|round| round.figures.iter().all(known))
        };
        if let Some(before) = self.indicator.discrepancies.values().find(of_both) {
            let expected =
                "figures without a discrepancy: a revision opens the one they have again";
            let found = format!("one that is {}", before.status());
            return Err(self.refuse(Reason::Already, expected, found));
        }
        match self.indicator.verdict_of(ids, self.context.now) {
            Some(Verdict::Differ { .. }) => Ok(()),
            verdict => {
                let expected = "figures that differ by more than the tolerance";
                let found =
                    verdict.map_or_else(|| "none".to_owned(), |verdict| verdict.to_string());
                Err(self
                    .deciding
                    .refuse(Reason::ConditionUnmet, Rule::ST11, expected, found))
            }
        }
    }

    /// A figure that stands as it is named; the act does not come before what it says.
    fn stands(&self, at: FigureAt) -> Result<(&Figure, &Revised), Refusal> {
        let figure = self.indicator.figures.get(&at.figure);
        let found = figure.and_then(|figure| Some((figure, figure.stands()?, figure.current()?.0)));
        let Some((figure, said, revision)) = found else {
            let expected = "a figure of this indicator that stands, by its number";
            return Err(self.refuse(Reason::Unknown, expected, at.figure.to_string()));
        };
        if revision != at.revision {
            let expected = format!("figure {} at revision {revision}, its last", at.figure);
            return Err(self.refuse(Reason::WrongState, expected, at.to_string()));
        }
        self.deciding
            .not_before(self.on, said.at.on, "its figures")?;
        Ok((figure, said))
    }

    /// An open discrepancy, for one of its reporters; the act does not come before it was opened.
    fn open(&self, id: DiscrepancyId) -> Result<(&Discrepancy, &Round), Refusal> {
        let found = self.indicator.discrepancies.get(&id);
        let Some((discrepancy, round)) = found.and_then(|d| Some((d, d.round()?))) else {
            let expected = "a discrepancy of this indicator, by its number";
            return Err(self.refuse(Reason::Unknown, expected, id.to_string()));
        };
        if !discrepancy.reporters.contains(self.deciding.party()) {
            let expected = format!("one who reported: {}", names(&discrepancy.reporters));
            let found = format!("`{}`", self.deciding.party());
            return Err(self.refuse(Reason::NotEntitled, expected, found));
        }
        if !discrepancy.is_open() {
            let found = format!("one that is {}", discrepancy.status());
            return Err(self.refuse(Reason::WrongState, "an open discrepancy", found));
        }
        self.deciding
            .not_before(self.on, round.since.on, "it was opened")?;
        Ok((discrepancy, round))
    }

    /// A reporter answers with causes whose amounts, with the residual, are the gap (ST12, ST14).
    pub(super) fn may_answer(&self, id: DiscrepancyId, answer: &Breakdown) -> Result<(), Refusal> {
        let (discrepancy, round) = self.open(id)?;
        self.makes_up(answer, self.gap(round)?, &discrepancy.reporters)?;
        let before = round.answers.get(self.deciding.party());
        match before {
            Some((before, _)) if before == answer => {
                Err(self.refuse(Reason::Already, "another answer than before", "the same"))
            }
            Some((_, Dated { on, .. })) => {
                self.deciding.not_before(self.on, *on, "the answer before")
            }
            None => Ok(()),
        }
    }

    /// The gap, for one who may see both figures: an answer that is right or wrong would tell it.
    fn gap(&self, round: &Round) -> Result<Decimal, Refusal> {
        let gap = self.has_gap(round)?;
        let party = self.deciding.party();
        for at in round.figures {
            let figure = self.indicator.figures.get(&at.figure);
            let told = figure.zip(self.indicator.at(at));
            let sees = |(figure, said): (&Figure, &Revised)| {
                figure.shows(said, Some(party), self.context.now)
            };
            if !told.is_some_and(sees) {
                let expected = "figures that both may see: its reporter shows one by CONF_REDIST";
                let found = format!("{at}, which `{party}` may not see");
                return Err(self
                    .deciding
                    .refuse(Reason::NotEntitled, Rule::ST8, expected, found));
            }
        }
        Ok(gap)
    }

    fn has_gap(&self, round: &Round) -> Result<Decimal, Refusal> {
        round.gap.ok_or_else(|| {
            let expected = "two figures with values that can be compared";
            self.refuse(
                Reason::WrongState,
                expected,
                "no gap: one was withdrawn or revised",
            )
        })
    }

    /// Causes of the list, whose amounts and the residual sum to the gap exactly (ST13, ST14).
    fn makes_up(
        &self,
        answer: &Breakdown,
        gap: Decimal,
        reporters: &[PartyId],
    ) -> Result<(), Refusal> {
        let malformed = |rule, expected: &str, found: String| {
            Err(self
                .deciding
                .refuse(Reason::Malformed, rule, expected, found))
        };
        if answer.adjustments.is_empty() {
            return malformed(
                Rule::ST13,
                "a cause, or that it is unknown",
                "none".to_owned(),
            );
        }
        for adjustment in &answer.adjustments {
            self.is_word("a note", adjustment.note.as_deref())?;
            if let Cause::ErrorOf(party) = &adjustment.cause
                && !reporters.contains(party)
            {
                let expected = format!("an error of {}", names(reporters));
                return malformed(Rule::ST13, &expected, format!("`{party}`"));
            }
            if adjustment.cause == Cause::Unknown && adjustment.amount != Decimal::ZERO {
                let expected = "no amount for what is unknown: it is the residual";
                return malformed(Rule::ST13, expected, adjustment.amount.to_string());
            }
        }
        match answer.sum() {
            Some(sum) if sum == gap => Ok(()),
            sum => {
                let expected = format!("amounts and a residual that sum to the gap, {gap}");
                let found = sum.map_or_else(|| "a larger sum".to_owned(), |sum| sum.to_string());
                malformed(Rule::ST14, &expected, found)
            }
        }
    }

    /// Both reporters reconcile what both have answered (ST15).
    pub(super) fn may_reconcile(
        &self,
        id: DiscrepancyId,
        outcome: &Outcome,
        consenting: &[PartyId],
    ) -> Result<(), Refusal> {
        let (discrepancy, round) = self.open(id)?;
        for (_, answered) in round.answers.values() {
            self.deciding
                .not_before(self.on, answered.on, "the last answer")?;
        }
        // Where no gap is left, there is nothing to answer.
        let unanswered = discrepancy.unanswered();
        if round.gap.is_some() && !unanswered.is_empty() {
            let expected = "answers of both reporters first";
            let found = discrepancy.status().to_string();
            let refusal = self
                .deciding
                .refuse(Reason::ConditionUnmet, Rule::ST12, expected, found);
            return Err(refusal.missing(unanswered.iter().map(|party| party.to_string())));
        }
        self.settles(outcome, discrepancy, round)?;
        let needed = discrepancy.reporters.iter();
        self.deciding
            .have_consented(self.rule, &self.parties, needed, consenting)
    }

    fn settles(
        &self,
        outcome: &Outcome,
        discrepancy: &Discrepancy,
        round: &Round,
    ) -> Result<(), Refusal> {
        match outcome {
            Outcome::Explained(breakdown) => {
                self.makes_up(breakdown, self.gap(round)?, &discrepancy.reporters)?;
                if self.differ(round, breakdown.residual) {
                    let expected = "a residual within the tolerance: the rest is not explained";
                    let found = breakdown.residual.to_string();
                    return Err(self.refuse(Reason::ConditionUnmet, expected, found));
                }
                Ok(())
            }
            Outcome::Corrected => match round.gap.map(|_| self.gap(round)).transpose()? {
                Some(gap) if self.differ(round, gap) => {
                    let expected = "figures that were corrected, and do not differ any more";
                    let found = format!("a gap of {gap}");
                    Err(self.refuse(Reason::ConditionUnmet, expected, found))
                }
                Some(_) | None => Ok(()),
            },
            Outcome::Agreed { value, ground } => {
                self.has_gap(round)?;
                if let Some(definition) = self.definition_of(round) {
                    self.is_value(self.rule, definition, *value)?;
                }
                self.deciding.text("a ground", ground)
            }
            Outcome::Irreducible { reason } => {
                self.has_gap(round)?;
                self.deciding.text("a reason", reason)
            }
        }
    }

    /// The definition by which the figures of a round are counted: the later one, if there are two.
    fn definition_of(&self, round: &Round) -> Option<&Definition> {
        let said = round.figures.iter().filter_map(|at| self.indicator.at(*at));
        let version = said.map(|said| &said.version).max()?;
        Some(&self.indicator.adopted.get(version)?.definition)
    }

    /// Whether so much is more than the tolerance lets stand between the figures of a round.
    fn differ(&self, round: &Round, much: Decimal) -> bool {
        let [one, other] = round.figures.map(|at| self.indicator.at(at));
        let both = one.zip(other);
        both.is_some_and(|(one, other)| self.indicator.is_discrepancy(much, one, other))
    }
}
