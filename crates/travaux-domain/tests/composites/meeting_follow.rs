//! Meetings: what became of what was agreed; corrections of the record.

use travaux_domain::{
    Rule, StreamCommand, StreamId,
    meeting::{ItemEnd, ItemStatus, Meeting, MeetingCommand as M, Mode, RecordField, Restated},
    partnership::{Dossier as _, FollowUp, ItemRef, Words},
};
use travaux_testkit::{
    agreement::{date, lang},
    history::{History, framework_id, meeting_id},
    meeting::{
        agreed, by_all, convene, delegations, held, item_ref, met, ministers, parties, record,
        session, words,
    },
};

use crate::{
    meeting::{meeting, refused, state},
    meeting_outcome::{approved, drafted},
};

pub(crate) const DAY: &str = "2025-04-14";

/// Two items agreed on 14 April, and the session of 25 June, as the meeting under the number 2.
pub(crate) fn two_meetings() -> History {
    let mut history = met();
    let later = M::MeetingHeld {
        on: date("2025-06-25"),
        participants: delegations(),
        consenting: Vec::new(),
    };
    history
        .meeting(1, "MA", record(DAY, agreed("areas", by_all())))
        .meeting(1, "MA", record(DAY, agreed("mission", by_all())))
        .at("2025-06-25")
        .meeting(2, "MA", convene("2025-05-01", session()))
        .meeting(2, "MA", later)
        .meeting(2, "FR", record("2025-06-25", agreed("findings", by_all())));
    history
}

pub(crate) fn followed_up(on: &str, item: &str, by: FollowUp) -> M {
    M::ItemFollowedUp {
        on: date(on),
        item: item.into(),
        by,
    }
}

pub(crate) fn follows(on: &str, item: ItemRef) -> M {
    M::MeetingFollowsItem { on: date(on), item }
}

fn ended(on: &str, item: &str, how: ItemEnd) -> M {
    M::ItemEnded {
        on: date(on),
        item: item.into(),
        how,
        consenting: Some(parties(&["FR", "MA"])),
    }
}

fn restated(on: &str, of: ItemRef, words: Words) -> M {
    M::ItemRestated {
        on: date(on),
        of,
        words,
    }
}

fn correction(on: &str, field: RecordField, was: &str, is: &str, consenting: &[&str]) -> M {
    M::RecordCorrected {
        on: date(on),
        field,
        was: was.to_owned(),
        is: is.to_owned(),
        ground: "the French text of the statement".to_owned(),
        consenting: parties(consenting),
    }
}

/// The place of a meeting, corrected.
pub(crate) fn corrected(on: &str, was: &str, is: &str) -> M {
    correction(on, RecordField::Place, was, is, &[])
}

#[test]
fn mt9_an_item_is_followed_up_by_each_thing_once_until_it_ends() {
    let mut history = two_meetings();
    let area = |number, key: &str| FollowUp::Area {
        framework: framework_id(number),
        area: key.into(),
    };
    let day = "2025-06-25";
    let one = area(1, "civil-protection");
    refused(
        &mut history,
        vec![
            (
                "MA",
                followed_up(day, "nothing", one.clone()),
                Rule::MT9,
                "an item that the meeting agreed (areas, mission)",
            ),
            (
                "MA",
                followed_up("2025-04-13", "areas", one.clone()),
                Rule::RC3,
                "it was agreed",
            ),
            (
                "MA",
                followed_up(day, "areas", area(2, "x")),
                Rule::MT9,
                "the framework of the meeting",
            ),
        ],
    );
    history
        .meeting(1, "MA", followed_up(day, "areas", one.clone()))
        .meeting(1, "MA", followed_up(day, "areas", area(1, "migration")));
    history.refuses(
        "FR",
        meeting(followed_up(day, "areas", one.clone())),
        Rule::MT9,
        "which follows it up",
    );
    let item = |history: &History, key: &str| state(history, 1).items[key].clone();
    assert_eq!(item(&history, "areas").status(), ItemStatus::FollowedUp);
    assert_eq!(item(&history, "mission").status(), ItemStatus::Recorded);
    let lapsed = |reason: &str| ItemEnd::Lapsed {
        reason: reason.to_owned(),
    };
    let superseded = |by| ItemEnd::Superseded { by };
    refused(
        &mut history,
        vec![
            ("MA", ended(day, "areas", lapsed("")), Rule::RC5, "a reason"),
            (
                "MA",
                ended(day, "areas", superseded(item_ref(2, "nothing"))),
                Rule::MT9,
                "under the same framework",
            ),
            (
                "MA",
                ended(day, "areas", superseded(item_ref(1, "mission"))),
                Rule::RC1,
                "itself",
            ),
        ],
    );
    for (how, status, reads) in [
        (ItemEnd::Fulfilled, ItemStatus::Fulfilled, "fulfilled"),
        (lapsed("no funds"), ItemStatus::Lapsed, "lapsed: no funds"),
        (
            superseded(item_ref(2, "findings")),
            ItemStatus::Superseded,
            "superseded by item findings",
        ),
    ] {
        let mut history = history.clone();
        history.meeting(1, "FR", ended(day, "areas", how));
        assert_eq!(item(&history, "areas").status(), status);
        refused(
            &mut history,
            vec![
                (
                    "MA",
                    ended(day, "areas", ItemEnd::Fulfilled),
                    Rule::MT9,
                    reads,
                ),
                (
                    "MA",
                    followed_up(day, "areas", FollowUp::Meeting(meeting_id(2))),
                    Rule::MT9,
                    "an item that goes on",
                ),
            ],
        );
    }
}

