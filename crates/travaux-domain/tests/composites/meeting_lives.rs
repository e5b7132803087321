//! Random lives of two meetings beside a model of a few lines: what is done under which rule, what
//! is refused under which; and after each step the invariants of what was agreed (INV7), of links
//! (INV8) and of corrections (INV9).

use std::collections::{BTreeMap, BTreeSet};

use travaux_domain::{
    Event, Rule, StreamCommand, StreamId,
    framework::FrameworkEvent as F,
    meeting::{Capacity, ItemEnd, Meeting, MeetingCommand as M, Mode, Participant, RecordField},
    partnership::{FollowUp, ItemRef, Link, Words, check_links},
};
use travaux_testkit::{
    agreement::date,
    history::{History, framework_id, meeting_id},
    meeting::{agreed, convene, convened, holder, ministers, on_day, parties, record},
    random::Rng,
};

use crate::meeting::state;

/// The rule that an act rests on, or the one that refuses it.
type Answer = Result<Rule, Rule>;
type Party = &'static str;
type Day = &'static str;

const PARTIES: [Party; 3] = ["ES", "FR", "MA"];
const DAYS: [Day; 5] = [
    "2025-04-13",
    "2025-04-14",
    "2025-04-15",
    "2025-06-25",
    "2025-07-01",
];
const KEYS: [&str; 3] = ["areas", "mission", "passes"];
const NAMES: [&str; 2] = ["Bruno Le Roux", "Bruno Retailleau"];
/// When the meetings begin; they have the numbers 2 and 3.
const STARTS: [(u128, Day); 2] = [(2, DAYS[1]), (3, DAYS[3])];

