//! Corrections.

use super::{LANG, ON, REVISION, field};
use crate::commands::verbs::{
    ArgKind::{Number, Text},
    Presence::{Default, Required},
    Verb,
};

pub(super) const VERBS: &[Verb] = &[
    verb!(
        "notify-correction",
        "Notify a proposed correction, as depositary",
        "CorrectionNotified",
        [
            ON,
            REVISION,
            field(
                "days",
                "days",
                Number,
                Default("90"),
                "How many days there are to object"
            ),
        ],
        "--as UN notify-correction 0199 --revision 3 --on 2026-03-01"
    ),
    verb!(
        "object-correction",
        "Object to a correction",
        "CorrectionObjected",
        [
            ON,
            REVISION,
            field("reason", "reason", Text, Required, "Why"),
        ],
        "--as MA object-correction 0199 --revision 3 --on 2026-04-01 --reason 'it is no error'"
    ),
    verb!(
        "rectify",
        "Rectify the text by a proces-verbal, as depositary",
        "Rectified",
        [ON, REVISION],
        "--as UN rectify 0199 --revision 3 --on 2026-06-01"
    ),
    verb!(
        "correction-to-un",
        "Notify a correction to the United Nations",
        "CorrectionNotifiedToUn",
        [ON, REVISION],
        "--as FR correction-to-un 0199 --revision 3 --on 2026-06-02"
    ),
    verb!(
        "rectify-copy",
        "Rectify a wrong certified copy",
        "CopyRectified",
        [
            ON,
            LANG,
            field("note", "note", Text, Required, "What was wrong"),
        ],
        "--as FR rectify-copy 0199 --lang fr --on 2026-06-02 --note 'page 3 is missing'"
    ),
];
