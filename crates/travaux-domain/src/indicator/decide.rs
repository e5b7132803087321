//! Which acts on an indicator the rules let through: its definitions (ST1 to ST3).

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::{
    Concept, Definition, DefinitionChange, Indicator, IndicatorEvent, IndicatorRef, Ratio,
};
use crate::{
    Context, Decided, FrameworkId, Name, Others, PartyId, Reason, Refusal, Rule, StreamId, Version,
    partnership::{Deciding, Deed as _, Parties},
    version::Step,
    words::names,
};

/// The codes of CL_UNIT_MULT 1.0.
const MULTIPLIERS: [u8; 9] = [0, 1, 2, 3, 4, 6, 9, 12, 15];
/// The most places that a number has behind the point.
const MOST_DECIMALS: u8 = 9;
/// Columns of a message that are no attributes.
pub const COLUMNS: [&str; 25] = [
    "STRUCTURE",
    "STRUCTURE_ID",
    "STRUCTURE_NAME",
    "ACTION",
    "SERIES_KEY",
    "OBS_KEY",
    "REF_AREA",
    "COUNTERPART_AREA",
    "DIRECTION",
    "CATEGORY",
    "FREQ",
    "TIME_PERIOD",
    "OBS_VALUE",
    "UNIT_MEASURE",
    "UNIT_MULT",
    "OBS_STATUS",
    "OBS_STATUS_LIST",
    "CONF_STATUS",
    "EMBARGO_TIME",
    "CONF_REDIST",
    "SOURCE",
    "AS_OF",
    "INCLUDES",
    "INCLUDED_IN",
    "REVISION",
];

/// The indicator as it stands, and what is asked.
pub(super) struct Asked<'a> {
    pub(super) indicator: &'a Indicator,
    pub(super) parties: Parties<'a>,
    pub(super) deciding: Deciding<'a>,
    pub(super) context: &'a Context,
    /// When it is done.
    pub(super) on: NaiveDate,
    /// The row on which it would be recorded.
    pub(super) rule: Rule,
    framework: FrameworkId,
}

impl Indicator {
    pub(super) fn check(
        &self,
        event: IndicatorEvent,
        context: &Context,
        others: &Others,
    ) -> Result<Decided<IndicatorEvent>, Refusal> {
        let deciding = Deciding::new(event.act(), context, others);
        deciding.has_come(event.on())?;
        let named = if let IndicatorEvent::IndicatorDrafted { framework, .. }
        | IndicatorEvent::IndicatorAdopted { framework, .. } = &event
        {
            Some(*framework)
        } else {
            None
        };
        let framework = deciding.begun("an indicator", self.framework.or(named))?;
        if let Some(other) = named.filter(|named| *named != framework) {
            let expected = format!("the framework under which it stands, {framework}");
            let found = other.to_string();
            return Err(deciding.refuse(Reason::Malformed, Rule::RC1, expected, found));
        }
        let stands = deciding.framework(framework)?;
        if self.framework.is_none() {
            deciding.begins_under(stands, event.on())?;
        }
        let asked = Asked {
            indicator: self,
            parties: Parties::of_framework(stands),
            deciding,
            context,
            on: event.on(),
            rule: event.rule(),
            framework,
        };
        asked.check(&event)?;
        Ok(Decided::on(event.rule(), event))
    }
}

