//! Which acts on an exchange the rules let through.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::{Exchange, ExchangeEvent, Outcome, Terms};
use crate::{
    Context, Decided, FrameworkId, Name, Others, PartyId, Reason, Refusal, Rule, StreamId,
    limit::Calendar,
    marking::{Equivalence, Marking, Schemes, Tlp, rank},
    partnership::{Dated, Deciding, Deed as _, Parties},
    request::Request,
    words::names,
};

/// The exchange as it stands, and what is asked.
struct Asked<'a> {
    exchange: &'a Exchange,
    terms: &'a Terms,
    parties: Parties<'a>,
    deciding: Deciding<'a>,
    on: NaiveDate,
    rule: Rule,
}

impl Terms {
    pub(crate) fn circle(&self) -> Parties<'_> {
        let to = "the exchange";
        let all = self.contacts.keys().collect();
        Parties { to, all }
    }
}

impl Exchange {
    pub(super) fn check(
        &self,
        event: ExchangeEvent,
        context: &Context,
        others: &Others,
    ) -> Result<Decided<ExchangeEvent>, Refusal> {
        let deciding = Deciding::new(event.act(), context, others);
        deciding.has_come(event.on())?;
        let terms = if let ExchangeEvent::TermsAgreed { terms, .. } = &event {
            Some(&**terms)
        } else {
            self.terms.last().map(|(terms, _)| terms)
        };
        let terms = deciding.begun("an exchange", terms)?;
        let asked = Asked {
            exchange: self,
            terms,
            parties: terms.circle(),
            deciding,
            on: event.on(),
            rule: event.rule(),
        };
        asked.check(&event)?;
        Ok(Decided::on(event.rule(), event))
    }

    /// That an act is in order: a result comes of the exchange, so not before its terms (RC3).
    pub(super) fn in_order(&self, event: &ExchangeEvent, context: &Context) -> Result<(), Refusal> {
        let ExchangeEvent::ResultRecorded { outcome, .. } = event else {
            return Ok(());
        };
        let Some((_, agreed)) = self.terms.first() else {
            return Ok(());
        };
        let others = Others::default();
        let deciding = Deciding::new(event.act(), context, &others);
        deciding.not_before(outcome.date, agreed.on, "the terms of the exchange")
    }
}

