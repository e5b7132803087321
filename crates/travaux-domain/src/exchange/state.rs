//! An exchange as it stands, and what follows from each of its events.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{ExchangeEvent, Outcome, Terms};
use crate::{
    Context, Name, PartyId,
    limit::Calendar,
    marking::Equivalence,
    partnership::{Dated, Deed as _},
};

/// A correction of a result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResultCorrection {
    /// How many the record said.
    pub was: u32,
    /// How many it says.
    pub is: u32,
    /// On what ground.
    pub ground: String,
    /// When.
    pub at: Dated,
}

/// A result, as it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResultRecord {
    /// The result, with all that claim it, and its count as corrected.
    pub outcome: Outcome,
    /// Who recorded it.
    pub told_by: PartyId,
    /// When.
    pub recorded: Dated,
    /// Who claimed it later, and when.
    pub claimed: Vec<(PartyId, Dated)>,
    /// Its corrections.
    pub corrections: Vec<ResultCorrection>,
}

/// An exchange, folded from its events.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exchange {
    /// How many events there were.
    pub version: u64,
    /// Its terms, in the order in which they were agreed.
    pub terms: Vec<(Terms, Dated)>,
    /// The calendars of each party, in the order in which they were declared.
    pub calendars: BTreeMap<PartyId, Vec<(Calendar, Dated)>>,
    /// The tables of levels that protect alike, in the order in which they were agreed.
    pub tables: Vec<(Equivalence, Dated)>,
    /// The results, by key.
    pub results: BTreeMap<Name, ResultRecord>,
}

/// The last of those that held on a day: of those of one day, the one recorded last.
fn on_day<T>(all: &[(T, Dated)], on: NaiveDate) -> Option<&T> {
    let then = all.iter().filter(|(_, since)| since.on <= on);
    then.max_by_key(|(_, since)| *since).map(|(what, _)| what)
}

impl Exchange {
    /// Its terms on a day.
    pub fn terms_on(&self, on: NaiveDate) -> Option<&Terms> {
        on_day(&self.terms, on)
    }

    /// The calendar by which a party works, as it was declared by a day; else the one that it
    /// declared first: it says of the days before, too.
    pub fn calendar_on(&self, party: &PartyId, on: NaiveDate) -> Option<&Calendar> {
        let declared = self.calendars.get(party)?;
        let first = || declared.iter().min_by_key(|(_, since)| *since);
        on_day(declared, on).or_else(|| first().map(|(calendar, _)| calendar))
    }

    /// The tables of levels that protect alike on a day: the last one of each two parties.
    pub fn tables_on(&self, on: NaiveDate) -> Vec<Equivalence> {
        let mut pairs: BTreeMap<[&PartyId; 2], (&Equivalence, Dated)> = BTreeMap::new();
        for (table, since) in self.tables.iter().filter(|(_, since)| since.on <= on) {
            let mut pair = [&table.between.0, &table.between.1];
            pair.sort();
            let last = pairs.entry(pair).or_insert((table, *since));
            if last.1 <= *since {
                *last = (table, *since);
            }
        }
        pairs
            .into_values()
            .map(|(table, _)| table.clone())
            .collect()
    }

    /// Takes `event` in, which `context` recorded.
    pub(super) fn take(&mut self, event: &ExchangeEvent, context: &Context) {
        self.version += 1;
        let at = Dated {
            on: event.on(),
            event: self.version,
        };
        let party = || context.actor.party.clone();
        match event {
            ExchangeEvent::TermsAgreed { terms, .. } => self.terms.push(((**terms).clone(), at)),
            ExchangeEvent::CalendarDeclared { calendar, .. } => {
                let declared = self.calendars.entry(party()).or_default();
                declared.push((calendar.clone(), at));
            }
            ExchangeEvent::EquivalenceAgreed { table, .. } => self.tables.push((table.clone(), at)),
            ExchangeEvent::ResultRecorded { key, outcome, .. } => {
                let record = ResultRecord {
                    outcome: outcome.clone(),
                    told_by: party(),
                    recorded: at,
                    claimed: Vec::new(),
                    corrections: Vec::new(),
                };
                self.results.insert(key.clone(), record);
            }
            ExchangeEvent::ResultClaimed { key, source, .. } => {
                if let Some(record) = self.results.get_mut(key) {
                    record.outcome.claimed_by.push(party());
                    record.outcome.sources.push(source.clone());
                    record.claimed.push((party(), at));
                }
            }
            ExchangeEvent::ResultCorrected {
                key,
                was,
                is,
                ground,
                ..
            } => {
                if let Some(record) = self.results.get_mut(key) {
                    record.outcome.count = *is;
                    record.corrections.push(ResultCorrection {
                        was: *was,
                        is: *is,
                        ground: ground.clone(),
                        at,
                    });
                }
            }
        }
    }
}
