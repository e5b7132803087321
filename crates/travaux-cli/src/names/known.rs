//! What is on record and can be named: agreements, frameworks and packages, with all that names
//! each.

use std::{collections::BTreeMap, fmt, sync::Arc};

use travaux::{
    blocking::Engine,
    domain::{
        AgreementId, BodyId, ExchangeId, FrameworkId, Handle, IndicatorId, MeetingId, PackageId,
        ProcedureId, RequestId, RoadmapId, StreamId, body::JointBody, exchange::Exchange,
        meeting::Meeting, partnership::in_language, procedure::Procedure, request::Request,
        roadmap::Roadmap,
    },
    projections::{
        DossierView, Dossiers, FrameworkView, Frameworks, IndicatorView, PackageView, Register,
        RegisterEntry,
    },
};
use uuid::Uuid;

use crate::{error::CliError, output::one_line};

/// What can be named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    Agreement,
    Framework,
    Package,
    Meeting,
    Body,
    Exchange,
    Request,
    Roadmap,
    Procedure,
    Indicator,
}

impl Kind {
    /// Its word.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Agreement => "agreement",
            Self::Framework => "framework",
            Self::Package => "package",
            Self::Meeting => "meeting",
            Self::Body => "body",
            Self::Exchange => "exchange",
            Self::Request => "request",
            Self::Roadmap => "roadmap",
            Self::Procedure => "procedure",
            Self::Indicator => "indicator",
        }
    }

    /// The command that shows one.
    pub(crate) fn shown_by(self) -> &'static str {
        match self {
            Self::Agreement => "show",
            Self::Framework => "framework state",
            Self::Package => "package show",
            Self::Meeting => "meeting show",
            Self::Body => "body show",
            Self::Exchange => "terms show",
            Self::Request => "request show",
            Self::Roadmap => "roadmap show",
            Self::Procedure => "procedure show",
            Self::Indicator => "indicator show",
        }
    }
}

/// A thing that can be named.
#[derive(Debug)]
pub(crate) struct Known {
    pub(crate) kind: Kind,
    pub(crate) stream: StreamId,
    pub(crate) id: Uuid,
    /// The first one that it was given.
    pub(crate) handle: Option<Handle>,
    /// All that it was given.
    pub(crate) handles: Vec<Handle>,
    pub(crate) title: String,
    /// The path of an imported document.
    pub(crate) path: Option<String>,
    earlier_paths: Vec<String>,
}

/// How much of an id's end names it; its beginning is the clock's, and says less.
const TAIL: usize = 4;

impl Known {
    fn new(kind: Kind, stream: StreamId, id: Uuid, title: &str) -> Self {
        Self {
            kind,
            stream,
            id,
            handle: None,
            handles: Vec::new(),
            title: title.to_owned(),
            path: None,
            earlier_paths: Vec::new(),
        }
    }

    fn agreement(id: AgreementId, entry: &RegisterEntry) -> Self {
        let stream = StreamId::Agreement(id);
        Self {
            handle: entry.handle.clone(),
            path: entry.path.clone(),
            earlier_paths: entry.earlier_paths.clone(),
            ..Self::new(Kind::Agreement, stream, id.0, &entry.title)
        }
    }

    fn framework(id: FrameworkId, view: &FrameworkView) -> Self {
        let latest = view
            .state
            .latest()
            .map(|(_, revision)| &revision.terms.title);
        let title = view.state.foundation.as_ref().map(|f| &f.title);
        let title = title.or(latest).map_or("", String::as_str);
        Self {
            handle: view.handle.clone(),
            ..Self::new(Kind::Framework, StreamId::Framework(id), id.0, title)
        }
    }

    fn package(id: PackageId, view: &PackageView) -> Self {
        let title = view.state.proposal.as_ref().map_or("", |p| &p.title);
        Self {
            handle: view.handle.clone(),
            ..Self::new(Kind::Package, StreamId::Package(id), id.0, title)
        }
    }

