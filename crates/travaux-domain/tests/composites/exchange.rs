//! Exchanges: their terms, calendars, tables, results; and what is published of requests.

use travaux_domain::{
    Rule, StreamCommand, StreamId,
    exchange::{
        Cell, Dimension, Exchange, ExchangeCommand as X, Facts, Outcome, ResultKind, Terms, Told,
        publish,
    },
    limit::{Calendar, Counting},
    marking::{Equal, Equivalence, Marking, Tlp},
};
use travaux_testkit::{
    agreement::date,
    exchange::{agree, asked, case, circle, exchanging, level, limits, paris, terms},
    history::{History, exchange_id, framework_id, request_id},
    meeting::{foundation, parties},
    random::Rng,
};

fn exchange(command: X) -> StreamCommand {
    StreamCommand::Exchange(exchange_id(1), command)
}

fn state(history: &History) -> Exchange {
    history.state(StreamId::Exchange(exchange_id(1)))
}

#[track_caller]
fn refused(history: &mut History, cases: Vec<(&str, X, Rule, &str)>) {
    for (party, command, rule, says) in cases {
        history.refuses(party, exchange(command), rule, says);
    }
}

#[test]
fn ix3_terms_are_agreed_by_all_and_have_a_limit_for_each_request() {
    let mut history = History::new();
    history
        .at("2024-10-28")
        .framework(1, "FR", foundation(&["FR", "MA", "ES"]))
        .at("2025-01-02");
    let with = |change: fn(&mut Terms)| {
        let mut terms = terms(Counting::PLAIN);
        change(&mut terms);
        agree("2025-01-02", terms)
    };
    let X::TermsAgreed { terms: all, .. } = with(|_| {}) else {
        panic!("terms");
    };
    let alone = X::TermsAgreed {
        on: date("2025-01-02"),
        terms: all,
        consenting: parties(&["ES", "FR"]),
    };
    let declared = X::CalendarDeclared {
        on: date("2025-01-02"),
        calendar: paris(),
    };
    refused(
        &mut history,
        vec![
            ("FR", declared, Rule::RC1, "an exchange"),
            ("US", with(|_| {}), Rule::P0, "`US`"),
            (
                "FR",
                with(|t| t.framework = framework_id(9)),
                Rule::RC4,
                "a framework on record",
            ),
            ("FR", alone, Rule::IX3, "missing: MA"),
            (
                "FR",
                with(|t| drop(t.contacts.insert("US".into(), "spoc".into()))),
                Rule::P0,
                "`US`",
            ),
            (
                "FR",
                with(|t| t.contacts.retain(|party, _| *party == "FR".into())),
                Rule::IX3,
                "two parties or more",
            ),
            (
                "FR",
                with(|t| drop(t.contacts.insert("MA".into(), "a b".into()))),
                Rule::RC5,
                "a key",
            ),
            ("FR", with(|t| t.title = " ".into()), Rule::RC5, "a title"),
            (
                "FR",
                with(|t| t.limits.clear()),
                Rule::IX3,
                "the last one is for all requests, found none",
            ),
            (
                "FR",
                with(|t| drop(t.limits.pop())),
                Rule::IX3,
                "found `urgent-indirect` for some",
            ),
            (
                "FR",
                with(|t| t.limits = [limits(), limits()].concat()),
                Rule::IX3,
                "each once",
            ),
            (
                "FR",
                with(|t| t.limits = vec![case("all", [None; 3], "-P7D")]),
                Rule::IX3,
                "`all`: 7 days before",
            ),
            (
                "FR",
                with(|t| t.refusal_grounds.push("investigation".into())),
                Rule::IX3,
                "grounds for refusal, each once",
            ),
            (
                "FR",
                with(|t| t.publishing.columns = Dimension::Area),
                Rule::IX3,
                "one dimension twice",
            ),
            (
                "FR",
                with(|t| t.publishing.minimum = 0),
                Rule::IX3,
                "the least count 0",
            ),
            (
                "FR",
                with(|t| t.unmarked.tlp = Tlp::Amber),
                Rule::IX9,
                "found TLP:AMBER",
            ),
            (
                "FR",
                with(|t| t.unmarked.levels = [("fr".into(), level(2, "secret"))].into()),
                Rule::IX9,
                "found fr:secret",
            ),
            (
                "FR",
                with(|t| t.unmarked.levels = [("ma".into(), level(0, "open"))].into()),
                Rule::IX9,
                "found ma:open",
            ),
            (
                "FR",
                with(|t| t.unmarked.levels = [("fr".into(), level(1, "tres-secret"))].into()),
                Rule::IX9,
                "the place of fr:tres-secret in its scheme, 3, found 1",
            ),
        ],
    );
    history.exchange(1, "MA", with(|_| {}));
    let now = state(&history);
    let terms = now.terms_on(date("2025-01-02")).expect("terms");
    for (urgent, direct, listed, key) in [
        (true, true, false, "urgent-direct"),
        (true, false, true, "urgent-indirect"),
        (false, true, true, "other"),
    ] {
        let facts = Facts {
            urgent,
            direct,
            listed,
        };
        assert_eq!(terms.limit(facts).map(|case| &*case.key), Some(key));
    }
    assert_eq!(now.terms_on(date("2025-01-01")), None);
    assert_eq!(
        travaux_domain::Aggregate::parties(&now),
        Some(circle().iter().collect())
    );
}

