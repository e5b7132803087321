//! Procedures of FR and MA, and the parts of what is done under them. The limits of those of other
//! parties are those of their agreements; the words are drafts of our own.

use chrono::NaiveDate;
use travaux_domain::{
    Name,
    limit::{Calendar, Counting},
    procedure::{
        Gives, Input, Leads, Output, ProcedureCommand, ProcedureStep, Proof, Role, Silence, Starts,
        StepOutcome, StepTable,
    },
};

use crate::{
    agreement::date,
    history::{History, framework_id},
    meeting::{body, foundation, parties, words},
};

/// An outcome; `leads` is a step, a step after `back to `, or `end`.
pub fn outcome(key: &str, gives: Gives, leads: &str) -> StepOutcome {
    let leads = match (leads, leads.strip_prefix("back to ")) {
        ("end", _) => Leads::End,
        (_, Some(step)) => Leads::BackTo(step.into()),
        (step, None) => Leads::To(step.into()),
    };
    StepOutcome {
        key: key.into(),
        words: words(key),
        gives,
        leads,
    }
}

/// A step whose limit, if there is one, runs from when a case comes to it, and whose silence means
/// nothing.
pub fn step(key: &str, actor: Role, limit: &str, outcomes: Vec<StepOutcome>) -> ProcedureStep {
    ProcedureStep {
        key: key.into(),
        words: words(key),
        actor,
        inputs: Vec::new(),
        outputs: Vec::new(),
        limit: limit.parse().expect("a limit"),
        starts: Starts::Reached,
        outcomes,
        silence: Silence::Nothing,
        optional: false,
    }
}

/// What is accepted as a proof.
pub fn proof(key: &str) -> Proof {
    let words = words(key);
    Proof {
        key: key.into(),
        words,
    }
}

/// A table of steps.
pub fn table(title: &str, steps: Vec<ProcedureStep>) -> StepTable {
    StepTable {
        title: words(title),
        body: None,
        counting: Counting::PLAIN,
        annexes: [].into(),
        steps,
    }
}

/// Consular passes: asked for with a passport or an identity card, expired or not (minutes of 15
/// January 1993), examined within 30 days, issued within 3 working days; else the group is asked.
pub fn passes() -> StepTable {
    use Gives::{Obtained, Other, Refused};
    let identity = Input {
        key: "identity".into(),
        words: words("identity"),
        accepts: ["passport", "identity-card", "expired"].map(proof).into(),
        list: None,
        optional: false,
    };
    let request = ProcedureStep {
        inputs: vec![identity],
        ..step(
            "request",
            Role::Requesting,
            "none",
            vec![outcome("sent", Other, "examine")],
        )
    };
    let examine = ProcedureStep {
        starts: Starts::Received,
        silence: Silence::DeemedAgreed("accepted".into()),
        ..step(
            "examine",
            Role::Requested,
            "30 days",
            vec![
                outcome("accepted", Obtained, "issue"),
                outcome("refused", Refused, "end"),
                outcome("incomplete", Other, "back to request"),
            ],
        )
    };
    let issue = ProcedureStep {
        outputs: vec![Output {
            key: "pass".into(),
            words: words("a consular pass"),
        }],
        silence: Silence::Escalates("group".into()),
        ..step(
            "issue",
            Role::Requested,
            "3 working days, at most 10 working days",
            vec![outcome("issued", Obtained, "end")],
        )
    };
    let group = step(
        "group",
        Role::Body,
        "1 month, calendar of requested",
        vec![
            outcome("settled", Obtained, "end"),
            outcome("failed", Refused, "end"),
        ],
    );
    StepTable {
        body: Some("gmmp".into()),
        ..table("Consular passes", vec![request, examine, issue, group])
    }
}

/// The same with one thing changed.
pub fn passes_but(change: impl FnOnce(&mut StepTable)) -> StepTable {
    let mut table = passes();
    change(&mut table);
    table
}

/// A step of a table.
pub fn step_of<'t>(table: &'t mut StepTable, key: &str) -> &'t mut ProcedureStep {
    let found = table.steps.iter_mut().find(|step| step.key == *key);
    found.expect("a step of that key")
}

/// Proposes a procedure of FR and MA.
pub fn propose_table(on: &str, version: &str, table: StepTable) -> ProcedureCommand {
    ProcedureCommand::ProcedureProposed {
        on: date(on),
        framework: framework_id(1),
        area: Some("migration".into()),
        parties: parties(&["FR", "MA"]),
        version: version.parse().expect("a version"),
        table,
    }
}

/// Proposes a draft on another.
pub fn revise_table(on: &str, version: &str, base: &str, table: StepTable) -> ProcedureCommand {
    ProcedureCommand::ProcedureRevised {
        on: date(on),
        version: version.parse().expect("a version"),
        base: base.parse().expect("a version"),
        table,
    }
}

/// Adopts a draft, by FR and MA.
pub fn adopt_draft(on: &str, draft: &str, from: &str) -> ProcedureCommand {
    let draft: travaux_domain::Version = draft.parse().expect("a version");
    ProcedureCommand::ProcedureAdopted {
        on: date(on),
        version: draft.stable(),
        draft,
        from: date(from),
        consenting: parties(&["FR", "MA"]),
    }
}

