//! What happens to a meeting. Each event says on which day it was done; a command asks for one, and
//! is worded like it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{
    AgendaItem, AgreedItem, Convocation, Disposal, ItemEnd, Participant, RecordField, Start,
    Statement,
};
use crate::{
    BodyId, Name, PartyId, StreamId,
    partnership::{Deed as _, FollowUp, ItemRef, OfficeHolder, Words, deeds},
    words::{Summary, because, counted, names},
};

/// An event of a meeting's stream.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum MeetingEvent {
    /// It was convened (MT1).
    MeetingConvened {
        /// When.
        on: NaiveDate,
        /// The call.
        convocation: Convocation,
    },
    /// Its date was confirmed (MT1).
    MeetingConfirmed {
        /// When.
        on: NaiveDate,
    },
    /// It was put off (MT1).
    MeetingPostponed {
        /// When.
        on: NaiveDate,
        /// To when.
        to: Start,
        /// Why.
        #[serde(default)]
        reason: Option<String>,
    },
    /// It was cancelled (MT1).
    MeetingCancelled {
        /// When.
        on: NaiveDate,
        /// Why.
        #[serde(default)]
        reason: Option<String>,
    },
    /// A party asked for an item (MT2).
    AgendaItemRequested {
        /// When.
        on: NaiveDate,
        /// The item.
        item: AgendaItem,
        /// All parties, where the limit had passed.
        #[serde(default)]
        consenting: Vec<PartyId>,
    },
    /// The provisional agenda went out (MT2).
    AgendaCirculated {
        /// When.
        on: NaiveDate,
        /// All parties, where the limit had passed.
        #[serde(default)]
        consenting: Vec<PartyId>,
    },
    /// A paper went out (MT2).
    PaperSent {
        /// When.
        on: NaiveDate,
        /// The item of the agenda.
        item: Name,
        /// What it is called.
        title: String,
        /// All parties, where the limit had passed.
        #[serde(default)]
        consenting: Vec<PartyId>,
    },
    /// A party named its delegation; it takes the place of the one that it named before (MT4).
    DelegationNotified {
        /// When.
        on: NaiveDate,
        /// Who belongs to it.
        members: Vec<OfficeHolder>,
    },
    /// The agenda was adopted, in its order (MT3).
    AgendaAdopted {
        /// When.
        on: NaiveDate,
        /// Its items.
        items: Vec<AgendaItem>,
        /// All parties.
        consenting: Vec<PartyId>,
    },
    /// It was held (MT4).
    MeetingHeld {
        /// On which day it ended.
        on: NaiveDate,
        /// Who took part.
        participants: Vec<Participant>,
        /// All parties, where an expert was heard, or a delegation had not been named in time.
        #[serde(default)]
        consenting: Vec<PartyId>,
    },
    /// An item of the agenda was disposed of (MT5).
    ItemDisposed {
        /// When.
        on: NaiveDate,
        /// The item.
        item: Name,
        /// What became of it.
        outcome: Disposal,
    },
    /// What was agreed, proposed or undertaken was recorded (MT6).
    AgreedItemRecorded {
        /// When it was agreed.
        on: NaiveDate,
        /// The item.
        item: AgreedItem,
    },
    /// A statement was issued (MT7).
    StatementIssued {
        /// When.
        on: NaiveDate,
        /// The statement.
        statement: Statement,
    },
    /// Minutes were drafted; what was approved of a draft before counts no more (MT8).
    MinutesDrafted {
        /// When.
        on: NaiveDate,
        /// Where they are to be found.
        #[serde(default)]
        source: Option<String>,
    },
    /// The party approved the minutes (MT8).
    MinutesApproved {
        /// When.
        on: NaiveDate,
    },
    /// An item was followed up (MT9).
    ItemFollowedUp {
        /// When.
        on: NaiveDate,
        /// The item.
        item: Name,
        /// What follows it up.
        by: FollowUp,
    },
    /// The meeting itself follows an item of another up (MT9).
    MeetingFollowsItem {
        /// When.
        on: NaiveDate,
        /// The item.
        item: ItemRef,
    },
    /// An item came to its end (MT9).
    ItemEnded {
        /// When.
        on: NaiveDate,
        /// The item.
        item: Name,
        /// How.
        how: ItemEnd,
        /// All parties, where it was agreed or undertaken and is not carried out; absent where it
        /// takes none, and in records of before, which say who recorded it alone.
        #[serde(default)]
        consenting: Option<Vec<PartyId>>,
    },
    /// An item of an earlier meeting was repeated (MT10).
    ItemRestated {
        /// When.
        on: NaiveDate,
        /// Which.
        of: ItemRef,
        /// In which words, if they are on record.
        #[serde(default)]
        words: Words,
    },
    /// The record was corrected (MT11).
    RecordCorrected {
        /// When.
        on: NaiveDate,
        /// What was wrong.
        field: RecordField,
        /// What it said.
        was: String,
        /// What it says.
        is: String,
        /// On what ground.
        ground: String,
        /// Those who had approved the minutes.
        #[serde(default)]
        consenting: Vec<PartyId>,
    },
    /// An outcome was announced beforehand (MT12).
    OutcomeAnnounced {
        /// When.
        on: NaiveDate,
        /// What was said.
        words: Words,
        /// Who said it, or where.
        source: String,
    },
}

