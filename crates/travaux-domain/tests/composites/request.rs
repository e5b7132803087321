//! Requests: how they are sent, received, clarified, answered, refused and withdrawn, and when they
//! are late.

use travaux_domain::{
    Rule, StreamCommand, StreamId,
    exchange::{ExchangeCommand, Terms},
    limit::{Calendar, Clock, Counting},
    partnership::Deed as _,
    request::{
        Limit, Offer, PartOutcome, Request, RequestCall, RequestCommand as R, RequestStatus, Says,
        Use,
    },
};
use travaux_testkit::{
    agreement::{date, lang},
    exchange::{
        agree, amber, ask, asked, call, clarify, content, exchanging, instant, moment, paris,
        provide, rabat, receive, refuse, send, terms, when,
    },
    history::{History, exchange_id, framework_id, request_id},
    meeting::parties,
};

pub(crate) fn request(command: R) -> StreamCommand {
    StreamCommand::Request(request_id(1), command)
}

pub(crate) fn state(history: &History) -> Request {
    history.state(StreamId::Request(request_id(1)))
}

#[track_caller]
pub(crate) fn refused(history: &mut History, cases: Vec<(&str, R, Rule, &str)>) {
    for (party, command, rule, says) in cases {
        history.refuses(party, request(command), rule, says);
    }
}

fn deviate(at: &str, ground: &str, expected: &str) -> R {
    let (on, at) = when(at);
    R::LimitDeviated {
        on,
        at,
        ground: ground.into(),
        expected: date(expected),
    }
}

fn withdraw(at: &str) -> R {
    let (on, at) = when(at);
    R::RequestWithdrawn { on, at }
}

fn reply(key: &str) -> travaux_domain::request::Content {
    content(key, Some(amber(&["FR", "MA"])))
}

#[test]
fn ix1_a_request_goes_from_point_to_point_and_says_what_it_has_to() {
    let mut history = exchanging(Counting::PLAIN);
    let with = |change: fn(&mut RequestCall)| {
        let mut call = call();
        change(&mut call);
        send("2025-03-28T23:00:00+01:00", call)
    };
    let of_another_day = R::RequestSent {
        on: date("2025-03-28"),
        at: Some(instant("2025-03-27T23:00:00+01:00")),
        request: Box::new(call()),
    };
    refused(
        &mut history,
        vec![
            (
                "FR",
                receive("2025-03-28T23:30:00+00:00", true),
                Rule::RC1,
                "a request",
            ),
            ("US", with(|_| {}), Rule::P0, "`US`"),
            (
                "FR",
                with(|c| c.framework = framework_id(2)),
                Rule::RC4,
                "a framework on record",
            ),
            (
                "FR",
                with(|c| c.exchange = exchange_id(2)),
                Rule::RC4,
                "an exchange on record",
            ),
            (
                "FR",
                send("2024-12-31T10:00:00+01:00", call()),
                Rule::RC3,
                "before its terms were agreed (2025-01-02)",
            ),
            (
                "FR",
                of_another_day,
                Rule::RC3,
                "an instant of 2025-03-28, by the clock of who acts",
            ),
            (
                "FR",
                send("2025-03-30T10:00:00+01:00", call()),
                Rule::RC3,
                "a day that has come",
            ),
            (
                "FR",
                with(|c| c.reference = "a b".into()),
                Rule::RC5,
                "a key",
            ),
            ("FR", with(|c| c.to = "US".into()), Rule::P0, "`US`"),
            (
                "FR",
                with(|c| c.to = "FR".into()),
                Rule::IX1,
                "another party",
            ),
            (
                "FR",
                with(|c| c.from = "customs".into()),
                Rule::IX1,
                "the contact point spoc-fr, or with a copy to it, found one of `customs`",
            ),
            (
                "FR",
                with(|c| c.at = "police".into()),
                Rule::IX1,
                "the contact point of MA, spoc-ma, found `police`",
            ),
            (
                "FR",
                with(|c| c.area = "space".into()),
                Rule::FW1,
                "an area of the framework",
            ),
            (
                "FR",
                with(|c| c.clause = String::new()),
                Rule::RC5,
                "a clause",
            ),
            (
                "FR",
                with(|c| c.parts.clear()),
                Rule::IX1,
                "part by part, each once, found none",
            ),
            (
                "FR",
                with(|c| c.parts.push("travel".into())),
                Rule::IX1,
                "each once",
            ),
            (
                "FR",
                with(|c| c.parts.push("the name".into())),
                Rule::RC5,
                "a key",
            ),
            (
                "FR",
                with(|c| c.languages = vec![lang("ar")]),
                Rule::IX1,
                "a language of the terms: fr, en, found ar",
            ),
            (
                "FR",
                with(|c| c.says.retain(|says| *says != Says::Purpose)),
                Rule::IX1,
                "missing: the purpose",
            ),
            (
                "FR",
                with(|c| c.says.retain(|says| *says != Says::UrgencyReasons)),
                Rule::IX1,
                "missing: why it is urgent",
            ),
            (
                "FR",
                with(|c| c.content.key = "a b".into()),
                Rule::RC5,
                "a key",
            ),
        ],
    );
    // An authority of its own asks, with a copy to the contact point.
    let copied = |call: &mut RequestCall| {
        (call.from, call.copy_to) = ("customs".into(), Some("spoc-fr".into()));
    };
    history.request(1, "FR", with(copied));
    refused(
        &mut history,
        vec![("FR", with(|_| {}), Rule::RC1, "a new id")],
    );
    // Who asks may ask for what is not urgent without saying why it is.
    let calm = |call: &mut RequestCall| {
        call.urgent = false;
        call.says.remove(&Says::UrgencyReasons);
    };
    history.request(2, "FR", with(calm));
    let sent = state(&history);
    assert_eq!(
        sent.call.as_ref().map(|c| &*c.reference),
        Some("FR-2025-0017")
    );
    assert_eq!(sent.open_parts().count(), 2);
    let known = ["FR", "MA", "ES"].map(|party| sent.is_known_to(&party.into()));
    assert_eq!(known, [true, true, false]);
}

