//! A roadmap of FR and MA, and the parts of what is done on it. The words are drafts of our own.

use travaux_domain::{
    Name,
    partnership::{ItemRef, Words},
    roadmap::{
        Action, ActionRef, Dependency, DependencyKind, Due, Milestone, RoadmapCommand as R,
        RoadmapPlan, Target,
    },
};

use crate::{
    agreement::date,
    history::{History, framework_id},
    meeting::{
        agreed, body, by_all, convene, foundation, held, holder, parties, record, session, words,
    },
};

/// The roadmap of the framework under the number 1; its body may move due dates.
pub fn plan() -> RoadmapPlan {
    RoadmapPlan {
        framework: framework_id(1),
        title: "Roadmap 2025-2026".into(),
        parties: parties(&["FR", "MA"]),
        zone: "Africa/Casablanca".into(),
        body: Some("gmmp".into()),
        body_moves: true,
    }
}

/// When something is due.
pub fn due(words: &str) -> Due {
    words.parse().expect("a due date")
}

/// An action that FR leads and MA supports.
pub fn action(key: &str, due_on: &str) -> Action {
    Action {
        key: key.into(),
        title: words(&format!("what {key} asks for")),
        area: "migration".into(),
        leads: vec![holder("FR", "Directorate of Immigration", "")],
        supports: vec![holder("MA", "Directorate of Migration", "")],
        clauses: Vec::new(),
        start: None,
        due: (!due_on.is_empty()).then(|| due(due_on)),
        recurs: None,
    }
}

/// Proposes an action.
pub fn proposed(on: &str, action: Action) -> R {
    R::ActionProposed {
        on: date(on),
        action,
    }
}

/// Both parties adopt a version, of actions in their first words.
pub fn adopted(on: &str, version: u32, actions: &[&str]) -> R {
    let first = |key: &&str| ActionRef {
        action: (*key).into(),
        revision: 1,
    };
    R::RoadmapVersionAdopted {
        on: date(on),
        version,
        actions: actions.iter().map(first).collect(),
        consenting: both(),
    }
}

/// Both parties.
pub fn both() -> Vec<travaux_domain::PartyId> {
    parties(&["FR", "MA"])
}

/// Starts an action.
pub fn started(on: &str, action: &str) -> R {
    R::ActionStarted {
        on: date(on),
        action: action.into(),
    }
}

/// Completes an action.
pub fn completed(on: &str, action: &str) -> R {
    R::ActionCompleted {
        on: date(on),
        action: action.into(),
    }
}

/// Tells how far an action has come.
pub fn reported(on: &str, action: &str, as_of: &str, percent: u8) -> R {
    R::ProgressReported {
        on: date(on),
        action: action.into(),
        as_of: date(as_of),
        words: words("forms were drafted"),
        percent: Some(percent),
        evidence: Vec::new(),
        occurrence: None,
    }
}

/// Both parties move a due date.
pub fn moved(on: &str, action: &str, from: &str, to: &str) -> R {
    R::DueMoved {
        on: date(on),
        action: action.into(),
        from: due(from),
        to: due(to),
        reason: "the forms are not agreed".to_owned(),
        consenting: both(),
        decided: None,
    }
}

/// Lets an action wait for another.
pub fn depends(on: &str, action: &str, after: &str, kind: DependencyKind, lag: i32) -> R {
    R::DependencyAdded {
        on: date(on),
        dependency: Dependency {
            action: action.into(),
            after: after.into(),
            kind,
            lag,
        },
        consenting: Vec::new(),
    }
}

/// A milestone of a key.
pub fn milestone(key: &str) -> Milestone {
    Milestone {
        key: key.into(),
        title: words(key),
        due: None,
    }
}

/// A target: passes issued in time, from 25 to 80 per cent.
pub fn target(key: &str) -> Target {
    Target {
        key: key.into(),
        title: words("passes issued in time"),
        indicator: "lpc-in-time@1.0.0".into(),
        baseline: "25".into(),
        goal: "80".into(),
        unit: "per cent".into(),
        due: None,
    }
}

/// Both parties set a milestone.
pub fn set(on: &str, action: &str, key: &str) -> R {
    R::MilestoneSet {
        on: date(on),
        action: action.into(),
        milestone: milestone(key),
        consenting: both(),
    }
}

/// Tells that a milestone was met.
pub fn met(on: &str, action: &str, key: &str) -> R {
    R::MilestoneMet {
        on: date(on),
        action: action.into(),
        milestone: key.into(),
        evidence: "the forms, signed".to_owned(),
        value: None,
        consenting: Vec::new(),
    }
}

/// No words.
pub fn silent() -> Words {
    Words::new()
}

/// The item `moves` that the body agreed on at the session under the number 1, on 25 June 2025.
pub fn decision(item: &str) -> ItemRef {
    ItemRef {
        meeting: crate::history::meeting_id(1),
        item: Name::from(item),
    }
}

/// A log in which the roadmap under the number 1 was proposed in January 2025.
pub fn begun() -> History {
    let mut history = History::new();
    history
        .at("2024-10-28")
        .framework(1, "FR", foundation(&["FR", "MA", "ES"]))
        .framework(1, "FR", body())
        .at("2025-01-10")
        .roadmap(
            1,
            "FR",
            R::RoadmapProposed {
                on: date("2025-01-10"),
                plan: plan(),
            },
        );
    history
}

/// The same with the actions `forms` (due in June), `passes` (in September) and `report` (in
/// December), adopted on 1 February.
pub fn running() -> History {
    let mut history = begun();
    history.at("2025-01-20");
    for (key, due) in [
        ("forms", "2025-06-30"),
        ("passes", "2025-09-30"),
        ("report", "2025-12-31"),
    ] {
        history.roadmap(1, "FR", proposed("2025-01-20", action(key, due)));
    }
    history.at("2025-02-01").roadmap(
        1,
        "MA",
        adopted("2025-02-01", 1, &["forms", "passes", "report"]),
    );
    history
}

/// The same, with the session of the body on 25 June 2025, at which all agreed on the item `moves`,
/// and FR proposed the item `wishes`.
pub fn with_session() -> History {
    let mut history = running();
    let (day, proposal) = (
        "2025-06-25",
        travaux_domain::meeting::Mode::Proposed { by: "FR".into() },
    );
    history
        .at("2025-06-01")
        .meeting(1, "MA", convene("2025-06-01", session()))
        .at(day)
        .meeting(1, "MA", held(day))
        .meeting(1, "MA", record(day, agreed("moves", by_all())))
        .meeting(1, "MA", record(day, agreed("wishes", proposal)));
    history
}
