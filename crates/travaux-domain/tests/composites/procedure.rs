//! Procedures: how their versions are drafted, adopted, superseded; their lists, and calendars.

use travaux_domain::{
    Rule, StreamCommand, StreamId, Version,
    partnership::ClauseRef,
    procedure::{
        Procedure, ProcedureCommand as P, ProcedureStatus, Role, StepTable, VersionStatus,
    },
};
use travaux_testkit::{
    agreement::{accept, adopt, date, proposal, propose},
    deeds::of_procedures,
    history::{History, agreement_id, framework_id, procedure_id},
    meeting::{body, foundation, parties, words},
    procedure::{
        adopt_draft, asked, declare, in_force, open, passes, passes_but, propose_table,
        revise_table, step_of,
    },
};
use travaux_text::ProvisionId;

/// A command to the procedure under the number 1.
pub(crate) fn procedure(command: P) -> StreamCommand {
    StreamCommand::Procedure(procedure_id(1), command)
}

/// The procedure under the number 1, as it stands.
pub(crate) fn state(history: &History) -> Procedure {
    history.state(StreamId::Procedure(procedure_id(1)))
}

/// Each of these is refused to a party, by its row and in words that hold these.
#[track_caller]
pub(crate) fn refused(history: &mut History, cases: Vec<(&str, P, Rule, &str)>) {
    for (party, command, rule, says) in cases {
        history.refuses(party, procedure(command), rule, says);
    }
}

fn version(text: &str) -> Version {
    text.parse().expect("a version")
}

fn founded() -> History {
    let mut history = History::new();
    history
        .at("2024-10-28")
        .framework(1, "FR", foundation(&["FR", "MA", "ES"]))
        .framework(1, "FR", body())
        .at("2025-01-10");
    history
}

fn proposed(change: impl FnOnce(&mut P)) -> P {
    let mut command = propose_table("2025-01-10", "1.0.0-draft", passes());
    change(&mut command);
    command
}

#[test]
fn pr2_a_procedure_is_proposed_with_a_first_draft() {
    let mut history = founded();
    let with = |change: fn(&mut Vec<travaux_domain::PartyId>)| {
        proposed(|command| {
            if let P::ProcedureProposed { parties, .. } = command {
                change(parties);
            }
        })
    };
    let elsewhere = proposed(|command| {
        if let P::ProcedureProposed { framework, .. } = command {
            *framework = framework_id(2);
        }
    });
    let area = proposed(|command| {
        if let P::ProcedureProposed { area, .. } = command {
            *area = Some("sport".into());
        }
    });
    let stable = propose_table("2025-01-10", "1.0.0", passes());
    let untitled = propose_table(
        "2025-01-10",
        "1.0.0-draft",
        passes_but(|table| table.title.clear()),
    );
    let other_body = propose_table(
        "2025-01-10",
        "1.0.0-draft",
        passes_but(|table| table.body = Some("other".into())),
    );
    let stranger = propose_table(
        "2025-01-10",
        "1.0.0-draft",
        passes_but(|table| {
            step_of(table, "group").limit = "1 month, calendar of ES".parse().expect("a limit");
        }),
    );
    let blank = propose_table(
        "2025-01-10",
        "1.0.0-draft",
        passes_but(|table| step_of(table, "issue").words = words(" ")),
    );
    let future = propose_table("2025-01-12", "1.0.0-draft", passes());
    refused(
        &mut history,
        vec![
            ("US", proposed(|_| {}), Rule::P0, "`US`"),
            (
                "ES",
                proposed(|_| {}),
                Rule::P0,
                "a party to the procedure: FR, MA",
            ),
            ("MA", with(|p| p.truncate(1)), Rule::P0, "`MA`"),
            (
                "FR",
                with(|p| p.truncate(1)),
                Rule::PR2,
                "two parties or more",
            ),
            ("MA", with(|p| p.push("MA".into())), Rule::PR2, "each once"),
            (
                "MA",
                with(|p| p.push("US".into())),
                Rule::P0,
                "a party to the framework",
            ),
            ("MA", elsewhere, Rule::RC4, "a framework on record"),
            ("MA", area, Rule::FW1, "an area of the framework"),
            ("MA", stable, Rule::PR2, "such as 1.1.0-draft"),
            ("MA", untitled, Rule::RC5, "a title"),
            ("MA", blank, Rule::RC5, "words of step issue"),
            (
                "MA",
                other_body,
                Rule::PR4,
                "a body of the framework (gmmp)",
            ),
            ("MA", stranger, Rule::P0, "`ES`"),
            ("MA", future, Rule::RC3, "a day that has come"),
            (
                "MA",
                revise_table("2025-01-10", "1.0.0-draft.2", "1.0.0-draft", passes()),
                Rule::RC1,
                "no procedure of that id",
            ),
        ],
    );
    history.procedure(1, "MA", proposed(|_| {}));
    refused(
        &mut history,
        vec![("FR", proposed(|_| {}), Rule::RC1, "a new id")],
    );
    let state = state(&history);
    assert_eq!(state.parties, parties(&["FR", "MA"]));
    assert_eq!(state.status(date("2025-01-09")), ProcedureStatus::Absent);
    assert_eq!(state.status(date("2025-01-10")), ProcedureStatus::Draft);
    assert_eq!(state.table(), Some(&passes()));
}