    fn meeting(id: MeetingId, view: &DossierView<Meeting>) -> Self {
        let title = view.state.convocation.as_ref().map_or("", |c| &c.title);
        Self {
            handle: view.handle.clone(),
            ..Self::new(Kind::Meeting, StreamId::Meeting(id), id.0, title)
        }
    }

    fn body(id: BodyId, view: &DossierView<JointBody>) -> Self {
        let title = view.state.establishment.as_ref().map_or("", |b| &b.title);
        Self {
            handle: view.handle.clone(),
            ..Self::new(Kind::Body, StreamId::Body(id), id.0, title)
        }
    }

    fn exchange(id: ExchangeId, view: &DossierView<Exchange>) -> Self {
        let title = view
            .state
            .terms
            .last()
            .map_or("", |(terms, _)| &terms.title);
        Self {
            handle: view.handle.clone(),
            ..Self::new(Kind::Exchange, StreamId::Exchange(id), id.0, title)
        }
    }

    fn request(id: RequestId, view: &DossierView<Request>) -> Self {
        let reference = view
            .state
            .reference()
            .map_or("", |reference| reference.as_str());
        Self {
            handle: view.handle.clone(),
            ..Self::new(Kind::Request, StreamId::Request(id), id.0, reference)
        }
    }

    fn roadmap(id: RoadmapId, view: &DossierView<Roadmap>) -> Self {
        let title = view.state.plan.as_ref().map_or("", |plan| &plan.title);
        Self {
            handle: view.handle.clone(),
            ..Self::new(Kind::Roadmap, StreamId::Roadmap(id), id.0, title)
        }
    }
    fn procedure(id: ProcedureId, view: &DossierView<Procedure>) -> Self {
        let english = travaux_text::Lang::parse("en").ok();
        let title = english.and_then(|en| Some(in_language(&view.state.table()?.title, en)));
        Self {
            handle: view.handle.clone(),
            ..Self::new(
                Kind::Procedure,
                StreamId::Procedure(id),
                id.0,
                title.unwrap_or_default(),
            )
        }
    }
    fn indicator(id: IndicatorId, view: &IndicatorView) -> Self {
        let names = view
            .state()
            .definition()
            .map(|(_, definition)| &definition.names);
        let title = names.and_then(|names| names.values().next());
        Self {
            handle: view.handle.clone(),
            ..Self::new(
                Kind::Indicator,
                StreamId::Indicator(id),
                id.0,
                title.map_or("", String::as_str),
            )
        }
    }

    /// What a stream is about, if it is on record.
    fn of(stream: StreamId, views: &Named) -> Option<Self> {
        let Named {
            register,
            frameworks,
            dossiers,
        } = views;
        match stream {
            StreamId::Agreement(id) => Some(Self::agreement(id, register.agreements.get(&id)?)),
            StreamId::Framework(id) => Some(Self::framework(id, frameworks.frameworks.get(&id)?)),
            StreamId::Package(id) => Some(Self::package(id, frameworks.packages.get(&id)?)),
            StreamId::Meeting(id) => Some(Self::meeting(id, dossiers.meetings.get(&id)?)),
            StreamId::Body(id) => Some(Self::body(id, dossiers.bodies.get(&id)?)),
            StreamId::Exchange(id) => Some(Self::exchange(id, dossiers.exchanges.get(&id)?)),
            StreamId::Request(id) => Some(Self::request(id, dossiers.requests.get(&id)?)),
            StreamId::Roadmap(id) => Some(Self::roadmap(id, dossiers.roadmaps.get(&id)?)),
            StreamId::Procedure(id) => Some(Self::procedure(id, dossiers.procedures.get(&id)?)),
            StreamId::Indicator(id) => Some(Self::indicator(id, dossiers.indicators.get(&id)?)),
            _ => None,
        }
    }

    /// Whether its id begins or ends so.
    pub(crate) fn has_part(&self, name: &str) -> bool {
        let (id, wanted) = (self.id.to_string(), name.to_lowercase());
        let named = id.starts_with(&wanted) || (wanted.len() >= TAIL && id.ends_with(&wanted));
        !wanted.is_empty() && named
    }

    pub(crate) fn is_at(&self, name: &str) -> bool {
        self.path.as_deref() == Some(name)
    }

