//! Definitions of indicators: what `indicator adopt` and `indicator revise` take.

use travaux::domain::indicator::Definition;
use travaux_import::input::shape_of;

use super::{About, Topic, part};

pub(super) const TOPIC: Topic = Topic {
    name: "indicator",
    about: "what an indicator counts, a JSON file",
    intro: &[
        "`travaux --as PARTY indicator adopt FRAMEWORK DEFINITION.json` begins an indicator with it, `indicator revise` gives it a later version. Which step a change needs is checked: other words are a patch, additions a minor version, what no longer fits a major one. Everything that is wrong with the file is said at once, with its line.",
        "A definition with all that it can have:",
        r#"example: {"names": {"en": "Passes obtained"}, "description": {"en": "Consular passes that were handed over"}, "unit": {"key": "passes", "words": {"en": "passes"}}, "multiplier": 0, "decimals": 0, "frequency": "A", "year_start": "07-01", "population": {"key": "persons-ordered-to-leave", "words": {"en": "persons under an order to leave"}}, "reference_event": {"key": "day-of-issue", "words": {"en": "the day on which a pass is issued"}}, "method": {"key": "count-of-files", "words": {"en": "a count of files"}}, "ratio": {"numerator": {"indicator": "0199c0de-0000-7000-8000-000000000001", "version": "1.0.0"}, "denominator": {"indicator": "0199c0de-0000-7000-8000-000000000002", "version": "1.0+"}}, "sources": ["files of the consulates"], "reporters": ["FR", "MA"], "course": "mutual", "categories": [{"key": "adults", "words": {"en": "adults"}, "deprecated": false}], "attributes": [{"key": "NOTE", "words": {"en": "a note"}, "mandatory": false}], "tolerance": {"absolute": "5", "relative": "0.1"}, "clauses": [{"agreement": "0199c0de-0000-7000-8000-000000000003", "provision": "1.4", "label": "Article 3"}]}"#,
    ],
    types: &[
        About {
            of: "Definition",
            title: "a definition",
            parts: &[
                part("names", "What it is called, by language."),
                part("description", "What it is, in more words, by language."),
                part("unit", "In what is counted."),
                part(
                    "multiplier",
                    "The unit is multiplied by ten to this power: 3 for thousands.",
                ),
                part(
                    "decimals",
                    "How many places figures have behind the point, at most.",
                ),
                part("frequency", "How often there is a figure."),
                part(
                    "year_start",
                    "When the reporting year begins, such as 07-01; on 1 January if it is left out.",
                ),
                part("population", "Who or what is counted."),
                part(
                    "reference_event",
                    "Which date of a case decides in which period it counts.",
                ),
                part("method", "How it is counted."),
                part("ratio", "Of what it is a share, if it is one."),
                part("sources", "Where figures come from."),
                part("reporters", "The parties that report."),
                part("course", "Whether it goes from one party to another."),
                part("categories", "The categories, if it is told by category."),
                part("attributes", "What is told beside each value."),
                part(
                    "tolerance",
                    "How far figures of both sides may lie apart: a gap is a discrepancy if it is more than both.",
                ),
                part(
                    "clauses",
                    "The clauses of agreements of which it tells how far they are carried out.",
                ),
            ],
        },
        About {
            of: "Concept",
            title: "something that is meant",
            parts: &[
                part("key", "What is meant: another key is another meaning."),
                part("words", "How it is called, by language."),
            ],
        },
        About {
            of: "ClauseRef",
            title: "a clause",
            parts: &[
                part("agreement", "The agreement, by its id."),
                part("provision", "The provision, by its id, such as 1.4."),
                part("label", "What it is called, such as Article 3."),
            ],
        },
        About {
            of: "Frequency",
            title: "a frequency",
            parts: &[
                part("A", "Each year."),
                part("S", "Each half of a year."),
                part("Q", "Each quarter."),
                part("M", "Each month."),
                part("W", "Each week."),
                part("D", "Each day."),
                part("B", "Each business day."),
            ],
        },
        About {
            of: "Ratio",
            title: "a share",
            parts: &[
                part("numerator", "What is above."),
                part("denominator", "What is below."),
            ],
        },
        About {
            of: "IndicatorRef",
            title: "another indicator",
            parts: &[
                part("indicator", "Its id."),
                part(
                    "version",
                    "Its version, such as 1.2.0, or the latest of some, such as 1.2+.",
                ),
            ],
        },
        About {
            of: "Course",
            title: "a course",
            parts: &[
                part(
                    "directed",
                    "Out of one party, into the other: each figure says which.",
                ),
                part("mutual", "One matter of both parties."),
            ],
        },
        About {
            of: "Category",
            title: "a category",
            parts: &[
                part("key", "Its code."),
                part("words", "How it is called, by language."),
                part("deprecated", "Whether it is on its way out."),
            ],
        },
        About {
            of: "Attribute",
            title: "an attribute",
            parts: &[
                part("key", "Its key, in capitals: that of a column."),
                part("words", "How it is called, by language."),
                part("mandatory", "Whether each figure has it."),
            ],
        },
        About {
            of: "Tolerance",
            title: "a tolerance",
            parts: &[
                part("absolute", "In the unit, as text."),
                part(
                    "relative",
                    "As a share of the larger figure, from 0 to 1, as text.",
                ),
            ],
        },
    ],
    shape: shape_of::<Definition>,
    #[cfg(test)]
    elsewhere: None,
};