#[test]
fn pr2_a_draft_changes_the_latest_under_a_label_of_its_own() {
    let mut history = founded();
    history
        .procedure(1, "MA", proposed(|_| {}))
        .at("2025-01-20");
    let longer = || {
        passes_but(|table| step_of(table, "examine").limit = "20 days".parse().expect("a limit"))
    };
    let revise = |label: &str, base: &str| revise_table("2025-01-20", label, base, longer());
    refused(
        &mut history,
        vec![
            (
                "ES",
                revise("1.0.0-draft.2", "1.0.0-draft"),
                Rule::P0,
                "`ES`",
            ),
            (
                "FR",
                revise("1.0.0", "1.0.0-draft"),
                Rule::PR2,
                "an extension",
            ),
            (
                "FR",
                revise("1.0.0-draft", "1.0.0-draft"),
                Rule::PR2,
                "a label behind 1.0.0-draft",
            ),
            (
                "FR",
                revise("1.0.0-alpha", "1.0.0-draft"),
                Rule::PR2,
                "a label behind 1.0.0-draft",
            ),
            (
                "FR",
                revise("1.0.0-draft.2", "0.9.0"),
                Rule::PR2,
                "which is not on record",
            ),
            (
                "FR",
                revise_table("2025-01-20", "1.0.0-draft.2", "1.0.0-draft", passes()),
                Rule::PR2,
                "another table than that of 1.0.0-draft",
            ),
            (
                "FR",
                revise_table("2025-01-09", "1.0.0-draft.2", "1.0.0-draft", longer()),
                Rule::RC3,
                "not before 1.0.0-draft was put on record",
            ),
        ],
    );
    history.procedure(1, "FR", revise("1.0.0-draft.2", "1.0.0-draft"));
    // Who did not read that is told, by name, what to do.
    let stale = revise_table(
        "2025-01-20",
        "1.0.0-draft.3",
        "1.0.0-draft",
        passes_but(|table| table.title = words("Passes")),
    );
    refused(
        &mut history,
        vec![(
            "MA",
            stale,
            Rule::PR2,
            "a change of the latest, 1.0.0-draft.2: change that",
        )],
    );
    let state = state(&history);
    assert_eq!(state.drafts[&version("1.0.0-draft")].table, passes());
    assert_eq!(state.latest_draft(None), Some(&version("1.0.0-draft.2")));
}