impl Asked<'_> {
    fn check(&self, event: &ExchangeEvent) -> Result<(), Refusal> {
        self.deciding.framework(self.terms.framework)?;
        self.deciding
            .are_among(&self.parties, [self.deciding.party()])?;
        match event {
            ExchangeEvent::TermsAgreed {
                terms, consenting, ..
            } => self.may_agree(terms, consenting),
            ExchangeEvent::CalendarDeclared { calendar, .. } => self.may_declare(calendar),
            ExchangeEvent::EquivalenceAgreed {
                table, consenting, ..
            } => self.may_equate(table, consenting),
            ExchangeEvent::ResultRecorded { key, outcome, .. } => self.may_record(key, outcome),
            ExchangeEvent::ResultClaimed { key, source, .. } => self.may_claim(key, source),
            ExchangeEvent::ResultCorrected {
                key,
                was,
                is,
                ground,
                ..
            } => self.may_correct(key, (*was, *is), ground),
        }
    }

    fn refuse(
        &self,
        reason: Reason,
        expected: impl Into<String>,
        found: impl Into<String>,
    ) -> Refusal {
        self.deciding.refuse(reason, self.rule, expected, found)
    }

    fn not_before(&self, first: Option<Dated>, what: &str) -> Result<(), Refusal> {
        first.map_or(Ok(()), |first| {
            self.deciding.not_before(self.on, first.on, what)
        })
    }

    fn keys_once(&self, what: &str, keys: &[Name]) -> Result<(), Refusal> {
        keys.iter().try_for_each(|key| self.deciding.key(key))?;
        let each: BTreeSet<_> = keys.iter().collect();
        if each.len() == keys.len() {
            return Ok(());
        }
        let expected = format!("{what}, each once");
        Err(self.refuse(Reason::Malformed, expected, names(keys)))
    }

    /// The terms of all who exchange, by their consent; the same framework for good (IX3).
    fn may_agree(&self, terms: &Terms, consenting: &[PartyId]) -> Result<(), Refusal> {
        let framework = self.deciding.framework(terms.framework)?;
        self.deciding.begins_under(framework, self.on)?;
        let circle = Parties::of_framework(framework);
        self.deciding.are_among(&circle, terms.contacts.keys())?;
        if terms.contacts.len() < 2 {
            let found = names(terms.contacts.keys());
            return Err(self.refuse(Reason::Malformed, "two parties or more", found));
        }
        self.deciding
            .all_consent(self.rule, &self.parties, consenting)?;
        if let Some((before, since)) = self.exchange.terms.last() {
            self.is_same(before.framework, terms)?;
            self.not_before(Some(*since), "the terms before")?;
            self.deciding
                .are_among(&terms.circle(), before.contacts.keys())?;
        }
        self.deciding.text("a title", &terms.title)?;
        self.deciding.text("an instrument", &terms.instrument)?;
        for contact in terms.contacts.values() {
            self.deciding.key(contact)?;
        }
        self.are_limits(terms)?;
        self.keys_once("grounds for refusal", &terms.refusal_grounds)?;
        self.keys_once("grounds for deviation", &terms.deviation_grounds)?;
        self.keys_once("grounds for erasure", &terms.erasure_grounds)?;
        if terms.publishing.rows == terms.publishing.columns || terms.publishing.minimum == 0 {
            let expected = "two dimensions and a least count from 1 on";
            let found = match terms.publishing.minimum {
                0 => "the least count 0",
                _ => "one dimension twice",
            };
            return Err(self.refuse(Reason::Malformed, expected, found));
        }
        self.is_most_restrictive(terms)
    }

    fn is_same(&self, before: FrameworkId, terms: &Terms) -> Result<(), Refusal> {
        if before == terms.framework {
            return Ok(());
        }
        let expected = format!("the framework of the exchange, {before}");
        Err(self.refuse(Reason::Malformed, expected, terms.framework.to_string()))
    }

    /// That there is a limit for each request, and that each is one that lies ahead (IX3).
    fn are_limits(&self, terms: &Terms) -> Result<(), Refusal> {
        let keys: Vec<_> = terms.limits.iter().map(|case| case.key.clone()).collect();
        self.keys_once("limits", &keys)?;
        if let Some(case) = terms.limits.iter().find(|case| case.period.count() < 0) {
            let found = format!("`{}`: {}", case.key, case.period);
            return Err(self.refuse(Reason::Malformed, "limits that lie ahead", found));
        }
        let last = terms.limits.last();
        let of_all = last.is_some_and(|case| {
            [case.urgent, case.direct, case.listed]
                .iter()
                .all(Option::is_none)
        });
        if of_all {
            return Ok(());
        }
        let expected = "limits of which the last one is for all requests";
        let found = last.map_or("none".to_owned(), |case| format!("`{}` for some", case.key));
        Err(self.refuse(Reason::Malformed, expected, found))
    }

    /// That what nobody marked is marked like what is marked most strictly: `TLP:RED`, and the
    /// highest level of each scheme that it names (IX9).
    fn is_most_restrictive(&self, terms: &Terms) -> Result<(), Refusal> {
        let deciding = &self.deciding;
        is_marking(deciding, &terms.schemes, &terms.unmarked)?;
        let lower = terms.unmarked.levels.iter().find(|(scheme, level)| {
            let above = level.rank.checked_add(1);
            above.is_some_and(|above| has_rank(&terms.schemes, scheme, above))
        });
        let found = match lower {
            None if terms.unmarked.tlp == Tlp::Red => return Ok(()),
            None => terms.unmarked.tlp.to_string(),
            Some((scheme, level)) => format!("{scheme}:{}", level.code),
        };
        let expected = "TLP:RED and the highest levels for what nobody marked";
        Err(deciding.refuse(Reason::Forbidden, Rule::IX9, expected, found))
    }

    /// A party declares its own calendar, of a zone that there is, with a day that is worked on
    /// (IX3).
    fn may_declare(&self, calendar: &Calendar) -> Result<(), Refusal> {
        let Some(_) = calendar.tz() else {
            let expected = "a zone of the IANA database, such as Africa/Casablanca";
            let found = format!("`{}`", calendar.zone);
            return Err(self.refuse(Reason::Malformed, expected, found));
        };
        let mut rest: Vec<_> = calendar
            .rest
            .iter()
            .map(|d| d.num_days_from_monday())
            .collect();
        rest.sort_unstable();
        rest.dedup();
        if rest.len() == 7 {
            let expected = "a week with a day that is worked on";
            return Err(self.refuse(Reason::Malformed, expected, "seven days of rest"));
        }
        // Limits run by the calendar before: nobody moves its own by another of an earlier day.
        let party = self.deciding.party();
        let recorded = self.deciding.context().now.date_naive();
        let today = recorded.pred_opt().unwrap_or(recorded);
        if self.exchange.calendars.contains_key(party) && self.on < today {
            let expected = format!("a day from {recorded} on, as it takes the place of another");
            return Err(self.refuse(Reason::TooEarly, expected, self.on.to_string()));
        }
        Ok(())
    }

    /// Two parties of the exchange agree which levels protect alike: those of schemes that there
    /// are, each pair for days that come in their order (IX9).
    fn may_equate(&self, table: &Equivalence, consenting: &[PartyId]) -> Result<(), Refusal> {
        let two = [&table.between.0, &table.between.1];
        self.deciding.are_among(&self.parties, two)?;
        if two[0] == two[1] || !two.contains(&self.deciding.party()) {
            let expected = "two parties, one of which acts";
            return Err(self.refuse(Reason::NotEntitled, expected, names(two)));
        }
        self.deciding
            .have_consented(self.rule, &self.parties, two, consenting)?;
        if table.levels.is_empty() {
            return Err(self.refuse(Reason::Malformed, "levels that protect alike", "none"));
        }
        for equal in &table.levels {
            for (scheme, code) in [&equal.one, &equal.other] {
                is_level(&self.deciding, &self.terms.schemes, scheme, code)?;
            }
            if let Some(until) = equal.until.filter(|until| *until < equal.from) {
                let expected = format!("a last day from {} on", equal.from);
                return Err(self.refuse(Reason::WrongDate, expected, until.to_string()));
            }
        }
        Ok(())
    }

    /// A result is recorded once, with a source, by one who claims it, and with requests of the same
    /// exchange (IX13).
    fn may_record(&self, key: &Name, outcome: &Outcome) -> Result<(), Refusal> {
        self.deciding.key(key)?;
        if let Some(record) = self.exchange.results.get(key) {
            let expected = "a key of its own; who claims the same result claims it by its key";
            let found = format!("`{key}`, recorded on {}", record.recorded.on);
            return Err(self.refuse(Reason::Already, expected, found));
        }
        if outcome.count == 0 {
            return Err(self.refuse(Reason::Malformed, "a count from 1 on", "0"));
        }
        if outcome.sources.is_empty() {
            return Err(self.refuse(Reason::Malformed, "one source or more", "none"));
        }
        for source in &outcome.sources {
            self.deciding.text("a source", source)?;
        }
        self.deciding
            .are_among(&self.parties, &outcome.claimed_by)?;
        let mut each = outcome.claimed_by.clone();
        each.sort();
        each.dedup();
        if each.len() != outcome.claimed_by.len() || !each.contains(self.deciding.party()) {
            let expected = "those who claim it, each once, with the party that acts";
            return Err(self.refuse(Reason::NotEntitled, expected, names(&outcome.claimed_by)));
        }
        self.deciding
            .not_before(self.on, outcome.date, "the result")?;
        for id in &outcome.requests {
            let request = self.deciding.other::<Request>(StreamId::Request(*id));
            let own = request.filter(|request| {
                let exchange = request.exchange();
                exchange.is_some_and(|own| Some(StreamId::Exchange(own)) == self.itself())
            });
            if own.is_none() {
                let expected = "a request of this exchange";
                return Err(self.refuse(Reason::Unknown, expected, id.to_string()));
            }
        }
        Ok(())
    }

    fn itself(&self) -> Option<StreamId> {
        self.deciding.itself()
    }

    fn result(&self, key: &Name) -> Result<&super::ResultRecord, Refusal> {
        let keys = self.exchange.results.keys();
        let what = "a result on record";
        self.deciding.is_one_of(self.rule, what, key, keys)?;
        let Some(record) = self.exchange.results.get(key) else {
            return Err(self.refuse(Reason::Unknown, what, format!("`{key}`")));
        };
        self.not_before(Some(record.recorded), "it was recorded")?;
        Ok(record)
    }

    /// A party claims a result once, with a source of its own (IX13).
    fn may_claim(&self, key: &Name, source: &str) -> Result<(), Refusal> {
        let record = self.result(key)?;
        self.deciding.text("a source", source)?;
        let party = self.deciding.party();
        if record.outcome.claimed_by.contains(party) {
            let found = format!("`{party}`, which claims it");
            return Err(self.refuse(Reason::Already, "another party", found));
        }
        Ok(())
    }

    /// Who claims a result corrects its count, by what the record says now (IX13).
    fn may_correct(&self, key: &Name, (was, is): (u32, u32), ground: &str) -> Result<(), Refusal> {
        let record = self.result(key)?;
        self.deciding.text("a ground", ground)?;
        let claim = &record.outcome.claimed_by;
        if !claim.contains(self.deciding.party()) {
            let expected = format!("one who claims it: {}", names(claim));
            let found = format!("`{}`", self.deciding.party());
            return Err(self.refuse(Reason::NotEntitled, expected, found));
        }
        let last = record.corrections.last().map(|c| c.at);
        self.not_before(last, "it was corrected before")?;
        if record.outcome.count != was {
            let expected = format!("what the record says: {}", record.outcome.count);
            return Err(self.refuse(Reason::Malformed, expected, was.to_string()));
        }
        if is == was || is == 0 {
            let expected = "another count, from 1 on";
            return Err(self.refuse(Reason::Malformed, expected, is.to_string()));
        }
        Ok(())
    }
}

