//! Views of the log: each a fold of its own, with a name, a version and a state that can be thrown away and rebuilt.
//!
//! A [`Projection`] is a pure function of the events that it has seen. One pass over the log feeds many of them
//! ([`DynProjection`] hides which). Its state's bytes are the same however often it is rebuilt.
//!
//! Two kinds: views of the whole log ([`Register`], [`Frameworks`], [`Dossiers`], [`Tally`]), and the record of one agreement
//! ([`AgreementRecord`]), which answers what the text was on a date, as known at a time, and whose each word is.

mod check;
mod custody;
mod dossier;
mod dossiers;
mod frameworks;
mod in_force;
mod indicators;
mod known;
mod projection;
mod record;
mod register;
mod revision_error;
mod state;
mod tally;
mod text_in_force;
mod timeline;
mod weight;

pub use crate::{
    check::{CheckFinding, CheckKind},
    custody::{BlameLine, Custodian},
    dossier::{Asked, DossierView},
    dossiers::Dossiers,
    frameworks::{Announced, FrameworkView, Frameworks, PackageView},
    in_force::{InForceAnswer, InForceQuestion},
    indicators::{IndicatorThen, IndicatorView, Told},
    projection::{DynProjection, Erased, Projection, StateError},
    record::{AgreementRecord, RevisionLine},
    register::{Register, RegisterEntry},
    revision_error::RevisionError,
    state::{
        ActionsBrief, ApplyError, AreaBrief, Brief, Citation, Entry, EntryChange, EntryId,
        EventRef, FieldChange, FieldValue, Fields, FrameworkState, IdError, Line, Moment, Part,
        ProceduresBrief, RequestsBrief, Rests, Sessions, StateDiff, StateSources, UNFOLLOWED_DAYS,
    },
    tally::Tally,
    text_in_force::{TextAnswer, TextQuestion},
    timeline::{Timeline, TimelineEntry},
    weight::weight,
};
