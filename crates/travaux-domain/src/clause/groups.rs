//! The clauses that name groups of States, weigh them, or say which organisations are not counted
//! beside their members; that effects name groups that there are.

use std::collections::{BTreeMap, BTreeSet};

use super::{Clauses, FinalClause, Term};
use crate::{
    PartyId, Reason, Refusal,
    effect::{
        Effect,
        threshold::{Among, Amount, Group, Groups, Members, is_name},
    },
    words::counted,
};

impl Clauses {
    /// The groups that its clauses name, and the organisations, from the days from which they count.
    pub fn groups(&self) -> Groups {
        let mut groups = Groups::default();
        for (from, (name, group), _) in self.each(Term::group) {
            groups.name(from, name, group);
        }
        for (from, (party, members), _) in self.each(Term::organisation) {
            groups.organise(from, party, members.iter().cloned());
        }
        groups
    }
}

impl Term {
    /// The group that it names, if that is what it does.
    fn group(&self) -> Option<(&str, Group)> {
        if let Self::Group { name, members } = self {
            return Some((name, Group::of(members)));
        }
        let Self::Weights {
            name,
            unit,
            weights,
        } = self
        else {
            return None;
        };
        let group = Group {
            unit: unit.clone(),
            weights: weights.clone(),
        };
        Some((name, group))
    }

    /// The organisation, and its members, if that is what it speaks of.
    fn organisation(&self) -> Option<(&PartyId, &[PartyId])> {
        let Self::Organisation { party, members } = self else {
            return None;
        };
        Some((party, members))
    }

    /// When it says that something takes effect, if that is what it provides.
    fn effect(&self) -> Option<&Effect> {
        let (Self::EntryIntoForce(effect)
        | Self::LateConsent(effect)
        | Self::LateConsentAfterForce(effect)
        | Self::DenunciationEffect(effect)
        | Self::NoticeFrom(effect)
        | Self::Expiry(effect)) = self
        else {
            return None;
        };
        Some(effect)
    }

    /// Why a group, an organisation or a time for signature can do nothing: what is expected, and what
    /// was found.
    pub(super) fn names_nobody(&self) -> Option<(&'static str, String)> {
        if let Self::OpenForSignature { from, until } = self {
            let found = match (from, until) {
                (Some(from), Some(until)) if until < from => format!("{from} to {until}"),
                (None, None) => "neither".to_owned(),
                (Some(_), _) | (_, Some(_)) => return None,
            };
            return Some(("a first or a last day of signature, in order", found));
        }
        if let Self::Organisation { party, members } = self {
            return is_twice(members.iter().chain([party]))
                .map(|twice| ("an organisation and its members, each once", twice));
        }
        if let Self::Group { members, .. } = self
            && let Some(twice) = is_twice(members)
        {
            return Some(("each member once", twice));
        }
        let (name, group) = self.group()?;
        if !is_name(name) {
            let expected = "a group with a name, without quotation marks";
            return Some((expected, format!("`{name}`")));
        }
        if group.whole() == 0 {
            return Some((
                "a group of which a member weighs something",
                name.to_owned(),
            ));
        }
        None
    }
}

/// Who is named more than once, if anyone is.
fn is_twice<'a>(parties: impl IntoIterator<Item = &'a PartyId>) -> Option<String> {
    let mut seen = BTreeSet::new();
    let mut parties = parties.into_iter();
    let twice = parties.find(|party| !seen.insert(*party))?;
    Some(format!("{twice} more than once"))
}

/// That the effects of new clauses name groups that these or clauses of before name, and ask of them no
/// more members than they have; that no two of them name the same group.
///
/// # Errors
/// A refusal of `act` under the row of the clause, which it names.
pub(crate) fn groups_stand(
    new: &[FinalClause],
    before: &Clauses,
    act: &str,
) -> Result<(), Refusal> {
    let agreed = before.0.iter().map(|agreed| &agreed.clause);
    let mut sizes: BTreeMap<&str, usize> = BTreeMap::new();
    for (name, group) in agreed.chain(new).filter_map(|c| c.provides.group()) {
        let size = sizes.entry(name).or_default();
        *size = group.weights.len().max(*size);
    }
    let mut named = BTreeSet::new();
    for clause in new {
        let refuse = |expected: String, found: String| {
            let rule = clause.provides.row();
            Err(Refusal::new(Reason::Malformed, rule, act, expected, found).by(&clause.label))
        };
        if let Some((name, _)) = clause.provides.group()
            && !named.insert(name)
        {
            return refuse(
                "one clause on each group".into(),
                format!("two on `{name}`"),
            );
        }
        let effect = clause.provides.effect();
        let thresholds = effect.map(Effect::thresholds).unwrap_or_default();
        for amount in thresholds.iter().flat_map(|t| t.amounts()) {
            let Some(Members::Named(name)) = amount.members() else {
                continue;
            };
            let Some(size) = sizes.get(name.as_str()) else {
                let found = format!("`{amount}`, of which no clause says who that is");
                return refuse("a group that a clause names".into(), found);
            };
            if let Amount::Number(n, Among::Of(_)) = amount
                && *size < *n as usize
            {
                let expected = format!("a group of {n} members or more");
                let found = format!("`{amount}`, which has {}", counted(*size, "member"));
                return refuse(expected, found);
            }
        }
    }
    Ok(())
}
