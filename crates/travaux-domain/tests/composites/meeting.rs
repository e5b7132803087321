//! Meetings: how they are convened, put off, cancelled and held.

use travaux_domain::{
    Rule, StreamCommand, StreamId,
    meeting::{
        Capacity, Convocation, Meeting, MeetingCommand as M, MeetingKind, MeetingLimits,
        MeetingStatus, Participant, Start,
    },
    partnership::Deed as _,
};
use travaux_testkit::{
    agreement::date,
    history::{History, framework_id, meeting_id},
    meeting::{
        agreed, body, by_all, convene, convened, delegations, foundation, held, holder, met,
        ministers, on_day, parties, record, session,
    },
};

/// A command to the meeting under the number 1.
pub(crate) fn meeting(command: M) -> StreamCommand {
    StreamCommand::Meeting(meeting_id(1), command)
}

/// The meeting under a number, as it stands.
pub(crate) fn state(history: &History, number: u128) -> Meeting {
    history.state(StreamId::Meeting(meeting_id(number)))
}

/// Each of these is refused to a party, by its row and in words that hold these.
#[track_caller]
pub(crate) fn refused(history: &mut History, cases: Vec<(&str, M, Rule, &str)>) {
    for (party, command, rule, says) in cases {
        history.refuses(party, meeting(command), rule, says);
    }
}

fn at(day: &str, time: &str, zone: &str) -> Start {
    Start {
        date: date(day),
        time: time.parse().ok(),
        zone: (!zone.is_empty()).then(|| zone.into()),
    }
}

fn postponed(on: &str, to: Start) -> M {
    M::MeetingPostponed {
        on: date(on),
        to,
        reason: Some("the ministers are elsewhere".to_owned()),
    }
}

fn cancelled(on: &str) -> M {
    M::MeetingCancelled {
        on: date(on),
        reason: None,
    }
}

fn confirmed(on: &str) -> M {
    M::MeetingConfirmed { on: date(on) }
}

#[test]
fn mt1_a_meeting_is_convened_with_all_that_a_call_has_to_say() {
    let mut history = History::new();
    history
        .at("2024-10-28")
        .framework(1, "FR", foundation(&["FR", "MA", "ES"]))
        .framework(1, "FR", body())
        .at("2025-04-01");
    let call = |change: fn(&mut Convocation)| {
        let mut call = session();
        change(&mut call);
        convene("2025-04-01", call)
    };
    refused(
        &mut history,
        vec![
            ("US", call(|_| {}), Rule::P0, "`US`"),
            (
                "ES",
                call(|_| {}),
                Rule::P0,
                "a party to the meeting: FR, MA",
            ),
            (
                "MA",
                call(|c| c.framework = framework_id(2)),
                Rule::RC4,
                "a framework on record",
            ),
            ("MA", call(|c| c.title = " ".into()), Rule::RC5, "a title"),
            (
                "MA",
                call(|c| c.place = String::new()),
                Rule::RC5,
                "a place",
            ),
            (
                "MA",
                call(|c| c.parties = parties(&["MA"])),
                Rule::MT1,
                "two parties or more, each once",
            ),
            (
                "MA",
                call(|c| c.parties = parties(&["MA", "FR", "MA"])),
                Rule::MT1,
                "each once",
            ),
            (
                "MA",
                call(|c| c.parties = parties(&["MA", "US"])),
                Rule::P0,
                "a party to the framework",
            ),
            ("MA", call(|c| c.chair.clear()), Rule::MT1, "take the chair"),
            (
                "MA",
                call(|c| c.chair = vec![holder("ES", "Minister", "")]),
                Rule::P0,
                "`ES`",
            ),
            (
                "MA",
                call(|c| c.chair = vec![holder("MA", "", "")]),
                Rule::RC5,
                "an office",
            ),
            (
                "MA",
                call(|c| c.start = at("2025-06-25", "10:00:00", "")),
                Rule::MT1,
                "the zone of the time",
            ),
            (
                "MA",
                call(|c| c.start = at("2025-06-25", "10:00:00", "Africa/Rabat")),
                Rule::MT1,
                "found `Africa/Rabat`",
            ),
            (
                "MA",
                call(|c| c.body = None),
                Rule::MT1,
                "whose session it is",
            ),
            (
                "MA",
                call(|c| c.body = Some("gmm".into())),
                Rule::MT1,
                "a body of the framework (gmmp)",
            ),
            (
                "MA",
                call(|c| c.number = None),
                Rule::MT1,
                "from 1 on, found none",
            ),
            (
                "MA",
                call(|c| c.number = Some(0)),
                Rule::MT1,
                "from 1 on, found 0",
            ),
            (
                "MA",
                call(|c| c.kind = MeetingKind::Extraordinary),
                Rule::MT1,
                "no number",
            ),
            (
                "MA",
                call(|c| c.kind = MeetingKind::Ministers),
                Rule::MT1,
                "no body",
            ),
            (
                "MA",
                confirmed("2025-04-01"),
                Rule::RC1,
                "no meeting of that id",
            ),
        ],
    );
    let timed = |c: &mut Convocation| c.start = at("2025-06-25", "10:00:00", "Africa/Casablanca");
    history.meeting(1, "MA", call(timed));
    history.refuses("MA", meeting(call(|_| {})), Rule::RC1, "a new id");
    let convened = state(&history, 1);
    assert_eq!(convened.status(date("2025-03-31")), MeetingStatus::Absent);
    assert_eq!(
        convened.status(date("2025-04-01")),
        MeetingStatus::Confirmed
    );
    assert_eq!(
        convened.status(date("2025-06-25")),
        MeetingStatus::Confirmed
    );
    assert_eq!(convened.status(date("2025-06-26")), MeetingStatus::Passed);
}

