//! Partial withdrawals: what a reservation says towards each, from the day on which it knows (R12; Guide to
//! Practice 2.5.10, 2.5.11).

use travaux_domain::{
    Rule,
    agreement::{
        Between,
        reservation::{PairStanding as S, ReservationAct as MachineEvent},
    },
    clause::Term,
};
use travaux_testkit::agreement::*;

use super::{late, notified, object, standing};

const WINTER: &str = "except in winter";
const JANUARY: &str = "except in January";

/// Article 1 is 1.1 and contains 1.2; 1.4 stands in article 2, which is 1.3. A has reserved these, all were
/// told on 2020-02-10, and it is in force on 2020-06-01.
fn reserved(provisions: &[u32]) -> Case {
    let entry = Term::EntryIntoForce("2020-06-01".parse().expect("a date"));
    let mut case = treaty(vec![clause("Article 22", entry)]);
    case.does(
        "A",
        MachineEvent::ReservationFormulated {
            on: date("2020-02-01"),
            provisions: provisions.iter().copied().map(p).collect(),
            words: WINTER.into(),
            late: false,
            number: None,
        },
    );
    for party in ["A", "B", "C"] {
        case.does(party, signed("2020-02-01"));
    }
    case.does("A", notified("2020-02-10", &["B", "C"]));
    case
}

fn narrow(on: &str, provisions: &[u32], words: &str) -> MachineEvent {
    MachineEvent::ReservationNarrowed {
        on: date(on),
        number: 1,
        provisions: provisions.iter().copied().map(p).collect(),
        words: words.into(),
        narrowing: None,
    }
}

fn withdraw(on: &str) -> MachineEvent {
    MachineEvent::ReservationWithdrawn {
        on: date(on),
        number: 1,
    }
}

fn know(on: &str, narrowing: impl Into<Option<u32>>) -> MachineEvent {
    MachineEvent::WithdrawalReceived {
        on: date(on),
        number: 1,
        narrowing: narrowing.into(),
    }
}

fn between(case: &Case, a: &str, b: &str, on: &str) -> Between {
    case.0.between(&a.into(), &b.into(), date(on))
}

/// To which provisions A's reservation is towards another on a date, and in which words; none if it is not.
fn extent(case: &Case, other: &str, on: &str) -> Option<(Vec<u32>, String)> {
    let reserved = between(case, "A", other, on).reservations.pop()?;
    let provisions = reserved.provisions.iter().map(|p| p.ordinal).collect();
    Some((provisions, reserved.words))
}

#[track_caller]
fn says(case: &Case, other: &str, on: &str, provisions: &[u32], words: &str) {
    let expected = Some((provisions.to_vec(), words.to_owned()));
    assert_eq!(extent(case, other, on), expected, "towards {other} on {on}");
}

#[test]
fn r12_a_partial_withdrawal_holds_towards_each_from_the_day_on_which_it_knows() {
    let mut case = reserved(&[1, 4]);
    let others = between(&case, "B", "C", "2023-01-01");
    assert_eq!(
        case.does("A", narrow("2022-01-01", &[1], JANUARY)),
        Rule::R12
    );
    assert_eq!(case.does("B", know("2022-01-05", 1)), Rule::R12);
    case.does("C", know("2022-03-01", 1));
    for (other, on, provisions, words) in [
        ("B", "2021-12-31", vec![1, 4], WINTER),
        ("B", "2022-01-04", vec![1, 4], WINTER),
        ("B", "2022-01-05", vec![1], JANUARY),
        ("C", "2022-01-05", vec![1, 4], WINTER),
        ("C", "2022-02-28", vec![1, 4], WINTER),
        ("C", "2022-03-01", vec![1], JANUARY),
    ] {
        says(&case, other, on, &provisions, words);
        // It stands as it did.
        assert_eq!(standing(&case, other, on), S::AcceptedTacitly);
    }
    let told = |on: &str| {
        let reasons = between(&case, "A", "B", on).reasons.into_iter();
        reasons
            .filter(|r| r.what.contains("reservation 1"))
            .map(|r| (r.rule, r.what))
            .collect::<Vec<_>>()
    };
    let accepted = |words| {
        let what = format!("reservation 1 of A, accepted by silence by B: {words}");
        (Rule::R8, what)
    };
    assert_eq!(told("2022-01-04"), [accepted(WINTER)]);
    let narrowed = "reservation 1 of A was narrowed on 2022-01-01 to 1.1, and B received notice of \
                    that on 2022-01-05";
    assert_eq!(
        told("2022-01-05"),
        [accepted(JANUARY), (Rule::R12, narrowed.to_owned())]
    );
    // Nothing among the others (21(2)).
    assert_eq!(between(&case, "B", "C", "2023-01-01"), others);
}

