//! Joint bodies, on a clause of a treaty or on a declaration: rules, sessions with what is agreed at
//! them, decisions, what is referred to them.

use chrono::{Days, NaiveDate};
use travaux::{
    domain::{
        BodyId, MeetingId, Name, PartyId, StreamCommand,
        body::{
            Allotted, Basis, BodyCommand as B, ChairRule, Competence, Draft, Establishment, How,
            Openness, Procedure, Referral, Resolution, Verb,
        },
        meeting::{
            AgendaItem, AgreedItem, Capacity, Convocation, Disposal, ItemEnd, MeetingCommand as M,
            MeetingKind, Mode, Participant, Start, Statement,
        },
        partnership::{ClauseRef, FollowUp, ItemRef, Link},
    },
    text::ProvisionId,
};

use super::{
    agreements::Made,
    roadmaps::Going,
    script::{AREAS, Course, Maker, en, name, office, words},
};

/// A body, as its sessions need to know it.
struct Sitting {
    id: BodyId,
    key: Name,
    parties: Vec<PartyId>,
    /// Whether it may decide: its clause binds.
    decides: bool,
}

impl Maker<'_> {
    pub(super) fn bodies(&mut self, agreements: &[Made], actions: &[Going]) {
        let treaties: Vec<_> = agreements.iter().filter(|made| made.treaty).collect();
        for n in 0..self.sizes.bodies {
            let treaty = (n % 3 != 2)
                .then(|| treaties.get(n % treaties.len().max(1)))
                .flatten();
            self.body(n, treaty.copied(), actions);
        }
    }

    fn body(&mut self, n: usize, treaty: Option<&Made>, actions: &[Going]) {
        let key = name(format!("committee-{}", n + 1));
        let id = BodyId::of(self.framework, &key);
        let (parties, basis, from) = match treaty {
            Some(made) => {
                let clause = ClauseRef {
                    agreement: made.id,
                    provision: ProvisionId::new(1, 1),
                    label: "Article 1".into(),
                };
                (made.parties.clone(), Basis::Clause(clause), made.free)
            }
            None => {
                let title = "declaration on committees".into();
                let parties = self.rng.some(&self.parties.clone(), 4);
                (parties, Basis::Declaration { title }, self.day(120))
            }
        };
        let sitting = Sitting {
            id,
            key: key.clone(),
            parties: parties.clone(),
            decides: treaty.is_some(),
        };
        let mut competences = vec![
            competence("refer", Verb::ReferenceMechanism),
            competence("rules", Verb::AdoptOwnRules),
        ];
        if sitting.decides {
            competences.push(competence("decide", Verb::Decide));
        }
        let on = from + Days::new(10);
        let establishment = Establishment {
            framework: self.framework,
            key,
            title: format!("Committee {}", n + 1),
            basis,
            parties: parties.clone(),
            competences,
            chair: ChairRule::CoChairs,
            areas: Vec::new(),
            seat: None,
            languages: vec![en()],
            above: None,
            internal: None,
            repairs_until: None,
        };
        let mut course = Course::from(on);
        let establish = B::JointBodyEstablished {
            on,
            establishment,
            consenting: parties.clone(),
        };
        self.does(&mut course, &parties[0], [body(id, establish)]);
        let rules = Procedure {
            version: 1,
            source: None,
            chair: None,
            written: None,
            referral_days: Some(30),
            open: Openness {
                decisions: true,
                ..Openness::default()
            },
        };
        let adopt = B::RulesAdopted {
            on: course.later(20),
            rules,
            consenting: parties.clone(),
        };
        self.does(&mut course, &parties[0], [body(id, adopt)]);
        course.on = course.recorded();
        self.referrals(&sitting, course);
        let mut number = 1;
        while course.on + Days::new(180) < self.last {
            course.later(self.rng.between(120, 150));
            number = self.session(&sitting, number, &mut course, actions);
        }
    }

    /// A session from its call to the approval of its minutes; the number of the next.
    fn session(
        &mut self,
        of: &Sitting,
        number: u32,
        course: &mut Course,
        actions: &[Going],
    ) -> u32 {
        let id = MeetingId(self.ids.next());
        let act = |command: M| StreamCommand::Meeting(id, command);
        let (all, first) = (of.parties.clone(), of.parties[0].clone());
        let on = course.on;
        let start = on + Days::new(25);
        let call = Convocation {
            framework: self.framework,
            title: format!("Session {number} of {}", of.key),
            kind: MeetingKind::Session,
            body: Some(of.key.clone()),
            number: Some(number),
            parties: all.clone(),
            start: Start {
                date: start,
                time: None,
                zone: None,
            },
            place: "Geneva".into(),
            chair: all.iter().map(|party| office(party, "Director")).collect(),
            tentative: false,
            limits: None,
        };
        let called = B::SessionCalled {
            on,
            meeting: id,
            number: Some(number),
        };
        let convened = M::MeetingConvened {
            on,
            convocation: call,
        };
        self.does(course, &first, [body(of.id, called), act(convened)]);
        if self.rng.chance(5) {
            let cancelled = M::MeetingCancelled {
                on: course.later(3),
                reason: None,
            };
            self.does(course, &first, [act(cancelled)]);
            return number;
        }
        let asker = self.rng.pick(&all);
        let item = agenda_item("figures");
        let asked = M::AgendaItemRequested {
            on: course.later(2),
            item,
            consenting: Vec::new(),
        };
        self.does(course, &asker, [act(asked)]);
        let decision = of.decides && self.rng.chance(70);
        let key = name(format!("decision-{number}"));
        let draft = Draft {
            key: key.clone(),
            verb: if decision {
                Verb::Decide
            } else {
                Verb::Recommend
            },
            subject: "passes".into(),
            text: words(format!("what {key} says")),
            effects: Vec::new(),
            annexes: Vec::new(),
            applies_elsewhere: None,
            report: None,
        };
        let drafted = B::DecisionDrafted {
            on: course.later(3),
            draft,
        };
        self.does(course, &first, [body(of.id, drafted)]);
        course.on = course.on.max(start);
        self.held(of, id, course);
        let adopted = B::DecisionAdopted {
            on: start,
            decision: key.clone(),
            number: None,
            competence: name(if decision { "decide" } else { "refer" }),
            how: How::Together {
                session: Some(id),
                consenting: all.clone(),
            },
            effects: Vec::new(),
            pending: Vec::new(),
            amends: Vec::new(),
        };
        self.does(course, &first, [body(of.id, adopted)]);
        let published = B::DecisionPublished {
            on: course.later(5),
            decision: key,
            source: "the register of the partnership".into(),
        };
        self.does(course, &first, [body(of.id, published)]);
        self.minutes(of, id, course);
        self.follow_up(of, id, course, actions);
        number + 1
    }

    /// What happens on the day of the session.
    fn held(&mut self, of: &Sitting, id: MeetingId, course: &mut Course) {
        let (all, first, on) = (of.parties.clone(), of.parties[0].clone(), course.on);
        let head = |party: &PartyId| Participant {
            who: office(party, "Director"),
            capacity: Capacity::Head,
        };
        let mut commands = vec![
            M::AgendaAdopted {
                on,
                items: vec![agenda_item("figures"), agenda_item("passes")],
                consenting: all.clone(),
            },
            M::MeetingHeld {
                on,
                participants: all.iter().map(head).collect(),
                consenting: Vec::new(),
            },
            M::ItemDisposed {
                on,
                item: "figures".into(),
                outcome: Disposal::Noted,
            },
            M::StatementIssued {
                on,
                statement: Statement {
                    key: "joint".into(),
                    issuers: all.clone(),
                    words: words("the committee has met"),
                    published: None,
                    source: None,
                },
            },
        ];
        for n in 1..=self.rng.between(2, 4) {
            let mode = match n {
                1 => Mode::Agreed {
                    consenting: all.clone(),
                },
                2 => Mode::Undertaking {
                    by: self.rng.pick(&all),
                },
                _ => Mode::Proposed {
                    by: self.rng.pick(&all),
                },
            };
            let item = AgreedItem {
                key: name(format!("item-{n}")),
                mode,
                words: words(format!("what item {n} says")),
                area: Some(name(self.rng.pick(&AREAS))),
                agenda: None,
                statement: None,
            };
            commands.push(M::AgreedItemRecorded { on, item });
        }
        let commands: Vec<_> = commands
            .into_iter()
            .map(|command| StreamCommand::Meeting(id, command))
            .collect();
        self.does(course, &first, commands);
    }

    fn minutes(&mut self, of: &Sitting, id: MeetingId, course: &mut Course) {
        let act = |command: M| StreamCommand::Meeting(id, command);
        let on = course.later(self.rng.between(5, 15));
        let drafted = M::MinutesDrafted { on, source: None };
        self.does(course, &of.parties[0], [act(drafted)]);
        for party in &of.parties {
            let on = course.later(self.rng.between(0, 4));
            // Some never approve them.
            if !self.rng.chance(5) {
                self.does(course, party, [act(M::MinutesApproved { on })]);
            }
        }
    }

    /// What all agreed on is followed up by an action most of the time, and some of it is fulfilled.
    fn follow_up(
        &mut self,
        of: &Sitting,
        meeting: MeetingId,
        course: &mut Course,
        actions: &[Going],
    ) {
        let on = course.later(5);
        let known: Vec<_> = actions.iter().filter(|going| going.from < on).collect();
        if known.is_empty() || self.rng.chance(20) {
            return;
        }
        let going = self.rng.pick(&known);
        let item = ItemRef {
            meeting,
            item: "item-1".into(),
        };
        let to = FollowUp::Action {
            roadmap: going.roadmap,
            action: going.key.clone(),
        };
        let link = Link { item, to, on };
        self.does(course, &of.parties[0], link.commands());
        if self.rng.chance(50) {
            let on = course.later(3);
            let ended = M::ItemEnded {
                on,
                item: "item-1".into(),
                how: ItemEnd::Fulfilled,
                consenting: None,
            };
            let ended = StreamCommand::Meeting(meeting, ended);
            self.does(course, &of.parties[0], [ended]);
        }
    }

    /// What is referred to a body: four a year, given to a party, and explained most of the time.
    fn referrals(&mut self, of: &Sitting, mut course: Course) {
        let (id, all) = (of.id, of.parties.clone());
        for n in 1.. {
            if course.later(self.rng.between(70, 110)) > self.last {
                return;
            }
            let mut own = course;
            self.referral(id, &all, n, &mut own);
        }
    }

    fn referral(&mut self, id: BodyId, all: &[PartyId], n: u32, own: &mut Course) {
        let key = name(format!("referral-{n}"));
        let on = own.on;
        let referral = Referral {
            key: key.clone(),
            area: name(self.rng.pick(&AREAS)),
            subject: "passes".into(),
            facts: words("passes come late"),
            marking: None,
            from: None,
        };
        let refer = B::ChallengeReferred { on, referral };
        let by = self.rng.pick(all);
        self.does(own, &by, [body(id, refer)]);
        let on = own.later(5);
        let given = B::ReferralAllocated {
            on,
            referral: key.clone(),
            to: Allotted::Party(self.rng.pick(all)),
            due: Some(on + Days::new(30)),
        };
        self.does(own, &all[0], [body(id, given)]);
        if self.rng.chance(85) {
            let on: NaiveDate = own.later(self.rng.between(10, 60));
            let resolved = B::ReferralResolved {
                on,
                referral: key,
                by: Resolution::Explanation(words("they come in time now")),
                consenting: all.to_vec(),
            };
            self.does(own, &all[0], [body(id, resolved)]);
        }
    }
}

fn body(id: BodyId, command: B) -> StreamCommand {
    StreamCommand::Body(id, command)
}

fn competence(key: &str, verb: Verb) -> Competence {
    Competence {
        key: key.into(),
        verb,
        // What decides has to say about what.
        subjects: match verb {
            Verb::Decide => vec!["passes".into()],
            _ => Vec::new(),
        },
        annexes: Vec::new(),
        limits: None,
        until: None,
        clause: None,
    }
}

fn agenda_item(key: &str) -> AgendaItem {
    AgendaItem {
        key: key.into(),
        number: None,
        title: words(key),
        of: Vec::new(),
    }
}
