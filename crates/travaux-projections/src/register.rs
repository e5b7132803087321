//! The register: every agreement, in a line.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use travaux_domain::{
    AgreementId, Event, FrameworkId, Handle, Recorded, StreamId,
    agreement::{
        AgreementEvent, AgreementFacts, MachineEvent, Status, TextOn, relation::RelationAct,
    },
    framework::FrameworkEvent,
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
    /// The framework under which it stands: the first, where there are several.
    pub framework: Option<FrameworkId>,
    /// All under which it ever stood: by its own proposal, and by joining them.
    frameworks: Vec<Placement>,
    /// Its document's path, if it was imported: at its last revision.
    pub path: Option<String>,
    /// Earlier paths.
    pub earlier_paths: Vec<String>,
    /// How many revisions were proposed, the first text included.
    pub revisions: u32,
    /// How many were adopted.
    pub adopted: u32,
    /// The version of its stream.
    pub version: u64,
    /// When the log last learnt something of it.
    pub recorded_at: DateTime<Utc>,
    /// The same after each commit.
    counts: Vec<Count>,
    /// What its status follows from.
    #[serde(with = "as_json")]
    facts: AgreementFacts,
}

/// How much of an agreement was known at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Count {
    /// How many revisions were proposed, the first text included.
    pub revisions: u32,
    /// How many were adopted.
    pub adopted: u32,
    /// The version of its stream.
    pub version: u64,
    /// When the log last learnt something of it.
    pub recorded_at: DateTime<Utc>,
}

/// That an agreement stands under a framework, with when the log learnt of it, and of its release.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Placement {
    framework: FrameworkId,
    known: DateTime<Utc>,
    released: Option<DateTime<Utc>>,
}

/// All agreements.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Register {
    /// By identity.
    pub agreements: BTreeMap<AgreementId, RegisterEntry>,
    /// All handles that were ever given, and to what: also to frameworks and packages.
    pub handles: BTreeMap<Handle, StreamId>,
    /// Which agreements are related, whichever of the two says so.
    related: BTreeMap<AgreementId, BTreeSet<AgreementId>>,
}

impl Projection for Register {
    const NAME: &'static str = "register";
    const VERSION: u32 = 8;

    fn apply(&mut self, recorded: &Recorded) {
        if let Event::Naming(NamingEvent::HandleGiven { handle, to }) = &recorded.event {
            self.name(handle, *to);
        }
        if let (StreamId::Framework(framework), Event::Framework(event)) =
            (recorded.stream, &recorded.event)
        {
            self.place(framework, event, recorded.recorded_at);
        }
        let (StreamId::Agreement(id), Some(event)) = (recorded.stream, recorded.event.agreement())
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
                    frameworks: p
                        .framework
                        .iter()
                        .map(|id| Placement {
                            framework: *id,
                            known: recorded.recorded_at,
                            released: None,
                        })
                        .collect(),
                    path: p.provenance.as_ref().map(|p| p.path.clone()),
                    earlier_paths: Vec::new(),
                    revisions: 0,
                    adopted: 0,
                    version: recorded.version,
                    recorded_at: recorded.recorded_at,
                    counts: Vec::new(),
                    facts: AgreementFacts::default(),
                },
            );
        }
        if let AgreementEvent::Machine(MachineEvent::Relation(RelationAct::RelationRecorded {
            to,
            ..
        })) = event
        {
            self.related.entry(id).or_default().insert(*to);
            self.related.entry(*to).or_default().insert(id);
        }
        if let Some(entry) = self.agreements.get_mut(&id) {
            entry.take(event);
            entry.count(event, recorded);
            entry.facts.evolve(event, &recorded.context());
        }
    }
}

