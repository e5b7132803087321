//! What the entries of exchanges of information say.

use travaux_domain::{
    Name, PartyId, StreamId,
    exchange::{ExchangeCommand as X, Outcome, ResultKind, Terms},
    limit::Counting,
    marking::{Equal, Equivalence},
};
use travaux_projections::{Entry, EntryId, Moment};
use travaux_testkit::{
    agreement::date,
    exchange::{agree, asked, calendar, terms},
    history::{History, exchange_id, request_id},
    meeting::parties,
};

use super::{Views, moment};

fn stream() -> StreamId {
    StreamId::Exchange(exchange_id(1))
}

/// Terms of 2 January; other limits from 1 June, a third holiday of MA's from 1 July, levels that
/// protect alike from 2 July. A result of 3 July, claimed on the 4th, corrected on the 6th.
fn told() -> History {
    let mut history = asked(Counting::default());
    let mut later: Terms = terms(Counting::default());
    later.publishing.minimum = 10;
    let declared = X::CalendarDeclared {
        on: date("2025-07-01"),
        calendar: calendar(
            "Africa/Casablanca",
            &["2025-03-31", "2025-04-01", "2025-07-30"],
        ),
    };
    let alike = X::EquivalenceAgreed {
        on: date("2025-07-02"),
        table: Equivalence {
            between: ("FR".into(), "MA".into()),
            levels: vec![Equal {
                one: ("fr".into(), "secret".into()),
                other: ("ma".into(), "ma-secret".into()),
                from: date("2025-07-02"),
                until: None,
            }],
        },
        consenting: parties(&["FR", "MA"]),
    };
    let outcome = Outcome {
        kind: ResultKind::Arrest,
        count: 3,
        date: date("2025-06-30"),
        requests: vec![request_id(1)],
        sources: vec!["communique of FR".to_owned()],
        claimed_by: parties(&["FR"]),
    };
    let recorded = X::ResultRecorded {
        on: date("2025-07-03"),
        key: "r1".into(),
        outcome,
    };
    let claimed = X::ResultClaimed {
        on: date("2025-07-04"),
        key: "r1".into(),
        source: "communique of MA".to_owned(),
    };
    let corrected = X::ResultCorrected {
        on: date("2025-07-06"),
        key: "r1".into(),
        was: 3,
        is: 2,
        ground: "counted twice".to_owned(),
    };
    history
        .at("2025-06-01")
        .exchange(1, "FR", agree("2025-06-01", later))
        .at("2025-07-01")
        .exchange(1, "MA", declared)
        .at("2025-07-10")
        .exchange(1, "FR", alike)
        .exchange(1, "FR", recorded)
        .exchange(1, "MA", claimed)
        .exchange(1, "FR", corrected);
    history
}

fn entry(views: &Views, id: &EntryId, on: &str, known: Option<&str>) -> Option<Entry> {
    let state = views.state(&moment(on, known)).expect("founded");
    state.entries.get(id).cloned()
}

