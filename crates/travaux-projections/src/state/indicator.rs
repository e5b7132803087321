//! The entries of the indicators under a framework, and of the discrepancies of their figures.
//!
//! Figures have no entries: there may be a hundred thousand, and what a figure says may be hidden.
//! An indicator says how many each party has reported, which all may know (ST8).

use travaux_domain::{
    IndicatorId, Name, StreamId,
    indicator::{Discrepancy, DiscrepancyId, Indicator},
};

use super::{Entries, Entry, EntryId, WAITS_FOR};
use crate::{IndicatorThen, Told};

impl Entries<'_> {
    pub(super) fn add_indicators(&mut self) {
        let asked = self.at.asked();
        for (id, view) in self.sources.dossiers.indicators_under(self.framework) {
            let Some(then) = view.as_of(asked) else {
                continue;
            };
            self.add_indicator(id, &then);
            for (number, discrepancy) in &then.state.discrepancies {
                self.add_discrepancy(id, &then.state, *number, discrepancy);
            }
        }
    }

    fn add_indicator(&mut self, id: IndicatorId, then: &IndicatorThen<'_>) {
        let indicator = &*then.state;
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
        entry.list("drafts", indicator.drafts.keys().map(Name::of));
        for draft in indicator.drafts.values() {
            entry.rests_on(draft.at);
        }
        entry.list("reporters", &definition.reporters);
        entry.list("tells_of", definition.clauses.iter().map(Name::of));
        let told = then.told();
        for party in told.values() {
            entry.rests_on_event(party.last);
        }
        let told = told.iter().filter(|(_, told)| told.count > 0);
        let told = told.map(|(party, Told { count, latest, .. })| {
            let figures = if *count == 1 { "figure" } else { "figures" };
            match latest {
                Some(period) => format!("{party}: {count} {figures}, up to {period}"),
                None => format!("{party}: {count} {figures}"),
            }
        });
        entry.list("reported", told);
        entry.list(
            "follows",
            indicator.follows.iter().map(|(item, _)| Name::of(item)),
        );
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
