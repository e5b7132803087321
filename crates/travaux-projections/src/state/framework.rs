//! The entries of a framework: its own, its areas', its bodies', and the agreements under it.

use travaux_domain::StreamId;

use super::{Entries, Entry, EntryId};

impl Entries<'_> {
    /// Nothing where nobody knew of the framework.
    pub(super) fn add_framework(&mut self) -> Option<()> {
        let frameworks = self.sources.frameworks;
        let view = frameworks.framework(self.framework, self.at.known_at)?;
        let stream = StreamId::Framework(self.framework);
        let foundation = view.state.foundation.as_deref()?;
        let mut entry = Entry::new(stream, view.version);
        entry.say("title", foundation.title.as_str());
        entry.say("declaration", foundation.declaration.title.as_str());
        entry.say("declared", foundation.declaration.made.as_str());
        entry.list("declared_by", &foundation.declaration.by);
        entry.list("parties", foundation.parties.iter().map(|p| &p.id));
        self.put(EntryId::whole(stream), entry);
        for area in &foundation.areas {
            let mut entry = Entry::new(stream, view.version);
            entry.say("title", area.title.as_str());
            self.put(EntryId::part(stream, "area", area.key.clone()), entry);
        }
        for (agreement, area) in &view.state.agreements {
            if let Some((id, mut entry)) = self.agreement(*agreement) {
                entry.say("area", area.as_str());
                self.put(id, entry);
            }
        }
        self.add_packages(&view.packages);
        Some(())
    }
}
