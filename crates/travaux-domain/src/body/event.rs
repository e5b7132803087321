//! What happens to a joint body. Each event says on which day it was done; a command asks for one,
//! and is worded like it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{
    Allotted, AnnexChange, BodyId, Competence, Draft, EffectPart, Establishment, How, Procedure,
    Referral, Report, Resolution, SubBody, Verb,
};
use crate::{
    MeetingId, Name, PartyId,
    partnership::{ItemRef, OfficeHolder, Words, deeds},
};

/// An event of a body's stream.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum BodyEvent {
    /// It was established (BD1).
    JointBodyEstablished {
        /// When.
        on: NaiveDate,
        /// How.
        establishment: Establishment,
        /// All parties, where no clause establishes it.
        #[serde(default)]
        consenting: Vec<PartyId>,
    },
    /// It was given a competence (BD2).
    CompetenceConferred {
        /// From when.
        on: NaiveDate,
        /// Which.
        competence: Competence,
        /// All parties.
        consenting: Vec<PartyId>,
    },
    /// It lost a competence (BD2). What it did before stands.
    CompetenceEnded {
        /// From when.
        on: NaiveDate,
        /// Which.
        competence: Name,
        /// Why.
        ground: String,
        /// All parties.
        consenting: Vec<PartyId>,
    },
    /// It adopted rules of procedure; they take the place of those before (BD3).
    RulesAdopted {
        /// When.
        on: NaiveDate,
        /// The rules.
        rules: Procedure,
        /// All parties.
        consenting: Vec<PartyId>,
    },
    /// The party named who holds its chair (BD4).
    ChairNamed {
        /// From when.
        on: NaiveDate,
        /// Who, by office.
        holder: OfficeHolder,
    },
    /// A session was called: its number is taken (BD5).
    SessionCalled {
        /// When.
        on: NaiveDate,
        /// The meeting.
        meeting: MeetingId,
        /// The number of an ordinary session; an extraordinary one has none.
        #[serde(default)]
        number: Option<u32>,
    },
    /// A decision was drafted (BD6).
    DecisionDrafted {
        /// When.
        on: NaiveDate,
        /// The draft.
        draft: Draft,
    },
    /// A draft was adopted (BD6, BD7, BD8).
    DecisionAdopted {
        /// When.
        on: NaiveDate,
        /// Which.
        decision: Name,
        /// Its number, such as `1/2012`.
        #[serde(default)]
        number: Option<Name>,
        /// The competence on which it rests, by key.
        competence: Name,
        /// How.
        how: How,
        /// From when it applies, as drafted.
        #[serde(default)]
        effects: Vec<EffectPart>,
        /// The parties that have requirements of their own to fulfil first.
        #[serde(default)]
        pending: Vec<PartyId>,
        /// The annexes that it amends at once: all of its draft, but where a party has to fulfil
        /// requirements first.
        #[serde(default)]
        amends: Vec<AnnexChange>,
    },
    /// The party refused a draft (BD6).
    DecisionRefused {
        /// When.
        on: NaiveDate,
        /// Which.
        decision: Name,
        /// Why.
        reason: String,
    },
    /// A decision was published (BD14).
    DecisionPublished {
        /// When.
        on: NaiveDate,
        /// Which.
        decision: Name,
        /// Where.
        source: String,
    },
    /// A draft was put to the parties in writing (BD7).
    WrittenProcedureOpened {
        /// When.
        on: NaiveDate,
        /// Which.
        decision: Name,
        /// The last day for answers.
        until: NaiveDate,
    },
    /// The party answered in writing (BD7).
    WrittenVoiceGiven {
        /// When.
        on: NaiveDate,
        /// To which draft.
        decision: Name,
        /// Whether it consents.
        consents: bool,
    },
    /// A written procedure failed (BD7).
    WrittenProcedureFailed {
        /// When.
        on: NaiveDate,
        /// Of which draft.
        decision: Name,
    },
    /// The party has requirements of its own to fulfil before it is bound (BD9).
    RequirementsPending {
        /// When.
        on: NaiveDate,
        /// By which draft.
        decision: Name,
    },
    /// The party notified that it has fulfilled them (BD9).
    RequirementsMet {
        /// When.
        on: NaiveDate,
        /// For which decision.
        decision: Name,
        /// The annexes that are amended by it: those of the draft, with the last notification.
        #[serde(default)]
        amends: Vec<AnnexChange>,
    },
    /// The party notified that it cannot apply a decision provisionally (BD9).
    ProvisionalDeclined {
        /// When.
        on: NaiveDate,
        /// Which.
        decision: Name,
    },
    /// The party notified that it will not fulfil its requirements (BD9).
    RequirementsFailed {
        /// When.
        on: NaiveDate,
        /// For which decision.
        decision: Name,
        /// Why.
        #[serde(default)]
        reason: Option<String>,
    },
    /// A challenge was referred to it (BD10).
    ChallengeReferred {
        /// When.
        on: NaiveDate,
        /// The referral.
        referral: Referral,
    },
    /// A referral was given to somebody (BD10).
    ReferralAllocated {
        /// When.
        on: NaiveDate,
        /// Which.
        referral: Name,
        /// To whom.
        to: Allotted,
        /// By when; as the rules of procedure say, if nothing is said.
        #[serde(default)]
        due: Option<NaiveDate>,
    },
    /// A referral was resolved (BD11).
    ReferralResolved {
        /// When.
        on: NaiveDate,
        /// Which.
        referral: Name,
        /// By what.
        by: Resolution,
        /// All parties, but where a decision or a recommendation has their consent.
        #[serde(default)]
        consenting: Vec<PartyId>,
    },
    /// A referral was returned for want of competence (BD11).
    ReferralReturned {
        /// When.
        on: NaiveDate,
        /// Which.
        referral: Name,
        /// What it would have had to do.
        wanting: Verb,
        /// Why.
        reason: String,
    },
    /// Who had made a referral took it back (BD11).
    ReferralWithdrawn {
        /// When.
        on: NaiveDate,
        /// Which.
        referral: Name,
    },
    /// A referral went to another body: one rung up, or where all agreed (BD12).
    ReferralEscalated {
        /// When.
        on: NaiveDate,
        /// Which.
        referral: Name,
        /// To which body.
        to: BodyId,
        /// All parties, where it is not the next rung.
        #[serde(default)]
        consenting: Vec<PartyId>,
    },
    /// A sub-body was set up, or a joint mission sent (BD13).
    SubBodyEstablished {
        /// When.
        on: NaiveDate,
        /// Which.
        sub: SubBody,
        /// All parties.
        consenting: Vec<PartyId>,
    },
    /// A sub-body or a mission reported (BD13).
    MissionReported {
        /// When.
        on: NaiveDate,
        /// The report.
        report: Report,
    },
    /// An error of a decision was repaired (BD15).
    DecisionCorrected {
        /// When.
        on: NaiveDate,
        /// Which.
        decision: Name,
        /// In which language.
        lang: travaux_text::Lang,
        /// What it said.
        was: String,
        /// What it says.
        is: String,
        /// On what ground.
        ground: String,
        /// All parties.
        consenting: Vec<PartyId>,
    },
    /// It was dissolved (BD16). What it decided stays in effect.
    BodyDissolved {
        /// When.
        on: NaiveDate,
        /// Why.
        ground: Words,
        /// All parties.
        consenting: Vec<PartyId>,
    },
    /// It follows up an item that was agreed at a meeting (MT9).
    BodyFollowsItem {
        /// When.
        on: NaiveDate,
        /// The item.
        item: ItemRef,
    },
}

