//! The entries of the packages under a framework.

use travaux_domain::{Name, PackageId, StreamId, package::PackageStatus};

use super::{Entries, Entry, EntryId, WAITS_FOR};

impl Entries<'_> {
    pub(super) fn add_packages(&mut self, under: &[PackageId]) {
        for id in under {
            if let Some((id, entry)) = self.package(*id) {
                self.put(id, entry);
            }
        }
    }

    fn package(&self, id: PackageId) -> Option<(EntryId, Entry)> {
        let stream = StreamId::Package(id);
        let view = self.sources.frameworks.package(id, self.at.asked())?;
        let proposal = view.state.proposal.as_ref()?;
        let mut entry = Entry::new(stream, view.version);
        entry.say("title", proposal.title.as_str());
        entry.list("parties", &proposal.parties);
        let items = proposal.items.iter();
        entry.list(
            "revisions",
            items.map(|item| format!("{}/{}", item.agreement, item.revision)),
        );
        let status = match view.state.status() {
            PackageStatus::Absent => return None,
            PackageStatus::Open { accepted, missing } => {
                entry.list("accepted", accepted);
                entry.list(WAITS_FOR, missing);
                "open"
            }
            PackageStatus::Rejected { by, reason } => {
                entry.say("rejected_by", &*by.to_string());
                entry.say_some("reason", reason.as_deref());
                "rejected"
            }
            PackageStatus::Withdrawn { reason } => {
                entry.say_some("reason", reason.as_deref());
                "withdrawn"
            }
            PackageStatus::Accepted => "accepted",
            PackageStatus::Adopted => "adopted",
            PackageStatus::Split { into } => {
                entry.list("split_into", into.into_iter().map(Name::of));
                "split"
            }
        };
        if let Some(round) = &view.state.round {
            entry.say("mandate", &round.opening.mandate);
            entry.say("opened", round.opening.on);
            let members = round.members.values();
            let members = members.map(|m| format!("{}: {}", m.agreement, m.state()));
            entry.list("members", members);
        }
        entry.say("status", status);
        Some((EntryId::whole(stream), entry))
    }
}
