//! The register: every agreement, in a line.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use travaux_domain::{
    AgreementId, Event, FrameworkId, Handle, Recorded, StreamId,
    agreement::{AgreementEvent, AgreementFacts, Status},
    handle::NamingEvent,
};
use travaux_text::Lang;

use crate::Projection;

/// An agreement in the register.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegisterEntry {
    /// Its title.
    pub title: String,
    /// What people call it: its first handle, if it has one.
    pub handle: Option<Handle>,
    /// Its name in the field.
    pub kind: String,
    /// The rules that apply to it.
    pub profile: String,
    /// Its parties' short names.
    pub parties: Vec<String>,
    /// The languages in which it is to be authentic.
    pub languages: Vec<Lang>,
    /// The framework under which it stands.
    pub framework: Option<FrameworkId>,
    /// Its document's path, if it was imported: at its last revision.
    pub path: Option<String>,
    /// Earlier paths.
    pub earlier_paths: Vec<String>,
    /// How many revisions were proposed, the first text included.
    pub revisions: u32,
    /// How many were adopted.
    pub adopted: u32,
    /// What its status follows from.
    #[serde(with = "as_json")]
    facts: AgreementFacts,
    /// The version of its stream.
    pub version: u64,
    /// When the log last learnt something of it.
    pub recorded_at: DateTime<Utc>,
}

/// All agreements.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Register {
    /// By identity.
    pub agreements: BTreeMap<AgreementId, RegisterEntry>,
    /// All handles that were ever given, and to what: also to frameworks and packages.
    pub handles: BTreeMap<Handle, StreamId>,
}

impl Projection for Register {
    const NAME: &'static str = "register";
    const VERSION: u32 = 3;

    fn apply(&mut self, recorded: &Recorded) {
        if let Event::Naming(NamingEvent::HandleGiven { handle, to }) = &recorded.event {
            self.name(handle, *to);
        }
        let (StreamId::Agreement(id), Event::Agreement(event)) = (recorded.stream, &recorded.event)
        else {
            return;
        };
        if let AgreementEvent::AgreementProposed(p) = event {
            self.agreements.insert(
                id,
                RegisterEntry {
                    title: p.title.clone(),
                    handle: None,
                    kind: p.kind.clone(),
                    profile: p.profile.name.clone(),
                    parties: p.parties.iter().map(|p| p.id.to_string()).collect(),
                    languages: p.languages.clone(),
                    framework: p.framework,
                    path: p.provenance.as_ref().map(|p| p.path.clone()),
                    earlier_paths: Vec::new(),
                    revisions: 1,
                    adopted: 0,
                    facts: AgreementFacts::default(),
                    version: recorded.version,
                    recorded_at: recorded.recorded_at,
                },
            );
        }
        if let Some(entry) = self.agreements.get_mut(&id) {
            entry.take(event);
            entry.facts.evolve(event, &recorded.context());
            entry.version = recorded.version;
            entry.recorded_at = recorded.recorded_at;
        }
    }
}

impl Register {
    fn name(&mut self, handle: &Handle, to: StreamId) {
        self.handles.insert(handle.clone(), to);
        if let StreamId::Agreement(id) = to
            && let Some(entry) = self.agreements.get_mut(&id)
        {
            entry.handle.get_or_insert_with(|| handle.clone());
        }
    }
}

impl RegisterEntry {
    /// Where the agreement stands on a date, as known at a time; as known now, if none. What the agreement itself says of it.
    pub fn status(&self, on: NaiveDate, known_at: Option<DateTime<Utc>>) -> Status {
        self.facts.status(on, known_at)
    }

    /// Whether the log knew of the agreement at a time.
    pub fn was_known_at(&self, at: DateTime<Utc>) -> bool {
        self.facts.identity().is_some_and(|i| i.recorded_at <= at)
    }

    fn take(&mut self, event: &AgreementEvent) {
        match event {
            AgreementEvent::RevisionProposed(p) => {
                self.revisions += 1;
                if let Some(path) = p
                    .draft
                    .provenance
                    .as_ref()
                    .map(|p| &p.path)
                    .filter(|path| self.path.as_ref() != Some(path))
                {
                    self.earlier_paths.extend(self.path.replace(path.clone()));
                }
            }
            AgreementEvent::TextAdopted(_) => self.adopted += 1,
            _ => {}
        }
    }
}

/// Facts as JSON in a string: acts leave fields out that say nothing, which a format without names cannot read back.
mod as_json {
    use std::borrow::Cow;

    use serde::{Deserialize as _, Deserializer, Serializer, de, ser};
    use travaux_domain::agreement::AgreementFacts;

    pub(super) fn serialize<S: Serializer>(
        facts: &AgreementFacts,
        s: S,
    ) -> Result<S::Ok, S::Error> {
        s.serialize_str(&serde_json::to_string(facts).map_err(ser::Error::custom)?)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(d: D) -> Result<AgreementFacts, D::Error> {
        let json = Cow::<str>::deserialize(d)?;
        serde_json::from_str(&json).map_err(de::Error::custom)
    }
}