#[test]
fn r12_it_is_the_reserving_partys_and_never_wider() {
    let case = reserved(&[1]);
    let day = "2022-01-01";
    for (party, act, says) in [
        ("B", narrow(day, &[2], JANUARY), "an act of its party (A)"),
        (
            "A",
            narrow("2020-01-31", &[2], JANUARY),
            "a date from 2020-02-01 on, when it was made",
        ),
        ("A", narrow(day, &[], JANUARY), "less"),
        ("A", narrow(day, &[2], " "), "less"),
        // It says the same, in as many words or in more.
        ("A", narrow(day, &[1], WINTER), "found the same"),
        ("A", narrow(day, &[1, 2], WINTER), "found the same"),
        // Another article, the whole of it or a part.
        ("A", narrow(day, &[3], JANUARY), "provision 1.3"),
        (
            "A",
            narrow(day, &[2, 4], JANUARY),
            "provisions within 1.1; what is wider is formulated as a late reservation",
        ),
        ("A", narrow(day, &[9], JANUARY), "provision 1.9"),
        ("B", know(day, 1), "a narrowing of reservation 1 on record"),
    ] {
        case.refuses(party, act, Rule::R12, says);
    }
    let MachineEvent::ReservationNarrowed { on, words, .. } = narrow(day, &[2], JANUARY) else {
        panic!("a narrowing");
    };
    let unknown = MachineEvent::ReservationNarrowed {
        on,
        number: 2,
        provisions: vec![p(2)],
        words,
        narrowing: None,
    };
    case.refuses("A", unknown, Rule::R12, "a reservation from 1 to 1");
    // A paragraph is part of its article, and not the other way round.
    case.clone().does("A", narrow(day, &[2], WINTER));
    let paragraph = reserved(&[2]);
    paragraph.refuses("A", narrow(day, &[1], JANUARY), Rule::R12, "provision 1.1");
    // The same provisions in other words are for the parties to read.
    paragraph.clone().does("A", narrow(day, &[2], JANUARY));
    // Wider is a late reservation.
    paragraph.clone().does("A", late(day));
}

#[test]
fn r12_each_one_is_narrower_than_what_stood_before_its_day() {
    let mut case = reserved(&[1, 4]);
    let number = |case: &mut Case, act: MachineEvent| {
        let decided = case.decides("A", act, None).event;
        let json = serde_json::to_value(&decided).expect("it serialises");
        json["ReservationNarrowed"]["narrowing"].clone()
    };
    assert_eq!(number(&mut case, narrow("2023-01-01", &[2], JANUARY)), 1);
    case.refuses(
        "A",
        narrow("2023-06-01", &[1], JANUARY),
        Rule::R12,
        "provisions within 1.2",
    );
    case.refuses(
        "A",
        narrow("2023-06-01", &[2], JANUARY),
        Rule::R12,
        "fewer provisions, or other words, found the same",
    );
    case.refuses(
        "A",
        narrow("2023-01-01", &[2], "on Sundays"),
        Rule::R12,
        "a second one on 2023-01-01",
    );
    // One of a day before it, recorded later, lies between.
    case.refuses(
        "A",
        narrow("2022-01-01", &[4], WINTER),
        Rule::R12,
        "provisions that 1.2 is within, found 1.4, which the partial withdrawal of 2023-01-01 would widen",
    );
    case.refuses(
        "A",
        narrow("2022-01-01", &[2], JANUARY),
        Rule::R12,
        "more than the partial withdrawal of 2023-01-01 left",
    );
    assert_eq!(number(&mut case, narrow("2022-01-01", &[1], WINTER)), 2);
    // B hears of the second first: then the first takes nothing back.
    case.does("B", know("2023-02-01", 1));
    case.does("B", know("2023-03-01", 2));
    case.does("C", know("2022-02-01", 2));
    for (other, on, provisions, words) in [
        ("B", "2023-01-31", vec![1, 4], WINTER),
        ("B", "2023-02-01", vec![2], JANUARY),
        ("B", "2023-03-01", vec![2], JANUARY),
        ("C", "2022-01-31", vec![1, 4], WINTER),
        ("C", "2022-02-01", vec![1], WINTER),
        ("C", "2024-01-01", vec![1], WINTER),
    ] {
        says(&case, other, on, &provisions, words);
    }
}

