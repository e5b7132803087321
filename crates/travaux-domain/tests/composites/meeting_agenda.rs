//! Meetings: the agenda, and what became of each of its items.

use travaux_domain::{
    Rule, StreamCommand,
    meeting::{
        AgendaItem, Convocation, Disposal, MeetingCommand as M, MeetingLimits, MeetingStatus,
    },
};
use travaux_testkit::{
    agreement::date,
    history::{History, meeting_id},
    meeting::{agenda_item, convene, convened, held, ministers, parties, words},
};

use crate::meeting::{meeting, refused, state};

const LIMITS: MeetingLimits = MeetingLimits {
    items: 15,
    agenda: 10,
    papers: 7,
    delegations: None,
};

/// The ministers' meeting, with the limits of the rules of procedure of 2012.
fn limited() -> History {
    let mut history = convened();
    let call = Convocation {
        limits: Some(LIMITS),
        ..ministers()
    };
    history.meeting(2, "MA", convene("2025-03-20", call));
    history
}

fn second(command: M) -> StreamCommand {
    StreamCommand::Meeting(meeting_id(2), command)
}

fn asks(on: &str, key: &str, consenting: &[&str]) -> M {
    M::AgendaItemRequested {
        on: date(on),
        item: agenda_item(key),
        consenting: parties(consenting),
    }
}

fn circulated(on: &str, consenting: &[&str]) -> M {
    M::AgendaCirculated {
        on: date(on),
        consenting: parties(consenting),
    }
}

fn paper(on: &str, item: &str, consenting: &[&str]) -> M {
    M::PaperSent {
        on: date(on),
        item: item.into(),
        title: "Figures of 2024".to_owned(),
        consenting: parties(consenting),
    }
}

fn adopts(on: &str, items: Vec<AgendaItem>, consenting: &[&str]) -> M {
    M::AgendaAdopted {
        on: date(on),
        items,
        consenting: parties(consenting),
    }
}

fn disposes(item: &str, outcome: Disposal) -> M {
    M::ItemDisposed {
        on: date("2025-04-14"),
        item: item.into(),
        outcome,
    }
}

/// What an item was made of.
fn made_of(key: &str, of: &[&str]) -> AgendaItem {
    AgendaItem {
        of: of.iter().map(|key| (*key).into()).collect(),
        ..agenda_item(key)
    }
}

#[test]
fn mt2_what_is_late_wants_the_consent_of_all() {
    let both = &["FR", "MA"][..];
    for (last, late, act) in [
        (
            "2025-03-30",
            "2025-03-31",
            (|on, all| asks(on, "passes", all)) as fn(&str, &[&str]) -> M,
        ),
        ("2025-04-04", "2025-04-05", circulated),
        ("2025-04-07", "2025-04-08", |on, all| {
            paper(on, "figures", all)
        }),
    ] {
        let mut history = limited();
        history
            .at("2025-04-10")
            .meeting(2, "FR", asks("2025-03-25", "figures", &[]))
            .refuses("FR", second(act(late, &[])), Rule::MT2, last)
            .refuses("FR", second(act(late, &["FR"])), Rule::MT2, "missing: MA");
        let mut by_consent = history.clone();
        by_consent.meeting(2, "FR", act(late, both));
        history.meeting(2, "FR", act(last, &[]));
        // Without limits nothing is late.
        let mut free = convened();
        free.at("2025-04-13")
            .meeting(1, "FR", asks("2025-04-13", "figures", &[]))
            .meeting(1, "FR", act("2025-04-13", &[]));
    }
}

#[test]
fn mt2_an_agenda_has_items_under_keys_of_their_own() {
    let mut history = convened();
    history.at("2025-04-13");
    refused(
        &mut history,
        vec![
            (
                "FR",
                circulated("2025-04-13", &[]),
                Rule::MT2,
                "an agenda with an item",
            ),
            (
                "FR",
                paper("2025-04-13", "figures", &[]),
                Rule::MT2,
                "of which there is none",
            ),
            (
                "FR",
                asks("2025-04-13", "two words", &[]),
                Rule::RC5,
                "without spaces",
            ),
            (
                "FR",
                asks("2025-04-13", "", &[]),
                Rule::RC5,
                "a key of 1 to 64",
            ),
            (
                "FR",
                M::AgendaItemRequested {
                    on: date("2025-04-13"),
                    item: made_of("all", &["figures"]),
                    consenting: Vec::new(),
                },
                Rule::MT2,
                "one made of `figures`",
            ),
            (
                "FR",
                M::AgendaItemRequested {
                    on: date("2025-04-13"),
                    item: AgendaItem {
                        title: words(" "),
                        ..agenda_item("figures")
                    },
                    consenting: Vec::new(),
                },
                Rule::RC5,
                "a title (en)",
            ),
        ],
    );
    history.meeting(1, "FR", asks("2025-04-13", "figures", &[]));
    history.meeting(1, "MA", paper("2025-04-13", "figures", &[]));
    history.meeting(1, "MA", circulated("2025-04-13", &[]));
    refused(
        &mut history,
        vec![
            (
                "MA",
                asks("2025-04-13", "figures", &[]),
                Rule::MT2,
                "a new key",
            ),
            (
                "MA",
                paper("2025-04-13", "figure", &[]),
                Rule::MT2,
                "an item of the agenda (figures), found `figure`",
            ),
        ],
    );
    let meeting = state(&history, 1);
    let entry = meeting.entry(&"figures".into()).expect("the item");
    assert_eq!(entry.papers[0].0, "Figures of 2024");
    let asked = entry
        .requested
        .as_ref()
        .map(|(party, at)| (party.to_string(), at.on));
    assert_eq!(asked, Some(("FR".to_owned(), date("2025-04-13"))));
    assert_eq!(meeting.circulated.map(|at| at.on), Some(date("2025-04-13")));
}

