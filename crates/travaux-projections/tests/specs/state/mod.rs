//! The state of a framework on a day, as known at a time: what its entries say, and on which events
//! they rest.

mod brief;
mod diff;
mod exchange;
mod impact;
mod kinds;

use travaux_domain::{
    Recorded, StreamId, framework::FrameworkCommand, meeting::MeetingCommand as M,
};
use travaux_projections::{
    Dossiers, Entry, EntryId, FrameworkState, Frameworks, Moment, Projection, Register, StateDiff,
    StateSources,
};
use travaux_testkit::{
    agreement::{accept, adopt, date, words},
    history::{History, agreement_id, framework_id, meeting_id},
};

use crate::{
    common::{amend, arrangement, propose, revised},
    dossiers::history,
};

/// The views of a log.
#[derive(Default)]
pub(crate) struct Views {
    frameworks: Frameworks,
    dossiers: Dossiers,
    register: Register,
}

impl Views {
    pub(crate) fn of<'a>(log: impl IntoIterator<Item = &'a Recorded>) -> Self {
        let mut views = Self::default();
        for recorded in log {
            views.frameworks.apply(recorded);
            views.dossiers.apply(recorded);
            views.register.apply(recorded);
        }
        views
    }

    pub(crate) fn sources(&self) -> StateSources<'_> {
        StateSources {
            frameworks: &self.frameworks,
            dossiers: &self.dossiers,
            register: &self.register,
        }
    }

    pub(crate) fn state(&self, at: &Moment) -> Option<FrameworkState> {
        FrameworkState::of(self.sources(), framework_id(1), at)
    }
}

/// A day, with the knowledge of the evening of another.
pub(crate) fn moment(on: &str, known: Option<&str>) -> Moment {
    let evening = |day: &str| date(day).and_hms_opt(23, 59, 59).expect("a time").and_utc();
    Moment {
        known_at: known.map(evening),
        ..Moment::on(date(on))
    }
}

fn meeting(number: u128) -> StreamId {
    StreamId::Meeting(meeting_id(number))
}

fn mission() -> EntryId {
    EntryId::part(meeting(1), "item", "mission")
}

/// The entry as lines: its events, then its fields.
fn told(entry: &Entry) -> Vec<String> {
    let by: Vec<_> = entry.by.iter().map(|by| by.version.to_string()).collect();
    let fields = entry.fields.iter();
    let fields = fields.map(|(field, value)| {
        let value = serde_json::to_string(value).expect("it serialises");
        format!("{field}: {value}")
    });
    [by.join(" ")].into_iter().chain(fields).collect()
}

#[test]
fn qy1_an_item_says_its_words_mode_and_evidence_and_the_event_that_made_it_so() {
    let views = Views::of(history().log());
    let state = views.state(&moment("2025-04-15", None)).expect("founded");
    assert_eq!(
        told(&state.entries[&mission()]),
        [
            "3",
            r#"agreed: "2025-04-14""#,
            r#"evidence: "record of MA""#,
            r#"mode: "agreed""#,
            r#"parties: ["FR","MA"]"#,
            r#"status: "recorded""#,
            r#"words: {"en":"what mission says"}"#,
        ]
    );
    // On 26 June an area followed it up; that was recorded on 1 July, as event 4 of the meeting.
    let followed = views.state(&moment("2025-06-26", None)).expect("founded");
    let item = &followed.entries[&mission()];
    assert_eq!(item.by[0].version, 4);
    assert_eq!(item.text("status"), Some("followed_up"));
    assert_eq!(item.texts("followed_up").len(), 1);
    let before = views.state(&moment("2025-06-26", Some("2025-06-30")));
    let before = before.expect("founded");
    assert_eq!(before.entries[&mission()].text("status"), Some("recorded"));
}

#[test]
fn qy1_a_state_is_absent_before_anybody_knew_of_the_framework() {
    let views = Views::of(history().log());
    assert!(
        views
            .state(&moment("2025-06-26", Some("2019-12-31")))
            .is_none()
    );
    assert!(
        Views::default()
            .state(&moment("2025-06-26", None))
            .is_none()
    );
}

#[test]
fn qy1_a_meeting_waits_for_those_who_have_not_approved_its_minutes() {
    let mut history = history();
    let (drafted, approved) = (date("2025-07-11"), date("2025-07-12"));
    let draft = M::MinutesDrafted {
        on: drafted,
        source: None,
    };
    history.at("2025-07-12").meeting(1, "MA", draft).meeting(
        1,
        "MA",
        M::MinutesApproved { on: approved },
    );
    let views = Views::of(history.log());
    for (on, waits_for) in [
        ("2025-07-10", &[][..]),
        ("2025-07-11", &["FR", "MA"]),
        ("2025-07-12", &["FR"]),
    ] {
        let state = views.state(&moment(on, None)).expect("founded");
        let entry = state.whole(meeting(1)).expect("it was convened");
        let waiting: Vec<_> = entry.texts("waits_for").iter().map(|p| &**p).collect();
        assert_eq!(waiting, waits_for, "{on}");
        let all: Vec<_> = state
            .waiting()
            .keys()
            .map(|party| party.to_string())
            .collect();
        assert_eq!(all, waits_for, "{on}");
    }
}

