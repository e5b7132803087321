//! How a text begins.

use travaux_text::{Text, drafting_errors};

use super::Decision;
use crate::{
    AdoptionRule, Decided, LegalBasis, Reason, Refusal, Rule,
    agreement::{AgreementEvent, Proposal, decision::DecisionContext},
    clause::{Clauses, groups_stand},
    provenance::are_parties,
    words::names,
};

impl DecisionContext<'_> {
    pub(super) fn propose(&self, proposal: Proposal) -> Decision {
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
        if let Some(amends) = proposal.amends {
            self.known_agreement(Rule::A3, amends)?;
        }
        if let Some(framework) = proposal.framework {
            self.known_framework(Rule::FW4, framework)?;
        }
        let all = proposal.profile.adoption == AdoptionRule::AllParties;
        if all {
            are_parties(&proposal.parties).map_err(|(expected, found)| {
                self.refuse(Reason::Malformed, Rule::T1, expected, found)
            })?;
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
            .try_for_each(|clause| clause.may_stand(&proposal.profile, self.act, self.is_new()))?;
        if self.is_new() {
            groups_stand(&proposal.final_clauses, &Clauses::default(), self.act)?;
        }
        let kind = proposal.profile.kind(Rule::T1).unwrap_or(Rule::T1.kind());
        let legal_basis = LegalBasis {
            rule: Rule::T1,
            kind,
            clause: None,
        };
        Ok(Decided {
            event: AgreementEvent::AgreementProposed(proposal),
            legal_basis,
        })
    }

    pub(super) fn well_drafted(&self, text: &Text) -> Result<(), Refusal> {
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
}
