//! Golden case G1: the partnership of France and Morocco from 2024 to 2025, as its public record
//! tells it (`fr-ma-timeline.json`): who met by office, what was agreed by all and what by one side,
//! what was announced and did not come, and what was learnt later.

use std::{collections::BTreeMap, fs, process::ExitCode};

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::Value;
use travaux::{
    domain::{
        StreamId,
        meeting::{
            AgreedItem, Capacity, Convocation, Meeting, MeetingCommand as M, MeetingKind, Mode,
            Participant, RecordField, Start, Statement,
        },
        partnership::ItemRef,
    },
    projections::{Asked, Dossiers, Projection as _},
};
use travaux_testkit::{
    agreement::date,
    history::{History, meeting_id},
    meeting::{body, foundation, holder, ministers, parties, words},
    needs::{self, LeftOut, Run, corpus},
    tests,
};

fn main() -> ExitCode {
    needs::main(tests![
        the_record_tells_who_met_and_what_binds_whom,
        what_was_announced_stands_beside_what_was_recorded,
        a_wrong_name_is_corrected_and_the_office_stays,
        items_are_traced_from_april_to_june_as_known_then,
        offices_have_two_holders_one_after_the_other,
    ])
}

/// The meetings of the file that were held with participants, in their order.
fn told() -> Result<Vec<Value>, LeftOut> {
    let file = corpus("framework/fr-ma-timeline.json")?;
    let text = fs::read_to_string(file).expect("the chronology");
    let file: Value = serde_json::from_str(&text).expect("it is JSON");
    let items = file["items"].as_array().expect("a list").iter();
    let met = items.filter(|item| item["participants"].is_array());
    Ok(met.cloned().collect())
}

fn text<'a>(of: &'a Value, field: &str) -> &'a str {
    of[field].as_str().unwrap_or_default()
}

/// The office alone: without its ministry, the chair, and what else its holder is.
fn office(of: &Value) -> &str {
    let office = text(of, "office").split(';').next().unwrap_or_default();
    let office = office.trim_end_matches(", ministry of the interior");
    let office = office.trim_start_matches("minister of State, ");
    office.trim_start_matches("wali, ")
}

fn participants(of: &Value) -> Vec<Participant> {
    let all = of["participants"].as_array().expect("participants").iter();
    let one = |who: &Value| {
        let name = who["name_in_seed"].as_str().unwrap_or(text(who, "name"));
        let capacity = match text(who, "office") {
            office if office.contains("co-chair") => Capacity::CoChair,
            office if office.contains("minister") && !office.contains("adviser") => Capacity::Head,
            _ => Capacity::Member,
        };
        Participant {
            who: holder(text(who, "party"), office(who), name),
            capacity,
        }
    };
    all.map(one).collect()
}

/// What the words of an item bear; none where only a later meeting recalled them.
fn mode(of: &str) -> Option<Mode> {
    let by = |party: &str| party.into();
    Some(match of {
        "agreed" | "agreed by both" => Mode::Agreed {
            consenting: parties(&["FR", "MA"]),
        },
        "proposed by MA" => Mode::Proposed { by: by("MA") },
        "undertaking of MA" => Mode::Undertaking { by: by("MA") },
        "received" => Mode::Welcomed,
        "recorded by the statement" | "stated" | "examined" => Mode::Noted,
        other if other.starts_with("as recalled on") => return None,
        other => panic!("`{other}` is no mode that the file had"),
    })
}

fn item(key: &str, mode: Mode, of: &Value) -> AgreedItem {
    AgreedItem {
        key: key.into(),
        mode,
        words: words(text(of, "text")),
        area: None,
        agenda: None,
        statement: Some("statement".into()),
    }
}

fn key(of: &Value) -> String {
    let id = text(of, "id");
    let number = id.split('/').nth(1).expect("a number");
    format!("item-{number}")
}

