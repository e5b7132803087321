//! Contents of requests: what they bear, who sees, uses, sends on and erases them.

use travaux_domain::{
    Rule, StreamId,
    exchange::Exchange,
    limit::Counting,
    marking::{Evaluation, Marking, Reader, Tlp},
    request::{Access, Content, ContentRef, Request, RequestCommand as R, Use},
};
use travaux_testkit::{
    agreement::date,
    exchange::{amber, asked, call, content, exchanging, level, provide, receive, send},
    history::{History, exchange_id, request_id},
    meeting::parties,
};

use crate::request::{refused, request, state};

fn secret(to: &[&str]) -> Marking {
    Marking {
        levels: [("fr".into(), level(2, "secret"))].into(),
        ..amber(to)
    }
}

fn change(on: &str, key: &str, from: Marking, to: Marking) -> R {
    R::MarkingChanged {
        on: date(on),
        content: key.into(),
        from,
        to,
    }
}

fn acknowledge(on: &str, key: &str) -> R {
    R::MarkingReceived {
        on: date(on),
        content: key.into(),
    }
}

fn forward(on: &str, key: &str, to: &str) -> R {
    R::OnwardTransmitted {
        on: date(on),
        content: key.into(),
        to: to.into(),
    }
}

fn erase(on: &str, key: &str, ground: &str) -> R {
    R::ContentErased {
        on: date(on),
        content: key.into(),
        ground: ground.into(),
    }
}

fn consent(on: &str, key: &str, to: &str) -> R {
    R::UseConsented {
        on: date(on),
        content: key.into(),
        uses: vec![Use::Onward { to: to.into() }],
    }
}

fn exchange(history: &History) -> Exchange {
    history.state(StreamId::Exchange(exchange_id(1)))
}

/// A request to which MA answered, with these markings of the answer.
fn answered(marking: Option<Marking>) -> History {
    let mut history = asked(Counting::PLAIN);
    let answer = content("a1", marking);
    history.at("2025-04-02").request(
        1,
        "MA",
        provide("2025-03-29T05:00:00+00:00", &["identity"], answer),
    );
    history
}

fn marking(history: &History, key: &str) -> Marking {
    let record = state(history).contents.remove(key).expect("the content");
    record.marking().expect("a marking").clone()
}

#[test]
fn ix9_what_nobody_marked_bears_the_most_restrictive_marking() {
    let history = answered(None);
    let bears = marking(&history, "a1");
    assert_eq!(
        bears.to_string(),
        "fr:tres-secret, releasable to FR, h1, h2, TLP:RED"
    );
    // The record says so itself; decided again it is the same.
    let command = provide(
        "2025-03-29T05:00:00+00:00",
        &["travel"],
        content("a2", None),
    );
    let event = history
        .decided("MA", request(command))
        .expect("decided")
        .event;
    let again = travaux_domain::StreamCommand::behind(StreamId::Request(request_id(1)), &event);
    let again = history
        .decided("MA", again.expect("a command"))
        .expect("decided again");
    assert_eq!(again.event, event);
}

#[test]
fn ix9_a_marking_says_what_its_schemes_have() {
    let mut history = asked(Counting::PLAIN);
    history.at("2025-04-02");
    let with = |marking: Marking| {
        provide(
            "2025-03-29T05:00:00+00:00",
            &["identity"],
            content("a1", Some(marking)),
        )
    };
    let levels = |scheme: &str, rank, code: &str| Marking {
        levels: [(scheme.into(), level(rank, code))].into(),
        ..amber(&["FR"])
    };
    let evaluated = Marking {
        evaluations: [Evaluation {
            scheme: "europol".into(),
            source: "Q".into(),
            information: "1".into(),
            dissemination: None,
        }]
        .into(),
        ..amber(&["FR"])
    };
    let handled = Marking {
        handling: ["no further".into()].into(),
        ..amber(&["FR"])
    };
    refused(
        &mut history,
        vec![
            (
                "MA",
                with(levels("fr", 3, "secret")),
                Rule::IX9,
                "the place of fr:secret in its scheme, 2, found 3",
            ),
            (
                "MA",
                with(levels("fr", 3, "secret-defense")),
                Rule::IX9,
                "`fr:secret-defense`",
            ),
            ("MA", with(evaluated), Rule::IX9, "a source of A B C X"),
            ("MA", with(handled), Rule::RC5, "a key"),
            (
                "MA",
                with(amber(&["MA", "ES"])),
                Rule::IX9,
                "lets it go to FR, to whom it is sent, found releasable to ES, MA",
            ),
        ],
    );
    history.request(1, "MA", with(levels("ma", 1, "ma-secret")));
}

