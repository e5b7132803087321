//! Meetings, as lines of a list and as they stood on a day.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveTime};
use travaux::{
    domain::{
        FrameworkId, Handle, MeetingId, Name, PartyId,
        meeting::{
            Capacity, Disposal, Evidence, ItemStatus, Meeting, MeetingKind, MeetingStatus, Mode,
            Participant, RecordCorrection, RecordField, Start,
        },
        partnership::{Dated, FollowUp, ItemRef, OfficeHolder},
    },
    projections::{Asked, DossierView, Dossiers},
};
use travaux_text::Lang;

use super::wire::{described, documents, form, words};

form! {
    "text": NaiveTime;
    "anything": Disposal, Mode, Evidence, FollowUp, RecordField;
}

words! {
    MeetingKind { Ministers, Session, Extraordinary, Experts }
    MeetingStatus {
        Absent, Tentative, Confirmed, AgendaAdopted, Passed, Held, MinutesDrafted,
        MinutesApproved, Cancelled,
    }
    ItemStatus { Recorded, FollowedUp, Fulfilled, Lapsed, Superseded }
    Capacity { Head, CoChair, Member, Expert }
}

documents! {
    /// A meeting.
    pub(crate) struct ListedMeeting<'a> {
        /// Its id.
        id: MeetingId,
        /// What people call it.
        handle: Option<&'a Handle>,
        /// Its title.
        title: &'a str,
        /// Who meets.
        parties: &'a [PartyId],
        /// The framework under which it is held.
        framework: FrameworkId,
        /// Its kind.
        kind: MeetingKind,
        /// The body whose session it is, by its key.
        body: Option<&'a Name>,
        /// The number of the session.
        number: Option<u32>,
        /// When it was to begin, as it stood on the date.
        start: &'a Start,
        /// Where.
        place: &'a str,
        /// Who takes the chair.
        chair: &'a [OfficeHolder],
        /// Where it stands.
        status: MeetingStatus,
        /// The version of its stream.
        version: u64,
    }

    /// A meeting as it stood on a date.
    pub(crate) struct ShownMeeting<'a> {
        /// The meeting.
        #[serde(flatten)]
        meeting: ListedMeeting<'a>,
        /// The agenda, in its order.
        agenda: Vec<ShownEntry<'a>>,
        /// Who took part.
        participants: &'a [Participant],
        /// What was agreed, proposed or undertaken.
        items: Vec<ShownItem<'a>>,
        /// Whether not all have approved the minutes: until then the items are provisional.
        provisional: bool,
        /// The statements on it.
        statements: Vec<ShownStatement<'a>>,
        /// What was announced before it: apart from what was agreed.
        announced: Vec<Announced<'a>>,
        /// The items of other meetings that it follows up.
        follows: Vec<&'a ItemRef>,
        /// The items of other meetings that it repeated.
        restated: Vec<&'a ItemRef>,
        /// Corrections of its record.
        corrections: &'a [RecordCorrection],
    }

    /// An item of an agenda.
    pub(crate) struct ShownEntry<'a> {
        /// Its key.
        key: &'a Name,
        /// The number shown.
        number: Option<&'a Name>,
        /// What it is about, by language.
        title: &'a BTreeMap<Lang, String>,
        /// The items that it was made of.
        of: &'a [Name],
        /// What became of it: `noted`, `{"referred": {"to": …}}` and so on, as in `ItemDisposed`.
        outcome: Option<&'a Disposal>,
    }

    /// What was agreed, proposed or undertaken at a meeting.
    pub(crate) struct ShownItem<'a> {
        /// Its key.
        key: &'a Name,
        /// What its words bear: `noted`, `{"proposed": {"by": …}}` and so on, as in `AgreedItemRecorded`.
        mode: &'a Mode,
        /// The words, by language.
        words: &'a BTreeMap<Lang, String>,
        /// The area, by its key.
        area: Option<&'a Name>,
        /// When it was agreed.
        on: NaiveDate,
        /// The event that says so, by its version in the meeting's stream.
        event: u64,
        /// What it rests on: `minutes`, `joint_statement`, `{"statement_of": …}` or `{"record_of": …}`.
        evidence: Evidence,
        /// What became of it.
        status: ItemStatus,
        /// What follows it up: `{"agreement": …}` and so on, as in `ItemFollowedUp`.
        followed_up: Vec<&'a FollowUp>,
        /// The later meetings that repeated it.
        restated_at: Vec<MeetingId>,
    }

    /// A statement on a meeting.
    pub(crate) struct ShownStatement<'a> {
        /// Its key.
        key: &'a Name,
        /// Whose it is; one of a single party shows that party's view alone.
        issuers: &'a [PartyId],
        /// Whether it is of more than one party.
        joint: bool,
        /// Its words, by language.
        words: &'a BTreeMap<Lang, String>,
        /// When it was issued.
        on: NaiveDate,
        /// When it was published.
        published: Option<NaiveDate>,
        /// Where it is to be found.
        source: Option<&'a str>,
    }

    /// What was announced before a meeting.
    pub(crate) struct Announced<'a> {
        /// The words, by language.
        words: &'a BTreeMap<Lang, String>,
        /// Who said so, or where.
        source: &'a str,
        /// When.
        on: NaiveDate,
    }
}

