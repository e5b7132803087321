//! Which act is possible when: each command gives one event, or a refusal that cites its rule.

use travaux_text::{Text, drafting_errors};

use super::{
    Adopted, Agreement, AgreementCommand, AgreementEvent, Answer, Answered, Ended, Force, Identity, Nature, Outcome, Proposal,
    RevisionProposal, RevisionProposed, RevisionRecord, RevisionState, TextState, state::digests,
};
use crate::{ActElsewhere, AdoptionRule, Context, PackageId, PartyId, Refusal, Revision, Rule};

type Decision = Result<AgreementEvent, Refusal>;

impl Agreement {
    /// Decides `command` on this state.
    ///
    /// # Errors
    /// A [`Refusal`] that cites the rule which stands against it.
    pub fn decide(&self, command: AgreementCommand, context: &Context) -> Decision {
        let desk = Desk { agreement: self, context, act: command.act() };
        match command {
            AgreementCommand::Propose(proposal) => desk.propose(*proposal),
            AgreementCommand::ProposeRevision(proposal) => desk.propose_revision(*proposal),
            AgreementCommand::WithdrawRevision { revision, reason } => desk.withdraw(revision, reason),
            AgreementCommand::AcceptRevision { revision } => {
                desk.answer(revision, None, &Answer::Accepted).map(AgreementEvent::RevisionAccepted)
            }
            AgreementCommand::RejectRevision { revision, reason } => {
                desk.answer(revision, reason.clone(), &Answer::Rejected { reason }).map(AgreementEvent::RevisionRejected)
            }
            AgreementCommand::ConcludeRevision { revision, outcome } => desk.conclude(revision, outcome),
            AgreementCommand::AdoptText { revision, effective_from, package, elsewhere } => {
                desk.adopt(revision, effective_from, package, elsewhere)
            }
            AgreementCommand::AuthenticateText { method, parties } => desk.authenticate(method, parties),
            AgreementCommand::AbandonNegotiation { reason } => desk.abandon(reason),
            AgreementCommand::EnterIntoForce { on, basis } => desk.enter_into_force(on, basis),
            AgreementCommand::End(ended) => desk.end(ended),
            AgreementCommand::Resume { on, elsewhere } => desk.resume(on, elsewhere),
        }
    }
}

/// One decision in the making.
struct Desk<'a> {
    agreement: &'a Agreement,
    context: &'a Context,
    act: &'static str,
}

impl<'a> Desk<'a> {
    fn refuse(&self, rule: Rule, expected: impl Into<String>, found: impl Into<String>) -> Refusal {
        Refusal::new(rule, self.act, expected, found)
    }