#[test]
fn pr2_the_latest_draft_is_adopted_by_all_for_days_to_come_and_never_changes() {
    let mut history = founded();
    let shorter = passes_but(|table| table.title = words("Passes"));
    history
        .procedure(1, "MA", proposed(|_| {}))
        .at("2025-01-20")
        .procedure(
            1,
            "FR",
            revise_table("2025-01-20", "1.0.0-draft.2", "1.0.0-draft", shorter),
        )
        .at("2025-02-01");
    let adopts = |change: fn(&mut P)| {
        let mut command = adopt_draft("2025-02-01", "1.0.0-draft.2", "2025-03-01");
        change(&mut command);
        command
    };
    fn consents(command: &mut P, names: &[&str]) {
        if let P::ProcedureAdopted { consenting, .. } = command {
            *consenting = parties(names);
        }
    }
    refused(
        &mut history,
        vec![
            (
                "MA",
                adopts(|c| consents(c, &["MA"])),
                Rule::PR2,
                "missing: FR",
            ),
            (
                "MA",
                adopts(|c| consents(c, &["MA", "FR", "ES"])),
                Rule::P0,
                "`ES`",
            ),
            (
                "MA",
                adopt_draft("2025-02-01", "1.0.0-draft", "2025-03-01"),
                Rule::PR2,
                "the latest draft of 1.0.0, 1.0.0-draft.2",
            ),
            (
                "MA",
                adopt_draft("2025-02-01", "1.0.0-draft.3", "2025-03-01"),
                Rule::PR2,
                "the latest draft of 1.0.0, 1.0.0-draft.2",
            ),
            (
                "MA",
                adopt_draft("2025-02-01", "1.1.0-draft", "2025-03-01"),
                Rule::PR2,
                "a draft of 1.1.0, of which there is none",
            ),
            (
                "MA",
                adopts(|c| {
                    if let P::ProcedureAdopted { version, .. } = c {
                        *version = Version::new(1, 1, 0);
                    }
                }),
                Rule::PR2,
                "a draft of 1.1.0",
            ),
            (
                "MA",
                adopts(|c| {
                    if let P::ProcedureAdopted { version, draft, .. } = c {
                        version.clone_from(draft);
                    }
                }),
                Rule::PR2,
                "a stable version such as 1.0.0",
            ),
            (
                "MA",
                adopt_draft("2025-02-01", "1.0.0-draft.2", "2025-01-31"),
                Rule::PR2,
                "a day from 2025-02-01 on: limits are rights",
            ),
            (
                "MA",
                adopt_draft("2025-01-19", "1.0.0-draft.2", "2025-03-01"),
                Rule::RC3,
                "not before it was drafted",
            ),
        ],
    );
    history.procedure(1, "MA", adopts(|_| {}));
    let one = Version::new(1, 0, 0);
    let found = state(&history);
    assert_eq!(found.adopted[&one].table.title, words("Passes"));
    assert_eq!(found.status(date("2025-02-28")), ProcedureStatus::Adopted);
    assert_eq!(found.status(date("2025-03-01")), ProcedureStatus::InForce);
    for (day, status) in [
        ("2025-01-31", None),
        ("2025-02-01", Some(VersionStatus::Adopted)),
        ("2025-03-01", Some(VersionStatus::InForce)),
    ] {
        assert_eq!(found.version_status(&one, date(day)), status, "{day}");
    }
    let titled = |title: &str| passes_but(|table| table.title = words(title));
    refused(
        &mut history,
        vec![
            (
                "FR",
                adopts(|_| {}),
                Rule::PR2,
                "which was adopted on 2025-02-01",
            ),
            (
                "FR",
                revise_table(
                    "2025-02-01",
                    "1.0.0-draft.3",
                    "1.0.0-draft.2",
                    titled("Other"),
                ),
                Rule::PR2,
                "a draft of a version behind 1.0.0",
            ),
            // A draft that was not adopted is no base any more.
            (
                "FR",
                revise_table(
                    "2025-02-01",
                    "1.0.1-draft",
                    "1.0.0-draft.2",
                    titled("Other"),
                ),
                Rule::PR2,
                "a change of the latest, 1.0.0: change that",
            ),
        ],
    );
    history
        .at("2025-04-01")
        .procedure(
            1,
            "FR",
            revise_table("2025-04-01", "1.0.1-draft", "1.0.0", titled("Other")),
        )
        .procedure(
            1,
            "FR",
            adopt_draft("2025-04-01", "1.0.1-draft", "2025-05-01"),
        );
    let found = state(&history);
    assert_eq!(found.adopted[&one].table.title, words("Passes"));
    let status = |day: &str| found.version_status(&one, date(day));
    assert_eq!(status("2025-04-30"), Some(VersionStatus::InForce));
    assert_eq!(status("2025-05-01"), Some(VersionStatus::Superseded));
    history.at("2025-04-02");
    let earlier = passes_but(|table| table.title = words("Third"));
    history.procedure(
        1,
        "MA",
        revise_table("2025-04-02", "1.0.2-draft", "1.0.1", earlier),
    );
    refused(
        &mut history,
        vec![(
            "MA",
            adopt_draft("2025-04-02", "1.0.2-draft", "2025-04-30"),
            Rule::PR2,
            "a day from 2025-05-01 on, from which 1.0.1 counts",
        )],
    );
}

