//! Meetings as they stood on a day, as known at a time; and their links, both ways.

use travaux_domain::{
    handle::Handle,
    meeting::{ItemStatus, MeetingCommand as M, MeetingStatus, RecordField},
    partnership::{FollowUp, Link, Words},
};
use travaux_projections::{Asked, Dossiers, DynProjection as _, Erased, Projection as _};
use travaux_testkit::{
    agreement::date,
    deeds,
    history::{History, framework_id, meeting_id},
    meeting::{agreed, by_all, convene, delegations, item_ref, met, record, session},
};

/// The meeting of April, with an item that the session of June repeats and an area follows up; and
/// a wrong name, which was found in July.
pub(crate) fn history() -> History {
    let mut history = met();
    let held = M::MeetingHeld {
        on: date("2025-06-25"),
        participants: delegations(),
        consenting: Vec::new(),
    };
    let again = M::ItemRestated {
        on: date("2025-06-25"),
        of: item_ref(1, "mission"),
        words: Words::new(),
    };
    let corrected = M::RecordCorrected {
        on: date("2025-07-10"),
        field: RecordField::ParticipantName(2),
        was: "Bruno Le Roux".to_owned(),
        is: "Bruno Retailleau".to_owned(),
        ground: "the French text".to_owned(),
        consenting: Vec::new(),
    };
    let handle: Handle = "rabat".parse().expect("a handle");
    history
        .meeting(1, "MA", record("2025-04-14", agreed("mission", by_all())))
        .at("2025-05-01")
        .does(
            "MA",
            handle.give(travaux_domain::StreamId::Meeting(meeting_id(1))),
        )
        .meeting(2, "FR", convene("2025-05-01", session()))
        .at("2025-06-25")
        .meeting(2, "FR", held)
        .meeting(2, "MA", again)
        .at("2025-07-01");
    for end in link().commands() {
        history.does("MA", end);
    }
    history.at("2025-07-10").meeting(1, "MA", corrected);
    history
}

/// An area followed the item up on 26 June; it was recorded on 1 July.
fn link() -> Link {
    Link {
        item: item_ref(1, "mission"),
        to: area(),
        on: date("2025-06-26"),
    }
}

fn area() -> FollowUp {
    FollowUp::Area {
        framework: framework_id(1),
        area: "migration".into(),
    }
}

fn dossiers(history: &History) -> Dossiers {
    let mut view = Dossiers::default();
    history.log().iter().for_each(|event| view.apply(event));
    view
}

fn asked(on: &str, known: Option<&str>) -> Asked {
    let evening = |day: &str| date(day).and_hms_opt(23, 59, 59).expect("a time").and_utc();
    Asked {
        on: Some(date(on)),
        known_at: known.map(evening),
    }
}

#[test]
fn a_meeting_stands_on_a_day_as_it_was_known_at_a_time() {
    let view = dossiers(&history());
    let meeting = &view.meetings[&meeting_id(1)];
    assert_eq!(meeting.handle.as_ref().map(Handle::as_str), Some("rabat"));
    let name = RecordField::ParticipantName(2);
    for (on, known, item, says) in [
        // On the day after, nothing followed it up; the name counts from the beginning once known.
        (
            "2025-04-15",
            None,
            Some(ItemStatus::Recorded),
            Some("Bruno Retailleau"),
        ),
        (
            "2025-06-26",
            Some("2025-06-30"),
            Some(ItemStatus::Recorded),
            Some("Bruno Le Roux"),
        ),
        (
            "2025-06-26",
            Some("2025-07-01"),
            Some(ItemStatus::FollowedUp),
            Some("Bruno Le Roux"),
        ),
        (
            "2025-06-26",
            None,
            Some(ItemStatus::FollowedUp),
            Some("Bruno Retailleau"),
        ),
        ("2025-04-13", None, None, None),
    ] {
        let then = meeting.as_of(asked(on, known)).expect("it was convened");
        let status = then.state.items.get("mission").map(|item| item.status());
        assert_eq!(status, item, "{on} {known:?}");
        assert_eq!(then.state.field(&name), says, "{on} {known:?}");
    }
    assert!(meeting.as_of(asked("2025-03-31", None)).is_none());
    assert!(
        meeting
            .as_of(asked("2025-06-01", Some("2025-03-31")))
            .is_none()
    );
    let whole = meeting.as_of(Asked::default()).expect("it is there");
    assert_eq!(whole.as_ref(), &**meeting);
    let on = asked("2030-01-01", Some("2030-01-01"));
    assert_eq!(meeting.as_of(on).expect("it is there").as_ref(), &**meeting);
    let status = meeting.state.status(date("2025-04-14"));
    assert_eq!(status, MeetingStatus::Held);
}