    pub(crate) fn was_at(&self, name: &str) -> bool {
        self.earlier_paths.iter().any(|path| path == name)
    }

    /// What a name that was mistyped may have been: handle, title and its longer words, path and
    /// file.
    pub(crate) fn keys(&self) -> impl Iterator<Item = String> + '_ {
        let words = self.title.split_whitespace().filter(|w| w.len() > 3);
        let file = self.path.iter().filter_map(|path| path.rsplit('/').next());
        let own = words
            .chain([self.title.as_str()])
            .chain(self.path.as_deref())
            .chain(file)
            .map(str::to_owned);
        own.chain(self.handles.iter().map(ToString::to_string))
    }
}

/// Kind, handle, id, title, path: so that one can be chosen.
impl fmt::Display for Known {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind.name())?;
        if let Some(handle) = &self.handle {
            write!(f, " {handle},")?;
        }
        write!(f, " {}", self.id)?;
        if let Some(path) = &self.path {
            write!(f, ", {}", one_line(path))?;
        }
        write!(f, " ({})", one_line(&self.title))
    }
}

/// The views that know what can be named.
struct Named {
    register: Arc<Register>,
    frameworks: Arc<Frameworks>,
    dossiers: Arc<Dossiers>,
}

impl Named {
    fn of(engine: &Engine) -> Result<Self, CliError> {
        Ok(Self {
            register: engine.register()?,
            frameworks: engine.frameworks()?,
            dossiers: engine.dossiers()?,
        })
    }
}

/// Everything that can be named, each with all its handles.
pub(crate) fn all(engine: &Engine) -> Result<Vec<Known>, CliError> {
    let Named {
        register,
        frameworks,
        dossiers,
    } = Named::of(engine)?;
    let mut handles: BTreeMap<StreamId, Vec<Handle>> = BTreeMap::new();
    for (handle, to) in &register.handles {
        handles.entry(*to).or_default().push(handle.clone());
    }
    let agreements = register.agreements.iter();
    let agreements = agreements.map(|(id, entry)| Known::agreement(*id, entry));
    let founded = frameworks.frameworks.iter();
    let founded = founded.map(|(id, view)| Known::framework(*id, view));
    let proposed = frameworks.packages.iter();
    let proposed = proposed.map(|(id, view)| Known::package(*id, view));
    let convened = dossiers.meetings.iter();
    let convened = convened.map(|(id, view)| Known::meeting(*id, view));
    let established = dossiers.bodies.iter();
    let established = established.map(|(id, view)| Known::body(*id, view));
    let exchanges = dossiers.exchanges.iter();
    let exchanges = exchanges.map(|(id, view)| Known::exchange(*id, view));
    let requests = dossiers.requests.iter();
    let requests = requests.map(|(id, view)| Known::request(*id, view));
    let planned = dossiers.roadmaps.iter();
    let planned = planned.map(|(id, view)| Known::roadmap(*id, view));
    let procedures = dossiers.procedures.iter();
    let procedures = procedures.map(|(id, view)| Known::procedure(*id, view));
    let counted = dossiers.indicators.iter();
    let counted = counted.map(|(id, view)| Known::indicator(*id, view));
    let named = |known: Known| Known {
        handles: handles.remove(&known.stream).unwrap_or_default(),
        ..known
    };
    Ok(agreements
        .chain(founded)
        .chain(proposed)
        .chain(convened)
        .chain(established)
        .chain(exchanges)
        .chain(requests)
        .chain(planned)
        .chain(procedures)
        .chain(counted)
        .map(named)
        .collect())
}

