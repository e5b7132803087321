//! The entry of an agreement under a framework.

use chrono::NaiveDate;
use travaux_domain::{AgreementId, Name, Revision, StreamId, agreement::ForceState};

use super::{Entries, Entry, EntryId};

impl Entries<'_> {
    /// An agreement, in an area. It is absent where the log did not know of it yet.
    pub(super) fn agreement(&self, id: AgreementId) -> Option<(EntryId, Entry)> {
        let stream = StreamId::Agreement(id);
        let line = self.sources.register.agreements.get(&id)?;
        let known = line.known(self.at.known_at)?;
        let (status, text) = line.status_and_text(self.at.on, self.at.known_at);
        let mut entry = Entry::new(stream, known.version);
        entry.say("title", line.title.as_str());
        entry.say("kind", line.kind.as_str());
        entry.list("parties", &line.parties);
        entry.word("text", &status.text.state);
        entry.say_some("text_since", status.text.since);
        entry.list("applied", text.applied.iter().map(Name::of));
        let to_come = |(revision, from): &(Revision, NaiveDate)| format!("{revision} from {from}");
        entry.list("pending", text.pending.iter().map(to_come));
        let (state, since) = match status.force.state {
            ForceState::NotInForce => ("not_in_force", None),
            ForceState::NotForeseen => ("not_foreseen", None),
            ForceState::ToBeInForce { from } => ("to_be_in_force", Some(from)),
            ForceState::Provisional { since, .. } => ("provisional", Some(since)),
            ForceState::InForce { since } => ("in_force", Some(since)),
            ForceState::Suspended { since, .. } => ("suspended", Some(since)),
            ForceState::Void { stated_on } => ("void", Some(stated_on)),
            ForceState::Ended { on, .. } => ("ended", Some(on)),
            ForceState::Never => ("never", None),
        };
        entry.say("force", state);
        entry.say_some("force_since", since);
        entry.say_some("ends_on", status.force.ends_on);
        entry.list("remains", &status.remains);
        Some((EntryId::whole(stream), entry))
    }
}
