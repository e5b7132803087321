//! An area is not closed, and an agreement not released, while something is open in it; what ends in
//! the same commit does not count. An audit judges the same.

use std::sync::Arc;

use travaux::{
    Error, FixedClock, Ports, SequentialIds, StreamCommand, Verdict, audit,
    blocking::Engine,
    domain::{
        Actor, AgreementId, BodyId, FrameworkId, Handle, MeetingId, PackageId, Profile, Refusal,
        Rule, StreamId,
        agreement::AgreementCommand,
        body::{Basis, BodyCommand, Establishment, Referral},
        framework::FrameworkCommand,
        meeting::{ItemEnd, MeetingCommand},
        package::{Item, PackageCommand, PackageProposal},
        procedure::{ProcedureCommand, Role},
        roadmap::{Action, RoadmapCommand, RoadmapPlan},
    },
};
use travaux_store::{EventStore, MemorySnapshots, MemoryStore};
use travaux_testkit::{
    agreement::date,
    body::{committee, refer, referral},
    framework::{close, include, release, terms},
    meeting::{agreed, by_all, convene, held, ministers, parties, record},
    procedure::{adopt_draft, passes_but, step_of},
    roadmap::{action, plan, proposed},
};

struct Desk {
    store: Arc<MemoryStore>,
    engine: Engine,
    framework: FrameworkId,
    meeting: MeetingId,
    agreement: AgreementId,
}

impl Desk {
    /// A framework that stands, an agreement under it, and a meeting with an item in an area.
    fn new() -> Self {
        let store = Arc::new(MemoryStore::default());
        let start = "2025-12-01T12:00:00Z".parse().expect("a time");
        let ports = Ports {
            clock: Arc::new(FixedClock::starting(start)),
            ids: Arc::new(SequentialIds::default()),
        };
        let below: Arc<dyn EventStore> = Arc::<MemoryStore>::clone(&store);
        let engine = Engine::open(below, Arc::new(MemorySnapshots::default()), ports);
        let engine = engine.expect("it opens");
        let framework = engine.new_framework_id();
        let meeting = engine.new_meeting_id();
        let agreement = engine.new_agreement_id();
        let desk = Self {
            store,
            engine,
            framework,
            meeting,
            agreement,
        };
        let on = date("2025-03-01");
        desk.does(
            terms(&["FR", "MA"])
                .agreed(on)
                .map(|c| desk.on_framework(c))
                .into(),
        );
        let text = travaux::proposal("Agreement", Profile::arrangement())
            .party("FR", "FR")
            .party("MA", "MA")
            .text("fr", "## Article 1\n")
            .expect("a text")
            .build();
        let text = AgreementCommand::Propose(Box::new(text));
        desk.does(vec![StreamCommand::Agreement(agreement, text)]);
        desk.does(vec![desk.on_framework(include(
            "2025-04-01",
            agreement,
            "migration",
        ))]);
        let mut call = ministers();
        call.framework = framework;
        let mut item = agreed("drills", by_all());
        item.area = Some("civil-protection".into());
        for act in [
            convene("2025-04-01", call),
            held("2025-04-14"),
            record("2025-04-14", item),
        ] {
            desk.does(vec![StreamCommand::Meeting(meeting, act)]);
        }
        desk
    }

    fn on_framework(&self, command: FrameworkCommand) -> StreamCommand {
        StreamCommand::Framework(self.framework, command)
    }

    fn asks(&self, acts: Vec<StreamCommand>) -> Result<(), Error> {
        self.engine
            .commit(None, &Actor::party("MA"), acts)
            .map(drop)
    }

    #[track_caller]
    fn does(&self, acts: Vec<StreamCommand>) {
        self.asks(acts).expect("it is done");
    }

    #[track_caller]
    fn refuses(&self, acts: Vec<StreamCommand>) -> Refusal {
        let before = self.store.head();
        let refused = self.asks(acts).expect_err("it is refused");
        assert_eq!(self.store.head(), before, "nothing of it is recorded");
        match refused {
            Error::Refused(refusal) => *refusal,
            other => panic!("{other}"),
        }
    }

    fn drops_the_item(&self) -> StreamCommand {
        let ended = MeetingCommand::ItemEnded {
            on: date("2025-05-01"),
            item: "drills".into(),
            how: ItemEnd::Lapsed {
                reason: "the area is closed".into(),
            },
            consenting: Some(parties(&["FR", "MA"])),
        };
        StreamCommand::Meeting(self.meeting, ended)
    }

