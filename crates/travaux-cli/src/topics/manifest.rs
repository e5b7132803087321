//! Manifests: what `propose` and scenarios take.

use travaux_import::{input::shape_of, scenario::Manifest};

use super::{About, Topic, part};

pub(super) const TOPIC: Topic = Topic {
    name: "manifest",
    about: "an agreement as it is proposed, a JSON file",
    intro: &[
        "`travaux --as PARTY propose MANIFEST.json` reads it. The texts are files beside it, or in the folder above. Everything that is wrong with a manifest is said at once, with its line.",
        "A manifest with all that it can have; `examples/founding` has more of them:",
        r#"example: {"title": "Arrangement on exchanges", "handle": "exchanges", "kind": "arrangement", "profile": "treaty/vclt", "parties": [{"id": "FR", "name": "French Republic"}, {"id": "MA", "name": "Kingdom of Morocco"}], "languages": ["fr", "ar"], "translations": ["en"], "format": "markdown", "texts": {"fr": "fr.md", "ar": "ar.md", "en": "en.md"}, "final_clauses": [{"label": "Article 5", "provides": {"entry_into_force": "last notification"}}], "amends": "01a2241c-4a5b-7c6d-8e9f-0123456789ab"}"#,
    ],
    types: &[
        About {
            of: "Manifest",
            title: "a manifest",
            parts: &[
                part("title", "What the agreement is called."),
                part(
                    "handle",
                    "What people type and say instead of its id, never used for anything else; made from the title if it is left out.",
                ),
                part(
                    "kind",
                    "Its name in the field: agreement, arrangement, exchange of notes, avenant, declaration.",
                ),
                part(
                    "profile",
                    "The rules that apply: `treaty/vclt`, `treaty/custom`, `arrangement`, `declaration`, `contract`, or a file: `travaux topic profile`.",
                ),
                part("parties", "Who negotiates it."),
                part(
                    "languages",
                    "The languages in which it is to be authentic, as BCP 47 tags: `fr`, `ar`, `zh-Hant`.",
                ),
                part("translations", "Languages for reading only."),
                part(
                    "format",
                    "How the texts are written: `markdown`, which it is if left out, `plain`, `lines` or `xml`.",
                ),
                part("texts", "The file of each language's text."),
                part(
                    "final_clauses",
                    "What it provides about its own conclusion, force, change and end.",
                ),
                part(
                    "amends",
                    "The agreement that it amends, by its handle or its id, if it is an amendment by an agreement of its own.",
                ),
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
    ],
    shape: shape_of::<Manifest>,
    #[cfg(test)]
    elsewhere: Some(shape_of::<travaux::domain::clause::FinalClause>),
};
