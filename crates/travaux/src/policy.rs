//! When snapshots are taken.

use travaux_domain::AgreementId;

use crate::{Views, blocking::Engine, records::Held};

/// When the engine saves snapshots by itself, beside those that are asked for. One that cannot be written is left for the next time:
/// losing it costs time, nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SnapshotPolicy {
    /// The views, when they have seen so many events since they were last saved; 0 for never.
    pub views_every: u64,
    /// The record of an agreement that is acted on or asked for, when so many events were added to it; 0 for never.
    pub records_every: u64,
}

impl Default for SnapshotPolicy {
    fn default() -> Self {
        Self {
            views_every: 10_000,
            records_every: 1_000,
        }
    }
}

impl Engine {
    pub(crate) fn save_views_when_due(&self, views: &mut Views) {
        if views.is_due(self.policy.views_every) {
            drop(views.save(&*self.store, &*self.snapshots));
        }
    }

    pub(crate) fn save_record_when_due(&self, id: AgreementId, held: &mut Held<'_>) {
        if held.is_due(self.policy.records_every) {
            drop(self.records.save_held(id, held));
        }
    }
}