    fn closes(&self) -> StreamCommand {
        self.on_framework(close("2025-05-01", "civil-protection"))
    }

    #[track_caller]
    fn is_clean(&self) {
        let report = audit(&*self.store, &MemorySnapshots::default(), |_| {}).expect("it is read");
        assert_eq!(report.verdict, Verdict::Clean, "{:?}", report.findings);
    }
}

#[test]
fn an_area_is_closed_with_what_is_open_in_it_or_not_at_all() {
    let desk = Desk::new();
    let refusal = desk.refuses(vec![desk.closes()]);
    assert_eq!(refusal.rule, Rule::FW16);
    let meeting = StreamId::Meeting(desk.meeting);
    assert_eq!(refusal.missing, [format!("item drills of {meeting}")]);
    // The order within the commit says nothing.
    desk.does(vec![desk.closes(), desk.drops_the_item()]);
    desk.is_clean();
    // What is closed takes nothing new.
    let late = desk.on_framework(include("2025-06-01", desk.agreement, "civil-protection"));
    assert_eq!(desk.refuses(vec![late]).rule, Rule::FW1);
}

#[test]
fn what_was_referred_to_a_body_holds_its_area_too() {
    let desk = Desk::new();
    desk.does(vec![desk.drops_the_item()]);
    let jc = BodyId::of(desk.framework, &"jc".into());
    let on_it = |command| StreamCommand::Body(jc, command);
    let own = Establishment {
        framework: desk.framework,
        basis: Basis::Declaration {
            title: "joint declaration".into(),
        },
        competences: Vec::new(),
        ..committee("jc")
    };
    let established = BodyCommand::JointBodyEstablished {
        on: date("2025-04-20"),
        establishment: own,
        consenting: parties(&["FR", "MA"]),
    };
    let challenge = Referral {
        area: "civil-protection".into(),
        ..referral("late", "drills")
    };
    desk.does(vec![on_it(established)]);
    desk.does(vec![on_it(refer("2025-04-21", challenge))]);
    let refusal = desk.refuses(vec![desk.closes()]);
    let stream = StreamId::Body(jc);
    assert_eq!(refusal.rule, Rule::FW16);
    assert_eq!(refusal.missing, [format!("referral late of {stream}")]);
    let back = BodyCommand::ReferralWithdrawn {
        on: date("2025-05-01"),
        referral: "late".into(),
    };
    desk.does(vec![desk.closes(), on_it(back)]);
    desk.is_clean();
}

#[test]
fn an_action_and_a_procedure_hold_their_area_too() {
    let desk = Desk::new();
    desk.does(vec![desk.drops_the_item()]);
    let roadmap = desk.engine.new_roadmap_id();
    let on_plan = |command| StreamCommand::Roadmap(roadmap, command);
    let plan = RoadmapPlan {
        framework: desk.framework,
        body: None,
        body_moves: false,
        ..plan()
    };
    let on = date("2025-04-20");
    desk.does(vec![on_plan(RoadmapCommand::RoadmapProposed { on, plan })]);
    let drill = Action {
        area: "civil-protection".into(),
        ..action("drill", "2025-09-30")
    };
    desk.does(vec![on_plan(proposed("2025-04-21", drill))]);
    let refusal = desk.refuses(vec![desk.closes()]);
    assert_eq!(refusal.rule, Rule::FW16);
    let stream = StreamId::Roadmap(roadmap);
    assert_eq!(refusal.missing, [format!("action drill of {stream}")]);

    let procedure = desk.engine.new_procedure_id();
    let on_it = |command| StreamCommand::Procedure(procedure, command);
    let table = passes_but(|table| {
        table.body = None;
        step_of(table, "group").actor = Role::Requested;
    });
    let begun = ProcedureCommand::ProcedureProposed {
        on,
        framework: desk.framework,
        area: Some("civil-protection".into()),
        parties: parties(&["FR", "MA"]),
        version: "1.0.0-draft".parse().expect("a version"),
        table,
    };
    let adopted = adopt_draft("2025-04-21", "1.0.0-draft", "2025-04-21");
    desk.does(vec![on_it(begun), on_it(adopted)]);
    let withdrawn = || {
        on_plan(RoadmapCommand::ActionWithdrawn {
            on: date("2025-05-01"),
            action: "drill".into(),
            reason: None,
        })
    };
    let refusal = desk.refuses(vec![desk.closes(), withdrawn()]);
    assert_eq!(
        refusal.missing,
        [StreamId::Procedure(procedure).to_string()]
    );
    let superseded = ProcedureCommand::ProcedureSuperseded {
        on: date("2025-05-01"),
        from: date("2025-05-01"),
        by: None,
        reason: Some("the area is closed".into()),
        consenting: parties(&["FR", "MA"]),
    };
    desk.does(vec![desk.closes(), withdrawn(), on_it(superseded)]);
    desk.is_clean();
}

