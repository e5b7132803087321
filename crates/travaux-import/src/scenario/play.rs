//! A scenario played into an engine, step by step.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use travaux::{
    CommitRequest, FixedClock, PackageRevision, StreamCommand,
    blocking::Engine,
    domain::{
        Actor, AgreementId, FrameworkId, Handle, PackageId, StreamId,
        agreement::{AgreementCommand, AgreementEvent, RevisionDraft, force::ForceAct},
        framework::FrameworkCommand,
    },
};

use crate::{
    InputError,
    input::{Malformed, Provisions, read_input, read_operations},
};

use super::{Manifest, ReadFile, RevisionData, Scenario, ScenarioAct};

/// What a played scenario calls its things.
#[derive(Clone, Debug, Default)]
pub struct Cast {
    /// Agreements by key.
    pub agreements: BTreeMap<String, AgreementId>,
    /// Frameworks by key.
    pub frameworks: BTreeMap<String, FrameworkId>,
    /// Packages by key.
    pub packages: BTreeMap<String, PackageId>,
    /// What is of another kind, by key.
    pub others: BTreeMap<String, StreamId>,
}

/// Why a scenario could not be played.
#[derive(Debug, thiserror::Error)]
pub enum ScenarioError {
    /// It is not of the form.
    #[error(transparent)]
    Form(#[from] Malformed),
    /// A step failed.
    #[error("step {number} of the scenario: {source}")]
    Step {
        /// Which, from 1.
        number: usize,
        /// Why.
        source: Box<StepError>,
    },
}

/// Why a step of a scenario failed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StepError {
    /// A rule stands against it, or the engine failed.
    #[error(transparent)]
    Engine(#[from] travaux::Error),
    /// A file that it names cannot be used.
    #[error(transparent)]
    Input(#[from] InputError),
    /// It names what no step before it has made.
    #[error("nothing is called `{0}` at this step")]
    Unknown(String),
    /// It gives a name of the scenario's own that has been given.
    #[error("the key `{0}` is given already: give another, as it means one thing")]
    KeyGiven(String),
    /// It is to be recorded before the step before it.
    #[error(
        "it is to be recorded at {at}, before the step before it ({before}): steps stand in the order of time"
    )]
    TooEarly {
        /// When.
        at: DateTime<Utc>,
        /// When the step before it is.
        before: DateTime<Utc>,
    },
    /// Several are called by one key.
    #[error("several are called `{0}` at this step: say which, such as `agreement:{0}`")]
    Several(String),
    /// It begins something of a kind that there is not.
    #[error("`{0}` is no kind of stream: these are {kinds}", kinds = StreamId::PREFIXES.join(", "))]
    NoKind(String),
    /// Its event is none of the stream's.
    #[error("the event cannot be read: {0}")]
    Event(#[from] serde_json::Error),
    /// Its event has a field that nobody reads.
    #[error("the event has no field `{0}`")]
    Field(String),
    /// It records an act on the text, which has a step of its own.
    #[error("{0} is an act on the text: use its own step")]
    OnTheText(&'static str),
}

impl From<Malformed> for StepError {
    fn from(malformed: Malformed) -> Self {
        Self::Input(malformed.into())
    }
}

impl Scenario {
    /// Reads a scenario.
    ///
    /// # Errors
    /// [`ScenarioError::Form`] with what is not of the form.
    pub fn parse(json: &str) -> Result<Self, ScenarioError> {
        Ok(read_input("the scenario", json)?)
    }

    /// Plays it; the engine must run on `clock`, which is put forward to each step's time.
    ///
    /// # Errors
    /// [`ScenarioError`] at the first step that fails; those before it stay done. Where steps are not in
    /// the order of time nothing is done.
    pub fn play(
        &self,
        engine: &Engine,
        clock: &FixedClock,
        read: ReadFile<'_>,
    ) -> Result<Cast, ScenarioError> {
        self.in_order()?;
        let mut stage = Stage {
            engine,
            read,
            cast: Cast::default(),
            on: NaiveDate::MIN,
        };
        for (number, step) in (1..).zip(&self.steps) {
            clock.advance_to(step.at);
            stage.on = step.at.date_naive();
            let actor = Actor {
                party: step.party.clone(),
                person: step.office.as_deref().map(Into::into),
            };
            stage
                .act(&actor, &step.act)
                .map_err(|source| ScenarioError::Step {
                    number,
                    source: Box::new(source),
                })?;
        }
        Ok(stage.cast)
    }

    /// A clock goes forward only: a step that is dated before another would be recorded later than it says.
    fn in_order(&self) -> Result<(), ScenarioError> {
        let pairs = self.steps.iter().zip(self.steps.iter().skip(1));
        let early = (2..)
            .zip(pairs)
            .find(|(_, (before, step))| step.at < before.at);
        early.map_or(Ok(()), |(number, (before, step))| {
            let (at, before) = (step.at, before.at);
            let source = Box::new(StepError::TooEarly { at, before });
            Err(ScenarioError::Step { number, source })
        })
    }
}

pub(super) struct Stage<'a> {
    pub(super) engine: &'a Engine,
    read: ReadFile<'a>,
    pub(super) cast: Cast,
    /// The day of the step.
    on: NaiveDate,
}

/// What a key of the scenario means.
fn find<T: Copy>(known: &BTreeMap<String, T>, key: &str) -> Result<T, StepError> {
    let found = known.get(key).copied();
    found.ok_or_else(|| StepError::Unknown(key.to_owned()))
}

/// A key means what it was given to first.
pub(super) fn free<T>(known: &BTreeMap<String, T>, key: &str) -> Result<(), StepError> {
    match known.contains_key(key) {
        true => Err(StepError::KeyGiven(key.to_owned())),
        false => Ok(()),
    }
}

impl Stage<'_> {
    fn agreement(&self, key: &str) -> Result<AgreementId, StepError> {
        find(&self.cast.agreements, key)
    }