/// DIR 5(1), last sentence: every limit runs from receipt (INV14).
#[test]
fn ix2_no_clock_runs_before_receipt() {
    let mut history = exchanging(Counting::PLAIN);
    history.request(1, "FR", send("2025-03-28T23:00:00+01:00", call()));
    let years = "2035-01-01T00:00:00Z".parse().expect("an instant");
    let sent = state(&history);
    assert_eq!(sent.clock(years, &rabat()), None);
    assert!(!sent.is_overdue(years, &rabat()));
    assert_eq!(sent.spent(moment("2035-01-01")), None);
    assert_eq!(sent.status(years, None), RequestStatus::Sent);
    history.at("2025-03-29");
    refused(
        &mut history,
        vec![
            (
                "FR",
                receive("2025-03-28T23:30:00+00:00", true),
                Rule::IX2,
                "the requested party, `MA`",
            ),
            (
                "ES",
                receive("2025-03-28T23:30:00+00:00", true),
                Rule::IX2,
                "the requested party, `MA`",
            ),
            (
                "MA",
                receive("2025-03-28T21:59:59+00:00", true),
                Rule::RC3,
                "before it was sent (2025-03-28T23:00:00+01:00)",
            ),
            (
                "MA",
                receive("2025-03-28", true),
                Rule::IX2,
                "the instant of receipt",
            ),
            (
                "MA",
                provide("2025-03-29T01:00:00+00:00", &["identity"], reply("answer")),
                Rule::IX6,
                "a request that was received",
            ),
            (
                "MA",
                deviate(
                    "2025-03-29T01:00:00+00:00",
                    "judicial-authorisation",
                    "2025-04-02",
                ),
                Rule::IX4,
                "a request that was received",
            ),
        ],
    );
    history.request(1, "MA", receive("2025-03-28T23:30:00+00:00", true));
    refused(
        &mut history,
        vec![(
            "MA",
            receive("2025-03-29T02:00:00+00:00", true),
            Rule::IX2,
            "one that was received on 2025-03-28",
        )],
    );
    let received = state(&history);
    let before = "2025-03-28T23:29:59Z".parse().expect("an instant");
    assert_eq!(received.clock(before, &rabat()), None);
}