#[test]
fn an_agreement_is_released_once_its_packages_are_over() {
    let desk = Desk::new();
    let id: PackageId = desk.engine.new_package_id();
    let proposal = PackageProposal {
        title: "Package".into(),
        framework: Some(desk.framework),
        parties: parties(&["FR", "MA"]),
        items: vec![Item {
            agreement: desk.agreement,
            revision: travaux::domain::Revision(2),
        }],
    };
    let propose = PackageCommand::Propose(proposal);
    desk.does(vec![StreamCommand::Package(id, propose)]);
    let goes = || desk.on_framework(release("2025-06-01", desk.agreement));
    let refusal = desk.refuses(vec![goes()]);
    assert_eq!(refusal.rule, Rule::FW7);
    assert_eq!(refusal.missing, [StreamId::Package(id).to_string()]);
    let withdrawn = PackageCommand::Withdraw { reason: None };
    desk.does(vec![StreamCommand::Package(id, withdrawn), goes()]);
    desk.is_clean();
    let register = desk.engine.register().expect("it is read");
    let entry = &register.agreements[&desk.agreement];
    assert_eq!((entry.framework, entry.frameworks(None).count()), (None, 0));
}

#[test]
fn an_audit_finds_what_was_closed_over_something_open() {
    let desk = Desk::new();
    desk.does(vec![desk.closes(), desk.drops_the_item()]);
    // The same log, as if the item had not been dropped.
    let spoilt = MemoryStore::default();
    let mut events = Vec::new();
    for recorded in desk.engine.events(1) {
        let recorded = recorded.expect("it is read");
        if recorded.event.type_name() != "ItemEnded" {
            events.push(recorded);
        }
    }
    for recorded in &events {
        let nonce = travaux_store::Nonce([0; 16]);
        let (new, attachments) = travaux::encode(
            recorded.stream,
            (recorded.id.0, nonce),
            &recorded.event,
            &recorded.into(),
        )
        .expect("it is encoded");
        let commit = travaux_store::Commit {
            id: travaux_store::CommitId(recorded.id.0),
            recorded_at: recorded.recorded_at,
            actor: travaux_store::EnvelopeActor {
                party: recorded.actor.party.to_string(),
                person: None,
            },
            correlation: recorded.id.0,
            causation: None,
            guards: Vec::new(),
            events: vec![new],
            attachments,
        };
        spoilt.append(commit).expect("it fits");
    }
    let report = audit(&spoilt, &MemorySnapshots::default(), |_| {}).expect("it is read");
    let found: Vec<_> = report.findings.iter().map(|f| f.what.to_string()).collect();
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].contains("closed or moved first"), "{found:?}");
}

#[test]
fn nobody_founds_a_framework_on_the_word_of_one() {
    let desk = Desk::new();
    let id = desk.engine.new_framework_id();
    let foundation = travaux_testkit::meeting::foundation(&["FR", "MA"]);
    let alone = StreamCommand::Framework(id, foundation);
    assert_eq!(desk.refuses(vec![alone]).rule, Rule::FW13);
    let [propose, _] = terms(&["FR", "MA"]).agreed(date("2025-03-01"));
    let stranger = desk.engine.commit(
        None,
        &Actor::party("US"),
        vec![StreamCommand::Framework(id, propose)],
    );
    assert!(matches!(stranger, Err(Error::Refused(refusal)) if refusal.rule == Rule::P0));
    let handle: Handle = "pact".parse().expect("a handle");
    desk.does(vec![handle.give(StreamId::Framework(desk.framework))]);
}
