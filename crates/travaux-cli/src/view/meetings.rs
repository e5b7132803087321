//! Meetings, as lines of a list and as they stood on a day.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use travaux::{
    domain::{
        AgreementId, FrameworkId, Handle, MeetingId, Name, PartyId,
        meeting::{
            AgendaEntry, Capacity, ItemRecord, ItemStatus, Meeting, MeetingKind, MeetingStatus,
            Minutes, Participant, RecordCorrection, Start, Statement,
        },
        partnership::{ClauseRef, Dated, ItemRef, OfficeHolder},
    },
    projections::{Asked, DossierView, Dossiers},
};
use travaux_text::{Lang, ProvisionId};

use super::{
    meeting_parts::{ShownEnd, ShownEvidence, ShownField, ShownFollower, ShownMode, ShownOutcome},
    wire::{described, documents, form, words},
};

form! {
    "text": NaiveTime;
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
        /// The starts that it had before.
        postponed: Vec<FormerStart<'a>>,
        /// Why it was cancelled, and when; null if it was not.
        cancelled: Option<ShownCancelling<'a>>,
        /// The agenda, in its order.
        agenda: Vec<ShownEntry<'a>>,
        /// What was asked for and is not on the agenda, or was merged or split there.
        off_agenda: Vec<ShownEntry<'a>>,
        /// Who took part.
        participants: &'a [Participant],
        /// What was agreed, proposed or undertaken.
        items: Vec<ShownItem<'a>>,
        /// Whether not all have approved the minutes: until then the items are provisional.
        provisional: bool,
        /// The minutes, once they were drafted.
        minutes: Option<ShownMinutes<'a>>,
        /// The statements on it.
        statements: Vec<ShownStatement<'a>>,
        /// What was announced before it: apart from what was agreed.
        announced: Vec<Announced<'a>>,
        /// The items of other meetings that it follows up.
        follows: Vec<&'a ItemRef>,
        /// The items of other meetings that it repeated.
        restated: Vec<&'a ItemRef>,
        /// Corrections of its record.
        corrections: Vec<ShownCorrection<'a>>,
    }

    /// A start that a meeting had before.
    pub(crate) struct FormerStart<'a> {
        /// The start.
        start: &'a Start,
        /// When it was given up.
        until: NaiveDate,
    }

    /// That a meeting was cancelled.
    pub(crate) struct ShownCancelling<'a> {
        /// Why.
        reason: Option<&'a str>,
        /// When.
        on: NaiveDate,
    }

    /// The minutes of a meeting.
    pub(crate) struct ShownMinutes<'a> {
        /// Who drafted them.
        by: &'a PartyId,
        /// When.
        drafted: NaiveDate,
        /// Where they are to be found.
        source: Option<&'a str>,
        /// When each party approved them.
        approved: BTreeMap<&'a PartyId, NaiveDate>,
        /// The parties that have not.
        missing: Vec<&'a PartyId>,
    }

    /// A correction of a meeting's record.
    pub(crate) struct ShownCorrection<'a> {
        /// What was wrong.
        what: ShownField,
        /// What it said.
        was: &'a str,
        /// What it says.
        is: &'a str,
        /// On what ground.
        ground: &'a str,
        /// When.
        at: Dated,
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
        /// Who asked for it, if it was asked for.
        requested_by: Option<&'a PartyId>,
        /// Its papers, by title.
        papers: Vec<&'a str>,
        /// What became of it.
        outcome: Option<ShownOutcome>,
    }

    /// What was agreed, proposed or undertaken at a meeting.
    pub(crate) struct ShownItem<'a> {
        /// Its key.
        key: &'a Name,
        /// What its words bear.
        mode: ShownMode,
        /// The words, by language.
        words: &'a BTreeMap<Lang, String>,
        /// The area, by its key.
        area: Option<&'a Name>,
        /// The item of the agenda under which it was agreed, by its key.
        agenda: Option<&'a Name>,
        /// The statement that tells of it, by its key.
        statement: Option<&'a Name>,
        /// When it was agreed.
        on: NaiveDate,
        /// The event that says so, by its version in the meeting's stream.
        event: u64,
        /// What it rests on.
        evidence: ShownEvidence,
        /// What became of it.
        status: ItemStatus,
        /// How it ended, and when; null while it goes on.
        ended: Option<ItemEnding>,
        /// What follows it up.
        followed_up: Vec<FollowedUp>,
        /// The later meetings that repeated it.
        restated_at: Vec<MeetingId>,
    }

    /// The end of an item.
    pub(crate) struct ItemEnding {
        /// How.
        #[serde(flatten)]
        how: ShownEnd,
        /// When.
        on: NaiveDate,
    }

    /// What follows an item up, and since when.
    pub(crate) struct FollowedUp {
        /// What.
        #[serde(flatten)]
        by: ShownFollower,
        /// Since when.
        on: NaiveDate,
    }

    /// What was agreed, with what follows it up; or what follows, with what was agreed.
    pub(crate) struct Traced<'a> {
        /// What is traced, in words.
        what: String,
        /// The day for which it is.
        on: NaiveDate,
        /// As known at this time; as known now if null.
        known_at: Option<DateTime<Utc>>,
        /// The item that is traced, or those of the meeting that is.
        items: Vec<TracedItem<'a>>,
        /// The items that it follows up.
        follows: Vec<TracedItem<'a>>,
    }

    /// An item, with the meeting at which it was agreed.
    pub(crate) struct TracedItem<'a> {
        /// The meeting.
        meeting: MeetingId,
        /// What people call it.
        handle: Option<&'a Handle>,
        /// The title of the meeting.
        title: &'a str,
        /// The item.
        item: ShownItem<'a>,
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

    /// A provision of an agreement.
    ClauseRef = ClauseRef {
        /// The agreement.
        agreement: AgreementId,
        /// The provision.
        provision: ProvisionId,
        /// What it is called.
        label: String,
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
        let call = state.convocation.as_ref()?;
        let records = state.items.iter();
        let items =
            records.map(|(key, record)| ShownItem::new((id, key), record, state, dossiers, asked));
        let former = |(start, until): &'a (Start, Dated)| FormerStart {
            start,
            until: until.on,
        };
        Some(Self {
            meeting: ListedMeeting::new(id, view, asked.on?)?,
            postponed: state.postponed.iter().map(former).collect(),
            cancelled: state
                .cancelled
                .as_ref()
                .map(|(reason, at)| ShownCancelling {
                    reason: reason.as_deref(),
                    on: at.on,
                }),
            agenda: state.agenda.iter().map(ShownEntry::from).collect(),
            off_agenda: state.off_agenda.iter().map(ShownEntry::from).collect(),
            participants: &state.participants,
            items: items.collect(),
            provisional: state.approved().is_none(),
            minutes: state
                .minutes
                .as_ref()
                .map(|minutes| ShownMinutes::new(minutes, &call.parties)),
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
            corrections: state
                .corrections
                .iter()
                .map(ShownCorrection::from)
                .collect(),
        })
    }
}

