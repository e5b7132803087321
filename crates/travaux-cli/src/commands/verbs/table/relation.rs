//! Other agreements.

use super::{ON, field};
use crate::commands::verbs::{
    ArgKind::{Agreement, Choice},
    Presence::Required,
    Verb,
};

pub(super) const VERBS: &[Verb] = &[verb!(
    "relate",
    "Put a relation to another agreement on record",
    "RelationRecorded",
    [
        ON,
        field("to", "to", Agreement, Required, "The other agreement"),
        field(
            "relation",
            "relation",
            Choice(&["subject-to", "later-than", "context", "completes"]),
            Required,
            "How this one stands to it"
        ),
    ],
    "--as FR relate 0199 --to 01a0 --relation later-than --on 2025-01-20"
)];
