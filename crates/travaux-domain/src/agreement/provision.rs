//! Whether a provision is in force on a date, as known at a time: what a body that it establishes
//! rests on.

use std::fmt;

use chrono::{DateTime, NaiveDate, Utc};
use travaux_text::ProvisionId;

use super::{Adoption, Agreement, ForceState, Nature, amendment::BindingKind, ending::PartEnd};
use crate::PartyId;

/// Whether a provision applies on a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProvisionForce {
    /// It stands, and is in force since a date.
    InForce(NaiveDate),
    /// It stands, and is applied provisionally since a date.
    Provisional(NaiveDate),
    /// It stands in a text that was adopted and binds nobody: a declaration of intent.
    BindsNobody,
    /// It does not stand in the text of that date.
    NotThere,
    /// It stands, and its agreement is not in force.
    NotInForce(ForceState),
}

impl ProvisionForce {
    /// Whether what it says applies on that date, be it as law or as an intent.
    pub fn applies(self) -> bool {
        match self {
            Self::InForce(_) | Self::Provisional(_) | Self::BindsNobody => true,
            Self::NotThere | Self::NotInForce(_) => false,
        }
    }

    /// Whether it binds on that date.
    pub fn binds(self) -> bool {
        self.applies() && self != Self::BindsNobody
    }
}

impl fmt::Display for ProvisionForce {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::InForce(since) => write!(f, "in force since {since}"),
            Self::Provisional(since) => write!(f, "applied provisionally since {since}"),
            Self::BindsNobody => f.write_str("of a text that binds nobody"),
            Self::NotThere => f.write_str("which does not stand in the text of that date"),
            Self::NotInForce(state) => write!(f, "of an agreement that is {state}"),
        }
    }
}

impl Agreement {
    /// Whether a provision applies on a date, as known at a time; as known now, if none.
    pub fn provision_on(
        &self,
        provision: ProvisionId,
        on: NaiveDate,
        known_at: Option<DateTime<Utc>>,
    ) -> ProvisionForce {
        let known = known_at.filter(|at| !self.all_known_at(*at));
        let known = known.map(|at| self.known_at(at));
        let then = known.as_ref().unwrap_or(self);
        let status = then.conclude(on, known_at);
        let state = status.force.state;
        let bound: Vec<&PartyId> = then.machines.consents.contracting(on).collect();
        if state.is_in_force()
            && let Some(ended) = then.part_ended(provision, on, &bound)
        {
            return ProvisionForce::NotInForce(ended);
        }
        match state {
            ForceState::InForce { .. }
            | ForceState::Provisional { .. }
            | ForceState::NotForeseen
                if !self.stands_on(provision, on, known_at, then, state) =>
            {
                ProvisionForce::NotThere
            }
            ForceState::InForce {
                since: in_force_since,
            } => match then.part_suspended(provision, on, &bound) {
                None => ProvisionForce::InForce(in_force_since),
                Some(since) => ProvisionForce::NotInForce(ForceState::Suspended {
                    in_force_since,
                    since,
                }),
            },
            ForceState::Provisional { .. } => then.applied_provisionally(provision, on, state),
            ForceState::NotForeseen => ProvisionForce::BindsNobody,
            ForceState::NotInForce
            | ForceState::ToBeInForce { .. }
            | ForceState::Suspended { .. }
            | ForceState::Void { .. }
            | ForceState::Ended { .. }
            | ForceState::Never => ProvisionForce::NotInForce(state),
        }
    }

    /// Since when a provision is suspended between all: what stands among some only is no answer for these.
    fn part_suspended(
        &self,
        provision: ProvisionId,
        on: NaiveDate,
        bound: &[&PartyId],
    ) -> Option<NaiveDate> {
        let suspended = self.machines.ending.suspensions.iter();
        suspended
            .filter(|s| s.holds(on) && (bound.is_empty() || s.scope.is_all(bound)))
            .filter(|s| self.is_within(provision, &s.provisions))
            .map(|s| s.on)
            .min()
    }

    /// Where a provision has ended, or is void, between all (VCLT 44): among two, what one of them ends.
    fn part_ended(
        &self,
        provision: ProvisionId,
        on: NaiveDate,
        bound: &[&PartyId],
    ) -> Option<ForceState> {
        let whole = |part: &&PartEnd| part.provisions.is_empty();
        let parts = self.machines.ending.parts.iter();
        let ended = parts
            .filter(|part| part.has_ended(on) && part.scope.is_all(bound))
            .filter(|part| whole(part) || self.is_within(provision, &part.provisions));
        let part = ended.min_by_key(|part| part.on)?;
        Some(match part.on {
            Some(on) => ForceState::Ended {
                on,
                rule: part.rule,
            },
            None => ForceState::Void {
                stated_on: part.stated_on,
            },
        })
    }

    fn applied_provisionally(
        &self,
        provision: ProvisionId,
        on: NaiveDate,
        state: ForceState,
    ) -> ProvisionForce {
        let consents = &self.machines.consents;
        let applied = self.machines.force.provisional.iter();
        let found = applied
            .filter(|p| p.stands(on, consents))
            .filter(|p| p.provisions.is_empty() || self.is_within(provision, &p.provisions))
            .map(|p| p.on)
            .min();
        found.map_or(
            ProvisionForce::NotInForce(state),
            ProvisionForce::Provisional,
        )
    }

    /// Whether a provision stands in the text of a date: what was adopted as far as its time has
    /// come, with the amendments that bind by then.
    fn stands_on(
        &self,
        provision: ProvisionId,
        on: NaiveDate,
        known_at: Option<DateTime<Utc>>,
        then: &Self,
        state: ForceState,
    ) -> bool {
        let begun = match state {
            ForceState::Provisional { since, .. } | ForceState::InForce { since } => Some(since),
            ForceState::NotInForce
            | ForceState::NotForeseen
            | ForceState::Suspended { .. }
            | ForceState::ToBeInForce { .. }
            | ForceState::Void { .. }
            | ForceState::Ended { .. }
            | ForceState::Never => None,
        };
        let date = |adoption: &Adoption| match adoption.nature {
            Nature::Correction => NaiveDate::MIN,
            Nature::Draft | Nature::Amendment => adoption
                .effective_from
                .or(begun.filter(|_| adoption.nature == Nature::Draft))
                .unwrap_or_else(|| adoption.adopted_at.date_naive()),
        };
        let known = |adoption: &&Adoption| known_at.is_none_or(|at| adoption.recorded_at <= at);
        let adoptions = self.adoptions.iter().map(|adoption| &**adoption);
        let counted = adoptions.filter(known).filter(|a| date(a) <= on);
        let mut counted = counted.skip_while(|a| a.nature != Nature::Draft);
        let Some(first) = counted.next() else {
            return false;
        };
        let bindings = then.machines.amendments.bindings.iter();
        let mut bindings: Vec<_> = bindings
            .filter(|binding| {
                binding.on <= on
                    && binding.kind != BindingKind::InterSe
                    && !then.is_blocked(binding)
            })
            .collect();
        bindings.sort_by_key(|binding| (binding.on, binding.revision));
        let mut text = self.history.text_at(first.step);
        let changes = bindings.into_iter().map(|binding| binding.revision);
        for revision in counted.map(|adoption| adoption.revision).chain(changes) {
            let operations = self.revision(revision).map(|r| &r.draft.operations);
            // What does not fit the text of the day changes nothing in it.
            operations.map(|operations| text.apply(operations, revision.0));
        }
        text.get(provision).is_some()
    }
}
