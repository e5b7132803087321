//! Scenarios: a negotiation written down as data, played into an engine.
//!
//! A scenario is a JSON document with steps; each says when, by whom, and what: one key that names the act. Texts and
//! operations are files beside it. `examples/founding/` is one to read.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde::Deserialize;
use travaux::{
    FixedClock, PackageRevision,
    blocking::Engine,
    domain::{
        Actor, AgreementId, FrameworkId, PackageId, Party, PartyId, Profile, ProfileFile, Revision,
        agreement::force::ForceAct,
        agreement::{AgreementCommand, AgreementEvent, Nature, Proposal, RevisionDraft},
        clause::FinalClause,
        framework::{Body, Foundation, FrameworkCommand, Roadmap},
    },
};
use travaux_text::{Format, Lang, Localized, Operation};

use crate::{
    InputError,
    input::{Malformed, read_input},
};

/// Reads a file beside the scenario.
pub type ReadFile<'a> = &'a dyn Fn(&str) -> Result<String, InputError>;

/// A scenario.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    /// What it is called.
    pub title: String,
    /// What happens, in order of time.
    pub steps: Vec<Step>,
}

/// One act.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// When it is recorded.
    pub at: DateTime<Utc>,
    /// For which party.
    pub party: PartyId,
    /// By which office.
    #[serde(default)]
    pub office: Option<String>,
    /// What is done.
    #[serde(rename = "do")]
    pub act: ScenarioAct,
}

/// What is done. Agreements, frameworks and packages go by keys of the scenario's own.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum ScenarioAct {
    /// Found a framework.
    FoundFramework {
        /// Its key.
        key: String,
        /// The foundation.
        foundation: Foundation,
    },
    /// StreamCommand on one of the machines beside the text: one key that names the event, with its payload.
    Record {
        /// The agreement.
        agreement: String,
        /// The act.
        act: Box<AgreementEvent>,
    },
    /// Set up a body.
    EstablishBody {
        /// The framework.
        framework: String,
        /// The body.
        body: Body,
    },
    /// Adopt a roadmap.
    AdoptRoadmap {
        /// The framework.
        framework: String,
        /// The roadmap.
        roadmap: Roadmap,
    },
    /// Propose an agreement, and bring it under a framework.
    Propose {
        /// Its key.
        key: String,
        /// The framework and the area.
        #[serde(default)]
        under: Option<(String, String)>,
        /// The manifest, a file.
        manifest: String,
    },
    /// Propose a revision.
    Revise {
        /// The agreement.
        agreement: String,
        /// The revision.
        revision: RevisionData,
    },
    /// Accept a revision.
    Accept {
        /// The agreement.
        agreement: String,
        /// Which.
        revision: Revision,
    },
    /// Reject a revision.
    Reject {
        /// The agreement.
        agreement: String,
        /// Which.
        revision: Revision,
        /// Why.
        reason: Option<String>,
    },
    /// Withdraw a revision.
    Withdraw {
        /// The agreement.
        agreement: String,
        /// Which.
        revision: Revision,
        /// Why.
        reason: Option<String>,
    },
    /// Adopt a text.
    Adopt {
        /// The agreement.
        agreement: String,
        /// The revision.
        revision: Revision,
        /// From when it applies.
        #[serde(default)]
        effective_from: Option<NaiveDate>,
    },
    /// Authenticate a text.
    Authenticate {
        /// The agreement.
        agreement: String,
        /// How.
        method: String,
        /// The parties.
        parties: Vec<PartyId>,
    },
    /// Enter into force.
    EnterIntoForce {
        /// The agreement.
        agreement: String,
        /// From when.
        on: NaiveDate,
        /// On what ground.
        basis: String,
    },
    /// Propose a package.
    ProposePackage {
        /// Its key.
        key: String,
        /// The framework.
        framework: Option<String>,
        /// What it is called.
        title: String,
        /// Its revisions, by agreement.
        revisions: Vec<(String, RevisionData)>,
    },
    /// Accept a package.
    AcceptPackage {
        /// Which.
        package: String,
    },
    /// Adopt a package.
    AdoptPackage {
        /// Which.
        package: String,
    },
}

/// A revision in a scenario.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RevisionData {
    /// What it is called.
    pub title: String,
    /// What it is.
    pub nature: Nature,
    /// The revision against which it is drawn up.
    pub base: Revision,
    /// From when it is to apply.
    #[serde(default)]
    pub effective_from: Option<NaiveDate>,
    /// The revision to which it is the counter-proposal.
    #[serde(default)]
    pub counters: Option<Revision>,
    /// The operations, a file.
    pub operations: String,
}

/// A proposal as a file: what `travaux propose` reads.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// Its title.
    pub title: String,
    /// Its name in the field.
    pub kind: String,
    /// The name of its rule profile, or a file that describes one (`*.json`).
    pub profile: String,
    /// Its parties.
    pub parties: Vec<Party>,
    /// The authentic languages.
    pub languages: Vec<Lang>,
    /// Languages for reading only.
    #[serde(default)]
    pub translations: Vec<Lang>,
    /// The format of the texts.
    #[serde(default = "markdown")]
    pub format: Format,
    /// The text of each language, a file.
    pub texts: Localized<String>,
    /// What the text itself provides about its conclusion, force, change and end.
    #[serde(default)]
    pub final_clauses: Vec<FinalClause>,
    /// The agreement that it amends, by its id.
    #[serde(default)]
    pub amends: Option<AgreementId>,
}

/// The profile that a file describes.
///
/// # Errors
/// [`InputError`] with what is wrong with it.
pub fn read_profile(name: &str, json: &str) -> Result<Profile, InputError> {
    let file: ProfileFile = read_input(name, json)?;
    Ok(Profile::from_file(&file)?)
}

