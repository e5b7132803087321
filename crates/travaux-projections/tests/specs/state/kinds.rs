//! What the entries of roadmaps, of requests for information and of procedures say.

use travaux_domain::{PartyId, StreamId, limit::Counting};
use travaux_projections::{EntryId, Moment};
use travaux_testkit::{
    exchange::asked,
    history::{procedure_id, request_id, roadmap_id},
    procedure,
    roadmap::{completed, moved, running, started},
};

use super::{Views, moment};

#[test]
fn qy1_an_action_is_late_by_its_day_and_says_by_how_much_it_was_moved() {
    let mut history = running();
    history
        .at("2025-05-01")
        .roadmap(
            1,
            "FR",
            moved("2025-05-01", "forms", "2025-06-30", "2025-07-31"),
        )
        .at("2025-08-20")
        .roadmap(1, "FR", started("2025-06-01", "forms"))
        .roadmap(1, "FR", completed("2025-08-10", "forms"));
    let views = Views::of(history.log());
    let forms = EntryId::part(StreamId::Roadmap(roadmap_id(1)), "action", "forms");
    // Completed on 10 August, ten days late; before that nobody knew that it had begun.
    for (on, known, late_days, lifecycle, slip) in [
        ("2025-04-30", None, None, "pipeline", 0),
        ("2025-07-31", Some("2025-08-19"), None, "pipeline", 31),
        ("2025-08-05", Some("2025-08-19"), Some(5), "pipeline", 31),
        ("2025-08-05", None, Some(5), "implementation", 31),
        ("2025-08-10", None, None, "closed", 31),
    ] {
        let state = views.state(&moment(on, known)).expect("founded");
        let entry = &state.entries[&forms];
        assert_eq!(entry.is("late"), late_days.is_some(), "{on} {known:?}");
        assert_eq!(entry.number("late_days"), late_days, "{on} {known:?}");
        assert_eq!(entry.text("lifecycle"), Some(lifecycle), "{on} {known:?}");
        assert_eq!(entry.number("slip_to_first"), Some(slip), "{on} {known:?}");
        let brief = state.brief();
        assert_eq!(brief.actions.late.len(), usize::from(late_days.is_some()));
        assert_eq!(brief.actions.moved.len(), usize::from(slip > 0));
    }
}

#[test]
fn qy1_a_request_is_there_for_those_who_have_to_do_with_it_and_withheld_from_others() {
    // Received on 28 March at 23:30 in Rabat, urgent, directly accessible: due eight hours later.
    let history = asked(Counting::default());
    let views = Views::of(history.log());
    let id = EntryId::whole(StreamId::Request(request_id(1)));
    let entry = |reader: Option<&str>, on: &str| {
        let at = Moment {
            reader: reader.map(PartyId::from),
            ..moment(on, None)
        };
        views.state(&at).expect("founded").entries[&id].clone()
    };
    for reader in [None, Some("ES")] {
        let entry = entry(reader, "2025-04-30");
        let fields: Vec<_> = entry.fields.keys().map(|field| &**field).collect();
        assert_eq!(fields, ["withheld"], "{reader:?}");
        assert_eq!(entry.by[0].version, 1, "{reader:?}");
    }
    for reader in ["FR", "MA"] {
        let received = entry(Some(reader), "2025-03-28");
        assert_eq!(received.text("status"), Some("received"), "{reader}");
        assert!(!received.is("overdue"), "{reader}");
        let waits: Vec<_> = received.texts("waits_for").iter().map(|p| &**p).collect();
        assert_eq!(waits, ["MA"], "{reader}");
        assert!(entry(Some(reader), "2025-03-29").is("overdue"), "{reader}");
    }
}

#[test]
fn qy1_a_procedure_says_what_is_in_force_and_a_case_where_it_stands_on_the_day() {
    let mut history = procedure::in_force(procedure::passes());
    procedure::asked(&mut history, "FR-1");
    let views = Views::of(history.log());
    let stream = StreamId::Procedure(procedure_id(1));
    let case = EntryId::part(stream, "case", "FR-1");

    let before = views.state(&moment("2025-02-15", None)).expect("founded");
    let entry = &before.entries[&EntryId::whole(stream)];
    assert_eq!(entry.text("status"), Some("adopted"));
    assert_eq!(entry.texts("adopted_for_later"), ["1.0.0"]);
    assert!(!before.entries.contains_key(&case));

    let state = views.state(&moment("2025-03-05", None)).expect("founded");
    let entry = &state.entries[&EntryId::whole(stream)];
    assert_eq!(entry.text("status"), Some("in_force"));
    assert_eq!(entry.text("version"), Some("1.0.0"));
    assert_eq!(entry.number("open_cases"), Some(1));
    let entry = &state.entries[&case];
    assert_eq!(entry.text("step"), Some("examine"));
    assert_eq!(entry.texts("waits_for"), ["MA"]);
    let due = entry.day("due").expect("a limit runs");

    // On its last day it is not late; what silence means on the next is found, not recorded.
    let last = views.state(&moment(&due.to_string(), None)).expect("it");
    assert_eq!(last.entries[&case].fields, entry.fields);
    let next = due.succ_opt().expect("a day").to_string();
    let after = views.state(&moment(&next, None)).expect("it");
    let silent = &after.entries[&case];
    assert_ne!(silent.fields, entry.fields);
    assert_eq!(silent.number("late_steps"), Some(1));
    // As known before it was received, no limit runs.
    let unknown = views.state(&moment(&next, Some("2025-03-04"))).expect("it");
    assert_eq!(unknown.entries[&case].day("due"), None);
    assert_eq!(unknown.entries[&case].text("step"), Some("examine"));
}
