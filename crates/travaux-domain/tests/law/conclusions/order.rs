//! The order in which the same dated facts are recorded changes no answer.

use travaux_domain::{
    PartyId,
    agreement::{
        AgreementCommand as C, MachineEvent,
        consent::{ConsentAct, Establishment, Manner},
        depositary::{DepositaryAct, Subject},
        force::ForceAct,
    },
    clause::{Means, Term},
    effect::Period,
};
use travaux_testkit::{agreement::*, random::Rng};

use super::{between, effect};

const PARTIES: [&str; 4] = ["A", "B", "C", "D"];

fn day(rng: &mut Rng) -> String {
    format!(
        "20{:02}-{:02}-{:02}",
        10 + rng.below(8),
        1 + rng.below(12),
        1 + rng.below(28)
    )
}

fn terms(rng: &mut Rng) -> Vec<Term> {
    let entry = [
        "2nd instrument",
        "60 days after 3rd consent",
        "last consent",
        "2013-06-01",
        "first day of the 1st month after 2nd notification",
    ];
    let late = [
        "30 days after own consent",
        "first day of the 2nd month after own consent",
    ];
    let mut terms = vec![Term::Denunciation(Period::Months(6))];
    if rng.chance(80) {
        terms.push(Term::EntryIntoForce(effect(rng.pick(&entry))));
    }
    if rng.chance(50) {
        let late = effect(rng.pick(&late));
        terms.push(match rng.chance(50) {
            true => Term::LateConsent(late),
            false => Term::LateConsentAfterForce(late),
        });
    }
    if rng.chance(30) {
        terms.push(Term::Expiry(effect("6 years after entry into force")));
    }
    if rng.chance(20) {
        terms.push(Term::MinimumParties(2));
    }
    terms
}

/// What was done: each on its own day, each possible without the others but for those of its own party
/// before it.
fn facts(rng: &mut Rng) -> Vec<Vec<(&'static str, MachineEvent)>> {
    let mut facts: Vec<Vec<_>> = Vec::new();
    for party in PARTIES {
        let mut own: Vec<(&str, MachineEvent)> = Vec::new();
        match rng.below(6) {
            // Who declines, and ratifies after all; or who ratifies, and had declined before.
            4 => {
                let on = day(rng);
                own.push((
                    party,
                    sign("2010-01-01", Manner::SubjectToRatification).into(),
                ));
                let declines = ConsentAct::DeclinedToBecomeParty {
                    on: date(&day(rng)),
                };
                let ratifies = [
                    made(&on, Means::Ratification).into(),
                    established(&on, Means::Ratification, Establishment::Notification).into(),
                ];
                let mut each: Vec<Vec<(&str, MachineEvent)>> = vec![
                    vec![(party, declines.into())],
                    ratifies.into_iter().map(|act| (party, act)).collect(),
                ];
                if rng.chance(50) {
                    each.reverse();
                }
                own.extend(each.concat());
            }
            0 => own.push((party, signed(&day(rng)).into())),
            1 => {
                let on = day(rng);
                own.push((
                    party,
                    sign("2010-01-01", Manner::SubjectToRatification).into(),
                ));
                own.push((party, made(&on, Means::Ratification).into()));
                let how = match rng.chance(50) {
                    true => Establishment::Notification,
                    false => Establishment::Exchange,
                };
                own.push((party, established(&on, Means::Ratification, how).into()));
            }
            2 => {
                own.push((
                    party,
                    sign("2010-01-01", Manner::SubjectToRatification).into(),
                ));
                let declines = ConsentAct::DeclinedToBecomeParty {
                    on: date(&day(rng)),
                };
                own.push((party, declines.into()));
            }
            _ => {}
        }
        facts.push(own);
    }
    if rng.chance(30) {
        let agreed = ForceAct::ClauseAgreed {
            on: date(&day(rng)),
            clause: clause("the notes", Term::EntryIntoForce(effect("2nd consent"))),
            consenting: ids(&PARTIES),
        };
        facts.push(vec![("A", agreed.into())]);
    }
    facts
}

/// Records the facts in an order, those of one party in theirs; nothing if one is refused.
fn recorded(terms: &[Term], facts: &[Vec<(&str, MachineEvent)>], order: &[usize]) -> Option<Case> {
    let mut case = between(&PARTIES, terms.to_vec());
    case.at("2026-01-01");
    for at in order {
        for (party, act) in &facts[*at] {
            let command = C::Machine(act.clone());
            let context =
                travaux_domain::Context::new(travaux_domain::Actor::party(*party), case.1);
            case.0.decide(command.clone(), &context).ok()?;
            case.does(party, command);
        }
    }
    Some(case)
}

fn answers(case: &Case) -> Vec<String> {
    let days = (0..72).map(|month| {
        let (year, month) = (2010 + month / 4, 1 + month % 4 * 3);
        date(&format!("{year}-{month:02}-15"))
    });
    let each = |on| {
        let status = case.0.status(on, None);
        let pairs = PARTIES
            .iter()
            .flat_map(|a| PARTIES.iter().map(move |b| (a, b)));
        let pairs = pairs.filter(|(a, b)| a < b).map(|(a, b)| {
            let (a, b): (PartyId, PartyId) = ((*a).into(), (*b).into());
            format!("{a}-{b}: {}", case.0.between(&a, &b, on).force)
        });
        format!(
            "{on}: {}; {}",
            status.force,
            pairs.collect::<Vec<_>>().join(", ")
        )
    };
    days.map(each).collect()
}

#[test]
fn the_order_of_recording_changes_no_answer() {
    let mut compared = 0;
    for seed in 0..400 {
        let mut rng = Rng::new(seed);
        let (terms, facts) = (terms(&mut rng), facts(&mut rng));
        let mut order: Vec<usize> = (0..facts.len()).collect();
        let Some(first) = recorded(&terms, &facts, &order) else {
            continue;
        };
        let first = answers(&first);
        for _ in 0..3 {
            for at in (1..order.len()).rev() {
                order.swap(at, rng.place(at + 1));
            }
            let Some(other) = recorded(&terms, &facts, &order) else {
                continue;
            };
            compared += 1;
            assert_eq!(
                answers(&other),
                first,
                "seed {seed}: {terms:?} {facts:?} {order:?}"
            );
        }
    }
    assert!(compared > 600, "only {compared} orders were compared");
}

#[test]
fn a_notification_received_before_or_after_a_clause_is_agreed_is_the_same_consent() {
    let sent = || DepositaryAct::NotificationSent {
        on: date("2011-01-01"),
        subject: Subject::ProceduresComplete,
        number: None,
    };
    let received = |number| DepositaryAct::NotificationReceived {
        on: date("2011-02-01"),
        number,
    };
    let agreed = || ForceAct::ClauseAgreed {
        on: date("2010-06-01"),
        clause: clause(
            "the notes",
            Term::EntryIntoForce(effect("2nd notification")),
        ),
        consenting: ids(&["A", "B"]),
    };
    let acts = |clause_first: bool| {
        let mut case = between(
            &["A", "B"],
            vec![Term::EntryIntoForce(effect("undetermined"))],
        );
        case.at("2026-01-01");
        if clause_first {
            case.does("A", agreed());
        }
        case.does("A", sent());
        case.does("B", received(1));
        case.does("B", sent());
        case.does("A", received(2));
        if !clause_first {
            case.does("A", agreed());
        }
        case.0.status(date("2012-01-01"), None).force.to_string()
    };
    assert_eq!(acts(true), acts(false));
    assert_eq!(acts(true), "in force since 2011-02-01");
}
