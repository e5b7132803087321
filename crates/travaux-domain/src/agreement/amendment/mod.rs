//! Machine A: amendment and modification. What is changed is a revision of the amended text (its
//! operations stand there, and must fit); whom the change binds is decided here, from the amending
//! agreement: an agreement of its own (VCLT 39).

mod conclude;
mod decide;
mod rules;
mod tacit;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use travaux_text::{Localized, ProvisionId};

pub(crate) use self::rules::RULES;
pub use self::tacit::{Objection, Silence};
use crate::{
    AgreementId, PartyId, Revision,
    agreement::meta::EventMeta,
    words::{Summary, names},
};

/// An act of amendment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum AmendmentAct {
    /// An amendment was notified to contracting States (A2).
    AmendmentNotified {
        /// When.
        on: NaiveDate,
        /// The revision.
        revision: Revision,
        /// To whom.
        to: Vec<PartyId>,
        /// Where silence accepts it: until when one may object, and what follows; found by the
        /// decision.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        silence: Option<Silence>,
    },
    /// The party objected to an amendment that silence accepts (A12).
    AmendmentObjected {
        /// When.
        on: NaiveDate,
        /// The revision.
        revision: Revision,
    },
    /// The party took such an objection back (A12).
    AmendmentObjectionWithdrawn {
        /// When.
        on: NaiveDate,
        /// The revision.
        revision: Revision,
    },
    /// An amendment entered into force (A4).
    AmendmentEnteredIntoForce {
        /// From when; found by the decision where an amending agreement settles it.
        #[serde(default)]
        on: Option<NaiveDate>,
        /// The revision.
        revision: Revision,
        /// The amending agreement, where it is one of its own.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        instrument: Option<AgreementId>,
        /// Whom it binds; found by the decision.
        #[serde(default)]
        between: Vec<PartyId>,
        /// Since when it binds those for whom the amending agreement is in force only from a later day;
        /// found by the decision.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        later: BTreeMap<PartyId, NaiveDate>,
    },
    /// The party, which joined the treaty later, declared that it does not join the amended one
    /// (A6).
    AmendmentDisclaimed {
        /// When.
        on: NaiveDate,
        /// The revision.
        revision: Revision,
    },
    /// The party became bound by an amendment in force (A4, A7).
    AmendmentJoined {
        /// From when.
        on: NaiveDate,
        /// The revision.
        revision: Revision,
    },
    /// Some parties modified the agreement among themselves (A8).
    InterSeModified {
        /// From when.
        on: NaiveDate,
        /// The revision.
        revision: Revision,
        /// Among whom.
        between: Vec<PartyId>,
        /// That it neither affects the rights of the others nor defeats object and purpose, where
        /// no clause allows it.
        #[serde(default)]
        harmless: bool,
        /// The others who were told.
        notified: Vec<PartyId>,
    },
    /// All parties agreed on what provisions mean (A10).
    InterpretationAgreed {
        /// When.
        on: NaiveDate,
        /// The provisions.
        provisions: Vec<ProvisionId>,
        /// What they mean.
        note: Localized<String>,
        /// The parties that agree.
        consenting: Vec<PartyId>,
    },
    /// A body amended an annex by its own procedure (A11).
    AnnexAmended {
        /// From when.
        on: NaiveDate,
        /// The revision.
        revision: Revision,
        /// The body.
        body: String,
    },
}

impl AmendmentAct {
    /// The revision that comes to bind by it.
    pub(crate) fn brings_into_force(&self) -> Option<Revision> {
        match self {
            Self::AmendmentEnteredIntoForce { revision, .. }
            | Self::InterSeModified { revision, .. }
            | Self::AnnexAmended { revision, .. } => Some(*revision),
            Self::AmendmentNotified { .. }
            | Self::AmendmentObjected { .. }
            | Self::AmendmentObjectionWithdrawn { .. }
            | Self::AmendmentDisclaimed { .. }
            | Self::AmendmentJoined { .. }
            | Self::InterpretationAgreed { .. } => None,
        }
    }

