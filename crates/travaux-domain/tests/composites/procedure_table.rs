//! Step tables: their shape, and the step of a version that each change needs.

use travaux_domain::{
    Rule,
    limit::Counting,
    partnership::ClauseRef,
    procedure::{Gives, Input, Leads, MAX_STEPS, Output, Role, Silence, Starts, StepTable},
    version::Step,
};
use travaux_testkit::{
    agreement::lang,
    history::agreement_id,
    meeting::words,
    procedure::{key, outcome, passes, passes_but, proof, step, step_of, table},
};
use travaux_text::ProvisionId;

type Change = fn(&mut StepTable);

fn limit(table: &mut StepTable, of: &str, text: &str) {
    step_of(table, of).limit = text.parse().expect("a limit");
}

fn input(key: &str, optional: bool) -> Input {
    Input {
        key: key.into(),
        words: words(key),
        accepts: vec![],
        list: None,
        optional,
    }
}

fn annex(label: &str, ordinal: u32) -> ClauseRef {
    ClauseRef {
        agreement: agreement_id(1),
        provision: ProvisionId {
            revision: 1,
            ordinal,
        },
        label: label.to_owned(),
    }
}

/// An ad hoc mission of experts, to which the examination may lead.
fn experts(table: &mut StepTable) {
    let mut experts = step(
        "experts",
        Role::Body,
        "1 month, calendar of requested",
        vec![
            outcome("identified", Gives::Obtained, "issue"),
            outcome("not-identified", Gives::Refused, "end"),
        ],
    );
    experts.optional = true;
    table.steps.insert(2, experts);
    let ask = outcome("experts", Gives::Other, "experts");
    step_of(table, "examine").outcomes.push(ask);
}