deeds!(MeetingEvent {
    MeetingConvened: MT1 "convene a meeting",
    MeetingConfirmed: MT1 "confirm a meeting",
    MeetingPostponed: MT1 "put a meeting off",
    MeetingCancelled: MT1 "cancel a meeting",
    AgendaItemRequested: MT2 "ask for an item of the agenda",
    AgendaCirculated: MT2 "send the agenda out",
    PaperSent: MT2 "send a paper out",
    DelegationNotified: MT4 "name a delegation",
    AgendaAdopted: MT3 "adopt the agenda",
    MeetingHeld: MT4 "hold a meeting",
    ItemDisposed: MT5 "dispose of an item",
    AgreedItemRecorded: MT6 "record what was agreed",
    StatementIssued: MT7 "issue a statement",
    MinutesDrafted: MT8 "draft minutes",
    MinutesApproved: MT8 "approve minutes",
    ItemFollowedUp: MT9 "follow an item up",
    MeetingFollowsItem: MT9 "follow an item up",
    ItemEnded: MT9 "end an item",
    ItemRestated: MT10 "repeat an item",
    RecordCorrected: MT11 "correct the record",
    OutcomeAnnounced: MT12 "announce an outcome",
});

impl MeetingEvent {
    /// The streams beside its own that have to be known to decide it.
    pub(super) fn reads(&self) -> Vec<StreamId> {
        match self {
            Self::MeetingConvened { convocation, .. } => {
                let framework = convocation.framework;
                let body = convocation.body.as_ref();
                let body = body.map(|key| StreamId::Body(BodyId::of(framework, key)));
                let framework = StreamId::Framework(framework);
                [Some(framework), body].into_iter().flatten().collect()
            }
            Self::MeetingFollowsItem { item, .. }
            | Self::ItemRestated { of: item, .. }
            | Self::ItemEnded {
                how: ItemEnd::Superseded { by: item },
                ..
            } => vec![StreamId::Meeting(item.meeting)],
            Self::MeetingConfirmed { .. }
            | Self::MeetingPostponed { .. }
            | Self::MeetingCancelled { .. }
            | Self::AgendaItemRequested { .. }
            | Self::AgendaCirculated { .. }
            | Self::PaperSent { .. }
            | Self::DelegationNotified { .. }
            | Self::AgendaAdopted { .. }
            | Self::MeetingHeld { .. }
            | Self::ItemDisposed { .. }
            | Self::AgreedItemRecorded { .. }
            | Self::StatementIssued { .. }
            | Self::MinutesDrafted { .. }
            | Self::MinutesApproved { .. }
            | Self::ItemFollowedUp { .. }
            | Self::ItemEnded { .. }
            | Self::RecordCorrected { .. }
            | Self::OutcomeAnnounced { .. } => Vec::new(),
        }
    }

    /// What happened, in words.
    pub fn describe(&self) -> Summary {
        Summary {
            done_on: Some(self.on()),
            ..Summary::new(self.what())
        }
    }

    fn what(&self) -> String {
        match self {
            Self::MeetingConvened { convocation, .. } => {
                let Convocation {
                    title,
                    start,
                    place,
                    ..
                } = convocation;
                format!("meeting convened: {title}, {place}, {}", start.date)
            }
            Self::MeetingConfirmed { .. } => "meeting confirmed".to_owned(),
            Self::MeetingPostponed { to, reason, .. } => {
                format!("meeting put off to {}{}", to.date, because(reason.as_ref()))
            }
            Self::MeetingCancelled { reason, .. } => {
                format!("meeting cancelled{}", because(reason.as_ref()))
            }
            Self::AgendaItemRequested { item, .. } => format!("agenda item {} asked for", item.key),
            Self::AgendaCirculated { .. } => "agenda sent out".to_owned(),
            Self::PaperSent { item, title, .. } => format!("paper sent out on {item}: {title}"),
            Self::DelegationNotified { members, .. } => {
                format!("delegation named: {}", counted(members.len(), "member"))
            }
            Self::AgendaAdopted { items, .. } => {
                format!("agenda adopted: {}", counted(items.len(), "item"))
            }
            Self::MeetingHeld { participants, .. } => {
                format!(
                    "meeting held: {}",
                    counted(participants.len(), "participant")
                )
            }
            Self::ItemDisposed { item, outcome, .. } => format!("agenda item {item} {outcome}"),
            Self::AgreedItemRecorded { item, .. } => format!("item {} {}", item.key, item.mode),
            Self::StatementIssued { statement, .. } => {
                format!(
                    "statement {} issued by {}",
                    statement.key,
                    names(&statement.issuers)
                )
            }
            Self::MinutesDrafted { .. } => "minutes drafted".to_owned(),
            Self::MinutesApproved { .. } => "minutes approved".to_owned(),
            Self::ItemFollowedUp { item, by, .. } => format!("item {item} followed up by {by}"),
            Self::MeetingFollowsItem { item, .. } => format!("meeting follows up {item}"),
            Self::ItemEnded { item, how, .. } => format!("item {item} {how}"),
            Self::ItemRestated { of, .. } => format!("{of} repeated"),
            Self::RecordCorrected { was, is, .. } => {
                format!("record corrected: \"{was}\" reads \"{is}\"")
            }
            Self::OutcomeAnnounced { source, .. } => format!("outcome announced: {source}"),
        }
    }
}
