//! Which declarations stand on a date, and to which territories the agreement applies by them.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Declaration, Declares, View};
use crate::{
    PartyId,
    agreement::{consent::Expressed, state::Agreement},
    clause::Term,
    effect::{Evaluation, Fact, FactKind},
};

/// A declaration as it stands on a date.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Declared {
    /// Its number.
    pub number: u32,
    /// Whose it is.
    pub by: PartyId,
    /// When it was made.
    pub made_on: NaiveDate,
    /// From when it has effect; `None` while that waits for something.
    pub since: Option<NaiveDate>,
    /// What it declares, with the territories for which it stands.
    pub declares: Declares,
    /// In which words.
    pub words: String,
    /// What others make of it.
    pub views: BTreeMap<PartyId, View>,
    /// Who was notified of it, and when.
    pub notified: BTreeMap<PartyId, NaiveDate>,
    /// The event that made it.
    pub event: u64,
}

/// To which territories the agreement applies for a party by its declarations, each with since when and
/// by which declaration.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Territory {
    /// Those to which it is extended.
    pub extended: BTreeMap<String, (NaiveDate, u32)>,
    /// Those that are left out.
    pub left_out: BTreeMap<String, (NaiveDate, u32)>,
}

impl Declaration {
    /// What a party makes of it on a date: what it said last.
    pub fn view_of(&self, party: &PartyId, on: NaiveDate) -> Option<View> {
        let own = self
            .views
            .iter()
            .filter(|(by, at, _)| by == party && *at <= on);
        own.max_by_key(|(_, at, _)| *at).map(|(.., view)| *view)
    }

    /// The territories for which it was not withdrawn.
    pub(super) fn territories_left(&self) -> Vec<&String> {
        let gone: Vec<&[String]> = self
            .withdrawn
            .iter()
            .map(|(_, part, _)| &part[..])
            .collect();
        let stands = |name: &&String| {
            !gone
                .iter()
                .any(|part| part.is_empty() || part.contains(name))
        };
        self.declares.territories().iter().filter(stands).collect()
    }
}

impl Declared {
    /// Whether it has effect on a date.
    pub fn has_effect(&self, on: NaiveDate) -> bool {
        self.since.is_some_and(|since| since <= on)
    }
}

impl Agreement {
    /// The declarations that stand on a date, in the order of their numbers: not withdrawn, not of a
    /// consent that has ended (C16), not replaced. One on territories has effect from when a clause says
    /// (C19).
    pub fn declared_on(&self, on: NaiveDate) -> impl Iterator<Item = Declared> {
        self.declared_of(|_| true, on)
    }

    /// The same, of some of them.
    pub(crate) fn declared_of(
        &self,
        of: impl Fn(&Declaration) -> bool,
        on: NaiveDate,
    ) -> impl Iterator<Item = Declared> {
        let all = self.machines.declarations.0.iter();
        all.filter(move |own| of(own))
            .filter_map(move |own| self.declared(own, on))
    }

    fn declared(&self, own: &Declaration, on: NaiveDate) -> Option<Declared> {
        if on < own.on || !self.goes_with_consent(own, on) {
            return None;
        }
        let on_territories = !own.declares.territories().is_empty();
        let since = match &own.declares {
            Declares::Extension { .. } => self.effect_of(own, own.on),
            Declares::Exclusion { .. }
            | Declares::Interpretation { .. }
            | Declares::Authority { .. }
            | Declares::Other => Some(own.on),
        };
        if self.is_replaced(own, on) {
            return None;
        }
        // A withdrawal that concerns territories has effect as the declaration has; at once, where that
        // could have none yet.
        let begins = || self.effect_of(own, own.on);
        let is_over = |at: NaiveDate| {
            let begun = on_territories && begins().is_some_and(|begun| begun <= at);
            let later = begun.then(|| self.effect_of(own, at)).flatten();
            later.unwrap_or(at) <= on
        };
        let withdrawn = own.withdrawn.iter().filter(|(at, ..)| is_over(*at));
        let gone: Vec<&[String]> = withdrawn.map(|(_, part, _)| &part[..]).collect();
        if gone.iter().any(|part| part.is_empty()) {
            return None;
        }
        let left = |all: &[String]| {
            let stands = |name: &&String| !gone.iter().any(|part| part.contains(name));
            all.iter().filter(stands).cloned().collect::<Vec<_>>()
        };
        let declares = match &own.declares {
            Declares::Extension { territories } => Declares::Extension {
                territories: left(territories),
            },
            Declares::Exclusion { territories } => {
                let mut territories = left(territories);
                territories.retain(|name| !self.is_taken_in(own, name, on));
                Declares::Exclusion { territories }
            }
            other @ (Declares::Interpretation { .. }
            | Declares::Authority { .. }
            | Declares::Other) => other.clone(),
        };
        if on_territories && declares.territories().is_empty() {
            return None;
        }
        let parties = own.views.iter().map(|(party, ..)| party);
        let views = parties.filter_map(|party| Some((party.clone(), own.view_of(party, on)?)));
        let notified = own.notified.iter().filter(|(_, (at, _))| *at <= on);
        Some(Declared {
            number: own.number,
            by: own.by.clone(),
            made_on: own.on,
            since,
            declares,
            words: own.words.clone(),
            views: views.collect(),
            notified: notified
                .map(|(party, (at, _))| (party.clone(), *at))
                .collect(),
            event: own.event,
        })
    }

