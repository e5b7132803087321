//! Machine D: the depositary, notifications, registration.

mod decide;
mod rules;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use travaux_text::Lang;

pub(crate) use self::rules::RULES;
use crate::{PartyId, agreement::meta::EventMeta, clause::Term, words::Summary};

/// What a notification says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// That the party's procedures for entry into force are complete.
    ProceduresComplete,
    /// Something else.
    Other(String),
}

/// An act of notification, deposit or registration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum DepositaryAct {
    /// A depositary was designated (D1).
    DepositaryDesignated {
        /// When.
        on: NaiveDate,
        /// Who keeps the agreement: a party, an organisation, its chief officer.
        keeper: String,
        /// The parties that agree.
        consenting: Vec<PartyId>,
    },
    /// The party sent a notification (D4).
    NotificationSent {
        /// When.
        on: NaiveDate,
        /// What it says.
        subject: Subject,
        /// Its number; found by the decision.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        number: Option<u32>,
    },
    /// The party, or the depositary, received a notification (D5).
    NotificationReceived {
        /// When.
        on: NaiveDate,
        /// Its number.
        number: u32,
    },
    /// The depositary informed a party of what it had received (D6).
    PartyInformed {
        /// When.
        on: NaiveDate,
        /// The notification's number.
        number: u32,
        /// The party.
        party: PartyId,
    },
    /// The depositary examined what it had received (D2).
    FormExamined {
        /// When.
        on: NaiveDate,
        /// The notification's number.
        number: u32,
        /// What is wrong with its form, if anything is.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        defect: Option<String>,
    },
    /// A difference between a State and the depositary was brought to the States concerned (D3).
    DifferenceBrought {
        /// When.
        on: NaiveDate,
        /// What it is about.
        about: String,
    },
    /// The agreement was registered (D7).
    Registered {
        /// The date of registration: of receipt, or of entry into force if it was done ex officio
        /// (D11).
        on: NaiveDate,
        /// The number in the register, such as `I-1234`.
        number: String,
        /// Whether the United Nations registered it of their own.
        #[serde(default)]
        ex_officio: bool,
        /// The languages of the certified copy (D10).
        languages: Vec<Lang>,
    },
    /// A later action was certified to the register (D8).
    StatementCertified {
        /// When.
        on: NaiveDate,
        /// The action.
        about: String,
    },
}

impl DepositaryAct {
    /// The date of the act, where it has one.
    pub fn on(&self) -> Option<NaiveDate> {
        match self {
            Self::DepositaryDesignated { on, .. }
            | Self::NotificationSent { on, .. }
            | Self::NotificationReceived { on, .. }
            | Self::PartyInformed { on, .. }
            | Self::FormExamined { on, .. }
            | Self::DifferenceBrought { on, .. }
            | Self::Registered { on, .. }
            | Self::StatementCertified { on, .. } => Some(*on),
        }
    }

    /// What it did, in words.
    pub fn describe(&self) -> Summary {
        Summary::new(match self {
            Self::DepositaryDesignated { keeper, .. } => {
                format!("depositary designated: {keeper}")
            }
            Self::NotificationSent {
                number, subject, ..
            } => {
                let subject = match subject {
                    Subject::ProceduresComplete => "procedures complete",
                    Subject::Other(words) => words,
                };
                format!("notification {} sent: {subject}", number.unwrap_or(0))
            }
            Self::NotificationReceived { number, on } => {
                format!("notification {number} received on {on}")
            }
            Self::PartyInformed { number, party, .. } => {
                format!("{party} informed of notification {number}")
            }
            Self::FormExamined {
                number,
                defect: None,
                ..
            } => format!("notification {number} found in due form"),
            Self::FormExamined {
                number,
                defect: Some(defect),
                ..
            } => format!("notification {number} defective: {defect}"),
            Self::DifferenceBrought { about, .. } => {
                format!("difference brought to the States concerned: {about}")
            }
            Self::Registered { number, on, .. } => format!("registered as {number} on {on}"),
            Self::StatementCertified { about, .. } => {
                format!("certified to the register: {about}")
            }
        })
    }
}

/// A notification.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notification {
    /// Whose it is.
    pub by: PartyId,
    /// What it says.
    pub subject: Subject,
    /// When it was sent.
    pub sent_on: NaiveDate,
    /// The event that sent it.
    pub event: u64,
    /// Who received it when, and the event that says so.
    pub received: BTreeMap<String, (NaiveDate, u64)>,
    /// Whom the depositary informed when.
    pub informed: BTreeMap<PartyId, NaiveDate>,
    /// What the depositary found wrong with its form.
    pub defect: Option<String>,
}

