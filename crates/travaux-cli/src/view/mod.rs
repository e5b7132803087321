//! What commands say: what was done, what was found, what went wrong. The types that are written as JSON are all here.

mod audit;
mod bodies;
mod committed;
mod composites;
mod contract;
mod declarations;
mod discrepancies;
mod exchanges;
mod failure;
mod figures;
mod frameworks;
mod indicators;
mod listed;
mod meeting_parts;
mod meetings;
pub(crate) mod page;
mod procedures;
mod requests;
mod roadmaps;
pub(crate) mod state;
mod store;
mod text;
mod timeline;
mod types;
mod usage;
mod wire;

pub(crate) use audit::Audited;
pub(crate) use bodies::{ListedBody, ShownBody, ShownCompetent};
pub(crate) use committed::done;
pub(crate) use composites::*;
pub(crate) use contract::page as contract;
#[cfg(test)]
pub(crate) use contract::{ANSWERS, WITHOUT};
pub(crate) use declarations::ShownDeclaration;
pub(crate) use discrepancies::ListedDiscrepancy;
pub(crate) use exchanges::{ListedExchange, ShownExchange};
pub(crate) use failure::{report, report_usage};
pub(crate) use figures::{ComparedFigures, ListedFigure, MessageWritten, Reader, ShownFigure};
pub(crate) use frameworks::{FrameworkStanding, ListedCitation, ListedOrgan, ScopedArea};
pub(crate) use indicators::{ListedIndicator, ShownIndicator};
#[cfg(test)]
pub(crate) use listed::states_of_agreements;
pub(crate) use listed::{ListedAgreement, ListedHandle, called, in_brackets};
pub(crate) use meetings::{ListedMeeting, ShownItem, ShownMeeting, Traced, TracedItem};
pub(crate) use procedures::{ListedCase, ListedProcedure, ShownCase, ShownCounts, ShownProcedure};
pub(crate) use requests::{ListedRequest, PublishedCell, PublishedRequests, ShownRequest};
pub(crate) use roadmaps::{ListedAction, ListedRoadmap, ShownAction, ShownRoadmap};
pub(crate) use state::{ShownDiff, StateDocument};
pub(crate) use store::*;
pub(crate) use text::*;
pub(crate) use timeline::{
    Happened, in_words, timeline, timeline_of_several, timeline_with_handles,
};

/// So many of something, in words: `1 revision`, `2 revisions`.
pub(crate) fn counted(count: impl TryInto<u64>, what: &str) -> String {
    match count.try_into().unwrap_or(u64::MAX) {
        1 => format!("1 {what}"),
        count => format!("{count} {what}s"),
    }
}

/// A time as people read it; the last moment of a day is what a date was taken for.
pub(crate) fn instant(at: chrono::DateTime<chrono::Utc>) -> String {
    let after = at.checked_add_signed(chrono::TimeDelta::nanoseconds(1));
    if after.is_some_and(|after| after.date_naive() > at.date_naive()) {
        return format!("the end of {}", at.date_naive());
    }
    at.to_rfc3339_opts(chrono::SecondsFormat::AutoSi, true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_no_plural() {
        for (count, says) in [(0_i64, "0 events"), (1, "1 event"), (2, "2 events")] {
            assert_eq!(counted(count, "event"), says);
        }
        assert_eq!(counted(u64::MAX, "event"), format!("{} events", u64::MAX));
    }

    #[test]
    fn the_last_moment_of_a_day_is_its_end() {
        for (at, says) in [
            ("2024-12-31T23:59:59.999999999Z", "the end of 2024-12-31"),
            (
                "2024-12-31T23:59:59.999999998Z",
                "2024-12-31T23:59:59.999999998Z",
            ),
            ("2024-12-31T23:59:59Z", "2024-12-31T23:59:59Z"),
            ("2025-01-01T00:00:00Z", "2025-01-01T00:00:00Z"),
            ("2025-01-01T12:00:00.250Z", "2025-01-01T12:00:00.250Z"),
        ] {
            assert_eq!(instant(at.parse().expect("a time")), says);
        }
        let last = chrono::DateTime::<chrono::Utc>::MAX_UTC;
        assert!(
            instant(last).starts_with("+262142-12-31T23:59:59"),
            "{}",
            instant(last)
        );
    }
}