impl<'a> ShownMinutes<'a> {
    fn new(minutes: &'a Minutes, parties: &'a [PartyId]) -> Self {
        let approved = minutes.approved.iter();
        let missing = parties.iter();
        Self {
            by: &minutes.by,
            drafted: minutes.drafted.on,
            source: minutes.source.as_deref(),
            approved: approved.map(|(party, at)| (party, at.on)).collect(),
            missing: missing
                .filter(|party| !minutes.approved.contains_key(*party))
                .collect(),
        }
    }
}

impl<'a> ShownItem<'a> {
    /// An item of `meeting`, whose state is of the day that is asked about.
    pub(crate) fn new(
        (meeting, key): (MeetingId, &'a Name),
        record: &'a ItemRecord,
        state: &Meeting,
        dossiers: &Dossiers,
        asked: Asked,
    ) -> Self {
        let item = key.clone();
        let followed_up = record.followed_up.iter();
        Self {
            key,
            mode: (&record.item.mode).into(),
            words: &record.item.words,
            area: record.item.area.as_ref(),
            agenda: record.item.agenda.as_ref(),
            statement: record.item.statement.as_ref(),
            on: record.agreed.on,
            event: record.agreed.event,
            evidence: state.evidence(record).into(),
            status: record.status(),
            ended: record.end.as_ref().map(|(how, at)| ItemEnding {
                how: how.into(),
                on: at.on,
            }),
            followed_up: followed_up
                .map(|(by, at)| FollowedUp {
                    by: by.into(),
                    on: at.on,
                })
                .collect(),
            restated_at: dossiers.restated_at(&ItemRef { meeting, item }, asked),
        }
    }
}

impl<'a> From<&'a RecordCorrection> for ShownCorrection<'a> {
    fn from(correction: &'a RecordCorrection) -> Self {
        Self {
            what: (&correction.field).into(),
            was: &correction.was,
            is: &correction.is,
            ground: &correction.ground,
            at: correction.at,
        }
    }
}

impl<'a> From<&'a AgendaEntry> for ShownEntry<'a> {
    fn from(entry: &'a AgendaEntry) -> Self {
        Self {
            key: &entry.item.key,
            number: entry.item.number.as_ref(),
            title: &entry.item.title,
            of: &entry.item.of,
            requested_by: entry.requested.as_ref().map(|(party, _)| party),
            papers: entry.papers.iter().map(|(title, _)| &**title).collect(),
            outcome: entry.outcome.as_ref().map(|(outcome, _)| outcome.into()),
        }
    }
}

impl<'a> From<&'a (Statement, Dated)> for ShownStatement<'a> {
    fn from((statement, at): &'a (Statement, Dated)) -> Self {
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
