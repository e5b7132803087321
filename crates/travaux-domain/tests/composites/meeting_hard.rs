//! Meetings: hard cases, worked out from the rules of procedure before the code was read. Who was
//! away, what is dated when it cannot be, what says two things at once.

use travaux_domain::{
    Rule, StreamCommand,
    meeting::{
        AgreedItem, Convocation, Disposal, ItemEnd, ItemStatus, MeetingCommand as M, MeetingLimits,
        Mode, RecordField, Start, Statement,
    },
    partnership::{FollowUp, ItemRef, OfficeHolder, Words},
};
use travaux_testkit::{
    agreement::date,
    history::{History, framework_id, meeting_id},
    meeting::{
        agenda_item, agreed, by_all, convene, convened, held, holder, item_ref, met, ministers,
        on_day, parties, record, statement,
    },
};

use crate::{
    meeting::{meeting, state},
    meeting_follow::{DAY, followed_up, follows, two_meetings},
    meeting_outcome::{approved, drafted},
};

/// A meeting to which Spain was called and did not come.
fn without_spain() -> History {
    let mut history = convened();
    let three = Convocation {
        parties: parties(&["FR", "MA", "ES"]),
        ..ministers()
    };
    history
        .meeting(3, "MA", convene("2025-04-01", three))
        .at(DAY)
        .meeting(3, "MA", adopted(&["FR", "MA", "ES"]))
        .meeting(3, "MA", held(DAY));
    history
}

fn adopted(consenting: &[&str]) -> M {
    M::AgendaAdopted {
        on: date(DAY),
        items: ["passes", "figures"].map(agenda_item).to_vec(),
        consenting: parties(consenting),
    }
}

fn third(command: M) -> StreamCommand {
    StreamCommand::Meeting(meeting_id(3), command)
}

fn disposed(on: &str, item: &str, outcome: Disposal) -> M {
    M::ItemDisposed {
        on: date(on),
        item: item.into(),
        outcome,
    }
}

fn restated(on: &str, of: ItemRef) -> M {
    M::ItemRestated {
        on: date(on),
        of,
        words: Words::new(),
    }
}

fn postponed(on: &str, to: Start) -> M {
    M::MeetingPostponed {
        on: date(on),
        to,
        reason: None,
    }
}

fn ended(on: &str, item: &str, how: ItemEnd) -> M {
    M::ItemEnded {
        on: date(on),
        item: item.into(),
        how,
        consenting: Some(parties(&["FR", "MA"])),
    }
}

fn issued(statement: Statement) -> M {
    M::StatementIssued {
        on: date(DAY),
        statement,
    }
}

fn migration() -> FollowUp {
    FollowUp::Area {
        framework: framework_id(1),
        area: "migration".into(),
    }
}

#[test]
fn mt6_nothing_is_agreed_proposed_or_undertaken_by_who_was_not_there() {
    let mut history = without_spain();
    let all = Mode::Agreed {
        consenting: parties(&["FR", "MA", "ES"]),
    };
    let by = || "ES".into();
    for mode in [
        all,
        Mode::Proposed { by: by() },
        Mode::Undertaking { by: by() },
    ] {
        history.refuses(
            "MA",
            third(record(DAY, agreed("areas", mode))),
            Rule::MT6,
            "parties who took part: FR, MA, found `ES`, who did not",
        );
    }
    history.meeting(
        3,
        "MA",
        record(DAY, agreed("areas", Mode::AgreedInPrinciple)),
    );
}

#[test]
fn mt5_nothing_is_agreed_by_all_without_one_of_them() {
    let all = Disposal::Agreed {
        consenting: parties(&["FR", "MA", "ES"]),
    };
    without_spain()
        .refuses(
            "MA",
            third(disposed(DAY, "passes", all)),
            Rule::MT5,
            "`ES`, who did not",
        )
        .meeting(3, "MA", disposed(DAY, "passes", Disposal::Noted));
}

#[test]
fn mt5_and_mt6_an_item_of_the_agenda_is_not_both_agreed_and_not_agreed() {
    let mut history = convened();
    history
        .at(DAY)
        .meeting(1, "FR", asks("2025-04-02", "passes"))
        .meeting(1, "MA", adopted(&["FR", "MA"]))
        .meeting(1, "MA", held(DAY));
    let under = |key: &str, agenda: &str, mode| {
        let agenda = Some(agenda.into());
        let item = AgreedItem {
            agenda,
            ..agreed(key, mode)
        };
        record(DAY, item)
    };
    // Who did not ask for an item does not take it back.
    history.refuses(
        "MA",
        meeting(disposed(DAY, "passes", Disposal::Withdrawn)),
        Rule::MT5,
        "`FR`, who asked for it",
    );
    for outcome in [Disposal::NotAgreed, Disposal::Withdrawn] {
        let mut over = history.clone();
        over.meeting(1, "FR", disposed(DAY, "passes", outcome.clone()))
            .refuses(
                "FR",
                meeting(under("areas", "passes", by_all())),
                Rule::MT6,
                &format!("one that was {outcome} on 2025-04-14"),
            )
            .meeting(1, "FR", under("idea", "passes", Mode::Noted))
            .meeting(1, "FR", under("areas", "figures", by_all()))
            .refuses(
                "MA",
                meeting(disposed(DAY, "figures", outcome)),
                Rule::MT5,
                "found `areas`, which was",
            )
            .meeting(1, "MA", disposed(DAY, "figures", Disposal::Noted));
    }
}

