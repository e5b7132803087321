//! The register: every agreement, in a line.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use travaux_domain::{
    AgreementId, Event, FrameworkId, Recorded, StreamId,
    agreement::AgreementEvent,
    agreement::{MachineEvent, ending::EndingAct, force::ForceAct},
};
use travaux_text::Lang;

use crate::Projection;

/// An agreement in the register.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegisterEntry {
    /// Its title.
    pub title: String,
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
    /// Where its text stands: draft, negotiating, adopted, authenticated, abandoned.
    pub text: String,
    /// Whether it is in force.
    pub in_force: bool,
    /// Whether it has ended.
    pub ended: bool,
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
}

impl Projection for Register {
    const NAME: &'static str = "register";
    const VERSION: u32 = 1;

    fn apply(&mut self, recorded: &Recorded) {
        let (StreamId::Agreement(id), Event::Agreement(event)) = (recorded.stream, &recorded.event)
        else {
            return;
        };
        if let AgreementEvent::AgreementProposed(p) = event {
            self.agreements.insert(
                id,
                RegisterEntry {
                    title: p.title.clone(),
                    kind: p.kind.clone(),
                    profile: p.profile.name.clone(),
                    parties: p.parties.iter().map(|p| p.id.0.clone()).collect(),
                    languages: p.languages.clone(),
                    framework: p.framework,
                    path: p.provenance.as_ref().map(|p| p.path.clone()),
                    earlier_paths: Vec::new(),
                    revisions: 1,
                    adopted: 0,
                    text: "draft".to_owned(),
                    in_force: false,
                    ended: false,
                    version: recorded.version,
                    recorded_at: recorded.recorded_at,
                },
            );
        }
        if let Some(entry) = self.agreements.get_mut(&id) {
            entry.take(event);
            entry.version = recorded.version;
            entry.recorded_at = recorded.recorded_at;
        }
    }
}

impl RegisterEntry {
    fn take(&mut self, event: &AgreementEvent) {
        match event {
            AgreementEvent::RevisionProposed(p) => {
                self.revisions += 1;
                if self.text == "draft" {
                    self.text = "negotiating".to_owned();
                }
                if let Some(path) = p
                    .provenance
                    .as_ref()
                    .map(|p| &p.path)
                    .filter(|path| self.path.as_ref() != Some(path))
                {
                    self.earlier_paths.extend(self.path.replace(path.clone()));
                }
            }
            AgreementEvent::TextAdopted(_) => {
                self.adopted += 1;
                if self.text != "authenticated" {
                    self.text = "adopted".to_owned();
                }
            }
            AgreementEvent::TextAuthenticated { .. } => self.text = "authenticated".to_owned(),
            AgreementEvent::NegotiationAbandoned { .. } => self.text = "abandoned".to_owned(),
            AgreementEvent::Machine(MachineEvent::Force(ForceAct::EnteredIntoForce { .. })) => {
                self.in_force = true
            }
            AgreementEvent::Machine(MachineEvent::Ending(
                EndingAct::AgreementEnded(_)
                | EndingAct::Terminated { .. }
                | EndingAct::Superseded {
                    suspended_only: false,
                    ..
                },
            )) => self.ended = true,
            AgreementEvent::Machine(MachineEvent::Ending(EndingAct::AgreementResumed {
                ..
            })) => self.ended = false,
            _ => {}
        }
    }
}
