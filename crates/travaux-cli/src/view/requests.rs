//! Requests, as lines of a list and as they stood at an instant, for a reader; and what is published
//! of them. What a reader may not see of a content is not here: neither its words nor its digest.

use chrono::{DateTime, Datelike as _, NaiveDate, TimeDelta, Utc};
use travaux::{
    domain::{
        ExchangeId, Handle, Name, PartyId, RequestId,
        exchange::{Cell, Dimension, Exchange, Told, publish},
        limit::{Calendar, Clock, Moment},
        marking::Reader,
        request::{Access, ContentRecord, PartOutcome, Request, RequestStatus},
    },
    projections::{Asked, DossierView, Dossiers},
};
use travaux_store::StoreError;
use travaux_text::Digest;

use super::wire::{documents, words};

words! {
    RequestStatus {
        Absent, Offered, Sent, Received, Clarifying, PartlyAnswered, Provided, PartlyProvided,
        Refused, Withdrawn,
    }
}

documents! {
    /// A request, or information that was offered.
    pub(crate) struct ListedRequest<'a> {
        /// Its id.
        id: RequestId,
        /// What people call it.
        handle: Option<&'a Handle>,
        /// Its reference.
        reference: &'a Name,
        /// The exchange on whose terms it was made.
        exchange: ExchangeId,
        /// Who sent it.
        by: &'a PartyId,
        /// To whom it goes.
        to: Vec<&'a PartyId>,
        /// The area of the framework, by its key.
        area: &'a Name,
        /// Whether it is urgent.
        urgent: bool,
        /// When it was sent.
        sent: NaiveDate,
        /// Where it stands.
        status: RequestStatus,
        /// When its reply is due, by its first limit; null before receipt, and while the clock stands.
        due: Option<DateTime<Utc>>,
        /// Its last day, where who must act is; null of a limit in hours.
        last_day: Option<NaiveDate>,
        /// Whether its reply is late.
        overdue: bool,
        /// The version of its stream.
        version: u64,
    }

    /// A request, or information that was offered, as it stood at an instant.
    pub(crate) struct ShownRequest<'a> {
        /// The request.
        #[serde(flatten)]
        request: ListedRequest<'a>,
        /// Its limit, in words.
        limit: Option<String>,
        /// Why its reply is due then.
        because: Vec<String>,
        /// For how many minutes its clock has run, until its last part was answered.
        used_minutes: Option<u64>,
        /// For how many it stood still.
        stopped_minutes: Option<u64>,
        /// That its limit was put off.
        deviations: Vec<ShownDeviation<'a>>,
        /// What was asked, part by part.
        parts: Vec<ShownPart<'a>>,
        /// Its contents, as far as the reader has to do with them.
        contents: Vec<ShownContent<'a>>,
    }

    /// That a limit was put off.
    pub(crate) struct ShownDeviation<'a> {
        /// When.
        on: NaiveDate,
        /// On which ground.
        ground: &'a Name,
        /// By which day the reply is expected.
        expected: NaiveDate,
    }

    /// A part of a request.
    pub(crate) struct ShownPart<'a> {
        /// Its key.
        key: &'a Name,
        /// How it ended, in words; `open` while it has not.
        outcome: String,
        /// When.
        on: Option<NaiveDate>,
    }

    /// A content.
    pub(crate) struct ShownContent<'a> {
        /// Its key.
        key: &'a Name,
        /// Who wrote it.
        by: &'a PartyId,
        /// The marking by which the reader's party goes; without a reader, its originator's.
        marking: String,
        /// Whether the reader may not see it: then its marking is all that is told.
        withheld: bool,
        /// Its words, where the reader may see them and has the key.
        words: Option<String>,
        /// The digest of its salt and words; null where the reader may not see them.
        digest: Option<Digest>,
        /// That it was erased.
        erased: Option<ShownErasure<'a>>,
    }

    /// That a content was erased.
    pub(crate) struct ShownErasure<'a> {
        /// By whom.
        by: &'a PartyId,
        /// On which ground.
        ground: &'a Name,
        /// When.
        on: NaiveDate,
    }

    /// What is published of requests.
    pub(crate) struct PublishedRequests<'a> {
        /// The exchange.
        exchange: ExchangeId,
        /// What it is called.
        title: &'a str,
        /// By what requests stand in rows.
        by_rows: Dimension,
        /// By what they stand in columns.
        by_columns: Dimension,
        /// The least count that is shown.
        minimum: u32,
        /// The names of the rows.
        rows: Vec<Name>,
        /// The names of the columns.
        columns: Vec<Name>,
        /// The cells row by row, each with its total behind; then the row of totals.
        cells: Vec<Vec<PublishedCell>>,
    }

    /// A cell of what is published.
    pub(crate) struct PublishedCell {
        /// Whether it is suppressed (`Q`): then nothing of it is told.
        suppressed: bool,
        /// How many requests were received.
        count: Option<u32>,
        /// Half were answered within so many hours; null of too few.
        median_hours: Option<u64>,
        /// Nine of ten were.
        ninetieth_hours: Option<u64>,
        /// So many of a hundred were answered in time.
        in_time_percent: Option<u8>,
    }
}

