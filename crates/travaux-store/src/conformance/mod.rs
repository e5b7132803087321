//! What every store must do, as tests that every store runs.
//!
//! ```text
//! travaux_store::conformance_suite!(|| Opened { store, reopen });
//! ```

mod appending;
mod attachments;
mod following;
mod reading;

use std::sync::Arc;

use chrono::DateTime;
use uuid::Uuid;

pub use self::{appending::*, attachments::*, following::*, reading::*};
use crate::{
    Commit, CommitId, EnvelopeActor, EventStore, Expected, Guard, NewEvent, Nonce, Read, read_all,
};

/// Opens the same store again, for stores that outlive a process.
pub type Reopen = Box<dyn FnOnce(Arc<dyn EventStore>) -> Arc<dyn EventStore>>;

/// A fresh store, and a way to close and open it again if it outlives a process.
#[allow(missing_debug_implementations)]
pub struct Opened {
    /// The store, empty.
    pub store: Arc<dyn EventStore>,
    /// Closes it and opens it again.
    pub reopen: Option<Reopen>,
}

/// Runs every test of the suite against the store that `$open` opens.
#[macro_export]
macro_rules! conformance_suite {
    ($open:expr) => {
        $crate::conformance_suite!(@ $open,
            positions_and_versions_are_gapless, several_streams_are_written_as_one, expectations_are_kept,
            read_guards_are_kept, a_conflict_appends_nothing, the_same_commit_is_answered_as_before,
            another_commit_under_the_same_id_is_refused, malformed_commits_are_refused, records_have_a_limit,
            concurrent_writers_never_both_win, many_writers_get_each_its_own_answer, pages_forward_and_backward, streams_forward_and_backward, types_are_filtered,
            a_scan_gives_everything_in_order, a_type_is_found_without_the_envelope, what_was_written_is_verified, records_are_the_exact_bytes, attachments_are_kept_once, missing_attachments_are_refused,
            recorded_times_never_go_back, the_tail_has_no_gap_and_no_duplicate, what_was_appended_survives_reopening
        );
    };
    (@ $open:expr, $($name:ident),*) => {
        $(#[test]
        fn $name() {
            $crate::conformance::$name($open());
        })*
    };
}

/// An event of type `kind` for `stream`.
pub fn event(stream: &str, kind: &str, payload: &str) -> NewEvent {
    NewEvent {
        stream: stream.into(),
        id: Uuid::from_u128(1),
        nonce: Nonce([7; 16]),
        kind: kind.into(),
        schema: 1,
        payload: payload.into(),
        attachments: Vec::new(),
    }
}

/// A commit of `events` under `id`.
pub fn commit(id: u128, events: Vec<NewEvent>) -> Commit {
    Commit {
        id: CommitId(Uuid::from_u128(id)),
        recorded_at: DateTime::UNIX_EPOCH,
        actor: EnvelopeActor {
            party: "FR".into(),
            person: None,
        },
        correlation: Uuid::from_u128(id),
        causation: None,
        guards: Vec::new(),
        events,
        attachments: Vec::new(),
    }
}

/// The same with an expectation.
pub(crate) fn expecting(mut commit: Commit, stream: &str, expected: Expected) -> Commit {
    commit.guards.push(Guard {
        stream: stream.into(),
        expected,
    });
    commit
}

/// `stream@version type` of everything that `read` finds.
pub(crate) fn found(store: &dyn EventStore, read: Read) -> Vec<String> {
    read_all(store, read)
        .map(|record| {
            let record = record.expect("it is read");
            let e = record.envelope().expect("it is an envelope");
            format!("{} {}@{} {}", e.position, e.stream, e.version, e.kind)
        })
        .collect()
}
