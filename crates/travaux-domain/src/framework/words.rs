//! How the parts of a framework read.

use std::fmt;

use super::{FoundingNature, FrameworkStatus, InclusionRelation};

impl fmt::Display for FoundingNature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Declaration => "declaration",
            Self::Arrangement => "arrangement",
            Self::Treaty => "treaty",
        })
    }
}

impl FoundingNature {
    /// What it does not do (FW14): no framework has an effect beyond that of its founding act.
    pub fn effect(self) -> &'static str {
        match self {
            Self::Declaration => "binds nobody",
            Self::Arrangement => "takes effect between those who made it, and binds no State",
            Self::Treaty => "binds as its own consent and force say",
        }
    }
}

impl fmt::Display for InclusionRelation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Implementing => "carries the framework out",
            Self::Preceding => "from before the framework",
            Self::Related => "beside the framework",
        })
    }
}

impl fmt::Display for FrameworkStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Absent => "not there",
            Self::Proposed => "proposed",
            Self::Adopted => "adopted",
            Self::Suspended => "suspended",
            Self::Ended => "ended",
        })
    }
}