#[test]
fn r12_notice_is_received_once_and_not_before_its_day() {
    let mut case = reserved(&[1, 4]);
    case.does("A", narrow("2022-01-01", &[1], WINTER));
    let on = "2022-01-05";
    for (party, act, rule, says) in [
        (
            "A",
            know(on, 1),
            Rule::R12,
            "the reservation of another party",
        ),
        ("B", know(on, 0), Rule::R12, "from 1 to 1"),
        ("B", know(on, 2), Rule::R12, "from 1 to 1"),
        (
            "B",
            know("2021-12-31", 1),
            Rule::R12,
            "a date from 2022-01-01 on",
        ),
        // The whole of it was not withdrawn.
        ("B", know(on, None), Rule::R9, "one that stands"),
    ] {
        case.refuses(party, act, rule, says);
    }
    case.clone().does("B", know("2022-01-01", 1));
    case.does("B", know(on, 1));
    case.refuses("B", know("2022-01-06", 1), Rule::R12, "that of 2022-01-05");
}

#[test]
fn r12_an_objection_stays_and_covers_what_is_left() {
    let mut case = reserved(&[1, 4]);
    case.does("B", object("2020-05-01", false));
    case.does("C", object("2020-05-01", true));
    case.does("A", narrow("2022-01-01", &[2], WINTER));
    case.does("B", know("2022-01-05", 1));
    case.does("C", know("2022-01-05", 1));
    let inoperative = |on: &str| {
        let answer = between(&case, "A", "B", on);
        let ordinals = answer.inoperative.iter().map(|p| p.ordinal);
        ordinals.collect::<Vec<_>>()
    };
    assert_eq!(inoperative("2022-01-04"), [1, 4]);
    assert_eq!(inoperative("2022-01-05"), [2]);
    for on in ["2022-01-04", "2022-01-05"] {
        assert_eq!(standing(&case, "B", on), S::Objected);
        assert_eq!(standing(&case, "C", on), S::NoRelation);
    }
    says(&case, "C", "2022-01-05", &[2], WINTER);
}

#[test]
fn r12_the_months_of_silence_go_on_and_no_new_objection_follows() {
    let mut case = reserved(&[1, 4]);
    case.does("A", narrow("2020-06-01", &[1], WINTER));
    case.does("B", know("2020-06-05", 1));
    // B knows, C does not: for both they run from the notification of the reservation.
    for other in ["B", "C"] {
        for (on, stands) in [
            ("2020-06-05", S::Formulated),
            ("2021-02-10", S::Formulated),
            ("2021-02-11", S::AcceptedTacitly),
        ] {
            assert_eq!(standing(&case, other, on), stands, "{other} on {on}");
        }
        case.clone().does(other, object("2021-02-10", false));
        let silent = "an objection by 2021-02-10";
        case.refuses(other, object("2021-02-11", false), Rule::R4, silent);
    }
    says(&case, "B", "2021-02-11", &[1], WINTER);
    says(&case, "C", "2021-02-11", &[1, 4], WINTER);
    let accept = MachineEvent::ReservationAccepted {
        on: date("2020-07-01"),
        number: 1,
    };
    case.does("B", accept);
    let new = object("2020-08-01", false);
    case.refuses("B", new, Rule::R5, "one that it accepted");
}

