//! A round is adopted whole, whatever a caller commits (INV1).

use std::sync::Arc;

use travaux::{
    CommitRequest, Error, StreamCommand, Verdict,
    domain::{
        Actor, Event, Recorded, Revision, Rule, StreamId,
        agreement::AgreementCommand,
        framework::{FrameworkEvent, Terms},
        package::{PackageCommand, PackageStatus},
    },
};
use travaux_store::MemoryStore;
use travaux_testkit::{
    history::{agreement_id, package_id},
    office::Office,
    round::{agrees, negotiates, opened, readies},
};

fn adopt() -> StreamCommand {
    StreamCommand::Package(package_id(1), PackageCommand::Adopt)
}

fn adopts(agreement: u128) -> StreamCommand {
    let adopt = AgreementCommand::AdoptText {
        revision: Revision(2),
        effective_from: None,
        package: Some(package_id(1)),
        elsewhere: None,
    };
    StreamCommand::Agreement(agreement_id(agreement), adopt)
}

/// The acts behind an event. A foundation was recorded before proposals were, and is one with its
/// adoption now.
fn behind(recorded: &Recorded) -> Vec<StreamCommand> {
    if let (StreamId::Framework(id), Event::Framework(event)) = (recorded.stream, &recorded.event)
        && let FrameworkEvent::FrameworkFounded(foundation) = &**event
    {
        let terms = Terms::from((**foundation).clone());
        let acts = terms.agreed(recorded.recorded_at.date_naive());
        return acts.map(|act| StreamCommand::Framework(id, act)).into();
    }
    let act = StreamCommand::behind(recorded.stream, &recorded.event);
    act.into_iter().collect()
}

/// An office that has done all that makes both members of a round ready. Who negotiates proposes in
/// the same commit.
fn office() -> Office {
    let mut history = opened();
    for agreement in [1, 2] {
        negotiates(&mut history, 1, agreement, 2, "coopèrent", "agissent");
        agrees(&mut history, 1, agreement, 2);
        readies(&mut history, 1, agreement);
    }
    let office = Office::on(Arc::new(MemoryStore::default()));
    office.at("2025-03-10");
    for recorded in history.log() {
        let acts = behind(recorded);
        let request = CommitRequest::new(recorded.actor.clone(), acts);
        office.engine.commit_request(&request).expect("it is done");
    }
    office
}

#[test]
fn inv1_a_package_is_adopted_with_all_its_revisions_in_one_commit() {
    let office = office();
    let engine = &office.engine;
    let commit = |acts: Vec<StreamCommand>| {
        engine.commit_request(&CommitRequest::new(Actor::party("MA"), acts))
    };
    for (acts, says) in [
        (vec![adopt()], "the adoption of all revisions of package"),
        (vec![adopt(), adopts(1)], "none of revision 2 of agreement"),
        (vec![adopt(), adopts(2)], "none of revision 2 of agreement"),
        (vec![adopts(1), adopts(2)], "an act on the whole of package"),
    ] {
        let before = engine.package(package_id(1)).expect("it is there");
        match commit(acts) {
            Err(Error::Refused(refusal)) => {
                assert_eq!(refusal.rule, Rule::PK1);
                assert!(refusal.to_string().contains(says), "{refusal}");
            }
            other => panic!("it is refused: {other:?}"),
        }
        let after = engine.package(package_id(1)).expect("it is there");
        assert_eq!(after.version, before.version, "nothing was done");
    }
    commit(vec![adopt(), adopts(1), adopts(2)]).expect("it is adopted");
    let package = engine.package(package_id(1)).expect("it is there");
    assert_eq!(package.state.status(), PackageStatus::Adopted);
    let audit = engine.audit(|_| {}).expect("it runs");
    assert_eq!(audit.verdict, Verdict::Clean, "{audit:?}");
    assert!(
        engine
            .store()
            .version(&StreamId::Package(package_id(1)).to_string())
            .is_ok()
    );
}
