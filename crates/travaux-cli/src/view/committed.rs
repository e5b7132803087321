//! What an act did.

use travaux::{
    Committed,
    blocking::Engine,
    domain::{
        AgreementId, BodyId, Event, ExchangeId, FrameworkId, Handle, IndicatorId, MeetingId,
        PackageId, ProcedureId, RequestId, Revision, RoadmapId, StreamId, handle::NamingEvent,
    },
    projections::{Projection as _, Timeline},
};

use super::{listed::in_brackets, timeline, wire::documents};
use crate::{error::CliError, names, session::Session};

documents! {
    /// What an act did, and to what.
    pub(crate) struct Done {
        /// The agreement that was acted on, or made.
        agreement: Option<AgreementId>,
        /// The framework that was acted on, or made.
        framework: Option<FrameworkId>,
        /// The package that was acted on, or made.
        package: Option<PackageId>,
        /// The meeting that was acted on, or convened.
        meeting: Option<MeetingId>,
        /// The joint body that was acted on, or established.
        body: Option<BodyId>,
        /// The exchange that was acted on, or agreed.
        exchange: Option<ExchangeId>,
        /// The request, or the offer, that was acted on, or sent.
        request: Option<RequestId>,
        /// The roadmap that was acted on, or proposed.
        roadmap: Option<RoadmapId>,
        /// The procedure that was acted on, or proposed.
        procedure: Option<ProcedureId>,
        /// The indicator that was acted on, or begun.
        indicator: Option<IndicatorId>,
        /// What people call it: the handle that was given, or had been.
        handle: Option<Handle>,
        /// The revision that was proposed.
        revision: Option<Revision>,
        /// The positions of what was recorded.
        positions: Vec<u64>,
        /// What was recorded, in words.
        what: Vec<String>,
    }
}

/// Says what was done to an agreement, a framework or a package, and keeps the views.
pub(crate) fn done(
    session: &Session,
    subject: StreamId,
    committed: &Committed,
) -> Result<(), CliError> {
    answer(session, subject, committed).map_err(|source| {
        let mut positions = committed.events.iter().map(|event| event.position);
        let place = match (positions.next(), positions.next_back()) {
            (Some(first), Some(last)) => format!("at positions {first} to {last}"),
            (Some(only), None) => format!("at position {only}"),
            (None, _) => "nothing".to_owned(),
        };
        CliError::Unwritten {
            place,
            source: Box::new(source),
        }
    })
}

fn answer(session: &Session, subject: StreamId, committed: &Committed) -> Result<(), CliError> {
    session.engine.save()?;
    let handle = match given(subject, committed) {
        Some(handle) => Some(handle),
        None => names::handle_of(&session.engine, subject)?,
    };
    let mut told = Timeline::default();
    committed.events.iter().for_each(|event| told.apply(event));
    if session.output.is_json() {
        let mut done = Done {
            agreement: None,
            framework: None,
            package: None,
            meeting: None,
            body: None,
            exchange: None,
            request: None,
            roadmap: None,
            procedure: None,
            indicator: None,
            handle,
            revision: Engine::proposed_revision(committed),
            positions: committed.events.iter().map(|e| e.position).collect(),
            what: told.entries.into_iter().map(|e| e.what).collect(),
        };
        match subject {
            StreamId::Agreement(id) => done.agreement = Some(id),
            StreamId::Framework(id) => done.framework = Some(id),
            StreamId::Package(id) => done.package = Some(id),
            StreamId::Meeting(id) => done.meeting = Some(id),
            StreamId::Body(id) => done.body = Some(id),
            StreamId::Exchange(id) => done.exchange = Some(id),
            StreamId::Request(id) => done.request = Some(id),
            StreamId::Roadmap(id) => done.roadmap = Some(id),
            StreamId::Procedure(id) => done.procedure = Some(id),
            StreamId::Indicator(id) => done.indicator = Some(id),
            _ => {}
        }
        return session.output.document(&done);
    }
    let called = in_brackets(handle.as_ref());
    let subject = match subject {
        StreamId::Agreement(id) => format!("agreement {id}{called}\n"),
        StreamId::Framework(id) => format!("framework {id}{called}\n"),
        StreamId::Package(id) => format!("package {id}{called}\n"),
        StreamId::Meeting(id) => format!("meeting {id}{called}\n"),
        StreamId::Body(id) => format!("body {id}{called}\n"),
        StreamId::Exchange(id) => format!("exchange {id}{called}\n"),
        StreamId::Request(id) => format!("request {id}{called}\n"),
        StreamId::Roadmap(id) => format!("roadmap {id}{called}\n"),
        StreamId::Procedure(id) => format!("procedure {id}{called}\n"),
        StreamId::Indicator(id) => format!("indicator {id}{called}\n"),
        _ => String::new(),
    };
    session
        .output
        .text(&format!("{subject}{}", timeline(&told)))
}

/// The handle that the commit gave to what it is about.
fn given(subject: StreamId, committed: &Committed) -> Option<Handle> {
    committed
        .events
        .iter()
        .find_map(|event| match &event.event {
            Event::Naming(NamingEvent::HandleGiven { handle, to }) if *to == subject => {
                Some(handle.clone())
            }
            _ => None,
        })
}