    /// Whether the consent that it was made with has not ended by a date. What is left out has to be said
    /// with that consent at the latest.
    fn goes_with_consent(&self, own: &Declaration, on: NaiveDate) -> bool {
        let Some(consent) = self.machines.consents.of(&own.by) else {
            return self.has_party(&own.by);
        };
        let Some(with) = consent.lives.iter().find(|life| !life.is_over(own.on)) else {
            return consent.lives.is_empty() && self.has_party(&own.by);
        };
        let excludes = matches!(own.declares, Declares::Exclusion { .. });
        let late = |consent: &Expressed| excludes && consent.on < own.on;
        !with.is_over(on) && !with.consent.as_ref().is_some_and(late)
    }

    /// Whether a territory that it leaves out was taken in later.
    fn is_taken_in(&self, own: &Declaration, name: &String, on: NaiveDate) -> bool {
        let mut all = self.machines.declarations.0.iter();
        all.any(|other| {
            let extends = |own: Declared| {
                let in_effect = own.has_effect(on);
                matches!(own.declares, Declares::Extension { territories } if in_effect && territories.contains(name))
            };
            let is_extension = matches!(other.declares, Declares::Extension { .. });
            let later = is_extension && other.by == own.by && own.on <= other.on;
            later && self.declared(other, on).is_some_and(extends)
        })
    }

    /// Whether its party has designated another for the same purpose since.
    fn is_replaced(&self, own: &Declaration, on: NaiveDate) -> bool {
        let Declares::Authority { purpose, .. } = &own.declares else {
            return false;
        };
        let mut others = self.machines.declarations.0.iter();
        others.any(|other| {
            let same =
                matches!(&other.declares, Declares::Authority { purpose: p, .. } if p == purpose);
            let later = (own.on, own.number) < (other.on, other.number) && other.on <= on;
            same && later && other.by == own.by
        })
    }

    /// From when a declaration on territories, or its withdrawal, has effect that was received on a day:
    /// with the consent that it came with; later, as a clause says, or from the day itself, if none does.
    /// Never before the agreement is in force for its party.
    fn effect_of(&self, own: &Declaration, received_on: NaiveDate) -> Option<NaiveDate> {
        let consent = self.machines.consents.of(&own.by)?;
        let with = consent.lives.iter().find(|life| !life.is_over(own.on))?;
        let given = with.consent.as_ref()?.on;
        let force = self.force_for(&own.by, given)?;
        if received_on <= given {
            return Some(force);
        }
        let effect = self.machines.clauses.find_on(received_on, |t| {
            if let Term::Territories { from, .. } = t {
                Some(from.as_ref())
            } else {
                None
            }
        });
        let Some((Some(effect), _)) = effect else {
            return Some(received_on.max(force));
        };
        let mut facts = self.facts(Some((&own.by, received_on)));
        facts.facts.push(Fact {
            kind: FactKind::Notice,
            on: received_on,
            party: Some(own.by.clone()),
            until: None,
            event: own.event,
        });
        match effect.evaluate(&facts) {
            Evaluation::Date { on, .. } => Some(on.max(force)),
            Evaluation::Pending { .. } => None,
        }
    }

    /// To which territories it applies for a party on a date by that party's declarations.
    pub fn territory(&self, party: &PartyId, on: NaiveDate) -> Territory {
        let mut found = Territory::default();
        for own in self.declared_of(|own| own.by == *party, on) {
            let number = own.number;
            let Some(since) = own.since.filter(|since| *since <= on) else {
                continue;
            };
            let (into, names) = match own.declares {
                Declares::Extension { territories } => (&mut found.extended, territories),
                Declares::Exclusion { territories } => (&mut found.left_out, territories),
                Declares::Interpretation { .. } | Declares::Authority { .. } | Declares::Other => {
                    continue;
                }
            };
            into.extend(names.into_iter().map(|name| (name, (since, number))));
        }
        found
    }
}
