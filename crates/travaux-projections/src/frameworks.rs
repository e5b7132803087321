//! Frameworks and packages as they stand.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use travaux_domain::{
    Event, FrameworkId, Handle, PackageId, Recorded, StreamId,
    framework::{Framework, FrameworkEvent},
    handle::NamingEvent,
    package::{Package, PackageEvent},
};

use crate::Projection;

/// A framework as it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FrameworkView {
    /// Its state.
    pub state: Framework,
    /// What people call it: its first handle, if it has one.
    pub handle: Option<Handle>,
    /// The packages under it, in the order in which they were proposed.
    pub packages: Vec<PackageId>,
    /// The version of its stream.
    pub version: u64,
}

/// A package as it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackageView {
    /// Its state.
    pub state: Package,
    /// What people call it: its first handle, if it has one.
    pub handle: Option<Handle>,
    /// The version of its stream.
    pub version: u64,
}

/// All frameworks and packages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Frameworks {
    /// Frameworks by identity.
    pub frameworks: BTreeMap<FrameworkId, FrameworkView>,
    /// Packages by identity.
    pub packages: BTreeMap<PackageId, PackageView>,
}

impl Projection for Frameworks {
    const NAME: &'static str = "frameworks";
    const VERSION: u32 = 2;
    const TYPES: &'static [&'static [&'static str]] = &[
        FrameworkEvent::TYPES,
        PackageEvent::TYPES,
        NamingEvent::TYPES,
    ];

    fn apply(&mut self, recorded: &Recorded) {
        match (recorded.stream, &recorded.event) {
            (StreamId::Framework(id), Event::Framework(event)) => {
                let view = self.frameworks.entry(id).or_default();
                view.state.evolve(event, &recorded.context());
                view.version = recorded.version;
            }
            (StreamId::Package(id), Event::Package(event)) => {
                let view = self.packages.entry(id).or_default();
                view.state.evolve(event, &recorded.context());
                view.version = recorded.version;
                let framework = view.state.proposal.as_ref().and_then(|p| p.framework);
                if let Some(framework) = framework
                    .and_then(|f| self.frameworks.get_mut(&f))
                    .filter(|_| recorded.version == 1)
                {
                    framework.packages.push(id);
                }
            }
            (_, Event::Naming(NamingEvent::HandleGiven { handle, to })) => self.name(handle, *to),
            _ => {}
        }
    }
}

impl Frameworks {
    fn name(&mut self, handle: &Handle, to: StreamId) {
        let named = match to {
            StreamId::Framework(id) => self.frameworks.get_mut(&id).map(|view| &mut view.handle),
            StreamId::Package(id) => self.packages.get_mut(&id).map(|view| &mut view.handle),
            _ => None,
        };
        if let Some(named) = named {
            named.get_or_insert_with(|| handle.clone());
        }
    }
}
