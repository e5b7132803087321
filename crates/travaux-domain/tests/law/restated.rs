//! Acts that were recorded wrongly and are restated (RC6).

use travaux_domain::{
    PartyId, Revision, Rule,
    agreement::{
        Act, AgreementCommand as C, AgreementEvent, ForceBetween, MachineEvent, Nature, Restated,
        amendment::AmendmentAct,
        consent::{ConsentAct, Establishment, Manner, Office, Representative},
        ending::EndingAct,
        force::ForceAct,
        language::LanguageAct,
        relation::RelationAct,
        reservation::ReservationAct,
    },
    clause::{Means, TacitAmendment, Term},
    effect::Period,
};
use travaux_testkit::{agreement::*, meeting::item_ref, random::Rng};

fn restate(event: u64, done: Option<MachineEvent>) -> C {
    C::RestateAct(Box::new(Restated {
        event,
        was: None,
        done: done.map(Act),
        consenting: vec![],
        reason: "a slip".into(),
    }))
}

fn deposited(on: &str) -> MachineEvent {
    established(on, Means::Ratification, Establishment::Notification).into()
}

/// A and B have ratified, in force with the second instrument; with the event of A's instrument.
fn ratified() -> (Case, u64) {
    let entry = Term::EntryIntoForce("2nd instrument".parse().expect("an effect"));
    let mut case = treaty(vec![clause("Article 14", entry)]);
    let mut event = 0;
    for (party, on) in [("A", "2020-03-01"), ("B", "2020-03-10")] {
        case.does(party, sign("2020-02-01", Manner::SubjectToRatification));
        case.does(party, made("2020-02-10", Means::Ratification));
        case.does(party, deposited(on));
        event = if party == "A" { case.0.version } else { event };
    }
    case.at("2024-12-01");
    (case, event)
}

fn since(case: &Case) -> Option<String> {
    case.0.in_force_since().map(|on| on.to_string())
}

#[test]
fn rc6_what_follows_is_as_an_act_is_stated_last_and_as_it_was_known_before() {
    let (mut case, event) = ratified();
    assert_eq!(since(&case).as_deref(), Some("2020-03-10"));
    case.at("2025-01-01");
    let before = case.1;
    case.at("2025-02-01");
    assert_eq!(
        case.does("A", restate(event, Some(deposited("2020-04-15")))),
        Rule::RC6
    );
    assert_eq!(since(&case).as_deref(), Some("2020-04-15"));
    let known = case.0.known_at(before);
    assert_eq!(
        known.in_force_since(),
        Some(date("2020-03-10")),
        "answers of before stay"
    );
    let status = |known| {
        case.0
            .status(date("2020-04-01"), known)
            .force
            .state
            .is_in_force()
    };
    assert!(!status(None) && status(Some(before)));
    // It is decided by the new event, and B's stays where it was.
    let between = case.0.between(&"A".into(), &"B".into(), date("2020-05-01"));
    assert_eq!(between.force, ForceBetween::InForce(date("2020-04-15")));
    // Restated again: by the event that has it last, and no other.
    let again = case.0.version;
    case.refuses(
        "A",
        restate(event, Some(deposited("2020-05-01"))),
        Rule::RC6,
        "restated on 2025-02-01",
    );
    case.does("A", restate(again, Some(deposited("2020-02-20"))));
    assert_eq!(since(&case).as_deref(), Some("2020-03-10"));
    assert_eq!(case.0.known_at(before), known);
}

#[test]
fn rc6_an_act_that_was_never_done_is_restated_as_such() {
    let (mut case, event) = ratified();
    case.does("A", restate(event, None));
    assert_eq!(since(&case), None);
    case.refuses(
        "A",
        restate(case.0.version, None),
        Rule::RC6,
        "stated as not done",
    );
    // It may be done after all: what was made is there.
    let struck = case.0.version;
    let mut done = case.clone();
    done.does("A", deposited("2021-01-01"));
    assert_eq!(since(&done).as_deref(), Some("2021-01-01"));
    // Or have been done as it was recorded.
    case.does("A", restate(struck, Some(deposited("2020-03-01"))));
    assert_eq!(since(&case).as_deref(), Some("2020-03-10"));
}

