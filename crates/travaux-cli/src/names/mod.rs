//! What a name on the command line means: a handle, an id, the beginning or the end of one, or an
//! imported path. One resolver for agreements, frameworks and packages.

mod known;
mod provision;

use std::sync::Arc;

use chrono::{DateTime, Utc};
use travaux::{
    blocking::Engine,
    domain::{
        AgreementId, BodyId, ExchangeId, FrameworkId, IndicatorId, MeetingId, Name, PackageId,
        ProcedureId, RequestId, RoadmapId, StreamId,
    },
    projections::AgreementRecord,
};
use travaux_text::Lang;

pub(crate) use self::{
    known::{Kind, Known, all, by_stream, handle_of},
    provision::provisions,
};
use crate::{error::CliError, output::one_line, view::instant};

/// The agreement that `name` means.
pub(crate) fn agreement(engine: &Engine, name: &str) -> Result<AgreementId, CliError> {
    match find(engine, name, &[Kind::Agreement])? {
        StreamId::Agreement(id) => Ok(id),
        other => Err(CliError::Usage(format!("{other} is no agreement"))),
    }
}

/// The record of the agreement that `name` means.
pub(crate) fn record(
    engine: &Engine,
    name: &str,
) -> Result<(AgreementId, Arc<AgreementRecord>), CliError> {
    let id = agreement(engine, name)?;
    Ok((id, engine.record(id)?))
}

/// Where the events of a stream stand in the log: answers name them by their versions in the stream,
/// `history` and `prove` by their positions.
pub(crate) struct Positions(Vec<u64>);

impl Positions {
    /// The position of an event, by its version.
    pub(crate) fn of(&self, version: u64) -> Option<u64> {
        let at = usize::try_from(version).ok()?.checked_sub(1)?;
        self.0.get(at).copied()
    }
}

/// The positions of a stream's events.
pub(crate) fn positions(engine: &Engine, stream: StreamId) -> Result<Positions, CliError> {
    let entries = engine.timeline([stream])?.entries;
    let positions = entries.iter().map(|entry| entry.position);
    Ok(Positions(positions.collect()))
}

/// That the log knew of an agreement at a time, if one is named.
///
/// # Errors
/// [`CliError::Usage`], with when it was proposed, if it did not.
pub(crate) fn was_known(
    record: &AgreementRecord,
    known_at: Option<DateTime<Utc>>,
) -> Result<(), CliError> {
    let (Some(identity), Some(at)) = (&record.agreement.identity, known_at) else {
        return Ok(());
    };
    if identity.recorded_at <= at {
        return Ok(());
    }
    Err(CliError::Usage(format!(
        "as known at {}, there is no such agreement: it was recorded at {}",
        instant(at),
        instant(identity.recorded_at)
    )))
}

/// The framework that `name` means.
pub(crate) fn framework(engine: &Engine, name: &str) -> Result<FrameworkId, CliError> {
    match find(engine, name, &[Kind::Framework])? {
        StreamId::Framework(id) => Ok(id),
        other => Err(CliError::Usage(format!("{other} is no framework"))),
    }
}

/// The framework that a name means, where one is named.
pub(crate) fn framework_of(
    engine: &Engine,
    name: Option<&str>,
) -> Result<Option<FrameworkId>, CliError> {
    name.map(|name| framework(engine, name)).transpose()
}

/// The package that `name` means.
pub(crate) fn package(engine: &Engine, name: &str) -> Result<PackageId, CliError> {
    match find(engine, name, &[Kind::Package])? {
        StreamId::Package(id) => Ok(id),
        other => Err(CliError::Usage(format!("{other} is no package"))),
    }
}

/// The meeting that `name` means.
pub(crate) fn meeting(engine: &Engine, name: &str) -> Result<MeetingId, CliError> {
    match find(engine, name, &[Kind::Meeting])? {
        StreamId::Meeting(id) => Ok(id),
        other => Err(CliError::Usage(format!("{other} is no meeting"))),
    }
}

/// The joint body that `name` means.
pub(crate) fn body(engine: &Engine, name: &str) -> Result<BodyId, CliError> {
    match find(engine, name, &[Kind::Body])? {
        StreamId::Body(id) => Ok(id),
        other => Err(CliError::Usage(format!("{other} is no joint body"))),
    }
}

