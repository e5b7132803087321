//! The entries of the exchanges of information under a framework: the terms that hold on the day, the
//! calendars by which limits run, and what came of it. None says what a request or a reply says.

use travaux_domain::{
    ExchangeId, Name, StreamId,
    exchange::{Exchange, LimitCase, ResultRecord, Terms},
    request::RequestId,
};

use super::{Entries, Entry, EntryId, Exchanges, standing};

impl<'a> Entries<'a> {
    pub(super) fn exchanges(&self) -> Exchanges<'a> {
        let all = &self.sources.dossiers.exchanges;
        standing(all, self.framework, self.at).collect()
    }

    pub(super) fn add_exchanges(&mut self, exchanges: &Exchanges<'_>) {
        for (id, view) in exchanges {
            let stream = StreamId::Exchange(*id);
            self.add_exchange(*id, &view.state);
            for (key, record) in &view.state.results {
                let entry = self.result(stream, record);
                self.put(EntryId::part(stream, "result", key.clone()), entry);
            }
        }
    }

    fn add_exchange(&mut self, id: ExchangeId, exchange: &Exchange) {
        let (stream, on) = (StreamId::Exchange(id), self.at.on);
        let (Some(terms), Some((_, first))) = (exchange.terms_on(on), exchange.terms.first())
        else {
            return;
        };
        let mut entry = Entry::new(stream, first.event);
        say_terms(&mut entry, terms);
        entry.fact("agreed", Some(*first));
        // A party works by the calendar that it declared last.
        let declared = exchange.calendars.keys();
        let calendars = declared.filter_map(|party| {
            let calendar = exchange.calendar_on(party, on)?;
            let holidays = match calendar.holidays.len() {
                1 => "1 holiday".to_owned(),
                some => format!("{some} holidays"),
            };
            Some(format!("{party}: {}, {holidays}", calendar.zone))
        });
        entry.list("calendars", calendars);
        let tables = exchange.tables_on(on).into_iter();
        let alike = tables.flat_map(|table| {
            let (one, other) = table.between;
            let levels = table.levels.into_iter();
            levels.map(move |level| {
                let ((scheme, code), (of_other, like)) = (level.one, level.other);
                format!("{one} {scheme} {code} and {other} {of_other} {like}")
            })
        });
        entry.list("levels_alike", alike);
        entry.say("results", exchange.results.len() as u64);
        let terms = exchange.terms.iter().map(|(_, since)| *since);
        let calendars = exchange.calendars.values().flatten();
        let tables = exchange.tables.iter().map(|(_, since)| *since);
        for since in terms
            .chain(calendars.map(|(_, since)| *since))
            .chain(tables)
        {
            entry.rests_on(since);
        }
        self.put(EntryId::whole(stream), entry);
    }

    /// What came of exchanged information: as it was claimed and corrected. Which requests led to it is
    /// told to who may know of them (QY4).
    fn result(&self, stream: StreamId, record: &ResultRecord) -> Entry {
        let mut entry = Entry::new(stream, record.recorded.event);
        let outcome = &record.outcome;
        entry.word("kind", &outcome.kind);
        entry.say("count", u64::from(outcome.count));
        entry.say("date", outcome.date);
        entry.list("claimed_by", &outcome.claimed_by);
        entry.list("sources", outcome.sources.iter().map(String::as_str));
        let (asked, all) = (self.at.asked(), &self.sources.dossiers.requests);
        let is_known = |id: &&RequestId| {
            let view = all.get(id).and_then(|view| view.as_of(asked));
            let reader = self.at.reader.as_ref();
            view.zip(reader)
                .is_some_and(|(view, reader)| view.state.is_known_to(reader))
        };
        let (known, withheld): (Vec<_>, Vec<_>) = outcome.requests.iter().partition(is_known);
        let known = known
            .into_iter()
            .map(|id: &RequestId| StreamId::Request(*id));
        entry.list("requests", known.map(|id| id.to_string()));
        let count = (!withheld.is_empty()).then_some(withheld.len() as u64);
        entry.say_some("requests_withheld", count);
        entry.fact("recorded", Some(record.recorded));
        for (_, at) in &record.claimed {
            entry.rests_on(*at);
        }
        if let Some(last) = record.corrections.last() {
            entry.say("corrected_from", u64::from(last.was));
            entry.say("corrected_on", last.at.on);
            entry.say("ground", last.ground.as_str());
        }
        for correction in &record.corrections {
            entry.rests_on(correction.at);
        }
        entry
    }
}

fn say_terms(entry: &mut Entry, terms: &Terms) {
    entry.say("title", terms.title.as_str());
    entry.say("instrument", terms.instrument.as_str());
    let agreement = terms.agreement.map(StreamId::Agreement);
    entry.say_some("agreement", agreement.map(|id| id.to_string()).as_deref());
    entry.list("parties", terms.contacts.keys());
    let contacts = terms.contacts.iter();
    entry.list(
        "contacts",
        contacts.map(|(party, contact)| format!("{party}: {contact}")),
    );
    entry.list("languages", terms.languages.iter().map(Name::of));
    let limit = |case: &LimitCase| format!("{}: {}", case.key, case.period);
    entry.list("limits", terms.limits.iter().map(limit));
    entry.list("refused_on", &terms.refusal_grounds);
    entry.list("put_off_on", &terms.deviation_grounds);
    entry.list("erased_on", &terms.erasure_grounds);
    entry.word("published_rows", &terms.publishing.rows);
    entry.word("published_columns", &terms.publishing.columns);
    entry.say("published_from", u64::from(terms.publishing.minimum));
}
