//! Exchanges of information: what is done about the terms on which requests are made.

use super::{ALL_CONSENTING, ON, field};
use crate::commands::verbs::{
    ArgKind::{Json, List, Text},
    Presence::{Default, Optional, Required},
    Verb,
};

pub(in crate::commands::verbs) const VERBS: &[Verb] = &[
    verb!(
        "calendar",
        "Declare by which calendar one works: limits end by it",
        "CalendarDeclared",
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
                "The days of each week that are not worked on"
            ),
            field(
                "holidays",
                "calendar.holidays",
                List,
                Optional,
                "The other days that are not"
            ),
        ],
        "--as FR terms calendar data --zone Europe/Paris --holidays 2025-04-21,2025-05-01 --on 2025-01-02"
    ),
    verb!(
        "equate",
        "Agree which levels of two parties protect alike, and from when",
        "EquivalenceAgreed",
        [
            ON,
            field(
                "between",
                "table.between",
                List,
                Required,
                "The two parties"
            ),
            field(
                "levels",
                "table.levels",
                Json,
                Required,
                "Pairs of a scheme and a level: one, other, from, until"
            ),
            ALL_CONSENTING,
        ],
        r#"--as FR terms equate data --between FR,MA --levels '[{"one": ["fr", "secret"], "other": ["ma", "ma-secret"], "from": "2021-07-01"}]' --consenting FR,MA --on 2025-01-02"#
    ),
];
