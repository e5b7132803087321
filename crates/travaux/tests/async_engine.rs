//! The asynchronous engine is the blocking one, method by method; and a service can do its whole work with it alone.

use std::{collections::BTreeMap, fs, path::Path, sync::Arc};

use futures_lite::future::block_on;
use serde::{Deserialize, Serialize};
use travaux::{
    CommitRequest, Engine, Error, NotFound, PackageRevision, Ports,
    domain::{
        Actor, AgreementId, PackageId, Profile, Recorded, Revision, StreamCommand, StreamId,
        agreement::{AgreementCommand, RevisionDraft},
        framework::{Area, Declaration, Foundation, Terms},
        package::PackageStatus,
    },
    projections::{Erased, Projection},
};

use travaux_store::{CommitId, Expected, MemorySnapshots, MemoryStore};
use travaux_text::{Lang, Operation, ProvisionId};
use uuid::Uuid;

/// Methods that one of the two has alone, and why.
const ALONE: &[(&str, &str)] = &[
    ("blocking", "gives the blocking engine"),
    ("with_memory_budget", "set before the engine is shared"),
    ("with_snapshot_policy", "set before the engine is shared"),
];

/// The public methods of the engine in these files, each with the names of its arguments.
fn methods(files: &[&str]) -> BTreeMap<String, Vec<String>> {
    let source = |file: &&str| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(file);
        fs::read_to_string(path).expect("a source file")
    };
    let mut found = BTreeMap::new();
    for text in files.iter().map(source) {
        let (_, body) = text.split_once("impl Engine {").expect("its methods");
        let (body, _) = body.split_once("\n}\n").expect("their end");
        for part in body.split("\n    pub ").skip(1) {
            let part = part.strip_prefix("async ").unwrap_or(part);
            let signature = part.strip_prefix("fn ").expect("a method");
            let (name, rest) = signature.split_once(['(', '<']).expect("its arguments");
            let (arguments, _) = rest.split_once(" {\n").expect("its body");
            let names = arguments.split(',').filter_map(|a| a.split_once(": "));
            let names = names.map(|(name, _)| name.rsplit(['(', ' ']).next().unwrap_or(name));
            let names = names.map(|name| name.trim().to_owned()).collect();
            found.insert(name.to_owned(), names);
        }
    }
    found
}

#[test]
fn both_engines_have_the_same_methods() {
    let asynchronous = methods(&["engine.rs"]);
    let blocking = methods(&["blocking.rs", "package.rs"]);
    assert!(
        blocking.len() > 25 && asynchronous.len() > 25,
        "they are found"
    );
    let lacks = |ours: &BTreeMap<String, Vec<String>>, theirs: &BTreeMap<String, Vec<String>>| {
        let alone = |name: &&String| ALONE.iter().any(|(excused, _)| excused == name);
        let missing = theirs.keys().filter(|name| !ours.contains_key(*name));
        missing
            .filter(|name| !alone(name))
            .cloned()
            .collect::<Vec<_>>()
    };
    assert_eq!(
        lacks(&asynchronous, &blocking),
        Vec::<String>::new(),
        "asynchronous"
    );
    assert_eq!(
        lacks(&blocking, &asynchronous),
        Vec::<String>::new(),
        "blocking"
    );
    for (name, _) in ALONE {
        let both = asynchronous.contains_key(*name) && blocking.contains_key(*name);
        assert!(!both, "`{name}` needs no excuse");
    }
}

/// Counts what it sees.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Seen(u64);

impl Projection for Seen {
    const NAME: &'static str = "seen";
    const VERSION: u32 = 1;

    fn apply(&mut self, _: &Recorded) {
        self.0 += 1;
    }
}

async fn opened() -> Engine {
    let own = Box::new(Erased::<Seen>::default());
    let (store, snapshots) = (MemoryStore::new(), MemorySnapshots::default());
    Engine::with_projections(
        Arc::new(store),
        Arc::new(snapshots),
        Ports::system(),
        vec![own],
    )
    .await
    .expect("it opens")
}

async fn proposed(engine: &Engine, title: &str) -> Result<AgreementId, Error> {
    let id = engine.new_agreement_id();
    let proposal = travaux::proposal(title, Profile::arrangement())
        .party("FR", "Ministry of the Interior")
        .party("MA", "Ministry of the Interior")
        .text("fr", "## Article 1\n\nLes Parties coopèrent.\n")?
        .build();
    let propose = AgreementCommand::Propose(Box::new(proposal));
    engine.act(id, &Actor::party("FR"), vec![propose]).await?;
    Ok(id)
}

