//! How the parts of a procedure read.

use std::fmt;

use super::{Gives, Leads, ProcedureStatus, Role, Silence, Starts, VersionStatus};

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Requesting => "requesting",
            Self::Requested => "requested",
            Self::Body => "body",
        })
    }
}

impl fmt::Display for Starts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Reached => f.write_str("from when the case comes to it"),
            Self::Received => f.write_str("from receipt"),
            Self::Event(key) => write!(f, "from {key}"),
        }
    }
}

impl fmt::Display for Leads {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::End => f.write_str("the end"),
            Self::To(step) => write!(f, "to {step}"),
            Self::BackTo(step) => write!(f, "back to {step}"),
        }
    }
}

impl fmt::Display for Gives {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Obtained => "obtained",
            Self::Refused => "refused",
            Self::Other => "other",
        })
    }
}

impl fmt::Display for Silence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::DeemedAgreed(outcome) => write!(f, "deemed agreed ({outcome})"),
            Self::DeemedRefused(outcome) => write!(f, "deemed refused ({outcome})"),
            Self::Escalates(step) => write!(f, "escalates to {step}"),
            Self::Nothing => f.write_str("nothing"),
        }
    }
}

impl fmt::Display for ProcedureStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Absent => "not there",
            Self::Draft => "draft",
            Self::Adopted => "adopted, not yet in force",
            Self::InForce => "in force",
            Self::Superseded => "superseded",
        })
    }
}

impl fmt::Display for VersionStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Adopted => "adopted, not yet in force",
            Self::InForce => "in force",
            Self::Superseded => "superseded",
        })
    }
}
