//! Random lives of a joint body beside a model of a few lines: what is done under which rule, what is
//! refused under which; and after each step the invariants of competence (INV4), of annexes (INV5)
//! and of mandates (INV6).

use std::collections::{BTreeMap, BTreeSet};

use travaux_domain::{
    Rule, StreamCommand, StreamId,
    agreement::Agreement,
    body::{BodyCommand as B, Draft, How, SubBody, SubKind, Verb},
    partnership::check_links,
};
use travaux_testkit::{
    agreement::{accept, date, revise, words as substitute},
    body::*,
    history::{History, agreement_id},
    meeting::parties,
    random::Rng,
};

/// The rule that an act rests on, or the one that refuses it.
type Answer = Result<Rule, Rule>;
type Day = &'static str;

const DAYS: [Day; 5] = [
    "2021-01-01",
    "2021-02-01",
    "2021-03-01",
    "2021-04-01",
    "2021-05-01",
];
const BEGUN: Day = "2021-01-02";
const KEYS: [&str; 3] = ["one", "two", "three"];
const SUBJECTS: [&str; 3] = ["a", "b", "c"];
const SUBS: [&str; 2] = ["mission", "group"];

#[derive(Clone, Debug)]
enum Act {
    Confer(&'static str, BTreeSet<&'static str>),
    End(&'static str),
    /// A draft, within a competence.
    Adopt(usize, &'static str),
    SetUp(&'static str, BTreeSet<&'static str>),
}

#[derive(Clone, Debug)]
struct Had {
    subjects: BTreeSet<&'static str>,
    from: Day,
    ended: Option<Day>,
}

impl Had {
    fn is_held(&self, on: Day) -> bool {
        self.from <= on && self.ended.is_none_or(|ended| on < ended)
    }
}

#[derive(Clone, Debug, Default)]
struct Model {
    had: BTreeMap<&'static str, Had>,
    adopted: BTreeMap<usize, Day>,
    subs: BTreeSet<&'static str>,
}

/// What is drafted on 2 January: on each subject twice, one revision of the annex, and one beyond it.
fn drafts() -> Vec<Draft> {
    let on = |n: usize| {
        let subject = SUBJECTS[n % SUBJECTS.len()];
        draft(&format!("d{n}"), Verb::Decide, subject)
    };
    let mut drafts: Vec<_> = (0..6).map(on).collect();
    drafts.push(annex_draft("within", &[(2, "2021-01-15")]));
    drafts.push(annex_draft("beyond", &[(3, "2021-01-15")]));
    drafts
}

fn unless(rule: Rule, refused: &[(bool, Rule)]) -> Answer {
    let first = refused.iter().find(|(is, _)| *is);
    first.map_or(Ok(rule), |(_, rule)| Err(*rule))
}

impl Model {
    fn answer(&self, (party, on): (&str, Day), act: &Act, all: bool) -> Answer {
        if party == "ES" {
            return Err(Rule::P0);
        }
        if on < BEGUN {
            return Err(Rule::RC3);
        }
        match act {
            Act::Confer(key, _) => {
                let again = self.had.contains_key(key);
                unless(Rule::BD2, &[(again || !all, Rule::BD2)])
            }
            Act::End(key) => {
                let Some(had) = self.had.get(key) else {
                    return Err(Rule::BD2);
                };
                let over = had.ended.is_some();
                unless(
                    Rule::BD2,
                    &[(on < had.from, Rule::RC3), (over || !all, Rule::BD2)],
                )
            }
            Act::Adopt(n, by) => {
                let again = self.adopted.contains_key(n);
                // The power over annexes stands from the beginning to the end.
                let may = match *by {
                    "annex-2" => *n >= 6,
                    key => self.had.get(key).is_some_and(|had| {
                        let subject = SUBJECTS[n % SUBJECTS.len()];
                        *n < 6 && had.is_held(on) && had.subjects.contains(subject)
                    }),
                };
                unless(
                    Rule::BD6,
                    &[
                        (again, Rule::BD6),
                        (!may, Rule::BD2),
                        (*n == 7, Rule::BD8),
                        (!all, Rule::BD6),
                    ],
                )
            }
            Act::SetUp(key, subjects) => {
                // The committee decides on passes from the beginning: so it may decide on something.
                let mut held = self.had.values().filter(|had| had.is_held(on));
                let within = held.any(|had| subjects.is_subset(&had.subjects));
                let again = self.subs.contains(key);
                unless(Rule::BD13, &[(again || !within || !all, Rule::BD13)])
            }
        }
    }

    fn take(&mut self, on: Day, act: Act) {
        match act {
            Act::Confer(key, subjects) => {
                let had = Had {
                    subjects,
                    from: on,
                    ended: None,
                };
                self.had.insert(key, had);
            }
            Act::End(key) => self.had.get_mut(key).expect("it").ended = Some(on),
            Act::Adopt(n, _) => {
                self.adopted.insert(n, on);
            }
            Act::SetUp(key, _) => {
                self.subs.insert(key);
            }
        }
    }
}

fn subjects(rng: &mut Rng) -> BTreeSet<&'static str> {
    let mut some: BTreeSet<_> = SUBJECTS.into_iter().filter(|_| rng.chance(50)).collect();
    some.insert(rng.pick(&SUBJECTS));
    some
}

fn draw(rng: &mut Rng) -> Act {
    match rng.below(10) {
        0..=2 => Act::Confer(rng.pick(&KEYS), subjects(rng)),
        3 => Act::End(rng.pick(&KEYS)),
        4..=7 => {
            let n = rng.place(8);
            let by = if n >= 6 && rng.chance(80) {
                "annex-2"
            } else {
                rng.pick(&KEYS)
            };
            Act::Adopt(n, by)
        }
        _ => Act::SetUp(rng.pick(&SUBS), subjects(rng)),
    }
}

/// The commands of an act, for one commit.
fn commands(on: &str, act: &Act, all: bool) -> Vec<StreamCommand> {
    let consenting = parties(if all { &["FR", "MA"] } else { &["FR"] });
    let names = |subjects: &BTreeSet<&'static str>| subjects.iter().copied().collect::<Vec<_>>();
    let day = date(on);
    let command = match act {
        Act::Confer(key, subjects) => B::CompetenceConferred {
            on: day,
            competence: competence(key, Verb::Decide, &names(subjects)),
            consenting,
        },
        Act::End(key) => B::CompetenceEnded {
            on: day,
            competence: (*key).into(),
            ground: "as agreed".to_owned(),
            consenting,
        },
        Act::Adopt(n, by) => {
            let draft = &drafts()[*n];
            let session = None;
            let how = How::Together {
                session,
                consenting,
            };
            let adopt = body("jc", decide_by(on, draft, by, how));
            let carry = draft.annexes.iter().map(|change| {
                StreamCommand::Agreement(agreement_id(1), amended("jc", change).into())
            });
            return [adopt].into_iter().chain(carry).collect();
        }
        Act::SetUp(key, subjects) => B::SubBodyEstablished {
            on: day,
            sub: SubBody {
                key: (*key).into(),
                title: "A sub-body".to_owned(),
                kind: SubKind::Group,
                mandate: vec![competence("m", Verb::Decide, &names(subjects))],
                until: None,
            },
            consenting,
        },
    };
    vec![body("jc", command)]
}

/// Does an act as one commit: all of its commands or none; the first says on which rule.
fn commit(history: &mut History, party: &str, commands: Vec<StreamCommand>) -> Answer {
    let mut after = history.clone();
    let before = after.log().len();
    let mut answer = None;
    for command in commands {
        let decided = after.decided(party, command.clone());
        let rule = decided.map_err(|refusal| refusal.rule)?.legal_basis.rule;
        answer.get_or_insert(rule);
        after.does(party, command);
    }
    let told = after.log()[before..].iter();
    assert_eq!(check_links(told.map(|r| (r.stream, &r.event))), Ok(()));
    *history = after;
    Ok(answer.expect("an act"))
}

/// INV4, INV5 and INV6 on all that is on record.
fn hold_true(history: &History, model: &Model) {
    let own = state(history, "jc");
    let adopted = own.decisions.values().filter(|d| d.adopted.is_some());
    assert_eq!(adopted.count(), model.adopted.len(), "no loss undoes one");
    let treaty: Agreement = history.state(StreamId::Agreement(agreement_id(1)));
    for binding in &treaty.machines.amendments.bindings {
        let operations = &treaty
            .revision(binding.revision)
            .expect("it")
            .draft
            .operations;
        let touched = operations
            .iter()
            .flat_map(travaux_text::Operation::provisions);
        assert!(touched.into_iter().all(|p| [5, 6].contains(&p.ordinal)));
        let decided = own.decisions.values().flat_map(|d| &d.amended);
        let made = decided.filter(|(change, _)| change.revision == binding.revision);
        assert_eq!(made.count(), 1, "each amendment has its decision");
    }
    for (sub, set_up) in own.sub_bodies.values() {
        let held = own
            .competences
            .iter()
            .filter(|held| held.from.on <= set_up.on);
        let given: Vec<_> = held.map(|held| &held.competence).collect();
        let within =
            |own: &travaux_domain::body::Competence| given.iter().any(|other| own.is_within(other));
        assert!(sub.mandate.iter().all(within));
    }
}

#[test]
fn bd2_bd6_bd8_and_bd13_random_lives_of_a_body() {
    let mut rng = Rng::of("random_lives_of_a_body");
    let mut seen = BTreeMap::<Answer, usize>::new();
    for _ in 0..60 {
        let mut history = established();
        history
            .agreement(1, "FR", list("2002", "2021", 1))
            .agreement(1, "MA", accept(2));
        let beyond = revise(
            travaux_domain::agreement::Nature::Amendment,
            vec![substitute(4, "2002", "2021")],
        );
        history
            .agreement(1, "FR", beyond)
            .agreement(1, "MA", accept(3));
        for draft in drafts() {
            history.does("FR", body("jc", drafted(BEGUN, draft)));
        }
        let mut model = Model::default();
        for _ in 0..40 {
            let party = if rng.chance(5) {
                "ES"
            } else {
                rng.pick(&["FR", "MA"])
            };
            let (on, all) = (rng.pick(&DAYS), rng.chance(85));
            let act = draw(&mut rng);
            let expected = model.answer((party, on), &act, all);
            let found = commit(&mut history, party, commands(on, &act, all));
            assert_eq!(
                found, expected,
                "{party} on {on}: {act:?} ({all}) on {model:#?}"
            );
            *seen.entry(found).or_default() += 1;
            if found.is_ok() {
                model.take(on, act);
            }
            hold_true(&history, &model);
        }
    }
    for answer in [
        Ok(Rule::BD2),
        Ok(Rule::BD6),
        Ok(Rule::BD13),
        Err(Rule::BD2),
        Err(Rule::BD6),
        Err(Rule::BD8),
        Err(Rule::BD13),
        Err(Rule::RC3),
        Err(Rule::P0),
    ] {
        let times = seen.get(&answer).copied().unwrap_or_default();
        assert!(times > 10, "{answer:?} was seen {times} times");
    }
}
