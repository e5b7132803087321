//! Machine L: which acts on language versions the law admits.

use chrono::NaiveDate;
use travaux_text::{Digest, Lang, gaps};

use super::{LanguageAct, Languages, Resolution};
use crate::{
    Decided, Reason, Refusal, Revision, Rule,
    agreement::{Identity, decision::DecisionContext, draft::Nature, text_facts::TextState},
    clause::Term,
    words::{names, numbered},
};

impl Languages {
    pub(crate) fn decide(
        decision: &DecisionContext<'_>,
        act: LanguageAct,
    ) -> Result<Decided<LanguageAct>, Refusal> {
        let identity = decision.standing()?;
        let machine = &decision.agreement.machines.languages;
        match act {
            LanguageAct::LanguageVersionOpened { on, lang } => {
                if identity.all_languages().contains(&lang) || machine.opened.contains(&lang) {
                    return Err(decision.refuse(
                        Reason::Already,
                        Rule::L1,
                        "a new language",
                        format!("{lang}, which is there"),
                    ));
                }
                if !matches!(
                    decision.agreement.text.state(),
                    TextState::Draft | TextState::Negotiating
                ) {
                    return Err(decision.refuse(
                        Reason::WrongState,
                        Rule::L1,
                        "a text under negotiation",
                        format!("one that is {}", decision.agreement.text.state().name()),
                    ));
                }
                decision.on(Rule::L1, LanguageAct::LanguageVersionOpened { on, lang })
            }
            LanguageAct::ConcordanceCertified {
                on,
                by,
                revision,
                settled,
                ..
            } => certify(decision, on, by, revision, settled),
            LanguageAct::DeclaredAuthentic {
                on,
                lang,
                consenting,
            } => {
                decision.legal_basis(Rule::L4)?;
                decision.authenticated(Rule::L4)?;
                if machine.authentic.contains(&lang) {
                    return Err(decision.refuse(
                        Reason::Already,
                        Rule::L4,
                        "a version that is not authentic",
                        lang.to_string(),
                    ));
                }
                if decision.is_new() {
                    has_a_text(decision, identity, lang)?;
                }
                let provided = decision
                    .clause(|t| matches!(t, Term::AlsoAuthentic(l) if *l == lang).then_some(()));
                if let Some((_, label)) = provided {
                    return decision.by(
                        Rule::L4,
                        label,
                        LanguageAct::DeclaredAuthentic {
                            on,
                            lang,
                            consenting,
                        },
                    );
                }
                decision.all_consent(Rule::L4, &consenting)?;
                decision.on(
                    Rule::L4,
                    LanguageAct::DeclaredAuthentic {
                        on,
                        lang,
                        consenting,
                    },
                )
            }
            LanguageAct::PrevailingDesignated {
                on,
                lang,
                consenting,
            } => {
                decision.legal_basis(Rule::L5)?;
                decision.authenticated(Rule::L5)?;
                if !machine.authentic.contains(&lang) {
                    let expected = format!("an authentic version ({})", names(&machine.authentic));
                    return Err(decision.refuse(
                        Reason::Unknown,
                        Rule::L5,
                        expected,
                        lang.to_string(),
                    ));
                }
                if let Some(other) = machine.prevailing {
                    return Err(decision.refuse(
                        Reason::Already,
                        Rule::L5,
                        "no version that prevails",
                        format!("{other}, which does"),
                    ));
                }
                decision.all_consent(Rule::L5, &consenting)?;
                decision.on(
                    Rule::L5,
                    LanguageAct::PrevailingDesignated {
                        on,
                        lang,
                        consenting,
                    },
                )
            }
            LanguageAct::TranslationAdded { on, lang, by, text } => {
                if identity.languages.contains(&lang) || machine.authentic.contains(&lang) {
                    return Err(decision.refuse(
                        Reason::Forbidden,
                        Rule::L6,
                        "a language of no authentic version",
                        lang.to_string(),
                    ));
                }
                decision.on(
                    Rule::L6,
                    LanguageAct::TranslationAdded { on, lang, by, text },
                )
            }
            LanguageAct::DivergenceRecorded {
                on,
                says,
                provisions,
                note,
                ..
            } => {
                decision.authenticated(Rule::L7)?;
                if says.len() < 2 || !says.keys().all(|l| machine.authentic.contains(l)) {
                    let expected = format!(
                        "the words of two authentic versions or more ({})",
                        names(&machine.authentic)
                    );
                    return Err(decision.refuse(
                        Reason::Malformed,
                        Rule::L7,
                        expected,
                        names(says.keys()),
                    ));
                }
                let text = decision
                    .agreement
                    .history
                    .text_at(decision.agreement.history.len());
                if provisions.is_empty() || provisions.iter().any(|p| text.get(*p).is_none()) {
                    return Err(decision.refuse(
                        Reason::Unknown,
                        Rule::L7,
                        "provisions that stand",
                        names(&provisions),
                    ));
                }
                let number = u32::try_from(machine.divergences.len()).ok().map(|n| n + 1);
                decision.on(
                    Rule::L7,
                    LanguageAct::DivergenceRecorded {
                        on,
                        says,
                        provisions,
                        note,
                        number,
                    },
                )
            }
            LanguageAct::DivergenceResolved { on, number, ground } => {
                machine.resolve(decision, on, number, ground)
            }
        }
    }