#[test]
fn mt1_a_date_is_confirmed_and_put_off_and_each_day_has_the_one_of_then() {
    let mut history = convened();
    history.refuses(
        "FR",
        meeting(confirmed("2025-04-01")),
        Rule::MT1,
        "found one with a date",
    );
    let tentative = Convocation {
        tentative: true,
        ..ministers()
    };
    history
        .meeting(2, "MA", convene("2025-04-01", tentative))
        .at("2025-04-05")
        .meeting(2, "FR", confirmed("2025-04-03"))
        .refuses(
            "MA",
            StreamCommand::Meeting(meeting_id(2), postponed("2025-04-05", on_day("2025-04-14"))),
            Rule::MT1,
            "another time",
        )
        .refuses(
            "MA",
            StreamCommand::Meeting(meeting_id(2), postponed("2025-04-05", on_day("2025-04-04"))),
            Rule::MT1,
            "a day from 2025-04-05 on",
        )
        .meeting(2, "MA", postponed("2025-04-05", on_day("2025-04-20")));
    let meeting = state(&history, 2);
    for (day, status, start) in [
        ("2025-04-02", MeetingStatus::Tentative, "2025-04-14"),
        ("2025-04-03", MeetingStatus::Confirmed, "2025-04-14"),
        ("2025-04-04", MeetingStatus::Confirmed, "2025-04-14"),
        ("2025-04-05", MeetingStatus::Confirmed, "2025-04-20"),
        ("2025-04-20", MeetingStatus::Confirmed, "2025-04-20"),
        ("2025-04-21", MeetingStatus::Passed, "2025-04-20"),
    ] {
        assert_eq!(meeting.status(date(day)), status, "{day}");
        let then = meeting.start_on(date(day)).map(|start| start.date);
        assert_eq!(then, Some(date(start)), "{day}");
    }
}

#[test]
fn mt1_what_was_cancelled_is_over() {
    let mut history = convened();
    history
        .at("2025-04-10")
        .meeting(1, "FR", cancelled("2025-04-10"))
        .at("2025-04-14");
    refused(
        &mut history,
        vec![
            (
                "MA",
                held("2025-04-14"),
                Rule::MT1,
                "cancelled on 2025-04-10",
            ),
            (
                "MA",
                cancelled("2025-04-14"),
                Rule::MT1,
                "a meeting to be held",
            ),
        ],
    );
    let meeting = state(&history, 1);
    assert_eq!(meeting.status(date("2025-04-09")), MeetingStatus::Confirmed);
    assert_eq!(meeting.status(date("2025-05-01")), MeetingStatus::Cancelled);
    // A cancelled meeting says so, and its record can still be corrected.
    history.meeting(
        1,
        "MA",
        crate::meeting_follow::corrected("2025-04-14", "Rabat", "Tangier"),
    );
}

#[test]
fn mt4_a_meeting_is_held_once_from_its_date_on_by_two_parties_or_more() {
    let mut history = convened();
    history.at("2025-04-14");
    let by = |participants: Vec<Participant>| M::MeetingHeld {
        on: date("2025-04-14"),
        participants,
        consenting: Vec::new(),
    };
    let mut stranger = delegations();
    stranger[1].who.party = "ES".into();
    let mut without_office = delegations();
    without_office[0].who.office = String::new();
    refused(
        &mut history,
        vec![
            (
                "MA",
                held("2025-04-13"),
                Rule::RC3,
                "not before its beginning",
            ),
            (
                "MA",
                by(delegations()[..1].to_vec()),
                Rule::MT4,
                "found of MA",
            ),
            ("MA", by(stranger), Rule::P0, "`ES`"),
            ("MA", by(without_office), Rule::RC5, "an office"),
        ],
    );
    history.meeting(1, "MA", held("2025-04-14"));
    refused(
        &mut history,
        vec![
            ("FR", held("2025-04-14"), Rule::MT4, "held on 2025-04-14"),
            (
                "FR",
                postponed("2025-04-14", on_day("2025-05-01")),
                Rule::MT1,
                "held on 2025-04-14",
            ),
            ("FR", cancelled("2025-04-14"), Rule::MT1, "not held yet"),
        ],
    );
    let meeting = state(&history, 1);
    assert_eq!(meeting.status(date("2025-04-13")), MeetingStatus::Confirmed);
    assert_eq!(meeting.status(date("2025-04-14")), MeetingStatus::Held);
    assert_eq!(meeting.participants, delegations());
}