    /// The revision on which silence decides from here on.
    pub(crate) fn leaves_to_silence(&self) -> Option<Revision> {
        match self {
            Self::AmendmentNotified {
                revision,
                silence: Some(_),
                ..
            } => Some(*revision),
            Self::AmendmentNotified { silence: None, .. }
            | Self::AmendmentObjected { .. }
            | Self::AmendmentObjectionWithdrawn { .. }
            | Self::AmendmentEnteredIntoForce { .. }
            | Self::AmendmentDisclaimed { .. }
            | Self::AmendmentJoined { .. }
            | Self::InterSeModified { .. }
            | Self::InterpretationAgreed { .. }
            | Self::AnnexAmended { .. } => None,
        }
    }

    /// The other agreement that has to be known to decide it.
    pub(crate) fn reads(&self) -> Option<AgreementId> {
        match self {
            Self::AmendmentEnteredIntoForce { instrument, .. } => *instrument,
            Self::AmendmentNotified { .. }
            | Self::AmendmentObjected { .. }
            | Self::AmendmentObjectionWithdrawn { .. }
            | Self::AmendmentDisclaimed { .. }
            | Self::AmendmentJoined { .. }
            | Self::InterSeModified { .. }
            | Self::InterpretationAgreed { .. }
            | Self::AnnexAmended { .. } => None,
        }
    }

    /// The date of the act, where it has one.
    pub fn on(&self) -> Option<NaiveDate> {
        match self {
            Self::AmendmentNotified { on, .. }
            | Self::AmendmentObjected { on, .. }
            | Self::AmendmentObjectionWithdrawn { on, .. }
            | Self::AmendmentDisclaimed { on, .. }
            | Self::AmendmentJoined { on, .. }
            | Self::InterSeModified { on, .. }
            | Self::InterpretationAgreed { on, .. }
            | Self::AnnexAmended { on, .. } => Some(*on),
            Self::AmendmentEnteredIntoForce { on, .. } => *on,
        }
    }

    /// The day on which it was done, where it says that; not that from which it has effect, which may
    /// be to come.
    pub(crate) fn own_day(&self) -> Option<NaiveDate> {
        match self {
            Self::AmendmentNotified { on, .. }
            | Self::AmendmentObjected { on, .. }
            | Self::AmendmentObjectionWithdrawn { on, .. }
            | Self::AmendmentDisclaimed { on, .. }
            | Self::InterpretationAgreed { on, .. } => Some(*on),
            Self::AmendmentEnteredIntoForce { .. }
            | Self::AmendmentJoined { .. }
            | Self::InterSeModified { .. }
            | Self::AnnexAmended { .. } => None,
        }
    }

    /// What it did, in words.
    pub fn describe(&self) -> Summary {
        match self {
            Self::AmendmentNotified {
                revision,
                to,
                silence,
                ..
            } => {
                let decides = silence.as_ref().map_or(String::new(), |silence| {
                    format!(": in force without objection by {}", silence.until)
                });
                let what = format!("amendment {revision} notified to {}{decides}", names(to));
                Summary::from(silence.as_ref().map(|silence| silence.from), what)
            }
            Self::AmendmentObjected { revision, .. } => {
                Summary::new(format!("objected to amendment {revision}"))
            }
            Self::AmendmentObjectionWithdrawn { revision, .. } => {
                Summary::new(format!("objection to amendment {revision} withdrawn"))
            }
            Self::AmendmentEnteredIntoForce {
                on,
                revision,
                between,
                ..
            } => Summary {
                effective_from: *on,
                ..Summary::new(format!(
                    "amendment {revision} in force between {}",
                    names(between)
                ))
            },
            Self::AmendmentDisclaimed { revision, .. } => {
                Summary::new(format!("stays out of amendment {revision}"))
            }
            Self::AmendmentJoined { on, revision } => {
                Summary::from(*on, format!("bound by amendment {revision}"))
            }
            Self::InterSeModified {
                on,
                revision,
                between,
                ..
            } => Summary::from(
                *on,
                format!("modified among {} by revision {revision}", names(between)),
            ),
            Self::InterpretationAgreed { provisions, .. } => {
                Summary::new(format!("interpretation of {} agreed", names(provisions)))
            }
            Self::AnnexAmended { on, revision, body } => {
                Summary::from(*on, format!("revision {revision} made by {body}"))
            }
        }
    }
}