fn asks(on: &str, key: &str) -> M {
    M::AgendaItemRequested {
        on: date(on),
        item: agenda_item(key),
        consenting: Vec::new(),
    }
}

#[test]
fn mt5_and_mt10_what_is_done_at_a_meeting_is_done_by_its_end_and_before_its_minutes_are() {
    let mut history = without_spain();
    history.at("2025-06-25");
    let noted = |on: &str| third(disposed(on, "passes", Disposal::Noted));
    history
        .meeting(1, "MA", held(DAY))
        .meeting(1, "MA", record(DAY, agreed("areas", by_all())));
    let again = |on: &str| third(restated(on, item_ref(1, "areas")));
    let ended = "a day of the meeting, which ended on 2025-04-14";
    history
        .refuses("MA", noted("2025-04-15"), Rule::MT5, ended)
        .refuses("MA", again("2025-04-15"), Rule::MT10, ended);
    let mut open = history.clone();
    open.does("MA", noted(DAY)).does("MA", again(DAY));
    history.meeting(3, "MA", drafted("2025-05-01"));
    for party in ["FR", "MA", "ES"] {
        history.meeting(3, party, approved("2025-05-02"));
    }
    let late = "minutes that all approved";
    history
        .refuses("MA", noted(DAY), Rule::MT5, late)
        .refuses("MA", again(DAY), Rule::MT10, late);
}

#[test]
fn mt10_an_item_is_repeated_by_a_later_meeting_alone() {
    let mut history = two_meetings();
    history.refuses(
        "MA",
        meeting(restated("2025-06-25", item_ref(2, "findings"))),
        Rule::MT10,
        "which ended on 2025-04-14",
    );
}

#[test]
fn mt9_a_meeting_that_came_before_an_item_does_not_follow_it_up() {
    let mut history = two_meetings();
    history.refuses(
        "MA",
        meeting(follows("2025-06-25", item_ref(2, "findings"))),
        Rule::MT9,
        "a meeting from 2025-06-25 on, found one that was held on 2025-04-14",
    );
}

#[test]
fn mt9_an_item_takes_the_place_of_an_older_one_while_it_goes_on() {
    let mut history = two_meetings();
    let day = "2025-06-25";
    let superseded = |by| ItemEnd::Superseded { by };
    let second = |command| StreamCommand::Meeting(meeting_id(2), command);
    history
        .refuses(
            "MA",
            second(ended(day, "findings", superseded(item_ref(1, "areas")))),
            Rule::MT9,
            "an item from 2025-06-25 on",
        )
        .meeting(
            1,
            "MA",
            ended(day, "areas", superseded(item_ref(2, "findings"))),
        );
    // One that ended earlier is no successor, nor is one that has a successor of its own.
    let lapsed = ItemEnd::Lapsed {
        reason: "no funds".to_owned(),
    };
    let mut over = history.clone();
    over.meeting(2, "MA", ended(day, "findings", lapsed))
        .refuses(
            "MA",
            meeting(ended(day, "mission", superseded(item_ref(2, "findings")))),
            Rule::MT9,
            "one that was lapsed: no funds",
        );
    let mut ring = convened();
    ring.meeting(2, "MA", convene("2025-04-01", ministers()))
        .at(day);
    for number in [1, 2] {
        ring.meeting(number, "MA", held(DAY)).meeting(
            number,
            "MA",
            record(DAY, agreed("areas", by_all())),
        );
    }
    ring.meeting(
        1,
        "MA",
        ended(day, "areas", superseded(item_ref(2, "areas"))),
    )
    .refuses(
        "MA",
        second(ended(DAY, "areas", superseded(item_ref(1, "areas")))),
        Rule::MT9,
        "an item that goes on",
    );
}