#[test]
fn mt4_experts_are_heard_and_late_delegations_taken_in_by_consent() {
    let limits = MeetingLimits {
        items: 15,
        agenda: 10,
        papers: 7,
        delegations: Some(3),
    };
    let mut history = convened();
    let call = Convocation {
        limits: Some(limits),
        ..ministers()
    };
    let named = |on: &str, party: &str| M::DelegationNotified {
        on: date(on),
        members: vec![holder(party, "Minister of the Interior", "")],
    };
    let second = |command: M| StreamCommand::Meeting(meeting_id(2), command);
    let nobody = M::DelegationNotified {
        on: date("2025-04-10"),
        members: Vec::new(),
    };
    history
        .meeting(2, "MA", convene("2025-04-01", call))
        .at("2025-04-11")
        .refuses(
            "FR",
            second(named("2025-04-11", "MA")),
            Rule::MT4,
            "one of `MA`",
        )
        .refuses("FR", second(nobody), Rule::MT4, "one member or more")
        .meeting(2, "FR", named("2025-04-11", "FR"))
        .at("2025-04-12")
        .meeting(2, "MA", named("2025-04-12", "MA"))
        .at("2025-04-14")
        // Morocco was a day late.
        .refuses(
            "MA",
            second(held("2025-04-14")),
            Rule::MT4,
            "the consent of FR, MA",
        );
    let with = |participants: Vec<Participant>, consenting: &[&str]| M::MeetingHeld {
        on: date("2025-04-14"),
        participants,
        consenting: parties(consenting),
    };
    history
        .refuses(
            "MA",
            second(with(delegations(), &["MA"])),
            Rule::MT4,
            "missing: FR",
        )
        .meeting(2, "MA", with(delegations(), &["FR", "MA"]));
    // The first meeting has no such limit, but an expert.
    let mut expert = delegations();
    expert.push(Participant {
        who: holder("FR", "Statistician", ""),
        capacity: Capacity::Expert,
    });
    history
        .refuses(
            "MA",
            meeting(with(expert.clone(), &[])),
            Rule::MT4,
            "missing: FR, MA",
        )
        .meeting(1, "MA", with(expert, &["MA", "FR"]));
    assert_eq!(state(&history, 1).participants.len(), 3);
}

#[test]
fn rc3_an_act_is_dated_on_a_day_that_has_begun_and_not_before_what_it_rests_on() {
    let mut history = convened();
    history.at("2025-04-14");
    refused(
        &mut history,
        vec![
            (
                "MA",
                held("2025-04-16"),
                Rule::RC3,
                "2025-04-15 at the latest",
            ),
            (
                "MA",
                cancelled("2025-03-31"),
                Rule::RC3,
                "a day not before the meeting was convened (2025-04-01)",
            ),
        ],
    );
    // At noon in Greenwich the next day has begun where the sun rises first.
    history.meeting(1, "MA", held("2025-04-15"));
}

#[test]
fn rc5_and_rc4_names_have_words_and_frameworks_are_founded() {
    let mut history = History::new();
    history.at("2025-04-01").refuses(
        "MA",
        meeting(convene("2025-04-01", ministers())),
        Rule::RC4,
        "expected a framework on record",
    );
    let mut nameless = delegations();
    nameless[0].who.name = Some(" ".into());
    let held = M::MeetingHeld {
        on: date("2025-04-14"),
        participants: nameless,
        consenting: Vec::new(),
    };
    let long = Convocation {
        title: "x".repeat(16_385),
        ..ministers()
    };
    let mut history = convened();
    history
        .at("2025-04-14")
        .refuses("MA", meeting(held), Rule::RC5, "a name of 1 to 16384 bytes")
        .refuses(
            "MA",
            StreamCommand::Meeting(meeting_id(3), convene("2025-04-01", long)),
            Rule::RC5,
            "found 16385",
        );
}

#[test]
fn every_deed_is_recorded_on_the_row_of_its_list_and_read_back() {
    let mut history = met();
    history.meeting(1, "MA", record("2025-04-14", agreed("areas", by_all())));
    let mut seen = Vec::new();
    for recorded in history.log() {
        let travaux_domain::Event::Meeting(event) = &recorded.event else {
            continue;
        };
        let basis = recorded.legal_basis.as_ref().map(|basis| basis.rule);
        assert_eq!(basis, Some(event.rule()));
        assert_eq!(event.describe().done_on, Some(event.on()));
        let json = serde_json::to_string(event).expect("it serialises");
        assert_eq!(
            serde_json::from_str::<M>(&json).ok().as_ref(),
            Some(&**event)
        );
        let kept = postcard::to_stdvec(event).expect("it serialises");
        assert_eq!(postcard::from_bytes::<M>(&kept).as_ref(), Ok(&**event));
        seen.push(event.type_name());
    }
    let types = ["MeetingConvened", "MeetingHeld", "AgreedItemRecorded"];
    assert_eq!(seen, types);
}
