//! What a body may do on a date, and on which clause that rests (BD2, QY7).

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::{AnnexChange, Basis, BodyStatus, Competence, Establishment, Held, JointBody, Verb};
use crate::{
    AgreementId, Name,
    agreement::{Agreement, ProvisionForce},
    partnership::ClauseRef,
};

/// What is asked of a body's competence.
#[derive(Clone, Copy, Debug)]
pub struct Matter<'a> {
    /// What it would do.
    pub verb: Verb,
    /// About what, by key; whatever it is about, if none.
    pub subject: Option<&'a Name>,
    /// The annexes that it would amend.
    pub annexes: &'a [AnnexChange],
    /// The competence on which it would rest, by key; any, if none.
    pub by: Option<&'a Name>,
    /// When.
    pub on: NaiveDate,
    /// The time whose knowledge of agreements counts; all that is on record, if none.
    pub known_at: Option<DateTime<Utc>>,
}

/// Whether a body has a competence, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Competent {
    /// Whether it has it.
    pub yes: bool,
    /// The competence on which it rests, by key.
    pub competence: Option<Name>,
    /// The clause that gives it, or what the body rests on.
    pub clause: Option<String>,
    /// Why, in words.
    pub why: String,
}

impl Establishment {
    /// The clause that gives a competence: its own, or that on which the body rests.
    pub(super) fn clause_of<'a>(&'a self, competence: &'a Competence) -> Option<&'a ClauseRef> {
        competence.clause.as_ref().or(match &self.basis {
            Basis::Clause(clause) => Some(clause),
            Basis::Declaration { .. } | Basis::Parent { .. } => None,
        })
    }

    /// What a competence rests on, in words.
    pub(super) fn ground_of(&self, competence: &Competence) -> String {
        match (self.clause_of(competence), &self.basis) {
            (Some(clause), _) => clause.label.clone(),
            (None, Basis::Declaration { title }) => title.clone(),
            (None, Basis::Parent { body }) => format!("a decision of {body}"),
            (None, Basis::Clause(clause)) => clause.label.clone(),
        }
    }
}

impl Competence {
    /// Whether it covers what would be done, but for its time and its clause.
    pub fn covers(&self, matter: &Matter<'_>) -> bool {
        let about = match matter.subject {
            Some(subject) if !self.subjects.is_empty() => self.subjects.contains(subject),
            _ => true,
        };
        let listed = |change: &AnnexChange| {
            let mut annexes = self.annexes.iter();
            annexes.any(|annex| annex.agreement == change.agreement)
        };
        self.verb.gives(matter.verb) && about && matter.annexes.iter().all(listed)
    }

    /// Whether all that it gives the other gives, too (INV6): its verb, about no more, in no more
    /// annexes, for no longer.
    pub fn is_within(&self, other: &Self) -> bool {
        let about = other.subjects.is_empty()
            || !self.subjects.is_empty()
                && self.subjects.iter().all(|s| other.subjects.contains(s));
        let annexes = self.annexes.iter().all(|own| {
            let mut same = other
                .annexes
                .iter()
                .filter(|o| o.agreement == own.agreement);
            same.any(|o| own.provisions.iter().all(|p| o.provisions.contains(p)))
        });
        let as_long = match (self.until, other.until) {
            (_, None) => true,
            (Some(own), Some(other)) => own <= other,
            (None, Some(_)) => false,
        };
        other.verb.gives(self.verb) && about && annexes && as_long
    }
}

impl Held {
    /// Whether the body has it on a day, but for its clause.
    pub fn is_held(&self, on: NaiveDate) -> bool {
        let over = self.ended.as_ref().is_some_and(|(_, at)| at.on <= on);
        let passed = self.competence.until.is_some_and(|until| until < on);
        self.from.on <= on && !over && !passed
    }
}

impl JointBody {
    /// The agreements on whose clauses it rests, and whose annexes it may amend.
    pub fn rests_on(&self) -> Vec<AgreementId> {
        let Some(establishment) = &self.establishment else {
            return Vec::new();
        };
        let competences = self.competences.iter().map(|held| &held.competence);
        establishment.cites(competences)
    }