#[test]
fn ix3_new_terms_take_the_place_of_the_old_ones_for_what_is_sent_later() {
    let mut history = exchanging(Counting::PLAIN);
    let with = |on: &str, change: fn(&mut Terms)| {
        let mut terms = terms(Counting::PLAIN);
        change(&mut terms);
        agree(on, terms)
    };
    refused(
        &mut history,
        vec![
            (
                "FR",
                with("2025-01-01", |_| {}),
                Rule::RC3,
                "not before the terms before (2025-01-02)",
            ),
            (
                "FR",
                with("2025-02-01", |t| drop(t.contacts.remove(&"ES".into()))),
                Rule::P0,
                "`ES`",
            ),
        ],
    );
    // The limits of Framework Decision 2006/960/JHA, 4.
    let listed = |t: &mut Terms| {
        let (yes, no) = (Some(true), Some(false));
        t.limits = vec![
            case("urgent", [yes, yes, yes], "PT8H"),
            case("listed", [no, yes, yes], "P1W"),
            case("other", [None; 3], "P14D"),
        ];
    };
    history.exchange(1, "FR", with("2025-03-01", listed));
    let now = state(&history);
    let facts = Facts {
        urgent: true,
        direct: true,
        listed: false,
    };
    let limit = |on: &str| {
        let terms = now.terms_on(date(on)).expect("terms");
        terms.limit(facts).map(|case| case.period.to_string())
    };
    assert_eq!(limit("2025-02-28").as_deref(), Some("8 hours"));
    assert_eq!(limit("2025-03-01").as_deref(), Some("14 days"));
}

