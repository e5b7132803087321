//! When a threshold is met, by which acts, and what is missing until then.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::{
    Among, Amount, Group, Groups, Members, Threshold,
    share::{percent_down, percent_up},
};
use crate::{
    PartyId,
    effect::{Evaluation, Fact, Facts, Step, evaluate::standing},
};

impl Threshold {
    /// When it is met on `facts`, with the acts that decided; or what is missing.
    pub(in crate::effect) fn evaluate(&self, facts: &Facts) -> Evaluation {
        let all = self.counted(facts);
        let taken_back = all.iter().any(|fact| fact.until.is_some());
        let grows = facts.groups.only_add() && !taken_back;
        let ends = all.iter().filter_map(|fact| fact.until);
        let days = all.iter().map(|fact| fact.on).chain(ends);
        let days: BTreeSet<NaiveDate> = days.chain(facts.groups.days()).collect();
        let days: Vec<NaiveDate> = days.into_iter().collect();
        let standing = |on| Standing::on(&all, facts, on);
        let found = first(&days, grows, |on| self.is_met(&standing(*on)));
        match found.and_then(|at| days.get(at)) {
            Some(on) => Evaluation::Date {
                on: *on,
                trace: self.trace(&standing(*on), grows),
            },
            None => self.pending(&standing(NaiveDate::MAX)),
        }
    }

    /// The acts that count, in order of date: of one day in the order of their parties, so that the
    /// order of recording changes nothing. One whose consent is void has done none of them.
    fn counted<'a>(&self, facts: &'a Facts) -> Vec<&'a Fact> {
        let is_void = |fact: &Fact| facts.void.contains(&fact.event);
        let all = facts.facts.iter();
        let counted = |fact: &&Fact| fact.kind == self.kind && fact.party.is_some();
        let mut counted: Vec<_> = all.filter(|f| counted(f) && !is_void(f)).collect();
        counted.sort_by(|a, b| (a.on, &a.party, a.event).cmp(&(b.on, &b.party, b.event)));
        counted
    }

    fn is_met(&self, standing: &Standing<'_>) -> bool {
        let mut amounts = self.amounts.iter();
        amounts.all(|amount| standing.all().is_enough(amount))
    }

    fn pending(&self, standing: &Standing<'_>) -> Evaluation {
        let lacking = |amount| standing.all().lacking(amount, self);
        Evaluation::Pending {
            missing: self.amounts.iter().flat_map(lacking).collect(),
        }
    }

    /// For each amount the act by which it was enough, in order of date; and the day itself, where it
    /// rests on a clause of its own day.
    fn trace(&self, standing: &Standing<'_>, grows: bool) -> Vec<Step> {
        let numbers: Vec<usize> = (1..=standing.acts.len()).collect();
        let step = |amount| {
            let enough = |n: &usize| standing.first(*n).is_enough(amount);
            let fact = standing.acts.get(first(&numbers, grows, enough)?)?;
            let by = fact.party.as_ref()?;
            Some(Step {
                what: format!("{}s of {amount}, with that of {by}", self.kind),
                on: fact.on,
                event: Some(fact.event),
            })
        };
        let mut trace: Vec<_> = self.amounts.iter().filter_map(step).collect();
        trace.sort_by_key(|step| step.on);
        if trace.last().is_none_or(|step| step.on < standing.on) {
            trace.push(Step {
                what: "who counts changed".to_owned(),
                on: standing.on,
                event: None,
            });
        }
        trace
    }
}

/// Where the first is of which something is so. What only grows is so of all that follow too, and is
/// found sooner.
fn first<T>(all: &[T], grows: bool, is: impl Fn(&T) -> bool) -> Option<usize> {
    match grows {
        true => Some(all.partition_point(|one| !is(one))).filter(|at| *at < all.len()),
        false => all.iter().position(is),
    }
}

/// Whose acts count on a day.
struct Standing<'a> {
    on: NaiveDate,
    acts: Vec<&'a Fact>,
    groups: &'a Groups,
}

impl<'a> Standing<'a> {
    fn on(all: &[&'a Fact], facts: &'a Facts, on: NaiveDate) -> Self {
        Self {
            on,
            acts: standing(all, on),
            groups: &facts.groups,
        }
    }

    fn all(&self) -> Counted<'_> {
        self.first(self.acts.len())
    }

