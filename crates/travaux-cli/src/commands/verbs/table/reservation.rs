//! Reservations, objections, declarations.

use super::{NUMBER, ON, THE_PROVISIONS, field};
use crate::commands::verbs::{
    ArgKind::{Date, Flag, List, Number, Text},
    Presence::{Optional, Required},
    Verb,
};

pub(super) const VERBS: &[Verb] = &[
    verb!(
        "reserve",
        "Make a reservation",
        "ReservationFormulated",
        [
            ON,
            THE_PROVISIONS,
            field("words", "words", Text, Required, "What it says"),
            field(
                "late",
                "late",
                Flag,
                Optional,
                "After the consent: it stands unless somebody objects"
            ),
        ],
        "--as A reserve 0199 --on 2025-01-20 --provisions 1.4 --words 'except in winter'"
    ),
    verb!(
        "confirm-reservation",
        "Confirm, with the consent, a reservation made at signature",
        "ReservationConfirmed",
        [ON, NUMBER],
        "--as A confirm-reservation 0199 --number 1 --on 2025-03-10"
    ),
    verb!(
        "notify-reservation",
        "Record that a reservation was notified to others",
        "ReservationNotified",
        [ON, NUMBER, field("to", "to", List, Required, "To whom"),],
        "--as A notify-reservation 0199 --number 1 --to B,C --on 2025-02-01"
    ),
    verb!(
        "accept-reservation",
        "Accept a reservation in writing",
        "ReservationAccepted",
        [ON, NUMBER],
        "--as B accept-reservation 0199 --number 1 --on 2025-04-01"
    ),
    verb!(
        "object",
        "Object to a reservation",
        "ObjectionMade",
        [
            ON,
            NUMBER,
            field(
                "opposes-force",
                "opposes_force",
                Flag,
                Optional,
                "The agreement is not to be in force between the two"
            ),
        ],
        "--as B object 0199 --number 1 --on 2025-04-01"
    ),
    verb!(
        "withdraw-reservation",
        "Withdraw a reservation",
        "ReservationWithdrawn",
        [ON, NUMBER],
        "--as A withdraw-reservation 0199 --number 1 --on 2026-01-01"
    ),
    verb!(
        "narrow-reservation",
        "Withdraw a reservation in part",
        "ReservationNarrowed",
        [
            ON,
            NUMBER,
            THE_PROVISIONS,
            field("words", "words", Text, Required, "What it says now"),
        ],
        "--as A narrow-reservation 0199 --number 1 --on 2026-01-01 --provisions 1.4 --words 'except in January'"
    ),
    verb!(
        "receive-withdrawal",
        "Receive notice that a reservation was withdrawn, as a whole or in part",
        "WithdrawalReceived",
        [
            ON,
            NUMBER,
            field(
                "narrowing",
                "narrowing",
                Number,
                Optional,
                "Which partial withdrawal of it, by its number; the whole one, if none is named"
            ),
        ],
        "--as B receive-withdrawal 0199 --number 1 --on 2026-01-05"
    ),
    verb!(
        "withdraw-objection",
        "Withdraw an objection",
        "ObjectionWithdrawn",
        [
            NUMBER,
            field(
                "received-on",
                "received_on",
                Date,
                Required,
                "When the reserving State received notice of it"
            ),
        ],
        "--as B withdraw-objection 0199 --number 1 --received-on 2026-01-05"
    ),
];
