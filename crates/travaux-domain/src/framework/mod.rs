//! A framework: the composite above the agreements. It is proposed, revised, accepted and adopted by
//! its parties; it has areas, organs and contact points, and agreements under it; it is suspended
//! and ended (rows FW1 to FW16).

mod area;
mod decide;
mod event;
mod evolve;
mod founded;
mod inclusion;
mod lifecycle;
mod organ;
mod parts;
mod rules;
mod state;
mod terms;
mod words;

pub(crate) use self::rules::RULES;
pub use self::{
    event::FrameworkEvent,
    founded::{Area, Body, Declaration, Foundation, Roadmap, RoadmapStep},
    parts::{AreaOpening, AreaTerms, FoundingNature, InclusionRelation, Organ, TermChanges, Terms},
    state::{
        Adoption, AreaRecord, Framework, FrameworkRevision, FrameworkStatus, FrameworkSuspension,
        InclusionRecord, OrganRecord, Timed,
    },
};
use crate::{
    Aggregate, Context, Decided, Others, PartyId, Reason, Refusal, Rule, StreamId,
    partnership::{DeedRow, FollowUp, Hold, Link, Side},
    words::Summary,
};

crate::ids::id!(
    /// The identity of a framework.
    FrameworkId,
    Framework
);

/// A command to a framework: each asks for one event, and is worded like it.
pub type FrameworkCommand = FrameworkEvent;

impl Aggregate for Framework {
    type Command = FrameworkCommand;
    type Event = FrameworkEvent;

    const PREFIX: &'static str = "framework";
    const VERSION: u32 = 3;
    const TYPES: &'static [&'static [&'static str]] = &[FrameworkEvent::TYPES];
    const DEEDS: &'static [DeedRow] = FrameworkEvent::DEEDS;

    fn decide(
        &self,
        command: FrameworkCommand,
        context: &Context,
        others: &Others,
    ) -> Result<Decided<FrameworkEvent>, Refusal> {
        self.agreement_is_there(&command, context, others)?;
        self.decide(command, context)
    }

    fn reads(&self, command: &FrameworkCommand) -> Vec<StreamId> {
        let agreement = self.named(command).map(StreamId::Agreement);
        Vec::from_iter(agreement)
    }

    fn evolve(&mut self, event: &FrameworkEvent, context: &Context) {
        self.evolve(event, context);
    }

    fn behind(event: &FrameworkEvent) -> FrameworkCommand {
        event.clone()
    }

    fn type_name(event: &FrameworkEvent) -> &'static str {
        event.type_name()
    }

    fn describe(event: &FrameworkEvent) -> Summary {
        event.describe()
    }

    fn takes_day(command: &FrameworkCommand) -> bool {
        matches!(command, FrameworkEvent::AgreementJoined { .. })
    }

    fn given_today(&self, event: &FrameworkEvent, _: &Context) -> Result<(), Refusal> {
        let refuse = |rule, expected, found| {
            Refusal::new(Reason::ConsentMissing, rule, event.act(), expected, found)
        };
        if matches!(event, FrameworkEvent::FrameworkFounded(_)) {
            let expected = "a proposal, and its adoption with the acceptance of every party";
            let found = "a foundation on the word of one";
            return Err(refuse(Rule::FW13, expected, found));
        }
        if let FrameworkEvent::AreaOpened(opening) = event
            && opening.consenting.is_none()
        {
            let expected = "the day, and the consent of all parties";
            let found = "an opening on the word of one";
            return Err(refuse(Rule::FW15, expected, found));
        }
        // One party has no body set up, and no roadmap adopted, for the others.
        if let FrameworkEvent::BodyEstablished(body) = event
            && body.consenting.is_none()
        {
            let (expected, found) = ("the consent of all parties", "a body on the word of one");
            return Err(refuse(Rule::FW5, expected, found));
        }
        if let FrameworkEvent::RoadmapAdopted(roadmap) = event
            && roadmap.consenting.is_none()
        {
            let (expected, found) = ("the consent of all parties", "a roadmap on the word of one");
            return Err(refuse(Rule::FW6, expected, found));
        }
        let released = matches!(
            event,
            FrameworkEvent::AgreementReleased {
                consenting: None,
                ..
            }
        );
        if released {
            let (expected, found) = ("the consent of all parties", "a release on the word of one");
            return Err(refuse(Rule::FW7, expected, found));
        }
        Ok(())
    }

    fn link(stream: StreamId, event: &FrameworkEvent) -> Option<(Link, Side)> {
        match (stream, event) {
            (
                StreamId::Framework(framework),
                FrameworkEvent::AreaFollowsItem { on, area, item },
            ) => {
                let area = area.clone();
                let to = FollowUp::Area { framework, area };
                let (item, on) = (item.clone(), *on);
                Some((Link { item, to, on }, Side::FollowUp))
            }
            _ => None,
        }
    }

    fn lets_go(stream: StreamId, event: &FrameworkEvent) -> Option<Hold> {
        match (stream, event) {
            (StreamId::Framework(framework), FrameworkEvent::AreaClosed { area, .. }) => {
                let area = area.clone();
                Some(Hold::Area { framework, area })
            }
            (_, FrameworkEvent::AgreementReleased { agreement, .. }) => {
                Some(Hold::Agreement(*agreement))
            }
            _ => None,
        }
    }

    fn parties(&self) -> Option<Vec<&PartyId>> {
        // One that is proposed has a name as well.
        match (&self.foundation, self.latest()) {
            (Some(foundation), _) => Some(foundation.parties.iter().map(|p| &p.id).collect()),
            (None, Some((_, latest))) => Some(latest.terms.parties.iter().map(|p| &p.id).collect()),
            (None, None) => None,
        }
    }
}
