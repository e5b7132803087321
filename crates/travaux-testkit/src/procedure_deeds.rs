//! An example of each event of a procedure, with all that it can say.

use chrono::DateTime;
use travaux_domain::{
    Event, StreamId, Version,
    limit::{Calendar, Counting},
    partnership::ClauseRef,
    procedure::{ProcedureEvent as P, ProcedureStep, Role, Starts, StepTable},
};
use travaux_text::ProvisionId;

use crate::{
    agreement::date,
    history::{agreement_id, framework_id, procedure_id},
    meeting::{item_ref, parties},
    procedure::{passes_but, step, step_of},
};

/// A table with all that one can say.
fn full() -> StepTable {
    passes_but(|table| {
        let proofs = ClauseRef {
            agreement: agreement_id(1),
            provision: ProvisionId {
                revision: 1,
                ordinal: 2,
            },
            label: "Annex 2".to_owned(),
        };
        table.annexes.insert("proofs".into(), proofs);
        table.counting = Counting::REGULATION_1182_71;
        let request = step_of(table, "request");
        if let Some(identity) = request.inputs.first_mut() {
            identity.list = Some("proofs".into());
        }
        let interview =
            crate::procedure::outcome("done", travaux_domain::procedure::Gives::Other, "issue");
        let interview = ProcedureStep {
            optional: true,
            starts: Starts::Event("arrival".into()),
            ..step("interview", Role::Requesting, "14 days", vec![interview])
        };
        let to = crate::procedure::outcome(
            "interview",
            travaux_domain::procedure::Gives::Other,
            "interview",
        );
        step_of(table, "examine").outcomes.push(to);
        table.steps.insert(2, interview);
    })
}

/// An example of each event of a procedure.
pub fn of_procedures() -> Vec<P> {
    let on = date("2025-06-25");
    let at = DateTime::parse_from_rfc3339("2025-06-25T10:00:00+02:00").ok();
    let draft = |text: &str| -> Version { text.parse().expect("a version") };
    let case = || "FR-2025-0001".into();
    let consenting = parties(&["FR", "MA"]);
    vec![
        P::ProcedureProposed {
            on,
            framework: framework_id(1),
            area: Some("migration".into()),
            parties: consenting.clone(),
            version: draft("1.0.0-draft"),
            table: full(),
        },
        P::ProcedureRevised {
            on,
            version: draft("1.0.0-draft.2"),
            base: draft("1.0.0-draft"),
            table: full(),
        },
        P::ProcedureAdopted {
            on,
            version: Version::new(1, 0, 0),
            draft: draft("1.0.0-draft.2"),
            from: date("2025-07-01"),
            consenting: consenting.clone(),
        },
        P::ProcedureSuperseded {
            on,
            from: date("2026-01-01"),
            by: Some(procedure_id(2)),
            reason: Some("one procedure for all passes".to_owned()),
            consenting: consenting.clone(),
        },
        P::PartyCalendarDeclared {
            on,
            calendar: Calendar {
                holidays: [date("2025-07-30")].into(),
                ..Calendar::of("Africa/Casablanca")
            },
        },
        P::CaseOpened {
            on,
            at,
            case: case(),
            version: Version::new(1, 0, 0),
            requested: "MA".into(),
            times: [("arrival".into(), date("2025-06-20"))].into(),
        },
        P::CaseTimeTold {
            on,
            at,
            case: case(),
            event: "arrival".into(),
            day: date("2025-06-20"),
        },
        P::CaseReceived {
            on,
            at,
            case: case(),
            step: "examine".into(),
        },
        P::CaseStepTaken {
            on,
            at,
            case: case(),
            step: "examine".into(),
            outcome: "accepted".into(),
            consenting: consenting.clone(),
        },
        P::CaseLimitExtended {
            on,
            at,
            case: case(),
            step: "issue".into(),
            ground: "archives".into(),
        },
        P::CaseMigrated {
            on,
            at,
            case: case(),
            to: Version::new(2, 0, 0),
            step: "issue".into(),
            consenting: consenting.clone(),
        },
        P::CaseClosed {
            on,
            at,
            case: case(),
            ground: "left-the-country".into(),
            consenting,
        },
        P::ProcedureFollowsItem {
            on,
            item: item_ref(1, "passes"),
        },
    ]
}

/// The same, with their stream.
pub(crate) fn all() -> impl Iterator<Item = (StreamId, Event)> {
    let stream = StreamId::Procedure(procedure_id(1));
    let events = of_procedures().into_iter();
    events.map(move |event| (stream, Event::Procedure(event.into())))
}