/// The changes that are made to the table of passes, the step that each needs, and how it is called.
const CHANGES: &[(Change, Step, &str)] = &[
    (|t| t.title = words("Passes"), Step::Patch, "the title"),
    (
        |t| {
            t.title.insert(lang("fr"), "Laissez-passer".to_owned());
        },
        Step::Patch,
        "the title",
    ),
    (
        |t| step_of(t, "examine").words = words("to examine"),
        Step::Patch,
        "the words of step examine",
    ),
    (
        |t| step_of(t, "examine").outcomes[0].words = words("yes"),
        Step::Patch,
        "the words of outcome accepted of step examine",
    ),
    (
        |t| step_of(t, "request").inputs[0].words = words("who"),
        Step::Patch,
        "the words of input identity of step request",
    ),
    (
        |t| step_of(t, "request").inputs[0].accepts[0].words = words("a passport"),
        Step::Patch,
        "the words of proof passport of input identity of step request",
    ),
    (
        |t| step_of(t, "issue").outputs[0].words = words("a paper"),
        Step::Patch,
        "the words of output pass of step issue",
    ),
    (
        |t| step_of(t, "examine").outcomes.swap(0, 1),
        Step::Patch,
        "the order",
    ),
    (experts, Step::Minor, "an optional step added, experts"),
    (
        |t| {
            step_of(t, "request").inputs[0]
                .accepts
                .push(proof("military-card"))
        },
        Step::Minor,
        "proof military-card of input identity of step request accepted",
    ),
    (
        |t| step_of(t, "request").inputs.push(input("photograph", true)),
        Step::Minor,
        "input photograph of step request added",
    ),
    (
        |t| step_of(t, "request").inputs[0].optional = true,
        Step::Minor,
        "input identity of step request is now optional",
    ),
    (
        |t| {
            t.annexes.insert("posts".into(), annex("Annex 3", 3));
        },
        Step::Minor,
        "list posts added",
    ),
    (
        |t| {
            t.steps.retain(|step| step.key != "group");
            step_of(t, "issue").silence = Silence::Nothing;
        },
        Step::Major,
        "step group removed",
    ),
    (
        |t| {
            experts(t);
            step_of(t, "experts").optional = false;
        },
        Step::Major,
        "a step that is not optional added, experts",
    ),
    (
        |t| limit(t, "examine", "31 days"),
        Step::Major,
        "another limit of step examine",
    ),
    (
        |t| limit(t, "examine", "1 month"),
        Step::Major,
        "another limit of step examine",
    ),
    (
        |t| limit(t, "issue", "3 working days"),
        Step::Major,
        "another limit of step issue",
    ),
    (
        |t| {
            limit(
                t,
                "issue",
                "3 working days, at most 10 working days, calendar of FR",
            )
        },
        Step::Major,
        "another limit of step issue",
    ),
    (
        |t| step_of(t, "issue").actor = Role::Requesting,
        Step::Major,
        "another actor of step issue",
    ),
    (
        |t| step_of(t, "examine").silence = Silence::DeemedRefused("refused".into()),
        Step::Major,
        "another default on silence of step examine",
    ),
    (
        |t| step_of(t, "examine").silence = Silence::Nothing,
        Step::Major,
        "another default on silence of step examine",
    ),
    (
        |t| step_of(t, "examine").starts = Starts::Reached,
        Step::Major,
        "another start of the limit of step examine",
    ),
    (
        |t| {
            step_of(t, "request").inputs[0].accepts.pop();
        },
        Step::Major,
        "proof expired of input identity of step request withdrawn",
    ),
    (
        |t| {
            step_of(t, "request")
                .inputs
                .push(input("photograph", false))
        },
        Step::Major,
        "input photograph of step request added",
    ),
    (
        |t| step_of(t, "request").inputs.clear(),
        Step::Major,
        "input identity of step request removed",
    ),
    (
        |t| step_of(t, "issue").outputs.clear(),
        Step::Major,
        "output pass of step issue removed",
    ),
    (
        |t| {
            step_of(t, "examine").outputs.push(Output {
                key: "report".into(),
                words: words("report"),
            });
        },
        Step::Major,
        "output report of step examine added",
    ),
    (
        |t| {
            step_of(t, "group")
                .outcomes
                .push(outcome("put-off", Gives::Other, "end"))
        },
        Step::Major,
        "outcome put-off of step group added",
    ),
    (
        |t| {
            step_of(t, "examine").outcomes.pop();
        },
        Step::Major,
        "outcome incomplete of step examine removed",
    ),
    (
        |t| step_of(t, "examine").outcomes[0].leads = Leads::End,
        Step::Major,
        "outcome accepted of step examine leads elsewhere, or gives something else",
    ),
    (
        |t| step_of(t, "group").outcomes[1].gives = Gives::Other,
        Step::Major,
        "outcome failed of step group leads elsewhere, or gives something else",
    ),
    (
        |t| t.body = Some("other".into()),
        Step::Major,
        "another body",
    ),
    (
        |t| t.counting = Counting::REGULATION_1182_71,
        Step::Major,
        "limits are counted otherwise",
    ),
    (|t| t.steps.swap(0, 1), Step::Major, "another first step"),
];

#[test]
fn pr3_each_change_needs_its_step() {
    let before = passes();
    assert_eq!(before.changes(&before), vec![]);
    for (change, needs, what) in CHANGES {
        let after = passes_but(change);
        let changes = before.changes(&after);
        let most = changes.iter().map(|change| change.step).max();
        assert_eq!(most, Some(*needs), "{what}: {changes:?}");
        let named = changes.iter().any(|change| change.what == *what);
        assert!(named, "{what}: {changes:?}");
    }
}

#[test]
fn pr3_what_was_given_is_a_right_and_taking_it_back_is_major() {
    let before = passes();
    for (change, there, what) in CHANGES {
        let after = passes_but(change);
        let changes = after.changes(&before);
        let back = changes.iter().map(|change| change.step).max();
        match there {
            Step::Patch => assert_eq!(back, Some(Step::Patch), "back from {what}"),
            Step::Minor => assert_eq!(back, Some(Step::Major), "back from {what}"),
            Step::Major => assert!(back > Some(Step::Patch), "back from {what}: {changes:?}"),
        }
    }
}

