//! An example of each deed, with all that it can say: what stored records are written from.

mod bodies;

use travaux_domain::{
    Event, Name, PackageId, Revision, StreamId,
    agreement::{AgreementEvent, MachineEvent, relation::RelationAct},
    framework::FrameworkEvent,
    indicator::{
        Adjustment, Attribute, Breakdown, Category, Cause, ConfStatus, Confidentiality, Course,
        Definition, Direction, DiscrepancyId, FigureId, FigureKey, IndicatorEvent as I,
        IndicatorRef, Nature, ObsStatus, Observation, Outcome, Ratio, RevisionKind, Status,
        StatusList, Tolerance,
    },
    meeting::{
        AgendaItem, AgreedItem, Capacity, Convocation, Disposal, ItemEnd, MeetingEvent as M,
        MeetingLimits, Participant, RecordField, Start, Statement,
    },
    package::{PackageEvent, RoundCommand},
    partnership::FollowUp,
    roadmap::{
        Action, ActionPart, ActionRef, Completion, Dependency, DependencyKind, Milestone,
        RoadmapEvent as R, Target,
    },
};
use uuid::Uuid;

pub use self::bodies::of_bodies;
use crate::{
    agreement::{date, lang},
    body::{body_id, first_article},
    exchange_deeds::{of_exchanges, of_requests},
    framework,
    history::{
        agreement_id, exchange_id, framework_id, indicator_id, meeting_id, request_id, roadmap_id,
    },
    indicator::{adopt, decimal, draft, figure_at, passes, version},
    meeting::{agenda_item, by_all, holder, item_ref, parties, session, words},
    roadmap::{self, action, decision, due, milestone, plan, target},
    round,
};

pub use crate::procedure_deeds::of_procedures;

/// An example of each event of a meeting.
pub fn of_meetings() -> Vec<M> {
    let (on, day) = (date("2025-06-25"), "2025-06-25");
    let start = Start {
        date: date(day),
        time: "10:00:00".parse().ok(),
        zone: Some("Europe/Paris".into()),
    };
    let convocation = Convocation {
        start: start.clone(),
        tentative: true,
        limits: Some(MeetingLimits {
            items: 15,
            agenda: 10,
            papers: 7,
            delegations: Some(3),
        }),
        ..session()
    };
    let expert = Participant {
        who: holder("FR", "Statistician", "A. Expert"),
        capacity: Capacity::Expert,
    };
    let merged = AgendaItem {
        number: Some("3(a)".into()),
        of: vec!["figures".into(), "passes".into()],
        ..agenda_item("administration")
    };
    let item = AgreedItem {
        key: "passes".into(),
        mode: by_all(),
        words: [
            (lang("en"), "a joint mission on consular passes".to_owned()),
            (
                lang("fr"),
                "une mission conjointe sur les laissez-passer".to_owned(),
            ),
        ]
        .into(),
        area: Some("migration".into()),
        agenda: Some("administration".into()),
        statement: Some("joint".into()),
    };
    let statement = Statement {
        key: "joint".into(),
        issuers: parties(&["FR", "MA"]),
        words: words("the group met for the seventh time"),
        published: Some(date("2025-06-26")),
        source: Some("press".to_owned()),
    };
    let consenting = parties(&["FR", "MA"]);
    let reason = Some("the minister is abroad".to_owned());
    vec![
        M::MeetingConvened { on, convocation },
        M::MeetingConfirmed { on },
        M::MeetingPostponed {
            on,
            to: start,
            reason: reason.clone(),
        },
        M::MeetingCancelled { on, reason },
        M::AgendaItemRequested {
            on,
            item: agenda_item("figures"),
            consenting: consenting.clone(),
        },
        M::AgendaCirculated {
            on,
            consenting: consenting.clone(),
        },
        M::PaperSent {
            on,
            item: "figures".into(),
            title: "Figures of 2024".to_owned(),
            consenting: consenting.clone(),
        },
        M::DelegationNotified {
            on,
            members: vec![holder("FR", "Director of Immigration", "")],
        },
        M::AgendaAdopted {
            on,
            items: vec![merged],
            consenting: consenting.clone(),
        },
        M::MeetingHeld {
            on,
            participants: vec![expert],
            consenting: consenting.clone(),
        },
        M::ItemDisposed {
            on,
            item: "administration".into(),
            outcome: Disposal::Referred {
                to: "the experts".to_owned(),
            },
        },
        M::AgreedItemRecorded { on, item },
        M::StatementIssued { on, statement },
        M::MinutesDrafted {
            on,
            source: Some("archive, box 7".to_owned()),
        },
        M::MinutesApproved { on },
        M::ItemFollowedUp {
            on,
            item: "passes".into(),
            by: FollowUp::Area {
                framework: framework_id(1),
                area: "migration".into(),
            },
        },
        M::MeetingFollowsItem {
            on,
            item: item_ref(2, "mission"),
        },
        M::ItemEnded {
            on,
            item: "passes".into(),
            how: ItemEnd::Superseded {
                by: item_ref(2, "mission"),
            },
            consenting: Some(parties(&["FR", "MA"])),
        },
        M::ItemRestated {
            on,
            of: item_ref(2, "mission"),
            words: words("both recalled the mission"),
        },
        M::RecordCorrected {
            on,
            field: RecordField::ItemWords {
                item: "passes".into(),
                lang: lang("en"),
            },
            was: "a joint mission on consular passes".to_owned(),
            is: "a joint mission on identification".to_owned(),
            ground: "the French text".to_owned(),
            consenting,
        },
        M::OutcomeAnnounced {
            on,
            words: words("the ministers will sign a roadmap"),
            source: "press, 10 April".to_owned(),
        },
    ]
}

