//! `travaux framework history`

use std::{collections::BTreeSet, io::Write as _};

use clap::Args;
use travaux::domain::{FrameworkId, PartyId, StreamId};

use super::reader;
use crate::{
    args::GlobalArgs,
    error::CliError,
    names,
    session::Session,
    view::{self, Happened},
};

/// Show what happened under a framework. Requests for information are shown to whom they concern.
#[derive(Debug, Args)]
#[command(after_help = "Example: travaux framework history 0199 --reader FR")]
pub(crate) struct History {
    /// A handle, an id, or the beginning or end of one.
    framework: String,
    /// The party that reads: the requests that it may know are shown as well.
    #[arg(long, value_name = "PARTY")]
    reader: Option<String>,
}

impl History {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let session = Session::open(globals)?;
        let id = names::framework(&session.engine, &self.framework)?;
        let reader = reader(&session.engine, id, self.reader.as_deref())?;
        tell(&session, streams(&session, id, reader.as_ref())?)
    }
}

/// The streams whose history is told.
#[derive(Debug)]
pub(in crate::commands) struct Streams {
    streams: Vec<StreamId>,
    /// How many requests there are that the reader may not know (QY4).
    withheld: usize,
}

impl From<StreamId> for Streams {
    fn from(stream: StreamId) -> Self {
        let (streams, withheld) = (vec![stream], 0);
        Self { streams, withheld }
    }
}

/// What happened on these streams, the giving of their handles included.
pub(in crate::commands) fn tell(session: &Session, told: Streams) -> Result<(), CliError> {
    let Streams {
        mut streams,
        withheld,
    } = told;
    let engine = &session.engine;
    let register = engine.register()?;
    let given = register.handles.iter();
    let given = given.filter(|(_, to)| streams.contains(to));
    let given: Vec<_> = given
        .map(|(handle, _)| StreamId::Naming(handle.stream_id()))
        .collect();
    let several = streams.len() > 1;
    streams.extend(given);
    let timeline = engine.timeline(streams)?;
    let handles = names::by_stream(engine)?;
    let note = match withheld {
        0 => String::new(),
        some => {
            let requests = view::counted(some, "request");
            format!("{requests} withheld (`--reader PARTY` reads its own)\n")
        }
    };
    if session.output.is_json() {
        // Each line is an event: what is not there is said beside them.
        let _ = anstream::stderr().write_all(note.as_bytes());
        let lines = timeline.entries.iter();
        return session.output.lines(lines.map(|entry| Happened {
            handle: handles.get(&entry.stream),
            entry: entry.clone(),
        }));
    }
    let mut text = match several {
        true => view::timeline_of_several(&timeline, &handles),
        false => view::timeline_with_handles(&timeline, &handles),
    };
    text += &note;
    session.output.text(&text)
}

/// The streams under a framework: its own, and those of all that stands under it. Of the requests
/// for information, those that the reader may know: none of them without one, as in its state.
pub(in crate::commands) fn streams(
    session: &Session,
    framework: FrameworkId,
    reader: Option<&PartyId>,
) -> Result<Streams, CliError> {
    let frameworks = session.engine.frameworks()?;
    let mut streams = vec![StreamId::Framework(framework)];
    if let Some(view) = frameworks.frameworks.get(&framework) {
        streams.extend(view.packages.iter().map(|id| StreamId::Package(*id)));
        // Also those that were released: they were under it.
        let inclusions = view.state.inclusions.iter();
        let ever: BTreeSet<_> = inclusions.map(|i| i.agreement).collect();
        streams.extend(ever.into_iter().map(StreamId::Agreement));
    }
    let dossiers = session.engine.dossiers()?;
    let meetings = dossiers.meetings_under(framework);
    streams.extend(meetings.map(|(id, _)| StreamId::Meeting(id)));
    let bodies = dossiers.bodies_under(framework);
    streams.extend(bodies.map(|(id, _)| StreamId::Body(id)));
    let roadmaps = dossiers.roadmaps_under(framework);
    streams.extend(roadmaps.map(|(id, _)| StreamId::Roadmap(id)));
    let procedures = dossiers.procedures_under(framework);
    streams.extend(procedures.map(|(id, _)| StreamId::Procedure(id)));
    let indicators = dossiers.indicators_under(framework);
    streams.extend(indicators.map(|(id, _)| StreamId::Indicator(id)));
    let exchanges = dossiers.exchanges_under(framework);
    streams.extend(exchanges.map(|(id, _)| StreamId::Exchange(id)));
    let requests = dossiers.requests_under(framework);
    let (known, withheld): (Vec<_>, Vec<_>) =
        requests.partition(|(_, view)| reader.is_some_and(|reader| view.state.is_known_to(reader)));
    streams.extend(known.into_iter().map(|(id, _)| StreamId::Request(id)));
    let withheld = withheld.len();
    Ok(Streams { streams, withheld })
}
