//! What a body's parts and events are called.

use std::fmt;

use super::{
    Allotted, BodyEvent, BodyStatus, Competence, How, ReferralEnd, Resolution, SubKind, Verb,
};
use crate::{
    partnership::Deed as _,
    words::{Summary, because, counted, names},
};

impl BodyEvent {
    /// What happened, in words.
    pub fn describe(&self) -> Summary {
        Summary {
            done_on: Some(self.on()),
            ..Summary::new(self.what())
        }
    }

    fn what(&self) -> String {
        match self {
            Self::JointBodyEstablished { establishment, .. } => {
                let may = counted(establishment.competences.len(), "competence");
                format!("joint body established: {} ({may})", establishment.title)
            }
            Self::CompetenceConferred { competence, .. } => {
                format!("competence {} given: {competence}", competence.key)
            }
            Self::CompetenceEnded {
                competence, ground, ..
            } => format!("competence {competence} ended: {ground}"),
            Self::RulesAdopted { rules, .. } => {
                format!("rules of procedure adopted, version {}", rules.version)
            }
            Self::ChairNamed { holder, .. } => {
                format!("chair of {} held by {}", holder.party, holder.office)
            }
            Self::SessionCalled { number, .. } => match number {
                Some(number) => format!("session {number} called"),
                None => "extraordinary session called".to_owned(),
            },
            Self::DecisionDrafted { draft, .. } => {
                format!("{} drafted: {} on {}", draft.key, draft.verb, draft.subject)
            }
            Self::DecisionAdopted {
                decision,
                number,
                how,
                ..
            } => {
                let number = number.as_ref().map(|n| format!(" ({n})"));
                format!("{decision}{} adopted {how}", number.unwrap_or_default())
            }
            Self::DecisionRefused {
                decision, reason, ..
            } => format!("{decision} refused: {reason}"),
            Self::DecisionPublished {
                decision, source, ..
            } => format!("{decision} published: {source}"),
            Self::WrittenProcedureOpened {
                decision, until, ..
            } => format!("{decision} put to the parties in writing until {until}"),
            Self::WrittenVoiceGiven {
                decision, consents, ..
            } => {
                let says = if *consents { "consents" } else { "says no" };
                format!("{decision}: the party {says}")
            }
            Self::WrittenProcedureFailed { decision, .. } => {
                format!("{decision}: the written procedure failed")
            }
            Self::RequirementsPending { decision, .. } => {
                format!("{decision}: the party has requirements to fulfil")
            }
            Self::RequirementsMet { decision, .. } => {
                format!("{decision}: the party's requirements are fulfilled")
            }
            Self::ProvisionalDeclined { decision, .. } => {
                format!("{decision}: the party declines provisional application")
            }
            Self::RequirementsFailed {
                decision, reason, ..
            } => format!(
                "{decision}: the party will not fulfil its requirements{}",
                because(reason.as_ref())
            ),
            Self::ChallengeReferred { referral, .. } => {
                format!("{} referred, in area {}", referral.key, referral.area)
            }
            Self::ReferralAllocated { referral, to, .. } => format!("{referral} given to {to}"),
            Self::ReferralResolved { referral, by, .. } => format!("{referral} resolved by {by}"),
            Self::ReferralReturned {
                referral, reason, ..
            } => format!("{referral} returned for want of competence: {reason}"),
            Self::ReferralWithdrawn { referral, .. } => format!("{referral} taken back"),
            Self::ReferralEscalated { referral, to, .. } => format!("{referral} sent to body {to}"),
            Self::SubBodyEstablished { sub, .. } => format!("{} set up: {}", sub.kind, sub.title),
            Self::MissionReported { report, .. } => {
                let count = report.recommendations.len();
                let recommends = counted(count, "recommendation");
                format!("report {} of {}: {recommends}", report.key, report.of)
            }
            Self::DecisionCorrected {
                decision, was, is, ..
            } => format!("{decision} corrected: \"{was}\" reads \"{is}\""),
            Self::BodyDissolved { ground, .. } => {
                let ground = ground.values().next().map_or("", String::as_str);
                format!("body dissolved: {ground}")
            }
            Self::BodyFollowsItem { item, .. } => format!("body follows up {item}"),
        }
    }
}

impl fmt::Display for Verb {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl fmt::Display for Competence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.verb.fmt(f)?;
        if !self.subjects.is_empty() {
            write!(f, " on {}", names(&self.subjects))?;
        }
        self.until
            .map_or(Ok(()), |until| write!(f, " until {until}"))
    }
}

impl fmt::Display for How {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Together {
                session: Some(_), ..
            } => "by all, in session",
            Self::Together { session: None, .. } => "by all",
            Self::InWriting => "in writing",
        })
    }
}

impl fmt::Display for Allotted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Party(party) => party.fmt(f),
            Self::SubBody(key) => key.fmt(f),
            Self::Session(meeting) => write!(f, "the session of meeting {meeting}"),
        }
    }
}

impl fmt::Display for Resolution {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Decision(key) => write!(f, "decision {key}"),
            Self::Recommendation(key) => write!(f, "recommendation {key}"),
            Self::Explanation(_) => f.write_str("an explanation"),
            Self::Action(_) => f.write_str("an action"),
            Self::Procedure(_) => f.write_str("a change of procedure"),
        }
    }
}

impl fmt::Display for ReferralEnd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Resolved(by) => write!(f, "resolved by {by}"),
            Self::Returned { .. } => f.write_str("returned for want of competence"),
            Self::Withdrawn => f.write_str("taken back"),
            Self::Escalated(to) => write!(f, "sent to body {to}"),
        }
    }
}

impl fmt::Display for SubKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Group => "working group",
            Self::Mission => "joint mission",
        })
    }
}

impl fmt::Display for BodyStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Absent => "not there",
            Self::Established => "established",
            Self::Dissolved => "dissolved",
        })
    }
}
