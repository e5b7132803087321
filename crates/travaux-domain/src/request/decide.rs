//! Which acts on a request the rules let through: sending, receiving, clarifying (IX1, IX2, IX4,
//! IX5, IX8).

use std::collections::BTreeSet;

use super::{Content, Limit, Offer, Request, RequestCall, RequestEvent, Says, Timed};
use crate::{
    Context, Decided, ExchangeId, FrameworkId, Name, Others, PartyId, Reason, Refusal, Rule,
    StreamId,
    exchange::{Exchange, Facts, Terms},
    limit::{Moment, Unit},
    partnership::{Deciding, Deed as _},
    words::names,
};

/// The request as it stands, the terms on which it was made, and what is asked.
pub(super) struct Asked<'a> {
    pub(super) request: &'a Request,
    pub(super) terms: &'a Terms,
    pub(super) deciding: Deciding<'a>,
    /// When it is done.
    pub(super) moment: Moment,
    /// The row on which it would be recorded.
    pub(super) rule: Rule,
}

impl Request {
    pub(super) fn check(
        &self,
        mut event: RequestEvent,
        context: &Context,
        others: &Others,
    ) -> Result<Decided<RequestEvent>, Refusal> {
        let deciding = Deciding::new(event.act(), context, others);
        deciding.has_come(event.on())?;
        let own = event.begins().or_else(|| self.under());
        let (framework, exchange) = deciding.begun("a request", own)?;
        let begun = self.begun.map_or(event.on(), |begun| begun.on);
        let asked = Asked {
            request: self,
            terms: terms_of(&deciding, framework, exchange, begun)?,
            deciding,
            moment: event.moment(),
            rule: event.rule(),
        };
        asked.is_one_moment()?;
        deciding.are_among(&asked.terms.circle(), [deciding.party()])?;
        asked.fill_in(&mut event)?;
        asked.check(&event)?;
        Ok(Decided::on(event.rule(), event))
    }
}

/// The terms of an exchange of that framework, as they stood on a day.
fn terms_of<'a>(
    deciding: &Deciding<'a>,
    framework: FrameworkId,
    exchange: ExchangeId,
    on: chrono::NaiveDate,
) -> Result<&'a Terms, Refusal> {
    deciding.framework(framework)?;
    let stream = StreamId::Exchange(exchange);
    let begun = deciding.other::<Exchange>(stream);
    let Some(begun) = begun.filter(|begun| !begun.terms.is_empty()) else {
        let expected = "an exchange on record";
        let found = exchange.to_string();
        return Err(deciding.refuse(Reason::Unknown, Rule::RC4, expected, found));
    };
    let Some(terms) = begun.terms_on(on) else {
        let first = begun.terms.iter().map(|(_, since)| since.on).min();
        let since = first.map_or(String::new(), |first| format!(" ({first})"));
        let expected = format!("a day not before its terms were agreed{since}");
        return Err(deciding.refuse(Reason::TooEarly, Rule::RC3, expected, on.to_string()));
    };
    if terms.framework != framework {
        let expected = format!("the framework of the exchange, {}", terms.framework);
        let found = framework.to_string();
        return Err(deciding.refuse(Reason::Unknown, Rule::RC4, expected, found));
    }
    Ok(terms)
}

