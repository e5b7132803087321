//! Random lives of frameworks beside a model of a few lines (INV3, and one organ of a role at a
//! time).

use std::collections::{BTreeMap, BTreeSet};

use travaux_domain::{
    Rule, StreamCommand, StreamId,
    framework::{Framework, FrameworkCommand as F, TermChanges},
};
use travaux_testkit::{
    agreement::date,
    framework::{
        accept, adopt, name, open_by, organ, party, propose, replace, retitled, revise, terms,
    },
    history::{History, framework_id},
    random::Rng,
};

const PARTIES: [&str; 4] = ["FR", "MA", "ES", "PT"];
const DAY: &str = "2025-03-01";

/// What anybody would say by heart: whose terms are on the table, who said yes to exactly these, and
/// who are parties now.
#[derive(Clone, Debug, Default)]
struct Model {
    table: Option<(BTreeSet<&'static str>, u32)>,
    yes: BTreeSet<&'static str>,
    adopted: bool,
    parties: BTreeSet<&'static str>,
    titles: u32,
    organs: BTreeMap<&'static str, u32>,
}

#[derive(Clone, Debug)]
enum Act {
    Retitle(u32),
    Members(u32, Vec<&'static str>),
    Accept(u32),
    Adopt(u32, Vec<&'static str>),
    Open(Vec<&'static str>),
    Name(&'static str),
    Replace(&'static str),
}

impl Model {
    fn circle(&self) -> BTreeSet<&'static str> {
        let table = self.table.iter().flat_map(|(of, _)| of);
        self.parties.iter().chain(table).copied().collect()
    }

    fn answer(&mut self, who: &'static str, act: &Act) -> Result<Rule, Rule> {
        let (of, number) = self.table.clone().expect("it was proposed");
        let in_circle = self.circle().contains(who);
        match act {
            Act::Retitle(_) | Act::Members(..) if !in_circle => Err(Rule::P0),
            Act::Retitle(base) | Act::Members(base, _) if *base != number => Err(Rule::FW2),
            Act::Members(_, names) if names.iter().copied().eq(of.iter().copied()) => {
                Err(Rule::FW2)
            }
            Act::Members(_, names) if names.len() < 2 => Err(Rule::FW2),
            Act::Retitle(_) | Act::Members(..) => {
                let of = match act {
                    Act::Members(_, names) => names.iter().copied().collect(),
                    _ => of,
                };
                self.table = Some((of, number + 1));
                (self.yes, self.adopted) = ([who].into(), false);
                self.titles += 1;
                Ok(Rule::FW2)
            }
            Act::Accept(on) | Act::Adopt(on, _) if *on != number || self.adopted => Err(Rule::FW13),
            Act::Accept(_) | Act::Adopt(..) if !in_circle => Err(Rule::P0),
            Act::Accept(_) => match self.yes.insert(who) {
                true => Ok(Rule::FW13),
                false => Err(Rule::FW13),
            },
            Act::Adopt(_, named) if named.iter().any(|n| !self.circle().contains(n)) => {
                Err(Rule::P0)
            }
            Act::Adopt(_, named) => {
                let all: BTreeSet<_> = self.yes.iter().chain(named).copied().collect();
                if !self.circle().is_subset(&all) {
                    return Err(Rule::FW13);
                }
                (self.parties, self.adopted) = (of, true);
                let parties = &self.parties;
                self.organs.retain(|party, _| parties.contains(party));
                Ok(Rule::FW13)
            }
            Act::Open(_) | Act::Name(_) | Act::Replace(_) if self.parties.is_empty() => {
                Err(Rule::FW13)
            }
            Act::Open(_) | Act::Name(_) | Act::Replace(_) if !self.parties.contains(who) => {
                Err(Rule::P0)
            }
            Act::Open(by) if by.iter().any(|p| !self.parties.contains(p)) => Err(Rule::P0),
            Act::Open(by) if by.len() < self.parties.len() => Err(Rule::FW15),
            Act::Open(_) => Ok(Rule::FW15),
            Act::Name(of) | Act::Replace(of) if *of != who => Err(Rule::FW8),
            Act::Name(of) => match self.organs.contains_key(of) {
                true => Err(Rule::FW8),
                false => {
                    self.organs.insert(of, 1);
                    Ok(Rule::FW8)
                }
            },
            // From the same day on: the one before it would have had no day.
            Act::Replace(_) => Err(Rule::FW8),
        }
    }
}

fn draw(rng: &mut Rng, number: u32, parties: &BTreeSet<&'static str>) -> Act {
    // Mostly the latest: else little comes of it.
    let revision = match rng.below(6) {
        0 => number.saturating_sub(1),
        1 => number + 1,
        _ => number,
    };
    let mut some = |percent| -> Vec<&'static str> {
        let all = PARTIES.iter().copied();
        let mut some: Vec<_> = all.filter(|_| rng.chance(percent)).collect();
        some.sort_unstable();
        some
    };
    let (members, named) = (some(60), some(20));
    match rng.below(16) {
        0 => Act::Retitle(revision),
        1 => Act::Members(revision, members),
        2..=6 => Act::Accept(revision),
        7..=10 => Act::Adopt(revision, named),
        11 if rng.chance(50) => Act::Open(parties.iter().copied().collect()),
        11 => Act::Open(members),
        12 | 13 => Act::Name(rng.pick(&PARTIES)),
        _ => Act::Replace(rng.pick(&PARTIES)),
    }
}

fn command(act: &Act, count: u32) -> F {
    match act {
        Act::Retitle(base) => revise(DAY, *base, retitled(&format!("title {count}"))),
        Act::Members(base, names) => {
            let parties = Some(names.iter().map(|name| party(name)).collect());
            let changes = TermChanges {
                parties,
                ..TermChanges::default()
            };
            revise(DAY, *base, changes)
        }
        Act::Accept(revision) => accept(DAY, *revision),
        Act::Adopt(revision, named) => adopt(DAY, *revision, named),
        Act::Open(by) => open_by(DAY, &format!("area-{count}"), by),
        Act::Name(of) => name(DAY, organ(of, "contact", "directorate")),
        Act::Replace(of) => replace(DAY, DAY, organ(of, "contact", &format!("office {count}"))),
    }
}

#[test]
fn fw2_fw8_fw13_and_fw15_random_lives_of_frameworks() {
    let mut rng = Rng::of("random_lives_of_frameworks");
    let mut seen = BTreeMap::<Result<Rule, Rule>, usize>::new();
    for _ in 0..200 {
        let mut history = History::new();
        let mut terms = terms(&["ES", "FR", "MA"]);
        terms.organs.clear();
        history
            .at("2025-06-01")
            .framework(1, "FR", propose(DAY, terms));
        let mut model = Model {
            table: Some((["ES", "FR", "MA"].into(), 1)),
            yes: ["FR"].into(),
            ..Model::default()
        };
        for count in 0..60 {
            let number = model.table.as_ref().map_or(1, |(_, number)| *number);
            let (who, act) = (rng.pick(&PARTIES), draw(&mut rng, number, &model.parties));
            let before = model.clone();
            let expected = model.answer(who, &act);
            let asked = StreamCommand::Framework(framework_id(1), command(&act, count));
            let decided = history.decided(who, asked.clone());
            let found = decided.as_ref().map(|d| d.legal_basis.rule);
            let found = found.map_err(|refusal| refusal.rule);
            assert_eq!(found, expected, "{who}: {act:?} on {before:#?}");
            *seen.entry(found).or_default() += 1;
            if found.is_ok() {
                history.does(who, asked);
            }
            holds_true(&history, &model);
        }
    }
    for rule in [Rule::FW2, Rule::FW8, Rule::FW13, Rule::FW15] {
        let often = |answer| seen.get(&answer).is_some_and(|times| *times > 5);
        assert!(often(Ok(rule)) && often(Err(rule)), "{rule:?}: {seen:#?}");
    }
}

/// The parties are those of the terms to which all said yes, and no role has two organs on any day.
fn holds_true(history: &History, model: &Model) {
    let state: Framework = history.state(StreamId::Framework(framework_id(1)));
    let parties = state.foundation.iter().flat_map(|f| &f.parties);
    let parties: BTreeSet<_> = parties.map(|p| p.id.to_string()).collect();
    assert!(
        parties
            .iter()
            .map(String::as_str)
            .eq(model.parties.iter().copied())
    );
    let (_, latest) = state.latest().expect("it was proposed");
    let yes: BTreeSet<_> = latest.accepted.keys().map(ToString::to_string).collect();
    assert!(
        yes.iter().map(String::as_str).eq(model.yes.iter().copied()),
        "INV3"
    );
    let mut seen = BTreeSet::new();
    for organ in state.organs_on(date(DAY)) {
        assert!(
            seen.insert((&organ.organ.who.party, &organ.organ.role)),
            "one at a time"
        );
    }
    assert_eq!(seen.len(), model.organs.len());
}
