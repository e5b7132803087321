//! One decision on a stream under a framework: who asks for what, when, and what the framework says.

use chrono::NaiveDate;

use super::Words;
use crate::{
    Aggregate, BodyId, Context, FrameworkId, Name, Others, PartyId, Reason, Refusal, Rule,
    StreamId,
    body::{BodyStatus, JointBody},
    framework::Framework,
    words::names,
};

/// The longest words in one language, in bytes of UTF-8. A record has 65,535 with all languages.
pub const MAX_WORDS: usize = 16_384;

/// The longest key, in bytes.
pub const MAX_KEY: usize = 64;

/// Those who have to consent to something, and to what they are parties.
#[derive(Clone, Debug)]
pub(crate) struct Parties<'a> {
    /// Such as `the framework`.
    pub(crate) to: &'static str,
    pub(crate) all: Vec<&'a PartyId>,
}

impl<'a> Parties<'a> {
    pub(crate) fn of_framework(framework: &'a Framework) -> Self {
        let to = "the framework";
        let all = framework.foundation.iter().flat_map(|f| &f.parties);
        let all = all.map(|party| &party.id).collect();
        Self { to, all }
    }
}

/// Who asks for what, when, and the other streams that the decision reads.
#[derive(Clone, Copy)]
pub(crate) struct Deciding<'a> {
    act: &'static str,
    context: &'a Context,
    others: &'a Others,
}

impl<'a> Deciding<'a> {
    pub(crate) fn new(act: &'static str, context: &'a Context, others: &'a Others) -> Self {
        Self {
            act,
            context,
            others,
        }
    }

    pub(crate) fn refuse(
        &self,
        reason: Reason,
        rule: Rule,
        expected: impl Into<String>,
        found: impl Into<String>,
    ) -> Refusal {
        Refusal::new(reason, rule, self.act, expected, found)
    }