/// The meetings, each recorded on its day: the items that only the session of June recalls are
/// recorded with it.
fn history() -> Result<History, LeftOut> {
    let mut history = History::new();
    history
        .at("2024-10-28")
        .framework(1, "FR", foundation(&["FR", "MA"]))
        .framework(1, "FR", body());
    let mut recalled: Vec<(u128, Value)> = Vec::new();
    for (number, of) in (1..).zip(told()?) {
        let day = text(&of, "on");
        let of_body = text(&of, "body") == "gmmp";
        let session = of["number"].as_u64();
        let present = participants(&of);
        let chair = present.iter().filter(|p| p.capacity == Capacity::CoChair);
        let chair: Vec<_> = chair.map(|p| p.who.clone()).collect();
        let convocation = Convocation {
            title: text(&of, "format").to_owned(),
            kind: match (of_body, session) {
                (true, Some(_)) => MeetingKind::Session,
                (true, None) => MeetingKind::Extraordinary,
                (false, _) => MeetingKind::Ministers,
            },
            body: of_body.then(|| "gmmp".into()),
            number: session.map(|n| u32::try_from(n).expect("few")),
            start: Start {
                date: date(day),
                time: None,
                zone: None,
            },
            place: text(&of, "place").to_owned(),
            chair: match chair.is_empty() {
                true => vec![present[0].who.clone()],
                false => chair,
            },
            ..ministers()
        };
        let called = date(day) - chrono::Days::new(4);
        let call = M::MeetingConvened {
            on: called,
            convocation,
        };
        history.at(&called.to_string()).meeting(number, "MA", call);
        if day == "2025-04-14" {
            let announced = M::OutcomeAnnounced {
                on: called,
                words: words("the ministers will sign a roadmap"),
                source: "press".to_owned(),
            };
            history.meeting(number, "MA", announced);
        }
        let held = M::MeetingHeld {
            on: date(day),
            participants: present,
            consenting: Vec::new(),
        };
        history.at(day).meeting(number, "MA", held);
        let issuers = match text(&of, "statement").contains("of one party") {
            true => parties(&["MA"]),
            false => parties(&["FR", "MA"]),
        };
        let statement = Statement {
            key: "statement".into(),
            issuers,
            words: words("on the meeting"),
            published: None,
            source: Some(text(&of, "source").to_owned()),
        };
        let on = date(day);
        history.meeting(number, "MA", M::StatementIssued { on, statement });
        for agreed in of["agreed"].as_array().into_iter().flatten() {
            match mode(text(agreed, "mode")) {
                Some(mode) => {
                    let item = item(&key(agreed), mode, agreed);
                    history.meeting(number, "MA", M::AgreedItemRecorded { on, item });
                }
                None => recalled.push((number, agreed.clone())),
            }
        }
        if session == Some(7) {
            recall(&mut history, number, on, &recalled);
        }
    }
    Ok(history)
}

/// What a session says of an earlier meeting: what was agreed then is recorded now, and repeated.
fn recall(history: &mut History, session: u128, on: NaiveDate, recalled: &[(u128, Value)]) {
    for (meeting, of) in recalled {
        let mut recorded = item(&key(of), Mode::Recalled, of);
        recorded.statement = None;
        let then = history.state::<Meeting>(StreamId::Meeting(meeting_id(*meeting)));
        let agreed = M::AgreedItemRecorded {
            on: then.held.expect("it was held").on,
            item: recorded,
        };
        history.meeting(*meeting, "MA", agreed);
        let restated = M::ItemRestated {
            on,
            of: ItemRef {
                meeting: meeting_id(*meeting),
                item: key(of).as_str().into(),
            },
            words: words(text(of, "text")),
        };
        history.meeting(session, "FR", restated);
    }
}

fn view(history: &History) -> Dossiers {
    let mut view = Dossiers::default();
    history.log().iter().for_each(|told| view.apply(told));
    view
}

fn evening(day: &str) -> DateTime<Utc> {
    let end = date(day).and_hms_opt(23, 59, 59).expect("a time");
    end.and_utc()
}

/// A meeting by the day on which it was held, as known on the evening of another.
fn meeting(view: &Dossiers, on: &str, known: &str) -> Meeting {
    let asked = Asked {
        on: None,
        known_at: Some(evening(known)),
    };
    let all = view.meetings.values().filter_map(|view| view.as_of(asked));
    let mut held = all.filter(|view| view.state.held.is_some_and(|held| held.on == date(on)));
    held.next().expect("it was held").state.clone()
}

fn the_record_tells_who_met_and_what_binds_whom() -> Run {
    let (told, view) = (told()?, view(&history()?));
    assert_eq!(told.len(), 4);
    for of in &told {
        let met = meeting(&view, text(of, "on"), "2025-12-31");
        let there = of["participants"].as_array().expect("participants");
        assert_eq!(met.participants.len(), there.len());
        for (who, of) in met.participants.iter().zip(there) {
            assert_eq!(who.who.party.0, text(of, "party"));
            assert_eq!(who.who.office, office(of));
        }
    }
    let april = meeting(&view, "2025-04-14", "2025-12-31");
    let [(statement, _)] = &april.statements[..] else {
        panic!("one statement: {:?}", april.statements);
    };
    assert_eq!(statement.issuers, parties(&["MA"]));
    // A statement of one side binds both to what it says that both agreed, and to nothing else (INV7).
    let by_all = april.items.values().filter(
        |item| matches!(&item.item.mode, Mode::Agreed { consenting } if consenting.len() == 2),
    );
    let by_all: Vec<_> = by_all.map(|item| item.item.key.as_str()).collect();
    assert_eq!(by_all, ["item-4"]);
    Ok(())
}

