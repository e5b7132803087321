//! How a body begins, what it may do, and its rules of procedure (BD1 to BD3).

use std::collections::BTreeSet;

use super::{Basis, BodyId, ChairRule, Competence, JointBody, Procedure, Verb, decide::Asked};
use crate::{
    Name, PartyId, Reason, Refusal, Rule, StreamId,
    agreement::{Agreement, ProvisionForce},
    partnership::{ClauseRef, Parties},
    words::names,
};

impl Asked<'_> {
    /// A body is established once, by what is in force on that date (BD1), with competences that it
    /// bears (BD2).
    pub(super) fn may_establish(&self, consenting: &[PartyId]) -> Result<(), Refusal> {
        let (own, deciding) = (self.own, &self.deciding);
        if self.body.establishment.is_some() {
            let found = format!("a body with the key `{}`", own.key);
            return Err(deciding.refuse(Reason::Already, Rule::RC1, "a new key", found));
        }
        deciding.are_among(&self.parties, [deciding.party()])?;
        deciding.begins_under(self.framework, self.on)?;
        deciding.key(&own.key)?;
        deciding.text("a title", &own.title)?;
        self.can_compose()?;
        self.is_chair(&own.chair)?;
        own.areas
            .iter()
            .try_for_each(|area| deciding.has_area(self.framework, area, self.on))?;
        let mut keys = BTreeSet::new();
        for competence in &own.competences {
            self.is_competence(competence)?;
            if !keys.insert(&competence.key) {
                let found = format!("`{}` twice", competence.key);
                let reason = Reason::Malformed;
                return Err(deciding.refuse(
                    reason,
                    Rule::BD2,
                    "competences of different keys",
                    found,
                ));
            }
        }
        if own.above.as_ref() == Some(&own.key) {
            let expected = "another body above it";
            return Err(self.refuse(Reason::Malformed, expected, "the body itself"));
        }
        self.rests_on_something(consenting)?;
        own.competences
            .iter()
            .try_for_each(|competence| self.bears(competence))
    }

    /// Two parties or more of the framework, each once.
    fn can_compose(&self) -> Result<(), Refusal> {
        let circle = Parties::of_framework(self.framework);
        self.deciding.are_among(&circle, &self.own.parties)?;
        let each: BTreeSet<_> = self.own.parties.iter().collect();
        if each.len() == self.own.parties.len() && each.len() > 1 {
            return Ok(());
        }
        let expected = "two parties or more, each once";
        Err(self.refuse(Reason::Malformed, expected, names(&self.own.parties)))
    }

    /// What it rests on: a clause in force on that date, a declaration to which all consent, or the
    /// body that set it up (BD1).
    fn rests_on_something(&self, consenting: &[PartyId]) -> Result<(), Refusal> {
        match &self.own.basis {
            Basis::Clause(clause) => self.clause_applies(clause).map(|_| ()),
            Basis::Declaration { title } => {
                self.deciding
                    .text("the declaration that establishes it", title)?;
                self.all_consent(consenting)
            }
            Basis::Parent { body } => self.was_set_up_by(body),
        }
    }

    /// That a clause applies on the day of the act.
    fn clause_applies(&self, clause: &ClauseRef) -> Result<ProvisionForce, Refusal> {
        self.deciding
            .text("the label of the clause", &clause.label)?;
        let stream = StreamId::Agreement(clause.agreement);
        let known = self.deciding.other::<Agreement>(stream);
        let Some(agreement) = known.filter(|a| a.identity.is_some()) else {
            let found = format!("agreement {}", clause.agreement);
            return Err(self.refuse(Reason::Unknown, "a clause of an agreement on record", found));
        };
        let absent = |party: &&&PartyId| !agreement.has_party(party);
        if let Some(stranger) = self.parties.all.iter().find(absent) {
            let expected = "a clause of an agreement to which all who compose it are parties";
            return Err(self.refuse(Reason::NotAParty, expected, format!("`{stranger}`")));
        }
        let force = agreement.provision_on(clause.provision, self.on, None);
        if force.applies() {
            return Ok(force);
        }
        let expected = format!("a clause that is in force on {}", self.on);
        let found = format!("{}, {force}", clause.label);
        Err(self
            .refuse(Reason::ConditionUnmet, expected, found)
            .by(&clause.label))
    }

    /// That the parent set it up as a sub-body, and what it may do is within that mandate (BD13).
    fn was_set_up_by(&self, parent: &Name) -> Result<(), Refusal> {
        let stream = StreamId::Body(BodyId::of(self.own.framework, parent));
        let known = self.deciding.other::<JointBody>(stream);
        let sub = known.and_then(|body| Some((body, body.sub_bodies.get(&self.own.key)?)));
        let Some((body, (sub, _))) = sub else {
            let expected = format!("a sub-body that `{parent}` set up");
            return Err(self.refuse(Reason::Unknown, expected, format!("`{}`", self.own.key)));
        };
        if !body.sub_body_works(&self.own.key, self.on) {
            let expected = format!("a sub-body that is at work on {}", self.on);
            return Err(self.refuse(Reason::WrongState, expected, "one that is not"));
        }
        self.is_within(&self.own.competences, &sub.mandate)
    }

    /// That what would be given is within what there is (INV6).
    pub(super) fn is_within(
        &self,
        mandate: &[Competence],
        given: &[Competence],
    ) -> Result<(), Refusal> {
        let outside = mandate
            .iter()
            .find(|own| !given.iter().any(|other| own.is_within(other)));
        match outside {
            None => Ok(()),
            Some(outside) => {
                let expected = "a mandate within that of the body which gives it";
                let found = format!("`{}` ({})", outside.key, outside.verb);
                let reason = Reason::Forbidden;
                Err(self.deciding.refuse(reason, Rule::BD13, expected, found))
            }
        }
    }

    /// That what it rests on can bear a competence (BD2): a declaration binds nobody.
    fn bears(&self, competence: &Competence) -> Result<(), Refusal> {
        let binds = match (self.own.clause_of(competence), &self.own.basis) {
            (Some(clause), _) => self.clause_applies(clause)?.binds(),
            (None, basis) => matches!(basis, Basis::Parent { .. }),
        };
        if binds || !competence.verb.binds() {
            return Ok(());
        }
        let expected = format!(
            "a clause that binds the parties, for a body to {}",
            competence.verb
        );
        let found = self.own.ground_of(competence);
        let reason = Reason::Forbidden;
        Err(self.deciding.refuse(reason, Rule::BD2, expected, found))
    }

    /// A competence is given by consent of all, and by a clause where it is to bind (BD2).
    pub(super) fn may_confer(
        &self,
        competence: &Competence,
        consenting: &[PartyId],
    ) -> Result<(), Refusal> {
        self.is_competence(competence)?;
        let mut held = self.body.competences.iter();
        if held.any(|held| held.competence.key == competence.key) {
            let found = format!("`{}`, which is on record", competence.key);
            return Err(self.refuse(Reason::Already, "a new key", found));
        }
        if let Basis::Parent { body } = &self.own.basis {
            let expected = "a competence that its parent has given";
            let found = format!("one beside what `{body}` gave");
            return Err(self.refuse(Reason::Forbidden, expected, found));
        }
        self.bears(competence)?;
        self.all_consent(consenting)
    }

    /// A competence ends once, by consent of all; what was done by it stands (BD2, BD6).
    pub(super) fn may_end(
        &self,
        key: &Name,
        ground: &str,
        consenting: &[PartyId],
    ) -> Result<(), Refusal> {
        self.deciding.text("a ground", ground)?;
        let keys = self.body.competences.iter().map(|h| &h.competence.key);
        self.deciding
            .is_one_of(self.rule, "a competence of the body", key, keys)?;
        let mut held = self.body.competences.iter();
        if let Some(held) = held.find(|held| held.competence.key == *key) {
            self.not_before(Some(held.from), "it was given")?;
            if let Some((_, at)) = &held.ended {
                let found = format!("one that ended on {}", at.on);
                return Err(self.refuse(Reason::Already, "a competence that it has", found));
            }
        }
        self.all_consent(consenting)
    }

    /// The body adopts its rules, version after version, where it may (BD3). They have no place for a
    /// competence: so they widen none.
    pub(super) fn may_adopt_rules(
        &self,
        rules: &Procedure,
        consenting: &[PartyId],
    ) -> Result<(), Refusal> {
        self.has_competence(&self.matter(Verb::AdoptOwnRules, None))?;
        let last = self.body.rules.last();
        let before = last.map_or(0, |(rules, _)| rules.version);
        if Some(rules.version) != before.checked_add(1) {
            let expected = format!("version {}", before.saturating_add(1));
            return Err(self.refuse(Reason::Malformed, expected, rules.version.to_string()));
        }
        self.not_before(last.map(|(_, at)| *at), "the version before")?;
        if let Some(source) = &rules.source {
            self.deciding.text("a source", source)?;
        }
        rules
            .chair
            .as_ref()
            .map_or(Ok(()), |chair| self.is_chair(chair))?;
        self.all_consent(consenting)
    }

    /// That the chair goes round among all who compose the body, each once (BD4).
    fn is_chair(&self, chair: &ChairRule) -> Result<(), Refusal> {
        let (ChairRule::ByYear { order, .. } | ChairRule::BySession { order, .. }) = chair else {
            return Ok(());
        };
        let each: BTreeSet<_> = order.iter().collect();
        let all: BTreeSet<_> = self.own.parties.iter().collect();
        if each == all && order.len() == all.len() {
            return Ok(());
        }
        let expected = format!("an order of all who compose it: {}", names(all));
        let reason = Reason::Malformed;
        Err(self
            .deciding
            .refuse(reason, Rule::BD4, expected, names(order)))
    }
}
