//! Contents: whose they are, what they bear, who may use, send on and erase them (IX9 to IX12, IX15).

use std::collections::BTreeSet;

use super::{
    Content, ContentRecord, ContentRef, Request, RequestEvent, RequestId, Use, decide::Asked,
};
use crate::{
    Name, PartyId, Reason, Refusal, Rule, StreamId, exchange::is_marking, marking::Marking,
    partnership::Dated, words::names,
};

impl Request {
    /// The other requests whose contents an act is about: those of which a content is made.
    pub(super) fn made_of<'a>(
        &'a self,
        event: &'a RequestEvent,
    ) -> impl Iterator<Item = RequestId> + 'a {
        let marked = if let RequestEvent::MarkingChanged { content, .. } = event {
            self.contents.get(content)
        } else {
            None
        };
        let parts = event.content().into_iter().flat_map(|c| &c.made_of);
        let parts = parts.chain(marked.into_iter().flat_map(|c| &c.made_of));
        let each: BTreeSet<_> = parts.filter_map(|part| part.request).collect();
        each.into_iter()
    }
}

impl Asked<'_> {
    fn refuse_on(&self, rule: Rule, reason: Reason, expected: &str, found: String) -> Refusal {
        self.deciding.refuse(reason, rule, expected, found)
    }

    /// A content that another is made of: one that who acts wrote, or holds and has not erased.
    fn part(&self, of: &ContentRef) -> Result<&ContentRecord, Refusal> {
        let request = match of.request {
            None => Some(self.request),
            Some(id) => self.deciding.other::<Request>(StreamId::Request(id)),
        };
        let party = self.deciding.party();
        let record = request.and_then(|request| request.contents.get(&of.content));
        let held = |record: &&ContentRecord| {
            record.marking_for(party).is_some() && record.erased_for(party).is_none()
        };
        record.filter(held).ok_or_else(|| {
            let expected = format!("a content that `{party}` wrote or holds");
            self.refuse_on(Rule::IX10, Reason::Unknown, &expected, of.to_string())
        })
    }

    /// What a content that is made of others bears at least: all that they bear, as who acts has
    /// them (IX10).
    fn floor(&self, made_of: &[ContentRef]) -> Result<Option<Marking>, Refusal> {
        let mut floor: Option<Marking> = None;
        for of in made_of {
            let record = self.part(of)?;
            if let Some((marking, _)) = record.marking_for(self.deciding.party()) {
                floor = Some(floor.map_or_else(|| marking.clone(), |all| all.join(marking)));
            }
        }
        Ok(floor)
    }

    /// The marking of a content that nobody marked, which is the most restrictive of the agreement
    /// and of its parts; and whose it is (IX9, IX10).
    pub(super) fn fill_in_content(
        &self,
        content: &mut Content,
        to: &[PartyId],
    ) -> Result<(), Refusal> {
        if content.marking.is_none() {
            let own = self.terms.unmarked_for(to);
            let floor = self.floor(&content.made_of)?;
            content.marking = Some(floor.map_or_else(|| own.clone(), |floor| own.join(&floor)));
        }
        let mut origins = BTreeSet::from([self.deciding.party().clone()]);
        for of in &content.made_of {
            origins.extend(self.part(of)?.origins.iter().cloned());
        }
        if !content.origins.is_empty() && content.origins != origins {
            let expected = format!("those whose it is, {}", names(&origins));
            let found = names(&content.origins);
            return Err(self.refuse_on(Rule::IX10, Reason::Malformed, &expected, found));
        }
        content.origins = origins;
        Ok(())
    }

    /// That a content has a key of its own and a marking that says what schemes have, lets it go to
    /// whom it is sent, and asks for all that its parts ask for (IX9, IX10).
    pub(super) fn is_content<'p>(
        &self,
        content: &Content,
        to: impl IntoIterator<Item = &'p PartyId>,
    ) -> Result<(), Refusal> {
        self.deciding.key(&content.key)?;
        if self.request.contents.contains_key(&content.key) {
            let found = format!("`{}`, which is taken", content.key);
            return Err(self.refuse_on(Rule::RC5, Reason::Already, "a new key", found));
        }
        let Some(marking) = &content.marking else {
            return Ok(());
        };
        is_marking(&self.deciding, &self.terms.schemes, marking)?;
        let mut to = to.into_iter();
        if let Some(party) = to.find(|party| !marking.is_releasable_to(party)) {
            let expected = format!("a marking that lets it go to {party}, to whom it is sent");
            let found = marking.to_string();
            return Err(self.refuse_on(Rule::IX9, Reason::Malformed, &expected, found));
        }
        self.covers_parts(marking, &content.made_of)
    }

    /// That a marking asks for all that the parts ask for (IX10).
    fn covers_parts(&self, marking: &Marking, made_of: &[ContentRef]) -> Result<(), Refusal> {
        match self.floor(made_of)? {
            Some(floor) if !marking.covers(&floor) => {
                let expected = format!("a marking that bears all that its parts do: {floor}");
                let found = marking.to_string();
                Err(self.refuse_on(Rule::IX10, Reason::Forbidden, &expected, found))
            }
            _ => Ok(()),
        }
    }

    /// A content of this request, which was not erased by its originator; the act does not come
    /// before it.
    fn content(&self, key: &Name) -> Result<&ContentRecord, Refusal> {
        let keys = self.request.contents.keys();
        let what = "a content of the request";
        self.deciding.is_one_of(self.rule, what, key, keys)?;
        let Some(record) = self.request.contents.get(key) else {
            return Err(self.refuse(Reason::Unknown, what, format!("`{key}`")));
        };
        let first = record.markings.first().map(|(_, since)| *since);
        self.not_before(first, "it was sent")?;
        match record.erased_for(self.deciding.party()) {
            None => Ok(record),
            Some((by, (_, at))) => {
                let found = format!("one that `{by}` erased on {}", at.on);
                Err(self.refuse(Reason::WrongState, "a content that is there", found))
            }
        }
    }

    /// The day of one may be a day behind that of another party.
    fn not_before(&self, first: Option<Dated>, what: &str) -> Result<(), Refusal> {
        let first = first.map(|first| super::Timed {
            on: first.on,
            at: None,
            event: first.event,
        });
        self.follows_abroad(first, what)
    }

    /// Its originator alone changes a marking, from what it is; never below what its parts bear
    /// (IX11, IX10).
    pub(super) fn may_mark(&self, key: &Name, from: &Marking, to: &Marking) -> Result<(), Refusal> {
        let record = self.content(key)?;
        self.is_by(Some(&record.by), "originator of the content")?;
        let last = record.markings.last();
        self.not_before(last.map(|(_, since)| *since), "it was marked so")?;
        let now = record.marking();
        if now != Some(from) {
            let expected = format!("the marking that it bears: {}", names(now));
            return Err(self.refuse(Reason::Malformed, expected, from.to_string()));
        }
        if from == to {
            return Err(self.refuse(Reason::Already, "another marking", to.to_string()));
        }
        is_marking(&self.deciding, &self.terms.schemes, to)?;
        self.covers_parts(to, &record.made_of)
    }

    /// A holder receives a changed marking that it does not go by yet (IX11).
    pub(super) fn may_receive_marking(&self, key: &Name) -> Result<(), Refusal> {
        let record = self.content(key)?;
        let party = self.deciding.party();
        let Some(held) = record.held.get(party) else {
            let expected = format!("a holder of it: {}", names(record.held.keys()));
            return Err(self.refuse(Reason::NotEntitled, expected, format!("`{party}`")));
        };
        let last = record.markings.last();
        self.not_before(last.map(|(_, since)| *since), "it was changed")?;
        if usize::try_from(held.marking).is_ok_and(|at| at + 1 < record.markings.len()) {
            return Ok(());
        }
        let expected = "a change of its marking that was not received";
        Err(self.refuse(Reason::Already, expected, "none"))
    }

    pub(super) fn are_uses(&self, uses: &[Use]) -> Result<(), Refusal> {
        for of in uses {
            let (Use::Evidence { by: party } | Use::Onward { to: party }) = of;
            self.deciding.are_among(&self.terms.circle(), [party])?;
        }
        let each: BTreeSet<_> = uses.iter().collect();
        if each.len() == uses.len() {
            return Ok(());
        }
        Err(self.refuse(Reason::Malformed, "uses, each once", names(uses)))
    }

    /// One whose content it is consents to uses of it, each once (IX6).
    pub(super) fn may_consent(&self, key: &Name, uses: &[Use]) -> Result<(), Refusal> {
        let record = self.content(key)?;
        let party = self.deciding.party();
        if !record.origins.contains(party) {
            let expected = format!("one whose content it is: {}", names(&record.origins));
            return Err(self.refuse(Reason::NotEntitled, expected, format!("`{party}`")));
        }
        if uses.is_empty() {
            return Err(self.refuse(Reason::Malformed, "a use or more", "none"));
        }
        self.are_uses(uses)?;
        let mut given = record.uses.iter();
        match given.find(|(of, by, _)| by == party && uses.contains(of)) {
            None => Ok(()),
            Some((of, _, at)) => {
                let found = format!("one {of}, to which it did on {}", at.on);
                Err(self.refuse(Reason::Already, "a use to which it did not consent", found))
            }
        }
    }

    /// Who has a content sends it on to a party of the exchange that has it not: with the prior
    /// consent of all whose it is, unless its marking lets anybody (IX12).
    pub(super) fn may_forward(&self, key: &Name, to: &PartyId) -> Result<(), Refusal> {
        let record = self.content(key)?;
        let party = self.deciding.party();
        self.deciding.are_among(&self.terms.circle(), [to])?;
        let Some((marking, _)) = record.marking_for(party) else {
            let having = [&record.by].into_iter().chain(record.held.keys());
            let expected = format!("one who has it: {}", names(having));
            return Err(self.refuse(Reason::NotEntitled, expected, format!("`{party}`")));
        };
        if *to == record.by || record.held.contains_key(to) {
            let found = format!("`{to}`, which has it");
            return Err(self.refuse(Reason::Already, "a party that has it not", found));
        }
        if marking.allows_onward(to) {
            return Ok(());
        }
        let of = Use::Onward { to: to.clone() };
        let given = record
            .uses
            .iter()
            .filter(|(to, _, at)| *to == of && at.on <= self.moment.on);
        let given: BTreeSet<_> = given.map(|(_, by, _)| by).collect();
        let needed = record.origins.iter().filter(|origin| *origin != party);
        let missing: Vec<_> = needed.filter(|origin| !given.contains(origin)).collect();
        if missing.is_empty() {
            return Ok(());
        }
        let expected = format!("the consent of {} to send it on to {to}", names(&missing));
        let found = format!("none; it is marked {marking}");
        let refusal = self.refuse(Reason::ConsentMissing, expected, found);
        Err(refusal.missing(missing.iter().map(ToString::to_string)))
    }

    /// Its originator, or a holder for itself, erases a content on a ground of the list (IX15).
    pub(super) fn may_erase(&self, key: &Name, ground: &Name) -> Result<(), Refusal> {
        let record = self.content(key)?;
        let party = self.deciding.party();
        if record.marking_for(party).is_none() {
            let having = [&record.by].into_iter().chain(record.held.keys());
            let expected = format!("one who has it: {}", names(having));
            return Err(self.refuse(Reason::NotEntitled, expected, format!("`{party}`")));
        }
        let known = &self.terms.erasure_grounds;
        let what = "a ground on which a content may be erased";
        self.deciding.is_one_of(self.rule, what, ground, known)
    }
}