#[test]
fn ix10_what_is_made_of_others_bears_all_that_they_bear() {
    // FR asks ES with what it had of MA.
    let mut history = answered(Some(Marking {
        handling: ["h2".into()].into(),
        ..secret(&["ES", "FR"])
    }));
    let part = ContentRef {
        request: Some(request_id(1)),
        content: "a1".into(),
    };
    let asks = |marking: Option<Marking>, made_of: Vec<ContentRef>| {
        let mut call = call();
        (call.to, call.at) = ("ES".into(), "spoc-es".into());
        call.content = Content {
            made_of,
            ..content("question", marking)
        };
        travaux_domain::StreamCommand::Request(
            request_id(2),
            send("2025-04-01T10:00:00+02:00", call),
        )
    };
    let unknown = ContentRef {
        request: Some(request_id(9)),
        content: "a1".into(),
    };
    history
        .refuses("FR", asks(Some(amber(&["ES"])), vec![part.clone()]), Rule::IX10, "bears all that its parts do: fr:secret, releasable to ES, FR, h2, TLP:AMBER, found releasable to ES, TLP:AMBER")
        .refuses("FR", asks(None, vec![unknown]), Rule::IX10, "a content that `FR` wrote or holds")
        // Spain has it not, and cannot use it.
        .refuses("ES", asks(None, vec![part.clone()]), Rule::IX10, "a content that `ES` wrote or holds");
    history.does("FR", asks(None, vec![part.clone()]));
    let whole: Request = history.state(StreamId::Request(request_id(2)));
    let record = whole.contents.get("question").expect("the content");
    assert_eq!(record.origins, parties(&["FR", "MA"]).into_iter().collect());
    let bears = record.marking().expect("a marking").to_string();
    assert_eq!(
        bears, "fr:tres-secret, releasable to ES, h1, h2, TLP:RED",
        "the strictest of all"
    );
    // It is lowered to what its parts bear, and no further, until they are lowered themselves.
    let now = record.marking().expect("a marking").clone();
    let floor = marking(&history, "a1");
    let on_two = |command: R| travaux_domain::StreamCommand::Request(request_id(2), command);
    let low = amber(&["ES", "FR"]);
    history
        .refuses(
            "FR",
            on_two(change("2025-04-02", "question", now.clone(), low.clone())),
            Rule::IX10,
            "bears all that its parts do",
        )
        .does(
            "FR",
            on_two(change("2025-04-02", "question", now, floor.clone())),
        )
        .request(
            1,
            "MA",
            change("2025-04-02", "a1", floor.clone(), low.clone()),
        )
        .refuses(
            "FR",
            on_two(change("2025-04-02", "question", floor.clone(), low.clone())),
            Rule::IX10,
            "bears all",
        )
        .request(1, "FR", acknowledge("2025-04-02", "a1"))
        .does("FR", on_two(change("2025-04-02", "question", floor, low)));
}

/// INV18: whoever else tries, and whatever is joined, a marking is lowered by its originator alone.
#[test]
fn ix11_only_the_originator_changes_a_marking_and_holders_go_by_it_when_they_have_it() {
    let (first, next) = (secret(&["FR", "MA"]), amber(&["MA"]));
    let mut history = answered(Some(first.clone()));
    refused(
        &mut history,
        vec![
            (
                "FR",
                change("2025-03-30", "a1", first.clone(), next.clone()),
                Rule::IX11,
                "the originator of the content, `MA`",
            ),
            (
                "ES",
                change("2025-03-30", "a1", first.clone(), next.clone()),
                Rule::IX11,
                "the originator of the content, `MA`",
            ),
            (
                "MA",
                change("2025-03-30", "a9", first.clone(), next.clone()),
                Rule::IX11,
                "found `a9`",
            ),
            (
                "MA",
                change("2025-03-27", "a1", first.clone(), next.clone()),
                Rule::RC3,
                "before it was sent",
            ),
            (
                "MA",
                change("2025-03-30", "a1", next.clone(), first.clone()),
                Rule::IX11,
                "the marking that it bears: fr:secret",
            ),
            (
                "MA",
                change("2025-03-30", "a1", first.clone(), first.clone()),
                Rule::IX11,
                "another marking",
            ),
            (
                "FR",
                acknowledge("2025-03-30", "a1"),
                Rule::IX11,
                "a change of its marking",
            ),
            (
                "MA",
                acknowledge("2025-03-30", "a1"),
                Rule::IX11,
                "a holder of it: FR",
            ),
        ],
    );
    history.request(
        1,
        "MA",
        change("2025-03-30", "a1", first.clone(), next.clone()),
    );
    let of = |history: &History, party: &str| {
        let record = state(history).contents.remove("a1").expect("the content");
        record
            .marking_for(&party.into())
            .map(|(marking, _)| marking.clone())
    };
    assert_eq!(of(&history, "MA"), Some(next.clone()));
    assert_eq!(
        of(&history, "FR"),
        Some(first.clone()),
        "until it has received it"
    );
    assert_eq!(of(&history, "ES"), None);
    refused(
        &mut history,
        vec![(
            "FR",
            acknowledge("2025-03-28", "a1"),
            Rule::RC3,
            "before it was changed",
        )],
    );
    history.request(1, "FR", acknowledge("2025-03-31", "a1"));
    assert_eq!(of(&history, "FR"), Some(next));
    refused(
        &mut history,
        vec![(
            "FR",
            acknowledge("2025-03-31", "a1"),
            Rule::IX11,
            "a change of its marking",
        )],
    );
}