#[test]
fn mt9_what_all_agreed_is_let_go_by_all_and_a_proposal_by_who_made_it() {
    let mut history = two_meetings();
    let by = |party: &str| Mode::Proposed { by: party.into() };
    let undertaken = Mode::Undertaking { by: "MA".into() };
    history
        .meeting(1, "MA", record(DAY, agreed("new-framework", by("MA"))))
        .meeting(1, "MA", record(DAY, agreed("figures", undertaken)))
        .meeting(1, "MA", record(DAY, agreed("press", Mode::Noted)))
        .at("2025-07-01");
    let alone = |item: &str, how| M::ItemEnded {
        on: date("2025-07-01"),
        item: item.into(),
        how,
        consenting: Some(Vec::new()),
    };
    let lapsed = || ItemEnd::Lapsed {
        reason: "no more wanted".into(),
    };
    let superseded = || ItemEnd::Superseded {
        by: item_ref(2, "findings"),
    };
    refused(
        &mut history,
        vec![
            (
                "FR",
                alone("areas", lapsed()),
                Rule::MT9,
                "the consent of FR, MA",
            ),
            (
                "MA",
                alone("areas", superseded()),
                Rule::MT9,
                "the consent of FR, MA",
            ),
            // Who undertook it is not free of it by its own word.
            (
                "MA",
                alone("figures", lapsed()),
                Rule::MT9,
                "the consent of FR, MA",
            ),
            (
                "FR",
                alone("new-framework", lapsed()),
                Rule::MT9,
                "`MA`, which proposed it, found `FR`",
            ),
        ],
    );
    history
        .meeting(1, "MA", alone("new-framework", lapsed()))
        .meeting(1, "FR", alone("press", lapsed()))
        .meeting(1, "FR", alone("areas", ItemEnd::Fulfilled))
        .meeting(1, "FR", ended("2025-07-01", "mission", lapsed()));
}

#[test]
fn mt9_a_meeting_follows_an_item_of_another_under_the_same_framework() {
    let mut history = two_meetings();
    let second = |command| StreamCommand::Meeting(meeting_id(2), command);
    let day = "2025-06-25";
    for (item, rule, says) in [
        (item_ref(1, "nothing"), Rule::MT9, "item nothing of meeting"),
        (item_ref(9, "areas"), Rule::MT9, "under the same framework"),
        (item_ref(2, "findings"), Rule::RC1, "itself"),
    ] {
        history.refuses("MA", second(follows(day, item)), rule, says);
    }
    let early = second(follows("2025-04-13", item_ref(1, "areas")));
    history.refuses("MA", early, Rule::RC3, "it was agreed");
    history.meeting(2, "MA", follows(day, item_ref(1, "areas")));
    let meeting = state(&history, 2);
    assert_eq!(meeting.follows[0].0, item_ref(1, "areas"));
}

#[test]
fn mt10_an_item_that_is_repeated_is_no_second_one() {
    let mut history = two_meetings();
    let second = |command| StreamCommand::Meeting(meeting_id(2), command);
    let day = "2025-06-25";
    let again = || restated(day, item_ref(1, "mission"), Words::new());
    let wordless = restated(day, item_ref(1, "mission"), words(" "));
    history
        .refuses(
            "MA",
            second(restated(day, item_ref(1, "none"), Words::new())),
            Rule::MT10,
            "an item of a meeting",
        )
        .refuses("MA", second(wordless), Rule::RC5, "words (en)")
        .meeting(2, "MA", again())
        .refuses("FR", second(again()), Rule::MT10, "which it repeated");
    let meeting = state(&history, 2);
    assert_eq!(meeting.items.len(), 1, "its own one alone");
    let Restated { of, words, at } = &meeting.restated[0];
    assert_eq!(
        (of, words.len(), at.on),
        (&item_ref(1, "mission"), 0, date(day))
    );
}