#[test]
fn pr3_a_first_proof_that_is_named_narrows_what_was_accepted() {
    let any = passes_but(|t| step_of(t, "request").inputs[0].accepts.clear());
    let one = passes_but(|t| step_of(t, "request").inputs[0].accepts.truncate(1));
    let step = |before: &StepTable, after: &StepTable| {
        before.changes(after).iter().map(|change| change.step).max()
    };
    assert_eq!(step(&any, &one), Some(Step::Major));
    let moved = |ordinal, label: &str| {
        passes_but(|t| {
            t.annexes.insert("proofs".into(), annex(label, ordinal));
            step_of(t, "request").inputs[0].list = Some("proofs".into());
        })
    };
    assert_eq!(
        step(&moved(1, "Annex 1"), &moved(1, "Annex I")),
        Some(Step::Patch)
    );
    assert_eq!(
        step(&moved(1, "Annex 1"), &moved(2, "Annex 1")),
        Some(Step::Major)
    );
    assert_eq!(step(&passes(), &moved(1, "Annex 1")), Some(Step::Major));
}

#[test]
fn pr4_a_table_hangs_together() {
    assert_eq!(passes().faults(), vec![]);
    assert_eq!(passes_but(experts).faults(), vec![]);
    let cases: &[(Change, Rule, &str, &str)] = &[
        (
            |t| t.steps.clear(),
            Rule::PR4,
            "from 1 to 64 steps",
            "0 steps",
        ),
        (
            |t| {
                let one = t.steps[0].clone();
                t.steps.extend((0..MAX_STEPS).map(|n| {
                    let mut step = one.clone();
                    step.key = format!("{n}").into();
                    step
                }));
            },
            Rule::PR4,
            "from 1 to 64 steps",
            "68 steps",
        ),
        (
            |t| step_of(t, "group").key = key("issue"),
            Rule::PR4,
            "steps of different keys",
            "`issue` twice",
        ),
        (
            |t| step_of(t, "group").outcomes[1].key = key("settled"),
            Rule::PR4,
            "outcomes of step group of different keys",
            "`settled` twice",
        ),
        (
            |t| {
                let again = step_of(t, "request").inputs[0].clone();
                step_of(t, "request").inputs.push(again);
            },
            Rule::PR4,
            "inputs of step request of different keys",
            "`identity` twice",
        ),
        (
            |t| step_of(t, "group").outcomes.clear(),
            Rule::PR4,
            "an outcome of step group",
            "none",
        ),
        (
            |t| step_of(t, "examine").outcomes[0].leads = Leads::To("archive".into()),
            Rule::PR4,
            "step examine to lead to a step (request, examine, issue, group)",
            "`archive`",
        ),
        (
            |t| step_of(t, "issue").silence = Silence::Escalates("archive".into()),
            Rule::PR4,
            "step issue to lead to a step",
            "`archive`",
        ),
        // Silence cannot mean what the outcome does not give.
        (
            |t| step_of(t, "examine").silence = Silence::DeemedAgreed("refused".into()),
            Rule::PR4,
            "silence at step examine to name an outcome that is obtained",
            "`refused`",
        ),
        (
            |t| step_of(t, "examine").silence = Silence::DeemedRefused("incomplete".into()),
            Rule::PR4,
            "silence at step examine to name an outcome that is refused",
            "`incomplete`",
        ),
        (
            |t| step_of(t, "examine").silence = Silence::DeemedAgreed("given".into()),
            Rule::PR4,
            "silence at step examine to name an outcome",
            "`given`",
        ),
        // Nobody comes to the group any more.
        (
            |t| step_of(t, "issue").silence = Silence::Nothing,
            Rule::PR4,
            "every step to be reached from the first",
            "`group` is not",
        ),
        // A return that is not declared; one that is none; to itself.
        (
            |t| step_of(t, "examine").outcomes[2].leads = Leads::To("request".into()),
            Rule::PR4,
            "outcome incomplete of step examine to lead to a return that is declared",
            "`request`",
        ),
        (
            |t| step_of(t, "examine").outcomes[2].leads = Leads::To("examine".into()),
            Rule::PR4,
            "a return that is declared",
            "`examine`",
        ),
        (
            |t| step_of(t, "examine").outcomes[0].leads = Leads::BackTo("issue".into()),
            Rule::PR4,
            "outcome accepted of step examine to lead to a step further down",
            "`issue`",
        ),
        // Silence that leads back would go round without anybody.
        (
            |t| step_of(t, "issue").silence = Silence::Escalates("request".into()),
            Rule::PR4,
            "silence at step issue to lead further down",
            "back to `request`",
        ),
        (
            |t| step_of(t, "issue").silence = Silence::Escalates("issue".into()),
            Rule::PR4,
            "silence at step issue to lead further down",
            "back to `issue`",
        ),
        (
            |t| {
                let again = outcome("again", Gives::Refused, "back to request");
                step_of(t, "examine").outcomes.push(again);
                step_of(t, "examine").silence = Silence::DeemedRefused("again".into());
            },
            Rule::PR4,
            "silence at step examine to lead further down",
            "back to `request`",
        ),
        // Silence without a limit never comes, and no limit runs from a receipt.
        (
            |t| limit(t, "issue", "none"),
            Rule::PR4,
            "a limit of step issue, after which it is silence",
            "none",
        ),
        (
            |t| {
                limit(t, "examine", "none");
                step_of(t, "examine").silence = Silence::Nothing;
            },
            Rule::PR4,
            "a limit of step examine, which says from when it runs",
            "none",
        ),
        (
            |t| limit(t, "group", "1 month"),
            Rule::PR8,
            "whose calendar the limit of step group runs by",
            "`1 month`",
        ),
        (
            |t| t.body = None,
            Rule::PR4,
            "the body whose step group is",
            "none",
        ),
        // An optional step that cannot be gone around is none.
        (
            |t| step_of(t, "examine").optional = true,
            Rule::PR4,
            "step request to have an outcome beside those to examine",
            "none",
        ),
        (
            |t| step_of(t, "request").optional = true,
            Rule::PR4,
            "step request to have an outcome beside",
            "none",
        ),
    ];
    for (change, rule, expected, found) in cases {
        let faults = passes_but(change).faults();
        let fits = faults.iter().any(|fault| {
            fault.rule == *rule && fault.expected.contains(expected) && fault.found.contains(found)
        });
        assert!(fits, "{expected}: {faults:?}");
    }
}