fn markdown() -> Format {
    Format::Markdown
}

impl Manifest {
    /// The proposal, with its texts read.
    ///
    /// # Errors
    /// [`InputError`] where the profile or a file is not there, or not of its form.
    pub fn proposal(
        &self,
        read: ReadFile<'_>,
        framework: Option<FrameworkId>,
    ) -> Result<Proposal, InputError> {
        let profile = match self.profile.strip_suffix(".json") {
            Some(_) => read_profile(&self.profile, &read(&self.profile)?)?,
            None => Profile::named(&self.profile).ok_or_else(|| InputError::UnknownProfile {
                name: self.profile.clone(),
                known: Profile::all().into_iter().map(|p| p.name).collect(),
            })?,
        };
        let texts: Result<Localized<String>, InputError> = self
            .texts
            .iter()
            .map(|(lang, file)| Ok((*lang, read(file)?)))
            .collect();
        Ok(Proposal {
            title: self.title.clone(),
            kind: self.kind.clone(),
            profile,
            parties: self.parties.clone(),
            languages: self.languages.clone(),
            translations: self.translations.clone(),
            format: self.format,
            texts: texts?,
            final_clauses: self.final_clauses.clone(),
            amends: self.amends,
            framework,
            provenance: None,
        })
    }
}

/// What a played scenario calls its things.
#[derive(Clone, Debug, Default)]
pub struct Cast {
    /// Agreements by key.
    pub agreements: BTreeMap<String, AgreementId>,
    /// Frameworks by key.
    pub frameworks: BTreeMap<String, FrameworkId>,
    /// Packages by key.
    pub packages: BTreeMap<String, PackageId>,
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
    /// It records an act on the text, which has a step of its own.
    #[error("{0} is an act on the text: use its own step")]
    OnTheText(&'static str),
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
    /// [`ScenarioError`] at the first step that fails; those before it stay done.
    pub fn play(
        &self,
        engine: &Engine,
        clock: &FixedClock,
        read: ReadFile<'_>,
    ) -> Result<Cast, ScenarioError> {
        let mut stage = Stage {
            engine,
            read,
            cast: Cast::default(),
        };
        for (number, step) in (1..).zip(&self.steps) {
            clock.advance_to(step.at);
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
}

struct Stage<'a> {
    engine: &'a Engine,
    read: ReadFile<'a>,
    cast: Cast,
}

fn find<T: Copy>(known: &BTreeMap<String, T>, key: &str) -> Result<T, StepError> {
    let found = known.get(key).copied();
    found.ok_or_else(|| StepError::Unknown(key.to_owned()))
}

impl Stage<'_> {
    fn agreement(&self, key: &str) -> Result<AgreementId, StepError> {
        find(&self.cast.agreements, key)
    }

    fn revision(&self, data: &RevisionData) -> Result<RevisionDraft, StepError> {
        let name = &data.operations;
        let operations: Vec<Operation> =
            read_input(name, &(self.read)(name)?).map_err(InputError::from)?;
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
            ScenarioAct::FoundFramework { key, foundation } => {
                let id = self.engine.new_framework_id();
                let command = FrameworkCommand::FrameworkFounded(foundation.clone());
                self.engine.act_on_framework(id, actor, command)?;
                self.cast.frameworks.insert(key.clone(), id);
                Ok(())
            }
            ScenarioAct::EstablishBody { framework, body } => {
                let id = find(&self.cast.frameworks, framework)?;
                let command = FrameworkCommand::BodyEstablished(body.clone());
                self.engine.act_on_framework(id, actor, command)?;
                Ok(())
            }
            ScenarioAct::AdoptRoadmap { framework, roadmap } => {
                let id = find(&self.cast.frameworks, framework)?;
                let command = FrameworkCommand::RoadmapAdopted(roadmap.clone());
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
                let proposal = self.revision(revision)?;
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
            } => self.one(
                agreement,
                actor,
                ForceAct::EnteredIntoForce {
                    on: Some(*on),
                    basis: basis.clone(),
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
                framework,
                title,
                revisions,
            } => {
                let framework = framework
                    .as_ref()
                    .map(|key| find(&self.cast.frameworks, key))
                    .transpose()?;
                let revisions: Result<Vec<_>, StepError> = revisions
                    .iter()
                    .map(|(key, data)| {
                        Ok(PackageRevision {
                            agreement: self.agreement(key)?,
                            revision: self.revision(data)?,
                        })
                    })
                    .collect();
                let id = self.engine.new_package_id();
                self.engine
                    .propose_package(id, actor, title, framework, revisions?)?;
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

    fn propose(
        &mut self,
        actor: &Actor,
        key: &str,
        under: Option<&(String, String)>,
        file: &str,
    ) -> Result<(), StepError> {
        let manifest: Manifest = read_input(file, &(self.read)(file)?).map_err(InputError::from)?;
        let under = under
            .map(|(key, area)| find(&self.cast.frameworks, key).map(|id| (id, area.clone())))
            .transpose()?;
        let proposal = manifest.proposal(self.read, under.as_ref().map(|(id, _)| *id))?;
        let id = self.engine.new_agreement_id();
        let mut acts = vec![travaux::StreamCommand::Agreement(
            id,
            AgreementCommand::Propose(Box::new(proposal)),
        )];
        if let Some((framework, area)) = under {
            acts.push(travaux::StreamCommand::Framework(
                framework,
                FrameworkCommand::AgreementJoined {
                    agreement: id,
                    area,
                },
            ));
        }
        self.engine.commit(None, actor, acts)?;
        self.cast.agreements.insert(key.to_owned(), id);
        Ok(())
    }
}
