//! Requests for information: what is done about one that was sent, where no words go with it; and
//! what came of them.

use super::{ON, field};
use crate::commands::verbs::{
    ArgKind::{Choice, Date, Flag, List, Number, Requests, Text, Uses},
    Field,
    Presence::{Optional, Required},
    Verb,
};

const AT: Field = field(
    "at",
    "at",
    Text,
    Optional,
    "The instant, with its offset, such as 2025-03-28T23:30:00+01:00; for limits in hours",
);
const PARTS: Field = field(
    "parts",
    "parts",
    List,
    Required,
    "The parts of the request, by their keys",
);
const CONTENT: Field = field("key", "content", Text, Required, "The content, by its key");
const KEY: Field = field("key", "key", Text, Required, "The result, by its key");

pub(in crate::commands::verbs) const VERBS: &[Verb] = &[
    verb!(
        "receive",
        "Receive a request, or information that was offered: the limit runs from it",
        "RequestReceived",
        [
            ON,
            AT,
            field(
                "direct",
                "direct",
                Flag,
                Optional,
                "One's contact point has the information itself"
            ),
        ],
        "--as MA request receive fr-2025-0017 --direct --at 2025-03-28T23:30:00+00:00 --on 2025-03-28"
    ),
    verb!(
        "refuse",
        "Refuse to reply, on a ground of the agreement's list, to parts of a request",
        "ReplyRefused",
        [
            ON,
            AT,
            field("ground", "ground", Text, Required, "On which ground"),
            PARTS,
        ],
        "--as MA request refuse fr-2025-0017 --ground investigation --parts travel --at 2025-03-29T06:00:00+00:00 --on 2025-03-29"
    ),
    verb!(
        "postpone",
        "Say that a limit cannot be kept, on which ground, and when the reply is expected",
        "LimitDeviated",
        [
            ON,
            AT,
            field("ground", "ground", Text, Required, "On which ground"),
            field(
                "expected",
                "expected",
                Date,
                Required,
                "By which day the reply is expected"
            ),
        ],
        "--as MA request postpone fr-2025-0017 --ground judicial-authorisation --expected 2025-04-02 --at 2025-03-29T06:00:00+00:00 --on 2025-03-29"
    ),
    verb!(
        "withdraw",
        "Withdraw a request",
        "RequestWithdrawn",
        [ON, AT],
        "--as FR request withdraw fr-2025-0017 --on 2025-03-30"
    ),
    verb!(
        "acknowledge",
        "Receive a changed marking, and go by it from then on",
        "MarkingReceived",
        [ON, CONTENT],
        "--as MA request acknowledge fr-2025-0017 --key question --on 2025-04-03"
    ),
    verb!(
        "consent",
        "Consent to uses of one's content",
        "UseConsented",
        [
            ON,
            CONTENT,
            field(
                "use",
                "uses",
                Uses,
                Required,
                "As evidence by a party, or onward to one"
            ),
        ],
        "--as FR request consent fr-2025-0017 --key question --use onward:ES --on 2025-03-30"
    ),
];

pub(in crate::commands::verbs) const RESULTS: &[Verb] = &[
    verb!(
        "result",
        "Record what came of requests; others claim the same result by its key",
        "ResultRecorded",
        [
            ON,
            KEY,
            field(
                "kind",
                "outcome.kind",
                Choice(&[
                    "operation",
                    "arrest",
                    "network-dismantled",
                    "seizure",
                    "act-prevented"
                ]),
                Required,
                "Its kind"
            ),
            field("count", "outcome.count", Number, Required, "How many"),
            field("date", "outcome.date", Date, Required, "When it came about"),
            field(
                "requests",
                "outcome.requests",
                Requests,
                Optional,
                "The requests that led to it"
            ),
            field(
                "sources",
                "outcome.sources",
                List,
                Required,
                "Where it is told"
            ),
            field(
                "claimed-by",
                "outcome.claimed_by",
                List,
                Required,
                "Whose result it is"
            ),
        ],
        "--as FR request result data --key r1 --kind arrest --count 3 --date 2025-04-01 --requests fr-2025-0017 --sources communique --claimed-by FR --on 2025-04-02"
    ),
    verb!(
        "claim",
        "Claim a result that is on record",
        "ResultClaimed",
        [
            ON,
            KEY,
            field("source", "source", Text, Required, "Where one tells of it"),
        ],
        "--as MA request claim data --key r1 --source 'communique of MA' --on 2025-04-02"
    ),
    verb!(
        "recount",
        "Correct the count of a result",
        "ResultCorrected",
        [
            ON,
            KEY,
            field("was", "was", Number, Required, "What the record says"),
            field("is", "is", Number, Required, "What it is to say"),
            field("ground", "ground", Text, Required, "On what ground"),
        ],
        "--as FR request recount data --key r1 --was 3 --is 2 --ground 'counted twice' --on 2025-04-03"
    ),
];