#[test]
fn ix11_and_ix9_access_goes_by_party_release_and_clearance() {
    let first = secret(&["FR", "MA"]);
    let mut history = answered(Some(first.clone()));
    let reader = |party: &str, level: &str| Reader {
        cleared: (!level.is_empty())
            .then(|| ("fr".into(), level.into()))
            .into_iter()
            .collect(),
        ..Reader::of(party)
    };
    let reads = |history: &History, party: &str, level: &str| {
        let (state, exchange) = (state(history), exchange(history));
        match state.access(&"a1".into(), &reader(party, level), &exchange) {
            Access::Absent => "absent".to_owned(),
            Access::Readable(_) => "reads".to_owned(),
            Access::Withheld(marking) => format!("withheld: {marking}"),
            Access::Erased { by, ground, at, .. } => {
                format!("erased by {by} on {}: {ground}", at.on)
            }
        }
    };
    let withheld = format!("withheld: {first}");
    for (party, level, gets) in [
        ("MA", "secret", "reads"),
        ("MA", "", &withheld),
        ("FR", "tres-secret", "reads"),
        ("FR", "diffusion-restreinte", &withheld),
        ("ES", "tres-secret", "absent"),
        ("US", "tres-secret", "absent"),
    ] {
        assert_eq!(reads(&history, party, level), gets, "{party} {level}");
    }
    // Its release to FR is taken back; FR reads on until it has received that.
    let back = secret(&["MA"]);
    history.request(1, "MA", change("2025-03-30", "a1", first, back.clone()));
    assert_eq!(reads(&history, "FR", "secret"), "reads");
    history.request(1, "FR", acknowledge("2025-03-31", "a1"));
    assert_eq!(reads(&history, "FR", "secret"), format!("withheld: {back}"));
    history.request(1, "MA", erase("2025-04-01", "a1", "wrong-person"));
    for party in ["FR", "MA"] {
        assert_eq!(
            reads(&history, party, "secret"),
            "erased by MA on 2025-04-01: wrong-person"
        );
    }
    assert_eq!(reads(&history, "ES", "secret"), "absent");
}

