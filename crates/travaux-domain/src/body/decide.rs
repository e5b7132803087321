//! Which acts on a joint body the rules let through: who asks, of which body, and what has to be
//! known for it.

use chrono::NaiveDate;

use super::{
    Basis, BodyEvent, BodyId, Competence, Competent, Establishment, How, JointBody, Matter,
};
use crate::{
    AgreementId, Context, Decided, Name, Others, PartyId, Reason, Refusal, Rule, StreamId,
    agreement::Agreement,
    framework::Framework,
    partnership::{Dated, Deciding, Deed as _, Parties},
    words::names,
};

/// The body as it stands, its framework, and what is asked.
pub(super) struct Asked<'a> {
    pub(super) body: &'a JointBody,
    pub(super) own: &'a Establishment,
    pub(super) framework: &'a Framework,
    pub(super) parties: Parties<'a>,
    pub(super) deciding: Deciding<'a>,
    /// When it is done.
    pub(super) on: NaiveDate,
    /// The row on which it would be recorded.
    pub(super) rule: Rule,
}

impl JointBody {
    pub(super) fn check(
        &self,
        event: BodyEvent,
        context: &Context,
        others: &Others,
    ) -> Result<Decided<BodyEvent>, Refusal> {
        let deciding = Deciding::new(event.act(), context, others);
        deciding.has_come(event.on())?;
        let own = if let BodyEvent::JointBodyEstablished { establishment, .. } = &event {
            Some(establishment)
        } else {
            self.establishment.as_ref()
        };
        let own = deciding.begun("a body", own)?;
        let asked = Asked {
            body: self,
            own,
            framework: deciding.framework(own.framework)?,
            parties: Parties {
                to: "the body",
                all: own.parties.iter().collect(),
            },
            deciding,
            on: event.on(),
            rule: event.rule(),
        };
        asked.check(&event)?;
        Ok(Decided::on(event.rule(), event))
    }

    /// The streams that a command names, or on which the body itself rests.
    pub(super) fn asks_of(&self, command: &BodyEvent) -> Vec<StreamId> {
        let own = if let BodyEvent::JointBodyEstablished { establishment, .. } = command {
            Some(establishment)
        } else {
            self.establishment.as_ref()
        };
        let Some(own) = own else {
            return Vec::new();
        };
        let sibling = |key: &Name| StreamId::Body(BodyId::of(own.framework, key));
        let mut reads = vec![StreamId::Framework(own.framework)];
        let agreements = |ids: Vec<AgreementId>| ids.into_iter().map(StreamId::Agreement);
        if let Basis::Parent { body } = &own.basis {
            reads.push(sibling(body));
        }
        match command {
            BodyEvent::JointBodyEstablished { establishment, .. } => {
                reads.extend(agreements(own.cites(&establishment.competences)));
            }
            BodyEvent::CompetenceConferred { competence, .. } => {
                reads.extend(agreements(own.cites([competence])));
            }
            BodyEvent::SessionCalled { meeting, .. } => {
                reads.push(StreamId::Meeting(*meeting));
                let last = self.sessions.iter().map(|s| StreamId::Meeting(s.meeting));
                reads.extend(last);
            }
            BodyEvent::DecisionAdopted { how, amends, .. } => {
                reads.extend(agreements(self.rests_on()));
                let amended = amends.iter().map(|change| change.agreement).collect();
                reads.extend(agreements(amended));
                if let How::Together {
                    session: Some(meeting),
                    ..
                } = how
                {
                    reads.push(StreamId::Meeting(*meeting));
                }
            }
            BodyEvent::RulesAdopted { .. }
            | BodyEvent::ReferralResolved { .. }
            | BodyEvent::ReferralReturned { .. }
            | BodyEvent::SubBodyEstablished { .. } => reads.extend(agreements(self.rests_on())),
            BodyEvent::ChallengeReferred { referral, .. } => {
                let from = referral.from.iter().map(|from| StreamId::Body(from.body));
                reads.extend(from);
            }
            BodyEvent::ReferralEscalated { to, .. } => reads.push(StreamId::Body(*to)),
            BodyEvent::BodyFollowsItem { item, .. } => {
                reads.push(StreamId::Meeting(item.meeting));
            }
            BodyEvent::CompetenceEnded { .. }
            | BodyEvent::ChairNamed { .. }
            | BodyEvent::DecisionDrafted { .. }
            | BodyEvent::DecisionRefused { .. }
            | BodyEvent::DecisionPublished { .. }
            | BodyEvent::WrittenProcedureOpened { .. }
            | BodyEvent::WrittenVoiceGiven { .. }
            | BodyEvent::WrittenProcedureFailed { .. }
            | BodyEvent::RequirementsPending { .. }
            | BodyEvent::RequirementsMet { .. }
            | BodyEvent::ProvisionalDeclined { .. }
            | BodyEvent::RequirementsFailed { .. }
            | BodyEvent::ReferralAllocated { .. }
            | BodyEvent::ReferralWithdrawn { .. }
            | BodyEvent::MissionReported { .. }
            | BodyEvent::DecisionCorrected { .. }
            | BodyEvent::BodyDissolved { .. } => {}
        }
        reads.sort();
        reads.dedup();
        reads
    }
}