#[test]
fn rc6_who_did_it_restates_it_and_as_the_law_lets_it_be_done_then() {
    let (case, event) = ratified();
    let on = |on: &str| restate(event, Some(deposited(on)));
    case.refuses("B", on("2020-04-01"), Rule::RC6, "who did it (A)");
    case.refuses("A", restate(99, None), Rule::RC6, "none by that event");
    case.refuses("A", restate(1, None), Rule::RC6, "beside the text");
    case.refuses("A", on("2020-03-01"), Rule::RC6, "the same");
    // Before the instrument was made, or on a day to come.
    case.refuses("A", on("2020-02-09"), Rule::C8, "when it was made");
    case.refuses("A", on("2999-01-01"), Rule::RC3, "");
    let other = restate(event, Some(made("2020-03-01", Means::Acceptance).into()));
    case.refuses("A", other, Rule::RC6, "to establish an instrument");
    let C::RestateAct(mut why) = on("2020-04-01") else {
        unreachable!("it restates")
    };
    why.reason = " ".into();
    case.refuses("A", C::RestateAct(why), Rule::RC6, "why");
}

#[test]
fn rc6_what_others_name_by_its_number_keeps_it() {
    let mut case = treaty(vec![]);
    case.at("2025-01-01");
    let reserve = |on: &str, words: &str| -> MachineEvent {
        ReservationAct::ReservationFormulated {
            on: date(on),
            provisions: vec![p(2)],
            words: words.into(),
            late: false,
            number: None,
        }
        .into()
    };
    case.does("A", reserve("2020-02-01", "except in winter"));
    let first = case.0.version;
    case.does("B", reserve("2020-02-01", "except in summer"));
    case.refuses("A", restate(first, None), Rule::RC6, "has a number");
    case.does(
        "A",
        restate(first, Some(reserve("2020-02-01", "except in January"))),
    );
    let words: Vec<_> = case
        .0
        .machines
        .reservations
        .0
        .iter()
        .map(|r| (r.number, r.words.as_str()))
        .collect();
    assert_eq!(words, [(1, "except in January"), (2, "except in summer")]);
    let sent = |on: &str| MachineEvent::from(notify(on));
    case.does("A", sent("2020-02-02"));
    let event = case.0.version;
    case.refuses("A", restate(event, None), Rule::RC6, "has a number");
    case.does("A", restate(event, Some(sent("2020-02-03"))));
    let on: Vec<_> = case
        .0
        .machines
        .depositary
        .notifications
        .iter()
        .map(|n| n.sent_on)
        .collect();
    assert_eq!(on, [date("2020-02-03")]);
}

#[test]
fn rc6_what_stands_in_the_text_or_elsewhere_too_is_not_restated() {
    let mut case = treaty(vec![]);
    case.at("2025-01-01");
    let opened = |on: &str| LanguageAct::TranslationAdded {
        on: date(on),
        lang: lang("es"),
        by: "the secretariat".into(),
        text: "## Artículo 1".into(),
    };
    case.does("A", opened("2020-02-01"));
    let event = case.0.version;
    let other = restate(event, Some(opened("2020-02-02").into()));
    case.refuses("A", other, Rule::RC6, "whose words stand in the text");
    case.refuses(
        "A",
        restate(event, None),
        Rule::RC6,
        "whose words stand in the text",
    );
    let follows = |on: &str| RelationAct::AgreementFollowsItem {
        on: date(on),
        item: item_ref(1, "visas"),
    };
    case.does("A", follows("2020-02-01"));
    let other = restate(case.0.version, Some(follows("2020-02-02").into()));
    case.refuses("A", other, Rule::RC6, "another stream records too");
}