/// An example of each event of a roadmap.
pub fn of_roadmaps() -> Vec<R> {
    let on = date("2025-06-25");
    let (key, consenting) = (Name::from("passes"), parties(&["FR", "MA"]));
    let action = Action {
        start: Some(due("start of forms")),
        recurs: "FREQ=MONTHLY;INTERVAL=3;COUNT=4".parse().ok(),
        clauses: vec![first_article(1)],
        ..action(
            "passes",
            "end of the quarter of 30 days after completion of forms",
        )
    };
    let part = |key: &str, measures: &[&str]| ActionPart {
        action: Action {
            clauses: vec![first_article(1)],
            ..roadmap::action(key, "2025-09-30")
        },
        measures: measures.iter().map(|key| (*key).into()).collect(),
    };
    let (why, decided) = ("the forms are not agreed", Some(decision("moves")));
    let reason = || why.to_owned();
    vec![
        R::RoadmapProposed { on, plan: plan() },
        R::ActionProposed {
            on,
            action: action.clone(),
        },
        R::ActionRevised {
            on,
            base: 1,
            action,
            consenting: consenting.clone(),
        },
        R::ActionWithdrawn {
            on,
            action: key.clone(),
            reason: Some(reason()),
        },
        R::ActionFollowsItem {
            on,
            action: key.clone(),
            item: item_ref(1, "passes"),
        },
        R::RoadmapVersionAdopted {
            on,
            version: 1,
            actions: vec![ActionRef {
                action: key.clone(),
                revision: 2,
            }],
            consenting: consenting.clone(),
        },
        R::DependencyAdded {
            on,
            dependency: Dependency {
                action: key.clone(),
                after: "forms".into(),
                kind: DependencyKind::FinishToStart,
                lag: -5,
            },
            consenting: consenting.clone(),
        },
        R::DependencyRemoved {
            on,
            action: key.clone(),
            after: "forms".into(),
            consenting: consenting.clone(),
        },
        R::MilestoneSet {
            on,
            action: key.clone(),
            milestone: Milestone {
                due: Some(due("2025-08-31")),
                ..milestone("drafted")
            },
            consenting: consenting.clone(),
        },
        R::TargetSet {
            on,
            action: key.clone(),
            target: Target {
                due: Some(due("6 months after adoption")),
                ..target("share")
            },
            consenting: consenting.clone(),
        },
        R::ActionStarted {
            on,
            action: key.clone(),
        },
        R::ProgressReported {
            on,
            action: key.clone(),
            as_of: on,
            words: words("forms were drafted"),
            percent: Some(40),
            evidence: vec!["archive, box 8".to_owned()],
            occurrence: Some(on),
        },
        R::ProgressAssessed {
            on,
            action: key.clone(),
            as_of: on,
            completion: Completion::Limited,
            words: words("one form of three"),
            decided: decided.clone(),
        },
        R::DueMoved {
            on,
            action: key.clone(),
            from: due("2025-09-30"),
            to: due("2025-12-31"),
            reason: reason(),
            consenting: consenting.clone(),
            decided: decided.clone(),
        },
        R::MilestoneMet {
            on,
            action: key.clone(),
            milestone: "share".into(),
            evidence: "figures of 2025".to_owned(),
            value: Some("81.5".into()),
            consenting: consenting.clone(),
        },
        R::MilestoneAccepted {
            on,
            action: key.clone(),
            milestone: "share".into(),
            decided: decided.clone(),
        },
        R::MilestoneNotAccepted {
            on,
            action: key.clone(),
            milestone: "share".into(),
            reason: reason(),
            decided,
        },
        R::MilestoneWaived {
            on,
            action: key.clone(),
            milestone: "drafted".into(),
            reason: reason(),
            consenting: consenting.clone(),
        },
        R::ActionCompleted {
            on,
            action: key.clone(),
        },
        R::ActionReopened {
            on,
            action: key.clone(),
            reason: reason(),
        },
        R::ActionSuspended {
            on,
            action: key.clone(),
            reason: reason(),
            consenting: consenting.clone(),
        },
        R::ActionResumed {
            on,
            action: key.clone(),
            consenting: consenting.clone(),
        },
        R::ActionCancelled {
            on,
            action: key.clone(),
            reason: reason(),
            consenting: consenting.clone(),
        },
        R::ActionSuperseded {
            on,
            action: key.clone(),
            by: "forms".into(),
            consenting: consenting.clone(),
        },
        R::ActionSplit {
            on,
            action: key.clone(),
            into: vec![part("passes-1", &["drafted"]), part("passes-2", &[])],
            consenting: consenting.clone(),
        },
        R::ActionsMerged {
            on,
            actions: vec![key, "forms".into()],
            into: Action {
                clauses: vec![first_article(1)],
                ..roadmap::action("papers", "2025-09-30")
            },
            consenting,
        },
    ]
}