/// A registration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Registration {
    /// The number.
    pub number: String,
    /// The date.
    pub on: NaiveDate,
    /// Who registered it.
    pub by: PartyId,
    /// The event.
    pub event: u64,
}

/// The depositary, the notifications, the registration.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Depositary {
    /// Who keeps the agreement.
    pub keeper: Option<String>,
    /// All notifications, numbered from 1.
    pub notifications: Vec<Notification>,
    /// Differences that were brought to the States concerned.
    pub differences: Vec<(NaiveDate, String)>,
    /// The registration.
    pub registered: Option<Registration>,
    /// Later actions that were certified.
    pub statements: Vec<(NaiveDate, String)>,
}

impl Depositary {
    /// A notification, by its number.
    pub fn notification(&self, number: u32) -> Option<&Notification> {
        self.notifications.get(number.checked_sub(1)? as usize)
    }

    /// From when a notification counts: on its receipt by the depositary, or by all to whom it was
    /// sent (D5).
    pub fn made_on(
        &self,
        notification: &Notification,
        parties: &[PartyId],
        on_dispatch: bool,
    ) -> Option<(NaiveDate, u64)> {
        if on_dispatch {
            return Some((notification.sent_on, notification.event));
        }
        if let Some(keeper) = &self.keeper {
            let own = *keeper == notification.by.0;
            return notification
                .received
                .get(keeper)
                .copied()
                .or(own.then_some((notification.sent_on, notification.event)));
        }
        let others = parties.iter().filter(|p| **p != notification.by);
        let received: Option<Vec<_>> = others
            .map(|p| notification.received.get(p.0.as_str()).copied())
            .collect();
        received?.into_iter().max()
    }

    /// When a party is held to have received a notification: with a depositary, once that has
    /// informed it (D6, VCLT 78(c)).
    pub fn received_by(&self, notification: &Notification, party: &PartyId) -> Option<NaiveDate> {
        match &self.keeper {
            Some(keeper) if *keeper != party.0 => notification.informed.get(party).copied(),
            _ => notification
                .received
                .get(party.0.as_str())
                .map(|(on, _)| *on),
        }
    }

    /// Whether the agreement may be invoked before organs of the United Nations (D12, Charter
    /// 102(2)).
    pub fn may_be_invoked_before_un_organs(&self) -> bool {
        self.registered.is_some()
    }

    pub(crate) fn evolve(&mut self, act: &DepositaryAct, meta: &EventMeta) {
        match act {
            DepositaryAct::DepositaryDesignated { keeper, .. } => {
                self.keeper = Some(keeper.clone())
            }
            DepositaryAct::NotificationSent { on, subject, .. } => {
                self.notifications.push(Notification {
                    by: meta.party.clone(),
                    subject: subject.clone(),
                    sent_on: *on,
                    event: meta.event,
                    received: BTreeMap::new(),
                    informed: BTreeMap::new(),
                    defect: None,
                })
            }
            DepositaryAct::NotificationReceived { on, number } => {
                self.change(*number, |n| {
                    n.received
                        .insert(meta.party.0.clone().into(), (*on, meta.event))
                });
            }
            DepositaryAct::PartyInformed { on, number, party } => {
                self.change(*number, |n| n.informed.insert(party.clone(), *on));
            }
            DepositaryAct::FormExamined { number, defect, .. } => {
                self.change(*number, |n| n.defect.clone_from(defect))
            }
            DepositaryAct::DifferenceBrought { on, about } => {
                self.differences.push((*on, about.clone()))
            }
            DepositaryAct::Registered { on, number, .. } => {
                let (number, by) = (number.clone(), meta.party.clone());
                self.registered = Some(Registration {
                    number,
                    on: *on,
                    by,
                    event: meta.event,
                });
            }
            DepositaryAct::StatementCertified { on, about } => {
                self.statements.push((*on, about.clone()))
            }
        }
    }

    fn change<T>(&mut self, number: u32, change: impl FnOnce(&mut Notification) -> T) {
        if let Some(n) = number
            .checked_sub(1)
            .and_then(|at| self.notifications.get_mut(at as usize))
        {
            change(n);
        }
    }

    /// The depositary that a clause names.
    pub(crate) fn by_clause(&mut self, term: &Term) {
        if let Term::Depositary(keeper) = term {
            self.keeper = Some(keeper.clone());
        }
    }
}