#[test]
fn rc6_acts_that_rested_on_what_was_restated_are_named() {
    let mut case = treaty(vec![]);
    let reserve = |on: &str| ReservationAct::ReservationFormulated {
        on: date(on),
        provisions: vec![p(2)],
        words: "except in winter".into(),
        late: false,
        number: None,
    };
    case.does("A", reserve("2020-02-01"));
    let event = case.0.version;
    for party in ["A", "B", "C"] {
        case.does(party, signed("2020-02-20"));
    }
    let objection = ReservationAct::ObjectionMade {
        on: date("2020-02-10"),
        number: 1,
        opposes_force: false,
    };
    case.does("B", objection);
    let objected = case.0.version;
    assert!(case.0.unfounded().is_empty());
    let mut later = case.clone();
    later.does("A", restate(event, Some(reserve("2020-02-05").into())));
    assert!(
        later.0.unfounded().is_empty(),
        "the objection is later still"
    );
    case.does("A", restate(event, Some(reserve("2020-02-15").into())));
    let found = case.0.unfounded();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].event, objected);
    let refusal = found[0].refusal.as_ref().expect("a refusal").to_string();
    assert!(refusal.contains("when it was made"), "{refusal}");
    // Its party restates it in turn.
    let objection = ReservationAct::ObjectionMade {
        on: date("2020-02-16"),
        number: 1,
        opposes_force: false,
    };
    case.does("B", restate(objected, Some(objection.into())));
    assert!(case.0.unfounded().is_empty());
}

