//! The entries of the indicators under a framework, and of the discrepancies of their figures.
//!
//! Figures have no entries: there may be a hundred thousand, and what a figure says may be hidden.
//! An indicator says how many each party has reported, which all may know (ST8).

use std::collections::BTreeMap;

use chrono::NaiveDate;
use travaux_domain::{
    IndicatorId, PartyId, StreamId,
    indicator::{Discrepancy, DiscrepancyId, Indicator, Period},
};

use super::{Entries, Entry, EntryId, WAITS_FOR, standing};

/// The figures of a reporter that stand.
#[derive(Default)]
struct Reported {
    count: usize,
    /// The latest period, after its last day.
    latest: Option<(NaiveDate, Period)>,
}

impl Entries<'_> {
    pub(super) fn add_indicators(&mut self) {
        let all = &self.sources.dossiers.indicators;
        for (id, view) in standing(all, self.framework, self.at) {
            self.add_indicator(id, &view.state);
            for (number, discrepancy) in &view.state.discrepancies {
                self.add_discrepancy(id, &view.state, *number, discrepancy);
            }
        }
    }

    fn add_indicator(&mut self, id: IndicatorId, indicator: &Indicator) {
        let stream = StreamId::Indicator(id);
        let Some((_, definition)) = indicator.definition() else {
            return;
        };
        let mut entry = Entry::new(stream, 1);
        entry.say("words", &definition.names);
        if let Some((version, adopted)) = indicator.adopted.iter().next_back() {
            entry.say("version", version.to_string().as_str());
            entry.say("from", adopted.from);
            entry.fact("adopted", Some(adopted.at));
        }
        for adopted in indicator.adopted.values() {
            entry.rests_on(adopted.at);
        }
        entry.list("drafts", indicator.drafts.keys());
        for draft in indicator.drafts.values() {
            entry.rests_on(draft.at);
        }
        entry.list("reporters", &definition.reporters);
        let mut reported: BTreeMap<&PartyId, Reported> = BTreeMap::new();
        for figure in indicator.figures.values() {
            for said in &figure.revisions {
                entry.rests_on(said.at);
            }
            if let Some((_, at)) = &figure.withdrawn {
                entry.rests_on(*at);
                continue;
            }
            let told = reported.entry(&figure.reporter).or_default();
            told.count += 1;
            let period = figure.key.period;
            let days = period.days(definition.year_start());
            told.latest = told.latest.max(days.map(|(_, last)| (last, period)));
        }
        let told = reported.iter().map(|(party, Reported { count, latest })| {
            let figures = if *count == 1 { "figure" } else { "figures" };
            match latest {
                Some((_, period)) => format!("{party}: {count} {figures}, up to {period}"),
                None => format!("{party}: {count} {figures}"),
            }
        });
        entry.list("reported", told);
        entry.list("follows", indicator.follows.iter().map(|(item, _)| item));
        for (_, at) in &indicator.follows {
            entry.rests_on(*at);
        }
        self.put(EntryId::whole(stream), entry);
    }

    fn add_discrepancy(
        &mut self,
        id: IndicatorId,
        indicator: &Indicator,
        number: DiscrepancyId,
        discrepancy: &Discrepancy,
    ) {
        let stream = StreamId::Indicator(id);
        let Some(round) = discrepancy.round() else {
            return;
        };
        let mut entry = Entry::new(stream, round.since.event);
        if let Some((_, definition)) = indicator.definition() {
            entry.say("words", &definition.names);
        }
        let [figure, _] = round.figures;
        if let Some(figure) = indicator.figures.get(&figure.figure) {
            entry.say("period", figure.key.period.to_string().as_str());
            entry.say_some("category", figure.key.category.as_deref());
        }
        entry.list("parties", &discrepancy.reporters);
        entry.word("status", &discrepancy.status());
        entry.say("open", discrepancy.is_open());
        entry.say("since", round.since.on);
        entry.say_some("due", discrepancy.due);
        if discrepancy.is_overdue(self.at.on) {
            entry.say("overdue", true);
        }
        entry.list("answered", round.answers.keys());
        for (_, at) in round.answers.values() {
            entry.rests_on(*at);
        }
        entry.fact("settled", round.outcome.as_ref().map(|(_, at)| *at));
        entry.list(WAITS_FOR, discrepancy.waits_for());
        let again = discrepancy.rounds.len() as u64 - 1;
        entry.say_some("reopened", (again > 0).then_some(again));
        let key = number.to_string();
        self.put(EntryId::part(stream, "discrepancy", key.as_str()), entry);
    }
}