#[test]
fn mt9_what_came_before_the_end_of_an_item_may_go_on_record_behind_it() {
    let mut history = two_meetings();
    history
        .meeting(1, "MA", followed_up("2025-05-20", "areas", migration()))
        .refuses(
            "MA",
            meeting(ended("2025-05-19", "areas", ItemEnd::Fulfilled)),
            Rule::RC3,
            "it was last followed up",
        )
        .meeting(1, "MA", ended("2025-06-01", "areas", ItemEnd::Fulfilled))
        .meeting(
            1,
            "MA",
            followed_up("2025-05-31", "areas", FollowUp::Meeting(meeting_id(2))),
        )
        .refuses(
            "MA",
            meeting(ended("2025-06-02", "areas", ItemEnd::Fulfilled)),
            Rule::MT9,
            "an item that goes on",
        );
    let item = state(&history, 1).items["areas"].clone();
    assert_eq!(
        (item.followed_up.len(), item.status()),
        (2, ItemStatus::Fulfilled)
    );
}

#[test]
fn mt7_a_statement_of_one_party_named_twice_is_not_joint_and_is_published_when_it_is() {
    let future = Statement {
        published: Some(date("2025-04-16")),
        ..statement("press", &["MA"])
    };
    met()
        .refuses(
            "MA",
            meeting(issued(statement("press", &["MA", "MA"]))),
            Rule::MT7,
            "its issuers, each once, found MA, MA",
        )
        .refuses(
            "MA",
            meeting(issued(future)),
            Rule::RC3,
            "a day that has come",
        );
}

#[test]
fn mt8_a_new_draft_does_not_come_before_the_old_one() {
    let mut history = met();
    history
        .at("2025-05-10")
        .meeting(1, "MA", drafted("2025-05-03"))
        .refuses(
            "MA",
            meeting(drafted("2025-05-02")),
            Rule::RC3,
            "the draft before",
        );
}

#[test]
fn mt11_until_all_have_approved_the_chair_corrects_and_who_approved_consents() {
    let mut history = without_spain();
    let corrects = |consenting: &[&str], was: &str, is: &str| {
        third(M::RecordCorrected {
            on: date("2025-05-03"),
            field: RecordField::ParticipantName(2),
            was: was.to_owned(),
            is: is.to_owned(),
            ground: "the French text".to_owned(),
            consenting: parties(consenting),
        })
    };
    let (first, second) = ("Bruno Le Roux", "Bruno Retailleau");
    history
        .at("2025-05-10")
        .meeting(3, "MA", drafted("2025-05-01"))
        .meeting(3, "FR", approved("2025-05-02"))
        .refuses(
            "ES",
            corrects(&["FR"], first, second),
            Rule::MT11,
            "the chair: MA",
        )
        .refuses(
            "MA",
            corrects(&[], first, second),
            Rule::MT11,
            "missing: FR",
        )
        .does("MA", corrects(&["FR"], first, second))
        // A correction of the correction starts from what the record says now.
        .refuses(
            "MA",
            corrects(&["FR"], first, "B. Retailleau"),
            Rule::MT11,
            second,
        )
        .does("MA", corrects(&["FR"], second, "B. Retailleau"))
        .meeting(3, "MA", approved("2025-05-02"))
        .meeting(3, "ES", approved("2025-05-02"))
        .refuses(
            "MA",
            corrects(&["FR", "MA"], "B. Retailleau", second),
            Rule::MT11,
            "missing: ES",
        )
        .does("ES", corrects(&["FR", "MA", "ES"], "B. Retailleau", second));
    let corrections = state(&history, 3).corrections;
    let told: Vec<_> = corrections.iter().map(|c| (&*c.was, &*c.is)).collect();
    let third = "B. Retailleau";
    assert_eq!(told, [(first, second), (second, third), (third, second)]);
}

#[test]
fn mt1_a_meeting_is_called_before_it_begins_at_a_time_that_there_is() {
    let mut history = convened();
    history.at("2025-05-01");
    let fifth = |on: &str, start: Start| {
        let call = Convocation {
            start,
            ..ministers()
        };
        StreamCommand::Meeting(meeting_id(5), convene(on, call))
    };
    let paris = |day: &str, time: &str| Start {
        date: date(day),
        time: time.parse().ok(),
        zone: Some("Europe/Paris".into()),
    };
    history
        .refuses(
            "MA",
            fifth("2025-04-15", on_day(DAY)),
            Rule::MT1,
            "a day from 2025-04-15 on, found 2025-04-14",
        )
        .refuses(
            "MA",
            fifth("2025-03-01", paris("2025-03-30", "02:30:00")),
            Rule::MT1,
            "2025-03-30 02:30:00, which its change of clock skips",
        );
    // Midnight belongs to the day that it begins; an hour that comes twice is there.
    for (day, time) in [("2025-03-30", "00:00:00"), ("2025-10-26", "02:30:00")] {
        let mut history = history.clone();
        history.does("MA", fifth("2025-03-01", paris(day, time)));
    }
}

