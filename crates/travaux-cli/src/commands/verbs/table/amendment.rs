//! Amendments.

use super::{ALL_CONSENTING, BETWEEN, ON, REVISION, THE_PROVISIONS, TOLD, field};
use crate::commands::verbs::{
    ArgKind::{Agreement, Date, Flag, List, Pairs, Text},
    Presence::{Optional, Required},
    Verb,
};

pub(super) const VERBS: &[Verb] = &[
    verb!(
        "notify-amendment",
        "Notify an amendment to contracting States",
        "AmendmentNotified",
        [ON, REVISION, field("to", "to", List, Required, "To whom"),],
        "--as A notify-amendment 0199 --revision 2 --to B,C --on 2026-02-01"
    ),
    verb!(
        "object-to-amendment",
        "Object to an amendment that silence accepts, in the time for it",
        "AmendmentObjected",
        [ON, REVISION],
        "--as B object-to-amendment 0199 --revision 2 --on 2026-03-01"
    ),
    verb!(
        "withdraw-objection-to-amendment",
        "Withdraw an objection to an amendment that silence accepts",
        "AmendmentObjectionWithdrawn",
        [ON, REVISION],
        "--as B withdraw-objection-to-amendment 0199 --revision 2 --on 2026-04-01"
    ),
    verb!(
        "amendment-in-force",
        "Bring an amendment into force between those that accepted it",
        "AmendmentEnteredIntoForce",
        [
            field(
                "on",
                "on",
                Date,
                Optional,
                "From when; found by the amending agreement, if there is one"
            ),
            REVISION,
            field(
                "instrument",
                "instrument",
                Agreement,
                Optional,
                "The amending agreement"
            ),
        ],
        "--as A amendment-in-force 0199 --revision 2 --on 2026-06-01"
    ),
    verb!(
        "stay-out",
        "Declare, as a later party, that one does not join the amended treaty",
        "AmendmentDisclaimed",
        [ON, REVISION],
        "--as D stay-out 0199 --revision 2 --on 2027-01-01"
    ),
    verb!(
        "join-amendment",
        "Become bound by an amendment in force",
        "AmendmentJoined",
        [ON, REVISION],
        "--as C join-amendment 0199 --revision 2 --on 2027-01-01"
    ),
    verb!(
        "modify-inter-se",
        "Modify the agreement among some",
        "InterSeModified",
        [
            ON,
            REVISION,
            BETWEEN,
            TOLD,
            field(
                "harmless",
                "harmless",
                Flag,
                Optional,
                "It affects no rights of others and defeats no object"
            ),
        ],
        "--as A modify-inter-se 0199 --revision 2 --on 2026-06-01 --between A,B --notified C --harmless"
    ),
    verb!(
        "interpret",
        "Agree on what provisions mean",
        "InterpretationAgreed",
        [
            ON,
            THE_PROVISIONS,
            field(
                "note",
                "note",
                Pairs,
                Required,
                "What they mean, in each language"
            ),
            ALL_CONSENTING,
        ],
        "--as FR interpret 0199 --on 2026-01-01 --provisions 1.2 --note 'fr=au moins une fois par an' --consenting FR,MA"
    ),
    verb!(
        "amend-annex",
        "Record that a body amended what it has power over",
        "AnnexAmended",
        [
            ON,
            REVISION,
            field("body", "body", Text, Required, "The body"),
        ],
        "--as A amend-annex 0199 --revision 2 --on 2026-06-01 --body committee"
    ),
];
