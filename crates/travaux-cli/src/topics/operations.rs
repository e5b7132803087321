//! Operations: what `--ops`, packages and scenarios take.

use travaux_import::input::shape_of;
use travaux_text::Operation;

use super::{About, Topic, choice, part};

pub(super) const TOPIC: Topic = Topic {
    name: "operations",
    about: "changes of a text, as JSON",
    intro: &[
        "A revision is a list of operations, which run in order. Each says what it expects to find; one that does not fit changes nothing, and the revision is refused. `travaux revise AGREEMENT TEXT` reads them off a new text; `travaux revise AGREEMENT --ops OPS.json` takes them as they are written here.",
        "A provision goes by its label in the text that the revision is drawn up against, in any of its languages: `Article 3`, `art. 3(2)`, `Annex A`; the agreement's handle may stand before it (`sec/art3`). A label that may mean several is refused with all of them. Whatever operations before it do, a label means what bears it in that text. What is recorded is the id.",
        "Or it goes by its id, REVISION.ORDINAL: `1.4` is the fourth provision that revision 1 brought in, whatever number it has now. What has that form is always an id; so go what other operations of the same revision bring in. `travaux blame AGREEMENT --provision LABEL --format json` shows the ids. Languages go by their tags.",
        "The examples are of this text, in English alone, whose provisions are 1.1 to 1.6:",
        "    ## Article 1\n\n    The Parties cooperate.\n\n    ## Article 2\n\n    They meet once a year.\n\n    ## Article 3\n\n    This Arrangement is of no limit in time.",
    ],
    types: &[
        About {
            of: "Operation",
            title: "an operation",
            parts: &[
                choice(
                    "insert",
                    "New provisions at a place. The place must stand.",
                    &[
                        ("at", "Where."),
                        (
                            "provisions",
                            "What, in reading order; the first may contain the following, by rank.",
                        ),
                    ],
                    r#"{"insert": {"at": {"after": "Article 2"}, "provisions": [{"kind": "paragraph", "rank": 9, "bodies": {"en": {"text": "They exchange reports.\n\n"}}}]}}"#,
                ),
                choice(
                    "replace",
                    "Other words for a whole provision, which keeps its id. It must stand and, where `expect` is given, its bytes must have that digest.",
                    &[
                        ("provision", "Which."),
                        (
                            "expect",
                            "The SHA-256 of the provision's present bytes, by language.",
                        ),
                        ("bodies", "The new wording, for every language of the text."),
                    ],
                    r#"{"replace": {"provision": "1.2", "bodies": {"en": {"text": "The Parties work together.\n\n"}}}}"#,
                ),
                choice(
                    "substitute_words",
                    "Words for words. They must occur exactly so often in the provision.",
                    &[
                        ("provision", "Which."),
                        ("lang", "In which language."),
                        ("find", "The words to find."),
                        ("with", "The words to put."),
                        (
                            "count",
                            "How often they must occur; all of them are replaced.",
                        ),
                    ],
                    r#"{"substitute_words": {"provision": "art. 2(1)", "lang": "en", "find": "once", "with": "twice", "count": 1}}"#,
                ),
                choice(
                    "edit_words",
                    "Words at known places, as a comparison of two texts finds them. What each edit removes must stand at its place.",
                    &[
                        ("provision", "Which."),
                        ("lang", "In which language."),
                        (
                            "edits",
                            "The edits, by ascending place in the text before this operation.",
                        ),
                    ],
                    r#"{"edit_words": {"provision": "1.4", "lang": "en", "edits": [{"at": 10, "remove": "once", "insert": "twice"}]}}"#,
                ),
                choice(
                    "repeal",
                    "The end of provisions. They must stand. With a notice each stays under its label, with what it contains gone; without one they vanish from the printed text. Their ids are never used again.",
                    &[
                        ("provisions", "Which."),
                        (
                            "notice",
                            "What is printed in their place, by language; nothing, if left out.",
                        ),
                    ],
                    r#"{"repeal": {"provisions": ["Article 3"], "notice": {"en": "(repealed)\n\n"}}}"#,
                ),
                choice(
                    "remove",
                    "The end of exactly these provisions, and of nothing that they contain. A comparison of two texts writes it.",
                    &[("provisions", "Which; each must stand.")],
                    r#"{"remove": {"provisions": ["1.6"]}}"#,
                ),
                choice(
                    "renumber",
                    "Another label. When all operations of the revision have run, no two provisions at one place may have the same.",
                    &[
                        ("provision", "Which."),
                        ("labels", "The new labels, by language."),
                    ],
                    r#"{"renumber": {"provision": "Article 3", "labels": {"en": "Article 4"}}}"#,
                ),
                choice(
                    "move",
                    "Another place for a provision and all that it contains. The place must stand outside of it.",
                    &[("provision", "Which."), ("at", "Where to.")],
                    r#"{"move": {"provision": "art. 3", "at": {"before": "art. 2"}}}"#,
                ),
                choice(
                    "reorder",
                    "Another place for exactly these provisions, in this order, without what they contain. A comparison of two texts writes it.",
                    &[("provisions", "Which."), ("at", "Where to.")],
                    r#"{"reorder": {"provisions": ["1.4"], "at": {"first": "1.1"}}}"#,
                ),
                choice(
                    "set_heading",
                    "Another heading. The provision must stand.",
                    &[
                        ("provision", "Which."),
                        ("headings", "The new headings, by language."),
                    ],
                    r#"{"set_heading": {"provision": "Article 1", "headings": {"en": "Cooperation"}}}"#,
                ),
                choice(
                    "reformat",
                    "Another kind, rank or markup under the same words. A comparison of two texts writes it where a document was reformatted.",
                    &[
                        ("provision", "Which."),
                        ("kind", "Its kind from now on."),
                        ("rank", "Its rank from now on."),
                        ("layout", "The markup, by language."),
                    ],
                    r####"{"reformat": {"provision": "1.1", "kind": "article", "rank": 8, "layout": {"en": {"before": "### ", "between": "", "label": "Article 1"}}}}"####,
                ),
                choice(
                    "restate",
                    "A new text as a whole: every provision is declared anew, and what stood before ends.",
                    &[("provisions", "All provisions, in reading order.")],
                    r####"{"restate": {"provisions": [{"kind": "article", "rank": 8, "bodies": {"en": {"before": "## ", "label": "Article 1", "between": ". ", "heading": "Purpose", "text": "\n\n"}}}, {"kind": "paragraph", "rank": 9, "bodies": {"en": {"text": "The Parties cooperate.\n"}}}]}}"####,
                ),
            ],
        },
        About {
            of: "Anchor",
            title: "a place",
            parts: &[
                choice(
                    "start",
                    "At the very beginning.",
                    &[],
                    r#"{"move": {"provision": "1.5", "at": "start"}}"#,
                ),
                choice(
                    "end",
                    "At the very end.",
                    &[],
                    r#"{"move": {"provision": "1.1", "at": "end"}}"#,
                ),
                choice(
                    "before",
                    "In front of a provision.",
                    &[],
                    r#"{"move": {"provision": "1.5", "at": {"before": "1.1"}}}"#,
                ),
                choice(
                    "after",
                    "Behind a provision and all that it contains.",
                    &[],
                    r#"{"move": {"provision": "1.1", "at": {"after": "1.3"}}}"#,
                ),
                choice(
                    "first",
                    "As the first thing that a provision contains.",
                    &[],
                    r#"{"reorder": {"provisions": ["1.6"], "at": {"first": "1.3"}}}"#,
                ),
            ],
        },
        About {
            of: "NewProvision",
            title: "a new provision",
            parts: &[
                part("kind", "What it is."),
                part(
                    "rank",
                    "How deep it stands: it contains what follows it at higher ranks.",
                ),
                part("bodies", "Its wording, by language."),
            ],
        },
        About {
            of: "Parts",
            title: "a wording",
            parts: &[
                part("before", "The markup before the label, such as `## `."),
                part("label", "The label, such as `Article 4`."),
                part("between", "What stands between label and heading."),
                part("heading", "The heading."),
                part("text", "The words, with the line breaks that close them."),
            ],
        },
        About {
            of: "Edit",
            title: "an edit",
            parts: &[
                part(
                    "at",
                    "Where, in bytes from the start of the provision's text, label and heading not counted.",
                ),
                part("remove", "The words that must stand there, and go."),
                part("insert", "The words that come in their place."),
            ],
        },
        About {
            of: "Layout",
            title: "a markup",
            parts: &[
                part("before", "What stands before the label."),
                part("between", "What stands between label and heading."),
                part(
                    "label",
                    "The label, where it changes to one that the document repeats elsewhere.",
                ),
            ],
        },
        About {
            of: "Kind",
            title: "a kind of provision",
            parts: KINDS,
        },
    ],
    shape: shape_of::<Vec<Operation>>,
    #[cfg(test)]
    elsewhere: None,
};

const KINDS: &[super::Part] = &[
    part(
        "metadata",
        "A line about the document: front matter; rank 1.",
    ),
    part("title", "The title of the instrument; rank 1."),
    part("preamble", "The opening words; rank 7."),
    part("recital", "One recital; rank 9."),
    part("part", "A part or book; rank 2."),
    part(
        "chapter",
        "A chapter, or a title in the French sense; rank 4.",
    ),
    part("section", "A section; rank 6."),
    part("article", "An article; rank 8."),
    part("heading", "A heading of another kind; rank 7."),
    part("paragraph", "A paragraph; rank 9."),
    part("point", "A point of a list; rank 10."),
    part("definition", "A definition; rank 9."),
    part("row", "A row of a table; rank 9."),
    part("annex", "An annex; rank 2."),
    part("testimonium", "`Done at …, in two originals …`; rank 7."),
    part("signature-block", "A signature block; rank 7."),
];