impl From<&Cell> for PublishedCell {
    fn from(cell: &Cell) -> Self {
        match *cell {
            Cell::Suppressed => Self {
                suppressed: true,
                count: None,
                median_hours: None,
                ninetieth_hours: None,
                in_time_percent: None,
            },
            Cell::Shown {
                count,
                median_hours,
                ninetieth_hours,
                in_time_percent,
            } => Self {
                suppressed: false,
                count: Some(count),
                median_hours,
                ninetieth_hours,
                in_time_percent,
            },
        }
    }
}

/// The exchange of a request, as it stands.
fn exchange_of<'a>(request: &Request, dossiers: &'a Dossiers) -> Option<&'a Exchange> {
    let exchange = request.exchange()?;
    dossiers.exchanges.get(&exchange).map(|view| &view.state)
}

/// The calendar of the requested party, as it was declared by the day of receipt.
fn calendar<'a>(request: &Request, exchange: &'a Exchange) -> Option<&'a Calendar> {
    let call = request.call.as_ref()?;
    let receipt = request.receipt.as_ref()?;
    exchange.calendar_on(&call.to, receipt.at.on)
}

/// That of UTC with Saturdays and Sundays off, of a party that declared none.
fn plain() -> Calendar {
    Calendar::of("UTC")
}

impl<'a> ListedRequest<'a> {
    /// The request of a view at an instant; none, where it was sent later.
    pub(crate) fn new(
        id: RequestId,
        view: &'a DossierView<Request>,
        dossiers: &Dossiers,
        instant: DateTime<Utc>,
    ) -> Option<Self> {
        let state = &view.state;
        let plain = plain();
        let exchange = exchange_of(state, dossiers);
        let declared = exchange.and_then(|exchange| calendar(state, exchange));
        let calendar = declared.unwrap_or(&plain);
        let status = state.status(instant, Some(calendar));
        let due = match state.clock(instant, calendar) {
            Some(Clock::Runs(due)) => Some(due),
            Some(Clock::Stands { .. }) | None => None,
        };
        Some(Self {
            id,
            handle: view.handle.as_ref(),
            reference: state.reference()?,
            exchange: state.exchange()?,
            by: state.by.as_ref()?,
            to: state.addressees().collect(),
            area: state.area()?,
            urgent: state.call.as_ref().is_some_and(|call| call.urgent),
            sent: state.begun?.on,
            status,
            due: due.as_ref().map(|due| due.until),
            last_day: due.and_then(|due| due.last_day),
            overdue: state.is_overdue(instant, calendar),
            version: view.version,
        })
        .filter(|_| status != RequestStatus::Absent)
    }
}

/// Opens the words of a digest, with the reader's key.
type Opening<'a> = dyn Fn(Digest) -> Result<Option<Vec<u8>>, StoreError> + 'a;