/// Declares a calendar: its zone, Saturdays and Sundays off, and these holidays.
pub fn declare(on: &str, zone: &str, holidays: &[&str]) -> ProcedureCommand {
    let calendar = Calendar {
        holidays: holidays.iter().map(|day| date(day)).collect(),
        ..Calendar::of(zone)
    };
    ProcedureCommand::PartyCalendarDeclared {
        on: date(on),
        calendar,
    }
}

/// A day, or an instant with its offset.
pub type When<'a> = &'a str;

fn when(text: When<'_>) -> (NaiveDate, Option<chrono::DateTime<chrono::FixedOffset>>) {
    match text.parse::<chrono::DateTime<chrono::FixedOffset>>() {
        Ok(at) => (at.date_naive(), Some(at)),
        Err(_) => (date(text), None),
    }
}

/// Opens a case.
pub fn open(at: When<'_>, case: &str, version: &str, requested: &str) -> ProcedureCommand {
    let (on, at) = when(at);
    ProcedureCommand::CaseOpened {
        on,
        at,
        case: case.into(),
        version: version.parse().expect("a version"),
        requested: requested.into(),
        times: [].into(),
    }
}

/// Tells on which day something was.
pub fn tell(at: When<'_>, case: &str, event: &str, day: &str) -> ProcedureCommand {
    let (on, at) = when(at);
    ProcedureCommand::CaseTimeTold {
        on,
        at,
        case: case.into(),
        event: event.into(),
        day: date(day),
    }
}

/// Receives what a step is about.
pub fn receive(at: When<'_>, case: &str, step: &str) -> ProcedureCommand {
    let (on, at) = when(at);
    ProcedureCommand::CaseReceived {
        on,
        at,
        case: case.into(),
        step: step.into(),
    }
}

/// Does a step.
pub fn take(at: When<'_>, case: &str, step: &str, outcome: &str) -> ProcedureCommand {
    take_by(at, case, step, outcome, &[])
}

/// Does a step, by consent of these.
pub fn take_by(
    at: When<'_>,
    case: &str,
    step: &str,
    outcome: &str,
    consenting: &[&str],
) -> ProcedureCommand {
    let (on, at) = when(at);
    ProcedureCommand::CaseStepTaken {
        on,
        at,
        case: case.into(),
        step: step.into(),
        outcome: outcome.into(),
        consenting: parties(consenting),
    }
}

/// Puts the limit of a step off.
pub fn extend(at: When<'_>, case: &str, step: &str, ground: &str) -> ProcedureCommand {
    let (on, at) = when(at);
    ProcedureCommand::CaseLimitExtended {
        on,
        at,
        case: case.into(),
        step: step.into(),
        ground: ground.into(),
    }
}

/// Moves a case to a later version, by consent of these.
pub fn migrate(at: When<'_>, case: &str, to: &str, step: &str, by: &[&str]) -> ProcedureCommand {
    let (on, at) = when(at);
    ProcedureCommand::CaseMigrated {
        on,
        at,
        case: case.into(),
        to: to.parse().expect("a version"),
        step: step.into(),
        consenting: parties(by),
    }
}

/// Closes a case, by consent of these.
pub fn close(at: When<'_>, case: &str, ground: &str, by: &[&str]) -> ProcedureCommand {
    let (on, at) = when(at);
    ProcedureCommand::CaseClosed {
        on,
        at,
        case: case.into(),
        ground: ground.into(),
        consenting: parties(by),
    }
}

/// The framework under the number 1, of FR, MA and ES, with its body; and a procedure under the
/// number 1 of FR and MA, in force from 1 March 2025, with both calendars.
pub fn in_force(table: StepTable) -> History {
    let mut history = History::new();
    history
        .at("2024-10-28")
        .framework(1, "FR", foundation(&["FR", "MA", "ES"]))
        .framework(1, "FR", body())
        .at("2025-01-10")
        .procedure(1, "MA", propose_table("2025-01-10", "1.0.0-draft", table))
        .at("2025-02-01")
        .procedure(
            1,
            "FR",
            adopt_draft("2025-02-01", "1.0.0-draft", "2025-03-01"),
        )
        .at("2025-02-10")
        .procedure(
            1,
            "FR",
            declare("2025-02-10", "Europe/Paris", &["2025-04-21"]),
        )
        .procedure(
            1,
            "MA",
            declare("2025-02-10", "Africa/Casablanca", &["2025-03-31"]),
        )
        .at("2025-03-03");
    history
}

/// A case under the number, asked for by FR on 3 March 2025 and received by MA on the 5th.
pub fn asked(history: &mut History, case: &str) {
    history
        .at("2025-03-03")
        .procedure(1, "FR", open("2025-03-03", case, "1.0.0", "MA"))
        .procedure(1, "FR", take("2025-03-03", case, "request", "sent"))
        .at("2025-03-05")
        .procedure(1, "MA", receive("2025-03-05", case, "examine"));
}

/// The key of something.
pub fn key(text: &str) -> Name {
    text.into()
}
