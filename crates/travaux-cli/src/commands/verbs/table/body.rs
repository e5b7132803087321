//! Joint bodies: what is done to one that was established.

use super::{ALL_CONSENTING, ON, field};
use crate::commands::verbs::{
    Act,
    ArgKind::{Choice, Date, Holder, Json, List, Meeting, Pairs, Text},
    Field,
    Presence::{Default, OneOf, Optional, Required},
    Verb,
};

const DECISION: Field = field(
    "decision",
    "decision",
    Text,
    Required,
    "The decision or its draft, by its key",
);
const REFERRAL: Field = field(
    "referral",
    "referral",
    Text,
    Required,
    "The referral, by its key",
);

const SUB_KEY: Field = field(
    "key",
    "sub.key",
    Text,
    Required,
    "Its key, which names it for good",
);
const SUB_TITLE: Field = field("title", "sub.title", Text, Required, "What it is called");
const SUB_MANDATE: Field = field(
    "mandate",
    "sub.mandate",
    Json,
    Required,
    "What it may do: a list of competences, each within those of the body",
);
const SUB_UNTIL: Field = field("until", "sub.until", Date, Optional, "Its last day");
pub(in crate::commands::verbs) const VERBS: &[Verb] = &[
    verb!(
        "rules",
        "Adopt rules of procedure",
        "RulesAdopted",
        [
            ON,
            field(
                "rules",
                "rules",
                Json,
                Required,
                "The rules: `version`, `written` with days and silence_consents, `chair`, `referral_days`, `open`"
            ),
            ALL_CONSENTING
        ],
        r#"--as MA body rules group --rules '{"version": 1, "written": {"days": 21}, "referral_days": 30, "open": {"decisions": true}}' --consenting FR,MA --on 2025-01-11"#
    ),
    verb!(
        "chair",
        "Name who holds one's chair from a day on",
        "ChairNamed",
        [
            ON,
            field(
                "who",
                "holder",
                Holder,
                Required,
                "Who, for the party that acts, by office"
            )
        ],
        r#"--as MA body chair group --who 'MA:Director of Migration' --on 2025-01-12"#
    ),
    verb!(
        "give-competence",
        "Give a body a competence",
        "CompetenceConferred",
        [
            ON,
            field(
                "competence",
                "competence",
                Json,
                Required,
                "The competence: `key`, `verb`, `subjects`, `until`"
            ),
            ALL_CONSENTING
        ],
        r#"--as MA body give-competence group --competence '{"key": "watch", "verb": "monitor"}' --consenting FR,MA --on 2025-01-12"#
    ),
    verb!(
        "end-competence",
        "End a competence; what was done by it stands",
        "CompetenceEnded",
        [
            ON,
            field(
                "competence",
                "competence",
                Text,
                Required,
                "The competence, by its key"
            ),
            field("ground", "ground", Text, Required, "Why"),
            ALL_CONSENTING
        ],
        r#"--as MA body end-competence group --competence refer --ground 'it is done' --consenting FR,MA --on 2025-01-20"#
    ),
    verb!(
        "draft",
        "Draft a decision or a recommendation",
        "DecisionDrafted",
        [
            ON,
            field(
                "key",
                "draft.key",
                Text,
                Required,
                "Its key, which names it for good"
            ),
            field(
                "verb",
                "draft.verb",
                Choice(&["decide", "amend-annexes", "settle", "recommend"]),
                Required,
                "What the body does by it"
            ),
            field(
                "subject",
                "draft.subject",
                Text,
                Required,
                "What it is about, by key"
            ),
            field(
                "words",
                "draft.text",
                Pairs,
                Required,
                "What it says, by language"
            ),
            field(
                "effects",
                "draft.effects",
                Json,
                Default("[]"),
                "From when its parts apply: a list of `part` and `from`"
            ),
            field(
                "annexes",
                "draft.annexes",
                Json,
                Default("[]"),
                "The revisions of annexes that it makes: a list of `agreement`, `revision` and `from`"
            ),
            field(
                "elsewhere",
                "draft.applies_elsewhere",
                Date,
                Optional,
                "When the act to which it answers applies on the other side"
            ),
            field(
                "report",
                "draft.report",
                Text,
                Optional,
                "The report on which it acts, by its key"
            )
        ],
        r#"--as MA body draft group --key advice --verb recommend --subject passes --words 'en=Answer within 21 days.' --on 2025-02-01"#
    ),
    verb!(
        "refuse",
        "Refuse a draft",
        "DecisionRefused",
        [
            ON,
            DECISION,
            field("reason", "reason", Text, Required, "Why")
        ],
        r#"--as FR body refuse group --decision advice --reason 'too early' --on 2025-02-02"#
    ),
    verb!(
        "publish",
        "Publish a decision",
        "DecisionPublished",
        [
            ON,
            DECISION,
            field("source", "source", Text, Required, "Where")
        ],
        r#"--as FR body publish group --decision advice --source 'Official Gazette 12' --on 2025-02-20"#
    ),
    verb!(
        "written",
        "Put a draft to the parties in writing",
        "WrittenProcedureOpened",
        [
            ON,
            DECISION,
            field("until", "until", Date, Required, "The last day for answers")
        ],
        r#"--as MA body written group --decision advice --until 2025-03-01 --on 2025-02-01"#
    ),
    verb!(
        "answer",
        "Answer in writing, for one's own party",
        "WrittenVoiceGiven",
        [
            ON,
            DECISION,
            field(
                "consents",
                "consents",
                Json,
                Required,
                "Whether the party consents: true or false"
            )
        ],
        r#"--as FR body answer group --decision advice --consents true --on 2025-02-05"#
    ),
    verb!(
        "close-written",
        "Close a written procedure that failed",
        "WrittenProcedureFailed",
        [ON, DECISION],
        r#"--as MA body close-written group --decision advice --on 2025-02-06"#
    ),
    verb!(
        "reserve",
        "Say that one's party has requirements to fulfil first",
        "RequirementsPending",
        [ON, DECISION],
        r#"--as MA body reserve group --decision advice --on 2025-02-02"#
    ),
    verb!(
        "decline",
        "Decline to apply a decision provisionally",
        "ProvisionalDeclined",
        [ON, DECISION],
        r#"--as MA body decline group --decision advice --on 2025-03-01"#
    ),
    verb!(
        "fail",
        "Notify that requirements will not be fulfilled",
        "RequirementsFailed",
        [
            ON,
            DECISION,
            field("reason", "reason", Text, Optional, "Why")
        ],
        r#"--as MA body fail group --decision advice --on 2025-03-01"#
    ),
    verb!(
        "refer",
        "Refer a challenge to a body",
        "ChallengeReferred",
        [
            ON,
            field(
                "key",
                "referral.key",
                Text,
                Required,
                "Its key, which names it for good"
            ),
            field(
                "area",
                "referral.area",
                Text,
                Required,
                "The area of the framework, by its key"
            ),
            field(
                "subject",
                "referral.subject",
                Text,
                Required,
                "What it is about, by key"
            ),
            field(
                "facts",
                "referral.facts",
                Pairs,
                Required,
                "The facts, by language"
            ),
            field(
                "marking",
                "referral.marking",
                Text,
                Optional,
                "Its marking, such as TLP:AMBER"
            )
        ],
        r#"--as MA body refer group --key late --area migration --subject passes --facts 'en=Passes come late.' --on 2025-02-01"#
    ),
    verb!(
        "allocate",
        "Give a referral to somebody",
        "ReferralAllocated",
        [
            ON,
            REFERRAL,
            field("to-party", "to.party", Text, OneOf("to whom"), "A party"),
            field(
                "to-sub-body",
                "to.sub_body",
                Text,
                OneOf("to whom"),
                "A sub-body or a mission, by its key"
            ),
            field(
                "to-session",
                "to.session",
                Meeting,
                OneOf("to whom"),
                "The body itself, at a session that it has called"
            ),
            field(
                "due",
                "due",
                Date,
                Optional,
                "By when; as the rules of procedure say, if nothing is said"
            )
        ],
        r#"--as MA body allocate group --referral late --to-party FR --due 2025-03-01 --on 2025-02-02"#
    ),
    verb!(
        "resolve",
        "Resolve a referral",
        "ReferralResolved",
        [
            ON,
            REFERRAL,
            field(
                "decision",
                "by.decision",
                Text,
                OneOf("by what"),
                "A decision of the body, by its key"
            ),
            field(
                "recommendation",
                "by.recommendation",
                Text,
                OneOf("by what"),
                "A recommendation of the body, by its key"
            ),
            field(
                "explanation",
                "by.explanation",
                Pairs,
                OneOf("by what"),
                "An explanation, by language"
            ),
            field(
                "action",
                "by.action",
                Pairs,
                OneOf("by what"),
                "An action that the parties are to take, by language"
            ),
            field(
                "procedure",
                "by.procedure",
                Pairs,
                OneOf("by what"),
                "A change of a procedure, by language"
            ),
            field(
                "consenting",
                "consenting",
                List,
                Optional,
                "All parties, but where a decision or a recommendation has their consent"
            )
        ],
        r#"--as MA body resolve group --referral late --explanation 'en=They wait for a seal.' --consenting FR,MA --on 2025-02-10"#
    ),
    verb!(
        "return",
        "Return a referral for want of competence",
        "ReferralReturned",
        [
            ON,
            REFERRAL,
            field(
                "wanting",
                "wanting",
                Choice(&[
                    "monitor",
                    "exchange-information",
                    "examine",
                    "recommend",
                    "decide",
                    "amend-annexes",
                    "adopt-own-rules",
                    "set-up-sub-bodies",
                    "settle",
                    "reference-mechanism"
                ]),
                Required,
                "What the body would have had to do"
            ),
            field("reason", "reason", Text, Required, "Why")
        ],
        r#"--as MA body return group --referral late --wanting decide --reason 'it only recommends' --on 2025-02-10"#
    ),
    verb!(
        "take-back",
        "Take back a referral that one's party made",
        "ReferralWithdrawn",
        [ON, REFERRAL],
        r#"--as MA body take-back group --referral late --on 2025-02-10"#
    ),
    verb!(
        "sub-body",
        "Set up a sub-body",
        [Act {
            kind: "SubBodyEstablished",
            fixed: r#"{"sub":{"kind":"group"}}"#,
            without: &[]
        }],
        [
            ON,
            SUB_KEY,
            SUB_TITLE,
            SUB_MANDATE,
            SUB_UNTIL,
            ALL_CONSENTING
        ],
        r#"--as MA body sub-body group --key experts --title 'Group of experts' --mandate '[{"key": "look", "verb": "examine", "subjects": ["passes"]}]' --consenting FR,MA --on 2025-02-01"#
    ),
    verb!(
        "mission",
        "Send a joint mission",
        [Act {
            kind: "SubBodyEstablished",
            fixed: r#"{"sub":{"kind":"mission"}}"#,
            without: &[]
        }],
        [
            ON,
            SUB_KEY,
            SUB_TITLE,
            SUB_MANDATE,
            SUB_UNTIL,
            ALL_CONSENTING
        ],
        r#"--as MA body mission group --key visit --title 'Joint mission' --mandate '[{"key": "look", "verb": "examine", "subjects": ["passes"]}]' --until 2025-06-25 --consenting FR,MA --on 2025-02-01"#
    ),
    verb!(
        "report",
        "Record the report of a sub-body or a mission",
        "MissionReported",
        [
            ON,
            field(
                "key",
                "report.key",
                Text,
                Required,
                "Its key, which names it for good"
            ),
            field("of", "report.of", Text, Required, "Who reports, by key"),
            field(
                "words",
                "report.text",
                Pairs,
                Required,
                "What it says, by language"
            ),
            field(
                "recommendations",
                "report.recommendations",
                Json,
                Default("{}"),
                "What it recommends: words by language, by key"
            )
        ],
        r#"--as MA body report group --key first --of visit --words 'en=One seal is enough.' --on 2025-03-01"#
    ),
    verb!(
        "correct",
        "Repair an error of a decision",
        "DecisionCorrected",
        [
            ON,
            DECISION,
            field("lang", "lang", Text, Required, "The language"),
            field("was", "was", Text, Required, "What it says"),
            field("is", "is", Text, Required, "What it is to say"),
            field("ground", "ground", Text, Required, "On what ground"),
            ALL_CONSENTING
        ],
        r#"--as MA body correct group --decision advice --lang en --was 'Answer within 21 days.' --is 'Answer within 20 days.' --ground 'a slip' --consenting FR,MA --on 2025-02-20"#
    ),
];
