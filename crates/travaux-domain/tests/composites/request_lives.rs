//! Random lives of a request beside a model of a few lines: what is done, and what is refused; and
//! after each step that no clock runs before receipt and none is lost (INV14), that a marking is
//! lowered by its originator alone (INV18), and that what is asked about an instant follows from what
//! had come by then alone.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use travaux_domain::{
    Actor, Aggregate as _, Event, Recorded, StreamCommand,
    limit::{Counting, Moment},
    marking::{Marking, Tlp},
    request::{Request, RequestCommand as R, RequestEvent},
};
use travaux_testkit::{
    exchange::{amber, call, content, exchanging, rabat, send},
    history::{History, request_id},
    random::Rng,
};

use crate::request::state;

/// What is on record of the request, by a model of a few lines.
#[derive(Clone, Debug, Default)]
struct Model {
    received: bool,
    withdrawn: bool,
    awaiting: bool,
    open: BTreeSet<&'static str>,
}

const PARTIES: [&str; 3] = ["ES", "FR", "MA"];
const PARTS: [&str; 2] = ["identity", "travel"];

impl Model {
    /// Whether an act of a party is let through; and what it does, if it is.
    fn takes(&mut self, party: &str, act: &R) -> bool {
        let answers = party == "MA" && self.received && !self.withdrawn && !self.open.is_empty();
        let parts = |named: &[travaux_domain::Name]| -> Vec<&'static str> {
            let known = PARTS.into_iter();
            known
                .filter(|part| named.iter().any(|name| name == part))
                .collect()
        };
        match act {
            R::RequestReceived { .. } => {
                let may = party == "MA" && !self.received && !self.withdrawn;
                self.received |= may;
                may
            }
            R::ClarificationAsked { .. } => {
                let may = answers && !self.awaiting;
                self.awaiting |= may;
                may
            }
            R::ClarificationGiven { .. } => {
                let may = party == "FR" && self.awaiting && !self.withdrawn;
                self.awaiting &= !may;
                may
            }
            R::ReplyProvided { parts: named, .. } | R::ReplyRefused { parts: named, .. } => {
                let named = parts(named);
                let may = answers && named.iter().all(|part| self.open.contains(part));
                if may {
                    self.open.retain(|part| !named.contains(part));
                }
                may
            }
            R::RequestWithdrawn { .. } => {
                let may = party == "FR" && !self.withdrawn && !self.open.is_empty();
                self.withdrawn |= may;
                may
            }
            other => panic!("it is not drawn: {other:?}"),
        }
    }
}

fn any(rng: &mut Rng, step: usize, now: DateTime<Utc>) -> R {
    let at = Some(now.fixed_offset());
    let on = now.date_naive();
    let parts = || vec![PARTS[step % 2].into()];
    let content = content(&format!("k{step}"), Some(amber(&["FR", "MA"])));
    match rng.below(8) {
        0 | 1 => R::RequestReceived {
            on,
            at,
            direct: step.is_multiple_of(3),
            limit: None,
        },
        2 | 3 => R::ClarificationAsked { on, at, content },
        4 | 5 => R::ClarificationGiven { on, at, content },
        6 => R::ReplyProvided {
            on,
            at,
            parts: if step.is_multiple_of(5) {
                vec![]
            } else {
                parts()
            },
            content,
            uses: vec![],
        },
        _ if rng.below(4) == 0 => R::RequestWithdrawn { on, at },
        _ => R::ReplyRefused {
            on,
            at,
            ground: "investigation".into(),
            parts: parts(),
        },
    }
}

/// The request as it is folded from what had come by an instant.
fn by_then(log: &[Recorded], instant: DateTime<Utc>) -> Request {
    let mut request = Request::default();
    for recorded in log {
        let Event::Request(event) = &recorded.event else {
            continue;
        };
        let moment = event.moment();
        if moment.had_come(instant, Some(&rabat())) {
            request.evolve(event, &recorded.context());
        }
    }
    request
}

