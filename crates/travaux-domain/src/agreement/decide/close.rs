//! How a negotiation closes: with a definitive text, or without one.

use super::Decision;
use crate::{
    PartyId, Reason, Refusal, Rule,
    agreement::{AgreementEvent, TextState, decision::DecisionContext},
    clause::Term,
    words::names,
};

impl DecisionContext<'_> {
    pub(super) fn authenticate(&self, method: String, parties: Vec<PartyId>) -> Decision {
        let identity = self.standing()?;
        // That all signed makes it authentic already: it may be recorded as well.
        let state = self.agreement.text.recorded_state();
        if state != TextState::Adopted {
            let found = format!("a text that is {}", state.name());
            return Err(self.refuse(Reason::WrongState, Rule::T6, "an adopted text", found));
        }
        if self.is_new() && method.trim().is_empty() {
            let expected = "how: `signature`, `initialling`, or the procedure that the text names";
            return Err(self.refuse(Reason::Malformed, Rule::T6, expected, "nothing"));
        }
        self.not_before(
            self.agreement.text.said_of_adoption(),
            "the text was adopted",
        )?;
        self.signatures_are_there(&method)?;
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

    /// That what is authenticated by signature was signed by all.
    fn signatures_are_there(&self, method: &str) -> Result<(), Refusal> {
        if !method.trim().eq_ignore_ascii_case("signature") || !self.is_new() {
            return Ok(());
        }
        let consents = &self.agreement.machines.consents;
        let signed = |p: &&PartyId| {
            let own = consents.of(p);
            own.is_some_and(|own| own.signatures().any(|s| s.on <= self.day()))
        };
        let all = self.agreement.negotiating();
        let missing: Vec<String> = all
            .filter(|p| !signed(p))
            .map(ToString::to_string)
            .collect();
        if missing.is_empty() {
            return Ok(());
        }
        let expected = "the signatures of all (`sign`), or another method, such as `initialling`";
        let refusal = self.refuse(Reason::ConditionUnmet, Rule::T6, expected, "less");
        Err(refusal.missing(missing))
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
        // Records of before were held to what was recorded of the text.
        let state = match self.is_new() {
            true => self.agreement.text.state(),
            false => self.agreement.text.recorded_state(),
        };
        match state {
            TextState::Draft | TextState::Negotiating | TextState::Adopted => {
                self.not_before(
                    self.agreement.text.said_of_adoption(),
                    "the text was adopted",
                )?;
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