#[test]
fn ix3_a_party_declares_its_own_calendar() {
    let mut history = exchanging(Counting::PLAIN);
    let declared = |on: &str, calendar: Calendar| X::CalendarDeclared {
        on: date(on),
        calendar,
    };
    let idle = Calendar {
        rest: (0..7)
            .filter_map(|day| chrono::Weekday::try_from(day).ok())
            .collect(),
        ..paris()
    };
    refused(
        &mut history,
        vec![
            (
                "FR",
                declared("2025-03-01", Calendar::of("Europe/Nowhere")),
                Rule::IX3,
                "found `Europe/Nowhere`",
            ),
            (
                "FR",
                declared("2025-03-01", idle),
                Rule::IX3,
                "seven days of rest",
            ),
            ("US", declared("2025-03-01", paris()), Rule::P0, "`US`"),
            (
                "FR",
                declared("2025-12-01", paris()),
                Rule::RC3,
                "a day that has come",
            ),
        ],
    );
    // Limits run by the one before: it is not replaced for days that have passed.
    let reunion = || Calendar::of("Indian/Reunion");
    let past = vec![(
        "FR",
        declared("2025-03-26", reunion()),
        Rule::IX3,
        "a day from 2025-03-28 on, as it takes the place of another, found 2025-03-26",
    )];
    refused(&mut history, past);
    history.exchange(1, "FR", declared("2025-03-28", reunion()));
    let now = state(&history);
    let zone = |party: &str, on: &str| {
        let calendar = now.calendar_on(&party.into(), date(on));
        calendar.map(|calendar| calendar.zone.to_string())
    };
    assert_eq!(zone("FR", "2025-03-27").as_deref(), Some("Europe/Paris"));
    assert_eq!(zone("FR", "2025-03-28").as_deref(), Some("Indian/Reunion"));
    assert_eq!(
        zone("FR", "2020-01-01").as_deref(),
        Some("Europe/Paris"),
        "its first one"
    );
    assert_eq!(zone("ES", "2025-03-28"), None);
}

#[test]
fn ix9_two_parties_agree_which_of_their_levels_protect_alike() {
    let mut history = exchanging(Counting::PLAIN);
    let equal = |one: [&str; 2], until: &str| Equal {
        one: (one[0].into(), one[1].into()),
        other: ("ma".into(), "ma-secret".into()),
        from: date("2021-07-01"),
        until: (!until.is_empty()).then(|| date(until)),
    };
    let table =
        |between: [&str; 2], levels: Vec<Equal>, consenting: &[&str]| X::EquivalenceAgreed {
            on: date("2025-02-01"),
            table: Equivalence {
                between: (between[0].into(), between[1].into()),
                levels,
            },
            consenting: parties(consenting),
        };
    let secret = || equal(["fr", "secret"], "");
    let both = ["FR", "MA"];
    refused(
        &mut history,
        vec![
            (
                "FR",
                table(["FR", "US"], vec![secret()], &both),
                Rule::P0,
                "`US`",
            ),
            (
                "ES",
                table(both, vec![secret()], &both),
                Rule::IX9,
                "one of which acts",
            ),
            (
                "FR",
                table(["FR", "FR"], vec![secret()], &both),
                Rule::IX9,
                "two parties",
            ),
            (
                "FR",
                table(both, vec![secret()], &["FR"]),
                Rule::IX9,
                "missing: MA",
            ),
            (
                "FR",
                table(both, vec![], &both),
                Rule::IX9,
                "levels that protect alike, found none",
            ),
            (
                "FR",
                table(both, vec![equal(["fr", "secret-defense"], "")], &both),
                Rule::IX9,
                "`fr:secret-defense`",
            ),
            (
                "FR",
                table(both, vec![equal(["fr", "secret"], "2021-06-30")], &both),
                Rule::IX9,
                "a last day from 2021-07-01 on",
            ),
        ],
    );
    history.exchange(1, "FR", table(both, vec![secret()], &both));
    history.exchange(
        1,
        "MA",
        table(
            ["MA", "FR"],
            vec![secret(), equal(["fr", "tres-secret"], "")],
            &both,
        ),
    );
    let now = state(&history);
    assert_eq!(now.tables_on(date("2025-01-31")), []);
    let tables = now.tables_on(date("2025-02-01"));
    let counts: Vec<_> = tables.iter().map(|table| table.levels.len()).collect();
    assert_eq!(
        counts,
        [2],
        "one table of two parties, whoever is named first"
    );
}