impl<'a> ShownRequest<'a> {
    /// The same, with all of it that a reader may see.
    pub(crate) fn new(
        (id, view): (RequestId, &'a DossierView<Request>),
        dossiers: &Dossiers,
        (instant, reader): (DateTime<Utc>, Option<&Reader>),
        open: &Opening<'_>,
    ) -> Result<Option<Self>, StoreError> {
        let Some(request) = ListedRequest::new(id, view, dossiers, instant) else {
            return Ok(None);
        };
        let state = &view.state;
        let plain = plain();
        let exchange = exchange_of(state, dossiers);
        let declared = exchange.and_then(|exchange| calendar(state, exchange));
        let calendar = declared.unwrap_or(&plain);
        let because = match state.clock(instant, calendar) {
            Some(Clock::Runs(due)) => due.because,
            Some(Clock::Stands { .. }) | None => Vec::new(),
        };
        let at = instant.fixed_offset();
        let now = Moment {
            on: at.date_naive(),
            at: Some(at),
        };
        let had_come = |moment: &Moment| moment.had_come(instant, Some(calendar));
        let until = state.closed().filter(had_come).unwrap_or(now);
        let received = state.receipt.as_ref().filter(|r| had_come(&r.at.moment()));
        let spent = received.and_then(|_| state.spent(until));
        let deviations = state.deviations.iter();
        let deviations = deviations.filter(|deviation| had_come(&deviation.at.moment()));
        let mut contents = Vec::new();
        for (key, record) in state.contents.iter().filter(|(_, content)| {
            let since = content
                .markings
                .first()
                .map(|(_, since)| Moment::day(since.on));
            since.is_some_and(|since| had_come(&since))
        }) {
            contents.extend(content(key, record, (state, exchange, reader), open)?);
        }
        Ok(Some(Self {
            limit: received.map(|receipt| {
                let limit = &receipt.limit;
                let agreed = limit
                    .agreed
                    .map_or(String::new(), |a| format!(", agreed {a}"));
                format!("{}, {}{agreed}", limit.case, limit.period)
            }),
            because: because.iter().map(ToString::to_string).collect(),
            used_minutes: spent.map(|spent| minutes(spent.used)),
            stopped_minutes: spent.map(|spent| minutes(spent.stopped)),
            deviations: deviations
                .map(|deviation| ShownDeviation {
                    on: deviation.at.on,
                    ground: &deviation.ground,
                    expected: deviation.expected,
                })
                .collect(),
            parts: state
                .parts
                .iter()
                .map(|(key, end)| {
                    let end = end.as_ref().filter(|end| had_come(&end.at.moment()));
                    ShownPart {
                        key,
                        outcome: end.map_or("open".to_owned(), |end| in_words(&end.outcome)),
                        on: end.map(|end| end.at.on),
                    }
                })
                .collect(),
            contents,
            request,
        }))
    }
}

/// Whole minutes; none, of what was told to end before it began.
fn minutes(time: TimeDelta) -> u64 {
    u64::try_from(time.num_minutes()).unwrap_or_default()
}

fn in_words(outcome: &PartOutcome) -> String {
    match outcome {
        PartOutcome::Provided { content } => format!("provided by {content}"),
        PartOutcome::Refused { ground } => format!("refused on the ground {ground}"),
    }
}

/// A content for a reader; none, where the reader's party has nothing to do with it.
fn content<'a>(
    key: &'a Name,
    record: &'a ContentRecord,
    (state, exchange, reader): (&'a Request, Option<&Exchange>, Option<&Reader>),
    open: &Opening<'_>,
) -> Result<Option<ShownContent<'a>>, StoreError> {
    let mut shown = ShownContent {
        key,
        by: &record.by,
        marking: record.marking().map_or(String::new(), ToString::to_string),
        withheld: false,
        words: None,
        digest: Some(record.digest),
        erased: record
            .erased_for(&record.by)
            .map(|(by, (ground, at))| ShownErasure {
                by,
                ground,
                on: at.on,
            }),
    };
    let Some((reader, exchange)) = reader.zip(exchange) else {
        return Ok(Some(shown));
    };
    match state.access(key, reader, exchange) {
        Access::Absent => return Ok(None),
        Access::Readable(marking) => {
            let words = open(record.digest)?;
            shown.marking = marking.to_string();
            shown.words = words.map(|words| String::from_utf8_lossy(&words).into_owned());
        }
        Access::Withheld(marking) => {
            (shown.marking, shown.withheld) = (marking.to_string(), true);
            shown.digest = None;
        }
        Access::Erased {
            marking,
            by,
            ground,
            at,
        } => {
            let on = at.on;
            shown.marking = marking.to_string();
            shown.erased = Some(ShownErasure { by, ground, on });
            shown.digest = None;
        }
    }
    Ok(Some(shown))
}

impl<'a> PublishedRequests<'a> {
    /// What may be published of an exchange's requests that were received by an instant.
    pub(crate) fn new(
        id: ExchangeId,
        dossiers: &'a Dossiers,
        asked: Asked,
        instant: DateTime<Utc>,
    ) -> Option<Self> {
        let exchange = &dossiers.exchanges.get(&id)?.state;
        let terms = exchange.terms_on(asked.on?)?;
        let publishing = terms.publishing;
        let requests = dossiers.requests.values();
        let known = requests.filter_map(|view| view.as_of(asked));
        let of_exchange = known.filter(|view| view.state.exchange() == Some(id));
        let told: Vec<_> = of_exchange
            .filter_map(|view| {
                told(
                    &view.state,
                    exchange,
                    (publishing.rows, publishing.columns),
                    instant,
                )
            })
            .collect();
        let published = publish(&told, publishing.minimum);
        Some(Self {
            exchange: id,
            title: &terms.title,
            by_rows: publishing.rows,
            by_columns: publishing.columns,
            minimum: publishing.minimum,
            rows: published.rows,
            columns: published.columns,
            cells: published
                .cells
                .iter()
                .map(|line| line.iter().map(Into::into).collect())
                .collect(),
        })
    }
}

/// What is told of a request that was received by an instant.
fn told(
    request: &Request,
    exchange: &Exchange,
    (row, column): (Dimension, Dimension),
    instant: DateTime<Utc>,
) -> Option<Told> {
    let plain = plain();
    let calendar = calendar(request, exchange).unwrap_or(&plain);
    let received = request.receipt.as_ref()?.at;
    let had_come = |moment: &Moment| moment.had_come(instant, Some(calendar));
    if !had_come(&received.moment()) {
        return None;
    }
    let call = request.call.as_ref()?;
    let key = |dimension| -> Name {
        match dimension {
            Dimension::Area => call.area.clone(),
            Dimension::Quarter => {
                let (year, month) = (received.on.year(), received.on.month0());
                format!("{year}-Q{}", month / 3 + 1).into()
            }
            Dimension::Urgency if call.urgent => "urgent".into(),
            Dimension::Urgency => "other".into(),
            Dimension::Party => call.to.0.clone(),
        }
    };
    let closed = request.closed().filter(had_come);
    let used = closed.and_then(|closed| request.spent(closed));
    Some(Told {
        row: key(row),
        column: key(column),
        used: used.map(|spent| spent.used.max(TimeDelta::zero())),
        in_time: request.in_time(instant, calendar),
    })
}