    fn revision(&self, agreement: &str, data: &RevisionData) -> Result<RevisionDraft, StepError> {
        let (id, name) = (self.agreement(agreement)?, &data.operations);
        let operations = read_operations(name, &(self.read)(name)?, || {
            let (record, register) = (self.engine.record(id)?, self.engine.register()?);
            let text = record.text_of(data.base).map_err(travaux::Error::from)?;
            let entry = register.agreements.get(&id);
            Ok::<_, StepError>(Provisions {
                text,
                lang: record.default_language(),
                handle: entry.and_then(|entry| entry.handle.clone()),
            })
        })?;
        Ok(RevisionDraft {
            nature: data.nature,
            title: Some(data.title.clone()),
            effective_from: data.effective_from,
            counters: data.counters,
            ..RevisionDraft::new(data.base, operations)
        })
    }

    fn one(
        &self,
        agreement: &str,
        actor: &Actor,
        command: AgreementCommand,
    ) -> Result<(), StepError> {
        self.engine
            .act(self.agreement(agreement)?, actor, [command])?;
        Ok(())
    }

    fn act(&mut self, actor: &Actor, act: &ScenarioAct) -> Result<(), StepError> {
        match act {
            ScenarioAct::Begin {
                key,
                kind,
                handle,
                event,
                with,
            } => self.begin_any(actor, (key, kind), handle.as_ref(), event, with),
            ScenarioAct::Act(acts) => self.act_on_any(actor, acts),
            ScenarioAct::FoundFramework {
                key,
                handle,
                consenting,
                foundation,
            } => {
                free(&self.cast.frameworks, key)?;
                let id = self.engine.new_framework_id();
                let on = self.on;
                let commands = [
                    FrameworkCommand::FrameworkProposed {
                        on,
                        terms: foundation.clone().into(),
                    },
                    FrameworkCommand::FrameworkAdopted {
                        on,
                        effect: None,
                        revision: 1,
                        consenting: consenting.clone(),
                    },
                ];
                let acts = commands.map(|command| StreamCommand::Framework(id, command));
                let acts = Vec::from(acts);
                self.begin(actor, acts, handle.as_ref(), StreamId::Framework(id))?;
                self.cast.frameworks.insert(key.clone(), id);
                Ok(())
            }
            ScenarioAct::EstablishBody { framework, body } => {
                let id = find(&self.cast.frameworks, framework)?;
                let mut body = body.clone();
                body.consenting.get_or_insert_default();
                let command = FrameworkCommand::BodyEstablished(body.into());
                self.engine.act_on_framework(id, actor, command)?;
                Ok(())
            }
            ScenarioAct::AdoptRoadmap { framework, roadmap } => {
                let id = find(&self.cast.frameworks, framework)?;
                let mut roadmap = roadmap.clone();
                roadmap.consenting.get_or_insert_default();
                let command = FrameworkCommand::RoadmapAdopted(roadmap.into());
                self.engine.act_on_framework(id, actor, command)?;
                Ok(())
            }
            ScenarioAct::Propose {
                key,
                under,
                manifest,
            } => self.propose(actor, key, under.as_ref(), manifest),
            ScenarioAct::Revise {
                agreement,
                revision,
            } => {
                let proposal = self.revision(agreement, revision)?;
                self.one(
                    agreement,
                    actor,
                    AgreementCommand::ProposeRevision(Box::new(proposal)),
                )
            }
            ScenarioAct::Accept {
                agreement,
                revision,
            } => self.one(
                agreement,
                actor,
                AgreementCommand::AcceptRevision {
                    revision: *revision,
                },
            ),
            ScenarioAct::Reject {
                agreement,
                revision,
                reason,
            } => {
                let command = AgreementCommand::RejectRevision {
                    revision: *revision,
                    reason: reason.clone(),
                };
                self.one(agreement, actor, command)
            }
            ScenarioAct::Withdraw {
                agreement,
                revision,
                reason,
            } => {
                let command = AgreementCommand::WithdrawRevision {
                    revision: *revision,
                    reason: reason.clone(),
                };
                self.one(agreement, actor, command)
            }
            ScenarioAct::Adopt {
                agreement,
                revision,
                effective_from,
            } => {
                let (revision, effective_from) = (*revision, *effective_from);
                let command = AgreementCommand::AdoptText {
                    revision,
                    effective_from,
                    package: None,
                    elsewhere: None,
                };
                self.one(agreement, actor, command)
            }
            ScenarioAct::Authenticate {
                agreement,
                method,
                parties,
            } => {
                let command = AgreementCommand::AuthenticateText {
                    method: method.clone(),
                    parties: parties.clone(),
                };
                self.one(agreement, actor, command)
            }
            ScenarioAct::EnterIntoForce {
                agreement,
                on,
                basis,
                consenting,
            } => self.one(
                agreement,
                actor,
                ForceAct::EnteredIntoForce {
                    on: Some(*on),
                    basis: basis.clone(),
                    consenting: consenting.clone(),
                    trace: Vec::new(),
                }
                .into(),
            ),
            ScenarioAct::Record { agreement, act } => match &**act {
                AgreementEvent::Machine(act) => {
                    self.one(agreement, actor, AgreementCommand::Machine(act.clone()))
                }
                other => Err(StepError::OnTheText(other.type_name())),
            },
            ScenarioAct::ProposePackage {
                key,
                handle,
                framework,
                title,
                revisions,
            } => {
                free(&self.cast.packages, key)?;
                let framework = framework
                    .as_ref()
                    .map(|key| find(&self.cast.frameworks, key))
                    .transpose()?;
                let revisions: Result<Vec<_>, StepError> = revisions
                    .iter()
                    .map(|(key, data)| {
                        Ok(PackageRevision {
                            agreement: self.agreement(key)?,
                            revision: self.revision(key, data)?,
                        })
                    })
                    .collect();
                let id = self.engine.new_package_id();
                let acts = self.engine.package_acts(id, title, framework, revisions?)?;
                self.begin(actor, acts, handle.as_ref(), StreamId::Package(id))?;
                self.cast.packages.insert(key.clone(), id);
                Ok(())
            }
            ScenarioAct::AcceptPackage { package } => {
                let package = find(&self.cast.packages, package)?;
                self.engine.accept_package(package, actor)?;
                Ok(())
            }
            ScenarioAct::AdoptPackage { package } => {
                let package = find(&self.cast.packages, package)?;
                self.engine.adopt_package(package, actor, None)?;
                Ok(())
            }
        }
    }

