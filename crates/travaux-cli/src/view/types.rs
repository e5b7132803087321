//! Types of other crates that are written as they are.

use std::{borrow::Cow, collections::BTreeMap};

use chrono::{DateTime, NaiveDate, Utc};
use travaux::{
    AuditReport, Verdict,
    domain::{
        Handle, PartyId, Revision, Rule,
        agreement::{
            Nature, Reason, Reserved, RevisionOutcome, declaration::View, relation::Governs,
            reservation::PairStanding,
        },
    },
    projections::{
        BlameLine, CheckFinding, CheckKind, Custodian, InForceQuestion, RevisionLine, TextQuestion,
        TimelineEntry,
    },
};
use travaux_import::{ExportReport, FlaggedText, ImportReport, RefusedRevision};
use travaux_text::{Gap, GapKind, Kind, Lang, ProvisionId, Span, SpanKind, TextAnomaly};

use super::wire::{described, form, open_words, words};

form! {
    "handle": Handle;
    "text": travaux::Problem;
}

words! {
    Verdict { Clean, Damaged }
    CheckKind { ChangeWithoutInstrument, InstrumentWithoutEffect, DanglingReference, DefinitionChanged, RecordedOtherwise, Unfounded }
    GapKind { MissingProvision, Numbers, References, DefinedTerms, Counterpart }
    SpanKind { Equal, Insert, Delete, MoveFrom, MoveTo }
    RevisionOutcome { Open, Withdrawn, Rejected, Adopted, InForce, LeftToSilence, NotAdopted }
    Governs { OtherByItsClause, ThisByItsClause, ThisAsLater, OtherAsLater, OnlyThis, OnlyOther, Unrelated }
    View { Approves, Opposes, Recharacterises }
    PairStanding { NotMade, Lapsed, Formulated, Accepted, AcceptedTacitly, Objected, NoRelation, Withdrawn }
}

open_words! {
    Kind {
        Metadata, Title, Preamble, Recital, Part, Chapter, Section, Article, Heading, Paragraph, Point, Definition,
        Row, Annex, Testimonium, SignatureBlock,
    }
    TextAnomaly {
        Nul, ByteOrderMark, CarriageReturn, DirectionControl, UnbalancedIsolate, Invisible, NotNormalized, Control,
    }
}

