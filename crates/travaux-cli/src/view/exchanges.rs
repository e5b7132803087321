//! Exchanges of information, as lines of a list and as they stood on a day.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use travaux::{
    domain::{
        ExchangeId, FrameworkId, Handle, Name, PartyId, RequestId,
        exchange::{Dimension, Exchange, ResultKind},
    },
    projections::DossierView,
};

use super::wire::{documents, words};

words! {
    ResultKind { Operation, Arrest, NetworkDismantled, Seizure, ActPrevented }
    Dimension { Area, Quarter, Urgency, Party }
}

documents! {
    /// An exchange of information.
    pub(crate) struct ListedExchange<'a> {
        /// Its id.
        id: ExchangeId,
        /// What people call it.
        handle: Option<&'a Handle>,
        /// Its title.
        title: &'a str,
        /// The framework.
        framework: FrameworkId,
        /// The instrument whose terms they are.
        instrument: &'a str,
        /// Who exchanges, and the single point of contact of each.
        contacts: &'a BTreeMap<PartyId, Name>,
        /// The version of its stream.
        version: u64,
    }

    /// An exchange of information as it stood on a date.
    pub(crate) struct ShownExchange<'a> {
        /// The exchange.
        #[serde(flatten)]
        exchange: ListedExchange<'a>,
        /// Its limits; the first one that fits is a request's.
        limits: Vec<ShownLimit<'a>>,
        /// The zone of each party that declared its calendar.
        calendars: BTreeMap<&'a PartyId, String>,
        /// The grounds on which a reply may be refused.
        refusal_grounds: &'a [Name],
        /// The grounds on which a limit may be put off.
        deviation_grounds: &'a [Name],
        /// The grounds on which a content may be erased.
        erasure_grounds: &'a [Name],
        /// What a content bears that nobody marked.
        unmarked: String,
        /// By what published requests stand in rows.
        rows: Dimension,
        /// By what they stand in columns.
        columns: Dimension,
        /// The least count that is published.
        minimum: u32,
        /// The results.
        results: Vec<ShownResult<'a>>,
    }

    /// A limit.
    pub(crate) struct ShownLimit<'a> {
        /// Its key.
        key: &'a Name,
        /// Only for urgent requests, or only for others; for all, if null.
        urgent: Option<bool>,
        /// Only for what the requested contact point has itself, or only for other information.
        direct: Option<bool>,
        /// Only for offences of the agreement's list, or only for others.
        listed: Option<bool>,
        /// Within which the reply is due.
        period: String,
    }

    /// What came of requests.
    pub(crate) struct ShownResult<'a> {
        /// Its key.
        key: &'a Name,
        /// Its kind.
        kind: ResultKind,
        /// How many, as corrected.
        count: u32,
        /// When it came about.
        date: NaiveDate,
        /// The requests that led to it.
        requests: &'a [RequestId],
        /// Where it is told.
        sources: &'a [String],
        /// Whose result it is.
        claimed_by: &'a [PartyId],
        /// The counts that it had before.
        was: Vec<u32>,
    }
}

impl<'a> ListedExchange<'a> {
    /// The exchange of a view on a day; none, where its terms were agreed later.
    pub(crate) fn new(
        id: ExchangeId,
        view: &'a DossierView<Exchange>,
        on: NaiveDate,
    ) -> Option<Self> {
        let terms = view.state.terms_on(on)?;
        Some(Self {
            id,
            handle: view.handle.as_ref(),
            title: &terms.title,
            framework: terms.framework,
            instrument: &terms.instrument,
            contacts: &terms.contacts,
            version: view.version,
        })
    }
}

impl<'a> ShownExchange<'a> {
    /// The same, with all that is on record of it.
    pub(crate) fn new(
        id: ExchangeId,
        view: &'a DossierView<Exchange>,
        on: NaiveDate,
    ) -> Option<Self> {
        let exchange = ListedExchange::new(id, view, on)?;
        let (state, terms) = (&view.state, view.state.terms_on(on)?);
        let limit = |case: &'a travaux::domain::exchange::LimitCase| ShownLimit {
            key: &case.key,
            urgent: case.urgent,
            direct: case.direct,
            listed: case.listed,
            period: case.period.to_string(),
        };
        let zone = |party: &'a PartyId| {
            let calendar = state.calendar_on(party, on)?;
            Some((party, calendar.zone.to_string()))
        };
        let results = state.results.iter().map(|(key, record)| ShownResult {
            key,
            kind: record.outcome.kind,
            count: record.outcome.count,
            date: record.outcome.date,
            requests: &record.outcome.requests,
            sources: &record.outcome.sources,
            claimed_by: &record.outcome.claimed_by,
            was: record.corrections.iter().map(|c| c.was).collect(),
        });
        Some(Self {
            limits: terms.limits.iter().map(limit).collect(),
            calendars: terms.contacts.keys().filter_map(zone).collect(),
            refusal_grounds: &terms.refusal_grounds,
            deviation_grounds: &terms.deviation_grounds,
            erasure_grounds: &terms.erasure_grounds,
            unmarked: terms.unmarked.to_string(),
            rows: terms.publishing.rows,
            columns: terms.publishing.columns,
            minimum: terms.publishing.minimum,
            results: results.collect(),
            exchange,
        })
    }
}