/// A change of the text that binds some or all parties.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Binding {
    /// The revision.
    pub revision: Revision,
    /// What made it.
    pub kind: BindingKind,
    /// From when.
    pub on: NaiveDate,
    /// Whom it binds, and from when each of them.
    pub between: BTreeMap<PartyId, NaiveDate>,
    /// Later parties that do not join it.
    pub disclaimed: Vec<PartyId>,
    /// The amending agreement.
    pub instrument: Option<AgreementId>,
    /// Where silence accepts it, what is concluded from; then [`Self::between`] holds only those who
    /// joined it by an act.
    pub silence: Option<Silence>,
    /// The event.
    pub event: u64,
}

/// What made a binding change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BindingKind {
    /// An amendment.
    Amendment,
    /// A modification inter se.
    InterSe,
    /// A body's decision.
    Annex,
}

/// An agreed interpretation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Interpretation {
    /// When.
    pub on: NaiveDate,
    /// The provisions.
    pub provisions: Vec<ProvisionId>,
    /// What they mean.
    pub note: Localized<String>,
    /// The event.
    pub event: u64,
}

/// Amendments on record.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Amendments {
    /// Whom revisions were notified to.
    pub notified: BTreeMap<Revision, Vec<PartyId>>,
    /// What binds whom.
    pub bindings: Vec<Binding>,
    /// Objections to amendments that silence accepts.
    pub objections: Vec<Objection>,
    /// What provisions mean.
    pub interpretations: Vec<Interpretation>,
}

impl Amendments {
    /// What makes a revision binding.
    pub fn of(&self, revision: Revision) -> Option<&Binding> {
        self.bindings.iter().find(|b| b.revision == revision)
    }

    pub(crate) fn evolve(&mut self, act: &AmendmentAct, meta: &EventMeta) {
        let event = meta.event;
        let mut bind = |revision, kind, on, between: &[PartyId], instrument| {
            let between = between.iter().map(|p| (p.clone(), on)).collect();
            self.bindings.push(Binding {
                revision,
                kind,
                on,
                between,
                disclaimed: Vec::new(),
                instrument,
                silence: None,
                event,
            });
        };
        match act {
            AmendmentAct::AmendmentNotified {
                revision,
                to,
                silence,
                ..
            } => {
                if let Some(silence) = silence {
                    bind(*revision, BindingKind::Amendment, silence.from, &[], None);
                    if let Some(binding) = self.bindings.last_mut() {
                        binding.silence = Some(silence.clone());
                    }
                }
                self.notified
                    .entry(*revision)
                    .or_default()
                    .extend(to.iter().cloned());
            }
            AmendmentAct::AmendmentObjected { on, revision }
            | AmendmentAct::AmendmentObjectionWithdrawn { on, revision } => {
                let withdrawn = matches!(act, AmendmentAct::AmendmentObjectionWithdrawn { .. });
                self.objections.push(Objection {
                    revision: *revision,
                    by: meta.party.clone(),
                    on: *on,
                    withdrawn,
                    event,
                });
            }
            AmendmentAct::AmendmentEnteredIntoForce {
                on: Some(on),
                revision,
                instrument,
                between,
                later,
            } => {
                bind(*revision, BindingKind::Amendment, *on, between, *instrument);
                if let Some(binding) = self.bindings.last_mut() {
                    binding.between.extend(later.clone());
                }
            }
            AmendmentAct::AmendmentDisclaimed { revision, .. } => {
                if let Some(binding) = self.bindings.iter_mut().find(|b| b.revision == *revision) {
                    binding.disclaimed.push(meta.party.clone());
                }
            }
            AmendmentAct::AmendmentJoined { on, revision } => {
                if let Some(binding) = self.bindings.iter_mut().find(|b| b.revision == *revision) {
                    binding.between.insert(meta.party.clone(), *on);
                }
            }
            AmendmentAct::InterSeModified {
                on,
                revision,
                between,
                ..
            } => {
                bind(*revision, BindingKind::InterSe, *on, between, None);
            }
            AmendmentAct::AnnexAmended { on, revision, .. } => {
                bind(*revision, BindingKind::Annex, *on, &meta.all, None)
            }
            AmendmentAct::InterpretationAgreed {
                on,
                provisions,
                note,
                ..
            } => {
                let (provisions, note) = (provisions.clone(), note.clone());
                self.interpretations.push(Interpretation {
                    on: *on,
                    provisions,
                    note,
                    event,
                });
            }
            AmendmentAct::AmendmentEnteredIntoForce { on: None, .. } => {}
        }
    }
}
