//! What a commit begins, and which handles were made for it.

use std::collections::BTreeSet;

use travaux_domain::{
    Event, Recorded, StreamId, agreement::AgreementEvent, body::BodyEvent, exchange::ExchangeEvent,
    framework::FrameworkEvent, handle::NamingEvent, indicator::IndicatorEvent,
    meeting::MeetingEvent, package::PackageEvent, partnership::in_language,
    procedure::ProcedureEvent, request::RequestEvent, roadmap::RoadmapEvent,
};
use travaux_text::Lang;
use uuid::Uuid;

/// What these events begin and give no handle to, each with its title, in their order.
pub(crate) fn nameless(events: &[Recorded]) -> Vec<(StreamId, String)> {
    let named: BTreeSet<_> = events.iter().filter_map(|e| given_to(&e.event)).collect();
    events
        .iter()
        .filter(|e| e.version == 1 && !named.contains(&e.stream))
        .filter_map(|e| Some((e.stream, title(&e.event)?.to_owned())))
        .collect()
}

/// The word and the id by which a stream's subject gets a handle, where its title gives none.
pub(crate) fn kind_and_id(stream: StreamId) -> Option<(&'static str, Uuid)> {
    match stream {
        StreamId::Agreement(id) => Some(("agreement", id.0)),
        StreamId::Framework(id) => Some(("framework", id.0)),
        StreamId::Package(id) => Some(("package", id.0)),
        StreamId::Exchange(id) => Some(("exchange", id.0)),
        StreamId::Request(id) => Some(("request", id.0)),
        StreamId::Indicator(id) => Some(("indicator", id.0)),
        StreamId::Meeting(id) => Some(("meeting", id.0)),
        StreamId::Body(id) => Some(("body", id.0)),
        StreamId::Procedure(id) => Some(("procedure", id.0)),
        StreamId::Roadmap(id) => Some(("roadmap", id.0)),
        _ => None,
    }
}

/// Whether these events, behind those that were asked for, are handles for what those begin.
pub(crate) fn only_names(asked: &[Recorded], made: &[Recorded]) -> bool {
    let begun: BTreeSet<_> = nameless(asked).into_iter().map(|(id, _)| id).collect();
    made.iter()
        .all(|e| given_to(&e.event).is_some_and(|to| begun.contains(&to)))
}

fn given_to(event: &Event) -> Option<StreamId> {
    match event {
        Event::Naming(NamingEvent::HandleGiven { to, .. }) => Some(*to),
        _ => None,
    }
}

/// The title of what an event begins.
fn title(event: &Event) -> Option<&str> {
    match event {
        Event::Agreement(event) => match &**event {
            AgreementEvent::AgreementProposed(p) => Some(&p.title),
            _ => None,
        },
        Event::Framework(event) => match &**event {
            FrameworkEvent::FrameworkFounded(f) => Some(&f.title),
            FrameworkEvent::FrameworkProposed { terms, .. } => Some(&terms.title),
            _ => None,
        },
        Event::Package(PackageEvent::PackageProposed(p)) => Some(&p.title),
        Event::Exchange(event) => match &**event {
            ExchangeEvent::TermsAgreed { terms, .. } => Some(&terms.title),
            _ => None,
        },
        Event::Request(event) => match &**event {
            RequestEvent::RequestSent { request, .. } => Some(&request.reference),
            RequestEvent::InformationOffered { offer, .. } => Some(&offer.reference),
            _ => None,
        },
        Event::Package(PackageEvent::RoundOpened(opening)) => Some(&opening.title),
        Event::Indicator(event) => match &**event {
            IndicatorEvent::IndicatorDrafted { definition, .. }
            | IndicatorEvent::IndicatorAdopted { definition, .. } => {
                definition.names.values().next().map(String::as_str)
            }
            _ => None,
        },
        Event::Meeting(event) => match &**event {
            MeetingEvent::MeetingConvened { convocation, .. } => Some(&convocation.title),
            _ => None,
        },
        Event::Body(event) => match &**event {
            BodyEvent::JointBodyEstablished { establishment, .. } => Some(&establishment.title),
            _ => None,
        },
        Event::Procedure(event) => match &**event {
            ProcedureEvent::ProcedureProposed { table, .. } => {
                // In English, where it has a title in it.
                let english = Lang::parse("en").ok()?;
                Some(in_language(&table.title, english))
            }
            _ => None,
        },
        Event::Roadmap(event) => match &**event {
            RoadmapEvent::RoadmapProposed { plan, .. } => Some(&plan.title),
            _ => None,
        },
        _ => None,
    }
}