described! {
    /// When a meeting begins.
    Start = Start {
        /// The day, in the zone of the place.
        date: NaiveDate,
        /// The time.
        time: Option<NaiveTime>,
        /// The zone of the time, by its IANA name.
        zone: Option<Name>,
    }

    /// Who holds an office.
    OfficeHolder = OfficeHolder {
        /// The party.
        party: PartyId,
        /// The office.
        office: String,
        /// The name, as recorded.
        name: Option<Name>,
    }

    /// Who took part in a meeting.
    Participant = Participant {
        /// Who, by office.
        who: OfficeHolder,
        /// In what capacity.
        capacity: Capacity,
    }

    /// An item that was agreed at a meeting.
    ItemRef = ItemRef {
        /// The meeting.
        meeting: MeetingId,
        /// The item, by its key.
        item: Name,
    }

    /// A correction of a meeting's record.
    RecordCorrection = RecordCorrection {
        /// What was wrong: `place`, `{"participant_name": …}` and so on, as in `RecordCorrected`.
        field: RecordField,
        /// What it said.
        was: String,
        /// What it says.
        is: String,
        /// On what ground.
        ground: String,
        /// When.
        at: Dated,
    }

    /// A day, and the event that says so.
    Dated = Dated {
        /// The day.
        on: NaiveDate,
        /// The event's version in its stream.
        event: u64,
    }
}

impl<'a> ListedMeeting<'a> {
    /// A meeting as it stood on a day; none where it was not convened.
    pub(crate) fn new(
        id: MeetingId,
        view: &'a DossierView<Meeting>,
        on: NaiveDate,
    ) -> Option<Self> {
        let call = view.state.convocation.as_ref()?;
        Some(Self {
            id,
            handle: view.handle.as_ref(),
            title: &call.title,
            parties: &call.parties,
            framework: call.framework,
            kind: call.kind,
            body: call.body.as_ref(),
            number: call.number,
            start: &call.start,
            place: &call.place,
            chair: &call.chair,
            status: view.state.status(on),
            version: view.version,
        })
    }
}

impl<'a> ShownMeeting<'a> {
    /// The same with all that is on record of it; `view` is of the day that is asked about.
    pub(crate) fn new(
        id: MeetingId,
        view: &'a DossierView<Meeting>,
        dossiers: &Dossiers,
        asked: Asked,
    ) -> Option<Self> {
        let state = &view.state;
        let item = |(key, record): (&'a Name, &'a travaux::domain::meeting::ItemRecord)| {
            let named = ItemRef {
                meeting: id,
                item: key.clone(),
            };
            ShownItem {
                key,
                mode: &record.item.mode,
                words: &record.item.words,
                area: record.item.area.as_ref(),
                on: record.agreed.on,
                event: record.agreed.event,
                evidence: state.evidence(record),
                status: record.status(),
                followed_up: record.followed_up.iter().map(|(by, _)| by).collect(),
                restated_at: dossiers.restated_at(&named, asked),
            }
        };
        Some(Self {
            meeting: ListedMeeting::new(id, view, asked.on?)?,
            agenda: state.agenda.iter().map(ShownEntry::from).collect(),
            participants: &state.participants,
            items: state.items.iter().map(item).collect(),
            provisional: state.approved().is_none(),
            statements: state.statements.iter().map(ShownStatement::from).collect(),
            announced: state
                .announced
                .iter()
                .map(|(words, source, at)| Announced {
                    words,
                    source,
                    on: at.on,
                })
                .collect(),
            follows: state.follows.iter().map(|(item, _)| item).collect(),
            restated: state.restated.iter().map(|again| &again.of).collect(),
            corrections: &state.corrections,
        })
    }
}

impl<'a> From<&'a travaux::domain::meeting::AgendaEntry> for ShownEntry<'a> {
    fn from(entry: &'a travaux::domain::meeting::AgendaEntry) -> Self {
        Self {
            key: &entry.item.key,
            number: entry.item.number.as_ref(),
            title: &entry.item.title,
            of: &entry.item.of,
            outcome: entry.outcome.as_ref().map(|(outcome, _)| outcome),
        }
    }
}

impl<'a> From<&'a (travaux::domain::meeting::Statement, Dated)> for ShownStatement<'a> {
    fn from((statement, at): &'a (travaux::domain::meeting::Statement, Dated)) -> Self {
        Self {
            key: &statement.key,
            issuers: &statement.issuers,
            joint: statement.issuers.len() > 1,
            words: &statement.words,
            on: at.on,
            published: statement.published,
            source: statement.source.as_deref(),
        }
    }
}