fn outcome(change: impl FnOnce(&mut Outcome)) -> Outcome {
    let mut outcome = Outcome {
        kind: ResultKind::Arrest,
        count: 3,
        date: date("2025-03-27"),
        requests: vec![request_id(1)],
        sources: vec!["communique of FR".to_owned()],
        claimed_by: parties(&["FR"]),
    };
    change(&mut outcome);
    outcome
}

fn recorded(key: &str, outcome: Outcome) -> X {
    X::ResultRecorded {
        on: date("2025-03-29"),
        key: key.into(),
        outcome,
    }
}

#[test]
fn ix13_a_result_has_one_key_however_many_claim_it() {
    let mut history = asked(Counting::PLAIN);
    let claimed = |on: &str, key: &str| X::ResultClaimed {
        on: date(on),
        key: key.into(),
        source: "communique of MA".to_owned(),
    };
    let corrected = |was, is| X::ResultCorrected {
        on: date("2025-03-29"),
        key: "r1".into(),
        was,
        is,
        ground: "one was counted twice".to_owned(),
    };
    let any = |change: fn(&mut Outcome)| recorded("r1", outcome(change));
    refused(
        &mut history,
        vec![
            ("FR", recorded("r 1", outcome(|_| {})), Rule::RC5, "a key"),
            ("FR", any(|o| o.count = 0), Rule::IX13, "a count from 1 on"),
            (
                "FR",
                any(|o| o.sources.clear()),
                Rule::IX13,
                "one source or more",
            ),
            (
                "FR",
                any(|o| o.sources = vec![" ".into()]),
                Rule::RC5,
                "a source",
            ),
            (
                "FR",
                any(|o| o.claimed_by = parties(&["US"])),
                Rule::P0,
                "`US`",
            ),
            (
                "FR",
                any(|o| o.claimed_by = parties(&["FR", "FR"])),
                Rule::IX13,
                "each once",
            ),
            (
                "FR",
                any(|o| o.claimed_by = parties(&["MA"])),
                Rule::IX13,
                "with the party that acts",
            ),
            (
                "FR",
                any(|o| o.date = date("2025-03-30")),
                Rule::RC3,
                "not before the result",
            ),
            (
                "FR",
                any(|o| o.requests = vec![request_id(7)]),
                Rule::IX13,
                "a request of this exchange",
            ),
            (
                "MA",
                claimed("2025-03-29", "r1"),
                Rule::IX13,
                "of which there is none",
            ),
        ],
    );
    history.refuses_today(
        "FR",
        exchange(any(|o| o.date = date("2025-01-01"))),
        Rule::RC3,
        "not before the terms of the exchange (2025-01-02)",
    );
    history.exchange(1, "FR", any(|_| {}));
    refused(
        &mut history,
        vec![
            (
                "MA",
                any(|o| o.claimed_by = parties(&["MA"])),
                Rule::IX13,
                "claims it by its key, found `r1`, recorded on 2025-03-29",
            ),
            (
                "FR",
                claimed("2025-03-29", "r1"),
                Rule::IX13,
                "`FR`, which claims it",
            ),
            ("MA", corrected(3, 2), Rule::IX13, "one who claims it: FR"),
            (
                "MA",
                claimed("2025-03-28", "r1"),
                Rule::RC3,
                "not before it was recorded",
            ),
        ],
    );
    history.exchange(1, "MA", claimed("2025-03-29", "r1"));
    refused(
        &mut history,
        vec![
            (
                "MA",
                corrected(4, 2),
                Rule::IX13,
                "what the record says: 3, found 4",
            ),
            ("MA", corrected(3, 3), Rule::IX13, "another count"),
        ],
    );
    history.exchange(1, "MA", corrected(3, 2));
    refused(
        &mut history,
        vec![(
            "FR",
            corrected(3, 2),
            Rule::IX13,
            "what the record says: 2, found 3",
        )],
    );
    let now = state(&history);
    assert_eq!(now.results.len(), 1);
    let record = now.results.get("r1").expect("the result");
    assert_eq!(record.outcome.count, 2);
    assert_eq!(record.outcome.claimed_by, parties(&["FR", "MA"]));
    assert_eq!(
        record.outcome.sources,
        ["communique of FR", "communique of MA"]
    );
    assert_eq!(
        record.corrections.first().map(|c| (c.was, c.is)),
        Some((3, 2))
    );
}

