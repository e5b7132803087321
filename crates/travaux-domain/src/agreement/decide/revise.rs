//! Which changes to a text may be proposed.

use std::collections::{BTreeMap, BTreeSet};

use travaux_text::{Lang, Operation, ProvisionId};

use super::Decision;
use crate::{
    AdoptionRule, Reason, Refusal, Revision, Rule,
    agreement::{
        AgreementEvent, Identity, Nature, RevisionDraft, RevisionProposed, TextState,
        decision::DecisionContext, state::digests,
    },
    words::{names, numbered},
};

impl DecisionContext<'_> {
    pub(super) fn propose_revision(&self, p: RevisionDraft) -> Decision {
        let identity = self.standing()?;
        let rule = self.may_change(identity, &p)?;
        self.legal_basis(rule)?;
        if p.nature == Nature::Correction {
            self.wording_only(&p.operations)?;
        }
        let negotiated =
            !identity.profile.living_text && identity.profile.adoption == AdoptionRule::AllParties;
        if p.operations.is_empty() && negotiated {
            return Err(self.refuse(Reason::Malformed, rule, "a change of the text", "none"));
        }
        if p.nature == Nature::Correction && p.effective_from.is_some() {
            return Err(self.refuse(
                Reason::Malformed,
                Rule::X7,
                "no date: a corrected text replaces the defective one from the beginning",
                "a date from which it applies",
            ));
        }
        if let Some(instrument) = p.instrument {
            self.known_agreement(Rule::A3, instrument)?;
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
        let Some(base) = self.agreement.revision(p.base) else {
            let last = self.agreement.revisions.len();
            return Err(self.refuse(
                Reason::Unknown,
                Rule::T2,
                numbered("a base", last),
                format!("base {}", p.base),
            ));
        };
        self.not_before(base.done_on, "its base was proposed")?;
        self.is_not_left_to_silence(base)?;
        if p.nature != Nature::Draft {
            self.not_before(
                self.agreement.text.said_of_adoption(),
                "the text was adopted",
            )?;
        }
        let revision =
            Revision(u32::try_from(self.agreement.revisions.len()).unwrap_or(u32::MAX)).next();
        if let Some(package) = p.package
            && !self.beside.holds(revision)
        {
            return Err(self.refuse(
                Reason::Unknown,
                Rule::PK2,
                format!("an open package {package} that revision {revision} is part of"),
                "none",
            ));
        }
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
        // Words in a language that the text did not have yet change it too.
        let mut touched = languages.clone();
        touched.extend(p.operations.iter().flat_map(Operation::languages));
        touched.sort_unstable();
        touched.dedup();
        if negotiated && self.is_new() {
            self.of_its_languages(&p)?;
        }
        let of = |text: &travaux_text::Text| digests(text, &touched);
        let before = negotiated.then(|| of(&text));
        text.apply(&p.operations, revision.0).map_err(collide)?;
        let digests = digests(&text, &languages);
        if before.is_some_and(|before| before == of(&text)) {
            let found = format!("words that are those of revision {} already", p.base);
            return Err(self.refuse(Reason::Malformed, rule, "a change of the text", found));
        }
        if identity.profile.equal_authenticity {
            let all = self.languages_that_change(languages);
            // What only adds words in a further language leaves the others as they are.
            let changes = |op: &&Operation| {
                let words = op.languages();
                words.is_empty() || words.iter().any(|lang| all.contains(lang))
            };
            text.languages_covered(p.operations.iter().filter(changes), &all)
                .map_err(|lang| {
                    let expected = format!("words in every language ({})", names(&all));
                    self.refuse(
                        Reason::LanguageGap,
                        Rule::L1,
                        expected,
                        format!("an operation without {lang} words"),
                    )
                    .missing([lang.to_string()])
                })?;
            if p.nature != Nature::Correction && !identity.profile.rows.is_empty() {
                let authentic = self.languages_that_change(identity.languages.clone());
                self.languages_change_together(&authentic, &p.operations)?;
            }
        }
        if identity.profile.drafting_rules {
            self.well_drafted(&text)?;
        }
        self.on(
            rule,
            AgreementEvent::RevisionProposed(RevisionProposed {
                revision,
                digests,
                draft: p,
            }),
        )
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

    /// That words are in languages of the text. One of no authentic version comes with a correction, which
    /// counts from the beginning: from there it may be declared authentic (L4).
    fn of_its_languages(&self, p: &RevisionDraft) -> Result<(), Refusal> {
        let identity = self.identity()?;
        let later = &self.agreement.machines.languages;
        let mut languages = identity.all_languages();
        languages.extend(later.opened.iter().chain(&later.authentic));
        let new = p.operations.iter().flat_map(Operation::new_provisions);
        let new = new.flat_map(|provision| provision.bodies.keys().copied());
        let touched = p.operations.iter().flat_map(Operation::languages);
        let other = touched.chain(new).find(|lang| !languages.contains(lang));
        match other.filter(|_| p.nature != Nature::Correction) {
            Some(other) => Err(self.refuse(
                Reason::Unknown,
                Rule::L1,
                format!("words in a language of the text ({})", names(&languages)),
                other.to_string(),
            )),
            None => Ok(()),
        }
    }

    /// These languages, and those that were declared authentic since (L4). Records of before changed
    /// without them.
    fn languages_that_change(&self, mut languages: Vec<Lang>) -> Vec<Lang> {
        if self.is_new() {
            let declared = &self.agreement.machines.languages.authentic;
            let declared = declared.iter().filter(|l| !languages.contains(l));
            let declared: Vec<Lang> = declared.copied().collect();
            languages.extend(declared);
        }
        languages
    }

    /// That every provision whose words change in one authentic language changes in all of them.
    fn languages_change_together(
        &self,
        authentic: &[Lang],
        operations: &[Operation],
    ) -> Result<(), Refusal> {
        let mut touched: BTreeMap<ProvisionId, BTreeSet<Lang>> = BTreeMap::new();
        for op in operations {
            for provision in op.provisions() {
                touched.entry(provision).or_default().extend(op.languages());
            }
        }
        for (provision, langs) in touched.iter().filter(|(_, langs)| !langs.is_empty()) {
            let missing: Vec<_> = authentic
                .iter()
                .filter(|l| !langs.contains(l))
                .map(ToString::to_string)
                .collect();
            if !missing.is_empty() && authentic.iter().any(|l| langs.contains(l)) {
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
}
