//! Machine T: which act on the text is possible when. Each command gives one event, or a refusal
//! that cites its rule.

use std::collections::{BTreeMap, BTreeSet};

use travaux_text::{Lang, Operation, ProvisionId, Text, drafting_errors};

use super::{
    Adopted, Agreement, AgreementCommand, AgreementEvent, Answer, Answered, Identity, Nature,
    Outcome, Proposal, RevisionDraft, RevisionProposed, RevisionRecord, TextState, Votes,
    amendment::Amendments, consent::Consents, correction::Corrections, decision::DecisionContext,
    depositary::Depositary, ending::Ending, force::Force, language::Languages,
    machines::MachineEvent, mandate::Mandates, relation::Relations, reservation::Reservations,
    state::digests,
};
use crate::{
    ActElsewhere, AdoptionRule, Context, Decided, PackageId, PartyId, Reason, Refusal, Revision,
    Rule, clause::Term, profile::GapPolicy, words::names,
};

type Decision = Result<Decided<AgreementEvent>, Refusal>;

impl Agreement {
    /// Decides `command` on this state.
    ///
    /// # Errors
    /// A [`Refusal`] that cites the rule which stands against it.
    pub fn decide(&self, command: AgreementCommand, context: &Context) -> Decision {
        self.decide_with(command, context, None)
    }

    /// The same, where the command names another agreement ([`AgreementCommand::reads`]): `other`,
    /// as it stands.
    ///
    /// # Errors
    /// A [`Refusal`] that cites the rule which stands against it.
    pub fn decide_with(
        &self,
        command: AgreementCommand,
        context: &Context,
        other: Option<&Self>,
    ) -> Decision {
        let decision = DecisionContext {
            agreement: self,
            context,
            act: command.act(),
            other,
        };
        match command {
            AgreementCommand::Propose(proposal) => decision.propose(*proposal),
            AgreementCommand::ProposeRevision(proposal) => decision.propose_revision(*proposal),
            AgreementCommand::WithdrawRevision { revision, reason } => {
                decision.withdraw(revision, reason)
            }
            AgreementCommand::AcceptRevision { revision } => decision.answer(
                revision,
                None,
                &Answer::Accepted,
                AgreementEvent::RevisionAccepted,
            ),
            AgreementCommand::RejectRevision { revision, reason } => decision.answer(
                revision,
                reason.clone(),
                &Answer::Rejected { reason },
                AgreementEvent::RevisionRejected,
            ),
            AgreementCommand::ConcludeRevision { revision, outcome } => {
                decision.conclude(revision, outcome)
            }
            AgreementCommand::AdoptText {
                revision,
                effective_from,
                package,
                elsewhere,
            } => decision.adopt(revision, effective_from, package, elsewhere),
            AgreementCommand::AdoptByVote {
                revision,
                votes,
                effective_from,
            } => decision.vote(revision, votes, effective_from),
            AgreementCommand::AuthenticateText { method, parties } => {
                decision.authenticate(method, parties)
            }
            AgreementCommand::AbandonNegotiation { reason } => decision.abandon(reason),
            AgreementCommand::Machine(act) => decision
                .machine(act)
                .map(|decided| decided.map(AgreementEvent::Machine)),
        }
    }
}