fn told(row: &str, column: &str, hours: i64, in_time: bool) -> Told {
    Told {
        row: row.into(),
        column: column.into(),
        used: (hours > 0).then(|| chrono::TimeDelta::hours(hours)),
        in_time: Some(in_time),
    }
}

#[test]
fn ix14_counts_below_the_minimum_are_suppressed_and_others_with_them() {
    let cells = |counts: &[(&str, &str, usize)]| {
        let each = counts.iter().flat_map(|(row, column, count)| {
            (0..*count).map(|n| told(row, column, 1 + n as i64, n > 0))
        });
        let published = publish(&each.collect::<Vec<_>>(), 5);
        let shown = |cell: &Cell| match cell {
            Cell::Shown { count, .. } => count.to_string(),
            Cell::Suppressed => "Q".to_owned(),
        };
        let lines = published.cells.iter();
        lines
            .map(|line| line.iter().map(shown).collect::<Vec<_>>().join(" "))
            .collect::<Vec<_>>()
    };
    // Nothing is small.
    assert_eq!(
        cells(&[("a", "q1", 5), ("b", "q1", 6)]),
        ["5 5", "6 6", "11 11"]
    );
    // One is: three more are suppressed, so that neither its row nor its column gives it away.
    assert_eq!(
        cells(&[
            ("a", "q1", 3),
            ("a", "q2", 9),
            ("b", "q1", 8),
            ("b", "q2", 7),
            ("c", "q1", 20),
            ("c", "q2", 30)
        ]),
        ["Q Q 12", "Q Q 15", "20 30 50", "31 46 77"]
    );
    // No request of a kind is as telling as few.
    assert_eq!(
        cells(&[("a", "q2", 9), ("b", "q1", 8), ("b", "q2", 7)]),
        ["Q Q 9", "Q Q 15", "8 16 24"]
    );
    assert_eq!(cells(&[("a", "q1", 2)]), ["Q Q", "Q Q"]);
    assert_eq!(cells(&[]), ["Q"]);
}

#[test]
fn ix14_delays_are_told_of_enough_requests_only() {
    let mut all: Vec<_> = (1..=10).map(|n| told("a", "q1", n, n < 10)).collect();
    let cell = |all: &[Told]| publish(all, 5).cells[0][0];
    assert_eq!(
        cell(&all),
        Cell::Shown {
            count: 10,
            median_hours: Some(5),
            ninetieth_hours: Some(9),
            in_time_percent: Some(90),
        }
    );
    // Four were answered: too few for a delay.
    all.iter_mut()
        .skip(4)
        .for_each(|one| (one.used, one.in_time) = (None, None));
    assert_eq!(
        cell(&all),
        Cell::Shown {
            count: 10,
            median_hours: None,
            ninetieth_hours: None,
            in_time_percent: None,
        }
    );
    let mut short = told("a", "q1", 0, true);
    short.used = Some(chrono::TimeDelta::seconds(3_601));
    let Cell::Shown { median_hours, .. } = cell(&vec![short; 5]) else {
        panic!("it is shown");
    };
    assert_eq!(median_hours, Some(2), "begun hours count");
}

