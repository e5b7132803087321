//! The laws of the difference of two states (QY2, INV32), on random states.

use std::collections::BTreeMap;

use travaux_domain::StreamId;
use travaux_projections::{
    Entry, EntryId, EventRef, FieldValue, Fields, FrameworkState, Moment, StateDiff,
};
use travaux_testkit::{
    agreement::date,
    history::{framework_id, meeting_id},
    random::Rng,
};

fn entry_id(rng: &mut Rng) -> EntryId {
    let stream = StreamId::Meeting(meeting_id(u128::from(rng.below(3))));
    match rng.below(3) {
        0 => EntryId::whole(stream),
        _ => EntryId::part(stream, "item", rng.pick(&["a", "b/c"])),
    }
}

fn value(rng: &mut Rng) -> FieldValue {
    match rng.below(4) {
        0 => FieldValue::Flag(rng.chance(50)),
        1 => FieldValue::Number(rng.pick(&[-1, 0, 1])),
        2 => FieldValue::Text(rng.pick(&["2025-04-14", "held"]).into()),
        _ => FieldValue::List(vec![rng.pick(&["FR", "MA"]).into()]),
    }
}

fn state(rng: &mut Rng) -> FrameworkState {
    let entries = (0..rng.below(6)).map(|_| {
        let id = entry_id(rng);
        let by = EventRef {
            stream: id.stream,
            version: rng.below(3) + 1,
        };
        let fields: Fields = (0..rng.below(4))
            .map(|_| (rng.pick(&["area", "status", "title"]).into(), value(rng)))
            .collect();
        (
            id,
            Entry {
                by: vec![by],
                fields,
            },
        )
    });
    let entries = entries.collect();
    let day = rng.pick(&["2025-04-14", "2025-06-25"]);
    FrameworkState {
        framework: framework_id(1),
        at: Moment::on(date(day)),
        entries,
    }
}

#[test]
fn qy2_inv32_a_difference_put_on_the_first_state_gives_the_second() {
    let mut rng = Rng::of("qy2_inv32_a_difference_put_on_the_first_state_gives_the_second");
    for round in 0..2_000 {
        let (a, b) = (state(&mut rng), state(&mut rng));
        let of_itself = StateDiff::between(&a, &a);
        assert!(of_itself.is_empty(), "round {round}");
        let there = StateDiff::between(&a, &b);
        let mut applied = a.clone();
        there
            .apply(&mut applied)
            .expect("it starts from this state");
        assert_eq!(applied, b, "round {round}");
        // And back, by the difference the other way round.
        let back = StateDiff::between(&b, &a);
        back.apply(&mut applied).expect("it starts from this state");
        assert_eq!(applied, a, "round {round}");
        assert_eq!(there.added, back.ended);
        assert_eq!(there.is_empty(), a.entries == b.entries);
        // It is the same once it was written and read.
        let json = serde_json::to_string(&there).expect("it serialises");
        let read: StateDiff = serde_json::from_str(&json).expect("it can be read");
        assert_eq!(read, there, "round {round}");
    }
}

#[test]
fn qy2_a_difference_is_refused_on_another_state_which_stays_as_it_was() {
    let mut rng = Rng::of("qy2_a_difference_is_refused_on_another_state_which_stays_as_it_was");
    let mut refused = 0;
    for round in 0..2_000 {
        let (a, b, mut other) = (state(&mut rng), state(&mut rng), state(&mut rng));
        let before = other.clone();
        let diff = StateDiff::between(&a, &b);
        if diff.apply(&mut other).is_err() {
            refused += 1;
            assert_eq!(other, before, "round {round}");
        }
    }
    assert!(refused > 100, "{refused}");
}

#[test]
fn qy2_what_is_in_another_area_has_moved() {
    let entry = |area: &str| {
        let by = vec![EventRef {
            stream: StreamId::Meeting(meeting_id(1)),
            version: 1,
        }];
        let fields = Fields::from_iter([("area".into(), FieldValue::Text(area.into()))]);
        Entry { by, fields }
    };
    let id = EntryId::whole(StreamId::Meeting(meeting_id(1)));
    let state = |area| FrameworkState {
        framework: framework_id(1),
        at: Moment::on(date("2025-04-14")),
        entries: BTreeMap::from([(id.clone(), entry(area))]),
    };
    let diff = StateDiff::between(&state("migration"), &state("security"));
    let moved = &diff.moved[&id];
    assert_eq!(moved.was, Some(FieldValue::Text("migration".into())));
    assert_eq!(moved.is, Some(FieldValue::Text("security".into())));
    assert!(diff.changed[&id].fields.is_empty());
}

#[test]
fn ids_are_written_as_in_the_log_and_read_again() {
    let stream = StreamId::Meeting(meeting_id(1));
    for id in [
        EntryId::whole(stream),
        EntryId::part(stream, "item", "visa"),
        EntryId::part(stream, "item", "a/b"),
    ] {
        assert_eq!(id.to_string().parse(), Ok(id));
    }
    let stream = stream.to_string();
    for text in ["", "meeting", "meeting-1", "area/visa"] {
        assert!(text.parse::<EntryId>().is_err(), "{text}");
        assert!(text.parse::<EventRef>().is_err(), "{text}");
    }
    for tail in ["/", "/item", "/item/", "//visa"] {
        assert!(
            format!("{stream}{tail}").parse::<EntryId>().is_err(),
            "{tail}"
        );
    }
    assert!(format!("{stream}@x").parse::<EventRef>().is_err());
}