#[test]
fn ix3_the_limit_follows_from_urgency_and_access_and_a_shorter_one_may_be_agreed() {
    let due_of = |urgent: bool, direct: bool, agreed: Option<&str>| -> String {
        let mut history = exchanging(Counting::REGULATION_1182_71);
        let request_of = RequestCall {
            urgent,
            agreed_limit: agreed.map(|text| text.parse().expect("a period")),
            consenting: agreed.map_or(vec![], |_| parties(&["FR", "MA"])),
            ..call()
        };
        history
            .request(1, "FR", send("2025-03-28T23:00:00+01:00", request_of))
            .at("2025-03-29")
            .request(1, "MA", receive("2025-03-28T23:30:00+00:00", direct));
        let now = "2025-03-29T00:00:00Z".parse().expect("an instant");
        match state(&history).clock(now, &rabat()) {
            Some(Clock::Runs(due)) => due.until.format("%m-%dT%H:%M").to_string(),
            other => panic!("it runs: {other:?}"),
        }
    };
    assert_eq!(due_of(true, true, None), "03-29T08:00");
    assert_eq!(due_of(true, false, None), "04-04T00:00");
    assert_eq!(due_of(false, true, None), "04-05T00:00");
    assert_eq!(due_of(false, true, Some("1 working day")), "04-03T00:00");
    assert_eq!(
        due_of(true, true, Some("1 working day")),
        "03-29T08:00",
        "it is not shorter"
    );
    let mut history = exchanging(Counting::PLAIN);
    let with = |agreed: &str, consenting: &[&str]| {
        let call = RequestCall {
            agreed_limit: agreed.parse().ok(),
            consenting: parties(consenting),
            ..call()
        };
        send("2025-03-28T23:00:00+01:00", call)
    };
    refused(
        &mut history,
        vec![
            ("FR", with("4 hours", &["FR"]), Rule::IX3, "missing: MA"),
            (
                "FR",
                with("4 hours before", &["FR", "MA"]),
                Rule::IX3,
                "a limit that lies ahead",
            ),
        ],
    );
    history
        .request(1, "FR", with("4 hours", &["FR", "MA"]))
        .at("2025-03-29");
    let given = |case: &str| {
        let (on, at) = when("2025-03-28T23:30:00+00:00");
        R::RequestReceived {
            on,
            at,
            direct: true,
            limit: Some(Limit {
                case: case.into(),
                period: "8 hours".parse().expect("a period"),
                agreed: "4 hours".parse().ok(),
                counting: Counting::PLAIN,
            }),
        }
    };
    refused(
        &mut history,
        vec![(
            "MA",
            given("other"),
            Rule::IX3,
            "the limit of the terms, 8 hours (urgent-direct), found 8 hours (other)",
        )],
    );
    history.request(1, "MA", given("urgent-direct"));
    // By the terms on the day on which it was sent, not those of its receipt.
    let mut later = exchanging(Counting::PLAIN);
    let shorter = |terms: &mut Terms| {
        terms
            .limits
            .iter_mut()
            .for_each(|case| case.period = "1 hour".parse().expect("a period"));
    };
    let mut changed = terms(Counting::PLAIN);
    shorter(&mut changed);
    later
        .request(1, "FR", send("2025-03-28T23:00:00+01:00", call()))
        .at("2025-03-29")
        .exchange(1, "FR", agree("2025-03-29", changed))
        .request(1, "MA", receive("2025-03-29T01:00:00+00:00", true));
    let limit = state(&later).receipt.expect("received").limit;
    assert_eq!(limit.period.to_string(), "8 hours");
}

fn overdue(history: &History, at: &str, calendar: &Calendar) -> bool {
    state(history).is_overdue(at.parse().expect("an instant"), calendar)
}

/// Late is a conclusion for the instant that is asked; nothing of it is kept.
#[test]
fn ix2_and_ix3_overdue_is_derived_for_the_asked_instant() {
    let mut history = asked(Counting::PLAIN);
    for (at, late) in [
        ("2025-03-28T23:29:59Z", false),
        ("2025-03-29T07:30:00Z", false),
        ("2025-03-29T07:30:01Z", true),
        ("2031-01-01T00:00:00Z", true),
    ] {
        assert_eq!(overdue(&history, at, &rabat()), late, "{at}");
    }
    history.at("2025-03-31").request(
        1,
        "MA",
        provide("2025-03-29T07:00:00+00:00", &["identity"], reply("a1")),
    );
    assert!(
        overdue(&history, "2025-03-29T08:00:00Z", &rabat()),
        "a part is open"
    );
    history.request(
        1,
        "MA",
        refuse("2025-03-30T10:00:00+00:00", "investigation", &["travel"]),
    );
    for (at, late) in [
        ("2025-03-29T07:00:00Z", false),
        ("2025-03-29T08:00:00Z", true),
        ("2025-03-30T09:59:59Z", true),
        ("2025-03-30T10:00:00Z", false),
    ] {
        assert_eq!(overdue(&history, at, &rabat()), late, "{at}");
    }
    let now = "2025-04-01T00:00:00Z".parse().expect("an instant");
    assert_eq!(state(&history).in_time(now, &rabat()), Some(false));
}