impl<'a> Asked<'a> {
    fn check(&self, event: &BodyEvent) -> Result<(), Refusal> {
        if let BodyEvent::JointBodyEstablished { consenting, .. } = event {
            return self.may_establish(consenting);
        }
        self.deciding
            .are_among(&self.parties, [self.deciding.party()])?;
        self.not_before(self.body.established, "the body was established")?;
        self.is_not_dissolved(event)?;
        match event {
            BodyEvent::JointBodyEstablished { consenting, .. } => self.may_establish(consenting),
            BodyEvent::CompetenceConferred {
                competence,
                consenting,
                ..
            } => self.may_confer(competence, consenting),
            BodyEvent::CompetenceEnded {
                competence,
                ground,
                consenting,
                ..
            } => self.may_end(competence, ground, consenting),
            BodyEvent::RulesAdopted {
                rules, consenting, ..
            } => self.may_adopt_rules(rules, consenting),
            BodyEvent::ChairNamed { holder, .. } => self.may_name(holder),
            BodyEvent::SessionCalled {
                meeting, number, ..
            } => self.may_call(*meeting, *number),
            BodyEvent::DecisionDrafted { draft, .. } => self.may_draft(draft),
            BodyEvent::DecisionAdopted { .. } => self.may_adopt(event),
            BodyEvent::DecisionRefused {
                decision, reason, ..
            } => self.may_refuse(decision, reason),
            BodyEvent::DecisionPublished {
                decision, source, ..
            } => self.may_publish(decision, source),
            BodyEvent::WrittenProcedureOpened {
                decision, until, ..
            } => self.may_open(decision, *until),
            BodyEvent::WrittenVoiceGiven { decision, .. } => self.may_answer(decision),
            BodyEvent::WrittenProcedureFailed { decision, .. } => self.may_close(decision),
            BodyEvent::RequirementsPending { decision, .. } => self.may_reserve(decision),
            BodyEvent::RequirementsMet {
                decision, amends, ..
            } => self.may_notify(decision, amends),
            BodyEvent::ProvisionalDeclined { decision, .. } => self.may_decline(decision),
            BodyEvent::RequirementsFailed { decision, .. } => self.may_fail(decision),
            BodyEvent::ChallengeReferred { referral, .. } => self.may_refer(referral),
            BodyEvent::ReferralAllocated {
                referral, to, due, ..
            } => self.may_allocate(referral, to, *due),
            BodyEvent::ReferralResolved {
                referral,
                by,
                consenting,
                ..
            } => self.may_resolve(referral, by, consenting),
            BodyEvent::ReferralReturned {
                referral,
                wanting,
                reason,
                ..
            } => self.may_return(referral, *wanting, reason),
            BodyEvent::ReferralWithdrawn { referral, .. } => self.may_take_back(referral),
            BodyEvent::ReferralEscalated {
                referral,
                to,
                consenting,
                ..
            } => self.may_escalate(referral, *to, consenting),
            BodyEvent::SubBodyEstablished {
                sub, consenting, ..
            } => self.may_set_up(sub, consenting),
            BodyEvent::MissionReported { report, .. } => self.may_report(report),
            BodyEvent::DecisionCorrected { .. } => self.may_correct(event),
            BodyEvent::BodyDissolved {
                ground, consenting, ..
            } => self.may_dissolve(ground, consenting),
            BodyEvent::BodyFollowsItem { item, .. } => self.may_follow(item),
        }
    }