#[test]
fn pr3_a_version_takes_the_step_that_its_changes_need() {
    let mut history = in_force(passes());
    let faster = || {
        passes_but(|table| step_of(table, "examine").limit = "10 days".parse().expect("a limit"))
    };
    let revise = |label: &str| revise_table("2025-03-03", label, "1.0.0", faster());
    refused(
        &mut history,
        vec![
            (
                "FR",
                revise("1.0.1-draft"),
                Rule::PR3,
                "expected 2.0.0, or a later one (major: another limit of step examine), found \
                 1.0.1-draft, a patch step from 1.0.0",
            ),
            (
                "FR",
                revise("1.1.0-draft"),
                Rule::PR3,
                "a minor step from 1.0.0",
            ),
            ("FR", revise("2.1.0-draft"), Rule::PR3, "no step from 1.0.0"),
            (
                "FR",
                revise_table("2025-03-03", "1.0.1-draft", "1.0.0", passes()),
                Rule::PR3,
                "another table than that of 1.0.0",
            ),
        ],
    );
    history.procedure(1, "FR", revise("2.0.0-draft"));
    // More than is needed is let through.
    history.procedure(
        1,
        "FR",
        revise_table("2025-03-03", "3.0.0-draft", "1.0.0", {
            passes_but(|table| table.title = words("Passes"))
        }),
    );
    history.procedure(
        1,
        "FR",
        adopt_draft("2025-03-03", "2.0.0-draft", "2025-03-03"),
    );
}