    /// The first so many acts alone.
    fn first(&self, n: usize) -> Counted<'_> {
        let parties = self.acts.iter().take(n).filter_map(|f| f.party.as_ref());
        Counted {
            on: self.on,
            parties: parties.collect(),
            groups: self.groups,
        }
    }
}

/// Those who count.
struct Counted<'a> {
    on: NaiveDate,
    parties: BTreeSet<&'a PartyId>,
    groups: &'a Groups,
}

impl Counted<'_> {
    fn is_enough(&self, amount: &Amount) -> bool {
        match amount {
            Amount::Number(n, among) => self
                .number(among)
                .is_some_and(|number| u128::from(*n) <= number),
            Amount::Each(members) => self.group(members).is_some_and(|group| {
                let mut all = group.weights.keys();
                all.all(|member| self.parties.contains(member))
            }),
            Amount::Share(share, members) => self
                .group(members)
                .is_some_and(|group| share.is_made_by(self.weight(&group), group.whole())),
        }
    }

    fn group(&self, members: &Members) -> Option<std::borrow::Cow<'_, Group>> {
        self.groups.on(members, self.on)
    }

    /// How many they are; `None` where no clause says of whom is counted. An organisation adds nothing
    /// to any of its members.
    fn number(&self, among: &Among) -> Option<u128> {
        let (group, inside) = match among {
            Among::All => (None, true),
            Among::Of(members) => (Some(self.group(members)?), true),
            Among::Outside(members) => (Some(self.group(members)?), false),
        };
        let is_asked = |party: &PartyId| match &group {
            Some(group) => group.has(party) == inside,
            None => true,
        };
        Some(self.sum(|party| is_asked(party).into(), |_| 1))
    }

    /// What they weigh of a group. What an organisation weighs is not added to what its members do.
    fn weight(&self, group: &Group) -> u128 {
        self.sum(|party| group.weight(party), |member| group.weight(member))
    }

    /// The sum of what each brings; of an organisation, what is above that which its members have
    /// brought already (Paris Agreement 21(4), Kyoto Protocol 25(4)).
    fn sum(&self, brings: impl Fn(&PartyId) -> u128, brought: impl Fn(&PartyId) -> u128) -> u128 {
        let each = self.parties.iter().map(|party| {
            let Some(members) = self.groups.members(party, self.on) else {
                return brings(party);
            };
            if members.is_empty() {
                return 0;
            }
            let present = members.iter().filter(|m| self.parties.contains(m));
            brings(party).saturating_sub(present.map(&brought).sum())
        });
        each.sum()
    }

    /// What an amount lacks, in words.
    fn lacking(&self, amount: &Amount, of: &Threshold) -> Vec<String> {
        if self.is_enough(amount) {
            return Vec::new();
        }
        let kind = of.kind;
        let unnamed = |members: &Members| vec![format!("a clause that says who is of {members}")];
        match amount {
            Amount::Number(n, among) => {
                let Some(number) = self.number(among) else {
                    return amount.members().map(unnamed).unwrap_or_default();
                };
                let more = u128::from(*n).saturating_sub(number);
                let whose = match among {
                    Among::All => String::new(),
                    Among::Of(members) => format!(" of {members}"),
                    Among::Outside(members) => format!(" outside {members}"),
                };
                vec![format!("{kind}s of {more} more{whose} ({number} so far)")]
            }
            Amount::Each(members) => {
                let Some(group) = self.group(members) else {
                    return unnamed(members);
                };
                let all = group.weights.keys();
                let missing = all.filter(|member| !self.parties.contains(member));
                missing.map(|m| format!("the {kind} of {m}")).collect()
            }
            Amount::Share(share, members) => {
                let Some(group) = self.group(members) else {
                    return unnamed(members);
                };
                let (part, whole) = (self.weight(&group), group.whole());
                let more = share.needed(whole).saturating_sub(part);
                let (percent, so_far) = (percent_up(more, whole), percent_down(part, whole));
                vec![format!(
                    "{kind}s of {percent} more of {members}: {more} {} ({so_far} so far)",
                    group.unit
                )]
            }
        }
    }
}
