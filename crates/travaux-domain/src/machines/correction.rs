//! Machine X: correction of errors. The change of words is a revision of the text; here is how it comes to stand.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use travaux_text::Lang;

use super::EventMeta;
use crate::{
    Decided, PartyId, Refusal, Revision, Rule,
    agreement::{DecisionContext, Nature, RevisionRecord},
    effect::Period,
    words::{Summary, names},
};

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
    pub(crate) fn decide(
        decision: &DecisionContext<'_>,
        act: CorrectionAct,
    ) -> Result<Decided<CorrectionAct>, Refusal> {
        let machines = &decision.agreement.machines;
        match act {
            CorrectionAct::CorrectionNotified { on, revision, days } => {
                decision.going_on()?;
                decision.ground(Rule::X3)?;
                correction(decision, revision, Rule::X3)?;
                by_keeper(decision, Rule::X3)?;
                if let Some(n) = machines.corrections.notified.get(&revision) {
                    return Err(decision.refuse(
                        Rule::X3,
                        "a first notification",
                        format!("that of {}", n.on),
                    ));
                }
                if days == 0 {
                    return Err(decision.refuse(Rule::X3, "a time limit", "none"));
                }
                decision.on(
                    Rule::X3,
                    CorrectionAct::CorrectionNotified { on, revision, days },
                )
            }
            CorrectionAct::CorrectionObjected {
                on,
                revision,
                reason,
            } => {
                decision.standing()?;
                correction(decision, revision, Rule::X5)?;
                let Some(n) = machines.corrections.notified.get(&revision) else {
                    return Err(decision.refuse(
                        Rule::X5,
                        "a correction that was notified",
                        format!("revision {revision}"),
                    ));
                };
                if n.until < on {
                    return Err(decision.refuse(
                        Rule::X5,
                        format!("an objection by {}", n.until),
                        on.to_string(),
                    ));
                }
                decision.on(
                    Rule::X5,
                    CorrectionAct::CorrectionObjected {
                        on,
                        revision,
                        reason,
                    },
                )
            }
            CorrectionAct::Rectified { on, revision } => {
                decision.going_on()?;
                let record = correction(decision, revision, Rule::X4)?;
                by_keeper(decision, Rule::X4)?;
                let Some(n) = machines.corrections.notified.get(&revision) else {
                    return Err(decision.refuse(
                        Rule::X3,
                        "a correction that was notified",
                        format!("revision {revision}"),
                    ));
                };
                if !n.objections.is_empty() {
                    return Err(decision.refuse(
                        Rule::X5,
                        "no objection",
                        format!("that of {}", names(n.objections.keys())),
                    ));
                }
                if on <= n.until {
                    return Err(decision.refuse(
                        Rule::X4,
                        format!("a date after {}, when the limit has passed", n.until),
                        on.to_string(),
                    ));
                }
                decision.fits(Rule::X4, record)?;
                decision.on(Rule::X4, CorrectionAct::Rectified { on, revision })
            }
            CorrectionAct::CorrectionNotifiedToUn { on, revision } => {
                decision.going_on()?;
                decision.ground(Rule::X8)?;
                let made = decision
                    .agreement
                    .adoption_of(revision)
                    .is_some_and(|a| a.nature == Nature::Correction);
                if !made || machines.depositary.registered.is_none() {
                    let found = format!(
                        "revision {revision}, registered: {}",
                        machines.depositary.registered.is_some()
                    );
                    return Err(decision.refuse(
                        Rule::X8,
                        "a correction that was made to a registered text",
                        found,
                    ));
                }
                decision.on(
                    Rule::X8,
                    CorrectionAct::CorrectionNotifiedToUn { on, revision },
                )
            }
            CorrectionAct::CopyRectified { on, lang, note } => {
                let identity = decision.standing()?;
                decision.authenticated(Rule::X9)?;
                if !identity.all_languages().contains(&lang) {
                    let expected = format!(
                        "a copy in one of its languages ({})",
                        names(identity.all_languages())
                    );
                    return Err(decision.refuse(Rule::X9, expected, lang.to_string()));
                }
                decision.on(Rule::X9, CorrectionAct::CopyRectified { on, lang, note })
            }
        }
    }

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

fn correction<'a>(
    decision: &DecisionContext<'a>,
    revision: Revision,
    rule: Rule,
) -> Result<&'a RevisionRecord, Refusal> {
    let record = decision.open(revision, rule)?;
    if record.nature != Nature::Correction {
        return Err(decision.refuse(
            rule,
            "a correction",
            format!("revision {revision}, which is none"),
        ));
    }
    Ok(record)
}

fn by_keeper(decision: &DecisionContext<'_>, rule: Rule) -> Result<(), Refusal> {
    match &decision.agreement.machines.depositary.keeper {
        Some(keeper) if *keeper == decision.party().0 => Ok(()),
        Some(keeper) => Err(decision.refuse(
            rule,
            format!("an act of the depositary ({keeper})"),
            format!("one of `{}`", decision.party()),
        )),
        None => Err(decision.refuse(
            Rule::X2,
            "the agreement of all, as there is no depositary",
            "a notification",
        )),
    }
}