/// Whether a scheme has a level at a place.
fn has_rank(own: &Schemes, scheme: &str, at: u8) -> bool {
    let known = crate::marking::SCHEMES
        .iter()
        .find(|(known, _)| *known == scheme);
    let count = own.get(scheme).map(Vec::len);
    let count = count.or_else(|| known.map(|(_, codes)| codes.len()));
    count.is_some_and(|count| usize::from(at) < count)
}

fn is_level(
    deciding: &Deciding<'_>,
    own: &Schemes,
    scheme: &Name,
    code: &Name,
) -> Result<u8, Refusal> {
    rank(own, scheme, code).ok_or_else(|| {
        let expected = "a level of a scheme that the terms or everybody knows";
        let found = format!("`{scheme}:{code}`");
        deciding.refuse(Reason::Unknown, Rule::IX9, expected, found)
    })
}

/// That a marking says what its schemes have: levels at their places, codes of evaluation (IX9).
pub(crate) fn is_marking(
    deciding: &Deciding<'_>,
    own: &Schemes,
    marking: &Marking,
) -> Result<(), Refusal> {
    let refuse = |expected: String, found: String| {
        Err(deciding.refuse(Reason::Malformed, Rule::IX9, expected, found))
    };
    for (scheme, level) in &marking.levels {
        let at = is_level(deciding, own, scheme, &level.code)?;
        if at != level.rank {
            let expected = format!("the place of {scheme}:{} in its scheme, {at}", level.code);
            return refuse(expected, level.rank.to_string());
        }
    }
    for code in &marking.handling {
        deciding.key(code)?;
    }
    for evaluation in &marking.evaluations {
        if let Some(expected) = evaluation.fault() {
            return refuse(expected, format!("`{evaluation}`"));
        }
    }
    Ok(())
}
