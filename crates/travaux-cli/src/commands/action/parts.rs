//! What an action is made of, as options say it.

use std::collections::BTreeMap;

use travaux::{
    blocking::Engine,
    domain::{
        Name,
        partnership::{ClauseRef, ItemRef, OfficeHolder, Words},
        roadmap::{Due, Recurrence},
    },
};
use travaux_text::Lang;

use crate::{error::CliError, names};

/// Who holds an office: `PARTY:OFFICE`, or with a name.
pub(super) fn holder(words: &str) -> Result<OfficeHolder, String> {
    let mut parts = words.splitn(3, ':');
    match (parts.next(), parts.next(), parts.next()) {
        (Some(party), Some(office), name) => Ok(OfficeHolder {
            party: party.into(),
            office: office.to_owned(),
            name: name.map(Name::from),
        }),
        _ => Err("expected PARTY:OFFICE or PARTY:OFFICE:NAME".to_owned()),
    }
}

/// Words in a language: `LANG=WORDS`.
pub(super) fn in_language(words: &str) -> Result<(Lang, String), String> {
    let (lang, text) = words
        .split_once('=')
        .ok_or_else(|| "expected LANG=WORDS such as en=Forms".to_owned())?;
    let lang = Lang::parse(lang).map_err(|e| e.to_string())?;
    Ok((lang, text.to_owned()))
}

/// Words in languages, each once.
pub(super) fn words(given: Vec<(Lang, String)>) -> Result<Words, CliError> {
    let mut all = BTreeMap::new();
    for (lang, text) in given {
        if all.insert(lang, text).is_some() {
            let text = format!("--title: `{lang}` is given twice");
            return Err(CliError::Usage(text));
        }
    }
    Ok(all)
}

/// When something is due.
pub(super) fn due(words: &str) -> Result<Due, String> {
    words
        .parse()
        .map_err(|e: travaux::domain::roadmap::ParseDueError| e.to_string())
}

/// How something recurs.
pub(super) fn recurrence(words: &str) -> Result<Recurrence, String> {
    words
        .parse()
        .map_err(|e: travaux::domain::roadmap::ParseRecurrenceError| e.to_string())
}

/// Clauses, each as `AGREEMENT/PROVISION`: its label in the text adopted last, or its id; or as one
/// that is cited already, which may have been repealed, says it.
pub(super) fn clauses(
    engine: &Engine,
    given: &[String],
    cited: &[ClauseRef],
) -> Result<Vec<ClauseRef>, CliError> {
    let clause = |words: &String| {
        let Some((agreement, provision)) = words.rsplit_once('/') else {
            return Err(CliError::Usage(format!(
                "--clause: expected a clause as AGREEMENT/PROVISION, found `{words}`"
            )));
        };
        let (agreement, record) = names::record(engine, agreement)?;
        let is_it = |own: &&ClauseRef| {
            own.agreement == agreement
                && (own.label == provision || own.provision.to_string() == provision)
        };
        if let Some(own) = cited.iter().find(is_it) {
            return Ok(own.clone());
        }
        let lang = names::language(&record, None)?;
        let revision = record.agreement.current();
        let known = names::provisions(engine, (agreement, &record), revision, lang)?;
        let provision = known.find(provision)?;
        Ok(ClauseRef {
            agreement,
            provision,
            label: known.text.cite(provision, lang),
        })
    };
    given.iter().map(clause).collect()
}

/// An item as `MEETING/KEY`.
pub(super) fn item(engine: &Engine, words: &str) -> Result<ItemRef, CliError> {
    let Some((meeting, item)) = words.rsplit_once('/') else {
        return Err(CliError::Usage(format!(
            "--source: expected an item as MEETING/KEY, found `{words}`"
        )));
    };
    let meeting = names::meeting(engine, meeting)?;
    let item = item.into();
    Ok(ItemRef { meeting, item })
}
