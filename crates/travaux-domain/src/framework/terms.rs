//! Terms: that they are whole, and what their founding act is (FW2, FW3, FW8, FW14).

use super::{
    AreaTerms, FoundingNature, Framework, FrameworkEvent, Organ, Terms, decide::Asked,
    decide::has_repetition,
};
use crate::{AgreementId, Reason, Refusal, Rule, partnership::Parties, provenance::are_parties};

impl Framework {
    /// The agreement that a command names: one that comes, or the founding act.
    pub(super) fn named(&self, command: &FrameworkEvent) -> Option<AgreementId> {
        if let FrameworkEvent::AgreementJoined { agreement, .. }
        | FrameworkEvent::AgreementIncluded { agreement, .. }
        | FrameworkEvent::AgreementReleased { agreement, .. } = command
        {
            return Some(*agreement);
        }
        if let FrameworkEvent::FrameworkProposed { terms, .. } = command {
            return terms.instrument;
        }
        let FrameworkEvent::FrameworkRevised { changes, .. } = command else {
            return None;
        };
        let before = self.latest().map(|(_, latest)| &latest.terms);
        changes.instrument.or(before?.instrument)
    }

    /// Of which nature the founding act is said to be that a command names (FW14).
    pub(super) fn nature_after(&self, command: &FrameworkEvent) -> Option<FoundingNature> {
        if let FrameworkEvent::FrameworkProposed { terms, .. } = command {
            return Some(terms.nature);
        }
        let FrameworkEvent::FrameworkRevised { changes, .. } = command else {
            return None;
        };
        let before = self.latest().map(|(_, latest)| latest.terms.nature);
        changes.nature.or(before)
    }
}

impl Terms {
    /// Its parties, as those who consent.
    pub(super) fn circle(&self) -> Parties<'_> {
        let to = "the framework";
        let all = self.parties.iter().map(|party| &party.id).collect();
        Parties { to, all }
    }
}

impl Asked<'_> {
    /// That terms are whole: a title, two parties or more, areas and organs each once.
    pub(super) fn are_whole(&self, terms: &Terms) -> Result<(), Refusal> {
        let deciding = &self.deciding;
        deciding.text("a title", &terms.title)?;
        deciding.text("the title of the founding act", &terms.declaration.title)?;
        are_parties(&terms.parties)
            .map_err(|(expected, found)| self.refuse(Reason::Malformed, expected, found))?;
        terms.areas.iter().try_for_each(|area| self.is_area(area))?;
        if has_repetition(terms.areas.iter().map(|area| &area.key)) {
            let (expected, found) = ("areas of different keys", "a key twice");
            return Err(deciding.refuse(Reason::Malformed, Rule::FW3, expected, found));
        }
        for organ in &terms.organs {
            deciding.are_among(&terms.circle(), [&organ.who.party])?;
            self.is_organ(organ)?;
        }
        let roles = terms.organs.iter().map(|o| (&o.who.party, &o.role));
        if has_repetition(roles) {
            let expected = "one organ of each role for each party";
            return Err(deciding.refuse(Reason::Malformed, Rule::FW8, expected, "a role twice"));
        }
        if terms.nature == FoundingNature::Treaty && terms.instrument.is_none() {
            let expected = "the treaty, as an agreement on record";
            return Err(deciding.refuse(Reason::Malformed, Rule::FW14, expected, "none"));
        }
        Ok(())
    }

    /// That an area has a key, a name, and words within bounds.
    pub(super) fn is_area(&self, area: &AreaTerms) -> Result<(), Refusal> {
        self.deciding.key(&area.key)?;
        self.deciding.text("a title", &area.title)?;
        if area.scope.is_empty() {
            return Ok(());
        }
        self.deciding.words("a scope", &area.scope)
    }

    /// That an organ has a role, an office, and words within bounds.
    pub(super) fn is_organ(&self, organ: &Organ) -> Result<(), Refusal> {
        self.deciding.key(&organ.role)?;
        self.deciding.text("an office", &organ.who.office)?;
        let name = organ.who.name.as_deref();
        name.map_or(Ok(()), |name| self.deciding.text("a name", name))?;
        let address = organ.address.as_deref();
        address.map_or(Ok(()), |address| self.deciding.text("an address", address))
    }
}