impl DecisionContext<'_> {
    /// Decides an act on one of the machines beside the text.
    fn machine(&self, act: MachineEvent) -> Result<Decided<MachineEvent>, Refusal> {
        fn of<A: Into<MachineEvent>>(
            decided: Result<Decided<A>, Refusal>,
        ) -> Result<Decided<MachineEvent>, Refusal> {
            decided.map(|decided| decided.map(Into::into))
        }
        match act {
            MachineEvent::Language(act) => of(Languages::decide(self, act)),
            MachineEvent::Consent(act) => of(Consents::decide(self, act)),
            MachineEvent::Force(act) => of(Force::decide(self, act)),
            MachineEvent::Amendment(act) => of(Amendments::decide(self, act)),
            MachineEvent::Reservation(act) => of(Reservations::decide(self, act)),
            MachineEvent::Ending(act) => of(Ending::decide(self, act)),
            MachineEvent::Correction(act) => of(Corrections::decide(self, act)),
            MachineEvent::Depositary(act) => of(Depositary::decide(self, act)),
            MachineEvent::Relation(act) => of(Relations::decide(self, act)),
            MachineEvent::Mandate(act) => of(Mandates::decide(self, act)),
        }
    }

    fn propose(&self, proposal: Proposal) -> Decision {
        if self.agreement.identity.is_some() {
            return Err(self.refuse(
                Reason::Already,
                Rule::RC1,
                "a new id",
                "an agreement of that id",
            ));
        }
        if proposal.title.trim().is_empty() {
            return Err(self.refuse(Reason::Malformed, Rule::T1, "a title", "none"));
        }
        let all = proposal.profile.adoption == AdoptionRule::AllParties;
        if all && proposal.parties.len() < 2 {
            return Err(self.refuse(
                Reason::Malformed,
                Rule::T1,
                "two parties or more",
                format!("{}", proposal.parties.len()),
            ));
        }
        let party = &self.context.actor.party;
        if all && !proposal.parties.iter().any(|p| p.id == *party) {
            let parties = names(proposal.parties.iter().map(|p| &p.id));
            return Err(self.refuse(
                Reason::NotAParty,
                Rule::T1,
                format!("a proposal by a party ({parties})"),
                format!("one by `{party}`"),
            ));
        }
        let mut languages: Vec<_> = proposal
            .languages
            .iter()
            .chain(&proposal.translations)
            .copied()
            .collect();
        languages.sort_unstable();
        if proposal.languages.is_empty()
            || languages.windows(2).any(|w| w[0] == w[1])
            || !languages.iter().eq(proposal.texts.keys())
        {
            let expected = format!("one text for each language ({})", names(&languages));
            let found = format!("texts in {}", names(proposal.texts.keys()));
            return Err(self.refuse(Reason::LanguageGap, Rule::L1, expected, found));
        }
        let provisions = Text::align(proposal.format, &proposal.texts).map_err(|e| {
            self.refuse(
                Reason::LanguageGap,
                Rule::L1,
                "the same provisions in every language",
                e.to_string(),
            )
        })?;
        if proposal.profile.drafting_rules {
            self.well_drafted(&Text::from_provisions(provisions, 1))?;
        }
        proposal
            .final_clauses
            .iter()
            .try_for_each(|clause| clause.may_stand(&proposal.profile, self.act))?;
        let kind = proposal.profile.kind(Rule::T1).unwrap_or(Rule::T1.kind());
        let legal_basis = crate::LegalBasis {
            rule: Rule::T1,
            kind,
            clause: None,
        };
        Ok(Decided {
            event: AgreementEvent::AgreementProposed(proposal),
            legal_basis,
        })
    }

    fn well_drafted(&self, text: &Text) -> Result<(), Refusal> {
        for lang in text.languages() {
            let printed = text.print(lang);
            if let Some(finding) = drafting_errors(&printed).first() {
                let line = printed
                    .get(..usize::try_from(finding.at).unwrap_or(0))
                    .unwrap_or_default()
                    .matches('\n')
                    .count()
                    + 1;
                let found = format!(
                    "{} in the {lang} text, line {line} (byte {})",
                    finding.anomaly, finding.at
                );
                return Err(self.refuse(
                    Reason::Drafting,
                    Rule::DR1,
                    "visible characters in normal form",
                    found,
                ));
            }
        }
        Ok(())
    }

    /// The row under which a text may be changed in a way, as it stands.
    fn may_change(&self, identity: &Identity, p: &RevisionDraft) -> Result<Rule, Refusal> {
        use Nature::{Amendment, Correction, Draft};
        use TextState::{Adopted, Authenticated, Negotiating};
        match (p.nature, self.agreement.text.state()) {
            (Draft, TextState::Draft | Negotiating) => Ok(Rule::T2),
            (Amendment, Adopted | Authenticated) if self.agreement.in_force_since().is_some() => {
                Ok(Rule::A1)
            }
            (Amendment, Adopted | Authenticated) if identity.profile.applies(Rule::A9) => {
                Ok(Rule::A9)
            }
            (Amendment, Adopted | Authenticated) => Ok(Rule::A1),
            (Correction, Authenticated) if self.is_one_sided(identity, &p.operations) => {
                Ok(Rule::X6)
            }
            (Correction, Authenticated) => Ok(Rule::X1),
            (Draft, _) if identity.profile.living_text => Ok(Rule::T2),
            (Draft, Authenticated) => Err(self.refuse(
                Reason::WrongState,
                Rule::T8,
                "an amendment or a correction",
                "a revision of an authenticated text",
            )),
            (Draft, _) => Err(self.refuse(
                Reason::WrongState,
                Rule::T2,
                "an amendment, as the text was adopted",
                "a revision of a draft",
            )),
            (Amendment, _) => Err(self.refuse(
                Reason::WrongState,
                Rule::A1,
                "an adopted text",
                "a text under negotiation: revise it instead",
            )),
            (Correction, _) => {
                let found = "a text that is not yet authenticated: revise or amend it instead";
                Err(self.refuse(Reason::WrongState, Rule::X1, "an authenticated text", found))
            }
        }
    }

    /// Whether operations touch one of several authentic languages only.
    fn is_one_sided(&self, identity: &Identity, operations: &[Operation]) -> bool {
        let touched: BTreeSet<Lang> = operations.iter().flat_map(Operation::languages).collect();
        identity.languages.len() > 1 && touched.len() == 1
    }

    /// That every provision whose words change in one authentic language changes in all of them.
    fn languages_change_together(
        &self,
        identity: &Identity,
        operations: &[Operation],
    ) -> Result<(), Refusal> {
        let mut touched: BTreeMap<ProvisionId, BTreeSet<Lang>> = BTreeMap::new();
        for op in operations {
            for provision in op.provisions() {
                touched.entry(provision).or_default().extend(op.languages());
            }
        }
        for (provision, langs) in touched.iter().filter(|(_, langs)| !langs.is_empty()) {
            let missing: Vec<_> = identity
                .languages
                .iter()
                .filter(|l| !langs.contains(l))
                .map(ToString::to_string)
                .collect();
            if !missing.is_empty() && identity.languages.iter().any(|l| langs.contains(l)) {
                let found = format!("one in {} of provision {provision}", names(langs));
                return Err(self
                    .refuse(
                        Reason::LanguageGap,
                        Rule::L1,
                        "a change in every authentic language",
                        found,
                    )
                    .missing(missing));
            }
        }
        Ok(())
    }

    /// That a correction is one of wording, and of nothing else.
    fn wording_only(&self, operations: &[Operation]) -> Result<(), Refusal> {
        match operations.iter().find(|op| !op.is_of_wording()) {
            Some(op) => Err(self.refuse(
                Reason::Forbidden,
                Rule::X1,
                "an error of wording (48(3)): an amendment changes more",
                op.name(),
            )),
            None => Ok(()),
        }
    }

    fn propose_revision(&self, p: RevisionDraft) -> Decision {
        let identity = self.standing()?;
        let rule = self.may_change(identity, &p)?;
        self.ground(rule)?;
        if p.nature == Nature::Correction {
            self.wording_only(&p.operations)?;
        }
        if p.instrument.is_some() && p.nature != Nature::Amendment {
            return Err(self.refuse(
                Reason::Malformed,
                Rule::A1,
                "an amendment, where an agreement of its own makes it",
                "another revision",
            ));
        }
        if let Some(counters) = p.counters {
            self.open(counters, Rule::T2)?;
        }
        if self.agreement.revision(p.base).is_none() {
            let last = self.agreement.revisions.len();
            return Err(self.refuse(
                Reason::Unknown,
                Rule::T2,
                format!("a base from 1 to {last}"),
                format!("base {}", p.base),
            ));
        }
        let revision =
            Revision(u32::try_from(self.agreement.revisions.len()).unwrap_or(u32::MAX)).next();
        let languages = identity.all_languages();
        let collide = |c: travaux_text::Collisions| {
            let expected = format!("operations that fit revision {}", p.base);
            self.refuse(
                Reason::Collision,
                Rule::T2,
                expected,
                format!("{} that do not", c.0.len()),
            )
            .collisions(c.0)
        };
        let mut text = self.agreement.text_of(p.base).map_err(collide)?;
        text.apply(&p.operations, revision.0).map_err(collide)?;
        if identity.profile.equal_authenticity {
            text.languages_covered(&p.operations, &languages)
                .map_err(|lang| {
                    let expected = format!("words in every language ({})", names(&languages));
                    self.refuse(
                        Reason::LanguageGap,
                        Rule::L1,
                        expected,
                        format!("an operation without {lang} words"),
                    )
                    .missing([lang.to_string()])
                })?;
            if p.nature != Nature::Correction && !identity.profile.rows.is_empty() {
                self.languages_change_together(identity, &p.operations)?;
            }
        }
        if identity.profile.drafting_rules {
            self.well_drafted(&text)?;
        }
        self.on(
            rule,
            AgreementEvent::RevisionProposed(RevisionProposed {
                revision,
                digests: digests(&text, &languages),
                draft: p,
            }),
        )
    }

    fn withdraw(&self, revision: Revision, reason: Option<String>) -> Decision {
        self.standing()?;
        let record = self.open(revision, Rule::T3)?;
        let party = self.context.actor.party.clone();
        if record.proposer.party != party {
            let expected = format!("its proposer ({})", record.proposer.party);
            return Err(self.refuse(
                Reason::NotEntitled,
                Rule::T3,
                expected,
                format!("`{party}`"),
            ));
        }
        self.on(
            Rule::T3,
            AgreementEvent::RevisionWithdrawn(Answered {
                revision,
                party,
                reason,
            }),
        )
    }

    fn answer(
        &self,
        revision: Revision,
        reason: Option<String>,
        answer: &Answer,
        event: fn(Answered) -> AgreementEvent,
    ) -> Decision {
        self.standing()?;
        let record = self.open(revision, Rule::T4a)?;
        let party = self.party().clone();
        if record.answers.get(&party) == Some(answer) {
            return Err(self.refuse(
                Reason::Already,
                Rule::T4a,
                "a new answer",
                format!("the answer that `{party}` gave already"),
            ));
        }
        self.on(
            Rule::T4a,
            event(Answered {
                revision,
                party,
                reason,
            }),
        )
    }

    fn conclude(&self, revision: Revision, outcome: Outcome) -> Decision {
        let identity = self.identity()?;
        if identity.profile.adoption != AdoptionRule::AsRecorded {
            return Err(self.refuse(
                Reason::Forbidden,
                Rule::RC1,
                "an imported agreement",
                format!("one under `{}`", identity.profile.name),
            ));
        }
        self.open(revision, Rule::RC1)?;
        if let Outcome::AdoptedAs {
            revision: other, ..
        } = &outcome
            && self.agreement.adoption_of(*other).is_none()
        {
            return Err(self.refuse(
                Reason::Unknown,
                Rule::RC1,
                "an adopted revision",
                format!("revision {other}"),
            ));
        }
        self.on(
            Rule::RC1,
            AgreementEvent::RevisionConcluded { revision, outcome },
        )
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
        if record.draft.package != package {
            let of = |package: Option<PackageId>| {
                package.map_or("no package".to_owned(), |id| format!("package {id}"))
            };
            return Err(self.refuse(
                Reason::Malformed,
                Rule::PK1,
                format!("adoption with {}", of(record.draft.package)),
                of(package),
            ));
        }
        let rule = self.rule_of_adoption(record)?;
        if identity.profile.adoption == AdoptionRule::AllParties {
            let accepted = |party: &PartyId| record.answers.get(party) == Some(&Answer::Accepted);
            let parties = self.whose_consent(record);
            let missing: Vec<_> = parties.iter().filter(|p| !accepted(p)).collect();
            if !missing.is_empty() {
                let found = format!("{} of {}", parties.len() - missing.len(), parties.len());
                let refusal = self.refuse(
                    Reason::ConsentMissing,
                    rule,
                    "the consent of all parties",
                    found,
                );
                return Err(refusal.missing(missing.iter().map(|p| p.to_string())));
            }
        }
        self.adopted_text(rule, record, effective_from, None, elsewhere)
    }

    /// The row on which the adoption of a revision rests.
    fn rule_of_adoption(&self, record: &RevisionRecord) -> Result<Rule, Refusal> {
        match record.draft.nature {
            Nature::Correction => {
                if let Some(keeper) = &self.agreement.machines.depositary.keeper {
                    let expected =
                        format!("a notification by the depositary ({keeper}), and no objection");
                    return Err(self.refuse(
                        Reason::Forbidden,
                        Rule::X3,
                        expected,
                        "an adoption by the parties",
                    ));
                }
                Ok(Rule::X2)
            }
            Nature::Amendment if record.draft.instrument.is_some() => {
                let expected = "the entry into force of the amending agreement";
                Err(self.refuse(
                    Reason::Forbidden,
                    Rule::A3,
                    expected,
                    "an adoption of its words alone",
                ))
            }
            Nature::Draft | Nature::Amendment => Ok(Rule::T4),
        }
    }

    /// Whose consent a revision needs: of those that negotiate, for a draft; of those that are
    /// there, for a change afterwards.
    fn whose_consent(&self, record: &RevisionRecord) -> Vec<PartyId> {
        match record.draft.nature {
            Nature::Draft => self.agreement.negotiating().cloned().collect(),
            Nature::Amendment | Nature::Correction => self.present(),
        }
    }

    fn vote(
        &self,
        revision: Revision,
        votes: Votes,
        effective_from: Option<chrono::NaiveDate>,
    ) -> Decision {
        self.standing()?;
        self.ground(Rule::T5)?;
        let record = self.open(revision, Rule::T5)?;
        if record.draft.nature != Nature::Draft || record.draft.package.is_some() {
            return Err(self.refuse(
                Reason::Forbidden,
                Rule::T5,
                "the text of an agreement",
                "another revision",
            ));
        }
        let term = self.clause(|t| {
            if let Term::AdoptionMajority { of, out_of } = t {
                Some((*of, *out_of))
            } else {
                None
            }
        });
        let (of, out_of) = term.map_or((2, 3), |(share, _)| share);
        let cast = u64::from(votes.for_it) + u64::from(votes.against);
        if cast == 0 || u64::from(votes.for_it) * u64::from(out_of) < u64::from(of) * cast {
            let refusal = self.refuse(
                Reason::ConsentMissing,
                Rule::T5,
                format!("{of} of {out_of} of those voting"),
                format!("{} of {cast}", votes.for_it),
            );
            return Err(Refusal {
                clause: term.map(|(_, label)| label.to_owned()),
                ..refusal
            });
        }
        let mut decided = self.adopted_text(Rule::T5, record, effective_from, Some(votes), None)?;
        decided.legal_basis.clause = term.map(|(_, label)| label.to_owned());
        Ok(decided)
    }

    fn adopted_text(
        &self,
        rule: Rule,
        record: &RevisionRecord,
        effective_from: Option<chrono::NaiveDate>,
        votes: Option<Votes>,
        elsewhere: Option<ActElsewhere>,
    ) -> Decision {
        let identity = self.identity()?;
        self.still_a_draft(identity, record)?;
        let text = self.fits(rule, record)?;
        let gaps = self.gaps_at_adoption(identity, record, &text)?;
        self.on(
            rule,
            AgreementEvent::TextAdopted(Adopted {
                revision: record.revision,
                digests: digests(&text, &identity.all_languages()),
                effective_from: effective_from.or(record.draft.effective_from),
                package: record.draft.package,
                rule,
                votes,
                gaps,
                elsewhere,
            }),
        )
    }

    /// That a draft is of a text that is still negotiated: what was left open when the text was
    /// adopted does not touch it any more.
    fn still_a_draft(&self, identity: &Identity, record: &RevisionRecord) -> Result<(), Refusal> {
        if record.draft.nature != Nature::Draft || identity.profile.living_text {
            return Ok(());
        }
        match self.agreement.text.state() {
            TextState::Authenticated => Err(self.refuse(
                Reason::WrongState,
                Rule::T8,
                "an amendment or a correction",
                "a draft, left open when the text was adopted",
            )),
            TextState::Adopted => Err(self.refuse(
                Reason::WrongState,
                Rule::T2,
                "an amendment, as the text was adopted",
                "a draft, left open until then",
            )),
            TextState::Absent
            | TextState::Draft
            | TextState::Negotiating
            | TextState::Abandoned => Ok(()),
        }
    }

    /// Where the languages differ: refused, unless the profile or a clause lets it, and then said.
    fn gaps_at_adoption(
        &self,
        identity: &Identity,
        record: &RevisionRecord,
        text: &Text,
    ) -> Result<Vec<String>, Refusal> {
        let languages = identity.languages.len() + self.agreement.machines.languages.opened.len();
        if identity.profile.gaps == GapPolicy::Ignored
            || languages < 2
            || record.draft.nature == Nature::Correction
        {
            return Ok(Vec::new());
        }
        let gaps: Vec<String> = self
            .agreement
            .open_gaps(text)
            .iter()
            .map(ToString::to_string)
            .collect();
        let waived = self
            .clause(|t| matches!(t, Term::WithoutConcordance).then_some(()))
            .is_some();
        if gaps.is_empty() || waived || identity.profile.gaps == GapPolicy::Recorded {
            return Ok(gaps);
        }
        let expected =
            "languages that say the same, or a certificate that settles where they do not";
        Err(self
            .refuse(
                Reason::LanguageGap,
                Rule::L2,
                expected,
                format!("{} differences", gaps.len()),
            )
            .missing(gaps))
    }

    fn authenticate(&self, method: String, parties: Vec<PartyId>) -> Decision {
        let identity = self.standing()?;
        if self.agreement.text.state() != TextState::Adopted {
            let found = format!("a text that is {}", self.agreement.text.state().name());
            return Err(self.refuse(Reason::WrongState, Rule::T6, "an adopted text", found));
        }
        let languages = identity.languages.clone();
        if let Some((agreed, label)) = self.clause(|t| {
            if let Term::Authentication(method) = t {
                Some(method)
            } else {
                None
            }
        }) {
            if *agreed != method {
                return Err(self
                    .refuse(Reason::Forbidden, Rule::T6, agreed, method)
                    .by(label));
            }
            return self.by(
                Rule::T6,
                label,
                AgreementEvent::TextAuthenticated {
                    languages,
                    method,
                    parties,
                },
            );
        }
        let missing: Vec<_> = identity
            .parties
            .iter()
            .filter(|p| !parties.contains(&p.id))
            .map(|p| p.id.to_string())
            .collect();
        if !missing.is_empty() {
            return Err(self
                .refuse(
                    Reason::ConsentMissing,
                    Rule::T6,
                    "all parties",
                    names(&parties),
                )
                .missing(missing));
        }
        self.on(
            Rule::T6,
            AgreementEvent::TextAuthenticated {
                languages,
                method,
                parties,
            },
        )
    }

    fn abandon(&self, reason: Option<String>) -> Decision {
        self.standing()?;
        match self.agreement.text.state() {
            TextState::Draft | TextState::Negotiating | TextState::Adopted => {
                self.on(Rule::T9, AgreementEvent::NegotiationAbandoned { reason })
            }
            text @ (TextState::Absent | TextState::Authenticated | TextState::Abandoned) => {
                Err(self.refuse(
                    Reason::WrongState,
                    Rule::T9,
                    "a text that is not yet definitive",
                    format!("one that is {}", text.name()),
                ))
            }
        }
    }
}
