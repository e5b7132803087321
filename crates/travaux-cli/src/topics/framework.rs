//! Frameworks: what `framework propose` and `framework found` take.

use travaux_import::input::shape_of;

use super::{About, Topic, part};
use crate::input::FrameworkFile;

pub(super) const TOPIC: Topic = Topic {
    name: "framework",
    about: "a partnership as it is founded, a JSON file",
    intro: &[
        "`travaux --as PARTY framework propose FRAMEWORK.json` reads it; each other party accepts it by `framework accept`, and `framework adopt` adopts it. `framework found` does both at once, where all have agreed. Agreements come under it by `framework include`, by the area. Everything that is wrong with it is said at once, with its line.",
        "A framework with all that it can have:",
        r#"example: {"title": "Partnership of A and B", "handle": "pact", "declaration": {"title": "joint declaration", "made": "2024-10", "by": ["Head of State of A", "Head of State of B"]}, "nature": "arrangement", "instrument": "sec", "parties": [{"id": "A", "name": "State A"}, {"id": "B", "name": "State B"}], "areas": [{"key": "migration", "title": "Migration", "scope": {"en": "Readmission, consular passes"}}], "organs": [{"role": "contact", "who": {"party": "A", "office": "Directorate of Migration", "name": null}, "address": "migration@a.example"}]}"#,
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
                part(
                    "nature",
                    "What that act is, and so how far it binds; a declaration if it is left out.",
                ),
                part(
                    "instrument",
                    "The agreement that is that act, where it is on record; a treaty always is.",
                ),
                part("declaration", "The act on which it is founded."),
                part("parties", "Its parties."),
                part("areas", "Its areas of cooperation."),
                part("organs", "The organs and contact points of its parties."),
            ],
        },
        About {
            of: "FoundingNature",
            title: "what an act is",
            parts: &[
                part("declaration", "A declaration: it binds nobody."),
                part(
                    "arrangement",
                    "An arrangement between ministries: it takes effect between them, and binds no State.",
                ),
                part(
                    "treaty",
                    "A treaty, which is on record: it binds as its consents and its entry into force say.",
                ),
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
            of: "AreaTerms",
            title: "an area",
            parts: &[
                part(
                    "key",
                    "Its short name, by which `framework include --area` and roadmaps name it.",
                ),
                part("title", "What it is called."),
                part("scope", "What belongs to it, by language."),
            ],
        },
        About {
            of: "Organ",
            title: "an organ",
            parts: &[
                part(
                    "role",
                    "What it is for, as a key; a party has one at a time of each role.",
                ),
                part("who", "Whose it is."),
                part("address", "How it is reached."),
            ],
        },
        About {
            of: "OfficeHolder",
            title: "who holds an office",
            parts: &[
                part("party", "The party."),
                part("office", "The office, in words."),
                part("name", "The name, where it is on record."),
            ],
        },
    ],
    shape: shape_of::<FrameworkFile>,
    #[cfg(test)]
    elsewhere: None,
};