#[test]
fn ix12_what_is_held_is_sent_on_with_consent_unless_its_marking_lets_anybody() {
    let mut history = answered(Some(amber(&["ES", "FR"])));
    refused(
        &mut history,
        vec![
            (
                "ES",
                forward("2025-03-30", "a1", "ES"),
                Rule::IX12,
                "one who has it: MA, FR",
            ),
            ("FR", forward("2025-03-30", "a1", "US"), Rule::P0, "`US`"),
            (
                "FR",
                forward("2025-03-30", "a1", "MA"),
                Rule::IX12,
                "`MA`, which has it",
            ),
            (
                "FR",
                forward("2025-03-30", "a1", "ES"),
                Rule::IX12,
                "the consent of MA to send it on to ES, found none; it is marked releasable to ES, FR, TLP:AMBER",
            ),
        ],
    );
    history.request(1, "MA", consent("2025-03-31", "a1", "ES"));
    refused(
        &mut history,
        // Consent is prior.
        vec![(
            "FR",
            forward("2025-03-30", "a1", "ES"),
            Rule::IX12,
            "missing: MA",
        )],
    );
    history.request(1, "FR", forward("2025-03-31", "a1", "ES"));
    refused(
        &mut history,
        vec![(
            "FR",
            forward("2025-03-31", "a1", "ES"),
            Rule::IX12,
            "`ES`, which has it",
        )],
    );
    let held = state(&history)
        .contents
        .remove("a1")
        .expect("the content")
        .held;
    assert_eq!(
        held.get(&"ES".into())
            .map(|held| held.from.to_string())
            .as_deref(),
        Some("FR")
    );
    assert!(state(&history).is_known_to(&"ES".into()));
    // What was let go by consent is released; a later marking that leaves ES out ends that.
    let mut narrow = answered(Some(amber(&["FR"])));
    narrow
        .request(1, "MA", consent("2025-03-31", "a1", "ES"))
        .request(1, "FR", forward("2025-03-31", "a1", "ES"));
    let reads = |history: &History| {
        let access = state(history);
        let reader = Reader::of("ES");
        matches!(
            access.access(&"a1".into(), &reader, &exchange(history)),
            Access::Readable(_)
        )
    };
    assert!(reads(&narrow));
    let green = Marking {
        tlp: Tlp::Green,
        ..amber(&["FR"])
    };
    narrow.request(1, "MA", change("2025-04-01", "a1", amber(&["FR"]), green));
    assert!(reads(&narrow), "until it has received that");
    narrow.request(1, "ES", acknowledge("2025-04-01", "a1"));
    assert!(!reads(&narrow));
    // A marking of GREEN lets it be sent on, and H2 forbids it all the same.
    let mut green = answered(Some(Marking::of(Tlp::Green)));
    green.request(1, "FR", forward("2025-03-30", "a1", "ES"));
    let mut bound = answered(Some(Marking {
        handling: ["h2".into()].into(),
        ..Marking::of(Tlp::Green)
    }));
    refused(
        &mut bound,
        vec![(
            "FR",
            forward("2025-03-30", "a1", "ES"),
            Rule::IX12,
            "missing: MA",
        )],
    );
    // Its originator sends what is its own.
    bound.request(1, "MA", forward("2025-03-30", "a1", "ES"));
}

/// INV20, as far as the record goes: what was erased changes nothing but whether it is there.
#[test]
fn ix15_what_is_erased_stays_on_record_but_for_its_words() {
    let mut history = answered(Some(amber(&["FR", "MA"])));
    refused(
        &mut history,
        vec![
            (
                "ES",
                erase("2025-03-30", "a1", "wrong-person"),
                Rule::IX15,
                "one who has it: MA, FR",
            ),
            (
                "FR",
                erase("2025-03-30", "a1", "tidiness"),
                Rule::IX15,
                "(retention-ended, wrong-person), found `tidiness`",
            ),
            (
                "FR",
                erase("2025-03-27", "a1", "wrong-person"),
                Rule::RC3,
                "before it was sent",
            ),
            (
                "FR",
                erase("2025-03-30", "a9", "wrong-person"),
                Rule::IX15,
                "found `a9`",
            ),
        ],
    );
    let before = state(&history);
    history.request(1, "FR", erase("2025-03-30", "a1", "retention-ended"));
    let mut after = state(&history);
    assert!(after.contents["a1"].erased_for(&"FR".into()).is_some());
    assert!(
        after.contents["a1"].erased_for(&"MA".into()).is_none(),
        "a holder erases its own"
    );
    let record = after.contents.get_mut("a1").expect("the content");
    record.erased.clear();
    after.version -= 1;
    assert_eq!(
        after, before,
        "nothing else has changed, the digest neither"
    );
    refused(
        &mut history,
        vec![
            (
                "FR",
                erase("2025-03-31", "a1", "wrong-person"),
                Rule::IX15,
                "one that `FR` erased on 2025-03-30",
            ),
            (
                "FR",
                forward("2025-03-31", "a1", "ES"),
                Rule::IX12,
                "one that `FR` erased",
            ),
        ],
    );
    history.request(1, "MA", erase("2025-03-31", "a1", "wrong-person"));
    refused(
        &mut history,
        vec![(
            "MA",
            consent("2025-03-31", "a1", "ES"),
            Rule::IX6,
            "one that `MA` erased on 2025-03-31",
        )],
    );
}

#[test]
fn ix9_an_unreadable_exchange_of_two_is_absent_to_a_third() {
    let mut history = exchanging(Counting::PLAIN);
    history
        .request(1, "FR", send("2025-03-28T10:00:00+01:00", call()))
        .request(1, "MA", receive("2025-03-28T10:00:00+00:00", true));
    let access = |party: &str| {
        let (state, exchange) = (state(&history), exchange(&history));
        let absent = matches!(
            state.access(&"question".into(), &Reader::of(party), &exchange),
            Access::Absent
        );
        (absent, state.is_known_to(&party.into()))
    };
    assert_eq!(access("ES"), (true, false));
    assert_eq!(access("MA"), (false, true));
}
