//! The timeline: what happened, in words, in the order of the log.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use travaux_domain::{
    Event, Recorded,
    agreement::{AgreementEvent, Nature, Outcome},
    framework::FrameworkEvent,
    package::PackageEvent,
    source::SourceEvent,
};

use crate::{Projection, acts};

/// One line of a timeline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimelineEntry {
    /// The position in the log.
    pub position: u64,
    /// The stream.
    pub stream: String,
    /// When it was recorded.
    pub recorded_at: DateTime<Utc>,
    /// When it was done, where a source says so.
    pub done_at: Option<DateTime<Utc>>,
    /// From when it has effect, where that is settled.
    pub effective_from: Option<NaiveDate>,
    /// Who acted.
    pub actor: String,
    /// What happened.
    pub what: String,
}

/// What happened, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Timeline {
    /// The lines.
    pub entries: Vec<TimelineEntry>,
}

impl Projection for Timeline {
    const NAME: &'static str = "timeline";
    const VERSION: u32 = 1;

    fn apply(&mut self, recorded: &Recorded) {
        let Summary {
            what,
            actor,
            done_at,
            effective_from,
        } = describe(&recorded.event);
        self.entries.push(TimelineEntry {
            position: recorded.position,
            stream: recorded.stream.to_string(),
            recorded_at: recorded.recorded_at,
            done_at,
            effective_from,
            actor: actor.unwrap_or_else(|| recorded.actor.to_string()),
            what,
        });
    }
}

#[derive(Default)]
pub(crate) struct Summary {
    pub(crate) what: String,
    pub(crate) actor: Option<String>,
    pub(crate) done_at: Option<DateTime<Utc>>,
    pub(crate) effective_from: Option<NaiveDate>,
}

pub(crate) fn summary(what: String) -> Summary {
    Summary {
        what,
        ..Summary::default()
    }
}

fn describe(event: &Event) -> Summary {
    match event {
        Event::Agreement(event) => describe_agreement(event),
        Event::Framework(event) => summary(tell_framework(event)),
        Event::Package(event) => summary(tell_package(event)),
        Event::Source(SourceEvent::SourceOpened { kind, location, .. }) => {
            summary(format!("{kind} source opened: {location}"))
        }
        Event::Source(SourceEvent::CommitsRead { commits }) => {
            summary(format!("{} commits read", commits.len()))
        }
        Event::Source(_) => summary("source read".to_owned()),
    }
}

fn describe_agreement(event: &AgreementEvent) -> Summary {
    let because = |reason: &Option<String>| {
        reason
            .as_ref()
            .map(|r| format!(": {r}"))
            .unwrap_or_default()
    };
    match event {
        AgreementEvent::AgreementProposed(p) => Summary {
            actor: p.provenance.as_ref().map(|p| p.by.to_string()),
            done_at: p.provenance.as_ref().map(|p| p.at),
            ..summary(format!("proposed: {}", p.title))
        },
        AgreementEvent::RevisionProposed(p) => {
            let nature = match p.nature {
                Nature::Draft => "revision",
                Nature::Amendment => "amendment",
                Nature::Correction => "correction",
            };
            let title = p
                .title
                .as_ref()
                .map(|t| format!(": {t}"))
                .unwrap_or_default();
            let counter = p
                .counters
                .map(|r| format!(", counter-proposal to revision {r}"))
                .unwrap_or_default();
            let count = p.operations.len();
            let plural = if count == 1 { "" } else { "s" };
            Summary {
                actor: p.provenance.as_ref().map(|p| p.by.to_string()),
                done_at: p.provenance.as_ref().map(|p| p.at),
                effective_from: p.effective_from,
                ..summary(format!(
                    "{nature} {} proposed on {}{counter} ({count} operation{plural}){title}",
                    p.revision, p.base
                ))
            }
        }
        AgreementEvent::RevisionWithdrawn(a) => summary(format!(
            "revision {} withdrawn{}",
            a.revision,
            because(&a.reason)
        )),
        AgreementEvent::RevisionAccepted(a) => {
            summary(format!("revision {} accepted by {}", a.revision, a.party))
        }
        AgreementEvent::RevisionRejected(a) => summary(format!(
            "revision {} rejected by {}{}",
            a.revision,
            a.party,
            because(&a.reason)
        )),
        AgreementEvent::RevisionConcluded {
            revision,
            outcome:
                Outcome::AdoptedAs {
                    revision: other,
                    how,
                },
        } => summary(format!(
            "proposal {revision} was adopted as revision {other} ({how})"
        )),
        AgreementEvent::RevisionConcluded { revision, .. } => {
            summary(format!("proposal {revision} was not adopted"))
        }
        AgreementEvent::TextAdopted(a) => Summary {
            actor: a.elsewhere.as_ref().map(|e| e.by.to_string()),
            done_at: a.elsewhere.as_ref().map(|e| e.at),
            effective_from: a.effective_from,
            ..summary(format!("revision {} adopted [{}]", a.revision, a.rule))
        },
        AgreementEvent::TextAuthenticated {
            languages, method, ..
        } => {
            let languages: Vec<_> = languages.iter().map(ToString::to_string).collect();
            summary(format!(
                "text authenticated in {} by {method}",
                languages.join(", ")
            ))
        }
        AgreementEvent::NegotiationAbandoned { reason } => {
            summary(format!("negotiation abandoned{}", because(reason)))
        }
        AgreementEvent::Machine(act) => acts::describe(act),
        _ => summary("an act of a kind that this program does not know".to_owned()),
    }
}

fn tell_framework(event: &FrameworkEvent) -> String {
    match event {
        FrameworkEvent::FrameworkFounded(f) => {
            format!(
                "founded: {}, on the {} ({})",
                f.title, f.declaration.title, f.declaration.made
            )
        }
        FrameworkEvent::AreaOpened(area) => format!("area opened: {}", area.title),
        FrameworkEvent::AgreementJoined { agreement, area } => {
            format!("agreement {agreement} joined in area {area}")
        }
        FrameworkEvent::BodyEstablished(body) => format!("body established: {}", body.title),
        FrameworkEvent::RoadmapAdopted(roadmap) => format!(
            "roadmap adopted: {} ({} steps)",
            roadmap.title,
            roadmap.steps.len()
        ),
        _ => "an act of a kind that this program does not know".to_owned(),
    }
}

fn tell_package(event: &PackageEvent) -> String {
    match event {
        PackageEvent::PackageProposed(p) => format!(
            "package proposed: {} ({} agreements)",
            p.title,
            p.items.len()
        ),
        PackageEvent::PackageAccepted { party } => format!("package accepted by {party}"),
        PackageEvent::PackageRejected { party, reason } => {
            format!(
                "package rejected by {party}{}",
                reason
                    .as_ref()
                    .map(|r| format!(": {r}"))
                    .unwrap_or_default()
            )
        }
        PackageEvent::PackageAdopted {} => "package adopted".to_owned(),
        _ => "an act of a kind that this program does not know".to_owned(),
    }
}
