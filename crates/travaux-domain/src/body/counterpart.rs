//! What other streams have to record in the same commit as a body.

use super::{BodyEvent, Referral};
use crate::{Rule, StreamId, partnership::Counterpart};

impl BodyEvent {
    /// The events without which this one is not recorded: the amendment of each annex (BD8), and what
    /// a referral becomes in the body that takes it over, or comes from (BD12).
    pub(super) fn counterparts(&self) -> Vec<Counterpart> {
        match self {
            Self::DecisionAdopted { amends, .. } | Self::RequirementsMet { amends, .. } => amends
                .iter()
                .map(|change| Counterpart {
                    stream: StreamId::Agreement(change.agreement),
                    event: "AnnexAmended",
                    rule: Rule::BD8,
                })
                .collect(),
            Self::ReferralEscalated { to, .. } => vec![Counterpart {
                stream: StreamId::Body(*to),
                event: "ChallengeReferred",
                rule: Rule::BD12,
            }],
            Self::ChallengeReferred {
                referral: Referral {
                    from: Some(from), ..
                },
                ..
            } => vec![Counterpart {
                stream: StreamId::Body(from.body),
                event: "ReferralEscalated",
                rule: Rule::BD12,
            }],
            Self::JointBodyEstablished { .. }
            | Self::CompetenceConferred { .. }
            | Self::CompetenceEnded { .. }
            | Self::RulesAdopted { .. }
            | Self::ChairNamed { .. }
            | Self::SessionCalled { .. }
            | Self::DecisionDrafted { .. }
            | Self::DecisionRefused { .. }
            | Self::DecisionPublished { .. }
            | Self::WrittenProcedureOpened { .. }
            | Self::WrittenVoiceGiven { .. }
            | Self::WrittenProcedureFailed { .. }
            | Self::RequirementsPending { .. }
            | Self::ProvisionalDeclined { .. }
            | Self::RequirementsFailed { .. }
            | Self::ChallengeReferred { .. }
            | Self::ReferralAllocated { .. }
            | Self::ReferralResolved { .. }
            | Self::ReferralReturned { .. }
            | Self::ReferralWithdrawn { .. }
            | Self::SubBodyEstablished { .. }
            | Self::MissionReported { .. }
            | Self::DecisionCorrected { .. }
            | Self::BodyDissolved { .. }
            | Self::BodyFollowsItem { .. } => Vec::new(),
        }
    }
}
