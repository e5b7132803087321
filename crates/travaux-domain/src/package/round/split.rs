//! How a round is split: by consent of all, every member into exactly one part, as it stands (FW11).

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::{RoundOpening, RoundPart, decide::Asked};
use crate::{
    PackageId, PartyId, Reason, Refusal, Rule, StreamId, package::Package, partnership::Parties,
};

impl Asked<'_> {
    /// All parties of all members consent; every member lands in exactly one part (FW11).
    pub(super) fn may_split(
        &self,
        on: NaiveDate,
        parts: &[RoundPart],
        consenting: &[PartyId],
    ) -> Result<(), Refusal> {
        let round = self.round(on)?;
        let refuse = |reason, expected: &str, found: String| {
            Err(self.deciding.refuse(reason, Rule::FW11, expected, found))
        };
        let parties = Parties {
            to: "the round",
            all: round.parties(),
        };
        self.deciding.are_among(&parties, [self.deciding.party()])?;
        if parts.len() < 2 {
            return refuse(
                Reason::Malformed,
                "two parts or more",
                parts.len().to_string(),
            );
        }
        let mut ids = BTreeSet::from_iter(self.itself);
        if let Some(part) = parts.iter().find(|part| !ids.insert(part.package)) {
            let found = format!("round {} twice", part.package);
            return refuse(Reason::Malformed, "rounds of ids of their own", found);
        }
        if let Some(part) = parts.iter().find(|part| part.members.is_empty()) {
            let found = format!("none in round {}", part.package);
            return refuse(Reason::Malformed, "members in each part", found);
        }
        let mut placed = BTreeSet::new();
        for member in parts.iter().flat_map(|part| &part.members) {
            if !round.members.contains_key(member) {
                let found = format!("agreement {member}");
                return refuse(Reason::Unknown, "members of the round", found);
            }
            if !placed.insert(member) {
                let found = format!("agreement {member} in two");
                return refuse(Reason::Malformed, "each member in one part", found);
            }
        }
        if let Some(left) = round.members.keys().find(|member| !placed.contains(member)) {
            let found = format!("agreement {left} in none");
            return refuse(Reason::Malformed, "each member in one part", found);
        }
        self.deciding.all_consent(Rule::FW11, &parties, consenting)
    }

    /// A round that was split off has what its parent says of it: the same framework, its members as
    /// they stood, on the day of the split (FW11).
    pub(super) fn is_part_of(
        &self,
        parent: PackageId,
        opening: &RoundOpening,
    ) -> Result<(), Refusal> {
        let refuse = |expected: &str, found: String| {
            let (reason, rule) = (Reason::ConditionUnmet, Rule::FW11);
            Err(self.deciding.refuse(reason, rule, expected, found))
        };
        let split = self.deciding.other::<Package>(StreamId::Package(parent));
        let split = split.and_then(|package| package.round.as_ref());
        let Some((round, (parts, on))) =
            split.and_then(|round| Some((round, round.split.as_ref()?)))
        else {
            return refuse("a round that was split", format!("round {parent}"));
        };
        let part = parts.iter().find(|part| Some(part.package) == self.itself);
        let Some(part) = part else {
            return refuse("a part of the round", "none of this id".to_owned());
        };
        let same = opening.on == *on
            && opening.framework == round.opening.framework
            && opening.members.len() == part.members.len()
            && opening.members.iter().all(|member| {
                part.members.contains(&member.agreement)
                    && round
                        .members
                        .get(&member.agreement)
                        .is_some_and(|stands| member.is_as(stands))
            });
        match same {
            true => Ok(()),
            false => refuse("its members as they stood", "others".to_owned()),
        }
    }
}
