//! From proposal to end: revisions, acceptances, adoption, suspension (FW2, FW12, FW13).

use super::{FrameworkRevision, TermChanges, Terms, decide::Asked};
use crate::{PartyId, Reason, Refusal, Rule, partnership::Parties};

impl Asked<'_> {
    /// A framework begins once, proposed by one of its parties (FW2).
    pub(super) fn may_propose(&self, terms: &Terms) -> Result<(), Refusal> {
        if self.framework.version > 0 {
            let found = "a framework of that id";
            return Err(self
                .deciding
                .refuse(Reason::Already, Rule::RC1, "a new id", found));
        }
        self.are_whole(terms)?;
        self.deciding
            .are_among(&terms.circle(), [self.deciding.party()])
    }

    /// A revision is drawn up against the latest, by a party to the framework as it stands, or to
    /// what was proposed (FW2).
    pub(super) fn may_revise(&self, base: u32, changes: &TermChanges) -> Result<(), Refusal> {
        let (number, latest) = self.latest()?;
        self.is_of(&latest.terms)?;
        self.goes_on()?;
        if base != number {
            let expected = format!("revision {number} as the base, the latest: draw it up on that");
            let reason = if base > number {
                Reason::Unknown
            } else {
                Reason::WrongState
            };
            return Err(self.refuse(reason, expected, format!("revision {base}")));
        }
        self.follows(latest)?;
        if self.framework.foundation.is_some() {
            if changes.areas.is_some() {
                let expected = "areas that are opened, expanded and closed each by itself";
                let reason = Reason::Forbidden;
                let found = "a revision of the areas of an adopted framework";
                return Err(self.deciding.refuse(reason, Rule::FW15, expected, found));
            }
            if changes.organs.is_some() {
                let expected = "organs that each party names by itself";
                let reason = Reason::Forbidden;
                let found = "a revision of the organs of an adopted framework";
                return Err(self.deciding.refuse(reason, Rule::FW8, expected, found));
            }
        }
        let terms = latest.terms.with(changes);
        if terms == *latest.terms {
            return Err(self.refuse(Reason::Already, "a change", "the same terms"));
        }
        self.are_whole(&terms)
    }

    /// A party accepts the latest revision, once (FW13).
    pub(super) fn may_accept(&self, revision: u32) -> Result<(), Refusal> {
        let latest = self.on_the_table(revision)?;
        self.is_of(&latest.terms)?;
        self.goes_on()?;
        self.follows(latest)?;
        match latest.accepted.get(self.deciding.party()) {
            None => Ok(()),
            Some(at) => {
                let expected = "a first acceptance of this revision";
                let found = format!("that of `{}` on {}", self.deciding.party(), at.on);
                Err(self.refuse(Reason::Already, expected, found))
            }
        }
    }

    /// The latest revision is adopted, once every party has accepted it (FW13).
    pub(super) fn may_adopt(&self, revision: u32, named: &[PartyId]) -> Result<(), Refusal> {
        let latest = self.on_the_table(revision)?;
        self.is_of(&latest.terms)?;
        self.goes_on()?;
        self.follows(latest)?;
        for (party, accepted) in &latest.accepted {
            let what = format!("`{party}` accepted it");
            self.deciding.not_before(self.on, accepted.on, &what)?;
        }
        let parties = self.circle(&latest.terms);
        let accepted = latest.accepted.keys().filter(|p| parties.all.contains(p));
        let all: Vec<_> = accepted.chain(named).cloned().collect();
        self.deciding.all_consent(self.rule, &parties, &all)?;
        let proposed = latest.proposed.on;
        let what = "it was proposed";
        self.deciding.not_before(self.from, proposed, what)?;
        let before = self.framework.adoptions().map(|(_, a)| a.at.from).max();
        before.map_or(Ok(()), |before| {
            let what = "the adoption before applies";
            self.deciding.not_before(self.from, before, what)
        })
    }

    /// A framework is suspended by all its parties, if it is not (FW12).
    pub(super) fn may_suspend(&self, reason: &str, consenting: &[PartyId]) -> Result<(), Refusal> {
        self.in_being()?;
        self.deciding.text("a reason", reason)?;
        if let Some(last) = self.framework.suspensions.last() {
            let Some(until) = last.until else {
                let expected = "a framework that is not suspended";
                let found = format!("one that is, since {}", last.from.from);
                return Err(self.refuse(Reason::Already, expected, found));
            };
            let what = "it was taken up again";
            self.deciding.not_before(self.from, until.from, what)?;
        }
        self.is_behind_all()?;
        self.all_consent(consenting)
    }

    /// It is taken up again by all, if it is suspended (FW12).
    pub(super) fn may_resume(&self, consenting: &[PartyId]) -> Result<(), Refusal> {
        self.in_being()?;
        let open = self.framework.suspensions.last();
        let Some(last) = open.filter(|last| last.until.is_none()) else {
            let (expected, found) = ("a framework that is suspended", "one that is not");
            return Err(self.refuse(Reason::WrongState, expected, found));
        };
        let what = "it was suspended";
        self.deciding.not_before(self.from, last.from.from, what)?;
        self.all_consent(consenting)
    }

    /// It ends by all its parties; what stands under it stays as it is (FW12).
    pub(super) fn may_end(&self, reason: &str, consenting: &[PartyId]) -> Result<(), Refusal> {
        if let Some((_, end)) = &self.framework.ended {
            let found = format!("one that was ended, from {} on", end.from);
            return Err(self.refuse(Reason::Already, "a framework that goes on", found));
        }
        self.in_being()?;
        self.deciding.text("a reason", reason)?;
        self.is_behind_all()?;
        self.all_consent(consenting)
    }

    /// What stops a framework from taking more in does not come before what it took in.
    fn is_behind_all(&self) -> Result<(), Refusal> {
        let areas = self.framework.areas.values();
        let opened = areas.filter_map(|area| area.opened.map(|at| at.done.on));
        let included = self.framework.inclusions.iter().map(|i| i.included.on);
        let last = opened.chain(included).max();
        last.map_or(Ok(()), |last| {
            let what = "the last area or agreement came under it";
            self.deciding.not_before(self.from, last, what)
        })
    }

    fn latest(&self) -> Result<(u32, &FrameworkRevision), Refusal> {
        self.framework.latest().ok_or_else(|| {
            let found = "no framework of that id";
            self.deciding
                .refuse(Reason::Unknown, Rule::RC1, "a framework", found)
        })
    }

    /// The latest revision, if it is that one and was not adopted.
    fn on_the_table(&self, revision: u32) -> Result<&FrameworkRevision, Refusal> {
        let (number, latest) = self.latest()?;
        let expected = format!("revision {number}, the latest");
        if revision > number || revision == 0 {
            return Err(self.refuse(Reason::Unknown, expected, format!("revision {revision}")));
        }
        if revision < number {
            let found = format!("revision {revision}, which a later one replaced");
            return Err(self.refuse(Reason::WrongState, expected, found));
        }
        match &latest.adopted {
            None => Ok(latest),
            Some(adoption) => {
                let expected = "a revision that was not adopted";
                let found = format!("revision {revision}, adopted on {}", adoption.at.done.on);
                Err(self.refuse(Reason::Already, expected, found))
            }
        }
    }

    fn circle<'t>(&'t self, terms: &'t Terms) -> Parties<'t> {
        let all = self.framework.accepting(terms);
        let to = "the framework";
        Parties { to, all }
    }

    /// That who acts has to accept these terms.
    fn is_of(&self, terms: &Terms) -> Result<(), Refusal> {
        let circle = self.circle(terms);
        self.deciding.are_among(&circle, [self.deciding.party()])
    }

    /// That it is not done before the revision that it is about was proposed, or adopted.
    fn follows(&self, latest: &FrameworkRevision) -> Result<(), Refusal> {
        let what = "the revision was proposed";
        self.deciding
            .not_before(self.on, latest.proposed.on, what)?;
        latest.adopted.as_ref().map_or(Ok(()), |adoption| {
            let what = "it was adopted";
            self.deciding.not_before(self.on, adoption.at.done.on, what)
        })
    }
}
