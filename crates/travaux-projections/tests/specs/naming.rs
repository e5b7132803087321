//! Handles in the views: the first that something was given is what people call it.

use travaux_domain::{Handle, StreamId};
use travaux_projections::{Frameworks, Register};
use travaux_testkit::history::{History, agreement_id, framework_id, package_id};

use crate::{
    common::{arrangement, propose, view},
    log::{founded, packaged},
};

fn handle(text: &str) -> Handle {
    text.parse().expect("a handle")
}

fn give(history: &mut History, text: &str, to: StreamId) {
    history.does("FR", handle(text).give(to));
}

#[test]
fn the_first_handle_stays_and_every_one_leads_to_what_it_was_given() {
    let mut history = founded();
    history
        .agreement(1, "FR", propose(arrangement()))
        .agreement(2, "FR", propose(arrangement()));
    packaged(&mut history, 3);
    let agreement = StreamId::Agreement(agreement_id(1));
    let other = StreamId::Agreement(agreement_id(2));
    let framework = StreamId::Framework(framework_id(1));
    let package = StreamId::Package(package_id(3));
    let named = [
        ("security", agreement),
        ("sec", agreement),
        ("partnership", framework),
        ("part", framework),
        ("spring", package),
        ("spring-x", package),
    ];
    for (text, to) in named {
        give(&mut history, text, to);
    }
    let (register, frameworks): (Register, Frameworks) = (view(&history), view(&history));
    for (text, to) in named {
        assert_eq!(register.handles.get(&handle(text)), Some(&to), "{text}");
    }
    assert_eq!(register.handles.len(), named.len());
    assert!(!register.handles.values().any(|to| *to == other));
    let of = |number| register.agreements[&agreement_id(number)].handle.clone();
    assert_eq!((of(1), of(2)), (Some(handle("security")), None));
    let framework = &frameworks.frameworks[&framework_id(1)];
    assert_eq!(framework.handle, Some(handle("partnership")));
    let package = &frameworks.packages[&package_id(3)];
    assert_eq!(package.handle, Some(handle("spring")));
}
