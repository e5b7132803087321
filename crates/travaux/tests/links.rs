//! Links: an engine records both ends in one commit or none, and an audit finds one without the other.

mod common;

use std::sync::Arc;

use common::by;
use travaux::{
    Beside, CommitRequest, Error, StreamCommand, Verdict,
    blocking::Engine,
    domain::{
        Event, EventId, Rule, StreamId,
        meeting::MeetingCommand,
        partnership::{FollowUp, Link},
    },
    encode,
};
use travaux_store::{Commit, CommitId, EnvelopeActor, EventStore, Guard, MemoryStore, Nonce};
use travaux_testkit::{
    agreement::date,
    framework::terms,
    history::{framework_id, meeting_id},
    meeting::{agreed, by_all, convene, held, item_ref, ministers, record, session},
    office::Office,
};
use uuid::Uuid;

fn meeting(number: u128, command: MeetingCommand) -> StreamCommand {
    StreamCommand::Meeting(meeting_id(number), command)
}

fn does(engine: &Engine, acts: Vec<StreamCommand>) -> Result<usize, Error> {
    let request = CommitRequest::new(by("MA"), acts).with_handles();
    engine
        .commit_request(&request)
        .map(|done| done.events.len())
}

/// An office that keeps the record of a meeting of April, with an item, and of one of June.
fn office(store: Arc<dyn EventStore>) -> Office {
    let office = Office::on(store);
    let engine = &office.at("2025-06-25").engine;
    let founded = terms(&["FR", "MA"]).agreed(date("2025-03-01"));
    let later = travaux::domain::meeting::Convocation {
        body: None,
        number: None,
        kind: travaux::domain::meeting::MeetingKind::Experts,
        ..session()
    };
    let mut acts: Vec<_> = founded
        .map(|act| StreamCommand::Framework(framework_id(1), act))
        .into();
    acts.extend([
        meeting(1, convene("2025-04-01", ministers())),
        meeting(1, held("2025-04-14")),
        meeting(1, record("2025-04-14", agreed("mission", by_all()))),
        meeting(2, convene("2025-05-01", later)),
    ]);
    // Three things begin, and each gets a handle.
    assert_eq!(does(engine, acts).expect("it is done"), 9);
    office
}

fn link(to: FollowUp) -> Link {
    Link {
        item: item_ref(1, "mission"),
        to,
        on: date("2025-06-25"),
    }
}

fn area() -> FollowUp {
    FollowUp::Area {
        framework: framework_id(1),
        area: "migration".into(),
    }
}

#[test]
fn both_ends_of_a_link_are_recorded_or_none() {
    let office = office(Arc::new(MemoryStore::new()));
    let engine = &office.engine;
    for to in [area(), FollowUp::Meeting(meeting_id(2))] {
        let head = engine.store().head();
        let ends = link(to.clone()).commands();
        for end in ends.clone() {
            match does(engine, vec![end]) {
                Err(Error::Refused(refusal)) => assert_eq!(refusal.rule, Rule::MT9, "{refusal}"),
                other => panic!("one end is recorded: {other:?}"),
            }
        }
        assert_eq!(engine.store().head(), head, "nothing was recorded");
        let mut turned = ends.to_vec();
        turned.reverse();
        assert_eq!(does(engine, turned).expect("both ends"), 2, "in any order");
        assert!(matches!(
            does(engine, ends.to_vec()),
            Err(Error::Refused(_))
        ));
    }
    office.clean();
}

#[test]
fn a_commit_with_links_is_answered_again_and_stands_in_the_log_as_one() {
    let office = office(Arc::new(MemoryStore::new()));
    let id = CommitId(Uuid::from_u128(77));
    let request = CommitRequest::new(by("MA"), link(area()).commands().to_vec()).id(id);
    let first = office.engine.commit_request(&request).expect("it is done");
    let again = office
        .engine
        .commit_request(&request)
        .expect("it is answered");
    assert!(again.repeated && again.events == first.events);
    office.clean();
}

#[test]
fn an_audit_finds_an_end_without_the_other() {
    let store = Arc::new(MemoryStore::new());
    let office = office(Arc::<MemoryStore>::clone(&store));
    let [_, at_the_item] = link(area()).commands();
    let StreamCommand::Meeting(id, event) = at_the_item else {
        panic!("a command to the meeting");
    };
    let stream = StreamId::Meeting(id);
    let id = EventId(Uuid::from_u128(78));
    let (event, _) = encode(
        stream,
        (id.0, Nonce([0; 16])),
        &Event::Meeting(event.into()),
        &Beside::default(),
    )
    .expect("it is encoded");
    let at = store.head() + 1;
    let forged = Commit {
        id: CommitId(Uuid::from_u128(79)),
        recorded_at: office.engine.now(),
        actor: EnvelopeActor {
            party: "MA".into(),
            person: None,
        },
        correlation: Uuid::from_u128(79),
        causation: None,
        guards: Vec::<Guard>::new(),
        events: vec![event],
        attachments: Vec::new(),
    };
    store.append(forged).expect("it fits");
    let report = office.engine.audit(|_| {}).expect("it is audited");
    assert_eq!(report.verdict, Verdict::Damaged);
    let [finding] = &report.findings[..] else {
        panic!("one finding: {:?}", report.findings);
    };
    assert_eq!(finding.position, Some(at));
    let says =
        "framework-00000000-0000-0000-0000-000000000001 has to tell of it in the same commit";
    assert!(finding.what.to_string().contains(says), "{}", finding.what);
}
