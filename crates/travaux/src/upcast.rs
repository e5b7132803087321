//! Old versions of payloads, brought up to the present one when they are read. What is stored is never touched.
//!
//! A change of an event's serde form is a new version of it: add a step here, and a fixture of the new version beside the old one
//! (`tests/fixtures/`). A step only puts into new words what the old payload says; what it does not say stays unsaid (a field that may be
//! absent), or the change is a new type of event.

use serde_json::Value;

use crate::UnreadableRecord;

/// From version `from` of a type's payload to the next one.
struct Step {
    kind: &'static str,
    from: u16,
    /// What it does to a payload; none, where the old one only leaves something unsaid: it is read as it
    /// stands.
    up: Option<Rewrite>,
}

/// Puts a payload of one version into the words of the next; says what is not as the first has it.
type Rewrite = fn(&mut Value) -> Result<(), &'static str>;

/// From the first version, which left unsaid what the second one may say.
const fn unsaid(kind: &'static str) -> Step {
    Step {
        kind,
        from: 1,
        up: None,
    }
}

/// All steps, in order of version within each type.
const STEPS: &[Step] = &[
    // On which day, with what scope and with whose consent was not recorded: it stays unsaid.
    unsaid("AreaOpened"),
    // With whose consent was not recorded: it stays unsaid.
    unsaid("AgreementReleased"),
    unsaid("BodyEstablished"),
    unsaid("RoadmapAdopted"),
    unsaid("ItemEnded"),
    // Which clauses an action carries out, or an indicator tells of, could not be said: it stays unsaid.
    unsaid("ActionProposed"),
    unsaid("ActionRevised"),
    unsaid("ActionSplit"),
    unsaid("ActionsMerged"),
    unsaid("IndicatorDrafted"),
    unsaid("IndicatorAdopted"),
    // Since when a member of a part is negotiated, and who let it go, stays unsaid.
    unsaid("RoundOpened"),
    // Who agreed on a date that does not follow.
    unsaid("EnteredIntoForce"),
    // Until when, after which notice, with whom: it stays unsaid.
    unsaid("Suspended"),
    unsaid("OperationResumed"),
    // Since when an amendment binds who consented to the amending agreement later.
    unsaid("AmendmentEnteredIntoForce"),
    // Between whom a measure operates.
    unsaid("ClaimNotified"),
    unsaid("MeasureCarriedOut"),
    // What silence does on it.
    unsaid("AmendmentNotified"),
    // Which part of a reservation was withdrawn.
    unsaid("WithdrawalReceived"),
    // Whether an instrument waits for the one that it is exchanged for.
    unsaid("InstrumentEstablished"),
    // On which day it was done, beside the event.
    unsaid("AgreementProposed"),
    unsaid("RevisionProposed"),
    unsaid("RevisionWithdrawn"),
    unsaid("RevisionAccepted"),
    unsaid("RevisionRejected"),
    unsaid("TextAdopted"),
    unsaid("TextAuthenticated"),
    unsaid("NegotiationAbandoned"),
    unsaid("PackageProposed"),
    unsaid("PackageAccepted"),
    unsaid("PackageRejected"),
    unsaid("PackageAdopted"),
    unsaid("PackageWithdrawn"),
    unsaid("AgreementJoined"),
];

/// The version of `kind`'s payload that is written.
pub(crate) fn current(kind: &str) -> u16 {
    latest(STEPS, kind)
}

/// Brings `payload` from version `from` up to the present one.
pub(crate) fn upcast(kind: &str, from: u16, payload: &mut Value) -> Result<(), UnreadableRecord> {
    run(STEPS, kind, from, payload)
}

/// Whether a payload of that version has to be rewritten to be read.
pub(crate) fn rewrites(kind: &str, from: u16) -> bool {
    rewritten(STEPS, kind, from)
}

fn rewritten(steps: &[Step], kind: &str, from: u16) -> bool {
    let mut steps = steps.iter().filter(|s| s.kind == kind && s.from >= from);
    steps.any(|step| step.up.is_some())
}

fn latest(steps: &[Step], kind: &str) -> u16 {
    steps
        .iter()
        .filter(|s| s.kind == kind)
        .map(|s| s.from + 1)
        .max()
        .unwrap_or(1)
}

fn run(steps: &[Step], kind: &str, from: u16, payload: &mut Value) -> Result<(), UnreadableRecord> {
    for step in steps.iter().filter(|s| s.kind == kind && s.from >= from) {
        let from = step.from;
        let Some(up) = step.up else { continue };
        up(payload).map_err(|what| UnreadableRecord::Schema { from, what })?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn rename(payload: &mut Value) -> Result<(), &'static str> {
        let fields = payload.as_object_mut().ok_or("it is no object")?;
        let old = fields.remove("when").ok_or("it has no `when`")?;
        fields.insert("on".into(), old);
        Ok(())
    }

    fn wrap(payload: &mut Value) -> Result<(), &'static str> {
        *payload = json!({ "act": payload.take() });
        Ok(())
    }

    const STEPS: &[Step] = &[
        Step {
            kind: "Signed",
            from: 1,
            up: Some(rename),
        },
        Step {
            kind: "Other",
            from: 1,
            up: Some(wrap),
        },
        Step {
            kind: "Signed",
            from: 2,
            up: Some(wrap),
        },
    ];

    #[test]
    fn every_old_version_is_read_as_the_present_one() {
        let check = |from, mut payload: Value, expected: Value| {
            run(STEPS, "Signed", from, &mut payload).expect("it is brought up");
            assert_eq!(payload, expected, "from {from}");
        };
        assert_eq!(
            (
                latest(STEPS, "Signed"),
                latest(STEPS, "Other"),
                latest(STEPS, "Third")
            ),
            (3, 2, 1)
        );
        check(1, json!({ "when": 1 }), json!({ "act": { "on": 1 } }));
        check(2, json!({ "on": 1 }), json!({ "act": { "on": 1 } }));
        check(
            3,
            json!({ "act": { "on": 1 } }),
            json!({ "act": { "on": 1 } }),
        );
    }

    #[test]
    fn what_only_left_something_unsaid_is_read_as_it_stands() {
        let steps = [
            Step {
                kind: "Signed",
                from: 1,
                up: Some(rename),
            },
            Step {
                kind: "Signed",
                from: 2,
                up: None,
            },
        ];
        for (kind, from, rewrites) in [
            ("Signed", 1, true),
            ("Signed", 2, false),
            ("Signed", 3, false),
            ("Other", 1, false),
        ] {
            assert_eq!(rewritten(&steps, kind, from), rewrites, "{kind} {from}");
        }
        let mut payload = json!({ "on": 1 });
        run(&steps, "Signed", 2, &mut payload).expect("there is nothing to do");
        assert_eq!(payload, json!({ "on": 1 }));
    }

    #[test]
    fn a_payload_that_does_not_fit_its_version_says_where() {
        let error = run(STEPS, "Signed", 1, &mut json!({})).expect_err("nothing to rename");
        assert_eq!(
            error.to_string(),
            "it cannot be brought from schema 1 to 2: it has no `when`"
        );
    }
}