/// An example of each event of an indicator.
pub fn of_indicators() -> Vec<I> {
    let (on, day) = (date("2025-06-25"), "2025-06-25");
    let of = |number, version: &str| IndicatorRef {
        indicator: indicator_id(number),
        version: version.parse().expect("a reference"),
    };
    let definition = Definition {
        decimals: 1,
        multiplier: 3,
        year_start: "07-01".parse().ok(),
        ratio: Some(Ratio {
            numerator: of(2, "1.2.0"),
            denominator: of(3, "1+"),
        }),
        course: Course::Directed,
        categories: vec![Category {
            key: "adults".into(),
            words: words("adults"),
            deprecated: true,
        }],
        attributes: vec![Attribute {
            key: "NOTE".into(),
            words: words("a note"),
            mandatory: true,
        }],
        tolerance: Tolerance {
            absolute: decimal("5"),
            relative: decimal("0.1"),
        },
        clauses: vec![first_article(1)],
        ..passes()
    };
    let key = FigureKey {
        period: "2023-A1".parse().expect("a period"),
        counterpart: Some("MA".into()),
        direction: Some(Direction::Out),
        category: Some("adults".into()),
    };
    let observation = Observation {
        value: Some(decimal("1680.5")),
        status: Status {
            list: StatusList::V2_2,
            codes: [ObsStatus::B, ObsStatus::P, ObsStatus::W].into(),
        },
        confidentiality: Confidentiality {
            status: ConfStatus::E,
            until: "2025-12-31T14:30:00+01:00".parse().ok(),
            also_to: vec!["MA".into()],
        },
        source: "the ministry".to_owned(),
        as_of: on,
        attributes: [("NOTE".into(), "a first count".to_owned())].into(),
        includes: vec!["732".into()],
        included_in: None,
    };
    let missing = Observation {
        value: None,
        status: Status {
            list: StatusList::V2_2,
            codes: [ObsStatus::K].into(),
        },
        confidentiality: Confidentiality::default(),
        includes: Vec::new(),
        included_in: Some("all".into()),
        ..observation.clone()
    };
    let figure = FigureId(3);
    let discrepancy = DiscrepancyId(6);
    let breakdown = Breakdown {
        adjustments: vec![Adjustment {
            cause: Cause::ErrorOf("FR".into()),
            nature: Nature::Irregular,
            amount: decimal("-955.5"),
            note: Some("a file was lost".to_owned()),
        }],
        residual: decimal("0.5"),
    };
    vec![
        draft(day, "1.1.0-draft.2", definition.clone()),
        adopt(day, "1.1.0", definition),
        I::FigureReported {
            on,
            version: version("1.1.0"),
            key,
            observation,
        },
        I::FigureRevised {
            on,
            figure,
            kind: RevisionKind::LateData,
            version: version("1.1.0"),
            observation: missing,
        },
        I::FigureWithdrawn {
            on,
            figure,
            reason: "counted twice".to_owned(),
        },
        I::DiscrepancyOpened {
            on,
            figures: [figure_at(3, 2), figure_at(4, 1)],
            due: Some(date("2025-09-01")),
        },
        I::DiscrepancyAnswered {
            on,
            discrepancy,
            answer: breakdown.clone(),
        },
        I::DiscrepancyReconciled {
            on,
            discrepancy,
            outcome: Outcome::Explained(breakdown),
            consenting: parties(&["FR", "MA"]),
        },
        I::IndicatorFollowsItem {
            on,
            item: item_ref(1, "figures"),
        },
    ]
}