#[derive(Clone, Debug)]
enum Act {
    Hold(Vec<Party>),
    Record(&'static str, Mode),
    Draft,
    Approve,
    Correct(Party, Party, Vec<Party>),
    Follow(&'static str, FollowUp),
    Fulfil(&'static str),
    Supersede(&'static str, ItemRef),
    Restate(ItemRef),
}

#[derive(Clone, Debug)]
struct Item {
    mode: Mode,
    on: Day,
    followed: BTreeMap<FollowUp, Day>,
    /// When it ended, and whether another took its place.
    end: Option<(Day, bool)>,
}

#[derive(Clone, Debug, Default)]
struct Model {
    start: Day,
    held: Option<(Day, Vec<Party>)>,
    items: BTreeMap<&'static str, Item>,
    drafted: Option<Day>,
    approved: BTreeSet<Party>,
    restated: BTreeSet<ItemRef>,
    /// The name of the first participant, and since when the record says so.
    name: Option<(&'static str, Day)>,
}

fn unless(rule: Rule, refused: &[(bool, Rule)]) -> Answer {
    let first = refused.iter().find(|(is, _)| *is);
    first.map_or(Ok(rule), |(_, rule)| Err(*rule))
}

impl Model {
    /// That something may be done at the meeting.
    fn part(&self, on: Day, rule: Rule) -> Answer {
        let Some((held, _)) = self.held else {
            return Err(rule);
        };
        // Who approved the minutes did not approve what comes in behind.
        let closed = !self.approved.is_empty();
        unless(
            rule,
            &[(on < self.start, Rule::RC3), (on > held || closed, rule)],
        )
    }

    /// What is to be answered to an act; `other` is the meeting that it names.
    fn answer(&self, party: Party, on: Day, act: &Act, other: &Self) -> Answer {
        if !PARTIES.contains(&party) {
            return Err(Rule::P0);
        }
        let of = |item: &ItemRef| other.items.get(&*item.item);
        match act {
            Act::Hold(present) => {
                let few = present.len() < 2;
                let (again, early) = (self.held.is_some(), on < self.start);
                let rule = Rule::MT4;
                unless(rule, &[(again, rule), (early, Rule::RC3), (few, rule)])
            }
            Act::Record(key, mode) => {
                self.part(on, Rule::MT6)?;
                let present = &self.held.as_ref().expect("held").1;
                let all = present.len() == PARTIES.len();
                let bears = match mode {
                    Mode::Agreed { consenting } => all && consenting.len() == PARTIES.len(),
                    Mode::Proposed { by } => present.contains(&&*by.0),
                    _ => true,
                };
                let is_new = !self.items.contains_key(key);
                unless(Rule::MT6, &[(!is_new || !bears, Rule::MT6)])
            }
            Act::Draft => {
                let Some((held, _)) = self.held else {
                    return Err(Rule::MT8);
                };
                let early = on < held || self.drafted.is_some_and(|before| on < before);
                let closed = self.approved.len() == PARTIES.len();
                unless(
                    Rule::MT8,
                    &[(early, Rule::RC3), (party != "MA" || closed, Rule::MT8)],
                )
            }
            Act::Approve => {
                let Some(drafted) = self.drafted else {
                    return Err(Rule::MT8);
                };
                let again = self.approved.contains(party);
                unless(Rule::MT8, &[(on < drafted, Rule::RC3), (again, Rule::MT8)])
            }
            Act::Correct(was, is, consenting) => {
                let Some((name, since)) = self.name else {
                    return Err(Rule::MT11);
                };
                let closed = self.approved.len() == PARTIES.len();
                let may = closed || party == "MA";
                let all = self.approved.iter().all(|party| consenting.contains(party));
                let fits = name == *was && was != is;
                let wrong = !fits || !may || !all;
                unless(Rule::MT11, &[(on < since, Rule::RC3), (wrong, Rule::MT11)])
            }
            Act::Follow(key, by) => {
                let Some(item) = self.items.get(key) else {
                    return Err(Rule::MT9);
                };
                let held = other.held.as_ref().map(|(held, _)| *held);
                let before =
                    matches!(by, FollowUp::Meeting(_)) && held.is_some_and(|held| held < item.on);
                let over = item.end.is_some_and(|(end, _)| end <= on);
                let again = item.followed.contains_key(by);
                unless(
                    Rule::MT9,
                    &[
                        (on < item.on, Rule::RC3),
                        (before || over || again, Rule::MT9),
                    ],
                )
            }
            Act::Fulfil(key) => self.ends(on, key),
            Act::Supersede(key, by) => {
                self.ends(on, key)?;
                let Some(other) = of(by) else {
                    return Err(Rule::MT9);
                };
                let older = other.on < self.items[key].on;
                let over = other.end.is_some_and(|(end, gone)| gone || end <= on);
                let mode = &self.items[key].mode;
                let anothers = matches!(mode, Mode::Proposed { by } if *by.0 != *party);
                unless(
                    Rule::MT9,
                    &[
                        (on < other.on, Rule::RC3),
                        (older || over || anothers, Rule::MT9),
                    ],
                )
            }
            Act::Restate(item) => {
                self.part(on, Rule::MT10)?;
                let Some(other) = of(item) else {
                    return Err(Rule::MT10);
                };
                let again = self.restated.contains(item);
                unless(
                    Rule::MT10,
                    &[(on < other.on, Rule::RC3), (again, Rule::MT10)],
                )
            }
        }
    }

    fn ends(&self, on: Day, key: &str) -> Answer {
        let Some(item) = self.items.get(key) else {
            return Err(Rule::MT9);
        };
        let late = item.followed.values().any(|followed| on < *followed);
        unless(
            Rule::MT9,
            &[
                (on < item.on, Rule::RC3),
                (item.end.is_some(), Rule::MT9),
                (late, Rule::RC3),
            ],
        )
    }

    fn take(&mut self, party: Party, on: Day, act: Act) {
        match act {
            Act::Hold(present) => {
                self.held = Some((on, present));
                self.name = Some((NAMES[0], on));
            }
            Act::Record(key, mode) => {
                let item = Item {
                    mode,
                    on,
                    followed: BTreeMap::new(),
                    end: None,
                };
                self.items.insert(key, item);
            }
            Act::Draft => {
                self.drafted = Some(on);
                self.approved.clear();
            }
            Act::Approve => {
                self.approved.insert(party);
            }
            Act::Correct(_, is, _) => self.name = Some((is, on)),
            Act::Follow(key, by) => {
                self.items.get_mut(key).expect("it").followed.insert(by, on);
            }
            Act::Fulfil(key) => self.items.get_mut(key).expect("it").end = Some((on, false)),
            Act::Supersede(key, _) => self.items.get_mut(key).expect("it").end = Some((on, true)),
            Act::Restate(item) => {
                self.restated.insert(item);
            }
        }
    }
}

/// Some of the parties; mostly all.
fn some(rng: &mut Rng) -> Vec<Party> {
    let all = PARTIES.into_iter();
    all.filter(|_| rng.chance(85)).collect()
}

fn draw(rng: &mut Rng, other: u128) -> Act {
    let key = rng.pick(&KEYS);
    let item = ItemRef {
        meeting: meeting_id(other),
        item: rng.pick(&KEYS).into(),
    };
    match rng.below(14) {
        0 | 1 => Act::Hold(some(rng)),
        2..=5 => {
            let by = rng.pick(&PARTIES).into();
            let consenting = parties(&some(rng));
            let agreed = Mode::Agreed { consenting };
            let modes = [agreed, Mode::Proposed { by }, Mode::AgreedInPrinciple];
            Act::Record(key, rng.pick(&modes))
        }
        6 => Act::Draft,
        7 | 8 => Act::Approve,
        9 => Act::Correct(rng.pick(&NAMES), rng.pick(&NAMES), some(rng)),
        10 | 11 => {
            let area = |area: &str| FollowUp::Area {
                framework: framework_id(1),
                area: area.into(),
            };
            let meeting = FollowUp::Meeting(meeting_id(other));
            let all = [area("migration"), area("civil-protection"), meeting];
            Act::Follow(key, rng.pick(&all))
        }
        12 if rng.chance(50) => Act::Fulfil(key),
        12 => Act::Supersede(key, item),
        _ => Act::Restate(item),
    }
}

/// The commands of an act, for one commit.
fn commands(number: u128, on: &str, act: &Act) -> Vec<StreamCommand> {
    let on = date(on);
    let ended = |item: &str, how| M::ItemEnded {
        on,
        item: item.into(),
        how,
        consenting: Some(PARTIES.map(Into::into).into()),
    };
    let command = match act.clone() {
        Act::Hold(present) => {
            let head = |party: &Party| Participant {
                who: holder(party, "Minister of the Interior", NAMES[0]),
                capacity: Capacity::Head,
            };
            M::MeetingHeld {
                on,
                participants: present.iter().map(head).collect(),
                consenting: Vec::new(),
            }
        }
        Act::Record(key, mode) => record(&on.to_string(), agreed(key, mode)),
        Act::Draft => M::MinutesDrafted { on, source: None },
        Act::Approve => M::MinutesApproved { on },
        Act::Correct(was, is, consenting) => M::RecordCorrected {
            on,
            field: RecordField::ParticipantName(1),
            was: was.to_owned(),
            is: is.to_owned(),
            ground: "the French text".to_owned(),
            consenting: parties(&consenting),
        },
        Act::Follow(key, to) => {
            let (meeting, item) = (meeting_id(number), key.into());
            let item = ItemRef { meeting, item };
            return Link { item, to, on }.commands().to_vec();
        }
        Act::Fulfil(key) => ended(key, ItemEnd::Fulfilled),
        Act::Supersede(key, by) => ended(key, ItemEnd::Superseded { by }),
        Act::Restate(of) => M::ItemRestated {
            on,
            of,
            words: Words::new(),
        },
    };
    vec![StreamCommand::Meeting(meeting_id(number), command)]
}

/// Does an act as one commit: all of its commands or none; the last says on which rule.
fn commit(history: &mut History, party: Party, commands: Vec<StreamCommand>) -> Answer {
    let mut after = history.clone();
    let mut answer = Err(Rule::P0);
    let before = after.log().len();
    for command in commands {
        let decided = after.decided(party, command.clone());
        answer = Ok(decided.map_err(|refusal| refusal.rule)?.legal_basis.rule);
        after.does(party, command);
    }
    let told: Vec<_> = after.log()[before..]
        .iter()
        .map(|recorded| (recorded.stream, &recorded.event))
        .collect();
    assert_eq!(check_links(told.iter().copied()), Ok(()));
    if told.len() > 1 {
        for end in told {
            assert!(check_links([end]).is_err(), "one end alone is no link");
        }
    }
    *history = after;
    answer
}

/// INV7 and INV8 on all that is on record.
fn hold_true(history: &History, models: &BTreeMap<u128, Model>) {
    let mut links = BTreeSet::new();
    for (number, model) in models {
        let meeting = state(history, *number);
        let present: BTreeSet<_> = meeting
            .participants
            .iter()
            .map(|p| &*p.who.party.0)
            .collect();
        for (key, found) in &meeting.items {
            let item = &model.items[&**key];
            assert_eq!(found.item.mode, item.mode, "a mode never changes");
            if let Mode::Agreed { consenting } = &item.mode {
                let consenting: BTreeSet<_> = consenting.iter().map(|p| &*p.0).collect();
                assert!(
                    PARTIES
                        .iter()
                        .all(|p| consenting.contains(p) && present.contains(p))
                );
            }
            let followed = found.followed_up.iter().map(|(by, at)| (by.clone(), at.on));
            let expected = item.followed.iter().map(|(by, on)| (by.clone(), date(on)));
            assert_eq!(followed.collect::<BTreeMap<_, _>>(), expected.collect());
            for (by, at) in &found.followed_up {
                let (meeting, item) = (meeting_id(*number), key.clone());
                links.insert((ItemRef { meeting, item }, by.clone(), at.on));
            }
        }
        assert_eq!(meeting.items.len(), model.items.len());
        let closed = model.approved.len() == PARTIES.len();
        assert_eq!(meeting.approved().is_some(), closed);
        let name = model.name.map(|(name, _)| name);
        assert_eq!(meeting.field(&RecordField::ParticipantName(1)), name);
    }
    // Back from each meeting, and from the areas: the same links.
    let mut back = BTreeSet::new();
    for recorded in history.log() {
        match (recorded.stream, &recorded.event) {
            (StreamId::Meeting(id), Event::Meeting(event)) => {
                if let M::MeetingFollowsItem { on, item } = &**event {
                    back.insert((item.clone(), FollowUp::Meeting(id), *on));
                }
            }
            (StreamId::Framework(framework), Event::Framework(event)) => {
                if let F::AreaFollowsItem { on, area, item } = &**event {
                    let area = area.clone();
                    back.insert((item.clone(), FollowUp::Area { framework, area }, *on));
                }
            }
            _ => {}
        }
    }
    assert_eq!(links, back, "each link is told at both ends");
}

/// INV9: but for a name, its correction and the count of events, nothing is changed.
fn changes_a_name_alone(before: &Meeting, mut after: Meeting, was: &str) {
    after.corrections.pop();
    after.version -= 1;
    after.participants[0].who.name = Some(was.into());
    assert_eq!(after, *before);
}

#[test]
fn mt6_mt8_mt9_mt10_and_mt11_random_lives_of_meetings() {
    let mut rng = Rng::of("random_lives_of_meetings");
    let mut seen = BTreeMap::<Answer, usize>::new();
    for _ in 0..150 {
        let mut history = convened();
        let mut models = BTreeMap::new();
        for (number, start) in STARTS {
            let mut call = ministers();
            call.parties = parties(&PARTIES);
            call.start = on_day(start);
            history.meeting(number, "MA", convene("2025-04-01", call));
            let model = Model {
                start,
                ..Model::default()
            };
            models.insert(number, model);
        }
        history.at("2025-08-01");
        for _ in 0..60 {
            let (number, other) = if rng.chance(60) { (2, 3) } else { (3, 2) };
            let party = match rng.below(20) {
                0 => "US",
                1..=9 => "MA",
                _ => rng.pick(&PARTIES),
            };
            // Mostly a day on which the meeting sits: else little comes of it.
            let start = models[&number].start;
            let on = if rng.chance(70) {
                start
            } else {
                rng.pick(&DAYS)
            };
            let act = draw(&mut rng, other);
            let expected = models[&number].answer(party, on, &act, &models[&other]);
            let before = state(&history, number);
            let found = commit(&mut history, party, commands(number, on, &act));
            assert_eq!(found, expected, "{party} on {on}: {act:?} on {models:#?}");
            *seen.entry(found).or_default() += 1;
            if found.is_ok() {
                if let Act::Correct(was, ..) = &act {
                    changes_a_name_alone(&before, state(&history, number), was);
                }
                models.get_mut(&number).expect("it").take(party, on, act);
            }
            hold_true(&history, &models);
        }
    }
    let rows = [
        Rule::MT4,
        Rule::MT6,
        Rule::MT8,
        Rule::MT9,
        Rule::MT10,
        Rule::MT11,
    ];
    for rule in rows {
        let often = |answer| seen.get(&answer).is_some_and(|times| *times > 5);
        assert!(often(Ok(rule)) && often(Err(rule)), "{rule:?}: {seen:#?}");
    }
    assert!(seen.contains_key(&Err(Rule::P0)) && seen.contains_key(&Err(Rule::RC3)));
}