#[test]
fn mt1_a_meeting_is_put_off_in_order_and_not_once_it_was_opened() {
    let mut history = convened();
    history
        .at(DAY)
        .meeting(1, "MA", postponed("2025-04-05", on_day("2025-04-10")))
        .refuses(
            "MA",
            meeting(postponed("2025-04-04", on_day("2025-04-20"))),
            Rule::RC3,
            "it was put off before (2025-04-05)",
        )
        .meeting(1, "MA", adopted(&["FR", "MA"]))
        .refuses(
            "MA",
            meeting(postponed(DAY, on_day("2025-04-20"))),
            Rule::MT1,
            "one that adopted its agenda on 2025-04-14",
        );
}

#[test]
fn mt2_and_mt4_what_was_in_time_stays_so_when_the_meeting_is_brought_forward() {
    let limits = MeetingLimits {
        items: 15,
        agenda: 10,
        papers: 7,
        delegations: Some(3),
    };
    let call = Convocation {
        start: on_day("2025-04-30"),
        limits: Some(limits),
        ..ministers()
    };
    let named = |on: &str, party: &str| M::DelegationNotified {
        on: date(on),
        members: vec![OfficeHolder {
            name: None,
            ..holder(party, "Minister of the Interior", "")
        }],
    };
    let mut history = convened();
    history
        .at("2025-04-13")
        .meeting(3, "MA", convene("2025-04-01", call))
        .meeting(3, "FR", named("2025-04-12", "FR"))
        .meeting(3, "MA", named("2025-04-12", "MA"))
        .meeting(3, "MA", postponed("2025-04-13", on_day(DAY)))
        // 15 days before 30 April; the other start was not known on that day.
        .meeting(3, "FR", asks("2025-04-12", "passes"))
        .refuses(
            "FR",
            third(asks("2025-04-13", "figures")),
            Rule::MT2,
            "2025-03-30 at the latest (15 days before)",
        )
        .at(DAY)
        .meeting(3, "MA", held(DAY));
    // Put off, the limit moves along.
    let mut later = convened();
    let call = Convocation {
        limits: Some(limits),
        ..ministers()
    };
    later
        .at("2025-04-05")
        .meeting(3, "MA", convene("2025-03-20", call))
        .refuses(
            "FR",
            third(asks("2025-03-31", "passes")),
            Rule::MT2,
            "2025-03-30 at the latest",
        )
        .meeting(3, "MA", postponed("2025-04-05", on_day("2025-04-20")))
        .meeting(3, "FR", asks("2025-04-05", "passes"));
}

#[test]
fn mt11_what_the_record_says_is_corrected_from_the_day_on_which_it_says_so() {
    let mut history = met();
    let issued = issued(statement("press", &["MA"]));
    history
        .at("2025-06-25")
        .meeting(1, "MA", record(DAY, agreed("areas", by_all())))
        .meeting(1, "MA", issued)
        .meeting(
            1,
            "MA",
            corrects("2025-05-02", RecordField::Place, "Rabat", "Tangier"),
        );
    let lang = travaux_testkit::agreement::lang("en");
    let (item, statement) = ("areas".into(), "press".into());
    for (field, was, since) in [
        (RecordField::Title, "Working meeting in Rabat", "2025-04-01"),
        (RecordField::ParticipantName(2), "Bruno Le Roux", DAY),
        (
            RecordField::ItemWords { item, lang },
            "what areas says",
            DAY,
        ),
        (
            RecordField::StatementWords { statement, lang },
            "they met",
            DAY,
        ),
        (RecordField::Place, "Tangier", "2025-05-02"),
    ] {
        let before = date(since).pred_opt().expect("a day").to_string();
        history
            .refuses(
                "MA",
                meeting(corrects(&before, field.clone(), was, "another")),
                Rule::RC3,
                &format!("a day not before the record said so ({since})"),
            )
            .meeting(1, "MA", corrects(since, field, was, "another"));
    }
}

fn corrects(on: &str, field: RecordField, was: &str, is: &str) -> M {
    M::RecordCorrected {
        on: date(on),
        field,
        was: was.to_owned(),
        is: is.to_owned(),
        ground: "the French text".to_owned(),
        consenting: Vec::new(),
    }
}

#[test]
fn mt1_a_start_reads_with_its_time_and_zone() {
    let mut start = on_day(DAY);
    assert_eq!(start.to_string(), "2025-04-14");
    start.zone = Some("Africa/Casablanca".into());
    start.time = "00:00:00".parse().ok();
    assert_eq!(start.to_string(), "2025-04-14 00:00 (Africa/Casablanca)");
}