    /// Does what begins `stream`, which gets this handle, or one made from its title.
    pub(super) fn begin(
        &self,
        actor: &Actor,
        mut acts: Vec<StreamCommand>,
        handle: Option<&Handle>,
        stream: StreamId,
    ) -> Result<(), StepError> {
        acts.extend(handle.map(|handle| handle.clone().give(stream)));
        let request = CommitRequest::new(actor.clone(), acts).with_handles();
        self.engine.commit_request(&request)?;
        Ok(())
    }

    fn propose(
        &mut self,
        actor: &Actor,
        key: &str,
        under: Option<&(String, String)>,
        file: &str,
    ) -> Result<(), StepError> {
        free(&self.cast.agreements, key)?;
        let manifest: Manifest = read_input(file, &(self.read)(file)?)?;
        let under = under
            .map(|(key, area)| find(&self.cast.frameworks, key).map(|id| (id, area.clone())))
            .transpose()?;
        let amends = manifest.amends.as_deref();
        let amends = amends.map(|key| self.agreement(key)).transpose()?;
        let framework = under.as_ref().map(|(id, _)| *id);
        let proposal = manifest.proposal(self.read, framework, amends)?;
        let id = self.engine.new_agreement_id();
        let mut acts = vec![StreamCommand::Agreement(
            id,
            AgreementCommand::Propose(Box::new(proposal)),
        )];
        if let Some((framework, area)) = under {
            acts.push(StreamCommand::Framework(
                framework,
                FrameworkCommand::AgreementJoined {
                    agreement: id,
                    area: area.into(),
                },
            ));
        }
        let handle = manifest.handle.as_ref();
        self.begin(actor, acts, handle, StreamId::Agreement(id))?;
        self.cast.agreements.insert(key.to_owned(), id);
        Ok(())
    }
}
