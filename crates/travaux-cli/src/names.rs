//! What a name on the command line means: a handle, an id, the beginning or the end of one, or an imported path.

use std::{collections::BTreeMap, sync::Arc};

use travaux::{
    blocking::Engine,
    domain::{AgreementId, FrameworkId, Handle, PackageId, StreamId},
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
    if let Some(StreamId::Agreement(id)) = by_handle(engine, name)? {
        return Ok(id);
    }
    let view = engine.register()?;
    let register = &view.agreements;
    let today = engine.now().date_naive();
    let at_path = || {
        register
            .iter()
            .filter(|(_, e)| e.path.as_deref() == Some(name))
    };
    // A path may have been used by several documents in turn: the one that goes on is meant.
    let goes_on =
        |e: &RegisterEntry| e.adopted > 0 && !e.status(today, None).force.state.has_ended();
    let groups: [Vec<_>; 3] = [
        at_path().filter(|(_, e)| goes_on(e)).collect(),
        at_path().collect(),
        register
            .iter()
            .filter(|(_, e)| e.earlier_paths.iter().any(|p| p == name))
            .collect(),
    ];
    match groups
        .iter()
        .find(|group| !group.is_empty())
        .map(|g| &g[..])
    {
        Some([(id, _)]) => return Ok(**id),
        Some(several) => {
            let candidates = several.iter().map(|(id, e)| (id.0, e.title.as_str()));
            return Err(ambiguous(name, candidates));
        }
        None => {}
    }
    by_prefix(name, register.iter().map(|(id, e)| (id.0, e.title.clone()))).map_or_else(
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
            .chain(e.handle.iter().map(ToString::to_string))
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
pub(crate) fn language(record: &AgreementRecord, lang: Option<&str>) -> Result<Lang, CliError> {
    let Some(asked) = lang else {
        return Ok(record.default_language());
    };
    let known = record
        .agreement
        .identity
        .as_ref()
        .map(|i| i.all_languages())
        .unwrap_or_default();
    // As it is on record: tags were not always checked.
    let found = known.iter().find(|lang| lang.as_str() == asked);
    found.copied().ok_or_else(|| {
        let known: Vec<_> = known.iter().map(ToString::to_string).collect();
        CliError::Usage(format!(
            "there is no {asked} text: the languages are {}",
            known.join(", ")
        ))
    })
}

/// The framework that `name` means.
pub(crate) fn framework(engine: &Engine, name: &str) -> Result<FrameworkId, CliError> {
    if let Some(StreamId::Framework(id)) = by_handle(engine, name)? {
        return Ok(id);
    }
    let view = engine.frameworks()?;
    let known = view.frameworks.iter().map(|(id, v)| {
        let foundation = v.state.foundation.as_ref();
        (
            id.0,
            foundation.map(|f| f.title.clone()).unwrap_or_default(),
        )
    });
    one_of("framework", name, known.collect()).map(FrameworkId)
}

/// The package that `name` means.
pub(crate) fn package(engine: &Engine, name: &str) -> Result<PackageId, CliError> {
    if let Some(StreamId::Package(id)) = by_handle(engine, name)? {
        return Ok(id);
    }
    let view = engine.frameworks()?;
    let known = view.packages.iter().map(|(id, v)| {
        let proposal = v.state.proposal.as_ref();
        (id.0, proposal.map(|p| p.title.clone()).unwrap_or_default())
    });
    one_of("package", name, known.collect()).map(PackageId)
}

/// The one of these ids, each with its title, that `name` is a part of; else what is near.
fn one_of(what: &str, name: &str, known: Vec<(Uuid, String)>) -> Result<Uuid, CliError> {
    by_prefix(name, known.iter().cloned()).unwrap_or_else(|| {
        let shown = |(id, title): &(Uuid, String)| (id.to_string(), format!("{id} ({title})"));
        Err(unknown(what, name, known.iter().map(shown)))
    })
}

/// What the handle names, if there is one of this name. No handle looks like a part of an id.
fn by_handle(engine: &Engine, name: &str) -> Result<Option<StreamId>, CliError> {
    let Ok(handle) = name.parse::<Handle>() else {
        return Ok(None);
    };
    Ok(engine.register()?.handles.get(&handle).copied())
}

/// How much of an id's end names it; its beginning is the clock's, and says less.
const TAIL: usize = 4;

/// The one id that begins or ends with `name`; `None` if none does.
fn by_prefix(
    name: &str,
    ids: impl Iterator<Item = (Uuid, String)>,
) -> Option<Result<Uuid, CliError>> {
    let wanted = name.to_lowercase();
    let named = |id: &Uuid| {
        let id = id.to_string();
        id.starts_with(&wanted) || (wanted.len() >= TAIL && id.ends_with(&wanted))
    };
    let found: Vec<_> = ids
        .filter(|(id, _)| !wanted.is_empty() && named(id))
        .collect();
    match &found[..] {
        [] => None,
        [(id, _)] => Some(Ok(*id)),
        _ => {
            let candidates = found.iter().map(|(id, title)| (*id, title.as_str()));
            Some(Err(ambiguous(name, candidates)))
        }
    }
}

/// How many candidates are listed.
const CANDIDATES: usize = 10;

/// None is chosen for anybody: which there are is said.
fn ambiguous<'a>(name: &str, candidates: impl Iterator<Item = (Uuid, &'a str)>) -> CliError {
    let mut lines: Vec<_> = candidates
        .map(|(id, title)| format!("  {id} ({title})"))
        .collect();
    let count = lines.len();
    lines.truncate(CANDIDATES);
    if count > CANDIDATES {
        lines.push(format!("  and {} more", count - CANDIDATES));
    }
    CliError::Usage(format!(
        "`{name}` may mean {count}; name one by its id:\n{}",
        lines.join("\n")
    ))
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