    pub(super) fn refuse(
        &self,
        reason: Reason,
        expected: impl Into<String>,
        found: impl Into<String>,
    ) -> Refusal {
        self.deciding.refuse(reason, self.rule, expected, found)
    }

    pub(super) fn not_before(&self, first: Option<Dated>, what: &str) -> Result<(), Refusal> {
        first.map_or(Ok(()), |first| {
            self.deciding.not_before(self.on, first.on, what)
        })
    }

    /// All who compose the body consent, each with one voice (BD6).
    pub(super) fn all_consent(&self, consenting: &[PartyId]) -> Result<(), Refusal> {
        let mut each = consenting.to_vec();
        each.sort();
        each.dedup();
        if each.len() < consenting.len() {
            let expected = "one voice a party";
            return Err(self.refuse(Reason::Malformed, expected, names(consenting)));
        }
        self.deciding
            .all_consent(self.rule, &self.parties, consenting)
    }

    /// After its end a body does nothing; only what its decisions still wait for goes on (BD16).
    fn is_not_dissolved(&self, event: &BodyEvent) -> Result<(), Refusal> {
        let goes_on = matches!(
            event,
            BodyEvent::RequirementsMet { .. }
                | BodyEvent::ProvisionalDeclined { .. }
                | BodyEvent::RequirementsFailed { .. }
                | BodyEvent::DecisionPublished { .. }
        );
        match &self.body.dissolved {
            Some((_, at)) if !goes_on => {
                let expected = "a body that is at work";
                let found = format!("one that was dissolved on {}", at.on);
                let reason = Reason::WrongState;
                Err(self.deciding.refuse(reason, Rule::BD16, expected, found))
            }
            _ => Ok(()),
        }
    }

    /// What is answered to a question on its competence on the day of the act, as known now.
    pub(super) fn competent(&self, matter: &Matter<'_>) -> Competent {
        let deciding = self.deciding;
        self.body.competent(matter, |id| {
            deciding.other::<Agreement>(StreamId::Agreement(id))
        })
    }

    /// That it has a competence (BD2).
    pub(super) fn has_competence(&self, matter: &Matter<'_>) -> Result<Competent, Refusal> {
        let answer = self.competent(matter);
        if answer.yes {
            return Ok(answer);
        }
        let subject = matter.subject.map(|s| format!(" on {s}"));
        let subject = subject.unwrap_or_default();
        let expected = format!("a competence to {}{subject} on {}", matter.verb, matter.on);
        let reason = Reason::NotEntitled;
        let refusal = self
            .deciding
            .refuse(reason, Rule::BD2, expected, answer.why.clone());
        Err(match answer.clause {
            Some(clause) => refusal.by(clause),
            None => refusal,
        })
    }

    /// What the body would do on the day of the act.
    pub(super) fn matter<'m>(&self, verb: super::Verb, subject: Option<&'m Name>) -> Matter<'m> {
        Matter {
            verb,
            subject,
            annexes: &[],
            by: None,
            on: self.on,
            known_at: None,
        }
    }

    /// That a competence says all that it has to.
    pub(super) fn is_competence(&self, competence: &Competence) -> Result<(), Refusal> {
        self.deciding.key(&competence.key)?;
        competence
            .subjects
            .iter()
            .try_for_each(|subject| self.deciding.key(subject))?;
        let refuse = |expected: &str, found: &str| {
            let found = format!("{found}, for `{}`", competence.key);
            let reason = Reason::Malformed;
            Err(self.deciding.refuse(reason, Rule::BD2, expected, found))
        };
        let amends = competence.verb == super::Verb::AmendAnnexes;
        let listed = competence.annexes.iter().all(|a| !a.provisions.is_empty());
        if amends && (competence.annexes.is_empty() || !listed) {
            return refuse("the annexes that it may amend, by provision", "none");
        }
        if !amends && !competence.annexes.is_empty() {
            return refuse("annexes only with the verb amend_annexes", "annexes");
        }
        if competence.verb == super::Verb::Decide && competence.subjects.is_empty() {
            return refuse("the subjects on which it may decide", "none");
        }
        let limits = competence.limits.as_deref();
        limits.map_or(Ok(()), |limits| self.deciding.text("limits", limits))
    }
}