/// A suppressed cell cannot be got by subtraction from what is shown (INV19): solved over the
/// rationals, no shown line fixes it, whatever the counts.
#[test]
fn ix14_no_suppressed_cell_is_got_by_subtraction() {
    let mut rng = Rng::of("suppression");
    for round in 0..400 {
        let (rows, columns) = (1 + rng.place(6), 1 + rng.place(6));
        let minimum = 1 + rng.below(9) as u32;
        let mut all = Vec::new();
        for row in 0..rows {
            for column in 0..columns {
                for _ in 0..rng.below(14) {
                    all.push(told(&format!("r{row}"), &format!("c{column}"), 1, true));
                }
            }
        }
        let published = publish(&all, minimum);
        let hidden: Vec<(usize, usize)> = published
            .cells
            .iter()
            .enumerate()
            .flat_map(|(row, line)| {
                line.iter()
                    .enumerate()
                    .map(move |(c, cell)| ((row, c), cell))
            })
            .filter(|(_, cell)| matches!(cell, Cell::Suppressed))
            .map(|(at, _)| at)
            .collect();
        for line in &published.cells {
            for cell in line {
                assert!(!matches!(cell, Cell::Shown { count, .. } if *count < minimum));
            }
        }
        if hidden.len() == published.cells.iter().map(Vec::len).sum::<usize>() {
            continue;
        }
        let (height, width) = (published.cells.len(), published.cells[0].len());
        let mut equations: Vec<Vec<i64>> = Vec::new();
        for row in 0..height {
            let of = |at: &(usize, usize)| {
                i64::from(at.0 == row) * if at.1 + 1 == width { -1 } else { 1 }
            };
            equations.push(hidden.iter().map(of).collect());
        }
        for column in 0..width {
            let of = |at: &(usize, usize)| {
                i64::from(at.1 == column) * if at.0 + 1 == height { -1 } else { 1 }
            };
            equations.push(hidden.iter().map(of).collect());
        }
        let told = fixed(equations, hidden.len());
        let told: Vec<_> = told.into_iter().map(|at| hidden[at]).collect();
        assert_eq!(
            told,
            [],
            "round {round}, {rows} by {columns}, minimum {minimum}"
        );
    }
}

/// The unknowns that linear equations fix: those that stand alone in a row of the reduced form. The
/// matrix of a table's sums is totally unimodular: whole numbers do.
fn fixed(mut rows: Vec<Vec<i64>>, unknowns: usize) -> Vec<usize> {
    let mut done = 0;
    for column in 0..unknowns {
        let Some(pivot) = (done..rows.len()).find(|row| rows[*row][column] != 0) else {
            continue;
        };
        rows.swap(done, pivot);
        let sign = rows[done][column];
        assert_eq!(sign.abs(), 1, "totally unimodular");
        let pivot: Vec<i64> = rows[done].iter().map(|value| value * sign).collect();
        rows[done].clone_from(&pivot);
        for (at, row) in rows.iter_mut().enumerate().filter(|(at, _)| *at != done) {
            let _ = at;
            let factor = row[column];
            row.iter_mut()
                .zip(&pivot)
                .for_each(|(value, p)| *value -= factor * p);
        }
        done += 1;
    }
    let alone = rows
        .iter()
        .filter(|row| row.iter().filter(|value| **value != 0).count() == 1);
    alone
        .filter_map(|row| row.iter().position(|value| *value != 0))
        .collect()
}

#[test]
fn ix3_what_an_exchange_records_is_told_in_words() {
    let history = asked(Counting::PLAIN);
    let said: Vec<_> = history
        .log()
        .iter()
        .filter(|r| matches!(r.stream, StreamId::Exchange(_)))
        .map(|r| (r.event.type_name(), r.event.describe().what))
        .collect();
    assert_eq!(
        said,
        [
            (
                "TermsAgreed",
                "terms of exchange agreed: Exchange of information, by Directive (EU) 2023/977"
                    .to_owned()
            ),
            (
                "CalendarDeclared",
                "calendar declared: Europe/Paris".to_owned()
            ),
            (
                "CalendarDeclared",
                "calendar declared: Africa/Casablanca".to_owned()
            ),
        ]
    );
    let marking = Marking::of(Tlp::Clear);
    assert_eq!(marking.to_string(), "TLP:CLEAR");
}