#[test]
fn pr2_no_case_begins_under_what_was_superseded() {
    let mut history = in_force(passes());
    asked(&mut history, "FR-1");
    let supersede = |change: fn(&mut P)| {
        let mut command = P::ProcedureSuperseded {
            on: date("2025-06-01"),
            from: date("2025-07-01"),
            by: None,
            reason: Some("one procedure for all".to_owned()),
            consenting: parties(&["FR", "MA"]),
        };
        change(&mut command);
        command
    };
    fn by(command: &mut P, number: u128) {
        if let P::ProcedureSuperseded { by, .. } = command {
            *by = Some(procedure_id(number));
        }
    }
    history.at("2025-06-01");
    refused(
        &mut history,
        vec![
            (
                "MA",
                supersede(|c| by(c, 2)),
                Rule::PR2,
                "a procedure under the same framework",
            ),
            ("MA", supersede(|c| by(c, 1)), Rule::RC1, "itself"),
            (
                "MA",
                supersede(|c| {
                    if let P::ProcedureSuperseded { from, .. } = c {
                        *from = date("2025-05-31");
                    }
                }),
                Rule::PR2,
                "a day from 2025-06-01 on",
            ),
            (
                "MA",
                supersede(|c| {
                    if let P::ProcedureSuperseded { consenting, .. } = c {
                        consenting.pop();
                    }
                }),
                Rule::PR2,
                "missing: MA",
            ),
        ],
    );
    history
        .procedure(
            2,
            "FR",
            propose_table("2025-06-01", "1.0.0-draft", passes()),
        )
        .procedure(1, "MA", supersede(|c| by(c, 2)))
        .procedure(1, "FR", open("2025-06-01", "FR-2", "1.0.0", "MA"))
        .at("2025-07-01");
    let titled = passes_but(|table| table.title = words("Passes"));
    refused(
        &mut history,
        vec![
            (
                "FR",
                open("2025-07-01", "FR-3", "1.0.0", "MA"),
                Rule::PR5,
                "it was superseded from 2025-07-01 on",
            ),
            ("FR", supersede(|_| {}), Rule::PR2, "propose another one"),
            (
                "FR",
                revise_table("2025-07-01", "1.0.1-draft", "1.0.0", titled),
                Rule::PR2,
                "one that was, from 2025-07-01 on",
            ),
            (
                "FR",
                adopt_draft("2025-07-01", "2.0.0-draft", "2025-07-01"),
                Rule::PR2,
                "one that was, from 2025-07-01 on",
            ),
        ],
    );
    let found = state(&history);
    assert_eq!(found.status(date("2025-06-30")), ProcedureStatus::InForce);
    assert_eq!(
        found.status(date("2025-07-01")),
        ProcedureStatus::Superseded
    );
    // What began goes on.
    history.procedure(
        1,
        "FR",
        travaux_testkit::procedure::take("2025-07-01", "FR-2", "request", "sent"),
    );
    let drafts = {
        let mut history = founded();
        history
            .procedure(1, "MA", proposed(|_| {}))
            .at("2025-06-01");
        history
    };
    drafts.clone().refuses(
        "MA",
        procedure(supersede(|_| {})),
        Rule::PR2,
        "drafts alone",
    );
}

#[test]
fn pr7_a_list_is_an_annex_of_an_agreement_that_was_adopted() {
    let mut history = founded();
    let list = |number: u128, ordinal: u32| {
        passes_but(|table| {
            let annex = ClauseRef {
                agreement: agreement_id(number),
                provision: ProvisionId {
                    revision: 1,
                    ordinal,
                },
                label: "Annex 1".to_owned(),
            };
            table.annexes.insert("proofs".into(), annex);
            let request = step_of(table, "request");
            request.inputs[0].list = Some("proofs".into());
        })
    };
    let propose_list =
        |number, ordinal| propose_table("2025-01-10", "1.0.0-draft", list(number, ordinal));
    let (party, draft) = propose(
        "MA",
        proposal(
            travaux_domain::Profile::arrangement(),
            &["FR", "MA"],
            vec![],
        ),
    );
    history.agreement(1, party, draft);
    let unlisted = passes_but(|table| {
        step_of(table, "request").inputs[0].list = Some("proofs".into());
    });
    refused(
        &mut history,
        vec![
            (
                "MA",
                propose_list(7, 1),
                Rule::PR7,
                "an agreement that was adopted",
            ),
            (
                "MA",
                propose_list(1, 1),
                Rule::PR7,
                "an agreement that was adopted",
            ),
            (
                "MA",
                propose_table("2025-01-10", "1.0.0-draft", unlisted),
                Rule::PR7,
                "refer to a list of the table",
            ),
        ],
    );
    history
        .agreement(1, "FR", accept(1))
        .agreement(1, "MA", adopt(1));
    refused(
        &mut history,
        vec![("MA", propose_list(1, 9_999), Rule::PR7, "no provision")],
    );
    history.procedure(1, "MA", propose_list(1, 1));
}