#[test]
fn a_package_from_proposal_to_adoption() -> Result<(), Error> {
    block_on(async {
        let (fr, ma, engine) = (Actor::party("FR"), Actor::party("MA"), opened().await);
        let (a, b) = (
            proposed(&engine, "One").await?,
            proposed(&engine, "Two").await?,
        );
        let (lang, second) = (Lang::parse("fr").expect("a tag"), ProvisionId::new(1, 2));
        let reworded = Operation::substitute(second, lang, "coopèrent", "se concertent", 1);
        let revision = |agreement| PackageRevision {
            agreement,
            revision: RevisionDraft::new(Revision::FIRST, vec![reworded.clone()]),
        };
        let id = engine.new_package_id();
        let members = vec![revision(a), revision(b)];
        engine
            .propose_package(id, &fr, "Both", None, members)
            .await?;
        engine.accept_package(id, &ma).await?;
        engine.adopt_package(id, &ma, None).await?;

        let package = engine.package(id).await?;
        assert!(matches!(package.state.status(), PackageStatus::Adopted));
        let refused = engine.withdraw_package(id, &fr, None).await;
        assert!(matches!(refused, Err(Error::Refused(_))), "it was adopted");
        let record = engine.record_with_custody(a).await?;
        assert_eq!(record.agreement.current(), Revision(2));
        let streams = vec![StreamId::Agreement(a), StreamId::Package(id)];
        assert_eq!(engine.timeline(streams).await?.entries.len(), 7);
        assert_eq!(engine.view::<Seen>().await?.0, engine.store().head());
        assert_eq!(engine.events(1, 3).await?.len(), 3);
        Ok(())
    })
}

#[test]
fn a_framework_and_what_is_not_there() -> Result<(), Error> {
    block_on(async {
        let (fr, engine) = (Actor::party("FR"), opened().await);
        let id = engine.new_framework_id();
        let party = |id: &str| travaux::domain::Party {
            id: travaux::domain::PartyId(id.into()),
            name: id.to_owned(),
        };
        let terms = Terms::from(Foundation {
            title: "A framework".to_owned(),
            declaration: Declaration {
                title: "A declaration".to_owned(),
                made: "2024-10".into(),
                by: Vec::new(),
            },
            parties: vec![party("FR"), party("MA")],
            areas: vec![Area {
                key: "security".into(),
                title: "Security".to_owned(),
            }],
        });
        for command in terms.agreed(chrono::DateTime::UNIX_EPOCH.date_naive()) {
            engine.act_on_framework(id, &fr, command).await?;
        }
        assert!(engine.framework(id).await?.state.foundation.is_some());
        assert_eq!(engine.frameworks().await?.frameworks.len(), 1);

        let nowhere = PackageId(Uuid::from_u128(1));
        let missing = engine.package(nowhere).await.expect_err("it is not there");
        assert!(matches!(missing, Error::NotFound(NotFound::Package(id)) if id == nowhere));
        Ok(())
    })
}

#[test]
fn a_request_names_its_versions_and_is_done_once() -> Result<(), Error> {
    block_on(async {
        let engine = opened().await;
        let id = proposed(&engine, "One").await?;
        let (stream, key) = (StreamId::Agreement(id), CommitId(Uuid::from_u128(7)));
        let accept = AgreementCommand::AcceptRevision {
            revision: Revision::FIRST,
        };
        let acts = vec![StreamCommand::Agreement(id, accept)];
        let request = CommitRequest::new(Actor::party("MA"), acts).id(key);

        let late = request.clone().expecting(stream, Expected::Exact(9));
        let refused = engine
            .commit_request(late)
            .await
            .expect_err("a stale version");
        assert!(matches!(refused, Error::Expected { .. }), "{refused}");
        let now = request.clone().expecting(stream, Expected::Exact(1));
        assert!(!engine.commit_request(now).await?.repeated);
        assert!(engine.commit_request(request).await?.repeated);
        Ok(())
    })
}

#[test]
fn what_is_kept_can_be_saved_let_go_and_made_again() -> Result<(), Error> {
    block_on(async {
        let engine = opened().await;
        let id = proposed(&engine, "One").await?;
        let before = engine.record(id).await?;
        engine.save_record(id).await?;
        engine.save().await?;
        engine.release(id);
        assert_eq!(engine.rebuild(|_| {}).await?, engine.store().head());
        assert_eq!(engine.record(id).await?.agreement, before.agreement);
        let audit = engine.audit(|_| {}).await?;
        assert_eq!(
            audit.verdict,
            travaux::Verdict::Clean,
            "{:?}",
            audit.findings
        );
        Ok(())
    })
}
