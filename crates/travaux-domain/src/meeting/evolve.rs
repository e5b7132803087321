//! What follows from each event of a meeting.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{
    AgendaEntry, AgendaItem, ItemRecord, Meeting, MeetingEvent, Minutes, RecordCorrection, Restated,
};
use crate::{Context, partnership::Dated};

impl Meeting {
    /// The agenda in the order in which it is adopted; what is not on it keeps its place off it.
    fn adopt(&mut self, items: &[AgendaItem]) {
        let mut asked = std::mem::take(&mut self.agenda);
        for item in items {
            let before = asked.iter().position(|entry| entry.item.key == item.key);
            let entry = before.map(|at| asked.remove(at));
            let (requested, papers) = entry.map(|e| (e.requested, e.papers)).unwrap_or_default();
            self.agenda.push(AgendaEntry {
                item: item.clone(),
                requested,
                papers,
                outcome: None,
            });
        }
        self.off_agenda.append(&mut asked);
    }

    /// Takes `event` in, which `context` recorded.
    pub(super) fn take(&mut self, event: &MeetingEvent, context: &Context) {
        self.version += 1;
        let version = self.version;
        let at = |on: &NaiveDate| Dated {
            on: *on,
            event: version,
        };
        let party = || context.actor.party.clone();
        match event {
            MeetingEvent::MeetingConvened { on, convocation } => {
                self.convened = Some(at(on));
                self.convocation = Some(convocation.clone());
            }
            MeetingEvent::MeetingConfirmed { on } => self.confirmed = Some(at(on)),
            MeetingEvent::MeetingPostponed { on, to, .. } => {
                let given_up = at(on);
                if let Some(call) = &mut self.convocation {
                    let before = std::mem::replace(&mut call.start, to.clone());
                    self.postponed.push((before, given_up));
                }
            }
            MeetingEvent::MeetingCancelled { on, reason } => {
                self.cancelled = Some((reason.clone(), at(on)));
            }
            MeetingEvent::AgendaItemRequested { on, item, .. } => {
                let requested = Some((party(), at(on)));
                self.agenda.push(AgendaEntry {
                    item: item.clone(),
                    requested,
                    papers: Vec::new(),
                    outcome: None,
                });
            }
            MeetingEvent::AgendaCirculated { on, .. } => self.circulated = Some(at(on)),
            MeetingEvent::PaperSent {
                on, item, title, ..
            } => {
                let paper = (title.clone(), at(on));
                if let Some(entry) = self.entry_mut(item) {
                    entry.papers.push(paper);
                }
            }
            MeetingEvent::DelegationNotified { on, members } => {
                let named = (members.clone(), at(on));
                self.delegations.insert(party(), named);
            }
            MeetingEvent::AgendaAdopted { on, items, .. } => {
                self.agenda_adopted = Some(at(on));
                self.adopt(items);
            }
            MeetingEvent::MeetingHeld {
                on, participants, ..
            } => {
                self.held = Some(at(on));
                self.participants.clone_from(participants);
            }
            MeetingEvent::ItemDisposed { on, item, outcome } => {
                let outcome = Some((outcome.clone(), at(on)));
                if let Some(entry) = self.entry_mut(item) {
                    entry.outcome = outcome;
                }
            }
            MeetingEvent::AgreedItemRecorded { on, item } => {
                let record = ItemRecord {
                    item: item.clone(),
                    told_by: party(),
                    agreed: at(on),
                    followed_up: Vec::new(),
                    end: None,
                };
                self.items.insert(item.key.clone(), record);
            }
            MeetingEvent::StatementIssued { on, statement } => {
                self.statements.push((statement.clone(), at(on)));
            }
            MeetingEvent::MinutesDrafted { on, source } => {
                self.minutes = Some(Minutes {
                    by: party(),
                    source: source.clone(),
                    drafted: at(on),
                    approved: BTreeMap::new(),
                });
            }
            MeetingEvent::MinutesApproved { on } => {
                let approved = at(on);
                if let Some(minutes) = &mut self.minutes {
                    minutes.approved.insert(party(), approved);
                }
            }
            MeetingEvent::ItemFollowedUp { on, item, by } => {
                let follow_up = (by.clone(), at(on));
                if let Some(record) = self.items.get_mut(item) {
                    record.followed_up.push(follow_up);
                }
            }
            MeetingEvent::MeetingFollowsItem { on, item } => {
                self.follows.push((item.clone(), at(on)));
            }
            MeetingEvent::ItemEnded { on, item, how, .. } => {
                let end = Some((how.clone(), at(on)));
                if let Some(record) = self.items.get_mut(item) {
                    record.end = end;
                }
            }
            MeetingEvent::ItemRestated { on, of, words } => {
                self.restated.push(Restated {
                    of: of.clone(),
                    words: words.clone(),
                    at: at(on),
                });
            }
            MeetingEvent::RecordCorrected {
                on,
                field,
                was,
                is,
                ground,
                ..
            } => {
                self.corrections.push(RecordCorrection {
                    field: field.clone(),
                    was: was.clone(),
                    is: is.clone(),
                    ground: ground.clone(),
                    at: at(on),
                });
                self.correct(field, is);
            }
            MeetingEvent::OutcomeAnnounced { on, words, source } => {
                self.announced.push((words.clone(), source.clone(), at(on)));
            }
        }
    }
}