#[test]
fn qy1_an_exchange_says_on_what_terms_information_is_exchanged_on_the_day() {
    let history = told();
    let views = Views::of(history.log());
    let whole = EntryId::whole(stream());
    assert_eq!(entry(&views, &whole, "2025-01-01", None), None);
    let first = entry(&views, &whole, "2025-01-02", None).expect("agreed");
    assert_eq!(first.text("title"), Some("Exchange of information"));
    assert_eq!(first.text("instrument"), Some("Directive (EU) 2023/977"));
    assert_eq!(first.day("agreed"), Some(date("2025-01-02")));
    assert_eq!(first.texts("parties"), ["ES", "FR", "MA"]);
    assert_eq!(first.texts("contacts")[1], "FR: spoc-fr");
    assert_eq!(first.texts("languages"), ["fr", "en"]);
    let limits = terms(Counting::default()).limits;
    let limits: Vec<_> = limits
        .iter()
        .map(|case| Name::of(format!("{}: {}", case.key, case.period)))
        .collect();
    assert_eq!(first.texts("limits"), limits);
    assert_eq!(
        first.texts("refused_on"),
        ["essential-interests", "investigation"]
    );
    assert_eq!(first.texts("put_off_on"), ["judicial-authorisation"]);
    assert_eq!(
        first.texts("erased_on"),
        ["retention-ended", "wrong-person"]
    );
    assert_eq!(first.text("published_rows"), Some("area"));
    assert_eq!(first.text("published_columns"), Some("quarter"));
    for (on, known, minimum, holidays, alike, results, version) in [
        ("2025-01-02", None, 5, 2, false, 0, 3),
        ("2025-06-01", None, 10, 2, false, 0, 4),
        // Recorded on the 10th, and known from then on.
        ("2025-07-03", Some("2025-07-09"), 10, 3, false, 0, 5),
        ("2025-07-01", None, 10, 3, false, 0, 5),
        ("2025-07-02", None, 10, 3, true, 0, 6),
        ("2025-07-03", None, 10, 3, true, 1, 6),
    ] {
        let entry = entry(&views, &whole, on, known).expect("agreed");
        assert_eq!(entry.number("published_from"), Some(minimum), "{on}");
        let works = format!("MA: Africa/Casablanca, {holidays} holidays");
        assert_eq!(
            entry.texts("calendars").last(),
            Some(&Name::of(works)),
            "{on}"
        );
        let told = entry.texts("levels_alike");
        assert_eq!(
            told,
            vec![Name::from("FR fr secret and MA ma ma-secret"); usize::from(alike)],
            "{on}"
        );
        assert_eq!(entry.number("results"), Some(results), "{on}");
        assert_eq!(entry.by[0].version, version, "{on}");
    }
}

#[test]
fn qy1_a_result_says_who_claims_it_and_how_it_was_corrected_by_the_day() {
    let history = told();
    let views = Views::of(history.log());
    let id = EntryId::part(stream(), "result", "r1");
    assert_eq!(entry(&views, &id, "2025-07-02", None), None);
    for (on, claimed, count, corrected, version) in [
        ("2025-07-03", &["FR"][..], 3, None, 7),
        ("2025-07-04", &["FR", "MA"], 3, None, 8),
        ("2025-07-06", &["FR", "MA"], 2, Some(3), 9),
    ] {
        let entry = entry(&views, &id, on, None).expect("it was recorded");
        assert_eq!(entry.text("kind"), Some("arrest"), "{on}");
        assert_eq!(entry.texts("claimed_by"), claimed, "{on}");
        assert_eq!(entry.texts("sources").len(), claimed.len(), "{on}");
        assert_eq!(entry.number("count"), Some(count), "{on}");
        assert_eq!(entry.number("corrected_from"), corrected, "{on}");
        let ground = corrected.map(|_| "counted twice");
        assert_eq!(entry.text("ground"), ground, "{on}");
        assert_eq!(entry.day("date"), Some(date("2025-06-30")), "{on}");
        assert_eq!(entry.by[0].version, version, "{on}");
    }
}

#[test]
fn qy4_which_requests_led_to_a_result_is_told_to_who_may_know_of_them() {
    let history = told();
    let views = Views::of(history.log());
    let id = EntryId::part(stream(), "result", "r1");
    let request = StreamId::Request(request_id(1)).to_string();
    for (reader, known) in [(None, false), (Some("ES"), false), (Some("FR"), true)] {
        let at = Moment {
            reader: reader.map(PartyId::from),
            ..moment("2025-07-06", None)
        };
        let state = views.state(&at).expect("founded");
        let entry = &state.entries[&id];
        let requests = vec![Name::from(request.as_str()); usize::from(known)];
        assert_eq!(entry.texts("requests"), requests, "{reader:?}");
        let withheld = (!known).then_some(1);
        assert_eq!(entry.number("requests_withheld"), withheld, "{reader:?}");
    }
}