#[test]
fn ix4_a_limit_is_put_off_on_a_listed_ground_and_the_first_one_stays() {
    let mut history = asked(Counting::PLAIN);
    history.at("2025-04-02");
    let ground = "judicial-authorisation";
    refused(
        &mut history,
        vec![
            (
                "FR",
                deviate("2025-03-29T01:00:00+01:00", ground, "2025-04-02"),
                Rule::IX4,
                "the requested party, `MA`",
            ),
            (
                "MA",
                deviate("2025-03-29T01:00:00+00:00", "holidays", "2025-04-02"),
                Rule::IX4,
                "(judicial-authorisation), found `holidays`",
            ),
            (
                "MA",
                deviate("2025-03-29T01:00:00+00:00", ground, "2025-03-29"),
                Rule::IX4,
                "a day after 2025-03-29",
            ),
            (
                "MA",
                deviate("2025-03-28T22:00:00+00:00", ground, "2025-04-02"),
                Rule::RC3,
                "before it was received",
            ),
            (
                "MA",
                deviate("2025-03-29", ground, "2025-04-02"),
                Rule::IX4,
                "the instant of the act",
            ),
        ],
    );
    history.request(
        1,
        "MA",
        deviate("2025-03-29T07:00:00+00:00", ground, "2025-03-31"),
    );
    refused(
        &mut history,
        vec![
            (
                "MA",
                deviate("2025-03-29T08:00:00+00:00", ground, "2025-03-31"),
                Rule::IX4,
                "2025-03-31, which was told",
            ),
            (
                "MA",
                deviate("2025-03-29T06:00:00+00:00", ground, "2025-04-01"),
                Rule::RC3,
                "before it was put off before",
            ),
        ],
    );
    for (at, late) in [
        ("2025-03-29T08:00:00Z", false),
        ("2025-03-31T23:59:59Z", false),
        ("2025-04-01T00:00:00Z", true),
    ] {
        assert_eq!(overdue(&history, at, &rabat()), late, "{at}");
    }
    // Told when that had passed, it excuses nothing.
    history.request(
        1,
        "MA",
        deviate("2025-04-01T09:00:00+00:00", ground, "2025-04-10"),
    );
    assert!(overdue(&history, "2025-04-02T00:00:00Z", &rabat()));
    history.request(
        1,
        "MA",
        provide(
            "2025-04-02T09:00:00+00:00",
            &["identity", "travel"],
            reply("a1"),
        ),
    );
    let now = "2025-04-03T00:00:00Z".parse().expect("an instant");
    let answered = state(&history);
    assert_eq!(
        answered.in_time(now, &rabat()),
        Some(false),
        "by its first limit"
    );
    assert_eq!(answered.deviations.len(), 2);
    // Told too late for the first limit, a deviation does not heal it.
    let mut late = asked(Counting::PLAIN);
    late.at("2025-03-30").request(
        1,
        "MA",
        deviate("2025-03-29T08:00:00+00:00", ground, "2025-04-10"),
    );
    assert!(overdue(&late, "2025-03-29T09:00:00Z", &rabat()));
}

