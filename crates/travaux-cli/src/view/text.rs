//! What the commands say that read a text.

use travaux::{
    domain::{
        AgreementId, Revision, RuleKind,
        agreement::{ForceState, Status},
    },
    projections::{Custodian, InForceAnswer, RevisionLine, TextAnswer},
};
use travaux_text::{Digest, Gap, Lang, Span};

use super::wire::documents;

documents! {
    /// A text.
    pub(crate) struct Shown {
        /// The agreement.
        id: AgreementId,
        /// Its title.
        agreement: String,
        /// The language.
        lang: Lang,
        /// The revision, where there is one.
        #[serde(flatten)]
        revision: Option<RevisionLine>,
        /// The answer to the question that `--as-of` asks.
        #[serde(skip_serializing_if = "Option::is_none")]
        answer: Option<Answer>,
        /// Where the agreement stands today, where no date is asked for.
        #[serde(skip_serializing_if = "Option::is_none")]
        status: Option<Status>,
        /// The SHA-256 of the text.
        sha256: Option<Digest>,
        /// The text.
        text: Option<String>,
    }

    /// What the text is on a date.
    pub(crate) struct Answer {
        /// As `status` says: `in_force`, `not_yet`, `not_adopted` or `ended`.
        standing: &'static str,
        /// The answer.
        #[serde(flatten)]
        answer: TextAnswer,
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

    /// What is in force between two parties.
    pub(crate) struct ShownInForce {
        /// The agreement.
        id: AgreementId,
        /// The language.
        lang: Lang,
        /// The answer.
        #[serde(flatten)]
        answer: InForceAnswer,
        /// What is waited for, as `status` says.
        waiting_for: Vec<String>,
        /// The SHA-256 of the text.
        sha256: Option<Digest>,
        /// The text.
        text: Option<String>,
    }
}

impl From<TextAnswer> for Answer {
    fn from(answer: TextAnswer) -> Self {
        let Status { text, force, .. } = &answer.status;
        let standing = match force.state {
            ForceState::Ended { .. } | ForceState::Never => "ended",
            ForceState::InForce { .. }
            | ForceState::Suspended { .. }
            | ForceState::Provisional { .. } => "in_force",
            _ if text.state.is_adopted() => "not_yet",
            _ => "not_adopted",
        };
        Self { standing, answer }
    }
}