/// The exchange that `name` means.
pub(crate) fn exchange(engine: &Engine, name: &str) -> Result<ExchangeId, CliError> {
    match find(engine, name, &[Kind::Exchange])? {
        StreamId::Exchange(id) => Ok(id),
        other => Err(CliError::Usage(format!("{other} is no exchange"))),
    }
}

/// The request, or the offer, that `name` means.
pub(crate) fn request(engine: &Engine, name: &str) -> Result<RequestId, CliError> {
    match find(engine, name, &[Kind::Request])? {
        StreamId::Request(id) => Ok(id),
        other => Err(CliError::Usage(format!("{other} is no request"))),
    }
}

/// The roadmap that `name` means.
pub(crate) fn roadmap(engine: &Engine, name: &str) -> Result<RoadmapId, CliError> {
    match find(engine, name, &[Kind::Roadmap])? {
        StreamId::Roadmap(id) => Ok(id),
        other => Err(CliError::Usage(format!("{other} is no roadmap"))),
    }
}

/// The roadmap and the key of an action that `ROADMAP/ACTION` means; whether there is one of that
/// key, the roadmap says.
pub(crate) fn action(engine: &Engine, name: &str) -> Result<(RoadmapId, Name), CliError> {
    match name.rsplit_once('/') {
        Some((of, key)) => Ok((roadmap(engine, of)?, key.into())),
        None => Err(CliError::Usage(format!(
            "expected an action as ROADMAP/ACTION, found `{name}`"
        ))),
    }
}
/// The indicator that `name` means.
pub(crate) fn indicator(engine: &Engine, name: &str) -> Result<IndicatorId, CliError> {
    match find(engine, name, &[Kind::Indicator])? {
        StreamId::Indicator(id) => Ok(id),
        other => Err(CliError::Usage(format!("{other} is no indicator"))),
    }
}

/// The procedure that `name` means.
pub(crate) fn procedure(engine: &Engine, name: &str) -> Result<ProcedureId, CliError> {
    match find(engine, name, &[Kind::Procedure])? {
        StreamId::Procedure(id) => Ok(id),
        other => Err(CliError::Usage(format!("{other} is no procedure"))),
    }
}

/// The one thing of these kinds that `name` means. Of several none is chosen: all are named.
pub(crate) fn find(engine: &Engine, name: &str, kinds: &[Kind]) -> Result<StreamId, CliError> {
    if let Some(known) = known::exactly(engine, name)? {
        return match kinds.contains(&known.kind) {
            true => Ok(known.stream),
            false => Err(of_another_kind(&known, name, kinds)),
        };
    }
    let all = all(engine)?;
    let of_kinds = || all.iter().filter(|known| kinds.contains(&known.kind));
    let ways: [fn(&Known, &str) -> bool; 3] = [Known::is_at, Known::was_at, Known::has_part];
    for means in ways {
        let mut found: Vec<_> = of_kinds().filter(|known| means(known, name)).collect();
        if found.len() > 1 && found.iter().all(|known| known.is_at(name)) {
            found = going_on(engine, found)?;
        }
        match found[..] {
            [] => {}
            [known] => return Ok(known.stream),
            _ => return Err(ambiguous(name, &found)),
        }
    }
    Err(unknown(name, kinds, &of_kinds().collect::<Vec<_>>()))
}

/// A path may have been used by several documents in turn: those that go on are meant, if there are
/// any.
fn going_on<'a>(engine: &Engine, found: Vec<&'a Known>) -> Result<Vec<&'a Known>, CliError> {
    let (register, today) = (engine.register()?, engine.now().date_naive());
    let goes_on = |known: &&&Known| match known.stream {
        StreamId::Agreement(id) => register.agreements.get(&id).is_some_and(|entry| {
            entry.adopted > 0 && !entry.status(today, None).force.state.has_ended()
        }),
        _ => false,
    };
    let on: Vec<_> = found.iter().filter(goes_on).copied().collect();
    Ok(if on.is_empty() { found } else { on })
}

/// The words for things of these kinds.
fn any_of(kinds: &[Kind]) -> String {
    let words: Vec<_> = kinds.iter().map(|kind| kind.name()).collect();
    match words.split_last() {
        Some((last, [])) => (*last).to_owned(),
        Some((last, others)) => format!("{} or {last}", others.join(", ")),
        None => String::new(),
    }
}