#[test]
fn ix5_clarification_stops_the_clock_and_how_long_is_told() {
    let mut history = asked(Counting::PLAIN);
    history.at("2025-03-31");
    refused(
        &mut history,
        vec![
            (
                "FR",
                ask("2025-03-29T03:00:00+01:00", "q1"),
                Rule::IX5,
                "the requested party, `MA`",
            ),
            (
                "FR",
                clarify("2025-03-29T03:00:00+01:00", "c1"),
                Rule::IX5,
                "a clarification that was asked for",
            ),
        ],
    );
    history.request(1, "MA", ask("2025-03-29T02:30:00+00:00", "q1"));
    refused(
        &mut history,
        vec![
            (
                "MA",
                ask("2025-03-29T03:30:00+00:00", "q2"),
                Rule::IX5,
                "one that was asked for on 2025-03-29",
            ),
            (
                "MA",
                clarify("2025-03-29T03:30:00+00:00", "c1"),
                Rule::IX5,
                "the requesting party, `FR`",
            ),
            (
                "FR",
                clarify("2025-03-29T03:00:00+01:00", "c1"),
                Rule::RC3,
                "before it was asked for",
            ),
            (
                "FR",
                clarify("2025-03-29", "c1"),
                Rule::IX5,
                "the instant of the act",
            ),
        ],
    );
    let at = |text: &str| text.parse().expect("an instant");
    // While it stands nothing is late, however long.
    assert!(!overdue(&history, "2025-03-30T00:00:00Z", &rabat()));
    assert_eq!(
        state(&history).status(at("2025-03-30T00:00:00Z"), None),
        RequestStatus::Clarifying
    );
    assert_eq!(
        state(&history).status(at("2025-03-29T01:00:00Z"), None),
        RequestStatus::Received
    );
    history.request(1, "FR", clarify("2025-03-30T12:30:00+02:00", "c1"));
    // Three hours had passed of eight: five are left at 10:30 UTC.
    assert!(!overdue(&history, "2025-03-30T15:30:00Z", &rabat()));
    assert!(overdue(&history, "2025-03-30T15:30:01Z", &rabat()));
    assert!(
        !overdue(&history, "2025-03-29T12:00:00Z", &rabat()),
        "it stood then"
    );
    let spent = state(&history)
        .spent(moment("2025-03-30T15:30:00+00:00"))
        .expect("received");
    assert_eq!(
        (spent.used.num_minutes(), spent.stopped.num_minutes()),
        (8 * 60, 32 * 60)
    );
    history.request(1, "MA", ask("2025-03-30T15:00:00+00:00", "q2"));
    refused(
        &mut history,
        vec![(
            "FR",
            clarify("2025-03-30T17:00:00+02:00", "q1"),
            Rule::RC5,
            "`q1`, which is taken",
        )],
    );
    let clarifications = state(&history).clarifications;
    let given: Vec<_> = clarifications.iter().map(|c| c.given.is_some()).collect();
    assert_eq!(given, [true, false]);
    // Asked for when the limit had passed, it stops nothing.
    let mut late = asked(Counting::PLAIN);
    late.at("2025-03-30")
        .request(1, "MA", ask("2025-03-29T08:00:00+00:00", "q1"));
    assert!(overdue(&late, "2025-03-29T09:00:00Z", &rabat()));
}

#[test]
fn ix6_information_answers_parts_and_its_uses_want_consent() {
    let mut history = asked(Counting::PLAIN);
    history.at("2025-03-31");
    let at = "2025-03-29T05:00:00+00:00";
    let evidence = || Use::Evidence { by: "FR".into() };
    let using = |uses: Vec<Use>| {
        let (on, at) = when(at);
        R::ReplyProvided {
            on,
            at,
            parts: vec!["identity".into()],
            content: reply("a1"),
            uses,
        }
    };
    refused(
        &mut history,
        vec![
            (
                "FR",
                provide(at, &["identity"], reply("a1")),
                Rule::IX6,
                "the requested party, `MA`",
            ),
            (
                "ES",
                provide(at, &["identity"], reply("a1")),
                Rule::IX6,
                "the requested party, `MA`",
            ),
            (
                "MA",
                provide(at, &["identity"], reply("question")),
                Rule::RC5,
                "`question`, which is taken",
            ),
            (
                "MA",
                provide(at, &["health"], reply("a1")),
                Rule::IX6,
                "(identity, travel), found `health`",
            ),
            (
                "MA",
                provide(at, &["identity", "identity"], reply("a1")),
                Rule::IX6,
                "each once",
            ),
            (
                "MA",
                using(vec![Use::Onward { to: "US".into() }]),
                Rule::P0,
                "`US`",
            ),
            (
                "MA",
                using(vec![evidence(), evidence()]),
                Rule::IX6,
                "uses, each once",
            ),
        ],
    );
    history.request(1, "MA", provide(at, &[], reply("a0")));
    assert_eq!(
        state(&history).open_parts().count(),
        2,
        "it came ahead of the answer"
    );
    history.request(1, "MA", using(vec![]));
    refused(
        &mut history,
        vec![(
            "MA",
            provide(at, &["identity"], reply("a2")),
            Rule::IX6,
            "a part that is open: travel, found `identity`",
        )],
    );
    let consent = |uses: Vec<Use>| R::UseConsented {
        on: date("2025-03-30"),
        content: "a1".into(),
        uses,
    };
    let missing = |history: &History| {
        let record = state(history).contents.remove("a1").expect("the answer");
        record.not_consenting(&evidence(), &"FR".into()).len()
    };
    assert_eq!(missing(&history), 1);
    refused(
        &mut history,
        vec![
            (
                "FR",
                consent(vec![evidence()]),
                Rule::IX6,
                "one whose content it is: MA",
            ),
            ("MA", consent(vec![]), Rule::IX6, "a use or more"),
            (
                "MA",
                R::UseConsented {
                    on: date("2025-03-30"),
                    content: "a9".into(),
                    uses: vec![evidence()],
                },
                Rule::IX6,
                "a content of the request",
            ),
        ],
    );
    history.request(1, "MA", consent(vec![evidence()]));
    refused(
        &mut history,
        vec![(
            "MA",
            consent(vec![evidence()]),
            Rule::IX6,
            "as evidence by FR, to which it did on 2025-03-30",
        )],
    );
    assert_eq!(missing(&history), 0);
    history.request(
        1,
        "MA",
        provide("2025-03-29T06:00:00+00:00", &["travel"], reply("a2")),
    );
    refused(
        &mut history,
        vec![
            (
                "MA",
                provide(at, &[], reply("a3")),
                Rule::IX6,
                "every part was answered",
            ),
            (
                "FR",
                withdraw("2025-03-30"),
                Rule::IX1,
                "every part was answered",
            ),
        ],
    );
    let now = "2025-03-31T00:00:00Z".parse().expect("an instant");
    let done = state(&history);
    assert_eq!(done.status(now, Some(&rabat())), RequestStatus::Provided);
    assert_eq!(done.in_time(now, &rabat()), Some(true));
}