impl Register {
    /// The agreements to which one is related, by its own record or by theirs.
    pub fn related(&self, id: AgreementId) -> impl Iterator<Item = AgreementId> + '_ {
        self.related.get(&id).into_iter().flatten().copied()
    }

    /// An agreement comes under a framework, or is released from it.
    fn place(
        &mut self,
        framework: FrameworkId,
        event: &FrameworkEvent,
        recorded_at: DateTime<Utc>,
    ) {
        if let FrameworkEvent::AgreementJoined { agreement, .. }
        | FrameworkEvent::AgreementIncluded { agreement, .. } = event
            && let Some(entry) = self.agreements.get_mut(agreement)
        {
            entry.comes_under(framework, recorded_at);
        }
        if let FrameworkEvent::AgreementReleased { agreement, .. } = event
            && let Some(entry) = self.agreements.get_mut(agreement)
        {
            entry.is_released(framework, recorded_at);
        }
    }

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

    /// The same, with what makes up its text on that day.
    pub fn status_and_text(
        &self,
        on: NaiveDate,
        known_at: Option<DateTime<Utc>>,
    ) -> (Status, TextOn) {
        self.facts.status_and_text(on, known_at)
    }

    /// Whether the log knew of the agreement at a time.
    pub fn was_known_at(&self, at: DateTime<Utc>) -> bool {
        self.facts.identity().is_some_and(|i| i.recorded_at <= at)
    }

    /// How much was known of it at a time; now, if none. Absent where the log did not know of it.
    pub fn known(&self, at: Option<DateTime<Utc>>) -> Option<Count> {
        let counts = self.counts.iter().rev();
        let mut counts = counts.filter(|count| at.is_none_or(|at| count.recorded_at <= at));
        counts.next().copied()
    }

    /// All frameworks under which it stands, as known at a time.
    pub fn frameworks(
        &self,
        known_at: Option<DateTime<Utc>>,
    ) -> impl Iterator<Item = FrameworkId> + '_ {
        let all = self.frameworks.iter();
        all.filter(move |p| match known_at {
            Some(at) => p.known <= at && p.released.is_none_or(|released| released > at),
            None => p.released.is_none(),
        })
        .map(|p| p.framework)
    }

    fn comes_under(&mut self, framework: FrameworkId, known: DateTime<Utc>) {
        let mut standing = self.frameworks.iter().filter(|p| p.released.is_none());
        if standing.all(|p| p.framework != framework) {
            self.framework.get_or_insert(framework);
            self.frameworks.push(Placement {
                framework,
                known,
                released: None,
            });
        }
    }

    fn is_released(&mut self, framework: FrameworkId, at: DateTime<Utc>) {
        let standing = self.frameworks.iter_mut().rev();
        let mut standing = standing.filter(|p| p.released.is_none());
        if let Some(place) = standing.find(|p| p.framework == framework) {
            place.released = Some(at);
        }
        let mut standing = self.frameworks.iter().filter(|p| p.released.is_none());
        self.framework = standing.next().map(|p| p.framework);
    }

    /// One commit is known as a whole.
    fn count(&mut self, event: &AgreementEvent, recorded: &Recorded) {
        match event {
            AgreementEvent::AgreementProposed(_) | AgreementEvent::RevisionProposed(_) => {
                self.revisions += 1;
            }
            AgreementEvent::TextAdopted(_) => self.adopted += 1,
            _ => {}
        }
        self.version = recorded.version;
        self.recorded_at = recorded.recorded_at;
        self.counts
            .pop_if(|count| count.recorded_at == recorded.recorded_at);
        self.counts.push(Count {
            revisions: self.revisions,
            adopted: self.adopted,
            version: self.version,
            recorded_at: self.recorded_at,
        });
    }

    fn take(&mut self, event: &AgreementEvent) {
        if let AgreementEvent::RevisionProposed(p) = event
            && let Some(path) = p.draft.provenance.as_ref().map(|p| &p.path)
            && self.path.as_ref() != Some(path)
        {
            self.earlier_paths.extend(self.path.replace(path.clone()));
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