/// What bears this handle or this whole id: found without looking at the others.
pub(crate) fn exactly(engine: &Engine, name: &str) -> Result<Option<Known>, CliError> {
    let register = engine.register()?;
    let bearer = |handle: &Handle| register.handles.get(handle).copied();
    // No handle looks like a part of an id; one that was heard may have been written otherwise.
    let handle = name.parse::<Handle>().ok();
    let named = handle.and_then(|handle| bearer(&handle).or_else(|| bearer(&handle.as_heard()?)));
    let streams = match (named, Uuid::parse_str(name), name.parse::<StreamId>()) {
        (Some(stream), ..) => vec![stream],
        (None, Ok(id), _) => vec![
            StreamId::Agreement(AgreementId(id)),
            StreamId::Framework(FrameworkId(id)),
            StreamId::Package(PackageId(id)),
            StreamId::Meeting(MeetingId(id)),
            StreamId::Body(BodyId(id)),
            StreamId::Exchange(ExchangeId(id)),
            StreamId::Request(RequestId(id)),
            StreamId::Roadmap(RoadmapId(id)),
            StreamId::Procedure(ProcedureId(id)),
            StreamId::Indicator(IndicatorId(id)),
        ],
        // As it is written where streams are named: `agreement-0199…`.
        (None, Err(_), Ok(stream)) => vec![stream],
        (None, Err(_), Err(_)) => Vec::new(),
    };
    let views = Named::of(engine)?;
    let mut found = streams.into_iter();
    Ok(found.find_map(|stream| Known::of(stream, &views)))
}

/// What people call it: its first handle.
pub(crate) fn handle_of(engine: &Engine, stream: StreamId) -> Result<Option<Handle>, CliError> {
    let known = Known::of(stream, &Named::of(engine)?);
    Ok(known.and_then(|known| known.handle))
}

/// What people call each thing, by the name of its stream. The stream of a handle is called by what
/// bears it.
pub(crate) fn by_stream(engine: &Engine) -> Result<BTreeMap<String, Handle>, CliError> {
    let all = all(engine)?;
    let mut names = BTreeMap::new();
    for known in all {
        let Some(first) = &known.handle else { continue };
        names.insert(known.stream.to_string(), first.clone());
        for handle in &known.handles {
            let stream = StreamId::Naming(handle.stream_id());
            names.insert(stream.to_string(), first.clone());
        }
    }
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known() -> Known {
        let id = Uuid::from_u128(0x0199_abcd_0000_7000_8000_0000_0000_beef);
        Known {
            handles: vec!["sec".parse().expect("a handle")],
            path: Some("acts/security.md".to_owned()),
            earlier_paths: vec!["old/security.md".to_owned()],
            ..Known::new(
                Kind::Agreement,
                StreamId::Agreement(AgreementId(id)),
                id,
                "Security of the two\nStates",
            )
        }
    }

    #[test]
    fn a_part_of_an_id_names_it_from_either_end() {
        for (name, means) in [
            ("0", true),
            ("0199abcd", true),
            ("0199ABCD-0000", true),
            ("0199abcd-0000-7000-8000-00000000beef", true),
            ("beef", true),
            ("BEEF", true),
            // Less than four signs of the end say too little.
            ("eef", false),
            ("", false),
            ("abcd", false),
        ] {
            assert_eq!(known().has_part(name), means, "{name}");
        }
    }

    #[test]
    fn a_path_names_what_is_there_or_was() {
        for (path, is, was) in [
            ("acts/security.md", true, false),
            ("old/security.md", false, true),
            ("security.md", false, false),
            ("", false, false),
        ] {
            let known = known();
            assert_eq!((known.is_at(path), known.was_at(path)), (is, was), "{path}");
        }
    }

    #[test]
    fn what_was_mistyped_is_held_against_all_that_names_it() {
        let keys: Vec<_> = known().keys().collect();
        let title = "Security of the two\nStates";
        assert_eq!(
            keys,
            [
                "Security",
                "States",
                title,
                "acts/security.md",
                "security.md",
                "sec"
            ]
        );
    }

    #[test]
    fn a_candidate_is_said_in_one_line() {
        let id = "0199abcd-0000-7000-8000-00000000beef";
        let mut known = known();
        let title = "Security of the two␊States";
        assert_eq!(
            known.to_string(),
            format!("agreement {id}, acts/security.md ({title})")
        );
        known.handle = known.handles.first().cloned();
        known.path = None;
        assert_eq!(known.to_string(), format!("agreement sec, {id} ({title})"));
    }
}
