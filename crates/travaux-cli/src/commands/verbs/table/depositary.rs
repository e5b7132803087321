//! The depositary, notification, registration.

use super::{ALL_CONSENTING, NUMBER, ON, field};
use crate::commands::verbs::{
    ArgKind::{Flag, List, Text, WordsOr},
    Presence::{Optional, Required},
    Verb,
};

pub(super) const VERBS: &[Verb] = &[
    verb!(
        "notify",
        "Send a notification: that one's procedures are complete, or of something else",
        "NotificationSent",
        [
            ON,
            field(
                "subject",
                "subject",
                WordsOr("procedures_complete"),
                Optional,
                "What it says, if it is not that procedures are complete"
            ),
        ],
        "--as FR notify 0199 --on 2025-01-27"
    ),
    verb!(
        "receive",
        "Receive a notification",
        "NotificationReceived",
        [ON, NUMBER],
        "--as MA receive 0199 --number 1 --on 2025-01-30"
    ),
    verb!(
        "inform",
        "Inform a party of a notification, as depositary",
        "PartyInformed",
        [
            ON,
            NUMBER,
            field("party", "party", Text, Required, "The party"),
        ],
        "--as UN inform 0199 --number 1 --party MA --on 2025-02-03"
    ),
    verb!(
        "examine",
        "Examine the form of a notification, as depositary",
        "FormExamined",
        [
            ON,
            NUMBER,
            field("defect", "defect", Text, Optional, "What is wrong with it"),
        ],
        "--as UN examine 0199 --number 1 --on 2025-02-02"
    ),
    verb!(
        "bring-difference",
        "Bring a difference to the States concerned, as depositary",
        "DifferenceBrought",
        [
            ON,
            field("about", "about", Text, Required, "What it is about"),
        ],
        "--as UN bring-difference 0199 --on 2025-02-02 --about 'the form of notification 1'"
    ),
    verb!(
        "designate-depositary",
        "Designate a depositary",
        "DepositaryDesignated",
        [
            ON,
            field(
                "keeper",
                "keeper",
                Text,
                Required,
                "Who keeps the agreement"
            ),
            ALL_CONSENTING,
        ],
        "--as FR designate-depositary 0199 --on 2025-01-20 --keeper UN --consenting FR,MA"
    ),
    verb!(
        "register",
        "Register the agreement with the United Nations",
        "Registered",
        [
            ON,
            field(
                "number",
                "number",
                Text,
                Required,
                "The number in the register"
            ),
            field(
                "languages",
                "languages",
                List,
                Required,
                "The languages of the certified copy"
            ),
            field(
                "ex-officio",
                "ex_officio",
                Flag,
                Optional,
                "The United Nations register it of their own"
            ),
        ],
        "--as FR register 0199 --on 2025-06-01 --number I-1234 --languages fr,ar"
    ),
    verb!(
        "certify-statement",
        "Certify a later action to the register",
        "StatementCertified",
        [ON, field("about", "about", Text, Required, "The action"),],
        "--as FR certify-statement 0199 --on 2025-07-01 --about 'accession of NL'"
    ),
];