    fn identity(&self) -> Result<&'a Identity, Refusal> {
        self.agreement.identity.as_ref().ok_or_else(|| self.refuse(Rule::Record, "an agreement", "no agreement of that id"))
    }

    /// The identity of an agreement that goes on, for an actor who is a party to it.
    fn standing(&self) -> Result<&'a Identity, Refusal> {
        let identity = self.identity()?;
        if self.agreement.has_ended() {
            return Err(self.refuse(Rule::E18, "an agreement that goes on", "an agreement that has ended"));
        }
        if self.agreement.text == TextState::Abandoned {
            return Err(self.refuse(Rule::T2, "a negotiation that goes on", "a negotiation that was given up"));
        }
        let party = &self.context.actor.party;
        if identity.profile.adoption == AdoptionRule::AllParties && !identity.has_party(party) {
            let parties = names(identity.parties.iter().map(|p| &p.id));
            return Err(self.refuse(Rule::Standing, format!("an act of a party ({parties})"), format!("an act of `{party}`")));
        }
        Ok(identity)
    }

    fn open(&self, revision: Revision, rule: Rule) -> Result<&'a RevisionRecord, Refusal> {
        let Some(record) = self.agreement.revision(revision) else {
            let last = self.agreement.revisions.len();
            return Err(self.refuse(rule, format!("a revision from 1 to {last}"), format!("revision {revision}")));
        };
        match &record.state {
            RevisionState::Open => Ok(record),
            RevisionState::Withdrawn => Err(self.refuse(rule, "an open revision", format!("revision {revision}, withdrawn"))),
            RevisionState::Adopted => Err(self.refuse(rule, "an open revision", format!("revision {revision}, adopted already"))),
            RevisionState::Concluded(_) => {
                Err(self.refuse(rule, "an open revision", format!("revision {revision}, decided elsewhere")))
            }
        }
    }

    fn propose(&self, proposal: Proposal) -> Decision {
        if self.agreement.identity.is_some() {
            return Err(self.refuse(Rule::Record, "a new id", "an agreement of that id"));
        }
        if proposal.title.trim().is_empty() {
            return Err(self.refuse(Rule::T1, "a title", "none"));
        }
        let all = proposal.profile.adoption == AdoptionRule::AllParties;
        if all && proposal.parties.len() < 2 {
            return Err(self.refuse(Rule::T1, "two parties or more", format!("{}", proposal.parties.len())));
        }
        let party = &self.context.actor.party;
        if all && !proposal.parties.iter().any(|p| p.id == *party) {
            let parties = names(proposal.parties.iter().map(|p| &p.id));
            return Err(self.refuse(Rule::T1, format!("a proposal by a party ({parties})"), format!("one by `{party}`")));
        }
        let mut languages: Vec<_> = proposal.languages.iter().chain(&proposal.translations).copied().collect();
        languages.sort_unstable();
        if proposal.languages.is_empty()
            || languages.windows(2).any(|w| w[0] == w[1])
            || !languages.iter().eq(proposal.texts.keys())
        {
            let expected = format!("one text for each language ({})", names(&languages));
            let found = format!("texts in {}", names(proposal.texts.keys()));
            return Err(self.refuse(Rule::L0, expected, found));
        }
        let provisions = Text::align(proposal.format, &proposal.texts)
            .map_err(|e| self.refuse(Rule::L0, "the same provisions in every language", e.to_string()))?;
        if proposal.profile.drafting_rules {
            self.well_drafted(&Text::from_provisions(provisions, 1))?;
        }
        Ok(AgreementEvent::AgreementProposed(proposal))
    }

    fn well_drafted(&self, text: &Text) -> Result<(), Refusal> {
        for lang in text.languages() {
            let printed = text.print(lang);
            if let Some(finding) = drafting_errors(&printed).first() {
                let line = printed.get(..usize::try_from(finding.at).unwrap_or(0)).unwrap_or_default().matches('\n').count() + 1;
                let found = format!("{} in the {lang} text, line {line} (byte {})", finding.oddity, finding.at);
                return Err(self.refuse(Rule::Drafting, "visible characters in normal form", found));
            }
        }
        Ok(())
    }

    fn may_change(&self, identity: &Identity, nature: Nature) -> Result<(), Refusal> {
        use Nature::{Amendment, Correction, Draft};
        use TextState::{Adopted, Authenticated, Negotiating};
        let text = self.agreement.text;
        match (nature, text) {
            (Draft, TextState::Draft | Negotiating) | (Amendment, Adopted | Authenticated) | (Correction, Authenticated) => {
                Ok(())
            }
            (Draft, _) if identity.profile.living_text => Ok(()),
            (Draft, Authenticated) => {
                Err(self.refuse(Rule::T8, "an amendment or a correction", "a revision of an authenticated text"))
            }
            (Draft, _) => Err(self.refuse(Rule::T2, "an amendment, as the text was adopted", "a revision of a draft")),
            (Amendment, _) => Err(self.refuse(Rule::A1, "an adopted text", "a text under negotiation: revise it instead")),
            (Correction, _) => {
                let found = "a text that is not yet authenticated: revise or amend it instead";
                Err(self.refuse(Rule::X1, "an authenticated text", found))
            }
        }
    }

    fn propose_revision(&self, p: RevisionProposal) -> Decision {
        let identity = self.standing()?;
        self.may_change(identity, p.nature)?;
        if let Some(counters) = p.counters {
            self.open(counters, Rule::T2)?;
        }
        if self.agreement.revision(p.base).is_none() {
            let last = self.agreement.revisions.len();
            return Err(self.refuse(Rule::T2, format!("a base from 1 to {last}"), format!("base {}", p.base)));
        }
        let revision = Revision(u32::try_from(self.agreement.revisions.len()).unwrap_or(u32::MAX)).next();
        let languages = identity.all_languages();
        let collide = |c: travaux_text::Collisions| {
            let expected = format!("operations that fit revision {}", p.base);
            self.refuse(Rule::T2, expected, format!("{} that do not", c.0.len())).collisions(c.0)
        };
        let mut text = self.agreement.text_of(p.base).map_err(collide)?;
        text.apply(&p.operations, revision.0).map_err(collide)?;
        if identity.profile.equal_authenticity {
            text.languages_covered(&p.operations, &languages).map_err(|lang| {
                let expected = format!("words in every language ({})", names(&languages));
                self.refuse(Rule::L0, expected, format!("an operation without {lang} words")).missing([lang.to_string()])
            })?;
        }
        if identity.profile.drafting_rules {
            self.well_drafted(&text)?;
        }
        Ok(AgreementEvent::RevisionProposed(RevisionProposed {
            revision,
            base: p.base,
            nature: p.nature,
            title: p.title,
            digests: digests(&text, &languages),
            operations: p.operations,
            effective_from: p.effective_from,
            counters: p.counters,
            package: p.package,
            inferred: p.inferred,
            provenance: p.provenance,
        }))
    }

    fn withdraw(&self, revision: Revision, reason: Option<String>) -> Decision {
        self.standing()?;
        let record = self.open(revision, Rule::T3)?;
        let party = self.context.actor.party.clone();
        if record.proposer.party != party {
            let expected = format!("its proposer ({})", record.proposer.party);
            return Err(self.refuse(Rule::T3, expected, format!("`{party}`")));
        }
        Ok(AgreementEvent::RevisionWithdrawn(Answered { revision, party, reason }))
    }

    fn answer(&self, revision: Revision, reason: Option<String>, answer: &Answer) -> Result<Answered, Refusal> {
        self.standing()?;
        let record = self.open(revision, Rule::Answer)?;
        let party = self.context.actor.party.clone();
        if record.answers.get(&party) == Some(answer) {
            return Err(self.refuse(Rule::Answer, "a new answer", format!("the answer that `{party}` gave already")));
        }
        Ok(Answered { revision, party, reason })
    }

    fn conclude(&self, revision: Revision, outcome: Outcome) -> Decision {
        let identity = self.identity()?;
        if identity.profile.adoption != AdoptionRule::AsRecorded {
            return Err(self.refuse(Rule::Record, "an imported agreement", format!("one under `{}`", identity.profile.name)));
        }
        self.open(revision, Rule::Record)?;
        if let Outcome::AdoptedAs { revision: other, .. } = &outcome
            && self.agreement.adoption_of(*other).is_none()
        {
            return Err(self.refuse(Rule::Record, "an adopted revision", format!("revision {other}")));
        }
        Ok(AgreementEvent::RevisionConcluded { revision, outcome })
    }

    fn adopt(
        &self,
        revision: Revision,
        effective_from: Option<chrono::NaiveDate>,
        package: Option<PackageId>,
        elsewhere: Option<ActElsewhere>,
    ) -> Decision {
        let identity = self.standing()?;
        let record = self.open(revision, Rule::T4)?;
        if record.package != package {
            let of = |package: Option<PackageId>| package.map_or("no package".to_owned(), |id| format!("package {id}"));
            return Err(self.refuse(Rule::Package, format!("adoption with {}", of(record.package)), of(package)));
        }
        if identity.profile.adoption == AdoptionRule::AllParties {
            let accepted = |party: &PartyId| record.answers.get(party) == Some(&Answer::Accepted);
            let missing: Vec<_> = identity.parties.iter().map(|p| &p.id).filter(|p| !accepted(p)).collect();
            if !missing.is_empty() {
                let found = format!("{} of {}", identity.parties.len() - missing.len(), identity.parties.len());
                return Err(self
                    .refuse(Rule::T4, "the consent of all parties", found)
                    .missing(missing.iter().map(|p| p.to_string())));
            }
        }
        let mut text = self.agreement.history.text_at(self.agreement.history.len());
        let mut collisions = Vec::new();
        for link in self.agreement.chain(revision) {
            if let Err(c) = text.apply(&link.operations, link.revision.0) {
                collisions.extend(c.0);
            }
        }
        if !collisions.is_empty() {
            let expected = "operations that fit the text of the day";
            let found = format!("{} that do not, as revision {} came first", collisions.len(), self.agreement.current());
            return Err(self.refuse(Rule::T4, expected, found).collisions(collisions));
        }
        Ok(AgreementEvent::TextAdopted(Adopted {
            revision,
            digests: digests(&text, &identity.all_languages()),
            effective_from: effective_from.or(record.effective_from),
            package,
            rule: Rule::T4,
            elsewhere,
        }))
    }

    fn authenticate(&self, method: String, parties: Vec<PartyId>) -> Decision {
        let identity = self.standing()?;
        if self.agreement.text != TextState::Adopted {
            let found = format!("a text in state {:?}", self.agreement.text).to_lowercase();
            return Err(self.refuse(Rule::T6, "an adopted text", found));
        }
        let missing: Vec<_> = identity.parties.iter().filter(|p| !parties.contains(&p.id)).map(|p| p.id.to_string()).collect();
        if !missing.is_empty() {
            return Err(self.refuse(Rule::T6, "all parties", names(&parties)).missing(missing));
        }
        Ok(AgreementEvent::TextAuthenticated { languages: identity.languages.clone(), method, parties })
    }

    fn abandon(&self, reason: Option<String>) -> Decision {
        self.standing()?;
        match self.agreement.text {
            TextState::Draft | TextState::Negotiating | TextState::Adopted => Ok(AgreementEvent::NegotiationAbandoned { reason }),
            _ => Err(self.refuse(Rule::T8, "a text that is not yet definitive", "an authenticated text")),
        }
    }

    fn enter_into_force(&self, on: chrono::NaiveDate, basis: String) -> Decision {
        self.standing()?;
        if !matches!(self.agreement.text, TextState::Adopted | TextState::Authenticated) {
            return Err(self.refuse(Rule::F1, "an adopted text", "a text under negotiation"));
        }
        if let Force::InForce { since, .. } = &self.agreement.force {
            return Err(self.refuse(Rule::F1, "an agreement not yet in force", format!("one in force since {since}")));
        }
        Ok(AgreementEvent::EnteredIntoForce { on, basis })
    }

    fn end(&self, ended: Ended) -> Decision {
        let identity = self.standing()?;
        if identity.profile.adoption == AdoptionRule::AllParties {
            let missing: Vec<_> =
                identity.parties.iter().filter(|p| !ended.consenting.contains(&p.id)).map(|p| p.id.to_string()).collect();
            if !missing.is_empty() {
                return Err(self.refuse(Rule::E2, "the consent of all parties", names(&ended.consenting)).missing(missing));
            }
        }
        Ok(AgreementEvent::AgreementEnded(ended))
    }

    fn resume(&self, on: chrono::NaiveDate, elsewhere: Option<ActElsewhere>) -> Decision {
        let identity = self.identity()?;
        if !identity.profile.living_text || !self.agreement.has_ended() {
            return Err(self.refuse(Rule::E18, "a living text that had ended", "another agreement"));
        }
        Ok(AgreementEvent::AgreementResumed { on, elsewhere })
    }
}

fn names<T: ToString>(names: impl IntoIterator<Item = T>) -> String {
    let names: Vec<_> = names.into_iter().map(|n| n.to_string()).collect();
    if names.is_empty() { "none".to_owned() } else { names.join(", ") }
}
