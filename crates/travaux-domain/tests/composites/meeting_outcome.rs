//! Meetings: what was agreed at them, with which weight; statements, minutes, what was announced.

use travaux_domain::{
    Rule,
    meeting::{AgreedItem, Evidence, MeetingCommand as M, MeetingStatus, Mode, Statement},
};
use travaux_testkit::{
    agreement::date,
    meeting::{agreed, by_all, convened, held, met, parties, record, statement, words},
};

use crate::meeting::{meeting, refused, state};

const DAY: &str = "2025-04-14";

fn issued(on: &str, statement: Statement) -> M {
    M::StatementIssued {
        on: date(on),
        statement,
    }
}

pub(crate) fn drafted(on: &str) -> M {
    M::MinutesDrafted {
        on: date(on),
        source: Some("archive, box 7".to_owned()),
    }
}

pub(crate) fn approved(on: &str) -> M {
    M::MinutesApproved { on: date(on) }
}

fn announced(on: &str, source: &str) -> M {
    M::OutcomeAnnounced {
        on: date(on),
        words: words("the ministers will sign a roadmap"),
        source: source.to_owned(),
    }
}

#[test]
fn mt6_only_what_all_agreed_on_is_agreed_by_all() {
    let mut history = met();
    let all = |names: &[&str]| Mode::Agreed {
        consenting: parties(names),
    };
    let with = |change: fn(&mut AgreedItem)| {
        let mut item = agreed("areas", by_all());
        change(&mut item);
        record(DAY, item)
    };
    refused(
        &mut history,
        vec![
            (
                "MA",
                record(DAY, agreed("areas", all(&["MA"]))),
                Rule::MT6,
                "missing: FR",
            ),
            (
                "MA",
                record(DAY, agreed("areas", all(&[]))),
                Rule::MT6,
                "found none",
            ),
            (
                "MA",
                record(DAY, agreed("areas", Mode::Proposed { by: "ES".into() })),
                Rule::P0,
                "`ES`",
            ),
            (
                "MA",
                record(DAY, agreed("areas", Mode::Undertaking { by: "US".into() })),
                Rule::P0,
                "`US`",
            ),
            (
                "MA",
                record("2025-04-15", agreed("areas", by_all())),
                Rule::MT6,
                "ended on 2025-04-14",
            ),
            (
                "MA",
                record("2025-04-13", agreed("areas", by_all())),
                Rule::RC3,
                "not before the meeting",
            ),
            (
                "MA",
                with(|i| i.words.clear()),
                Rule::RC5,
                "words in one language or more",
            ),
            ("MA", with(|i| i.key = "".into()), Rule::RC5, "a key"),
            (
                "MA",
                with(|i| i.area = Some("sport".into())),
                Rule::FW1,
                "an area of the framework (civil-protection, migration)",
            ),
            (
                "MA",
                with(|i| i.agenda = Some("3".into())),
                Rule::MT6,
                "an item of the agenda, of which there is none",
            ),
            (
                "MA",
                with(|i| i.statement = Some("press".into())),
                Rule::MT6,
                "a statement on record, of which there is none",
            ),
        ],
    );
    for (key, mode, reads) in [
        ("areas", by_all(), "agreed by all"),
        ("reference", Mode::AgreedInPrinciple, "agreed in principle"),
        (
            "framework",
            Mode::Proposed { by: "MA".into() },
            "proposed by MA",
        ),
        (
            "commitment",
            Mode::Undertaking { by: "MA".into() },
            "undertaken by MA",
        ),
        ("mission", Mode::Noted, "noted"),
        ("progress", Mode::Welcomed, "welcomed"),
        ("declaration", Mode::Recalled, "recalled"),
    ] {
        assert_eq!(mode.to_string(), reads);
        history
            .meeting(1, "MA", record(DAY, agreed(key, mode.clone())))
            .refuses(
                "FR",
                meeting(record(DAY, agreed(key, by_all()))),
                Rule::MT6,
                "a new key",
            );
        assert_eq!(state(&history, 1).items[key].item.mode, mode);
    }
    let mut early = convened();
    early.at(DAY).refuses(
        "MA",
        meeting(record(DAY, agreed("areas", by_all()))),
        Rule::MT6,
        "a meeting that was held",
    );
}

