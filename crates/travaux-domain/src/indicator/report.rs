//! Which figures the rules let in, and which revisions of them (ST4 to ST9, ST17, ST19).

use super::{
    ConfStatus, Confidentiality, Course, Decimal, Definition, Figure, FigureId, FigureKey,
    ObsStatus, Observation, RevisionKind, decide::Asked,
};
use crate::{Name, Reason, Refusal, Rule, Version, words::names};

impl Asked<'_> {
    /// A figure is reported once, by who reports, under a version in use (ST4).
    pub(super) fn may_report(
        &self,
        version: &Version,
        key: &FigureKey,
        observation: &Observation,
    ) -> Result<(), Refusal> {
        let definition = self.counts_by(version, key)?;
        self.is_key(definition, key)?;
        self.is_observation(definition, key, observation)?;
        if let Some((id, _)) = self.indicator.figure(self.deciding.party(), key) {
            let expected = "a figure that was not reported: a revision changes one that was";
            let found = format!("figure {id} of {key}");
            return Err(self
                .deciding
                .refuse(Reason::Already, Rule::ST9, expected, found));
        }
        if let Some(day) = self.indicator.free_from(self.deciding.party(), key) {
            let what = "the figure before it was taken back";
            self.deciding.not_before(self.on, day, what)?;
        }
        self.tells_of_breaks(version, key, observation)
    }

    /// A figure is revised by its reporter; what changes says why (ST9).
    pub(super) fn may_revise(
        &self,
        figure: FigureId,
        kind: RevisionKind,
        version: &Version,
        observation: &Observation,
    ) -> Result<(), Refusal> {
        let (figure, key) = self.own(figure)?;
        let Some(last) = figure.stands() else {
            return Ok(());
        };
        match (kind, version.cmp(&last.version)) {
            (RevisionKind::NewMethod, std::cmp::Ordering::Greater) => {}
            (RevisionKind::NewMethod, _) => {
                let expected = format!("a later version than {}, for a new method", last.version);
                return Err(self.refuse(Reason::Malformed, expected, version.to_string()));
            }
            (RevisionKind::LateData | RevisionKind::Correction, std::cmp::Ordering::Equal) => {}
            (RevisionKind::LateData | RevisionKind::Correction, _) => {
                let expected = format!("{}, or a new method as the reason", last.version);
                return Err(self.refuse(Reason::Malformed, expected, version.to_string()));
            }
        }
        if (version, observation) == (&last.version, &last.observation) {
            let expected = "another figure than the one on record";
            return Err(self.refuse(Reason::Already, expected, "the same"));
        }
        let definition = self.counts_by(version, key)?;
        self.is_key(definition, key)?;
        self.is_observation(definition, key, observation)?;
        self.tells_of_breaks(version, key, observation)
    }

    /// A figure is withdrawn once, by its reporter, for a reason (ST9).
    pub(super) fn may_withdraw(&self, figure: FigureId, reason: &str) -> Result<(), Refusal> {
        self.own(figure)?;
        self.deciding.text("a reason", reason)
    }

    /// A figure of who acts, which stands; the act does not come before what it says now.
    fn own(&self, id: FigureId) -> Result<(&Figure, &FigureKey), Refusal> {
        let Some(figure) = self.indicator.figures.get(&id) else {
            let expected = "a figure of this indicator, by its number";
            return Err(self.refuse(Reason::Unknown, expected, id.to_string()));
        };
        if figure.reporter != *self.deciding.party() {
            let expected = format!("`{}`, who reported it", figure.reporter);
            let found = format!("`{}`", self.deciding.party());
            return Err(self.refuse(Reason::NotEntitled, expected, found));
        }
        if let Some((_, at)) = &figure.withdrawn {
            let found = format!("one that was withdrawn on {}", at.on);
            return Err(self.refuse(Reason::WrongState, "a figure that stands", found));
        }
        if let Some((_, last)) = figure.current() {
            self.deciding
                .not_before(self.on, last.at.on, "its last revision")?;
        }
        Ok((figure, &figure.key))
    }

    /// The definition by which a figure is counted: of a stable version that was adopted, and that no
    /// later one has taken the place of for the period; who acts reports by it (ST4, ST5).
    fn counts_by(&self, version: &Version, key: &FigureKey) -> Result<&Definition, Refusal> {
        let adopted = &self.indicator.adopted;
        let Some(by) = adopted.get(version) else {
            let expected = format!(
                "an exact version that was adopted ({})",
                names(adopted.keys())
            );
            let found = format!("`{version}`");
            return Err(self
                .deciding
                .refuse(Reason::Unknown, Rule::ST4, expected, found));
        };
        let definition = &by.definition;
        self.deciding
            .not_before(self.on, by.at.on, &format!("{version} was adopted"))?;
        if !definition.reporters.contains(self.deciding.party()) {
            let expected = format!("one who reports: {}", names(&definition.reporters));
            let found = format!("`{}`", self.deciding.party());
            return Err(self
                .deciding
                .refuse(Reason::NotEntitled, Rule::ST4, expected, found));
        }
        let (frequency, start) = (definition.frequency, definition.year_start());
        let Some((first, _)) = key
            .period
            .days(start)
            .filter(|_| key.period.fits(frequency, start))
        else {
            let expected = format!(
                "a period of {frequency} such as {}, in a year from {start} on",
                frequency.example(start)
            );
            let found = format!("`{}`", key.period);
            return Err(self
                .deciding
                .refuse(Reason::Malformed, Rule::ST5, expected, found));
        };
        match self
            .indicator
            .version_for(first)
            .filter(|current| *current > version)
        {
            None => Ok(definition),
            Some(current) => {
                let expected = format!("{current}, which counts for {}", key.period);
                let found = format!("`{version}`, whose place it has taken");
                Err(self
                    .deciding
                    .refuse(Reason::WrongState, Rule::ST4, expected, found))
            }
        }
    }

    /// A key says what the definition asks, and no more (ST4, ST10, ST19).
    fn is_key(&self, definition: &Definition, key: &FigureKey) -> Result<(), Refusal> {
        let malformed = |rule, expected: &str, found: String| {
            Err(self
                .deciding
                .refuse(Reason::Malformed, rule, expected, found))
        };
        if let Some(counterpart) = &key.counterpart {
            let party = self.parties.all.iter().any(|party| party.0 == *counterpart);
            if !party && !is_area(counterpart) {
                let expected = format!(
                    "a party ({}), or an area by two or three capitals (ISO 3166-1) or three \
                     digits (M49)",
                    names(&self.parties.all)
                );
                return malformed(Rule::ST19, &expected, format!("`{counterpart}`"));
            }
            if *counterpart == self.deciding.party().0 {
                let expected = "another counterpart than the reporter itself";
                return malformed(Rule::ST10, expected, format!("`{counterpart}`"));
            }
        }
        match (definition.course, key.direction) {
            (Course::Directed, Some(_)) | (Course::Mutual, None) => {}
            (Course::Directed, None) => {
                return malformed(Rule::ST10, "a direction: out or in", "none".to_owned());
            }
            (Course::Mutual, Some(_)) => {
                let expected = "no direction: it is one matter of both parties";
                return malformed(Rule::ST10, expected, "one".to_owned());
            }
        }
        let keys = definition.categories.iter().map(|category| &category.key);
        match &key.category {
            None if definition.categories.is_empty() => Ok(()),
            None => malformed(
                Rule::ST4,
                &format!("a category ({})", names(keys)),
                "none".into(),
            ),
            Some(category) => self.is_key_of("a category of the definition", category, keys),
        }
    }

    fn is_observation(
        &self,
        definition: &Definition,
        key: &FigureKey,
        said: &Observation,
    ) -> Result<(), Refusal> {
        self.deciding.text("a source", &said.source)?;
        if said.as_of > self.on {
            let expected = format!("data of a day up to {}, when it is reported", self.on);
            let found = said.as_of.to_string();
            return Err(self
                .deciding
                .refuse(Reason::WrongDate, Rule::ST4, expected, found));
        }
        if let Some(value) = said.value {
            self.is_value(Rule::ST4, definition, value)?;
        }
        self.is_status(definition, key, said)?;
        self.is_secret_rightly(&said.confidentiality)?;
        self.says_what_it_covers(said)?;
        for (attribute, words) in &said.attributes {
            let keys = definition.attributes.iter().map(|attribute| &attribute.key);
            self.is_key_of("an attribute of the definition", attribute, keys)?;
            self.is_word(attribute, Some(words))?;
        }
        let mandatory = definition.attributes.iter().filter(|a| a.mandatory);
        let missing: Vec<_> = mandatory
            .filter(|a| !said.attributes.contains_key(&a.key))
            .collect();
        match missing.first() {
            None => Ok(()),
            Some(first) => {
                let missing = missing.iter().map(|attribute| attribute.key.to_string());
                let expected = "each attribute that is mandatory";
                let found = format!("no `{}`", first.key);
                let refusal = self
                    .deciding
                    .refuse(Reason::Malformed, Rule::ST4, expected, found);
                Err(refusal.missing(missing))
            }
        }
    }

    /// A value that is as exact as the definition has its figures.
    pub(super) fn is_value(
        &self,
        rule: Rule,
        definition: &Definition,
        value: Decimal,
    ) -> Result<(), Refusal> {
        let expected = match definition.decimals {
            _ if !value.is_figure() => "at most 17 digits before the point".to_owned(),
            most if value.places() > most => format!("at most {most} decimals"),
            _ => return Ok(()),
        };
        Err(self
            .deciding
            .refuse(Reason::Malformed, rule, expected, value.to_string()))
    }

    /// Codes are of their list; one says why a value is missing, and only then there is none (ST6,
    /// ST7).
    fn is_status(
        &self,
        definition: &Definition,
        key: &FigureKey,
        said: &Observation,
    ) -> Result<(), Refusal> {
        let malformed = |rule, expected: &str, found: String| {
            Err(self
                .deciding
                .refuse(Reason::Malformed, rule, expected, found))
        };
        let (list, codes) = (said.status.list, &said.status.codes);
        if let Some(code) = codes
            .iter()
            .find(|code| !list.codes().any(|known| known == **code))
        {
            let expected = format!(
                "a code of list {} ({})",
                list.version(),
                names(list.codes())
            );
            return malformed(Rule::ST7, &expected, format!("`{code}`"));
        }
        let missing: Vec<_> = codes.iter().filter(|code| code.is_missing()).collect();
        match (said.value, &missing[..]) {
            (Some(_), []) | (None, [_]) => {}
            (Some(value), [code, ..]) => {
                let expected = format!("no value, as it is {}", list.says(**code));
                return malformed(Rule::ST6, &expected, value.to_string());
            }
            (None, _) => {
                let why: Vec<_> = list.codes().filter(|code| code.is_missing()).collect();
                let expected = format!("a value, or one status that says why not ({})", names(why));
                return malformed(Rule::ST6, &expected, names(codes));
            }
        }
        if codes.is_empty() {
            return malformed(
                Rule::ST6,
                "a status, such as A for normal",
                "none".to_owned(),
            );
        }
        let begins = key
            .period
            .days(definition.year_start())
            .map(|(first, _)| first);
        if said.value.is_some() && begins > Some(self.on) && !said.has(ObsStatus::F) {
            let expected = "status F: a forecast, as the period has not begun";
            return malformed(Rule::ST6, expected, names(codes));
        }
        Ok(())
    }

    /// An embargo has an end, and nothing else has; who else may have it is named once (ST8).
    fn is_secret_rightly(&self, secrecy: &Confidentiality) -> Result<(), Refusal> {
        let embargo = secrecy.status == ConfStatus::E;
        let (expected, found) = match () {
            () if embargo && secrecy.until.is_none() => ("the end of the embargo", "none"),
            () if !embargo && secrecy.until.is_some() => {
                ("no end of an embargo, as it is under none", "one")
            }
            () if secrecy.status == ConfStatus::F && !secrecy.also_to.is_empty() => {
                ("nobody who may have it too, as all may", "some")
            }
            () => {
                return secrecy.also_to.iter().try_for_each(|who| {
                    self.deciding.key(who)?;
                    self.each_once("who may have it, each once", &secrecy.also_to)
                });
            }
        };
        Err(self
            .deciding
            .refuse(Reason::Malformed, Rule::ST8, expected, found))
    }

    /// What it includes, and in what it is included, is said where its status says that (ST17).
    fn says_what_it_covers(&self, said: &Observation) -> Result<(), Refusal> {
        let (expected, found) = match (
            (said.has(ObsStatus::W), said.includes.is_empty()),
            (said.has(ObsStatus::K), &said.included_in),
        ) {
            ((true, true), _) => ("what it includes, as status W says", "nothing"),
            ((false, false), _) => ("status W, as it includes another", "none"),
            (_, (true, None)) => ("in what it is included, as status K says", "nothing"),
            (_, (false, Some(_))) => ("status K, as it is included in another", "none"),
            _ => {
                let mut named = said.includes.iter().chain(&said.included_in);
                return named.try_for_each(|name| self.deciding.key(name));
            }
        };
        Err(self
            .deciding
            .refuse(Reason::Malformed, Rule::ST17, expected, found))
    }

    /// The first figure of a series by another method or major version says that it breaks (ST9).
    fn tells_of_breaks(
        &self,
        version: &Version,
        key: &FigureKey,
        said: &Observation,
    ) -> Result<(), Refusal> {
        let party = self.deciding.party();
        let before = self.indicator.figure_before(party, key);
        let Some((figure, last)) = before.and_then(|figure| Some((figure, figure.stands()?)))
        else {
            return Ok(());
        };
        let method = |version| {
            let adopted = self.indicator.adopted.get(version);
            adopted.map(|adopted| &adopted.definition.method.key)
        };
        let breaks =
            last.version.major != version.major || method(&last.version) != method(version);
        if !breaks || said.has(ObsStatus::B) {
            return Ok(());
        }
        let expected = format!(
            "status B: the series breaks, as {} is counted by {}",
            figure.key.period, last.version
        );
        let found = names(&said.status.codes);
        Err(self
            .deciding
            .refuse(Reason::Malformed, Rule::ST9, expected, found))
    }
}

/// Whether it is written as the code of an area: ISO 3166-1 alpha-2 or alpha-3, or M49 (ST19).
fn is_area(code: &Name) -> bool {
    let letters = code.bytes().all(|b| b.is_ascii_uppercase());
    let digits = code.bytes().all(|b| b.is_ascii_digit());
    (letters && matches!(code.len(), 2 | 3)) || (digits && code.len() == 3)
}