described! {
    /// A revision.
    RevisionLine = RevisionLine {
        /// Its number.
        revision: Revision,
        /// The imported commit.
        source: Option<String>,
        /// The imported path.
        path: Option<String>,
        /// The revision against which it was drawn up.
        base: Revision,
        /// What it is.
        nature: Nature,
        /// What it is called.
        title: Option<String>,
        /// Who proposed it.
        proposer: String,
        /// The person or office that did.
        proposer_person: Option<String>,
        /// Who adopted it.
        adopter: Option<String>,
        /// When it was proposed.
        proposed_at: DateTime<Utc>,
        /// When the log learnt of it.
        recorded_at: DateTime<Utc>,
        /// When it was adopted.
        adopted_at: Option<DateTime<Utc>>,
        /// From when it applies.
        effective_from: Option<NaiveDate>,
        /// What became of it.
        outcome: RevisionOutcome,
        /// The revision that it was adopted as.
        adopted_as: Option<Revision>,
        /// How many operations it has.
        operations: u32,
        /// Whether they were read off the texts.
        inferred: bool,
    }

    /// A question about the text on a date.
    TextQuestion = TextQuestion {
        /// The date.
        on: NaiveDate,
        /// As known at this time; as known now if null.
        known_at: Option<DateTime<Utc>>,
    }

    /// Something that happened.
    TimelineEntry = TimelineEntry {
        /// The position in the log.
        position: u64,
        /// The stream.
        stream: String,
        /// When it was recorded.
        recorded_at: DateTime<Utc>,
        /// When it was done, where a source says so.
        done_at: Option<DateTime<Utc>>,
        /// The date of the act, where it has one; else that of `done_at`.
        done_on: Option<NaiveDate>,
        /// From when it has effect, where that is settled.
        effective_from: Option<NaiveDate>,
        /// Who acted.
        actor: String,
        /// What happened, in words.
        what: String,
    }

    /// A span of a redline.
    Span = Span {
        /// What became of it.
        kind: SpanKind,
        /// Its provision.
        provision: ProvisionId,
        /// What the provision is.
        of: Kind,
        /// The words.
        text: String,
    }

    /// What two languages say at a place.
    Gap = Gap {
        /// The provision.
        provision: ProvisionId,
        /// In what they differ.
        kind: GapKind,
        /// The language that the other is compared with, and what it has.
        base: (Lang, String),
        /// The other language, and what it has.
        other: (Lang, String),
    }

    /// Something odd about the changes of a text.
    CheckFinding = CheckFinding {
        /// What.
        kind: CheckKind,
        /// The revision that it is about.
        revision: Option<Revision>,
        /// The provision that it is about.
        provision: Option<ProvisionId>,
        /// The event that it is about, by its position in the log.
        event: Option<u64>,
        /// In words.
        what: String,
    }

    /// Why an answer is as it is.
    Reason = Reason {
        /// What was found.
        what: String,
        /// The row that makes it matter.
        rule: Rule,
        /// The event on which it rests, by its position in the log.
        #[serde(skip_serializing_if)]
        event: Option<u64>,
    }

    /// A question about two parties.
    InForceQuestion = InForceQuestion {
        /// The date.
        on: NaiveDate,
        /// As known at this time; as known now if null.
        known_at: Option<DateTime<Utc>>,
        /// The two parties.
        between: (PartyId, PartyId),
    }

    /// What an import did.
    ImportReport = ImportReport {
        /// Documents that were read.
        documents: u64,
        /// Documents that were new.
        new_documents: u64,
        /// Revisions that were added.
        revisions: u64,
        /// Revisions that were there already.
        known: u64,
        /// Proposals from branches that were added.
        proposals: u64,
        /// Of these, adopted ones.
        proposals_adopted: u64,
        /// Bytes of text that were read.
        bytes: u64,
        /// What was refused.
        refused: Vec<RefusedRevision>,
        /// The latest text of each document in which something is odd.
        flagged: Vec<FlaggedText>,
    }

    /// A revision that could not be kept.
    RefusedRevision = RefusedRevision {
        /// The document.
        path: String,
        /// The revision, by its commit.
        revision: String,
        /// Where in it, in bytes from its start.
        offset: Option<u64>,
        /// Why.
        reason: String,
    }

    /// A text that was kept as it is, with what is odd in it.
    FlaggedText = FlaggedText {
        /// The document.
        path: String,
        /// The revision, by its commit.
        revision: String,
        /// What is odd.
        findings: Vec<travaux_text::Finding>,
    }

    /// Something odd in a text.
    TextFinding = travaux_text::Finding {
        /// What.
        anomaly: TextAnomaly,
        /// Where first, in bytes from the start of the text.
        at: u64,
        /// How often.
        count: u32,
    }

    /// What an export to git wrote.
    ExportReport = ExportReport {
        /// Commits.
        commits: u64,
        /// Of these, commits whose tree is known to be that of the source.
        same_trees: u64,
        /// Commits whose tree differs from that of the source, by name.
        other_trees: Vec<String>,
        /// The name of the last commit.
        last_commit: Option<String>,
    }

    /// Something that is not as it should be.
    AuditFinding = travaux::Finding {
        /// The position, where it is one.
        position: Option<u64>,
        /// What is wrong.
        what: travaux::Problem,
    }

    /// A snapshot of another version than this program's: it is made anew, not judged.
    LeftOut = travaux::LeftOut {
        /// Its name.
        name: String,
        /// Its version.
        version: u32,
        /// The version that this program knows.
        known: u32,
    }

    /// What an audit found.
    AuditReport = AuditReport {
        /// The verdict.
        verdict: Verdict,
        /// Events that were read.
        events: u64,
        /// Streams that they belong to.
        streams: u64,
        /// Events that were decided again, with the same outcome.
        decided: u64,
        /// Texts whose digest was computed again.
        texts: u64,
        /// Attachments that were read and checked against their names.
        attachments: u64,
        /// Stored projections that were compared with rebuilt ones.
        projections: u64,
        /// Events by type.
        by_type: BTreeMap<String, u64>,
        /// The chain over all digests of adopted texts.
        chain: Option<String>,
        /// The root of the Merkle tree over all records as stored.
        root: Option<String>,
        /// Snapshots of another version, which were not judged.
        left_out: Vec<travaux::LeftOut>,
        /// What is wrong.
        findings: Vec<travaux::Finding>,
    }

    /// Who stands behind words.
    Custodian = Custodian<'_> {
        /// The revision that gave them.
        revision: Revision,
        /// Who proposed it.
        proposer: &str,
        /// Who adopted it.
        adopter: Option<&str>,
        /// When it was adopted.
        adopted_at: Option<DateTime<Utc>>,
        /// From when it applies.
        effective_from: Option<NaiveDate>,
        /// The imported commit.
        source: Option<&str>,
        /// Whether it was read off the texts.
        inferred: bool,
    }

    /// A line of a text, and who stands behind it.
    BlameLine = BlameLine<'_> {
        /// Its number.
        line: u32,
        /// The line.
        text: Cow<'_, str>,
        /// The provision that it belongs to.
        provision: ProvisionId,
        /// Who stands behind it.
        #[serde(flatten)]
        custodian: Custodian<'_>,
        /// The revision that brought words of it back.
        returned: Option<u32>,
    }

    /// A reservation that matters between two parties.
    Reserved = Reserved {
        /// Its number.
        number: u32,
        /// Whose it is.
        by: PartyId,
        /// The provisions that it concerns.
        provisions: Vec<ProvisionId>,
        /// What it says.
        words: String,
        /// How it stands between the two.
        standing: PairStanding,
    }
}