#[test]
fn ix7_a_reply_is_refused_on_a_listed_ground_for_the_parts_concerned() {
    let mut history = asked(Counting::PLAIN);
    history.at("2025-03-31");
    let at = "2025-03-29T05:00:00+00:00";
    refused(
        &mut history,
        vec![
            (
                "FR",
                refuse(at, "investigation", &["travel"]),
                Rule::IX7,
                "the requested party, `MA`",
            ),
            (
                "MA",
                refuse(at, "no-time", &["travel"]),
                Rule::IX7,
                "(essential-interests, investigation), found `no-time`",
            ),
            (
                "MA",
                refuse(at, "investigation", &[]),
                Rule::IX7,
                "the parts that are refused, each once, found none",
            ),
            (
                "MA",
                refuse(at, "investigation", &["health"]),
                Rule::IX7,
                "found `health`",
            ),
        ],
    );
    history.request(1, "MA", refuse(at, "investigation", &["travel"]));
    refused(
        &mut history,
        vec![
            (
                "MA",
                refuse(at, "investigation", &["travel"]),
                Rule::IX7,
                "a part that is open: identity",
            ),
            (
                "MA",
                provide(at, &["travel"], reply("a1")),
                Rule::IX6,
                "a part that is open: identity",
            ),
        ],
    );
    assert!(
        overdue(&history, "2025-03-29T08:00:00Z", &rabat()),
        "the rest is due within the limit"
    );
    let at_noon = |text: &str| format!("{text}T12:00:00Z").parse().expect("an instant");
    let status = |history: &History| state(history).status(at_noon("2025-03-30"), Some(&rabat()));
    assert_eq!(status(&history), RequestStatus::PartlyAnswered);
    let mut refused_whole = history.clone();
    refused_whole.request(1, "MA", refuse(at, "essential-interests", &["identity"]));
    assert_eq!(status(&refused_whole), RequestStatus::Refused);
    history.request(1, "MA", provide(at, &["identity"], reply("a1")));
    assert_eq!(status(&history), RequestStatus::PartlyProvided);
    let parts = state(&history).parts;
    let outcomes: Vec<_> = parts
        .values()
        .flatten()
        .map(|end| end.outcome.clone())
        .collect();
    let expected = [
        PartOutcome::Provided {
            content: "a1".into(),
        },
        PartOutcome::Refused {
            ground: "investigation".into(),
        },
    ];
    assert_eq!(outcomes, expected);
}

