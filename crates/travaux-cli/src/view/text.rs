//! What the commands say that read a text.

use chrono::NaiveDate;
use travaux::{
    domain::{
        AgreementId, Handle, Revision, Rule, RuleKind,
        agreement::{self, Reason, Reserved, Status, relation::Governs},
        partnership::ItemRef,
    },
    projections::{Custodian, InForceQuestion, RevisionLine, TextAnswer, TextQuestion},
};
use travaux_text::{Digest, Gap, Lang, ProvisionId, Span};

use super::{
    ShownDeclaration,
    wire::{documents, tagged},
};

documents! {
    /// A text.
    pub(crate) struct Shown {
        /// The agreement.
        id: AgreementId,
        /// What people call it.
        handle: Option<Handle>,
        /// Its title.
        agreement: String,
        /// The language.
        lang: Lang,
        /// The revision, where there is one.
        #[serde(flatten)]
        revision: Option<RevisionLine>,
        /// Where the agreement stands on the date that is asked about, today if none is.
        status: Status,
        /// The answer, where a date is asked about.
        answer: Option<Answer>,
        /// The items of meetings that the agreement follows up.
        follows: Vec<ItemRef>,
        /// The SHA-256 of the text.
        sha256: Option<Digest>,
        /// The text.
        text: Option<String>,
    }

    /// Which text it is on a date, and why.
    pub(crate) struct Answer {
        /// The question.
        question: TextQuestion,
        /// The revision whose text it is.
        revision: Option<Revision>,
        /// The revisions that are part of it.
        applied: Vec<Revision>,
        /// Revisions that apply later, and from when.
        pending: Vec<(Revision, NaiveDate)>,
        /// Which text it is, or why there is none, in words.
        reason: String,
    }

    /// What changed between two revisions.
    pub(crate) struct Comparison<'a> {
        /// The older one.
        from: Revision,
        /// The newer one.
        to: Revision,
        /// The language.
        lang: Lang,
        /// Whether both say the same.
        identical: bool,
        /// The redline, in reading order.
        spans: &'a [Span],
    }

    /// Words of a provision, and who stands behind them.
    pub(crate) struct Words<'a> {
        /// The provision.
        provision: ProvisionId,
        /// The words.
        words: String,
        /// Who stands behind them.
        #[serde(flatten)]
        custodian: Custodian<'a>,
        /// The revision that brought them back, if they had gone.
        returned: Option<u32>,
    }

    /// A place where two languages do not say the same.
    pub(crate) struct OpenGap {
        /// Its name, by which it can be settled.
        key: String,
        /// What differs.
        #[serde(flatten)]
        gap: Gap,
        /// Whether someone who reads both may find that the meaning is the same.
        can_be_settled: bool,
    }

    /// A sentence of an amending instrument.
    pub(crate) struct Sentence {
        /// Its number.
        number: usize,
        /// Its words.
        text: String,
    }

    /// A rule that decisions rest on.
    pub(crate) struct LawRow {
        /// Its name.
        row: &'static str,
        /// The law that it comes from.
        law: &'static str,
        /// Whether the parties may depart from it.
        kind: RuleKind,
        /// Whether it holds for arrangements that are no treaties.
        arrangement: bool,
        /// What it says.
        says: &'static str,
        /// Why a profile leaves it out, where one does.
        #[serde(skip_serializing_if = "Option::is_none")]
        left_out: Option<&'static str>,
    }

    /// Which of two agreements governs between two parties.
    pub(crate) struct GovernsBeside {
        /// The other agreement.
        agreement: AgreementId,
        /// What people call it.
        handle: Option<Handle>,
        /// Which of the two governs.
        governs: Governs,
        /// The row that it rests on.
        rule: Rule,
    }

    /// What is in force between two parties.
    pub(crate) struct ShownInForce {
        /// The agreement.
        id: AgreementId,
        /// What people call it.
        handle: Option<Handle>,
        /// The language.
        lang: Lang,
        /// The question.
        question: InForceQuestion,
        /// Where the agreement stands as a whole.
        status: Status,
        /// Whether it is in force between the two.
        force: ForceBetween,
        /// The changes that bind both, in order of their effect.
        changes: Vec<(Revision, NaiveDate)>,
        /// Changes that bind others only.
        others_only: Vec<Revision>,
        /// Reservations of one of the two.
        reservations: Vec<Reserved>,
        /// Declarations of one of the two that have effect.
        declarations: Vec<ShownDeclaration>,
        /// Provisions that do not operate between the two.
        inoperative: Vec<ProvisionId>,
        /// The provisions that alone operate between the two; all, if none is named.
        only: Vec<ProvisionId>,
        /// Which governs between the two, of this agreement and each that is related to it (VCLT 30).
        beside: Vec<GovernsBeside>,
        /// Why.
        reasons: Vec<Reason>,
        /// The revisions that are part of the text.
        applied: Vec<Revision>,
        /// The events that decided it, by their positions in the log: as `history` and `prove` have them.
        events: Vec<u64>,
        /// The SHA-256 of the text.
        sha256: Option<Digest>,
        /// The text.
        text: Option<String>,
    }
}

impl From<TextAnswer> for Answer {
    fn from(answer: TextAnswer) -> Self {
        Self {
            revision: answer.revision,
            applied: answer.applied,
            pending: answer.pending,
            reason: answer.reason,
            question: answer.question,
        }
    }
}

tagged! {
    /// Whether an agreement is in force between two parties.
    ForceBetween by "state" {
        /// It is not.
        NotInForce = "not_in_force" {}
        /// It is applied provisionally.
        Provisional = "provisional" {
            /// Since when that is so.
            since: NaiveDate,
        }
        /// It is in force.
        InForce = "in_force" {
            /// Since when that is so.
            since: NaiveDate,
        }
        /// Its operation is suspended as a whole.
        Suspended = "suspended" {
            /// Since when that is so.
            since: NaiveDate,
        }
        /// It has ended, or one of the two has left.
        Ended = "ended" {
            /// When it ended.
            on: NaiveDate,
        }
        /// It is void, or the consent of one of the two is.
        Void = "void" {}
    }
}

impl From<agreement::ForceBetween> for ForceBetween {
    fn from(force: agreement::ForceBetween) -> Self {
        use agreement::ForceBetween as F;
        match force {
            F::NotInForce => Self::NotInForce {},
            F::Provisional(since) => Self::Provisional { since },
            F::InForce(since) => Self::InForce { since },
            F::Suspended(since) => Self::Suspended { since },
            F::Ended(on) => Self::Ended { on },
            F::Void => Self::Void {},
        }
    }
}