    fn resolve(
        &self,
        decision: &DecisionContext<'_>,
        on: NaiveDate,
        number: u32,
        ground: Resolution,
    ) -> Result<Decided<LanguageAct>, Refusal> {
        let divergence = number
            .checked_sub(1)
            .and_then(|at| self.divergences.get(at as usize));
        let Some(divergence) = divergence else {
            let expected = numbered("a divergence", self.divergences.len());
            return Err(decision.refuse(
                Reason::Unknown,
                Rule::L8,
                expected,
                format!("divergence {number}"),
            ));
        };
        if let Some((on, _)) = &divergence.resolved {
            return Err(decision.refuse(
                Reason::Already,
                Rule::L8,
                "an open divergence",
                format!("one resolved on {on}"),
            ));
        }
        match &ground {
            Resolution::PrevailingText
                if self
                    .prevailing
                    .is_none_or(|l| !divergence.says.contains_key(&l)) =>
            {
                return Err(decision.refuse(
                    Reason::WrongState,
                    Rule::L8,
                    "a version that prevails, among those that diverge",
                    "none",
                ));
            }
            Resolution::AgreedInterpretation { consenting } => {
                decision.all_consent(Rule::L8, consenting)?
            }
            Resolution::Correction { revision } => {
                let made = decision
                    .agreement
                    .adoption_of(*revision)
                    .is_some_and(|a| a.nature == Nature::Correction);
                if !made {
                    return Err(decision.refuse(
                        Reason::WrongState,
                        Rule::L8,
                        "a correction that was made",
                        format!("revision {revision}"),
                    ));
                }
            }
            Resolution::BestReconciling { .. }
                if decision.is_new()
                    && self
                        .prevailing
                        .is_some_and(|lang| divergence.says.contains_key(&lang)) =>
            {
                return Err(decision.refuse(
                    Reason::Forbidden,
                    Rule::L8,
                    "the version that prevails: others are reconciled where none does (33(4))",
                    names(self.prevailing),
                ));
            }
            Resolution::BestReconciling { meaning } if meaning.trim().is_empty() => {
                return Err(decision.refuse(
                    Reason::Malformed,
                    Rule::L8,
                    "the meaning that reconciles the texts",
                    "none",
                ));
            }
            Resolution::PrevailingText | Resolution::BestReconciling { .. } => {}
        }
        decision.on(
            Rule::L8,
            LanguageAct::DivergenceResolved { on, number, ground },
        )
    }
}

/// That a version which is to be authentic has a text, and that it says what the others say: from then on
/// every change and every copy needs it.
fn has_a_text(
    decision: &DecisionContext<'_>,
    identity: &Identity,
    lang: Lang,
) -> Result<(), Refusal> {
    let history = &decision.agreement.history;
    let text = history.text_at(history.len());
    let first = identity.languages.first().copied();
    let languages: Vec<Lang> = first.into_iter().chain([lang]).collect();
    let gaps = decision.agreement.gaps_between(&text, &languages);
    // A heading of a label alone has no words to compare, and is of the text all the same.
    let bare = text
        .nodes()
        .filter(|node| !node.repealed && node.body(lang).is_none());
    let bare = bare.map(|node| format!("{} in {lang}", node.id));
    let missing: Vec<String> = gaps.iter().map(ToString::to_string).chain(bare).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let refusal = decision.refuse(
        Reason::LanguageGap,
        Rule::L4,
        format!("a text in {lang} on record (`correct --ops`) that says what the others say"),
        format!("{} differences", missing.len()),
    );
    Err(refusal.missing(missing))
}

fn certify(
    decision: &DecisionContext<'_>,
    on: NaiveDate,
    by: String,
    revision: Revision,
    settled: Vec<String>,
) -> Result<Decided<LanguageAct>, Refusal> {
    decision.standing()?;
    decision.legal_basis(Rule::L2)?;
    decision.revision(revision, Rule::L2)?;
    let text = decision
        .agreement
        .text_of(revision)
        .map_err(|c| decision.refuse(Reason::Collision, Rule::L2, "a text", c.to_string()))?;
    let languages = decision.agreement.compared_languages(&text);
    if languages.len() < 2 {
        return Err(decision.refuse(
            Reason::Forbidden,
            Rule::L2,
            "two languages or more",
            names(&languages),
        ));
    }
    if let Some(open) = decision
        .agreement
        .machines
        .languages
        .divergences
        .iter()
        .position(|d| d.resolved.is_none())
    {
        return Err(decision.refuse(
            Reason::WrongState,
            Rule::L2,
            "no open divergence",
            format!("divergence {}", open + 1),
        ));
    }
    let found = gaps(&text, &languages);
    // A provision that one language lacks cannot be explained away; a number that is written in
    // words can.
    let open: Vec<_> = found
        .iter()
        .filter(|gap| !gap.can_be_settled() || !settled.contains(&gap.key()))
        .collect();
    if !open.is_empty() {
        let refusal = decision.refuse(
            Reason::LanguageGap,
            Rule::L2,
            "versions that say the same",
            format!("{} differences", open.len()),
        );
        return Err(refusal.missing(open.iter().map(|gap| gap.to_string())));
    }
    let digests = languages
        .iter()
        .map(|l| (*l, Digest::of(text.print(*l).as_bytes())))
        .collect();
    decision.on(
        Rule::L2,
        LanguageAct::ConcordanceCertified {
            on,
            by,
            revision,
            digests,
            settled,
        },
    )
}
