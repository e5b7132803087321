//! How the parts of an indicator read.

use std::fmt;

use chrono::{DateTime, Utc};

use super::{
    Cause, Concept, Course, Direction, DiscrepancyStatus, FigureKey, Frequency, Nature, NoSum,
    ObsStatus, Observation, Outcome, RevisionKind, Status, Sum, Verdict,
};
use crate::words::{counted, names};

/// The value of a figure or why there is none, as everybody may see it for good: a history shows no
/// more.
pub(super) fn said(observation: &Observation) -> String {
    if !observation
        .confidentiality
        .is_public(DateTime::<Utc>::MIN_UTC)
    {
        let status = observation.confidentiality.status.code();
        return format!("not shown ({status})");
    }
    match observation.value {
        Some(value) => value.to_string(),
        None => observation.status.to_string(),
    }
}

impl fmt::Display for FigureKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.period.fmt(f)?;
        match (self.direction, &self.counterpart) {
            (Some(direction), Some(counterpart)) => write!(f, " {direction} {counterpart}")?,
            (None, Some(counterpart)) => write!(f, " with {counterpart}")?,
            (Some(direction), None) => write!(f, " {direction} the world")?,
            (None, None) => {}
        }
        let category = self.category.as_ref();
        category.map_or(Ok(()), |category| write!(f, ", {category}"))
    }
}

impl fmt::Display for Direction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Out => "to",
            Self::In => "from",
        })
    }
}

impl fmt::Display for Course {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Directed => "from one party to another",
            Self::Mutual => "of both parties",
        })
    }
}

impl fmt::Display for Frequency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::A => "each year",
            Self::S => "each half-year",
            Self::Q => "each quarter",
            Self::M => "each month",
            Self::W => "each week",
            Self::D => "each day",
            Self::B => "each business day",
        })
    }
}

impl fmt::Display for Concept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.key.fmt(f)
    }
}

/// By its letter.
impl fmt::Display for ObsStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// In words, as the list has them.
impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&names(self.codes.iter().map(|code| self.list.says(*code))))
    }
}

impl fmt::Display for RevisionKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::LateData => "late data",
            Self::Correction => "correction of an error",
            Self::NewMethod => "new method",
        })
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Coverage => "coverage or threshold",
            Self::System => "system or scope",
            Self::TimeOfRecording => "time of recording",
            Self::CounterpartAttribution => "counterpart attribution",
            Self::Valuation => "valuation or unit",
            Self::Classification => "classification",
            Self::Definition => "definition or duration",
            Self::Denominator => "denominator",
            Self::Confidentiality => "confidentiality",
            Self::RevisionPractice => "revision practice",
            Self::Estimation => "estimation",
            Self::ErrorOf(party) => return write!(f, "error of {party}"),
            Self::DoubleCounting => "double counting",
            Self::Unknown => "unknown",
        })
    }
}

impl fmt::Display for Nature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Systematic => "systematic",
            Self::Known => "known",
            Self::Irregular => "irregular",
        })
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Explained(_) => f.write_str("explained"),
            Self::Corrected => f.write_str("corrected"),
            Self::Agreed { value, .. } => write!(f, "settled by an agreed figure: {value}"),
            Self::Irreducible { reason } => write!(f, "irreducible: {reason}"),
        }
    }
}

impl fmt::Display for DiscrepancyStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Open => f.write_str("open"),
            Self::Answered { by } => write!(f, "answered by {}", names(by)),
            Self::AnsweredByAll => f.write_str("answered by all"),
            Self::Explained => f.write_str("explained"),
            Self::Corrected => f.write_str("corrected"),
            Self::AgreedFigure => f.write_str("settled by an agreed figure"),
            Self::Irreducible => f.write_str("irreducible"),
        }
    }
}

impl fmt::Display for NoSum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nothing => f.write_str("none has a value"),
            Self::MixedMajors => f.write_str("they are counted by versions that differ"),
            Self::Suppressed(figure) => write!(f, "figure {figure} is suppressed"),
            Self::NotShown(figure) => write!(f, "figure {figure} may not be seen by all"),
            Self::CountedTwice(one, other) => {
                write!(f, "figures {one} and {other} count something in common")
            }
            Self::Shares => f.write_str("they are shares, which do not add up"),
            Self::TooLarge => f.write_str("it is past the largest number"),
        }
    }
}

/// The sum, and what it covers.
impl fmt::Display for Sum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} of {}",
            self.value,
            counted(self.parts.len(), "figure")
        )?;
        if !self.without.is_empty() {
            let why = self
                .without
                .iter()
                .map(|(figure, why)| format!("{figure} ({why})"));
            write!(f, ", without {}", names(why))?;
        }
        if !self.includes.is_empty() {
            write!(f, ", which include {}", names(&self.includes))?;
        }
        Ok(())
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Agree { gap } => write!(f, "agree (gap {gap})"),
            Self::Differ { gap } => write!(f, "differ by {gap}"),
            Self::NotComparable => f.write_str("not comparable"),
            Self::OneSided => f.write_str("told by one side"),
            Self::NotShown => f.write_str("not shown"),
        }
    }
}
