//! Rule profiles: what manifests and `law --profile` take.

use travaux::domain::ProfileFile;
use travaux_import::input::shape_of;

use super::{About, Topic, part};

pub(super) const TOPIC: Topic = Topic {
    name: "profile",
    about: "the rules that apply to an agreement, a JSON file",
    intro: &[
        "A manifest names a built-in profile (`treaty/vclt`, `treaty/custom`, `arrangement`, `declaration`, `contract`), or a file that says how it departs from one. `travaux law --profile PROFILE.json` shows the rows that then apply; `travaux law C8` says what a row says. What cannot be is refused: a rule of treaty law made optional, a text that nobody could adopt.",
        "A profile with all that it can have:",
        r#"example: {"name": "arrangement/strict", "based_on": "arrangement", "with": ["C8"], "without": ["A9"], "residual": ["T4"], "mandatory": ["E5"], "gaps": "recorded", "equal_authenticity": false, "practices": {"MA": {"name": "ministry/simple", "steps": {"arbitration": {"row": "FR2"}, "powers": {"row": "FR7", "article": "Constitution 55"}, "signature_of_powers": {"row": "FR7"}}, "arbiter": "the Head of Government", "needs_no_powers": ["foreign_minister"], "powers": [{"form": "simplified", "signed_by": "minister", "title": "Minister of the Interior", "authorisation_first": false}], "drafting": {"languages": {"row": "FR5"}, "form": {"row": "FR6"}, "article": "Article", "recalls": ["recalling"], "future": ["shall"]}}}}"#,
    ],
    types: &[
        About {
            of: "ProfileFile",
            title: "a profile",
            parts: &[
                part("name", "Its name; none of a built-in profile."),
                part("based_on", "The built-in profile that it departs from."),
                part("with", "Rows that it adds."),
                part("without", "Rows that it leaves out."),
                part("residual", "Rows from which the parties may depart."),
                part("mandatory", "Rows from which they may not."),
                part(
                    "gaps",
                    "What becomes of an adoption while the languages do not say the same.",
                ),
                part(
                    "equal_authenticity",
                    "Whether every language must say something wherever one does.",
                ),
                part(
                    "practices",
                    "The parties' own practices; French practice for a party that is not named.",
                ),
            ],
        },
        About {
            of: "GapPolicy",
            title: "what becomes of gaps",
            parts: &[
                part(
                    "ignored",
                    "The text is adopted all the same, and nothing is said of them.",
                ),
                part("refused", "The adoption is refused."),
                part(
                    "recorded",
                    "The text is adopted, and the gaps are on record.",
                ),
            ],
        },
        About {
            of: "Practice",
            title: "a practice",
            parts: &[
                part("name", "Its name."),
                part(
                    "steps",
                    "The steps that the party takes at home, and the rows on which they rest. One that is left out is neither asked for nor taken.",
                ),
                part("arbiter", "Who settles a disagreement between ministers."),
                part(
                    "needs_no_powers",
                    "The offices that sign an agreement without powers.",
                ),
                part("powers", "Who signs powers, by the form of the agreement."),
                part(
                    "drafting",
                    "What it says of drafts: advice, by which nothing is refused.",
                ),
            ],
        },
        About {
            of: "Step",
            title: "a step",
            parts: &[
                part("request", "Somebody says that there is a need."),
                part("consultation", "The ministers concerned are consulted."),
                part("arbitration", "A disagreement between them is settled."),
                part(
                    "authorisation",
                    "It is decided whether parliament must authorise.",
                ),
                part("mandate", "Mandate and delegation are given."),
                part("powers", "Powers are issued to who needs them."),
                part(
                    "signature_of_powers",
                    "Powers are signed by the right office.",
                ),
            ],
        },
        About {
            of: "Cited",
            title: "a row on which something rests",
            parts: &[
                part("row", "The row."),
                part(
                    "article",
                    "The article of the party's own law, where the row does not name it.",
                ),
            ],
        },
        About {
            of: "Powers",
            title: "who signs powers",
            parts: &[
                part("form", "For which form of agreement."),
                part("signed_by", "The office that signs them."),
                part("title", "What that office is called there."),
                part(
                    "authorisation_first",
                    "Whether it has to be decided before whether parliament must authorise.",
                ),
            ],
        },
        About {
            of: "Form",
            title: "a form of agreement",
            parts: &[
                part(
                    "solemn",
                    "Ratified, with powers signed by the head of State.",
                ),
                part("simplified", "Approved, with powers signed by a minister."),
            ],
        },
        About {
            of: "Office",
            title: "an office",
            parts: &[
                part("head_of_state", "The head of State."),
                part("head_of_government", "The head of government."),
                part("foreign_minister", "The minister for foreign affairs."),
                part(
                    "head_of_mission",
                    "The head of a diplomatic mission: for adopting a text only.",
                ),
                part("minister", "Another minister."),
                part("other", "Anyone else."),
            ],
        },
        About {
            of: "Drafting",
            title: "what a practice says of drafts",
            parts: &[
                part("languages", "The row on languages."),
                part("form", "The row on form."),
                part("article", "The word at which the preamble ends."),
                part("recalls", "How a preamble recalls what went before."),
                part("future", "Words of the future tense, in lower case."),
            ],
        },
    ],
    shape: shape_of::<ProfileFile>,
    #[cfg(test)]
    elsewhere: None,
};
