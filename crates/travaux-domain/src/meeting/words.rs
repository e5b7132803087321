//! How the parts of a meeting read.

use std::fmt;

use super::{
    Capacity, Disposal, Evidence, ItemEnd, ItemStatus, MeetingKind, MeetingStatus, Mode, Start,
};

impl fmt::Display for Start {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.date)?;
        if let Some(time) = self.time {
            write!(f, " {}", time.format("%H:%M"))?;
        }
        self.zone
            .as_ref()
            .map_or(Ok(()), |zone| write!(f, " ({zone})"))
    }
}

impl fmt::Display for Disposal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Agreed { .. } => f.write_str("agreed"),
            Self::Noted => f.write_str("noted"),
            Self::Referred { to } => write!(f, "referred to {to}"),
            Self::Deferred { to } => write!(f, "deferred to {to}"),
            Self::NotAgreed => f.write_str("not agreed"),
            Self::Withdrawn => f.write_str("withdrawn"),
        }
    }
}

impl fmt::Display for Mode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Agreed { .. } => f.write_str("agreed by all"),
            Self::AgreedInPrinciple => f.write_str("agreed in principle"),
            Self::Proposed { by } => write!(f, "proposed by {by}"),
            Self::Undertaking { by } => write!(f, "undertaken by {by}"),
            Self::Noted => f.write_str("noted"),
            Self::Welcomed => f.write_str("welcomed"),
            Self::Recalled => f.write_str("recalled"),
        }
    }
}

impl fmt::Display for ItemEnd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fulfilled => f.write_str("fulfilled"),
            Self::Lapsed { reason } => write!(f, "lapsed: {reason}"),
            Self::Superseded { by } => write!(f, "superseded by {by}"),
        }
    }
}

impl fmt::Display for MeetingStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Absent => "not there",
            Self::Tentative => "convened, date to be confirmed",
            Self::Confirmed => "convened",
            Self::AgendaAdopted => "agenda adopted",
            Self::Passed => "date passed, not known to have been held",
            Self::Held => "held",
            Self::MinutesDrafted => "held, minutes not yet approved by all",
            Self::MinutesApproved => "held, minutes approved",
            Self::Cancelled => "cancelled",
        })
    }
}

impl fmt::Display for MeetingKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Ministers => "working meeting of ministers",
            Self::Session => "session",
            Self::Extraordinary => "extraordinary session",
            Self::Experts => "meeting of experts",
        })
    }
}

impl fmt::Display for Capacity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Head => "head of delegation",
            Self::CoChair => "co-chair",
            Self::Member => "member",
            Self::Expert => "expert",
        })
    }
}

impl fmt::Display for ItemStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Recorded => "not followed up",
            Self::FollowedUp => "followed up",
            Self::Fulfilled => "fulfilled",
            Self::Lapsed => "lapsed",
            Self::Superseded => "superseded",
        })
    }
}

impl fmt::Display for Evidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Minutes => f.write_str("by the minutes"),
            Self::JointStatement => f.write_str("by a joint statement"),
            Self::StatementOf(party) => write!(f, "by a statement of {party} alone"),
            Self::RecordOf(party) => write!(f, "by the record of {party}"),
        }
    }
}
