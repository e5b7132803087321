//! Actions of a roadmap: what is done to one that was proposed.

use super::{ALL_CONSENTING, ON, field};
use crate::commands::verbs::{
    ArgKind::{Choice, Date, Item, Json, List, Number, Pairs, Text},
    Field,
    Presence::{Default, Optional, Required},
    Verb,
};

const CONSENTING: Field = field(
    "consenting",
    "consenting",
    List,
    Optional,
    "All parties to the roadmap, where it takes their consent",
);
const REASON: Field = field("reason", "reason", Text, Required, "Why");
const MILESTONE: Field = field(
    "milestone",
    "milestone",
    Text,
    Required,
    "The milestone or target, by its key",
);
const DECIDED: Field = field(
    "decided",
    "decided",
    Item,
    Optional,
    "The item of a session by which the body decided it; else it is the party that acts",
);
const AS_OF: Field = field(
    "as-of",
    "as_of",
    Date,
    Required,
    "The day of which it is told",
);
const AFTER: &str = "The action that it waits for, by its key";
const NEW_KEY: &str = "Its key, unique among the milestones and targets of the action";

pub(in crate::commands::verbs) const VERBS: &[Verb] = &[
    verb!(
        "withdraw",
        "Take back an action that was not adopted",
        "ActionWithdrawn",
        [ON, field("reason", "reason", Text, Optional, "Why")],
        "--as FR action withdraw plan/posts --on 2025-02-01"
    ),
    verb!(
        "depend",
        "Let an action wait for another",
        "DependencyAdded",
        [
            ON,
            field("after", "dependency.after", Text, Required, AFTER),
            field(
                "kind",
                "dependency.kind",
                Choice(&[
                    "finish-to-start",
                    "start-to-start",
                    "finish-to-finish",
                    "start-to-finish",
                ]),
                Default("finish-to-start"),
                "What of the one comes before what of the other"
            ),
            field(
                "lag",
                "dependency.lag",
                Number,
                Default("0"),
                "How many days later; less than 0, if it need not wait so long"
            ),
            CONSENTING,
        ],
        "--as FR action depend plan/passes --after forms --lag 14 --on 2025-02-10"
    ),
    verb!(
        "free",
        "Let an action wait for another no longer",
        "DependencyRemoved",
        [
            ON,
            field("after", "after", Text, Required, AFTER),
            CONSENTING,
        ],
        "--as FR action free plan/passes --after forms --on 2025-02-11"
    ),
    verb!(
        "milestone",
        "Set a qualitative step by which an action is measured",
        "MilestoneSet",
        [
            ON,
            field("key", "milestone.key", Text, Required, NEW_KEY),
            field(
                "title",
                "milestone.title",
                Pairs,
                Required,
                "What has to be there, by language"
            ),
            field("due", "milestone.due", Text, Optional, "When it is due"),
            CONSENTING,
        ],
        "--as FR action milestone plan/passes --key drafted --title 'en=a draft of the forms' --consenting FR,MA --on 2025-02-10"
    ),
    verb!(
        "target",
        "Set a quantity by which an action is measured",
        "TargetSet",
        [
            ON,
            field("key", "target.key", Text, Required, NEW_KEY),
            field(
                "title",
                "target.title",
                Pairs,
                Required,
                "What is counted, by language"
            ),
            field(
                "indicator",
                "target.indicator",
                Text,
                Required,
                "The indicator with its exact version"
            ),
            field(
                "baseline",
                "target.baseline",
                Text,
                Required,
                "The value from which it starts, a decimal"
            ),
            field(
                "goal",
                "target.goal",
                Text,
                Required,
                "The value that it is to reach"
            ),
            field("unit", "target.unit", Text, Required, "The unit of both"),
            field("due", "target.due", Text, Optional, "When it is due"),
            CONSENTING,
        ],
        "--as FR action target plan/passes --key share --title 'en=passes in time' --indicator lpc-in-time@1.0.0 --baseline 25 --goal 80 --unit percent --consenting FR,MA --on 2025-02-10"
    ),
    verb!(
        "start",
        "Start an action",
        "ActionStarted",
        [ON],
        "--as FR action start plan/forms --on 2025-03-01"
    ),
    verb!(
        "report",
        "Tell how far an action that one leads has come",
        "ProgressReported",
        [
            ON,
            AS_OF,
            field(
                "words",
                "words",
                Pairs,
                Required,
                "What has been done, by language"
            ),
            field(
                "percent",
                "percent",
                Number,
                Optional,
                "How much of it, from 0 to 100"
            ),
            field(
                "evidence",
                "evidence",
                List,
                Optional,
                "Where that is to be seen"
            ),
            field(
                "occurrence",
                "occurrence",
                Date,
                Optional,
                "The day of a recurring action that was kept"
            ),
        ],
        "--as FR action report plan/forms --as-of 2025-03-31 --words 'en=two forms of three' --percent 60 --on 2025-04-02"
    ),
    verb!(
        "assess",
        "Say how far an action has come that one does not lead alone",
        "ProgressAssessed",
        [
            ON,
            AS_OF,
            field(
                "completion",
                "completion",
                Choice(&[
                    "no-evidence",
                    "not-started",
                    "limited",
                    "substantial",
                    "complete",
                ]),
                Required,
                "How far"
            ),
            field(
                "words",
                "words",
                Pairs,
                Optional,
                "On what grounds, by language"
            ),
            DECIDED,
        ],
        "--as MA action assess plan/forms --as-of 2025-03-31 --completion limited --on 2025-04-10"
    ),
    verb!(
        "move",
        "Move a due date: what was promised first stays on record",
        "DueMoved",
        [
            ON,
            field("from", "from", Text, Required, "When it was due"),
            field("to", "to", Text, Required, "When it is due now"),
            REASON,
            CONSENTING,
            DECIDED,
        ],
        "--as FR action move plan/forms --from 2025-06-30 --to 2025-07-31 --reason 'one form is open' --consenting FR,MA --on 2025-04-15"
    ),
    verb!(
        "meet",
        "Tell that a milestone or target was met",
        "MilestoneMet",
        [
            ON,
            MILESTONE,
            field(
                "evidence",
                "evidence",
                Text,
                Required,
                "Where that is to be seen"
            ),
            field(
                "value",
                "value",
                Text,
                Optional,
                "The value that was reached, of a target"
            ),
            CONSENTING,
        ],
        "--as FR action meet plan/passes --milestone drafted --evidence 'archive, box 8' --on 2025-05-01"
    ),
    verb!(
        "accept",
        "Accept a milestone or target as met",
        "MilestoneAccepted",
        [ON, MILESTONE, DECIDED],
        "--as MA action accept plan/passes --milestone drafted --on 2025-05-10"
    ),
    verb!(
        "refuse",
        "Not accept a milestone or target as met: six months are left to remedy",
        "MilestoneNotAccepted",
        [ON, MILESTONE, REASON, DECIDED],
        "--as MA action refuse plan/passes --milestone drafted --reason 'one form is missing' --on 2025-05-10"
    ),
    verb!(
        "waive",
        "Waive a milestone or target, by all parties",
        "MilestoneWaived",
        [ON, MILESTONE, REASON, ALL_CONSENTING],
        "--as FR action waive plan/passes --milestone drafted --reason 'no longer needed' --consenting FR,MA --on 2025-05-01"
    ),
    verb!(
        "complete",
        "Complete an action",
        "ActionCompleted",
        [ON],
        "--as FR action complete plan/forms --on 2025-06-20"
    ),
    verb!(
        "reopen",
        "Let an action go on that was completed",
        "ActionReopened",
        [ON, REASON],
        "--as FR action reopen plan/forms --reason 'an office uses the old form' --on 2025-07-01"
    ),
    verb!(
        "suspend",
        "Suspend an action, by all parties",
        "ActionSuspended",
        [ON, REASON, ALL_CONSENTING],
        "--as FR action suspend plan/forms --reason 'no budget' --consenting FR,MA --on 2025-04-01"
    ),
    verb!(
        "resume",
        "Let an action go on that was suspended, by all parties",
        "ActionResumed",
        [ON, ALL_CONSENTING],
        "--as FR action resume plan/forms --consenting FR,MA --on 2025-05-01"
    ),
    verb!(
        "cancel",
        "Cancel an action, by all parties",
        "ActionCancelled",
        [ON, REASON, ALL_CONSENTING],
        "--as FR action cancel plan/forms --reason 'the programme ended' --consenting FR,MA --on 2025-04-01"
    ),
    verb!(
        "supersede",
        "Let another action take the place of one, by all parties",
        "ActionSuperseded",
        [
            ON,
            field("by", "by", Text, Required, "The other action, by its key"),
            ALL_CONSENTING,
        ],
        "--as FR action supersede plan/forms --by passes --consenting FR,MA --on 2025-04-01"
    ),
    verb!(
        "split",
        "Split an action into new ones that are due when it was, by all parties",
        "ActionSplit",
        [
            ON,
            field(
                "into",
                "into",
                Json,
                Required,
                "Its parts: an `action` each (key, title, area, leads, due), with the open `measures` that it takes"
            ),
            ALL_CONSENTING,
        ],
        r#"--as FR action split plan/forms --into '[{"action": {"key": "north", "title": {"en": "Forms of the north"}, "area": "migration", "leads": [{"party": "FR", "office": "Prefecture"}], "due": "2025-06-30"}}, {"action": {"key": "south", "title": {"en": "Forms of the south"}, "area": "migration", "leads": [{"party": "FR", "office": "Prefecture"}], "due": "2025-06-30"}}]' --consenting FR,MA --on 2025-04-01"#
    ),
    verb!(
        "merge",
        "Merge an action with others into a new one, by all parties",
        "ActionsMerged",
        [
            ON,
            field(
                "with",
                "actions",
                List,
                Required,
                "The others, by their keys"
            ),
            field(
                "into",
                "into",
                Json,
                Required,
                "The new one: key, title, area, leads, and the due date of one of them"
            ),
            ALL_CONSENTING,
        ],
        r#"--as FR action merge plan/forms --with passes --into '{"key": "papers", "title": {"en": "Papers"}, "area": "migration", "leads": [{"party": "FR", "office": "Prefecture"}], "due": "2025-09-30"}' --consenting FR,MA --on 2025-04-01"#
    ),
];
