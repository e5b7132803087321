use std::{path::Path, sync::Arc};

use travaux::{
    Engine, Ports,
    domain::{Actor, Profile, Revision, agreement::AgreementCommand},
};
use travaux_store_sled::{FileSnapshots, SledStore};

pub async fn first_agreement(folder: &Path) -> Result<(), Box<dyn std::error::Error>> {
    let store = Arc::new(SledStore::open(folder)?);
    let snapshots = Arc::new(FileSnapshots::new(folder.join("projections")));
    let engine = Engine::open(store, snapshots, Ports::system()).await?;
    let (fr, ma) = (Actor::party("FR"), Actor::party("MA"));

    let id = engine.new_agreement_id();
    let proposal = travaux::proposal("Arrangement on training", Profile::arrangement())
        .party("FR", "Ministry of the Interior")
        .party("MA", "Ministry of the Interior")
        .text(
            "fr",
            "## Article 1\n\nLes Parties forment ensemble leurs agents.\n",
        )?
        .build();
    let propose = AgreementCommand::Propose(Box::new(proposal));
    engine.act(id, &fr, vec![propose]).await?;
    let accept = AgreementCommand::AcceptRevision {
        revision: Revision::FIRST,
    };
    engine.act(id, &ma, vec![accept]).await?;
    Ok(())
}