    /// Whether it may do something on a date, as its record and those agreements say (QY7): it has a
    /// competence for it whose clause is in force on that date. A clause of a declaration of intent
    /// gives nothing that binds.
    pub fn competent<'a>(
        &'a self,
        matter: &Matter<'_>,
        agreement: impl Fn(AgreementId) -> Option<&'a Agreement>,
    ) -> Competent {
        let no = |why: String| Competent {
            yes: false,
            competence: None,
            clause: None,
            why,
        };
        let on = matter.on;
        let status = self.status(on);
        let Some(own) = self.establishment.as_ref() else {
            return no("no body of that name is on record".to_owned());
        };
        match status {
            BodyStatus::Absent => return no(format!("{} was not established by {on}", own.key)),
            BodyStatus::Dissolved => return no(format!("{} was dissolved by {on}", own.key)),
            BodyStatus::Established => {}
        }
        let mut nearest = None;
        let named = |held: &&Held| matter.by.is_none_or(|by| held.competence.key == *by);
        let covers = |held: &&Held| held.competence.covers(matter);
        for held in self.competences.iter().filter(named).filter(covers) {
            let answer = self.rests(held, matter, &agreement, own);
            if answer.yes {
                return answer;
            }
            nearest.get_or_insert(answer);
        }
        nearest.unwrap_or_else(|| {
            let subject = matter
                .subject
                .map(|s| format!(" on {s}"))
                .unwrap_or_default();
            no(format!(
                "{} has no competence to {}{subject}",
                own.key, matter.verb
            ))
        })
    }

    /// Whether a competence that covers the matter is held on its date, and its clause in force.
    fn rests<'a>(
        &self,
        held: &Held,
        matter: &Matter<'_>,
        agreement: &impl Fn(AgreementId) -> Option<&'a Agreement>,
        own: &Establishment,
    ) -> Competent {
        let (competence, on) = (&held.competence, matter.on);
        let ground = own.ground_of(competence);
        let answer = |yes: bool, why: String| Competent {
            yes,
            competence: Some(competence.key.clone()),
            clause: Some(ground.clone()),
            why,
        };
        if !held.is_held(on) {
            let ended = held.ended.as_ref().map(|(_, at)| at.on);
            let why = match (ended, competence.until) {
                (Some(ended), _) if ended <= on => format!("ended on {ended}"),
                (_, Some(until)) if until < on => format!("held until {until}"),
                _ => format!("held from {} on", held.from.on),
            };
            return answer(false, format!("competence {} is {why}", competence.key));
        }
        let Some(clause) = own.clause_of(competence) else {
            let binds = matter.verb.binds() && !matches!(own.basis, Basis::Parent { .. });
            let why = match binds {
                true => format!("{ground} binds nobody"),
                false => format!("by {ground}"),
            };
            return answer(!binds, why);
        };
        let force = agreement(clause.agreement)
            .map(|a| a.provision_on(clause.provision, on, matter.known_at));
        match force {
            Some(ProvisionForce::BindsNobody) if matter.verb.binds() => answer(
                false,
                format!("{ground} stands in a text that binds nobody"),
            ),
            Some(force) if force.applies() => answer(true, format!("{ground}, {force}")),
            Some(force) => answer(false, format!("{ground}, {force}")),
            None => answer(
                false,
                format!("{ground}, of an agreement that is not on record"),
            ),
        }
    }
}

impl Establishment {
    /// The agreements that it and some competences cite.
    pub(super) fn cites<'a>(
        &'a self,
        competences: impl IntoIterator<Item = &'a Competence>,
    ) -> Vec<AgreementId> {
        let mut cited = Vec::new();
        if let Basis::Clause(clause) = &self.basis {
            cited.push(clause.agreement);
        }
        for competence in competences {
            cited.extend(competence.clause.iter().map(|clause| clause.agreement));
            cited.extend(competence.annexes.iter().map(|annex| annex.agreement));
        }
        cited.sort();
        cited.dedup();
        cited
    }
}