impl Asked<'_> {
    fn check(&self, event: &IndicatorEvent) -> Result<(), Refusal> {
        match event {
            IndicatorEvent::IndicatorDrafted {
                version,
                definition,
                ..
            } => self.may_draft(version, definition),
            IndicatorEvent::IndicatorAdopted {
                version,
                from,
                definition,
                consenting,
                ..
            } => self.may_adopt(version, *from, definition, consenting),
            IndicatorEvent::FigureReported {
                version,
                key,
                observation,
                ..
            } => self.may_report(version, key, observation),
            IndicatorEvent::FigureRevised {
                figure,
                kind,
                version,
                observation,
                ..
            } => self.may_revise(*figure, *kind, version, observation),
            IndicatorEvent::FigureWithdrawn { figure, reason, .. } => {
                self.may_withdraw(*figure, reason)
            }
            IndicatorEvent::DiscrepancyOpened { figures, due, .. } => self.may_open(*figures, *due),
            IndicatorEvent::DiscrepancyAnswered {
                discrepancy,
                answer,
                ..
            } => self.may_answer(*discrepancy, answer),
            IndicatorEvent::DiscrepancyReconciled {
                discrepancy,
                outcome,
                consenting,
                ..
            } => self.may_reconcile(*discrepancy, outcome, consenting),
            IndicatorEvent::IndicatorFollowsItem { .. } => self.may_follow(),
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

    /// What an indicator follows up is looked up by the meeting, at the other end of the link (MT9).
    fn may_follow(&self) -> Result<(), Refusal> {
        let begun = self.indicator.adopted.values().map(|adopted| adopted.at.on);
        let begun = begun.chain(self.indicator.drafts.values().map(|draft| draft.at.on));
        match begun.min() {
            None => Ok(()),
            Some(first) => self
                .deciding
                .not_before(self.on, first, "it was first defined"),
        }
    }

    /// A draft has an extension, and stays in the scope of the version that it is a draft of (ST3).
    fn may_draft(&self, version: &Version, definition: &Definition) -> Result<(), Refusal> {
        if !version.is_draft() {
            let expected = "a version with an extension, such as 1.1.0-draft";
            return Err(self.refuse(Reason::Malformed, expected, format!("`{version}`")));
        }
        if self.indicator.adopted.contains_key(&version.stable()) {
            let expected = "a draft of a version that was not adopted";
            let found = format!("`{version}`, when {} was", version.stable());
            return Err(self.refuse(Reason::Already, expected, found));
        }
        self.is_definition(version, definition)?;
        if let Some(before) = self.indicator.drafts.get(version) {
            self.deciding
                .not_before(self.on, before.at.on, "it was last drafted")?;
            if before.definition == *definition {
                let expected = "another draft than the one on record";
                return Err(self.refuse(Reason::Already, expected, "the same"));
            }
        }
        self.may_step(version, definition, Rule::ST3)
    }

    /// A version is adopted once, by all, by the step that its changes need (ST2, ST3).
    fn may_adopt(
        &self,
        version: &Version,
        from: NaiveDate,
        definition: &Definition,
        consenting: &[PartyId],
    ) -> Result<(), Refusal> {
        let adopted = &self.indicator.adopted;
        if version.is_draft() {
            let expected = format!("a stable version such as {}", version.stable());
            let found = format!("`{version}`, a draft");
            return Err(self
                .deciding
                .refuse(Reason::Malformed, Rule::ST3, expected, found));
        }
        if let Some(before) = adopted.get(version) {
            let expected = "a new version: what was adopted never changes";
            let found = format!("`{version}`, which was adopted on {}", before.at.on);
            return Err(self
                .deciding
                .refuse(Reason::Already, Rule::ST3, expected, found));
        }
        self.is_definition(version, definition)?;
        self.may_step(version, definition, Rule::ST2)?;
        if let Some((before, was)) = adopted.range(..version).next_back() {
            let what = format!("{before} was adopted");
            self.deciding.not_before(self.on, was.at.on, &what)?;
            if from < was.from {
                let expected = format!("a day from {} on, from which {before} counts", was.from);
                let reason = Reason::TooEarly;
                return Err(self
                    .deciding
                    .refuse(reason, Rule::ST2, expected, from.to_string()));
            }
        }
        if let Some((after, later)) = adopted.range(version..).next()
            && from > later.from
        {
            let expected = format!("a day up to {}, from which {after} counts", later.from);
            return Err(self.deciding.refuse(
                Reason::TooLate,
                Rule::ST2,
                expected,
                from.to_string(),
            ));
        }
        if let Some((after, later)) = adopted.range(version..).next() {
            self.leads_to(version, definition, (after, &later.definition))?;
        }
        self.deciding
            .all_consent(Rule::ST2, &self.parties, consenting)
    }

    /// A version is later than the one before it by the step that its changes need, or more.
    fn may_step(
        &self,
        version: &Version,
        definition: &Definition,
        rule: Rule,
    ) -> Result<(), Refusal> {
        let before = self.indicator.adopted.range(..version.stable()).next_back();
        let Some((before, was)) = before else {
            return Ok(());
        };
        let changes = was.definition.changes(definition);
        let Some(needed) = changes.iter().map(|change| change.step).max() else {
            let expected = format!("a definition that is another than {before}");
            return Err(self
                .deciding
                .refuse(Reason::Malformed, rule, expected, "the same"));
        };
        // Version 0 is for first attempts: anything may change.
        let needed = if before.major == 0 && version.major == 0 {
            Step::Patch
        } else {
            needed
        };
        let step = version.stable().step_from(before);
        if step.is_some_and(|step| step >= needed) {
            return Ok(());
        }
        let next = before.after(needed).unwrap_or_else(|| before.clone());
        let why: Vec<&DefinitionChange> = changes.iter().filter(|c| c.step == needed).collect();
        let expected = format!("{next}, or a later one ({})", names(why));
        let found = match step {
            Some(step) => format!("{version}, a {step} step from {before}"),
            None => format!("{version}, which is no step from {before}"),
        };
        Err(self
            .deciding
            .refuse(Reason::Forbidden, rule, expected, found))
    }

    /// A version that comes in before another of its major leaves that one a lawful step (ST2).
    fn leads_to(
        &self,
        version: &Version,
        definition: &Definition,
        (after, later): (&Version, &Definition),
    ) -> Result<(), Refusal> {
        if after.major != version.major || version.major == 0 {
            return Ok(());
        }
        let changes = definition.changes(later);
        let needed = changes.iter().map(|change| change.step).max();
        let step = after.step_from(version);
        if needed.is_some_and(|needed| step.is_some_and(|step| step >= needed)) {
            return Ok(());
        }
        let expected = format!("a definition from which {after} is a step that its changes need");
        let found = match &changes[..] {
            [] => "the same".to_owned(),
            _ => names(&changes),
        };
        Err(self
            .deciding
            .refuse(Reason::Forbidden, Rule::ST2, expected, found))
    }

    /// A definition says all that it has to (ST1).
    fn is_definition(&self, version: &Version, definition: &Definition) -> Result<(), Refusal> {
        let deciding = &self.deciding;
        let malformed = |expected: &str, found: String| {
            Err(self
                .deciding
                .refuse(Reason::Malformed, Rule::ST1, expected, found))
        };
        deciding.words("a name", &definition.names)?;
        if !definition.description.is_empty() {
            deciding.words("a description", &definition.description)?;
        }
        let Definition {
            unit,
            population,
            reference_event,
            method,
            ..
        } = definition;
        for concept in [unit, population, reference_event, method] {
            self.is_concept(concept)?;
        }
        for source in &definition.sources {
            deciding.text("a source", source)?;
        }
        if !MULTIPLIERS.contains(&definition.multiplier) {
            let found = definition.multiplier.to_string();
            return malformed(&format!("a multiplier of {}", names(MULTIPLIERS)), found);
        }
        if definition.decimals > MOST_DECIMALS {
            let found = definition.decimals.to_string();
            return malformed(&format!("decimals from 0 to {MOST_DECIMALS}"), found);
        }
        let tolerance = definition.tolerance;
        if tolerance.absolute.is_negative() || !tolerance.relative.is_share() {
            let found = format!("{} and {}", tolerance.absolute, tolerance.relative);
            let expected = "a tolerance of 0 or more, and a share of it from 0 to 1";
            return malformed(expected, found);
        }
        deciding.are_among(&self.parties, &definition.reporters)?;
        self.each_once("reporters, each once", &definition.reporters)?;
        if definition.reporters.is_empty() {
            return malformed("one or more who report", "none".to_owned());
        }
        let categories = definition.categories.iter().map(|c| (&c.key, &c.words));
        let attributes = definition.attributes.iter().map(|a| (&a.key, &a.words));
        for (key, words) in categories.clone().chain(attributes.clone()) {
            deciding.key(key)?;
            deciding.words(&format!("words for {key}"), words)?;
        }
        self.each_once(
            "categories of different keys",
            categories.map(|(key, _)| key),
        )?;
        self.each_once(
            "attributes of different keys",
            attributes.clone().map(|(key, _)| key),
        )?;
        for (key, _) in attributes {
            let id = key
                .bytes()
                .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_');
            if !id || COLUMNS.contains(&key.as_str()) {
                let expected = "an attribute in capitals, digits and `_`, which is no other column";
                return malformed(expected, format!("`{key}`"));
            }
        }
        let before = self.indicator.definitions();
        let before = before.flat_map(|(_, definition)| &definition.clauses);
        deciding.can_cite(Rule::ST1, (&definition.clauses, self.on), before)?;
        let ratio = definition.ratio.as_ref();
        ratio.map_or(Ok(()), |ratio| self.is_ratio(ratio, version))
    }

    fn is_concept(&self, concept: &Concept) -> Result<(), Refusal> {
        let Concept { key, words } = concept;
        self.deciding.key(key)?;
        self.deciding.words(&format!("words for {key}"), words)
    }

    pub(super) fn each_once<T: Ord + ToString>(
        &self,
        expected: &str,
        all: impl IntoIterator<Item = T>,
    ) -> Result<(), Refusal> {
        let mut seen = BTreeSet::new();
        let mut all = all.into_iter();
        match all.find(|one| !seen.insert(one.to_string())) {
            None => Ok(()),
            Some(twice) => {
                let found = format!("`{}` twice", twice.to_string());
                Err(self
                    .deciding
                    .refuse(Reason::Malformed, Rule::ST1, expected, found))
            }
        }
    }

    /// A share is of two other indicators, at versions that there are (ST1, ST3).
    fn is_ratio(&self, ratio: &Ratio, version: &Version) -> Result<(), Refusal> {
        let Ratio {
            numerator,
            denominator,
        } = ratio;
        if numerator == denominator {
            let expected = "a numerator that is another than the denominator";
            let found = numerator.indicator.to_string();
            return Err(self
                .deciding
                .refuse(Reason::Malformed, Rule::ST1, expected, found));
        }
        self.refers(numerator, version)?;
        self.refers(denominator, version)
    }

    fn refers(&self, to: &IndicatorRef, version: &Version) -> Result<(), Refusal> {
        let stream = StreamId::Indicator(to.indicator);
        let other = self.deciding.other::<Indicator>(stream);
        let Some(other) = other.filter(|other| other.framework == Some(self.framework)) else {
            let expected = "an indicator under the same framework";
            let found = to.indicator.to_string();
            return Err(self
                .deciding
                .refuse(Reason::Unknown, Rule::ST1, expected, found));
        };
        let there = other.adopted.keys().chain(other.drafts.keys());
        let draft = version.is_draft();
        if to
            .version
            .resolve(there, draft)
            .is_some_and(|v| draft || !v.is_draft())
        {
            return Ok(());
        }
        let expected = match names(other.adopted.keys()).as_str() {
            "none" => format!(
                "a version of {} that was adopted, of which there is none",
                to.indicator
            ),
            some => format!("a version of {} that was adopted ({some})", to.indicator),
        };
        let found = format!("`{}`", to.version);
        Err(self
            .deciding
            .refuse(Reason::Unknown, Rule::ST3, expected, found))
    }

    /// Words that are there, in one language or more.
    pub(super) fn is_word(&self, what: &str, words: Option<&str>) -> Result<(), Refusal> {
        words.map_or(Ok(()), |words| self.deciding.text(what, words))
    }

    /// A name that a key of the definition may have.
    pub(super) fn is_key_of<'k>(
        &self,
        what: &str,
        key: &Name,
        keys: impl IntoIterator<Item = &'k Name>,
    ) -> Result<(), Refusal> {
        self.deciding.is_one_of(Rule::ST4, what, key, keys)
    }
}
