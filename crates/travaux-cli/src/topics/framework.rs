//! Frameworks: what `framework found` takes.

use travaux_import::input::shape_of;

use super::{About, Topic, part};
use crate::input::FrameworkFile;

pub(super) const TOPIC: Topic = Topic {
    name: "framework",
    about: "a partnership as it is founded, a JSON file",
    intro: &[
        "`travaux --as PARTY framework found FRAMEWORK.json` reads it. Agreements come under it by `framework join`, by the area. Everything that is wrong with it is said at once, with its line.",
        "A framework with all that it can have:",
        r#"example: {"title": "Partnership of A and B", "handle": "pact", "declaration": {"title": "joint declaration", "made": "2024-10", "by": ["Head of State of A", "Head of State of B"]}, "parties": [{"id": "A", "name": "State A"}, {"id": "B", "name": "State B"}], "areas": [{"key": "migration", "title": "Migration"}]}"#,
    ],
    types: &[
        About {
            of: "FrameworkFile",
            title: "a framework",
            parts: &[
                part("title", "What it is called."),
                part(
                    "handle",
                    "What people type and say instead of its id; made from the title if it is left out.",
                ),
                part("declaration", "The act on which it is founded."),
                part("parties", "Its parties."),
                part("areas", "Its areas of cooperation."),
            ],
        },
        About {
            of: "Declaration",
            title: "a declaration",
            parts: &[
                part("title", "What it is called."),
                part(
                    "made",
                    "When it was made, as precisely as is known: `2024-10-29`, `2024-10`.",
                ),
                part("by", "Who made it."),
            ],
        },
        About {
            of: "Party",
            title: "a party",
            parts: &[
                part(
                    "id",
                    "Its short name, by which `--as` and all options name it.",
                ),
                part("name", "Its full name."),
            ],
        },
        About {
            of: "Area",
            title: "an area",
            parts: &[
                part(
                    "key",
                    "Its short name, by which `framework join --area` and roadmaps name it.",
                ),
                part("title", "What it is called."),
            ],
        },
    ],
    shape: shape_of::<FrameworkFile>,
    #[cfg(test)]
    elsewhere: None,
};
