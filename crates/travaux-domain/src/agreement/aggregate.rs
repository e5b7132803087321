//! An agreement as a kind of stream.

use super::{
    Agreement, AgreementCommand, AgreementEvent, Beside, MachineEvent, amendment::AmendmentAct,
    relation::RelationAct,
};
use crate::{
    Aggregate, BodyId, Context, Decided, Others, PackageId, PartyId, Refusal, StreamId,
    partnership::{DeedRow, FollowUp, Link, RELATION_FOLLOWS, Side},
    words::Summary,
};

crate::ids::id!(
    /// The identity of an agreement.
    AgreementId,
    Agreement
);

impl Aggregate for Agreement {
    type Command = AgreementCommand;
    type Event = AgreementEvent;

    const PREFIX: &'static str = "agreement";
    const VERSION: u32 = 10;
    const TYPES: &'static [&'static [&'static str]] =
        &[AgreementEvent::TEXT_TYPES, MachineEvent::TYPES];
    const DEEDS: &'static [DeedRow] = &[RELATION_FOLLOWS];

    fn decide(
        &self,
        command: AgreementCommand,
        context: &Context,
        others: &Others,
    ) -> Result<Decided<AgreementEvent>, Refusal> {
        let other = command
            .reads()
            .and_then(|other| others.get::<Self>(StreamId::Agreement(other)))
            .map(|other| other.known_at(context.now));
        let (package, framework) = (self.package_of(&command), command.framework());
        let beside = Beside {
            agreement: other.as_ref(),
            package: package.and_then(|id| others.get(StreamId::Package(id))),
            framework: framework.and_then(|id| others.get(StreamId::Framework(id))),
            body: self.body_of(&command).and_then(|body| others.get(body)),
            itself: match others.itself() {
                Some(StreamId::Agreement(id)) => Some(id),
                Some(_) | None => None,
            },
            again: !others.is_new(),
        };
        self.decide_with(command, context, beside)
    }

    fn evolve(&mut self, event: &AgreementEvent, context: &Context) {
        self.evolve(event, context);
    }

    fn behind(event: &AgreementEvent) -> AgreementCommand {
        AgreementCommand::behind(event)
    }

    fn type_name(event: &AgreementEvent) -> &'static str {
        event.type_name()
    }

    fn describe(event: &AgreementEvent) -> Summary {
        event.describe()
    }

    fn reads(&self, command: &AgreementCommand) -> Vec<StreamId> {
        let agreement = command.reads().map(StreamId::Agreement);
        let package = self.package_of(command).map(StreamId::Package);
        let framework = command.framework().map(StreamId::Framework);
        agreement
            .into_iter()
            .chain(package)
            .chain(framework)
            .chain(self.body_of(command))
            .collect()
    }

    fn link(stream: StreamId, event: &AgreementEvent) -> Option<(Link, Side)> {
        let (StreamId::Agreement(id), AgreementEvent::Machine(MachineEvent::Relation(act))) =
            (stream, event)
        else {
            return None;
        };
        match act {
            RelationAct::RelationRecorded { .. } => None,
            RelationAct::AgreementFollowsItem { on, item } => {
                let (item, to, on) = (item.clone(), FollowUp::Agreement(id), *on);
                Some((Link { item, to, on }, Side::FollowUp))
            }
        }
    }

    fn takes_day(command: &AgreementCommand) -> bool {
        command.takes_day()
    }

    fn parties(&self) -> Option<Vec<&PartyId>> {
        let identity = self.identity.as_ref()?;
        Some(identity.parties.iter().map(|p| &p.id).collect())
    }
}

impl Agreement {
    /// The body that amends an annex, by its key in the framework of the agreement.
    fn body_of(&self, command: &AgreementCommand) -> Option<StreamId> {
        let AgreementCommand::Machine(MachineEvent::Amendment(AmendmentAct::AnnexAmended {
            body,
            ..
        })) = command
        else {
            return None;
        };
        let framework = self.identity.as_ref()?.framework?;
        Some(StreamId::Body(BodyId::of(framework, &body.as_str().into())))
    }

    /// The package of which a command is a part: of the revision that it proposes, or is about.
    fn package_of(&self, command: &AgreementCommand) -> Option<PackageId> {
        if let AgreementCommand::ProposeRevision(draft) = command {
            return draft.package;
        }
        self.revision(command.revision()?)?.draft.package
    }
}