#[test]
fn pr8_a_party_declares_its_own_calendar_for_limits_to_come() {
    let mut history = in_force(passes());
    asked(&mut history, "FR-1");
    let calendar = |on: &str, change: fn(&mut travaux_domain::limit::Calendar)| {
        let mut command = declare(on, "Africa/Casablanca", &["2025-03-31"]);
        if let P::PartyCalendarDeclared { calendar, .. } = &mut command {
            change(calendar);
        }
        command
    };
    let zone = |c: &mut travaux_domain::limit::Calendar| c.zone = "Rabat".into();
    let all_week = |c: &mut travaux_domain::limit::Calendar| {
        use chrono::Weekday::{Fri, Mon, Thu, Tue, Wed};
        c.rest.extend([Mon, Tue, Wed, Thu, Fri]);
    };
    let far = |c: &mut travaux_domain::limit::Calendar| {
        c.holidays.insert(chrono::NaiveDate::MAX);
    };
    let many = |c: &mut travaux_domain::limit::Calendar| {
        c.holidays
            .extend(date("2025-01-01").iter_days().take(1_001));
    };
    let eid = |c: &mut travaux_domain::limit::Calendar| {
        c.holidays.insert(date("2025-04-01"));
    };
    history.at("2025-03-10");
    let day = "2025-03-10";
    refused(
        &mut history,
        vec![
            ("ES", calendar(day, |_| {}), Rule::P0, "`ES`"),
            ("MA", calendar(day, |_| {}), Rule::PR8, "another calendar"),
            (
                "MA",
                calendar(day, zone),
                Rule::PR8,
                "a zone of the IANA database",
            ),
            (
                "MA",
                calendar(day, all_week),
                Rule::PR8,
                "a day of the week that is worked on",
            ),
            ("MA", calendar(day, far), Rule::PR8, "the years 1 to 9998"),
            (
                "MA",
                calendar(day, many),
                Rule::PR8,
                "1000 holidays at most",
            ),
            // The act of 5 March in a case may rest on the calendar of before.
            (
                "MA",
                calendar("2025-03-04", eid),
                Rule::RC3,
                "the last act in a case",
            ),
            (
                "MA",
                calendar("2025-02-09", eid),
                Rule::RC3,
                "it declared the one before",
            ),
        ],
    );
    history.procedure(1, "MA", calendar(day, eid));
    let found = state(&history);
    let holidays = |day: &str| {
        let calendar = found.calendar_on(&"MA".into(), date(day));
        calendar.map(|calendar| calendar.holidays.len())
    };
    assert_eq!(holidays("2025-03-09"), Some(1));
    assert_eq!(holidays("2025-03-10"), Some(2));
    // The first one says of the days before, too.
    assert_eq!(holidays("1992-02-13"), Some(1));
    assert_eq!(found.calendar_on(&"ES".into(), date(day)), None);
}

#[test]
fn pr5_pr8_a_case_waits_for_the_calendars_by_which_its_limits_run() {
    let mut history = founded();
    history
        .procedure(
            1,
            "MA",
            propose_table("2025-01-10", "1.0.0-draft", passes()),
        )
        .procedure(
            1,
            "MA",
            adopt_draft("2025-01-10", "1.0.0-draft", "2025-01-10"),
        )
        .procedure(1, "FR", declare("2025-01-10", "Europe/Paris", &[]));
    refused(
        &mut history,
        vec![(
            "FR",
            open("2025-01-10", "FR-1", "1.0.0", "MA"),
            Rule::PR8,
            "missing: MA",
        )],
    );
    // MA asks FR: all of its limits run by the calendar of FR.
    history.procedure(1, "MA", open("2025-01-10", "MA-1", "1.0.0", "FR"));
}