/// An agreement that both adopted on 1 August came under the framework.
fn joined() -> History {
    let mut history = history();
    history
        .at("2025-08-01")
        .agreement(1, "FR", propose(arrangement()))
        .agreement(1, "MA", accept(1))
        .agreement(1, "MA", adopt(1))
        .framework(
            1,
            "FR",
            FrameworkCommand::AgreementJoined {
                agreement: agreement_id(1),
                area: "migration".into(),
            },
        );
    history
}

#[test]
fn qy1_an_agreement_and_a_package_stand_under_the_framework() {
    let history = joined();
    let views = Views::of(history.log());
    let state = views.state(&moment("2025-08-02", None)).expect("founded");
    let entry = state.whole(StreamId::Agreement(agreement_id(1)));
    let entry = entry.expect("it came under the framework");
    assert_eq!(entry.text("area"), Some("migration"));
    assert_eq!(entry.text("text"), Some("adopted"));
    assert_eq!(entry.text("force"), Some("not_in_force"));
    let before = views.state(&moment("2025-08-02", Some("2025-07-31")));
    let before = before.expect("founded");
    assert!(before.whole(StreamId::Agreement(agreement_id(1))).is_none());
}

/// What makes up the text of a day; and the difference of two days names what came into it, though
/// nothing was done on either.
#[test]
fn qy1_qy2_an_agreement_says_which_revisions_make_up_its_text() {
    let mut history = joined();
    history.at("2025-09-01");
    let meet = words(2, "coopèrent", "se concertent");
    revised(&mut history, 2, amend(1, Some("2026-01-01"), vec![meet]));
    let views = Views::of(history.log());
    let id = EntryId::whole(StreamId::Agreement(agreement_id(1)));
    for (on, known, applied, pending) in [
        ("2025-08-01", Some("2025-08-31"), &["1"][..], &[][..]),
        ("2025-12-31", None, &["1"], &["2 from 2026-01-01"]),
        ("2026-01-01", Some("2025-08-31"), &["1"], &[]),
        ("2026-01-01", None, &["1", "2"], &[]),
    ] {
        let state = views.state(&moment(on, known)).expect("founded");
        let entry = &state.entries[&id];
        assert_eq!(entry.texts("applied"), applied, "{on}, {known:?}");
        assert_eq!(entry.texts("pending"), pending, "{on}, {known:?}");
    }
    let state = |on| views.state(&moment(on, None)).expect("founded");
    let diff = StateDiff::between(&state("2025-12-31"), &state("2026-01-01"));
    let fields: Vec<_> = diff.changed[&id].fields.keys().collect();
    assert_eq!(fields, ["applied", "pending"]);
}

/// The log up to each event gives what the whole log gives as known then (INV33), and the state can
/// be read from its JSON (INV31).
#[test]
fn qy1_inv31_inv33_a_state_is_that_of_the_log_as_known_then() {
    let history = history();
    let log = history.log();
    let whole = Views::of(log);
    for (count, last) in (1..).zip(log) {
        let prefix = Views::of(&log[..count]);
        for on in ["2024-12-31", "2025-04-14", "2025-06-26", "2025-07-10"] {
            let at = Moment {
                known_at: Some(last.recorded_at),
                ..Moment::on(date(on))
            };
            let then = whole.state(&at);
            let was = prefix.state(&Moment::on(date(on)));
            let entries =
                |state: &Option<FrameworkState>| state.as_ref().map(|s| s.entries.clone());
            assert_eq!(entries(&then), entries(&was), "{on}, event {count}");
            let json = serde_json::to_string(&then).expect("it serialises");
            let read = serde_json::from_str::<Option<FrameworkState>>(&json);
            assert_eq!(read.expect("it can be read"), then);
        }
    }
}

#[test]
fn qy2_two_known_times_of_one_day_differ_in_what_was_learnt() {
    let views = Views::of(history().log());
    let state = |known| {
        views
            .state(&moment("2025-06-26", Some(known)))
            .expect("founded")
    };
    let diff = StateDiff::between(&state("2025-06-30"), &state("2025-07-01"));
    let changed: Vec<_> = diff
        .changed
        .iter()
        .filter(|(_, change)| !change.fields.is_empty())
        .map(|(id, change)| {
            let fields: Vec<_> = change.fields.keys().map(ToString::to_string).collect();
            (id.kind(), fields.join(" "))
        })
        .collect();
    assert_eq!(changed, [("item", "followed_up status".to_owned())]);
    assert!(diff.added.is_empty() && diff.ended.is_empty() && diff.moved.is_empty());
}
