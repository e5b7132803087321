//! Packages: what `package propose` takes.

use travaux_import::input::shape_of;

use super::{About, Topic, part};
use crate::input::PackageFile;

pub(super) const TOPIC: Topic = Topic {
    name: "package",
    about: "revisions that are adopted together or not at all, a JSON file",
    intro: &[
        "`travaux --as PARTY package propose PACKAGE.json` reads it, and proposes the package with all its revisions. Everything that is wrong with it is said at once, with its line.",
        "A package with all that it can have:",
        r#"example: {"title": "Spring package", "handle": "spring", "framework": "pact", "revisions": [{"agreement": "data", "title": "Terms", "nature": "amendment", "base": 1, "effective_from": "2026-01-01", "operations": [{"substitute_words": {"provision": "art. 1(1)", "lang": "en", "find": "cooperate", "with": "work together", "count": 1}}]}]}"#,
    ],
    types: &[
        About {
            of: "PackageFile",
            title: "a package",
            parts: &[
                part("title", "What it is called."),
                part(
                    "handle",
                    "What people type and say instead of its id; made from the title if it is left out.",
                ),
                part(
                    "framework",
                    "The framework that it belongs to, by its handle or its id, if it belongs to one.",
                ),
                part("revisions", "The revisions, one for each agreement."),
            ],
        },
        About {
            of: "PackageItem",
            title: "a revision",
            parts: &[
                part("agreement", "Its agreement, by its handle or its id."),
                part("title", "What the revision is called."),
                part("nature", "What it is; a draft if it is left out."),
                part(
                    "base",
                    "The revision against which it is drawn up; the one adopted last if it is left out.",
                ),
                part(
                    "effective_from",
                    "From when it is to apply, if that is settled.",
                ),
                part(
                    "operations",
                    "The changes, in their order; provisions by label, or by id.",
                ),
            ],
        },
        About {
            of: "Nature",
            title: "a nature",
            parts: &[
                part(
                    "draft",
                    "A change of a text under negotiation, or of a living text.",
                ),
                part(
                    "amendment",
                    "A change of an adopted text, from its effect on.",
                ),
                part(
                    "correction",
                    "A correction of an error of wording, from the beginning.",
                ),
            ],
        },
    ],
    shape: shape_of::<PackageFile>,
    #[cfg(test)]
    elsewhere: Some(shape_of::<Vec<travaux_text::Operation>>),
};