/// All that is asked of a procedure, with the row on which it is recorded, and what a history says.
#[test]
fn each_event_says_what_was_done_and_on_which_row() {
    let expected = [
        (
            "ProcedureProposed",
            Rule::PR2,
            "procedure proposed: Consular passes, 1.0.0-draft (5 steps)",
        ),
        (
            "ProcedureRevised",
            Rule::PR2,
            "procedure revised: 1.0.0-draft.2 on 1.0.0-draft (5 steps)",
        ),
        (
            "ProcedureAdopted",
            Rule::PR2,
            "version 1.0.0 adopted from 1.0.0-draft.2, for cases from 2025-07-01 on",
        ),
        (
            "ProcedureSuperseded",
            Rule::PR2,
            "procedure superseded by procedure 00000000-0000-0000-0000-000000000002, from 2026-01-01 on: one procedure for all passes",
        ),
        (
            "PartyCalendarDeclared",
            Rule::PR8,
            "calendar declared: Africa/Casablanca",
        ),
        (
            "CaseOpened",
            Rule::PR5,
            "case FR-2025-0001 opened under 1.0.0: MA is asked",
        ),
        (
            "CaseTimeTold",
            Rule::PR1,
            "case FR-2025-0001: arrival was on 2025-06-20",
        ),
        (
            "CaseReceived",
            Rule::PR1,
            "case FR-2025-0001: received for examine",
        ),
        (
            "CaseStepTaken",
            Rule::PR1,
            "case FR-2025-0001: examine, accepted",
        ),
        (
            "CaseLimitExtended",
            Rule::PR1,
            "case FR-2025-0001: limit of issue put off (archives)",
        ),
        (
            "CaseMigrated",
            Rule::PR5,
            "case FR-2025-0001 moved to 2.0.0, at issue",
        ),
        (
            "CaseClosed",
            Rule::PR5,
            "case FR-2025-0001 closed (left-the-country)",
        ),
        (
            "ProcedureFollowsItem",
            Rule::MT9,
            "procedure follows up item passes of meeting 00000000-0000-0000-0000-000000000001",
        ),
    ];
    let found = of_procedures().into_iter().map(|event| {
        let what = event.describe().what;
        (event.type_name(), event.rule(), what)
    });
    let expected = expected.map(|(name, rule, what)| (name, rule, what.to_owned()));
    assert_eq!(found.collect::<Vec<_>>(), expected);
    for event in of_procedures() {
        let json = serde_json::to_string(&event).expect("JSON");
        assert_eq!(serde_json::from_str(&json).ok(), Some(event));
    }
}

/// What a file may say that is no table is an error that names it.
#[test]
fn pr1_unknown_fields_of_a_table_are_errors() {
    let json = serde_json::to_value(passes()).expect("JSON");
    let read = |json: &serde_json::Value| serde_json::from_value::<StepTable>(json.clone());
    assert_eq!(read(&json).ok(), Some(passes()));
    for (place, field) in [
        ("", "duration"),
        ("/steps/0", "deadline"),
        ("/steps/0/outcomes/0", "result"),
        ("/steps/0/inputs/0", "proofs"),
        ("/steps/0/inputs/0/accepts/0", "label"),
        ("/steps/2/outputs/0", "kind"),
    ] {
        let mut with = json.clone();
        with.pointer_mut(place).expect(place)[field] = "x".into();
        let error = read(&with).expect_err("it is unknown").to_string();
        assert!(error.contains(&format!("`{field}`")), "{error}");
    }
    for (place, field) in [
        ("/steps/0", "limit"),
        ("/steps/0", "silence"),
        ("/steps/0", "starts"),
        ("/steps/0", "actor"),
    ] {
        let mut without = json.clone();
        let object = without.pointer_mut(place).and_then(|v| v.as_object_mut());
        object.expect(place).remove(field);
        let error = read(&without).expect_err("it is missing").to_string();
        assert!(error.contains(&format!("`{field}`")), "{error}");
    }
    assert_eq!(Role::Requesting.to_string(), "requesting");
}