deeds!(BodyEvent {
    JointBodyEstablished: BD1 "establish a body",
    CompetenceConferred: BD2 "give a body a competence",
    CompetenceEnded: BD2 "end a competence",
    RulesAdopted: BD3 "adopt rules of procedure",
    ChairNamed: BD4 "name who has the chair",
    SessionCalled: BD5 "call a session",
    DecisionDrafted: BD6 "draft a decision",
    DecisionAdopted: BD6 "adopt a decision",
    DecisionRefused: BD6 "refuse a draft",
    DecisionPublished: BD14 "publish a decision",
    WrittenProcedureOpened: BD7 "open a written procedure",
    WrittenVoiceGiven: BD7 "answer in writing",
    WrittenProcedureFailed: BD7 "close a written procedure",
    RequirementsPending: BD9 "have requirements to fulfil",
    RequirementsMet: BD9 "notify that requirements are fulfilled",
    ProvisionalDeclined: BD9 "decline provisional application",
    RequirementsFailed: BD9 "notify that requirements will not be fulfilled",
    ChallengeReferred: BD10 "refer a challenge",
    ReferralAllocated: BD10 "allocate a referral",
    ReferralResolved: BD11 "resolve a referral",
    ReferralReturned: BD11 "return a referral",
    ReferralWithdrawn: BD11 "withdraw a referral",
    ReferralEscalated: BD12 "escalate a referral",
    SubBodyEstablished: BD13 "set up a sub-body",
    MissionReported: BD13 "report to a body",
    DecisionCorrected: BD15 "correct a decision",
    BodyDissolved: BD16 "dissolve a body",
    BodyFollowsItem: MT9 "follow an item up",
});

/// The earliest of a day and those from which something applies.
fn earliest(on: NaiveDate, effects: &[EffectPart], amends: &[AnnexChange]) -> NaiveDate {
    let effects = effects.iter().map(|effect| effect.from);
    let amends = amends.iter().map(|change| change.from);
    effects.chain(amends).fold(on, NaiveDate::min)
}

impl BodyEvent {
    /// From which day on it counts: what a decision does counts from its effect, which may lie before
    /// it; the repair of an error from the beginning.
    pub(super) fn counts_from(&self) -> Option<NaiveDate> {
        use crate::partnership::Deed as _;
        if let Self::DecisionDrafted { on, draft } = self {
            return Some(earliest(*on, &draft.effects, &draft.annexes));
        }
        if let Self::DecisionAdopted {
            on,
            effects,
            pending,
            amends,
            ..
        } = self
            && pending.is_empty()
        {
            return Some(earliest(*on, effects, amends));
        }
        let corrects = matches!(self, Self::DecisionCorrected { .. });
        (!corrects).then(|| self.on())
    }
}