impl Asked<'_> {
    fn check(&self, event: &RequestEvent) -> Result<(), Refusal> {
        match event {
            RequestEvent::RequestSent { request, .. } => self.may_send(request),
            RequestEvent::RequestReceived { limit, .. } => self.may_receive(limit.as_ref()),
            RequestEvent::LimitDeviated {
                ground, expected, ..
            } => self.may_deviate(ground, *expected),
            RequestEvent::ClarificationAsked { content, .. } => self.may_ask(content),
            RequestEvent::ClarificationGiven { content, .. } => self.may_clarify(content),
            RequestEvent::ReplyProvided {
                parts,
                content,
                uses,
                ..
            } => self.may_provide(parts, content, uses),
            RequestEvent::ReplyRefused { ground, parts, .. } => self.may_refuse(ground, parts),
            RequestEvent::RequestWithdrawn { .. } => self.may_withdraw(),
            RequestEvent::InformationOffered { offer, .. } => self.may_offer(offer),
            RequestEvent::MarkingChanged {
                content, from, to, ..
            } => self.may_mark(content, from, to),
            RequestEvent::MarkingReceived { content, .. } => self.may_receive_marking(content),
            RequestEvent::UseConsented { content, uses, .. } => self.may_consent(content, uses),
            RequestEvent::OnwardTransmitted { content, to, .. } => self.may_forward(content, to),
            RequestEvent::ContentErased {
                content, ground, ..
            } => self.may_erase(content, ground),
        }
    }

    pub(super) fn refuse(
        &self,
        reason: Reason,
        expected: impl Into<String>,
        found: impl Into<String>,
    ) -> Refusal {
        self.deciding.refuse(reason, self.rule, expected, found)
    }

    /// That an instant falls on the day of the act, where it was done.
    fn is_one_moment(&self) -> Result<(), Refusal> {
        let Moment { on, at } = self.moment;
        match at.filter(|at| at.date_naive() != on) {
            None => Ok(()),
            Some(at) => {
                let expected = format!("an instant of {on}, by the clock of who acts");
                let found = at.to_rfc3339();
                Err(self
                    .deciding
                    .refuse(Reason::WrongDate, Rule::RC3, expected, found))
            }
        }
    }

    /// What the record needs to say and the command need not: the marking of what nobody marked,
    /// whose a content is, the limit of a request.
    fn fill_in(&self, event: &mut RequestEvent) -> Result<(), Refusal> {
        let to: Vec<PartyId> = if let RequestEvent::InformationOffered { offer, .. } = &*event {
            offer.to.clone()
        } else if let RequestEvent::RequestSent { request, .. } = &*event {
            vec![request.to.clone()]
        } else {
            self.other_party().cloned().into_iter().collect()
        };
        if let Some(content) = event.content_mut() {
            self.fill_in_content(content, &to)?;
        }
        if let RequestEvent::RequestReceived { direct, limit, .. } = event
            && let Some(found) = self.limit(*direct)
        {
            match limit {
                Some(given) if *given != found => {
                    let expected =
                        format!("the limit of the terms, {} ({})", found.period, found.case);
                    let given = format!("{} ({})", given.period, given.case);
                    let reason = Reason::Malformed;
                    return Err(self.deciding.refuse(reason, Rule::IX3, expected, given));
                }
                _ => *limit = Some(found),
            }
        }
        Ok(())
    }

    /// The limit of a request, as the terms say for one that is received so (IX3).
    fn limit(&self, direct: bool) -> Option<Limit> {
        let call = self.request.call.as_ref()?;
        let case = self.terms.limit(Facts {
            urgent: call.urgent,
            direct,
            listed: call.listed,
        })?;
        Some(Limit {
            case: case.key.clone(),
            period: case.period,
            agreed: call.agreed_limit,
            counting: self.terms.counting,
        })
    }

    /// The one of requesting and requested party that does not act.
    pub(super) fn other_party(&self) -> Option<&PartyId> {
        let call = self.request.call.as_ref()?;
        let by = self.request.by.as_ref()?;
        let acts = self.deciding.party();
        [by, &call.to].into_iter().find(|party| *party != acts)
    }

    fn is_new(&self) -> Result<(), Refusal> {
        if self.request.begun.is_none() {
            return Ok(());
        }
        let (expected, found) = ("a new id", "a request of that id");
        Err(self
            .deciding
            .refuse(Reason::Already, Rule::RC1, expected, found))
    }

    /// A request goes from one point of contact to the other, and says what it has to (IX1).
    fn may_send(&self, call: &RequestCall) -> Result<(), Refusal> {
        self.is_new()?;
        let (party, deciding) = (self.deciding.party(), &self.deciding);
        deciding.key(&call.reference)?;
        deciding.are_among(&self.terms.circle(), [&call.to])?;
        if call.to == *party {
            let expected = "another party than the one that asks";
            return Err(self.refuse(Reason::Malformed, expected, format!("`{party}`")));
        }
        self.goes_through_contacts(call)?;
        let framework = deciding.framework(call.framework)?;
        deciding.begins_under(framework, self.moment.on)?;
        deciding.has_area(framework, &call.area, self.moment.on)?;
        deciding.text("a clause", &call.clause)?;
        self.keys_once("what is asked, part by part", &call.parts)?;
        self.speaks(call)?;
        let mut needed = BTreeSet::from([Says::Purpose, Says::Objective, Says::Link]);
        needed.extend(call.urgent.then_some(Says::UrgencyReasons));
        let missing: Vec<_> = needed.difference(&call.says).collect();
        if !missing.is_empty() {
            let expected = format!("a content that says {}", names(&needed));
            let found = format!("one that says {}", names(&call.says));
            let refusal = self.refuse(Reason::ConditionUnmet, expected, found);
            return Err(refusal.missing(missing.iter().map(ToString::to_string)));
        }
        self.has_agreed_limit(call)?;
        self.is_content(&call.content, [&call.to])
    }

    /// From one's own single point of contact, or with a copy to it; to the other's (IX1).
    fn goes_through_contacts(&self, call: &RequestCall) -> Result<(), Refusal> {
        let of = |party: &PartyId| self.terms.contacts.get(party);
        let (own, theirs) = (of(self.deciding.party()), of(&call.to));
        let copied = call.copy_to.as_ref() == own;
        if own.is_some_and(|own| *own != call.from) && !copied {
            let own = names(own);
            let expected = format!("a request of the contact point {own}, or with a copy to it");
            let found = format!("one of `{}`", call.from);
            return Err(self.refuse(Reason::NotEntitled, expected, found));
        }
        self.deciding.key(&call.from)?;
        if theirs.is_some_and(|theirs| *theirs == call.at) {
            return Ok(());
        }
        let expected = format!("the contact point of {}, {}", call.to, names(theirs));
        Err(self.refuse(Reason::Malformed, expected, format!("`{}`", call.at)))
    }

    /// In a language of the terms, where they name any.
    fn speaks(&self, call: &RequestCall) -> Result<(), Refusal> {
        let known = &self.terms.languages;
        let fits = call.languages.iter().any(|lang| known.contains(lang));
        if fits || (known.is_empty() && !call.languages.is_empty()) {
            return Ok(());
        }
        let expected = match &known[..] {
            [] => "a language".to_owned(),
            some => format!("a language of the terms: {}", names(some)),
        };
        Err(self.refuse(Reason::LanguageGap, expected, names(&call.languages)))
    }

    /// A shorter limit takes the consent of both (IX3).
    fn has_agreed_limit(&self, call: &RequestCall) -> Result<(), Refusal> {
        let Some(agreed) = call.agreed_limit else {
            return Ok(());
        };
        let longer = self.terms.limits.iter().all(|case| {
            case.period.unit() == agreed.unit() && case.period.count() <= agreed.count()
        });
        if agreed.count() < 0 || longer {
            let expected = "a limit that lies ahead and is shorter than those of the terms";
            let found = agreed.to_string();
            let reason = Reason::Malformed;
            return Err(self.deciding.refuse(reason, Rule::IX3, expected, found));
        }
        let both = [self.deciding.party(), &call.to];
        self.deciding
            .have_consented(Rule::IX3, &self.terms.circle(), both, &call.consenting)
    }

    /// Information is offered to others of the exchange, in an area of the framework (IX8).
    fn may_offer(&self, offer: &Offer) -> Result<(), Refusal> {
        self.is_new()?;
        let (party, deciding) = (self.deciding.party(), &self.deciding);
        deciding.key(&offer.reference)?;
        deciding.are_among(&self.terms.circle(), &offer.to)?;
        let each: BTreeSet<_> = offer.to.iter().collect();
        if each.is_empty() || each.len() != offer.to.len() || each.contains(party) {
            let expected = "other parties than the one that offers, each once";
            return Err(self.refuse(Reason::Malformed, expected, names(&offer.to)));
        }
        let framework = deciding.framework(offer.framework)?;
        deciding.begins_under(framework, self.moment.on)?;
        deciding.has_area(framework, &offer.area, self.moment.on)?;
        deciding.text("a clause", &offer.clause)?;
        self.is_content(&offer.content, &offer.to)
    }

    pub(super) fn keys_once(&self, what: &str, keys: &[Name]) -> Result<(), Refusal> {
        keys.iter().try_for_each(|key| self.deciding.key(key))?;
        let each: BTreeSet<_> = keys.iter().collect();
        if each.len() == keys.len() && !keys.is_empty() {
            return Ok(());
        }
        let expected = format!("{what}, each once");
        Err(self.refuse(Reason::Malformed, expected, names(keys)))
    }

    /// That who acts is the one whose act it is.
    pub(super) fn is_by(&self, party: Option<&PartyId>, role: &str) -> Result<(), Refusal> {
        let acts = self.deciding.party();
        match party {
            Some(party) if party == acts => Ok(()),
            Some(party) => {
                let expected = format!("the {role}, `{party}`");
                Err(self.refuse(Reason::NotEntitled, expected, format!("`{acts}`")))
            }
            None => {
                let expected = format!("a request, which has a {role}");
                Err(self.refuse(Reason::WrongState, expected, "information that was offered"))
            }
        }
    }

    /// The requested party, which acts.
    pub(super) fn requested_acts(&self) -> Result<(), Refusal> {
        let call = self.request.call.as_ref();
        self.is_by(call.map(|call| &call.to), "requested party")
    }

    /// The requesting party, which acts.
    fn requesting_acts(&self) -> Result<(), Refusal> {
        let by = self.request.call.as_ref().and(self.request.by.as_ref());
        self.is_by(by, "requesting party")
    }

    /// That the act does not come before one of the same party.
    pub(super) fn follows(&self, first: Option<Timed>, what: &str) -> Result<(), Refusal> {
        match first.filter(|first| self.moment.is_before(first.moment())) {
            None => Ok(()),
            Some(first) => Err(self.too_early(first, what)),
        }
    }

    /// That the act does not come before one of the other party, whose day may be another.
    pub(super) fn follows_abroad(&self, first: Option<Timed>, what: &str) -> Result<(), Refusal> {
        match first.filter(|first| self.moment.is_before_abroad(first.moment())) {
            None => Ok(()),
            Some(first) => Err(self.too_early(first, what)),
        }
    }

    fn too_early(&self, first: Timed, what: &str) -> Refusal {
        let told = |on: chrono::NaiveDate, at: Option<chrono::DateTime<_>>| {
            at.map_or(on.to_string(), |at| at.to_rfc3339())
        };
        let expected = format!("a time not before {what} ({})", told(first.on, first.at));
        let found = told(self.moment.on, self.moment.at);
        self.deciding
            .refuse(Reason::TooEarly, Rule::RC3, expected, found)
    }

    /// A request is received once, by the requested party; an offer once by each to whom it went.
    /// Where its limit is in hours, the instant is told (IX2).
    fn may_receive(&self, limit: Option<&Limit>) -> Result<(), Refusal> {
        let party = self.deciding.party();
        if let Some(limit) = limit.filter(|_| self.request.call.is_none()) {
            let expected = "no limit: no clock runs for what was offered";
            return Err(self.refuse(Reason::Malformed, expected, limit.period.to_string()));
        }
        self.follows_abroad(self.request.begun, "it was sent")?;
        let received = match &self.request.offer {
            None => {
                self.requested_acts()?;
                self.request.receipt.as_ref().map(|receipt| receipt.at)
            }
            Some(offer) => {
                if !offer.to.contains(party) {
                    let expected = format!("one to whom it was offered: {}", names(&offer.to));
                    let found = format!("`{party}`");
                    return Err(self.refuse(Reason::NotEntitled, expected, found));
                }
                self.request.offer_received.get(party).copied()
            }
        };
        if let Some(at) = received {
            let found = format!("one that was received on {}", at.on);
            return Err(self.refuse(Reason::Already, "one that was not received yet", found));
        }
        self.is_not_withdrawn()?;
        self.has_instant("of receipt")
    }

    /// That the instant of an act is told that a limit in hours depends on.
    fn has_instant(&self, of: &str) -> Result<(), Refusal> {
        let call = self.request.call.as_ref();
        let cases = self.terms.limits.iter().map(|case| case.period);
        let agreed = call.and_then(|call| call.agreed_limit);
        let received = self.request.receipt.as_ref();
        let limit = received.map(|receipt| vec![Some(receipt.limit.period), receipt.limit.agreed]);
        let periods = limit.unwrap_or_else(|| cases.map(Some).chain([agreed]).collect());
        let in_hours = periods.iter().flatten().any(|p| p.unit() == Unit::Hours);
        if call.is_none() || !in_hours || self.moment.at.is_some() {
            return Ok(());
        }
        let expected = format!("the instant {of}, as limits in hours depend on it");
        Err(self.refuse(Reason::Malformed, expected, "a day"))
    }

    /// That it was not withdrawn when the act was done; what came before may go on record behind.
    pub(super) fn is_not_withdrawn(&self) -> Result<(), Refusal> {
        let earlier = |at: &Timed| self.moment.is_before_abroad(at.moment());
        match self.request.withdrawn.filter(|at| !earlier(at)) {
            None => Ok(()),
            Some(at) => {
                let expected = "a request that stands";
                let found = format!("one that was withdrawn on {}", at.on);
                Err(self.refuse(Reason::WrongState, expected, found))
            }
        }
    }

    /// That the requested party acts on a request that it received, and of which a part is open.
    pub(super) fn is_being_answered(&self) -> Result<(), Refusal> {
        self.requested_acts()?;
        let Some(receipt) = &self.request.receipt else {
            let expected = "a request that was received";
            return Err(self.refuse(Reason::WrongState, expected, "one that was sent"));
        };
        self.follows(Some(receipt.at), "it was received")?;
        self.is_not_withdrawn()?;
        if self.request.open_parts().next().is_none() {
            let expected = "a request of which a part is open";
            let found = "one of which every part was answered or refused";
            return Err(self.refuse(Reason::Already, expected, found));
        }
        self.has_instant("of the act")
    }

    /// A limit is put off on a ground of the list, to a day that lies ahead and is another (IX4).
    fn may_deviate(&self, ground: &Name, expected: chrono::NaiveDate) -> Result<(), Refusal> {
        self.is_being_answered()?;
        let known = &self.terms.deviation_grounds;
        let what = "a ground on which a limit may be put off";
        self.deciding.is_one_of(self.rule, what, ground, known)?;
        let last = self.request.deviations.last();
        self.follows(last.map(|last| last.at), "it was put off before")?;
        if expected <= self.moment.on {
            let wanted = format!("a day after {}", self.moment.on);
            return Err(self.refuse(Reason::WrongDate, wanted, expected.to_string()));
        }
        if last.is_some_and(|last| last.expected == expected) {
            let found = format!("{expected}, which was told");
            return Err(self.refuse(Reason::Already, "another day", found));
        }
        Ok(())
    }

    /// Clarification is asked for by the requested party, one at a time (IX5).
    fn may_ask(&self, content: &Content) -> Result<(), Refusal> {
        self.is_being_answered()?;
        let last = self.request.clarifications.last();
        match last.map(|last| (last.asked, last.given.as_ref())) {
            Some((asked, None)) => {
                let expected = "a request of which no clarification is awaited";
                let found = format!("one that was asked for on {}", asked.on);
                return Err(self.refuse(Reason::Already, expected, found));
            }
            Some((_, Some((given, _)))) => {
                self.follows_abroad(Some(*given), "the clarification before")?;
            }
            None => {}
        }
        self.is_content(content, self.other_party())
    }

    /// It is given by the requesting party, once (IX5).
    fn may_clarify(&self, content: &Content) -> Result<(), Refusal> {
        self.requesting_acts()?;
        let open = self.request.clarifications.last();
        let Some(open) = open.filter(|last| last.given.is_none()) else {
            let expected = "a clarification that was asked for";
            return Err(self.refuse(Reason::WrongState, expected, "none"));
        };
        self.follows_abroad(Some(open.asked), "it was asked for")?;
        self.is_not_withdrawn()?;
        self.has_instant("of the act")?;
        self.is_content(content, self.other_party())
    }

    /// A request is withdrawn by who sent it, while a part is open (IX1).
    fn may_withdraw(&self) -> Result<(), Refusal> {
        self.requesting_acts()?;
        self.follows(self.request.begun, "it was sent")?;
        if let Some(at) = self.request.withdrawn {
            let found = format!("one that was withdrawn on {}", at.on);
            return Err(self.refuse(Reason::Already, "a request that stands", found));
        }
        if self.request.open_parts().next().is_none() {
            let expected = "a request of which a part is open";
            let found = "one of which every part was answered or refused";
            return Err(self.refuse(Reason::WrongState, expected, found));
        }
        Ok(())
    }
}

impl std::fmt::Display for Says {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Purpose => "the purpose",
            Self::Objective => "the objective",
            Self::Link => "the link of the persons with the purpose",
            Self::UrgencyReasons => "why it is urgent",
        })
    }
}