#[test]
fn r12_a_reservation_is_withdrawn_as_a_whole_after_it_was_in_part() {
    let mut case = reserved(&[1, 4]);
    case.does("A", narrow("2022-01-01", &[1], WINTER));
    let after = "a date from 2022-01-02 on, after it was narrowed";
    case.refuses("A", withdraw("2022-01-01"), Rule::R9, after);
    case.does("B", know("2022-01-05", 1));
    case.does("A", withdraw("2023-01-01"));
    for on in ["2023-01-01", "2023-06-01"] {
        let act = narrow(on, &[2], WINTER);
        case.refuses("A", act, Rule::R12, "withdrawn on 2023-01-01");
    }
    // What was done before is recorded still, and what is on its way arrives.
    case.clone().does("A", narrow("2022-12-31", &[2], WINTER));
    case.does("C", know("2023-02-01", 1));
    for party in ["B", "C"] {
        case.does(party, know("2023-03-01", None));
    }
    for (other, on, provisions) in [
        ("B", "2022-01-04", Some(vec![1, 4])),
        ("B", "2023-02-28", Some(vec![1])),
        ("C", "2023-01-31", Some(vec![1, 4])),
        ("C", "2023-02-28", Some(vec![1])),
        ("B", "2023-03-01", None),
        ("C", "2023-03-01", None),
    ] {
        let found = extent(&case, other, on).map(|(provisions, _)| provisions);
        assert_eq!(found, provisions, "towards {other} on {on}");
    }
    assert_eq!(standing(&case, "C", "2023-03-01"), S::Withdrawn);
}

#[test]
fn r12_what_was_known_earlier_is_the_reservation_as_it_was_made() {
    let mut case = reserved(&[1, 4]);
    case.at("2025-01-01");
    case.does("A", narrow("2022-01-01", &[1], WINTER));
    case.at("2025-02-01");
    case.does("B", know("2022-01-05", 1));
    for (known, provisions) in [
        ("2024-12-31", vec![1, 4]),
        ("2025-01-31", vec![1, 4]),
        ("2025-02-02", vec![1]),
    ] {
        let mut then = case.clone();
        then.at(known);
        then.0 = case.0.known_at(then.1);
        says(&then, "B", "2022-06-01", &provisions, WINTER);
    }
}

/// All orders of some things.
fn orders(of: &[usize]) -> Vec<Vec<usize>> {
    let Some((first, rest)) = of.split_first() else {
        return vec![vec![]];
    };
    let mut all = Vec::new();
    for order in orders(rest) {
        for at in 0..=order.len() {
            let mut order = order.clone();
            order.insert(at, *first);
            all.push(order);
        }
    }
    all
}

#[test]
fn r12_the_order_of_recording_changes_no_answer() {
    let number = |case: &Case, of: &str| {
        let r = case.0.machines.reservations.get(1).expect("a reservation");
        let at = r.narrowings.iter().position(|n| n.on == date(of))?;
        u32::try_from(at + 1).ok()
    };
    // What is received is named by its day, and is on record by then.
    let facts: [(&str, &str, Option<&str>); 6] = [
        ("A", "2022-01-01", None),
        ("A", "2023-01-01", None),
        ("B", "2022-02-01", Some("2022-01-01")),
        ("B", "2023-02-01", Some("2023-01-01")),
        ("C", "2023-03-01", Some("2023-01-01")),
        ("A", "2024-01-01", None),
    ];
    let dates = [
        "2021-12-31",
        "2022-01-31",
        "2022-02-01",
        "2023-01-31",
        "2023-02-01",
        "2023-03-01",
        "2024-06-01",
    ];
    let made = reserved(&[1, 4]);
    let mut first = None;
    let mut tried = 0;
    for order in orders(&[0, 1, 2, 3, 4, 5]) {
        let mut case = made.clone();
        let all = order.iter().all(|fact| {
            let (party, on, of) = facts[*fact];
            let act = match (on, of) {
                ("2022-01-01", _) => narrow(on, &[1], WINTER),
                ("2023-01-01", _) => narrow(on, &[2], JANUARY),
                (_, None) => withdraw(on),
                (_, Some(of)) => match number(&case, of) {
                    Some(number) => know(on, number),
                    None => return false,
                },
            };
            case.does(party, act);
            true
        });
        if !all {
            continue;
        }
        tried += 1;
        let mut answers = Vec::new();
        for (a, b) in [("A", "B"), ("A", "C"), ("B", "C")] {
            for on in dates {
                let mut answer = between(&case, a, b, on);
                // Events are numbered as they were recorded.
                answer.reasons.iter_mut().for_each(|r| r.event = None);
                answers.push(answer);
            }
        }
        let expected = first.get_or_insert_with(|| answers.clone());
        assert_eq!(*expected, answers, "{order:?}");
    }
    assert_eq!(tried, 120);
}