#[test]
fn ix1_a_request_is_withdrawn_by_who_sent_it_and_what_came_before_goes_on_record_behind() {
    let mut history = asked(Counting::PLAIN);
    history.at("2025-04-02");
    refused(
        &mut history,
        vec![
            (
                "MA",
                withdraw("2025-03-30"),
                Rule::IX1,
                "the requesting party, `FR`",
            ),
            (
                "FR",
                withdraw("2025-03-27"),
                Rule::RC3,
                "before it was sent",
            ),
        ],
    );
    history.request(1, "FR", withdraw("2025-03-30T12:00:00+02:00"));
    refused(
        &mut history,
        vec![
            (
                "FR",
                withdraw("2025-03-31"),
                Rule::IX1,
                "one that was withdrawn on 2025-03-30",
            ),
            (
                "MA",
                provide("2025-03-30T11:00:00+00:00", &["identity"], reply("a1")),
                Rule::IX6,
                "a request that stands, found one that was withdrawn on 2025-03-30",
            ),
            (
                "MA",
                refuse("2025-03-30T10:00:00+00:00", "investigation", &["identity"]),
                Rule::IX7,
                "withdrawn",
            ),
            (
                "MA",
                ask("2025-03-31T11:00:00+00:00", "q1"),
                Rule::IX5,
                "withdrawn",
            ),
        ],
    );
    history.request(
        1,
        "MA",
        provide("2025-03-30T09:00:00+00:00", &["identity"], reply("a1")),
    );
    let at = |text: &str| text.parse().expect("an instant");
    assert_eq!(
        state(&history).status(at("2025-04-01T00:00:00Z"), None),
        RequestStatus::Withdrawn
    );
    assert!(overdue(&history, "2025-03-30T09:30:00Z", &rabat()));
    assert!(!overdue(&history, "2025-04-01T00:00:00Z", &rabat()));
    assert_eq!(
        state(&history).in_time(at("2025-04-01T00:00:00Z"), &rabat()),
        None
    );
    let mut unread = exchanging(Counting::PLAIN);
    unread
        .request(1, "FR", send("2025-03-28T10:00:00+01:00", call()))
        .request(1, "FR", withdraw("2025-03-28T11:00:00+01:00"));
    refused(
        &mut unread,
        vec![(
            "MA",
            receive("2025-03-28T23:30:00+00:00", true),
            Rule::IX2,
            "withdrawn",
        )],
    );
}

#[test]
fn ix8_information_is_offered_without_a_clock() {
    let mut history = exchanging(Counting::PLAIN);
    let with = |change: fn(&mut Offer)| {
        let mut offer = Offer {
            framework: framework_id(1),
            exchange: exchange_id(1),
            reference: "MA-2025-03".into(),
            to: parties(&["ES", "FR"]),
            area: "migration".into(),
            clause: "Article 7(2)".into(),
            owed: true,
            content: content("warning", Some(amber(&["ES", "FR"]))),
        };
        change(&mut offer);
        R::InformationOffered {
            on: date("2025-03-28"),
            offer: Box::new(offer),
        }
    };
    refused(
        &mut history,
        vec![
            ("US", with(|_| {}), Rule::P0, "`US`"),
            ("MA", with(|o| o.to.push("US".into())), Rule::P0, "`US`"),
            (
                "MA",
                with(|o| o.to.push("FR".into())),
                Rule::IX8,
                "each once",
            ),
            (
                "FR",
                with(|_| {}),
                Rule::IX8,
                "other parties than the one that offers",
            ),
            ("MA", with(|o| o.to.clear()), Rule::IX8, "found none"),
            (
                "MA",
                with(|o| o.area = "space".into()),
                Rule::FW1,
                "an area of the framework",
            ),
            ("MA", with(|o| o.clause = " ".into()), Rule::RC5, "a clause"),
            ("MA", with(|o| o.reference = "".into()), Rule::RC5, "a key"),
        ],
    );
    history.request(1, "MA", with(|_| {}));
    let day = "2025-03-28";
    refused(
        &mut history,
        vec![
            ("MA", with(|_| {}), Rule::RC1, "a new id"),
            (
                "MA",
                receive(day, false),
                Rule::IX2,
                "one to whom it was offered: ES, FR",
            ),
            (
                "FR",
                provide(day, &[], reply("a1")),
                Rule::IX6,
                "a request, which has a requested party",
            ),
            (
                "MA",
                withdraw(day),
                Rule::IX1,
                "a request, which has a requesting party",
            ),
            (
                "FR",
                ask(day, "q1"),
                Rule::IX5,
                "information that was offered",
            ),
        ],
    );
    history.request(1, "FR", receive(day, false));
    refused(
        &mut history,
        vec![(
            "FR",
            receive(day, false),
            Rule::IX2,
            "received on 2025-03-28",
        )],
    );
    history.request(1, "ES", receive(day, false));
    let years = "2035-01-01T00:00:00Z".parse().expect("an instant");
    let offered = state(&history);
    assert_eq!(offered.status(years, None), RequestStatus::Offered);
    assert_eq!(
        (
            offered.clock(years, &paris()),
            offered.is_overdue(years, &paris())
        ),
        (None, false)
    );
    assert_eq!(offered.offer_received.len(), 2);
}

