//! The entries of a framework: its own, its areas', its bodies', and the agreements under it.

use travaux_domain::StreamId;

use super::{Entries, Entry, EntryId, WAITS_FOR};

impl Entries<'_> {
    /// Nothing where nobody knew of the framework.
    pub(super) fn add_framework(&mut self) -> Option<()> {
        let frameworks = self.sources.frameworks;
        let view = frameworks.framework_as_of(self.framework, self.at.asked())?;
        let stream = StreamId::Framework(self.framework);
        let (state, on) = (&view.state, self.at.on);
        // Until it is adopted, as it is proposed.
        let (number, latest) = state.latest()?;
        let (_, standing) = state.adopted().unwrap_or((number, latest));
        let terms = &standing.terms;
        let mut entry = Entry::new(stream, view.version);
        entry.say("title", terms.title.as_str());
        entry.word("nature", &terms.nature);
        entry.say("declaration", terms.declaration.title.as_str());
        entry.say("declared", terms.declaration.made.as_str());
        entry.list("declared_by", &terms.declaration.by);
        entry.list("parties", terms.parties.iter().map(|p| &p.id));
        entry.word("status", &state.status(on));
        entry.list(WAITS_FOR, state.waits_for());
        let announced = view.announced(on);
        let to_come = |one: &crate::Announced| format!("{}: {}", one.from, one.what);
        entry.list("announced", announced.iter().map(to_come));
        self.put(EntryId::whole(stream), entry);
        for (key, area) in &state.areas {
            let mut entry = Entry::new(stream, view.version);
            entry.say("title", area.title.as_str());
            if !area.is_open(on) {
                let closed = area.closed.is_some();
                entry.say("status", if closed { "closed" } else { "proposed" });
            }
            let scopes = area.scopes.iter().flat_map(|(words, _)| words.values());
            entry.list("scope", scopes);
            self.put(EntryId::part(stream, "area", key.clone()), entry);
        }
        for record in state.organs_on(on) {
            let organ = &record.organ;
            let mut entry = Entry::new(stream, view.version);
            entry.say("office", organ.who.office.as_str());
            entry.say("from", record.from);
            let key = format!("{}:{}", organ.who.party, organ.role);
            self.put(EntryId::part(stream, "organ", key.as_str()), entry);
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
