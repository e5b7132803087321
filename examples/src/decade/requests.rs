//! Requests for information: sent, received, clarified, answered in time or late, refused, withdrawn.

use std::collections::BTreeSet;

use chrono::{DateTime, Days, FixedOffset, NaiveDate};
use travaux::{
    domain::{
        ExchangeId, PartyId, RequestId, StreamCommand,
        exchange::{Dimension, ExchangeCommand, LimitCase, Publishing, Terms},
        limit::{Calendar, Counting},
        marking::{Marking, Tlp},
        request::{Content, RequestCall, RequestCommand as Q, Says},
    },
    text::Digest,
};

use super::script::{AREAS, Course, Maker, en, name};

impl Maker<'_> {
    pub(super) fn requests(&mut self) {
        let exchange = ExchangeId(self.ids.next());
        self.exchange(exchange);
        let days = self.days();
        for n in 0..self.sizes.requests {
            let after = self.rng.between(100, days - 30);
            let [by, to] = {
                let two = self.rng.some(&self.parties.clone(), 2);
                match self.rng.chance(50) {
                    true => [two[0].clone(), two[1].clone()],
                    false => [two[1].clone(), two[0].clone()],
                }
            };
            self.request(n, exchange, self.day(after), &by, &to);
        }
    }

    /// The terms on which all of them exchange, and a calendar of each.
    fn exchange(&mut self, id: ExchangeId) {
        let act = |command: ExchangeCommand| StreamCommand::Exchange(id, command);
        let all = self.parties.clone();
        let mut course = Course::from(self.day(50));
        let terms = Terms {
            framework: self.framework,
            title: "Exchange of information".into(),
            agreement: None,
            instrument: "terms of the partnership".into(),
            contacts: all.iter().map(|p| (p.clone(), contact(p))).collect(),
            languages: vec![en()],
            limits: limits(),
            counting: Counting::default(),
            refusal_grounds: vec!["investigation".into()],
            deviation_grounds: vec!["authorisation".into()],
            erasure_grounds: vec!["retention-ended".into()],
            schemes: [].into(),
            unmarked: Marking::of(Tlp::Red),
            publishing: Publishing {
                rows: Dimension::Area,
                columns: Dimension::Quarter,
                minimum: 5,
            },
        };
        let agreed = ExchangeCommand::TermsAgreed {
            on: course.on,
            terms: Box::new(terms),
            consenting: all.clone(),
        };
        self.does_late(&mut course, &all[0], 0, vec![act(agreed)]);
        let zones = ["Europe/Paris", "Africa/Casablanca", "Europe/Lisbon"];
        for (party, zone) in all.iter().zip(zones.iter().cycle()) {
            let declared = ExchangeCommand::CalendarDeclared {
                on: course.later(1),
                calendar: Calendar::of(zone),
            };
            self.does(&mut course, party, [act(declared)]);
        }
    }

    fn request(
        &mut self,
        n: usize,
        exchange: ExchangeId,
        on: NaiveDate,
        by: &PartyId,
        to: &PartyId,
    ) {
        let id = RequestId(self.ids.next());
        let act = |command: Q| [StreamCommand::Request(id, command)];
        let mut course = Course::from(on);
        let mut hour = 8;
        let mut at = |on: NaiveDate| {
            hour += 1;
            instant(on, hour)
        };
        let parts = self.rng.between(1, 3);
        let parts: Vec<_> = (1..=parts)
            .map(|part| name(format!("part-{part}")))
            .collect();
        let urgent = self.rng.chance(25);
        let mut says = BTreeSet::from([Says::Purpose, Says::Objective, Says::Link]);
        says.extend(urgent.then_some(Says::UrgencyReasons));
        let content = |key: &str| Content {
            key: key.into(),
            digest: Digest::of(format!("{n} {key}").as_bytes()),
            marking: Some(Marking {
                releasable_to: Some([by.clone(), to.clone()].into()),
                ..Marking::of(Tlp::Amber)
            }),
            made_of: Vec::new(),
            origins: BTreeSet::new(),
        };
        let request = Box::new(RequestCall {
            framework: self.framework,
            exchange,
            reference: name(format!("R-{:05}", n + 1)),
            from: contact(by),
            to: to.clone(),
            at: contact(to),
            copy_to: None,
            area: name(self.rng.pick(&AREAS)),
            clause: "Article 4".into(),
            urgent,
            listed: false,
            parts: parts.clone(),
            languages: vec![en()],
            agreed_limit: None,
            consenting: Vec::new(),
            says,
            content: content("question"),
        });
        let sent = Q::RequestSent {
            on,
            at: at(on),
            request,
        };
        self.does(&mut course, by, act(sent));
        if self.rng.chance(3) {
            let on = course.later(1);
            let withdrawn = Q::RequestWithdrawn { on, at: at(on) };
            self.does(&mut course, by, act(withdrawn));
            return;
        }
        let on = course.later(self.rng.between(0, 2));
        let received = Q::RequestReceived {
            on,
            at: at(on),
            direct: self.rng.chance(60),
            limit: None,
        };
        self.does(&mut course, to, act(received));
        if self.rng.chance(15) {
            let on = course.later(1);
            let asked = Q::ClarificationAsked {
                on,
                at: at(on),
                content: content("unclear"),
            };
            self.does(&mut course, to, act(asked));
            let on = course.later(self.rng.between(1, 5));
            let given = Q::ClarificationGiven {
                on,
                at: at(on),
                content: content("clear"),
            };
            self.does(&mut course, by, act(given));
        }
        if self.rng.chance(8) {
            let on = course.later(1);
            let deviated = Q::LimitDeviated {
                on,
                at: at(on),
                ground: "authorisation".into(),
                expected: on + Days::new(20),
            };
            self.does(&mut course, to, act(deviated));
        }
        let on = course.later(self.rng.between(0, 12));
        match self.rng.below(100) {
            0..85 => {
                let replied = Q::ReplyProvided {
                    on,
                    at: at(on),
                    parts,
                    content: content("answer"),
                    uses: Vec::new(),
                };
                self.does(&mut course, to, act(replied));
            }
            85..94 => {
                let refused = Q::ReplyRefused {
                    on,
                    at: at(on),
                    ground: "investigation".into(),
                    parts,
                };
                self.does(&mut course, to, act(refused));
            }
            // The others wait for an answer.
            _ => {}
        }
    }
}

fn contact(party: &PartyId) -> travaux::domain::Name {
    name(format!("contact-{party}"))
}

/// An instant of a day, in UTC.
fn instant(on: NaiveDate, hour: u32) -> Option<DateTime<FixedOffset>> {
    Some(on.and_hms_opt(hour, 0, 0)?.and_utc().fixed_offset())
}

fn limits() -> Vec<LimitCase> {
    let case = |key: &str, urgent, direct, period: &str| LimitCase {
        key: key.into(),
        urgent,
        direct,
        listed: None,
        period: period.parse().expect("a period"),
    };
    vec![
        case("urgent-direct", Some(true), Some(true), "8 hours"),
        case("urgent-indirect", Some(true), Some(false), "3 days"),
        case("other", None, None, "7 days"),
    ]
}