#[test]
fn ix2_days_of_two_zones_may_differ_by_one() {
    // No limit in hours: days are enough. It was Saturday in Paris when it was still Friday in Rabat.
    let mut days = terms(Counting::PLAIN);
    days.limits.retain(|case| &*case.key == "other");
    let mut history = exchanging(Counting::PLAIN);
    history
        .exchange(1, "FR", agree("2025-01-03", days))
        .at("2025-03-31")
        .request(1, "FR", send("2025-03-29", call()));
    refused(
        &mut history,
        vec![(
            "MA",
            receive("2025-03-27", false),
            Rule::RC3,
            "before it was sent (2025-03-29)",
        )],
    );
    history.request(1, "MA", receive("2025-03-28", false));
    refused(
        &mut history,
        vec![(
            "MA",
            provide("2025-03-27", &["identity"], reply("a1")),
            Rule::RC3,
            "before it was received (2025-03-28)",
        )],
    );
    history.at("2025-04-10").request(
        1,
        "MA",
        provide("2025-04-04", &["identity", "travel"], reply("a1")),
    );
    let now = "2025-04-10T00:00:00Z".parse().expect("an instant");
    assert_eq!(state(&history).in_time(now, &rabat()), Some(true));
}

#[test]
fn every_deed_of_a_request_has_its_row() {
    for (act, rule) in [
        (call_sent(), Rule::IX1),
        (receive("2025-03-28", true), Rule::IX2),
        (deviate("2025-03-28", "x", "2025-04-01"), Rule::IX4),
        (ask("2025-03-28", "q"), Rule::IX5),
        (clarify("2025-03-28", "q"), Rule::IX5),
        (provide("2025-03-28", &[], reply("a")), Rule::IX6),
        (refuse("2025-03-28", "x", &[]), Rule::IX7),
        (withdraw("2025-03-28"), Rule::IX1),
    ] {
        assert_eq!((act.rule(), act.on()), (rule, date("2025-03-28")));
    }
    let agreed: ExchangeCommand = agree("2025-01-02", terms(Counting::PLAIN));
    assert_eq!(agreed.rule(), Rule::IX3);
}

fn call_sent() -> R {
    send("2025-03-28", call())
}

/// What a history says of each: the same whatever a content says.
#[test]
fn ix1_and_ix2_each_event_of_a_request_is_told_in_words_that_say_nothing_of_its_content() {
    let said: Vec<_> = travaux_testkit::deeds::all()
        .into_iter()
        .filter(|(stream, _)| matches!(stream, StreamId::Request(_) | StreamId::Exchange(_)))
        .map(|(_, event)| (event.type_name(), event.describe().what))
        .collect();
    let expected = [
        (
            "TermsAgreed",
            "terms of exchange agreed: Exchange of information, by Directive (EU) 2023/977",
        ),
        ("CalendarDeclared", "calendar declared: Africa/Casablanca"),
        (
            "EquivalenceAgreed",
            "levels agreed that protect alike for FR and MA",
        ),
        (
            "ResultRecorded",
            "result r1 recorded: network dismantled, 2, claimed by FR, MA",
        ),
        ("ResultClaimed", "result r1 claimed"),
        ("ResultCorrected", "result r1 corrected: 2 reads 1"),
        ("RequestSent", "urgent request FR-2025-0017 sent to MA"),
        ("RequestReceived", "received"),
        (
            "LimitDeviated",
            "limit put off on the ground judicial-authorisation: reply expected by 2025-04-02",
        ),
        ("ClarificationAsked", "clarification asked for"),
        ("ClarificationGiven", "clarification given"),
        ("ReplyProvided", "information provided on identity"),
        (
            "ReplyRefused",
            "reply refused on travel, on the ground investigation",
        ),
        ("RequestWithdrawn", "request withdrawn"),
        (
            "InformationOffered",
            "information MA-2025-03 offered to ES, FR",
        ),
        (
            "MarkingChanged",
            "question marked releasable to FR, MA, TLP:AMBER",
        ),
        ("MarkingReceived", "changed marking of question received"),
        ("UseConsented", "consent to use question for ES"),
        ("OnwardTransmitted", "question sent on to ES"),
        (
            "ContentErased",
            "question erased on the ground wrong-person",
        ),
    ];
    let said: Vec<_> = said
        .iter()
        .map(|(name, what)| (*name, what.as_str()))
        .collect();
    assert_eq!(said, expected);
}
