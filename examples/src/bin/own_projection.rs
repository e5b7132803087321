//! A projection of one's own: how often each party's revisions were adopted. A struct, a name, and one method.

use std::{collections::BTreeMap, sync::Arc};

use serde::{Deserialize, Serialize};
use travaux::{
    Ports,
    blocking::Engine,
    domain::{
        Actor, Profile, Recorded, Revision,
        agreement::{AgreementCommand, AgreementEvent},
    },
    projections::{Erased, Projection},
};
use travaux_store::{MemorySnapshots, MemoryStore};

/// Who proposed what, and how much of it was adopted.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Success {
    proposed: BTreeMap<String, u32>,
    adopted: u32,
}

impl Projection for Success {
    const NAME: &'static str = "success";
    const VERSION: u32 = 1;

    fn apply(&mut self, recorded: &Recorded) {
        match recorded.event.agreement() {
            Some(AgreementEvent::AgreementProposed(_) | AgreementEvent::RevisionProposed(_)) => {
                *self
                    .proposed
                    .entry(recorded.actor.party.to_string())
                    .or_default() += 1;
            }
            Some(AgreementEvent::TextAdopted(_)) => self.adopted += 1,
            _ => {}
        }
    }
}

#[allow(clippy::print_stdout, reason = "an example talks to its reader")]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (store, snapshots) = (
        Arc::new(MemoryStore::new()),
        Arc::new(MemorySnapshots::default()),
    );
    let own = Box::new(Erased::<Success>::default());
    let engine = Engine::with_projections(store, snapshots, Ports::system(), vec![own])?;

    let id = engine.new_agreement_id();
    let proposal = travaux::proposal("Arrangement on training", Profile::arrangement())
        .party("FR", "Ministry of the Interior")
        .party("MA", "Ministry of the Interior")
        .text("fr", "Les Parties forment ensemble leurs agents.\n")?
        .build();
    engine.act(
        id,
        &Actor::party("FR"),
        [AgreementCommand::Propose(Box::new(proposal))],
    )?;
    let accept = AgreementCommand::AcceptRevision {
        revision: Revision::FIRST,
    };
    let adopt = AgreementCommand::AdoptText {
        revision: Revision::FIRST,
        effective_from: None,
        package: None,
        elsewhere: None,
    };
    engine.act(id, &Actor::party("MA"), [accept, adopt])?;

    println!("{:?}", engine.view::<Success>()?);
    Ok(())
}
