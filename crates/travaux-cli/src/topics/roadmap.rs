//! Roadmaps: what `framework roadmap` takes.

use travaux::domain::framework::Roadmap;
use travaux_import::input::shape_of;

use super::{About, Topic, part};

pub(super) const TOPIC: Topic = Topic {
    name: "roadmap",
    about: "the steps that a framework sets itself, a JSON file",
    intro: &[
        "`travaux --as PARTY framework roadmap FRAMEWORK ROADMAP.json --consenting PARTY,OTHER` reads it. A later roadmap takes the place of an earlier one from its date on. Everything that is wrong with it is said at once, with its line.",
        "A roadmap with all that it can have:",
        r#"example: {"title": "Roadmap", "adopted_on": "2025-01-01", "steps": [{"area": "migration", "title": "A first text", "due": "2025-06-01"}], "consenting": ["A", "B"]}"#,
    ],
    types: &[
        About {
            of: "Roadmap",
            title: "a roadmap",
            parts: &[
                part("title", "What it is called."),
                part("adopted_on", "When it was adopted."),
                part("steps", "Its steps."),
                part(
                    "consenting",
                    "The parties that agreed to it, all of them; `--consenting` says the same.",
                ),
            ],
        },
        About {
            of: "RoadmapStep",
            title: "a step",
            parts: &[
                part("area", "The area, by its key in the framework."),
                part("title", "What is to be done."),
                part("due", "By when; without a date if it is left out."),
            ],
        },
    ],
    shape: shape_of::<Roadmap>,
    #[cfg(test)]
    elsewhere: None,
};
