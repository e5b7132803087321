//! That a text is authenticated as all have signed it.

use super::{Agreement, DatedFact, consent::Signature};
use crate::{PartyId, Rule, clause::Term};

impl Agreement {
    /// Concludes whether all that negotiated have signed the text, simply or ad referendum too: failing a
    /// procedure that it provides, that makes it authentic (T6, VCLT 10(b)).
    pub(super) fn conclude_signed(&mut self) {
        let Some(identity) = &self.identity else {
            return;
        };
        self.text.signed = None;
        let by_signature = identity.profile.applies(Rule::T6) && !identity.profile.living_text;
        if !by_signature || self.text.adopted.is_none() {
            return;
        }
        let first = |party: &PartyId| -> Option<&Signature> {
            let own = self.machines.consents.of(party)?;
            own.signatures().min_by_key(|signature| signature.on)
        };
        let all: Option<Vec<&Signature>> = self.negotiating().map(first).collect();
        let Some(last) = all.and_then(|all| all.into_iter().max_by_key(|signature| signature.on))
        else {
            return;
        };
        let provided = |t: &Term| matches!(t, Term::Authentication(_)).then_some(());
        if self.machines.clauses.find_on(last.on, provided).is_some() {
            return;
        }
        self.text.signed = Some(DatedFact {
            on: last.on,
            event: last.event,
            recorded_at: last.recorded_at,
        });
        let languages = identity.languages.clone();
        self.machines.languages.are_authentic(&languages);
    }
}