/// An example of each event of the lifecycle of a framework.
pub fn of_frameworks() -> Vec<FrameworkEvent> {
    let agreement = agreement_id(1);
    let contact = framework::organ("FR", "contact", "Directorate of Immigration");
    let other = framework::organ("FR", "contact", "Directorate-general for foreigners");
    vec![
        framework::propose("2025-01-10", framework::terms(&["FR", "MA"])),
        framework::revise(
            "2025-01-20",
            1,
            framework::retitled("Comprehensive partnership"),
        ),
        framework::accept("2025-02-01", 2),
        framework::adopt("2025-03-01", 2, &["MA"]),
        framework::suspend("2026-01-10"),
        framework::resume("2026-02-10"),
        framework::end("2027-01-10"),
        FrameworkEvent::AreaProposed {
            on: date("2025-04-14"),
            area: framework::area("sport").into(),
        },
        framework::open("2025-04-14", "sport"),
        framework::expand("2025-04-14", "sport", "training of stewards", &["FR", "MA"]),
        framework::close("2026-12-01", "sport"),
        framework::include("2025-04-14", agreement, "sport"),
        framework::release("2026-11-01", agreement),
        framework::name("2025-04-14", contact),
        framework::replace("2025-09-01", "2025-09-15", other),
    ]
}

/// An example of each, with its stream: also of what other kinds of stream record of links.
pub fn all() -> Vec<(StreamId, Event)> {
    let (on, item) = (date("2025-06-25"), item_ref(1, "passes"));
    let meeting = StreamId::Meeting(meeting_id(1));
    let meetings = of_meetings().into_iter();
    let mut all: Vec<_> = meetings
        .map(|e| (meeting, Event::Meeting(e.into())))
        .collect();
    let jc = StreamId::Body(body_id("jc"));
    let bodies = of_bodies().into_iter();
    all.extend(bodies.map(|e| (jc, Event::Body(e.into()))));
    let roadmap = StreamId::Roadmap(roadmap_id(1));
    let roadmaps = of_roadmaps().into_iter();
    all.extend(roadmaps.map(|e| (roadmap, Event::Roadmap(e.into()))));
    let indicator = StreamId::Indicator(indicator_id(1));
    let indicators = of_indicators().into_iter();
    all.extend(indicators.map(|e| (indicator, Event::Indicator(e.into()))));
    let follows = RelationAct::AgreementFollowsItem {
        on,
        item: item.clone(),
    };
    let agreement = AgreementEvent::Machine(MachineEvent::Relation(follows));
    let area = FrameworkEvent::AreaFollowsItem {
        on,
        area: "migration".into(),
        item: item.clone(),
    };
    let exchange = StreamId::Exchange(exchange_id(1));
    let exchanges = of_exchanges().into_iter();
    all.extend(exchanges.map(|e| (exchange, Event::Exchange(e.into()))));
    let request = StreamId::Request(request_id(1));
    let requests = of_requests().into_iter();
    all.extend(requests.map(|e| (request, Event::Request(e.into()))));
    let lifecycle = of_frameworks().into_iter();
    let framework = StreamId::Framework(framework_id(1));
    all.extend(lifecycle.map(|e| (framework, Event::Framework(e.into()))));
    let package = PackageId(Uuid::from_u128(1));
    all.extend([
        (
            StreamId::Agreement(agreement_id(1)),
            Event::Agreement(agreement.into()),
        ),
        (
            StreamId::Framework(framework_id(1)),
            Event::Framework(area.into()),
        ),
        (
            StreamId::Package(package),
            Event::Package(PackageEvent::RoundFollowsItem { on, item }),
        ),
    ]);
    let rounds = of_rounds().into_iter();
    all.extend(rounds.map(|event| (StreamId::Package(package), Event::Package(event))));
    all.extend(crate::procedure_deeds::all());
    all
}

/// An example of each event of a round.
fn of_rounds() -> Vec<PackageEvent> {
    let (on, agreement, revision) = (date("2025-03-01"), agreement_id(1), Revision(2));
    let RoundCommand::Split {
        parts, consenting, ..
    } = round::split(&["ES", "FR", "MA"])
    else {
        return Vec::new();
    };
    vec![
        PackageEvent::RoundOpened(round::opening(&[1, 2]).into()),
        PackageEvent::MemberNegotiated {
            on,
            agreement,
            revision,
        },
        PackageEvent::MemberAgreed {
            on,
            agreement,
            revision,
        },
        PackageEvent::MemberReadied { on, agreement },
        PackageEvent::MemberHeld {
            on,
            agreement,
            reason: "the mandate is not there".to_owned(),
        },
        PackageEvent::MemberReleased { on, agreement },
        PackageEvent::RoundSplit {
            on,
            parts,
            consenting,
        },
    ]
}
