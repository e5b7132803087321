//! What a name on the command line means: an id, the beginning of one, or an imported path.

use std::{collections::BTreeMap, sync::Arc};

use travaux::{
    blocking::Engine,
    domain::{AgreementId, FrameworkId, PackageId},
    projections::{AgreementRecord, RegisterEntry},
};
use travaux_text::Lang;
use uuid::Uuid;

use crate::error::CliError;

/// How many near names are suggested.
const SUGGESTIONS: usize = 3;

/// The agreement that `name` means.
pub(crate) fn agreement(engine: &Engine, name: &str) -> Result<AgreementId, CliError> {
    if let Ok(id) = Uuid::parse_str(name) {
        return Ok(AgreementId(id));
    }
    let view = engine.register()?;
    let register = &view.agreements;
    let today = engine.now().date_naive();
    let at_path: Vec<_> = register
        .iter()
        .filter(|(_, e)| e.path.as_deref() == Some(name))
        .collect();
    // A path may have been used by several documents in turn: the one that goes on is meant.
    match at_path
        .iter()
        .filter(|(_, e)| e.adopted > 0 && !e.status(today, None).force.state.has_ended())
        .chain(&at_path)
        .next()
    {
        Some((id, _)) => return Ok(**id),
        None => {
            let was: Vec<_> = register
                .iter()
                .filter(|(_, e)| e.earlier_paths.iter().any(|p| p == name))
                .collect();
            if let [(id, _)] = was[..] {
                return Ok(*id);
            }
        }
    }
    by_prefix(name, register.keys().map(|id| id.0)).map_or_else(
        || Err(unknown_agreement(name, register)),
        |id| id.map(AgreementId),
    )
}

/// The record of the agreement that `name` means.
pub(crate) fn record(
    engine: &Engine,
    name: &str,
) -> Result<(AgreementId, Arc<AgreementRecord>), CliError> {
    let id = agreement(engine, name)?;
    match engine.record(id) {
        Err(travaux::Error::NotFound(_)) => {
            Err(unknown_agreement(name, &engine.register()?.agreements))
        }
        record => Ok((id, record?)),
    }
}

fn unknown_agreement(name: &str, register: &BTreeMap<AgreementId, RegisterEntry>) -> CliError {
    let names = register.iter().flat_map(|(id, e)| {
        let path = e.path.clone().unwrap_or_else(|| id.to_string());
        let titled = format!("{id} ({})", e.title);
        let file = path.rsplit('/').next().unwrap_or_default().to_owned();
        let words = e
            .title
            .split_whitespace()
            .filter(|w| w.len() > 3)
            .map(str::to_owned);
        let by_title: Vec<_> = words
            .chain([e.title.clone()])
            .map(|key| (key, titled.clone()))
            .collect();
        [(path.clone(), path.clone()), (file, path)]
            .into_iter()
            .filter(|_| e.path.is_some())
            .chain(by_title)
            .collect::<Vec<_>>()
    });
    unknown("agreement", name, names)
}

/// The language that was asked for, or the default one.
pub(crate) fn language(record: &AgreementRecord, lang: Option<Lang>) -> Result<Lang, CliError> {
    let known = record
        .agreement
        .identity
        .as_ref()
        .map(|i| i.all_languages())
        .unwrap_or_default();
    match lang {
        None => Ok(record.default_language()),
        Some(lang) if known.contains(&lang) => Ok(lang),
        Some(lang) => {
            let known: Vec<_> = known.iter().map(ToString::to_string).collect();
            Err(CliError::Usage(format!(
                "there is no {lang} text: the languages are {}",
                known.join(", ")
            )))
        }
    }
}

/// The framework that `name` means.
pub(crate) fn framework(engine: &Engine, name: &str) -> Result<FrameworkId, CliError> {
    let view = engine.frameworks()?;
    let known = &view.frameworks;
    let title = |v: &travaux::projections::FrameworkView| {
        v.state
            .foundation
            .as_ref()
            .map(|f| f.title.clone())
            .unwrap_or_default()
    };
    let names = || {
        known
            .iter()
            .map(|(id, v)| (id.to_string(), format!("{id} ({})", title(v))))
    };
    by_prefix(name, known.keys().map(|id| id.0))
        .unwrap_or_else(|| Err(unknown("framework", name, names())))
        .map(FrameworkId)
}

/// The package that `name` means.
pub(crate) fn package(engine: &Engine, name: &str) -> Result<PackageId, CliError> {
    let view = engine.frameworks()?;
    let known = &view.packages;
    let title = |v: &travaux::projections::PackageView| {
        v.state
            .proposal
            .as_ref()
            .map(|p| p.title.clone())
            .unwrap_or_default()
    };
    let names = || {
        known
            .iter()
            .map(|(id, v)| (id.to_string(), format!("{id} ({})", title(v))))
    };
    by_prefix(name, known.keys().map(|id| id.0))
        .unwrap_or_else(|| Err(unknown("package", name, names())))
        .map(PackageId)
}

/// The one id that begins with `name`; `None` if none does.
fn by_prefix(name: &str, ids: impl Iterator<Item = Uuid>) -> Option<Result<Uuid, CliError>> {
    let wanted = name.to_lowercase();
    let found: Vec<_> = ids
        .filter(|id| !wanted.is_empty() && id.to_string().starts_with(&wanted))
        .collect();
    match found[..] {
        [] => None,
        [id] => Some(Ok(id)),
        _ => {
            let some: Vec<_> = found
                .iter()
                .take(SUGGESTIONS)
                .map(ToString::to_string)
                .collect();
            Some(Err(CliError::Usage(format!(
                "`{name}` is the beginning of {} ids: {} …",
                found.len(),
                some.join(", ")
            ))))
        }
    }
}

fn unknown(what: &str, name: &str, names: impl Iterator<Item = (String, String)>) -> CliError {
    let mut near: Vec<_> = names
        .map(|(key, shown)| {
            (
                strsim::jaro_winkler(&name.to_lowercase(), &key.to_lowercase()),
                shown,
            )
        })
        .collect();
    near.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut seen = std::collections::BTreeSet::new();
    let near: Vec<_> = near
        .into_iter()
        .filter(|(score, shown)| *score > 0.75 && seen.insert(shown.clone()))
        .take(SUGGESTIONS)
        .map(|(_, shown)| shown)
        .collect();
    let mut text = format!("there is no {what} `{name}`");
    if near.is_empty() {
        text += if what == "agreement" {
            "; `travaux list` shows all"
        } else {
            ""
        };
    } else {
        text += &format!("; did you mean\n  {}", near.join("\n  "));
    }
    CliError::Usage(text)
}