#[test]
fn ix2_and_ix5_lives_of_requests_keep_their_clocks() {
    let mut rng = Rng::of("request lives");
    let mut done = BTreeSet::new();
    for _ in 0..150 {
        let mut history = exchanging(Counting::REGULATION_1182_71);
        history.request(1, "FR", send("2025-03-28T10:00:00+00:00", call()));
        let mut model = Model {
            open: PARTS.into(),
            ..Model::default()
        };
        let mut now: DateTime<Utc> = "2025-03-28T10:00:00Z".parse().expect("an instant");
        let mut instants = vec![now];
        for step in 0..14 {
            now += TimeDelta::minutes(1 + rng.below(3_000) as i64);
            history.at(&now.date_naive().to_string());
            let (party, act) = (PARTIES[rng.place(3)], any(&mut rng, step, now));
            let command = StreamCommand::Request(request_id(1), act.clone());
            let decided = history.decided(party, command.clone());
            let may = model.clone().takes(party, &act);
            assert_eq!(
                decided.is_ok(),
                may,
                "{party} {act:?} {model:?}: {decided:?}"
            );
            if may {
                model.takes(party, &act);
                done.insert(act.type_name());
                history.does(party, command);
                instants.push(now);
            }
            let current = state(&history);
            assert_eq!(current.receipt.is_some(), model.received);
            // No clock before receipt; used and stopped time are all that passed.
            let until = Moment {
                on: now.date_naive(),
                at: Some(now.fixed_offset()),
            };
            match (&current.receipt, current.spent(until)) {
                (None, spent) => {
                    assert_eq!(spent, None);
                    assert_eq!(current.clock(now, &rabat()), None);
                    assert!(!current.is_overdue(now + TimeDelta::days(999), &rabat()));
                }
                (Some(receipt), spent) => {
                    let spent = spent.expect("it was received");
                    let passed = receipt.at.moment().until(until);
                    assert_eq!(spent.used + spent.stopped, passed);
                    assert!(spent.used >= TimeDelta::zero() && spent.stopped >= TimeDelta::zero());
                }
            }
        }
        // What is asked about an instant follows from what had come by then.
        let current = state(&history);
        for base in &instants {
            for offset in [-1, 0, 1, 480, 481, 5_000] {
                let instant = *base + TimeDelta::minutes(offset);
                let then = by_then(history.log(), instant);
                let calendar = rabat();
                assert_eq!(
                    current.status(instant, Some(&calendar)),
                    then.status(instant, Some(&calendar)),
                    "{instant}"
                );
                assert_eq!(
                    current.is_overdue(instant, &calendar),
                    then.is_overdue(instant, &calendar),
                    "{instant}"
                );
                assert_eq!(
                    current.clock(instant, &calendar),
                    then.clock(instant, &calendar)
                );
            }
        }
    }
    assert_eq!(done.len(), 6, "every act was done once: {done:?}");
}

#[test]
fn ix11_and_ix10_lives_of_markings_are_lowered_by_their_originators_alone() {
    let mut rng = Rng::of("marking lives");
    let (mut changed, mut refused) = (0, 0);
    for _ in 0..60 {
        let mut history: History = exchanging(Counting::PLAIN);
        history.request(1, "FR", send("2025-03-28T10:00:00+00:00", call()));
        for _ in 0..12 {
            let current = state(&history);
            let record = current.contents.get("question").expect("the question");
            let before = record.marking().expect("a marking").clone();
            let tlp = [Tlp::Clear, Tlp::Green, Tlp::Amber, Tlp::Red][rng.place(4)];
            let to = Marking {
                tlp,
                ..amber(&[["FR", "MA"], ["FR", "ES"]][rng.place(2)])
            };
            let party = PARTIES[rng.place(3)];
            let act = R::MarkingChanged {
                on: "2025-03-28".parse().expect("a day"),
                content: "question".into(),
                from: before.clone(),
                to: to.clone(),
            };
            let command = StreamCommand::Request(request_id(1), act);
            let decided = history.decided(party, command.clone());
            assert_eq!(
                decided.is_ok(),
                party == "FR" && to != before,
                "{party} {decided:?}"
            );
            if decided.is_ok() {
                history.does(party, command);
                changed += 1;
            } else {
                refused += 1;
            }
        }
        // Whatever was recorded, each change is its originator's.
        for recorded in history.log() {
            if let Event::Request(event) = &recorded.event
                && let RequestEvent::MarkingChanged { .. } = &**event
            {
                assert_eq!(recorded.actor, Actor::party("FR"));
            }
        }
    }
    assert!(changed > 50 && refused > 50, "{changed} {refused}");
}