#[test]
fn mt11_a_record_is_corrected_by_its_chair_and_by_consent_once_it_is_approved() {
    let name = RecordField::ParticipantName(2);
    let (was, is) = ("Bruno Le Roux", "Bruno Retailleau");
    let day = "2025-06-25";
    let mut history = two_meetings();
    let right = || correction(day, name.clone(), was, is, &[]);
    refused(
        &mut history,
        vec![
            ("FR", right(), Rule::MT11, "the chair: MA"),
            (
                "MA",
                correction(day, RecordField::ParticipantName(3), was, is, &[]),
                Rule::MT11,
                "a field of the record that is filled in",
            ),
            (
                "MA",
                correction(day, name.clone(), "Bruno", is, &[]),
                Rule::MT11,
                "what the record says: \"Bruno Le Roux\"",
            ),
            (
                "MA",
                correction(day, name.clone(), was, was, &[]),
                Rule::MT11,
                "other words",
            ),
            (
                "MA",
                correction(day, name.clone(), was, "", &[]),
                Rule::RC5,
                "what it is to say",
            ),
        ],
    );
    let mut groundless = right();
    if let M::RecordCorrected { ground, .. } = &mut groundless {
        ground.clear();
    }
    history.refuses("MA", meeting(groundless), Rule::RC5, "a ground");
    let before = state(&history, 1);
    let mut by_chair = history.clone();
    by_chair.meeting(1, "MA", right());
    // INV9: the name has changed, and nothing else has.
    let mut after = state(&by_chair, 1);
    assert_eq!(after.field(&name), Some(is));
    assert_eq!(
        (&*after.corrections[0].was, &*after.corrections[0].is),
        (was, is)
    );
    after.corrections.clear();
    after.participants[1].who.name = Some(was.into());
    after.version -= 1;
    assert_eq!(after, before);
    // Who has approved the minutes has to agree; the others need not.
    history
        .meeting(1, "MA", drafted(day))
        .meeting(1, "FR", approved(day));
    history
        .refuses("MA", meeting(right()), Rule::MT11, "missing: FR")
        .meeting(1, "MA", correction(day, name.clone(), was, is, &["FR"]));
    assert_eq!(state(&history, 1).field(&name), Some(is));
}

#[test]
fn mt11_each_field_of_the_record_can_be_corrected() {
    let history = two_meetings();
    let en = lang("en");
    let fields = [
        (RecordField::Title, "Working meeting in Rabat"),
        (RecordField::Place, "Rabat"),
        (RecordField::ParticipantName(1), "Abdelouafi Laftit"),
        (RecordField::ChairName(1), "The chair"),
        (
            RecordField::ItemWords {
                item: "areas".into(),
                lang: en,
            },
            "what areas says",
        ),
        (
            RecordField::StatementWords {
                statement: "press".into(),
                lang: en,
            },
            "they met",
        ),
    ];
    let mut call = ministers();
    call.chair[0].name = Some("The chair".into());
    let issued = M::StatementIssued {
        on: date(DAY),
        statement: travaux_testkit::meeting::statement("press", &["MA"]),
    };
    let mut corrected = history.clone();
    corrected
        .meeting(3, "MA", convene("2025-04-01", call))
        .meeting(3, "MA", held(DAY))
        .meeting(3, "MA", issued)
        .meeting(3, "MA", record(DAY, agreed("areas", by_all())));
    for (field, was) in fields {
        let is = "what it was to say";
        corrected.meeting(
            3,
            "MA",
            correction("2025-06-25", field.clone(), was, is, &[]),
        );
        assert_eq!(state(&corrected, 3).field(&field), Some(is), "{field:?}");
    }
    assert_eq!(state(&corrected, 3).corrections.len(), 6);
    for absent in [RecordField::ParticipantName(0), RecordField::ChairName(2)] {
        assert_eq!(state(&corrected, 3).field(&absent), None);
    }
}

#[test]
fn as_it_stood_on_a_day_what_came_later_is_skipped_and_corrections_count_from_the_beginning() {
    let mut history = two_meetings();
    let day = "2025-06-25";
    history
        .meeting(1, "MA", ended(day, "areas", ItemEnd::Fulfilled))
        .meeting(1, "MA", corrected(day, "Rabat", "Tangier"));
    let stream = StreamId::Meeting(meeting_id(1));
    let on = |day: &str| {
        let mut state = Meeting::default();
        for recorded in history.log().iter().filter(|r| r.stream == stream) {
            let travaux_domain::Event::Meeting(event) = &recorded.event else {
                panic!("an event of a meeting");
            };
            match Meeting::counts_from(event).is_none_or(|from| from <= date(day)) {
                true => travaux_domain::Aggregate::evolve(&mut state, event, &recorded.context()),
                false => state.skip(),
            }
        }
        state
    };
    assert_eq!(on(day), state(&history, 1));
    let before = on("2025-06-24");
    assert_eq!(before.items["areas"].status(), ItemStatus::Recorded);
    assert_eq!(before.field(&RecordField::Place), Some("Tangier"));
    assert_eq!(
        before.version,
        on(day).version,
        "the numbers of events stay"
    );
    assert!(on("2025-04-13").items.is_empty());
}