#[test]
fn rc6_it_says_what_it_restates() {
    let (mut case, event) = ratified();
    let context = travaux_domain::Context::new(travaux_domain::Actor::party("A"), case.1);
    let command = restate(event, Some(deposited("2020-04-15")));
    let decided = case.0.decide(command, &context).expect("it is decided");
    let said = decided.event.describe();
    let words = "restated: instrument of ratification established on 2020-04-15 (notification) \
                 (not: instrument of ratification established on 2020-03-01 (notification)); a slip";
    assert_eq!(
        (said.what.as_str(), said.done_on),
        (words, Some(date("2020-04-15")))
    );
    let json = serde_json::to_string(&decided.event).expect("JSON");
    assert!(
        json.contains(r#""done":{"InstrumentEstablished":{"on":"2020-04-15""#),
        "{json}"
    );
    assert_eq!(
        serde_json::from_str::<AgreementEvent>(&json).expect("it reads back"),
        decided.event
    );
    case.does("A", restate(event, None));
    let words = AgreementEvent::ActRestated(Restated {
        event,
        was: Some(Act(deposited("2020-03-01"))),
        done: None,
        consenting: vec![],
        reason: "a slip".into(),
    });
    let words = words.describe().what;
    assert!(
        words.starts_with("restated as not done: instrument of ratification established"),
        "{words}"
    );
}

/// A text of an act on the text is none of an act beside it.
#[test]
fn rc6_an_act_on_the_text_is_not_read_as_one_beside_it() {
    let json = r#"{"NegotiationAbandoned":{"reason":null}}"#;
    let error = serde_json::from_str::<Act>(json).expect_err("it is refused");
    assert!(
        error
            .to_string()
            .contains("NegotiationAbandoned is an act on the text"),
        "{error}"
    );
}

/// Restating an act with what was done gives what would be if that had been recorded in the first place.
#[test]
fn rc6_restated_is_as_if_it_had_been_recorded_so() {
    for seed in 0..200 {
        let mut rng = Rng::new(seed);
        let day = |rng: &mut Rng| format!("2020-{:02}-{:02}", 3 + rng.below(9), 1 + rng.below(28));
        let clauses = || {
            let entry = Term::EntryIntoForce("2nd instrument".parse().expect("an effect"));
            vec![clause("Article 14", entry)]
        };
        let days: Vec<String> = (0..3).map(|_| day(&mut rng)).collect();
        let changed = rng.place(3);
        let other = day(&mut rng);
        let record = |days: &[String]| {
            let mut case = treaty(clauses());
            let mut events = Vec::new();
            for (party, on) in ["A", "B", "C"].into_iter().zip(days) {
                case.does(party, sign("2020-02-01", Manner::SubjectToRatification));
                case.does(party, made("2020-02-10", Means::Ratification));
                case.does(party, deposited(on));
                events.push(case.0.version);
            }
            case.at("2025-01-01");
            (case, events)
        };
        let (mut restated, events) = record(&days);
        let party = ["A", "B", "C"][changed];
        if days[changed] == other {
            continue;
        }
        restated.does(party, restate(events[changed], Some(deposited(&other))));
        let mut right = days.clone();
        right[changed] = other;
        let (fresh, _) = record(&right);
        assert_eq!(
            restated.0.in_force_since(),
            fresh.0.in_force_since(),
            "seed {seed}"
        );
        for (a, b) in [("A", "B"), ("A", "C"), ("B", "C")] {
            let (a, b): (PartyId, PartyId) = (a.into(), b.into());
            for month in 3..12 {
                let on = date(&format!("2020-{month:02}-15"));
                let force = |case: &Case| case.0.between(&a, &b, on).force;
                assert_eq!(force(&restated), force(&fresh), "seed {seed}");
            }
        }
    }
}

#[test]
fn rc6_what_others_agreed_on_is_restated_with_their_consent() {
    let mut case = treaty(vec![]);
    case.at("2025-01-01");
    let agreed = |on: &str, effect: &str| -> MachineEvent {
        ForceAct::ClauseAgreed {
            on: date(on),
            clause: clause(
                "notes",
                Term::EntryIntoForce(effect.parse().expect("an effect")),
            ),
            consenting: ids(&["A", "B", "C"]),
        }
        .into()
    };
    case.does("A", agreed("2020-01-10", "2nd consent"));
    let event = case.0.version;
    let asked = |done: Option<MachineEvent>, consenting: &[&str]| {
        C::RestateAct(Box::new(Restated {
            event,
            was: None,
            done: done.map(Act),
            consenting: ids(consenting),
            reason: "a slip".into(),
        }))
    };
    case.refuses("A", asked(None, &[]), Rule::RC6, "missing: B, C");
    let other = || Some(agreed("2020-01-11", "3rd consent"));
    case.refuses("A", asked(other(), &["B"]), Rule::RC6, "missing: C");
    case.does("A", asked(other(), &["B", "C"]));
    for party in ["A", "B"] {
        case.does(party, signed("2020-02-01"));
    }
    assert_eq!(since(&case), None, "it waits for the third");
    case.does("C", signed("2020-03-01"));
    assert_eq!(since(&case).as_deref(), Some("2020-03-01"));
}

#[test]
fn rc6_an_act_keeps_its_place_among_those_of_its_day() {
    let tacit = Term::TacitAmendment(TacitAmendment {
        provisions: vec![],
        within: Period::Days(90),
        after: None,
        blocked_by_more_than: None,
    });
    let mut case = in_force(vec![clause("Article XV", tacit)]);
    case.at("2025-01-01");
    case.does(
        "A",
        revise(Nature::Amendment, vec![words(2, "coopèrent", "agissent")]),
    );
    let revision = Revision(2);
    case.does(
        "A",
        AmendmentAct::AmendmentNotified {
            on: date("2021-01-01"),
            revision,
            to: ids(&["B", "C"]),
            silence: None,
        },
    );
    let objects = |on: &str| AmendmentAct::AmendmentObjected {
        on: date(on),
        revision,
    };
    case.does("B", objects("2021-02-01"));
    let event = case.0.version;
    case.does(
        "B",
        AmendmentAct::AmendmentObjectionWithdrawn {
            on: date("2021-02-05"),
            revision,
        },
    );
    case.does("B", restate(event, Some(objects("2021-02-05").into())));
    let stands = case
        .0
        .machines
        .amendments
        .objection_on(revision, &"B".into(), date("2021-02-05"));
    assert!(stands.is_none(), "it was taken back after it was made");
    let notified = restate(case.0.version - 3, Some(objects("2021-02-06").into()));
    case.refuses("A", notified, Rule::RC6, "what became of a revision");
}

#[test]
fn rc6_a_version_that_prevailed_by_a_clause_does_so_as_that_is_stated() {
    let mut case = treaty(vec![]);
    case.at("2025-01-01");
    let prevails = |tag: &str| -> MachineEvent {
        ForceAct::ClauseAgreed {
            on: date("2020-01-10"),
            clause: clause("notes", Term::Prevailing(lang(tag))),
            consenting: ids(&["A", "B", "C"]),
        }
        .into()
    };
    case.does("A", prevails("fr"));
    let C::RestateAct(mut asked) = restate(case.0.version, None) else {
        unreachable!("it restates")
    };
    asked.consenting = ids(&["A", "B", "C"]);
    case.does("A", C::RestateAct(asked));
    assert_eq!(case.0.machines.languages.prevailing, None);
}

#[test]
fn rc6_a_suspension_that_others_name_by_its_number_stays_one() {
    let mut case = in_force(vec![]);
    case.at("2025-01-01");
    let suspended = |on: &str| -> MachineEvent {
        EndingAct::Suspended {
            on: date(on),
            until: None,
            notified_on: None,
            consenting: ids(&["A", "B", "C"]),
            provisions: vec![],
        }
        .into()
    };
    case.does("A", suspended("2021-01-01"));
    let event = case.0.version;
    let asked = |done: Option<MachineEvent>| {
        C::RestateAct(Box::new(Restated {
            event,
            was: None,
            done: done.map(Act),
            consenting: ids(&["A", "B", "C"]),
            reason: "a slip".into(),
        }))
    };
    case.refuses("A", asked(None), Rule::RC6, "has a number");
    case.does("A", asked(Some(suspended("2021-02-01"))));
    let state = |on: &str| case.0.status(date(on), None).force.state.to_string();
    assert!(
        !state("2021-01-15").contains("suspended"),
        "{}",
        state("2021-01-15")
    );
    assert!(
        state("2021-02-01").contains("suspended"),
        "{}",
        state("2021-02-01")
    );
}

#[test]
fn rc6_an_act_restated_itself_is_named_too_and_one_that_would_find_otherwise() {
    // Sent after it was received.
    let mut case = treaty(vec![]);
    case.at("2025-01-01");
    case.does("A", notify("2020-01-15"));
    let sent = case.0.version;
    case.does("B", received(1, "2020-02-01"));
    let got = case.0.version;
    case.does("B", restate(got, Some(received(1, "2020-01-20").into())));
    let last = case.0.version;
    assert!(case.0.unfounded().is_empty());
    case.does("A", restate(sent, Some(notify("2020-01-25").into())));
    let found: Vec<u64> = case.0.unfounded().iter().map(|found| found.event).collect();
    assert_eq!(found, [last]);
    // The notice of a clause that is restated.
    let months = |n| Term::Denunciation(Period::Months(n));
    let mut case = in_force(vec![]);
    case.at("2025-01-01");
    let agreed = |n| -> MachineEvent {
        ForceAct::ClauseAgreed {
            on: date("2020-06-01"),
            clause: clause("notes", months(n)),
            consenting: ids(&["A", "B", "C"]),
        }
        .into()
    };
    case.does("A", agreed(6));
    let event = case.0.version;
    case.does("C", leave("2021-01-01"));
    let left = case.0.version;
    let C::RestateAct(mut asked) = restate(event, Some(agreed(12))) else {
        unreachable!("it restates")
    };
    asked.consenting = ids(&["A", "B", "C"]);
    case.does("A", C::RestateAct(asked));
    let found = case.0.unfounded();
    assert_eq!(
        (found.len(), found[0].event, found[0].refusal.is_none()),
        (1, left, true)
    );
}

#[test]
fn rc6_a_signature_whose_powers_were_recorded_wrongly_is_restated() {
    let mut case = treaty(vec![]);
    let signs = |powers| -> MachineEvent {
        ConsentAct::Signed {
            on: date("2020-02-01"),
            manner: Manner::Definitive,
            by: Representative {
                office: Office::Other,
                ..minister(powers)
            },
        }
        .into()
    };
    case.does("A", signs(false));
    assert!(
        !case
            .0
            .machines
            .consents
            .of(&"A".into())
            .is_some_and(|own| own.has_consented())
    );
    case.does("A", restate(case.0.version, Some(signs(true))));
    assert!(
        case.0
            .machines
            .consents
            .of(&"A".into())
            .is_some_and(|own| own.has_consented())
    );
}
