//! The engine inside a service: acts, a refusal that cites its rule, a query, a subscription. Asynchronous, on any executor.

use std::sync::Arc;

use travaux::{
    Engine, Error, Ports,
    domain::{
        Actor, Profile, Revision,
        agreement::{AgreementCommand, RevisionDraft},
    },
    text::{Lang, Operation, ProvisionId},
};
use travaux_store_sled::{FileSnapshots, SledStore};

#[allow(clippy::print_stdout, reason = "an example talks to its reader")]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = tempfile::tempdir()?;
    futures_lite::future::block_on(async {
        let store = Arc::new(SledStore::open(folder.path().join("store"))?);
        let snapshots = Arc::new(FileSnapshots::new(folder.path().join("projections")));
        let engine = Engine::open(store, snapshots, Ports::system()).await?;
        let (ours, theirs) = (Actor::party("FR"), Actor::party("MA"));

        let id = engine.blocking().new_agreement_id();
        let proposal = travaux::proposal("Arrangement on training", Profile::arrangement())
            .party("FR", "Ministry of the Interior")
            .party("MA", "Ministry of the Interior")
            .text("fr", "## Article 1\n\nLes Parties forment leurs agents.\n")?
            .build();
        engine
            .act(
                id,
                &ours,
                vec![AgreementCommand::Propose(Box::new(proposal))],
            )
            .await?;

        // The other party revises; who proposed what stays on record.
        let fr = Lang::parse("fr")?;
        let change = Operation::substitute(
            ProvisionId::new(1, 2),
            fr,
            "leurs agents",
            "ensemble leurs agents",
            1,
        );
        let revision = RevisionDraft::new(Revision::FIRST, vec![change]);
        engine
            .act(
                id,
                &theirs,
                vec![AgreementCommand::ProposeRevision(Box::new(revision))],
            )
            .await?;

        let adopt = || AgreementCommand::AdoptText {
            revision: Revision(2),
            effective_from: None,
            package: None,
            elsewhere: None,
        };
        match engine.act(id, &theirs, vec![adopt()]).await {
            Err(Error::Refused(refusal)) => println!("refused: {refusal}"),
            other => println!("unexpected: {other:?}"),
        }
        engine
            .act(
                id,
                &ours,
                vec![
                    AgreementCommand::AcceptRevision {
                        revision: Revision(2),
                    },
                    adopt(),
                ],
            )
            .await?;

        let record = engine.record(id).await?;
        println!("{}", record.print(Revision(2), fr)?);

        let mut events = engine.subscribe(1);
        for _ in 0..4 {
            let event = events.next().await?;
            println!(
                "position {}: {} by {}",
                event.position, event.stream, event.actor
            );
        }
        Ok(())
    })
}