fn of_another_kind(known: &Known, name: &str, kinds: &[Kind]) -> CliError {
    CliError::Usage(format!(
        "`{name}` is {} ({}): `travaux {} {name}` shows it; expected the name of {} here",
        with_article(&[known.kind]),
        one_line(&known.title),
        known.kind.shown_by(),
        with_article(kinds)
    ))
}

/// The same, as one speaks of one of them.
fn with_article(kinds: &[Kind]) -> String {
    match kinds {
        [Kind::Agreement | Kind::Exchange | Kind::Indicator, ..] => format!("an {}", any_of(kinds)),
        _ => format!("a {}", any_of(kinds)),
    }
}

/// How many candidates are listed.
const CANDIDATES: usize = 50;

/// None is chosen for anybody: which there are is said.
fn ambiguous(name: &str, found: &[&Known]) -> CliError {
    let mut lines: Vec<_> = found.iter().map(|known| format!("  {known}")).collect();
    let count = lines.len();
    lines.truncate(CANDIDATES);
    if count > CANDIDATES {
        lines.push(format!("  and {} more", count - CANDIDATES));
    }
    CliError::Usage(format!(
        "`{name}` may mean {count}; name one by its handle or its id:\n{}",
        lines.join("\n")
    ))
}

/// How many near names are suggested.
const SUGGESTIONS: usize = 3;

fn unknown(name: &str, kinds: &[Kind], known: &[&Known]) -> CliError {
    let like = |key: &str| strsim::jaro_winkler(&name.to_lowercase(), &key.to_lowercase());
    let mut near: Vec<_> = known
        .iter()
        .map(|known| {
            let scores = known.keys().map(|key| like(&key));
            (scores.fold(0.0, f64::max), known)
        })
        .filter(|(score, _)| *score > 0.75)
        .collect();
    near.sort_by(|a, b| b.0.total_cmp(&a.0));
    let near: Vec<_> = near
        .into_iter()
        .take(SUGGESTIONS)
        .map(|(_, known)| format!("  {known}"))
        .collect();
    let text = format!("there is no {} `{name}`", any_of(kinds));
    CliError::Usage(match near.is_empty() {
        false => format!("{text}; did you mean\n{}", near.join("\n")),
        true => format!("{text}; {} shows all", shows_all(kinds)),
    })
}

/// The command that lists what there is.
fn shows_all(kinds: &[Kind]) -> &'static str {
    match kinds {
        [Kind::Framework] => "`travaux framework list`",
        [Kind::Package] => "`travaux package list`",
        [Kind::Meeting] => "`travaux meeting list`",
        [Kind::Body] => "`travaux body list`",
        [Kind::Exchange] => "`travaux terms list`",
        [Kind::Request] => "`travaux request list`",
        [Kind::Roadmap] => "`travaux roadmap list`",
        [Kind::Procedure] => "`travaux procedure list`",
        [Kind::Indicator] => "`travaux indicator list`",
        [Kind::Agreement] => "`travaux list`",
        _ => "`travaux handle list`",
    }
}

/// The language that was asked for, or the default one.
pub(crate) fn language(record: &AgreementRecord, lang: Option<&str>) -> Result<Lang, CliError> {
    let Some(asked) = lang else {
        return Ok(record.default_language());
    };
    let identity = record.agreement.identity.as_ref();
    let mut known = identity.map(|i| i.all_languages()).unwrap_or_default();
    // Those that were opened or declared authentic since have words too.
    let later = &record.agreement.machines.languages;
    for lang in later.opened.iter().chain(&later.authentic) {
        if !known.contains(lang) {
            known.push(*lang);
        }
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_named_as_one_speaks_of_them() {
        use Kind::{Agreement, Framework, Package};
        for (kinds, any, one, lists) in [
            (
                &[Agreement][..],
                "agreement",
                "an agreement",
                "`travaux list`",
            ),
            (
                &[Framework],
                "framework",
                "a framework",
                "`travaux framework list`",
            ),
            (&[Package], "package", "a package", "`travaux package list`"),
            (
                &[Agreement, Framework, Package],
                "agreement, framework or package",
                "an agreement, framework or package",
                "`travaux handle list`",
            ),
            (
                &[Framework, Package],
                "framework or package",
                "a framework or package",
                "`travaux handle list`",
            ),
        ] {
            assert_eq!((any_of(kinds), shows_all(kinds)), (any.to_owned(), lists));
            assert_eq!(with_article(kinds), one);
        }
    }
}
