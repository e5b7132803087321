//! Which commits are the same one: what is asked for counts, not when or under which ids.

use proptest::prelude::*;
use travaux_store::{
    Commit, EventStore, MemoryStore, Read,
    conformance::{commit, event},
    digest, digest_of_records, read_all,
};
use uuid::Uuid;

fn given() -> Commit {
    commit(
        1,
        vec![event("a", "Noted", "{\"n\":1}"), event("b", "Noted", "[2]")],
    )
}

/// Whether a commit that was changed is the same as before.
#[track_caller]
fn check(same: bool, what: &str, change: impl FnOnce(&mut Commit)) {
    let mut other = given();
    change(&mut other);
    assert_eq!(digest(&other) == digest(&given()), same, "{what}");
    let store = MemoryStore::new();
    store.append(given()).expect("it is appended");
    match store.append(other) {
        Ok(appended) => assert!(same && appended.repeated, "{what}"),
        Err(error) => {
            assert!(!same, "{what}: {error}");
            let id = given().id;
            let expected = format!("commit id {id} belongs to another commit, at position 1");
            assert_eq!(error.to_string(), expected);
        }
    }
    assert_eq!(store.head(), 2, "{what}: nothing is appended twice");
}

#[test]
fn a_retry_is_the_same_commit() {
    check(true, "nothing", |_| ());
    check(true, "another event id", |c| {
        c.events[0].id = Uuid::from_u128(99)
    });
    check(true, "another nonce", |c| {
        c.events[0].nonce = travaux_store::Nonce([1; 16])
    });
    check(true, "another time", |c| {
        c.recorded_at += chrono::TimeDelta::days(1)
    });
    check(true, "another correlation", |c| {
        c.correlation = Uuid::from_u128(99)
    });
    check(true, "another cause", |c| {
        c.causation = Some(Uuid::from_u128(99))
    });
    check(true, "space around a payload", |c| {
        c.events[1].payload = "\n [2]\t".into()
    });
}

#[test]
fn another_act_is_another_commit() {
    check(false, "another party", |c| c.actor.party = "MA".into());
    check(false, "a person", |c| {
        c.actor.person = Some("the minister".into())
    });
    check(false, "another stream", |c| c.events[0].stream = "c".into());
    check(false, "another type", |c| {
        c.events[0].kind = "Denoted".into()
    });
    check(false, "another schema", |c| c.events[0].schema = 2);
    check(false, "another payload", |c| {
        c.events[0].payload = "{\"n\":2}".into()
    });
    check(false, "space within a payload", |c| {
        c.events[0].payload = "{\"n\": 1}".into()
    });
    check(false, "another order", |c| c.events.reverse());
    check(false, "an event less", |c| drop(c.events.pop()));
    check(false, "an event more", |c| {
        c.events.push(event("a", "Noted", "3"))
    });
}

#[test]
fn words_do_not_run_into_each_other() {
    // `ab` + `c` and `a` + `bc` are other words, though their letters are the same.
    let one = commit(1, vec![event("ab", "c", "1")]);
    let two = commit(1, vec![event("a", "bc", "1")]);
    assert_ne!(digest(&one), digest(&two));
}

proptest! {
    #[test]
    fn a_commit_is_known_again_by_its_records(
        party in "[A-Z]{2}",
        person in prop::option::of("[a-z \"é]{1,8}"),
        events in prop::collection::vec(("[a-c]", "[A-Z][a-zé]{1,6}", 1..3_u16, " ?[0-9]{1,4} ?"), 1..6),
    ) {
        let numbered = events.iter().map(|(stream, kind, schema, payload)| {
            // A number of JSON does not begin with a zero.
            let mut event = event(stream, kind, &format!("[\"{payload}\"]"));
            event.schema = *schema;
            event
        });
        let mut given = commit(5, numbered.collect());
        given.actor = travaux_store::EnvelopeActor { party, person };
        let expected = digest(&given);
        let store = MemoryStore::new();
        store.append(given).expect("it is appended");
        let records: Vec<_> = read_all(&store, Read::log(1)).map(|r| r.expect("it is read")).collect();
        prop_assert_eq!(digest_of_records(&records).expect("there are records"), expected);
    }
}