#[test]
fn what_follows_an_item_up_and_where_it_was_repeated_is_known_both_ways() {
    let view = dossiers(&history());
    let item = item_ref(1, "mission");
    for (on, known, linked) in [
        ("2025-06-25", None, false),
        ("2025-06-26", None, true),
        ("2025-06-26", Some("2025-06-30"), false),
        ("2025-06-26", Some("2025-07-01"), true),
    ] {
        let asked = asked(on, known);
        let back = view.followed_by(&area(), asked);
        assert_eq!(
            back,
            Vec::from_iter(linked.then_some(&item)),
            "{on} {known:?}"
        );
        // INV8: from the item the same is seen.
        let meeting = view.meetings[&meeting_id(1)]
            .as_of(asked)
            .expect("it is there");
        let there = meeting.state.items["mission"].followed_up.iter();
        assert_eq!(there.map(|(by, _)| by).any(|by| *by == area()), linked);
    }
    let nowhere = FollowUp::Meeting(meeting_id(9));
    assert!(view.followed_by(&nowhere, Asked::default()).is_empty());
    assert_eq!(view.restated_at(&item, Asked::default()), [meeting_id(2)]);
    assert!(
        view.restated_at(&item, asked("2025-06-24", None))
            .is_empty()
    );
    let under = |number| view.meetings_under(framework_id(number)).count();
    assert_eq!((under(1), under(2)), (2, 0));
}

#[test]
fn its_state_is_read_back_as_it_was_written() {
    let mut view = Erased::<Dossiers>::default();
    let history = history();
    history.log().iter().for_each(|event| view.apply(event));
    // Every deed that there is, too, whether it could follow these or not.
    let mut last = history.log().last().expect("an event").clone();
    for (stream, event) in deeds::all() {
        last.position += 1;
        (last.stream, last.event) = (stream, event);
        view.apply(&last);
    }
    let bytes = view.state().expect("it serialises");
    let mut again = Erased::<Dossiers>::default();
    again.restore(&bytes).expect("it is read back");
    assert_eq!(again.0, view.0);
    assert_eq!(again.state().as_ref(), Ok(&bytes));
}

#[test]
fn a_roadmap_is_as_it_stood_and_as_it_was_known() {
    use travaux_domain::{StreamId, roadmap::Timing};
    use travaux_testkit::{
        history::roadmap_id,
        roadmap::{completed, moved, running, started},
    };

    // Moved in May, completed in June; that was recorded in August.
    let mut history = running();
    let handle: Handle = "plan".parse().expect("a handle");
    history
        .does("FR", handle.clone().give(StreamId::Roadmap(roadmap_id(1))))
        .at("2025-05-01")
        .roadmap(
            1,
            "FR",
            moved("2025-05-01", "forms", "2025-06-30", "2025-07-31"),
        )
        .at("2025-08-20")
        .roadmap(1, "FR", started("2025-06-01", "forms"))
        .roadmap(1, "FR", completed("2025-06-10", "forms"));
    let view = dossiers(&history);
    let of = view.roadmaps_under(framework_id(1));
    assert_eq!(of.map(|(id, _)| id).collect::<Vec<_>>(), [roadmap_id(1)]);
    assert_eq!(view.roadmaps_under(framework_id(2)).count(), 0);
    let view = &view.roadmaps[&roadmap_id(1)];
    assert_eq!(view.handle, Some(handle));
    let known = |day: &str| format!("{day}T23:59:59Z").parse().ok();
    for (on, known_at, timing, slip) in [
        ("2025-04-30", None, Timing::OnTrack, Some(0)),
        (
            "2025-08-10",
            known("2025-08-10"),
            Timing::Late { days: 10 },
            Some(31),
        ),
        ("2025-08-10", None, Timing::Done { late: 0 }, Some(31)),
        ("2025-04-30", known("2025-04-30"), Timing::OnTrack, Some(0)),
    ] {
        let day = date(on);
        let on = Some(day);
        let then = view.as_of(Asked { on, known_at }).expect("it is there");
        let schedule = then.state.schedule(&"forms".into(), day);
        let schedule = schedule.expect("it is there");
        assert_eq!(
            (schedule.timing, schedule.slip_to_first),
            (timing, slip),
            "{on:?}"
        );
    }
    let on = Some(date("2025-01-01"));
    assert!(view.as_of(Asked { on, known_at: None }).is_none());
}