#[test]
fn mt3_the_agenda_is_adopted_at_the_opening_by_all_and_keeps_lineage() {
    let mut history = convened();
    let both = &["FR", "MA"][..];
    history
        .at("2025-04-14")
        .meeting(1, "FR", asks("2025-04-02", "figures", &[]))
        .meeting(1, "MA", asks("2025-04-02", "passes", &[]))
        .meeting(1, "MA", asks("2025-04-02", "events", &[]));
    let day = "2025-04-14";
    let merged = || made_of("administration", &["figures", "passes"]);
    let twice = vec![agenda_item("events"), agenda_item("events")];
    refused(
        &mut history,
        vec![
            (
                "MA",
                adopts("2025-04-13", vec![merged()], both),
                Rule::RC3,
                "not before the opening",
            ),
            (
                "MA",
                adopts(day, vec![], both),
                Rule::MT3,
                "an agenda with an item",
            ),
            ("MA", adopts(day, twice, both), Rule::MT3, "`events` twice"),
            (
                "MA",
                adopts(day, vec![made_of("all", &["nothing"])], both),
                Rule::MT3,
                "found `nothing`",
            ),
            (
                "MA",
                adopts(day, vec![merged(), agenda_item("passes")], both),
                Rule::MT3,
                "`passes`, which is on it",
            ),
            (
                "MA",
                adopts(day, vec![merged()], &["MA"]),
                Rule::MT3,
                "missing: FR",
            ),
            (
                "MA",
                adopts(day, vec![merged()], &["MA", "FR", "ES"]),
                Rule::P0,
                "`ES`",
            ),
        ],
    );
    history.meeting(
        1,
        "MA",
        adopts(day, vec![agenda_item("events"), merged()], both),
    );
    refused(
        &mut history,
        vec![
            (
                "MA",
                asks(day, "late", &[]),
                Rule::MT2,
                "adopted on 2025-04-14",
            ),
            ("MA", circulated(day, &[]), Rule::MT2, "not adopted yet"),
            (
                "MA",
                adopts(day, vec![merged()], both),
                Rule::MT3,
                "not adopted yet",
            ),
        ],
    );
    let meeting = state(&history, 1);
    let keys = |entries: &[travaux_domain::meeting::AgendaEntry]| -> Vec<String> {
        entries.iter().map(|e| e.item.key.to_string()).collect()
    };
    assert_eq!(keys(&meeting.agenda), ["events", "administration"]);
    assert_eq!(keys(&meeting.off_agenda), ["figures", "passes"]);
    assert_eq!(meeting.status(date(day)), MeetingStatus::AgendaAdopted);
}

#[test]
fn mt5_each_item_is_disposed_of_once_and_says_where_it_goes() {
    let mut history = convened();
    let items = ["a", "b", "c", "d", "e", "f"].map(agenda_item).to_vec();
    history.at("2025-04-14");
    history.refuses(
        "MA",
        meeting(disposes("a", Disposal::Noted)),
        Rule::MT5,
        "a meeting that was held",
    );
    let mut without = history.clone();
    without.meeting(1, "MA", held("2025-04-14")).refuses(
        "MA",
        meeting(disposes("a", Disposal::Noted)),
        Rule::MT5,
        "an agenda that was adopted",
    );
    history
        .meeting(1, "MA", adopts("2025-04-14", items, &["FR", "MA"]))
        .meeting(1, "MA", held("2025-04-14"));
    let agreed = |all: &[&str]| Disposal::Agreed {
        consenting: parties(all),
    };
    let to = |to: &str| to.to_owned();
    refused(
        &mut history,
        vec![
            (
                "MA",
                disposes("z", Disposal::Noted),
                Rule::MT5,
                "an item of the agenda",
            ),
            (
                "MA",
                disposes("a", agreed(&["MA"])),
                Rule::MT5,
                "missing: FR",
            ),
            (
                "MA",
                disposes("a", Disposal::Referred { to: to("") }),
                Rule::RC5,
                "to whom it is referred",
            ),
            (
                "MA",
                disposes("a", Disposal::Deferred { to: to(" ") }),
                Rule::RC5,
                "to when it is put off",
            ),
        ],
    );
    for (item, outcome, reads) in [
        ("a", agreed(&["FR", "MA"]), "agreed"),
        ("b", Disposal::Noted, "noted"),
        (
            "c",
            Disposal::Referred {
                to: to("the experts"),
            },
            "referred to the experts",
        ),
        (
            "d",
            Disposal::Deferred {
                to: to("the autumn"),
            },
            "deferred to the autumn",
        ),
        ("e", Disposal::NotAgreed, "not agreed"),
        ("f", Disposal::Withdrawn, "withdrawn"),
    ] {
        history
            .meeting(1, "FR", disposes(item, outcome.clone()))
            .refuses(
                "MA",
                meeting(disposes(item, Disposal::Noted)),
                Rule::MT5,
                &format!("one that was {reads} on 2025-04-14"),
            );
        let meeting = state(&history, 1);
        let entry = meeting.entry(&item.into()).expect("the item");
        assert_eq!(entry.outcome.as_ref().map(|(o, _)| o), Some(&outcome));
    }
}
