//! How a negotiation closes: with a definitive text, or without one.

use super::Decision;
use crate::{
    PartyId, Reason, Rule,
    agreement::{AgreementEvent, TextState, decision::DecisionContext},
    clause::Term,
    words::names,
};

impl DecisionContext<'_> {
    pub(super) fn authenticate(&self, method: String, parties: Vec<PartyId>) -> Decision {
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

    pub(super) fn abandon(&self, reason: Option<String>) -> Decision {
        self.standing()?;
        if let Some(since) = self.agreement.in_force_since() {
            return Err(self.refuse(
                Reason::WrongState,
                Rule::T9,
                "a negotiation: an agreement in force is ended, not given up",
                format!("an agreement in force since {since}"),
            ));
        }
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