    /// What is asked for, in words that follow `cannot`.
    pub(crate) fn act(&self) -> &'static str {
        self.act
    }

    /// Who acts when, as the log says.
    pub(crate) fn context(&self) -> &'a Context {
        self.context
    }

    /// Who acts.
    pub(crate) fn party(&self) -> &'a PartyId {
        &self.context.actor.party
    }

    /// The stream on which it is decided, as others name it.
    pub(crate) fn itself(&self) -> Option<StreamId> {
        self.others.itself()
    }

    /// Another stream, as it stands.
    pub(crate) fn other<A: Aggregate>(&self, stream: StreamId) -> Option<&'a A> {
        self.others.get(stream)
    }

    /// What a stream is, once it has begun: as the command that begins it says, or as it stands.
    ///
    /// # Errors
    /// RC1 where it has not begun.
    pub(crate) fn begun<T>(&self, what: &'static str, own: Option<T>) -> Result<T, Refusal> {
        own.ok_or_else(|| {
            let found = what.split_once(' ').map_or(what, |(_article, noun)| noun);
            let found = format!("no {found} of that id");
            self.refuse(Reason::Unknown, Rule::RC1, what, found)
        })
    }

    /// The framework, for one of its parties.
    ///
    /// # Errors
    /// RC4 where it is not on record; FW13 where it was not adopted; P0 where who acts is no party
    /// to it.
    pub(crate) fn framework(&self, id: FrameworkId) -> Result<&'a Framework, Refusal> {
        let known = self.other::<Framework>(StreamId::Framework(id));
        let proposed = known.and_then(|framework| Some((framework, framework.latest()?)));
        let Some((framework, (number, _))) = proposed else {
            let expected = "a framework on record";
            return Err(self.refuse(Reason::Unknown, Rule::RC4, expected, id.to_string()));
        };
        if framework.foundation.is_none() {
            let expected = "a framework that was adopted";
            let waits = names(framework.waits_for());
            let found = match &*waits {
                "none" => format!("revision {number}, which all accepted and nobody adopted"),
                _ => format!("revision {number}, not yet accepted by {waits}"),
            };
            return Err(self.refuse(Reason::WrongState, Rule::FW13, expected, found));
        }
        self.are_among(&Parties::of_framework(framework), [self.party()])?;
        Ok(framework)
    }

    /// That something begins under a framework on a day: it stands by then, and takes it in.
    ///
    /// # Errors
    /// RC3 before its adoption applies; FW12.
    pub(crate) fn begins_under(&self, framework: &Framework, on: NaiveDate) -> Result<(), Refusal> {
        if let Some((_, first)) = framework.adoptions().next() {
            self.not_before(on, first.at.from, "the framework was adopted")?;
        }
        self.comes_under(framework, on)
    }

    /// That a framework takes something more in on a day: it has not ended by then, and is not
    /// suspended. What came under it before goes on.
    ///
    /// # Errors
    /// FW12.
    pub(crate) fn comes_under(&self, framework: &Framework, on: NaiveDate) -> Result<(), Refusal> {
        self.goes_on(framework, on)?;
        match framework.suspension(on) {
            None => Ok(()),
            Some(suspension) => {
                let found = format!("one that is suspended since {}", suspension.from.from);
                let expected = "a framework that is not suspended: take it up again first";
                Err(self.refuse(Reason::WrongState, Rule::FW12, expected, found))
            }
        }
    }

    /// That a framework has not ended by a day; what was done before may go on record behind it.
    ///
    /// # Errors
    /// FW12.
    pub(crate) fn goes_on(&self, framework: &Framework, on: NaiveDate) -> Result<(), Refusal> {
        match &framework.ended {
            Some((_, end)) if end.from <= on => {
                let found = format!("one that ended on {}", end.from);
                let expected = "a framework that goes on";
                Err(self.refuse(Reason::WrongState, Rule::FW12, expected, found))
            }
            Some(_) | None => Ok(()),
        }
    }

    /// That all these are among the parties.
    pub(crate) fn are_among<'p>(
        &self,
        parties: &Parties<'_>,
        who: impl IntoIterator<Item = &'p PartyId>,
    ) -> Result<(), Refusal> {
        match who.into_iter().find(|party| !parties.all.contains(party)) {
            None => Ok(()),
            Some(stranger) => Err(self.refuse(
                Reason::NotAParty,
                Rule::P0,
                format!("a party to {}: {}", parties.to, names(&parties.all)),
                format!("`{stranger}`"),
            )),
        }
    }

    /// That all the parties are among `consenting`, and nobody else.
    pub(crate) fn all_consent(
        &self,
        rule: Rule,
        parties: &Parties<'_>,
        consenting: &[PartyId],
    ) -> Result<(), Refusal> {
        let needed = parties.all.iter().copied();
        self.have_consented(rule, parties, needed, consenting)
    }

    /// That these of the parties are among `consenting`, and nobody who is no party.
    pub(crate) fn have_consented<'p>(
        &self,
        rule: Rule,
        parties: &Parties<'_>,
        needed: impl IntoIterator<Item = &'p PartyId>,
        consenting: &[PartyId],
    ) -> Result<(), Refusal> {
        self.are_among(parties, consenting)?;
        let needed: Vec<_> = needed.into_iter().collect();
        let missing: Vec<_> = needed
            .iter()
            .filter(|party| !consenting.contains(party))
            .collect();
        if missing.is_empty() {
            return Ok(());
        }
        let expected = format!("the consent of {}", names(&needed));
        let found = match consenting {
            [] => "none".to_owned(),
            some => format!("that of {}", names(some)),
        };
        Err(self
            .refuse(Reason::ConsentMissing, rule, expected, found)
            .missing(missing.iter().map(ToString::to_string)))
    }

    /// That the framework has the area.
    pub(crate) fn has_area(
        &self,
        framework: &Framework,
        area: &Name,
        on: NaiveDate,
    ) -> Result<(), Refusal> {
        let open = framework.areas.iter().filter(|(_, area)| area.is_open(on));
        let what = match framework.areas.get(area) {
            Some(record) if !record.is_open(on) => format!("an area that is open on {on}"),
            _ => "an area of the framework".to_owned(),
        };
        self.is_one_of(Rule::FW1, &what, area, open.map(|(key, _)| key))
    }

    /// That the framework has the body on a day: one that it names itself, or a joint body with a
    /// stream of its own, which was not dissolved.
    pub(crate) fn has_body(
        &self,
        rule: Rule,
        (id, framework): (FrameworkId, &Framework),
        body: &Name,
        on: NaiveDate,
    ) -> Result<(), Refusal> {
        let what = "a body of the framework";
        let joint = self.other::<JointBody>(StreamId::Body(BodyId::of(id, body)));
        match joint.map(|joint| joint.status(on)) {
            Some(BodyStatus::Established) => Ok(()),
            Some(BodyStatus::Dissolved) => {
                let expected = format!("{what} that is at work on {on}");
                let found = format!("`{body}`, which was dissolved by then");
                Err(self.refuse(Reason::WrongState, rule, expected, found))
            }
            Some(BodyStatus::Absent) | None => {
                let known = framework.bodies.iter().map(|body| &body.key);
                self.is_one_of(rule, what, body, known)
            }
        }
    }

    /// That a key is one of those that there are.
    pub(crate) fn is_one_of<'k>(
        &self,
        rule: Rule,
        what: &str,
        key: &Name,
        known: impl IntoIterator<Item = &'k Name>,
    ) -> Result<(), Refusal> {
        let known: Vec<_> = known.into_iter().collect();
        if known.contains(&key) {
            return Ok(());
        }
        let expected = match &known[..] {
            [] => format!("{what}, of which there is none"),
            _ => format!("{what} ({})", names(known)),
        };
        Err(self.refuse(Reason::Unknown, rule, expected, format!("`{key}`")))
    }

    /// That the day has begun somewhere.
    pub(crate) fn has_come(&self, on: NaiveDate) -> Result<(), Refusal> {
        self.context.has_come(self.act, on)
    }

    /// That the act is not dated before what it rests on.
    pub(crate) fn not_before(
        &self,
        on: NaiveDate,
        first: NaiveDate,
        what: &str,
    ) -> Result<(), Refusal> {
        if on >= first {
            return Ok(());
        }
        let expected = format!("a day not before {what} ({first})");
        Err(self.refuse(Reason::TooEarly, Rule::RC3, expected, on.to_string()))
    }

    /// That a key can be typed, and fits.
    pub(crate) fn key(&self, key: &Name) -> Result<(), Refusal> {
        let fits = !key.is_empty()
            && key.len() <= MAX_KEY
            && !key.chars().any(|c| c.is_whitespace() || c.is_control());
        if fits {
            return Ok(());
        }
        let expected = format!("a key of 1 to {MAX_KEY} bytes without spaces");
        Err(self.refuse(Reason::Malformed, Rule::RC5, expected, format!("`{key}`")))
    }

    /// That there are words, and that they fit into a record.
    pub(crate) fn words(&self, what: &str, words: &Words) -> Result<(), Refusal> {
        if words.is_empty() {
            let expected = format!("{what} in one language or more");
            return Err(self.refuse(Reason::Malformed, Rule::RC5, expected, "none"));
        }
        words
            .iter()
            .try_for_each(|(lang, text)| self.text(&format!("{what} ({lang})"), text))
    }

    /// That a text says something, and fits into a record.
    pub(crate) fn text(&self, what: &str, text: &str) -> Result<(), Refusal> {
        let found = match text.len() {
            _ if text.trim().is_empty() => "none".to_owned(),
            0..=MAX_WORDS => return Ok(()),
            long => long.to_string(),
        };
        let expected = format!("{what} of 1 to {MAX_WORDS} bytes");
        Err(self.refuse(Reason::Malformed, Rule::RC5, expected, found))
    }
}
