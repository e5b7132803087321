//! Commits that come by out of order, or not at all.

use travaux_domain::{Actor, AgreementId, Profile, agreement::AgreementCommand};
use travaux_store::{MemorySnapshots, MemoryStore};

use std::sync::{Arc, atomic::Ordering};

use super::waiting;
use crate::{Ports, RandomIds, blocking::Engine};
use travaux_projections::Register;

fn engine_on(store: &Arc<MemoryStore>) -> Engine {
    let ports = Ports {
        ids: Arc::new(RandomIds),
        ..Ports::fixed("2027-01-01T00:00:00Z".parse().expect("a time"))
    };
    let snapshots = Arc::new(MemorySnapshots::default());
    Engine::open(Arc::clone(store) as _, snapshots, ports).expect("it opens")
}

/// An agreement of some 64 KB.
fn propose(engine: &Engine) -> AgreementId {
    let id = engine.new_agreement_id();
    let text = format!(
        "## Article 1\n\n{}\n",
        "Les Parties coopèrent. ".repeat(2_700)
    );
    let draft = crate::proposal("Accord", Profile::arrangement())
        .party("FR", "France")
        .party("MA", "Maroc")
        .text("fr", text)
        .expect("a text");
    let propose = AgreementCommand::Propose(Box::new(draft.build()));
    engine
        .act(id, &Actor::party("FR"), [propose])
        .expect("it is proposed");
    id
}

#[test]
fn what_waits_for_what_another_engine_wrote_has_a_bound() {
    let store = Arc::new(MemoryStore::new());
    let (one, other) = (engine_on(&store), engine_on(&store));
    // It never comes by here.
    propose(&other);
    let (mut most, mut seen) = (0, 0);
    for _ in 0..60 {
        propose(&one);
        let keeper = one.core().views.keeper();
        most = most.max(keeper.waiting.bytes());
        seen = keeper.views.position;
        let counted = keeper.weight + keeper.waiting.bytes();
        assert_eq!(one.core().views.bytes.load(Ordering::Relaxed), counted);
    }
    assert!(most > waiting::MOST / 2, "some waited: {most}");
    assert!(most <= waiting::MOST, "{most} bytes wait");
    assert_eq!(seen, 61, "what was in front was read");
    let register = one.register().expect("it is read");
    assert_eq!(register.agreements.len(), 61);
}

#[test]
fn what_waits_is_taken_in_when_what_is_in_front_of_it_comes_by() {
    let store = Arc::new(MemoryStore::new());
    let (one, other) = (engine_on(&store), engine_on(&store));
    let (first, second) = (propose(&other), propose(&other));
    let events: Vec<_> = one.events(1).map(|e| e.expect("an event")).collect();
    let views = &one.core().views;
    views.offer(&*store, &events[1..]);
    assert_eq!(views.keeper().views.position, 0);
    views.offer(&*store, &events[..1]);
    let keeper = views.keeper();
    assert_eq!((keeper.views.position, keeper.waiting.bytes()), (2, 0));
    let register = keeper.views.get::<Register>().expect("it is kept");
    assert!(
        [first, second]
            .iter()
            .all(|id| register.agreements.contains_key(id))
    );
}