#[test]
fn mt7_a_statement_is_its_issuers_and_shows_no_more() {
    let mut history = met();
    let published = |day: &str| Statement {
        published: Some(date(day)),
        ..statement("press", &["MA"])
    };
    refused(
        &mut history,
        vec![
            (
                "FR",
                issued(DAY, statement("press", &["MA"])),
                Rule::MT7,
                "one of its issuers",
            ),
            (
                "MA",
                issued(DAY, statement("press", &[])),
                Rule::MT7,
                "one of its issuers",
            ),
            (
                "MA",
                issued(DAY, statement("press", &["MA", "ES"])),
                Rule::P0,
                "`ES`",
            ),
            (
                "MA",
                issued(DAY, published("2025-04-13")),
                Rule::MT7,
                "on 2025-04-14 or later",
            ),
            (
                "MA",
                issued("2025-04-13", statement("press", &["MA"])),
                Rule::RC3,
                "meeting",
            ),
        ],
    );
    history
        .meeting(1, "MA", issued(DAY, published(DAY)))
        .meeting(1, "FR", issued(DAY, statement("joint", &["FR", "MA"])))
        .refuses(
            "MA",
            meeting(issued(DAY, statement("press", &["MA"]))),
            Rule::MT7,
            "a new key",
        );
    let told = |key: &str, statement: Option<&str>| AgreedItem {
        statement: statement.map(Into::into),
        ..agreed(key, by_all())
    };
    history
        .meeting(1, "MA", record(DAY, told("areas", Some("press"))))
        .meeting(1, "MA", record(DAY, told("passes", Some("joint"))))
        .meeting(1, "FR", record(DAY, told("figures", None)));
    let evidence = |state: &travaux_domain::meeting::Meeting| {
        ["areas", "passes", "figures"].map(|key| state.evidence(&state.items[key]))
    };
    let before = state(&history, 1);
    assert_eq!(
        evidence(&before),
        [
            Evidence::StatementOf("MA".into()),
            Evidence::JointStatement,
            Evidence::RecordOf("FR".into()),
        ]
    );
    let reads = evidence(&before).map(|e| e.to_string());
    assert_eq!(
        reads,
        [
            "by a statement of MA alone",
            "by a joint statement",
            "by the record of FR"
        ]
    );
    history
        .meeting(1, "MA", drafted(DAY))
        .meeting(1, "MA", approved(DAY))
        .meeting(1, "FR", approved(DAY));
    let after = state(&history, 1);
    assert!(evidence(&after).iter().all(|e| *e == Evidence::Minutes));
}

#[test]
fn mt8_minutes_are_drafted_by_the_chair_and_approved_by_all() {
    let mut history = met();
    history.at("2025-05-10");
    refused(
        &mut history,
        vec![
            ("FR", drafted("2025-05-01"), Rule::MT8, "the chair: MA"),
            ("MA", drafted("2025-04-13"), Rule::RC3, "not before"),
            (
                "MA",
                approved("2025-05-01"),
                Rule::MT8,
                "minutes that were drafted",
            ),
        ],
    );
    history
        .meeting(1, "MA", drafted("2025-05-01"))
        .meeting(1, "FR", record(DAY, agreed("late", Mode::Noted)))
        .meeting(1, "MA", approved("2025-05-01"));
    refused(
        &mut history,
        vec![
            // Nothing slips in behind an approval: MA would seem to have approved it.
            (
                "FR",
                record(DAY, agreed("later", Mode::Noted)),
                Rule::MT6,
                "draft them again first, found minutes that were approved by MA",
            ),
            (
                "FR",
                approved("2025-04-30"),
                Rule::RC3,
                "the minutes were drafted",
            ),
            (
                "MA",
                approved("2025-05-02"),
                Rule::MT8,
                "found that of 2025-05-01",
            ),
        ],
    );
    // A new draft wants new approvals.
    history.meeting(1, "MA", drafted("2025-05-03"));
    assert_eq!(
        state(&history, 1).minutes.map(|m| m.approved.len()),
        Some(0)
    );
    history
        .meeting(1, "FR", approved("2025-05-04"))
        .meeting(1, "MA", approved("2025-05-06"));
    refused(
        &mut history,
        vec![
            (
                "MA",
                drafted("2025-05-07"),
                Rule::MT8,
                "all had approved on 2025-05-06",
            ),
            (
                "MA",
                record(DAY, agreed("too-late", Mode::Noted)),
                Rule::MT6,
                "minutes that all approved",
            ),
        ],
    );
    let then = state(&history, 1);
    for (day, status) in [
        ("2025-05-02", MeetingStatus::Held),
        ("2025-05-03", MeetingStatus::MinutesDrafted),
        ("2025-05-05", MeetingStatus::MinutesDrafted),
        ("2025-05-06", MeetingStatus::MinutesApproved),
    ] {
        assert_eq!(then.status(date(day)), status, "{day}");
    }
    let mut early = convened();
    early.at(DAY).refuses(
        "MA",
        meeting(drafted(DAY)),
        Rule::MT8,
        "a meeting that was held",
    );
}

#[test]
fn mt12_nothing_is_announced_once_the_day_of_the_meeting_has_passed() {
    let mut history = convened();
    history
        .at("2025-04-20")
        .meeting(1, "FR", announced(DAY, "press, 14 April"))
        .refuses(
            "FR",
            meeting(announced("2025-04-15", "press, 15 April")),
            Rule::MT12,
            "a day before the meeting",
        )
        .refuses(
            "FR",
            meeting(announced("2025-03-31", "press, 31 March")),
            Rule::RC3,
            "the meeting was convened",
        );
}

#[test]
fn mt12_what_is_announced_stands_apart_from_what_is_agreed() {
    let mut history = convened();
    history
        .at("2025-04-10")
        .refuses(
            "FR",
            meeting(announced("2025-04-10", "")),
            Rule::RC5,
            "a source",
        )
        .meeting(1, "FR", announced("2025-04-10", "press, 10 April"))
        .at(DAY)
        .meeting(1, "MA", held(DAY))
        .refuses(
            "FR",
            meeting(announced(DAY, "press")),
            Rule::MT12,
            "a day before the meeting, which began on 2025-04-14",
        )
        // What was said before goes on record behind it, too.
        .meeting(1, "FR", announced("2025-04-11", "press, 11 April"));
    let meeting = state(&history, 1);
    assert_eq!(meeting.announced[0].1, "press, 10 April");
    assert!(
        meeting.items.is_empty(),
        "nothing was agreed by being announced"
    );
}
