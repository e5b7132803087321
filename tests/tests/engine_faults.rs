//! The engine on a store that fails: nothing is seen that was not appended, and nothing is done twice.

use std::{sync::Arc, thread};

use travaux::{
    Error, StreamCommand,
    domain::{Actor, AgreementId, Profile},
};
use travaux_store::{CommitId, EventStore as _, MemoryStore};
use travaux_testkit::{
    agreement::{accept, adopt, proposal},
    faulty::{Fault, FaultyStore, Gate},
    office::Office,
};
use uuid::Uuid;

const DAY: &str = "2025-01-01";

/// An office on a store that can fail, and an agreement that FR has proposed.
fn given() -> (Arc<FaultyStore<MemoryStore>>, Office, AgreementId) {
    let store = Arc::new(FaultyStore::new(MemoryStore::new()));
    let office = Office::on(Arc::<FaultyStore<MemoryStore>>::clone(&store));
    let proposal = proposal(Profile::arrangement(), &["FR", "MA"], vec![]);
    let id = office.proposed(DAY, proposal);
    (store, office, id)
}

/// The version of the agreement as the register shows it, as its record has it by way of an act, and in the log.
#[track_caller]
fn stands_at(office: &Office, id: AgreementId, version: u64) {
    let register = office.engine.register().expect("the register");
    assert_eq!(register.agreements[&id].version, version);
    let log = office.engine.events(1).map(|e| e.expect("an event"));
    assert_eq!(log.count() as u64, version);
}

#[test]
fn an_append_that_fails_leaves_everything_as_it_was() {
    let (store, office, id) = given();
    store.next([Fault::Fails]);
    let error = office
        .tries(DAY, id, "MA", accept(1))
        .expect_err("the store fails");
    assert!(matches!(error, Error::Store(_)), "{error}");
    stands_at(&office, id, 1);
    // Had the acceptance been kept, this one would be refused as a second answer.
    office.does(DAY, id, "MA", accept(1));
    office.does(DAY, id, "MA", adopt(1));
    stands_at(&office, id, 3);
}

#[test]
fn who_was_slower_decides_anew() {
    let (store, office, id) = given();
    store.next([Fault::Conflicts; 3]);
    office.does(DAY, id, "MA", accept(1));
    stands_at(&office, id, 2);
}

#[test]
fn who_is_always_slower_gives_up_and_has_done_nothing() {
    let (store, office, id) = given();
    store.next([Fault::Conflicts; 8]);
    let error = office
        .tries(DAY, id, "MA", accept(1))
        .expect_err("others keep writing");
    assert!(
        matches!(error, Error::Conflict { attempts: 8, .. }),
        "{error}"
    );
    stands_at(&office, id, 1);
    office.does(DAY, id, "MA", accept(1));
}

#[test]
fn a_commit_whose_answer_was_lost_is_repeated_under_its_id_and_done_once() {
    let (store, office, id) = given();
    let commit = Some(CommitId(Uuid::from_u128(7)));
    let act = || {
        let acts = vec![StreamCommand::Agreement(id, accept(1))];
        office.engine.commit(commit, &Actor::party("MA"), acts)
    };
    store.next([Fault::LosesTheAnswer]);
    act().expect_err("the answer is lost");
    let again = act().expect("it is answered");
    assert!(again.repeated);
    assert_eq!(again.events.len(), 1);
    assert_eq!(store.head(), 2, "it stands once");
    office.does(DAY, id, "MA", adopt(1));
    stands_at(&office, id, 3);
}

#[test]
fn what_waits_to_be_appended_is_not_seen_yet() {
    let (store, office, id) = given();
    store.close(Gate::Appends);
    thread::scope(|scope| {
        let writer = scope.spawn(|| office.does(DAY, id, "MA", accept(1)));
        store.wait_for(Gate::Appends, 1);
        stands_at(&office, id, 1);
        store.open(Gate::Appends);
        writer.join().expect("it is done");
    });
    stands_at(&office, id, 2);
}

/// Two engines on one log decide the same commit at once: it is done once, both are answered with what
/// is on record, and both go on with it.
#[test]
fn a_commit_that_another_engine_does_meanwhile_is_answered_with_what_is_on_record() {
    let (store, office, id) = given();
    let other = Office::on(Arc::<FaultyStore<MemoryStore>>::clone(&store));
    let commit = |office: &Office| {
        let acts = vec![StreamCommand::Agreement(id, accept(1))];
        let commit = Some(CommitId(Uuid::from_u128(7)));
        office.engine.commit(commit, &Actor::party("MA"), acts)
    };
    other.at(DAY);
    store.close(Gate::Appends);
    let answers = thread::scope(|scope| {
        let writers = [&office, &other].map(|office| scope.spawn(|| commit(office)));
        store.wait_for(Gate::Appends, 2);
        store.open(Gate::Appends);
        writers.map(|writer| writer.join().expect("it is done").expect("it is answered"))
    });
    let repeated = answers.iter().filter(|answer| answer.repeated).count();
    assert_eq!((store.head(), repeated), (2, 1));
    let [one, two] = answers;
    assert_eq!(one.events, two.events);
    for office in [&office, &other] {
        stands_at(office, id, 2);
        office.clean();
    }
    office.does(DAY, id, "MA", adopt(1));
    stands_at(&other, id, 3);
}
