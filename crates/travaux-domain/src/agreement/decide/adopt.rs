//! When a revision becomes the text.

use chrono::NaiveDate;
use travaux_text::Text;

use super::Decision;
use crate::{
    ActElsewhere, AdoptionRule, PackageId, PartyId, Reason, Refusal, Revision, Rule,
    agreement::{
        Adopted, AgreementEvent, Answer, Identity, Nature, RevisionRecord, TextState, Votes,
        decision::DecisionContext, state::digests,
    },
    clause::Term,
    profile::GapPolicy,
};

impl DecisionContext<'_> {
    pub(super) fn adopt(
        &self,
        revision: Revision,
        effective_from: Option<NaiveDate>,
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
        self.with_package(record, |package| package.adopted)?;
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
            self.not_before(record.accepted_on(), "it was last accepted")?;
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

    pub(super) fn vote(
        &self,
        revision: Revision,
        votes: Votes,
        effective_from: Option<NaiveDate>,
    ) -> Decision {
        self.standing()?;
        self.legal_basis(Rule::T5)?;
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
        effective_from: Option<NaiveDate>,
        votes: Option<Votes>,
        elsewhere: Option<ActElsewhere>,
    ) -> Decision {
        let identity = self.identity()?;
        self.still_a_draft(record)?;
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
    fn still_a_draft(&self, record: &RevisionRecord) -> Result<(), Refusal> {
        if !self.agreement.leaves_behind(record) {
            return Ok(());
        }
        let (rule, expected, found) = if self.agreement.text.state() == TextState::Authenticated {
            (
                Rule::T8,
                "an amendment or a correction",
                "a draft, left open when the text was adopted",
            )
        } else {
            (
                Rule::T2,
                "an amendment, as the text was adopted",
                "a draft, left open until then",
            )
        };
        Err(self.refuse(Reason::WrongState, rule, expected, found))
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
}
