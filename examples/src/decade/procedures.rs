//! Procedures of two parties each, and their cases.

use chrono::NaiveDate;
use travaux::domain::{
    PartyId, ProcedureId, StreamCommand,
    limit::{Calendar, Counting},
    procedure::{
        Gives, Leads, ProcedureCommand as P, ProcedureStep, Role, Silence, Starts, StepOutcome,
        StepTable,
    },
};

use super::script::{AREAS, Course, Maker, name, words};

impl Maker<'_> {
    pub(super) fn procedures(&mut self) {
        let pairs = self.parties.len() / 2;
        for n in 0..pairs {
            let two = self.parties[2 * n..2 * n + 2].to_vec();
            let cases = self.sizes.cases;
            let cases = cases * (n + 1) / pairs - cases * n / pairs;
            self.procedure(n, two, cases);
        }
    }

    fn procedure(&mut self, n: usize, two: Vec<PartyId>, cases: usize) {
        let id = ProcedureId(self.ids.next());
        let act = |command: P| [StreamCommand::Procedure(id, command)];
        let mut course = Course::from(self.day(45));
        let on = course.on;
        let proposed = P::ProcedureProposed {
            on,
            framework: self.framework,
            area: Some(name(AREAS[n % AREAS.len()])),
            parties: two.clone(),
            version: "1.0.0-draft".parse().expect("a version"),
            table: table(),
        };
        self.does_late(&mut course, &two[0], 0, act(proposed).into());
        let on = course.later(10);
        let adopted = P::ProcedureAdopted {
            on,
            version: "1.0.0".parse().expect("a version"),
            draft: "1.0.0-draft".parse().expect("a version"),
            from: on,
            consenting: two.clone(),
        };
        self.does_late(&mut course, &two[1], 0, act(adopted).into());
        for (party, zone) in two.iter().zip(["Europe/Paris", "Africa/Casablanca"]) {
            let declared = P::PartyCalendarDeclared {
                on: course.later(1),
                calendar: Calendar::of(zone),
            };
            self.does_late(&mut course, party, 0, act(declared).into());
        }
        let (from, days) = (100, self.days());
        for case in 0..cases {
            let after = self.rng.between(from, days - 30);
            let on = self.day(after);
            self.case(id, case, on, &two);
        }
    }

    fn case(&mut self, id: ProcedureId, n: usize, on: NaiveDate, two: &[PartyId]) {
        let act = |command: P| StreamCommand::Procedure(id, command);
        let turn = self.rng.below(2);
        let (by, to) = (two[turn].clone(), two[1 - turn].clone());
        let case = name(format!("C-{:04}", n + 1));
        let take = |on: NaiveDate, step: &str, outcome: &str| {
            act(P::CaseStepTaken {
                on,
                at: None,
                case: case.clone(),
                step: step.into(),
                outcome: outcome.into(),
                consenting: Vec::new(),
            })
        };
        let mut course = Course::from(on);
        let open = P::CaseOpened {
            on,
            at: None,
            case: case.clone(),
            version: "1.0.0".parse().expect("a version"),
            requested: to.clone(),
            times: [].into(),
        };
        let commands = [act(open), take(on, "request", "sent")];
        self.does(&mut course, &by, commands);
        let on = course.later(self.rng.between(1, 3));
        let received = P::CaseReceived {
            on,
            at: None,
            case: case.clone(),
            step: "examine".into(),
        };
        self.does(&mut course, &to, [act(received)]);
        let on = course.later(self.rng.between(1, 28));
        if self.rng.chance(10) {
            return;
        }
        let refused = self.rng.chance(15);
        let outcome = if refused { "refused" } else { "accepted" };
        self.does(&mut course, &to, [take(on, "examine", outcome)]);
        if !refused && self.rng.chance(90) {
            let on = course.later(self.rng.between(1, 20));
            self.does(&mut course, &to, [take(on, "issue", "issued")]);
        }
    }
}

/// Asked for, examined within 30 days, issued within 10: silence means nothing.
fn table() -> StepTable {
    let outcome = |key: &str, gives, leads| StepOutcome {
        key: key.into(),
        words: words(key),
        gives,
        leads,
    };
    let step = |key: &str, actor, limit: &str, starts, outcomes| ProcedureStep {
        key: key.into(),
        words: words(key),
        actor,
        inputs: Vec::new(),
        outputs: Vec::new(),
        limit: limit.parse().expect("a limit"),
        starts,
        outcomes,
        silence: Silence::Nothing,
        optional: false,
    };
    let to = |key: &str| Leads::To(key.into());
    StepTable {
        title: words("Passes"),
        body: None,
        counting: Counting::PLAIN,
        annexes: [].into(),
        steps: vec![
            step(
                "request",
                Role::Requesting,
                "none",
                Starts::Reached,
                vec![outcome("sent", Gives::Other, to("examine"))],
            ),
            step(
                "examine",
                Role::Requested,
                "30 days",
                Starts::Received,
                vec![
                    outcome("accepted", Gives::Obtained, to("issue")),
                    outcome("refused", Gives::Refused, Leads::End),
                ],
            ),
            step(
                "issue",
                Role::Requested,
                "10 days",
                Starts::Reached,
                vec![outcome("issued", Gives::Obtained, Leads::End)],
            ),
        ],
    }
}
