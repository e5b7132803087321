//! Procedures: what is done to one that was proposed, and in its cases.

use super::{ALL_CONSENTING, CONSENTING, ON, field};
use crate::commands::verbs::{
    ArgKind::{Date, List, Pairs, Text},
    Field,
    Presence::{Default, Optional, Required},
    Verb,
};

const CASE: Field = field("case", "case", Text, Required, "The reference of the case");
const AT: Field = field(
    "at",
    "at",
    Text,
    Optional,
    "The instant, such as 2025-03-03T10:00:00+01:00",
);
const STEP: Field = field("step", "step", Text, Required, "The step, by its key");
const VERSION: Field = field("version", "version", Text, Required, "The version");
const GROUND: Field = field("ground", "ground", Text, Required, "On which ground, a key");

pub(in crate::commands::verbs) const VERBS: &[Verb] = &[
    verb!(
        "adopt",
        "Adopt the latest draft as a version",
        "ProcedureAdopted",
        [
            ON,
            VERSION,
            field(
                "draft",
                "draft",
                Text,
                Required,
                "The draft whose steps it has"
            ),
            field(
                "from",
                "from",
                Date,
                Required,
                "Cases that begin from this day on begin under it"
            ),
            ALL_CONSENTING,
        ],
        "--as FR procedure adopt passes --version 1.1.0 --draft 1.1.0-draft --from 2025-06-01 --consenting FR,MA --on 2025-05-02"
    ),
    verb!(
        "supersede",
        "Let no case begin under a procedure any more; those that began go on",
        "ProcedureSuperseded",
        [
            ON,
            field("from", "from", Date, Required, "From which day on"),
            field(
                "by",
                "by",
                Text,
                Optional,
                "The procedure that takes its place, by id"
            ),
            field("reason", "reason", Text, Optional, "Why"),
            ALL_CONSENTING,
        ],
        "--as FR procedure supersede passes --from 2026-01-01 --reason 'one for all' --consenting FR,MA --on 2025-05-01"
    ),
    verb!(
        "calendar",
        "Declare one's calendar, for limits that begin to run from then on",
        "PartyCalendarDeclared",
        [
            ON,
            field(
                "zone",
                "calendar.zone",
                Text,
                Required,
                "The zone, such as Africa/Casablanca"
            ),
            field(
                "rest",
                "calendar.rest",
                List,
                Default("Sat,Sun"),
                "The days of the week that are not worked on"
            ),
            field(
                "holidays",
                "calendar.holidays",
                List,
                Optional,
                "The other days that are not"
            ),
        ],
        "--as MA procedure calendar passes --zone Africa/Casablanca --holidays 2025-07-30,2025-08-14 --on 2025-05-01"
    ),
];

pub(in crate::commands::verbs) const CASES: &[Verb] = &[
    verb!(
        "open",
        "Open a case under the version in force",
        "CaseOpened",
        [
            ON,
            AT,
            CASE,
            VERSION,
            field("ask", "requested", Text, Required, "Who is asked"),
            field(
                "time",
                "times",
                Pairs,
                Optional,
                "The day of something from which a limit runs: arrival=2025-03-01"
            ),
        ],
        "--as FR procedure case open passes --case FR-2025-0002 --version 1.0.0 --ask MA --on 2025-05-01"
    ),
    verb!(
        "tell",
        "Tell the day of something from which a limit runs",
        "CaseTimeTold",
        [
            ON,
            AT,
            CASE,
            field("event", "event", Text, Required, "Of what, by its key"),
            field("day", "day", Date, Required, "On which day it happened"),
        ],
        "--as FR procedure case tell passes --case FR-2025-0001 --event hearing --day 2025-05-02 --on 2025-05-02"
    ),
    verb!(
        "receive",
        "Say that what a step is about was received: its limit runs",
        "CaseReceived",
        [ON, AT, CASE, STEP],
        "--as MA procedure case receive passes --case FR-2025-0001 --step examine --on 2025-05-02"
    ),
    verb!(
        "step",
        "Do the step at which a case stands",
        "CaseStepTaken",
        [
            ON,
            AT,
            CASE,
            STEP,
            field(
                "outcome",
                "outcome",
                Text,
                Required,
                "With which outcome, by its key"
            ),
            CONSENTING,
        ],
        "--as MA procedure case step passes --case FR-2025-0001 --step examine --outcome accepted --on 2025-05-05"
    ),
    verb!(
        "extend",
        "Put the limit of a step off, before it has passed",
        "CaseLimitExtended",
        [ON, AT, CASE, STEP, GROUND],
        "--as MA procedure case extend passes --case FR-2025-0001 --step examine --ground archives --on 2025-05-05"
    ),
    verb!(
        "migrate",
        "Move a case to the version in force",
        "CaseMigrated",
        [
            ON,
            AT,
            CASE,
            field("to", "to", Text, Required, "The version"),
            STEP,
            ALL_CONSENTING,
        ],
        "--as MA procedure case migrate passes --case FR-2025-0001 --to 1.1.0 --step examine --consenting FR,MA --on 2025-06-02"
    ),
    verb!(
        "close",
        "Close a case before it came to its end",
        "CaseClosed",
        [ON, AT, CASE, GROUND, CONSENTING],
        "--as FR procedure case close passes --case FR-2025-0001 --ground left-the-country --on 2025-05-05"
    ),
];