fn what_was_announced_stands_beside_what_was_recorded() -> Run {
    let view = view(&history()?);
    let april = meeting(&view, "2025-04-14", "2025-04-30");
    let [(announced, _, at)] = &april.announced[..] else {
        panic!("one announcement: {:?}", april.announced);
    };
    assert_eq!(at.on, date("2025-04-10"));
    assert!(announced.values().any(|said| said.contains("sign")));
    let recorded = april
        .items
        .values()
        .flat_map(|item| item.item.words.values());
    let recorded: Vec<_> = recorded.collect();
    assert!(recorded.iter().any(|said| said.contains("roadmap")));
    assert!(
        !recorded.iter().any(|said| said.contains("sign")),
        "{recorded:?}"
    );
    Ok(())
}

fn a_wrong_name_is_corrected_and_the_office_stays() -> Run {
    let mut history = history()?;
    let told = told()?;
    let of = told.iter().find(|of| text(of, "on") == "2025-04-14");
    let all = of.expect("April")["participants"].as_array().expect("two");
    let (at, of) = (1..)
        .zip(all)
        .find(|(_, who)| who["name_in_seed"].is_string())
        .expect("a name that two records tell otherwise");
    let number = (1..)
        .zip(&told)
        .find(|(_, of)| text(of, "on") == "2025-04-14");
    let (number, _) = number.expect("April");
    let corrected = M::RecordCorrected {
        on: date("2025-12-01"),
        field: RecordField::ParticipantName(at),
        was: text(of, "name_in_seed").to_owned(),
        is: text(of, "name").to_owned(),
        ground: "the French text of the same statement".to_owned(),
        consenting: Vec::new(),
    };
    history.at("2025-12-01").meeting(number, "MA", corrected);
    let view = view(&history);
    let (before, after) = (
        meeting(&view, "2025-04-14", "2025-11-30"),
        meeting(&view, "2025-04-14", "2025-12-01"),
    );
    let who = |of: &Meeting| of.participants[at as usize - 1].who.clone();
    assert_eq!(who(&before).name.as_deref(), Some(text(of, "name_in_seed")));
    assert_eq!(who(&after).name.as_deref(), Some(text(of, "name")));
    // The name alone: no office, no right and no number is another (INV9).
    assert_eq!(who(&before).office, who(&after).office);
    assert_eq!(before.items, after.items);
    assert_eq!(before.participants.len(), after.participants.len());
    Ok(())
}

fn items_are_traced_from_april_to_june_as_known_then() -> Run {
    let view = view(&history()?);
    let keys = |known: &str| -> Vec<String> {
        let april = meeting(&view, "2025-04-14", known);
        april.items.keys().map(ToString::to_string).collect()
    };
    // What only the session of June recalls was not on record before, though it is of April.
    assert_eq!(keys("2025-05-31"), ["item-1", "item-2", "item-3", "item-4"]);
    assert_eq!(keys("2025-06-25").len(), 6);
    let april = meeting(&view, "2025-04-14", "2025-06-25");
    assert_eq!(april.items["item-6"].agreed.on, date("2025-04-14"));
    let june = meeting(&view, "2025-06-25", "2025-06-25");
    let repeated: Vec<_> = june
        .restated
        .iter()
        .map(|of| of.of.item.to_string())
        .collect();
    assert_eq!(repeated, ["item-5", "item-6"]);
    // And back: from the item to the session that repeated it.
    let item = &june.restated[1].of;
    let back = view.restated_at(item, Asked::default());
    assert_eq!(back.len(), 1);
    assert_eq!(view.meetings[&back[0]].state.held, june.held);
    Ok(())
}

fn offices_have_two_holders_one_after_the_other() -> Run {
    let view = view(&history()?);
    let mut holders: BTreeMap<(String, String), Vec<String>> = BTreeMap::new();
    let mut all: Vec<_> = view.meetings.values().map(|view| &view.state).collect();
    all.sort_by_key(|met| met.held.map(|held| held.on));
    for met in all {
        for Participant { who, .. } in &met.participants {
            let names = holders
                .entry((who.party.to_string(), who.office.clone()))
                .or_default();
            let name = who.name.as_deref().unwrap_or_default().to_owned();
            if names.last() != Some(&name) {
                names.push(name);
            }
        }
    }
    let changed = holders.iter().filter(|(_, names)| names.len() > 1);
    let changed: Vec<_> = changed
        .map(|((party, office), _)| (&**party, &**office))
        .collect();
    assert_eq!(
        changed,
        [
            ("FR", "director of immigration"),
            ("FR", "minister of the interior")
        ],
        "{holders:?}"
    );
    Ok(())
}
