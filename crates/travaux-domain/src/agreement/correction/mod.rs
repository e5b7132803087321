//! Machine X: correction of errors. The change of words is a revision of the text; here is how it
//! comes to stand.

mod between;
mod decide;
mod rules;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use travaux_text::Lang;

pub(crate) use self::rules::RULES;
use crate::{PartyId, Revision, agreement::meta::EventMeta, effect::Period, words::Summary};

/// An act of correction.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CorrectionAct {
    /// The depositary notified a proposed correction (X3).
    CorrectionNotified {
        /// When.
        on: NaiveDate,
        /// The revision.
        revision: Revision,
        /// How many days there are to object.
        days: u32,
    },
    /// The party objected (X5).
    CorrectionObjected {
        /// When.
        on: NaiveDate,
        /// The revision.
        revision: Revision,
        /// Why.
        reason: String,
    },
    /// The depositary made the correction by a proces-verbal of rectification (X4).
    Rectified {
        /// When.
        on: NaiveDate,
        /// The revision.
        revision: Revision,
    },
    /// The correction was notified to the Secretariat of the United Nations (X8).
    CorrectionNotifiedToUn {
        /// When.
        on: NaiveDate,
        /// The revision.
        revision: Revision,
    },
    /// A wrong certified copy was rectified (X9).
    CopyRectified {
        /// When.
        on: NaiveDate,
        /// The copy's language.
        lang: Lang,
        /// What was wrong.
        note: String,
    },
}

impl CorrectionAct {
    /// The correction that it makes, and when.
    pub(crate) fn makes(&self) -> Option<(Revision, NaiveDate)> {
        match self {
            Self::Rectified { on, revision } => Some((*revision, *on)),
            Self::CorrectionNotified { .. }
            | Self::CorrectionObjected { .. }
            | Self::CorrectionNotifiedToUn { .. }
            | Self::CopyRectified { .. } => None,
        }
    }

    /// The date of the act, where it has one.
    pub fn on(&self) -> Option<NaiveDate> {
        match self {
            Self::CorrectionNotified { on, .. }
            | Self::CorrectionObjected { on, .. }
            | Self::Rectified { on, .. }
            | Self::CorrectionNotifiedToUn { on, .. }
            | Self::CopyRectified { on, .. } => Some(*on),
        }
    }

    /// What it did, in words.
    pub fn describe(&self) -> Summary {
        Summary::new(match self {
            Self::CorrectionNotified { revision, days, .. } => {
                format!("correction {revision} notified: {days} days to object")
            }
            Self::CorrectionObjected {
                revision, reason, ..
            } => format!("objected to correction {revision}: {reason}"),
            Self::Rectified { revision, .. } => {
                format!("correction {revision} made by a proces-verbal")
            }
            Self::CorrectionNotifiedToUn { revision, .. } => {
                format!("correction {revision} notified to the United Nations")
            }
            Self::CopyRectified { lang, note, .. } => {
                format!("{lang} certified copy rectified: {note}")
            }
        })
    }
}

/// A correction that a depositary has notified.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notified {
    /// When.
    pub on: NaiveDate,
    /// The last day on which to object.
    pub until: NaiveDate,
    /// Who objected when.
    pub objections: BTreeMap<PartyId, NaiveDate>,
}

/// Corrections on record.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Corrections {
    /// Those that a depositary has notified.
    pub notified: BTreeMap<Revision, Notified>,
    /// Those that the Secretariat knows.
    pub at_un: Vec<Revision>,
    /// Rectified copies.
    pub copies: Vec<(NaiveDate, Lang, String)>,
}

impl Corrections {
    pub(crate) fn evolve(&mut self, act: &CorrectionAct, meta: &EventMeta) {
        match act {
            CorrectionAct::CorrectionNotified { on, revision, days } => {
                let until = Period::Days(*days).after(*on);
                self.notified.insert(
                    *revision,
                    Notified {
                        on: *on,
                        until,
                        objections: BTreeMap::new(),
                    },
                );
            }
            CorrectionAct::CorrectionObjected { on, revision, .. } => {
                if let Some(n) = self.notified.get_mut(revision) {
                    n.objections.insert(meta.party.clone(), *on);
                }
            }
            CorrectionAct::CorrectionNotifiedToUn { revision, .. } => self.at_un.push(*revision),
            CorrectionAct::CopyRectified { on, lang, note } => {
                self.copies.push((*on, *lang, note.clone()))
            }
            CorrectionAct::Rectified { .. } => {}
        }
    }
}