/// Two steps that send a case to and fro, and never end it.
#[test]
fn pr4_every_step_reaches_an_end() {
    let lost = table(
        "Round and round",
        vec![
            step(
                "ask",
                Role::Requesting,
                "none",
                vec![
                    outcome("sent", Gives::Other, "answer"),
                    outcome("given-up", Gives::Other, "end"),
                ],
            ),
            step(
                "answer",
                Role::Requested,
                "none",
                vec![outcome("more", Gives::Other, "clarify")],
            ),
            step(
                "clarify",
                Role::Requesting,
                "none",
                vec![outcome("sent", Gives::Other, "back to answer")],
            ),
        ],
    );
    let says: Vec<_> = lost.faults().into_iter().map(|fault| fault.found).collect();
    assert_eq!(says, ["`answer` does not", "`clarify` does not"]);
    // Escalation is a way to the end.
    let mut found = lost;
    found.body = Some("gmmp".into());
    found.steps.push(step(
        "group",
        Role::Body,
        "none",
        vec![outcome("settled", Gives::Obtained, "end")],
    ));
    let clarify = step_of(&mut found, "clarify");
    clarify.limit = "10 days".parse().expect("a limit");
    clarify.silence = Silence::Escalates("group".into());
    assert_eq!(found.faults(), vec![]);
}
