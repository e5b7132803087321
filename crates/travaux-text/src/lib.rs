//! Texts of agreements: provisions with identity, operations that change them, and the custody of every word.
//!
//! The job of this crate is everything that can be said about a text without knowing who may change it: its
//! structure ([`Text`]), the closed list of changes ([`Operation`]), what it said at every step ([`History`]), where
//! each word comes from ([`Custody`]), and how two texts differ ([`Redline`]).
//!
//! It does no I/O, reads no clock and draws no random number: the same input gives the same bytes on every machine.
//! It knows no parties, dates or rules; those live in `travaux-domain`.
//!
//! ```
//! use travaux_text::{Format, Lang, Operation, Text};
//!
//! let fr = Lang::parse("fr").expect("a language tag");
//! let mut text = Text::parse(Format::Markdown, fr, "## Article 1\n\nLes Parties coopèrent.\n", 1);
//! let paragraph = text.nodes().nth(1).expect("the paragraph").id;
//! text.apply(&[Operation::substitute(paragraph, fr, "coopèrent", "se concertent", 1)], 2).expect("it applies");
//! assert_eq!(text.print(fr), "## Article 1\n\nLes Parties se concertent.\n");
//! ```

mod alignment;
mod apply;
mod body;
mod checks;
mod cited;
mod concord;
mod custody;
mod history;
mod ids;
mod infer;
mod instrument;
mod lang;
mod node;
mod operation;
mod parse;
mod redline;
mod references;
mod render;
mod sequence;
mod terms;
mod text;
mod words;

pub use travaux_digest::{Digest, ParseDigestError};

pub use crate::{
    alignment::{Aligned, Fate, align},
    apply::{Applied, Collision, CollisionReason, Collisions},
    body::Body,
    checks::{Finding, TextAnomaly, anomalies, drafting_errors},
    cited::CitationError,
    concord::{Gap, GapKind, gaps},
    custody::{Custody, LineCustody, WordRun},
    history::{History, HistoryNode},
    ids::{ParseIdError, ProvisionId},
    infer::infer,
    instrument::{
        Disagreement, Unreadable, Unsayable, instrument, instrument_languages, read_instrument,
        together,
    },
    lang::Lang,
    node::{Kind, NewProvision, Node},
    operation::{Anchor, Edit, Layout, Localized, Operation},
    parse::{Format, Parsed, parse},
    redline::{Redline, Span, SpanKind},
    references::{article_references, defined_terms},
    render::{AnsiRenderer, HtmlRenderer, PlainRenderer, Renderer},
    terms::{TermTable, without_counterpart},
    text::{MisalignedLanguages, Text},
};
